#include "core/model/programme_json.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <deque>
#include <functional>
#include <limits>
#include <nlohmann/json.hpp>
#include <span>
#include <type_traits>
#include <unordered_map>
#include <utility>

#include "core/model/alliance_json.hpp"
#include "core/model/deck_json.hpp"
#include "core/model/dependency_cycle.hpp"
#include "core/model/element_json.hpp"
#include "core/model/error_list.hpp"
#include "core/model/json_parts.hpp"
#include "core/model/json_text.hpp"
#include "core/model/postings_json.hpp"
#include "core/model/programme_reader.hpp"
#include "core/model/programme_writer.hpp"
#include "core/model/progress.hpp"
#include "core/policy/rule_json.hpp"

namespace tc {

namespace {

using nlohmann::json;

constexpr std::string_view kFormat = "tongcheng-programme";
constexpr std::size_t kMaxIdBytes = 64;
constexpr std::size_t kMaxTextBytes = std::size_t{64} << 10;
/// Beyond it neighbouring whole numbers can't be told apart in a double.
constexpr double kMaxWhole = 9007199254740992.0;
/// A century of working days is more than any plan needs.
constexpr int kMaxWorkingDays = 36600;
/// More than any object has by its description.
constexpr std::size_t kMostMembers = 64;

// Each `members` below is the one description of its object: reading, writing and the list of
// known members all come from it. Order is the order in the file.

template <class V, class T>
void members(V& v, T& m) requires std::is_same_v<std::remove_const_t<T>, Text> {
  v.text("zh", m.zh);
  v.text("en", m.en);
}

template <class V, class T>
void members(V& v, T& m) requires std::is_same_v<std::remove_const_t<T>, Citation> {
  v.id("source", m.source, Presence::required);
  v.title("place", m.place, Presence::optional);
}

template <class V, class T>
void members(V& v, T& m) requires std::is_same_v<std::remove_const_t<T>, Source> {
  v.id("id", m.id, Presence::required);
  v.title("title", m.title, Presence::required);
  v.title("publisher", m.publisher, Presence::optional);
  v.date("date", m.date);
  v.url("url", m.url);
}

template <class V, class T>
void members(V& v, T& m) requires std::is_same_v<std::remove_const_t<T>, City> {
  v.id("id", m.id, Presence::required);
  v.title("name", m.name, Presence::required);
}

template <class V, class T>
void members(V& v, T& m) requires std::is_same_v<std::remove_const_t<T>, Department> {
  v.id("id", m.id, Presence::required);
  v.id("city", m.city, Presence::required);
  v.title("name", m.name, Presence::required);
}

template <class V, class T>
void members(V& v, T& m) requires std::is_same_v<std::remove_const_t<T>, Area> {
  v.id("id", m.id, Presence::required);
  v.title("title", m.title, Presence::required);
}

template <class V, class T>
void members(V& v, T& m) requires std::is_same_v<std::remove_const_t<T>, Milestone> {
  v.id("id", m.id, Presence::required);
  v.title("title", m.title, Presence::required);
  v.date("due", m.due);
  v.date("finished", m.finished);
  v.part("constraints", m.constraints);
  v.date("baseline", m.baseline);
}

template <class V, class T>
void members(V& v, T& m) requires std::is_same_v<std::remove_const_t<T>, MilestoneConstraints> {
  v.date("noEarlier", m.no_earlier);
  v.date("noLater", m.no_later);
  v.date("mustBeOn", m.must_be_on);
}

template <class V, class T>
void members(V& v, T& m) requires std::is_same_v<std::remove_const_t<T>, ItemConstraints> {
  v.date("startNoEarlier", m.start_no_earlier);
  v.date("finishNoLater", m.finish_no_later);
  v.date("mustFinishOn", m.must_finish_on);
}

template <class V, class T>
void members(V& v, T& m) requires std::is_same_v<std::remove_const_t<T>, Baseline> {
  v.date("start", m.start);
  v.date("finish", m.finish);
}

template <class V, class T>
void members(V& v, T& m) requires std::is_same_v<std::remove_const_t<T>, Estimate> {
  v.number("optimistic", m.optimistic, 0, kMaxWorkingDays);
  v.number("likely", m.likely, 0, kMaxWorkingDays);
  v.number("pessimistic", m.pessimistic, 0, kMaxWorkingDays);
}

/// An override has to name a colour.
constexpr std::array kOverrideRags = {Rag::red, Rag::amber, Rag::green};

template <class V, class T>
void members(V& v, T& m) requires std::is_same_v<std::remove_const_t<T>, RagOverride> {
  v.name("rag", m.rag, kOverrideRags, Presence::required);
  v.title("reason", m.reason, Presence::required);
  v.text("by", m.by, Presence::required);
  v.date("date", m.date);
}

template <class V, class T>
void members(V& v, T& m) requires std::is_same_v<std::remove_const_t<T>, RagThresholds> {
  const RagThresholds usual;
  v.whole("amberSlip", m.amber_slip, 0, kMaxWorkingDays, usual.amber_slip);
  v.whole("redSlip", m.red_slip, 0, kMaxWorkingDays, usual.red_slip);
  v.whole("amberFloat", m.amber_float, -kMaxWorkingDays, kMaxWorkingDays, usual.amber_float);
  v.whole("redFloat", m.red_float, -kMaxWorkingDays, kMaxWorkingDays, usual.red_float);
  v.whole("amberStale", m.amber_stale, 0, kMaxWorkingDays, usual.amber_stale);
  v.whole("redStale", m.red_stale, 0, kMaxWorkingDays, usual.red_stale);
  v.whole("amberBlocked", m.amber_blocked, 1, kMaxWorkingDays, usual.amber_blocked);
  v.whole("redBlocked", m.red_blocked, 1, kMaxWorkingDays, usual.red_blocked);
}

template <class V, class T>
void members(V& v, T& m) requires std::is_same_v<std::remove_const_t<T>, DayException> {
  v.date("date", m.date);
  v.flag("working", m.working);
  v.title("name", m.name, Presence::optional);
}

constexpr std::array kDependencyTypes = {
    DependencyType::finish_to_start, DependencyType::start_to_start,
    DependencyType::finish_to_finish, DependencyType::start_to_finish};
constexpr std::array kEvidenceKinds = {EvidenceKind::link, EvidenceKind::note, EvidenceKind::file};
constexpr std::array kCounts = {Counts::areas, Counts::items};
constexpr std::array kKinds = {ProgrammeKind::sourced, ProgrammeKind::demonstration,
                               ProgrammeKind::working};

template <class V, class T>
void members(V& v, T& m) requires std::is_same_v<std::remove_const_t<T>, Dependency> {
  v.id("item", m.item, Presence::required);
  v.name("type", m.type, kDependencyTypes, Presence::required);
  v.whole("lagDays", m.lag_days, -3660, 3660, 0);
}

template <class V, class T>
void members(V& v, T& m) requires std::is_same_v<std::remove_const_t<T>, Evidence> {
  v.name("kind", m.kind, kEvidenceKinds, Presence::required);
  v.title("title", m.title, Presence::required);
  v.url("url", m.url);
  v.hash("sha256", m.sha256);
  v.date("date", m.date);
}

template <class V, class T>
void members(V& v, T& m) requires std::is_same_v<std::remove_const_t<T>, ActionItem> {
  v.id("code", m.code, Presence::required);
  v.title("title", m.title, Presence::required);
  v.title("summary", m.summary, Presence::optional);
  v.id("area", m.area, Presence::optional);
  v.name("status", m.status, kStatuses, Presence::required);
  v.ids("leads", m.leads);
  v.ids("partners", m.partners);
  v.date("start", m.start);
  v.date("due", m.due);
  v.date("started", m.started);
  v.date("finished", m.finished);
  v.number("progress", m.progress, 0, 100);
  v.whole("duration", m.duration, 0, kMaxWorkingDays);
  v.part("estimate", m.estimate);
  v.part("constraints", m.constraints);
  v.part("baseline", m.baseline);
  v.part("confidence", m.confidence);
  v.list("milestones", m.milestones, Presence::optional);
  v.list("dependsOn", m.depends_on, Presence::optional);
  v.list("evidence", m.evidence, Presence::optional);
  v.part("source", m.source);
}

template <class V, class T>
void members(V& v, T& m) requires std::is_same_v<std::remove_const_t<T>, Indicator> {
  constexpr double kAny = std::numeric_limits<double>::max();
  v.id("id", m.id, Presence::required);
  v.title("name", m.name, Presence::required);
  v.number("value", m.value, -kAny, kAny);
  v.title("unit", m.unit, Presence::optional);
  v.number("target", m.target, -kAny, kAny);
  v.date("targetDate", m.target_date);
  v.date("asOf", m.as_of);
  v.flag("atLeast", m.at_least);
  v.name_or("counts", m.counts, kCounts, Counts::nothing);
  v.optional_name("countsStatus", m.counts_status, kStatuses);
  v.part("source", m.source);
}

template <class V, class T>
void members(V& v, T& m) requires std::is_same_v<std::remove_const_t<T>, Programme> {
  v.format();
  v.id("id", m.id, Presence::required);
  v.title("title", m.title, Presence::required);
  v.title("description", m.description, Presence::optional);
  v.name("kind", m.kind, kKinds, Presence::required);
  v.date("asOf", m.as_of);
  v.date("finishBy", m.finish_by);
  v.list("calendarDays", m.calendar_days, Presence::optional);
  v.part("ragThresholds", m.rag_thresholds);
  v.list("sources", m.sources, Presence::optional);
  v.list("cities", m.cities, Presence::required);
  v.list("departments", m.departments, Presence::optional);
  v.list("areas", m.areas, Presence::optional);
  v.list("items", m.items, Presence::optional);
  v.list("indicators", m.indicators, Presence::optional);
  v.list("products", m.products, Presence::optional);
  v.list("alliances", m.alliances, Presence::optional);
  v.list("members", m.members, Presence::optional);
  v.list("chainLinks", m.chain_links, Presence::optional);
  v.list("policies", m.policies, Presence::optional);
  v.part("policyMatrix", m.policy_matrix);
  v.lines("needs", m.needs);
  v.lines("results", m.results);
  v.lines("jobs", m.jobs);
  v.lines("graduates", m.graduates);
  v.list("challenges", m.challenges, Presence::optional);
  v.list("decks", m.decks, Presence::optional);
  v.lines("interests", m.interests);
}

template <class T>
concept Extensible = requires(T& m) {
  m.extensions;
};

bool is_extension(std::string_view name) {
  return name.substr(0, 2) == "x-";
}

template <class Names>
std::string joined(const Names& names) {
  std::string text;
  for (const auto& name : names) {
    if (!text.empty()) text += ", ";
    text += name;
  }
  return text;
}

template <class E, std::size_t N>
std::string names_of(const std::array<E, N>& values) {
  std::vector<std::string_view> names;
  names.reserve(N);
  for (E value : values) names.push_back(name_of(value));
  return joined(names);
}

/// A value as it stands in the file, for messages.
std::string shown(const json& value) {
  switch (value.type()) {
    case json::value_t::object:
      return "an object";
    case json::value_t::array:
      return "an array";
    default:
      return shorten(value.dump(-1, ' ', false, json::error_handler_t::replace));
  }
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

bool good_id(std::string_view id) {
  if (id.empty() || id.size() > kMaxIdBytes) return false;
  return std::none_of(id.begin(), id.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte <= 0x20 || byte == 0x7F;
  });
}

bool good_url(std::string_view url) {
  const bool scheme = url.starts_with("https://") || url.starts_with("http://");
  return scheme && url.size() > url.find("://") + 3 &&
         std::none_of(url.begin(), url.end(), [](char c) {
           const auto byte = static_cast<unsigned char>(c);
           return byte <= 0x20 || byte == 0x7F || c == '"' || c == '<' || c == '>';
         });
}

bool good_hash(std::string_view hash) {
  return hash.size() == 64 && std::all_of(hash.begin(), hash.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
         });
}

/// Items that were read while the document was still being parsed, so that their JSON needn't stay
/// in memory, with what is wrong in them.
struct ItemsReadEarly {
  std::deque<std::optional<ActionItem>> items;  ///< by index in the list; never moved
  std::vector<Error> found;
  std::vector<std::size_t> owners;  ///< of `found`: the index of the item, ascending
};

/// Reads the members of one object.
class Reader {
 public:
  Reader(const json& object, const Place& place, Errors& errors, ItemsReadEarly* early = nullptr)
      : object_(object), place_(place), errors_(errors), early_(early) {
    for (const auto& [name, value] : *object.get_ptr<const json::object_t*>()) {
      initials_ |= initial(name);
    }
  }

  template <class T>
  static void read(const json& value, const Place& place, Errors& errors, T& out,
                   ItemsReadEarly* early = nullptr) {
    if (!value.is_object()) {
      errors.add(ErrorCode::wrong_type, place, shown(value), "an object");
      return;
    }
    Reader reader(value, place, errors, early);
    members(reader, out);
    reader.finish(out);
  }

  void format() {
    const json* value = find("format");
    if (value == nullptr || *value != kFormat) {
      errors_.add(ErrorCode::wrong_format, place_ / "format",
                  value == nullptr ? "-" : shown(*value), std::string(kFormat));
    }
    const json* version = find("version");
    if (version == nullptr) {
      errors_.add(ErrorCode::missing_member, place_, "version", std::to_string(kProgrammeVersion));
    } else if (*version != kProgrammeVersion) {
      errors_.add(ErrorCode::unsupported_version, place_ / "version", shown(*version),
                  std::to_string(kProgrammeVersion));
    }
  }

  void id(const char* name, std::string& out, Presence presence) {
    const json* value = typed(name, json::value_t::string, presence, "an id");
    if (value == nullptr) return;
    out = value->get_ref<const std::string&>();
    check_id(out, place_ / name);
  }

  void ids(const char* name, std::vector<std::string>& out) {
    const json* value = typed(name, json::value_t::array, Presence::optional, "an array");
    if (value == nullptr) return;
    const Place place = place_ / name;
    for (std::size_t i = 0; i < value->size(); ++i) {
      const json& element = (*value)[i];
      out.emplace_back();
      if (!element.is_string()) {
        errors_.add(ErrorCode::wrong_type, place / i, shown(element), "a string");
        continue;
      }
      out.back() = element.get_ref<const std::string&>();
      check_id(out.back(), place / i);
    }
  }

  void texts(const char* name, std::vector<std::string>& out) {
    const json* value = typed(name, json::value_t::array, Presence::optional, "an array");
    if (value == nullptr) return;
    const Place place = place_ / name;
    for (std::size_t i = 0; i < value->size(); ++i) {
      const json& element = (*value)[i];
      if (element.is_string() && !is_blank(element.get_ref<const std::string&>())) {
        out.push_back(element.get_ref<const std::string&>());
      } else {
        errors_.add(element.is_string() ? ErrorCode::empty_value : ErrorCode::wrong_type, place / i,
                    shown(element), "a string");
      }
    }
  }

  void optional_text(const char* name, std::optional<std::string>& out) {
    if (absent(name)) return;
    text(name, out.emplace());
  }

  void text(const char* name, std::string& out, Presence presence = Presence::optional) {
    const json* value = typed(name, json::value_t::string, presence, "a string");
    if (value == nullptr) return;
    out = value->get_ref<const std::string&>();
    if (presence == Presence::required && is_blank(out)) {
      errors_.add(ErrorCode::empty_value, place_ / name, {}, "text");
    }
    if (out.size() > kMaxTextBytes) {
      errors_.add(ErrorCode::too_large, place_ / name, std::to_string(out.size()) + " B",
                  std::to_string(kMaxTextBytes) + " B");
    }
  }

  void title(const char* name, Text& out, Presence presence) {
    const json* value = find(name);
    if (value == nullptr) {
      if (presence == Presence::required) missing(name, "a title in zh or en");
      return;
    }
    const Place place = place_ / name;
    read(*value, place, errors_, out);
    if (value->is_object() && is_blank(out.zh) && is_blank(out.en)) {
      errors_.add(ErrorCode::empty_value, place, {}, "text in zh or en");
    }
  }

  void date(const char* name, std::optional<Date>& out) {
    const json* value = typed(name, json::value_t::string, Presence::optional, "a date YYYY-MM-DD");
    if (value == nullptr) return;
    out = parse_date(value->get_ref<const std::string&>());
    if (!out) errors_.add(ErrorCode::bad_date, place_ / name, shown(*value), {});
  }

  void date(const char* name, Date& out) {
    std::optional<Date> date;
    if (member(name) == nullptr) missing(name, "a date YYYY-MM-DD");
    this->date(name, date);
    if (date) out = *date;
  }

  void url(const char* name, std::string& out) {
    const json* value = typed(name, json::value_t::string, Presence::optional, "a string");
    if (value == nullptr) return;
    out = value->get_ref<const std::string&>();
    if (!good_url(out)) errors_.add(ErrorCode::bad_url, place_ / name, shown(*value), {});
  }

  void hash(const char* name, std::string& out) {
    const json* value = typed(name, json::value_t::string, Presence::optional, "a string");
    if (value == nullptr) return;
    out = value->get_ref<const std::string&>();
    if (!good_hash(out)) errors_.add(ErrorCode::bad_hash, place_ / name, shown(*value), {});
  }

  void number(const char* name, std::optional<double>& out, double least, double most) {
    const json* value = find(name);
    if (value == nullptr) return;
    if (!value->is_number()) {
      errors_.add(ErrorCode::wrong_type, place_ / name, shown(*value), "a number");
      return;
    }
    out = value->get<double>();
    if (!(*out >= least && *out <= most)) {
      errors_.add(ErrorCode::out_of_range, place_ / name, shown(*value),
                  json(least).dump() + " … " + json(most).dump());
    }
  }

  void number(const char* name, double& out, double least, double most) {
    std::optional<double> number;
    if (member(name) == nullptr) missing(name, "a number");
    this->number(name, number, least, most);
    // What is missing compares with nothing, so that it isn't blamed for its order too.
    out = number.value_or(std::numeric_limits<double>::quiet_NaN());
  }

  void whole(const char* name, std::optional<int>& out, int least, int most) {
    if (member(name) != nullptr) out.emplace();
    int number = 0;
    whole(name, number, least, most, 0);
    if (out) out = number;
  }

  void whole(const char* name, int& out, int least, int most, int /*absent*/) {
    const json* value = find(name);
    if (value == nullptr) return;
    if (!value->is_number()) {
      errors_.add(ErrorCode::wrong_type, place_ / name, shown(*value), "a whole number");
      return;
    }
    const double number = value->get<double>();
    if (!(number >= least && number <= most)) {
      errors_.add(ErrorCode::out_of_range, place_ / name, shown(*value),
                  std::to_string(least) + " … " + std::to_string(most));
    } else if (number != std::floor(number)) {
      errors_.add(ErrorCode::wrong_type, place_ / name, shown(*value), "a whole number");
    } else {
      out = static_cast<int>(number);
    }
  }

  void flag(const char* name, bool& out) {
    const json* value = typed(name, json::value_t::boolean, Presence::optional, "true or false");
    if (value != nullptr) out = value->get<bool>();
  }

  template <class E, std::size_t N>
  void name(const char* name, E& out, const std::array<E, N>& values, Presence presence) {
    const json* value = find(name);
    if (value == nullptr) {
      if (presence == Presence::required) missing(name, names_of(values));
      return;
    }
    if (value->is_string()) {
      for (E candidate : values) {
        if (name_of(candidate) == value->get_ref<const std::string&>()) {
          out = candidate;
          return;
        }
      }
    }
    errors_.add(ErrorCode::bad_name, place_ / name, shown(*value), names_of(values));
  }

  template <class E, std::size_t N>
  void name_or(const char* member, E& out, const std::array<E, N>& values, E) {
    name(member, out, values, Presence::optional);
  }

  template <class E, std::size_t N>
  void optional_name(const char* member, std::optional<E>& out, const std::array<E, N>& values) {
    if (absent(member)) return;
    out.emplace();
    name(member, *out, values, Presence::optional);
  }

  template <class T>
  void list(const char* name, std::vector<T>& out, Presence presence) {
    const json* value = typed(name, json::value_t::array, presence, "an array");
    if (value == nullptr) return;
    const Place place = place_ / name;
    out.resize(value->size());
    for (std::size_t i = 0; i < value->size(); ++i) {
      if constexpr (std::is_same_v<T, ActionItem>) {
        if (take_early(i, out[i])) continue;
      }
      read((*value)[i], place / i, errors_, out[i]);
    }
  }

  /// A list that is written with an object a line.
  template <class T>
  void lines(const char* name, std::vector<T>& out) {
    list(name, out, Presence::optional);
  }

  template <class T>
  void part(const char* name, std::optional<T>& out) {
    const json* value = find(name);
    if (value == nullptr) return;
    out.emplace();
    read(*value, place_ / name, errors_, *out);
  }

  void rule(const char* name, Rule& out) {
    const json* value = find(name);
    if (value == nullptr) return;
    Result<Rule> result = policy::read_rule(*value, place_ / name);
    for (Error& error : result.errors) errors_.add(std::move(error));
    if (result) out = std::move(*result.value);
  }

 private:
  /// Items are a list of the root alone, and only the root's reader is given `early_`.
  bool take_early(std::size_t i, ActionItem& out) {
    if (early_ == nullptr || i >= early_->items.size() || !early_->items[i]) return false;
    out = std::move(*early_->items[i]);
    const auto begin = std::lower_bound(early_->owners.begin(), early_->owners.end(), i);
    for (auto owner = begin; owner != early_->owners.end() && *owner == i; ++owner) {
      errors_.add(
          std::move(early_->found[static_cast<std::size_t>(owner - early_->owners.begin())]));
    }
    return true;
  }

  /// A bit that stands for what a name begins with and its length.
  static std::uint64_t initial(std::string_view name) {
    const std::size_t first = name.empty() ? 0 : static_cast<unsigned char>(name.front());
    return std::uint64_t{1} << ((first * 7 + name.size()) % 64);
  }

  /// Most of an object's members aren't there, which costs no search.
  const json* member(std::string_view name) const {
    if ((initials_ & initial(name)) == 0) return nullptr;
    const auto& members = *object_.get_ptr<const json::object_t*>();
    const auto found = members.find(name);
    return found == members.end() ? nullptr : &found->second;
  }

  const json* find(const char* name) {
    known_[known_count_++] = name;
    const json* found = member(name);
    if (found != nullptr) ++found_;
    return found;
  }

  /// Whether the member isn't there; if it is, it is still to be read.
  bool absent(const char* name) {
    if (member(name) != nullptr) return false;
    known_[known_count_++] = name;
    return true;
  }

  void missing(const char* name, std::string expected) {
    errors_.add(ErrorCode::missing_member, place_, name, std::move(expected));
  }

  const json* typed(const char* name, json::value_t type, Presence presence, const char* expected) {
    const json* value = find(name);
    if (value == nullptr) {
      if (presence == Presence::required) missing(name, expected);
      return nullptr;
    }
    if (value->type() != type) {
      errors_.add(ErrorCode::wrong_type, place_ / name, shown(*value), expected);
      return nullptr;
    }
    return value;
  }

  void check_id(const std::string& id, const Place& place) {
    if (!good_id(id)) {
      errors_.add(ErrorCode::bad_id, place, shown(id), std::to_string(kMaxIdBytes));
    }
  }

  template <class T>
  void finish(T& out) {
    if (found_ == object_.size()) return;
    const std::span<const char* const> known(known_.data(), known_count_);
    for (const auto& [name, value] : object_.items()) {
      if (std::find(known.begin(), known.end(), name) != known.end()) continue;
      if constexpr (Extensible<T>) {
        if (is_extension(name)) {
          out.extensions.emplace_back(name, value.dump());
          continue;
        }
      }
      errors_.add(ErrorCode::unknown_member, place_ / name, shorten(name), joined(known));
    }
  }

  const json& object_;
  const Place& place_;
  Errors& errors_;
  ItemsReadEarly* early_;
  std::uint64_t initials_ = 0;  ///< of the members that are there
  std::size_t found_ = 0;       ///< of these, how many are known
  std::array<const char*, kMostMembers> known_;
  std::size_t known_count_ = 0;
};

/// A list whose elements are written later.
struct LaterList {
  std::string name;
  std::size_t at;  ///< where in the text its elements belong
  std::size_t count;
  std::function<void(std::string& out, std::size_t i)> write_element;
};

/// Writes the members of one object as indented text, in the order of `members`.
class Writer {
 public:
  /// `flat`: all on one line. `later`: takes the long lists.
  Writer(std::string& out, std::size_t depth, bool flat, std::vector<LaterList>* later)
      : out_(out), depth_(depth), flat_(flat), later_(later) {}

  template <class T>
  static void write(std::string& out, std::size_t depth, const T& value, bool flat = false,
                    std::vector<LaterList>* later = nullptr) {
    out += '{';
    Writer writer(out, depth + 1, flat, later);
    members(writer, value);
    if constexpr (Extensible<T>) {
      // In the order in which they are read.
      std::vector<std::pair<std::string_view, std::string_view>> sorted(value.extensions.begin(),
                                                                        value.extensions.end());
      std::sort(sorted.begin(), sorted.end());
      for (const auto& [name, text] : sorted) {
        writer.begin(name);
        // Stored compact; indent it like its surroundings.
        std::string block = json::parse(text, nullptr, false).dump(flat ? -1 : 2);
        const std::string margin(2 * (depth + 1), ' ');
        for (char c : block) {
          out += c;
          if (c == '\n') out += margin;
        }
      }
    }
    writer.end();
  }

  void format() {
    begin("format");
    put_string(kFormat);
    begin("version");
    out_ += std::to_string(kProgrammeVersion);
  }

  void id(const char* name, const std::string& value, Presence presence) {
    if (value.empty() && presence == Presence::optional) return;
    begin(name);
    put_string(value);
  }

  void ids(const char* name, const std::vector<std::string>& values) {
    if (values.empty()) return;
    begin(name);
    put_array(values, [this](const std::string& value) { put_string(value); });
  }

  void text(const char* name, const std::string& value, Presence presence = Presence::optional) {
    id(name, value, presence);
  }
  void texts(const char* name, const std::vector<std::string>& values) { ids(name, values); }
  void optional_text(const char* name, const std::optional<std::string>& value) {
    if (value) id(name, *value, Presence::required);
  }
  void url(const char* name, const std::string& value) { id(name, value, Presence::optional); }
  void hash(const char* name, const std::string& value) { id(name, value, Presence::optional); }

  void title(const char* name, const Text& value, Presence presence) {
    if (value.empty() && presence == Presence::optional) return;
    begin(name);
    write(out_, depth_, value, flat_);
  }

  void date(const char* name, const std::optional<Date>& value) {
    if (!value) return;
    begin(name);
    put_string(format_date(*value));
  }

  void date(const char* name, Date value) { date(name, std::optional(value)); }

  void number(const char* name, double value, double least, double most) {
    number(name, std::optional(value), least, most);
  }

  void number(const char* name, const std::optional<double>& value, double, double) {
    if (!value) return;
    begin(name);
    const bool whole = *value == std::floor(*value) && std::abs(*value) <= kMaxWhole;
    out_ += whole ? std::to_string(static_cast<std::int64_t>(*value)) : json(*value).dump();
  }

  void whole(const char* name, const std::optional<int>& value, int, int) {
    if (!value) return;
    begin(name);
    out_ += std::to_string(*value);
  }

  void whole(const char* name, int value, int, int, int absent) {
    if (value == absent) return;
    begin(name);
    out_ += std::to_string(value);
  }

  void flag(const char* name, bool value) {
    if (!value) return;
    begin(name);
    out_ += "true";
  }

  template <class E, std::size_t N>
  void name(const char* name, E value, const std::array<E, N>&, Presence) {
    begin(name);
    put_string(name_of(value));
  }

  template <class E, std::size_t N>
  void name_or(const char* member, E value, const std::array<E, N>& values, E absent) {
    if (value != absent) name(member, value, values, Presence::optional);
  }

  template <class E, std::size_t N>
  void optional_name(const char* member, const std::optional<E>& value,
                     const std::array<E, N>& values) {
    if (value) name(member, *value, values, Presence::optional);
  }

  template <class T>
  void list(const char* name, const std::vector<T>& values, Presence presence) {
    if (values.empty() && presence == Presence::optional) return;
    begin(name);
    constexpr std::size_t kMany = 64;
    if (later_ != nullptr && values.size() > kMany) {
      put_later(name, values);
    } else {
      put_array(values, [this](const T& value) { write(out_, depth_ + 1, value, flat_); });
    }
  }

  template <class T>
  void lines(const char* name, const std::vector<T>& values) {
    if (values.empty()) return;
    begin(name);
    put_array(values, [this](const T& value) { write(out_, depth_ + 1, value, true); });
  }

  template <class T>
  void part(const char* name, const std::optional<T>& value) {
    if (!value) return;
    begin(name);
    write(out_, depth_, *value, flat_);
  }

  void rule(const char* name, const Rule& value) {
    if (value.empty()) return;
    begin(name);
    out_ += policy::write_rule(value, depth_);
  }

 private:
  void line(std::size_t depth) {
    if (flat_) return;
    out_ += '\n';
    out_.append(2 * depth, ' ');
  }

  const char* comma() const { return flat_ ? ", " : ","; }

  void begin(std::string_view name) {
    if (!first_) out_ += comma();
    first_ = false;
    line(depth_);
    put_string(name);
    out_ += ": ";
  }

  void end() {
    if (!first_) line(depth_ - 1);
    out_ += '}';
  }

  void put_string(std::string_view value) {
    out_ += json(value).dump(-1, ' ', false, json::error_handler_t::replace);
  }

  template <class T, class Put>
  void put_array(const std::vector<T>& values, Put put) {
    out_ += '[';
    bool first = true;
    for (const T& value : values) {
      if (!first) out_ += comma();
      first = false;
      line(depth_ + 1);
      put(value);
    }
    if (!first) line(depth_);
    out_ += ']';
  }

  template <class T>
  void put_later(const char* name, const std::vector<T>& values) {
    out_ += '[';
    later_->push_back({name, out_.size(), values.size(),
                       [&values, depth = depth_ + 1](std::string& out, std::size_t i) {
                         write(out, depth, values[i]);
                       }});
    line(depth_);
    out_ += ']';
  }

  std::string& out_;
  std::size_t depth_;
  bool flat_;
  std::vector<LaterList>* later_;
  bool first_ = true;
};

void check_order(const std::optional<Date>& earlier, const std::optional<Date>& later,
                 const Place& place, Errors& errors) {
  if (earlier && later && *later < *earlier) {
    errors.add(ErrorCode::date_order, place, format_date(*later), format_date(*earlier));
  }
}

void check_least(double number, double least, const Place& place, Errors& errors) {
  if (number < least) {
    errors.add(ErrorCode::out_of_range, place, json(number).dump(),
               json(least).dump() + " … " + std::to_string(kMaxWorkingDays));
  }
}

void check_item(const ActionItem& item, const Place& here, IdSet& areas, IdSet& departments,
                IdSet& sources, IdSet& items, Errors& errors) {
  areas.require(item.area, here / "area");
  for (std::size_t k = 0; k < item.leads.size(); ++k) {
    departments.require(item.leads[k], here / "leads" / k);
  }
  for (std::size_t k = 0; k < item.partners.size(); ++k) {
    departments.require(item.partners[k], here / "partners" / k);
  }
  check_order(item.start, item.due, here / "due", errors);
  check_order(item.started, item.finished, here / "finished", errors);
  if (item.progress && !(*item.progress >= 0 && *item.progress <= 100)) {
    errors.add(ErrorCode::out_of_range, here / "progress", json(*item.progress).dump(), "0 … 100");
  }
  if (item.baseline) {
    check_order(item.baseline->start, item.baseline->finish, here / "baseline" / "finish", errors);
  }
  if (item.constraints) {
    const Place place = here / "constraints";
    const ItemConstraints& limits = *item.constraints;
    check_order(limits.start_no_earlier, limits.finish_no_later, place / "finishNoLater", errors);
    check_order(limits.start_no_earlier, limits.must_finish_on, place / "mustFinishOn", errors);
  }
  if (item.estimate) {
    const Place place = here / "estimate";
    const Estimate& estimate = *item.estimate;
    check_least(estimate.likely, estimate.optimistic, place / "likely", errors);
    check_least(estimate.pessimistic, estimate.likely, place / "pessimistic", errors);
  }
  const Place milestones = here / "milestones";
  IdSet ids(milestones, errors);
  for (std::size_t k = 0; k < item.milestones.size(); ++k) {
    const Place milestone = milestones / k;
    ids.add(item.milestones[k].id, milestone / "id");
    if (const auto& limits = item.milestones[k].constraints) {
      check_order(limits->no_earlier, limits->no_later, milestone / "constraints" / "noLater",
                  errors);
    }
  }
  for (std::size_t k = 0; k < item.depends_on.size(); ++k) {
    items.require(item.depends_on[k].item, here / "dependsOn" / k / "item");
  }
  if (item.source) sources.require(item.source->source, here / "source" / "source");
}

void check_cycle(const Programme& programme, Errors& errors) {
  const std::vector<std::size_t> cycle = find_dependency_cycle(programme);
  if (cycle.empty()) return;
  std::string path;
  for (std::size_t item : cycle) path += programme.items[item].code + " → ";
  path += programme.items[cycle.front()].code;
  errors.add(ErrorCode::dependency_cycle,
             child(child(std::string("/items"), cycle.front()), "dependsOn"), shorten(path, 400),
             {});
}

void check(const Programme& programme, Errors& errors) {
  if (programme.cities.empty()) {
    errors.add(ErrorCode::empty_value, "/cities", {}, "at least one city");
  }
  const auto collect = [&errors](const auto& list, const char* name, auto id) {
    const std::string pointer = child({}, name);
    IdSet set(pointer, errors);
    for (std::size_t i = 0; i < list.size(); ++i) {
      set.add(id(list[i]), child(child(pointer, i), "id"));
    }
    return set;
  };
  const auto by_id = [](const auto& thing) -> const std::string& { return thing.id; };
  IdSet sources = collect(programme.sources, "sources", by_id);
  IdSet cities = collect(programme.cities, "cities", by_id);
  IdSet departments = collect(programme.departments, "departments", by_id);
  IdSet areas = collect(programme.areas, "areas", by_id);
  collect(programme.indicators, "indicators", by_id);
  IdSet items("/items", errors);
  for (std::size_t i = 0; i < programme.items.size(); ++i) {
    items.add(programme.items[i].code, child(child(std::string("/items"), i), "code"));
  }
  for (std::size_t i = 0; i < programme.departments.size(); ++i) {
    cities.require(programme.departments[i].city,
                   child(child(std::string("/departments"), i), "city"));
  }
  const Place root;
  const Place at_items = root / "items";
  for (std::size_t i = 0; i < programme.items.size(); ++i) {
    check_item(programme.items[i], at_items / i, areas, departments, sources, items, errors);
  }
  for (std::size_t i = 0; i < programme.indicators.size(); ++i) {
    if (const auto& source = programme.indicators[i].source) {
      sources.require(source->source,
                      child(child(child(std::string("/indicators"), i), "source"), "source"));
    }
  }
  std::unordered_map<std::int64_t, std::string> days;
  for (std::size_t i = 0; i < programme.calendar_days.size(); ++i) {
    const Date date = programme.calendar_days[i].date;
    const std::string pointer = child(child(std::string("/calendarDays"), i), "date");
    const auto [entry, fresh] = days.emplace(date.days, pointer);
    if (!fresh) errors.add(ErrorCode::duplicate_id, pointer, format_date(date), entry->second);
  }
  check_postings(programme, cities, sources, errors);
  check_cycle(programme, errors);
  check_alliances(programme, errors);
  check_policies(programme, errors);
  check_decks(programme, errors);
}

}  // namespace

namespace {

/// `items`: those of a document that has none of its own.
Result<Programme> read_document(const json& document, ItemsReadEarly* early,
                                std::vector<ActionItem>* items = nullptr) {
  Result<Programme> result;
  Programme programme;
  Errors errors(result.errors);
  Reader::read(document, {}, errors, programme, early);
  // A file of another kind would only yield noise below.
  const bool foreign =
      std::any_of(result.errors.begin(), result.errors.end(), [](const Error& error) {
        return error.code == ErrorCode::wrong_format ||
               error.code == ErrorCode::unsupported_version;
      });
  if (foreign) {
    std::erase_if(result.errors, [](const Error& error) {
      return error.code != ErrorCode::wrong_format && error.code != ErrorCode::unsupported_version;
    });
    return result;
  }
  if (items != nullptr) programme.items.swap(*items);
  if (document.is_object()) {
    std::vector<Error> more;
    Errors checked(more);
    check(programme, checked);
    // What is missing or malformed has been reported where it stands.
    std::erase_if(more, [&result](const Error& error) {
      return std::any_of(result.errors.begin(), result.errors.end(), [&error](const Error& before) {
        return before.pointer == error.pointer ||
               (error.pointer == "/cities" && before.code == ErrorCode::missing_member &&
                before.found == "cities");
      });
    });
    const std::size_t room = kMaxErrors - std::min(kMaxErrors, result.errors.size());
    more.resize(std::min(more.size(), room));
    std::move(more.begin(), more.end(), std::back_inserter(result.errors));
  }
  if (result.errors.empty()) {
    result.value = std::move(programme);
  } else if (items != nullptr) {
    programme.items.swap(*items);
  }
  return result;
}

}  // namespace

struct ProgrammeReader::Impl {
  enum class Stage { parts, whole, check, done };

  Impl(std::string_view text, Keep kept) : bytes(text), parts(text), keep(kept) {
    if (bytes.size() > kMaxBytes) stage = Stage::whole;
  }

  void read_parts();
  bool take_member(const JsonParts::Part& part);
  bool take_element(const JsonParts::Part& part);

  std::string_view bytes;
  JsonParts parts;
  Keep keep;
  Stage stage = Stage::parts;
  json document = json::object();
  json* list = nullptr;  ///< the member that is being read, if it is a list
  bool list_is_items = false;
  /// Items are nearly all of a large file. Reading each as soon as it is parsed saves the memory
  /// for the JSON of all, and with it most of the time.
  ItemsReadEarly early;
  Errors errors{early.found};
  Result<Programme> result;
};

bool ProgrammeReader::Impl::take_member(const JsonParts::Part& part) {
  Result<json> name = parse_json(part.name, kMaxDepth, kMaxBytes);
  Result<json> value = parse_json(part.text, kMaxDepth - 1, kMaxBytes);
  if (!name || !value) return false;
  const bool is_list = value.value->is_array();
  const auto [member, fresh] = document.get_ref<json::object_t&>().try_emplace(
      name.value->get_ref<const std::string&>(), std::move(*value.value));
  list = is_list ? &member->second : nullptr;
  list_is_items = is_list && member->first == "items";
  return fresh;
}

bool ProgrammeReader::Impl::take_element(const JsonParts::Part& part) {
  Result<json> element = parse_json(part.text, kMaxDepth - 2, kMaxBytes);
  if (!element) return false;
  if (list_is_items && element.value->is_object()) {
    const std::size_t i = list->size();
    early.items.resize(i);  // elements that aren't objects are read with the document
    const Place root;
    const Place items = root / "items";
    Reader::read(*element.value, items / i, errors, early.items.emplace_back().emplace());
    early.owners.resize(early.found.size(), i);
    if (keep == Keep::nothing) element.value.emplace(nullptr);
  }
  list->push_back(std::move(*element.value));
  return true;
}

void ProgrammeReader::Impl::read_parts() {
  const std::size_t begin = parts.offset();
  while (parts.offset() - begin < kPartBytes) {
    const std::optional<JsonParts::Part> part = parts.next();
    if (!part) {
      stage = parts.failed() ? Stage::whole : Stage::check;
      return;
    }
    if (!(part->is_element ? take_element(*part) : take_member(*part))) {
      stage = Stage::whole;
      return;
    }
  }
}

ProgrammeReader::ProgrammeReader(std::string_view bytes, Keep keep)
    : impl_(std::make_unique<Impl>(bytes, keep)) {}
ProgrammeReader::~ProgrammeReader() = default;
ProgrammeReader::ProgrammeReader(ProgrammeReader&&) noexcept = default;
ProgrammeReader& ProgrammeReader::operator=(ProgrammeReader&&) noexcept = default;

bool ProgrammeReader::step() {
  Impl& it = *impl_;
  switch (it.stage) {
    case Impl::Stage::parts:
      it.read_parts();
      break;
    case Impl::Stage::whole: {
      // Parsed in one piece the error knows its place in the text.
      Result<json> document = parse_json(it.bytes, kMaxDepth, kMaxBytes);
      if (document) {
        it.result = read_document(*document.value, nullptr);
        it.document = std::move(*document.value);
      } else {
        it.result.errors = std::move(document.errors);
      }
      it.stage = Impl::Stage::done;
      break;
    }
    case Impl::Stage::check:
      it.result = read_document(it.document, &it.early);
      it.stage = Impl::Stage::done;
      break;
    case Impl::Stage::done:
      break;
  }
  return it.stage != Impl::Stage::done;
}

double ProgrammeReader::progress() const {
  if (impl_->stage == Impl::Stage::done) return 1;
  // Whether all holds together takes about as long as reading a quarter of it.
  return 0.8 * static_cast<double>(impl_->parts.offset()) /
         static_cast<double>(std::max<std::size_t>(1, impl_->bytes.size()));
}

Result<Programme> ProgrammeReader::take() {
  return std::move(impl_->result);
}

json ProgrammeReader::document() {
  return std::move(impl_->document);
}

Result<Programme> load_programme(std::string_view bytes) {
  ProgrammeReader reader(bytes);
  while (reader.step()) {
  }
  return reader.take();
}

Result<Programme> load_document(const json& document) {
  return read_document(document, nullptr);
}

Result<Programme> load_document(const json& document, std::vector<ActionItem>& items) {
  return read_document(document, nullptr, &items);
}

std::vector<Error> validate(const Programme& programme) {
  // Reading is the one place that knows every rule, and what can't be read back doesn't hold.
  return load_programme(save_programme(programme)).errors;
}

struct ProgrammeWriter::Impl {
  void begin();
  bool go_on();
  void take_element(const LaterList& list);

  const Programme* programme = nullptr;
  Form form = Form::text;
  bool has_begun = false;
  bool has_ended = false;
  std::string frame;  ///< the text without what is in `later`
  std::vector<LaterList> later;
  std::size_t list = 0, element = 0;  ///< what comes next
  std::size_t written = 0, of = 0;    ///< elements
  std::string text;
  json document;
};

void ProgrammeWriter::Impl::begin() {
  has_begun = true;
  Writer::write(frame, 0, *programme, false, &later);
  frame += '\n';
  for (const LaterList& each : later) of += each.count;
  if (form == Form::document) document = json::parse(frame, nullptr, false);
}

void ProgrammeWriter::Impl::take_element(const LaterList& each) {
  if (form == Form::document) {
    text.clear();
    each.write_element(text, element);
    document[each.name].push_back(json::parse(text, nullptr, false));
    return;
  }
  if (element == 0) {
    // What stands between the list before and this one.
    const std::size_t from = list == 0 ? 0 : later[list - 1].at;
    text.append(frame, from, each.at - from);
  } else {
    text += ',';
  }
  text += "\n    ";
  each.write_element(text, element);
}

bool ProgrammeWriter::Impl::go_on() {
  std::size_t made = 0;
  while (list < later.size() && made < kPartBytes) {
    const LaterList& each = later[list];
    const std::size_t before = form == Form::text ? text.size() : 0;
    take_element(each);
    made += text.size() - before;
    ++written;
    if (++element == each.count) {
      element = 0;
      ++list;
    }
  }
  if (list < later.size()) return true;
  has_ended = true;
  if (form == Form::text) text.append(frame, later.empty() ? 0 : later.back().at);
  return false;
}

ProgrammeWriter::ProgrammeWriter(const Programme& programme, Form form)
    : impl_(std::make_unique<Impl>()) {
  impl_->programme = &programme;
  impl_->form = form;
}
ProgrammeWriter::~ProgrammeWriter() = default;
ProgrammeWriter::ProgrammeWriter(ProgrammeWriter&&) noexcept = default;
ProgrammeWriter& ProgrammeWriter::operator=(ProgrammeWriter&&) noexcept = default;

bool ProgrammeWriter::step() {
  if (impl_->has_ended) return false;
  if (!impl_->has_begun) {
    impl_->begin();
    if (!impl_->later.empty()) return true;
  }
  return impl_->go_on();
}

double ProgrammeWriter::progress() const {
  return impl_->has_ended ? 1 : share(impl_->written, impl_->of);
}

std::string ProgrammeWriter::take() {
  return std::move(impl_->text);
}

json ProgrammeWriter::document() {
  return std::move(impl_->document);
}

std::string save_programme(const Programme& programme) {
  ProgrammeWriter writer(programme);
  while (writer.step()) {
  }
  return writer.take();
}

namespace {

template <class T>
Result<T> load_element(const json& element, const std::string& pointer) {
  Result<T> result;
  T value;
  Errors errors(result.errors);
  Reader::read(element, pointer, errors, value);
  if (result.errors.empty()) result.value = std::move(value);
  return result;
}

template <class T>
json element_json(const T& element) {
  std::string text;
  Writer::write(text, 0, element);
  return json::parse(text, nullptr, false);
}

}  // namespace

Result<ActionItem> load_item(const json& element, const std::string& pointer) {
  return load_element<ActionItem>(element, pointer);
}
Result<Indicator> load_indicator(const json& element, const std::string& pointer) {
  return load_element<Indicator>(element, pointer);
}
Result<Evidence> load_evidence(const json& element, const std::string& pointer) {
  return load_element<Evidence>(element, pointer);
}

json json_of(const Source& element) {
  return element_json(element);
}
json json_of(const City& element) {
  return element_json(element);
}
json json_of(const Department& element) {
  return element_json(element);
}
json json_of(const Area& element) {
  return element_json(element);
}
json json_of(const ActionItem& element) {
  return element_json(element);
}
json json_of(const Milestone& element) {
  return element_json(element);
}
json json_of(const Dependency& element) {
  return element_json(element);
}
json json_of(const Evidence& element) {
  return element_json(element);
}
json json_of(const Indicator& element) {
  return element_json(element);
}
json json_of(const Product& element) {
  return element_json(element);
}
json json_of(const Member& element) {
  return element_json(element);
}
json json_of(const ChainLink& element) {
  return element_json(element);
}
json json_of(const Policy& element) {
  return element_json(element);
}
json json_of(const MatrixCell& element) {
  return element_json(element);
}
json json_of(const Need& element) {
  return element_json(element);
}
json json_of(const ResearchResult& element) {
  return element_json(element);
}
json json_of(const Job& element) {
  return element_json(element);
}
json json_of(const Graduate& element) {
  return element_json(element);
}
json json_of(const Challenge& element) {
  return element_json(element);
}
json json_of(const Bid& element) {
  return element_json(element);
}
json json_of(const Deck& element) {
  return element_json(element);
}
json json_of(const Slide& element) {
  return element_json(element);
}
json json_of(const Interest& element) {
  return element_json(element);
}

struct ElementChecker::Sets {
  std::vector<Error> found;
  Errors errors{found};
  IdSet sources{"/sources", errors};
  IdSet departments{"/departments", errors};
  IdSet areas{"/areas", errors};
  IdSet items{"/items", errors};
};

ElementChecker::ElementChecker(const Programme& programme) : sets_(std::make_unique<Sets>()) {
  for (const Source& source : programme.sources) sets_->sources.add(source.id, {});
  for (const Department& department : programme.departments) {
    sets_->departments.add(department.id, {});
  }
  for (const Area& area : programme.areas) sets_->areas.add(area.id, {});
  for (const ActionItem& item : programme.items) sets_->items.add(item.code, {});
}

ElementChecker::~ElementChecker() = default;
ElementChecker::ElementChecker(ElementChecker&&) noexcept = default;
ElementChecker& ElementChecker::operator=(ElementChecker&&) noexcept = default;

std::vector<Error> ElementChecker::check(const ActionItem& item, const std::string& pointer) {
  sets_->found.clear();
  check_item(item, pointer, sets_->areas, sets_->departments, sets_->sources, sets_->items,
             sets_->errors);
  return std::move(sets_->found);
}

std::vector<Error> ElementChecker::check(const Indicator& indicator, const std::string& pointer) {
  sets_->found.clear();
  if (indicator.source) {
    sets_->sources.require(indicator.source->source, child(child(pointer, "source"), "source"));
  }
  return std::move(sets_->found);
}

void ElementChecker::add_item(const std::string& code) {
  sets_->items.add(code, {});
}

}  // namespace tc
