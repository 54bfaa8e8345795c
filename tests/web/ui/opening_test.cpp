#include <gtest/gtest.h>

#include <string>

#include "core/ledger/generate.hpp"
#include "core/model/generate.hpp"
#include "core/model/programme_json.hpp"
#include "tests/web/ui/driver.hpp"

namespace tc::ui::test {
namespace {

/// Large enough to be read in more than a few parts.
const std::string& large_file() {
  static const std::string file = save_programme(generate_programme(2000, 1));
  return file;
}

/// The window is wide enough for what the bar says.
class OpeningTest : public ::testing::Test {
 protected:
  OpeningTest() {
    driver.app().restore("language", "en");
    driver.open_shipped("hubao-2024");
    driver.pieces = 1;  // of a file, between two frames
    driver.host().opened_files = 0;
    before = driver.host().page_title;
  }

  bool reading() { return driver.find_prefix(Role::status, "Opening large") != nullptr; }
  /// Until nothing is being read any more.
  void read_all() {
    for (int i = 0; i < 1000 && driver.app().has_work(); ++i) driver.frames(1);
    EXPECT_FALSE(driver.app().has_work());
    driver.frames();
  }

  Driver driver{1600, 1000};
  std::string before;
};

TEST_F(OpeningTest, ALargeFileIsReadBetweenFramesAndTheBoardCanBeUsedMeanwhile) {
  driver.app().open("large.json", large_file());
  driver.frames(1);
  ASSERT_TRUE(reading());
  const std::string percent = driver.find_prefix(Role::status, "Opening large")->value;
  EXPECT_EQ(driver.host().page_title, before);
  driver.click(Role::tab, Str::items_title);
  driver.frames(2);
  EXPECT_TRUE(reading());
  EXPECT_NE(driver.find_prefix(Role::status, "Opening large")->value, percent);
  EXPECT_EQ(driver.find(Role::tab, Str::items_title)->selected, true);
  EXPECT_EQ(driver.host().opened_files, 0);
  read_all();
  EXPECT_FALSE(reading());
  EXPECT_EQ(driver.host().opened_files, 1);
  EXPECT_NE(driver.host().page_title, before);
  EXPECT_TRUE(driver.shows("2000")) << "the items of the large programme";
}

TEST_F(OpeningTest, ItCanBeGivenUpAndTheBoardStays) {
  driver.app().open("large.json", large_file());
  driver.frames(2);
  ASSERT_TRUE(driver.click(Role::link, Str::form_cancel));
  driver.frames();
  EXPECT_FALSE(driver.app().has_work());
  EXPECT_TRUE(driver.shows("large.json was not opened"));
  EXPECT_EQ(driver.host().page_title, before);
  EXPECT_EQ(driver.host().opened_files, 0);
}

TEST_F(OpeningTest, ALargeFileThatIsRefusedNamesThePlace) {
  std::string broken = large_file();
  const std::size_t at = broken.rfind("\"title\": {");
  broken[at + 7] = ';';
  driver.app().open("large.json", broken);
  read_all();
  EXPECT_TRUE(driver.shows("Can't open large.json"));
  EXPECT_NE(driver.find_prefix(Role::listitem, "/items/1999"), nullptr);
  EXPECT_EQ(driver.host().page_title, before);
  EXPECT_EQ(driver.host().opened_files, 0);
}

TEST_F(OpeningTest, AnotherFileTakesThePlaceOfOneThatIsBeingRead) {
  driver.app().open("large.json", large_file());
  driver.frames(2);
  driver.app().open("demo.json", read_file("assets/programmes/demo.json"));
  read_all();
  EXPECT_EQ(driver.host().opened_files, 1);
  EXPECT_TRUE(driver.shows("Demonstration data"));
}

TEST_F(OpeningTest, WhatTheHostIsAtCanBeGivenUp) {
  driver.app().busy("list.xlsx", false);
  driver.frames(1);
  EXPECT_NE(driver.find(Role::status, "Reading list.xlsx"), nullptr);
  driver.app().busy("", false);
  driver.frames(1);
  EXPECT_EQ(driver.find(Role::status, "Reading list.xlsx"), nullptr);
  driver.app().busy("out.xlsx", true);
  driver.frames(1);
  EXPECT_NE(driver.find(Role::status, "Writing out.xlsx"), nullptr);
  EXPECT_EQ(driver.host().given_up, 0);
  ASSERT_TRUE(driver.click(Role::link, Str::form_cancel));
  driver.frames(2);
  EXPECT_EQ(driver.host().given_up, 1);
  EXPECT_TRUE(driver.shows("out.xlsx was not written"));
  EXPECT_EQ(driver.find(Role::status, "Writing out.xlsx"), nullptr);
}

TEST_F(OpeningTest, EntriesMadeWhileTheKeptOnesAreReadStay) {
  driver.app().restore("author", "Sarana");
  driver.app().restore("page", "items");
  const Ledger many = generate_ledger(generate_programme(30, 1), 3000, 1);
  const std::string code = many.base().items[3].code;
  driver.app().open("board.tongcheng.jsonl", Ledger::create(many.base()).value->text());
  driver.app().join(many.text());
  driver.frames();
  EXPECT_NE(driver.find(Role::status, Str::open_joining), nullptr);
  EXPECT_EQ(driver.find(Role::link, Str::form_cancel), nullptr);

  driver.pieces = 0;
  const Node* row = driver.find_prefix(Role::row, code);
  ASSERT_NE(row, nullptr);
  driver.click(Node(*row));
  driver.frames();
  ASSERT_TRUE(driver.click(Role::button, Str::edit));
  driver.frames();
  ASSERT_TRUE(driver.click(Role::textbox, "Progress (%)"));
  driver.key(ImGuiKey_A, ImGuiMod_Ctrl);
  driver.type(many.base().items[3].progress == 35 ? "36" : "35");
  driver.frames();
  ASSERT_TRUE(driver.click(Role::button, Str::form_save));
  driver.frames();
  EXPECT_EQ(kept_board(driver.host()).size(), 1U);

  driver.pieces = 1;
  read_all();
  driver.app().restore("page", "history");
  driver.frames();
  EXPECT_TRUE(driver.shows("3001")) << "entries of both";
}

}  // namespace
}  // namespace tc::ui::test
