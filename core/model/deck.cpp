#include "core/model/deck.hpp"

namespace tc {

std::string_view name_of(SlideKind kind) {
  constexpr std::array<std::string_view, kSlideKinds.size()> names = {"view", "title", "text",
                                                                      "figure", "pitch"};
  return names[static_cast<std::size_t>(kind)];
}

std::string_view name_of(ComputedFigure figure) {
  constexpr std::array<std::string_view, kComputedFigures.size()> names = {
      "items",   "completed", "staged-results", "late",     "due-soon",
      "members", "needs",     "results",        "openings", "interest"};
  return names[static_cast<std::size_t>(figure)];
}

}  // namespace tc
