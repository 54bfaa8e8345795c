#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "core/model/json_text.hpp"
#include "core/policy/attributes.hpp"
#include "core/policy/eligibility.hpp"
#include "core/policy/rule_json.hpp"

namespace tc::policy {
namespace {

using nlohmann::json;

Rule rule_of(const std::string& text) {
  Result<Rule> result = read_rule(json::parse(text), "");
  EXPECT_TRUE(result) << (result.errors.empty() ? "" : message(result.errors[0], Language::en));
  return std::move(result.value).value_or(Rule{});
}

/// Code and pointer of the only fault.
std::string fault(const std::string& text) {
  const Result<Rule> result = read_rule(json::parse(text), "/c");
  EXPECT_FALSE(result) << text;
  if (result.errors.size() != 1) return std::to_string(result.errors.size()) + " faults";
  EXPECT_FALSE(message(result.errors[0], Language::zh).empty());
  return std::to_string(static_cast<int>(result.errors[0].code)) + " " + result.errors[0].pointer;
}

std::string code(ErrorCode wanted, const char* pointer) {
  return std::to_string(static_cast<int>(wanted)) + " " + pointer;
}

TEST(attributes, are_found_by_id_and_complete) {
  std::set<std::string_view> ids;
  for (std::size_t i = 0; i < attributes().size(); ++i) {
    const Attribute& attribute = attributes()[i];
    EXPECT_TRUE(ids.insert(attribute.id).second) << attribute.id;
    EXPECT_EQ(find_attribute(attribute.id), i);
    EXPECT_FALSE(attribute.label.zh.empty() || attribute.label.en.empty()) << attribute.id;
    const bool choice =
        (attribute.type == AttributeType::name || attribute.type == AttributeType::level) &&
        attribute.names == NamesFrom::choices;
    EXPECT_EQ(choice, !attribute.choices.empty()) << attribute.id;
  }
  EXPECT_FALSE(find_attribute("firm.colour"));
  EXPECT_FALSE(find_attribute(""));
  EXPECT_FALSE(find_attribute("zzz"));
}

TEST(rule, is_read_in_preorder_and_written_as_it_was) {
  const std::string text = R"({
  "all": [
    {
      "attribute": "firm.city",
      "oneOf": [
        "h",
        "b"
      ]
    },
    {
      "any": [
        {
          "attribute": "firm.employees",
          "atLeast": 50,
          "note": {
            "zh": "职工不少于50人",
            "en": "at least 50"
          }
        },
        {
          "not": {
            "attribute": "firm.sme",
            "equals": true
          }
        }
      ]
    },
    {
      "attribute": "firm.founded",
      "between": [
        "2000-01-01",
        "2020-12-31"
      ]
    },
    {
      "attribute": "firm.rdShare",
      "above": 2.5
    },
    {
      "all": []
    }
  ],
  "note": {
    "zh": "条件"
  }
})";
  const Rule rule = rule_of(text);
  ASSERT_EQ(rule.nodes.size(), 9U);
  EXPECT_EQ(rule.nodes[0].size, 9U);
  EXPECT_EQ(rule.nodes[2].op, RuleOp::any);
  EXPECT_EQ(rule.nodes[2].size, 4U);
  EXPECT_EQ(rule.nodes[4].op, RuleOp::negation);
  EXPECT_EQ(rule.nodes[5].operands[0], RuleValue(true));
  EXPECT_EQ(rule.nodes[6].operands[0], RuleValue(*make_date(2000, 1, 1)));
  EXPECT_EQ(write_rule(rule, 0), text);
  EXPECT_EQ(rule_of(write_rule(rule, 3)), rule);
  EXPECT_EQ(pointer_of(rule, 0, "/c"), "/c");
  EXPECT_EQ(pointer_of(rule, 1, "/c"), "/c/all/0");
  EXPECT_EQ(pointer_of(rule, 5, "/c"), "/c/all/1/any/1/not");
  EXPECT_EQ(pointer_of(rule, 8, "/c"), "/c/all/4");
}

TEST(rule, faults_are_told_with_their_place) {
  using enum ErrorCode;
  EXPECT_EQ(fault("[]"), code(wrong_type, "/c"));
  EXPECT_EQ(fault("{}"), code(missing_member, "/c"));
  EXPECT_EQ(fault(R"({"all": {}})"), code(wrong_type, "/c/all"));
  EXPECT_EQ(fault(R"({"not": []})"), code(wrong_type, "/c/not"));
  EXPECT_EQ(fault(R"({"all": [], "any": []})"), code(unknown_member, "/c/any"));
  EXPECT_EQ(fault(R"({"all": [], "attribute": "firm.sme"})"), code(unknown_member, "/c/attribute"));
  EXPECT_EQ(fault(R"({"all": [], "xor": []})"), code(unknown_member, "/c/xor"));
  EXPECT_EQ(fault(R"({"equals": true})"), code(missing_member, "/c"));
  EXPECT_EQ(fault(R"({"attribute": "firm.sme"})"), code(missing_member, "/c"));
  EXPECT_EQ(fault(R"({"attribute": "firm.colour", "equals": 1})"), code(bad_name, "/c/attribute"));
  EXPECT_EQ(fault(R"({"attribute": 5, "equals": 1})"), code(bad_name, "/c/attribute"));
  EXPECT_EQ(fault(R"({"attribute": "firm.sme", "atLeast": 1})"), code(bad_name, "/c/atLeast"));
  EXPECT_EQ(fault(R"({"attribute": "firm.sme", "equals": 1})"), code(wrong_type, "/c/equals"));
  EXPECT_EQ(fault(R"({"attribute": "firm.employees", "atLeast": "50"})"),
            code(wrong_type, "/c/atLeast"));
  EXPECT_EQ(fault(R"({"attribute": "firm.employees", "atLeast": 1e300})"),
            code(out_of_range, "/c/atLeast"));
  EXPECT_EQ(fault(R"({"attribute": "firm.employees", "between": [1]})"),
            code(out_of_range, "/c/between"));
  EXPECT_EQ(fault(R"({"attribute": "firm.employees", "between": [2, 1]})"),
            code(out_of_range, "/c/between/1"));
  EXPECT_EQ(fault(R"({"attribute": "talent.degree", "between": ["doctor", "master"]})"),
            code(out_of_range, "/c/between/1"));
  EXPECT_EQ(fault(R"({"attribute": "talent.degree", "atLeast": "wizard"})"),
            code(bad_name, "/c/atLeast"));
  EXPECT_EQ(fault(R"({"attribute": "talent.graduated", "above": "2024-02-30"})"),
            code(bad_date, "/c/above"));
  EXPECT_EQ(fault(R"({"attribute": "talent.graduated", "withinDays": 1.5})"),
            code(wrong_type, "/c/withinDays"));
  EXPECT_EQ(fault(R"({"attribute": "talent.graduated", "withinDays": -1})"),
            code(out_of_range, "/c/withinDays"));
  EXPECT_EQ(fault(R"({"attribute": "firm.city", "oneOf": []})"), code(empty_value, "/c/oneOf"));
  EXPECT_EQ(fault(R"({"attribute": "firm.city", "oneOf": ["h", 2]})"),
            code(wrong_type, "/c/oneOf/1"));
  EXPECT_EQ(fault(R"({"attribute": "firm.city", "equals": ""})"), code(bad_id, "/c/equals"));
  EXPECT_EQ(fault(R"({"all": [], "note": {}})"), code(empty_value, "/c/note"));
  EXPECT_EQ(fault(R"({"all": [], "note": {"fr": "x"}})"), "2 faults");
  EXPECT_EQ(fault(R"({"all": [{"any": [{"not": {"attribute": "x", "equals": 1}}]}]})"),
            code(bad_name, "/c/all/0/any/0/not/attribute"));
}

TEST(rule, depth_and_size_are_bounded) {
  const auto nested = [](std::size_t depth) {
    json rule = {{"all", json::array()}};
    for (std::size_t i = 1; i < depth; ++i) rule = {{"not", rule}};
    return rule;
  };
  EXPECT_TRUE(read_rule(nested(kMaxRuleDepth), ""));
  const Result<Rule> deep = read_rule(nested(kMaxRuleDepth + 1), "");
  ASSERT_EQ(deep.errors.size(), 1U);
  EXPECT_EQ(deep.errors[0].code, ErrorCode::too_deep);

  const auto wide = [](std::size_t nodes) {
    json rule = {{"all", json::array()}};
    for (std::size_t i = 1; i < nodes; ++i) rule["all"].push_back({{"any", json::array()}});
    return rule;
  };
  EXPECT_TRUE(read_rule(wide(kMaxRuleNodes), ""));
  const Result<Rule> large = read_rule(wide(kMaxRuleNodes + 1), "");
  ASSERT_EQ(large.errors.size(), 1U);
  EXPECT_EQ(large.errors[0].code, ErrorCode::too_large);
  // Many small fans, each within the limit.
  json fans = {{"all", json::array()}};
  for (int i = 0; i < 100; ++i) fans["all"].push_back(wide(100));
  EXPECT_EQ(read_rule(fans, "").errors.size(), 1U);
}

// Evaluation ---------------------------------------------------------------------------------

const Date kDay = *make_date(2024, 12, 31);

Facts facts(std::initializer_list<std::pair<const char*, RuleValue>> list) {
  Facts made;
  for (const auto& [id, value] : list) made.values[*find_attribute(id)] = value;
  return made;
}

Truth truth(const std::string& rule, const Facts& known) {
  return evaluate(rule_of(rule), known, kDay).front();
}

TEST(evaluate, compares_each_type) {
  const Facts known = facts({{"firm.employees", 50.0},
                             {"firm.sme", true},
                             {"firm.city", std::string("h")},
                             {"talent.degree", std::string("master")},
                             {"talent.graduated", *make_date(2024, 6, 30)}});
  const auto is = [&known](const char* attribute, const std::string& rest) {
    return truth(std::string("{\"attribute\": \"") + attribute + "\", " + rest + "}", known);
  };
  using enum Truth;
  EXPECT_EQ(is("firm.employees", "\"atLeast\": 50"), yes);
  EXPECT_EQ(is("firm.employees", "\"above\": 50"), no);
  EXPECT_EQ(is("firm.employees", "\"atMost\": 50"), yes);
  EXPECT_EQ(is("firm.employees", "\"below\": 50"), no);
  EXPECT_EQ(is("firm.employees", "\"equals\": 50"), yes);
  EXPECT_EQ(is("firm.employees", "\"between\": [50, 60]"), yes);
  EXPECT_EQ(is("firm.employees", "\"between\": [51, 60]"), no);
  EXPECT_EQ(is("firm.sme", "\"equals\": true"), yes);
  EXPECT_EQ(is("firm.sme", "\"equals\": false"), no);
  EXPECT_EQ(is("firm.city", "\"equals\": \"h\""), yes);
  EXPECT_EQ(is("firm.city", "\"oneOf\": [\"b\", \"x\"]"), no);
  EXPECT_EQ(is("talent.degree", "\"atLeast\": \"bachelor\""), yes);
  EXPECT_EQ(is("talent.degree", "\"atLeast\": \"doctor\""), no);
  EXPECT_EQ(is("talent.degree", "\"oneOf\": [\"doctor\", \"master\"]"), yes);
  EXPECT_EQ(is("talent.graduated", "\"withinDays\": 184"), yes);
  EXPECT_EQ(is("talent.graduated", "\"withinDays\": 183"), no);
  EXPECT_EQ(is("talent.graduated", "\"atLeast\": \"2024-07-01\""), no);
  EXPECT_EQ(is("talent.hired", "\"withinDays\": 183"), unknown);
  EXPECT_EQ(is("firm.revenue", "\"atMost\": 1"), unknown);
  // A day to come is not within the last days.
  EXPECT_EQ(truth(R"({"attribute": "talent.graduated", "withinDays": 9999})",
                  facts({{"talent.graduated", kDay + 1}})),
            no);
}

TEST(evaluate, follows_kleenes_tables) {
  const char* yes = R"({"all": []})";
  const char* no = R"({"any": []})";
  const char* unknown = R"({"attribute": "firm.sme", "equals": true})";
  const std::map<std::string, Truth> value = {
      {yes, Truth::yes}, {no, Truth::no}, {unknown, Truth::unknown}};
  for (const auto& [a, x] : value) {
    EXPECT_EQ(truth(a, {}), x);
    EXPECT_EQ(truth("{\"not\": " + a + "}", {}), x == Truth::unknown ? Truth::unknown
                                                 : x == Truth::yes   ? Truth::no
                                                                     : Truth::yes);
    for (const auto& [b, y] : value) {
      std::string both = "[";
      both.append(a).append(", ").append(b).append("]}");
      const Truth all = x == Truth::no || y == Truth::no             ? Truth::no
                        : x == Truth::unknown || y == Truth::unknown ? Truth::unknown
                                                                     : Truth::yes;
      const Truth any = x == Truth::yes || y == Truth::yes           ? Truth::yes
                        : x == Truth::unknown || y == Truth::unknown ? Truth::unknown
                                                                     : Truth::no;
      EXPECT_EQ(truth("{\"all\": " + both, {}), all);
      EXPECT_EQ(truth("{\"any\": " + both, {}), any);
    }
  }
}

TEST(evaluate, a_fact_of_the_wrong_type_is_unknown) {
  const Facts odd = facts({{"firm.employees", std::string("many")},
                           {"firm.sme", 1.0},
                           {"talent.degree", std::string("wizard")},
                           {"firm.revenue", std::nan("")}});
  EXPECT_EQ(truth(R"({"attribute": "firm.employees", "atLeast": 5})", odd), Truth::unknown);
  EXPECT_EQ(truth(R"({"attribute": "firm.sme", "equals": true})", odd), Truth::unknown);
  EXPECT_EQ(truth(R"({"attribute": "talent.degree", "equals": "master"})", odd), Truth::unknown);
  EXPECT_EQ(truth(R"({"attribute": "firm.revenue", "atMost": 5})", odd), Truth::unknown);
}

// What is fed to the reader and the evaluator ------------------------------------------------

json random_rule(std::mt19937_64& random, int depth) {
  const auto below = [&random](std::size_t n) { return static_cast<std::size_t>(random() % n); };
  static const std::vector<std::string> odd = {"x", "", "attribute", "note", "all", "zh", "not"};
  const std::size_t kind = below(depth > 0 ? 10 : 5);
  if (kind >= 5) {
    if (kind == 9) return {{"not", random_rule(random, depth - 1)}};
    json rule = {{kind % 2 == 0 ? "all" : "any", json::array()}};
    for (std::size_t i = below(5); i > 0; --i) {
      rule.begin().value().push_back(random_rule(random, depth - 1));
    }
    return rule;
  }
  const auto value = [&]() -> json {
    switch (below(9)) {
      case 0:
        return below(2) == 0;
      case 1:
        return static_cast<double>(random() % 2000) / 10 - 50;
      case 2:
        return "2024-0" + std::to_string(1 + below(9)) + "-15";
      case 3:
        return "hohhot";
      case 4:
        return "master";
      case 5:
        return nullptr;
      case 6:
        return json::array({1, 2});
      case 7:
        return static_cast<int>(below(400));
      default:
        return odd[below(odd.size())];
    }
  };
  json rule;
  const Attribute& attribute = attributes()[below(attributes().size())];
  rule["attribute"] = below(12) == 0 ? value() : json(std::string(attribute.id));
  const RuleOp op = kRuleOps[below(12) == 0 ? below(3) : 3 + below(kRuleOps.size() - 3)];
  json operand = value();
  if (below(4) != 0) {
    if (attribute.type == AttributeType::number) operand = static_cast<int>(below(100));
    if (attribute.type == AttributeType::flag) operand = true;
    if (attribute.type == AttributeType::date) operand = "2024-05-01";
  }
  if ((op == RuleOp::one_of || op == RuleOp::between) && below(8) != 0) {
    operand = json::array({operand, value()});
  }
  rule[std::string(name_of(op))] = operand;
  if (below(15) == 0) rule[odd[below(odd.size())]] = value();
  if (below(15) == 0) rule["note"] = {{"zh", "注"}};
  return rule;
}

Facts random_facts(std::mt19937_64& random) {
  Facts made;
  for (auto& value : made.values) {
    switch (random() % 6) {
      case 0:
        value = random() % 2 == 0;
        break;
      case 1:
        value = static_cast<double>(random() % 200);
        break;
      case 2:
        value = Date{static_cast<std::int32_t>(19'000 + random() % 2000)};
        break;
      case 3:
        value = std::string(random() % 2 == 0 ? "hohhot" : "master");
        break;
      default:
        break;
    }
  }
  return made;
}

/// The truth by the definition, recursively.
Truth by_definition(const Rule& rule, std::size_t i, const std::vector<Truth>& leaves) {
  const RuleNode& node = rule.nodes[i];
  if (node.op != RuleOp::all && node.op != RuleOp::any && node.op != RuleOp::negation) {
    return leaves[i];
  }
  std::vector<Truth> children;
  for (std::size_t c = i + 1; c < i + node.size; c += rule.nodes[c].size) {
    children.push_back(by_definition(rule, c, leaves));
  }
  const auto has = [&children](Truth truth) {
    return std::find(children.begin(), children.end(), truth) != children.end();
  };
  if (node.op == RuleOp::negation) {
    return children[0] == Truth::unknown ? Truth::unknown
           : children[0] == Truth::yes   ? Truth::no
                                         : Truth::yes;
  }
  if (node.op == RuleOp::all) {
    return has(Truth::no) ? Truth::no : has(Truth::unknown) ? Truth::unknown : Truth::yes;
  }
  return has(Truth::yes) ? Truth::yes : has(Truth::unknown) ? Truth::unknown : Truth::no;
}

TEST(rule_fuzz, random_documents_are_read_or_refused_and_always_evaluated) {
  std::mt19937_64 random(20241231);
  int accepted = 0;
  std::map<ErrorCode, int> codes;
  std::map<Truth, int> truths;
  for (int round = 0; round < 20'000; ++round) {
    const json document = random_rule(random, static_cast<int>(round % 11));
    const Result<Rule> result = read_rule(document, "");
    ASSERT_NE(result.value.has_value(), !result.errors.empty());
    for (const Error& error : result.errors) {
      ++codes[error.code];
      ASSERT_TRUE(document.contains(json::json_pointer(error.pointer)))
          << error.pointer << document.dump();
    }
    if (!result) continue;
    ++accepted;
    const Rule& rule = *result.value;
    ASSERT_EQ(rule.nodes[0].size, rule.nodes.size());
    ASSERT_EQ(rule_of(write_rule(rule, 0)), rule);
    for (std::size_t i = 0; i < rule.nodes.size(); ++i) {
      ASSERT_TRUE(document.contains(json::json_pointer(pointer_of(rule, i, ""))));
    }
    Policy policy;
    policy.conditions = rule;
    const Facts known = random_facts(random);
    const Eligibility outcome = check(policy, known, kDay);
    ASSERT_EQ(outcome.nodes.size(), rule.nodes.size());
    ASSERT_EQ(outcome.nodes[0], by_definition(rule, 0, outcome.nodes));
    ++truths[outcome.nodes[0]];
    if (outcome.nodes[0] == Truth::yes) {
      ASSERT_TRUE(outcome.missing.empty());
    } else if (outcome.missing.empty()) {
      // Nothing can be done about `any` of nothing.
      ASSERT_NE(document.dump().find(":[]"), std::string::npos) << document.dump();
    }
    // What is said to be missing is enough: with it the conditions hold.
    if (!outcome.missing.empty()) {
      std::vector<Truth> changed = outcome.nodes;
      for (const Missing& missing : outcome.missing) {
        changed[missing.node] = missing.wanted ? Truth::yes : Truth::no;
      }
      const Truth after = by_definition(rule, 0, changed);
      // Impossible only where an empty any or all decides.
      if (after != Truth::yes) {
        ASSERT_NE(document.dump().find(":[]"), std::string::npos) << document.dump();
      }
    }
  }
  EXPECT_GT(accepted, 2000);
  EXPECT_GE(codes.size(), 7U);
  EXPECT_GT(truths[Truth::yes], 100);
  EXPECT_GT(truths[Truth::no], 100);
  EXPECT_GT(truths[Truth::unknown], 100);
}

TEST(rule_fuzz, mutated_bytes_never_crash_the_reader) {
  const std::string good =
      R"({"all":[{"attribute":"firm.city","oneOf":["h","b"]},{"any":[{"attribute":"firm.employees","atLeast":50},{"not":{"attribute":"firm.sme","equals":true}}]},{"attribute":"talent.graduated","withinDays":730,"note":{"zh":"两年内"}}]})";
  std::mt19937_64 random(3);
  int parsed = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string bytes = good;
    for (std::size_t edits = 1 + random() % 4; edits > 0; --edits) {
      const std::size_t at = random() % bytes.size();
      switch (random() % 4) {
        case 0:
          bytes[at] = static_cast<char>(random() % 256);
          break;
        case 1:
          bytes.erase(at, 1 + random() % 12);
          break;
        case 2:
          bytes.insert(at, bytes.substr(random() % bytes.size(), random() % 40));
          break;
        default:
          bytes[at] = "{}[],:\"0"[random() % 8];
          break;
      }
      if (bytes.empty()) bytes = "{}";
    }
    const Result<json> document = parse_json(bytes, 64, 1 << 20);
    if (!document) continue;
    ++parsed;
    const Result<Rule> result = read_rule(*document.value, "");
    ASSERT_NE(result.value.has_value(), !result.errors.empty());
    if (result) evaluate(*result.value, random_facts(random), kDay);
  }
  EXPECT_GT(parsed, 200);
}

TEST(rule_fuzz, trees_that_no_file_could_hold_are_evaluated_too) {
  std::mt19937_64 random(8);
  for (int round = 0; round < 20'000; ++round) {
    Rule rule;
    rule.nodes.resize(random() % 40);
    for (RuleNode& node : rule.nodes) {
      node.op = kRuleOps[random() % kRuleOps.size()];
      node.size = static_cast<std::uint32_t>(random() % 3 == 0 ? random() : random() % 8);
      if (random() % 4 != 0) node.attribute = attributes()[random() % attributes().size()].id;
      for (std::size_t i = random() % 4; i > 0; --i) {
        switch (random() % 4) {
          case 0:
            node.operands.emplace_back(true);
            break;
          case 1:
            node.operands.emplace_back(1.5);
            break;
          case 2:
            node.operands.emplace_back(kDay);
            break;
          default:
            node.operands.emplace_back(std::string("master"));
            break;
        }
      }
    }
    Policy policy;
    policy.conditions = rule;
    const Eligibility outcome = check(policy, random_facts(random), kDay);
    ASSERT_EQ(outcome.nodes.size(), rule.nodes.size());
    const Programme none;
    for (const Missing& missing : outcome.missing) missing_text(none, rule, missing);
    if (!rule.empty()) write_rule(rule, 0);
  }
}

}  // namespace
}  // namespace tc::policy
