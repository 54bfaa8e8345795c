#include "core/model/programme_json.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>
#include <map>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "core/model/element_json.hpp"
#include "core/model/generate.hpp"
#include "tests/core/model/broken_files.hpp"

namespace tc {

namespace {

using nlohmann::json;
using test::BrokenFile;
using test::kGoodFile;
using test::Place;

std::vector<Place> places(const std::vector<Error>& errors) {
  std::vector<Place> list;
  list.reserve(errors.size());
  for (const Error& error : errors) list.push_back({error.code, error.pointer});
  return list;
}

std::string listed(const std::vector<Error>& errors) {
  std::string text;
  for (const Error& error : errors) {
    text += error.pointer + ": " + message(error, Language::en) + '\n';
  }
  return text;
}

Programme good_programme() {
  Result<Programme> result = load_programme(kGoodFile);
  EXPECT_TRUE(result) << listed(result.errors);
  return std::move(result.value).value_or(Programme{});
}

/// The smallest programme that holds together.
Programme small_programme() {
  Programme programme;
  programme.id = "p";
  programme.title.en = "P";
  programme.cities = {{"c", {"", "C"}, {}}};
  return programme;
}

// Reading ------------------------------------------------------------------------------------

TEST(programme_json, reads_every_member) {
  const Programme p = good_programme();
  EXPECT_EQ(p.id, "two-cities");
  EXPECT_EQ(p.title, (Text{"两市同城化", "Two cities"}));
  EXPECT_EQ(p.description, (Text{"", "For tests"}));
  EXPECT_EQ(p.kind, ProgrammeKind::working);
  EXPECT_EQ(p.as_of, make_date(2024, 3, 23));
  EXPECT_EQ(p.finish_by, make_date(2024, 12, 31));
  EXPECT_EQ(p.calendar_days,
            (std::vector<DayException>{{*make_date(2024, 8, 8), false, {"那达慕", ""}},
                                       {*make_date(2024, 8, 10), true, {}}}));
  RagThresholds thresholds;
  thresholds.red_slip = 5;
  thresholds.red_float = -3;
  EXPECT_EQ(p.rag_thresholds, thresholds);
  ASSERT_EQ(p.sources.size(), 1U);
  EXPECT_EQ(p.sources[0], (Source{"s1",
                                  {"报道", ""},
                                  {"日报", ""},
                                  make_date(2024, 3, 24),
                                  "https://example.org/a?b=c",
                                  {}}));
  EXPECT_EQ(p.cities,
            (std::vector<City>{{"h", {"呼和浩特", "Hohhot"}, {}}, {"b", {"包头", "Baotou"}, {}}}));
  ASSERT_EQ(p.departments.size(), 2U);
  EXPECT_EQ(p.departments[1], (Department{"bd", "b", {"包头市发展和改革委员会", ""}, {}}));
  ASSERT_EQ(p.areas.size(), 2U);
  EXPECT_EQ(p.areas[0], (Area{"a1", {"产业", "Industry"}, {}}));

  ASSERT_EQ(p.items.size(), 3U);
  const ActionItem& item = p.items[0];
  EXPECT_EQ(item.code, "G1");
  EXPECT_EQ(item.title, (Text{"签订协议", "Sign the agreement"}));
  EXPECT_EQ(item.summary, (Text{"产业合作", ""}));
  EXPECT_EQ(item.area, "a1");
  EXPECT_EQ(item.status, Status::under_way);
  EXPECT_EQ(item.leads, std::vector<std::string>{"hd"});
  EXPECT_EQ(item.partners, std::vector<std::string>{"bd"});
  EXPECT_EQ(item.start, make_date(2024, 1, 1));
  EXPECT_EQ(item.due, make_date(2024, 6, 30));
  EXPECT_EQ(item.started, make_date(2024, 1, 2));
  EXPECT_EQ(item.finished, make_date(2024, 2, 29));
  EXPECT_EQ(item.progress, 40.5);
  ASSERT_EQ(item.milestones.size(), 2U);
  EXPECT_EQ(item.milestones[0], (Milestone{"m1",
                                           {"草案", ""},
                                           make_date(2024, 2, 1),
                                           make_date(2024, 2, 2),
                                           std::nullopt,
                                           std::nullopt,
                                           {}}));
  EXPECT_EQ(item.milestones[1].constraints,
            (MilestoneConstraints{make_date(2024, 5, 1), make_date(2024, 6, 30),
                                  make_date(2024, 6, 15)}));
  EXPECT_EQ(item.milestones[1].baseline, make_date(2024, 5, 15));
  EXPECT_EQ(item.duration, 100);
  EXPECT_EQ(item.estimate, (Estimate{80, 100.5, 150}));
  EXPECT_EQ(item.constraints, (ItemConstraints{make_date(2024, 1, 1), make_date(2024, 7, 31),
                                               make_date(2024, 7, 30)}));
  EXPECT_EQ(item.baseline, (Baseline{make_date(2023, 12, 1), make_date(2024, 5, 31)}));
  EXPECT_EQ(item.confidence,
            (RagOverride{Rag::amber, {"资金未落实", ""}, "张三", make_date(2024, 3, 22)}));
  ASSERT_EQ(item.evidence.size(), 2U);
  EXPECT_EQ(
      item.evidence[0],
      (Evidence{
          EvidenceKind::link, {"新闻", ""}, "http://example.org/", "", make_date(2024, 3, 1), {}}));
  EXPECT_EQ(item.evidence[1].kind, EvidenceKind::file);
  EXPECT_EQ(item.evidence[1].sha256.size(), 64U);
  EXPECT_EQ(item.source, (Citation{"s1", {"第一段", ""}}));
  EXPECT_EQ(item.extensions, (Extensions{{"x-budget", R"({"currency":"CNY","sum":1.5})"}}));
  EXPECT_EQ(p.items[1].depends_on,
            (std::vector<Dependency>{{"G1", DependencyType::finish_to_start, -5, {}}}));
  EXPECT_EQ(p.items[1].progress, std::nullopt);
  EXPECT_EQ(p.items[1].source, std::nullopt);
  EXPECT_EQ(p.items[2].depends_on,
            (std::vector<Dependency>{{"G2", DependencyType::start_to_start, 0, {}}}));

  ASSERT_EQ(p.indicators.size(), 1U);
  Indicator indicator;
  indicator.id = "i1";
  indicator.name = {"重点事项", ""};
  indicator.value = 30;
  indicator.unit = {"项", ""};
  indicator.target = 40;
  indicator.target_date = make_date(2024, 12, 31);
  indicator.as_of = make_date(2024, 3, 23);
  indicator.at_least = true;
  indicator.counts = Counts::items;
  indicator.counts_status = Status::completed;
  indicator.source = Citation{"s1", {}};
  EXPECT_EQ(p.indicators[0], indicator);
}

TEST(programme_json, reads_the_least_there_can_be) {
  const Result<Programme> result = load_programme(
      R"({"format":"tongcheng-programme","version":1,"id":"p","title":{"en":"P"},"kind":"working",
          "cities":[{"id":"c","name":{"en":"C"}}]})");
  ASSERT_TRUE(result) << listed(result.errors);
  EXPECT_EQ(*result.value, small_programme());
}

TEST(programme_json, a_byte_order_mark_changes_nothing) {
  const Result<Programme> result = load_programme("\xEF\xBB\xBF" + std::string(kGoodFile));
  ASSERT_TRUE(result);
  EXPECT_EQ(*result.value, good_programme());
}

TEST(programme_json, every_name_is_read_and_written) {
  Programme p = small_programme();
  for (const Status status : kStatuses) {
    ActionItem item;
    item.code = name_of(status);
    item.title.en = "t";
    item.status = status;
    p.items.push_back(item);
    Indicator indicator;
    indicator.id = name_of(status);
    indicator.name.en = "n";
    indicator.counts = Counts::items;
    indicator.counts_status = status;
    p.indicators.push_back(indicator);
  }
  p.indicators[0].counts = Counts::areas;
  p.indicators[1].counts = Counts::nothing;
  for (int i = 0; i < 4; ++i) {
    p.items[5].depends_on.push_back(
        {p.items[static_cast<std::size_t>(i)].code, static_cast<DependencyType>(i), i, {}});
  }
  for (const EvidenceKind kind : {EvidenceKind::link, EvidenceKind::note, EvidenceKind::file}) {
    Evidence evidence;
    evidence.kind = kind;
    evidence.title.en = "e";
    p.items[0].evidence.push_back(evidence);
  }
  for (const ProgrammeKind kind :
       {ProgrammeKind::sourced, ProgrammeKind::demonstration, ProgrammeKind::working}) {
    p.kind = kind;
    const Result<Programme> result = load_programme(save_programme(p));
    ASSERT_TRUE(result) << listed(result.errors);
    EXPECT_EQ(*result.value, p);
  }
}

TEST(programme_json, status_labels_follow_the_glossary) {
  EXPECT_EQ(label_of(Status::completed), (Text{"已完成", "Completed"}));
  EXPECT_EQ(label_of(Status::staged_result), (Text{"取得阶段性成果", "Staged result"}));
  EXPECT_EQ(label_of(Status::unknown), (Text{"未知", "Unknown"}));
}

TEST(programme_json, a_text_falls_back_to_the_other_language) {
  EXPECT_EQ((Text{"包头", "Baotou"}.in(Language::en)), "Baotou");
  EXPECT_EQ((Text{"包头", "Baotou"}.in(Language::zh)), "包头");
  EXPECT_EQ((Text{"包头", ""}.in(Language::en)), "包头");
  EXPECT_EQ((Text{"", "Baotou"}.in(Language::zh)), "Baotou");
}

// Broken files -------------------------------------------------------------------------------

class BrokenFiles : public testing::TestWithParam<BrokenFile> {};

TEST_P(BrokenFiles, are_refused_with_every_fault_in_its_place) {
  const BrokenFile& file = GetParam();
  const Result<Programme> result = load_programme(file.bytes);
  EXPECT_FALSE(result);
  EXPECT_EQ(places(result.errors), file.faults) << listed(result.errors);
  for (const Error& error : result.errors) {
    EXPECT_LT(error.found.size(), 500U) << error.pointer;
    for (const Language language : {Language::zh, Language::en}) {
      // Valid UTF-8, whatever the file contains.
      EXPECT_NO_THROW(json(message(error, language)).dump());
      EXPECT_NO_THROW(json(error.pointer).dump());
    }
  }
}

INSTANTIATE_TEST_SUITE_P(programme_json, BrokenFiles, testing::ValuesIn(test::broken_files()),
                         [](const auto& info) { return info.param.name; });

TEST(programme_json, the_table_of_broken_files_is_large_and_uses_every_code) {
  const std::vector<BrokenFile> files = test::broken_files();
  EXPECT_GE(files.size(), 150U);
  std::map<ErrorCode, int> uses;
  for (const BrokenFile& file : files) {
    for (const Place& place : file.faults) ++uses[place.code];
  }
  EXPECT_EQ(uses.size(), static_cast<std::size_t>(ErrorCode::date_order) + 1);
}

TEST(programme_json, errors_say_what_was_found_and_expected) {
  const auto said = [](const char* pointer, json value) {
    json document = json::parse(kGoodFile);
    document[json::json_pointer(pointer)] = std::move(value);
    const Result<Programme> result = load_programme(document.dump());
    return result.errors.empty() ? "" : message(result.errors.front(), Language::en);
  };
  EXPECT_EQ(said("/items/0/due", "24/03/2024"),
            "\"24/03/2024\" is not a date; expected YYYY-MM-DD between 1900 and 2199");
  EXPECT_EQ(said("/items/0/due", "2023-12-31"),
            "2023-12-31 is before 2024-01-01; expected that day or later");
  EXPECT_EQ(said("/items/0/title", 5), "wrong type: found 5, expected an object");
  EXPECT_EQ(said("/items/0/title", json::array({1, 2})),
            "wrong type: found an array, expected an object");
  EXPECT_EQ(said("/items/0/area", "a9"), "a9 does not exist; expected an id in /areas");
  EXPECT_EQ(said("/areas/1/id", "a1"),
            "the id a1 is taken; expected one that differs from "
            "/areas/0/id");
  EXPECT_EQ(said("/items/1/dependsOn/0/item", "G3"),
            "the dependencies form a cycle: G2 → G3 → G2; expected none");
  EXPECT_EQ(said("/items/1/dependsOn/0/item", "G2"),
            "the dependencies form a cycle: G2 → G2; expected none");
  EXPECT_EQ(said("/version", 2), "version 2 is not supported; expected 1");
  EXPECT_EQ(said("/items/0/status", "done"),
            "\"done\" is not a known name; expected one of completed, staged-result, under-way, "
            "not-started, blocked, unknown");
  EXPECT_EQ(said("/sources/0/name", "x"),
            "unknown member name; expected one of id, title, publisher, date, url");
  EXPECT_NE(said("/items/0/progress", 101).find("101 is out of range"), std::string::npos);
}

TEST(programme_json, errors_are_limited_in_number) {
  json document = json::parse(kGoodFile);
  for (int i = 0; i < 3000; ++i) document["items"].push_back(nullptr);
  EXPECT_EQ(load_programme(document.dump()).errors.size(), kMaxErrors);
}

TEST(programme_json, size_is_limited) {
  const std::string bytes(kMaxBytes + 1, ' ');
  const Result<Programme> result = load_programme(bytes);
  EXPECT_EQ(places(result.errors), (std::vector<Place>{{ErrorCode::too_large, ""}}));
}

// Writing ------------------------------------------------------------------------------------

TEST(programme_json, the_canonical_text_is_the_good_file) {
  EXPECT_EQ(save_programme(good_programme()), kGoodFile);
}

/// Saves, loads and saves again; the programme and the text have to stay what they are.
void expect_round_trip(const Programme& programme) {
  const std::string text = save_programme(programme);
  const Result<Programme> result = load_programme(text);
  ASSERT_TRUE(result) << listed(result.errors);
  EXPECT_TRUE(*result.value == programme);
  EXPECT_TRUE(save_programme(*result.value) == text);
  EXPECT_TRUE(json::accept(text));
}

TEST(programme_json, generated_programmes_make_the_round_trip) {
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    for (const std::size_t items : {0U, 1U, 50U}) {
      expect_round_trip(generate_programme(items, seed));
    }
  }
  expect_round_trip(generate_programme(10'000, 7));
}

TEST(programme_json, any_text_makes_the_round_trip) {
  for (const char* text :
       {"<script>alert(1)</script>", "</script><!--", "\"quoted\" \\ back/slash", "𠮷野家",
        "😀👨‍👩‍👧", "line\nend\r\n\ttab", "\x01\x1F\x7F", "\u2028\u2029", "\u202Eabc",
        "' OR 1=1 --", "=HYPERLINK(\"x\")", " padded ", "e\u0301", "{\"a\": [1]}", "{f} {e}"}) {
    Programme p = small_programme();
    p.title = {text, text};
    ActionItem item;
    item.code = "<b>&\"'\\/~";
    item.title.zh = text;
    p.items.push_back(item);
    p.extensions = {{"x-" + std::string(text), json(text).dump()}};
    expect_round_trip(p);
  }
}

TEST(programme_json, a_nul_character_makes_the_round_trip) {
  Programme p = small_programme();
  p.title.zh = std::string("a\0b", 3);
  expect_round_trip(p);
}

TEST(programme_json, any_number_makes_the_round_trip) {
  using Limits = std::numeric_limits<double>;
  Programme p = small_programme();
  for (const double value : {0.0,
                             1.0,
                             -1.0,
                             0.1,
                             1.0 / 3,
                             1e15,
                             9007199254740991.0,
                             9007199254740992.0,
                             9007199254740994.0,
                             1e17,
                             1e20,
                             -1e300,
                             Limits::max(),
                             Limits::lowest(),
                             Limits::min(),
                             Limits::denorm_min(),
                             Limits::epsilon(),
                             183700.0,
                             106.65,
                             5e-324,
                             123456789.123456789}) {
    Indicator indicator;
    indicator.id = "i" + std::to_string(p.indicators.size());
    indicator.name.en = "n";
    indicator.value = value;
    indicator.target = -value;
    p.indicators.push_back(indicator);
  }
  p.items.push_back({});
  p.items[0].code = "G";
  p.items[0].title.en = "t";
  p.items[0].progress = 99.9999999999;
  expect_round_trip(p);
}

TEST(programme_json, whole_numbers_are_written_without_a_fraction) {
  Programme p = small_programme();
  p.indicators.resize(1);
  p.indicators[0].id = "i";
  p.indicators[0].name.en = "n";
  p.indicators[0].value = 183700;
  p.indicators[0].target = 0.5;
  const std::string text = save_programme(p);
  EXPECT_NE(text.find("\"value\": 183700,"), std::string::npos) << text;
  EXPECT_NE(text.find("\"target\": 0.5\n"), std::string::npos) << text;
}

TEST(programme_json, extensions_are_kept_wherever_they_may_stand) {
  json document = json::parse(kGoodFile);
  const json value = {{"list", {1, 2.5, "三", nullptr, true, json::object(), json::array()}},
                      {"big", 18446744073709551615U},
                      {"small", -9223372036854775807},
                      {"float", 1e300}};
  for (const char* parent :
       {"", "/sources/0", "/cities/0", "/departments/0", "/areas/0", "/items/0",
        "/items/0/milestones/0", "/items/1/dependsOn/0", "/items/0/evidence/0", "/indicators/0"}) {
    document[json::json_pointer(parent)]["x-note"] = value;
    document[json::json_pointer(parent)]["x-"] = "";
  }
  const Result<Programme> result = load_programme(document.dump());
  ASSERT_TRUE(result) << listed(result.errors);
  const std::string text = save_programme(*result.value);
  EXPECT_EQ(json::parse(text), document);
  expect_round_trip(*result.value);
}

TEST(programme_json, extensions_in_any_order_are_written_in_one) {
  Programme p = small_programme();
  p.extensions = {{"x-b", "1"}, {"x-a", "[2]"}, {"x-包", "{}"}, {"x-B", "null"}};
  const std::string text = save_programme(p);
  const Result<Programme> result = load_programme(text);
  ASSERT_TRUE(result) << listed(result.errors);
  EXPECT_EQ(save_programme(*result.value), text);
}

TEST(programme_json, limits_are_inclusive) {
  Programme p = small_programme();
  p.id = std::string(64, 'i');
  p.title.zh = std::string(64 << 10, 'x');
  p.as_of = make_date(2199, 12, 31);
  p.items.resize(2);
  p.items[0].code = "a";
  p.items[0].title.en = "t";
  p.items[0].start = p.items[0].due = make_date(1900, 1, 1);
  p.items[0].progress = 100;
  p.items[1].code = "b";
  p.items[1].title.en = "t";
  p.items[1].progress = 0;
  p.items[1].depends_on = {{"a", DependencyType::finish_to_start, -3660, {}},
                           {"a", DependencyType::start_to_finish, 3660, {}}};
  expect_round_trip(p);
}

TEST(programme_json, the_programmes_that_come_along_are_in_order) {
  const std::filesystem::path folder =
      std::filesystem::path(TONGCHENG_SOURCE_DIR) / "assets" / "programmes";
  for (const char* name : {"hubao-2024.json", "demo.json"}) {
    EXPECT_TRUE(std::filesystem::is_regular_file(folder / name)) << name;
  }
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".json") continue;
    SCOPED_TRACE(entry.path());
    std::ostringstream bytes;
    bytes << std::ifstream(entry.path(), std::ios::binary).rdbuf();
    const Result<Programme> result = load_programme(bytes.str());
    ASSERT_TRUE(result) << listed(result.errors);
    expect_round_trip(*result.value);
    // Nothing that the file says is lost.
    EXPECT_EQ(json::parse(save_programme(*result.value)), json::parse(bytes.str()));
  }
}

// validate -----------------------------------------------------------------------------------

TEST(programme_json, validate_finds_nothing_in_good_programmes) {
  EXPECT_TRUE(validate(good_programme()).empty());
  EXPECT_TRUE(validate(small_programme()).empty());
  EXPECT_TRUE(validate(generate_programme(100, 1)).empty());
}

TEST(programme_json, validate_sees_what_types_do_not_promise) {
  const auto said = [](auto change) {
    Programme p = good_programme();
    change(p);
    return places(validate(p));
  };
  using Places = std::vector<Place>;
  using enum ErrorCode;
  EXPECT_EQ(said([](Programme& p) { p.id = ""; }), (Places{{bad_id, "/id"}}));
  EXPECT_EQ(said([](Programme& p) { p.items[2].code = ""; }), (Places{{bad_id, "/items/2/code"}}));
  EXPECT_EQ(said([](Programme& p) { p.items[2].code = "G 3"; }),
            (Places{{bad_id, "/items/2/code"}}));
  EXPECT_EQ(said([](Programme& p) { p.items[2].code = "G1"; }),
            (Places{{duplicate_id, "/items/2/code"}}));
  EXPECT_EQ(said([](Programme& p) { p.items[0].title = {}; }),
            (Places{{empty_value, "/items/0/title"}}));
  EXPECT_EQ(said([](Programme& p) { p.items[0].area = "a9"; }),
            (Places{{dangling_reference, "/items/0/area"}}));
  EXPECT_EQ(said([](Programme& p) { p.items[1].depends_on[0].item = "G3"; }),
            (Places{{dependency_cycle, "/items/1/dependsOn"}}));
  EXPECT_EQ(said([](Programme& p) { p.items[0].due = *p.items[0].start - 1; }),
            (Places{{date_order, "/items/0/due"}}));
  EXPECT_EQ(said([](Programme& p) { p.items[0].progress = 101; }),
            (Places{{out_of_range, "/items/0/progress"}}));
  EXPECT_EQ(said([](Programme& p) { p.items[0].progress = std::nan(""); }).size(), 1U);
  EXPECT_EQ(said([](Programme& p) { p.indicators[0].value = HUGE_VAL; }).size(), 1U);
  EXPECT_EQ(said([](Programme& p) { p.as_of = Date{100'000}; }), (Places{{bad_date, "/asOf"}}));
  EXPECT_EQ(said([](Programme& p) { p.sources[0].url = "javascript:alert(1)"; }),
            (Places{{bad_url, "/sources/0/url"}}));
  EXPECT_EQ(said([](Programme& p) {
              p.extensions = {{"note", "1"}};
            }),
            (Places{{unknown_member, "/note"}}));
}

// Mutations ----------------------------------------------------------------------------------

std::string mutated(std::string bytes, std::mt19937_64& random) {
  const auto below = [&random](std::size_t n) { return static_cast<std::size_t>(random() % n); };
  static const std::vector<std::string> tokens = {"{",
                                                  "}",
                                                  "[",
                                                  "]",
                                                  ",",
                                                  ":",
                                                  "\"",
                                                  "null",
                                                  "-1",
                                                  "1e400",
                                                  "\"x\"",
                                                  "\\u",
                                                  "0",
                                                  "\"G1\"",
                                                  "\"2024-02-30\"",
                                                  "\xEF\xBB\xBF",
                                                  "true"};
  const std::size_t edits = 1 + below(3);
  for (std::size_t i = 0; i < edits && !bytes.empty(); ++i) {
    const std::size_t at = below(bytes.size());
    const std::size_t length = std::min(bytes.size() - at, 1 + below(40));
    switch (below(7)) {
      case 0:
        bytes[at] = static_cast<char>(static_cast<unsigned char>(bytes[at]) ^ (1U << below(8)));
        break;
      case 1:
        bytes[at] = static_cast<char>(below(256));
        break;
      case 2:
        bytes.erase(at, length);
        break;
      case 3:
        bytes.insert(below(bytes.size()), bytes.substr(at, length));
        break;
      case 4:
        bytes.insert(at, tokens[below(tokens.size())]);
        break;
      case 5:
        bytes[at] = static_cast<char>('0' + below(10));
        break;
      default:
        if (below(4) == 0) bytes.resize(at);
        break;
    }
  }
  return bytes;
}

TEST(programme_json, any_bytes_give_a_programme_in_order_or_errors) {
  const std::string good = kGoodFile;
  std::mt19937_64 random(20240323);
  std::map<ErrorCode, int> codes;
  int accepted = 0;
  for (int round = 0; round < 3000; ++round) {
    const std::string bytes = mutated(good, random);
    SCOPED_TRACE(bytes);
    const Result<Programme> result = load_programme(bytes);
    ASSERT_NE(result.value.has_value(), !result.errors.empty());
    if (result) {
      ++accepted;
      ASSERT_TRUE(validate(*result.value).empty());
      expect_round_trip(*result.value);
      if (HasFatalFailure()) return;
    }
    // What the document contains, or lacks, is where the error says.
    const json document = json::parse(bytes, nullptr, false);
    for (const Error& error : result.errors) {
      ++codes[error.code];
      ASSERT_NO_THROW(json(message(error, Language::zh)).dump());
      ASSERT_NO_THROW(json(error.pointer).dump());
      if (document.is_discarded()) continue;
      const bool absent = error.code == ErrorCode::wrong_format;
      ASSERT_TRUE(absent || document.contains(json::json_pointer(error.pointer))) << error.pointer;
    }
  }
  EXPECT_GT(accepted, 100);
  EXPECT_GT(codes.size(), 10U);
}

TEST(programme_json, errors_of_items_stand_in_the_order_of_the_file) {
  // Whole items are read while the file is parsed, what isn't an object afterwards.
  json document = json::parse(R"({"format": "tongcheng-programme", "version": 1,
    "title": {"zh": "呼包"}, "areas": 1, "items": [
      {"code": "1", "title": {"zh": "一"}, "status": "never"}, 2,
      {"code": "3", "title": {"zh": "三"}, "start": "soon", "due": "later"}], "sources": 3})");
  const auto pointers = [](const std::vector<Error>& errors) {
    std::vector<std::string> result;
    for (const Error& error : errors) result.push_back(error.pointer);
    return result;
  };
  const std::vector<std::string> found = pointers(load_programme(document.dump()).errors);
  EXPECT_EQ(found, pointers(load_document(document).errors));
  const auto at = [&found](const char* pointer) {
    return std::find(found.begin(), found.end(), pointer) - found.begin();
  };
  EXPECT_LT(at("/items/0/status"), at("/items/1"));
  EXPECT_LT(at("/items/1"), at("/items/2/start"));
  EXPECT_LT(at("/items/2/start"), at("/items/2/due"));
  EXPECT_LT(at("/items/2/due"), std::ssize(found));
}

}  // namespace
}  // namespace tc
