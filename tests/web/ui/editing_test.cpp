#include <gtest/gtest.h>

#include <algorithm>

#include "core/ledger/ledger.hpp"
#include "core/model/generate.hpp"
#include "core/model/programme_json.hpp"
#include "tests/web/ui/driver.hpp"

namespace tc::ui::test {
namespace {

class EditingTest : public ::testing::Test {
 protected:
  EditingTest() : driver(1600, 1200) {
    driver.open_shipped("demo");
    driver.app().restore("author", "张三");
    driver.app().restore("city", "hohhot");
    driver.app().restore("page", "items");
    driver.frames();
  }

  void edit(const std::string& code) {
    const Node* row = driver.find_prefix(Role::row, code);
    ASSERT_NE(row, nullptr);
    driver.click(Node(*row));
    driver.frames();
    ASSERT_TRUE(driver.click(Role::button, Str::edit));
    driver.frames();
    ASSERT_NE(driver.find(Role::dialog, "Edit " + code), nullptr);
  }

  /// Replaces a field's text.
  void fill(const std::string& name, const std::string& text) {
    ASSERT_TRUE(driver.click(Role::textbox, name)) << name;
    driver.key(ImGuiKey_A, ImGuiMod_Ctrl);
    if (text.empty()) {
      driver.key(ImGuiKey_Delete);
    } else {
      driver.type(text);
    }
    driver.frames();
  }

  void save() {
    ASSERT_TRUE(driver.click(Role::button, Str::form_save));
    driver.frames(4);
  }

  Ledger kept() { return kept_board(driver.host()); }

  Driver driver;
};

TEST_F(EditingTest, AChangeBecomesAnEntryThatIsKept) {
  edit("K09");
  fill("Progress (%)", "55");
  save();
  EXPECT_EQ(driver.find(Role::dialog, "Edit K09"), nullptr);
  const Ledger ledger = kept();
  ASSERT_EQ(ledger.size(), 1U);
  const Entry entry = ledger.entry(0);
  EXPECT_EQ(entry.author, "张三");
  EXPECT_EQ(entry.city, "hohhot");
  ASSERT_EQ(entry.changes.size(), 1U);
  EXPECT_EQ(entry.changes[0].pointer, "/items/K09/progress");
  EXPECT_EQ(entry.changes[0].after, nlohmann::json(55.0));
  // The details stay with the item and tell of the entry.
  EXPECT_NE(driver.find(Role::region, Str::item_details), nullptr);
  EXPECT_TRUE(driver.shows("Progress (%): 50 → 55"));
}

TEST_F(EditingTest, WithManyItemsTheJournalIsBegunBeforeTheFirstChange) {
  const Programme many = generate_programme(1200, 1);
  const std::string code = many.items.front().code;
  for (const int pieces : {100, 0}) {  // in time, and not
    Driver page(1600, 1200);
    page.app().restore("language", "en");
    page.app().restore("author", "Sarana");
    page.app().restore("page", "items");
    page.app().open("many.json", save_programme(many));
    while (page.app().has_work()) page.frames();
    page.pieces = pieces;
    page.frames();
    const Node* row = page.find_prefix(Role::row, code);
    ASSERT_NE(row, nullptr);
    page.click(Node(*row));
    page.frames();
    EXPECT_EQ(page.app().has_work(), pieces == 0);
    ASSERT_TRUE(page.click(Role::button, Str::edit));
    page.frames();
    ASSERT_TRUE(page.click(Role::textbox, "Progress (%)"));
    page.key(ImGuiKey_A, ImGuiMod_Ctrl);
    page.type(many.items.front().progress == 35 ? "36" : "35");
    page.frames();
    ASSERT_TRUE(page.click(Role::button, Str::form_save));
    page.frames(4);
    EXPECT_EQ(kept_board(page.host()).size(), 1U);
    EXPECT_FALSE(page.app().has_work());
  }
}

TEST_F(EditingTest, SavingNothingOnlyCloses) {
  edit("K09");
  save();
  EXPECT_EQ(driver.find(Role::dialog, "Edit K09"), nullptr);
  EXPECT_TRUE(driver.host().kept.empty());
}

TEST_F(EditingTest, AnOpenDialogDrawsNothingByItself) {
  edit("K09");
  driver.frames(6);
  EXPECT_FALSE(driver.app().animating());
  driver.app().restore("author", "");
  fill("Progress (%)", "55");
  save();
  driver.frames(6);
  ASSERT_NE(driver.find(Role::dialog, Str::identity_title), nullptr);
  EXPECT_FALSE(driver.app().animating());
}

TEST_F(EditingTest, WhoWritesIsAskedForOnce) {
  driver.app().restore("author", "");
  edit("K09");
  fill("Progress (%)", "55");
  save();
  ASSERT_NE(driver.find(Role::dialog, Str::identity_title), nullptr);
  EXPECT_TRUE(driver.host().kept.empty());
  driver.type("李四");
  driver.frames();
  ASSERT_TRUE(driver.click(Role::button, Str::identity_confirm));
  driver.frames(4);
  EXPECT_EQ(driver.host().preferences["author"], "李四");
  EXPECT_EQ(kept().entry(0).author, "李四");
  // The next form is a form again, and nothing is asked.
  edit("K10");
  fill("Progress (%)", "21");
  save();
  EXPECT_EQ(kept().size(), 2U);
  EXPECT_EQ(driver.find(Role::dialog, "Edit K09"), nullptr);
}

TEST_F(EditingTest, ALaterDeadlineNeedsAReason) {
  edit("K09");
  fill("Due", "2025年7月31日");
  save();
  ASSERT_NE(driver.find(Role::dialog, "Edit K09"), nullptr);
  EXPECT_TRUE(driver.host().kept.empty());
  EXPECT_FALSE(driver.all(Role::alert).empty());
  fill("Reason", "设备到货推迟");
  save();
  EXPECT_EQ(driver.find(Role::dialog, "Edit K09"), nullptr);
  const Ledger ledger = kept();
  ASSERT_EQ(ledger.size(), 1U);
  EXPECT_EQ(ledger.entry(0).reason, "设备到货推迟");
  EXPECT_EQ(ledger.state().items[8].due, make_date(2025, 7, 31));
}

TEST_F(EditingTest, WhatIsNoDateIsSaidAtItsField) {
  edit("K09");
  fill("Due", "soon");
  save();
  ASSERT_NE(driver.find(Role::dialog, "Edit K09"), nullptr);
  bool said = false;
  for (const Node& alert : driver.all(Role::alert)) {
    said |= alert.name.find("soon") != std::string::npos;
  }
  EXPECT_TRUE(said);
  EXPECT_TRUE(driver.host().kept.empty());
  ASSERT_TRUE(driver.click(Role::button, Str::form_cancel));
  driver.frames();
  EXPECT_EQ(driver.find(Role::dialog, "Edit K09"), nullptr);
}

TEST_F(EditingTest, TheModelsRulesAreSaidAtTheirField) {
  edit("K09");
  fill("Due", "2024-01-01");  // before its start
  save();
  ASSERT_NE(driver.find(Role::dialog, "Edit K09"), nullptr);
  EXPECT_FALSE(driver.all(Role::alert).empty());
  EXPECT_TRUE(driver.host().kept.empty());
}

TEST_F(EditingTest, UndoAndRedo) {
  edit("K09");
  fill("Progress (%)", "55");
  save();
  driver.key(ImGuiKey_Z, ImGuiMod_Ctrl);
  driver.frames();
  EXPECT_EQ(kept().state().items[8].progress, 50);
  driver.key(ImGuiKey_Y, ImGuiMod_Ctrl);
  driver.frames();
  EXPECT_EQ(kept().state().items[8].progress, 55);
  EXPECT_EQ(kept().size(), 3U);
}

TEST_F(EditingTest, ANewItemGetsTheNextCode) {
  ASSERT_TRUE(driver.click(Role::button, Str::items_new));
  driver.frames();
  ASSERT_NE(driver.find(Role::dialog, Str::form_new), nullptr);
  const Node* code = driver.find(Role::textbox, Str::column_code);
  ASSERT_NE(code, nullptr);
  EXPECT_EQ(code->value, "K31");
  save();  // it needs a title
  ASSERT_NE(driver.find(Role::dialog, Str::form_new), nullptr);
  EXPECT_FALSE(driver.all(Role::alert).empty());
  fill("Title (Chinese)", "共建算力券");
  save();
  EXPECT_EQ(driver.find(Role::dialog, Str::form_new), nullptr);
  ASSERT_EQ(kept().state().items.size(), 31U);
  EXPECT_EQ(kept().state().items.back().title.zh, "共建算力券");
}

TEST_F(EditingTest, AStatusIsChosenFromAList) {
  edit("K09");
  ASSERT_TRUE(driver.click(Role::button, Str::column_status));
  driver.frames();
  ASSERT_TRUE(driver.click(Role::option, "Blocked"));
  driver.frames();
  save();
  EXPECT_EQ(kept().state().items[8].status, Status::blocked);
}

TEST_F(EditingTest, WhatIsKeptComesBack) {
  edit("K09");
  fill("Progress (%)", "55");
  save();
  const std::string bytes = driver.host().kept.begin()->second;
  Driver other(1600, 1200);
  other.open_shipped("demo");
  other.app().join(bytes);
  other.app().restore("page", "history");
  other.frames();
  ASSERT_NE(other.find_prefix(Role::row, "K09 · Progress (%): 50 → 55"), nullptr);
  // Joined a second time nothing more comes.
  other.app().join(bytes);
  other.frames();
  EXPECT_EQ(other.all(Role::row).size(), 1U);
}

TEST_F(EditingTest, PartsOfAnItemAreWordsInTheLedger) {
  edit("K09");
  fill("Progress (%)", "55");
  save();
  Ledger board = kept();
  const auto commit = [&board](const std::string& place, const nlohmann::json& value) {
    Draft draft;
    draft.author = "李四";
    draft.time = "2024-12-31T08:00:00.000Z";
    draft.changes = {board.change("/items/K09/" + place, value)};
    ASSERT_TRUE(board.commit(std::move(draft)));
  };
  commit("dependsOn/K01", {{"item", "K01"}, {"type", "SS"}, {"lagDays", 5}});
  commit("estimate", {{"optimistic", 10}, {"likely", 20}, {"pessimistic", 40}});
  driver.app().open("board.tongcheng.jsonl", board.text());
  driver.app().restore("page", "history");
  driver.frames();
  EXPECT_TRUE(driver.shows("Predecessor K01, Type SS, Lag (working days) 5"));
  EXPECT_TRUE(driver.shows(
      "Optimistic (working days) 10, Likely (working days) 20, Pessimistic (working days) 40"));
  EXPECT_FALSE(driver.shows("lagDays"));
}

TEST_F(EditingTest, WhatAnotherWindowAppendsIsTakenOver) {
  edit("K09");
  fill("Progress (%)", "55");
  save();
  Driver other(1600, 1200);
  other.open_shipped("demo");
  other.app().restore("page", "history");
  other.app().join(driver.host().kept.begin()->second);
  driver.host().kept.begin()->second.clear();
  edit("K09");
  fill("Progress (%)", "60");
  save();
  const std::string lines = driver.host().kept.begin()->second;
  ASSERT_TRUE(lines.starts_with("{\"id\":\""));  // one line, not the whole board
  EXPECT_TRUE(other.app().receive(lines));
  other.frames();
  EXPECT_NE(other.find_prefix(Role::row, "K09 · Progress (%): 55 → 60"), nullptr);
  EXPECT_EQ(other.all(Role::row).size(), 2U);
  // One that hasn't got the entries before it has to be given the whole copy.
  Driver late(1600, 1200);
  late.open_shipped("demo");
  late.frames();
  EXPECT_FALSE(late.app().receive(lines));
}

TEST_F(EditingTest, WhatTheHostHasNotGotIsKeptWithTheNextEntry) {
  edit("K09");
  fill("Progress (%)", "55");
  save();
  const auto with = [this](const char* author, int progress) {
    Ledger copy = kept();
    Draft draft;
    draft.author = author;
    draft.time = "2025-01-01T08:00:00.000Z";
    draft.changes.push_back(copy.change("/items/K10/progress", progress));
    EXPECT_TRUE(copy.commit(draft));
    return copy.text();
  };
  const std::string file = with("李四", 61);
  const std::string in_store = with("王五", 62);
  // A file with an entry that the host has not got, which has one that isn't in the file.
  for (const bool in_host : {false, true}) {
    Driver other(1600, 1200);
    other.app().restore("author", "张三");
    other.app().open("board.tongcheng.jsonl", in_host ? in_store : file);
    other.app().join(in_store);
    other.app().restore("page", "history");
    other.frames();
    other.key(ImGuiKey_Z, ImGuiMod_Ctrl);  // an entry
    other.frames();
    ASSERT_EQ(other.host().kept.size(), 1U);
    const std::string& kept = other.host().kept.begin()->second;
    EXPECT_EQ(is_board(kept), !in_host);
    if (!in_host) {
      EXPECT_EQ(kept_board(other.host()).size(), 4U);
    }
  }
}

TEST_F(EditingTest, TheBoardFollowsBackInTime) {
  edit("K09");
  fill("Progress (%)", "55");
  save();
  edit("K09");
  fill("Progress (%)", "60");
  save();
  driver.app().restore("page", "history");
  driver.frames();
  const Node* first = driver.find_prefix(Role::row, "K09 · Progress (%): 50 → 55");
  ASSERT_NE(first, nullptr);
  driver.click(Node(*first));
  driver.frames();
  ASSERT_TRUE(driver.click(Role::button, Str::history_as_of));
  driver.frames();
  driver.app().restore("page", "items");
  driver.frames();
  EXPECT_TRUE(driver.shows("55%"));
  EXPECT_FALSE(driver.shows("60%"));
  EXPECT_EQ(driver.find(Role::button, Str::items_new), nullptr);  // the past can't be changed
  ASSERT_TRUE(driver.click(Role::button, Str::past_back));
  driver.frames();
  EXPECT_TRUE(driver.shows("60%"));
}

TEST_F(EditingTest, ATrialOnTheRoadmapIsKept) {
  driver.app().restore("page", "roadmap");
  driver.frames();
  const Node* bar = driver.find_prefix(Role::img, "K09 ");
  ASSERT_NE(bar, nullptr);
  const Node at = *bar;
  ImGuiIO& io = ImGui::GetIO();
  driver.move(at.x1 - 2, (at.y0 + at.y1) / 2);
  io.AddMouseButtonEvent(0, true);
  driver.frames();
  driver.move(at.x1 + 60, (at.y0 + at.y1) / 2);
  driver.frames();
  io.AddMouseButtonEvent(0, false);
  driver.frames();
  ASSERT_TRUE(driver.click(Role::button, Str::roadmap_keep));
  driver.frames();
  ASSERT_NE(driver.find(Role::dialog, Str::reason_title), nullptr);
  driver.type("等待算力扩容");
  driver.frames();
  ASSERT_TRUE(driver.click(Role::button, Str::form_save));
  driver.frames(4);
  const Ledger ledger = kept();
  EXPECT_GT(*ledger.state().items[8].due, *make_date(2025, 6, 30));
  EXPECT_EQ(ledger.entry(0).reason, "等待算力扩容");
}

TEST_F(EditingTest, ARefusalToKeepIsSaid) {
  edit("K09");
  fill("Progress (%)", "55");
  save();
  driver.app().kept(false, "QuotaExceededError");
  driver.frames();
  bool said = false;
  for (const Node& alert : driver.all(Role::alert)) {
    said |= alert.name.find("QuotaExceededError") != std::string::npos;
  }
  EXPECT_TRUE(said);
  // The next entry brings all of it again.
  edit("K10");
  fill("Progress (%)", "20");
  save();
  EXPECT_EQ(kept().size(), 2U);
}

TEST_F(EditingTest, SeveralItemsAreChangedAtOnce) {
  const auto row = [this](const char* code) { return Node(*driver.find_prefix(Role::row, code)); };
  driver.click(row("K09"));
  driver.frames();
  driver.key(ImGuiKey_Escape);
  driver.frames();
  ImGui::GetIO().AddKeyEvent(ImGuiMod_Ctrl, true);
  driver.click(row("K09"));
  driver.click(row("K12"));
  ImGui::GetIO().AddKeyEvent(ImGuiMod_Ctrl, false);
  driver.frames();
  EXPECT_TRUE(driver.shows("2 selected"));
  ASSERT_TRUE(driver.click(Role::button, Str::bulk_edit));
  driver.frames();
  ASSERT_NE(driver.find(Role::dialog, "Change 2 items"), nullptr);
  fill("Progress (%)", "abc");
  ASSERT_TRUE(driver.click(Role::button, Str::form_save));
  driver.frames();
  EXPECT_NE(driver.find_prefix(Role::alert, "Progress (%)"), nullptr);
  EXPECT_TRUE(driver.host().kept.empty());
  fill("Progress (%)", "64");
  save();
  const Ledger ledger = kept();
  ASSERT_EQ(ledger.size(), 1U);
  std::vector<std::string> pointers;
  for (const Change& change : ledger.entry(0).changes) pointers.push_back(change.pointer);
  EXPECT_EQ(pointers, (std::vector<std::string>{"/items/K09/progress", "/items/K12/progress"}));
  EXPECT_EQ(driver.find(Role::button, Str::bulk_edit), nullptr) << "still selected";
  driver.key(ImGuiKey_Z, ImGuiMod_Ctrl);
  driver.frames(4);
  EXPECT_TRUE(driver.shows("Undone"));
}

TEST_F(EditingTest, ShiftAndCtrlASelectAndCopyGivesCells) {
  const auto row = [this](const char* code) { return Node(*driver.find_prefix(Role::row, code)); };
  driver.click(row("K02"));
  driver.frames();
  driver.key(ImGuiKey_Escape);
  driver.frames();
  ImGui::GetIO().AddKeyEvent(ImGuiMod_Shift, true);
  driver.click(row("K05"));
  ImGui::GetIO().AddKeyEvent(ImGuiMod_Shift, false);
  driver.frames();
  EXPECT_TRUE(driver.shows("4 selected"));
  driver.key(ImGuiKey_C, ImGuiMod_Ctrl);
  driver.frames();
  const std::string cells = ImGui::GetClipboardText();
  EXPECT_NE(cells.find("Code\t"), std::string::npos) << cells;
  for (const char* code : {"\nK02\t", "\nK03\t", "\nK04\t", "\nK05\t"}) {
    EXPECT_NE(cells.find(code), std::string::npos) << cells;
  }
  EXPECT_EQ(cells.find("\nK06\t"), std::string::npos);
  EXPECT_NE(cells.find("emonstration"), std::string::npos) << "the label is missing";
  driver.key(ImGuiKey_A, ImGuiMod_Ctrl);
  driver.frames();
  EXPECT_TRUE(driver.shows("30 selected"));
  driver.key(ImGuiKey_Escape);
  driver.frames();
  EXPECT_EQ(driver.find(Role::button, Str::bulk_copy), nullptr);
}

TEST_F(EditingTest, OpeningAnotherCopyOfTheBoardJoinsIt) {
  // The other city's copy of the same programme, with an entry of its own.
  Result<Programme> programme = load_programme(read_file("assets/programmes/demo.json"));
  ASSERT_TRUE(programme);
  Result<Ledger> other = Ledger::create(*programme.value);
  ASSERT_TRUE(other);
  Draft draft;
  draft.author = "李四";
  draft.city = "baotou";
  draft.time = "2024-12-30T08:00:00.000Z";
  draft.changes = {other.value->change("/items/K10/progress", 33.0)};
  ASSERT_TRUE(other.value->commit(draft));

  edit("K09");
  fill("Progress (%)", "55");
  save();
  driver.app().open("baotou.tongcheng.jsonl", other.value->text());
  driver.frames(4);
  const Ledger joined = kept();
  ASSERT_EQ(joined.size(), 2U);
  const auto progress = [&joined](std::size_t i) { return joined.state().items[i].progress; };
  EXPECT_EQ(progress(8), 55.0);
  EXPECT_EQ(progress(9), 33.0);
  EXPECT_TRUE(driver.shows("Merged"));
}

TEST_F(EditingTest, CtrlSSavesTheBoard) {
  edit("K09");
  fill("Progress (%)", "55");
  save();
  driver.key(ImGuiKey_S, ImGuiMod_Ctrl);
  driver.frames(4);
  ASSERT_EQ(driver.host().boards_saved.size(), 1U);
  const auto& [name, text] = *driver.host().boards_saved.begin();
  EXPECT_EQ(name, "demo.tongcheng.jsonl");
  const Result<OpenedLedger> again = open_board(text);
  ASSERT_TRUE(again);
  EXPECT_EQ(again.value->ledger.size(), 1U);
  driver.app().saved(name, "");
  driver.frames();
  EXPECT_TRUE(driver.shows("Saved: demo.tongcheng.jsonl"));
  driver.app().saved(name, "QuotaExceededError");
  driver.frames();
  EXPECT_NE(driver.find_prefix(Role::alert, "demo.tongcheng.jsonl could not be saved"), nullptr);
}

TEST_F(EditingTest, AnIndicatorsFigureIsChangedAndItsCitationGoes) {
  driver.open_shipped("hubao-2024");
  driver.app().restore("page", "overview");
  driver.frames(4);
  const Node* pencil = nullptr;
  for (int i = 0; i < 40 && pencil == nullptr; ++i) {
    driver.wheel(-2);
    driver.frames();
    pencil = driver.find_prefix(Role::button, "Edit ");
  }
  ASSERT_NE(pencil, nullptr);
  const std::string name = pencil->name.substr(5);
  driver.click(Node(*pencil));
  driver.frames();
  ASSERT_NE(driver.find(Role::dialog, name), nullptr);
  EXPECT_TRUE(driver.shows("the citation is removed"));
  fill(driver.text(Str::indicator_value), "many");
  ASSERT_TRUE(driver.click(Role::button, Str::form_save));
  driver.frames();
  EXPECT_TRUE(driver.shows("expected a number"));
  EXPECT_TRUE(driver.host().kept.empty());
  fill(driver.text(Str::indicator_value), "12,345");
  fill(driver.text(Str::indicator_value_day), "2024年7月1日");
  save();
  const Ledger ledger = kept();
  ASSERT_EQ(ledger.size(), 1U);
  const Programme& programme = ledger.state();
  const auto changed =
      std::find_if(programme.indicators.begin(), programme.indicators.end(),
                   [](const Indicator& indicator) { return indicator.value == 12345.0; });
  ASSERT_NE(changed, programme.indicators.end());
  EXPECT_EQ(changed->name.en, name);
  EXPECT_EQ(changed->as_of, make_date(2024, 7, 1));
  EXPECT_FALSE(changed->source.has_value());
}

}  // namespace
}  // namespace tc::ui::test
