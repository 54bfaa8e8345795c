#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "core/matching/stable.hpp"
#include "core/matching/taxonomy.hpp"
#include "core/model/programme.hpp"

/// Jobs and graduates (找用工): a stable matching. Graduates appear by position and code only;
/// contact details are never read.

namespace tc::matching {

enum class Proposer : std::uint8_t { graduates, jobs };

struct JobOptions {
  Proposer proposer = Proposer::graduates;  ///< the side whose best stable matching is wanted
  std::size_t list_length = 20;             ///< choices of a graduate who has named none
  double least_fit = 0.15;                  ///< of texts, for those who have named nobody
  std::optional<Date> as_of;                ///< without it, no job is closed
};

/// Why a graduate has no job.
enum class Unplaced : std::uint8_t {
  no_fit,     ///< no open job that matches field and skills
  degree,     ///< those that match want a higher degree
  city,       ///< those that match are elsewhere
  salary,     ///< those that match pay less than wanted
  refused,    ///< the employers on the list do not take this graduate
  outranked,  ///< every job on the list is full of people whom the employer prefers
};
inline constexpr std::size_t kUnplacedReasons = 6;

/// Why a job has a place left.
enum class Vacancy : std::uint8_t {
  none,
  closed,         ///< its deadline is over
  nobody_listed,  ///< no graduate has it on the list, or none whom it takes
  went_elsewhere  ///< those who have it on the list got a job that they prefer
};

struct Placement {
  std::optional<std::size_t> job;          ///< index into `Programme::jobs`
  std::size_t choice = 0;                  ///< which of the graduate's choices, from 1
  std::size_t choices = 0;                 ///< how many there are
  double fit = 0;                          ///< of texts, 0 to 1
  Unplaced reason = Unplaced::no_fit;      ///< without a job
  std::array<std::size_t, 3> held_back{};  ///< matching jobs ruled out by degree, city, salary
};

struct JobResult {
  std::vector<std::size_t> graduates;  ///< hired, by the employer's preference
  Vacancy vacancy = Vacancy::none;
  std::size_t applicants = 0;  ///< who have it on their list
};

struct JobMatching {
  std::vector<Placement> graduates;
  std::vector<JobResult> jobs;
  StableProblem problem;  ///< what was solved
  std::size_t placed = 0;
  std::size_t blocking_pairs = 0;  ///< counted again; 0
};

/// Builds preferences and matches; see `JobMatcher` for how.
JobMatching match_jobs(const Taxonomy& taxonomy, const Programme& programme,
                       const JobOptions& options = {});

/// `match_jobs` in steps, for a page that must not stand still.
///
/// A graduate with choices takes these in their order. Anybody else takes open jobs whose text fits
/// at least `least_fit`, whose degree, city and salary suit, by fit (weight 0.6), place of the city
/// in the list (0.25) and pay against what is wanted (0.15). A job with choices takes these in
/// their order; any other takes everybody who qualifies, by fit (0.85) and degree (0.15). Ties go
/// to who stands first in the file. O(jobs · graduates) at worst, for texts that share words.
class JobMatcher {
 public:
  /// Taxonomy and programme have to outlive the matcher.
  JobMatcher(const Taxonomy& taxonomy, const Programme& programme, const JobOptions& options = {});
  JobMatcher(JobMatcher&&) noexcept;
  JobMatcher& operator=(JobMatcher&&) noexcept;
  ~JobMatcher();

  /// Reads a graduate, searches for a job or makes a graduate's list; the last step matches.
  /// Returns whether there is more to do.
  bool step();
  /// Steps so far, of `steps()`.
  std::size_t done() const;
  std::size_t steps() const;
  /// Once `step` has returned false.
  JobMatching take();

 private:
  class Engine;
  std::unique_ptr<Engine> engine_;
};

/// What is said of the reasons.
const Text& label_of(Unplaced reason);
const Text& label_of(Vacancy vacancy);

}  // namespace tc::matching
