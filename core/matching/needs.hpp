#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/matching/assignment.hpp"
#include "core/matching/text_index.hpp"
#include "core/model/programme.hpp"

/// Needs of firms and research results along the five chains (五链融合).

namespace tc::matching {

/// What each chain counts, relative to their sum.
struct ChainWeights {
  double innovation = 0.50;   ///< 创新链: topic and technology readiness
  double industry = 0.15;     ///< 产业链: cluster and stage
  double talent = 0.10;       ///< 人才链: team
  double capital = 0.15;      ///< 资金链: budget against price
  double information = 0.10;  ///< 信息链: what is said and how lately, and interest in the pair
};

struct NeedOptions {
  ChainWeights weights;
  double cross_city_bonus = 0.05;  ///< added where need and result are in different cities
  double least_topic = 0.2;        ///< below it a pair is no match, whatever the other chains say
  bool exclusive = false;          ///< every result serves one need at most
  std::size_t candidates = 0;      ///< results a need in the assignment, best first; 0: all
  std::optional<Date> as_of;       ///< without it, nothing is closed or stale
};

/// A word or concept that both sides have, and its share of the topic.
struct SharedTerm {
  std::string name;
  FeatureKind kind = FeatureKind::gram;
  double share = 0;  ///< of the pair's text score; the shares of a pair add up to 1
};

/// How well a result fits a need. Every part is from 0 to 1; what is not known counts half.
struct PairScore {
  std::size_t need = 0;
  std::size_t result = 0;
  double topic = 0;      ///< square root of the share of the need's words that the result covers
  double readiness = 0;  ///< 1 when the result is as ready as wanted, 0 when 4 levels short
  double innovation = 0;
  double industry = 0;
  double talent = 0;
  double capital = 0;
  double completeness = 0;
  double freshness = 0;  ///< half after a year
  int interested = 0;    ///< parties that said so at a roadshow, see `NeedMatcher`
  double information = 0;
  bool cross_city = false;
  double total = 0;  ///< weighted mean of the chains, and the bonus
};

/// The best pairing of all open needs with results.
struct NeedAssignment {
  std::vector<PairScore> pairs;      ///< by need
  std::vector<double> need_price;    ///< in units of `total`: what one more place is worth at most
  std::vector<double> result_price;  ///< the same for results
  std::int64_t worth = 0;            ///< in millionths
  std::int64_t gap = 0;              ///< of the proof of optimality; 0
};

/// Whether a matcher reads all texts when it is made, or bit by bit with `read_next`.
enum class Reading : std::uint8_t { at_once, later };

class NeedMatcher {
 public:
  /// Taxonomy and programme have to outlive the matcher. An `Interest` counts for a pair when it
  /// names both, or the result and the need's firm; every party halves what the information chain
  /// lacks. O(text + interests).
  NeedMatcher(const Taxonomy& taxonomy, const Programme& programme, NeedOptions options = {},
              Reading reading = Reading::at_once);

  /// Reads the next text; returns whether there are more. Before the last one is read, ask for
  /// nothing else. O(text).
  bool read_next();
  /// Texts that are read, of those of all results and needs.
  std::size_t read() const { return read_; }

  /// Takes other weights and limits; the texts are not read again. O(1).
  void set_options(NeedOptions options);

  /// A need is open up to its deadline.
  bool is_open(std::size_t need) const;

  /// The `limit` best results for a need; equal ones in the order of the file.
  std::vector<PairScore> best(std::size_t need, std::size_t limit) const;

  /// What the topic of a pair comes from, largest share first.
  std::vector<SharedTerm> shared_terms(const PairScore& pair, std::size_t limit) const;

  /// Exact; a need that wants exclusivity goes with results of capacity 1 only. See `NeedAssigner`.
  NeedAssignment assign_all() const;

 private:
  friend class NeedAssigner;
  PairScore score(std::size_t need, std::size_t result, double topic) const;
  bool may_serve(std::size_t need, std::size_t result) const;

  const Programme& programme_;
  NeedOptions options_;
  TextAnalyser analyser_;
  TextIndex index_;
  std::vector<TextVector> needs_;
  std::size_t read_ = 0;
  std::unordered_map<std::uint64_t, int> interested_;  ///< by need and result
};

/// `NeedMatcher::assign_all` in steps, for a page that must not stand still.
class NeedAssigner {
 public:
  /// The matcher has to outlive it, and to keep its options.
  explicit NeedAssigner(const NeedMatcher& matcher);

  /// Finds the candidates of one more need, O(postings of its words); the last step solves.
  /// Returns whether there is more to do.
  bool step();
  /// Needs that have their candidates.
  std::size_t done() const { return problem_.first.size() - 1; }
  /// Once `step` has returned false.
  NeedAssignment take() { return std::move(result_); }

 private:
  void solve();

  const NeedMatcher& matcher_;
  AssignmentProblem problem_;
  std::vector<PairScore> pairs_;  ///< by arc
  NeedAssignment result_;
};

}  // namespace tc::matching
