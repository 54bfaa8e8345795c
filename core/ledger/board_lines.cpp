#include "core/ledger/board_lines.hpp"

#include <algorithm>
#include <functional>
#include <queue>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "core/ledger/sha256.hpp"
#include "core/model/json_parts.hpp"
#include "core/model/json_text.hpp"
#include "core/model/programme_json.hpp"

namespace tc {

namespace {

using nlohmann::json;

constexpr std::string_view kFormat = R"({"format":"tongcheng-board",)";
constexpr std::string_view kVersion = R"({"format":"tongcheng-board","version":1,)";
constexpr std::string_view kEntryStart = R"({"id":")";
constexpr std::string_view kSnapshotStart = R"({"snapshot":")";
constexpr std::size_t kHashDigits = ScannedEntry::kHashDigits;

std::string dump(const json& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

bool is_hash(std::string_view text) {
  return text.size() == kHashDigits && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

/// Reads a line of known shape from left to right.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : rest_(text) {}

  bool eat(std::string_view word) {
    if (!rest_.starts_with(word)) return false;
    rest_.remove_prefix(word.size());
    return true;
  }

  /// A hash in quotation marks.
  bool hash(std::string_view& out) {
    if (rest_.size() < kHashDigits + 2 || rest_[0] != '"' || rest_[kHashDigits + 1] != '"') {
      return false;
    }
    out = rest_.substr(1, kHashDigits);
    rest_.remove_prefix(kHashDigits + 2);
    return is_hash(out);
  }

  /// A JSON string that has no escapes.
  bool plain(std::string_view& out) {
    if (!eat("\"")) return false;
    const std::size_t end = rest_.find('"');
    if (end == std::string_view::npos) return false;
    out = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    return out.find('\\') == std::string_view::npos;
  }

  /// Any JSON string, as it stands.
  bool string(std::string_view& out) {
    if (!rest_.starts_with('"')) return false;
    std::size_t end = 1;
    while (end < rest_.size() && rest_[end] != '"') end += rest_[end] == '\\' ? 2 : 1;
    if (end >= rest_.size()) return false;
    out = rest_.substr(0, end + 1);
    rest_.remove_prefix(end + 1);
    return true;
  }

  std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

/// The hash that the line begins with after `start`, if it is that of the rest.
bool hash_after(std::string_view line, std::string_view start, std::string_view& hash) {
  if (!line.starts_with(start) || line.size() < start.size() + kHashDigits + 2) return false;
  hash = line.substr(start.size(), kHashDigits);
  if (!is_hash(hash) || line.substr(start.size() + kHashDigits, 2) != "\",") return false;
  return sha256_hex({"{", line.substr(start.size() + kHashDigits + 2)}) == hash;
}

Error broken(std::size_t number, std::string found, std::string expected) {
  return {ErrorCode::broken_entry, {}, std::move(found), std::move(expected), Position{number, 1}};
}

bool scan_header(ScannedBoard& board, std::string_view line) {
  const auto fail = [&board](ErrorCode code, std::string found, std::string expected) {
    board.error = Error{code, {}, std::move(found), std::move(expected), Position{1, 1}};
    return false;
  };
  if (!line.starts_with(kFormat)) {
    return fail(ErrorCode::wrong_format, shorten(line), std::string(kFormat) + "…");
  }
  if (!line.starts_with(kVersion)) {
    return fail(ErrorCode::unsupported_version, shorten(line.substr(kFormat.size())),
                "\"version\":1");
  }
  Cursor cursor(line.substr(kVersion.size()));
  if (!cursor.eat("\"sha256\":") || !cursor.hash(board.base_hash) || !cursor.eat(",")) {
    return fail(ErrorCode::broken_entry, "no hash of the header", "\"sha256\":\"…\"");
  }
  if (sha256_hex({kVersion, cursor.rest()}) != board.base_hash) {
    return fail(ErrorCode::broken_entry, "the header does not have its hash",
                std::string(board.base_hash));
  }
  if (!cursor.eat("\"base\":") || !cursor.rest().ends_with('}')) {
    return fail(ErrorCode::broken_entry, "no programme in the header", "\"base\":{…}");
  }
  board.header = line;
  board.base = cursor.rest().substr(0, cursor.rest().size() - 1);
  return true;
}

}  // namespace

std::string header_line(const json& base) {
  const std::string rest = "\"base\":" + dump(base) + '}';
  return std::string(kVersion) + "\"sha256\":\"" + sha256_hex({kVersion, rest}) + "\"," + rest;
}

std::string hash_of_header(std::string_view line) {
  constexpr std::string_view kBefore = "\"sha256\":\"";
  return std::string(line.substr(kVersion.size() + kBefore.size(), kHashDigits));
}

std::string snapshot_line(const Snapshot& snapshot) {
  json left_out = json::array();
  for (const auto& [id, changes] : snapshot.left_out) {
    left_out.push_back(json::array({id, changes}));
  }
  const std::string rest = "\"entries\":" + std::to_string(snapshot.entries) + ",\"head\":\"" +
                           snapshot.head + "\",\"state\":" + std::string(snapshot.state) +
                           ",\"dropped\":" + dump(left_out) + '}';
  return std::string(kSnapshotStart) + sha256_hex({"{", rest}) + "\"," + rest;
}

std::optional<Snapshot> parse_snapshot(std::string_view line) {
  Snapshot snapshot;
  std::map<std::string_view, json> members;
  json* list = nullptr;
  JsonParts parts(line);
  while (const std::optional<JsonParts::Part> part = parts.next()) {
    if (part->is_element) {
      Result<json> value = parse_json(part->text, kMaxDepth, kMaxBytes);
      if (!value) return std::nullopt;
      list->push_back(std::move(*value.value));
      continue;
    }
    const auto [member, fresh] = members.try_emplace(part->name);
    if (!fresh) return std::nullopt;
    list = &member->second;
    if (part->name == "\"state\"" && part->text.starts_with('{')) {
      snapshot.state = part->text;  // nearly all of the line, read by whoever wants it
      continue;
    }
    Result<json> value = parse_json(part->text, kMaxDepth, kMaxBytes);
    if (!value) return std::nullopt;
    member->second = std::move(*value.value);
  }
  const json& entries = members["\"entries\""];
  const json& head = members["\"head\""];
  const json& dropped = members["\"dropped\""];
  if (parts.failed() || snapshot.state.empty() || !entries.is_number_unsigned() ||
      !head.is_string() || !dropped.is_array()) {
    return std::nullopt;
  }
  snapshot.entries = entries.get<std::size_t>();
  snapshot.head = head.get<std::string>();
  for (const json& pair : dropped) {
    if (!pair.is_array() || pair.size() != 2 || !pair[0].is_string() || !pair[1].is_array()) {
      return std::nullopt;
    }
    std::vector<std::uint32_t>& changes = snapshot.left_out[pair[0].get<std::string>()];
    for (const json& change : pair[1]) {
      if (!change.is_number_unsigned()) return std::nullopt;
      changes.push_back(change.get<std::uint32_t>());
    }
  }
  return snapshot;
}

std::optional<ScannedEntry> scan_entry(std::shared_ptr<const std::string> owner,
                                       std::string_view line) {
  ScannedEntry entry;
  entry.owner = std::move(owner);
  entry.line = line;
  if (!hash_after(line, kEntryStart, entry.id)) return std::nullopt;
  Cursor cursor(line.substr(kEntryStart.size() + kHashDigits + 2));
  if (!cursor.eat("\"parents\":[")) return std::nullopt;
  const std::string_view list = cursor.rest();
  std::string_view parent;
  do {
    if (!cursor.hash(parent)) return std::nullopt;
  } while (cursor.eat(","));
  entry.parent_list = list.substr(0, list.size() - cursor.rest().size());
  std::string_view kind;
  if (!cursor.eat("],\"time\":") || !cursor.plain(entry.time) || !is_time(entry.time) ||
      !cursor.eat(",\"author\":") || !cursor.string(entry.author) || entry.author.size() < 3) {
    return std::nullopt;
  }
  if (cursor.eat(",\"city\":") && !cursor.string(entry.city)) return std::nullopt;
  if (!cursor.eat(",\"kind\":") || !cursor.plain(kind)) return std::nullopt;
  const auto known = entry_kind_of(kind);
  if (!known) return std::nullopt;
  entry.kind = *known;
  if (cursor.eat(",\"of\":") && !cursor.hash(entry.of)) return std::nullopt;
  const bool about = entry.kind == EntryKind::undo || entry.kind == EntryKind::redo;
  if (about == entry.of.empty()) return std::nullopt;
  if (!cursor.rest().ends_with('}')) return std::nullopt;
  return entry;
}

std::optional<std::string> id_in(std::string_view line) {
  if (!line.starts_with(kEntryStart)) return std::nullopt;
  const std::string_view id = line.substr(kEntryStart.size(), kHashDigits);
  if (!is_hash(id)) return std::nullopt;
  return std::string(id);
}

BoardScanner::BoardScanner(std::shared_ptr<const std::string> bytes) {
  board_.owner = std::move(bytes);
  const std::string_view text = *board_.owner;
  if (text.size() > kMaxBytes) return;
  const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  known_.reserve(lines);
  board_.entries.reserve(lines);
}

bool BoardScanner::step() {
  constexpr std::size_t kStep = std::size_t{256} << 10;
  const std::size_t begin = offset_;
  while (offset_ - begin < kStep) {
    if (!line()) return false;
  }
  return true;
}

/// Scans a line; false after the last one and at the first fault.
bool BoardScanner::line() {
  const std::string_view text = *board_.owner;
  if (number_ > 0 && offset_ >= text.size()) return false;
  ++number_;
  if (text.size() > kMaxBytes) {
    board_.error = Error{ErrorCode::too_large,
                         {},
                         std::to_string(text.size()) + " B",
                         std::to_string(kMaxBytes) + " B",
                         Position{1, 1}};
    return false;
  }
  const std::size_t end = text.find('\n', offset_);
  const bool ended = end != std::string_view::npos;
  const std::string_view line = text.substr(offset_, ended ? end - offset_ : end);
  offset_ = ended ? end + 1 : text.size();

  std::optional<Error> error;
  std::string_view hash;
  if (number_ == 1) {
    if (!scan_header(board_, line)) {
      board_.error_line = line;
      return false;
    }
  } else if (!line.starts_with(kSnapshotStart)) {
    error = add_entry(line);
  } else if (hash_after(line, kSnapshotStart, hash)) {
    board_.snapshots.push_back({line, board_.entries.size(), number_});
  } else {
    error = broken(number_, "the snapshot does not have its hash",
                   shorten(line.substr(kSnapshotStart.size()), kHashDigits));
  }
  if (error) {
    board_.error_line = line;
    if (ended) {
      board_.error = std::move(error);
    } else {
      board_.torn = true;
    }
    return false;
  }
  board_.intact_bytes = offset_;
  board_.unended = !ended;
  return true;
}

std::optional<Error> BoardScanner::add_entry(std::string_view line) {
  std::optional<ScannedEntry> entry = scan_entry(board_.owner, line);
  if (!entry) {
    std::string_view hash;
    const auto id = id_in(line);
    const bool right = hash_after(line, kEntryStart, hash);
    return broken(number_,
                  right ? "not an entry of this version: " + *id
                  : id  ? "the entry " + *id + " does not have its hash"
                        : "no entry: " + shorten(line),
                  id && !right ? *id : "{\"id\":\"…\",\"parents\":[…],…}");
  }
  entry->number = number_;
  const std::string_view id = entry->id;
  if (!known_.emplace(id, board_.entries.size()).second) {
    return broken(number_, "the entry " + std::string(id) + " stands here again", "one of each");
  }
  for (std::size_t k = 0; k < entry->parent_count(); ++k) {
    const std::string_view parent = entry->parent(k);
    const auto found = known_.find(parent);
    const bool is_base = parent == board_.base_hash && entry->parent_count() == 1;
    bool twice = false;
    for (std::size_t before = 0; before < k; ++before) {
      twice = twice || entry->parent(before) == parent;
    }
    if (!is_base && (found == known_.end() || parent == id || twice)) {
      return broken(number_, "the parent " + std::string(parent) + " does not stand before it",
                    "one earlier entry, or the header's hash");
    }
    if (!is_base && entry->time < board_.entries[found->second].time) {
      return broken(number_, "the time " + std::string(entry->time) + " is before its parent's",
                    std::string(board_.entries[found->second].time));
    }
  }
  if (!entry->of.empty() && (entry->of == id || !known_.contains(entry->of))) {
    return broken(number_, "the entry " + std::string(entry->of) + " does not stand before it",
                  "an earlier entry");
  }
  board_.entries.push_back(std::move(*entry));
  return std::nullopt;
}

ScannedBoard scan_board(std::shared_ptr<const std::string> bytes) {
  BoardScanner scanner(std::move(bytes));
  while (scanner.step()) {
  }
  return scanner.take();
}

std::vector<std::size_t> order_of(const std::vector<ScannedEntry>& entries) {
  const std::size_t n = entries.size();
  std::vector<std::size_t> order;
  order.reserve(n);
  const auto follows = [&entries](std::size_t i) {
    return entries[i].parent_count() == 1 && entries[i].parent(0) == entries[i - 1].id;
  };
  std::size_t chain = n == 0 ? 0 : 1;
  while (chain < n && follows(chain)) ++chain;
  if (chain == n) {
    for (std::size_t i = 0; i < n; ++i) order.push_back(i);
    return order;
  }

  std::unordered_map<std::string_view, std::size_t> index;
  index.reserve(n);
  for (std::size_t i = 0; i < n; ++i) index.emplace(entries[i].id, i);
  std::vector<std::vector<std::size_t>> children(n);
  std::vector<std::size_t> waiting(n, 0);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t k = 0; k < entries[i].parent_count(); ++k) {
      const auto found = index.find(entries[i].parent(k));
      if (found == index.end()) continue;
      children[found->second].push_back(i);
      ++waiting[i];
    }
  }
  using Ready = std::tuple<std::string_view, std::string_view, std::size_t>;
  std::priority_queue<Ready, std::vector<Ready>, std::greater<>> ready;
  for (std::size_t i = 0; i < n; ++i) {
    if (waiting[i] == 0) ready.emplace(entries[i].time, entries[i].id, i);
  }
  while (!ready.empty()) {
    const std::size_t i = std::get<2>(ready.top());
    ready.pop();
    order.push_back(i);
    for (const std::size_t child : children[i]) {
      if (--waiting[child] == 0) ready.emplace(entries[child].time, entries[child].id, child);
    }
  }
  return order;
}

}  // namespace tc
