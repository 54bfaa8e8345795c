#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tc::roadshow {

/// A view's camera: names and numbers, as `first=19700.5 days=365 row=K07`. What a name means is
/// the view's own affair; values are texts without spaces, and those that are numbers can be moved
/// smoothly.
using Camera = std::vector<std::pair<std::string, std::string>>;

/// Reads a camera; what has no `=` is passed over. Linear.
Camera parse_camera(std::string_view text);
std::string write_camera(const Camera& camera);

std::optional<double> number_in(const Camera& camera, std::string_view name);
std::string_view text_in(const Camera& camera, std::string_view name);

/// Which of the names the text is; nothing when it is none. Linear.
std::optional<std::size_t> choice_in(const Camera& camera, std::string_view name,
                                     std::span<const char* const> choices);

/// Which element's `id` the text is; nothing when there is none. Linear.
template <class List>
std::optional<std::size_t> id_in(const Camera& camera, std::string_view name, const List& list) {
  const std::string_view id = text_in(camera, name);
  for (std::size_t i = 0; i < list.size() && !id.empty(); ++i) {
    if (list[i].id == id) return i;
  }
  return std::nullopt;
}

/// Appends a number with as many digits as a screen can tell apart.
void put(Camera& camera, std::string_view name, double value);

/// The camera on the way from `from` to `to`; `share` from 0 to 1. Numbers that both have are
/// interpolated, everything else is that of `to`. Linear in both.
std::string between(std::string_view from, std::string_view to, double share);

/// Whether a smooth way between the two makes sense: the same names, and texts that agree.
bool can_move(std::string_view from, std::string_view to);

/// Smoothly from 0 to 1 (the cubic 3t² - 2t³).
double ease(double t);

}  // namespace tc::roadshow
