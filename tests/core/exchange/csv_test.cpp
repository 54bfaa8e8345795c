#include "core/exchange/csv.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace tc {
namespace {

using Rows = std::vector<std::vector<std::string>>;

/// Reads what RFC 4180 describes, and nothing else: a bare CR or LF outside quotes is a failure.
Rows parse(const std::string& text) {
  Rows rows;
  std::vector<std::string> row;
  std::string cell;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c != '"') {
        cell += c;
      } else if (i + 1 < text.size() && text[i + 1] == '"') {
        cell += '"';
        ++i;
      } else {
        quoted = false;
      }
    } else if (c == '"') {
      EXPECT_TRUE(cell.empty());
      quoted = true;
    } else if (c == ',') {
      row.push_back(std::exchange(cell, {}));
    } else if (c == '\r') {
      EXPECT_EQ(text.substr(i, 2), "\r\n");
      ++i;
      row.push_back(std::exchange(cell, {}));
      rows.push_back(std::exchange(row, {}));
    } else {
      EXPECT_NE(c, '\n');
      cell += c;
    }
  }
  EXPECT_FALSE(quoted);
  EXPECT_TRUE(cell.empty() && row.empty()) << "the last line has no end";
  return rows;
}

Rows rows_of(const std::string& csv) {
  EXPECT_EQ(csv.substr(0, 3), "\xEF\xBB\xBF");
  return parse(csv.substr(3));
}

Programme programme() {
  Programme p;
  p.cities = {{"h", {"呼和浩特", "Hohhot"}, {}}};
  p.departments = {{"d1", "h", {"发改委", "DRC"}, {}}, {"d2", "h", {"工信局", "IIT"}, {}}};
  p.areas = {{"a", {"产业", "Industry"}, {}}};
  p.sources = {{"s", {"报道", "Report"}, {}, {}, {}, {}}};
  ActionItem item;
  item.code = "K01";
  item.title = {"甲，\"乙\"\n丙", "A, \"b\""};
  item.area = "a";
  item.status = Status::staged_result;
  item.leads = {"d1", "d2"};
  item.partners = {"d2"};
  item.start = make_date(2024, 3, 1);
  item.due = make_date(2024, 3, 29);
  item.started = make_date(2024, 3, 4);
  item.progress = 33.3;
  item.milestones = {{"M1", {"一", ""}, {}, make_date(2024, 3, 8), {}, {}, {}},
                     {"M2", {"二", ""}, {}, {}, {}, {}, {}}};
  item.source = Citation{"s", {"第3版", "page 3"}};
  p.items = {item, ActionItem{}};
  p.items[1].code = "K02";
  return p;
}

TEST(csv, cells_are_quoted_only_where_they_have_to_be) {
  EXPECT_EQ(csv_cell(""), "");
  EXPECT_EQ(csv_cell("plain 文字"), "plain 文字");
  EXPECT_EQ(csv_cell("a,b"), "\"a,b\"");
  EXPECT_EQ(csv_cell("say \"x\""), "\"say \"\"x\"\"\"");
  EXPECT_EQ(csv_cell("a\nb"), "\"a\nb\"");
  EXPECT_EQ(csv_cell("a\rb"), "\"a\rb\"");
  // A reader that guesses the separator takes them for one otherwise.
  EXPECT_EQ(csv_cell("a;b"), "\"a;b\"");
  EXPECT_EQ(csv_cell("a\tb"), "\"a\tb\"");
  EXPECT_EQ(csv_cell(std::string("a\0b\xFF", 4)), "a\uFFFDb\uFFFD");
}

TEST(csv, formulas_are_made_harmless) {
  EXPECT_EQ(csv_cell("=1+1"), "'=1+1");
  EXPECT_EQ(csv_cell("=HYPERLINK(\"http://x\",\"y\")"),
            "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"");
  EXPECT_EQ(csv_cell("+cmd|' /C calc'!A0"), "'+cmd|' /C calc'!A0");
  EXPECT_EQ(csv_cell("-2+3"), "'-2+3");
  EXPECT_EQ(csv_cell("@SUM(A1)"), "'@SUM(A1)");
  EXPECT_EQ(csv_cell("\t=1"), "\"'\t=1\"");
  EXPECT_EQ(csv_cell("\r=1"), "\"'\r=1\"");
  EXPECT_EQ(csv_cell("＝1+1"), "'＝1+1");
  EXPECT_EQ(csv_cell("-"), "'-");
  EXPECT_EQ(csv_cell("-1.2.3"), "'-1.2.3");
  EXPECT_EQ(csv_cell("-1e5"), "'-1e5");
}

TEST(csv, plain_numbers_and_dates_stay) {
  for (const char* text : {"-3", "+1.5", "0", "33.3", "2024-03-29", "a=b", "1-2", "甲-乙"}) {
    EXPECT_EQ(csv_cell(text), text);
  }
}

TEST(csv, has_a_row_an_item_and_as_many_cells_in_each) {
  const Rows zh = rows_of(items_csv(programme(), nullptr, Language::zh));
  ASSERT_EQ(zh.size(), 3U);
  for (const auto& row : zh) EXPECT_EQ(row.size(), zh[0].size());
  EXPECT_EQ(zh[0][0], "编号");
  EXPECT_EQ(zh[1], (std::vector<std::string>{"K01",
                                             "甲，\"乙\"\n丙",
                                             "A, \"b\"",
                                             "产业",
                                             "取得阶段性成果",
                                             "发改委；工信局",
                                             "工信局",
                                             "2024-03-01",
                                             "2024-03-29",
                                             "2024-03-04",
                                             "",
                                             "33.3",
                                             "",
                                             "",
                                             "",
                                             "",
                                             "1",
                                             "2",
                                             "报道",
                                             "第3版"}));
  const Rows en = rows_of(items_csv(programme(), nullptr, Language::en));
  EXPECT_EQ(en[0][0], "Code");
  EXPECT_EQ(en[1][3], "Industry");
  EXPECT_EQ(en[1][5], "DRC; IIT");
}

TEST(csv, what_is_not_known_is_empty) {
  const Rows rows = rows_of(items_csv(programme(), nullptr, Language::en));
  std::vector<std::string> expected(rows[0].size());
  expected[0] = "K02";
  expected[4] = "Unknown";
  expected[16] = expected[17] = "0";
  EXPECT_EQ(rows[2], expected);
}

TEST(csv, tells_the_schedule) {
  const Programme p = programme();
  const Schedule schedule = make_schedule(p, WorkCalendar(), *make_date(2024, 4, 8));
  const Rows rows = rows_of(items_csv(p, &schedule, Language::en));
  EXPECT_EQ(rows[1][12], format_date(*schedule.items[0].finish));
  EXPECT_GT(*schedule.items[0].slip, 0);
  EXPECT_EQ(rows[1][13], std::to_string(*schedule.items[0].slip));
  EXPECT_EQ(rows[1][14], "0");
  EXPECT_EQ(rows[1][15], "yes");
  EXPECT_EQ(rows[2][12], "");
  EXPECT_EQ(rows[2][15], "");
  Schedule other = schedule;
  other.items.pop_back();
  EXPECT_EQ(items_csv(p, &other, Language::en), items_csv(p, nullptr, Language::en));
}

TEST(csv, an_early_finish_is_a_number_not_a_formula) {
  Programme p = programme();
  p.items[0].finished = make_date(2024, 3, 20);
  p.items[0].status = Status::completed;
  const Schedule schedule = make_schedule(p, WorkCalendar(), *make_date(2024, 4, 8));
  EXPECT_EQ(rows_of(items_csv(p, &schedule, Language::zh))[1][13], "-7");
}

TEST(csv, a_demonstration_says_so_first) {
  Programme p = programme();
  p.kind = ProgrammeKind::demonstration;
  for (const Language language : {Language::zh, Language::en}) {
    const Rows rows = rows_of(items_csv(p, nullptr, language));
    ASSERT_EQ(rows.size(), 4U);
    EXPECT_EQ(rows[0][0], "演示数据 / Demonstration data");
    EXPECT_EQ(rows[0].size(), rows[1].size());
  }
}

TEST(csv, hostile_titles_survive_a_round_trip_without_being_formulas) {
  Programme p = programme();
  p.items[0].title = {"=1,\"2\"\r\n3", "@x"};
  const Rows rows = rows_of(items_csv(p, nullptr, Language::zh));
  EXPECT_EQ(rows[1][1], "'=1,\"2\"\r\n3");
  EXPECT_EQ(rows[1][2], "'@x");
}

}  // namespace
}  // namespace tc
