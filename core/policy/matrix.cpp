#include "core/policy/matrix.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

#include "core/model/id_index.hpp"

namespace tc::policy {

namespace {

/// Larger covers more.
int rank(Coverage coverage) {
  switch (coverage) {
    case Coverage::none:
      return 0;
    case Coverage::expired:
      return 1;
    case Coverage::unknown:
      return 2;
    case Coverage::partial:
      return 3;
    case Coverage::full:
      break;
  }
  return 4;
}

bool covers(Coverage coverage) {
  return coverage == Coverage::full || coverage == Coverage::partial;
}

Coverage on_day(Coverage coverage, Force force) {
  if (coverage == Coverage::none) return coverage;
  if (force == Force::expired) return Coverage::expired;
  if (force == Force::not_yet) return Coverage::none;
  return coverage;
}

/// Money for a cell that doesn't say its own: an even share of the rest.
struct Share {
  double set_apart = 0;
  std::size_t cells = 0;  ///< that don't say
};

}  // namespace

Grid make_grid(const Programme& programme, Date as_of) {
  Grid grid;
  if (!programme.policy_matrix) return grid;
  const PolicyMatrix& matrix = *programme.policy_matrix;
  if (matrix.groups.empty() || matrix.clusters.empty() || programme.cities.empty()) return grid;
  grid.groups = matrix.groups.size();
  grid.clusters = matrix.clusters.size();
  grid.cities = programme.cities.size();
  grid.cells.resize(grid.groups * grid.clusters * grid.cities);
  const auto policies = index_by_id(programme.policies);
  const auto groups = index_by_id(matrix.groups);
  const auto clusters = index_by_id(matrix.clusters);
  const auto cities = index_by_id(programme.cities);

  // The places of each cell of data in the grid.
  struct Placed {
    std::size_t policy = 0;
    std::vector<GridPlace> places;
    bool in_cities = false;
  };
  std::vector<Placed> placed(matrix.cells.size());
  std::vector<Share> shares(programme.policies.size());
  for (std::size_t i = 0; i < matrix.cells.size(); ++i) {
    const MatrixCell& cell = matrix.cells[i];
    const auto policy = policies.find(cell.policy);
    const auto group = groups.find(cell.group);
    if (policy == policies.end() || group == groups.end()) continue;
    placed[i].policy = policy->second;
    std::vector<std::size_t> columns;
    if (cell.cluster.empty()) {
      for (std::size_t k = 0; k < grid.clusters; ++k) columns.push_back(k);
    } else if (const auto cluster = clusters.find(cell.cluster); cluster != clusters.end()) {
      columns.push_back(cluster->second);
    }
    std::vector<std::size_t> towns;
    for (const std::string& id : programme.policies[policy->second].cities) {
      if (const auto city = cities.find(id); city != cities.end()) towns.push_back(city->second);
    }
    placed[i].in_cities = !towns.empty();
    if (towns.empty()) {
      for (std::size_t k = 0; k < grid.cities; ++k) towns.push_back(k);
    }
    for (const std::size_t column : columns) {
      for (const std::size_t town : towns)
        placed[i].places.push_back({group->second, column, town});
    }
    Share& share = shares[policy->second];
    if (cell.budget) {
      share.set_apart += *cell.budget;
    } else if (cell.coverage != Coverage::none) {
      share.cells += placed[i].places.size();
    }
  }
  for (std::size_t i = 0; i < matrix.cells.size(); ++i) {
    const MatrixCell& cell = matrix.cells[i];
    if (placed[i].places.empty()) continue;
    const Policy& policy = programme.policies[placed[i].policy];
    CellPolicy entry;
    entry.policy = placed[i].policy;
    entry.cell = i;
    entry.force = force_of(policy, as_of);
    entry.coverage = on_day(cell.coverage, entry.force);
    // Without cities it isn't known where it holds.
    if (!placed[i].in_cities && covers(entry.coverage)) entry.coverage = Coverage::unknown;
    const Share& share = shares[placed[i].policy];
    if (cell.budget) {
      entry.budget = *cell.budget / static_cast<double>(placed[i].places.size());
      entry.estimated = placed[i].places.size() > 1;
    } else if (policy.budget && share.cells > 0 && cell.coverage != Coverage::none) {
      entry.budget =
          std::max(0.0, *policy.budget - share.set_apart) / static_cast<double>(share.cells);
      entry.estimated = share.cells > 1 || share.set_apart > 0;
    }
    for (const GridPlace& place : placed[i].places) {
      grid.cells[grid.index(place.group, place.cluster, place.city)].policies.push_back(entry);
    }
  }
  const bool silent = programme.kind == ProgrammeKind::sourced;
  for (GridCell& cell : grid.cells) {
    if (cell.policies.empty()) {
      cell.coverage = silent ? Coverage::unknown : Coverage::none;
      continue;
    }
    for (const CellPolicy& entry : cell.policies) {
      if (rank(entry.coverage) > rank(cell.coverage)) cell.coverage = entry.coverage;
      if (!covers(entry.coverage)) continue;
      if (entry.budget) {
        cell.budget = cell.budget.value_or(0) + *entry.budget;
        cell.estimated = cell.estimated || entry.estimated;
      } else {
        cell.budget_complete = false;
      }
    }
  }
  return grid;
}

std::vector<GapCell> find_gaps(const Grid& grid) {
  std::vector<GapCell> gaps;
  for (std::size_t group = 0; group < grid.groups; ++group) {
    for (std::size_t cluster = 0; cluster < grid.clusters; ++cluster) {
      for (std::size_t city = 0; city < grid.cities; ++city) {
        const GridCell& cell = grid.at(group, cluster, city);
        if (covers(cell.coverage)) continue;
        GapCell gap;
        gap.place = {group, cluster, city};
        gap.coverage = cell.coverage;
        for (const CellPolicy& entry : cell.policies) {
          if (entry.coverage == Coverage::expired) gap.lapsed.push_back(entry.policy);
        }
        for (std::size_t other = 0; other < grid.cities; ++other) {
          if (other != city && covers(grid.at(group, cluster, other).coverage)) {
            gap.covered_in.push_back(other);
          }
        }
        gaps.push_back(std::move(gap));
      }
    }
  }
  return gaps;
}

std::vector<Overlap> find_overlaps(const Programme& programme, const Grid& grid) {
  std::vector<Overlap> overlaps;
  for (std::size_t group = 0; group < grid.groups; ++group) {
    for (std::size_t cluster = 0; cluster < grid.clusters; ++cluster) {
      for (std::size_t city = 0; city < grid.cities; ++city) {
        std::array<std::set<std::size_t>, kInstruments.size() + 1> by_instrument;
        for (const CellPolicy& entry : grid.at(group, cluster, city).policies) {
          if (!covers(entry.coverage)) continue;
          const Instrument instrument = programme.policies[entry.policy].instrument;
          if (instrument == Instrument::unknown) continue;
          by_instrument[static_cast<std::size_t>(instrument)].insert(entry.policy);
        }
        for (std::size_t i = 0; i < by_instrument.size(); ++i) {
          if (by_instrument[i].size() < 2) continue;
          overlaps.push_back({{group, cluster, city},
                              static_cast<Instrument>(i),
                              {by_instrument[i].begin(), by_instrument[i].end()}});
        }
      }
    }
  }
  return overlaps;
}

std::vector<Expiring> find_expiring(const Programme& programme, Date as_of, std::int32_t days) {
  std::vector<Expiring> list;
  for (std::size_t i = 0; i < programme.policies.size(); ++i) {
    const auto& last = programme.policies[i].valid_to;
    if (!last || *last < as_of || *last - as_of > days) continue;
    Expiring entry;
    entry.policy = i;
    entry.days_left = *last - as_of;
    const Grid before = make_grid(programme, *last);
    const Grid after = make_grid(programme, *last + 1);
    for (std::size_t group = 0; group < before.groups; ++group) {
      for (std::size_t cluster = 0; cluster < before.clusters; ++cluster) {
        for (std::size_t city = 0; city < before.cities; ++city) {
          const GridCell& was = before.at(group, cluster, city);
          const bool here = std::any_of(was.policies.begin(), was.policies.end(),
                                        [i](const CellPolicy& each) { return each.policy == i; });
          if (here && rank(after.at(group, cluster, city).coverage) < rank(was.coverage)) {
            entry.worse.push_back({group, cluster, city});
          }
        }
      }
    }
    list.push_back(std::move(entry));
  }
  std::stable_sort(list.begin(), list.end(),
                   [](const Expiring& a, const Expiring& b) { return a.days_left < b.days_left; });
  return list;
}

std::vector<CityDifference> compare_cities(const Programme& programme, const Grid& grid) {
  std::vector<CityDifference> list;
  for (std::size_t group = 0; group < grid.groups; ++group) {
    for (std::size_t cluster = 0; cluster < grid.clusters; ++cluster) {
      CityDifference entry;
      entry.group = group;
      entry.cluster = cluster;
      std::vector<std::set<Instrument>> instruments(grid.cities);
      for (std::size_t city = 0; city < grid.cities; ++city) {
        const GridCell& cell = grid.at(group, cluster, city);
        entry.coverage.push_back(cell.coverage);
        entry.budget.push_back(cell.budget);
        for (const CellPolicy& each : cell.policies) {
          const Instrument instrument = programme.policies[each.policy].instrument;
          if (covers(each.coverage) && instrument != Instrument::unknown) {
            instruments[city].insert(instrument);
          }
        }
      }
      entry.only.resize(grid.cities);
      for (std::size_t city = 0; city < grid.cities; ++city) {
        for (const Instrument instrument : instruments[city]) {
          const bool everywhere =
              std::all_of(instruments.begin(), instruments.end(),
                          [instrument](const auto& set) { return set.count(instrument) > 0; });
          if (!everywhere) entry.only[city].push_back(instrument);
        }
        entry.differs = entry.differs || !entry.only[city].empty() ||
                        entry.coverage[city] != entry.coverage.front();
      }
      list.push_back(std::move(entry));
    }
  }
  return list;
}

}  // namespace tc::policy
