#include "core/model/postings.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "core/model/programme_json.hpp"
#include "tests/core/matching/ranking_quality.hpp"

namespace tc {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

/// Every member of every kind of posting, in canonical form.
const char* const kPostings = R"({
  "format": "tongcheng-programme",
  "version": 1,
  "id": "p",
  "title": {
    "en": "P"
  },
  "kind": "working",
  "sources": [
    {
      "id": "s",
      "title": {
        "en": "S"
      }
    }
  ],
  "cities": [
    {
      "id": "h",
      "name": {
        "zh": "呼和浩特"
      }
    },
    {
      "id": "b",
      "name": {
        "zh": "包头"
      }
    }
  ],
  "needs": [
    {"id": "N1", "title": {"zh": "清扫", "en": "Cleaning"}, "text": {"zh": "光伏"}, "firm": {"zh": "甲"}, "city": "h", "cluster": "new-energy", "stage": "downstream", "trl": 7, "team": 0, "budget": 1000000.5, "capacity": 2, "exclusive": true, "posted": "2024-01-01", "deadline": "2024-01-01", "source": {"source": "s"}, "x-note": {"a":[1,2.5]}},
    {"id": "N2", "title": {"en": "Least"}}
  ],
  "results": [
    {"id": "R1", "title": {"zh": "装置"}, "text": {"zh": "毛刷"}, "owner": {"zh": "乙"}, "city": "b", "cluster": "modern-equipment", "stage": "upstream", "trl": 9, "team": 3, "price": 0, "capacity": 3, "updated": "2024-02-29", "source": {"source": "s", "place": {"en": "page 1"}}}
  ],
  "jobs": [
    {"id": "J1", "title": {"zh": "技术员"}, "text": {"zh": "运维"}, "employer": {"zh": "丙"}, "city": "b", "cluster": "dairy", "quota": 3, "degree": "vocational", "requirements": {"zh": "电工"}, "salaryMin": 4000, "salaryMax": 4000, "posted": "2024-01-01", "deadline": "2024-06-30", "choices": ["G1"], "source": {"source": "s"}}
  ],
  "graduates": [
    {"code": "G1", "field": {"zh": "电气"}, "degree": "bachelor", "skills": {"zh": "PLC"}, "cities": ["b", "h"], "salary": 5000, "choices": ["J1"], "contact": {"name": "某某", "phone": "000", "email": "nobody@example.org"}},
    {"code": "G2"}
  ],
  "challenges": [
    {
      "id": "C1",
      "title": {
        "zh": "揭榜"
      },
      "text": {
        "zh": "难题"
      },
      "owner": {
        "zh": "丁"
      },
      "city": "h",
      "cluster": "big-data",
      "budget": 5000000,
      "posted": "2024-03-01",
      "deadline": "2024-05-01",
      "criteria": [
        {"id": "k1", "title": {"zh": "技术"}, "weight": 60},
        {"id": "k2", "title": {"zh": "团队"}}
      ],
      "judges": [
        {"id": "e1", "name": {"zh": "评委一"}, "conflicts": ["b1"]},
        {"id": "e2"}
      ],
      "bids": [
        {
          "id": "b1",
          "bidder": {
            "zh": "戊"
          },
          "city": "b",
          "price": 4000000,
          "submitted": "2024-04-30",
          "scores": [
            {"judge": "e1", "criterion": "k1", "score": 88.5},
            {"judge": "e2", "criterion": "k1"}
          ]
        }
      ],
      "source": {
        "source": "s"
      }
    }
  ]
}
)";

std::string listed(const std::vector<Error>& errors) {
  std::string text;
  for (const Error& error : errors)
    text += error.pointer + ": " + message(error, Language::en) + '\n';
  return text;
}

TEST(postings, the_canonical_text_makes_the_round_trip) {
  const Result<Programme> result = load_programme(kPostings);
  ASSERT_TRUE(result) << listed(result.errors);
  EXPECT_EQ(save_programme(*result.value), kPostings);
  EXPECT_TRUE(validate(*result.value).empty());
  const Programme& p = *result.value;
  EXPECT_EQ(p.needs[0].team, 0);
  EXPECT_EQ(p.needs[1].team, std::nullopt);
  EXPECT_EQ(p.needs[0].capacity, 2);
  EXPECT_EQ(p.needs[1].capacity, 1);
  EXPECT_EQ(p.results[0].price, 0);
  EXPECT_EQ(p.graduates[0].contact->phone, "000");
  EXPECT_EQ(p.challenges[0].bids[0].scores[1].score, std::nullopt);
}

TEST(postings, every_name_is_read_and_written) {
  Programme p = *load_programme(kPostings).value;
  for (const IndustryCluster cluster : kIndustryClusters) {
    for (const ChainPosition stage : kChainPositions) {
      for (const Degree degree : kDegrees) {
        p.needs[0].cluster = cluster;
        p.results[0].stage = stage;
        p.jobs[0].degree = degree;
        const Result<Programme> result = load_programme(save_programme(p));
        ASSERT_TRUE(result) << listed(result.errors);
        ASSERT_EQ(*result.value, p);
        EXPECT_FALSE(label_of(cluster).zh.empty() || label_of(stage).en.empty() ||
                     label_of(degree).zh.empty());
      }
    }
  }
}

struct Fault {
  const char* pointer;  ///< of the value that is set
  json value;
  ErrorCode code;
  const char* place;
};

TEST(postings, faults_are_found_where_they_stand) {
  using enum ErrorCode;
  const std::vector<Fault> faults = {
      {"/needs/1/id", "N1", duplicate_id, "/needs/1/id"},
      {"/needs/0/id", "a b", bad_id, "/needs/0/id"},
      {"/needs/0/title", json::object(), empty_value, "/needs/0/title"},
      {"/needs/0/city", "x", dangling_reference, "/needs/0/city"},
      {"/needs/0/cluster", "steel", bad_name, "/needs/0/cluster"},
      {"/needs/0/stage", 1, bad_name, "/needs/0/stage"},
      {"/needs/0/trl", 10, out_of_range, "/needs/0/trl"},
      {"/needs/0/trl", 0, out_of_range, "/needs/0/trl"},
      {"/needs/0/trl", 2.5, wrong_type, "/needs/0/trl"},
      {"/needs/0/team", -1, out_of_range, "/needs/0/team"},
      {"/needs/0/team", "3", wrong_type, "/needs/0/team"},
      {"/needs/0/budget", -1, out_of_range, "/needs/0/budget"},
      {"/needs/0/capacity", 0, out_of_range, "/needs/0/capacity"},
      {"/needs/0/exclusive", "yes", wrong_type, "/needs/0/exclusive"},
      {"/needs/0/deadline", "2023-12-31", date_order, "/needs/0/deadline"},
      {"/needs/0/posted", "2024-02-30", bad_date, "/needs/0/posted"},
      {"/needs/0/source/source", "t", dangling_reference, "/needs/0/source/source"},
      {"/needs/0/budgets", 1, unknown_member, "/needs/0/budgets"},
      {"/needs/2", nullptr, wrong_type, "/needs/2"},
      {"/needs", json::object(), wrong_type, "/needs"},
      {"/results/1", {{"id", "R1"}, {"title", {{"en", "T"}}}}, duplicate_id, "/results/1/id"},
      {"/results/0/city", "x", dangling_reference, "/results/0/city"},
      {"/results/0/price", "free", wrong_type, "/results/0/price"},
      {"/jobs/0/quota", 0, out_of_range, "/jobs/0/quota"},
      {"/jobs/0/degree", "PhD", bad_name, "/jobs/0/degree"},
      {"/jobs/0/salaryMax", 3999, out_of_range, "/jobs/0/salaryMax"},
      {"/jobs/0/choices/0", "G9", dangling_reference, "/jobs/0/choices/0"},
      {"/jobs/0/choices/1", "G1", duplicate_id, "/jobs/0/choices/1"},
      {"/jobs/0/deadline", "2023-01-01", date_order, "/jobs/0/deadline"},
      {"/graduates/1/code", "G1", duplicate_id, "/graduates/1/code"},
      {"/graduates/0/name", "某某", unknown_member, "/graduates/0/name"},
      {"/graduates/0/cities/0", "x", dangling_reference, "/graduates/0/cities/0"},
      {"/graduates/0/cities/1", "b", duplicate_id, "/graduates/0/cities/1"},
      {"/graduates/0/choices/0", "J9", dangling_reference, "/graduates/0/choices/0"},
      {"/graduates/0/contact/fax", "1", unknown_member, "/graduates/0/contact/fax"},
      {"/challenges/0/criteria/1/id", "k1", duplicate_id, "/challenges/0/criteria/1/id"},
      {"/challenges/0/criteria/0/weight", -1, out_of_range, "/challenges/0/criteria/0/weight"},
      {"/challenges/0/judges/2", {{"id", "e1"}}, duplicate_id, "/challenges/0/judges/2/id"},
      {"/challenges/0/judges/0/conflicts/0", "b9", dangling_reference,
       "/challenges/0/judges/0/conflicts/0"},
      {"/challenges/0/bids/0/city", "x", dangling_reference, "/challenges/0/bids/0/city"},
      {"/challenges/0/bids/0/scores/0/judge", "e9", dangling_reference,
       "/challenges/0/bids/0/scores/0/judge"},
      {"/challenges/0/bids/0/scores/0/criterion", "k9", dangling_reference,
       "/challenges/0/bids/0/scores/0/criterion"},
      {"/challenges/0/bids/0/scores/0/score", 101, out_of_range,
       "/challenges/0/bids/0/scores/0/score"},
      {"/challenges/0/bids/0/scores/1/judge", "e1", duplicate_id, "/challenges/0/bids/0/scores/1"},
      {"/challenges/0/deadline", "2024-02-01", date_order, "/challenges/0/deadline"},
  };
  for (const Fault& fault : faults) {
    json document = json::parse(kPostings);
    document[json::json_pointer(fault.pointer)] = fault.value;
    const Result<Programme> result = load_programme(document.dump());
    SCOPED_TRACE(std::string(fault.pointer) + " = " + fault.value.dump());
    EXPECT_FALSE(result);
    if (result.errors.empty()) continue;
    EXPECT_EQ(result.errors[0].pointer, fault.place) << listed(result.errors);
    EXPECT_EQ(result.errors[0].code, fault.code) << listed(result.errors);
    EXPECT_EQ(result.errors.size(), 1U) << listed(result.errors);
  }
}

TEST(postings, the_schema_lists_the_members_that_the_loader_takes) {
  const ordered_json schema =
      ordered_json::parse(matching::test::file_text("assets/schema/programme.schema.json"));
  const std::vector<std::pair<const char*, const char*>> places = {
      {"", ""},
      {"need", "/needs/0"},
      {"result", "/results/0"},
      {"job", "/jobs/0"},
      {"graduate", "/graduates/0"},
      {"contact", "/graduates/0/contact"},
      {"challenge", "/challenges/0"},
      {"criterion", "/challenges/0/criteria/0"},
      {"judge", "/challenges/0/judges/0"},
      {"bid", "/challenges/0/bids/0"},
      {"score", "/challenges/0/bids/0/scores/0"},
  };
  for (const auto& [definition, pointer] : places) {
    SCOPED_TRACE(definition);
    json document = json::parse(kPostings);
    document[json::json_pointer(std::string(pointer) + "/unheardOf")] = 1;
    const Result<Programme> result = load_programme(document.dump());
    ASSERT_EQ(result.errors.size(), 1U) << listed(result.errors);
    const ordered_json& object = *definition == '\0' ? schema : schema["$defs"][definition];
    std::string members;
    for (const auto& [name, value] : object["properties"].items()) {
      members += (members.empty() ? "" : ", ") + name;
    }
    EXPECT_EQ(result.errors[0].expected, members);
    // Exactly what the schema requires can't be left out.
    std::set<std::string> required;
    if (object.contains("required")) required = object["required"].get<std::set<std::string>>();
    if (*definition == '\0') continue;
    const json good = json::parse(kPostings);
    for (const auto& [name, value] : good[json::json_pointer(pointer)].items()) {
      json without = good;
      without[json::json_pointer(pointer)].erase(name);
      bool missing = false;
      for (const Error& error : load_programme(without.dump()).errors) {
        missing = missing || (error.code == ErrorCode::missing_member && error.pointer == pointer);
      }
      EXPECT_EQ(missing, required.count(name) != 0) << name;
    }
  }
  for (const IndustryCluster cluster : kIndustryClusters) {
    const auto names = schema["$defs"]["cluster"]["enum"].get<std::set<std::string>>();
    EXPECT_EQ(names.count(std::string(name_of(cluster))), 1U);
    EXPECT_EQ(names.size(), kIndustryClusters.size());
  }
}

TEST(postings, contact_details_can_be_left_out) {
  const Programme p = *load_programme(kPostings).value;
  const std::string text = save_programme(without_contacts(p));
  EXPECT_EQ(text.find("contact"), std::string::npos);
  EXPECT_EQ(text.find("nobody@example.org"), std::string::npos);
  EXPECT_EQ(load_programme(text).value->graduates.size(), p.graduates.size());
}

TEST(postings, the_demonstration_has_them_all_and_the_sourced_programme_none) {
  const Programme demo =
      *load_programme(matching::test::file_text("assets/programmes/demo.json")).value;
  EXPECT_EQ(demo.kind, ProgrammeKind::demonstration);
  EXPECT_EQ(demo.needs.size(), 80U);
  EXPECT_EQ(demo.results.size(), 120U);
  EXPECT_EQ(demo.jobs.size(), 200U);
  EXPECT_EQ(demo.graduates.size(), 1000U);
  EXPECT_GE(demo.challenges.size(), 3U);
  for (const Need& need : demo.needs) EXPECT_TRUE(need.firm.zh.starts_with("演示")) << need.id;
  for (const Job& job : demo.jobs) EXPECT_TRUE(job.employer.zh.starts_with("演示")) << job.id;
  for (const Graduate& graduate : demo.graduates) EXPECT_FALSE(graduate.contact) << graduate.code;
  const Programme sourced =
      *load_programme(matching::test::file_text("assets/programmes/hubao-2024.json")).value;
  EXPECT_TRUE(sourced.needs.empty() && sourced.results.empty() && sourced.jobs.empty() &&
              sourced.graduates.empty() && sourced.challenges.empty());
}

}  // namespace
}  // namespace tc
