#include <CLI/CLI.hpp>
#include <chrono>
#include <filesystem>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
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
  std::vector<std::string> maps;
  bool dry_run = false;
  bool partial = false;
};

std::string now() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return format_time(std::chrono::duration_cast<std::chrono::milliseconds>(since).count());
}

void print_cell_errors(const std::string& path, const std::vector<CellError>& errors) {
  for (const CellError& error : errors) {
    const std::string place = error.place.empty() ? std::string() : error.place + ": ";
    std::cerr << printable(std::string(path).append(": ").append(place).append(error.message))
              << '\n';
  }
}

/// The column with these letters, from 0; nothing when they are none.
std::optional<std::size_t> column_of(std::string_view letters) {
  std::size_t column = 0;
  for (const char c : letters) {
    const char upper = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    if (upper < 'A' || upper > 'Z' || column > kMaxSheetColumns) return std::nullopt;
    column = column * 26 + static_cast<std::size_t>(upper - 'A') + 1;
  }
  if (column == 0 || column > kMaxSheetColumns) return std::nullopt;
  return column - 1;
}

/// Takes one `--map` into the choices; returns what is wrong with it. `Sheet=items` says what a
/// sheet is, `Sheet=items@2` also that its headings stand in row 2, `Sheet!C=due` what a column is;
/// nothing after the sign leaves it out, and no name means the only sheet.
std::optional<std::string> take_map(const std::string& map, const Workbook& workbook,
                                    ImportChoices& choices, Language language) {
  const std::string wrong = "--map " + map + ": ";
  const std::size_t sign = map.rfind('=');
  if (sign == std::string::npos) {
    return wrong + pick(language, "应为 工作表!列=字段 或 工作表=表",
                        "expected SHEET!COLUMN=FIELD or SHEET=TABLE");
  }
  std::string name = map.substr(0, sign);
  std::string value = map.substr(sign + 1);
  std::optional<std::size_t> column;
  if (const std::size_t mark = name.rfind('!'); mark != std::string::npos) {
    column = column_of(std::string_view(name).substr(mark + 1));
    if (!column) {
      return wrong + pick(language, "列应写作 A、B、C……", "expected a column such as A, B or AA");
    }
    name.resize(mark);
  }
  if (name.size() > 1 && name.front() == '\'' && name.back() == '\'') {
    name = name.substr(1, name.size() - 2);
  }
  std::size_t sheet = 0;
  while (sheet < workbook.sheets.size() && workbook.sheets[sheet].name != name) ++sheet;
  if (name.empty() && workbook.sheets.size() == 1) sheet = 0;
  if (sheet == workbook.sheets.size()) {
    std::string all;
    for (const Sheet& each : workbook.sheets) {
      all += (all.empty() ? "" : pick(language, "、", ", ")) + each.name;
    }
    return wrong + pick(language, "没有此工作表；应为：", "no such sheet; expected one of: ") + all;
  }
  SheetChoice& choice = choices[sheet];
  if (column) {
    choice.fields[*column] = std::move(value);
    return std::nullopt;
  }
  if (const std::size_t at = value.find('@'); at != std::string::npos) {
    const std::string line = value.substr(at + 1);
    if (line.empty() || line.size() > 6 ||
        line.find_first_not_of("0123456789") != std::string::npos) {
      return wrong + pick(language, "@ 后应为标题所在的行，没有则为 0",
                          "expected the row of the headings after @, 0 if there are none");
    }
    choice.heading_line = std::stoul(line);
    value.resize(at);
  }
  choice.table = std::move(value);
  return std::nullopt;
}

/// How sheets and columns were understood, a line each sheet.
void print_mapping(const ImportPlan& plan) {
  for (const MappedSheet& sheet : plan.mapping) {
    std::string line = sheet.name + " = " + (sheet.table.empty() ? "–" : sheet.table);
    if (!sheet.table.empty()) line += '@' + std::to_string(sheet.heading_line) + ':';
    for (const MappedColumn& column : sheet.columns) {
      line += ' ' + column_letters(column.column) + '=' +
              (column.field.empty() ? std::string("–") : column.field);
    }
    std::cout << printable(line) << '\n';
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
  json["mapping"] = ordered_json::array();
  for (const MappedSheet& sheet : plan.mapping) {
    ordered_json entry;
    entry["sheet"] = sheet.name;
    entry["table"] = sheet.table;
    entry["headingRow"] = sheet.heading_line;
    entry["columns"] = ordered_json::array();
    for (const MappedColumn& column : sheet.columns) {
      entry["columns"].push_back({{"column", column_letters(column.column)},
                                  {"heading", column.heading},
                                  {"field", column.field}});
    }
    json["mapping"].push_back(std::move(entry));
  }
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
  ImportChoices choices;
  for (const std::string& map : options.maps) {
    if (const auto problem = take_map(map, *table.workbook, choices, language)) {
      std::cerr << printable("tongcheng: " + *problem) << '\n';
      return kUsage;
    }
  }
  ImportPlan plan = plan_import(*board.ledger, *table.workbook, language, choices);
  print_cell_errors(options.table, plan.warnings);
  print_cell_errors(options.table, plan.errors);
  if (options.dry_run) {
    if (options.common.json) {
      std::cout << json_of(plan).dump(2, ' ', false, ordered_json::error_handler_t::replace)
                << '\n';
    } else {
      print_mapping(plan);
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
  command
      ->add_option("--map", options->maps,
                   "What a column or a sheet is, where its heading doesn't say: Sheet!C=due, "
                   "Sheet=items@2 (headings in row 2); repeatable")
      ->type_name("WHERE=WHAT")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
      ->allow_extra_args(false);
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
      "--map: nothing after the sign leaves the column or the sheet out; no sheet's name means "
      "the\n"
      "only one (!C=due). Tables: items, milestones, dependsOn, evidence, indicators. --dry-run\n"
      "shows the mapping; fields are members of the file format, such as due or title/zh.\n"
      "JSON: {\"added\", \"changed\", \"same\", \"refused\": rows, \"needsReason\": [pointer], "
      "\"mapping\":\n[{\"sheet\", \"table\", \"headingRow\", \"columns\": [{\"column\", "
      "\"heading\", \"field\"}]}],\n"
      "\"rows\": [{\"place\",\n"
      "\"outcome\", \"pointer\", \"title\", \"fields\": [{\"place\", \"pointer\", \"field\", "
      "\"before\", \"after\"}]}],\n"
      "\"errors\", \"warnings\": [{\"place\", \"code\", \"message\"}]}, and when written "
      "\"file\", \"changes\", \"entry\".");
  command->callback([options, &status] { status = run(*options); });
}

}  // namespace tc::cli
