#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "web/ui/ui.hpp"

namespace tc::ui {

/// A dialog in the middle of the page, no larger than the page. Returns the area below its title;
/// nothing when `id` isn't open. Call ImGui::EndPopup() after it if it is.
std::optional<Rect> begin_dialog(Ui& ui, const char* id, std::string_view title, float css_width,
                                 float css_height);

/// The buttons at the bottom right of `inner`, and, where they are the dialog's, Enter and Escape:
/// -1 cancelled, 1 confirmed, 0 neither yet.
int dialog_buttons(Ui& ui, const Rect& inner, const char* confirm, bool enabled, bool enter = true,
                   bool escape = true);

/// Whether a field has nothing in it but white space.
bool blank(const std::string& text);

/// Says above a field what is wrong with it, moves `y` below that, and scrolls there if `reveal`,
/// which it clears. Nothing for an empty text.
void show_problem(Ui& ui, const std::string& text, float x, float width, float& y, bool& reveal);

/// Puts the upper right corner of the next popup, with rows of `width`, at `corner`, or so far to
/// the right that all of it is on the screen; what is too long for the screen scrolls.
void place_menu(Ui& ui, ImVec2 corner, float width);

/// The popup `id` with its upper right corner at `at`: one line for each thing that can be
/// downloaded. Returns the chosen one's index, or -1.
int download_menu(Ui& ui, const char* id, ImVec2 at, float css_width, std::span<const Str> names);

}  // namespace tc::ui
