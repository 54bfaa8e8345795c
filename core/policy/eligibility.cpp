#include "core/policy/eligibility.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/model/json_text.hpp"
#include "core/model/number_text.hpp"

namespace tc::policy {

namespace {

using nlohmann::json;

constexpr std::array<std::string_view, 3> kSubjects = {"firm", "talent", "project"};
constexpr std::size_t kMaxProfileDepth = 8;

std::string_view subject_of(std::string_view attribute) {
  return attribute.substr(0, attribute.find('.'));
}

std::string shown(const json& value) {
  if (value.is_object()) return "an object";
  if (value.is_array()) return "an array";
  return shorten(value.dump(-1, ' ', false, json::error_handler_t::replace));
}

template <class List>
std::string ids_of(const List& list) {
  std::string text;
  for (const auto& thing : list) {
    if (!text.empty()) text += ", ";
    text += thing.id;
  }
  return text;
}

template <class List>
bool has_id(const List& list, std::string_view id) {
  return std::any_of(list.begin(), list.end(), [id](const auto& thing) { return thing.id == id; });
}

class ProfileReader {
 public:
  explicit ProfileReader(const Programme& programme) : programme_(programme) {}

  Result<Profile> read(const json& document) {
    Result<Profile> result;
    if (!document.is_object()) {
      add(ErrorCode::wrong_type, {}, shown(document), "an object");
    } else {
      for (const auto& [name, value] : document.items()) {
        const std::string pointer = child({}, name);
        if (std::find(kSubjects.begin(), kSubjects.end(), name) != kSubjects.end()) {
          read_subject(name, value, pointer);
        } else if (name == "name") {
          read_name(value, pointer);
        } else if (name.substr(0, 2) != "x-") {
          add(ErrorCode::unknown_member, pointer, shorten(name), "name, firm, talent, project");
        }
      }
    }
    if (errors_.empty()) result.value = std::move(profile_);
    result.errors = std::move(errors_);
    return result;
  }

 private:
  void add(ErrorCode code, std::string pointer, std::string found, std::string expected) {
    errors_.push_back({code, std::move(pointer), std::move(found), std::move(expected), {}});
  }

  void read_name(const json& value, const std::string& pointer) {
    if (!value.is_object()) {
      add(ErrorCode::wrong_type, pointer, shown(value), "an object");
      return;
    }
    for (const auto& [name, text] : value.items()) {
      if (name != "zh" && name != "en") {
        add(ErrorCode::unknown_member, child(pointer, name), shorten(name), "zh, en");
      } else if (!text.is_string()) {
        add(ErrorCode::wrong_type, child(pointer, name), shown(text), "a string");
      } else {
        (name == "zh" ? profile_.name.zh : profile_.name.en) = text.get_ref<const std::string&>();
      }
    }
  }

  void read_subject(const std::string& subject, const json& value, const std::string& pointer) {
    if (!value.is_object()) {
      add(ErrorCode::wrong_type, pointer, shown(value), "an object");
      return;
    }
    for (const auto& [name, fact] : value.items()) {
      const auto index = find_attribute(std::string(subject).append(1, '.').append(name));
      if (index) {
        read_fact(attributes()[*index], fact, child(pointer, name), profile_.facts.values[*index]);
      } else if (name.substr(0, 2) != "x-") {
        std::string known;
        for (const Attribute& each : attributes()) {
          if (subject_of(each.id) != subject) continue;
          if (!known.empty()) known += ", ";
          known += each.id.substr(subject.size() + 1);
        }
        add(ErrorCode::unknown_member, child(pointer, name), shorten(name), std::move(known));
      }
    }
  }

  void read_fact(const Attribute& attribute, const json& value, const std::string& pointer,
                 std::optional<RuleValue>& out) {
    switch (attribute.type) {
      case AttributeType::flag:
        if (value.is_boolean()) {
          out = value.get<bool>();
        } else {
          add(ErrorCode::wrong_type, pointer, shown(value), "true or false");
        }
        return;
      case AttributeType::number:
        if (value.is_number()) {
          out = value.get<double>();
        } else {
          add(ErrorCode::wrong_type, pointer, shown(value), "a number");
        }
        return;
      case AttributeType::date:
        if (!value.is_string()) {
          add(ErrorCode::wrong_type, pointer, shown(value), "a date YYYY-MM-DD");
        } else if (const auto date = parse_date(value.get_ref<const std::string&>())) {
          out = *date;
        } else {
          add(ErrorCode::bad_date, pointer, shown(value), {});
        }
        return;
      case AttributeType::name:
      case AttributeType::level:
        break;
    }
    if (!value.is_string()) {
      add(ErrorCode::wrong_type, pointer, shown(value), "a string");
      return;
    }
    const std::string& name = value.get_ref<const std::string&>();
    bool known = false;
    std::string expected;
    switch (attribute.names) {
      case NamesFrom::choices:
        known = find_choice(attribute, name).has_value();
        expected = ids_of(attribute.choices);
        break;
      case NamesFrom::cities:
        known = has_id(programme_.cities, name);
        expected = ids_of(programme_.cities);
        break;
      case NamesFrom::clusters:
        // Where no clusters are known, none can be wrong.
        known = !programme_.policy_matrix || programme_.policy_matrix->clusters.empty() ||
                has_id(programme_.policy_matrix->clusters, name);
        if (!known) expected = ids_of(programme_.policy_matrix->clusters);
        break;
    }
    if (known) {
      out = name;
    } else {
      add(ErrorCode::bad_name, pointer, shown(value), std::move(expected));
    }
  }

  const Programme& programme_;
  Profile profile_;
  std::vector<Error> errors_;
};

bool is_group(RuleOp op) {
  return op == RuleOp::all || op == RuleOp::any || op == RuleOp::negation;
}

/// Calls `use` with each child of a node, whatever the sizes say.
template <class Use>
void for_children(const Rule& rule, std::size_t node, Use use) {
  const auto size = [&rule](std::size_t i) { return std::max<std::size_t>(1, rule.nodes[i].size); };
  const std::size_t end = std::min(rule.nodes.size(), node + size(node));
  for (std::size_t i = node + 1; i < end; i += size(i)) use(i);
}

/// A value on a scale, for comparisons and gaps; nothing for what has no order.
std::optional<double> position(const Attribute& attribute, const RuleValue& value) {
  if (const auto* number = std::get_if<double>(&value)) {
    if (attribute.type != AttributeType::number || std::isnan(*number)) return std::nullopt;
    return *number;
  }
  if (const auto* date = std::get_if<Date>(&value)) {
    if (attribute.type != AttributeType::date) return std::nullopt;
    return static_cast<double>(date->days);
  }
  if (const auto* name = std::get_if<std::string>(&value)) {
    if (attribute.type != AttributeType::level) return std::nullopt;
    const auto choice = find_choice(attribute, *name);
    if (!choice) return std::nullopt;
    return static_cast<double>(*choice);
  }
  return std::nullopt;
}

bool has_type(const Attribute& attribute, const RuleValue& value) {
  switch (attribute.type) {
    case AttributeType::flag:
      return std::holds_alternative<bool>(value);
    case AttributeType::number:
    case AttributeType::date:
    case AttributeType::level:
      return position(attribute, value).has_value();
    case AttributeType::name:
      return std::holds_alternative<std::string>(value);
  }
  return false;
}

/// The values that a comparison allows, as an interval on the attribute's scale.
struct Interval {
  double low = -HUGE_VAL;
  double high = HUGE_VAL;
  bool open_low = false;
  bool open_high = false;
};

std::optional<Interval> interval_of(const Attribute& attribute, const RuleNode& node, Date as_of) {
  if (node.operands.empty()) return std::nullopt;
  Interval range;
  if (node.op == RuleOp::within_days) {
    const auto* days = std::get_if<double>(&node.operands[0]);
    if (attribute.type != AttributeType::date || days == nullptr || std::isnan(*days)) {
      return std::nullopt;
    }
    range.high = as_of.days;
    range.low = range.high - *days;
    return range;
  }
  const auto first = position(attribute, node.operands[0]);
  if (!first) return std::nullopt;
  switch (node.op) {
    case RuleOp::equals:
      range.low = range.high = *first;
      return range;
    case RuleOp::at_least:
      range.low = *first;
      return range;
    case RuleOp::at_most:
      range.high = *first;
      return range;
    case RuleOp::above:
      range.low = *first;
      range.open_low = true;
      return range;
    case RuleOp::below:
      range.high = *first;
      range.open_high = true;
      return range;
    case RuleOp::between: {
      if (node.operands.size() != 2) return std::nullopt;
      const auto second = position(attribute, node.operands[1]);
      if (!second) return std::nullopt;
      range.low = *first;
      range.high = *second;
      return range;
    }
    default:
      return std::nullopt;
  }
}

bool inside(const Interval& range, double value) {
  return (range.open_low ? value > range.low : value >= range.low) &&
         (range.open_high ? value < range.high : value <= range.high);
}

Truth compare(const RuleNode& node, const Facts& facts, Date as_of) {
  const auto index = find_attribute(node.attribute);
  if (!index || node.operands.empty()) return Truth::unknown;
  const Attribute& attribute = attributes()[*index];
  const std::optional<RuleValue>& value = facts.value(node.attribute);
  if (!value || !comparable(attribute.type, node.op) || !has_type(attribute, *value)) {
    return Truth::unknown;
  }
  if (node.op == RuleOp::one_of ||
      (node.op == RuleOp::equals &&
       (attribute.type == AttributeType::flag || attribute.type == AttributeType::name))) {
    bool sensible = true;
    for (const RuleValue& operand : node.operands) {
      if (operand == *value) return Truth::yes;
      sensible = sensible && has_type(attribute, operand);
    }
    return sensible ? Truth::no : Truth::unknown;
  }
  const auto range = interval_of(attribute, node, as_of);
  const auto at = position(attribute, *value);
  if (!range || !at) return Truth::unknown;
  return inside(*range, *at) ? Truth::yes : Truth::no;
}

Truth negated(Truth truth) {
  if (truth == Truth::unknown) return truth;
  return truth == Truth::yes ? Truth::no : Truth::yes;
}

/// What a comparison lacks to come out as wanted.
Missing lack_of(const Rule& rule, std::size_t i, bool wanted, Truth truth, const Facts& facts,
                Date as_of) {
  Missing missing;
  missing.node = i;
  missing.wanted = wanted;
  missing.truth = truth;
  const RuleNode& node = rule.nodes[i];
  const auto index = find_attribute(node.attribute);
  if (!index || truth == Truth::unknown) return missing;
  const Attribute& attribute = attributes()[*index];
  missing.fixed = attribute.fixed;
  const std::optional<RuleValue>& value = facts.value(node.attribute);
  const auto range = interval_of(attribute, node, as_of);
  const auto at = value ? position(attribute, *value) : std::nullopt;
  if (!range || !at || node.op == RuleOp::one_of) return missing;
  // Out of the interval one has to get to its nearer end, and into the open the other way.
  const double to_low = std::abs(*at - range->low);
  const double to_high = std::abs(*at - range->high);
  const double gap = std::min(to_low, to_high);
  if (std::isinf(gap)) return missing;
  missing.gap = gap;
  const double end = to_low <= to_high ? range->low : range->high;
  double scale = std::max(1.0, std::abs(end));
  if (attribute.type == AttributeType::date) scale = 365;
  if (attribute.type == AttributeType::level) {
    scale = static_cast<double>(std::max<std::size_t>(1, attribute.choices.size() - 1));
  }
  missing.relative = gap / scale;
  return missing;
}

/// What it takes to give a node a truth: less is better, in this order.
struct Cost {
  std::uint32_t fixed = 0;  ///< conditions that can't be changed
  std::uint32_t open = 0;   ///< conditions that have to change or become known
  std::uint32_t changes = 0;
  double distance = 0;

  Cost& operator+=(const Cost& other) {
    fixed += other.fixed;
    open += other.open;
    changes += other.changes;
    distance += other.distance;
    return *this;
  }
  bool operator<(const Cost& other) const {
    if (fixed != other.fixed) return fixed < other.fixed;
    if (open != other.open) return open < other.open;
    if (changes != other.changes) return changes < other.changes;
    return distance < other.distance;
  }
};

/// No child to choose from: it can't be done.
Cost impossible() {
  return {1U << 20U, 1U << 20U, 0, 0};
}

/// The least set of comparisons that have to come out otherwise for the root to hold.
std::vector<Missing> least_missing(const Rule& rule, const std::vector<Truth>& truths,
                                   const Facts& facts, Date as_of) {
  const std::size_t n = rule.nodes.size();
  // [0]: to make the node false; [1]: to make it true.
  std::vector<std::array<Cost, 2>> costs(n);
  std::vector<std::array<std::size_t, 2>> best(n);  // child, where one is enough
  const auto leaf_cost = [&](std::size_t i, bool wanted) {
    if (truths[i] == (wanted ? Truth::yes : Truth::no)) return Cost{};
    const Missing lack = lack_of(rule, i, wanted, truths[i], facts, as_of);
    const bool change = truths[i] != Truth::unknown;
    return Cost{change && lack.fixed ? 1U : 0U, 1, change ? 1U : 0U, lack.relative};
  };
  for (std::size_t i = n; i-- > 0;) {
    const RuleOp op = rule.nodes[i].op;
    if (!is_group(op)) {
      costs[i] = {leaf_cost(i, false), leaf_cost(i, true)};
      continue;
    }
    if (op == RuleOp::negation) {
      costs[i] = {impossible(), impossible()};
      for_children(rule, i, [&](std::size_t c) { costs[i] = {costs[c][1], costs[c][0]}; });
      continue;
    }
    // `all` holds with every child and fails with one; `any` the other way round.
    const std::size_t every = op == RuleOp::all ? 1 : 0;
    const std::size_t one = 1 - every;
    Cost sum;
    Cost least = impossible();
    for_children(rule, i, [&](std::size_t c) {
      sum += costs[c][every];
      if (costs[c][one] < least) {
        least = costs[c][one];
        best[i][one] = c;
      }
    });
    costs[i][every] = sum;
    costs[i][one] = least;
  }
  std::vector<Missing> missing;
  std::vector<std::pair<std::size_t, std::size_t>> stack;
  if (n > 0) stack.emplace_back(0, 1);
  while (!stack.empty()) {
    const auto [node, wanted] = stack.back();
    stack.pop_back();
    const RuleOp op = rule.nodes[node].op;
    const Truth truth = wanted == 1 ? Truth::yes : Truth::no;
    if (truths[node] == truth) continue;
    if (!is_group(op)) {
      missing.push_back(lack_of(rule, node, wanted == 1, truths[node], facts, as_of));
      continue;
    }
    const std::size_t every = op == RuleOp::all ? 1 : 0;
    if (op != RuleOp::negation && wanted != every) {
      if (best[node][wanted] != 0) stack.emplace_back(best[node][wanted], wanted);
      continue;
    }
    std::vector<std::size_t> children;
    for_children(rule, node, [&children](std::size_t c) { children.push_back(c); });
    if (op == RuleOp::negation) {
      if (!children.empty()) stack.emplace_back(children.back(), 1 - wanted);
      continue;
    }
    for (std::size_t i = children.size(); i-- > 0;) stack.emplace_back(children[i], wanted);
  }
  return missing;
}

}  // namespace

const std::optional<RuleValue>& Facts::value(std::string_view attribute) const {
  static const std::optional<RuleValue> nothing;
  const auto index = find_attribute(attribute);
  return index && *index < values.size() ? values[*index] : nothing;
}

bool Facts::has_subject(std::string_view subject) const {
  for (std::size_t i = 0; i < values.size() && i < attributes().size(); ++i) {
    if (values[i] && subject_of(attributes()[i].id) == subject) return true;
  }
  return false;
}

Result<Profile> read_profile(std::string_view bytes, const Programme& programme) {
  Result<json> document = parse_json(bytes, kMaxProfileDepth, kMaxProfileBytes);
  if (!document) return {std::nullopt, std::move(document.errors)};
  return ProfileReader(programme).read(*document.value);
}

std::vector<Truth> evaluate(const Rule& rule, const Facts& facts, Date as_of) {
  std::vector<Truth> truths(rule.nodes.size(), Truth::unknown);
  for (std::size_t i = rule.nodes.size(); i-- > 0;) {
    const RuleNode& node = rule.nodes[i];
    switch (node.op) {
      case RuleOp::all:
      case RuleOp::any: {
        const Truth decides = node.op == RuleOp::all ? Truth::no : Truth::yes;
        Truth truth = negated(decides);
        for_children(rule, i, [&](std::size_t c) {
          if (truths[c] == decides || truth == decides) {
            truth = decides;
          } else if (truths[c] == Truth::unknown) {
            truth = Truth::unknown;
          }
        });
        truths[i] = truth;
        break;
      }
      case RuleOp::negation:
        // Of none it can't be told.
        for_children(rule, i, [&](std::size_t c) { truths[i] = negated(truths[c]); });
        break;
      default:
        truths[i] = compare(node, facts, as_of);
        break;
    }
  }
  return truths;
}

Force force_of(const Policy& policy, Date as_of) {
  if (policy.valid_to && *policy.valid_to < as_of) return Force::expired;
  if (policy.valid_from && as_of < *policy.valid_from) return Force::not_yet;
  return policy.valid_from || policy.valid_to ? Force::in_force : Force::unknown;
}

Eligibility check(const Policy& policy, const Facts& facts, Date as_of,
                  const NearlyLimits& limits) {
  Eligibility result;
  result.force = force_of(policy, as_of);
  const bool lapsed = result.force == Force::expired || result.force == Force::not_yet;
  if (policy.conditions.empty()) {
    result.conditions_unknown = true;
    result.verdict = lapsed ? Verdict::no : Verdict::unknown;
    return result;
  }
  bool asks = false;
  bool concerns = false;
  for (const RuleNode& node : policy.conditions.nodes) {
    if (is_group(node.op)) continue;
    asks = true;
    concerns = concerns || facts.has_subject(subject_of(node.attribute));
  }
  result.nodes = evaluate(policy.conditions, facts, as_of);
  const Truth truth = result.nodes.front();
  if (truth != Truth::yes) {
    result.missing = least_missing(policy.conditions, result.nodes, facts, as_of);
  }
  if (asks && !concerns) {
    result.verdict = Verdict::other_subject;
  } else if (lapsed) {
    result.verdict = Verdict::no;
  } else if (truth == Truth::yes) {
    result.verdict = Verdict::applies;
  } else if (truth == Truth::unknown) {
    result.verdict = Verdict::unknown;
  } else {
    std::uint32_t changes = 0;
    std::uint32_t unmeasured = 0;
    bool within = !result.missing.empty();
    for (const Missing& missing : result.missing) {
      if (missing.truth == Truth::unknown) continue;
      ++changes;
      if (!missing.gap) ++unmeasured;
      within = within && !missing.fixed && (!missing.gap || missing.relative <= limits.relative);
    }
    result.verdict = within && changes <= limits.changes && unmeasured <= limits.unmeasured
                         ? Verdict::nearly
                         : Verdict::no;
  }
  return result;
}

std::vector<Eligibility> check_all(const Programme& programme, const Facts& facts, Date as_of,
                                   const NearlyLimits& limits) {
  std::vector<Eligibility> list;
  list.reserve(programme.policies.size());
  for (std::size_t i = 0; i < programme.policies.size(); ++i) {
    list.push_back(check(programme.policies[i], facts, as_of, limits));
    list.back().policy = i;
  }
  std::stable_sort(list.begin(), list.end(), [](const Eligibility& a, const Eligibility& b) {
    return a.verdict < b.verdict;
  });
  return list;
}

Text value_text(const Programme& programme, const Attribute& attribute, const RuleValue& value) {
  if (const auto* flag = std::get_if<bool>(&value)) {
    return *flag ? Text{"是", "yes"} : Text{"否", "no"};
  }
  if (const auto* number = std::get_if<double>(&value)) {
    const std::string text = number_text(*number);
    const Text& unit = attribute.unit;
    return {text + (unit.zh.empty() ? "" : " " + unit.zh),
            text + (unit.en.empty() ? "" : " " + unit.en)};
  }
  if (const auto* date = std::get_if<Date>(&value)) {
    return {format_date(*date), format_date(*date)};
  }
  const auto* name = std::get_if<std::string>(&value);
  if (name == nullptr) return {};
  const auto named = [name](const auto& list, auto label) -> Text {
    for (const auto& thing : list) {
      if (thing.id == *name) {
        const Text& text = label(thing);
        return {text.in(Language::zh), text.in(Language::en)};
      }
    }
    return {*name, *name};
  };
  switch (attribute.names) {
    case NamesFrom::cities:
      return named(programme.cities, [](const City& city) -> const Text& { return city.name; });
    case NamesFrom::clusters:
      if (programme.policy_matrix) {
        return named(programme.policy_matrix->clusters,
                     [](const MatrixCluster& cluster) -> const Text& { return cluster.title; });
      }
      return {*name, *name};
    case NamesFrom::choices:
      break;
  }
  return named(attribute.choices, [](const Choice& choice) -> const Text& { return choice.label; });
}

Text condition_text(const Programme& programme, const RuleNode& node) {
  switch (node.op) {
    case RuleOp::all:
      return {"同时满足", "All of"};
    case RuleOp::any:
      return {"满足其一", "Any of"};
    case RuleOp::negation:
      return {"不得", "Not"};
    default:
      break;
  }
  const auto index = find_attribute(node.attribute);
  if (!index) return {node.attribute, node.attribute};
  const Attribute& attribute = attributes()[*index];
  Text values;
  for (std::size_t i = 0; i < node.operands.size(); ++i) {
    const Text one = value_text(programme, attribute, node.operands[i]);
    if (i > 0) {
      values.zh += node.op == RuleOp::between ? " 至 " : "、";
      values.en += node.op == RuleOp::between ? " to " : " or ";
    }
    values.zh += one.zh;
    values.en += one.en;
  }
  if (node.op == RuleOp::within_days) {
    const auto* days = node.operands.empty() ? nullptr : std::get_if<double>(&node.operands[0]);
    const std::string number = days != nullptr ? number_text(*days) : "?";
    return {attribute.label.zh + "在最近 " + number + " 天内",
            attribute.label.en + " within the last " + number + " days"};
  }
  if (attribute.type == AttributeType::flag && node.operands.size() == 1) {
    const auto* flag = std::get_if<bool>(&node.operands[0]);
    if (flag != nullptr && *flag) return attribute.label;
    return {"不是：" + attribute.label.zh, "Not: " + attribute.label.en};
  }
  static constexpr std::array<std::string_view, kRuleOps.size()> signs = {
      "", "", "", " = ", ": ", " ≥ ", " ≤ ", " > ", " < ", ": ", ""};
  const std::string sign(signs[static_cast<std::size_t>(node.op)]);
  return {attribute.label.zh + (sign == ": " ? "：" : sign) + values.zh,
          attribute.label.en + sign + values.en};
}

Text missing_text(const Programme& programme, const Rule& rule, const Missing& missing) {
  if (missing.node >= rule.nodes.size()) return {};
  const RuleNode& node = rule.nodes[missing.node];
  Text text = condition_text(programme, node);
  if (!missing.wanted) text = {"不得：" + text.zh, "must not hold: " + text.en};
  if (missing.truth == Truth::unknown) return {text.zh + "（未知）", text.en + " (unknown)"};
  const auto index = find_attribute(node.attribute);
  if (missing.gap && *missing.gap > 0 && index) {
    const Attribute& attribute = attributes()[*index];
    const std::string gap = number_text(*missing.gap);
    if (attribute.type == AttributeType::date) {
      return {text.zh + "（差 " + gap + " 天）", text.en + " (by " + gap + " days)"};
    }
    if (attribute.type == AttributeType::level) {
      return {text.zh + "（差 " + gap + " 级）", text.en + " (by " + gap + " levels)"};
    }
    return {text.zh + "（差 " + gap + " " + attribute.unit.zh + "）",
            text.en + " (by " + gap + " " + attribute.unit.en + ")"};
  }
  if (missing.fixed) return {text.zh + "（无法改变）", text.en + " (can't be changed)"};
  return {text.zh + "（未满足）", text.en + " (not met)"};
}

std::string_view name_of(Truth truth) {
  switch (truth) {
    case Truth::no:
      return "no";
    case Truth::yes:
      return "yes";
    case Truth::unknown:
      break;
  }
  return "unknown";
}

std::string_view name_of(Verdict verdict) {
  static constexpr std::array<std::string_view, 5> names = {"applies", "nearly", "unknown", "no",
                                                            "other-subject"};
  return names[static_cast<std::size_t>(verdict)];
}

std::string_view name_of(Force force) {
  static constexpr std::array<std::string_view, 4> names = {"in-force", "not-yet", "expired",
                                                            "unknown"};
  return names[static_cast<std::size_t>(force)];
}

const Text& label_of(Verdict verdict) {
  static const std::array<Text, 5> labels = {{{"适用", "Applies"},
                                              {"接近适用", "Nearly applies"},
                                              {"无法判断", "Can't be told"},
                                              {"不适用", "Doesn't apply"},
                                              {"面向其他对象", "For other applicants"}}};
  return labels[static_cast<std::size_t>(verdict)];
}

const Text& label_of(Force force) {
  static const std::array<Text, 4> labels = {{{"有效", "In force"},
                                              {"尚未生效", "Not yet in force"},
                                              {"已过期", "Expired"},
                                              {"有效期未知", "Validity unknown"}}};
  return labels[static_cast<std::size_t>(force)];
}

}  // namespace tc::policy
