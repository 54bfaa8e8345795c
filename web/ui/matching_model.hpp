#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/matching/challenge.hpp"
#include "core/matching/jobs.hpp"
#include "core/matching/needs.hpp"
#include "core/policy/eligibility.hpp"
#include "web/ui/board.hpp"

namespace tc::ui {

/// What the matching page computes of a board, piece by piece and once a board: nothing is computed
/// that was not asked for, and `step` does no more than a frame can bear.
class MatchingModel {
 public:
  /// What is asked for and not there yet.
  enum class Work : std::uint8_t { none, index, best, assignment, jobs };

  /// Takes a board; what was computed of another one is dropped.
  void show(const Board& board);

  // Needs and results.
  const matching::NeedOptions& options() const { return options_; }
  void set_options(const matching::NeedOptions& options);
  void want_needs() { wants_needs_ = true; }
  void want_assignment() {
    wants_needs_ = wants_assignment_ = true;
    stopped_ = false;
  }
  bool wants_assignment() const { return wants_assignment_; }
  /// Null until all texts are read.
  const matching::NeedMatcher* needs() const { return read_ ? &*matcher_ : nullptr; }

  /// The best results for a need; kept until another is asked for. Not before `needs()`.
  const std::vector<matching::PairScore>& best_for(std::size_t need, std::size_t limit);
  /// What the topic of a pair comes from; kept in the same way.
  const std::vector<matching::SharedTerm>& terms_of(const matching::PairScore& pair);

  struct Best {
    static constexpr std::uint32_t kNone = 0xFFFFFFFFU;
    std::uint32_t partner = kNone;
    float total = -1;
  };
  /// The best result by need, as far as computed; and which need wants a result most, by result.
  const std::vector<Best>& best_of_needs() const { return best_; }
  const std::vector<Best>& best_of_results() const { return best_results_; }
  std::size_t best_done() const { return done_; }

  const matching::NeedAssignment* assignment() const {
    return assignment_ ? &*assignment_ : nullptr;
  }
  /// Indices into `assignment()->pairs`.
  const std::vector<std::vector<std::uint32_t>>& pairs_of_needs() const { return of_needs_; }
  const std::vector<std::vector<std::uint32_t>>& pairs_of_results() const { return of_results_; }

  // Jobs and graduates.
  void want_jobs(matching::Proposer proposer) { wants_jobs_ = proposer; }
  /// Above this many pairs of job and graduate it is computed only when somebody asks for it.
  bool jobs_are_many() const;
  const matching::JobMatching* jobs(matching::Proposer proposer) const {
    const auto& found = jobs_[static_cast<std::size_t>(proposer)];
    return found ? &*found : nullptr;
  }

  /// Does some of what is asked for. Returns whether there is more to do. The board that was shown
  /// has to be there still.
  bool step();
  /// What is being done; none while it is stopped.
  Work work() const { return stopped_ ? Work::none : wanted(); }
  /// How much of it is done, 0 to 1.
  double progress() const;

  /// Gives up the assignment and the jobs, and does nothing else that is wanted until it may go on.
  void stop();
  void go_on() { stopped_ = false; }
  /// Whether something that is wanted isn't there because of it.
  bool stopped() const { return stopped_ && wanted() != Work::none; }
  /// Changes with everything that lists are sorted and filtered by.
  std::size_t revision() const { return revision_; }

 private:
  void drop_scores();
  Work wanted() const;
  void find_best();
  void read_text();
  void assign_some();
  void match_some();

  const Board* board_ = nullptr;
  std::size_t version_ = 0;
  std::size_t revision_ = 0;
  matching::NeedOptions options_;
  std::optional<matching::NeedMatcher> matcher_;
  bool read_ = false;  ///< all texts, by `matcher_`
  std::vector<Best> best_, best_results_;
  std::size_t done_ = 0;
  std::optional<matching::NeedAssigner> assigner_;
  std::optional<matching::NeedAssignment> assignment_;
  std::vector<std::vector<std::uint32_t>> of_needs_, of_results_;
  std::optional<matching::JobMatcher> job_matcher_;
  matching::Proposer proposer_ = matching::Proposer::graduates;  ///< of `job_matcher_`
  std::array<std::optional<matching::JobMatching>, 2> jobs_;
  std::optional<matching::Proposer> wants_jobs_;
  bool wants_needs_ = false;
  bool wants_assignment_ = false;
  bool stopped_ = false;
  std::vector<matching::PairScore> looked_at_;
  std::array<std::size_t, 3> looked_at_key_{};  ///< revision, need, limit
  std::vector<matching::SharedTerm> terms_;
  std::array<std::size_t, 3> terms_key_{};  ///< revision, need, result
};

/// How many go from one place to another: cities by their position, then everywhere else.
struct CityFlows {
  std::size_t places = 0;           ///< cities and one more
  std::vector<std::size_t> counts;  ///< from, to
  std::size_t total = 0;

  explicit CityFlows(std::size_t cities) : places(cities + 1), counts(places * places, 0) {}
  void add(std::optional<std::size_t> from, std::optional<std::size_t> to) {
    ++counts[from.value_or(places - 1) * places + to.value_or(places - 1)];
    ++total;
  }
  std::size_t at(std::size_t from, std::size_t to) const { return counts[from * places + to]; }
};

/// From a result's city to the need's, or from where a graduate would like best to the job's.
CityFlows flows_of(const Board& board, const matching::NeedAssignment& assignment);
CityFlows flows_of(const Board& board, const matching::JobMatching& jobs);

/// Policies for a need's firm or for a graduate that apply, nearly apply or may apply, best first,
/// by what the posting says; at most `limit`.
std::vector<policy::Eligibility> policies_for(const Board& board, const Need& need,
                                              std::size_t limit);
std::vector<policy::Eligibility> policies_for(const Board& board, const Graduate& graduate,
                                              std::size_t limit);

}  // namespace tc::ui
