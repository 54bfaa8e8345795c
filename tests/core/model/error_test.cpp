#include "core/model/error.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

namespace tc {
namespace {

using enum ErrorCode;

std::vector<ErrorCode> all_codes() {
  std::vector<ErrorCode> codes;
  for (int i = 0; i <= static_cast<int>(nothing_to_undo); ++i)
    codes.push_back(static_cast<ErrorCode>(i));
  return codes;
}

bool among(const std::vector<ErrorCode>& codes, ErrorCode code) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

TEST(error, what_is_shortened_is_always_utf8) {
  EXPECT_EQ(shorten("abc\xFF"
                    "d"),
            "abc\uFFFDd");
  EXPECT_EQ(shorten("\xE4\xB8"), "\uFFFD\uFFFD");
  EXPECT_EQ(shorten("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD");
  EXPECT_EQ(shorten("\xF4\x90\x80\x80\xC0\xAF"), shorten(std::string(6, '\xFF')));
  EXPECT_EQ(shorten("一二三", 4), "一…");
  EXPECT_EQ(shorten("\xF0\x9F\x98\x80"), "\xF0\x9F\x98\x80");
  EXPECT_EQ(shorten(std::string(100, '\x80'), 3), "…");
}

TEST(error, every_code_has_a_sentence_in_both_languages) {
  // What these expect is the same for every file and part of their sentence.
  const std::vector<ErrorCode> fixed = {encoding, number_range, duplicate_member, bad_date,
                                        bad_url,  bad_hash,     dependency_cycle};
  // Of these there is nothing to show.
  const std::vector<ErrorCode> silent = {encoding, too_deep, empty_value};
  std::set<std::string> seen;
  for (const ErrorCode code : all_codes()) {
    for (const Language language : {Language::zh, Language::en}) {
      const std::string text = message({code, "/p", "<found>", "<expected>", {}}, language);
      EXPECT_TRUE(seen.insert(text).second) << text;
      EXPECT_EQ(text.find('{'), std::string::npos) << text;
      EXPECT_EQ(text.find("<found>") != std::string::npos, !among(silent, code)) << text;
      EXPECT_EQ(text.find("<expected>") != std::string::npos, !among(fixed, code)) << text;
      EXPECT_EQ(text.find("/p"), std::string::npos) << text;
      const bool ascii = std::all_of(text.begin(), text.end(),
                                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
      EXPECT_EQ(ascii, language == Language::en) << text;
      if (language == Language::en) {
        EXPECT_NE(text.find("expected"), std::string::npos) << text;
      }
    }
  }
  EXPECT_EQ(seen.size(), 2 * all_codes().size());
}

TEST(error, messages_carry_line_and_column) {
  const Error error{syntax, "", "\"x\"", "','", Position{3, 7}};
  EXPECT_EQ(message(error, Language::en),
            "not valid JSON: found \"x\", expected ',' (line 3, column 7)");
  EXPECT_NE(message(error, Language::zh).find("第 3 行第 7 列"), std::string::npos);
}

TEST(error, what_a_file_says_is_not_a_pattern) {
  const Error error{unknown_member, "", "{e}{f}", "{f}", {}};
  EXPECT_EQ(message(error, Language::en), "unknown member {e}{f}; expected one of {f}");
}

TEST(error, types_are_named_in_the_language) {
  const Error error{wrong_type, "", "1", "an object", {}};
  EXPECT_EQ(message(error, Language::en), "wrong type: found 1, expected an object");
  EXPECT_EQ(message(error, Language::zh), "类型不符：1；应为对象");
}

TEST(error, pointers_escape_their_tokens) {
  EXPECT_EQ(child("", "a"), "/a");
  EXPECT_EQ(child("/a", "b/c~d"), "/a/b~1c~0d");
  EXPECT_EQ(child("/a", "~1"), "/a/~01");
  EXPECT_EQ(child("/a", ""), "/a/");
  EXPECT_EQ(child("/a", std::size_t{12}), "/a/12");
}

TEST(error, shortens_between_characters) {
  EXPECT_EQ(shorten("abc", 3), "abc");
  EXPECT_EQ(shorten("abcd", 3), "abc…");
  EXPECT_EQ(shorten("包头", 6), "包头");
  EXPECT_EQ(shorten("包头", 5), "包…");
  EXPECT_EQ(shorten("包头", 4), "包…");
  EXPECT_EQ(shorten("包头", 3), "包…");
  EXPECT_EQ(shorten("包头", 2), "…");
  EXPECT_EQ(shorten("a𠮷b", 4), "a…");
  EXPECT_EQ(shorten("a𠮷b", 5), "a𠮷…");
}

}  // namespace
}  // namespace tc
