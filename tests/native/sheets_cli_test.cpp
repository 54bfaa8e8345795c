#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "core/ledger/ledger.hpp"
#include "core/model/generate.hpp"
#include "core/model/programme_json.hpp"
#include "tests/core/ledger/boards.hpp"
#include "tests/native/program.hpp"

namespace tc {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

using test::bytes_of;
using test::contains;
using test::Outcome;

class SheetsCli : public test::ProgramTest {
 protected:
  void SetUp() override {
    ProgramTest::SetUp();
    write("base.json", test::kGoodFile);
  }
};

TEST_F(SheetsCli, xlsx_comes_back_unchanged) {
  write("demo.json", bytes_of(TONGCHENG_SOURCE_DIR "/assets/programmes/demo.json"));
  Programme odd = generate_programme(20, 3);
  odd.items[0].title.zh = "=HYPERLINK(\"http://a\")";
  odd.items[1].title.zh = "_x000D_ <b>&amp;";
  odd.items[2].title.zh = "a\r\nb\tc";
  odd.items[3].title.zh = "0012";
  odd.items[4].title.zh = "http://example.org/";
  odd.items[5].progress = 100.0 / 3;
  write("odd.json", save_programme(odd));
  for (const std::string file : {"base", "demo", "odd"}) {
    for (const std::string language : {"zh", "en"}) {
      ASSERT_EQ(run(std::string("export ")
                        .append(file)
                        .append(".json --format xlsx -o t.xlsx --lang ")
                        .append(language))
                    .status,
                0);
      const Outcome again = run("import " + file + ".json --from xlsx t.xlsx --dry-run --json");
      EXPECT_EQ(again.status, 0) << again.err;
      EXPECT_EQ(again.err, "");
      const json plan = json::parse(again.out);
      EXPECT_EQ(plan["rows"], json::array()) << plan.dump(1);
      EXPECT_GT(plan["same"].get<int>(), 1);
    }
  }
}

TEST_F(SheetsCli, openpyxl_reads_equal_cells) {
  ASSERT_EQ(run("export base.json --format xlsx -o t.xlsx --lang en").status, 0);
  write(
      "read.py",
      "import json, openpyxl\n"
      "book = openpyxl.load_workbook('t.xlsx')\n"
      "show = lambda v: v.strftime('%Y-%m-%d') + '!' if hasattr(v, 'strftime') else v\n"
      "print(json.dumps({s.title: [[show(c.value) for c in r] for r in s.rows] for s in book}))\n");
  const Outcome read = shell("/usr/bin/python3 read.py");
  ASSERT_EQ(read.status, 0) << read.err << "(needs python3-openpyxl)";
  const json book = json::parse(read.out);
  EXPECT_EQ(book.size(), 10U);
  const json& items = book["Items"];
  const auto cell = [&](const std::string& heading) {
    for (std::size_t i = 0; i < items[0].size(); ++i) {
      if (items[0][i] == heading) return items[1][i];
    }
    return json("no such column");
  };
  EXPECT_EQ(cell("Code"), "G1");
  EXPECT_EQ(cell("Title (Chinese)"), "签订协议");
  EXPECT_EQ(cell("Status"), "Under way");
  EXPECT_EQ(cell("Due"), "2024-06-30!");
  EXPECT_EQ(cell("Progress (%)"), 40.5);
  EXPECT_EQ(cell("Duration (working days)"), 100);
  EXPECT_EQ(cell("Confidence"), "Amber");
  EXPECT_EQ(book["Milestones"][2][4], "2024-06-01!");
}

TEST_F(SheetsCli, a_file_made_by_libreoffice_imports) {
  fs::copy(TONGCHENG_SOURCE_DIR "/tests/data/libreoffice.xlsx", folder_ / "lo.xlsx");
  const Outcome outcome =
      run("import base.json --from xlsx lo.xlsx -o board.jsonl --author 王芳 --json");
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  const json report = json::parse(outcome.out);
  EXPECT_EQ(report["changes"], 2);
  const Result<OpenedLedger> board = open_board(bytes_of(folder_ / "board.jsonl"));
  ASSERT_TRUE(board);
  const Entry entry = board.value->ledger.entry(0);
  EXPECT_EQ(entry.kind, EntryKind::import);
  EXPECT_EQ(entry.author, "王芳");
  EXPECT_EQ(entry.id, report["entry"]);
  EXPECT_EQ(board.value->ledger.state().items[0].status, Status::blocked);
  EXPECT_EQ(board.value->ledger.state().items[0].due, parse_date("2024-05-31"));
}

TEST_F(SheetsCli, csv_in_utf8_and_gb18030) {
  ASSERT_EQ(run("export base.json --format csv -o t.csv --lang zh").status, 0);
  EXPECT_EQ(json::parse(run("import base.json --from csv t.csv --dry-run --json").out)["rows"],
            json::array());
  // 编号,状态 / G1,受阻 as Excel in China saves it.
  write("gb.csv", "\xB1\xE0\xBA\xC5,\xD7\xB4\xCC\xAC\r\nG1,\xCA\xDC\xD7\xE8\r\n");
  const json plan = json::parse(run("import base.json --from csv gb.csv --dry-run --json").out);
  ASSERT_EQ(plan["rows"].size(), 1U);
  EXPECT_EQ(plan["rows"][0]["fields"][0]["place"], "gb!B2");
  EXPECT_EQ(plan["rows"][0]["fields"][0]["after"], "Blocked");
  write("quoted.csv", "Code;Title;Summary\nG1;\"a \"\"b\"\"; c\";\"two\nlines\"\n");
  const json quoted =
      json::parse(run("import base.json --from csv quoted.csv --dry-run --json").out);
  EXPECT_EQ(quoted["rows"][0]["fields"][0]["after"], "a \"b\"; c");
  EXPECT_EQ(quoted["rows"][0]["fields"][1]["after"], "two\nlines");
  write("open.csv", "Code,Title\nG1,\"never closed\n");
  const Outcome open = run("import base.json --from csv open.csv --dry-run");
  EXPECT_EQ(open.status, 1);
  EXPECT_TRUE(contains(open.err, "a quotation mark is not closed")) << open.err;
  // Quoted cells at the end of lines that end with CR LF.
  write("ends.csv", "Code,\"Title\"\r\nG1,\"a \"\"b\"\"\"\r\nG2,\"two\r\nlines\"\r\n");
  const json ends = json::parse(run("import base.json --from csv ends.csv --dry-run --json").out);
  ASSERT_EQ(ends["rows"].size(), 2U);
  EXPECT_EQ(ends["rows"][0]["fields"][0]["after"], "a \"b\"");
  EXPECT_EQ(ends["rows"][1]["fields"][0]["after"], "two\nlines");
}

TEST_F(SheetsCli, bad_cells_are_named_and_nothing_is_written) {
  write("t.csv", "编号,状态,期限\nG1,飞快,2024-02-31\nG2,受阻,\n");
  const Outcome outcome = run("import base.json --from csv t.csv -o board.jsonl");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_TRUE(contains(outcome.err, "t.csv: t!B2: ")) << outcome.err;
  EXPECT_TRUE(contains(outcome.err, "t.csv: t!C2: "));
  EXPECT_FALSE(fs::exists(folder_ / "board.jsonl"));
  EXPECT_EQ(run("import base.json --from csv t.csv -o board.jsonl --partial").status, 0);
  EXPECT_EQ(open_board(bytes_of(folder_ / "board.jsonl")).value->ledger.state().items[1].status,
            Status::blocked);
  EXPECT_EQ(run("import base.json --from csv t.csv").status, 2);
}

TEST_F(SheetsCli, a_slipping_deadline_needs_a_reason) {
  write("t.csv", "Code,Due\nG1,2024-07-15\n");
  const Outcome without = run("import base.json --from csv t.csv -o board.jsonl");
  EXPECT_EQ(without.status, 1);
  EXPECT_TRUE(contains(without.err, "--reason")) << without.err;
  EXPECT_EQ(run("import base.json --from csv t.csv -o board.jsonl --reason 资金晚到").status, 0);
  EXPECT_EQ(open_board(bytes_of(folder_ / "board.jsonl")).value->ledger.entry(0).reason,
            "资金晚到");
}

TEST_F(SheetsCli, columns_and_sheets_are_mapped_by_hand) {
  write("t.csv", "Which,State of it\nG1,blocked\n");
  EXPECT_EQ(run("import base.json --from csv t.csv --dry-run").status, 1);
  const std::string maps = " --map t=items --map 't!A=code' --map '!b=status'";
  const Outcome done = run("import base.json --from csv t.csv --dry-run --json" + maps);
  EXPECT_EQ(done.status, 0) << done.err;
  const json plan = json::parse(done.out);
  EXPECT_EQ(plan["changed"], 1);
  EXPECT_EQ(plan["mapping"][0]["table"], "items");
  EXPECT_EQ(plan["mapping"][0]["headingRow"], 1);
  EXPECT_EQ(plan["mapping"][0]["columns"][1],
            (json{{"column", "B"}, {"heading", "State of it"}, {"field", "status"}}));
  ASSERT_EQ(run("import base.json --from csv t.csv -o b.jsonl" + maps).status, 0);
  EXPECT_TRUE(contains(bytes_of(folder_ / "b.jsonl"), "/items/G1/status"));

  write("bare.csv", "G1,blocked\n");
  const Outcome bare =
      run("import base.json --from csv bare.csv --dry-run --map bare=items@0 "
          "--map '!A=code' --map '!B=status'");
  EXPECT_EQ(bare.status, 0) << bare.err;
  EXPECT_TRUE(contains(bare.out, "bare = items@0: A=code B=status")) << bare.out;

  write("known.csv", "Code,Status\nG1,blocked\n");
  const Outcome left = run("import base.json --from csv known.csv --dry-run --json --map '!B='");
  EXPECT_EQ(json::parse(left.out)["changed"], 0);
  EXPECT_EQ(left.status, 0);
  for (const char* wrong : {"due", "nosuch!A=due", "'!7=due'", "known=items@x"}) {
    const Outcome refused =
        run("import base.json --from csv known.csv --dry-run --map " + std::string(wrong));
    EXPECT_EQ(refused.status, 2) << wrong;
    EXPECT_TRUE(contains(refused.err, "--map")) << refused.err;
  }
  const Outcome field = run("import base.json --from csv known.csv --dry-run --map '!B=deadline'");
  EXPECT_EQ(field.status, 1);
  EXPECT_TRUE(contains(field.err, "known!B1: ")) << field.err;
  EXPECT_TRUE(contains(field.err, "status")) << field.err;
}

TEST_F(SheetsCli, the_old_format_is_named) {
  write("old.xls", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and so on");
  for (const std::string from : {"xlsx", "csv"}) {
    const Outcome en = run("import base.json --dry-run --from " + from + " old.xls");
    EXPECT_EQ(en.status, 1);
    EXPECT_TRUE(contains(en.err, "saved as .xlsx")) << en.err;
    const Outcome zh = run("import base.json --dry-run --lang zh --from " + from + " old.xls");
    EXPECT_TRUE(contains(zh.err, "另存为")) << zh.err;
  }
}

TEST_F(SheetsCli, broken_files_are_refused) {
  ASSERT_EQ(run("export base.json --format xlsx -o good.xlsx").status, 0);
  const std::string good = bytes_of(folder_ / "good.xlsx");
  const auto import = [this](const std::string& bytes, const std::string& format) {
    write("bad", bytes);
    const Outcome outcome = run("import base.json --from " + format + " bad --dry-run");
    EXPECT_TRUE(outcome.status == 0 || contains(outcome.err, "bad")) << outcome.err;
    return outcome.status;
  };
  EXPECT_EQ(import("", "xlsx"), 1);
  EXPECT_EQ(import("PK\x03\x04", "xlsx"), 1);
  EXPECT_EQ(import(test::kGoodFile, "xlsx"), 1);
  EXPECT_EQ(import(good.substr(0, good.size() / 2), "xlsx"), 1);
  EXPECT_EQ(import("\xFF\xFF\x80", "csv"), 1);
  EXPECT_EQ(import("a,\"b\"\"\nc", "csv"), 1);
  for (std::size_t i = 0; i < good.size(); i += good.size() / 60) {
    std::string bad = good;
    bad[i] = static_cast<char>(bad[i] ^ 0x55);
    const int status = import(bad, "xlsx");
    EXPECT_TRUE(status == 0 || status == 1) << "byte " << i << " gives " << status;
  }
  // 300 MB of zeros in an archive of 300 kB.
  const Outcome made = shell(
      "/usr/bin/python3 -c \"import zipfile\nz = zipfile.ZipFile('bomb.xlsx', 'w', 8)\n"
      "z.writestr('[Content_Types].xml', bytes(300 << 20))\nz.close()\"");
  ASSERT_EQ(made.status, 0) << made.err;
  const Outcome bomb = run("import base.json --from xlsx bomb.xlsx --dry-run");
  EXPECT_EQ(bomb.status, 1);
  EXPECT_TRUE(contains(bomb.err, "too large")) << bomb.err;
}

}  // namespace
}  // namespace tc
