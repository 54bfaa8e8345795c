#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/model/programme.hpp"
#include "core/schedule/calendar.hpp"
#include "core/schedule/network.hpp"

namespace tc {

struct ScheduleOptions {
  /// Planned starts are appointments: nothing is forecast before them. Otherwise only logic counts.
  bool keep_planned_starts = true;
};

/// Why something has no computed dates.
enum class Gap : std::uint8_t {
  none,
  no_dates,             ///< neither dates nor a duration
  no_due,               ///< a start, but nothing to tell how long it takes
  finish_date_unknown,  ///< completed, but not known when
  cycle,                ///< the dependencies form a cycle
};

enum class WorkState : std::uint8_t { not_started, started, finished };

/// One item's dates. What can't be known stays empty; nothing is made up for it.
struct ItemSchedule {
  Gap gap = Gap::no_dates;
  WorkState state = WorkState::not_started;
  std::optional<Date> baseline_start;
  std::optional<Date> baseline_finish;
  std::optional<Date> start;   ///< the actual one, else the earliest possible (the forecast)
  std::optional<Date> finish;  ///< last day: the actual one, else the forecast
  std::optional<Date> late_start;
  std::optional<Date> late_finish;
  std::optional<int> duration;   ///< working days as planned
  std::optional<int> remaining;  ///< working days
  std::optional<int> total_float;
  std::optional<int> free_float;
  std::optional<int> slip;  ///< working days that the finish is after the baseline; negative before
  bool critical = false;
  bool finish_only = false;       ///< only a due date: `finish` is the earliest day, no more
  bool progress_assumed = false;  ///< started without known progress: as if it went by plan
  bool logic_incomplete = false;  ///< an unfinished predecessor has no known finish
  bool operator==(const ItemSchedule&) const = default;
};

struct MilestoneSchedule {
  Gap gap = Gap::no_dates;
  bool finished = false;
  std::optional<Date> baseline;
  std::optional<Date> finish;  ///< actual or forecast
  std::optional<Date> late_finish;
  std::optional<int> total_float;
  std::optional<int> slip;
  bool critical = false;
  bool operator==(const MilestoneSchedule&) const = default;
};

/// An item or one of its milestones.
struct Place {
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  std::size_t item = kNone;
  std::size_t milestone = kNone;  ///< `kNone`: the item itself
  bool operator==(const Place&) const = default;
};

/// Where a milestone lies in the work of an activity: `offset` of its `remaining` working days
/// after that work begins (or goes on), but not before `earliest`.
struct MilestonePoint {
  std::uint32_t activity = 0;
  cpm::Day offset = 0;
  cpm::Day remaining = 0;
  cpm::Day earliest = 0;
};

struct Schedule {
  Date as_of;
  std::vector<ItemSchedule> items;                         ///< by item
  std::vector<std::vector<MilestoneSchedule>> milestones;  ///< by item and milestone
  std::optional<Date> finish;                              ///< the latest of all
  std::optional<Date> baseline_finish;
  std::optional<int> slip;
  /// Unfinished items without a computed finish: as long as there are some, `finish` is the
  /// earliest day on which the programme can be done.
  std::size_t unscheduled = 0;
  std::vector<std::size_t> cycle;  ///< items, each a predecessor of the next, the last of the first

  // What the dates were computed from, for explanations, simulations and what-ifs.
  static constexpr std::uint32_t kNoActivity = static_cast<std::uint32_t>(-1);
  cpm::Network network;
  cpm::Solution solution;
  std::vector<Place> places;                                       ///< by activity
  std::vector<std::uint32_t> activities;                           ///< by item, or `kNoActivity`
  std::vector<std::vector<std::optional<MilestonePoint>>> points;  ///< of milestones inside items
  struct Planned {
    std::optional<Date> start;
    std::optional<Date> due;
  };
  std::vector<Planned> planned;  ///< dates that were used, by item
};

/// Schedules a programme as it stands on `as_of`; actual dates after that day count as not yet
/// known. The day itself can still be worked on.
///
/// - A duration is the number of working days from start to due (or the given one). Planned dates
///   are the baseline unless one is given.
/// - Started items: the work left is `duration × (1 − progress)`, rounded up, at least a day; it
///   can't go on before `as_of` nor before its predecessors allow it, so delays are carried on.
/// - Milestones with a due date lie at a point of their item's work and move with it.
/// - Items without dates take no part: their successors aren't held up by them, and say so.
///
/// Links to items that don't exist are passed over. O(n log n) in items, milestones, dependencies.
Schedule make_schedule(const Programme& programme, const WorkCalendar& calendar, Date as_of,
                       const ScheduleOptions& options = {});

/// Other planned dates of an item, as when its bar is dragged.
struct ItemMove {
  std::size_t item = 0;
  std::optional<Date> start;
  std::optional<Date> due;
};

/// A what-if: brings the schedule up to date with planned dates moved. An item's milestones move
/// along with its start; baselines stay where they were, so slips show the effect. The result is
/// that of computing everything anew. Moving to the programme's dates takes it back. Returns the
/// items whose dates, or whose milestones' dates, may have changed, in order. Only what depends on
/// the moved items is scheduled again, unless one of them gains or loses its dates.
std::vector<std::size_t> what_if(Schedule& schedule, const Programme& programme,
                                 const WorkCalendar& calendar, const ScheduleOptions& options,
                                 std::span<const ItemMove> moves);

/// Why an item isn't forecast to start (or go on) earlier; nothing when it has no dates.
struct StartReason {
  cpm::Driver driver = cpm::Driver::frame_start;
  Place predecessor;  ///< with `Driver::predecessor`
  DependencyType type = DependencyType::finish_to_start;
  int lag_days = 0;
};
std::optional<StartReason> start_reason(const Schedule& schedule, std::size_t item);

/// Why an item can't finish later without harm.
struct FinishReason {
  cpm::Limit limit = cpm::Limit::network_finish;
  Place successor;  ///< with `Limit::successor`
  DependencyType type = DependencyType::finish_to_start;
  int lag_days = 0;
};
std::optional<FinishReason> finish_reason(const Schedule& schedule, std::size_t item);

/// Critical paths of the programme, see `cpm::critical_paths`.
std::vector<std::vector<Place>> critical_paths(const Schedule& schedule, std::size_t limit);

}  // namespace tc
