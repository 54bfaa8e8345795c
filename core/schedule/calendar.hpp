#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/model/date.hpp"
#include "core/model/programme.hpp"
#include "core/model/text.hpp"

namespace tc {

/// What the days off of one year rest on.
struct CalendarYear {
  int year = 0;
  bool confirmed = true;  ///< false: expected, not announced yet
  Text title;
  std::string number;  ///< of the notice, 国办发明电〔2023〕7号
  std::optional<Date> date;
  std::string url;
  bool operator==(const CalendarYear&) const = default;
};

/// A working calendar as data; `load_calendar` (calendar_json.hpp) reads it.
struct CalendarData {
  std::string id;
  Text title;
  std::array<bool, 7> working_weekdays = {true, true, true, true, true, false, false};  ///< Monday…
  std::vector<DayException> exceptions;  ///< in any order, at most one a day
  std::vector<CalendarYear> years;
  bool operator==(const CalendarData&) const = default;
};

/// Which days are worked, and their numbering. Working days are numbered without gaps; the number
/// of a date is that of the first working day on or after it, so that `index_of(b) - index_of(a)`
/// working days lie in [a, b). Outside the exceptions' range the weekly pattern goes on without
/// end; `knows` tells whether a date lies in a year with known holidays.
/// Memory is linear in the range of the exceptions, all conversions take O(1).
class WorkCalendar {
 public:
  /// Monday to Friday without holidays.
  WorkCalendar() : WorkCalendar(CalendarData{}) {}
  /// A pattern without any working weekday is replaced by Monday to Friday. Of several exceptions
  /// on one day the last counts.
  explicit WorkCalendar(CalendarData data);

  const CalendarData& data() const { return data_; }

  /// This calendar with a programme's own days on top.
  WorkCalendar with(const std::vector<DayException>& days) const;

  bool is_working(Date date) const;
  /// The holiday or make-up day that falls on the date, or null. O(log exceptions).
  const DayException* exception(Date date) const;
  /// Whether the data holds the holidays of the date's year.
  bool knows(Date date) const;

  std::int32_t index_of(Date date) const;
  Date date_of(std::int32_t index) const;

  /// The first working day on or after, the last one on or before the date.
  Date next_working(Date date) const { return date_of(index_of(date)); }
  Date previous_working(Date date) const { return date_of(index_of(date + 1) - 1); }

  /// The `days`-th working day after the date (before it when negative); for 0 the date itself if
  /// it is worked, else the next one that is.
  Date add_working_days(Date date, std::int32_t days) const;

  /// Working days from `first` to `last`, both included; 0 when `last` is before `first`.
  std::int32_t working_days(Date first, Date last) const;

  /// Working days after `from` up to and including `to`; negative when `to` is earlier. The measure
  /// of a slip: a finish on `to` instead of `from`.
  std::int32_t working_days_between(Date from, Date to) const;

 private:
  std::int32_t weekly_index(std::int64_t days) const;
  Date weekly_date(std::int32_t index) const;

  CalendarData data_;
  std::int32_t per_week_ = 5;
  std::array<std::int32_t, 8> before_weekday_{};  ///< working weekdays before the n-th
  std::array<std::int32_t, 7> nth_weekday_{};     ///< the weekday of the n-th working one
  Date first_;                                    ///< of the range that the arrays hold
  std::vector<std::int32_t> index_;               ///< by day in the range, and one more
  std::vector<std::int32_t> date_;                ///< by working day in the range: its offset
  std::int32_t shift_ = 0;  ///< what exceptions add to the numbers after the range
};

}  // namespace tc
