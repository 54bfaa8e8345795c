#include "core/model/summary.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "core/model/generate.hpp"

namespace tc {
namespace {

Date day(int n) {
  return *make_date(2024, 3, 1) + (n - 1);
}

ActionItem item(std::string code, Status status, std::string area, std::vector<std::string> leads,
                std::optional<Date> due = {}) {
  ActionItem result;
  result.code = std::move(code);
  result.title.en = result.code;
  result.status = status;
  result.area = std::move(area);
  result.leads = std::move(leads);
  result.due = due;
  return result;
}

Programme cities_and_areas() {
  Programme p;
  p.cities = {{"h", {"", "Hohhot"}, {}}, {"b", {"", "Baotou"}, {}}};
  p.departments = {
      {"h1", "h", {"", "H1"}, {}}, {"h2", "h", {"", "H2"}, {}}, {"b1", "b", {"", "B1"}, {}}};
  p.areas = {{"a", {"", "A"}, {}}, {"empty", {"", "Empty"}, {}}};
  return p;
}

StatusCounts counts(std::size_t completed, std::size_t under_way, std::size_t unknown) {
  StatusCounts result;
  result[Status::completed] = completed;
  result[Status::under_way] = under_way;
  result[Status::unknown] = unknown;
  return result;
}

TEST(summary, counts_items_by_status_and_group) {
  Programme p = cities_and_areas();
  p.items = {item("1", Status::completed, "a", {"h1"}), item("2", Status::under_way, "a", {"h2"}),
             item("3", Status::under_way, "", {"b1"}), item("4", Status::unknown, "", {})};
  const Summary summary = summarise(p, day(1));
  EXPECT_EQ(summary.items, counts(1, 2, 1));
  EXPECT_EQ(summary.items.total(), 4U);
  EXPECT_EQ(summary.by_area,
            (std::vector<StatusCounts>{counts(1, 1, 0), counts(0, 0, 0), counts(0, 1, 1)}));
  EXPECT_EQ(summary.by_city,
            (std::vector<StatusCounts>{counts(1, 1, 0), counts(0, 1, 0), counts(0, 0, 1)}));
  EXPECT_EQ(summary.by_department, (std::vector<StatusCounts>{counts(1, 0, 0), counts(0, 1, 0),
                                                              counts(0, 1, 0), counts(0, 0, 1)}));
}

TEST(summary, an_item_of_several_leads_counts_once_for_each) {
  Programme p = cities_and_areas();
  p.items = {item("1", Status::completed, "a", {"h1", "h2", "b1", "h1"})};
  const Summary summary = summarise(p, day(1));
  EXPECT_EQ(summary.items.total(), 1U);
  EXPECT_EQ(summary.by_department, (std::vector<StatusCounts>{counts(1, 0, 0), counts(1, 0, 0),
                                                              counts(1, 0, 0), counts(0, 0, 0)}));
  EXPECT_EQ(summary.by_city,
            (std::vector<StatusCounts>{counts(1, 0, 0), counts(1, 0, 0), counts(0, 0, 0)}));
}

TEST(summary, of_an_empty_programme_is_empty) {
  const Summary summary = summarise(Programme{}, day(1));
  EXPECT_EQ(summary.items.total(), 0U);
  EXPECT_EQ(summary.by_area, std::vector<StatusCounts>(1));
  EXPECT_TRUE(summary.late.empty());
  EXPECT_TRUE(summary.next.empty());
}

TEST(summary, deadlines_are_late_or_next_from_the_day) {
  Programme p = cities_and_areas();
  p.items = {item("late", Status::under_way, "", {}, day(9)),
             item("today", Status::blocked, "", {}, day(10)),
             item("done", Status::completed, "", {}, day(5)),
             item("open", Status::staged_result, "", {}),
             item("later", Status::not_started, "", {}, day(20)),
             item("longest", Status::unknown, "", {}, day(1))};
  const auto milestone = [](std::string id, std::optional<Date> due,
                            std::optional<Date> finished = {}) {
    return Milestone{std::move(id), {"", "m"}, due, finished, std::nullopt, std::nullopt, {}};
  };
  p.items[0].milestones = {milestone("m1", day(8)), milestone("m2", day(7), day(9))};
  p.items[2].milestones = {milestone("m1", day(2))};  // of a completed item
  p.items[3].milestones = {milestone("m1", {}), milestone("m2", day(11)), milestone("m3", day(10))};
  const Summary summary = summarise(p, day(10));
  EXPECT_EQ(summary.late,
            (std::vector<Deadline>{
                {5, std::nullopt, day(1)}, {0, 0, day(8)}, {0, std::nullopt, day(9)}}));
  // On one day in the order of the list.
  EXPECT_EQ(summary.next, (std::vector<Deadline>{{1, std::nullopt, day(10)},
                                                 {3, 2, day(10)},
                                                 {3, 1, day(11)},
                                                 {4, std::nullopt, day(20)}}));
}

TEST(summary, is_late_from_the_day_after) {
  const ActionItem open = item("1", Status::under_way, "", {}, day(10));
  EXPECT_FALSE(is_late(open, day(9)));
  EXPECT_FALSE(is_late(open, day(10)));
  EXPECT_TRUE(is_late(open, day(11)));
  EXPECT_FALSE(is_late(item("1", Status::completed, "", {}, day(10)), day(11)));
  EXPECT_FALSE(is_late(item("1", Status::under_way, "", {}), day(11)));
}

TEST(summary, adds_up_for_a_large_programme) {
  const Programme p = generate_programme(2000, 9);
  const Summary summary = summarise(p, *p.as_of);
  EXPECT_EQ(summary.items.total(), 2000U);
  StatusCounts sum;
  for (const StatusCounts& area : summary.by_area) {
    for (const Status status : kStatuses) sum[status] += area[status];
  }
  EXPECT_EQ(sum, summary.items);
  std::size_t late = 0;
  for (const ActionItem& each : p.items) late += is_late(each, *p.as_of) ? 1U : 0U;
  std::size_t listed = 0;
  for (const Deadline& deadline : summary.late) listed += deadline.milestone ? 0U : 1U;
  EXPECT_EQ(listed, late);
}

TEST(summary, the_day_is_the_programmes_own_or_its_latest) {
  Programme p = cities_and_areas();
  EXPECT_EQ(effective_as_of(p), std::nullopt);
  p.items = {item("1", Status::under_way, "", {}, day(28))};
  p.items[0].start = day(27);
  p.sources = {{"s", {"", "S"}, {}, day(29), "", {}}};
  EXPECT_EQ(effective_as_of(p), std::nullopt);  // plans and sources say nothing of it
  p.items[0].started = day(3);
  EXPECT_EQ(effective_as_of(p), day(3));
  p.items[0].milestones = {{"m", {"", "m"}, day(30), day(5), {}, {}, {}}};
  EXPECT_EQ(effective_as_of(p), day(5));
  p.items[0].finished = day(6);
  EXPECT_EQ(effective_as_of(p), day(6));
  p.items[0].evidence = {{EvidenceKind::note, {"", "e"}, "", "", day(8), {}}};
  EXPECT_EQ(effective_as_of(p), day(8));
  p.indicators.resize(1);
  p.indicators[0].target_date = day(31);
  EXPECT_EQ(effective_as_of(p), day(8));
  p.indicators[0].as_of = day(9);
  EXPECT_EQ(effective_as_of(p), day(9));
  p.as_of = day(1);
  EXPECT_EQ(effective_as_of(p), day(1));
}

TEST(summary, index_finds_ids_of_their_kind_only) {
  Programme p = cities_and_areas();
  p.sources = {{"s", {"", "S"}, {}, {}, "", {}}};
  p.items = {item("1", Status::unknown, "", {}), item("2", Status::unknown, "", {})};
  const Index index(p);
  EXPECT_EQ(index.city("b"), 1U);
  EXPECT_EQ(index.department("b1"), 2U);
  EXPECT_EQ(index.area("empty"), 1U);
  EXPECT_EQ(index.item("2"), 1U);
  EXPECT_EQ(index.source("s"), 0U);
  EXPECT_EQ(index.city("b1"), std::nullopt);
  EXPECT_EQ(index.item("3"), std::nullopt);
  EXPECT_EQ(index.area(""), std::nullopt);
}

}  // namespace
}  // namespace tc
