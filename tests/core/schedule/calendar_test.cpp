#include "core/schedule/calendar.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <optional>
#include <string>

#include "core/schedule/calendar_json.hpp"

namespace tc {
namespace {

Date day(const char* text) {
  return *parse_date(text);
}

std::string file(const std::string& path) {
  std::ifstream in(std::string(TONGCHENG_SOURCE_DIR) + "/" + path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

const WorkCalendar& china() {
  static const WorkCalendar calendar = [] {
    Result<CalendarData> loaded = load_calendar(file("assets/calendars/china.json"));
    EXPECT_TRUE(loaded.errors.empty());
    return WorkCalendar(std::move(*loaded.value));
  }();
  return calendar;
}

TEST(China, NamedDaysOf2024) {
  EXPECT_TRUE(china().is_working(day("2024-02-04")));  // Sunday, for the Spring Festival
  EXPECT_TRUE(china().is_working(day("2024-02-18")));
  for (Date d = day("2024-02-10"); d <= day("2024-02-17"); d = d + 1) {
    EXPECT_FALSE(china().is_working(d)) << format_date(d);
    EXPECT_EQ(china().exception(d)->name.zh, "春节");
  }
  EXPECT_TRUE(china().is_working(day("2024-02-09")));  // New Year's Eve was only recommended
  for (Date d = day("2024-10-01"); d <= day("2024-10-07"); d = d + 1) {
    EXPECT_FALSE(china().is_working(d)) << format_date(d);
  }
  EXPECT_TRUE(china().is_working(day("2024-10-08")));
  EXPECT_TRUE(china().is_working(day("2024-09-29")));
  EXPECT_TRUE(china().is_working(day("2024-10-12")));
  EXPECT_EQ(china().exception(day("2024-10-12"))->name.en, "National Day");
  EXPECT_EQ(china().exception(day("2024-10-08")), nullptr);
  EXPECT_FALSE(china().is_working(day("2024-03-23")));  // a plain Saturday
}

/// All days that differ from Monday to Friday, as the notices of the General Office of the State
/// Council list them (国办发明电〔2022〕16号, 〔2023〕7号, 〔2024〕12号, 〔2025〕7号), here as
/// single days.
TEST(China, EveryExceptionOfTheNotices) {
  const std::string off =
      "2022-12-31 2023-01-01 2023-01-02 2023-01-21 2023-01-22 2023-01-23 2023-01-24 2023-01-25 "
      "2023-01-26 2023-01-27 2023-04-05 2023-04-29 2023-04-30 2023-05-01 2023-05-02 2023-05-03 "
      "2023-06-22 2023-06-23 2023-06-24 2023-09-29 2023-09-30 2023-10-01 2023-10-02 2023-10-03 "
      "2023-10-04 2023-10-05 2023-10-06 "
      "2024-01-01 2024-02-10 2024-02-11 2024-02-12 2024-02-13 2024-02-14 2024-02-15 2024-02-16 "
      "2024-02-17 2024-04-04 2024-04-05 2024-04-06 2024-05-01 2024-05-02 2024-05-03 2024-05-04 "
      "2024-05-05 2024-06-10 2024-09-15 2024-09-16 2024-09-17 2024-10-01 2024-10-02 2024-10-03 "
      "2024-10-04 2024-10-05 2024-10-06 2024-10-07 "
      "2025-01-01 2025-01-28 2025-01-29 2025-01-30 2025-01-31 2025-02-01 2025-02-02 2025-02-03 "
      "2025-02-04 2025-04-04 2025-04-05 2025-04-06 2025-05-01 2025-05-02 2025-05-03 2025-05-04 "
      "2025-05-05 2025-05-31 2025-06-01 2025-06-02 2025-10-01 2025-10-02 2025-10-03 2025-10-04 "
      "2025-10-05 2025-10-06 2025-10-07 2025-10-08 "
      "2026-01-01 2026-01-02 2026-01-03 2026-02-15 2026-02-16 2026-02-17 2026-02-18 2026-02-19 "
      "2026-02-20 2026-02-21 2026-02-22 2026-02-23 2026-04-04 2026-04-05 2026-04-06 2026-05-01 "
      "2026-05-02 2026-05-03 2026-05-04 2026-05-05 2026-06-19 2026-06-20 2026-06-21 2026-09-25 "
      "2026-09-26 2026-09-27 2026-10-01 2026-10-02 2026-10-03 2026-10-04 2026-10-05 2026-10-06 "
      "2026-10-07";
  const std::string work =
      "2023-01-28 2023-01-29 2023-04-23 2023-05-06 2023-06-25 2023-10-07 2023-10-08 "
      "2024-02-04 2024-02-18 2024-04-07 2024-04-28 2024-05-11 2024-09-14 2024-09-29 2024-10-12 "
      "2025-01-26 2025-02-08 2025-04-27 2025-09-28 2025-10-11 "
      "2026-01-04 2026-02-14 2026-02-28 2026-05-09 2026-09-20 2026-10-10";
  std::string found_off;
  std::string found_work;
  for (const DayException& exception : china().data().exceptions) {
    std::string& list = exception.working ? found_work : found_off;
    if (!list.empty()) list += ' ';
    list += format_date(exception.date);
  }
  EXPECT_EQ(found_off, off);
  EXPECT_EQ(found_work, work);
  for (const CalendarYear& year : china().data().years) {
    EXPECT_TRUE(year.confirmed);
    EXPECT_FALSE(year.number.empty());
    EXPECT_TRUE(year.date);
  }
}

TEST(China, KnowsItsYears) {
  EXPECT_FALSE(china().knows(day("2022-06-01")));
  EXPECT_TRUE(china().knows(day("2023-01-01")));
  EXPECT_TRUE(china().knows(day("2026-12-31")));
  EXPECT_FALSE(china().knows(day("2027-01-01")));
  // The weekly pattern goes on where nothing is known.
  EXPECT_FALSE(china().is_working(day("2027-10-02")));
  EXPECT_TRUE(china().is_working(day("2027-10-01")));
}

/// Counts days one by one.
void expect_consistent(const WorkCalendar& calendar, Date first, Date last) {
  std::int32_t index = calendar.index_of(first);
  for (Date d = first; d <= last; d = d + 1) {
    ASSERT_EQ(calendar.index_of(d), index) << format_date(d);
    const DayException* exception = calendar.exception(d);
    const bool working =
        exception != nullptr
            ? exception->working
            : calendar.data().working_weekdays[static_cast<std::size_t>(weekday(d))];
    ASSERT_EQ(calendar.is_working(d), working) << format_date(d);
    if (!working) continue;
    ASSERT_EQ(calendar.date_of(index), d);
    ++index;
  }
}

TEST(WorkCalendar, NumbersDaysWithoutGaps) {
  expect_consistent(WorkCalendar(), day("1960-01-01"), day("2030-12-31"));
  expect_consistent(china(), day("1960-01-01"), day("2050-12-31"));
  CalendarData six;
  six.working_weekdays = {true, true, true, true, true, true, false};
  six.exceptions = {{day("1969-12-24"), false, {}}, {day("1970-01-04"), true, {}}};
  expect_consistent(WorkCalendar(six), day("1968-01-01"), day("1972-12-31"));
  CalendarData sundays;
  sundays.working_weekdays = {false, false, false, false, false, false, true};
  expect_consistent(WorkCalendar(sundays), day("1969-01-01"), day("1971-12-31"));
}

TEST(WorkCalendar, PatternWithoutWorkingDaysIsReplaced) {
  CalendarData none;
  none.working_weekdays.fill(false);
  EXPECT_TRUE(WorkCalendar(none).is_working(day("2024-03-25")));
  EXPECT_FALSE(WorkCalendar(none).is_working(day("2024-03-24")));
}

TEST(WorkCalendar, LastExceptionOfADayCounts) {
  CalendarData data;
  data.exceptions = {{day("2024-03-25"), false, {"甲", ""}}, {day("2024-03-25"), true, {"乙", ""}}};
  const WorkCalendar calendar(data);
  EXPECT_TRUE(calendar.is_working(day("2024-03-25")));
  EXPECT_EQ(calendar.exception(day("2024-03-25"))->name.zh, "乙");
  EXPECT_EQ(calendar.data().exceptions.size(), 1U);
}

TEST(WorkCalendar, AddsAndCountsWorkingDays) {
  // Friday 2024-02-09, the holiday to the 17th, Sunday the 18th worked, Monday the 19th.
  EXPECT_EQ(china().add_working_days(day("2024-02-09"), 1), day("2024-02-18"));
  EXPECT_EQ(china().add_working_days(day("2024-02-09"), 2), day("2024-02-19"));
  EXPECT_EQ(china().add_working_days(day("2024-02-12"), 1), day("2024-02-18"));
  EXPECT_EQ(china().add_working_days(day("2024-02-12"), 0), day("2024-02-18"));
  EXPECT_EQ(china().add_working_days(day("2024-02-18"), 0), day("2024-02-18"));
  EXPECT_EQ(china().add_working_days(day("2024-02-18"), -1), day("2024-02-09"));
  EXPECT_EQ(china().add_working_days(day("2024-02-12"), -1), day("2024-02-09"));
  EXPECT_EQ(china().next_working(day("2024-02-10")), day("2024-02-18"));
  EXPECT_EQ(china().previous_working(day("2024-02-17")), day("2024-02-09"));
  EXPECT_EQ(china().previous_working(day("2024-02-18")), day("2024-02-18"));

  EXPECT_EQ(china().working_days(day("2024-02-09"), day("2024-02-18")), 2);
  EXPECT_EQ(china().working_days(day("2024-02-10"), day("2024-02-17")), 0);
  EXPECT_EQ(china().working_days(day("2024-02-18"), day("2024-02-09")), 0);
  EXPECT_EQ(china().working_days_between(day("2024-02-09"), day("2024-02-18")), 1);
  EXPECT_EQ(china().working_days_between(day("2024-02-18"), day("2024-02-09")), -1);
  EXPECT_EQ(china().working_days_between(day("2024-02-10"), day("2024-02-12")), 0);
  // 2024 had 251 working days, 2025 had 248 and 2026 has 248.
  EXPECT_EQ(china().working_days(day("2024-01-01"), day("2024-12-31")), 251);
  EXPECT_EQ(china().working_days(day("2025-01-01"), day("2025-12-31")), 248);
  EXPECT_EQ(china().working_days(day("2026-01-01"), day("2026-12-31")), 248);
}

struct BadCalendar {
  const char* name;
  const char* json;
  ErrorCode code;
  const char* pointer;
};

class LoadCalendar : public testing::TestWithParam<BadCalendar> {};

TEST_P(LoadCalendar, ReportsCodeAndPointer) {
  const Result<CalendarData> result = load_calendar(GetParam().json);
  EXPECT_FALSE(result);
  ASSERT_EQ(result.errors.size(), 1U);
  EXPECT_EQ(result.errors[0].code, GetParam().code);
  EXPECT_EQ(result.errors[0].pointer, GetParam().pointer);
  EXPECT_NE(message(result.errors[0], Language::en), "");
}

#define HEAD                                                                              \
  R"({"format":"tongcheng-calendar","version":1,"id":"c","title":{"zh":"甲","en":"C"},)" \
  R"("workingWeekdays":["mon"],"years":)"
#define YEAR                                                                           \
  R"([{"year":2024,"confirmed":true,"notice":{"title":{"zh":"通知","en":"Notice"},)" \
  R"("number":"1","date":"2023-10-25"},"holidays":)"

INSTANTIATE_TEST_SUITE_P(
    Broken, LoadCalendar,
    testing::Values(
        BadCalendar{"text", "{", ErrorCode::syntax, ""},
        BadCalendar{"list", "[]", ErrorCode::wrong_type, ""},
        BadCalendar{"format",
                    R"({"format":"x","version":1,"id":"c","title":{"zh":"甲","en":"C"},)"
                    R"("workingWeekdays":["mon"],"years":[]})",
                    ErrorCode::bad_name, "/format"},
        BadCalendar{"version",
                    R"({"format":"tongcheng-calendar","version":9,"id":"c",)"
                    R"("title":{"zh":"甲","en":"C"},"workingWeekdays":["mon"],"years":[]})",
                    ErrorCode::unsupported_version, "/version"},
        BadCalendar{"weekday",
                    R"({"format":"tongcheng-calendar","version":1,"id":"c",)"
                    R"("title":{"zh":"甲","en":"C"},"workingWeekdays":["mon","day"],"years":[]})",
                    ErrorCode::bad_name, "/workingWeekdays/1"},
        BadCalendar{"weekdays",
                    R"({"format":"tongcheng-calendar","version":1,"id":"c",)"
                    R"("title":{"zh":"甲","en":"C"},"workingWeekdays":[],"years":[]})",
                    ErrorCode::empty_value, "/workingWeekdays"},
        BadCalendar{"years", HEAD "{}}", ErrorCode::wrong_type, "/years"},
        BadCalendar{"member", HEAD "[],\"x\":1}", ErrorCode::unknown_member, "/x"},
        BadCalendar{"notice", HEAD R"([{"year":2024,"confirmed":true,"holidays":[]}]})",
                    ErrorCode::missing_member, "/years/0"},
        BadCalendar{"date",
                    HEAD YEAR R"([{"name":{"zh":"节","en":"F"},"from":"2024-02-30",)"
                              R"("to":"2024-03-01"}]}]})",
                    ErrorCode::bad_date, "/years/0/holidays/0/from"},
        BadCalendar{"order",
                    HEAD YEAR R"([{"name":{"zh":"节","en":"F"},"from":"2024-02-03",)"
                              R"("to":"2024-02-01"}]}]})",
                    ErrorCode::date_order, "/years/0/holidays/0/to"},
        BadCalendar{"long",
                    HEAD YEAR R"([{"name":{"zh":"节","en":"F"},"from":"2024-02-03",)"
                              R"("to":"2025-02-01"}]}]})",
                    ErrorCode::out_of_range, "/years/0/holidays/0/to"},
        BadCalendar{"twice",
                    HEAD YEAR R"([{"name":{"zh":"节","en":"F"},"from":"2024-02-03",)"
                              R"("to":"2024-02-04","work":["2024-02-04"]}]}]})",
                    ErrorCode::duplicate_id, "/years/0/holidays/0/work/0"}),
    [](const testing::TestParamInfo<BadCalendar>& info) { return std::string(info.param.name); });

TEST(LoadCalendar, AYearMayBeExpectedOnly) {
  const auto loaded = load_calendar(
      HEAD R"([{"year":2027,"confirmed":false,"holidays":[)"
           R"({"name":{"zh":"节","en":"F"},"from":"2027-02-03","to":"2027-02-03"}]}]})");
  ASSERT_TRUE(loaded);
  EXPECT_FALSE(loaded.value->years[0].confirmed);
  EXPECT_EQ(loaded.value->exceptions.size(), 1U);
}

}  // namespace
}  // namespace tc
