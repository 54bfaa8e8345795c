#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace tc {

/// SHA-256 (FIPS 180-4) of the parts one after the other, as 64 lower-case hexadecimal digits.
/// Computed by Mbed TLS. Linear in the bytes.
std::string sha256_hex(std::initializer_list<std::string_view> parts);

/// The same of one text.
inline std::string sha256_hex(std::string_view text) {
  return sha256_hex({text});
}

}  // namespace tc
