#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "tests/native/program.hpp"

namespace tc {
namespace {

using nlohmann::json;
using test::contains;
using test::Outcome;

const char* const kFile = R"({
  "format": "tongcheng-programme", "version": 1, "id": "two", "title": {"zh": "两市", "en": "Two"},
  "kind": "working", "asOf": "2024-12-31",
  "cities": [{"id": "h", "name": {"zh": "呼和浩特", "en": "Hohhot"}},
             {"id": "b", "name": {"zh": "包头", "en": "Baotou"}}],
  "policies": [
    {"id": "grant", "title": {"zh": "补助", "en": "Grant"}, "cities": ["h"],
     "validFrom": "2024-01-01", "validTo": "2025-01-10", "instrument": "grant", "budget": 100,
     "conditions": {"all": [{"attribute": "firm.city", "equals": "h"},
                            {"attribute": "firm.employees", "atLeast": 50}]}},
    {"id": "rent", "title": {"zh": "租房", "en": "Rent"}, "cities": ["b"],
     "validTo": "2024-06-30", "instrument": "allowance",
     "conditions": {"attribute": "talent.age", "atMost": 35}}],
  "policyMatrix": {
    "parts": [{"id": "two", "title": {"en": "Two"}, "size": 2}],
    "groups": [{"id": "firms", "title": {"zh": "企业", "en": "Firms"}, "part": "two"},
               {"id": "talent", "title": {"zh": "人才", "en": "Talent"}, "part": "two"}],
    "clusters": [{"id": "energy", "title": {"zh": "新能源", "en": "Energy"}}],
    "cells": [{"policy": "grant", "group": "firms", "cluster": "energy", "coverage": "full"},
              {"policy": "rent", "group": "talent", "coverage": "full"}]}
})";

class PolicyCli : public test::ProgramTest {
 protected:
  void SetUp() override {
    ProgramTest::SetUp();
    write("two.json", kFile);
  }

  static std::string shipped(const char* name) {
    return std::string("'") + TONGCHENG_SOURCE_DIR + "/assets/programmes/" + name + "'";
  }
};

TEST_F(PolicyCli, json_of_the_matrix) {
  const Outcome outcome = run("policy two.json --gaps --expiring 30 --compare --json");
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  const json report = json::parse(outcome.out);
  EXPECT_EQ(report["asOf"], "2024-12-31");
  EXPECT_EQ(report["policies"][0]["force"], "in-force");
  EXPECT_EQ(report["policies"][1]["force"], "expired");
  ASSERT_EQ(report["cells"].size(), 4U);
  EXPECT_EQ(report["cells"][0]["coverage"], "full");
  EXPECT_EQ(report["cells"][0]["budget"], 100);
  EXPECT_EQ(report["cells"][3]["coverage"], "expired");
  EXPECT_EQ(report["gaps"].size(), 3U);
  EXPECT_EQ(report["gaps"][2]["lapsed"], json({"rent"}));
  ASSERT_EQ(report["expiring"].size(), 1U);
  EXPECT_EQ(report["expiring"][0]["daysLeft"], 10);
  EXPECT_EQ(report["expiring"][0]["worse"].size(), 1U);
  EXPECT_EQ(report["differences"].size(), 2U);
}

TEST_F(PolicyCli, as_of_another_day) {
  const json report = json::parse(run("policy two.json --json --as-of 2024-03-01").out);
  EXPECT_EQ(report["cells"][3]["coverage"], "full");
}

TEST_F(PolicyCli, what_an_applicant_can_use) {
  write("firm.json", R"({"name": {"en": "A firm"}, "firm": {"city": "h", "employees": 42}})");
  const json report = json::parse(run("policy two.json --profile firm.json --json").out);
  ASSERT_EQ(report["eligibility"].size(), 2U);
  EXPECT_EQ(report["eligibility"][0]["verdict"], "nearly");
  EXPECT_EQ(report["eligibility"][0]["missing"][0]["attribute"], "firm.employees");
  EXPECT_EQ(report["eligibility"][0]["missing"][0]["gap"], 8);
  EXPECT_EQ(report["eligibility"][1]["verdict"], "other-subject");
  const Outcome text = run("policy two.json --profile firm.json");
  EXPECT_TRUE(
      contains(text.out, "Nearly applies\n  Grant\n    Employees ≥ 50 people (by 8 people)"))
      << text.out;
  EXPECT_TRUE(contains(run("policy two.json --profile firm.json --lang zh").out, "差 8 人"));
}

TEST_F(PolicyCli, a_faulty_profile_is_told_with_its_places) {
  write("firm.json", R"({"firm": {"city": "x", "employees": "many"}})");
  Outcome outcome = run("policy two.json --profile firm.json");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_TRUE(contains(outcome.err, "firm.json:/firm/city: ")) << outcome.err;
  EXPECT_TRUE(contains(outcome.err, "firm.json:/firm/employees: ")) << outcome.err;
  EXPECT_EQ(run("policy two.json --profile none.json").status, 1);
  write("firm.json", "{");
  EXPECT_EQ(run("policy two.json --profile firm.json").status, 1);
}

TEST_F(PolicyCli, faulty_rules_are_told_with_their_places) {
  std::string bytes = kFile;
  bytes.replace(bytes.find("\"atLeast\": 50"), 13, "\"atLeast\": \"5\"");
  write("bad.json", bytes);
  const Outcome outcome = run("policy bad.json");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_TRUE(contains(outcome.err, "bad.json:/policies/0/conditions/all/1/atLeast: "))
      << outcome.err;
}

TEST_F(PolicyCli, wrong_usage) {
  EXPECT_EQ(run("policy").status, 2);
  EXPECT_EQ(run("policy two.json --expiring soon").status, 2);
  EXPECT_EQ(run("policy two.json --expiring -5").status, 2);
  EXPECT_EQ(run("policy two.json --as-of yesterday").status, 2);
}

TEST_F(PolicyCli, the_programmes_that_come_along) {
  for (const char* language : {"zh", "en"}) {
    const std::string option = std::string(" --lang ") + language;
    for (const char* arguments : {"", " --gaps", " --compare", " --expiring 120"}) {
      EXPECT_EQ(run("policy " + shipped("demo.json") + arguments + option).status, 0);
      EXPECT_EQ(run("policy " + shipped("hubao-2024.json") + arguments + option).status, 0);
    }
  }
  const json demo =
      json::parse(run("policy " + shipped("demo.json") + " --gaps --expiring 90 --json").out);
  EXPECT_EQ(demo["cells"].size(), 72U);
  EXPECT_FALSE(demo["gaps"].empty());
  EXPECT_FALSE(demo["expiring"].empty());
  const Outcome real = run("policy " + shipped("hubao-2024.json") + " --lang zh");
  EXPECT_TRUE(contains(real.out, "《引才留人18条措施》")) << real.out;
  EXPECT_TRUE(contains(real.out, "未知，来源没有说明")) << real.out;
  write("g.json", R"({"talent": {"degree": "doctor", "cluster": "big-data"}})");
  const json asked =
      json::parse(run("policy " + shipped("hubao-2024.json") + " --profile g.json --json").out);
  for (const json& each : asked["eligibility"]) EXPECT_EQ(each["verdict"], "unknown");
}

}  // namespace
}  // namespace tc
