#include "web/ui/ui.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <numbers>

#include "imgui_internal.h"
#include "web/ui/icons.gen.hpp"

namespace tc::ui {

namespace {

constexpr float kPi = std::numbers::pi_v<float>;

unsigned decode(std::string_view text, std::size_t& i) {
  unsigned point = 0;
  const int n = ImTextCharFromUtf8(&point, text.data() + i, text.data() + text.size());
  i += static_cast<std::size_t>(std::max(n, 1));
  return point;
}

/// Scripts that break between any two characters.
bool is_ideographic(unsigned c) {
  return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0xFF00 && c <= 0xFFEF) || (c >= 0x20000 && c <= 0x3FFFF);
}

bool is_in(unsigned c, std::u32string_view set) {
  return set.find(static_cast<char32_t>(c)) != std::u32string_view::npos;
}

// Characters that must not begin or end a line (GB/T 15834, W3C clreq).
constexpr std::u32string_view kNotFirst = U"，。、；：？！）》」』】〉〕％”’…—·,.;:?!)]}%";
constexpr std::u32string_view kNotLast = U"（《「『【〈〔“‘([{";

}  // namespace

float Ui::px(float css) const {
  return std::round(css * scale);
}

float Ui::hairline() const {
  return std::max(1.0F, std::floor(scale));
}

std::string Ui::t(Str text, std::initializer_list<std::string_view> values) const {
  const std::string_view pattern = t(text);
  std::string result;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const bool slot = pattern[i] == '{' && i + 2 < pattern.size() && pattern[i + 2] == '}' &&
                      pattern[i + 1] >= '0' && pattern[i + 1] <= '9';
    if (!slot) {
      result += pattern[i];
      continue;
    }
    const auto which = static_cast<std::size_t>(pattern[i + 1] - '0');
    if (which < values.size()) result += values.begin()[which];
    i += 2;
  }
  return result;
}

float Ui::size_of(Type type) const {
  switch (type) {
    case Type::caption:
      return px(12);
    case Type::small:
      return px(13);
    case Type::body:
    case Type::strong:
      return px(14);
    case Type::title:
      return px(16);
    case Type::heading:
      return px(20);
    case Type::figure:
      return px(28);
    case Type::display:
      break;
  }
  return px(44);
}

ImFont* Ui::font_of(Type type) const {
  return type == Type::caption || type == Type::small || type == Type::body ? regular : bold;
}

float Ui::line_height(Type type) const {
  return std::round(size_of(type) * 1.5F);
}

float Ui::measure(Type type, std::string_view text) const {
  return font_of(type)
      ->CalcTextSizeA(size_of(type), FLT_MAX, 0, text.data(), text.data() + text.size())
      .x;
}

float Ui::draw(ImVec2 at, Type type, ImU32 colour, std::string_view text, float max_width) const {
  ImFont* font = font_of(type);
  const float size = size_of(type);
  at = {std::round(at.x), std::round(at.y)};
  // Spreadsheets' cells may hold several lines; here there is room for one.
  std::string one_line;
  if (text.find('\n') != std::string_view::npos) {
    one_line = text;
    std::replace(one_line.begin(), one_line.end(), '\n', ' ');
    text = one_line;
  }
  const char* begin = text.data();
  const char* end = begin + text.size();
  const float full = font->CalcTextSizeA(size, FLT_MAX, 0, begin, end).x;
  if (max_width <= 0 || full <= max_width) {
    list()->AddText(font, size, at, colour, begin, end);
    return full;
  }
  // The Chinese ellipsis sits in the middle of its em; in English dots stand on the line.
  const char* dots = language == Language::zh ? "…" : "...";
  const float ellipsis = font->CalcTextSizeA(size, FLT_MAX, 0, dots).x;
  const char* cut = begin;
  const float kept =
      font->CalcTextSizeA(size, std::max(0.0F, max_width - ellipsis), 0, begin, end, &cut).x;
  list()->AddText(font, size, at, colour, begin, cut);
  list()->AddText(font, size, {at.x + kept, at.y}, colour, dots);
  return kept + ellipsis;
}

float Ui::say(ImVec2 at, Type type, ImU32 colour, std::string_view text, float max_width) {
  const float width = draw(at, type, colour, text, max_width);
  record(Role::text, {at.x, at.y, at.x + width, at.y + size_of(type)}, text);
  return width;
}

void Ui::say_right(float right, float y, Type type, ImU32 colour, std::string_view text) {
  say({right - measure(type, text), y}, type, colour, text);
}

std::vector<std::string_view> Ui::wrap(Type type, std::string_view text, float width) const {
  std::vector<std::string_view> lines;
  ImFontBaked* baked = font_of(type)->GetFontBaked(size_of(type));
  std::size_t line_begin = 0;
  std::size_t last_break = 0;  ///< where the current line may end; none when = line_begin
  float line_width = 0;
  float width_at_break = 0;
  unsigned before = 0;
  std::size_t i = 0;
  const auto trimmed = [&text](std::size_t begin, std::size_t end) {
    while (end > begin && text[end - 1] == ' ') --end;
    return text.substr(begin, end - begin);
  };
  while (i < text.size()) {
    const std::size_t here = i;
    const unsigned c = decode(text, i);
    if (c == '\n') {
      lines.push_back(trimmed(line_begin, here));
      line_begin = last_break = i;
      line_width = width_at_break = 0;
      before = 0;
      continue;
    }
    const bool may_break = before != 0 && !is_in(c, kNotFirst) && !is_in(before, kNotLast) &&
                           c != ' ' &&
                           (before == ' ' || is_ideographic(c) || is_ideographic(before));
    if (may_break) {
      last_break = here;
      width_at_break = line_width;
    }
    const float advance = baked->GetCharAdvance(static_cast<ImWchar>(c));
    if (line_width + advance > width && here > line_begin && c != ' ') {
      // A word longer than the line is cut where it has to be.
      const bool broken = last_break > line_begin;
      const std::size_t at = broken ? last_break : here;
      lines.push_back(trimmed(line_begin, at));
      line_width = broken ? line_width - width_at_break : 0;
      line_begin = last_break = at;
      width_at_break = 0;
    }
    line_width += advance;
    before = c;
  }
  if (line_begin < text.size() || lines.empty()) lines.push_back(trimmed(line_begin, text.size()));
  return lines;
}

float Ui::draw_lines(ImVec2 at, Type type, ImU32 colour, std::string_view text, float width,
                     std::size_t most) {
  const std::vector<std::string_view> lines = wrap(type, text, width);
  const std::size_t shown = most == 0 ? lines.size() : std::min(most, lines.size());
  const float step = line_height(type);
  const float lead = std::round((step - size_of(type)) / 2);
  for (std::size_t i = 0; i < shown; ++i) {
    std::string_view line = lines[i];
    if (i + 1 == shown && shown < lines.size()) {
      line = text.substr(static_cast<std::size_t>(line.data() - text.data()));
    }
    draw({at.x, at.y + lead + static_cast<float>(i) * step}, type, colour, line, width);
  }
  return static_cast<float>(shown) * step;
}

float Ui::paragraph(ImVec2 at, Type type, ImU32 colour, std::string_view text, float width,
                    std::size_t most) {
  const float height = draw_lines(at, type, colour, text, width, most);
  record(Role::text, {at.x, at.y, at.x + width, at.y + height}, text);
  return height;
}

void Ui::icon(ImVec2 centre, float css_size, ImU32 colour, const char* glyph) const {
  const float size = px(css_size);
  const ImVec2 at = {std::round(centre.x - size / 2), std::round(centre.y - size / 2)};
  list()->AddText(regular, size, at, colour, glyph);
}

Node* Ui::record(Role role, const Rect& rect, std::string_view name, std::string_view value) {
  const ImRect clip = ImGui::GetCurrentWindow()->ClipRect;
  const float x0 = std::max(rect.x0, clip.Min.x);
  const float y0 = std::max(rect.y0, clip.Min.y);
  const float x1 = std::min(rect.x1, clip.Max.x);
  const float y1 = std::min(rect.y1, clip.Max.y);
  const ImGuiWindow* window = ImGui::GetCurrentWindow();
  const bool hidden = x1 <= x0 || y1 <= y0;
  if (hidden) {
    // Only what scrolling up or down would show, and not without end.
    constexpr std::size_t kMost = 2000;
    const bool scrolls = window->ScrollMax.y > 0 ||
                         (window->ParentWindow != nullptr && window->ParentWindow->ScrollMax.y > 0);
    if (!semantics.beyond_sight || !scrolls || x1 <= x0 || rect.y1 <= rect.y0 ||
        semantics.size() >= kMost) {
      return nullptr;
    }
  }
  Node& node = semantics.add(role, name, value);
  node.x0 = x0;
  node.y0 = hidden ? rect.y0 : y0;
  node.x1 = x1;
  node.y1 = hidden ? rect.y1 : y1;
  node.full_y0 = rect.y0;
  node.full_y1 = rect.y1;
  node.offscreen = hidden;
  const ImGuiWindow* root = window->RootWindow;
  if (root != nullptr && (root->Flags & ImGuiWindowFlags_Popup) != 0) node.layer = root->ID;
  if (acting_.id != 0 && rect.x0 == acting_.rect.x0 && rect.y0 == acting_.rect.y0 &&
      rect.x1 == acting_.rect.x1 && rect.y1 == acting_.rect.y1) {
    node.id = acting_.id;
    node.disabled = acting_.disabled;
  }
  return &node;
}

void Ui::acts_for(const Rect& rect, ImGuiID id) {
  const bool disabled = (GImGui->CurrentItemFlags & ImGuiItemFlags_Disabled) != 0;
  acting_ = {rect, id, disabled};
}

void Ui::ask(ImGuiID id, Ask what, std::string_view text) {
  constexpr int kPatience = 4;
  // Who is pressed gets the focus anyway, and only the latest text counts.
  std::erase_if(requests_, [what, id](const Request& each) {
    return each.what == Ask::focus || (each.what == what && each.id == id);
  });
  requests_.push_back({id, what, std::string(text), kPatience});
}

void Ui::begin_frame() {
  semantics.begin_frame();
  acting_ = {};
  std::erase_if(requests_, [](Request& each) { return --each.frames < 0; });
}

void Ui::end_frame() {
  popup_was_open_ = ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopup);
}

bool Ui::escape() const {
  return !popup_was_open_ && ImGui::IsKeyPressed(ImGuiKey_Escape, false);
}

bool Ui::asked() {
  if (requests_.empty()) return false;
  const ImGuiLastItemData& item = ImGui::GetCurrentContext()->LastItemData;
  const auto found = std::find_if(requests_.begin(), requests_.end(), [&item](const Request& each) {
    return each.id == item.ID && each.what != Ask::text;
  });
  if (found == requests_.end()) return false;
  const Ask what = found->what;
  requests_.erase(found);
  if ((item.ItemFlags & ImGuiItemFlags_Disabled) != 0) return false;
  if (what == Ask::press) return true;
  ImGui::FocusItem();
  ImGui::SetNavCursorVisible(true);
  return false;
}

bool Ui::asked_text(ImGuiID id, std::string& value) {
  const auto found = std::find_if(requests_.begin(), requests_.end(), [id](const Request& each) {
    return each.id == id && each.what == Ask::text;
  });
  if (found == requests_.end()) return false;
  // A field that is being typed in has a copy of its own.
  if (ImGui::GetActiveID() == id) ImGui::ClearActiveID();
  value = std::move(found->text);
  requests_.erase(found);
  return true;
}

Hit Ui::hit(const char* id, const Rect& rect) {
  const ImVec2 cursor = ImGui::GetCursorScreenPos();
  ImGui::SetCursorScreenPos(rect.min());
  Hit hit;
  hit.clicked =
      ImGui::InvisibleButton(id, {std::max(1.0F, rect.width()), std::max(1.0F, rect.height())},
                             ImGuiButtonFlags_EnableNav);
  hit.hovered = ImGui::IsItemHovered();
  hit.held = ImGui::IsItemActive();
  hit.focused = ImGui::IsItemFocused();
  acts_for(rect, ImGui::GetItemID());
  hit.clicked |= asked();
  if (hit.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  ImGui::SetCursorScreenPos(cursor);
  return hit;
}

void Ui::fill(const Rect& rect, ImU32 colour, float css_radius) const {
  list()->AddRectFilled(rect.min(), rect.max(), colour, px(css_radius));
}

void Ui::frame(const Rect& rect, ImU32 colour, float css_radius) const {
  // Centre the line on its pixels, so that it stays one pixel thin and sharp.
  // AddRect itself moves the line in by half a pixel.
  const float half = hairline() / 2 - 0.5F;
  list()->AddRect({rect.x0 + half, rect.y0 + half}, {rect.x1 - half, rect.y1 - half}, colour,
                  px(css_radius), 0, hairline());
}

Rect Ui::card(const Rect& rect, std::string_view title) {
  const Theme& c = theme();
  list()->AddRectFilled({rect.x0, rect.y0 + px(1)}, {rect.x1, rect.y1 + px(2)}, c.shadow, px(10));
  fill(rect, c.surface, 10);
  frame(rect, c.line, 10);
  Rect inner = rect.inset(px(rect.width() < px(480) ? 14 : 20), px(16));
  if (!title.empty()) {
    record(Role::region, rect, title);
    const float width =
        draw({inner.x0, inner.y0 + px(2)}, Type::title, c.text, title, inner.width());
    record(Role::heading, {inner.x0, inner.y0, inner.x0 + width, inner.y0 + px(20)}, title);
    inner.y0 += px(36);
  }
  return inner;
}

bool Ui::button(const char* id, const Rect& rect, std::string_view label, const char* glyph,
                bool primary, bool enabled) {
  const Theme& c = theme();
  if (!enabled) ImGui::BeginDisabled();
  const Hit h = hit(id, rect);
  if (!enabled) ImGui::EndDisabled();
  const ImU32 ink = primary ? c.on_accent : c.text;
  if (primary) {
    fill(rect, with_alpha(c.accent, !enabled ? 0.5F : h.held ? 0.8F : h.hovered ? 0.9F : 1), 6);
  } else {
    fill(rect, h.held ? c.pressed : h.hovered ? c.hover : c.surface, 6);
    frame(rect, c.line_strong, 6);
  }
  const float glyph_width = glyph != nullptr ? px(24) : 0;
  const float room = rect.width() - px(16) - glyph_width;
  const float width = std::min(room, measure(Type::body, label));
  const float x = rect.x0 + (rect.width() - width - glyph_width) / 2;
  const float mid = (rect.y0 + rect.y1) / 2;
  if (glyph != nullptr) icon({x + px(8), mid}, 16, ink, glyph);
  draw({x + glyph_width, mid - size_of(Type::body) / 2}, Type::body, ink, label, room);
  if (Node* node = record(Role::button, rect, label)) node->focused = h.focused;
  return h.clicked;
}

bool Ui::icon_button(const char* id, ImVec2 centre, const char* glyph, std::string_view name,
                     bool on_rail) {
  const Theme& c = theme();
  const float half = px(17);
  const Rect rect = {centre.x - half, centre.y - half, centre.x + half, centre.y + half};
  const Hit h = hit(id, rect);
  if (on_rail) {
    if (h.hovered || h.held) fill(rect, c.rail_selected, 6);
  } else if (h.hovered || h.held) {
    fill(rect, h.held ? c.pressed : c.hover, 6);
  }
  icon(centre, 18, on_rail ? c.rail_muted : c.muted, glyph);
  if (ImGui::IsItemHovered(ImGuiHoveredFlags_ForTooltip)) tooltip(name);
  if (Node* node = record(Role::button, rect, name)) node->focused = h.focused;
  return h.clicked;
}

float Ui::segmented_width(const std::vector<std::string_view>& labels) const {
  float width = px(4);
  for (std::string_view label : labels) width += measure(Type::small, label) + px(24);
  return width;
}

int Ui::segmented(const char* id, ImVec2 at, const std::vector<std::string_view>& labels,
                  int selected) {
  const Theme& c = theme();
  const float height = px(30);
  // Where a phone has no room for all of them, the longest ones are shortened.
  std::vector<float> widths;
  widths.reserve(labels.size());
  float all = px(4);
  for (std::string_view label : labels) {
    widths.push_back(measure(Type::small, label) + px(24));
    all += widths.back();
  }
  const float room =
      ImGui::GetWindowPos().x + ImGui::GetWindowWidth() - at.x - px(12);  // to the window's edge
  float pad = px(12);
  if (all > room) {
    pad = px(7);
    for (float& width : widths) width -= px(10);
    all -= px(10) * static_cast<float>(widths.size());
    while (all > room) {
      const auto longest = std::max_element(widths.begin(), widths.end());
      if (*longest <= px(28)) break;
      *longest -= px(1);
      all -= px(1);
    }
  }
  fill({at.x, at.y, at.x + all, at.y + height}, c.sunken, 7);
  int chosen = -1;
  float x = at.x + px(2);
  ImGui::PushID(id);
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const bool on = static_cast<int>(i) == selected;
    const Rect rect = {x, at.y + px(2), x + widths[i], at.y + height - px(2)};
    ImGui::PushID(static_cast<int>(i));
    const Hit h = hit("segment", rect);
    ImGui::PopID();
    if (on) {
      fill(rect, c.surface, 6);
      frame(rect, c.line_strong, 6);
    }
    draw({x + pad, (rect.y0 + rect.y1 - size_of(Type::small)) / 2}, Type::small,
         on || h.hovered ? c.text : c.muted, labels[i], widths[i] - 2 * pad + px(1));
    if (Node* node = record(Role::tab, rect, labels[i])) {
      node->selected = on;
      node->focused = h.focused;
      node->row = static_cast<std::uint32_t>(i + 1);
      node->rows = static_cast<std::uint32_t>(labels.size());
    }
    if (h.clicked) chosen = static_cast<int>(i);
    x = rect.x1;
  }
  ImGui::PopID();
  return chosen;
}

bool Ui::chip(const char* id, ImVec2 at, std::string_view label, bool on, float& width,
              const Status* status) {
  const Theme& c = theme();
  const float lead = status != nullptr ? px(22) : 0;
  width = chip_width(label) + lead;
  const Rect rect = {at.x, at.y, at.x + width, at.y + chip_height()};
  const Hit h = hit(id, rect);
  fill(rect, on ? c.accent_soft : h.hovered ? c.hover : c.surface, 15);
  frame(rect, on ? c.accent : c.line_strong, 15);
  const float mid = (rect.y0 + rect.y1) / 2;
  if (status != nullptr) mark({at.x + px(19), mid}, 14, *status);
  draw({at.x + px(12) + lead, mid - size_of(Type::small) / 2}, Type::small, on ? c.accent : c.text,
       label);
  if (Node* node = record(Role::option, rect, label)) {
    node->selected = on;
    node->focused = h.focused;
    node->toggles = true;
  }
  return h.clicked;
}

bool Ui::link(const char* id, ImVec2 at, Type type, std::string_view label, float max_width) {
  const Theme& c = theme();
  const float full = measure(type, label);
  const float width = max_width > 0 ? std::min(full, max_width) : full;
  const Rect rect = {at.x, at.y - px(3), at.x + width, at.y + size_of(type) + px(4)};
  const Hit h = hit(id, rect);
  draw(at, type, c.accent, label, width + 1);
  if (h.hovered || h.focused) {
    list()->AddLine({rect.x0, rect.y1 - px(1)}, {rect.x1, rect.y1 - px(1)}, c.accent, hairline());
  }
  if (Node* node = record(Role::link, rect, label)) node->focused = h.focused;
  return h.clicked;
}

bool Ui::text_field(const char* id, const Rect& rect, std::string_view name, std::string& value,
                    const char* hint, bool multiline, bool faulty) {
  const Theme& c = theme();
  fill(rect, c.surface, 6);
  ImGui::PushStyleVar(
      ImGuiStyleVar_FramePadding,
      {px(8), multiline ? px(7) : std::round((rect.height() - size_of(Type::body)) / 2)});
  for (const ImGuiCol colour : {ImGuiCol_FrameBg, ImGuiCol_FrameBgHovered, ImGuiCol_FrameBgActive,
                                ImGuiCol_NavCursor, ImGuiCol_ChildBg}) {
    ImGui::PushStyleColor(colour, 0U);
  }
  ImGui::SetCursorScreenPos(rect.min());
  const auto resize = [](ImGuiInputTextCallbackData* data) {
    if (data->EventFlag == ImGuiInputTextFlags_CallbackResize) {
      auto& text = *static_cast<std::string*>(data->UserData);
      text.resize(static_cast<std::size_t>(data->BufTextLen));
      data->Buf = text.data();
    }
    return 0;
  };
  const std::string label = std::string("##") + id;
  constexpr ImGuiInputTextFlags kFlags = ImGuiInputTextFlags_CallbackResize;
  const ImGuiID own = ImGui::GetID(label.c_str());
  const bool given = asked_text(own, value);
  bool changed = given;
  if (multiline) {
    changed |= ImGui::InputTextMultiline(label.c_str(), value.data(), value.capacity() + 1,
                                         {rect.width(), rect.height()}, kFlags, resize, &value);
  } else {
    ImGui::SetNextItemWidth(rect.width());
    changed |= ImGui::InputTextWithHint(label.c_str(), hint, value.data(), value.capacity() + 1,
                                        kFlags, resize, &value);
  }
  const bool active = ImGui::IsItemActive();
  const bool focused = active || ImGui::IsItemFocused();
  if (ImGui::GetItemID() == own) asked();
  acts_for(rect, own);
  ImGui::PopStyleColor(5);
  ImGui::PopStyleVar();
  frame(rect, faulty ? c.danger : focused ? c.accent : c.line_strong, 6);
  if (Node* node = record(Role::textbox, rect, name, value)) {
    node->focused = active;
    node->multiline = multiline;
  }
  return changed;
}

bool Ui::wants_search() const {
  if (ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopup)) return false;
  const bool slash = !ImGui::GetIO().WantTextInput && !ImGui::GetIO().KeyShift &&
                     ImGui::IsKeyPressed(ImGuiKey_Slash, false);
  return slash || ImGui::IsKeyChordPressed(ImGuiMod_Ctrl | ImGuiKey_F);
}

int Ui::combo(const char* id, const Rect& rect, std::string_view name,
              const std::vector<std::string>& labels, int selected) {
  const Theme& c = theme();
  ImGui::PushID(id);
  const Hit h = hit("combo", rect);
  fill(rect, h.hovered ? c.hover : c.surface, 6);
  frame(rect, h.focused ? c.accent : c.line_strong, 6);
  const float mid = (rect.y0 + rect.y1) / 2;
  const std::string_view shown =
      selected >= 0 ? std::string_view(labels[static_cast<std::size_t>(selected)]) : "";
  draw({rect.x0 + px(10), mid - size_of(Type::body) / 2}, Type::body, c.text, shown,
       rect.width() - px(36));
  icon({rect.x1 - px(14), mid}, 14, c.muted, icon::chevron_down);
  if (Node* node = record(Role::button, rect, name, shown)) {
    node->focused = h.focused;
    node->opens = true;
    node->selected = ImGui::IsPopupOpen("list");
  }
  if (h.clicked) ImGui::OpenPopup("list");
  const float row = px(34);
  const float wanted = std::min(row * static_cast<float>(labels.size()) + px(12), px(320));
  // Above the field where there is more room than below it.
  const float screen = ImGui::GetIO().DisplaySize.y;
  const bool above = rect.y1 + px(2) + wanted > screen && rect.y0 > screen - rect.y1;
  const float height = std::min(wanted, (above ? rect.y0 : screen - rect.y1) - px(4));
  ImGui::SetNextWindowPos({rect.x0, above ? rect.y0 - px(2) - height : rect.y1 + px(2)});
  ImGui::SetNextWindowSize({rect.width(), height});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {px(6), px(6)});
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
  int chosen = -1;
  if (ImGui::BeginPopup("list")) {
    for (std::size_t i = 0; i < labels.size(); ++i) {
      const ImVec2 at = ImGui::GetCursorScreenPos();
      const Rect line = {at.x, at.y, at.x + ImGui::GetContentRegionAvail().x, at.y + row};
      ImGui::PushID(static_cast<int>(i));
      const Hit over = hit("option", line);
      ImGui::PopID();
      const bool on = static_cast<int>(i) == selected;
      if (on && ImGui::IsWindowAppearing())
        ImGui::SetScrollFromPosY(line.y0 - ImGui::GetWindowPos().y);
      if (on || over.hovered || over.focused) fill(line, on ? c.selected : c.hover, 5);
      draw({line.x0 + px(8), line.y0 + (row - size_of(Type::body)) / 2}, Type::body, c.text,
           labels[i], line.width() - px(16));
      if (Node* node = record(Role::option, line, labels[i])) {
        node->selected = on;
        node->focused = over.focused;
        node->row = static_cast<std::uint32_t>(i + 1);
        node->rows = static_cast<std::uint32_t>(labels.size());
      }
      ImGui::Dummy({line.width(), row});
      if (over.clicked) {
        chosen = static_cast<int>(i);
        ImGui::CloseCurrentPopup();
      }
    }
    ImGui::EndPopup();
  }
  ImGui::PopStyleVar(2);
  ImGui::PopID();
  return chosen;
}

void Ui::tooltip(std::string_view text) const {
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {px(10), px(8)});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, px(8));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, hairline());
  if (ImGui::BeginTooltip()) {
    const float width = px(320);
    for (std::string_view line : wrap(Type::small, text, width)) {
      ImGui::PushFont(regular, size_of(Type::small));
      ImGui::TextUnformatted(line.data(), line.data() + line.size());
      ImGui::PopFont();
    }
    ImGui::EndTooltip();
  }
  ImGui::PopStyleVar(3);
}

float Ui::tag_width(std::string_view label) const {
  return measure(Type::caption, label) + px(16);
}

void Ui::tag(ImVec2 at, std::string_view label, ImU32 colour, ImU32 background, float& width) {
  width = tag_width(label);
  const Rect rect = {at.x, at.y, at.x + width, at.y + px(22)};
  fill(rect, background, 5);
  draw({at.x + px(8), (rect.y0 + rect.y1 - size_of(Type::caption)) / 2}, Type::caption, colour,
       label);
  record(Role::text, rect, label);
}

void Ui::city_tag(ImVec2 at, std::size_t index, const Text& name) {
  const Theme& c = theme();
  const float size = city_tag_size();
  const std::string& label = in(name);
  std::size_t length = 0;
  if (!label.empty()) decode(label, length);
  const std::string_view initial = std::string_view(label).substr(0, length);
  const Rect rect = {at.x, at.y, at.x + size, at.y + size};
  fill(rect, c.of_city(index), 4);
  const float width = measure(Type::caption, initial);
  draw({at.x + (size - width) / 2, at.y + (size - size_of(Type::caption)) / 2}, Type::caption,
       c.on_city, initial);
}

void Ui::mark(ImVec2 centre, float css_size, Status status) const {
  ImDrawList* draw_list = list();
  const ImU32 colour = theme().of(status);
  const ImU32 paper = theme().surface;
  const float r = std::round(css_size * scale) / 2;
  const float line = std::max(1.0F, r * 0.26F);
  const auto pie = [&](float share) {
    draw_list->AddCircle(centre, r - line / 2, colour, 0, line);
    draw_list->PathLineTo(centre);
    draw_list->PathArcTo(centre, r * 0.62F, -kPi / 2, -kPi / 2 + 2 * kPi * share);
    draw_list->PathFillConvex(colour);
  };
  switch (status) {
    case Status::completed: {
      draw_list->AddCircleFilled(centre, r, colour);
      const std::array<ImVec2, 3> tick = {{{centre.x - r * 0.45F, centre.y + r * 0.02F},
                                           {centre.x - r * 0.10F, centre.y + r * 0.38F},
                                           {centre.x + r * 0.48F, centre.y - r * 0.34F}}};
      draw_list->AddPolyline(tick.data(), 3, paper, 0, std::max(1.5F, r * 0.26F));
      break;
    }
    case Status::staged_result: {
      // Three quarters of a pie: two convex halves, since the whole is not convex.
      draw_list->AddCircle(centre, r - line / 2, colour, 0, line);
      draw_list->PathArcTo(centre, r * 0.62F, -kPi / 2, kPi / 2);
      draw_list->PathFillConvex(colour);
      draw_list->PathLineTo(centre);
      draw_list->PathArcTo(centre, r * 0.62F, kPi / 2, kPi);
      draw_list->PathFillConvex(colour);
      break;
    }
    case Status::under_way:
      pie(0.25F);
      break;
    case Status::not_started:
      draw_list->AddCircle(centre, r - line / 2, colour, 0, line);
      break;
    case Status::blocked: {
      draw_list->AddNgonFilled(centre, r, colour, 8);
      draw_list->AddLine({centre.x - r * 0.45F, centre.y}, {centre.x + r * 0.45F, centre.y}, paper,
                         std::max(1.5F, r * 0.3F));
      break;
    }
    case Status::unknown: {
      constexpr int kDashes = 6;
      for (int i = 0; i < kDashes; ++i) {
        const float a = 2 * kPi * static_cast<float>(i) / kDashes;
        draw_list->PathArcTo(centre, r - line / 2, a, a + kPi / kDashes);
        draw_list->PathStroke(theme().muted, 0, line);
      }
      break;
    }
  }
}

void Ui::late_mark(ImVec2 centre, float css_size) const {
  icon(centre, css_size, theme().warning, icon::triangle_alert);
}

float Ui::status_label(ImVec2 at, Type type, Status status, float max_width) {
  const float size = size_of(type);
  const float lead = px(20);
  mark({at.x + px(7), at.y + size / 2}, 14, status);
  const float room = max_width > 0 ? std::max(1.0F, max_width - lead) : 0;
  return lead + say({at.x + lead, at.y}, type, theme().text, in(label_of(status)), room);
}

void Ui::mark(ImVec2 centre, float css_size, Rag rag) const {
  const ImU32 colour = theme().of(rag);
  const float r = std::round(css_size * scale) / 2;
  switch (rag) {
    case Rag::red:
      list()->AddNgonFilled(centre, r * 1.05F, colour, 4);
      break;
    case Rag::amber:
      list()->AddTriangleFilled({centre.x, centre.y - r}, {centre.x + r, centre.y + r * 0.8F},
                                {centre.x - r, centre.y + r * 0.8F}, colour);
      break;
    case Rag::green:
      list()->AddCircleFilled(centre, r * 0.92F, colour);
      break;
    case Rag::unknown:
      mark(centre, css_size, Status::unknown);
      break;
  }
}

void Ui::share_bar(const Rect& rect, const std::vector<std::pair<ImU32, double>>& shares,
                   double total) const {
  const float radius = std::min(4.0F, rect.height() / scale / 2);
  fill(rect, theme().sunken, radius);
  if (total <= 0) return;
  double before = 0;
  for (const auto& [colour, count] : shares) {
    if (count <= 0) continue;
    const float x0 = rect.x0 + std::round(rect.width() * static_cast<float>(before / total));
    before += count;
    float x1 = rect.x0 + std::round(rect.width() * static_cast<float>(before / total));
    if (before < total) x1 -= px(2);
    const Rect part = {x0, rect.y0, std::max(x1, x0 + hairline()), rect.y1};
    fill(part, colour, radius);
    if (colour == theme().of(Status::unknown)) {
      // Hatched, so that what is not known doesn't read as a result.
      list()->PushClipRect(part.min(), part.max(), true);
      const int lines = static_cast<int>((part.width() + part.height()) / px(6)) + 1;
      for (int i = 0; i < lines; ++i) {
        const float x = part.x0 - part.height() + px(6) * static_cast<float>(i);
        list()->AddLine({x, part.y1}, {x + part.height(), part.y0},
                        with_alpha(theme().surface, 0.55F), px(1.5F));
      }
      list()->PopClipRect();
    }
  }
}

void Ui::status_bar(const Rect& rect, const std::array<double, kStatusCount>& counts,
                    double total) const {
  std::vector<std::pair<ImU32, double>> shares;
  shares.reserve(kStatusCount);
  for (Status status : kStatuses) {
    shares.emplace_back(theme().of(status), counts[static_cast<std::size_t>(status)]);
  }
  share_bar(rect, shares, total);
}

void Ui::progress_bar(const Rect& rect, double ratio, ImU32 colour) const {
  const float radius = rect.height() / scale / 2;
  fill(rect, theme().sunken, radius);
  const auto share = static_cast<float>(std::clamp(ratio, 0.0, 1.0));
  if (share > 0) {
    const float width = std::max(rect.height(), std::round(rect.width() * share));
    fill({rect.x0, rect.y0, rect.x0 + width, rect.y1}, colour, radius);
  }
}

std::string number_text(double value) {
  std::array<char, 64> buffer{};
  // Beyond 15 digits grouping would only dress up rounding.
  if (std::abs(value) >= 1e15) {
    std::snprintf(buffer.data(), buffer.size(), "%.6g", value);
    return buffer.data();
  }
  std::snprintf(buffer.data(), buffer.size(), "%.4f", value);
  std::string text = buffer.data();
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  const std::size_t first = text[0] == '-' ? 1 : 0;
  std::size_t i = std::min(text.find('.'), text.size());
  while (i > first + 3) {
    i -= 3;
    text.insert(i, 1, ',');
  }
  return text;
}

std::string date_text(Date date) {
  return format_date(date);
}

}  // namespace tc::ui
