#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>

#include "core/model/error.hpp"
#include "core/model/rule.hpp"

namespace tc::policy {

/// Reads conditions: `{"all": [RULE…]}`, `{"any": [RULE…]}`, `{"not": RULE}` or one comparison of
/// an attribute, `{"attribute": "firm.employees", "atLeast": 50}`; each may have a `note`.
/// `pointer` is where `value` stands. Every fault is told with its place; deeper than
/// `kMaxRuleDepth` and larger than `kMaxRuleNodes` is refused. Never recurses; linear.
Result<Rule> read_rule(const nlohmann::json& value, const std::string& pointer);

/// The canonical text of a rule that has nodes, its first line where the text goes on and the
/// others indented by two spaces for each of `depth` and what is inside. Never recurses; linear.
std::string write_rule(const Rule& rule, std::size_t depth);

/// The JSON pointer of a node within its rule's text, after `base`.
std::string pointer_of(const Rule& rule, std::size_t node, const std::string& base);

}  // namespace tc::policy
