#pragma once

#include <string>
#include <string_view>

namespace tc {

/// The two languages of the interface and of every title in a programme.
enum class Language { zh, en };

/// A title or remark in Chinese and English. Either may be empty; `in` then falls back to the
/// other.
struct Text {
  std::string zh;
  std::string en;

  const std::string& in(Language language) const {
    const std::string& wanted = language == Language::zh ? zh : en;
    return wanted.empty() ? (language == Language::zh ? en : zh) : wanted;
  }
  bool empty() const { return zh.empty() && en.empty(); }
  bool operator==(const Text&) const = default;
};

}  // namespace tc
