#pragma once

#include "core/exchange/formats.hpp"
#include "web/ui/board.hpp"
#include "web/ui/host.hpp"

namespace tc::ui {

/// Gives the host the board in a format, as a file called after the programme.
void save_export(Host& host, Board& board, const ExportFormat& format, Language language);
/// The same with everything as sheets of a spreadsheet.
void save_sheets(Host& host, Board& board, Language language);

}  // namespace tc::ui
