#include "core/matching/assignment.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>

namespace tc::matching {

namespace {

constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();
constexpr std::int64_t kFar = std::numeric_limits<std::int64_t>::max();
constexpr std::int32_t kMaxWeight = 1'000'000'000;
/// Increments of the auction, as parts of the greatest weight.
constexpr std::int64_t kFirstIncrement = 512;
constexpr std::int64_t kLastIncrement = 32768;
constexpr std::int64_t kIncrementStep = 8;

class Solver {
 public:
  explicit Solver(const AssignmentProblem& problem)
      : p_(problem),
        rows_(problem.rows()),
        row_capacity_(problem.row_capacity),
        col_capacity_(problem.col_capacity),
        u_(rows_, 0),
        v_(problem.cols, 0),
        used_(rows_, 0),
        taken_(problem.arcs.size(), 0) {
    row_capacity_.resize(rows_, 1);
    col_capacity_.resize(p_.cols, 1);
    // A column holds no more arcs than lead to it.
    std::vector<std::uint32_t> degree(p_.cols, 0);
    for (const Arc& arc : p_.arcs) ++degree[arc.col];
    slot_first_.resize(std::size_t{p_.cols} + 1, 0);
    for (std::uint32_t j = 0; j < p_.cols; ++j) {
      const auto capacity = static_cast<std::uint32_t>(col_capacity_[j]);
      slot_first_[j + 1] = slot_first_[j] + std::min(degree[j], capacity);
    }
    slots_.resize(slot_first_.back());
    held_.resize(p_.cols, 0);
  }

  Assignment solve() {
    estimate_prices();
    reduce_rows();
    prepare_search();
    // A column that is not full has to cost nothing, and a row that is not full to earn nothing.
    for (std::uint32_t col = 0; col < p_.cols; ++col) {
      while (v_[col] > 0 && has_room(col) && fill(col)) {
      }
    }
    for (std::uint32_t row = 0; row < rows_; ++row) {
      while (u_[row] > 0 && used_[row] < row_capacity_[row] && augment(row)) {
      }
    }
    Assignment result;
    for (std::uint32_t e = 0; e < taken_.size(); ++e) {
      if (taken_[e] == 0) continue;
      result.chosen.push_back(e);
      result.weight += p_.arcs[e].weight;
    }
    result.row_price = std::move(u_);
    result.col_price = std::move(v_);
    return result;
  }

 private:
  struct Slot {
    std::uint32_t row;
    std::uint32_t arc;
  };
  struct Label {
    std::int64_t distance;
    std::uint32_t node;  ///< a column, or cols + a row
  };

  bool has_room(std::uint32_t col) const { return held_[col] < col_capacity_[col]; }

  std::int64_t best_offer(std::uint32_t row) const {
    std::int64_t best = 0;
    for (std::uint32_t e = p_.first[row]; e < p_.first[row + 1]; ++e) {
      if (col_capacity_[p_.arcs[e].col] > 0) {
        best = std::max(best, p_.arcs[e].weight - v_[p_.arcs[e].col]);
      }
    }
    return best;
  }

  void take(std::uint32_t row, std::uint32_t arc) {
    const std::uint32_t col = p_.arcs[arc].col;
    slots_[slot_first_[col] + static_cast<std::uint32_t>(held_[col]++)] = {row, arc};
    taken_[arc] = 1;
    ++used_[row];
  }

  void release(std::uint32_t row, std::uint32_t arc) {
    const std::uint32_t col = p_.arcs[arc].col;
    const std::uint32_t begin = slot_first_[col];
    std::uint32_t k = begin;
    while (slots_[k].arc != arc) ++k;
    slots_[k] = slots_[begin + static_cast<std::uint32_t>(--held_[col])];
    taken_[arc] = 0;
    --used_[row];
  }

  /// One round of an auction in which rows of capacity 1 bid for columns of capacity 1, from
  /// whatever prices there are: a bid raises the price to where the row would rather have its
  /// second best, and by `increment`.
  void auction(std::int64_t increment) {
    holder_.assign(p_.cols, kNone);
    open_.clear();
    for (std::uint32_t row = rows_; row-- > 0;) {
      if (row_capacity_[row] == 1) open_.push_back(row);
    }
    while (!open_.empty()) {
      const std::uint32_t row = open_.back();
      open_.pop_back();
      std::int64_t first = 0;  // going without is worth nothing
      std::int64_t second = 0;
      std::uint32_t best = kNone;
      for (std::uint32_t e = p_.first[row]; e < p_.first[row + 1]; ++e) {
        const Arc& arc = p_.arcs[e];
        const std::int64_t offer = arc.weight - v_[arc.col];
        if (offer <= second || col_capacity_[arc.col] == 0) continue;
        if (offer > first) {
          second = first;
          first = offer;
          best = arc.col;
        } else {
          second = offer;
        }
      }
      // Columns for several are left to the paths, and make no difference to the prices.
      if (best == kNone || col_capacity_[best] != 1) continue;
      v_[best] += first - second + increment;
      if (holder_[best] != kNone) open_.push_back(holder_[best]);
      holder_[best] = row;
    }
  }

  /// Prices near the best ones, by rounds with ever smaller increments.
  void estimate_prices() {
    std::int64_t most = 0;
    for (const Arc& arc : p_.arcs) most = std::max<std::int64_t>(most, arc.weight);
    std::int64_t increment = most / kFirstIncrement;
    const std::int64_t last = std::max<std::int64_t>(1, most / kLastIncrement);
    for (;;) {
      increment = std::max(increment, last);
      auction(increment);
      if (increment == last) return;
      // What was bid too much before is taken back.
      for (std::int64_t& price : v_) price = std::max<std::int64_t>(0, price - increment);
      increment /= kIncrementStep;
    }
  }

  /// Rows of capacity 1 bid for their best column what it is worth to them beyond their second
  /// best, and may drive one row out of a column of capacity 1. What remains open is left
  /// to the paths. The prices stay such that no row would rather have another column.
  void reduce_rows() {
    std::vector<std::uint32_t> open(rows_);
    std::iota(open.begin(), open.end(), 0U);
    // Without an increment a price war can last long; beyond this, paths are quicker.
    std::uint64_t steps = 4 * static_cast<std::uint64_t>(rows_);
    for (std::size_t next = 0; next < open.size(); ++next) {
      std::uint32_t row = open[next];
      while (row != kNone) {
        row = bid(row, steps);
      }
    }
  }

  /// The row that has lost its column, to go on with.
  std::uint32_t bid(std::uint32_t row, std::uint64_t& steps) {
    if (row_capacity_[row] != 1 || steps == 0) {
      if (row_capacity_[row] > 0 && used_[row] == 0) u_[row] = best_offer(row);
      return kNone;
    }
    --steps;
    std::int64_t first = 0;  // going without is worth nothing
    std::int64_t second = 0;
    std::uint32_t first_arc = kNone;
    std::uint32_t second_arc = kNone;
    for (std::uint32_t e = p_.first[row]; e < p_.first[row + 1]; ++e) {
      const Arc& arc = p_.arcs[e];
      const std::int64_t offer = arc.weight - v_[arc.col];
      if (offer <= second || col_capacity_[arc.col] == 0) continue;
      if (offer > first) {
        second = first;
        second_arc = first_arc;
        first = offer;
        first_arc = e;
      } else {
        second = offer;
        second_arc = e;
      }
    }
    u_[row] = first;
    if (first_arc == kNone) return kNone;  // prices only rise: it stays without
    const std::uint32_t col = p_.arcs[first_arc].col;
    if (col_capacity_[col] > 1) {
      if (has_room(col)) take(row, first_arc);
      return kNone;
    }
    if (has_room(col)) {
      u_[row] = second;
      v_[col] += first - second;
      take(row, first_arc);
      return kNone;
    }
    if (first == second) {
      if (second_arc != kNone && has_room(p_.arcs[second_arc].col)) {
        take(row, second_arc);
      }
      return kNone;
    }
    const Slot holder = slots_[slot_first_[col]];
    if (row_capacity_[holder.row] != 1) return kNone;
    release(holder.row, holder.arc);
    u_[row] = second;
    v_[col] += first - second;
    take(row, first_arc);
    return holder.row;
  }

  void prepare_search() {
    distance_.assign(std::size_t{p_.cols} + rows_, kFar);
    came_by_.assign(std::size_t{p_.cols} + rows_, kNone);
    settled_.assign(std::size_t{p_.cols} + rows_, 0);
    from_row_.assign(p_.cols, kNone);
    col_first_.assign(std::size_t{p_.cols} + 1, 0);
    for (const Arc& arc : p_.arcs) ++col_first_[arc.col + 1];
    std::partial_sum(col_first_.begin(), col_first_.end(), col_first_.begin());
    incoming_.resize(p_.arcs.size());
    std::vector<std::uint32_t> at(col_first_.begin(), col_first_.end() - 1);
    for (std::uint32_t row = 0; row < rows_; ++row) {
      for (std::uint32_t e = p_.first[row]; e < p_.first[row + 1]; ++e) {
        incoming_[at[p_.arcs[e].col]++] = {row, e};
      }
    }
  }

  void push(std::uint32_t node, std::int64_t distance) {
    heap_.push_back({distance, node});
    std::push_heap(heap_.begin(), heap_.end(), farther);
  }
  static bool farther(const Label& a, const Label& b) { return a.distance > b.distance; }

  void label(std::uint32_t node, std::int64_t distance, std::uint32_t arc) {
    if (distance_[node] == kFar) touched_.push_back(node);
    distance_[node] = distance;
    came_by_[node] = arc;
  }

  /// Places one more unit of `source` along the cheapest path: to a column with room, or to a row
  /// that gives up a unit (maybe this one; then false).
  bool augment(std::uint32_t source) {
    heap_.clear();
    touched_.clear();
    rows_to_scan_.clear();
    best_ = kFar;
    end_ = kNone;
    label(p_.cols + source, 0, kNone);
    rows_to_scan_.push_back(source);
    for (;;) {
      while (!rows_to_scan_.empty()) {
        const std::uint32_t row = rows_to_scan_.back();
        rows_to_scan_.pop_back();
        scan_row(row);
      }
      if (heap_.empty() || heap_.front().distance >= best_) break;
      const Label top = heap_.front();
      std::pop_heap(heap_.begin(), heap_.end(), farther);
      heap_.pop_back();
      if (settled_[top.node] != 0 || top.distance != distance_[top.node]) continue;
      if (top.node >= p_.cols) {
        rows_to_scan_.push_back(top.node - p_.cols);
      } else {
        settle_column(top.node);
      }
    }
    for (const std::uint32_t node : touched_) {
      if (distance_[node] < best_) {
        const std::int64_t by = best_ - distance_[node];
        if (node >= p_.cols) {
          u_[node - p_.cols] -= by;
        } else {
          v_[node] += by;
        }
      }
    }
    const bool placed = end_ != p_.cols + source;
    if (placed) flip(source);
    for (const std::uint32_t node : touched_) {
      distance_[node] = kFar;
      settled_[node] = 0;
    }
    return placed;
  }

  /// The same from a column that costs something and is not full: its price falls until a row with
  /// room comes in, or another column can give its row up for nothing, or it costs nothing itself
  /// (then false).
  bool fill(std::uint32_t source) {
    heap_.clear();
    touched_.clear();
    best_ = kFar;
    end_ = kNone;
    label(source, 0, kNone);
    push(source, 0);
    while (!heap_.empty() && heap_.front().distance < best_) {
      const Label top = heap_.front();
      std::pop_heap(heap_.begin(), heap_.end(), farther);
      heap_.pop_back();
      if (settled_[top.node] != 0 || top.distance != distance_[top.node]) continue;
      settled_[top.node] = 1;
      if (top.node >= p_.cols) {
        leave_row(top.node - p_.cols);
      } else {
        enter_rows(top.node);
      }
    }
    for (const std::uint32_t node : touched_) {
      if (distance_[node] < best_) {
        const std::int64_t by = best_ - distance_[node];
        if (node >= p_.cols) {
          u_[node - p_.cols] += by;
        } else {
          v_[node] -= by;
        }
      }
    }
    const bool placed = end_ != source;
    if (placed) flip_back(source);
    for (const std::uint32_t node : touched_) {
      distance_[node] = kFar;
      settled_[node] = 0;
    }
    return placed;
  }

  /// A column that lacks a unit asks its rows.
  void enter_rows(std::uint32_t col) {
    const std::int64_t base = distance_[col] + v_[col];
    if (base < best_) {  // or it does without
      best_ = base;
      end_ = col;
    }
    for (std::uint32_t k = col_first_[col]; k < col_first_[col + 1]; ++k) {
      const Slot slot = incoming_[k];
      const std::uint32_t node = p_.cols + slot.row;
      const std::int64_t there = base + u_[slot.row] - p_.arcs[slot.arc].weight;
      if (there >= best_ || there >= distance_[node] || taken_[slot.arc] != 0 ||
          row_capacity_[slot.row] == 0) {
        continue;
      }
      label(node, there, slot.arc);
      if (used_[slot.row] < row_capacity_[slot.row]) {
        best_ = there;
        end_ = node;
      } else {
        push(node, there);
      }
    }
  }

  /// A full row that takes one more gives up one that it has.
  void leave_row(std::uint32_t row) {
    const std::int64_t here = distance_[p_.cols + row];
    for (std::uint32_t e = p_.first[row]; e < p_.first[row + 1]; ++e) {
      if (taken_[e] == 0) continue;
      const Arc& arc = p_.arcs[e];
      const std::int64_t there = here + arc.weight - u_[row] - v_[arc.col];
      if (there >= best_ || there >= distance_[arc.col]) continue;
      label(arc.col, there, e);
      from_row_[arc.col] = row;
      push(arc.col, there);
    }
  }

  /// Turns the path of `fill` around.
  void flip_back(std::uint32_t source) {
    std::uint32_t col = end_;
    if (end_ >= p_.cols) {
      const std::uint32_t gained = came_by_[end_];
      pending_.push_back({end_ - p_.cols, gained});
      col = p_.arcs[gained].col;
    }
    while (col != source) {
      const std::uint32_t row = from_row_[col];
      const std::uint32_t lost = came_by_[col];
      const std::uint32_t gained = came_by_[p_.cols + row];
      release(row, lost);
      col = p_.arcs[gained].col;
      pending_.push_back({row, gained});
    }
    // Nothing is taken before everything is given up, so that no column is ever overfull.
    for (const Slot& slot : pending_) take(slot.row, slot.arc);
    pending_.clear();
  }

  void scan_row(std::uint32_t row) {
    const std::uint32_t node = p_.cols + row;
    if (settled_[node] != 0) return;
    settled_[node] = 1;
    const std::int64_t here = distance_[node];
    if (here + u_[row] < best_) {  // it gives up what it was reached by
      best_ = here + u_[row];
      end_ = node;
    }
    const std::int64_t base = here + u_[row];
    for (std::uint32_t e = p_.first[row]; e < p_.first[row + 1]; ++e) {
      const Arc& arc = p_.arcs[e];
      const std::int64_t there = base + v_[arc.col] - arc.weight;
      if (there >= best_ || there >= distance_[arc.col] || taken_[e] != 0 ||
          col_capacity_[arc.col] == 0) {
        continue;
      }
      label(arc.col, there, e);
      from_row_[arc.col] = row;
      if (has_room(arc.col)) {
        best_ = there;
        end_ = arc.col;
      } else {
        push(arc.col, there);
      }
    }
  }

  void settle_column(std::uint32_t col) {
    settled_[col] = 1;
    const std::int64_t here = distance_[col];
    const std::uint32_t begin = slot_first_[col];
    for (std::uint32_t k = begin; k < begin + static_cast<std::uint32_t>(held_[col]); ++k) {
      const Slot slot = slots_[k];
      // What the arc is worth beyond both prices has to be given up with it.
      const std::int64_t there = here + p_.arcs[slot.arc].weight - u_[slot.row] - v_[col];
      const std::uint32_t node = p_.cols + slot.row;
      if (there >= best_ || there >= distance_[node]) continue;
      label(node, there, slot.arc);
      if (there == here) {
        rows_to_scan_.push_back(slot.row);
      } else {
        push(node, there);
      }
    }
  }

  /// Turns the path that leads to `end_` around: arcs along it change between taken and not.
  void flip(std::uint32_t source) {
    std::uint32_t node = end_;
    std::uint32_t row = kNone;
    if (node >= p_.cols) {
      // The last row only loses.
      row = node - p_.cols;
      const std::uint32_t lost = came_by_[node];
      release(row, lost);
      node = p_.arcs[lost].col;
    }
    for (;;) {
      const std::uint32_t gained = came_by_[node];
      row = from_row_[node];
      if (row == source) {
        take(row, gained);
        return;
      }
      const std::uint32_t lost = came_by_[p_.cols + row];
      release(row, lost);
      take(row, gained);
      node = p_.arcs[lost].col;
    }
  }

  const AssignmentProblem& p_;
  std::uint32_t rows_;
  std::vector<std::int32_t> row_capacity_;
  std::vector<std::int32_t> col_capacity_;
  std::vector<std::int64_t> u_;
  std::vector<std::int64_t> v_;
  std::vector<std::int32_t> used_;
  std::vector<std::uint8_t> taken_;
  std::vector<std::uint32_t> slot_first_;
  std::vector<Slot> slots_;
  std::vector<std::int32_t> held_;
  std::vector<Slot> pending_;
  std::vector<std::uint32_t> holder_;
  std::vector<std::uint32_t> open_;
  std::vector<std::uint32_t> col_first_;  ///< incoming arcs by column
  std::vector<Slot> incoming_;

  std::vector<std::int64_t> distance_;
  std::vector<std::uint32_t> came_by_;  ///< arc into a column; arc given up by a row
  std::vector<std::uint8_t> settled_;
  std::vector<std::uint32_t> from_row_;  ///< row of the arc into a column
  std::vector<Label> heap_;
  std::vector<std::uint32_t> touched_;
  std::vector<std::uint32_t> rows_to_scan_;
  std::int64_t best_ = kFar;
  std::uint32_t end_ = kNone;
};

}  // namespace

bool is_well_formed(const AssignmentProblem& problem) {
  if (problem.first.empty() || problem.first.front() != 0 ||
      problem.first.back() != problem.arcs.size() ||
      !std::is_sorted(problem.first.begin(), problem.first.end()) ||
      problem.rows() > kNone - 1 - problem.cols) {
    return false;
  }
  const auto good = [](const std::vector<std::int32_t>& capacities, std::size_t size) {
    return (capacities.empty() || capacities.size() == size) &&
           std::all_of(capacities.begin(), capacities.end(), [](std::int32_t c) { return c >= 0; });
  };
  return good(problem.row_capacity, problem.rows()) && good(problem.col_capacity, problem.cols) &&
         std::all_of(problem.arcs.begin(), problem.arcs.end(), [&problem](const Arc& arc) {
           return arc.col < problem.cols && arc.weight >= -kMaxWeight && arc.weight <= kMaxWeight;
         });
}

Assignment assign(const AssignmentProblem& problem) {
  if (!is_well_formed(problem)) return {};
  return Solver(problem).solve();
}

Certificate certify(const AssignmentProblem& problem, const Assignment& assignment) {
  Certificate result;
  if (!is_well_formed(problem) || assignment.row_price.size() != problem.rows() ||
      assignment.col_price.size() != problem.cols) {
    return result;
  }
  std::vector<std::int32_t> row_left = problem.row_capacity;
  std::vector<std::int32_t> col_left = problem.col_capacity;
  row_left.resize(problem.rows(), 1);
  col_left.resize(problem.cols, 1);
  result.feasible = true;
  for (std::uint32_t i = 0; i < problem.rows(); ++i) {
    if (assignment.row_price[i] < 0) result.feasible = false;
    result.dual += assignment.row_price[i] * row_left[i];
  }
  for (std::uint32_t j = 0; j < problem.cols; ++j) {
    if (assignment.col_price[j] < 0) result.feasible = false;
    result.dual += assignment.col_price[j] * col_left[j];
  }
  std::size_t next = 0;
  for (std::uint32_t i = 0; i < problem.rows(); ++i) {
    for (std::uint32_t e = problem.first[i]; e < problem.first[i + 1]; ++e) {
      const Arc& arc = problem.arcs[e];
      const std::int64_t price = assignment.row_price[i] + assignment.col_price[arc.col];
      // An arc out of a row or into a column without capacity is worth nothing.
      const bool usable = (problem.row_capacity.empty() || problem.row_capacity[i] > 0) &&
                          (problem.col_capacity.empty() || problem.col_capacity[arc.col] > 0);
      if (usable) result.dual += std::max<std::int64_t>(0, arc.weight - price);
      if (next < assignment.chosen.size() && assignment.chosen[next] == e) {
        ++next;
        result.primal += arc.weight;
        if (--row_left[i] < 0 || --col_left[arc.col] < 0) result.feasible = false;
      }
    }
  }
  // Whatever was not met is out of order, twice there or no arc at all.
  if (next != assignment.chosen.size()) result.feasible = false;
  return result;
}

std::optional<DenseAssignment> assign_dense(std::uint32_t rows, std::uint32_t cols,
                                            std::span<const std::int32_t> costs) {
  if (rows > cols || costs.size() != std::size_t{rows} * cols) return std::nullopt;
  DenseAssignment result;
  result.col_of_row.assign(rows, kNone);
  result.row_price.assign(rows, 0);
  result.col_price.assign(cols, 0);
  if (rows == 0) return result;
  std::vector<std::uint32_t>& col_of = result.col_of_row;
  std::vector<std::int64_t>& v = result.col_price;
  std::vector<std::uint32_t> row_of(cols, kNone);
  std::vector<std::uint32_t> open;
  const auto row_costs = [&](std::uint32_t i) { return costs.data() + std::size_t{i} * cols; };

  if (rows == cols) {
    // Column reduction: every column's price is its cheapest entry. Only with as many rows as
    // columns, for otherwise a column that stays free has to cost nothing.
    std::vector<std::uint32_t> cheapest(cols, 0);
    for (std::uint32_t j = 0; j < cols; ++j) v[j] = costs[j];
    for (std::uint32_t i = 1; i < rows; ++i) {
      const std::int32_t* row = row_costs(i);
      for (std::uint32_t j = 0; j < cols; ++j) {
        if (row[j] < v[j]) {
          v[j] = row[j];
          cheapest[j] = i;
        }
      }
    }
    std::vector<std::uint32_t> matches(rows, 0);
    for (std::uint32_t j = cols; j-- > 0;) {
      const std::uint32_t i = cheapest[j];
      if (++matches[i] == 1) {
        col_of[i] = j;
        row_of[j] = i;
      }
    }
    // Reduction transfer: a row that was cheapest once can bid up to its second best.
    for (std::uint32_t i = 0; i < rows; ++i) {
      if (matches[i] == 0) {
        open.push_back(i);
      } else if (matches[i] == 1) {
        const std::int32_t* row = row_costs(i);
        const std::uint32_t taken = col_of[i];
        std::int64_t least = kFar;
        for (std::uint32_t j = 0; j < cols; ++j) {
          if (j != taken) least = std::min(least, row[j] - v[j]);
        }
        if (least != kFar) v[taken] -= least;
      }
    }
  } else {
    open.resize(rows);
    std::iota(open.begin(), open.end(), 0U);
  }

  // Augmenting row reduction, twice.
  for (int round = 0; round < 2 && cols > 1; ++round) {
    std::vector<std::uint32_t> left;
    std::size_t k = 0;
    // As with `assign`, no endless price wars.
    std::uint64_t steps = 4 * static_cast<std::uint64_t>(rows);
    while (k < open.size()) {
      const std::uint32_t i = open[k++];
      const std::int32_t* row = row_costs(i);
      std::int64_t first = kFar;
      std::int64_t second = kFar;
      std::uint32_t j1 = 0;
      std::uint32_t j2 = 0;
      for (std::uint32_t j = 0; j < cols; ++j) {
        const std::int64_t h = row[j] - v[j];
        if (h >= second) continue;
        if (h >= first) {
          second = h;
          j2 = j;
        } else {
          second = first;
          j2 = j1;
          first = h;
          j1 = j;
        }
      }
      std::uint32_t holder = row_of[j1];
      const bool cheaper = first < second;
      if (cheaper) {
        v[j1] -= second - first;
      } else if (holder != kNone) {
        j1 = j2;
        holder = row_of[j2];
      }
      col_of[i] = j1;
      row_of[j1] = i;
      if (holder == kNone) continue;
      col_of[holder] = kNone;
      if (cheaper && steps > 0) {
        --steps;
        open[--k] = holder;
      } else {
        left.push_back(holder);
      }
    }
    open = std::move(left);
  }

  // Shortest augmenting paths for the rest.
  std::vector<std::int64_t> distance(cols);
  std::vector<std::uint32_t> reached_by(cols);
  std::vector<std::uint32_t> list(cols);
  for (const std::uint32_t start : open) {
    const std::int32_t* row = row_costs(start);
    for (std::uint32_t j = 0; j < cols; ++j) {
      distance[j] = row[j] - v[j];
      reached_by[j] = start;
      list[j] = j;
    }
    // list: [0, low) settled, [low, up) at the least distance, the rest farther or unknown.
    std::uint32_t low = 0;
    std::uint32_t up = 0;
    std::uint32_t settled = 0;
    std::int64_t least = 0;
    std::uint32_t end = kNone;
    while (end == kNone) {
      if (up == low) {
        settled = low;
        least = distance[list[up++]];
        for (std::uint32_t k = up; k < cols; ++k) {
          const std::uint32_t j = list[k];
          if (distance[j] > least) continue;
          if (distance[j] < least) {
            up = low;
            least = distance[j];
          }
          list[k] = list[up];
          list[up++] = j;
        }
        for (std::uint32_t k = low; k < up && end == kNone; ++k) {
          if (row_of[list[k]] == kNone) end = list[k];
        }
        if (end != kNone) break;
      }
      const std::uint32_t through = list[low++];
      const std::uint32_t i = row_of[through];
      const std::int32_t* next = row_costs(i);
      const std::int64_t base = next[through] - v[through] - least;
      for (std::uint32_t k = up; k < cols; ++k) {
        const std::uint32_t j = list[k];
        const std::int64_t d = next[j] - v[j] - base;
        if (d >= distance[j]) continue;
        distance[j] = d;
        reached_by[j] = i;
        if (d == least) {
          if (row_of[j] == kNone) {
            end = j;
            break;
          }
          list[k] = list[up];
          list[up++] = j;
        }
      }
    }
    for (std::uint32_t k = 0; k < settled; ++k) v[list[k]] += distance[list[k]] - least;
    std::uint32_t j = end;
    for (;;) {
      const std::uint32_t i = reached_by[j];
      row_of[j] = i;
      std::swap(j, col_of[i]);
      if (i == start) break;
    }
  }
  for (std::uint32_t i = 0; i < rows; ++i) {
    const std::int64_t cost = row_costs(i)[col_of[i]];
    result.cost += cost;
    result.row_price[i] = cost - v[col_of[i]];
  }
  return result;
}

}  // namespace tc::matching
