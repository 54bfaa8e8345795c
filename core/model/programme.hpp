#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/alliance.hpp"
#include "core/model/citation.hpp"
#include "core/model/date.hpp"
#include "core/model/deck.hpp"
#include "core/model/policy.hpp"
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

/// What was planned when the plan was agreed; slips are measured against it.
struct Baseline {
  std::optional<Date> start;
  std::optional<Date> finish;
  bool operator==(const Baseline&) const = default;
};

struct MilestoneConstraints {
  std::optional<Date> no_earlier;
  std::optional<Date> no_later;
  std::optional<Date> must_be_on;
  bool operator==(const MilestoneConstraints&) const = default;
};

struct Milestone {
  std::string id;  ///< unique within its item
  Text title;
  std::optional<Date> due;
  std::optional<Date> finished;
  std::optional<MilestoneConstraints> constraints;
  std::optional<Date> baseline;  ///< none: the due date
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

/// A duration in working days at three points: optimistic ≤ likely ≤ pessimistic.
struct Estimate {
  double optimistic = 0;
  double likely = 0;
  double pessimistic = 0;
  bool operator==(const Estimate&) const = default;
};

/// Limits on an item's dates besides its dependencies. All may fall on days off.
struct ItemConstraints {
  std::optional<Date> start_no_earlier;
  std::optional<Date> finish_no_later;
  std::optional<Date> must_finish_on;
  bool operator==(const ItemConstraints&) const = default;
};

/// Delivery confidence, the worst last.
enum class Rag : std::uint8_t { unknown, green, amber, red };
inline constexpr std::array kRags = {Rag::red, Rag::amber, Rag::green, Rag::unknown};

/// A judgement of delivery confidence that stands in for the computed one, with who made it and
/// why.
struct RagOverride {
  Rag rag = Rag::unknown;
  Text reason;
  std::string by;
  std::optional<Date> date;
  bool operator==(const RagOverride&) const = default;
};

/// From where on a figure is amber or red.
struct RagThresholds {
  int amber_slip = 1;  ///< working days late
  int red_slip = 10;
  int amber_float = 0;  ///< working days of total float, or less
  int red_float = -1;
  int amber_stale = 30;  ///< days since the last update
  int red_stale = 60;
  int amber_blocked = 1;  ///< blocked predecessors, direct or further back
  int red_blocked = 3;
  bool operator==(const RagThresholds&) const = default;
};

/// A day that differs from the weekly pattern and the national holidays.
struct DayException {
  Date date;
  bool working = false;  ///< true: a make-up working day (调休上班)
  Text name;             ///< the holiday that it belongs to
  bool operator==(const DayException&) const = default;
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
  std::optional<int> duration;        ///< working days; none: those from start to due
  std::optional<Estimate> estimate;   ///< of the duration, for simulations
  std::optional<ItemConstraints> constraints;
  std::optional<Baseline> baseline;       ///< none: the planned dates
  std::optional<RagOverride> confidence;  ///< stands in for the computed colour
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
  std::optional<Date> as_of;      ///< the day that the data describes
  std::optional<Date> finish_by;  ///< the day by which all is to be done; floats count from it
  std::vector<DayException> calendar_days;  ///< on top of the national holidays
  std::optional<RagThresholds> rag_thresholds;
  std::vector<Source> sources;
  std::vector<City> cities;
  std::vector<Department> departments;
  std::vector<Area> areas;
  std::vector<ActionItem> items;
  std::vector<Indicator> indicators;
  std::vector<Product> products;
  std::vector<Alliance> alliances;
  std::vector<Member> members;
  std::vector<ChainLink> chain_links;
  std::vector<Policy> policies;
  std::optional<PolicyMatrix> policy_matrix;
  std::vector<Need> needs;
  std::vector<ResearchResult> results;
  std::vector<Job> jobs;
  std::vector<Graduate> graduates;
  std::vector<Challenge> challenges;
  std::vector<Deck> decks;
  std::vector<Interest> interests;
  Extensions extensions;
  bool operator==(const Programme&) const = default;
};

/// The names that files use: `staged-result`, `FS`, `link`, `sourced`, …
std::string_view name_of(Status status);
std::string_view name_of(DependencyType type);
std::string_view name_of(EvidenceKind kind);
std::string_view name_of(Counts counts);
std::string_view name_of(ProgrammeKind kind);
/// `red`, `amber`, `green`, `unknown`.
std::string_view name_of(Rag rag);

/// The status's words for people, as the glossary has them (取得阶段性成果 / Staged result).
const Text& label_of(Status status);

}  // namespace tc
