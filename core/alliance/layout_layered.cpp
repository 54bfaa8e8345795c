#include "core/alliance/layout_layered.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <utility>

namespace tc::alliance {

namespace {

/// A node or a place that an edge passes.
struct Spot {
  std::uint32_t column = 0;
  std::uint32_t bank = 0;
  double height = 0;
  double gap = 0;
  double y = 0;  ///< top
  double middle() const { return y + height / 2; }
};

struct Segment {
  std::uint32_t left = 0;   ///< spot
  std::uint32_t right = 0;  ///< spot, one column further
  double weight = 0;
};

/// Ties of each spot to one side, in compressed rows.
struct Side {
  std::vector<std::uint32_t> first;
  std::vector<std::uint32_t> segments;
  std::span<const std::uint32_t> of(std::uint32_t spot) const {
    return {segments.data() + first[spot], segments.data() + first[spot + 1]};
  }
};

Side side_of(const std::vector<Segment>& segments, std::size_t spots, std::uint32_t Segment::*end) {
  Side side;
  side.first.assign(spots + 1, 0);
  for (const Segment& segment : segments) ++side.first[segment.*end + 1];
  for (std::size_t i = 1; i < side.first.size(); ++i) side.first[i] += side.first[i - 1];
  side.segments.resize(segments.size());
  std::vector<std::uint32_t> cursor(side.first.begin(), side.first.end() - 1);
  for (std::uint32_t i = 0; i < segments.size(); ++i) {
    side.segments[cursor[segments[i].*end]++] = i;
  }
  return side;
}

double sound(double weight) {
  return weight > 0 && std::isfinite(weight) ? weight : 0;
}

class Layering {
 public:
  Layering(std::span<const LayerNode> nodes, std::span<const LayerEdge> edges,
           const LayerOptions& options)
      : nodes_(nodes), edges_(edges), options_(options) {}

  LayerLayout make() {
    measure();
    add_spots();
    order();
    place();
    return draw();
  }

 private:
  void measure() {
    for (const LayerNode& node : nodes_) {
      columns_ = std::max(columns_, node.column + 1);
      banks_ = std::max(banks_, node.bank + 1);
    }
    in_.assign(nodes_.size(), 0);
    out_.assign(nodes_.size(), 0);
    double largest = 0;
    for (const LayerEdge& edge : edges_) {
      if (!valid(edge)) continue;
      out_[edge.from] += sound(edge.weight);
      in_[edge.to] += sound(edge.weight);
    }
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      largest = std::max({largest, in_[i], out_[i]});
    }
    scale_ = largest > 0 ? options_.largest_node / largest : 0;
    // Narrow ribbons are widened, which the nodes have to make room for.
    std::fill(in_.begin(), in_.end(), 0);
    std::fill(out_.begin(), out_.end(), 0);
    for (const LayerEdge& edge : edges_) {
      if (!valid(edge)) continue;
      out_[edge.from] += ribbon(edge);
      in_[edge.to] += ribbon(edge);
    }
  }

  bool valid(const LayerEdge& edge) const {
    return edge.from < nodes_.size() && edge.to < nodes_.size() && edge.from != edge.to;
  }
  double ribbon(const LayerEdge& edge) const {
    return std::max(options_.least_ribbon, sound(edge.weight) * scale_);
  }

  void add_spots() {
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      const double height = std::max({options_.least_node, in_[i], out_[i]});
      spots_.push_back({nodes_[i].column, nodes_[i].bank, height, options_.node_gap, 0});
    }
    chains_.resize(edges_.size());
    for (std::size_t i = 0; i < edges_.size(); ++i) {
      if (!valid(edges_[i])) continue;
      std::uint32_t a = edges_[i].from;
      std::uint32_t b = edges_[i].to;
      if (nodes_[a].column == nodes_[b].column) continue;
      if (nodes_[a].column > nodes_[b].column) std::swap(a, b);
      const std::uint32_t span = nodes_[b].column - nodes_[a].column;
      std::uint32_t last = a;
      for (std::uint32_t k = 1; k < span; ++k) {
        const auto spot = static_cast<std::uint32_t>(spots_.size());
        // Half-way it changes to the other end's bank.
        spots_.push_back({nodes_[a].column + k, nodes_[2 * k <= span ? a : b].bank,
                          ribbon(edges_[i]), options_.node_gap / 4, 0});
        chains_[i].push_back(spot);
        segments_.push_back({last, spot, sound(edges_[i].weight)});
        last = spot;
      }
      segments_.push_back({last, b, sound(edges_[i].weight)});
    }
    right_ = side_of(segments_, spots_.size(), &Segment::left);
    left_ = side_of(segments_, spots_.size(), &Segment::right);
    order_.resize(columns_);
    for (std::uint32_t i = 0; i < spots_.size(); ++i) order_[spots_[i].column].push_back(i);
    rank_.assign(spots_.size(), 0);
    for (auto& column : order_) {
      std::stable_sort(column.begin(), column.end(), [this](std::uint32_t a, std::uint32_t b) {
        return spots_[a].bank < spots_[b].bank;
      });
      number(column);
    }
  }

  void number(const std::vector<std::uint32_t>& column) {
    for (std::uint32_t i = 0; i < column.size(); ++i) rank_[column[i]] = i;
  }

  std::uint64_t crossings() const {
    std::uint64_t sum = 0;
    for (std::uint32_t c = 0; c + 1 < columns_; ++c) {
      std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
      for (const std::uint32_t spot : order_[c]) {
        for (const std::uint32_t s : right_.of(spot)) {
          pairs.emplace_back(rank_[spot], rank_[segments_[s].right]);
        }
      }
      sum += count_crossings(std::move(pairs));
    }
    return sum;
  }

  /// Puts one column in order by the mean rank of what each spot is tied to on one side. Untied
  /// spots stay about where they are.
  void sort_column(std::uint32_t c, bool to_left) {
    std::vector<std::uint32_t>& column = order_[c];
    std::vector<double> key(column.size());
    const std::size_t other = order_[to_left ? c - 1 : c + 1].size();
    const double stretch =
        static_cast<double>(other) / static_cast<double>(std::max<std::size_t>(1, column.size()));
    std::vector<std::uint32_t> index(column.size());
    std::iota(index.begin(), index.end(), 0U);
    for (std::size_t i = 0; i < column.size(); ++i) {
      const auto ties = to_left ? left_.of(column[i]) : right_.of(column[i]);
      if (ties.empty()) {
        key[i] = static_cast<double>(i) * stretch;
        continue;
      }
      double sum = 0;
      for (const std::uint32_t s : ties) {
        sum += rank_[to_left ? segments_[s].left : segments_[s].right];
      }
      key[i] = sum / static_cast<double>(ties.size());
    }
    std::stable_sort(index.begin(), index.end(), [&](std::uint32_t a, std::uint32_t b) {
      const std::uint32_t bank_a = spots_[column[a]].bank;
      const std::uint32_t bank_b = spots_[column[b]].bank;
      return bank_a != bank_b ? bank_a < bank_b : key[a] < key[b];
    });
    std::vector<std::uint32_t> sorted(column.size());
    for (std::size_t i = 0; i < index.size(); ++i) sorted[i] = column[index[i]];
    column = std::move(sorted);
    number(column);
  }

  void order() {
    first_crossings_ = best_crossings_ = crossings();
    std::vector<std::vector<std::uint32_t>> best = order_;
    int stale = 0;
    for (int sweep = 0; sweep < options_.sweeps && best_crossings_ > 0 && stale < 4; ++sweep) {
      if (sweep % 2 == 0) {
        for (std::uint32_t c = 1; c < columns_; ++c) sort_column(c, true);
      } else {
        for (std::uint32_t c = columns_ - 1; c-- > 0;) sort_column(c, false);
      }
      const std::uint64_t now = crossings();
      if (now < best_crossings_) {
        best_crossings_ = now;
        best = order_;
        stale = 0;
      } else {
        ++stale;
      }
    }
    order_ = std::move(best);
    for (const auto& column : order_) number(column);
  }

  /// The spots of one column and bank: a stretch of the column's order.
  template <class Use>
  void for_blocks(std::uint32_t c, Use use) {
    const std::vector<std::uint32_t>& column = order_[c];
    for (std::size_t begin = 0; begin < column.size();) {
      std::size_t end = begin;
      const std::uint32_t bank = spots_[column[begin]].bank;
      while (end < column.size() && spots_[column[end]].bank == bank) ++end;
      use(std::span<const std::uint32_t>(column.data() + begin, end - begin), bank);
      begin = end;
    }
  }

  double stack_height(std::span<const std::uint32_t> block) const {
    double height = 0;
    for (std::size_t i = 0; i < block.size(); ++i) {
      height += spots_[block[i]].height + (i > 0 ? gap(block[i - 1], block[i]) : 0);
    }
    return height;
  }
  double gap(std::uint32_t above, std::uint32_t below) const {
    return std::max(spots_[above].gap, spots_[below].gap);
  }

  void place() {
    bands_.assign(banks_, {});
    for (std::uint32_t c = 0; c < columns_; ++c) {
      for_blocks(c, [this](std::span<const std::uint32_t> block, std::uint32_t bank) {
        bands_[bank].height = std::max(bands_[bank].height, stack_height(block));
      });
    }
    double y = 0;
    for (Band& band : bands_) {
      band.y = y;
      y += band.height + (band.height > 0 ? options_.bank_gap : 0);
    }
    height_ = std::max(0.0, y - options_.bank_gap);
    for (std::uint32_t c = 0; c < columns_; ++c) {
      for_blocks(c, [this](std::span<const std::uint32_t> block, std::uint32_t bank) {
        double top = bands_[bank].y + (bands_[bank].height - stack_height(block)) / 2;
        for (std::size_t i = 0; i < block.size(); ++i) {
          if (i > 0) top += gap(block[i - 1], block[i]);
          spots_[block[i]].y = top;
          top += spots_[block[i]].height;
        }
      });
    }
    for (int pass = 0; pass < options_.relaxations; ++pass) {
      if (pass % 2 == 0) {
        for (std::uint32_t c = 1; c < columns_; ++c) relax(c, true);
      } else {
        for (std::uint32_t c = columns_ > 0 ? columns_ - 1 : 0; c-- > 0;) relax(c, false);
      }
    }
  }

  /// Moves the spots of a column towards what they are tied to, in their order and their bands.
  void relax(std::uint32_t c, bool to_left) {
    for_blocks(c, [&](std::span<const std::uint32_t> block, std::uint32_t bank) {
      for (const std::uint32_t spot : block) {
        double sum = 0;
        double weight = 0;
        for (const std::uint32_t s : to_left ? left_.of(spot) : right_.of(spot)) {
          const Segment& segment = segments_[s];
          const double w = std::max(segment.weight * scale_, options_.least_ribbon);
          sum += w * spots_[to_left ? segment.left : segment.right].middle();
          weight += w;
        }
        if (weight > 0) spots_[spot].y = sum / weight - spots_[spot].height / 2;
      }
      double least = bands_[bank].y;
      for (std::size_t i = 0; i < block.size(); ++i) {
        Spot& spot = spots_[block[i]];
        spot.y = std::max(spot.y, least);
        least = spot.y + spot.height + (i + 1 < block.size() ? gap(block[i], block[i + 1]) : 0);
      }
      double most = bands_[bank].y + bands_[bank].height;
      for (std::size_t i = block.size(); i-- > 0;) {
        Spot& spot = spots_[block[i]];
        spot.y = std::min(spot.y, most - spot.height);
        most = spot.y - (i > 0 ? gap(block[i - 1], block[i]) : 0);
      }
    });
  }

  double column_x(std::uint32_t c) const { return options_.column_step * c; }

  LayerLayout draw() {
    LayerLayout layout;
    layout.crossings = best_crossings_;
    layout.crossings_at_first = first_crossings_;
    layout.banks = bands_;
    layout.height = height_;
    for (std::uint32_t c = 0; c < columns_; ++c) layout.columns.push_back(column_x(c));
    layout.width = columns_ > 0 ? column_x(columns_ - 1) + options_.node_width : 0;
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      layout.nodes.push_back(
          {column_x(spots_[i].column), spots_[i].y, options_.node_width, spots_[i].height});
    }
    layout.ribbons.resize(edges_.size());
    std::vector<std::vector<std::uint32_t>> leaving(nodes_.size());
    std::vector<std::vector<std::uint32_t>> arriving(nodes_.size());
    for (std::uint32_t i = 0; i < edges_.size(); ++i) {
      const LayerEdge& edge = edges_[i];
      if (!valid(edge)) continue;
      Ribbon& ribbon_of = layout.ribbons[i];
      ribbon_of.width = ribbon(edge);
      ribbon_of.backward = nodes_[edge.from].column >= nodes_[edge.to].column;
      for (const std::uint32_t spot : chains_[i]) {
        ribbon_of.via.push_back(
            {column_x(spots_[spot].column) + options_.node_width / 2, spots_[spot].middle()});
      }
      if (nodes_[edge.from].column > nodes_[edge.to].column) {
        std::reverse(ribbon_of.via.begin(), ribbon_of.via.end());
      }
      leaving[edge.from].push_back(i);
      arriving[edge.to].push_back(i);
    }
    // At a node ribbons lie in the order of where they go next, so that they don't cross at once.
    const auto stack = [&](std::vector<std::uint32_t>& list, std::uint32_t node, double sum,
                           bool out) {
      const auto target = [&](std::uint32_t i) {
        const Ribbon& each = layout.ribbons[i];
        if (!each.via.empty()) return (out ? each.via.front() : each.via.back()).y;
        return spots_[out ? edges_[i].to : edges_[i].from].middle();
      };
      std::stable_sort(list.begin(), list.end(), [&target](std::uint32_t a, std::uint32_t b) {
        return target(a) < target(b);
      });
      double y = spots_[node].y + (spots_[node].height - sum) / 2;
      for (const std::uint32_t i : list) {
        Ribbon& each = layout.ribbons[i];
        (out ? each.from : each.to) = {
            column_x(nodes_[node].column) + (out ? options_.node_width : 0), y + each.width / 2};
        y += each.width;
      }
    };
    for (std::uint32_t node = 0; node < nodes_.size(); ++node) {
      stack(leaving[node], node, out_[node], true);
      stack(arriving[node], node, in_[node], false);
    }
    return layout;
  }

  std::span<const LayerNode> nodes_;
  std::span<const LayerEdge> edges_;
  const LayerOptions& options_;
  std::uint32_t columns_ = 0;
  std::uint32_t banks_ = 0;
  double scale_ = 0;
  double height_ = 0;
  std::vector<double> in_;
  std::vector<double> out_;
  std::vector<Spot> spots_;  ///< the nodes, then the places that edges pass
  std::vector<Segment> segments_;
  std::vector<std::vector<std::uint32_t>> chains_;  ///< spots of each edge, from the left
  Side left_;
  Side right_;
  std::vector<std::vector<std::uint32_t>> order_;  ///< of each column
  std::vector<std::uint32_t> rank_;
  std::vector<Band> bands_;
  std::uint64_t first_crossings_ = 0;
  std::uint64_t best_crossings_ = 0;
};

}  // namespace

void stretch(LayerLayout& layout, double factor) {
  for (NodeBox& node : layout.nodes) {
    node.y *= factor;
    node.height *= factor;
  }
  for (Ribbon& ribbon : layout.ribbons) {
    ribbon.width *= factor;
    ribbon.from.y *= factor;
    ribbon.to.y *= factor;
    for (Point& via : ribbon.via) via.y *= factor;
  }
  for (Band& bank : layout.banks) {
    bank.y *= factor;
    bank.height *= factor;
  }
  layout.height *= factor;
}

std::uint64_t count_crossings(std::vector<std::pair<std::uint32_t, std::uint32_t>> edges) {
  std::sort(edges.begin(), edges.end());
  std::uint32_t most = 0;
  for (const auto& edge : edges) most = std::max(most, edge.second);
  // How many edges so far end at or before a rank.
  std::vector<std::uint32_t> tree(edges.empty() ? 0 : std::size_t{most} + 2, 0);
  std::uint64_t crossings = 0;
  for (std::size_t i = 0; i < edges.size(); ++i) {
    std::uint32_t before = 0;
    for (std::size_t k = std::size_t{edges[i].second} + 1; k > 0; k &= k - 1) before += tree[k];
    crossings += i - before;
    for (std::size_t k = std::size_t{edges[i].second} + 1; k < tree.size(); k += k & (~k + 1)) {
      ++tree[k];
    }
  }
  return crossings;
}

LayerLayout layer_layout(std::span<const LayerNode> nodes, std::span<const LayerEdge> edges,
                         const LayerOptions& options) {
  return Layering(nodes, edges, options).make();
}

ChainDrawing chain_drawing(const Network& network) {
  ChainDrawing drawing;
  std::uint32_t stages = 0;
  if (network.alliance != kNone) {
    stages =
        static_cast<std::uint32_t>(network.programme->alliances[network.alliance].stages.size());
  }
  const auto cities = static_cast<std::uint32_t>(network.programme->cities.size());
  for (std::uint32_t node = 0; node < network.size(); ++node) {
    const bool placed = !network.stages[node].empty();
    drawing.unplaced = drawing.unplaced || !placed;
    drawing.nodes.push_back({placed ? network.stages[node].front() : stages,
                             network.city[node] == kNone ? cities : network.city[node]});
  }
  double sum = 0;
  std::size_t known = 0;
  for (std::uint32_t i = 0; i < network.links.size(); ++i) {
    const NetworkLink& link = network.links[i];
    if (network.link(i).kind != LinkKind::supply) continue;
    double weight = -1;
    if (link.product != kNone && network.link(i).volume) {
      const auto& equivalent = network.programme->products[link.product].equivalent;
      if (equivalent && *equivalent > 0) {
        weight = *network.link(i).volume * *equivalent;
        sum += weight;
        ++known;
      }
    }
    drawing.edges.push_back({link.from, link.to, weight});
    drawing.links.push_back(i);
  }
  const double mean = known > 0 ? sum / static_cast<double>(known) : 1;
  for (LayerEdge& edge : drawing.edges) {
    if (edge.weight < 0) edge.weight = mean;
  }
  return drawing;
}

}  // namespace tc::alliance
