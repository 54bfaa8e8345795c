#include "web/ui/theme.hpp"

#include <cmath>

namespace tc::ui {

namespace {

constexpr ImU32 rgb(unsigned hex, unsigned alpha = 255) {
  return (alpha << IM_COL32_A_SHIFT) | ((hex >> 16U & 255U) << IM_COL32_R_SHIFT) |
         ((hex >> 8U & 255U) << IM_COL32_G_SHIFT) | ((hex & 255U) << IM_COL32_B_SHIFT);
}

Theme make_light() {
  Theme t;
  t.page = rgb(0xF3F5F8);
  t.surface = rgb(0xFFFFFF);
  t.sunken = rgb(0xEEF1F5);
  t.hover = rgb(0xF1F5FA);
  t.pressed = rgb(0xE4EBF3);
  t.selected = rgb(0xE3EEFA);
  t.line = rgb(0xE1E6EC);
  t.line_strong = rgb(0xC3CCD6);
  t.text = rgb(0x15202B);
  t.muted = rgb(0x566472);
  t.accent = rgb(0x0B5CAD);
  t.accent_soft = rgb(0xE3EEFA);
  t.on_accent = rgb(0xFFFFFF);
  t.warning = rgb(0x9A4A00);
  t.warning_soft = rgb(0xFDF1DF);
  t.danger = rgb(0xB3261E);
  t.danger_soft = rgb(0xFCEAE8);
  t.rail = rgb(0x0F2A43);
  t.rail_text = rgb(0xFFFFFF);
  t.rail_muted = rgb(0xB4C4D4);
  t.rail_selected = rgb(0x1F4468);
  t.scrim = rgb(0x0B1622, 115);
  t.shadow = rgb(0x1B2B3C, 22);
  t.status = {rgb(0x0A7D5A), rgb(0x3F56C0), rgb(0x45A6DA),
              rgb(0x8C98A5), rgb(0xC8461B), rgb(0xB3BDC8)};
  t.rag = {rgb(0xB3BDC8), rgb(0x0A7D5A), rgb(0xC27A00), rgb(0xB3261E)};
  t.city = {rgb(0x0E7480), rgb(0xA35A14), rgb(0x6A4C93), rgb(0x3F7D4E),
            rgb(0x8A3B5C), rgb(0x4A5A8A), rgb(0x7A6A1F), rgb(0x5B6470)};
  t.on_city = rgb(0xFFFFFF);
  return t;
}

Theme make_dark() {
  Theme t;
  t.dark = true;
  t.page = rgb(0x0E141B);
  t.surface = rgb(0x171F28);
  t.sunken = rgb(0x111820);
  t.hover = rgb(0x1E2833);
  t.pressed = rgb(0x263240);
  t.selected = rgb(0x1B3350);
  t.line = rgb(0x28333F);
  t.line_strong = rgb(0x414F5E);
  t.text = rgb(0xE7EDF3);
  t.muted = rgb(0xA5B2BF);
  t.accent = rgb(0x6CB2F5);
  t.accent_soft = rgb(0x1B3350);
  t.on_accent = rgb(0x08131F);
  t.warning = rgb(0xF2B25C);
  t.warning_soft = rgb(0x33270F);
  t.danger = rgb(0xF58A80);
  t.danger_soft = rgb(0x3A1B19);
  t.rail = rgb(0x0A1017);
  t.rail_text = rgb(0xFFFFFF);
  t.rail_muted = rgb(0x93A3B3);
  t.rail_selected = rgb(0x1B2D40);
  t.scrim = rgb(0x000000, 150);
  t.shadow = rgb(0x000000, 70);
  t.status = {rgb(0x3CC79A), rgb(0x8C9CF5), rgb(0x58B9EA),
              rgb(0x8794A2), rgb(0xF2794A), rgb(0x566372)};
  t.rag = {rgb(0x566372), rgb(0x3CC79A), rgb(0xF2B25C), rgb(0xF2705F)};
  t.city = {rgb(0x4CC3CF), rgb(0xE5A25C), rgb(0xB79BE0), rgb(0x7CC48D),
            rgb(0xDE8FB0), rgb(0x95A6DB), rgb(0xCDBB62), rgb(0xA7B1BD)};
  t.on_city = rgb(0x0B141D);
  return t;
}

}  // namespace

const Theme& light_theme() {
  static const Theme theme = make_light();
  return theme;
}

const Theme& dark_theme() {
  static const Theme theme = make_dark();
  return theme;
}

const Theme& projector_theme(bool dark) {
  static const std::array<Theme, 2> themes = [] {
    Theme light = make_light();
    light.page = rgb(0xFFFFFF);
    light.text = rgb(0x000000);
    light.muted = rgb(0x2B3743);
    light.line = rgb(0xA9B4BF);
    light.line_strong = rgb(0x5B6875);
    light.accent = rgb(0x054A91);
    light.warning = rgb(0x7A3600);
    light.danger = rgb(0xA01812);
    light.shadow = 0;
    Theme night = make_dark();
    night.page = rgb(0x000000);
    night.surface = rgb(0x0B1016);
    night.text = rgb(0xFFFFFF);
    night.muted = rgb(0xD2DBE4);
    night.line = rgb(0x4A5866);
    night.line_strong = rgb(0x8494A4);
    night.shadow = 0;
    return std::array<Theme, 2>{light, night};
  }();
  return themes[dark ? 1 : 0];
}

ImU32 with_alpha(ImU32 colour, float alpha) {
  const auto a = static_cast<ImU32>(std::lround(alpha * 255.0F));
  return (colour & ~IM_COL32_A_MASK) | (a << IM_COL32_A_SHIFT);
}

void apply_theme(const Theme& theme, float scale) {
  ImGuiStyle style;
  const auto px = [scale](float n) { return std::round(n * scale); };
  const float hairline = std::fmax(1.0F, std::floor(scale));
  style.WindowPadding = {0, 0};
  style.WindowBorderSize = 0;
  style.WindowRounding = 0;
  style.ChildBorderSize = 0;
  style.ChildRounding = 0;
  style.PopupRounding = px(8);
  style.PopupBorderSize = hairline;
  style.FramePadding = {px(10), px(7)};
  style.FrameRounding = px(6);
  style.FrameBorderSize = 0;
  style.ItemSpacing = {px(8), px(8)};
  style.ItemInnerSpacing = {px(6), px(4)};
  style.CellPadding = {px(10), 0};
  style.ScrollbarSize = px(12);
  style.ScrollbarRounding = px(6);
  style.GrabMinSize = px(28);
  style.GrabRounding = px(6);
  style.SeparatorTextBorderSize = hairline;
  style.DisabledAlpha = 0.5F;
  style.HoverDelayNormal = 0.35F;
  style.HoverStationaryDelay = 0.1F;
  style.FontSizeBase = px(14);

  const auto set = [&style](ImGuiCol which, ImU32 colour) {
    style.Colors[which] = ImGui::ColorConvertU32ToFloat4(colour);
  };
  const ImU32 none = 0;
  set(ImGuiCol_Text, theme.text);
  set(ImGuiCol_TextDisabled, theme.muted);
  set(ImGuiCol_WindowBg, theme.page);
  set(ImGuiCol_ChildBg, none);
  set(ImGuiCol_PopupBg, theme.surface);
  set(ImGuiCol_Border, theme.line_strong);
  set(ImGuiCol_BorderShadow, none);
  set(ImGuiCol_FrameBg, theme.sunken);
  set(ImGuiCol_FrameBgHovered, theme.hover);
  set(ImGuiCol_FrameBgActive, theme.sunken);
  set(ImGuiCol_ScrollbarBg, none);
  set(ImGuiCol_ScrollbarGrab, theme.line_strong);
  set(ImGuiCol_ScrollbarGrabHovered, theme.muted);
  set(ImGuiCol_ScrollbarGrabActive, theme.muted);
  set(ImGuiCol_CheckMark, theme.accent);
  set(ImGuiCol_SliderGrab, theme.accent);
  set(ImGuiCol_SliderGrabActive, theme.accent);
  set(ImGuiCol_Button, theme.sunken);
  set(ImGuiCol_ButtonHovered, theme.hover);
  set(ImGuiCol_ButtonActive, theme.pressed);
  set(ImGuiCol_Header, theme.selected);
  set(ImGuiCol_HeaderHovered, theme.hover);
  set(ImGuiCol_HeaderActive, theme.pressed);
  set(ImGuiCol_Separator, theme.line);
  set(ImGuiCol_SeparatorHovered, theme.accent);
  set(ImGuiCol_SeparatorActive, theme.accent);
  set(ImGuiCol_ResizeGrip, none);
  set(ImGuiCol_ResizeGripHovered, theme.line_strong);
  set(ImGuiCol_ResizeGripActive, theme.accent);
  set(ImGuiCol_TableHeaderBg, theme.sunken);
  set(ImGuiCol_TableBorderStrong, theme.line);
  set(ImGuiCol_TableBorderLight, theme.line);
  set(ImGuiCol_TableRowBg, none);
  set(ImGuiCol_TableRowBgAlt, none);
  set(ImGuiCol_TextSelectedBg, with_alpha(theme.accent, 0.3F));
  set(ImGuiCol_InputTextCursor, theme.accent);
  set(ImGuiCol_NavCursor, theme.accent);
  set(ImGuiCol_ModalWindowDimBg, theme.scrim);
  ImGui::GetStyle() = style;
}

}  // namespace tc::ui
