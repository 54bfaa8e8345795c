#pragma once

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

#include "core/model/random.hpp"
#include "core/schedule/network.hpp"

namespace tc::cpm {

class TestRandom : public SplitMix64 {
 public:
  using SplitMix64::SplitMix64;
  bool chance(int percent) { return between(1, 100) <= percent; }
};

struct RandomNetwork {
  std::vector<Activity> activities;
  std::vector<Link> links;
  Frame frame;
  Network network() const { return *Network::build(activities, links, frame).network; }
};

/// What `random_activity` may put into one.
struct Variety {
  bool constraints = false;
  bool progress = false;
};

inline Activity random_activity(TestRandom& random, const Variety& variety) {
  Activity a;
  a.duration = random.chance(15) ? 0 : random.between(1, 12);
  if (variety.progress && random.chance(25)) {
    a.actual_start = random.between(-10, 5);
    if (random.chance(50)) {
      a.actual_finish = a.actual_start + random.between(0, 10);
    } else if (random.chance(80)) {
      a.remaining = random.between(0, a.duration);
    }
  }
  if (variety.constraints) {
    if (random.chance(15)) a.start_no_earlier = random.between(0, 40);
    if (random.chance(15)) a.finish_no_later = random.between(0, 60);
    if (random.chance(10)) a.must_finish_on = random.between(0, 60);
  }
  return a;
}

/// An acyclic network whose numbers say nothing of its order.
inline RandomNetwork random_network(TestRandom& random, int size, int links,
                                    const Variety& variety = {}) {
  RandomNetwork made;
  std::vector<std::uint32_t> number(static_cast<std::size_t>(size));
  std::iota(number.begin(), number.end(), 0U);
  for (std::size_t i = number.size(); i > 1; --i) {
    std::swap(number[i - 1],
              number[static_cast<std::size_t>(random.between(0, static_cast<int>(i) - 1))]);
  }
  for (int i = 0; i < size; ++i) made.activities.push_back(random_activity(random, variety));
  for (int i = 0; i < links && size > 1; ++i) {
    int from = random.between(0, size - 1);
    int to = random.between(0, size - 2);
    if (to >= from) ++to;
    if (from > to) std::swap(from, to);
    made.links.push_back(
        {number[static_cast<std::size_t>(from)], number[static_cast<std::size_t>(to)],
         static_cast<DependencyType>(random.between(0, 3)), random.between(-3, 6)});
  }
  if (variety.progress) made.frame.as_of = random.between(0, 10);
  if (variety.constraints && random.chance(20)) made.frame.finish_by = random.between(20, 90);
  return made;
}

}  // namespace tc::cpm
