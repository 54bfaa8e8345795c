#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/model/programme.hpp"
#include "core/policy/eligibility.hpp"

/// The policy matrix on a day: what is covered, by what, where two policies do the same, what
/// lapses soon and how the cities differ. Results name policies and cells by index into the
/// programme.
namespace tc::policy {

/// One policy in a cell of the grid.
struct CellPolicy {
  std::size_t policy = 0;                 ///< index in `Programme::policies`
  std::size_t cell = 0;                   ///< index in `PolicyMatrix::cells`
  Coverage coverage = Coverage::unknown;  ///< on the day: what has lapsed is expired
  Force force = Force::unknown;
  /// 10,000 yuan: the policy's money that goes here. Empty when its budget is unknown.
  std::optional<double> budget;
  bool estimated = false;  ///< an even share of what the policy's cells don't set apart
};

struct GridCell {
  /// The best of the policies here, in the order full, partial, unknown, expired, none. Without a
  /// policy: none, but unknown in a programme that only has what its sources say.
  Coverage coverage = Coverage::none;
  std::vector<CellPolicy> policies;
  std::optional<double> budget;  ///< sum of what is known; empty when nothing is
  bool estimated = false;
  bool budget_complete = true;  ///< of every policy in force
};

/// Groups by clusters by cities.
struct Grid {
  std::size_t groups = 0;
  std::size_t clusters = 0;
  std::size_t cities = 0;
  std::vector<GridCell> cells;

  std::size_t index(std::size_t group, std::size_t cluster, std::size_t city) const {
    return (group * clusters + cluster) * cities + city;
  }
  const GridCell& at(std::size_t group, std::size_t cluster, std::size_t city) const {
    return cells[index(group, cluster, city)];
  }
};

/// A cell of the grid by its indices.
struct GridPlace {
  std::size_t group = 0;
  std::size_t cluster = 0;
  std::size_t city = 0;
  bool operator==(const GridPlace&) const = default;
};

/// The matrix on a day; empty when there is none or its groups or clusters are unknown. A policy
/// counts in its cities, and in every city when they are unknown only as unknown; a cell without a
/// cluster counts in all. Linear in the cells of data times cities, and the size of the grid.
Grid make_grid(const Programme& programme, Date as_of);

/// Where nothing is in force.
struct GapCell {
  GridPlace place;
  Coverage coverage = Coverage::none;  ///< none, expired or unknown
  std::vector<std::size_t> lapsed;     ///< policies that have expired there
  /// Other cities that cover the same group and cluster.
  std::vector<std::size_t> covered_in;
};
std::vector<GapCell> find_gaps(const Grid& grid);

/// Where several policies in force use the same instrument.
struct Overlap {
  GridPlace place;
  Instrument instrument = Instrument::unknown;
  std::vector<std::size_t> policies;
};
std::vector<Overlap> find_overlaps(const Programme& programme, const Grid& grid);

/// A policy whose last day is near.
struct Expiring {
  std::size_t policy = 0;
  std::int32_t days_left = 0;
  std::vector<GridPlace> worse;  ///< cells that are covered less on the day after
};
/// Those whose last day is one of the next `days`, today included; soonest first.
std::vector<Expiring> find_expiring(const Programme& programme, Date as_of, std::int32_t days);

/// One group in one cluster, city by city.
struct CityDifference {
  std::size_t group = 0;
  std::size_t cluster = 0;
  std::vector<Coverage> coverage;             ///< by city
  std::vector<std::optional<double>> budget;  ///< by city
  /// By city: instruments that it has in force there and some other city lacks.
  std::vector<std::vector<Instrument>> only;
  bool differs = false;
};
/// All rows and columns in order; `differs` where coverage or instruments aren't the same.
std::vector<CityDifference> compare_cities(const Programme& programme, const Grid& grid);

}  // namespace tc::policy
