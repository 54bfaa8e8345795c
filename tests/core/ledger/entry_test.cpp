#include "core/ledger/entry.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "core/ledger/sha256.hpp"

namespace tc {
namespace {

using nlohmann::json;

Entry full_entry() {
  Entry entry;
  entry.parents = {std::string(64, 'a'), std::string(64, 'b')};
  entry.time = "2024-03-23T08:00:00.000Z";
  entry.author = "萨日娜 \"S\"";
  entry.city = "hohhot";
  entry.kind = EntryKind::undo;
  entry.of = std::string(64, 'c');
  entry.changes = {
      {"/items/K-07/status", json("under-way"), json("completed"), std::nullopt},
      {"/items/K-07/due", std::nullopt, json("2024-06-30"), std::nullopt},
      {"/items/K-08", json{{"code", "K-08"}, {"b", 1}, {"a", 0.1}}, std::nullopt, "K-07"},
      {"/x-note", json(nullptr), std::nullopt, ""}};
  entry.reason = "line\nend";
  Evidence evidence;
  evidence.kind = EvidenceKind::file;
  evidence.title.zh = "扫描件";
  evidence.sha256 = std::string(64, '0');
  entry.evidence.push_back(evidence);
  return entry;
}

TEST(entry, canonical_line) {
  Entry entry;
  entry.parents = {std::string(64, 'a')};
  entry.time = "2024-03-23T08:00:00.000Z";
  entry.author = "A";
  entry.changes = {{"/items/K/due", json("2024-01-01"), json("2024-02-01"), std::nullopt}};
  const std::string rest = R"("parents":[")" + std::string(64, 'a') +
                           R"("],"time":"2024-03-23T08:00:00.000Z","author":"A","kind":"edit",)"
                           R"("changes":[{"pointer":"/items/K/due","before":"2024-01-01",)"
                           R"("after":"2024-02-01"}]})";
  EXPECT_EQ(entry_line(entry), R"({"id":")" + sha256_hex("{" + rest) + R"(",)" + rest);
}

TEST(entry, is_read_as_it_was_written) {
  Entry entry = full_entry();
  const std::string line = entry_line(entry);
  EXPECT_EQ(line.find('\n'), std::string::npos);
  Result<Entry> read = parse_entry(line);
  ASSERT_TRUE(read) << message(read.errors.front(), Language::en);
  entry.id = read.value->id;
  EXPECT_EQ(*read.value, entry);
  EXPECT_EQ(entry_line(*read.value), line);
}

TEST(entry, the_id_depends_on_every_part) {
  std::set<std::string> ids;
  const auto id = [&ids](const Entry& entry) {
    EXPECT_TRUE(ids.insert(entry_line(entry).substr(7, 64)).second);
  };
  id(full_entry());
  for (const auto& change : std::vector<void (*)(Entry&)>{
           [](Entry& e) { e.parents.pop_back(); }, [](Entry& e) { e.time[0] = '1'; },
           [](Entry& e) { e.author += ' '; }, [](Entry& e) { e.city.clear(); },
           [](Entry& e) { e.kind = EntryKind::redo; }, [](Entry& e) { e.of[0] = 'd'; },
           [](Entry& e) { e.changes.pop_back(); }, [](Entry& e) { e.changes[0].before.reset(); },
           [](Entry& e) { e.changes[2].place = "K-06"; }, [](Entry& e) { e.reason.clear(); },
           [](Entry& e) { e.evidence.clear(); }}) {
    Entry entry = full_entry();
    change(entry);
    id(entry);
  }
}

TEST(entry, faults_have_places) {
  const auto fault = [](void (*change)(json&)) {
    json document = json::parse(entry_line(full_entry()));
    change(document);
    const Result<Entry> read = parse_entry(document.dump());
    EXPECT_FALSE(read);
    return read.errors.empty() ? std::string("-") : read.errors.front().pointer;
  };
  EXPECT_EQ(fault([](json& d) { d.erase("author"); }), "");
  EXPECT_EQ(fault([](json& d) { d["author"] = ""; }), "/author");
  EXPECT_EQ(fault([](json& d) { d["kind"] = "Edit"; }), "/kind");
  EXPECT_EQ(fault([](json& d) { d["time"] = "2024-03-23"; }), "/time");
  EXPECT_EQ(fault([](json& d) { d["parents"] = "a"; }), "/parents");
  EXPECT_EQ(fault([](json& d) { d["parents"][1] = 1; }), "/parents/1");
  EXPECT_EQ(fault([](json& d) { d["changes"][1].erase("pointer"); }), "/changes/1");
  EXPECT_EQ(fault([](json& d) { d["changes"][1]["then"] = 1; }), "/changes/1/then");
  EXPECT_EQ(fault([](json& d) { d["changes"][0] = "x"; }), "/changes/0");
  EXPECT_EQ(fault([](json& d) { d["changes"][2]["place"] = 1; }), "/changes/2/place");
  EXPECT_EQ(fault([](json& d) { d["evidence"][0]["kind"] = "video"; }), "/evidence/0/kind");
  EXPECT_EQ(fault([](json& d) { d["more"] = 1; }), "/more");
  EXPECT_FALSE(parse_entry("[]"));
  EXPECT_FALSE(parse_entry("{"));
  std::string deep = entry_line(full_entry());
  const std::string value = R"("before":"under-way")";
  deep.replace(deep.find(value), value.size(),
               "\"before\":" + std::string(100, '[') + std::string(100, ']'));
  EXPECT_EQ(parse_entry(deep).errors.front().code, ErrorCode::too_deep);
}

TEST(entry, bytes_that_are_not_utf8_are_replaced) {
  Entry entry = full_entry();
  entry.author = "\xFF";
  entry.changes[0].after = json("a\xC3");
  const Result<Entry> read = parse_entry(entry_line(entry));
  ASSERT_TRUE(read);
  EXPECT_EQ(read.value->author, "\uFFFD");
  EXPECT_EQ(read.value->changes[0].after, json("a\uFFFD"));
}

TEST(entry, times) {
  EXPECT_TRUE(is_time("2024-02-29T23:59:59.999Z"));
  for (const char* text :
       {"", "2024-02-29", "2023-02-29T00:00:00.000Z", "2024-02-29T24:00:00.000Z",
        "2024-02-29T00:60:00.000Z", "2024-02-29T00:00:60.000Z", "2024-02-29T00:00:00Z",
        "2024-02-29t00:00:00.000z", "2024-02-29T00:00:00.000+08", "2024-02-29T00:00:00.00:Z",
        "2024-02-29T0a:00:00.000Z", "1899-12-31T00:00:00.000Z"}) {
    EXPECT_FALSE(is_time(text)) << text;
  }
  for (const std::int64_t ms : {std::int64_t{0}, std::int64_t{-1}, std::int64_t{1'711'180'800'123},
                                std::int64_t{-2'208'988'800'000}}) {
    EXPECT_TRUE(is_time(format_time(ms)));
    EXPECT_EQ(milliseconds_of(format_time(ms)), ms);
  }
  EXPECT_EQ(format_time(1'711'180'800'123), "2024-03-23T08:00:00.123Z");
  EXPECT_EQ(start_of_day(*make_date(2024, 3, 23)), "2024-03-22T16:00:00.000Z");
}

TEST(entry, kinds_have_names) {
  std::set<std::string_view> names;
  for (const EntryKind kind : kEntryKinds) {
    names.insert(name_of(kind));
    EXPECT_EQ(entry_kind_of(name_of(kind)), kind);
    EXPECT_FALSE(label_of(kind).zh.empty());
    EXPECT_FALSE(label_of(kind).en.empty());
  }
  EXPECT_EQ(names.size(), kEntryKinds.size());
  EXPECT_FALSE(entry_kind_of("Edit"));
}

}  // namespace
}  // namespace tc
