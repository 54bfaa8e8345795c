// A workbook as it comes from the browser's reader.

#include "core/exchange/workbook.hpp"
#include "tests/fuzz/target.hpp"

using namespace tc;
using fuzz::require;

TONGCHENG_FUZZ_TARGET(workbook) {
  const Result<Workbook> read = parse_workbook(bytes);
  if (!read) {
    fuzz::require_faults(read.errors);
    return;
  }
  const std::string text = workbook_json(*read.value);
  const Result<Workbook> again = parse_workbook(text);
  require(bool(again), "what is written can be read");
  require(*again.value == *read.value, "and says the same");
  for (const Sheet& sheet : read.value->sheets) require(!sheet_csv(sheet).empty(), "a table");
}
