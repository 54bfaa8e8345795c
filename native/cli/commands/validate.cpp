#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "native/cli/commands.hpp"
#include "native/cli/files.hpp"
#include "native/cli/options.hpp"
#include "native/cli/terminal.hpp"

namespace tc::cli {

namespace {

using nlohmann::ordered_json;

struct Options {
  CommonOptions common;
  std::vector<std::string> files;
};

ordered_json json_of(const Fault& fault) {
  ordered_json json;
  json["pointer"] = fault.pointer;
  json["code"] = fault.code;
  json["message"] = fault.message;
  if (fault.position) {
    json["line"] = fault.position->line;
    json["column"] = fault.position->column;
  }
  return json;
}

int run(const Options& options) {
  const Language language = options.common.language;
  ordered_json report = ordered_json::array();
  bool all_valid = true;
  for (const std::string& path : options.files) {
    const LoadedFile file = load_file(path, language);
    const bool valid = file.programme.has_value();
    all_valid = all_valid && valid;
    print_faults(path, file.faults, language);
    if (options.common.json) {
      ordered_json entry;
      entry["file"] = path;
      entry["valid"] = valid;
      entry["errors"] = ordered_json::array();
      for (const Fault& fault : file.faults) entry["errors"].push_back(json_of(fault));
      report.push_back(std::move(entry));
    } else if (valid) {
      const std::string items = std::to_string(file.programme->items.size());
      std::cout << printable(path)
                << (language == Language::zh ? "：有效，" + items + " 个事项\n"
                                             : ": valid, items: " + items + "\n");
    }
  }
  if (options.common.json) {
    std::cout << report.dump(2, ' ', false, ordered_json::error_handler_t::replace) << '\n';
  }
  return all_valid ? kDone : kFailed;
}

}  // namespace

void add_validate(CLI::App& program, int& status) {
  const auto options = std::make_shared<Options>();
  CLI::App* command = program.add_subcommand("validate", "Check programme files and list faults");
  command->add_option("FILE", options->files, "Programme files; - is the standard input")
      ->required();
  add_common_options(*command, options->common, "Taken for uniformity; no rule depends on the day");
  command->footer(
      "JSON: [{\"file\", \"valid\", \"errors\": [{\"pointer\", \"code\", \"message\", \"line\", "
      "\"column\"}]}],\n"
      "one entry a FILE. \"line\" and \"column\" are there when the text itself is at fault.");
  command->callback([options, &status] { status = run(*options); });
}

}  // namespace tc::cli
