#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "web/ui/change_text.hpp"
#include "web/ui/icons.gen.hpp"
#include "web/ui/views/view.hpp"

namespace tc::ui {

namespace {

/// The ledger (台账): who changed what, when and why; the board as it was at any time; and the
/// conflicts of a merge that wait for a choice.
class History : public View {
 public:
  void draw(Ui& ui, Workspace& workspace, const Rect& area) override {
    const float gutter = ui.px(area.width() < ui.px(600) ? 12 : 24);
    Rect inner = {area.x0 + gutter, area.y0 + ui.px(16), area.x1 - gutter, area.y1 - ui.px(16)};
    if (workspace.ledger == nullptr || workspace.ledger->size() == 0) {
      ui.paragraph({inner.x0, inner.y0 + ui.px(24)}, Type::body, ui.theme().muted,
                   ui.t(Str::history_none), std::min(ui.px(560), inner.width()));
      ui.record(Role::text, {inner.x0, inner.y0, inner.x1, inner.y0 + ui.px(60)},
                ui.t(Str::history_none));
      return;
    }
    const Ledger& ledger = *workspace.ledger;
    refresh(ledger);
    keyboard(ui);
    inner.y0 = toolbar(ui, ledger, inner) + ui.px(12);
    inner.y0 = slider(ui, workspace, inner) + ui.px(12);
    if (!ledger.conflicts().empty() && !workspace.past) {
      inner.y0 = conflicts(ui, workspace, inner) + ui.px(12);
    }
    const bool beside = inner.width() >= ui.px(820);
    Rect list_area = inner;
    if (beside) list_area.x1 = std::round(inner.x0 + inner.width() * 0.58F);
    list(ui, workspace, list_area);
    if (beside) {
      details(ui, workspace, {list_area.x1 + ui.px(16), inner.y0, inner.x1, inner.y1});
    }
  }

 private:
  /// Which entries are listed, the latest first.
  void refresh(const Ledger& ledger) {
    const std::string head = ledger.heads().empty() ? "" : ledger.heads().front();
    if (listed_ == ledger.size() && head == head_ && ran_text_ == text_ && ran_kind_ == kind_) {
      return;
    }
    if (listed_ != ledger.size() || head != head_) chosen_.reset();
    listed_ = ledger.size();
    head_ = head;
    ran_text_ = text_;
    ran_kind_ = kind_;
    rows_.clear();
    for (std::size_t i = ledger.size(); i-- > 0;) {
      if (kind_ && ledger.head(i).kind != *kind_) continue;
      // The line holds codes, names and reasons as they are.
      if (!text_.empty() && ledger.append_text(i).find(text_) == std::string::npos) continue;
      rows_.push_back(i);
    }
  }

  void keyboard(const Ui& ui) {
    if (ImGui::GetIO().WantTextInput || ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopup)) {
      return;
    }
    int step = 0;
    if (ImGui::IsKeyPressed(ImGuiKey_DownArrow)) step = 1;
    if (ImGui::IsKeyPressed(ImGuiKey_UpArrow)) step = -1;
    if (ui.escape()) chosen_.reset();
    if (step == 0 || rows_.empty()) return;
    const auto at = chosen_ ? std::find(rows_.begin(), rows_.end(), *chosen_) : rows_.end();
    std::ptrdiff_t row = at == rows_.end() ? (step > 0 ? -1 : 0) : at - rows_.begin();
    row = std::clamp<std::ptrdiff_t>(row + step, 0, static_cast<std::ptrdiff_t>(rows_.size()) - 1);
    chosen_ = rows_[static_cast<std::size_t>(row)];
    scroll_to_ = static_cast<std::size_t>(row);
  }

  float toolbar(Ui& ui, const Ledger& ledger, const Rect& area) {
    const Theme& c = ui.theme();
    const float width = std::min(ui.px(320), area.width());
    ui.text_field("search", {area.x0, area.y0, area.x0 + width, area.y0 + ui.px(34)},
                  ui.t(Str::history_search), text_, ui.t(Str::history_search));
    float x = area.x0 + width + ui.px(16);
    float y = area.y0 + ui.px(2);
    std::array<bool, kEntryKinds.size()> there{};
    if (kinds_of_ != ledger.size()) {
      kinds_of_ = ledger.size();
      kinds_ = {};
      for (std::size_t i = 0; i < ledger.size(); ++i) {
        kinds_[static_cast<std::size_t>(ledger.head(i).kind)] = true;
      }
    }
    there = kinds_;
    for (EntryKind kind : kEntryKinds) {
      if (!there[static_cast<std::size_t>(kind)]) continue;
      const std::string& label = ui.in(label_of(kind));
      const float wanted = ui.measure(Type::small, label) + ui.px(24);
      if (x + wanted > area.x1) {
        x = area.x0;
        y += ui.chip_height() + ui.px(8);
      }
      float chip = 0;
      ImGui::PushID(static_cast<int>(kind));
      const bool on = kind_ == kind;
      if (ui.chip("kind", {x, y}, label, on, chip)) {
        kind_ = on ? std::nullopt : std::optional(kind);
      }
      ImGui::PopID();
      x += chip + ui.px(8);
    }
    const std::string count = ui.t(Str::history_count, {std::to_string(rows_.size())});
    const float room = ui.measure(Type::small, count);
    if (x + room <= area.x1) {
      ui.record(Role::status, {area.x1 - room, y, area.x1, y + ui.chip_height()}, count);
      ui.draw({area.x1 - room, y + (ui.chip_height() - ui.size_of(Type::small)) / 2}, Type::small,
              c.muted, count);
    }
    return y + ui.chip_height();
  }

  /// Where in the journal the board stands; dragging goes back in time.
  float slider(Ui& ui, Workspace& workspace, const Rect& area) {
    const Theme& c = ui.theme();
    const Ledger& ledger = *workspace.ledger;
    const std::size_t size = ledger.size();
    const std::size_t at = workspace.past.value_or(size);
    const float y = area.y0 + ui.px(14);
    const float x0 = area.x0 + ui.px(8);
    const float x1 = area.x1 - ui.px(8);
    const Rect track = {area.x0, area.y0, area.x1, area.y0 + ui.px(28)};
    const Hit h = ui.hit("slider", track);
    const float x = x0 + (x1 - x0) * static_cast<float>(at) / static_cast<float>(size);
    ui.fill({x0, y - ui.px(2), x1, y + ui.px(2)}, c.sunken, 2);
    ui.fill({x0, y - ui.px(2), x, y + ui.px(2)}, c.accent, 2);
    ui.list()->AddCircleFilled({x, y}, ui.px(h.hovered || h.held ? 8 : 7), c.accent);
    const auto when = [&](std::size_t count) {
      return count == 0 ? std::string(ui.t(Str::past_beginning))
                        : time_text(ledger.head(count - 1).time);
    };
    if (h.held) {
      const float share = std::clamp((ImGui::GetIO().MousePos.x - x0) / (x1 - x0), 0.0F, 1.0F);
      const auto wanted = static_cast<std::size_t>(std::lround(share * static_cast<float>(size)));
      if (wanted != at) {
        if (wanted >= size) {
          workspace.show_present = true;
        } else {
          workspace.show_past = wanted;
        }
      }
    } else if (h.focused) {
      if (ImGui::IsKeyPressed(ImGuiKey_LeftArrow) && at > 0) workspace.show_past = at - 1;
      if (ImGui::IsKeyPressed(ImGuiKey_RightArrow)) {
        if (at + 1 >= size) workspace.show_present = true;
        if (at + 1 < size) workspace.show_past = at + 1;
      }
    }
    if (h.hovered || h.held) ui.tooltip(when(at));
    if (Node* node = ui.record(Role::button, track, ui.t(Str::history_slider), when(at))) {
      node->focused = h.focused;
      node->slides = true;
      node->high = static_cast<float>(size);
      node->now = static_cast<float>(at);
    }
    const float below = track.y1 + ui.px(2);
    ui.draw({area.x0, below}, Type::caption, c.muted, when(std::min<std::size_t>(1, size)));
    const std::string last = when(size);
    ui.draw({area.x1 - ui.measure(Type::caption, last), below}, Type::caption, c.muted, last);
    return below + ui.px(16);
  }

  float conflicts(Ui& ui, Workspace& workspace, const Rect& area) {
    const Theme& c = ui.theme();
    const Ledger& ledger = *workspace.ledger;
    const Board& board = *workspace.board;
    constexpr std::size_t kMost = 3;
    const std::vector<Conflict>& list = ledger.conflicts();
    const std::size_t count = std::min(kMost, list.size());
    const float row = ui.px(108);
    const Rect card = {area.x0, area.y0, area.x1,
                       area.y0 + ui.px(58) + row * static_cast<float>(count)};
    const Rect inner = ui.card(
        card, std::string(ui.t(Str::history_conflicts)) + "  " + std::to_string(list.size()));
    float y = inner.y0;
    for (std::size_t i = 0; i < count; ++i, y += row) {
      const Conflict& conflict = list[i];
      ImGui::PushID(static_cast<int>(i));
      ui.say({inner.x0, y}, Type::strong, c.text, place_text(ui, conflict.pointer), inner.width());
      const float half = (inner.width() - ui.px(16)) / 2;
      int side_number = 0;
      for (const ConflictSide* side : {&conflict.kept, &conflict.other}) {
        const bool kept = side_number == 0;
        const float x = inner.x0 + (kept ? 0 : half + ui.px(16));
        const std::string value = value_text(ui, board.programme, board.index, side->value);
        ui.say({x, y + ui.px(22)}, Type::body, c.text,
               ui.t(kept ? Str::history_kept_value : Str::history_other_value, {value}), half);
        std::string who = time_text(side->time) + " · " + side->author;
        if (!side->reason.empty()) who += " · " + side->reason;
        ui.say({x, y + ui.px(43)}, Type::caption, c.muted, who, half);
        const char* label = ui.t(kept ? Str::history_choose_kept : Str::history_choose_other);
        const float width = ui.measure(Type::body, label) + ui.px(32);
        if (ui.button(kept ? "kept" : "other", {x, y + ui.px(62), x + width, y + ui.px(94)},
                      label)) {
          workspace.proposal = ledger.resolution(conflict, side->value);
        }
        ++side_number;
      }
      ImGui::PopID();
    }
    return card.y1;
  }

  void list(Ui& ui, Workspace& workspace, const Rect& area) {
    const Theme& c = ui.theme();
    const Ledger& ledger = *workspace.ledger;
    const Board& board = *workspace.board;
    if (area.height() < ui.px(60)) return;
    ui.fill(area, c.surface, 10);
    ui.frame(area, c.line, 10);
    ImGui::SetCursorScreenPos({area.x0 + ui.hairline(), area.y0 + ui.px(6)});
    ImGui::BeginChild("entries", {area.width() - 2 * ui.hairline(), area.height() - ui.px(12)},
                      ImGuiChildFlags_None, ImGuiWindowFlags_NoBackground);
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
    const float row = ui.px(56);
    if (scroll_to_) {
      const float top = row * static_cast<float>(*scroll_to_);
      const float seen = ImGui::GetWindowHeight();
      if (top < ImGui::GetScrollY()) ImGui::SetScrollY(top);
      if (top + row > ImGui::GetScrollY() + seen) ImGui::SetScrollY(top + row - seen);
      scroll_to_.reset();
    }
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(rows_.size()), row);
    while (clipper.Step()) {
      for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
        const std::size_t position = rows_[static_cast<std::size_t>(i)];
        const ImVec2 at = ImGui::GetCursorScreenPos();
        const Rect line = {at.x, at.y, at.x + ImGui::GetContentRegionAvail().x, at.y + row};
        const std::size_t before = ui.semantics.size();
        entry_row(ui, workspace, board, ledger.entry(position), position, line);
        ui.semantics.place(before, static_cast<std::size_t>(i), rows_.size());
        ImGui::SetCursorScreenPos({at.x, line.y1});
        ImGui::Dummy({0, 0});
      }
    }
    ImGui::PopStyleVar();
    ImGui::EndChild();
  }

  void entry_row(Ui& ui, const Workspace& workspace, const Board& board, const Entry& entry,
                 std::size_t position, const Rect& line) {
    const Theme& c = ui.theme();
    ImGui::PushID(static_cast<int>(position));
    const Hit h = ui.hit("entry", line);
    ImGui::PopID();
    const bool on = chosen_ == position;
    if (on || h.hovered || h.focused) ui.fill(line, on ? c.selected : c.hover);
    // What hasn't happened yet in the past that is shown.
    const bool later = workspace.past && position >= *workspace.past;
    std::string what;
    if (!entry.changes.empty()) {
      what = change_text(ui, board.programme, board.index, entry.changes.front());
      if (entry.changes.size() > 1) {
        what += ui.t(Str::change_and_more, {std::to_string(entry.changes.size() - 1)});
      }
    } else {
      what = entry.reason.empty() ? ui.in(label_of(entry.kind)) : entry.reason;
    }
    std::string who = time_text(entry.time) + " · " + entry.author;
    if (const auto city = board.index.city(entry.city)) {
      who += " · " + ui.in(board.programme.cities[*city].name);
    }
    if (entry.kind != EntryKind::edit) who += " · " + ui.in(label_of(entry.kind));
    if (!entry.reason.empty()) who += " · " + entry.reason;
    const float x = line.x0 + ui.px(16);
    const float room = line.width() - ui.px(32);
    ui.draw({x, line.y0 + ui.px(9)}, Type::body, later ? c.muted : c.text, what, room);
    ui.draw({x, line.y0 + ui.px(32)}, Type::caption, c.muted, who, room);
    if (Node* node = ui.record(Role::row, line, what, who)) {
      node->selected = on;
      node->focused = h.focused;
    }
    if (h.clicked) chosen_ = on ? std::nullopt : std::optional(position);
  }

  void details(Ui& ui, Workspace& workspace, const Rect& area) {
    const Theme& c = ui.theme();
    const Ledger& ledger = *workspace.ledger;
    const Board& board = *workspace.board;
    ui.fill(area, c.surface, 10);
    ui.frame(area, c.line, 10);
    ImGui::SetCursorScreenPos({area.x0 + ui.px(20), area.y0 + ui.px(16)});
    ImGui::BeginChild("details", {area.width() - ui.px(40), area.height() - ui.px(32)},
                      ImGuiChildFlags_None, ImGuiWindowFlags_NoBackground);
    const ImVec2 origin = ImGui::GetCursorScreenPos();
    const float x0 = origin.x;
    const float width = ImGui::GetContentRegionAvail().x;
    float y = origin.y;
    const auto heading = [&](std::string_view text) {
      ui.draw({x0, y}, Type::title, c.text, text, width);
      ui.record(Role::heading, {x0, y, x0 + width, y + ui.px(22)}, text);
      y += ui.px(32);
    };
    const auto changes = [&](const std::vector<Change>& list) {
      for (const Change& change : list) {
        const float begin = y;
        ui.draw({x0, y}, Type::small, c.muted, place_text(ui, change.pointer), width);
        y += ui.px(19);
        const std::string text = before_text(ui, board.programme, board.index, change) + " → " +
                                 after_text(ui, board.programme, board.index, change);
        y += ui.paragraph({x0, y}, Type::body, c.text, text, width, 8) + ui.px(10);
        ui.record(Role::listitem, {x0, begin, x0 + width, y}, place_text(ui, change.pointer), text);
      }
    };
    if (chosen_ && *chosen_ < ledger.size()) {
      const Entry entry = ledger.entry(*chosen_);
      std::string who = time_text(entry.time) + " · " + entry.author;
      if (const auto city = board.index.city(entry.city)) {
        who += " · " + ui.in(board.programme.cities[*city].name);
      }
      heading(ui.in(label_of(entry.kind)));
      y += ui.paragraph({x0, y}, Type::small, c.muted, who, width) + ui.px(12);
      changes(entry.changes);
      if (!entry.reason.empty()) {
        y += ui.paragraph({x0, y}, Type::body, c.text, ui.t(Str::history_reason, {entry.reason}),
                          width) +
             ui.px(12);
      }
      y += ui.paragraph({x0, y}, Type::caption, c.muted,
                        ui.t(Str::history_hash, {entry.id.substr(0, 16)}), width) +
           ui.px(12);
      const char* label = ui.t(Str::history_as_of);
      const float button = ui.measure(Type::body, label) + ui.px(36);
      if (ui.button("as-of", {x0, y, x0 + button, y + ui.px(34)}, label)) {
        workspace.show_past = *chosen_ + 1;
        if (*chosen_ + 1 >= ledger.size()) {
          workspace.show_past.reset();
          workspace.show_present = true;
        }
      }
      y += ui.px(48);
    } else if (workspace.past) {
      if (diff_from_ != workspace.past || diff_to_ != ledger.size()) {
        diff_from_ = workspace.past;
        diff_to_ = ledger.size();
        diff_ = ledger.diff(*workspace.past, ledger.size());
      }
      heading(std::string(ui.t(Str::history_since)) + "  " + std::to_string(diff_.size()));
      if (diff_.empty()) {
        ui.say({x0, y}, Type::body, c.muted, ui.t(Str::history_since_none));
        y += ui.px(28);
      }
      constexpr std::size_t kMost = 200;
      if (diff_.size() > kMost) {
        changes({diff_.begin(), diff_.begin() + kMost});
      } else {
        changes(diff_);
      }
    }
    ImGui::SetCursorScreenPos({x0, y});
    ImGui::Dummy({1, 1});
    ImGui::EndChild();
  }

  std::string text_, ran_text_;
  std::optional<EntryKind> kind_, ran_kind_;
  std::size_t listed_ = 0;
  std::string head_;
  std::vector<std::size_t> rows_;  ///< positions in the journal
  std::array<bool, kEntryKinds.size()> kinds_{};
  std::size_t kinds_of_ = 0;
  std::optional<std::size_t> chosen_;
  std::optional<std::size_t> scroll_to_;
  std::optional<std::size_t> diff_from_;
  std::size_t diff_to_ = 0;
  std::vector<Change> diff_;
};

}  // namespace

std::unique_ptr<View> make_history_view() {
  return std::make_unique<History>();
}

}  // namespace tc::ui
