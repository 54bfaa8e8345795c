#include <algorithm>
#include <cmath>

#include "core/roadshow/camera.hpp"
#include "web/ui/icons.gen.hpp"
#include "web/ui/indicator_form.hpp"
#include "web/ui/views/view.hpp"

namespace tc::ui {

namespace {

using Shares = std::array<double, kStatusCount>;

Shares shares_of(const StatusCounts& counts) {
  Shares shares{};
  std::transform(counts.by_status.begin(), counts.by_status.end(), shares.begin(),
                 [](std::size_t n) { return static_cast<double>(n); });
  return shares;
}

/// One page for the person who has a minute: totals, groups, what is late, what comes next.
class Overview : public View {
 public:
  void draw(Ui& ui, Workspace& workspace, const Rect& area) override {
    ImGui::SetCursorScreenPos(area.min());
    if (camera_frames_ > 0) {
      --camera_frames_;
      ImGui::SetNextWindowScroll({-1, std::round(top_ * max_scroll_)});
    }
    ImGui::BeginChild("overview", {area.width(), area.height()}, ImGuiChildFlags_None,
                      ImGuiWindowFlags_NoBackground);
    const float gutter = ui.px(area.width() < ui.px(600) ? 12 : 24);
    const float gap = ui.px(16);
    const ImVec2 origin = ImGui::GetCursorScreenPos();
    const float room = ImGui::GetContentRegionAvail().x - 2 * gutter;
    const float width = std::min(room, ui.px(1600));
    const float x0 = origin.x + gutter + std::floor((room - width) / 2);
    const float x1 = x0 + width;
    float y = origin.y + gutter;

    y = headline(ui, workspace, {x0, y, x1, y}) + gap;
    const bool wide = width >= ui.px(960);
    if (wide) {
      const float split = std::round(x0 + (width - gap) * 0.56F);
      const float left = groups(ui, workspace, {x0, y, split, y});
      const float middle = deadlines(ui, workspace, {split + gap, y, x1, y}, true);
      const float right = deadlines(ui, workspace, {split + gap, middle + gap, x1, y}, false);
      y = std::max(left, right) + gap;
    } else {
      y = groups(ui, workspace, {x0, y, x1, y}) + gap;
      y = deadlines(ui, workspace, {x0, y, x1, y}, true) + gap;
      y = deadlines(ui, workspace, {x0, y, x1, y}, false) + gap;
    }
    y = indicators(ui, workspace, {x0, y, x1, y});
    ImGui::SetCursorScreenPos({origin.x, y});
    ImGui::Dummy({1, gutter});
    max_scroll_ = std::max(0.0F, y + gutter - origin.y - area.height());
    if (camera_frames_ == 0) top_ = max_scroll_ > 0 ? ImGui::GetScrollY() / max_scroll_ : 0;
    ImGui::EndChild();
    form_.draw(ui, workspace);
  }

  /// `top` is how far it is scrolled, from 0 to 1.
  std::string camera() const override {
    roadshow::Camera camera;
    roadshow::put(camera, "top", std::round(static_cast<double>(top_) * 1000) / 1000);
    if (by_) camera.emplace_back("by", kByNames[static_cast<std::size_t>(*by_)]);
    return roadshow::write_camera(camera);
  }

  void set_camera(std::string_view text) override {
    const roadshow::Camera camera = roadshow::parse_camera(text);
    if (const auto by = roadshow::choice_in(camera, "by", kByNames)) by_ = static_cast<By>(*by);
    if (const auto top = roadshow::number_in(camera, "top")) {
      top_ = std::clamp(static_cast<float>(*top), 0.0F, 1.0F);
      camera_frames_ = 3;  // how far it can scroll is known after the first
    }
  }

 private:
  enum class By { area, city, department };
  static constexpr std::array<const char*, 3> kByNames = {"area", "city", "department"};

  /// Cites where a figure comes from, as one line.
  static std::string citation(const Ui& ui, const Board& board,
                              const std::optional<Citation>& source) {
    if (!source) return {};
    const auto found = board.index.source(source->source);
    if (!found) return {};
    std::string text = ui.in(board.programme.sources[*found].title);
    if (!source->place.empty()) text += " · " + ui.in(source->place);
    return text;
  }

  float headline(Ui& ui, Workspace& workspace, Rect at) {
    const Board& board = *workspace.board;
    const Theme& c = ui.theme();
    const auto& indicators = board.programme.indicators;
    const bool reported = board.totals.items.has_value();

    Shares listed = shares_of(board.summary.items);
    const auto listed_total = static_cast<double>(board.summary.items.total());
    Shares shares = listed;
    double total = listed_total;
    if (reported) {
      total = *indicators[*board.totals.items].value;
      shares = {};
      double known = 0;
      for (Status status : kStatuses) {
        const auto which = board.totals.by_status[static_cast<std::size_t>(status)];
        if (!which) continue;
        shares[static_cast<std::size_t>(status)] = *indicators[*which].value;
        known += *indicators[*which].value;
      }
      shares[static_cast<std::size_t>(Status::unknown)] += std::max(0.0, total - known);
    }
    const bool agrees = !reported || (total == listed_total && shares == listed);

    // On a narrow page the bar and its legend go below the figures.
    const bool stacked = at.width() < ui.px(600);
    const auto parts_shown = static_cast<float>(
        std::count_if(shares.begin(), shares.end(), [](double share) { return share > 0; }));
    const float legend_height = stacked ? ui.px(48) + parts_shown * ui.px(28) : 0;
    const float height = ui.px(agrees ? 148 : 176) + legend_height;
    at.y1 = at.y0 + height;
    const Rect inner = ui.card(at, "");
    ui.record(Role::region, at, ui.t(Str::overview_key_items));

    const auto figure = [&](float x, double value, const char* label) {
      const std::string text = number_text(value);
      const float width = ui.draw({x, inner.y0 + ui.px(2)}, Type::display, c.text, text);
      ui.draw({x, inner.y0 + ui.px(56)}, Type::body, c.muted, label);
      const float widest = std::max(width, ui.measure(Type::body, label));
      ui.record(Role::text, {x, inner.y0, x + widest, inner.y0 + ui.px(76)}, label, text);
      return widest;
    };
    float x = inner.x0;
    x += figure(x, total, ui.t(Str::overview_key_items)) + ui.px(40);
    double areas = static_cast<double>(board.programme.areas.size());
    if (board.totals.areas) areas = *indicators[*board.totals.areas].value;
    if (areas > 0) x += figure(x, areas, ui.t(Str::overview_areas)) + ui.px(40);

    if (stacked) x = inner.x0;
    const float bar_y = inner.y0 + ui.px(stacked ? 92 : 8);
    const Rect bar = {x, bar_y, inner.x1, bar_y + ui.px(24)};
    ui.status_bar(bar, shares, total);
    float legend_x = x;
    float legend_y = bar.y1 + ui.px(14);
    for (Status status : kStatuses) {
      const double count = shares[static_cast<std::size_t>(status)];
      if (count <= 0) continue;
      const std::string number = number_text(count);
      const std::string& label = ui.in(label_of(status));
      const std::string share = total > 0 ? number_text(std::round(count / total * 100)) + "%" : "";
      const float label_width = ui.measure(Type::body, label);
      const float number_width = ui.measure(Type::strong, number);
      const float share_width = ui.measure(Type::body, share);
      const float width =
          ui.px(20) + label_width + ui.px(8) + number_width + ui.px(6) + share_width + ui.px(8);
      if (legend_x + width > inner.x1 && legend_x > x) {
        legend_x = x;
        legend_y += ui.px(28);
      }
      const Rect rect = {legend_x - ui.px(6), legend_y - ui.px(6), legend_x + width,
                         legend_y + ui.px(20)};
      ImGui::PushID(static_cast<int>(status));
      const Hit h = ui.hit("legend", rect);
      ImGui::PopID();
      if (h.hovered) ui.fill(rect, c.hover, 6);
      float at_x = legend_x;
      ui.mark({at_x + ui.px(7), legend_y + ui.px(7)}, 14, status);
      at_x += ui.px(20);
      at_x += ui.draw({at_x, legend_y}, Type::body, c.text, label) + ui.px(8);
      at_x += ui.draw({at_x, legend_y}, Type::strong, c.text, number) + ui.px(6);
      ui.draw({at_x, legend_y}, Type::body, c.muted, share);
      if (Node* node = ui.record(Role::button, rect, label, number)) node->focused = h.focused;
      if (h.clicked) {
        ItemQuery query;
        query.status = status;
        workspace.show_items(query);
      }
      legend_x += width + ui.px(20);
    }

    float note_y = inner.y0 + ui.px(96) + legend_height;
    if (reported && !agrees) {
      std::string note = ui.t(Str::overview_reported);
      const std::string from = citation(ui, board, indicators[*board.totals.items].source);
      if (!from.empty()) note += " · " + from;
      ui.say({inner.x0, note_y}, Type::caption, c.muted, note, inner.width());
      note_y += ui.px(22);
    } else {
      std::string note = ui.t(Str::overview_counted);
      if (reported) note += std::string(" · ") + ui.t(Str::overview_agrees);
      ui.say({inner.x0, note_y}, Type::caption, c.muted, note, inner.width());
    }
    if (!agrees) {
      std::string parts;
      for (Status status : kStatuses) {
        if (const std::size_t n = board.summary.items[status]; n > 0) {
          if (!parts.empty()) parts += " · ";
          parts += ui.in(label_of(status)) + " " + std::to_string(n);
        }
      }
      ui.say({inner.x0, note_y}, Type::caption, c.muted,
             ui.t(Str::overview_listed, {number_text(listed_total), parts}), inner.width());
    }
    return at.y1;
  }

  float groups(Ui& ui, Workspace& workspace, Rect at) {
    const Board& board = *workspace.board;
    const Theme& c = ui.theme();
    if (!by_) by_ = board.programme.areas.empty() ? By::department : By::area;

    struct Line {
      std::size_t index;
      const Text* name;
      const StatusCounts* counts;
    };
    static const Text kNone = {"未注明", "Not stated"};
    std::vector<Line> lines;
    const auto collect = [&lines](const auto& list, const std::vector<StatusCounts>& counts,
                                  auto name) {
      for (std::size_t i = 0; i < counts.size(); ++i) {
        const bool none = i == list.size();
        if (none && counts[i].total() == 0) continue;
        lines.push_back({i, none ? &kNone : name(list[i]), &counts[i]});
      }
    };
    switch (*by_) {
      case By::area:
        collect(board.programme.areas, board.summary.by_area,
                [](const Area& area) { return &area.title; });
        break;
      case By::city:
        collect(board.programme.cities, board.summary.by_city,
                [](const City& city) { return &city.name; });
        break;
      case By::department:
        collect(board.programme.departments, board.summary.by_department,
                [](const Department& department) { return &department.name; });
        break;
    }

    const float row = ui.px(34);
    const bool missing_areas = board.programme.areas.empty() && *by_ == By::area;
    float height =
        ui.px(16 + 36 + 8 + 12) + row * static_cast<float>(std::max<std::size_t>(lines.size(), 1));
    const std::vector<std::string_view> choices = {ui.t(Str::group_area), ui.t(Str::group_city),
                                                   ui.t(Str::group_department)};
    const float choices_width = ui.segmented_width(choices);
    const bool below = at.width() < choices_width + ui.px(160);
    if (missing_areas) height += ui.px(44);
    if (below) height += ui.px(38);
    at.y1 = at.y0 + height;
    Rect inner = ui.card(at, ui.t(Str::overview_progress));

    const ImVec2 choices_at =
        below ? inner.min() : ImVec2{inner.x1 - choices_width, at.y0 + ui.px(12)};
    const int chosen = ui.segmented("by", choices_at, choices, static_cast<int>(*by_));
    if (below) inner.y0 += ui.px(38);
    if (chosen >= 0) by_ = static_cast<By>(chosen);

    float y = inner.y0 + ui.px(4);
    if (missing_areas) {
      const std::string number =
          board.totals.areas ? number_text(*board.programme.indicators[*board.totals.areas].value)
                             : std::string("-");
      ui.paragraph({inner.x0, y}, Type::small, c.muted,
                   board.totals.areas ? ui.t(Str::overview_areas_unnamed, {number})
                                      : std::string(ui.t(Str::overview_no_areas)),
                   inner.width(), 2);
      y += ui.px(44);
    }
    std::size_t most = 1;
    for (const Line& line : lines) most = std::max(most, line.counts->total());
    const float name_width = std::min(ui.px(300), inner.width() * 0.42F);
    const float bar_x0 = inner.x0 + name_width + ui.px(12);
    const float bar_room = inner.x1 - ui.px(44) - bar_x0;
    for (const Line& line : lines) {
      const Rect rect = {inner.x0 - ui.px(8), y, inner.x1 + ui.px(8), y + row};
      ImGui::PushID(static_cast<int>(line.index));
      const Hit h = ui.hit("group", rect);
      ImGui::PopID();
      if (h.hovered || h.focused) ui.fill(rect, c.hover, 6);
      const float mid = y + row / 2;
      float name_x = inner.x0;
      const std::size_t cities = board.programme.cities.size();
      std::optional<std::size_t> city;
      if (*by_ == By::city && line.index < cities) city = line.index;
      if (*by_ == By::department && line.index < board.programme.departments.size()) {
        city = board.index.city(board.programme.departments[line.index].city);
      }
      if (city) {
        ui.city_tag({name_x, mid - ui.city_tag_size() / 2}, *city,
                    board.programme.cities[*city].name);
        name_x += ui.city_tag_size() + ui.px(8);
      }
      const std::string& name = ui.in(*line.name);
      const std::string_view shown =
          *by_ == By::department && city
              ? board.short_name(board.programme.departments[line.index], ui.language)
              : std::string_view(name);
      ui.draw({name_x, mid - ui.size_of(Type::body) / 2}, Type::body, c.text, shown,
              inner.x0 + name_width - name_x);
      const auto total = static_cast<double>(line.counts->total());
      const float bar_width =
          std::max(total > 0 ? ui.px(8) : 0.0F,
                   std::round(bar_room * static_cast<float>(total) / static_cast<float>(most)));
      if (total > 0) {
        ui.status_bar({bar_x0, mid - ui.px(7), bar_x0 + bar_width, mid + ui.px(7)},
                      shares_of(*line.counts), total);
      }
      const std::string number = number_text(total);
      ui.draw({inner.x1 - ui.measure(Type::strong, number), mid - ui.size_of(Type::strong) / 2},
              Type::strong, total > 0 ? c.text : c.muted, number);
      std::string detail;
      for (Status status : kStatuses) {
        if (const std::size_t n = (*line.counts)[status]; n > 0) {
          if (!detail.empty()) detail += " · ";
          detail += ui.in(label_of(status)) + " " + std::to_string(n);
        }
      }
      if (h.hovered && ImGui::IsMouseHoveringRect(rect.min(), rect.max())) {
        ui.tooltip(detail.empty() ? name : std::string(name).append(" — ").append(detail));
      }
      if (Node* node = ui.record(Role::button, rect, name, number)) {
        node->focused = h.focused;
        if (!detail.empty()) node->value += " · " + detail;
      }
      if (h.clicked) {
        ItemQuery query;
        if (*by_ == By::area) query.area = line.index;
        if (*by_ == By::city && line.index < cities) query.city = line.index;
        if (*by_ == By::department && line.index < board.programme.departments.size()) {
          query.department = line.index;
        }
        workspace.show_items(query);
      }
      y += row;
    }
    return at.y1;
  }

  float deadlines(Ui& ui, Workspace& workspace, Rect at, bool late) {
    const Board& board = *workspace.board;
    const Theme& c = ui.theme();
    const bool none_dated = board.summary.late.empty() && board.summary.next.empty();
    if (none_dated && !late) return at.y0;
    const std::vector<Deadline>& list = late ? board.summary.late : board.summary.next;
    constexpr std::size_t kShown = 5;
    const std::size_t shown = std::min(list.size(), kShown);
    const float row = ui.px(44);
    at.y1 =
        at.y0 + ui.px(16 + 36 + 12) + (shown == 0 ? ui.px(52) : row * static_cast<float>(shown));
    const std::string title =
        none_dated ? std::string(ui.t(Str::overview_deadlines))
                   : std::string(late ? ui.t(Str::overview_late) : ui.t(Str::overview_next)) +
                         "  " + std::to_string(list.size());
    Rect inner = ui.card(at, title);
    if (list.size() > shown && late) {
      const char* all = ui.t(Str::overview_show_all);
      if (ui.link("all", {inner.x1 - ui.measure(Type::small, all), at.y0 + ui.px(20)}, Type::small,
                  all)) {
        ItemQuery query;
        query.late_only = true;
        query.sort = ItemColumn::due;
        workspace.show_items(query);
      }
    }
    if (shown == 0) {
      ui.paragraph({inner.x0, inner.y0}, Type::body, c.muted,
                   none_dated ? ui.t(Str::overview_no_dates)
                   : late     ? ui.t(Str::overview_none_late)
                              : ui.t(Str::overview_none_next),
                   inner.width(), 2);
      return at.y1;
    }
    float y = inner.y0;
    ImGui::PushID(late ? "late" : "next");
    for (std::size_t i = 0; i < shown; ++i) {
      const Deadline& deadline = list[i];
      const ActionItem& item = board.programme.items[deadline.item];
      const Rect rect = {inner.x0 - ui.px(8), y, inner.x1 + ui.px(8), y + row};
      ImGui::PushID(static_cast<int>(i));
      const Hit h = ui.hit("deadline", rect);
      ImGui::PopID();
      if (h.hovered || h.focused) ui.fill(rect, c.hover, 6);

      const int days = late ? board.as_of - deadline.due : deadline.due - board.as_of;
      const std::string when = late        ? ui.t(Str::days_late, {std::to_string(days)})
                               : days == 0 ? std::string(ui.t(Str::due_today))
                                           : ui.t(Str::days_left, {std::to_string(days)});
      const float when_width = ui.tag_width(when);
      float ignored = 0;
      ui.tag({inner.x1 - when_width, y + ui.px(11)}, when, late ? c.warning : c.muted,
             late ? c.warning_soft : c.sunken, ignored);
      const float text_width = inner.x1 - when_width - ui.px(12) - inner.x0 - ui.px(24);
      if (late) {
        ui.late_mark({inner.x0 + ui.px(8), y + row / 2}, 16);
      } else {
        ui.mark({inner.x0 + ui.px(8), y + row / 2}, 14, item.status);
      }
      const std::string& name = deadline.milestone
                                    ? ui.in(item.milestones[*deadline.milestone].title)
                                    : ui.in(item.title);
      const std::string below =
          date_text(deadline.due) + " · " + item.code +
          (deadline.milestone ? " " + ui.in(item.title)
                              : std::string(" · ") + ui.t(Str::item_deadline));
      ui.draw({inner.x0 + ui.px(24), y + ui.px(6)}, Type::body, c.text, name, text_width);
      ui.draw({inner.x0 + ui.px(24), y + ui.px(25)}, Type::caption, c.muted, below, text_width);
      if (Node* node =
              ui.record(Role::button, rect, name, std::string(below).append(" · ").append(when))) {
        node->focused = h.focused;
      }
      if (h.clicked) workspace.show_item(deadline.item);
      y += row;
    }
    ImGui::PopID();
    return at.y1;
  }

  float indicators(Ui& ui, Workspace& workspace, Rect at) {
    const Board& board = *workspace.board;
    const Theme& c = ui.theme();
    // The totals of the list are the page's headline already.
    const std::vector<Indicator>& indicators = board.programme.indicators;
    std::vector<std::size_t> all;
    for (std::size_t i = 0; i < indicators.size(); ++i) {
      if (indicators[i].counts == Counts::nothing) all.push_back(i);
    }
    if (all.empty()) return at.y0;
    const float gap = ui.px(12);
    const int columns = std::clamp(static_cast<int>((at.width() - ui.px(40)) / ui.px(250)), 1, 6);
    const std::size_t count = all.size();
    const std::size_t lines =
        (count + static_cast<std::size_t>(columns) - 1) / static_cast<std::size_t>(columns);
    const float tile_height = ui.px(134);
    at.y1 = at.y0 + ui.px(16 + 36 + 16) + static_cast<float>(lines) * (tile_height + gap) - gap;
    const Rect inner = ui.card(at, ui.t(Str::overview_indicators));
    const float tile_width = std::floor((inner.width() - gap * static_cast<float>(columns - 1)) /
                                        static_cast<float>(columns));
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t row = i / static_cast<std::size_t>(columns);
      const auto column = static_cast<float>(i % static_cast<std::size_t>(columns));
      const auto line = static_cast<float>(row);
      const float x = inner.x0 + column * (tile_width + gap);
      const float y = inner.y0 + line * (tile_height + gap);
      const Rect rect = {x, y, x + tile_width, y + tile_height};
      tile(ui, board, indicators[all[i]], rect, c);
      if (!workspace.can_edit() || !ImGui::IsRectVisible(rect.min(), rect.max())) continue;
      ImGui::PushID(static_cast<int>(all[i]));
      if (ui.icon_button("edit", {rect.x1 - ui.px(18), rect.y0 + ui.px(18)}, icon::pencil,
                         ui.t(Str::form_edit, {ui.in(indicators[all[i]].name)}))) {
        form_.open(workspace, all[i]);
      }
      ImGui::PopID();
    }
    return at.y1;
  }

  static void tile(Ui& ui, const Board& board, const Indicator& indicator, const Rect& rect,
                   const Theme& c) {
    if (!ImGui::IsRectVisible(rect.min(), rect.max())) return;
    ui.frame(rect, c.line, 8);
    const Rect inner = rect.inset(ui.px(14), ui.px(12));
    const std::string& name = ui.in(indicator.name);
    ui.paragraph({inner.x0, inner.y0 - ui.px(2)}, Type::small, c.muted, name,
                 inner.width() - ui.px(22), 2);
    const std::string& unit = ui.in(indicator.unit);
    const TargetProgress progress = progress_of(indicator, board.as_of);
    // 'At least' belongs to whichever figure the source states.
    const std::string plus = indicator.at_least ? "+" : "";

    std::string value = indicator.value ? number_text(*indicator.value) : "";
    if (indicator.value && !indicator.target) value += plus;
    const float value_y = inner.y0 + ui.px(44);
    float x = inner.x0;
    if (indicator.value) {
      x += ui.draw({x, value_y}, Type::figure, c.text, value) + ui.px(6);
    } else {
      x += ui.draw({x, value_y + ui.px(4)}, Type::heading, c.muted, ui.t(Str::not_reported)) +
           ui.px(6);
    }
    if (indicator.value && !unit.empty()) {
      ui.draw({x, value_y + ui.px(13)}, Type::small, c.muted, unit, inner.x1 - x);
    }

    std::string below;
    if (indicator.target) {
      const std::string target =
          number_text(*indicator.target) + plus + (unit.empty() ? "" : " " + unit);
      below = ui.t(Str::indicator_target, {target});
      if (indicator.target_date) below += " · " + date_text(*indicator.target_date);
      const bool reached = progress.state == TargetState::reached;
      const Rect bar = {inner.x0, inner.y0 + ui.px(80), inner.x1, inner.y0 + ui.px(86)};
      ui.progress_bar(bar, progress.ratio.value_or(0),
                      reached                                 ? c.of(Status::completed)
                      : progress.state == TargetState::missed ? c.warning
                                                              : c.accent);
    } else if (indicator.as_of) {
      below = ui.t(Str::indicator_as_of, {date_text(*indicator.as_of)});
    }
    const std::string percent =
        progress.ratio ? number_text(std::floor(*progress.ratio * 100)) + "%" : "";
    const float percent_width = percent.empty() ? 0 : ui.measure(Type::caption, percent) + ui.px(8);
    ui.draw({inner.x0, inner.y0 + ui.px(95)}, Type::caption, c.muted, below,
            inner.width() - percent_width);
    if (!percent.empty()) {
      ui.draw({inner.x1 - percent_width + ui.px(8), inner.y0 + ui.px(95)}, Type::caption, c.text,
              percent);
    }

    const std::string from = citation(ui, board, indicator.source);
    if (ImGui::IsWindowHovered() && ImGui::IsMouseHoveringRect(rect.min(), rect.max())) {
      std::string text = name;
      if (!below.empty()) text += "\n" + below;
      if (!from.empty()) text += std::string("\n") + ui.t(Str::source) + ": " + from;
      ui.tooltip(text);
    }
    std::string spoken = indicator.value ? value : std::string(ui.t(Str::not_reported));
    if (indicator.value && !unit.empty()) spoken += " " + unit;
    if (!below.empty()) spoken += " · " + below;
    if (!percent.empty()) spoken += " · " + percent;
    ui.record(Role::listitem, rect, name, spoken);
  }

  std::optional<By> by_;
  IndicatorForm form_;
  float top_ = 0;
  float max_scroll_ = 0;
  int camera_frames_ = 0;
};

}  // namespace

std::unique_ptr<View> make_overview() {
  return std::make_unique<Overview>();
}

}  // namespace tc::ui
