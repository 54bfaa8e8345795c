#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "core/alliance/network.hpp"

/// A Sankey-like drawing of a chain: stages as columns from left to right, cities as banks above
/// each other, links as ribbons. Layered drawing after Sugiyama, Tagawa and Toda (Methods for
/// visual understanding of hierarchical system structures, 1981): links over several columns go
/// through an unseen place in each, and sweeps by barycentre make crossings few. Deterministic.
namespace tc::alliance {

struct LayerNode {
  std::uint32_t column = 0;
  std::uint32_t bank = 0;
};

struct LayerEdge {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  double weight = 1;  ///< for the ribbon's width; what is negative or not a number counts as 0
};

/// All lengths in the same unit, such as pixels.
struct LayerOptions {
  double column_step = 220;  ///< from column to column
  double node_width = 14;
  double least_node = 10;    ///< height of a node without links
  double largest_node = 72;  ///< height of the node with the largest sum of ribbons
  double least_ribbon = 1;
  double node_gap = 8;
  double bank_gap = 40;
  int sweeps = 24;       ///< both ways, at most
  int relaxations = 12;  ///< of the vertical places
};

struct Point {
  double x = 0;
  double y = 0;
};

struct NodeBox {
  double x = 0;  ///< left
  double y = 0;  ///< top
  double width = 0;
  double height = 0;
};

struct Ribbon {
  double width = 0;
  Point from;  ///< middle of its end at the right edge of the first node
  Point to;    ///< middle of its end at the left edge of the second
  /// Middles in the columns between, from the first node to the second.
  std::vector<Point> via;
  /// It leads to the same column or to one before; both ends are still right of the first node and
  /// left of the second.
  bool backward = false;
};

struct Band {
  double y = 0;
  double height = 0;
};

struct LayerLayout {
  std::vector<NodeBox> nodes;
  std::vector<Ribbon> ribbons;  ///< one an edge
  std::vector<Band> banks;
  std::vector<double> columns;  ///< left edges
  double width = 0;
  double height = 0;
  std::uint64_t crossings = 0;           ///< of ribbons between neighbouring columns
  std::uint64_t crossings_at_first = 0;  ///< in the given order
};

/// Nodes keep the order of banks; within a bank and column they are put in order. Columns and banks
/// are as many as the nodes use. O(s·(n + p) log(n + p)) with s sweeps and p places that edges
/// pass.
LayerLayout layer_layout(std::span<const LayerNode> nodes, std::span<const LayerEdge> edges,
                         const LayerOptions& options = {});

/// Makes all vertical lengths so many times as long: nodes, ribbons, gaps and banks. O(its size).
void stretch(LayerLayout& layout, double factor);

/// Crossings between two columns, given the edges as pairs of ranks: inversions by an accumulator
/// tree (Barth, Mutzel and Jünger, Simple and efficient bilayer cross counting, 2004). O(e log e).
std::uint64_t count_crossings(std::vector<std::pair<std::uint32_t, std::uint32_t>> edges);

/// The chain of a network: a member's column is its first stage in the selected alliance; members
/// at no stage come in a column after the last. Banks are the cities in order and, below them, no
/// known city. Supply links that share two members are separate edges; a weight is the link's
/// volume in units of end product where known, else the mean of those known.
struct ChainDrawing {
  std::vector<LayerNode> nodes;  ///< of each node of the network
  std::vector<LayerEdge> edges;
  std::vector<std::uint32_t> links;  ///< of each edge, index in `Network::links`
  bool unplaced = false;             ///< the last column is of members at no stage
};
ChainDrawing chain_drawing(const Network& network);

}  // namespace tc::alliance
