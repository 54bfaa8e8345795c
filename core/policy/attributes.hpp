#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "core/model/rule.hpp"
#include "core/model/text.hpp"

namespace tc::policy {

enum class AttributeType : std::uint8_t {
  flag,
  number,
  date,
  name,   ///< one of a set without order
  level,  ///< one of `choices`, in rising order
};

/// Where the names of an attribute come from.
enum class NamesFrom : std::uint8_t { choices, cities, clusters };

struct Choice {
  std::string_view id;
  Text label;
};

/// A property of a firm, a person or a project that conditions can ask for.
struct Attribute {
  std::string_view id;  ///< `firm.employees`: whose, a point, which
  AttributeType type = AttributeType::flag;
  Text label;
  Text unit;  ///< of a number
  /// The applicant can't change it in order to qualify, so that missing it is final.
  bool fixed = false;
  NamesFrom names = NamesFrom::choices;
  std::span<const Choice> choices;
};

/// All attributes, those of one subject together.
std::span<const Attribute> attributes();

/// Index in `attributes()`; nothing for any other id. O(log n).
std::optional<std::size_t> find_attribute(std::string_view id);

/// Place of a choice, from 0.
std::optional<std::size_t> find_choice(const Attribute& attribute, std::string_view id);

/// Whether an attribute of that type can be compared so.
bool comparable(AttributeType type, RuleOp op);

}  // namespace tc::policy
