#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <string>
#include <vector>

#include "core/exchange/policy_table.hpp"
#include "core/policy/eligibility.hpp"
#include "core/policy/matrix.hpp"
#include "core/roadshow/camera.hpp"
#include "imgui_internal.h"
#include "web/ui/dialog.hpp"
#include "web/ui/icons.gen.hpp"
#include "web/ui/panel_flow.hpp"
#include "web/ui/rule_text.hpp"
#include "web/ui/views/view.hpp"

namespace tc::ui {

namespace {

using policy::Eligibility;
using policy::Grid;
using policy::GridCell;
using policy::GridPlace;
using policy::Truth;
using policy::Verdict;

/// The policy matrix (政策矩阵): what covers which group in which cluster on a day, what that
/// leaves open, and which policies an applicant can use.
class PoliciesView : public View {
 public:
  void draw(Ui& ui, Workspace& workspace, const Rect& area) override {
    const Board& board = *workspace.board;
    workspace_ = &workspace;
    if (version_ != board.version) prepare(board);
    if (!camera_.empty()) look();
    const bool wide = area.width() >= ui.px(980);
    wide_ = wide;
    const float gutter = ui.px(area.width() < ui.px(600) ? 12 : 24);
    Rect left = area;
    if (wide) left.x1 -= std::round(std::clamp(area.width() * 0.34F, ui.px(360), ui.px(520)));
    const float top = toolbar(ui, workspace, left, !wide);
    const Rect below = {left.x0 + gutter, top, left.x1 - (wide ? ui.px(16) : gutter),
                        left.y1 - ui.px(16)};
    if (wide || matrix_only_) matrix(ui, below);
    if (wide) {
      panel(ui, {left.x1, area.y0 + ui.px(16), area.x1 - gutter, area.y1 - ui.px(16)}, true);
    } else if (!matrix_only_) {
      panel(ui, below, false);
    }
    keep_in_mind();
  }

  /// `day` as `Date` counts them; a city, a cell's group and cluster by their ids.
  std::string camera() const override {
    if (programme_ == nullptr) return {};
    roadshow::Camera camera;
    roadshow::put(camera, "day", day_.days);
    camera.emplace_back("page", kPageNames[static_cast<std::size_t>(page_)]);
    if (city_) camera.emplace_back("city", programme_->cities[*city_].id);
    if (place_ && programme_->policy_matrix) {
      camera.emplace_back("group", programme_->policy_matrix->groups[place_->group].id);
      camera.emplace_back("cluster", programme_->policy_matrix->clusters[place_->cluster].id);
    }
    return roadshow::write_camera(camera);
  }

  void set_camera(std::string_view text) override { camera_ = roadshow::parse_camera(text); }

 private:
  static constexpr std::array<const char*, 3> kPageNames = {"cell", "findings", "find"};

  /// Takes the wanted camera over; what the programme hasn't got is passed over.
  void look() {
    if (const auto day = roadshow::number_in(camera_, "day")) {
      set_day(Date{static_cast<std::int32_t>(std::lround(std::clamp(*day, -1e8, 1e8)))});
    }
    if (const auto page = roadshow::choice_in(camera_, "page", kPageNames)) {
      page_ = static_cast<Page>(*page);
    }
    city_ = roadshow::id_in(camera_, "city", programme_->cities);
    place_.reset();
    if (programme_->policy_matrix && !grid_.cells.empty()) {
      const PolicyMatrix& matrix = *programme_->policy_matrix;
      const auto group = roadshow::id_in(camera_, "group", matrix.groups);
      const auto cluster = roadshow::id_in(camera_, "cluster", matrix.clusters);
      if (group && cluster) place_ = GridPlace{*group, *cluster, city_.value_or(0)};
    }
    camera_.clear();
  }

  enum class Page { cell, findings, find };

  void prepare(const Board& board) {
    version_ = board.version;
    programme_ = &board.programme;
    // After a change of the board one goes on where one was.
    const bool same = seen_ == programme_->id;
    if (!same || day_ == board_day_) day_ = board.as_of;
    board_day_ = board.as_of;
    day_text_ = format_date(day_);
    first_ = std::min(day_, board_day_);
    last_ = std::max(day_, board_day_);
    for (const Policy& each : programme_->policies) {
      if (each.valid_from && *each.valid_from < first_) first_ = *each.valid_from;
      if (each.valid_to && last_ < *each.valid_to + 1) last_ = *each.valid_to + 1;
    }
    place_.reset();
    open_.reset();
    if (!same) values_.assign(policy::attributes().size(), {});
    compute();
    if (same) {
      if (!grid_.cells.empty()) {
        const auto at = [](const auto& list, const std::string& id) {
          return std::find_if(list.begin(), list.end(),
                              [&id](const auto& each) { return each.id == id; }) -
                 list.begin();
        };
        const PolicyMatrix& matrix = *programme_->policy_matrix;
        const auto group = static_cast<std::size_t>(at(matrix.groups, mind_.group));
        const auto cluster = static_cast<std::size_t>(at(matrix.clusters, mind_.cluster));
        const auto city = static_cast<std::size_t>(at(programme_->cities, mind_.city));
        if (group < grid_.groups && cluster < grid_.clusters && city < grid_.cities) {
          place_ = GridPlace{group, cluster, city};
        }
      }
      for (std::size_t i = 0; i < programme_->policies.size(); ++i) {
        if (programme_->policies[i].id == mind_.policy) open_ = i;
      }
      // One that was just added is what one wants to see.
      if (programme_->policies.size() == mind_.policies + 1) {
        open_ = programme_->policies.size() - 1;
      }
    }
    if (!same) {
      seen_ = programme_->id;
      // Where there are no cells to look into, something can still be found.
      page_ = grid_.cells.empty() && !programme_->policies.empty() ? Page::find : Page::cell;
    }
  }

  /// By ids, as places in lists don't outlast a change of the board.
  void keep_in_mind() {
    mind_ = {};
    mind_.policies = programme_->policies.size();
    if (open_ && *open_ < programme_->policies.size())
      mind_.policy = programme_->policies[*open_].id;
    if (!place_ || grid_.cells.empty()) return;
    mind_.group = programme_->policy_matrix->groups[place_->group].id;
    mind_.cluster = programme_->policy_matrix->clusters[place_->cluster].id;
    mind_.city = programme_->cities[place_->city].id;
  }

  void compute() {
    grid_ = policy::make_grid(*programme_, day_);
    gaps_ = policy::find_gaps(grid_);
    std::stable_sort(gaps_.begin(), gaps_.end(),
                     [](const policy::GapCell& a, const policy::GapCell& b) {
                       return a.covered_in.size() > b.covered_in.size();
                     });
    overlaps_ = policy::find_overlaps(*programme_, grid_);
    expiring_ = policy::find_expiring(*programme_, day_, kExpiringDays);
    differences_ = policy::compare_cities(*programme_, grid_);
    filter();
    check();
  }

  void set_day(Date day) {
    day = std::clamp(day, first_, last_);
    if (day == day_) return;
    day_ = day;
    day_text_ = format_date(day_);
    compute();
  }

  static std::string lowered(std::string text) {
    for (char& c : text) {
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return text;
  }

  void filter() {
    const std::string wanted = lowered(query_);
    matches_.assign(programme_->policies.size(), 1);
    if (wanted.empty()) return;
    for (std::size_t i = 0; i < matches_.size(); ++i) {
      const Policy& each = programme_->policies[i];
      const std::string all = each.title.zh + "\n" + each.title.en + "\n" + each.document.zh +
                              "\n" + each.document.en + "\n" + label_of(each.instrument).zh + "\n" +
                              label_of(each.instrument).en;
      matches_[i] = lowered(all).find(wanted) != std::string::npos ? 1 : 0;
    }
  }

  // ------------------------------------------------------------------ controls

  float toolbar(Ui& ui, Workspace& workspace, const Rect& area, bool narrow) {
    const Theme& c = ui.theme();
    const float gutter = ui.px(area.width() < ui.px(600) ? 12 : 24);
    const float right = area.x1 - (narrow ? gutter : ui.px(16));
    const float row = ui.px(34);
    float x = area.x0 + gutter;
    float y = area.y0 + ui.px(16);
    const auto room_for = [&](float width) {
      if (x + width > right && x > area.x0 + gutter) {
        x = area.x0 + gutter;
        y += row + ui.px(8);
      }
    };
    if (narrow) {
      const std::vector<std::string_view> parts = {
          ui.t(Str::policies_matrix), ui.t(Str::policies_title), ui.t(Str::policies_findings),
          ui.t(Str::policies_find)};
      const int now = matrix_only_ ? 0 : 1 + static_cast<int>(page_);
      const int part = ui.segmented("part", {x, y + ui.px(2)}, parts, now);
      if (part == 0) matrix_only_ = true;
      if (part > 0) {
        matrix_only_ = false;
        page_ = static_cast<Page>(part - 1);
      }
      y += row + ui.px(8);
    }
    if (programme_->cities.size() > 1 && grid_.cities > 0) {
      std::vector<std::string_view> names = {ui.t(Str::policies_both)};
      for (const City& city : programme_->cities) names.push_back(ui.in(city.name));
      const float width = ui.segmented_width(names);
      const int chosen = ui.segmented("cities", {x, y + ui.px(2)}, names,
                                      city_ ? static_cast<int>(*city_) + 1 : 0);
      if (chosen == 0) city_.reset();
      if (chosen > 0) city_ = static_cast<std::size_t>(chosen - 1);
      x += width + ui.px(12);
    }
    const bool edits = workspace.can_edit();
    const char* add = ui.t(Str::record_add_policy);
    const float add_wide = ui.measure(Type::body, add) + ui.px(44);
    room_for(ui.px(180));
    const bool label = edits && right - x > ui.px(330) + add_wide;
    const float export_room = ui.px(42) + (!edits ? 0 : label ? add_wide + ui.px(8) : ui.px(38));
    const Rect field = {
        x, y, std::max(x + ui.px(120), std::min(x + ui.px(260), right - export_room)), y + row};
    if (ui.text_field("filter", field, ui.t(Str::policies_search), query_,
                      ui.t(Str::policies_search))) {
      filter();
    }
    if (edits) {
      const float x1 = right - ui.px(42);
      if (label ? ui.button("new", {x1 - add_wide, y, x1, y + row}, add, icon::plus)
                : ui.icon_button("new", {x1 - ui.px(13), y + row / 2}, icon::plus, add)) {
        workspace.record = RecordEdit{RecordKind::policy, std::nullopt};
      }
    }
    if (ui.icon_button("export", {right - ui.px(17), y + row / 2}, icon::download,
                       ui.t(Str::policies_export))) {
      ImGui::OpenPopup("exports");
    }
    exports(ui, workspace, {right, y + row + ui.px(4)});
    y += row + ui.px(8);
    x = area.x0 + gutter;

    // The day, typed or dragged.
    if (first_ < last_) {
      const char* label = ui.t(Str::policies_as_of);
      ui.say({x, y + ui.px(9)}, Type::small, c.muted, label);
      x += ui.measure(Type::small, label) + ui.px(8);
      const Rect date = {x, y, x + ui.px(112), y + row};
      const bool bad = !parse_date(day_text_);
      if (ui.text_field("day", date, ui.t(Str::policies_day), day_text_, "", false, bad)) {
        if (const auto day = parse_date(day_text_)) {
          const std::string typed = day_text_;
          set_day(*day);
          day_text_ = typed;
        }
      }
      x = date.x1 + ui.px(12);
      const bool away = day_ != board_day_;
      const float room = away ? ui.px(44) : 0;
      slider(ui, {x, y, std::max(x + ui.px(40), right - room), y + row});
      if (away && ui.icon_button("today", {right - ui.px(17), y + row / 2}, icon::rotate_ccw,
                                 ui.t(Str::policies_to_today))) {
        set_day(board_day_);
      }
      y += row + ui.px(8);
    }
    return y;
  }

  void slider(Ui& ui, const Rect& rect) {
    const Theme& c = ui.theme();
    // The years stand below the knob, which would cover them otherwise.
    const float mid = rect.y0 + ui.px(11);
    const float r = ui.px(8);
    const float x0 = rect.x0 + r;
    const float x1 = rect.x1 - r;
    const auto x_of = [&](Date day) {
      return x0 + (x1 - x0) * static_cast<float>(day - first_) / static_cast<float>(last_ - first_);
    };
    const Hit h = ui.hit("slider", rect);
    if (h.held) {
      const float share =
          std::clamp((ImGui::GetIO().MousePos.x - x0) / std::max(1.0F, x1 - x0), 0.0F, 1.0F);
      set_day(first_ +
              static_cast<std::int32_t>(std::round(share * static_cast<float>(last_ - first_))));
    }
    ui.fill({x0, mid - ui.px(2), x1, mid + ui.px(2)}, c.line_strong, 2);
    // Years, so that one sees where one is.
    float free_from = x0;
    for (int year = civil(first_).year + 1; year <= civil(last_).year; ++year) {
      const float x = x_of(*make_date(year, 1, 1));
      ui.fill({x, mid - ui.px(5), x + ui.hairline(), mid + ui.px(5)}, c.muted);
      if (x < free_from || x + ui.px(34) > x1) continue;
      ui.say({x, mid + r + ui.px(3)}, Type::caption, c.muted, std::to_string(year));
      free_from = x + ui.px(44);
    }
    const float at = x_of(day_);
    const float own = x_of(board_day_);
    ui.fill({own - ui.px(1), mid - ui.px(7), own + ui.px(1), mid + ui.px(7)}, c.warning);
    ui.list()->AddCircleFilled({at, mid}, r, c.accent);
    if (h.focused || h.hovered)
      ui.list()->AddCircle({at, mid}, r + ui.px(3), c.accent, 0, ui.px(2));
    if (h.focused && !h.held) {
      if (ImGui::IsKeyPressed(ImGuiKey_LeftArrow)) set_day(std::max(first_, day_ - 1));
      if (ImGui::IsKeyPressed(ImGuiKey_RightArrow)) set_day(std::min(last_, day_ + 1));
    }
    if (Node* node = ui.record(Role::text, rect, ui.t(Str::policies_as_of), format_date(day_))) {
      node->focused = h.focused;
      node->slides = true;
      node->high = static_cast<float>(last_ - first_);
      node->now = static_cast<float>(day_ - first_);
    }
    if (h.hovered && !h.held) ui.tooltip(format_date(day_));
  }

  void exports(Ui& ui, Workspace& workspace, ImVec2 at) {
    constexpr std::array kNames = {Str::policies_export_csv, Str::policies_export_html};
    const int chosen = download_menu(ui, "exports", at, 240, kNames);
    if (chosen == 0) {
      workspace.host.save_file(programme_->id + ".policies.csv", "text/csv",
                               policies_csv(*programme_, day_, ui.language));
    } else if (chosen == 1) {
      workspace.host.save_file(programme_->id + ".policies.html", "text/html",
                               policies_html(*programme_, day_, ui.language));
    }
  }

  // ------------------------------------------------------------------ the matrix

  /// A sign of its own for each coverage, besides the colour.
  static void coverage_mark(Ui& ui, ImVec2 at, float r, Coverage coverage) {
    const Theme& c = ui.theme();
    ImDrawList* list = ui.list();
    const float line = ui.px(1.5F);
    switch (coverage) {
      case Coverage::full:
        list->AddCircleFilled(at, r, c.of(Status::completed));
        return;
      case Coverage::partial:
        list->AddCircle(at, r, c.of(Status::staged_result), 0, line);
        list->PathArcTo(at, r, IM_PI / 2, IM_PI * 3 / 2);
        list->PathFillConvex(c.of(Status::staged_result));
        return;
      case Coverage::none:
        list->AddCircle(at, r, c.line_strong, 0, line);
        return;
      case Coverage::expired: {
        const float d = r * 0.8F;
        list->AddLine({at.x - d, at.y - d}, {at.x + d, at.y + d}, c.warning, ui.px(2));
        list->AddLine({at.x - d, at.y + d}, {at.x + d, at.y - d}, c.warning, ui.px(2));
        return;
      }
      case Coverage::unknown: {
        const float width = ui.measure(Type::strong, "?");
        ui.draw({at.x - width / 2, at.y - ui.size_of(Type::strong) / 2}, Type::strong, c.muted,
                "?");
        return;
      }
    }
  }
  static ImU32 coverage_ground(const Theme& c, Coverage coverage) {
    switch (coverage) {
      case Coverage::full:
        return with_alpha(c.of(Status::completed), 0.26F);
      case Coverage::partial:
        return with_alpha(c.of(Status::staged_result), 0.16F);
      case Coverage::expired:
        return c.warning_soft;
      case Coverage::none:
        return c.surface;
      case Coverage::unknown:
        return c.sunken;
    }
    return c.surface;
  }

  /// Of the groups' names, which are broken between words only. Chinese is broken anywhere.
  static float longest_word(const Ui& ui, const PolicyMatrix& data) {
    float longest = 0;
    for (const MatrixGroup& group : data.groups) {
      std::string_view rest = ui.in(group.title);
      while (!rest.empty()) {
        const std::string_view word = rest.substr(0, rest.find(' '));
        const bool latin = std::all_of(word.begin(), word.end(),
                                       [](char c) { return static_cast<unsigned char>(c) < 0x80; });
        if (latin) longest = std::max(longest, ui.measure(Type::strong, word));
        rest.remove_prefix(std::min(rest.size(), word.size() + 1));
      }
    }
    return longest;
  }

  void matrix(Ui& ui, const Rect& rect) {
    const Theme& c = ui.theme();
    if (rect.width() < ui.px(80) || rect.height() < ui.px(80)) return;
    ui.fill(rect, c.surface, 10);
    if (grid_.cells.empty()) {
      ui.frame(rect, c.line, 10);
      without_grid(ui, rect);
      return;
    }
    const PolicyMatrix& data = *programme_->policy_matrix;
    const std::size_t parts = city_ ? 1 : grid_.cities;
    const float names =
        std::round(std::max(std::clamp(rect.width() * 0.2F, ui.px(92), ui.px(180)),
                            std::min(rect.width() * 0.4F, longest_word(ui, data) + ui.px(28))));
    const float head = ui.px(44);
    const bool budgets = std::any_of(grid_.cells.begin(), grid_.cells.end(),
                                     [](const GridCell& each) { return each.budget.has_value(); });
    const float foot = ui.px(parts > 1 || budgets ? 52 : 34);
    const Rect body = {rect.x0 + names, rect.y0 + head, rect.x1 - ui.px(1), rect.y1 - foot};
    const auto columns = static_cast<float>(grid_.clusters);
    const auto rows = static_cast<float>(grid_.groups);
    const float column = std::max(ui.px(parts > 1 ? 108 : 72), std::floor(body.width() / columns));
    const float row = std::max(ui.px(52), std::min(ui.px(110), std::floor(body.height() / rows)));

    ImGui::SetCursorScreenPos(body.min());
    ImGui::BeginChild("cells", {body.width(), body.height()}, ImGuiChildFlags_None,
                      ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_HorizontalScrollbar);
    const ImVec2 origin = ImGui::GetCursorScreenPos();
    for (std::size_t g = 0; g < grid_.groups; ++g) {
      for (std::size_t k = 0; k < grid_.clusters; ++k) {
        const float x0 = std::round(origin.x + static_cast<float>(k) * column);
        const float y0 = std::round(origin.y + static_cast<float>(g) * row);
        const float part = std::floor(column / static_cast<float>(parts));
        for (std::size_t p = 0; p < parts; ++p) {
          const std::size_t city = city_ ? *city_ : p;
          const float left = x0 + static_cast<float>(p) * part;
          cell(ui, {g, k, city},
               {left + ui.px(2), y0 + ui.px(2), left + part - ui.px(p + 1 == parts ? 3 : 1),
                y0 + row - ui.px(2)});
        }
      }
    }
    ImGui::SetCursorScreenPos(origin);
    ImGui::Dummy({column * columns, row * rows});
    ImGui::EndChild();

    // Headings stay while the cells scroll below them.
    ImDrawList* list = ui.list();
    list->PushClipRect({body.x0, rect.y0}, {body.x1, body.y0}, true);
    for (std::size_t k = 0; k < grid_.clusters; ++k) {
      const float x = origin.x + static_cast<float>(k) * column;
      if (x > body.x1 || x + column < body.x0) continue;
      const std::string& name = ui.in(data.clusters[k].title);
      const auto lines = ui.wrap(Type::small, name, column - ui.px(8));
      float y = rect.y0 + (head - ui.line_height(Type::small) *
                                      static_cast<float>(std::min<std::size_t>(2, lines.size()))) /
                              2;
      for (std::size_t i = 0; i < std::min<std::size_t>(2, lines.size()); ++i) {
        ui.draw({x + ui.px(4), y}, Type::small, c.text, lines[i], column - ui.px(8));
        y += ui.line_height(Type::small);
      }
      if (Node* node = ui.record(
              Role::columnheader,
              {std::max(x, body.x0), rect.y0, std::min(x + column, body.x1), body.y0}, name)) {
        node->column = static_cast<std::uint32_t>(k * programme_->cities.size() + 1);
      }
    }
    list->PopClipRect();
    list->PushClipRect({rect.x0, body.y0}, {body.x0, body.y1}, true);
    for (std::size_t g = 0; g < grid_.groups; ++g) {
      const float y = origin.y + static_cast<float>(g) * row;
      if (y > body.y1 || y + row < body.y0) continue;
      const std::string& name = ui.in(data.groups[g].title);
      const auto lines = ui.wrap(Type::strong, name, names - ui.px(24));
      std::string_view part;
      for (const MatrixPart& each : data.parts) {
        if (each.id == data.groups[g].part) part = ui.in(each.title);
      }
      const auto shown = std::min<std::size_t>(2, lines.size());
      float ty = y + (row - ui.line_height(Type::strong) * static_cast<float>(shown) -
                      (part.empty() ? 0 : ui.line_height(Type::caption))) /
                         2;
      for (std::size_t i = 0; i < shown; ++i) {
        ui.draw({rect.x0 + ui.px(16), ty}, Type::strong, c.text, lines[i], names - ui.px(20));
        ty += ui.line_height(Type::strong);
      }
      if (!part.empty()) {
        ui.draw({rect.x0 + ui.px(16), ty}, Type::caption, c.muted, part, names - ui.px(20));
      }
      if (Node* node = ui.record(
              Role::row, {rect.x0, std::max(y, body.y0), body.x0, std::min(y + row, body.y1)}, name,
              part)) {
        node->row = static_cast<std::uint32_t>(g + 1);
      }
    }
    list->PopClipRect();
    ui.fill({rect.x0, body.y0 - ui.hairline(), rect.x1, body.y0}, c.line);
    ui.frame(rect, c.line, 10);

    // What the signs mean.
    float x = rect.x0 + ui.px(16);
    float y = rect.y1 - ui.px(24);
    for (const Coverage coverage : {Coverage::full, Coverage::partial, Coverage::none,
                                    Coverage::expired, Coverage::unknown}) {
      const std::string& name = ui.in(label_of(coverage));
      const float width = ui.measure(Type::caption, name) + ui.px(30);
      if (x + width > rect.x1) break;
      coverage_mark(ui, {x + ui.px(6), y + ui.px(7)}, ui.px(5), coverage);
      ui.draw({x + ui.px(16), y}, Type::caption, c.muted, name);
      x += width;
    }
    std::string hint;
    if (parts > 1) {
      std::string order;
      for (const City& city : programme_->cities) {
        if (!order.empty()) order += ui.language == Language::zh ? "、" : ", ";
        order += ui.in(city.name);
      }
      hint = ui.t(Str::policies_compare_hint, {order});
    }
    // The unit first: it must not be what a narrow page cuts off.
    if (budgets) {
      hint = std::string(ui.t(Str::policies_cell_unit)) + (hint.empty() ? "" : " · ") + hint;
    }
    if (!hint.empty()) {
      ui.say({rect.x0 + ui.px(16), y - ui.px(20)}, Type::caption, c.muted, hint,
             rect.width() - ui.px(32));
    }
  }

  std::string place_name(const Ui& ui, const GridPlace& place) const {
    const PolicyMatrix& data = *programme_->policy_matrix;
    return ui.t(Str::policies_matrix_cell,
                {ui.in(data.groups[place.group].title), ui.in(data.clusters[place.cluster].title),
                 ui.in(programme_->cities[place.city].name)});
  }

  std::string budget_text(const Ui& ui, const GridCell& cell) const {
    if (!cell.budget) return ui.t(Str::policies_budget_unknown);
    std::string text = ui.t(Str::policies_budget_is, {number_text(std::round(*cell.budget))});
    const char* joint = ui.language == Language::zh ? "，" : ", ";
    if (cell.estimated) text += joint + std::string(ui.t(Str::policies_estimated));
    if (!cell.budget_complete) text += joint + std::string(ui.t(Str::policies_budget_incomplete));
    return text;
  }

  void cell(Ui& ui, const GridPlace& place, const Rect& rect) {
    const ImRect clip = ImGui::GetCurrentWindow()->ClipRect;
    if (rect.x1 < clip.Min.x || rect.x0 > clip.Max.x || rect.y1 < clip.Min.y ||
        rect.y0 > clip.Max.y) {
      return;
    }
    const Theme& c = ui.theme();
    const GridCell& cell = grid_.at(place.group, place.cluster, place.city);
    std::size_t hits = 0;
    for (const policy::CellPolicy& each : cell.policies) hits += matches_[each.policy] != 0 ? 1 : 0;
    const bool dim = !query_.empty() && hits == 0;
    ImGui::PushID(static_cast<int>(grid_.index(place.group, place.cluster, place.city)));
    const Hit h = ui.hit("cell", rect);
    ImGui::PopID();
    const bool chosen = place_ && *place_ == place;
    ui.fill(rect, dim ? with_alpha(c.sunken, 0.6F) : coverage_ground(c, cell.coverage), 6);
    if (chosen || h.hovered || h.focused) {
      ui.list()->AddRect(rect.min(), rect.max(), chosen ? c.accent : c.line_strong, ui.px(6), 0,
                         ui.px(chosen ? 2.0F : 1.5F));
    } else {
      ui.frame(rect, c.line, 6);
    }
    if (!dim) {
      coverage_mark(ui, {rect.x0 + ui.px(13), rect.y0 + ui.px(14)}, ui.px(6), cell.coverage);
      if (!cell.policies.empty()) {
        const std::string count = std::to_string(query_.empty() ? cell.policies.size() : hits);
        ui.draw({rect.x1 - ui.px(8) - ui.measure(Type::small, count), rect.y0 + ui.px(8)},
                Type::small, c.text, count);
      }
      if (cell.budget && rect.height() > ui.px(40) && rect.width() > ui.px(36)) {
        // The legend says the unit.
        ui.draw({rect.x0 + ui.px(7), rect.y1 - ui.px(20)}, Type::caption, c.muted,
                number_text(std::round(*cell.budget)), rect.width() - ui.px(10));
      }
      if (!city_ && rect.height() > ui.px(64)) {
        ui.city_tag({rect.x0 + ui.px(5), rect.y0 + ui.px(25)}, place.city,
                    programme_->cities[place.city].name);
      }
    }
    const std::string name = place_name(ui, place);
    std::string value = ui.in(label_of(cell.coverage)) + " · " +
                        ui.t(Str::policies_count, {std::to_string(cell.policies.size())});
    if (!cell.policies.empty()) value += " · " + budget_text(ui, cell);
    if (Node* node = ui.record(Role::cell, rect, name, value)) {
      node->selected = chosen;
      node->focused = h.focused;
      node->row = static_cast<std::uint32_t>(place.group + 1);
      node->column =
          static_cast<std::uint32_t>(place.cluster * programme_->cities.size() + place.city + 1);
    }
    if (h.hovered) {
      std::string tip = name + "\n" + value;
      for (std::size_t i = 0; i < std::min<std::size_t>(8, cell.policies.size()); ++i) {
        tip += "\n· " + ui.in(programme_->policies[cell.policies[i].policy].title);
      }
      ui.tooltip(tip);
    }
    if (h.clicked) {
      place_ = chosen ? std::nullopt : std::optional(place);
      page_ = Page::cell;
      // On a narrow page what was asked for takes the matrix's place.
      if (place_ && !wide_) matrix_only_ = false;
    }
  }

  /// The source names a matrix and not what is in it: the policies themselves are still known.
  void without_grid(Ui& ui, const Rect& rect) {
    PanelFlow flow(ui, "unknown", rect);
    if (programme_->policy_matrix) {
      const PolicyMatrix& data = *programme_->policy_matrix;
      flow.heading(ui.t(Str::policies_unknown));
      flow.text(ui.t(Str::policies_unknown_detail, {ui.in(data.title)}));
      for (const MatrixPart& part : data.parts) {
        flow.text(ui.in(part.title) + (ui.language == Language::zh ? "：" : ": ") +
                  (part.size > 0 ? ui.t(Str::policies_count, {std::to_string(part.size)})
                                 : std::string(ui.t(Str::policies_unknown_date))));
      }
      if (data.source) source(flow, ui, *data.source);
    } else {
      flow.heading(ui.t(Str::policies_no_matrix));
    }
    flow.heading(ui.t(Str::policies_known));
    bool any = false;
    for (std::size_t i = 0; i < programme_->policies.size(); ++i) {
      if (matches_[i] == 0) continue;
      any = true;
      one_policy(flow, ui, i, nullptr);
    }
    if (!any) flow.text(ui.t(Str::policies_none_here));
  }

  void source(PanelFlow& flow, Ui& ui, const Citation& citation) const {
    for (const Source& each : programme_->sources) {
      if (each.id != citation.source) continue;
      flow.text(std::string(ui.t(Str::network_source)) + " " + ui.in(each.title) + " · " +
                ui.in(citation.place));
    }
  }

  // ------------------------------------------------------------------ beside it

  void panel(Ui& ui, const Rect& rect, bool tabs) {
    const Theme& c = ui.theme();
    ui.fill(rect, c.surface, 10);
    ui.frame(rect, c.line, 10);
    float top = rect.y0 + ui.px(4);
    if (tabs) {
      const std::vector<std::string_view> pages = {
          ui.t(Str::policies_title), ui.t(Str::policies_findings), ui.t(Str::policies_find)};
      const int page = ui.segmented("pages", {rect.x0 + ui.px(16), rect.y0 + ui.px(12)}, pages,
                                    static_cast<int>(page_));
      if (page >= 0) page_ = static_cast<Page>(page);
      top = rect.y0 + ui.px(50);
    }
    ImGui::PushID(static_cast<int>(page_));
    {
      PanelFlow flow(ui, "panel", {rect.x0, top, rect.x1, rect.y1 - ui.px(2)});
      switch (page_) {
        case Page::cell:
          cell_panel(flow, ui);
          break;
        case Page::findings:
          findings(flow, ui);
          break;
        case Page::find:
          find(flow, ui);
          break;
      }
    }
    ImGui::PopID();
  }

  std::string validity(const Ui& ui, const Policy& each) const {
    const auto date = [&](const std::optional<Date>& day) {
      return day ? format_date(*day) : std::string(ui.t(Str::policies_unknown_date));
    };
    std::string force = ui.in(policy::label_of(policy::force_of(each, day_)));
    if (!each.valid_from && !each.valid_to) return force;
    return ui.t(Str::policies_from_to, {date(each.valid_from), date(each.valid_to)}) + " · " +
           force;
  }

  void one_policy(PanelFlow& flow, Ui& ui, std::size_t i, const policy::CellPolicy* in_cell) {
    const Policy& each = programme_->policies[i];
    const bool open = open_ == i;
    std::string detail = validity(ui, each);
    if (!each.document.in(ui.language).empty()) detail = ui.in(each.document) + "\n" + detail;
    if (flow.row(ui.in(each.title), in_cell != nullptr ? ui.in(label_of(in_cell->coverage)) : "",
                 detail, open)) {
      open_ = open ? std::optional<std::size_t>() : i;
    }
    if (!open) return;
    flow.pair(ui.t(Str::policies_instrument), ui.in(label_of(each.instrument)));
    std::string cities;
    for (const std::string& id : each.cities) {
      for (const City& city : programme_->cities) {
        if (city.id == id) cities += (cities.empty() ? "" : " · ") + ui.in(city.name);
      }
    }
    if (!cities.empty()) flow.pair(ui.t(Str::group_city), cities);
    if (each.amount && each.amount->value) {
      flow.pair(ui.t(Str::policies_amount),
                (each.amount->at_most ? std::string(ui.t(Str::policies_at_most)) : std::string()) +
                    number_text(*each.amount->value) + " " + ui.in(each.amount->unit));
    }
    if (in_cell != nullptr && in_cell->budget) {
      flow.pair(ui.t(Str::policies_budget),
                ui.t(Str::policies_budget_is, {number_text(std::round(*in_cell->budget))}) +
                    (in_cell->estimated ? (ui.language == Language::zh ? "，" : ", ") +
                                              std::string(ui.t(Str::policies_estimated))
                                        : std::string()));
    } else {
      flow.pair(ui.t(Str::policies_budget),
                each.budget ? ui.t(Str::policies_budget_is, {number_text(*each.budget)})
                            : std::string(ui.t(Str::policies_budget_unknown)));
    }
    conditions(flow, ui, each, nullptr);
    if (each.source) source(flow, ui, *each.source);
    if (workspace_->can_edit()) {
      const std::array<PanelFlow::Action, 2> actions = {
          {{ui.t(Str::edit), icon::pencil}, {ui.t(Str::record_remove), icon::trash_2}}};
      const int action = flow.buttons(actions);
      if (action >= 0) {
        workspace_->record = RecordEdit{RecordKind::policy, i};
        workspace_->record->remove = action == 1;
      }
    }
    flow.gap();
  }

  /// Each comparison of a rule, with how it turned out where that is known.
  void conditions(PanelFlow& flow, Ui& ui, const Policy& each, const Eligibility* result) {
    if (each.conditions.empty()) {
      flow.text(ui.t(Str::policies_conditions_unknown));
      return;
    }
    bool first = true;
    for (const RuleLine& each_line : rule_lines(ui, *programme_, each.conditions, true)) {
      std::string line = each_line.text;
      if (result != nullptr && each_line.node < result->nodes.size()) {
        const Truth truth = result->nodes[each_line.node];
        line += "  [";
        line += ui.t(truth == Truth::yes  ? Str::policies_met
                     : truth == Truth::no ? Str::policies_not_met
                                          : Str::policies_not_known);
        line += "]";
      }
      flow.pair(first ? ui.t(Str::policies_conditions) : "", line);
      first = false;
    }
    if (first) flow.text(ui.t(Str::policies_conditions_none));
  }

  void cell_panel(PanelFlow& flow, Ui& ui) {
    if (!place_ || grid_.cells.empty()) {
      flow.heading(ui.t(Str::policies_known));
      if (!grid_.cells.empty()) flow.text(ui.t(Str::policies_pick));
      bool any = false;
      for (std::size_t i = 0; i < programme_->policies.size(); ++i) {
        if (matches_[i] == 0) continue;
        any = true;
        one_policy(flow, ui, i, nullptr);
      }
      if (!any) flow.text(ui.t(Str::policies_none_here));
      return;
    }
    for (std::size_t city = 0; city < grid_.cities; ++city) {
      if (city_ ? city != *city_ : false) continue;
      const GridPlace place = {place_->group, place_->cluster, city};
      const GridCell& cell = grid_.at(place.group, place.cluster, city);
      flow.heading(place_name(ui, place));
      flow.text(ui.in(label_of(cell.coverage)) +
                (cell.policies.empty() ? std::string() : " · " + budget_text(ui, cell)));
      for (const policy::CellPolicy& each : cell.policies) {
        if (matches_[each.policy] != 0) one_policy(flow, ui, each.policy, &each);
      }
      if (cell.policies.empty()) {
        flow.text(ui.t(cell.coverage == Coverage::unknown ? Str::policies_cell_unknown
                                                          : Str::policies_none_here));
      }
    }
  }

  void findings(PanelFlow& flow, Ui& ui) {
    if (grid_.cells.empty()) {
      flow.heading(ui.t(Str::policies_unknown));
      flow.text(ui.t(Str::policies_cell_unknown));
    }
    const auto go = [&](const GridPlace& place) {
      place_ = place;
      page_ = Page::cell;
    };
    const auto titles = [&](const std::vector<std::size_t>& list) {
      std::string text;
      for (const std::size_t i : list) {
        text += (text.empty()                  ? ""
                 : ui.language == Language::zh ? "、"
                                               : ", ") +
                ui.in(programme_->policies[i].title);
      }
      return text;
    };
    const auto more = [&](std::size_t count) {
      if (count == 0) flow.text(ui.t(Str::network_none));
      if (count > kMostRows) {
        flow.text(ui.t(Str::network_more, {std::to_string(count - kMostRows)}));
      }
    };
    const auto head = [&](Str title, std::size_t count, Str why) {
      flow.heading(std::string(ui.t(title)) + "  " + std::to_string(count), ui.t(why));
    };
    flow.heading(ui.t(Str::policies_expiring, {std::to_string(kExpiringDays)}) + "  " +
                     std::to_string(expiring_.size()),
                 ui.t(Str::policies_expiring_why));
    for (std::size_t i = 0; i < std::min(kMostRows, expiring_.size()); ++i) {
      const policy::Expiring& each = expiring_[i];
      if (flow.row(ui.in(programme_->policies[each.policy].title),
                   ui.t(Str::policies_days_left, {std::to_string(each.days_left)}),
                   ui.t(Str::policies_worse, {std::to_string(each.worse.size())}))) {
        if (!each.worse.empty()) go(each.worse.front());
        open_ = each.policy;
      }
    }
    more(expiring_.size());
    if (grid_.cells.empty()) return;

    head(Str::policies_gaps, gaps_.size(), Str::policies_gaps_why);
    for (std::size_t i = 0; i < std::min(kMostRows, gaps_.size()); ++i) {
      const policy::GapCell& each = gaps_[i];
      std::string detail;
      for (const std::size_t city : each.covered_in) {
        detail += (detail.empty() ? "" : " · ") +
                  ui.t(Str::policies_gap_covered, {ui.in(programme_->cities[city].name)});
      }
      if (!each.lapsed.empty()) {
        detail +=
            (detail.empty() ? "" : "\n") + ui.t(Str::policies_gap_lapsed, {titles(each.lapsed)});
      }
      if (flow.row(place_name(ui, each.place), ui.in(label_of(each.coverage)), detail)) {
        go(each.place);
      }
    }
    more(gaps_.size());

    head(Str::policies_overlaps, overlaps_.size(), Str::policies_overlaps_why);
    for (std::size_t i = 0; i < std::min(kMostRows, overlaps_.size()); ++i) {
      const policy::Overlap& each = overlaps_[i];
      if (flow.row(place_name(ui, each.place), ui.in(label_of(each.instrument)),
                   titles(each.policies))) {
        go(each.place);
      }
    }
    more(overlaps_.size());

    const auto differing = static_cast<std::size_t>(
        std::count_if(differences_.begin(), differences_.end(),
                      [](const policy::CityDifference& each) { return each.differs; }));
    head(Str::policies_differences, differing, Str::policies_differences_why);
    std::size_t rows = 0;
    const PolicyMatrix& data = *programme_->policy_matrix;
    for (const policy::CityDifference& each : differences_) {
      if (!each.differs) continue;
      if (++rows > kMostRows) break;
      std::string detail;
      for (std::size_t city = 0; city < each.coverage.size(); ++city) {
        detail += (city > 0 ? " · " : "") + ui.in(programme_->cities[city].name) + " " +
                  ui.in(label_of(each.coverage[city]));
      }
      for (std::size_t city = 0; city < each.only.size(); ++city) {
        if (each.only[city].empty()) continue;
        std::string list;
        for (const Instrument instrument : each.only[city]) {
          list += (list.empty()                  ? ""
                   : ui.language == Language::zh ? "、"
                                                 : ", ") +
                  ui.in(label_of(instrument));
        }
        detail += "\n" + ui.t(Str::policies_only, {ui.in(programme_->cities[city].name), list});
      }
      if (flow.row(ui.in(data.groups[each.group].title) + " · " +
                       ui.in(data.clusters[each.cluster].title),
                   {}, detail)) {
        city_.reset();
        go({each.group, each.cluster, 0});
      }
    }
    more(differing);

    flow.heading(ui.t(Str::policies_budgets), ui.t(Str::policies_budgets_why));
    for (std::size_t g = 0; g < grid_.groups; ++g) {
      for (std::size_t city = 0; city < grid_.cities; ++city) {
        double sum = 0;
        bool known = false;
        std::string detail;
        for (std::size_t k = 0; k < grid_.clusters; ++k) {
          const GridCell& cell = grid_.at(g, k, city);
          if (!cell.budget) continue;
          known = true;
          sum += *cell.budget;
          detail += (detail.empty() ? "" : " · ") + ui.in(data.clusters[k].title) + " " +
                    number_text(std::round(*cell.budget));
        }
        flow.row(ui.in(data.groups[g].title) + " · " + ui.in(programme_->cities[city].name),
                 known ? number_text(std::round(sum)) : std::string(ui.t(Str::policies_any)),
                 detail);
      }
    }
  }

  // ------------------------------------------------------------------ what I can use

  static std::string_view subject_name(int subject) {
    constexpr std::array<std::string_view, 3> kNames = {"firm.", "talent.", "project."};
    return kNames[static_cast<std::size_t>(subject)];
  }

  /// What is typed becomes facts; what can't be read is told, and counts as unknown.
  void check() {
    facts_ = {};
    faulty_.clear();
    filled_ = 0;
    const auto attributes = policy::attributes();
    for (std::size_t i = 0; i < attributes.size(); ++i) {
      if (!attributes[i].id.starts_with(subject_name(subject_)) || values_[i].empty()) continue;
      const std::string& text = values_[i];
      switch (attributes[i].type) {
        case policy::AttributeType::flag:
          facts_.values[i] = text == "yes";
          break;
        case policy::AttributeType::number: {
          char* end = nullptr;
          const double number = std::strtod(text.c_str(), &end);
          if (end != text.c_str() + text.size() || !std::isfinite(number)) {
            faulty_.push_back(i);
            continue;
          }
          facts_.values[i] = number;
          break;
        }
        case policy::AttributeType::date: {
          const auto date = parse_date(text);
          if (!date) {
            faulty_.push_back(i);
            continue;
          }
          facts_.values[i] = *date;
          break;
        }
        case policy::AttributeType::name:
        case policy::AttributeType::level:
          facts_.values[i] = text;
          break;
      }
      ++filled_;
    }
    results_.clear();
    if (filled_ > 0) results_ = policy::check_all(*programme_, facts_, day_);
  }

  void find(PanelFlow& flow, Ui& ui) {
    const Theme& c = ui.theme();
    const std::vector<std::string_view> subjects = {
        ui.t(Str::policies_firm), ui.t(Str::policies_talent), ui.t(Str::policies_project)};
    const int chosen = ui.segmented("subject", {flow.x0(), flow.y()}, subjects, subject_);
    if (chosen >= 0 && chosen != subject_) {
      subject_ = chosen;
      check();
    }
    flow.skip(ui.px(38));
    flow.text(ui.t(Str::policies_form));
    bool changed = false;
    const auto attributes = policy::attributes();
    const float row = ui.px(32);
    for (std::size_t i = 0; i < attributes.size(); ++i) {
      const policy::Attribute& each = attributes[i];
      if (!each.id.starts_with(subject_name(subject_))) continue;
      // Cells that no condition of this programme asks for still may be filled in; clusters only
      // where there are any.
      if (each.names == policy::NamesFrom::clusters &&
          (!programme_->policy_matrix || programme_->policy_matrix->clusters.empty())) {
        continue;
      }
      std::string label = ui.in(each.label);
      if (!ui.in(each.unit).empty()) label += " (" + ui.in(each.unit) + ")";
      const float column = std::round((flow.x1() - flow.x0()) * 0.5F);
      const Rect field = {flow.x0() + column, flow.y(), flow.x1(), flow.y() + row};
      ui.draw({flow.x0(), flow.y() + (row - ui.size_of(Type::small)) / 2}, Type::small, c.text,
              label, column - ui.px(10));
      ImGui::PushID(static_cast<int>(i));
      std::vector<std::string> ids = {""};
      std::vector<std::string> labels = {ui.t(Str::policies_any)};
      if (each.type == policy::AttributeType::flag) {
        ids.insert(ids.end(), {"yes", "no"});
        labels.insert(labels.end(), {ui.t(Str::policies_yes), ui.t(Str::policies_no)});
      } else if (each.names == policy::NamesFrom::cities) {
        for (const City& city : programme_->cities) {
          ids.push_back(city.id);
          labels.push_back(ui.in(city.name));
        }
      } else if (each.names == policy::NamesFrom::clusters) {
        for (const MatrixCluster& cluster : programme_->policy_matrix->clusters) {
          ids.push_back(cluster.id);
          labels.push_back(ui.in(cluster.title));
        }
      } else {
        for (const policy::Choice& choice : each.choices) {
          ids.emplace_back(choice.id);
          labels.push_back(ui.in(choice.label));
        }
      }
      if (ids.size() > 1) {
        int at = 0;
        for (std::size_t k = 0; k < ids.size(); ++k) {
          if (ids[k] == values_[i]) at = static_cast<int>(k);
        }
        const int picked = ui.combo("value", field, label, labels, at);
        if (picked >= 0) {
          values_[i] = ids[static_cast<std::size_t>(picked)];
          changed = true;
        }
      } else {
        const bool bad = std::find(faulty_.begin(), faulty_.end(), i) != faulty_.end();
        changed |=
            ui.text_field("value", field, label, values_[i],
                          each.type == policy::AttributeType::date ? "2024-07-01" : "", false, bad);
      }
      ImGui::PopID();
      flow.skip(row + ui.px(6));
    }
    if (filled_ > 0 && flow.button(ui.t(Str::policies_clear), icon::x)) {
      std::fill(values_.begin(), values_.end(), std::string());
      changed = true;
    }
    if (changed) check();
    for (const std::size_t i : faulty_) {
      flow.text(ui.t(Str::policies_bad_value, {ui.in(attributes[i].label)}), true);
    }
    flow.gap();
    results(flow, ui);
  }

  void results(PanelFlow& flow, Ui& ui) {
    if (filled_ == 0) {
      flow.text(ui.t(Str::policies_fill_in));
      return;
    }
    std::optional<Verdict> last;
    for (const Eligibility& each : results_) {
      if (matches_[each.policy] == 0) continue;
      const Policy& policy = programme_->policies[each.policy];
      if (last != each.verdict) {
        last = each.verdict;
        const auto many =
            std::count_if(results_.begin(), results_.end(), [&](const Eligibility& other) {
              return other.verdict == each.verdict && matches_[other.policy] != 0;
            });
        flow.heading(ui.in(policy::label_of(each.verdict)) + "  " + std::to_string(many));
      }
      std::string detail = validity(ui, policy);
      if (each.conditions_unknown) {
        detail += "\n" + std::string(ui.t(Str::policies_conditions_unknown));
      }
      if (each.verdict != Verdict::other_subject) {
        for (const policy::Missing& missing : each.missing) {
          detail += "\n· " + ui.in(policy::missing_text(*programme_, policy.conditions, missing));
          if (missing.fixed) {
            detail += std::string(ui.language == Language::zh ? "（" : " (") +
                      ui.t(Str::policies_fixed) + (ui.language == Language::zh ? "）" : ")");
          }
        }
      }
      const bool open = open_ == each.policy;
      if (flow.row(ui.in(policy.title), ui.in(policy::label_of(each.verdict)), detail, open)) {
        open_ = open ? std::optional<std::size_t>() : each.policy;
      }
      if (open) {
        conditions(flow, ui, policy, &each);
        flow.gap();
      }
    }
  }

  static constexpr std::int32_t kExpiringDays = 90;
  static constexpr std::size_t kMostRows = 40;

  std::size_t version_ = 0;
  const Programme* programme_ = nullptr;
  std::string seen_;  ///< id of the programme that was looked at last
  Date board_day_;
  Date day_;
  Date first_;
  Date last_;
  std::string day_text_;
  Grid grid_;
  std::vector<policy::GapCell> gaps_;
  std::vector<policy::Overlap> overlaps_;
  std::vector<policy::Expiring> expiring_;
  std::vector<policy::CityDifference> differences_;

  std::string query_;
  std::vector<unsigned char> matches_;
  std::optional<std::size_t> city_;  ///< only this one; else side by side
  std::optional<GridPlace> place_;
  std::optional<std::size_t> open_;  ///< the policy whose particulars are shown
  struct Mind {
    std::string group, cluster, city, policy;
    std::size_t policies = 0;
  };
  Mind mind_;                       ///< what was shown in the last frame
  Workspace* workspace_ = nullptr;  ///< of this frame
  Page page_ = Page::cell;
  bool matrix_only_ = true;  ///< on a narrow page: the matrix and not what stands beside it
  bool wide_ = false;

  roadshow::Camera camera_;  ///< wanted

  int subject_ = 0;
  std::vector<std::string> values_;  ///< as typed, by attribute
  std::vector<std::size_t> faulty_;
  policy::Facts facts_;
  std::size_t filled_ = 0;
  std::vector<Eligibility> results_;
};

}  // namespace

std::unique_ptr<View> make_policies_view() {
  return std::make_unique<PoliciesView>();
}

}  // namespace tc::ui
