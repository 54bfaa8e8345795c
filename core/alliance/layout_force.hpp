#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/alliance/graph.hpp"
#include "core/alliance/layout_layered.hpp"

namespace tc::alliance {

struct ForceOptions {
  double distance = 40;   ///< wanted between neighbours; the unit of everything below
  double theta = 1.0;     ///< a cell this much smaller than its distance counts as one body
  double gravity = 0.06;  ///< towards the middle, so that components stay together
  double loose = 1;       ///< times as much gravity for nodes without an edge
  double cooling = 0.96;  ///< of the largest move, each round
  double settled = 0.02;  ///< the largest move, in distances, at which it is done
};

/// A free drawing of a network by forces: every two nodes repel each other, links attract
/// (Fruchterman and Reingold, Graph drawing by force-directed placement, 1991), the repulsion of
/// far nodes is summed over cells of a quadtree (Barnes and Hut, A hierarchical O(N log N)
/// force-calculation algorithm, 1986). Deterministic. A round costs O(n log n + m) and can be
/// spread over many frames.
class ForceLayout {
 public:
  /// Loops and edges to nodes that don't exist are passed over. The first places are on a spiral
  /// (Vogel 1979), near them where `first` has as many as there are nodes.
  ForceLayout(std::uint32_t nodes, std::span<const graph::Edge> edges,
              const ForceOptions& options = {}, std::span<const Point> first = {});

  /// Works on until about `budget` units are used up (a unit is the repulsion of one node; the
  /// rest is counted in proportion) or it has settled. Nodes move only when a round ends. Returns
  /// whether there is more to do.
  bool step(std::size_t budget);
  /// Rounds until it has settled, at most `limit`.
  void run(std::size_t limit = 1000);

  bool settled() const { return settled_; }
  /// Mean move of a node in the last round, in distances; 0 before the first.
  double movement() const { return movement_; }
  /// How far it has come, from 0 to 1.
  double progress() const;
  std::size_t rounds() const { return rounds_; }

  const std::vector<Point>& places() const { return places_; }

  /// Holds a node where it is put (a drag), and lets it go.
  void pin(std::uint32_t node, Point place);
  void release(std::uint32_t node);
  /// Lets nodes move by up to `distances` again, after a pin or a change of places.
  void reheat(double distances = 2);

 private:
  enum class Phase : std::uint8_t { tree, repulsion, attraction };
  struct Cell {
    double x = 0;  ///< centre of mass
    double y = 0;
    double mass = 0;
    double half = 0;  ///< half of its side
    double centre_x = 0;
    double centre_y = 0;
    std::uint32_t child = 0;            ///< first of four; 0: a leaf
    std::uint32_t body = graph::kNone;  ///< of a leaf with one body
  };

  void build_tree();
  void insert(std::uint32_t body);
  void repel(std::uint32_t node);
  void move();

  ForceOptions options_;
  std::vector<graph::Edge> edges_;
  std::vector<Point> places_;
  std::vector<Point> forces_;
  std::vector<double> gravity_;  ///< of each node
  std::vector<char> pinned_;
  std::vector<Cell> cells_;
  std::vector<std::uint32_t> stack_;
  Phase phase_ = Phase::tree;
  std::size_t cursor_ = 0;
  double first_temperature_ = 0;
  double temperature_ = 0;
  double movement_ = 0;
  std::size_t rounds_ = 0;
  bool settled_ = false;
};

}  // namespace tc::alliance
