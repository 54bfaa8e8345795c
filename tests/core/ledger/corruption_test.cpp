#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <utility>

#include "core/ledger/generate.hpp"
#include "core/ledger/ledger.hpp"
#include "core/model/generate.hpp"
#include "tests/core/ledger/boards.hpp"

namespace tc {
namespace {

using test::baotou;
using test::expect_same;
using test::good_board;
using test::hohhot;
using test::minute;
using test::set;

/// Thirty entries: edits by two cities that merged, undo and redo, a note, and a snapshot.
std::string thirty_entries() {
  Ledger a = good_board();
  for (int i = 0; i < 8; ++i) EXPECT_TRUE(set(a, hohhot(i), "/items/G1/progress", i + 1));
  Ledger b = a;
  for (int i = 8; i < 14; ++i) {
    EXPECT_TRUE(set(a, hohhot(i), "/items/G2/progress", i));
    EXPECT_TRUE(set(b, baotou(i), "/items/G3/progress", i));
  }
  EXPECT_TRUE(set(b, baotou(15), "/items/G3/due", "2024-12-31", "审批\"延后\""));
  Ledger board = std::move(*Ledger::merge(a, b).value);
  Draft note = test::draft_of(hohhot(16), "例会");
  note.kind = EntryKind::note;
  EXPECT_TRUE(board.commit(note));
  for (int i = 20; i < 24; ++i) {
    EXPECT_TRUE(board.undo(baotou(i)));
    EXPECT_TRUE(board.redo(baotou(i)));
  }
  EXPECT_EQ(board.size(), 30U);
  return board.text() + board.snapshot_text();
}

enum class Fate : std::uint8_t { refused, found, harmless, believed };

/// What comes of a file that somebody or something has changed. `harmless`: it still is the same
/// chain and the same state.
Fate fate(const std::string& file, const Ledger& board) {
  const Result<OpenedLedger> opened = open_board(file);
  if (!opened) return Fate::refused;
  if (verify_board(file).error) return Fate::found;
  const Ledger& ledger = opened.value->ledger;
  const bool same = ledger.text() == board.text() && ledger.state() == board.state();
  return same ? Fate::harmless : Fate::believed;
}

/// Every byte: with a flipped bit, as another letter, gone, and twice. None goes unnoticed, not
/// even where it would do no harm: each line is covered by its hash, and so is what separates them.
TEST(corruption, every_byte_of_thirty_entries) {
  const std::string file = thirty_entries();
  const Ledger board = std::move(open_board(file).value->ledger);
  ASSERT_EQ(fate(file, board), Fate::harmless);
  std::array<std::size_t, 4> fates{};
  for (std::size_t i = 0; i < file.size(); ++i) {
    std::string flipped = file;
    flipped[i] = static_cast<char>(flipped[i] ^ (1 << (i % 8)));
    std::string letter = file;
    letter[i] = letter[i] == 'e' ? 'a' : 'e';
    std::string shorter = file;
    shorter.erase(i, 1);
    std::string longer = file;
    longer.insert(i, 1, file[i]);
    for (const std::string* each : {&flipped, &letter, &shorter, &longer}) {
      const Fate what = fate(*each, board);
      ++fates[static_cast<std::size_t>(what)];
      ASSERT_TRUE(what == Fate::refused || what == Fate::found)
          << "byte " << i << " of " << file.size();
    }
  }
  // The end of the last line may be missing in a file that is being written: found, not refused.
  EXPECT_GE(fates[static_cast<std::size_t>(Fate::found)], 1U);
  EXPECT_EQ(fates[0] + fates[1], 4 * file.size());
}

/// `verify` names the line of the first fault, and what stands before it can be had.
TEST(corruption, verify_names_the_line) {
  const std::string file = thirty_entries();
  std::size_t line = 1;
  for (std::size_t i = 0; i < file.size(); ++i) {
    if (i % 23 == 0 && file[i] != '\n') {
      std::string broken = file;
      broken[i] = broken[i] == 'e' ? 'a' : 'e';
      const Verification report = verify_board(broken);
      ASSERT_TRUE(report.error && report.error->position) << i;
      EXPECT_EQ(report.error->position->line, line) << i;
      EXPECT_EQ(intact_part(broken), line == 1 ? "" : file.substr(0, file.rfind('\n', i) + 1)) << i;
    }
    if (file[i] == '\n') ++line;
  }
}

/// Of a merged board as well, any number of whole lines is a board.
TEST(corruption, every_prefix_of_a_merged_board_loads) {
  const std::string file = thirty_entries();
  std::size_t entries = 0;
  for (std::size_t begin = 0; begin < file.size();) {
    const std::size_t end = file.find('\n', begin) + 1;
    if (file.compare(begin, 6, "{\"id\":") == 0) ++entries;
    const std::string prefix = file.substr(0, end);
    const Result<OpenedLedger> opened = open_board(prefix);
    ASSERT_TRUE(opened) << entries;
    EXPECT_EQ(opened.value->ledger.size(), entries);
    EXPECT_TRUE(validate(opened.value->ledger.state()).empty());
    EXPECT_FALSE(verify_board(prefix).error);
    begin = end;
  }
  EXPECT_EQ(entries, 30U);
}

/// A thousand pairs of copies that went apart: the same whichever side merges, also in the file.
TEST(ledger_property, a_thousand_merges_commute) {
  std::size_t conflicts = 0;
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    Ledger a = Ledger::create(generate_programme(2 + seed % 4, seed % 50)).value.value();
    generate_entries(a, seed % 4, seed, "hohhot", minute(0), 60'000);
    Ledger b = a;
    const std::size_t common = a.size();
    generate_entries(a, 1 + seed % 6, 2 * seed + 1, "hohhot", minute(60), 60'000);
    generate_entries(b, 1 + seed % 5, 2 * seed + 2, "baotou", minute(60), 60'000);
    const Result<Ledger> ab = Ledger::merge(a, b);
    const Result<Ledger> ba = Ledger::merge(b, a);
    ASSERT_TRUE(ab && ba) << seed;
    ASSERT_NO_FATAL_FAILURE(expect_same(*ab.value, *ba.value)) << seed;
    ASSERT_EQ(ab.value->size(), a.size() + b.size() - common) << seed;
    for (const Ledger* side : {&a, &b}) {
      for (std::size_t i = 0; i < side->size(); ++i) ASSERT_TRUE(ab.value->find(side->head(i).id));
    }
    ASSERT_TRUE(validate(ab.value->state()).empty()) << seed;
    conflicts += ab.value->conflicts().size();
  }
  EXPECT_GT(conflicts, 100U);
}

}  // namespace
}  // namespace tc
