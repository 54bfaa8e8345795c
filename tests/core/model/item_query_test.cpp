#include "core/model/item_query.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "core/model/generate.hpp"
#include "core/model/summary.hpp"

namespace tc {
namespace {

const Date kDay = *make_date(2024, 3, 23);

/// Six items with values, ties and gaps in every column.
Programme sample() {
  Programme p;
  p.cities = {{"h", {"呼和浩特", "Hohhot"}, {}}, {"b", {"包头", "Baotou"}, {}}};
  p.departments = {{"hd", "h", {"发改委", "Reform Commission"}, {}},
                   {"hs", "h", {"科技局", "Science Bureau"}, {}},
                   {"bd", "b", {"工信局", "Industry Bureau"}, {}}};
  p.areas = {{"ind", {"产业", "Industry"}, {}}, {"tal", {"人才", "Talent"}, {}}};
  const auto add = [&p](std::string code, Text title, std::string area, Status status,
                        std::vector<std::string> leads, int start, int due, int progress) {
    ActionItem item;
    item.code = std::move(code);
    item.title = std::move(title);
    item.area = std::move(area);
    item.status = status;
    item.leads = std::move(leads);
    if (start > 0) item.start = *make_date(2024, start, 1);
    if (due > 0) item.due = *make_date(2024, due, 1);
    if (progress >= 0) item.progress = progress;
    p.items.push_back(std::move(item));
  };
  add("B2", {"光伏 集群", "Photovoltaic cluster"}, "ind", Status::under_way, {"hd"}, 2, 3, 50);
  add("A1", {"碳纤维", "Carbon fibre"}, "tal", Status::completed, {"bd", "hd"}, 1, 2, 100);
  add("C3", {"算力", "Computing power"}, "", Status::blocked, {}, 0, 0, -1);
  add("A3", {"招聘", "Apprentices"}, "tal", Status::staged_result, {"hs", "hd"}, 2, 6, 50);
  add("D4", {"路演ＡＢＣ", "Roadshow"}, "ind", Status::unknown, {"hs"}, 0, 4, 0);
  add("E5", {"乳业", "Dairy"}, "ind", Status::not_started, {"bd"}, 5, 0, -1);
  p.items[2].summary = {"和林格尔的算力供给包头工业", "Feeds Baotou's factories"};
  return p;
}

using Codes = std::vector<std::string>;

/// Codes of the rows; a heading is `#group:count`.
Codes codes_of(const Programme& p, const ItemRows& rows) {
  Codes codes;
  for (const ItemRow& row : rows.rows) {
    codes.push_back(row.item == ItemRow::kHeading
                        ? "#" + std::to_string(row.group) + ":" + std::to_string(row.count)
                        : p.items[row.item].code);
  }
  return codes;
}

Codes run(const ItemQuery& query, Language language = Language::en) {
  const Programme p = sample();
  const ItemIndex index(p, language);
  return codes_of(p, index.run(query, kDay));
}

Codes with_text(const char* text) {
  ItemQuery query;
  query.text = text;
  return run(query);
}

const Codes kAll = {"A1", "A3", "B2", "C3", "D4", "E5"};

TEST(item_query, without_conditions_gives_all_by_code) {
  EXPECT_EQ(run({}), kAll);
}

TEST(item_query, narrows_by_status) {
  for (const auto& [status, codes] :
       std::vector<std::pair<Status, Codes>>{{Status::completed, {"A1"}},
                                             {Status::staged_result, {"A3"}},
                                             {Status::under_way, {"B2"}},
                                             {Status::not_started, {"E5"}},
                                             {Status::blocked, {"C3"}},
                                             {Status::unknown, {"D4"}}}) {
    ItemQuery query;
    query.status = status;
    EXPECT_EQ(run(query), codes);
  }
}

TEST(item_query, narrows_by_area_or_its_absence) {
  ItemQuery query;
  query.area = 0;
  EXPECT_EQ(run(query), (Codes{"B2", "D4", "E5"}));
  query.area = 1;
  EXPECT_EQ(run(query), (Codes{"A1", "A3"}));
  query.area = 2;
  EXPECT_EQ(run(query), Codes{"C3"});
}

TEST(item_query, narrows_by_city_and_department_of_any_lead) {
  ItemQuery query;
  query.city = 0;
  EXPECT_EQ(run(query), (Codes{"A1", "A3", "B2", "D4"}));
  query.city = 1;
  EXPECT_EQ(run(query), (Codes{"A1", "E5"}));
  query.city.reset();
  query.department = 0;
  EXPECT_EQ(run(query), (Codes{"A1", "A3", "B2"}));
  query.department = 2;
  EXPECT_EQ(run(query), (Codes{"A1", "E5"}));
}

TEST(item_query, narrows_to_what_is_late) {
  ItemQuery query;
  query.late_only = true;
  EXPECT_EQ(run(query), Codes{"B2"});
  const Programme p = sample();
  const ItemIndex index(p, Language::en);
  EXPECT_EQ(codes_of(p, index.run(query, *make_date(2024, 3, 1))), Codes{});
  EXPECT_EQ(codes_of(p, index.run(query, *make_date(2024, 4, 2))), (Codes{"B2", "D4"}));
}

TEST(item_query, conditions_add_up) {
  ItemQuery query;
  query.city = 0;
  query.area = 1;
  EXPECT_EQ(run(query), (Codes{"A1", "A3"}));
  query.status = Status::staged_result;
  EXPECT_EQ(run(query), Codes{"A3"});
  query.text = "carbon";
  EXPECT_EQ(run(query), Codes{});
}

TEST(item_query, text_is_looked_for_everywhere) {
  EXPECT_EQ(with_text("b2"), Codes{"B2"});    // code
  EXPECT_EQ(with_text("光伏"), Codes{"B2"});  // title, in either language
  EXPECT_EQ(with_text("Carbon"), Codes{"A1"});
  EXPECT_EQ(with_text("和林格尔"), Codes{"C3"});  // summary
  EXPECT_EQ(with_text("factories"), Codes{"C3"});
  EXPECT_EQ(with_text("取得阶段性成果"), Codes{"A3"});  // status
  EXPECT_EQ(with_text("blocked"), Codes{"C3"});
  EXPECT_EQ(with_text("人才"), (Codes{"A1", "A3"}));  // area
  EXPECT_EQ(with_text("talent"), (Codes{"A1", "A3"}));
  EXPECT_EQ(with_text("发改委"), (Codes{"A1", "A3", "B2"}));  // any lead
  EXPECT_EQ(with_text("science"), (Codes{"A3", "D4"}));
  EXPECT_EQ(with_text("hohhot"), (Codes{"A1", "A3", "B2", "D4"}));  // their cities
  EXPECT_EQ(with_text("包头"), (Codes{"A1", "C3", "E5"}));
  EXPECT_EQ(with_text("nothing of the kind"), Codes{});
}

TEST(item_query, all_words_have_to_occur_in_any_order_and_place) {
  EXPECT_EQ(with_text("industry bureau"), (Codes{"A1", "D4", "E5"}));
  EXPECT_EQ(with_text("bureau industry"), (Codes{"A1", "D4", "E5"}));
  EXPECT_EQ(with_text("包头 carbon"), Codes{"A1"});
  EXPECT_EQ(with_text("包头 光伏"), Codes{});
  EXPECT_EQ(with_text("  dairy\t\n "), Codes{"E5"});
  EXPECT_EQ(with_text("dairy　包头"), Codes{"E5"});  // ideographic space
  EXPECT_EQ(with_text("光伏集群"), Codes{});         // the title has a space there
  EXPECT_EQ(with_text(" \t"), kAll);
}

TEST(item_query, words_do_not_reach_across_texts) {
  // 'B2' and the title stand beside each other in the index.
  EXPECT_EQ(with_text("b2光伏"), Codes{});
}

TEST(item_query, width_and_case_make_no_difference) {
  EXPECT_EQ(with_text("ｂ２"), Codes{"B2"});
  EXPECT_EQ(with_text("Ｂ２"), Codes{"B2"});
  EXPECT_EQ(with_text("路演abc"), Codes{"D4"});
  EXPECT_EQ(with_text("CARBON FIBRE"), Codes{"A1"});
}

TEST(item_query, fold_for_search_changes_only_width_case_and_white_space) {
  EXPECT_EQ(fold_for_search("AbZ[`{09"), "abz[`{09");
  EXPECT_EQ(fold_for_search("ＡｂＺ０９！～"), "abz09!~");
  EXPECT_EQ(fold_for_search("a\tb\nc\rd　e"), "a b c d e");
  EXPECT_EQ(fold_for_search("呼和浩特、包头。「」ÄÖ𠮷😀"), "呼和浩特、包头。「」ÄÖ𠮷😀");
  EXPECT_EQ(fold_for_search("｟｠￠￥"), "｟｠￠￥");  // just beyond the plain ones
  EXPECT_EQ(fold_for_search("ｶﾞ"), "ｶﾞ");
  EXPECT_EQ(fold_for_search(""), "");
  EXPECT_EQ(fold_for_search("\xEF\xBC"), "\xEF\xBC");  // cut short
}

TEST(item_query, sorts_by_every_column_with_absent_values_last) {
  const auto sorted = [](ItemColumn column, bool descending, Language language = Language::en) {
    ItemQuery query;
    query.sort = column;
    query.descending = descending;
    return run(query, language);
  };
  // The list's own order, which decides ties: B2 A1 C3 A3 D4 E5.
  EXPECT_EQ(sorted(ItemColumn::code, false), kAll);
  EXPECT_EQ(sorted(ItemColumn::code, true), (Codes{"E5", "D4", "C3", "B2", "A3", "A1"}));
  EXPECT_EQ(sorted(ItemColumn::title, false), (Codes{"A3", "A1", "C3", "E5", "B2", "D4"}));
  EXPECT_EQ(sorted(ItemColumn::title, true), (Codes{"D4", "B2", "E5", "C3", "A1", "A3"}));
  EXPECT_EQ(sorted(ItemColumn::title, false, Language::zh),
            (Codes{"E5", "B2", "A3", "A1", "C3", "D4"}));
  EXPECT_EQ(sorted(ItemColumn::area, false), (Codes{"B2", "D4", "E5", "A1", "A3", "C3"}));
  EXPECT_EQ(sorted(ItemColumn::area, true), (Codes{"A1", "A3", "B2", "D4", "E5", "C3"}));
  EXPECT_EQ(sorted(ItemColumn::leads, false), (Codes{"A1", "E5", "B2", "A3", "D4", "C3"}));
  EXPECT_EQ(sorted(ItemColumn::leads, true), (Codes{"A3", "D4", "B2", "A1", "E5", "C3"}));
  EXPECT_EQ(sorted(ItemColumn::status, false), (Codes{"A1", "A3", "B2", "E5", "C3", "D4"}));
  EXPECT_EQ(sorted(ItemColumn::status, true), (Codes{"D4", "C3", "E5", "B2", "A3", "A1"}));
  EXPECT_EQ(sorted(ItemColumn::start, false), (Codes{"A1", "B2", "A3", "E5", "C3", "D4"}));
  EXPECT_EQ(sorted(ItemColumn::start, true), (Codes{"E5", "B2", "A3", "A1", "C3", "D4"}));
  EXPECT_EQ(sorted(ItemColumn::due, false), (Codes{"A1", "B2", "D4", "A3", "C3", "E5"}));
  EXPECT_EQ(sorted(ItemColumn::due, true), (Codes{"A3", "D4", "B2", "A1", "C3", "E5"}));
  EXPECT_EQ(sorted(ItemColumn::progress, false), (Codes{"D4", "B2", "A3", "A1", "C3", "E5"}));
  EXPECT_EQ(sorted(ItemColumn::progress, true), (Codes{"A1", "B2", "A3", "D4", "C3", "E5"}));
}

TEST(item_query, sorts_days_before_1970_and_small_steps_of_progress) {
  Programme p;
  p.items.resize(3);
  for (std::size_t i = 0; i < 3; ++i) p.items[i].code = std::to_string(i);
  p.items[0].due = make_date(1970, 1, 2);
  p.items[1].due = make_date(1900, 1, 1);
  p.items[2].due = make_date(1969, 12, 31);
  p.items[0].progress = 33.34;
  p.items[1].progress = 33.33;
  p.items[2].progress = 33.4;
  const ItemIndex index(p, Language::en);
  ItemQuery query;
  query.sort = ItemColumn::due;
  EXPECT_EQ(codes_of(p, index.run(query, kDay)), (Codes{"1", "2", "0"}));
  query.sort = ItemColumn::progress;
  EXPECT_EQ(codes_of(p, index.run(query, kDay)), (Codes{"1", "0", "2"}));
}

TEST(item_query, sorts_titles_by_the_given_order) {
  const Programme p = sample();
  ItemQuery query;
  query.sort = ItemColumn::title;
  // By the last letter of the title, from the end of the alphabet.
  const Collate by_last = [](const std::vector<std::string_view>& texts) {
    std::vector<std::uint32_t> ranks;
    ranks.reserve(texts.size());
    for (const std::string_view text : texts) {
      ranks.push_back(text.empty() ? 0 : 255U - static_cast<unsigned char>(text.back()));
    }
    return ranks;
  };
  const ItemIndex index(p, Language::en, by_last);
  EXPECT_EQ(codes_of(p, index.run(query, kDay)), (Codes{"E5", "D4", "A3", "B2", "C3", "A1"}));
  // One that gives nothing usable is passed over.
  const Collate none = [](const std::vector<std::string_view>&) {
    return std::vector<std::uint32_t>{};
  };
  EXPECT_EQ(codes_of(p, ItemIndex(p, Language::en, none).run(query, kDay)),
            (Codes{"A3", "A1", "C3", "E5", "B2", "D4"}));
}

TEST(item_query, groups_in_the_programmes_order_with_the_rest_last) {
  ItemQuery query;
  query.group = GroupBy::area;
  EXPECT_EQ(run(query), (Codes{"#0:3", "B2", "D4", "E5", "#1:2", "A1", "A3", "#2:1", "C3"}));
  query.group = GroupBy::city;
  EXPECT_EQ(run(query), (Codes{"#0:4", "A1", "A3", "B2", "D4", "#1:2", "A1", "E5", "#2:1", "C3"}));
  query.group = GroupBy::department;
  EXPECT_EQ(run(query), (Codes{"#0:3", "A1", "A3", "B2", "#1:2", "A3", "D4", "#2:2", "A1", "E5",
                               "#3:1", "C3"}));
  query.group = GroupBy::status;
  EXPECT_EQ(run(query), (Codes{"#0:1", "A1", "#1:1", "A3", "#2:1", "B2", "#3:1", "E5", "#4:1", "C3",
                               "#5:1", "D4"}));
}

TEST(item_query, groups_are_sorted_within_and_empty_ones_left_out) {
  ItemQuery query;
  query.group = GroupBy::area;
  query.sort = ItemColumn::due;
  query.descending = true;
  EXPECT_EQ(run(query), (Codes{"#0:3", "D4", "B2", "E5", "#1:2", "A3", "A1", "#2:1", "C3"}));
  query.text = "talent";
  EXPECT_EQ(run(query), (Codes{"#1:2", "A3", "A1"}));
  query.text = "nothing of the kind";
  EXPECT_EQ(run(query), Codes{});
}

TEST(item_query, counts_different_items) {
  const Programme p = sample();
  const ItemIndex index(p, Language::en);
  ItemQuery query;
  query.group = GroupBy::department;
  const ItemRows rows = index.run(query, kDay);
  EXPECT_EQ(rows.items, 6U);
  EXPECT_EQ(rows.rows.size(), 4U + 8U);
  for (const ItemRow& row : rows.rows) {
    EXPECT_EQ(row.item == ItemRow::kHeading, row.count > 0);
  }
}

TEST(item_query, a_lead_that_is_named_twice_counts_once) {
  Programme p = sample();
  p.items[0].leads = {"hd", "hd", "hs"};
  const ItemIndex index(p, Language::en);
  ItemQuery query;
  query.text = "B2";
  query.group = GroupBy::department;
  EXPECT_EQ(codes_of(p, index.run(query, kDay)), (Codes{"#0:1", "B2", "#1:1", "B2"}));
  query.group = GroupBy::city;
  EXPECT_EQ(codes_of(p, index.run(query, kDay)), (Codes{"#0:1", "B2"}));
}

TEST(item_query, an_empty_programme_has_no_rows) {
  const Programme p;
  const ItemIndex index(p, Language::zh);
  for (const GroupBy group :
       {GroupBy::nothing, GroupBy::area, GroupBy::city, GroupBy::department, GroupBy::status}) {
    ItemQuery query;
    query.group = group;
    EXPECT_TRUE(index.run(query, kDay).rows.empty());
  }
}

TEST(item_query, agrees_with_a_plain_search_in_a_large_programme) {
  const Programme p = generate_programme(3000, 11);
  const ItemIndex index(p, Language::zh);
  ItemQuery query;
  query.text = "联合 baotou";
  query.late_only = true;
  query.sort = ItemColumn::due;
  const ItemRows rows = index.run(query, *p.as_of);
  std::size_t expected = 0;
  for (const ActionItem& item : p.items) {
    const bool named = item.title.zh.find("联合") != std::string::npos;
    expected += named && is_late(item, *p.as_of) ? 1U : 0U;  // all have a lead in Baotou
  }
  EXPECT_EQ(rows.items, expected);
  EXPECT_GT(expected, 10U);
  for (std::size_t i = 1; i < rows.rows.size(); ++i) {
    EXPECT_LE(*p.items[rows.rows[i - 1].item].due, *p.items[rows.rows[i].item].due);
  }
}

}  // namespace
}  // namespace tc
