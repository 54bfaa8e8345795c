// Texts that would like to be more than text, in every export.

#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/exchange/csv.hpp"
#include "core/exchange/formats.hpp"
#include "core/exchange/sheet_export.hpp"
#include "core/exchange/sheet_import.hpp"
#include "core/exchange/taskbook.hpp"
#include "core/exchange/xml_text.hpp"
#include "core/ledger/ledger.hpp"
#include "core/model/programme_json.hpp"
#include "core/model/utf8.hpp"
#include "tests/core/exchange/markup.hpp"

namespace tc {
namespace {

using nlohmann::json;

const std::vector<std::string> kHostile = {
    "<script>alert(1)</script>",
    "\"];alert(1);//",
    "]]>",
    "--><svg onload=alert(1)>",
    "' onmouseover='alert(1)",
    "&lt;b&gt; &amp; &#60;",
    "</style></title></textarea><img src=x onerror=alert(1)>",
    "javascript:alert(1)",
    "=HYPERLINK(\"http://example.org\",\"x\")",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "'=1",
    "''=1",
    "＝1+1",
    "a,b;c\td",
    "say \"x\"",
    "two\nlines",
    "BEGIN:VEVENT\r\nEND:VEVENT",
    "\\n\\,\\;",
    "\x01\x1B[2J\x7F",
    std::string("\xC2\x9B") + "31m",
    std::string("\xE2\x80\xAE") + "txt.exe",
    "\xE2\x81\xA6 isolated",
    "\xEF\xBF\xBE\xEF\xBF\xBF",
    "${x} {{x}} %s %n",
    std::string(2'000, '<'),
};

std::string file(const std::string& path) {
  std::ifstream in(TONGCHENG_SOURCE_DIR "/" + path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Puts the text in the place of every text for people.
void replace_texts(json& value, const std::string& text) {
  if (value.is_array()) {
    for (json& element : value) replace_texts(element, text);
  }
  if (!value.is_object()) return;
  for (auto& [name, member] : value.items()) {
    if ((name == "zh" || name == "en") && member.is_string()) {
      member = text;
    } else {
      replace_texts(member, text);
    }
  }
}

/// A programme that uses every kind of member, with that text everywhere.
Programme programme_of(const std::string& text, const char* name = "slice.json") {
  json document = json::parse(file(std::string("tests/fuzz/corpus/exports/") + name));
  replace_texts(document, text);
  Result<Programme> loaded = load_programme(document.dump());
  EXPECT_TRUE(loaded) << text.substr(0, 40) << ": "
                      << (loaded ? "" : message(loaded.errors[0], Language::en));
  return loaded ? std::move(*loaded.value) : Programme{};
}

std::string export_of(const Programme& programme, const ExportFormat& format, Language language) {
  const Date day = *make_date(2024, 12, 31);
  const WorkCalendar calendar;
  const Schedule schedule = make_schedule(programme, calendar, day);
  return format.make({programme, schedule, calendar, day, language});
}

/// Cells of CSV after RFC 4180.
std::vector<std::vector<std::string>> cells_of(std::string_view text) {
  std::vector<std::vector<std::string>> rows(1, {""});
  bool quoted = false;
  for (std::size_t i = text.starts_with("\xEF\xBB\xBF") ? 3 : 0; i < text.size(); ++i) {
    const char c = text[i];
    std::string& cell = rows.back().back();
    if (quoted && c == '"' && text.substr(i + 1, 1) == "\"") {
      cell += text[++i];
    } else if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      rows.back().emplace_back();
    } else if (c == '\n' && !quoted) {
      rows.push_back({""});
    } else if (c != '\r' || quoted) {
      cell += c;
    }
  }
  EXPECT_FALSE(quoted);
  rows.pop_back();
  return rows;
}

bool is_number(const std::string& text) {
  return text.find_first_not_of("+-.0123456789") == std::string::npos &&
         text.find_first_of("+-", 1) == std::string::npos && text.size() > 1;
}

TEST(escaping, no_text_becomes_markup_a_formula_or_another_line) {
  for (const std::string& text : kHostile) {
    const Programme programme = programme_of(text);
    for (const ExportFormat& format : export_formats()) {
      for (const Language language : {Language::zh, Language::en}) {
        const std::string out = export_of(programme, format, language);
        const std::string what = std::string(format.id) + ": " + text.substr(0, 40);
        EXPECT_TRUE(is_utf8(out)) << what;
        if (format.mime == "application/xml" || format.mime == "image/svg+xml") {
          EXPECT_EQ(test::markup_fault(out), "") << what;
        } else if (format.mime == "text/html") {
          EXPECT_EQ(test::html_fault(out), "") << what;
        } else if (format.mime == "text/calendar") {
          // Every line is one that the format knows, or goes on with the one before.
          for (std::size_t at = 0; at < out.size();) {
            const std::size_t end = out.find("\r\n", at);
            ASSERT_NE(end, std::string::npos) << what;
            const std::string line = out.substr(at, end - at);
            EXPECT_LE(line.size(), 75U) << what;
            EXPECT_EQ(line.find_first_of("\r\n"), std::string::npos) << what;
            at = end + 2;
          }
          const auto count = [&out](std::string_view word) {
            std::size_t found = 0;
            for (std::size_t i = out.find(word); i != std::string::npos;
                 i = out.find(word, i + 1)) {
              ++found;
            }
            return found;
          };
          EXPECT_EQ(count("\r\nBEGIN:VEVENT\r\n"), count("\r\nUID:")) << what;
        } else if (format.mime == "text/csv") {
          for (const auto& row : cells_of(out)) {
            for (const std::string& cell : row) {
              if (cell.empty() || is_number(cell)) continue;
              EXPECT_EQ(std::string_view("=+-@\t\r").find(cell[0]), std::string_view::npos)
                  << what << ": " << cell;
              EXPECT_FALSE(cell.starts_with("＝")) << what;
            }
          }
        }
      }
    }
    const Schedule schedule = make_schedule(programme, WorkCalendar(), *make_date(2024, 12, 31));
    for (std::size_t i = 0; i < programme.departments.size(); ++i) {
      const std::string book =
          taskbook_html(programme, &schedule, i, *make_date(2024, 12, 31), Language::zh);
      EXPECT_EQ(test::html_fault(book), "") << text.substr(0, 40);
    }
  }
}

TEST(escaping, what_is_exported_as_a_table_comes_back_as_it_was) {
  for (const std::string& text : kHostile) {
    const Programme programme = programme_of(text, "every-member.json");
    for (const Language language : {Language::zh, Language::en}) {
      Workbook workbook{{{"Items", {}}}};
      for (const auto& row : cells_of(items_csv(programme, nullptr, language))) {
        auto& cells = workbook.sheets[0].rows.emplace_back();
        for (const std::string& cell : row) {
          cells.push_back(cell.empty() ? Cell{} : Cell{cell});
        }
      }
      const ImportPlan plan = plan_import(programme, workbook, language);
      EXPECT_TRUE(plan.changes.empty())
          << text.substr(0, 40) << " at " << plan.changes.front().pointer;
      EXPECT_GE(plan.count(RowOutcome::same), 1U) << text.substr(0, 40);
    }
  }
}

TEST(escaping, bytes_that_are_no_text_are_refused_and_never_written) {
  // A lone surrogate, an overlong slash, a cut character.
  for (const std::string bytes : {"\xED\xA0\x80", "\xC0\xAF", "\xE4\xB8"}) {
    std::string document = file("tests/fuzz/corpus/exports/every-member.json");
    document.insert(document.find("\"zh\":\"") + 6, bytes);
    const Result<Programme> loaded = load_programme(document);
    ASSERT_FALSE(loaded);
    EXPECT_EQ(loaded.errors[0].code, ErrorCode::encoding);
    EXPECT_TRUE(is_utf8(message(loaded.errors[0], Language::en)));

    Programme programme = programme_of("x", "every-member.json");
    programme.title.zh = bytes;
    for (ActionItem& item : programme.items) item.title.zh = bytes + "y";
    for (const ExportFormat& format : export_formats()) {
      EXPECT_TRUE(is_utf8(export_of(programme, format, Language::zh))) << format.id;
    }
    EXPECT_TRUE(is_utf8(taskbook_html(programme, nullptr, 0, {}, Language::zh)));
  }
  for (const char* escaped : {R"(\ud800)", R"(\udc00)", R"(\ud800\u0041)"}) {
    std::string document = file("tests/fuzz/corpus/exports/every-member.json");
    document.insert(document.find("\"zh\":\"") + 6, escaped);
    const Result<Programme> loaded = load_programme(document);
    ASSERT_FALSE(loaded) << escaped;
    EXPECT_TRUE(loaded.errors[0].position) << escaped;
  }
}

TEST(escaping, marks_that_turn_the_direction_of_text_do_not_reach_documents) {
  for (const char* mark : {"\xE2\x80\xAA", "\xE2\x80\xAE", "\xE2\x81\xA6", "\xE2\x81\xA9"}) {
    EXPECT_EQ(plain_text(std::string("a") + mark + "b"), "a\uFFFDb");
    EXPECT_EQ(xml_text(std::string("<") + mark), "&lt;\uFFFD");
  }
  // Their neighbours are ordinary: no-break spaces, dashes, line and word joiners.
  for (const char* text : {"\u2029", "\u202F", "\u2065", "\u206A", "\u2013", "\u200D", "…", "€"}) {
    EXPECT_EQ(plain_text(text), text);
  }
}

TEST(escaping, only_web_addresses_are_links) {
  json document = json::parse(file("tests/fuzz/corpus/exports/every-member.json"));
  for (const char* url :
       {"javascript:alert(1)", "JavaScript:alert(1)", " javascript:alert(1)", "data:text/html,x",
        "vbscript:x", "file:///etc/passwd", "//example.org", "http:/example.org", "https://",
        "https://example.org/\" onclick=\"x", "https://example.org/<b>", "https://a b",
        "java\tscript:alert(1)", "http\n://example.org", "HTTPS://example.org", ""}) {
    for (const char* pointer : {"/sources/0/url", "/items/0/evidence/0/url"}) {
      json changed = document;
      changed[json::json_pointer(pointer)] = url;
      const Result<Programme> loaded = load_programme(changed.dump());
      ASSERT_FALSE(loaded) << url;
      EXPECT_EQ(loaded.errors[0].pointer, pointer) << url;
      EXPECT_EQ(loaded.errors[0].code, ErrorCode::bad_url) << url;
    }
  }
  for (const char* url :
       {"https://example.org", "http://127.0.0.1:8080/a?b=c&d='e'#f", "https://例子.中国/路径"}) {
    document["sources"][0]["url"] = url;
    EXPECT_TRUE(load_programme(document.dump())) << url;
  }
}

TEST(escaping, limits_of_input_are_named) {
  const std::string good = file("tests/fuzz/corpus/exports/every-member.json");
  json document = json::parse(good);
  document["title"]["zh"] = std::string(std::size_t{1} << 20, 'x');
  const Result<Programme> title = load_programme(document.dump());
  ASSERT_FALSE(title);
  EXPECT_EQ(title.errors[0].pointer, "/title/zh");
  EXPECT_EQ(message(title.errors[0], Language::en),
            "too large (1048576 B); expected at most 65536 B");

  document = json::parse(good);
  document["items"][0]["code"] = std::string(1000, 'x');
  const Result<Programme> id = load_programme(document.dump());
  ASSERT_FALSE(id);
  EXPECT_EQ(id.errors[0].code, ErrorCode::bad_id);
  EXPECT_NE(message(id.errors[0], Language::en).find("64"), std::string::npos);

  std::string deep = good;
  deep.insert(1, "\"x-deep\":" + std::string(100'000, '[') + std::string(100'000, ']') + ',');
  const Result<Programme> nested = load_programme(deep);
  ASSERT_FALSE(nested);
  EXPECT_EQ(nested.errors[0].code, ErrorCode::too_deep);
  EXPECT_NE(message(nested.errors[0], Language::en).find("64 levels"), std::string::npos);

  // As many faults as anybody reads.
  document = json::parse(good);
  for (int i = 0; i < 5000; ++i) document["items"].push_back(i);
  const Result<Programme> faults = load_programme(document.dump());
  ASSERT_FALSE(faults);
  EXPECT_EQ(faults.errors.size(), kMaxErrors);

  const auto huge = std::make_shared<const std::string>(kMaxBytes + 1, '\n');
  const Result<OpenedLedger> board = open_board(huge);
  ASSERT_FALSE(board);
  EXPECT_EQ(message(board.errors[0], Language::en),
            "too large (268435457 B); expected at most 268435456 B (line 1, column 1)");
  EXPECT_FALSE(load_programme(*huge));

  const Result<Workbook> wide = parse_workbook(R"({"sheets":[{"name":"x","rows":[[)" + [] {
    std::string cells = "0";
    for (std::size_t i = 0; i < kMaxSheetColumns; ++i) cells += ",0";
    return cells;
  }() + "]]}]}");
  ASSERT_FALSE(wide);
  EXPECT_EQ(wide.errors[0].code, ErrorCode::too_large);
  EXPECT_NE(message(wide.errors[0], Language::en).find("1024"), std::string::npos);
}

}  // namespace
}  // namespace tc
