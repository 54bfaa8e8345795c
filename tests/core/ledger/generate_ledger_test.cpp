#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "core/ledger/generate.hpp"
#include "core/ledger/ledger.hpp"
#include "core/model/element_json.hpp"
#include "core/model/generate.hpp"
#include "tests/core/ledger/boards.hpp"

namespace tc {
namespace {

using test::expect_same;
using test::minute;
using test::reopened;

TEST(generate_ledger, is_repeatable_and_varied) {
  const Programme programme = generate_programme(20, 1);
  const Ledger board = generate_ledger(programme, 800, 1);
  EXPECT_EQ(board.size(), 800U);
  EXPECT_EQ(generate_ledger(programme, 800, 1).text(), board.text());
  EXPECT_NE(generate_ledger(programme, 800, 2).text(), board.text());
  std::set<EntryKind> kinds;
  std::set<std::string_view> authors;
  std::set<std::string_view> cities;
  for (std::size_t i = 0; i < board.size(); ++i) {
    kinds.insert(board.head(i).kind);
    authors.insert(board.head(i).author);
    cities.insert(board.head(i).city);
  }
  EXPECT_GE(kinds.size(), 4U);
  EXPECT_EQ(authors.size(), 6U);
  EXPECT_EQ(cities.size(), 2U);
  EXPECT_LT(board.head(0).time, "2023-01-10");
  EXPECT_GT(board.head(799).time, "2024-10-01");
  EXPECT_TRUE(validate(board.state()).empty());
  EXPECT_EQ(generate_ledger(programme, 0, 1).size(), 0U);
  EXPECT_EQ(generate_ledger(Programme{}, 10, 1).size(), 0U);
}

/// A thousand random sequences of edits: the state is valid and the file gives it back; undoing
/// everything that can be undone and redoing it leaves all as it was.
TEST(ledger_property, a_thousand_random_sequences) {
  const Programme bases[] = {generate_programme(5, 1), generate_programme(9, 2),
                             generate_programme(1, 3)};
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    Ledger board = Ledger::create(bases[seed % 3]).value.value();
    const std::size_t entries = 4 + seed % 13;
    ASSERT_EQ(generate_entries(board, entries, seed, seed % 2 == 0 ? "hohhot" : "baotou", minute(0),
                               1000),
              entries);
    ASSERT_TRUE(validate(board.state()).empty()) << seed;
    const Ledger again = reopened(board);
    ASSERT_TRUE(again.state() == board.state()) << seed;
    ASSERT_EQ(again.text(), board.text()) << seed;

    const std::string author(board.head(board.size() - 1).author);
    const Signature who{author, "", minute(600)};
    const Programme end = board.state();
    std::size_t undone = 0;
    while (board.undo(who)) ++undone;
    for (std::size_t i = 0; i < undone; ++i) ASSERT_TRUE(board.redo(who)) << seed;
    ASSERT_TRUE(board.state() == end) << seed;
    ASSERT_TRUE(reopened(board).state() == end) << seed;
  }
}

/// One author's undo takes back everything, entry by entry, through the very states it came by.
TEST(ledger_property, undo_goes_back_the_way_it_came) {
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    Ledger board = Ledger::create(generate_programme(7, seed)).value.value();
    std::mt19937 random(static_cast<unsigned>(seed));
    std::vector<Programme> states{board.state()};
    const Signature who{"One", "hohhot", minute(0)};
    while (states.size() < 25) {
      Ledger trial = board;
      generate_entries(trial, 1, random(), "hohhot", minute(0), 1000);
      Draft draft = trial.entry(trial.size() - 1);
      if (draft.kind != EntryKind::edit) continue;
      draft.author = "One";
      ASSERT_TRUE(board.commit(draft));
      ASSERT_TRUE(board.state() == trial.state());
      states.push_back(board.state());
    }
    for (std::size_t i = states.size() - 1; i-- > 0;) {
      ASSERT_TRUE(board.undo(who)) << seed;
      ASSERT_TRUE(board.state() == states[i]) << seed << ' ' << i;
    }
    ASSERT_FALSE(board.undo(who));
    for (std::size_t i = 1; i < states.size(); ++i) {
      ASSERT_TRUE(board.redo(who)) << seed;
      ASSERT_TRUE(board.state() == states[i]) << seed << ' ' << i;
    }
    // Time travel sees the same states.
    for (std::size_t i = 0; i < states.size(); ++i) {
      ASSERT_TRUE(board.state_after(i) == states[i]) << seed << ' ' << i;
    }
  }
}

/// Items and the lists in them as sets.
std::set<std::string> unordered(const std::vector<ActionItem>& items) {
  std::set<std::string> result;
  for (const ActionItem& item : items) {
    nlohmann::json value = json_of(item);
    for (const char* list : {"milestones", "dependsOn", "evidence"}) {
      if (value.contains(list)) std::sort(value[list].begin(), value[list].end());
    }
    result.insert(value.dump());
  }
  return result;
}

TEST(ledger_property, differences_lead_from_one_state_to_the_other) {
  const Ledger board = generate_ledger(generate_programme(10, 4), 200, 4);
  for (std::size_t from = 0; from <= 200; from += 40) {
    for (std::size_t to = from; to <= 200; to += 40) {
      // The changes, made to the first state, give the second (but for the order of lists).
      Ledger start = Ledger::create(board.state_after(from)).value.value();
      Draft draft{"A", "", minute(0), EntryKind::import, board.diff(from, to), "diff", {}, {}};
      if (draft.changes.empty()) continue;
      ASSERT_TRUE(start.commit(draft)) << from << ' ' << to;
      EXPECT_EQ(start.diff(0, 1).size(), draft.changes.size());
      const Programme end = board.state_after(to);
      EXPECT_EQ(start.state().items.size(), end.items.size());
      EXPECT_EQ(unordered(start.state().items), unordered(end.items)) << from << ' ' << to;
      EXPECT_EQ(start.state().indicators, end.indicators);
    }
  }
}

}  // namespace
}  // namespace tc
