// The scheduler beside Boost.Graph on the same graph: 100,000 activities, 300,000 dependencies of
// all four types. schedule_solve does a topological order, both passes and all floats;
// schedule_boost does a topological sort and the longest paths (a DAG's shortest paths with negated
// weights), which are the early dates only. schedule_boost_paths leaves the separate sort out, as
// dag_shortest_paths makes one of its own. schedule_ratio runs both by turns and reports ours /
// Boost's; at most 1 is wanted.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/dag_shortest_paths.hpp>
#include <boost/graph/topological_sort.hpp>
#include <chrono>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

#include "core/model/generate.hpp"
#include "core/schedule/monte_carlo.hpp"
#include "core/schedule/network.hpp"
#include "core/schedule/schedule.hpp"

namespace {

using tc::cpm::Activity;
using tc::cpm::Link;
using tc::cpm::Network;

constexpr std::uint32_t kActivities = 100'000;
constexpr std::uint32_t kLinks = 300'000;

class Random {
 public:
  std::uint32_t below(std::uint32_t n) {
    state_ = state_ * 6364136223846793005U + 1442695040888963407U;
    return static_cast<std::uint32_t>(((state_ >> 33U) * n) >> 31U);
  }

 private:
  std::uint64_t state_ = 1;
};

struct Data {
  std::vector<Activity> activities;
  std::vector<Link> links;
};

/// Links lead to one of the next `reach` activities of a hidden order; the numbers are shuffled, so
/// that neither side profits from a sorted input.
Data make_data(std::uint32_t reach) {
  Random random;
  Data data;
  std::vector<std::uint32_t> number(kActivities);
  std::iota(number.begin(), number.end(), 0U);
  for (std::uint32_t i = kActivities - 1; i > 0; --i)
    std::swap(number[i], number[random.below(i + 1)]);
  data.activities.resize(kActivities);
  for (Activity& activity : data.activities) {
    activity.duration = static_cast<std::int32_t>(1 + random.below(60));
  }
  while (data.links.size() < kLinks) {
    const std::uint32_t from = random.below(kActivities - 1);
    const std::uint32_t to = from + 1 + random.below(std::min(reach, kActivities - 1 - from));
    data.links.push_back({number[from], number[to],
                          static_cast<tc::DependencyType>(random.below(4)),
                          static_cast<std::int32_t>(random.below(10))});
  }
  return data;
}

const Data& data() {
  static const Data made = make_data(1000);
  return made;
}

Network network_of(const Data& made) {
  return std::move(*Network::build(made.activities, made.links).network);
}

struct Weight {
  int weight = 0;
};
using Graph = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, Weight>;

/// The same links as start-to-start offsets, and a source before every activity. Compressed sparse
/// rows are the fastest of Boost's graphs here.
Graph graph_of(const Data& made) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> edges;
  std::vector<Weight> weights;
  std::vector<bool> has_predecessor(made.activities.size(), false);
  for (const Link& link : made.links) {
    int offset = link.lag;
    if (link.type == tc::DependencyType::finish_to_start ||
        link.type == tc::DependencyType::finish_to_finish) {
      offset += made.activities[link.from].duration;
    }
    if (link.type == tc::DependencyType::finish_to_finish ||
        link.type == tc::DependencyType::start_to_finish) {
      offset -= made.activities[link.to].duration;
    }
    edges.emplace_back(link.from, link.to);
    weights.push_back({-offset});
    has_predecessor[link.to] = true;
  }
  const auto source = static_cast<std::uint32_t>(made.activities.size());
  for (std::uint32_t i = 0; i < source; ++i) {
    if (has_predecessor[i]) continue;
    edges.emplace_back(source, i);
    weights.push_back({0});
  }
  return {boost::edges_are_unsorted_multi_pass, edges.begin(), edges.end(), weights.begin(),
          std::size_t{source} + 1};
}

void sort(const Graph& graph, std::vector<std::size_t>& order) {
  order.clear();
  std::vector<boost::default_color_type> colour(boost::num_vertices(graph));
  boost::topological_sort(graph, std::back_inserter(order),
                          boost::color_map(boost::make_iterator_property_map(
                              colour.begin(), boost::get(boost::vertex_index, graph))));
}

void longest_paths(const Graph& graph, std::vector<int>& distance) {
  const auto index = boost::get(boost::vertex_index, graph);
  std::vector<boost::default_color_type> colour(boost::num_vertices(graph));
  boost::dag_shortest_paths(
      graph, boost::num_vertices(graph) - 1,
      boost::weight_map(boost::get(&Weight::weight, graph))
          .distance_map(boost::make_iterator_property_map(distance.begin(), index))
          .color_map(boost::make_iterator_property_map(colour.begin(), index)));
}

void schedule_solve(benchmark::State& state) {
  const Network network = network_of(data());
  for (auto _ : state) {
    tc::cpm::Solution solution = tc::cpm::solve(network);
    benchmark::DoNotOptimize(solution.finish);
  }
}
BENCHMARK(schedule_solve)->Unit(benchmark::kMillisecond);

void schedule_boost(benchmark::State& state) {
  const Graph graph = graph_of(data());
  std::vector<std::size_t> order;
  std::vector<int> distance(boost::num_vertices(graph));
  for (auto _ : state) {
    sort(graph, order);
    longest_paths(graph, distance);
    benchmark::DoNotOptimize(distance.data());
  }
}
BENCHMARK(schedule_boost)->Unit(benchmark::kMillisecond);

void schedule_boost_paths(benchmark::State& state) {
  const Graph graph = graph_of(data());
  std::vector<int> distance(boost::num_vertices(graph));
  for (auto _ : state) {
    longest_paths(graph, distance);
    benchmark::DoNotOptimize(distance.data());
  }
}
BENCHMARK(schedule_boost_paths)->Unit(benchmark::kMillisecond);

void schedule_ratio(benchmark::State& state) {
  using Clock = std::chrono::steady_clock;
  const Network network = network_of(data());
  const Graph graph = graph_of(data());
  std::vector<std::size_t> order;
  std::vector<int> distance(boost::num_vertices(graph));
  std::vector<double> ours;
  std::vector<double> boosts;
  std::vector<double> paths_only;
  for (auto _ : state) {
    const auto t0 = Clock::now();
    tc::cpm::Solution solution = tc::cpm::solve(network);
    benchmark::DoNotOptimize(solution.finish);
    const auto t1 = Clock::now();
    sort(graph, order);
    const auto t2 = Clock::now();
    longest_paths(graph, distance);
    benchmark::DoNotOptimize(distance.data());
    const auto t3 = Clock::now();
    ours.push_back(std::chrono::duration<double>(t1 - t0).count());
    boosts.push_back(std::chrono::duration<double>(t3 - t1).count());
    paths_only.push_back(std::chrono::duration<double>(t3 - t2).count());
  }
  const auto median = [](std::vector<double>& values) {
    std::nth_element(values.begin(),
                     values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2), values.end());
    return values[values.size() / 2];
  };
  const double mine = median(ours);
  state.counters["ours/boost"] = mine / median(boosts);
  state.counters["ours/boost_paths"] = mine / median(paths_only);
}
BENCHMARK(schedule_ratio)->Unit(benchmark::kMillisecond)->MinTime(2);

void schedule_build(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(network_of(data()).size());
}
BENCHMARK(schedule_build)->Unit(benchmark::kMillisecond);

/// Dragging one bar: its duration changes by a day, back and forth.
void schedule_what_if(benchmark::State& state) {
  Network network = network_of(data());
  tc::cpm::Solution solution = tc::cpm::solve(network);
  // One with float: the network's finish stays, as with most drags.
  std::uint32_t dragged = 0;
  while (solution.times[dragged].total_float() < 20) ++dragged;
  Activity activity = network[dragged];
  std::int32_t by = 1;
  for (auto _ : state) {
    activity.duration += by;
    by = -by;
    const std::pair<std::uint32_t, Activity> change{dragged, activity};
    benchmark::DoNotOptimize(tc::cpm::update(network, solution, {&change, 1}).size());
  }
}
BENCHMARK(schedule_what_if)->Unit(benchmark::kMicrosecond);

/// From a programme to dates of 100,000 items and some 350,000 milestones.
void schedule_programme(benchmark::State& state) {
  const tc::Programme programme = tc::generate_programme(kActivities, 1);
  const tc::WorkCalendar calendar;
  for (auto _ : state) {
    const tc::Schedule schedule = tc::make_schedule(programme, calendar, *programme.as_of);
    benchmark::DoNotOptimize(schedule.finish);
  }
}
BENCHMARK(schedule_programme)->Unit(benchmark::kMillisecond);

/// A programme of everyday size: 200 items, 2,000 runs.
void schedule_simulate(benchmark::State& state) {
  const tc::Programme programme = tc::generate_programme(200, 1);
  const tc::WorkCalendar calendar;
  const tc::Schedule schedule = tc::make_schedule(programme, calendar, *programme.as_of);
  tc::RiskOptions options;
  options.assumed = tc::cpm::Spread{0.9, 1, 1.4};
  for (auto _ : state) {
    benchmark::DoNotOptimize(tc::simulate(schedule, programme, calendar, options).runs);
  }
}
BENCHMARK(schedule_simulate)->Unit(benchmark::kMillisecond);

}  // namespace
