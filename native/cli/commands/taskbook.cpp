#include "core/exchange/taskbook.hpp"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "core/model/summary.hpp"
#include "native/cli/calendar.hpp"
#include "native/cli/commands.hpp"
#include "native/cli/files.hpp"
#include "native/cli/options.hpp"
#include "native/cli/terminal.hpp"

namespace tc::cli {

namespace {

using nlohmann::ordered_json;

struct Options {
  CommonOptions common;
  std::string file;
  std::string department;
  bool all = false;
  std::string output;
};

struct Written {
  std::size_t department;
  std::string path;
  std::size_t bytes;
};

/// The departments that the user may mean: the one with this id, else those of this name.
std::vector<std::size_t> find(const Programme& programme, const std::string& wanted) {
  if (const auto id = Index(programme).department(wanted)) return {*id};
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < programme.departments.size(); ++i) {
    const Text& name = programme.departments[i].name;
    if (name.zh == wanted || name.en == wanted) found.push_back(i);
  }
  return found;
}

/// Says what there is to choose from.
int refuse(const Programme& programme, const std::string& wanted, bool several, Language language) {
  std::string text = "tongcheng: ";
  if (several) {
    text += pick(language, "有多个单位名为“", "several departments are called \"") + wanted +
            pick(language, "”，请用编号指定；编号有：", "\"; name one by its id. The ids are:");
  } else {
    text += pick(language, "没有单位“", "there is no department \"") + wanted +
            pick(language, "”；编号有：", "\"; the ids are:");
  }
  std::cerr << printable(text) << '\n';
  for (const Department& department : programme.departments) {
    std::cerr << "  " << printable(department.id + "  " + department.name.in(language)) << '\n';
  }
  return kUsage;
}

/// A file name out of an id, which may hold anything but spaces: no separators, nothing hidden,
/// nothing that only differs in case from one taken before.
std::string file_name(const std::string& id, std::set<std::string>& taken) {
  std::string name;
  for (const char c : id) {
    const bool plain = static_cast<unsigned char>(c) >= 0x80 || (c >= '0' && c <= '9') ||
                       (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' ||
                       (c == '.' && !name.empty());
    name += plain ? c : '_';
  }
  const std::string stem = name;
  for (int n = 2;; ++n) {
    std::string folded = name;
    for (char& c : folded) {
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    if (taken.insert(folded).second) return name + ".html";
    name = stem + '-' + std::to_string(n);
  }
}

int fail(const std::string& path, const std::string& problem) {
  std::cerr << printable(path + ": " + problem) << '\n';
  return kFailed;
}

int report(const Options& options, const Programme& programme, const std::vector<Written>& files) {
  const Language language = options.common.language;
  if (options.common.json) {
    ordered_json json = ordered_json::array();
    for (const Written& each : files) {
      ordered_json entry;
      entry["department"] = programme.departments[each.department].id;
      entry["file"] = each.path;
      entry["bytes"] = each.bytes;
      json.push_back(std::move(entry));
    }
    std::cout << json.dump(2, ' ', false, ordered_json::error_handler_t::replace) << '\n';
    return kDone;
  }
  for (const Written& each : files) {
    std::cout << printable(each.path + pick(language, "：已写入，", ": written, ") +
                           programme.departments[each.department].name.in(language))
              << '\n';
  }
  return kDone;
}

int run(const Options& options) {
  const Language language = options.common.language;
  const LoadedFile file = load_file(options.file, language);
  if (!file.programme) {
    print_faults(options.file, file.faults, language);
    return kFailed;
  }
  const Programme& programme = *file.programme;
  std::vector<std::size_t> departments;
  if (options.all) {
    for (std::size_t i = 0; i < programme.departments.size(); ++i) departments.push_back(i);
  } else {
    departments = find(programme, options.department);
    if (departments.size() != 1) {
      return refuse(programme, options.department, departments.size() > 1, language);
    }
  }
  const auto as_of = options.common.as_of ? options.common.as_of : effective_as_of(programme);
  if (!as_of) {
    print_faults(options.file,
                 {{"missing-member", "/asOf",
                   pick(language, "没有任何日期；应有截至日期，或用 --as-of 指定",
                        "no day to report on; expected one here or --as-of"),
                   std::nullopt}},
                 language);
    return kFailed;
  }
  const Schedule schedule = make_schedule(programme, working_calendar(programme), *as_of);

  if (!options.all) {
    const std::string html =
        taskbook_html(programme, &schedule, departments.front(), *as_of, language);
    if (options.output.empty() || options.output == "-") {
      std::cout << html;
      return kDone;
    }
    if (const auto problem = write_file(options.output, html, language)) {
      return fail(options.output, *problem);
    }
    return report(options, programme, {{departments.front(), options.output, html.size()}});
  }

  std::error_code error;
  std::filesystem::create_directories(options.output, error);
  if (!std::filesystem::is_directory(options.output)) {
    return fail(options.output, pick(language, "无法建立文件夹", "the folder can't be made"));
  }
  std::vector<Written> files;
  std::set<std::string> taken;
  for (const std::size_t i : departments) {
    const std::string path =
        (std::filesystem::path(options.output) / file_name(programme.departments[i].id, taken))
            .string();
    const std::string html = taskbook_html(programme, &schedule, i, *as_of, language);
    if (const auto problem = write_file(path, html, language)) return fail(path, *problem);
    files.push_back({i, path, html.size()});
  }
  return report(options, programme, files);
}

}  // namespace

void add_taskbook(CLI::App& program, int& status) {
  const auto options = std::make_shared<Options>();
  CLI::App* command =
      program.add_subcommand("taskbook", "A department's items as a printable task book (HTML)");
  command->add_option("FILE", options->file, "Programme file; - is the standard input")->required();
  CLI::Option* department = command
                                ->add_option("--department", options->department,
                                             "Id of the department, or its name in either language")
                                ->type_name("D");
  CLI::Option* all =
      command->add_flag("--all", options->all, "One file a department, into the folder OUT")
          ->excludes(department);
  CLI::Option* output =
      command
          ->add_option("-o,--output", options->output,
                       "File to write; else the standard output. With --all the folder")
          ->type_name("OUT");
  all->needs(output);
  add_common_options(*command, options->common,
                     "Day to report on; else the programme's own, or its latest date");
  command->footer(
      "JSON, with -o: [{\"department\", \"file\", \"bytes\"}]. Without -o the output is the task "
      "book.");
  command->callback([options, &status] {
    if (!options->all && options->department.empty()) {
      throw CLI::RequiredError("--department or --all");
    }
    status = run(*options);
  });
}

}  // namespace tc::cli
