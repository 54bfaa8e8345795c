#include "web/ui/board.hpp"

#include <algorithm>

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

const ScheduleRisk& Board::risk() {
  if (risk_) return *risk_;
  // As many runs as a pause that nobody notices allows; the card says how many there were.
  constexpr std::size_t kBudget = 2'000'000;
  constexpr std::size_t kFewest = 100;
  constexpr std::size_t kMost = 2000;
  const Schedule& plan = schedule();
  RiskOptions options;
  options.simulation.runs = static_cast<std::uint32_t>(
      std::clamp(kBudget / (plan.places.size() + 1), kFewest, kMost));
  options.assumed = cpm::Spread{0.9, 1, 1.3};
  risk_.emplace(simulate(plan, programme, calendar, options));
  estimated_items_ = 0;
  for (std::size_t i = 0; i < programme.items.size(); ++i) {
    const ItemSchedule& item = plan.items[i];
    const bool ignored =
        std::find(risk_->ignored.begin(), risk_->ignored.end(), i) != risk_->ignored.end();
    if (programme.items[i].estimate && !ignored && item.state != WorkState::finished &&
        item.duration.value_or(0) > 0) {
      ++estimated_items_;
    }
  }
  return *risk_;
}

}  // namespace tc::ui
