#include "core/ledger/fold.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "core/model/programme_json.hpp"
#include "core/model/progress.hpp"

namespace tc {

namespace {

using nlohmann::json;

std::string shown(const json* value) {
  return value == nullptr ? "-"
                          : shorten(value->dump(-1, ' ', false, json::error_handler_t::replace));
}

std::string shown(const std::optional<Date>& date) {
  return date ? format_date(*date) : "-";
}

/// The key in an element's pointer.
std::string key_in(const std::string& pointer) {
  auto tokens = pointer_tokens(pointer);
  return tokens && tokens->size() > 1 ? std::move((*tokens)[1]) : std::string();
}

bool later(const std::optional<Date>& before, const std::optional<Date>& after) {
  return before && (!after || *after > *before);
}

/// What of a change to an item must not go without a reason.
void ask_for_reason(const ActionItem& before, const ActionItem& after, const std::string& pointer,
                    std::vector<Error>& errors) {
  const auto ask = [&errors](std::string where, std::string what) {
    errors.push_back(
        {ErrorCode::reason_needed, std::move(where), std::move(what), "a reason", std::nullopt});
  };
  if (before.status == Status::completed && after.status != Status::completed) {
    ask(child(pointer, "status"),
        std::string(name_of(before.status)) + " → " + std::string(name_of(after.status)));
  }
  if (later(before.due, after.due)) {
    ask(child(pointer, "due"), shown(before.due) + " → " + shown(after.due));
  }
  for (const Milestone& milestone : after.milestones) {
    const auto old =
        std::find_if(before.milestones.begin(), before.milestones.end(),
                     [&milestone](const Milestone& m) { return m.id == milestone.id; });
    if (old != before.milestones.end() && later(old->due, milestone.due)) {
      ask(child(child(child(pointer, "milestones"), milestone.id), "due"),
          shown(old->due) + " → " + shown(milestone.due));
    }
  }
}

}  // namespace

std::string element_pointer(std::string_view pointer) {
  const std::size_t first = pointer.find('/', 1);
  if (first == std::string_view::npos) return std::string(pointer);
  static const KeyedDocument kNoDocument{json::object()};
  const bool keyed = !kNoDocument.element_of(pointer).list.empty();
  return std::string(pointer.substr(0, keyed ? pointer.find('/', first + 1) : first));
}

/// Changes the document and remembers how to take that back.
class Fold::Transaction {
 public:
  explicit Transaction(KeyedDocument& document) : document_(document) {}

  std::optional<Error> set(const Change& change) {
    const std::string element = element_pointer(change.pointer);
    const KeyedDocument::Element before = document_.element_of(element);
    const bool whole = element == change.pointer && !before.list.empty();
    const json* there = document_.find(change.pointer);
    Step step;
    if (there != nullptr && change.after) {
      // One value in the place of another leaves the rest of the element alone.
      step = {change.pointer, *there, std::nullopt};
    } else {
      step.pointer = element;
      const json* value = document_.find(element);
      if (value != nullptr) step.value = *value;
      if (value != nullptr && whole) step.place = document_.place_of(element);
    }
    if (auto error = document_.set(change.pointer, change.after, change.place)) return error;
    if (whole && before.exists != change.after.has_value()) {
      const bool at_end =
          change.after && document_.element_of(element).index + 1 == document_.size(before.list);
      structural_ = structural_ || !at_end;
    }
    // The same element again: the older value is the one to go back to.
    const bool again = !steps_.empty() && !whole && steps_.back().pointer == element &&
                       steps_.back().value.has_value();
    if (!again) steps_.push_back(std::move(step));
    if (known_.insert(element).second) touched_.push_back(element);
    return std::nullopt;
  }

  void roll_back() {
    for (auto step = steps_.rbegin(); step != steps_.rend(); ++step) {
      document_.set(step->pointer, std::move(step->value), step->place);
    }
    steps_.clear();
    touched_.clear();
    known_.clear();
    structural_ = false;
  }

  const std::vector<std::string>& touched() const { return touched_; }
  /// Whether elements left lists or joined them elsewhere than at the end.
  bool structural() const { return structural_; }

 private:
  struct Step {
    std::string pointer;        ///< of an element or of a value in it
    std::optional<json> value;  ///< before the step
    std::optional<std::string> place;
  };

  KeyedDocument& document_;
  std::vector<Step> steps_;
  std::vector<std::string> touched_;
  std::unordered_set<std::string> known_;  ///< the same
  bool structural_ = false;
};

Fold::Fold(KeyedDocument document, Programme programme)
    : document_(std::move(document)), programme_(std::move(programme)) {}

std::optional<Error> Fold::cycle_through(std::size_t item) const {
  constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  const std::vector<ActionItem>& items = programme_.items;
  std::unordered_map<std::size_t, std::size_t> from;  // of an item: the one that depends on it
  std::vector<std::size_t> open{item};
  while (!open.empty()) {
    const std::size_t at = open.back();
    open.pop_back();
    for (const Dependency& dependency : items[at].depends_on) {
      const std::size_t next = document_.index_of("items", dependency.item).value_or(kNone);
      if (next >= items.size()) continue;
      if (next == item) {
        std::vector<std::size_t> path{at};
        while (path.back() != item) path.push_back(from.find(path.back())->second);
        std::string text;
        for (auto step = path.rbegin(); step != path.rend(); ++step) {
          text += items[*step].code + " → ";
        }
        return Error{ErrorCode::dependency_cycle,
                     child(child("/items", items[item].code), "dependsOn"),
                     shorten(text + items[item].code, 400),
                     {},
                     std::nullopt};
      }
      if (from.emplace(next, at).second) open.push_back(next);
    }
  }
  return std::nullopt;
}

/// Brings the programme in step with a changed document, or says why it can't be.
class Fold::Settling {
 public:
  Settling(Fold& fold, const Transaction& transaction, bool ask_reason)
      : fold_(fold), transaction_(transaction), ask_reason_(ask_reason) {}

  /// Does the next part; false when none is left.
  bool step();
  /// From 0 to 1.
  double progress() const;
  std::vector<Error> take() { return std::move(errors_); }

 private:
  enum class Stage : std::uint8_t { begin, read, join, done };

  Stage begin();
  bool read_next();
  void collect(std::vector<Error> found);
  void join_elements();
  void join_board();
  std::vector<std::size_t> take_items(std::vector<ActionItem>& items);

  Fold& fold_;
  const Transaction& transaction_;
  bool ask_reason_;
  Stage stage_ = Stage::begin;
  bool simple_ = false;   ///< only items and indicators, which stay or join at the end
  bool broken_ = false;   ///< an item can't be read
  std::size_t next_ = 0;  ///< of the touched elements
  std::map<std::size_t, ActionItem> items_;  ///< by position
  std::map<std::size_t, Indicator> indicators_;
  std::vector<Error> errors_;
};

bool Fold::Settling::step() {
  switch (stage_) {
    case Stage::begin:
      stage_ = begin();
      break;
    case Stage::read:
      if (!read_next()) stage_ = Stage::join;
      break;
    case Stage::join:
      simple_ ? join_elements() : join_board();
      stage_ = Stage::done;
      break;
    case Stage::done:
      break;
  }
  return stage_ != Stage::done;
}

double Fold::Settling::progress() const {
  if (stage_ == Stage::done) return 1;
  return 0.9 * share(next_, transaction_.touched().size());
}

Fold::Settling::Stage Fold::Settling::begin() {
  const std::vector<std::string>& touched = transaction_.touched();
  if (touched.empty()) return Stage::done;
  const KeyedDocument& document = fold_.document_;
  simple_ = !transaction_.structural() &&
            std::all_of(touched.begin(), touched.end(), [&document](const std::string& pointer) {
              const KeyedDocument::Element place = document.element_of(pointer);
              return place.exists && (place.list == "items" || place.list == "indicators");
            });
  if (!simple_) return Stage::read;
  if (!fold_.checker_.it) fold_.checker_.it = std::make_unique<ElementChecker>(fold_.programme_);
  for (const std::string& pointer : touched) {
    const KeyedDocument::Element place = document.element_of(pointer);
    if (place.list == "items" && place.index >= fold_.programme_.items.size()) {
      fold_.checker_.it->add_item(key_in(pointer));
    }
  }
  return Stage::read;
}

void Fold::Settling::collect(std::vector<Error> found) {
  for (Error& error : found) {
    error.pointer = fold_.document_.keyed(error.pointer, true);
    errors_.push_back(std::move(error));
  }
}

/// Reads some of the touched elements; false when none is left.
bool Fold::Settling::read_next() {
  const std::vector<std::string>& touched = transaction_.touched();
  const std::size_t end = std::min(touched.size(), next_ + kPartElements);
  for (; next_ < end && !broken_; ++next_) {
    const std::string& pointer = touched[next_];
    const KeyedDocument::Element place = fold_.document_.element_of(pointer);
    if (!place.exists) continue;
    const json& element = *fold_.document_.element(place.list, place.index);
    if (place.list == "items") {
      Result<ActionItem> item = load_item(element, pointer);
      if (!simple_) {
        broken_ = !item;
      } else {
        if (item) collect(fold_.checker_.it->check(*item.value, pointer));
        collect(std::move(item.errors));
      }
      if (item) items_.emplace(place.index, std::move(*item.value));
    } else if (simple_) {
      Result<Indicator> indicator = load_indicator(element, pointer);
      if (indicator) {
        collect(fold_.checker_.it->check(*indicator.value, pointer));
        indicators_.emplace(place.index, std::move(*indicator.value));
      }
      collect(std::move(indicator.errors));
    }
  }
  return next_ < touched.size() && !broken_;
}

void Fold::Settling::join_elements() {
  std::vector<ActionItem>& present = fold_.programme_.items;
  std::vector<Indicator>& indicators = fold_.programme_.indicators;
  const std::size_t old_items = present.size();
  const bool adds = !items_.empty() && items_.rbegin()->first >= old_items;
  if (errors_.empty() && ask_reason_) {
    for (const auto& [index, item] : items_) {
      if (index >= old_items) break;
      ask_for_reason(present[index], item, child("/items", item.code), errors_);
    }
  }
  if (!errors_.empty()) {
    fold_.checker_.it.reset();  // it may know items that never came to be
    return;
  }

  std::vector<std::size_t> rewired;
  for (auto& [index, item] : items_) {
    if (index >= old_items) {
      if (!item.depends_on.empty()) rewired.push_back(index);
      present.push_back(std::move(item));
    } else {
      if (!(item.depends_on == present[index].depends_on)) rewired.push_back(index);
      std::swap(present[index], item);
    }
  }
  for (const std::size_t index : rewired) {
    if (auto error = fold_.cycle_through(index)) {
      errors_.push_back(std::move(*error));
      break;
    }
  }
  if (!errors_.empty()) {
    present.resize(old_items);
    for (auto& [index, item] : items_) {
      if (index < old_items) std::swap(present[index], item);
    }
    if (adds) fold_.checker_.it.reset();
    return;
  }
  for (auto& [index, indicator] : indicators_) {
    if (index >= indicators.size()) {
      indicators.push_back(std::move(indicator));
    } else {
      indicators[index] = std::move(indicator);
    }
  }
}

/// Moves the items that the document has now to `items`: those that were touched as they have been
/// read, the others from the programme. Answers where in the programme each of them was.
std::vector<std::size_t> Fold::Settling::take_items(std::vector<ActionItem>& items) {
  std::vector<ActionItem>& present = fold_.programme_.items;
  std::unordered_map<std::string_view, std::size_t> by_code;
  by_code.reserve(present.size());
  for (std::size_t i = 0; i < present.size(); ++i) by_code.emplace(present[i].code, i);
  std::vector<std::size_t> was(fold_.document_.size("items"), present.size());
  for (std::size_t i = 0; i < was.size(); ++i) {
    const auto found = by_code.find(fold_.document_.key_at("items", i));
    if (found != by_code.end()) was[i] = found->second;
  }
  items.resize(was.size());
  for (std::size_t i = 0; i < was.size(); ++i) {
    const auto read = items_.find(i);
    items[i] = std::move(read != items_.end() ? read->second : present[was[i]]);
  }
  return was;
}

void Fold::Settling::join_board() {
  const KeyedDocument& document = fold_.document_;
  std::vector<ActionItem>& present = fold_.programme_.items;
  std::vector<ActionItem> items;
  std::vector<std::size_t> was;
  Result<Programme> loaded;
  if (broken_) {
    loaded = load_document(document.json());  // says all that is wrong
  } else {
    was = take_items(items);
    loaded = load_document(document.json("items"), items);
  }
  if (loaded && ask_reason_) {
    items.swap(loaded.value->items);
    for (const auto& [index, moved] : items_) {
      if (was[index] == present.size()) continue;
      ask_for_reason(present[was[index]], items[index], child("/items", items[index].code),
                     errors_);
    }
    if (errors_.empty()) items.swap(loaded.value->items);
  }
  for (Error& error : loaded.errors) {
    error.pointer = document.keyed(error.pointer);
    errors_.push_back(std::move(error));
  }
  if (errors_.empty()) {
    fold_.programme_ = std::move(*loaded.value);
    fold_.checker_.it.reset();
    return;
  }
  for (std::size_t i = 0; i < was.size(); ++i) {
    if (!items_.contains(i)) present[was[i]] = std::move(items[i]);
  }
}

std::vector<Error> Fold::settle(const Transaction& transaction) {
  Settling settling(*this, transaction, false);
  while (settling.step()) {
  }
  return settling.take();
}

struct FoldCommit::Impl {
  Impl(Fold& of, std::vector<Change>& wanted, bool ask)
      : fold(of), changes(wanted), ask_reason(ask), transaction(of.document_) {}

  bool set_next();

  Fold& fold;
  std::vector<Change>& changes;
  bool ask_reason;
  Fold::Transaction transaction;
  std::size_t next = 0;  ///< of the changes
  std::optional<Fold::Settling> settling;
  std::vector<Error> errors;
  bool is_done = false;
};

FoldCommit::FoldCommit(Fold& fold, std::vector<Change>& changes, bool ask_reason)
    : impl_(std::make_unique<Impl>(fold, changes, ask_reason)) {}
FoldCommit::~FoldCommit() {
  if (impl_ != nullptr && !impl_->is_done) impl_->transaction.roll_back();
}

/// Makes some of the changes in the document; false when none is left.
bool FoldCommit::Impl::set_next() {
  const std::size_t end = std::min(changes.size(), next + kPartElements);
  for (; next < end; ++next) {
    Change& change = changes[next];
    const json* now = fold.document_.find(change.pointer);
    const bool same = now == nullptr ? !change.before : change.before && *now == *change.before;
    if (!same) {
      errors.push_back({ErrorCode::changed_meanwhile, change.pointer, shown(now),
                        shown(change.before ? &*change.before : nullptr), std::nullopt});
      return false;
    }
    if (!change.after) change.place = fold.document_.place_of(change.pointer);
    if (auto error = transaction.set(change)) {
      errors.push_back(std::move(*error));
      return false;
    }
  }
  return next < changes.size();
}

bool FoldCommit::step() {
  Impl& it = *impl_;
  if (it.is_done) return false;
  if (!it.settling) {
    if (it.set_next()) return true;
    if (it.errors.empty()) {
      it.settling.emplace(it.fold, it.transaction, it.ask_reason);
      return true;
    }
  } else {
    if (it.settling->step()) return true;
    it.errors = it.settling->take();
  }
  if (!it.errors.empty()) it.transaction.roll_back();
  it.is_done = true;
  return false;
}

double FoldCommit::progress() const {
  if (impl_->is_done) return 1;
  const double settled = impl_->settling ? impl_->settling->progress() : 0;
  return 0.4 * share(impl_->next, impl_->changes.size()) + 0.59 * settled;
}

std::vector<Error> FoldCommit::take() {
  return std::move(impl_->errors);
}

std::vector<Error> Fold::commit(std::vector<Change>& changes, bool ask_reason) {
  FoldCommit commit(*this, changes, ask_reason);
  while (commit.step()) {
  }
  return commit.take();
}

bool FoldCopy::step() {
  if (is_done_) return false;
  done_ += kPartElements;
  if (copy_.document_.copy_on(from_->document_, kPartElements)) return true;
  copy_.programme_ = from_->programme_;
  is_done_ = true;
  return false;
}

double FoldCopy::progress() const {
  // Items are nearly all of a large board.
  return is_done_ ? 1 : std::min(0.9, share(done_, from_->document_.size("items")));
}

std::vector<LeftOutChange> all_left_out(std::size_t changes, const std::vector<Error>& errors) {
  std::vector<LeftOutChange> left_out;
  if (errors.empty()) return left_out;
  for (std::uint32_t i = 0; i < changes; ++i) left_out.push_back({i, errors, true});
  return left_out;
}

std::vector<LeftOutChange> Fold::apply(const std::vector<Change>& changes, bool sequential) {
  if (sequential) {
    std::vector<Change> copy = changes;
    return all_left_out(changes.size(), commit(copy, false));
  }
  std::vector<LeftOutChange> left_out;

  const auto attempt = [&](const std::vector<std::uint32_t>& chosen) {
    Transaction transaction(document_);
    std::vector<LeftOutChange> without;
    for (const std::uint32_t i : chosen) {
      if (auto error = transaction.set(changes[i])) {
        without.push_back({i, {std::move(*error)}, false});
      }
    }
    std::vector<Error> errors = settle(transaction);
    if (errors.empty()) {
      std::move(without.begin(), without.end(), std::back_inserter(left_out));
    } else {
      transaction.roll_back();
    }
    return errors;
  };
  std::vector<std::uint32_t> all(changes.size());
  for (std::uint32_t i = 0; i < changes.size(); ++i) all[i] = i;
  std::vector<Error> errors = attempt(all);
  if (errors.empty()) return left_out;

  std::vector<std::pair<std::string, std::vector<std::uint32_t>>> groups;
  for (std::uint32_t i = 0; i < changes.size(); ++i) {
    const std::string element = element_pointer(changes[i].pointer);
    auto group = std::find_if(groups.begin(), groups.end(),
                              [&element](const auto& g) { return g.first == element; });
    if (group == groups.end()) group = groups.insert(group, {element, {}});
    group->second.push_back(i);
  }
  for (const auto& [element, group] : groups) {
    if (groups.size() > 1) errors = attempt(group);
    if (errors.empty()) continue;
    for (const std::uint32_t i : group) left_out.push_back({i, errors, true});
  }
  std::sort(left_out.begin(), left_out.end(),
            [](const LeftOutChange& a, const LeftOutChange& b) { return a.change < b.change; });
  return left_out;
}

}  // namespace tc
