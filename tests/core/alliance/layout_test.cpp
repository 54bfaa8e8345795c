#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>
#include <utility>
#include <vector>

#include "core/alliance/layout_force.hpp"
#include "core/alliance/layout_layered.hpp"

namespace tc::alliance {
namespace {

struct Sample {
  std::vector<LayerNode> nodes;
  std::vector<LayerEdge> edges;
};

Sample sample(std::uint32_t nodes, std::uint32_t edges, std::uint32_t columns, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  Sample made;
  for (std::uint32_t i = 0; i < nodes; ++i) {
    made.nodes.push_back(
        {static_cast<std::uint32_t>(random() % columns), static_cast<std::uint32_t>(random() % 2)});
  }
  for (std::uint32_t i = 0; i < edges; ++i) {
    made.edges.push_back({static_cast<std::uint32_t>(random() % nodes),
                          static_cast<std::uint32_t>(random() % nodes),
                          static_cast<double>(random() % 100)});
  }
  return made;
}

TEST(crossings, are_the_inversions) {
  std::mt19937_64 random(5);
  for (int round = 0; round < 100; ++round) {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> edges(random() % 40);
    for (auto& edge : edges) edge = {random() % 10, random() % 10};
    std::uint64_t wanted = 0;
    for (const auto& a : edges) {
      for (const auto& b : edges) wanted += a.first < b.first && a.second > b.second ? 1 : 0;
    }
    EXPECT_EQ(count_crossings(edges), wanted);
  }
}

TEST(layered_layout, undoes_crossings_that_need_not_be) {
  Sample s;
  for (std::uint32_t i = 0; i < 6; ++i) s.nodes.push_back({0, 0});
  for (std::uint32_t i = 0; i < 6; ++i) s.nodes.push_back({1, 0});
  for (std::uint32_t i = 0; i < 6; ++i) s.edges.push_back({i, 11 - i, 1});
  const LayerLayout layout = layer_layout(s.nodes, s.edges);
  EXPECT_EQ(layout.crossings_at_first, 15U);
  EXPECT_EQ(layout.crossings, 0U);
}

TEST(layered_layout, is_as_high_as_wanted) {
  const Sample s = sample(40, 80, 5, 3);
  const LayerLayout low = layer_layout(s.nodes, s.edges);
  LayerLayout high = low;
  stretch(high, 2);
  EXPECT_EQ(high.width, low.width);
  EXPECT_DOUBLE_EQ(high.height, 2 * low.height);
  for (std::size_t i = 0; i < low.nodes.size(); ++i) {
    EXPECT_DOUBLE_EQ(high.nodes[i].y, 2 * low.nodes[i].y);
    EXPECT_DOUBLE_EQ(high.nodes[i].height, 2 * low.nodes[i].height);
    EXPECT_EQ(high.nodes[i].x, low.nodes[i].x);
  }
  for (std::size_t i = 0; i < low.ribbons.size(); ++i) {
    EXPECT_DOUBLE_EQ(high.ribbons[i].width, 2 * low.ribbons[i].width);
    EXPECT_DOUBLE_EQ(high.ribbons[i].from.y, 2 * low.ribbons[i].from.y);
    ASSERT_EQ(high.ribbons[i].via.size(), low.ribbons[i].via.size());
  }
  for (std::size_t i = 0; i < low.banks.size(); ++i) {
    EXPECT_DOUBLE_EQ(high.banks[i].y, 2 * low.banks[i].y);
    EXPECT_DOUBLE_EQ(high.banks[i].height, 2 * low.banks[i].height);
  }
}

TEST(force_layout, what_has_no_edge_can_be_kept_nearer) {
  std::vector<graph::Edge> edges;
  for (std::uint32_t i = 0; i + 1 < 15; ++i) edges.push_back({i, i + 1});
  const auto far = [&edges](double loose) {
    ForceOptions options;
    options.gravity = 0.3;
    options.loose = loose;
    ForceLayout layout(16, edges, options);
    layout.run();
    const Point at = layout.places()[15];
    return std::hypot(at.x, at.y);
  };
  EXPECT_LT(far(4), far(1));
}

TEST(layered_layout, keeps_columns_banks_and_room) {
  for (const std::uint64_t seed : {1U, 2U, 3U, 4U, 5U}) {
    const Sample s = sample(60, 150, 5, seed);
    const LayerLayout layout = layer_layout(s.nodes, s.edges);
    ASSERT_EQ(layout.nodes.size(), s.nodes.size());
    ASSERT_EQ(layout.banks.size(), 2U);
    EXPECT_LE(layout.crossings, layout.crossings_at_first);
    EXPECT_GE(layout.banks[1].y, layout.banks[0].y + layout.banks[0].height);
    constexpr double kSlack = 1e-6;
    for (std::size_t i = 0; i < s.nodes.size(); ++i) {
      const NodeBox& box = layout.nodes[i];
      const Band& band = layout.banks[s.nodes[i].bank];
      EXPECT_EQ(box.x, layout.columns[s.nodes[i].column]);
      EXPECT_GE(box.y, band.y - kSlack);
      EXPECT_LE(box.y + box.height, band.y + band.height + kSlack);
      for (std::size_t k = 0; k < i; ++k) {
        if (s.nodes[k].column != s.nodes[i].column) continue;
        const NodeBox& other = layout.nodes[k];
        EXPECT_TRUE(box.y + box.height <= other.y + kSlack ||
                    other.y + other.height <= box.y + kSlack)
            << i << ' ' << k;
      }
    }
    // Ribbons start and end within their nodes.
    for (std::size_t i = 0; i < s.edges.size(); ++i) {
      const LayerEdge& edge = s.edges[i];
      if (edge.from == edge.to) continue;
      const Ribbon& ribbon = layout.ribbons[i];
      const NodeBox& from = layout.nodes[edge.from];
      EXPECT_GE(ribbon.from.y - ribbon.width / 2, from.y - kSlack);
      EXPECT_LE(ribbon.from.y + ribbon.width / 2, from.y + from.height + kSlack);
      const auto columns = std::minmax(s.nodes[edge.from].column, s.nodes[edge.to].column);
      const std::uint32_t span = columns.second - columns.first;
      EXPECT_EQ(ribbon.via.size(), span > 1 ? span - 1 : 0);
      EXPECT_EQ(ribbon.backward, s.nodes[edge.from].column >= s.nodes[edge.to].column);
    }
  }
}

TEST(layered_layout, is_the_same_every_time_and_takes_anything) {
  const Sample s = sample(80, 200, 6, 9);
  const LayerLayout a = layer_layout(s.nodes, s.edges);
  const LayerLayout b = layer_layout(s.nodes, s.edges);
  for (std::size_t i = 0; i < a.nodes.size(); ++i) EXPECT_EQ(a.nodes[i].y, b.nodes[i].y);
  EXPECT_TRUE(layer_layout({}, {}).nodes.empty());
  const std::vector<LayerNode> one = {{3, 1}};
  const std::vector<LayerEdge> wild = {{0, 9, 1}, {0, 0, 1}, {7, 8, std::nan("")}};
  EXPECT_EQ(layer_layout(one, wild).columns.size(), 4U);
}

TEST(layered_layout, of_a_large_chain_is_better_than_at_first) {
  const Sample s = sample(5000, 20'000, 6, 3);
  const LayerLayout layout = layer_layout(s.nodes, s.edges);
  EXPECT_LT(layout.crossings, layout.crossings_at_first);
}

std::vector<graph::Edge> grid_edges(std::uint32_t side) {
  std::vector<graph::Edge> edges;
  for (std::uint32_t y = 0; y < side; ++y) {
    for (std::uint32_t x = 0; x < side; ++x) {
      const std::uint32_t i = y * side + x;
      if (x + 1 < side) edges.push_back({i, i + 1});
      if (y + 1 < side) edges.push_back({i, i + side});
    }
  }
  return edges;
}

double distance(Point a, Point b) {
  return std::hypot(a.x - b.x, a.y - b.y);
}

TEST(force_layout, settles_with_neighbours_near_and_others_apart) {
  constexpr std::uint32_t kSide = 12;
  const auto edges = grid_edges(kSide);
  ForceLayout layout(kSide * kSide, edges);
  EXPECT_FALSE(layout.settled());
  layout.run();
  EXPECT_TRUE(layout.settled());
  EXPECT_EQ(layout.progress(), 1);
  double near = 0;
  for (const graph::Edge& edge : edges) {
    near += distance(layout.places()[edge.a], layout.places()[edge.b]);
  }
  near /= static_cast<double>(edges.size());
  double all = 0;
  std::size_t pairs = 0;
  for (std::size_t i = 0; i < layout.places().size(); ++i) {
    for (std::size_t k = 0; k < i; ++k) {
      const double d = distance(layout.places()[i], layout.places()[k]);
      EXPECT_GT(d, 1) << i << ' ' << k;
      all += d;
      ++pairs;
    }
  }
  EXPECT_LT(near * 3, all / static_cast<double>(pairs));
}

TEST(force_layout, slices_do_not_change_the_result) {
  const auto edges = grid_edges(8);
  ForceLayout whole(64, edges);
  whole.run();
  ForceLayout sliced(64, edges);
  std::size_t steps = 0;
  while (sliced.step(7)) ++steps;
  EXPECT_GT(steps, whole.rounds());
  for (std::size_t i = 0; i < 64; ++i) {
    EXPECT_EQ(whole.places()[i].x, sliced.places()[i].x);
    EXPECT_EQ(whole.places()[i].y, sliced.places()[i].y);
  }
}

TEST(force_layout, holds_what_is_pinned_and_starts_again) {
  ForceLayout layout(64, grid_edges(8));
  layout.pin(0, {500, -200});
  layout.run();
  EXPECT_EQ(layout.places()[0].x, 500);
  EXPECT_EQ(layout.places()[0].y, -200);
  EXPECT_LT(distance(layout.places()[1], layout.places()[0]), 300);
  layout.release(0);
  layout.reheat();
  EXPECT_FALSE(layout.settled());
  layout.run();
  EXPECT_NE(layout.places()[0].x, 500);
  layout.pin(99, {0, 0});
  layout.pin(1, {std::nan(""), 0});
}

TEST(force_layout, takes_anything) {
  for (const std::uint32_t nodes : {0U, 1U, 2U, 3U}) {
    const std::vector<graph::Edge> edges = {{0, 1}, {0, 0}, {5, 6}};
    ForceLayout layout(nodes, edges);
    layout.run();
    EXPECT_TRUE(layout.settled());
    for (const Point& place : layout.places()) EXPECT_TRUE(std::isfinite(place.x + place.y));
  }
  // All in one place.
  const std::vector<Point> same(100, Point{3, 3});
  ForceLayout heap(100, {}, {}, same);
  heap.run();
  for (const Point& place : heap.places()) EXPECT_TRUE(std::isfinite(place.x + place.y));
  EXPECT_GT(distance(heap.places()[0], heap.places()[99]), 1);
  ForceLayout star(2000, [] {
    std::vector<graph::Edge> edges;
    for (std::uint32_t i = 1; i < 2000; ++i) edges.push_back({0, i});
    return edges;
  }());
  star.run();
  EXPECT_TRUE(star.settled());
  for (const Point& place : star.places()) EXPECT_TRUE(std::isfinite(place.x + place.y));
}

/// The repulsion summed over cells is near the one summed over all pairs.
TEST(force_layout, approximates_the_forces_of_all_pairs) {
  ForceOptions exact;
  exact.theta = 0;
  ForceLayout a(200, grid_edges(14), exact);
  ForceLayout b(200, grid_edges(14));
  a.run(1);
  b.run(1);
  double difference = 0;
  for (std::size_t i = 0; i < 200; ++i) difference += distance(a.places()[i], b.places()[i]);
  EXPECT_LT(difference / 200, 0.05 * exact.distance * b.movement());
}

}  // namespace
}  // namespace tc::alliance
