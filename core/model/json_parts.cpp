#include "core/model/json_parts.hpp"

namespace tc {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

}  // namespace

JsonParts::JsonParts(std::string_view bytes) : bytes_(bytes) {
  if (bytes.starts_with(kByteOrderMark)) offset_ = kByteOrderMark.size();
}

std::optional<JsonParts::Part> JsonParts::fail() {
  failed_ = true;
  at_ = At::end;
  return std::nullopt;
}

void JsonParts::skip_space() {
  while (offset_ < bytes_.size() && is_space(bytes_[offset_])) ++offset_;
}

/// With the space after it.
bool JsonParts::eat(char c) {
  if (offset_ >= bytes_.size() || bytes_[offset_] != c) return false;
  ++offset_;
  skip_space();
  return true;
}

/// Empty when there is none, or no end of it.
std::string_view JsonParts::string() {
  const std::size_t begin = offset_;
  if (begin >= bytes_.size() || bytes_[begin] != '"') return {};
  for (std::size_t end = begin + 1; end < bytes_.size(); ++end) {
    if (bytes_[end] == '\\') {
      ++end;
    } else if (bytes_[end] == '"') {
      offset_ = end + 1;
      return bytes_.substr(begin, offset_ - begin);
    }
  }
  return {};
}

/// Up to where a value that begins here has to end; empty when none begins, or doesn't end.
std::string_view JsonParts::value() {
  const std::size_t begin = offset_;
  const char first = begin < bytes_.size() ? bytes_[begin] : ',';
  if (first == '"') return string();
  if (first != '{' && first != '[') {
    // A number or a word. A parser of this alone would pass over a byte order mark.
    if (static_cast<unsigned char>(first) >= 0x80) return {};
    const auto ends = [](char c) { return c == ',' || c == ']' || c == '}' || is_space(c); };
    while (offset_ < bytes_.size() && !ends(bytes_[offset_])) ++offset_;
    return bytes_.substr(begin, offset_ - begin);
  }
  // Whether each bracket closes one of its own kind is the parser's to see.
  std::size_t depth = 0;
  while (offset_ < bytes_.size()) {
    const char c = bytes_[offset_];
    if (c == '"') {
      if (string().empty()) return {};
      continue;
    }
    ++offset_;
    if (c == '{' || c == '[') {
      ++depth;
    } else if ((c == '}' || c == ']') && --depth == 0) {
      return bytes_.substr(begin, offset_ - begin);
    }
  }
  return {};
}

std::optional<JsonParts::Part> JsonParts::member() {
  Part part;
  part.name = string();
  skip_space();
  if (part.name.empty() || !eat(':')) return fail();
  if (eat('[')) {
    part.text = "[]";
    at_ = At::list_begin;
    return part;
  }
  part.text = value();
  at_ = At::after_member;
  return part.text.empty() ? fail() : part;
}

std::optional<JsonParts::Part> JsonParts::element() {
  Part part;
  part.text = value();
  part.is_element = true;
  at_ = At::after_element;
  return part.text.empty() ? fail() : part;
}

std::optional<JsonParts::Part> JsonParts::next() {
  if (at_ == At::end) return std::nullopt;
  skip_space();
  bool first = false;
  if (at_ == At::begin) {
    if (!eat('{')) return fail();
    first = true;
  } else if (at_ == At::list_begin || at_ == At::after_element) {
    if (!eat(']')) return at_ == At::list_begin || eat(',') ? element() : fail();
  }
  if (eat('}')) {
    if (offset_ < bytes_.size()) return fail();
    at_ = At::end;
    return std::nullopt;
  }
  return first || eat(',') ? member() : fail();
}

}  // namespace tc
