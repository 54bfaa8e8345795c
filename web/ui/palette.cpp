#include "web/ui/palette.hpp"

#include <algorithm>
#include <utility>

#include "core/roadshow/camera.hpp"
#include "web/ui/dialog.hpp"
#include "web/ui/icons.gen.hpp"

namespace tc::ui {

namespace {

/// More than anyone reads; whoever looks for something else types on.
constexpr std::size_t kMost = 100;
constexpr const char* kId = "palette";

/// The page of a view with its camera.
SavedView view_of(std::string page, const roadshow::Camera& camera) {
  SavedView view;
  view.page = std::move(page);
  view.camera = roadshow::write_camera(camera);
  return view;
}

}  // namespace

void Palette::set_initials(std::string_view table) {
  initials_.read(table);
  find_.reset();
}

void Palette::collect(const Ui& ui, const Workspace& workspace, std::span<const Action> actions) {
  find_ = std::make_unique<QuickFind>(initials_);
  entries_.clear();
  language_ = ui.language;
  const auto add = [this](Kind kind, std::size_t index,
                          std::initializer_list<std::string_view> names) {
    entries_.push_back({kind, index});
    find_->add(names);
  };
  for (std::size_t i = 0; i < views().size(); ++i) {
    const Str title = views()[i].title;
    add(Kind::page, i, {text_of(title, Language::zh), text_of(title, Language::en)});
  }
  for (std::size_t i = 0; i < actions.size(); ++i) add(Kind::action, i, {actions[i].name});
  if (workspace.board == nullptr) return;
  version_ = workspace.board->version;
  const Programme& p = workspace.board->programme;
  const auto add_all = [&add](Kind kind, const auto& list, const auto& code_of,
                              const auto& title_of) {
    for (std::size_t i = 0; i < list.size(); ++i) {
      const Text& title = title_of(list[i]);
      add(kind, i, {code_of(list[i]), title.zh, title.en});
    }
  };
  const auto id = [](const auto& element) -> std::string_view { return element.id; };
  const auto title = [](const auto& element) -> const Text& { return element.title; };
  add_all(
      Kind::item, p.items, [](const ActionItem& item) -> std::string_view { return item.code; },
      title);
  add_all(Kind::member, p.members, id, [](const Member& m) -> const Text& { return m.name; });
  add_all(Kind::policy, p.policies, id, title);
  add_all(Kind::need, p.needs, id, title);
  add_all(Kind::result, p.results, id, title);
  add_all(Kind::job, p.jobs, id, title);
  add_all(Kind::challenge, p.challenges, id, title);
  add_all(
      Kind::graduate, p.graduates, [](const Graduate& g) -> std::string_view { return g.code; },
      [](const Graduate& g) -> const Text& { return g.field; });
}

Palette::Line Palette::line_of(const Ui& ui, const Workspace& workspace,
                               std::span<const Action> actions, const Entry& entry) {
  const std::size_t i = entry.index;
  if (entry.kind == Kind::action) return {actions[i].icon, actions[i].name, actions[i].keys};
  if (entry.kind == Kind::page) {
    return {views()[i].icon, ui.t(views()[i].title), ui.t(Str::palette_page)};
  }
  const Programme& p = workspace.board->programme;
  const auto posting = [&ui](const auto& list, std::size_t at, Str kind) {
    return Line{icon::handshake, list[at].id + "  " + ui.in(list[at].title), ui.t(kind)};
  };
  switch (entry.kind) {
    case Kind::item:
      return {icon::table_2, p.items[i].code + "  " + ui.in(p.items[i].title),
              ui.t(Str::palette_item)};
    case Kind::member:
      return {icon::waypoints, ui.in(p.members[i].name), ui.t(Str::palette_member)};
    case Kind::policy:
      return {icon::grid_3x3, ui.in(p.policies[i].title), ui.t(Str::palette_policy)};
    case Kind::need:
      return posting(p.needs, i, Str::palette_need);
    case Kind::result:
      return posting(p.results, i, Str::palette_result);
    case Kind::job:
      return posting(p.jobs, i, Str::palette_job);
    case Kind::challenge:
      return posting(p.challenges, i, Str::palette_challenge);
    case Kind::graduate:
    default:
      return {icon::handshake, p.graduates[i].code + "  " + ui.in(p.graduates[i].field),
              ui.t(Str::palette_graduate)};
  }
}

void Palette::go(Workspace& workspace, const Entry& entry) {
  const std::size_t i = entry.index;
  if (entry.kind == Kind::page) {
    workspace.page = views()[i].id;
    return;
  }
  const Programme& p = workspace.board->programme;
  const auto posting = [&workspace](const char* list, const std::string& id) {
    workspace.show_view = view_of("matching", {{"list", list}, {"entry", id}});
  };
  switch (entry.kind) {
    case Kind::item:
      workspace.show_item(i);
      break;
    case Kind::member:
      workspace.show_view = view_of("network", {{"alliance", "*"}, {"member", p.members[i].id}});
      break;
    case Kind::policy: {
      roadshow::Camera camera{{"page", "cell"}};
      if (p.policy_matrix) {
        const auto& cells = p.policy_matrix->cells;
        const auto cell = std::find_if(cells.begin(), cells.end(), [&](const MatrixCell& c) {
          return c.policy == p.policies[i].id;
        });
        if (cell != cells.end()) {
          camera.emplace_back("group", cell->group);
          const bool all = cell->cluster.empty() && !p.policy_matrix->clusters.empty();
          camera.emplace_back("cluster",
                              all ? p.policy_matrix->clusters.front().id : cell->cluster);
        }
      }
      workspace.show_view = view_of("policies", std::move(camera));
      break;
    }
    case Kind::need:
      return posting("needs", p.needs[i].id);
    case Kind::result:
      return posting("results", p.results[i].id);
    case Kind::job:
      return posting("jobs", p.jobs[i].id);
    case Kind::graduate:
      return posting("graduates", p.graduates[i].code);
    case Kind::challenge:
      return posting("challenges", p.challenges[i].id);
    default:
      break;
  }
}

std::optional<std::size_t> Palette::draw(Ui& ui, Workspace& workspace,
                                         std::span<const Action> actions) {
  if (wanted_) {
    wanted_ = false;
    if (!ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopup)) {
      ImGui::OpenPopup(kId);
      open_ = focus_ = true;
      query_.clear();
      find_.reset();
      if (!std::exchange(initials_asked_, true)) workspace.host.load_initials();
    }
  }
  if (!open_) return std::nullopt;
  const std::optional<Rect> inner = begin_dialog(ui, kId, ui.t(Str::palette_title), 680, 560);
  if (!inner) {
    open_ = false;
    return std::nullopt;
  }
  const Theme& c = ui.theme();
  if (std::exchange(focus_, false)) ImGui::SetKeyboardFocusHere();
  const Rect field = {inner->x0, inner->y0, inner->x1, inner->y0 + ui.px(38)};
  const bool typed =
      ui.text_field("query", field, ui.t(Str::palette_search), query_, ui.t(Str::palette_search));
  const std::size_t version = workspace.board != nullptr ? workspace.board->version : 0;
  if (find_ == nullptr || version != version_ || language_ != ui.language) {
    collect(ui, workspace, actions);
    version_ = version;
    found_ = find_->search(query_, kMost);
    cursor_ = 0;
  } else if (typed) {
    found_ = find_->search(query_, kMost);
    cursor_ = 0;
    reveal_ = true;
  }

  const auto move = [this](ImGuiKey key, std::ptrdiff_t by) {
    if (!ImGui::IsKeyPressed(key) || found_.empty()) return;
    const auto last = static_cast<std::ptrdiff_t>(found_.size()) - 1;
    cursor_ = static_cast<std::size_t>(
        std::clamp(static_cast<std::ptrdiff_t>(cursor_) + by, std::ptrdiff_t{0}, last));
    reveal_ = true;
  };
  move(ImGuiKey_DownArrow, 1);
  move(ImGuiKey_UpArrow, -1);
  move(ImGuiKey_PageDown, 8);
  move(ImGuiKey_PageUp, -8);
  std::optional<std::size_t> chosen;
  if (!found_.empty() && (ImGui::IsKeyPressed(ImGuiKey_Enter, false) ||
                          ImGui::IsKeyPressed(ImGuiKey_KeypadEnter, false))) {
    chosen = found_[cursor_];
  }

  const float row = ui.px(38);
  const float top = field.y1 + ui.px(10);
  if (found_.empty()) {
    ui.say({inner->x0, top + ui.px(8)}, Type::body, c.muted, ui.t(Str::palette_nothing));
  }
  ImGui::SetCursorScreenPos({inner->x0, top});
  ImGui::BeginChild("found", {inner->width(), inner->y1 - top}, ImGuiChildFlags_None,
                    ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoNav);
  if (std::exchange(reveal_, false)) {
    const float y = static_cast<float>(cursor_) * row;
    const float height = ImGui::GetWindowHeight();
    if (y < ImGui::GetScrollY()) ImGui::SetScrollY(y);
    if (y + row > ImGui::GetScrollY() + height) ImGui::SetScrollY(y + row - height);
  }
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(found_.size()), row);
  while (clipper.Step()) {
    for (int line = clipper.DisplayStart; line < clipper.DisplayEnd; ++line) {
      const auto at = static_cast<std::size_t>(line);
      const Line shown = line_of(ui, workspace, actions, entries_[found_[at]]);
      const ImVec2 corner = ImGui::GetCursorScreenPos();
      const Rect rect = {corner.x, corner.y, corner.x + inner->width() - ui.px(12), corner.y + row};
      ImGui::PushID(line);
      const Hit h = ui.hit("row", rect);
      ImGui::PopID();
      const bool on = at == cursor_;
      if (on || h.hovered) ui.fill(rect, on ? c.selected : c.hover, 6);
      const float mid = (rect.y0 + rect.y1) / 2;
      ui.icon({rect.x0 + ui.px(18), mid}, 16, c.muted, shown.icon);
      const float detail = ui.measure(Type::small, shown.detail);
      ui.draw({rect.x1 - ui.px(10) - detail, mid - ui.size_of(Type::small) / 2}, Type::small,
              c.muted, shown.detail);
      ui.draw({rect.x0 + ui.px(36), mid - ui.size_of(Type::body) / 2}, Type::body, c.text,
              shown.name, rect.width() - detail - ui.px(64));
      if (Node* node = ui.record(Role::option, rect, shown.name, shown.detail)) {
        node->selected = on;
      }
      ImGui::Dummy({rect.width(), row});
      if (h.clicked) chosen = found_[at];
    }
  }
  ImGui::PopStyleVar();
  ImGui::EndChild();

  std::optional<std::size_t> action;
  if (chosen) {
    const Entry entry = entries_[*chosen];
    if (entry.kind == Kind::action) {
      action = entry.index;
    } else {
      go(workspace, entry);
    }
  }
  if (chosen || ImGui::IsKeyPressed(ImGuiKey_Escape, false)) {
    open_ = false;
    ImGui::CloseCurrentPopup();
  }
  ImGui::EndPopup();
  return action;
}

}  // namespace tc::ui
