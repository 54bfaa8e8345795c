#include "core/ledger/fold.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "core/model/programme_json.hpp"

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
    Step step{element, std::nullopt, std::nullopt};
    const json* value = document_.find(element);
    if (value != nullptr) step.value = *value;
    if (value != nullptr && whole && !change.after) step.place = document_.place_of(element);
    if (auto error = document_.set(change.pointer, change.after, change.place)) return error;
    if (whole && before.exists != change.after.has_value()) {
      const bool at_end =
          change.after && document_.element_of(element).index + 1 == document_.size(before.list);
      structural_ = structural_ || !at_end;
    }
    if (known_.insert(element).second) touched_.push_back(element);
    // The same element again: the older value is the one to go back to.
    const bool again = !steps_.empty() && !whole && steps_.back().element == element &&
                       steps_.back().value.has_value();
    if (!again) steps_.push_back(std::move(step));
    return std::nullopt;
  }

  void roll_back() {
    for (auto step = steps_.rbegin(); step != steps_.rend(); ++step) {
      document_.set(step->element, std::move(step->value), step->place);
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
    std::string element;
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

std::vector<Error> Fold::settle_board(const Transaction& transaction, bool ask_reason) {
  Result<Programme> loaded = load_document(document_.json());
  if (!loaded) {
    for (Error& error : loaded.errors) error.pointer = document_.keyed(error.pointer);
    return std::move(loaded.errors);
  }
  if (ask_reason) {
    std::vector<Error> errors;
    const auto by_code = [](const Programme& programme) {
      std::unordered_map<std::string_view, const ActionItem*> items;
      for (const ActionItem& item : programme.items) items.emplace(item.code, &item);
      return items;
    };
    const auto before = by_code(programme_);
    const auto after = by_code(*loaded.value);
    for (const std::string& element : transaction.touched()) {
      if (!element.starts_with("/items/")) continue;
      const std::string code = key_in(element);
      const auto old = before.find(code);
      const auto now = after.find(code);
      if (old != before.end() && now != after.end()) {
        ask_for_reason(*old->second, *now->second, element, errors);
      }
    }
    if (!errors.empty()) return errors;
  }
  programme_ = std::move(*loaded.value);
  checker_.it.reset();
  return {};
}

std::vector<Error> Fold::settle_elements(const Transaction& transaction, bool ask_reason) {
  if (!checker_.it) checker_.it = std::make_unique<ElementChecker>(programme_);
  std::vector<Error> errors;
  std::map<std::size_t, ActionItem> items;  // by position
  std::map<std::size_t, Indicator> indicators;
  const std::size_t old_items = programme_.items.size();
  const std::size_t old_indicators = programme_.indicators.size();

  for (const std::string& pointer : transaction.touched()) {
    const KeyedDocument::Element place = document_.element_of(pointer);
    if (place.list == "items" && place.index >= old_items) {
      checker_.it->add_item(key_in(pointer));
    }
  }
  const auto collect = [&](std::vector<Error> found) {
    for (Error& error : found) {
      error.pointer = document_.keyed(error.pointer, true);
      errors.push_back(std::move(error));
    }
  };
  for (const std::string& pointer : transaction.touched()) {
    const KeyedDocument::Element place = document_.element_of(pointer);
    const json& element = *document_.element(place.list, place.index);
    if (place.list == "items") {
      Result<ActionItem> item = load_item(element, pointer);
      if (item) {
        collect(checker_.it->check(*item.value, pointer));
        items.emplace(place.index, std::move(*item.value));
      }
      collect(std::move(item.errors));
    } else {
      Result<Indicator> indicator = load_indicator(element, pointer);
      if (indicator) {
        collect(checker_.it->check(*indicator.value, pointer));
        indicators.emplace(place.index, std::move(*indicator.value));
      }
      collect(std::move(indicator.errors));
    }
  }
  const bool adds = !items.empty() && items.rbegin()->first >= old_items;
  if (errors.empty() && ask_reason) {
    for (const auto& [index, item] : items) {
      if (index >= old_items) break;
      ask_for_reason(programme_.items[index], item, child("/items", item.code), errors);
    }
  }
  if (!errors.empty()) {
    checker_.it.reset();  // it may know items that never came to be
    return errors;
  }

  std::vector<std::size_t> rewired;
  for (auto& [index, item] : items) {
    if (index >= old_items) {
      if (!item.depends_on.empty()) rewired.push_back(index);
      programme_.items.push_back(std::move(item));
    } else {
      if (!(item.depends_on == programme_.items[index].depends_on)) rewired.push_back(index);
      std::swap(programme_.items[index], item);
    }
  }
  for (const std::size_t index : rewired) {
    if (auto error = cycle_through(index)) {
      errors.push_back(std::move(*error));
      break;
    }
  }
  if (!errors.empty()) {
    programme_.items.resize(old_items);
    for (auto& [index, item] : items) {
      if (index < old_items) std::swap(programme_.items[index], item);
    }
    if (adds) checker_.it.reset();
    return errors;
  }
  for (auto& [index, indicator] : indicators) {
    if (index >= old_indicators) {
      programme_.indicators.push_back(std::move(indicator));
    } else {
      programme_.indicators[index] = std::move(indicator);
    }
  }
  return {};
}

std::vector<Error> Fold::settle(const Transaction& transaction, bool ask_reason) {
  const auto simple = [this](const std::string& pointer) {
    const KeyedDocument::Element place = document_.element_of(pointer);
    return place.exists && (place.list == "items" || place.list == "indicators");
  };
  const std::vector<std::string>& touched = transaction.touched();
  if (touched.empty()) return {};
  if (!transaction.structural() && std::all_of(touched.begin(), touched.end(), simple)) {
    return settle_elements(transaction, ask_reason);
  }
  return settle_board(transaction, ask_reason);
}

std::vector<Error> Fold::commit(std::vector<Change>& changes, bool ask_reason) {
  Transaction transaction(document_);
  std::vector<Error> errors;
  for (Change& change : changes) {
    const json* now = document_.find(change.pointer);
    const bool same = now == nullptr ? !change.before : change.before && *now == *change.before;
    if (!same) {
      errors.push_back({ErrorCode::changed_meanwhile, change.pointer, shown(now),
                        shown(change.before ? &*change.before : nullptr), std::nullopt});
      break;
    }
    if (!change.after) change.place = document_.place_of(change.pointer);
    if (auto error = transaction.set(change)) {
      errors.push_back(std::move(*error));
      break;
    }
  }
  if (errors.empty()) errors = settle(transaction, ask_reason);
  if (!errors.empty()) transaction.roll_back();
  return errors;
}

std::vector<LeftOutChange> Fold::apply(const std::vector<Change>& changes, bool sequential) {
  std::vector<LeftOutChange> left_out;
  if (sequential) {
    std::vector<Change> copy = changes;
    const std::vector<Error> errors = commit(copy, false);
    if (errors.empty()) return left_out;
    for (std::uint32_t i = 0; i < changes.size(); ++i) left_out.push_back({i, errors, true});
    return left_out;
  }

  const auto attempt = [&](const std::vector<std::uint32_t>& chosen) {
    Transaction transaction(document_);
    std::vector<LeftOutChange> without;
    for (const std::uint32_t i : chosen) {
      if (auto error = transaction.set(changes[i])) {
        without.push_back({i, {std::move(*error)}, false});
      }
    }
    std::vector<Error> errors = settle(transaction, false);
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
