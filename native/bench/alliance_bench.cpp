// Networks of 5,000 members and 20,000 links. betweenness_ratio runs our betweenness and
// Boost.Graph's by turns on the same graph and reports ours / Boost's; at most 1 is wanted. Boost's
// graph is in compressed sparse rows, its fastest. force_round is one round of the free layout,
// force_settle all of it, what_if a member's leaving without betweenness, as views recompute it.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <boost/graph/betweenness_centrality.hpp>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/alliance/analysis.hpp"
#include "core/alliance/graph.hpp"
#include "core/alliance/layout_force.hpp"
#include "core/alliance/layout_layered.hpp"

namespace {

using tc::graph::Edge;
using tc::graph::Graph;

constexpr std::uint32_t kNodes = 5000;
constexpr std::uint32_t kEdges = 20'000;

class Random {
 public:
  std::uint32_t below(std::uint32_t n) {
    state_ = state_ * 6364136223846793005U + 1442695040888963407U;
    return static_cast<std::uint32_t>(((state_ >> 33U) * n) >> 31U);
  }

 private:
  std::uint64_t state_ = 1;
};

/// Different edges without loops; a third of them near, so that there are clusters.
std::vector<Edge> make_edges() {
  Random random;
  std::vector<Edge> edges;
  while (edges.size() < kEdges) {
    const std::uint32_t a = random.below(kNodes);
    const std::uint32_t b =
        random.below(3) == 0 ? random.below(kNodes) : (a + 1 + random.below(40)) % kNodes;
    if (a != b) edges.push_back({std::min(a, b), std::max(a, b)});
  }
  return edges;
}

const Graph& graph() {
  static const Graph made(kNodes, make_edges());
  return made;
}

using Boost = boost::compressed_sparse_row_graph<boost::directedS>;

const Boost& boost_graph() {
  static const Boost made = [] {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> arcs;
    for (const Edge& edge : graph().edges()) {
      arcs.emplace_back(edge.a, edge.b);
      arcs.emplace_back(edge.b, edge.a);
    }
    return Boost(boost::edges_are_unsorted_multi_pass, arcs.begin(), arcs.end(), kNodes);
  }();
  return made;
}

std::vector<double> boost_betweenness() {
  std::vector<double> values(kNodes);
  boost::brandes_betweenness_centrality(
      boost_graph(), boost::make_iterator_property_map(
                         values.begin(), boost::get(boost::vertex_index, boost_graph())));
  return values;
}

void betweenness_ours(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(tc::graph::betweenness(graph()));
}
BENCHMARK(betweenness_ours)->Unit(benchmark::kMillisecond);

void betweenness_boost(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(boost_betweenness());
}
BENCHMARK(betweenness_boost)->Unit(benchmark::kMillisecond);

void betweenness_ratio(benchmark::State& state) {
  using Clock = std::chrono::steady_clock;
  double ours = 0;
  double theirs = 0;
  for (auto _ : state) {
    const auto start = Clock::now();
    const std::vector<double> a = tc::graph::betweenness(graph());
    const auto middle = Clock::now();
    const std::vector<double> b = boost_betweenness();
    const auto end = Clock::now();
    ours += std::chrono::duration<double>(middle - start).count();
    theirs += std::chrono::duration<double>(end - middle).count();
    for (std::uint32_t v = 0; v < kNodes; ++v) {
      // Boost met every pair in both directions.
      if (std::abs(2 * a[v] - b[v]) > 1e-6 * (1 + b[v])) state.SkipWithError("results differ");
    }
  }
  state.counters["ratio"] = ours / theirs;
}
BENCHMARK(betweenness_ratio)->Unit(benchmark::kMillisecond)->Iterations(3);

void cut_points(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(tc::graph::connectivity(graph()));
}
BENCHMARK(cut_points)->Unit(benchmark::kMillisecond);

void force_round(benchmark::State& state) {
  tc::alliance::ForceLayout layout(kNodes, graph().edges());
  layout.run(10);
  for (auto _ : state) {
    layout.run(1);
    if (layout.settled()) layout.reheat();
  }
}
BENCHMARK(force_round)->Unit(benchmark::kMillisecond);

void force_settle(benchmark::State& state) {
  std::size_t rounds = 0;
  for (auto _ : state) {
    tc::alliance::ForceLayout layout(kNodes, graph().edges());
    layout.run();
    rounds = layout.rounds();
  }
  state.counters["rounds"] = static_cast<double>(rounds);
}
BENCHMARK(force_settle)->Unit(benchmark::kMillisecond)->Iterations(1);

/// A chain of six stages and two cities.
const tc::Programme& programme() {
  static const tc::Programme made = [] {
    Random random;
    tc::Programme p;
    p.id = "bench";
    p.cities = {{"h", {"", "H"}, {}}, {"b", {"", "B"}, {}}};
    p.alliances.resize(1);
    p.alliances[0].id = "a";
    for (int s = 0; s < 6; ++s) {
      p.alliances[0].stages.push_back({"s" + std::to_string(s), {"", "S"}, {}});
      p.products.push_back({"p" + std::to_string(s), {"", "P"}, {}, 1.0, {}});
    }
    for (std::uint32_t i = 0; i < kNodes; ++i) {
      tc::Member member;
      member.id = "m" + std::to_string(i);
      member.name.en = member.id;
      member.city = random.below(2) == 0 ? "h" : "b";
      member.memberships = {{"a", {"s" + std::to_string(i % 6)}, {}}};
      member.makes = {{"p" + std::to_string(i % 6), 100.0 + random.below(100), {}}};
      p.members.push_back(std::move(member));
    }
    while (p.chain_links.size() < kEdges) {
      const std::uint32_t from = random.below(kNodes);
      if (from % 6 == 5) continue;
      const std::uint32_t to = random.below(kNodes / 6) * 6 + from % 6 + 1;
      tc::ChainLink link;
      link.id = "l" + std::to_string(p.chain_links.size());
      link.from = "m" + std::to_string(from);
      link.to = "m" + std::to_string(to);
      link.product = "p" + std::to_string(from % 6);
      link.volume = 1 + random.below(50);
      p.chain_links.push_back(std::move(link));
    }
    return p;
  }();
  return made;
}

void what_if(benchmark::State& state) {
  const auto before = tc::alliance::analyse(programme(), {"a", {}}, {false});
  for (auto _ : state) {
    const auto after = tc::alliance::analyse(programme(), {"a", {"m7"}}, {false});
    benchmark::DoNotOptimize(tc::alliance::impact_of(*before, *after));
  }
}
BENCHMARK(what_if)->Unit(benchmark::kMillisecond);

void layered_layout(benchmark::State& state) {
  const auto network = tc::alliance::make_network(programme(), {"a", {}});
  const auto drawing = tc::alliance::chain_drawing(*network);
  std::uint64_t crossings = 0;
  std::uint64_t first = 1;
  for (auto _ : state) {
    const auto layout = tc::alliance::layer_layout(drawing.nodes, drawing.edges);
    crossings = layout.crossings;
    first = layout.crossings_at_first;
  }
  state.counters["crossings_left"] = static_cast<double>(crossings) / static_cast<double>(first);
}
BENCHMARK(layered_layout)->Unit(benchmark::kMillisecond);

}  // namespace
