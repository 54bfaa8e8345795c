#include "web/ui/dialog.hpp"

#include <algorithm>
#include <cmath>

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

int dialog_buttons(Ui& ui, const Rect& inner, const char* confirm, bool enabled) {
  const float top = inner.y1 - ui.px(36);
  const float yes = ui.measure(Type::body, confirm) + ui.px(48);
  const char* cancel = ui.t(Str::form_cancel);
  const float no = ui.measure(Type::body, cancel) + ui.px(40);
  int answer = 0;
  if (ui.button("yes", {inner.x1 - yes, top, inner.x1, inner.y1}, confirm, nullptr, true,
                enabled) ||
      (enabled && (ImGui::IsKeyPressed(ImGuiKey_Enter, false) ||
                   ImGui::IsKeyPressed(ImGuiKey_KeypadEnter, false)))) {
    answer = 1;
  }
  const float x = inner.x1 - yes - ui.px(12);
  if (ui.button("no", {x - no, top, x, inner.y1}, cancel) ||
      ImGui::IsKeyPressed(ImGuiKey_Escape, false)) {
    answer = -1;
  }
  return answer;
}

}  // namespace tc::ui
