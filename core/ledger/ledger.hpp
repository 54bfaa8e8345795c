#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ledger/entry.hpp"
#include "core/model/error.hpp"
#include "core/model/programme.hpp"

namespace tc {

/// The parts of an entry that are at hand without reading it whole. Views stay valid as long as the
/// ledger they come from is there and nothing is assigned to it.
struct EntryHead {
  std::string_view id;
  std::string_view time;
  std::string_view author;
  std::string_view city;
  EntryKind kind = EntryKind::edit;
  std::optional<std::size_t> of;  ///< undo, redo: position of the entry that it is about
};

/// One of the two sides of a conflict.
struct ConflictSide {
  std::optional<std::size_t> entry;     ///< position; nothing when no one entry is to blame
  std::optional<nlohmann::json> value;  ///< what it makes of the conflict's place; nothing: removed
  std::string id;                       ///< of the entry; the rest as well
  std::string author;
  std::string city;
  std::string time;
  std::string reason;
};

/// What a merge could not bring together by itself. It stays until an entry of kind `resolve` that
/// has both sides in its past changes its place (or one that holds it).
struct Conflict {
  enum class Kind : std::uint8_t {
    values,   ///< two entries that did not know of each other make different values of one place
    refused,  ///< the model refuses the result of a change beside the others; it is left out
  };
  Kind kind = Kind::values;
  std::string pointer;
  ConflictSide kept;          ///< what the state has for the time being: the later entry's
  ConflictSide other;         ///< refused: the entry whose change is left out
  std::vector<Error> errors;  ///< refused: why
};

/// Which entries of a ledger are wanted. Every condition narrows.
struct LedgerFilter {
  std::string author;
  std::string city;
  std::optional<EntryKind> kind;
  std::string from;     ///< time, inclusive; empty: since the beginning
  std::string until;    ///< time, exclusive; empty: up to now
  std::string pointer;  ///< entries that change this place, one in it or one that holds it
};

/// Who does something and when.
struct Signature {
  std::string author;
  std::string city;
  std::string time;
};

struct OpenedLedger;

/// A board: a base programme and the append-only journal (台账) of what has been done to it since.
///
/// Entries form a directed acyclic graph by their parents; their one order, on which everything
/// below rests, is by time, then parents before children, then by id. An entry is never before
/// its parents in time (`commit` sees to it), so this order is the same for the same set of
/// entries, however they came together. The state is the fold of the entries over the base in that
/// order, and the state after any number of them does not depend on the rest.
///
/// Changes of places of which neither holds the other commute. Where two entries that did not know
/// of each other (concurrent ones) change the same place, the later one's value holds for the time
/// being and a `Conflict` tells of it; a change that the model refuses there is left out and told
/// as well. Every entry stays in the journal.
///
/// A ledger is a value: copies are independent. Not thread-safe, not even for reading.
class Ledger {
 public:
  Ledger();  ///< of an empty programme that does not hold together; to be assigned to
  ~Ledger();
  Ledger(const Ledger& other);
  Ledger(Ledger&& other) noexcept;
  Ledger& operator=(const Ledger& other);
  Ledger& operator=(Ledger&& other) noexcept;

  /// A board without entries. The errors of `validate` if the base doesn't hold together.
  static Result<Ledger> create(const Programme& base);

  // ---- The state ------------------------------------------------------------------------------

  /// The programme as of the last entry. The reference stays valid, its value changes.
  const Programme& state() const;

  /// The value at a pointer (keyed_document.hpp); null when there is none. Valid until the next
  /// change.
  const nlohmann::json* value(std::string_view pointer) const;

  /// A change from the present value: `{pointer, *value(pointer), after}`.
  Change change(std::string pointer, std::optional<nlohmann::json> after) const;

  // ---- Doing ----------------------------------------------------------------------------------

  /// Appends an entry with all heads as parents and returns its position. Refused, with nothing
  /// changed, when:
  /// - a change's `before` isn't the present value (`changed_meanwhile`), its pointer no place
  ///   (`no_such_place`),
  /// - the result breaks a rule of the model; the errors' pointers are keyed ones,
  /// - a deadline (of an item or a milestone) moves later or goes, or a completed item is reopened,
  ///   and `reason` is blank (`reason_needed`); undo, redo and resolve need none,
  /// - nothing is changed (`empty_value`), save by `note`, `join` and `resolve`,
  /// - author, time, `of` or a pointer is malformed.
  /// A time before that of a parent becomes the parent's: a clock that stands behind must not
  /// reorder what has been done.
  /// Linear in what is changed (its items), for any number of entries; after changes of anything
  /// but items and indicators, and after removing those, all of the board is checked.
  Result<std::size_t> commit(Draft draft);

  /// The entry that the author's next undo or redo is about. O(1).
  std::optional<std::size_t> next_undo(std::string_view author) const;
  std::optional<std::size_t> next_redo(std::string_view author) const;

  /// Appends an entry with the inverse changes of the author's last entry that isn't undone, or
  /// with the changes of the last undone one. Anything new takes the redos away.
  /// `changed_meanwhile` when somebody has changed one of the places since; `found` says who.
  Result<std::size_t> undo(const Signature& who, std::string reason = {});
  Result<std::size_t> redo(const Signature& who, std::string reason = {});
  /// What these commit.
  Result<Draft> undo_draft(const Signature& who, std::string reason = {}) const;
  Result<Draft> redo_draft(const Signature& who, std::string reason = {}) const;

  /// Takes over what another copy has appended to exactly these entries: whole lines of
  /// `append_text`. Lines of entries that are here already and snapshots are passed over. True when
  /// all of them are here now; false when one is not an entry, does not follow all heads or does
  /// not fit the state: it and what comes after it are not taken, and `merge` has to be asked. The
  /// cost is that of as many commits, for any number of entries.
  bool receive(std::string_view lines);

  // ---- The journal ----------------------------------------------------------------------------

  std::size_t size() const;                    ///< number of entries
  EntryHead head(std::size_t position) const;  ///< O(1)
  Entry entry(std::size_t position) const;     ///< linear in the entry
  std::optional<std::size_t> find(std::string_view id) const;
  std::vector<std::size_t> parents(std::size_t position) const;
  /// Ids of the entries that no other one follows; more than one after a merge until the next
  /// entry.
  std::vector<std::string> heads() const;
  /// Whether entry `a` is in the past of entry `b`. O(1).
  bool is_ancestor(std::size_t a, std::size_t b) const;

  /// Positions of the entries that pass, in order. O(entries), linear in their text with `pointer`.
  std::vector<std::size_t> filter(const LedgerFilter& filter) const;
  /// Codes of the items that the entry changes, a part of them or as a whole, each once. Linear in
  /// its line, which is not parsed.
  std::vector<std::string> changed_items(std::size_t position) const;
  /// The evidence chain of a place: all entries that change it, a part of it or what holds it.
  std::vector<std::size_t> history(const std::string& pointer) const;

  // ---- Time travel ----------------------------------------------------------------------------

  /// How many entries were there before the moment `time`, or before the end of `day` in China.
  /// O(log entries).
  std::size_t count_before(std::string_view time) const;
  std::size_t count_by(Date day) const;
  /// The programme after the first `count` entries. O(board + text of at most so many entries).
  Programme state_after(std::size_t count) const;
  /// `state_after(count_by(day))`.
  Programme state_at(Date day) const;
  /// What is different after `to` entries from after `from` entries, net: one change a place, in
  /// order of the pointers.
  std::vector<Change> diff(std::size_t from, std::size_t to) const;

  // ---- Merging --------------------------------------------------------------------------------

  /// Both journals in one. Commutative and associative: equal sets of entries give equal ledgers,
  /// byte for byte. `other_base` when the boards began differently.
  static Result<Ledger> merge(const Ledger& a, const Ledger& b);
  /// The same; where `b` holds all of `a` it becomes the result without a copy. O(entries of b).
  static Result<Ledger> merge(const Ledger& a, Ledger&& b);
  /// Whether every entry of `other`, a copy of the same board, is here: merging it would change
  /// nothing. O(its heads).
  bool holds(const Ledger& other) const;

  /// The conflicts that nobody has resolved, in order of the later entry.
  const std::vector<Conflict>& conflicts() const;
  /// A draft that makes `value` of the conflict's place; author, time and reason are to be added.
  Draft resolution(const Conflict& conflict, std::optional<nlohmann::json> value) const;

  // ---- The file -------------------------------------------------------------------------------

  /// SHA-256 of the header, 64 hexadecimal digits: names the base.
  const std::string& base_hash() const;
  Programme base() const;

  /// The whole board file, `.tongcheng.jsonl`: JSON Lines in UTF-8, each line ending with a line
  /// feed.
  ///   {"format":"tongcheng-board","version":1,"sha256":"…","base":{a programme}}
  ///   {"id":"…","parents":["…"],"time":"…", …}            one line an entry, see `entry_line`
  ///   {"snapshot":"…","entries":N,"head":"…","state":{a programme},"dropped":[…]}
  /// Each hash covers its line without the member that holds it. Entries stand after their
  /// parents. A snapshot is the state after the N entries before it and may be left out: it only
  /// spares readers the fold. Any number of whole lines from the start is a board file.
  std::string text() const;
  /// The line of one entry with its line feed, for appending to a file (see `rewrite`).
  std::string append_text(std::size_t position) const;
  /// A snapshot line of the present, for appending from time to time (every few thousand entries);
  /// empty where none may stand: with conflicts, with several heads or without entries.
  std::string snapshot_text() const;

 private:
  friend class BoardReader;
  friend class LedgerCommit;
  friend class LedgerMaker;
  friend struct Verification verify_board(std::string_view bytes);
  struct Impl;
  explicit Ledger(std::unique_ptr<Impl> impl);
  Result<Draft> reverting(EntryKind kind, const Signature& who, std::string reason) const;
  Result<std::size_t> commit_made(Result<Draft> draft);
  void name_changers(const Draft& draft, std::vector<Error>& errors) const;
  std::unique_ptr<Impl> impl_;
};

/// `Ledger::create`, a part at a time, for a caller that has something else to do meanwhile.
class LedgerMaker {
 public:
  /// `base` has to be there, and as it is, until the last step.
  explicit LedgerMaker(const Programme& base);
  ~LedgerMaker();
  LedgerMaker(LedgerMaker&&) noexcept;
  LedgerMaker& operator=(LedgerMaker&&) noexcept;

  /// Does the next part, of some 100 KB; false when none is left. Whether all holds together is one
  /// part.
  bool step();
  /// From 0 to 1.
  double progress() const;
  /// After the last step. Once.
  Result<Ledger> take();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// `Ledger::commit`, a part at a time, for a caller that has something else to do meanwhile.
class LedgerCommit {
 public:
  /// `ledger` has to be there until the last step, with which it gets the entry. Till then it is as
  /// it was, and whoever wants may read it, change it and assign to it: this begins again then.
  LedgerCommit(Ledger& ledger, Draft draft);
  ~LedgerCommit();
  LedgerCommit(LedgerCommit&&) noexcept;
  LedgerCommit& operator=(LedgerCommit&&) noexcept;

  const Draft& draft() const;
  /// Does the next part; false when none is left.
  bool step();
  /// From 0 to 1; less than before where it has begun again.
  double progress() const;
  /// After the last step: what `commit` says, and of a draft that reverts an entry what `undo`
  /// does. Once.
  Result<std::size_t> take();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

struct OpenedLedger {
  Ledger ledger;
  std::vector<Error> warnings;  ///< what was passed over: a torn last line
  /// The file does not end with a whole line: write `text()` before anything is appended.
  bool rewrite = false;
};

/// Whether the bytes are meant as a board file (and not as a programme).
bool is_board(std::string_view bytes);

/// Reads a board file. Hashes and parents of all lines are checked; `position.line` of an error
/// names the line. The last line, if it has no line feed and isn't whole, is passed over with a
/// warning: that is what a program killed while writing leaves.
/// Linear in the text, with little work for what stands before the last snapshot.
Result<OpenedLedger> open_board(std::string_view bytes);
/// The same without a copy of the text, which the ledger goes on reading from.
Result<OpenedLedger> open_board(std::shared_ptr<const std::string> bytes);

/// `open_board`, a part at a time, for a caller that has something else to do meanwhile.
class BoardReader {
 public:
  explicit BoardReader(std::shared_ptr<const std::string> bytes);
  ~BoardReader();
  BoardReader(BoardReader&&) noexcept;
  BoardReader& operator=(BoardReader&&) noexcept;

  /// Does the next part, of some 100 KB or a few entries; false when nothing is left to do. What a
  /// programme's own reading does in one go (see `ProgrammeReader`) is a part as well.
  bool step();
  /// From 0 to 1. A file that has no snapshot near its end takes longer in its last part.
  double progress() const;
  /// After the last step. Once.
  Result<OpenedLedger> take();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// As much as can be had of a broken board file: all lines before the first broken one.
std::string_view intact_part(std::string_view bytes);

struct Verification {
  std::size_t entries = 0;              ///< that are in order
  std::optional<Error> error;           ///< the first fault; `position.line` is set
  std::optional<std::string> entry_id;  ///< of the broken entry as its line gives it
};

/// Checks everything: each hash, canonical form, parents, times, that each change of an entry
/// starts from the value that it names, that the model takes each state, and every snapshot.
Verification verify_board(std::string_view bytes);

}  // namespace tc
