// Import of a spreadsheet into a board. Cells are separated by tabs, rows by line feeds, sheets by
// form feeds (their first line is the name); `#` begins a number, `!` true or false, `@` a day.

#include <cstdlib>
#include <string>
#include <utility>

#include "core/exchange/sheet_export.hpp"
#include "core/exchange/sheet_import.hpp"
#include "core/model/programme_json.hpp"
#include "core/model/utf8.hpp"
#include "tests/core/model/broken_files.hpp"
#include "tests/fuzz/target.hpp"

using namespace tc;
using fuzz::require;

namespace {

const Ledger& base() {
  static const Ledger ledger =
      Ledger::create(load_programme(test::kGoodFile).value.value()).value.value();
  return ledger;
}

Cell cell_of(std::string_view text) {
  if (text.empty()) return {};
  const std::string rest(text.substr(1));
  if (text[0] == '#') return {std::strtod(rest.c_str(), nullptr)};
  if (text[0] == '!') return {rest == "1"};
  if (text[0] == '@') {
    if (const auto date = parse_date(rest)) return {*date};
  }
  return {as_utf8(text)};  // as every reader of spreadsheets has it
}

std::vector<std::string_view> split(std::string_view text, char sign) {
  std::vector<std::string_view> parts;
  for (std::size_t end = 0; end != std::string_view::npos;) {
    end = text.find(sign);
    parts.push_back(text.substr(0, end));
    if (end != std::string_view::npos) text.remove_prefix(end + 1);
  }
  return parts;
}

Workbook workbook_of(std::string_view text) {
  Workbook workbook;
  for (const std::string_view part : split(text, '\f')) {
    Sheet& sheet = workbook.sheets.emplace_back();
    std::vector<std::string_view> rows = split(part, '\n');
    sheet.name = rows[0];
    rows.erase(rows.begin());
    for (const std::string_view row : rows) {
      std::vector<Cell>& cells = sheet.rows.emplace_back();
      for (const std::string_view cell : split(row, '\t')) cells.push_back(cell_of(cell));
    }
  }
  return workbook;
}

void require_nothing_new(const Ledger& board, Language language) {
  const Workbook sheets = export_sheets(board.state(), nullptr, language);
  const ImportPlan plan = plan_import(board, sheets, language);
  require(plan.changes.empty(), "what is exported and imported again changes nothing");
}

}  // namespace

TONGCHENG_FUZZ_TARGET(sheets) {
  const Workbook workbook = workbook_of(bytes);
  const Language language = bytes.size() % 2 == 0 ? Language::zh : Language::en;
  Ledger board = base();
  const ImportPlan plan = plan_import(board, workbook, language);
  (void)pasted_choices(workbook, language);
  for (const CellError& error : plan.errors) {
    require(!error.message.empty(), "a fault is said in words");
  }
  require(plan.errors.size() <= kMaxErrors, "the faults are limited");
  require((plan.count(RowOutcome::refused) > 0) <= !plan.errors.empty(), "a refusal has a reason");
  if (plan.changes.empty()) return;
  Draft draft;
  draft.author = "x";
  draft.time = "2024-04-01T00:00:00.000Z";
  draft.kind = EntryKind::import;
  draft.changes = plan.changes;
  if (plan.needs_reason()) draft.reason = "r";
  const Result<std::size_t> done = board.commit(std::move(draft));
  if (!done) require(false, "a plan can be committed: " + message(done.errors[0], Language::en));
  require(validate(board.state()).empty(), "and the board holds together");
  require_nothing_new(board, language);
}
