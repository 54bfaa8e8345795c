#include <stdlib.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

#include "native/cli/sheets/spreadsheet_files.hpp"
#include "native/cli/terminal.hpp"

namespace tc::cli {

namespace {

constexpr std::size_t kMaxCharacters = 32767;  // of a cell, in UTF-16

std::size_t utf16_length(std::string_view text) {
  std::size_t length = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0U) != 0x80U) length += byte >= 0xF0 ? 2 : 1;
  }
  return length;
}

/// What looks like an escape of a character (`_x000D_`) gets its own first character escaped.
std::string escaped(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool looks = text.substr(i, 2) == "_x" && i + 6 < text.size() && text[i + 6] == '_' &&
                       std::all_of(text.begin() + static_cast<std::ptrdiff_t>(i) + 2,
                                   text.begin() + static_cast<std::ptrdiff_t>(i) + 6, [](char c) {
                                     return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') ||
                                            (c >= 'A' && c <= 'F');
                                   });
    result += looks ? "_x005F_" : std::string(1, text[i]);
  }
  return result;
}

/// A folder of its own that goes with everything in it.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::error_code failure;
    std::string name =
        (std::filesystem::temp_directory_path(failure) / "tongcheng.XXXXXX").string();
    if (!failure && ::mkdtemp(name.data()) != nullptr) path_ = name;
  }
  ~TemporaryFolder() {
    std::error_code failure;
    if (!path_.empty()) std::filesystem::remove_all(path_, failure);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

struct Formats {
  lxw_format* date;
  lxw_format* heading;
  lxw_format* text;
};

lxw_error write_cell(lxw_worksheet* target, std::size_t row, std::size_t column, const Cell& cell,
                     const Formats& formats, bool heading) {
  const auto r = static_cast<lxw_row_t>(row);
  const auto c = static_cast<lxw_col_t>(column);
  if (const std::string* text = cell.text()) {
    return worksheet_write_string(target, r, c, escaped(*text).c_str(),
                                  heading ? formats.heading : formats.text);
  }
  if (const double* number = cell.number()) {
    return worksheet_write_number(target, r, c, *number, nullptr);
  }
  if (const bool* truth = cell.truth()) {
    return worksheet_write_boolean(target, r, c, *truth ? 1 : 0, nullptr);
  }
  if (const Date* date = cell.date()) {
    // Excel's day 1 is 1900-01-01, and it takes 1900 for a leap year.
    const int serial = date->days + (date->days < -25508 ? 25568 : 25569);
    return worksheet_write_number(target, r, c, serial, formats.date);
  }
  return LXW_NO_ERROR;
}

}  // namespace

WrittenWorkbook write_xlsx(const Workbook& workbook, Language language) {
  WrittenWorkbook written;
  const auto fail = [&](const std::string& what) {
    written.problem = pick(language, "无法生成 .xlsx：", "no .xlsx can be made: ") + what;
    return written;
  };
  for (const Sheet& sheet : workbook.sheets) {
    for (std::size_t r = 0; r < sheet.rows.size(); ++r) {
      for (std::size_t c = 0; c < sheet.rows[r].size(); ++c) {
        const std::string* text = sheet.rows[r][c].text();
        if (text != nullptr && utf16_length(*text) > kMaxCharacters) {
          return fail(cell_address(sheet.name, r, c) +
                      pick(language, " 的文字过长；最多 32767 字",
                           " is too long; expected at most 32767 characters"));
        }
      }
    }
  }
  const TemporaryFolder folder;
  if (folder.path().empty()) return fail(pick(language, "没有临时文件夹", "no temporary folder"));
  const std::string path = folder.path() / "workbook.xlsx";
  lxw_workbook* book = workbook_new(path.c_str());
  if (book == nullptr) return fail(pick(language, "内存不足", "out of memory"));
  // The same content gives the same bytes.
  lxw_doc_properties properties = {};
  properties.created = 946684800;  // 2000-01-01
  workbook_set_properties(book, &properties);
  Formats formats{workbook_add_format(book), workbook_add_format(book), workbook_add_format(book)};
  format_set_num_format(formats.date, "yyyy-mm-dd");
  format_set_bold(formats.heading);
  format_set_text_wrap(formats.heading);
  format_set_num_format(formats.text, "@");
  lxw_error error = LXW_NO_ERROR;
  for (const Sheet& sheet : workbook.sheets) {
    lxw_worksheet* target = workbook_add_worksheet(book, sheet.name.c_str());
    if (target == nullptr) {
      error = LXW_ERROR_INVALID_SHEETNAME_CHARACTER;
      break;
    }
    const auto headings = std::find_if(sheet.rows.begin(), sheet.rows.end(), [](const auto& row) {
      return row.size() > 2 && std::all_of(row.begin(), row.end(),
                                           [](const Cell& cell) { return cell.text() != nullptr; });
    });
    const auto heading_row = static_cast<std::size_t>(headings - sheet.rows.begin());
    for (std::size_t r = 0; r < sheet.rows.size() && error == LXW_NO_ERROR; ++r) {
      for (std::size_t c = 0; c < sheet.rows[r].size() && error == LXW_NO_ERROR; ++c) {
        error = write_cell(target, r, c, sheet.rows[r][c], formats, r == heading_row);
      }
    }
    if (headings != sheet.rows.end()) {
      worksheet_freeze_panes(target, static_cast<lxw_row_t>(heading_row + 1), 1);
      worksheet_set_column(target, 0, static_cast<lxw_col_t>(headings->size() - 1), 16, nullptr);
    } else {
      worksheet_set_column(target, 0, 1, 24, nullptr);
    }
  }
  const lxw_error closed = workbook_close(book);  // frees it in any case
  if (error == LXW_NO_ERROR) error = closed;
  if (error != LXW_NO_ERROR) return fail(lxw_strerror(error));
  std::ifstream file(path, std::ios::binary);
  written.bytes.assign(std::istreambuf_iterator<char>(file), {});
  if (written.bytes.empty()) return fail(pick(language, "临时文件不可读", "it can't be read back"));
  return written;
}

}  // namespace tc::cli
