#include "core/schedule/network.hpp"

#include <algorithm>
#include <cstdlib>

namespace tc::cpm {

namespace {

constexpr std::uint32_t kFromFinish = 1;
constexpr std::uint32_t kToFinish = 2;
constexpr std::size_t kMaxActivities = std::size_t{1} << 30U;

std::uint32_t ends_of(DependencyType type) {
  switch (type) {
    case DependencyType::finish_to_start:
      return kFromFinish;
    case DependencyType::start_to_start:
      return 0;
    case DependencyType::finish_to_finish:
      return kFromFinish | kToFinish;
    case DependencyType::start_to_finish:
      return kToFinish;
  }
  return kFromFinish;
}

bool is_large(Day day) {
  return day != kNoDay && (day > kDayLimit || day < -kDayLimit);
}

std::optional<Fault> fault_of(const Activity& a) {
  if (a.duration < 0 || (a.remaining != kNoDay && a.remaining < 0)) return Fault::negative;
  if (is_large(a.duration) || is_large(a.remaining) || is_large(a.start_no_earlier) ||
      is_large(a.finish_no_later) || is_large(a.must_finish_on) || is_large(a.actual_start) ||
      is_large(a.actual_finish)) {
    return Fault::too_large;
  }
  if (a.actual_finish != kNoDay && (a.actual_start == kNoDay || a.actual_finish < a.actual_start)) {
    return Fault::finish_alone;
  }
  return std::nullopt;
}

/// No computed day lies further from 0 than the furthest given day plus all work and all lags.
std::int64_t work_of(const Activity& a) {
  return std::max(a.duration, a.remaining);
}

std::uint8_t marks_of(const Activity& a) {
  unsigned marks = 0;
  if (a.actual_start != kNoDay) marks |= Marks::kStarted;
  if (a.actual_finish != kNoDay) marks |= Marks::kFinished;
  if (a.finish_no_later != kNoDay || a.must_finish_on != kNoDay) marks |= Marks::kDeadline;
  return static_cast<std::uint8_t>(marks);
}

std::int64_t furthest_day(const Activity& a) {
  std::int64_t furthest = 0;
  for (Day day :
       {a.start_no_earlier, a.finish_no_later, a.must_finish_on, a.actual_start, a.actual_finish}) {
    if (day != kNoDay) furthest = std::max(furthest, std::abs(std::int64_t{day}));
  }
  return furthest;
}

}  // namespace

Arc::Arc(std::uint32_t node, DependencyType type, Day lag)
    : packed_((node << 2U) | ends_of(type)), lag_(lag) {}

DependencyType Arc::type() const {
  if (from_finish()) {
    return to_finish() ? DependencyType::finish_to_finish : DependencyType::finish_to_start;
  }
  return to_finish() ? DependencyType::start_to_finish : DependencyType::start_to_start;
}

NetworkResult Network::build(std::vector<Activity> activities, std::span<const Link> links,
                             const Frame& frame) {
  NetworkResult result;
  std::vector<NetworkFault>& faults = result.faults;
  const std::size_t size = activities.size();
  if (size >= kMaxActivities || links.size() > std::numeric_limits<std::uint32_t>::max()) {
    faults.push_back({Fault::too_large, 0});
    return result;
  }
  if (is_large(frame.start) || is_large(frame.as_of) || is_large(frame.finish_by)) {
    faults.push_back({Fault::too_large, 0});
  }

  std::int64_t sum = 0;
  std::int64_t furthest = 0;
  for (Day day : {frame.start, frame.as_of, frame.finish_by}) {
    if (day != kNoDay) furthest = std::max(furthest, std::abs(std::int64_t{day}));
  }
  for (std::size_t i = 0; i < size; ++i) {
    if (const auto fault = fault_of(activities[i])) {
      faults.push_back({*fault, i});
      continue;
    }
    sum += work_of(activities[i]);
    furthest = std::max(furthest, furthest_day(activities[i]));
  }
  for (std::size_t i = 0; i < links.size(); ++i) {
    const Link& link = links[i];
    if (link.from >= size || link.to >= size) {
      faults.push_back({Fault::link_out_of_range, i});
    } else if (link.lag > kDayLimit || link.lag < -kDayLimit) {
      faults.push_back({Fault::too_large, i});
    } else {
      sum += std::abs(link.lag);
    }
  }
  if (faults.empty() && sum + furthest > kDayLimit) faults.push_back({Fault::too_large, 0});
  if (!faults.empty()) return result;

  Network& network = result.network.emplace();
  network.activities_ = std::move(activities);
  network.marks_.resize(size);
  std::transform(network.activities_.begin(), network.activities_.end(), network.marks_.begin(),
                 marks_of);
  network.frame_ = frame;
  network.sum_ = sum;
  network.furthest_ = furthest;
  network.out_begin_.assign(size + 1, 0);
  network.in_begin_.assign(size + 1, 0);
  for (const Link& link : links) {
    ++network.out_begin_[link.from + 1];
    ++network.in_begin_[link.to + 1];
  }
  for (std::size_t i = 0; i < size; ++i) {
    network.out_begin_[i + 1] += network.out_begin_[i];
    network.in_begin_[i + 1] += network.in_begin_[i];
  }
  network.out_.resize(links.size());
  network.in_.resize(links.size());
  std::vector<std::uint32_t> next_out(network.out_begin_.begin(), network.out_begin_.end() - 1);
  std::vector<std::uint32_t> next_in(network.in_begin_.begin(), network.in_begin_.end() - 1);
  for (const Link& link : links) {
    network.out_[next_out[link.from]++] = Arc(link.to, link.type, link.lag);
    network.in_[next_in[link.to]++] = Arc(link.from, link.type, link.lag);
  }
  return result;
}

std::optional<Fault> Network::set(std::size_t i, const Activity& activity) {
  if (const auto fault = fault_of(activity)) return fault;
  const std::int64_t sum = sum_ + work_of(activity) - work_of(activities_[i]);
  const std::int64_t furthest = std::max(furthest_, furthest_day(activity));
  if (sum + furthest > kDayLimit) return Fault::too_large;
  sum_ = sum;
  furthest_ = furthest;
  activities_[i] = activity;
  marks_[i] = marks_of(activity);
  return std::nullopt;
}

}  // namespace tc::cpm
