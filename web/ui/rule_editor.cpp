#include "web/ui/rule_editor.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/ledger/keyed_document.hpp"
#include "core/policy/attributes.hpp"
#include "core/policy/rule_json.hpp"
#include "web/ui/dialog.hpp"
#include "web/ui/icons.gen.hpp"
#include "web/ui/rule_text.hpp"

namespace tc::ui {

namespace {

using nlohmann::json;
using policy::Attribute;
using policy::AttributeType;

constexpr float kField = 34;

bool is_group(const std::string& op) {
  return op == "all" || op == "any" || op == "not";
}

/// The member that says what a condition does.
std::string op_in(const json& condition) {
  for (const RuleOp op : kRuleOps) {
    if (condition.contains(name_of(op))) return std::string(name_of(op));
  }
  return {};
}

std::optional<RuleOp> op_named(const std::string& name) {
  for (const RuleOp op : kRuleOps) {
    if (name_of(op) == name) return op;
  }
  return std::nullopt;
}

const Attribute* attribute_of(const std::string& id) {
  const auto index = policy::find_attribute(id);
  return index ? &policy::attributes()[*index] : nullptr;
}

Str words_for(RuleOp op) {
  switch (op) {
    case RuleOp::one_of:
      return Str::rule_one_of;
    case RuleOp::at_least:
      return Str::rule_at_least;
    case RuleOp::at_most:
      return Str::rule_at_most;
    case RuleOp::above:
      return Str::rule_above;
    case RuleOp::below:
      return Str::rule_below;
    case RuleOp::between:
      return Str::rule_between;
    case RuleOp::within_days:
      return Str::rule_within_days;
    default:
      return Str::rule_equals;
  }
}

/// Whose property it is stands before its name, as `firm.city` and `talent.city` are both a city.
std::string label_of(const Ui& ui, const Attribute& attribute) {
  const Str whose = attribute.id.starts_with("firm.")     ? Str::policies_firm
                    : attribute.id.starts_with("talent.") ? Str::policies_talent
                                                          : Str::policies_project;
  std::string label = std::string(ui.t(whose)) + " · " + ui.in(attribute.label);
  if (!ui.in(attribute.unit).empty()) label += " (" + ui.in(attribute.unit) + ")";
  return label;
}

struct Choices {
  std::vector<std::string> ids;
  std::vector<std::string> labels;
};

Choices choices_of(const Ui& ui, const Programme& programme, const Attribute& attribute) {
  Choices choices;
  const auto add = [&](std::string_view id, const Text& label) {
    choices.ids.emplace_back(id);
    choices.labels.push_back(ui.in(label));
  };
  if (attribute.type == AttributeType::flag) {
    choices.ids = {"yes", "no"};
    choices.labels = {ui.t(Str::policies_yes), ui.t(Str::policies_no)};
  } else if (attribute.names == policy::NamesFrom::cities) {
    for (const City& city : programme.cities) add(city.id, city.name);
  } else if (attribute.names == policy::NamesFrom::clusters) {
    if (programme.policy_matrix) {
      for (const MatrixCluster& each : programme.policy_matrix->clusters) add(each.id, each.title);
    }
  } else {
    for (const policy::Choice& choice : attribute.choices) add(choice.id, choice.label);
  }
  return choices;
}

/// As it is typed.
std::string typed(const json& value) {
  if (value.is_boolean()) return value.get<bool>() ? "yes" : "no";
  if (value.is_string()) return value.get<std::string>();
  return value.dump();
}

/// What can't be read stays the text that it is, for the model to say what it expects.
json read_value(const Attribute& attribute, bool days, const std::string& text) {
  if (days || attribute.type == AttributeType::number) {
    std::string digits = text;
    std::erase_if(digits, [](char c) { return c == ',' || c == ' '; });
    json number = json::parse(digits, nullptr, false);
    return number.is_number() ? number : json(text);
  }
  if (attribute.type == AttributeType::flag) return text == "yes";
  if (attribute.type == AttributeType::date) {
    const auto day = read_date(text);
    return day ? json(format_date(*day)) : json(text);
  }
  return text;
}

std::string written(const json& rule) {
  const Result<Rule> read = policy::read_rule(rule, {});
  return read ? policy::write_rule(*read.value, 0) : rule.dump(2);
}

}  // namespace

RuleEditor::Row RuleEditor::row_of(const json& condition) {
  Row row;
  row.kept = condition;
  row.op = op_in(condition);
  row.nested = is_group(row.op);
  if (row.nested) return row;
  row.attribute = condition.value("attribute", "");
  const json& operand = condition[row.op];
  if (operand.is_array()) {
    for (const json& each : operand) row.values.push_back(typed(each));
  } else {
    row.values.push_back(typed(operand));
  }
  return row;
}

void RuleEditor::open(const json* conditions) {
  as_text_ = false;
  text_.clear();
  join_ = "all";
  rest_ = json::object();
  none_ = false;
  rows_.clear();
  if (conditions == nullptr) return;
  const std::string op = op_in(*conditions);
  if (op == "all" || op == "any") {
    join_ = op;
    rest_ = *conditions;
    rest_.erase(op);
    for (const json& each : (*conditions)[op]) rows_.push_back(row_of(each));
    none_ = rows_.empty();
    // Nobody meets any of nothing: not what a row can say.
    as_text_ = rows_.empty() && op == "any";
    if (as_text_) text_ = written(*conditions);
  } else {
    rest_ = nullptr;
    rows_.push_back(row_of(*conditions));
  }
}

json RuleEditor::json_of(const Row& row) {
  if (!row.changed && !row.kept.is_null()) return row.kept;
  json condition = json::object();
  if (row.kept.is_object() && row.kept.contains("note")) condition["note"] = row.kept["note"];
  condition["attribute"] = row.attribute;
  const Attribute* attribute = attribute_of(row.attribute);
  if (attribute == nullptr) return condition;
  const bool list = row.op == "oneOf" || row.op == "between";
  json operand = json::array();
  for (const std::string& text : row.values) {
    operand.push_back(read_value(*attribute, row.op == "withinDays", text));
  }
  condition[row.op] = list ? operand : operand.empty() ? json("") : operand[0];
  return condition;
}

std::optional<json> RuleEditor::built() {
  written_.clear();
  json list = json::array();
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    if (!rows_[i].nested && rows_[i].attribute.empty()) continue;  // nothing was chosen in it
    written_.push_back(i);
    list.push_back(json_of(rows_[i]));
  }
  if (list.empty() && !none_) return std::nullopt;
  if (rest_.is_null() && list.size() == 1) return list[0];
  json rule = rest_.is_null() ? json::object() : rest_;
  const std::string join = list.empty() ? "all" : join_;
  rule[join] = std::move(list);
  return rule;
}

std::optional<json> RuleEditor::read(const std::string& pointer, std::vector<Error>& faults) {
  std::optional<json> rule;
  if (!as_text_) {
    rule = built();
  } else if (!blank(text_)) {
    rule = json::parse(text_, nullptr, false);
    if (rule->is_discarded()) {
      faults.push_back({ErrorCode::syntax, pointer, {}, {}, std::nullopt});
      return std::nullopt;
    }
  }
  if (!rule) return std::nullopt;
  Result<Rule> checked = policy::read_rule(*rule, pointer);
  if (checked) return rule;
  for (Error& error : checked.errors) faults.push_back(std::move(error));
  return std::nullopt;
}

void RuleEditor::choose_attribute(Row& row, const std::string& attribute) {
  if (row.attribute == attribute) return;
  row.attribute = attribute;
  row.changed = true;
  const Attribute* info = attribute_of(attribute);
  if (info == nullptr) return;
  const auto op = op_named(row.op);
  if (!op || !policy::comparable(info->type, *op)) {
    const bool measured = info->type == AttributeType::number || info->type == AttributeType::level;
    row.op = measured ? "atLeast" : "equals";
  }
  row.values.assign(row.op == "between" ? 2 : row.op == "oneOf" ? 0 : 1, "");
  if (info->type == AttributeType::flag) row.values = {"yes"};
}

float RuleEditor::draw(Ui& ui, const Programme& programme, const Rect& area,
                       const std::vector<const Error*>& errors, std::string_view pointer,
                       bool& reveal) {
  const Theme& c = ui.theme();
  const float x = area.x0;
  const float width = area.width();
  float y = area.y0;
  std::vector<bool> told(errors.size(), false);
  const auto tell = [&](std::size_t k, bool with_place) {
    told[k] = true;
    std::string text = message(*errors[k], ui.language);
    if (with_place && errors[k]->pointer.size() > pointer.size()) {
      text.insert(0, errors[k]->pointer.substr(pointer.size()) + ' ');
    }
    show_problem(ui, text, x, width, y, reveal);
  };
  if (as_text_) {
    y += text(ui, x, y, width, !errors.empty());
    for (std::size_t k = 0; k < errors.size(); ++k) tell(k, true);
  } else {
    if (rows_.size() > 1) {
      const std::vector<std::string_view> joins = {ui.t(Str::rule_all), ui.t(Str::rule_any)};
      const int join = ui.segmented("join", {x, y}, joins, join_ == "any" ? 1 : 0);
      if (join >= 0) join_ = join == 1 ? "any" : "all";
      y += ui.px(38);
    }
    std::optional<std::size_t> removed;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      ImGui::PushID(static_cast<int>(i));
      if (row(ui, programme, rows_[i], i + 1, x, y, width)) removed = i;
      ImGui::PopID();
      const auto at = std::find(written_.begin(), written_.end(), i);
      if (at == written_.end()) continue;
      std::string own(pointer);
      if (!rest_.is_null() || written_.size() > 1) {
        own = child(child(own, join_), static_cast<std::size_t>(at - written_.begin()));
      }
      for (std::size_t k = 0; k < errors.size(); ++k) {
        if (is_prefix(own, errors[k]->pointer)) tell(k, false);
      }
    }
    for (std::size_t k = 0; k < errors.size(); ++k) {
      if (!told[k]) tell(k, true);
    }
    if (removed) {
      rows_.erase(rows_.begin() + static_cast<std::ptrdiff_t>(*removed));
      written_.clear();  // their places are others now
    }
    if (rows_.empty()) {
      float chip = 0;
      if (ui.chip("none", {x, y}, ui.t(Str::rule_none), none_, chip)) none_ = !none_;
      if (!none_) {
        ui.say({x + chip + ui.px(10), y + (ui.chip_height() - ui.size_of(Type::small)) / 2},
               Type::small, c.muted, ui.t(Str::policies_conditions_unknown), width - chip);
      }
      y += ui.chip_height() + ui.px(8);
    }
  }
  float at = x;
  const auto button = [&](const char* id, Str name, const char* glyph) {
    const float wide = std::min(width, ui.measure(Type::body, ui.t(name)) + ui.px(44));
    if (at > x && at + wide > x + width) {
      at = x;
      y += ui.px(kField + 6);
    }
    const bool clicked = ui.button(id, {at, y, at + wide, y + ui.px(kField)}, ui.t(name), glyph);
    at += wide + ui.px(8);
    return clicked;
  };
  if (as_text_) {
    if (button("rows", Str::rule_as_rows, icon::table_2)) {
      const json rule = blank(text_) ? json() : json::parse(text_, nullptr, false);
      if (blank(text_)) {
        open(nullptr);
      } else if (!rule.is_discarded() && policy::read_rule(rule, {})) {
        open(&rule);
      }
    }
  } else {
    if (button("add", Str::rule_add, icon::plus)) {
      rows_.emplace_back();
      rows_.back().changed = true;
    }
    if (button("text", Str::rule_as_text, icon::file_code)) {
      const std::optional<json> rule = built();
      text_ = rule ? written(*rule) : std::string();
      as_text_ = true;
    }
  }
  return y + ui.px(kField + 4) - area.y0;
}

bool RuleEditor::row(Ui& ui, const Programme& programme, Row& row, std::size_t number, float x,
                     float& y, float width) {
  const Theme& c = ui.theme();
  const float gap = ui.px(8);
  const float room = width - ui.px(36);
  const std::string which = std::to_string(number) + " · ";
  const bool removed = ui.icon_button("remove", {x + width - ui.px(16), y + ui.px(kField) / 2},
                                      icon::x, ui.t(Str::rule_remove, {std::to_string(number)}));
  if (row.nested) {
    std::string words;
    if (const Result<Rule> rule = policy::read_rule(row.kept, {})) {
      for (const RuleLine& line : rule_lines(ui, programme, *rule.value, false)) {
        words += (words.empty() ? "" : "\n") + line.text;
      }
    }
    float inside = y + ui.px(8);
    inside += ui.paragraph({x + ui.px(10), inside}, Type::body, c.text, words, room - ui.px(20));
    inside += ui.paragraph({x + ui.px(10), inside}, Type::caption, c.muted, ui.t(Str::rule_nested),
                           room - ui.px(20));
    inside += ui.px(8);
    ui.frame({x, y, x + room, inside}, c.line, 6);
    y = inside + gap;
    return removed;
  }
  const auto all = policy::attributes();
  std::vector<std::string> labels = {ui.t(Str::not_stated)};
  int selected = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    labels.push_back(label_of(ui, all[i]));
    if (all[i].id == row.attribute) selected = static_cast<int>(i) + 1;
  }
  // Side by side where there is room for it.
  const bool narrow = width < ui.px(520);
  const float first = narrow ? room : std::floor((room - 2 * gap) * 0.42F);
  const float second = std::floor(narrow ? (room - gap) * 0.42F : (room - 2 * gap) * 0.22F);
  const float third = room - second - gap - (narrow ? 0 : first + gap);
  if (const int now = ui.combo("attribute", {x, y, x + first, y + ui.px(kField)},
                               which + ui.t(Str::rule_attribute), labels, selected);
      now >= 0) {
    choose_attribute(row, now == 0 ? "" : std::string(all[static_cast<std::size_t>(now) - 1].id));
  }
  const Attribute* attribute = attribute_of(row.attribute);
  if (attribute == nullptr) {
    y += ui.px(kField) + gap;
    return removed;
  }
  if (narrow) y += ui.px(kField + 4);
  const float after = narrow ? x : x + first + gap;
  std::vector<RuleOp> ops;
  std::vector<std::string> names;
  int chosen = 0;
  for (const RuleOp op : kRuleOps) {
    if (!policy::comparable(attribute->type, op)) continue;
    if (name_of(op) == row.op) chosen = static_cast<int>(ops.size());
    ops.push_back(op);
    names.emplace_back(ui.t(words_for(op)));
  }
  if (const int now = ui.combo("op", {after, y, after + second, y + ui.px(kField)},
                               which + ui.t(Str::rule_operator), names, chosen);
      now >= 0 && now != chosen) {
    const std::string first_value = row.values.empty() ? "" : row.values.front();
    const bool days = row.op == "withinDays";
    row.op = name_of(ops[static_cast<std::size_t>(now)]);
    row.changed = true;
    const bool same_kind = days == (row.op == "withinDays");
    row.values = {same_kind ? first_value : ""};
    if (row.op == "between") row.values.emplace_back();
    if (row.op == "oneOf" && row.values.front().empty()) row.values.clear();
  }
  const std::string name = which + ui.t(Str::rule_value);
  const float left = after + second + gap;
  if (row.op == "oneOf") {
    const Choices choices = choices_of(ui, programme, *attribute);
    float at = left;
    for (std::size_t i = 0; i < choices.ids.size(); ++i) {
      const auto found = std::find(row.values.begin(), row.values.end(), choices.ids[i]);
      const bool on = found != row.values.end();
      const float wanted = ui.measure(Type::small, choices.labels[i]) + ui.px(24);
      if (at > left && at + wanted > x + room) {
        at = left;
        y += ui.chip_height() + ui.px(4);
      }
      float chip = 0;
      ImGui::PushID(static_cast<int>(i));
      if (ui.chip("one", {at, y + ui.px(2)}, choices.labels[i], on, chip)) {
        row.changed = true;
        if (on) {
          row.values.erase(found);
        } else {
          row.values.push_back(choices.ids[i]);
        }
      }
      ImGui::PopID();
      at += chip + ui.px(6);
    }
  } else {
    value(ui, programme, row, name, left, y, third);
  }
  y += ui.px(kField) + gap;
  if (row.kept.is_object() && row.kept.contains("note")) {
    const json& note = row.kept["note"];
    const Text words = {note.value("zh", ""), note.value("en", "")};
    y += ui.paragraph({x, y - ui.px(4)}, Type::caption, c.muted, ui.in(words), room);
  }
  return removed;
}

void RuleEditor::value(Ui& ui, const Programme& programme, Row& row, const std::string& name,
                       float x, float y, float width) {
  const Attribute& attribute = *attribute_of(row.attribute);
  const bool days = row.op == "withinDays";
  const Choices choices = days ? Choices{} : choices_of(ui, programme, attribute);
  const float gap = ui.px(8);
  const std::size_t count = row.op == "between" ? 2 : 1;
  row.values.resize(count);
  const float each = (width - gap * static_cast<float>(count - 1)) / static_cast<float>(count);
  for (std::size_t k = 0; k < count; ++k) {
    const float left = x + (each + gap) * static_cast<float>(k);
    const Rect rect = {left, y, left + each, y + ui.px(kField)};
    const std::string called = k == 0 ? name : name + " 2";
    ImGui::PushID(static_cast<int>(k));
    if (!choices.ids.empty()) {
      int selected = -1;
      for (std::size_t i = 0; i < choices.ids.size(); ++i) {
        if (choices.ids[i] == row.values[k]) selected = static_cast<int>(i);
      }
      if (const int now = ui.combo("value", rect, called, choices.labels, selected); now >= 0) {
        row.values[k] = choices.ids[static_cast<std::size_t>(now)];
        row.changed = true;
      }
    } else {
      const bool date = !days && attribute.type == AttributeType::date;
      const std::string unit = days ? std::string(ui.t(Str::rule_days)) : ui.in(attribute.unit);
      row.changed |= ui.text_field("value", rect, called, row.values[k],
                                   date ? ui.t(Str::form_date_hint) : unit.c_str());
    }
    ImGui::PopID();
  }
}

float RuleEditor::text(Ui& ui, float x, float y, float width, bool faulty) {
  ui.text_field("rule", {x, y, x + width, y + ui.px(220)}, ui.t(Str::rule_text), text_, "", true,
                faulty);
  return ui.px(228);
}

}  // namespace tc::ui
