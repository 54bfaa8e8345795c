// What the page's mirror needs of a frame. Apart from semantics.cpp, as the first frame does
// without.

#include <algorithm>
#include <cstdio>

#include "web/ui/semantics.hpp"

namespace tc::ui {

namespace {

void put_text(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += ' ';
    } else {
      out += c;
    }
  }
  out += '"';
}

void put_number(std::string& out, double value) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, ",%.6g", value);
  out += buffer;
}

bool holds(const Node& outer, const Node& inner) {
  const float x = (inner.x0 + inner.x1) / 2;
  const float y = (inner.full_y0 + inner.full_y1) / 2;
  return outer.layer == inner.layer && outer.part == inner.part && x >= outer.x0 && x <= outer.x1 &&
         y >= outer.full_y0 && y <= outer.full_y1;
}

/// For each node the index of the innermost one that it lies in, or -1.
std::vector<int> parents_of(const Semantics& nodes) {
  std::vector<int> parents(nodes.size(), -1);
  std::vector<std::size_t> open;  // regions and dialogs so far
  int row = -1;                   // the last one
  int leaf = -1;                  // the last one of the other things that may hold text
  const auto lies_in = [&nodes](int outer, std::size_t inner) {
    return outer >= 0 && holds(nodes[static_cast<std::size_t>(outer)], nodes[inner]);
  };
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const Node& node = nodes[i];
    const bool is_row = node.role == Role::row || node.role == Role::listitem;
    const bool is_leaf = node.role == Role::button || node.role == Role::option;
    const bool outermost = node.role == Role::region || node.role == Role::dialog;
    float least = 0;
    for (const std::size_t k : open) {
      const Node& outer = nodes[k];
      const bool dialog = outer.role == Role::dialog && outer.layer == node.layer;
      if (!dialog && !holds(outer, node)) continue;
      const float size = (outer.x1 - outer.x0) * (outer.full_y1 - outer.full_y0);
      if (parents[i] >= 0 && size > least) continue;
      parents[i] = static_cast<int>(k);
      least = size;
    }
    const bool text = node.role == Role::text && !node.slides;
    if (text && lies_in(leaf, i)) {
      parents[i] = leaf;
    } else if (!is_row && !outermost && node.role != Role::heading && node.role != Role::cell &&
               lies_in(row, i)) {
      parents[i] = row;
    }
    // What was drawn into it before it was recorded itself.
    if (is_row || is_leaf) {
      const int outer = parents[i];
      for (std::size_t k = i; k-- > 0 && parents[k] == outer && nodes[k].role == Role::text &&
                              !nodes[k].slides && holds(node, nodes[k]);) {
        parents[k] = static_cast<int>(i);
      }
    }
    if (is_row) row = static_cast<int>(i);
    if (is_leaf) leaf = static_cast<int>(i);
    if (outermost) open.push_back(i);
  }
  return parents;
}

}  // namespace

std::string Semantics::mirror() const {
  std::string out;
  out.reserve(count_ * 96);
  out += '[';
  const std::vector<int> parents = parents_of(*this);
  for (std::size_t i = 0; i < count_; ++i) {
    const Node& node = nodes_[i];
    const int parent = parents[i];
    if (i > 0) out += ',';
    out += '[';
    out += '"';
    out += name_of(node.role);
    out += "\",";
    put_text(out, node.name);
    out += ',';
    put_text(out, node.value);
    const unsigned flags = (node.selected ? 1U : 0U) | (node.focused ? 2U : 0U) |
                           (node.disabled ? 4U : 0U) | (node.toggles ? 8U : 0U) |
                           (node.opens ? 16U : 0U) | (node.multiline ? 32U : 0U) |
                           (node.slides ? 64U : 0U) | (node.offscreen ? 128U : 0U);
    char buffer[160];
    std::snprintf(buffer, sizeof buffer, ",%u,%u,%u,%u,%d,%u,%u,%u,%u", flags, node.id, node.layer,
                  static_cast<unsigned>(node.part), parent, static_cast<unsigned>(node.level),
                  node.row, node.column, node.rows);
    out += buffer;
    if (node.slides) {
      put_number(out, static_cast<double>(node.low));
      put_number(out, static_cast<double>(node.high));
      put_number(out, static_cast<double>(node.now));
    }
    out += ']';
  }
  out += ']';
  return out;
}

}  // namespace tc::ui
