#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/ledger/ledger.hpp"
#include "native/cli/commands.hpp"
#include "native/cli/files.hpp"
#include "native/cli/ledger_json.hpp"
#include "native/cli/options.hpp"
#include "native/cli/terminal.hpp"

namespace tc::cli {

namespace {

using nlohmann::ordered_json;

struct Options {
  CommonOptions common;
  std::string base, ours, theirs;
  std::string output;
};

std::optional<Ledger> load(const std::string& path, Language language) {
  LoadedBoard board = load_board(path, language);
  if (!board.ledger) print_faults(path, board.faults, language);
  return std::move(board.ledger);
}

/// Whether `copy` goes on from `base`; else says at `path` that it doesn't.
bool continues(const Ledger& base, const Ledger& copy, const std::string& path, Language language) {
  std::optional<Error> error;
  if (base.base_hash() != copy.base_hash()) {
    error = Error{ErrorCode::other_base, {}, copy.base_hash(), base.base_hash(), std::nullopt};
  }
  for (std::size_t i = 0; i < base.size() && !error; ++i) {
    if (!copy.find(base.head(i).id)) {
      error = Error{ErrorCode::other_base, {}, "-", std::string(base.head(i).id), std::nullopt};
    }
  }
  if (error) print_faults(path, {fault_of(*error, language)}, language);
  return !error;
}

void print_side(const ConflictSide& side, const std::string& label) {
  std::string text = "  " + label + shown(side.value);
  if (side.entry) {
    text += "  (" + side.author + (side.city.empty() ? "" : ", " + side.city) + ", " + side.time +
            (side.reason.empty() ? "" : ": " + side.reason) + ')';
  }
  std::cout << printable(text) << '\n';
}

void print_text(const Options& options, const Ledger& merged) {
  const Language language = options.common.language;
  const std::string count = std::to_string(merged.size());
  const std::string open = std::to_string(merged.conflicts().size());
  std::cout << printable(options.output)
            << (language == Language::zh
                    ? "：已写入，共" + count + "条，待裁定冲突" + open + "处\n"
                    : ": written, entries: " + count + ", conflicts: " + open + "\n");
  for (const Conflict& conflict : merged.conflicts()) {
    std::cout << printable(conflict.pointer) << '\n';
    print_side(conflict.kept, pick(language, "暂取：", "kept:  "));
    print_side(conflict.other, pick(language, "另一：", "other: "));
    for (const Error& error : conflict.errors) {
      std::cout << printable("  " + error.pointer + ": " + message(error, language)) << '\n';
    }
  }
}

int run(const Options& options) {
  const Language language = options.common.language;
  const std::optional<Ledger> base = load(options.base, language);
  const std::optional<Ledger> ours = load(options.ours, language);
  const std::optional<Ledger> theirs = load(options.theirs, language);
  if (!base || !ours || !theirs) return kFailed;
  const bool ours_goes_on = continues(*base, *ours, options.ours, language);
  const bool theirs_goes_on = continues(*base, *theirs, options.theirs, language);
  if (!ours_goes_on || !theirs_goes_on) return kFailed;
  const Result<Ledger> merged = Ledger::merge(*ours, *theirs);
  if (!merged) {
    print_faults(options.theirs, {fault_of(merged.errors.front(), language)}, language);
    return kFailed;
  }
  const std::string text = merged.value->text();
  if (options.output == "-") {
    std::cout << text;
    return kDone;
  }
  if (const auto problem = write_file(options.output, text, language)) {
    std::cerr << printable(options.output + ": " + *problem) << '\n';
    return kFailed;
  }
  if (!options.common.json) {
    print_text(options, *merged.value);
    return kDone;
  }
  ordered_json report;
  report["file"] = options.output;
  report["entries"] = merged.value->size();
  report["fromOurs"] = merged.value->size() - theirs->size();
  report["fromTheirs"] = merged.value->size() - ours->size();
  report["conflicts"] = ordered_json::array();
  for (const Conflict& conflict : merged.value->conflicts()) {
    report["conflicts"].push_back(json_of(conflict, language));
  }
  std::cout << report.dump(2, ' ', false, ordered_json::error_handler_t::replace) << '\n';
  return kDone;
}

}  // namespace

void add_merge(CLI::App& program, int& status) {
  const auto options = std::make_shared<Options>();
  CLI::App* command = program.add_subcommand("merge", "Join two cities' copies of one board");
  command->add_option("BASE", options->base, "Programme or board that both copies go on from")
      ->required();
  command->add_option("OURS", options->ours, "One copy")->required();
  command->add_option("THEIRS", options->theirs, "The other; the order makes no difference")
      ->required();
  command
      ->add_option("-o,--output", options->output, "Board file to write; - is the standard output")
      ->required()
      ->type_name("OUT");
  add_common_options(*command, options->common, "Taken for uniformity; no rule depends on the day");
  command->footer(
      "Changes that commute merge by themselves. Conflicts are listed; until somebody resolves "
      "them the\n"
      "later value holds. They are no failure: the exit status is 0.\n"
      "JSON: {\"file\", \"entries\", \"fromOurs\", \"fromTheirs\": entries that only that copy "
      "has,\n"
      "\"conflicts\": [{\"kind\": \"values\" or \"refused\", \"pointer\", \"kept\", \"other\": "
      "{\"entry\", \"author\",\n"
      "\"city\", \"time\", \"reason\", \"value\"}, \"errors\": [{\"pointer\", \"code\", "
      "\"message\"}]}]}; a value null: none,\nan entry null: none to blame.");
  command->callback([options, &status] { status = run(*options); });
}

}  // namespace tc::cli
