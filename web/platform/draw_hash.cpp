#include "web/platform/draw_hash.hpp"

#include <bit>
#include <cstddef>
#include <cstring>

#include "imgui.h"

namespace tc::web {

namespace {

/// Two independent lanes of multiply and rotate; plenty against chance, and as fast as memory.
class Hasher {
 public:
  void add(const void* data, std::size_t size) {
    const auto* bytes = static_cast<const unsigned char*>(data);
    for (; size >= 16; size -= 16, bytes += 16) {
      std::uint64_t words[2];
      std::memcpy(words, bytes, 16);
      a_ = std::rotl(a_ ^ words[0], 29) * kPrime1;
      b_ = std::rotl(b_ ^ words[1], 31) * kPrime2;
    }
    std::uint64_t rest[2] = {size, ~std::uint64_t{size}};
    std::memcpy(rest, bytes, size < 8 ? size : 8);
    if (size > 8) std::memcpy(rest + 1, bytes + 8, size - 8);
    a_ = std::rotl(a_ ^ rest[0], 29) * kPrime1;
    b_ = std::rotl(b_ ^ rest[1], 31) * kPrime2;
  }

  template <class T>
  void value(const T& v) {
    add(&v, sizeof(T));
  }

  std::uint64_t result() const {
    std::uint64_t h = (a_ ^ std::rotl(b_, 17)) * kPrime1;
    h ^= h >> 32U;
    return h * kPrime2;
  }

 private:
  static constexpr std::uint64_t kPrime1 = 0x9E3779B185EBCA87;
  static constexpr std::uint64_t kPrime2 = 0xC2B2AE3D27D4EB4F;
  std::uint64_t a_ = kPrime1;
  std::uint64_t b_ = kPrime2;
};

}  // namespace

std::uint64_t hash(const ImDrawData& data) {
  Hasher hasher;
  hasher.value(data.DisplayPos);
  hasher.value(data.DisplaySize);
  for (const ImDrawList* list : data.CmdLists) {
    hasher.add(list->VtxBuffer.Data, static_cast<std::size_t>(list->VtxBuffer.size_in_bytes()));
    hasher.add(list->IdxBuffer.Data, static_cast<std::size_t>(list->IdxBuffer.size_in_bytes()));
    for (const ImDrawCmd& command : list->CmdBuffer) {
      hasher.value(command.ClipRect);
      hasher.value(command.TexRef._TexData);
      hasher.value(command.TexRef._TexID);
      hasher.value(command.VtxOffset);
      hasher.value(command.IdxOffset);
      hasher.value(command.ElemCount);
    }
  }
  return hasher.result();
}

}  // namespace tc::web
