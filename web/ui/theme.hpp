#pragma once

#include <array>
#include <cstddef>

#include "core/model/programme.hpp"
#include "core/schedule/rag.hpp"
#include "imgui.h"

namespace tc::ui {

/// The colours of one appearance. Text colours reach a contrast of 4.5 : 1 on the surfaces they
/// stand on (WCAG 2.2 AA).
struct Theme {
  bool dark = false;
  ImU32 page = 0;     ///< behind the cards
  ImU32 surface = 0;  ///< cards, bars, panes
  ImU32 sunken = 0;   ///< tracks, headers of tables
  ImU32 hover = 0;    ///< over a row or a quiet button
  ImU32 pressed = 0;
  ImU32 selected = 0;  ///< a chosen row
  ImU32 line = 0;
  ImU32 line_strong = 0;
  ImU32 text = 0;
  ImU32 muted = 0;
  ImU32 accent = 0;
  ImU32 accent_soft = 0;
  ImU32 on_accent = 0;
  ImU32 warning = 0;  ///< late
  ImU32 warning_soft = 0;
  ImU32 danger = 0;
  ImU32 danger_soft = 0;
  ImU32 rail = 0;
  ImU32 rail_text = 0;
  ImU32 rail_muted = 0;
  ImU32 rail_selected = 0;
  ImU32 scrim = 0;  ///< over the page, below a dialog
  ImU32 shadow = 0;
  std::array<ImU32, kStatusCount> status{};  ///< marks and bars, told apart in lightness too
  std::array<ImU32, kRags.size()> rag{};     ///< by `Rag`
  std::array<ImU32, 8> city{};               ///< by position in the programme
  ImU32 on_city = 0;

  ImU32 of(Status s) const { return status[static_cast<std::size_t>(s)]; }
  ImU32 of(Rag r) const { return rag[static_cast<std::size_t>(r)]; }
  ImU32 of_city(std::size_t index) const { return city[index % city.size()]; }
};

const Theme& light_theme();
const Theme& dark_theme();
/// For projectors: the same colours with text and lines at the full contrast that pale beamers and
/// lit rooms leave room for.
const Theme& projector_theme(bool dark);

/// Gives Dear ImGui's own widgets the theme's colours and the grid's sizes.
void apply_theme(const Theme& theme, float scale);

/// The colour at another opacity, 0 to 1.
ImU32 with_alpha(ImU32 colour, float alpha);

}  // namespace tc::ui
