#include "core/ledger/generate.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <utility>
#include <vector>

#include "core/ledger/keyed_document.hpp"
#include "core/model/element_json.hpp"
#include "core/model/random.hpp"

namespace tc {

namespace {

using nlohmann::json;

constexpr std::array<const char*, 6> kReasons = {
    "例会商定", "上级部署调整", "配合单位材料未到", "施工条件变化", "审批环节延后", "两市协商一致",
};

std::string path(std::initializer_list<std::string_view> tokens) {
  std::string pointer;
  for (const std::string_view token : tokens) pointer = child(pointer, token);
  return pointer;
}

/// One made-up entry; not every one passes the model's rules.
class Maker {
 public:
  Maker(Ledger& ledger, SplitMix64& random, std::string city, std::size_t most_items)
      : ledger_(ledger), random_(random), city_(std::move(city)), most_items_(most_items) {}

  bool make(const std::string& time) {
    Signature who{"演示用户" + std::to_string(random_.between(1, 3)), city_, time};
    if (!city_.empty()) who.author += " " + city_;
    const std::size_t lot = random_.below(100);
    if (lot < 4) return ledger_.undo(who).value.has_value();
    // Who has taken something back thinks better of it half of the time.
    if (ledger_.next_redo(who.author) && random_.below(2) == 0) {
      return ledger_.redo(who).value.has_value();
    }
    Draft draft;
    draft.author = who.author;
    draft.city = who.city;
    draft.time = who.time;
    if (lot < 8) {
      draft.kind = EntryKind::note;
      draft.reason = "情况说明";
      draft.evidence.push_back(note(time));
      return ledger_.commit(std::move(draft)).value.has_value();
    }
    if (ledger_.state().items.empty()) {
      add_item(draft);
    } else {
      fill(draft, lot);
    }
    if (draft.changes.empty()) return false;
    draft.reason = kReasons[random_.below(kReasons.size())];
    return ledger_.commit(std::move(draft)).value.has_value();
  }

 private:
  const ActionItem& any_item() {
    return ledger_.state().items[random_.below(ledger_.state().items.size())];
  }

  Evidence note(const std::string& time) {
    Evidence evidence;
    evidence.title.zh = "演示材料 " + std::to_string(random_.below(1'000'000));
    evidence.date = parse_date(std::string_view(time).substr(0, 10));
    return evidence;
  }

  void set(Draft& draft, std::string pointer, std::optional<json> value) {
    draft.changes.push_back(ledger_.change(std::move(pointer), std::move(value)));
  }

  static std::string any_status(SplitMix64& random) {
    return std::string(name_of(kStatuses[random.below(kStatuses.size() - 1)]));
  }

  void fill(Draft& draft, std::size_t lot) {
    const ActionItem& item = any_item();
    if (lot < 26) {
      set(draft, path({"items", item.code, "status"}), any_status(random_));
    } else if (lot < 44) {
      set(draft, path({"items", item.code, "progress"}), random_.between(0, 100));
    } else if (lot < 54) {
      const Date due =
          item.due.value_or(item.start.value_or(Date{19'900})) + random_.between(-10, 30);
      set(draft, path({"items", item.code, "due"}), format_date(due));
    } else if (lot < 64) {
      if (item.milestones.empty()) return;
      const Milestone& milestone = item.milestones[random_.below(item.milestones.size())];
      const std::string here = path({"items", item.code, "milestones", milestone.id});
      if (random_.below(2) == 0) {
        const Date due = milestone.due.value_or(Date{19'900}) + random_.between(-5, 20);
        set(draft, child(here, "due"), format_date(due));
      } else if (milestone.finished) {
        set(draft, child(here, "finished"), std::nullopt);
      } else {
        set(draft, child(here, "finished"), draft.time.substr(0, 10));
      }
    } else if (lot < 72) {
      if (item.evidence.size() < 6) {
        const Evidence evidence = note(draft.time);
        const json value = json_of(evidence);
        set(draft, path({"items", item.code, "evidence", evidence_key(value)}), value);
        draft.evidence.push_back(evidence);
      } else {
        const json value = json_of(item.evidence[random_.below(item.evidence.size())]);
        set(draft, path({"items", item.code, "evidence", evidence_key(value)}), std::nullopt);
      }
    } else if (lot < 76) {
      set(draft, path({"items", item.code, "summary", random_.below(2) == 0 ? "zh" : "en"}),
          "演示 " + std::to_string(random_.below(1000)));
    } else if (lot < 79) {
      if (ledger_.state().departments.empty()) return;
      const auto& departments = ledger_.state().departments;
      json leads = json::array({departments[random_.below(departments.size())].id});
      set(draft, path({"items", item.code, "leads"}), std::move(leads));
    } else if (lot < 83) {
      change_dependency(draft, item);
    } else if (lot < 86) {
      add_item(draft);
    } else if (lot < 88) {
      remove_item(draft, item);
    } else if (lot < 91) {
      const auto& indicators = ledger_.state().indicators;
      if (indicators.empty()) return;
      set(draft, path({"indicators", indicators[random_.below(indicators.size())].id, "value"}),
          random_.between(0, 1000));
    } else if (lot < 93) {
      const std::string id = "P" + std::to_string(random_.below(1000));
      if (item.milestones.size() > 6) return;
      set(draft, path({"items", item.code, "milestones", id}),
          json{{"id", id}, {"title", {{"zh", "演示节点"}}}});
    } else {
      // Several items at once.
      const std::string status = any_status(random_);
      for (int i = random_.between(2, 4); i > 0; --i) {
        const std::string pointer = path({"items", any_item().code, "status"});
        const bool twice =
            std::any_of(draft.changes.begin(), draft.changes.end(),
                        [&pointer](const Change& change) { return change.pointer == pointer; });
        if (!twice) set(draft, pointer, status);
      }
    }
  }

  void change_dependency(Draft& draft, const ActionItem& item) {
    if (!item.depends_on.empty() && random_.below(2) == 0) {
      const Dependency& dependency = item.depends_on[random_.below(item.depends_on.size())];
      set(draft, path({"items", item.code, "dependsOn", dependency.item}), std::nullopt);
      return;
    }
    const std::string predecessor = any_item().code;
    const std::string pointer = path({"items", item.code, "dependsOn", predecessor});
    if (item.depends_on.size() > 4 || ledger_.value(pointer) != nullptr) return;
    set(draft, pointer, json{{"item", predecessor}, {"type", "FS"}});
  }

  void add_item(Draft& draft) {
    if (ledger_.state().items.size() >= most_items_) return;
    const std::string code = "N" + std::to_string(random_.below(100'000));
    if (ledger_.value(path({"items", code})) != nullptr) return;
    set(draft, path({"items", code}),
        json{{"code", code}, {"title", {{"zh", "新增演示事项"}}}, {"status", "not-started"}});
  }

  void remove_item(Draft& draft, const ActionItem& item) {
    const auto& items = ledger_.state().items;
    // Rarely, and where the model will refuse it only sometimes.
    if (items.size() < 3 || random_.below(3) != 0) return;
    const bool needed = std::any_of(items.begin(), items.end(), [&item](const ActionItem& other) {
      return std::any_of(other.depends_on.begin(), other.depends_on.end(),
                         [&item](const Dependency& d) { return d.item == item.code; });
    });
    if (!needed) set(draft, path({"items", item.code}), std::nullopt);
  }

  Ledger& ledger_;
  SplitMix64& random_;
  std::string city_;
  std::size_t most_items_;
};

/// Appends until there are enough or it seems hopeless.
std::size_t append(Ledger& ledger, std::size_t entries, SplitMix64& random,
                   const std::vector<std::string>& cities, std::string start, std::int64_t step) {
  const std::size_t most = ledger.state().items.size() + ledger.state().items.size() / 4 + 4;
  std::vector<Maker> makers;
  makers.reserve(cities.size());
  for (const std::string& city : cities) makers.emplace_back(ledger, random, city, most);
  if (ledger.size() > 0 && ledger.head(ledger.size() - 1).time > start) {
    start = ledger.head(ledger.size() - 1).time;
  }
  std::int64_t now = milliseconds_of(start);
  std::size_t made = 0;
  for (std::size_t vain = 0; made < entries && vain < 1000;) {
    const std::int64_t pause =
        1 + static_cast<std::int64_t>(random.next() % static_cast<std::uint64_t>(2 * step));
    const std::string time = format_time(now + pause);
    if (makers[random.below(makers.size())].make(time)) {
      ++made;
      vain = 0;
      now += pause;
    } else {
      ++vain;
    }
  }
  return made;
}

}  // namespace

std::size_t generate_entries(Ledger& ledger, std::size_t entries, std::uint64_t seed,
                             std::string_view city, const std::string& start, std::int64_t step) {
  SplitMix64 random(seed);
  return append(ledger, entries, random, {std::string(city)}, start, step);
}

Ledger generate_ledger(const Programme& programme, std::size_t entries, std::uint64_t seed) {
  constexpr std::int64_t kDays = 730;
  Result<Ledger> created = Ledger::create(programme);
  if (!created) return {};
  SplitMix64 random(seed);
  std::vector<std::string> cities;
  for (const City& city : programme.cities) cities.push_back(city.id);
  const Date until = programme.as_of.value_or(*make_date(2025, 1, 1));
  const std::int64_t step =
      std::max<std::int64_t>(1, kDays * 86'400'000 / static_cast<std::int64_t>(entries + 1));
  // On average a pause is one step long.
  append(*created.value, entries, random, cities, start_of_day(until - kDays), step);
  return std::move(*created.value);
}

}  // namespace tc
