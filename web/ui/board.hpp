#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/indicators/progress.hpp"
#include "core/ledger/ledger.hpp"
#include "core/model/item_query.hpp"
#include "core/model/programme.hpp"
#include "core/model/summary.hpp"
#include "core/schedule/monte_carlo.hpp"
#include "core/schedule/rag.hpp"
#include "core/schedule/schedule.hpp"

namespace tc::ui {

/// Statutory holidays and make-up working days of China.
const WorkCalendar& china_calendar();

/// When items were written about in the ledger; brought up to date as entries come.
struct LedgerDates {
  struct Item {
    Date last;                         ///< in China
    std::vector<std::size_t> entries;  ///< positions, ascending
  };
  std::size_t entries = 0;    ///< read so far
  std::optional<Date> first;  ///< when the ledger begins
  std::unordered_map<std::string, Item> items;

  void read(const Ledger& ledger);
};

/// A programme with everything that the views derive from it, computed once. A change makes a new
/// board; `version` tells them apart.
class Board {
 public:
  Board(std::shared_ptr<const Programme> shown, Date today)
      : programme_(std::move(shown)),
        programme(*programme_),
        version(++latest_version_),
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

 private:
  std::shared_ptr<const Programme> programme_;
  static inline std::size_t latest_version_ = 0;

 public:
  const Programme& programme;
  const std::size_t version;
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
    if (confidence_.size() == programme.items.size()) return confidence_;
    RagInput input;
    if (!updates_.empty()) input.last_update = updates_;
    confidence_ = rate(programme, schedule(), input);
    return confidence_;
  }

  /// Entries that are about an item, the first first. Looked up where `set_updates` was called,
  /// else found when the item is first asked for.
  const std::vector<std::size_t>& history_of(const Ledger& ledger, std::size_t item);

  /// Lets the board know when the ledger was written in. Before `confidence` is asked for; `dates`
  /// has to outlive the board.
  void set_updates(const LedgerDates& dates);

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
  std::optional<std::size_t> history_item_;
  std::vector<std::size_t> history_;
  const LedgerDates* dates_ = nullptr;
  std::vector<std::optional<Date>> updates_;  ///< by item; empty without a ledger
  std::vector<std::vector<std::size_t>> followers_;
  std::optional<ItemIndex> item_index_;
  Language item_language_ = Language::zh;
};

}  // namespace tc::ui
