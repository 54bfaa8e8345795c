#pragma once

#include <cstddef>
#include <functional>
#include <nlohmann/json.hpp>
#include <string_view>

#include "core/model/error.hpp"

namespace tc {

/// Takes over an object that has been read whole and that stands in a list of the document's root:
/// the name of the list, the index in it, the object. If it returns true, the document gets a null
/// in its place: a large document never has to be in memory as a whole.
using TakeElement = std::function<bool(std::string_view, std::size_t, const nlohmann::json&)>;

/// Parses JSON (RFC 8259; a UTF-8 byte order mark is allowed) strictly: duplicate members, numbers
/// beyond a double, nesting over `max_depth` and text over `max_bytes` are errors. Unlike a plain
/// parse, the error carries the JSON pointer at which reading stopped, besides line and column.
/// Never throws and never recurses on the input. O(n log m), m being the members of an object.
Result<nlohmann::json> parse_json(std::string_view bytes, std::size_t max_depth,
                                  std::size_t max_bytes, const TakeElement& take = {});

}  // namespace tc
