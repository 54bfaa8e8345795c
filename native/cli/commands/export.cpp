#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "core/exchange/csv.hpp"
#include "core/exchange/formats.hpp"
#include "core/exchange/sheet_export.hpp"
#include "core/model/programme_json.hpp"
#include "core/model/summary.hpp"
#include "native/cli/calendar.hpp"
#include "native/cli/commands.hpp"
#include "native/cli/files.hpp"
#include "native/cli/options.hpp"
#include "native/cli/sheets/spreadsheet_files.hpp"
#include "native/cli/terminal.hpp"

namespace tc::cli {

namespace {

struct Options {
  CommonOptions common;
  std::string file;
  std::string format;
  std::string output;
  bool with_contacts = false;
};

/// Between the ids of all formats, `separator`.
std::string format_ids(std::string_view separator) {
  std::string text;
  for (const ExportFormat& format : export_formats()) {
    if (!text.empty()) text += separator;
    text += format.id;
  }
  // Needs a library that the core is built without.
  return text + std::string(separator) + "xlsx";
}

std::string check_format(const std::string& name) {
  if (name == "xlsx" || find_export_format(name) != nullptr) return {};
  const bool later = name == "html";
  return '"' + name + (later ? "\" is not available yet" : "\" is not a format") +
         "; expected one of " + format_ids(", ");
}

int write(const Options& options, const Programme& programme, const std::string& text) {
  const Language language = options.common.language;
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
    report["format"] = options.format;
    report["items"] = programme.items.size();
    report["bytes"] = text.size();
    std::cout << report.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace)
              << '\n';
  } else {
    const std::string items = std::to_string(programme.items.size());
    std::cout << printable(options.output)
              << (language == Language::zh ? "：已写入，" + items + " 个事项\n"
                                           : ": written, items: " + items + "\n");
  }
  return kDone;
}

int write_sheets(const Options& options, const Programme& programme, const Schedule* schedule) {
  const Language language = options.common.language;
  const WrittenWorkbook written =
      write_xlsx(export_sheets(programme, schedule, language), language);
  if (written.problem) {
    std::cerr << printable(options.file + ": " + *written.problem) << '\n';
    return kFailed;
  }
  return write(options, programme, written.bytes);
}

int run(const Options& options) {
  const Language language = options.common.language;
  const LoadedFile file = load_file(options.file, language);
  if (!file.programme) {
    print_faults(options.file, file.faults, language);
    return kFailed;
  }
  const Programme& programme = *file.programme;
  const auto as_of = options.common.as_of ? options.common.as_of : effective_as_of(programme);
  std::string text;
  if (options.with_contacts) {
    text = save_programme(programme);
  } else if (as_of) {
    const WorkCalendar calendar = working_calendar(programme);
    const Schedule schedule = make_schedule(programme, calendar, *as_of);
    if (options.format == "xlsx") return write_sheets(options, programme, &schedule);
    text =
        find_export_format(options.format)->make({programme, schedule, calendar, *as_of, language});
  } else if (options.format == "xlsx") {
    return write_sheets(options, programme, nullptr);
  } else if (options.format == "csv") {
    text = items_csv(programme, nullptr, language);
  } else if (!find_export_format(options.format)->needs_day) {
    const WorkCalendar calendar = working_calendar(programme);
    text = find_export_format(options.format)
               ->make({programme, Schedule{}, calendar, Date{}, language});
  } else {
    // Without a day there are no forecasts; the other formats are nothing without them.
    print_faults(options.file,
                 {{"missing-member", "/asOf",
                   pick(language, "没有任何日期；应有截至日期，或用 --as-of 指定",
                        "no day to export for; expected one here or --as-of"),
                   std::nullopt}},
                 language);
    return kFailed;
  }

  return write(options, programme, text);
}

}  // namespace

void add_export(CLI::App& program, int& status) {
  const auto options = std::make_shared<Options>();
  CLI::App* command = program.add_subcommand(
      "export", "Write a programme for spreadsheets, calendars or project software");
  command->add_option("FILE", options->file, "Programme file; - is the standard input")->required();
  command
      ->add_option(
          "--format", options->format,
          "csv: the items for a spreadsheet; xlsx: everything as sheets; ics: deadlines for a "
          "calendar; mspdi: XML for Microsoft Project; graphml: the alliances' members and links "
          "for network software; svg: a picture of their chains; policies-csv, policies-html: the "
          "policy matrix; json: the programme in canonical form")
      ->required()
      ->check(check_format)
      ->type_name(format_ids("|"));
  command->add_option("-o,--output", options->output, "File to write; else the standard output")
      ->type_name("OUT");
  command->add_flag("--with-contacts", options->with_contacts,
                    "json: also the contact details of graduates, which are left out otherwise");
  add_common_options(*command, options->common,
                     "Day of the forecasts; else the programme's own, or its latest date");
  command->footer(
      "JSON, with -o: {\"file\", \"format\", \"items\", \"bytes\"}. Without -o the output is the "
      "export.");
  command->callback([options, &status] {
    if (options->with_contacts && options->format != "json") {
      throw CLI::ValidationError("--with-contacts", "goes with --format json only");
    }
    status = run(*options);
  });
}

}  // namespace tc::cli
