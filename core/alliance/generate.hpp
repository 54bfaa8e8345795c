#pragma once

#include <cstddef>
#include <cstdint>

#include "core/model/programme.hpp"

namespace tc::alliance {

/// Adds a made-up alliance to a programme with cities: a chain of six stages, `members` of them in
/// all cities by turns and `links` supply and research links, mostly from a stage to the next and
/// between members that are near each other, so that there are clusters. For trying out sizes; the
/// programme should be a demonstration. The same arguments give the same network on every platform.
/// Linear.
void add_generated_network(Programme& programme, std::size_t members, std::size_t links,
                           std::uint64_t seed);

inline constexpr std::size_t kMaxGeneratedMembers = 100'000;
inline constexpr std::size_t kMaxGeneratedLinks = 1'000'000;

}  // namespace tc::alliance
