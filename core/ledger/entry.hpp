#pragma once

#include <array>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/error.hpp"
#include "core/model/programme.hpp"

namespace tc {

/// What an entry of the ledger (台账) is for.
enum class EntryKind : std::uint8_t {
  edit,
  undo,     ///< takes back the entry `of`
  redo,     ///< does the entry `of` again after its undo
  import,   ///< from a spreadsheet or another file
  resolve,  ///< a person's choice in a conflict of a merge
  join,     ///< only joins two copies
  note,     ///< a remark with its evidence; changes nothing
};
inline constexpr std::array kEntryKinds = {EntryKind::edit,   EntryKind::undo,    EntryKind::redo,
                                           EntryKind::import, EntryKind::resolve, EntryKind::join,
                                           EntryKind::note};

/// The name that files use: `edit`, `undo`, …
std::string_view name_of(EntryKind kind);
std::optional<EntryKind> entry_kind_of(std::string_view name);
/// The kind's words for people.
const Text& label_of(EntryKind kind);

/// One value of a board that becomes another.
struct Change {
  /// RFC 6901, into the keyed form of the programme (keyed_document.hpp): `/items/K-07/status`.
  std::string pointer;
  std::optional<nlohmann::json> before;  ///< nothing: there is no such value
  std::optional<nlohmann::json> after;   ///< nothing: the value is removed
  /// Of an element that joins or leaves a keyed list: the key of the element before it, empty for
  /// the first place. Nothing: at the end. `Ledger::commit` fills it in for what leaves.
  std::optional<std::string> place;
  bool operator==(const Change&) const = default;
};

/// What a person does at one time, before it is an entry. It takes effect as a whole or not at all.
struct Draft {
  std::string author;  ///< not empty
  std::string city;    ///< id of the city that the author acts for; may be empty
  std::string time;    ///< RFC 3339 in UTC with milliseconds: `2024-03-23T08:00:00.000Z`
  EntryKind kind = EntryKind::edit;
  std::vector<Change> changes;     ///< applied in order
  std::string reason;              ///< may be empty; see `Ledger::commit`
  std::vector<Evidence> evidence;  ///< for the changes
  std::string of;                  ///< undo, redo: id of the entry that it is about
  bool operator==(const Draft&) const = default;
};

/// One immutable entry of the journal.
struct Entry : Draft {
  std::string id;  ///< SHA-256 of its canonical JSON without the id, 64 hexadecimal digits
  /// Ids of the entries that it follows: one normally, two or more where copies join. The first
  /// entry of a board follows the board's own hash (`Ledger::base_hash`), so that the id of the
  /// last entry vouches for everything before it.
  std::vector<std::string> parents;
  bool operator==(const Entry&) const = default;
};

/// The canonical JSON of an entry, one line without the line feed: members in the order id,
/// parents, time, author, city, kind, of, changes, reason, evidence; nothing for what is empty; no
/// white space; members of values sorted by name. The id in it is computed, `entry.id` is not
/// looked at. Bytes that are not UTF-8 become U+FFFD. Linear.
std::string entry_line(const Entry& entry);

/// Reads such a line (canonical or not, with any id).
Result<Entry> parse_entry(std::string_view line);

// Times: all of one length, so that they compare as texts.

/// Whether `text` has exactly the form `YYYY-MM-DDThh:mm:ss.sssZ` and the day exists.
bool is_time(std::string_view text);
/// The time so many milliseconds after 1970-01-01T00:00:00Z; within the years 1900 to 2199.
std::string format_time(std::int64_t milliseconds);
/// The inverse; `is_time(text)` must hold.
std::int64_t milliseconds_of(std::string_view text);
/// The moment at which `day` begins in China (UTC+8, the whole country).
std::string start_of_day(Date day);

}  // namespace tc
