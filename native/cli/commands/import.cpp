#include <CLI/CLI.hpp>
#include <chrono>
#include <filesystem>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/exchange/sheet_import.hpp"
#include "core/ledger/ledger.hpp"
#include "native/cli/commands.hpp"
#include "native/cli/files.hpp"
#include "native/cli/ledger_json.hpp"
#include "native/cli/options.hpp"
#include "native/cli/sheets/spreadsheet_files.hpp"
#include "native/cli/terminal.hpp"

namespace tc::cli {

namespace {

using nlohmann::ordered_json;

struct Options {
  CommonOptions common;
  std::string file;
  std::string from;
  std::string table;
  std::string output;
  std::string reason;
  std::string author;
  std::string city;
  bool dry_run = false;
  bool partial = false;
};

std::string now() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return format_time(std::chrono::duration_cast<std::chrono::milliseconds>(since).count());
}

void print_cell_errors(const std::string& path, const std::vector<CellError>& errors) {
  for (const CellError& error : errors) {
    const std::string place = error.place.empty() ? std::string() : error.place + ':';
    std::cerr << printable(path + ": " + place + (place.empty() ? "" : " ") + error.message)
              << '\n';
  }
}

void print_plan(const ImportPlan& plan, Language language) {
  for (const PlannedRow& row : plan.rows) {
    if (row.outcome == RowOutcome::same) continue;
    std::cout << printable(cell_address(row.sheet, row.row, 0) + "  " +
                           label_of(row.outcome).in(language) + "  " + row.pointer + "  " +
                           row.title)
              << '\n';
    for (const FieldChange& field : row.fields) {
      const auto value = [](const std::string& text) {
        return text.empty() ? std::string("–") : shorten(text);
      };
      std::cout << printable("  " + field.field + pick(language, "：", ": ") + value(field.before) +
                             " → " + value(field.after))
                << '\n';
    }
  }
  std::string counts;
  for (const RowOutcome outcome : kRowOutcomes) {
    if (!counts.empty()) counts += pick(language, "，", ", ");
    counts += label_of(outcome).in(language) + ' ' + std::to_string(plan.count(outcome));
  }
  std::cout << counts << '\n';
}

ordered_json json_of(const CellError& error) {
  ordered_json json;
  json["place"] = error.place;
  json["code"] = fault_of({error.code, {}, {}, {}, std::nullopt}, Language::en).code;
  json["message"] = error.message;
  return json;
}

ordered_json json_of(const ImportPlan& plan) {
  ordered_json json;
  for (const RowOutcome outcome : kRowOutcomes) {
    json[std::string(name_of(outcome))] = plan.count(outcome);
  }
  json["needsReason"] = plan.reason_places;
  json["rows"] = ordered_json::array();
  for (const PlannedRow& row : plan.rows) {
    if (row.outcome == RowOutcome::same) continue;
    ordered_json entry;
    entry["place"] = cell_address(row.sheet, row.row, 0);
    entry["outcome"] = name_of(row.outcome);
    entry["pointer"] = row.pointer;
    entry["title"] = row.title;
    entry["fields"] = ordered_json::array();
    for (const FieldChange& field : row.fields) {
      entry["fields"].push_back({{"place", field.place},
                                 {"pointer", field.pointer},
                                 {"field", field.field},
                                 {"before", field.before},
                                 {"after", field.after}});
    }
    json["rows"].push_back(std::move(entry));
  }
  json["errors"] = ordered_json::array();
  for (const CellError& error : plan.errors) json["errors"].push_back(json_of(error));
  json["warnings"] = ordered_json::array();
  for (const CellError& error : plan.warnings) json["warnings"].push_back(json_of(error));
  return json;
}

int run(const Options& options) {
  const Language language = options.common.language;
  if (!options.dry_run && options.output.empty()) {
    std::cerr << "tongcheng: -o OUT is needed, or --dry-run; see tongcheng import --help\n";
    return kUsage;
  }
  LoadedBoard board = load_board(options.file, language);
  if (!board.ledger) {
    print_faults(options.file, board.faults, language);
    return kFailed;
  }
  LoadedBytes bytes = load_bytes(options.table, language);
  if (!bytes.bytes) {
    print_faults(options.table, bytes.faults, language);
    return kFailed;
  }
  const LoadedWorkbook table =
      options.from == "xlsx"
          ? read_xlsx(*bytes.bytes, language)
          : read_csv(*bytes.bytes, std::filesystem::path(options.table).stem().string(), language);
  if (!table.workbook) {
    print_faults(options.table, table.faults, language);
    return kFailed;
  }
  ImportPlan plan = plan_import(*board.ledger, *table.workbook, language);
  print_cell_errors(options.table, plan.warnings);
  print_cell_errors(options.table, plan.errors);
  if (options.dry_run) {
    if (options.common.json) {
      std::cout << json_of(plan).dump(2, ' ', false, ordered_json::error_handler_t::replace)
                << '\n';
    } else {
      print_plan(plan, language);
    }
    return plan.errors.empty() ? kDone : kFailed;
  }
  if (!plan.errors.empty() && !options.partial) {
    std::cerr << printable(options.table) << ": "
              << pick(language, "未写入；改正后重试，或用 --partial 只导入其余各行",
                      "nothing is written; expected every cell to be right, or --partial for the "
                      "other rows")
              << '\n';
    return kFailed;
  }
  Ledger& ledger = *board.ledger;
  if (!plan.changes.empty()) {
    Draft draft;
    draft.author = options.author;
    draft.city = options.city;
    draft.time = now();
    draft.kind = EntryKind::import;
    draft.changes = plan.changes;
    draft.reason = options.reason;
    const Result<std::size_t> done = ledger.commit(std::move(draft));
    if (!done) {
      std::vector<Fault> faults;
      for (const Error& error : done.errors) faults.push_back(fault_of(error, language));
      print_faults(options.file, faults, language);
      if (plan.needs_reason() && options.reason.empty()) {
        std::cerr << pick(language, "请用 --reason 说明理由", "expected --reason REASON") << '\n';
      }
      return kFailed;
    }
  }
  const std::string text = ledger.text();
  if (options.output == "-") {
    std::cout << text;
    return kDone;
  }
  if (const auto problem = write_file(options.output, text, language)) {
    std::cerr << printable(options.output + ": " + *problem) << '\n';
    return kFailed;
  }
  if (options.common.json) {
    ordered_json report = json_of(plan);
    report["file"] = options.output;
    report["changes"] = plan.changes.size();
    report["entry"] = plan.changes.empty()
                          ? ordered_json(nullptr)
                          : ordered_json(std::string(ledger.head(ledger.size() - 1).id));
    std::cout << report.dump(2, ' ', false, ordered_json::error_handler_t::replace) << '\n';
    return kDone;
  }
  print_plan(plan, language);
  std::cout << printable(options.output)
            << (plan.changes.empty() ? pick(language, "：已写入，没有更改", ": written, no changes")
                                     : pick(language, "：已写入，更改 ", ": written, changes: ") +
                                           std::to_string(plan.changes.size()))
            << '\n';
  return kDone;
}

}  // namespace

void add_import(CLI::App& program, int& status) {
  const auto options = std::make_shared<Options>();
  CLI::App* command = program.add_subcommand(
      "import", "Take changes from a spreadsheet into a board, as one entry of its ledger");
  command->add_option("FILE", options->file, "Programme or board file; - is the standard input")
      ->required();
  command->add_option("--from", options->from, "Format of the table")
      ->required()
      ->check(CLI::IsMember({"csv", "xlsx"}))
      ->type_name("csv|xlsx");
  command->add_option("TABLE", options->table, "Spreadsheet to read")->required();
  command
      ->add_option("-o,--output", options->output, "Board file to write; - is the standard output")
      ->type_name("OUT");
  command->add_flag("--dry-run", options->dry_run, "Only print what would change");
  command->add_flag("--partial", options->partial, "Import the other rows when some are refused");
  command
      ->add_option("--reason", options->reason,
                   "Why; needed where a deadline slips or a completed item is reopened")
      ->type_name("REASON");
  options->author = "tongcheng import";
  command->add_option("--author", options->author, "Who does this; else \"tongcheng import\"")
      ->type_name("AUTHOR");
  command->add_option("--city", options->city, "Id of the city that the author acts for")
      ->type_name("ID");
  add_common_options(*command, options->common, "Taken for uniformity; no rule depends on the day");
  command->footer(
      "An empty cell leaves its value alone; nothing is removed. Faults are named as Sheet!C7.\n"
      "JSON: {\"added\", \"changed\", \"same\", \"refused\": rows, \"needsReason\": [pointer], "
      "\"rows\": [{\"place\",\n"
      "\"outcome\", \"pointer\", \"title\", \"fields\": [{\"place\", \"pointer\", \"field\", "
      "\"before\", \"after\"}]}],\n"
      "\"errors\", \"warnings\": [{\"place\", \"code\", \"message\"}]}, and when written "
      "\"file\", \"changes\", \"entry\".");
  command->callback([options, &status] { status = run(*options); });
}

}  // namespace tc::cli
