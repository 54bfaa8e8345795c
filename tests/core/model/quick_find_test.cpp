#include "core/model/quick_find.hpp"

#include <gtest/gtest.h>

#include <string>

namespace tc {
namespace {

/// A table of the characters named: first letters, and all letters of those with several.
std::string table(std::initializer_list<std::pair<char32_t, char>> letters,
                  const std::string& several = {}) {
  std::string line(0x9FFF - 0x4E00 + 1, '.');
  for (const auto& [character, letter] : letters) line[character - 0x4E00] = letter;
  return line + "\n" + several;
}

class QuickFindTest : public ::testing::Test {
 protected:
  QuickFindTest() {
    initials.read(
        table({{U'包', 'b'}, {U'头', 't'}, {U'音', 'y'}, {U'乐', 'l'}, {U'厅', 't'}}, "乐ly\n"));
  }
  std::vector<std::size_t> search(std::string_view query, std::size_t limit = 100) const {
    return find.search(query, limit);
  }
  using Found = std::vector<std::size_t>;

  PinyinInitials initials;
  QuickFind find{initials};
};

TEST_F(QuickFindTest, LettersOfAllReadingsCount) {
  EXPECT_EQ(initials.of(U'包'), 1U << ('b' - 'a'));
  EXPECT_EQ(initials.of(U'乐'), (1U << ('l' - 'a')) | (1U << ('y' - 'a')));
  EXPECT_EQ(initials.of(U'X'), 0U);
  EXPECT_EQ(initials.of(0x4E00), 0U);
  EXPECT_EQ(initials.of(0xFFFFFFFF), 0U);
}

TEST_F(QuickFindTest, BetterMatchesStandFirst) {
  find.add({"K-70", "", "Pilot works"});       // 0: part of a word
  find.add({"K-71", "", "Ten lots of land"});  // 1: begins a word
  find.add({"K-72", "", "Lot"});               // 2: the whole
  find.add({"K-73", "", "Lottery"});           // 3: begins with it
  find.add({"K-74", "", "Land of the tall"});  // 4: initials
  find.add({"K-75", "", "Nothing"});
  EXPECT_EQ(search("LOT"), (Found{2, 3, 1, 0, 4}));
  EXPECT_EQ(search("lot", 2), (Found{2, 3}));
}

TEST_F(QuickFindTest, PinyinInitialsFindChinese) {
  find.add({"A", "包头音乐厅", ""});
  find.add({"B", "厅", ""});
  EXPECT_EQ(search("btyyt"), (Found{0}));
  EXPECT_EQ(search("btylt"), (Found{0}));  // 乐 is le as well as yue
  EXPECT_EQ(search("yy"), (Found{0}));
  EXPECT_EQ(search("t"), (Found{1}));  // one letter only at the beginning
  EXPECT_EQ(search("bty q"), (Found{}));
  EXPECT_EQ(search("头音"), (Found{0}));
}

TEST_F(QuickFindTest, EveryWordHasToBeFound) {
  find.add({"K-01", "包头音乐厅", "Concert hall"});
  find.add({"K-02", "音乐厅", "Hall"});
  EXPECT_EQ(search("hall K-0"), (Found{1, 0}));
  EXPECT_EQ(search("  hall   concert "), (Found{0}));
  EXPECT_EQ(search(""), (Found{0, 1}));
  EXPECT_EQ(search("ＨＡＬＬ"), (Found{1, 0}));  // 1 is nothing but that
}

TEST_F(QuickFindTest, BrokenTextAndTablesDoNoHarm) {
  find.add({"\xE5\x8C", "\xFF\xC0", ""});
  EXPECT_EQ(search("\xE5"), (Found{0}));
  PinyinInitials broken;
  broken.read("");
  broken.read("ab");
  EXPECT_EQ(broken.of(0x4E01), 1U << 1U);
  broken.read("..\n\xE5\nz\n\xE4\xB8\x80z");
  EXPECT_EQ(broken.of(0x4E00), 1U << 25U);
  EXPECT_EQ(broken.of(0x4E01), 0U);
}

}  // namespace
}  // namespace tc
