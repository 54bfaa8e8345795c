// Days, times and numbers as people and files write them, a line each.

#include <cmath>
#include <cstdlib>
#include <cstring>

#include "core/exchange/csv.hpp"
#include "core/exchange/ics.hpp"
#include "core/exchange/xml_text.hpp"
#include "core/ledger/entry.hpp"
#include "core/ledger/keyed_document.hpp"
#include "core/model/date.hpp"
#include "core/model/item_query.hpp"
#include "core/model/number_text.hpp"
#include "core/model/utf8.hpp"
#include "tests/fuzz/target.hpp"

using namespace tc;
using fuzz::require;

namespace {

void check(const std::string& text) {
  if (const auto date = parse_date(text)) {
    require(format_date(*date) == text, "a day is written as it was read");
    require(read_date(text) == date, "people may write it so, too");
  }
  if (const auto date = read_date(text)) {
    require(parse_date(format_date(*date)) == date, "a day that people write is one");
  }
  if (is_time(text)) {
    require(format_time(milliseconds_of(text)) == text, "a time is written as it was read");
  }
  if (const auto tokens = pointer_tokens(text)) {
    std::string pointer;
    for (const std::string& token : *tokens) pointer = child(pointer, token);
    require(pointer_tokens(pointer) == tokens, "a pointer is put together again");
    require(is_prefix(text, text), "a place holds itself");
  }
  double number = std::strtod(text.c_str(), nullptr);
  if (text.size() == sizeof number) std::memcpy(&number, text.data(), sizeof number);
  if (std::isfinite(number)) {
    const double read = std::strtod(number_text(number).c_str(), nullptr);
    require(std::abs(read - number) <= 1e-6 * std::abs(number), "a number keeps six digits");
  }
  // What is searched has been read from JSON, which is UTF-8.
  const std::string folded = fold_for_search(as_utf8(text));
  require(fold_for_search(folded) == folded, "folding twice changes nothing");

  require(without_guard(text).size() + 1 >= text.size(), "a guard is one sign");
  const std::string cell = csv_cell(text);
  require(cell.empty() || std::string_view("=@\t\r").find(cell[0]) == std::string_view::npos,
          "a cell is no formula");
  const std::string xml = xml_text(text);
  require(xml.find_first_of("<>\"\n\r\t") == std::string::npos, "nothing of it is markup");
  require(ics_text(text).find_first_of("\r\n") == std::string::npos, "a value stays on its line");
  const std::string line = ics_line("SUMMARY:" + ics_text(text));
  require(line.ends_with("\r\n"), "a line ends");
  for (std::size_t begin = 0; begin < line.size();) {
    const std::size_t end = line.find("\r\n", begin);
    require(end != std::string::npos && end - begin <= 75, "no line is too long");
    begin = end + 2;
  }
  (void)shorten(text, 10);
}

}  // namespace

TONGCHENG_FUZZ_TARGET(text) {
  for (const std::string_view line : fuzz::lines_of(bytes)) check(std::string(line));
  check(std::string(bytes));
}
