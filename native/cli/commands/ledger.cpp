#include "core/ledger/ledger.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/model/programme_json.hpp"
#include "native/cli/commands.hpp"
#include "native/cli/files.hpp"
#include "native/cli/ledger_json.hpp"
#include "native/cli/options.hpp"
#include "native/cli/terminal.hpp"

namespace tc::cli {

namespace {

using nlohmann::ordered_json;
using Align = Table::Align;

struct Options {
  CommonOptions common;
  std::string file;
  std::string item, author, city, kind;
  std::string at, from, to;
  std::string output;
};

void print(const ordered_json& json) {
  std::cout << json.dump(2, ' ', false, ordered_json::error_handler_t::replace) << '\n';
}

std::string check_moment(const std::string& text) {
  if (parse_date(text) || is_time(text)) return {};
  return "\"" + text + "\" is neither YYYY-MM-DD nor YYYY-MM-DDThh:mm:ss.sssZ";
}

/// How many entries there were at the end of a day in China, or at a moment.
std::size_t count_at(const Ledger& ledger, const std::string& moment) {
  if (const auto day = parse_date(moment)) return ledger.count_by(*day);
  return ledger.count_before(format_time(milliseconds_of(moment) + 1));
}

std::string summary_of(const Entry& entry) {
  std::string text;
  constexpr std::size_t kShown = 3;
  for (std::size_t i = 0; i < std::min(kShown, entry.changes.size()); ++i) {
    const Change& change = entry.changes[i];
    if (!text.empty()) text += "; ";
    text += change.pointer + ": " + shown(change.before) + " → " + shown(change.after);
  }
  if (entry.changes.size() > kShown) {
    text += "; … +" + std::to_string(entry.changes.size() - kShown);
  }
  return text;
}

int run_log(const Options& options, const Ledger& ledger) {
  const Language language = options.common.language;
  LedgerFilter filter;
  filter.author = options.author;
  filter.city = options.city;
  if (!options.kind.empty()) filter.kind = entry_kind_of(options.kind);
  if (!options.item.empty()) filter.pointer = child("/items", options.item);
  if (!options.from.empty()) {
    const auto day = parse_date(options.from);
    filter.from = day ? start_of_day(*day) : options.from;
  }
  if (!options.to.empty()) {
    const auto day = parse_date(options.to);
    filter.until = day ? start_of_day(*day + 1) : format_time(milliseconds_of(options.to) + 1);
  }
  const std::vector<std::size_t> found = ledger.filter(filter);
  if (options.common.json) {
    ordered_json json;
    json["entries"] = ordered_json::array();
    for (const std::size_t i : found) json["entries"].push_back(json_of(ledger.entry(i)));
    json["conflicts"] = ordered_json::array();
    for (const Conflict& conflict : ledger.conflicts()) {
      json["conflicts"].push_back(json_of(conflict, language));
    }
    print(json);
    return kDone;
  }
  Table table;
  table.column(Align::left, pick(language, "时间（UTC）", "Time (UTC)"));
  table.column(Align::left, pick(language, "何人", "Author"));
  table.column(Align::left, pick(language, "城市", "City"));
  table.column(Align::left, pick(language, "类别", "Kind"));
  table.column(Align::left, pick(language, "改动", "Changes"));
  table.column(Align::left, pick(language, "理由", "Reason"));
  table.column(Align::left, pick(language, "记录", "Entry"));
  for (const std::size_t i : found) {
    const Entry entry = ledger.entry(i);
    table.row({entry.time.substr(0, 10) + ' ' + entry.time.substr(11, 8), entry.author, entry.city,
               label_of(entry.kind).in(language), summary_of(entry), entry.reason,
               entry.id.substr(0, 12)});
  }
  if (!found.empty()) std::cout << table.text();
  const std::string shown_count = std::to_string(found.size());
  const std::string count = std::to_string(ledger.size());
  std::cout << (language == Language::zh ? "台账共" + count + "条，列出" + shown_count + "条\n"
                                         : "entries: " + count + ", shown: " + shown_count + "\n");
  return kDone;
}

int run_at(const Options& options, const Ledger& ledger) {
  const Language language = options.common.language;
  const std::size_t count = count_at(ledger, options.at);
  const std::string text = save_programme(ledger.state_after(count));
  if (options.output.empty() || options.output == "-") {
    std::cout << text;
    return kDone;
  }
  if (const auto problem = write_file(options.output, text, language)) {
    std::cerr << printable(options.output + ": " + *problem) << '\n';
    return kFailed;
  }
  if (options.common.json) {
    ordered_json json;
    json["file"] = options.output;
    json["entries"] = count;
    print(json);
  } else {
    std::cout << printable(options.output)
              << (language == Language::zh
                      ? "：已写入，截至第" + std::to_string(count) + "条\n"
                      : ": written, after entry " + std::to_string(count) + "\n");
  }
  return kDone;
}

int run_diff(const Options& options, const Ledger& ledger) {
  const std::size_t from = count_at(ledger, options.from);
  const std::size_t to = count_at(ledger, options.to);
  const std::vector<Change> changes = ledger.diff(from, to);
  if (options.common.json) {
    ordered_json json;
    json["from"] = from;
    json["to"] = to;
    json["changes"] = ordered_json::array();
    for (const Change& change : changes) json["changes"].push_back(json_of(change));
    print(json);
    return kDone;
  }
  for (const Change& change : changes) {
    std::cout << printable(change.pointer + ": " + shown(change.before) + " → " +
                           shown(change.after))
              << '\n';
  }
  return kDone;
}

int run_verify(const Options& options) {
  const Language language = options.common.language;
  const LoadedBytes file = load_bytes(options.file, language);
  if (!file.bytes) {
    print_faults(options.file, file.faults, language);
    return kFailed;
  }
  const Verification report = verify_board(*file.bytes);
  std::optional<Fault> fault;
  if (report.error) {
    fault = fault_of(*report.error, language);
    print_faults(options.file, {*fault}, language);
  }
  if (options.common.json) {
    ordered_json json;
    json["file"] = options.file;
    json["valid"] = !fault;
    json["entries"] = report.entries;
    json["line"] = nullptr;
    json["entry"] = nullptr;
    json["message"] = nullptr;
    if (fault) {
      if (fault->position) json["line"] = fault->position->line;
      if (report.entry_id) json["entry"] = *report.entry_id;
      json["message"] = fault->message;
    }
    print(json);
  } else if (!fault) {
    const std::string count = std::to_string(report.entries);
    std::cout << printable(options.file)
              << (language == Language::zh ? "：完好，共" + count + "条\n"
                                           : ": in order, entries: " + count + "\n");
  }
  return fault ? kFailed : kDone;
}

using Run = int (*)(const Options& options, const Ledger& ledger);

int with_board(const Options& options, Run run) {
  const Language language = options.common.language;
  const LoadedBoard board = load_board(options.file, language);
  if (!board.ledger) {
    print_faults(options.file, board.faults, language);
    return kFailed;
  }
  return run(options, *board.ledger);
}

}  // namespace

void add_ledger(CLI::App& program, int& status) {
  const auto options = std::make_shared<Options>();
  CLI::App* command = program.add_subcommand("ledger", "Read and check a board's ledger");
  command
      ->add_option("FILE", options->file, "Board file (.tongcheng.jsonl); - is the standard input")
      ->required();
  command->require_subcommand(1);
  add_common_options(*command, options->common, "Taken for uniformity; see at and diff");

  CLI::App* log = command->add_subcommand("log", "List entries: who changed what, when and why");
  log->fallthrough();
  log->add_option("--item", options->item, "Only entries that touch the item with this code");
  log->add_option("--author", options->author, "Only entries of this author");
  log->add_option("--city", options->city, "Only entries for the city with this id");
  std::vector<std::string> kinds;
  kinds.reserve(kEntryKinds.size());
  for (const EntryKind kind : kEntryKinds) kinds.emplace_back(tc::name_of(kind));
  log->add_option("--kind", options->kind, "Only entries of this kind")
      ->check(CLI::IsMember(kinds))
      ->type_name("KIND");
  log->add_option("--from", options->from, "Since this day or moment")
      ->check(check_moment)
      ->type_name("DATE");
  log->add_option("--to", options->to, "Up to the end of this day, or this moment")
      ->check(check_moment)
      ->type_name("DATE");
  log->callback([options, &status] { status = with_board(*options, run_log); });

  CLI::App* at = command->add_subcommand("at", "The programme as it was at the end of a day");
  at->fallthrough();
  at->add_option("DATE", options->at, "YYYY-MM-DD (in China) or YYYY-MM-DDThh:mm:ss.sssZ")
      ->required()
      ->check(check_moment);
  at->add_option("-o,--output", options->output, "File to write; else the standard output")
      ->type_name("OUT");
  at->callback([options, &status] { status = with_board(*options, run_at); });

  CLI::App* verify =
      command->add_subcommand("verify", "Check every hash and name the first broken entry");
  verify->fallthrough();
  verify->callback([options, &status] { status = run_verify(*options); });

  CLI::App* diff = command->add_subcommand("diff", "What changed between the ends of two days");
  diff->fallthrough();
  diff->add_option("FROM", options->from, "As DATE of at")->required()->check(check_moment);
  diff->add_option("TO", options->to, "As DATE of at")->required()->check(check_moment);
  diff->callback([options, &status] { status = with_board(*options, run_diff); });

  command->footer(
      "JSON: log {\"entries\": [as in the file], \"conflicts\": [as of merge]};\n"
      "at with -o {\"file\", \"entries\"}, without -o the programme, which is JSON already;\n"
      "verify {\"file\", \"valid\", \"entries\", \"line\", \"entry\", \"message\"}, the last three "
      "of the first\nfault or null;\n"
      "diff {\"from\", \"to\": numbers of entries, \"changes\": [{\"pointer\", \"before\", "
      "\"after\"}]}.");
}

}  // namespace tc::cli
