#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "web/ui/board.hpp"
#include "web/ui/ui.hpp"

namespace tc::ui {

/// What the user asked for in the details pane.
struct DetailsAction {
  bool close = false;
  bool edit = false;
  std::optional<std::size_t> open_item;
  std::optional<std::string> open_url;
};

/// Everything the board knows of one item. `alone`: the pane covers the list, so that closing it
/// is the way back. `ledger` (may be null) tells what was written about it; `can_edit` offers to
/// change it.
DetailsAction draw_item_details(Ui& ui, Board& board, const Ledger* ledger, bool can_edit,
                                std::size_t item, const Rect& area, bool alone);

}  // namespace tc::ui
