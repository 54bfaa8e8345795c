#include <zip.h>

#include <algorithm>
#include <cmath>
#include <deque>
#include <exception>
#include <memory>
#include <orcus/orcus_xlsx.hpp>
#include <orcus/spreadsheet/import_interface.hpp>
#include <stdexcept>
#include <utility>

#include "native/cli/sheets/spreadsheet_files.hpp"
#include "native/cli/terminal.hpp"

namespace tc::cli {

namespace {

namespace os = orcus::spreadsheet;

/// Unpacked parts of a file together; far above what a board needs.
constexpr std::size_t kMaxUnpackedBytes = std::size_t{256} << 20;

/// Thrown through the library when a limit is passed, and caught in `read_xlsx`.
struct TooLarge : std::exception {
  const char* what() const noexcept override { return "too large"; }
};

/// `_x000D_` and the like stand for characters that XML can't hold.
std::string without_escapes(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned code = 0;
    bool escape = text.substr(i, 2) == "_x" && i + 6 < text.size() && text[i + 6] == '_';
    for (std::size_t k = i + 2; escape && k < i + 6; ++k) {
      const char c = text[k];
      const int digit = c >= '0' && c <= '9'   ? c - '0'
                        : c >= 'A' && c <= 'F' ? c - 'A' + 10
                        : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                               : -1;
      escape = digit >= 0;
      code = code * 16 + static_cast<unsigned>(digit);
    }
    if (!escape || code == 0 || code >= 0x80) {
      result += text[i];
    } else {
      result += static_cast<char>(code);
      i += 6;
    }
  }
  return result;
}

class Strings : public os::iface::import_shared_strings {
 public:
  std::size_t append(std::string_view s) override { return keep(s); }
  std::size_t add(std::string_view s) override { return keep(s); }
  void set_segment_font(std::size_t) override {}
  void set_segment_bold(bool) override {}
  void set_segment_italic(bool) override {}
  void set_segment_font_name(std::string_view) override {}
  void set_segment_font_size(double) override {}
  void set_segment_font_color(os::color_elem_t, os::color_elem_t, os::color_elem_t,
                              os::color_elem_t) override {}
  void append_segment(std::string_view s) override { segments_ += s; }
  std::size_t commit_segments() override {
    const std::size_t index = keep(segments_);
    segments_.clear();
    return index;
  }
  std::string at(std::size_t index) const {
    return index < texts_.size() ? texts_[index] : std::string();
  }

 private:
  std::size_t keep(std::string_view s) {
    texts_.push_back(without_escapes(s));
    return texts_.size() - 1;
  }
  std::vector<std::string> texts_;
  std::string segments_;
};

/// Whether a number with this format code is shown as a day: it has a day or a year in it.
bool is_date_format(std::string_view code) {
  bool quoted = false;
  bool bracket = false;
  for (std::size_t i = 0; i < code.size(); ++i) {
    const char c = code[i];
    if (quoted) {
      quoted = c != '"';
    } else if (bracket) {
      bracket = c != ']';
    } else if (c == '"') {
      quoted = true;
    } else if (c == '[') {
      bracket = true;
    } else if (c == '\\' || c == '_' || c == '*') {
      ++i;
    } else if (c == ';') {
      return false;
    } else if (c == 'y' || c == 'Y' || c == 'd' || c == 'D' || c == 'e') {
      return true;
    }
  }
  return false;
}

/// Formats that spreadsheets know by number: dates of all countries, and those of China.
bool is_date_format(std::size_t id) {
  return (id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || id == 36 ||
         (id >= 50 && id <= 54) || id == 57 || id == 58;
}

/// Of all styles only what tells days from numbers.
class Styles : public os::iface::import_styles {
 public:
  void set_number_format_identifier(std::size_t id) override { id_ = id; }
  void set_number_format_code(std::string_view code) override { code_ = code; }
  std::size_t commit_number_format() override {
    dates_.emplace_back(id_, is_date_format(code_));
    return dates_.size() - 1;
  }
  void set_xf_number_format(std::size_t id) override { xf_ = id; }
  std::size_t commit_cell_xf() override {
    bool date = is_date_format(xf_);
    for (const auto& [id, is_date] : dates_) {
      if (id == xf_) date = is_date;
    }
    xfs_.push_back(date);
    xf_ = 0;
    return xfs_.size() - 1;
  }
  bool is_date(std::size_t xf) const { return xf < xfs_.size() && xfs_[xf]; }

  void set_font_count(std::size_t) override {}
  void set_font_bold(bool) override {}
  void set_font_italic(bool) override {}
  void set_font_name(std::string_view) override {}
  void set_font_size(double) override {}
  void set_font_underline(os::underline_t) override {}
  void set_font_underline_width(os::underline_width_t) override {}
  void set_font_underline_mode(os::underline_mode_t) override {}
  void set_font_underline_type(os::underline_type_t) override {}
  void set_font_underline_color(os::color_elem_t, os::color_elem_t, os::color_elem_t,
                                os::color_elem_t) override {}
  void set_font_color(os::color_elem_t, os::color_elem_t, os::color_elem_t,
                      os::color_elem_t) override {}
  void set_strikethrough_style(os::strikethrough_style_t) override {}
  void set_strikethrough_type(os::strikethrough_type_t) override {}
  void set_strikethrough_width(os::strikethrough_width_t) override {}
  void set_strikethrough_text(os::strikethrough_text_t) override {}
  std::size_t commit_font() override { return 0; }
  void set_fill_count(std::size_t) override {}
  void set_fill_pattern_type(os::fill_pattern_t) override {}
  void set_fill_fg_color(os::color_elem_t, os::color_elem_t, os::color_elem_t,
                         os::color_elem_t) override {}
  void set_fill_bg_color(os::color_elem_t, os::color_elem_t, os::color_elem_t,
                         os::color_elem_t) override {}
  std::size_t commit_fill() override { return 0; }
  void set_border_count(std::size_t) override {}
  void set_border_style(os::border_direction_t, os::border_style_t) override {}
  void set_border_color(os::border_direction_t, os::color_elem_t, os::color_elem_t,
                        os::color_elem_t, os::color_elem_t) override {}
  void set_border_width(os::border_direction_t, double, orcus::length_unit_t) override {}
  std::size_t commit_border() override { return 0; }
  void set_cell_hidden(bool) override {}
  void set_cell_locked(bool) override {}
  void set_cell_print_content(bool) override {}
  void set_cell_formula_hidden(bool) override {}
  std::size_t commit_cell_protection() override { return 0; }
  void set_number_format_count(std::size_t) override {}
  void set_cell_xf_count(std::size_t) override {}
  void set_cell_style_xf_count(std::size_t) override {}
  void set_dxf_count(std::size_t) override {}
  void set_xf_font(std::size_t) override {}
  void set_xf_fill(std::size_t) override {}
  void set_xf_border(std::size_t) override {}
  void set_xf_protection(std::size_t) override {}
  void set_xf_style_xf(std::size_t) override {}
  void set_xf_apply_alignment(bool) override {}
  void set_xf_horizontal_alignment(os::hor_alignment_t) override {}
  void set_xf_vertical_alignment(os::ver_alignment_t) override {}
  std::size_t commit_cell_style_xf() override { return 0; }
  std::size_t commit_dxf() override { return 0; }
  void set_cell_style_count(std::size_t) override {}
  void set_cell_style_name(std::string_view) override {}
  void set_cell_style_xf(std::size_t) override {}
  void set_cell_style_builtin(std::size_t) override {}
  void set_cell_style_parent_name(std::string_view) override {}
  std::size_t commit_cell_style() override { return 0; }

 private:
  std::size_t id_ = 0;
  std::string code_;
  std::size_t xf_ = 0;
  std::vector<std::pair<std::size_t, bool>> dates_;
  std::vector<bool> xfs_;
};

/// What all sheets share.
struct Parts {
  Strings strings;
  Styles styles;
  std::size_t cells = 0;
  int origin_offset = 0;  ///< days that the file's day 0 is after 1899-12-30
};

/// Takes the results of formulas.
class SheetPart;
class Formula : public os::iface::import_formula {
 public:
  explicit Formula(SheetPart& sheet) : sheet_(sheet) {}
  void set_position(os::row_t row, os::col_t column) override {
    row_ = row;
    column_ = column;
    result_ = {};
  }
  void set_formula(os::formula_grammar_t, std::string_view) override {}
  void set_shared_formula_index(std::size_t) override {}
  void set_result_string(std::string_view value) override {
    result_.value = without_escapes(value);
  }
  void set_result_value(double value) override { result_.value = value; }
  void set_result_bool(bool value) override { result_.value = value; }
  void set_result_empty() override { result_ = {}; }
  void commit() override;

 private:
  SheetPart& sheet_;
  os::row_t row_ = 0;
  os::col_t column_ = 0;
  Cell result_;
};

class SheetPart : public os::iface::import_sheet {
 public:
  SheetPart(Parts& parts, std::string name) : parts_(parts), formula_(*this) {
    sheet_.name = std::move(name);
  }

  os::iface::import_formula* get_formula() override { return &formula_; }
  void set_auto(os::row_t row, os::col_t column, std::string_view text) override {
    put(row, column, {without_escapes(text)});
  }
  void set_string(os::row_t row, os::col_t column, os::string_id_t index) override {
    put(row, column, {parts_.strings.at(index)});
  }
  void set_value(os::row_t row, os::col_t column, double value) override {
    put(row, column, {value});
  }
  void set_bool(os::row_t row, os::col_t column, bool value) override { put(row, column, {value}); }
  void set_date_time(os::row_t row, os::col_t column, int year, int month, int day, int, int,
                     double) override {
    if (const auto date = make_date(year, month, day)) put(row, column, {*date});
  }
  void set_format(os::row_t row, os::col_t column, std::size_t xf) override {
    if (parts_.styles.is_date(xf)) formats_.emplace_back(row, column);
  }
  void set_format(os::row_t, os::col_t, os::row_t, os::col_t, std::size_t) override {}
  void fill_down_cells(os::row_t row, os::col_t column, os::row_t range) override {
    const Cell cell = at(row, column);
    for (os::row_t i = 1; i <= range; ++i) put(row + i, column, cell);
  }
  os::range_size_t get_sheet_size() const override { return {1048576, 16384}; }

  void put(os::row_t row, os::col_t column, Cell cell) {
    if (cell.empty() || row < 0 || column < 0) return;
    const auto r = static_cast<std::size_t>(row);
    const auto c = static_cast<std::size_t>(column);
    if (r >= kMaxSheetRows || c >= kMaxSheetColumns) throw TooLarge();
    if (const std::string* text = cell.text(); text != nullptr && text->size() > kMaxCellBytes) {
      throw TooLarge();
    }
    if (sheet_.rows.size() <= r) {
      parts_.cells += r + 1 - sheet_.rows.size();
      sheet_.rows.resize(r + 1);
    }
    std::vector<Cell>& cells = sheet_.rows[r];
    if (cells.size() <= c) {
      parts_.cells += c + 1 - cells.size();
      if (parts_.cells > kMaxSheetCells) throw TooLarge();
      cells.resize(c + 1);
    }
    cells[c] = std::move(cell);
  }

  Sheet take() {
    for (const auto& [row, column] : formats_) {
      const Cell cell = at(row, column);
      const double* serial = cell.number();
      if (serial == nullptr || *serial < 1 || *serial >= 200000) continue;
      const int days = static_cast<int>(std::floor(*serial)) + parts_.origin_offset;
      if (days == 60) continue;  // 1900-02-29, which never was
      const YearMonthDay day = civil(Date{days - (days < 60 ? 25568 : 25569)});
      if (const auto date = make_date(day.year, day.month, day.day)) put(row, column, {*date});
    }
    return std::move(sheet_);
  }

 private:
  Cell at(os::row_t row, os::col_t column) const {
    const auto r = static_cast<std::size_t>(row);
    const auto c = static_cast<std::size_t>(column);
    if (row < 0 || column < 0 || r >= sheet_.rows.size() || c >= sheet_.rows[r].size()) return {};
    return sheet_.rows[r][c];
  }

  Parts& parts_;
  Formula formula_;
  Sheet sheet_;
  std::vector<std::pair<os::row_t, os::col_t>> formats_;
};

void Formula::commit() {
  sheet_.put(row_, column_, std::move(result_));
  result_ = {};
}

class Settings : public os::iface::import_global_settings {
 public:
  explicit Settings(Parts& parts) : parts_(parts) {}
  void set_origin_date(int year, int month, int day) override {
    const auto origin = make_date(year, month, day);
    const auto usual = make_date(1904, 1, 1);
    if (origin && usual && *origin == *usual) parts_.origin_offset = 1462;
  }
  void set_default_formula_grammar(os::formula_grammar_t grammar) override { grammar_ = grammar; }
  os::formula_grammar_t get_default_formula_grammar() const override { return grammar_; }
  void set_character_set(orcus::character_set_t) override {}

 private:
  Parts& parts_;
  os::formula_grammar_t grammar_ = os::formula_grammar_t::xlsx;
};

/// Reads addresses of cells: C7 or C7:D9.
class Resolver : public os::iface::import_reference_resolver {
 public:
  os::src_address_t resolve_address(std::string_view address) override {
    os::src_address_t result{0, 0, 0};
    std::size_t i = 0;
    for (; i < address.size(); ++i) {
      const char c = address[i];
      if (c == '$') continue;
      const int letter = c >= 'A' && c <= 'Z' ? c - 'A' : c >= 'a' && c <= 'z' ? c - 'a' : -1;
      if (letter < 0) break;
      result.column = std::min(result.column * 26 + letter + 1, 1 << 20);
    }
    for (; i < address.size(); ++i) {
      const char c = address[i];
      if (c == '$') continue;
      if (c < '0' || c > '9') throw std::invalid_argument("address of a cell");
      result.row = std::min(result.row * 10 + (c - '0'), 1 << 24);
    }
    if (result.column == 0 || result.row == 0) throw std::invalid_argument("address of a cell");
    --result.column;
    --result.row;
    return result;
  }
  os::src_range_t resolve_range(std::string_view range) override {
    const std::size_t colon = range.find(':');
    const os::src_address_t first = resolve_address(range.substr(0, colon));
    if (colon == std::string_view::npos) return {first, first};
    return {first, resolve_address(range.substr(colon + 1))};
  }
};

class Factory : public os::iface::import_factory {
 public:
  os::iface::import_global_settings* get_global_settings() override { return &settings_; }
  os::iface::import_shared_strings* get_shared_strings() override { return &parts_.strings; }
  os::iface::import_styles* get_styles() override { return &parts_.styles; }
  os::iface::import_reference_resolver* get_reference_resolver(os::formula_ref_context_t) override {
    return &resolver_;
  }
  os::iface::import_sheet* append_sheet(os::sheet_t, std::string_view name) override {
    if (sheets_.size() >= kMaxSheets) throw TooLarge();
    names_.emplace_back(name);
    return &sheets_.emplace_back(parts_, std::string(name));
  }
  os::iface::import_sheet* get_sheet(std::string_view name) override {
    for (std::size_t i = 0; i < names_.size(); ++i) {
      if (names_[i] == name) return &sheets_[i];
    }
    return nullptr;
  }
  os::iface::import_sheet* get_sheet(os::sheet_t index) override {
    const auto i = static_cast<std::size_t>(index);
    return index >= 0 && i < sheets_.size() ? &sheets_[i] : nullptr;
  }
  void finalize() override {}

  Workbook take() {
    Workbook workbook;
    for (SheetPart& sheet : sheets_) workbook.sheets.push_back(sheet.take());
    return workbook;
  }

 private:
  Parts parts_;
  Settings settings_{parts_};
  Resolver resolver_;
  std::deque<SheetPart> sheets_;
  std::vector<std::string> names_;
};

Fault too_large(Language language) {
  return fault_of({ErrorCode::too_large,
                   {},
                   pick(language, "展开后", "unpacked"),
                   std::to_string(kMaxSheetRows) + " × " + std::to_string(kMaxSheetColumns) + ", " +
                       std::to_string(kMaxSheetCells) + ", " +
                       std::to_string(kMaxUnpackedBytes >> 20U) + " MiB",
                   std::nullopt},
                  language);
}

Fault broken(Language language, const std::string& what) {
  return {"wrong-format",
          {},
          pick(language, "不是完好的 .xlsx 文件；应为 Excel、WPS 或 LibreOffice 另存的 .xlsx",
               "not an .xlsx file in order; expected one saved by Excel, WPS or LibreOffice") +
              (what.empty() ? "" : " (" + shorten(what, 120) + ")"),
          std::nullopt};
}

/// Unpacks every part once: sizes within the limits, checksums right. The parser after it need not
/// expect random damage.
std::optional<Fault> check_archive(const std::string& bytes, Language language) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  if (source == nullptr) return broken(language, zip_error_strerror(&error));
  zip_t* opened = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
  if (opened == nullptr) {
    std::string what = zip_error_strerror(&error);
    zip_source_free(source);
    zip_error_fini(&error);
    return broken(language, what);
  }
  const std::unique_ptr<zip_t, void (*)(zip_t*)> archive(opened, zip_discard);
  const zip_int64_t count = zip_get_num_entries(archive.get(), 0);
  if (count > 10'000) return too_large(language);
  std::size_t total = 0;
  std::vector<char> block(std::size_t{64} << 10);
  bool workbook = false;
  for (zip_int64_t i = 0; i < count; ++i) {
    const auto index = static_cast<zip_uint64_t>(i);
    const char* name = zip_get_name(archive.get(), index, 0);
    workbook = workbook || (name != nullptr && std::string_view(name) == "[Content_Types].xml");
    const std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> part(
        zip_fopen_index(archive.get(), index, 0), zip_fclose);
    if (!part) return broken(language, zip_strerror(archive.get()));
    for (;;) {
      const zip_int64_t got = zip_fread(part.get(), block.data(), block.size());
      if (got < 0) return broken(language, zip_file_strerror(part.get()));
      if (got == 0) break;
      total += static_cast<std::size_t>(got);
      if (total > kMaxUnpackedBytes) return too_large(language);
    }
  }
  if (!workbook) return broken(language, {});
  return std::nullopt;
}

}  // namespace

std::optional<Fault> old_format(const std::string& bytes, Language language) {
  if (!bytes.starts_with("\xD0\xCF\x11\xE0")) return std::nullopt;
  return Fault{
      "wrong-format",
      {},
      pick(language,
           "是旧格式的 .xls 文件（或有密码的表格）；应先用 Excel 或 WPS 另存为不带密码的 .xlsx",
           "an .xls file of the old format, or a spreadsheet with a password; expected it "
           "saved as .xlsx without a password first"),
      std::nullopt};
}

LoadedWorkbook read_xlsx(const std::string& bytes, Language language) {
  LoadedWorkbook loaded;
  if (auto fault = old_format(bytes, language)) {
    loaded.faults.push_back(std::move(*fault));
    return loaded;
  }
  if (bytes.size() > kMaxSheetFileBytes) {
    loaded.faults.push_back(too_large(language));
    return loaded;
  }
  if (auto fault = check_archive(bytes, language)) {
    loaded.faults.push_back(std::move(*fault));
    return loaded;
  }
  try {
    Factory factory;
    orcus::orcus_xlsx filter(&factory);
    filter.read_stream(bytes);
    Workbook workbook = factory.take();
    if (workbook.sheets.empty()) {
      loaded.faults.push_back(broken(language, {}));
    } else {
      loaded.workbook = std::move(workbook);
    }
  } catch (const TooLarge&) {
    loaded.faults.push_back(too_large(language));
  } catch (const std::exception& error) {
    loaded.faults.push_back(broken(language, error.what()));
  }
  return loaded;
}

}  // namespace tc::cli
