#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <exception>
#include <orcus/csv_parser.hpp>
#include <utility>

#include "core/model/utf8.hpp"
#include "native/cli/sheets/spreadsheet_files.hpp"
#include "native/cli/terminal.hpp"

namespace tc::cli {

namespace {

struct TooLarge : std::exception {
  const char* what() const noexcept override { return "too large"; }
};

/// All of the text in UTF-8, or nothing if it isn't in that encoding.
std::optional<std::string> in_utf8(std::string_view bytes, const char* encoding) {
  const iconv_t converter = ::iconv_open("UTF-8", encoding);
  if (converter == reinterpret_cast<iconv_t>(-1)) return std::nullopt;
  std::string text;
  std::array<char, 1 << 16> block{};
  char* from = const_cast<char*>(bytes.data());  // iconv doesn't write there
  std::size_t left = bytes.size();
  bool good = true;
  while (good && left > 0) {
    char* to = block.data();
    std::size_t room = block.size();
    const std::size_t result = ::iconv(converter, &from, &left, &to, &room);
    good = result != static_cast<std::size_t>(-1) || errno == E2BIG;
    text.append(block.data(), block.size() - room);
  }
  ::iconv_close(converter);
  // iconv lets the forms of five and six bytes pass that UTF-8 once had.
  return good && is_utf8(text) ? std::optional(std::move(text)) : std::nullopt;
}

std::optional<std::string> decoded(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xFE")) return in_utf8(bytes.substr(2), "UTF-16LE");
  if (bytes.starts_with("\xFE\xFF")) return in_utf8(bytes.substr(2), "UTF-16BE");
  if (bytes.starts_with("\xEF\xBB\xBF")) return in_utf8(bytes.substr(3), "UTF-8");
  if (auto text = in_utf8(bytes, "UTF-8")) return text;
  return in_utf8(bytes, "GB18030");
}

/// Of the first line, outside of quotation marks.
char delimiter_of(std::string_view text) {
  constexpr std::string_view kDelimiters = ",;\t";
  std::array<std::size_t, kDelimiters.size()> counts{};
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '\n') break;
    const std::size_t which = kDelimiters.find(c);
    if (which != std::string_view::npos) ++counts[which];
  }
  return kDelimiters[static_cast<std::size_t>(std::max_element(counts.begin(), counts.end()) -
                                              counts.begin())];
}

/// The text with lines that end with a line feed alone: Orcus refuses a CR after a quoted cell.
/// What stands within quotation marks stays. Nothing when one of these isn't closed: Orcus would
/// read a byte too many then.
std::optional<std::string> with_plain_line_ends(std::string_view text, char delimiter) {
  std::string out;
  out.reserve(text.size());
  bool quoted = false;
  bool begins = true;  // a cell; elsewhere a quotation mark is an ordinary character
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool ends_line = c == '\r' && (i + 1 == text.size() || text[i + 1] == '\n');
    if (!quoted && ends_line) continue;
    out += c;
    if (c == '"' && (quoted || begins)) {
      // A doubled one closes and opens again.
      quoted = !quoted;
      begins = !quoted && i + 1 < text.size() && text[i + 1] == '"';
    } else {
      begins = !quoted && (c == delimiter || c == '\n');
    }
  }
  if (quoted) return std::nullopt;
  return out;
}

struct Handler {
  Sheet sheet;
  std::size_t cells = 0;

  void begin_parse() {}
  void end_parse() {}
  void begin_row() {
    if (sheet.rows.size() >= kMaxSheetRows) throw TooLarge();
    ++cells;
    sheet.rows.emplace_back();
  }
  void end_row() {
    std::vector<Cell>& row = sheet.rows.back();
    while (!row.empty() && row.back().empty()) row.pop_back();
  }
  void cell(const char* p, std::size_t n, bool /*transient*/) {
    if (n > kMaxCellBytes || sheet.rows.back().size() >= kMaxSheetColumns ||
        ++cells > kMaxSheetCells) {
      throw TooLarge();
    }
    const std::string_view text(p, n);
    sheet.rows.back().push_back(text.empty() ? Cell{} : Cell{std::string(text)});
  }
};

}  // namespace

LoadedWorkbook read_csv(const std::string& bytes, const std::string& name, Language language) {
  LoadedWorkbook loaded;
  const auto too_large = [&] {
    loaded.faults.push_back(
        fault_of({ErrorCode::too_large,
                  {},
                  std::to_string(bytes.size()) + " B",
                  std::to_string(kMaxSheetRows) + " × " + std::to_string(kMaxSheetColumns) + ", " +
                      std::to_string(kMaxSheetFileBytes >> 20U) + " MiB",
                  std::nullopt},
                 language));
    return loaded;
  };
  const auto broken = [&](const std::string& what) {
    loaded.faults.push_back({"wrong-format",
                             {},
                             pick(language, "不是有效的 CSV；应为以逗号分隔的表格：",
                                  "not CSV; expected a table separated by commas: ") +
                                 what,
                             std::nullopt});
    return loaded;
  };
  if (auto fault = old_format(bytes, language)) {
    loaded.faults.push_back(std::move(*fault));
    return loaded;
  }
  if (bytes.size() > kMaxSheetFileBytes) return too_large();
  std::optional<std::string> file = decoded(bytes);
  // Orcus would pass over another one.
  while (file && file->starts_with("\xEF\xBB\xBF")) file->erase(0, 3);
  if (!file || file->find('\0') != std::string::npos) {
    return broken(pick(language, "编码既不是 UTF-8 也不是 GB18030",
                       "the encoding is neither UTF-8 nor GB18030"));
  }
  Handler handler;
  handler.sheet.name = name;
  const char delimiter = delimiter_of(*file);
  const std::optional<std::string> text = with_plain_line_ends(*file, delimiter);
  if (!text) {
    return broken(pick(language, "有一个引号没有成对", "a quotation mark is not closed"));
  }
  orcus::csv::parser_config config;
  config.delimiters = delimiter;
  config.text_qualifier = '"';
  config.trim_cell_value = false;
  try {
    orcus::csv_parser<Handler> parser(text->data(), text->size(), handler, config);
    parser.parse();
  } catch (const TooLarge&) {
    return too_large();
  } catch (const std::exception& error) {
    return broken(error.what());
  }
  loaded.workbook.emplace();
  loaded.workbook->sheets.push_back(std::move(handler.sheet));
  return loaded;
}

}  // namespace tc::cli
