#include "core/model/number_text.hpp"

#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace tc {

std::string number_text(double value) {
  std::array<char, 40> buffer{};
  for (const int precision : {6, 9, 12, 15}) {
    std::snprintf(buffer.data(), buffer.size(), "%.*g", precision, value);
    const double read = std::strtod(buffer.data(), nullptr);
    if (std::abs(read - value) <= 1e-6 * std::abs(value) &&
        std::string_view(buffer.data()).find('e') == std::string_view::npos) {
      break;
    }
  }
  return buffer.data();
}

}  // namespace tc
