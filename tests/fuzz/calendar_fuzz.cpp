// A working calendar (assets/calendars).

#include "core/schedule/calendar_json.hpp"
#include "tests/fuzz/target.hpp"

using namespace tc;
using fuzz::require;

TONGCHENG_FUZZ_TARGET(calendar) {
  const Result<CalendarData> read = load_calendar(bytes);
  if (!read) {
    fuzz::require_faults(read.errors);
    return;
  }
  const WorkCalendar calendar(*read.value);
  Date day = *make_date(2023, 12, 1);
  if (!read.value->exceptions.empty()) day = read.value->exceptions.front().date - 20;
  std::int32_t worked = 0;
  for (int i = 0; i < 120; ++i, day = day + 1) {
    const std::int32_t index = calendar.index_of(day);
    const Date next = calendar.next_working(day);
    require(next >= day && calendar.is_working(next), "the next working day is worked");
    require(calendar.index_of(next) == index, "and has the number of the day before it");
    require(calendar.date_of(index) == next, "numbers and days agree");
    require(calendar.previous_working(day) <= day, "the one before comes before");
    require(calendar.index_of(day + 1) - index == (calendar.is_working(day) ? 1 : 0),
            "only working days count");
    worked += calendar.is_working(day) ? 1 : 0;
  }
  require(calendar.working_days(day - 120, day - 1) == worked, "sums agree");
}
