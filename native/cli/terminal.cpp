#include "native/cli/terminal.hpp"

#include <wchar.h>

#include <algorithm>
#include <clocale>
#include <cwchar>
#include <utility>

namespace tc::cli {

namespace {

struct Character {
  char32_t point;
  std::size_t bytes;
};

/// The first character of `text`, which is not empty; U+FFFD for a byte that begins none.
Character first_character(std::string_view text) {
  const auto byte = [text](std::size_t i) -> char32_t {
    return static_cast<unsigned char>(text[i]);
  };
  const char32_t lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const std::size_t bytes = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < bytes) return {0xFFFD, 1};
  char32_t point = lead & (0xFFU >> (bytes + 1));
  for (std::size_t i = 1; i < bytes; ++i) {
    if ((byte(i) & 0xC0U) != 0x80) return {0xFFFD, 1};
    point = point << 6U | (byte(i) & 0x3FU);
  }
  return {point, bytes};
}

bool steers(char32_t point) {
  return point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0x2028 || point == 0x2029 ||
         (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
}

}  // namespace

void prepare_terminal() {
  // wcwidth answers by locale; which UTF-8 locale it is makes no difference.
  for (const char* name : {"C.UTF-8", "en_US.UTF-8", "zh_CN.UTF-8", ""}) {
    if (std::setlocale(LC_CTYPE, name) != nullptr) return;
  }
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    const Character character = first_character(text);
    const int columns = ::wcwidth(static_cast<wchar_t>(character.point));
    width += columns < 0 ? 1U : static_cast<std::size_t>(columns);
    text.remove_prefix(character.bytes);
  }
  return width;
}

std::string printable(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) {
    const Character character = first_character(text);
    if (character.point == '\n' || character.point == '\r' || character.point == '\t') {
      result += ' ';
    } else if (steers(character.point) || character.point == 0xFFFD) {
      result += "\xEF\xBF\xBD";
    } else {
      result += text.substr(0, character.bytes);
    }
    text.remove_prefix(character.bytes);
  }
  return result;
}

void Table::column(Align align, std::string heading) {
  aligns_.push_back(align);
  headings_.push_back(std::move(heading));
}

void Table::row(std::vector<std::string> cells) {
  cells.resize(aligns_.size());
  rows_.push_back(std::move(cells));
}

std::string Table::text() const {
  std::vector<const std::vector<std::string>*> lines;
  const bool headed = std::any_of(headings_.begin(), headings_.end(),
                                  [](const std::string& heading) { return !heading.empty(); });
  if (headed) lines.push_back(&headings_);
  for (const auto& row : rows_) lines.push_back(&row);

  std::vector<std::size_t> widths(aligns_.size(), 0);
  for (std::size_t i = 0; i < widths.size(); ++i) {
    for (const auto& row : rows_) {
      widths[i] = std::max(widths[i], display_width(printable(row[i])));
    }
    if (widths[i] > 0) widths[i] = std::max(widths[i], display_width(headings_[i]));
  }
  std::string text;
  for (const auto* line : lines) {
    std::string out;
    for (std::size_t i = 0; i < widths.size(); ++i) {
      if (widths[i] == 0) continue;
      const std::string cell = printable((*line)[i]);
      const std::string gap(widths[i] - display_width(cell), ' ');
      out += "  " + (aligns_[i] == Align::left ? cell + gap : gap + cell);
    }
    out.erase(out.find_last_not_of(' ') + 1);
    text += out + '\n';
  }
  return text;
}

}  // namespace tc::cli
