#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "core/ledger/board_lines.hpp"
#include "core/ledger/generate.hpp"
#include "core/ledger/ledger.hpp"
#include "core/ledger/sha256.hpp"
#include "core/model/generate.hpp"
#include "tests/core/ledger/boards.hpp"
#include "tests/core/progress_walk.hpp"

namespace tc {
namespace {

using nlohmann::json;
using test::baotou;
using test::expect_same;
using test::good_board;
using test::hohhot;
using test::minute;
using test::set;
using enum ErrorCode;

Ledger small_board() {
  Ledger board = good_board();
  EXPECT_TRUE(set(board, hohhot(0), "/items/G1/progress", 50));
  EXPECT_TRUE(set(board, baotou(1), "/items/G1/due", "2024-12-31", "审批\"延后\""));
  EXPECT_TRUE(board.undo(hohhot(2)));
  return board;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = text.find('\n', begin);
    lines.push_back(text.substr(begin, end - begin + 1));
    begin = end + 1;
  }
  return lines;
}

/// The line with its hash made right again.
std::string rehashed(const std::string& line) {
  const std::size_t rest = line.find("\",") + 2;
  const std::size_t hash = line.find(":\"") + 2;
  std::string result = line;
  const std::string body = line.substr(rest, line.size() - rest - 1);
  return result.replace(hash, 64, sha256_hex({"{", body}));
}

std::string replaced(std::string text, const std::string& before, const std::string& after) {
  const std::size_t at = text.find(before);
  EXPECT_NE(at, std::string::npos) << before;
  return at == std::string::npos ? text : text.replace(at, before.size(), after);
}

TEST(board_file, has_the_documented_form) {
  const Ledger board = small_board();
  const std::vector<std::string> lines = lines_of(board.text());
  ASSERT_EQ(lines.size(), 4U);
  const json header = json::parse(lines[0]);
  EXPECT_EQ(header["format"], "tongcheng-board");
  EXPECT_EQ(header["version"], 1);
  EXPECT_EQ(header["base"], json::parse(test::kGoodFile));
  EXPECT_EQ(header["sha256"], board.base_hash());
  EXPECT_EQ(sha256_hex(R"({"format":"tongcheng-board","version":1,"base":)" +
                       header["base"].dump() + "}"),
            board.base_hash());
  std::string parent = board.base_hash();
  for (std::size_t i = 0; i < 3; ++i) {
    const json entry = json::parse(lines[i + 1]);
    EXPECT_EQ(entry["parents"], json::array({parent}));
    parent = entry["id"];
    EXPECT_EQ(lines[i + 1], board.append_text(i));
  }
  EXPECT_EQ(json::parse(lines[3])["of"], json::parse(lines[1])["id"]);
  EXPECT_TRUE(is_board(board.text()));
  EXPECT_FALSE(is_board(test::kGoodFile));
  EXPECT_FALSE(is_board(""));
}

TEST(board_file, a_base_of_any_content_comes_back) {
  Programme programme = test::good_programme();
  programme.extensions.emplace_back("x-list", "[1,2.0,\"a/b~c\",null,{\"a\":[],\"z\":1}]");
  Ledger board = Ledger::create(programme).value.value();
  ASSERT_TRUE(set(board, hohhot(0), "/x-list", json::array({1.5})));
  const Ledger again = test::reopened(board);
  expect_same(again, board);
  EXPECT_TRUE(again.base() == programme);
}

TEST(board_file, appended_lines_are_the_file) {
  Ledger board = good_board();
  std::string file = board.text();
  for (int i = 0; i < 5; ++i) {
    ASSERT_TRUE(set(board, hohhot(i), "/items/G1/progress", i));
    file += board.append_text(board.size() - 1);
    if (i == 2) file += board.snapshot_text();
  }
  const Result<OpenedLedger> opened = open_board(file);
  ASSERT_TRUE(opened);
  expect_same(opened.value->ledger, board);
  for (std::size_t i = 0; i <= board.size(); ++i) {
    EXPECT_TRUE(opened.value->ledger.state_after(i) == board.state_after(i)) << i;
  }
  EXPECT_FALSE(verify_board(file).error);
  EXPECT_EQ(verify_board(file).entries, 5U);
}

TEST(board_file, every_prefix_of_whole_lines_loads) {
  Ledger board = Ledger::create(generate_programme(8, 3)).value.value();
  std::vector<Programme> states{board.state()};
  std::string file = board.text();
  for (int i = 0; i < 60; ++i) {
    generate_entries(board, 1, static_cast<std::uint64_t>(i), i % 2 == 0 ? "hohhot" : "baotou",
                     minute(i), 1000);
    ASSERT_EQ(board.size(), states.size());
    states.push_back(board.state());
    file += board.append_text(board.size() - 1);
    if (i % 20 == 19) file += board.snapshot_text();
  }
  std::string prefix;
  std::size_t entries = 0;
  for (const std::string& line : lines_of(file)) {
    prefix += line;
    if (line.starts_with("{\"id\"")) ++entries;
    const Result<OpenedLedger> opened = open_board(prefix);
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened.value->ledger.size(), entries);
    EXPECT_TRUE(opened.value->ledger.state() == states[entries]);
    EXPECT_FALSE(opened.value->rewrite);
    EXPECT_FALSE(verify_board(prefix).error);
  }
}

TEST(board_file, a_torn_last_line_is_passed_over_with_a_warning) {
  const Ledger board = small_board();
  const std::string file = board.text();
  const std::size_t header = file.find('\n') + 1;
  for (std::size_t length = 0; length < file.size(); ++length) {
    const std::string part = file.substr(0, length);
    const auto whole = static_cast<std::size_t>(std::count(part.begin(), part.end(), '\n'));
    const Result<OpenedLedger> opened = open_board(part);
    if (length + 1 < header) {
      EXPECT_FALSE(opened) << length;
      continue;
    }
    ASSERT_TRUE(opened) << length;
    const bool at_line = part.ends_with('\n');
    // All of a line but its end is as good as the line.
    const bool unended = file[length] == '\n';
    EXPECT_EQ(opened.value->ledger.size() + 1, whole + (unended ? 1 : 0)) << length;
    EXPECT_EQ(opened.value->rewrite, !at_line) << length;
    EXPECT_EQ(opened.value->warnings.size(), at_line || unended ? 0U : 1U) << length;
    EXPECT_EQ(verify_board(part).error.has_value(), !at_line) << length;
    EXPECT_EQ(intact_part(part), part.substr(0, unended ? length : part.rfind('\n') + 1)) << length;
  }
  const Result<OpenedLedger> opened = open_board(file.substr(0, file.size() - 5));
  EXPECT_EQ(opened.value->warnings.at(0).position->line, 4U);
}

TEST(board_file, what_is_not_a_board_is_refused) {
  EXPECT_EQ(open_board("").errors.at(0).code, wrong_format);
  EXPECT_EQ(open_board(test::kGoodFile).errors.at(0).code, wrong_format);
  EXPECT_EQ(open_board(R"({"format":"tongcheng-board","version":2,"x":1})").errors.at(0).code,
            unsupported_version);
  EXPECT_EQ(open_board(R"({"format":"tongcheng-board","version":1,"x":2})").errors.at(0).code,
            broken_entry);
  // A header with the right hash and a base that does not hold together.
  json base = json::parse(test::kGoodFile);
  base["items"][0]["due"] = "soon";
  const Result<OpenedLedger> opened = open_board(header_line(base) + "\n");
  EXPECT_EQ(opened.errors.at(0).code, bad_date);
  EXPECT_EQ(opened.errors.at(0).pointer, "/base/items/0/due");
}

TEST(board_file, faults_name_line_and_entry) {
  const Ledger board = small_board();
  const std::vector<std::string> lines = lines_of(board.text());
  struct Case {
    const char* name;
    std::string file;
    std::size_t line;
    bool opens;
  };
  const std::string second = board.entry(1).id;
  std::string other_time = replaced(lines[2], minute(1), minute(-9));
  const Case cases[] = {
      {"changed", lines[0] + lines[1] + replaced(lines[2], "Bayar", "Sarana") + lines[3], 3, false},
      {"gone", lines[0] + lines[1] + lines[3], 0,
       true},  // nothing follows from the middle one: see below
      {"first gone", lines[0] + lines[2] + lines[3], 2, false},
      {"twice", lines[0] + lines[1] + lines[1], 3, false},
      {"swapped", lines[0] + lines[2] + lines[1], 2, false},
      {"blank line", lines[0] + "\n" + lines[1], 2, false},
      {"before its parent", lines[0] + lines[1] + rehashed(other_time), 3, false},
      {"unknown kind", lines[0] + rehashed(replaced(lines[1], "\"edit\"", "\"east\"")), 2, false},
      {"more space", lines[0] + rehashed(replaced(lines[1], "\"changes\":[", "\"changes\": [")), 2,
       true},
      {"another value before",
       lines[0] + rehashed(replaced(lines[1], "\"before\":40.5", "\"before\":40.6")), 2, true},
      {"no such place",
       lines[0] + rehashed(replaced(lines[1], "/items/G1/progress", "/items/G9/progress")), 2,
       true},
      {"unreadable inside", lines[0] + rehashed(replaced(lines[1], "\"after\":50", "\"after\":5x")),
       2, true},
      {"refused by the model",
       lines[0] + rehashed(replaced(lines[1], "\"after\":50", "\"after\":500")), 2, true},
  };
  for (const Case& one : cases) {
    const Result<OpenedLedger> opened = open_board(one.file);
    const Verification report = verify_board(one.file);
    if (std::string_view(one.name) == "gone") {
      EXPECT_FALSE(opened);  // the parent is missing
      ASSERT_TRUE(report.error);
      EXPECT_EQ(report.error->position->line, 3U);
      EXPECT_EQ(report.entry_id, board.entry(2).id);
      continue;
    }
    EXPECT_EQ(static_cast<bool>(opened), one.opens) << one.name;
    ASSERT_TRUE(report.error) << one.name;
    ASSERT_TRUE(report.error->position) << one.name;
    EXPECT_EQ(report.error->position->line, one.line) << one.name;
    if (!opened) {
      EXPECT_EQ(opened.errors.at(0).position->line, one.line) << one.name;
    }
    if (opened) {
      EXPECT_TRUE(validate(opened.value->ledger.state()).empty()) << one.name;
    }
  }
  EXPECT_EQ(verify_board(cases[0].file).entry_id, second);
  EXPECT_EQ(verify_board(cases[0].file).entries, 1U);
  EXPECT_EQ(intact_part(cases[0].file), lines[0] + lines[1]);
}

TEST(board_file, a_false_snapshot_is_found) {
  Ledger board = small_board();
  const std::string snapshot = board.snapshot_text();
  EXPECT_FALSE(verify_board(board.text() + snapshot).error);
  const std::string changed = rehashed(replaced(snapshot, "2024-12-31", "2025-12-31"));
  const Verification report = verify_board(board.text() + changed);
  ASSERT_TRUE(report.error);
  EXPECT_EQ(report.error->position->line, 5U);
  // One that stands elsewhere, or that the model refuses, is not used.
  const std::vector<std::string> lines = lines_of(board.text());
  const Result<OpenedLedger> early =
      open_board(lines[0] + lines[1] + snapshot + lines[2] + lines[3]);
  ASSERT_TRUE(early);
  EXPECT_TRUE(early.value->ledger.state() == board.state());
  EXPECT_TRUE(verify_board(lines[0] + lines[1] + snapshot + lines[2] + lines[3]).error);
  const std::string broken = rehashed(replaced(snapshot, "\"under-way\"", "\"half-way\""));
  const Result<OpenedLedger> opened = open_board(board.text() + broken);
  ASSERT_TRUE(opened);
  EXPECT_TRUE(opened.value->ledger.state() == board.state());
}

/// Whether somebody notices.
bool found(const std::string& file) {
  return verify_board(file).error.has_value();
}

TEST(board_file, every_changed_byte_is_found) {
  const Ledger board = small_board();
  const std::string file = board.text() + board.snapshot_text();
  ASSERT_FALSE(found(file));
  std::string broken = file;
  for (std::size_t i = 0; i < file.size(); ++i) {
    // Neighbours and the bytes that mean something in JSON and in lines.
    for (const int byte : {file[i] ^ 1, file[i] ^ 0x20, file[i] ^ 0x80, int{'\n'}, int{'"'}, 0,
                           int{' '}, int{'0'}}) {
      broken[i] = static_cast<char>(byte);
      if (broken[i] == file[i]) continue;
      EXPECT_TRUE(found(broken)) << i << ' ' << byte;
      const Result<OpenedLedger> opened = open_board(broken);
      // What opens is what was there, save for a last line that is torn by it.
      if (opened) {
        EXPECT_TRUE(opened.value->rewrite) << i << ' ' << byte;
      }
    }
    broken[i] = file[i];
  }
}

TEST(board_file, every_value_of_a_changed_byte_is_found) {
  const std::string file = small_board().text();
  std::mt19937 random(1);
  std::string broken = file;
  for (int round = 0; round < 12; ++round) {
    const std::size_t i = random() % file.size();
    for (int byte = 0; byte < 256; ++byte) {
      broken[i] = static_cast<char>(byte);
      if (broken[i] != file[i]) {
        EXPECT_TRUE(found(broken)) << i << ' ' << byte;
      }
    }
    broken[i] = file[i];
  }
}

TEST(board_file, changed_bytes_of_a_large_file_are_found) {
  const std::string file = generate_ledger(generate_programme(30, 1), 1200, 7).text();
  ASSERT_TRUE(file.find("{\"snapshot\"") != std::string::npos);
  std::mt19937 random(2);
  std::string broken = file;
  for (int round = 0; round < 150; ++round) {
    const std::size_t i = random() % file.size();
    broken[i] = static_cast<char>(random() % 256);
    if (broken[i] != file[i]) {
      const Result<OpenedLedger> opened = open_board(broken);
      EXPECT_TRUE(!opened || opened.value->rewrite) << i;
    }
    broken[i] = file[i];
  }
  // Bytes that are lost or come in between as well.
  for (int round = 0; round < 40; ++round) {
    const std::size_t i = random() % file.size();
    std::string longer = file;
    longer.insert(i, 1, static_cast<char>(random() % 256));
    std::string shorter = file;
    shorter.erase(i, 1);
    for (const std::string& each : {longer, shorter}) {
      const Result<OpenedLedger> opened = open_board(each);
      EXPECT_TRUE(!opened || opened.value->rewrite) << i;
    }
  }
}

TEST(board_file, a_snapshot_spares_the_fold_and_changes_nothing) {
  const Ledger board = generate_ledger(generate_programme(12, 5), 1100, 3);
  const std::string file = board.text();
  const std::size_t snapshot = file.find("{\"snapshot\"");
  ASSERT_NE(snapshot, std::string::npos);
  Result<OpenedLedger> with = open_board(file);
  Result<OpenedLedger> without = open_board(file.substr(0, snapshot));
  ASSERT_TRUE(with && without);
  expect_same(with.value->ledger, without.value->ledger);
  for (std::size_t i = 0; i <= board.size(); i += 100) {
    EXPECT_TRUE(with.value->ledger.state_after(i) == without.value->ledger.state_after(i));
  }
  // And both go on alike.
  for (Ledger* each : {&with.value->ledger, &without.value->ledger}) {
    EXPECT_EQ(generate_entries(*each, 50, 9, "hohhot", minute(0), 1000), 50U);
  }
  expect_same(with.value->ledger, without.value->ledger);
  EXPECT_FALSE(verify_board(with.value->ledger.text()).error);
}

TEST(board_file, is_opened_a_part_at_a_time) {
  const Ledger board = generate_ledger(generate_programme(30, 1), 3000, 1);
  for (const bool with_snapshot : {true, false}) {
    std::string text = board.text();
    if (!with_snapshot) text.resize(text.rfind("{\"snapshot\""));
    BoardReader reader(std::make_shared<const std::string>(text));
    const std::size_t steps = test::walk(reader);
    EXPECT_GE(steps, with_snapshot ? 8U : 50U);  // without it all entries are folded
    const Result<OpenedLedger> opened = reader.take();
    ASSERT_TRUE(opened);
    expect_same(opened.value->ledger, board);
  }
}

TEST(board_file, a_large_entry_is_folded_a_part_at_a_time) {
  const Programme programme = generate_programme(1000, 1);
  Ledger board = Ledger::create(programme).value.value();
  for (int i = 0; i < 4; ++i) {
    Draft draft = test::draft_of(hohhot(i));
    draft.kind = EntryKind::import;
    for (const ActionItem& item : programme.items) {
      const std::string pointer = "/items/" + item.code + "/progress";
      draft.changes.push_back(board.change(pointer, item.progress == 1 + i ? 50 : 1 + i));
    }
    ASSERT_TRUE(board.commit(draft));
  }
  ASSERT_TRUE(board.undo(hohhot(5)));
  BoardReader reader(std::make_shared<const std::string>(board.text()));
  const std::size_t steps = test::walk(reader);
  EXPECT_GE(steps, 50U);
  const Result<OpenedLedger> opened = reader.take();
  ASSERT_TRUE(opened);
  expect_same(opened.value->ledger, board);
  EXPECT_TRUE(opened.value->ledger.conflicts().empty());

  // One that the model refuses, made with good hashes, is left out as a whole.
  Ledger other = board;
  Draft draft = test::draft_of(hohhot(6));
  for (const ActionItem& item : programme.items) {
    draft.changes.push_back(board.change("/items/" + item.code + "/title/zh", "新"));
  }
  ASSERT_TRUE(other.commit(draft));
  Entry entry = other.entry(other.size() - 1);
  entry.changes.back().after = 7;
  BoardReader refused(std::make_shared<const std::string>(board.text() + entry_line(entry) + "\n"));
  while (refused.step()) {
  }
  const Result<OpenedLedger> with = refused.take();
  ASSERT_TRUE(with);
  EXPECT_EQ(with.value->ledger.size(), board.size() + 1);
  EXPECT_TRUE(with.value->ledger.state() == board.state());
}

}  // namespace
}  // namespace tc
