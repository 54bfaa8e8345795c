#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/exchange/workbook.hpp"
#include "core/ledger/entry.hpp"
#include "core/ledger/ledger.hpp"
#include "core/model/programme.hpp"

namespace tc {

/// What becomes of one row of a spreadsheet.
enum class RowOutcome : std::uint8_t { added, changed, same, refused };
inline constexpr std::array kRowOutcomes = {RowOutcome::added, RowOutcome::changed,
                                            RowOutcome::same, RowOutcome::refused};

/// `added`, `changed`, `same`, `refused`.
std::string_view name_of(RowOutcome outcome);
/// The same in words for people.
const Text& label_of(RowOutcome outcome);

/// One value that a row changes, for a preview. Values as the sheet export writes them, in the
/// plan's language; empty: none.
struct FieldChange {
  std::string place;    ///< the cell, `Items!C7`
  std::string pointer;  ///< keyed, `/items/K-07/due`
  std::string field;    ///< the column's heading as the export has it
  std::string before;
  std::string after;
};

struct PlannedRow {
  std::string sheet;
  std::size_t row = 0;  ///< from 0
  std::string pointer;  ///< keyed, of what the row is about: `/items/K-07`; may be empty if refused
  std::string title;    ///< what that is called
  RowOutcome outcome = RowOutcome::same;
  std::vector<FieldChange> fields;  ///< also of refused rows, as far as they could be read
};

/// What somebody says about a sheet; what isn't said is told from names and headings.
///
/// A table is named by its list in the file: `items`, `milestones`, `dependsOn`, `evidence`,
/// `indicators`. A field is named by its members below the element, `due` or `title/zh`; `@item` is
/// the code of the item that a row of another table belongs to, `@key` the key of evidence.
struct SheetChoice {
  std::optional<std::string> table;  ///< empty: the sheet is left out
  /// The row with the headings as spreadsheets count, from 1; 0: there is none. What stands above
  /// is passed over.
  std::optional<std::size_t> heading_line;
  std::map<std::size_t, std::string> fields;  ///< column from 0; empty: it is left out
};
/// By the sheet's index in the workbook.
using ImportChoices = std::map<std::size_t, SheetChoice>;

/// What a column was taken for.
struct MappedColumn {
  std::size_t column = 0;   ///< from 0
  std::string heading;      ///< as it stands there, on one line; may be empty
  std::string sample;       ///< the first value below, shortened
  std::string field;        ///< empty: left out
  std::string known_field;  ///< what its heading says
};

/// What a sheet was taken for.
struct MappedSheet {
  std::size_t sheet = 0;  ///< index in the workbook
  std::string name;
  std::string table;        ///< empty: left out
  std::string known_table;  ///< what its name and headings say
  std::size_t heading_line = 0;
  std::vector<MappedColumn> columns;  ///< those with a heading or a value, from the left
};

/// The fields that columns of a table may be mapped to, with their headings. Empty for a name that
/// is no table's.
struct ImportField {
  std::string_view id;
  std::string_view heading;
};
std::vector<ImportField> import_fields(std::string_view table, Language language);
/// The tables that sheets may be mapped to, by the names of their lists and in words.
std::vector<ImportField> import_tables(Language language);

/// What an import would do. Nothing is done yet.
struct ImportPlan {
  /// How sheets and columns were understood; without empty sheets and the one with the title.
  std::vector<MappedSheet> mapping;
  std::vector<PlannedRow> rows;   ///< in the order of the workbook; without empty ones
  std::vector<Change> changes;    ///< of all rows that aren't refused, for one entry of the ledger
  std::vector<CellError> errors;  ///< why rows are refused; at most `kMaxErrors`
  std::vector<CellError> warnings;  ///< sheets and columns that are passed over
  /// Places (keyed pointers) whose change the ledger doesn't take without a reason: deadlines that
  /// slip, completed items that are reopened.
  std::vector<std::string> reason_places;

  bool needs_reason() const { return !reason_places.empty(); }
  std::size_t count(RowOutcome outcome) const;
};

/// Compares a workbook with a board (a valid programme, `Ledger::state()`).
///
/// - Sheets are known by name or by their headings, columns by Chinese or English headings (the
///   table in sheet_columns.cpp), regardless of case, white space, full-width forms and units in
///   brackets. The headings stand in one of the first 30 rows.
/// - An empty cell leaves its value alone, as does a column that isn't there. Nothing is removed.
/// - Days: day cells, Excel's serial numbers, 2024-03-23, 2024/3/23, 2024年3月23日, 2024.3.23.
///   Statuses: in both languages or by their file names. Departments, areas and sources: by id or
///   name in either language, departments with or without their city's name. Percentages: 40, 40%,
///   0.4; a 1 beside figures above 1 could be either and is refused.
/// - A row whose code isn't on the board adds an item. Without a code it gets the next free one if
///   no item has its title.
/// - A bad cell refuses its row; so do rules of the model. Other rows are planned regardless.
///
/// - What `choices` say goes before what headings say: a column that is chosen for a field takes it
///   from another one with its heading. Tables and fields that don't exist are errors, as is a
///   table without the columns that tell its rows apart.
///
/// Every plan's changes can be committed (kind `import`, with a reason if `needs_reason`) to a
/// ledger in the state that it was made for. Linear in board and workbook, times the number of
/// rounds that it takes to find rows which the model refuses only together.
ImportPlan plan_import(const Programme& programme, const Workbook& workbook, Language language,
                       const ImportChoices& choices = {});
ImportPlan plan_import(const Ledger& ledger, const Workbook& workbook, Language language,
                       const ImportChoices& choices = {});

/// `plan_import`, a part at a time, for a caller that has something else to do meanwhile.
class ImportPlanner {
 public:
  /// Programme and workbook have to be there, and as they are, until the last step.
  ImportPlanner(const Programme& programme, const Workbook& workbook, Language language,
                ImportChoices choices = {});
  ~ImportPlanner();
  ImportPlanner(ImportPlanner&&) noexcept;
  ImportPlanner& operator=(ImportPlanner&&) noexcept;

  /// Does the next part, of some 100 KB of the board or 100 rows; to ask the model about all
  /// changes is one part. False when nothing is left to do.
  bool step();
  /// From 0 to 1.
  double progress() const;
  /// After the last step. Once.
  ImportPlan take();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Makes changes that were planned for `ledger.state()` start from what the ledger itself has.
void start_from(const Ledger& ledger, ImportPlan& plan);

/// How cells that were pasted are understood if there are no headings in their first row (two or
/// more that are known, or one above a single column): as the items' table, with these fields from
/// the left; without any the columns of the items view, titles in `language`.
ImportChoices pasted_choices(const Workbook& workbook, Language language,
                             std::vector<std::string_view> fields = {});

}  // namespace tc
