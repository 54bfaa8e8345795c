#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <string_view>

#include "core/ledger/ledger.hpp"
#include "core/model/programme_json.hpp"
#include "tests/core/ledger/boards.hpp"
#include "tests/native/program.hpp"

namespace tc {
namespace {

using nlohmann::json;
using test::baotou;
using test::hohhot;
using test::minute;
using test::set;
namespace fs = std::filesystem;
using test::bytes_of;
using test::contains;
using test::Outcome;

class LedgerCli : public test::ProgramTest {
 protected:
  void SetUp() override {
    ProgramTest::SetUp();
    write("base.json", test::kGoodFile);
    // 2024-04-01 08:00 in China, the day after, and the day after that.
    board_ = test::good_board();
    ASSERT_TRUE(set(board_, hohhot(0), "/items/G1/progress", 50, "例会"));
    ASSERT_TRUE(set(board_, baotou(1440), "/items/G2/status", "blocked"));
    ASSERT_TRUE(board_.undo(hohhot(2880)));
    write("board.tongcheng.jsonl", board_.text());
  }

  Ledger board_;
};

TEST_F(LedgerCli, log_lists_entries) {
  const Outcome outcome = run("ledger board.tongcheng.jsonl log");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  EXPECT_TRUE(contains(outcome.out, "2024-04-01 00:00:00")) << outcome.out;
  EXPECT_TRUE(contains(outcome.out, "/items/G1/progress: 40.5 → 50"));
  EXPECT_TRUE(contains(outcome.out, "例会"));
  EXPECT_TRUE(contains(outcome.out, "Bayar"));
  EXPECT_TRUE(contains(outcome.out, "entries: 3, shown: 3"));
  EXPECT_TRUE(contains(run("ledger board.tongcheng.jsonl log --lang zh").out, "撤销"));
  const auto shown = [this](const std::string& options) {
    const Outcome filtered = run("ledger board.tongcheng.jsonl log --json " + options);
    EXPECT_EQ(filtered.status, 0) << filtered.err;
    return json::parse(filtered.out)["entries"].size();
  };
  EXPECT_EQ(shown(""), 3U);
  EXPECT_EQ(shown("--item G1"), 2U);
  EXPECT_EQ(shown("--item G3"), 0U);
  EXPECT_EQ(shown("--author Bayar"), 1U);
  EXPECT_EQ(shown("--city h"), 2U);
  EXPECT_EQ(shown("--kind undo"), 1U);
  EXPECT_EQ(shown("--from 2024-04-02"), 2U);
  EXPECT_EQ(shown("--to 2024-04-02"), 2U);
  EXPECT_EQ(shown("--from " + minute(1440) + " --to " + minute(1440)), 1U);
  const json entry = json::parse(run("ledger board.tongcheng.jsonl log --json").out)["entries"][2];
  EXPECT_EQ(entry["of"], board_.entry(0).id);
  EXPECT_EQ(entry["id"], board_.entry(2).id);
  EXPECT_EQ(run("ledger base.json log").status, 0);
}

TEST_F(LedgerCli, at_gives_the_programme_of_a_day) {
  const Outcome first = run("ledger board.tongcheng.jsonl at 2024-04-01");
  EXPECT_EQ(first.status, 0) << first.err;
  EXPECT_EQ(first.out, save_programme(board_.state_after(1)));
  EXPECT_EQ(run("ledger board.tongcheng.jsonl at 2024-03-31").out,
            save_programme(board_.state_after(0)));
  EXPECT_EQ(run("ledger board.tongcheng.jsonl at " + minute(1440)).out,
            save_programme(board_.state_after(2)));
  const Outcome written = run("ledger board.tongcheng.jsonl at 2024-04-02 -o then.json --json");
  EXPECT_EQ(written.status, 0) << written.err;
  EXPECT_EQ(json::parse(written.out)["entries"], 2);
  EXPECT_EQ(bytes_of(folder_ / "then.json"), save_programme(board_.state_after(2)));
  EXPECT_EQ(run("ledger board.tongcheng.jsonl at 2024-04-02 -o no/then.json").status, 1);
}

TEST_F(LedgerCli, diff_is_net) {
  const Outcome text = run("ledger board.tongcheng.jsonl diff 2024-03-31 2024-04-02");
  EXPECT_EQ(text.status, 0) << text.err;
  EXPECT_EQ(text.out, "/items/G1/progress: 40.5 → 50\n/items/G2/status: not-started → blocked\n");
  const json report =
      json::parse(run("ledger board.tongcheng.jsonl diff 2024-03-31 2024-05-01 --json").out);
  EXPECT_EQ(report["to"], 3);
  EXPECT_EQ(
      report["changes"],
      json::parse(R"([{"pointer":"/items/G2/status","before":"not-started","after":"blocked"}])"));
}

TEST_F(LedgerCli, verify_names_the_broken_entry) {
  const Outcome good = run("ledger board.tongcheng.jsonl verify");
  EXPECT_EQ(good.status, 0) << good.err;
  EXPECT_TRUE(contains(good.out, "in order, entries: 3")) << good.out;
  EXPECT_EQ(json::parse(run("ledger board.tongcheng.jsonl verify --json").out)["valid"], true);
  std::string text = board_.text();
  text.replace(text.find("Bayar"), 5, "Sayar");
  write("bad.jsonl", text);
  const Outcome bad = run("ledger bad.jsonl verify --json");
  EXPECT_EQ(bad.status, 1);
  const json report = json::parse(bad.out);
  EXPECT_EQ(report["valid"], false);
  EXPECT_EQ(report["line"], 3);
  EXPECT_EQ(report["entry"], board_.entry(1).id);
  EXPECT_EQ(report["entries"], 1);
  EXPECT_TRUE(contains(bad.err, "bad.jsonl: ")) << bad.err;
  EXPECT_TRUE(contains(bad.err, board_.entry(1).id)) << bad.err;
  EXPECT_TRUE(contains(bad.err, "line 3"));
  EXPECT_EQ(run("ledger bad.jsonl log").status, 1);
  EXPECT_EQ(run("ledger base.json verify").status, 1);
  EXPECT_EQ(run("ledger none.jsonl verify").status, 1);
}

TEST_F(LedgerCli, other_commands_read_boards) {
  const Outcome summary = run("summary board.tongcheng.jsonl --json");
  EXPECT_EQ(summary.status, 0) << summary.err;
  write("state.json", save_programme(board_.state()));
  EXPECT_EQ(summary.out, run("summary state.json --json").out);
  EXPECT_EQ(run("export board.tongcheng.jsonl --format json -o -").out,
            save_programme(board_.state()));
  EXPECT_EQ(run("validate board.tongcheng.jsonl").status, 0);
  EXPECT_EQ(run("schedule board.tongcheng.jsonl").status, 0);
  // A torn line is told, and everything before it is there.
  write("torn.jsonl", board_.text().substr(0, board_.text().size() - 9));
  const Outcome torn = run("export torn.jsonl --format json -o -");
  EXPECT_EQ(torn.status, 0);
  EXPECT_TRUE(contains(torn.err, "line 4")) << torn.err;
  EXPECT_EQ(torn.out, save_programme(board_.state_after(2)));
  write("bad.jsonl", "{\"format\":\"tongcheng-board\",\"version\":1,");
  EXPECT_EQ(run("summary bad.jsonl").status, 1);
}

TEST_F(LedgerCli, merge_joins_two_copies) {
  Ledger ours = board_;
  Ledger theirs = board_;
  ASSERT_TRUE(set(ours, hohhot(3000), "/items/G1/due", "2024-07-31", "审批"));
  ASSERT_TRUE(set(theirs, baotou(3001), "/items/G1/due", "2024-08-31", "施工"));
  ASSERT_TRUE(set(theirs, baotou(3002), "/items/G3/progress", 5));
  write("ours.jsonl", ours.text());
  write("theirs.jsonl", theirs.text());
  const Outcome outcome =
      run("merge board.tongcheng.jsonl ours.jsonl theirs.jsonl -o out.jsonl --json");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  const json report = json::parse(outcome.out);
  EXPECT_EQ(report["entries"], 6);
  EXPECT_EQ(report["fromOurs"], 1);
  EXPECT_EQ(report["fromTheirs"], 2);
  ASSERT_EQ(report["conflicts"].size(), 1U);
  const json& conflict = report["conflicts"][0];
  EXPECT_EQ(conflict["pointer"], "/items/G1/due");
  EXPECT_EQ(conflict["kept"]["value"], "2024-08-31");
  EXPECT_EQ(conflict["kept"]["reason"], "施工");
  EXPECT_EQ(conflict["other"]["author"], "Sarana");
  const std::string merged = bytes_of(folder_ / "out.jsonl");
  EXPECT_EQ(run("merge base.json theirs.jsonl ours.jsonl -o -").out, merged);
  EXPECT_EQ(merged, Ledger::merge(ours, theirs).value->text());
  const Outcome text = run("merge base.json ours.jsonl theirs.jsonl -o out2.jsonl --lang zh");
  EXPECT_TRUE(contains(text.out, "待裁定冲突1处")) << text.out;
  EXPECT_TRUE(contains(text.out, "另一：2024-07-31")) << text.out;
  EXPECT_TRUE(contains(run("summary out.jsonl").err, "wait for a choice: 1"));
  EXPECT_EQ(json::parse(run("ledger out.jsonl log --json").out)["conflicts"].size(), 1U);
}

TEST_F(LedgerCli, merge_wants_one_beginning) {
  Programme programme = test::good_programme();
  programme.title.en = "Other";
  write("other.json", save_programme(programme));
  const Outcome other = run("merge other.json board.tongcheng.jsonl board.tongcheng.jsonl -o out");
  EXPECT_EQ(other.status, 1);
  EXPECT_TRUE(contains(other.err, "board.tongcheng.jsonl: another beginning")) << other.err;
  EXPECT_FALSE(fs::exists(folder_ / "out"));
  // A copy that lacks entries of the base board is no copy of it.
  const Outcome behind = run("merge board.tongcheng.jsonl board.tongcheng.jsonl base.json -o out");
  EXPECT_EQ(behind.status, 1);
  EXPECT_TRUE(contains(behind.err, "base.json: ")) << behind.err;
  EXPECT_EQ(run("merge base.json none.jsonl base.json -o out").status, 1);
}

TEST_F(LedgerCli, wrong_usage) {
  for (const char* arguments :
       {"ledger", "ledger board.tongcheng.jsonl", "ledger board.tongcheng.jsonl burn",
        "ledger board.tongcheng.jsonl at", "ledger board.tongcheng.jsonl at yesterday",
        "ledger board.tongcheng.jsonl diff 2024-01-01", "ledger board.tongcheng.jsonl log --kind x",
        "merge base.json base.json -o out", "merge base.json base.json base.json"}) {
    const Outcome outcome = run(arguments);
    EXPECT_EQ(outcome.status, 2) << arguments;
    EXPECT_FALSE(outcome.err.empty()) << arguments;
  }
  EXPECT_EQ(run("ledger --help").status, 0);
  EXPECT_EQ(run("merge --help").status, 0);
}

}  // namespace
}  // namespace tc
