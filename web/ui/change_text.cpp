#include "web/ui/change_text.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/exchange/sheet_columns.hpp"
#include "core/ledger/keyed_document.hpp"
#include "core/policy/rule_json.hpp"
#include "web/ui/record_specs.hpp"
#include "web/ui/rule_text.hpp"

namespace tc::ui {

namespace {

using nlohmann::json;

constexpr std::array<std::pair<std::string_view, Str>, 23> kMembers = {{
    {"title", Str::column_title},
    {"summary", Str::member_summary},
    {"area", Str::column_area},
    {"status", Str::column_status},
    {"leads", Str::column_leads},
    {"partners", Str::item_partners},
    {"start", Str::form_start},
    {"due", Str::form_due},
    {"started", Str::form_started},
    {"finished", Str::form_finished},
    {"progress", Str::form_progress},
    {"duration", Str::schedule_duration},
    {"estimate", Str::schedule_estimate},
    {"baseline", Str::schedule_baseline},
    {"constraints", Str::member_constraints},
    {"confidence", Str::rag_title},
    {"milestones", Str::item_milestones},
    {"dependsOn", Str::item_depends_on},
    {"evidence", Str::item_evidence},
    {"asOf", Str::member_as_of},
    {"departments", Str::member_department},
    {"areas", Str::member_area},
    {"source", Str::source},
}};

constexpr const char* kHidden = "…";

/// The column of spreadsheets that a place in a list of postings, or a part of it, stands in.
const sheets::Column* column_of(const std::vector<std::string>& tokens) {
  if (tokens.size() < 3 || tokens[0] == "items") return nullptr;
  const sheets::SheetKind* kind = sheets::kind_of_list(tokens[0]);
  if (kind == nullptr || kind->within_item()) return nullptr;
  std::string path = tokens[2];
  for (std::size_t i = 3; i < tokens.size(); ++i) path += '/' + tokens[i];
  for (const sheets::Column& column : kind->columns) {
    if (column.path == path) return &column;
  }
  return nullptr;
}

/// A member of an alliance, a link or a policy, or a field of it.
struct RecordPlace {
  Str noun = Str::record_member;
  const FieldSpec* field = nullptr;
};
std::optional<RecordPlace> record_at(const std::vector<std::string>& tokens) {
  if (tokens.size() < 2) return std::nullopt;
  RecordKind kind = RecordKind::member;
  RecordPlace place;
  if (tokens[0] == list_of(RecordKind::link)) {
    kind = RecordKind::link;
    place.noun = Str::record_link;
  } else if (tokens[0] == list_of(RecordKind::product)) {
    kind = RecordKind::product;
    place.noun = Str::record_product;
  } else if (tokens[0] == list_of(RecordKind::policy)) {
    kind = RecordKind::policy;
    place.noun = Str::record_policy;
  } else if (tokens[0] != list_of(RecordKind::member)) {
    return std::nullopt;
  }
  std::string path;
  for (std::size_t i = 2; i < tokens.size(); ++i) path += (i > 2 ? "/" : "") + tokens[i];
  for (const FieldSpec& spec : fields_of(kind)) {
    if (path == spec.member) place.field = &spec;
  }
  return place;
}

/// What people chose or wrote in the field of a form; nothing where it says itself what it is.
std::optional<std::string> words_in(const Ui& ui, const Programme& programme,
                                    const FieldSpec& field, const json& value) {
  if (field.form == FieldForm::rule) {
    const Result<Rule> rule = policy::read_rule(value, {});
    if (!rule) return std::nullopt;
    std::string text;
    for (const RuleLine& line : rule_lines(ui, programme, *rule.value, true)) {
      text += (text.empty() ? "" : " ") + line.text.substr(line.text.find_first_not_of(' '));
    }
    return shorten(text, 200);
  }
  const std::vector<Option> options = options_of(ui, programme, field.options);
  if (options.empty()) return std::nullopt;
  std::string text;
  const auto add = [&](const json& id, const std::string& more) {
    if (!id.is_string()) return;
    const auto found = std::find_if(options.begin(), options.end(),
                                    [&](const Option& option) { return id == option.name; });
    if (!text.empty()) text += ui.language == Language::zh ? "、" : ", ";
    text += (found == options.end() ? id.get<std::string>() : found->label) + more;
  };
  if (!value.is_array()) add(value, {});
  for (const json& each : value.is_array() ? value : json::array()) {
    if (!each.is_object()) add(each, {});
    if (!each.is_object() || field.table == nullptr) continue;
    const auto id = each.find(field.table->columns[0].member);
    const auto volume = each.find("volume");
    if (id == each.end()) continue;
    add(*id, volume == each.end() ? "" : " " + number_text(volume->get<double>()));
  }
  return text.empty() ? std::nullopt : std::optional<std::string>(shorten(text, 200));
}

std::string label_of_member(const Ui& ui, const std::string& name) {
  for (const auto& [member, text] : kMembers) {
    if (member == name) return ui.t(text);
  }
  return name;
}

}  // namespace

std::string place_text(const Ui& ui, const std::string& pointer) {
  const auto tokens = pointer_tokens(pointer);
  if (!tokens || tokens->empty()) return pointer;
  std::string text;
  const auto add = [&text](const std::string& part) {
    if (!text.empty()) text += " · ";
    text += part;
  };
  std::size_t i = 0;
  // Of an item its code is enough; other lists are named.
  if ((*tokens)[0] == "items" && tokens->size() > 1) {
    add((*tokens)[1]);
    i = 2;
  } else if (const sheets::SheetKind* kind = sheets::kind_of_list((*tokens)[0]);
             kind != nullptr && tokens->size() > 1) {
    add(std::string(kind->name(ui.language)) + ' ' + (*tokens)[1]);
    i = 2;
    if (const sheets::Column* column = column_of(*tokens)) {
      add(std::string(column->heading(ui.language)));
      return text;
    }
  }
  if (const auto record = record_at(*tokens)) {
    add(std::string(ui.t(record->noun)) + ' ' + (*tokens)[1]);
    i = 2;
    if (record->field != nullptr) {
      add(ui.t(record->field->label));
      return text;
    }
  } else if (is_prefix(kMatrixCells, pointer) && tokens->size() > 2) {
    add(std::string(ui.t(Str::record_cell)) + ' ' + (*tokens)[2]);
    i = 3;
  }
  for (; i < tokens->size(); ++i) {
    const std::string& token = (*tokens)[i];
    const bool list =
        token == "milestones" || token == "dependsOn" || token == "departments" || token == "areas";
    if (token == "evidence") {
      add(label_of_member(ui, token));
      break;  // its key says nothing to people
    }
    if (list && i + 1 < tokens->size()) {
      add(label_of_member(ui, token) + ' ' + (*tokens)[i + 1]);
      ++i;
    } else if (token != "zh" && token != "en") {
      add(label_of_member(ui, token));
    }
  }
  return text;
}

std::string value_text(const Ui& ui, const Programme& programme, const Index& index,
                       const std::optional<json>& value) {
  if (!value || value->is_null()) return ui.t(Str::none);
  if (value->is_string()) {
    const std::string& text = value->get_ref<const std::string&>();
    for (Status status : kStatuses) {
      if (name_of(status) == text) return ui.in(label_of(status));
    }
    if (const auto department = index.department(text)) {
      return ui.in(programme.departments[*department].name);
    }
    if (const auto area = index.area(text)) return ui.in(programme.areas[*area].title);
    return shorten(text, 120);
  }
  if (value->is_number()) return number_text(value->get<double>());
  if (value->is_boolean()) return value->get<bool>() ? "✓" : "–";
  if (value->is_array()) {
    std::string text;
    for (const json& element : *value) {
      if (!text.empty()) text += ui.language == Language::zh ? "、" : ", ";
      text += value_text(ui, programme, index, element);
    }
    return text.empty() ? ui.t(Str::none) : shorten(text, 200);
  }
  // How to reach a person is nobody's business here, however it came into the ledger.
  if (value->contains("phone") || value->contains("email")) return kHidden;
  if (value->contains("contact")) {
    json rest = *value;
    rest.erase("contact");
    return value_text(ui, programme, index, rest);
  }
  // A text in two languages, or something that has a title.
  const auto in_language = [&ui](const json& object) -> std::string {
    for (const char* language :
         {ui.language == Language::zh ? "zh" : "en", ui.language == Language::zh ? "en" : "zh"}) {
      const auto found = object.find(language);
      if (found != object.end() && found->is_string()) return found->get<std::string>();
    }
    return {};
  };
  if (std::string text = in_language(*value); !text.empty()) return shorten(text, 120);
  for (const char* name : {"title", "name", "reason"}) {
    const auto found = value->find(name);
    if (found != value->end() && found->is_object()) {
      if (std::string text = in_language(*found); !text.empty()) return shorten(text, 120);
    }
  }
  return shorten(value->dump(-1, ' ', false, json::error_handler_t::replace), 120);
}

namespace {

/// The members of a part of an item that has no title, under their headings in spreadsheets: a
/// dependency, an estimate. Nothing for anything else.
std::optional<std::string> members_in(const Ui& ui, const Programme& programme, const Index& index,
                                      const std::vector<std::string>& tokens, const json& value) {
  if (!value.is_object() || value.contains("title") || tokens[0] != "items") return std::nullopt;
  const sheets::SheetKind* kind = nullptr;
  std::string prefix;
  if (tokens.size() == 3) {
    kind = sheets::kind_of_list("items");
    prefix = tokens[2] + '/';
  } else if (tokens.size() == 4) {
    kind = sheets::kind_of_list(tokens[2]);
  }
  if (kind == nullptr) return std::nullopt;
  std::string text;
  for (const sheets::Column& column : kind->columns) {
    if (!column.path.starts_with(prefix)) continue;
    const auto member = value.find(column.path.substr(prefix.size()));
    if (member == value.end()) continue;
    if (!text.empty()) text += ui.language == Language::zh ? "，" : ", ";
    text += column.heading(ui.language);
    text += ' ';
    text += value_text(ui, programme, index, *member);
  }
  return text.empty() ? std::nullopt : std::optional(shorten(text, 200));
}

std::string side_text(const Ui& ui, const Programme& programme, const Index& index,
                      const Change& change, const std::optional<json>& value) {
  if (value && change.pointer.find("/contact") != std::string::npos) return kHidden;
  if (!value || value->is_null()) return ui.t(Str::none);
  const auto tokens = pointer_tokens(change.pointer);
  if (const auto record = tokens ? record_at(*tokens) : std::nullopt;
      record && record->field != nullptr) {
    if (auto words = words_in(ui, programme, *record->field, *value)) return *words;
  }
  if (tokens && !tokens->empty()) {
    if (auto words = members_in(ui, programme, index, *tokens, *value)) return *words;
  }
  if (const sheets::Column* column = tokens ? column_of(*tokens) : nullptr) {
    const auto city = [&](const json& id) -> std::string {
      if (!id.is_string()) return {};
      const auto found = index.city(id.get_ref<const std::string&>());
      return found ? ui.in(programme.cities[*found].name) : id.get<std::string>();
    };
    switch (column->type) {
      case sheets::ValueType::cluster:
      case sheets::ValueType::chain_position:
      case sheets::ValueType::degree:
        if (value->is_string()) {
          return sheets::words_for(column->type, value->get_ref<const std::string&>(), ui.language);
        }
        break;
      case sheets::ValueType::city:
        return city(*value);
      case sheets::ValueType::cities: {
        std::string all;
        for (const json& id : *value) {
          if (!all.empty()) all += ui.language == Language::zh ? "、" : ", ";
          all += city(id);
        }
        return all;
      }
      default:
        break;
    }
  }
  return value_text(ui, programme, index, value);
}

}  // namespace

std::string before_text(const Ui& ui, const Programme& programme, const Index& index,
                        const Change& change) {
  return side_text(ui, programme, index, change, change.before);
}

std::string after_text(const Ui& ui, const Programme& programme, const Index& index,
                       const Change& change) {
  return side_text(ui, programme, index, change, change.after);
}

std::string change_text(const Ui& ui, const Programme& programme, const Index& index,
                        const Change& change, bool with_item) {
  std::string place = place_text(ui, change.pointer);
  if (!with_item) {
    const std::size_t dot = place.find(" · ");
    if (change.pointer.starts_with("/items/")) {
      place = dot == std::string::npos ? "" : place.substr(dot + std::string_view(" · ").size());
    }
  }
  std::string text = place;
  if (!text.empty()) text += ui.language == Language::zh ? "：" : ": ";
  if (!change.before && change.after) {
    return text + ui.t(Str::change_added, {after_text(ui, programme, index, change)});
  }
  if (change.before && !change.after) {
    return text + ui.t(Str::change_removed, {before_text(ui, programme, index, change)});
  }
  return text + before_text(ui, programme, index, change) + " → " +
         after_text(ui, programme, index, change);
}

std::string time_text(std::string_view time) {
  if (!is_time(time)) return std::string(time);
  constexpr std::int64_t kChina = 8 * 3'600'000;
  const std::string local = format_time(milliseconds_of(time) + kChina);
  return local.substr(0, 10) + ' ' + local.substr(11, 5);
}

}  // namespace tc::ui
