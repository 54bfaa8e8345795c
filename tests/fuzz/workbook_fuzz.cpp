// A workbook as it comes from the browser's reader.

#include <string>

#include "core/exchange/workbook.hpp"
#include "tests/core/exchange/whole_workbook.hpp"
#include "tests/fuzz/target.hpp"

using namespace tc;
using fuzz::require;

TONGCHENG_FUZZ_TARGET(workbook) {
  const Result<Workbook> read = parse_workbook(bytes);
  const Result<Workbook> whole = parse_workbook(test::read_whole(std::string(bytes)));
  require(read.value == whole.value, "in parts it says what it says in one piece");
  require(read.errors.size() == whole.errors.size(), "and has the same faults");
  for (std::size_t i = 0; i < read.errors.size(); ++i) {
    require(read.errors[i].code == whole.errors[i].code, "and the same fault");
    require(read.errors[i].pointer == whole.errors[i].pointer, "at the same place");
  }
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
