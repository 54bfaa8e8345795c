#include "core/model/summary.hpp"

#include <algorithm>
#include <numeric>

namespace tc {

namespace {

template <class List, class Id>
auto index_of(const List& list, Id id) {
  std::unordered_map<std::string_view, std::size_t> map;
  map.reserve(list.size());
  for (std::size_t i = 0; i < list.size(); ++i) map.emplace(id(list[i]), i);
  return map;
}

/// Adds one to each group of `groups` (which may repeat), or to the last entry when there is none.
void count(std::vector<StatusCounts>& counts, std::vector<std::size_t>& groups, Status status) {
  if (groups.empty()) {
    ++counts.back()[status];
    return;
  }
  std::sort(groups.begin(), groups.end());
  groups.erase(std::unique(groups.begin(), groups.end()), groups.end());
  for (std::size_t group : groups) ++counts[group][status];
}

}  // namespace

std::size_t StatusCounts::total() const {
  return std::accumulate(by_status.begin(), by_status.end(), std::size_t{0});
}

bool is_late(const ActionItem& item, Date as_of) {
  return item.due && *item.due < as_of && item.status != Status::completed;
}

Summary summarise(const Programme& programme, Date as_of) {
  const Index index(programme);
  Summary summary;
  summary.by_area.resize(programme.areas.size() + 1);
  summary.by_city.resize(programme.cities.size() + 1);
  summary.by_department.resize(programme.departments.size() + 1);

  std::vector<std::size_t> departments;
  std::vector<std::size_t> cities;
  const auto deadline = [&summary, as_of](std::size_t item, std::optional<std::size_t> milestone,
                                          Date due) {
    (due < as_of ? summary.late : summary.next).push_back({item, milestone, due});
  };
  for (std::size_t i = 0; i < programme.items.size(); ++i) {
    const ActionItem& item = programme.items[i];
    ++summary.items[item.status];
    ++summary.by_area[index.area(item.area).value_or(programme.areas.size())][item.status];

    departments.clear();
    cities.clear();
    for (const std::string& lead : item.leads) {
      const auto department = index.department(lead);
      if (!department) continue;
      departments.push_back(*department);
      if (const auto city = index.city(programme.departments[*department].city)) {
        cities.push_back(*city);
      }
    }
    count(summary.by_department, departments, item.status);
    count(summary.by_city, cities, item.status);

    if (item.status == Status::completed) continue;
    if (item.due) deadline(i, std::nullopt, *item.due);
    for (std::size_t k = 0; k < item.milestones.size(); ++k) {
      const Milestone& milestone = item.milestones[k];
      if (milestone.due && !milestone.finished) deadline(i, k, *milestone.due);
    }
  }
  const auto earlier = [](const Deadline& a, const Deadline& b) { return a.due < b.due; };
  std::stable_sort(summary.late.begin(), summary.late.end(), earlier);
  std::stable_sort(summary.next.begin(), summary.next.end(), earlier);
  return summary;
}

std::optional<Date> effective_as_of(const Programme& programme) {
  if (programme.as_of) return programme.as_of;
  std::optional<Date> latest;
  const auto see = [&latest](const std::optional<Date>& date) {
    if (date && (!latest || *latest < *date)) latest = date;
  };
  for (const ActionItem& item : programme.items) {
    see(item.started);
    see(item.finished);
    for (const Milestone& milestone : item.milestones) see(milestone.finished);
    for (const Evidence& evidence : item.evidence) see(evidence.date);
  }
  for (const Indicator& indicator : programme.indicators) see(indicator.as_of);
  return latest;
}

Index::Index(const Programme& programme) {
  const auto id = [](const auto& thing) -> std::string_view { return thing.id; };
  cities_ = index_of(programme.cities, id);
  departments_ = index_of(programme.departments, id);
  areas_ = index_of(programme.areas, id);
  sources_ = index_of(programme.sources, id);
  items_ = index_of(programme.items,
                    [](const ActionItem& item) -> std::string_view { return item.code; });
}

std::optional<std::size_t> Index::find(const Map& map, std::string_view id) {
  const auto found = map.find(id);
  if (found == map.end()) return std::nullopt;
  return found->second;
}

}  // namespace tc
