#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <utility>
#include <vector>

/// Graph algorithms that the analyses of alliances rest on. Nodes are numbers from 0. Nothing here
/// recurses, so the depth of a graph is no limit.
namespace tc::graph {

inline constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

struct Edge {
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  bool operator==(const Edge&) const = default;
};

/// A simple undirected graph in compressed sparse rows.
class Graph {
 public:
  Graph() = default;
  /// Loops are left out and parallel edges (in either direction) are one, as are edges to nodes
  /// that don't exist. O(n + m).
  Graph(std::uint32_t nodes, std::span<const Edge> edges);

  std::uint32_t size() const { return static_cast<std::uint32_t>(first_.size() - 1); }
  /// Each edge once, `a < b`, in lexicographic order.
  const std::vector<Edge>& edges() const { return edges_; }
  /// In rising order.
  std::span<const std::uint32_t> neighbours(std::uint32_t node) const {
    return {neighbours_.data() + first_[node], neighbours_.data() + first_[node + 1]};
  }
  /// Indices in `edges()` beside `neighbours`.
  std::span<const std::uint32_t> incident(std::uint32_t node) const {
    return {incident_.data() + first_[node], incident_.data() + first_[node + 1]};
  }

 private:
  std::vector<std::uint32_t> first_ = {0};
  std::vector<std::uint32_t> neighbours_;
  std::vector<std::uint32_t> incident_;
  std::vector<Edge> edges_;
};

/// A stretch of `Connectivity::order`.
struct Piece {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t size() const { return end - begin; }
};

/// A node or an edge whose loss tears its component apart.
struct Cut {
  std::uint32_t id = 0;  ///< node, or index in `Graph::edges`
  /// Parts that are torn off, each connected in itself; what remains connected to the root of the
  /// search is not among them.
  std::vector<Piece> pieces;
  std::uint32_t rest = 0;  ///< nodes of that remainder, without the node itself
};

struct Connectivity {
  std::uint32_t components = 0;
  std::vector<std::uint32_t> component;  ///< of each node, numbered by their smallest nodes
  std::vector<std::uint32_t> order;      ///< nodes as a depth-first search meets them
  std::vector<Cut> articulation;         ///< points, by node
  std::vector<Cut> bridges;              ///< by edge; always one piece, on the far side
};

/// Components, articulation points and bridges by one depth-first search with low points
/// (Hopcroft and Tarjan, Algorithm 447, 1973; Tarjan, Depth-first search and linear graph
/// algorithms, 1972; A note on finding the bridges of a graph, 1974). O(n + m).
Connectivity connectivity(const Graph& graph);

/// The largest k for which each node belongs to a subgraph in which all have k neighbours
/// (Batagelj and Zaveršnik, An O(m) algorithm for cores decomposition of networks, 2003). O(n + m).
std::vector<std::uint32_t> core_numbers(const Graph& graph);

/// Betweenness: for each node the sum, over unordered pairs of other nodes, of the share of their
/// shortest paths that lead through it (Brandes, A faster algorithm for betweenness centrality,
/// 2001). O(n·m) in time, O(n + m) in memory, and in slices for callers that have to stay
/// responsive.
class Betweenness {
 public:
  explicit Betweenness(const Graph& graph);
  /// Adds the paths from the next `sources` nodes; false when there is nothing left.
  bool step(std::uint32_t sources);
  bool done() const { return next_ == graph_.size(); }
  /// Complete once `done`.
  std::vector<double> values() const;

 private:
  void add(std::uint32_t source);

  const Graph& graph_;
  std::uint32_t next_ = 0;
  std::vector<double> sums_;
  std::vector<double> paths_;
  std::vector<double> share_;
  std::vector<std::uint32_t> distance_;
  std::vector<std::uint32_t> queue_;
  std::vector<std::uint32_t> ahead_;      ///< of each node met, the neighbours one step further on
  std::vector<std::uint32_t> ahead_end_;  ///< where these end, by place in the queue
};

std::vector<double> betweenness(const Graph& graph);

/// A network of arcs with capacities, and a greatest flow in it.
class FlowNetwork {
 public:
  static constexpr double kUnlimited = std::numeric_limits<double>::infinity();

  explicit FlowNetwork(std::uint32_t nodes) : head_(nodes, kNone) {}
  /// Returns the arc's number, from 0. A capacity that is negative or not a number counts as 0.
  std::uint32_t add(std::uint32_t from, std::uint32_t to, double capacity);

  /// Sends as much as possible from `source` to `sink` and returns it: infinite when a path has no
  /// limit. Blocking flows in level graphs (Dinitz, Algorithm for solution of a problem of maximum
  /// flow in networks with power estimation, 1970). O(n²·m). What is below 1e-12 of the largest
  /// finite capacity counts as nothing. To be called once.
  double send(std::uint32_t source, std::uint32_t sink);

  double flow(std::uint32_t arc) const { return arcs_[2 * arc + 1].left; }
  /// After `send`: whether a node is on the source's side of the least cut that is nearest to the
  /// source (Ford and Fulkerson, Maximal flow through a network, 1956).
  bool source_side(std::uint32_t node) const { return level_[node] != kNone; }
  std::pair<std::uint32_t, std::uint32_t> ends(std::uint32_t arc) const {
    return {arcs_[2 * arc + 1].to, arcs_[2 * arc].to};
  }

 private:
  struct Arc {
    std::uint32_t to;
    std::uint32_t next;
    double left;
  };
  bool level(std::uint32_t source, std::uint32_t sink);
  double block(std::uint32_t source, std::uint32_t sink);

  std::vector<std::uint32_t> head_;
  std::vector<Arc> arcs_;
  std::vector<std::uint32_t> level_;
  std::vector<std::uint32_t> current_;
  double least_ = 0;
};

}  // namespace tc::graph
