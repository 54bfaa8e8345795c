#pragma once

#include <string>
#include <string_view>

namespace tc {

/// The text as documents can hold it: U+FFFD for bytes that are not UTF-8, for control characters
/// other than tab and line ends, for what is no character, and for the marks that turn the
/// direction of text (U+202A to U+202E, U+2066 to U+2069), by which it could show what stands after
/// it in another order. Linear.
std::string plain_text(std::string_view text);

/// Plain text for XML 1.0 content and attribute values in double quotes: markup is escaped, line
/// ends survive.
std::string xml_text(std::string_view text);

}  // namespace tc
