#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/text.hpp"

namespace tc::cli {

/// One of two wordings.
inline std::string pick(Language language, const char* zh, const char* en) {
  return language == Language::zh ? zh : en;
}

/// Makes character widths known; call it once, before any output.
void prepare_terminal();

/// Columns that UTF-8 text takes in a terminal: two for Chinese characters and emoji.
std::size_t display_width(std::string_view text);

/// The text with everything left out by which a file could steer a terminal or forge a line: line
/// ends and tabs become spaces, other control and direction characters U+FFFD.
std::string printable(std::string_view text);

/// Text in columns.
class Table {
 public:
  enum class Align { left, right };

  /// Without any heading there is no row of them. A column without any text is left out.
  void column(Align align, std::string heading = {});
  void row(std::vector<std::string> cells);
  /// Lines, each indented by two spaces and ending with a line feed, without spaces at the end.
  std::string text() const;

 private:
  std::vector<Align> aligns_;
  std::vector<std::string> headings_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace tc::cli
