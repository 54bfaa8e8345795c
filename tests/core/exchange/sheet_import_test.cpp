#include "core/exchange/sheet_import.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "core/exchange/csv.hpp"
#include "core/exchange/sheet_export.hpp"
#include "core/model/generate.hpp"
#include "core/model/programme_json.hpp"
#include "tests/core/ledger/boards.hpp"
#include "tests/core/progress_walk.hpp"

namespace tc {
namespace {

using Rows = std::vector<std::vector<Cell>>;

Cell text(std::string value) {
  return {std::move(value)};
}
Cell day(int year, int month, int d) {
  return {*make_date(year, month, d)};
}

Programme shipped(const std::string& name) {
  std::ifstream file(TONGCHENG_SOURCE_DIR "/assets/programmes/" + name + ".json", std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(file)), {});
  return load_programme(bytes).value.value();
}

std::string all(const std::vector<CellError>& errors) {
  std::string joined;
  for (const CellError& error : errors) joined += error.place + ": " + error.message + "\n";
  return joined;
}

Sheet& sheet(Workbook& workbook, const std::string& name) {
  for (Sheet& each : workbook.sheets) {
    if (each.name == name) return each;
  }
  ADD_FAILURE() << "no sheet " << name;
  return workbook.sheets.front();
}

/// Plan of one sheet of items on the good board.
ImportPlan plan(Rows rows, const Programme& programme = test::good_programme()) {
  return plan_import(programme, Workbook{{{"清单", std::move(rows)}}}, Language::en);
}

std::string places(const ImportPlan& plan) {
  std::string joined;
  for (const Change& change : plan.changes) joined += change.pointer + ' ';
  return joined;
}

void expect_no_change(const Programme& programme, const Workbook& workbook) {
  for (const Language language : {Language::zh, Language::en}) {
    const ImportPlan plan = plan_import(programme, workbook, language);
    EXPECT_TRUE(plan.changes.empty()) << places(plan);
    EXPECT_TRUE(plan.errors.empty()) << all(plan.errors);
    EXPECT_TRUE(plan.warnings.empty()) << all(plan.warnings);
    EXPECT_EQ(plan.count(RowOutcome::same), plan.rows.size());
  }
}

/// All cells as texts, as they are after CSV.
Workbook as_texts(Workbook workbook) {
  for (Sheet& each : workbook.sheets) {
    for (auto& row : each.rows) {
      for (Cell& cell : row) {
        if (!cell.empty()) cell = {cell_text(cell)};
      }
    }
  }
  return workbook;
}

TEST(SheetImport, what_is_exported_changes_nothing) {
  for (const Programme& programme : {shipped("demo"), shipped("hubao-2024"), test::good_programme(),
                                     generate_programme(300, 7)}) {
    for (const Language language : {Language::zh, Language::en}) {
      const Workbook workbook = export_sheets(programme, nullptr, language);
      EXPECT_EQ(workbook.sheets.size(), 10U);
      expect_no_change(programme, workbook);
      expect_no_change(programme, as_texts(workbook));
      const Result<Workbook> crossed = parse_workbook(workbook_json(workbook));
      ASSERT_TRUE(crossed);
      EXPECT_TRUE(*crossed.value == workbook);
    }
  }
}

TEST(SheetImport, odd_texts_and_figures_survive) {
  const std::vector<std::string> odd = {
      "=1+1",   "+a",     "-3",     "'=x",  "''+y",       "@me",  "  two  spaces ",
      "a\r\nb", "a\tb",   "“”；、", "0012", "2024-03-23", "TRUE", "40%",
      "1e5",    "＝全角", "null",   "未知", "a;b",        "是",   "_x000D_",
      "编号",   "\"q\"",  "a,b",    "😀",    "#N/A",       "."};
  std::mt19937 random(5);
  for (int round = 0; round < 40; ++round) {
    Programme programme = generate_programme(30, static_cast<std::uint64_t>(round));
    const auto any = [&] { return odd[random() % odd.size()]; };
    for (ActionItem& item : programme.items) {
      item.title = {any(), random() % 2 == 0 ? any() : std::string()};
      item.summary = {any(), {}};
      item.progress =
          std::ldexp(static_cast<double>(random() % 1000), -static_cast<int>(random() % 9)) / 10;
      if (*item.progress > 100) item.progress = 1.0 / 3;
      for (Milestone& milestone : item.milestones) milestone.title = {any(), {}};
      item.evidence.push_back({EvidenceKind::note, {any(), {}}, {}, {}, std::nullopt, {}});
    }
    for (Department& department : programme.departments) {
      if (random() % 3 == 0) department.name = {any(), {}};
    }
    ASSERT_TRUE(validate(programme).empty());
    const Workbook workbook = export_sheets(programme, nullptr, Language::zh);
    expect_no_change(programme, workbook);
    expect_no_change(programme, as_texts(workbook));
    // As CSV has it: guarded against formulas.
    Workbook guarded = as_texts(workbook);
    for (Sheet& each : guarded.sheets) {
      for (auto& row : each.rows) {
        for (Cell& cell : row) {
          const std::string* value = cell.text();
          if (value == nullptr || value->find_first_of(",;\t\"\r\n") != std::string::npos) continue;
          cell = {csv_cell(*value)};
        }
      }
    }
    expect_no_change(programme, guarded);
  }
}

TEST(SheetImport, changed_cells_give_exactly_these_changes) {
  const Programme programme = shipped("demo");
  Workbook workbook = export_sheets(programme, nullptr, Language::en);
  Rows& items = sheet(workbook, "Items").rows;  // label, headings, items
  const auto column = [&](const std::string& heading) {
    for (std::size_t i = 0; i < items[1].size(); ++i) {
      if (items[1][i] == text(heading)) return i;
    }
    ADD_FAILURE() << heading;
    return std::size_t{0};
  };
  const auto put = [&](std::size_t row, const std::string& heading, Cell value) {
    const std::size_t at = column(heading);
    if (items[row].size() <= at) items[row].resize(at + 1);
    items[row][at] = std::move(value);
  };
  put(3, "Title (English)", text("Another title"));
  put(4, "Progress (%)", {12.5});
  put(5, "Summary (Chinese)", text("新的内容"));
  Rows& milestones = sheet(workbook, "Milestones").rows;
  milestones[2][2] = text("另一个里程碑");
  const ImportPlan plan = plan_import(programme, workbook, Language::zh);
  EXPECT_TRUE(plan.errors.empty()) << all(plan.errors);
  const std::string code = programme.items[0].code;
  const std::string& milestone = *milestones[2][1].text();
  ASSERT_EQ(places(plan), "/items/" + programme.items[1].code + "/title/en /items/" +
                              programme.items[2].code + "/progress /items/" +
                              programme.items[3].code + "/summary/zh /items/" +
                              *milestones[2][0].text() + "/milestones/" + milestone + "/title/zh ");
  EXPECT_EQ(plan.changes[1].after, nlohmann::json(12.5));
  EXPECT_EQ(plan.count(RowOutcome::changed), 4U);
  ASSERT_EQ(plan.rows[1].fields.size(), 1U);
  EXPECT_EQ(plan.rows[1].fields[0].place, "Items!C4");
  EXPECT_EQ(plan.rows[1].fields[0].field, "事项（英文）");
  EXPECT_EQ(plan.rows[1].fields[0].before, programme.items[1].title.en);
  EXPECT_EQ(plan.rows[1].fields[0].after, "Another title");

  Ledger board = Ledger::create(programme).value.value();
  Draft draft = test::draft_of(test::hohhot(0));
  draft.kind = EntryKind::import;
  draft.changes = plan.changes;
  ASSERT_TRUE(board.commit(draft));
  expect_no_change(board.state(), workbook);
}

TEST(SheetImport, knows_headings_and_words_of_both_languages) {
  const ImportPlan result =
      plan({{text("呼包同城化清单")},
            {text(" 编 号\n"), text("状态/Status"), text("牵头单位"), text("ＰＲＯＧＲＥＳＳ (%)"),
             text("完成期限（年月日）"), text("备注二")},
            {text("G1"), text("受阻"), text("发展和改革委员会，hd"), text("45％"),
             text("2024年6月1日"), text("?")}});
  // Both cities have a bureau of that name: the present lead is meant, and it is named twice.
  EXPECT_EQ(places(result), "/items/G1/status /items/G1/progress /items/G1/due ")
      << all(result.errors);
  EXPECT_EQ(result.changes[0].after, nlohmann::json("blocked"));
  EXPECT_EQ(result.changes[1].after, nlohmann::json(45));
  EXPECT_EQ(result.changes[2].after, nlohmann::json("2024-06-01"));
  ASSERT_EQ(result.warnings.size(), 1U);
  EXPECT_EQ(result.warnings[0].place, "清单!F2");
  const ImportPlan names = plan({{text("Code"), text("Lead")},
                                 {text("G1"), text("包头发展和改革委员会")},
                                 {text("G2"), text("发展和改革委员会")}});
  EXPECT_EQ(names.changes[0].after, nlohmann::json({"bd"}));
  ASSERT_EQ(names.errors.size(), 1U);
  EXPECT_EQ(names.errors[0].place, "清单!B3");
}

TEST(SheetImport, reads_dates_in_every_form) {
  const auto due = [](Cell cell) -> std::string {
    const ImportPlan result = plan({{text("编号"), text("期限")}, {text("G1"), std::move(cell)}});
    if (!result.errors.empty()) return result.errors[0].place;
    return result.changes.empty() ? "same" : result.changes[0].after->get<std::string>();
  };
  for (const Cell& cell :
       {day(2024, 3, 23), Cell{45374.0}, Cell{45374.75}, text("45374"), text("2024-03-23"),
        text("2024/3/23"), text("2024年3月23日"), text("2024 年 3 月 23 日"), text("2024.3.23"),
        text("２０２４－０３－２３"), text("20240323"), Cell{20240323.0},
        text("2024-03-23 00:00:00"), text("2024-03-23T08:00:00.000Z")}) {
    EXPECT_EQ(due(cell), "2024-03-23") << cell_text(cell);
  }
  EXPECT_EQ(due(text("2024-06-30")), "same");
  for (const Cell& cell : {text("2024"), Cell{2024.0}, text("2024年3月"), text("3/23/2024"),
                           text("2023-02-29"), text("soon"), Cell{true}, Cell{0.5}, Cell{-4.0},
                           Cell{60.0}, Cell{1e300}, text("2024-3/23"), text("2024-03-23x")}) {
    EXPECT_EQ(due(cell), "清单!B2") << cell_text(cell);
  }
}

TEST(SheetImport, reads_percentages) {
  const auto progress = [](std::vector<Cell> cells) {
    Rows rows{{text("编号"), text("进度")}};
    const std::vector<std::string> codes{"G1", "G2", "G3"};
    for (std::size_t i = 0; i < cells.size(); ++i) rows.push_back({text(codes[i]), cells[i]});
    const ImportPlan result = plan(rows);
    if (!result.errors.empty()) return std::string(result.errors[0].place);
    return result.changes.empty() ? "same" : result.changes.front().after->dump();
  };
  EXPECT_EQ(progress({{0.4}}), "40");
  EXPECT_EQ(progress({{0.29}}), "29");
  EXPECT_EQ(progress({{40.0}}), "40");
  EXPECT_EQ(progress({text("40%")}), "40");
  EXPECT_EQ(progress({text("0.4%")}), "0.4");
  EXPECT_EQ(progress({{1.0}}), "100");
  EXPECT_EQ(progress({{1.0}, {50.0}}), "清单!B2");
  EXPECT_EQ(progress({{40.5}}), "same");
  EXPECT_EQ(progress({{101.0}}), "清单!B2");
  EXPECT_EQ(progress({text("half")}), "清单!B2");
}

TEST(SheetImport, empty_cells_and_missing_columns_change_nothing) {
  EXPECT_TRUE(plan({{text("编号"), text("标题"), text("期限")}, {text("G1"), {}, text("  ")}})
                  .changes.empty());
  const ImportPlan one = plan({{text("Code"), text("Title")}, {text("G1"), text("New name")}});
  EXPECT_EQ(places(one), "/items/G1/title/en ");
  EXPECT_EQ(places(plan({{text("Code"), text("Title")}, {text("G1"), text("新名")}})),
            "/items/G1/title/zh ");
}

TEST(SheetImport, adds_items) {
  const Programme programme = test::good_programme();
  const ImportPlan result = plan({{text("编号"), text("标题"), text("状态")},
                                  {text("X-1"), text("另一事项"), text("推进中")},
                                  {{}, text("又一事项"), {}},
                                  {{}, text("签订协议"), {}},
                                  {{}, text("又一事项"), {}},
                                  {text("X-2"), {}, text("推进中")},
                                  {text("X-1"), text("再来"), {}}},
                                 programme);
  EXPECT_EQ(result.count(RowOutcome::added), 2U);
  EXPECT_EQ(result.count(RowOutcome::refused), 4U);
  ASSERT_EQ(result.changes.size(), 2U) << all(result.errors);
  EXPECT_EQ(result.changes[0].after->at("status"), "under-way");
  EXPECT_EQ(result.rows[1].pointer, "/items/G" + std::to_string(programme.items.size() + 1));
  ASSERT_EQ(result.errors.size(), 4U);
  EXPECT_EQ(result.errors[0].place, "清单!A4");
  EXPECT_EQ(result.errors[1].place, "清单!A5");
}

TEST(SheetImport, the_model_refuses_rows_and_takes_the_others) {
  const ImportPlan result = plan({{text("编号"), text("开始"), text("期限"), text("方面")},
                                  {text("G1"), text("2024-06-01"), text("2024-05-01"), {}},
                                  {text("G2"), {}, {}, text("人才")},
                                  {text("G3"), {}, {}, text("nowhere")}});
  EXPECT_EQ(places(result), "/items/G2/area ") << all(result.errors);
  ASSERT_EQ(result.errors.size(), 2U);
  EXPECT_EQ(result.errors[0].code, ErrorCode::date_order);
  EXPECT_EQ(result.errors[0].place, "清单!C2");
  EXPECT_EQ(result.errors[1].place, "清单!D4");
}

TEST(SheetImport, cycles_refuse_the_row_that_closes_them) {
  Programme programme = generate_programme(4, 1);
  for (ActionItem& item : programme.items) item.depends_on.clear();
  const auto code = [&](std::size_t i) { return text(programme.items[i].code); };
  const ImportPlan result =
      plan_import(programme,
                  {{{"依赖",
                     {{text("事项编号"), text("前置事项"), text("类型"), text("间隔")},
                      {code(0), code(1), text("完成—开始"), {3.0}},
                      {code(1), code(0), {}, {}},
                      {code(2), code(0), text("SS"), {0.0}}}}}},
                  Language::zh);
  EXPECT_EQ(result.count(RowOutcome::refused), 1U) << all(result.errors);
  EXPECT_EQ(result.count(RowOutcome::added), 2U);
  EXPECT_EQ(result.errors.at(0).code, ErrorCode::dependency_cycle);
}

TEST(SheetImport, tells_that_a_reason_is_needed) {
  const ImportPlan slip = plan({{text("编号"), text("期限")}, {text("G1"), day(2024, 7, 15)}});
  EXPECT_EQ(slip.reason_places, std::vector<std::string>{"/items/G1/due"});
  EXPECT_FALSE(plan({{text("编号"), text("期限")}, {text("G1"), day(2024, 6, 15)}}).needs_reason());
  Ledger board = test::good_board();
  Draft draft = test::draft_of(test::hohhot(0));
  draft.changes = slip.changes;
  EXPECT_FALSE(board.commit(draft));
  draft.reason = "资金晚到";
  EXPECT_TRUE(board.commit(draft));
}

TEST(SheetImport, evidence_is_edited_by_its_key) {
  const Programme programme = test::good_programme();
  Workbook workbook = export_sheets(programme, nullptr, Language::en);
  Rows& rows = sheet(workbook, "Evidence").rows;
  ASSERT_EQ(rows.size(), 3U);
  rows[1][3] = text("另一新闻");
  rows[2][3] = text("另一扫描件");
  rows.push_back({text("G1"), {}, {}, text("会议纪要")});
  const ImportPlan result = plan_import(programme, workbook, Language::en);
  EXPECT_TRUE(result.errors.empty()) << all(result.errors);
  Ledger board = test::good_board();
  Draft draft = test::draft_of(test::hohhot(0));
  draft.changes = result.changes;
  ASSERT_TRUE(board.commit(draft));
  const std::vector<Evidence>& evidence = board.state().items[0].evidence;
  ASSERT_EQ(evidence.size(), 3U);
  EXPECT_EQ(evidence[0].title.zh, "另一新闻");
  EXPECT_EQ(evidence[0].url, "http://example.org/");
  EXPECT_EQ(evidence[1].title.zh, "另一扫描件");
  EXPECT_EQ(evidence[2].title.zh, "会议纪要");
}

TEST(SheetImport, nothing_that_is_known_is_an_error) {
  const ImportPlan result =
      plan_import(test::good_programme(), {{{"x", {{text("a"), text("b")}}}}}, Language::en);
  EXPECT_EQ(result.errors.size(), 1U);
  EXPECT_EQ(result.warnings.size(), 1U);
  EXPECT_TRUE(result.rows.empty());
}

/// Choices for the only sheet.
ImportPlan plan_with(Rows rows, SheetChoice choice, std::string name = "清单") {
  return plan_import(test::good_programme(), Workbook{{{std::move(name), std::move(rows)}}},
                     Language::en, {{0, std::move(choice)}});
}

const MappedColumn* column_of(const ImportPlan& plan, std::size_t column) {
  for (const MappedColumn& each : plan.mapping.at(0).columns) {
    if (each.column == column) return &each;
  }
  return nullptr;
}

std::string code_of_first() {
  return test::good_programme().items.front().code;
}

TEST(ImportChoices, the_plan_says_how_columns_were_understood) {
  const ImportPlan made =
      plan({{text("2024 list")},
            {text("编号"), text("进度"), text("备\n注"), {}, text("预计完成")},
            {text(code_of_first()), text("3"), text("a\nb"), text("c"), text("2024-01-01")}});
  ASSERT_EQ(made.mapping.size(), 1U);
  const MappedSheet& sheet = made.mapping.front();
  EXPECT_EQ(sheet.table, "items");
  EXPECT_EQ(sheet.known_table, "items");
  EXPECT_EQ(sheet.heading_line, 2U);
  ASSERT_EQ(sheet.columns.size(), 5U);
  EXPECT_EQ(sheet.columns[0].field, "code");
  EXPECT_EQ(sheet.columns[1].field, "progress");
  EXPECT_EQ(sheet.columns[1].sample, "3");
  EXPECT_EQ(sheet.columns[2].heading, "备 注");
  EXPECT_EQ(sheet.columns[2].sample, "a b");
  EXPECT_EQ(sheet.columns[2].field, "");
  EXPECT_EQ(sheet.columns[3].heading, "");
  EXPECT_EQ(sheet.columns[4].field, "") << "what is computed is never read";
}

TEST(ImportChoices, a_column_without_a_known_heading_is_mapped_by_hand) {
  const Rows rows = {{text("Code"), text("How far")}, {text(code_of_first()), text("37")}};
  EXPECT_TRUE(plan(rows).changes.empty());
  EXPECT_EQ(plan(rows).warnings.size(), 1U);
  const ImportPlan made = plan_with(rows, {{}, {}, {{1, "progress"}}});
  EXPECT_TRUE(made.errors.empty()) << all(made.errors);
  EXPECT_TRUE(made.warnings.empty()) << all(made.warnings);
  ASSERT_EQ(made.changes.size(), 1U);
  EXPECT_EQ(made.changes[0].pointer, "/items/" + code_of_first() + "/progress");
  EXPECT_EQ(made.changes[0].after, 37);
  EXPECT_EQ(column_of(made, 1)->field, "progress");
  EXPECT_EQ(column_of(made, 1)->known_field, "");
}

TEST(ImportChoices, a_choice_goes_before_a_heading) {
  const Rows rows = {{text("Code"), text("Progress"), text("Real progress")},
                     {text(code_of_first()), text("11"), text("22")}};
  const ImportPlan made = plan_with(rows, {{}, {}, {{2, "progress"}}});
  ASSERT_EQ(made.changes.size(), 1U);
  EXPECT_EQ(made.changes[0].after, 22);
  EXPECT_EQ(column_of(made, 1)->field, "");
  EXPECT_EQ(column_of(made, 1)->known_field, "progress");
  ASSERT_EQ(made.warnings.size(), 1U);
  EXPECT_EQ(made.warnings[0].place, "清单!B1");
  const ImportPlan without = plan_with(rows, {{}, {}, {{1, ""}}});
  EXPECT_TRUE(without.changes.empty());
  EXPECT_EQ(column_of(without, 1)->field, "");
}

TEST(ImportChoices, a_sheet_that_nobody_knows_is_mapped_to_a_table) {
  const Rows rows = {{text("Our plan")},
                     {text("No. of thing"), text("State of thing")},
                     {text(code_of_first()), text("blocked")}};
  EXPECT_EQ(plan(rows).mapping.at(0).table, "");
  EXPECT_EQ(plan(rows).errors.size(), 1U);
  const ImportPlan empty = plan_with(rows, {"items", {}, {}}, "Sheet1");
  EXPECT_EQ(empty.mapping.at(0).heading_line, 2U);
  ASSERT_EQ(empty.errors.size(), 1U) << "no column that tells the rows apart";
  EXPECT_EQ(empty.errors[0].place, "Sheet1");
  EXPECT_EQ(empty.errors[0].code, ErrorCode::missing_member);
  const ImportPlan made = plan_with(rows, {"items", {}, {{0, "code"}, {1, "status"}}}, "Sheet1");
  EXPECT_TRUE(made.errors.empty()) << all(made.errors);
  ASSERT_EQ(made.changes.size(), 1U);
  EXPECT_EQ(made.changes[0].after, "blocked");
}

TEST(ImportChoices, values_above_are_no_headings) {
  const Rows rows = {{text(code_of_first()), text("33")}};
  const ImportPlan made = plan_with(rows, {"items", {}, {{0, "code"}, {1, "progress"}}}, "Sheet1");
  EXPECT_EQ(made.mapping.at(0).heading_line, 0U);
  ASSERT_EQ(made.rows.size(), 1U);
  EXPECT_EQ(made.rows[0].row, 0U);
  EXPECT_EQ(made.changes.size(), 1U);
  const ImportPlan moved = plan_with(rows, {"items", 1, {{0, "code"}, {1, "progress"}}}, "Sheet1");
  EXPECT_TRUE(moved.rows.empty());
  EXPECT_TRUE(plan_with(rows, {"items", 99, {{0, "code"}}}, "Sheet1").rows.empty());
}

TEST(ImportChoices, a_sheet_can_be_left_out) {
  const Rows rows = {{text("Code"), text("Progress")}, {text(code_of_first()), text("11")}};
  ASSERT_EQ(plan(rows).changes.size(), 1U);
  const ImportPlan made = plan_with(rows, {"", {}, {}});
  EXPECT_TRUE(made.changes.empty());
  EXPECT_TRUE(made.rows.empty());
  EXPECT_TRUE(made.warnings.empty());
  EXPECT_EQ(made.mapping.at(0).table, "");
  EXPECT_EQ(made.mapping.at(0).known_table, "items");
}

TEST(ImportChoices, every_table_asks_for_the_columns_that_tell_its_rows) {
  const Rows rows = {{text("x1"), text("y")}, {text("a"), text("b")}};
  for (const ImportField& table : import_tables(Language::en)) {
    const ImportPlan bare = plan_with(rows, {std::string(table.id), 1, {}}, "Sheet1");
    ASSERT_EQ(bare.errors.size(), 1U) << table.id;
    EXPECT_EQ(bare.errors[0].code, ErrorCode::missing_member);
    for (const ImportField& field : import_fields(table.id, Language::en)) {
      const ImportPlan one =
          plan_with(rows, {std::string(table.id), 1, {{0, std::string(field.id)}}}, "Sheet1");
      EXPECT_EQ(column_of(one, 0)->field, field.id);
      // A title alone is a new item or posting, a graduate has no more than a code; anything else
      // alone tells nothing.
      const bool titled =
          table.id == "items" || table.id == "needs" || table.id == "results" || table.id == "jobs";
      const bool enough =
          titled ? field.id.starts_with("title/") : table.id == "graduates" && field.id == "code";
      EXPECT_EQ(one.changes.size(), enough ? 1U : 0U) << table.id << ' ' << field.id;
    }
  }
}

TEST(ImportChoices, what_does_not_exist_is_an_error) {
  const Rows rows = {{text("Code"), text("Progress")}, {text(code_of_first()), text("11")}};
  const ImportPlan table = plan_with(rows, {"tasks", {}, {}});
  ASSERT_EQ(table.errors.size(), 1U);
  EXPECT_EQ(table.errors[0].code, ErrorCode::bad_name);
  for (const char* field : {"deadline", "@slip", "/due"}) {
    const ImportPlan made = plan_with(rows, {{}, {}, {{1, field}}});
    ASSERT_EQ(made.errors.size(), 1U) << field;
    EXPECT_EQ(made.errors[0].place, "清单!B1");
    EXPECT_TRUE(made.changes.empty());
  }
  // Beyond the table and beyond the workbook there is nothing to map.
  EXPECT_EQ(plan_with(rows, {{}, {}, {{700, "due"}}}).changes.size(), 1U);
  EXPECT_EQ(plan_import(test::good_programme(), Workbook{{{"清单", rows}}}, Language::en,
                        {{5, {"items", {}, {}}}})
                .changes.size(),
            1U);
}

TEST(ImportChoices, pasted_cells_have_headings_if_two_are_known) {
  const auto choices = [](Rows rows, std::vector<std::string_view> fields = {}) {
    return pasted_choices(Workbook{{{"", std::move(rows)}}}, Language::zh, std::move(fields));
  };
  EXPECT_TRUE(choices({{text("期限"), text("编号")}, {day(2024, 1, 2), text("K-01")}}).empty());
  // One word that is a heading, too, may as well be a value.
  const ImportChoices one = choices({{text("K-01"), text("任务"), text("完成")}});
  ASSERT_EQ(one.size(), 1U);
  EXPECT_EQ(one.at(0).heading_line, 0U);
  EXPECT_EQ(one.at(0).fields.at(0), "code");
  EXPECT_EQ(one.at(0).fields.at(1), "title/zh");
  EXPECT_EQ(one.at(0).fields.at(2), "status");
  EXPECT_EQ(choices({{text("标题")}, {text("新的")}}).at(0).heading_line, 1U);
  EXPECT_EQ(choices({{text("新的")}, {text("标题")}}).at(0).heading_line, 0U);
  const ImportChoices later = choices({{text("a"), text("b"), text("c")}}, {"due", "progress"});
  EXPECT_EQ(later.at(0).fields.size(), 2U);
  EXPECT_EQ(later.at(0).fields.at(0), "due");
}

TEST(SheetExport, labels_demonstrations_on_every_sheet) {
  for (const Sheet& each : export_sheets(shipped("demo"), nullptr, Language::zh).sheets) {
    EXPECT_EQ(each.rows.at(0).at(0), text("演示数据 / Demonstration data"));
  }
}

TEST(Workbook, addresses) {
  EXPECT_EQ(column_letters(0), "A");
  EXPECT_EQ(column_letters(25), "Z");
  EXPECT_EQ(column_letters(26), "AA");
  EXPECT_EQ(column_letters(701), "ZZ");
  EXPECT_EQ(column_letters(702), "AAA");
  EXPECT_EQ(cell_address("事项", 6, 2), "事项!C7");
  EXPECT_EQ(cell_address("a 'b'", 0, 0), "'a ''b'''!A1");
}

TEST(Workbook, json_is_read_strictly) {
  const auto where = [](const std::string& json) {
    const Result<Workbook> result = parse_workbook(json);
    return result ? std::string("good") : result.errors.front().pointer;
  };
  EXPECT_EQ(
      where(R"({"sheets":[{"name":"a","rows":[[null,"x",1.5,true,{"date":"2024-03-23"}]]}]})"),
      "good");
  EXPECT_EQ(where(R"({"sheets":[],"more":1})"), "/more");
  EXPECT_EQ(where(R"({"sheets":[{"rows":[]}]})"), "/sheets/0");
  EXPECT_EQ(where(R"({"sheets":[{"name":"a","rows":[[[]]]}]})"), "/sheets/0/rows/0/0");
  EXPECT_EQ(where(R"({"sheets":[{"name":"a","rows":[[{"date":"2023-02-29"}]]}]})"),
            "/sheets/0/rows/0/0/date");
  EXPECT_EQ(where(R"({"sheets":[{"name":"a","rows":1}]})"), "/sheets/0/rows");
  std::string wide = "null";
  for (std::size_t i = 0; i < kMaxSheetColumns; ++i) wide += ",null";
  EXPECT_EQ(where(R"({"sheets":[{"name":"a","rows":[[)" + wide + "]]}]}"), "/sheets/0/rows/0");
  EXPECT_EQ(where("[1"), "/1");
}

TEST(sheet_import, is_planned_a_part_at_a_time) {
  const Programme programme = generate_programme(1000, 1);
  const Schedule* none = nullptr;
  const Workbook workbook = export_sheets(programme, none, Language::zh);
  ImportPlanner planner(programme, workbook, Language::zh);
  EXPECT_GE(test::walk(planner), 20U);
  const ImportPlan plan = planner.take();
  EXPECT_TRUE(plan.changes.empty());
  EXPECT_GE(plan.count(RowOutcome::same), 1000U);
  EXPECT_EQ(plan.count(RowOutcome::same), plan.rows.size());
}

}  // namespace
}  // namespace tc
