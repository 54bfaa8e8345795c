#include "web/ui/bulk_form.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "web/ui/dialog.hpp"

namespace tc::ui {

namespace {

using nlohmann::json;

}  // namespace

void BulkForm::open(std::vector<std::size_t> items) {
  items_ = std::move(items);
  status_ = area_ = lead_ = 0;
  start_.clear();
  due_.clear();
  progress_.clear();
  reason_.clear();
  bad_field_.clear();
}

std::vector<Change> BulkForm::changes(Workspace& workspace) {
  bad_field_.clear();
  const Programme& programme = workspace.board->programme;
  std::vector<std::pair<const char*, json>> members;
  if (status_ > 0) {
    members.emplace_back("status", name_of(kStatuses[static_cast<std::size_t>(status_ - 1)]));
  }
  if (area_ > 0) {
    members.emplace_back("area", programme.areas[static_cast<std::size_t>(area_ - 1)].id);
  }
  if (lead_ > 0) {
    members.emplace_back(
        "leads", json::array({programme.departments[static_cast<std::size_t>(lead_ - 1)].id}));
  }
  for (const auto& [name, text] : {std::pair("start", &start_), std::pair("due", &due_)}) {
    if (blank(*text)) continue;
    const std::optional<Date> day = read_date(*text);
    if (!day) {
      bad_field_ = name;
      return {};
    }
    members.emplace_back(name, format_date(*day));
  }
  if (!blank(progress_)) {
    std::string percent = progress_;
    std::erase_if(percent, [](char c) { return c == '%' || c == ' '; });
    const json number = json::parse(percent, nullptr, false);
    if (!number.is_number() || !(number.get<double>() >= 0 && number.get<double>() <= 100)) {
      bad_field_ = "progress";
      return {};
    }
    members.emplace_back("progress", number);
  }
  std::vector<Change> list;
  Ledger* ledger = workspace.journal();
  if (ledger == nullptr) return list;
  for (const std::size_t item : items_) {
    if (item >= programme.items.size()) continue;
    const std::string base = child("/items", programme.items[item].code);
    for (const auto& [name, value] : members) {
      Change change = ledger->change(child(base, name), value);
      if (change.before != change.after) list.push_back(std::move(change));
    }
  }
  return list;
}

bool BulkForm::draw(Ui& ui, Workspace& workspace) {
  if (!is_open()) return false;
  constexpr const char* kId = "bulk-form";
  if (!ImGui::IsPopupOpen(kId)) ImGui::OpenPopup(kId);
  const auto inner =
      begin_dialog(ui, kId, ui.t(Str::bulk_title, {std::to_string(items_.size())}), 560, 560);
  if (!inner) return false;
  const Theme& c = ui.theme();
  const Programme& programme = workspace.board->programme;
  float y = inner->y0;
  y += ui.paragraph({inner->x0, y}, Type::small, c.muted, ui.t(Str::bulk_explain), inner->width()) +
       ui.px(12);
  const float gap = ui.px(16);
  const float half = (inner->width() - gap) / 2;
  const auto label = [&](float x, Str text, const char* member) {
    const bool bad = bad_field_ == member;
    const std::string name =
        bad ? std::string(ui.t(text)) + " · " +
                  ui.t(bad_field_ == "progress" ? Str::bulk_bad_number : Str::bulk_bad_date)
            : std::string(ui.t(text));
    ui.draw({x, y}, Type::small, bad ? c.danger : c.muted, name, half);
    if (bad) ui.record(Role::alert, {x, y, x + half, y + ui.px(18)}, name);
  };
  const auto choice = [&](const char* id, float x, float width, Str text, int& value, auto names) {
    label(x, text, id);
    std::vector<std::string> labels = {ui.t(Str::bulk_keep)};
    names(labels);
    const float top = y + ui.px(20);
    const int chosen =
        ui.combo(id, {x, top, x + width, top + ui.px(34)}, ui.t(text), labels, value);
    if (chosen >= 0) value = chosen;
  };
  const auto field = [&](const char* id, float x, Str text, std::string& value, const char* hint) {
    label(x, text, id);
    const float top = y + ui.px(20);
    ui.text_field(id, {x, top, x + half, top + ui.px(34)}, ui.t(text), value, hint, false,
                  bad_field_ == id);
  };
  const float second = inner->x0 + half + gap;
  choice("status", inner->x0, half, Str::column_status, status_, [&](auto& labels) {
    for (const Status status : kStatuses) labels.push_back(ui.in(label_of(status)));
  });
  choice("area", second, half, Str::column_area, area_, [&](auto& labels) {
    for (const Area& area : programme.areas) labels.push_back(ui.in(area.title));
  });
  y += ui.px(68);
  choice("leads", inner->x0, inner->width(), Str::column_leads, lead_, [&](auto& labels) {
    for (const Department& department : programme.departments) {
      labels.push_back(ui.in(department.name));
    }
  });
  y += ui.px(68);
  field("start", inner->x0, Str::form_start, start_, ui.t(Str::form_date_hint));
  field("due", second, Str::form_due, due_, ui.t(Str::form_date_hint));
  y += ui.px(68);
  field("progress", inner->x0, Str::form_progress, progress_, "");
  y += ui.px(68);
  label(inner->x0, Str::form_reason, "reason");
  ui.text_field("reason", {inner->x0, y + ui.px(20), inner->x1, y + ui.px(54)},
                ui.t(Str::form_reason), reason_, ui.t(Str::form_reason_hint));
  const bool anything =
      status_ > 0 || area_ > 0 || lead_ > 0 || !blank(start_) || !blank(due_) || !blank(progress_);
  const int answer = dialog_buttons(ui, *inner, ui.t(Str::form_save), anything);
  bool done = answer < 0;
  bool proposed = false;
  if (answer > 0) {
    std::vector<Change> list = changes(workspace);
    if (bad_field_.empty()) {
      proposed = done = true;
      workspace.propose(std::move(list), reason_);
    }
  }
  if (done) {
    ImGui::CloseCurrentPopup();
    items_.clear();
  }
  ImGui::EndPopup();
  return proposed;
}

}  // namespace tc::ui
