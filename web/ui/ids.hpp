#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace tc::ui {

/// An id that isn't in use. Where most of a list's ids end in numbers, it counts on from the
/// highest; else it is `prefix` with a number of `width` digits.
template <class List, class Id>
std::string next_id(const List& list, Id id_of, std::string prefix, std::size_t width) {
  long highest = 0;
  std::size_t numbered = 0;
  std::string used;  // before the highest number
  std::size_t used_width = 0;
  for (const auto& element : list) {
    const std::string& id = id_of(element);
    const std::size_t at = id.find_last_not_of("0123456789");
    const std::string digits = id.substr(at == std::string::npos ? 0 : at + 1);
    if (digits.empty() || digits.size() > 8) continue;
    ++numbered;
    const long number = std::stol(digits);
    if (number < highest) continue;
    highest = number;
    used = id.substr(0, id.size() - digits.size());
    used_width = digits.size();
  }
  if (2 * numbered > list.size()) {
    prefix = used;
    width = used_width;
  } else {
    highest = 0;
  }
  for (;;) {
    std::string number = std::to_string(++highest);
    if (number.size() < width) number.insert(0, width - number.size(), '0');
    number.insert(0, prefix);
    if (std::none_of(list.begin(), list.end(),
                     [&](const auto& element) { return id_of(element) == number; })) {
      return number;
    }
  }
}

/// Ids between commas (also Chinese ones) and spaces.
std::vector<std::string> ids_in(const std::string& text);
/// The same with commas between.
std::string joined(const std::vector<std::string>& ids);

}  // namespace tc::ui
