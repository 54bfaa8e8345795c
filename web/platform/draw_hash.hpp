#pragma once

#include <cstdint>

struct ImDrawData;

namespace tc::web {

/// A fingerprint of everything that decides what the frame looks like, apart from the contents of
/// its textures. Equal frames have equal fingerprints.
std::uint64_t hash(const ImDrawData& data);

}  // namespace tc::web
