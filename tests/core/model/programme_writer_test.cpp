#include "core/model/programme_writer.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "core/model/generate.hpp"
#include "core/model/programme_json.hpp"
#include "tests/core/progress_walk.hpp"

namespace tc {
namespace {

TEST(programme_writer, writes_a_large_programme_a_part_at_a_time) {
  const Programme programme = generate_programme(2000, 1);
  ProgrammeWriter writer(programme);
  const std::size_t steps = test::walk(writer);
  const std::string text = writer.take();
  EXPECT_GE(steps, text.size() / (std::size_t{256} << 10));
  EXPECT_TRUE(text == nlohmann::ordered_json::parse(text).dump(2) + "\n");
  const Result<Programme> read = load_programme(text);
  ASSERT_TRUE(read);
  EXPECT_TRUE(*read.value == programme);
}

TEST(programme_writer, makes_the_document_without_the_text) {
  const Programme programme = generate_programme(500, 2);
  ProgrammeWriter writer(programme, ProgrammeWriter::Form::document);
  EXPECT_GT(test::walk(writer), 1U);
  EXPECT_TRUE(writer.document() == nlohmann::json::parse(save_programme(programme)));
}

TEST(programme_writer, long_lists_look_as_short_ones_do) {
  Programme programme = generate_programme(70, 3);
  std::string all = save_programme(programme);
  // Without what stands beyond the last short length, everything before it stays as it was.
  programme.items.resize(64);
  const std::string few = save_programme(programme);
  const std::size_t cut = few.rfind("\n    }");
  ASSERT_NE(cut, std::string::npos);
  const std::size_t items = few.find("\n  \"items\": [");
  ASSERT_LT(items, cut);
  const std::size_t end = few.find("\n  ]", items);
  EXPECT_TRUE(few.substr(items, end - items) == all.substr(items, end - items));
}

TEST(programme_writer, nothing_of_a_small_one_is_left_for_a_second_step) {
  const Programme programme = generate_programme(3, 1);
  ProgrammeWriter writer(programme);
  EXPECT_FALSE(writer.step());
  EXPECT_EQ(writer.take(), save_programme(programme));
}

}  // namespace
}  // namespace tc
