#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/model/postings.hpp"

/// Open challenges (揭榜挂帅): ranking of bids by several judges.

namespace tc::matching {

/// How the scores of several judges become one.
enum class Aggregation : std::uint8_t {
  trimmed_mean,  ///< mean of what is left when the highest and the lowest are taken away
  median,
  mean,
};

struct JudgingOptions {
  Aggregation aggregation = Aggregation::trimmed_mean;
  /// Share of the scores that is taken away on each side; of three or more at least one.
  double trim = 0.2;
  /// Weights by criterion instead of the challenge's own; empty, or as many as there are criteria.
  std::vector<double> weights;
  /// A judge with an interest in any bid scores no bid; else only those bids without it.
  bool conflicted_judges_leave = false;
};

/// What the judges say of one bid by one criterion.
struct PanelScore {
  double score = 0;  ///< 0 to 100
  double lowest = 0;
  double highest = 0;
  std::uint32_t judges = 0;    ///< whose scores came in, before trimming
  std::uint32_t excluded = 0;  ///< whose scores were left out for a conflict of interest
};

/// Whether a bid is ranked, or why not.
enum class BidState : std::uint8_t { ranked, late, over_budget, unscored };

struct RankedBid {
  std::size_t bid = 0;  ///< index into `Challenge::bids`
  BidState state = BidState::ranked;
  std::size_t place = 0;                          ///< from 1; 0 when it is not ranked
  std::optional<double> total;                    ///< 0 to 100, when every criterion has a score
  std::vector<std::optional<PanelScore>> scores;  ///< by criterion
};

/// How far the weight of one criterion can move, the others keeping their proportions, while the
/// winner stays. Within [low, high] it wins or ties; bounds are exact (totals are linear in the
/// weight), 0 and 1 when nothing changes up to there.
struct WeightRange {
  double weight = 0;  ///< share of the sum, as used
  double low = 0;
  double high = 1;
  std::optional<std::size_t> below;  ///< bid that takes over beneath `low`
  std::optional<std::size_t> above;  ///< bid that takes over beyond `high`
};

struct ChallengeRanking {
  std::vector<double> weights;      ///< by criterion, their sum is 1
  std::vector<RankedBid> bids;      ///< best first, then those that are not ranked
  std::vector<WeightRange> ranges;  ///< by criterion; empty without a winner
};

/// Ranks the bids of a challenge. Late bids and those above the budget are out; so is a bid that
/// has no score in a criterion that counts. Equal totals go to the lower price, then the earlier
/// day, then the order of the file. With weights that are all 0 every criterion counts the same.
/// O(scores · log judges + bids · criteria).
ChallengeRanking rank_bids(const Challenge& challenge, const JudgingOptions& options = {});

/// The aggregate of some scores, at least one. See `JudgingOptions::trim`.
double aggregate(std::vector<double> scores, Aggregation aggregation, double trim);

}  // namespace tc::matching
