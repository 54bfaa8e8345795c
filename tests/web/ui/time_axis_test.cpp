#include "web/ui/time_axis.hpp"

#include <gtest/gtest.h>

namespace tc::ui::test {
namespace {

Date day(int year, int month, int day) {
  return *make_date(year, month, day);
}

TEST(TimeAxis, FitShowsBothEndsInsideItsEdges) {
  TimeAxis axis;
  axis.place(100, 1100);
  axis.fit(day(2024, 1, 1), day(2025, 12, 31), 1);
  EXPECT_GT(axis.x(day(2024, 1, 1)), 100);
  EXPECT_LT(axis.x(day(2026, 1, 1)), 1100);
  EXPECT_NEAR(axis.x(day(2024, 1, 1)) - 100, 1100 - axis.x(day(2026, 1, 1)), 0.5);
}

TEST(TimeAxis, ZoomKeepsTheDayUnderThePointer) {
  TimeAxis axis;
  axis.place(0, 1000);
  axis.fit(day(2024, 1, 1), day(2024, 12, 31), 1);
  const double before = axis.day_at(300);
  for (double factor : {1.2, 5.0, 0.3, 0.0001, 1000.0}) {
    axis.zoom(factor, 300, 1);
    EXPECT_NEAR(axis.day_at(300), before, 1e-6);
    EXPECT_GE(axis.day_width(), TimeAxis::kLeastDayWidth);
    EXPECT_LE(axis.day_width(), TimeAxis::kMostDayWidth);
  }
}

TEST(TimeAxis, PanMovesByPixels) {
  TimeAxis axis;
  axis.place(0, 1000);
  axis.fit(day(2024, 1, 1), day(2024, 12, 31), 1);
  const float x = axis.x(day(2024, 6, 1));
  axis.pan(40);
  EXPECT_NEAR(axis.x(day(2024, 6, 1)), x + 40, 0.01);
}

TEST(TimeAxis, TicksTileTheViewWithoutGaps) {
  TimeAxis axis;
  axis.place(0, 1000);
  for (TimeAxis::Unit unit : {TimeAxis::Unit::day, TimeAxis::Unit::week, TimeAxis::Unit::month,
                              TimeAxis::Unit::quarter, TimeAxis::Unit::year}) {
    axis.fit(day(2023, 11, 15), day(2024, 3, 10), 1);
    const auto ticks = axis.ticks(unit, Language::zh, 1);
    ASSERT_FALSE(ticks.empty());
    EXPECT_LE(axis.x(ticks.front().date), 0);
    EXPECT_GE(axis.x(ticks.back().end), 1000);
    for (std::size_t i = 1; i < ticks.size(); ++i) EXPECT_EQ(ticks[i].date, ticks[i - 1].end);
  }
}

TEST(TimeAxis, FebruaryOfALeapYearHas29Days) {
  TimeAxis axis;
  axis.place(0, 1000);
  axis.fit(day(2024, 2, 5), day(2024, 2, 20), 1);
  const auto months = axis.ticks(TimeAxis::Unit::month, Language::en, 1);
  ASSERT_FALSE(months.empty());
  EXPECT_EQ(months.front().label, "Feb 2024");
  EXPECT_EQ(months.front().end - months.front().date, 29);
}

TEST(TimeAxis, FarAwayIsStillSafe) {
  TimeAxis axis;
  axis.place(0, 1000);
  axis.fit(day(1900, 1, 1), day(2199, 12, 31), 1);
  axis.pan(-1e7F);
  EXPECT_TRUE(axis.ticks(TimeAxis::Unit::day, Language::zh, 1).size() < 2000);
  axis.pan(2e7F);
  EXPECT_TRUE(axis.ticks(TimeAxis::Unit::year, Language::zh, 1).size() < 2000);
}

TEST(TimeAxis, RevealMovesNoMoreThanNeeded) {
  TimeAxis axis;
  axis.place(0, 1000);
  axis.fit(day(2024, 1, 1), day(2024, 12, 31), 1);
  const double before = axis.first_day();
  axis.reveal(day(2024, 5, 1), day(2024, 6, 1));
  EXPECT_EQ(axis.first_day(), before);
  axis.reveal(day(2025, 5, 1), day(2025, 6, 1));
  EXPECT_LT(axis.x(day(2025, 6, 2)), 1000);
  EXPECT_GT(axis.x(day(2025, 5, 1)), 0);
}

}  // namespace
}  // namespace tc::ui::test
