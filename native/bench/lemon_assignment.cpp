#include "native/bench/lemon_assignment.hpp"

#include <lemon/cost_scaling.h>
#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>

#include <chrono>
#include <vector>

LemonTimes lemon_assignment(std::uint32_t size, const std::int32_t* costs) {
  using Graph = lemon::SmartDigraph;
  using Clock = std::chrono::steady_clock;
  Graph graph;
  graph.reserveNode(static_cast<int>(2 * size));
  graph.reserveArc(static_cast<int>(size * size));
  std::vector<Graph::Node> nodes(std::size_t{2} * size);
  for (auto& node : nodes) node = graph.addNode();
  Graph::ArcMap<std::int64_t> cost(graph);
  Graph::NodeMap<int> supply(graph);
  for (std::uint32_t i = 0; i < size; ++i) {
    supply[nodes[i]] = 1;
    supply[nodes[size + i]] = -1;
    for (std::uint32_t j = 0; j < size; ++j) {
      cost[graph.addArc(nodes[i], nodes[size + j])] = costs[std::size_t{i} * size + j];
    }
  }
  LemonTimes times;
  {
    lemon::NetworkSimplex<Graph, int, std::int64_t> simplex(graph);
    simplex.costMap(cost).supplyMap(supply);
    const auto start = Clock::now();
    simplex.run();
    times.simplex = std::chrono::duration<double>(Clock::now() - start).count();
    times.simplex_cost = simplex.totalCost<std::int64_t>();
  }
  lemon::CostScaling<Graph, int, std::int64_t> scaling(graph);
  scaling.costMap(cost).supplyMap(supply);
  const auto start = Clock::now();
  scaling.run();
  times.scaling = std::chrono::duration<double>(Clock::now() - start).count();
  times.scaling_cost = scaling.totalCost<std::int64_t>();
  return times;
}
