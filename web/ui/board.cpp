#include "web/ui/board.hpp"

#include "assets/china_calendar.gen.hpp"
#include "core/schedule/calendar_json.hpp"

namespace tc::ui {

const WorkCalendar& china_calendar() {
  static const WorkCalendar calendar = [] {
    Result<CalendarData> loaded = load_calendar(kChinaCalendarJson);
    return loaded ? WorkCalendar(std::move(*loaded.value)) : WorkCalendar();
  }();
  return calendar;
}

}  // namespace tc::ui
