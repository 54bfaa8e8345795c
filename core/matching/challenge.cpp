#include "core/matching/challenge.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <string_view>
#include <unordered_set>

#include "core/model/id_index.hpp"

namespace tc::matching {

namespace {

std::vector<double> normalised(const Challenge& challenge, const JudgingOptions& options) {
  const std::size_t n = challenge.criteria.size();
  std::vector<double> weights(n);
  for (std::size_t k = 0; k < n; ++k) {
    const double given =
        options.weights.size() == n ? options.weights[k] : challenge.criteria[k].weight.value_or(1);
    weights[k] = std::isfinite(given) ? std::max(0.0, given) : 0;
  }
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  for (double& weight : weights) weight = sum > 0 ? weight / sum : 1.0 / static_cast<double>(n);
  return weights;
}

class Panel {
 public:
  Panel(const Challenge& challenge, const JudgingOptions& options)
      : challenge_(challenge),
        options_(options),
        criteria_(index_by_id(challenge.criteria)),
        judges_(index_by_id(challenge.judges)),
        conflicts_(challenge.judges.size()) {
    for (std::size_t j = 0; j < challenge.judges.size(); ++j) {
      const auto& list = challenge.judges[j].conflicts;
      conflicts_[j].insert(list.begin(), list.end());
    }
  }

  std::vector<std::optional<PanelScore>> scores_of(const Bid& bid) const {
    const std::size_t n = challenge_.criteria.size();
    std::vector<std::vector<double>> given(n);
    std::vector<std::uint32_t> excluded(n, 0);
    for (const BidScore& score : bid.scores) {
      const auto criterion = criteria_.find(score.criterion);
      const auto judge = judges_.find(score.judge);
      if (criterion == criteria_.end() || judge == judges_.end() || !score.score) continue;
      const auto& conflicts = conflicts_[judge->second];
      if (conflicts.count(bid.id) != 0 ||
          (options_.conflicted_judges_leave && !conflicts.empty())) {
        ++excluded[criterion->second];
      } else {
        given[criterion->second].push_back(*score.score);
      }
    }
    std::vector<std::optional<PanelScore>> scores(n);
    for (std::size_t k = 0; k < n; ++k) {
      if (given[k].empty()) continue;
      const auto [lowest, highest] = std::minmax_element(given[k].begin(), given[k].end());
      PanelScore& score = scores[k].emplace();
      score.lowest = *lowest;
      score.highest = *highest;
      score.judges = static_cast<std::uint32_t>(given[k].size());
      score.excluded = excluded[k];
      score.score = aggregate(std::move(given[k]), options_.aggregation, options_.trim);
    }
    return scores;
  }

 private:
  const Challenge& challenge_;
  const JudgingOptions& options_;
  IdIndex criteria_;
  IdIndex judges_;
  std::vector<std::unordered_set<std::string_view>> conflicts_;
};

BidState state_of(const Challenge& challenge, const RankedBid& ranked) {
  const Bid& bid = challenge.bids[ranked.bid];
  if (challenge.deadline && bid.submitted && *bid.submitted > *challenge.deadline) {
    return BidState::late;
  }
  if (challenge.budget && bid.price && *bid.price > *challenge.budget) return BidState::over_budget;
  return ranked.total ? BidState::ranked : BidState::unscored;
}

/// The bid's total as the weight of criterion `k` goes from 0 to 1: `rest` there, `alone` here.
struct Line {
  double rest = 0;
  double alone = 0;
};

Line line_of(const RankedBid& bid, const std::vector<double>& weights, std::size_t k) {
  const std::size_t n = weights.size();
  const double others = 1 - weights[k];
  // Where the others have no weight to keep proportions of, they share equally.
  const bool equal = others <= 1e-12;
  Line line;
  line.alone = bid.scores[k] ? bid.scores[k]->score : 0;
  for (std::size_t c = 0; c < n; ++c) {
    if (c == k || !bid.scores[c]) continue;
    line.rest +=
        bid.scores[c]->score * (equal ? 1.0 / static_cast<double>(n - 1) : weights[c] / others);
  }
  return line;
}

std::vector<WeightRange> ranges_of(const ChallengeRanking& ranking) {
  std::vector<WeightRange> ranges;
  const std::size_t n = ranking.weights.size();
  for (std::size_t k = 0; k < n; ++k) {
    WeightRange range;
    range.weight = ranking.weights[k];
    if (n < 2) {  // one criterion has all the weight there is
      range.low = range.high = 1;
      ranges.push_back(range);
      continue;
    }
    const Line winner = line_of(ranking.bids.front(), ranking.weights, k);
    for (std::size_t i = 1; i < ranking.bids.size(); ++i) {
      if (ranking.bids[i].state != BidState::ranked) break;
      const Line rival = line_of(ranking.bids[i], ranking.weights, k);
      // The winner's lead is rest + t · slope; where it is 0, the rival catches up.
      const double rest = winner.rest - rival.rest;
      const double slope = (winner.alone - rival.alone) - rest;
      if (slope == 0) continue;
      const double t = -rest / slope;
      if (slope < 0 && t < range.high) {
        range.high = std::max(t, range.weight);
        range.above = ranking.bids[i].bid;
      } else if (slope > 0 && t > range.low) {
        range.low = std::min(t, range.weight);
        range.below = ranking.bids[i].bid;
      }
    }
    ranges.push_back(range);
  }
  return ranges;
}

}  // namespace

double aggregate(std::vector<double> scores, Aggregation aggregation, double trim) {
  const std::size_t n = scores.size();
  if (n == 0) return 0;
  std::sort(scores.begin(), scores.end());
  if (aggregation == Aggregation::median) {
    return n % 2 == 1 ? scores[n / 2] : (scores[n / 2 - 1] + scores[n / 2]) / 2;
  }
  std::size_t cut = 0;
  if (aggregation == Aggregation::trimmed_mean && n >= 3 && trim > 0) {
    cut = std::max<std::size_t>(
        1, static_cast<std::size_t>(std::min(trim, 0.5) * static_cast<double>(n)));
    cut = std::min(cut, (n - 1) / 2);
  }
  const auto begin = scores.begin() + static_cast<std::ptrdiff_t>(cut);
  const auto end = scores.end() - static_cast<std::ptrdiff_t>(cut);
  return std::accumulate(begin, end, 0.0) / static_cast<double>(end - begin);
}

ChallengeRanking rank_bids(const Challenge& challenge, const JudgingOptions& options) {
  ChallengeRanking ranking;
  ranking.weights = normalised(challenge, options);
  const Panel panel(challenge, options);
  for (std::size_t i = 0; i < challenge.bids.size(); ++i) {
    RankedBid ranked;
    ranked.bid = i;
    ranked.scores = panel.scores_of(challenge.bids[i]);
    double total = 0;
    bool complete = !challenge.criteria.empty();
    for (std::size_t k = 0; k < ranking.weights.size(); ++k) {
      if (ranked.scores[k]) {
        total += ranking.weights[k] * ranked.scores[k]->score;
      } else if (ranking.weights[k] > 0) {
        complete = false;
      }
    }
    if (complete) ranked.total = total;
    ranked.state = state_of(challenge, ranked);
    ranking.bids.push_back(std::move(ranked));
  }
  std::stable_sort(ranking.bids.begin(), ranking.bids.end(),
                   [&](const RankedBid& a, const RankedBid& b) {
                     if (a.state != b.state) return a.state < b.state;
                     if (a.state != BidState::ranked) return false;
                     if (*a.total != *b.total) return *a.total > *b.total;
                     const Bid& left = challenge.bids[a.bid];
                     const Bid& right = challenge.bids[b.bid];
                     constexpr double kUnknown = std::numeric_limits<double>::infinity();
                     const double left_price = left.price.value_or(kUnknown);
                     const double right_price = right.price.value_or(kUnknown);
                     if (left_price != right_price) return left_price < right_price;
                     const Date late{std::numeric_limits<std::int32_t>::max()};
                     return left.submitted.value_or(late) < right.submitted.value_or(late);
                   });
  std::size_t place = 0;
  for (RankedBid& bid : ranking.bids) {
    if (bid.state == BidState::ranked) bid.place = ++place;
  }
  if (place > 0) ranking.ranges = ranges_of(ranking);
  return ranking;
}

}  // namespace tc::matching
