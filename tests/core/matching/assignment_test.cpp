#include "core/matching/assignment.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <limits>
#include <numeric>
#include <random>
#include <utility>

#include "tests/core/matching/random_problems.hpp"

namespace tc::matching {
namespace {

/// Tries every subset of the arcs.
std::int64_t best_by_trying(const AssignmentProblem& p) {
  std::vector<std::int32_t> rows = p.row_capacity;
  std::vector<std::int32_t> cols = p.col_capacity;
  rows.resize(p.rows(), 1);
  cols.resize(p.cols, 1);
  std::vector<std::uint32_t> row_of(p.arcs.size());
  for (std::uint32_t i = 0; i < p.rows(); ++i) {
    for (std::uint32_t e = p.first[i]; e < p.first[i + 1]; ++e) row_of[e] = i;
  }
  const std::function<std::int64_t(std::size_t)> best = [&](std::size_t e) -> std::int64_t {
    if (e == p.arcs.size()) return 0;
    std::int64_t value = best(e + 1);
    std::int32_t& row = rows[row_of[e]];
    std::int32_t& col = cols[p.arcs[e].col];
    if (row > 0 && col > 0) {
      --row;
      --col;
      value = std::max(value, p.arcs[e].weight + best(e + 1));
      ++row;
      ++col;
    }
    return value;
  };
  return best(0);
}

void expect_optimal(const AssignmentProblem& p, const Assignment& a) {
  const Certificate proof = certify(p, a);
  EXPECT_TRUE(proof.feasible);
  EXPECT_EQ(proof.primal, a.weight);
  EXPECT_EQ(proof.gap(), 0);
}

TEST(assignment, small_problems_are_solved_as_by_trying_everything) {
  std::mt19937 random(1);
  for (int round = 0; round < 400; ++round) {
    test::RandomAssignment shape;
    shape.rows = 1 + random() % 4;
    shape.cols = 1 + random() % 4;
    shape.degree = 1 + random() % 4;
    shape.max_weight = round % 3 == 0 ? 3 : 100;
    shape.max_capacity = round % 2 == 0 ? 1 : 3;
    shape.negative = round % 5 == 0;
    const AssignmentProblem p = test::random_assignment(shape, random);
    SCOPED_TRACE(round);
    const Assignment a = assign(p);
    expect_optimal(p, a);
    ASSERT_EQ(a.weight, best_by_trying(p));
  }
}

TEST(assignment, larger_problems_carry_their_proof) {
  std::mt19937 random(2);
  for (const std::int32_t max_weight : {1, 5, 1000, 1'000'000'000}) {
    for (const std::int32_t max_capacity : {1, 4}) {
      test::RandomAssignment shape{600, 500, 12, max_weight, max_capacity, false};
      const AssignmentProblem p = test::random_assignment(shape, random);
      expect_optimal(p, assign(p));
    }
  }
}

TEST(assignment, a_row_takes_each_of_its_arcs_at_most_once) {
  AssignmentProblem p;
  p.cols = 2;
  p.first = {0, 2};
  p.arcs = {{0, 10}, {1, 1}};
  p.row_capacity = {5};
  p.col_capacity = {5, 5};
  const Assignment a = assign(p);
  EXPECT_EQ(a.chosen, (std::vector<std::uint32_t>{0, 1}));
  EXPECT_EQ(a.weight, 11);
  expect_optimal(p, a);
}

TEST(assignment, prices_bound_what_one_more_unit_adds) {
  // Both rows want column 0; a second place in it is worth 4.
  AssignmentProblem p;
  p.cols = 2;
  p.first = {0, 2, 3};
  p.arcs = {{0, 10}, {1, 6}, {0, 5}};
  const Assignment a = assign(p);
  EXPECT_EQ(a.weight, 11);
  expect_optimal(p, a);
  AssignmentProblem more = p;
  more.col_capacity = {2, 1};
  const std::int64_t added = assign(more).weight - a.weight;
  EXPECT_EQ(added, 4);
  EXPECT_GE(a.col_price[0], added);
}

TEST(assignment, nothing_without_worth_is_chosen) {
  AssignmentProblem p;
  p.cols = 2;
  p.first = {0, 2};
  p.arcs = {{0, -3}, {1, 0}};
  const Assignment a = assign(p);
  EXPECT_EQ(a.weight, 0);
  expect_optimal(p, a);
  EXPECT_EQ(assign(AssignmentProblem{}).weight, 0);
}

TEST(assignment, the_proof_fails_for_what_is_not_best) {
  AssignmentProblem p;
  p.cols = 2;
  p.first = {0, 2, 4};
  p.arcs = {{0, 10}, {1, 9}, {0, 8}, {1, 1}};
  Assignment a = assign(p);
  EXPECT_EQ(a.weight, 17);
  Assignment worse = a;
  worse.chosen = {0, 3};
  EXPECT_NE(certify(p, worse).gap(), 0);
  Assignment twice = a;
  twice.chosen = {0, 0};
  EXPECT_FALSE(certify(p, twice).feasible);
  Assignment over = a;
  over.chosen = {0, 1};
  EXPECT_FALSE(certify(p, over).feasible);
  Assignment cheap = a;
  cheap.col_price[0] = -1;
  EXPECT_FALSE(certify(p, cheap).feasible);
}

TEST(assignment, problems_whose_parts_do_not_fit_are_refused) {
  AssignmentProblem p;
  p.cols = 1;
  p.first = {0, 1};
  p.arcs = {{1, 1}};
  EXPECT_FALSE(is_well_formed(p));
  EXPECT_TRUE(assign(p).chosen.empty());
  p.arcs = {{0, 1}};
  EXPECT_TRUE(is_well_formed(p));
  p.row_capacity = {-1};
  EXPECT_FALSE(is_well_formed(p));
  p.row_capacity = {1, 1};
  EXPECT_FALSE(is_well_formed(p));
  p.row_capacity = {0};
  EXPECT_EQ(assign(p).weight, 0);
  expect_optimal(p, assign(p));
  p.row_capacity.clear();
  p.arcs = {{0, 1'000'000'001}};
  EXPECT_FALSE(is_well_formed(p));
}

void expect_optimal(std::uint32_t rows, std::uint32_t cols, const std::vector<std::int32_t>& costs,
                    const DenseAssignment& a) {
  std::int64_t cost = 0;
  std::int64_t dual = 0;
  std::vector<bool> taken(cols, false);
  for (std::uint32_t i = 0; i < rows; ++i) {
    ASSERT_LT(a.col_of_row[i], cols);
    ASSERT_FALSE(taken[a.col_of_row[i]]);
    taken[a.col_of_row[i]] = true;
    cost += costs[i * cols + a.col_of_row[i]];
    dual += a.row_price[i];
    for (std::uint32_t j = 0; j < cols; ++j) {
      ASSERT_LE(a.row_price[i] + a.col_price[j], costs[i * cols + j]);
    }
  }
  for (std::uint32_t j = 0; j < cols; ++j) {
    dual += a.col_price[j];
    if (rows < cols) {
      ASSERT_LE(a.col_price[j], 0);
    }
    if (!taken[j]) {
      ASSERT_EQ(a.col_price[j], 0);
    }
  }
  EXPECT_EQ(cost, a.cost);
  EXPECT_EQ(cost, dual);
}

TEST(assignment, full_matrices_are_solved_as_by_trying_everything) {
  std::mt19937 random(3);
  for (int round = 0; round < 300; ++round) {
    const std::uint32_t rows = 1 + random() % 5;
    const std::uint32_t cols = rows + (round % 2 == 0 ? 0 : random() % 3);
    std::vector<std::int32_t> costs(rows * cols);
    const int span = round % 3 == 0 ? 3 : 50;
    for (std::int32_t& c : costs) {
      c = static_cast<std::int32_t>(random() % static_cast<unsigned>(span)) - span / 4;
    }
    std::vector<std::uint32_t> order(cols);
    std::iota(order.begin(), order.end(), 0U);
    std::int64_t best = std::numeric_limits<std::int64_t>::max();
    do {
      std::int64_t cost = 0;
      for (std::uint32_t i = 0; i < rows; ++i) cost += costs[i * cols + order[i]];
      best = std::min(best, cost);
    } while (std::next_permutation(order.begin(), order.end()));
    const auto a = assign_dense(rows, cols, costs);
    ASSERT_TRUE(a);
    SCOPED_TRACE(round);
    expect_optimal(rows, cols, costs, *a);
    ASSERT_EQ(a->cost, best);
  }
}

TEST(assignment, full_matrices_carry_their_proof) {
  std::mt19937 random(4);
  for (const auto& [rows, cols] : {std::pair{200U, 200U}, {150U, 220U}}) {
    for (const std::uint32_t span : {2U, 100U, 1'000'000U}) {
      std::vector<std::int32_t> costs(rows * cols);
      for (std::int32_t& c : costs) c = static_cast<std::int32_t>(random() % span);
      const auto a = assign_dense(rows, cols, costs);
      ASSERT_TRUE(a);
      expect_optimal(rows, cols, costs, *a);
    }
  }
}

TEST(assignment, matrices_that_do_not_fit_are_refused) {
  EXPECT_FALSE(assign_dense(2, 1, std::vector<std::int32_t>{1, 2}));
  EXPECT_FALSE(assign_dense(1, 2, std::vector<std::int32_t>{1}));
  EXPECT_TRUE(assign_dense(0, 0, {}));
}

}  // namespace
}  // namespace tc::matching
