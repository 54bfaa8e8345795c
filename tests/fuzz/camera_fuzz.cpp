// A view's camera, as slides keep it: two of them, a line each.

#include "core/roadshow/camera.hpp"
#include "tests/fuzz/target.hpp"

using namespace tc::roadshow;
using tc::fuzz::require;

TONGCHENG_FUZZ_TARGET(camera) {
  const std::vector<std::string_view> lines = tc::fuzz::lines_of(bytes);
  const std::string_view from = lines.empty() ? std::string_view() : lines[0];
  const std::string_view to = lines.size() < 2 ? std::string_view() : lines[1];
  const Camera camera = parse_camera(from);
  const std::string text = write_camera(camera);
  require(parse_camera(text) == camera, "what is written reads the same");
  require(write_camera(parse_camera(text)) == text, "in the same bytes");
  const Camera target = parse_camera(to);
  require(parse_camera(between(from, to, 1)).size() == target.size(), "nothing is lost on the way");
  for (const auto& [name, value] : parse_camera(between(from, to, 0.5))) {
    require(!name.empty() && value.find(' ') == std::string::npos, "halfway is a camera");
  }
  if (can_move(from, to))
    require(can_move(to, from) || camera.size() == target.size(), "both ways");
}
