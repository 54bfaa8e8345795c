#include "web/ui/exports.hpp"

#include <string>

#include "core/exchange/sheet_export.hpp"
#include "core/exchange/workbook.hpp"

namespace tc::ui {

void save_export(Host& host, Board& board, const ExportFormat& format, Language language) {
  host.save_file(
      board.programme.id + "." + std::string(format.extension), format.mime,
      format.make({board.programme, board.schedule(), board.calendar, board.as_of, language}));
}

void save_sheets(Host& host, Board& board, Language language) {
  host.save_workbook(board.programme.id + ".xlsx",
                     workbook_json(export_sheets(board.programme, &board.schedule(), language)));
}

}  // namespace tc::ui
