#pragma once

#include <string>
#include <string_view>

namespace tc {

/// Text for XML 1.0 content and attribute values in double quotes: markup is escaped, line ends
/// survive, characters that XML can't hold become U+FFFD.
std::string xml_text(std::string_view text);

}  // namespace tc
