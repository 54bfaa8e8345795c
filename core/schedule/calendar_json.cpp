#include "core/schedule/calendar_json.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/model/json_text.hpp"

namespace tc {

namespace {

using nlohmann::json;

constexpr std::size_t kDepth = 16;
constexpr std::size_t kBytes = std::size_t{1} << 20;
constexpr std::int32_t kLongestHoliday = 60;  ///< days; a longer range is a slip of the pen
constexpr std::string_view kDate = "a date YYYY-MM-DD";
constexpr std::array<std::string_view, 7> kWeekdays = {"mon", "tue", "wed", "thu",
                                                       "fri", "sat", "sun"};

class Reader {
 public:
  Result<CalendarData> read(const json& document) {
    const std::string root;
    if (!is_object(document, root)) return finish();
    members(document, root,
            {"format", "version", "id", "title", "description", "workingWeekdays", "years"});
    const std::string format = string(document, root, "format");
    if (!format.empty() && format != "tongcheng-calendar") {
      fail(ErrorCode::bad_name, child(root, "format"), format, "tongcheng-calendar");
    }
    const int version = integer(document, root, "version", 1, 1'000'000);
    if (version > kCalendarVersion) {
      fail(ErrorCode::unsupported_version, child(root, "version"), std::to_string(version),
           std::to_string(kCalendarVersion));
    }
    data_.id = string(document, root, "id");
    data_.title = text(document, root, "title");
    read_weekdays(document, root);
    for_each(document, root, "years",
             [this](const json& value, const std::string& pointer) { read_year(value, pointer); });
    return finish();
  }

 private:
  void fail(ErrorCode code, std::string pointer, std::string_view found,
            std::string_view expected) {
    errors_.push_back({code, std::move(pointer), shorten(found), std::string(expected), {}});
  }

  void wrong_type(const json& value, std::string pointer, std::string_view expected) {
    fail(ErrorCode::wrong_type, std::move(pointer), value.dump(), expected);
  }

  bool is_object(const json& value, const std::string& pointer) {
    if (value.is_object()) return true;
    wrong_type(value, pointer, "an object");
    return false;
  }

  void members(const json& object, const std::string& pointer,
               std::initializer_list<std::string_view> known) {
    std::string names;
    for (const std::string_view name : known) {
      if (!names.empty()) names += ", ";
      names += name;
    }
    for (const auto& [name, value] : object.items()) {
      if (std::find(known.begin(), known.end(), name) == known.end()) {
        fail(ErrorCode::unknown_member, child(pointer, name), name, names);
      }
    }
  }

  /// `expected` is empty for a member that may be absent.
  const json* member(const json& object, const std::string& pointer, const char* name,
                     std::string_view expected) {
    const auto found = object.find(name);
    if (found != object.end()) return &*found;
    if (!expected.empty()) fail(ErrorCode::missing_member, pointer, name, expected);
    return nullptr;
  }

  std::string string(const json& object, const std::string& pointer, const char* name,
                     bool required = true) {
    const json* value = member(object, pointer, name, required ? "a string" : "");
    if (value == nullptr) return {};
    const std::string place = child(pointer, name);
    if (!value->is_string()) {
      wrong_type(*value, place, "a string");
      return {};
    }
    const auto& read = value->get_ref<const std::string&>();
    if (read.empty()) fail(ErrorCode::empty_value, place, "", "a string");
    return read;
  }

  int integer(const json& object, const std::string& pointer, const char* name, int least,
              int most) {
    const json* value = member(object, pointer, name, "a whole number");
    if (value == nullptr) return least;
    const std::string place = child(pointer, name);
    if (!value->is_number_integer()) {
      wrong_type(*value, place, "a whole number");
      return least;
    }
    const auto read = value->get<std::int64_t>();
    if (read >= least && read <= most) return static_cast<int>(read);
    fail(ErrorCode::out_of_range, place, value->dump(),
         std::to_string(least) + " … " + std::to_string(most));
    return least;
  }

  Text text(const json& object, const std::string& pointer, const char* name) {
    const json* value = member(object, pointer, name, "text in zh or en");
    const std::string place = child(pointer, name);
    if (value == nullptr || !is_object(*value, place)) return {};
    members(*value, place, {"zh", "en"});
    return {string(*value, place, "zh"), string(*value, place, "en")};
  }

  std::optional<Date> date(const json& value, const std::string& pointer) {
    if (!value.is_string()) {
      wrong_type(value, pointer, kDate);
      return {};
    }
    const auto& read = value.get_ref<const std::string&>();
    const std::optional<Date> parsed = parse_date(read);
    if (!parsed) fail(ErrorCode::bad_date, pointer, read, kDate);
    return parsed;
  }

  template <class Each>
  void for_each(const json& object, const std::string& pointer, const char* name, Each each,
                bool required = true) {
    const json* value = member(object, pointer, name, required ? "an array" : "");
    if (value == nullptr) return;
    const std::string place = child(pointer, name);
    if (!value->is_array()) {
      wrong_type(*value, place, "an array");
      return;
    }
    for (std::size_t i = 0; i < value->size(); ++i) each((*value)[i], child(place, i));
  }

  void read_weekdays(const json& document, const std::string& root) {
    data_.working_weekdays.fill(false);
    bool any = false;
    for_each(document, root, "workingWeekdays", [&](const json& value, const std::string& pointer) {
      const std::string name = value.is_string() ? value.get<std::string>() : value.dump();
      const auto found = std::find(kWeekdays.begin(), kWeekdays.end(), name);
      if (found == kWeekdays.end()) {
        fail(ErrorCode::bad_name, pointer, name, "mon, tue, wed, thu, fri, sat, sun");
        return;
      }
      data_.working_weekdays[static_cast<std::size_t>(found - kWeekdays.begin())] = true;
      any = true;
    });
    if (!any && document.contains("workingWeekdays")) {
      fail(ErrorCode::empty_value, child(root, "workingWeekdays"), "", "mon … sun");
    }
  }

  void read_year(const json& value, const std::string& pointer) {
    if (!is_object(value, pointer)) return;
    members(value, pointer, {"year", "confirmed", "notice", "holidays"});
    CalendarYear year;
    year.year = integer(value, pointer, "year", 1900, 2199);
    if (const json* confirmed = member(value, pointer, "confirmed", "true or false")) {
      if (confirmed->is_boolean()) {
        year.confirmed = confirmed->get<bool>();
      } else {
        wrong_type(*confirmed, child(pointer, "confirmed"), "true or false");
      }
    }
    if (const json* notice = member(value, pointer, "notice", year.confirmed ? "an object" : "")) {
      const std::string place = child(pointer, "notice");
      if (is_object(*notice, place)) {
        members(*notice, place, {"title", "number", "date", "url"});
        year.title = text(*notice, place, "title");
        year.number = string(*notice, place, "number");
        if (const json* day = member(*notice, place, "date", kDate)) {
          year.date = date(*day, child(place, "date"));
        }
        year.url = string(*notice, place, "url", false);
      }
    }
    if (std::any_of(data_.years.begin(), data_.years.end(),
                    [&](const CalendarYear& other) { return other.year == year.year; })) {
      fail(ErrorCode::duplicate_id, child(pointer, "year"), std::to_string(year.year), "/years");
    }
    data_.years.push_back(std::move(year));
    for_each(value, pointer, "holidays", [this](const json& holiday, const std::string& place) {
      read_holiday(holiday, place);
    });
  }

  void read_holiday(const json& value, const std::string& pointer) {
    if (!is_object(value, pointer)) return;
    members(value, pointer, {"name", "from", "to", "work"});
    const Text name = text(value, pointer, "name");
    const json* from = member(value, pointer, "from", kDate);
    const json* to = member(value, pointer, "to", kDate);
    const auto first = from != nullptr ? date(*from, child(pointer, "from")) : std::nullopt;
    const auto last = to != nullptr ? date(*to, child(pointer, "to")) : std::nullopt;
    if (first && last) {
      if (*last < *first) {
        fail(ErrorCode::date_order, child(pointer, "to"), format_date(*last), format_date(*first));
      } else if (*last - *first >= kLongestHoliday) {
        fail(ErrorCode::out_of_range, child(pointer, "to"), format_date(*last),
             "≤ " + format_date(*first + (kLongestHoliday - 1)));
      } else {
        for (Date day = *first; day <= *last; day = day + 1) add(day, false, name, pointer);
      }
    }
    for_each(
        value, pointer, "work",
        [&](const json& item, const std::string& place) {
          if (const auto day = date(item, place)) add(*day, true, name, place);
        },
        false);
  }

  void add(Date day, bool working, const Text& name, const std::string& pointer) {
    const auto [entry, fresh] = seen_.emplace(day.days, pointer);
    if (!fresh) {
      fail(ErrorCode::duplicate_id, pointer, format_date(day), entry->second);
      return;
    }
    data_.exceptions.push_back({day, working, name});
  }

  Result<CalendarData> finish() {
    Result<CalendarData> result;
    if (errors_.empty()) result.value = std::move(data_);
    result.errors = std::move(errors_);
    return result;
  }

  CalendarData data_;
  std::vector<Error> errors_;
  std::map<std::int32_t, std::string> seen_;  ///< pointer by day
};

}  // namespace

Result<CalendarData> load_calendar(std::string_view bytes) {
  Result<json> document = parse_json(bytes, kDepth, kBytes);
  if (!document) return {std::nullopt, std::move(document.errors)};
  return Reader().read(*document.value);
}

}  // namespace tc
