#include <algorithm>
#include <array>
#include <cmath>

#include "core/exchange/taskbook.hpp"
#include "core/roadshow/camera.hpp"
#include "web/ui/icons.gen.hpp"
#include "web/ui/risk_card.hpp"
#include "web/ui/views/view.hpp"

namespace tc::ui {

namespace {

/// The schedule (时间表): a month of deadlines, and how each department stands.
class ScheduleView : public View {
 public:
  void draw(Ui& ui, Workspace& workspace, const Rect& area) override {
    Board& board = *workspace.board;
    if (version_ != board.version) prepare(board);
    ImGui::SetCursorScreenPos(area.min());
    if (camera_frames_ > 0) {
      --camera_frames_;
      ImGui::SetNextWindowScroll({-1, std::round(top_ * max_scroll_)});
    }
    ImGui::BeginChild("schedule", {area.width(), area.height()}, ImGuiChildFlags_None,
                      ImGuiWindowFlags_NoBackground);
    const float gutter = ui.px(area.width() < ui.px(600) ? 12 : 24);
    const float gap = ui.px(16);
    const ImVec2 origin = ImGui::GetCursorScreenPos();
    const float x0 = origin.x + gutter;
    const float x1 = x0 + ImGui::GetContentRegionAvail().x - 2 * gutter;
    const float y0 = origin.y + gutter;
    float bottom = y0;
    if (x1 - x0 >= ui.px(960)) {
      const float split = std::round(x0 + (x1 - x0 - gap) * 0.62F);
      const float height = std::max(ui.px(560), area.height() - 2 * gutter);
      const float left = month(ui, workspace, {x0, y0, split, y0 + height});
      const float middle = list(ui, workspace, {split + gap, y0, x1, y0});
      const float right = risk(ui, workspace, {split + gap, middle + gap, x1, y0});
      bottom = std::max(left, departments(ui, workspace, {split + gap, right, x1, y0}));
    } else {
      bottom = month(ui, workspace, {x0, y0, x1, y0 + ui.px(520)}) + gap;
      bottom = list(ui, workspace, {x0, bottom, x1, bottom}) + gap;
      bottom = risk(ui, workspace, {x0, bottom, x1, bottom});
      bottom = departments(ui, workspace, {x0, bottom, x1, bottom});
    }
    ImGui::SetCursorScreenPos({origin.x, bottom});
    ImGui::Dummy({1, gutter});
    max_scroll_ = std::max(0.0F, bottom + gutter - origin.y - area.height());
    if (camera_frames_ == 0) top_ = max_scroll_ > 0 ? ImGui::GetScrollY() / max_scroll_ : 0;
    ImGui::EndChild();
  }

  /// `month` is YYYY-MM, `top` how far it is scrolled, from 0 to 1.
  std::string camera() const override {
    if (!placed_) return {};
    roadshow::Camera camera;
    camera.emplace_back("month", format_date(month_).substr(0, 7));
    roadshow::put(camera, "top", std::round(static_cast<double>(top_) * 1000) / 1000);
    return roadshow::write_camera(camera);
  }

  void set_camera(std::string_view text) override {
    const roadshow::Camera camera = roadshow::parse_camera(text);
    const auto month = parse_date(std::string(roadshow::text_in(camera, "month")) + "-01");
    if (month) {
      show_month_of(*month);
      placed_ = true;
    }
    if (const auto top = roadshow::number_in(camera, "top")) {
      top_ = std::clamp(static_cast<float>(*top), 0.0F, 1.0F);
      camera_frames_ = 3;
    }
  }

 private:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  struct Entry {
    Date due;
    std::size_t item = 0;
    std::size_t milestone = kNone;
    std::optional<Date> finished;
    std::optional<Date> forecast;
  };

  void prepare(Board& board) {
    version_ = board.version;
    const Schedule& schedule = board.schedule();
    const std::vector<ActionItem>& items = board.programme.items;
    entries_.clear();
    by_department_.clear();
    for (std::size_t i = 0; i < items.size(); ++i) {
      const ItemSchedule& times = schedule.items[i];
      if (items[i].due)
        entries_.push_back({*items[i].due, i, kNone, items[i].finished, times.finish});
      for (std::size_t k = 0; k < items[i].milestones.size(); ++k) {
        const Milestone& milestone = items[i].milestones[k];
        if (!milestone.due) continue;
        entries_.push_back(
            {*milestone.due, i, k, milestone.finished, schedule.milestones[i][k].finish});
      }
    }
    std::stable_sort(entries_.begin(), entries_.end(),
                     [](const Entry& a, const Entry& b) { return a.due < b.due; });
    if (!placed_) show_month_of(board.as_of);
    placed_ = true;

    by_department_.resize(board.programme.departments.size() + 1);
    const std::vector<RagResult>& confidence = board.confidence();
    for (std::size_t i = 0; i < items.size(); ++i) {
      // Done is done: the view is of what can still go wrong.
      if (items[i].status == Status::completed) continue;
      bool led = false;
      for (const std::string& lead : items[i].leads) {
        if (const auto department = board.index.department(lead)) {
          ++by_department_[*department][static_cast<std::size_t>(confidence[i].shown())];
          led = true;
        }
      }
      if (!led) ++by_department_.back()[static_cast<std::size_t>(confidence[i].shown())];
    }
  }

  void show_month_of(Date date) {
    const YearMonthDay d = civil(date);
    month_ = *make_date(d.year, d.month, 1);
    day_.reset();
  }
  Date next_month() const {
    const YearMonthDay d = civil(month_ + 31);
    return make_date(d.year, d.month, 1).value_or(month_);
  }
  Date previous_month() const {
    const YearMonthDay d = civil(month_ - 1);
    return make_date(d.year, d.month, 1).value_or(month_);
  }

  bool shown(const Board& board, const Entry& entry) const {
    if (!department_) return true;
    const std::vector<std::string>& leads = board.programme.items[entry.item].leads;
    if (*department_ == board.programme.departments.size()) return leads.empty();
    return std::find(leads.begin(), leads.end(), board.programme.departments[*department_].id) !=
           leads.end();
  }

  /// Entries due from one day up to, not including, another.
  std::vector<const Entry*> due(const Board& board, Date from, Date to) const {
    std::vector<const Entry*> list;
    auto at = std::lower_bound(entries_.begin(), entries_.end(), from,
                               [](const Entry& entry, Date day) { return entry.due < day; });
    for (; at != entries_.end() && at->due < to; ++at) {
      if (shown(board, *at)) list.push_back(&*at);
    }
    return list;
  }

  static bool is_late(const Board& board, const Entry& entry) {
    return !entry.finished && entry.due < board.as_of &&
           board.programme.items[entry.item].status != Status::completed;
  }

  static std::string name(const Ui& ui, const Board& board, const Entry& entry) {
    const ActionItem& item = board.programme.items[entry.item];
    if (entry.milestone == kNone) return ui.in(item.title);
    return ui.in(item.milestones[entry.milestone].title) + " · " + ui.in(item.title);
  }

  std::string month_label(const Ui& ui) const {
    static constexpr std::array<const char*, 12> kNames = {
        "January", "February", "March",     "April",   "May",      "June",
        "July",    "August",   "September", "October", "November", "December"};
    const YearMonthDay d = civil(month_);
    return ui.t(Str::calendar_month,
                {std::to_string(d.year), ui.language == Language::zh
                                             ? std::to_string(d.month)
                                             : kNames[static_cast<std::size_t>(d.month - 1)]});
  }

  float month(Ui& ui, Workspace& workspace, Rect at) {
    const Board& board = *workspace.board;
    const Theme& c = ui.theme();
    const Rect inner = ui.card(at, month_label(ui));
    const float top = at.y0 + ui.px(26);
    float x = inner.x1 - ui.px(17);
    const auto step = [&](const char* id, const char* glyph, Str name) {
      const bool clicked = ui.icon_button(id, {x, top}, glyph, ui.t(name));
      x -= ui.px(38);
      return clicked;
    };
    if (step("next", icon::chevron_right, Str::schedule_next_month)) {
      month_ = next_month();
      day_.reset();
    }
    if (step("now", icon::calendar, Str::schedule_to_as_of)) show_month_of(board.as_of);
    if (step("previous", icon::chevron_left, Str::schedule_previous_month)) {
      month_ = previous_month();
      day_.reset();
    }
    const bool free =
        !ImGui::GetIO().WantTextInput && !ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopup);
    if (free && ImGui::IsKeyPressed(ImGuiKey_PageDown)) month_ = next_month();
    if (free && ImGui::IsKeyPressed(ImGuiKey_PageUp)) month_ = previous_month();

    const Date first = month_ - weekday(month_);
    const int weeks = (next_month() - first + 6) / 7;
    const float column = (inner.width()) / 7;
    const float head = ui.px(26);
    const float row = (inner.y1 - inner.y0 - head) / static_cast<float>(weeks);
    constexpr std::array kDays = {Str::calendar_mon, Str::calendar_tue, Str::calendar_wed,
                                  Str::calendar_thu, Str::calendar_fri, Str::calendar_sat,
                                  Str::calendar_sun};
    for (std::size_t i = 0; i < kDays.size(); ++i) {
      ui.draw({inner.x0 + static_cast<float>(i) * column + ui.px(8), inner.y0 + ui.px(4)},
              Type::caption, c.muted, ui.t(kDays[i]));
    }
    for (int week = 0; week < weeks; ++week) {
      for (int day = 0; day < 7; ++day) {
        const float cx = std::round(inner.x0 + static_cast<float>(day) * column);
        const float cy = std::round(inner.y0 + head + static_cast<float>(week) * row);
        day_cell(ui, workspace, first + (week * 7 + day),
                 {cx, cy, std::round(inner.x0 + static_cast<float>(day + 1) * column),
                  std::round(inner.y0 + head + static_cast<float>(week + 1) * row)});
      }
    }
    return at.y1;
  }

  void day_cell(Ui& ui, Workspace& workspace, Date date, const Rect& cell) {
    const Board& board = *workspace.board;
    const Theme& c = ui.theme();
    const WorkCalendar& calendar = board.calendar;
    const bool inside = civil(date).month == civil(month_).month;
    const bool working = calendar.is_working(date);
    const DayException* exception = calendar.exception(date);
    const std::vector<const Entry*> entries = due(board, date, date + 1);
    if (!working) ui.fill(cell, with_alpha(c.sunken, inside ? 0.9F : 0.5F));
    ImGui::PushID(date.days);
    const Hit h = ui.hit("day", cell);
    if (day_ == date) {
      ui.fill(cell, c.selected);
    } else if (h.hovered) {
      ui.fill(cell, c.hover);
    }
    ui.frame({cell.x0, cell.y0, cell.x1 + ui.hairline(), cell.y1 + ui.hairline()}, c.line);
    const std::string number = std::to_string(civil(date).day);
    const float mid = cell.y0 + ui.px(15);
    if (date == board.as_of) {
      ui.list()->AddCircleFilled({cell.x0 + ui.px(17), mid}, ui.px(11), c.accent);
    }
    const float width = ui.measure(Type::small, number);
    ui.draw({cell.x0 + ui.px(17) - width / 2, mid - ui.size_of(Type::small) / 2}, Type::small,
            date == board.as_of ? c.on_accent
            : inside            ? c.text
                                : with_alpha(c.muted, 0.6F),
            number);
    if (exception != nullptr && cell.width() > ui.px(60)) {
      const std::string note =
          std::string(ui.in(exception->name)) + " " +
          ui.t(exception->working ? Str::schedule_make_up : Str::schedule_day_off);
      ui.draw({cell.x0 + ui.px(34), mid - ui.size_of(Type::caption) / 2}, Type::caption,
              exception->working ? c.muted : c.warning, note, cell.width() - ui.px(40));
    }
    const float line = ui.px(20);
    const float room = cell.y1 - cell.y0 - ui.px(30);
    auto fits = static_cast<std::size_t>(std::max(0.0F, room / line));
    if (fits < entries.size() && fits > 0) --fits;
    float y = cell.y0 + ui.px(29);
    for (std::size_t i = 0; i < std::min(fits, entries.size()); ++i, y += line) {
      const Entry& entry = *entries[i];
      const float my = y + line / 2 - ui.px(1);
      if (is_late(board, entry)) {
        ui.late_mark({cell.x0 + ui.px(13), my}, 13);
      } else if (entry.milestone == kNone) {
        ui.mark({cell.x0 + ui.px(13), my}, 12, board.programme.items[entry.item].status);
      } else {
        ui.mark({cell.x0 + ui.px(13), my}, 11,
                entry.finished ? Status::completed : Status::not_started);
      }
      ui.draw({cell.x0 + ui.px(24), my - ui.size_of(Type::caption) / 2}, Type::caption,
              inside ? c.text : c.muted, name(ui, board, entry), cell.width() - ui.px(28));
    }
    if (fits < entries.size()) {
      const std::string more =
          fits == 0 ? std::to_string(entries.size())
                    : ui.t(Str::schedule_more, {std::to_string(entries.size() - fits)});
      ui.draw({cell.x0 + ui.px(fits == 0 ? 9 : 24), y + ui.px(2)}, Type::caption, c.muted, more,
              cell.width() - ui.px(26));
    }
    if (Node* node = ui.record(Role::cell, cell, date_text(date),
                               entries.empty() ? "" : std::to_string(entries.size()))) {
      node->selected = day_ == date;
      node->focused = h.focused;
      const int since_monday = date.days + 3;  // 1970-01-01 was a Thursday
      node->row = static_cast<std::uint32_t>(since_monday / 7);
      node->column = static_cast<std::uint32_t>(since_monday % 7 + 1);
    }
    if (h.hovered && !entries.empty()) {
      std::string text = date_text(date);
      for (std::size_t i = 0; i < std::min<std::size_t>(entries.size(), 12); ++i) {
        text += "\n" + name(ui, board, *entries[i]);
      }
      ui.tooltip(text);
    }
    if (h.clicked) day_ = day_ == date ? std::nullopt : std::optional(date);
    ImGui::PopID();
  }

  float list(Ui& ui, Workspace& workspace, Rect at) {
    const Board& board = *workspace.board;
    const Theme& c = ui.theme();
    const Date from = day_.value_or(month_);
    const Date to = day_ ? *day_ + 1 : next_month();
    const std::vector<const Entry*> entries = due(board, from, to);
    const std::string title = (day_ ? ui.t(Str::schedule_list_day, {date_text(*day_)})
                                    : std::string(ui.t(Str::schedule_list_month))) +
                              "  " + std::to_string(entries.size());
    const float row = ui.px(44);
    constexpr std::size_t kVisible = 6;
    const std::size_t visible = std::clamp<std::size_t>(entries.size(), 1, kVisible);
    at.y1 = at.y0 + ui.px(64) + row * static_cast<float>(visible);
    const Rect inner = ui.card(at, title);
    if (entries.empty()) {
      ui.say(inner.min(), Type::body, c.muted, ui.t(Str::schedule_nothing_due));
      return at.y1;
    }
    ImGui::SetCursorScreenPos({inner.x0 - ui.px(8), inner.y0});
    ImGui::BeginChild("list", {inner.width() + ui.px(16), row * static_cast<float>(visible)},
                      ImGuiChildFlags_None, ImGuiWindowFlags_NoBackground);
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(entries.size()), row);
    while (clipper.Step()) {
      for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
        const Entry& entry = *entries[static_cast<std::size_t>(i)];
        const ImVec2 corner = ImGui::GetCursorScreenPos();
        const Rect line = {corner.x, corner.y, corner.x + ImGui::GetContentRegionAvail().x,
                           corner.y + row};
        ImGui::PushID(i);
        const Hit h = ui.hit("entry", line);
        ImGui::PopID();
        if (h.hovered || h.focused) ui.fill(line, c.hover, 6);
        entry_line(ui, board, entry, line, h);
        if (h.clicked) workspace.show_item(entry.item);
        ImGui::Dummy({line.width(), row});
      }
    }
    ImGui::PopStyleVar();
    ImGui::EndChild();
    return at.y1;
  }

  static void entry_line(Ui& ui, const Board& board, const Entry& entry, const Rect& line,
                         const Hit& h) {
    const Theme& c = ui.theme();
    const ActionItem& item = board.programme.items[entry.item];
    const bool late = is_late(board, entry);
    const float mid = (line.y0 + line.y1) / 2;
    if (late) {
      ui.late_mark({line.x0 + ui.px(16), mid}, 16);
    } else {
      ui.mark({line.x0 + ui.px(16), mid}, 14,
              entry.finished             ? Status::completed
              : entry.milestone == kNone ? item.status
                                         : Status::not_started);
    }
    std::string when = date_text(entry.due);
    if (entry.finished) {
      when += " · " + ui.t(Str::schedule_finished_on, {date_text(*entry.finished)});
    } else if (entry.forecast && *entry.forecast > entry.due) {
      when += " · " + ui.t(Str::schedule_forecast_on, {date_text(*entry.forecast)});
    }
    const float x = line.x0 + ui.px(32);
    const std::string text = name(ui, board, entry);
    ui.draw({x, line.y0 + ui.px(6)}, Type::body, c.text, text, line.x1 - x - ui.px(8));
    ui.draw({x, line.y0 + ui.px(25)}, Type::caption, late ? c.warning : c.muted,
            item.code + " · " + when, line.x1 - x - ui.px(8));
    if (Node* node = ui.record(Role::button, line, text, item.code + " · " + when)) {
      node->focused = h.focused;
    }
  }

  static float risk(Ui& ui, Workspace& workspace, const Rect& at) {
    std::optional<std::size_t> chosen;
    const float bottom = draw_risk_card(ui, *workspace.board, at, chosen);
    if (chosen) workspace.show_item(*chosen);
    return bottom > at.y0 ? bottom + ui.px(16) : at.y0;
  }

  float departments(Ui& ui, Workspace& workspace, Rect at) {
    Board& board = *workspace.board;
    const Theme& c = ui.theme();
    struct Line {
      std::size_t index;
      std::array<std::size_t, kRags.size()> counts;
      std::size_t total;
    };
    std::vector<Line> lines;
    for (std::size_t i = 0; i < by_department_.size(); ++i) {
      std::size_t total = 0;
      for (std::size_t n : by_department_[i]) total += n;
      if (total > 0) lines.push_back({i, by_department_[i], total});
    }
    // Who has most at risk comes first.
    constexpr auto red = static_cast<std::size_t>(Rag::red);
    constexpr auto amber = static_cast<std::size_t>(Rag::amber);
    std::stable_sort(lines.begin(), lines.end(), [](const Line& a, const Line& b) {
      return a.counts[red] != b.counts[red] ? a.counts[red] > b.counts[red]
                                            : a.counts[amber] > b.counts[amber];
    });
    const float row = ui.px(32);
    at.y1 = at.y0 + ui.px(64) + ui.px(26) +
            row * static_cast<float>(std::max<std::size_t>(lines.size(), 1));
    Rect inner = ui.card(at, ui.t(Str::schedule_by_department));
    float legend = inner.x0;
    for (Rag rag : kRags) {
      const std::string& label = ui.in(label_of(rag));
      ui.mark({legend + ui.px(6), inner.y0 + ui.px(6)}, 12, rag);
      legend += ui.px(18) + ui.draw({legend + ui.px(16), inner.y0}, Type::caption, c.muted, label) +
                ui.px(14);
    }
    inner.y0 += ui.px(26);
    float y = inner.y0;
    const float name_width = std::min(ui.px(220), inner.width() * 0.5F);
    for (const Line& line : lines) {
      const bool named = line.index < board.programme.departments.size();
      const float right = inner.x1 - ui.px(30);
      const Rect rect = {inner.x0 - ui.px(8), y, right, y + row};
      ImGui::PushID(static_cast<int>(line.index));
      const Hit h = ui.hit("department", rect);
      if (named && ui.icon_button("task-book", {inner.x1 - ui.px(8), y + row / 2}, icon::file_text,
                                  ui.t(Str::taskbook_save))) {
        const Department& department = board.programme.departments[line.index];
        workspace.host.save_file(board.programme.id + "-" + department.id + ".html", "text/html",
                                 taskbook_html(board.programme, &board.schedule(), line.index,
                                               board.as_of, ui.language));
      }
      ImGui::PopID();
      const bool on = department_ == line.index;
      if (on) {
        ui.fill(rect, c.selected, 6);
      } else if (h.hovered || h.focused) {
        ui.fill(rect, c.hover, 6);
      }
      const float mid = y + row / 2;
      float x = inner.x0;
      std::string name = ui.t(Str::not_stated);
      if (named) {
        const Department& department = board.programme.departments[line.index];
        name = board.short_name(department, ui.language);
        if (const auto city = board.index.city(department.city)) {
          ui.city_tag({x, mid - ui.city_tag_size() / 2}, *city, board.programme.cities[*city].name);
          x += ui.city_tag_size() + ui.px(8);
        }
      }
      ui.draw({x, mid - ui.size_of(Type::body) / 2}, Type::body, c.text, name,
              inner.x0 + name_width - x);
      std::vector<std::pair<ImU32, double>> shares;
      std::string spoken;
      for (Rag rag : kRags) {
        const std::size_t n = line.counts[static_cast<std::size_t>(rag)];
        shares.emplace_back(c.of(rag), static_cast<double>(n));
        if (n > 0) {
          if (!spoken.empty()) spoken += " · ";
          spoken += ui.in(label_of(rag)) + " " + std::to_string(n);
        }
      }
      const std::string number = std::to_string(line.total);
      ui.share_bar(
          {inner.x0 + name_width + ui.px(12), mid - ui.px(6), right - ui.px(40), mid + ui.px(6)},
          shares, static_cast<double>(line.total));
      ui.draw(
          {right - ui.px(8) - ui.measure(Type::strong, number), mid - ui.size_of(Type::strong) / 2},
          Type::strong, c.text, number);
      if (h.hovered) ui.tooltip(std::string(name).append(" — ").append(spoken));
      if (Node* node = ui.record(Role::option, rect, name, spoken)) {
        node->selected = on;
        node->focused = h.focused;
      }
      if (h.clicked) department_ = on ? std::nullopt : std::optional(line.index);
      y += row;
    }
    return at.y1;
  }

  std::size_t version_ = 0;  ///< of the board that it was prepared for
  bool placed_ = false;
  float top_ = 0;
  float max_scroll_ = 0;
  int camera_frames_ = 0;
  std::vector<Entry> entries_;  ///< by due date
  std::vector<std::array<std::size_t, kRags.size()>> by_department_;
  Date month_;
  std::optional<Date> day_;
  std::optional<std::size_t> department_;  ///< only what it leads
};

}  // namespace

std::unique_ptr<View> make_schedule_view() {
  return std::make_unique<ScheduleView>();
}

}  // namespace tc::ui
