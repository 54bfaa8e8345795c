#include "core/schedule/rag.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_map>

namespace tc {

namespace {

/// Unfinished blocked items that each item waits for, directly or through others; an item that
/// several ways lead to counts once for each direct predecessor, which keeps it linear.
std::vector<int> blocked_predecessors(const Programme& programme, const Schedule& schedule) {
  const std::size_t size = programme.items.size();
  std::unordered_map<std::string_view, std::size_t> index;
  index.reserve(size);
  for (std::size_t i = 0; i < size; ++i) index.emplace(programme.items[i].code, i);

  std::vector<std::vector<std::size_t>> successors(size);
  std::vector<std::size_t> open(size, 0);
  for (std::size_t i = 0; i < size; ++i) {
    for (const Dependency& dependency : programme.items[i].depends_on) {
      const auto found = index.find(dependency.item);
      if (found == index.end()) continue;
      successors[found->second].push_back(i);
      ++open[i];
    }
  }
  std::vector<std::size_t> queue;
  for (std::size_t i = 0; i < size; ++i) {
    if (open[i] == 0) queue.push_back(i);
  }
  const auto finished = [&](std::size_t i) {
    return schedule.items[i].state == WorkState::finished;
  };
  std::vector<int> waits(size, 0);
  for (std::size_t next = 0; next < queue.size(); ++next) {
    const std::size_t i = queue[next];
    const bool blocks =
        !finished(i) && (waits[i] > 0 || programme.items[i].status == Status::blocked);
    for (std::size_t successor : successors[i]) {
      if (blocks) ++waits[successor];
      if (--open[successor] == 0) queue.push_back(successor);
    }
  }
  return waits;
}

/// Amber or red when a figure that is bad when large has reached a threshold.
std::optional<Rag> above(int value, int amber, int red) {
  if (value >= red) return Rag::red;
  if (value >= amber) return Rag::amber;
  return std::nullopt;
}

class Judge {
 public:
  Judge(const Programme& programme, const Schedule& schedule, const RagInput& input,
        const RagThresholds& thresholds)
      : programme_(programme),
        schedule_(schedule),
        input_(input),
        limits_(thresholds),
        waits_(blocked_predecessors(programme, schedule)) {}

  RagResult rate(std::size_t i) {
    RagResult result;
    reasons_.clear();
    const ItemSchedule& item = schedule_.items[i];
    if (item.state == WorkState::finished) {
      add(RagCode::done, Rag::green);
    } else {
      judge_dates(item);
      judge_blocks(i);
      judge_ledger(i);
      if (item.gap != Gap::none) {
        add(RagCode::no_dates, Rag::unknown);
      } else if (reasons_.empty()) {
        add(RagCode::on_track, Rag::green);
      }
    }
    std::stable_sort(reasons_.begin(), reasons_.end(),
                     [](const RagReason& a, const RagReason& b) { return a.rag > b.rag; });
    result.computed = reasons_.front().rag;
    result.reasons = reasons_;
    const std::optional<RagOverride>& own = programme_.items[i].confidence;
    if (own && is_valid(*own)) result.override = own;
    return result;
  }

 private:
  void add(RagCode code, Rag rag, int number = 0) { reasons_.push_back({code, rag, number}); }

  void judge_dates(const ItemSchedule& item) {
    const int slip = item.slip.value_or(0);
    const bool no_float = item.total_float && *item.total_float <= 0;
    const std::optional<Rag> late = above(slip, limits_.amber_slip, limits_.red_slip);
    if (late && no_float) {
      add(RagCode::late_and_critical, Rag::red, slip);
    } else if (late) {
      add(RagCode::late, *late, slip);
    }
    if (!item.total_float) return;
    const int total = *item.total_float;
    if (total < 0) {
      if (const auto rag = above(-total, -limits_.amber_float, -limits_.red_float)) {
        add(RagCode::deadline_missed, *rag, -total);
      }
    } else if (const auto rag = above(-total, -limits_.amber_float, -limits_.red_float)) {
      add(RagCode::no_float, *rag, total);
    }
  }

  void judge_blocks(std::size_t i) {
    if (programme_.items[i].status == Status::blocked) add(RagCode::blocked, Rag::red);
    if (const auto rag = above(waits_[i], limits_.amber_blocked, limits_.red_blocked)) {
      add(RagCode::blocked_predecessor, *rag, waits_[i]);
    }
  }

  void judge_ledger(std::size_t i) {
    if (input_.last_update.empty()) return;
    const std::optional<Date> last =
        i < input_.last_update.size() ? input_.last_update[i] : std::nullopt;
    if (last) {
      const int days = schedule_.as_of - *last;
      if (const auto rag = above(days, limits_.amber_stale, limits_.red_stale)) {
        add(RagCode::stale, *rag, days);
      }
      return;
    }
    // Nobody is expected to report what hasn't begun.
    const ItemSchedule& item = schedule_.items[i];
    const std::optional<Date> begun = item.start ? item.start : item.baseline_start;
    if (!begun || *begun > schedule_.as_of) return;
    const int days = schedule_.as_of - *begun;
    if (const auto rag = above(days, limits_.amber_stale, limits_.red_stale)) {
      add(RagCode::never_updated, *rag, days);
    }
  }

  const Programme& programme_;
  const Schedule& schedule_;
  const RagInput& input_;
  const RagThresholds& limits_;
  std::vector<int> waits_;
  std::vector<RagReason> reasons_;
};

/// {n} stands for the number.
Text sentence(RagCode code) {
  switch (code) {
    case RagCode::done:
      return {"已完成", "Completed"};
    case RagCode::on_track:
      return {"按计划推进", "On track"};
    case RagCode::late:
      return {"预计晚于计划 {n} 个工作日完成", "Forecast to finish {n} working days late"};
    case RagCode::late_and_critical:
      return {"预计晚于计划 {n} 个工作日完成，且位于关键路径",
              "Forecast to finish {n} working days late, on the critical path"};
    case RagCode::deadline_missed:
      return {"按现有安排，时限将超出 {n} 个工作日",
              "Misses a deadline by {n} working days as things stand"};
    case RagCode::no_float:
      return {"总时差仅 {n} 个工作日，延误将影响总工期",
              "Total float is {n} working days: a delay moves the programme's finish"};
    case RagCode::blocked:
      return {"受阻", "Blocked"};
    case RagCode::blocked_predecessor:
      return {"有 {n} 个前置事项受阻", "Waits for blocked predecessors: {n}"};
    case RagCode::stale:
      return {"台账已 {n} 天未更新", "No update in the ledger for {n} days"};
    case RagCode::never_updated:
      return {"启动已 {n} 天，台账尚无记录", "Begun {n} days ago, nothing in the ledger yet"};
    case RagCode::no_dates:
      return {"缺少日期，无法判断", "No dates to judge by"};
  }
  return {};
}

}  // namespace

bool is_valid(const RagOverride& override) {
  return override.rag != Rag::unknown && !override.reason.empty() && !override.by.empty();
}

std::vector<RagResult> rate(const Programme& programme, const Schedule& schedule,
                            const RagInput& input) {
  const RagThresholds thresholds = programme.rag_thresholds.value_or(RagThresholds{});
  Judge judge(programme, schedule, input, thresholds);
  std::vector<RagResult> results;
  results.reserve(programme.items.size());
  for (std::size_t i = 0; i < programme.items.size(); ++i) results.push_back(judge.rate(i));
  return results;
}

RagCounts count(std::span<const RagResult> results) {
  RagCounts counts;
  for (const RagResult& result : results) {
    if (result.override) ++counts.overridden;
    switch (result.shown()) {
      case Rag::red:
        ++counts.red;
        break;
      case Rag::amber:
        ++counts.amber;
        break;
      case Rag::green:
        ++counts.green;
        break;
      case Rag::unknown:
        ++counts.unknown;
        break;
    }
  }
  return counts;
}

std::optional<Rag> rag_of(std::string_view name) {
  for (Rag rag : kRags) {
    if (name_of(rag) == name) return rag;
  }
  return std::nullopt;
}

const Text& label_of(Rag rag) {
  static const Text kRed = {"红", "Red"};
  static const Text kAmber = {"黄", "Amber"};
  static const Text kGreen = {"绿", "Green"};
  static const Text kUnknown = {"未知", "Unknown"};
  switch (rag) {
    case Rag::red:
      return kRed;
    case Rag::amber:
      return kAmber;
    case Rag::green:
      return kGreen;
    case Rag::unknown:
      break;
  }
  return kUnknown;
}

std::string message(const RagReason& reason, Language language) {
  std::string text = sentence(reason.code).in(language);
  const std::size_t place = text.find("{n}");
  if (place != std::string::npos) text.replace(place, 3, std::to_string(reason.number));
  return text;
}

}  // namespace tc
