#include "core/schedule/monte_carlo.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

#include "core/model/generate.hpp"
#include "tests/core/schedule/random_network.hpp"

namespace tc::cpm {
namespace {

using Sampler = double (*)(Stream&, const Spread&);

struct Moments {
  double mean = 0;
  double variance = 0;
  double least = std::numeric_limits<double>::max();
  double most = std::numeric_limits<double>::lowest();
};

Moments moments(Sampler sampler, const Spread& spread, int count) {
  Moments m;
  double sum = 0;
  double squares = 0;
  for (int i = 0; i < count; ++i) {
    Stream stream(42, static_cast<std::uint64_t>(i), 7);
    const double x = sampler(stream, spread);
    sum += x;
    squares += x * x;
    m.least = std::min(m.least, x);
    m.most = std::max(m.most, x);
  }
  m.mean = sum / count;
  m.variance = squares / count - m.mean * m.mean;
  return m;
}

constexpr int kSamples = 200'000;

/// Four standard errors of a mean and a rough bound for a variance.
void expect_moments(const Moments& found, double mean, double variance) {
  EXPECT_NEAR(found.mean, mean, 4 * std::sqrt(variance / kSamples));
  EXPECT_NEAR(found.variance, variance, variance * 0.02);
}

TEST(Sampling, TriangularHasItsMoments) {
  for (const Spread& s : {Spread{2, 5, 14}, Spread{0, 0, 3}, Spread{1, 4, 4}, Spread{3, 5, 7}}) {
    const Moments found = moments(sample_triangular, s, kSamples);
    expect_moments(found, (s.low + s.mode + s.high) / 3,
                   (s.low * s.low + s.mode * s.mode + s.high * s.high - s.low * s.mode -
                    s.low * s.high - s.mode * s.high) /
                       18);
    EXPECT_GE(found.least, s.low);
    EXPECT_LE(found.most, s.high);
  }
}

TEST(Sampling, PertHasItsMoments) {
  for (const Spread& s :
       {Spread{2, 5, 14}, Spread{0, 0, 3}, Spread{1, 4, 4}, Spread{3, 5, 7}, Spread{0, 99, 100}}) {
    const Moments found = moments(sample_pert, s, kSamples);
    const double mean = (s.low + 4 * s.mode + s.high) / 6;
    // Beta with α + β = 6: (μ − low)(high − μ) / 7.
    expect_moments(found, mean, (mean - s.low) * (s.high - mean) / 7);
    EXPECT_GE(found.least, s.low);
    EXPECT_LE(found.most, s.high);
  }
}

/// Regularised incomplete beta function for α = β = 3: x³(10 − 15x + 6x²).
TEST(Sampling, PertHasTheDistributionOfABeta) {
  const Spread symmetric{0, 0.5, 1};
  std::vector<int> below(10, 0);
  for (int i = 0; i < kSamples; ++i) {
    Stream stream(3, static_cast<std::uint64_t>(i), 0);
    const double x = sample_pert(stream, symmetric);
    for (int k = 1; k < 10; ++k) below[static_cast<std::size_t>(k)] += x < k / 10.0 ? 1 : 0;
  }
  for (int k = 1; k < 10; ++k) {
    const double x = k / 10.0;
    const double p = x * x * x * (10 - 15 * x + 6 * x * x);
    EXPECT_NEAR(below[static_cast<std::size_t>(k)] / static_cast<double>(kSamples), p,
                4 * std::sqrt(p * (1 - p) / kSamples));
  }
}

TEST(Sampling, NoRangeNoChance) {
  Stream stream(1, 1, 1);
  EXPECT_EQ(sample_pert(stream, {5, 5, 5}), 5);
  EXPECT_EQ(sample_triangular(stream, {5, 5, 5}), 5);
}

TEST(Sampling, StreamsAreTheSameEverywhere) {
  // Pinned, so that a change of platform, compiler or code shows.
  Stream stream(2024, 3, 23);
  EXPECT_EQ(stream.next(), Stream(2024, 3, 23).next());
  EXPECT_NE(Stream(2024, 3, 23).next(), Stream(2024, 3, 24).next());
  EXPECT_NE(Stream(2024, 3, 23).next(), Stream(2024, 4, 23).next());
  EXPECT_NE(Stream(2024, 3, 23).next(), Stream(2025, 3, 23).next());
  EXPECT_EQ(Stream(1, 0, 0).next(), 4425000652912241429U);
}

std::vector<std::optional<Spread>> all(std::size_t count, const Spread& spread) {
  return std::vector<std::optional<Spread>>(count, spread);
}

Network chain(int length, Day duration) {
  std::vector<Activity> activities(static_cast<std::size_t>(length));
  std::vector<Link> links;
  for (std::uint32_t i = 0; i < activities.size(); ++i) {
    activities[i].duration = duration;
    if (i > 0) links.push_back({i - 1, i, DependencyType::finish_to_start, 0});
  }
  return *Network::build(activities, links).network;
}

TEST(Simulation, AChainAddsUpMeansAndVariances) {
  const Network network = chain(20, 5);
  const Solution solution = solve(network);
  SimulationOptions options;
  options.runs = 20'000;
  const Spread spread{2, 5, 14};
  const Simulation found = simulate(network, solution, all(20, spread), {}, options);
  const double mean = (2 + 4 * 5 + 14) / 6.0;
  const double variance = (mean - 2) * (14 - mean) / 7;
  EXPECT_NEAR(found.finish.mean, 20 * mean, 4 * std::sqrt(20 * variance / options.runs));
  EXPECT_NEAR(found.finish.deviation, std::sqrt(20 * variance), 0.02 * std::sqrt(20 * variance));
  // Close to normal by the central limit theorem: the quantiles are mean + zσ, rounded up.
  EXPECT_NEAR(found.finish.p50, 20 * mean + 0.5, 1);
  EXPECT_NEAR(found.finish.p80, 20 * mean + 0.842 * std::sqrt(20 * variance) + 0.5, 1.5);
  EXPECT_NEAR(found.finish.p95, 20 * mean + 1.645 * std::sqrt(20 * variance) + 0.5, 1.5);
  for (double share : found.criticality) EXPECT_EQ(share, 1);
  std::uint32_t runs = 0;
  for (const auto& [day, count] : found.histogram) runs += count;
  EXPECT_EQ(runs, options.runs);
}

TEST(Simulation, TwoEqualPathsAreEachCriticalHalfTheTime) {
  std::vector<Activity> activities(3);
  activities[0].duration = 100;
  activities[1].duration = 100;
  const std::vector<Link> links = {{0, 2, DependencyType::finish_to_start, 0},
                                   {1, 2, DependencyType::finish_to_start, 0}};
  const Network network = *Network::build(activities, links).network;
  const Solution solution = solve(network);
  const Spread spread{0, 100, 200};
  SimulationOptions options;
  options.runs = 20'000;
  options.shape = Shape::triangular;
  const std::vector<std::optional<Spread>> spreads = {spread, spread, std::nullopt};
  const Simulation found = simulate(network, solution, spreads, {}, options);
  EXPECT_NEAR(found.criticality[0], 0.5, 0.015);
  EXPECT_NEAR(found.criticality[1], 0.5, 0.015);
  EXPECT_EQ(found.criticality[2], 1);
  // The later of two: P(both ≤ t) = F(t)², so the quantile of p is F⁻¹(√p), and F is
  // 1 − (200 − t)² / 20000 above the mode.
  const auto quantile = [](double p) { return 200 - std::sqrt(20000 * (1 - std::sqrt(p))); };
  EXPECT_NEAR(found.finish.p50, quantile(0.5) + 0.5, 1.5);
  EXPECT_NEAR(found.finish.p80, quantile(0.8) + 0.5, 1.5);
  EXPECT_NEAR(found.finish.p95, quantile(0.95) + 0.5, 1.5);
}

TEST(Simulation, WithoutSpreadsItIsTheSchedule) {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    TestRandom random(seed);
    RandomNetwork made =
        random_network(random, random.between(1, 40), random.between(0, 80), {false, true});
    for (Activity& a : made.activities) {
      if (random.chance(20)) a.start_no_earlier = random.between(0, 50);
      if (random.chance(10)) a.must_finish_on = random.between(0, 50);
    }
    const Network network = made.network();
    const Solution solution = solve(network);
    std::vector<Point> points;
    for (std::uint32_t i = 0; i < made.activities.size(); ++i) {
      const Day remaining = std::max(0, solution.times[i].remaining);
      points.push_back({i, remaining, remaining});
      points.push_back({i, 0, remaining});
    }
    SimulationOptions options;
    options.runs = 3;
    const Simulation found = simulate(network, solution, {}, points, options);
    EXPECT_EQ(found.finish.p50, solution.finish);
    EXPECT_EQ(found.finish.deviation, 0);
    for (std::size_t i = 0; i < made.activities.size(); ++i) {
      const Times& times = solution.times[i];
      EXPECT_EQ(found.points[2 * i].p95, times.finish);
      EXPECT_EQ(found.points[2 * i].p50, times.finish);
      EXPECT_EQ(found.points[2 * i + 1].p50, times.finish - std::max(0, times.remaining));
    }
    for (std::size_t i = 0; i < made.activities.size(); ++i) {
      // Deadlines play no part in it, only the finish of the run.
      if (solution.critical(i) && solution.times[i].total_float() == 0 &&
          network[i].must_finish_on == kNoDay) {
        continue;
      }
      if (!solution.times[i].finished() && solution.times[i].total_float() > 0) {
        EXPECT_EQ(found.criticality[i], 0) << seed;
      }
    }
  }
}

TEST(Simulation, SameSeedSameResultOtherSeedAnother) {
  const Network network = chain(5, 10);
  const Solution solution = solve(network);
  SimulationOptions options;
  options.runs = 500;
  const auto spreads = all(5, {8, 10, 20});
  const Simulation a = simulate(network, solution, spreads, {}, options);
  const Simulation b = simulate(network, solution, spreads, {}, options);
  EXPECT_EQ(a.histogram, b.histogram);
  EXPECT_EQ(a.finish.mean, b.finish.mean);
  options.seed = 2;
  EXPECT_NE(simulate(network, solution, spreads, {}, options).finish.mean, a.finish.mean);
  // What is pinned here must come out on every platform.
  EXPECT_EQ(a.finish.p50, 57);
  EXPECT_EQ(a.finish.p80, 61);
  EXPECT_EQ(a.finish.p95, 65);
  EXPECT_EQ(a.finish.mean, 56.716457031250002);
}

TEST(Simulation, AnotherActivityDoesNotChangeTheLuck) {
  const Network alone = chain(1, 10);
  std::vector<Activity> two(2);
  two[0].duration = 10;
  two[1].duration = 1;
  const Network with_another = *Network::build(two, {}).network;
  const Spread spread{8, 10, 20};
  const std::vector<Point> point = {{0, 10, 10}};
  const Simulation a = simulate(alone, solve(alone), all(1, spread), point);
  const Simulation b = simulate(with_another, solve(with_another), all(2, spread), point);
  EXPECT_EQ(a.points[0].mean, b.points[0].mean);
}

TEST(Simulation, StartedWorkVariesByWhatIsLeft) {
  std::vector<Activity> activities(1);
  activities[0].duration = 10;
  activities[0].remaining = 5;
  activities[0].actual_start = 0;
  Frame frame;
  frame.as_of = 20;
  const Network network = *Network::build(activities, {}, frame).network;
  SimulationOptions options;
  options.runs = 20'000;
  const Simulation found = simulate(network, solve(network), all(1, {4, 10, 16}), {}, options);
  EXPECT_NEAR(found.finish.mean, 25, 0.05);
  EXPECT_NEAR(found.finish.deviation, std::sqrt(6.0 * 6.0 / 7) / 2, 0.02);
}

TEST(Simulation, BadSpreadsAreNamedAndCyclesGiveNothing) {
  const Network network = chain(4, 10);
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const std::vector<std::optional<Spread>> spreads = {Spread{5, 4, 10}, Spread{-1, 4, 10},
                                                      Spread{1, 4, nan}, Spread{1, 2, 3}};
  const Simulation found = simulate(network, solve(network), spreads, {});
  EXPECT_EQ(found.ignored, (std::vector<std::uint32_t>{0, 1, 2}));
  EXPECT_GT(found.finish.p50, 31);
  EXPECT_LT(found.finish.p50, 34);

  const std::vector<Link> loop = {{0, 0, DependencyType::finish_to_start, 0}};
  const Network cyclic = *Network::build(std::vector<Activity>(1), loop).network;
  EXPECT_TRUE(simulate(cyclic, solve(cyclic), {}, {}).criticality.empty());
  SimulationOptions none;
  none.runs = 0;
  EXPECT_TRUE(simulate(network, solve(network), {}, {}, none).criticality.empty());
}

}  // namespace
}  // namespace tc::cpm

namespace tc {
namespace {

TEST(ScheduleRisk, DatesOfItemsAndMilestones) {
  Programme programme;
  ActionItem a;
  a.code = "A";
  a.start = make_date(2024, 4, 1);
  a.due = make_date(2024, 4, 12);
  a.status = Status::not_started;
  Milestone half;
  half.id = "half";
  half.due = make_date(2024, 4, 5);
  a.milestones = {half};
  ActionItem b = a;
  b.code = "B";
  b.start = make_date(2024, 4, 15);
  b.due = make_date(2024, 4, 19);
  b.milestones = {};
  Dependency dependency;
  dependency.item = "A";
  b.depends_on = {dependency};
  ActionItem c;
  c.code = "C";
  programme.items = {a, b, c};
  const WorkCalendar calendar;
  programme.items[0].estimate = {8, 10, 20};
  const Schedule schedule = make_schedule(programme, calendar, *make_date(2024, 3, 25));
  const ScheduleRisk risk = simulate(schedule, programme, calendar);
  EXPECT_EQ(risk.runs, 2000U);
  EXPECT_EQ(risk.estimated, 1U);
  ASSERT_TRUE(risk.items[0]);
  ASSERT_TRUE(risk.milestones[0][0]);
  EXPECT_FALSE(risk.items[2]);
  EXPECT_FALSE(risk.criticality[2]);
  // Half of the work: half of what it takes longer.
  EXPECT_NEAR(
      calendar.working_days_between(*schedule.milestones[0][0].finish, risk.milestones[0][0]->p95),
      calendar.working_days_between(*schedule.items[0].finish, risk.items[0]->p95) / 2.0, 1.0);
  EXPECT_GT(risk.items[0]->p80, risk.items[0]->p50);
  EXPECT_GT(risk.items[0]->p95, risk.items[0]->p80);
  EXPECT_EQ(risk.finish->p95, risk.items[1]->p95);
  EXPECT_EQ(risk.criticality[1], 1.0);
  EXPECT_GE(*schedule.items[1].finish, *b.due);
  EXPECT_FALSE(risk.histogram.empty());
  // Nothing is assumed unless asked for.
  programme.items[0].estimate.reset();
  EXPECT_EQ(simulate(schedule, programme, calendar).finish->p95, *schedule.finish);
  RiskOptions assumed;
  assumed.assumed = cpm::Spread{0.9, 1, 1.5};
  const ScheduleRisk with = simulate(schedule, programme, calendar, assumed);
  EXPECT_EQ(with.estimated, 2U);
  EXPECT_GT(with.finish->p95, *schedule.finish);
  programme.items[0].estimate = {10, 8, 20};
  EXPECT_EQ(simulate(schedule, programme, calendar).ignored, std::vector<std::size_t>{0});
  EXPECT_EQ(simulate(schedule, programme, calendar).estimated, 0U);
}

TEST(ScheduleRisk, CyclesGiveNothing) {
  Programme programme;
  ActionItem a;
  a.code = "A";
  a.start = make_date(2024, 4, 1);
  a.due = make_date(2024, 4, 12);
  Dependency dependency;
  dependency.item = "A";
  a.depends_on = {dependency};
  programme.items = {a};
  const WorkCalendar calendar;
  const Schedule schedule = make_schedule(programme, calendar, *make_date(2024, 3, 25));
  const ScheduleRisk risk = simulate(schedule, programme, calendar);
  EXPECT_EQ(risk.runs, 0U);
  EXPECT_FALSE(risk.finish);
}

TEST(ScheduleRisk, AGeneratedProgramme) {
  const Programme programme = generate_programme(500, 3);
  const WorkCalendar calendar;
  const Schedule schedule = make_schedule(programme, calendar, *programme.as_of);
  RiskOptions options;
  options.assumed = cpm::Spread{0.8, 1, 1.6};
  options.simulation.runs = 200;
  const ScheduleRisk risk = simulate(schedule, programme, calendar, options);
  ASSERT_TRUE(risk.finish);
  EXPECT_GE(risk.finish->p50, *schedule.finish - 10);
  double most = 0;
  for (const auto& share : risk.criticality) most = std::max(most, share.value_or(0));
  EXPECT_GT(most, 0.2);
}

}  // namespace
}  // namespace tc
