#include "core/model/programme_json.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <type_traits>
#include <unordered_map>
#include <utility>

#include "core/model/dependency_cycle.hpp"
#include "core/model/json_members.hpp"
#include "core/model/json_text.hpp"
#include "core/model/postings_json.hpp"

namespace tc {

namespace {

using nlohmann::json;

constexpr std::string_view kFormat = "tongcheng-programme";
constexpr std::size_t kMaxIdBytes = 64;
constexpr std::size_t kMaxTextBytes = std::size_t{64} << 10;
/// Beyond it neighbouring whole numbers can't be told apart in a double.
constexpr double kMaxWhole = 9007199254740992.0;

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
  v.whole("lagDays", m.lag_days, -3660, 3660);
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
  v.list("sources", m.sources, Presence::optional);
  v.list("cities", m.cities, Presence::required);
  v.list("departments", m.departments, Presence::optional);
  v.list("areas", m.areas, Presence::optional);
  v.list("items", m.items, Presence::optional);
  v.list("indicators", m.indicators, Presence::optional);
  v.lines("needs", m.needs);
  v.lines("results", m.results);
  v.lines("jobs", m.jobs);
  v.lines("graduates", m.graduates);
  v.list("challenges", m.challenges, Presence::optional);
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

class Errors {
 public:
  explicit Errors(std::vector<Error>& out) : out_(out) {}
  void add(ErrorCode code, std::string pointer, std::string found, std::string expected) {
    if (out_.size() < kMaxErrors) {
      out_.push_back(
          {code, std::move(pointer), std::move(found), std::move(expected), std::nullopt});
    }
  }

 private:
  std::vector<Error>& out_;
};

/// Reads the members of one object.
class Reader {
 public:
  Reader(const json& object, std::string pointer, Errors& errors)
      : object_(object), pointer_(std::move(pointer)), errors_(errors) {}

  template <class T>
  static void read(const json& value, const std::string& pointer, Errors& errors, T& out) {
    if (!value.is_object()) {
      errors.add(ErrorCode::wrong_type, pointer, shown(value), "an object");
      return;
    }
    Reader reader(value, pointer, errors);
    members(reader, out);
    reader.finish(out);
  }

  void format() {
    const json* value = find("format");
    if (value == nullptr || *value != kFormat) {
      errors_.add(ErrorCode::wrong_format, child(pointer_, "format"),
                  value == nullptr ? "-" : shown(*value), std::string(kFormat));
    }
    const json* version = find("version");
    if (version == nullptr) {
      errors_.add(ErrorCode::missing_member, pointer_, "version",
                  std::to_string(kProgrammeVersion));
    } else if (*version != kProgrammeVersion) {
      errors_.add(ErrorCode::unsupported_version, child(pointer_, "version"), shown(*version),
                  std::to_string(kProgrammeVersion));
    }
  }

  void id(const char* name, std::string& out, Presence presence) {
    const json* value = typed(name, json::value_t::string, presence, "an id");
    if (value == nullptr) return;
    out = value->get_ref<const std::string&>();
    check_id(out, child(pointer_, name));
  }

  void ids(const char* name, std::vector<std::string>& out) {
    const json* value = typed(name, json::value_t::array, Presence::optional, "an array");
    if (value == nullptr) return;
    const std::string pointer = child(pointer_, name);
    for (std::size_t i = 0; i < value->size(); ++i) {
      const json& element = (*value)[i];
      out.emplace_back();
      if (!element.is_string()) {
        errors_.add(ErrorCode::wrong_type, child(pointer, i), shown(element), "a string");
        continue;
      }
      out.back() = element.get_ref<const std::string&>();
      check_id(out.back(), child(pointer, i));
    }
  }

  void text(const char* name, std::string& out) {
    const json* value = typed(name, json::value_t::string, Presence::optional, "a string");
    if (value == nullptr) return;
    out = value->get_ref<const std::string&>();
    if (out.size() > kMaxTextBytes) {
      errors_.add(ErrorCode::too_large, child(pointer_, name), std::to_string(out.size()) + " B",
                  std::to_string(kMaxTextBytes) + " B");
    }
  }

  void title(const char* name, Text& out, Presence presence) {
    const json* value = find(name);
    if (value == nullptr) {
      if (presence == Presence::required) missing(name, "a title in zh or en");
      return;
    }
    const std::string pointer = child(pointer_, name);
    read(*value, pointer, errors_, out);
    if (value->is_object() && is_blank(out.zh) && is_blank(out.en)) {
      errors_.add(ErrorCode::empty_value, pointer, {}, "text in zh or en");
    }
  }

  void date(const char* name, std::optional<Date>& out) {
    const json* value = typed(name, json::value_t::string, Presence::optional, "a date YYYY-MM-DD");
    if (value == nullptr) return;
    out = parse_date(value->get_ref<const std::string&>());
    if (!out) errors_.add(ErrorCode::bad_date, child(pointer_, name), shown(*value), {});
  }

  void url(const char* name, std::string& out) {
    const json* value = typed(name, json::value_t::string, Presence::optional, "a string");
    if (value == nullptr) return;
    out = value->get_ref<const std::string&>();
    if (!good_url(out)) errors_.add(ErrorCode::bad_url, child(pointer_, name), shown(*value), {});
  }

  void hash(const char* name, std::string& out) {
    const json* value = typed(name, json::value_t::string, Presence::optional, "a string");
    if (value == nullptr) return;
    out = value->get_ref<const std::string&>();
    if (!good_hash(out)) errors_.add(ErrorCode::bad_hash, child(pointer_, name), shown(*value), {});
  }

  void number(const char* name, std::optional<double>& out, double least, double most) {
    const json* value = find(name);
    if (value == nullptr) return;
    if (!value->is_number()) {
      errors_.add(ErrorCode::wrong_type, child(pointer_, name), shown(*value), "a number");
      return;
    }
    out = value->get<double>();
    if (!(*out >= least && *out <= most)) {
      errors_.add(ErrorCode::out_of_range, child(pointer_, name), shown(*value),
                  json(least).dump() + " … " + json(most).dump());
    }
  }

  void whole(const char* name, int& out, int least, int most) {
    const json* value = find(name);
    if (value == nullptr) return;
    if (!value->is_number()) {
      errors_.add(ErrorCode::wrong_type, child(pointer_, name), shown(*value), "a whole number");
      return;
    }
    const double number = value->get<double>();
    if (!(number >= least && number <= most)) {
      errors_.add(ErrorCode::out_of_range, child(pointer_, name), shown(*value),
                  std::to_string(least) + " … " + std::to_string(most));
    } else if (number != std::floor(number)) {
      errors_.add(ErrorCode::wrong_type, child(pointer_, name), shown(*value), "a whole number");
    } else {
      out = static_cast<int>(number);
    }
  }

  void whole_or(const char* name, int& out, int least, int most, int) {
    whole(name, out, least, most);
  }

  void optional_whole(const char* name, std::optional<int>& out, int least, int most) {
    if (absent(name)) return;
    whole(name, out.emplace(), least, most);
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
    errors_.add(ErrorCode::bad_name, child(pointer_, name), shown(*value), names_of(values));
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
    const std::string pointer = child(pointer_, name);
    out.resize(value->size());
    for (std::size_t i = 0; i < value->size(); ++i) {
      read((*value)[i], child(pointer, i), errors_, out[i]);
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
    read(*value, child(pointer_, name), errors_, *out);
  }

 private:
  const json* find(const char* name) {
    known_.emplace_back(name);
    const auto found = object_.find(name);
    return found == object_.end() ? nullptr : &*found;
  }

  /// Whether the member isn't there; if it is, it is still to be read.
  bool absent(const char* name) {
    if (object_.contains(name)) return false;
    known_.emplace_back(name);
    return true;
  }

  void missing(const char* name, std::string expected) {
    errors_.add(ErrorCode::missing_member, pointer_, name, std::move(expected));
  }

  const json* typed(const char* name, json::value_t type, Presence presence, const char* expected) {
    const json* value = find(name);
    if (value == nullptr) {
      if (presence == Presence::required) missing(name, expected);
      return nullptr;
    }
    if (value->type() != type) {
      errors_.add(ErrorCode::wrong_type, child(pointer_, name), shown(*value), expected);
      return nullptr;
    }
    return value;
  }

  void check_id(const std::string& id, std::string pointer) {
    if (!good_id(id)) {
      errors_.add(ErrorCode::bad_id, std::move(pointer), shown(id), std::to_string(kMaxIdBytes));
    }
  }

  template <class T>
  void finish(T& out) {
    for (const auto& [name, value] : object_.items()) {
      if (std::find(known_.begin(), known_.end(), name) != known_.end()) continue;
      if constexpr (Extensible<T>) {
        if (is_extension(name)) {
          out.extensions.emplace_back(name, value.dump());
          continue;
        }
      }
      errors_.add(ErrorCode::unknown_member, child(pointer_, name), shorten(name), joined(known_));
    }
  }

  const json& object_;
  std::string pointer_;
  Errors& errors_;
  std::vector<std::string_view> known_;
};

/// Writes the members of one object as indented text, in the order of `members`.
class Writer {
 public:
  /// `flat`: all on one line.
  Writer(std::string& out, std::size_t depth, bool flat) : out_(out), depth_(depth), flat_(flat) {}

  template <class T>
  static void write(std::string& out, std::size_t depth, const T& value, bool flat = false) {
    out += '{';
    Writer writer(out, depth + 1, flat);
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

  void text(const char* name, const std::string& value) { id(name, value, Presence::optional); }
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

  void number(const char* name, const std::optional<double>& value, double, double) {
    if (!value) return;
    begin(name);
    const bool whole = *value == std::floor(*value) && std::abs(*value) <= kMaxWhole;
    out_ += whole ? std::to_string(static_cast<std::int64_t>(*value)) : json(*value).dump();
  }

  void whole(const char* name, int value, int, int) {
    if (value == 0) return;
    begin(name);
    out_ += std::to_string(value);
  }

  void whole_or(const char* name, int value, int, int, int absent) {
    if (value == absent) return;
    begin(name);
    out_ += std::to_string(value);
  }

  void optional_whole(const char* name, const std::optional<int>& value, int, int) {
    if (!value) return;
    begin(name);
    out_ += std::to_string(*value);
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
    put_array(values, [this](const T& value) { write(out_, depth_ + 1, value, flat_); });
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

  std::string& out_;
  std::size_t depth_;
  bool flat_;
  bool first_ = true;
};

/// Ids of one kind, for uniqueness and references. Ids that were already reported as malformed are
/// empty or wrong, and an empty one is never a duplicate.
class IdSet {
 public:
  IdSet(std::string where, Errors& errors) : where_(std::move(where)), errors_(errors) {}

  void add(const std::string& id, const std::string& pointer) {
    if (id.empty()) return;
    const auto [entry, fresh] = first_.emplace(id, pointer);
    if (!fresh) errors_.add(ErrorCode::duplicate_id, pointer, shorten(id), entry->second);
  }

  void require(const std::string& id, const std::string& pointer) {
    if (!id.empty() && first_.find(id) == first_.end()) {
      errors_.add(ErrorCode::dangling_reference, pointer, shorten(id), where_);
    }
  }

 private:
  std::string where_;
  Errors& errors_;
  std::unordered_map<std::string, std::string> first_;
};

void check_order(const std::optional<Date>& earlier, const std::optional<Date>& later,
                 std::string pointer, Errors& errors) {
  if (earlier && later && *later < *earlier) {
    errors.add(ErrorCode::date_order, std::move(pointer), format_date(*later),
               format_date(*earlier));
  }
}

void check_item(const ActionItem& item, const std::string& here, IdSet& areas, IdSet& departments,
                IdSet& sources, IdSet& items, Errors& errors) {
  areas.require(item.area, child(here, "area"));
  for (std::size_t k = 0; k < item.leads.size(); ++k) {
    departments.require(item.leads[k], child(child(here, "leads"), k));
  }
  for (std::size_t k = 0; k < item.partners.size(); ++k) {
    departments.require(item.partners[k], child(child(here, "partners"), k));
  }
  check_order(item.start, item.due, child(here, "due"), errors);
  check_order(item.started, item.finished, child(here, "finished"), errors);
  if (item.progress && !(*item.progress >= 0 && *item.progress <= 100)) {
    errors.add(ErrorCode::out_of_range, child(here, "progress"), json(*item.progress).dump(),
               "0 … 100");
  }
  IdSet milestones(child(here, "milestones"), errors);
  for (std::size_t k = 0; k < item.milestones.size(); ++k) {
    milestones.add(item.milestones[k].id, child(child(child(here, "milestones"), k), "id"));
  }
  for (std::size_t k = 0; k < item.depends_on.size(); ++k) {
    items.require(item.depends_on[k].item, child(child(child(here, "dependsOn"), k), "item"));
  }
  if (item.source) sources.require(item.source->source, child(child(here, "source"), "source"));
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
  for (std::size_t i = 0; i < programme.items.size(); ++i) {
    check_item(programme.items[i], child(std::string("/items"), i), areas, departments, sources,
               items, errors);
  }
  for (std::size_t i = 0; i < programme.indicators.size(); ++i) {
    if (const auto& source = programme.indicators[i].source) {
      sources.require(source->source,
                      child(child(child(std::string("/indicators"), i), "source"), "source"));
    }
  }
  check_postings(programme, cities, sources, errors);
  check_cycle(programme, errors);
}

}  // namespace

Result<Programme> load_programme(std::string_view bytes) {
  Result<Programme> result;
  Result<json> document = parse_json(bytes, kMaxDepth, kMaxBytes);
  if (!document) {
    result.errors = std::move(document.errors);
    return result;
  }
  Programme programme;
  Errors errors(result.errors);
  Reader::read(*document.value, {}, errors, programme);
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
  if (document.value->is_object()) {
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
  if (result.errors.empty()) result.value = std::move(programme);
  return result;
}

std::vector<Error> validate(const Programme& programme) {
  // Reading is the one place that knows every rule, and what can't be read back doesn't hold.
  return load_programme(save_programme(programme)).errors;
}

std::string save_programme(const Programme& programme) {
  std::string text;
  Writer::write(text, 0, programme);
  text += '\n';
  return text;
}

}  // namespace tc
