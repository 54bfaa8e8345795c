#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "tests/native/program.hpp"

namespace tc {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;
using test::bytes_of;
using test::contains;
using test::Outcome;

const char* const kFile = R"({
  "format": "tongcheng-programme", "version": 1, "id": "two", "title": {"zh": "两市", "en": "Two"},
  "kind": "working", "asOf": "2024-12-31",
  "cities": [{"id": "h", "name": {"zh": "呼和浩特", "en": "Hohhot"}},
             {"id": "b", "name": {"zh": "包头", "en": "Baotou"}}],
  "products": [{"id": "si", "name": {"en": "Silicon"}, "unit": {"en": "t"}, "equivalent": 1},
               {"id": "mod", "name": {"en": "Modules"}, "unit": {"en": "t"}, "equivalent": 1}],
  "alliances": [{"id": "pv", "title": {"zh": "光伏", "en": "Solar"},
    "stages": [{"id": "s", "title": {"zh": "硅料", "en": "Feedstock"}},
               {"id": "x", "title": {"zh": "硅片", "en": "Wafers"}},
               {"id": "m", "title": {"zh": "组件", "en": "Product"}}]}],
  "members": [
    {"id": "s1", "name": {"en": "Silicon\u001b[2J One"}, "kind": "firm", "city": "b",
     "memberships": [{"alliance": "pv", "stages": ["s"]}], "makes": [{"product": "si", "volume": 90}]},
    {"id": "m1", "name": {"en": "Module One"}, "kind": "firm", "city": "h",
     "memberships": [{"alliance": "pv", "stages": ["m"]}],
     "makes": [{"product": "mod", "volume": 70}], "buys": [{"product": "si", "volume": 80}]}],
  "chainLinks": [{"id": "l1", "from": "s1", "to": "m1", "kind": "supply", "product": "si",
                  "volume": 50}]
})";

class AlliancesCli : public test::ProgramTest {
 protected:
  void SetUp() override {
    ProgramTest::SetUp();
    write("two.json", kFile);
  }

  static std::string shipped(const char* name) {
    return std::string("'") + TONGCHENG_SOURCE_DIR + "/assets/programmes/" + name + "'";
  }
};

TEST_F(AlliancesCli, json_has_everything_with_its_reasons) {
  const Outcome outcome = run("alliances two.json --alliance pv --json");
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  const json report = json::parse(outcome.out);
  EXPECT_EQ(report["id"], "two");
  EXPECT_EQ(report["alliance"], "pv");
  EXPECT_EQ(report["stages"].size(), 3U);
  EXPECT_EQ(report["stages"][0]["byCity"][1]["members"], json({"s1"}));
  EXPECT_EQ(report["stages"][1]["members"], 0);
  EXPECT_EQ(report["components"], 1);
  EXPECT_EQ(report["bridges"], json::array({json::array({"s1", "m1"})}));
  EXPECT_EQ(report["bottleneck"]["measure"], "equivalent");
  EXPECT_EQ(report["bottleneck"]["flow"], 50);
  EXPECT_EQ(report["bottleneck"]["links"], json({"l1"}));
  EXPECT_EQ(report["singleSourceInputs"][0]["supplier"], "s1");
  ASSERT_EQ(report["complements"].size(), 1U);
  EXPECT_EQ(report["complements"][0]["open"], 30);
  EXPECT_EQ(report["impact"], nullptr);
  bool empty_stage = false;
  for (const json& suggestion : report["suggestions"]) {
    EXPECT_FALSE(suggestion["evidence"]["zh"].get<std::string>().empty());
    empty_stage = empty_stage || suggestion["reason"] == "empty-stage";
  }
  EXPECT_TRUE(empty_stage);
}

TEST_F(AlliancesCli, what_if_a_member_leaves) {
  const json report = json::parse(run("alliances two.json --alliance pv --without s1 --json").out);
  EXPECT_EQ(report["without"], json({"s1"}));
  EXPECT_EQ(report["impact"]["emptiedStages"], json({"s"}));
  EXPECT_EQ(report["impact"]["lostInputs"][0]["buyer"], "m1");
  EXPECT_EQ(report["impact"]["lostProducts"], json({"si"}));
  EXPECT_EQ(report["impact"]["flowBefore"], 50);
  EXPECT_EQ(report["impact"]["flowAfter"], 0);
  const Outcome text = run("alliances two.json --alliance pv --without s1");
  EXPECT_TRUE(contains(text.out, "Stages left empty: Feedstock")) << text.out;
  EXPECT_TRUE(contains(text.out, "Flow of the chain: 50 → 0")) << text.out;
}

TEST_F(AlliancesCli, text_in_both_languages_without_control_characters) {
  for (const char* language : {"zh", "en"}) {
    const Outcome outcome = run(std::string("alliances two.json --alliance pv --lang ") + language);
    ASSERT_EQ(outcome.status, 0);
    EXPECT_EQ(outcome.out.find('\x1b'), std::string::npos);
  }
  EXPECT_TRUE(contains(run("alliances two.json --alliance pv --lang zh").out, "补链"));
  EXPECT_TRUE(contains(run("alliances two.json --alliance pv --lang en").out, "Repair"));
}

TEST_F(AlliancesCli, wrong_ids_and_files_are_faults) {
  Outcome outcome = run("alliances two.json --alliance hydrogen");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_TRUE(contains(outcome.err, "two.json:/alliances: there is no hydrogen")) << outcome.err;
  outcome = run("alliances two.json --without nobody");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_TRUE(contains(outcome.err, "two.json:/members: there is no nobody")) << outcome.err;
  EXPECT_EQ(run("alliances none.json").status, 1);
  EXPECT_EQ(run("alliances").status, 2);
  EXPECT_EQ(run("alliances two.json --what").status, 2);
  std::ofstream(folder_ / "bad.json") << std::string(kFile).replace(
      std::string(kFile).find("\"to\": \"m1\""), 10, "\"to\": \"m9\"");
  outcome = run("alliances bad.json");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_TRUE(contains(outcome.err, "bad.json:/chainLinks/0/to")) << outcome.err;
}

TEST_F(AlliancesCli, the_programmes_that_come_along) {
  const Outcome demo = run("alliances " + shipped("demo.json"));
  EXPECT_EQ(demo.status, 0);
  EXPECT_TRUE(contains(demo.out, "Demonstration data"));
  EXPECT_TRUE(contains(demo.out, "new-energy"));
  for (const char* id :
       {"new-energy", "equipment", "dairy", "big-data", "biomedicine", "chemicals"}) {
    const json report =
        json::parse(run("alliances " + shipped("demo.json") + " --json --alliance " + id).out);
    EXPECT_GE(report["members"].size(), 9U) << id;
    EXPECT_EQ(report["bottleneck"]["measure"], "equivalent") << id;
    EXPECT_FALSE(report["suggestions"].empty()) << id;
  }
  const Outcome real = run("alliances " + shipped("hubao-2024.json"));
  EXPECT_EQ(real.status, 0);
  EXPECT_TRUE(contains(real.out, "unknown"));
  EXPECT_TRUE(contains(real.out, "Carbon-fibre feedstock"));
  EXPECT_FALSE(contains(real.out, "Demonstration"));
  EXPECT_TRUE(
      contains(run("alliances " + shipped("hubao-2024.json") + " --alliance dairy --lang zh").out,
               "成员未知"));
}

TEST_F(AlliancesCli, exports_of_the_network) {
  const Outcome graphml = run("export two.json --format graphml");
  ASSERT_EQ(graphml.status, 0) << graphml.err;
  EXPECT_TRUE(contains(graphml.out, "<edge id=\"l1\" source=\"s1\" target=\"m1\">"));
  const Outcome svg = run("export two.json --format svg");
  ASSERT_EQ(svg.status, 0) << svg.err;
  EXPECT_TRUE(contains(svg.out, "Module One"));

  // Neither hangs on a day, so none has to be known; the matrix does.
  json document = json::parse(kFile);
  document.erase("asOf");
  write("undated.json", document.dump());
  EXPECT_EQ(run("export undated.json --format graphml").out, graphml.out);
  EXPECT_EQ(run("export undated.json --format svg").out, svg.out);
  const Outcome matrix = run("export undated.json --format policies-csv");
  EXPECT_EQ(matrix.status, 1);
  EXPECT_TRUE(contains(matrix.err, "/asOf")) << matrix.err;
  EXPECT_EQ(run("export undated.json --format policies-csv --as-of 2024-06-01").status, 0);
}

TEST_F(AlliancesCli, made_up_networks_of_any_size_are_sound) {
  const Outcome made = run("generate --items 2 --members 40 --links 120 --seed 3 -o big.json");
  ASSERT_EQ(made.status, 0) << made.err;
  EXPECT_EQ(run("validate big.json").status, 0);
  const json document = json::parse(bytes_of(folder_ / "big.json"));
  EXPECT_EQ(document["members"].size(), 40U);
  EXPECT_EQ(document["chainLinks"].size(), 120U);
  const json report = json::parse(run("alliances big.json --alliance generated --json").out);
  EXPECT_EQ(report["stages"].size(), 6U);
}

}  // namespace
}  // namespace tc
