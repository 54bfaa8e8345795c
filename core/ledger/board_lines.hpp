#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/ledger/entry.hpp"
#include "core/model/error.hpp"

namespace tc {

/// The changes of entries that the fold leaves out: ids, and positions among the entry's changes.
using LeftOut = std::map<std::string, std::vector<std::uint32_t>, std::less<>>;

/// The line of an entry, with what its beginning says; its changes are not read. Views of its
/// parts, so that scanning 100,000 of them allocates nothing for each.
struct ScannedEntry {
  static constexpr std::size_t kHashDigits = 64;

  std::shared_ptr<const std::string> owner;  ///< of the bytes behind the views
  std::string_view line;                     ///< without line feed
  std::string_view id;
  std::string_view parent_list;  ///< `"…","…"`: hashes in quotation marks, of one length
  std::string_view time;
  std::string_view author;  ///< JSON string with its quotation marks, as is the city, if any
  std::string_view city;
  EntryKind kind = EntryKind::edit;
  std::string_view of;
  std::size_t number = 0;  ///< of the line in its file, from 1

  std::size_t parent_count() const { return (parent_list.size() + 1) / (kHashDigits + 3); }
  std::string_view parent(std::size_t i) const {
    return parent_list.substr(i * (kHashDigits + 3) + 1, kHashDigits);
  }
};

struct ScannedSnapshot {
  std::string_view line;
  std::size_t entries = 0;  ///< entry lines before it in the file
  std::size_t number = 0;
};

/// A snapshot. The state is the JSON of a programme, not read.
struct Snapshot {
  std::size_t entries = 0;
  std::string head;
  std::string_view state;
  LeftOut left_out;
};

/// A board file, its hashes checked and its entries known by their beginnings.
struct ScannedBoard {
  std::shared_ptr<const std::string> owner;
  std::string_view header;  ///< without line feed
  std::string_view base_hash;
  std::string_view base;  ///< JSON of the programme
  std::vector<ScannedEntry> entries;
  std::vector<ScannedSnapshot> snapshots;
  std::size_t intact_bytes = 0;  ///< of the whole lines before a fault or a torn line
  std::optional<Error> error;    ///< the first fault; `position.line` names the line
  std::string_view error_line;   ///< that line
  bool torn = false;             ///< the last line isn't whole and was passed over
  bool unended = false;          ///< the last line is whole but for its line feed
};

/// The header line of a board, without line feed.
std::string header_line(const nlohmann::json& base);
/// The hash in a line that `header_line` has written.
std::string hash_of_header(std::string_view line);

/// The snapshot line, without line feed.
std::string snapshot_line(const Snapshot& snapshot);
/// Nothing when the line, though its hash is right, is no snapshot. The state is a part of it.
std::optional<Snapshot> parse_snapshot(std::string_view line);

/// Scans a board file up to the first fault, a part at a time. Linear in all.
class BoardScanner {
 public:
  explicit BoardScanner(std::shared_ptr<const std::string> bytes);

  /// Scans the next lines, about 256 KB; false when none are left.
  bool step();
  /// How many bytes have been scanned.
  std::size_t offset() const { return offset_; }
  /// After the last step. Once.
  ScannedBoard take() { return std::move(board_); }

 private:
  bool line();
  std::optional<Error> add_entry(std::string_view line);

  ScannedBoard board_;
  std::unordered_map<std::string_view, std::size_t> known_;  ///< entries by their ids
  std::size_t offset_ = 0;
  std::size_t number_ = 0;  ///< of the last line
};

/// The same in one go.
ScannedBoard scan_board(std::shared_ptr<const std::string> bytes);

/// Scans one entry's line. Nothing when it isn't one or its hash is wrong.
std::optional<ScannedEntry> scan_entry(std::shared_ptr<const std::string> owner,
                                       std::string_view line);

/// The id that a (broken) entry line gives itself, if it can be made out.
std::optional<std::string> id_in(std::string_view line);

/// The one order of a set of entries, as positions in `entries`: by time, then parents before
/// children, then by id (Kahn 1962, with a priority queue). Parents outside of the set are passed
/// over. O(n log n), O(n) when they stand in that order already.
std::vector<std::size_t> order_of(const std::vector<ScannedEntry>& entries);

}  // namespace tc
