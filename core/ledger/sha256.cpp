#include "core/ledger/sha256.hpp"

#include <mbedtls/sha256.h>

#include <array>

namespace tc {

std::string sha256_hex(std::initializer_list<std::string_view> parts) {
  mbedtls_sha256_context context;
  mbedtls_sha256_init(&context);
  // The portable implementation has no way to fail; the status is for hardware replacements.
  (void)mbedtls_sha256_starts_ret(&context, 0);
  for (const std::string_view part : parts) {
    (void)mbedtls_sha256_update_ret(&context, reinterpret_cast<const unsigned char*>(part.data()),
                                    part.size());
  }
  std::array<unsigned char, 32> digest{};
  (void)mbedtls_sha256_finish_ret(&context, digest.data());
  mbedtls_sha256_free(&context);

  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  text.reserve(2 * digest.size());
  for (const unsigned char byte : digest) {
    text += kDigits[byte >> 4U];
    text += kDigits[byte & 15U];
  }
  return text;
}

}  // namespace tc
