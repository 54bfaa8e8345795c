#include "core/model/programme_reader.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/model/element_json.hpp"
#include "core/model/generate.hpp"
#include "core/model/json_text.hpp"
#include "core/model/programme_json.hpp"
#include "tests/core/model/broken_files.hpp"
#include "tests/core/progress_walk.hpp"

namespace tc {
namespace {

using nlohmann::json;

/// What reading the text in one piece says.
Result<Programme> read_whole(const std::string& text) {
  Result<json> document = parse_json(text, kMaxDepth, kMaxBytes);
  if (document) return load_document(*document.value);
  Result<Programme> result;
  result.errors = std::move(document.errors);
  return result;
}

std::string listed(const std::vector<Error>& errors) {
  std::string text;
  for (const Error& error : errors) {
    text += error.pointer + ": " + message(error, Language::en);
    if (error.position) {
      text += " at " + std::to_string(error.position->line) + ':' +
              std::to_string(error.position->column);
    }
    text += '\n';
  }
  return text;
}

TEST(programme_reader, reads_a_large_file_a_part_at_a_time) {
  const Programme programme = generate_programme(2000, 1);
  const std::string text = save_programme(programme);
  ProgrammeReader reader(text, ProgrammeReader::Keep::document);
  const std::size_t steps = test::walk(reader);
  EXPECT_GE(steps, text.size() / (std::size_t{256} << 10));
  const Result<Programme> read = reader.take();
  ASSERT_TRUE(read) << listed(read.errors);
  EXPECT_EQ(*read.value, programme);
  EXPECT_EQ(reader.document(), json::parse(text));
}

TEST(programme_reader, says_what_reading_in_one_piece_says) {
  std::vector<std::string> texts = {"",
                                    "[]",
                                    "{}",
                                    "1",
                                    "{\"items\":[1,{}],\"items\":[]}",
                                    "{\"items\":[{}] \"areas\":[]}",
                                    "{\"items\":{\"0\":{}}}",
                                    std::string(test::kGoodFile)};
  for (const test::BrokenFile& file : test::broken_files()) texts.push_back(file.bytes);
  // Broken off anywhere, and with any character gone.
  const std::string good(test::kGoodFile);
  for (std::size_t i = 0; i < good.size(); i += 7) {
    texts.push_back(good.substr(0, i));
    texts.push_back(good.substr(0, i) + good.substr(i + 1));
  }
  // At the limit of nesting, in an element and in a member.
  for (const std::size_t depth : {kMaxDepth - 3, kMaxDepth - 2, kMaxDepth - 1, kMaxDepth}) {
    const std::string nested = std::string(depth, '[') + std::string(depth, ']');
    texts.push_back("{\"items\":[" + nested + "]}");
    texts.push_back("{\"x-note\":" + nested + "}");
  }
  for (const std::string& text : texts) {
    const Result<Programme> read = load_programme(text);
    const Result<Programme> whole = read_whole(text);
    EXPECT_EQ(listed(read.errors), listed(whole.errors)) << text;
    EXPECT_EQ(read.value, whole.value) << text;
  }
}

}  // namespace
}  // namespace tc
