#include "native/cli/options.hpp"

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <string>
#include <string_view>

namespace tc::cli {

namespace {

/// The language of messages, as POSIX has it: the first of these that is set decides.
Language environment_language() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') continue;
    return std::string_view(value).substr(0, 2) == "zh" ? Language::zh : Language::en;
  }
  return Language::en;
}

std::string check_date(const std::string& text) {
  return parse_date(text) ? std::string()
                          : "\"" + text + "\" is not a date; expected YYYY-MM-DD, 1900 to 2199";
}

}  // namespace

void add_common_options(CLI::App& command, CommonOptions& options, const char* as_of_help) {
  options.language = environment_language();
  command.add_flag("--json", options.json, "Print JSON, as described below");
  command
      .add_option_function<std::string>(
          "--lang",
          [&options](const std::string& name) {
            options.language = name == "zh" ? Language::zh : Language::en;
          },
          "Language of the output; else that of LC_ALL, LC_MESSAGES or LANG")
      ->check(CLI::IsMember({"zh", "en"}))
      ->type_name("zh|en");
  command
      .add_option_function<std::string>(
          "--as-of", [&options](const std::string& date) { options.as_of = parse_date(date); },
          as_of_help)
      ->check(check_date)
      ->type_name("YYYY-MM-DD");
}

std::string check_whole(const std::string& text) {
  const bool digits = !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
  return digits ? std::string() : "\"" + text + "\" is not a whole number";
}

}  // namespace tc::cli
