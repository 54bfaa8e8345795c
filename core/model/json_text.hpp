#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string_view>

#include "core/model/error.hpp"

namespace tc {

/// Parses JSON (RFC 8259; a UTF-8 byte order mark is allowed) strictly: duplicate members, numbers
/// beyond a double, nesting over `max_depth` and text over `max_bytes` are errors. Unlike a plain
/// parse, the error carries the JSON pointer at which reading stopped, besides line and column.
/// Never throws and never recurses on the input. O(n log m), m being the members of an object.
Result<nlohmann::json> parse_json(std::string_view bytes, std::size_t max_depth,
                                  std::size_t max_bytes);

}  // namespace tc
