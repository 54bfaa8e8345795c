#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/exchange/sheet_import.hpp"
#include "core/exchange/workbook.hpp"
#include "web/ui/ui.hpp"
#include "web/ui/views/view.hpp"

namespace tc::ui {

/// How cells that were pasted at a place (null: none is known) are understood. Rows that begin with
/// the codes of items, or have headings, say themselves where they belong. Else they are the
/// columns from `place` on; without a code or a title among these, each row is about the item that
/// it would lie on in the table, whose code is added to it on the right.
ImportChoices understand_pasted(Workbook& workbook, const Programme& programme,
                                const PastePlace* place, Language language);

/// Shows what a spreadsheet would change in the board, row by row, and how its columns were
/// understood, which can be changed; proposes it as one entry of the ledger when that is wanted.
class ImportDialog {
 public:
  /// `name`: of the file, or what was pasted is called. `choices`: what is known beforehand.
  void open(std::string name, Workbook workbook, ImportChoices choices = {});
  bool is_open() const { return workbook_.has_value(); }
  void close();

  /// Call in the app's window while a board is open.
  void draw(Ui& ui, Workspace& workspace);

  /// Whether the last frame left something to compute, and a piece of it: whether there is more.
  bool has_work() const { return planner_.has_value(); }
  bool work(Workspace& workspace);

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

  enum class Page : std::uint8_t { changes, columns };

  /// One line of the mapping: a sheet, what it becomes, or one of its columns.
  struct MapLine {
    enum class Kind : std::uint8_t { sheet, choices, column };
    Kind kind = Kind::sheet;
    std::size_t sheet = 0;   ///< index in the plan's mapping
    std::size_t column = 0;  ///< index in its columns
  };

  /// What can be chosen, in words; the first is to leave it out.
  struct Options {
    std::vector<std::string> ids, labels;
    int index_of(const std::string& id) const;
  };

  void plan(const Ui& ui, Workspace& workspace);
  void show_plan(const Ui& ui);
  void list_map_lines();
  void mapping(Ui& ui, const Rect& area);
  void map_line(Ui& ui, const MapLine& line, const Rect& rect);
  void sheet_choices(Ui& ui, const MappedSheet& sheet, const Rect& rect);
  void choose_table(const MappedSheet& sheet, const std::string& table);
  void choose_field(const MappedSheet& sheet, const MappedColumn& column, const std::string& field);
  const Options& fields_of(const std::string& table) const;
  void list(Ui& ui, const Rect& area) const;
  void line(Ui& ui, const Line& line, const Rect& rect) const;
  void counts(Ui& ui, ImVec2 at, float width) const;

  std::optional<Workbook> workbook_;
  std::string name_;
  ImportPlan plan_;
  std::optional<ImportPlanner> planner_;  ///< at what `plan_` will be
  bool planned_ = false;                  ///< it has just become that
  bool first_ = true;                     ///< nothing has been chosen yet
  std::vector<Line> lines_;
  std::size_t version_ = 0;  ///< of the board that the plan was made for; 0: none yet
  Language language_ = Language::zh;
  std::string reason_;

  ImportChoices choices_;
  Page page_ = Page::changes;
  std::vector<MapLine> map_lines_;
  Options tables_;
  std::vector<Options> fields_;  ///< of each table
  bool narrow_ = false;
  bool chosen_ = false;    ///< plan again
  bool choosing_ = false;  ///< a list was dropped down in the last frame
};

}  // namespace tc::ui
