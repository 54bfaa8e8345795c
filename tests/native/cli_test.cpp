#include <fcntl.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/generate.hpp"
#include "core/model/programme_json.hpp"
#include "tests/core/model/broken_files.hpp"

namespace tc {
namespace {

using nlohmann::json;
using test::BrokenFile;
using test::kGoodFile;

namespace fs = std::filesystem;

struct Outcome {
  int status = -1;  ///< exit status; negative: the signal that ended the program
  std::string out;
  std::string err;
};

std::string bytes_of(const fs::path& path) {
  std::ostringstream bytes;
  bytes << std::ifstream(path, std::ios::binary).rdbuf();
  return bytes.str();
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

/// Every test runs in a folder of its own, which is also where the program runs.
class Cli : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "tongcheng-cli-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    root_ = name;
    folder_ = root_ / "work";
    fs::create_directory(folder_);
  }

  void TearDown() override {
    std::error_code ignored;
    fs::remove_all(root_, ignored);
  }

  fs::path write(const std::string& name, std::string_view bytes) {
    fs::path path = folder_ / name;
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  }

  /// Runs the program with these arguments, this standard input and `LANG=lang`. `out`: where the
  /// output goes instead of being read.
  Outcome run(const std::vector<std::string>& arguments, std::string_view input = {},
              const std::vector<std::string>& environment = {"LANG=C.UTF-8"},
              const char* out = nullptr) {
    const fs::path in_path = root_ / "in";
    const fs::path out_path = out != nullptr ? fs::path(out) : root_ / "out";
    const fs::path err_path = root_ / "err";
    std::ofstream(in_path, std::ios::binary) << input;

    std::vector<std::string> variables = environment;
    for (const char* name : {"ASAN_OPTIONS", "UBSAN_OPTIONS"}) {
      if (const char* value = ::getenv(name)) variables.push_back(std::string(name) + '=' + value);
    }
    std::vector<char*> argv = {const_cast<char*>("tongcheng")};
    for (const std::string& each : arguments) argv.push_back(const_cast<char*>(each.c_str()));
    argv.push_back(nullptr);
    std::vector<char*> envp;
    envp.reserve(variables.size() + 1);
    for (const std::string& each : variables) envp.push_back(const_cast<char*>(each.c_str()));
    envp.push_back(nullptr);

    const pid_t child = ::fork();
    if (child == 0) {
      const int in_fd = ::open(in_path.c_str(), O_RDONLY);
      const int out_fd = ::open(out_path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
      const int err_fd = ::open(err_path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
      if (::chdir(folder_.c_str()) != 0 || ::dup2(in_fd, 0) < 0 || ::dup2(out_fd, 1) < 0 ||
          ::dup2(err_fd, 2) < 0) {
        ::_exit(126);
      }
      ::execve(TONGCHENG_BINARY, argv.data(), envp.data());
      ::_exit(127);
    }
    int status = 0;
    EXPECT_EQ(::waitpid(child, &status, 0), child);
    Outcome outcome;
    outcome.status = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
    if (out == nullptr) outcome.out = bytes_of(out_path);
    outcome.err = bytes_of(err_path);
    return outcome;
  }

  std::vector<std::string> files() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder_)) {
      names.push_back(entry.path().filename().string());
    }
    std::sort(names.begin(), names.end());
    return names;
  }

  fs::path root_;
  fs::path folder_;
};

// The program --------------------------------------------------------------------------------

TEST_F(Cli, help_is_an_answer) {
  for (const std::vector<std::string>& arguments : std::vector<std::vector<std::string>>{
           {"--help"}, {"validate", "--help"}, {"summary", "--help"}, {"generate", "--help"}}) {
    const Outcome outcome = run(arguments);
    EXPECT_EQ(outcome.status, 0);
    EXPECT_TRUE(contains(outcome.out, "Usage: tongcheng")) << outcome.out;
    EXPECT_EQ(outcome.err, "");
    if (arguments.size() > 1) {
      for (const char* option : {"--json", "--lang", "--as-of", "JSON"}) {
        EXPECT_TRUE(contains(outcome.out, option)) << outcome.out;
      }
    }
  }
  const std::string help = run({"--help"}).out;
  for (const char* command : {"validate", "summary", "generate"}) {
    EXPECT_TRUE(contains(help, command));
  }
  EXPECT_EQ(run({"--version"}).status, 0);
  EXPECT_EQ(run({"--version"}).out.find("tongcheng "), 0U);
}

TEST_F(Cli, wrong_usage_is_status_2_and_says_why) {
  write("good.json", kGoodFile);
  struct Case {
    std::vector<std::string> arguments;
    const char* why;
  };
  for (const Case& each :
       std::vector<Case>{{{}, "Usage"},
                         {{"frobnicate"}, "no command \"frobnicate\""},
                         {{"--frobnicate"}, ""},
                         {{"validate"}, "FILE"},
                         {{"summary"}, "FILE"},
                         {{"summary", "good.json", "good.json"}, ""},
                         {{"validate", "good.json", "--frobnicate"}, "--frobnicate"},
                         {{"validate", "good.json", "--lang", "fr"}, "--lang"},
                         {{"validate", "good.json", "--as-of", "2023-02-29"}, "2023-02-29"},
                         {{"summary", "good.json", "--as-of", "24/03/2024"}, "24/03/2024"},
                         {{"summary", "good.json", "--as-of", ""}, "--as-of"},
                         {{"summary", "good.json", "--limit", "many"}, "--limit"},
                         {{"summary", "good.json", "--limit=-1"}, "--limit"},
                         {{"summary", "good.json", "--limit", ""}, "--limit"},
                         {{"summary", "good.json", "--lang", ""}, "--lang"},
                         {{"generate", "--items", "1", "--seed=-1"}, "--seed"},
                         {{"generate", "--items", "1", "--seed", ""}, "--seed"},
                         {{"generate"}, "--items"},
                         {{"generate", "--items"}, "--items"},
                         {{"generate", "--items", "ten"}, "--items"},
                         {{"generate", "--items", "1.5"}, "--items"},
                         {{"generate", "--items=-1"}, "--items"},
                         {{"generate", "--items", "1000001"}, "--items"},
                         {{"generate", "--items", "99999999999999999999999"}, "--items"},
                         {{"generate", "--items", "1", "--seed", "x"}, "--seed"},
                         {{"generate", "--items", "1", "extra"}, "extra"},
                         {{"generate", "--items", "9", "--as-of", "2199-12-31"}, "--as-of"}}) {
    SCOPED_TRACE(testing::PrintToString(each.arguments));
    const Outcome outcome = run(each.arguments);
    EXPECT_EQ(outcome.status, 2) << outcome.out << outcome.err;
    EXPECT_TRUE(contains(outcome.err, each.why)) << outcome.err;
    EXPECT_FALSE(outcome.err.empty());
    EXPECT_EQ(outcome.out, "");
  }
}

TEST_F(Cli, an_output_that_takes_nothing_is_status_1) {
  if (!fs::exists("/dev/full")) GTEST_SKIP();
  write("good.json", kGoodFile);
  const std::vector<std::string> environment = {"LANG=C"};
  for (const std::vector<std::string>& arguments :
       std::vector<std::vector<std::string>>{{"summary", "good.json"},
                                             {"validate", "--json", "good.json"},
                                             {"generate", "--items", "100"}}) {
    const Outcome outcome = run(arguments, {}, environment, "/dev/full");
    EXPECT_EQ(outcome.status, 1);
    EXPECT_TRUE(contains(outcome.err, "can't be written")) << outcome.err;
  }
}

// validate -----------------------------------------------------------------------------------

TEST_F(Cli, validate_accepts_good_files) {
  write("good.json", kGoodFile);
  write("mark.json", "\xEF\xBB\xBF" + std::string(kGoodFile));
  const Outcome outcome = run({"validate", "good.json", "mark.json"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.out, "good.json: valid, items: 3\nmark.json: valid, items: 3\n");
  EXPECT_EQ(outcome.err, "");
}

TEST_F(Cli, validate_accepts_the_programmes_that_come_along) {
  const fs::path folder = fs::path(TONGCHENG_SOURCE_DIR) / "assets" / "programmes";
  for (const char* name : {"hubao-2024.json", "demo.json"}) {
    const Outcome outcome = run({"validate", (folder / name).string()});
    EXPECT_EQ(outcome.status, 0) << outcome.err;
  }
}

TEST_F(Cli, validate_lists_every_fault_of_every_file) {
  write("good.json", kGoodFile);
  write("broken.json", R"({"format":"tongcheng-programme","version":1,"id":"a b",
    "title":{"zh":""},"kind":"working","cities":[{"id":"c","name":{"en":"C"}}],"asOf":"today"})");
  const Outcome outcome = run({"validate", "broken.json", "good.json", "missing.json"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(outcome.out, "good.json: valid, items: 3\n");
  EXPECT_EQ(outcome.err,
            "broken.json:/id: \"a b\" can't be an id; expected 1 to 64 bytes with no spaces or "
            "control characters\n"
            "broken.json:/title: empty; expected text in zh or en\n"
            "broken.json:/asOf: \"today\" is not a date; expected YYYY-MM-DD between 1900 and "
            "2199\n"
            "missing.json: can't be read: No such file or directory\n");
}

TEST_F(Cli, validate_says_line_and_column_of_faults_of_the_text) {
  write("broken.json", "{\n  \"format\": tongcheng\n}\n");
  const Outcome outcome = run({"validate", "broken.json"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(outcome.err.find("broken.json:/format: not valid JSON: found \"tongcheng\", expected"),
            0U)
      << outcome.err;
  EXPECT_TRUE(contains(outcome.err, "(line 2, column ")) << outcome.err;
}

TEST_F(Cli, validate_reads_the_standard_input) {
  EXPECT_EQ(run({"validate", "-"}, kGoodFile).out, "-: valid, items: 3\n");
  const Outcome outcome = run({"validate", "-"}, "[]");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(outcome.err, "-: wrong type: found an array, expected an object\n");
  EXPECT_EQ(run({"validate", "-"}, "").status, 1);
}

TEST_F(Cli, validate_as_json) {
  write("good.json", kGoodFile);
  write("broken.json", "{\n\"a\": x}");
  const Outcome outcome = run({"validate", "--json", "good.json", "broken.json", "missing.json"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(lines_of(outcome.err).size(), 2U);
  const json report = json::parse(outcome.out);
  ASSERT_EQ(report.size(), 3U);
  EXPECT_EQ(report[0], (json{{"file", "good.json"}, {"valid", true}, {"errors", json::array()}}));
  EXPECT_EQ(report[1]["valid"], false);
  ASSERT_EQ(report[1]["errors"].size(), 1U);
  const json& error = report[1]["errors"][0];
  EXPECT_EQ(error["pointer"], "/a");
  EXPECT_EQ(error["code"], "syntax");
  EXPECT_EQ(error["line"], 2);
  EXPECT_EQ(error["column"], 6);
  EXPECT_TRUE(error["message"].is_string());
  EXPECT_EQ(report[2]["errors"][0]["code"], "unreadable");
  EXPECT_EQ(report[2]["errors"][0]["pointer"], "");
}

TEST_F(Cli, validate_speaks_both_languages) {
  write("broken.json", "[]");
  const std::string zh = "broken.json: 类型不符：an array；应为对象\n";
  const std::string en = "broken.json: wrong type: found an array, expected an object\n";
  const auto said = [this](const std::vector<std::string>& environment,
                           const std::vector<std::string>& more = {}) {
    std::vector<std::string> arguments = {"validate", "broken.json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run(arguments, {}, environment).err;
  };
  EXPECT_EQ(said({}), en);
  EXPECT_EQ(said({"LANG=zh_CN.UTF-8"}), zh);
  EXPECT_EQ(said({"LANG=de_DE.UTF-8"}), en);
  EXPECT_EQ(said({"LANG=en_GB.UTF-8", "LC_MESSAGES=zh_CN"}), zh);
  EXPECT_EQ(said({"LANG=zh_CN", "LC_MESSAGES=en_GB"}), en);
  EXPECT_EQ(said({"LC_MESSAGES=en_GB", "LC_ALL=zh"}), zh);
  EXPECT_EQ(said({"LC_ALL=", "LANG=zh_CN"}), zh);  // empty counts as not set
  EXPECT_EQ(said({"LC_ALL=zh_CN"}, {"--lang", "en"}), en);
  EXPECT_EQ(said({}, {"--lang", "zh"}), zh);
}

TEST_F(Cli, input_that_is_no_file_is_explained) {
  fs::create_directory(folder_ / "folder");
  const Outcome folder = run({"validate", "folder"});
  EXPECT_EQ(folder.status, 1);
  EXPECT_EQ(folder.err, "folder: can't be read: it is a folder; expected a file\n");
  EXPECT_EQ(run({"summary", "folder", "--lang", "zh"}).err,
            "folder: 无法读取：这是文件夹，应为文件\n");

  const Outcome missing = run({"summary", "missing.json"});
  EXPECT_EQ(missing.status, 1);
  EXPECT_EQ(missing.err, "missing.json: can't be read: No such file or directory\n");
  EXPECT_EQ(missing.out, "");

  const Outcome below = run({"validate", "missing/a.json"});
  EXPECT_EQ(below.status, 1);

  if (::geteuid() != 0) {
    fs::permissions(write("secret.json", kGoodFile), fs::perms::none);
    const Outcome secret = run({"validate", "secret.json"});
    EXPECT_EQ(secret.status, 1);
    EXPECT_EQ(secret.err, "secret.json: can't be read: Permission denied\n");
  }
}

TEST_F(Cli, huge_input_is_refused_without_being_read) {
  fs::resize_file(write("huge.json", ""), std::uintmax_t{1} << 40);
  const Outcome outcome = run({"validate", "huge.json"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(outcome.err.find("huge.json: too large"), 0U) << outcome.err;
  const Outcome endless = run({"validate", "/dev/zero"});
  EXPECT_EQ(endless.status, 1);
  EXPECT_EQ(endless.err.find("/dev/zero: too large"), 0U) << endless.err;
}

TEST_F(Cli, a_file_can_not_steer_the_terminal) {
  json document = json::parse(kGoodFile);
  document["\x1B[2Jx\r\ny"] = 1;
  document["title"]["zh"] = "\x1B]0;owned\x07红\u009B31m\u202E\n行";
  write("bad.json", document.dump());
  const Outcome refused = run({"validate", "bad.json"});
  EXPECT_EQ(refused.status, 1);
  EXPECT_EQ(lines_of(refused.err).size(), 1U) << refused.err;
  document.erase("\x1B[2Jx\r\ny");
  write("title.json", document.dump());
  const Outcome shown = run({"summary", "--lang", "zh", "title.json"});
  EXPECT_EQ(shown.status, 0);
  EXPECT_EQ(lines_of(shown.out).front(), "\uFFFD]0;owned\uFFFD红\uFFFD31m\uFFFD 行");
  for (const std::string& text : {refused.err, shown.out}) {
    for (const char c : text) EXPECT_TRUE(c == '\n' || static_cast<unsigned char>(c) >= 0x20);
  }
}

class CliBrokenFiles : public Cli, public testing::WithParamInterface<BrokenFile> {};

TEST_P(CliBrokenFiles, are_status_1_with_a_line_for_each_fault) {
  const BrokenFile& file = GetParam();
  write("broken.json", file.bytes);
  const Outcome outcome = run({"validate", "broken.json"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(outcome.out, "");
  const std::vector<std::string> lines = lines_of(outcome.err);
  ASSERT_EQ(lines.size(), file.faults.size()) << outcome.err;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string& pointer = file.faults[i].pointer;
    const std::string start = "broken.json:" + pointer + (pointer.empty() ? " " : ": ");
    EXPECT_EQ(lines[i].substr(0, start.size()), start);
    EXPECT_GT(lines[i].size(), start.size() + 10);
    EXPECT_TRUE(contains(lines[i], "expected")) << lines[i];
  }
}

INSTANTIATE_TEST_SUITE_P(all, CliBrokenFiles, testing::ValuesIn(test::broken_files()),
                         [](const auto& info) { return info.param.name; });

// summary ------------------------------------------------------------------------------------

TEST_F(Cli, summary_refuses_what_validate_refuses) {
  const std::vector<BrokenFile> broken = test::broken_files();
  for (std::size_t i = 0; i < broken.size(); i += 40) {
    write("broken.json", broken[i].bytes);
    const Outcome summary = run({"summary", "--json", "broken.json"});
    EXPECT_EQ(summary.status, 1);
    EXPECT_EQ(summary.out, "");
    EXPECT_EQ(summary.err, run({"validate", "broken.json"}).err);
  }
}

TEST_F(Cli, summary_of_a_small_programme) {
  write("good.json", kGoodFile);
  const Outcome outcome = run({"summary", "good.json", "--as-of", "2024-07-01"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.err, "");
  EXPECT_EQ(outcome.out, R"(Two cities
As of: 2024-07-01

Items: 3
  Under way    1
  Not started  1
  Unknown      1

By area
  Name          Total  Under way  Not started  Unknown
  Industry          1          1            0        0
  人才              0          0            0        0
  (not stated)      2          0            1        1

Reported totals
             Reported  This list
  Completed      ≥ 30          0
  Source: 报道

Indicators
  Name      Value  Unit  Target  Target date  Ratio  State
  重点事项   ≥ 30  项        40  2024-12-31     75%  on the way

Late: 2
  Due         Days  Code  Title
  2024-06-01   -30  G1    Sign the agreement: 签字
  2024-06-30    -1  G1    Sign the agreement

Next due: 0
)");
}

TEST_F(Cli, summary_in_chinese) {
  write("good.json", kGoodFile);
  const Outcome outcome = run({"summary", "good.json", "--lang", "zh", "--limit", "1"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.out, R"(两市同城化
截至：2024-03-23

事项：3
  推进中  1
  未启动  1
  未知    1

按方面
  名称        合计  推进中  未启动  未知
  产业           1       1       0     0
  人才           0       0       0     0
  （未注明）     2       0       1     1

来源所报总数
          来源所报  本清单
  已完成      ≥ 30       0
  来源：报道

指标
  名称      数值  单位  目标  目标日期    达成  状态
  重点事项  ≥ 30  项      40  2024-12-31   75%  推进中

逾期：0

临近期限：2
  期限        天数  编号  标题
  2024-06-01    70  G1    签订协议：签字
  ……另有 1 条
)");
}

TEST_F(Cli, summary_names_every_source_where_they_differ) {
  json document = json::parse(kGoodFile);
  json indicator = document["indicators"][0];
  indicator["id"] = "i2";
  indicator.erase("countsStatus");
  indicator.erase("atLeast");
  indicator["value"] = 12345;
  indicator["source"]["place"] = {{"zh", "第2页"}};
  document["indicators"].push_back(indicator);
  write("good.json", document.dump());
  EXPECT_TRUE(contains(run({"summary", "good.json"}).out, R"(
Reported totals
             Reported  This list  Source
  Items        12,345          3  报道, 第2页
  Completed      ≥ 30          0  报道
)"));
}

TEST_F(Cli, summary_names_no_source_where_there_is_none) {
  json document = json::parse(kGoodFile);
  document["indicators"][0].erase("source");
  write("good.json", document.dump());
  const Outcome outcome = run({"summary", "good.json"});
  EXPECT_TRUE(contains(outcome.out, "Reported totals"));
  EXPECT_FALSE(contains(outcome.out, "Source")) << outcome.out;
}

TEST_F(Cli, summary_says_what_is_made_up) {
  Programme programme = generate_programme(5, 1);
  write("demo.json", save_programme(programme));
  EXPECT_EQ(lines_of(run({"summary", "demo.json"}).out).at(1), "Demonstration data");
  EXPECT_EQ(lines_of(run({"summary", "demo.json", "--lang", "zh"}).out).at(1), "演示数据");
  EXPECT_EQ(json::parse(run({"summary", "demo.json", "--json"}).out)["kind"], "demonstration");
}

TEST_F(Cli, summary_goes_by_department_where_there_are_no_areas) {
  json document = json::parse(kGoodFile);
  document.erase("areas");
  document["items"][0].erase("area");
  write("good.json", document.dump());
  const Outcome outcome = run({"summary", "good.json"});
  EXPECT_TRUE(contains(outcome.out, R"(
By lead department
  Name                        Total  Under way  Not started  Unknown
  呼和浩特市发展和改革委员会      1          1            0        0
  包头市发展和改革委员会          0          0            0        0
  (not stated)                    2          0            1        1
)")) << outcome.out;
  EXPECT_FALSE(contains(outcome.out, "By area"));
}

TEST_F(Cli, summary_does_without_a_day) {
  write("least.json", R"({"format":"tongcheng-programme","version":1,"id":"p","title":{"en":"P"},
    "kind":"working","cities":[{"id":"c","name":{"en":"C"}}],
    "items":[{"code":"G","title":{"en":"T"},"status":"under-way","due":"2024-01-01"}],
    "indicators":[{"id":"i","name":{"en":"I"},"value":1066500,"target":2e6,
                   "targetDate":"2024-01-01"},{"id":"k","name":{"en":"K"},"target":0.5}]})");
  const Outcome outcome = run({"summary", "least.json"});
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.out, R"(P
As of: not stated (--as-of names a day)

Items: 1
  Under way  1

Indicators
  Name      Value     Target  Target date  Ratio  State
  I     1,066,500  2,000,000  2024-01-01     53%  on the way
  K             –        0.5                      no figure
)");
  const json report = json::parse(run({"summary", "least.json", "--json"}).out);
  EXPECT_EQ(report["asOf"], nullptr);
  EXPECT_EQ(report["late"], nullptr);
  EXPECT_EQ(report["next"], nullptr);
  EXPECT_EQ(report["indicators"][0]["state"], "on-the-way");
  const json dated =
      json::parse(run({"summary", "least.json", "--json", "--as-of", "2024-01-11"}).out);
  EXPECT_EQ(dated["late"]["total"], 1);
  EXPECT_EQ(dated["late"]["list"][0]["days"], -10);
  EXPECT_EQ(dated["indicators"][0]["state"], "missed");
}

TEST_F(Cli, summary_as_json) {
  write("good.json", kGoodFile);
  const Outcome outcome =
      run({"summary", "good.json", "--json", "--as-of", "2024-06-15", "--lang", "zh"});
  EXPECT_EQ(outcome.status, 0);
  const json report = json::parse(outcome.out);
  const json none = {{"completed", 0},   {"staged-result", 0}, {"under-way", 0},
                     {"not-started", 0}, {"blocked", 0},       {"unknown", 0}};
  EXPECT_EQ(report["id"], "two-cities");
  EXPECT_EQ(report["title"], (json{{"zh", "两市同城化"}, {"en", "Two cities"}}));
  EXPECT_EQ(report["kind"], "working");
  EXPECT_EQ(report["asOf"], "2024-06-15");
  EXPECT_EQ(report["items"]["total"], 3);
  json expected = none;
  expected["under-way"] = expected["not-started"] = expected["unknown"] = 1;
  EXPECT_EQ(report["items"]["byStatus"], expected);
  ASSERT_EQ(report["byArea"].size(), 3U);
  EXPECT_EQ(report["byArea"][0]["id"], "a1");
  EXPECT_EQ(report["byArea"][0]["total"], 1);
  EXPECT_EQ(report["byArea"][1]["byStatus"], none);
  EXPECT_EQ(report["byArea"][2]["id"], nullptr);
  EXPECT_EQ(report["byArea"][2]["title"], nullptr);
  EXPECT_EQ(report["byArea"][2]["total"], 2);
  EXPECT_EQ(report["byCity"][0]["title"]["en"], "Hohhot");
  EXPECT_EQ(report["byCity"].size(), 3U);
  EXPECT_EQ(report["byDepartment"].size(), 3U);
  EXPECT_EQ(report["reported"]["items"], nullptr);
  EXPECT_EQ(report["reported"]["areas"], nullptr);
  EXPECT_EQ(report["reported"]["byStatus"]["unknown"], nullptr);
  EXPECT_EQ(report["reported"]["byStatus"]["completed"],
            (json{{"indicator", "i1"},
                  {"value", 30},
                  {"atLeast", true},
                  {"asOf", "2024-03-23"},
                  {"source", {{"id", "s1"}, {"place", {{"zh", ""}, {"en", ""}}}}}}));
  ASSERT_EQ(report["indicators"].size(), 1U);
  EXPECT_EQ(report["indicators"][0]["ratio"], 0.75);
  EXPECT_EQ(report["indicators"][0]["targetDate"], "2024-12-31");
  EXPECT_EQ(report["late"]["total"], 1);
  EXPECT_EQ(report["late"]["list"][0]["milestone"]["id"], "m2");
  EXPECT_EQ(report["late"]["list"][0]["days"], -14);
  EXPECT_EQ(report["next"], (json{{"total", 1},
                                  {"list",
                                   {{{"item", "G1"},
                                     {"title", {{"zh", "签订协议"}, {"en", "Sign the agreement"}}},
                                     {"milestone", nullptr},
                                     {"due", "2024-06-30"},
                                     {"days", 15}}}}}));
  // The order of members is part of what is promised.
  EXPECT_LT(outcome.out.find("\"id\""), outcome.out.find("\"title\""));
  EXPECT_LT(outcome.out.find("\"items\""), outcome.out.find("\"byArea\""));
  EXPECT_LT(outcome.out.find("\"completed\""), outcome.out.find("\"blocked\""));
}

TEST_F(Cli, summary_limits_its_lists) {
  const std::string text = save_programme(generate_programme(300, 1));
  const auto listed = [&](const std::vector<std::string>& more) {
    std::vector<std::string> arguments = {"summary", "-", "--json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return json::parse(run(arguments, text).out)["late"];
  };
  EXPECT_EQ(listed({})["list"].size(), 10U);
  EXPECT_EQ(listed({"--limit", "3"})["list"].size(), 3U);
  EXPECT_EQ(listed({"--limit", "0"})["list"].size(), 0U);
  const json all = listed({"--limit", "100000"});
  EXPECT_EQ(all["list"].size(), all["total"].get<std::size_t>());
  EXPECT_GT(all["list"].size(), 10U);
}

TEST_F(Cli, summary_of_the_programmes_that_come_along) {
  const fs::path folder = fs::path(TONGCHENG_SOURCE_DIR) / "assets" / "programmes";
  for (const char* name : {"hubao-2024.json", "demo.json"}) {
    for (const char* language : {"zh", "en"}) {
      const Outcome outcome = run({"summary", (folder / name).string(), "--lang", language});
      EXPECT_EQ(outcome.status, 0) << outcome.err;
      EXPECT_GT(lines_of(outcome.out).size(), 10U);
    }
    EXPECT_TRUE(json::accept(run({"summary", "--json", (folder / name).string()}).out));
  }
}

// generate -----------------------------------------------------------------------------------

TEST_F(Cli, generate_writes_what_it_promises) {
  const std::string expected = save_programme(generate_programme(20, 7));
  const Outcome to_output = run({"generate", "--items", "20", "--seed", "7"});
  EXPECT_EQ(to_output.status, 0);
  EXPECT_EQ(to_output.out, expected);
  EXPECT_EQ(run({"generate", "--items", "20", "--seed", "7", "--json"}).out, expected);
  EXPECT_EQ(run({"generate", "--items", "20", "--seed", "7", "-o", "-"}).out, expected);

  const Outcome to_file = run({"generate", "--items", "20", "--seed", "7", "-o", "out.json"});
  EXPECT_EQ(to_file.status, 0);
  EXPECT_EQ(to_file.out, "out.json: written, items: 20\n");
  EXPECT_EQ(bytes_of(folder_ / "out.json"), expected);
  EXPECT_EQ(files(), std::vector<std::string>{"out.json"});
  EXPECT_EQ(run({"validate", "out.json"}).status, 0);

  const Outcome reported =
      run({"generate", "--items", "20", "--seed", "7", "-o", "out.json", "--json"});
  EXPECT_EQ(json::parse(reported.out), (json{{"file", "out.json"},
                                             {"items", 20},
                                             {"seed", 7},
                                             {"asOf", "2024-12-31"},
                                             {"bytes", expected.size()}}));
}

TEST_F(Cli, generate_moves_all_dates_to_the_wanted_day) {
  const Outcome moved = run({"generate", "--items", "200", "--as-of", "2030-06-30"});
  EXPECT_EQ(moved.status, 0);
  const Result<Programme> programme = load_programme(moved.out);
  ASSERT_TRUE(programme);
  const Programme plain = generate_programme(200, 1);
  EXPECT_EQ(programme.value->as_of, make_date(2030, 6, 30));
  const int days = *programme.value->as_of - *plain.as_of;
  for (std::size_t i = 0; i < 200; ++i) {
    const ActionItem& item = programme.value->items[i];
    ASSERT_EQ(*item.due - days, *plain.items[i].due);
    ASSERT_EQ(*item.milestones[0].due - days, *plain.items[i].milestones[0].due);
    ASSERT_EQ(item.finished.has_value(), plain.items[i].finished.has_value());
  }
  const auto late = [this](const std::string& text) {
    return json::parse(run({"summary", "-", "--json"}, text).out)["late"]["total"];
  };
  EXPECT_EQ(late(moved.out), late(save_programme(plain)));
}

TEST_F(Cli, generate_replaces_a_file_whole) {
  const fs::path path = write("out.json", "old");
  fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read);
  fs::create_symlink("out.json", folder_ / "link.json");
  // Who has the old file open keeps reading the old one.
  std::ifstream reader(path);
  EXPECT_EQ(run({"generate", "--items", "2", "-o", "link.json"}).status, 0);
  std::string old;
  reader >> old;
  EXPECT_EQ(old, "old");
  EXPECT_EQ(bytes_of(path), save_programme(generate_programme(2, 1)));
  EXPECT_TRUE(fs::is_symlink(folder_ / "link.json"));
  EXPECT_EQ(fs::status(path).permissions(),
            fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read);
  EXPECT_EQ(files(), (std::vector<std::string>{"link.json", "out.json"}));
}

TEST_F(Cli, generate_leaves_nothing_behind_when_it_fails) {
  fs::create_directory(folder_ / "folder");
  const Outcome folder = run({"generate", "--items", "2", "-o", "folder"});
  EXPECT_EQ(folder.status, 1);
  EXPECT_EQ(folder.err, "folder: can't be written: it is a folder; expected a file\n");
  const Outcome below = run({"generate", "--items", "2", "-o", "missing/out.json"});
  EXPECT_EQ(below.status, 1);
  EXPECT_EQ(below.err, "missing/out.json: can't be written: No such file or directory\n");
  EXPECT_EQ(files(), std::vector<std::string>{"folder"});
  if (::geteuid() != 0) {
    fs::permissions(folder_ / "folder", fs::perms::owner_read | fs::perms::owner_exec);
    EXPECT_EQ(run({"generate", "--items", "2", "-o", "folder/out.json"}).status, 1);
    fs::permissions(folder_ / "folder", fs::perms::owner_all);
    fs::permissions(write("kept.json", "kept"), fs::perms::owner_read);
    EXPECT_EQ(run({"generate", "--items", "2", "-o", "kept.json"}).status, 1);
    EXPECT_EQ(bytes_of(folder_ / "kept.json"), "kept");
  }
}

TEST_F(Cli, generate_writes_devices_and_pipes_as_they_are) {
  EXPECT_EQ(run({"generate", "--items", "2", "-o", "/dev/null"}).status, 0);
  EXPECT_TRUE(fs::is_character_file("/dev/null"));
  if (fs::exists("/dev/full")) {
    EXPECT_EQ(run({"generate", "--items", "2", "-o", "/dev/full"}).status, 1);
    EXPECT_TRUE(fs::is_character_file("/dev/full"));
  }
}

TEST_F(Cli, ten_thousand_items_go_through) {
  const Outcome generated = run({"generate", "--items", "10000", "-o", "large.json"});
  EXPECT_EQ(generated.status, 0);
  EXPECT_EQ(run({"validate", "large.json"}).status, 0);
  const Outcome summary = run({"summary", "large.json", "--json"});
  EXPECT_EQ(json::parse(summary.out)["items"]["total"], 10000);
}

}  // namespace
}  // namespace tc
