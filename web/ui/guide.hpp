#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>

#include "web/ui/ui.hpp"

namespace tc::ui {

/// The sheet of keyboard shortcuts (`?`).
class ShortcutSheet {
 public:
  void open() { wanted_ = true; }
  void draw(Ui& ui) {
    if (wanted_ || open_) draw_open(ui);
  }

 private:
  /// Not inlined, as the first frame does without it (cmake/split.py).
  [[gnu::noinline]] void draw_open(Ui& ui);

  bool wanted_ = false;
  bool open_ = false;
};

/// A part of the screen that the tour stops at.
struct TourStop {
  Rect at;
  Str title;
  Str text;
};

/// The tour for someone who is here for the first time: one part of the screen after the other
/// stands out, with a sentence on it.
class Tour {
 public:
  void start() { stop_ = 0; }
  bool running() const { return stop_.has_value(); }
  /// True when it has come to its end or has been left.
  bool draw(Ui& ui, std::span<const TourStop> stops);

 private:
  std::optional<std::size_t> stop_;
};

}  // namespace tc::ui
