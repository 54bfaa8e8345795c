#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <vector>

#include "core/model/programme_json.hpp"
#include "tests/web/ui/driver.hpp"

namespace tc::ui::test {
namespace {

/// The host of a browser, with what roadshows ask of it.
class RoadshowTest : public ::testing::Test {
 protected:
  static void open(Driver& driver) {
    driver.open_shipped("demo");
    driver.app().restore("motion", "reduced");
    driver.app().restore("author", "主持人");
    driver.app().restore("city", "hohhot");
    driver.app().restore("page", "roadshow");
    driver.frames();
  }
  /// Starts the talk and waits until every slide has been drawn once.
  static void start(Driver& driver) {
    driver.key(ImGuiKey_F5);
    driver.frames(100);
  }
  static std::string number(const Driver& driver) {
    for (const Node& node : driver.all(Role::status)) {
      if (node.name.find(" / ") != std::string::npos) return node.name;
    }
    return {};
  }
};

TEST_F(RoadshowTest, ListsDecksAndSlides) {
  Driver driver;
  open(driver);
  EXPECT_NE(driver.find(Role::option, "Roadshow of the demonstration programme"), nullptr);
  EXPECT_NE(driver.find(Role::listitem, "2 Where the 30 items stand"), nullptr);
  EXPECT_EQ(driver.all(Role::textbox).size(), 4U);  // title, text, notes, seconds
}

TEST_F(RoadshowTest, ATalkByKeyboard) {
  Driver driver;
  open(driver);
  start(driver);
  EXPECT_EQ(number(driver), "1 / 15");
  EXPECT_TRUE(driver.shows("Demonstration data"));
  driver.key(ImGuiKey_RightArrow);
  EXPECT_EQ(number(driver), "2 / 15");
  EXPECT_EQ(driver.find(Role::img, Str::present_highlight), nullptr);
  driver.key(ImGuiKey_Space);  // a build step of the same slide
  EXPECT_EQ(number(driver), "2 / 15");
  EXPECT_NE(driver.find(Role::text, "These are late and need a decision"), nullptr);
  EXPECT_NE(driver.find(Role::img, Str::present_highlight), nullptr);
  driver.key(ImGuiKey_PageDown);
  EXPECT_EQ(number(driver), "3 / 15");
  EXPECT_NE(driver.find_prefix(Role::row, "K01"), nullptr);
  EXPECT_EQ(driver.find_prefix(Role::row, "K05"), nullptr);  // only what is completed
  driver.key(ImGuiKey_PageUp);
  EXPECT_EQ(number(driver), "2 / 15");
  driver.key(ImGuiKey_End);
  EXPECT_EQ(number(driver), "15 / 15");
  driver.key(ImGuiKey_RightArrow);
  EXPECT_EQ(number(driver), "15 / 15");
  driver.key(ImGuiKey_Home);
  EXPECT_EQ(number(driver), "1 / 15");
  driver.key(ImGuiKey_1);
  driver.key(ImGuiKey_1);
  EXPECT_TRUE(driver.shows("Slide 11"));
  driver.key(ImGuiKey_Enter);
  EXPECT_EQ(number(driver), "11 / 15");
  driver.key(ImGuiKey_B);
  EXPECT_NE(driver.find(Role::img, Str::present_black), nullptr);
  EXPECT_EQ(number(driver), "");
  driver.key(ImGuiKey_RightArrow);  // brings the slide back and doesn't turn it
  EXPECT_EQ(number(driver), "11 / 15");
  driver.key(ImGuiKey_W);
  EXPECT_NE(driver.find(Role::img, Str::present_white), nullptr);
  driver.key(ImGuiKey_Escape);
  driver.key(ImGuiKey_Escape);
  EXPECT_NE(driver.find(Role::navigation, Str::nav_label), nullptr);
}

TEST_F(RoadshowTest, EverySlideSaysDateAndDemonstration) {
  Driver driver(1024, 768);
  open(driver);
  start(driver);
  for (int slide = 1; slide <= 15; ++slide) {
    EXPECT_EQ(number(driver), std::to_string(slide) + " / 15");
    EXPECT_NE(driver.find(Role::text, Str::demonstration), nullptr) << slide;
    EXPECT_TRUE(driver.shows("As of 2024-12-31")) << slide;
    for (int steps = 0; steps < 5 && number(driver) == std::to_string(slide) + " / 15"; ++steps) {
      driver.key(ImGuiKey_RightArrow);
    }
  }
}

TEST_F(RoadshowTest, DrillsIntoTheLiveViewAndComesBack) {
  Driver driver;
  open(driver);
  start(driver);
  driver.key(ImGuiKey_3);
  driver.key(ImGuiKey_Enter);
  driver.key(ImGuiKey_D);
  EXPECT_NE(driver.find(Role::navigation, Str::nav_label), nullptr);
  EXPECT_NE(driver.find(Role::tab, Str::items_title), nullptr);
  EXPECT_TRUE(driver.find(Role::tab, Str::items_title)->selected);
  EXPECT_NE(driver.find_prefix(Role::row, "K01"), nullptr);
  EXPECT_EQ(driver.find_prefix(Role::row, "K05"), nullptr);
  EXPECT_NE(driver.find(Role::button, "Back to slide 3 (Backspace)"), nullptr);
  driver.key(ImGuiKey_Backspace);
  EXPECT_EQ(number(driver), "3 / 15");
  // A click does the same.
  driver.move(700, 400);
  ImGui::GetIO().AddMouseButtonEvent(0, true);
  driver.frames(1);
  ImGui::GetIO().AddMouseButtonEvent(0, false);
  driver.frames();
  EXPECT_NE(driver.find(Role::navigation, Str::nav_label), nullptr);
}

TEST_F(RoadshowTest, APictureWaitsForWhatIsComputed) {
  Driver driver;
  open(driver);
  driver.pieces = 1;
  std::vector<std::size_t> taken;
  std::ptrdiff_t served = -1;
  driver.host().on_capture = [&](std::size_t slide) {
    taken.push_back(slide);
    if (slide != 9) return;  // needs and results
    const auto rows = driver.all(Role::row);
    served = std::count_if(rows.begin(), rows.end(), [](const Node& row) {
      return !row.value.empty() && row.value[0] >= '0' && row.value[0] <= '9';
    });
  };
  ASSERT_TRUE(driver.click(Role::button, Str::roadshow_png));
  driver.frames(500);
  ASSERT_EQ(taken.size(), 15U);
  EXPECT_TRUE(std::is_sorted(taken.begin(), taken.end()));
  EXPECT_GT(served, 0);
}

TEST_F(RoadshowTest, WhatSlidesAreDrawnForCanBeGivenUp) {
  Driver driver;
  open(driver);
  std::vector<std::size_t> taken;
  driver.host().on_capture = [&](std::size_t slide) { taken.push_back(slide); };
  ASSERT_TRUE(driver.click(Role::button, Str::roadshow_png));
  driver.frames(20);
  ASSERT_FALSE(taken.empty());
  ASSERT_LT(taken.size(), 15U);
  driver.app().talk_command("stop");
  driver.frames(2);
  const std::size_t before = taken.size();
  EXPECT_NE(driver.find(Role::button, Str::roadshow_png), nullptr);
  driver.frames(50);
  EXPECT_EQ(taken.size(), before);
}

TEST_F(RoadshowTest, InterestGoesIntoTheLedger) {
  Driver driver;
  open(driver);
  start(driver);
  driver.key(ImGuiKey_1);
  driver.key(ImGuiKey_1);
  driver.key(ImGuiKey_Enter);
  EXPECT_TRUE(driver.shows("Interested: 1"));
  driver.key(ImGuiKey_I);
  EXPECT_TRUE(driver.shows("Interested: 2"));
  driver.app().talk_command("interest\t演示企业 40\t3");
  driver.frames();
  EXPECT_TRUE(driver.shows("Interested: 5"));
  ASSERT_EQ(driver.host().kept.size(), 1U);
  const std::string& board = driver.host().kept.begin()->second;
  EXPECT_NE(board.find("/interests/R004-"), std::string::npos);
  EXPECT_NE(board.find("演示企业 40"), std::string::npos);
}

TEST_F(RoadshowTest, PenAndLaser) {
  Driver driver;
  open(driver);
  start(driver);
  driver.key(ImGuiKey_L);
  driver.move(600, 300);
  driver.frames();
  EXPECT_NE(driver.find(Role::img, Str::present_laser), nullptr);
  driver.key(ImGuiKey_P);
  EXPECT_EQ(driver.find(Role::img, Str::present_laser), nullptr);
  driver.move(500, 300);
  ImGui::GetIO().AddMouseButtonEvent(0, true);
  driver.frames(1);
  driver.move(600, 350);
  ImGui::GetIO().AddMouseButtonEvent(0, false);
  driver.frames();
  ASSERT_NE(driver.find(Role::img, Str::present_ink), nullptr);
  EXPECT_EQ(driver.find(Role::img, Str::present_ink)->value, "1");
  driver.key(ImGuiKey_PageDown);
  EXPECT_EQ(driver.find(Role::img, Str::present_ink), nullptr);  // it stays with its slide
  driver.key(ImGuiKey_PageUp);
  EXPECT_NE(driver.find(Role::img, Str::present_ink), nullptr);
  driver.key(ImGuiKey_E);
  EXPECT_EQ(driver.find(Role::img, Str::present_ink), nullptr);
}

TEST_F(RoadshowTest, AKioskGoesRound) {
  Driver driver;
  open(driver);
  driver.app().restore("dwell", "1");
  driver.app().restore("kiosk", "demo-talk");
  driver.frames(100);
  std::size_t turned = 0;
  bool wrapped = false;
  std::string before = number(driver);
  for (int i = 0; i < 200; ++i) {
    driver.frames(1);
    const std::string at = number(driver);
    if (at == before) continue;
    ++turned;
    wrapped = wrapped || (before == "15 / 15" && at == "1 / 15");
    before = at;
  }
  EXPECT_GT(turned, 15U);
  EXPECT_TRUE(wrapped);
  EXPECT_TRUE(driver.app().wake_after().has_value());
  EXPECT_TRUE(driver.app().presents());
}

TEST_F(RoadshowTest, TransitionsMoveUnlessMotionIsReduced) {
  Driver driver;
  open(driver);
  driver.app().restore("motion", "full");
  start(driver);
  driver.frames(10);
  EXPECT_FALSE(driver.app().animating());
  driver.key(ImGuiKey_RightArrow);
  EXPECT_TRUE(driver.app().animating());
  driver.frames(60);
  EXPECT_EQ(number(driver), "2 / 15");
  EXPECT_FALSE(driver.app().animating());
}

TEST_F(RoadshowTest, SlidesAreEditedThroughTheLedger) {
  Driver driver(1600, 1400);
  open(driver);
  ASSERT_TRUE(driver.click(Role::listitem, "2 Where the 30 items stand"));
  ASSERT_TRUE(driver.click(Role::textbox, Str::roadshow_slide_title));
  driver.key(ImGuiKey_End);
  driver.type("!");
  ASSERT_TRUE(driver.click(Role::button, Str::form_save));
  EXPECT_NE(driver.find_prefix(Role::listitem, "2 Where the 30 items stand!"), nullptr);
  ASSERT_TRUE(driver.click(Role::button, Str::roadshow_down));
  EXPECT_NE(driver.find_prefix(Role::listitem, "3 Where the 30 items stand!"), nullptr);
  ASSERT_TRUE(driver.click(Role::button, Str::roadshow_copy));
  EXPECT_NE(driver.find_prefix(Role::listitem, "16 "), nullptr);
  ASSERT_TRUE(driver.click(Role::button, Str::roadshow_delete));
  EXPECT_EQ(driver.find_prefix(Role::listitem, "16 "), nullptr);
  driver.key(ImGuiKey_Z, ImGuiMod_Ctrl);
  EXPECT_NE(driver.find_prefix(Role::listitem, "16 "), nullptr);
}

TEST_F(RoadshowTest, ASlideTakesTheViewThatWasLookedAt) {
  Driver driver(1600, 1100);
  open(driver);
  driver.app().restore("page", "items");
  driver.frames();
  ASSERT_TRUE(driver.click(Role::option, Str::filter_late));
  driver.click(Role::tab, Str::roadshow_title);
  driver.frames();
  ASSERT_TRUE(driver.click(Role::listitem, "2 Where the 30 items stand"));
  ASSERT_TRUE(driver.click(Role::button, Str::roadshow_take_view));
  ASSERT_TRUE(driver.click(Role::button, Str::form_save));
  const Node* slide = driver.find_prefix(Role::listitem, "2 Where the 30 items stand");
  ASSERT_NE(slide, nullptr);
  EXPECT_NE(slide->value.find("Items · " + driver.text(Str::filter_late)), std::string::npos)
      << slide->value;
}

TEST_F(RoadshowTest, ASlideShowsWhatWasChosenInEachView) {
  struct Case {
    const char* page;
    std::vector<std::pair<Role, Str>> clicks;
    Role chosen;  ///< the first of it is clicked too
  };
  const std::vector<Case> cases = {
      {"network", {{Role::button, Str::network_show_all}}, Role::row},
      {"policies", {}, Role::cell},
      {"matching", {{Role::tab, Str::matching_graduates}}, Role::row},
  };
  for (const Case& one : cases) {
    Driver driver(1600, 1100);
    open(driver);
    driver.app().restore("page", one.page);
    driver.frames(10);
    for (const auto& [role, name] : one.clicks) {
      if (driver.find(role, name) != nullptr) driver.click(role, name);
    }
    if (std::string_view(one.page) == "network") {
      ASSERT_TRUE(driver.click(Role::tab, Str::network_members));
    }
    const std::vector<Node> before = driver.all(one.chosen);
    ASSERT_FALSE(before.empty()) << one.page;
    const std::string wanted = before.front().name;
    driver.click(before.front());
    driver.frames(10);
    driver.click(Role::tab, Str::roadshow_title);
    driver.frames();
    ASSERT_TRUE(driver.click(Role::listitem, "2 Where the 30 items stand"));
    ASSERT_TRUE(driver.click(Role::button, Str::roadshow_take_view));
    ASSERT_TRUE(driver.click(Role::button, Str::form_save));
    start(driver);
    driver.key(ImGuiKey_2);
    driver.key(ImGuiKey_Enter);
    driver.frames(30);
    ASSERT_EQ(number(driver).substr(0, 4), "2 / ") << one.page;
    // In a list, in the picture of a network, or with its particulars open.
    bool shown = driver.find(Role::heading, wanted) != nullptr;
    for (const Role role : {one.chosen, Role::button}) {
      for (const Node& node : driver.all(role)) shown |= node.name == wanted && node.selected;
    }
    EXPECT_TRUE(shown) << one.page << ": " << wanted;
  }
}

TEST_F(RoadshowTest, DecksAreMadeFromTheBoard) {
  Driver driver(1600, 1100);
  open(driver);
  ASSERT_TRUE(driver.click(Role::button, "Status of the quarter"));
  EXPECT_NE(driver.find_prefix(Role::option, "Fourth quarter of 2024"), nullptr);
  ASSERT_TRUE(driver.click(Role::button, "Ten results to ten firms"));
  EXPECT_NE(driver.find_prefix(Role::option, "10 results meet 10 firms"), nullptr);
  ASSERT_TRUE(driver.click(Role::button, "One alliance"));
  EXPECT_NE(driver.find_prefix(Role::option, "New energy alliance"), nullptr);
}

}  // namespace
}  // namespace tc::ui::test
