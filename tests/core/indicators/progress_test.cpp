#include "core/indicators/progress.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <optional>

namespace tc {
namespace {

const Date kDay = *make_date(2024, 12, 31);

TargetProgress progress(std::optional<double> value, std::optional<double> target,
                        std::optional<Date> target_date = {}) {
  Indicator indicator;
  indicator.value = value;
  indicator.target = target;
  indicator.target_date = target_date;
  return progress_of(indicator, kDay);
}

TEST(progress, without_a_target_there_is_none) {
  EXPECT_EQ(progress(30, {}).state, TargetState::no_target);
  EXPECT_EQ(progress({}, {}, kDay - 1).state, TargetState::no_target);
  EXPECT_EQ(progress(30, {}).ratio, std::nullopt);
}

TEST(progress, without_a_value_it_is_not_known) {
  EXPECT_EQ(progress({}, 40).state, TargetState::no_value);
  EXPECT_EQ(progress({}, 40, kDay - 1).state, TargetState::no_value);
  EXPECT_EQ(progress({}, 40).ratio, std::nullopt);
}

TEST(progress, a_target_is_missed_the_day_after) {
  EXPECT_EQ(progress(30, 40).state, TargetState::on_the_way);
  EXPECT_EQ(progress(30, 40, kDay + 1).state, TargetState::on_the_way);
  EXPECT_EQ(progress(30, 40, kDay).state, TargetState::on_the_way);
  EXPECT_EQ(progress(30, 40, kDay - 1).state, TargetState::missed);
}

TEST(progress, a_target_is_reached_by_its_value) {
  EXPECT_EQ(progress(40, 40, kDay - 1).state, TargetState::reached);
  EXPECT_EQ(progress(50, 40).state, TargetState::reached);
  EXPECT_EQ(progress(39.999, 40).state, TargetState::on_the_way);
}

TEST(progress, the_ratio_is_not_capped_and_needs_a_positive_target) {
  EXPECT_EQ(progress(30, 40).ratio, 0.75);
  EXPECT_EQ(progress(60, 40).ratio, 1.5);
  EXPECT_EQ(progress(0, 40).ratio, 0);
  EXPECT_EQ(progress(-10, 40).ratio, -0.25);
  EXPECT_EQ(progress(0, 0).ratio, std::nullopt);
  EXPECT_EQ(progress(0, 0).state, TargetState::reached);
  EXPECT_EQ(progress(-5, -3).ratio, std::nullopt);
  EXPECT_EQ(progress(-5, -3).state, TargetState::on_the_way);
}

Indicator total(std::optional<double> value, Counts counts, std::optional<Status> status = {}) {
  Indicator indicator;
  indicator.value = value;
  indicator.counts = counts;
  indicator.counts_status = status;
  return indicator;
}

TEST(reported_totals, are_empty_without_indicators_that_count) {
  Programme programme;
  programme.indicators = {total(183700, Counts::nothing),
                          total(4, Counts::nothing, Status::completed)};
  const ReportedTotals totals = reported_totals(programme);
  EXPECT_EQ(totals.areas, std::nullopt);
  EXPECT_EQ(totals.items, std::nullopt);
  for (const auto& of_status : totals.by_status) EXPECT_EQ(of_status, std::nullopt);
}

TEST(reported_totals, point_to_what_counts_what) {
  Programme programme;
  programme.indicators = {total(45000, Counts::nothing), total(12, Counts::areas),
                          total(26, Counts::items, Status::staged_result), total(30, Counts::items),
                          total(4, Counts::items, Status::completed)};
  const ReportedTotals totals = reported_totals(programme);
  EXPECT_EQ(totals.areas, 1U);
  EXPECT_EQ(totals.items, 3U);
  for (const Status status : kStatuses) {
    const auto& found = totals.by_status[static_cast<std::size_t>(status)];
    EXPECT_EQ(found, status == Status::completed       ? std::optional<std::size_t>(4)
                     : status == Status::staged_result ? std::optional<std::size_t>(2)
                                                       : std::nullopt);
  }
}

TEST(reported_totals, pass_over_indicators_without_a_value) {
  Programme programme;
  programme.indicators = {total({}, Counts::areas), total({}, Counts::items),
                          total({}, Counts::items, Status::completed)};
  const ReportedTotals totals = reported_totals(programme);
  EXPECT_EQ(totals.areas, std::nullopt);
  EXPECT_EQ(totals.items, std::nullopt);
  EXPECT_EQ(totals.by_status[0], std::nullopt);
}

}  // namespace
}  // namespace tc
