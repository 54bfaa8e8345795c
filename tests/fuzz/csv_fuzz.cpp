// The command line's reader of CSV: what is written of a table is read as it was.

#include "core/exchange/csv.hpp"
#include "native/cli/sheets/spreadsheet_files.hpp"
#include "tests/fuzz/target.hpp"

namespace tc::cli {

// Stand-ins, so that nothing else of the command line is needed.
Fault fault_of(const Error& error, Language language) {
  return {"fault", error.pointer, message(error, language), error.position};
}
std::optional<Fault> old_format(const std::string&, Language) {
  return std::nullopt;
}

}  // namespace tc::cli

using namespace tc;
using fuzz::require;

TONGCHENG_FUZZ_TARGET(csv) {
  const cli::LoadedWorkbook read = cli::read_csv(std::string(bytes), "s", Language::en);
  if (!read.workbook) {
    require(!read.faults.empty() && !read.faults[0].message.empty(), "a refusal has a reason");
    return;
  }
  require(read.workbook->sheets.size() == 1, "a file is a sheet");
  const Sheet& sheet = read.workbook->sheets[0];
  const std::string text = sheet_csv(sheet);
  const cli::LoadedWorkbook again = cli::read_csv(text, "s", Language::en);
  require(again.workbook.has_value(),
          again.faults.empty() ? "what is written can be read" : again.faults[0].message);
  const Sheet& same = again.workbook->sheets[0];
  for (std::size_t row = 0; row < std::max(sheet.rows.size(), same.rows.size()); ++row) {
    static const std::vector<Cell> kNone;
    const std::vector<Cell>& before = row < sheet.rows.size() ? sheet.rows[row] : kNone;
    const std::vector<Cell>& after = row < same.rows.size() ? same.rows[row] : kNone;
    require(before.size() == after.size(), "as many cells");
    for (std::size_t i = 0; i < before.size(); ++i) {
      require(before[i].empty() == after[i].empty(), "nothing comes or goes");
      if (before[i].empty()) continue;
      require(without_guard(*after[i].text()) == *before[i].text(), "a cell is what it was");
    }
  }
}
