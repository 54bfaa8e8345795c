#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

/// Stable many-to-one matching with incomplete lists: the hospitals/residents problem.

namespace tc::matching {

/// Flat arrays, so that millions of people fit in memory. Posts rank residents by `rank`; ties go
/// to the resident with the lower number, so that all preferences are strict.
struct StableProblem {
  static constexpr std::uint32_t kRefused = std::numeric_limits<std::uint32_t>::max();

  std::vector<std::uint32_t> first = {0};  ///< choices of resident r: first[r] up to first[r + 1]
  std::vector<std::uint32_t> post;         ///< for each choice: the post; best choice first
  std::vector<std::uint32_t> rank;   ///< for each choice: what the post thinks, lower is better; or
                                     ///< `kRefused`, then the pair can't be
  std::vector<std::uint32_t> quota;  ///< for each post

  std::uint32_t residents() const { return static_cast<std::uint32_t>(first.size() - 1); }
};

bool is_well_formed(const StableProblem& problem);

struct StableMatching {
  static constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

  std::vector<std::uint32_t> choice;  ///< for each resident: index into `post`, or `kNone`
  std::uint64_t proposals = 0;        ///< how many were made on the way
};

/// Deferred acceptance (Gale & Shapley 1962) with residents proposing: of all stable matchings the
/// one that is best for every resident. O(choices · log quota) time, no allocation a person.
StableMatching match_resident_optimal(const StableProblem& problem);

/// What deferred acceptance with posts proposing gives (Roth 1984): best for every post, worst for
/// every resident. Found from the other end of the lattice of stable matchings, by rotations from
/// the resident-optimal one until none is left (Irving & Leather 1986; Gusfield & Irving 1989),
/// which looks at far fewer pairs than proposals by posts would. O(choices · log quota).
StableMatching match_post_optimal(const StableProblem& problem);

/// A resident and a post that would both rather have each other, by the choice that ties them.
struct BlockingPair {
  std::uint32_t resident = 0;
  std::uint32_t choice = 0;
};

/// Pairs that block the matching, at most `limit`; none if it is stable. A matching that isn't one
/// (a post over its quota, a choice of somebody else's) makes every such resident block.
/// O(choices).
std::vector<BlockingPair> blocking_pairs(const StableProblem& problem,
                                         const StableMatching& matching, std::size_t limit = 100);

}  // namespace tc::matching
