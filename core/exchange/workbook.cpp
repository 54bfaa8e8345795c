#include "core/exchange/workbook.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "core/exchange/csv.hpp"
#include "core/model/json_parts.hpp"
#include "core/model/json_text.hpp"
#include "core/model/programme_json.hpp"
#include "core/model/progress.hpp"

namespace tc {

namespace {

using nlohmann::json;

constexpr std::size_t kDepth = 12;

/// As short as a double allows: 45, 33.3.
std::string number_text(double value) {
  std::array<char, 40> buffer{};
  for (const int precision : {6, 15, 17}) {
    std::snprintf(buffer.data(), buffer.size(), "%.*g", precision, value);
    if (std::strtod(buffer.data(), nullptr) == value) break;
  }
  return buffer.data();
}

/// Checks and takes over the parts of a workbook.
class Reader {
 public:
  explicit Reader(std::vector<Error>& errors) : errors_(errors) {}

  Workbook workbook(const json& document) {
    Workbook workbook;
    const json* sheets = only_member(document, "", "sheets");
    if (sheets == nullptr) return workbook;
    if (sheets->size() > kMaxSheets) {
      add(ErrorCode::too_large, "/sheets", std::to_string(sheets->size()), kMaxSheets);
      return workbook;
    }
    for (std::size_t i = 0; i < sheets->size(); ++i) {
      workbook.sheets.push_back(sheet((*sheets)[i], child("/sheets", i)));
    }
    return workbook;
  }

  std::vector<Cell> row(const json& value, const std::string& pointer) {
    std::vector<Cell> row;
    if (!value.is_array()) {
      add(ErrorCode::wrong_type, pointer, shown(value), "an array");
      return row;
    }
    if (value.size() > kMaxSheetColumns) {
      add(ErrorCode::too_large, pointer, std::to_string(value.size()), kMaxSheetColumns);
      return row;
    }
    if (cells_ <= kMaxSheetCells && cells_ + value.size() + 1 > kMaxSheetCells) {
      add(ErrorCode::too_large, pointer, std::to_string(cells_ + value.size() + 1), kMaxSheetCells);
    }
    cells_ += value.size() + 1;
    if (cells_ > kMaxSheetCells) return row;
    row.reserve(value.size());
    for (std::size_t i = 0; i < value.size(); ++i) row.push_back(cell(value[i], pointer, i));
    return row;
  }

 private:
  void add(ErrorCode code, std::string pointer, std::string found, std::string expected) {
    if (errors_.size() >= kMaxErrors) return;
    errors_.push_back(
        {code, std::move(pointer), std::move(found), std::move(expected), std::nullopt});
  }
  void add(ErrorCode code, std::string pointer, std::string found, std::size_t limit) {
    add(code, std::move(pointer), std::move(found), std::to_string(limit));
  }

  static std::string shown(const json& value) {
    if (value.is_object()) return "an object";
    if (value.is_array()) return "an array";
    return shorten(value.dump(-1, ' ', false, json::error_handler_t::replace));
  }

  bool object(const json& value, const std::string& pointer,
              std::initializer_list<std::string_view> names) {
    if (!value.is_object()) {
      add(ErrorCode::wrong_type, pointer, shown(value), "an object");
      return false;
    }
    std::string known;
    for (const std::string_view name : names) {
      known += (known.empty() ? "" : ", ") + std::string(name);
    }
    for (const auto& [name, member] : value.items()) {
      if (std::find(names.begin(), names.end(), name) == names.end()) {
        add(ErrorCode::unknown_member, child(pointer, name), shorten(name), known);
      }
    }
    return true;
  }

  const json* only_member(const json& value, const std::string& pointer, const char* name) {
    if (!object(value, pointer, {name})) return nullptr;
    return array(value, pointer, name);
  }

  const json* array(const json& value, const std::string& pointer, const char* name) {
    const auto found = value.find(name);
    if (found == value.end()) {
      add(ErrorCode::missing_member, pointer, name, "an array");
      return nullptr;
    }
    if (!found->is_array()) {
      add(ErrorCode::wrong_type, child(pointer, name), shown(*found), "an array");
      return nullptr;
    }
    return &*found;
  }

  Sheet sheet(const json& value, const std::string& pointer) {
    Sheet sheet;
    if (!object(value, pointer, {"name", "rows"})) return sheet;
    const auto name = value.find("name");
    if (name == value.end()) {
      add(ErrorCode::missing_member, pointer, "name", "a string");
    } else if (!name->is_string()) {
      add(ErrorCode::wrong_type, child(pointer, "name"), shown(*name), "a string");
    } else {
      sheet.name = name->get_ref<const std::string&>();
    }
    const json* rows = array(value, pointer, "rows");
    if (rows == nullptr) return sheet;
    const std::string place = child(pointer, "rows");
    if (rows->size() > kMaxSheetRows) {
      add(ErrorCode::too_large, place, std::to_string(rows->size()), kMaxSheetRows);
      return sheet;
    }
    sheet.rows.reserve(rows->size());
    for (std::size_t i = 0; i < rows->size(); ++i) {
      sheet.rows.push_back(row((*rows)[i], child(place, i)));
      if (cells_ > kMaxSheetCells) break;
    }
    return sheet;
  }

  Cell cell(const json& value, const std::string& row, std::size_t column) {
    if (value.is_null()) return {};
    if (value.is_boolean()) return {value.get<bool>()};
    if (value.is_number()) return {value.get<double>()};
    if (value.is_string()) {
      const auto& text = value.get_ref<const std::string&>();
      if (text.size() > kMaxCellBytes) {
        add(ErrorCode::too_large, child(row, column), std::to_string(text.size()) + " B",
            std::to_string(kMaxCellBytes) + " B");
        return {};
      }
      return {text};
    }
    const std::string pointer = child(row, column);
    if (!value.is_object()) {
      add(ErrorCode::wrong_type, pointer, shown(value), "a cell");
      return {};
    }
    object(value, pointer, {"date"});
    const auto day = value.find("date");
    if (day == value.end()) {
      add(ErrorCode::missing_member, pointer, "date", "a date YYYY-MM-DD");
      return {};
    }
    const auto date =
        day->is_string() ? parse_date(day->get_ref<const std::string&>()) : std::nullopt;
    if (!date) {
      add(ErrorCode::bad_date, child(pointer, "date"), shown(*day), {});
      return {};
    }
    return {*date};
  }

  std::vector<Error>& errors_;
  std::size_t cells_ = 0;
};

json json_of(const Cell& cell) {
  if (const std::string* text = cell.text()) return *text;
  if (const double* number = cell.number()) return *number;
  if (const bool* truth = cell.truth()) return *truth;
  if (const Date* date = cell.date()) return json{{"date", format_date(*date)}};
  return nullptr;
}

void put(std::string& out, const json& value) {
  out += value.dump(-1, ' ', false, json::error_handler_t::replace);
}

void put_row(std::string& out, const std::vector<Cell>& row) {
  out += '[';
  for (const Cell& cell : row) {
    if (&cell != &row.front()) out += ',';
    put(out, json_of(cell));
  }
  out += ']';
}

}  // namespace

std::string column_letters(std::size_t column) {
  std::string letters;
  for (std::size_t rest = column + 1; rest > 0; rest = (rest - 1) / 26) {
    letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
  }
  return letters;
}

std::string cell_address(std::string_view sheet, std::size_t row, std::size_t column) {
  std::string cell = column_letters(column) + std::to_string(row + 1);
  if (sheet.empty()) return cell;
  // Quoted where a formula would need it: anything but letters, digits and _, a digit in front.
  const bool plain = std::all_of(sheet.begin(), sheet.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '_';
  });
  if (plain && !(sheet.front() >= '0' && sheet.front() <= '9')) {
    return std::string(sheet) + '!' + cell;
  }
  std::string quoted = "'";
  for (const char c : sheet) {
    if (c == '\'') quoted += c;
    quoted += c;
  }
  return quoted + "'!" + cell;
}

std::string cell_text(const Cell& cell) {
  if (const std::string* text = cell.text()) return *text;
  if (const double* number = cell.number()) return number_text(*number);
  if (const bool* truth = cell.truth()) return *truth ? "true" : "false";
  if (const Date* date = cell.date()) return format_date(*date);
  return {};
}

bool WorkbookWriter::step() {
  // Written row by row: a document of the whole would take many times the memory.
  if (has_ended_) return false;
  if (text_.empty()) text_ = "{\"sheets\":[";
  const std::size_t before = text_.size();
  while (sheet_ < workbook_.sheets.size()) {
    const Sheet& sheet = workbook_.sheets[sheet_];
    if (row_ == 0) {
      if (sheet_ > 0) text_ += ',';
      text_ += "{\"name\":";
      put(text_, sheet.name);
      text_ += ",\"rows\":[";
    }
    for (; row_ < sheet.rows.size(); ++row_) {
      if (text_.size() - before >= kPartBytes) return true;
      if (row_ > 0) text_ += ',';
      put_row(text_, sheet.rows[row_]);
    }
    text_ += "]}";
    row_ = 0;
    ++sheet_;
  }
  text_ += "]}";
  has_ended_ = true;
  return false;
}

double WorkbookWriter::progress() const {
  if (has_ended_) return 1;
  std::size_t done = row_;
  std::size_t of = 1;
  for (std::size_t i = 0; i < workbook_.sheets.size(); ++i) {
    of += workbook_.sheets[i].rows.size();
    if (i < sheet_) done += workbook_.sheets[i].rows.size();
  }
  return share(done, of);
}

std::string workbook_json(const Workbook& workbook) {
  WorkbookWriter writer(workbook);
  while (writer.step()) {
  }
  return writer.take();
}

struct WorkbookReader::Impl {
  enum class Stage { parts, whole, done };

  explicit Impl(std::string_view json_text) : text(json_text), parts(json_text) {
    if (text.size() > kMaxBytes) stage = Stage::whole;
  }

  void read_parts();
  bool take(const JsonParts::Part& part);
  bool take_in_sheet(const JsonParts::Part& part);
  bool end_sheet();
  void read_whole();

  std::string_view text;
  JsonParts parts;
  std::optional<JsonParts> sheet_parts;  ///< of the sheet that is being read
  std::size_t sheet_begin = 0;
  bool has_sheets = false;
  bool has_name = false, has_rows = false;  ///< that sheet
  Stage stage = Stage::parts;
  std::vector<Error> errors;
  Reader reader{errors};
  Workbook workbook;
  Result<Workbook> result;
};

/// A member of the document or a sheet; false if it isn't as it should be.
bool WorkbookReader::Impl::take(const JsonParts::Part& part) {
  if (!part.is_element) {
    if (part.name != "\"sheets\"" || part.text != "[]" || has_sheets) return false;
    has_sheets = true;
    return true;
  }
  if (!part.text.starts_with('{') || workbook.sheets.size() == kMaxSheets) return false;
  sheet_parts.emplace(part.text);
  sheet_begin = parts.offset() - part.text.size();
  has_name = has_rows = false;
  workbook.sheets.emplace_back();
  return true;
}

bool WorkbookReader::Impl::take_in_sheet(const JsonParts::Part& part) {
  Sheet& sheet = workbook.sheets.back();
  if (part.is_element) {
    if (sheet.rows.size() == kMaxSheetRows) return false;
    // Below the document, its list, the sheet and the list of rows.
    const Result<json> row = parse_json(part.text, kDepth - 4, kMaxBytes);
    if (!row) return false;
    sheet.rows.push_back(reader.row(*row.value, {}));
    return errors.empty();
  }
  if (part.name == "\"rows\"" && !has_rows) {
    has_rows = true;
    return part.text == "[]";
  }
  if (part.name != "\"name\"" || has_name) return false;
  has_name = true;
  const Result<json> name = parse_json(part.text, kDepth, kMaxBytes);
  if (!name || !name.value->is_string()) return false;
  sheet.name = name.value->get_ref<const std::string&>();
  return true;
}

bool WorkbookReader::Impl::end_sheet() {
  const bool good = !sheet_parts->failed() && has_name && has_rows;
  sheet_parts.reset();
  return good;
}

void WorkbookReader::Impl::read_parts() {
  std::size_t read = 0;
  while (read < kPartBytes) {
    const bool in_sheet = sheet_parts.has_value();
    const std::optional<JsonParts::Part> part = in_sheet ? sheet_parts->next() : parts.next();
    bool good = false;
    if (part) {
      good = in_sheet ? take_in_sheet(*part) : take(*part);
      read += in_sheet || !part->is_element ? part->text.size() : 0;
    } else if (in_sheet) {
      good = end_sheet();
    } else if (!parts.failed() && has_sheets) {
      result.value = std::exchange(workbook, {});
      stage = Stage::done;
      return;
    }
    if (!good) {
      stage = Stage::whole;
      return;
    }
  }
}

/// Read in one piece, faults know their places.
void WorkbookReader::Impl::read_whole() {
  stage = Stage::done;
  workbook = {};
  Result<json> document = parse_json(text, kDepth, kMaxBytes);
  if (!document) {
    result.errors = std::move(document.errors);
    return;
  }
  workbook = Reader(result.errors).workbook(*document.value);
  if (result.errors.empty()) result.value = std::move(workbook);
}

WorkbookReader::WorkbookReader(std::string_view text) : impl_(std::make_unique<Impl>(text)) {}
WorkbookReader::~WorkbookReader() = default;
WorkbookReader::WorkbookReader(WorkbookReader&&) noexcept = default;
WorkbookReader& WorkbookReader::operator=(WorkbookReader&&) noexcept = default;

bool WorkbookReader::step() {
  if (impl_->stage == Impl::Stage::parts) {
    impl_->read_parts();
  } else if (impl_->stage == Impl::Stage::whole) {
    impl_->read_whole();
  }
  return impl_->stage != Impl::Stage::done;
}

double WorkbookReader::progress() const {
  const Impl& it = *impl_;
  if (it.stage == Impl::Stage::done) return 1;
  const std::size_t read =
      it.sheet_parts ? it.sheet_begin + it.sheet_parts->offset() : it.parts.offset();
  return share(read, it.text.size() + 1);
}

Result<Workbook> WorkbookReader::take() {
  return std::move(impl_->result);
}

Result<Workbook> parse_workbook(std::string_view text) {
  WorkbookReader reader(text);
  while (reader.step()) {
  }
  return reader.take();
}

std::string sheet_csv(const Sheet& sheet) {
  std::size_t columns = 1;
  for (const std::vector<Cell>& row : sheet.rows) columns = std::max(columns, row.size());
  std::string text = "\xEF\xBB\xBF";
  for (const std::vector<Cell>& row : sheet.rows) {
    for (std::size_t i = 0; i < columns; ++i) {
      if (i > 0) text += ',';
      if (i < row.size()) text += csv_cell(cell_text(row[i]));
    }
    text += "\r\n";
  }
  return text;
}

}  // namespace tc
