#pragma once

#include <span>
#include <string>
#include <string_view>

#include "web/ui/ui.hpp"

namespace tc::ui {

/// A column of headings, texts and rows that scrolls: one below the other, each as high as it
/// needs to be. It lasts from its construction to its destruction, within one frame.
class PanelFlow {
 public:
  PanelFlow(Ui& ui, const char* id, const Rect& rect);
  ~PanelFlow();
  PanelFlow(const PanelFlow&) = delete;
  PanelFlow& operator=(const PanelFlow&) = delete;

  /// `why` says below it what the part is about.
  void heading(std::string_view text, std::string_view why = {});
  void text(std::string_view text, bool warning = false);
  /// A name and, beside it, what there is to say.
  void pair(std::string_view name, std::string_view text);
  /// Something to click on; returns whether it was. `detail` stands below, as long as it may be.
  bool row(std::string_view text, std::string_view value = {}, std::string_view detail = {},
           bool selected = false);
  /// Something to do, as a button.
  struct Action {
    std::string name;
    const char* glyph = nullptr;
  };
  /// A row with icons for what can be done with it at its right end: -1 when nothing was clicked,
  /// else the action, or the number of actions for the row itself.
  int row(std::string_view text, std::string_view value, std::string_view detail,
          std::span<const Action> actions);
  /// Buttons side by side; returns the clicked one or -1.
  int buttons(std::span<const Action> actions);
  /// A row of a fixed height, for long lists.
  bool line(float height, std::string_view text, std::string_view value, bool selected);
  bool button(std::string_view label, const char* glyph, bool primary = false);
  void gap();
  void skip(float height) { y_ += height; }

  /// The rows of a list of `count` rows that begin here which are in sight: from, and up to.
  std::size_t first_row(float height, std::size_t count) const;
  std::size_t last_row(float height, std::size_t count) const;

  float x0() const { return x0_; }
  float x1() const { return x1_; }
  float y() const { return y_; }

 private:
  Ui& ui_;
  float x0_;
  float x1_;
  float y_;
  float first_;
  int next_id_ = 0;
};

}  // namespace tc::ui
