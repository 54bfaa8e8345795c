#include "core/schedule/schedule.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "core/model/generate.hpp"
#include "tests/core/schedule/random_network.hpp"

namespace tc {
namespace {

constexpr auto FS = DependencyType::finish_to_start;
constexpr auto SS = DependencyType::start_to_start;
constexpr auto FF = DependencyType::finish_to_finish;

std::optional<Date> day(const char* text) {
  return parse_date(text);
}

/// Monday to Friday, with the week of 2024-05-06 off and Saturday the 11th worked instead.
WorkCalendar calendar() {
  CalendarData data;
  for (int i = 6; i <= 10; ++i) data.exceptions.push_back({*make_date(2024, 5, i), false, {}});
  data.exceptions.push_back({*make_date(2024, 5, 11), true, {}});
  return WorkCalendar(data);
}

ActionItem item(const char* code, const char* start, const char* due,
                std::vector<Dependency> depends_on = {}) {
  ActionItem made;
  made.code = code;
  made.title = {code, code};
  made.status = Status::not_started;
  if (*start != '\0') made.start = day(start);
  if (*due != '\0') made.due = day(due);
  made.depends_on = std::move(depends_on);
  return made;
}

Dependency after(const char* code, DependencyType type = FS, int lag = 0) {
  Dependency made;
  made.item = code;
  made.type = type;
  made.lag_days = lag;
  return made;
}

Milestone milestone(const char* id, const char* due) {
  Milestone made;
  made.id = id;
  if (*due != '\0') made.due = day(due);
  return made;
}

TEST(Schedule, AnItemOfOneDayStartsAndFinishesOnIt) {
  Programme programme;
  programme.items = {item("A", "2024-04-01", "2024-04-01")};
  const Schedule schedule = make_schedule(programme, calendar(), *day("2024-03-01"));
  const ItemSchedule& a = schedule.items[0];
  EXPECT_EQ(a.gap, Gap::none);
  EXPECT_EQ(a.duration, 1);
  EXPECT_EQ(a.start, day("2024-04-01"));
  EXPECT_EQ(a.finish, day("2024-04-01"));
  EXPECT_EQ(a.late_start, day("2024-04-01"));
  EXPECT_EQ(a.slip, 0);
  EXPECT_TRUE(a.critical);
  EXPECT_EQ(schedule.finish, day("2024-04-01"));
  EXPECT_EQ(schedule.slip, 0);
  EXPECT_EQ(start_reason(schedule, 0)->driver, cpm::Driver::start_no_earlier);
  EXPECT_EQ(finish_reason(schedule, 0)->limit, cpm::Limit::network_finish);
}

TEST(Schedule, HolidaysAndMakeUpDaysCount) {
  // Thursday and Friday, then the week off, then Saturday the 11th.
  Programme programme;
  programme.items = {item("A", "2024-05-02", "2024-05-11"),
                     item("B", "2024-05-11", "2024-05-13", {after("A")})};
  const Schedule schedule = make_schedule(programme, calendar(), *day("2024-04-01"));
  EXPECT_EQ(schedule.items[0].duration, 3);
  EXPECT_EQ(schedule.items[1].duration, 2);
  // B's planned start was still A's last day, so it slips by that day.
  EXPECT_EQ(schedule.items[1].start, day("2024-05-13"));
  EXPECT_EQ(schedule.items[1].finish, day("2024-05-14"));
  EXPECT_EQ(schedule.items[1].slip, 1);
  EXPECT_EQ(start_reason(schedule, 1)->driver, cpm::Driver::predecessor);
  EXPECT_EQ(start_reason(schedule, 1)->predecessor, (Place{0, Place::kNone}));
  EXPECT_EQ(finish_reason(schedule, 0)->successor, (Place{1, Place::kNone}));
  EXPECT_EQ(critical_paths(schedule, 9),
            (std::vector<std::vector<Place>>{{{0, Place::kNone}, {1, Place::kNone}}}));
}

TEST(Schedule, PlannedDatesOnDaysOffAreKept) {
  // A joint event on a Saturday, and an item that ends on a Sunday.
  Programme programme;
  programme.items = {item("A", "2024-03-23", "2024-03-23"), item("B", "2024-03-18", "2024-03-24")};
  const Schedule schedule = make_schedule(programme, calendar(), *day("2024-03-01"));
  EXPECT_EQ(schedule.items[0].duration, 0);
  EXPECT_EQ(schedule.items[0].start, day("2024-03-23"));
  EXPECT_EQ(schedule.items[0].finish, day("2024-03-23"));
  EXPECT_EQ(schedule.items[1].finish, day("2024-03-24"));
  EXPECT_EQ(schedule.items[1].slip, 0);
  EXPECT_EQ(schedule.finish, day("2024-03-24"));
}

TEST(Schedule, ActualDelaysAreCarriedForward) {
  // A was due on Friday the 12th and is half done on Monday the 15th; ten days of work, so five
  // more from the 15th on. B waits for it, C for B.
  Programme programme;
  programme.items = {item("A", "2024-04-01", "2024-04-12"),
                     item("B", "2024-04-15", "2024-04-19", {after("A")}),
                     item("C", "2024-04-22", "2024-04-22", {after("B")})};
  programme.items[0].started = day("2024-04-03");
  programme.items[0].progress = 50;
  const Schedule schedule = make_schedule(programme, calendar(), *day("2024-04-15"));
  EXPECT_EQ(schedule.items[0].state, WorkState::started);
  EXPECT_EQ(schedule.items[0].start, day("2024-04-03"));
  EXPECT_EQ(schedule.items[0].remaining, 5);
  EXPECT_EQ(schedule.items[0].finish, day("2024-04-19"));
  EXPECT_EQ(schedule.items[0].slip, 5);
  EXPECT_EQ(schedule.items[1].start, day("2024-04-22"));
  EXPECT_EQ(schedule.items[1].finish, day("2024-04-26"));
  EXPECT_EQ(schedule.items[2].finish, day("2024-04-29"));
  EXPECT_EQ(schedule.slip, 5);
  EXPECT_EQ(schedule.baseline_finish, day("2024-04-22"));
  EXPECT_EQ(start_reason(schedule, 0)->driver, cpm::Driver::as_of);
}

TEST(Schedule, FinishedItemsKeepTheirDates) {
  Programme programme;
  programme.items = {item("A", "2024-04-01", "2024-04-12"),
                     item("B", "2024-04-15", "2024-04-19", {after("A")})};
  programme.items[0].started = day("2024-04-01");
  programme.items[0].finished = day("2024-04-17");
  programme.items[0].status = Status::completed;
  const Schedule schedule = make_schedule(programme, calendar(), *day("2024-04-17"));
  EXPECT_EQ(schedule.items[0].state, WorkState::finished);
  EXPECT_EQ(schedule.items[0].finish, day("2024-04-17"));
  EXPECT_EQ(schedule.items[0].slip, 3);
  EXPECT_EQ(schedule.items[0].remaining, 0);
  EXPECT_FALSE(schedule.items[0].critical);
  EXPECT_FALSE(schedule.items[0].total_float);
  EXPECT_EQ(schedule.items[1].start, day("2024-04-18"));
  EXPECT_EQ(schedule.items[1].slip, 3);
}

TEST(Schedule, WhatHappensAfterTheDayIsNotKnownYet) {
  Programme programme;
  programme.items = {item("A", "2024-04-01", "2024-04-12")};
  programme.items[0].started = day("2024-04-02");
  programme.items[0].finished = day("2024-04-17");
  programme.items[0].status = Status::completed;
  programme.items[0].progress = 100;
  Schedule schedule = make_schedule(programme, calendar(), *day("2024-03-29"));
  EXPECT_EQ(schedule.items[0].state, WorkState::not_started);
  EXPECT_EQ(schedule.items[0].finish, day("2024-04-12"));
  schedule = make_schedule(programme, calendar(), *day("2024-04-08"));
  EXPECT_EQ(schedule.items[0].state, WorkState::started);
  EXPECT_TRUE(schedule.items[0].progress_assumed);
  // Begun a day late, and no more is known: four of ten days are worked, six are left.
  EXPECT_EQ(schedule.items[0].remaining, 6);
  EXPECT_EQ(schedule.items[0].finish, day("2024-04-15"));
}

TEST(Schedule, UnknownStaysUnknown) {
  Programme programme;
  programme.items = {item("A", "", ""), item("B", "2024-04-01", ""),
                     item("C", "2024-04-15", "2024-04-19", {after("A"), after("B", SS)}),
                     item("D", "2024-04-01", "2024-04-05", {after("E"), after("missing")}),
                     item("E", "", "")};
  programme.items[4].status = Status::completed;
  const Schedule schedule = make_schedule(programme, calendar(), *day("2024-03-29"));
  EXPECT_EQ(schedule.items[0].gap, Gap::no_dates);
  EXPECT_FALSE(schedule.items[0].start);
  EXPECT_FALSE(schedule.items[0].finish);
  EXPECT_FALSE(schedule.items[0].slip);
  EXPECT_FALSE(schedule.items[0].duration);
  EXPECT_EQ(schedule.items[1].gap, Gap::no_due);
  EXPECT_EQ(schedule.items[1].baseline_start, day("2024-04-01"));
  EXPECT_FALSE(schedule.items[1].finish);
  EXPECT_EQ(schedule.items[2].finish, day("2024-04-19"));
  EXPECT_TRUE(schedule.items[2].logic_incomplete);
  // Completed is completed, even without a date.
  EXPECT_FALSE(schedule.items[3].logic_incomplete);
  EXPECT_EQ(schedule.items[4].gap, Gap::finish_date_unknown);
  EXPECT_EQ(schedule.items[4].state, WorkState::finished);
  EXPECT_FALSE(schedule.items[4].finish);
  EXPECT_EQ(schedule.unscheduled, 2U);
  EXPECT_FALSE(start_reason(schedule, 0));
  EXPECT_FALSE(finish_reason(schedule, 0));
}

TEST(Schedule, EmptyProgramme) {
  const Schedule schedule = make_schedule({}, calendar(), *day("2024-03-29"));
  EXPECT_FALSE(schedule.finish);
  EXPECT_FALSE(schedule.slip);
  EXPECT_TRUE(critical_paths(schedule, 5).empty());
}

TEST(Schedule, ADueDateAloneIsTheEarliestFinish) {
  Programme programme;
  programme.items = {item("A", "", "2024-04-12"),
                     item("B", "2024-04-15", "2024-04-16", {after("A"), after("A", SS)})};
  Schedule schedule = make_schedule(programme, calendar(), *day("2024-04-01"));
  EXPECT_TRUE(schedule.items[0].finish_only);
  EXPECT_FALSE(schedule.items[0].start);
  EXPECT_FALSE(schedule.items[0].duration);
  EXPECT_FALSE(schedule.items[0].remaining);
  EXPECT_EQ(schedule.items[0].finish, day("2024-04-12"));
  EXPECT_TRUE(schedule.items[1].logic_incomplete);  // nothing is known of A's start
  // Overdue: on the day itself at the earliest, and that moves B.
  schedule = make_schedule(programme, calendar(), *day("2024-04-17"));
  EXPECT_EQ(schedule.items[0].finish, day("2024-04-17"));
  EXPECT_EQ(schedule.items[0].slip, 3);
  EXPECT_EQ(schedule.items[1].start, day("2024-04-18"));
}

TEST(Schedule, DurationsAndConstraintsOfThePlan) {
  Programme programme;
  programme.items = {item("A", "2024-04-01", ""), item("B", "", "", {after("A", FS, 2)}),
                     item("C", "", "2024-04-30", {after("B", FF, 1)})};
  ScheduleOptions options;
  programme.items[0].duration = 5;
  programme.items[1].duration = 3;
  programme.items[2].duration = 2;
  programme.items[1].constraints.emplace().finish_no_later = day("2024-04-10");
  programme.items[2].constraints.emplace().must_finish_on = day("2024-04-26");
  programme.finish_by = day("2024-05-03");
  options.keep_planned_starts = false;
  const Schedule schedule = make_schedule(programme, calendar(), *day("2024-04-02"), options);
  // Without appointments A starts on the day of the schedule.
  EXPECT_EQ(schedule.items[0].start, day("2024-04-02"));
  EXPECT_EQ(schedule.items[0].finish, day("2024-04-08"));
  EXPECT_EQ(schedule.items[1].start, day("2024-04-11"));
  EXPECT_EQ(schedule.items[1].finish, day("2024-04-15"));
  EXPECT_EQ(schedule.items[1].late_finish, day("2024-04-10"));
  EXPECT_EQ(schedule.items[1].total_float, -3);
  EXPECT_EQ(finish_reason(schedule, 1)->limit, cpm::Limit::finish_no_later);
  EXPECT_EQ(schedule.items[2].finish, day("2024-04-26"));
  EXPECT_EQ(schedule.items[2].total_float, 0);
  EXPECT_EQ(start_reason(schedule, 2)->driver, cpm::Driver::must_finish_on);
}

TEST(Schedule, BaselinesOfTheirOwn) {
  Programme programme;
  programme.items = {item("A", "2024-04-08", "2024-04-12")};
  programme.items[0].milestones = {milestone("m", "2024-04-10")};
  programme.items[0].baseline = Baseline{day("2024-04-01"), day("2024-04-05")};
  programme.items[0].milestones[0].baseline = day("2024-04-03");
  const Schedule schedule = make_schedule(programme, calendar(), *day("2024-03-29"));
  EXPECT_EQ(schedule.items[0].slip, 5);
  EXPECT_EQ(schedule.items[0].baseline_start, day("2024-04-01"));
  EXPECT_EQ(schedule.milestones[0][0].slip, 5);
  EXPECT_EQ(schedule.slip, 5);
}

TEST(Schedule, MilestonesMoveWithTheirItem) {
  Programme programme;
  programme.items = {item("A", "2024-04-01", "2024-04-05"),
                     item("B", "2024-04-08", "2024-04-19", {after("A")})};
  programme.items[0].started = day("2024-04-01");
  programme.items[0].progress = 0;
  programme.items[1].milestones = {milestone("early", "2024-04-10"), milestone("end", "2024-04-19"),
                                   milestone("beyond", "2024-04-24"), milestone("none", "")};
  // A's five days begin only now, on the 8th.
  const Schedule schedule = make_schedule(programme, calendar(), *day("2024-04-08"));
  EXPECT_EQ(schedule.items[0].finish, day("2024-04-12"));
  EXPECT_EQ(schedule.items[1].slip, 5);
  const std::vector<MilestoneSchedule>& m = schedule.milestones[1];
  EXPECT_EQ(m[0].finish, day("2024-04-17"));
  EXPECT_EQ(m[0].slip, 5);
  EXPECT_EQ(m[1].finish, schedule.items[1].finish);
  EXPECT_EQ(m[2].finish, day("2024-05-01"));
  EXPECT_EQ(m[2].slip, 5);
  EXPECT_TRUE(m[2].critical);
  EXPECT_EQ(m[3].gap, Gap::no_dates);
  EXPECT_FALSE(m[3].finish);
  EXPECT_EQ(schedule.finish, day("2024-05-01"));
  // The one beyond the end is an event of its own, the last on the critical path.
  EXPECT_EQ(critical_paths(schedule, 9),
            (std::vector<std::vector<Place>>{{{0, Place::kNone}, {1, Place::kNone}, {1, 2}}}));
}

TEST(Schedule, MilestonesOfStartedItems) {
  Programme programme;
  programme.items = {item("A", "2024-04-01", "2024-04-12")};
  programme.items[0].started = day("2024-04-01");
  programme.items[0].progress = 40;  // four of ten days
  programme.items[0].milestones = {milestone("done", "2024-04-02"), milestone("late", "2024-04-03"),
                                   milestone("half", "2024-04-08")};
  programme.items[0].milestones[0].finished = day("2024-04-03");
  const Schedule schedule = make_schedule(programme, calendar(), *day("2024-04-10"));
  EXPECT_EQ(schedule.items[0].finish, day("2024-04-17"));
  const std::vector<MilestoneSchedule>& m = schedule.milestones[0];
  EXPECT_TRUE(m[0].finished);
  EXPECT_EQ(m[0].slip, 1);
  // Its place in the work has gone by; it can be reached today at the earliest.
  EXPECT_EQ(m[1].finish, day("2024-04-10"));
  EXPECT_EQ(m[1].slip, 5);
  // At six days of work, of which four are done.
  EXPECT_EQ(m[2].finish, day("2024-04-11"));
  EXPECT_EQ(m[2].slip, 3);
}

TEST(Schedule, MilestonesWithoutAnItemToMoveWith) {
  Programme programme;
  programme.items = {item("A", "", ""), item("B", "2024-04-01", "2024-04-05")};
  programme.items[0].milestones = {milestone("future", "2024-04-20"),  // a Saturday
                                   milestone("past", "2024-04-01")};
  programme.items[1].finished = day("2024-04-05");
  programme.items[1].milestones = {milestone("left", "2024-04-03")};
  const Schedule schedule = make_schedule(programme, calendar(), *day("2024-04-10"));
  EXPECT_EQ(schedule.milestones[0][0].finish, day("2024-04-20"));
  EXPECT_EQ(schedule.milestones[0][0].slip, 0);
  EXPECT_EQ(schedule.milestones[0][1].finish, day("2024-04-10"));
  EXPECT_EQ(schedule.milestones[0][1].slip, 7);
  EXPECT_EQ(schedule.milestones[1][0].finish, day("2024-04-10"));
  EXPECT_EQ(schedule.items[0].gap, Gap::no_dates);
}

TEST(Schedule, AMilestonesDeadlineBindsItsItem) {
  Programme programme;
  programme.items = {item("A", "2024-04-01", "2024-04-12"), item("B", "2024-04-01", "2024-04-30")};
  programme.items[0].milestones = {milestone("m", "2024-04-05")};
  MilestoneConstraints& limits = programme.items[0].milestones[0].constraints.emplace();
  limits.no_later = day("2024-04-08");
  Schedule schedule = make_schedule(programme, calendar(), *day("2024-03-29"));
  EXPECT_EQ(schedule.items[0].total_float, 1);
  EXPECT_EQ(schedule.milestones[0][0].total_float, 1);
  EXPECT_EQ(schedule.milestones[0][0].late_finish, day("2024-04-08"));
  limits = {};
  limits.must_be_on = day("2024-04-09");
  schedule = make_schedule(programme, calendar(), *day("2024-03-29"));
  EXPECT_EQ(schedule.milestones[0][0].finish, day("2024-04-09"));
  EXPECT_EQ(schedule.items[0].total_float, 2);
  limits = {};
  limits.no_earlier = day("2024-04-11");
  schedule = make_schedule(programme, calendar(), *day("2024-03-29"));
  EXPECT_EQ(schedule.milestones[0][0].finish, day("2024-04-11"));
}

TEST(Schedule, CyclesLeaveOnlyWhatIsKnown) {
  Programme programme;
  programme.items = {item("A", "2024-04-01", "2024-04-05", {after("C")}),
                     item("B", "2024-04-01", "2024-04-05", {after("A")}),
                     item("C", "2024-04-01", "2024-04-05", {after("B")}),
                     item("D", "2024-04-01", "2024-04-05")};
  programme.items[3].finished = day("2024-04-04");
  programme.items[3].milestones = {milestone("m", "2024-04-03"), milestone("n", "2024-04-09")};
  programme.items[3].milestones[0].finished = day("2024-04-03");
  const WorkCalendar days = calendar();
  Schedule schedule = make_schedule(programme, days, *day("2024-04-08"));
  EXPECT_EQ(schedule.cycle, (std::vector<std::size_t>{0, 1, 2}));
  EXPECT_EQ(schedule.items[0].gap, Gap::cycle);
  EXPECT_FALSE(schedule.items[0].finish);
  EXPECT_EQ(schedule.items[3].finish, day("2024-04-04"));
  EXPECT_TRUE(schedule.milestones[3][0].finished);
  EXPECT_EQ(schedule.milestones[3][1].gap, Gap::cycle);
  EXPECT_FALSE(start_reason(schedule, 0));
  EXPECT_TRUE(critical_paths(schedule, 3).empty());
  const ItemMove move{0, day("2024-04-02"), day("2024-04-08")};
  what_if(schedule, programme, days, {}, {&move, 1});
  EXPECT_EQ(schedule.items[0].gap, Gap::cycle);
}

TEST(Schedule, NonsenseNumbersAreContained) {
  Programme programme;
  programme.items = {item("A", "2024-04-01", "2024-04-05"),
                     item("B", "", "", {after("A", FS, 2'000'000'000)})};
  programme.items[1].duration = 2'000'000'000;
  const Schedule schedule = make_schedule(programme, calendar(), *day("2024-03-29"));
  EXPECT_EQ(schedule.items[1].gap, Gap::none);
  EXPECT_EQ(schedule.items[1].duration, 50'000);
}

/// As if the programme itself had the other dates; milestones moved along with the start.
Programme with_dates(Programme programme, const WorkCalendar& days,
                     const std::vector<ItemMove>& moves) {
  for (const ItemMove& move : moves) {
    ActionItem& changed = programme.items[move.item];
    if (changed.start && move.start) {
      const int by = days.index_of(*move.start) - days.index_of(*changed.start);
      for (Milestone& m : changed.milestones) {
        if (m.due && !m.finished) m.due = days.date_of(days.index_of(*m.due + 1) + by - 1);
      }
    }
    changed.start = move.start;
    changed.due = move.due;
  }
  return programme;
}

TEST(WhatIf, MovesWhatDependsAndCanBeTakenBack) {
  Programme programme;
  programme.items = {item("A", "2024-04-01", "2024-04-05"),
                     item("B", "2024-04-08", "2024-04-12", {after("A")}),
                     item("C", "2024-04-08", "2024-04-30")};
  const WorkCalendar days = calendar();
  const Schedule original = make_schedule(programme, days, *day("2024-03-29"));
  Schedule schedule = original;
  const ItemMove move{0, day("2024-04-03"), day("2024-04-09")};
  EXPECT_EQ(what_if(schedule, programme, days, {}, {&move, 1}), (std::vector<std::size_t>{0, 1}));
  EXPECT_EQ(schedule.items[0].finish, day("2024-04-09"));
  EXPECT_EQ(schedule.items[0].slip, 2);  // against what was planned
  EXPECT_EQ(schedule.items[1].finish, day("2024-04-16"));
  EXPECT_EQ(schedule.items[2], original.items[2]);
  const ItemMove back{0, programme.items[0].start, programme.items[0].due};
  what_if(schedule, programme, days, {}, {&back, 1});
  EXPECT_EQ(schedule.items, original.items);
  EXPECT_TRUE(what_if(schedule, programme, days, {}, {}).empty());
  const ItemMove nowhere{17, {}, {}};
  EXPECT_TRUE(what_if(schedule, programme, days, {}, {&nowhere, 1}).empty());
}

TEST(WhatIf, ItemsCanGainAndLoseDates) {
  Programme programme;
  programme.items = {item("A", "", ""), item("B", "2024-04-01", "2024-04-03", {after("A")})};
  const WorkCalendar days = calendar();
  Schedule schedule = make_schedule(programme, days, *day("2024-03-29"));
  EXPECT_TRUE(schedule.items[1].logic_incomplete);
  const ItemMove move{0, day("2024-04-01"), day("2024-04-02")};
  EXPECT_EQ(what_if(schedule, programme, days, {}, {&move, 1}).size(), 2U);
  EXPECT_EQ(schedule.items[0].finish, day("2024-04-02"));
  EXPECT_FALSE(schedule.items[1].logic_incomplete);
  EXPECT_EQ(schedule.items[1].start, day("2024-04-03"));
  const ItemMove back{0, {}, {}};
  what_if(schedule, programme, days, {}, {&back, 1});
  EXPECT_EQ(schedule.items[0].gap, Gap::no_dates);
  EXPECT_EQ(schedule.items[1].start, day("2024-04-01"));
}

TEST(WhatIf, EqualsANewScheduleOnGeneratedProgrammes) {
  const WorkCalendar days = calendar();
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    cpm::TestRandom random(seed);
    Programme programme = generate_programme(120, seed);
    const Date as_of = *programme.as_of;
    Schedule schedule = make_schedule(programme, days, as_of);
    const Schedule original = schedule;
    for (int edit = 0; edit < 25; ++edit) {
      const auto i = static_cast<std::size_t>(random.between(0, 119));
      const ActionItem& chosen = programme.items[i];
      const Date start = *chosen.start + random.between(-40, 60);
      const ItemMove move{i, start, start + random.between(0, 200)};
      const std::vector<std::size_t> changed = what_if(schedule, programme, days, {}, {&move, 1});
      // Anew, by moving an untouched schedule in one go through the slow way.
      Schedule whole = make_schedule(with_dates(programme, days, {move}), days, as_of);
      for (std::size_t k = 0; k < programme.items.size(); ++k) {
        ItemSchedule expected = whole.items[k];
        ItemSchedule found = schedule.items[k];
        // The baseline is the programme's, not the moved one.
        expected.baseline_start = found.baseline_start;
        expected.baseline_finish = found.baseline_finish;
        expected.slip = found.slip;
        ASSERT_EQ(found, expected) << seed << " " << edit << " " << k;
        for (std::size_t m = 0; m < whole.milestones[k].size(); ++m) {
          const auto& a = schedule.milestones[k][m];
          const auto& b = whole.milestones[k][m];
          ASSERT_EQ(a.finish.has_value(), b.finish.has_value());
          // Days off may differ, boundaries between working days may not.
          if (a.finish) {
            ASSERT_EQ(days.index_of(*a.finish + 1), days.index_of(*b.finish + 1));
          }
          ASSERT_EQ(a.total_float, b.total_float);
        }
        if (!std::binary_search(changed.begin(), changed.end(), k)) {
          ASSERT_EQ(schedule.items[k], original.items[k]);
          ASSERT_EQ(schedule.milestones[k], original.milestones[k]);
        }
      }
      ASSERT_EQ(schedule.finish, whole.finish);
      const ItemMove back{i, chosen.start, chosen.due};
      what_if(schedule, programme, days, {}, {&back, 1});
      ASSERT_EQ(schedule.items, original.items);
      ASSERT_EQ(schedule.milestones, original.milestones);
      ASSERT_EQ(schedule.finish, original.finish);
    }
  }
}

TEST(Schedule, GeneratedProgrammeOfTenThousandItems) {
  const Programme programme = generate_programme(10'000, 7);
  const WorkCalendar days = calendar();
  const Schedule schedule = make_schedule(programme, days, *programme.as_of);
  ASSERT_TRUE(schedule.cycle.empty());
  for (std::size_t i = 0; i < schedule.items.size(); ++i) {
    const ItemSchedule& found = schedule.items[i];
    if (found.state != WorkState::not_started || found.gap != Gap::none) continue;
    EXPECT_GE(*found.start, *programme.as_of);
    for (const Dependency& dependency : programme.items[i].depends_on) {
      if (dependency.type != FS) continue;
      const auto p = static_cast<std::size_t>(std::stoi(dependency.item.substr(1))) - 1;
      const ItemSchedule& from = schedule.items[p];
      if (from.finish) {
        EXPECT_GE(days.index_of(*found.start),
                  days.index_of(*from.finish + 1) + dependency.lag_days);
      }
    }
  }
}

}  // namespace
}  // namespace tc
