// What a solution rests on: reasons of single dates, critical paths.

#include <algorithm>
#include <span>

#include "core/schedule/network.hpp"

namespace tc::cpm {

namespace {

/// Start of the work that is still scheduled.
Day work_start(const Times& times) {
  return times.finish - times.remaining;
}

/// How far the predecessor's end could move before the link pushes its successor's early dates.
Day slack(const Times& from, const Arc& arc, const Times& to) {
  return (arc.to_finish() ? to.finish : work_start(to)) - arc.lag() -
         (arc.from_finish() ? from.finish : from.start);
}

/// The critical activities and the links without slack between them.
class CriticalGraph {
 public:
  CriticalGraph(const Network& network, const Solution& solution)
      : network_(network), solution_(solution) {}

  bool has(std::uint32_t i) const { return solution_.critical(i); }

  /// The next activities on critical paths, each once, in ascending order.
  std::vector<std::uint32_t> next(std::uint32_t i) const {
    std::vector<std::uint32_t> result;
    for (const Arc arc : network_.out(i)) {
      if (drives(i, arc, arc.node())) result.push_back(arc.node());
    }
    std::sort(result.begin(), result.end());
    result.erase(std::unique(result.begin(), result.end()), result.end());
    return result;
  }

  bool is_first(std::uint32_t i) const {
    if (!has(i)) return false;
    const auto in = network_.in(i);
    return std::none_of(in.begin(), in.end(), [&](const Arc& arc) {
      // The arc of the predecessor's side has the same ends and lag.
      return has(arc.node()) && slack(solution_.times[arc.node()], arc, solution_.times[i]) == 0;
    });
  }

 private:
  bool drives(std::uint32_t from, const Arc& arc, std::uint32_t to) const {
    // A start in the past drives no more, only the work that is left does.
    if (!arc.from_finish() && network_[from].actual_start != kNoDay) return false;
    return has(from) && has(to) && slack(solution_.times[from], arc, solution_.times[to]) == 0;
  }

  const Network& network_;
  const Solution& solution_;
};

}  // namespace

EarlyReason early_reason(const Network& network, const Solution& solution, std::size_t i) {
  const Activity& a = network[i];
  const Times& times = solution.times[i];
  if (times.finished()) return {Driver::actual, 0, {}, 0};
  for (const Arc arc : network.in(i)) {
    if (slack(solution.times[arc.node()], arc, times) == 0) {
      return {Driver::predecessor, arc.node(), arc.type(), arc.lag()};
    }
  }
  const Day start = work_start(times);
  const Frame& frame = network.frame();
  if (a.must_finish_on != kNoDay && start == a.must_finish_on - times.remaining) {
    return {Driver::must_finish_on, 0, {}, 0};
  }
  if (a.actual_start == kNoDay && a.start_no_earlier == start) {
    return {Driver::start_no_earlier, 0, {}, 0};
  }
  if (frame.as_of == start) return {Driver::as_of, 0, {}, 0};
  if (a.actual_start != kNoDay) return {Driver::actual, 0, {}, 0};
  return {Driver::frame_start, 0, {}, 0};
}

LateReason late_reason(const Network& network, const Solution& solution, std::size_t i) {
  const Activity& a = network[i];
  const Times& times = solution.times[i];
  if (times.finished()) return {Limit::actual, 0, {}, 0};
  const Day late = times.late_finish;
  for (const Arc arc : network.out(i)) {
    const Times& to = solution.times[arc.node()];
    if (to.finished() || (a.actual_start != kNoDay && !arc.from_finish())) continue;
    const Day end = to.late_finish - (arc.to_finish() ? 0 : to.remaining) - arc.lag();
    if (late == end + (arc.from_finish() ? 0 : times.remaining)) {
      return {Limit::successor, arc.node(), arc.type(), arc.lag()};
    }
  }
  if (a.must_finish_on == late) return {Limit::must_finish_on, 0, {}, 0};
  if (a.finish_no_later == late) return {Limit::finish_no_later, 0, {}, 0};
  if (network.frame().finish_by == late) return {Limit::finish_by, 0, {}, 0};
  return {Limit::network_finish, 0, {}, 0};
}

std::vector<std::vector<std::uint32_t>> critical_paths(const Network& network,
                                                       const Solution& solution,
                                                       std::size_t limit) {
  struct Level {
    std::vector<std::uint32_t> next;
    std::size_t at = 0;
  };
  const CriticalGraph graph(network, solution);
  std::vector<std::vector<std::uint32_t>> paths;
  for (std::uint32_t first = 0; first < solution.times.size() && paths.size() < limit; ++first) {
    if (!graph.is_first(first)) continue;
    std::vector<std::uint32_t> path = {first};
    std::vector<Level> levels;
    levels.push_back({graph.next(first), 0});
    while (!levels.empty() && paths.size() < limit) {
      Level& level = levels.back();
      if (level.next.empty()) paths.push_back(path);
      if (level.at == level.next.size()) {
        levels.pop_back();
        path.pop_back();
        continue;
      }
      path.push_back(level.next[level.at++]);
      levels.push_back({graph.next(path.back()), 0});
    }
  }
  return paths;
}

std::uint64_t count_critical_paths(const Network& network, const Solution& solution) {
  constexpr std::uint64_t kMost = std::numeric_limits<std::uint64_t>::max();
  const auto add = [](std::uint64_t a, std::uint64_t b) { return a > kMost - b ? kMost : a + b; };
  const CriticalGraph graph(network, solution);
  // The number of ways on from each activity, successors first.
  std::vector<std::uint64_t> ways(solution.times.size(), 0);
  std::uint64_t count = 0;
  for (auto i = solution.order.rbegin(); i != solution.order.rend(); ++i) {
    if (!graph.has(*i)) continue;
    const std::vector<std::uint32_t> next = graph.next(*i);
    std::uint64_t sum = next.empty() ? 1 : 0;
    for (std::uint32_t successor : next) sum = add(sum, ways[successor]);
    ways[*i] = sum;
    if (graph.is_first(*i)) count = add(count, sum);
  }
  return count;
}

}  // namespace tc::cpm
