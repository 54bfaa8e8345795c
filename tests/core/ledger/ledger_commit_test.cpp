#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/ledger/fold.hpp"
#include "core/ledger/generate.hpp"
#include "core/ledger/ledger.hpp"
#include "core/model/generate.hpp"
#include "core/model/programme_json.hpp"
#include "tests/core/ledger/boards.hpp"
#include "tests/core/progress_walk.hpp"

namespace tc {
namespace {

using test::baotou;
using test::draft_of;
using test::expect_same;
using test::good_board;
using test::hohhot;
using test::minute;
using test::places;
using test::set;
using test::walk;

Ledger board_of(std::size_t items) {
  return Ledger::create(generate_programme(items, 3)).value.value();
}

/// Sets the progress of every item.
Draft draft_for_all(const Ledger& board, int progress) {
  Draft draft = draft_of(hohhot(1), "counted anew");
  draft.kind = EntryKind::import;
  for (const ActionItem& item : board.state().items) {
    draft.changes.push_back(board.change("/items/" + item.code + "/progress", progress));
  }
  return draft;
}

TEST(ledger_commit, comes_to_the_same_as_in_one_go) {
  Ledger board = board_of(1000);
  Ledger other = board;
  const Ledger before = board;
  LedgerCommit commit(board, draft_for_all(board, 41));
  const std::string place = "/items/" + board.state().items[0].code + "/progress";
  const nlohmann::json value = *board.value(place);
  std::size_t steps = 0;
  double far = commit.progress();
  EXPECT_EQ(far, 0);
  while (commit.step()) {
    ++steps;
    EXPECT_GE(commit.progress(), far);
    EXPECT_LT(commit.progress(), 1);
    far = commit.progress();
    // Nothing of it is to be seen until it is all there.
    ASSERT_EQ(board.size(), 0U);
    ASSERT_TRUE(board.state() == before.state());
    ASSERT_EQ(*board.value(place), value);
  }
  EXPECT_EQ(commit.progress(), 1);
  EXPECT_GT(steps, 10U);
  ASSERT_EQ(commit.take().value, 0U);
  ASSERT_TRUE(other.commit(draft_for_all(other, 41)));
  expect_same(board, other);
  EXPECT_EQ(board.state().items.back().progress, 41);
}

TEST(ledger_commit, any_entry_comes_to_the_same) {
  // The same drafts for both, of all kinds that a generated journal has.
  Ledger source = board_of(30);
  Ledger board = source;
  generate_entries(source, 200, 7, "hohhot", minute(0), 1000);
  for (std::size_t i = 0; i < source.size(); ++i) {
    const Entry entry = source.entry(i);
    LedgerCommit commit(board, entry);
    walk(commit);
    const Result<std::size_t> done = commit.take();
    ASSERT_TRUE(done) << i << ' ' << message(done.errors.front(), Language::en);
  }
  expect_same(board, source);
}

TEST(ledger_commit, what_is_refused_says_why_and_changes_nothing) {
  Ledger board = good_board();
  const Ledger before = board;
  const auto refused = [&board](Draft draft) {
    Ledger copy = board;
    LedgerCommit commit(board, draft);
    while (commit.step()) {
    }
    const Result<std::size_t> done = commit.take();
    EXPECT_FALSE(done);
    EXPECT_EQ(places(done.errors), places(copy.commit(std::move(draft)).errors));
    return done.errors;
  };
  Draft draft = draft_of({"", "h", minute(0)});
  draft.changes.push_back(board.change("/items/G1/progress", 9));
  EXPECT_EQ(refused(draft).front().pointer, "/author");
  draft = draft_of(hohhot(0));
  draft.changes.push_back(board.change("/items/G1/progress", 900));
  EXPECT_EQ(refused(draft).front().pointer, "/items/G1/progress");
  draft.changes = {board.change("/items/G1/progress", 9)};
  draft.changes.front().before = 77;
  EXPECT_EQ(refused(draft).front().code, ErrorCode::changed_meanwhile);
  // The second is wrong, of a kind for which all of the board is checked.
  draft.changes = {board.change("/items/G1/progress", 9), board.change("/kind", "nonsense")};
  refused(draft);
  draft.changes = {board.change("/items/G1/status", "nonsense"), board.change("/title/zh", "新")};
  refused(draft);
  expect_same(board, before);
}

TEST(ledger_commit, given_up_it_leaves_nothing) {
  Ledger board = board_of(500);
  const Ledger before = board;
  for (std::size_t steps = 0; steps < 8; ++steps) {
    LedgerCommit commit(board, draft_for_all(board, 41));
    for (std::size_t i = 0; i < steps; ++i) ASSERT_TRUE(commit.step());
  }
  expect_same(board, before);
}

TEST(ledger_commit, an_entry_that_comes_meanwhile_stays) {
  for (std::size_t steps = 0; steps < 8; ++steps) {
    Ledger board = board_of(500);
    const std::string first = board.state().items.front().code;
    LedgerCommit commit(board, draft_for_all(board, 41));
    for (std::size_t i = 0; i < steps; ++i) ASSERT_TRUE(commit.step());
    ASSERT_TRUE(set(board, baotou(5), "/items/" + first + "/title/zh", "别的"));
    while (commit.step()) {
    }
    ASSERT_EQ(commit.take().value, 1U) << steps;
    EXPECT_EQ(board.state().items.front().title.zh, "别的");
    EXPECT_EQ(board.state().items.front().progress, 41);
    EXPECT_EQ(board.head(1).time, minute(5));  // not before what it follows
    EXPECT_TRUE(verify_board(board.text()).error == std::nullopt);
  }
}

TEST(ledger_commit, what_is_changed_by_another_meanwhile_is_told) {
  Ledger board = board_of(500);
  const std::string first = board.state().items.front().code;
  LedgerCommit commit(board, draft_for_all(board, 41));
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(commit.step());
  ASSERT_TRUE(set(board, baotou(5), "/items/" + first + "/progress", 3));
  const Ledger before = board;
  while (commit.step()) {
  }
  const Result<std::size_t> done = commit.take();
  ASSERT_FALSE(done);
  EXPECT_EQ(done.errors.front().code, ErrorCode::changed_meanwhile);
  EXPECT_EQ(done.errors.front().pointer, "/items/" + first + "/progress");
  expect_same(board, before);
}

TEST(ledger_commit, a_merge_meanwhile_is_no_harm) {
  Ledger board = board_of(500);
  Ledger copy = board;
  ASSERT_TRUE(set(copy, baotou(5), "/title/zh", "别的"));
  LedgerCommit commit(board, draft_for_all(board, 41));
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(commit.step());
  board = Ledger::merge(board, std::move(copy)).value.value();
  while (commit.step()) {
  }
  ASSERT_EQ(commit.take().value, 1U);
  EXPECT_EQ(board.state().title.zh, "别的");
  EXPECT_EQ(board.state().items.back().progress, 41);
}

TEST(ledger_commit, takes_back_and_does_again) {
  Ledger board = board_of(500);
  const Programme begun = board.state();
  ASSERT_TRUE(board.commit(draft_for_all(board, 41)));
  const Programme done = board.state();
  LedgerCommit undo(board, *board.undo_draft(hohhot(2)).value);
  walk(undo);
  ASSERT_TRUE(undo.take());
  EXPECT_TRUE(board.state() == begun);
  LedgerCommit redo(board, *board.redo_draft(hohhot(3)).value);
  walk(redo);
  ASSERT_TRUE(redo.take());
  EXPECT_TRUE(board.state() == done);
  EXPECT_FALSE(board.redo_draft(hohhot(4)));

  // Who was in between is named, as by `undo`.
  const std::string first = board.state().items.front().code;
  ASSERT_TRUE(set(board, baotou(5), "/items/" + first + "/progress", 3));
  LedgerCommit late(board, *board.undo_draft(hohhot(6)).value);
  while (late.step()) {
  }
  const std::vector<Error> errors = late.take().errors;
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_NE(errors.front().found.find("Bayar"), std::string::npos) << errors.front().found;
  EXPECT_EQ(errors.front().found, board.undo(hohhot(6)).errors.front().found);
}

TEST(fold, a_copy_in_parts_is_the_same) {
  for (const std::size_t items : {0U, 7U, 1000U}) {
    const Programme programme = generate_programme(items, 5);
    const nlohmann::json document = nlohmann::json::parse(save_programme(programme));
    const Fold fold(KeyedDocument(document), programme);
    FoldCopy copy(fold);
    const std::size_t steps = walk(copy);
    EXPECT_EQ(steps > 3, items == 1000) << steps;
    const Fold copied = copy.take();
    EXPECT_TRUE(copied.programme() == programme);
    EXPECT_TRUE(copied.document().json() == document);
    for (const ActionItem& item : programme.items) {
      ASSERT_NE(copied.document().find("/items/" + item.code + "/title"), nullptr);
    }
    EXPECT_EQ(copied.document().element_of("/cities/" + programme.cities[1].id).index, 1U);
  }
}

TEST(fold, a_commit_that_is_dropped_is_taken_back) {
  const Programme programme = generate_programme(1000, 5);
  const nlohmann::json document = nlohmann::json::parse(save_programme(programme));
  Fold fold{KeyedDocument(document), programme};
  std::vector<Change> changes;
  for (const ActionItem& item : programme.items) {
    const std::string pointer = "/items/" + item.code;
    const std::string due = pointer + "/due";
    Change change{due, std::nullopt, "2199-12-31", std::nullopt};
    if (const nlohmann::json* now = fold.document().find(due)) change.before = *now;
    changes.push_back(std::move(change));
  }
  // One leaves, and one joins elsewhere than at the end.
  const std::string gone = "/items/" + programme.items[500].code;
  nlohmann::json item = *fold.document().find("/items/" + programme.items[3].code);
  item["code"] = "new";
  item.erase("milestones");
  changes.push_back({"/items/new", std::nullopt, item, programme.items[10].code});
  for (std::size_t steps = 0;; ++steps) {
    std::vector<Change> attempt = changes;
    FoldCommit commit(fold, attempt, false);
    std::size_t done = 0;
    while (done < steps && commit.step()) ++done;
    if (done < steps) {
      EXPECT_TRUE(commit.take().empty());
      break;
    }
    ASSERT_TRUE(fold.programme() == programme);
  }
  EXPECT_EQ(fold.programme().items.size(), 1001U);
  EXPECT_EQ(fold.programme().items[11].code, "new");
  EXPECT_TRUE(fold.programme() == load_document(fold.document().json()).value);
}

TEST(fold, what_the_board_refuses_leaves_every_item_where_it_was) {
  const Programme programme = generate_programme(40, 5);
  const nlohmann::json document = nlohmann::json::parse(save_programme(programme));
  Fold fold{KeyedDocument(document), programme};
  const auto change = [&fold](const std::string& pointer, std::optional<nlohmann::json> after) {
    Change made{pointer, std::nullopt, std::move(after), std::nullopt};
    if (const nlohmann::json* now = fold.document().find(pointer)) made.before = *now;
    return made;
  };
  const auto refused = [&](std::vector<Change> changes, bool ask = false) {
    std::vector<Error> errors = fold.commit(changes, ask);
    EXPECT_FALSE(errors.empty());
    EXPECT_TRUE(fold.programme() == programme);
    EXPECT_TRUE(fold.document().json() == document);
    return errors;
  };
  const std::string& first = programme.items[0].code;
  const std::string due = "/items/" + first + "/due";
  // An item that can't be read, one that can and something that isn't an item.
  std::vector<Error> errors =
      refused({change("/title/zh", "新"), change(due, "tomorrow"), change("/kind", "nonsense")});
  EXPECT_EQ(errors.front().pointer, "/kind");
  EXPECT_EQ(errors.back().pointer, due);
  // A city that items need, by way of their departments.
  errors = refused({change("/cities/" + programme.cities[0].id, std::nullopt)});
  EXPECT_EQ(errors.front().code, ErrorCode::dangling_reference);
  // A deadline that slips together with what isn't an item.
  errors = refused({change(due, "2199-12-31"), change("/title/zh", "新")}, true);
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(errors.front().code, ErrorCode::reason_needed);
  EXPECT_EQ(errors.front().pointer, due);
}

}  // namespace
}  // namespace tc
