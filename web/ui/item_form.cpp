#include "web/ui/item_form.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/ledger/keyed_document.hpp"
#include "core/model/element_json.hpp"
#include "web/ui/dialog.hpp"
#include "web/ui/icons.gen.hpp"
#include "web/ui/ids.hpp"

namespace tc::ui {

namespace {

using nlohmann::json;

constexpr float kField = 34;
constexpr float kLabel = 20;

std::string text_of_date(const std::optional<Date>& date) {
  return date ? format_date(*date) : std::string();
}

}  // namespace

void ItemForm::begin(const Ui& ui, Workspace& workspace) {
  open_ = true;
  unchanged_ = false;
  waiting_ = false;
  accepted_ = workspace.accepted;
  language_ = ui.language;
  faults_.clear();
  workspace.rejection.clear();
  original_ = {};
  const Programme& programme = workspace.board->programme;
  if (workspace.new_item) {
    original_.code = next_id(
        programme.items, [](const ActionItem& item) -> const std::string& { return item.code; },
        "K", 2);
    original_.status = Status::not_started;
  } else {
    original_ = programme.items[*workspace.edited];
  }
  code_ = original_.code;
  zh_ = original_.title.zh;
  en_ = original_.title.en;
  summary_zh_ = original_.summary.zh;
  summary_en_ = original_.summary.en;
  area_ = original_.area;
  status_ = original_.status;
  leads_ = original_.leads;
  partners_ = original_.partners;
  start_ = text_of_date(original_.start);
  due_ = text_of_date(original_.due);
  started_ = text_of_date(original_.started);
  finished_ = text_of_date(original_.finished);
  progress_ = original_.progress ? number_text(*original_.progress) : "";
  milestones_.clear();
  for (const Milestone& milestone : original_.milestones) {
    milestones_.push_back({milestone.id, milestone.title.in(language_), text_of_date(milestone.due),
                           text_of_date(milestone.finished), false, false});
  }
  evidence_title_.clear();
  evidence_url_.clear();
  reason_.clear();
}

void ItemForm::end(Workspace& workspace) {
  open_ = false;
  waiting_ = false;
  workspace.edited.reset();
  workspace.new_item = false;
  workspace.rejection.clear();
}

bool ItemForm::draw_open(Ui& ui, Workspace& workspace, const std::function<void()>& above) {
  constexpr const char* kId = "item-form";
  if (!open_) begin(ui, workspace);
  if (!ImGui::IsPopupOpen(kId)) ImGui::OpenPopup(kId);
  const Theme& c = ui.theme();
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  const float width = std::min(ui.px(760), screen.x - ui.px(24));
  const float height = std::min(ui.px(860), screen.y - ui.px(32));
  ImGui::SetNextWindowPos(
      {std::round((screen.x - width) / 2), std::round((screen.y - height) / 2)});
  ImGui::SetNextWindowSize({width, height});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, ui.px(12));
  const bool shown = ImGui::BeginPopupModal(
      kId, nullptr,
      ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings);
  ImGui::PopStyleVar();
  if (!shown) return false;
  const ImVec2 at = ImGui::GetWindowPos();
  const Rect rect = {at.x, at.y, at.x + width, at.y + height};
  ui.fill(rect, c.surface, 12);
  const std::string title = workspace.new_item ? std::string(ui.t(Str::form_new))
                                               : ui.t(Str::form_edit, {original_.code});
  ui.record(Role::dialog, rect, title);
  const float pad = ui.px(24);
  ui.draw({rect.x0 + pad, rect.y0 + ui.px(22)}, Type::heading, c.text, title, width - 2 * pad);
  ui.record(Role::heading, {rect.x0 + pad, rect.y0 + ui.px(22), rect.x1 - pad, rect.y0 + ui.px(46)},
            title);

  const float footer = rect.y1 - ui.px(134);
  ImGui::SetCursorScreenPos({rect.x0, rect.y0 + ui.px(62)});
  ImGui::BeginChild("fields", {width, footer - rect.y0 - ui.px(62)}, ImGuiChildFlags_None,
                    ImGuiWindowFlags_NoBackground);
  fields(ui, workspace, rect.x0 + pad, rect.x1 - pad);
  ImGui::EndChild();

  ui.fill({rect.x0, footer, rect.x1, footer + ui.hairline()}, c.line);
  // The reason stays in sight, since the ledger may ask for it whatever was changed.
  const std::string unreasoned = problem(ui, workspace, "/reason");
  const float label_top = footer + ui.px(12);
  if (unreasoned.empty()) {
    ui.draw({rect.x0 + pad, label_top}, Type::small, c.muted, ui.t(Str::form_reason));
  } else {
    ui.draw({rect.x0 + pad, label_top}, Type::small, c.danger, unreasoned, width - 2 * pad);
    ui.record(Role::alert, {rect.x0 + pad, label_top, rect.x1 - pad, label_top + ui.px(18)},
              unreasoned);
  }
  ui.text_field(
      "reason",
      {rect.x0 + pad, label_top + ui.px(kLabel), rect.x1 - pad, label_top + ui.px(kLabel + kField)},
      ui.t(Str::form_reason), reason_, ui.t(Str::form_reason_hint), false, !unreasoned.empty());
  const float top = footer + ui.px(82);
  const char* save_label = ui.t(Str::form_save);
  const char* cancel_label = ui.t(Str::form_cancel);
  const float save_width = ui.measure(Type::body, save_label) + ui.px(48);
  const float cancel_width = ui.measure(Type::body, cancel_label) + ui.px(40);
  const float right = rect.x1 - pad;
  if (ui.button("save", {right - save_width, top, right, top + ui.px(36)}, save_label, nullptr,
                true) ||
      ImGui::IsKeyChordPressed(ImGuiMod_Ctrl | ImGuiKey_Enter)) {
    save(workspace);
  }
  const float cx = right - save_width - ui.px(12);
  bool cancel = ui.button("cancel", {cx - cancel_width, top, cx, top + ui.px(36)}, cancel_label);
  cancel |= ImGui::IsKeyPressed(ImGuiKey_Escape, false) && !ImGui::IsAnyItemActive() && !waiting_;
  // What no field is to blame for is said beside the buttons.
  const std::string general = problem(ui, workspace, "");
  if (!general.empty()) {
    const float room = cx - cancel_width - ui.px(16) - rect.x0 - pad;
    ui.paragraph({rect.x0 + pad, top - ui.px(4)}, Type::small, c.danger, general, room, 2);
    ui.record(Role::alert, {rect.x0 + pad, top, rect.x0 + pad + room, top + ui.px(36)}, general);
  }
  const bool done = waiting_ && workspace.accepted > accepted_;
  if (waiting_ && !done && !workspace.is_pending()) {
    waiting_ = false;  // refused, or given up when a name was asked for
    reveal_problem_ = !workspace.rejection.empty();
  }
  above();
  if (cancel || done || unchanged_) {
    ImGui::CloseCurrentPopup();
    end(workspace);
  }
  ImGui::EndPopup();
  return true;
}

std::string ItemForm::problem(const Ui& ui, const Workspace& workspace,
                              std::string_view member) const {
  const std::string base = "/items/" + code_;
  // Members that have a field of their own.
  constexpr std::array<std::string_view, 11> kFields = {
      "/code",    "/title",    "/summary",  "/area",       "/start",   "/due",
      "/started", "/finished", "/progress", "/milestones", "/evidence"};
  for (const std::vector<Error>* list : {&faults_, &workspace.rejection}) {
    for (const Error& error : *list) {
      if (error.code == ErrorCode::reason_needed) {
        if (member == "/reason") return message(error, ui.language);
        continue;
      }
      std::string_view place = error.pointer;
      if (place.starts_with(base)) place.remove_prefix(base.size());
      const bool own = std::any_of(kFields.begin(), kFields.end(), [place](std::string_view field) {
        return place.starts_with(field);
      });
      if (member.empty() ? !own : place.starts_with(member)) {
        const std::string text = message(error, ui.language);
        return member.empty() ? std::string(place) + ' ' + text : text;
      }
    }
  }
  return {};
}

void ItemForm::fields(Ui& ui, Workspace& workspace, float x0, float x1) {
  const Theme& c = ui.theme();
  const Board& board = *workspace.board;
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  float y = origin.y + ui.px(4);
  const float gap = ui.px(16);
  const float half = (x1 - x0 - gap) / 2;
  const bool narrow = x1 - x0 < ui.px(480);

  const auto label = [&](float x, Str name) { ui.draw({x, y}, Type::small, c.muted, ui.t(name)); };
  // One field, or two side by side; below them what is wrong with them.
  const auto pair = [&](Str left, const char* left_id, std::string& left_value,
                        const char* left_member, Str right, const char* right_id,
                        std::string& right_value, const char* right_member, const char* hint) {
    const std::string wrong_left = problem(ui, workspace, left_member);
    const std::string wrong_right = problem(ui, workspace, right_member);
    const float xr = narrow ? x0 : x0 + half + gap;
    const float w = narrow ? x1 - x0 : half;
    label(x0, left);
    if (!narrow) label(xr, right);
    y += ui.px(kLabel);
    ui.text_field(left_id, {x0, y, x0 + w, y + ui.px(kField)}, ui.t(left), left_value, hint, false,
                  !wrong_left.empty());
    float below = y + ui.px(kField + 4);
    if (narrow) {
      y = below;
      show_problem(ui, wrong_left, x0, w, y, reveal_problem_);
      label(x0, right);
      y += ui.px(kLabel);
      below = y + ui.px(kField + 4);
    }
    ui.text_field(right_id, {xr, y, xr + w, y + ui.px(kField)}, ui.t(right), right_value, hint,
                  false, !wrong_right.empty());
    y = below;
    if (!narrow) show_problem(ui, wrong_left, x0, w, y, reveal_problem_);
    show_problem(ui, wrong_right, xr, w, y, reveal_problem_);
    y += ui.px(8);
  };

  if (workspace.new_item) {
    const std::string wrong = problem(ui, workspace, "/code");
    label(x0, Str::column_code);
    y += ui.px(kLabel);
    ui.text_field("code", {x0, y, x0 + ui.px(200), y + ui.px(kField)}, ui.t(Str::column_code),
                  code_, "", false, !wrong.empty());
    y += ui.px(kField + 4);
    show_problem(ui, wrong, x0, half, y, reveal_problem_);
    y += ui.px(8);
  }
  pair(Str::form_title_zh, "zh", zh_, "/title", Str::form_title_en, "en", en_, "/title/en", "");

  // Area and status.
  std::vector<std::string> areas = {ui.t(Str::not_stated)};
  int area = 0;
  for (std::size_t i = 0; i < board.programme.areas.size(); ++i) {
    areas.push_back(ui.in(board.programme.areas[i].title));
    if (board.programme.areas[i].id == area_) area = static_cast<int>(i) + 1;
  }
  std::vector<std::string> statuses;
  int status = 0;
  for (std::size_t i = 0; i < kStatusCount; ++i) {
    statuses.push_back(ui.in(label_of(kStatuses[i])));
    if (kStatuses[i] == status_) status = static_cast<int>(i);
  }
  label(x0, Str::column_area);
  label(x0 + half + gap, Str::column_status);
  y += ui.px(kLabel);
  if (const int chosen = ui.combo("area", {x0, y, x0 + half, y + ui.px(kField)},
                                  ui.t(Str::column_area), areas, area);
      chosen >= 0) {
    area_ = chosen == 0 ? "" : board.programme.areas[static_cast<std::size_t>(chosen) - 1].id;
  }
  if (const int chosen = ui.combo("status", {x0 + half + gap, y, x1, y + ui.px(kField)},
                                  ui.t(Str::column_status), statuses, status);
      chosen >= 0) {
    status_ = kStatuses[static_cast<std::size_t>(chosen)];
  }
  y += ui.px(kField + 12);

  departments(ui, board, "leads", Str::column_leads, leads_, x0, x1, y);
  departments(ui, board, "partners", Str::item_partners, partners_, x0, x1, y);

  const char* hint = ui.t(Str::form_date_hint);
  pair(Str::form_start, "start", start_, "/start", Str::form_due, "due", due_, "/due", hint);
  pair(Str::form_started, "started", started_, "/started", Str::form_finished, "finished",
       finished_, "/finished", hint);
  {
    const std::string wrong = problem(ui, workspace, "/progress");
    label(x0, Str::form_progress);
    y += ui.px(kLabel);
    ui.text_field("progress", {x0, y, x0 + ui.px(120), y + ui.px(kField)}, ui.t(Str::form_progress),
                  progress_, "0–100", false, !wrong.empty());
    y += ui.px(kField + 4);
    show_problem(ui, wrong, x0, half, y, reveal_problem_);
    y += ui.px(8);
  }
  for (const auto& [name, id, value] :
       {std::tuple{Str::form_summary_zh, "summary-zh", &summary_zh_},
        std::tuple{Str::form_summary_en, "summary-en", &summary_en_}}) {
    label(x0, name);
    y += ui.px(kLabel);
    ui.text_field(id, {x0, y, x1, y + ui.px(72)}, ui.t(name), *value, "", true);
    y += ui.px(84);
  }
  milestones(ui, x0, x1, y);
  show_problem(ui, problem(ui, workspace, "/milestones"), x0, x1 - x0, y, reveal_problem_);
  evidence(ui, x0, x1, y);
  show_problem(ui, problem(ui, workspace, "/evidence"), x0, x1 - x0, y, reveal_problem_);

  y += ui.px(16);
  ImGui::SetCursorScreenPos({origin.x, y});
  ImGui::Dummy({1, 1});
}

void ItemForm::departments(Ui& ui, const Board& board, const char* id, Str label,
                           std::vector<std::string>& chosen, float x0, float x1, float& y) {
  const Theme& c = ui.theme();
  ui.draw({x0, y}, Type::small, c.muted, ui.t(label));
  y += ui.px(kLabel);
  ImGui::PushID(id);
  float x = x0;
  std::size_t removed = chosen.size();
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    const auto found = board.index.department(chosen[i]);
    const std::string name =
        (found ? ui.in(board.programme.departments[*found].name) : chosen[i]) + "  ×";
    const float wanted = ui.measure(Type::small, name) + ui.px(24);
    if (x > x0 && x + wanted > x1) {
      x = x0;
      y += ui.chip_height() + ui.px(6);
    }
    float width = 0;
    ImGui::PushID(static_cast<int>(i));
    if (ui.chip("remove", {x, y}, name, true, width)) removed = i;
    ImGui::PopID();
    x += width + ui.px(6);
  }
  if (removed < chosen.size()) chosen.erase(chosen.begin() + static_cast<std::ptrdiff_t>(removed));
  if (x > x0) y += ui.chip_height() + ui.px(6);
  // Who isn't there yet.
  std::vector<std::string> names;
  std::vector<std::string> ids;
  for (const Department& department : board.programme.departments) {
    if (std::find(chosen.begin(), chosen.end(), department.id) != chosen.end()) continue;
    names.push_back(ui.in(department.name));
    ids.push_back(department.id);
  }
  if (!names.empty()) {
    const std::string add = std::string(ui.t(Str::form_add)) + ": " + ui.t(label);
    if (const int at = ui.combo("add", {x0, y, x0 + ui.px(260), y + ui.px(30)}, add, names, -1);
        at >= 0) {
      chosen.push_back(ids[static_cast<std::size_t>(at)]);
    }
    ui.draw({x0 + ui.px(10), y + ui.px(15) - ui.size_of(Type::small) / 2}, Type::small, c.muted,
            ui.t(Str::form_add));
    y += ui.px(30);
  }
  y += ui.px(12);
  ImGui::PopID();
}

void ItemForm::milestones(Ui& ui, float x0, float x1, float& y) {
  const Theme& c = ui.theme();
  ui.draw({x0, y}, Type::strong, c.text, ui.t(Str::item_milestones));
  y += ui.px(24);
  const float date = ui.px(124);
  const float remove = ui.px(34);
  const float title = x1 - x0 - 2 * (date + ui.px(8)) - remove;
  if (!milestones_.empty()) {
    ui.draw({x0, y}, Type::small, c.muted, ui.t(Str::column_title));
    ui.draw({x0 + title + ui.px(8), y}, Type::small, c.muted, ui.t(Str::form_due));
    ui.draw({x0 + title + date + ui.px(16), y}, Type::small, c.muted, ui.t(Str::form_finished));
    y += ui.px(kLabel);
  }
  int number = 0;
  for (MilestoneRow& row : milestones_) {
    ++number;
    if (row.removed) continue;
    ImGui::PushID(number);
    const std::string which = ui.t(Str::form_milestone, {std::to_string(number)}) + " ";
    const float bottom = y + ui.px(kField);
    const auto wrong = [&row](const std::string& text) {
      (void)row;
      return !text.empty() && !read_date(text);
    };
    ui.text_field("title", {x0, y, x0 + title, bottom}, which + ui.t(Str::column_title), row.title,
                  "", false, false);
    float x = x0 + title + ui.px(8);
    ui.text_field("due", {x, y, x + date, bottom}, which + ui.t(Str::form_due), row.due,
                  ui.t(Str::form_date_hint), false, wrong(row.due) && !faults_.empty());
    x += date + ui.px(8);
    ui.text_field("finished", {x, y, x + date, bottom}, which + ui.t(Str::form_finished),
                  row.finished, ui.t(Str::form_date_hint), false,
                  wrong(row.finished) && !faults_.empty());
    x += date;
    if (ui.icon_button("remove", {x + remove / 2 + ui.px(4), y + ui.px(kField) / 2}, icon::x,
                       which + ui.t(Str::form_remove))) {
      row.removed = true;
    }
    ImGui::PopID();
    y = bottom + ui.px(6);
  }
  const char* add = ui.t(Str::form_add_milestone);
  const float width = ui.measure(Type::body, add) + ui.px(32);
  if (ui.button("add-milestone", {x0, y, x0 + width, y + ui.px(32)}, add)) {
    int free = static_cast<int>(milestones_.size()) + 1;
    const auto taken = [this](const std::string& id) {
      return std::any_of(milestones_.begin(), milestones_.end(),
                         [&id](const MilestoneRow& row) { return row.id == id; });
    };
    while (taken("M" + std::to_string(free))) ++free;
    milestones_.push_back({"M" + std::to_string(free), "", "", "", true, false});
  }
  y += ui.px(46);
}

void ItemForm::evidence(Ui& ui, float x0, float x1, float& y) {
  const Theme& c = ui.theme();
  ui.draw({x0, y}, Type::strong, c.text, ui.t(Str::form_add_evidence));
  y += ui.px(24);
  const float half = (x1 - x0 - ui.px(16)) / 2;
  ui.text_field("evidence-title", {x0, y, x0 + half, y + ui.px(kField)},
                ui.t(Str::form_evidence_title), evidence_title_, ui.t(Str::form_evidence_title));
  ui.text_field("evidence-url", {x1 - half, y, x1, y + ui.px(kField)}, ui.t(Str::form_evidence_url),
                evidence_url_, "https://");
  y += ui.px(kField + 16);
}

std::vector<Change> ItemForm::changes(Workspace& workspace) {
  faults_.clear();
  Ledger* ledger = workspace.journal();
  if (ledger == nullptr) return {};
  const std::string base = child("/items", code_);
  const auto fault = [this](ErrorCode code, std::string pointer, std::string found,
                            std::string expected) {
    faults_.push_back(
        {code, std::move(pointer), std::move(found), std::move(expected), std::nullopt});
  };
  const auto date = [&](const std::string& text, const std::string& member) -> std::optional<Date> {
    if (text.find_first_not_of(" \t") == std::string::npos) return std::nullopt;
    const std::optional<Date> day = read_date(text);
    if (!day) fault(ErrorCode::bad_date, base + member, shorten(text), {});
    return day;
  };

  // The item as the form has it.
  ActionItem item = original_;
  item.code = code_;
  item.title = {zh_, en_};
  item.summary = {summary_zh_, summary_en_};
  item.area = area_;
  item.status = status_;
  item.leads = leads_;
  item.partners = partners_;
  item.start = date(start_, "/start");
  item.due = date(due_, "/due");
  item.started = date(started_, "/started");
  item.finished = date(finished_, "/finished");
  item.progress.reset();
  std::string percent = progress_;
  std::erase_if(percent, [](char ch) { return ch == '%' || ch == ' ' || ch == ','; });
  if (!percent.empty()) {
    const json number = json::parse(percent, nullptr, false);
    if (number.is_number()) {
      item.progress = number.get<double>();
    } else {
      fault(ErrorCode::wrong_type, base + "/progress", shorten(progress_), "0 … 100");
    }
  }
  item.milestones.clear();
  for (const MilestoneRow& row : milestones_) {
    if (row.removed) continue;
    const auto before =
        std::find_if(original_.milestones.begin(), original_.milestones.end(),
                     [&row](const Milestone& milestone) { return milestone.id == row.id; });
    Milestone milestone = before == original_.milestones.end() ? Milestone{} : *before;
    milestone.id = row.id;
    (language_ == Language::zh ? milestone.title.zh : milestone.title.en) = row.title;
    milestone.due = date(row.due, "/milestones");
    milestone.finished = date(row.finished, "/milestones");
    item.milestones.push_back(std::move(milestone));
  }
  if (!evidence_title_.empty() || !evidence_url_.empty()) {
    Evidence evidence;
    evidence.kind = evidence_url_.empty() ? EvidenceKind::note : EvidenceKind::link;
    (language_ == Language::zh ? evidence.title.zh : evidence.title.en) =
        evidence_title_.empty() ? evidence_url_ : evidence_title_;
    evidence.url = evidence_url_;
    evidence.date = workspace.host.today();
    item.evidence.push_back(std::move(evidence));
  }
  if (!faults_.empty()) return {};

  const json after = json_of(item);
  if (workspace.new_item) return {ledger->change(base, after)};
  // Only what differs, member by member, so that others' changes of the rest stay.
  const json before = json_of(original_);
  std::vector<Change> list;
  const auto compare = [&](const std::string& pointer, const json* was, const json* now) {
    if (was != nullptr && now != nullptr && *was == *now) return;
    if (was == nullptr && now == nullptr) return;
    list.push_back(ledger->change(pointer, now == nullptr ? std::nullopt : std::optional(*now)));
  };
  const auto member = [](const json& object, const std::string& name) -> const json* {
    const auto found = object.find(name);
    return found == object.end() ? nullptr : &*found;
  };
  for (const char* name : {"title", "summary", "area", "status", "leads", "partners", "start",
                           "due", "started", "finished", "progress"}) {
    compare(child(base, name), member(before, name), member(after, name));
  }
  const std::string milestones = child(base, "milestones");
  for (const MilestoneRow& row : milestones_) {
    const auto find = [&row](const ActionItem& of) -> const Milestone* {
      for (const Milestone& milestone : of.milestones) {
        if (milestone.id == row.id) return &milestone;
      }
      return nullptr;
    };
    const Milestone* was = find(original_);
    const Milestone* now = find(item);
    const std::string place = child(milestones, row.id);
    if (was != nullptr && now != nullptr) {
      const json a = json_of(*was);
      const json b = json_of(*now);
      for (const char* name : {"title", "due", "finished"}) {
        compare(child(place, name), member(a, name), member(b, name));
      }
    } else if (was != nullptr) {
      list.push_back(ledger->change(place, std::nullopt));
    } else if (now != nullptr) {
      list.push_back(ledger->change(place, json_of(*now)));
    }
  }
  if (item.evidence.size() > original_.evidence.size()) {
    const json added = json_of(item.evidence.back());
    list.push_back(ledger->change(child(child(base, "evidence"), evidence_key(added)), added));
  }
  return list;
}

void ItemForm::save(Workspace& workspace) {
  std::vector<Change> list = changes(workspace);
  if (!faults_.empty()) {
    reveal_problem_ = true;
    return;
  }
  if (list.empty()) {
    unchanged_ = true;  // the same as leaving
    return;
  }
  accepted_ = workspace.accepted;
  waiting_ = true;
  workspace.propose(std::move(list), reason_);
}

}  // namespace tc::ui
