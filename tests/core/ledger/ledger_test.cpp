#include "core/ledger/ledger.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "core/ledger/keyed_document.hpp"
#include "core/model/element_json.hpp"
#include "tests/core/ledger/boards.hpp"

namespace tc {
namespace {

using nlohmann::json;
using test::baotou;
using test::draft_of;
using test::good_board;
using test::good_programme;
using test::hohhot;
using test::minute;
using test::Place;
using test::places;
using test::reopened;
using test::set;
using enum ErrorCode;

const ActionItem& item(const Ledger& board, std::size_t index) {
  return board.state().items.at(index);
}

TEST(ledger, begins_with_its_base) {
  const Ledger board = good_board();
  EXPECT_TRUE(board.state() == good_programme());
  EXPECT_TRUE(board.base() == good_programme());
  EXPECT_EQ(board.size(), 0U);
  EXPECT_TRUE(board.heads().empty());
  EXPECT_EQ(board.base_hash().size(), 64U);
  EXPECT_TRUE(board.snapshot_text().empty());
  Programme broken = good_programme();
  broken.items[0].area = "nowhere";
  EXPECT_EQ(places(Ledger::create(broken).errors),
            (std::vector<Place>{{dangling_reference, "/items/0/area"}}));
  EXPECT_TRUE(Ledger().state().items.empty());
  EXPECT_EQ(Ledger().size(), 0U);
}

TEST(ledger, an_entry_changes_one_value) {
  Ledger board = good_board();
  const Result<std::size_t> done =
      set(board, hohhot(0), "/items/G1/status", "staged-result", "例会");
  ASSERT_TRUE(done);
  EXPECT_EQ(*done.value, 0U);
  Programme expected = good_programme();
  expected.items[0].status = Status::staged_result;
  EXPECT_TRUE(board.state() == expected);
  EXPECT_EQ(*board.value("/items/G1/status"), "staged-result");
  const Entry entry = board.entry(0);
  EXPECT_EQ(entry.parents, std::vector<std::string>{board.base_hash()});
  EXPECT_EQ(entry.author, "Sarana");
  EXPECT_EQ(entry.city, "h");
  EXPECT_EQ(entry.time, minute(0));
  EXPECT_EQ(entry.reason, "例会");
  ASSERT_EQ(entry.changes.size(), 1U);
  EXPECT_EQ(entry.changes[0].before, json("under-way"));
  EXPECT_EQ(board.heads(), std::vector<std::string>{entry.id});
  EXPECT_EQ(board.find(entry.id), 0U);
  EXPECT_FALSE(board.find("x"));
  EXPECT_EQ(board.head(0).id, entry.id);
  EXPECT_EQ(board.head(0).author, "Sarana");
  ASSERT_TRUE(set(board, baotou(1), "/items/G1/progress", 50));
  EXPECT_EQ(board.entry(1).parents, std::vector<std::string>{entry.id});
  EXPECT_EQ(board.parents(1), std::vector<std::size_t>{0});
  EXPECT_TRUE(board.is_ancestor(0, 1));
  EXPECT_FALSE(board.is_ancestor(1, 0));
  EXPECT_FALSE(board.is_ancestor(0, 0));
}

TEST(ledger, copies_are_independent) {
  Ledger board = good_board();
  ASSERT_TRUE(set(board, hohhot(0), "/items/G1/progress", 1));
  Ledger copy = board;
  ASSERT_TRUE(set(copy, hohhot(1), "/items/G1/progress", 2));
  ASSERT_TRUE(set(copy, hohhot(2), "/items/N",
                  json{{"code", "N"}, {"title", {{"en", "N"}}}, {"status", "unknown"}}));
  EXPECT_EQ(board.size(), 1U);
  EXPECT_EQ(item(board, 0).progress, 1);
  EXPECT_EQ(copy.size(), 3U);
  EXPECT_EQ(item(copy, 0).progress, 2);
  board = copy;
  test::expect_same(board, copy);
}

TEST(ledger, several_changes_are_one_entry) {
  Ledger board = good_board();
  Draft draft = draft_of(hohhot(0));
  for (const char* code : {"G1", "G2", "G3"}) {
    draft.changes.push_back(board.change(std::string("/items/") + code + "/status", "blocked"));
  }
  ASSERT_TRUE(board.commit(draft));
  EXPECT_EQ(board.size(), 1U);
  for (const ActionItem& each : board.state().items) EXPECT_EQ(each.status, Status::blocked);
  // One that can't be done keeps all from being done.
  const std::string before = board.text();
  Draft half = draft_of(hohhot(1));
  half.changes = {board.change("/items/G1/status", "under-way"),
                  board.change("/items/G2/status", "done")};
  const Result<std::size_t> refused = board.commit(half);
  EXPECT_EQ(places(refused.errors), (std::vector<Place>{{bad_name, "/items/G2/status"}}));
  EXPECT_EQ(board.text(), before);
  EXPECT_EQ(item(board, 0).status, Status::blocked);
  EXPECT_EQ(*board.value("/items/G1/status"), "blocked");
}

TEST(ledger, structure_changes_too) {
  Ledger board = good_board();
  ASSERT_TRUE(set(board, hohhot(0), "/items/N",
                  json{{"code", "N"}, {"title", {{"en", "New"}}}, {"status", "unknown"}}));
  ASSERT_TRUE(set(board, hohhot(1), "/items/N/leads", json::array({"hd"})));
  ASSERT_TRUE(set(board, hohhot(2), "/items/N/dependsOn/G3", json{{"item", "G3"}, {"type", "FS"}}));
  ASSERT_TRUE(set(board, hohhot(3), "/items/N/milestones/M1",
                  json{{"id", "M1"}, {"title", {{"en", "Start"}}}}));
  ASSERT_TRUE(set(board, hohhot(4), "/indicators/i1/value", 31));
  ASSERT_TRUE(
      set(board, hohhot(5), "/indicators/i2", json{{"id", "i2"}, {"name", {{"en", "Two"}}}}));
  ASSERT_TRUE(set(board, hohhot(6), "/areas/a3", json{{"id", "a3"}, {"title", {{"en", "Three"}}}}));
  ASSERT_TRUE(set(board, hohhot(7), "/items/N/area", "a3"));
  ASSERT_TRUE(set(board, hohhot(8), "/title/en", "Both cities"));
  Evidence evidence;
  evidence.title.zh = "纪要";
  const json value = json_of(evidence);
  ASSERT_TRUE(set(board, hohhot(9), "/items/N/evidence/" + evidence_key(value), value));
  const ActionItem& added = board.state().items.back();
  EXPECT_EQ(added.code, "N");
  EXPECT_EQ(added.leads, std::vector<std::string>{"hd"});
  EXPECT_EQ(added.depends_on.at(0).item, "G3");
  EXPECT_EQ(added.milestones.at(0).id, "M1");
  EXPECT_EQ(added.evidence.at(0), evidence);
  EXPECT_EQ(added.area, "a3");
  EXPECT_EQ(board.state().indicators.at(0).value, 31);
  EXPECT_EQ(board.state().indicators.at(1).id, "i2");
  EXPECT_EQ(board.state().title.en, "Both cities");
  EXPECT_TRUE(reopened(board).state() == board.state());
  EXPECT_TRUE(load_programme(save_programme(board.state())).value == board.state());
}

TEST(ledger, what_the_model_refuses_is_refused_with_its_place) {
  Ledger board = good_board();
  const std::string before = board.text();
  const auto refused = [&](const std::string& pointer, std::optional<json> value) {
    const Result<std::size_t> result = set(board, hohhot(0), pointer, std::move(value), "r");
    EXPECT_FALSE(result) << pointer;
    EXPECT_EQ(board.text(), before) << pointer;
    EXPECT_TRUE(board.state() == good_programme()) << pointer;
    return places(result.errors);
  };
  using Places = std::vector<Place>;
  EXPECT_EQ(refused("/items/G1/due", "soon"), (Places{{bad_date, "/items/G1/due"}}));
  EXPECT_EQ(refused("/items/G1/due", "2023-01-01"), (Places{{date_order, "/items/G1/due"}}));
  EXPECT_EQ(refused("/items/G1/milestones/m2/due", "x"),
            (Places{{bad_date, "/items/G1/milestones/m2/due"}}));
  EXPECT_EQ(refused("/items/G1/area", "a9"), (Places{{dangling_reference, "/items/G1/area"}}));
  EXPECT_EQ(refused("/items/G1/leads", json::array({"hd", "xx"})),
            (Places{{dangling_reference, "/items/G1/leads/1"}}));
  EXPECT_EQ(refused("/items/G1/nonsense", 1), (Places{{unknown_member, "/items/G1/nonsense"}}));
  EXPECT_EQ(refused("/items/G1/title", std::nullopt), (Places{{missing_member, "/items/G1"}}));
  EXPECT_EQ(refused("/items/G1/dependsOn/G3", json{{"item", "G3"}, {"type", "FS"}}),
            (Places{{dependency_cycle, "/items/G1/dependsOn"}}));
  EXPECT_EQ(refused("/items/G2/dependsOn/G2", json{{"item", "G2"}, {"type", "FS"}}),
            (Places{{dependency_cycle, "/items/G2/dependsOn"}}));
  EXPECT_EQ(refused("/items/N", json{{"code", "N"}}),
            (Places{{missing_member, "/items/N"}, {missing_member, "/items/N"}}));
  EXPECT_EQ(refused("/items/G1", std::nullopt),
            (Places{{dangling_reference, "/items/G2/dependsOn/G1/item"}}));
  EXPECT_EQ(refused("/departments/hd", std::nullopt),
            (Places{{dangling_reference, "/items/G1/leads/0"}}));
  EXPECT_EQ(refused("/indicators/i1/source/source", "s9"),
            (Places{{dangling_reference, "/indicators/i1/source/source"}}));
  EXPECT_EQ(refused("/indicators/i1/value", "many"),
            (Places{{wrong_type, "/indicators/i1/value"}}));
  EXPECT_EQ(refused("/kind", "draft"), (Places{{bad_name, "/kind"}}));
  EXPECT_EQ(refused("/items", json::array()), (Places{{no_such_place, "/items"}}));
  EXPECT_EQ(refused("/items/G9/due", "2024-01-01"), (Places{{no_such_place, "/items/G9/due"}}));
  EXPECT_EQ(refused("/items/G1/code", "G9"), (Places{{no_such_place, "/items/G1/code"}}));
  // A code that was refused is as free as before.
  EXPECT_TRUE(set(board, hohhot(0), "/items/N",
                  json{{"code", "N"}, {"title", {{"en", "N"}}}, {"status", "unknown"}}));
}

TEST(ledger, drafts_must_make_sense) {
  Ledger board = good_board();
  const Draft good = [&] {
    Draft draft = draft_of(hohhot(0));
    draft.changes.push_back(board.change("/items/G1/progress", 1));
    return draft;
  }();
  const auto refused = [&](void (*change)(Draft&)) {
    Draft draft = good;
    change(draft);
    const Result<std::size_t> result = board.commit(draft);
    EXPECT_EQ(board.size(), 0U);
    return places(result.errors);
  };
  using Places = std::vector<Place>;
  EXPECT_EQ(refused([](Draft& d) { d.author = " "; }), (Places{{empty_value, "/author"}}));
  EXPECT_EQ(refused([](Draft& d) { d.time = "2024-04-01"; }), (Places{{bad_time, "/time"}}));
  EXPECT_EQ(refused([](Draft& d) { d.changes.clear(); }), (Places{{empty_value, "/changes"}}));
  EXPECT_EQ(refused([](Draft& d) { d.changes[0].after = d.changes[0].before; }),
            (Places{{empty_value, "/changes"}}));
  EXPECT_EQ(refused([](Draft& d) { d.kind = EntryKind::note; }),
            (Places{{wrong_type, "/changes"}}));
  EXPECT_EQ(refused([](Draft& d) { d.of = "x"; }), (Places{{dangling_reference, "/of"}}));
  EXPECT_EQ(refused([](Draft& d) { d.kind = EntryKind::undo; }),
            (Places{{dangling_reference, "/of"}}));
  EXPECT_EQ(refused([](Draft& d) { d.changes[0].before = 41; }),
            (Places{{changed_meanwhile, "/items/G1/progress"}}));
  EXPECT_EQ(refused([](Draft& d) { d.changes[0].before.reset(); }),
            (Places{{changed_meanwhile, "/items/G1/progress"}}));
  EXPECT_EQ(refused([](Draft& d) { d.changes[0].pointer = "/items/G2/progress"; }),
            (Places{{changed_meanwhile, "/items/G2/progress"}}));
  EXPECT_EQ(refused([](Draft& d) { d.evidence.emplace_back(); }),
            (Places{{empty_value, "/evidence/0/title"}}));
  json deep = 1;
  for (int i = 0; i < 100; ++i) deep = json::array({deep});
  Draft draft = good;
  draft.changes = {board.change("/items/G1/x-deep", deep)};
  EXPECT_EQ(board.commit(draft).errors.at(0).code, too_deep);
  Draft remark = draft_of(hohhot(0), "remark");
  remark.kind = EntryKind::note;
  EXPECT_TRUE(board.commit(remark));
}

TEST(ledger, a_slip_needs_a_reason) {
  Ledger board = good_board();
  const auto asks = [&board](const std::string& pointer, std::optional<json> value) {
    const Result<std::size_t> result = set(board, hohhot(0), pointer, std::move(value), " ");
    EXPECT_TRUE(result || result.errors.at(0).code == reason_needed);
    return result ? std::string() : result.errors.at(0).pointer;
  };
  EXPECT_EQ(asks("/items/G1/due", "2024-07-01"), "/items/G1/due");
  EXPECT_EQ(asks("/items/G1/due", std::nullopt), "/items/G1/due");
  EXPECT_EQ(asks("/items/G1/milestones/m2/due", "2024-06-02"), "/items/G1/milestones/m2/due");
  json whole = *board.value("/items/G1");
  whole["due"] = "2024-12-31";
  EXPECT_EQ(asks("/items/G1", whole), "/items/G1/due");
  EXPECT_EQ(board.size(), 0U);
  EXPECT_EQ(asks("/items/G1/due", "2024-06-29"), "");
  EXPECT_EQ(asks("/items/G1/milestones/m2/due", "2024-05-31"), "");
  EXPECT_EQ(asks("/items/G2/due", "2024-06-29"), "");
  EXPECT_EQ(asks("/items/G1/status", "completed"), "");
  EXPECT_EQ(asks("/items/G1/status", "under-way"), "/items/G1/status");
  EXPECT_EQ(item(board, 0).status, Status::completed);
  EXPECT_TRUE(set(board, hohhot(0), "/items/G1/status", "under-way", "缺材料"));
  EXPECT_TRUE(set(board, hohhot(0), "/items/G1/due", "2024-12-31", "审批延后"));
  // Together with a change of structure as well.
  Draft draft = draft_of(hohhot(1));
  draft.changes = {board.change("/items/G3", std::nullopt),
                   board.change("/items/G1/due", "2025-12-31")};
  EXPECT_EQ(places(board.commit(draft).errors),
            (std::vector<Place>{{reason_needed, "/items/G1/due"}}));
  EXPECT_EQ(board.state().items.size(), 3U);
  EXPECT_EQ(item(board, 2).code, "G3");
}

TEST(ledger, time_does_not_run_backwards) {
  Ledger board = good_board();
  ASSERT_TRUE(set(board, hohhot(10), "/items/G1/progress", 1));
  ASSERT_TRUE(set(board, baotou(5), "/items/G1/progress", 2));
  EXPECT_EQ(board.head(1).time, minute(10));
}

TEST(ledger, undo_and_redo_are_entries) {
  Ledger board = good_board();
  EXPECT_EQ(places(board.undo(hohhot(0)).errors), (std::vector<Place>{{nothing_to_undo, ""}}));
  EXPECT_EQ(places(board.redo(hohhot(0)).errors), (std::vector<Place>{{nothing_to_undo, ""}}));
  const Programme start = board.state();
  ASSERT_TRUE(set(board, hohhot(0), "/items/G1/progress", 50));
  const Programme first = board.state();
  ASSERT_TRUE(set(board, baotou(1), "/items/G2/progress", 5));
  ASSERT_TRUE(set(board, hohhot(2), "/items/G1/progress", 60));
  EXPECT_EQ(board.next_undo("Sarana"), 2U);
  EXPECT_EQ(board.next_undo("Bayar"), 1U);
  EXPECT_FALSE(board.next_undo("Nobody"));
  ASSERT_TRUE(board.undo(hohhot(3)));
  EXPECT_EQ(item(board, 0).progress, 50);
  EXPECT_EQ(item(board, 1).progress, 5);
  EXPECT_EQ(board.entry(3).kind, EntryKind::undo);
  EXPECT_EQ(board.entry(3).of, board.entry(2).id);
  EXPECT_EQ(board.head(3).of, 2U);
  EXPECT_EQ(board.next_undo("Sarana"), 0U);
  EXPECT_EQ(board.next_redo("Sarana"), 2U);
  ASSERT_TRUE(board.undo(hohhot(4)));
  ASSERT_TRUE(board.undo(baotou(5)));
  EXPECT_TRUE(board.state() == start);
  EXPECT_FALSE(board.next_undo("Sarana"));
  ASSERT_TRUE(board.redo(hohhot(6)));
  EXPECT_TRUE(board.state() == first);
  ASSERT_TRUE(board.redo(hohhot(7)));
  EXPECT_EQ(item(board, 0).progress, 60);
  EXPECT_FALSE(board.next_redo("Sarana"));
  ASSERT_TRUE(board.undo(hohhot(8)));
  ASSERT_TRUE(set(board, hohhot(9), "/items/G3/progress", 1));
  EXPECT_FALSE(board.next_redo("Sarana"));
  EXPECT_EQ(board.next_redo("Bayar"), 1U);
  // The stacks come from the journal.
  Ledger again = reopened(board);
  EXPECT_EQ(again.next_undo("Sarana"), board.next_undo("Sarana"));
  EXPECT_EQ(again.next_redo("Bayar"), 1U);
}

TEST(ledger, undo_needs_no_reason_but_its_value) {
  Ledger board = good_board();
  ASSERT_TRUE(set(board, hohhot(0), "/items/G1/due", "2024-05-01"));
  ASSERT_TRUE(board.undo(hohhot(1)));  // later again
  ASSERT_TRUE(board.redo(hohhot(2)));
  ASSERT_TRUE(set(board, baotou(3), "/items/G1/due", "2024-05-02", "r"));
  const Result<std::size_t> refused = board.undo(hohhot(4));
  EXPECT_EQ(places(refused.errors), (std::vector<Place>{{changed_meanwhile, "/items/G1/due"}}));
  EXPECT_NE(refused.errors.at(0).found.find("Bayar"), std::string::npos);
  EXPECT_NE(refused.errors.at(0).found.find(minute(3)), std::string::npos);
  EXPECT_EQ(board.size(), 4U);
}

TEST(ledger, what_was_removed_comes_back_to_its_place) {
  Ledger board = good_board();
  const Programme start = board.state();
  Draft draft = draft_of(hohhot(0));
  draft.changes = {board.change("/items/G3", std::nullopt), board.change("/items/G2", std::nullopt),
                   board.change("/items/G1/milestones/m1", std::nullopt)};
  ASSERT_TRUE(board.commit(draft));
  EXPECT_EQ(board.state().items.size(), 1U);
  EXPECT_EQ(board.entry(0).changes.at(1).place, "G1");
  const Programme removed = board.state();
  ASSERT_TRUE(board.undo(hohhot(1)));
  EXPECT_TRUE(board.state() == start);
  ASSERT_TRUE(board.redo(hohhot(2)));
  EXPECT_TRUE(board.state() == removed);
  ASSERT_TRUE(board.undo(hohhot(3)));
  EXPECT_TRUE(reopened(board).state() == start);
}

TEST(ledger, time_travel) {
  Ledger board = good_board();
  std::vector<Programme> states{board.state()};
  for (int i = 0; i < 10; ++i) {
    ASSERT_TRUE(set(board, hohhot(600 * i), "/items/G1/progress", i));
    states.push_back(board.state());
  }
  for (std::size_t i = 0; i < states.size(); ++i) {
    EXPECT_TRUE(board.state_after(i) == states[i]) << i;
  }
  EXPECT_EQ(board.count_before(minute(0)), 0U);
  EXPECT_EQ(board.count_before(minute(1)), 1U);
  EXPECT_EQ(board.count_before(minute(1800)), 3U);
  EXPECT_EQ(board.count_before("2030-01-01T00:00:00.000Z"), 10U);
  // Minute 0 is 8 o'clock in China; each entry comes ten hours later: 8, 18, 4, 14, …
  EXPECT_EQ(board.count_by(*make_date(2024, 3, 31)), 0U);
  EXPECT_EQ(board.count_by(*make_date(2024, 4, 1)), 2U);
  EXPECT_EQ(board.count_by(*make_date(2024, 4, 2)), 4U);
  EXPECT_TRUE(board.state_at(*make_date(2024, 4, 1)) == states[2]);
  EXPECT_TRUE(board.state_at(*make_date(2030, 1, 1)) == board.state());
}

TEST(ledger, differences_are_net) {
  Ledger board = good_board();
  ASSERT_TRUE(set(board, hohhot(0), "/items/G1/progress", 50));
  ASSERT_TRUE(set(board, hohhot(1), "/items/G2/progress", 5));
  ASSERT_TRUE(set(board, hohhot(2), "/items/G1/progress", 70));
  ASSERT_TRUE(board.undo(hohhot(3)));
  ASSERT_TRUE(board.undo(hohhot(4)));
  ASSERT_TRUE(set(board, hohhot(5), "/items/N",
                  json{{"code", "N"}, {"title", {{"en", "N"}}}, {"status", "unknown"}}));
  ASSERT_TRUE(set(board, hohhot(6), "/items/N/progress", 9));
  const std::vector<Change> all = board.diff(0, board.size());
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].pointer, "/items/G1/progress");
  EXPECT_EQ(all[0].before, json(40.5));
  EXPECT_EQ(all[0].after, json(50));
  EXPECT_EQ(all[1].pointer, "/items/N");
  EXPECT_FALSE(all[1].before);
  EXPECT_EQ((*all[1].after)["progress"], 9);
  const std::vector<Change> back = board.diff(board.size(), 0);
  ASSERT_EQ(back.size(), 2U);
  EXPECT_EQ(back[0].before, all[0].after);
  EXPECT_EQ(back[1].before, all[1].after);
  EXPECT_FALSE(back[1].after);
  EXPECT_TRUE(board.diff(3, 3).empty());
  EXPECT_TRUE(board.diff(1, 5).empty());
}

TEST(ledger, filters) {
  Ledger board = good_board();
  ASSERT_TRUE(set(board, hohhot(0), "/items/G1/progress", 50));
  ASSERT_TRUE(set(board, baotou(1), "/items/G2/progress", 5));
  ASSERT_TRUE(set(board, baotou(2), "/items/G1/milestones/m2/finished", "2024-06-01"));
  ASSERT_TRUE(board.undo(hohhot(3)));
  ASSERT_TRUE(set(board, hohhot(4), "/title/en", "T"));
  using Found = std::vector<std::size_t>;
  EXPECT_EQ(board.filter({}), (Found{0, 1, 2, 3, 4}));
  const auto filtered = [&board](void (*change)(LedgerFilter&)) {
    LedgerFilter filter;
    change(filter);
    return board.filter(filter);
  };
  EXPECT_EQ(filtered([](LedgerFilter& f) { f.author = "Bayar"; }), (Found{1, 2}));
  EXPECT_EQ(filtered([](LedgerFilter& f) { f.city = "h"; }), (Found{0, 3, 4}));
  EXPECT_EQ(filtered([](LedgerFilter& f) { f.kind = EntryKind::undo; }), (Found{3}));
  EXPECT_EQ(filtered([](LedgerFilter& f) { f.from = minute(1); }), (Found{1, 2, 3, 4}));
  EXPECT_EQ(filtered([](LedgerFilter& f) { f.until = minute(1); }), (Found{0}));
  EXPECT_EQ(filtered([](LedgerFilter& f) {
              f.city = "b";
              f.pointer = "/items/G1";
            }),
            (Found{2}));
  EXPECT_EQ(board.history("/items/G1"), (Found{0, 2, 3}));
  EXPECT_EQ(board.history("/items/G1/progress"), (Found{0, 3}));
  EXPECT_EQ(board.history("/items/G1/milestones/m2/finished"), (Found{2}));
  EXPECT_EQ(board.history("/items/G"), Found{});
  EXPECT_EQ(board.history("/title/en"), (Found{4}));
  EXPECT_EQ(board.history("/title"), (Found{4}));
  EXPECT_EQ(board.history("/items"), (Found{0, 1, 2, 3}));
}

}  // namespace
}  // namespace tc
