#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace tc {

/// First letters of how Chinese characters are read (拼音首字母).
class PinyinInitials {
 public:
  /// Reads a table as `cmake/pinyin.mjs` makes it from a dictionary: in the first line a letter for
  /// each character from U+4E00 on, `.` where there is none; in each further line a character and
  /// the letters of all its readings, for those with several. What isn't of this form is passed
  /// over. Linear in the table.
  void read(std::string_view table);
  bool empty() const { return letters_.empty(); }
  /// The letters that a character's readings begin with, bit 0 for `a`; 0 for other characters.
  std::uint32_t of(char32_t character) const;

 private:
  std::vector<std::uint32_t> letters_;
};

/// Finds things by a few characters of their names, as they are typed: the whole, a beginning, a
/// part, or the initials of pinyin or of English words (`bthy` finds 包头航运).
class QuickFind {
 public:
  /// `initials` must outlive this; an empty one finds no pinyin.
  explicit QuickFind(const PinyinInitials& initials) : initials_(initials) {}

  /// Adds a thing with its names (a code, a title in two languages; empty ones are passed over);
  /// things count from 0 in the order in which they are added. Linear in the names.
  void add(std::initializer_list<std::string_view> names);
  std::size_t size() const { return things_.size(); }
  void clear() { things_.clear(); }

  /// At most `limit` things in which every word of `query` is found, best first: by the worse of
  /// its words (the whole name, its beginning, a beginning within, a part, initials from the
  /// first on, initials further in), then in the order of adding. An empty query finds all.
  /// Linear in all names, times the words.
  std::vector<std::size_t> search(std::string_view query, std::size_t limit) const;

 private:
  struct Name {
    std::string folded;                   ///< `fold_for_search`
    std::vector<std::uint32_t> initials;  ///< letters that each character or word may begin with
  };
  int rank(const std::vector<Name>& names, std::string_view word) const;

  const PinyinInitials& initials_;
  std::vector<std::vector<Name>> things_;
};

}  // namespace tc
