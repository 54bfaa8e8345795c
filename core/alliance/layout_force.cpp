#include "core/alliance/layout_force.hpp"

#include <algorithm>
#include <cmath>

namespace tc::alliance {

namespace {

/// Deeper, bodies are so near that they share a leaf.
constexpr int kMaxTreeDepth = 24;
/// Attractions that cost about as much as the repulsion of one node.
constexpr std::size_t kEdgesAUnit = 32;
/// The same for insertions into the tree.
constexpr std::size_t kInsertsAUnit = 8;

}  // namespace

ForceLayout::ForceLayout(std::uint32_t nodes, std::span<const graph::Edge> edges,
                         const ForceOptions& options, std::span<const Point> first)
    : options_(options), places_(nodes), forces_(nodes), pinned_(nodes, 0) {
  edges_.reserve(edges.size());
  gravity_.assign(nodes, options_.gravity * options_.loose);
  for (const graph::Edge& edge : edges) {
    if (edge.a == edge.b || edge.a >= nodes || edge.b >= nodes) continue;
    edges_.push_back(edge);
    gravity_[edge.a] = gravity_[edge.b] = options_.gravity;
  }
  // The golden angle: no two nodes in one place, none in line.
  constexpr double kAngle = 2.399963229728653;
  for (std::uint32_t i = 0; i < nodes; ++i) {
    const double radius = options_.distance * 0.6 * std::sqrt(i + 0.5);
    places_[i] = {radius * std::cos(kAngle * i), radius * std::sin(kAngle * i)};
    if (first.size() == nodes && std::isfinite(first[i].x) && std::isfinite(first[i].y)) {
      places_[i] = {first[i].x + places_[i].x * 1e-3, first[i].y + places_[i].y * 1e-3};
    }
  }
  first_temperature_ = temperature_ = std::max(2.0, 0.3 * std::sqrt(static_cast<double>(nodes)));
  settled_ = nodes < 2;
}

double ForceLayout::progress() const {
  if (settled_) return 1;
  // Cooling is geometric, so rounds count in logarithms.
  return std::clamp(
      std::log(temperature_ / first_temperature_) / std::log(options_.settled / first_temperature_),
      0.0, 1.0);
}

void ForceLayout::pin(std::uint32_t node, Point place) {
  if (node >= places_.size() || !std::isfinite(place.x) || !std::isfinite(place.y)) return;
  pinned_[node] = 1;
  places_[node] = place;
}

void ForceLayout::release(std::uint32_t node) {
  if (node < pinned_.size()) pinned_[node] = 0;
}

void ForceLayout::reheat(double distances) {
  if (places_.size() < 2) return;
  temperature_ = std::clamp(distances, options_.settled * 2, first_temperature_);
  settled_ = false;
}

void ForceLayout::insert(std::uint32_t body) {
  const Point at = places_[body];
  std::uint32_t cell = 0;
  for (int depth = 0;; ++depth) {
    Cell& here = cells_[cell];
    if (here.child == 0) {
      if (here.mass == 0) {
        here.body = body;
        here.x = at.x;
        here.y = at.y;
        here.mass = 1;
        return;
      }
      if (depth >= kMaxTreeDepth) {
        here.x = (here.x * here.mass + at.x) / (here.mass + 1);
        here.y = (here.y * here.mass + at.y) / (here.mass + 1);
        here.mass += 1;
        here.body = graph::kNone;
        return;
      }
      // Split it; what was in it goes one level down.
      const auto child = static_cast<std::uint32_t>(cells_.size());
      const double half = here.half / 2;
      const Cell old = here;
      cells_[cell].child = child;
      cells_[cell].body = graph::kNone;
      for (int q = 0; q < 4; ++q) {
        Cell part;
        part.half = half;
        part.centre_x = old.centre_x + ((q & 1) != 0 ? half : -half);
        part.centre_y = old.centre_y + ((q & 2) != 0 ? half : -half);
        cells_.push_back(part);
      }
      Cell& down =
          cells_[child + (old.x >= old.centre_x ? 1U : 0U) + (old.y >= old.centre_y ? 2U : 0U)];
      down.x = old.x;
      down.y = old.y;
      down.mass = old.mass;
      down.body = old.body;
    }
    Cell& inner = cells_[cell];
    inner.x = (inner.x * inner.mass + at.x) / (inner.mass + 1);
    inner.y = (inner.y * inner.mass + at.y) / (inner.mass + 1);
    inner.mass += 1;
    cell = inner.child + (at.x >= inner.centre_x ? 1U : 0U) + (at.y >= inner.centre_y ? 2U : 0U);
  }
}

void ForceLayout::build_tree() {
  double low_x = places_[0].x;
  double high_x = low_x;
  double low_y = places_[0].y;
  double high_y = low_y;
  for (const Point& place : places_) {
    low_x = std::min(low_x, place.x);
    high_x = std::max(high_x, place.x);
    low_y = std::min(low_y, place.y);
    high_y = std::max(high_y, place.y);
  }
  cells_.clear();
  Cell root;
  root.centre_x = (low_x + high_x) / 2;
  root.centre_y = (low_y + high_y) / 2;
  root.half = std::max({high_x - low_x, high_y - low_y, 1e-9}) / 2 * 1.0001;
  cells_.push_back(root);
  for (std::uint32_t i = 0; i < places_.size(); ++i) insert(i);
}

void ForceLayout::repel(std::uint32_t node) {
  const Point at = places_[node];
  const double strength = options_.distance * options_.distance;
  const double theta2 = options_.theta * options_.theta;
  double force_x = 0;
  double force_y = 0;
  stack_.clear();
  stack_.push_back(0);
  while (!stack_.empty()) {
    const Cell& cell = cells_[stack_.back()];
    stack_.pop_back();
    if (cell.mass == 0 || cell.body == node) continue;
    double dx = at.x - cell.x;
    double dy = at.y - cell.y;
    double d2 = dx * dx + dy * dy;
    const double side = 2 * cell.half;
    if (cell.child != 0 && side * side >= theta2 * d2) {
      for (std::uint32_t q = 0; q < 4; ++q) {
        if (cells_[cell.child + q].mass > 0) stack_.push_back(cell.child + q);
      }
      continue;
    }
    const double least = strength * 1e-4;
    if (d2 < least) {
      if (d2 == 0) {
        // In one place: any direction will do, as long as each has its own.
        dx = std::cos(static_cast<double>(node));
        dy = std::sin(static_cast<double>(node));
      }
      d2 = least;
    }
    const double push = strength * cell.mass / d2;
    force_x += dx * push;
    force_y += dy * push;
  }
  forces_[node] = {force_x - at.x * gravity_[node], force_y - at.y * gravity_[node]};
}

void ForceLayout::move() {
  double sum = 0;
  const double most = temperature_ * options_.distance;
  for (std::size_t i = 0; i < places_.size(); ++i) {
    if (pinned_[i] != 0) continue;
    const double length = std::hypot(forces_[i].x, forces_[i].y);
    if (!(length > 0)) continue;
    const double go = std::min(length, most);
    places_[i].x += forces_[i].x / length * go;
    places_[i].y += forces_[i].y / length * go;
    sum += go;
  }
  movement_ = sum / static_cast<double>(places_.size()) / options_.distance;
  temperature_ *= options_.cooling;
  ++rounds_;
  settled_ = temperature_ < options_.settled || movement_ < options_.settled * 0.1;
}

bool ForceLayout::step(std::size_t budget) {
  const std::size_t n = places_.size();
  std::size_t used = 0;
  while (!settled_ && used < budget) {
    switch (phase_) {
      case Phase::tree:
        build_tree();
        used += 1 + n / kInsertsAUnit;
        phase_ = Phase::repulsion;
        cursor_ = 0;
        break;
      case Phase::repulsion: {
        const std::size_t end = std::min(n, cursor_ + (budget - used));
        used += end - cursor_;
        for (; cursor_ < end; ++cursor_) repel(static_cast<std::uint32_t>(cursor_));
        if (cursor_ == n) {
          phase_ = Phase::attraction;
          cursor_ = 0;
        }
        break;
      }
      case Phase::attraction: {
        const std::size_t end = std::min(edges_.size(), cursor_ + (budget - used) * kEdgesAUnit);
        used += 1 + (end - cursor_) / kEdgesAUnit;
        for (; cursor_ < end; ++cursor_) {
          const graph::Edge edge = edges_[cursor_];
          const double dx = places_[edge.b].x - places_[edge.a].x;
          const double dy = places_[edge.b].y - places_[edge.a].y;
          const double pull = std::sqrt(dx * dx + dy * dy) / options_.distance;
          forces_[edge.a].x += dx * pull;
          forces_[edge.a].y += dy * pull;
          forces_[edge.b].x -= dx * pull;
          forces_[edge.b].y -= dy * pull;
        }
        if (cursor_ == edges_.size()) {
          move();
          phase_ = Phase::tree;
        }
        break;
      }
    }
  }
  return !settled_;
}

void ForceLayout::run(std::size_t limit) {
  const std::size_t end = rounds_ + limit;
  while (!settled_ && rounds_ < end) step(places_.size());
}

}  // namespace tc::alliance
