#include <gtest/gtest.h>

#include <string>

#include "tests/web/ui/driver.hpp"

namespace tc::ui::test {
namespace {

class PaletteTest : public ::testing::Test {
 protected:
  explicit PaletteTest(float width = 1440, float height = 900) : driver(width, height) {
    driver.open_shipped("demo");
    driver.frames(4);
  }

  void open() {
    driver.key(ImGuiKey_K, ImGuiMod_Ctrl);
    driver.frames(4);
    ASSERT_NE(driver.find(Role::dialog, Str::palette_title), nullptr);
  }
  void search(const std::string& text) {
    driver.key(ImGuiKey_A, ImGuiMod_Ctrl);
    driver.type(text);
    driver.frames(4);
  }
  std::string best() const {
    const std::vector<Node> options = driver.all(Role::option);
    return options.empty() ? std::string() : options.front().name;
  }

  Driver driver;
};

TEST_F(PaletteTest, LeadsToAPageWhileOneTypes) {
  open();
  EXPECT_GT(driver.all(Role::option).size(), 5U);
  search(driver.text(Str::roadmap_title));
  EXPECT_EQ(best(), driver.text(Str::roadmap_title));
  driver.key(ImGuiKey_Enter);
  driver.frames(4);
  EXPECT_EQ(driver.find(Role::dialog, Str::palette_title), nullptr);
  const Node* tab = driver.find(Role::tab, Str::roadmap_title);
  ASSERT_NE(tab, nullptr);
  EXPECT_TRUE(tab->selected);
}

TEST_F(PaletteTest, OpensAnItemByItsCode) {
  const std::string page = driver.host().preferences["page"];
  open();
  search("k07");
  ASSERT_TRUE(best().starts_with("K07")) << best();
  driver.key(ImGuiKey_Enter);
  driver.frames(6);
  EXPECT_EQ(driver.host().preferences["page"], "items");
  const Node* row = driver.find_prefix(Role::row, "K07");
  ASSERT_NE(row, nullptr);
  EXPECT_TRUE(row->selected);
}

TEST_F(PaletteTest, ArrowKeysAndTheMouseChoose) {
  open();
  const std::vector<Node> options = driver.all(Role::option);
  ASSERT_GT(options.size(), 3U);
  EXPECT_TRUE(options[0].selected);
  driver.key(ImGuiKey_DownArrow);
  driver.key(ImGuiKey_DownArrow);
  driver.frames();
  EXPECT_TRUE(driver.all(Role::option)[2].selected);
  driver.click(driver.all(Role::option)[1]);
  driver.frames(4);
  EXPECT_EQ(driver.host().preferences["page"], "items");  // the second page
}

TEST_F(PaletteTest, PinyinCountsAsSoonAsItIsThere) {
  open();
  EXPECT_EQ(driver.host().initials_asked, 1);
  search("lxt");
  const std::string before = best();
  std::string table(0x9FFF - 0x4E00 + 1, '.');
  table[U'路' - 0x4E00] = 'l';
  table[U'线' - 0x4E00] = 'x';
  table[U'图' - 0x4E00] = 't';
  driver.app().set_initials(table);
  driver.frames(2);
  EXPECT_NE(before, driver.text(Str::roadmap_title));
  EXPECT_EQ(best(), driver.text(Str::roadmap_title));
}

TEST_F(PaletteTest, DoesWhatItSaysAndLeavesWithEscape) {
  open();
  search(driver.text(Str::theme_to_dark));
  driver.key(ImGuiKey_Enter);
  driver.frames(4);
  EXPECT_EQ(driver.host().preferences["theme"], "dark");
  open();
  search("nothing is called that");
  EXPECT_TRUE(driver.shows(driver.text(Str::palette_nothing)));
  driver.key(ImGuiKey_Enter);
  driver.frames(2);
  EXPECT_NE(driver.find(Role::dialog, Str::palette_title), nullptr);
  driver.key(ImGuiKey_Escape);
  driver.frames(4);
  EXPECT_EQ(driver.find(Role::dialog, Str::palette_title), nullptr);
}

TEST_F(PaletteTest, AQuestionMarkShowsTheShortcuts) {
  driver.key(ImGuiKey_Slash, ImGuiMod_Shift);
  driver.frames(4);
  ASSERT_NE(driver.find(Role::dialog, Str::keys_title), nullptr);
  EXPECT_NE(driver.find(Role::listitem, "Ctrl K"), nullptr);
  driver.key(ImGuiKey_Escape);
  driver.frames(4);
  EXPECT_EQ(driver.find(Role::dialog, Str::keys_title), nullptr);
}

TEST_F(PaletteTest, TheTourStopsAtEachPartAndIsNotShownAgain) {
  EXPECT_EQ(driver.find(Role::dialog, Str::tour_pages_title), nullptr);
  driver.app().restore("tour", "wanted");
  driver.frames(4);
  for (const Str title :
       {Str::tour_pages_title, Str::tour_board_title, Str::tour_page_title, Str::tour_find_title}) {
    ASSERT_NE(driver.find(Role::dialog, title), nullptr) << driver.text(title);
    ASSERT_TRUE(driver.click(Role::button, Str::tour_next));
    driver.frames(4);
  }
  ASSERT_NE(driver.find(Role::dialog, Str::tour_open_title), nullptr);
  EXPECT_FALSE(driver.host().preferences.contains("tour"));
  ASSERT_TRUE(driver.click(Role::button, Str::tour_done));
  driver.frames(4);
  EXPECT_TRUE(driver.all(Role::dialog).empty());
  EXPECT_EQ(driver.host().preferences["tour"], "done");
}

class PaletteOnAPhoneTest : public PaletteTest {
 protected:
  PaletteOnAPhoneTest() : PaletteTest(360, 640) {}
};

TEST_F(PaletteOnAPhoneTest, EverythingStaysOnTheScreen) {
  const auto inside = [this](Role role) {
    for (const Node& node : driver.all(role)) {
      EXPECT_GE(node.x0, 0) << node.name;
      EXPECT_LE(node.x1, 360) << node.name;
      EXPECT_LE(node.y1, 640) << node.name;
    }
  };
  open();
  inside(Role::dialog);
  inside(Role::option);
  driver.key(ImGuiKey_Escape);
  driver.frames(4);
  driver.app().restore("tour", "wanted");
  for (int i = 0; i < 5; ++i) {
    driver.frames(4);
    ASSERT_EQ(driver.all(Role::dialog).size(), 1U);
    inside(Role::dialog);
    inside(Role::button);
    driver.key(ImGuiKey_RightArrow);
  }
  driver.frames(4);
  EXPECT_TRUE(driver.all(Role::dialog).empty());
}

}  // namespace
}  // namespace tc::ui::test
