#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "tests/native/program.hpp"

namespace tc {
namespace {

using nlohmann::json;
using test::contains;
using test::Outcome;

const char* const kFile = R"({
  "format": "tongcheng-programme", "version": 1, "id": "two", "title": {"zh": "两市", "en": "Two"},
  "kind": "working", "asOf": "2024-04-08",
  "cities": [{"id": "h", "name": {"zh": "呼和浩特", "en": "Hohhot"}},
             {"id": "b", "name": {"zh": "包头", "en": "Baotou"}}],
  "needs": [
    {"id": "N1", "title": {"zh": "光伏组件清扫"}, "city": "h", "trl": 7, "budget": 1000000,
     "deadline": "2024-06-30"},
    {"id": "N2", "title": {"zh": "光伏组件除尘"}, "city": "b", "deadline": "2024-12-31"},
    {"id": "N3", "title": {"zh": "歌舞"}}],
  "results": [
    {"id": "R1", "title": {"zh": "太阳能板清扫机器人"}, "city": "b", "trl": 6, "price": 800000},
    {"id": "R2", "title": {"zh": "光伏组件自动除尘"}, "city": "h"},
    {"id": "R3", "title": {"zh": "奶酪配方"}}],
  "jobs": [
    {"id": "J1", "title": {"zh": "焊接技师", "en": "Welder"}, "city": "b"},
    {"id": "J2", "title": {"zh": "乳品检验员"}, "city": "h", "degree": "bachelor", "quota": 2}],
  "graduates": [
    {"code": "G1", "skills": {"zh": "焊接"}, "degree": "vocational",
     "contact": {"name": "某某某", "phone": "13800000000", "email": "someone@example.org"}},
    {"code": "G2", "skills": {"zh": "焊接"}, "degree": "bachelor"},
    {"code": "G3", "skills": {"zh": "乳品"}, "degree": "master", "choices": ["J2"]}],
  "challenges": [
    {"id": "C1", "title": {"zh": "揭榜"}, "deadline": "2024-04-01",
     "criteria": [{"id": "k1", "title": {"zh": "技术", "en": "Technology"}, "weight": 3},
                  {"id": "k2", "title": {"zh": "效益", "en": "Benefit"}, "weight": 1}],
     "judges": [{"id": "e1"}, {"id": "e2", "conflicts": ["b1"]}],
     "bids": [
       {"id": "b1", "submitted": "2024-04-01", "scores": [
         {"judge": "e1", "criterion": "k1", "score": 80}, {"judge": "e2", "criterion": "k1", "score": 100},
         {"judge": "e1", "criterion": "k2", "score": 40}]},
       {"id": "b2", "scores": [
         {"judge": "e1", "criterion": "k1", "score": 60}, {"judge": "e1", "criterion": "k2", "score": 60}]},
       {"id": "b3", "submitted": "2024-04-02", "scores": []}]}]
})";

class MatchCli : public test::ProgramTest {
 protected:
  void SetUp() override {
    ProgramTest::SetUp();
    write("two.json", kFile);
  }

  json run_json(const std::string& arguments) {
    const Outcome outcome = run(arguments + " --json");
    EXPECT_EQ(outcome.status, 0) << outcome.err;
    return json::parse(outcome.out, nullptr, false);
  }
};

TEST_F(MatchCli, needs_are_assigned_with_proof_and_reasons) {
  const json out = run_json("match two.json needs");
  EXPECT_EQ(out["asOf"], "2024-04-08");
  EXPECT_EQ(out["assignment"]["gap"], 0);
  ASSERT_EQ(out["assignment"]["pairs"].size(), 2U);
  EXPECT_EQ(out["assignment"]["pairs"][0]["need"], "N1");
  EXPECT_EQ(out["assignment"]["pairs"][0]["result"], "R1");
  EXPECT_EQ(out["assignment"]["pairs"][1]["result"], "R2");
  ASSERT_EQ(out["needs"].size(), 3U);
  const json& best = out["needs"][0]["best"];
  ASSERT_GE(best.size(), 2U);
  EXPECT_GE(best[0]["total"], best[1]["total"]);
  EXPECT_FALSE(best[0]["terms"].empty());
  EXPECT_TRUE(out["needs"][2]["best"].empty());
  for (const char* part : {"innovation", "industry", "talent", "capital", "information", "topic",
                           "readiness", "completeness", "freshness"}) {
    EXPECT_GE(best[0][part], 0) << part;
    EXPECT_LE(best[0][part], 1) << part;
  }
}

TEST_F(MatchCli, one_need_shows_its_best_results) {
  const Outcome text = run("match two.json needs --need N1 --top 1 --lang zh");
  EXPECT_EQ(text.status, 0) << text.err;
  EXPECT_TRUE(contains(text.out, "光伏组件清扫"));
  EXPECT_TRUE(contains(text.out, "成熟度 6/7")) << text.out;
  EXPECT_TRUE(contains(text.out, "报价/预算 80/100 万元")) << text.out;
  const json out = run_json("match two.json needs --need N1 --top 1");
  EXPECT_EQ(out["assignment"], nullptr);
  ASSERT_EQ(out["needs"].size(), 1U);
  EXPECT_EQ(out["needs"][0]["best"].size(), 1U);
  EXPECT_TRUE(contains(run("match two.json needs --need N3").out, "no result has the topic"));
}

TEST_F(MatchCli, the_day_closes_needs) {
  const json out = run_json("match two.json needs --as-of 2024-07-01");
  EXPECT_EQ(out["needs"][0]["open"], false);
  for (const json& pair : out["assignment"]["pairs"]) EXPECT_NE(pair["need"], "N1");
}

TEST_F(MatchCli, weights_change_the_totals) {
  const json out = run_json("match two.json needs --need N1 --weights 0,0,0,1,0");
  EXPECT_EQ(out["weights"]["capital"], 1);
  for (const json& pair : out["needs"][0]["best"]) {
    const double bonus = pair["crossCity"] == true ? 0.05 : 0;
    EXPECT_NEAR(pair["total"].get<double>(), pair["capital"].get<double>() + bonus, 1e-3);
  }
}

TEST_F(MatchCli, graduates_are_matched_by_code_with_reasons) {
  const json out = run_json("match two.json jobs");
  EXPECT_EQ(out["placed"], 2);
  EXPECT_EQ(out["blockingPairs"], 0);
  EXPECT_EQ(out["graduates"][1]["job"], "J1");  // the same skills, a higher degree
  EXPECT_EQ(out["graduates"][0]["job"], nullptr);
  EXPECT_EQ(out["graduates"][0]["reason"], "outranked");
  EXPECT_EQ(out["graduates"][2]["job"], "J2");
  EXPECT_EQ(out["jobs"][1]["vacancy"], "went-elsewhere");
  EXPECT_EQ(run_json("match two.json jobs --proposer jobs")["proposer"], "jobs");
}

TEST_F(MatchCli, contact_details_are_never_printed_or_exported) {
  for (const char* arguments :
       {"match two.json jobs", "match two.json jobs --lang zh", "match two.json jobs --json",
        "match two.json needs --json", "summary two.json --json", "export two.json --format json",
        "export two.json --format csv"}) {
    const Outcome outcome = run(arguments);
    for (const char* secret : {"某某某", "13800000000", "someone@example.org"}) {
      EXPECT_FALSE(contains(outcome.out + outcome.err, secret)) << arguments;
    }
  }
}

TEST_F(MatchCli, contact_details_are_exported_on_purpose_only) {
  EXPECT_TRUE(contains(run("export two.json --format json --with-contacts").out, "13800000000"));
  EXPECT_EQ(run("export two.json --format csv --with-contacts").status, 2);
  // A programme without any day takes another way through the export.
  std::ofstream(folder_ / "dayless.json", std::ios::binary)
      << R"({"format": "tongcheng-programme", "version": 1, "id": "p", "title": {"en": "P"},
             "kind": "working", "cities": [{"id": "c", "name": {"en": "C"}}],
             "graduates": [{"code": "G1", "contact": {"phone": "13800000000"}}]})";
  const Outcome plain = run("export dayless.json --format json");
  EXPECT_EQ(plain.status, 0) << plain.err;
  EXPECT_TRUE(contains(plain.out, "G1"));
  EXPECT_FALSE(contains(plain.out, "13800000000"));
}

TEST_F(MatchCli, bids_are_ranked_with_the_reach_of_the_weights) {
  const json out = run_json("match two.json challenge");
  const json& challenge = out["challenges"][0];
  EXPECT_EQ(out["aggregation"], "trimmed-mean");
  EXPECT_EQ(challenge["bids"][0]["bid"], "b1");
  EXPECT_EQ(challenge["bids"][0]["total"], 70);
  EXPECT_EQ(challenge["bids"][0]["scores"][0]["excluded"], 1);
  EXPECT_EQ(challenge["bids"][1]["total"], 60);
  EXPECT_EQ(challenge["bids"][2]["state"], "late");
  EXPECT_EQ(challenge["bids"][2]["place"], nullptr);
  EXPECT_EQ(challenge["weights"][0]["weight"], 0.75);
  EXPECT_EQ(challenge["weights"][0]["low"], 0.5);
  EXPECT_EQ(challenge["weights"][0]["below"], "b2");
  EXPECT_EQ(challenge["weights"][0]["high"], 1);
  const json other = run_json("match two.json challenge --weights 1,3 --aggregation median");
  EXPECT_EQ(other["challenges"][0]["bids"][0]["bid"], "b2");
  EXPECT_TRUE(contains(run("match two.json challenge --lang zh").out, "回避评委：1"));
}

TEST_F(MatchCli, wrong_usage_and_wrong_files_have_their_statuses) {
  for (const char* arguments :
       {"match two.json", "match two.json people", "match two.json needs --top 0",
        "match two.json needs --need N9", "match two.json needs --weights 1,2",
        "match two.json needs --weights 1,1,1,1,-1", "match two.json needs --weights 0,0,0,0,0",
        "match two.json needs --weights 1,1,1,1,nan", "match two.json jobs --need N1",
        "match two.json jobs --weights 1,1,1,1,1", "match two.json challenge --challenge C9",
        "match two.json challenge --weights 1", "match two.json challenge --exclusive",
        "match two.json jobs --proposer both", "match two.json needs --as-of today"}) {
    const Outcome outcome = run(arguments);
    EXPECT_EQ(outcome.status, 2) << arguments << outcome.err;
    EXPECT_TRUE(contains(outcome.err, "tongcheng: ")) << arguments;
    EXPECT_TRUE(outcome.out.empty()) << arguments;
  }
  EXPECT_EQ(run("match missing.json needs").status, 1);
  std::string broken = kFile;
  broken.replace(broken.find("\"J2\"]}"), 4, "\"J9\"");
  std::ofstream(folder_ / "broken.json", std::ios::binary) << broken;
  const Outcome outcome = run("match broken.json jobs");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_TRUE(contains(outcome.err, "broken.json:/graduates/2/choices/0: ")) << outcome.err;
}

TEST_F(MatchCli, programmes_that_come_along_can_be_matched) {
  const std::string folder = std::string(TONGCHENG_SOURCE_DIR) + "/assets/programmes/";
  for (const std::string name : {"hubao-2024.json", "demo.json"}) {
    for (const std::string what : {"needs", "jobs", "challenge"}) {
      for (const std::string language : {"zh", "en"}) {
        const Outcome outcome =
            run("match '" + folder + name + "' " + what + " --lang " + language);
        EXPECT_EQ(outcome.status, 0) << name << what << outcome.err;
        EXPECT_EQ(contains(outcome.out, language == "zh" ? "演示数据\n" : "Demonstration data\n"),
                  name == "demo.json");
      }
      EXPECT_FALSE(run_json("match '" + folder + name + "' " + what).is_discarded());
    }
  }
}

}  // namespace
}  // namespace tc
