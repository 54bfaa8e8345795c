#pragma once

#include <optional>
#include <string>

#include "core/model/date.hpp"
#include "core/model/text.hpp"

namespace CLI {  // NOLINT(readability-identifier-naming): the library's
class App;
}

namespace tc::cli {

/// Exit statuses.
inline constexpr int kDone = 0;
inline constexpr int kFailed = 1;  ///< the input is at fault, or the output can't be written
inline constexpr int kUsage = 2;

/// What every command takes.
struct CommonOptions {
  bool json = false;
  Language language = Language::en;
  std::optional<Date> as_of;
};

/// Adds `--json`, `--lang` and `--as-of`, whose part in the command `as_of_help` says. `options`
/// has to outlive the parsing.
void add_common_options(CLI::App& command, CommonOptions& options, const char* as_of_help);

/// For `CLI::Option::check`: digits only. Unsigned numbers alone would let -1 and nothing through.
std::string check_whole(const std::string& text);

}  // namespace tc::cli
