#pragma once

#include <cstddef>
#include <optional>

#include "web/ui/board.hpp"
#include "web/ui/ui.hpp"

namespace tc::ui {

/// How likely the programme is done by when: quantiles and histogram of the simulation, what it
/// assumes, and the items that most often decide the finish. Draws a card from `at`'s top and
/// returns where the next card begins; `chosen` is an item that was clicked. Nothing (and `at.y0`)
/// when there is no schedule to simulate.
float draw_risk_card(Ui& ui, Board& board, const Rect& at, std::optional<std::size_t>& chosen);

}  // namespace tc::ui
