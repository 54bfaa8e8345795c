#pragma once

#include <concepts>
#include <cstdint>

namespace tc {

/// SplitMix64 (Steele, Lea, Flood 2014): tiny, and the same everywhere, which the standard
/// library's distributions are not.
class SplitMix64 {
 public:
  static constexpr std::uint64_t kGolden = 0x9E3779B97F4A7C15U;

  explicit SplitMix64(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() { return mix(state_ += kGolden); }
  /// 0 to n - 1; the bias of the remainder is far below what made-up data show.
  template <std::integral T>
  T below(T n) {
    return static_cast<T>(next() % static_cast<std::uint64_t>(n));
  }
  /// `low` to `high`.
  int between(int low, int high) { return low + below(high - low + 1); }

  static std::uint64_t mix(std::uint64_t z) {
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31U);
  }

 private:
  std::uint64_t state_;
};

}  // namespace tc
