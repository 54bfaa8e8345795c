#include "core/model/json_text.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tc {

namespace {

using nlohmann::json;

// How the parser's messages are put together.
constexpr std::string_view kLastRead = "; last read: '";
constexpr std::string_view kExpected = "; expected ";

/// Builds the document and knows at each event where in it the reader stands.
class Builder : public nlohmann::json_sax<json> {
 public:
  Builder(std::string_view bytes, std::size_t max_depth) : bytes_(bytes), max_depth_(max_depth) {}

  bool null() override { return put(nullptr); }
  bool boolean(bool value) override { return put(value); }
  bool number_integer(number_integer_t value) override { return put(value); }
  bool number_unsigned(number_unsigned_t value) override { return put(value); }
  bool number_float(number_float_t value, const string_t&) override { return put(value); }
  bool string(string_t& value) override { return put(std::move(value)); }
  bool binary(binary_t&) override { return false; }

  bool start_object(std::size_t) override { return open(json::object()); }
  bool end_object() override { return close(); }
  bool start_array(std::size_t) override { return open(json::array()); }
  bool end_array() override { return close(); }

  bool key(string_t& name) override {
    Level& level = levels_.back();
    const bool twice = level.container->contains(name);
    level.key = std::move(name);
    if (!twice) return true;
    return fail({ErrorCode::duplicate_member, pointer(), quoted(*level.key), {}, {}});
  }

  bool parse_error(std::size_t offset, const std::string& token,
                   const nlohmann::detail::exception& fault) override {
    Error error;
    error.pointer = pointer();
    error.position = position(offset);
    const std::string_view what = fault.what();
    const std::size_t last_read = what.find(kLastRead);
    if (fault.id == 406) {
      error.code = ErrorCode::number_range;
      error.found = shorten(token);
    } else if (what.substr(0, last_read).find("UTF-8") != std::string_view::npos) {
      error.code = ErrorCode::encoding;
    } else if (const auto rest = rest_of_character(offset)) {
      error.code = ErrorCode::syntax;
      // What follows the token, which may itself contain anything.
      const std::string_view tail =
          last_read == std::string_view::npos
              ? what
              : what.substr(std::min(what.size(), last_read + kLastRead.size() + token.size()));
      const std::size_t expected = tail.rfind(kExpected);
      error.expected = expected == std::string_view::npos
                           ? "JSON"
                           : std::string(tail.substr(expected + kExpected.size()));
      if (offset > bytes_.size() || token.empty()) {
        error.found = "end of file";
      } else {
        const std::string whole = token + std::string(*rest);
        error.found = whole.front() == '"' ? shorten(whole) : quoted(whole);
      }
    } else {
      error.code = ErrorCode::encoding;
    }
    return fail(std::move(error));
  }

  /// For bytes after the end of the document.
  void stray(std::size_t at) {
    fail({ErrorCode::syntax, {}, "\"<U+0000>\"", "end of input", position(at + 1)});
  }

  Result<json> take() {
    Result<json> result;
    if (failed_) {
      result.errors.push_back(std::move(error_));
    } else {
      result.value = std::move(root_);
    }
    return result;
  }

 private:
  struct Level {
    json* container;
    std::optional<std::string> key;  ///< of the member being read
  };

  static std::string quoted(std::string_view token) {
    std::string text = "\"";
    for (char c : token) {
      text += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
    return shorten(text) + "\"";
  }

  std::string pointer() const {
    std::string result;
    for (const Level& level : levels_) {
      if (level.container->is_array()) {
        // The element that is being read stands in its array from when it opens.
        const bool inside = &level != &levels_.back();
        result = child(result, level.container->size() - (inside ? 1 : 0));
      } else if (level.key) {
        result = child(result, *level.key);
      }
    }
    return result;
  }

  /// Of the last of the first `offset` bytes; one past the end of the text there is its end.
  Position position(std::size_t offset) const {
    const std::string_view before =
        bytes_.substr(0, std::min(std::max<std::size_t>(1, offset) - 1, bytes_.size()));
    const auto lines = std::count(before.begin(), before.end(), '\n');
    const std::size_t last = before.rfind('\n');
    const std::size_t start = last == std::string_view::npos ? 0 : last + 1;
    return {static_cast<std::size_t>(lines) + 1, before.size() - start + 1};
  }

  /// What is left after the first `offset` bytes of the character in which they end; nothing when
  /// that is not UTF-8.
  std::optional<std::string_view> rest_of_character(std::size_t offset) const {
    if (offset == 0 || offset > bytes_.size()) return std::string_view{};
    const auto continues = [this](std::size_t i) {
      return i < bytes_.size() && (static_cast<unsigned char>(bytes_[i]) & 0xC0U) == 0x80U;
    };
    std::size_t start = offset - 1;
    while (start > 0 && offset - start < 4 && continues(start)) --start;
    const auto lead = static_cast<unsigned char>(bytes_[start]);
    std::size_t end = start + 1;
    if (lead >= 0xC2 && lead <= 0xF4) end += lead >= 0xF0 ? 3U : lead >= 0xE0 ? 2U : 1U;
    if ((lead >= 0x80 && end == start + 1) || end < offset) return std::nullopt;
    for (std::size_t i = start + 1; i < end; ++i) {
      if (!continues(i)) return std::nullopt;
    }
    return bytes_.substr(offset, end - offset);
  }

  bool fail(Error error) {
    if (!failed_) error_ = std::move(error);
    failed_ = true;
    return false;
  }

  json* place(json value) {
    if (levels_.empty()) {
      root_ = std::move(value);
      return &root_;
    }
    Level& level = levels_.back();
    if (level.container->is_array()) {
      level.container->push_back(std::move(value));
      return &level.container->back();
    }
    json& slot = (*level.container)[*level.key];
    slot = std::move(value);
    return &slot;
  }

  bool put(json value) {
    place(std::move(value));
    return true;
  }

  bool open(json value) {
    if (levels_.size() >= max_depth_) {
      return fail({ErrorCode::too_deep, pointer(), {}, std::to_string(max_depth_), {}});
    }
    levels_.push_back({place(std::move(value)), {}});
    return true;
  }

  bool close() {
    levels_.pop_back();
    return true;
  }

  std::string_view bytes_;
  std::size_t max_depth_;
  json root_;
  std::vector<Level> levels_;
  Error error_;
  bool failed_ = false;
};

}  // namespace

Result<json> parse_json(std::string_view bytes, std::size_t max_depth, std::size_t max_bytes) {
  Result<json> result;
  if (bytes.size() > max_bytes) {
    result.errors.push_back({ErrorCode::too_large,
                             {},
                             std::to_string(bytes.size()) + " B",
                             std::to_string(max_bytes) + " B",
                             {}});
    return result;
  }
  Builder builder(bytes, max_depth);
  if (json::sax_parse(bytes.begin(), bytes.end(), &builder)) {
    // The parser takes a NUL for the end of the text, whatever follows it.
    const std::size_t nul = bytes.find('\0');
    if (nul != std::string_view::npos) builder.stray(nul);
  }
  return builder.take();
}

}  // namespace tc
