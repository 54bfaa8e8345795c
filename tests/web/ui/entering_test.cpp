#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "core/exchange/sheet_export.hpp"
#include "core/ledger/ledger.hpp"
#include "core/model/generate.hpp"
#include "core/model/programme_json.hpp"
#include "tests/web/ui/driver.hpp"

namespace tc::ui::test {
namespace {

/// Entries of so many changes that they are made between frames.
class EnteringTest : public ::testing::Test {
 protected:
  EnteringTest() {
    driver.app().restore("language", "en");
    driver.app().restore("author", "张三");
    driver.app().restore("city", "hohhot");
    driver.app().restore("page", "items");
    driver.app().open("large.json", save_programme(programme));
    work_all();
  }

  void work_all(Driver& page) {
    const int before = page.pieces;
    page.pieces = 1000;
    do {
      page.frames(2);
    } while (page.app().has_work());
    page.frames();
    page.pieces = before;
  }
  void work_all() { work_all(driver); }

  /// Offers a table that sets the progress of every item, and confirms it.
  void import(Driver& page) {
    Sheet sheet{"事项", {{Cell{std::string("编号")}, Cell{std::string("进度")}}}};
    for (const ActionItem& item : programme.items) {
      sheet.rows.push_back({Cell{item.code}, Cell{std::string("41")}});
    }
    page.app().import_table("list.xlsx", workbook_json({{sheet}}), false);
    work_all(page);
    page.pieces = 0;
    ASSERT_TRUE(page.click(Role::button, "Import 1500 rows"));
    page.frames();
  }
  void import() {
    import(driver);
    ASSERT_NE(entering(), nullptr);
  }
  /// The board as another window has it, in which a value was set first.
  Ledger another_window(const std::string& pointer, nlohmann::json after) const {
    Ledger other = Ledger::create(programme).value.value();
    Draft draft;
    draft.author = "李四";
    draft.time = "2024-12-31T00:00:00.000Z";
    draft.changes = {other.change(pointer, std::move(after))};
    EXPECT_TRUE(other.commit(draft));
    return other;
  }
  void select_all() {
    driver.move(600, 500);
    driver.key(ImGuiKey_A, ImGuiMod_Ctrl);
    driver.frames();
    ASSERT_TRUE(driver.shows("1500 selected"));
  }
  void fill(const char* field, const char* text) {
    ASSERT_TRUE(driver.click(Role::textbox, field)) << field;
    driver.key(ImGuiKey_A, ImGuiMod_Ctrl);
    driver.type(text);
    driver.frames();
  }
  const Node* entering() const {
    return driver.find(Role::status, "Entering 1500 changes in the ledger");
  }
  Ledger kept() { return kept_board(driver.host()); }

  /// Items as far as none has the progress that is imported.
  static Programme made() {
    Programme made = generate_programme(1500, 1);
    for (ActionItem& item : made.items) {
      item.progress = 20;
      item.status = Status::under_way;
    }
    return made;
  }

  const Programme programme = made();
  Driver driver{1600, 1000};
};

TEST_F(EnteringTest, AnImportIsEnteredBetweenFramesAndTakenBackLikewise) {
  import();
  EXPECT_EQ(entering()->value, "0%");
  EXPECT_TRUE(driver.host().kept.empty());
  // The board can be used meanwhile, and shows what it was.
  ASSERT_TRUE(driver.click(Role::tab, Str::overview_title));
  ASSERT_TRUE(driver.click(Role::tab, Str::items_title));
  driver.pieces = 1;
  driver.frames(40);
  ASSERT_NE(entering(), nullptr);
  EXPECT_NE(entering()->value, "0%");
  work_all();
  EXPECT_EQ(entering(), nullptr);
  EXPECT_TRUE(driver.find_prefix(Role::status, "Entered in the ledger") != nullptr);
  ASSERT_EQ(kept().size(), 1U);
  EXPECT_EQ(kept().entry(0).kind, EntryKind::import);
  EXPECT_EQ(kept().entry(0).author, "张三");
  EXPECT_EQ(kept().state().items.back().progress, 41);

  driver.pieces = 0;
  driver.key(ImGuiKey_Z, ImGuiMod_Ctrl);
  driver.frames();
  ASSERT_NE(entering(), nullptr);
  driver.key(ImGuiKey_Z, ImGuiMod_Ctrl);  // not twice
  EXPECT_TRUE(driver.find(Role::button, Str::undo)->disabled);
  work_all();
  ASSERT_EQ(kept().size(), 2U);
  EXPECT_TRUE(kept().state() == programme);
  EXPECT_NE(driver.find_prefix(Role::status, "Undone"), nullptr);
  driver.key(ImGuiKey_Y, ImGuiMod_Ctrl);
  work_all();
  ASSERT_EQ(kept().size(), 3U);
  EXPECT_EQ(kept().state().items.back().progress, 41);
  EXPECT_NE(driver.find_prefix(Role::status, "Done again"), nullptr);
}

TEST_F(EnteringTest, ItemsJoinAndLeaveBetweenFrames) {
  Sheet sheet{"事项", {{Cell{std::string("标题")}, Cell{std::string("进度")}}}};
  for (int i = 0; i < 600; ++i) {
    sheet.rows.push_back({Cell{"新的事项 " + std::to_string(i)}, Cell{std::string("5")}});
  }
  driver.app().import_table("list.xlsx", workbook_json({{sheet}}), false);
  work_all();
  driver.pieces = 1;  // each frame draws a board that holds together
  const auto frame_by_frame = [this] {
    for (int i = 0; i < 3000 && driver.app().has_work(); ++i) driver.frames(1);
    EXPECT_FALSE(driver.app().has_work());
  };
  ASSERT_TRUE(driver.click(Role::button, "Import 600 rows"));
  driver.frames(1);
  frame_by_frame();
  EXPECT_EQ(kept().state().items.size(), 2100U);
  EXPECT_TRUE(driver.shows("2100 of 2100 items"));
  driver.key(ImGuiKey_End);
  driver.key(ImGuiKey_Z, ImGuiMod_Ctrl);
  driver.frames(1);
  frame_by_frame();
  EXPECT_TRUE(kept().state() == programme);
  EXPECT_TRUE(driver.shows("1500 of 1500 items"));
}

TEST_F(EnteringTest, ItCanBeGivenUp) {
  import();
  driver.pieces = 1;
  driver.frames(20);
  ASSERT_TRUE(driver.click(Role::link, Str::form_cancel));
  work_all();
  EXPECT_TRUE(driver.host().kept.empty());
  EXPECT_NE(driver.find(Role::status, Str::edit_given_up), nullptr);
  EXPECT_EQ(entering(), nullptr);
}

TEST_F(EnteringTest, WhatIsProposedMeanwhileComesAfterIt) {
  import();
  driver.app().receive("");
  driver.frames();
  EXPECT_TRUE(driver.host().kept.empty()) << "asking for the journal is no entry";
  const std::string code = programme.items.front().code;
  const Node* row = driver.find_prefix(Role::row, code);
  ASSERT_NE(row, nullptr);
  driver.click(Node(*row));
  driver.frames();
  ASSERT_TRUE(driver.click(Role::button, Str::edit));
  driver.frames();
  fill("Title (Chinese)", "别的");
  ASSERT_TRUE(driver.click(Role::button, Str::form_save));
  driver.frames();
  EXPECT_TRUE(driver.host().kept.empty());
  work_all();
  ASSERT_EQ(kept().size(), 2U);
  EXPECT_EQ(kept().entry(0).changes.size(), 1500U);
  EXPECT_EQ(kept().entry(1).changes.size(), 1U);
  EXPECT_EQ(kept().state().items.front().title.zh, "别的");
  EXPECT_EQ(kept().state().items.front().progress, 41);
}

TEST_F(EnteringTest, AnotherWindowsEntryInBetweenIsNoHarm) {
  import();
  driver.pieces = 1;
  driver.frames(30);
  const Ledger other = another_window("/title/zh", "别的");
  EXPECT_TRUE(driver.app().receive(other.append_text(0)));
  work_all();
  ASSERT_EQ(kept().size(), 2U);
  EXPECT_EQ(kept().state().title.zh, "别的");
  EXPECT_EQ(kept().state().items.back().progress, 41);
}

TEST_F(EnteringTest, OnceItIsShownItIsKeptWhateverComes) {
  // How many pieces it takes, to stop before the last one.
  import();
  driver.pieces = 1;
  int all = 0;
  for (; driver.app().has_work(); ++all) driver.frames(1);
  const auto show = [&] {
    driver.host().kept.clear();
    driver.app().open("large.json", save_programme(programme));
    work_all();
    import();
    driver.pieces = 1;
    driver.frames(all - 1);
    driver.pieces = 0;
    driver.frames(1);
    ASSERT_NE(driver.find_prefix(Role::status, "Entered"), nullptr);
    ASSERT_TRUE(driver.host().kept.empty());
  };
  show();
  const Ledger other = another_window("/title/zh", "别的");
  EXPECT_FALSE(driver.app().receive(other.append_text(0))) << "it doesn't follow";
  EXPECT_EQ(kept().size(), 1U);
  driver.app().join(other.text());
  work_all();
  EXPECT_EQ(kept().entry(0).changes.size(), 1500U);

  show();
  driver.app().open("demo.json", read_file("assets/programmes/demo.json"));
  driver.frames();
  EXPECT_EQ(kept().size(), 1U);
}

TEST_F(EnteringTest, WhatIsRefusedIsSaid) {
  import();
  driver.pieces = 1;
  driver.frames(30);
  // Another window is faster with one of the values.
  const Ledger other = another_window("/items/" + programme.items[7].code + "/progress", 5);
  EXPECT_TRUE(driver.app().receive(other.append_text(0)));
  work_all();
  EXPECT_TRUE(driver.host().kept.empty());
  EXPECT_NE(driver.find_prefix(Role::alert, programme.items[7].code), nullptr);
}

TEST_F(EnteringTest, AReasonIsAskedForWhereOneIsWanted) {
  select_all();
  ASSERT_TRUE(driver.click(Role::button, Str::bulk_edit));
  driver.frames();
  fill("Due", "2199-12-31");
  driver.pieces = 0;
  ASSERT_TRUE(driver.click(Role::button, Str::form_save));
  driver.frames();
  ASSERT_NE(entering(), nullptr);
  work_all();
  EXPECT_TRUE(driver.host().kept.empty());
  ASSERT_NE(driver.find(Role::dialog, Str::reason_title), nullptr);
  fill("Reason", "everything is late");
  ASSERT_TRUE(driver.click(Role::button, Str::form_save));
  work_all();
  ASSERT_EQ(kept().size(), 1U);
  EXPECT_EQ(kept().entry(0).reason, "everything is late");
  EXPECT_EQ(kept().entry(0).changes.size(), 1500U);
}

TEST_F(EnteringTest, ASavingWaitsForIt) {
  import();
  driver.key(ImGuiKey_S, ImGuiMod_Ctrl);
  driver.frames();
  EXPECT_TRUE(driver.host().boards_saved.empty());
  work_all();
  ASSERT_EQ(driver.host().boards_saved.size(), 1U);
  const Result<OpenedLedger> saved = open_board(driver.host().boards_saved.begin()->second);
  ASSERT_TRUE(saved);
  EXPECT_EQ(saved.value->ledger.size(), 1U);
}

TEST_F(EnteringTest, OpeningAnotherBoardDoesNotLoseIt) {
  for (const int pieces : {0, 30}) {
    Driver page(1600, 1000);
    page.app().restore("language", "en");
    page.app().restore("author", "张三");
    page.app().open("large.json", save_programme(programme));
    work_all(page);
    import(page);
    page.pieces = 1;
    page.frames(pieces);
    ASSERT_TRUE(page.app().has_work());
    page.app().open("demo.json", read_file("assets/programmes/demo.json"));
    page.frames();
    EXPECT_FALSE(page.app().has_work());
    EXPECT_EQ(kept_board(page.host()).state().items.back().progress, 41);
    EXPECT_FALSE(page.shows(programme.items.front().code));
  }
}

}  // namespace
}  // namespace tc::ui::test
