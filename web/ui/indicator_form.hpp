#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "web/ui/ui.hpp"
#include "web/ui/views/view.hpp"

namespace tc::ui {

/// Changes an indicator's latest value, the day on which it held, its target and the target's day.
/// A value that somebody changes is no longer what the source says, so its citation goes with it.
class IndicatorForm {
 public:
  void open(const Workspace& workspace, std::size_t indicator);
  /// Call in the app's window.
  void draw(Ui& ui, Workspace& workspace) {
    if (indicator_) draw_open(ui, workspace);
  }

 private:
  /// Not inlined, as the first frame does without it (cmake/split.py).
  [[gnu::noinline]] void draw_open(Ui& ui, Workspace& workspace);
  std::vector<Change> changes(Workspace& workspace);

  std::optional<std::size_t> indicator_;
  std::string value_, as_of_, target_, target_date_, reason_;
  std::string bad_field_;  ///< member whose text isn't understood
};

}  // namespace tc::ui
