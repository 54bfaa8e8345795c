#pragma once

#include <cstddef>
#include <cstdint>

#include "core/model/programme.hpp"

namespace tc {

/// A made-up programme (kind `demonstration`) of the wanted number of items, for trying out sizes:
/// two cities, twelve areas, eight departments a city, two to five milestones an item and up to
/// three dependencies on earlier items. The same arguments give the same programme on every
/// platform. Linear in `items`.
Programme generate_programme(std::size_t items, std::uint64_t seed);

inline constexpr std::size_t kMaxGeneratedItems = 1'000'000;

}  // namespace tc
