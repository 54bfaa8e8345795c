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

void LedgerDates::read(const Ledger& ledger) {
  // A merge may put entries between those that were read.
  if (entries > ledger.size()) *this = {};
  for (; entries < ledger.size(); ++entries) {
    // The day in China, where the ledger is kept.
    constexpr std::int64_t kDay = 86'400'000;
    constexpr std::int64_t kChina = 8 * 3'600'000;
    const std::int64_t time = milliseconds_of(ledger.head(entries).time);
    const Date day{static_cast<std::int32_t>((time + kChina) / kDay)};
    if (!first) first = day;
    for (std::string& code : ledger.changed_items(entries)) {
      Item& item = items[std::move(code)];
      item.last = std::max(item.last, day);
      item.entries.push_back(entries);
    }
  }
}

const std::vector<std::size_t>& Board::history_of(const Ledger& ledger, std::size_t item) {
  const std::string& code = programme.items[item].code;
  if (dates_ != nullptr && dates_->entries == ledger.size()) {
    static const std::vector<std::size_t> kNone;
    const auto found = dates_->items.find(code);
    return found == dates_->items.end() ? kNone : found->second.entries;
  }
  if (history_item_ != item) {
    history_item_ = item;
    history_ = ledger.history(child("/items", code));
  }
  return history_;
}

void Board::set_updates(const LedgerDates& dates) {
  dates_ = &dates;
  updates_.assign(programme.items.size(), std::nullopt);
  for (std::size_t i = 0; i < programme.items.size(); ++i) {
    const auto found = dates.items.find(programme.items[i].code);
    // Nobody could write in the ledger before it began. What was written after the day that the
    // board describes is not known on it.
    const std::optional<Date> last = found != dates.items.end() ? found->second.last : dates.first;
    if (last) updates_[i] = std::min(*last, as_of);
  }
}

const ScheduleRisk& Board::risk() {
  if (risk_) return *risk_;
  // As many runs as a pause that nobody notices allows; the card says how many there were.
  constexpr std::size_t kBudget = 2'000'000;
  constexpr std::size_t kFewest = 100;
  constexpr std::size_t kMost = 2000;
  const Schedule& plan = schedule();
  RiskOptions options;
  options.simulation.runs =
      static_cast<std::uint32_t>(std::clamp(kBudget / (plan.places.size() + 1), kFewest, kMost));
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
