#pragma once

#include <utility>

#include "assets/china_calendar.gen.hpp"
#include "core/schedule/calendar.hpp"
#include "core/schedule/calendar_json.hpp"

namespace tc::cli {

/// The working calendar that comes along: China's statutory holidays and make-up working days.
inline WorkCalendar working_calendar() {
  Result<CalendarData> data = load_calendar(kChinaCalendarJson);
  return data ? WorkCalendar(std::move(*data.value)) : WorkCalendar();
}

}  // namespace tc::cli
