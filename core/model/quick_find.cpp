#include "core/model/quick_find.hpp"

#include <algorithm>
#include <utility>

#include "core/model/item_query.hpp"

namespace tc {

namespace {

constexpr char32_t kFirst = 0x4E00;
constexpr char32_t kLast = 0x9FFF;
/// Behind all ranks.
constexpr int kNotFound = 100;

/// The character at `at`, which moves behind it; what isn't UTF-8 counts as one byte.
char32_t next_character(std::string_view text, std::size_t& at) {
  const auto byte = [text](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  const unsigned lead = byte(at);
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
  if (length == 1 || at + length > text.size()) {
    ++at;
    return lead;
  }
  char32_t character = lead & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) character = character << 6U | (byte(at + i) & 0x3FU);
  at += length;
  return character;
}

bool is_letter(char32_t c) {
  return c >= 'a' && c <= 'z';
}

bool is_digit(char32_t c) {
  return c >= '0' && c <= '9';
}

std::uint32_t bit(char32_t letter) {
  return 1U << (letter - 'a');
}

}  // namespace

void PinyinInitials::read(std::string_view table) {
  letters_.assign(kLast - kFirst + 1, 0);
  const std::size_t line_end = std::min(table.find('\n'), table.size());
  for (std::size_t i = 0; i < std::min(line_end, letters_.size()); ++i) {
    const auto letter = static_cast<unsigned char>(table[i]);
    if (is_letter(letter)) letters_[i] = bit(letter);
  }
  table.remove_prefix(std::min(line_end + 1, table.size()));
  std::uint32_t* current = nullptr;
  for (std::size_t at = 0; at < table.size();) {
    const char32_t character = next_character(table, at);
    if (character >= kFirst && character <= kLast) {
      current = &letters_[character - kFirst];
    } else if (is_letter(character) && current != nullptr) {
      *current |= bit(character);
    } else {
      current = nullptr;
    }
  }
}

std::uint32_t PinyinInitials::of(char32_t character) const {
  if (character < kFirst || character - kFirst >= letters_.size()) return 0;
  return letters_[character - kFirst];
}

void QuickFind::add(std::initializer_list<std::string_view> names) {
  std::vector<Name> thing;
  for (const std::string_view name : names) {
    if (name.empty()) continue;
    Name made;
    made.folded = fold_for_search(name);
    bool within = false;  // a Latin word or a number
    for (std::size_t at = 0; at < made.folded.size();) {
      const char32_t character = next_character(made.folded, at);
      const bool latin = is_letter(character);
      if (latin && !within) made.initials.push_back(bit(character));
      if (const std::uint32_t letters = initials_.of(character)) made.initials.push_back(letters);
      within = latin || is_digit(character);
    }
    thing.push_back(std::move(made));
  }
  things_.push_back(std::move(thing));
}

int QuickFind::rank(const std::vector<Name>& names, std::string_view word) const {
  const bool letters = std::all_of(word.begin(), word.end(),
                                   [](char c) { return is_letter(static_cast<unsigned char>(c)); });
  int best = kNotFound;
  for (const Name& name : names) {
    std::size_t at = name.folded.find(word);
    if (at == 0) best = std::min(best, name.folded.size() == word.size() ? 0 : 1);
    for (; at != std::string::npos && best > 2; at = name.folded.find(word, at + 1)) {
      const auto before = static_cast<unsigned char>(at > 0 ? name.folded[at - 1] : ' ');
      // Chinese has no gaps between words: each character may begin one.
      const bool begins = !is_letter(before) && !is_digit(before);
      best = std::min(best, begins ? 2 : 3);
    }
    if (!letters || best <= 4) continue;
    const auto same = [](std::uint32_t of_name, char letter) {
      return (of_name & bit(static_cast<unsigned char>(letter))) != 0;
    };
    const auto found =
        std::search(name.initials.begin(), name.initials.end(), word.begin(), word.end(), same);
    if (found == name.initials.end()) continue;
    if (found == name.initials.begin()) {
      best = 4;
    } else if (word.size() > 1) {  // one letter occurs nearly everywhere
      best = std::min(best, 5);
    }
  }
  return best;
}

std::vector<std::size_t> QuickFind::search(std::string_view query, std::size_t limit) const {
  const std::string folded = fold_for_search(query);
  std::vector<std::string_view> words;
  for (std::size_t begin = 0; begin < folded.size();) {
    const std::size_t end = std::min(folded.find(' ', begin), folded.size());
    if (end > begin) words.push_back(std::string_view(folded).substr(begin, end - begin));
    begin = end + 1;
  }
  std::vector<std::pair<int, std::size_t>> found;
  for (std::size_t i = 0; i < things_.size(); ++i) {
    int worst = 0;
    for (const std::string_view word : words) worst = std::max(worst, rank(things_[i], word));
    if (worst < kNotFound) found.emplace_back(worst, i);
  }
  const std::size_t count = std::min(limit, found.size());
  std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(count), found.end());
  std::vector<std::size_t> things(count);
  for (std::size_t i = 0; i < count; ++i) things[i] = found[i].second;
  return things;
}

}  // namespace tc
