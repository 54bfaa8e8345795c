#pragma once

#include <algorithm>
#include <cstddef>

namespace tc {

/// Bytes that a reader or a writer does at a time: little enough for a key or the mouse to wait
/// for.
inline constexpr std::size_t kPartBytes = std::size_t{128} << 10;

/// Elements or changes that are such a part.
inline constexpr std::size_t kPartElements = 200;

/// How much of so many is done, from 0 to 1; of nothing, nothing.
inline double share(std::size_t done, std::size_t of) {
  return static_cast<double>(done) / static_cast<double>(std::max<std::size_t>(1, of));
}

}  // namespace tc
