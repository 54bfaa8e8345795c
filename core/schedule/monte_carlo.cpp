#include "core/schedule/monte_carlo.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tc::cpm {

namespace {

constexpr double kLambda = 4;

/// A tick is 1/1024 of a working day. Times are whole ticks, so that sums are exact and floats are
/// exactly 0, and the last bit of a logarithm, which libraries don't agree on, is rounded away.
using Tick = std::int64_t;
constexpr Tick kTicks = 1024;
constexpr Tick kNever = std::numeric_limits<Tick>::min();

bool is_spread(const Spread& s) {
  return std::isfinite(s.high) && s.low >= 0 && s.low <= s.mode && s.mode <= s.high &&
         s.high <= kDayLimit;
}

Tick ticks(Day day) {
  return Tick{day} * kTicks;
}
Tick ticks_or_never(Day day) {
  return day == kNoDay ? kNever : ticks(day);
}

/// The boundary at or after a time.
Day day_at_or_after(Tick tick) {
  const Tick up = tick + kTicks - 1;
  return static_cast<Day>(up / kTicks - (up % kTicks < 0 ? 1 : 0));
}

/// What a run needs of an activity, laid out in topological order.
struct Node {
  Tick earliest = 0;
  Tick must_finish_on = kNever;
  Tick actual_start = kNever;
  Tick actual_finish = kNever;
  Tick remaining = 0;
  double scale = 0;  ///< of a sampled duration: the share that is left; 0: not random
  Spread spread;
  std::uint32_t activity = 0;
  std::uint32_t in_begin = 0;
  std::uint32_t in_end = 0;
};

struct InLink {
  std::uint32_t from = 0;  ///< place in the order
  bool from_finish = false;
  bool to_finish = false;
  Tick lag = 0;
};

Quantiles quantiles(std::vector<Day>& days, double sum, double sum_of_squares) {
  Quantiles result;
  const std::size_t n = days.size();
  std::sort(days.begin(), days.end());
  const auto rank = [&](std::size_t percent) { return days[(n * percent + 99) / 100 - 1]; };
  result.p50 = rank(50);
  result.p80 = rank(80);
  result.p95 = rank(95);
  const auto count = static_cast<double>(n);
  result.mean = sum / count;
  result.deviation =
      n < 2 ? 0 : std::sqrt(std::max(0.0, (sum_of_squares - sum * result.mean) / (count - 1)));
  return result;
}

/// Times of one event over all runs. Sums are taken from a reference, near which all of them lie,
/// so that the squares lose nothing.
class Record {
 public:
  Record(std::size_t runs, Day reference) : reference_(ticks(reference)) { days_.reserve(runs); }
  void add(Tick tick) {
    days_.push_back(day_at_or_after(tick));
    const double days = static_cast<double>(tick - reference_) / static_cast<double>(kTicks);
    sum_ += days;
    squares_ += days * days;
  }
  Quantiles result() {
    Quantiles q = quantiles(days_, sum_, squares_);
    q.mean += static_cast<double>(reference_) / static_cast<double>(kTicks);
    return q;
  }
  const std::vector<Day>& sorted() const { return days_; }

 private:
  Tick reference_;
  double sum_ = 0;
  double squares_ = 0;
  std::vector<Day> days_;
};

class Simulator {
 public:
  Simulator(const Network& network, const Solution& solution,
            std::span<const std::optional<Spread>> spreads, Simulation& result) {
    const std::size_t size = network.size();
    std::vector<std::uint32_t> place(size);
    for (std::size_t p = 0; p < size; ++p) {
      place[solution.order[p]] = static_cast<std::uint32_t>(p);
    }
    nodes_.reserve(size);
    links_.reserve(network.link_count());
    const Frame& frame = network.frame();
    start_ = ticks(frame.start);
    for (const std::uint32_t i : solution.order) {
      const Activity& a = network[i];
      const Times& times = solution.times[i];
      Node node;
      node.activity = i;
      node.actual_start = ticks_or_never(a.actual_start);
      node.actual_finish = ticks_or_never(a.actual_finish);
      node.remaining = ticks(std::max(0, times.remaining));
      node.must_finish_on = ticks_or_never(a.must_finish_on);
      node.earliest = ticks(frame.start);
      if (a.actual_start != kNoDay) {
        node.earliest =
            ticks(frame.as_of == kNoDay ? a.actual_start + std::max(0, a.duration - times.remaining)
                                        : std::max(a.actual_start, frame.as_of));
      } else {
        node.earliest = std::max(node.earliest, ticks_or_never(a.start_no_earlier));
        node.earliest = std::max(node.earliest, ticks_or_never(frame.as_of));
      }
      if (i < spreads.size() && spreads[i] && !times.finished()) {
        if (is_spread(*spreads[i])) {
          node.spread = *spreads[i];
          node.scale = a.duration == 0 ? 0 : static_cast<double>(times.remaining) / a.duration;
        } else {
          result.ignored.push_back(i);
        }
      }
      node.in_begin = static_cast<std::uint32_t>(links_.size());
      for (const Arc arc : network.in(i)) {
        links_.push_back({place[arc.node()], arc.from_finish(), arc.to_finish(), ticks(arc.lag())});
      }
      node.in_end = static_cast<std::uint32_t>(links_.size());
      nodes_.push_back(node);
    }
    std::sort(result.ignored.begin(), result.ignored.end());
    start.resize(size);
    finish.resize(size);
    remaining.resize(size);
    late_.resize(size);
    critical_runs.resize(size);
    places = std::move(place);
  }

  Tick run(std::uint64_t seed, std::uint64_t number, Shape shape) {
    Tick end = start_;
    for (std::size_t p = 0; p < nodes_.size(); ++p) {
      const Node& node = nodes_[p];
      if (node.actual_finish != kNever) {
        start[p] = node.actual_start;
        finish[p] = node.actual_finish;
        remaining[p] = 0;
      } else {
        Tick left = node.remaining;
        if (node.scale > 0) {
          Stream stream(seed, number, node.activity);
          const double days = shape == Shape::pert ? sample_pert(stream, node.spread)
                                                   : sample_triangular(stream, node.spread);
          left = std::llround(days * node.scale * static_cast<double>(kTicks));
        }
        Tick work = node.earliest;
        if (node.must_finish_on != kNever) work = std::max(work, node.must_finish_on - left);
        for (std::uint32_t k = node.in_begin; k < node.in_end; ++k) {
          const InLink& link = links_[k];
          const Tick from = link.from_finish ? finish[link.from] : start[link.from];
          work = std::max(work, from + link.lag - (link.to_finish ? left : 0));
        }
        remaining[p] = left;
        finish[p] = work + left;
        start[p] = node.actual_start != kNever ? node.actual_start : work;
      }
      end = std::max(end, finish[p]);
    }
    count_critical(end);
    return end;
  }

  // By place in the order, of the last run.
  std::vector<Tick> start;
  std::vector<Tick> finish;
  std::vector<Tick> remaining;
  std::vector<std::uint32_t> critical_runs;
  std::vector<std::uint32_t> places;  ///< by activity

 private:
  void count_critical(Tick end) {
    std::fill(late_.begin(), late_.end(), end);
    for (std::size_t p = nodes_.size(); p-- > 0;) {
      const Node& node = nodes_[p];
      if (node.actual_finish != kNever) continue;
      if (late_[p] == finish[p]) ++critical_runs[p];
      for (std::uint32_t k = node.in_begin; k < node.in_end; ++k) {
        const InLink& link = links_[k];
        const Node& from = nodes_[link.from];
        if (!link.from_finish && from.actual_start != kNever) continue;
        const Tick limit = late_[p] - (link.to_finish ? 0 : remaining[p]) - link.lag +
                           (link.from_finish ? 0 : remaining[link.from]);
        late_[link.from] = std::min(late_[link.from], limit);
      }
    }
  }

  std::vector<Node> nodes_;
  std::vector<InLink> links_;
  std::vector<Tick> late_;
  Tick start_ = 0;
};

}  // namespace

Stream::Stream(std::uint64_t seed, std::uint64_t run, std::uint64_t activity)
    : random_(
          SplitMix64::mix(SplitMix64::mix(seed + SplitMix64::kGolden) + run * SplitMix64::kGolden) ^
          SplitMix64::mix((activity + 1) * SplitMix64::kGolden)) {}

double Stream::uniform() {
  return (static_cast<double>(next() >> 12U) + 0.5) * 0x1p-52;
}

double sample_triangular(Stream& stream, const Spread& spread) {
  const double range = spread.high - spread.low;
  if (!(range > 0)) return spread.mode;
  const double u = stream.uniform();
  const double rising = spread.mode - spread.low;
  if (u * range < rising) return spread.low + std::sqrt(u * range * rising);
  return spread.high - std::sqrt((1 - u) * range * (spread.high - spread.mode));
}

double sample_pert(Stream& stream, const Spread& spread) {
  const double range = spread.high - spread.low;
  if (!(range > 0)) return spread.mode;
  const double alpha = 1 + kLambda * (spread.mode - spread.low) / range;
  const double beta = 1 + kLambda * (spread.high - spread.mode) / range;
  // Names as in Cheng's paper.
  const double a = std::min(alpha, beta);
  const double b = std::max(alpha, beta);
  const double sum = a + b;
  const double root = std::sqrt((sum - 2) / (2 * a * b - sum));
  const double gamma = a + 1 / root;
  constexpr double kLog4 = 1.3862943611198906;
  constexpr double kOnePlusLog5 = 2.6094379124341003;
  while (true) {
    const double u1 = stream.uniform();
    const double u2 = stream.uniform();
    const double v = root * std::log(u1 / (1 - u1));
    const double w = a * std::exp(v);
    const double z = u1 * u1 * u2;
    const double r = gamma * v - kLog4;
    const double s = a + r - w;
    if (s + kOnePlusLog5 < 5 * z) {
      const double t = std::log(z);
      if (s < t && r + sum * std::log(sum / (b + w)) < t) continue;
    }
    const double x = w / (b + w);
    return spread.low + range * (a == alpha ? x : 1 - x);
  }
}

Simulation simulate(const Network& network, const Solution& solution,
                    std::span<const std::optional<Spread>> spreads, std::span<const Point> points,
                    const SimulationOptions& options) {
  Simulation result;
  const std::size_t size = network.size();
  if (solution.order.size() != size || options.runs == 0) return result;
  Simulator simulator(network, solution, spreads, result);
  Record finish(options.runs, solution.finish);
  std::vector<Record> records;
  records.reserve(points.size());
  for (const Point& point : points) {
    records.emplace_back(options.runs, solution.times[point.activity].finish);
  }
  for (std::uint32_t run = 0; run < options.runs; ++run) {
    finish.add(simulator.run(options.seed, run, options.shape));
    for (std::size_t k = 0; k < points.size(); ++k) {
      const Point& point = points[k];
      const std::uint32_t p = simulator.places[point.activity];
      Tick at = simulator.finish[p];
      if (point.offset != point.remaining) {
        const Tick left = simulator.remaining[p];
        at -= left;
        // Rounded down; exact when the work takes what was planned.
        at += point.remaining == 0 ? ticks(point.offset) : left * point.offset / point.remaining;
      }
      records[k].add(std::max(at, ticks(point.earliest)));
    }
  }
  result.finish = finish.result();
  for (Day day : finish.sorted()) {
    if (result.histogram.empty() || result.histogram.back().first != day) {
      result.histogram.emplace_back(day, 0);
    }
    ++result.histogram.back().second;
  }
  result.points.reserve(points.size());
  for (Record& record : records) result.points.push_back(record.result());
  result.criticality.resize(size);
  for (std::size_t i = 0; i < size; ++i) {
    result.criticality[i] =
        static_cast<double>(simulator.critical_runs[simulator.places[i]]) / options.runs;
  }
  return result;
}

}  // namespace tc::cpm

namespace tc {

ScheduleRisk simulate(const Schedule& schedule, const Programme& programme,
                      const WorkCalendar& calendar, const RiskOptions& risk) {
  ScheduleRisk result;
  result.items.resize(schedule.items.size());
  result.criticality.resize(schedule.items.size());
  result.milestones.resize(schedule.items.size());
  for (std::size_t i = 0; i < schedule.items.size(); ++i) {
    result.milestones[i].resize(schedule.milestones[i].size());
  }
  if (schedule.solution.times.empty() || risk.simulation.runs == 0) return result;

  std::vector<std::optional<cpm::Spread>> spreads(schedule.places.size());
  std::vector<cpm::Point> points;
  std::vector<Place> owners;
  for (std::uint32_t a = 0; a < schedule.places.size(); ++a) {
    const Place& place = schedule.places[a];
    const cpm::Times& times = schedule.solution.times[a];
    if (times.finished()) continue;
    points.push_back({a, times.remaining, times.remaining});
    owners.push_back(place);
    if (place.milestone != Place::kNone) continue;
    const std::optional<Estimate>& estimate = programme.items[place.item].estimate;
    const cpm::Day duration = schedule.network[a].duration;
    if (estimate && duration > 0) {
      spreads[a] = {estimate->optimistic, estimate->likely, estimate->pessimistic};
    } else if (risk.assumed && duration > 0) {
      spreads[a] = {risk.assumed->low * duration, risk.assumed->mode * duration,
                    risk.assumed->high * duration};
    }
    if (spreads[a]) ++result.estimated;
    for (std::size_t k = 0; k < schedule.points[place.item].size(); ++k) {
      const auto& point = schedule.points[place.item][k];
      if (!point) continue;
      points.push_back({point->activity, point->offset, point->remaining, point->earliest});
      owners.push_back({place.item, k});
    }
  }

  const cpm::Simulation simulation =
      cpm::simulate(schedule.network, schedule.solution, spreads, points, risk.simulation);
  result.runs = risk.simulation.runs;
  const auto to_dates = [&](const cpm::Quantiles& q) {
    return DateQuantiles{calendar.date_of(q.p50 - 1), calendar.date_of(q.p80 - 1),
                         calendar.date_of(q.p95 - 1), q.deviation};
  };
  result.finish = to_dates(simulation.finish);
  for (std::size_t k = 0; k < points.size(); ++k) {
    const Place& owner = owners[k];
    std::optional<DateQuantiles>& place = owner.milestone == Place::kNone
                                              ? result.items[owner.item]
                                              : result.milestones[owner.item][owner.milestone];
    place = to_dates(simulation.points[k]);
    if (owner.milestone == Place::kNone) {
      result.criticality[owner.item] = simulation.criticality[points[k].activity];
    }
  }
  for (const auto& [day, runs] : simulation.histogram) {
    result.histogram.emplace_back(calendar.date_of(day - 1), runs);
  }
  for (std::uint32_t a : simulation.ignored) {
    result.ignored.push_back(schedule.places[a].item);
    --result.estimated;
  }
  return result;
}

}  // namespace tc
