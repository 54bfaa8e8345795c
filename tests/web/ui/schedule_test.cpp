#include <gtest/gtest.h>

#include "tests/web/ui/driver.hpp"

namespace tc::ui::test {
namespace {

class ScheduleTest : public ::testing::Test {
 protected:
  static void open(Driver& driver, const std::string& id) {
    driver.open_shipped(id);
    driver.app().restore("page", "schedule");
    driver.frames();
  }
};

TEST_F(ScheduleTest, BeginsWithTheMonthOfTheData) {
  Driver driver;
  open(driver, "demo");
  EXPECT_NE(driver.find(Role::heading, "December 2024"), nullptr);
  const Node* day = driver.find(Role::cell, "2024-12-13");
  ASSERT_NE(day, nullptr);
  EXPECT_EQ(day->value, "4");
}

TEST_F(ScheduleTest, ADayShowsWhatIsDueOnIt) {
  Driver driver;
  open(driver, "demo");
  ASSERT_TRUE(driver.click(Role::cell, "2024-12-13"));
  EXPECT_NE(driver.find(Role::heading, "Due on 2024-12-13  4"), nullptr);
  const Node* line = driver.find_prefix(Role::button, "Open an express bus line");
  ASSERT_NE(line, nullptr);
  EXPECT_NE(line->value.find("forecast 2025-"), std::string::npos) << line->value;
  driver.click(Node(*line));
  EXPECT_NE(driver.find(Role::region, Str::item_details), nullptr);
}

TEST_F(ScheduleTest, TheForecastNamesItsBasisAndWhatDecides) {
  Driver driver;
  open(driver, "demo");
  const Node* p50 = driver.find(Role::listitem, "P50");
  const Node* p95 = driver.find(Role::listitem, "P95");
  ASSERT_NE(p50, nullptr);
  ASSERT_NE(p95, nullptr);
  EXPECT_LT(p50->value, p95->value);  // dates as text sort like dates
  EXPECT_NE(driver.find_prefix(Role::text, "Monte Carlo, 2000 runs: 14 items by their own"),
            nullptr);
  const Node* first = driver.find_prefix(Role::button, "K14  ");
  ASSERT_NE(first, nullptr);
  EXPECT_EQ(first->value.back(), '%');
  driver.click(Node(*first));
  EXPECT_NE(driver.find(Role::region, Str::item_details), nullptr);
}

TEST_F(ScheduleTest, AProgrammeWithoutDatesHasNoForecast) {
  Driver driver;
  open(driver, "hubao-2024");
  EXPECT_EQ(driver.find(Role::listitem, "P50"), nullptr);
}

TEST_F(ScheduleTest, AJudgementStandsBesideTheComputedColour) {
  Driver driver(1440, 2400);
  driver.open_shipped("demo");
  driver.app().restore("page", "items");
  driver.frames();
  const Node* row = driver.find_prefix(Role::row, "K25");
  ASSERT_NE(row, nullptr);
  driver.click(Node(*row));
  driver.frames();
  const Node* judged = driver.find_prefix(Role::listitem, "Judged by 演示用户 · 2024-12-20");
  ASSERT_NE(judged, nullptr);
  EXPECT_NE(judged->value.find("Interface standards"), std::string::npos);
  EXPECT_NE(driver.find(Role::text, "Computed: Green"), nullptr);
}

TEST_F(ScheduleTest, MonthsTurnOverYears) {
  Driver driver;
  open(driver, "demo");
  ASSERT_TRUE(driver.click(Role::button, Str::schedule_next_month));
  EXPECT_NE(driver.find(Role::heading, "January 2025"), nullptr);
  ASSERT_TRUE(driver.click(Role::button, Str::schedule_previous_month));
  ASSERT_TRUE(driver.click(Role::button, Str::schedule_previous_month));
  EXPECT_NE(driver.find(Role::heading, "November 2024"), nullptr);
  ASSERT_TRUE(driver.click(Role::button, Str::schedule_to_as_of));
  EXPECT_NE(driver.find(Role::heading, "December 2024"), nullptr);
}

TEST_F(ScheduleTest, ADepartmentNarrowsTheCalendar) {
  Driver driver(1440, 1200);
  open(driver, "demo");
  const Node* heading = driver.find_prefix(Role::heading, "Due in this month");
  ASSERT_NE(heading, nullptr);
  const std::string before = heading->name;
  ASSERT_TRUE(driver.click(Role::option, "Transport Bureau"));
  EXPECT_TRUE(driver.find(Role::option, "Transport Bureau")->selected);
  EXPECT_NE(driver.find_prefix(Role::heading, "Due in this month")->name, before);
}

TEST_F(ScheduleTest, TaskBooksCanBeHad) {
  Driver driver(1440, 1200);
  open(driver, "demo");
  ASSERT_TRUE(driver.click(Role::button, Str::taskbook_save));
  ASSERT_EQ(driver.host().saved.size(), 1U);
  const std::string& book = driver.host().saved.begin()->second;
  EXPECT_EQ(book.substr(0, 9), "<!DOCTYPE");
  EXPECT_NE(book.find("Demonstration data"), std::string::npos);
}

TEST_F(ScheduleTest, ConfidenceHasItsReasonsInTheDetails) {
  Driver driver;
  driver.open_shipped("demo");
  driver.app().restore("page", "items");
  driver.frames();
  const Node* row = driver.find_prefix(Role::row, "K07 ");
  ASSERT_NE(row, nullptr);
  driver.click(Node(*row));
  EXPECT_NE(driver.find(Role::heading, Str::rag_title), nullptr);
  EXPECT_TRUE(driver.shows("working days"));
}

}  // namespace
}  // namespace tc::ui::test
