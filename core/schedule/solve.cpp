// Forward and backward pass, whole and incremental.

#include <algorithm>
#include <bit>
#include <span>

#include "core/schedule/network.hpp"

namespace tc::cpm {

namespace {

bool is_started(const Activity& a) {
  return a.actual_start != kNoDay;
}
bool is_finished(const Activity& a) {
  return a.actual_finish != kNoDay;
}

Day remaining_of(const Activity& a) {
  if (is_finished(a)) return Times::kFinished;
  return is_started(a) && a.remaining != kNoDay ? a.remaining : a.duration;
}

/// The earliest start of the (remaining) work as far as the predecessors don't matter.
Day earliest(const Activity& a, const Frame& frame, Day remaining) {
  Day day = frame.start;
  if (is_started(a)) {
    day = frame.as_of == kNoDay ? a.actual_start + std::max(0, a.duration - remaining)
                                : a.actual_start;
  } else if (a.start_no_earlier != kNoDay) {
    day = std::max(day, a.start_no_earlier);
  }
  if (frame.as_of != kNoDay) day = std::max(day, frame.as_of);
  if (a.must_finish_on != kNoDay) day = std::max(day, a.must_finish_on - remaining);
  return day;
}

/// Turns the start of the remaining work into start and finish.
void close(Times& times, const Network& network, std::size_t i) {
  const unsigned marks = network.marks(i);
  if ((marks & Marks::kFinished) != 0) {
    const Activity& a = network[i];
    times.start = a.actual_start;
    times.finish = a.actual_finish;
    return;
  }
  times.finish = times.start + times.remaining;
  if ((marks & Marks::kStarted) != 0) times.start = network[i].actual_start;
}

/// How far ahead of the current place in the order memory is asked for. Nodes lie in no particular
/// order in memory, so that without it most of the time goes into waiting.
constexpr std::size_t kAheadRow = 24;
constexpr std::size_t kAheadArcs = 16;
constexpr std::size_t kAheadTargets = 8;

// Always inlined, as GCC takes a function that only prefetches for one without effect and drops it.
#if defined(__GNUC__) || defined(__clang__)
[[gnu::always_inline]] inline void prefetch(const void* place) {
  __builtin_prefetch(place);
}
#else
inline void prefetch(const void*) {}
#endif

/// For the activity that comes `kAheadArcs` later in the order, and the targets of a nearer one.
class Prefetcher {
 public:
  Prefetcher(const Network& network, const Times* times) : network_(network), times_(times) {}
  [[gnu::always_inline]] void row(std::uint32_t i) const {
    prefetch(network_.out_row(i));
    prefetch(times_ + i);
  }
  [[gnu::always_inline]] void arcs(std::uint32_t i) const { prefetch(network_.out(i).data()); }
  [[gnu::always_inline]] void targets(std::uint32_t i) const {
    for (const Arc arc : network_.out(i)) prefetch(times_ + arc.node());
  }

 private:
  const Network& network_;
  const Times* times_;
};

Day base_finish(const Network& network, const Solution& solution) {
  const Day by = network.frame().finish_by;
  return by == kNoDay ? solution.finish : by;
}

/// Late finish and free float of an activity from those of its successors.
void backward(const Network& network, Solution& solution, std::uint32_t i, Day base) {
  Times& times = solution.times[i];
  if (times.finished()) {
    times.late_finish = times.finish;
    solution.free_float[i] = 0;
    return;
  }
  const unsigned marks = network.marks(i);
  const bool started = (marks & Marks::kStarted) != 0;
  Day late = base;
  if ((marks & Marks::kDeadline) != 0) {
    const Activity& a = network[i];
    if (a.finish_no_later != kNoDay) late = std::min(late, a.finish_no_later);
    if (a.must_finish_on != kNoDay) late = std::min(late, a.must_finish_on);
  }
  Day free = solution.finish - times.finish;
  for (const Arc arc : network.out(i)) {
    const Times& to = solution.times[arc.node()];
    if (to.finished() || (started && !arc.from_finish())) continue;
    const Day before = (arc.to_finish() ? 0 : to.remaining) + arc.lag();
    const Day own = arc.from_finish() ? 0 : times.remaining;
    late = std::min(late, to.late_finish - before + own);
    free = std::min(free, to.finish - before - (times.finish - own));
  }
  times.late_finish = late;
  solution.free_float[i] = free;
}

void backward_pass(const Network& network, Solution& solution) {
  const Day base = base_finish(network, solution);
  const std::vector<std::uint32_t>& order = solution.order;
  const Prefetcher ahead(network, solution.times.data());
  Day least = std::numeric_limits<Day>::max();
  for (std::size_t left = order.size(); left > 0; --left) {
    if (left > kAheadRow) ahead.row(order[left - 1 - kAheadRow]);
    if (left > kAheadArcs) ahead.arcs(order[left - 1 - kAheadArcs]);
    if (left > kAheadTargets) ahead.targets(order[left - 1 - kAheadTargets]);
    const std::uint32_t i = order[left - 1];
    backward(network, solution, i, base);
    const Times& times = solution.times[i];
    if (!times.finished()) least = std::min(least, times.total_float());
  }
  solution.critical_float = least == std::numeric_limits<Day>::max() ? 0 : std::max(0, least);
}

/// Walks back through predecessors that the sweep did not reach until one comes up again.
std::vector<std::uint32_t> find_cycle(const Network& network, const std::vector<Times>& state) {
  // The sweep leaves the number of unsettled predecessors in `late_finish`.
  const auto open = [&state](std::uint32_t i) { return state[i].late_finish > 0; };
  std::uint32_t node = 0;
  while (!open(node)) ++node;
  std::vector<std::uint32_t> path;
  std::vector<std::uint32_t> place(network.size(), std::numeric_limits<std::uint32_t>::max());
  while (place[node] == std::numeric_limits<std::uint32_t>::max()) {
    place[node] = static_cast<std::uint32_t>(path.size());
    path.push_back(node);
    for (const Arc arc : network.in(node)) {
      if (!open(arc.node())) continue;
      node = arc.node();
      break;
    }
  }
  std::vector<std::uint32_t> cycle(path.begin() + place[node], path.end());
  std::reverse(cycle.begin(), cycle.end());
  // Begins with the smallest, so that the same cycle always reads the same.
  std::rotate(cycle.begin(), std::min_element(cycle.begin(), cycle.end()), cycle.end());
  return cycle;
}

}  // namespace

Solution solve(const Network& network) {
  const std::size_t size = network.size();
  const Frame& frame = network.frame();
  Solution solution;
  std::vector<Times>& times = solution.times;
  times.resize(size);
  solution.free_float.resize(size);
  solution.finish = frame.start;

  // Kahn's queue is the order itself. Until the backward pass `late_finish` counts the predecessors
  // that are still to come, so that a step along a link touches one cache line.
  std::vector<std::uint32_t>& order = solution.order;
  order.resize(size + 1);  // a place is written before it is known whether it counts
  std::size_t known = 0;
  for (std::size_t i = 0; i < size; ++i) {
    const Activity& a = network[i];
    Times& t = times[i];
    t.remaining = remaining_of(a);
    t.start = earliest(a, frame, t.remaining);
    t.late_finish = static_cast<Day>(network.in(i).size());
    if (t.late_finish == 0) order[known++] = static_cast<std::uint32_t>(i);
  }
  const Prefetcher ahead(network, times.data());
  for (std::size_t next = 0; next < known; ++next) {
    if (next + kAheadRow < known) ahead.row(order[next + kAheadRow]);
    if (next + kAheadArcs < known) ahead.arcs(order[next + kAheadArcs]);
    if (next + kAheadTargets < known) ahead.targets(order[next + kAheadTargets]);
    const std::uint32_t i = order[next];
    close(times[i], network, i);
    const Times from = times[i];
    solution.finish = std::max(solution.finish, from.finish);
    for (const Arc arc : network.out(i)) {
      Times& to = times[arc.node()];
      const Day end = (arc.from_finish() ? from.finish : from.start) + arc.lag();
      to.start = std::max(to.start, end - (arc.to_finish() ? to.remaining : 0));
      order[known] = arc.node();
      if (--to.late_finish == 0) ++known;
    }
  }
  if (known < size) {
    Solution cyclic;
    cyclic.cycle = find_cycle(network, times);
    return cyclic;
  }
  order.resize(size);
  backward_pass(network, solution);
  return solution;
}

Dates dates(const Network& network, const Solution& solution, std::size_t i) {
  const Times& times = solution.times[i];
  Dates result;
  result.early_start = times.start;
  result.early_finish = times.finish;
  result.late_start = is_started(network[i]) ? times.start : times.late_finish - times.remaining;
  result.late_finish = times.late_finish;
  result.total_float = times.total_float();
  result.free_float = solution.free_float[i];
  result.critical = solution.critical(i);
  return result;
}

namespace {

/// A set of positions that gives them out in ascending or descending order; adding behind the
/// cursor is not needed. One bit a position: emptier than a heap and without its log n.
class Agenda {
 public:
  explicit Agenda(std::size_t size) : words_((size + 63) / 64, 0) {}

  void add(std::uint32_t position) {
    std::uint64_t& word = words_[position / 64];
    const std::uint64_t bit = std::uint64_t{1} << (position % 64U);
    if ((word & bit) == 0) ++count_;
    word |= bit;
  }

  bool empty() const { return count_ == 0; }

  std::uint32_t take_first() {
    while (words_[cursor_] == 0) ++cursor_;
    return take(static_cast<std::uint32_t>(std::countr_zero(words_[cursor_])));
  }

  void go_to_end() { cursor_ = words_.size() - 1; }

  std::uint32_t take_last() {
    while (words_[cursor_] == 0) --cursor_;
    return take(63U - static_cast<std::uint32_t>(std::countl_zero(words_[cursor_])));
  }

 private:
  std::uint32_t take(std::uint32_t bit) {
    words_[cursor_] &= ~(std::uint64_t{1} << bit);
    --count_;
    return static_cast<std::uint32_t>(cursor_ * 64) + bit;
  }

  std::vector<std::uint64_t> words_;
  std::size_t cursor_ = 0;
  std::size_t count_ = 0;
};

class Updater {
 public:
  Updater(Network& network, Solution& solution)
      : network_(network), solution_(solution), rank_(solution.rank) {
    if (rank_.size() == network.size()) return;
    rank_.resize(network.size());
    for (std::size_t i = 0; i < solution.order.size(); ++i) {
      rank_[solution.order[i]] = static_cast<std::uint32_t>(i);
    }
  }

  std::vector<std::uint32_t> run(std::span<const std::pair<std::uint32_t, Activity>> changes) {
    std::vector<std::uint32_t> changed;
    for (const auto& [i, activity] : changes) {
      if (i < network_.size() && !network_.set(i, activity)) changed.push_back(i);
    }
    if (changed.empty()) return {};

    const Day finish = solution_.finish;
    const Day critical_float = solution_.critical_float;
    const std::vector<std::uint32_t> early = forward(changed);
    const bool moved = solution_.finish != finish;
    moved ? backward_all() : backward_some(changed, early);
    if (solution_.critical_float != critical_float) {
      // Every unfinished activity may have become critical or ceased to be.
      for (std::uint32_t i = 0; i < network_.size(); ++i) {
        const Times& t = solution_.times[i];
        const bool before = !t.finished() && t.total_float() <= critical_float;
        if (before != solution_.critical(i)) touched_.push_back(i);
      }
    }
    std::sort(touched_.begin(), touched_.end());
    touched_.erase(std::unique(touched_.begin(), touched_.end()), touched_.end());
    return std::move(touched_);
  }

 private:
  /// The activities whose early times differ afterwards.
  std::vector<std::uint32_t> forward(const std::vector<std::uint32_t>& changed) {
    std::vector<std::uint32_t> differing;
    bool latest_left = false;
    Day latest = network_.frame().start;
    Agenda agenda(network_.size());
    for (std::uint32_t i : changed) agenda.add(rank_[i]);
    while (!agenda.empty()) {
      const std::uint32_t i = solution_.order[agenda.take_first()];
      const Activity& a = network_[i];
      Times now = solution_.times[i];
      now.remaining = remaining_of(a);
      now.start = earliest(a, network_.frame(), now.remaining);
      for (const Arc arc : network_.in(i)) {
        const Times& from = solution_.times[arc.node()];
        const Day end = (arc.from_finish() ? from.finish : from.start) + arc.lag();
        now.start = std::max(now.start, end - (arc.to_finish() ? now.remaining : 0));
      }
      close(now, network_, i);
      if (now == solution_.times[i]) continue;
      if (solution_.times[i].finish == solution_.finish) latest_left = true;
      latest = std::max(latest, now.finish);
      solution_.times[i] = now;
      differing.push_back(i);
      for (const Arc arc : network_.out(i)) agenda.add(rank_[arc.node()]);
    }
    if (latest_left) {
      for (const Times& times : solution_.times) latest = std::max(latest, times.finish);
      solution_.finish = latest;
    } else {
      solution_.finish = std::max(solution_.finish, latest);
    }
    touched_.insert(touched_.end(), differing.begin(), differing.end());
    return differing;
  }

  void backward_all() {
    std::vector<std::pair<Day, Day>> before(network_.size());
    for (std::size_t i = 0; i < before.size(); ++i) {
      before[i] = {solution_.times[i].late_finish, solution_.free_float[i]};
    }
    backward_pass(network_, solution_);
    for (std::uint32_t i = 0; i < before.size(); ++i) {
      if (before[i] != std::pair(solution_.times[i].late_finish, solution_.free_float[i])) {
        touched_.push_back(i);
      }
    }
  }

  void backward_some(const std::vector<std::uint32_t>& changed,
                     const std::vector<std::uint32_t>& early) {
    // An activity's own late values need a second look when it or what it leads to has changed.
    Agenda agenda(network_.size());
    for (const auto* list : {&changed, &early}) {
      for (std::uint32_t i : *list) {
        agenda.add(rank_[i]);
        for (const Arc arc : network_.in(i)) agenda.add(rank_[arc.node()]);
      }
    }
    agenda.go_to_end();
    const Day base = base_finish(network_, solution_);
    while (!agenda.empty()) {
      const std::uint32_t i = solution_.order[agenda.take_last()];
      const Day late = solution_.times[i].late_finish;
      const Day free = solution_.free_float[i];
      backward(network_, solution_, i, base);
      if (late == solution_.times[i].late_finish && free == solution_.free_float[i]) continue;
      touched_.push_back(i);
      if (late == solution_.times[i].late_finish) continue;
      for (const Arc arc : network_.in(i)) agenda.add(rank_[arc.node()]);
    }
    Day least = std::numeric_limits<Day>::max();
    for (const Times& times : solution_.times) {
      if (!times.finished()) least = std::min(least, times.total_float());
    }
    solution_.critical_float = least == std::numeric_limits<Day>::max() ? 0 : std::max(0, least);
  }

  Network& network_;
  Solution& solution_;
  std::vector<std::uint32_t>& rank_;
  std::vector<std::uint32_t> touched_;
};

}  // namespace

std::vector<std::uint32_t> update(Network& network, Solution& solution,
                                  std::span<const std::pair<std::uint32_t, Activity>> changes) {
  if (solution.order.size() != network.size()) return {};  // a cycle: nothing to bring up to date
  return Updater(network, solution).run(changes);
}

}  // namespace tc::cpm
