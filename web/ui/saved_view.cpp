#include "web/ui/saved_view.hpp"

#include <algorithm>

namespace tc::ui {

SavedView capture_view(const Workspace& workspace, const View* view) {
  const Programme& programme = workspace.board->programme;
  SavedView saved;
  saved.page = workspace.page;
  if (view != nullptr) saved.camera = view->camera();
  if (saved.page == "items") {
    const ItemQuery& query = workspace.query;
    ViewFilters filters;
    filters.text = query.text;
    filters.status = query.status;
    if (query.area && *query.area < programme.areas.size()) {
      filters.area = programme.areas[*query.area].id;
    }
    if (query.city) filters.city = programme.cities[*query.city].id;
    if (query.department) filters.department = programme.departments[*query.department].id;
    filters.late_only = query.late_only;
    if (!(filters == ViewFilters{})) saved.filters = std::move(filters);
  }
  if (workspace.chosen && (saved.page == "items" || saved.page == "roadmap")) {
    saved.item = programme.items[*workspace.chosen].code;
  }
  if (workspace.past) saved.as_of = workspace.board->as_of;
  return saved;
}

const ViewEntry* find_view(std::string_view page) {
  for (const ViewEntry& view : views()) {
    if (view.id == page) return &view;
  }
  return nullptr;
}

void apply_view(const SavedView& saved, Workspace& workspace) {
  if (const ViewEntry* view = find_view(saved.page)) workspace.page = view->id;
  workspace.query = {};
  workspace.chosen.reset();
  if (!saved.item.empty()) {
    workspace.chosen = workspace.board->index.item(saved.item);
    workspace.reveal_chosen = workspace.chosen.has_value() && saved.camera.empty();
  }
  if (!saved.filters) return;
  const ViewFilters& filters = *saved.filters;
  ItemQuery& query = workspace.query;
  query.text = filters.text;
  query.status = filters.status;
  query.late_only = filters.late_only;
  const Index& index = workspace.board->index;
  if (!filters.area.empty()) query.area = index.area(filters.area);
  if (!filters.city.empty()) query.city = index.city(filters.city);
  if (!filters.department.empty()) query.department = index.department(filters.department);
}

std::string describe_view(const Ui& ui, const Programme& programme, const SavedView& saved) {
  const ViewEntry* view = find_view(saved.page);
  std::string text = view == nullptr ? saved.page : std::string(ui.t(view->title));
  const auto add = [&text](std::string_view part) {
    if (part.empty()) return;
    text += " · ";
    text += part;
  };
  const auto name_in = [&ui](const auto& list, const std::string& id, auto name) -> std::string {
    const auto found =
        std::find_if(list.begin(), list.end(), [&id](const auto& each) { return each.id == id; });
    return found == list.end() ? id : ui.in(name(*found));
  };
  if (saved.filters) {
    const ViewFilters& filters = *saved.filters;
    if (filters.status) add(ui.in(label_of(*filters.status)));
    if (!filters.area.empty()) {
      add(name_in(programme.areas, filters.area,
                  [](const Area& a) -> const Text& { return a.title; }));
    }
    if (!filters.city.empty()) {
      add(name_in(programme.cities, filters.city,
                  [](const City& c) -> const Text& { return c.name; }));
    }
    if (!filters.department.empty()) {
      add(name_in(programme.departments, filters.department,
                  [](const Department& d) -> const Text& { return d.name; }));
    }
    if (filters.late_only) add(ui.t(Str::filter_late));
    add(filters.text);
  }
  add(saved.item);
  if (saved.as_of) add(date_text(*saved.as_of));
  return text;
}

}  // namespace tc::ui
