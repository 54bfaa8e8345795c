#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "core/model/generate.hpp"
#include "core/model/programme_json.hpp"
#include "tests/web/ui/driver.hpp"

namespace tc::ui::test {
namespace {

std::string small_board() {
  return R"({"format":"tongcheng-programme","version":1,"id":"small",
    "title":{"zh":"小项目","en":"Small"},"kind":"working","asOf":"2024-06-30",
    "cities":[{"id":"h","name":{"zh":"呼和浩特","en":"Hohhot"}},
              {"id":"b","name":{"zh":"包头","en":"Baotou"}}],
    "departments":[{"id":"hd","city":"h","name":{"zh":"呼和浩特市发改委","en":"Hohhot DRC"}},
                   {"id":"bd","city":"b","name":{"zh":"包头市科技局","en":"Baotou Science"}}],
    "areas":[{"id":"a","title":{"zh":"产业","en":"Industry"}},
             {"id":"t","title":{"zh":"人才","en":"Talent"}}],
    "items":[
     {"code":"K1","title":{"zh":"签署协议","en":"Sign the agreement"},"area":"a",
      "status":"completed","leads":["hd","bd"],"due":"2024-03-01","finished":"2024-02-20"},
     {"code":"K2","title":{"zh":"组建联盟","en":"Found the alliance"},"area":"a",
      "status":"under-way","leads":["bd"],"due":"2024-05-31","progress":40,
      "dependsOn":[{"item":"K1","type":"FS","lagDays":5}],
      "milestones":[{"id":"M1","title":{"zh":"章程","en":"Charter"},"due":"2024-04-01","finished":"2024-04-02"},
                    {"id":"M2","title":{"zh":"成立大会","en":"Founding meeting"},"due":"2024-06-01"}],
      "evidence":[{"kind":"link","title":{"zh":"纪要","en":"Minutes"},"url":"https://example.org/m"}]},
     {"code":"K3","title":{"zh":"联合招聘","en":"Joint hiring 㙍龘𠮷"},"area":"t",
      "status":"unknown","leads":["hd"],"due":"2024-07-15"}]})";
}

class AppTest : public ::testing::Test {
 protected:
  void open_small(Driver& driver) {
    driver.app().open("small.json", small_board());
    driver.frames();
  }
};

TEST_F(AppTest, SaysThatItLoadsBeforeThereIsABoard) {
  Driver driver;
  EXPECT_NE(driver.find(Role::text, Str::open_loading), nullptr);
}

TEST_F(AppTest, OverviewCountsTheListAndNamesWhatIsLateAndNext) {
  Driver driver;
  open_small(driver);
  EXPECT_TRUE(driver.shows("Small"));
  EXPECT_EQ(driver.host().page_title, "Small · Tongcheng");
  const Node* completed = driver.find(Role::button, "Completed");
  ASSERT_NE(completed, nullptr);
  EXPECT_EQ(completed->value, "1");
  // K2 itself and its second milestone are late; K3 is due next.
  const Node* late = driver.find(Role::button, "Found the alliance");
  ASSERT_NE(late, nullptr);
  EXPECT_NE(late->value.find("30 days late"), std::string::npos) << late->value;
  EXPECT_NE(driver.find(Role::button, "Founding meeting"), nullptr);
  const Node* next = driver.find(Role::button, "Joint hiring 㙍龘𠮷");
  ASSERT_NE(next, nullptr);
  EXPECT_NE(next->value.find("in 15 days"), std::string::npos) << next->value;
}

TEST_F(AppTest, LanguageSwitchesAtRunTimeAndIsRemembered) {
  Driver driver;
  open_small(driver);
  EXPECT_TRUE(driver.shows("Overview"));
  ASSERT_TRUE(driver.click(Role::tab, "中文"));
  EXPECT_EQ(driver.app().language(), Language::zh);
  EXPECT_TRUE(driver.shows("总览"));
  EXPECT_TRUE(driver.shows("小项目"));
  EXPECT_FALSE(driver.shows("Overview"));
  EXPECT_EQ(driver.host().preferences["language"], "zh");
  ASSERT_TRUE(driver.click(Role::tab, "EN"));
  EXPECT_TRUE(driver.shows("Overview"));
}

TEST_F(AppTest, ThemeSwitches) {
  Driver driver;
  open_small(driver);
  ASSERT_TRUE(driver.click(Role::button, Str::theme_to_dark));
  EXPECT_EQ(driver.host().preferences["theme"], "dark");
  EXPECT_NE(driver.find(Role::button, Str::theme_to_light), nullptr);
}

TEST_F(AppTest, AStatusInTheLegendLeadsToItsItems) {
  Driver driver;
  open_small(driver);
  ASSERT_TRUE(driver.click(Role::button, "Under way"));
  const auto rows = driver.all(Role::row);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].name, "K2 Found the alliance");
  EXPECT_TRUE(driver.shows("1 of 3 items"));
}

TEST_F(AppTest, AnAreaLeadsToItsItems) {
  Driver driver;
  open_small(driver);
  ASSERT_TRUE(driver.click(Role::button, "Industry"));
  EXPECT_EQ(driver.all(Role::row).size(), 2U);
  // Its chip takes the filter away again.
  ASSERT_TRUE(driver.click(Role::option, "Industry  ×"));
  EXPECT_EQ(driver.all(Role::row).size(), 3U);
}

TEST_F(AppTest, TypingFilters) {
  Driver driver;
  open_small(driver);
  ASSERT_TRUE(driver.click(Role::tab, Str::items_title));
  EXPECT_EQ(driver.all(Role::row).size(), 3U);
  ASSERT_TRUE(driver.click(Role::textbox, Str::items_search));
  driver.type("ALLIANCE");
  ASSERT_EQ(driver.all(Role::row).size(), 1U);
  driver.key(ImGuiKey_A, ImGuiMod_Ctrl);
  driver.type("招聘");
  ASSERT_EQ(driver.all(Role::row).size(), 1U);
  EXPECT_EQ(driver.all(Role::row)[0].name, "K3 Joint hiring 㙍龘𠮷");
  driver.key(ImGuiKey_A, ImGuiMod_Ctrl);
  driver.type("no such thing");
  EXPECT_TRUE(driver.all(Role::row).empty());
  EXPECT_TRUE(driver.shows(driver.text(Str::items_no_match)));
  ASSERT_TRUE(driver.click(Role::button, Str::clear));
  EXPECT_EQ(driver.all(Role::row).size(), 3U);
}

TEST_F(AppTest, SlashGoesToTheSearchField) {
  Driver driver;
  open_small(driver);
  ASSERT_TRUE(driver.click(Role::tab, Str::items_title));
  driver.key(ImGuiKey_Slash);
  const Node* box = driver.find(Role::textbox, Str::items_search);
  ASSERT_NE(box, nullptr);
  EXPECT_TRUE(box->focused);
  driver.type("K2");
  EXPECT_EQ(driver.all(Role::row).size(), 1U);
}

TEST_F(AppTest, EveryColumnSortsBothWays) {
  Driver driver(1800, 900);
  driver.open_shipped("demo");
  ASSERT_TRUE(driver.click(Role::tab, Str::items_title));
  const auto headers = driver.all(Role::columnheader);
  ASSERT_EQ(headers.size(), 8U);
  for (const Node& header : headers) {
    driver.click(header);
    const Node* once = driver.find(Role::columnheader, header.name);
    ASSERT_NE(once, nullptr);
    const auto first = driver.all(Role::row);
    const std::string direction = once->value;
    EXPECT_FALSE(direction.empty()) << header.name;
    driver.click(header);
    const Node* twice = driver.find(Role::columnheader, header.name);
    ASSERT_NE(twice, nullptr);
    EXPECT_FALSE(twice->value.empty());
    EXPECT_NE(twice->value, direction) << header.name;
    const auto second = driver.all(Role::row);
    ASSERT_FALSE(first.empty());
    ASSERT_FALSE(second.empty());
    EXPECT_NE(first[0].name, second[0].name) << header.name;
  }
}

TEST_F(AppTest, GroupsHaveHeadingsWithCounts) {
  Driver driver;
  open_small(driver);
  ASSERT_TRUE(driver.click(Role::tab, Str::items_title));
  ASSERT_TRUE(driver.click(Role::tab, Str::group_city));
  const Node* hohhot = driver.find(Role::heading, "Hohhot");
  const Node* baotou = driver.find(Role::heading, "Baotou");
  ASSERT_NE(hohhot, nullptr);
  ASSERT_NE(baotou, nullptr);
  EXPECT_EQ(hohhot->value, "2");
  EXPECT_EQ(baotou->value, "2");
  // K1 is led by both cities and stands under each.
  EXPECT_EQ(driver.all(Role::row).size(), 4U);
  EXPECT_TRUE(driver.shows("3 of 3 items"));
}

TEST_F(AppTest, DetailsShowMilestonesEvidenceAndSource) {
  Driver driver;
  open_small(driver);
  ASSERT_TRUE(driver.click(Role::tab, Str::items_title));
  ASSERT_TRUE(driver.click(Role::row, "K2 Found the alliance"));
  EXPECT_NE(driver.find(Role::region, Str::item_details), nullptr);
  EXPECT_TRUE(driver.shows("Charter"));
  EXPECT_TRUE(driver.shows("finished 2024-04-02"));
  const Node* meeting = driver.find(Role::listitem, "Founding meeting");
  ASSERT_NE(meeting, nullptr);
  EXPECT_NE(meeting->value.find("29 days late"), std::string::npos);
  ASSERT_TRUE(driver.click(Role::link, "Minutes"));
  ASSERT_EQ(driver.host().links.size(), 1U);
  EXPECT_EQ(driver.host().links[0], "https://example.org/m");
  // The predecessor is a way to its own details.
  ASSERT_TRUE(driver.click(Role::link, "K1 Sign the agreement"));
  EXPECT_NE(driver.find(Role::heading, "Sign the agreement"), nullptr);
  ASSERT_NE(driver.find(Role::row, "K1 Sign the agreement"), nullptr);
  EXPECT_TRUE(driver.find(Role::row, "K1 Sign the agreement")->selected);
  ASSERT_TRUE(driver.click(Role::button, Str::close));
  EXPECT_EQ(driver.find(Role::region, Str::item_details), nullptr);
}

TEST_F(AppTest, ArrowKeysWalkTheRowsAndKeepThemInView) {
  Driver driver;
  driver.app().open("big.json", save_programme(generate_programme(500, 7)));
  driver.frames();
  ASSERT_TRUE(driver.click(Role::tab, Str::items_title));
  driver.key(ImGuiKey_DownArrow);
  ASSERT_NE(driver.find_prefix(Role::row, "G00001 "), nullptr);
  EXPECT_TRUE(driver.find_prefix(Role::row, "G00001 ")->selected);
  for (int i = 0; i < 40; ++i) driver.key(ImGuiKey_DownArrow);
  const Node* row = driver.find_prefix(Role::row, "G00041 ");
  ASSERT_NE(row, nullptr) << "scrolled out of view";
  EXPECT_TRUE(row->selected);
  driver.key(ImGuiKey_End);
  row = driver.find_prefix(Role::row, "G00500 ");
  ASSERT_NE(row, nullptr);
  EXPECT_TRUE(row->selected);
  driver.key(ImGuiKey_Home);
  EXPECT_TRUE(driver.find_prefix(Role::row, "G00001 ")->selected);
  driver.key(ImGuiKey_Escape);
  EXPECT_EQ(driver.find(Role::region, Str::item_details), nullptr);
}

TEST_F(AppTest, EscapeLeavesTheMenuAndThenTheDetails) {
  Driver driver;
  driver.open_shipped("demo");
  driver.app().restore("page", "items");
  driver.frames();
  driver.click(Node(*driver.find_prefix(Role::row, "K09")));
  driver.frames();
  ASSERT_NE(driver.find(Role::button, Str::edit), nullptr);
  ASSERT_TRUE(driver.click(Role::button, Str::open_menu));
  driver.frames();
  ASSERT_NE(driver.find(Role::button, Str::open_file), nullptr);
  driver.key(ImGuiKey_Escape);
  driver.frames();
  EXPECT_EQ(driver.find(Role::button, Str::open_file), nullptr);
  EXPECT_NE(driver.find(Role::button, Str::edit), nullptr) << "the details, too";
  driver.key(ImGuiKey_Escape);
  driver.frames();
  EXPECT_EQ(driver.find(Role::button, Str::edit), nullptr);
}

TEST_F(AppTest, ABrokenFileIsExplainedAndTheBoardStays) {
  Driver driver;
  open_small(driver);
  driver.app().open("bad.json", R"({"format":"tongcheng-programme","version":1,"id":"x",
    "title":{"zh":"坏"},"kind":"working","cities":[{"id":"h","name":{"zh":"呼"}}],
    "items":[{"code":"K1","title":{},"status":"done","due":"2023-02-29"}]})");
  driver.frames();
  EXPECT_NE(driver.find(Role::dialog, "Can't open bad.json"), nullptr);
  EXPECT_NE(driver.find(Role::listitem, "/items/0/title"), nullptr);
  EXPECT_NE(driver.find(Role::listitem, "/items/0/status"), nullptr);
  const Node* date = driver.find(Role::listitem, "/items/0/due");
  ASSERT_NE(date, nullptr);
  EXPECT_NE(date->value.find("YYYY-MM-DD"), std::string::npos);
  EXPECT_TRUE(driver.shows("Small")) << "the open board is kept";
  ASSERT_TRUE(driver.click(Role::button, Str::close));
  EXPECT_EQ(driver.find(Role::dialog, "Can't open bad.json"), nullptr);
  EXPECT_NE(driver.find(Role::button, "Found the alliance"), nullptr);
}

TEST_F(AppTest, AnotherFileReplacesTheBoardAndItsFilters) {
  Driver driver;
  open_small(driver);
  ASSERT_TRUE(driver.click(Role::button, "Under way"));
  driver.open_shipped("demo");
  EXPECT_EQ(driver.find(Role::text, "Small"), nullptr);
  EXPECT_TRUE(driver.shows(driver.text(Str::demonstration)));
  EXPECT_TRUE(driver.shows("30 of 30 items"));
}

TEST_F(AppTest, DemonstrationDataIsLabelledOnEveryPage) {
  for (const char* language : {"zh", "en"}) {
    Driver driver;
    driver.app().restore("language", language);
    driver.open_shipped("demo");
    for (Str page : {Str::overview_title, Str::items_title}) {
      ASSERT_TRUE(driver.click(Role::tab, page));
      EXPECT_NE(driver.find(Role::text, Str::demonstration), nullptr) << language;
    }
  }
}

TEST_F(AppTest, TheSourcedProgrammeShowsOfficialTotalsWithTheirSource) {
  Driver driver;
  driver.open_shipped("hubao-2024");
  const Node* completed = driver.find(Role::button, "Completed");
  ASSERT_NE(completed, nullptr);
  EXPECT_EQ(completed->value, "4");
  const Node* staged = driver.find(Role::button, "Staged result");
  ASSERT_NE(staged, nullptr);
  EXPECT_EQ(staged->value, "26");
  EXPECT_TRUE(driver.shows(driver.text(Str::overview_reported)));
  EXPECT_EQ(driver.find(Role::text, Str::demonstration), nullptr);
}

TEST_F(AppTest, TheOpenMenuReachesFilesAndShippedProgrammes) {
  Driver driver;
  open_small(driver);
  ASSERT_TRUE(driver.click(Role::button, Str::open_menu));
  ASSERT_TRUE(driver.click(Role::button, Str::open_demo));
  ASSERT_EQ(driver.host().shipped.size(), 1U);
  EXPECT_EQ(driver.host().shipped[0], "demo");
  ASSERT_TRUE(driver.click(Role::button, Str::open_menu));
  ASSERT_TRUE(driver.click(Role::button, Str::open_file));
  EXPECT_EQ(driver.host().files_chosen, 1);
  for (const char* name : {"Programme file (JSON)", "Table for spreadsheets (CSV)",
                           "Calendar (iCalendar)", "Microsoft Project (XML)"}) {
    ASSERT_TRUE(driver.click(Role::button, Str::open_menu) ||
                driver.find(Role::button, name) != nullptr);
    ASSERT_TRUE(driver.click(Role::button, name)) << name;
  }
  EXPECT_EQ(driver.host().saved["small.csv"].substr(0, 3), "\xEF\xBB\xBF");
  EXPECT_EQ(driver.host().saved["small.ics"].substr(0, 15), "BEGIN:VCALENDAR");
  EXPECT_NE(driver.host().saved["small.xml"].find("<Project"), std::string::npos);
  const Result<Programme> again = load_programme(driver.host().saved["small.json"]);
  ASSERT_TRUE(again);
  EXPECT_EQ(again.value->items.size(), 3U);
}

TEST_F(AppTest, TheTableDrawsOnlyWhatIsVisible) {
  Driver driver;
  driver.app().open("big.json", save_programme(generate_programme(10000, 1)));
  driver.frames();
  ASSERT_TRUE(driver.click(Role::tab, Str::items_title));
  EXPECT_LT(driver.all(Role::row).size(), 40U);
  EXPECT_EQ(driver.host().collations, 3) << "one for each column of text";
  const std::size_t before = driver.vertices();
  driver.move(700, 600);
  driver.wheel(-50);
  EXPECT_LT(driver.all(Role::row).size(), 40U);
  EXPECT_EQ(driver.find_prefix(Role::row, "G00001 "), nullptr);
  EXPECT_LT(driver.vertices(), before * 2 + 1000);
  EXPECT_EQ(driver.host().collations, 3) << "scrolling must not sort again";
}

TEST_F(AppTest, NothingMovesByItself) {
  Driver driver;
  open_small(driver);
  driver.frames(5);
  EXPECT_FALSE(driver.app().animating());
}

TEST_F(AppTest, EveryPageFitsEverySize) {
  struct Size {
    float width, height, scale;
  };
  for (const Size size :
       {Size{360, 640, 1}, Size{800, 600, 1}, Size{1024, 768, 1}, Size{1440, 900, 1},
        Size{2160, 1350, 1.5F}, Size{3840, 2160, 2}, Size{40, 30, 1}}) {
    Driver driver(size.width, size.height, size.scale);
    for (const char* id : {"demo", "hubao-2024"}) {
      driver.open_shipped(id);
      for (const char* page : {"overview", "items"}) {
        driver.app().restore("page", page);
        driver.frames();
        const Semantics& nodes = driver.app().semantics();
        EXPECT_GT(nodes.size(), 0U);
        for (std::size_t i = 0; i < nodes.size(); ++i) {
          EXPECT_GE(nodes[i].x0, 0) << nodes[i].name;
          EXPECT_LE(nodes[i].x1, size.width) << nodes[i].name;
          EXPECT_LE(nodes[i].y1, size.height) << nodes[i].name;
        }
      }
    }
  }
}

TEST_F(AppTest, EveryPageAndEveryEntryOfTheMenuCanBeReachedOnEveryScreen) {
  for (const ImVec2 size : {ImVec2(360, 640), ImVec2(740, 360), ImVec2(1280, 600)}) {
    Driver driver(size.x, size.y);
    open_small(driver);
    const std::vector<Node> pages = driver.all(Role::tab);
    EXPECT_GE(pages.size(), 9U);
    for (const Node& page : pages) {
      EXPECT_LE(page.y1, size.y) << page.name << " on " << size.x << " x " << size.y;
      EXPECT_GE(page.y1 - page.y0, 24) << page.name;
    }
    ASSERT_TRUE(driver.click(Role::button, Str::open_menu));
    driver.frames();
    const Node* entry = driver.find(Role::button, Str::open_demo);
    ASSERT_NE(entry, nullptr);
    EXPECT_GE(entry->x0, 0) << "on " << size.x;
    EXPECT_LE(entry->x1, size.x) << "on " << size.x;
    // What has no room is scrolled to.
    driver.move((entry->x0 + entry->x1) / 2, size.y / 2);
    for (int i = 0; i < 40 && driver.find(Role::button, Str::export_board) == nullptr; ++i) {
      driver.wheel(-1);
      driver.frames();
    }
    const Node* last = driver.find(Role::button, Str::export_board);
    ASSERT_NE(last, nullptr);
    EXPECT_LE(last->y1, size.y) << "on " << size.y;
  }
}

TEST_F(AppTest, EveryButtonHasAName) {
  Driver driver;
  driver.open_shipped("demo");
  for (const char* page : {"overview", "items"}) {
    driver.app().restore("page", page);
    driver.frames();
    for (Role role : {Role::button, Role::tab, Role::link, Role::option, Role::textbox}) {
      for (const Node& node : driver.all(role)) EXPECT_FALSE(node.name.empty());
    }
  }
}

}  // namespace
}  // namespace tc::ui::test
