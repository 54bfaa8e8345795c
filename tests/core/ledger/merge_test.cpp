#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "core/ledger/generate.hpp"
#include "core/ledger/keyed_document.hpp"
#include "core/ledger/ledger.hpp"
#include "core/model/element_json.hpp"
#include "core/model/generate.hpp"
#include "tests/core/ledger/boards.hpp"

namespace tc {
namespace {

using nlohmann::json;
using test::baotou;
using test::draft_of;
using test::expect_same;
using test::good_board;
using test::hohhot;
using test::minute;
using test::Place;
using test::places;
using test::reopened;
using test::set;
using enum ErrorCode;

/// Merges both ways and checks that it is the same either way and in the file.
Ledger merged(const Ledger& a, const Ledger& b) {
  Result<Ledger> ab = Ledger::merge(a, b);
  Result<Ledger> ba = Ledger::merge(b, a);
  EXPECT_TRUE(ab && ba);
  expect_same(*ab.value, *ba.value);
  expect_same(*ab.value, reopened(*ab.value));
  for (const Ledger* side : {&a, &b}) {
    for (std::size_t i = 0; i < side->size(); ++i) {
      EXPECT_TRUE(ab.value->find(side->head(i).id)) << "an entry has disappeared";
    }
  }
  EXPECT_TRUE(load_programme(save_programme(ab.value->state())).value == ab.value->state());
  const Verification report = verify_board(ab.value->text());
  EXPECT_FALSE(report.error) << message(*report.error, Language::en);
  return std::move(*ab.value);
}

json new_item(const std::string& code) {
  return {{"code", code}, {"title", {{"zh", code}}}, {"status", "not-started"}};
}

TEST(merge, of_equal_boards_is_the_board) {
  Ledger board = good_board();
  ASSERT_TRUE(set(board, hohhot(0), "/items/G1/progress", 1));
  expect_same(merged(board, board), board);
  expect_same(merged(board, good_board()), board);
}

TEST(merge, boards_that_began_differently_do_not_merge) {
  Programme other = test::good_programme();
  other.title.en = "Other";
  const Result<Ledger> result = Ledger::merge(good_board(), Ledger::create(other).value.value());
  EXPECT_EQ(places(result.errors), (std::vector<Place>{{other_base, ""}}));
}

TEST(merge, what_commutes_merges_by_itself) {
  Ledger a = good_board();
  ASSERT_TRUE(set(a, hohhot(0), "/items/G3/progress", 1));
  Ledger b = a;
  const json mine = json_of(Evidence{EvidenceKind::note, {"甲", ""}, {}, {}, {}, {}});
  const json yours = json_of(Evidence{EvidenceKind::note, {"乙", ""}, {}, {}, {}, {}});
  ASSERT_TRUE(set(a, hohhot(1), "/items/G1/progress", 50));
  ASSERT_TRUE(set(b, baotou(2), "/items/G1/status", "blocked"));
  ASSERT_TRUE(set(a, hohhot(3), "/items/G1/evidence/" + evidence_key(mine), mine));
  ASSERT_TRUE(set(b, baotou(4), "/items/G1/evidence/" + evidence_key(yours), yours));
  ASSERT_TRUE(set(a, hohhot(5), "/items/G2/summary/zh", "说明"));
  ASSERT_TRUE(set(b, baotou(6), "/items/G2/summary/en", "remark"));
  ASSERT_TRUE(set(a, hohhot(7), "/items/A", new_item("A")));
  ASSERT_TRUE(set(b, baotou(8), "/items/B", new_item("B")));
  ASSERT_TRUE(set(a, hohhot(9), "/items/G3/dependsOn/G1", json{{"item", "G1"}, {"type", "FS"}}));
  ASSERT_TRUE(set(b, baotou(10), "/items/G1/milestones/m3",
                  json{{"id", "m3"}, {"title", {{"en", "Third"}}}}));
  const Ledger both = merged(a, b);
  EXPECT_TRUE(both.conflicts().empty());
  EXPECT_EQ(both.size(), 11U);
  EXPECT_EQ(both.heads().size(), 2U);
  const ActionItem& first = both.state().items.at(0);
  EXPECT_EQ(first.progress, 50);
  EXPECT_EQ(first.status, Status::blocked);
  EXPECT_EQ(first.evidence.size(), 4U);
  EXPECT_EQ(first.milestones.size(), 3U);
  EXPECT_EQ(both.state().items.at(1).summary, (Text{"说明", "remark"}));
  EXPECT_EQ(both.state().items.at(2).depends_on.size(), 2U);
  EXPECT_EQ(both.state().items.at(3).code, "A");
  EXPECT_EQ(both.state().items.at(4).code, "B");
  // The order is by time.
  for (std::size_t i = 1; i < both.size(); ++i) EXPECT_LE(both.head(i - 1).time, both.head(i).time);
}

TEST(merge, the_next_entry_joins) {
  Ledger a = good_board();
  Ledger b = a;
  ASSERT_TRUE(set(a, hohhot(1), "/items/G1/progress", 50));
  ASSERT_TRUE(set(b, baotou(2), "/items/G2/progress", 60));
  Ledger both = merged(a, b);
  ASSERT_TRUE(set(both, hohhot(3), "/items/G3/progress", 70));
  EXPECT_EQ(both.heads().size(), 1U);
  std::vector<std::size_t> parents = both.parents(2);
  std::sort(parents.begin(), parents.end());
  EXPECT_EQ(parents, (std::vector<std::size_t>{0, 1}));
  EXPECT_TRUE(both.is_ancestor(0, 2));
  EXPECT_TRUE(both.is_ancestor(1, 2));
  EXPECT_FALSE(both.is_ancestor(0, 1));
  EXPECT_FALSE(both.is_ancestor(1, 0));
  expect_same(reopened(both), both);
  EXPECT_FALSE(verify_board(both.text()).error);
  EXPECT_FALSE(both.snapshot_text().empty());
  Draft join = draft_of(hohhot(4));
  join.kind = EntryKind::join;
  EXPECT_TRUE(both.commit(join));
  // Undo looks at an author's own entries on either side.
  EXPECT_EQ(both.next_undo("Bayar"), 1U);
  ASSERT_TRUE(both.undo(baotou(5)));
  EXPECT_FALSE(both.state().items.at(1).progress);
}

TEST(merge, the_same_value_is_no_conflict) {
  Ledger a = good_board();
  Ledger b = a;
  ASSERT_TRUE(set(a, hohhot(1), "/items/G1/status", "blocked"));
  ASSERT_TRUE(set(b, baotou(2), "/items/G1/status", "blocked"));
  EXPECT_TRUE(merged(a, b).conflicts().empty());
}

TEST(merge, two_values_of_one_place_are_a_conflict) {
  Ledger a = good_board();
  Ledger b = a;
  ASSERT_TRUE(set(a, hohhot(1), "/items/G1/due", "2024-07-31", "审批"));
  ASSERT_TRUE(set(b, baotou(2), "/items/G1/due", "2024-08-31", "施工"));
  ASSERT_TRUE(set(a, hohhot(3), "/items/G1/progress", 10));
  Ledger both = merged(a, b);
  ASSERT_EQ(both.conflicts().size(), 1U);
  const Conflict conflict = both.conflicts().front();
  EXPECT_EQ(conflict.kind, Conflict::Kind::values);
  EXPECT_EQ(conflict.pointer, "/items/G1/due");
  EXPECT_EQ(conflict.kept.author, "Bayar");
  EXPECT_EQ(conflict.kept.value, json("2024-08-31"));
  EXPECT_EQ(conflict.kept.reason, "施工");
  EXPECT_EQ(conflict.other.city, "h");
  EXPECT_EQ(conflict.other.value, json("2024-07-31"));
  EXPECT_EQ(conflict.other.reason, "审批");
  EXPECT_EQ(*both.value("/items/G1/due"), "2024-08-31");
  EXPECT_TRUE(both.snapshot_text().empty());

  // An edit of another place, or even of this one, does not settle it.
  ASSERT_TRUE(set(both, hohhot(4), "/items/G1/progress", 20));
  EXPECT_EQ(both.conflicts().size(), 1U);
  ASSERT_TRUE(set(both, hohhot(5), "/items/G1/due", "2024-09-30", "再议"));
  EXPECT_EQ(both.conflicts().size(), 1U);
  expect_same(reopened(both), both);

  Draft draft = both.resolution(conflict, conflict.other.value);
  draft.author = "Sarana";
  draft.time = minute(6);
  draft.reason = "以呼市为准";
  ASSERT_TRUE(both.commit(draft));
  EXPECT_TRUE(both.conflicts().empty());
  EXPECT_EQ(*both.value("/items/G1/due"), "2024-07-31");
  expect_same(reopened(both), both);
  EXPECT_FALSE(both.snapshot_text().empty());
  EXPECT_FALSE(verify_board(both.text()).error);
  // A side that has not seen the resolution gets it with the next merge.
  ASSERT_TRUE(set(b, baotou(7), "/items/G2/progress", 30));
  const Ledger again = merged(both, b);
  EXPECT_TRUE(again.conflicts().empty());
  EXPECT_EQ(*again.value("/items/G1/due"), "2024-07-31");
}

TEST(merge, keeping_what_is_there_resolves_too) {
  Ledger a = good_board();
  Ledger b = a;
  ASSERT_TRUE(set(a, hohhot(1), "/items/G1/status", "blocked"));
  ASSERT_TRUE(set(b, baotou(2), "/items/G1/status", "completed"));
  Ledger both = merged(a, b);
  Draft draft = both.resolution(both.conflicts().front(), json("completed"));
  draft.author = "Sarana";
  draft.time = minute(3);
  ASSERT_TRUE(both.commit(draft));
  EXPECT_TRUE(both.conflicts().empty());
  expect_same(reopened(both), both);
}

TEST(merge, only_the_last_values_of_a_branch_count) {
  Ledger a = good_board();
  Ledger b = a;
  ASSERT_TRUE(set(a, hohhot(1), "/items/G1/progress", 1));
  ASSERT_TRUE(set(b, baotou(2), "/items/G1/progress", 2));
  ASSERT_TRUE(set(a, hohhot(3), "/items/G1/progress", 3));
  ASSERT_TRUE(set(a, hohhot(4), "/items/G1/progress", 4));
  const Ledger both = merged(a, b);
  ASSERT_EQ(both.conflicts().size(), 1U);
  EXPECT_EQ(both.conflicts()[0].kept.value, json(4));
  EXPECT_EQ(both.conflicts()[0].other.value, json(2));
  // Where the branches end at the same value, there is nothing to choose.
  ASSERT_TRUE(set(b, baotou(5), "/items/G1/progress", 4));
  EXPECT_TRUE(merged(a, b).conflicts().empty());
}

TEST(merge, two_resolutions_can_be_in_conflict) {
  Ledger a = good_board();
  Ledger b = a;
  ASSERT_TRUE(set(a, hohhot(1), "/items/G1/progress", 1));
  ASSERT_TRUE(set(b, baotou(2), "/items/G1/progress", 2));
  const Ledger both = merged(a, b);
  const auto resolved = [&both](const Signature& who, int value) {
    Ledger board = both;
    Draft draft = board.resolution(board.conflicts().front(), value);
    draft.author = who.author;
    draft.time = who.time;
    EXPECT_TRUE(board.commit(draft));
    EXPECT_TRUE(board.conflicts().empty());
    return board;
  };
  const Ledger again = merged(resolved(hohhot(3), 1), resolved(baotou(4), 2));
  ASSERT_EQ(again.conflicts().size(), 1U);
  EXPECT_EQ(again.conflicts()[0].kept.value, json(2));
  EXPECT_EQ(again.conflicts()[0].other.value, json(1));
}

TEST(merge, removing_and_changing_are_a_conflict) {
  for (const bool removal_first : {true, false}) {
    Ledger a = good_board();
    Ledger b = a;
    ASSERT_TRUE(set(a, hohhot(removal_first ? 1 : 3), "/items/G3", std::nullopt, "不再需要"));
    ASSERT_TRUE(set(b, baotou(2), "/items/G3/progress", 80));
    ASSERT_TRUE(set(b, baotou(4), "/items/G2/progress", 10));
    Ledger both = merged(a, b);
    ASSERT_EQ(both.conflicts().size(), 1U);
    const Conflict conflict = both.conflicts().front();
    EXPECT_EQ(conflict.kind, Conflict::Kind::values);
    EXPECT_EQ(conflict.pointer, "/items/G3");
    EXPECT_FALSE(conflict.kept.value);
    EXPECT_EQ(conflict.kept.reason, "不再需要");
    ASSERT_TRUE(conflict.other.value);
    EXPECT_EQ((*conflict.other.value)["progress"], 80);
    EXPECT_EQ((*conflict.other.value)["code"], "G3");
    EXPECT_EQ(both.state().items.size(), 2U);
    EXPECT_EQ(both.state().items[1].progress, 10);
    Draft draft = both.resolution(conflict, conflict.other.value);
    draft.author = "Bayar";
    draft.time = minute(5);
    ASSERT_TRUE(both.commit(draft));
    EXPECT_EQ(both.state().items.at(2).progress, 80);
    EXPECT_TRUE(both.conflicts().empty());
    expect_same(reopened(both), both);
  }
}

TEST(merge, one_item_added_twice_is_a_conflict) {
  Ledger a = good_board();
  Ledger b = a;
  json theirs = new_item("N");
  theirs["title"]["en"] = "N";
  ASSERT_TRUE(set(a, hohhot(1), "/items/N", new_item("N")));
  ASSERT_TRUE(set(b, baotou(2), "/items/N", theirs));
  ASSERT_TRUE(set(a, hohhot(3), "/items/N/progress", 5));
  const Ledger both = merged(a, b);
  ASSERT_FALSE(both.conflicts().empty());
  EXPECT_EQ(both.conflicts()[0].pointer, "/items/N");
  EXPECT_EQ(both.state().items.size(), 4U);
}

TEST(merge, halves_of_a_cycle_are_a_conflict) {
  Ledger a = good_board();
  ASSERT_TRUE(set(a, hohhot(0), "/items/X", new_item("X")));
  Ledger b = a;
  ASSERT_TRUE(set(a, hohhot(1), "/items/X/dependsOn/G3", json{{"item", "G3"}, {"type", "FS"}}));
  Draft draft = draft_of(baotou(2), "顺序调整");
  draft.changes = {b.change("/items/G1/dependsOn/X", json{{"item", "X"}, {"type", "FS"}}),
                   b.change("/items/G2/progress", 3)};
  ASSERT_TRUE(b.commit(draft));
  Ledger both = merged(a, b);
  ASSERT_EQ(both.conflicts().size(), 1U);
  const Conflict conflict = both.conflicts().front();
  EXPECT_EQ(conflict.kind, Conflict::Kind::refused);
  EXPECT_EQ(conflict.pointer, "/items/G1/dependsOn/X");
  EXPECT_EQ(places(conflict.errors),
            (std::vector<Place>{{dependency_cycle, "/items/G1/dependsOn"}}));
  EXPECT_EQ(conflict.other.author, "Bayar");
  EXPECT_EQ(conflict.other.reason, "顺序调整");
  EXPECT_EQ(conflict.kept.author, "Sarana");
  EXPECT_FALSE(conflict.kept.value);
  // Only the item that closes the cycle is left as it was.
  EXPECT_TRUE(both.state().items.at(0).depends_on.empty());
  EXPECT_EQ(both.state().items.at(1).progress, 3);
  EXPECT_EQ(both.state().items.at(3).depends_on.size(), 1U);

  // Choosing the refused half is possible once the other is gone.
  Draft choice = draft_of(hohhot(3), "以包头为准");
  choice.kind = EntryKind::resolve;
  choice.changes = {both.change("/items/X/dependsOn/G3", std::nullopt),
                    both.change("/items/G1/dependsOn/X", *conflict.other.value)};
  ASSERT_TRUE(both.commit(choice));
  EXPECT_TRUE(both.conflicts().empty());
  EXPECT_EQ(both.state().items.at(0).depends_on.size(), 1U);
  expect_same(reopened(both), both);
  EXPECT_FALSE(verify_board(both.text()).error);
  // Time travel leaves out what the fold left out.
  EXPECT_TRUE(both.state_after(both.size() - 1).items.at(0).depends_on.empty());
  EXPECT_TRUE(both.state_after(both.size()) == both.state());
}

TEST(merge, a_reference_to_what_the_other_side_removed_is_a_conflict) {
  for (const bool removal_first : {true, false}) {
    Ledger a = good_board();
    Ledger b = a;
    ASSERT_TRUE(set(a, hohhot(removal_first ? 1 : 3), "/areas/a2", std::nullopt, "并入产业"));
    ASSERT_TRUE(set(b, baotou(2), "/items/G2/area", "a2", "归类"));
    const Ledger both = merged(a, b);
    ASSERT_EQ(both.conflicts().size(), 1U);
    const Conflict& conflict = both.conflicts().front();
    EXPECT_EQ(conflict.kind, Conflict::Kind::refused);
    EXPECT_EQ(conflict.errors.at(0).code, dangling_reference);
    EXPECT_EQ(conflict.pointer, removal_first ? "/items/G2/area" : "/areas/a2");
    EXPECT_EQ(conflict.other.reason, removal_first ? "归类" : "并入产业");
    EXPECT_EQ(conflict.kept.reason, removal_first ? "并入产业" : "归类");
    EXPECT_EQ(both.state().areas.size(), removal_first ? 1U : 2U);
    EXPECT_EQ(both.state().items.at(1).area, removal_first ? "" : "a2");
  }
}

TEST(merge, dates_that_only_disagree_together_are_a_conflict) {
  Ledger a = good_board();
  Ledger b = a;
  ASSERT_TRUE(set(a, hohhot(1), "/items/G1/start", "2024-05-01"));
  ASSERT_TRUE(set(b, baotou(2), "/items/G1/due", "2024-04-01"));
  const Ledger both = merged(a, b);
  ASSERT_EQ(both.conflicts().size(), 1U);
  EXPECT_EQ(both.conflicts()[0].kind, Conflict::Kind::refused);
  EXPECT_EQ(both.conflicts()[0].errors.at(0).code, date_order);
  EXPECT_EQ(both.conflicts()[0].kept.author, "Sarana");
  EXPECT_EQ(both.state().items.at(0).due, make_date(2024, 6, 30));
}

TEST(merge, a_change_of_what_never_came_to_be_is_told) {
  Ledger a = good_board();
  ASSERT_TRUE(set(a, hohhot(0), "/areas/a3", json{{"id", "a3"}, {"title", {{"en", "3"}}}}));
  Ledger b = a;
  ASSERT_TRUE(set(a, hohhot(1), "/areas/a3", std::nullopt));
  json item = new_item("N");
  item["area"] = "a3";
  ASSERT_TRUE(set(b, baotou(2), "/items/N", item));
  ASSERT_TRUE(set(b, baotou(3), "/items/N/progress", 5));
  const Ledger both = merged(a, b);
  ASSERT_EQ(both.conflicts().size(), 2U);
  EXPECT_EQ(both.conflicts()[0].pointer, "/items/N");
  EXPECT_EQ(both.conflicts()[1].pointer, "/items/N/progress");
  EXPECT_EQ(both.conflicts()[1].errors.at(0).code, no_such_place);
  EXPECT_EQ(both.state().items.size(), 3U);
}

// ---- Properties -----------------------------------------------------------------------------

/// Compares `is_ancestor` with the transitive closure of the parents.
void expect_ancestors(const Ledger& board) {
  std::vector<std::set<std::size_t>> past(board.size());
  for (std::size_t b = 0; b < board.size(); ++b) {
    for (const std::size_t parent : board.parents(b)) {
      past[b].insert(past[parent].begin(), past[parent].end());
      past[b].insert(parent);
    }
    for (std::size_t a = 0; a < board.size(); ++a) {
      ASSERT_EQ(board.is_ancestor(a, b), past[b].contains(a)) << a << ' ' << b;
    }
  }
}

TEST(merge, who_knew_of_whom) {
  std::mt19937 random(5);
  // Copies that edit and merge at random, as two open tabs or many offices would.
  std::vector<Ledger> copies(5, Ledger::create(generate_programme(6, 1)).value.value());
  for (int step = 0; step < 150; ++step) {
    Ledger& one = copies[random() % copies.size()];
    if (random() % 3 == 0) {
      one = Ledger::merge(one, copies[random() % copies.size()]).value.value();
    } else {
      generate_entries(one, 1 + random() % 3, random(), "", minute(step), 1000);
    }
  }
  Ledger all = copies[0];
  for (const Ledger& copy : copies) all = merged(all, copy);
  EXPECT_GT(all.size(), 100U);
  expect_ancestors(all);
}

TEST(merge, a_file_with_open_conflicts_has_its_snapshot_before_them) {
  Ledger a = generate_ledger(generate_programme(8, 1), 1100, 1);
  Ledger b = a;
  const std::string pointer = "/items/" + a.state().items.front().code + "/summary/zh";
  ASSERT_TRUE(set(a, {"A", "", "2030-01-01T00:00:00.000Z"}, pointer, "甲"));
  ASSERT_TRUE(set(b, {"B", "", "2030-01-01T00:00:00.001Z"}, pointer, "乙"));
  Ledger both = merged(a, b);
  ASSERT_EQ(both.conflicts().size(), 1U);
  const std::string text = both.text();
  EXPECT_NE(text.find("{\"snapshot\""), std::string::npos);
  EXPECT_NE(text.find("\"entries\":1100,"), std::string::npos);
  Draft draft = both.resolution(both.conflicts().front(), "甲");
  draft.author = "A";
  draft.time = "2030-01-01T00:00:01.000Z";
  ASSERT_TRUE(both.commit(draft));
  EXPECT_NE(both.text().find("\"entries\":1103,"), std::string::npos);
  expect_same(reopened(both), both);
}

class MergeProperty : public testing::TestWithParam<int> {};

TEST_P(MergeProperty, commutes_and_associates) {
  const auto seed = static_cast<std::uint64_t>(GetParam());
  Ledger trunk = Ledger::create(generate_programme(6 + seed % 5, seed)).value.value();
  generate_entries(trunk, seed % 7, seed, "hohhot", minute(0), 60'000);
  Ledger a = trunk;
  Ledger b = trunk;
  Ledger c = trunk;
  generate_entries(a, 12, 3 * seed + 1, "hohhot", minute(60), 60'000);
  generate_entries(b, 12, 3 * seed + 2, "baotou", minute(60), 60'000);
  generate_entries(c, 6, 3 * seed + 3, "", minute(60), 120'000);
  const Ledger ab = merged(a, b);
  const Ledger bc = merged(b, c);
  const Ledger left = merged(ab, c);
  const Ledger right = merged(a, bc);
  expect_same(left, right);
  expect_ancestors(left);
  EXPECT_EQ(left.size(), trunk.size() + (a.size() - trunk.size()) + (b.size() - trunk.size()) +
                             (c.size() - trunk.size()));
  for (std::size_t i = 0; i <= left.size(); ++i) {
    const Programme state = left.state_after(i);
    EXPECT_TRUE(validate(state).empty()) << i;
  }

  // Life goes on: both cities work on with the merged board and merge again.
  Ledger d = left;
  Ledger e = left;
  generate_entries(d, 8, seed + 1000, "hohhot", minute(600), 60'000);
  generate_entries(e, 8, seed + 2000, "baotou", minute(600), 60'000);
  if (!d.conflicts().empty()) {
    Draft draft = d.resolution(d.conflicts().front(), d.conflicts().front().kept.value);
    draft.author = "Sarana";
    draft.time = minute(1200);
    const std::size_t before = d.conflicts().size();
    if (d.commit(draft)) {
      EXPECT_LT(d.conflicts().size(), before);
    }
  }
  expect_same(reopened(d), d);
  expect_same(reopened(e), e);
  const Ledger whole = merged(d, e);
  expect_ancestors(whole);
  expect_same(merged(whole, left), whole);
  expect_same(merged(c, whole), whole);
}

INSTANTIATE_TEST_SUITE_P(seeds, MergeProperty, testing::Range(0, 40));

}  // namespace
}  // namespace tc
