#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/model/programme.hpp"

namespace tc {

/// How many items stand where.
struct StatusCounts {
  std::array<std::size_t, kStatusCount> by_status{};

  std::size_t& operator[](Status s) { return by_status[static_cast<std::size_t>(s)]; }
  std::size_t operator[](Status s) const { return by_status[static_cast<std::size_t>(s)]; }
  std::size_t total() const;
  bool operator==(const StatusCounts&) const = default;
};

/// A deadline of an item or of one of its milestones.
struct Deadline {
  std::size_t item = 0;                  ///< index into `Programme::items`
  std::optional<std::size_t> milestone;  ///< index into the item's milestones; empty: its own
  Date due;
  bool operator==(const Deadline&) const = default;
};

/// Where the whole list stands on one day.
struct Summary {
  StatusCounts items;
  /// One entry an area, city or department of the programme, in its order, and a last one for the
  /// items that have none. An item led by several departments counts once for each of them, and
  /// once for each of their cities.
  std::vector<StatusCounts> by_area;
  std::vector<StatusCounts> by_city;
  std::vector<StatusCounts> by_department;
  std::vector<Deadline> late;  ///< due before the day and not finished; the longest overdue first
  std::vector<Deadline> next;  ///< due on the day or later and not finished; the nearest first
};

/// O(n log n) in items plus milestones.
Summary summarise(const Programme& programme, Date as_of);

/// True when the item has a due date before `as_of` and is not completed.
bool is_late(const ActionItem& item, Date as_of);

/// The day that the programme's figures hold: its `as_of`, else the latest date that any of its
/// actual dates, evidence and indicators names; nothing when there is none.
std::optional<Date> effective_as_of(const Programme& programme);

/// Positions of ids, for following references. Keys point into the programme, which has to outlive
/// the index unchanged.
class Index {
 public:
  explicit Index(const Programme& programme);
  std::optional<std::size_t> city(std::string_view id) const { return find(cities_, id); }
  std::optional<std::size_t> department(std::string_view id) const {
    return find(departments_, id);
  }
  std::optional<std::size_t> area(std::string_view id) const { return find(areas_, id); }
  std::optional<std::size_t> item(std::string_view code) const { return find(items_, code); }
  std::optional<std::size_t> source(std::string_view id) const { return find(sources_, id); }

 private:
  using Map = std::unordered_map<std::string_view, std::size_t>;
  static std::optional<std::size_t> find(const Map& map, std::string_view id);
  Map cities_, departments_, areas_, items_, sources_;
};

}  // namespace tc
