#include "core/model/json_text.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/core/model/broken_files.hpp"

namespace tc {
namespace {

using nlohmann::json;

constexpr std::size_t kDepth = 8;
constexpr std::size_t kBytes = 1000;

Error fault(std::string_view text) {
  const Result<nlohmann::json> result = parse_json(text, kDepth, kBytes);
  EXPECT_FALSE(result) << text;
  EXPECT_EQ(result.errors.size(), 1U) << text;
  return result.errors.empty() ? Error{} : result.errors.front();
}

void expect_fault(std::string_view text, ErrorCode code, const std::string& pointer,
                  std::size_t line, std::size_t column) {
  const Error error = fault(text);
  EXPECT_EQ(error.code, code) << text;
  EXPECT_EQ(error.pointer, pointer) << text;
  ASSERT_TRUE(error.position) << text;
  EXPECT_EQ(error.position->line, line) << text;
  EXPECT_EQ(error.position->column, column) << text;
}

TEST(json_text, reads_what_a_plain_parse_reads) {
  for (const char* text :
       {"null", "true", " false ", "0", "-1", "18446744073709551615", "-9223372036854775808", "1.5",
        "1e-400", "1E5", "\"\"", R"("\u5305\u5934 \ud842\udfb7 \" \\ \/ \b\f\n\r\t \u0000")", "[]",
        "{}", R"([1, [2, {"a": [3, {}]}], null, "x"])", R"({"": {"": 1}, "b": [], "a": {"b": {}}})",
        "\"包头 😀\""}) {
    const Result<nlohmann::json> result = parse_json(text, kDepth, kBytes);
    ASSERT_TRUE(result) << text;
    EXPECT_EQ(*result.value, nlohmann::json::parse(text)) << text;
    EXPECT_TRUE(result.errors.empty());
  }
}

TEST(json_text, allows_a_byte_order_mark) {
  const Result<nlohmann::json> result = parse_json("\xEF\xBB\xBF[1]", kDepth, kBytes);
  ASSERT_TRUE(result);
  EXPECT_EQ(*result.value, nlohmann::json::array({1}));
  EXPECT_EQ(fault("\xEF\xBB{}").code, ErrorCode::encoding);
  EXPECT_EQ(fault("[\xEF\xBB\xBF]").code, ErrorCode::syntax);  // only at the start
}

TEST(json_text, says_where_reading_stopped) {
  expect_fault("", ErrorCode::syntax, "", 1, 1);
  expect_fault("\n\n", ErrorCode::syntax, "", 3, 1);
  expect_fault("[1 2]", ErrorCode::syntax, "/1", 1, 4);
  expect_fault("[1,\n  x]", ErrorCode::syntax, "/1", 2, 3);
  expect_fault("{\"a\": }", ErrorCode::syntax, "/a", 1, 7);
  expect_fault("{\"a\": [1, {\"b\": ?", ErrorCode::syntax, "/a/1/b", 1, 17);
  expect_fault("[[1, 2], [3, x", ErrorCode::syntax, "/1/1", 1, 14);
  expect_fault("[[[], [!", ErrorCode::syntax, "/0/1/0", 1, 8);
  expect_fault("{\"a\": {\"b\": 1}", ErrorCode::syntax, "/a", 1, 15);
  expect_fault("{\"\": !", ErrorCode::syntax, "/", 1, 6);
  expect_fault("{\"a~/b\": !", ErrorCode::syntax, "/a~0~1b", 1, 10);
  expect_fault("{!", ErrorCode::syntax, "", 1, 2);
  expect_fault("[1] 2", ErrorCode::syntax, "", 1, 5);
  expect_fault("[\n\"ab\ncd\"]", ErrorCode::syntax, "/0", 2, 4);  // the line end itself
  expect_fault("[\r\n1,\r\n!]", ErrorCode::syntax, "/1", 3, 1);
}

TEST(json_text, says_what_stands_there_and_what_should) {
  const auto said = [](std::string_view text) {
    const Error error = fault(text);
    return error.found + " for " + error.expected;
  };
  EXPECT_EQ(said(""), "end of file for '[', '{', or a literal");
  EXPECT_EQ(said("[1, "), "end of file for '[', '{', or a literal");
  EXPECT_EQ(said("[1 2]"), "\"2\" for ',' or ']'");
  EXPECT_EQ(said("{\"a\": 1 \"b\": 2}"), "{\"a\": 1 \"b\" for ',' or '}'");
  EXPECT_EQ(said("{\"a\" 1}"), "\"1\" for ':'");
  EXPECT_EQ(said("{\n\"a\":\n}"), "\"}\" for '[', '{', or a literal");
  EXPECT_EQ(said("{\"a\": 1,}"), "\"}\" for string literal");
  EXPECT_EQ(said("{} x"), "\"x\" for end of input");
  EXPECT_EQ(said("<html>"), "\"<html>\" for JSON");
  EXPECT_EQ(said("{\"status\": under-way, \"a\": 1}"), "\"under-way\" for JSON");
  EXPECT_EQ(said("[nul]"), "\"]\" for JSON");
  EXPECT_EQ(said("[-]"), "\"]\" for JSON (expected digit after '-')");
  EXPECT_EQ(said(R"(["a\q"])"), "[\"a\\q for JSON (forbidden character after backslash)");
  EXPECT_EQ(said("[\"a\nb\"]"),
            "[\"a<U+000A> for JSON (control character U+000A (LF) must be "
            "escaped to \\u000A or \\n)");
  EXPECT_EQ(said("[\"a"), "end of file for JSON (missing closing quote)");
  // Characters are shown whole, although reading stops at their first byte.
  EXPECT_EQ(said("{“a”: 1}"), "\"“a”\" for string literal");
  EXPECT_EQ(said("｛}"), "\"｛\" for JSON");
  EXPECT_EQ(said("[𠮷]"), "\"𠮷\" for JSON");
  EXPECT_EQ(said("[\"\\包\"]"), "[\"\\包 for JSON (forbidden character after backslash)");
  for (int padding = 0; padding < 8; ++padding) {
    const std::string text =
        std::string(static_cast<std::size_t>(padding), 'x') + test::repeated("头", 40) + "\\头";
    EXPECT_NO_THROW(nlohmann::json(fault("[\"" + text + "\"]").found).dump());
    EXPECT_NO_THROW(nlohmann::json(fault("[" + text + "]").found).dump());
    EXPECT_LE(fault("[" + text + "]").found.size(), 70U);
  }
  // What the file says is not mistaken for what the parser says.
  const Error quoted = fault("[\"; expected UTF-8\\q");
  EXPECT_EQ(quoted.code, ErrorCode::syntax);
  EXPECT_EQ(quoted.expected, "JSON (forbidden character after backslash)");
  EXPECT_EQ(fault("[\"; last read: '\" UTF-8; expected ]").expected, "',' or ']'");
}

TEST(json_text, takes_no_nul_for_the_end) {
  expect_fault(std::string_view("[1]\0", 4), ErrorCode::syntax, "", 1, 4);
  expect_fault(std::string_view("[1]\n\0[2]", 8), ErrorCode::syntax, "", 2, 1);
  expect_fault(std::string_view("[1,\0 2]", 7), ErrorCode::syntax, "/1", 1, 4);
  expect_fault(std::string_view("\0", 1), ErrorCode::syntax, "", 1, 1);
  expect_fault(std::string_view("[\"a\0b\"]", 7), ErrorCode::syntax, "/0", 1, 4);
}

TEST(json_text, takes_only_utf_8) {
  expect_fault("{\"a\": \"x\xFF\"}", ErrorCode::encoding, "/a", 1, 9);
  expect_fault("[1, \xFF]", ErrorCode::encoding, "/1", 1, 5);
  expect_fault("\xFF\xFE[", ErrorCode::encoding, "", 1, 1);
  for (const char* bytes :
       {"\x80", "\xC3", "\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xED\xA0\x80", "\xF0\x80\x80\x80",
        "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xE4\xB8"}) {
    EXPECT_EQ(fault("[\"" + std::string(bytes) + "\"]").code, ErrorCode::encoding);
    EXPECT_EQ(fault("[\"" + std::string(bytes)).code, ErrorCode::encoding);
    EXPECT_EQ(fault("[" + std::string(bytes) + "]").code, ErrorCode::encoding);
  }
  // The messages of a file in another encoding are UTF-8 all the same.
  const Error error = fault("{\"a\": \xB0\xFC\xCD\xB7}");
  EXPECT_NO_THROW(nlohmann::json(message(error, Language::zh)).dump());
}

TEST(json_text, lone_surrogates_are_no_text) {
  for (const char* text : {R"(["\ud842"])", R"(["\udfb7"])", R"(["\ud842\ud842"])",
                           R"(["\ud842x"])", R"(["\udfb7\ud842"])", R"(["\uZZZZ"])"}) {
    EXPECT_EQ(fault(text).code, ErrorCode::syntax) << text;
    EXPECT_EQ(fault(text).pointer, "/0") << text;
  }
}

TEST(json_text, numbers_have_to_fit_a_double) {
  expect_fault("[1, 1e400]", ErrorCode::number_range, "/1", 1, 9);
  EXPECT_EQ(fault("[1e400]").found, "1e400");
  EXPECT_EQ(fault("-1e400").code, ErrorCode::number_range);
  EXPECT_EQ(fault("{\"a\": " + std::string(400, '1') + "}").code, ErrorCode::number_range);
  EXPECT_TRUE(parse_json("1.7976931348623157e308", kDepth, kBytes));
}

TEST(json_text, a_member_stands_once_in_its_object) {
  const Error error = fault(R"({"a": {"b": 1, "c": 2, "b": 3}})");
  EXPECT_EQ(error.code, ErrorCode::duplicate_member);
  EXPECT_EQ(error.pointer, "/a/b");
  EXPECT_EQ(error.found, "\"b\"");
  EXPECT_EQ(fault(R"({"": 1, "": 2})").pointer, "/");
  // Names are compared after escapes.
  EXPECT_EQ(fault(R"({"a": 1, "\u0061": 2})").code, ErrorCode::duplicate_member);
  EXPECT_TRUE(parse_json(R"([{"a": 1}, {"a": {"a": 2}}])", kDepth, kBytes));
}

TEST(json_text, depth_is_limited) {
  EXPECT_TRUE(parse_json(std::string(kDepth, '[') + std::string(kDepth, ']'), kDepth, kBytes));
  const Error arrays = fault(std::string(kDepth + 1, '['));
  EXPECT_EQ(arrays.code, ErrorCode::too_deep);
  EXPECT_EQ(arrays.pointer, "/0/0/0/0/0/0/0/0");
  EXPECT_EQ(arrays.expected, "8");
  const Error mixed = fault(R"([0, {"a": [0, 0, [{"b": [[[[[[[)");
  EXPECT_EQ(mixed.code, ErrorCode::too_deep);
  EXPECT_EQ(mixed.pointer, "/1/a/2/0/b/0/0/0");
  const std::string deep(1'000'000, '[');
  EXPECT_EQ(parse_json(deep, 64, deep.size()).errors.front().code, ErrorCode::too_deep);
}

TEST(json_text, size_is_limited) {
  EXPECT_TRUE(parse_json("[1]" + std::string(kBytes - 3, ' '), kDepth, kBytes));
  const Error error = fault("[1]" + std::string(kBytes - 2, ' '));
  EXPECT_EQ(error.code, ErrorCode::too_large);
  EXPECT_EQ(error.pointer, "");
  EXPECT_EQ(error.found, "1001 B");
  EXPECT_EQ(error.expected, "1000 B");
}

}  // namespace
}  // namespace tc
