#include "core/ledger/ledger.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "core/ledger/board_lines.hpp"
#include "core/ledger/conflicts.hpp"
#include "core/ledger/fold.hpp"
#include "core/ledger/journal.hpp"
#include "core/ledger/keyed_document.hpp"
#include "core/model/element_json.hpp"
#include "core/model/json_text.hpp"
#include "core/model/programme_json.hpp"
#include "core/model/programme_reader.hpp"
#include "core/model/programme_writer.hpp"
#include "core/model/progress.hpp"

namespace tc {

namespace {

using nlohmann::json;
using Index = Journal::Index;

/// From so many entries on a file gets a snapshot.
constexpr std::size_t kSnapshotFrom = 1000;
constexpr std::size_t kCheckpoints = 16;
constexpr std::size_t kCheckpointDistance = 1024;
constexpr const char* kTimeForm = "YYYY-MM-DDThh:mm:ss.sssZ";

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

Error error_of(ErrorCode code, std::string pointer, std::string found, std::string expected) {
  return {code, std::move(pointer), std::move(found), std::move(expected), std::nullopt};
}

template <class T>
Result<T> failed(Error error) {
  Result<T> result;
  result.errors.push_back(std::move(error));
  return result;
}

bool needs_changes(EntryKind kind) {
  return kind == EntryKind::edit || kind == EntryKind::import;
}

/// Whether what must not go without a reason would.
bool wants_reason(const Entry& entry) {
  return needs_changes(entry.kind) && is_blank(entry.reason);
}

std::vector<std::uint32_t> indices(const std::vector<LeftOutChange>& left_out) {
  std::vector<std::uint32_t> result;
  result.reserve(left_out.size());
  for (const LeftOutChange& change : left_out) result.push_back(change.change);
  return result;
}

}  // namespace

struct Ledger::Impl {
  std::shared_ptr<const std::string> header;  ///< line without line feed
  std::string base_hash;
  std::shared_ptr<const KeyedDocument> base;
  Journal journal;
  Fold fold;
  LeftOut left_out;
  ConflictTracker tracker;
  std::vector<Conflict> conflicts;
  /// After so many entries nothing was open and all later ones know all up to there: the last place
  /// for a snapshot.
  std::size_t settled = 0;
  /// Documents after so many entries, so that time travel need not begin at the base. They follow
  /// from the journal; only speed depends on them.
  mutable std::map<std::size_t, std::shared_ptr<const KeyedDocument>> checkpoints;

  Index at(std::size_t position) const { return static_cast<Index>(position); }

  void replay(KeyedDocument& document, std::size_t position) const {
    const std::vector<std::uint32_t>* without = nullptr;
    if (!left_out.empty()) {
      const auto found = left_out.find(journal.id(at(position)));
      if (found != left_out.end()) without = &found->second;
    }
    const Entry entry = journal.entry(at(position));
    for (std::uint32_t i = 0; i < entry.changes.size(); ++i) {
      if (without != nullptr && std::find(without->begin(), without->end(), i) != without->end()) {
        continue;
      }
      const Change& change = entry.changes[i];
      document.set(change.pointer, change.after, change.place);
    }
  }

  KeyedDocument document_after(std::size_t count) const {
    count = std::min(count, journal.size());
    if (count == journal.size()) return fold.document();
    const std::size_t distance = std::max(kCheckpointDistance, journal.size() / kCheckpoints);
    auto before = checkpoints.upper_bound(count);
    std::size_t done = 0;
    KeyedDocument document;
    if (before == checkpoints.begin()) {
      document = *base;
    } else {
      --before;
      done = before->first;
      document = *before->second;
    }
    for (std::size_t last = done; done < count;) {
      replay(document, done++);
      if (done - last >= distance && checkpoints.size() < 2 * kCheckpoints) {
        checkpoints[done] = std::make_shared<const KeyedDocument>(document);
        last = done;
      }
    }
    return document;
  }

  /// Folds an entry, which stands in the journal as all others do, over what `fold` holds.
  /// `refused` is told when it ought to have been taken as a whole.
  template <class Refused>
  void fold_one(std::size_t i, const std::vector<bool>& cuts, Refused refused) {
    const Entry entry = journal.entry(at(i));
    folded(i, entry, fold.apply(entry.changes, journal.is_sequential(at(i))), cuts, refused);
  }

  /// The same after `fold` has taken what it takes of the entry.
  template <class Refused>
  void folded(std::size_t i, const Entry& entry, const std::vector<LeftOutChange>& without,
              const std::vector<bool>& cuts, Refused refused) {
    const bool sequential = journal.is_sequential(at(i));
    if (!without.empty()) {
      left_out[entry.id] = indices(without);
      if (sequential) refused(i, without.front().errors.front());
    }
    const bool alone = cuts[i] && (i == 0 || cuts[i - 1]);
    if (!alone || !without.empty() || (entry.kind == EntryKind::resolve && !tracker.empty())) {
      tracker.add(journal, at(i), entry, without);
      if (cuts[i]) tracker.cut(journal);
    }
    if (cuts[i] && tracker.empty()) settled = i + 1;
  }

  void find_conflicts() {
    if (!tracker.empty()) conflicts = tracker.conflicts(journal, fold.document());
  }

  /// Folds all entries from `begin` on.
  template <class Refused>
  void fold_from(std::size_t begin, Refused refused) {
    const std::vector<bool> cuts = journal.cuts();
    settled = begin;
    for (std::size_t i = begin; i < journal.size(); ++i) fold_one(i, cuts, refused);
    find_conflicts();
  }
  void fold_from(std::size_t begin) {
    fold_from(begin, [](std::size_t, const Error&) {});
  }

  bool restart(KeyedDocument document) {
    Result<Programme> programme = load_document(document.json());
    if (!programme) return false;
    fold = Fold(std::move(document), std::move(*programme.value));
    return true;
  }

  void append(std::string line) {
    const auto owner = std::make_shared<const std::string>(std::move(line));
    const std::optional<ScannedEntry> scanned = scan_entry(owner, *owner);
    if (scanned) journal.append(*scanned);
  }

  /// The entry that a draft would be now, or what is wrong with it by itself.
  Result<Entry> entry_of(Draft draft) const;

  /// Appends an entry, which knows all before it and has been folded. Its position.
  std::size_t add(const Entry& entry) {
    append(entry_line(entry));
    settle(entry);
    return journal.size() - 1;
  }

  /// After the last entry, which knows all before it, has been folded and appended.
  void settle(const Entry& last) {
    const bool joins = last.parents.size() > 1;
    if ((joins || last.kind == EntryKind::resolve) && !tracker.empty()) {
      tracker.add(journal, at(journal.size() - 1), last, {});
      tracker.cut(journal);
      conflicts = tracker.conflicts(journal, fold.document());
    }
    if (tracker.empty()) settled = journal.size();
  }

  std::string snapshot(std::size_t count) const {
    if (count == 0) return {};
    const std::string state =
        document_after(count).json().dump(-1, ' ', false, json::error_handler_t::replace);
    Snapshot snapshot{count, std::string(journal.id(at(count - 1))), state, {}};
    for (const auto& [id, changes] : left_out) {
      if (*journal.find(id) < count) snapshot.left_out.emplace(id, changes);
    }
    return snapshot_line(snapshot) + '\n';
  }
};

Result<Entry> Ledger::Impl::entry_of(Draft draft) const {
  Result<Entry> result;
  const bool about = draft.kind == EntryKind::undo || draft.kind == EntryKind::redo;
  if (is_blank(draft.author)) {
    result.errors.push_back(error_of(ErrorCode::empty_value, "/author", {}, "a name"));
  }
  if (!is_time(draft.time)) {
    result.errors.push_back(error_of(ErrorCode::bad_time, "/time", shorten(draft.time), kTimeForm));
  }
  if (about != !draft.of.empty() || (about && !journal.find(draft.of))) {
    result.errors.push_back(error_of(ErrorCode::dangling_reference, "/of",
                                     draft.of.empty() ? "-" : shorten(draft.of), "the ledger"));
  }
  if (draft.kind != EntryKind::resolve) {
    std::erase_if(draft.changes,
                  [](const Change& change) { return change.before == change.after; });
  }
  if (needs_changes(draft.kind) && draft.changes.empty()) {
    result.errors.push_back(error_of(ErrorCode::empty_value, "/changes", {}, "a change"));
  }
  if ((draft.kind == EntryKind::note || draft.kind == EntryKind::join) && !draft.changes.empty()) {
    result.errors.push_back(error_of(ErrorCode::wrong_type, "/changes", "changes", "none"));
  }
  if (!result.errors.empty()) return result;

  Entry entry;
  static_cast<Draft&>(entry) = std::move(draft);
  for (const Index head : journal.heads()) {
    entry.parents.emplace_back(journal.id(head));
    if (entry.time < journal.time(head)) entry.time = journal.time(head);
  }
  if (entry.parents.empty()) entry.parents.push_back(base_hash);
  std::sort(entry.parents.begin(), entry.parents.end());
  // As it will be read again: bytes that are not UTF-8 and numbers that are none are gone, and what
  // can't be read is refused here.
  return parse_entry(entry_line(entry));
}

Ledger::Ledger() : impl_(std::make_unique<Impl>()) {
  impl_->header = std::make_shared<const std::string>(header_line(json::object()));
  impl_->base = std::make_shared<const KeyedDocument>(json::object());
}
Ledger::Ledger(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Ledger::~Ledger() = default;
Ledger::Ledger(const Ledger& other) : impl_(std::make_unique<Impl>(*other.impl_)) {}
Ledger::Ledger(Ledger&& other) noexcept = default;
Ledger& Ledger::operator=(const Ledger& other) {
  if (this != &other) impl_ = std::make_unique<Impl>(*other.impl_);
  return *this;
}
Ledger& Ledger::operator=(Ledger&& other) noexcept = default;

Result<Ledger> Ledger::create(const Programme& base) {
  LedgerMaker maker(base);
  while (maker.step()) {
  }
  return maker.take();
}

struct LedgerMaker::Impl {
  enum class Stage { write, read, header, base, fold, done };

  void read();

  Stage stage = Stage::write;
  std::optional<ProgrammeWriter> writer;
  std::string text;
  std::optional<ProgrammeReader> reader;
  json document;
  Programme base;
  std::unique_ptr<Ledger::Impl> ledger;
  KeyedDocument present;   ///< at first the same as the base
  std::size_t copied = 0;  ///< elements of it
  Result<Ledger> result;
};

void LedgerMaker::Impl::read() {
  if (reader->step()) return;
  Result<Programme> read = reader->take();
  if (!read) {
    result.errors = std::move(read.errors);
    stage = Stage::done;
    return;
  }
  base = std::move(*read.value);
  document = reader->document();
  stage = Stage::header;
}

LedgerMaker::LedgerMaker(const Programme& base) : impl_(std::make_unique<Impl>()) {
  impl_->writer.emplace(base);
}
LedgerMaker::~LedgerMaker() = default;
LedgerMaker::LedgerMaker(LedgerMaker&&) noexcept = default;
LedgerMaker& LedgerMaker::operator=(LedgerMaker&&) noexcept = default;

bool LedgerMaker::step() {
  Impl& it = *impl_;
  switch (it.stage) {
    case Impl::Stage::write:
      if (it.writer->step()) break;
      it.text = it.writer->take();
      it.writer.reset();
      it.reader.emplace(it.text, ProgrammeReader::Keep::document);
      it.stage = Impl::Stage::read;
      break;
    case Impl::Stage::read:
      it.read();
      break;
    case Impl::Stage::header:
      it.ledger = std::make_unique<Ledger::Impl>();
      it.ledger->header = std::make_shared<const std::string>(header_line(it.document));
      it.ledger->base_hash = hash_of_header(*it.ledger->header);
      it.stage = Impl::Stage::base;
      break;
    case Impl::Stage::base:
      it.ledger->base = std::make_shared<const KeyedDocument>(std::move(it.document));
      it.stage = Impl::Stage::fold;
      break;
    case Impl::Stage::fold:
      it.copied += kPartElements;
      if (it.present.copy_on(*it.ledger->base, kPartElements)) break;
      it.ledger->fold = Fold(std::move(it.present), std::move(it.base));
      it.result.value = Ledger(std::move(it.ledger));
      it.stage = Impl::Stage::done;
      break;
    case Impl::Stage::done:
      break;
  }
  return it.stage != Impl::Stage::done;
}

double LedgerMaker::progress() const {
  switch (impl_->stage) {
    case Impl::Stage::write:
      return 0.3 * impl_->writer->progress();
    case Impl::Stage::read:
      return 0.3 + 0.5 * impl_->reader->progress();
    case Impl::Stage::header:
      return 0.8;
    case Impl::Stage::base:
      return 0.85;
    case Impl::Stage::fold:
      return 0.9 + 0.09 * std::min(1.0, share(impl_->copied, impl_->base.items.size()));
    case Impl::Stage::done:
      return 1;
  }
  return 1;
}

Result<Ledger> LedgerMaker::take() {
  return std::move(impl_->result);
}

// ---- The state ------------------------------------------------------------------------------

const Programme& Ledger::state() const {
  return impl_->fold.programme();
}

const json* Ledger::value(std::string_view pointer) const {
  return impl_->fold.document().find(pointer);
}

Change Ledger::change(std::string pointer, std::optional<json> after) const {
  Change change;
  if (const json* now = value(pointer)) change.before = *now;
  change.pointer = std::move(pointer);
  change.after = std::move(after);
  return change;
}

// ---- Doing ----------------------------------------------------------------------------------

Result<std::size_t> Ledger::commit(Draft draft) {
  Result<std::size_t> result;
  Result<Entry> entry = impl_->entry_of(std::move(draft));
  if (!entry) {
    result.errors = std::move(entry.errors);
    return result;
  }
  result.errors = impl_->fold.commit(entry.value->changes, wants_reason(*entry.value));
  if (result.errors.empty()) {
    result.value = impl_->add(*entry.value);
  } else {
    name_changers(*entry.value, result.errors);
  }
  return result;
}

struct LedgerCommit::Impl {
  enum class Stage : std::uint8_t { begin, copy, fold, done };

  Impl(Ledger& to, Draft wanted) : ledger(to), draft(std::move(wanted)) {}

  void begin();
  bool is_stale() const { return ledger.impl_.get() != impl || ledger.size() != size; }
  void end(std::vector<Error> errors);

  Ledger& ledger;
  Draft draft;
  Stage stage = Stage::begin;
  // The ledger that it began with.
  const Ledger::Impl* impl = nullptr;
  std::size_t size = 0;
  Entry entry;
  std::optional<FoldCopy> copy;
  Fold fold;
  std::optional<FoldCommit> commit;
  Result<std::size_t> result;
};

void LedgerCommit::Impl::begin() {
  commit.reset();
  impl = ledger.impl_.get();
  size = ledger.size();
  Result<Entry> made = impl->entry_of(draft);
  if (!made) return end(std::move(made.errors));
  entry = std::move(*made.value);
  copy.emplace(impl->fold);
  stage = Stage::copy;
}

void LedgerCommit::Impl::end(std::vector<Error> errors) {
  stage = Stage::done;
  result.errors = std::move(errors);
  if (!result.errors.empty()) {
    ledger.name_changers(draft, result.errors);
    return;
  }
  ledger.impl_->fold = std::move(fold);
  result.value = ledger.impl_->add(entry);
}

LedgerCommit::LedgerCommit(Ledger& ledger, Draft draft)
    : impl_(std::make_unique<Impl>(ledger, std::move(draft))) {}
LedgerCommit::~LedgerCommit() = default;
LedgerCommit::LedgerCommit(LedgerCommit&&) noexcept = default;
LedgerCommit& LedgerCommit::operator=(LedgerCommit&&) noexcept = default;

const Draft& LedgerCommit::draft() const {
  return impl_->draft;
}

bool LedgerCommit::step() {
  Impl& it = *impl_;
  if (it.stage == Impl::Stage::done) return false;
  if (it.stage == Impl::Stage::begin || it.is_stale()) {
    it.begin();
  } else if (it.stage == Impl::Stage::copy) {
    if (it.copy->step()) return true;
    it.fold = it.copy->take();
    it.commit.emplace(it.fold, it.entry.changes, wants_reason(it.entry));
    it.stage = Impl::Stage::fold;
  } else if (!it.commit->step()) {
    it.end(it.commit->take());
  }
  return it.stage != Impl::Stage::done;
}

double LedgerCommit::progress() const {
  switch (impl_->stage) {
    case Impl::Stage::begin:
      return 0;
    case Impl::Stage::copy:
      return 0.1 + 0.2 * impl_->copy->progress();
    case Impl::Stage::fold:
      return 0.3 + 0.6 * impl_->commit->progress();
    case Impl::Stage::done:
      return 1;
  }
  return 1;
}

Result<std::size_t> LedgerCommit::take() {
  return std::move(impl_->result);
}

std::optional<std::size_t> Ledger::next_undo(std::string_view author) const {
  const auto next = impl_->journal.next_undo(author);
  return next ? std::optional<std::size_t>(next->about) : std::nullopt;
}

std::optional<std::size_t> Ledger::next_redo(std::string_view author) const {
  const auto next = impl_->journal.next_redo(author);
  return next ? std::optional<std::size_t>(next->about) : std::nullopt;
}

namespace {

/// What takes back those changes of an entry that took effect.
std::vector<Change> inverse(Entry entry, const LeftOut& left_out) {
  const auto without = left_out.find(entry.id);
  std::vector<Change> changes;
  for (std::size_t i = entry.changes.size(); i-- > 0;) {
    if (without != left_out.end() &&
        std::find(without->second.begin(), without->second.end(), i) != without->second.end()) {
      continue;
    }
    std::swap(entry.changes[i].before, entry.changes[i].after);
    changes.push_back(std::move(entry.changes[i]));
  }
  return changes;
}

}  // namespace

/// Says who has changed the places that a draft would revert.
void Ledger::name_changers(const Draft& draft, std::vector<Error>& errors) const {
  const bool undoes = draft.kind == EntryKind::undo;
  if (!undoes && draft.kind != EntryKind::redo) return;
  const auto next =
      undoes ? impl_->journal.next_undo(draft.author) : impl_->journal.next_redo(draft.author);
  for (Error& error : errors) {
    if (!next || error.code != ErrorCode::changed_meanwhile) continue;
    LedgerFilter wanted;
    wanted.pointer = error.pointer;
    const std::vector<std::size_t> later = filter(wanted);
    if (later.empty() || later.back() <= next->latest) continue;
    const EntryHead who = head(later.back());
    error.found += " (" + shorten(who.author) + ", " + std::string(who.time) + ')';
  }
}

Result<Draft> Ledger::reverting(EntryKind kind, const Signature& who, std::string reason) const {
  const bool undoes = kind == EntryKind::undo;
  const auto next =
      undoes ? impl_->journal.next_undo(who.author) : impl_->journal.next_redo(who.author);
  if (!next) {
    return failed<Draft>(
        error_of(ErrorCode::nothing_to_undo, {}, "-",
                 undoes ? "an entry of the same author" : "an undone entry of the same author"));
  }
  Result<Draft> draft;
  draft.value = {who.author, who.city, who.time, kind, {}, std::move(reason), {}, {}};
  draft.value->of = head(next->about).id;
  draft.value->changes = inverse(entry(next->latest), impl_->left_out);
  return draft;
}

Result<Draft> Ledger::undo_draft(const Signature& who, std::string reason) const {
  return reverting(EntryKind::undo, who, std::move(reason));
}

Result<Draft> Ledger::redo_draft(const Signature& who, std::string reason) const {
  return reverting(EntryKind::redo, who, std::move(reason));
}

Result<std::size_t> Ledger::commit_made(Result<Draft> draft) {
  if (draft) return commit(std::move(*draft.value));
  Result<std::size_t> result;
  result.errors = std::move(draft.errors);
  return result;
}

Result<std::size_t> Ledger::undo(const Signature& who, std::string reason) {
  return commit_made(undo_draft(who, std::move(reason)));
}

Result<std::size_t> Ledger::redo(const Signature& who, std::string reason) {
  return commit_made(redo_draft(who, std::move(reason)));
}

bool Ledger::receive(std::string_view lines) {
  Journal& journal = impl_->journal;
  while (!lines.empty()) {
    const std::size_t end = lines.find('\n');
    if (end == std::string_view::npos) return false;
    const auto owner = std::make_shared<const std::string>(lines.substr(0, end));
    lines.remove_prefix(end + 1);
    if (owner->starts_with("{\"snapshot\":\"")) continue;
    const std::optional<ScannedEntry> scanned = scan_entry(owner, *owner);
    if (!scanned) return false;
    if (journal.find(scanned->id)) continue;
    const std::vector<Index>& heads = journal.heads();
    if (scanned->parent_count() != std::max<std::size_t>(heads.size(), 1)) return false;
    if (heads.empty() && scanned->parent(0) != impl_->base_hash) return false;
    for (const Index head : heads) {
      bool follows = scanned->time >= journal.time(head);
      std::size_t k = 0;
      while (k < scanned->parent_count() && scanned->parent(k) != journal.id(head)) ++k;
      follows = follows && k < scanned->parent_count();
      if (!follows) return false;
    }
    if (!scanned->of.empty() && !journal.find(scanned->of)) return false;
    const Result<Entry> entry = parse_entry(*owner);
    if (!entry || !impl_->fold.apply(entry.value->changes, true).empty()) return false;
    journal.append(*scanned);
    impl_->settle(*entry.value);
  }
  return true;
}

// ---- The journal ----------------------------------------------------------------------------

std::size_t Ledger::size() const {
  return impl_->journal.size();
}

EntryHead Ledger::head(std::size_t position) const {
  const Journal& journal = impl_->journal;
  const Index at = impl_->at(position);
  return {journal.id(at),   journal.time(at), journal.author(at),
          journal.city(at), journal.kind(at), journal.of(at)};
}

Entry Ledger::entry(std::size_t position) const {
  return impl_->journal.entry(impl_->at(position));
}

std::optional<std::size_t> Ledger::find(std::string_view id) const {
  return impl_->journal.find(id);
}

std::vector<std::size_t> Ledger::parents(std::size_t position) const {
  const std::vector<Index> parents = impl_->journal.parents(impl_->at(position));
  return {parents.begin(), parents.end()};
}

std::vector<std::string> Ledger::heads() const {
  std::vector<std::string> ids;
  for (const Index head : impl_->journal.heads()) ids.emplace_back(impl_->journal.id(head));
  return ids;
}

bool Ledger::is_ancestor(std::size_t a, std::size_t b) const {
  return impl_->journal.is_ancestor(impl_->at(a), impl_->at(b));
}

std::vector<std::size_t> Ledger::filter(const LedgerFilter& filter) const {
  const Journal& journal = impl_->journal;
  const std::size_t begin = filter.from.empty() ? 0 : count_before(filter.from);
  const std::size_t end = filter.until.empty() ? size() : count_before(filter.until);
  // An entry that changes the place, a part of it or what holds it, names its element.
  std::string clue;
  if (!filter.pointer.empty()) {
    clue =
        json(element_pointer(filter.pointer)).dump(-1, ' ', false, json::error_handler_t::replace);
    clue.pop_back();
    clue = "{\"pointer\":" + clue;
  }
  std::vector<std::size_t> found;
  for (std::size_t i = begin; i < end; ++i) {
    const Index at = impl_->at(i);
    if (!filter.author.empty() && journal.author(at) != filter.author) continue;
    if (!filter.city.empty() && journal.city(at) != filter.city) continue;
    if (filter.kind && journal.kind(at) != *filter.kind) continue;
    if (!clue.empty()) {
      if (journal.line(at).find(clue) == std::string_view::npos) continue;
      const std::vector<Change> changes = journal.entry(at).changes;
      const bool touches =
          std::any_of(changes.begin(), changes.end(), [&filter](const Change& change) {
            return is_prefix(filter.pointer, change.pointer) ||
                   is_prefix(change.pointer, filter.pointer);
          });
      if (!touches) continue;
    }
    found.push_back(i);
  }
  return found;
}

std::vector<std::string> Ledger::changed_items(std::size_t position) const {
  // Within a JSON string the quotation marks would be escaped, so this is where a change begins.
  constexpr std::string_view kClue = "{\"pointer\":\"/items/";
  const std::string_view line = impl_->journal.line(impl_->at(position));
  std::vector<std::string> codes;
  const auto add = [&codes](std::string code) {
    // Changes of one item mostly stand together.
    if (codes.empty() || codes.back() != code) codes.push_back(std::move(code));
  };
  for (std::size_t at = line.find(kClue); at != std::string_view::npos;
       at = line.find(kClue, at + kClue.size())) {
    const std::string_view rest = line.substr(at + kClue.size());
    const std::string_view code = rest.substr(0, rest.find_first_of("/\"\\~"));
    if (code.size() < rest.size() && (rest[code.size()] == '/' || rest[code.size()] == '"')) {
      add(std::string(code));
      continue;
    }
    codes.clear();  // an escaped character
    for (const Change& change : impl_->journal.entry(impl_->at(position)).changes) {
      const auto tokens = pointer_tokens(change.pointer);
      if (tokens && tokens->size() >= 2 && tokens->front() == "items") add((*tokens)[1]);
    }
    break;
  }
  std::sort(codes.begin(), codes.end());
  codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
  return codes;
}

std::vector<std::size_t> Ledger::history(const std::string& pointer) const {
  LedgerFilter wanted;
  wanted.pointer = pointer;
  return filter(wanted);
}

// ---- Time travel ----------------------------------------------------------------------------

std::size_t Ledger::count_before(std::string_view time) const {
  std::size_t low = 0;
  std::size_t high = size();
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    if (impl_->journal.time(impl_->at(middle)) < time) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

std::size_t Ledger::count_by(Date day) const {
  return count_before(start_of_day(day + 1));
}

Programme Ledger::state_after(std::size_t count) const {
  if (count >= size()) return state();
  // Every state of a fold is valid.
  return load_document(impl_->document_after(count).json()).value.value_or(Programme{});
}

Programme Ledger::state_at(Date day) const {
  return state_after(count_by(day));
}

std::vector<Change> Ledger::diff(std::size_t from, std::size_t to) const {
  from = std::min(from, size());
  to = std::min(to, size());
  std::set<std::string> pointers;
  for (std::size_t i = std::min(from, to); i < std::max(from, to); ++i) {
    for (Change& change : impl_->journal.entry(impl_->at(i)).changes) {
      pointers.insert(std::move(change.pointer));
    }
  }
  const KeyedDocument before = impl_->document_after(from);
  const KeyedDocument after = impl_->document_after(to);
  std::vector<Change> changes;
  for (const std::string& pointer : pointers) {
    bool held = false;  // by another one of them
    for (std::size_t end = pointer.rfind('/'); end != 0 && !held;
         end = pointer.rfind('/', end - 1)) {
      held = pointers.contains(pointer.substr(0, end));
    }
    if (held) continue;
    const json* old = before.find(pointer);
    const json* now = after.find(pointer);
    if (old == now || (old != nullptr && now != nullptr && *old == *now)) continue;
    Change change;
    change.pointer = pointer;
    if (old != nullptr) change.before = *old;
    if (now != nullptr) change.after = *now;
    changes.push_back(std::move(change));
  }
  return changes;
}

// ---- Merging --------------------------------------------------------------------------------

bool Ledger::holds(const Ledger& other) const {
  if (base_hash() != other.base_hash()) return false;
  // An entry's past comes with it.
  const std::vector<std::string> heads = other.heads();
  return std::all_of(heads.begin(), heads.end(),
                     [this](const std::string& head) { return find(head).has_value(); });
}

Result<Ledger> Ledger::merge(const Ledger& a, Ledger&& b) {
  if (a.base_hash() != b.base_hash() || b.size() <= a.size() || !b.holds(a)) return merge(a, b);
  Result<Ledger> result;
  result.value = std::move(b);
  return result;
}

Result<Ledger> Ledger::merge(const Ledger& a, const Ledger& b) {
  const Impl& ours = *a.impl_;
  const Impl& theirs = *b.impl_;
  if (ours.base_hash != theirs.base_hash) {
    return failed<Ledger>(error_of(ErrorCode::other_base, {}, theirs.base_hash, ours.base_hash));
  }
  Result<Ledger> result;
  if (a.size() >= b.size() ? a.holds(b) : b.holds(a)) {
    result.value = a.size() >= b.size() ? a : b;
    return result;
  }
  const auto scanned = [](const Impl& from, Index at) {
    return *scan_entry(from.journal.owner(at), from.journal.line(at));
  };
  std::vector<ScannedEntry> entries;
  for (Index at = 0; at < ours.journal.size(); ++at) entries.push_back(scanned(ours, at));
  for (Index at = 0; at < theirs.journal.size(); ++at) {
    if (!ours.journal.find(theirs.journal.id(at))) entries.push_back(scanned(theirs, at));
  }

  auto impl = std::make_unique<Impl>();
  impl->header = ours.header;
  impl->base_hash = ours.base_hash;
  impl->base = ours.base;
  const std::vector<std::size_t> order = order_of(entries);
  for (const std::size_t i : order) impl->journal.append(entries[i]);
  // What both have in common before their ways part need not be folded again, unless conflicts of
  // an earlier merge are open in it.
  std::size_t start = 0;
  if (ours.tracker.empty() && theirs.tracker.empty()) {
    std::size_t common = 0;
    const auto same = [&](Index at) {
      return at < ours.journal.size() && at < theirs.journal.size() &&
             impl->journal.id(at) == ours.journal.id(at) &&
             impl->journal.id(at) == theirs.journal.id(at);
    };
    while (same(impl->at(common))) ++common;
    const std::vector<bool> cuts = impl->journal.cuts();
    start = common;
    while (start > 0 && !cuts[start - 1]) --start;
  }
  for (std::size_t i = 0; i < start; ++i) {
    const auto without = ours.left_out.find(impl->journal.id(impl->at(i)));
    if (without != ours.left_out.end()) impl->left_out.insert(*without);
  }
  if (!impl->restart(ours.document_after(start))) {
    return failed<Ledger>(error_of(ErrorCode::wrong_format, {}, "-", "a programme"));
  }
  for (const auto& [count, document] : ours.checkpoints) {
    if (count <= start) impl->checkpoints.emplace(count, document);
  }
  impl->fold_from(start);
  result.value = Ledger(std::move(impl));
  return result;
}

const std::vector<Conflict>& Ledger::conflicts() const {
  return impl_->conflicts;
}

Draft Ledger::resolution(const Conflict& conflict, std::optional<json> value) const {
  Draft draft;
  draft.kind = EntryKind::resolve;
  draft.changes.push_back(change(conflict.pointer, std::move(value)));
  return draft;
}

// ---- The file -------------------------------------------------------------------------------

const std::string& Ledger::base_hash() const {
  return impl_->base_hash;
}

Programme Ledger::base() const {
  return load_document(impl_->base->json()).value.value_or(Programme{});
}

std::string Ledger::text() const {
  std::string text = *impl_->header + '\n';
  const std::size_t snapshot_after = size() >= kSnapshotFrom ? impl_->settled : 0;
  for (std::size_t i = 0; i < size(); ++i) {
    text += impl_->journal.line(impl_->at(i));
    text += '\n';
    if (i + 1 == snapshot_after) text += impl_->snapshot(snapshot_after);
  }
  return text;
}

std::string Ledger::append_text(std::size_t position) const {
  return std::string(impl_->journal.line(impl_->at(position))) + '\n';
}

std::string Ledger::snapshot_text() const {
  return impl_->settled == size() ? impl_->snapshot(size()) : std::string();
}

bool is_board(std::string_view bytes) {
  return bytes.starts_with("{\"format\":\"tongcheng-board\"");
}

namespace {

/// An error of the programme in the header.
Error in_header(Error error) {
  error.pointer = "/base" + error.pointer;
  error.position = Position{1, 1};
  return error;
}

}  // namespace

Result<OpenedLedger> open_board(std::string_view bytes) {
  return open_board(std::make_shared<const std::string>(bytes));
}

Result<OpenedLedger> open_board(std::shared_ptr<const std::string> bytes) {
  BoardReader reader(std::move(bytes));
  while (reader.step()) {
  }
  return reader.take();
}

struct BoardReader::Impl {
  enum class Stage { scan, base, begin, append, snapshot, state, fold, done };

  explicit Impl(std::shared_ptr<const std::string> text)
      : size(text->size()), scanner(std::move(text)) {}

  void scanned();
  void begin();
  void append();
  void find_snapshot();
  void read_state();
  void fold();
  void finish();

  Stage stage = Stage::scan;
  std::size_t size = 0;
  BoardScanner scanner;
  ScannedBoard board;
  std::optional<ProgrammeReader> programme;  ///< of the base, then of a snapshot
  Programme base;
  std::unique_ptr<Ledger::Impl> ledger;
  /// An entry of so many changes that it is folded in parts.
  struct Large {
    Large(Fold& fold, Entry of)
        : entry(std::move(of)), changes(entry.changes), commit(fold, changes, false) {}
    Entry entry;
    std::vector<Change> changes;
    FoldCommit commit;
  };

  std::vector<std::size_t> order;
  std::vector<bool> cuts;
  std::unique_ptr<Large> large;
  std::size_t snapshots = 0;  ///< that may still be used: these first ones
  std::optional<Snapshot> snapshot;
  std::size_t next = 0;  ///< entry to append or to fold
  Result<OpenedLedger> result;
};

void BoardReader::Impl::scanned() {
  board = scanner.take();
  if (board.error) {
    result.errors.push_back(std::move(*board.error));
    stage = Stage::done;
    return;
  }
  programme.emplace(board.base, ProgrammeReader::Keep::document);
  stage = Stage::base;
}

void BoardReader::Impl::begin() {
  Result<Programme> read = programme->take();
  if (!read) {
    result.errors.push_back(in_header(std::move(read.errors.front())));
    stage = Stage::done;
    return;
  }
  base = std::move(*read.value);
  ledger = std::make_unique<Ledger::Impl>();
  ledger->header = std::make_shared<const std::string>(board.header);
  ledger->base_hash = board.base_hash;
  ledger->base = std::make_shared<const KeyedDocument>(programme->document());
  order = order_of(board.entries);
  ledger->journal.reserve(order.size());
  snapshots = board.snapshots.size();
  stage = Stage::append;
}

void BoardReader::Impl::append() {
  constexpr std::size_t kStep = 1000;
  const std::size_t end = std::min(order.size(), next + kStep);
  for (; next < end; ++next) ledger->journal.append(board.entries[order[next]]);
  if (next < order.size()) return;
  cuts = ledger->journal.cuts();
  stage = Stage::snapshot;
}

/// The last snapshot that stands where everything later knows all before it.
void BoardReader::Impl::find_snapshot() {
  while (snapshots > 0) {
    const ScannedSnapshot& scanned = board.snapshots[--snapshots];
    const std::size_t count = scanned.entries;
    if (count == 0 || !cuts[count - 1]) continue;
    bool first = true;  // the entries before it in the file are the first ones of the journal
    for (std::size_t i = 0; i < count && first; ++i) first = order[i] < count;
    if (!first) continue;
    snapshot = parse_snapshot(scanned.line);
    if (snapshot && snapshot->entries == count &&
        snapshot->head == ledger->journal.id(ledger->at(count - 1))) {
      programme.emplace(snapshot->state, ProgrammeReader::Keep::document);
      stage = Stage::state;
      return;
    }
  }
  ledger->fold = Fold(*ledger->base, std::move(base));
  ledger->settled = next = 0;
  stage = Stage::fold;
}

void BoardReader::Impl::read_state() {
  Result<Programme> state = programme->take();
  if (!state) {
    stage = Stage::snapshot;
    return;
  }
  ledger->fold = Fold(KeyedDocument(programme->document()), std::move(*state.value));
  ledger->left_out = std::move(snapshot->left_out);
  ledger->settled = next = snapshot->entries;
  if (next < ledger->journal.size()) {
    ledger->checkpoints[next] = std::make_shared<const KeyedDocument>(ledger->fold.document());
  }
  stage = Stage::fold;
}

void BoardReader::Impl::fold() {
  constexpr std::size_t kEntries = 10;
  constexpr std::size_t kLargeBytes = std::size_t{16} << 10;
  const auto none = [](std::size_t, const Error&) {};
  if (large != nullptr) {
    if (large->commit.step()) return;
    const std::vector<LeftOutChange> without =
        all_left_out(large->entry.changes.size(), large->commit.take());
    ledger->folded(next++, large->entry, without, cuts, none);
    large.reset();
    return;
  }
  for (std::size_t i = 0; i < kEntries && next < order.size(); ++i) {
    const Index at = ledger->at(next);
    if (ledger->journal.line(at).size() > kLargeBytes && ledger->journal.is_sequential(at)) {
      large = std::make_unique<Large>(ledger->fold, ledger->journal.entry(at));
      return;
    }
    ledger->fold_one(next++, cuts, none);
  }
  if (next == order.size()) finish();
}

void BoardReader::Impl::finish() {
  ledger->find_conflicts();
  OpenedLedger opened;
  if (board.torn) {
    opened.warnings.push_back({ErrorCode::broken_entry,
                               {},
                               "the last line is torn: " + shorten(board.error_line),
                               "a whole line",
                               Position{board.entries.size() + board.snapshots.size() + 2, 1}});
  }
  opened.rewrite = board.torn || board.unended;
  opened.ledger = Ledger(std::move(ledger));
  result.value = std::move(opened);
  stage = Stage::done;
}

BoardReader::BoardReader(std::shared_ptr<const std::string> bytes)
    : impl_(std::make_unique<Impl>(std::move(bytes))) {}
BoardReader::~BoardReader() = default;
BoardReader::BoardReader(BoardReader&&) noexcept = default;
BoardReader& BoardReader::operator=(BoardReader&&) noexcept = default;

bool BoardReader::step() {
  Impl& it = *impl_;
  switch (it.stage) {
    case Impl::Stage::scan:
      if (!it.scanner.step()) it.scanned();
      break;
    case Impl::Stage::base:
      if (!it.programme->step()) it.stage = Impl::Stage::begin;
      break;
    case Impl::Stage::begin:
      it.begin();
      break;
    case Impl::Stage::append:
      it.append();
      break;
    case Impl::Stage::snapshot:
      it.find_snapshot();
      break;
    case Impl::Stage::state:
      if (!it.programme->step()) it.read_state();
      break;
    case Impl::Stage::fold:
      it.fold();
      break;
    case Impl::Stage::done:
      break;
  }
  return it.stage != Impl::Stage::done;
}

double BoardReader::progress() const {
  const Impl& it = *impl_;
  switch (it.stage) {
    case Impl::Stage::scan:
      return 0.5 * share(it.scanner.offset(), it.size);
    case Impl::Stage::base:
      return 0.5 + 0.15 * it.programme->progress();
    case Impl::Stage::begin:
      return 0.65;
    case Impl::Stage::append:
      return 0.65 + 0.1 * share(it.next, it.order.size());
    case Impl::Stage::snapshot:
      return 0.75;
    case Impl::Stage::state:
      return 0.75 + 0.15 * it.programme->progress();
    case Impl::Stage::fold:
      return 0.9 + 0.09 * share(it.next, it.order.size());
    case Impl::Stage::done:
      return 1;
  }
  return 1;
}

Result<OpenedLedger> BoardReader::take() {
  return std::move(impl_->result);
}

std::string_view intact_part(std::string_view bytes) {
  const ScannedBoard board = scan_board(std::make_shared<const std::string>(bytes));
  return bytes.substr(0, board.intact_bytes);
}

Verification verify_board(std::string_view bytes) {
  Verification report;
  ScannedBoard board = scan_board(std::make_shared<const std::string>(bytes));
  report.entries = board.entries.size();
  const auto fail = [&report](std::size_t number, std::string found, std::string expected) {
    report.error = Error{
        ErrorCode::broken_entry, {}, std::move(found), std::move(expected), Position{number, 1}};
  };
  const std::size_t lines = 1 + board.entries.size() + board.snapshots.size();
  if (board.error) {
    report.error = std::move(board.error);
    report.entry_id = id_in(board.error_line);
  } else if (board.torn) {
    fail(lines + 1, "the last line is torn: " + shorten(board.error_line), "a whole line");
    report.entry_id = id_in(board.error_line);
  } else if (board.unended) {
    fail(lines, "the last line has no end", "a line feed");
  }
  if (board.header.empty()) return report;

  // Even with a fault further down: what stands before it may be broken in other ways.
  const std::size_t limit = report.error ? report.error->position->line : lines + 1;
  const auto first_fault = [&](std::size_t number, const ScannedEntry* entry, std::string found,
                               std::string expected) {
    if (report.error && report.error->position->line <= number) return;
    fail(number, std::move(found), std::move(expected));
    report.entry_id = entry == nullptr ? std::nullopt : std::optional<std::string>(entry->id);
  };
  ProgrammeReader reader(board.base, ProgrammeReader::Keep::document);
  while (reader.step()) {
  }
  Result<Programme> programme = reader.take();
  if (!programme) {
    report.error = in_header(std::move(programme.errors.front()));
    report.entry_id.reset();
    report.entries = 0;
    return report;
  }
  json document = reader.document();
  if (header_line(document) != board.header) {
    first_fault(1, nullptr, "the header is not written in canonical form", "sorted members");
  }
  for (const ScannedEntry& entry : board.entries) {
    const Result<Entry> read = parse_entry(entry.line);
    if (!read) {
      const Error& error = read.errors.front();
      first_fault(entry.number, &entry,
                  "the entry " + std::string(entry.id) + " can't be read: " + error.pointer + ' ' +
                      message(error, Language::en),
                  "an entry");
      break;
    }
    if (entry_line(*read.value) != entry.line) {
      first_fault(entry.number, &entry,
                  "the entry " + std::string(entry.id) + " is not written in canonical form",
                  "members in their order");
      break;
    }
  }

  Ledger::Impl impl;
  impl.base = std::make_shared<const KeyedDocument>(std::move(document));
  impl.fold = Fold(*impl.base, std::move(*programme.value));
  const std::vector<std::size_t> order = order_of(board.entries);
  for (const std::size_t i : order) impl.journal.append(board.entries[i]);
  std::map<std::size_t, const ScannedSnapshot*> snapshots;
  for (const ScannedSnapshot& snapshot : board.snapshots) {
    snapshots.emplace(snapshot.number, &snapshot);
  }
  impl.fold_from(0, [&](std::size_t i, const Error& error) {
    const ScannedEntry& entry = board.entries[order[i]];
    first_fault(entry.number, &entry,
                "the entry " + std::string(entry.id) + " does not fit the state before it: " +
                    error.pointer + ' ' + message(error, Language::en),
                "changes of that state");
  });
  for (const auto& [number, scanned] : snapshots) {
    if (number >= limit) break;
    const std::optional<Snapshot> snapshot = parse_snapshot(scanned->line);
    const std::size_t count = scanned->entries;
    bool first = count > 0 && snapshot && snapshot->entries == count;
    for (std::size_t i = 0; i < count && first; ++i) first = order[i] < count;
    if (!first || snapshot->head != impl.journal.id(impl.at(count - 1))) {
      first_fault(number, nullptr, "the snapshot does not stand after its entries",
                  std::to_string(count) + " entries");
      continue;
    }
    LeftOut expected;
    for (std::size_t i = 0; i < count; ++i) {
      const auto without = impl.left_out.find(impl.journal.id(impl.at(i)));
      if (without != impl.left_out.end()) expected.insert(*without);
    }
    const Result<json> state = parse_json(snapshot->state, kMaxDepth, kMaxBytes);
    if (!state || impl.document_after(count).json() != *state.value ||
        expected != snapshot->left_out) {
      first_fault(number, nullptr, "the snapshot is not the state after its entries",
                  "the state after " + std::to_string(count) + " entries");
    }
  }
  if (report.error) {
    const std::size_t line = report.error->position->line;
    report.entries = static_cast<std::size_t>(
        std::count_if(board.entries.begin(), board.entries.end(),
                      [line](const ScannedEntry& entry) { return entry.number < line; }));
  }
  return report;
}

}  // namespace tc
