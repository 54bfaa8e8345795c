#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

/// Assignment problems, solved exactly in whole numbers, with dual prices that prove it.

namespace tc::matching {

/// A row may take a column, which is worth `weight` (at most 10^9 either way).
struct Arc {
  std::uint32_t col = 0;
  std::int32_t weight = 0;
};

/// Which pairs there are and how many each side takes. Nobody has to take anything.
struct AssignmentProblem {
  std::uint32_t cols = 0;
  std::vector<std::uint32_t> first = {0};  ///< arcs of row i: first[i] up to first[i + 1]
  std::vector<Arc> arcs;                   ///< each may be chosen once
  std::vector<std::int32_t> row_capacity;  ///< 0 or more each; empty: 1 each
  std::vector<std::int32_t> col_capacity;  ///< 0 or more each; empty: 1 each

  std::uint32_t rows() const { return static_cast<std::uint32_t>(first.size() - 1); }
};

struct Assignment {
  std::vector<std::uint32_t> chosen;    ///< indices of arcs, rising
  std::int64_t weight = 0;              ///< sum over the chosen arcs
  std::vector<std::int64_t> row_price;  ///< bounds what one more unit of a row's capacity adds
  std::vector<std::int64_t> col_price;  ///< the same for columns
};

/// Whether the parts of a problem fit together: bounds, sizes, capacities, weights.
bool is_well_formed(const AssignmentProblem& problem);

/// Chooses arcs of greatest total weight within the capacities; a problem that is not well formed
/// gives an empty assignment. Three steps, of which only the last has to get everything right:
/// an auction with falling increments (Bertsekas 1988) finds prices near the best ones, bids
/// without an increment (the augmenting row reduction of Jonker & Volgenant 1987) make most pairs,
/// and what does not agree with the prices yet, first columns, then rows, is mended a unit at a
/// time along shortest paths by Dijkstra's algorithm with the prices as potentials (Edmonds & Karp
/// 1972, Tomizawa 1971). At most one path a unit of capacity: O(U (m + n) log n), far less where
/// the prices are good.
Assignment assign(const AssignmentProblem& problem);

/// The proof of optimality by linear programming duality: prices that are nowhere negative and cost
/// as much as the chosen arcs are worth, a saturated arc paying what it is worth beyond both
/// prices.
struct Certificate {
  bool feasible = false;    ///< capacities kept, arcs distinct, prices not negative
  std::int64_t primal = 0;  ///< worth of the chosen arcs
  std::int64_t dual = 0;    ///< upper bound on the worth of any choice
  std::int64_t gap() const { return dual - primal; }
};

/// Recomputed from the problem alone; the solver's own bookkeeping is not trusted. O(m + n).
Certificate certify(const AssignmentProblem& problem, const Assignment& assignment);

/// A full assignment of each row to a column of its own, and its dual prices:
/// row_price[i] + col_price[j] <= cost(i, j), with equality for chosen pairs.
struct DenseAssignment {
  std::vector<std::uint32_t> col_of_row;
  std::int64_t cost = 0;
  std::vector<std::int64_t> row_price;
  std::vector<std::int64_t> col_price;
};

/// The cheapest full assignment for a matrix in row order, with no more rows than columns; nothing
/// when the sizes do not fit. Column reduction, reduction transfer, augmenting row reduction and
/// shortest augmenting paths (Jonker & Volgenant 1987). O(rows² cols). Costs are at most 10^9
/// either way.
std::optional<DenseAssignment> assign_dense(std::uint32_t rows, std::uint32_t cols,
                                            std::span<const std::int32_t> costs);

}  // namespace tc::matching
