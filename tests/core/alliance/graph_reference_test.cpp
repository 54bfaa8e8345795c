// The graph algorithms beside Boost.Graph's on random graphs.

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/betweenness_centrality.hpp>
#include <boost/graph/biconnected_components.hpp>
#include <boost/graph/connected_components.hpp>
#include <boost/graph/push_relabel_max_flow.hpp>
#include <cmath>
#include <cstdint>
#include <iterator>
#include <random>
#include <set>
#include <utility>
#include <vector>

#include "core/alliance/graph.hpp"

namespace tc::graph {
namespace {

constexpr int kGraphs = 200;

struct Random {
  std::mt19937_64 engine;
  std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>(engine() % n); }
};

using Undirected =
    boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS, boost::no_property,
                          boost::property<boost::edge_index_t, std::size_t>>;

/// Sparse to dense, connected and not, with loops and parallel edges among them.
std::vector<Edge> random_edges(Random& random, std::uint32_t nodes, int round) {
  std::vector<Edge> edges;
  const std::uint32_t count = random.below(nodes * (1 + static_cast<std::uint32_t>(round % 4)) + 1);
  for (std::uint32_t i = 0; i < count; ++i) {
    edges.push_back({random.below(nodes), random.below(nodes)});
  }
  if (round % 3 == 0) {
    // A tree has as many cuts as there can be.
    for (std::uint32_t i = 1; i < nodes; ++i) edges.push_back({random.below(i), i});
  }
  return edges;
}

Undirected boost_of(const Graph& graph) {
  Undirected result(graph.size());
  std::size_t number = 0;
  for (const Edge& edge : graph.edges()) boost::add_edge(edge.a, edge.b, number++, result);
  return result;
}

class RandomGraphs : public testing::Test {
 protected:
  template <class Check>
  void for_each(Check check) {
    Random random{std::mt19937_64(20240323)};
    for (int round = 0; round < kGraphs; ++round) {
      SCOPED_TRACE(round);
      const std::uint32_t nodes = 1 + random.below(60);
      const std::vector<Edge> edges = random_edges(random, nodes, round);
      check(Graph(nodes, edges), edges, random);
      if (HasFatalFailure()) return;
    }
  }
};

TEST_F(RandomGraphs, are_simple) {
  for_each([](const Graph& graph, const std::vector<Edge>& edges, Random&) {
    std::set<std::pair<std::uint32_t, std::uint32_t>> wanted;
    for (const Edge& edge : edges) {
      if (edge.a != edge.b) wanted.insert(std::minmax(edge.a, edge.b));
    }
    std::set<std::pair<std::uint32_t, std::uint32_t>> there;
    for (const Edge& edge : graph.edges()) there.insert({edge.a, edge.b});
    ASSERT_EQ(there, wanted);
    ASSERT_EQ(graph.edges().size(), wanted.size());
    for (std::uint32_t v = 0; v < graph.size(); ++v) {
      for (std::size_t i = 0; i < graph.neighbours(v).size(); ++i) {
        const std::uint32_t u = graph.neighbours(v)[i];
        const Edge edge = graph.edges()[graph.incident(v)[i]];
        ASSERT_EQ(edge, (Edge{std::min(u, v), std::max(u, v)}));
      }
    }
  });
}

TEST_F(RandomGraphs, have_the_articulation_points_bridges_and_components_of_boost) {
  std::size_t points = 0;
  std::size_t bridges = 0;
  for_each([&](const Graph& graph, const std::vector<Edge>&, Random&) {
    Undirected reference = boost_of(graph);
    std::vector<std::size_t> wanted;
    std::vector<std::size_t> part(graph.edges().size());
    const auto numbers = boost::get(boost::edge_index, reference);
    const auto result = boost::biconnected_components(
        reference, boost::make_iterator_property_map(part.begin(), numbers),
        std::back_inserter(wanted));
    std::sort(wanted.begin(), wanted.end());
    const Connectivity ours = connectivity(graph);
    std::vector<std::size_t> found;
    for (const Cut& cut : ours.articulation) found.push_back(cut.id);
    ASSERT_EQ(found, wanted);
    points += found.size();

    // A bridge is a biconnected component of one edge.
    std::vector<std::size_t> sizes(result.first, 0);
    for (const std::size_t component : part) ++sizes[component];
    std::vector<std::uint32_t> single;
    for (std::uint32_t i = 0; i < part.size(); ++i) {
      if (sizes[part[i]] == 1) single.push_back(i);
    }
    std::vector<std::uint32_t> cut_edges;
    for (const Cut& cut : ours.bridges) cut_edges.push_back(cut.id);
    ASSERT_EQ(cut_edges, single);
    bridges += single.size();

    std::vector<std::uint32_t> component(graph.size());
    const auto count = boost::connected_components(reference, component.data());
    ASSERT_EQ(ours.components, static_cast<std::uint32_t>(count));
    ASSERT_EQ(ours.component, component);
  });
  EXPECT_GT(points, 500U);
  EXPECT_GT(bridges, 500U);
}

/// Component sizes after a node or an edge has been taken out.
std::multiset<std::size_t> torn(const Graph& graph, std::uint32_t node, std::uint32_t edge,
                                const std::vector<std::uint32_t>& within) {
  std::vector<char> seen(graph.size(), 0);
  if (node != kNone) seen[node] = 1;
  std::multiset<std::size_t> sizes;
  for (const std::uint32_t start : within) {
    if (seen[start] != 0) continue;
    std::vector<std::uint32_t> queue = {start};
    seen[start] = 1;
    for (std::size_t i = 0; i < queue.size(); ++i) {
      const auto neighbours = graph.neighbours(queue[i]);
      for (std::size_t k = 0; k < neighbours.size(); ++k) {
        if (graph.incident(queue[i])[k] == edge || seen[neighbours[k]] != 0) continue;
        seen[neighbours[k]] = 1;
        queue.push_back(neighbours[k]);
      }
    }
    sizes.insert(queue.size());
  }
  return sizes;
}

TEST_F(RandomGraphs, fall_into_the_pieces_that_a_cut_names) {
  for_each([](const Graph& graph, const std::vector<Edge>&, Random&) {
    const Connectivity ours = connectivity(graph);
    const auto component_of = [&](std::uint32_t node) {
      std::vector<std::uint32_t> members;
      for (std::uint32_t v = 0; v < graph.size(); ++v) {
        if (ours.component[v] == ours.component[node]) members.push_back(v);
      }
      return members;
    };
    const auto named = [](const Cut& cut) {
      std::multiset<std::size_t> sizes;
      for (const Piece& piece : cut.pieces) sizes.insert(piece.size());
      if (cut.rest > 0) sizes.insert(cut.rest);
      return sizes;
    };
    for (const Cut& cut : ours.articulation) {
      ASSERT_EQ(named(cut), torn(graph, cut.id, kNone, component_of(cut.id)));
    }
    for (const Cut& cut : ours.bridges) {
      ASSERT_EQ(named(cut), torn(graph, kNone, cut.id, component_of(graph.edges()[cut.id].a)));
    }
  });
}

TEST_F(RandomGraphs, have_the_betweenness_of_boost) {
  for_each([](const Graph& graph, const std::vector<Edge>&, Random& random) {
    const Undirected reference = boost_of(graph);
    std::vector<double> wanted(graph.size());
    boost::brandes_betweenness_centrality(
        reference, boost::make_iterator_property_map(wanted.begin(),
                                                     boost::get(boost::vertex_index, reference)));
    Betweenness slices(graph);
    while (slices.step(1 + random.below(5))) {
    }
    const std::vector<double> ours = betweenness(graph);
    ASSERT_EQ(slices.values(), ours);
    for (std::uint32_t v = 0; v < graph.size(); ++v) {
      ASSERT_NEAR(ours[v], wanted[v], 1e-9 * (1 + wanted[v])) << v;
    }
  });
}

TEST_F(RandomGraphs, have_the_cores_that_peeling_leaves) {
  for_each([](const Graph& graph, const std::vector<Edge>&, Random&) {
    // By the definition: take away whoever has fewer than k neighbours until nobody has.
    std::vector<std::uint32_t> wanted(graph.size(), 0);
    for (std::uint32_t k = 1; k <= graph.size(); ++k) {
      std::vector<char> in(graph.size(), 1);
      for (bool again = true; again;) {
        again = false;
        for (std::uint32_t v = 0; v < graph.size(); ++v) {
          if (in[v] == 0) continue;
          const auto neighbours = graph.neighbours(v);
          const auto left = std::count_if(neighbours.begin(), neighbours.end(),
                                          [&in](std::uint32_t u) { return in[u] != 0; });
          if (left >= static_cast<std::ptrdiff_t>(k)) continue;
          in[v] = 0;
          again = true;
        }
      }
      for (std::uint32_t v = 0; v < graph.size(); ++v) {
        if (in[v] != 0) wanted[v] = k;
      }
    }
    ASSERT_EQ(core_numbers(graph), wanted);
  });
}

using Traits = boost::adjacency_list_traits<boost::vecS, boost::vecS, boost::directedS>;
using Capacities = boost::adjacency_list<
    boost::vecS, boost::vecS, boost::directedS, boost::no_property,
    boost::property<
        boost::edge_capacity_t, long,
        boost::property<boost::edge_residual_capacity_t, long,
                        boost::property<boost::edge_reverse_t, Traits::edge_descriptor>>>>;

TEST(flow, is_as_great_as_boosts_and_its_cut_as_small) {
  Random random{std::mt19937_64(7)};
  int positive = 0;
  for (int round = 0; round < kGraphs; ++round) {
    SCOPED_TRACE(round);
    const std::uint32_t nodes = 2 + random.below(40);
    const std::uint32_t arcs =
        nodes + random.below(nodes * (2 + static_cast<std::uint32_t>(round % 5)));
    FlowNetwork network(nodes);
    Capacities reference(nodes);
    auto capacity = boost::get(boost::edge_capacity, reference);
    auto reverse = boost::get(boost::edge_reverse, reference);
    std::vector<long> capacities;
    for (std::uint32_t i = 0; i < arcs; ++i) {
      const std::uint32_t from = random.below(nodes);
      const std::uint32_t to = random.below(nodes);
      const long most = random.below(30);
      network.add(from, to, static_cast<double>(most));
      capacities.push_back(most);
      const auto there = boost::add_edge(from, to, reference).first;
      const auto back = boost::add_edge(to, from, reference).first;
      capacity[there] = most;
      capacity[back] = 0;
      reverse[there] = back;
      reverse[back] = there;
    }
    const long wanted = boost::push_relabel_max_flow(reference, 0, nodes - 1);
    const double sent = network.send(0, nodes - 1);
    ASSERT_EQ(sent, static_cast<double>(wanted));
    if (wanted > 0) ++positive;

    // It is a flow, and the cut that goes with it lets no more through.
    std::vector<double> balance(nodes, 0);
    double cut = 0;
    for (std::uint32_t i = 0; i < arcs; ++i) {
      const auto [from, to] = network.ends(i);
      ASSERT_GE(network.flow(i), 0);
      ASSERT_LE(network.flow(i), static_cast<double>(capacities[i]));
      balance[from] -= network.flow(i);
      balance[to] += network.flow(i);
      if (network.source_side(from) && !network.source_side(to)) {
        cut += static_cast<double>(capacities[i]);
        ASSERT_EQ(network.flow(i), static_cast<double>(capacities[i]));
      }
    }
    ASSERT_EQ(cut, sent);
    ASSERT_TRUE(network.source_side(0));
    ASSERT_FALSE(network.source_side(nodes - 1));
    for (std::uint32_t v = 1; v + 1 < nodes; ++v) ASSERT_EQ(balance[v], 0);
    ASSERT_EQ(balance[nodes - 1], sent);
  }
  EXPECT_GT(positive, 100);
}

TEST(flow, knows_ways_without_a_limit_and_odd_capacities) {
  FlowNetwork unlimited(3);
  unlimited.add(0, 1, FlowNetwork::kUnlimited);
  unlimited.add(1, 2, FlowNetwork::kUnlimited);
  EXPECT_EQ(unlimited.send(0, 2), FlowNetwork::kUnlimited);

  FlowNetwork limited(3);
  limited.add(0, 1, FlowNetwork::kUnlimited);
  limited.add(1, 2, 0.1);
  limited.add(1, 2, 0.2);
  limited.add(1, 2, -5);
  limited.add(1, 2, std::nan(""));
  EXPECT_DOUBLE_EQ(limited.send(0, 2), 0.1 + 0.2);
  EXPECT_TRUE(limited.source_side(1));

  FlowNetwork nothing(2);
  EXPECT_EQ(nothing.send(0, 1), 0);
  EXPECT_EQ(nothing.send(0, 0), 0);
}

TEST(graph, a_path_of_a_million_nodes_needs_no_stack) {
  constexpr std::uint32_t kNodes = 1'000'000;
  std::vector<Edge> edges;
  for (std::uint32_t i = 1; i < kNodes; ++i) edges.push_back({i - 1, i});
  const Graph graph(kNodes, edges);
  const Connectivity ours = connectivity(graph);
  EXPECT_EQ(ours.articulation.size(), kNodes - 2);
  EXPECT_EQ(ours.bridges.size(), kNodes - 1);
  EXPECT_EQ(core_numbers(graph)[kNodes / 2], 1U);
  FlowNetwork flow(kNodes);
  for (const Edge& edge : edges) flow.add(edge.a, edge.b, 2);
  EXPECT_EQ(flow.send(0, kNodes - 1), 2);
}

TEST(graph, of_nothing) {
  const Graph none;
  EXPECT_EQ(none.size(), 0U);
  EXPECT_EQ(connectivity(none).components, 0U);
  EXPECT_TRUE(core_numbers(none).empty());
  EXPECT_TRUE(betweenness(none).empty());
  const std::vector<Edge> wild = {{0, 7}, {9, 9}, {1, 1}};
  EXPECT_TRUE(Graph(2, wild).edges().empty());
}

}  // namespace
}  // namespace tc::graph
