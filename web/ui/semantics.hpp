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

/// One thing that the current frame shows, as a reader would be told of it.
struct Node {
  Role role = Role::text;
  std::string name;
  std::string value;                     ///< a text box's text, a figure's value, a row's detail
  float x0 = 0, y0 = 0, x1 = 0, y1 = 0;  ///< device pixels, clipped to what is visible
  bool selected = false;
  bool focused = false;
  bool disabled = false;
};

/// What the last frame showed, in drawing order. Widgets record themselves while they draw, so it
/// can't say anything that isn't on the screen. UI tests, browser tests and assistive technology
/// read it.
class Semantics {
 public:
  void begin_frame() { count_ = 0; }
  /// Reuses the strings of earlier frames, so that a steady frame does not allocate.
  Node& add(Role role, std::string_view name, std::string_view value = {});
  std::size_t size() const { return count_; }
  const Node& operator[](std::size_t i) const { return nodes_[i]; }
  /// First node of that role and name; null when there is none.
  const Node* find(Role role, std::string_view name) const;
  /// JSON array of {role, name, value?, x, y, width, height, selected?, focused?, disabled?};
  /// positions are divided by `scale` (device pixels per CSS pixel).
  std::string to_json(float scale) const;

 private:
  std::vector<Node> nodes_;
  std::size_t count_ = 0;
};

std::string_view name_of(Role role);

}  // namespace tc::ui
