#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/model/date.hpp"
#include "core/model/text.hpp"

namespace tc {

/// What a rule's node does: join its children or compare an attribute.
enum class RuleOp : std::uint8_t {
  all,       ///< every child holds; without any it holds
  any,       ///< at least one child holds; without any it doesn't
  negation,  ///< its one child doesn't hold (`not`)
  equals,
  one_of,
  at_least,
  at_most,
  above,
  below,
  between,      ///< both ends included
  within_days,  ///< a day in the last so many days, today included
};
inline constexpr std::array kRuleOps = {RuleOp::all,     RuleOp::any,        RuleOp::negation,
                                        RuleOp::equals,  RuleOp::one_of,     RuleOp::at_least,
                                        RuleOp::at_most, RuleOp::above,      RuleOp::below,
                                        RuleOp::between, RuleOp::within_days};

/// A value of an attribute: true or false, a number, a day or a name.
using RuleValue = std::variant<bool, double, Date, std::string>;

struct RuleNode {
  RuleOp op = RuleOp::all;
  std::uint32_t size = 1;  ///< nodes of its subtree, itself included
  std::string attribute;   ///< comparison: id in `attributes()` (core/policy/attributes.hpp)
  std::vector<RuleValue> operands;  ///< comparison: one; two for `between`; any for `one_of`
  Text note;                        ///< the document's own words; may be empty
  bool operator==(const RuleNode&) const = default;
};

/// Conditions as data: a tree in preorder, so that it is read, written and evaluated in loops.
/// Without any node the conditions are unknown, which is not the same as none (`all` of nothing).
struct Rule {
  std::vector<RuleNode> nodes;
  bool empty() const { return nodes.empty(); }
  bool operator==(const Rule&) const = default;
};

/// Limits of one rule in a file.
inline constexpr std::size_t kMaxRuleNodes = 256;
inline constexpr std::size_t kMaxRuleDepth = 8;
inline constexpr std::size_t kMaxRuleOperands = 64;

/// The member's name in files: `all`, `not`, `atLeast`, …
std::string_view name_of(RuleOp op);

}  // namespace tc
