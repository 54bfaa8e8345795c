#include "tests/fuzz/target.hpp"

#include <algorithm>

#include "core/ledger/keyed_document.hpp"
#include "core/model/programme_json.hpp"

#ifdef TONGCHENG_LIBFUZZER
#include <cstdio>
#include <cstdlib>
#endif

namespace tc::fuzz {

void require(bool holds, std::string_view what) {
  if (holds) return;
#ifdef TONGCHENG_LIBFUZZER
  std::fprintf(stderr, "does not hold: %.*s\n", static_cast<int>(what.size()), what.data());
  std::abort();
#else
  throw Broken{std::string(what)};
#endif
}

void require_faults(const std::vector<Error>& errors) {
  require(!errors.empty(), "what is refused has a fault");
  require(errors.size() <= kMaxErrors, "the faults are limited");
  for (const Error& error : errors) {
    require(pointer_tokens(error.pointer).has_value(), "the place is a JSON pointer");
    if (error.code == ErrorCode::syntax || error.code == ErrorCode::encoding) {
      require(error.position.has_value(), "a fault of the text has a line");
    }
    if (error.position) {
      require(error.position->line > 0 && error.position->column > 0, "lines count from 1");
    }
    for (const Language language : {Language::zh, Language::en}) {
      const std::string sentence = message(error, language);
      require(!sentence.empty() && is_utf8(sentence), "a fault is said in words: " + sentence);
    }
  }
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::vector<Target>& targets() {
  static std::vector<Target> all;
  return all;
}

}  // namespace tc::fuzz
