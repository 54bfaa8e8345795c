#include "core/exchange/xml_text.hpp"

#include "core/model/utf8.hpp"

namespace tc {

namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

bool is_plain(std::string_view character) {
  const auto byte = [&character](std::size_t i) {
    return static_cast<unsigned char>(character[i]);
  };
  if (character.size() == 1) {
    return (byte(0) >= 0x20 && byte(0) != 0x7F) || byte(0) == '\t' || byte(0) == '\n' ||
           byte(0) == '\r';
  }
  if (character.size() == 2) return byte(0) != 0xC2 || byte(1) >= 0xA0;  // U+0080 to U+009F
  if (character.size() != 3) return true;
  if (character == "\xEF\xBF\xBE" || character == "\xEF\xBF\xBF") return false;  // U+FFFE, U+FFFF
  if (byte(0) != 0xE2) return true;
  const bool embeds = byte(1) == 0x80 && byte(2) >= 0xAA && byte(2) <= 0xAE;    // U+202A to U+202E
  const bool isolates = byte(1) == 0x81 && byte(2) >= 0xA6 && byte(2) <= 0xA9;  // U+2066 to U+2069
  return !embeds && !isolates;
}

}  // namespace

std::string plain_text(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t bytes = character_bytes(text);
    const std::string_view character = text.substr(0, bytes);
    out += bytes == 0 || !is_plain(character) ? kReplacement : character;
    text.remove_prefix(bytes == 0 ? 1 : bytes);
  }
  return out;
}

std::string xml_text(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : plain_text(text)) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '"') {
      out += "&quot;";
    } else if (c == '\n' || c == '\r' || c == '\t') {
      out += "&#" + std::to_string(static_cast<int>(c)) + ';';
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace tc
