#include <CLI/CLI.hpp>
#include <cstdint>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "core/alliance/generate.hpp"
#include "core/ledger/generate.hpp"
#include "core/ledger/ledger.hpp"
#include "core/model/generate.hpp"
#include "core/model/programme_json.hpp"
#include "native/cli/commands.hpp"
#include "native/cli/files.hpp"
#include "native/cli/options.hpp"
#include "native/cli/terminal.hpp"

namespace tc::cli {

namespace {

constexpr std::uint64_t kMaxGeneratedEntries = 1'000'000;

struct Options {
  CommonOptions common;
  std::uint64_t items = 0;
  std::uint64_t seed = 1;
  std::uint64_t members = 0;
  std::uint64_t links = 0;
  std::uint64_t entries = 0;
  std::string output;
};

/// Moves every date by the same number of days; false when one leaves the calendar.
bool shift(Programme& programme, int days) {
  bool good = true;
  const auto move = [days, &good](std::optional<Date>& date) {
    if (!date) return;
    *date = *date + days;
    good = good && parse_date(format_date(*date)) == date;
  };
  move(programme.as_of);
  for (ActionItem& item : programme.items) {
    for (auto* date : {&item.start, &item.due, &item.started, &item.finished}) move(*date);
    for (Milestone& milestone : item.milestones) {
      move(milestone.due);
      move(milestone.finished);
    }
  }
  return good;
}

int run(const Options& options) {
  const Language language = options.common.language;
  Programme programme = generate_programme(options.items, options.seed);
  if (options.members > 0) {
    alliance::add_generated_network(programme, options.members, options.links, options.seed);
  }
  if (options.common.as_of && !shift(programme, *options.common.as_of - *programme.as_of)) {
    throw CLI::ValidationError("--as-of", "dates of items would leave the years 1900 to 2199");
  }
  const std::string text = options.entries == 0
                               ? save_programme(programme)
                               : generate_ledger(programme, options.entries, options.seed).text();
  if (options.output.empty() || options.output == "-") {
    std::cout << text;
    return kDone;
  }
  if (const auto problem = write_file(options.output, text, language)) {
    std::cerr << printable(options.output + ": " + *problem) << '\n';
    return kFailed;
  }
  if (options.common.json) {
    nlohmann::ordered_json report;
    report["file"] = options.output;
    report["items"] = options.items;
    if (options.entries > 0) report["entries"] = options.entries;
    report["seed"] = options.seed;
    report["asOf"] = format_date(*programme.as_of);
    report["bytes"] = text.size();
    std::cout << report.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace)
              << '\n';
  } else {
    const std::string items = std::to_string(options.items);
    std::cout << printable(options.output)
              << (language == Language::zh ? "：已写入，" + items + " 个事项\n"
                                           : ": written, items: " + items + "\n");
  }
  return kDone;
}

}  // namespace

void add_generate(CLI::App& program, int& status) {
  const auto options = std::make_shared<Options>();
  CLI::App* command =
      program.add_subcommand("generate", "Make up a programme, to try out how large ones do");
  command->add_option("--items", options->items, "Action items, at most 1000000")
      ->required()
      ->check(check_whole)
      ->check(CLI::Range(std::uint64_t{0}, std::uint64_t{kMaxGeneratedItems}))
      ->type_name("N");
  command->add_option("--members", options->members, "Members of a made-up alliance")
      ->check(check_whole)
      ->check(CLI::Range(std::uint64_t{0}, std::uint64_t{alliance::kMaxGeneratedMembers}))
      ->type_name("N");
  command->add_option("--links", options->links, "Links among these members")
      ->check(check_whole)
      ->check(CLI::Range(std::uint64_t{0}, std::uint64_t{alliance::kMaxGeneratedLinks}))
      ->type_name("N");
  command
      ->add_option("--entries", options->entries,
                   "Entries of a made-up ledger: a board instead of a programme")
      ->check(check_whole)
      ->check(CLI::Range(std::uint64_t{0}, kMaxGeneratedEntries))
      ->type_name("N");
  command->add_option("--seed", options->seed, "The same seed gives the same programme; else 1")
      ->check(check_whole)
      ->type_name("S");
  command->add_option("-o,--output", options->output, "File to write; else the standard output")
      ->type_name("OUT");
  add_common_options(*command, options->common,
                     "Day that the programme describes; else 2024-12-31");
  command->footer(
      "JSON, with -o: {\"file\", \"items\", \"entries\" (of a board), \"seed\", \"asOf\", "
      "\"bytes\"}.\nWithout -o the output is the programme, which is JSON already, or the board.");
  command->callback([options, &status] { status = run(*options); });
}

}  // namespace tc::cli
