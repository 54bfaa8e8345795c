#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/exchange/sheet_import.hpp"
#include "core/exchange/workbook.hpp"
#include "web/ui/ui.hpp"
#include "web/ui/views/view.hpp"

namespace tc::ui {

/// Gives a table of items whose first row is no heading the headings of the items' table.
void add_headings(Workbook& workbook, Language language);

/// Shows what a spreadsheet would change in the board, row by row, and proposes it as one entry of
/// the ledger when that is wanted.
class ImportDialog {
 public:
  /// `name`: of the file, or what was pasted is called.
  void open(std::string name, Workbook workbook);
  bool is_open() const { return workbook_.has_value(); }
  void close();

  /// Call in the app's window while a board is open.
  void draw(Ui& ui, Workspace& workspace);

 private:
  /// One line of the list.
  struct Line {
    enum class Kind : std::uint8_t { heading, fault, note, row, field };
    Kind kind = Kind::row;
    RowOutcome outcome = RowOutcome::same;
    std::string place;
    std::string text;
    std::string before, after;  ///< of a field
  };

  void plan(const Ui& ui, Workspace& workspace);
  void list(Ui& ui, const Rect& area) const;
  void line(Ui& ui, const Line& line, const Rect& rect) const;
  void counts(Ui& ui, ImVec2 at, float width) const;

  std::optional<Workbook> workbook_;
  std::string name_;
  ImportPlan plan_;
  std::vector<Line> lines_;
  std::size_t version_ = 0;  ///< of the board that the plan was made for; 0: none yet
  Language language_ = Language::zh;
  std::string reason_;
};

}  // namespace tc::ui
