#include "core/policy/rule_json.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "core/policy/attributes.hpp"

namespace tc::policy {

namespace {

using nlohmann::json;

constexpr std::size_t kMaxNameBytes = 64;
constexpr std::size_t kMaxNoteBytes = std::size_t{64} << 10;
constexpr double kMaxNumber = 1e15;
constexpr std::size_t kNoParent = static_cast<std::size_t>(-1);

bool is_group(RuleOp op) {
  return op == RuleOp::all || op == RuleOp::any || op == RuleOp::negation;
}

std::string shown(const json& value) {
  if (value.is_object()) return "an object";
  if (value.is_array()) return "an array";
  return shorten(value.dump(-1, ' ', false, json::error_handler_t::replace));
}

std::string as_json(std::string_view text) {
  return json(text).dump(-1, ' ', false, json::error_handler_t::replace);
}

std::optional<RuleOp> op_of(std::string_view name) {
  for (const RuleOp op : kRuleOps) {
    if (name_of(op) == name) return op;
  }
  return std::nullopt;
}

void append_name(std::string& list, std::string_view name) {
  if (!list.empty()) list += ", ";
  list += name;
}

std::string ops_of(std::optional<AttributeType> type) {
  std::string list;
  for (const RuleOp op : kRuleOps) {
    if (!type || comparable(*type, op)) append_name(list, name_of(op));
  }
  return list;
}

/// A node that is still to be read.
struct Waiting {
  const json* value;
  std::string pointer;
  std::size_t depth;
  std::size_t parent;
};

class RuleReader {
 public:
  Result<Rule> read(const json& value, const std::string& pointer) {
    waiting_.push_back({&value, pointer, 1, kNoParent});
    while (!waiting_.empty()) {
      if (rule_.nodes.size() == kMaxRuleNodes) {
        add(ErrorCode::too_large, pointer, std::to_string(kMaxRuleNodes) + "+",
            std::to_string(kMaxRuleNodes));
        break;
      }
      const Waiting next = std::move(waiting_.back());
      waiting_.pop_back();
      rule_.nodes.emplace_back();
      parents_.push_back(next.parent);
      read_node(next);
    }
    Result<Rule> result;
    if (errors_.empty()) {
      for (std::size_t i = rule_.nodes.size(); i-- > 1;) {
        rule_.nodes[parents_[i]].size += rule_.nodes[i].size;
      }
      result.value = std::move(rule_);
    }
    result.errors = std::move(errors_);
    return result;
  }

 private:
  void add(ErrorCode code, std::string pointer, std::string found, std::string expected) {
    errors_.push_back({code, std::move(pointer), std::move(found), std::move(expected), {}});
  }

  void read_node(const Waiting& at) {
    const json& value = *at.value;
    if (!value.is_object()) {
      add(ErrorCode::wrong_type, at.pointer, shown(value), "an object");
      return;
    }
    if (at.depth > kMaxRuleDepth) {
      add(ErrorCode::too_deep, at.pointer, {}, std::to_string(kMaxRuleDepth));
      return;
    }
    const json* operand = nullptr;
    const json* attribute = nullptr;
    RuleNode& node = rule_.nodes.back();
    for (const auto& [name, member] : value.items()) {
      if (const auto op = op_of(name)) {
        if (operand != nullptr) {
          add(ErrorCode::unknown_member, child(at.pointer, name), shorten(name),
              std::string(name_of(node.op)));
          return;
        }
        operand = &member;
        node.op = *op;
      } else if (name == "attribute") {
        attribute = &member;
      } else if (name == "note") {
        read_note(member, child(at.pointer, name), node.note);
      } else {
        add(ErrorCode::unknown_member, child(at.pointer, name), shorten(name),
            "attribute, note, " + ops_of({}));
      }
    }
    if (operand == nullptr) {
      add(ErrorCode::missing_member, at.pointer, attribute != nullptr ? "equals" : "all",
          ops_of({}));
      return;
    }
    const std::string pointer = child(at.pointer, name_of(node.op));
    if (is_group(node.op)) {
      if (attribute != nullptr) {
        add(ErrorCode::unknown_member, child(at.pointer, "attribute"), "attribute",
            std::string(name_of(node.op)));
        return;
      }
      read_children(*operand, pointer, at.depth, node.op);
    } else {
      read_comparison(*operand, pointer, attribute, at.pointer, node);
    }
  }

  void read_children(const json& value, const std::string& pointer, std::size_t depth, RuleOp op) {
    const std::size_t parent = rule_.nodes.size() - 1;
    if (op == RuleOp::negation) {
      waiting_.push_back({&value, pointer, depth + 1, parent});
      return;
    }
    if (!value.is_array()) {
      add(ErrorCode::wrong_type, pointer, shown(value), "an array");
      return;
    }
    if (value.size() > kMaxRuleNodes) {
      add(ErrorCode::too_large, pointer, std::to_string(value.size()),
          std::to_string(kMaxRuleNodes));
      return;
    }
    for (std::size_t i = value.size(); i-- > 0;) {
      waiting_.push_back({&value[i], child(pointer, i), depth + 1, parent});
    }
  }

  void read_note(const json& value, const std::string& pointer, Text& out) {
    if (!value.is_object()) {
      add(ErrorCode::wrong_type, pointer, shown(value), "an object");
      return;
    }
    for (const auto& [name, text] : value.items()) {
      if (name != "zh" && name != "en") {
        add(ErrorCode::unknown_member, child(pointer, name), shorten(name), "zh, en");
      } else if (!text.is_string()) {
        add(ErrorCode::wrong_type, child(pointer, name), shown(text), "a string");
      } else if (text.get_ref<const std::string&>().size() > kMaxNoteBytes) {
        add(ErrorCode::too_large, child(pointer, name),
            std::to_string(text.get_ref<const std::string&>().size()) + " B",
            std::to_string(kMaxNoteBytes) + " B");
      } else {
        (name == "zh" ? out.zh : out.en) = text.get_ref<const std::string&>();
      }
    }
    if (out.empty()) add(ErrorCode::empty_value, pointer, {}, "text in zh or en");
  }

  void read_comparison(const json& operand, const std::string& pointer, const json* attribute,
                       const std::string& parent, RuleNode& node) {
    if (attribute == nullptr) {
      add(ErrorCode::missing_member, parent, "attribute", "a string");
      return;
    }
    const auto index = attribute->is_string()
                           ? find_attribute(attribute->get_ref<const std::string&>())
                           : std::nullopt;
    if (!index) {
      std::string known;
      for (const Attribute& each : attributes()) append_name(known, each.id);
      add(ErrorCode::bad_name, child(parent, "attribute"), shown(*attribute), std::move(known));
      return;
    }
    const Attribute& info = attributes()[*index];
    node.attribute = info.id;
    if (!comparable(info.type, node.op)) {
      add(ErrorCode::bad_name, pointer, std::string(name_of(node.op)), ops_of(info.type));
      return;
    }
    if (node.op == RuleOp::within_days) {
      read_days(operand, pointer, node);
    } else if (node.op == RuleOp::one_of || node.op == RuleOp::between) {
      read_list(operand, pointer, info, node);
    } else {
      read_value(operand, pointer, info, node);
    }
  }

  void read_days(const json& value, const std::string& pointer, RuleNode& node) {
    constexpr double kMost = 36'600;
    const bool number = value.is_number();
    const double days = number ? value.get<double>() : -1;
    if (!number || days != std::floor(days)) {
      add(ErrorCode::wrong_type, pointer, shown(value), "a whole number");
    } else if (!(days >= 0 && days <= kMost)) {
      add(ErrorCode::out_of_range, pointer, shown(value), "0 … 36600");
    } else {
      node.operands.emplace_back(days);
    }
  }

  void read_list(const json& value, const std::string& pointer, const Attribute& info,
                 RuleNode& node) {
    if (!value.is_array()) {
      add(ErrorCode::wrong_type, pointer, shown(value), "an array");
      return;
    }
    const bool pair = node.op == RuleOp::between;
    if (value.empty() || (pair && value.size() != 2)) {
      add(value.empty() ? ErrorCode::empty_value : ErrorCode::out_of_range, pointer,
          std::to_string(value.size()), pair ? "2" : "1 … " + std::to_string(kMaxRuleOperands));
      return;
    }
    if (value.size() > kMaxRuleOperands) {
      add(ErrorCode::too_large, pointer, std::to_string(value.size()),
          std::to_string(kMaxRuleOperands));
      return;
    }
    for (std::size_t i = 0; i < value.size(); ++i) {
      read_value(value[i], child(pointer, i), info, node);
    }
    if (pair && node.operands.size() == 2 && above(info, node.operands[0], node.operands[1])) {
      add(ErrorCode::out_of_range, child(pointer, std::size_t{1}), shown(value[1]),
          "≥ " + shown(value[0]));
    }
  }

  static bool above(const Attribute& info, const RuleValue& a, const RuleValue& b) {
    if (const auto* name = std::get_if<std::string>(&a)) {
      const auto* other = std::get_if<std::string>(&b);
      return other != nullptr && find_choice(info, *name) > find_choice(info, *other);
    }
    return b < a;
  }

  void read_value(const json& value, const std::string& pointer, const Attribute& info,
                  RuleNode& node) {
    switch (info.type) {
      case AttributeType::flag:
        if (!value.is_boolean()) {
          add(ErrorCode::wrong_type, pointer, shown(value), "true or false");
          return;
        }
        node.operands.emplace_back(value.get<bool>());
        return;
      case AttributeType::number:
        if (!value.is_number()) {
          add(ErrorCode::wrong_type, pointer, shown(value), "a number");
        } else if (const double number = value.get<double>(); !(std::abs(number) <= kMaxNumber)) {
          add(ErrorCode::out_of_range, pointer, shown(value), "-1e15 … 1e15");
        } else {
          node.operands.emplace_back(number);
        }
        return;
      case AttributeType::date: {
        if (!value.is_string()) {
          add(ErrorCode::wrong_type, pointer, shown(value), "a date YYYY-MM-DD");
          return;
        }
        const auto date = parse_date(value.get_ref<const std::string&>());
        if (!date) {
          add(ErrorCode::bad_date, pointer, shown(value), {});
        } else {
          node.operands.emplace_back(*date);
        }
        return;
      }
      case AttributeType::name:
      case AttributeType::level:
        read_name(value, pointer, info, node);
        return;
    }
  }

  void read_name(const json& value, const std::string& pointer, const Attribute& info,
                 RuleNode& node) {
    if (!value.is_string()) {
      add(ErrorCode::wrong_type, pointer, shown(value), "a string");
      return;
    }
    const std::string& name = value.get_ref<const std::string&>();
    if (info.names == NamesFrom::choices && !find_choice(info, name)) {
      std::string known;
      for (const Choice& choice : info.choices) append_name(known, choice.id);
      add(ErrorCode::bad_name, pointer, shown(value), std::move(known));
    } else if (name.empty() || name.size() > kMaxNameBytes) {
      add(ErrorCode::bad_id, pointer, shown(value), std::to_string(kMaxNameBytes));
    } else {
      node.operands.emplace_back(name);
    }
  }

  Rule rule_;
  std::vector<std::size_t> parents_;
  std::vector<Waiting> waiting_;
  std::vector<Error> errors_;
};

std::string text_of(const RuleValue& value) {
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
  if (const auto* date = std::get_if<Date>(&value)) return '"' + format_date(*date) + '"';
  if (const auto* name = std::get_if<std::string>(&value)) return as_json(*name);
  const auto* number = std::get_if<double>(&value);
  if (number == nullptr) return "null";
  const bool whole = *number == std::floor(*number) && std::abs(*number) <= kMaxNumber;
  return whole ? std::to_string(static_cast<std::int64_t>(*number)) : json(*number).dump();
}

std::string line(std::size_t depth) {
  return '\n' + std::string(2 * depth, ' ');
}

/// Children of a node, in order.
std::vector<std::size_t> children_of(const Rule& rule, std::size_t node) {
  std::vector<std::size_t> list;
  const std::size_t end =
      std::min(rule.nodes.size(), node + std::max<std::size_t>(1, rule.nodes[node].size));
  for (std::size_t i = node + 1; i < end; i += std::max<std::size_t>(1, rule.nodes[i].size)) {
    list.push_back(i);
  }
  return list;
}

/// A piece of text that is still to be written: a node or words as they are.
struct Piece {
  std::string text;
  std::size_t node = kNoParent;
  std::size_t depth = 0;
};

}  // namespace

Result<Rule> read_rule(const json& value, const std::string& pointer) {
  return RuleReader().read(value, pointer);
}

std::string write_rule(const Rule& rule, std::size_t depth) {
  std::string out;
  std::vector<Piece> pieces;
  if (!rule.empty()) pieces.push_back({{}, 0, depth});
  while (!pieces.empty()) {
    const Piece piece = std::move(pieces.back());
    pieces.pop_back();
    if (piece.node == kNoParent) {
      out += piece.text;
      continue;
    }
    const RuleNode& node = rule.nodes[piece.node];
    const std::size_t inner = piece.depth + 1;
    const std::string name = as_json(name_of(node.op)) + ": ";
    std::string end;
    if (!node.note.empty()) {
      end += "," + line(inner) + "\"note\": {";
      if (!node.note.zh.empty()) end += line(inner + 1) + "\"zh\": " + as_json(node.note.zh);
      if (!node.note.en.empty()) {
        if (!node.note.zh.empty()) end += ',';
        end += line(inner + 1) + "\"en\": " + as_json(node.note.en);
      }
      end += line(inner) + '}';
    }
    end += line(piece.depth) + '}';
    out += '{' + line(inner);
    if (!is_group(node.op)) {
      out += "\"attribute\": " + as_json(node.attribute) + "," + line(inner) + name;
      if (node.op == RuleOp::one_of || node.op == RuleOp::between) {
        out += '[';
        for (std::size_t i = 0; i < node.operands.size(); ++i) {
          out += (i > 0 ? "," : "") + line(inner + 1) + text_of(node.operands[i]);
        }
        if (!node.operands.empty()) out += line(inner);
        out += ']';
      } else {
        out += node.operands.empty() ? "null" : text_of(node.operands.front());
      }
      out += end;
      continue;
    }
    const std::vector<std::size_t> children = children_of(rule, piece.node);
    out += name;
    if (node.op == RuleOp::negation) {
      pieces.push_back({end, kNoParent, 0});
      if (children.empty()) {
        out += "null";
      } else {
        pieces.push_back({{}, children.front(), inner});
      }
      continue;
    }
    out += '[';
    pieces.push_back({(children.empty() ? std::string() : line(inner)) + ']' + end, kNoParent, 0});
    for (std::size_t i = children.size(); i-- > 0;) {
      pieces.push_back({{}, children[i], inner + 1});
      pieces.push_back({(i > 0 ? "," : "") + line(inner + 1), kNoParent, 0});
    }
  }
  return out;
}

std::string pointer_of(const Rule& rule, std::size_t node, const std::string& base) {
  std::string pointer = base;
  std::size_t at = 0;
  while (at != node && at < rule.nodes.size()) {
    const std::vector<std::size_t> children = children_of(rule, at);
    const auto next = std::upper_bound(children.begin(), children.end(), node);
    if (next == children.begin()) break;
    const auto position = static_cast<std::size_t>(next - children.begin()) - 1;
    pointer = child(pointer, name_of(rule.nodes[at].op));
    if (rule.nodes[at].op != RuleOp::negation) pointer = child(pointer, position);
    at = children[position];
  }
  return pointer;
}

}  // namespace tc::policy
