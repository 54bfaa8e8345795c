#include "core/exchange/mspdi.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/generate.hpp"

namespace tc {
namespace {

/// As much of XML as the exporter writes: elements, text, five entities.
struct Element {
  std::string name;
  std::string text;
  std::vector<Element> children;

  const Element* child(std::string_view wanted) const {
    for (const Element& c : children) {
      if (c.name == wanted) return &c;
    }
    return nullptr;
  }
  std::string get(std::string_view wanted) const {
    const Element* found = child(wanted);
    return found == nullptr ? "-" : found->text;
  }
  std::vector<const Element*> all(std::string_view wanted) const {
    std::vector<const Element*> result;
    for (const Element& c : children) {
      if (c.name == wanted) result.push_back(&c);
    }
    return result;
  }
};

class Parser {
 public:
  explicit Parser(const std::string& text) : text_(text) {}
  std::optional<Element> document() {
    if (text_.rfind("<?xml", 0) != 0) return std::nullopt;
    at_ = text_.find("?>") + 2;
    skip();
    std::optional<Element> root = element();
    skip();
    return at_ == text_.size() ? root : std::nullopt;
  }

 private:
  void skip() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n')) ++at_;
  }
  std::optional<Element> element() {
    if (text_[at_] != '<') return std::nullopt;
    const std::size_t end = text_.find('>', at_);
    Element result;
    const std::string tag = text_.substr(at_ + 1, end - at_ - 1);
    result.name = tag.substr(0, tag.find(' '));
    at_ = end + 1;
    while (at_ < text_.size()) {
      if (text_.compare(at_, 2, "</") == 0) {
        const std::size_t close = text_.find('>', at_);
        if (text_.substr(at_ + 2, close - at_ - 2) != result.name) return std::nullopt;
        at_ = close + 1;
        if (!result.children.empty()) result.text.clear();
        return result;
      }
      if (text_[at_] == '<') {
        std::optional<Element> inner = element();
        if (!inner) return std::nullopt;
        result.children.push_back(std::move(*inner));
      } else if (text_[at_] == '&') {
        const std::size_t semicolon = text_.find(';', at_);
        const std::string entity = text_.substr(at_ + 1, semicolon - at_ - 1);
        if (entity != "amp" && entity != "lt" && entity != "gt") return std::nullopt;
        result.text += entity == "amp" ? '&' : entity == "lt" ? '<' : '>';
        at_ = semicolon + 1;
      } else {
        result.text += text_[at_++];
      }
    }
    return std::nullopt;
  }

  const std::string& text_;
  std::size_t at_ = 0;
};

std::optional<Element> parse(const std::string& text) {
  return Parser(text).document();
}

Date day(int month, int date) {
  return *make_date(2024, month, date);
}

WorkCalendar calendar() {
  CalendarData data;
  data.title = {"测试日历", "Test"};
  for (int d = 1; d <= 5; ++d)
    data.exceptions.push_back({day(5, d), false, {"劳动节", "Labour Day"}});
  data.exceptions.push_back({day(4, 28), true, {"劳动节", "Labour Day"}});
  return WorkCalendar(data);
}

ActionItem item(const char* code, std::optional<Date> start, std::optional<Date> due) {
  ActionItem made;
  made.code = code;
  made.title = {std::string(code) + "项", std::string("Item ") + code};
  made.area = "a2";
  made.status = Status::not_started;
  made.start = start;
  made.due = due;
  return made;
}

Programme sample() {
  Programme programme;
  programme.id = "p";
  programme.title = {"甲 <&> 乙", "A <&> B"};
  programme.areas = {{"a1", {"空", "Empty"}, {}}, {"a2", {"产业", "Industry"}, {}}};
  programme.cities = {{"c", {"市", "City"}, {}}};
  programme.departments = {{"d", "c", {"发改委", "NDRC"}, {}}};
  programme.items = {item("A", day(4, 1), day(4, 12)), item("B", day(4, 15), day(4, 30)),
                     item("C", {}, {}), item("D", {}, day(6, 28)), item("E", day(3, 1), day(3, 8))};
  programme.items[0].started = day(4, 2);
  programme.items[0].progress = 50;
  programme.items[0].status = Status::under_way;
  programme.items[0].leads = {"d"};
  Dependency fs;
  fs.item = "A";
  fs.lag_days = 2;
  Dependency ff;
  ff.item = "E";
  ff.type = DependencyType::finish_to_finish;
  Dependency nowhere;
  nowhere.item = "X";
  programme.items[1].depends_on = {fs, ff, nowhere};
  Milestone m;
  m.id = "m";
  m.title = {"节点", "Point"};
  m.due = day(4, 22);
  Milestone undated = m;
  undated.id = "n";
  undated.due.reset();
  programme.items[1].milestones = {m, undated};
  programme.items[3].area = "";
  programme.items[4].started = day(3, 1);
  programme.items[4].finished = day(3, 11);
  programme.items[4].milestones = {m};
  programme.items[4].milestones[0].finished = day(3, 5);
  return programme;
}

const Element* task(const Element& project, const std::string& wbs) {
  for (const Element* t : project.child("Tasks")->all("Task")) {
    if (t->get("WBS") == wbs) return t;
  }
  return nullptr;
}

TEST(Mspdi, TasksCarryTheSchedule) {
  const Programme programme = sample();
  const WorkCalendar days = calendar();
  const Schedule schedule = make_schedule(programme, days, day(4, 10));
  const auto project = parse(export_mspdi(programme, schedule, days, Language::zh));
  ASSERT_TRUE(project);
  EXPECT_EQ(project->name, "Project");
  EXPECT_EQ(project->get("Name"), "甲 <&> 乙");
  EXPECT_EQ(project->get("StartDate"), "2024-03-01T08:00:00");
  EXPECT_EQ(project->get("MinutesPerWeek"), "2400");
  EXPECT_EQ(project->get("StatusDate"), "2024-04-10T17:00:00");

  // The project, an area with four items and three milestones, and the item without an area.
  const auto tasks = project->child("Tasks")->all("Task");
  ASSERT_EQ(tasks.size(), 11U);
  EXPECT_EQ(tasks[0]->get("OutlineLevel"), "0");
  EXPECT_EQ(tasks[1]->get("Name"), "产业");
  EXPECT_EQ(tasks[1]->get("Summary"), "1");
  EXPECT_EQ(tasks[1]->get("OutlineNumber"), "1");
  EXPECT_EQ(tasks[9]->get("Name"), "未列入领域");
  EXPECT_EQ(tasks[10]->get("OutlineNumber"), "2.1");

  const Element* a = task(*project, "A");
  ASSERT_NE(a, nullptr);
  EXPECT_EQ(a->get("OutlineLevel"), "2");
  EXPECT_EQ(a->get("Start"), "2024-04-02T08:00:00");
  EXPECT_EQ(a->get("ActualStart"), "2024-04-02T08:00:00");
  EXPECT_EQ(a->get("Finish"), "2024-04-16T17:00:00");  // five days from the 10th
  EXPECT_EQ(a->get("Duration"), "PT88H0M0S");          // eleven days from the 2nd
  EXPECT_EQ(a->get("PercentComplete"), "50");
  EXPECT_EQ(a->get("Deadline"), "2024-04-12T17:00:00");
  EXPECT_EQ(a->get("ConstraintType"), "-");
  EXPECT_EQ(a->child("Baseline")->get("Duration"), "PT80H0M0S");
  EXPECT_NE(a->get("Notes").find("牵头单位：发改委"), std::string::npos);

  const Element* b = task(*project, "B");
  EXPECT_EQ(b->get("Start"), "2024-04-19T08:00:00");
  EXPECT_EQ(b->get("Milestone"), "0");
  EXPECT_EQ(b->get("ConstraintType"), "4");
  EXPECT_EQ(b->get("ConstraintDate"), "2024-04-15T08:00:00");
  const auto links = b->all("PredecessorLink");
  ASSERT_EQ(links.size(), 2U);
  EXPECT_EQ(links[0]->get("PredecessorUID"), a->get("UID"));
  EXPECT_EQ(links[0]->get("Type"), "1");
  EXPECT_EQ(links[0]->get("LinkLag"), "9600");
  EXPECT_EQ(links[0]->get("LagFormat"), "7");
  EXPECT_EQ(links[1]->get("Type"), "0");

  // Six days into B, as planned, and so four days later with it.
  const Element* m = task(*project, "B.m");
  EXPECT_EQ(m->get("Milestone"), "1");
  EXPECT_EQ(m->get("Duration"), "PT0H0M0S");
  EXPECT_EQ(m->get("Start"), "2024-04-26T17:00:00");
  EXPECT_EQ(m->get("Finish"), "2024-04-26T17:00:00");
  ASSERT_EQ(m->all("PredecessorLink").size(), 1U);
  EXPECT_EQ(m->child("PredecessorLink")->get("Type"), "3");
  EXPECT_EQ(m->child("PredecessorLink")->get("LinkLag"), "28800");
  EXPECT_EQ(task(*project, "B.n")->get("Manual"), "1");

  const Element* c = task(*project, "C");
  EXPECT_EQ(c->get("Manual"), "1");
  EXPECT_EQ(c->get("Start"), "-");
  EXPECT_NE(c->get("Notes").find("日期未知"), std::string::npos);

  const Element* d = task(*project, "D");
  EXPECT_EQ(d->get("Milestone"), "1");
  EXPECT_EQ(d->get("Finish"), "2024-06-28T17:00:00");
  EXPECT_EQ(d->get("ConstraintType"), "6");

  const Element* e = task(*project, "E");
  EXPECT_EQ(e->get("PercentComplete"), "100");
  EXPECT_EQ(e->get("ActualFinish"), "2024-03-11T17:00:00");
  EXPECT_EQ(task(*project, "E.m")->get("ActualFinish"), "2024-03-05T17:00:00");
}

TEST(Mspdi, TheCalendarHasItsExceptions) {
  const Programme programme = sample();
  const WorkCalendar days = calendar();
  const auto project = parse(
      export_mspdi(programme, make_schedule(programme, days, day(4, 10)), days, Language::en));
  const Element* found = project->child("Calendars")->child("Calendar");
  EXPECT_EQ(found->get("Name"), "Test");
  const auto week = found->child("WeekDays")->all("WeekDay");
  ASSERT_EQ(week.size(), 9U);
  EXPECT_EQ(week[0]->get("DayWorking"), "0");  // Sunday
  EXPECT_EQ(week[1]->get("DayWorking"), "1");
  EXPECT_EQ(week[6]->get("DayWorking"), "0");
  EXPECT_EQ(week[1]->child("WorkingTimes")->all("WorkingTime").size(), 2U);
  const auto exceptions = found->child("Exceptions")->all("Exception");
  ASSERT_EQ(exceptions.size(), 2U);
  EXPECT_EQ(exceptions[0]->get("DayWorking"), "1");
  EXPECT_EQ(exceptions[0]->get("Name"), "Labour Day (working day)");
  EXPECT_EQ(exceptions[0]->child("TimePeriod")->get("FromDate"), "2024-04-28T00:00:00");
  EXPECT_EQ(exceptions[1]->get("DayWorking"), "0");
  EXPECT_EQ(exceptions[1]->get("Occurrences"), "5");
  EXPECT_EQ(exceptions[1]->child("TimePeriod")->get("ToDate"), "2024-05-05T23:59:00");
  EXPECT_EQ(exceptions[1]->child("WorkingTimes"), nullptr);
}

/// The order of Microsoft's schema (mspdi_pj12.xsd, with Manual of Project 2010), as far as used.
const std::map<std::string, std::vector<std::string>>& schema() {
  static const std::map<std::string, std::vector<std::string>> kOrder = {
      {"Project",
       {"SaveVersion", "Name", "Title", "Category", "ScheduleFromStart", "StartDate", "FinishDate",
        "CriticalSlackLimit", "CalendarUID", "DefaultStartTime", "DefaultFinishTime",
        "MinutesPerDay", "MinutesPerWeek", "DaysPerMonth", "DurationFormat", "StatusDate",
        "CurrentDate", "Calendars", "Tasks"}},
      {"Calendar", {"UID", "Name", "IsBaseCalendar", "BaseCalendarUID", "WeekDays", "Exceptions"}},
      {"WeekDay", {"DayType", "DayWorking", "TimePeriod", "WorkingTimes"}},
      {"Exception",
       {"EnteredByOccurrences", "TimePeriod", "Occurrences", "Name", "Type", "DayWorking",
        "WorkingTimes"}},
      {"TimePeriod", {"FromDate", "ToDate"}},
      {"WorkingTime", {"FromTime", "ToTime"}},
      {"Task",
       {"UID",
        "ID",
        "Name",
        "Manual",
        "Type",
        "IsNull",
        "WBS",
        "OutlineNumber",
        "OutlineLevel",
        "Start",
        "Finish",
        "Duration",
        "DurationFormat",
        "Estimated",
        "Milestone",
        "Summary",
        "Critical",
        "PercentComplete",
        "ActualStart",
        "ActualFinish",
        "ConstraintType",
        "CalendarUID",
        "ConstraintDate",
        "Deadline",
        "Notes",
        "PhysicalPercentComplete",
        "PredecessorLink",
        "Baseline"}},
      {"PredecessorLink", {"PredecessorUID", "Type", "CrossProject", "LinkLag", "LagFormat"}},
      {"Baseline", {"Number", "Start", "Finish", "Duration", "DurationFormat"}},
  };
  return kOrder;
}

void expect_order(const Element& element) {
  const auto order = schema().find(element.name);
  if (order != schema().end()) {
    std::size_t last = 0;
    for (const Element& child : element.children) {
      const auto found = std::find(order->second.begin(), order->second.end(), child.name);
      ASSERT_NE(found, order->second.end()) << child.name;
      const auto place = static_cast<std::size_t>(found - order->second.begin());
      ASSERT_GE(place, last) << element.name << ": " << child.name;
      last = place;
    }
  }
  for (const Element& child : element.children) expect_order(child);
}

TEST(Mspdi, ElementsStandInTheOrderOfTheSchema) {
  const Programme programme = sample();
  const WorkCalendar days = calendar();
  const auto project = parse(
      export_mspdi(programme, make_schedule(programme, days, day(4, 10)), days, Language::zh));
  ASSERT_TRUE(project);
  expect_order(*project);
}

TEST(Mspdi, DemonstrationDataIsLabelledAndUidsAreUnique) {
  const Programme programme = generate_programme(200, 5);
  const WorkCalendar days = calendar();
  const Schedule schedule = make_schedule(programme, days, *programme.as_of);
  const auto project = parse(export_mspdi(programme, schedule, days, Language::en));
  ASSERT_TRUE(project);
  expect_order(*project);
  EXPECT_EQ(project->get("Title").rfind("[Demonstration] ", 0), 0U);
  EXPECT_EQ(project->get("Category"), "Demonstration data");
  std::map<std::string, int> uids;
  int id = 0;
  for (const Element* t : project->child("Tasks")->all("Task")) {
    ++uids[t->get("UID")];
    EXPECT_EQ(t->get("ID"), std::to_string(id++));
    if (t->get("Summary") == "1") {
      EXPECT_EQ(t->get("Name").rfind("[Demonstration] ", 0), 0U);
    }
  }
  for (const auto& [uid, count] : uids) EXPECT_EQ(count, 1) << uid;
  for (const Element* t : project->child("Tasks")->all("Task")) {
    for (const Element* link : t->all("PredecessorLink")) {
      EXPECT_EQ(uids.count(link->get("PredecessorUID")), 1U);
    }
  }
}

TEST(Mspdi, CyclesAreLeftOut) {
  Programme programme = sample();
  Dependency back;
  back.item = "B";
  programme.items[0].depends_on = {back};
  const WorkCalendar days = calendar();
  const std::string text =
      export_mspdi(programme, make_schedule(programme, days, day(4, 10)), days, Language::zh);
  EXPECT_EQ(text.find("PredecessorLink"), std::string::npos);
  EXPECT_TRUE(parse(text));
}

}  // namespace
}  // namespace tc
