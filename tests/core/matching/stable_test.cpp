#include "core/matching/stable.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <random>

#include "tests/core/matching/random_problems.hpp"

namespace tc::matching {
namespace {

constexpr std::uint32_t kNone = StableMatching::kNone;

/// Every stable matching, by trying every matching and looking for blocking pairs by definition.
std::vector<std::vector<std::uint32_t>> all_stable(const StableProblem& p) {
  std::vector<std::vector<std::uint32_t>> found;
  std::vector<std::uint32_t> choice(p.residents(), kNone);
  std::vector<std::uint32_t> held(p.quota.size(), 0);
  const auto prefers = [&](std::uint32_t post, std::uint32_t r, std::uint32_t e) {
    if (held[post] < p.quota[post]) return true;
    for (std::uint32_t other = 0; other < p.residents(); ++other) {
      const std::uint32_t c = choice[other];
      if (c == kNone || p.post[c] != post) continue;
      if (p.rank[c] > p.rank[e] || (p.rank[c] == p.rank[e] && other > r)) return true;
    }
    return false;
  };
  const auto is_stable = [&] {
    for (std::uint32_t r = 0; r < p.residents(); ++r) {
      const std::uint32_t end = choice[r] == kNone ? p.first[r + 1] : choice[r];
      for (std::uint32_t e = p.first[r]; e < end; ++e) {
        if (p.rank[e] != StableProblem::kRefused && prefers(p.post[e], r, e)) return false;
      }
    }
    return true;
  };
  const std::function<void(std::uint32_t)> place = [&](std::uint32_t r) {
    if (r == p.residents()) {
      if (is_stable()) found.push_back(choice);
      return;
    }
    place(r + 1);
    for (std::uint32_t e = p.first[r]; e < p.first[r + 1]; ++e) {
      const std::uint32_t post = p.post[e];
      if (p.rank[e] == StableProblem::kRefused || held[post] == p.quota[post]) continue;
      ++held[post];
      choice[r] = e;
      place(r + 1);
      choice[r] = kNone;
      --held[post];
    }
  };
  place(0);
  return found;
}

TEST(stable, small_problems_give_the_best_of_all_stable_matchings_for_the_proposers) {
  std::mt19937 random(11);
  std::size_t with_several = 0;
  for (int round = 0; round < 3000; ++round) {
    test::RandomStable shape;
    shape.residents = 1 + random() % 6;
    shape.posts = 1 + random() % 4;
    shape.choices = 1 + random() % 4;
    shape.max_quota = 1 + random() % 3;
    shape.max_rank = round % 3 == 0 ? 3 : 100;
    shape.refused = round % 2 == 0 ? 0 : 20;
    const StableProblem p = test::random_stable(shape, random);
    SCOPED_TRACE(round);
    const auto stable = all_stable(p);
    ASSERT_FALSE(stable.empty());  // Gale & Shapley
    if (stable.size() > 1) ++with_several;
    const StableMatching best = match_resident_optimal(p);
    const StableMatching worst = match_post_optimal(p);
    EXPECT_TRUE(blocking_pairs(p, best).empty());
    EXPECT_TRUE(blocking_pairs(p, worst).empty());
    for (const auto& other : stable) {
      for (std::uint32_t r = 0; r < p.residents(); ++r) {
        // An earlier choice is a smaller index, and nothing is the largest.
        ASSERT_LE(best.choice[r], other[r]);
        ASSERT_GE(worst.choice[r], other[r]);
      }
    }
  }
  EXPECT_GT(with_several, 10U);
}

TEST(stable, large_problems_have_no_blocking_pair_and_the_same_people_are_placed) {
  std::mt19937 random(12);
  const test::RandomStable shape{20'000, 1000, 10, 20, 500, 5};
  const StableProblem p = test::random_stable(shape, random);
  const StableMatching a = match_resident_optimal(p);
  const StableMatching b = match_post_optimal(p);
  EXPECT_TRUE(blocking_pairs(p, a).empty());
  EXPECT_TRUE(blocking_pairs(p, b).empty());
  for (std::uint32_t r = 0; r < p.residents(); ++r) {
    // The rural hospitals theorem (Roth 1986).
    ASSERT_EQ(a.choice[r] == kNone, b.choice[r] == kNone);
    ASSERT_LE(a.choice[r], b.choice[r]);
  }
}

TEST(stable, equal_ranks_go_to_who_stands_first) {
  StableProblem p;
  p.first = {0, 1, 2};
  p.post = {0, 0};
  p.rank = {7, 7};
  p.quota = {1};
  EXPECT_EQ(match_resident_optimal(p).choice, (std::vector<std::uint32_t>{0, kNone}));
  EXPECT_EQ(match_post_optimal(p).choice, (std::vector<std::uint32_t>{0, kNone}));
}

TEST(stable, blocking_pairs_are_found) {
  StableProblem p;
  p.first = {0, 2, 4};
  p.post = {0, 1, 0, 1};
  p.rank = {1, 2, 2, 1};
  p.quota = {1, 1};
  StableMatching swapped;
  swapped.choice = {1, 2};
  const auto pairs = blocking_pairs(p, swapped);
  ASSERT_EQ(pairs.size(), 1U);
  EXPECT_EQ(pairs[0].resident, 0U);
  EXPECT_EQ(pairs[0].choice, 0U);
  EXPECT_TRUE(blocking_pairs(p, match_resident_optimal(p)).empty());
  StableMatching nobody;
  nobody.choice = {kNone, kNone};
  EXPECT_EQ(blocking_pairs(p, nobody).size(), 4U);
  EXPECT_EQ(blocking_pairs(p, nobody, 2).size(), 2U);
  StableMatching over;  // both in post 0
  over.choice = {0, 2};
  EXPECT_FALSE(blocking_pairs(p, over).empty());
}

TEST(stable, problems_whose_parts_do_not_fit_are_refused) {
  StableProblem p;
  p.first = {0, 1};
  p.post = {1};
  p.rank = {0};
  p.quota = {1};
  EXPECT_FALSE(is_well_formed(p));
  EXPECT_TRUE(match_resident_optimal(p).choice.empty());
  EXPECT_TRUE(match_post_optimal(p).choice.empty());
  p.post = {0};
  EXPECT_TRUE(is_well_formed(p));
  p.quota = {0};
  EXPECT_EQ(match_resident_optimal(p).choice[0], kNone);
  EXPECT_EQ(match_post_optimal(p).choice[0], kNone);
  EXPECT_TRUE(blocking_pairs(p, match_resident_optimal(p)).empty());
  EXPECT_TRUE(match_resident_optimal(StableProblem{}).choice.empty());
}

}  // namespace
}  // namespace tc::matching
