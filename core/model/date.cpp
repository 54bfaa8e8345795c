#include "core/model/date.hpp"

#include <chrono>

namespace tc {

namespace {

constexpr int kFirstYear = 1900;
constexpr int kLastYear = 2199;

std::optional<int> digits(std::string_view text) {
  int value = 0;
  for (char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

std::optional<Date> make_date(int year, int month, int day) {
  if (year < kFirstYear || year > kLastYear || month < 1 || month > 12 || day < 1 || day > 31) {
    return std::nullopt;
  }
  const std::chrono::year_month_day ymd{std::chrono::year{year},
                                        std::chrono::month{static_cast<unsigned>(month)},
                                        std::chrono::day{static_cast<unsigned>(day)}};
  if (!ymd.ok()) return std::nullopt;
  return Date{static_cast<std::int32_t>(std::chrono::sys_days{ymd}.time_since_epoch().count())};
}

std::optional<Date> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = digits(text.substr(0, 4));
  const auto month = digits(text.substr(5, 2));
  const auto day = digits(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  return make_date(*year, *month, *day);
}

std::optional<Date> read_date(std::string_view text) {
  // Three numbers, whatever stands between them as long as it is one of these.
  constexpr std::string_view kFullWidthZero = "\xEF\xBC\x90";  // ０ to ９ differ in the last byte
  constexpr std::string_view kSeparators[] = {"-",  "/",  ".",  "年", "月",
                                              "日", "号", "－", "／", "．"};
  std::string plain;
  while (!text.empty()) {
    if (text[0] >= '0' && text[0] <= '9') {
      plain += text[0];
      text.remove_prefix(1);
      continue;
    }
    if (text[0] == ' ' || text[0] == '\t') {
      text.remove_prefix(1);
      continue;
    }
    if (text.size() >= 3 && text.substr(0, 2) == kFullWidthZero.substr(0, 2)) {
      const int digit = static_cast<unsigned char>(text[2]) - 0x90;
      if (digit >= 0 && digit <= 9) {
        plain += static_cast<char>('0' + digit);
        text.remove_prefix(3);
        continue;
      }
    }
    bool separator = false;
    for (const std::string_view candidate : kSeparators) {
      if (!text.starts_with(candidate)) continue;
      plain += '-';
      text.remove_prefix(candidate.size());
      separator = true;
      break;
    }
    if (!separator) return std::nullopt;
  }
  if (plain.ends_with('-')) plain.pop_back();
  if (plain.size() == 8 && plain.find('-') == std::string::npos) {
    plain = plain.substr(0, 4) + '-' + plain.substr(4, 2) + '-' + plain.substr(6, 2);
  }
  const std::size_t first = plain.find('-');
  const std::size_t second = first == std::string::npos ? first : plain.find('-', first + 1);
  if (second == std::string::npos || first != 4) return std::nullopt;
  const std::string month = plain.substr(5, second - 5);
  const std::string day = plain.substr(second + 1);
  if (month.empty() || month.size() > 2 || day.empty() || day.size() > 2) return std::nullopt;
  const auto y = digits(plain.substr(0, 4));
  const auto m = digits(month);
  const auto d = digits(day);
  if (!y || !m || !d) return std::nullopt;
  return make_date(*y, *m, *d);
}

YearMonthDay civil(Date date) {
  const std::chrono::year_month_day ymd{std::chrono::sys_days{std::chrono::days{date.days}}};
  return {static_cast<int>(ymd.year()), static_cast<int>(static_cast<unsigned>(ymd.month())),
          static_cast<int>(static_cast<unsigned>(ymd.day()))};
}

int weekday(Date date) {
  // 1970-01-01 was a Thursday.
  return static_cast<int>(((static_cast<std::int64_t>(date.days) + 3) % 7 + 7) % 7);
}

std::string format_date(Date date) {
  const YearMonthDay d = civil(date);
  std::string text = "0000-00-00";
  const auto put = [&text](std::size_t last, int value, int width) {
    for (int i = 0; i < width; ++i, value /= 10) {
      text[last - static_cast<std::size_t>(i)] = static_cast<char>('0' + value % 10);
    }
  };
  put(3, d.year, 4);
  put(6, d.month, 2);
  put(9, d.day, 2);
  return text;
}

}  // namespace tc
