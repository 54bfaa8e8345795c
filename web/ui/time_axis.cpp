#include "web/ui/time_axis.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace tc::ui {

namespace {

constexpr std::array<const char*, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr int kFirstYear = 1900;
constexpr int kLastYear = 2199;

/// First day of the span of `unit` that holds the date.
Date floor_to(Date date, TimeAxis::Unit unit) {
  const YearMonthDay d = civil(date);
  switch (unit) {
    case TimeAxis::Unit::day:
      return date;
    case TimeAxis::Unit::week:
      return date - weekday(date);
    case TimeAxis::Unit::month:
      return *make_date(d.year, d.month, 1);
    case TimeAxis::Unit::quarter:
      return *make_date(d.year, (d.month - 1) / 3 * 3 + 1, 1);
    case TimeAxis::Unit::year:
      break;
  }
  return *make_date(d.year, 1, 1);
}

Date next_of(Date date, TimeAxis::Unit unit) {
  switch (unit) {
    case TimeAxis::Unit::day:
      return date + 1;
    case TimeAxis::Unit::week:
      return date + 7;
    case TimeAxis::Unit::month:
      return floor_to(date + 31, unit);
    case TimeAxis::Unit::quarter:
      return floor_to(date + 95, unit);
    case TimeAxis::Unit::year:
      break;
  }
  return floor_to(date + 370, TimeAxis::Unit::year);
}

std::string label_of(Date date, TimeAxis::Unit unit, Language language, double day_width) {
  const YearMonthDay d = civil(date);
  const bool zh = language == Language::zh;
  const std::string year = std::to_string(d.year);
  switch (unit) {
    case TimeAxis::Unit::day:
    case TimeAxis::Unit::week:
      return std::to_string(d.day);
    case TimeAxis::Unit::month:
      if (day_width * 30 < 34) return std::to_string(d.month);
      return zh ? std::to_string(d.month) + "月" : kMonths[static_cast<std::size_t>(d.month - 1)];
    case TimeAxis::Unit::quarter: {
      const std::string number = std::to_string((d.month - 1) / 3 + 1);
      return zh ? number + "季度" : "Q" + number;
    }
    case TimeAxis::Unit::year:
      break;
  }
  return zh ? year + "年" : year;
}

/// Coarse rows name their year too.
std::string full_label(Date date, TimeAxis::Unit unit, Language language) {
  const YearMonthDay d = civil(date);
  if (unit == TimeAxis::Unit::month) {
    return language == Language::zh ? std::to_string(d.year) + "年" + std::to_string(d.month) + "月"
                                    : std::string(kMonths[static_cast<std::size_t>(d.month - 1)]) +
                                          " " + std::to_string(d.year);
  }
  return label_of(date, unit, language, 100);
}

}  // namespace

void TimeAxis::fit(Date first, Date last, float scale) {
  const double days = std::max(14.0, static_cast<double>(last - first) + 1);
  const double width = std::max(1.0, static_cast<double>(x1_ - x0_));
  day_width_ = std::clamp(width / (days * 1.06), kLeastDayWidth * static_cast<double>(scale),
                          kMostDayWidth * static_cast<double>(scale));
  const double middle = (static_cast<double>(first.days) + static_cast<double>(last.days) + 1) / 2;
  left_day_ = middle - width / day_width_ / 2;
}

void TimeAxis::show(double first, double last, float scale) {
  if (!(last > first)) return;
  const auto unit = static_cast<double>(scale);
  day_width_ = std::clamp(static_cast<double>(x1_ - x0_) / (last - first), kLeastDayWidth * unit,
                          kMostDayWidth * unit);
  left_day_ = first;
}

void TimeAxis::zoom(double factor, float x, float scale) {
  const double day = day_at(x);
  day_width_ = std::clamp(day_width_ * factor, kLeastDayWidth * static_cast<double>(scale),
                          kMostDayWidth * static_cast<double>(scale));
  left_day_ = day - static_cast<double>(x - x0_) / day_width_;
}

void TimeAxis::reveal(Date first, Date last) {
  const double span = last_day() - first_day();
  const double margin = span * 0.08;
  const double begin = static_cast<double>(first.days) - margin;
  const double end = static_cast<double>(last.days) + 1 + margin;
  if (begin < left_day_ || end - begin > span) {
    left_day_ = begin;
  } else if (end > left_day_ + span) {
    left_day_ = end - span;
  }
}

TimeAxis::Unit TimeAxis::fine_unit(float scale) const {
  const double css = day_width_ / static_cast<double>(scale);
  if (css >= 18) return Unit::day;
  if (css >= 3.4) return Unit::week;
  if (css >= 0.65) return Unit::month;
  if (css >= 0.36) return Unit::quarter;
  return Unit::year;
}

TimeAxis::Unit TimeAxis::coarse_unit(Unit fine) {
  return fine == Unit::day || fine == Unit::week ? Unit::month : Unit::year;
}

std::vector<TimeAxis::Tick> TimeAxis::ticks(Unit unit, Language language, float scale) const {
  std::vector<Tick> list;
  const Date least = *make_date(kFirstYear, 1, 1);
  // Stop a year early, so that the end of the last span is still a date.
  const Date most = *make_date(kLastYear - 1, 12, 1);
  const double first =
      std::clamp(first_day(), static_cast<double>(least.days + 7), static_cast<double>(most.days));
  const double last = std::min(last_day(), static_cast<double>(most.days));
  const bool coarse = unit == Unit::year || (unit == Unit::month && fine_unit(scale) != unit);
  Date date = floor_to(Date{static_cast<std::int32_t>(std::floor(first))}, unit);
  while (static_cast<double>(date.days) <= last) {
    const Date end = next_of(date, unit);
    list.push_back({date, end,
                    coarse
                        ? full_label(date, unit, language)
                        : label_of(date, unit, language, day_width_ / static_cast<double>(scale))});
    date = end;
  }
  return list;
}

}  // namespace tc::ui
