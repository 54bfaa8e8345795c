#include "web/ui/panel_flow.hpp"

#include <algorithm>
#include <cmath>

#include "imgui_internal.h"

namespace tc::ui {

PanelFlow::PanelFlow(Ui& ui, const char* id, const Rect& rect) : ui_(ui) {
  ImGui::SetCursorScreenPos(rect.min());
  ImGui::BeginChild(id, {rect.width(), rect.height()}, ImGuiChildFlags_None,
                    ImGuiWindowFlags_NoBackground);
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  x0_ = origin.x + ui.px(16);
  x1_ = origin.x + ImGui::GetContentRegionAvail().x - ui.px(16);
  first_ = y_ = origin.y + ui.px(12);
}

PanelFlow::~PanelFlow() {
  ImGui::SetCursorScreenPos({x0_, y_});
  ImGui::Dummy({1, ui_.px(16)});
  ImGui::EndChild();
}

void PanelFlow::heading(std::string_view text, std::string_view why) {
  if (y_ > first_) y_ += ui_.px(12);
  const float height = ui_.paragraph({x0_, y_}, Type::title, ui_.theme().text, text, x1_ - x0_, 3);
  ui_.record(Role::heading, {x0_, y_, x1_, y_ + height}, text);
  y_ += height + ui_.px(6);
  if (!why.empty()) {
    y_ += ui_.paragraph({x0_, y_}, Type::caption, ui_.theme().muted, why, x1_ - x0_) + ui_.px(6);
  }
}

void PanelFlow::text(std::string_view text, bool warning) {
  y_ += ui_.paragraph({x0_, y_}, Type::small, warning ? ui_.theme().warning : ui_.theme().muted,
                      text, x1_ - x0_) +
        ui_.px(6);
}

void PanelFlow::pair(std::string_view name, std::string_view text) {
  const float column = std::min(ui_.px(112), (x1_ - x0_) * 0.36F);
  const float left =
      ui_.paragraph({x0_, y_}, Type::small, ui_.theme().muted, name, column - ui_.px(8));
  const float right =
      ui_.paragraph({x0_ + column, y_}, Type::small, ui_.theme().text, text, x1_ - x0_ - column);
  y_ += std::max(left, right) + ui_.px(6);
}

bool PanelFlow::row(std::string_view text, std::string_view value, std::string_view detail,
                    bool selected) {
  const Theme& c = ui_.theme();
  const float pad = ui_.px(8);
  const float value_width = value.empty() ? 0 : ui_.measure(Type::small, value) + ui_.px(10);
  const float width = x1_ - x0_;
  const auto lines = ui_.wrap(Type::body, text, width - value_width);
  const auto more =
      detail.empty() ? std::vector<std::string_view>{} : ui_.wrap(Type::small, detail, width);
  const float line = ui_.line_height(Type::body);
  const float small = ui_.line_height(Type::small);
  const float height =
      line * static_cast<float>(lines.size()) + small * static_cast<float>(more.size()) + 2 * pad;
  const Rect rect = {x0_ - ui_.px(8), y_, x1_ + ui_.px(8), y_ + height};
  y_ += height;
  const ImRect clip = ImGui::GetCurrentWindow()->ClipRect;
  ++next_id_;
  if (rect.y1 < clip.Min.y - height || rect.y0 > clip.Max.y + height) return false;
  ImGui::PushID(next_id_);
  const Hit h = ui_.hit("row", rect);
  ImGui::PopID();
  if (selected || h.hovered || h.focused) ui_.fill(rect, selected ? c.selected : c.hover, 6);
  float y = rect.y0 + pad;
  for (const std::string_view each : lines) {
    ui_.draw({x0_, y}, Type::body, c.text, each);
    y += line;
  }
  if (!value.empty()) {
    ui_.draw({x1_ - ui_.measure(Type::small, value), rect.y0 + pad + ui_.px(1)}, Type::small,
             c.muted, value);
  }
  for (const std::string_view each : more) {
    ui_.draw({x0_, y}, Type::small, c.muted, each);
    y += small;
  }
  std::string said(value);
  if (!value.empty() && !detail.empty()) said += " · ";
  said += detail;
  if (Node* node = ui_.record(Role::button, rect, text, said)) {
    node->focused = h.focused;
    node->selected = selected;
  }
  return h.clicked;
}

int PanelFlow::row(std::string_view text, std::string_view value, std::string_view detail,
                   std::span<const Action> actions) {
  const float right = x1_;
  const float top = y_;
  const float step = ui_.px(34);
  x1_ -= step * static_cast<float>(actions.size());
  int clicked = row(text, value, detail) ? static_cast<int>(actions.size()) : -1;
  x1_ = right;
  ImGui::PushID(next_id_);
  for (std::size_t i = 0; i < actions.size(); ++i) {
    const float x = right - step * static_cast<float>(actions.size() - 1 - i) - ui_.px(10);
    ImGui::PushID(static_cast<int>(i));
    if (ui_.icon_button("action", {x, top + ui_.px(18)}, actions[i].glyph, actions[i].name)) {
      clicked = static_cast<int>(i);
    }
    ImGui::PopID();
  }
  ImGui::PopID();
  return clicked;
}

int PanelFlow::buttons(std::span<const Action> actions) {
  y_ += ui_.px(4);
  int clicked = -1;
  float x = x0_;
  ImGui::PushID(++next_id_);
  for (std::size_t i = 0; i < actions.size(); ++i) {
    const float width = std::min(x1_ - x0_, ui_.measure(Type::body, actions[i].name) + ui_.px(48));
    if (x > x0_ && x + width > x1_) {
      x = x0_;
      y_ += ui_.px(40);
    }
    ImGui::PushID(static_cast<int>(i));
    if (ui_.button("button", {x, y_, x + width, y_ + ui_.px(34)}, actions[i].name,
                   actions[i].glyph)) {
      clicked = static_cast<int>(i);
    }
    ImGui::PopID();
    x += width + ui_.px(8);
  }
  ImGui::PopID();
  y_ += ui_.px(42);
  return clicked;
}

bool PanelFlow::line(float height, std::string_view text, std::string_view value, bool selected) {
  const Theme& c = ui_.theme();
  const Rect rect = {x0_ - ui_.px(8), y_, x1_ + ui_.px(8), y_ + height};
  y_ += height;
  ImGui::PushID(++next_id_);
  const Hit h = ui_.hit("line", rect);
  ImGui::PopID();
  if (selected || h.hovered || h.focused) ui_.fill(rect, selected ? c.selected : c.hover, 6);
  const float value_width = ui_.measure(Type::small, value) + ui_.px(10);
  const float mid = (rect.y0 + rect.y1) / 2;
  ui_.draw({x0_, mid - ui_.size_of(Type::body) / 2}, Type::body, c.text, text,
           x1_ - x0_ - value_width);
  ui_.draw({x1_ - value_width + ui_.px(10), mid - ui_.size_of(Type::small) / 2}, Type::small,
           c.muted, value);
  if (Node* node = ui_.record(Role::row, rect, text, value)) {
    node->focused = h.focused;
    node->selected = selected;
  }
  return h.clicked;
}

bool PanelFlow::button(std::string_view label, const char* glyph, bool primary) {
  y_ += ui_.px(4);
  const float width = std::min(x1_ - x0_, ui_.measure(Type::body, label) + ui_.px(52));
  ImGui::PushID(++next_id_);
  const bool clicked =
      ui_.button("button", {x0_, y_, x0_ + width, y_ + ui_.px(34)}, label, glyph, primary);
  ImGui::PopID();
  y_ += ui_.px(42);
  return clicked;
}

void PanelFlow::gap() {
  y_ += ui_.px(6);
  ui_.fill({x0_, y_, x1_, y_ + ui_.hairline()}, ui_.theme().line);
  y_ += ui_.px(10);
}

std::size_t PanelFlow::first_row(float height, std::size_t count) const {
  const float above = ImGui::GetCurrentWindow()->ClipRect.Min.y - y_;
  return std::min(count, static_cast<std::size_t>(std::max(0.0F, above / height)));
}

std::size_t PanelFlow::last_row(float height, std::size_t count) const {
  const float until = ImGui::GetCurrentWindow()->ClipRect.Max.y - y_;
  return std::min(count, static_cast<std::size_t>(std::max(0.0F, until / height)) + 1);
}

}  // namespace tc::ui
