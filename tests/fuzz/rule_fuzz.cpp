// Conditions of a policy and a profile that they are held against: {"rule": …, "profile": …}.

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/model/json_text.hpp"
#include "core/model/programme_json.hpp"
#include "core/policy/eligibility.hpp"
#include "core/policy/rule_json.hpp"
#include "tests/core/model/broken_files.hpp"
#include "tests/fuzz/target.hpp"

using namespace tc;
using namespace tc::policy;
using fuzz::require;

namespace {

const Programme& programme() {
  static const Programme it = load_programme(test::kGoodFile).value.value();
  return it;
}

/// By the definition, from the leaves up.
Truth joined(const Rule& rule, const std::vector<Truth>& nodes, std::size_t at) {
  const RuleNode& node = rule.nodes[at];
  const bool all = node.op == RuleOp::all;
  Truth truth = all ? Truth::yes : Truth::no;
  for (std::size_t i = at + 1; i < at + node.size; i += rule.nodes[i].size) {
    if (node.op == RuleOp::negation) {
      return nodes[i] == Truth::yes ? Truth::no : nodes[i] == Truth::no ? Truth::yes : nodes[i];
    }
    if (nodes[i] == (all ? Truth::no : Truth::yes)) return nodes[i];
    if (nodes[i] == Truth::unknown) truth = Truth::unknown;
  }
  return truth;
}

}  // namespace

TONGCHENG_FUZZ_TARGET(rule) {
  const Result<nlohmann::json> document = parse_json(bytes, 64, 1 << 20);
  if (!document || !document.value->is_object()) return;
  const Result<Profile> profile =
      read_profile(document.value->value("profile", nlohmann::json()).dump(), programme());
  if (!profile) fuzz::require_faults(profile.errors);
  const Result<Rule> read = read_rule(document.value->value("rule", nlohmann::json()), "/rule");
  if (!read) {
    fuzz::require_faults(read.errors);
    for (const Error& error : read.errors) {
      require(error.pointer.starts_with("/rule"), "a fault stands in the rule");
    }
    return;
  }
  const Rule& rule = *read.value;
  if (rule.empty()) return;
  require(rule.nodes.size() <= kMaxRuleNodes, "rules are limited");
  const std::string text = write_rule(rule, 0);
  const Result<Rule> again = read_rule(nlohmann::json::parse(text), "");
  require(again && *again.value == rule, "what is written reads the same");
  require(write_rule(*again.value, 0) == text, "in the same bytes");

  const Date day = *make_date(2024, 3, 23);
  const Facts facts = profile ? profile.value->facts : Facts{};
  const std::vector<Truth> nodes = evaluate(rule, facts, day);
  require(nodes.size() == rule.nodes.size(), "every node has its truth");
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const RuleNode& node = rule.nodes[i];
    if (node.op <= RuleOp::negation) {
      require(nodes[i] == joined(rule, nodes, i), "as Kleene has it");
    } else {
      require(!condition_text(programme(), node).in(Language::zh).empty(), "a condition in words");
    }
    require(pointer_of(rule, i, "/rule").starts_with("/rule"), "every node has its place");
  }
  Policy policy;
  policy.id = "p";
  policy.conditions = rule;
  const Eligibility result = check(policy, facts, day);
  if (nodes[0] == Truth::yes) {
    require(result.missing.empty(), "nothing is missing where it holds");
  } else if (result.missing.empty()) {
    const bool hollow = std::any_of(rule.nodes.begin(), rule.nodes.end(), [](const RuleNode& node) {
      return node.op <= RuleOp::negation && node.size == 1;
    });
    require(hollow, "something is missing unless it can't hold at all");
  }
  for (const Missing& missing : result.missing) {
    require(missing.node < rule.nodes.size(), "what is missing is a condition");
    (void)missing_text(programme(), rule, missing);
  }
}
