#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "core/model/error.hpp"

namespace tc::test {

/// A small programme file that is in order and uses every kind of member.
inline const char* const kGoodFile = R"({
  "format": "tongcheng-programme",
  "version": 1,
  "id": "two-cities",
  "title": {
    "zh": "两市同城化",
    "en": "Two cities"
  },
  "description": {
    "en": "For tests"
  },
  "kind": "working",
  "asOf": "2024-03-23",
  "finishBy": "2024-12-31",
  "calendarDays": [
    {
      "date": "2024-08-08",
      "name": {
        "zh": "那达慕"
      }
    },
    {
      "date": "2024-08-10",
      "working": true
    }
  ],
  "ragThresholds": {
    "redSlip": 5,
    "redFloat": -3
  },
  "sources": [
    {
      "id": "s1",
      "title": {
        "zh": "报道"
      },
      "publisher": {
        "zh": "日报"
      },
      "date": "2024-03-24",
      "url": "https://example.org/a?b=c"
    }
  ],
  "cities": [
    {
      "id": "h",
      "name": {
        "zh": "呼和浩特",
        "en": "Hohhot"
      }
    },
    {
      "id": "b",
      "name": {
        "zh": "包头",
        "en": "Baotou"
      }
    }
  ],
  "departments": [
    {
      "id": "hd",
      "city": "h",
      "name": {
        "zh": "呼和浩特市发展和改革委员会"
      }
    },
    {
      "id": "bd",
      "city": "b",
      "name": {
        "zh": "包头市发展和改革委员会"
      }
    }
  ],
  "areas": [
    {
      "id": "a1",
      "title": {
        "zh": "产业",
        "en": "Industry"
      }
    },
    {
      "id": "a2",
      "title": {
        "zh": "人才"
      }
    }
  ],
  "items": [
    {
      "code": "G1",
      "title": {
        "zh": "签订协议",
        "en": "Sign the agreement"
      },
      "summary": {
        "zh": "产业合作"
      },
      "area": "a1",
      "status": "under-way",
      "leads": [
        "hd"
      ],
      "partners": [
        "bd"
      ],
      "start": "2024-01-01",
      "due": "2024-06-30",
      "started": "2024-01-02",
      "finished": "2024-02-29",
      "progress": 40.5,
      "duration": 100,
      "estimate": {
        "optimistic": 80,
        "likely": 100.5,
        "pessimistic": 150
      },
      "constraints": {
        "startNoEarlier": "2024-01-01",
        "finishNoLater": "2024-07-31",
        "mustFinishOn": "2024-07-30"
      },
      "baseline": {
        "start": "2023-12-01",
        "finish": "2024-05-31"
      },
      "confidence": {
        "rag": "amber",
        "reason": {
          "zh": "资金未落实"
        },
        "by": "张三",
        "date": "2024-03-22"
      },
      "milestones": [
        {
          "id": "m1",
          "title": {
            "zh": "草案"
          },
          "due": "2024-02-01",
          "finished": "2024-02-02"
        },
        {
          "id": "m2",
          "title": {
            "zh": "签字"
          },
          "due": "2024-06-01",
          "constraints": {
            "noEarlier": "2024-05-01",
            "noLater": "2024-06-30",
            "mustBeOn": "2024-06-15"
          },
          "baseline": "2024-05-15"
        }
      ],
      "evidence": [
        {
          "kind": "link",
          "title": {
            "zh": "新闻"
          },
          "url": "http://example.org/",
          "date": "2024-03-01"
        },
        {
          "kind": "file",
          "title": {
            "zh": "扫描件"
          },
          "sha256": "0123456789abcdef0123456789ABCDEF0123456789abcdef0123456789abcdef"
        }
      ],
      "source": {
        "source": "s1",
        "place": {
          "zh": "第一段"
        }
      },
      "x-budget": {
        "currency": "CNY",
        "sum": 1.5
      }
    },
    {
      "code": "G2",
      "title": {
        "zh": "挂牌"
      },
      "status": "not-started",
      "dependsOn": [
        {
          "item": "G1",
          "type": "FS",
          "lagDays": -5
        }
      ]
    },
    {
      "code": "G3",
      "title": {
        "zh": "总结"
      },
      "status": "unknown",
      "dependsOn": [
        {
          "item": "G2",
          "type": "SS"
        }
      ]
    }
  ],
  "indicators": [
    {
      "id": "i1",
      "name": {
        "zh": "重点事项"
      },
      "value": 30,
      "unit": {
        "zh": "项"
      },
      "target": 40,
      "targetDate": "2024-12-31",
      "asOf": "2024-03-23",
      "atLeast": true,
      "counts": "items",
      "countsStatus": "completed",
      "source": {
        "source": "s1"
      }
    }
  ]
}
)";

struct Place {
  ErrorCode code;
  std::string pointer;
  bool operator==(const Place&) const = default;
};

/// A file that must be refused, and everything that must be said of it, in order.
struct BrokenFile {
  std::string name;
  std::string bytes;
  std::vector<Place> faults;
};

inline std::string repeated(const std::string& text, std::size_t count) {
  std::string result;
  for (std::size_t i = 0; i < count; ++i) result += text;
  return result;
}

inline std::vector<BrokenFile> broken_files() {
  using nlohmann::json;
  using Faults = std::vector<Place>;
  using enum ErrorCode;
  std::vector<BrokenFile> files;
  const std::string good = kGoodFile;

  const auto text = [&files](std::string name, std::string bytes, Faults faults) {
    files.push_back({std::move(name), std::move(bytes), std::move(faults)});
  };
  /// Cuts the good file after the first `end`.
  const auto cut = [&](std::string name, const std::string& end, Faults faults) {
    text(std::move(name), good.substr(0, good.find(end) + end.size()), std::move(faults));
  };
  /// Puts `now` in the place of the first `before`.
  const auto swap = [&](std::string name, const std::string& before, const std::string& now,
                        Faults faults) {
    std::string bytes = good;
    bytes.replace(bytes.find(before), before.size(), now);
    text(std::move(name), std::move(bytes), std::move(faults));
  };
  /// Changes the document behind the text.
  const auto edit = [&](std::string name, const std::function<void(json&)>& change, Faults faults) {
    json document = json::parse(good);
    change(document);
    text(std::move(name), document.dump(1), std::move(faults));
  };
  /// Sets one value of the document.
  const auto set = [&](std::string name, const std::string& pointer, json value, Faults faults) {
    edit(
        std::move(name),
        [&](json& document) { document[json::json_pointer(pointer)] = std::move(value); },
        std::move(faults));
  };
  const auto drop = [&](std::string name, const std::string& parent, const std::string& member,
                        Faults faults) {
    edit(
        std::move(name),
        [&](json& document) { document[json::json_pointer(parent)].erase(member); },
        std::move(faults));
  };

  // Not JSON.
  text("empty", "", {{syntax, ""}});
  text("blank", " \r\n\t", {{syntax, ""}});
  text("mark_only", "\xEF\xBB\xBF", {{syntax, ""}});
  text("words", "hello", {{syntax, ""}});
  text("html", "<!DOCTYPE html><html></html>", {{syntax, ""}});
  text("zip", std::string("PK\x03\x04\x14\x00\x06\x00", 8), {{syntax, ""}});
  cut("cut_in_value", "\"code\": \"G2", {{syntax, "/items/1/code"}});
  cut("cut_after_value", "\"code\": \"G2\"", {{syntax, "/items/1/code"}});
  cut("cut_in_list", "\"partners\": [", {{syntax, "/items/0/partners/0"}});
  cut("cut_in_second_object", "\"id\": \"m2\",", {{syntax, "/items/0/milestones/1/id"}});
  cut("cut_before_end", "      }\n    }\n  ]\n", {{syntax, "/indicators"}});
  swap("missing_comma", "\"version\": 1,", "\"version\": 1", {{syntax, "/version"}});
  swap("missing_colon", "\"version\": 1", "\"version\" 1", {{syntax, "/version"}});
  swap("comma_at_end", "\"Two cities\"", "\"Two cities\",", {{syntax, "/title/en"}});
  swap("comma_at_end_of_list", "\"hd\"\n", "\"hd\",\n", {{syntax, "/items/0/leads/1"}});
  swap("comment", "\"version\"", "// v\n\"version\"", {{syntax, "/format"}});
  swap("single_quotes", "\"two-cities\"", "'two-cities'", {{syntax, "/id"}});
  swap("chinese_quotes", "\"two-cities\"", "“two-cities”", {{syntax, "/id"}});
  swap("chinese_colon", "\"version\": 1", "\"version\"：1", {{syntax, "/version"}});
  text("chinese_brace", "｛}", {{syntax, ""}});
  swap("bare_word", "\"under-way\"", "under-way", {{syntax, "/items/0/status"}});
  swap("not_a_number", "40.5", "NaN", {{syntax, "/items/0/progress"}});
  swap("leading_zero", "40.5", "040", {{syntax, "/items/0/progress"}});
  swap("wrong_escape", "Two cities", "Two \\q cities", {{syntax, "/title/en"}});
  swap("escape_beside_the_word_utf8", "Two cities", "UTF-8 \\q", {{syntax, "/title/en"}});
  swap("line_end_in_string", "Two cities", "Two\ncities", {{syntax, "/title/en"}});
  swap("high_surrogate_alone", "Two cities", "\\ud842", {{syntax, "/title/en"}});
  swap("low_surrogate_alone", "Two cities", "\\udfb7", {{syntax, "/title/en"}});
  text("text_after_end", good + "x", {{syntax, ""}});
  text("two_documents", good + good, {{syntax, ""}});
  text("nul_after_end", good + std::string("\0", 1), {{syntax, ""}});
  text("nul_and_text_after_end", good + std::string("\0{}", 3), {{syntax, ""}});
  swap("nul_between", "\"version\": 1", std::string("\"version\": \0001", 12),
       {{syntax, "/version"}});
  swap("nul_in_string", "Two cities", std::string("Two\0cities", 10), {{syntax, "/title/en"}});

  // Not UTF-8.
  swap("stray_byte", "Two cities", "\xFF", {{encoding, "/title/en"}});
  swap("cut_character", "Two cities", "\xE4\xB8", {{encoding, "/title/en"}});
  swap("overlong_character", "Two cities", "\xC0\x80", {{encoding, "/title/en"}});
  swap("encoded_surrogate", "Two cities", "\xED\xA0\x80", {{encoding, "/title/en"}});
  swap("beyond_unicode", "Two cities", "\xF4\x90\x80\x80", {{encoding, "/title/en"}});
  swap("gb_18030", "两市同城化", "\xCD\xAC\xB3\xC7", {{encoding, "/title/zh"}});
  swap("stray_byte_between", "\"version\": 1", "\"version\": \xFE", {{encoding, "/version"}});
  text("utf_16", std::string("\xFF\xFE{\0}\0", 6), {{encoding, ""}});
  text("half_a_mark", "\xEF\xBB{}", {{encoding, ""}});

  // JSON that no programme may contain.
  swap("number_too_large", "40.5", "1e400", {{number_range, "/items/0/progress"}});
  swap("number_too_small", "40.5", "-1e400", {{number_range, "/items/0/progress"}});
  swap("endless_number", "40.5", std::string(400, '9'), {{number_range, "/items/0/progress"}});
  swap("member_twice", "\"version\": 1,", "\"version\": 1, \"id\": \"one\",",
       {{duplicate_member, "/id"}});
  swap("member_twice_inside", "\"code\": \"G2\",", "\"code\": \"G2\", \"code\": \"G2\",",
       {{duplicate_member, "/items/1/code"}});
  swap("empty_member_twice", "\"version\": 1,", "\"\": 1, \"\": 1,", {{duplicate_member, "/"}});
  text("deep_arrays", std::string(10'000, '['), {{too_deep, repeated("/0", 64)}});
  text("deep_objects", repeated("{\"a\":", 10'000), {{too_deep, repeated("/a", 64)}});
  text("deep_and_closed", std::string(10'000, '[') + std::string(10'000, ']'),
       {{too_deep, repeated("/0", 64)}});
  swap("deep_extension", "\"version\": 1,",
       "\"version\": 1, \"x-deep\": " + std::string(64, '[') + std::string(64, ']') + ",",
       {{too_deep, "/x-deep" + repeated("/0", 63)}});

  // Another kind of file. Nothing else is said of it.
  text("array", "[]", {{wrong_type, ""}});
  text("null", "null", {{wrong_type, ""}});
  text("string", "\"tongcheng-programme\"", {{wrong_type, ""}});
  text("empty_object", "{}", {{wrong_format, "/format"}});
  drop("no_format", "", "format", {{wrong_format, "/format"}});
  set("other_format", "/format", "geojson", {{wrong_format, "/format"}});
  set("format_not_string", "/format", 1, {{wrong_format, "/format"}});
  drop("no_version", "", "version", {{missing_member, ""}});
  set("newer_version", "/version", 2, {{unsupported_version, "/version"}});
  set("version_zero", "/version", 0, {{unsupported_version, "/version"}});
  set("version_in_quotes", "/version", "1", {{unsupported_version, "/version"}});
  edit("newer_version_with_more",
       [](json& d) {
         d["version"] = 2;
         d["news"] = true;
         d["items"] = json::object();
       },
       {{unsupported_version, "/version"}});

  // Wrong types.
  set("title_string", "/title", "Two cities", {{wrong_type, "/title"}});
  set("title_null", "/title", nullptr, {{wrong_type, "/title"}});
  set("title_of_number", "/title/zh", 1, {{wrong_type, "/title/zh"}});
  set("id_number", "/id", 7, {{wrong_type, "/id"}});
  set("date_number", "/asOf", 20240323, {{wrong_type, "/asOf"}});
  set("sources_object", "/sources", json::object(),
      {{wrong_type, "/sources"},
       {dangling_reference, "/items/0/source/source"},
       {dangling_reference, "/indicators/0/source/source"}});
  set("source_number", "/sources/0", 1,
      {{wrong_type, "/sources/0"},
       {dangling_reference, "/items/0/source/source"},
       {dangling_reference, "/indicators/0/source/source"}});
  set("cities_null", "/cities", nullptr,
      {{wrong_type, "/cities"},
       {dangling_reference, "/departments/0/city"},
       {dangling_reference, "/departments/1/city"}});
  set("city_string", "/cities/0", "h",
      {{wrong_type, "/cities/0"}, {dangling_reference, "/departments/0/city"}});
  set("department_array", "/departments/1", json::array(),
      {{wrong_type, "/departments/1"}, {dangling_reference, "/items/0/partners/0"}});
  set("area_null", "/areas/1", nullptr, {{wrong_type, "/areas/1"}});
  set("items_object", "/items", json::object(), {{wrong_type, "/items"}});
  set("items_of_null", "/items", json::array({nullptr, nullptr, nullptr}),
      {{wrong_type, "/items/0"}, {wrong_type, "/items/1"}, {wrong_type, "/items/2"}});
  set("item_title_array", "/items/0/title", json::array({"a"}), {{wrong_type, "/items/0/title"}});
  set("code_number", "/items/2/code", 3, {{wrong_type, "/items/2/code"}});
  set("leads_string", "/items/0/leads", "hd", {{wrong_type, "/items/0/leads"}});
  set("lead_number", "/items/0/leads/0", 1, {{wrong_type, "/items/0/leads/0"}});
  set("partner_null", "/items/0/partners/0", nullptr, {{wrong_type, "/items/0/partners/0"}});
  set("progress_string", "/items/0/progress", "40", {{wrong_type, "/items/0/progress"}});
  set("milestones_object", "/items/0/milestones", json::object(),
      {{wrong_type, "/items/0/milestones"}});
  set("milestone_null", "/items/0/milestones/1", nullptr, {{wrong_type, "/items/0/milestones/1"}});
  set("dependency_string", "/items/1/dependsOn/0", "G1", {{wrong_type, "/items/1/dependsOn/0"}});
  set("lag_string", "/items/1/dependsOn/0/lagDays", "5",
      {{wrong_type, "/items/1/dependsOn/0/lagDays"}});
  set("lag_fraction", "/items/1/dependsOn/0/lagDays", 1.5,
      {{wrong_type, "/items/1/dependsOn/0/lagDays"}});
  set("evidence_object", "/items/0/evidence", json::object(), {{wrong_type, "/items/0/evidence"}});
  set("url_number", "/items/0/evidence/0/url", 1, {{wrong_type, "/items/0/evidence/0/url"}});
  set("hash_number", "/items/0/evidence/1/sha256", 1, {{wrong_type, "/items/0/evidence/1/sha256"}});
  set("citation_string", "/items/0/source", "s1", {{wrong_type, "/items/0/source"}});
  set("value_string", "/indicators/0/value", "30", {{wrong_type, "/indicators/0/value"}});
  set("flag_string", "/indicators/0/atLeast", "yes", {{wrong_type, "/indicators/0/atLeast"}});
  set("flag_number", "/indicators/0/atLeast", 1, {{wrong_type, "/indicators/0/atLeast"}});

  // Members.
  drop("no_id", "", "id", {{missing_member, ""}});
  drop("no_title", "", "title", {{missing_member, ""}});
  drop("no_kind", "", "kind", {{missing_member, ""}});
  drop("no_cities", "", "cities",
       {{missing_member, ""},
        {dangling_reference, "/departments/0/city"},
        {dangling_reference, "/departments/1/city"}});
  drop("no_department_city", "/departments/0", "city", {{missing_member, "/departments/0"}});
  drop("no_area_title", "/areas/0", "title", {{missing_member, "/areas/0"}});
  drop("no_code", "/items/2", "code", {{missing_member, "/items/2"}});
  drop("no_status", "/items/0", "status", {{missing_member, "/items/0"}});
  drop("no_milestone_id", "/items/0/milestones/0", "id",
       {{missing_member, "/items/0/milestones/0"}});
  drop("no_dependency_type", "/items/1/dependsOn/0", "type",
       {{missing_member, "/items/1/dependsOn/0"}});
  drop("no_evidence_kind", "/items/0/evidence/0", "kind",
       {{missing_member, "/items/0/evidence/0"}});
  drop("no_indicator_name", "/indicators/0", "name", {{missing_member, "/indicators/0"}});
  drop("citation_without_source", "/indicators/0/source", "source",
       {{missing_member, "/indicators/0/source"}});
  set("unknown_member_of_programme", "/itmes", json::array(), {{unknown_member, "/itmes"}});
  set("unknown_member_of_item", "/items/0/Status", "completed",
      {{unknown_member, "/items/0/Status"}});
  set("unknown_member_of_title", "/title/fr", "Deux villes", {{unknown_member, "/title/fr"}});
  set("extension_of_title", "/title/x-fr", "Deux villes", {{unknown_member, "/title/x-fr"}});
  set("unknown_member_with_slash", "/items/1/a~1b~0c", 1, {{unknown_member, "/items/1/a~1b~0c"}});
  set("unknown_member_without_name", "/items/1/", 1, {{unknown_member, "/items/1/"}});

  // Texts and names.
  set("empty_title", "/title", json::object(), {{empty_value, "/title"}});
  set("blank_title", "/items/0/title", {{"zh", " \t\n"}, {"en", ""}},
      {{empty_value, "/items/0/title"}});
  set("empty_place", "/items/0/source/place", {{"zh", ""}},
      {{empty_value, "/items/0/source/place"}});
  set("no_city", "/cities", json::array(),
      {{empty_value, "/cities"},
       {dangling_reference, "/departments/0/city"},
       {dangling_reference, "/departments/1/city"}});
  set("huge_title", "/items/1/title/zh", std::string((64 << 10) + 1, 'x'),
      {{too_large, "/items/1/title/zh"}});
  set("unknown_kind", "/kind", "draft", {{bad_name, "/kind"}});
  set("kind_number", "/kind", 1, {{bad_name, "/kind"}});
  set("unknown_status", "/items/0/status", "Completed", {{bad_name, "/items/0/status"}});
  set("chinese_status", "/items/0/status", "已完成", {{bad_name, "/items/0/status"}});
  set("unknown_dependency_type", "/items/1/dependsOn/0/type", "fs",
      {{bad_name, "/items/1/dependsOn/0/type"}});
  set("unknown_evidence_kind", "/items/0/evidence/0/kind", "video",
      {{bad_name, "/items/0/evidence/0/kind"}});
  set("unknown_counts", "/indicators/0/counts", "cities", {{bad_name, "/indicators/0/counts"}});
  set("unknown_counts_status", "/indicators/0/countsStatus", "done",
      {{bad_name, "/indicators/0/countsStatus"}});

  // Dates.
  set("no_leap_year", "/items/0/due", "2023-02-29", {{bad_date, "/items/0/due"}});
  set("day_first", "/items/0/due", "24/03/2024", {{bad_date, "/items/0/due"}});
  set("chinese_date", "/items/0/due", "2024年3月23日", {{bad_date, "/items/0/due"}});
  set("short_date", "/items/0/due", "2024-3-23", {{bad_date, "/items/0/due"}});
  set("full_width_date", "/items/0/due", "２０２４-03-23", {{bad_date, "/items/0/due"}});
  set("date_and_time", "/items/0/due", "2024-03-23T00:00:00Z", {{bad_date, "/items/0/due"}});
  set("month_13", "/asOf", "2024-13-01", {{bad_date, "/asOf"}});
  set("too_early", "/asOf", "1899-12-31", {{bad_date, "/asOf"}});
  set("too_late", "/asOf", "2200-01-01", {{bad_date, "/asOf"}});
  set("empty_date", "/sources/0/date", "", {{bad_date, "/sources/0/date"}});
  set("milestone_date", "/items/0/milestones/0/due", "soon",
      {{bad_date, "/items/0/milestones/0/due"}});
  set("evidence_date", "/items/0/evidence/0/date", "2024-02-30",
      {{bad_date, "/items/0/evidence/0/date"}});
  set("target_date", "/indicators/0/targetDate", "2024-04-31",
      {{bad_date, "/indicators/0/targetDate"}});
  set("calendar_day_without_date", "/calendarDays/0", {{"working", true}},
      {{missing_member, "/calendarDays/0"}});
  set("calendar_day", "/calendarDays/0/date", "8-8", {{bad_date, "/calendarDays/0/date"}});
  set("calendar_day_twice", "/calendarDays/1/date", "2024-08-08",
      {{duplicate_id, "/calendarDays/1/date"}});
  set("baseline_backwards", "/items/0/baseline/finish", "2023-11-30",
      {{date_order, "/items/0/baseline/finish"}});
  set("constraint_date", "/items/0/constraints/mustFinishOn", "soon",
      {{bad_date, "/items/0/constraints/mustFinishOn"}});
  set("constraints_backwards", "/items/0/constraints/startNoEarlier", "2024-08-01",
      {{date_order, "/items/0/constraints/finishNoLater"},
       {date_order, "/items/0/constraints/mustFinishOn"}});
  set("milestone_constraints_backwards", "/items/0/milestones/1/constraints/noEarlier",
      "2024-07-01", {{date_order, "/items/0/milestones/1/constraints/noLater"}});
  set("due_before_start", "/items/0/due", "2023-12-31", {{date_order, "/items/0/due"}});
  set("finished_before_started", "/items/0/finished", "2024-01-01",
      {{date_order, "/items/0/finished"}});

  // Estimates, judgements and thresholds.
  set("duration_fraction", "/items/0/duration", 1.5, {{wrong_type, "/items/0/duration"}});
  set("duration_negative", "/items/0/duration", -1, {{out_of_range, "/items/0/duration"}});
  set("duration_huge", "/items/0/duration", 1e9, {{out_of_range, "/items/0/duration"}});
  drop("estimate_without_likely", "/items/0/estimate", "likely",
       {{missing_member, "/items/0/estimate"}});
  set("estimate_backwards", "/items/0/estimate/pessimistic", 90,
      {{out_of_range, "/items/0/estimate/pessimistic"}});
  set("estimate_text", "/items/0/estimate/optimistic", "80",
      {{wrong_type, "/items/0/estimate/optimistic"}});
  set("confidence_colour", "/items/0/confidence/rag", "blue",
      {{bad_name, "/items/0/confidence/rag"}});
  set("confidence_unknown", "/items/0/confidence/rag", "unknown",
      {{bad_name, "/items/0/confidence/rag"}});
  drop("confidence_without_reason", "/items/0/confidence", "reason",
       {{missing_member, "/items/0/confidence"}});
  set("confidence_of_nobody", "/items/0/confidence/by", " ",
      {{empty_value, "/items/0/confidence/by"}});
  set("threshold_member", "/ragThresholds/amber", 1, {{unknown_member, "/ragThresholds/amber"}});
  set("threshold_range", "/ragThresholds/redBlocked", 0,
      {{out_of_range, "/ragThresholds/redBlocked"}});

  // Ids.
  set("empty_id", "/id", "", {{bad_id, "/id"}});
  set("id_with_space", "/areas/1/id", "a 2", {{bad_id, "/areas/1/id"}});
  set("id_with_line_end", "/areas/1/id", "a\n", {{bad_id, "/areas/1/id"}});
  set("huge_id", "/items/2/code", std::string(65, 'G'), {{bad_id, "/items/2/code"}});
  set("endless_id", "/items/2/code", std::string(1 << 20, 'G'), {{bad_id, "/items/2/code"}});
  set("empty_lead", "/items/0/leads/0", "", {{bad_id, "/items/0/leads/0"}});
  set("source_twice", "/sources/1", {{"id", "s1"}, {"title", {{"zh", "又一篇"}}}},
      {{duplicate_id, "/sources/1/id"}});
  edit("city_twice",
       [](json& d) {
         d["cities"][1]["id"] = "h";
         d["departments"][1]["city"] = "h";
       },
       {{duplicate_id, "/cities/1/id"}});
  edit("department_twice",
       [](json& d) {
         d["departments"][1]["id"] = "hd";
         d["items"][0]["partners"][0] = "hd";
       },
       {{duplicate_id, "/departments/1/id"}});
  set("area_twice", "/areas/1/id", "a1", {{duplicate_id, "/areas/1/id"}});
  set("item_twice", "/items/2/code", "G1", {{duplicate_id, "/items/2/code"}});
  set("milestone_twice", "/items/0/milestones/1/id", "m1",
      {{duplicate_id, "/items/0/milestones/1/id"}});
  edit("indicator_twice", [](json& d) { d["indicators"].push_back(d["indicators"][0]); },
       {{duplicate_id, "/indicators/1/id"}});

  // References.
  set("unknown_city", "/departments/0/city", "x", {{dangling_reference, "/departments/0/city"}});
  set("unknown_area", "/items/0/area", "A1", {{dangling_reference, "/items/0/area"}});
  set("unknown_lead", "/items/0/leads/0", "x", {{dangling_reference, "/items/0/leads/0"}});
  set("unknown_partner", "/items/0/partners/0", "x", {{dangling_reference, "/items/0/partners/0"}});
  set("unknown_predecessor", "/items/1/dependsOn/0/item", "G9",
      {{dangling_reference, "/items/1/dependsOn/0/item"}});
  set("unknown_source", "/items/0/source/source", "s2",
      {{dangling_reference, "/items/0/source/source"}});
  set("unknown_indicator_source", "/indicators/0/source/source", "s2",
      {{dangling_reference, "/indicators/0/source/source"}});
  set("city_in_place_of_department", "/items/0/leads/0", "h",
      {{dangling_reference, "/items/0/leads/0"}});
  set("depends_on_itself", "/items/1/dependsOn/0/item", "G2",
      {{dependency_cycle, "/items/1/dependsOn"}});
  set("cycle_of_two", "/items/1/dependsOn/0/item", "G3",
      {{dependency_cycle, "/items/1/dependsOn"}});
  set("cycle_of_three", "/items/0/dependsOn", json::array({{{"item", "G3"}, {"type", "FF"}}}),
      {{dependency_cycle, "/items/0/dependsOn"}});

  // Addresses, hashes, ranges.
  set("script_address", "/sources/0/url", "javascript:alert(1)", {{bad_url, "/sources/0/url"}});
  set("script_in_evidence", "/items/0/evidence/0/url", "JavaScript:alert(1)",
      {{bad_url, "/items/0/evidence/0/url"}});
  set("data_address", "/sources/0/url", "data:text/html,x", {{bad_url, "/sources/0/url"}});
  set("address_without_scheme", "/sources/0/url", "example.org", {{bad_url, "/sources/0/url"}});
  set("address_without_host", "/sources/0/url", "https://", {{bad_url, "/sources/0/url"}});
  set("address_with_space", "/sources/0/url", "https://a b", {{bad_url, "/sources/0/url"}});
  set("address_with_quote", "/sources/0/url",
      "https://a/\"onclick=", {{bad_url, "/sources/0/url"}});
  set("short_hash", "/items/0/evidence/1/sha256", "abc",
      {{bad_hash, "/items/0/evidence/1/sha256"}});
  set("not_a_hash", "/items/0/evidence/1/sha256", std::string(64, 'g'),
      {{bad_hash, "/items/0/evidence/1/sha256"}});
  set("progress_over_100", "/items/0/progress", 100.01, {{out_of_range, "/items/0/progress"}});
  set("progress_below_0", "/items/0/progress", -1, {{out_of_range, "/items/0/progress"}});
  set("progress_huge", "/items/0/progress", 1e308, {{out_of_range, "/items/0/progress"}});
  set("lag_of_decades", "/items/1/dependsOn/0/lagDays", 3661,
      {{out_of_range, "/items/1/dependsOn/0/lagDays"}});
  set("lag_huge", "/items/1/dependsOn/0/lagDays", -1e300,
      {{out_of_range, "/items/1/dependsOn/0/lagDays"}});

  // Many faults at once.
  edit("many_faults",
       [](json& d) {
         d["id"] = "two cities";
         d["asOf"] = "today";
         d["sources"][0]["url"] = "javascript:alert(1)";
         d["items"][0]["area"] = "a9";
         d["items"][0]["due"] = "2023-12-31";
         d["items"][0]["progress"] = "much";
         d["items"][1]["status"] = "done";
         d["items"][1].erase("title");
         d["items"][2]["code"] = "G1";
         d["items"][2]["note"] = "";
         d["indicators"][0]["source"]["source"] = "s9";
       },
       {{bad_id, "/id"},
        {bad_date, "/asOf"},
        {bad_url, "/sources/0/url"},
        {wrong_type, "/items/0/progress"},
        {missing_member, "/items/1"},
        {bad_name, "/items/1/status"},
        {unknown_member, "/items/2/note"},
        {duplicate_id, "/items/2/code"},
        {dangling_reference, "/items/0/area"},
        {date_order, "/items/0/due"},
        {dangling_reference, "/indicators/0/source/source"}});
  return files;
}

}  // namespace tc::test
