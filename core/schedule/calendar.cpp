#include "core/schedule/calendar.hpp"

#include <algorithm>
#include <utility>

namespace tc {

namespace {

/// 1970-01-01 was a Thursday; counted from the Monday before it, whole weeks begin at multiples.
constexpr std::int64_t kMondayOffset = 3;
constexpr std::int32_t kDaysPerWeek = 7;

std::int64_t floor_div(std::int64_t a, std::int64_t b) {
  return a / b - (a % b != 0 && (a % b < 0) != (b < 0) ? 1 : 0);
}

}  // namespace

WorkCalendar::WorkCalendar(CalendarData data) : data_(std::move(data)) {
  auto& week = data_.working_weekdays;
  if (std::none_of(week.begin(), week.end(), [](bool working) { return working; })) {
    week = CalendarData{}.working_weekdays;
  }
  per_week_ = 0;
  for (std::int32_t day = 0; day < kDaysPerWeek; ++day) {
    before_weekday_[static_cast<std::size_t>(day)] = per_week_;
    if (week[static_cast<std::size_t>(day)]) {
      nth_weekday_[static_cast<std::size_t>(per_week_++)] = day;
    }
  }
  before_weekday_[kDaysPerWeek] = per_week_;

  auto& exceptions = data_.exceptions;
  std::stable_sort(exceptions.begin(), exceptions.end(),
                   [](const DayException& a, const DayException& b) { return a.date < b.date; });
  // Keeps the last of each day: unique works on the reversed order.
  exceptions.erase(
      exceptions.begin(),
      std::unique(exceptions.rbegin(), exceptions.rend(), [](const auto& a, const auto& b) {
        return a.date == b.date;
      }).base());
  if (exceptions.empty()) return;

  first_ = exceptions.front().date;
  const std::int32_t length = exceptions.back().date - first_ + 1;
  index_.reserve(static_cast<std::size_t>(length) + 1);
  std::int32_t index = weekly_index(first_.days);
  auto next = exceptions.begin();
  for (std::int32_t offset = 0; offset < length; ++offset) {
    const Date date = first_ + offset;
    bool working = week[static_cast<std::size_t>(weekday(date))];
    if (next != exceptions.end() && next->date == date) working = (next++)->working;
    index_.push_back(index);
    if (working) {
      date_.push_back(offset);
      ++index;
    }
  }
  index_.push_back(index);
  shift_ = index - weekly_index(std::int64_t{first_.days} + length);
}

WorkCalendar WorkCalendar::with(const std::vector<DayException>& days) const {
  if (days.empty()) return *this;
  CalendarData data = data_;
  data.exceptions.insert(data.exceptions.end(), days.begin(), days.end());
  return WorkCalendar(std::move(data));
}

std::int32_t WorkCalendar::weekly_index(std::int64_t days) const {
  const std::int64_t from_monday = days + kMondayOffset;
  const std::int64_t week = floor_div(from_monday, kDaysPerWeek);
  const auto day = static_cast<std::size_t>(from_monday - week * kDaysPerWeek);
  return static_cast<std::int32_t>(week * per_week_ + before_weekday_[day]);
}

Date WorkCalendar::weekly_date(std::int32_t index) const {
  const std::int64_t week = floor_div(index, per_week_);
  const auto nth = static_cast<std::size_t>(index - week * per_week_);
  return {static_cast<std::int32_t>(week * kDaysPerWeek + nth_weekday_[nth] - kMondayOffset)};
}

std::int32_t WorkCalendar::index_of(Date date) const {
  if (index_.empty() || date < first_) return weekly_index(date.days);
  const auto offset = static_cast<std::size_t>(std::int64_t{date.days} - first_.days);
  if (offset < index_.size()) return index_[offset];
  return weekly_index(date.days) + shift_;
}

Date WorkCalendar::date_of(std::int32_t index) const {
  if (index_.empty() || index < index_.front()) return weekly_date(index);
  const auto nth = static_cast<std::size_t>(std::int64_t{index} - index_.front());
  if (nth < date_.size()) return first_ + date_[nth];
  return weekly_date(index - shift_);
}

bool WorkCalendar::is_working(Date date) const {
  return index_of(date + 1) != index_of(date);
}

const DayException* WorkCalendar::exception(Date date) const {
  const auto found =
      std::lower_bound(data_.exceptions.begin(), data_.exceptions.end(), date,
                       [](const DayException& e, Date wanted) { return e.date < wanted; });
  return found != data_.exceptions.end() && found->date == date ? &*found : nullptr;
}

bool WorkCalendar::knows(Date date) const {
  const int year = civil(date).year;
  return std::any_of(data_.years.begin(), data_.years.end(),
                     [year](const CalendarYear& known) { return known.year == year; });
}

Date WorkCalendar::add_working_days(Date date, std::int32_t days) const {
  if (days == 0) return next_working(date);
  return days > 0 ? date_of(index_of(date + 1) + days - 1) : date_of(index_of(date) + days);
}

std::int32_t WorkCalendar::working_days(Date first, Date last) const {
  return last < first ? 0 : index_of(last + 1) - index_of(first);
}

std::int32_t WorkCalendar::working_days_between(Date from, Date to) const {
  return index_of(to + 1) - index_of(from + 1);
}

}  // namespace tc
