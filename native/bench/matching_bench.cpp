// The assignment solvers beside LEMON on the same full matrix of 2,000 x 2,000: match_dense_ratio
// runs ours, NetworkSimplex and CostScaling and reports ours / the faster of the two; at most 1 is
// wanted. LEMON's time is that of run() on a graph that is built. match_sparse is 50,000 needs with
// 20 candidates each, proof included in `gap`. match_stable is 1,000,000 graduates with 20 choices
// each and 50,000 posts. match_quality prints nDCG@5 on the labelled pairs, and the margin over
// plain BM25 on character bigrams.

#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <random>
#include <vector>

#include "core/matching/assignment.hpp"
#include "core/matching/stable.hpp"
#include "tests/core/matching/ranking_quality.hpp"

#ifdef TONGCHENG_LEMON
#include "native/bench/lemon_assignment.hpp"
#endif

namespace {

using namespace tc::matching;
using Clock = std::chrono::steady_clock;

constexpr std::uint32_t kDense = 2000;

const std::vector<std::int32_t>& dense_costs() {
  static const std::vector<std::int32_t> costs = [] {
    std::mt19937 random(1);
    std::vector<std::int32_t> made(std::size_t{kDense} * kDense);
    for (std::int32_t& cost : made) cost = static_cast<std::int32_t>(1 + random() % 1'000'000);
    return made;
  }();
  return costs;
}

void match_dense(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(assign_dense(kDense, kDense, dense_costs())->cost);
  }
}
BENCHMARK(match_dense)->Unit(benchmark::kMillisecond);

#ifdef TONGCHENG_LEMON
void match_dense_ratio(benchmark::State& state) {
  for (auto _ : state) {
    const auto start = Clock::now();
    const auto ours = assign_dense(kDense, kDense, dense_costs());
    const double our_time = std::chrono::duration<double>(Clock::now() - start).count();
    const LemonTimes lemon = lemon_assignment(kDense, dense_costs().data());
    if (lemon.simplex_cost != ours->cost || lemon.scaling_cost != ours->cost) {
      state.SkipWithError("the costs differ");
      return;
    }
    state.counters["ours_s"] = our_time;
    state.counters["simplex_s"] = lemon.simplex;
    state.counters["scaling_s"] = lemon.scaling;
    state.counters["ours/lemon"] = our_time / std::min(lemon.simplex, lemon.scaling);
  }
}
BENCHMARK(match_dense_ratio)->Unit(benchmark::kMillisecond)->Iterations(1);
#endif

/// `spread`: how much better some results are for everybody, which makes many needs want the same.
AssignmentProblem sparse_problem(std::int32_t spread) {
  constexpr std::uint32_t kSide = 50'000;
  constexpr std::uint32_t kCandidates = 20;
  std::mt19937 random(2);
  std::vector<std::int32_t> worth(kSide);
  for (std::int32_t& w : worth) {
    w = spread == 0 ? 0 : static_cast<std::int32_t>(random() % static_cast<std::uint32_t>(spread));
  }
  AssignmentProblem problem;
  problem.cols = kSide;
  for (std::uint32_t i = 0; i < kSide; ++i) {
    for (std::uint32_t k = 0; k < kCandidates; ++k) {
      const auto col = static_cast<std::uint32_t>(random() % kSide);
      problem.arcs.push_back(
          {col, worth[col] + static_cast<std::int32_t>(1 + random() % 1'000'000)});
    }
    problem.first.push_back(static_cast<std::uint32_t>(problem.arcs.size()));
  }
  return problem;
}

void match_sparse(benchmark::State& state) {
  const AssignmentProblem problem = sparse_problem(static_cast<std::int32_t>(state.range(0)));
  Assignment assignment;
  for (auto _ : state) {
    assignment = assign(problem);
    benchmark::DoNotOptimize(assignment.weight);
  }
  const Certificate proof = certify(problem, assignment);
  if (!proof.feasible || proof.gap() != 0) state.SkipWithError("not optimal");
  state.counters["gap"] = static_cast<double>(proof.gap());
  state.counters["pairs"] = static_cast<double>(assignment.chosen.size());
}
BENCHMARK(match_sparse)->Unit(benchmark::kMillisecond)->Arg(0)->Arg(1'000'000);

/// Posts are liked unequally, and think of everybody by a mark and a part of their own.
StableProblem stable_problem() {
  constexpr std::uint32_t kGraduates = 1'000'000;
  constexpr std::uint32_t kPosts = 50'000;
  constexpr std::uint32_t kChoices = 20;
  std::mt19937_64 random(3);
  StableProblem problem;
  problem.first.reserve(kGraduates + 1);
  problem.post.reserve(std::size_t{kGraduates} * kChoices);
  problem.rank.reserve(std::size_t{kGraduates} * kChoices);
  for (std::uint32_t r = 0; r < kGraduates; ++r) {
    const auto mark = static_cast<std::uint32_t>(random() % 1'000'000);
    for (std::uint32_t k = 0; k < kChoices; ++k) {
      const std::uint64_t draw = random();
      const auto a = static_cast<std::uint32_t>(draw % kPosts);
      const auto b = static_cast<std::uint32_t>((draw >> 20U) % kPosts);
      problem.post.push_back(std::min(a, b));
      problem.rank.push_back(mark + static_cast<std::uint32_t>((draw >> 40U) % 500'000));
    }
    problem.first.push_back(static_cast<std::uint32_t>(problem.post.size()));
  }
  problem.quota.assign(kPosts, 18);
  return problem;
}

void match_stable(benchmark::State& state, StableMatching (*match)(const StableProblem&)) {
  const StableProblem problem = stable_problem();
  StableMatching matching;
  for (auto _ : state) {
    matching = match(problem);
    benchmark::DoNotOptimize(matching.choice.data());
  }
  if (!blocking_pairs(problem, matching).empty()) state.SkipWithError("not stable");
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  state.counters["proposals"] = static_cast<double>(matching.proposals);
  state.counters["placed"] = static_cast<double>(
      matching.choice.size() -
      static_cast<std::size_t>(
          std::count(matching.choice.begin(), matching.choice.end(), StableMatching::kNone)));
  state.counters["peak_MB"] = static_cast<double>(usage.ru_maxrss) / 1024;
}
BENCHMARK_CAPTURE(match_stable, graduates_propose, match_resident_optimal)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(match_stable, posts_propose, match_post_optimal)->Unit(benchmark::kMillisecond);

/// One round over all needs of the labelled set, with the quality that it gives.
void match_quality(benchmark::State& state) {
  const auto taxonomy = load_taxonomy(test::file_text("assets/taxonomy/clusters.json"));
  const test::Labelled set = test::read_labelled("tests/core/matching/labelled_pairs.json");
  if (!taxonomy) {
    state.SkipWithError("no taxonomy");
    return;
  }
  double ours = 0;
  for (auto _ : state) ours = test::quality(set, *taxonomy.value, {});
  const double baseline = test::baseline_quality(set);
  state.counters["pairs"] = static_cast<double>(set.pairs);
  state.counters["ndcg5"] = ours;
  state.counters["bigram_bm25"] = baseline;
  state.counters["margin"] = ours - baseline;
}
BENCHMARK(match_quality)->Unit(benchmark::kMillisecond);

}  // namespace
