#include "core/alliance/graph.hpp"

#include <algorithm>
#include <cmath>

namespace tc::graph {

Graph::Graph(std::uint32_t nodes, std::span<const Edge> edges) {
  std::vector<Edge> both;
  both.reserve(2 * edges.size());
  for (const Edge& edge : edges) {
    if (edge.a == edge.b || edge.a >= nodes || edge.b >= nodes) continue;
    both.push_back(edge);
    both.push_back({edge.b, edge.a});
  }
  // Two counting sorts, by the far and then by the near end.
  std::vector<Edge> sorted(both.size());
  const auto sort_by = [nodes](const std::vector<Edge>& from, std::vector<Edge>& to,
                               std::uint32_t Edge::*end) {
    std::vector<std::uint32_t> place(std::size_t{nodes} + 1, 0);
    for (const Edge& edge : from) ++place[edge.*end + 1];
    for (std::size_t i = 1; i < place.size(); ++i) place[i] += place[i - 1];
    for (const Edge& edge : from) to[place[edge.*end]++] = edge;
  };
  sort_by(both, sorted, &Edge::b);
  sort_by(sorted, both, &Edge::a);
  both.erase(std::unique(both.begin(), both.end()), both.end());

  first_.assign(std::size_t{nodes} + 1, 0);
  neighbours_.resize(both.size());
  incident_.resize(both.size());
  for (const Edge& edge : both) ++first_[edge.a + 1];
  for (std::size_t i = 1; i < first_.size(); ++i) first_[i] += first_[i - 1];
  // Edges (a, b) with a < b come in order, and so do the (b, a) of each b: one cursor a node finds
  // the place of the other half.
  std::vector<std::uint32_t> cursor(first_.begin(), first_.end() - 1);
  for (std::size_t i = 0; i < both.size(); ++i) {
    neighbours_[i] = both[i].b;
    if (both[i].a > both[i].b) continue;
    const auto number = static_cast<std::uint32_t>(edges_.size());
    edges_.push_back(both[i]);
    incident_[i] = number;
    incident_[cursor[both[i].b]++] = number;
  }
}

Connectivity connectivity(const Graph& graph) {
  const std::uint32_t n = graph.size();
  Connectivity result;
  result.component.assign(n, kNone);
  result.order.reserve(n);
  std::vector<std::uint32_t> found(n, kNone);  // place in `order`
  std::vector<std::uint32_t> low(n, 0);
  std::vector<std::uint32_t> next(n, 0);
  std::vector<std::uint32_t> parent(n, kNone);
  std::vector<std::uint32_t> parent_edge(n, kNone);
  std::vector<std::vector<Piece>> torn(n);
  std::vector<std::uint32_t> stack;

  for (std::uint32_t root = 0; root < n; ++root) {
    if (found[root] != kNone) continue;
    const auto begin = static_cast<std::uint32_t>(result.order.size());
    const std::size_t first_bridge = result.bridges.size();
    const auto meet = [&](std::uint32_t node) {
      found[node] = low[node] = static_cast<std::uint32_t>(result.order.size());
      result.order.push_back(node);
      result.component[node] = result.components;
      stack.push_back(node);
    };
    meet(root);
    while (!stack.empty()) {
      const std::uint32_t node = stack.back();
      const auto neighbours = graph.neighbours(node);
      if (next[node] < neighbours.size()) {
        const std::uint32_t k = next[node]++;
        const std::uint32_t other = neighbours[k];
        if (found[other] == kNone) {
          parent[other] = node;
          parent_edge[other] = graph.incident(node)[k];
          meet(other);
        } else if (other != parent[node]) {
          low[node] = std::min(low[node], found[other]);
        }
        continue;
      }
      stack.pop_back();
      const std::uint32_t above = parent[node];
      if (above == kNone) continue;
      low[above] = std::min(low[above], low[node]);
      const Piece piece{found[node], static_cast<std::uint32_t>(result.order.size())};
      if (low[node] >= found[above]) torn[above].push_back(piece);
      if (low[node] > found[above]) {
        result.bridges.push_back({parent_edge[node], {piece}, 0});
      }
    }
    ++result.components;
    const auto size = static_cast<std::uint32_t>(result.order.size()) - begin;
    for (std::uint32_t i = begin; i < result.order.size(); ++i) {
      const std::uint32_t node = result.order[i];
      // Everything hangs on the root; it's a cut only with two children.
      if (node == root && torn[node].size() < 2) torn[node].clear();
      std::uint32_t off = 0;
      for (const Piece& piece : torn[node]) off += piece.size();
      if (!torn[node].empty()) {
        result.articulation.push_back({node, std::move(torn[node]), size - 1 - off});
      }
    }
    for (std::size_t i = first_bridge; i < result.bridges.size(); ++i) {
      result.bridges[i].rest = size - result.bridges[i].pieces.front().size();
    }
  }
  const auto by_id = [](const Cut& a, const Cut& b) { return a.id < b.id; };
  std::sort(result.articulation.begin(), result.articulation.end(), by_id);
  std::sort(result.bridges.begin(), result.bridges.end(), by_id);
  return result;
}

std::vector<std::uint32_t> core_numbers(const Graph& graph) {
  const std::uint32_t n = graph.size();
  std::vector<std::uint32_t> degree(n);
  std::uint32_t most = 0;
  for (std::uint32_t v = 0; v < n; ++v) {
    degree[v] = static_cast<std::uint32_t>(graph.neighbours(v).size());
    most = std::max(most, degree[v]);
  }
  // Nodes by degree, with the place where each degree begins; taking one moves its neighbours down.
  std::vector<std::uint32_t> begin(std::size_t{most} + 2, 0);
  for (const std::uint32_t d : degree) ++begin[d + 1];
  for (std::size_t d = 1; d < begin.size(); ++d) begin[d] += begin[d - 1];
  std::vector<std::uint32_t> order(n);
  std::vector<std::uint32_t> place(n);
  std::vector<std::uint32_t> cursor(begin.begin(), begin.end() - 1);
  for (std::uint32_t v = 0; v < n; ++v) {
    place[v] = cursor[degree[v]]++;
    order[place[v]] = v;
  }
  for (std::uint32_t i = 0; i < n; ++i) {
    const std::uint32_t v = order[i];
    for (const std::uint32_t u : graph.neighbours(v)) {
      if (degree[u] <= degree[v]) continue;
      const std::uint32_t to = begin[degree[u]];
      const std::uint32_t other = order[to];
      std::swap(order[place[u]], order[to]);
      place[other] = place[u];
      place[u] = to;
      ++begin[degree[u]];
      --degree[u];
    }
  }
  return degree;
}

Betweenness::Betweenness(const Graph& graph)
    : graph_(graph),
      sums_(graph.size(), 0),
      paths_(graph.size(), 0),
      share_(graph.size(), 0),
      distance_(graph.size(), kNone),
      // One place more than can be filled, as the next one is written before it's known to count.
      queue_(std::size_t{graph.size()} + 1, 0),
      ahead_(2 * graph.edges().size() + 1, 0),
      ahead_end_(graph.size(), 0) {}

bool Betweenness::step(std::uint32_t sources) {
  for (; sources > 0 && !done(); --sources) add(next_++);
  return !done();
}

void Betweenness::add(std::uint32_t source) {
  // Which neighbours are one step further on is as good as random, so nothing here branches on it.
  std::uint32_t* queue = queue_.data();
  std::uint32_t* ahead = ahead_.data();
  std::uint32_t* distance = distance_.data();
  double* paths = paths_.data();
  std::size_t met = 1;
  std::size_t steps = 0;
  queue[0] = source;
  distance[source] = 0;
  paths[source] = 1;
  for (std::size_t i = 0; i < met; ++i) {
    const std::uint32_t v = queue[i];
    const std::uint32_t next = distance[v] + 1;
    const double through = paths[v];
    for (const std::uint32_t w : graph_.neighbours(v)) {
      const std::uint32_t known = distance[w];
      queue[met] = w;
      met += known > next ? 1 : 0;
      const std::uint32_t now = std::min(known, next);
      distance[w] = now;
      ahead[steps] = w;
      steps += now == next ? 1 : 0;
      paths[w] += now == next ? through : 0.0;
    }
    ahead_end_[i] = static_cast<std::uint32_t>(steps);
  }
  // Backwards: what a node passes on is known for all that lie ahead of it. share_ holds
  // (1 + dependency) / paths.
  double* share = share_.data();
  for (std::size_t i = met; i-- > 0;) {
    const std::uint32_t v = queue[i];
    double sum = 0;
    for (std::size_t k = i > 0 ? ahead_end_[i - 1] : 0; k < ahead_end_[i]; ++k) {
      sum += share[ahead[k]];
    }
    const double dependency = paths[v] * sum;
    share[v] = (1 + dependency) / paths[v];
    if (i > 0) sums_[v] += dependency;
  }
  for (std::size_t i = 0; i < met; ++i) {
    distance[queue[i]] = kNone;
    paths[queue[i]] = 0;
  }
}

std::vector<double> Betweenness::values() const {
  std::vector<double> values = sums_;
  // Every pair was met from both of its ends.
  for (double& value : values) value /= 2;
  return values;
}

std::vector<double> betweenness(const Graph& graph) {
  Betweenness all(graph);
  all.step(graph.size());
  return all.values();
}

std::uint32_t FlowNetwork::add(std::uint32_t from, std::uint32_t to, double capacity) {
  const auto number = static_cast<std::uint32_t>(arcs_.size());
  if (!(capacity > 0)) capacity = 0;
  arcs_.push_back({to, head_[from], capacity});
  head_[from] = number;
  arcs_.push_back({from, head_[to], 0});
  head_[to] = number + 1;
  return number / 2;
}

bool FlowNetwork::level(std::uint32_t source, std::uint32_t sink) {
  level_.assign(head_.size(), kNone);
  std::vector<std::uint32_t> queue = {source};
  level_[source] = 0;
  for (std::size_t i = 0; i < queue.size(); ++i) {
    const std::uint32_t node = queue[i];
    for (std::uint32_t a = head_[node]; a != kNone; a = arcs_[a].next) {
      if (arcs_[a].left <= least_ || level_[arcs_[a].to] != kNone) continue;
      level_[arcs_[a].to] = level_[node] + 1;
      queue.push_back(arcs_[a].to);
    }
  }
  return level_[sink] != kNone;
}

double FlowNetwork::block(std::uint32_t source, std::uint32_t sink) {
  current_ = head_;
  double sent = 0;
  std::vector<std::uint32_t> path;  // arcs from the source to `node`
  std::uint32_t node = source;
  for (;;) {
    if (node == sink) {
      double least = kUnlimited;
      for (const std::uint32_t a : path) least = std::min(least, arcs_[a].left);
      if (std::isinf(least)) return kUnlimited;
      sent += least;
      std::size_t first_full = path.size();
      for (std::size_t i = path.size(); i-- > 0;) {
        Arc& arc = arcs_[path[i]];
        arc.left -= least;
        arcs_[path[i] ^ 1U].left += least;
        if (arc.left <= least_) first_full = i;
      }
      // Go on from where the path is blocked first.
      node = arcs_[path[first_full] ^ 1U].to;
      path.resize(first_full);
      continue;
    }
    std::uint32_t& a = current_[node];
    while (a != kNone && (arcs_[a].left <= least_ || level_[arcs_[a].to] != level_[node] + 1)) {
      a = arcs_[a].next;
    }
    if (a != kNone) {
      path.push_back(a);
      node = arcs_[a].to;
    } else if (path.empty()) {
      return sent;
    } else {
      const std::uint32_t back = path.back();
      path.pop_back();
      node = arcs_[back ^ 1U].to;
      current_[node] = arcs_[back].next;
    }
  }
}

double FlowNetwork::send(std::uint32_t source, std::uint32_t sink) {
  double largest = 0;
  for (const Arc& arc : arcs_) {
    if (!std::isinf(arc.left)) largest = std::max(largest, arc.left);
  }
  least_ = largest * 1e-12;
  double total = 0;
  while (source != sink && level(source, sink)) {
    const double sent = block(source, sink);
    total += sent;
    if (std::isinf(sent)) break;
  }
  return total;
}

}  // namespace tc::graph
