#include "core/matching/challenge.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace tc::matching {
namespace {

Challenge challenge_of(std::size_t criteria, std::size_t judges, std::size_t bids) {
  Challenge c;
  c.id = "c";
  for (std::size_t k = 0; k < criteria; ++k) {
    c.criteria.push_back({"k" + std::to_string(k), {"", "K"}, 1.0});
  }
  for (std::size_t j = 0; j < judges; ++j) c.judges.push_back({"j" + std::to_string(j), {}, {}});
  for (std::size_t b = 0; b < bids; ++b) {
    Bid bid;
    bid.id = "b" + std::to_string(b);
    c.bids.push_back(bid);
  }
  return c;
}

void score(Challenge& c, std::size_t bid, std::size_t judge, std::size_t criterion, double value) {
  c.bids[bid].scores.push_back({c.judges[judge].id, c.criteria[criterion].id, value});
}

Challenge random_challenge(std::mt19937& random) {
  Challenge c = challenge_of(2 + random() % 4, 3 + random() % 4, 2 + random() % 5);
  for (auto& criterion : c.criteria) criterion.weight = static_cast<double>(1 + random() % 9);
  for (std::size_t b = 0; b < c.bids.size(); ++b) {
    for (std::size_t j = 0; j < c.judges.size(); ++j) {
      for (std::size_t k = 0; k < c.criteria.size(); ++k) {
        score(c, b, j, k, static_cast<double>(40 + random() % 61));
      }
    }
  }
  return c;
}

TEST(challenge, aggregation_withstands_an_outlier) {
  EXPECT_DOUBLE_EQ(aggregate({80, 82, 84, 0}, Aggregation::trimmed_mean, 0.2), 81);
  EXPECT_DOUBLE_EQ(aggregate({80, 82, 84, 0}, Aggregation::median, 0.2), 81);
  EXPECT_DOUBLE_EQ(aggregate({80, 82, 84, 0}, Aggregation::mean, 0.2), 61.5);
  EXPECT_DOUBLE_EQ(aggregate({70, 90}, Aggregation::trimmed_mean, 0.2), 80);
  EXPECT_DOUBLE_EQ(aggregate({1, 2, 3}, Aggregation::trimmed_mean, 0.5), 2);
  EXPECT_DOUBLE_EQ(aggregate({5}, Aggregation::median, 0), 5);
  // Ten scores, a fifth: two on each side.
  EXPECT_DOUBLE_EQ(
      aggregate({0, 0, 10, 10, 10, 10, 10, 10, 100, 100}, Aggregation::trimmed_mean, 0.2), 10);
}

TEST(challenge, totals_are_weighted_means_of_the_criteria) {
  Challenge c = challenge_of(2, 1, 2);
  c.criteria[0].weight = 3;
  c.criteria[1].weight = 1;
  score(c, 0, 0, 0, 80);
  score(c, 0, 0, 1, 40);
  score(c, 1, 0, 0, 60);
  score(c, 1, 0, 1, 100);
  const ChallengeRanking ranking = rank_bids(c);
  EXPECT_EQ(ranking.weights, (std::vector<double>{0.75, 0.25}));
  ASSERT_EQ(ranking.bids.size(), 2U);
  EXPECT_DOUBLE_EQ(*ranking.bids[0].total, 70);
  EXPECT_DOUBLE_EQ(*ranking.bids[1].total, 70);
  JudgingOptions options;
  options.weights = {1, 1};
  const ChallengeRanking other = rank_bids(c, options);
  EXPECT_EQ(other.bids[0].bid, 1U);
  EXPECT_DOUBLE_EQ(*other.bids[0].total, 80);
  // The first gains on the second with weight on criterion 0; at three quarters they are level.
  ASSERT_EQ(other.ranges.size(), 2U);
  EXPECT_DOUBLE_EQ(other.ranges[0].low, 0);
  EXPECT_DOUBLE_EQ(other.ranges[0].high, 0.75);
  EXPECT_EQ(other.ranges[0].above, 0U);
  EXPECT_EQ(other.ranges[0].below, std::nullopt);
  EXPECT_DOUBLE_EQ(other.ranges[1].low, 0.25);
  EXPECT_DOUBLE_EQ(other.ranges[1].high, 1);
}

TEST(challenge, equal_totals_go_to_the_lower_price_then_the_earlier_day) {
  Challenge c = challenge_of(1, 1, 3);
  for (std::size_t b = 0; b < 3; ++b) score(c, b, 0, 0, 50);
  c.bids[0].price = 20;
  c.bids[1].price = 10;
  c.bids[2].price = 10;
  c.bids[1].submitted = make_date(2024, 2, 2);
  c.bids[2].submitted = make_date(2024, 2, 1);
  const ChallengeRanking ranking = rank_bids(c);
  EXPECT_EQ(ranking.bids[0].bid, 2U);
  EXPECT_EQ(ranking.bids[1].bid, 1U);
  EXPECT_EQ(ranking.bids[2].bid, 0U);
}

TEST(challenge, judges_with_an_interest_do_not_count) {
  Challenge c = challenge_of(1, 3, 2);
  for (std::size_t j = 0; j < 3; ++j) {
    score(c, 0, j, 0, 60);
    score(c, 1, j, 0, j == 0 ? 100 : 50);
  }
  c.judges[0].conflicts = {"b1"};
  JudgingOptions options;
  options.aggregation = Aggregation::mean;
  ChallengeRanking ranking = rank_bids(c, options);
  EXPECT_EQ(ranking.bids[0].bid, 0U);
  EXPECT_DOUBLE_EQ(*ranking.bids[1].total, 50);
  EXPECT_EQ(ranking.bids[1].scores[0]->excluded, 1U);
  EXPECT_EQ(ranking.bids[1].scores[0]->judges, 2U);
  EXPECT_EQ(ranking.bids[0].scores[0]->judges, 3U);
  options.conflicted_judges_leave = true;
  ranking = rank_bids(c, options);
  EXPECT_EQ(ranking.bids[0].scores[0]->judges, 2U);
}

TEST(challenge, bids_that_are_late_too_dear_or_unscored_are_out) {
  Challenge c = challenge_of(2, 1, 4);
  c.budget = 100;
  c.deadline = make_date(2024, 6, 1);
  for (std::size_t b = 0; b < 4; ++b) {
    score(c, b, 0, 0, b == 2 ? 95 : 90);
    if (b != 2) score(c, b, 0, 1, 90);
  }
  c.bids[0].price = 101;
  c.bids[1].submitted = make_date(2024, 6, 2);
  c.bids[3].price = 100;
  c.bids[3].submitted = make_date(2024, 6, 1);
  const ChallengeRanking ranking = rank_bids(c);
  EXPECT_EQ(ranking.bids[0].bid, 3U);
  EXPECT_EQ(ranking.bids[0].place, 1U);
  std::vector<BidState> states(4);
  for (const RankedBid& bid : ranking.bids) states[bid.bid] = bid.state;
  EXPECT_EQ(states, (std::vector<BidState>{BidState::over_budget, BidState::late,
                                           BidState::unscored, BidState::ranked}));
  // A criterion that doesn't count may lack scores.
  JudgingOptions options;
  options.weights = {1, 0};
  EXPECT_EQ(rank_bids(c, options).bids[0].bid, 2U);
}

TEST(challenge, nothing_to_rank_is_no_fault) {
  EXPECT_TRUE(rank_bids(Challenge{}).bids.empty());
  const Challenge c = challenge_of(0, 1, 1);
  EXPECT_EQ(rank_bids(c).bids[0].state, BidState::unscored);
  EXPECT_TRUE(rank_bids(c).ranges.empty());
}

/// Who wins when one weight is `t` and the others keep their proportions.
bool still_wins(const Challenge& c, const ChallengeRanking& ranking, std::size_t k, double t) {
  std::vector<double> weights = ranking.weights;
  const double others = 1 - weights[k];
  for (std::size_t i = 0; i < weights.size(); ++i) {
    weights[i] = i == k ? t : weights[i] * (1 - t) / others;
  }
  JudgingOptions options;
  options.weights = weights;
  return rank_bids(c, options).bids[0].bid == ranking.bids[0].bid;
}

TEST(challenge, weights_can_move_exactly_as_far_as_said) {
  std::mt19937 random(5);
  int inner = 0;
  for (int round = 0; round < 200; ++round) {
    const Challenge c = random_challenge(random);
    const ChallengeRanking ranking = rank_bids(c);
    ASSERT_EQ(ranking.ranges.size(), c.criteria.size());
    for (std::size_t k = 0; k < c.criteria.size(); ++k) {
      const WeightRange& range = ranking.ranges[k];
      SCOPED_TRACE(std::to_string(round) + " " + std::to_string(k));
      ASSERT_LE(range.low, range.weight);
      ASSERT_GE(range.high, range.weight);
      constexpr double kStep = 1e-6;
      if (range.high - range.low < 4 * kStep) continue;
      ASSERT_TRUE(still_wins(c, ranking, k, range.low + kStep));
      ASSERT_TRUE(still_wins(c, ranking, k, range.high - kStep));
      ASSERT_TRUE(still_wins(c, ranking, k, (range.low + range.high) / 2));
      ASSERT_EQ(range.below.has_value(), range.low > 0);
      ASSERT_EQ(range.above.has_value(), range.high < 1);
      if (range.low > kStep) {
        ++inner;
        ASSERT_FALSE(still_wins(c, ranking, k, range.low - kStep));
      }
      if (range.high < 1 - kStep) {
        ++inner;
        ASSERT_FALSE(still_wins(c, ranking, k, range.high + kStep));
      }
    }
  }
  EXPECT_GT(inner, 100);
}

}  // namespace
}  // namespace tc::matching
