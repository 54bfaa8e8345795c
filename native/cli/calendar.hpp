#pragma once

#include <utility>

#include "assets/china_calendar.gen.hpp"
#include "core/schedule/calendar.hpp"
#include "core/schedule/calendar_json.hpp"

namespace tc::cli {

/// A programme's working calendar: China's statutory holidays and make-up working days, and what
/// the programme says of single days.
inline WorkCalendar working_calendar(const Programme& programme) {
  Result<CalendarData> data = load_calendar(kChinaCalendarJson);
  const WorkCalendar china = data ? WorkCalendar(std::move(*data.value)) : WorkCalendar();
  return china.with(programme.calendar_days);
}

}  // namespace tc::cli
