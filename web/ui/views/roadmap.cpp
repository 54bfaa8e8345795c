#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "core/roadshow/camera.hpp"
#include "imgui_internal.h"
#include "web/ui/icons.gen.hpp"
#include "web/ui/item_details.hpp"
#include "web/ui/time_axis.hpp"
#include "web/ui/views/view.hpp"

namespace tc::ui {

namespace {

/// The roadmap (路线图): a Gantt chart of the computed schedule. Dragging a bar is a trial: it
/// shows what would move, and changes nothing in the board.
class Roadmap : public View {
 public:
  void draw(Ui& ui, Workspace& workspace, const Rect& area) override {
    Board& board = *workspace.board;
    if (version_ != board.version) prepare(board);
    const bool details = workspace.chosen.has_value() && area.width() >= ui.px(1100);
    Rect left = area;
    if (details) left.x1 -= ui.px(400);

    const float top = toolbar(ui, workspace, left);
    if (!first_) {
      ui.paragraph({left.x0 + ui.px(24), top + ui.px(32)}, Type::body, ui.theme().muted,
                   ui.t(Str::roadmap_no_dates), std::min(ui.px(560), left.width() - ui.px(48)));
    } else {
      chart(ui, workspace, {left.x0, top, left.x1, left.y1});
    }
    if (details) {
      const DetailsAction action = draw_item_details(
          ui, board, workspace.past ? nullptr : workspace.ledger.get(), workspace.can_edit(),
          *workspace.chosen, {left.x1, area.y0, area.x1, area.y1}, false);
      if (action.edit) workspace.edited = *workspace.chosen;
      if (action.close) workspace.chosen.reset();
      if (action.open_item) {
        workspace.chosen = *action.open_item;
        workspace.reveal_chosen = true;
      }
      if (action.open_url) workspace.host.open_link(*action.open_url);
    }
  }

  /// `from` and `to` are days as `Date` counts them, `row` the first row in view.
  std::string camera() const override {
    if (!first_) return {};
    roadshow::Camera camera;
    roadshow::put(camera, "from", axis_.first_day());
    roadshow::put(camera, "to", axis_.last_day());
    roadshow::put(camera, "row", std::round(static_cast<double>(row_in_view_) * 100) / 100);
    return roadshow::write_camera(camera);
  }

  void set_camera(std::string_view text) override {
    camera_ = roadshow::parse_camera(text);
    camera_frames_ = camera_.empty() ? 0 : 2;  // the first frame doesn't know how far it can scroll
  }

 private:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  /// A line of the chart: a lane's heading (an area) or one of its items.
  struct Row {
    std::size_t item = kNone;
    std::size_t lane = 0;
  };
  enum class Grip { none, body, start, finish };

  void prepare(Board& board) {
    version_ = board.version;
    schedule_ = board.schedule();
    plan_ = schedule_;
    moved_.clear();
    affected_ = 0;
    first_.reset();
    last_.reset();
    const auto see = [this](const std::optional<Date>& date) {
      if (!date) return;
      if (!first_ || *date < *first_) first_ = date;
      if (!last_ || *last_ < *date) last_ = date;
    };
    for (const ItemSchedule& item : plan_.items) {
      see(item.baseline_start);
      see(item.baseline_finish);
      see(item.start);
      see(item.finish);
    }
    if (first_) {
      see(board.as_of);
      first_ = *first_ - 3;
      last_ = *last_ + 3;
    }
    lay_out(board);
  }

  void lay_out(const Board& board) {
    const std::vector<ActionItem>& items = board.programme.items;
    const std::size_t lanes = board.programme.areas.size() + 1;
    collapsed_.resize(lanes, false);
    std::vector<std::vector<std::size_t>> by_lane(lanes);
    for (std::size_t i = 0; i < items.size(); ++i) {
      by_lane[board.index.area(items[i].area).value_or(lanes - 1)].push_back(i);
    }
    rows_.clear();
    row_of_.assign(items.size(), kNone);
    lane_count_.assign(lanes, 0);
    // What was planned to begin first stands first; what has no dates comes last.
    std::vector<std::int32_t> begin(items.size());
    for (std::size_t i = 0; i < items.size(); ++i) {
      const ItemSchedule& item = plan_.items[i];
      const std::optional<Date> date = item.start ? item.start : item.finish;
      begin[i] = date ? date->days : std::numeric_limits<std::int32_t>::max();
    }
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      std::vector<std::size_t>& members = by_lane[lane];
      lane_count_[lane] = members.size();
      if (members.empty()) continue;
      std::stable_sort(members.begin(), members.end(),
                       [&begin](std::size_t a, std::size_t b) { return begin[a] < begin[b]; });
      if (lanes > 1) rows_.push_back({kNone, lane});
      if (collapsed_[lane]) continue;
      for (std::size_t item : members) {
        row_of_[item] = rows_.size();
        rows_.push_back({item, lane});
      }
    }
  }

  // ------------------------------------------------------------------ bar above the chart

  float toolbar(Ui& ui, Workspace& workspace, const Rect& area) {
    const Theme& c = ui.theme();
    const float gutter = ui.px(area.width() < ui.px(600) ? 12 : 24);
    const float right = area.x1 - gutter;
    float x = area.x0 + gutter;
    float y = area.y0 + ui.px(14);
    if (first_) {
      std::string finish;
      if (schedule_.finish) {
        const std::string date = date_text(*schedule_.finish);
        finish = schedule_.unscheduled > 0 ? ui.t(Str::roadmap_finish_at_least,
                                                  {date, std::to_string(schedule_.unscheduled)})
                                           : ui.t(Str::roadmap_finish, {date});
      }
      const float room = right - ui.px(3 * 38) - x;  // the zoom buttons are on the right
      const float title = ui.draw({x, y + ui.px(6)}, Type::title, c.text, finish, room);
      float below = 0;
      ui.record(Role::heading, {x, y, x + title, y + ui.px(24)}, finish);
      if (schedule_.slip) {
        const int slip = *schedule_.slip;
        const std::string text = slip_text(ui, slip);
        float width = 0;
        ImVec2 at = {x + title + ui.px(12), y + ui.px(3)};
        if (title + ui.px(12) + ui.tag_width(text) > room) {
          at = {x, y + ui.px(32)};
          below = ui.px(26);
        }
        ui.tag(at, text, slip > 0 ? c.warning : c.muted, slip > 0 ? c.warning_soft : c.sunken,
               width);
      }
      // Zoom buttons on the right.
      float bx = right - ui.px(17);
      const auto zoom_button = [&](const char* id, const char* glyph, Str name) {
        const bool clicked = ui.icon_button(id, {bx, y + ui.px(15)}, glyph, ui.t(name));
        bx -= ui.px(38);
        return clicked;
      };
      if (zoom_button("fit", icon::maximize_2, Str::roadmap_fit)) fit_ = true;
      if (zoom_button("in", icon::zoom_in, Str::roadmap_zoom_in)) zoom_ = 1.5;
      if (zoom_button("out", icon::zoom_out, Str::roadmap_zoom_out)) zoom_ = 1 / 1.5;
      y += ui.px(40) + below;
      const auto toggle = [&](const char* id, Str name, bool& on) {
        float width = ui.chip_width(ui.t(name));
        if (x + width > right && x > area.x0 + gutter) {
          x = area.x0 + gutter;
          y += ui.chip_height() + ui.px(6);
        }
        if (ui.chip(id, {x, y}, ui.t(name), on, width)) on = !on;
        x += width + ui.px(8);
      };
      toggle("critical", Str::roadmap_show_critical, show_critical_);
      toggle("links", Str::roadmap_show_links, show_links_);
      toggle("baseline", Str::roadmap_show_baseline, show_baseline_);
      toggle("float", Str::roadmap_show_float, show_float_);
      if (trial()) trial_note(ui, workspace, x, y, right);
      y += ui.chip_height() + ui.px(12);
    }
    return y;
  }

  bool trial() const { return !moved_.empty(); }

  void trial_note(Ui& ui, Workspace& workspace, float x, float y, float right) {
    workspace.will_edit = true;
    const Theme& c = ui.theme();
    const char* reset = ui.t(Str::roadmap_reset);
    const float button = ui.measure(Type::body, reset) + ui.px(52);
    const bool same = schedule_.finish == plan_.finish;
    const std::string text =
        ui.t(Str::roadmap_trial,
             {std::to_string(affected_),
              same || !schedule_.finish
                  ? std::string(ui.t(Str::roadmap_trial_finish_same))
                  : ui.t(Str::roadmap_trial_finish, {date_text(*schedule_.finish)})});
    float left_of = right - button;
    if (workspace.can_edit()) {
      const char* keep = ui.t(Str::roadmap_keep);
      const float width = ui.measure(Type::body, keep) + ui.px(52);
      left_of -= width + ui.px(8);
      if (ui.button("keep", {left_of, y - ui.px(2), left_of + width, y + ui.px(32)}, keep,
                    icon::check, true)) {
        keep_trial(workspace);
      }
    }
    ui.say({x + ui.px(12), y + ui.px(8)}, Type::body, c.accent, text,
           std::max(ui.px(40), left_of - ui.px(24) - x));
    if (ui.button("reset", {right - button, y - ui.px(2), right, y + ui.px(32)}, reset,
                  icon::rotate_ccw)) {
      reset_trial(*workspace.board);
    }
  }

  /// The dates of the bars that were dragged become the plan; what follows from them is computed.
  void keep_trial(Workspace& workspace) {
    Ledger* ledger = workspace.journal();
    if (ledger == nullptr) return;
    std::vector<Change> changes;
    for (std::size_t item : moved_) {
      const ActionItem& was = workspace.board->programme.items[item];
      const Schedule::Planned& now = schedule_.planned[item];
      const std::string base = child("/items", was.code);
      const auto change = [&](const char* name, const std::optional<Date>& before,
                              const std::optional<Date>& after) {
        if (before == after || !after) return;
        changes.push_back(ledger->change(child(base, name), format_date(*after)));
      };
      change("start", was.start, now.start);
      change("due", was.due, now.due);
      for (const Milestone& milestone : was.milestones) {
        // They move with their item's start, as the schedule has it.
        if (!milestone.due || milestone.finished || !was.start || !now.start) continue;
        const int days = *now.start - *was.start;
        if (days == 0) continue;
        changes.push_back(
            ledger->change(child(child(child(base, "milestones"), milestone.id), "due"),
                           format_date(*milestone.due + days)));
      }
    }
    workspace.propose(std::move(changes));
  }

  void reset_trial(const Board& board) {
    moved_.clear();
    affected_ = 0;
    schedule_ = plan_;
    lay_out(board);
  }

  static std::string slip_text(const Ui& ui, int slip) {
    if (slip == 0) return ui.t(Str::roadmap_on_plan);
    return ui.t(slip > 0 ? Str::roadmap_slip : Str::roadmap_ahead,
                {std::to_string(std::abs(slip))});
  }

  // ------------------------------------------------------------------ the chart

  void chart(Ui& ui, Workspace& workspace, const Rect& area) {
    const Theme& c = ui.theme();
    Board& board = *workspace.board;
    const float gutter = ui.px(area.width() < ui.px(600) ? 12 : 24);
    const Rect frame = {area.x0 + gutter, area.y0, area.x1 - gutter, area.y1 - ui.px(16)};
    const float header = ui.px(46);
    // On a phone held sideways the rows want all the room.
    const float minimap = frame.height() < ui.px(260) ? 0 : ui.px(52);
    if (frame.height() < header + minimap + ui.px(60) || frame.width() < ui.px(200)) return;
    ui.fill(frame, c.surface, 10);
    const float titles = std::round(std::clamp(frame.width() * 0.28F, ui.px(120), ui.px(320)));
    const float scrollbar = ImGui::GetStyle().ScrollbarSize;
    const float chart_x0 = frame.x0 + titles;
    const float chart_x1 = frame.x1 - scrollbar;

    axis_.place(chart_x0, chart_x1);
    if (fit_ || ui.scale != fitted_scale_) {
      axis_.fit(*first_, *last_, ui.scale);
      fit_ = false;
      fitted_scale_ = ui.scale;
    }
    if (camera_frames_ > 0) {
      const auto from = roadshow::number_in(camera_, "from");
      const auto to = roadshow::number_in(camera_, "to");
      if (from && to) axis_.show(*from, *to, ui.scale);
    }
    keyboard(ui, workspace);
    if (zoom_ != 1) {
      axis_.zoom(zoom_, (chart_x0 + chart_x1) / 2, ui.scale);
      zoom_ = 1;
    }
    if (workspace.reveal_chosen && workspace.chosen) {
      workspace.reveal_chosen = false;
      reveal(*workspace.chosen);
    }

    const Rect head = {frame.x0, frame.y0, frame.x1, frame.y0 + header};
    const Rect body = {frame.x0, head.y1, frame.x1, frame.y1 - minimap};
    row_height_ = ui.px(32);

    ImGui::SetCursorScreenPos(body.min());
    if (camera_frames_ > 0) {
      --camera_frames_;
      if (const auto row = roadshow::number_in(camera_, "row")) {
        ImGui::SetNextWindowScroll({-1, std::round(static_cast<float>(*row) * row_height_)});
      }
    }
    ImGui::BeginChild("chart", {body.width(), body.height()}, ImGuiChildFlags_None,
                      ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoNavInputs);
    if (scroll_to_row_ != kNone) {
      const float y = static_cast<float>(scroll_to_row_) * row_height_;
      const float scroll = ImGui::GetScrollY();
      if (y < scroll || y + row_height_ > scroll + body.height()) {
        ImGui::SetScrollY(std::max(0.0F, y - body.height() / 3));
      }
      scroll_to_row_ = kNone;
    }
    const float scroll = ImGui::GetScrollY();
    row_in_view_ = scroll / row_height_;
    pointer(ui, workspace, {chart_x0, body.y0, chart_x1, body.y1}, scroll);
    const float y0 = body.y0 - scroll;
    const auto first = static_cast<std::size_t>(std::max(0.0F, scroll / row_height_));
    const std::size_t last =
        std::min(rows_.size(), first + static_cast<std::size_t>(body.height() / row_height_) + 2);

    const Rect plot = {chart_x0, body.y0, chart_x1, body.y1};
    ui.list()->PushClipRect(plot.min(), plot.max(), true);
    grid(ui, plot, workspace.board->calendar);
    ui.list()->PopClipRect();
    for (std::size_t i = first; i < last; ++i) {
      const float y = y0 + static_cast<float>(i) * row_height_;
      const Rect row = {frame.x0, y, chart_x1, y + row_height_};
      if (rows_[i].item == kNone) {
        lane_row(ui, board, rows_[i].lane, row, chart_x0);
      } else {
        title_cell(ui, workspace, rows_[i].item, {row.x0, row.y0, chart_x0, row.y1});
      }
    }
    ui.list()->PushClipRect(plot.min(), plot.max(), true);
    if (show_links_) links(ui, board, first, last, y0, workspace.chosen);
    for (std::size_t i = first; i < last; ++i) {
      if (rows_[i].item == kNone) continue;
      const float y = y0 + static_cast<float>(i) * row_height_;
      bar(ui, workspace, rows_[i].item, {chart_x0, y, chart_x1, y + row_height_});
    }
    today(ui, board, plot);
    ui.list()->PopClipRect();
    ImGui::SetCursorScreenPos({body.x0, y0});
    ImGui::Dummy({1, static_cast<float>(rows_.size()) * row_height_ + ui.px(8)});
    if (hovered_ != kNone && grip_ == Grip::none && ImGui::IsWindowHovered()) {
      ui.tooltip(explain(ui, board, hovered_));
    }
    max_scroll_ = ImGui::GetScrollMaxY();
    if (new_scroll_ >= 0) ImGui::SetScrollY(new_scroll_);
    new_scroll_ = -1;
    ImGui::EndChild();

    axis_header(ui, board, head, chart_x0, chart_x1);
    if (minimap > 0) {
      overview(ui, board, {frame.x0, body.y1, frame.x1, frame.y1}, chart_x0, chart_x1, scroll,
               body.height());
    }
    ui.fill({chart_x0, frame.y0, chart_x0 + ui.hairline(), body.y1}, c.line);
    ui.frame(frame, c.line, 10);
    ui.record(Role::region, frame, ui.t(Str::roadmap_title));
  }

  void keyboard(const Ui& ui, Workspace& workspace) {
    if (ImGui::GetIO().WantTextInput || ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopup)) {
      return;
    }
    const ImGuiID owner = ImGui::GetID("roadmap-keys");
    const auto pressed = [owner](ImGuiKey key) {
      ImGui::SetKeyOwner(key, owner, ImGuiInputFlags_LockThisFrame);
      return ImGui::IsKeyPressed(key, ImGuiInputFlags_Repeat, owner);
    };
    const float step = (axis_.x1() - axis_.x0()) / 8;
    if (pressed(ImGuiKey_LeftArrow)) axis_.pan(step);
    if (pressed(ImGuiKey_RightArrow)) axis_.pan(-step);
    if (pressed(ImGuiKey_UpArrow)) walk(workspace, -1);
    if (pressed(ImGuiKey_DownArrow)) walk(workspace, 1);
    if (ImGui::IsKeyPressed(ImGuiKey_Equal) || ImGui::IsKeyPressed(ImGuiKey_KeypadAdd))
      zoom_ = 1.25;
    if (ImGui::IsKeyPressed(ImGuiKey_Minus) || ImGui::IsKeyPressed(ImGuiKey_KeypadSubtract)) {
      zoom_ = 0.8;
    }
    if (ImGui::IsKeyPressed(ImGuiKey_0, false)) fit_ = true;
    if (ui.escape()) {
      if (grip_ != Grip::none || trial()) {
        grip_ = Grip::none;
        reset_trial(*workspace.board);
      } else {
        workspace.chosen.reset();
      }
    }
  }

  void walk(Workspace& workspace, int step) {
    auto at =
        static_cast<std::ptrdiff_t>(step > 0 ? -1 : static_cast<std::ptrdiff_t>(rows_.size()));
    if (workspace.chosen && row_of_[*workspace.chosen] != kNone) {
      at = static_cast<std::ptrdiff_t>(row_of_[*workspace.chosen]);
    }
    for (at += step; at >= 0 && at < static_cast<std::ptrdiff_t>(rows_.size()); at += step) {
      const std::size_t item = rows_[static_cast<std::size_t>(at)].item;
      if (item == kNone) continue;
      workspace.chosen = item;
      reveal(item);
      return;
    }
  }

  void reveal(std::size_t item) {
    const ItemSchedule& entry = schedule_.items[item];
    scroll_to_row_ = row_of_[item];
    if (entry.start && entry.finish && *entry.finish - *entry.start < 4000) {
      axis_.reveal(*entry.start, *entry.finish);
    } else if (entry.finish) {
      axis_.reveal(*entry.finish, *entry.finish);
    }
  }

  /// Panning, zooming and dragging; finds out what is below the pointer.
  void pointer(Ui& ui, Workspace& workspace, const Rect& plot, float scroll) {
    ImGuiIO& io = ImGui::GetIO();
    hovered_ = kNone;
    const bool inside = ImGui::IsWindowHovered(ImGuiHoveredFlags_AllowWhenBlockedByActiveItem) &&
                        ImGui::IsMouseHoveringRect(plot.min(), plot.max());
    Grip below = Grip::none;
    if (inside) {
      const float y = io.MousePos.y - plot.y0 + scroll;
      const auto row = static_cast<std::size_t>(std::max(0.0F, y / row_height_));
      if (row < rows_.size() && rows_[row].item != kNone) {
        below = grip_at(ui, rows_[row].item, io.MousePos.x);
        if (below != Grip::none) hovered_ = rows_[row].item;
      }
      if (io.MouseWheelH != 0) axis_.pan(io.MouseWheelH * ui.px(60));
      // With Ctrl it's ours and not the browser's, pinches of a touchpad among them.
      if (io.KeyCtrl || io.KeyAlt) {
        ImGui::SetKeyOwner(ImGuiKey_MouseWheelY, ImGui::GetID("plot"));
      }
      if (io.MouseWheel != 0 && (io.KeyCtrl || io.KeyAlt)) {
        axis_.zoom(std::pow(1.2, static_cast<double>(io.MouseWheel)), io.MousePos.x, ui.scale);
      }
      if (ImGui::IsMouseClicked(ImGuiMouseButton_Left) && grip_ == Grip::none) {
        press_x_ = io.MousePos.x;
        dragged_ = false;
        pressed_item_ = hovered_;
        pressed_grip_ = hovered_ != kNone ? below : Grip::none;
        panning_ = true;
      }
    }
    if (below == Grip::start || below == Grip::finish) {
      ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
    } else if (below == Grip::body) {
      ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    }
    if (!panning_) return;
    if (!ImGui::IsMouseDown(ImGuiMouseButton_Left)) {
      if (!dragged_)
        workspace.chosen = pressed_item_ != kNone ? std::optional(pressed_item_) : workspace.chosen;
      panning_ = false;
      grip_ = Grip::none;
      return;
    }
    if (!dragged_ && std::abs(io.MousePos.x - press_x_) < ui.px(4) &&
        std::abs(io.MouseDelta.y) < ui.px(4)) {
      return;
    }
    if (!dragged_) {
      dragged_ = true;
      grip_ = pressed_grip_;
      if (grip_ != Grip::none) begin_drag();
    }
    if (grip_ == Grip::none) {
      axis_.pan(io.MouseDelta.x);
      if (io.MouseDelta.y != 0) {
        new_scroll_ = std::clamp(scroll - io.MouseDelta.y, 0.0F, max_scroll_);
      }
    } else {
      const auto days = static_cast<int>(
          std::lround(static_cast<double>(io.MousePos.x - press_x_) / axis_.day_width()));
      drag_to(*workspace.board, days);
    }
  }

  Grip grip_at(const Ui& ui, std::size_t item, float x) const {
    const ItemSchedule& entry = schedule_.items[item];
    if (!entry.finish) return Grip::none;
    const float x0 = axis_.x(entry.start.value_or(*entry.finish));
    const float x1 = std::max(x0 + ui.px(6), axis_.x(*entry.finish + 1));
    const float edge = ui.px(6);
    if (x < x0 - edge / 2 || x > x1 + edge / 2) return Grip::none;
    if (entry.state == WorkState::finished || !entry.start || entry.finish_only) return Grip::body;
    if (x > x1 - edge && x1 - x0 > 3 * edge) return Grip::finish;
    if (x < x0 + edge && x1 - x0 > 3 * edge && entry.state == WorkState::not_started) {
      return Grip::start;
    }
    return Grip::body;
  }

  void begin_drag() {
    const ItemSchedule& entry = schedule_.items[pressed_item_];
    const bool fixed = entry.state == WorkState::finished || !entry.start || entry.finish_only ||
                       (entry.state == WorkState::started && grip_ == Grip::body);
    if (fixed) {
      grip_ = Grip::none;
      return;
    }
    // Where the dates stood when the drag began, from which the pointer counts.
    drag_start_ = *schedule_.planned[pressed_item_].start;
    drag_due_ = *schedule_.planned[pressed_item_].due;
    drag_days_ = 0;
  }

  void drag_to(const Board& board, int days) {
    if (days == drag_days_) return;
    drag_days_ = days;
    Date start = drag_start_;
    Date due = drag_due_;
    if (grip_ != Grip::finish) start = start + days;
    if (grip_ != Grip::start) due = due + days;
    if (grip_ == Grip::start) start = std::min(start, due);
    if (grip_ == Grip::finish) due = std::max(due, start);
    const std::array<ItemMove, 1> moves = {{{pressed_item_, start, due}}};
    what_if(schedule_, board.programme, board.calendar, {}, moves);
    if (std::find(moved_.begin(), moved_.end(), pressed_item_) == moved_.end()) {
      moved_.push_back(pressed_item_);
    }
    affected_ = 0;
    for (std::size_t i = 0; i < plan_.items.size(); ++i) affected_ += differs(i) ? 1 : 0;
  }

  bool differs(std::size_t item) const {
    return schedule_.items[item].start != plan_.items[item].start ||
           schedule_.items[item].finish != plan_.items[item].finish;
  }

  // ------------------------------------------------------------------ parts of the chart

  void grid(Ui& ui, const Rect& plot, const WorkCalendar& calendar) const {
    const Theme& c = ui.theme();
    if (axis_.day_width() >= 3 * static_cast<double>(ui.scale)) {
      const auto last = static_cast<std::int32_t>(std::ceil(axis_.last_day()));
      for (auto day = static_cast<std::int32_t>(std::floor(axis_.first_day())); day <= last;
           ++day) {
        if (calendar.is_working(Date{day})) continue;
        const bool holiday = calendar.exception(Date{day}) != nullptr;
        ui.fill({axis_.x(Date{day}), plot.y0, axis_.x(Date{day + 1}), plot.y1},
                holiday ? with_alpha(c.warning, 0.08F) : with_alpha(c.sunken, 0.8F));
      }
    }
    const TimeAxis::Unit unit = axis_.fine_unit(ui.scale);
    for (const TimeAxis::Tick& tick : axis_.ticks(
             unit == TimeAxis::Unit::day ? TimeAxis::Unit::week : unit, ui.language, ui.scale)) {
      const float x = std::round(axis_.x(tick.date));
      ui.fill({x, plot.y0, x + ui.hairline(), plot.y1}, c.line);
    }
  }

  void today(Ui& ui, const Board& board, const Rect& plot) const {
    const float x = std::round(axis_.x(board.as_of + 1));
    ui.fill({x - ui.hairline(), plot.y0, x + ui.hairline(), plot.y1}, ui.theme().accent);
  }

  void lane_row(Ui& ui, const Board& board, std::size_t lane, const Rect& row, float chart_x0) {
    const Theme& c = ui.theme();
    ui.fill(row, c.sunken);
    const bool none = lane >= board.programme.areas.size();
    const std::string name =
        none ? std::string(ui.t(Str::not_stated)) : ui.in(board.programme.areas[lane].title);
    const float mid = (row.y0 + row.y1) / 2;
    ImGui::PushID(static_cast<int>(lane));
    const Hit h = ui.hit("lane", {row.x0, row.y0, chart_x0, row.y1});
    ImGui::PopID();
    ui.icon({row.x0 + ui.px(16), mid}, 14, c.muted,
            collapsed_[lane] ? icon::chevron_right : icon::chevron_down);
    const float width = ui.draw({row.x0 + ui.px(30), mid - ui.size_of(Type::strong) / 2},
                                Type::strong, c.text, name, chart_x0 - row.x0 - ui.px(60));
    ui.draw({row.x0 + ui.px(38) + width, mid - ui.size_of(Type::small) / 2}, Type::small, c.muted,
            std::to_string(lane_count_[lane]));
    if (Node* node = ui.record(Role::button, {row.x0, row.y0, chart_x0, row.y1}, name,
                               std::to_string(lane_count_[lane]))) {
      node->focused = h.focused;
    }
    if (h.clicked) {
      collapsed_[lane] = !collapsed_[lane];
      pending_layout_ = true;  // rows that are being drawn must not change below the loop
    }
  }

  void title_cell(Ui& ui, Workspace& workspace, std::size_t item, const Rect& cell) {
    const Theme& c = ui.theme();
    const ActionItem& entry = workspace.board->programme.items[item];
    const bool chosen = workspace.chosen == item;
    ImGui::PushID(static_cast<int>(item));
    const Hit h = ui.hit("title", cell);
    ImGui::PopID();
    if (chosen) {
      ui.fill(cell, c.selected);
    } else if (h.hovered || hovered_ == item) {
      ui.fill(cell, c.hover);
    }
    const float mid = (cell.y0 + cell.y1) / 2;
    ui.mark({cell.x0 + ui.px(18), mid}, 13, entry.status);
    const std::string& title = ui.in(entry.title);
    ui.draw({cell.x0 + ui.px(32), mid - ui.size_of(Type::small) / 2}, Type::small, c.text, title,
            cell.width() - ui.px(40));
    if (Node* node = ui.record(Role::row, cell, entry.code + " " + title)) {
      node->selected = chosen;
      node->focused = h.focused;
    }
    if (h.clicked) {
      workspace.chosen = item;
      reveal(item);
    }
  }

  Rect bar_rect(const Ui& ui, std::size_t item, float y) const {
    const ItemSchedule& entry = schedule_.items[item];
    const float x0 = axis_.x(entry.start.value_or(*entry.finish));
    const float x1 = std::max(x0 + ui.px(3), axis_.x(*entry.finish + 1));
    return {std::round(x0), y + ui.px(7), std::round(x1), y + ui.px(21)};
  }

  void bar(Ui& ui, Workspace& workspace, std::size_t item, const Rect& row) {
    const Board& board = *workspace.board;
    const Theme& c = ui.theme();
    const ActionItem& entry = board.programme.items[item];
    const ItemSchedule& times = schedule_.items[item];
    if (!times.finish) {
      ui.draw({row.x0 + ui.px(10), (row.y0 + row.y1 - ui.size_of(Type::caption)) / 2},
              Type::caption, c.muted, ui.t(Str::roadmap_row_no_dates));
      return;
    }
    const Rect rect = bar_rect(ui, item, row.y0);
    const bool critical = show_critical_ && times.critical;
    const bool dimmed = trial() && !differs(item);
    const float strength = dimmed ? 0.45F : 1.0F;
    const ImU32 colour = c.of(entry.status);

    if (show_baseline_ && times.baseline_finish) {
      const Date begin = times.baseline_start.value_or(*times.baseline_finish);
      const Rect ghost = {std::round(axis_.x(begin)), rect.y1 + ui.px(2),
                          std::round(axis_.x(*times.baseline_finish + 1)), rect.y1 + ui.px(5)};
      ui.fill(ghost, c.line_strong, 1.5F);
    }
    if (show_float_ && times.late_finish && *times.late_finish > *times.finish) {
      const float x1 = std::round(axis_.x(*times.late_finish + 1));
      const float mid = std::round((rect.y0 + rect.y1) / 2);
      ui.fill({rect.x1, mid, x1, mid + ui.hairline()}, c.muted);
      ui.fill({x1 - ui.hairline(), mid - ui.px(3), x1, mid + ui.px(4)}, c.muted);
    }
    if (trial() && differs(item)) {
      const ItemSchedule& before = plan_.items[item];
      if (before.finish) {
        const float x0 = axis_.x(before.start.value_or(*before.finish));
        ui.frame({std::round(x0), rect.y0, std::round(axis_.x(*before.finish + 1)), rect.y1},
                 c.muted, 4);
      }
    }
    ui.fill(rect, with_alpha(colour, 0.30F * strength), 4);
    // Solid is what has happened, pale what is forecast.
    const bool begun = times.state != WorkState::not_started;
    const float now = std::round(axis_.x(board.as_of + 1));
    const float solid = times.state == WorkState::finished ? rect.x1 : std::min(rect.x1, now);
    if (begun && solid > rect.x0) {
      ui.fill({rect.x0, rect.y0, std::max(solid, rect.x0 + ui.px(3)), rect.y1},
              with_alpha(colour, strength), 4);
    }
    if (critical) {
      const float thick = ui.px(2);
      ui.list()->AddRect({rect.x0 - thick / 2, rect.y0 - thick / 2},
                         {rect.x1 + thick / 2, rect.y1 + thick / 2}, with_alpha(c.danger, strength),
                         ui.px(5), 0, thick);
    }
    if (workspace.chosen == item) {
      ui.list()->AddRect({rect.x0 - ui.px(3), rect.y0 - ui.px(3)},
                         {rect.x1 + ui.px(3), rect.y1 + ui.px(3)}, c.accent, ui.px(6), 0, ui.px(2));
    }
    milestones(ui, board, item, rect);

    std::string spoken =
        date_text(times.start.value_or(*times.finish)) + " → " + date_text(*times.finish);
    if (times.slip) spoken += " · " + slip_text(ui, *times.slip);
    if (times.total_float) {
      spoken += std::string(" · ") + ui.t(Str::schedule_total_float) + " " +
                std::to_string(*times.total_float);
    }
    if (times.critical) spoken += std::string(" · ") + ui.t(Str::schedule_critical);
    ui.record(Role::img, rect, entry.code + " " + ui.in(entry.title), spoken);
  }

  void milestones(Ui& ui, const Board& board, std::size_t item, const Rect& bar) const {
    const Theme& c = ui.theme();
    const std::vector<MilestoneSchedule>& list = schedule_.milestones[item];
    const float half = ui.px(5);
    float last_x = -1e9F;
    for (std::size_t k = 0; k < list.size(); ++k) {
      if (!list[k].finish) continue;
      const float x = std::round(axis_.x(*list[k].finish + 1) - half * 0.5F);
      // Zoomed out, diamonds on top of each other say no more than one.
      if (x - last_x < half && k + 1 < list.size()) continue;
      last_x = x;
      const float y = (bar.y0 + bar.y1) / 2;
      const bool late = !list[k].finished && list[k].baseline && *list[k].baseline < board.as_of;
      const ImU32 ink = late ? c.warning : c.text;
      const std::array<ImVec2, 4> diamond = {
          {{x, y - half}, {x + half, y}, {x, y + half}, {x - half, y}}};
      ui.list()->AddConvexPolyFilled(diamond.data(), 4, list[k].finished ? ink : c.surface);
      ui.list()->AddPolyline(diamond.data(), 4, ink, ImDrawFlags_Closed, ui.px(1.5F));
    }
  }

  void links(Ui& ui, const Board& board, std::size_t first, std::size_t last, float y0,
             const std::optional<std::size_t>& chosen) const {
    const auto draw_link = [&](std::size_t from, const Dependency& dependency, std::size_t to) {
      const ItemSchedule& a = schedule_.items[from];
      const ItemSchedule& b = schedule_.items[to];
      if (!a.finish || !b.finish || row_of_[from] == kNone || row_of_[to] == kNone) return;
      const bool from_finish = dependency.type == DependencyType::finish_to_start ||
                               dependency.type == DependencyType::finish_to_finish;
      const bool to_finish = dependency.type == DependencyType::finish_to_finish ||
                             dependency.type == DependencyType::start_to_finish;
      const float ya = y0 + static_cast<float>(row_of_[from]) * row_height_ + ui.px(14);
      const float yb = y0 + static_cast<float>(row_of_[to]) * row_height_ + ui.px(14);
      const float xa = from_finish ? axis_.x(*a.finish + 1) : axis_.x(a.start.value_or(*a.finish));
      const float xb = to_finish ? axis_.x(*b.finish + 1) : axis_.x(b.start.value_or(*b.finish));
      arrow(ui, {xa, ya}, {xb, yb}, from_finish, to_finish,
            show_critical_ && a.critical && b.critical,
            chosen == from || chosen == to || hovered_ == from || hovered_ == to);
    };
    for (std::size_t i = first; i < last; ++i) {
      const std::size_t item = rows_[i].item;
      if (item == kNone) continue;
      for (const Dependency& dependency : board.programme.items[item].depends_on) {
        if (const auto from = board.index.item(dependency.item)) draw_link(*from, dependency, item);
      }
      for (std::size_t follower : board.followers(item)) {
        // Those on visible rows have been drawn from their own end.
        if (row_of_[follower] >= first && row_of_[follower] < last) continue;
        for (const Dependency& dependency : board.programme.items[follower].depends_on) {
          if (board.index.item(dependency.item) == item) draw_link(item, dependency, follower);
        }
      }
    }
  }

  void arrow(Ui& ui, ImVec2 a, ImVec2 b, bool from_finish, bool to_finish, bool critical,
             bool strong) const {
    const Theme& c = ui.theme();
    const ImU32 colour = strong ? c.accent : critical ? c.danger : with_alpha(c.muted, 0.55F);
    const float thick = std::max(1.0F, std::round((strong ? 1.75F : 1.25F) * ui.scale));
    const float stub = ui.px(7);
    const float out = a.x + (from_finish ? stub : -stub);
    const float in = b.x + (to_finish ? stub : -stub);
    std::array<ImVec2, 6> line{};
    int n = 0;
    line[n++] = a;
    line[n++] = {out, a.y};
    const bool direct = from_finish && !to_finish   ? in >= out
                        : !from_finish && to_finish ? in <= out
                                                    : true;
    if (direct) {
      const float x =
          from_finish == to_finish ? (from_finish ? std::max(out, in) : std::min(out, in)) : out;
      line[1].x = x;
      line[n++] = {x, b.y};
    } else {
      const float y = b.y + (a.y < b.y ? -row_height_ / 2 : row_height_ / 2);
      line[n++] = {out, y};
      line[n++] = {in, y};
      line[n++] = {in, b.y};
    }
    line[n++] = b;
    ui.list()->AddPolyline(line.data(), n, colour, 0, thick);
    const float tip = ui.px(4);
    const float back = to_finish ? b.x + tip * 1.4F : b.x - tip * 1.4F;
    ui.list()->AddTriangleFilled(b, {back, b.y - tip}, {back, b.y + tip}, colour);
  }

  void axis_header(Ui& ui, const Board& board, const Rect& head, float x0, float x1) {
    const Theme& c = ui.theme();
    ui.fill({head.x0, head.y0, head.x1, head.y1}, c.sunken, 10);
    ui.fill({head.x0, head.y1 - ui.px(12), head.x1, head.y1}, c.sunken);
    const float mid = std::round((head.y0 + head.y1) / 2);
    ui.list()->PushClipRect({x0, head.y0}, {x1, head.y1}, true);
    const TimeAxis::Unit fine = axis_.fine_unit(ui.scale);
    const TimeAxis::Unit coarse = TimeAxis::coarse_unit(fine);
    const auto row = [&](TimeAxis::Unit unit, float y, ImU32 ink, Type type) {
      for (const TimeAxis::Tick& tick : axis_.ticks(unit, ui.language, ui.scale)) {
        const float a = std::round(axis_.x(tick.date));
        const float b = axis_.x(tick.end);
        ui.fill({a, y, a + ui.hairline(), y + ui.px(23)}, c.line);
        const float width = ui.measure(type, tick.label);
        // The label stays in view as long as its span is.
        const float at = std::min(std::max(a, x0) + ui.px(5), b - width - ui.px(5));
        if (b - std::max(a, x0) >= width + ui.px(8)) {
          ui.draw({at, y + ui.px(5)}, type, ink, tick.label);
        }
      }
    };
    if (fine != coarse) row(coarse, head.y0, c.text, Type::caption);
    row(fine, mid, c.muted, Type::caption);
    // Which day the line of the chart means.
    const float x = std::round(axis_.x(board.as_of + 1));
    const std::string label = std::string(ui.t(Str::roadmap_as_of)) + " " + date_text(board.as_of);
    const float width = ui.measure(Type::caption, label) + ui.px(12);
    const float at = std::clamp(x - width / 2, x0, std::max(x0, x1 - width));
    if (x > x0 && x < x1) {
      ui.fill({at, mid + ui.px(3), at + width, head.y1 - ui.px(2)}, c.accent, 4);
      ui.draw({at + ui.px(6), mid + ui.px(6)}, Type::caption, c.on_accent, label);
    }
    ui.list()->PopClipRect();
    ui.draw({head.x0 + ui.px(16), mid - ui.size_of(Type::small) / 2}, Type::small, c.muted,
            ui.t(Str::column_title));
    ui.fill({head.x0, head.y1 - ui.hairline(), head.x1, head.y1}, c.line);

    // The wheel over the calendar zooms it.
    const ImGuiIO& io = ImGui::GetIO();
    if (ImGui::IsMouseHoveringRect({x0, head.y0}, {x1, head.y1}) && ImGui::IsWindowHovered() &&
        io.MouseWheel != 0) {
      axis_.zoom(std::pow(1.2, static_cast<double>(io.MouseWheel)), io.MousePos.x, ui.scale);
    }
  }

  /// The whole programme in a strip; what the chart shows is framed, and can be dragged.
  void overview(Ui& ui, const Board& board, const Rect& strip, float x0, float x1, float scroll,
                float view_height) {
    const Theme& c = ui.theme();
    ui.fill({strip.x0, strip.y0, strip.x1, strip.y0 + ui.hairline()}, c.line);
    ui.draw({strip.x0 + ui.px(16), (strip.y0 + strip.y1 - ui.size_of(Type::small)) / 2},
            Type::small, c.muted, ui.t(Str::roadmap_minimap));
    const Rect map = {x0 + ui.px(4), strip.y0 + ui.px(5), x1 - ui.px(4), strip.y1 - ui.px(5)};
    ui.record(Role::img, map, ui.t(Str::roadmap_minimap));
    const double days = static_cast<double>(*last_ - *first_) + 1;
    const auto x_of = [&](double day) {
      return map.x0 + map.width() * static_cast<float>((day - first_->days) / days);
    };
    const auto lines = static_cast<std::size_t>(std::max(1.0F, map.height() / ui.px(2)));
    const std::size_t stride = std::max<std::size_t>(1, (rows_.size() + lines - 1) / lines);
    const std::size_t drawn = (rows_.size() + stride - 1) / stride;
    const float step = map.height() / static_cast<float>(drawn);
    for (std::size_t begin = 0; begin < rows_.size(); begin += stride) {
      // Some rows share a line; it shows one of them, a critical one if there is any.
      std::size_t shown = kNone;
      for (std::size_t i = begin; i < std::min(rows_.size(), begin + stride); ++i) {
        const std::size_t item = rows_[i].item;
        if (item == kNone || !schedule_.items[item].finish) continue;
        if (shown == kNone || schedule_.items[item].critical) shown = item;
        if (schedule_.items[item].critical) break;
      }
      if (shown == kNone) continue;
      const ItemSchedule& times = schedule_.items[shown];
      const std::size_t line = begin / stride;
      const float y = map.y0 + step * static_cast<float>(line);
      const float a = x_of(times.start.value_or(*times.finish).days);
      const float b = std::max(a + 1, x_of(times.finish->days + 1));
      ui.fill(
          {a, y, b, y + std::max(1.0F, step - 1)},
          show_critical_ && times.critical ? c.danger : c.of(board.programme.items[shown].status));
    }
    const float total = std::max(1.0F, static_cast<float>(rows_.size()) * row_height_);
    Rect view = {std::max(map.x0, x_of(axis_.first_day())),
                 map.y0 + map.height() * std::min(1.0F, scroll / total),
                 std::min(map.x1, x_of(axis_.last_day())),
                 map.y0 + map.height() * std::min(1.0F, (scroll + view_height) / total)};
    if (view.x1 > view.x0) {
      ui.fill(view, with_alpha(c.accent, 0.10F), 3);
      ui.frame(view, c.accent, 3);
    }
    ImGui::SetCursorScreenPos(map.min());
    ImGui::InvisibleButton("minimap", {std::max(1.0F, map.width()), std::max(1.0F, map.height())});
    if (ImGui::IsItemActive()) {
      const ImVec2 mouse = ImGui::GetIO().MousePos;
      const double day =
          first_->days + static_cast<double>((mouse.x - map.x0) / map.width()) * days;
      axis_.pan(static_cast<float>(((axis_.first_day() + axis_.last_day()) / 2 - day) *
                                   axis_.day_width()));
      new_scroll_ = std::clamp((mouse.y - map.y0) / map.height() * total - view_height / 2, 0.0F,
                               max_scroll_);
    }
    if (pending_layout_) {
      pending_layout_ = false;
      lay_out(board);
    }
  }

  /// Every figure of an item and what it rests on.
  std::string explain(const Ui& ui, const Board& board, std::size_t item) const {
    const ActionItem& entry = board.programme.items[item];
    const ItemSchedule& times = schedule_.items[item];
    std::string text = entry.code + " " + ui.in(entry.title);
    const auto line = [&](const std::string& more) { text += "\n" + more; };
    const auto days = [&](int n) { return ui.t(Str::schedule_working_days, {std::to_string(n)}); };
    const std::string forecast = std::string(" (") + ui.t(Str::schedule_forecast) + ")";
    const std::string actual = std::string(" (") + ui.t(Str::schedule_actual) + ")";
    if (times.start) {
      line(std::string(ui.t(Str::schedule_start)) + " " + date_text(*times.start) +
           (times.state == WorkState::not_started ? forecast : actual));
    }
    if (times.finish) {
      line(std::string(ui.t(Str::schedule_finish)) + " " + date_text(*times.finish) +
           (times.state == WorkState::finished ? actual : forecast));
    }
    if (times.baseline_finish) {
      line(std::string(ui.t(Str::schedule_baseline)) + " " +
           (times.baseline_start ? date_text(*times.baseline_start) + " → " : std::string()) +
           date_text(*times.baseline_finish));
    }
    if (times.slip) line(std::string(ui.t(Str::schedule_slip)) + ": " + slip_text(ui, *times.slip));
    if (times.duration)
      line(std::string(ui.t(Str::schedule_duration)) + " " + days(*times.duration));
    if (times.remaining && times.state == WorkState::started) {
      line(std::string(ui.t(Str::schedule_remaining)) + " " + days(*times.remaining));
    }
    if (times.total_float) {
      line(std::string(ui.t(Str::schedule_total_float)) + " " + days(*times.total_float));
    }
    if (times.free_float) {
      line(std::string(ui.t(Str::schedule_free_float)) + " " + days(*times.free_float));
    }
    if (times.late_finish && times.state != WorkState::finished) {
      line(std::string(ui.t(Str::schedule_late_finish)) + " " + date_text(*times.late_finish));
    }
    if (times.critical) line(ui.t(Str::schedule_critical));
    if (times.state != WorkState::finished) {
      if (const auto reason = start_reason(schedule_, item)) {
        if (reason->driver == cpm::Driver::predecessor &&
            reason->predecessor.item != Place::kNone) {
          line(ui.t(Str::schedule_because_predecessor,
                    {board.programme.items[reason->predecessor.item].code}));
        } else if (reason->driver == cpm::Driver::as_of) {
          line(ui.t(Str::schedule_because_as_of));
        } else if (reason->driver == cpm::Driver::start_no_earlier) {
          line(ui.t(Str::schedule_because_planned));
        }
      }
      if (const auto reason = finish_reason(schedule_, item)) {
        if (reason->limit == cpm::Limit::successor && reason->successor.item != Place::kNone &&
            reason->successor.item != item) {
          line(ui.t(Str::schedule_late_because,
                    {board.programme.items[reason->successor.item].code}));
        } else if (reason->limit == cpm::Limit::network_finish) {
          line(ui.t(Str::schedule_late_because_finish));
        }
      }
    }
    if (times.progress_assumed) line(ui.t(Str::schedule_progress_assumed));
    if (times.logic_incomplete) line(ui.t(Str::schedule_logic_incomplete));
    return text;
  }

  std::size_t version_ = 0;  ///< of the board that it was prepared for
  Schedule schedule_;        ///< what is shown: the plan, or a trial
  Schedule plan_;
  std::optional<Date> first_, last_;
  std::vector<Row> rows_;
  std::vector<std::size_t> row_of_;
  std::vector<std::size_t> lane_count_;
  std::vector<bool> collapsed_;
  bool pending_layout_ = false;

  TimeAxis axis_;
  roadshow::Camera camera_;  ///< wanted
  int camera_frames_ = 0;
  float row_in_view_ = 0;
  bool fit_ = true;
  float fitted_scale_ = 0;
  double zoom_ = 1;
  float row_height_ = 32;
  std::size_t scroll_to_row_ = kNone;
  float new_scroll_ = -1, max_scroll_ = 0;
  bool show_critical_ = true, show_links_ = true, show_baseline_ = true, show_float_ = false;

  std::size_t hovered_ = kNone;
  bool panning_ = false, dragged_ = false;
  float press_x_ = 0;
  std::size_t pressed_item_ = kNone;
  Grip pressed_grip_ = Grip::none, grip_ = Grip::none;
  Date drag_start_, drag_due_;
  int drag_days_ = 0;
  std::vector<std::size_t> moved_;
  std::size_t affected_ = 0;
};

}  // namespace

std::unique_ptr<View> make_roadmap() {
  return std::make_unique<Roadmap>();
}

}  // namespace tc::ui
