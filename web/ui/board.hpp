#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/indicators/progress.hpp"
#include "core/model/item_query.hpp"
#include "core/model/programme.hpp"
#include "core/model/summary.hpp"
#include "core/schedule/monte_carlo.hpp"
#include "core/schedule/rag.hpp"
#include "core/schedule/schedule.hpp"

namespace tc::ui {

/// Statutory holidays and make-up working days of China.
const WorkCalendar& china_calendar();

/// An open programme with everything that the views derive from it, computed once when it opens.
class Board {
 public:
  Board(Programme opened, Date today)
      : programme(std::move(opened)),
        as_of(effective_as_of(programme).value_or(today)),
        index(programme),
        summary(summarise(programme, as_of)),
        totals(reported_totals(programme)),
        calendar(china_calendar().with(programme.calendar_days)),
        followers_(programme.items.size()) {
    for (std::size_t i = 0; i < programme.items.size(); ++i) {
      for (const Dependency& dependency : programme.items[i].depends_on) {
        if (const auto on = index.item(dependency.item)) followers_[*on].push_back(i);
      }
    }
  }
  Board(const Board&) = delete;
  Board& operator=(const Board&) = delete;

  const Programme programme;
  const Date as_of;
  const Index index;
  const Summary summary;
  const ReportedTotals totals;
  /// The national working calendar with the programme's own days.
  const WorkCalendar calendar;

  /// Items that depend on this one.
  const std::vector<std::size_t>& followers(std::size_t item) const { return followers_[item]; }

  /// The department's name without its city's, for places where a tag says that already.
  std::string_view short_name(const Department& department, Language language) const {
    const std::string_view name = department.name.in(language);
    const auto city = index.city(department.city);
    if (!city) return name;
    const std::string_view prefix = programme.cities[*city].name.in(language);
    if (!name.starts_with(prefix)) return name;
    std::string_view rest = name.substr(prefix.size());
    for (std::string_view filler : {"市", "'s", " Municipal", " "}) {
      if (rest.starts_with(filler)) rest.remove_prefix(filler.size());
    }
    return rest.empty() ? name : rest;
  }

  /// The programme's schedule, computed when first asked for.
  const Schedule& schedule() {
    if (!schedule_) schedule_.emplace(make_schedule(programme, calendar, as_of));
    return *schedule_;
  }

  /// The simulated finish, computed when first asked for. Items without an estimate of their own
  /// are assumed to take 0.9 to 1.3 of what is planned; whoever shows the result says so.
  const ScheduleRisk& risk();
  /// Unfinished items with an estimate of their own, of those that the simulation varied.
  std::size_t estimated_items() const { return estimated_items_; }

  /// How likely each item is to be delivered in time, with the reasons.
  const std::vector<RagResult>& confidence() {
    if (confidence_.size() != programme.items.size()) confidence_ = rate(programme, schedule());
    return confidence_;
  }

  /// The index for queries; sorted for one language, rebuilt when that changes.
  const ItemIndex& items(Language language, const Collate& collate) {
    if (!item_index_ || item_language_ != language) {
      item_index_.emplace(programme, language, collate);
      item_language_ = language;
    }
    return *item_index_;
  }

 private:
  std::optional<Schedule> schedule_;
  std::optional<ScheduleRisk> risk_;
  std::size_t estimated_items_ = 0;
  std::vector<RagResult> confidence_;
  std::vector<std::vector<std::size_t>> followers_;
  std::optional<ItemIndex> item_index_;
  Language item_language_ = Language::zh;
};

}  // namespace tc::ui
