#include "core/schedule/schedule.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace tc {

namespace {

using cpm::Activity;
using cpm::Day;
using cpm::kNoDay;

/// Keeps numbers from files within what the network takes; 50,000 working days are two centuries.
constexpr int kMaxDays = 50'000;
constexpr double kFull = 100.0;

Day clamp_days(int days) {
  return std::clamp(days, -kMaxDays, kMaxDays);
}

/// An item as the network sees it.
struct Compiled {
  Gap gap = Gap::none;
  WorkState state = WorkState::not_started;
  Activity activity;
  bool start_known = true;  ///< false: what stands for it in the network is not a date of the item
  bool finish_only = false;
  bool progress_assumed = false;
  std::optional<Day> duration;
  std::optional<Day> planned_start;
  Day remaining() const {
    if (state == WorkState::finished) return 0;
    return activity.remaining == kNoDay ? activity.duration : activity.remaining;
  }
};

class Builder {
 public:
  Builder(const Programme& programme, const WorkCalendar& calendar, const ScheduleOptions& options,
          Schedule& schedule)
      : programme_(programme), calendar_(calendar), options_(options), schedule_(schedule) {
    as_of_ = calendar.index_of(schedule.as_of);
  }

  /// Everything from the planned dates in `schedule.planned`.
  void build() {
    const std::size_t count = programme_.items.size();
    schedule_.items.assign(count, {});
    schedule_.milestones.assign(count, {});
    schedule_.points.assign(count, {});
    schedule_.activities.assign(count, Schedule::kNoActivity);
    schedule_.places.clear();
    schedule_.cycle.clear();
    compiled_.reserve(count);
    std::vector<Activity> activities;
    activities.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
      compiled_.push_back(compile(i));
      if (compiled_[i].gap != Gap::none) continue;
      schedule_.activities[i] = static_cast<std::uint32_t>(activities.size());
      schedule_.places.push_back({i, Place::kNone});
      activities.push_back(compiled_[i].activity);
    }
    std::vector<cpm::Link> links = item_links();
    for (std::size_t i = 0; i < count; ++i) place_milestones(i, activities, links);

    cpm::Frame frame;
    frame.start = as_of_;
    frame.as_of = as_of_;
    // Without anything unfinished before it, the frame's start must not be the network's finish.
    for (const Activity& a : activities) {
      if (a.actual_start != kNoDay) frame.start = std::min(frame.start, a.actual_start);
    }
    if (programme_.finish_by) frame.finish_by = end_of(*programme_.finish_by);
    cpm::NetworkResult result = cpm::Network::build(std::move(activities), links, frame);
    if (!result.network) {
      // Only a sum of durations beyond all reason; nothing sensible can be said of any date.
      forget_all(Gap::no_dates);
      return;
    }
    schedule_.network = std::move(*result.network);
    schedule_.solution = cpm::solve(schedule_.network);
    if (!schedule_.solution.cycle.empty()) {
      for (std::uint32_t a : schedule_.solution.cycle) {
        schedule_.cycle.push_back(schedule_.places[a].item);
      }
      forget_all(Gap::cycle);
      return;
    }
    for (std::size_t i = 0; i < count; ++i) describe(i);
    describe_programme();
  }

  /// Puts an item's part of the network in step with its planned dates; nothing when they need
  /// another network.
  std::optional<Activity> moved(std::size_t index) {
    const Compiled item = compile(index);
    const std::uint32_t activity = schedule_.activities[index];
    if (item.gap != Gap::none || activity == Schedule::kNoActivity) return std::nullopt;
    const std::vector<Milestone>& milestones = programme_.items[index].milestones;
    std::vector<std::optional<MilestonePoint>> points(milestones.size());
    for (std::size_t k = 0; k < milestones.size(); ++k) {
      if (known(milestones[k].finished) || !milestones[k].due) continue;
      const std::optional<Day> at = offset(index, item, milestones[k]);
      // An event of its own may hang on a link whose lag would have to change.
      if (!at || *at > item.remaining() || !schedule_.points[index][k]) return std::nullopt;
      points[k] = {activity, *at, item.remaining(), earliest_milestone(index, k)};
    }
    schedule_.points[index] = std::move(points);
    return item.activity;
  }

  void describe_some(std::span<const std::size_t> items) {
    compiled_.resize(programme_.items.size());
    for (std::size_t i : items) {
      compiled_[i] = compile(i);
      describe(i);
    }
    describe_programme();
  }

 private:
  const ItemConstraints& constraints(std::size_t item) const {
    static const ItemConstraints kNone;
    const auto& own = programme_.items[item].constraints;
    return own ? *own : kNone;
  }

  const MilestoneConstraints& constraints(std::size_t item, std::size_t milestone) const {
    static const MilestoneConstraints kNone;
    const auto& own = programme_.items[item].milestones[milestone].constraints;
    return own ? *own : kNone;
  }

  Day start_of(Date date) const { return calendar_.index_of(date); }
  Day end_of(Date date) const { return calendar_.index_of(date + 1); }
  std::optional<Date> known(const std::optional<Date>& actual) const {
    return actual && *actual <= schedule_.as_of ? actual : std::nullopt;
  }

  /// The first boundary at which something without duration can happen that hasn't yet.
  Day earliest_event(const std::optional<Date>& due) const {
    return due && *due >= schedule_.as_of ? end_of(schedule_.as_of) : as_of_ + 1;
  }

  /// The same for an unfinished milestone, which may also have been told to wait.
  Day earliest_milestone(std::size_t index, std::size_t k) const {
    const MilestoneConstraints& extra = constraints(index, k);
    Day day = earliest_event(programme_.items[index].milestones[k].due);
    if (extra.no_earlier) day = std::max(day, end_of(*extra.no_earlier));
    if (extra.must_be_on) day = std::max(day, end_of(*extra.must_be_on));
    return day;
  }

  Compiled compile(std::size_t index) const {
    const ActionItem& item = programme_.items[index];
    const ItemConstraints& extra = constraints(index);
    const std::optional<Date> start = schedule_.planned[index].start;
    const std::optional<Date> due = schedule_.planned[index].due;
    const std::optional<Date> started = known(item.started);
    const std::optional<Date> finished = known(item.finished);

    Compiled result;
    Activity& a = result.activity;
    if (start) result.planned_start = start_of(*start);

    if (finished) {
      result.state = WorkState::finished;
      a.actual_finish = end_of(*finished);
      a.actual_start =
          started ? start_of(*started)
                  : std::min(result.planned_start.value_or(a.actual_finish), a.actual_finish);
      a.actual_start = std::min(a.actual_start, a.actual_finish);
      result.start_known = started.has_value();
      a.duration = a.actual_finish - a.actual_start;
      if (start && due) result.duration = std::max(0, end_of(*due) - start_of(*start));
      return result;
    }
    if (item.status == Status::completed && !item.finished) {
      result.state = WorkState::finished;
      result.gap = Gap::finish_date_unknown;
      return result;
    }

    // Progress of something that has gone further since isn't that of this day.
    const bool progress_known = item.progress && !item.finished && (started || !item.started);
    const bool has_progress = progress_known && *item.progress > 0;
    const bool under_way =
        (item.status == Status::under_way || item.status == Status::staged_result) && !item.started;
    if (started || has_progress || under_way) result.state = WorkState::started;

    const std::optional<Date> from = start ? start : started;
    if (item.duration) {
      result.duration = clamp_days(std::max(0, *item.duration));
    } else if (from && due) {
      result.duration = std::max(0, end_of(*due) - start_of(*from));
    }
    if (!result.duration && !due) {
      result.gap = from ? Gap::no_due : Gap::no_dates;
      return result;
    }

    if (!result.duration) {
      // A due date alone: a day on which it is to be done, and not a word about the work.
      result.finish_only = true;
      result.start_known = false;
      a.start_no_earlier = std::max(end_of(*due), earliest_event(due));
    } else {
      a.duration = *result.duration;
      if (!result.planned_start && due) result.planned_start = end_of(*due) - a.duration;
      if (result.state == WorkState::started) {
        result.start_known = started.has_value();
        a.actual_start =
            started ? start_of(*started) : std::min(result.planned_start.value_or(as_of_), as_of_);
        if (progress_known) {
          const double left = (kFull - std::clamp(*item.progress, 0.0, kFull)) / kFull;
          // A little less, so that 30 % of 10 days is 3 and not 4.
          a.remaining = static_cast<Day>(std::ceil(a.duration * left - 1e-9));
        } else {
          a.remaining = a.duration - std::max(0, as_of_ - a.actual_start);
          result.progress_assumed = true;
        }
        // It isn't done yet, so something is left even when all of it was to be done by now.
        a.remaining = std::clamp(a.remaining, std::min(1, a.duration), a.duration);
      } else {
        if (options_.keep_planned_starts && result.planned_start) {
          a.start_no_earlier = *result.planned_start;
        }
        if (a.duration == 0) {
          a.start_no_earlier = std::max(a.start_no_earlier, earliest_event(due));
        }
      }
    }
    if (extra.start_no_earlier && a.actual_start == kNoDay) {
      a.start_no_earlier = std::max(a.start_no_earlier, start_of(*extra.start_no_earlier));
    }
    if (extra.finish_no_later) a.finish_no_later = end_of(*extra.finish_no_later);
    if (extra.must_finish_on) a.must_finish_on = end_of(*extra.must_finish_on);
    limit_by_milestones(index, result);
    return result;
  }

  /// Where a milestone lies in its item's work; nothing when it doesn't.
  std::optional<Day> offset(std::size_t index, const Compiled& item,
                            const Milestone& milestone) const {
    if (item.gap != Gap::none || item.finish_only || item.state == WorkState::finished ||
        !milestone.due) {
      return std::nullopt;
    }
    // Milestones move with their item, so the distance is that of the programme's own dates.
    const ActionItem& original = programme_.items[index];
    std::optional<Day> start = item.planned_start;
    if (original.start) start = start_of(*original.start);
    if (!start && original.started) start = start_of(*original.started);
    if (!start) return std::nullopt;
    const Day at = end_of(*milestone.due) - *start;
    if (item.state != WorkState::started) return at;
    return std::max(0, at - (item.activity.duration - item.remaining()));
  }

  /// A milestone's deadline is one of its item too: that far before the end.
  void limit_by_milestones(std::size_t index, Compiled& result) const {
    const std::vector<Milestone>& milestones = programme_.items[index].milestones;
    for (std::size_t k = 0; k < milestones.size(); ++k) {
      const MilestoneConstraints& extra = constraints(index, k);
      if ((!extra.no_later && !extra.must_be_on) || known(milestones[k].finished)) continue;
      const std::optional<Day> at = offset(index, result, milestones[k]);
      if (!at || *at > result.remaining()) continue;
      for (const std::optional<Date>& limit : {extra.no_later, extra.must_be_on}) {
        if (!limit) continue;
        const Day finish = end_of(*limit) + result.remaining() - *at;
        Day& own = result.activity.finish_no_later;
        own = own == kNoDay ? finish : std::min(own, finish);
      }
    }
  }

  std::vector<cpm::Link> item_links() {
    std::unordered_map<std::string_view, std::size_t> index;
    index.reserve(programme_.items.size());
    for (std::size_t i = 0; i < programme_.items.size(); ++i) {
      index.emplace(programme_.items[i].code, i);
    }
    std::vector<cpm::Link> links;
    for (std::size_t i = 0; i < programme_.items.size(); ++i) {
      for (const Dependency& dependency : programme_.items[i].depends_on) {
        const auto found = index.find(dependency.item);
        if (found == index.end()) continue;
        const Compiled& from = compiled_[found->second];
        const bool from_start = dependency.type == DependencyType::start_to_start ||
                                dependency.type == DependencyType::start_to_finish;
        if (from.gap != Gap::none || (from_start && !from.start_known)) {
          // Its date isn't known. What has happened holds nobody up any more, the rest might.
          const bool happened =
              from.state == WorkState::finished || (from_start && from.state == WorkState::started);
          if (!happened) schedule_.items[i].logic_incomplete = true;
          continue;
        }
        if (compiled_[i].gap != Gap::none) continue;
        links.push_back({schedule_.activities[found->second], schedule_.activities[i],
                         dependency.type, clamp_days(dependency.lag_days)});
      }
    }
    return links;
  }

  void place_milestones(std::size_t index, std::vector<Activity>& activities,
                        std::vector<cpm::Link>& links) {
    const std::vector<Milestone>& milestones = programme_.items[index].milestones;
    schedule_.milestones[index].resize(milestones.size());
    schedule_.points[index].resize(milestones.size());
    for (std::size_t k = 0; k < milestones.size(); ++k) {
      const Milestone& milestone = milestones[k];
      if (known(milestone.finished) || !milestone.due) continue;
      const Compiled& item = compiled_[index];
      const std::optional<Day> at = offset(index, item, milestone);
      if (at && *at <= item.remaining()) {
        schedule_.points[index][k] = {schedule_.activities[index], *at, item.remaining(),
                                      earliest_milestone(index, k)};
        continue;
      }
      // Beyond its item's end, or without one to move with: an event of its own.
      Activity event;
      event.start_no_earlier = earliest_milestone(index, k);
      if (!at) event.start_no_earlier = std::max(event.start_no_earlier, end_of(*milestone.due));
      const MilestoneConstraints& extra = constraints(index, k);
      if (extra.no_later) event.finish_no_later = end_of(*extra.no_later);
      if (extra.must_be_on) event.must_finish_on = end_of(*extra.must_be_on);
      const auto activity = static_cast<std::uint32_t>(activities.size());
      if (at) {
        links.push_back({schedule_.activities[index], activity, DependencyType::finish_to_finish,
                         *at - item.remaining()});
      }
      activities.push_back(event);
      schedule_.places.push_back({index, k});
    }
  }

  void forget_all(Gap gap) {
    schedule_.finish.reset();
    schedule_.baseline_finish.reset();
    schedule_.slip.reset();
    schedule_.unscheduled = 0;
    schedule_.solution.times.clear();
    for (std::size_t i = 0; i < programme_.items.size(); ++i) {
      ItemSchedule& out = schedule_.items[i];
      out = {};
      out.state = compiled_[i].state;
      out.gap = compiled_[i].gap == Gap::none ? gap : compiled_[i].gap;
      put_baseline(i, out);
      out.start = known(programme_.items[i].started);
      out.finish = known(programme_.items[i].finished);
      for (std::size_t k = 0; k < schedule_.milestones[i].size(); ++k) {
        MilestoneSchedule& milestone = schedule_.milestones[i][k];
        milestone = {};
        put_actual(i, k, milestone);
        if (!milestone.finished) milestone.gap = gap;
      }
      schedule_.points[i].assign(schedule_.points[i].size(), std::nullopt);
      if (out.state != WorkState::finished) ++schedule_.unscheduled;
    }
  }

  void put_baseline(std::size_t index, ItemSchedule& out) const {
    const ActionItem& item = programme_.items[index];
    const Baseline baseline = item.baseline.value_or(Baseline{});
    out.baseline_start = baseline.start ? baseline.start : item.start;
    out.baseline_finish = baseline.finish ? baseline.finish : item.due;
  }

  void put_actual(std::size_t index, std::size_t k, MilestoneSchedule& out) const {
    const Milestone& milestone = programme_.items[index].milestones[k];
    out.baseline = milestone.baseline ? milestone.baseline : milestone.due;
    out.finish = known(milestone.finished);
    out.finished = out.finish.has_value();
    out.gap = out.finished ? Gap::none : Gap::no_dates;
    if (out.finished && out.baseline) out.slip = end_of(*out.finish) - end_of(*out.baseline);
  }

  /// The date of a boundary as a start; planned dates are kept even if they are days off.
  Date start_date(Day day, const std::optional<Date>& planned) const {
    return planned && start_of(*planned) == day ? *planned : calendar_.date_of(day);
  }
  Date finish_date(Day day, const std::optional<Date>& planned) const {
    return planned && end_of(*planned) == day && *planned >= schedule_.as_of
               ? *planned
               : calendar_.date_of(day - 1);
  }

  void describe(std::size_t index) {
    const ActionItem& item = programme_.items[index];
    const Compiled& compiled = compiled_[index];
    ItemSchedule& out = schedule_.items[index];
    const bool logic_incomplete = out.logic_incomplete;
    out = {};
    out.gap = compiled.gap;
    out.state = compiled.state;
    out.logic_incomplete = logic_incomplete && compiled.state != WorkState::finished;
    out.finish_only = compiled.finish_only;
    out.progress_assumed = compiled.progress_assumed;
    out.duration = compiled.duration;
    put_baseline(index, out);
    out.start = known(item.started);
    out.finish = known(item.finished);

    const std::uint32_t activity = schedule_.activities[index];
    if (activity != Schedule::kNoActivity) {
      const cpm::Dates d = cpm::dates(schedule_.network, schedule_.solution, activity);
      const Schedule::Planned& planned = schedule_.planned[index];
      if (!out.finish) {
        out.finish = finish_date(d.early_finish, planned.due);
        out.late_finish = finish_date(d.late_finish, planned.due);
        if (compiled.start_known && !out.start) {
          const bool event = compiled.activity.duration == 0;
          out.start = event ? finish_date(d.early_start, planned.start)
                            : start_date(d.early_start, planned.start);
          out.late_start = event ? finish_date(d.late_start, planned.start)
                                 : start_date(d.late_start, planned.start);
        }
        out.remaining = compiled.finish_only ? std::nullopt : std::optional(compiled.remaining());
        out.total_float = d.total_float;
        out.free_float = d.free_float;
        out.critical = d.critical;
      } else {
        out.remaining = 0;
      }
      if (out.baseline_finish) out.slip = d.early_finish - end_of(*out.baseline_finish);
    }
    for (std::size_t k = 0; k < item.milestones.size(); ++k) describe_milestone(index, k);
  }

  void describe_milestone(std::size_t index, std::size_t k) {
    MilestoneSchedule& out = schedule_.milestones[index][k];
    out = {};
    put_actual(index, k, out);
    const std::optional<MilestonePoint>& point = schedule_.points[index][k];
    if (out.finished || !point) return;  // events of their own follow in describe_programme
    const cpm::Times& times = schedule_.solution.times[point->activity];
    const Day work = times.finish - times.remaining;
    const Day early = std::max(work + point->offset, point->earliest);
    put_forecast(out, early, times.total_float(), programme_.items[index].milestones[k].due);
    out.critical = schedule_.solution.critical(point->activity);
  }

  void put_forecast(MilestoneSchedule& out, Day early, Day total_float,
                    const std::optional<Date>& due) const {
    out.gap = Gap::none;
    out.finish = finish_date(early, due);
    out.late_finish = finish_date(early + total_float, due);
    out.total_float = total_float;
    if (out.baseline) out.slip = early - end_of(*out.baseline);
  }

  void describe_programme() {
    for (std::size_t a = 0; a < schedule_.places.size(); ++a) {
      const Place& place = schedule_.places[a];
      if (place.milestone == Place::kNone) continue;
      MilestoneSchedule& out = schedule_.milestones[place.item][place.milestone];
      out = {};
      put_actual(place.item, place.milestone, out);
      const cpm::Times& times = schedule_.solution.times[a];
      put_forecast(out, times.finish, times.total_float(),
                   programme_.items[place.item].milestones[place.milestone].due);
      out.critical = schedule_.solution.critical(a);
    }
    schedule_.finish.reset();
    schedule_.baseline_finish.reset();
    schedule_.slip.reset();
    schedule_.unscheduled = 0;
    const auto later = [](std::optional<Date>& latest, const std::optional<Date>& date) {
      if (date && (!latest || *latest < *date)) latest = date;
    };
    for (std::size_t i = 0; i < schedule_.items.size(); ++i) {
      const ItemSchedule& item = schedule_.items[i];
      later(schedule_.finish, item.finish);
      if (item.finish) later(schedule_.baseline_finish, item.baseline_finish);
      if (!item.finish && item.state != WorkState::finished) ++schedule_.unscheduled;
      for (const MilestoneSchedule& milestone : schedule_.milestones[i]) {
        later(schedule_.finish, milestone.finish);
        if (milestone.finish) later(schedule_.baseline_finish, milestone.baseline);
      }
    }
    if (schedule_.finish && schedule_.baseline_finish) {
      schedule_.slip =
          calendar_.working_days_between(*schedule_.baseline_finish, *schedule_.finish);
    }
  }

  const Programme& programme_;
  const WorkCalendar& calendar_;
  const ScheduleOptions& options_;
  Schedule& schedule_;
  Day as_of_ = 0;
  std::vector<Compiled> compiled_;
};

}  // namespace

Schedule make_schedule(const Programme& programme, const WorkCalendar& calendar, Date as_of,
                       const ScheduleOptions& options) {
  Schedule schedule;
  schedule.as_of = as_of;
  schedule.planned.reserve(programme.items.size());
  for (const ActionItem& item : programme.items) schedule.planned.push_back({item.start, item.due});
  Builder(programme, calendar, options, schedule).build();
  return schedule;
}

std::vector<std::size_t> what_if(Schedule& schedule, const Programme& programme,
                                 const WorkCalendar& calendar, const ScheduleOptions& options,
                                 std::span<const ItemMove> moves) {
  Builder builder(programme, calendar, options, schedule);
  std::vector<std::pair<std::uint32_t, Activity>> changes;
  std::vector<std::size_t> items;
  bool anew = schedule.solution.times.empty();
  for (const ItemMove& move : moves) {
    if (move.item >= schedule.planned.size()) continue;
    schedule.planned[move.item] = {move.start, move.due};
    const std::optional<Activity> activity = builder.moved(move.item);
    if (activity) {
      changes.emplace_back(schedule.activities[move.item], *activity);
    } else {
      anew = true;
    }
    items.push_back(move.item);
  }
  if (items.empty()) return {};
  if (anew) {
    builder.build();
    items.resize(schedule.items.size());
    for (std::size_t i = 0; i < items.size(); ++i) items[i] = i;
    return items;
  }
  for (std::uint32_t a : cpm::update(schedule.network, schedule.solution, changes)) {
    items.push_back(schedule.places[a].item);
  }
  std::sort(items.begin(), items.end());
  items.erase(std::unique(items.begin(), items.end()), items.end());
  builder.describe_some(items);
  return items;
}

std::optional<StartReason> start_reason(const Schedule& schedule, std::size_t item) {
  const std::uint32_t activity = schedule.activities[item];
  if (activity == Schedule::kNoActivity || schedule.solution.times.empty()) return std::nullopt;
  const cpm::EarlyReason reason = cpm::early_reason(schedule.network, schedule.solution, activity);
  StartReason result{reason.driver, {}, reason.type, reason.lag};
  if (reason.driver == cpm::Driver::predecessor) result.predecessor = schedule.places[reason.from];
  return result;
}

std::optional<FinishReason> finish_reason(const Schedule& schedule, std::size_t item) {
  const std::uint32_t activity = schedule.activities[item];
  if (activity == Schedule::kNoActivity || schedule.solution.times.empty()) return std::nullopt;
  const cpm::LateReason reason = cpm::late_reason(schedule.network, schedule.solution, activity);
  FinishReason result{reason.limit, {}, reason.type, reason.lag};
  if (reason.limit == cpm::Limit::successor) result.successor = schedule.places[reason.to];
  return result;
}

std::vector<std::vector<Place>> critical_paths(const Schedule& schedule, std::size_t limit) {
  std::vector<std::vector<Place>> result;
  for (const auto& path : cpm::critical_paths(schedule.network, schedule.solution, limit)) {
    std::vector<Place>& places = result.emplace_back();
    for (std::uint32_t a : path) places.push_back(schedule.places[a]);
  }
  return result;
}

}  // namespace tc
