#include <gtest/gtest.h>

#include <string>

#include "core/model/generate.hpp"
#include "core/model/programme_json.hpp"
#include "tests/web/ui/driver.hpp"

namespace tc::ui::test {
namespace {

/// Two items in a row and one beside them; 2024-06-03 is a Monday.
std::string chain() {
  return R"({"format":"tongcheng-programme","version":1,"id":"chain",
    "title":{"en":"Chain"},"kind":"working","asOf":"2024-06-03",
    "cities":[{"id":"h","name":{"en":"Hohhot"}}],
    "items":[
     {"code":"A","title":{"en":"First"},"status":"not-started","start":"2024-07-01","due":"2024-07-12"},
     {"code":"B","title":{"en":"Second"},"status":"not-started","start":"2024-07-15","due":"2024-07-26",
      "dependsOn":[{"item":"A","type":"FS"}]},
     {"code":"C","title":{"en":"Beside"},"status":"not-started","start":"2024-07-01","due":"2024-07-05"},
     {"code":"D","title":{"en":"Undated"},"status":"unknown"}]})";
}

class RoadmapTest : public ::testing::Test {
 protected:
  static void open(Driver& driver, const std::string& bytes) {
    driver.app().open("board.json", bytes);
    driver.app().restore("page", "roadmap");
    driver.frames();
  }
  /// The item's bar. Copied, since the next frame writes the nodes anew.
  static Node bar(Driver& driver, const std::string& name) {
    const Node* node = driver.find(Role::img, name);
    EXPECT_NE(node, nullptr) << name;
    return node == nullptr ? Node{} : *node;
  }
  static void drag(Driver& driver, float x, float y, float dx) {
    ImGuiIO& io = ImGui::GetIO();
    driver.move(x, y);
    io.AddMouseButtonEvent(0, true);
    driver.frames(1);
    driver.move(x + dx / 2, y);
    driver.move(x + dx, y);
    io.AddMouseButtonEvent(0, false);
    driver.frames();
  }
};

TEST_F(RoadmapTest, BarsSayWhatWasComputed) {
  Driver driver;
  open(driver, chain());
  EXPECT_EQ(bar(driver, "A First").value,
            "2024-07-01 → 2024-07-12 · as planned · Total float 0 · On the critical path");
  EXPECT_NE(bar(driver, "B Second").value.find("On the critical path"), std::string::npos);
  EXPECT_NE(bar(driver, "C Beside").value.find("Total float 15"), std::string::npos)
      << bar(driver, "C Beside").value;
  EXPECT_EQ(driver.find(Role::img, "D Undated"), nullptr);
  EXPECT_NE(driver.find(Role::row, "D Undated"), nullptr);
  EXPECT_TRUE(driver.shows("2024-07-26"));
}

TEST_F(RoadmapTest, SuccessorsStandRightOfTheirPredecessors) {
  Driver driver;
  open(driver, chain());
  EXPECT_GT(bar(driver, "B Second").x0, bar(driver, "A First").x1 - 1);
}

TEST_F(RoadmapTest, DraggingIsATrialThatMovesWhatDependsOnIt) {
  Driver driver;
  open(driver, chain());
  const Node first = bar(driver, "A First");
  const Node second = bar(driver, "B Second");
  const float day = (first.x1 - first.x0) / 12;
  drag(driver, (first.x0 + first.x1) / 2, (first.y0 + first.y1) / 2, 7 * day);
  EXPECT_NE(bar(driver, "A First").value.find("2024-07-08 → 2024-07-19"), std::string::npos)
      << bar(driver, "A First").value;
  EXPECT_NE(bar(driver, "B Second").value.find("2024-07-22 → 2024-08-02"), std::string::npos)
      << bar(driver, "B Second").value;
  EXPECT_TRUE(driver.shows("2 items move"));
  EXPECT_TRUE(driver.shows("the finish becomes 2024-08-02"));
  ASSERT_TRUE(driver.click(Role::button, Str::roadmap_reset));
  EXPECT_EQ(bar(driver, "A First").value, first.value);
  EXPECT_EQ(bar(driver, "B Second").value, second.value);
  EXPECT_FALSE(driver.shows("items move"));
}

TEST_F(RoadmapTest, DraggingTheEdgeChangesTheDuration) {
  Driver driver;
  open(driver, chain());
  const Node first = bar(driver, "A First");
  const float day = (first.x1 - first.x0) / 12;
  drag(driver, first.x1 - 2, (first.y0 + first.y1) / 2, 7 * day);
  EXPECT_NE(bar(driver, "A First").value.find("2024-07-01 → 2024-07-19"), std::string::npos)
      << bar(driver, "A First").value;
}

TEST_F(RoadmapTest, EscapeTakesATrialBack) {
  Driver driver;
  open(driver, chain());
  const Node beside = bar(driver, "C Beside");
  drag(driver, (beside.x0 + beside.x1) / 2, (beside.y0 + beside.y1) / 2, 60);
  EXPECT_NE(bar(driver, "C Beside").value, beside.value);
  driver.key(ImGuiKey_Escape);
  EXPECT_EQ(bar(driver, "C Beside").value, beside.value);
}

TEST_F(RoadmapTest, ZoomAndFit) {
  Driver driver;
  open(driver, chain());
  const Node before = bar(driver, "C Beside");
  ASSERT_TRUE(driver.click(Role::button, Str::roadmap_zoom_in));
  const Node* zoomed = driver.find(Role::img, "C Beside");
  if (zoomed != nullptr) {
    EXPECT_GT(zoomed->x1 - zoomed->x0, before.x1 - before.x0);
  }
  ASSERT_TRUE(driver.click(Role::button, Str::roadmap_fit));
  EXPECT_NEAR(bar(driver, "C Beside").x0, before.x0, 1);
}

TEST_F(RoadmapTest, ArrowKeysWalkTheRows) {
  Driver driver;
  open(driver, chain());
  driver.key(ImGuiKey_DownArrow);
  ASSERT_NE(driver.find_prefix(Role::row, "A "), nullptr);
  EXPECT_TRUE(driver.find_prefix(Role::row, "A ")->selected);
  EXPECT_NE(driver.find(Role::region, Str::item_details), nullptr);
}

TEST_F(RoadmapTest, LanesFold) {
  Driver driver;
  driver.open_shipped("demo");
  driver.app().restore("page", "roadmap");
  driver.frames();
  const std::size_t rows = driver.all(Role::row).size();
  const Node* lane = driver.find_prefix(Role::button, "Planning and coordination");
  ASSERT_NE(lane, nullptr);
  driver.click(Node(*lane));
  EXPECT_EQ(driver.find_prefix(Role::row, "K01 "), nullptr);
  EXPECT_GE(driver.all(Role::row).size() + 3, rows);
}

TEST_F(RoadmapTest, WithoutDatesItSaysSo) {
  Driver driver;
  driver.open_shipped("hubao-2024");
  driver.app().restore("page", "roadmap");
  driver.frames();
  // The one event with a date is all there is to draw.
  EXPECT_LE(driver.all(Role::img).size(), 2U);
}

TEST_F(RoadmapTest, TenThousandItemsDrawOnlyWhatIsVisible) {
  Driver driver;
  open(driver, save_programme(generate_programme(10000, 5)));
  EXPECT_GT(driver.all(Role::row).size(), 5U);
  EXPECT_LT(driver.all(Role::row).size(), 60U);
  EXPECT_LT(driver.vertices(), 60000U);
  driver.key(ImGuiKey_UpArrow);  // from below: the last row
  EXPECT_LT(driver.vertices(), 60000U);
}

}  // namespace
}  // namespace tc::ui::test
