#pragma once

#include <optional>
#include <string_view>

#include "web/ui/ui.hpp"

namespace tc::ui {

/// A dialog in the middle of the page, no larger than the page. Returns the area below its title;
/// nothing when `id` isn't open. Call ImGui::EndPopup() after it if it is.
std::optional<Rect> begin_dialog(Ui& ui, const char* id, std::string_view title, float css_width,
                                 float css_height);

/// The buttons at the bottom right of `inner`, and Enter and Escape: -1 cancelled, 1 confirmed,
/// 0 neither yet.
int dialog_buttons(Ui& ui, const Rect& inner, const char* confirm, bool enabled);

}  // namespace tc::ui
