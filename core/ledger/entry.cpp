#include "core/ledger/entry.hpp"

#include <algorithm>
#include <utility>

#include "core/ledger/sha256.hpp"
#include "core/model/element_json.hpp"
#include "core/model/json_text.hpp"
#include "core/model/programme_json.hpp"

namespace tc {

namespace {

using nlohmann::json;

constexpr std::int64_t kMillisecondsOfDay = 86'400'000;
constexpr std::int64_t kChinaOffset = 8 * 3'600'000;
/// A value stands three levels deep in an entry, an element at least two in a programme.
constexpr std::size_t kMaxEntryDepth = kMaxDepth + 3;

std::string dump(const json& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

void member(std::string& out, std::string_view name, std::string_view value) {
  out += '"';
  out += name;
  out += "\":";
  out += value;
  out += ',';
}

std::string line_of(const Change& change) {
  std::string out = "{";
  member(out, "pointer", dump(change.pointer));
  if (change.before) member(out, "before", dump(*change.before));
  if (change.after) member(out, "after", dump(*change.after));
  if (change.place) member(out, "place", dump(*change.place));
  out.back() = '}';
  return out;
}

template <class T, class Line>
std::string list_of(const std::vector<T>& values, Line line) {
  std::string out = "[";
  for (const T& value : values) {
    if (out.size() > 1) out += ',';
    out += line(value);
  }
  return out + ']';
}

/// Takes the members of an object one after the other, so that what is left over is unknown.
class Members {
 public:
  Members(json& object, std::string pointer, std::vector<Error>& errors)
      : object_(object), pointer_(std::move(pointer)), errors_(errors) {
    if (!object_.is_object()) fail(ErrorCode::wrong_type, {}, "an object");
  }

  std::optional<json> any(const char* name) {
    if (!object_.is_object()) return std::nullopt;
    const auto found = object_.find(name);
    if (found == object_.end()) return std::nullopt;
    json value = std::move(*found);
    object_.erase(found);
    return value;
  }

  void text(const char* name, std::string& out, bool required) {
    std::optional<json> value = any(name);
    if (!value) {
      if (required) fail(ErrorCode::missing_member, name, "a string");
    } else if (!value->is_string()) {
      errors_.push_back(
          {ErrorCode::wrong_type, child(pointer_, name), shorten(dump(*value)), "a string", {}});
    } else {
      out = std::move(value->get_ref<std::string&>());
    }
  }

  json array(const char* name, bool required) {
    std::optional<json> value = any(name);
    if (!value) {
      if (required) fail(ErrorCode::missing_member, name, "an array");
      return json::array();
    }
    if (value->is_array()) return std::move(*value);
    errors_.push_back(
        {ErrorCode::wrong_type, child(pointer_, name), shorten(dump(*value)), "an array", {}});
    return json::array();
  }

  void finish() {
    if (!object_.is_object()) return;
    for (const auto& [name, value] : object_.items()) {
      errors_.push_back({ErrorCode::unknown_member, child(pointer_, name), shorten(name), "-", {}});
    }
  }

 private:
  void fail(ErrorCode code, std::string found, std::string expected) {
    errors_.push_back({code, pointer_, std::move(found), std::move(expected), {}});
  }

  json& object_;
  std::string pointer_;
  std::vector<Error>& errors_;
};

}  // namespace

std::string_view name_of(EntryKind kind) {
  switch (kind) {
    case EntryKind::edit:
      return "edit";
    case EntryKind::undo:
      return "undo";
    case EntryKind::redo:
      return "redo";
    case EntryKind::import:
      return "import";
    case EntryKind::resolve:
      return "resolve";
    case EntryKind::join:
      return "join";
    case EntryKind::note:
      break;
  }
  return "note";
}

std::optional<EntryKind> entry_kind_of(std::string_view name) {
  for (const EntryKind kind : kEntryKinds) {
    if (name_of(kind) == name) return kind;
  }
  return std::nullopt;
}

const Text& label_of(EntryKind kind) {
  static const std::array<Text, kEntryKinds.size()> kLabels = {{
      {"修改", "Edit"},
      {"撤销", "Undo"},
      {"重做", "Redo"},
      {"导入", "Import"},
      {"裁定冲突", "Conflict resolved"},
      {"合并", "Join"},
      {"备注", "Note"},
  }};
  return kLabels[static_cast<std::size_t>(kind)];
}

std::string entry_line(const Entry& entry) {
  std::string out;
  const auto quote = [](const std::string& text) { return dump(text); };
  member(out, "parents", list_of(entry.parents, quote));
  member(out, "time", dump(entry.time));
  member(out, "author", dump(entry.author));
  if (!entry.city.empty()) member(out, "city", dump(entry.city));
  member(out, "kind", dump(name_of(entry.kind)));
  if (!entry.of.empty()) member(out, "of", dump(entry.of));
  if (!entry.changes.empty()) member(out, "changes", list_of(entry.changes, line_of));
  if (!entry.reason.empty()) member(out, "reason", dump(entry.reason));
  if (!entry.evidence.empty()) {
    member(out, "evidence",
           list_of(entry.evidence, [](const Evidence& e) { return dump(json_of(e)); }));
  }
  out.back() = '}';
  return "{\"id\":\"" + sha256_hex({"{", out}) + "\"," + out;
}

Result<Entry> parse_entry(std::string_view line) {
  Result<Entry> result;
  Result<json> document = parse_json(line, kMaxEntryDepth, kMaxBytes);
  if (!document) {
    result.errors = std::move(document.errors);
    return result;
  }
  std::vector<Error>& errors = result.errors;
  Entry entry;
  Members members(*document.value, {}, errors);
  members.text("id", entry.id, true);
  members.text("time", entry.time, true);
  members.text("author", entry.author, true);
  members.text("city", entry.city, false);
  members.text("of", entry.of, false);
  members.text("reason", entry.reason, false);
  std::string kind;
  members.text("kind", kind, true);
  if (const auto known = entry_kind_of(kind)) {
    entry.kind = *known;
  } else {
    errors.push_back({ErrorCode::bad_name,
                      "/kind",
                      shorten(dump(kind)),
                      "edit, undo, redo, import, resolve, join, note",
                      {}});
  }
  if (!is_time(entry.time)) {
    errors.push_back(
        {ErrorCode::bad_time, "/time", shorten(dump(entry.time)), "YYYY-MM-DDThh:mm:ss.sssZ", {}});
  }
  if (entry.author.empty()) {
    errors.push_back({ErrorCode::empty_value, "/author", {}, "a name", {}});
  }
  json parents = members.array("parents", true);
  for (std::size_t i = 0; i < parents.size(); ++i) {
    if (parents[i].is_string()) {
      entry.parents.push_back(std::move(parents[i].get_ref<std::string&>()));
    } else {
      errors.push_back(
          {ErrorCode::wrong_type, child("/parents", i), shorten(dump(parents[i])), "a string", {}});
    }
  }
  json changes = members.array("changes", false);
  entry.changes.resize(changes.size());
  for (std::size_t i = 0; i < changes.size(); ++i) {
    Change& change = entry.changes[i];
    const std::string here = child("/changes", i);
    Members parts(changes[i], here, errors);
    parts.text("pointer", change.pointer, true);
    change.before = parts.any("before");
    change.after = parts.any("after");
    if (changes[i].is_object() && changes[i].contains("place")) {
      parts.text("place", change.place.emplace(), true);
    }
    parts.finish();
  }
  const json evidence = members.array("evidence", false);
  for (std::size_t i = 0; i < evidence.size(); ++i) {
    Result<Evidence> one = load_evidence(evidence[i], child("/evidence", i));
    if (one) entry.evidence.push_back(std::move(*one.value));
    std::move(one.errors.begin(), one.errors.end(), std::back_inserter(errors));
  }
  members.finish();
  if (errors.empty()) result.value = std::move(entry);
  return result;
}

bool is_time(std::string_view text) {
  if (text.size() != 24 || text[10] != 'T' || text[13] != ':' || text[16] != ':' ||
      text[19] != '.' || text[23] != 'Z' || !parse_date(text.substr(0, 10))) {
    return false;
  }
  for (const std::size_t i : {11, 12, 14, 15, 17, 18, 20, 21, 22}) {
    if (text[i] < '0' || text[i] > '9') return false;
  }
  return text.substr(11, 2) < "24" && text[14] < '6' && text[17] < '6';
}

std::string format_time(std::int64_t milliseconds) {
  std::int64_t days = milliseconds / kMillisecondsOfDay;
  std::int64_t rest = milliseconds % kMillisecondsOfDay;
  if (rest < 0) {
    rest += kMillisecondsOfDay;
    --days;
  }
  const auto digits = [](std::int64_t number, std::size_t width) {
    std::string text = std::to_string(number);
    return text.size() < width ? std::string(width - text.size(), '0') + text : text;
  };
  return format_date(Date{static_cast<std::int32_t>(days)}) + 'T' + digits(rest / 3'600'000, 2) +
         ':' + digits(rest / 60'000 % 60, 2) + ':' + digits(rest / 1000 % 60, 2) + '.' +
         digits(rest % 1000, 3) + 'Z';
}

std::int64_t milliseconds_of(std::string_view text) {
  const auto number = [text](std::size_t begin, std::size_t count) {
    std::int64_t value = 0;
    for (const char digit : text.substr(begin, count)) value = 10 * value + (digit - '0');
    return value;
  };
  const Date day = parse_date(text.substr(0, 10)).value_or(Date{});
  return day.days * kMillisecondsOfDay + number(11, 2) * 3'600'000 + number(14, 2) * 60'000 +
         number(17, 2) * 1000 + number(20, 3);
}

std::string start_of_day(Date day) {
  return format_time(day.days * kMillisecondsOfDay - kChinaOffset);
}

}  // namespace tc
