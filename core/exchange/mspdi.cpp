#include "core/exchange/mspdi.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "core/exchange/xml_text.hpp"
#include "core/model/summary.hpp"

namespace tc {

namespace {

constexpr int kHoursPerDay = 8;
constexpr int kTenthsPerDay = kHoursPerDay * 60 * 10;  ///< lags are in tenths of a minute
constexpr int kDaysFormat = 7;                         ///< durations and lags shown in days

/// Microsoft's numbers of constraint types.
enum Constraint : int { kMustFinishOn = 3, kStartNoEarlier = 4, kFinishNoEarlier = 6 };

int link_number(DependencyType type) {
  switch (type) {
    case DependencyType::finish_to_finish:
      return 0;
    case DependencyType::finish_to_start:
      return 1;
    case DependencyType::start_to_finish:
      return 2;
    case DependencyType::start_to_start:
      return 3;
  }
  return 1;
}

std::string start_time(Date date) {
  return format_date(date) + "T08:00:00";
}
std::string finish_time(Date date) {
  return format_date(date) + "T17:00:00";
}
std::string duration(int days) {
  return "PT" + std::to_string(days * kHoursPerDay) + "H0M0S";
}

/// Elements with indentation.
class Xml {
 public:
  explicit Xml(std::string& out) : out_(out) {}
  void open(const char* name) {
    indent();
    out_ += '<';
    out_ += name;
    out_ += ">\n";
    ++depth_;
  }
  void close(const char* name) {
    --depth_;
    indent();
    out_ += "</";
    out_ += name;
    out_ += ">\n";
  }
  void put(const char* name, std::string_view value) {
    indent();
    out_ += '<';
    out_ += name;
    out_ += '>';
    escape(value);
    out_ += "</";
    out_ += name;
    out_ += ">\n";
  }
  void put(const char* name, std::int64_t value) { put(name, std::to_string(value)); }
  void raw(std::string_view text) { out_ += text; }

 private:
  void indent() { out_.append(2 * depth_, ' '); }
  void escape(std::string_view value) {
    for (const char c : plain_text(value)) {
      switch (c) {
        case '&':
          out_ += "&amp;";
          break;
        case '<':
          out_ += "&lt;";
          break;
        case '>':
          out_ += "&gt;";
          break;
        default:
          if (c != '\r') out_ += c;
      }
    }
  }

  std::string& out_;
  std::size_t depth_ = 0;
};

/// A task as it is written, apart from its place in the outline.
struct Task {
  std::int64_t uid = 0;
  std::string name;
  std::string wbs;
  std::string notes;
  std::optional<Date> start;
  std::optional<Date> finish;
  int days = 0;
  bool milestone = false;
  bool critical = false;
  std::optional<int> percent;
  std::optional<int> physical;
  std::optional<Date> actual_start;
  std::optional<Date> actual_finish;
  std::optional<std::pair<Constraint, Date>> constraint;
  std::optional<Date> deadline;
  std::optional<Date> baseline_start;
  std::optional<Date> baseline_finish;
  struct Predecessor {
    std::int64_t uid;
    DependencyType type;
    int lag_days;
  };
  std::vector<Predecessor> predecessors;
};

class Writer : public EntriesTask {
 public:
  Writer(const Programme& programme, const Schedule& schedule, const WorkCalendar& calendar,
         Language language)
      : EntriesTask(programme.items.size()),
        programme_(programme),
        schedule_(schedule),
        calendar_(calendar),
        language_(language),
        index_(programme) {
    if (programme.kind == ProgrammeKind::demonstration)
      label_ = say("【演示数据】", "[Demonstration] ");
    first_milestone_.reserve(programme.items.size());
    std::int64_t uid = item_uid(programme.items.size());
    for (const ActionItem& item : programme.items) {
      first_milestone_.push_back(uid);
      uid += static_cast<std::int64_t>(item.milestones.size());
    }
  }

 private:
  void begin() override {
    xml_.raw("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
    xml_.raw("<Project xmlns=\"http://schemas.microsoft.com/project\">\n");
    head();
    xml_.open("Calendars");
    put_calendar();
    xml_.close("Calendars");
    xml_.open("Tasks");
    begin_tasks();
  }

  /// The items one after the other, area by area.
  void entry(std::size_t i) override {
    const auto [area, item] = order_[i];
    if (i == 0 || area != order_[i - 1].area) {
      const std::string title = area < programme_.areas.size() ? text(programme_.areas[area].title)
                                                               : say("未列入领域", "No area");
      outline_ = std::to_string(++areas_put_);
      below_ = 0;
      put_summary(area_uid(area), label_ + title, 1, outline_, spans_[area]);
    }
    put(item_task(item), outline_ + "." + std::to_string(++below_));
    for (std::size_t k = 0; k < programme_.items[item].milestones.size(); ++k) {
      put(milestone_task(item, k), outline_ + "." + std::to_string(++below_));
    }
  }

  void end() override {
    xml_.close("Tasks");
    xml_.raw("</Project>\n");
  }

  const char* say(const char* zh, const char* en) const {
    return language_ == Language::zh ? zh : en;
  }
  std::string text(const Text& both) const { return both.in(language_); }

  // UIDs: 0 the project, then the areas (and one for items without), the items, the milestones.
  static std::int64_t area_uid(std::size_t area) { return static_cast<std::int64_t>(area) + 1; }
  std::int64_t item_uid(std::size_t item) const {
    return area_uid(programme_.areas.size()) + 1 + static_cast<std::int64_t>(item);
  }

  void head() {
    std::optional<Date> first;
    for (const ItemSchedule& item : schedule_.items) {
      if (item.start && (!first || *item.start < *first)) first = item.start;
    }
    xml_.put("SaveVersion", 14);
    xml_.put("Name", label_ + text(programme_.title));
    xml_.put("Title", label_ + text(programme_.title));
    if (!label_.empty()) xml_.put("Category", say("演示数据", "Demonstration data"));
    xml_.put("ScheduleFromStart", 1);
    xml_.put("StartDate", start_time(first.value_or(schedule_.as_of)));
    if (schedule_.finish) xml_.put("FinishDate", finish_time(*schedule_.finish));
    xml_.put("CriticalSlackLimit", 0);
    xml_.put("CalendarUID", 1);
    xml_.put("DefaultStartTime", "08:00:00");
    xml_.put("DefaultFinishTime", "17:00:00");
    xml_.put("MinutesPerDay", kHoursPerDay * 60);
    xml_.put("MinutesPerWeek", kHoursPerDay * 60 * working_weekdays());
    xml_.put("DaysPerMonth", 20);
    xml_.put("DurationFormat", kDaysFormat);
    xml_.put("StatusDate", finish_time(schedule_.as_of));
    xml_.put("CurrentDate", start_time(schedule_.as_of));
  }

  std::int64_t working_weekdays() const {
    const auto& week = calendar_.data().working_weekdays;
    return std::count(week.begin(), week.end(), true);
  }

  void put_working_times() {
    xml_.open("WorkingTimes");
    for (const auto& [from, to] :
         {std::pair("08:00:00", "12:00:00"), std::pair("13:00:00", "17:00:00")}) {
      xml_.open("WorkingTime");
      xml_.put("FromTime", from);
      xml_.put("ToTime", to);
      xml_.close("WorkingTime");
    }
    xml_.close("WorkingTimes");
  }

  struct Range {
    Date first;
    Date last;
    const DayException* exception;
  };

  std::vector<Range> ranges() const {
    std::vector<Range> result;
    for (const DayException& e : calendar_.data().exceptions) {
      if (!result.empty() && result.back().last + 1 == e.date &&
          result.back().exception->working == e.working &&
          result.back().exception->name == e.name) {
        result.back().last = e.date;
      } else {
        result.push_back({e.date, e.date, &e});
      }
    }
    return result;
  }

  void put_period(const Range& range) {
    xml_.open("TimePeriod");
    xml_.put("FromDate", format_date(range.first) + "T00:00:00");
    xml_.put("ToDate", format_date(range.last) + "T23:59:00");
    xml_.close("TimePeriod");
  }

  void put_calendar() {
    const CalendarData& data = calendar_.data();
    const std::vector<Range> exceptions = ranges();
    xml_.open("Calendar");
    xml_.put("UID", 1);
    xml_.put("Name", data.title.empty() ? say("标准", "Standard") : text(data.title));
    xml_.put("IsBaseCalendar", 1);
    xml_.put("BaseCalendarUID", -1);
    xml_.open("WeekDays");
    for (std::size_t day = 0; day < 7; ++day) {
      const bool working = data.working_weekdays[(day + 6) % 7];  // theirs begins on Sunday
      xml_.open("WeekDay");
      xml_.put("DayType", static_cast<std::int64_t>(day) + 1);
      xml_.put("DayWorking", working ? 1 : 0);
      if (working) put_working_times();
      xml_.close("WeekDay");
    }
    // Exceptions stand here too, as Project itself writes them, for readers older than 2007.
    for (const Range& range : exceptions) {
      xml_.open("WeekDay");
      xml_.put("DayType", 0);
      xml_.put("DayWorking", range.exception->working ? 1 : 0);
      put_period(range);
      if (range.exception->working) put_working_times();
      xml_.close("WeekDay");
    }
    xml_.close("WeekDays");
    if (!exceptions.empty()) {
      xml_.open("Exceptions");
      for (const Range& range : exceptions) {
        xml_.open("Exception");
        xml_.put("EnteredByOccurrences", 0);
        put_period(range);
        xml_.put("Occurrences", range.last - range.first + 1);
        const std::string name = text(range.exception->name);
        xml_.put("Name",
                 range.exception->working ? name + say("（上班）", " (working day)") : name);
        xml_.put("Type", 1);
        xml_.put("DayWorking", range.exception->working ? 1 : 0);
        if (range.exception->working) put_working_times();
        xml_.close("Exception");
      }
      xml_.close("Exceptions");
    }
    xml_.close("Calendar");
  }

  /// From the first start to the last finish of some tasks.
  struct Span {
    std::optional<Date> start;
    std::optional<Date> finish;
    void take(const std::optional<Date>& from, const std::optional<Date>& to) {
      const std::optional<Date>& first = from ? from : to;
      if (first && (!start || *first < *start)) start = first;
      if (to && (!finish || *to > *finish)) finish = to;
    }
  };

  void begin_tasks() {
    spans_.resize(programme_.areas.size() + 1);
    for (std::size_t i = 0; i < programme_.items.size(); ++i) {
      const std::size_t area =
          index_.area(programme_.items[i].area).value_or(programme_.areas.size());
      order_.push_back({area, i});
      spans_[area].take(schedule_.items[i].start, schedule_.items[i].finish);
      for (const MilestoneSchedule& milestone : schedule_.milestones[i]) {
        spans_[area].take(milestone.finish, milestone.finish);
      }
    }
    std::stable_sort(order_.begin(), order_.end(),
                     [](const Place& a, const Place& b) { return a.area < b.area; });
    Span whole;
    for (const Span& span : spans_) whole.take(span.start, span.finish);
    put_summary(0, label_ + text(programme_.title), 0, "0", whole);
  }

  void put_summary(std::int64_t uid, const std::string& name, int level, const std::string& outline,
                   const Span& span) {
    xml_.open("Task");
    xml_.put("UID", uid);
    xml_.put("ID", next_id_++);
    xml_.put("Name", name);
    xml_.put("Type", 1);
    xml_.put("IsNull", 0);
    xml_.put("OutlineNumber", outline);
    xml_.put("OutlineLevel", level);
    if (span.start && span.finish && *span.start <= *span.finish) {
      xml_.put("Start", start_time(*span.start));
      xml_.put("Finish", finish_time(*span.finish));
      xml_.put("Duration", duration(days(*span.start, *span.finish)));
      xml_.put("DurationFormat", kDaysFormat);
    }
    xml_.put("Milestone", 0);
    xml_.put("Summary", 1);
    xml_.close("Task");
  }

  /// Working days from the one to the other date, both included.
  int days(Date first, Date last) const {
    return std::max(0, calendar_.index_of(last + 1) - calendar_.index_of(first));
  }

  Task item_task(std::size_t i) const {
    const ActionItem& item = programme_.items[i];
    const ItemSchedule& found = schedule_.items[i];
    Task task;
    task.uid = item_uid(i);
    task.name = text(item.title);
    task.wbs = item.code;
    task.notes = notes(item, found);
    task.critical = found.critical;
    task.deadline = item.due;
    task.baseline_start = found.baseline_start;
    task.baseline_finish = found.baseline_finish;
    if (found.finish) {
      task.finish = found.finish;
      task.start = found.start;
      // Begun, but not known when: the bar begins as planned, without an actual start.
      const std::optional<Date>& planned = schedule_.planned[i].start;
      if (!task.start && found.state == WorkState::started && planned &&
          *planned <= *found.finish) {
        task.start = planned;
      }
      task.days = task.start ? days(*task.start, *task.finish) : 0;
      if (!task.start) task.start = found.finish;
      task.milestone = task.days == 0;
    }
    if (item.progress) {
      const double progress = std::clamp(*item.progress, 0.0, 100.0);
      task.physical = static_cast<int>(std::lround(progress));
    }
    if (found.state == WorkState::finished) {
      task.percent = 100;
      task.actual_start = task.start;
      task.actual_finish = task.finish;
    } else if (found.state == WorkState::started) {
      task.percent = std::min(task.physical.value_or(0), 99);
      if (found.start) task.actual_start = found.start;
    } else if (task.start) {
      // Project schedules from constraints and links; where no link explains the start, it needs
      // to be told.
      const auto reason = start_reason(schedule_, i);
      const bool by_link = reason && reason->driver == cpm::Driver::predecessor;
      if (!by_link) {
        task.constraint = task.milestone ? std::pair(kFinishNoEarlier, *task.finish)
                                         : std::pair(kStartNoEarlier, *task.start);
      } else if (schedule_.planned[i].start) {
        task.constraint = std::pair(kStartNoEarlier, *schedule_.planned[i].start);
      }
    }
    if (item.constraints && found.state != WorkState::finished) {
      if (item.constraints->finish_no_later) task.deadline = item.constraints->finish_no_later;
      if (item.constraints->must_finish_on && task.start) {
        task.constraint = std::pair(kMustFinishOn, *item.constraints->must_finish_on);
      }
    }
    if (!schedule_.cycle.empty()) return task;
    for (const Dependency& dependency : item.depends_on) {
      const auto from = index_.item(dependency.item);
      if (!from || *from == i) continue;
      const bool twice =
          std::any_of(task.predecessors.begin(), task.predecessors.end(),
                      [&](const Task::Predecessor& other) { return other.uid == item_uid(*from); });
      // Project allows one link between two tasks.
      if (!twice) {
        task.predecessors.push_back({item_uid(*from), dependency.type, dependency.lag_days});
      }
    }
    return task;
  }

  Task milestone_task(std::size_t i, std::size_t k) const {
    const ActionItem& item = programme_.items[i];
    const Milestone& milestone = item.milestones[k];
    const MilestoneSchedule& found = schedule_.milestones[i][k];
    Task task;
    task.uid = first_milestone_[i] + static_cast<std::int64_t>(k);
    task.name = text(item.title) + say("：", ": ") + text(milestone.title);
    task.wbs = item.code + "." + milestone.id;
    task.milestone = true;
    task.critical = found.critical;
    task.deadline = milestone.due;
    task.baseline_start = found.baseline;
    task.baseline_finish = found.baseline;
    task.start = found.finish;
    task.finish = found.finish;
    if (!found.finish) {
      task.notes = say("日期未知", "No dates known");
      return task;
    }
    if (found.finished) {
      task.percent = 100;
      task.actual_start = found.finish;
      task.actual_finish = found.finish;
      return task;
    }
    const std::optional<Date>& start = schedule_.items[i].start;
    if (schedule_.points[i][k] && start) {
      const int lag = calendar_.index_of(*found.finish + 1) - calendar_.index_of(*start);
      task.predecessors.push_back({item_uid(i), DependencyType::start_to_start, lag});
    } else {
      task.constraint = std::pair(kFinishNoEarlier, *found.finish);
    }
    return task;
  }

  std::string notes(const ActionItem& item, const ItemSchedule& found) const {
    std::string result;
    const auto add = [&](const std::string& line) {
      if (line.empty()) return;
      if (!result.empty()) result += '\n';
      result += line;
    };
    if (!found.finish) add(say("日期未知", "No dates known"));
    add(say("状态：", "Status: ") + text(label_of(item.status)));
    std::string leads;
    for (const std::string& id : item.leads) {
      const auto department = index_.department(id);
      if (!department) continue;
      if (!leads.empty()) leads += say("、", ", ");
      leads += text(programme_.departments[*department].name);
    }
    if (!leads.empty()) add(say("牵头单位：", "Lead: ") + leads);
    add(text(item.summary));
    return result;
  }

  void put(const Task& task, const std::string& outline) {
    xml_.open("Task");
    xml_.put("UID", task.uid);
    xml_.put("ID", next_id_++);
    xml_.put("Name", task.name);
    if (!task.start) xml_.put("Manual", 1);
    xml_.put("Type", 1);
    xml_.put("IsNull", 0);
    xml_.put("WBS", task.wbs);
    xml_.put("OutlineNumber", outline);
    xml_.put("OutlineLevel", 2);
    if (task.start) {
      // A milestone is an instant: the end of its day.
      xml_.put("Start", task.milestone ? finish_time(*task.finish) : start_time(*task.start));
      xml_.put("Finish", finish_time(*task.finish));
      xml_.put("Duration", duration(task.days));
      xml_.put("DurationFormat", kDaysFormat);
    }
    xml_.put("Estimated", 0);
    xml_.put("Milestone", task.milestone ? 1 : 0);
    xml_.put("Summary", 0);
    xml_.put("Critical", task.critical ? 1 : 0);
    if (task.percent) xml_.put("PercentComplete", *task.percent);
    if (task.actual_start) {
      xml_.put("ActualStart",
               task.milestone ? finish_time(*task.actual_start) : start_time(*task.actual_start));
    }
    if (task.actual_finish) xml_.put("ActualFinish", finish_time(*task.actual_finish));
    if (task.constraint) {
      const auto& [type, date] = *task.constraint;
      xml_.put("ConstraintType", type);
      xml_.put("CalendarUID", -1);
      xml_.put("ConstraintDate", type == kStartNoEarlier ? start_time(date) : finish_time(date));
    }
    if (task.deadline) xml_.put("Deadline", finish_time(*task.deadline));
    if (!task.notes.empty()) xml_.put("Notes", task.notes);
    if (task.physical) xml_.put("PhysicalPercentComplete", *task.physical);
    for (const Task::Predecessor& predecessor : task.predecessors) {
      xml_.open("PredecessorLink");
      xml_.put("PredecessorUID", predecessor.uid);
      xml_.put("Type", link_number(predecessor.type));
      xml_.put("CrossProject", 0);
      xml_.put("LinkLag", std::int64_t{predecessor.lag_days} * kTenthsPerDay);
      xml_.put("LagFormat", kDaysFormat);
      xml_.close("PredecessorLink");
    }
    if (task.baseline_start && task.baseline_finish) {
      const int length = task.milestone ? 0 : days(*task.baseline_start, *task.baseline_finish);
      xml_.open("Baseline");
      xml_.put("Number", 0);
      xml_.put("Start",
               length == 0 ? finish_time(*task.baseline_finish) : start_time(*task.baseline_start));
      xml_.put("Finish", finish_time(*task.baseline_finish));
      xml_.put("Duration", duration(length));
      xml_.put("DurationFormat", kDaysFormat);
      xml_.close("Baseline");
    }
    xml_.close("Task");
  }

  const Programme& programme_;
  const Schedule& schedule_;
  const WorkCalendar& calendar_;
  Language language_;
  Index index_;
  std::string label_;
  std::vector<std::int64_t> first_milestone_;
  struct Place {
    std::size_t area, item;
  };
  std::vector<Place> order_;
  std::vector<Span> spans_;  ///< of the areas
  std::string outline_;      ///< number of the area that is being written
  int areas_put_ = 0;
  int below_ = 0;  ///< tasks in it
  Xml xml_{text_};
  std::int64_t next_id_ = 0;
};

}  // namespace

std::string export_mspdi(const Programme& programme, const Schedule& schedule,
                         const WorkCalendar& calendar, Language language) {
  return finish(*begin_mspdi(programme, schedule, calendar, language));
}

std::unique_ptr<ExportTask> begin_mspdi(const Programme& programme, const Schedule& schedule,
                                        const WorkCalendar& calendar, Language language) {
  return std::make_unique<Writer>(programme, schedule, calendar, language);
}

}  // namespace tc
