// Three copies of a board that go apart and come together. A line is one edit: the copy (a, b or
// c; anything else: all three), a pointer and the new value in JSON (nothing: it is removed), more
// of these after " & ", or the copy and `undo` or `redo`.

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/ledger/ledger.hpp"
#include "core/model/json_text.hpp"
#include "core/model/programme_json.hpp"
#include "tests/core/model/broken_files.hpp"
#include "tests/fuzz/target.hpp"

using namespace tc;
using fuzz::require;

namespace {

constexpr std::size_t kMaxLines = 24;
constexpr std::string_view kAnd = " & ";

const Ledger& base() {
  static const Ledger ledger =
      Ledger::create(load_programme(test::kGoodFile).value.value()).value.value();
  return ledger;
}

std::string minute(std::size_t minutes) {
  return format_time(milliseconds_of("2024-04-01T00:00:00.000Z") +
                     std::int64_t{60'000} * static_cast<std::int64_t>(minutes));
}

/// Nothing: it is not one.
std::optional<Change> change_of(const Ledger& board, std::string_view what) {
  const std::size_t space = what.find(' ');
  std::optional<nlohmann::json> after;
  if (space != std::string_view::npos) {
    Result<nlohmann::json> value = parse_json(what.substr(space + 1), kMaxDepth - 8, kMaxBytes);
    if (!value) return std::nullopt;
    after = std::move(value.value);
  }
  return board.change(std::string(what.substr(0, space)), std::move(after));
}

Result<Draft> draft_of(const Ledger& board, const Signature& who, std::string_view what) {
  if (what == "undo") return board.undo_draft(who);
  if (what == "redo") return board.redo_draft(who);
  Result<Draft> draft;
  draft.value.emplace();
  draft.value->author = who.author;
  draft.value->city = who.city;
  draft.value->time = who.time;
  draft.value->reason = "r";
  while (!what.empty()) {
    const std::size_t end = std::min(what.find(kAnd), what.size());
    if (std::optional<Change> change = change_of(board, what.substr(0, end))) {
      draft.value->changes.push_back(std::move(*change));
    }
    what.remove_prefix(std::min(what.size(), end + kAnd.size()));
  }
  return draft;
}

/// What is kept of a board, and what it is now.
std::string all_of(const Ledger& board) {
  return board.text() + board.snapshot_text() + save_programme(board.state());
}

void edit(Ledger& board, const Signature& who, std::string_view what) {
  const std::string before = board.text();
  const std::string all_before = all_of(board);
  Result<Draft> draft = draft_of(board, who, what);
  if (!draft) return fuzz::require_faults(draft.errors);
  Ledger other = board;
  LedgerCommit in_parts(other, *draft.value);
  while (in_parts.step()) {
    require(all_of(other) == all_before, "what is not done yet changes nothing");
  }
  const Result<std::size_t> done = board.commit(std::move(*draft.value));
  const Result<std::size_t> done_in_parts = in_parts.take();
  require(bool(done) == bool(done_in_parts), "in parts the same is refused");
  require(all_of(other) == all_of(board), "in parts it comes to the same");
  if (done) {
    require(board.text().starts_with(before), "the journal is only appended to");
  } else {
    fuzz::require_faults(done.errors);
    require(all_of(board) == all_before, "what is refused changes nothing");
  }
}

void same(const Ledger& x, const Ledger& y, const char* what) {
  require(x.text() == y.text() && x.state() == y.state() &&
              x.conflicts().size() == y.conflicts().size(),
          what);
}

Ledger merged(const Ledger& x, const Ledger& y) {
  Result<Ledger> result = Ledger::merge(x, y);
  require(bool(result), "copies of one board merge");
  require(validate(result.value->state()).empty(), "and hold together");
  return std::move(*result.value);
}

}  // namespace

TONGCHENG_FUZZ_TARGET(merge) {
  std::array<Ledger, 3> copies = {base(), base(), base()};
  const std::array<const char*, 3> authors = {"a", "b", "c"};
  std::size_t number = 0;
  for (const std::string_view line : fuzz::lines_of(bytes)) {
    if (++number > kMaxLines) break;
    if (line.size() < 3) continue;
    for (std::size_t i = 0; i < copies.size(); ++i) {
      const bool everyone = std::string_view("abc").find(line[0]) == std::string_view::npos;
      if (!everyone && line[0] != authors[i][0]) continue;
      // The same signature in all three makes the same entry.
      const Signature who = {everyone ? "all" : authors[i], i == 1 && !everyone ? "b" : "h",
                             minute(number)};
      edit(copies[i], who, line.substr(2));
    }
  }
  const auto& [a, b, c] = copies;
  Ledger ab = merged(a, b);
  same(ab, merged(b, a), "merging commutes");
  same(merged(ab, c), merged(a, merged(b, c)), "merging is associative");
  same(merged(ab, a), ab, "merging again changes nothing");
  const std::string text = ab.text();
  const Result<OpenedLedger> opened = open_board(text);
  require(bool(opened), "a merged board can be read");
  same(opened.value->ledger, ab, "and says the same");
  require(!verify_board(text).error, "a merged board is in order");

  // Every conflict can be decided for what stands, and is gone then.
  for (std::size_t left = ab.conflicts().size(); left > 0; --left) {
    const Conflict conflict = ab.conflicts().front();
    if (conflict.kind == Conflict::Kind::refused) break;
    const nlohmann::json* present = ab.value(conflict.pointer);
    Draft draft = ab.resolution(
        conflict, present == nullptr ? std::nullopt : std::optional<nlohmann::json>(*present));
    draft.author = "d";
    draft.time = minute(100);
    draft.reason = "r";
    const std::size_t before = ab.conflicts().size();
    const Result<std::size_t> done = ab.commit(std::move(draft));
    require(bool(done), "a conflict can be decided");
    require(ab.conflicts().size() < before, "and is gone then");
    if (ab.conflicts().empty()) break;
  }
}
