#include <gtest/gtest.h>

#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

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

TEST(receive, what_another_copy_appends_is_taken_over) {
  Ledger writer = Ledger::create(generate_programme(8, 2)).value.value();
  Ledger reader = writer;
  for (int i = 0; i < 120; ++i) {
    ASSERT_EQ(generate_entries(writer, 1, static_cast<std::uint64_t>(i), i % 2 == 0 ? "hohhot" : "",
                               minute(i), 1000),
              1U);
    const std::string lines = writer.append_text(writer.size() - 1) + writer.snapshot_text();
    ASSERT_TRUE(reader.receive(lines)) << i;
    ASSERT_TRUE(reader.state() == writer.state()) << i;
  }
  expect_same(reader, writer);
  EXPECT_TRUE(reader.receive(writer.append_text(3)));  // is there already
  EXPECT_EQ(reader.size(), writer.size());
  for (std::size_t i = 0; i < writer.size(); i += 17) {
    EXPECT_TRUE(reader.state_after(i) == writer.state_after(i));
  }
  EXPECT_EQ(reader.next_undo(reader.head(119).author), writer.next_undo(writer.head(119).author));
}

TEST(receive, what_does_not_follow_is_left_to_a_merge) {
  Ledger writer = good_board();
  Ledger reader = writer;
  ASSERT_TRUE(set(writer, hohhot(0), "/items/G1/progress", 1));
  ASSERT_TRUE(set(writer, hohhot(1), "/items/G1/progress", 2));
  const Ledger before = reader;
  EXPECT_FALSE(reader.receive(writer.append_text(1)));  // the one before it is missing
  EXPECT_FALSE(reader.receive("nonsense\n"));
  EXPECT_FALSE(reader.receive(writer.append_text(0).substr(0, 100)));
  std::string forged = writer.append_text(0);
  forged[forged.find("Sarana")] = 'Z';
  EXPECT_FALSE(reader.receive(forged));
  expect_same(reader, before);
  // The good beginning is taken.
  EXPECT_FALSE(reader.receive(writer.append_text(0) + "nonsense\n"));
  EXPECT_EQ(reader.size(), 1U);
  // Both wrote: only a merge can tell.
  ASSERT_TRUE(set(reader, baotou(2), "/items/G2/progress", 3));
  EXPECT_FALSE(reader.receive(writer.append_text(1)));
  EXPECT_EQ(reader.size(), 2U);
  // An entry that knows both is taken where both are.
  Ledger joint = std::move(*Ledger::merge(reader, writer).value);
  Ledger other = joint;
  ASSERT_TRUE(set(joint, hohhot(5), "/items/G3/progress", 7));
  EXPECT_TRUE(other.receive(joint.append_text(joint.size() - 1)));
  expect_same(other, joint);
}

TEST(receive, a_decision_of_a_conflict_is_taken_over) {
  Ledger a = good_board();
  Ledger b = a;
  ASSERT_TRUE(set(a, hohhot(0), "/items/G1/progress", 1));
  ASSERT_TRUE(set(b, baotou(0), "/items/G1/progress", 2));
  Ledger joint = std::move(*Ledger::merge(a, b).value);
  ASSERT_EQ(joint.conflicts().size(), 1U);
  Ledger other = joint;
  ASSERT_TRUE(set(joint, hohhot(5), "/items/G3/progress", 7));
  EXPECT_TRUE(other.receive(joint.append_text(joint.size() - 1)));
  expect_same(other, joint);
  ASSERT_EQ(joint.conflicts().size(), 1U);
  Draft decision = test::draft_of(baotou(6), "例会决定");
  decision.kind = EntryKind::resolve;
  decision.changes.push_back(joint.change("/items/G1/progress", 2));
  ASSERT_TRUE(joint.commit(decision));
  EXPECT_TRUE(other.receive(joint.append_text(joint.size() - 1)));
  expect_same(other, joint);
  EXPECT_TRUE(joint.conflicts().empty());
  expect_same(test::reopened(other), joint);
}

TEST(receive, a_merge_that_brings_everything_is_the_other_copy) {
  Ledger part = generate_ledger(generate_programme(6, 1), 50, 1);
  Ledger whole = part;
  generate_entries(whole, 20, 3, "hohhot", "2030-01-01T00:00:00.000Z", 1000);
  const Ledger kept = whole;
  const Result<Ledger> merged = Ledger::merge(part, std::move(whole));
  ASSERT_TRUE(merged);
  expect_same(*merged.value, kept);
  Ledger less = part;
  const Result<Ledger> nothing_new = Ledger::merge(kept, std::move(less));
  ASSERT_TRUE(nothing_new);
  expect_same(*nothing_new.value, kept);
  EXPECT_FALSE(Ledger::merge(part, good_board()));
}

TEST(receive, items_of_an_entry_are_found_in_its_line) {
  const Ledger board = generate_ledger(generate_programme(20, 4), 400, 5);
  for (std::size_t i = 0; i < board.size(); ++i) {
    std::set<std::string> codes;
    for (const Change& change : board.entry(i).changes) {
      if (!change.pointer.starts_with("/items/")) continue;
      codes.insert(change.pointer.substr(7, change.pointer.find('/', 7) - 7));
    }
    EXPECT_EQ(board.changed_items(i), std::vector<std::string>(codes.begin(), codes.end())) << i;
  }
  // Escapes of the pointer and of JSON.
  Ledger odd = good_board();
  ASSERT_TRUE(set(
      odd, hohhot(0), "/items/a~1b~0\"c",
      nlohmann::json{{"code", "a/b~\"c"}, {"title", {{"zh", "甲"}}}, {"status", "not-started"}}));
  EXPECT_EQ(odd.changed_items(0), std::vector<std::string>{"a/b~\"c"});
  ASSERT_TRUE(set(odd, hohhot(1), "/title/zh", "{\"pointer\":\"/items/G1"));
  EXPECT_TRUE(odd.changed_items(1).empty());
}

}  // namespace
}  // namespace tc
