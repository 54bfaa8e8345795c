// The scheduler against independent references: Boost.Graph's longest paths for early and late
// dates, plain relaxation and the definitions of the floats for networks with everything in them.

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/dag_shortest_paths.hpp>
#include <limits>
#include <utility>
#include <vector>

#include "core/schedule/network.hpp"
#include "tests/core/schedule/random_network.hpp"

namespace tc::cpm {
namespace {

/// The start-to-start offset that a link amounts to when every activity is unstarted.
Day offset(const Link& link, const std::vector<Activity>& activities) {
  Day offset = link.lag;
  if (link.type == DependencyType::finish_to_start ||
      link.type == DependencyType::finish_to_finish) {
    offset += activities[link.from].duration;
  }
  if (link.type == DependencyType::finish_to_finish ||
      link.type == DependencyType::start_to_finish) {
    offset -= activities[link.to].duration;
  }
  return offset;
}

using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, boost::no_property,
                                    boost::property<boost::edge_weight_t, int>>;

/// Longest distances from an extra vertex that leads to each activity with the given offset.
std::vector<Day> longest(const std::vector<std::pair<std::uint32_t, std::uint32_t>>& edges,
                         const std::vector<Day>& weights, const std::vector<Day>& from_source) {
  const std::size_t source = from_source.size();
  Graph graph(source + 1);
  for (std::size_t i = 0; i < edges.size(); ++i) {
    boost::add_edge(edges[i].first, edges[i].second, -weights[i], graph);
  }
  for (std::size_t i = 0; i < source; ++i) boost::add_edge(source, i, -from_source[i], graph);
  std::vector<int> distance(source + 1);
  boost::dag_shortest_paths(graph, source,
                            boost::distance_map(boost::make_iterator_property_map(
                                distance.begin(), boost::get(boost::vertex_index, graph))));
  std::vector<Day> result;
  for (std::size_t i = 0; i < source; ++i) result.push_back(-distance[i]);
  return result;
}

TEST(Reference, BoostGraphGivesTheSameDatesOn200Networks) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    TestRandom random(seed);
    const int size = random.between(1, 60);
    const RandomNetwork made = random_network(random, size, random.between(0, 3 * size));
    const Network network = made.network();
    const Solution solution = solve(network);
    ASSERT_TRUE(solution.cycle.empty());

    std::vector<std::pair<std::uint32_t, std::uint32_t>> forward;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> backward;
    std::vector<Day> weights;
    for (const Link& link : made.links) {
      forward.emplace_back(link.from, link.to);
      backward.emplace_back(link.to, link.from);
      weights.push_back(offset(link, made.activities));
    }
    const std::size_t n = made.activities.size();
    const std::vector<Day> early = longest(forward, weights, std::vector<Day>(n, 0));
    Day finish = 0;
    std::vector<Day> tail;
    for (std::size_t i = 0; i < n; ++i) {
      finish = std::max(finish, early[i] + made.activities[i].duration);
      tail.push_back(made.activities[i].duration);
    }
    // From each start the longest way to the end of everything, on the reversed graph.
    const std::vector<Day> to_end = longest(backward, weights, tail);
    EXPECT_EQ(solution.finish, finish) << seed;
    for (std::size_t i = 0; i < n; ++i) {
      const Dates d = dates(network, solution, i);
      EXPECT_EQ(d.early_start, early[i]) << seed << " " << i;
      EXPECT_EQ(d.late_start, finish - to_end[i]) << seed << " " << i;
      EXPECT_EQ(d.early_finish, early[i] + made.activities[i].duration);
      EXPECT_EQ(d.total_float, d.late_start - d.early_start);
      EXPECT_EQ(d.critical, d.total_float == 0);
    }
  }
}

/// Early starts by relaxing every link until nothing moves: no order, no graph, no cleverness.
/// `delay` postpones one activity's (remaining) work to that day.
struct Relaxed {
  std::vector<Day> start, finish;
  Day end = 0;
};
Relaxed relax(const RandomNetwork& made, std::size_t delayed, Day delay) {
  const Frame& frame = made.frame;
  const std::size_t n = made.activities.size();
  Relaxed result;
  std::vector<Day> work(n), rest(n);
  result.start.resize(n);
  result.finish.resize(n);
  for (std::size_t i = 0; i < n; ++i) {
    const Activity& a = made.activities[i];
    const bool started = a.actual_start != kNoDay;
    rest[i] = started && a.remaining != kNoDay ? a.remaining : a.duration;
    work[i] = std::max(frame.start, frame.as_of);
    if (started) {
      work[i] = frame.as_of == kNoDay ? a.actual_start + std::max(0, a.duration - rest[i])
                                      : std::max(a.actual_start, frame.as_of);
    } else {
      work[i] = std::max(work[i], a.start_no_earlier);
    }
    if (a.must_finish_on != kNoDay) work[i] = std::max(work[i], a.must_finish_on - rest[i]);
    if (i == delayed) work[i] = std::max(work[i], delay);
  }
  bool moved = true;
  while (moved) {
    moved = false;
    for (std::size_t i = 0; i < n; ++i) {
      const Activity& a = made.activities[i];
      result.start[i] = a.actual_start != kNoDay ? a.actual_start : work[i];
      result.finish[i] = a.actual_finish != kNoDay ? a.actual_finish : work[i] + rest[i];
    }
    for (const Link& link : made.links) {
      const bool from_finish = link.type == DependencyType::finish_to_start ||
                               link.type == DependencyType::finish_to_finish;
      const bool to_finish = link.type == DependencyType::finish_to_finish ||
                             link.type == DependencyType::start_to_finish;
      const Day end = (from_finish ? result.finish[link.from] : result.start[link.from]) + link.lag;
      const Day needed = end - (to_finish ? rest[link.to] : 0);
      if (made.activities[link.to].actual_finish == kNoDay && work[link.to] < needed) {
        work[link.to] = needed;
        moved = true;
      }
    }
  }
  result.end = frame.start;
  for (Day finish : result.finish) result.end = std::max(result.end, finish);
  return result;
}

TEST(Reference, EarlyDatesAreThoseOfPlainRelaxation) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    TestRandom random(seed * 7919);
    const int size = random.between(1, 40);
    const RandomNetwork made =
        random_network(random, size, random.between(0, 3 * size), {true, true});
    const Network network = made.network();
    const Solution solution = solve(network);
    const Relaxed expected = relax(made, made.activities.size(), 0);
    EXPECT_EQ(solution.finish, expected.end) << seed;
    for (std::size_t i = 0; i < made.activities.size(); ++i) {
      EXPECT_EQ(solution.times[i].start, expected.start[i]) << seed << " " << i;
      EXPECT_EQ(solution.times[i].finish, expected.finish[i]) << seed << " " << i;
    }
  }
}

/// The most that an activity can finish later, tried day by day.
template <class Harmless>
Day longest_delay(const RandomNetwork& made, std::size_t i, Day work_start, Harmless harmless) {
  Day delay = 0;
  while (delay < 400 && harmless(relax(made, i, work_start + delay + 1))) ++delay;
  return delay;
}

TEST(Reference, FloatsAreWhatTheirDefinitionsSay) {
  for (std::uint64_t seed = 1; seed <= 120; ++seed) {
    TestRandom random(seed * 104729);
    const int size = random.between(1, 12);
    RandomNetwork made = random_network(random, size, random.between(0, 2 * size), {false, true});
    const Network network = made.network();
    const Solution solution = solve(network);
    const Relaxed base = relax(made, made.activities.size(), 0);
    for (std::size_t i = 0; i < made.activities.size(); ++i) {
      const Times& times = solution.times[i];
      if (times.finished()) {
        EXPECT_EQ(times.total_float(), 0);
        EXPECT_EQ(solution.free_float[i], 0);
        continue;
      }
      const Day work = times.finish - times.remaining;
      const Day total =
          longest_delay(made, i, work, [&](const Relaxed& later) { return later.end == base.end; });
      EXPECT_EQ(times.total_float(), total) << seed << " " << i;
      const Day free = longest_delay(made, i, work, [&](const Relaxed& later) {
        if (later.end != base.end) return false;
        for (std::size_t k = 0; k < made.activities.size(); ++k) {
          if (k != i && later.finish[k] != base.finish[k]) return false;
        }
        return true;
      });
      EXPECT_EQ(solution.free_float[i], free) << seed << " " << i;
    }
  }
}

TEST(Reference, DeadlinesTakeFloatAwayAsTheDefinitionSays) {
  // With deadlines that can be kept, the total float is the most that an activity can be delayed
  // without moving the end and without missing a deadline.
  for (std::uint64_t seed = 1; seed <= 120; ++seed) {
    TestRandom random(seed * 15485863);
    const int size = random.between(1, 12);
    RandomNetwork made = random_network(random, size, random.between(0, 2 * size));
    const Relaxed base = relax(made, made.activities.size(), 0);
    for (std::size_t i = 0; i < made.activities.size(); ++i) {
      if (random.chance(40)) {
        made.activities[i].finish_no_later = base.finish[i] + random.between(0, 8);
      }
    }
    const Solution solution = solve(made.network());
    for (std::size_t i = 0; i < made.activities.size(); ++i) {
      const Times& times = solution.times[i];
      const Day total = longest_delay(made, i, times.start, [&](const Relaxed& later) {
        for (std::size_t k = 0; k < made.activities.size(); ++k) {
          const Day limit = made.activities[k].finish_no_later;
          if (limit != kNoDay && later.finish[k] > limit) return false;
        }
        return later.end == base.end;
      });
      EXPECT_EQ(times.total_float(), total) << seed << " " << i;
    }
  }
}

TEST(Reference, EarlierDeadlinesTakeAsMuchFloatAsTheyAreEarlier) {
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    TestRandom random(seed * 32452843);
    const int size = random.between(1, 30);
    RandomNetwork made = random_network(random, size, random.between(0, 2 * size));
    made.frame.finish_by = 100;
    for (Activity& a : made.activities) {
      if (random.chance(30)) a.finish_no_later = random.between(20, 90);
    }
    const Solution before = solve(made.network());
    const Day shift = random.between(1, 60);
    made.frame.finish_by -= shift;
    for (Activity& a : made.activities) {
      if (a.finish_no_later != kNoDay) a.finish_no_later -= shift;
    }
    const Solution after = solve(made.network());
    for (std::size_t i = 0; i < made.activities.size(); ++i) {
      EXPECT_EQ(after.times[i].finish, before.times[i].finish);
      EXPECT_EQ(after.times[i].total_float(), before.times[i].total_float() - shift);
    }
  }
}

TEST(Reference, CriticalPathsAreAllLongestPaths) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    TestRandom random(seed * 31);
    const int size = random.between(1, 25);
    RandomNetwork made = random_network(random, size, random.between(0, 2 * size));
    for (Activity& a : made.activities) a.duration = random.between(1, 3);  // for many ties
    for (Link& link : made.links) {
      link.type = DependencyType::finish_to_start;
      link.lag = 0;
    }
    const Network network = made.network();
    const Solution solution = solve(network);
    const auto paths = critical_paths(network, solution, 100'000);
    EXPECT_EQ(paths.size(), count_critical_paths(network, solution)) << seed;
    for (std::size_t p = 0; p < paths.size(); ++p) {
      Day length = 0;
      for (std::size_t k = 0; k < paths[p].size(); ++k) {
        length += made.activities[paths[p][k]].duration;
        if (k == 0) continue;
        const auto out = network.out(paths[p][k - 1]);
        EXPECT_TRUE(std::any_of(out.begin(), out.end(),
                                [&](const Arc& arc) { return arc.node() == paths[p][k]; }));
      }
      EXPECT_EQ(length, solution.finish) << seed;
      for (std::size_t q = 0; q < p; ++q) EXPECT_NE(paths[p], paths[q]);
    }
    // Every critical activity is on one of them.
    for (std::uint32_t i = 0; i < made.activities.size(); ++i) {
      if (!solution.critical(i)) continue;
      EXPECT_TRUE(std::any_of(paths.begin(), paths.end(), [i](const auto& path) {
        return std::find(path.begin(), path.end(), i) != path.end();
      })) << seed;
    }
  }
}

TEST(Reference, CyclesAreRealCycles) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    TestRandom random(seed * 65537);
    const int size = random.between(2, 30);
    RandomNetwork made = random_network(random, size, random.between(1, 3 * size));
    // A link against the direction of a way that exists.
    const Network before = made.network();
    const Link first = made.links.front();
    std::uint32_t end = first.to;
    while (!before.out(end).empty() && random.chance(70)) end = before.out(end).front().node();
    made.links.push_back({end, first.from, DependencyType::start_to_start, 0});
    const Network network = made.network();
    const Solution solution = solve(network);
    ASSERT_FALSE(solution.cycle.empty()) << seed;
    for (std::size_t k = 0; k < solution.cycle.size(); ++k) {
      const std::uint32_t next = solution.cycle[(k + 1) % solution.cycle.size()];
      const auto out = network.out(solution.cycle[k]);
      EXPECT_TRUE(std::any_of(out.begin(), out.end(), [next](const Arc& arc) {
        return arc.node() == next;
      })) << seed;
      EXPECT_EQ(std::count(solution.cycle.begin(), solution.cycle.end(), solution.cycle[k]), 1);
    }
  }
}

TEST(Reference, UpdatesGiveExactlyWhatAWholePassGives) {
  for (std::uint64_t seed = 1; seed <= 150; ++seed) {
    TestRandom random(seed * 48611);
    const Variety variety{random.chance(50), random.chance(50)};
    const int size = random.between(1, 50);
    const RandomNetwork made = random_network(random, size, random.between(0, 3 * size), variety);
    Network network = made.network();
    Solution solution = solve(network);
    for (int edit = 0; edit < 30; ++edit) {
      std::vector<std::pair<std::uint32_t, Activity>> changes;
      for (int k = random.between(1, 3); k > 0; --k) {
        const auto i = static_cast<std::uint32_t>(random.between(0, size - 1));
        Activity a = network[i];
        if (random.chance(50)) {
          a.duration = std::max(0, a.duration + random.between(-3, 3));
          if (a.remaining != kNoDay) a.remaining = std::min(a.remaining, a.duration);
        } else {
          a = random_activity(random, variety);
        }
        changes.emplace_back(i, a);
      }
      const Solution before = solution;
      const std::vector<std::uint32_t> touched = update(network, solution, changes);
      const Solution whole = solve(network);
      ASSERT_EQ(solution.times, whole.times) << seed << " " << edit;
      ASSERT_EQ(solution.free_float, whole.free_float) << seed << " " << edit;
      ASSERT_EQ(solution.finish, whole.finish);
      ASSERT_EQ(solution.critical_float, whole.critical_float);
      // And it names exactly what is different.
      std::vector<std::uint32_t> different;
      for (std::uint32_t i = 0; i < made.activities.size(); ++i) {
        if (before.times[i] != solution.times[i] ||
            before.free_float[i] != solution.free_float[i] ||
            before.critical(i) != solution.critical(i)) {
          different.push_back(i);
        }
      }
      ASSERT_TRUE(std::includes(touched.begin(), touched.end(), different.begin(), different.end()))
          << seed << " " << edit;
    }
  }
}

}  // namespace
}  // namespace tc::cpm
