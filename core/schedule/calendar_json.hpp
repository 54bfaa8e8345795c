#pragma once

#include <string_view>

#include "core/model/error.hpp"
#include "core/schedule/calendar.hpp"

namespace tc {

/// The version of the calendar format that `load_calendar` reads.
inline constexpr int kCalendarVersion = 1;

/// Reads a working calendar (JSON in UTF-8; `assets/calendars/china.json` shows the form):
/// working weekdays, and for each year its holidays with days off and make-up working days.
/// Collects the errors of the document; each carries the JSON pointer of its place. Besides the
/// form it checks that no day is named twice and that ranges run forward. O(n log n) in days.
Result<CalendarData> load_calendar(std::string_view bytes);

}  // namespace tc
