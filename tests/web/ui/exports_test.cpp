#include <gtest/gtest.h>

#include <string>

#include "core/exchange/csv.hpp"
#include "core/exchange/sheet_export.hpp"
#include "core/model/generate.hpp"
#include "core/model/programme_json.hpp"
#include "tests/web/ui/driver.hpp"

namespace tc::ui::test {
namespace {

/// Files of a board that is large enough to be written in more than a few parts.
class ExportsTest : public ::testing::Test {
 protected:
  ExportsTest() {
    driver.app().restore("language", "en");
    driver.app().restore("author", "张三");
    driver.app().restore("city", "hohhot");
    driver.app().open("large.json", save_programme(programme));
    work_all();
    driver.pieces = 1;
  }

  void work_all() {
    do {
      for (int i = 0; i < 1000 && driver.app().has_work(); ++i) driver.frames(1);
      ASSERT_FALSE(driver.app().has_work());
      driver.frames();  // one thing may lead to the next
    } while (driver.app().has_work());
  }
  void choose(const std::string& entry) {
    ASSERT_TRUE(driver.click(Role::button, Str::open_menu));
    driver.frames();
    ASSERT_TRUE(driver.click(Role::button, entry));
    driver.frames(2);
  }
  void choose(Str entry) { choose(driver.text(entry)); }
  bool writing(const std::string& name) {
    return driver.find(Role::status, "Writing " + name) != nullptr;
  }

  const Programme programme = generate_programme(2000, 1);
  const std::string id = programme.id;
  Driver driver{1600, 1000};
};

TEST_F(ExportsTest, ALargeBoardIsWrittenBetweenFrames) {
  choose("Microsoft Project (XML)");
  ASSERT_TRUE(writing(id + ".xml"));
  EXPECT_TRUE(driver.host().saved.empty());
  // The board can be used meanwhile.
  driver.click(Role::tab, Str::items_title);
  EXPECT_TRUE(writing(id + ".xml"));
  work_all();
  EXPECT_FALSE(writing(id + ".xml"));
  const std::string& text = driver.host().saved.at(id + ".xml");
  EXPECT_NE(text.find("<WBS>G02000</WBS>"), std::string::npos);
}

TEST_F(ExportsTest, WhatIsWrittenIsTheBoardOfWhenItWasAskedFor) {
  choose(Str::export_xlsx);
  ASSERT_TRUE(writing(id + ".xlsx"));
  driver.app().open("demo.json", read_file("assets/programmes/demo.json"));
  work_all();
  ASSERT_TRUE(driver.host().saved.contains(id + ".xlsx"));
  const Result<Workbook> written = parse_workbook(driver.host().saved.at(id + ".xlsx"));
  ASSERT_TRUE(written);
  const Workbook expected = export_sheets(programme, nullptr, Language::en);
  ASSERT_EQ(written.value->sheets.size(), expected.sheets.size());
  for (std::size_t i = 1; i < expected.sheets.size(); ++i) {
    EXPECT_EQ(written.value->sheets[i].rows.size(), expected.sheets[i].rows.size());
  }
}

TEST_F(ExportsTest, WritingCanBeGivenUp) {
  choose("Calendar (iCalendar)");
  choose("Table for spreadsheets (CSV)");
  ASSERT_TRUE(writing(id + ".ics")) << "first come, first served";
  ASSERT_TRUE(driver.click(Role::link, Str::form_cancel));
  driver.frames(2);
  EXPECT_TRUE(driver.shows(id + ".ics was not written"));
  EXPECT_TRUE(writing(id + ".csv"));
  work_all();
  EXPECT_FALSE(driver.host().saved.contains(id + ".ics"));
  EXPECT_TRUE(driver.host().saved.contains(id + ".csv"));
}

TEST_F(ExportsTest, TheFirstSavingOfALargeBoardIsDoneBetweenFrames) {
  driver.key(ImGuiKey_S, ImGuiMod_Ctrl);
  driver.frames(1);
  ASSERT_TRUE(writing(id + ".tongcheng.jsonl"));
  EXPECT_TRUE(driver.host().boards_saved.empty());
  ASSERT_TRUE(driver.click(Role::link, Str::form_cancel));
  work_all();
  EXPECT_TRUE(driver.host().boards_saved.empty());
  // Now the journal is there.
  driver.key(ImGuiKey_S, ImGuiMod_Ctrl);
  driver.frames(1);
  const Result<OpenedLedger> saved =
      open_board(driver.host().boards_saved.at(id + ".tongcheng.jsonl"));
  ASSERT_TRUE(saved);
  EXPECT_TRUE(saved.value->ledger.state() == programme);
}

TEST_F(ExportsTest, TheBoardIsDownloadedOnceItsJournalIsThere) {
  choose(Str::export_board);
  ASSERT_TRUE(writing(id + ".tongcheng.jsonl"));
  work_all();
  EXPECT_TRUE(driver.host().boards_saved.empty());
  EXPECT_TRUE(open_board(driver.host().saved.at(id + ".tongcheng.jsonl")));
}

TEST_F(ExportsTest, ASavingThatAnEntryOvertakesIsDoneAllTheSame) {
  driver.pieces = 0;
  driver.key(ImGuiKey_S, ImGuiMod_Ctrl);
  driver.frames(1);
  EXPECT_TRUE(driver.host().boards_saved.empty());
  driver.app().receive("");  // what another window sends needs the journal at once
  driver.frames(1);
  EXPECT_EQ(driver.host().boards_saved.size(), 1U);
}

TEST_F(ExportsTest, AnotherBoardIsNotSavedInThePlaceOfTheOne) {
  driver.key(ImGuiKey_S, ImGuiMod_Ctrl);
  driver.frames(1);
  driver.app().open("demo.json", read_file("assets/programmes/demo.json"));
  driver.frames(2);
  work_all();
  EXPECT_TRUE(driver.host().boards_saved.empty());
}

TEST_F(ExportsTest, WhoeverIsAboutToChangeSomethingFindsTheJournalThere) {
  driver.app().restore("page", "items");
  driver.frames();
  EXPECT_FALSE(driver.app().has_work()) << "nothing that is only looked at needs one";
  driver.move(600, 500);
  driver.key(ImGuiKey_A, ImGuiMod_Ctrl);
  driver.frames(1);
  ASSERT_TRUE(driver.shows("2000 selected"));
  EXPECT_TRUE(driver.app().has_work());
  work_all();
  driver.key(ImGuiKey_S, ImGuiMod_Ctrl);
  driver.frames(1);
  EXPECT_EQ(driver.host().boards_saved.size(), 1U) << "without waiting";
}

TEST_F(ExportsTest, ALargeTableIsReadBetweenFramesAndCanBeGivenUp) {
  const std::string table = workbook_json(export_sheets(programme, nullptr, Language::en));
  driver.app().import_table("large.xlsx", table, false);
  driver.frames(2);
  const std::string reading = "Reading large.xlsx";
  ASSERT_NE(driver.find(Role::status, reading), nullptr);
  ASSERT_TRUE(driver.click(Role::link, Str::form_cancel));
  work_all();
  EXPECT_EQ(driver.find(Role::dialog, "Import large.xlsx"), nullptr);
  driver.app().import_table("large.xlsx", table, false);
  work_all();
  EXPECT_NE(driver.find(Role::dialog, "Import large.xlsx"), nullptr);
  EXPECT_TRUE(driver.shows(driver.text(Str::import_no_change)));
}

}  // namespace
}  // namespace tc::ui::test
