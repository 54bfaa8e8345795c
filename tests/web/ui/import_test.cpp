#include <gtest/gtest.h>

#include "core/exchange/sheet_export.hpp"
#include "core/ledger/ledger.hpp"
#include "core/model/programme_json.hpp"
#include "tests/web/ui/driver.hpp"

namespace tc::ui::test {
namespace {

class ImportTest : public ::testing::Test {
 protected:
  ImportTest() : driver(1440, 1000) {
    driver.open_shipped("demo");
    driver.app().restore("author", "李四");
    driver.app().restore("city", "baotou");
    driver.app().restore("page", "items");
    driver.frames();
  }

  void offer(const std::vector<std::vector<std::string>>& rows, bool pasted = false,
             const std::string& name = "事项") {
    Sheet sheet{name, {}};
    for (const std::vector<std::string>& row : rows) {
      sheet.rows.emplace_back();
      for (const std::string& text : row) {
        sheet.rows.back().push_back(text.empty() ? Cell{} : Cell{text});
      }
    }
    driver.app().import_table("list.xlsx", workbook_json({{sheet}}), pasted);
    driver.frames(4);
  }

  bool import(const std::string& rows) {
    const bool clicked = driver.click(Role::button, "Import " + rows + " rows");
    driver.frames(4);
    return clicked;
  }

  /// Chooses from a list that drops down, scrolling to what isn't in sight.
  void choose(const std::string& list, const std::string& option) {
    ASSERT_TRUE(driver.click(Role::button, list)) << list;
    driver.frames(4);
    for (int turn = 0; turn < 80 && !in_sight(option); ++turn) {
      const std::vector<Node> options = driver.all(Role::option);
      ASSERT_FALSE(options.empty()) << list;
      const Node& middle = options[options.size() / 2];
      driver.move((middle.x0 + middle.x1) / 2, (middle.y0 + middle.y1) / 2);
      driver.wheel(turn < 40 ? -1.0F : 1.0F);
      driver.frames(2);
    }
    ASSERT_TRUE(driver.click(Role::option, option)) << option;
    driver.frames(4);
  }
  bool in_sight(const std::string& option) const {
    const Node* node = driver.find(Role::option, option);
    return node != nullptr && node->y1 - node->y0 > 20;
  }

  Ledger kept() { return kept_board(driver.host()); }

  Driver driver;
};

TEST_F(ImportTest, ShowsWhatWouldChangeAndWritesOneEntry) {
  offer({{"编号", "标题", "进度"}, {"K09", "", "55"}, {"", "新的事项", "10"}, {"K10", "", ""}});
  ASSERT_NE(driver.find(Role::dialog, "Import list.xlsx"), nullptr);
  EXPECT_NE(driver.find_prefix(Role::row, "K09"), nullptr);
  EXPECT_TRUE(driver.shows("50 → 55"));
  EXPECT_TRUE(driver.shows("新的事项"));
  EXPECT_NE(driver.find_prefix(Role::status, "changed 1"), nullptr);
  EXPECT_TRUE(driver.host().kept.empty());
  ASSERT_TRUE(import("2"));
  EXPECT_EQ(driver.find(Role::dialog, "Import list.xlsx"), nullptr);
  const Ledger ledger = kept();
  ASSERT_EQ(ledger.size(), 1U);
  EXPECT_EQ(ledger.entry(0).kind, EntryKind::import);
  EXPECT_EQ(ledger.entry(0).author, "李四");
  EXPECT_EQ(ledger.state().items.size(), 31U);
  EXPECT_EQ(ledger.state().items.back().title.zh, "新的事项");
  // It can be taken back as a whole.
  driver.key(ImGuiKey_Z, ImGuiMod_Ctrl);
  driver.frames(4);
  EXPECT_EQ(kept().state().items.size(), 30U);
}

TEST_F(ImportTest, ALargeTableIsComparedBetweenFrames) {
  std::vector<std::vector<std::string>> rows = {{"编号", "标题", "进度"}, {"K09", "", "55"}};
  for (int i = 0; i < 3000; ++i) {
    rows.push_back({"", "新的事项 " + std::to_string(i), std::to_string(10 + i % 90)});
  }
  driver.pieces = 0;
  offer(rows);
  const auto comparing = [this] { return driver.find(Role::status, Str::import_comparing); };
  ASSERT_NE(comparing(), nullptr);
  EXPECT_EQ(comparing()->value, "0%");
  EXPECT_TRUE(driver.find_prefix(Role::button, "Import ")->disabled);
  driver.pieces = 1;
  driver.frames(6);
  ASSERT_NE(comparing(), nullptr);
  EXPECT_NE(comparing()->value, "0%");

  // An entry of another window: what has been compared is no longer the board.
  Driver other(1440, 1000);
  other.open_shipped("demo");
  other.app().restore("author", "张三");
  Sheet sheet{"事项", {}};
  for (const auto& row : std::vector<std::vector<std::string>>{{"编号", "进度"}, {"K09", "55"}}) {
    sheet.rows.push_back({Cell{row[0]}, Cell{row[1]}});
  }
  other.app().import_table("list.xlsx", workbook_json({{sheet}}), false);
  other.frames(4);
  ASSERT_TRUE(other.click(Role::button, "Import 1 rows"));
  other.frames(4);
  driver.host().kept = other.host().kept;
  driver.app().join(other.host().kept.begin()->second);
  driver.pieces = 100;
  driver.frames(6);
  EXPECT_EQ(comparing(), nullptr);
  EXPECT_NE(driver.find_prefix(Role::status, "unchanged 1"), nullptr);
  ASSERT_TRUE(import("3000"));
  EXPECT_EQ(kept().state().items.size(), 3030U);
}

TEST_F(ImportTest, ComparingCanBeGivenUp) {
  std::vector<std::vector<std::string>> rows = {{"编号", "标题"}};
  for (int i = 0; i < 3000; ++i) rows.push_back({"", "新的事项 " + std::to_string(i)});
  driver.pieces = 1;
  offer(rows);
  ASSERT_NE(driver.find(Role::status, Str::import_comparing), nullptr);
  driver.key(ImGuiKey_Escape);
  driver.frames(4);
  EXPECT_EQ(driver.find(Role::dialog, "Import list.xlsx"), nullptr);
  EXPECT_FALSE(driver.app().has_work());
}

TEST_F(ImportTest, BadCellsAreNamedAndTheirRowsLeftOut) {
  offer({{"Code", "Status", "Due"},
         {"K09", "no such state", ""},
         {"K10", "", "2099-02-30"},
         {"K11", "", "2024-12-30"}});
  EXPECT_NE(driver.find_prefix(Role::alert, "事项!B2"), nullptr);
  EXPECT_NE(driver.find_prefix(Role::alert, "事项!C3"), nullptr);
  EXPECT_NE(driver.find_prefix(Role::status, "refused 2"), nullptr);
  EXPECT_EQ(driver.find_prefix(Role::row, "K09  "), nullptr);
}

TEST_F(ImportTest, ASlippingDeadlineWantsAReason) {
  offer({{"Code", "Due"}, {"K09", "2030-12-31"}});
  EXPECT_TRUE(driver.shows("A reason is needed"));
  import("1");
  EXPECT_NE(driver.find(Role::dialog, "Import list.xlsx"), nullptr) << "imported without a reason";
  ASSERT_TRUE(driver.click(Role::textbox, Str::form_reason));
  driver.type("设备交付推迟");
  driver.frames();
  ASSERT_TRUE(import("1"));
  const Ledger ledger = kept();
  ASSERT_EQ(ledger.size(), 1U);
  EXPECT_EQ(ledger.entry(0).reason, "设备交付推迟");
}

TEST_F(ImportTest, CancellingChangesNothing) {
  offer({{"Code", "Progress"}, {"K09", "99"}});
  driver.key(ImGuiKey_Escape);
  driver.frames(4);
  EXPECT_EQ(driver.find(Role::dialog, "Import list.xlsx"), nullptr);
  EXPECT_TRUE(driver.host().kept.empty());
}

TEST_F(ImportTest, AForeignTableSaysWhatIsExpected) {
  offer({{"Name of the dog", "Breed"}, {"Rex", "Collie"}});
  EXPECT_TRUE(driver.shows("No headings were recognised"));
  EXPECT_FALSE(driver.find(Role::button, "Import 0 rows")->disabled == false);
  driver.app().import_table("broken.xlsx", "{\"sheets\": 3}", false);
  driver.frames(4);
  EXPECT_TRUE(driver.shows("/sheets"));
}

TEST_F(ImportTest, PastedCellsWithoutHeadingsAreTheTablesColumns) {
  offer({{"K09", "", "Completed"}}, true);
  EXPECT_NE(driver.find_prefix(Role::row, "K09"), nullptr);
  ASSERT_TRUE(import("1"));
  EXPECT_EQ(kept().state().items[8].status, Status::completed);
}

TEST_F(ImportTest, PastedCellsBeginWhereTheMouseIs) {
  const Node* header = driver.find(Role::columnheader, Str::column_progress);
  ASSERT_NE(header, nullptr);
  const Node* row = driver.find_prefix(Role::row, "K05 ");
  ASSERT_NE(row, nullptr);
  driver.move((header->x0 + header->x1) / 2, (row->y0 + row->y1) / 2);
  driver.frames(4);
  offer({{"3"}, {"4"}}, true, "");
  EXPECT_NE(driver.find_prefix(Role::row, "K05"), nullptr);
  EXPECT_TRUE(driver.shows("→ 4"));
  ASSERT_TRUE(import("2"));
  EXPECT_EQ(kept().state().items[4].progress, 3);
}

TEST_F(ImportTest, PastedCodesBeginAtTheLeftWhereverTheMouseIs) {
  const Node* header = driver.find(Role::columnheader, Str::column_status);
  const Node* row = driver.find_prefix(Role::row, "K05 ");
  ASSERT_NE(header, nullptr);
  ASSERT_NE(row, nullptr);
  driver.move((header->x0 + header->x1) / 2, (row->y0 + row->y1) / 2);
  driver.frames(4);
  offer({{"K09", "", "Completed"}}, true, "");
  ASSERT_TRUE(import("1"));
  EXPECT_EQ(kept().state().items[8].status, Status::completed);
}

TEST_F(ImportTest, PastedHeadingsAreKnown) {
  offer({{"期限", "编号"}, {"2024-12-31", "K09"}}, true);
  EXPECT_TRUE(driver.shows("→ 2024-12-31"));
}

TEST_F(ImportTest, AColumnIsMappedByHandAndComparedAtOnce) {
  offer({{"Code", "How far"}, {"K09", "55"}});
  EXPECT_TRUE(driver.shows(driver.text(Str::import_no_change)));
  ASSERT_TRUE(driver.click(Role::tab, "Columns 1/2"));
  driver.frames(4);
  EXPECT_EQ(driver.find(Role::button, "Column 事项!A")->value, "Code");
  EXPECT_EQ(driver.find(Role::button, "Column 事项!B")->value, "Leave out");
  EXPECT_TRUE(driver.shows("How far"));
  choose("Column 事项!B", "Progress (%)");
  EXPECT_NE(driver.find(Role::tab, "Columns 2/2"), nullptr);
  EXPECT_NE(driver.find_prefix(Role::status, "changed 1"), nullptr);
  ASSERT_TRUE(driver.click(Role::tab, "Changes"));
  driver.frames(4);
  EXPECT_TRUE(driver.shows("50 → 55"));
  ASSERT_TRUE(import("1"));
  EXPECT_EQ(kept().state().items[8].progress, 55);
}

TEST_F(ImportTest, AFieldGoesFromOneColumnToTheOtherAndBack) {
  offer({{"Code", "Progress", "Real"}, {"K09", "10", "20"}});
  ASSERT_TRUE(driver.click(Role::tab, "Columns 2/3"));
  driver.frames(4);
  choose("Column 事项!C", "Progress (%)");
  EXPECT_EQ(driver.find(Role::button, "Column 事项!B")->value, "Leave out");
  EXPECT_EQ(driver.find(Role::button, "Column 事项!C")->value, "Progress (%)");
  choose("Column 事项!B", "Progress (%)");
  EXPECT_EQ(driver.find(Role::button, "Column 事项!B")->value, "Progress (%)");
  EXPECT_EQ(driver.find(Role::button, "Column 事项!C")->value, "Leave out");
  choose("Column 事项!B", "Leave out");
  EXPECT_EQ(driver.find(Role::button, "Column 事项!B")->value, "Leave out");
  EXPECT_NE(driver.find_prefix(Role::status, "unchanged 1"), nullptr);
}

TEST_F(ImportTest, ASheetThatNobodyKnowsIsMappedByHand) {
  offer({{"Our plan"}, {"Which", "How far"}, {"K09", "55"}}, false, "Sheet1");
  // Nothing was understood, so that is where to begin.
  ASSERT_NE(driver.find(Role::button, "Sheet Sheet1"), nullptr);
  choose("Sheet Sheet1", "Items");
  EXPECT_EQ(driver.find(Role::button, "Sheet Sheet1 · Headings in row –")->value,
            "Headings in row 2");
  EXPECT_NE(driver.find_prefix(Role::alert, "Sheet1: "), nullptr) << "no column with a code yet";
  choose("Column Sheet1!A", "Code");
  choose("Column Sheet1!B", "Progress (%)");
  ASSERT_TRUE(import("1"));
  EXPECT_EQ(kept().state().items[8].progress, 55);
}

TEST_F(ImportTest, ASheetIsLeftOutAndTheHeadingsMove) {
  offer({{"Code", "Progress"}, {"K09", "55"}, {"K10", "66"}});
  ASSERT_TRUE(driver.click(Role::tab, "Columns 2/2"));
  driver.frames(4);
  choose("Sheet 事项", "Leave out");
  EXPECT_EQ(driver.find_prefix(Role::status, "changed"), nullptr);
  EXPECT_TRUE(driver.find(Role::button, "Import 0 rows")->disabled);
  choose("Sheet 事项", "Items");
  EXPECT_NE(driver.find_prefix(Role::status, "changed 2"), nullptr);
  choose("Sheet 事项 · Headings in row –", "Headings in row 2");
  EXPECT_NE(driver.find(Role::tab, "Columns 0/2"), nullptr);
  choose("Column 事项!A", "Code");
  choose("Column 事项!B", "Progress (%)");
  EXPECT_NE(driver.find_prefix(Role::status, "changed 1"), nullptr);
}

TEST_F(ImportTest, KeysInAListLeaveTheDialogOpen) {
  offer({{"Code", "Progress", "x"}, {"K09", "55", "y"}});
  ASSERT_TRUE(driver.click(Role::tab, "Columns 2/3"));
  driver.frames(4);
  ASSERT_TRUE(driver.click(Role::button, "Column 事项!C"));
  driver.frames(4);
  ASSERT_NE(driver.find(Role::option, "Leave out"), nullptr);
  driver.key(ImGuiKey_Escape);
  driver.frames(4);
  EXPECT_EQ(driver.find(Role::option, "Leave out"), nullptr);
  ASSERT_NE(driver.find(Role::dialog, "Import list.xlsx"), nullptr);
  driver.key(ImGuiKey_Enter);
  driver.frames(4);
  EXPECT_NE(driver.find(Role::dialog, "Import list.xlsx"), nullptr);
  EXPECT_TRUE(driver.host().kept.empty());
  driver.key(ImGuiKey_Escape);
  driver.frames(4);
  EXPECT_EQ(driver.find(Role::dialog, "Import list.xlsx"), nullptr);
}

TEST_F(ImportTest, MappingWorksOnASmallScreen) {
  driver.resize(390, 760);
  driver.frames(4);
  offer({{"Code", "Progress", "How far"}, {"K09", "10", "55"}});
  ASSERT_TRUE(driver.click(Role::tab, "Columns 2/3"));
  driver.frames(4);
  choose("Column 事项!C", "Progress (%)");
  const Node* field = driver.find(Role::button, "Column 事项!C");
  ASSERT_NE(field, nullptr);
  EXPECT_EQ(field->value, "Progress (%)");
  EXPECT_LE(field->x1, 390);
  ASSERT_NE(driver.find(Role::button, "Sheet 事项 · Headings in row –"), nullptr);
}

TEST_F(ImportTest, WhatIsExportedAndImportedChangesNothing) {
  ASSERT_TRUE(driver.click(Role::button, Str::open_menu));
  driver.frames();
  ASSERT_TRUE(driver.click(Role::button, Str::export_xlsx));
  driver.frames();
  const auto& saved = driver.host().saved;
  ASSERT_EQ(saved.size(), 1U);
  ASSERT_TRUE(saved.begin()->first.ends_with(".xlsx"));
  driver.app().import_table("again.xlsx", saved.begin()->second, false);
  driver.frames(4);
  EXPECT_TRUE(driver.shows(driver.text(Str::import_no_change)));
  EXPECT_TRUE(driver.shows("unchanged"));
}

TEST(ImportWithoutBoard, AsksForAProgrammeFirst) {
  Driver driver;
  driver.frames();
  driver.app().import_table("list.xlsx", workbook_json({}), false);
  driver.frames(4);
  EXPECT_TRUE(driver.shows(driver.text(Str::import_no_board)));
}

}  // namespace
}  // namespace tc::ui::test
