#pragma once

#include <cstdint>

/// LEMON's solvers on a full square matrix. Apart from the benchmarks, because LEMON 1.3 is no
/// C++20: its cost scaling calls members of std::allocator that are gone.

struct LemonTimes {
  double simplex = 0;  ///< seconds of NetworkSimplex::run, on a graph that is built
  double scaling = 0;  ///< seconds of CostScaling::run
  std::int64_t simplex_cost = 0;
  std::int64_t scaling_cost = 0;
};

LemonTimes lemon_assignment(std::uint32_t size, const std::int32_t* costs);
