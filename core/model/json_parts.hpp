#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace tc {

/// Takes a JSON object apart without parsing it, so that a large document can be read a part at a
/// time. Everything between its parts is checked; what is within them is for a parser: when that
/// takes them all, the whole is JSON.
class JsonParts {
 public:
  /// `bytes` have to outlive the parts. A UTF-8 byte order mark is passed over.
  explicit JsonParts(std::string_view bytes);

  struct Part {
    std::string_view name;  ///< of the member: a JSON string as it stands
    std::string_view text;  ///< a value as it stands
    /// Of the list that is the member before it; else the member's value, which for a list is `[]`.
    bool is_element = false;
  };
  /// Members and elements in the order of the text; nothing after the last, and when the text is
  /// no object. O(text of the part).
  std::optional<Part> next();

  bool failed() const { return failed_; }
  /// How many bytes have been handed out.
  std::size_t offset() const { return offset_; }

 private:
  enum class At { begin, after_member, list_begin, after_element, end };

  std::optional<Part> fail();
  std::optional<Part> member();
  std::optional<Part> element();
  void skip_space();
  bool eat(char c);
  std::string_view string();
  std::string_view value();

  std::string_view bytes_;
  std::size_t offset_ = 0;
  At at_ = At::begin;
  bool failed_ = false;
};

}  // namespace tc
