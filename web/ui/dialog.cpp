#include "web/ui/dialog.hpp"

#include <algorithm>
#include <cmath>

#include "web/ui/icons.gen.hpp"

namespace tc::ui {

std::optional<Rect> begin_dialog(Ui& ui, const char* id, std::string_view title, float css_width,
                                 float css_height) {
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  const float width = std::min(ui.px(css_width), screen.x - ui.px(24));
  const float height = std::min(ui.px(css_height), screen.y - ui.px(24));
  ImGui::SetNextWindowPos(
      {std::round((screen.x - width) / 2), std::round((screen.y - height) / 2)});
  ImGui::SetNextWindowSize({width, height});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, ui.px(12));
  const bool open = ImGui::BeginPopupModal(
      id, nullptr,
      ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings);
  ImGui::PopStyleVar();
  if (!open) return std::nullopt;
  const ImVec2 at = ImGui::GetWindowPos();
  const Rect rect = {at.x, at.y, at.x + width, at.y + height};
  ui.fill(rect, ui.theme().surface, 12);
  ui.record(Role::dialog, rect, title);
  const Rect inner = rect.inset(ui.px(24), ui.px(22));
  ui.draw({inner.x0, inner.y0}, Type::heading, ui.theme().text, title, inner.width());
  ui.record(Role::heading, {inner.x0, inner.y0, inner.x1, inner.y0 + ui.px(26)}, title);
  return Rect{inner.x0, inner.y0 + ui.px(38), inner.x1, inner.y1};
}

int dialog_buttons(Ui& ui, const Rect& inner, const char* confirm, bool enabled, bool enter,
                   bool escape) {
  const float top = inner.y1 - ui.px(36);
  const float yes = ui.measure(Type::body, confirm) + ui.px(48);
  const char* cancel = ui.t(Str::form_cancel);
  const float no = ui.measure(Type::body, cancel) + ui.px(40);
  int answer = 0;
  if (ui.button("yes", {inner.x1 - yes, top, inner.x1, inner.y1}, confirm, nullptr, true,
                enabled) ||
      (enabled && enter &&
       (ImGui::IsKeyPressed(ImGuiKey_Enter, false) ||
        ImGui::IsKeyPressed(ImGuiKey_KeypadEnter, false)))) {
    answer = 1;
  }
  const float x = inner.x1 - yes - ui.px(12);
  if (ui.button("no", {x - no, top, x, inner.y1}, cancel) ||
      (escape && ImGui::IsKeyPressed(ImGuiKey_Escape, false))) {
    answer = -1;
  }
  return answer;
}

bool blank(const std::string& text) {
  return text.find_first_not_of(" \t\r\n") == std::string::npos;
}

void show_problem(Ui& ui, const std::string& text, float x, float width, float& y, bool& reveal) {
  if (text.empty()) return;
  if (reveal) {
    reveal = false;
    ImGui::SetScrollFromPosY(y - ImGui::GetWindowPos().y, 0.5F);
  }
  const float height = ui.paragraph({x, y}, Type::small, ui.theme().danger, text, width);
  ui.record(Role::alert, {x, y, x + width, y + height}, text);
  y += height + ui.px(4);
}

void place_menu(Ui& ui, ImVec2 corner, float width) {
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  const float margin = ui.px(8);
  const float whole = width + 2 * ui.px(8);
  const float right = std::min(screen.x - margin, std::max(corner.x, whole + margin));
  ImGui::SetNextWindowPos({right, corner.y}, ImGuiCond_Always, {1, 0});
  ImGui::SetNextWindowSizeConstraints(
      {0, 0}, {screen.x, std::max(ui.px(80), screen.y - corner.y - margin)});
}

int download_menu(Ui& ui, const char* id, ImVec2 at, float css_width, std::span<const Str> names) {
  const Theme& c = ui.theme();
  int chosen = -1;
  place_menu(ui, at, ui.px(css_width));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {ui.px(8), ui.px(8)});
  if (ImGui::BeginPopup(id)) {
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
    for (std::size_t i = 0; i < names.size(); ++i) {
      const ImVec2 corner = ImGui::GetCursorScreenPos();
      const Rect rect = {corner.x, corner.y, corner.x + ui.px(css_width), corner.y + ui.px(38)};
      ImGui::PushID(static_cast<int>(i));
      const Hit h = ui.hit("export", rect);
      ImGui::PopID();
      if (h.hovered || h.focused) ui.fill(rect, c.hover, 6);
      ui.icon({rect.x0 + ui.px(20), (rect.y0 + rect.y1) / 2}, 16, c.muted, icon::download);
      ui.draw({rect.x0 + ui.px(40), (rect.y0 + rect.y1 - ui.size_of(Type::body)) / 2}, Type::body,
              c.text, ui.t(names[i]));
      if (Node* node = ui.record(Role::button, rect, ui.t(names[i]))) node->focused = h.focused;
      ImGui::Dummy({rect.width(), rect.height()});
      if (!h.clicked) continue;
      ImGui::CloseCurrentPopup();
      chosen = static_cast<int>(i);
    }
    ImGui::PopStyleVar();
    ImGui::EndPopup();
  }
  ImGui::PopStyleVar();
  return chosen;
}

}  // namespace tc::ui
