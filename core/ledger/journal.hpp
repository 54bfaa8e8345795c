#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/ledger/board_lines.hpp"
#include "core/ledger/entry.hpp"

namespace tc {

/// The entries of a ledger in their order: what came after what, and what each author may undo.
/// Entries are kept as lines and read when somebody asks for them.
class Journal {
 public:
  using Index = std::uint32_t;

  void reserve(std::size_t entries);

  /// Appends an entry whose parents (other than the board's base) are there. O(parents), amortised;
  /// where branches begin or join, O(chains that run beside it) more.
  Index append(const ScannedEntry& entry);

  std::size_t size() const { return records_.size(); }
  std::string_view line(Index at) const { return records_[at].line; }
  const std::shared_ptr<const std::string>& owner(Index at) const { return records_[at].owner; }
  std::string_view id(Index at) const { return records_[at].id; }
  std::string_view time(Index at) const { return records_[at].time; }
  std::string_view author(Index at) const { return names_[records_[at].author]; }
  std::string_view city(Index at) const { return names_[records_[at].city]; }
  EntryKind kind(Index at) const { return records_[at].kind; }
  std::optional<std::size_t> of(Index at) const;
  std::vector<Index> parents(Index at) const;
  std::optional<Index> find(std::string_view id) const;
  const std::vector<Index>& heads() const { return heads_; }  ///< ascending

  /// Whether every entry before it is in its past.
  bool is_sequential(Index at) const { return records_[at].sequential; }
  /// O(log of the chains that run beside b): within a chain by position, between chains by a vector
  /// clock (Mattern 1989) that says no more than is needed, as all before `floor` is past anyway.
  bool is_ancestor(Index a, Index b) const;
  bool is_concurrent(Index a, Index b) const {
    return a != b && !is_ancestor(a, b) && !is_ancestor(b, a);
  }
  /// For each entry whether all later ones, and whatever will come, have all up to it in their
  /// past. O(entries).
  std::vector<bool> cuts() const;

  /// What an author's undo or redo is about.
  struct Undoable {
    Index about;   ///< the entry
    Index latest;  ///< whose inverse does it: the entry, its last redo or its undo
  };
  std::optional<Undoable> next_undo(std::string_view author) const;
  std::optional<Undoable> next_redo(std::string_view author) const;

  /// Read anew from its line.
  Entry entry(Index at) const;

 private:
  static constexpr std::uint32_t kNone = static_cast<std::uint32_t>(-1);

  struct Record {
    std::shared_ptr<const std::string> owner;
    std::string_view line, id, time;
    std::uint32_t author = 0, city = 0;  ///< in `names_`
    EntryKind kind = EntryKind::edit;
    bool sequential = true;
    std::uint32_t of = kNone;
    std::uint32_t chain = 0;  ///< a line of entries, each the parent of the next
    Index floor = 0;          ///< all entries before it are in the past
    std::uint32_t clock = 0;  ///< in `clocks_`; shared by a stretch of a chain
    std::uint32_t parents = 0, parent_count = 0;  ///< in `parents_`
  };
  struct Stacks {
    std::vector<Undoable> undo, redo;
  };

  std::uint32_t name(std::string_view json_string);
  void remember(Index at);

  std::vector<Record> records_;
  std::vector<Index> parents_;
  std::unordered_map<std::string_view, Index> by_id_;
  std::deque<std::string> names_;
  std::unordered_map<std::string, std::uint32_t> name_index_;
  std::unordered_map<std::string, std::uint32_t> tokens_;  ///< names as JSON strings
  std::vector<Index> heads_;
  std::vector<Index> tails_;  ///< last entry of each chain
  /// By chain, ascending: the last of its entries that is past, for what is not below the floor.
  using Clock = std::vector<std::pair<std::uint32_t, Index>>;
  std::vector<Clock> clocks_{Clock()};  ///< the first is empty
  std::vector<Stacks> stacks_;          ///< by author's name
};

}  // namespace tc
