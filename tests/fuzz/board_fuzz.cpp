// A board file. The first line is a base (else the one of the tests), every other one an entry.
// They get right hashes and parents first, as hardly any bytes would get past the check of these.

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/ledger/board_lines.hpp"
#include "core/ledger/ledger.hpp"
#include "core/model/programme_json.hpp"
#include "tests/core/model/broken_files.hpp"
#include "tests/fuzz/target.hpp"

using namespace tc;
using fuzz::require;

namespace {

/// The id of the line, which `entry_line` or `header_line` has written.
std::string hash_in(const std::string& line, std::string_view member) {
  const std::size_t at = line.find(member);
  require(at != std::string::npos, "a line has its hash");
  return line.substr(at + member.size(), ScannedEntry::kHashDigits);
}

std::string mended(std::string_view bytes) {
  const std::vector<std::string_view> lines = fuzz::lines_of(bytes);
  Result<Programme> base = load_programme(lines.empty() ? "" : lines[0]);
  if (!base) base = load_programme(test::kGoodFile);
  std::string text = header_line(nlohmann::json::parse(save_programme(*base.value)));
  std::vector<std::string> ids = {hash_in(text, "\"sha256\":\"")};
  text += '\n';
  for (std::size_t i = 1; i < lines.size() && i < 40; ++i) {
    Result<Entry> entry = parse_entry(lines[i]);
    if (!entry) {
      fuzz::require_faults(entry.errors);
      continue;
    }
    // Parents are named by one digit: 0 the entry before, 1 the one before that, …
    for (std::string& parent : entry.value->parents) {
      const std::size_t back = parent.size() == 1 ? static_cast<unsigned char>(parent[0] - '0') : 0;
      parent = ids[ids.size() - 1 - std::min(back, ids.size() - 1)];
    }
    if (entry.value->parents.empty()) entry.value->parents = {ids.back()};
    const std::string line = entry_line(*entry.value);
    const Result<Entry> again = parse_entry(line);
    require(bool(again), "an entry that is written can be read");
    ids.push_back(hash_in(line, "{\"id\":\""));
    entry.value->id = ids.back();
    require(*again.value == *entry.value, "and says the same");
    require(entry_line(*again.value) == line, "in the same bytes");
    text += line + '\n';
  }
  return text;
}

void check(std::string_view text) {
  (void)is_board(text);
  const Result<OpenedLedger> opened = open_board(text);
  const Verification report = verify_board(text);
  const std::string_view intact = intact_part(text);
  require(text.starts_with(intact), "the intact part is the beginning");
  if (!opened) {
    fuzz::require_faults(opened.errors);
    require(report.error.has_value(), "what can't be opened can't be verified");
    return;
  }
  const Ledger& board = opened.value->ledger;
  require(validate(board.state()).empty(), "the board holds together");
  const std::string written = board.text();
  const Result<OpenedLedger> again = open_board(written);
  require(again && again.value->warnings.empty() && !again.value->rewrite,
          "what is written can be read");
  require(again.value->ledger.text() == written, "in the same bytes");
  require(again.value->ledger.state() == board.state(), "and says the same");
  require(board.state_after(board.size()) == board.state(), "the last state is the present one");
  for (std::size_t i = 0; i < board.size(); ++i) {
    require(validate(board.state_after(i)).empty(), "every state holds together");
    require(board.find(board.head(i).id) == i, "an entry is found by its id");
  }
  const std::string snapshot = board.snapshot_text();
  if (!snapshot.empty()) {
    const Result<OpenedLedger> quick = open_board(written + snapshot);
    require(quick && quick.value->ledger.state() == board.state(), "a snapshot is the same state");
  }
  const Result<Ledger> merged = Ledger::merge(board, again.value->ledger);
  require(merged && merged.value->text() == written, "a board merges with itself");
}

}  // namespace

TONGCHENG_FUZZ_TARGET(board) {
  check(bytes);
  check(mended(bytes));
}
