#pragma once

#include <string>

namespace tc {

/// A figure for people, as short as six significant digits or more allow: 45, 1200, 33.3.
std::string number_text(double value);

}  // namespace tc
