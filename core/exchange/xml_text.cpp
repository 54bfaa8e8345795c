#include "core/exchange/xml_text.hpp"

namespace tc {

std::string xml_text(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte == '&') {
      out += "&amp;";
    } else if (byte == '<') {
      out += "&lt;";
    } else if (byte == '>') {
      out += "&gt;";
    } else if (byte == '"') {
      out += "&quot;";
    } else if (byte == '\n' || byte == '\r' || byte == '\t') {
      out += "&#" + std::to_string(byte) + ';';
    } else if (byte < 0x20) {
      out += "\uFFFD";
    } else if (text.substr(i, 3) == "\xEF\xBF\xBE" || text.substr(i, 3) == "\xEF\xBF\xBF") {
      out += "\uFFFD";
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

}  // namespace tc
