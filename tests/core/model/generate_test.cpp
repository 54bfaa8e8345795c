#include "core/model/generate.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <set>
#include <string>

#include "core/model/programme_json.hpp"
#include "core/model/summary.hpp"

namespace tc {
namespace {

/// FNV-1a.
std::uint64_t hash_of(const std::string& text) {
  std::uint64_t hash = 0xCBF29CE484222325U;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
  return hash;
}

TEST(generate, the_same_arguments_give_the_same_programme) {
  EXPECT_EQ(generate_programme(200, 5), generate_programme(200, 5));
  EXPECT_NE(generate_programme(200, 5).items, generate_programme(200, 6).items);
  // On every platform: what this one gives.
  EXPECT_EQ(hash_of(save_programme(generate_programme(30, 1))), 16877375619175919182U);
}

TEST(generate, every_size_is_in_order) {
  for (const std::size_t items : {0U, 1U, 2U, 999U, 10'000U}) {
    const Programme programme = generate_programme(items, 42);
    EXPECT_EQ(programme.items.size(), items);
    EXPECT_TRUE(validate(programme).empty()) << items;
    EXPECT_EQ(programme.kind, ProgrammeKind::demonstration);
    EXPECT_EQ(programme.areas.size(), 12U);
    EXPECT_EQ(programme.cities.size(), 2U);
    EXPECT_EQ(programme.departments.size(), 16U);
  }
}

TEST(generate, codes_stay_apart_beyond_five_digits) {
  const Programme programme = generate_programme(100'001, 1);
  std::set<std::string> codes;
  for (const ActionItem& item : programme.items) codes.insert(item.code);
  EXPECT_EQ(codes.size(), programme.items.size());
}

TEST(generate, nothing_has_happened_after_the_day_it_describes) {
  const Programme programme = generate_programme(10'000, 3);
  const Date as_of = *programme.as_of;
  for (const ActionItem& item : programme.items) {
    ASSERT_TRUE(!item.started || *item.started <= as_of) << item.code;
    ASSERT_TRUE(!item.finished || *item.finished <= as_of) << item.code;
    ASSERT_EQ(item.finished.has_value(), item.status == Status::completed) << item.code;
    ASSERT_TRUE(item.status != Status::not_started || !item.started) << item.code;
    ASSERT_GE(item.milestones.size(), 2U);
    ASSERT_LE(item.milestones.size(), 5U);
    ASSERT_LE(item.depends_on.size(), 3U);
    for (const Milestone& milestone : item.milestones) {
      ASSERT_TRUE(!milestone.finished || *milestone.finished <= as_of) << item.code;
      ASSERT_TRUE(*milestone.due >= *item.start && *milestone.due <= *item.due) << item.code;
    }
    ASSERT_EQ(item.milestones.back().due, item.due);
  }
  const Summary summary = summarise(programme, as_of);
  for (const Status status : kStatuses) EXPECT_GT(summary.items[status], 0U);
  EXPECT_FALSE(summary.late.empty());
  EXPECT_FALSE(summary.next.empty());
}

}  // namespace
}  // namespace tc
