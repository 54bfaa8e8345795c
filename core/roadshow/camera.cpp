#include "core/roadshow/camera.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace tc::roadshow {

namespace {

std::optional<double> number(const std::string& text) {
  if (text.empty()) return std::nullopt;
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  if (end != text.c_str() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

const std::string* find(const Camera& camera, std::string_view name) {
  const auto found = std::find_if(camera.begin(), camera.end(),
                                  [name](const auto& part) { return part.first == name; });
  return found == camera.end() ? nullptr : &found->second;
}

}  // namespace

Camera parse_camera(std::string_view text) {
  Camera camera;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view part = text.substr(0, end);
    const std::size_t sign = part.find('=');
    if (sign != std::string_view::npos && sign > 0) {
      camera.emplace_back(part.substr(0, sign), part.substr(sign + 1));
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return camera;
}

std::string write_camera(const Camera& camera) {
  std::string text;
  for (const auto& [name, value] : camera) {
    if (!text.empty()) text += ' ';
    text += name;
    text += '=';
    text += value;
  }
  return text;
}

std::optional<double> number_in(const Camera& camera, std::string_view name) {
  const std::string* value = find(camera, name);
  return value == nullptr ? std::nullopt : number(*value);
}

std::string_view text_in(const Camera& camera, std::string_view name) {
  const std::string* value = find(camera, name);
  return value == nullptr ? std::string_view() : std::string_view(*value);
}

std::optional<std::size_t> choice_in(const Camera& camera, std::string_view name,
                                     std::span<const char* const> choices) {
  const std::string_view value = text_in(camera, name);
  const auto found = std::find(choices.begin(), choices.end(), value);
  if (found == choices.end()) return std::nullopt;
  return static_cast<std::size_t>(found - choices.begin());
}

void put(Camera& camera, std::string_view name, double value) {
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, "%.9g", value);
  camera.emplace_back(name, buffer);
}

std::string between(std::string_view from, std::string_view to, double share) {
  const Camera a = parse_camera(from);
  Camera b = parse_camera(to);
  for (auto& [name, value] : b) {
    const std::optional<double> end = number(value);
    const std::optional<double> begin = number_in(a, name);
    if (!begin || !end) continue;
    Camera one;
    put(one, name, *begin + (*end - *begin) * std::clamp(share, 0.0, 1.0));
    value = std::move(one.front().second);
  }
  return write_camera(b);
}

bool can_move(std::string_view from, std::string_view to) {
  const Camera a = parse_camera(from);
  const Camera b = parse_camera(to);
  if (a.empty() || a.size() != b.size()) return false;
  return std::all_of(b.begin(), b.end(), [&a](const auto& part) {
    const std::string* before = find(a, part.first);
    return before != nullptr &&
           (*before == part.second || (number(*before) && number(part.second)));
  });
}

double ease(double t) {
  t = std::clamp(t, 0.0, 1.0);
  return t * t * (3 - 2 * t);
}

}  // namespace tc::roadshow
