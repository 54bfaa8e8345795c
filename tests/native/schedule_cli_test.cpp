#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/programme_json.hpp"
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
  "kind": "working", "asOf": "2024-04-08",
  "cities": [{"id": "h", "name": {"zh": "呼和浩特", "en": "Hohhot"}}],
  "departments": [
    {"id": "drc", "city": "h", "name": {"zh": "发改委", "en": "DRC"}},
    {"id": "a/../b", "city": "h", "name": {"zh": "工信局", "en": "IIT"}},
    {"id": "A_.._B", "city": "h", "name": {"zh": "同名", "en": "Twin one"}},
    {"id": "..", "city": "h", "name": {"zh": "同名", "en": "Twin two"}}],
  "items": [
    {"code": "A", "title": {"en": "First"}, "status": "under-way", "leads": ["drc"],
     "start": "2024-04-01", "due": "2024-04-12", "started": "2024-04-01", "progress": 20},
    {"code": "B", "title": {"en": "Second"}, "status": "not-started", "leads": ["drc"],
     "start": "2024-04-15", "due": "2024-04-19", "dependsOn": [{"item": "A", "type": "FS"}]},
    {"code": "C", "title": {"en": "Third"}, "status": "unknown"}]
})";

class ScheduleCli : public test::ProgramTest {
 protected:
  void SetUp() override {
    ProgramTest::SetUp();
    write("two.json", kFile);
  }

  std::vector<std::string> files(const fs::path& folder) const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder)) {
      names.push_back(entry.path().filename().string());
    }
    std::sort(names.begin(), names.end());
    return names;
  }
};

TEST_F(ScheduleCli, help_describes_the_options) {
  for (const char* command : {"schedule", "taskbook", "export"}) {
    const Outcome outcome = run(std::string(command) + " --help");
    EXPECT_EQ(outcome.status, 0);
    for (const char* part : {"--json", "--lang", "--as-of", "JSON"}) {
      EXPECT_TRUE(contains(outcome.out, part)) << command << ' ' << part;
    }
  }
}

TEST_F(ScheduleCli, wrong_usage_is_status_2_and_says_why) {
  const std::vector<std::pair<const char*, const char*>> cases = {
      {"schedule", "FILE"},
      {"schedule two.json --simulate 0", "--simulate"},
      {"schedule two.json --simulate many", "--simulate"},
      {"schedule two.json --simulate=-1", "--simulate"},
      {"schedule two.json --simulate 1000001", "--simulate"},
      {"schedule two.json --seed 3", "--simulate"},
      {"schedule two.json --simulate 9 --seed=-3", "--seed"},
      {"schedule two.json --simulate 9 --spread 1,2", "--spread"},
      {"schedule two.json --simulate 9 --spread 2,1,3", "--spread"},
      {"schedule two.json --simulate 9 --spread 0,1,3", "--spread"},
      {"taskbook two.json", "--department"},
      {"taskbook two.json --all", "--output"},
      {"taskbook two.json --all --department drc -o x", "--all"},
      {"export two.json", "--format"},
      {"export two.json --format html",
       "csv, ics, mspdi, graphml, svg, policies-csv, policies-html, needs-csv, results-csv, "
       "jobs-csv, graduates-csv, json, xlsx"},
      {"export two.json --format html", "not available yet"},
      {"export two.json --format pdf", "not a format"}};
  for (const auto& [arguments, why] : cases) {
    const Outcome outcome = run(arguments);
    EXPECT_EQ(outcome.status, 2) << arguments << outcome.err;
    EXPECT_TRUE(contains(outcome.err, why)) << arguments << outcome.err;
    EXPECT_EQ(outcome.out, "");
  }
  EXPECT_EQ(files(folder_), std::vector<std::string>{"two.json"});
}

TEST_F(ScheduleCli, faulty_input_is_status_1) {
  write("bad.json", "[]");
  for (const char* arguments : {"schedule bad.json", "taskbook bad.json --department drc",
                                "export bad.json --format csv", "schedule missing.json"}) {
    const Outcome outcome = run(arguments);
    EXPECT_EQ(outcome.status, 1) << arguments;
    EXPECT_EQ(outcome.out, "");
    EXPECT_TRUE(contains(outcome.err, ".json: ")) << outcome.err;
  }
}

TEST_F(ScheduleCli, a_cycle_is_reported_with_its_path) {
  json document = json::parse(kFile);
  document["items"][0]["dependsOn"] = {{{"item", "B"}, {"type", "FS"}}};
  write("cycle.json", document.dump());
  const Outcome outcome = run("schedule cycle.json");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_TRUE(contains(outcome.err, "A → B → A") || contains(outcome.err, "B → A → B"))
      << outcome.err;
}

TEST_F(ScheduleCli, without_any_day_one_has_to_be_named) {
  write("none.json", R"({"format":"tongcheng-programme","version":1,"id":"n","title":{"en":"N"},
    "kind":"working","cities":[{"id":"h","name":{"en":"H"}}],
    "departments":[{"id":"d","city":"h","name":{"en":"D"}}]})");
  for (const char* arguments : {"schedule none.json", "taskbook none.json --department d",
                                "export none.json --format mspdi"}) {
    const Outcome outcome = run(arguments);
    EXPECT_EQ(outcome.status, 1) << arguments;
    EXPECT_TRUE(contains(outcome.err, "none.json:/asOf: ")) << outcome.err;
    EXPECT_EQ(run(std::string(arguments) + " --as-of 2024-04-08").status, 0) << arguments;
  }
  EXPECT_EQ(run("export none.json --format csv").status, 0);
}

TEST_F(ScheduleCli, schedule_as_json) {
  const Outcome outcome = run("schedule two.json --json");
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  const json report = json::parse(outcome.out);
  EXPECT_EQ(report["asOf"], "2024-04-08");
  EXPECT_EQ(report["holidaysKnown"], true);
  EXPECT_EQ(report["unscheduled"], 1);
  EXPECT_EQ(report["simulation"], nullptr);
  ASSERT_EQ(report["items"].size(), 3U);
  const json& first = report["items"][0];
  // 1 to 12 April without the holiday and with the make-up day: 9 working days, of which 80 %
  // (rounded up: 8) are left from the 8th on.
  EXPECT_EQ(first["duration"], 9);
  EXPECT_EQ(first["remaining"], 8);
  EXPECT_EQ(first["finish"], "2024-04-17");
  EXPECT_EQ(first["slip"], 3);
  EXPECT_EQ(first["baselineFinish"], "2024-04-12");
  EXPECT_EQ(first["critical"], true);
  EXPECT_EQ(report["items"][1]["start"], "2024-04-18");
  EXPECT_EQ(report["items"][1]["finish"], "2024-04-24");
  EXPECT_EQ(report["items"][2]["gap"], "no-dates");
  EXPECT_EQ(report["items"][2]["finish"], nullptr);
  EXPECT_EQ(report["finish"], "2024-04-24");
  EXPECT_EQ(
      report["criticalPaths"],
      (json{{{{"item", "A"}, {"milestone", nullptr}}, {{"item", "B"}, {"milestone", nullptr}}}}));
  EXPECT_EQ(json::parse(run("schedule two.json --json --as-of 2024-04-09").out)["asOf"],
            "2024-04-09");
}

TEST_F(ScheduleCli, schedule_as_text) {
  const Outcome en = run("schedule two.json");
  EXPECT_TRUE(contains(en.out, "Forecast finish: 2024-04-24, 3 working days late")) << en.out;
  EXPECT_TRUE(contains(en.out, "A → B"));
  EXPECT_TRUE(contains(en.out, "can't be scheduled: 1"));
  const Outcome zh = run("schedule two.json --lang zh");
  EXPECT_TRUE(contains(zh.out, "预计完成：2024-04-24，晚3个工作日")) << zh.out;
  EXPECT_TRUE(contains(zh.out, "关键线路"));
}

TEST_F(ScheduleCli, simulation_is_repeatable_and_says_what_it_assumes) {
  const Outcome once = run("schedule two.json --simulate 500 --seed 7 --json");
  ASSERT_EQ(once.status, 0) << once.err;
  EXPECT_EQ(run("schedule two.json --simulate 500 --seed 7 --json").out, once.out);
  const json simulation = json::parse(once.out)["simulation"];
  EXPECT_EQ(simulation["runs"], 500);
  EXPECT_EQ(simulation["seed"], 7);
  EXPECT_EQ(simulation["assumed"], (json{0.9, 1.0, 1.3}));
  EXPECT_EQ(simulation["estimated"], 2);
  EXPECT_LE(simulation["finish"]["p50"], simulation["finish"]["p80"]);
  EXPECT_LE(simulation["finish"]["p80"], simulation["finish"]["p95"]);
  EXPECT_GE(simulation["finish"]["p50"], "2024-04-24");
  const Outcome text = run("schedule two.json --simulate 500 --seed 7");
  EXPECT_TRUE(contains(text.out, "P50 "));
  EXPECT_TRUE(contains(text.out, "Assumed: unfinished items take 0.9 / 1 / 1.3"));
  // Nothing varies: every run is the plan.
  const json fixed =
      json::parse(run("schedule two.json --simulate 9 --spread 1,1,1 --json").out)["simulation"];
  EXPECT_EQ(fixed["finish"]["p95"], "2024-04-24");
}

TEST_F(ScheduleCli, taskbook_takes_ids_and_names) {
  const Outcome by_id = run("taskbook two.json --department drc --lang zh");
  ASSERT_EQ(by_id.status, 0) << by_id.err;
  EXPECT_EQ(by_id.out.find("<!DOCTYPE html>"), 0U);
  EXPECT_EQ(run("taskbook two.json --department 发改委 --lang zh").out, by_id.out);
  EXPECT_EQ(run("taskbook two.json --department DRC --lang zh").out, by_id.out);
  const Outcome file = run("taskbook two.json --department drc --lang zh -o drc.html");
  EXPECT_EQ(file.status, 0);
  EXPECT_EQ(file.out, "drc.html：已写入，发改委\n");
  EXPECT_EQ(bytes_of(folder_ / "drc.html"), by_id.out);
  EXPECT_EQ(run("taskbook two.json --department drc -o missing/drc.html").status, 1);
}

TEST_F(ScheduleCli, taskbook_lists_the_ids_when_it_finds_none_or_several) {
  const Outcome none = run("taskbook two.json --department nobody -o x.html");
  EXPECT_EQ(none.status, 2);
  EXPECT_TRUE(contains(none.err, "no department \"nobody\""));
  for (const char* id : {"drc", "a/../b", "A_.._B"}) EXPECT_TRUE(contains(none.err, id));
  EXPECT_FALSE(fs::exists(folder_ / "x.html"));
  const Outcome several = run("taskbook two.json --department 同名");
  EXPECT_EQ(several.status, 2);
  EXPECT_TRUE(contains(several.err, "several departments"));
  EXPECT_EQ(run("taskbook two.json --department 'Twin two'").status, 0);
}

TEST_F(ScheduleCli, taskbook_of_all_stays_in_its_folder) {
  const Outcome outcome = run("taskbook two.json --all -o books/zh --json");
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_EQ(files(folder_ / "books" / "zh"),
            (std::vector<std::string>{"A_.._B-2.html", "_..html", "a_.._b.html", "drc.html"}));
  EXPECT_EQ(files(folder_), (std::vector<std::string>{"books", "two.json"}));
  const json report = json::parse(outcome.out);
  ASSERT_EQ(report.size(), 4U);
  EXPECT_EQ(report[0]["department"], "drc");
  EXPECT_EQ(report[0]["file"], "books/zh/drc.html");
  EXPECT_EQ(report[0]["bytes"], bytes_of(folder_ / "books/zh/drc.html").size());
  EXPECT_EQ(run("taskbook two.json --all -o two.json").status, 1);
}

TEST_F(ScheduleCli, export_writes_each_format) {
  const std::vector<std::pair<const char*, const char*>> cases = {
      {"csv", "\xEF\xBB\xBF"}, {"ics", "BEGIN:VCALENDAR\r\n"}, {"mspdi", "<?xml"}, {"json", "{\n"}};
  for (const auto& [format, begin] : cases) {
    const std::string arguments = std::string("export two.json --format ") + format;
    const Outcome to_output = run(arguments);
    ASSERT_EQ(to_output.status, 0) << to_output.err;
    EXPECT_EQ(to_output.out.find(begin), 0U) << format;
    const Outcome to_file = run(arguments + " -o out");
    EXPECT_EQ(to_file.out, "out: written, items: 3\n");
    EXPECT_EQ(bytes_of(folder_ / "out"), to_output.out);
    const json report = json::parse(run(arguments + " -o out --json").out);
    EXPECT_EQ(
        report,
        (json{{"file", "out"}, {"format", format}, {"items", 3}, {"bytes", to_output.out.size()}}));
  }
  EXPECT_EQ(run("export two.json --format json").out, save_programme(*load_programme(kFile).value));
  EXPECT_TRUE(contains(run("export two.json --format csv").out, ",2024-04-17,3,0,yes,"));
  EXPECT_EQ(run("export two.json --format csv -o missing/out").status, 1);
}

TEST_F(ScheduleCli, the_programmes_that_come_along) {
  const std::string folder = std::string(TONGCHENG_SOURCE_DIR) + "/assets/programmes/";
  for (const char* name : {"hubao-2024.json", "demo.json"}) {
    const std::string file = "'" + folder + name + "'";
    for (const std::string& arguments :
         {"schedule " + file, "schedule --simulate 100 " + file,
          "taskbook --department hohhot-drc " + file, "export --format csv " + file,
          "export --format ics " + file, "export --format mspdi " + file}) {
      const Outcome outcome = run(arguments);
      EXPECT_EQ(outcome.status, 0) << arguments << outcome.err;
      // Whoever meets a demonstration's output has to see that it is one.
      EXPECT_EQ(contains(outcome.out, "Demonstration data"), std::string(name) == "demo.json")
          << arguments;
    }
  }
}

}  // namespace
}  // namespace tc
