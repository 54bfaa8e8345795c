// The same problems, solved by LEMON's network simplex.

#include <gtest/gtest.h>
#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>

#include <random>

#include "core/matching/assignment.hpp"
#include "tests/core/matching/random_problems.hpp"

namespace tc::matching {
namespace {

/// Greatest weight, by a circulation: rows and columns are nodes between a source and a sink, and
/// an arc leads back.
std::int64_t solve_with_lemon(const AssignmentProblem& p) {
  using Graph = lemon::SmartDigraph;
  Graph graph;
  graph.reserveNode(static_cast<int>(p.rows() + p.cols + 2));
  std::vector<Graph::Node> rows(p.rows());
  std::vector<Graph::Node> cols(p.cols);
  const Graph::Node source = graph.addNode();
  const Graph::Node sink = graph.addNode();
  for (auto& node : rows) node = graph.addNode();
  for (auto& node : cols) node = graph.addNode();
  Graph::ArcMap<std::int64_t> capacity(graph);
  Graph::ArcMap<std::int64_t> cost(graph);
  std::int64_t all = 0;
  const auto add = [&](Graph::Node from, Graph::Node to, std::int64_t most, std::int64_t price) {
    const Graph::Arc arc = graph.addArc(from, to);
    capacity[arc] = most;
    cost[arc] = price;
  };
  for (std::uint32_t i = 0; i < p.rows(); ++i) {
    const std::int64_t most = p.row_capacity.empty() ? 1 : p.row_capacity[i];
    all += most;
    add(source, rows[i], most, 0);
    for (std::uint32_t e = p.first[i]; e < p.first[i + 1]; ++e) {
      add(rows[i], cols[p.arcs[e].col], 1, -std::int64_t{p.arcs[e].weight});
    }
  }
  for (std::uint32_t j = 0; j < p.cols; ++j) {
    add(cols[j], sink, p.col_capacity.empty() ? 1 : p.col_capacity[j], 0);
  }
  add(sink, source, all, 0);
  lemon::NetworkSimplex<Graph, std::int64_t, std::int64_t> simplex(graph);
  simplex.upperMap(capacity).costMap(cost);
  EXPECT_EQ(simplex.run(), simplex.OPTIMAL);
  return -simplex.totalCost<std::int64_t>();
}

TEST(assignment_lemon, two_hundred_random_problems_cost_the_same) {
  std::mt19937 random(20240323);
  for (int round = 0; round < 200; ++round) {
    test::RandomAssignment shape;
    shape.rows = 1 + random() % 120;
    shape.cols = 1 + random() % 120;
    shape.degree = 1 + random() % (round % 4 == 0 ? 120 : 8);
    shape.max_weight = round % 3 == 0 ? 4 : 100'000;
    shape.max_capacity = round % 2 == 0 ? 1 : 4;
    shape.negative = round % 5 == 0;
    const AssignmentProblem p = test::random_assignment(shape, random);
    SCOPED_TRACE(round);
    const Assignment a = assign(p);
    ASSERT_EQ(a.weight, solve_with_lemon(p));
    const Certificate proof = certify(p, a);
    ASSERT_TRUE(proof.feasible);
    ASSERT_EQ(proof.primal, a.weight);
    ASSERT_EQ(proof.gap(), 0);
  }
}

TEST(assignment_lemon, full_matrices_cost_the_same) {
  std::mt19937 random(7);
  for (int round = 0; round < 20; ++round) {
    const std::uint32_t n = 5 + random() % 60;
    std::vector<std::int32_t> costs(n * n);
    // Every pair is worth so much that none is left out.
    constexpr std::int32_t kPair = 1'000'000;
    AssignmentProblem p;
    p.cols = n;
    for (std::uint32_t i = 0; i < n; ++i) {
      for (std::uint32_t j = 0; j < n; ++j) {
        costs[i * n + j] = static_cast<std::int32_t>(random() % (round % 2 == 0 ? 5 : 1000));
        p.arcs.push_back({j, kPair - costs[i * n + j]});
      }
      p.first.push_back(static_cast<std::uint32_t>(p.arcs.size()));
    }
    const auto dense = assign_dense(n, n, costs);
    ASSERT_TRUE(dense);
    ASSERT_EQ(std::int64_t{kPair} * n - dense->cost, solve_with_lemon(p));
  }
}

}  // namespace
}  // namespace tc::matching
