#include "core/model/json_text.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "core/model/utf8.hpp"

namespace tc {

namespace {

using nlohmann::json;

// How the parser's messages are put together.
constexpr std::string_view kLastRead = "; last read: '";
constexpr std::string_view kExpected = "; expected ";

bool continues(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

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
    auto& members = *level.container->get_ptr<json::object_t*>();
    const auto [member, fresh] = members.try_emplace(std::move(name));
    level.key = &member->first;
    level.slot = &member->second;
    if (fresh) return true;
    return fail({ErrorCode::duplicate_member, pointer(), quoted(*level.key), {}, {}});
  }

  bool parse_error(std::size_t offset, const std::string& token,
                   const nlohmann::detail::exception& fault) override {
    Error error;
    error.pointer = pointer();
    error.position = position(offset);
    const std::string_view what = fault.what();
    const std::size_t last_read = what.find(kLastRead);
    const std::string_view reason = what.substr(0, last_read);
    const bool in_string = reason.find("invalid string") != std::string_view::npos;
    const bool in_mark = reason.find("invalid BOM") != std::string_view::npos;
    const std::string_view found = in_string ? line_until(offset) : word_at(in_mark ? 1 : offset);
    if (fault.id == 406) {
      error.code = ErrorCode::number_range;
      error.found = shorten(token);
    } else if (reason.find("UTF-8") != std::string_view::npos || !is_utf8(found)) {
      error.code = ErrorCode::encoding;
    } else {
      error.code = ErrorCode::syntax;
      error.found = offset > bytes_.size() ? "end of file" : quoted(found);
      // The token may contain anything, words of the parser too.
      error.expected = expectation(
          reason,
          last_read == std::string_view::npos
              ? what
              : what.substr(std::min(what.size(), last_read + kLastRead.size() + token.size())));
    }
    return fail(std::move(error));
  }

  /// For bytes after the end of the document.
  void stray(std::size_t at) {
    fail({ErrorCode::syntax, {}, quoted(bytes_.substr(at, 1)), "end of input", position(at + 1)});
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
    const std::string* key = nullptr;  ///< of the member being read
    json* slot = nullptr;              ///< its value
  };

  static std::string quoted(std::string_view token) {
    std::string text;
    for (char c : token) {
      const auto byte = static_cast<unsigned char>(c);
      if (byte < 0x20) {
        text += "<U+00";
        text += static_cast<char>('0' + byte / 16);
        text += "0123456789ABCDEF"[byte % 16];
        text += '>';
      } else {
        text += c;
      }
    }
    text = shorten(text);
    return text.find('"') == std::string::npos ? '"' + text + '"' : text;
  }

  /// What the parser wanted, from its own words: those before and those after the token.
  static std::string expectation(std::string_view reason, std::string_view tail) {
    const std::size_t wanted = tail.rfind(kExpected);
    std::string text = wanted == std::string_view::npos
                           ? "JSON"
                           : std::string(tail.substr(wanted + kExpected.size()));
    if (text == "']'" || text == "'}'") text = "',' or " + text;
    for (const std::string_view part : {"invalid string: ", "invalid number; "}) {
      const std::size_t begin = reason.find(part);
      if (begin == std::string_view::npos) continue;
      text += " (";
      text += reason.substr(begin + part.size());
      text += ')';
    }
    return text;
  }

  std::string pointer() const {
    std::string result;
    for (const Level& level : levels_) {
      if (level.container->is_array()) {
        // The element that is being read stands in its array from when it opens.
        const bool inside = &level != &levels_.back();
        result = child(result, level.container->size() - (inside ? 1 : 0));
      } else if (level.key != nullptr) {
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

  /// The characters around the last of the first `offset` bytes, up to white space or punctuation
  /// on either side; that byte alone when it is such itself.
  std::string_view word_at(std::size_t offset) const {
    if (offset == 0 || offset > bytes_.size()) return {};
    const auto delimits = [this](std::size_t i) {
      return static_cast<unsigned char>(bytes_[i]) <= 0x20 ||
             std::string_view("{}[]:,\"").find(bytes_[i]) != std::string_view::npos;
    };
    std::size_t begin = offset - 1;
    std::size_t end = offset;
    if (!delimits(begin)) {
      while (begin > 0 && !delimits(begin - 1)) --begin;
      while (end < bytes_.size() && !delimits(end)) ++end;
    } else if (bytes_[begin] == '"') {
      begin = line_until(offset).data() - bytes_.data();
    }
    return bytes_.substr(begin, end - begin);
  }

  /// The last few characters of the line that the first `offset` bytes end in.
  std::string_view line_until(std::size_t offset) const {
    constexpr std::size_t kLength = 40;
    std::size_t end = std::min(offset, bytes_.size());
    if (end == 0) return {};
    std::size_t begin = end - 1;
    while (begin > 0 && end - begin < kLength && bytes_[begin - 1] != '\n') --begin;
    while (begin > 0 && continues(bytes_[begin])) --begin;
    while (end < bytes_.size() && continues(bytes_[end])) ++end;
    return bytes_.substr(begin, end - begin);
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
    *level.slot = std::move(value);
    return level.slot;
  }

  bool put(json value) {
    place(std::move(value));
    return true;
  }

  bool open(json value) {
    if (levels_.size() >= max_depth_) {
      return fail({ErrorCode::too_deep, pointer(), {}, std::to_string(max_depth_), {}});
    }
    levels_.push_back({place(std::move(value))});
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
