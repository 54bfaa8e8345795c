#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/model/citation.hpp"
#include "core/model/date.hpp"
#include "core/model/postings.hpp"
#include "core/model/text.hpp"

namespace tc {

struct Source {
  std::string id;
  Text title;
  Text publisher;
  std::optional<Date> date;
  std::string url;
  Extensions extensions;
  bool operator==(const Source&) const = default;
};

struct City {
  std::string id;
  Text name;
  Extensions extensions;
  bool operator==(const City&) const = default;
};

struct Department {
  std::string id;
  std::string city;  ///< id of a `City`
  Text name;
  Extensions extensions;
  bool operator==(const Department&) const = default;
};

/// One of the fields of cooperation under which items are listed (方面).
struct Area {
  std::string id;
  Text title;
  Extensions extensions;
  bool operator==(const Area&) const = default;
};

/// Where an item stands, in the order in which lists and legends show it.
enum class Status : std::uint8_t {
  completed,
  staged_result,  ///< 取得阶段性成果
  under_way,
  not_started,
  blocked,
  unknown,  ///< the source does not say
};
inline constexpr std::array kStatuses = {Status::completed, Status::staged_result,
                                         Status::under_way, Status::not_started,
                                         Status::blocked,   Status::unknown};
inline constexpr std::size_t kStatusCount = kStatuses.size();

struct Milestone {
  std::string id;  ///< unique within its item
  Text title;
  std::optional<Date> due;
  std::optional<Date> finished;
  Extensions extensions;
  bool operator==(const Milestone&) const = default;
};

/// How a dependency ties two items together (precedence diagramming method).
enum class DependencyType : std::uint8_t {
  finish_to_start,
  start_to_start,
  finish_to_finish,
  start_to_finish,
};

/// The item that holds it cannot start (or finish) before `item` has finished (or started).
struct Dependency {
  std::string item;  ///< code of the predecessor
  DependencyType type = DependencyType::finish_to_start;
  int lag_days = 0;  ///< working days between the two; negative is a lead
  Extensions extensions;
  bool operator==(const Dependency&) const = default;
};

enum class EvidenceKind : std::uint8_t { link, note, file };

struct Evidence {
  EvidenceKind kind = EvidenceKind::note;
  Text title;
  std::string url;     ///< link: an http(s) address
  std::string sha256;  ///< file: 64 hexadecimal digits
  std::optional<Date> date;
  Extensions extensions;
  bool operator==(const Evidence&) const = default;
};

/// One entry of the list of action items (清单).
struct ActionItem {
  std::string code;  ///< unique in the programme
  Text title;
  Text summary;
  std::string area;  ///< id of an `Area`; empty when the source does not say
  Status status = Status::unknown;
  std::vector<std::string> leads;     ///< ids of lead departments (牵头单位), of any city
  std::vector<std::string> partners;  ///< ids of departments that take part (配合单位)
  std::optional<Date> start;          ///< planned
  std::optional<Date> due;            ///< planned, last day
  std::optional<Date> started;        ///< actual
  std::optional<Date> finished;       ///< actual
  std::optional<double> progress;     ///< percent, 0 to 100
  std::vector<Milestone> milestones;
  std::vector<Dependency> depends_on;
  std::vector<Evidence> evidence;
  std::optional<Citation> source;
  Extensions extensions;
  bool operator==(const ActionItem&) const = default;
};

/// What an official indicator counts, so that a reported total can stand beside what the list
/// itself adds up to.
enum class Counts : std::uint8_t { nothing, areas, items };

struct Indicator {
  std::string id;
  Text name;
  std::optional<double> value;  ///< latest; empty when the source does not say
  Text unit;
  std::optional<double> target;
  std::optional<Date> target_date;
  std::optional<Date> as_of;  ///< the day on which `value` held
  bool at_least = false;      ///< the source says 'at least' or 'over' of value or target
  Counts counts = Counts::nothing;
  std::optional<Status> counts_status;  ///< with `Counts::items`: only those of this status
  std::optional<Citation> source;
  Extensions extensions;
  bool operator==(const Indicator&) const = default;
};

enum class ProgrammeKind : std::uint8_t {
  sourced,        ///< every fact carries its source
  demonstration,  ///< made up; labelled 演示数据 on every screen and in every export
  working,        ///< a team's own board
};

/// A joint programme of two or more cities. Plain data: `validate` (programme_json.hpp) tells
/// whether it holds together.
struct Programme {
  std::string id;
  Text title;
  Text description;
  ProgrammeKind kind = ProgrammeKind::working;
  std::optional<Date> as_of;  ///< the day that the data describes
  std::vector<Source> sources;
  std::vector<City> cities;
  std::vector<Department> departments;
  std::vector<Area> areas;
  std::vector<ActionItem> items;
  std::vector<Indicator> indicators;
  std::vector<Need> needs;
  std::vector<ResearchResult> results;
  std::vector<Job> jobs;
  std::vector<Graduate> graduates;
  std::vector<Challenge> challenges;
  Extensions extensions;
  bool operator==(const Programme&) const = default;
};

/// The names that files use: `staged-result`, `FS`, `link`, `sourced`, …
std::string_view name_of(Status status);
std::string_view name_of(DependencyType type);
std::string_view name_of(EvidenceKind kind);
std::string_view name_of(Counts counts);
std::string_view name_of(ProgrammeKind kind);

/// The status's words for people, as the glossary has them (取得阶段性成果 / Staged result).
const Text& label_of(Status status);

}  // namespace tc
