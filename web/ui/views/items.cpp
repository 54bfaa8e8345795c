#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <string>
#include <unordered_set>

#include "core/exchange/sheet_export.hpp"
#include "core/roadshow/camera.hpp"
#include "imgui_internal.h"
#include "web/ui/bulk_form.hpp"
#include "web/ui/icons.gen.hpp"
#include "web/ui/item_details.hpp"
#include "web/ui/views/view.hpp"

namespace tc::ui {

namespace {

/// The list of action items (清单): a table that narrows while one types, and one item's details.
class Items : public View {
 public:
  void draw(Ui& ui, Workspace& workspace, const Rect& area) override {
    Board& board = *workspace.board;
    if (!camera_.empty()) look(workspace);
    sort_ = workspace.query.sort;
    descending_ = workspace.query.descending;
    group_ = workspace.query.group;
    refresh(ui, workspace);
    keyboard(ui, workspace);

    const float details_width = std::clamp(details_css_width_ * ui.scale, ui.px(300),
                                           std::max(ui.px(300), area.width() * 0.6F));
    const bool details = workspace.chosen.has_value();
    // On a narrow page the details take the table's place.
    const bool over = details && area.width() < ui.px(820);
    Rect left = area;
    if (details && !over) left.x1 -= std::round(details_width);

    if (!over) {
      const float bar_bottom = toolbar(ui, workspace, left);
      const float bottom = selected_.empty() ? left.y1 : left.y1 - ui.px(56);
      table(ui, workspace, {left.x0, bar_bottom, left.x1, bottom});
      if (!selected_.empty()) selection_bar(ui, workspace, {left.x0, bottom, left.x1, left.y1});
    }
    if (bulk_.draw(ui, workspace)) selected_.clear();
    if (details) {
      const Rect pane = {over ? area.x0 : left.x1, area.y0, area.x1, area.y1};
      if (!over) splitter(ui, pane);
      const DetailsAction action =
          draw_item_details(ui, board, workspace.past ? nullptr : workspace.ledger.get(),
                            workspace.can_edit(), *workspace.chosen, pane, over);
      if (action.edit) workspace.edited = *workspace.chosen;
      if (action.close) workspace.chosen.reset();
      if (action.open_item) {
        workspace.chosen = *action.open_item;
        workspace.reveal_chosen = true;
      }
      if (action.open_url) workspace.host.open_link(*action.open_url);
    }
  }

  /// Grouping, order, and `row`, the first row in view.
  std::string camera() const override {
    roadshow::Camera camera;
    camera.emplace_back("group", kGroupNames[static_cast<std::size_t>(group_)]);
    camera.emplace_back("sort", kColumnNames[static_cast<std::size_t>(sort_)]);
    camera.emplace_back("down", descending_ ? "1" : "0");
    roadshow::put(camera, "row", std::round(static_cast<double>(row_in_view_) * 100) / 100);
    return roadshow::write_camera(camera);
  }

  void set_camera(std::string_view text) override { camera_ = roadshow::parse_camera(text); }

 private:
  static constexpr std::array<const char*, 5> kGroupNames = {"none", "area", "city", "department",
                                                             "status"};
  static constexpr std::array<const char*, kItemColumnCount> kColumnNames = {
      "code", "title", "area", "leads", "status", "start", "due", "progress"};

  /// Takes the wanted camera over.
  void look(Workspace& workspace) {
    if (const auto group = roadshow::choice_in(camera_, "group", kGroupNames)) {
      workspace.query.group = static_cast<GroupBy>(*group);
    }
    if (const auto column = roadshow::choice_in(camera_, "sort", kColumnNames)) {
      workspace.query.sort = static_cast<ItemColumn>(*column);
      workspace.query.descending = roadshow::number_in(camera_, "down").value_or(0) > 0;
      wanted_sort_ = true;
    }
    if (const auto row = roadshow::number_in(camera_, "row")) {
      wanted_row_ = static_cast<float>(std::max(0.0, *row));
      row_frames_ = 2;
    }
    camera_.clear();
  }

  /// Runs the query again when it, the board's language or the board has changed.
  void refresh(const Ui& ui, Workspace& workspace) {
    Board& board = *workspace.board;
    if (ran_ && *ran_ == workspace.query && ran_language_ == ui.language &&
        version_ == board.version) {
      return;
    }
    if (std::string_view(text_.data()) != workspace.query.text) {
      const std::size_t n = std::min(workspace.query.text.size(), text_.size() - 1);
      std::memcpy(text_.data(), workspace.query.text.data(), n);
      text_[n] = '\0';
    }
    const ItemIndex& index = board.items(ui.language, workspace.collate_in(ui.language));
    rows_ = index.run(workspace.query, board.as_of);
    ran_ = workspace.query;
    ran_language_ = ui.language;
    if (version_ != board.version) {
      version_ = board.version;
      std::erase_if(selected_, [&board](const std::string& code) {
        return !board.index.item(code).has_value();
      });
      for (const ActionItem& item : board.programme.items) {
        has_area_ |= !item.area.empty();
        has_leads_ |= !item.leads.empty();
        has_start_ |= item.start.has_value();
        has_due_ |= item.due.has_value();
        has_progress_ |= item.progress.has_value();
      }
    }
    if (workspace.chosen && row_of(*workspace.chosen) == kNoRow && !workspace.reveal_chosen) {
      workspace.chosen.reset();
    }
  }

  static constexpr std::size_t kNoRow = static_cast<std::size_t>(-1);

  std::size_t row_of(std::size_t item) const {
    const auto found = std::find_if(rows_.rows.begin(), rows_.rows.end(),
                                    [item](const ItemRow& row) { return row.item == item; });
    return found == rows_.rows.end() ? kNoRow
                                     : static_cast<std::size_t>(found - rows_.rows.begin());
  }

  /// Arrow keys walk the rows from anywhere on the page, also while typing in the search field.
  void keyboard(const Ui& ui, Workspace& workspace) {
    if (ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopup)) return;
    const bool typing = ImGui::GetIO().WantTextInput;
    if (ui.wants_search()) focus_search_ = true;
    if (!typing && ImGui::IsKeyChordPressed(ImGuiMod_Ctrl | ImGuiKey_A)) {
      for (const ItemRow& row : rows_.rows) select(workspace, row, true);
    }
    if (!typing && ImGui::IsKeyChordPressed(ImGuiMod_Ctrl | ImGuiKey_C)) copy(workspace);
    if (!typing && ImGui::IsKeyPressed(ImGuiKey_Space, false) && workspace.chosen &&
        cursor_row_ < rows_.rows.size() && rows_.rows[cursor_row_].item == *workspace.chosen) {
      const ItemRow& row = rows_.rows[cursor_row_];
      select(workspace, row, !is_selected(workspace, row));
    }
    if (ui.escape()) {
      if (!typing && !selected_.empty()) {
        selected_.clear();
      } else if (!typing && workspace.chosen) {
        workspace.chosen.reset();
      } else if (!workspace.query.text.empty()) {
        workspace.query.text.clear();
      }
    }
    // Dear ImGui's own arrow navigation would walk the filters at the same time.
    const ImGuiID owner = ImGui::GetID("rows");
    int step = 0;
    const auto take = [owner, &step](ImGuiKey key, int by) {
      ImGui::SetKeyOwner(key, owner, ImGuiInputFlags_LockThisFrame);
      if (ImGui::IsKeyPressed(key, ImGuiInputFlags_Repeat, owner)) step = by;
    };
    const int many = static_cast<int>(rows_.rows.size());
    take(ImGuiKey_DownArrow, 1);
    take(ImGuiKey_UpArrow, -1);
    take(ImGuiKey_PageDown, page_rows_);
    take(ImGuiKey_PageUp, -page_rows_);
    if (!typing) {
      take(ImGuiKey_Home, -many);
      take(ImGuiKey_End, many);
    }
    if (step == 0 || rows_.items == 0) return;
    walk(workspace, step);
  }

  void walk(Workspace& workspace, int step) {
    const auto last = static_cast<std::ptrdiff_t>(rows_.rows.size()) - 1;
    std::ptrdiff_t at = step > 0 ? -1 : last + 1;
    if (workspace.chosen) {
      if (cursor_row_ < rows_.rows.size() && rows_.rows[cursor_row_].item == *workspace.chosen) {
        at = static_cast<std::ptrdiff_t>(cursor_row_);
      } else if (const std::size_t row = row_of(*workspace.chosen); row != kNoRow) {
        at = static_cast<std::ptrdiff_t>(row);
      }
    }
    at = std::clamp<std::ptrdiff_t>(at + step, 0, last);
    const std::ptrdiff_t direction = step > 0 ? 1 : -1;
    while (at >= 0 && at <= last &&
           rows_.rows[static_cast<std::size_t>(at)].item == ItemRow::kHeading) {
      at += direction;
    }
    if (at < 0 || at > last) return;
    cursor_row_ = static_cast<std::size_t>(at);
    workspace.chosen = rows_.rows[cursor_row_].item;
    scroll_to_cursor_ = true;
  }

  // Rows that are selected besides the chosen one, for changing and copying several at once. By
  // code, as positions change with the board.

  static const std::string& code_of(const Workspace& workspace, const ItemRow& row) {
    return workspace.board->programme.items[row.item].code;
  }
  bool is_selected(const Workspace& workspace, const ItemRow& row) const {
    return !selected_.empty() && selected_.contains(code_of(workspace, row));
  }
  void select(const Workspace& workspace, const ItemRow& row, bool on) {
    if (row.item == ItemRow::kHeading) return;
    if (on) {
      selected_.insert(code_of(workspace, row));
    } else {
      selected_.erase(code_of(workspace, row));
    }
  }

  /// A click on a row as spreadsheets have it: Ctrl adds or takes away, Shift reaches from the last
  /// one, alone it opens the details.
  void click(Workspace& workspace, std::size_t row_index) {
    const ImGuiIO& io = ImGui::GetIO();
    const ItemRow& row = rows_.rows[row_index];
    if (io.KeyCtrl) {
      // The row that was open is the first of those that are meant.
      if (selected_.empty() && workspace.chosen && *workspace.chosen != row.item &&
          cursor_row_ < rows_.rows.size()) {
        select(workspace, rows_.rows[cursor_row_], true);
      }
      select(workspace, row, !is_selected(workspace, row));
    } else if (io.KeyShift) {
      const std::size_t last = rows_.rows.size() - 1;
      const std::size_t from = std::min(cursor_row_, last);
      for (std::size_t i = std::min(from, row_index); i <= std::max(from, row_index); ++i) {
        select(workspace, rows_.rows[i], true);
      }
      return;
    } else {
      selected_.clear();
      workspace.chosen = row.item;
    }
    cursor_row_ = row_index;
  }

  std::vector<std::size_t> selection(const Workspace& workspace) const {
    std::vector<std::size_t> items;
    for (const ItemRow& row : rows_.rows) {
      if (row.item != ItemRow::kHeading && is_selected(workspace, row)) items.push_back(row.item);
    }
    std::sort(items.begin(), items.end());
    items.erase(std::unique(items.begin(), items.end()), items.end());
    return items;
  }

  std::optional<PastePlace> paste_place(const Workspace& workspace) const override {
    if (hovered_columns_.empty() || hovered_row_ >= rows_.rows.size()) return std::nullopt;
    PastePlace place{hovered_columns_, {}};
    for (std::size_t r = hovered_row_; r < rows_.rows.size(); ++r) {
      if (rows_.rows[r].item != ItemRow::kHeading) {
        place.codes.push_back(code_of(workspace, rows_.rows[r]));
      }
    }
    return place;
  }

  /// Puts the selected rows, else the chosen one, on the clipboard as cells for a spreadsheet.
  void copy(const Workspace& workspace) const {
    std::vector<std::size_t> items = selection(workspace);
    if (items.empty() && workspace.chosen) items.push_back(*workspace.chosen);
    if (items.empty()) return;
    const std::string text = item_cells(workspace.board->programme, items, ran_language_);
    ImGui::SetClipboardText(text.c_str());
  }

  void selection_bar(Ui& ui, Workspace& workspace, const Rect& area) {
    workspace.will_edit = true;
    const Theme& c = ui.theme();
    const float gutter = ui.px(area.width() < ui.px(600) ? 12 : 24);
    const Rect bar = {area.x0 + gutter, area.y0, area.x1 - gutter, area.y1 - ui.px(12)};
    ui.fill(bar, c.selected, 10);
    const float mid = (bar.y0 + bar.y1) / 2;
    const std::string count = ui.t(Str::bulk_selected, {std::to_string(selected_.size())});
    ui.say({bar.x0 + ui.px(16), mid - ui.size_of(Type::strong) / 2}, Type::strong, c.text, count);
    float x = bar.x1 - ui.px(10);
    const auto button = [&](const char* id, Str text, const char* glyph, bool primary,
                            bool enabled) {
      const float width = ui.measure(Type::body, ui.t(text)) + ui.px(46);
      const Rect rect = {x - width, mid - ui.px(16), x, mid + ui.px(16)};
      x -= width + ui.px(8);
      return ui.button(id, rect, ui.t(text), glyph, primary, enabled);
    };
    if (button("clear-selection", Str::bulk_clear, icon::x, false, true)) selected_.clear();
    if (button("copy", Str::bulk_copy, icon::copy, false, true)) copy(workspace);
    if (button("bulk", Str::bulk_edit, icon::pencil, true, workspace.can_edit())) {
      bulk_.open(selection(workspace));
    }
  }

  float toolbar(Ui& ui, Workspace& workspace, const Rect& area) {
    const Board& board = *workspace.board;
    const Theme& c = ui.theme();
    ItemQuery& query = workspace.query;
    const float gutter = ui.px(area.width() < ui.px(600) ? 12 : 24);
    const float right = area.x1 - gutter;
    float x = area.x0 + gutter;
    float y = area.y0 + ui.px(16);
    const float row = ui.px(38);

    // Search, grouping and the count.
    const std::vector<std::string_view> groups = {
        ui.t(Str::group_none), ui.t(Str::group_area), ui.t(Str::group_city),
        ui.t(Str::group_department), ui.t(Str::group_status)};
    const float groups_width = ui.segmented_width(groups);
    const float search_width =
        std::clamp(area.width() - 2 * gutter - groups_width - ui.px(workspace.can_edit() ? 70 : 16),
                   ui.px(180), ui.px(380));
    search(ui, workspace, {x, y, std::min(x + search_width, right), y + ui.px(34)});
    const bool fits = x + search_width + ui.px(16) + groups_width <= right;
    if (!fits) y += row + ui.px(2);
    if (workspace.can_edit()) {
      const char* add = ui.t(Str::items_new);
      const float add_width = ui.measure(Type::body, add) + ui.px(44);
      const float add_x = std::min(x + search_width, right) + ui.px(12);
      const float limit = fits ? right - groups_width - ui.px(12) : right;
      if (add_x + add_width <= limit) {
        if (ui.button("new", {add_x, area.y0 + ui.px(16), add_x + add_width, area.y0 + ui.px(50)},
                      add, icon::plus)) {
          workspace.new_item = true;
        }
      } else if (add_x + ui.px(34) <= limit &&
                 ui.icon_button("new", {add_x + ui.px(17), area.y0 + ui.px(33)}, icon::plus, add)) {
        workspace.new_item = true;
      }
    }
    const int group = ui.segmented("group", {fits ? right - groups_width : x, y + ui.px(2)}, groups,
                                   static_cast<int>(query.group));
    if (group >= 0) query.group = static_cast<GroupBy>(group);

    // Filters: statuses, cities, late, and what a click elsewhere has set.
    y += row + ui.px(4);
    float width = 0;
    const auto advance = [&](float wanted) {
      if (x + wanted > right && x > area.x0 + gutter) {
        x = area.x0 + gutter;
        y += ui.chip_height() + ui.px(8);
      }
    };
    for (Status status : kStatuses) {
      const std::size_t count = board.summary.items[status];
      if (count == 0) continue;
      const std::string label = ui.in(label_of(status)) + " " + std::to_string(count);
      advance(ui.measure(Type::small, label) + ui.px(46));
      ImGui::PushID(static_cast<int>(status));
      const bool on = query.status == status;
      if (ui.chip("status", {x, y}, label, on, width, &status)) {
        query.status = on ? std::nullopt : std::optional(status);
      }
      ImGui::PopID();
      x += width + ui.px(8);
    }
    for (std::size_t i = 0; i < board.programme.cities.size(); ++i) {
      if (board.summary.by_city[i].total() == 0) continue;
      const std::string& label = ui.in(board.programme.cities[i].name);
      advance(ui.measure(Type::small, label) + ui.px(24));
      ImGui::PushID(static_cast<int>(i));
      const bool on = query.city == i;
      if (ui.chip("city", {x, y}, label, on, width)) {
        query.city = on ? std::nullopt : std::optional(i);
      }
      ImGui::PopID();
      x += width + ui.px(8);
    }
    if (!board.summary.late.empty() || query.late_only) {
      advance(ui.measure(Type::small, ui.t(Str::filter_late)) + ui.px(24));
      if (ui.chip("late", {x, y}, ui.t(Str::filter_late), query.late_only, width)) {
        query.late_only = !query.late_only;
      }
      x += width + ui.px(8);
    }
    const auto removable = [&](const char* id, const std::string& name) {
      const std::string label = name + "  ×";
      advance(ui.measure(Type::small, label) + ui.px(24));
      const bool clicked = ui.chip(id, {x, y}, label, true, width);
      x += width + ui.px(8);
      return clicked;
    };
    if (query.area) {
      const bool none = *query.area >= board.programme.areas.size();
      if (removable("area", none ? std::string(ui.t(Str::not_stated))
                                 : ui.in(board.programme.areas[*query.area].title))) {
        query.area.reset();
      }
    }
    if (query.department &&
        removable("department", ui.in(board.programme.departments[*query.department].name))) {
      query.department.reset();
    }
    const std::string count =
        ui.t(Str::items_count,
             {std::to_string(rows_.items), std::to_string(board.programme.items.size())});
    advance(ui.measure(Type::small, count) + ui.px(4));
    if (x < right) {
      ui.record(Role::status, {x, y, right, y + ui.chip_height()}, count);
      ui.draw({right - ui.measure(Type::small, count),
               y + (ui.chip_height() - ui.size_of(Type::small)) / 2},
              Type::small, c.muted, count);
    }
    return y + ui.chip_height() + ui.px(12);
  }

  void search(Ui& ui, Workspace& workspace, const Rect& rect) {
    const Theme& c = ui.theme();
    ui.fill(rect, c.surface, 7);
    ui.icon({rect.x0 + ui.px(18), (rect.y0 + rect.y1) / 2}, 16, c.muted, icon::search);
    ImGui::SetCursorScreenPos({rect.x0 + ui.px(30), rect.y0});
    ImGui::SetNextItemWidth(rect.width() - ui.px(64));
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding,
                        {ui.px(4), (rect.height() - ui.size_of(Type::body)) / 2});
    ImGui::PushStyleColor(ImGuiCol_FrameBg, 0U);
    ImGui::PushStyleColor(ImGuiCol_FrameBgHovered, 0U);
    ImGui::PushStyleColor(ImGuiCol_FrameBgActive, 0U);
    ImGui::PushStyleColor(ImGuiCol_NavCursor, 0U);
    if (focus_search_) ImGui::SetKeyboardFocusHere();
    focus_search_ = false;
    const ImGuiID own = ImGui::GetID("##search");
    std::string given;
    bool changed = ui.asked_text(own, given);
    if (changed) {
      text_.fill('\0');
      given.copy(text_.data(), text_.size() - 1);
    }
    changed |=
        ImGui::InputTextWithHint("##search", ui.t(Str::items_search), text_.data(), text_.size());
    const bool active = ImGui::IsItemActive();
    ui.asked();
    ui.acts_for(rect, own);
    const bool focused = ImGui::IsItemFocused();
    ImGui::PopStyleColor(4);
    ImGui::PopStyleVar();
    if (changed) workspace.query.text = text_.data();
    ui.frame(rect, active || focused ? c.accent : c.line_strong, 7);
    if (Node* node = ui.record(Role::textbox, rect, ui.t(Str::items_search), text_.data())) {
      node->focused = active;
    }
    if (!workspace.query.text.empty() &&
        ui.icon_button("clear", {rect.x1 - ui.px(18), (rect.y0 + rect.y1) / 2}, icon::x,
                       ui.t(Str::clear))) {
      workspace.query.text.clear();
      text_[0] = '\0';
      ImGui::ClearActiveID();
    }
  }

  void splitter(Ui& ui, const Rect& pane) {
    const Rect handle = {pane.x0 - ui.px(4), pane.y0, pane.x0 + ui.px(4), pane.y1};
    ImGui::SetCursorScreenPos(handle.min());
    ImGui::InvisibleButton("splitter", {handle.width(), handle.height()});
    if (ImGui::IsItemHovered() || ImGui::IsItemActive()) {
      ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
      ui.fill({pane.x0 - ui.px(1), pane.y0, pane.x0 + ui.px(1), pane.y1}, ui.theme().accent);
    }
    if (ImGui::IsItemActive()) {
      details_css_width_ =
          std::clamp(details_css_width_ - ImGui::GetIO().MouseDelta.x / ui.scale, 300.0F, 900.0F);
    }
  }

  struct Column {
    ItemColumn id;
    Str title;
    float css_width;  ///< 0: takes what is left
    bool shown;
  };

  void table(Ui& ui, Workspace& workspace, const Rect& area) {
    const Board& board = *workspace.board;
    const Theme& c = ui.theme();
    const float gutter = ui.px(area.width() < ui.px(600) ? 12 : 24);
    const Rect frame = {area.x0 + gutter, area.y0, area.x1 - gutter, area.y1 - ui.px(16)};
    if (frame.height() < ui.px(80) || frame.width() < ui.px(80)) return;
    ui.fill(frame, c.surface, 10);
    if (rows_.items == 0) {
      ui.frame(frame, c.line, 10);
      const char* none =
          ui.t(board.programme.items.empty() ? Str::items_none : Str::items_no_match);
      const float width = ui.measure(Type::body, none);
      ui.say({(frame.x0 + frame.x1 - width) / 2, frame.y0 + ui.px(64)}, Type::body, c.muted, none);
      return;
    }

    const std::array<Column, kItemColumnCount> columns = fitting_columns(ui, frame.width());

    ImGui::SetCursorScreenPos({frame.x0 + ui.hairline(), frame.y0 + ui.hairline()});
    const ImGuiTableFlags flags = ImGuiTableFlags_Sortable | ImGuiTableFlags_Resizable |
                                  ImGuiTableFlags_Reorderable | ImGuiTableFlags_Hideable |
                                  ImGuiTableFlags_ScrollY | ImGuiTableFlags_BordersInnerH |
                                  ImGuiTableFlags_SizingFixedFit | ImGuiTableFlags_PadOuterX |
                                  ImGuiTableFlags_NoBordersInBodyUntilResize;
    ImGui::PushID(ui.language == Language::zh ? "zh" : "en");
    // Rows touch: otherwise a row's highlight would reach into its neighbours.
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {ui.px(8), 0});
    const bool open =
        ImGui::BeginTable("items", static_cast<int>(columns.size()), flags,
                          {frame.width() - 2 * ui.hairline(), frame.height() - 2 * ui.hairline()});
    if (open) {
      rows(ui, workspace, columns);
      ImGui::EndTable();
    }
    ImGui::PopStyleVar();
    ImGui::PopID();
    ui.frame(frame, c.line, 10);
  }

  /// The columns that have something to say and leave the titles enough room, the most telling
  /// ones first.
  std::array<Column, kItemColumnCount> fitting_columns(const Ui& ui, float width) const {
    const bool phone = width < ui.px(600);
    std::array<Column, kItemColumnCount> columns = {{
        {ItemColumn::code, Str::column_code, 88, false},
        {ItemColumn::title, Str::column_title, 0, true},
        // On a phone its mark alone, which leaves the titles the rest.
        {ItemColumn::status, Str::column_status, phone ? 56.0F : 150.0F, false},
        {ItemColumn::area, Str::column_area, 140, false},
        {ItemColumn::leads, Str::column_leads, 210, false},
        {ItemColumn::start, Str::column_start, 108, false},
        {ItemColumn::due, Str::column_due, 132, false},
        {ItemColumn::progress, Str::column_progress, 120, false},
    }};
    const float title_width = phone ? 150.0F : 280.0F;
    constexpr float kPadding = 20;
    float left = width / ui.scale - title_width - kPadding;
    const auto show = [&](ItemColumn id, bool useful) {
      Column& column = *std::find_if(columns.begin(), columns.end(),
                                     [id](const Column& entry) { return entry.id == id; });
      if (!useful || left < column.css_width + kPadding) return;
      left -= column.css_width + kPadding;
      column.shown = true;
    };
    show(ItemColumn::status, true);
    show(ItemColumn::due, has_due_);
    show(ItemColumn::code, true);
    show(ItemColumn::leads, has_leads_);
    show(ItemColumn::progress, has_progress_);
    show(ItemColumn::area, has_area_);
    show(ItemColumn::start, has_start_);
    return columns;
  }

  void header(Ui& ui, const Workspace& workspace,
              const std::array<Column, kItemColumnCount>& columns) {
    const Theme& c = ui.theme();
    const float height = ui.px(38);
    ImGui::TableNextRow(ImGuiTableRowFlags_Headers, height);
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (!columns[i].shown || !ImGui::TableSetColumnIndex(static_cast<int>(i))) continue;
      const ImVec2 at = ImGui::GetCursorScreenPos();
      const float room = ImGui::GetContentRegionAvail().x;
      const char* title = ui.t(columns[i].title);
      const bool sorted = workspace.query.sort == columns[i].id;
      // Dear ImGui's header senses clicks, drags and the menu; label and arrow are our own.
      ImGui::PushStyleColor(ImGuiCol_Text, 0U);
      ImGui::PushID(static_cast<int>(i));
      ImGui::TableHeader("##header");
      const Rect whole = {at.x, at.y, at.x + room, at.y + height};
      ui.acts_for(whole, ImGui::GetItemID());
      if (ui.asked()) {
        ImGui::TableSetColumnSortDirection(static_cast<int>(i),
                                           sorted && !workspace.query.descending
                                               ? ImGuiSortDirection_Descending
                                               : ImGuiSortDirection_Ascending,
                                           false);
      }
      ImGui::PopID();
      ImGui::PopStyleColor();
      const float mid = at.y + height / 2;
      const float width = ui.draw({at.x, mid - ui.size_of(Type::small) / 2}, Type::small,
                                  sorted ? c.text : c.muted, title, room - ui.px(18));
      if (sorted) {
        ui.icon({at.x + width + ui.px(11), mid}, 14, c.accent,
                workspace.query.descending ? icon::arrow_down : icon::arrow_up);
      }
      ui.record(Role::columnheader, whole, title,
                !sorted                      ? ""
                : workspace.query.descending ? "descending"
                                             : "ascending");
    }
  }

  void rows(Ui& ui, Workspace& workspace, const std::array<Column, kItemColumnCount>& columns) {
    Board& board = *workspace.board;
    const Theme& c = ui.theme();
    for (const Column& column : columns) {
      ImGuiTableColumnFlags flags = column.css_width > 0 ? ImGuiTableColumnFlags_WidthFixed
                                                         : ImGuiTableColumnFlags_WidthStretch;
      if (!column.shown) flags |= ImGuiTableColumnFlags_Disabled;
      if (column.id == ItemColumn::code) flags |= ImGuiTableColumnFlags_DefaultSort;
      if (column.id == ItemColumn::title) flags |= ImGuiTableColumnFlags_NoHide;
      ImGui::TableSetupColumn(ui.t(column.title), flags,
                              column.css_width > 0 ? ui.px(column.css_width) : 1.0F,
                              static_cast<ImGuiID>(column.id));
    }
    ImGui::TableSetupScrollFreeze(0, 1);
    if (wanted_sort_) {
      wanted_sort_ = false;
      for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i].id != workspace.query.sort) continue;
        ImGui::TableSetColumnSortDirection(static_cast<int>(i),
                                           workspace.query.descending
                                               ? ImGuiSortDirection_Descending
                                               : ImGuiSortDirection_Ascending,
                                           false);
      }
    }
    if (ImGuiTableSortSpecs* specs = ImGui::TableGetSortSpecs();
        specs != nullptr && specs->SpecsDirty && specs->SpecsCount > 0) {
      workspace.query.sort = static_cast<ItemColumn>(specs->Specs[0].ColumnUserID);
      workspace.query.descending = specs->Specs[0].SortDirection == ImGuiSortDirection_Descending;
      specs->SpecsDirty = false;
    }
    header(ui, workspace, columns);

    const float row_height = ui.px(42);
    if (workspace.reveal_chosen && workspace.chosen) {
      const std::size_t row = row_of(*workspace.chosen);
      if (row != kNoRow) {
        cursor_row_ = row;
        scroll_to_cursor_ = true;
      }
      workspace.reveal_chosen = false;
    }
    const float view_height = ImGui::GetWindowHeight() - ui.px(38);
    if (row_frames_ > 0) {
      --row_frames_;
      ImGui::SetScrollY(std::round(wanted_row_ * row_height));
    }
    row_in_view_ = ImGui::GetScrollY() / row_height;
    page_rows_ = std::max(1, static_cast<int>(view_height / row_height) - 1);
    if (scroll_to_cursor_) {
      scroll_to_cursor_ = false;
      const float top = static_cast<float>(cursor_row_) * row_height;
      const float scroll = ImGui::GetScrollY();
      if (top < scroll) {
        ImGui::SetScrollY(std::max(0.0F, top - row_height));
      } else if (top + row_height > scroll + view_height) {
        ImGui::SetScrollY(top + row_height - view_height);
      }
    }

    hovered_columns_.clear();
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(rows_.rows.size()), row_height);
    while (clipper.Step()) {
      for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
        const ItemRow& row = rows_.rows[static_cast<std::size_t>(i)];
        ImGui::TableNextRow(ImGuiTableRowFlags_None, row_height);
        if (row.item == ItemRow::kHeading) {
          heading_row(ui, workspace, row, row_height);
        } else {
          item_row(ui, workspace, static_cast<std::size_t>(i), row_height, columns, board, c);
        }
      }
    }
  }

  void heading_row(Ui& ui, const Workspace& workspace, const ItemRow& row, float height) const {
    const Theme& c = ui.theme();
    ImGui::TableSetBgColor(ImGuiTableBgTarget_RowBg0, c.sunken);
    for (int column = 0; column < static_cast<int>(kItemColumnCount); ++column) {
      if (!ImGui::TableSetColumnIndex(column)) continue;
      const ImVec2 at = ImGui::GetCursorScreenPos();
      ImGuiTable* table = ImGui::GetCurrentTable();
      ImGui::PushClipRect(table->InnerClipRect.Min, table->InnerClipRect.Max, false);
      const std::string name = group_name(ui, workspace, row.group);
      const float y = at.y + (height - ui.size_of(Type::strong)) / 2;
      const float width = ui.draw({at.x, y}, Type::strong, c.text, name);
      ui.draw({at.x + width + ui.px(8), y}, Type::body, c.muted, std::to_string(row.count));
      ui.record(Role::heading, {at.x, at.y, at.x + width + ui.px(40), at.y + height}, name,
                std::to_string(row.count));
      ImGui::PopClipRect();
      break;
    }
  }

  static std::string group_name(const Ui& ui, const Workspace& workspace, std::size_t group) {
    const Programme& programme = workspace.board->programme;
    const auto named = [&](const auto& list, auto name) -> std::string {
      return group < list.size() ? ui.in(name(list[group])) : ui.t(Str::not_stated);
    };
    switch (workspace.query.group) {
      case GroupBy::area:
        return named(programme.areas, [](const Area& a) -> const Text& { return a.title; });
      case GroupBy::city:
        return named(programme.cities, [](const City& a) -> const Text& { return a.name; });
      case GroupBy::department:
        return named(programme.departments,
                     [](const Department& a) -> const Text& { return a.name; });
      case GroupBy::status:
        return named(kStatuses, [](Status s) -> const Text& { return label_of(s); });
      case GroupBy::nothing:
        break;
    }
    return {};
  }

  void item_row(Ui& ui, Workspace& workspace, std::size_t row_index, float height,
                const std::array<Column, kItemColumnCount>& columns, const Board& board,
                const Theme& c) {
    const ItemRow& row = rows_.rows[row_index];
    const ActionItem& item = board.programme.items[row.item];
    const bool chosen = workspace.chosen == row.item;
    const bool late = is_late(item, board.as_of);
    const bool selected = is_selected(workspace, row);
    if (chosen || selected) ImGui::TableSetBgColor(ImGuiTableBgTarget_RowBg0, c.selected);
    ImGui::PushID(static_cast<int>(row_index));
    bool first = true;
    for (std::size_t k = 0; k < columns.size(); ++k) {
      if (!columns[k].shown || !ImGui::TableSetColumnIndex(static_cast<int>(k))) continue;
      const ImVec2 at = ImGui::GetCursorScreenPos();
      const float room = ImGui::GetContentRegionAvail().x;
      if (first) {
        first = false;
        ImGui::Selectable("##row", chosen,
                          ImGuiSelectableFlags_SpanAllColumns | ImGuiSelectableFlags_AllowOverlap,
                          {0, height});
        const bool asked = ui.asked();
        if (ImGui::IsItemClicked() || asked) {
          click(workspace, row_index);
        } else if (ImGui::IsItemFocused() && ImGui::IsKeyPressed(ImGuiKey_Enter, false)) {
          workspace.chosen = row.item;
          cursor_row_ = row_index;
        }
        const ImRect bounds = ImGui::GetCurrentContext()->LastItemData.Rect;
        // A row records as one node with its cells in the value, so that a reader hears one line.
        std::string spoken = ui.in(label_of(item.status));
        if (item.due) spoken += " · " + date_text(*item.due);
        if (late) {
          spoken += " · ";
          spoken += ui.t(Str::filter_late);
        }
        const ImRect inner = ImGui::GetCurrentTable()->InnerClipRect;
        ImGui::PushClipRect(inner.Min, inner.Max, false);
        const Rect line = {bounds.Min.x, bounds.Min.y, bounds.Max.x, bounds.Max.y};
        ui.acts_for(line, ImGui::GetItemID());
        if (Node* node = ui.record(Role::row, line, item.code + " " + ui.in(item.title), spoken)) {
          node->selected = chosen || selected;
          node->row = static_cast<std::uint32_t>(row_index + 1);
          node->rows = static_cast<std::uint32_t>(rows_.rows.size());
        }
        ImGui::PopClipRect();
        if (selected) {
          ui.fill({bounds.Min.x, bounds.Min.y + ui.px(4), bounds.Min.x + ui.px(3),
                   bounds.Max.y - ui.px(4)},
                  c.accent, 2);
        }
      }
      cell(ui, board, item, columns[k].id, at, room, height, late);
      const float slack = ImGui::GetStyle().CellPadding.x;
      if (ImGui::IsMouseHoveringRect({at.x - slack, at.y}, {at.x + room + slack, at.y + height}) &&
          ImGui::IsWindowHovered(ImGuiHoveredFlags_AllowWhenBlockedByActiveItem)) {
        hovered_row_ = row_index;
        hovered_columns_.clear();
        for (std::size_t later = k; later < columns.size(); ++later) {
          if (columns[later].shown) hovered_columns_.push_back(columns[later].id);
        }
      }
    }
    ImGui::PopID();
  }

  static void cell(Ui& ui, const Board& board, const ActionItem& item, ItemColumn column, ImVec2 at,
                   float room, float height, bool late) {
    const Theme& c = ui.theme();
    const float text_y = at.y + std::round((height - ui.size_of(Type::body)) / 2);
    const float small_y = at.y + std::round((height - ui.size_of(Type::small)) / 2);
    const auto absent = [&] { ui.draw({at.x, text_y}, Type::body, c.muted, "—"); };
    switch (column) {
      case ItemColumn::code:
        ui.draw({at.x, small_y}, Type::small, c.muted, item.code, room);
        break;
      case ItemColumn::title:
        ui.draw({at.x, text_y}, Type::body, c.text, ui.in(item.title), room);
        break;
      case ItemColumn::status: {
        ui.mark({at.x + ui.px(7), at.y + height / 2}, 14, item.status);
        if (room > ui.px(60)) {
          ui.draw({at.x + ui.px(22), text_y}, Type::body, c.text, ui.in(label_of(item.status)),
                  room - ui.px(22));
        }
        break;
      }
      case ItemColumn::area: {
        const auto area = board.index.area(item.area);
        if (!area) return absent();
        ui.draw({at.x, text_y}, Type::body, c.text, ui.in(board.programme.areas[*area].title),
                room);
        break;
      }
      case ItemColumn::leads: {
        if (item.leads.empty()) return absent();
        float x = at.x;
        for (std::size_t i = 0; i < item.leads.size() && x < at.x + room; ++i) {
          const auto department = board.index.department(item.leads[i]);
          if (!department) continue;
          const Department& lead = board.programme.departments[*department];
          const auto city = board.index.city(lead.city);
          if (city) {
            ui.city_tag({x, at.y + (height - ui.city_tag_size()) / 2}, *city,
                        board.programme.cities[*city].name);
            x += ui.city_tag_size() + ui.px(6);
          }
          const float left = at.x + room - x;
          if (left < ui.px(24)) break;
          // Two leads share the cell evenly.
          const float share =
              i + 1 < item.leads.size() ? std::max(ui.px(24), left * 0.5F - ui.px(12)) : left;
          x += ui.draw({x, small_y}, Type::small, c.text, board.short_name(lead, ui.language),
                       share) +
               ui.px(10);
        }
        break;
      }
      case ItemColumn::start:
        if (!item.start) return absent();
        ui.draw({at.x, text_y}, Type::body, c.text, date_text(*item.start), room);
        break;
      case ItemColumn::due: {
        if (!item.due) return absent();
        const float width = ui.draw({at.x, text_y}, Type::body, late ? c.warning : c.text,
                                    date_text(*item.due), room);
        if (late) ui.late_mark({at.x + width + ui.px(14), at.y + height / 2}, 15);
        break;
      }
      case ItemColumn::progress: {
        if (!item.progress) return absent();
        const std::string percent = number_text(std::round(*item.progress)) + "%";
        const float number = ui.px(42);
        ui.progress_bar({at.x, at.y + height / 2 - ui.px(3), at.x + room - number,
                         at.y + height / 2 + ui.px(3)},
                        *item.progress / 100, ui.theme().of(item.status));
        ui.draw({at.x + room - ui.measure(Type::small, percent), small_y}, Type::small, c.text,
                percent);
        break;
      }
    }
  }

  ItemRows rows_;
  std::optional<ItemQuery> ran_;
  Language ran_language_ = Language::zh;
  std::array<char, 256> text_{};
  std::unordered_set<std::string> selected_;  ///< codes
  BulkForm bulk_;
  std::size_t cursor_row_ = 0;
  std::size_t hovered_row_ = 0;
  std::vector<ItemColumn> hovered_columns_;  ///< from the cell under the mouse on; empty: none is
  int page_rows_ = 10;
  bool scroll_to_cursor_ = false;
  roadshow::Camera camera_;  ///< wanted
  bool wanted_sort_ = false;
  float wanted_row_ = 0;
  int row_frames_ = 0;
  float row_in_view_ = 0;
  ItemColumn sort_ = ItemColumn::code;
  bool descending_ = false;
  GroupBy group_ = GroupBy::nothing;
  bool focus_search_ = false;
  std::size_t version_ = 0;  ///< of the board that the rows are of
  bool has_area_ = false, has_leads_ = false, has_start_ = false, has_due_ = false,
       has_progress_ = false;
  float details_css_width_ = 420;
};

}  // namespace

std::unique_ptr<View> make_items() {
  return std::make_unique<Items>();
}

}  // namespace tc::ui
