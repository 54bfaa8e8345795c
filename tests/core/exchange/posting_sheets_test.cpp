#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "core/exchange/sheet_export.hpp"
#include "core/exchange/sheet_import.hpp"
#include "core/ledger/ledger.hpp"
#include "core/model/programme_json.hpp"
#include "tests/core/ledger/boards.hpp"

namespace tc {
namespace {

using Rows = std::vector<std::vector<Cell>>;

Programme two_cities() {
  Programme programme = test::good_programme();
  programme.needs.clear();
  programme.results.clear();
  programme.jobs.clear();
  programme.graduates.clear();
  programme.challenges.clear();
  programme.interests.clear();
  return programme;
}

ImportPlan plan(const Programme& programme, std::string name, Rows rows) {
  return plan_import(programme, Workbook{{{std::move(name), std::move(rows)}}}, Language::zh);
}

/// The programme after the plan's changes.
Programme after(const Programme& programme, const ImportPlan& plan) {
  Ledger board = Ledger::create(programme).value.value();
  Draft draft = test::draft_of(test::hohhot(0), "导入");
  draft.kind = EntryKind::import;
  draft.changes = plan.changes;
  const auto committed = board.commit(draft);
  EXPECT_TRUE(committed) << (committed.errors.empty()
                                 ? ""
                                 : message(committed.errors.front(), Language::en));
  return board.state();
}

std::string faults(const ImportPlan& plan) {
  std::string text;
  for (const CellError& error : plan.errors) text += error.place + ": " + error.message + "\n";
  return text;
}

TEST(posting_sheets, needs_as_people_write_them) {
  const Programme before = two_cities();
  const ImportPlan made = plan(before, "Sheet1",
                               {{{std::string("企业技术需求征集表")}},
                                {{std::string("序号")},
                                 {std::string("需求名称")},
                                 {std::string("企业名称")},
                                 {std::string("所在城市")},
                                 {std::string("产业")},
                                 {std::string("预算（万元）")},
                                 {std::string("截止日期")},
                                 {std::string("是否独占")},
                                 {std::string("联系电话")}},
                                {{},
                                 {std::string("硅片切割降耗")},
                                 {std::string("甲公司")},
                                 {std::string("包头市")},
                                 {std::string("新能源")},
                                 {50.0},
                                 {std::string("2025年3月1日")},
                                 {std::string("是")},
                                 {std::string("0472-1234567")}},
                                {{},
                                 {std::string("乳清回收")},
                                 {std::string("乙公司")},
                                 {std::string("呼和浩特")},
                                 {std::string("乳业")},
                                 {std::string("1.1")},
                                 {},
                                 {std::string("否")},
                                 {}}});
  ASSERT_TRUE(made.errors.empty()) << faults(made);
  ASSERT_EQ(made.count(RowOutcome::added), 2U);
  // How to reach people is not taken from a sheet, and that is said.
  ASSERT_EQ(made.warnings.size(), 1U);
  EXPECT_EQ(made.warnings[0].place, "Sheet1!I2");
  const Programme now = after(before, made);
  ASSERT_EQ(now.needs.size(), 2U);
  const Need& need = now.needs[0];
  EXPECT_EQ(need.id, "N-001");
  EXPECT_EQ(need.title.zh, "硅片切割降耗");
  EXPECT_EQ(need.firm.zh, "甲公司");
  EXPECT_EQ(need.city, "b");
  EXPECT_EQ(need.cluster, IndustryCluster::new_energy);
  EXPECT_EQ(need.budget, 500'000);
  EXPECT_EQ(need.deadline, make_date(2025, 3, 1));
  EXPECT_TRUE(need.exclusive);
  EXPECT_EQ(now.needs[1].id, "N-002");
  EXPECT_EQ(now.needs[1].budget, 11'000);
  EXPECT_FALSE(now.needs[1].exclusive);
}

TEST(posting_sheets, one_of_the_same_firm_and_title_is_not_new) {
  Programme before = two_cities();
  Need known;
  known.id = "N7";
  known.title.zh = "硅片切割降耗";
  known.firm.zh = "甲公司";
  before.needs.push_back(known);
  const ImportPlan made = plan(before, "需求",
                               {{{std::string("需求")}, {std::string("企业")}},
                                {{std::string("硅片切割降耗")}, {std::string("甲公司")}},
                                {{std::string("硅片切割降耗")}, {std::string("丙公司")}},
                                {{std::string("硅片切割降耗")}, {std::string("丙公司")}}});
  EXPECT_EQ(made.count(RowOutcome::added), 1U);
  EXPECT_EQ(made.count(RowOutcome::refused), 2U);
  ASSERT_EQ(made.errors.size(), 2U) << faults(made);
  EXPECT_NE(made.errors[0].message.find("N7"), std::string::npos);
  EXPECT_EQ(made.errors[1].place, "需求!A4");
  EXPECT_EQ(after(before, made).needs.back().id, "N8");  // as the others are numbered
}

TEST(posting_sheets, jobs_and_graduates_choose_each_other) {
  const Programme before = two_cities();
  Workbook workbook;
  workbook.sheets.push_back({"岗位",
                             {{{std::string("岗位编号")},
                               {std::string("岗位名称")},
                               {std::string("用人单位")},
                               {std::string("招聘人数")},
                               {std::string("学历要求")},
                               {std::string("月薪下限")},
                               {std::string("意向人选")}},
                              {{std::string("J1")},
                               {std::string("工艺员")},
                               {std::string("甲公司")},
                               {3.0},
                               {std::string("本科")},
                               {std::string("0.6万元")},
                               {std::string("G2；G1")}}}});
  workbook.sheets.push_back({"毕业生",
                             {{{std::string("人才编号")},
                               {std::string("专业")},
                               {std::string("学历")},
                               {std::string("意向城市")},
                               {std::string("意向岗位")}},
                              {{std::string("G1")},
                               {std::string("材料")},
                               {std::string("硕士")},
                               {std::string("包头、呼和浩特市")},
                               {std::string("J1")}},
                              {{std::string("G2")}, {}, {std::string("大专")}, {}, {}}}});
  const ImportPlan made = plan_import(before, workbook, Language::zh);
  ASSERT_TRUE(made.errors.empty()) << faults(made);
  const Programme now = after(before, made);
  ASSERT_EQ(now.jobs.size(), 1U);
  EXPECT_EQ(now.jobs[0].quota, 3);
  EXPECT_EQ(now.jobs[0].degree, Degree::bachelor);
  EXPECT_EQ(now.jobs[0].salary_min, 6000);
  EXPECT_EQ(now.jobs[0].choices, (std::vector<std::string>{"G2", "G1"}));
  ASSERT_EQ(now.graduates.size(), 2U);
  EXPECT_EQ(now.graduates[0].cities, (std::vector<std::string>{"b", "h"}));
  EXPECT_EQ(now.graduates[0].choices, std::vector<std::string>{"J1"});
  EXPECT_EQ(now.graduates[1].degree, Degree::vocational);
}

TEST(posting_sheets, what_is_wrong_names_its_cell) {
  const ImportPlan made =
      plan(two_cities(), "成果",
           {{{std::string("成果编号")},
             {std::string("成果名称")},
             {std::string("完成单位")},
             {std::string("城市")},
             {std::string("产业集群")},
             {std::string("技术成熟度")},
             {std::string("价格")}},
            {{std::string("R1")}, {std::string("一")}, {}, {std::string("乌海")}, {}, {}, {}},
            {{std::string("R2")}, {std::string("二")}, {}, {}, {std::string("采矿")}, {}, {}},
            {{std::string("R3")}, {std::string("三")}, {}, {}, {}, {12.0}, {}},
            {{std::string("R4")}, {std::string("四")}, {}, {}, {}, {}, {std::string("面议")}},
            {{std::string("R5")}, {}, {}, {}, {}, {6.0}, {}},
            {{std::string("R6")}, {std::string("六")}, {}, {}, {}, {6.0}, {}}});
  std::vector<std::string> places;
  for (const CellError& error : made.errors) places.push_back(error.place);
  EXPECT_EQ(places,
            (std::vector<std::string>{"成果!D2", "成果!E3", "成果!F4", "成果!G5", "成果!A6"}))
      << faults(made);
  EXPECT_EQ(made.count(RowOutcome::added), 1U);
  // A graduate is known by a code only, so one without it can't be told from others.
  const ImportPlan nobody =
      plan(two_cities(), "毕业生",
           {{{std::string("人才编号")}, {std::string("专业")}}, {{}, {std::string("材料")}}});
  ASSERT_EQ(nobody.errors.size(), 1U);
  EXPECT_EQ(nobody.errors[0].place, "毕业生!A2");
}

TEST(posting_sheets, a_list_of_items_is_none_of_postings) {
  const ImportPlan made = plan(
      two_cities(), "Sheet1",
      {{{std::string("编号")}, {std::string("标题")}, {std::string("内容")}, {std::string("期限")}},
       {{std::string("G1")}, {std::string("新的标题")}, {}, {}}});
  ASSERT_EQ(made.rows.size(), 1U);
  EXPECT_EQ(made.rows[0].pointer, "/items/G1");
}

TEST(posting_sheets, csv_has_no_way_to_reach_people) {
  Programme programme = two_cities();
  programme.kind = ProgrammeKind::demonstration;
  Graduate graduate;
  graduate.code = "G1";
  graduate.field.zh = "=1+1";
  graduate.contact = Contact{"张三", "13900000000", "a@b.example"};
  programme.graduates.push_back(graduate);
  const std::string csv = table_csv(programme, "graduates", Language::zh);
  EXPECT_TRUE(csv.starts_with("\xEF\xBB\xBF演示数据 / Demonstration data\r\n人才编号,")) << csv;
  EXPECT_NE(csv.find("'=1+1"), std::string::npos);
  EXPECT_EQ(csv.find("139"), std::string::npos);
  EXPECT_EQ(csv.find("张三"), std::string::npos);
  EXPECT_TRUE(table_csv(programme, "nothing", Language::zh).empty());
}

}  // namespace
}  // namespace tc
