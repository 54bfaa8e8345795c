#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/model/date.hpp"
#include "core/model/error.hpp"

namespace tc {

/// One cell of a spreadsheet: nothing, text, a number, true or false, or a day.
struct Cell {
  std::variant<std::monostate, std::string, double, bool, Date> value;

  bool empty() const { return std::holds_alternative<std::monostate>(value); }
  const std::string* text() const { return std::get_if<std::string>(&value); }
  const double* number() const { return std::get_if<double>(&value); }
  const bool* truth() const { return std::get_if<bool>(&value); }
  const Date* date() const { return std::get_if<Date>(&value); }
  bool operator==(const Cell&) const = default;
};

/// A table: rows from the top, cells from the left. Rows may differ in length.
struct Sheet {
  std::string name;
  std::vector<std::vector<Cell>> rows;
  bool operator==(const Sheet&) const = default;
};

/// What a spreadsheet file holds, without formats and formulas (of these, the last results).
struct Workbook {
  std::vector<Sheet> sheets;
  bool operator==(const Workbook&) const = default;
};

// Limits of what is read, far above any board and low enough for a browser's memory.
inline constexpr std::size_t kMaxSheets = 64;
inline constexpr std::size_t kMaxSheetRows = 200'000;
inline constexpr std::size_t kMaxSheetColumns = 1024;
inline constexpr std::size_t kMaxSheetCells = 4'000'000;  ///< of all sheets; each row counts as one
inline constexpr std::size_t kMaxCellBytes = std::size_t{128} << 10;
inline constexpr std::size_t kMaxSheetFileBytes = std::size_t{64} << 20;

/// A fault of a spreadsheet and where it is.
struct CellError {
  std::string place;  ///< `Items!C7`; a sheet's name; or empty for the whole file
  ErrorCode code = ErrorCode::wrong_type;
  std::string message;  ///< one sentence: what is wrong and what was expected
  bool operator==(const CellError&) const = default;
};

/// `A`, …, `Z`, `AA`, … of a column counted from 0.
std::string column_letters(std::size_t column);

/// `Items!C7` of a row and a column counted from 0; names that spreadsheets would quote are quoted:
/// `'Lead units'!C7`. Without a sheet's name `C7`.
std::string cell_address(std::string_view sheet, std::size_t row, std::size_t column);

/// The cell as text: days as YYYY-MM-DD, numbers as short as a double allows, `true` or `false`.
std::string cell_text(const Cell& cell);

/// A workbook as JSON, as it crosses the border to JavaScript:
///   {"sheets":[{"name":"Items","rows":[[null,"text",1.5,true,{"date":"2024-03-23"}]]}]}
/// Bytes that are not UTF-8 become U+FFFD. Linear.
std::string workbook_json(const Workbook& workbook);

/// `workbook_json`, a part at a time.
class WorkbookWriter {
 public:
  /// `workbook` has to be there, and as it is, until the last step.
  explicit WorkbookWriter(const Workbook& workbook) : workbook_(workbook) {}
  /// Writes about 128 KB. False when nothing is left to write.
  bool step();
  /// From 0 to 1.
  double progress() const;
  /// After the last step. Once.
  std::string take() { return std::move(text_); }

 private:
  const Workbook& workbook_;
  std::string text_;
  std::size_t sheet_ = 0, row_ = 0;  ///< what comes next
  bool has_ended_ = false;
};

/// Reads that form strictly: unknown members, other types, dates that don't exist and anything over
/// the limits above are errors with their JSON pointers, at most `kMaxErrors`. Linear.
Result<Workbook> parse_workbook(std::string_view json);

/// `parse_workbook`, a part at a time.
class WorkbookReader {
 public:
  /// `json` has to outlive the reader.
  explicit WorkbookReader(std::string_view json);
  ~WorkbookReader();
  WorkbookReader(WorkbookReader&&) noexcept;
  WorkbookReader& operator=(WorkbookReader&&) noexcept;

  /// Reads about 128 KB; what is at fault, in one go. False when nothing is left to read.
  bool step();
  /// From 0 to 1.
  double progress() const;
  /// After the last step. Once.
  Result<Workbook> take();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// A sheet as CSV: UTF-8 with a byte order mark, CR LF, quoted after RFC 4180; every row as long as
/// the longest; texts that a spreadsheet would take for formulas neutralised (`csv_cell`). Linear.
std::string sheet_csv(const Sheet& sheet);

}  // namespace tc
