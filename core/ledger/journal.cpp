#include "core/ledger/journal.hpp"

#include <algorithm>
#include <utility>

namespace tc {

std::uint32_t Journal::name(std::string_view json_string) {
  // Names repeat, so each is unescaped once.
  const std::string token(json_string);
  if (const auto known = tokens_.find(token); known != tokens_.end()) return known->second;
  const nlohmann::json value = nlohmann::json::parse(token, nullptr, false);
  const std::string text = value.is_string() ? value.get<std::string>() : token;
  const auto [found, fresh] = name_index_.emplace(text, static_cast<std::uint32_t>(names_.size()));
  if (fresh) {
    names_.push_back(text);
    stacks_.emplace_back();
  }
  tokens_.emplace(token, found->second);
  return found->second;
}

void Journal::reserve(std::size_t entries) {
  records_.reserve(entries);
  parents_.reserve(entries);
  by_id_.reserve(entries);
}

Journal::Index Journal::append(const ScannedEntry& entry) {
  const auto at = static_cast<Index>(records_.size());
  Record record;
  record.owner = entry.owner;
  record.line = entry.line;
  record.id = entry.id;
  record.time = entry.time;
  record.author = name(entry.author);
  record.city = name(entry.city.empty() ? std::string_view("\"\"") : entry.city);
  record.kind = entry.kind;
  if (!entry.of.empty()) record.of = find(entry.of).value_or(kNone);
  record.parents = static_cast<std::uint32_t>(parents_.size());
  for (std::size_t k = 0; k < entry.parent_count(); ++k) {
    if (const auto position = find(entry.parent(k))) parents_.push_back(*position);
  }
  record.parent_count = static_cast<std::uint32_t>(parents_.size()) - record.parents;
  const auto first = parents_.begin() + record.parents;

  std::erase_if(
      heads_, [&](Index head) { return std::find(first, parents_.end(), head) != parents_.end(); });
  record.sequential = heads_.empty();

  // Continue the chain of a parent that nothing follows yet in its chain.
  const auto open = std::find_if(first, parents_.end(), [this](Index parent) {
    return tails_[records_[parent].chain] == parent;
  });
  if (open == parents_.end()) {
    record.chain = static_cast<std::uint32_t>(tails_.size());
    tails_.push_back(at);
  } else {
    record.chain = records_[*open].chain;
    tails_[record.chain] = at;
  }
  if (record.sequential) {
    record.floor = at;
  } else {
    for (auto parent = first; parent != parents_.end(); ++parent) {
      const Record& before = records_[*parent];
      record.floor = std::max(record.floor, before.sequential ? *parent + 1 : before.floor);
    }
    if (record.parent_count == 1 && open != parents_.end()) {
      record.clock = records_[*open].clock;
    } else {
      Clock clock;
      for (auto parent = first; parent != parents_.end(); ++parent) {
        const Record& before = records_[*parent];
        clock.insert(clock.end(), clocks_[before.clock].begin(), clocks_[before.clock].end());
        clock.emplace_back(before.chain, *parent);
      }
      std::erase_if(clock, [&record](const auto& past) { return past.second < record.floor; });
      std::sort(clock.begin(), clock.end());
      // Of each chain the last one.
      const auto end = std::unique(clock.rbegin(), clock.rend(),
                                   [](const auto& x, const auto& y) { return x.first == y.first; });
      clock.erase(clock.begin(), end.base());
      if (!clock.empty()) {
        record.clock = static_cast<std::uint32_t>(clocks_.size());
        clocks_.push_back(std::move(clock));
      }
    }
  }

  heads_.push_back(at);
  records_.push_back(std::move(record));
  by_id_.emplace(records_.back().id, at);
  remember(at);
  return at;
}

/// Keeps the author's stacks of what may be undone and redone.
void Journal::remember(Index at) {
  const Record& record = records_[at];
  Stacks& stacks = stacks_[record.author];
  const auto take = [&record](std::vector<Undoable>& stack) {
    // Nearly always the top; two copies of one author may have done it in another order.
    const auto found = std::find_if(stack.rbegin(), stack.rend(), [&record](const Undoable& one) {
      return one.about == record.of;
    });
    if (found == stack.rend()) return false;
    stack.erase(std::next(found).base());
    return true;
  };
  switch (record.kind) {
    case EntryKind::undo:
      if (take(stacks.undo)) stacks.redo.push_back({record.of, at});
      break;
    case EntryKind::redo:
      if (take(stacks.redo)) stacks.undo.push_back({record.of, at});
      break;
    case EntryKind::edit:
    case EntryKind::import:
    case EntryKind::resolve:
      stacks.undo.push_back({at, at});
      stacks.redo.clear();
      break;
    case EntryKind::join:
    case EntryKind::note:
      break;
  }
}

std::optional<std::size_t> Journal::of(Index at) const {
  if (records_[at].of == kNone) return std::nullopt;
  return records_[at].of;
}

std::vector<Journal::Index> Journal::parents(Index at) const {
  const auto first = parents_.begin() + records_[at].parents;
  return {first, first + records_[at].parent_count};
}

std::optional<Journal::Index> Journal::find(std::string_view id) const {
  const auto found = by_id_.find(id);
  if (found == by_id_.end()) return std::nullopt;
  return found->second;
}

bool Journal::is_ancestor(Index a, Index b) const {
  if (a >= b) return false;  // the order has parents before children
  const Record& after = records_[b];
  if (a < after.floor || records_[a].chain == after.chain) return true;
  const Clock& clock = clocks_[after.clock];
  const auto past = std::lower_bound(clock.begin(), clock.end(),
                                     std::pair<std::uint32_t, Index>(records_[a].chain, 0));
  return past != clock.end() && past->first == records_[a].chain && past->second >= a;
}

std::vector<bool> Journal::cuts() const {
  std::vector<bool> cuts(size(), false);
  auto lowest = static_cast<std::int64_t>(size());
  for (const Index head : heads_) lowest = std::min<std::int64_t>(lowest, head);
  for (std::size_t i = size(); i-- > 0;) {
    cuts[i] = lowest >= static_cast<std::int64_t>(i);
    const Record& record = records_[i];
    if (record.parent_count == 0) lowest = -1;
    for (std::uint32_t k = 0; k < record.parent_count; ++k) {
      lowest = std::min<std::int64_t>(lowest, parents_[record.parents + k]);
    }
  }
  return cuts;
}

std::optional<Journal::Undoable> Journal::next_undo(std::string_view author) const {
  const auto found = name_index_.find(std::string(author));
  if (found == name_index_.end() || stacks_[found->second].undo.empty()) return std::nullopt;
  return stacks_[found->second].undo.back();
}

std::optional<Journal::Undoable> Journal::next_redo(std::string_view author) const {
  const auto found = name_index_.find(std::string(author));
  if (found == name_index_.end() || stacks_[found->second].redo.empty()) return std::nullopt;
  return stacks_[found->second].redo.back();
}

Entry Journal::entry(Index at) const {
  Result<Entry> read = parse_entry(line(at));
  if (read) return std::move(*read.value);
  // A line with the right hash that can't be read was made so; what its beginning says is known.
  Entry entry;
  entry.id = id(at);
  entry.time = time(at);
  entry.author = author(at);
  entry.city = city(at);
  entry.kind = kind(at);
  if (const auto about = of(at)) entry.of = id(static_cast<Index>(*about));
  for (const Index parent : parents(at)) entry.parents.emplace_back(id(parent));
  return entry;
}

}  // namespace tc
