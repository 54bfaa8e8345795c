#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/model/programme.hpp"
#include "imgui.h"
#include "web/ui/semantics.hpp"
#include "web/ui/strings.gen.hpp"
#include "web/ui/theme.hpp"

namespace tc::ui {

struct Rect {
  float x0 = 0, y0 = 0, x1 = 0, y1 = 0;
  float width() const { return x1 - x0; }
  float height() const { return y1 - y0; }
  ImVec2 min() const { return {x0, y0}; }
  ImVec2 max() const { return {x1, y1}; }
  Rect inset(float dx, float dy) const { return {x0 + dx, y0 + dy, x1 - dx, y1 - dy}; }
};

/// The type scale. Sizes are CSS pixels and also the line's em, the way browsers count.
enum class Type : std::uint8_t {
  caption,  ///< 12
  small,    ///< 13
  body,     ///< 14
  strong,   ///< 14 bold
  title,    ///< 16 bold
  heading,  ///< 20 bold
  figure,   ///< 28 bold
  display,  ///< 44 bold
};

/// What assistive technology asks of a widget, named by its `Node::id`.
enum class Ask : std::uint8_t { press, focus, text };

/// What a hit area saw in this frame.
struct Hit {
  bool clicked = false;
  bool hovered = false;
  bool held = false;
  bool focused = false;
};

/// The drawing kit of the views: type, spacing, colours and the widgets that Dear ImGui doesn't
/// have in this look. Everything that it draws for a reader it also records in `semantics`.
/// Positions are device pixels; `px` converts from the 4-pixel grid in CSS pixels.
class Ui {
 public:
  Semantics semantics;
  Language language = Language::zh;
  float scale = 1;
  ImFont* regular = nullptr;
  ImFont* bold = nullptr;

  const Theme& theme() const { return *theme_; }
  void set_theme(const Theme& theme) { theme_ = &theme; }

  float px(float css) const;
  float hairline() const;
  const char* t(Str text) const { return text_of(text, language); }
  /// The text with {0}, {1}, … replaced.
  std::string t(Str text, std::initializer_list<std::string_view> values) const;
  const std::string& in(const Text& text) const { return text.in(language); }

  // Text. `draw` returns the width; a text wider than `max_width` ends in an ellipsis.
  float size_of(Type type) const;
  float measure(Type type, std::string_view text) const;
  float draw(ImVec2 at, Type type, ImU32 colour, std::string_view text, float max_width = 0) const;
  /// Draws and records as plain text.
  float say(ImVec2 at, Type type, ImU32 colour, std::string_view text, float max_width = 0);
  /// As `say`, ending at `right`.
  void say_right(float right, float y, Type type, ImU32 colour, std::string_view text);
  /// Breaks text into lines: between words, and between any two Chinese characters, but never
  /// before closing punctuation or after opening punctuation.
  std::vector<std::string_view> wrap(Type type, std::string_view text, float width) const;
  /// Draws wrapped text and returns its height. `most` lines at the most.
  float draw_lines(ImVec2 at, Type type, ImU32 colour, std::string_view text, float width,
                   std::size_t most = 0);
  /// The same, recorded as one text.
  float paragraph(ImVec2 at, Type type, ImU32 colour, std::string_view text, float width,
                  std::size_t most = 0);
  float line_height(Type type) const;
  void icon(ImVec2 centre, float css_size, ImU32 colour, const char* glyph) const;

  // Recording.
  /// Adds a node for a rectangle, clipped to what is visible; null when nothing of it is.
  Node* record(Role role, const Rect& rect, std::string_view name, std::string_view value = {});
  /// Says which widget acts for the next node of this rectangle; `hit` and the fields do it
  /// themselves.
  void acts_for(const Rect& rect, ImGuiID id);

  // Asking.
  /// Asks a widget for something, for as long as it may take to be drawn: a frame or two.
  void ask(ImGuiID id, Ask what, std::string_view text);
  void begin_frame();
  /// After everything that may open or close a menu or a dialog.
  void end_frame();
  /// Whether the widget that was just submitted has been asked to act as if it were pressed; gives
  /// it the keyboard's focus if that was asked for. `hit` does it itself.
  bool asked();
  /// Sets the text of a field to what was asked for; call it before the field.
  bool asked_text(ImGuiID id, std::string& value);

  // Building blocks.
  Hit hit(const char* id, const Rect& rect);
  void fill(const Rect& rect, ImU32 colour, float css_radius = 0) const;
  void frame(const Rect& rect, ImU32 colour, float css_radius = 0) const;
  /// A card's background; `title` (may be empty) is its heading. Returns the area inside.
  Rect card(const Rect& rect, std::string_view title);
  bool button(const char* id, const Rect& rect, std::string_view label, const char* glyph = nullptr,
              bool primary = false, bool enabled = true);
  bool icon_button(const char* id, ImVec2 centre, const char* glyph, std::string_view name,
                   bool on_rail = false);
  /// One of several choices; returns the chosen index or -1. `right` aligned when asked.
  int segmented(const char* id, ImVec2 at, const std::vector<std::string_view>& labels,
                int selected);
  float segmented_width(const std::vector<std::string_view>& labels) const;
  /// A round toggle with an optional status mark; returns whether it was clicked. `width` is out.
  bool chip(const char* id, ImVec2 at, std::string_view label, bool on, float& width,
            const Status* mark = nullptr);
  float chip_height() const { return px(30); }
  /// Of one without a mark.
  float chip_width(std::string_view label) const { return measure(Type::small, label) + px(24); }
  /// A field for text, as long as it may be; returns whether it changed. `name` is what readers
  /// hear; `faulty` frames it in red.
  bool text_field(const char* id, const Rect& rect, std::string_view name, std::string& value,
                  const char* hint = "", bool multiline = false, bool faulty = false);
  /// Whether somebody asks for the page's search field: `/`, unless a field takes it, or Ctrl+F.
  bool wants_search() const;
  /// Whether Escape was pressed, and not to leave a menu or a dialog, which has closed by then.
  bool escape() const;
  /// A list that drops down; returns the chosen index or -1.
  int combo(const char* id, const Rect& rect, std::string_view name,
            const std::vector<std::string>& labels, int selected);
  bool link(const char* id, ImVec2 at, Type type, std::string_view label, float max_width = 0);
  void tooltip(std::string_view text) const;
  void tag(ImVec2 at, std::string_view label, ImU32 colour, ImU32 background, float& width);
  float tag_width(std::string_view label) const;
  /// A city's tag: the first character of its name on its colour.
  void city_tag(ImVec2 at, std::size_t index, const Text& name);
  float city_tag_size() const { return px(18); }

  // Status: each has a shape of its own besides its colour.
  void mark(ImVec2 centre, float css_size, Status status) const;
  /// Delivery confidence: a diamond, a triangle, a disc, a dashed ring.
  void mark(ImVec2 centre, float css_size, Rag rag) const;
  void late_mark(ImVec2 centre, float css_size) const;
  /// Mark and label; returns the width.
  float status_label(ImVec2 at, Type type, Status status, float max_width = 0);
  /// Shares of a whole, one coloured segment each, with gaps between.
  void share_bar(const Rect& rect, const std::vector<std::pair<ImU32, double>>& shares,
                 double total) const;
  /// The same with one segment a status; what is unknown is hatched.
  void status_bar(const Rect& rect, const std::array<double, kStatusCount>& counts,
                  double total) const;
  void progress_bar(const Rect& rect, double ratio, ImU32 colour) const;

  ImDrawList* list() const { return ImGui::GetWindowDrawList(); }

 private:
  struct Request {
    ImGuiID id = 0;
    Ask what = Ask::press;
    std::string text;
    int frames = 0;  ///< that it is still good for
  };
  struct Acting {
    Rect rect;
    ImGuiID id = 0;
    bool disabled = false;
  };
  ImFont* font_of(Type type) const;
  std::vector<Request> requests_;
  Acting acting_;
  bool popup_was_open_ = false;  ///< in the frame before
  const Theme* theme_ = &light_theme();
};

/// Whole numbers and fractions as both languages write them: 183,700 · 106.65.
std::string number_text(double value);
/// 2024-03-23 in either language: unambiguous, and as Chinese offices write it in tables.
std::string date_text(Date date);

}  // namespace tc::ui
