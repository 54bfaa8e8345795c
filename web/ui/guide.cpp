#include "web/ui/guide.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "web/ui/dialog.hpp"

namespace tc::ui {

namespace {

struct Shortcut {
  const char* keys;
  Str what;
};

struct Group {
  Str title;
  std::span<const Shortcut> shortcuts;
};

constexpr Shortcut kEverywhere[] = {
    {"Ctrl K", Str::keys_palette},    {"?", Str::keys_sheet},
    {"/   Ctrl F", Str::keys_search}, {"Ctrl Z   Ctrl Y", Str::keys_undo},
    {"Ctrl S", Str::keys_save},       {"Ctrl V", Str::keys_paste},
    {"Tab   Enter", Str::keys_focus}, {"Esc", Str::keys_escape},
};
constexpr Shortcut kItems[] = {
    {"↑ ↓   PgUp PgDn", Str::keys_rows},
    {"Space   Ctrl A", Str::keys_select},
    {"Ctrl C", Str::keys_copy},
    {"Ctrl Enter", Str::keys_form},
};
constexpr Shortcut kPictures[] = {
    {"+   −   0", Str::keys_zoom},
    {"← →", Str::keys_pan},
    {"PgUp PgDn", Str::keys_month},
};
constexpr Shortcut kTalk[] = {
    {"F5", Str::keys_talk},
    {"→   Space   PgDn", Str::keys_next},
    {"←   PgUp", Str::keys_previous},
    {"1 … 9   Enter", Str::keys_jump},
    {"B   W", Str::keys_blank},
    {"L   P   E", Str::keys_pointer},
    {"D   Backspace", Str::keys_live},
    {"T   I", Str::keys_clock},
};
constexpr Group kGroups[] = {
    {Str::keys_everywhere, kEverywhere},
    {Str::keys_lists, kItems},
    {Str::keys_pictures, kPictures},
    {Str::keys_talks, kTalk},
};

}  // namespace

void ShortcutSheet::draw_open(Ui& ui) {
  constexpr const char* kId = "shortcuts";
  if (std::exchange(wanted_, false) && !ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopup)) {
    ImGui::OpenPopup(kId);
  }
  const std::optional<Rect> inner = begin_dialog(ui, kId, ui.t(Str::keys_title), 880, 520);
  open_ = inner.has_value();
  if (!inner) return;
  const Theme& c = ui.theme();
  const char* close = ui.t(Str::close);
  const float close_width = ui.measure(Type::body, close) + ui.px(48);
  const float foot = inner->y1 - ui.px(36);
  ImGui::SetCursorScreenPos(inner->min());
  ImGui::BeginChild("keys", {inner->width(), foot - ui.px(12) - inner->y0}, ImGuiChildFlags_None,
                    ImGuiWindowFlags_NoBackground);
  const ImVec2 corner = ImGui::GetCursorScreenPos();
  const float gap = ui.px(28);
  const bool two = inner->width() > ui.px(620);
  const float width = two ? (inner->width() - ui.px(12) - gap) / 2 : inner->width() - ui.px(12);
  const float keys_width = std::min(ui.px(150), width * 0.45F);
  float y[2] = {corner.y, corner.y};
  for (std::size_t g = 0; g < std::size(kGroups); ++g) {
    const std::size_t column = two && g % 2 == 1 ? 1 : 0;
    const float x = corner.x + static_cast<float>(column) * (width + gap);
    float& at = y[column];
    ui.draw({x, at}, Type::strong, c.text, ui.t(kGroups[g].title));
    ui.record(Role::heading, {x, at, x + width, at + ui.px(20)}, ui.t(kGroups[g].title));
    at += ui.px(26);
    for (const Shortcut& shortcut : kGroups[g].shortcuts) {
      const std::string what = ui.t(shortcut.what);
      ui.draw({x, at}, Type::small, c.accent, shortcut.keys, keys_width);
      float height = 0;
      for (const std::string_view line :
           ui.wrap(Type::small, what, width - keys_width - ui.px(10))) {
        ui.draw({x + keys_width + ui.px(10), at + height}, Type::small, c.text, line);
        height += ui.line_height(Type::small);
      }
      ui.record(Role::listitem, {x, at, x + width, at + height}, shortcut.keys, what);
      at += std::max(height, ui.line_height(Type::small)) + ui.px(5);
    }
    at += ui.px(14);
  }
  ImGui::SetCursorScreenPos(corner);
  ImGui::Dummy({inner->width() - ui.px(16), std::max(y[0], y[1]) - corner.y});
  ImGui::EndChild();
  const bool done = ui.button("close", {inner->x1 - close_width, foot, inner->x1, inner->y1}, close,
                              nullptr, true) ||
                    ImGui::IsKeyPressed(ImGuiKey_Escape, false);
  if (done) ImGui::CloseCurrentPopup();
  ImGui::EndPopup();
}

bool Tour::draw(Ui& ui, std::span<const TourStop> stops) {
  constexpr const char* kId = "tour";
  if (!stop_) return false;
  if (!ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopup)) ImGui::OpenPopup(kId);
  const TourStop& stop = stops[*stop_];
  const Theme& c = ui.theme();
  const ImVec2 screen = ImGui::GetIO().DisplaySize;

  // Beside what it speaks of, below it, or in the middle where that fills the screen.
  const float margin = ui.px(12);
  const float width = std::min(ui.px(360), screen.x - 2 * margin);
  const float text_width = width - ui.px(40);
  const float text_height =
      static_cast<float>(ui.wrap(Type::body, ui.t(stop.text), text_width).size()) *
      ui.line_height(Type::body);
  const float height = ui.px(112) + text_height;
  ImVec2 at = {(screen.x - width) / 2, (screen.y - height) / 2};
  if (stop.at.x1 + margin + width < screen.x && stop.at.height() > screen.y / 2) {
    at = {stop.at.x1 + margin, stop.at.y0 + margin};
  } else if (stop.at.y1 + margin + height < screen.y) {
    at = {stop.at.x0, stop.at.y1 + margin};
  }
  at.x = std::round(std::clamp(at.x, margin, std::max(margin, screen.x - width - margin)));
  at.y = std::round(std::clamp(at.y, margin, std::max(margin, screen.y - height - margin)));
  ImGui::SetNextWindowPos(at);
  ImGui::SetNextWindowSize({width, height});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, ui.px(12));
  ImGui::PushStyleColor(ImGuiCol_ModalWindowDimBg, 0U);
  const bool open = ImGui::BeginPopupModal(
      kId, nullptr,
      ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings);
  ImGui::PopStyleColor();
  ImGui::PopStyleVar();
  if (!open) return false;

  // Everything else is dimmed.
  ImDrawList* draw = ImGui::GetWindowDrawList();
  draw->PushClipRectFullScreen();
  const Rect& lit = stop.at;
  for (const Rect& dark :
       {Rect{0, 0, screen.x, lit.y0}, Rect{0, lit.y1, screen.x, screen.y},
        Rect{0, lit.y0, lit.x0, lit.y1}, Rect{lit.x1, lit.y0, screen.x, lit.y1}}) {
    draw->AddRectFilled(dark.min(), dark.max(), c.scrim);
  }
  draw->AddRect(lit.min(), lit.max(), c.accent, ui.px(6), 0, ui.px(2));
  const Rect card = {at.x, at.y, at.x + width, at.y + height};
  draw->AddRectFilled(card.min(), card.max(), c.surface, ui.px(12));
  draw->PopClipRect();

  const char* title = ui.t(stop.title);
  ui.record(Role::dialog, card, title);
  ui.draw({at.x + ui.px(20), at.y + ui.px(18)}, Type::title, c.text, title, text_width);
  ui.record(Role::heading, {card.x0, card.y0, card.x1, card.y0 + ui.px(40)}, title);
  ui.paragraph({at.x + ui.px(20), at.y + ui.px(48)}, Type::body, c.text, ui.t(stop.text),
               text_width);

  const float y0 = card.y1 - ui.px(46);
  const float y1 = card.y1 - ui.px(14);
  const bool last = *stop_ + 1 == stops.size();
  const char* next = ui.t(last ? Str::tour_done : Str::tour_next);
  const char* leave = ui.t(Str::tour_leave);
  const float next_width = ui.measure(Type::body, next) + ui.px(36);
  const float leave_width = ui.measure(Type::body, leave) + ui.px(28);
  ui.say({card.x0 + ui.px(20), y0 + ui.px(9)}, Type::small, c.muted,
         std::to_string(*stop_ + 1) + " / " + std::to_string(stops.size()));
  float x = card.x1 - ui.px(20) - next_width;
  const bool onward = ui.button("next", {x, y0, x + next_width, y1}, next, nullptr, true) ||
                      ImGui::IsKeyPressed(ImGuiKey_RightArrow, false) ||
                      ImGui::IsKeyPressed(ImGuiKey_Enter, false);
  bool left = ImGui::IsKeyPressed(ImGuiKey_Escape, false);
  if (!last) {
    x -= leave_width + ui.px(8);
    left |= ui.button("leave", {x, y0, x + leave_width, y1}, leave);
  }
  if (ImGui::IsKeyPressed(ImGuiKey_LeftArrow, false) && *stop_ > 0) --*stop_;
  const bool ends = left || (onward && last);
  if (ends) {
    stop_.reset();
    ImGui::CloseCurrentPopup();
  } else if (onward) {
    ++*stop_;
  }
  ImGui::EndPopup();
  return ends;
}

}  // namespace tc::ui
