#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/model/text.hpp"

namespace tc {

/// Members whose names begin with `x-`: kept as JSON text and written back as they were read.
using Extensions = std::vector<std::pair<std::string, std::string>>;

/// Where a fact comes from: one of the programme's sources and the place in it.
struct Citation {
  std::string source;  ///< id of a `Source`
  Text place;          ///< section, page or speaker; may be empty
  bool operator==(const Citation&) const = default;
};

}  // namespace tc
