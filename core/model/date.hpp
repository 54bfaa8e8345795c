#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tc {

/// A calendar day (proleptic Gregorian, no time zone), counted from 1970-01-01.
/// Days between 1900-01-01 and 2199-12-31 can be read and written as ISO 8601 `YYYY-MM-DD`.
struct Date {
  std::int32_t days = 0;

  auto operator<=>(const Date&) const = default;
  Date operator+(std::int32_t n) const { return {days + n}; }
  Date operator-(std::int32_t n) const { return {days - n}; }
  /// Whole days from `other` to this date.
  std::int32_t operator-(Date other) const { return days - other.days; }
};

struct YearMonthDay {
  int year = 1970;
  int month = 1;  ///< 1 to 12
  int day = 1;    ///< 1 to 31
};

/// Reads exactly `YYYY-MM-DD`; nothing for any other form, for a day that does not exist
/// (2023-02-29) and for one outside 1900 to 2199.
std::optional<Date> parse_date(std::string_view text);

/// Reads a date as people type it: 2024-3-5, 2024/3/5, 2024.3.5, 20240305, 2024年3月5日, with
/// full-width digits and spaces around; year first always. Nothing for anything else.
std::optional<Date> read_date(std::string_view text);

/// The date of a civil day; nothing when the day does not exist or lies outside 1900 to 2199.
std::optional<Date> make_date(int year, int month, int day);

YearMonthDay civil(Date date);

/// 0 = Monday … 6 = Sunday.
int weekday(Date date);

/// `YYYY-MM-DD`.
std::string format_date(Date date);

}  // namespace tc
