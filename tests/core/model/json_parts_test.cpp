#include "core/model/json_parts.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace tc {
namespace {

/// The parts, one a line; what stands between brackets says how it ended.
std::string parts_of(std::string_view text) {
  JsonParts parts(text);
  std::string all;
  while (const auto part = parts.next()) {
    all += part->is_element ? "  " : std::string(part->name) + "=";
    all += std::string(part->text) + "\n";
  }
  return all + (parts.failed() ? "(failed)" : "(end)");
}

TEST(json_parts, are_members_and_the_elements_of_lists) {
  EXPECT_EQ(parts_of(R"( {"a" : 1 ,"b":[ {"c":[1,2]} , "]" ,3],"d":{"e":"}"},"f":[],"g":true}
)"),
            "\"a\"=1\n\"b\"=[]\n  {\"c\":[1,2]}\n  \"]\"\n  3\n\"d\"={\"e\":\"}\"}\n\"f\"=[]\n"
            "\"g\"=true\n(end)");
  EXPECT_EQ(parts_of("{}"), "(end)");
  EXPECT_EQ(parts_of("\xEF\xBB\xBF{\"a\":\"\\\"\\\\\"}"), "\"a\"=\"\\\"\\\\\"\n(end)");
}

TEST(json_parts, what_stands_between_them_is_checked) {
  for (const char* text : {"",
                           " ",
                           "[]",
                           "1",
                           "{",
                           "{\"a\"",
                           "{\"a\":",
                           "{\"a\":1",
                           "{\"a\":1,",
                           "{\"a\":1,}",
                           "{\"a\" 1}",
                           "{\"a\":1 \"b\":2}",
                           "{\"a\":}",
                           "{,}",
                           "{a:1}",
                           "{\"a\":[",
                           "{\"a\":[1",
                           "{\"a\":[1 2]}",
                           "{\"a\":[1,]}",
                           "{\"a\":[,1]}",
                           "{\"a\":[1]",
                           "{\"a\":[1]]}",
                           "{\"a\":[1}}",
                           "{\"a\":\"b}",
                           "{\"a\":{\"b\":1}",
                           "{} x",
                           "{}{}",
                           "{\"a\":\xEF\xBB\xBF"
                           "1}",
                           "\xEF\xBB\xBF\xEF\xBB\xBF{}",
                           "{\"a\":1}\v"}) {
    const std::string found = parts_of(text);
    EXPECT_TRUE(found.ends_with("(failed)")) << text << ": " << found;
  }
}

TEST(json_parts, what_is_within_them_is_left_to_a_parser) {
  EXPECT_EQ(parts_of(R"({"a":[nonsense, {]]})"), "\"a\"=[]\n  nonsense\n  {]\n(end)");
  EXPECT_EQ(parts_of(R"({"a":{]})"), "\"a\"={]\n(end)");
}

TEST(json_parts, say_how_far_they_have_come) {
  const std::string_view text = R"({"a":1,"b":[22,33]})";
  JsonParts parts(text);
  std::vector<std::size_t> offsets = {parts.offset()};
  while (parts.next()) offsets.push_back(parts.offset());
  EXPECT_EQ(offsets, (std::vector<std::size_t>{0, 6, 12, 14, 17}));
  EXPECT_EQ(parts.offset(), text.size());
}

}  // namespace
}  // namespace tc
