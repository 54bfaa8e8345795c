#include "core/ledger/conflicts.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace tc {

namespace {

using nlohmann::json;

bool overlap(const std::string& a, const std::string& b) {
  return is_prefix(a, b) || is_prefix(b, a);
}

/// What the change makes of `scope`, which holds its place; `seen` is what stood there before.
std::optional<json> value_at(const std::string& scope, const Change& change,
                             const std::optional<json>& seen) {
  if (change.pointer == scope) return change.after;
  return with_part(scope, seen, change.pointer, change.after);
}

ConflictSide side_of(const Journal& journal, Journal::Index at, std::optional<json> value) {
  ConflictSide side;
  side.entry = at;
  side.value = std::move(value);
  side.id = journal.id(at);
  side.author = journal.author(at);
  side.city = journal.city(at);
  side.time = journal.time(at);
  side.reason = journal.entry(at).reason;
  return side;
}

/// The entry beside which the model refuses the change: one that removed what it refers to, or
/// that closed the cycle; else the last one that changed the same element.
std::optional<Journal::Index> culprit(const Journal& journal, Journal::Index refused,
                                      const std::string& pointer,
                                      const std::vector<Error>& errors) {
  std::optional<Journal::Index> same_element;
  const std::string element = element_pointer(pointer);
  for (Journal::Index at = refused; at-- > 0;) {
    if (!journal.is_concurrent(at, refused)) continue;
    for (const Change& change : journal.entry(at).changes) {
      const bool blamed = std::any_of(errors.begin(), errors.end(), [&](const Error& error) {
        if (error.code == ErrorCode::dangling_reference) {
          return !change.after && change.pointer == child(error.expected, error.found);
        }
        const auto tokens = pointer_tokens(change.pointer);
        return error.code == ErrorCode::dependency_cycle && tokens && tokens->size() > 2 &&
               (*tokens)[2] == "dependsOn" && change.after &&
               error.found.find((*tokens)[1] + " → ") != std::string::npos;
      });
      if (blamed) return at;
      // The other way round: it refers to what the refused change removes.
      const bool named = std::any_of(errors.begin(), errors.end(), [&](const Error& error) {
        return overlap(change.pointer, error.pointer);
      });
      if (!same_element && (named || element_pointer(change.pointer) == element)) {
        same_element = at;
      }
    }
  }
  return same_element;
}

}  // namespace

bool ConflictTracker::in_conflict(const Journal& journal, const Write& a, const Write& b) {
  if (!overlap(a.change.pointer, b.change.pointer) || !journal.is_concurrent(a.entry, b.entry)) {
    return false;
  }
  const bool a_holds = a.change.pointer.size() <= b.change.pointer.size();
  const Write& outer = a_holds ? a : b;
  const Write& inner = a_holds ? b : a;
  return outer.change.after != value_at(outer.change.pointer, inner.change, outer.change.before);
}

void ConflictTracker::add(const Journal& journal, Index at, const Entry& entry,
                          const std::vector<LeftOutChange>& left_out) {
  const bool resolves = entry.kind == EntryKind::resolve;
  for (std::uint32_t i = 0; i < entry.changes.size(); ++i) {
    const Change& change = entry.changes[i];
    const auto without = std::find_if(left_out.begin(), left_out.end(),
                                      [i](const LeftOutChange& out) { return out.change == i; });
    if (without != left_out.end() && without->refused) {
      refusals_.push_back({at, change, without->errors});
      continue;
    }
    if (resolves) {
      std::erase_if(refusals_, [&](const Write& write) {
        return is_prefix(change.pointer, write.change.pointer) &&
               journal.is_ancestor(write.entry, at);
      });
    }
    std::vector<Write>& writes = writes_[element_pointer(change.pointer)];
    std::vector<bool> gone(writes.size(), false);
    for (std::size_t x = 0; x < writes.size(); ++x) {
      if (!is_prefix(change.pointer, writes[x].change.pointer) ||
          (writes[x].entry != at && !journal.is_ancestor(writes[x].entry, at))) {
        continue;
      }
      // An edit on top of both sides does not settle what a person has to settle.
      const bool open =
          !resolves && std::any_of(writes.begin(), writes.end(), [&](const Write& other) {
            return journal.is_ancestor(other.entry, at) && in_conflict(journal, writes[x], other);
          });
      gone[x] = !open;
    }
    std::size_t x = 0;
    std::erase_if(writes, [&gone, &x](const Write&) { return gone[x++]; });
    writes.push_back(
        {at, change, without == left_out.end() ? std::vector<Error>() : without->errors});
  }
}

void ConflictTracker::cut(const Journal& journal) {
  for (auto& [element, writes] : writes_) {
    std::vector<Write> kept;
    for (const Write& write : writes) {
      const bool open = !write.errors.empty() ||
                        std::any_of(writes.begin(), writes.end(), [&](const Write& other) {
                          return in_conflict(journal, write, other);
                        });
      if (open) kept.push_back(write);
    }
    writes = std::move(kept);
  }
  std::erase_if(writes_, [](const auto& group) { return group.second.empty(); });
}

std::vector<Conflict> ConflictTracker::conflicts(const Journal& journal,
                                                 const KeyedDocument& document) const {
  std::vector<std::pair<Index, Conflict>> found;
  const auto refuse = [&](const Write& write) {
    Conflict conflict;
    conflict.kind = Conflict::Kind::refused;
    conflict.pointer = write.change.pointer;
    conflict.other = side_of(journal, write.entry, write.change.after);
    if (const auto blamed = culprit(journal, write.entry, write.change.pointer, write.errors)) {
      conflict.kept = side_of(journal, *blamed, std::nullopt);
    }
    const json* now = document.find(write.change.pointer);
    conflict.kept.value = now == nullptr ? std::nullopt : std::optional<json>(*now);
    conflict.errors = write.errors;
    found.emplace_back(write.entry, std::move(conflict));
  };
  for (const auto& [element, writes] : writes_) {
    for (std::size_t b = 0; b < writes.size(); ++b) {
      bool paired = false;
      for (std::size_t a = 0; a < writes.size(); ++a) {
        if (a == b || !in_conflict(journal, writes[a], writes[b])) continue;
        paired = true;
        if (a > b) continue;
        // In the order of the journal, so b is the later one.
        const bool outer_is_a = writes[a].change.pointer.size() <= writes[b].change.pointer.size();
        const Change& outer = (outer_is_a ? writes[a] : writes[b]).change;
        const auto side = [&](const Write& write) {
          return side_of(journal, write.entry, value_at(outer.pointer, write.change, outer.before));
        };
        Conflict conflict;
        conflict.pointer = outer.pointer;
        const bool b_holds = writes[b].errors.empty();
        conflict.kept = side(b_holds ? writes[b] : writes[a]);
        conflict.other = side(b_holds ? writes[a] : writes[b]);
        found.emplace_back(writes[b].entry, std::move(conflict));
      }
      if (!paired && !writes[b].errors.empty()) refuse(writes[b]);
    }
  }
  for (const Write& write : refusals_) refuse(write);
  std::stable_sort(found.begin(), found.end(), [](const auto& x, const auto& y) {
    return x.first != y.first ? x.first < y.first : x.second.pointer < y.second.pointer;
  });
  std::vector<Conflict> conflicts;
  conflicts.reserve(found.size());
  for (auto& [at, conflict] : found) conflicts.push_back(std::move(conflict));
  return conflicts;
}

}  // namespace tc
