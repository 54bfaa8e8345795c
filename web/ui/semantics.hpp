#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tc::ui {

/// WAI-ARIA roles, as far as the views use them.
enum class Role : std::uint8_t {
  alert,
  button,
  cell,
  columnheader,
  dialog,
  heading,
  img,
  link,
  listitem,
  navigation,
  option,
  region,
  row,
  status,
  tab,
  text,
  textbox,
};

/// The landmark that a node is in.
enum class Part : std::uint8_t { main, banner, navigation };

/// One thing that the current frame shows, as a reader would be told of it.
struct Node {
  Role role = Role::text;
  std::string name;
  std::string value;                     ///< a text box's text, a figure's value, a row's detail
  float x0 = 0, y0 = 0, x1 = 0, y1 = 0;  ///< device pixels, clipped to what is visible
  bool selected = false;
  bool focused = false;
  bool disabled = false;

  // What makes structure of the list.
  float full_y0 = 0, full_y1 = 0;  ///< the rectangle's, whether visible or not
  std::uint32_t id = 0;            ///< of the widget that acts for it; 0: there is none
  std::uint32_t layer = 0;         ///< window of the dialog or menu that it is in; 0: the page
  Part part = Part::main;
  bool offscreen = false;    ///< scrolled out of sight
  bool toggles = false;      ///< pressing it turns it on and off
  bool opens = false;        ///< pressing it opens a list; `selected`: it is open
  bool multiline = false;    ///< a text box of several lines
  std::uint8_t level = 0;    ///< of a heading, from 1; 0: by where it stands
  std::uint32_t row = 0;     ///< in a table or list of which only a part is drawn, from 1
  std::uint32_t column = 0;  ///< of a cell, from 1
  std::uint32_t rows = 0;    ///< in all
  bool slides = false;       ///< a value between `low` and `high`
  float low = 0, high = 0, now = 0;
};

/// What the last frame showed, in drawing order. Widgets record themselves while they draw, so it
/// can't say anything that isn't on the screen. UI tests, browser tests and assistive technology
/// read it.
class Semantics {
 public:
  void begin_frame() { count_ = 0; }
  /// Reuses the strings of earlier frames, so that a steady frame does not allocate.
  Node& add(Role role, std::string_view name, std::string_view value = {});
  /// The nodes from `first` on are the line `index` of so many.
  void place(std::size_t first, std::size_t index, std::size_t lines) {
    for (std::size_t i = first; i < count_; ++i) {
      nodes_[i].row = static_cast<std::uint32_t>(index + 1);
      nodes_[i].rows = static_cast<std::uint32_t>(lines);
    }
  }
  std::size_t size() const { return count_; }
  const Node& operator[](std::size_t i) const { return nodes_[i]; }
  /// First visible node of that role and name; null when there is none.
  const Node* find(Role role, std::string_view name) const;
  /// JSON array of {role, name, value?, x, y, width, height, selected?, focused?, disabled?};
  /// positions are divided by `scale` (device pixels per CSS pixel).
  std::string to_json(float scale) const;

  /// The landmark that what is added from now on is in.
  Part part = Part::main;
  /// Record also what is scrolled out of sight: assistive technology reads on without scrolling.
  bool beyond_sight = false;
  /// A fingerprint of everything but positions. Linear.
  std::uint64_t hash() const;
  /// For the page's mirror: JSON array of [role, name, value, flags, id, layer, part, parent,
  /// level, row, column, rows, low, high, now]. `parent` is the index of the region, dialog or row
  /// that the node lies in, or -1; flags are 1 selected, 2 focused, 4 disabled, 8 toggles, 16
  /// opens, 32 multiline, 64 slides, 128 offscreen.
  std::string mirror() const;

 private:
  std::vector<Node> nodes_;
  std::size_t count_ = 0;
};

std::string_view name_of(Role role);

}  // namespace tc::ui
