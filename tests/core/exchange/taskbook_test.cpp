#include "core/exchange/taskbook.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tc {
namespace {

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

std::size_t occurrences(const std::string& text, std::string_view part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
    ++count;
  }
  return count;
}

const Date kDay = *make_date(2024, 4, 8);

/// Two cities; K01 is led by both, K02 waits for it and has `h1` as partner, K03 says nothing.
Programme programme() {
  Programme p;
  p.title = {"两市同城化", "Two cities"};
  p.cities = {{"h", {"呼和浩特", "Hohhot"}, {}}, {"b", {"包头", "Baotou"}, {}}};
  p.departments = {{"h1", "h", {"呼和浩特市工信局", "Hohhot IIT"}, {}},
                   {"b1", "b", {"包头市工信局", "Baotou IIT"}, {}},
                   {"h2", "h", {"呼和浩特市教育局", "Hohhot Education"}, {}}};
  p.areas = {{"a", {"产业协同", "Industry"}, {}}};
  p.sources = {
      {"s", {"某报道", "A report"}, {"某日报", "A daily"}, make_date(2024, 3, 23), {}, {}}};
  p.items.resize(3);
  ActionItem& first = p.items[0];
  first.code = "K01";
  first.title = {"绘制图谱", "Map the chains"};
  first.area = "a";
  first.status = Status::under_way;
  first.leads = {"h1", "b1"};
  first.start = make_date(2024, 3, 1);
  first.due = make_date(2024, 3, 29);
  first.started = make_date(2024, 3, 4);
  first.progress = 50;
  first.milestones = {
      {"M1", {"初稿", "Draft"}, make_date(2024, 3, 8), make_date(2024, 3, 11), {}, {}, {}},
      {"M2", {"定稿", "Final"}, make_date(2024, 3, 29), {}, {}, {}, {}}};
  first.evidence = {{EvidenceKind::note, {"说明", ""}, {}, {}, {}, {}},
                    {EvidenceKind::link, {"链接", ""}, "https://example.org", {}, {}, {}}};
  first.source = Citation{"s", {"第3版", "page 3"}};
  ActionItem& second = p.items[1];
  second.code = "K02";
  second.title = {"组建联盟", "Form the alliance"};
  second.status = Status::not_started;
  second.leads = {"b1"};
  second.partners = {"h1"};
  second.start = make_date(2024, 5, 6);
  second.due = make_date(2024, 6, 28);
  second.depends_on = {{"K01", DependencyType::finish_to_start, 5, {}}};
  p.items[2].code = "K03";
  p.items[2].title = {"未知事项", "Unknown item"};
  p.items[2].leads = {"h1"};
  return p;
}

std::string book(const Programme& p, std::size_t department, Language language = Language::zh) {
  const Schedule schedule = make_schedule(p, WorkCalendar(), kDay);
  return taskbook_html(p, &schedule, department, kDay, language);
}

TEST(taskbook, counts_in_chinese) {
  const std::vector<std::pair<std::size_t, const char*>> cases = {{0, "〇"},
                                                                  {1, "一"},
                                                                  {9, "九"},
                                                                  {10, "十"},
                                                                  {11, "十一"},
                                                                  {19, "十九"},
                                                                  {20, "二十"},
                                                                  {21, "二十一"},
                                                                  {99, "九十九"},
                                                                  {100, "一百"},
                                                                  {101, "一百零一"},
                                                                  {110, "一百一十"},
                                                                  {111, "一百一十一"},
                                                                  {1000, "一千"},
                                                                  {1001, "一千零一"},
                                                                  {1010, "一千零一十"},
                                                                  {1100, "一千一百"},
                                                                  {2005, "二千零五"},
                                                                  {9999, "九千九百九十九"},
                                                                  {10000, "10000"}};
  for (const auto& [number, text] : cases) EXPECT_EQ(chinese_number(number), text);
}

TEST(taskbook, names_department_programme_and_day) {
  const std::string zh = book(programme(), 0);
  EXPECT_TRUE(contains(zh, "<html lang=\"zh-CN\">"));
  EXPECT_TRUE(contains(zh, "<h1>呼和浩特市工信局<br>任务书</h1>"));
  EXPECT_TRUE(contains(zh, "两市同城化"));
  EXPECT_TRUE(contains(zh, "（截至2024年4月8日）"));
  EXPECT_TRUE(contains(zh, "承担事项3项，其中牵头2项、配合1项"));
  const std::string en = book(programme(), 0, Language::en);
  EXPECT_TRUE(contains(en, "<html lang=\"en\">"));
  EXPECT_TRUE(contains(en, "<h1>Hohhot IIT<br>Task book</h1>"));
  EXPECT_TRUE(contains(en, "As of 8 April 2024"));
  EXPECT_TRUE(contains(en, "has 3 items: it leads 2 and takes part in 1."));
}

TEST(taskbook, has_both_tables_a_sheet_an_item_and_a_block_to_sign) {
  const std::string zh = book(programme(), 0);
  for (const char* heading :
       {"<h2>一、总体情况</h2>", "<h2>二、牵头事项清单</h2>", "<h2>三、配合事项清单</h2>",
        "<h2>四、事项任务单</h2>", "<h3>（一）K01 绘制图谱</h3>", "<h3>（二）K03 未知事项</h3>",
        "<h3>（三）K02 组建联盟</h3>", "<h2>五、签字确认</h2>"}) {
    EXPECT_TRUE(contains(zh, heading)) << heading;
  }
  for (const char* part : {"责任单位<br>（盖章）", "负责人<br>（签字）", "承办人<br>（签字）"}) {
    EXPECT_TRUE(contains(zh, part)) << part;
  }
  EXPECT_EQ(occurrences(zh, "class=\"sheet\""), 3U);
  // Of another department's items nothing but what concerns this one.
  const std::string other = book(programme(), 1);
  EXPECT_FALSE(contains(other, "K03"));
  EXPECT_FALSE(contains(other, "配合事项清单"));
}

TEST(taskbook, an_item_both_led_and_joined_is_listed_once) {
  Programme p = programme();
  p.items[0].partners = {"h1"};
  EXPECT_EQ(occurrences(book(p, 0), "class=\"sheet\""), 3U);
}

TEST(taskbook, tells_dates_slip_and_who_waits_for_whom) {
  const Programme p = programme();
  const Schedule schedule = make_schedule(p, WorkCalendar(), kDay);
  const std::string zh = taskbook_html(p, &schedule, 0, kDay, Language::zh);
  EXPECT_TRUE(contains(zh, format_date(*schedule.items[0].finish)));
  EXPECT_TRUE(contains(zh, "晚" + std::to_string(*schedule.items[0].slip) + "个工作日"));
  EXPECT_TRUE(contains(zh, "已逾期10天"));
  EXPECT_TRUE(contains(zh, "对方牵头：<br>包头市工信局"));
  EXPECT_TRUE(contains(zh,
                       "K01 绘制图谱（呼和浩特市工信局、包头市工信局，推进中）：其完成5个工作日"
                       "后，本事项方可开始。"));
  EXPECT_TRUE(contains(zh, "K02 组建联盟（包头市工信局，" + label_of(Status::not_started).zh +
                               "）：本事项完成5个工作日后，其方可开始。"));
  EXPECT_TRUE(contains(zh, "2份（链接1份、说明1份）"));
  EXPECT_EQ(*schedule.items[1].total_float, 0);
  EXPECT_TRUE(contains(zh, "不能再推迟，否则影响总工期（关键事项）"));
  EXPECT_TRUE(contains(zh, "某报道，某日报，2024-03-23，第3版"));
  const std::string en = taskbook_html(p, &schedule, 0, kDay, Language::en);
  EXPECT_TRUE(contains(en, "this item can start 5 working days after that one has finished."));
  EXPECT_TRUE(contains(en, "it can start 5 working days after this one has finished."));
}

TEST(taskbook, says_each_kind_of_dependency) {
  Programme p = programme();
  const auto said = [&](DependencyType type, int lag) {
    p.items[1].depends_on = {{"K01", type, lag, {}}};
    return book(p, 0);
  };
  EXPECT_TRUE(contains(said(DependencyType::finish_to_start, 0), "：其完成后，本事项方可开始。"));
  EXPECT_TRUE(contains(said(DependencyType::start_to_start, 0), "：其开始后，本事项方可开始。"));
  EXPECT_TRUE(contains(said(DependencyType::finish_to_finish, 0), "：其完成后，本事项方可完成。"));
  EXPECT_TRUE(
      contains(said(DependencyType::start_to_finish, 3), "：其开始3个工作日后，本事项方可完成。"));
  EXPECT_TRUE(contains(said(DependencyType::finish_to_start, -2),
                       "：其完成前2个工作日起，本事项方可开始。"));
}

TEST(taskbook, makes_nothing_up) {
  Programme p = programme();
  p.items.erase(p.items.begin(), p.items.begin() + 2);
  const std::string zh = book(p, 0);
  // Deliverables, dates and the other side in the table; ten members of the sheet.
  EXPECT_EQ(occurrences(zh, "未注明"), 14U) << zh;
  EXPECT_TRUE(contains(zh, "无计划时间，不能推算"));
  EXPECT_TRUE(contains(zh, "未完成事项中有1项未注明期限，不能判断是否逾期。"));
  EXPECT_TRUE(contains(zh, "有1项缺少计划时间，不能推算。"));
  EXPECT_FALSE(contains(zh, "2024-"));
  const std::string en = book(p, 0, Language::en);
  EXPECT_GT(occurrences(en, "not stated"), 10U);
  EXPECT_FALSE(contains(en, "2024-"));
}

TEST(taskbook, without_a_schedule_there_is_no_forecast) {
  const Programme p = programme();
  const std::string zh = taskbook_html(p, nullptr, 0, kDay, Language::zh);
  EXPECT_TRUE(contains(zh, "未推算"));
  EXPECT_FALSE(contains(zh, "预计晚于期限"));
  EXPECT_FALSE(contains(zh, "时间余量"));
  const Schedule other = make_schedule(Programme{}, WorkCalendar(), kDay);
  EXPECT_EQ(taskbook_html(p, &other, 0, kDay, Language::zh), zh);
}

TEST(taskbook, of_a_department_without_items_says_so) {
  const std::string zh = book(programme(), 2);
  EXPECT_TRUE(contains(zh, "本单位在清单中没有牵头或者配合的事项。"));
  EXPECT_FALSE(contains(zh, "签字确认"));
  EXPECT_FALSE(contains(zh, "<table"));
  EXPECT_TRUE(contains(book(programme(), 2, Language::en), "no items in the list"));
  EXPECT_EQ(book(programme(), 3), "");
}

TEST(taskbook, labels_a_demonstration_and_nothing_else) {
  Programme p = programme();
  EXPECT_FALSE(contains(book(p, 0), "演示数据"));
  EXPECT_FALSE(contains(book(p, 0, Language::en), "Demonstration data"));
  p.kind = ProgrammeKind::demonstration;
  for (const std::size_t department : {0U, 2U}) {
    EXPECT_TRUE(contains(book(p, department), "<div class=\"label\">演示数据</div>"));
    EXPECT_TRUE(contains(book(p, department), "@top-right { content: \"演示数据\""));
    EXPECT_TRUE(contains(book(p, department, Language::en), "Demonstration data</div>"));
  }
}

TEST(taskbook, escapes_every_text) {
  const std::string evil = "</style><script>alert(1)</script>\"'&\x01";
  Programme p = programme();
  const Text text{evil, evil};
  p.title = text;
  for (Department& department : p.departments) department.name = text;
  p.areas[0].title = p.sources[0].title = p.sources[0].publisher = text;
  for (ActionItem& item : p.items) {
    item.title = item.summary = text;
    for (Milestone& milestone : item.milestones) milestone.title = text;
  }
  p.items[0].code = p.items[1].depends_on[0].item = evil;
  p.items[2].depends_on = {{"gone" + evil, DependencyType::finish_to_start, 0, {}}};
  p.items[2].leads.push_back("<b>nobody</b>");
  p.items[0].source->place = text;
  p.items[2].source = Citation{evil, {}};
  for (const Language language : {Language::zh, Language::en}) {
    const std::string html = book(p, 0, language);
    EXPECT_FALSE(contains(html, "<script"));
    EXPECT_FALSE(contains(html, "<b>"));
    EXPECT_EQ(occurrences(html, "</style>"), 1U);
    EXPECT_FALSE(contains(html, "\"'&\x01"));
    EXPECT_FALSE(contains(html, "\x01"));
    EXPECT_TRUE(contains(html,
                         "&lt;/style&gt;&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;"
                         "\xEF\xBF\xBD"));
  }
}

TEST(taskbook, needs_nothing_from_elsewhere) {
  const std::string html = book(programme(), 0);
  EXPECT_TRUE(contains(html, "default-src 'none'"));
  for (const char* part : {"src=\"", "href=", "url(", "@import", "<script", "<link"}) {
    EXPECT_FALSE(contains(html, part)) << part;
  }
  EXPECT_TRUE(contains(html, "margin: 37mm 26mm 35mm 28mm"));
  EXPECT_TRUE(contains(html, "\"— \" counter(page) \" —\""));
}

TEST(taskbook, numbers_many_items) {
  Programme p = programme();
  const ActionItem model = p.items[2];
  p.items.clear();
  for (int i = 0; i < 21; ++i) {
    p.items.push_back(model);
    p.items.back().code = "N" + std::to_string(i);
  }
  const std::string zh = book(p, 0);
  for (const char* heading :
       {"<h3>（十）N9 ", "<h3>（十一）N10 ", "<h3>（二十）N19 ", "<h3>（二十一）N20 "}) {
    EXPECT_TRUE(contains(zh, heading)) << heading;
  }
}

}  // namespace
}  // namespace tc
