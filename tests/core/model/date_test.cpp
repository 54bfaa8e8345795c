#include "core/model/date.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace tc {
namespace {

TEST(date, knows_the_days_of_the_calendar) {
  EXPECT_EQ(parse_date("1970-01-01"), Date{0});
  EXPECT_EQ(parse_date("1969-12-31"), Date{-1});
  EXPECT_EQ(parse_date("2000-01-01"), Date{10957});
  EXPECT_EQ(parse_date("2024-03-23"), Date{19805});
  EXPECT_EQ(parse_date("1900-01-01"), Date{-25567});
  EXPECT_EQ(parse_date("2199-12-31"), Date{84005});
}

TEST(date, refuses_days_that_do_not_exist) {
  for (const char* text : {"2023-02-29", "1900-02-29", "2100-02-29", "2024-02-30", "2024-04-31",
                           "2024-06-31", "2024-00-10", "2024-13-10", "2024-01-00", "2024-01-32",
                           "1899-12-31", "2200-01-01", "0000-01-01", "9999-12-31"}) {
    EXPECT_EQ(parse_date(text), std::nullopt) << text;
  }
  EXPECT_TRUE(parse_date("2024-02-29"));
  EXPECT_TRUE(parse_date("2000-02-29"));
}

TEST(date, refuses_every_other_form) {
  for (const char* text : {"",
                           "2024",
                           "2024-03",
                           "20240323",
                           "2024-3-23",
                           "2024-03-2",
                           "24-03-2024",
                           "24/03/2024",
                           "2024/03/23",
                           "2024.03.23",
                           "2024年3月23日",
                           "2024-03-23 ",
                           " 2024-03-23",
                           "2024-03-23Z",
                           "2024-03-23T00:00",
                           "+024-03-23",
                           "-024-03-23",
                           "2024-+3-23",
                           "2024- 3-23",
                           "2024-0x-23",
                           "２０２４-03-23",
                           "2024–03–23",
                           "today"}) {
    EXPECT_EQ(parse_date(text), std::nullopt) << text;
  }
  EXPECT_EQ(parse_date(std::string_view("2024-03-2\0", 10)), std::nullopt);
}

TEST(date, make_date_has_the_same_limits) {
  EXPECT_EQ(make_date(2024, 2, 29), parse_date("2024-02-29"));
  EXPECT_EQ(make_date(2023, 2, 29), std::nullopt);
  EXPECT_EQ(make_date(1899, 12, 31), std::nullopt);
  EXPECT_EQ(make_date(2200, 1, 1), std::nullopt);
  EXPECT_EQ(make_date(2024, 0, 1), std::nullopt);
  EXPECT_EQ(make_date(2024, -1, 1), std::nullopt);
  EXPECT_EQ(make_date(2024, 257, 1), std::nullopt);  // 257 is 1 in a byte
  EXPECT_EQ(make_date(2024, 1, 257), std::nullopt);
  EXPECT_EQ(make_date(2024 + 65536, 1, 1), std::nullopt);
}

// Every day in turn, counted by hand, against text, parts and weekday.
TEST(date, every_day_from_1900_to_2199_makes_the_round_trip) {
  Date date = *make_date(1900, 1, 1);
  int day_of_week = 0;  // 1900-01-01 was a Monday
  int days = 0;
  for (int year = 1900; year <= 2199; ++year) {
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    for (int month = 1; month <= 12; ++month) {
      const int length = month == 2                                              ? (leap ? 29 : 28)
                         : month == 4 || month == 6 || month == 9 || month == 11 ? 30
                                                                                 : 31;
      for (int day = 1; day <= length; ++day) {
        ASSERT_EQ(make_date(year, month, day), date);
        const std::string text = std::to_string(year) + (month < 10 ? "-0" : "-") +
                                 std::to_string(month) + (day < 10 ? "-0" : "-") +
                                 std::to_string(day);
        ASSERT_EQ(format_date(date), text);
        ASSERT_EQ(parse_date(text), date);
        const YearMonthDay parts = civil(date);
        ASSERT_TRUE(parts.year == year && parts.month == month && parts.day == day) << text;
        ASSERT_EQ(weekday(date), day_of_week) << text;
        date = date + 1;
        day_of_week = (day_of_week + 1) % 7;
        ++days;
      }
      ASSERT_EQ(make_date(year, month, length + 1), std::nullopt);
    }
  }
  EXPECT_EQ(days, 300 * 365 + 73);  // 1900, 2100 are no leap years, 2000 is
}

TEST(date, weekdays) {
  EXPECT_EQ(weekday(*parse_date("2024-03-23")), 5);  // a Saturday
  EXPECT_EQ(weekday(*parse_date("1970-01-01")), 3);  // a Thursday
  EXPECT_EQ(weekday(Date{-2147483647}), weekday(Date{-2147483647 + 7}));
}

TEST(date, counts_days) {
  const Date a = *parse_date("2024-02-28");
  const Date b = *parse_date("2024-03-01");
  EXPECT_EQ(b - a, 2);
  EXPECT_EQ(a - b, -2);
  EXPECT_EQ(a + 2, b);
  EXPECT_EQ(b - 2, a);
  EXPECT_LT(a, b);
  EXPECT_EQ((std::set<Date>{b, a, b}.size()), 2U);
}

TEST(date, reads_dates_as_people_type_them) {
  for (const char* text :
       {"2024-03-05", "2024-3-5", "2024/3/5", "2024.3.5", " 20240305 ", "2024年3月5日",
        "2024 年 3 月 5 日", "２０２４－０３－０５", "2024年3月5号"}) {
    EXPECT_EQ(read_date(text), make_date(2024, 3, 5)) << text;
  }
  for (const char* text :
       {"", "soon", "5/3/2024", "2024-13-01", "2024-02-30", "24-3-5", "2024-3", "2024-3-5-6",
        "2024--5", "202403050", "2024-003-05", "2024年3月5日 9:00"}) {
    EXPECT_FALSE(read_date(text)) << text;
  }
}

}  // namespace
}  // namespace tc
