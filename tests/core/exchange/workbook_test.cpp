#include "core/exchange/workbook.hpp"

#include <gtest/gtest.h>

#include <string>

#include "core/exchange/sheet_export.hpp"
#include "core/model/generate.hpp"
#include "tests/core/exchange/whole_workbook.hpp"
#include "tests/core/progress_walk.hpp"

namespace tc {
namespace {

void expect_same(const std::string& json) {
  const Result<Workbook> parts = parse_workbook(json);
  const Result<Workbook> whole = parse_workbook(test::read_whole(json));
  ASSERT_EQ(parts.value, whole.value) << json;
  ASSERT_EQ(parts.errors.size(), whole.errors.size()) << json;
  for (std::size_t i = 0; i < parts.errors.size(); ++i) {
    EXPECT_EQ(parts.errors[i].code, whole.errors[i].code) << json;
    EXPECT_EQ(parts.errors[i].pointer, whole.errors[i].pointer) << json;
  }
}

TEST(workbook, is_read_and_written_a_part_at_a_time) {
  const Programme programme = generate_programme(1000, 1);
  const Workbook workbook = export_sheets(programme, nullptr, Language::zh);
  WorkbookWriter writer(workbook);
  const std::size_t written = test::walk(writer);
  const std::string json = writer.take();
  EXPECT_GE(written, json.size() / (std::size_t{256} << 10));
  WorkbookReader reader(json);
  EXPECT_GE(test::walk(reader), json.size() / (std::size_t{256} << 10));
  const Result<Workbook> read = reader.take();
  ASSERT_TRUE(read);
  EXPECT_TRUE(*read.value == workbook);
}

TEST(workbook, an_empty_one_and_empty_sheets) {
  for (const Workbook& workbook :
       {Workbook{}, Workbook{{Sheet{"a", {}}}}, Workbook{{Sheet{"a", {{}, {}}}, Sheet{"", {}}}}}) {
    const Result<Workbook> read = parse_workbook(workbook_json(workbook));
    ASSERT_TRUE(read);
    EXPECT_EQ(*read.value, workbook);
  }
}

TEST(workbook, parts_say_what_reading_in_one_piece_says) {
  const std::string good =
      R"( {"sheets": [ {"name":"Items","rows":[[null,"text",1.5],[true,{"date":"2024-03-23"}]]},)"
      R"({"rows":[],"name":"二"}]} )";
  ASSERT_TRUE(parse_workbook(good));
  expect_same(good);
  for (std::size_t i = 0; i < good.size(); ++i) {
    std::string broken = good;
    broken.erase(i, 1);
    expect_same(broken);
  }
  for (const char* text : {
           "",
           "[]",
           "{}",
           R"({"sheets":{}})",
           R"({"sheets":[1]})",
           R"({"sheets":[[]]})",
           R"({"sheets":[{}]})",
           R"({"sheets":[],"sheets":[]})",
           R"({"sheets":[],"more":1})",
           R"({"sheets":[{"name":"a","rows":[],"more":[]}]})",
           R"({"sheets":[{"name":"a","name":"b","rows":[]}]})",
           R"({"sheets":[{"name":"a","rows":[[1]],"rows":[[2]]}]})",
           R"({"sheets":[{"name":"a","rows":{}}]})",
           R"({"sheets":[{"name":["a"],"rows":[[1]]}]})",
           R"({"sheets":[{"name":[],"rows":[[1]]}]})",
           R"({"sheets":[{"name":"a","rows":[1]}]})",
           R"({"sheets":[{"name":"a","rows":[[[]]]}]})",
           R"({"sheets":[{"name":"a","rows":[[{"date":"2024-02-30"}]]}]})",
           R"({"sheets":[{"name":"a","rows":[[1e999]]}]})",
           R"({"sheets":[{"name":"a","rows":[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]}]})",
       }) {
    expect_same(text);
  }
}

}  // namespace
}  // namespace tc
