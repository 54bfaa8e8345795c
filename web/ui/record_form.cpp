#include "web/ui/record_form.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

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

bool is_wide(FieldForm form) {
  switch (form) {
    case FieldForm::text:
    case FieldForm::lines:
    case FieldForm::some:
    case FieldForm::ranked:
    case FieldForm::table:
    case FieldForm::scores:
    case FieldForm::rule:
      return true;
    default:
      return false;
  }
}

/// The value of a member, `amount/value` being within another; null when there is none.
const json* member_at(const json& record, std::string_view path) {
  const json* at = &record;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    if (!at->is_object()) return nullptr;
    const auto found = at->find(path.substr(0, end));
    if (found == at->end()) return nullptr;
    at = &*found;
    path.remove_prefix(std::min(path.size(), end + 1));
  }
  return at;
}

/// Sets it, or takes it away with what that leaves empty.
void set_member(json& record, const std::string& path, std::optional<json> value) {
  const std::size_t slash = path.find('/');
  if (slash == std::string::npos) {
    if (value) {
      record[path] = std::move(*value);
    } else {
      record.erase(path);
    }
    return;
  }
  const std::string outer = path.substr(0, slash);
  json inner = record.value(outer, json::object());
  set_member(inner, path.substr(slash + 1), std::move(value));
  if (inner.empty()) {
    record.erase(outer);
  } else {
    record[outer] = std::move(inner);
  }
}

std::string shown(const json& value) {
  if (value.is_boolean()) return value.get<bool>() ? "1" : "";
  if (value.is_array()) return joined(value.get<std::vector<std::string>>());
  if (value.is_string()) return value.get<std::string>();
  return value.is_number() ? number_text(value.get<double>()) : std::string();
}

/// What a text loses its source by: other words. One more language says nothing new.
bool says_more(const json* before, const json* after) {
  if (before == nullptr || after == nullptr || !before->is_object() || !after->is_object()) {
    return true;
  }
  return std::any_of(before->items().begin(), before->items().end(), [&](const auto& each) {
    const auto found = after->find(each.key());
    return found == after->end() || *found != each.value();
  });
}

}  // namespace

void RecordForm::Columns::finish_row() {
  if (right_half) y = row_y;
  right_half = false;
}

std::string RecordForm::base() const {
  return child(list_, id_);
}

std::string RecordForm::place_of(const FieldSpec& spec) const {
  return is_in_matrix(spec) ? kMatrixCells : base() + "/" + spec.member;
}

// ---------------------------------------------------------------------- beginning and end

void RecordForm::begin(Workspace& workspace) {
  const Programme& programme = workspace.board->programme;
  const RecordEdit& edit = *workspace.record;
  open_ = true;
  unchanged_ = waiting_ = reveal_problem_ = false;
  accepted_ = workspace.accepted;
  faults_.clear();
  workspace.rejection.clear();
  reason_.clear();
  kind_ = edit.kind;
  added_ = !edit.index.has_value();
  original_ = json::object();
  cells_before_ = cells_after_ = json::array();
  const auto take = [&](const auto& list, auto id_of, const char* prefix, std::size_t width) {
    if (added_) {
      id_ = next_id(list, id_of, prefix, width);
    } else {
      id_ = id_of(list[*edit.index]);
      original_ = json_of(list[*edit.index]);
    }
  };
  const Challenge* challenge = nullptr;  // that the scores are by
  list_ = child({}, list_of(kind_));
  if (kind_ == RecordKind::bid) {
    challenge_ = edit.challenge;
    challenge = &programme.challenges[challenge_];
    list_ = child(child(list_, challenge->id), "bids");
  }
  const auto id = [](const auto& record) -> const std::string& { return record.id; };
  switch (kind_) {
    case RecordKind::need:
      take(programme.needs, id, "N", 3);
      break;
    case RecordKind::result:
      take(programme.results, id, "R", 3);
      break;
    case RecordKind::job:
      take(programme.jobs, id, "J", 3);
      break;
    case RecordKind::graduate:
      take(
          programme.graduates,
          [](const Graduate& graduate) -> const std::string& { return graduate.code; }, "G", 4);
      break;
    case RecordKind::challenge:
      take(programme.challenges, id, "C", 2);
      break;
    case RecordKind::bid:
      take(challenge->bids, id, "B", 1);
      break;
    case RecordKind::member:
      take(programme.members, id, "M", 3);
      break;
    case RecordKind::link:
      take(programme.chain_links, id, "L", 3);
      break;
    case RecordKind::product:
      take(programme.products, id, "PR", 2);
      break;
    case RecordKind::policy:
      take(programme.policies, id, "P", 3);
      if (!added_ && programme.policy_matrix) {
        for (const MatrixCell& each : programme.policy_matrix->cells) {
          if (each.policy == id_) cells_before_.push_back(json_of(each));
        }
      }
      break;
  }
  fields_.clear();
  const std::span<const FieldSpec> specs = fields_of(kind_);
  for (std::size_t i = 0; i < specs.size(); ++i) {
    const FieldSpec& spec = specs[i];
    Field field;
    field.spec = i;
    const json* value = member_at(original_, spec.member);
    if (spec.form == FieldForm::scores && challenge != nullptr) {
      begin_scores(field, *challenge);
    } else if (spec.form == FieldForm::table) {
      begin_rows(field);
    } else if (spec.form == FieldForm::rule) {
      field.rule.open(value);
    } else if (value != nullptr && value->is_object()) {
      field.first = value->value("zh", "");
      field.second = value->value("en", "");
    } else if (value != nullptr) {
      field.first = shown(*value);
    }
    field.first_shown = field.first;
    field.second_shown = field.second;
    fields_.push_back(std::move(field));
  }
  if (!added_) return;
  // What a new one most likely is.
  for (Field& field : fields_) {
    const FieldSpec& spec = specs[field.spec];
    if (spec.options == OptionsOf::member_kinds) field.first = name_of(MemberKind::firm);
    if (spec.options == OptionsOf::link_kinds) field.first = name_of(LinkKind::supply);
    if (edit.within.empty()) continue;
    if (spec.options == OptionsOf::alliances) field.rows.push_back({{}, {edit.within, ""}, {}, {}});
    if (std::string_view(spec.member) == "from") field.first = edit.within;
  }
}

void RecordForm::begin_scores(Field& field, const Challenge& challenge) {
  const json* list = member_at(original_, "scores");
  criteria_.clear();
  for (const BidCriterion& criterion : challenge.criteria) criteria_.push_back(criterion.id);
  for (const BidJudge& judge : challenge.judges) {
    Row row{judge.id, {}, {}, {}};
    for (const BidCriterion& criterion : challenge.criteria) {
      std::string score;
      for (const json& each : list == nullptr ? json::array() : *list) {
        if (each.value("judge", "") != judge.id || each.value("criterion", "") != criterion.id ||
            !each.contains("score")) {
          continue;
        }
        score = number_text(each["score"].get<double>());
      }
      row.cells.push_back(std::move(score));
    }
    row.shown = row.cells;
    field.rows.push_back(std::move(row));
  }
}

void RecordForm::begin_rows(Field& field) {
  const FieldSpec& spec = fields_of(kind_)[field.spec];
  const json none = json::array();
  const json* own = is_in_matrix(spec) ? &cells_before_ : member_at(original_, spec.member);
  for (const json& each : own == nullptr ? none : *own) {
    Row row;
    row.kept = each;
    if (each.is_object() && spec.table->ids != nullptr) row.id = each.value("id", "");
    for (const ColumnSpec& column : spec.table->columns) {
      const json* value = spec.table->plain ? &each : member_at(each, column.member);
      std::string text;
      if (value != nullptr && value->is_object()) {
        text = value->value(column.form == CellForm::zh ? "zh" : "en", "");
      } else if (value != nullptr) {
        text = shown(*value);
      }
      row.cells.push_back(std::move(text));
    }
    row.shown = row.cells;
    field.rows.push_back(std::move(row));
  }
}

void RecordForm::end(Workspace& workspace) {
  open_ = false;
  waiting_ = false;
  workspace.record.reset();
  workspace.rejection.clear();
}

// ---------------------------------------------------------------------- the dialogs

bool RecordForm::settled(const Workspace& workspace) {
  const bool done = waiting_ && workspace.accepted > accepted_;
  if (waiting_ && !done && !workspace.is_pending()) {
    waiting_ = false;
    reveal_problem_ = !workspace.rejection.empty();
  }
  return done;
}

void RecordForm::draw_reason(Ui& ui, const Workspace& workspace, float x0, float x1, float top) {
  const Theme& c = ui.theme();
  const std::string unreasoned = reason_problem(ui, workspace);
  ui.draw({x0, top}, Type::small, unreasoned.empty() ? c.muted : c.danger,
          unreasoned.empty() ? ui.t(Str::form_reason) : unreasoned.c_str(), x1 - x0);
  if (!unreasoned.empty()) ui.record(Role::alert, {x0, top, x1, top + ui.px(18)}, unreasoned);
  ui.text_field("reason", {x0, top + ui.px(kLabel), x1, top + ui.px(kLabel + kField)},
                ui.t(Str::form_reason), reason_, ui.t(Str::form_reason_hint), false,
                !unreasoned.empty());
}

bool RecordForm::draw_open(Ui& ui, Workspace& workspace, const std::function<void()>& above) {
  if (!open_) begin(workspace);
  if (workspace.record->remove) return draw_removal(ui, workspace, above);
  constexpr const char* kId = "record-form";
  if (!ImGui::IsPopupOpen(kId)) ImGui::OpenPopup(kId);
  const Theme& c = ui.theme();
  const std::string title = ui.t(title_of(kind_, added_), {id_});
  const auto inner = begin_dialog(ui, kId, title, 720, kind_ == RecordKind::policy ? 1400 : 820);
  if (!inner) return false;
  const ImVec2 at = ImGui::GetWindowPos();
  const ImVec2 size = ImGui::GetWindowSize();
  const Rect rect = {at.x, at.y, at.x + size.x, at.y + size.y};

  const float footer = rect.y1 - ui.px(134);
  ImGui::SetCursorScreenPos({rect.x0, inner->y0});
  ImGui::BeginChild("fields", {rect.width(), footer - inner->y0}, ImGuiChildFlags_None,
                    ImGuiWindowFlags_NoBackground);
  fields(ui, workspace, inner->x0, inner->x1);
  ImGui::EndChild();

  ui.fill({rect.x0, footer, rect.x1, footer + ui.hairline()}, c.line);
  draw_reason(ui, workspace, inner->x0, inner->x1, footer + ui.px(12));
  const float top = footer + ui.px(82);
  const char* save_label = ui.t(Str::form_save);
  const char* cancel_label = ui.t(Str::form_cancel);
  const float right = inner->x1;
  const float save_x = right - ui.measure(Type::body, save_label) - ui.px(48);
  const float cancel_x1 = save_x - ui.px(12);
  const float cancel_x = cancel_x1 - ui.measure(Type::body, cancel_label) - ui.px(40);
  if (ui.button("save", {save_x, top, right, top + ui.px(36)}, save_label, nullptr, true) ||
      ImGui::IsKeyChordPressed(ImGuiMod_Ctrl | ImGuiKey_Enter)) {
    save(workspace);
  }
  bool cancel = ui.button("cancel", {cancel_x, top, cancel_x1, top + ui.px(36)}, cancel_label);
  cancel |= ImGui::IsKeyPressed(ImGuiKey_Escape, false) && !ImGui::IsAnyItemActive() && !waiting_;
  const std::string general = general_problem(ui, workspace);
  if (!general.empty()) {
    const float room = cancel_x - ui.px(16) - inner->x0;
    ui.paragraph({inner->x0, top - ui.px(4)}, Type::small, c.danger, general, room, 2);
    ui.record(Role::alert, {inner->x0, top, inner->x0 + room, top + ui.px(36)}, general);
  }
  const bool done = settled(workspace);
  above();
  if (cancel || done || unchanged_) {
    ImGui::CloseCurrentPopup();
    end(workspace);
  }
  ImGui::EndPopup();
  return true;
}

bool RecordForm::draw_removal(Ui& ui, Workspace& workspace, const std::function<void()>& above) {
  constexpr const char* kId = "record-removal";
  if (!ImGui::IsPopupOpen(kId)) ImGui::OpenPopup(kId);
  const Theme& c = ui.theme();
  const Programme& programme = workspace.board->programme;
  const auto name_of_member = [&](const std::string& id) {
    for (const Member& each : programme.members) {
      if (each.id == id) return ui.in(each.name);
    }
    return id;
  };
  const auto name_of_link = [&](const ChainLink& link) {
    return name_of_member(link.from) + " → " + name_of_member(link.to) + " (" +
           ui.in(label_of(link.kind)) + ")";
  };
  // What can't stay without it goes with it, in the same entry.
  std::string name = id_;
  std::vector<std::string> places;
  std::string with;
  Str why = Str::record_remove_links;
  const auto take_along = [&](std::string place, const std::string& words) {
    constexpr std::size_t kMost = 8;
    places.push_back(std::move(place));
    if (places.size() <= kMost) with += "\n· " + words;
    if (places.size() == kMost + 1) with += "\n…";
  };
  for (const char* member : {"name", "title"}) {
    const auto found = original_.find(member);
    if (found == original_.end()) continue;
    const Text text = {found->value("zh", ""), found->value("en", "")};
    name = ui.in(text);
  }
  if (kind_ == RecordKind::member) {
    for (const ChainLink& link : programme.chain_links) {
      if (link.from != id_ && link.to != id_) continue;
      take_along(child("/chainLinks", link.id), name_of_link(link));
    }
  } else if (kind_ == RecordKind::link) {
    for (const ChainLink& link : programme.chain_links) {
      if (link.id == id_) name = name_of_link(link);
    }
  } else if (kind_ == RecordKind::policy && programme.policy_matrix) {
    why = Str::record_remove_cells;
    const std::vector<Option> groups = options_of(ui, programme, OptionsOf::groups);
    const std::vector<Option> clusters = options_of(ui, programme, OptionsOf::matrix_clusters);
    const auto label = [](const std::vector<Option>& options, const std::string& wanted) {
      for (const Option& each : options) {
        if (each.name == wanted) return each.label;
      }
      return wanted;
    };
    for (const MatrixCell& cell : programme.policy_matrix->cells) {
      if (cell.policy != id_) continue;
      take_along(child(kMatrixCells, element_key(kMatrixCells, json_of(cell))),
                 label(groups, cell.group) + " · " +
                     (cell.cluster.empty() ? std::string(ui.t(Str::record_all_clusters))
                                           : label(clusters, cell.cluster)));
    }
  }
  const auto inner = begin_dialog(ui, kId, ui.t(Str::record_remove_title, {name}), 520,
                                  places.empty() ? 210 : 420);
  if (!inner) return false;
  float y = inner->y0;
  if (!places.empty()) {
    y += ui.paragraph({inner->x0, y}, Type::body, c.text,
                      ui.t(why, {std::to_string(places.size())}) + with, inner->width());
  }
  const std::string general = general_problem(ui, workspace);
  if (!general.empty()) show_problem(ui, general, inner->x0, inner->width(), y, reveal_problem_);
  draw_reason(ui, workspace, inner->x0, inner->x1, inner->y1 - ui.px(104));
  const int answer = dialog_buttons(ui, *inner, ui.t(Str::record_remove), !waiting_);
  if (answer > 0) {
    if (const Ledger* ledger = workspace.journal()) {
      std::vector<Change> list;
      list.reserve(places.size());
      for (std::string& place : places) {
        list.push_back(ledger->change(std::move(place), std::nullopt));
      }
      list.push_back(ledger->change(base(), std::nullopt));
      propose(workspace, std::move(list));
    }
  }
  const bool done = settled(workspace);
  above();
  if (answer < 0 || done) {
    ImGui::CloseCurrentPopup();
    end(workspace);
  }
  ImGui::EndPopup();
  return true;
}

// ---------------------------------------------------------------------- what is wrong

std::vector<const Error*> RecordForm::errors_of(const Workspace& workspace,
                                                const FieldSpec& spec) const {
  std::vector<const Error*> errors;
  const std::string place = place_of(spec);
  for (const std::vector<Error>* list : {&faults_, &workspace.rejection}) {
    for (const Error& error : *list) {
      if (error.code != ErrorCode::reason_needed && is_prefix(place, error.pointer)) {
        errors.push_back(&error);
      }
    }
  }
  return errors;
}

std::string RecordForm::problem(const Ui& ui, const Workspace& workspace,
                                const FieldSpec& spec) const {
  const std::vector<const Error*> errors = errors_of(workspace, spec);
  if (errors.empty()) return {};
  std::string text = message(*errors.front(), ui.language);
  if (spec.form != FieldForm::table) return text;
  // Which of the rows.
  const std::string& pointer = errors.front()->pointer;
  const auto tokens = pointer_tokens(pointer.substr(place_of(spec).size()));
  for (const Field& field : fields_) {
    if (&fields_of(kind_)[field.spec] != &spec || !tokens || tokens->empty()) continue;
    for (std::size_t k = 0; k < field.written.size(); ++k) {
      if (tokens->front() == std::to_string(k)) {
        return ui.t(Str::record_row, {std::to_string(field.written[k] + 1)}) + text;
      }
    }
  }
  return text;
}

std::string RecordForm::reason_problem(const Ui& ui, const Workspace& workspace) const {
  for (const std::vector<Error>* list : {&faults_, &workspace.rejection}) {
    for (const Error& error : *list) {
      if (error.code == ErrorCode::reason_needed) return message(error, ui.language);
    }
  }
  return {};
}

std::string RecordForm::general_problem(const Ui& ui, const Workspace& workspace) const {
  const std::string own = base();
  const std::span<const FieldSpec> specs = fields_of(kind_);
  for (const std::vector<Error>* list : {&faults_, &workspace.rejection}) {
    for (const Error& error : *list) {
      const bool told = std::any_of(specs.begin(), specs.end(), [&](const FieldSpec& spec) {
        return is_prefix(place_of(spec), error.pointer);
      });
      if (error.code == ErrorCode::reason_needed || (told && !workspace.record->remove)) continue;
      std::string_view place = error.pointer;
      if (is_prefix(own, place)) place.remove_prefix(own.size());
      return std::string(place) + ' ' + message(error, ui.language);
    }
  }
  return {};
}

// ---------------------------------------------------------------------- the fields

void RecordForm::fields(Ui& ui, Workspace& workspace, float x0, float x1) {
  const Theme& c = ui.theme();
  const std::span<const FieldSpec> specs = fields_of(kind_);
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  Columns at;
  at.x0 = x0;
  at.x1 = x1;
  at.y = at.row_y = origin.y + ui.px(4);
  at.gap = ui.px(16);
  at.narrow = x1 - x0 < ui.px(480);
  at.half = at.narrow ? x1 - x0 : (x1 - x0 - at.gap) / 2;
  if (original_.contains("source")) {
    at.y += ui.paragraph({x0, at.y}, Type::small, c.muted, ui.t(Str::record_sourced), x1 - x0) +
            ui.px(10);
  }
  for (Field& field : fields_) {
    ImGui::PushID(static_cast<int>(field.spec));
    if (is_wide(specs[field.spec].form)) {
      wide_field(ui, workspace, field, at);
    } else {
      half_field(ui, workspace, field, at);
    }
    ImGui::PopID();
  }
  at.finish_row();
  if (kind_ == RecordKind::graduate) {
    at.y += ui.paragraph({x0, at.y}, Type::small, c.muted, ui.t(Str::matching_privacy), x1 - x0);
  }
  at.y += ui.px(16);
  ImGui::SetCursorScreenPos({origin.x, at.y});
  ImGui::Dummy({1, 1});
}

void RecordForm::wide_field(Ui& ui, Workspace& workspace, Field& field, Columns& at) {
  const Theme& c = ui.theme();
  const Programme& programme = workspace.board->programme;
  const FieldSpec& spec = fields_of(kind_)[field.spec];
  const char* label = ui.t(spec.label);
  const std::string wrong =
      spec.form == FieldForm::rule ? std::string() : problem(ui, workspace, spec);
  const float width = at.x1 - at.x0;
  at.finish_row();
  float& y = at.y;
  if (spec.form == FieldForm::text || spec.form == FieldForm::lines) {
    const bool lines = spec.form == FieldForm::lines;
    const auto write = [&](const char* id, float x, float w, float& top, const std::string& name,
                           std::string& value, bool faulty) {
      ui.draw({x, top}, Type::small, c.muted, name, w);
      top += ui.px(kLabel);
      const float h = ui.px(lines ? 72 : kField);
      ui.text_field(id, {x, top, x + w, top + h}, name, value, "", lines, faulty);
      top += h + ui.px(4);
    };
    const bool beside = !at.narrow && !lines;
    float left = y;
    const float w = beside ? at.half : width;
    write("zh", at.x0, w, left, ui.t(Str::posting_in_zh, {label}), field.first, !wrong.empty());
    float other = beside ? y : left + ui.px(4);
    write("en", beside ? at.x0 + at.half + at.gap : at.x0, w, other,
          ui.t(Str::posting_in_en, {label}), field.second, false);
    y = std::max(left, other);
  } else {
    ui.say({at.x0, y}, Type::small, c.muted, label, width);
    y += ui.px(kLabel);
    if (spec.form == FieldForm::rule) {
      y += field.rule.draw(ui, programme, {at.x0, y, at.x1, y}, errors_of(workspace, spec),
                           place_of(spec), reveal_problem_);
    } else if (spec.form == FieldForm::scores) {
      y += scores(ui, programme, field, at.x0, y, width);
    } else if (const auto options = options_of(ui, programme, spec.options);
               spec.options != OptionsOf::none && options.empty()) {
      y += ui.paragraph({at.x0, y}, Type::small, c.muted, ui.t(Str::record_no_options), width);
    } else if (spec.form == FieldForm::table) {
      y += table(ui, workspace, field, at.x0, y, width);
    } else {
      // A click puts one at the end of the list, or takes it away.
      std::vector<std::string> chosen = ids_in(field.first);
      float x = at.x0;
      for (std::size_t i = 0; i < options.size(); ++i) {
        const auto found = std::find(chosen.begin(), chosen.end(), options[i].name);
        const bool on = found != chosen.end();
        std::string name = options[i].label;
        if (on && spec.form == FieldForm::ranked) {
          name.insert(0, std::to_string(found - chosen.begin() + 1) + ". ");
        }
        const float wanted = ui.chip_width(name);
        if (x > at.x0 && x + wanted > at.x1) {
          x = at.x0;
          y += ui.chip_height() + ui.px(6);
        }
        float chip = 0;
        ImGui::PushID(static_cast<int>(i));
        if (ui.chip("option", {x, y}, name, on, chip)) {
          if (on) {
            chosen.erase(found);
          } else {
            chosen.push_back(options[i].name);
          }
          field.first = joined(chosen);
        }
        ImGui::PopID();
        x += chip + ui.px(6);
      }
      y += ui.chip_height() + ui.px(4);
    }
  }
  show_problem(ui, wrong, at.x0, width, y, reveal_problem_);
  y += ui.px(8);
}

void RecordForm::half_field(Ui& ui, Workspace& workspace, Field& field, Columns& at) {
  const Theme& c = ui.theme();
  const Programme& programme = workspace.board->programme;
  const FieldSpec& spec = fields_of(kind_)[field.spec];
  const char* label = ui.t(spec.label);
  const std::string wrong = problem(ui, workspace, spec);
  const bool wide = spec.form == FieldForm::codes;
  if (wide || at.narrow) at.finish_row();
  const float x = at.right_half ? at.x0 + at.half + at.gap : at.x0;
  const float w = wide ? at.x1 - at.x0 : at.half;
  float top = at.y;
  if (spec.form == FieldForm::flag) {
    float chip = 0;
    top += ui.px(kLabel + 2);
    if (ui.chip("flag", {x, top}, label, !field.first.empty(), chip)) {
      field.first = field.first.empty() ? "1" : "";
    }
    top += ui.px(kField + 2);
  } else {
    ui.draw({x, top}, Type::small, c.muted, label, w);
    top += ui.px(kLabel);
    const Rect rect = {x, top, x + w, top + ui.px(kField)};
    if (spec.form == FieldForm::choice) {
      const std::vector<Option> options = options_of(ui, programme, spec.options);
      // Nothing can be chosen again only where nothing may be said.
      const bool none = !spec.required || field.first.empty();
      std::vector<std::string> labels;
      if (none) labels.emplace_back(ui.t(Str::not_stated));
      int selected = none ? 0 : -1;
      for (const Option& option : options) {
        if (option.name == field.first) selected = static_cast<int>(labels.size());
        labels.push_back(option.label);
      }
      if (const int now = ui.combo("choice", rect, label, labels, selected); now >= 0) {
        const std::size_t skip = none ? 1 : 0;
        const auto index = static_cast<std::size_t>(now);
        field.first = index < skip ? std::string() : options[index - skip].name;
      }
    } else {
      ui.text_field("value", rect, label, field.first,
                    spec.form == FieldForm::date ? ui.t(Str::form_date_hint) : "", false,
                    !wrong.empty());
    }
    top += ui.px(kField + 4);
  }
  show_problem(ui, wrong, x, w, top, reveal_problem_);
  top += ui.px(8);
  if (wide || at.narrow) {
    at.y = top;
  } else if (at.right_half) {
    at.y = std::max(top, at.row_y);
    at.right_half = false;
  } else {
    at.row_y = top;
    at.right_half = true;
  }
}

float RecordForm::scores(Ui& ui, const Programme& programme, Field& field, float x, float y,
                         float width) {
  const Theme& c = ui.theme();
  const float gap = ui.px(8);
  const float top = y;
  const Challenge& challenge = programme.challenges[challenge_];
  std::vector<std::string> names;
  for (const BidCriterion& one : challenge.criteria) names.push_back(ui.in(one.title));
  if (field.rows.empty() || names.empty()) {
    return ui.paragraph({x, y}, Type::small, c.muted, ui.t(Str::posting_no_panel), width) + gap;
  }
  const float head = std::min(ui.px(150), width * 0.3F);
  const auto count = static_cast<float>(names.size());
  const float cell = (width - head - gap * (count - 1)) / count;
  const auto at = [&](std::size_t column) {
    return x + head + static_cast<float>(column) * (cell + gap);
  };
  for (std::size_t k = 0; k < names.size(); ++k) {
    ui.draw({at(k), y}, Type::caption, c.muted, names[k], cell);
  }
  y += ui.px(18);
  for (std::size_t i = 0; i < field.rows.size(); ++i) {
    Row& row = field.rows[i];
    const BidJudge& judge = challenge.judges[i];
    const std::string who = judge.name.empty() ? judge.id : ui.in(judge.name);
    ui.draw({x, y + (ui.px(kField) - ui.size_of(Type::body)) / 2}, Type::body, c.text, who,
            head - gap);
    ImGui::PushID(static_cast<int>(i));
    for (std::size_t k = 0; k < row.cells.size(); ++k) {
      ImGui::PushID(static_cast<int>(k));
      ui.text_field("cell", {at(k), y, at(k) + cell, y + ui.px(kField)}, who + " · " + names[k],
                    row.cells[k]);
      ImGui::PopID();
    }
    ImGui::PopID();
    y += ui.px(kField) + gap;
  }
  return y - top;
}

float RecordForm::table(Ui& ui, const Workspace& workspace, Field& field, float x, float y,
                        float width) {
  const Theme& c = ui.theme();
  const Programme& programme = workspace.board->programme;
  const FieldSpec& spec = fields_of(kind_)[field.spec];
  const TableSpec& table = *spec.table;
  const float gap = ui.px(8);
  const float top = y;
  const float room = width - ui.px(36);
  std::vector<std::string> names;
  std::vector<std::size_t> inline_columns;  // the others stand below a row
  for (std::size_t k = 0; k < table.columns.size(); ++k) {
    const ColumnSpec& column = table.columns[k];
    const char* label = ui.t(column.label);
    names.push_back(column.form == CellForm::zh   ? ui.t(Str::posting_in_zh, {label})
                    : column.form == CellForm::en ? ui.t(Str::posting_in_en, {label})
                                                  : std::string(label));
    if (column.form != CellForm::stages) inline_columns.push_back(k);
  }
  // As many side by side as can be read.
  const std::size_t fit = static_cast<std::size_t>((room + gap) / (ui.px(104) + gap));
  const std::size_t per_line = std::clamp<std::size_t>(fit, 1, inline_columns.size());
  const auto count = static_cast<float>(per_line);
  const float cell_width = (room - gap * (count - 1)) / count;
  // The row that something is wrong with.
  std::optional<std::size_t> faulty;
  for (const Error* error : errors_of(workspace, spec)) {
    const auto tokens = pointer_tokens(error->pointer.substr(place_of(spec).size()));
    for (std::size_t k = 0; k < field.written.size() && tokens && !tokens->empty(); ++k) {
      if (tokens->front() == std::to_string(k)) faulty = field.written[k];
    }
  }
  std::optional<std::size_t> removed;
  for (std::size_t i = 0; i < field.rows.size(); ++i) {
    Row& row = field.rows[i];
    const std::string which = std::to_string(i + 1);
    const std::string called = std::string(ui.t(spec.label)) + " " + which;
    ImGui::PushID(static_cast<int>(i));
    float first_line = 0;
    for (std::size_t k = 0; k < inline_columns.size(); ++k) {
      const std::size_t column = inline_columns[k];
      const auto place = static_cast<float>(k % per_line);
      const bool captions = i == 0 || per_line < inline_columns.size();
      if (k % per_line == 0 && k > 0) y += ui.px(kField + 4);
      if (k % per_line == 0 && captions) {
        for (std::size_t n = k; n < std::min(inline_columns.size(), k + per_line); ++n) {
          ui.draw({x + static_cast<float>(n - k) * (cell_width + gap), y}, Type::caption, c.muted,
                  names[inline_columns[n]], cell_width);
        }
        y += ui.px(18);
      }
      if (k == 0) first_line = y;
      const float left = x + place * (cell_width + gap);
      ImGui::PushID(static_cast<int>(column));
      cell(ui, programme, table, row, column, called + " · " + names[column],
           {left, y, left + cell_width, y + ui.px(kField)}, faulty == i);
      ImGui::PopID();
    }
    if (ui.icon_button(
            "remove", {x + width - ui.px(16), first_line + ui.px(kField) / 2}, icon::x,
            std::string(ui.t(spec.label)) + " · " + ui.t(Str::posting_remove_row, {which}))) {
      removed = i;
    }
    y += ui.px(kField) + gap;
    for (std::size_t k = 0; k < table.columns.size(); ++k) {
      if (table.columns[k].form == CellForm::stages) {
        y += stages(ui, programme, row, k, x, y, room);
      }
    }
    ImGui::PopID();
  }
  if (removed) {
    field.rows.erase(field.rows.begin() + static_cast<std::ptrdiff_t>(*removed));
    field.written.clear();  // their places are others now
  }
  const char* add = ui.t(table.add);
  const float wide = std::min(width, ui.measure(Type::body, add) + ui.px(44));
  if (ui.button("add-row", {x, y, x + wide, y + ui.px(kField)}, add, icon::plus)) {
    const auto id = [](const Row& row) -> const std::string& { return row.id; };
    Row row;
    if (table.ids != nullptr) row.id = next_id(field.rows, id, table.ids, 1);
    row.cells.resize(table.columns.size());
    for (std::size_t k = 0; k < table.columns.size(); ++k) {
      if (table.columns[k].options == OptionsOf::coverages) {
        row.cells[k] = name_of(Coverage::full);
      }
    }
    field.rows.push_back(std::move(row));
  }
  return y + ui.px(kField + 4) - top;
}

void RecordForm::cell(Ui& ui, const Programme& programme, const TableSpec& table, Row& row,
                      std::size_t column, const std::string& name, const Rect& rect, bool faulty) {
  const ColumnSpec& spec = table.columns[column];
  std::string& value = row.cells[column];
  if (spec.form != CellForm::choice) {
    std::string unit;
    if (spec.form == CellForm::volume) {
      for (const Product& product : programme.products) {
        if (product.id == row.cells[0]) unit = ui.in(product.unit);
      }
    }
    ui.text_field("cell", rect, name, value, unit.c_str(), false, faulty);
    return;
  }
  const std::vector<Option> options = options_of(ui, programme, spec.options);
  const bool none = !spec.required || value.empty();
  std::vector<std::string> labels;
  if (none) {
    labels.emplace_back(ui.t(spec.options == OptionsOf::matrix_clusters ? Str::record_all_clusters
                                                                        : Str::not_stated));
  }
  int selected = none ? 0 : -1;
  for (const Option& option : options) {
    if (option.name == value) selected = static_cast<int>(labels.size());
    labels.push_back(option.label);
  }
  if (const int now = ui.combo("cell", rect, name, labels, selected); now >= 0) {
    const std::size_t skip = none ? 1 : 0;
    const auto index = static_cast<std::size_t>(now);
    const std::string before = value;
    value = index < skip ? std::string() : options[index - skip].name;
    // Another alliance has other stages.
    for (std::size_t k = 0; k < table.columns.size() && value != before; ++k) {
      if (table.columns[k].form == CellForm::stages) row.cells[k].clear();
    }
  }
}

float RecordForm::stages(Ui& ui, const Programme& programme, Row& row, std::size_t column, float x,
                         float y, float width) {
  const auto alliance = std::find_if(programme.alliances.begin(), programme.alliances.end(),
                                     [&](const Alliance& each) { return each.id == row.cells[0]; });
  if (alliance == programme.alliances.end() || alliance->stages.empty()) return 0;
  std::vector<std::string> chosen = ids_in(row.cells[column]);
  const float top = y;
  float at = x;
  for (std::size_t i = 0; i < alliance->stages.size(); ++i) {
    const ChainStage& stage = alliance->stages[i];
    const auto found = std::find(chosen.begin(), chosen.end(), stage.id);
    const bool on = found != chosen.end();
    const float wanted = ui.chip_width(ui.in(stage.title));
    if (at > x && at + wanted > x + width) {
      at = x;
      y += ui.chip_height() + ui.px(6);
    }
    float chip = 0;
    ImGui::PushID(static_cast<int>(i));
    if (ui.chip("stage", {at, y}, ui.in(stage.title), on, chip)) {
      if (on) {
        chosen.erase(found);
      } else {
        chosen.push_back(stage.id);
      }
      row.cells[column] = joined(chosen);
    }
    ImGui::PopID();
    at += chip + ui.px(6);
  }
  return y + ui.chip_height() + ui.px(10) - top;
}

// ---------------------------------------------------------------------- what was typed

std::optional<json> RecordForm::read_number(const std::string& text, bool whole,
                                            const std::string& place) {
  std::string digits = text;
  std::erase_if(digits, [](char ch) { return ch == ',' || ch == ' '; });
  json number = json::parse(digits, nullptr, false);
  if (whole ? number.is_number_integer() : number.is_number()) return number;
  faults_.push_back(
      {ErrorCode::wrong_type, place, shorten(text), whole ? "0, 1, 2, …" : "0 …", std::nullopt});
  return std::nullopt;
}

void RecordForm::read_scores(const Field& field, json& after) {
  if (std::all_of(field.rows.begin(), field.rows.end(),
                  [](const Row& row) { return row.cells == row.shown; })) {
    return;
  }
  json list = json::array();
  for (const Row& row : field.rows) {
    for (std::size_t k = 0; k < row.cells.size(); ++k) {
      if (blank(row.cells[k])) continue;
      if (auto score = read_number(row.cells[k], false, base() + "/scores")) {
        list.push_back({{"judge", row.id}, {"criterion", criteria_[k]}, {"score", *score}});
      }
    }
  }
  set_member(after, "scores", list.empty() ? std::nullopt : std::optional<json>(std::move(list)));
}

std::optional<json> RecordForm::read_row(const Field& field, const Row& row, std::size_t index) {
  const FieldSpec& spec = fields_of(kind_)[field.spec];
  const TableSpec& table = *spec.table;
  const std::string here = child(place_of(spec), index);
  if (table.plain) return json(row.cells[0]);
  json element = row.kept.is_object() ? row.kept : json::object();
  if (table.ids != nullptr) element["id"] = row.id;
  if (is_in_matrix(spec)) element["policy"] = id_;
  for (std::size_t k = 0; k < table.columns.size(); ++k) {
    const ColumnSpec& column = table.columns[k];
    const std::string& text = row.cells[k];
    if (column.form == CellForm::zh || column.form == CellForm::en) {
      set_member(element,
                 std::string(column.member) + (column.form == CellForm::zh ? "/zh" : "/en"),
                 blank(text) ? std::nullopt : std::optional<json>(text));
      continue;
    }
    if (!row.kept.is_null() && text == row.shown[k]) continue;  // also digits that it hasn't shown
    std::optional<json> value;
    if (column.form == CellForm::number || column.form == CellForm::volume) {
      if (!blank(text)) value = read_number(text, false, child(here, column.member));
    } else if (column.form == CellForm::choice) {
      if (!text.empty()) value = text;
    } else if (const auto ids = ids_in(text); !ids.empty()) {
      value = ids;
    }
    set_member(element, column.member, std::move(value));
  }
  for (const ColumnSpec& column : table.columns) {
    if (!column.required || element.contains(column.member)) continue;
    faults_.push_back(
        {ErrorCode::missing_member, here, {}, std::string(column.member), std::nullopt});
    return std::nullopt;
  }
  return element;
}

json RecordForm::read_rows(Field& field) {
  json list = json::array();
  field.written.clear();
  for (std::size_t i = 0; i < field.rows.size(); ++i) {
    const Row& row = field.rows[i];
    const bool untouched = !row.kept.is_null() && row.cells == row.shown;
    // A new row that nothing was entered in, save what stood in it at first.
    const TableSpec& table = *fields_of(kind_)[field.spec].table;
    bool empty = true;
    for (std::size_t k = 0; k < row.cells.size(); ++k) {
      empty = empty && (blank(row.cells[k]) || table.columns[k].options == OptionsOf::coverages);
    }
    if (empty && !untouched) continue;
    field.written.push_back(i);
    if (untouched) {
      list.push_back(row.kept);
    } else if (auto element = read_row(field, row, list.size())) {
      list.push_back(std::move(*element));
    } else {
      list.push_back(nullptr);  // keeps the places of those after it
    }
  }
  return list;
}

void RecordForm::read(Field& field, json& after) {
  const FieldSpec& spec = fields_of(kind_)[field.spec];
  const std::string place = place_of(spec);
  const auto fault = [&](ErrorCode code, std::string expected) {
    faults_.push_back({code, place, shorten(field.first), std::move(expected), std::nullopt});
  };
  if (spec.form == FieldForm::table) {
    json list = read_rows(field);
    if (is_in_matrix(spec)) {
      cells_after_ = std::move(list);
    } else {
      const bool none = list.empty();
      set_member(after, spec.member, none ? std::nullopt : std::optional<json>(std::move(list)));
    }
    return;
  }
  if (spec.form == FieldForm::scores) {
    read_scores(field, after);
    return;
  }
  if (spec.form == FieldForm::rule) {
    set_member(after, spec.member, field.rule.read(place, faults_));
    return;
  }
  const bool untouched = field.first == field.first_shown && field.second == field.second_shown;
  // What is shown may have fewer digits than what there is.
  if (untouched && member_at(after, spec.member) != nullptr) return;
  std::optional<json> value;
  switch (spec.form) {
    case FieldForm::text:
    case FieldForm::lines: {
      json text = json::object();
      if (!blank(field.first)) text["zh"] = field.first;
      if (!blank(field.second)) text["en"] = field.second;
      if (!text.empty()) value = std::move(text);
      break;
    }
    case FieldForm::number:
    case FieldForm::whole:
      if (!blank(field.first)) {
        value = read_number(field.first, spec.form == FieldForm::whole, place);
      }
      break;
    case FieldForm::date: {
      if (blank(field.first)) break;
      const std::optional<Date> day = read_date(field.first);
      if (day) {
        value = format_date(*day);
      } else {
        fault(ErrorCode::bad_date, {});
      }
      break;
    }
    case FieldForm::flag:
      if (!field.first.empty()) value = true;
      break;
    case FieldForm::some:
    case FieldForm::ranked:
    case FieldForm::codes:
      if (const auto ids = ids_in(field.first); !ids.empty()) value = ids;
      break;
    default:
      if (!field.first.empty()) value = field.first;
      break;
  }
  if (!value && spec.required) fault(ErrorCode::missing_member, spec.member);
  set_member(after, spec.member, std::move(value));
}

void RecordForm::change_cells(const Ledger& ledger, std::vector<Change>& list) {
  const auto pointer = [](const json& cell) {
    return child(kMatrixCells, element_key(kMatrixCells, cell));
  };
  for (const json& before : cells_before_) {
    if (std::none_of(cells_after_.begin(), cells_after_.end(),
                     [&](const json& after) { return pointer(after) == pointer(before); })) {
      list.push_back(ledger.change(pointer(before), std::nullopt));
    }
  }
  for (json& after : cells_after_) {
    const std::string place = pointer(after);
    const auto before = std::find_if(cells_before_.begin(), cells_before_.end(),
                                     [&](const json& each) { return pointer(each) == place; });
    if (before != cells_before_.end() && *before == after) continue;
    after.erase("source");
    list.push_back(ledger.change(place, after));
  }
}

void RecordForm::save(Workspace& workspace) {
  faults_.clear();
  workspace.rejection.clear();
  Ledger* ledger = workspace.journal();
  if (ledger == nullptr) return;
  json after = original_;
  for (Field& field : fields_) read(field, after);
  // The same cell twice would be one.
  for (std::size_t i = 0; i < cells_after_.size(); ++i) {
    for (std::size_t k = 0; k < i; ++k) {
      const std::string key = element_key(kMatrixCells, cells_after_[i]);
      if (key.empty() || key != element_key(kMatrixCells, cells_after_[k])) continue;
      faults_.push_back({ErrorCode::duplicate_id, child(kMatrixCells, i), key,
                         child(kMatrixCells, k), std::nullopt});
    }
  }
  if (!faults_.empty()) {
    reveal_problem_ = true;
    return;
  }
  std::vector<Change> list;
  if (added_) {
    after[kind_ == RecordKind::graduate ? "code" : "id"] = id_;
    list.push_back(ledger->change(base(), after));
  } else {
    // Only what differs, member by member, so that others' changes of the rest stay.
    bool says_other = false;
    for (const FieldSpec& spec : fields_of(kind_)) {
      if (is_in_matrix(spec)) continue;
      const json* was = member_at(original_, spec.member);
      const json* now = member_at(after, spec.member);
      if ((was == nullptr) == (now == nullptr) && (was == nullptr || *was == *now)) continue;
      const bool words = spec.form == FieldForm::text || spec.form == FieldForm::lines;
      says_other = says_other || !words || says_more(was, now);
      list.push_back(ledger->change(place_of(spec),
                                    now == nullptr ? std::nullopt : std::optional<json>(*now)));
    }
    // It no longer says what its source says.
    if (says_other && original_.contains("source")) {
      list.push_back(ledger->change(child(base(), "source"), std::nullopt));
    }
  }
  change_cells(*ledger, list);
  propose(workspace, std::move(list));
}

void RecordForm::propose(Workspace& workspace, std::vector<Change> list) {
  if (list.empty()) {
    unchanged_ = true;
    return;
  }
  accepted_ = workspace.accepted;
  waiting_ = true;
  workspace.propose(std::move(list), reason_);
}

}  // namespace tc::ui
