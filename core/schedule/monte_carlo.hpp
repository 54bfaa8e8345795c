#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "core/model/random.hpp"
#include "core/schedule/calendar.hpp"
#include "core/schedule/network.hpp"
#include "core/schedule/schedule.hpp"

namespace tc::cpm {

/// The shape of a three-point estimate.
enum class Shape : std::uint8_t {
  pert,        ///< beta on [low, high] with mean (low + λ·mode + high) / (λ + 2), λ = 4
  triangular,  ///< mean (low + mode + high) / 3
};

/// How long an activity may take, in working days: low ≤ mode ≤ high, all finite and not negative.
struct Spread {
  double low = 0;
  double mode = 0;
  double high = 0;
};

/// A stream of random numbers that is the same on every platform: SplitMix64 (Steele, Lea, Flood
/// 2014) with documented transforms instead of the standard library's distributions. Each run and
/// activity has its own stream, so that a result depends neither on the order of computation nor on
/// what else is in the network, and two variants of a plan are compared under the same luck.
class Stream {
 public:
  Stream(std::uint64_t seed, std::uint64_t run, std::uint64_t activity);
  std::uint64_t next() { return random_.next(); }
  /// In (0, 1), 52 bits.
  double uniform();

 private:
  SplitMix64 random_;
};

/// Inverse of the distribution function; only a square root besides arithmetic.
double sample_triangular(Stream& stream, const Spread& spread);

/// Beta distribution with α = 1 + λ(mode − low)/(high − low), β = 1 + λ(high − mode)/(high − low),
/// λ = 4 (Malcolm, Roseboom, Clark, Fazar 1959, as generalised by Vose), by rejection after Cheng's
/// algorithm BB (CACM 21, 1978).
double sample_pert(Stream& stream, const Spread& spread);

/// An event inside an activity whose time is wanted: `offset` of its `remaining` days after the
/// (remaining) work begins, in proportion if that takes longer or shorter, and not before
/// `earliest`. With `offset == remaining` it is the activity's finish.
struct Point {
  std::uint32_t activity = 0;
  Day offset = 0;
  Day remaining = 0;
  Day earliest = -kDayLimit;
};

struct SimulationOptions {
  std::uint32_t runs = 2000;
  std::uint64_t seed = 1;
  Shape shape = Shape::pert;
};

/// Boundaries by which an event has happened in at least 50, 80 and 95 % of the runs (nearest
/// rank), in whole working days, rounded up; mean and standard deviation in working days, not
/// rounded.
struct Quantiles {
  Day p50 = 0;
  Day p80 = 0;
  Day p95 = 0;
  double mean = 0;
  double deviation = 0;
};

struct Simulation {
  Quantiles finish;
  std::vector<Quantiles> points;
  /// Share of the runs in which an activity was critical with respect to that run's finish.
  std::vector<double> criticality;
  /// Finish and number of runs with it, in order.
  std::vector<std::pair<Day, std::uint32_t>> histogram;
  /// Activities whose spread isn't one; they took their planned duration.
  std::vector<std::uint32_t> ignored;
};

/// Monte Carlo simulation of the network: in each run every activity with a spread takes a random
/// duration (a started one that share of it which is left), everything else is as planned. Days are
/// divided into 1,024 parts and added up exactly. Nothing comes of a network with a cycle (an empty
/// `criticality`). O(runs · (activities + links)) time, 4 bytes for each run and point.
Simulation simulate(const Network& network, const Solution& solution,
                    std::span<const std::optional<Spread>> spreads, std::span<const Point> points,
                    const SimulationOptions& options = {});

}  // namespace tc::cpm

namespace tc {

/// Days on which something is done with a likelihood of 50, 80 and 95 %.
struct DateQuantiles {
  Date p50;
  Date p80;
  Date p95;
  double deviation_days = 0;  ///< standard deviation, working days
};

struct RiskOptions {
  cpm::SimulationOptions simulation;
  /// Duration factors for items without an estimate, as 0.9, 1, 1.3; none: they take what is
  /// planned. Whoever sets them assumes something, and should say so beside the result.
  std::optional<cpm::Spread> assumed;
};

struct ScheduleRisk {
  std::uint32_t runs = 0;
  std::size_t estimated = 0;  ///< unfinished items whose duration varied
  std::optional<DateQuantiles> finish;
  std::vector<std::optional<DateQuantiles>> items;  ///< by item; unfinished ones with dates
  std::vector<std::vector<std::optional<DateQuantiles>>> milestones;
  std::vector<std::optional<double>> criticality;         ///< by item, 0 to 1
  std::vector<std::pair<Date, std::uint32_t>> histogram;  ///< runs by day of the finish
  std::vector<std::size_t> ignored;  ///< items whose estimate isn't one (see `cpm::Spread`)
};

/// Simulates a programme's schedule with its items' estimates.
ScheduleRisk simulate(const Schedule& schedule, const Programme& programme,
                      const WorkCalendar& calendar, const RiskOptions& risk = {});

}  // namespace tc
