#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "core/ledger/fold.hpp"
#include "core/ledger/journal.hpp"
#include "core/ledger/ledger.hpp"

namespace tc {

/// Finds what entries that did not know of each other do to the same places. It is shown the
/// entries of a stretch of the journal in order and keeps of each place the last changes on every
/// branch.
class ConflictTracker {
 public:
  using Index = Journal::Index;

  /// Shows it the next entry and what was left out of it.
  void add(const Journal& journal, Index at, const Entry& entry,
           const std::vector<LeftOutChange>& left_out);
  /// Tells it that from here on every entry knows all before it.
  void cut(const Journal& journal);
  bool empty() const { return writes_.empty() && refusals_.empty(); }

  std::vector<Conflict> conflicts(const Journal& journal, const KeyedDocument& document) const;

 private:
  struct Write {
    Index entry = 0;
    Change change;
    std::vector<Error> errors;  ///< why it had no effect, if so
  };

  static bool in_conflict(const Journal& journal, const Write& a, const Write& b);

  std::map<std::string, std::vector<Write>> writes_;  ///< by element
  std::vector<Write> refusals_;
};

}  // namespace tc
