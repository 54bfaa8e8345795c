#include "core/model/dependency_cycle.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <utility>
#include <vector>

namespace tc {
namespace {

using Edges = std::vector<std::pair<std::size_t, std::size_t>>;

/// Items 0 to n - 1, the first of each edge depending on the second.
Programme programme_of(std::size_t n, const Edges& edges) {
  Programme programme;
  programme.items.resize(n);
  for (std::size_t i = 0; i < n; ++i) programme.items[i].code = std::to_string(i);
  for (const auto& [from, to] : edges) {
    programme.items[from].depends_on.push_back(
        {std::to_string(to), DependencyType::finish_to_start, 0, {}});
  }
  return programme;
}

std::vector<std::size_t> cycle_of(std::size_t n, const Edges& edges) {
  return find_dependency_cycle(programme_of(n, edges));
}

bool depends(const Programme& programme, std::size_t from, std::size_t to) {
  for (const Dependency& dependency : programme.items[from].depends_on) {
    if (dependency.item == programme.items[to].code) return true;
  }
  return false;
}

TEST(dependency_cycle, finds_none_where_there_is_none) {
  EXPECT_TRUE(cycle_of(0, {}).empty());
  EXPECT_TRUE(cycle_of(3, {}).empty());
  EXPECT_TRUE(cycle_of(3, {{1, 0}, {2, 1}, {2, 0}}).empty());
  EXPECT_TRUE(cycle_of(4, {{0, 1}, {0, 2}, {1, 3}, {2, 3}}).empty());  // a diamond
  EXPECT_TRUE(cycle_of(2, {{0, 1}, {0, 1}}).empty());                  // twice the same
  EXPECT_TRUE(cycle_of(2, {{0, 9}}).empty());                          // unknown item
}

TEST(dependency_cycle, finds_the_items_of_one) {
  EXPECT_EQ(cycle_of(1, {{0, 0}}), (std::vector<std::size_t>{0}));
  EXPECT_EQ(cycle_of(2, {{0, 1}, {1, 0}}), (std::vector<std::size_t>{0, 1}));
  // What leads there does not belong to it.
  EXPECT_EQ(cycle_of(5, {{0, 1}, {1, 2}, {2, 3}, {3, 4}, {4, 2}}),
            (std::vector<std::size_t>{2, 3, 4}));
  EXPECT_EQ(cycle_of(4, {{0, 1}, {2, 0}, {2, 3}, {3, 2}}), (std::vector<std::size_t>{2, 3}));
}

TEST(dependency_cycle, long_chains_do_not_exhaust_the_stack) {
  constexpr std::size_t kItems = 300'000;
  Edges edges;
  for (std::size_t i = 0; i + 1 < kItems; ++i) edges.emplace_back(i, i + 1);
  EXPECT_TRUE(cycle_of(kItems, edges).empty());
  edges.emplace_back(kItems - 1, 0);
  EXPECT_EQ(cycle_of(kItems, edges).size(), kItems);
}

TEST(dependency_cycle, many_paths_are_walked_once) {
  // 2^60 paths lead from the first item to the last.
  Edges edges;
  for (std::size_t i = 0; i < 60; ++i) {
    edges.emplace_back(2 * i, 2 * i + 2);
    edges.emplace_back(2 * i, 2 * i + 1);
    edges.emplace_back(2 * i + 1, 2 * i + 2);
  }
  EXPECT_TRUE(cycle_of(121, edges).empty());
}

/// By removing items without open dependencies until none is left (Kahn).
bool acyclic(const Programme& programme) {
  std::vector<bool> gone(programme.items.size(), false);
  std::size_t left = gone.size();
  for (bool moved = true; moved;) {
    moved = false;
    for (std::size_t i = 0; i < gone.size(); ++i) {
      if (gone[i]) continue;
      bool open = false;
      for (std::size_t k = 0; k < gone.size(); ++k) open |= !gone[k] && depends(programme, i, k);
      if (open) continue;
      gone[i] = moved = true;
      --left;
    }
  }
  return left == 0;
}

TEST(dependency_cycle, agrees_with_another_algorithm_on_random_graphs) {
  std::mt19937_64 random(1);
  int cyclic = 0;
  for (int round = 0; round < 500; ++round) {
    const std::size_t n = 1 + random() % 12;
    Edges edges;
    for (std::size_t k = random() % (2 * n); k > 0; --k) {
      edges.emplace_back(random() % n, random() % n);
    }
    const Programme programme = programme_of(n, edges);
    const std::vector<std::size_t> cycle = find_dependency_cycle(programme);
    ASSERT_EQ(cycle.empty(), acyclic(programme));
    for (std::size_t i = 0; i < cycle.size(); ++i) {
      ASSERT_TRUE(depends(programme, cycle[i], cycle[(i + 1) % cycle.size()]));
    }
    cyclic += cycle.empty() ? 0 : 1;
  }
  EXPECT_GT(cyclic, 50);
  EXPECT_LT(cyclic, 450);
}

}  // namespace
}  // namespace tc
