#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "core/model/programme.hpp"

/// The critical path method on plain numbers (Kelley and Walker 1959, precedence diagrams after
/// Fondahl 1961), without calendars or programmes; `core/schedule/schedule.hpp` puts dates to it.
///
/// Time is counted in whole working days. A `Day` is a boundary between two working days: day n
/// lies between boundary n and n + 1. An activity occupies [start, finish), so one of one day that
/// starts at boundary 4 finishes at boundary 5 and is done on the working day numbered 4, and a
/// milestone (duration 0) is a boundary. A lag is added to the boundary of the predecessor's end.
namespace tc::cpm {

using Day = std::int32_t;
inline constexpr Day kNoDay = std::numeric_limits<Day>::min();

/// Limit on every day and duration, and on the sum of all durations and lags, so that no
/// computation can overflow.
inline constexpr Day kDayLimit = 1 << 29;

/// A piece of work that goes on without a break once it has begun. In a started one only the
/// `remaining` work is scheduled; it can't go on before the predecessors allow it (retained logic).
struct Activity {
  Day duration = 0;               ///< 0: a milestone
  Day remaining = kNoDay;         ///< once started; none: the whole duration
  Day start_no_earlier = kNoDay;  ///< moves early dates
  Day finish_no_later = kNoDay;   ///< moves late dates; float turns negative when it can't be kept
  Day must_finish_on = kNoDay;    ///< both: not earlier, and not later without negative float
  Day actual_start = kNoDay;
  Day actual_finish = kNoDay;  ///< needs `actual_start`
  bool operator==(const Activity&) const = default;
};

/// `to` cannot start (finish) earlier than `lag` after `from` has finished (started).
struct Link {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  DependencyType type = DependencyType::finish_to_start;
  Day lag = 0;  ///< negative: a lead
  bool operator==(const Link&) const = default;
};

/// What holds for the whole network.
struct Frame {
  Day start = 0;           ///< no work is scheduled before
  Day as_of = kNoDay;      ///< nor before this, where the past ends
  Day finish_by = kNoDay;  ///< late dates count from here; none: from the computed finish
  bool operator==(const Frame&) const = default;
};

enum class Fault : std::uint8_t {
  link_out_of_range,  ///< a link names an activity that is not there
  negative,           ///< a duration or a remaining duration below 0
  too_large,          ///< beyond `kDayLimit`
  finish_alone,       ///< an actual finish without an actual start, or before it
};

/// A fault and the index of the activity or link that has it.
struct NetworkFault {
  Fault fault = Fault::too_large;
  std::size_t index = 0;
  bool operator==(const NetworkFault&) const = default;
};

/// A link as seen from one of its ends, packed into 8 bytes since reading links is what most of the
/// time goes into.
class Arc {
 public:
  Arc() = default;
  Arc(std::uint32_t node, DependencyType type, Day lag);

  std::uint32_t node() const { return packed_ >> 2U; }  ///< the other end
  bool from_finish() const { return (packed_ & 1U) != 0; }
  bool to_finish() const { return (packed_ & 2U) != 0; }
  DependencyType type() const;
  Day lag() const { return lag_; }

 private:
  std::uint32_t packed_ = 0;
  Day lag_ = 0;
};

struct NetworkResult;

/// What is special about an activity; most have no mark, and then the passes need not look at the
/// activity itself.
struct Marks {
  static constexpr std::uint8_t kStarted = 1;
  static constexpr std::uint8_t kFinished = 2;
  static constexpr std::uint8_t kDeadline = 4;  ///< `finish_no_later` or `must_finish_on`
};

/// Activities and links, checked and indexed both ways (compressed sparse rows).
class Network {
 public:
  Network() = default;

  /// O(activities + links). Cycles are not a fault here, `solve` reports them.
  static NetworkResult build(std::vector<Activity> activities, std::span<const Link> links,
                             const Frame& frame = {});

  std::size_t size() const { return activities_.size(); }
  std::size_t link_count() const { return out_.size(); }
  const Frame& frame() const { return frame_; }
  const Activity& operator[](std::size_t i) const { return activities_[i]; }
  std::span<const Activity> activities() const { return activities_; }
  /// Links to successors, in the order in which they were given.
  std::span<const Arc> out(std::size_t i) const {
    return {out_.data() + out_begin_[i], out_.data() + out_begin_[i + 1]};
  }
  /// Links from predecessors.
  std::span<const Arc> in(std::size_t i) const {
    return {in_.data() + in_begin_[i], in_.data() + in_begin_[i + 1]};
  }

  /// Where the bounds of `out(i)` are kept, for asking memory for them in advance.
  const void* out_row(std::size_t i) const { return out_begin_.data() + i; }
  /// `Marks` of an activity.
  std::uint8_t marks(std::size_t i) const { return marks_[i]; }

  /// Replaces an activity, its links stay. Nothing happens when the new one is at fault. O(1).
  std::optional<Fault> set(std::size_t i, const Activity& activity);

 private:
  std::vector<Activity> activities_;
  std::vector<std::uint8_t> marks_;
  std::vector<std::uint32_t> out_begin_ = {0};
  std::vector<std::uint32_t> in_begin_ = {0};
  std::vector<Arc> out_;
  std::vector<Arc> in_;
  Frame frame_;
  std::int64_t sum_ = 0;       ///< of all work and lags
  std::int64_t furthest_ = 0;  ///< given day; only grows
};

struct NetworkResult {
  std::optional<Network> network;  ///< empty when there are faults
  std::vector<NetworkFault> faults;
};

/// The computed times of one activity. `remaining` is the work that is scheduled before `finish`.
struct alignas(16) Times {
  static constexpr Day kFinished = -1;
  Day start = 0;        ///< early; the actual one once started
  Day finish = 0;       ///< early; the actual one once finished
  Day remaining = 0;    ///< `kFinished` when nothing is left to schedule
  Day late_finish = 0;  ///< the actual finish once finished
  bool finished() const { return remaining == kFinished; }
  Day total_float() const { return late_finish - finish; }
  bool operator==(const Times&) const = default;
};

/// A schedule. When the links form a cycle, only `cycle` is filled.
struct Solution {
  std::vector<Times> times;
  std::vector<Day> free_float;
  Day finish = 0;  ///< of the whole network: the latest early finish
  /// Float up to which an activity counts as critical: 0, or the least float of all when even that
  /// is more (with `Frame::finish_by`).
  Day critical_float = 0;
  std::vector<std::uint32_t> order;  ///< topological: predecessors first
  std::vector<std::uint32_t> rank;   ///< place of each activity in `order`; filled by `update`
  /// Activities, each a predecessor of the next and the last one of the first.
  std::vector<std::uint32_t> cycle;

  bool critical(std::size_t i) const {
    return !times[i].finished() && times[i].total_float() <= critical_float;
  }
};

/// Early dates, late dates and floats of all activities.
///
/// - Early: as soon as the frame, constraints, actual dates and predecessors allow.
/// - Late: as late as the network's finish (or `finish_by`), deadlines and successors allow. What
///   has happened binds no longer: links into finished activities and from the start of started
///   ones put no limit.
/// - Total float: how far the finish can move without moving the network's finish or breaking a
///   deadline. Free float: without moving any successor's early dates. Both are 0 once finished.
///
/// O(activities + links): topological order after Kahn (1962) with the forward pass in the same
/// sweep, then the backward pass.
Solution solve(const Network& network);

/// All dates of one activity; the late start follows from its late finish.
struct Dates {
  Day early_start = 0;
  Day early_finish = 0;
  Day late_start = 0;
  Day late_finish = 0;
  Day total_float = 0;
  Day free_float = 0;
  bool critical = false;
  bool operator==(const Dates&) const = default;
};
Dates dates(const Network& network, const Solution& solution, std::size_t i);

/// A what-if: puts the changed activities into the network and brings the solution up to date, with
/// exactly the result of `solve`. Only what depends on the changes is computed again; when the
/// network's finish moves, that includes every late date. Returns the activities whose times,
/// free float or being critical differ, in no particular order. Changes at fault are passed over.
std::vector<std::uint32_t> update(Network& network, Solution& solution,
                                  std::span<const std::pair<std::uint32_t, Activity>> changes);

/// What an early date rests on.
enum class Driver : std::uint8_t {
  frame_start,
  as_of,
  start_no_earlier,
  must_finish_on,
  predecessor,
  actual,
};
struct EarlyReason {
  Driver driver = Driver::frame_start;
  std::uint32_t from = 0;  ///< `predecessor`: which, and by which link
  DependencyType type = DependencyType::finish_to_start;
  Day lag = 0;
};
/// Why the (remaining) work of an activity doesn't start earlier; a predecessor is named before a
/// constraint of the same effect. O(predecessors).
EarlyReason early_reason(const Network& network, const Solution& solution, std::size_t i);

/// What a late date rests on.
enum class Limit : std::uint8_t {
  network_finish,
  finish_by,
  finish_no_later,
  must_finish_on,
  successor,
  actual,
};
struct LateReason {
  Limit limit = Limit::network_finish;
  std::uint32_t to = 0;  ///< `successor`: which, and by which link
  DependencyType type = DependencyType::finish_to_start;
  Day lag = 0;
};
/// Why an activity can't finish later. O(successors).
LateReason late_reason(const Network& network, const Solution& solution, std::size_t i);

/// Critical paths: sequences of critical activities in which each one's dates drive the next
/// (the link between them has no slack), from one that no critical activity drives to one that
/// drives none. In lexicographic order of the successors' places; at most `limit` of them.
/// O(activities + links + length of the result).
std::vector<std::vector<std::uint32_t>> critical_paths(const Network& network,
                                                       const Solution& solution, std::size_t limit);

/// How many critical paths there are (there can be exponentially many); the largest integer stands
/// for more. O(activities + links).
std::uint64_t count_critical_paths(const Network& network, const Solution& solution);

}  // namespace tc::cpm
