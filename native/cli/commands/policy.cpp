#include <CLI/CLI.hpp>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/number_text.hpp"
#include "core/model/summary.hpp"
#include "core/policy/eligibility.hpp"
#include "core/policy/matrix.hpp"
#include "native/cli/commands.hpp"
#include "native/cli/files.hpp"
#include "native/cli/options.hpp"
#include "native/cli/terminal.hpp"

namespace tc::cli {

namespace {

using nlohmann::ordered_json;
using Align = Table::Align;

struct Options {
  CommonOptions common;
  std::string file;
  bool gaps = false;
  bool compare = false;
  std::optional<int> expiring;
  std::string profile;
};

struct Report {
  const Programme& programme;
  Date as_of;
  policy::Grid grid;
  const Options& options;
};

ordered_json json_of(const Text& text) {
  ordered_json json;
  json["zh"] = text.zh;
  json["en"] = text.en;
  return json;
}

ordered_json json_of(const std::optional<Date>& date) {
  return date ? ordered_json(format_date(*date)) : ordered_json(nullptr);
}

ordered_json json_of(const std::optional<double>& number) {
  return number ? ordered_json(*number) : ordered_json(nullptr);
}

ordered_json ids_of(const Programme& programme, const std::vector<std::size_t>& policies) {
  ordered_json list = ordered_json::array();
  for (const std::size_t i : policies) list.push_back(programme.policies[i].id);
  return list;
}

ordered_json place_json(const Programme& programme, const policy::GridPlace& place) {
  ordered_json json;
  json["group"] = programme.policy_matrix->groups[place.group].id;
  json["cluster"] = programme.policy_matrix->clusters[place.cluster].id;
  json["city"] = programme.cities[place.city].id;
  return json;
}

/// Calls `use` with every place of the grid.
template <class Use>
void for_places(const policy::Grid& grid, Use use) {
  for (std::size_t group = 0; group < grid.groups; ++group) {
    for (std::size_t cluster = 0; cluster < grid.clusters; ++cluster) {
      for (std::size_t city = 0; city < grid.cities; ++city) {
        use(policy::GridPlace{group, cluster, city});
      }
    }
  }
}

// JSON ---------------------------------------------------------------------------------------

ordered_json policies_json(const Report& report) {
  ordered_json list = ordered_json::array();
  for (const Policy& each : report.programme.policies) {
    ordered_json entry;
    entry["id"] = each.id;
    entry["title"] = json_of(each.title);
    entry["cities"] = each.cities;
    entry["instrument"] = name_of(each.instrument);
    entry["validFrom"] = json_of(each.valid_from);
    entry["validTo"] = json_of(each.valid_to);
    entry["force"] = policy::name_of(policy::force_of(each, report.as_of));
    entry["budget"] = json_of(each.budget);
    entry["conditionsKnown"] = !each.conditions.empty();
    list.push_back(std::move(entry));
  }
  return list;
}

ordered_json cells_json(const Report& report) {
  ordered_json list = ordered_json::array();
  for_places(report.grid, [&](const policy::GridPlace& place) {
    const policy::GridCell& cell = report.grid.at(place.group, place.cluster, place.city);
    ordered_json entry = place_json(report.programme, place);
    entry["coverage"] = name_of(cell.coverage);
    entry["policies"] = ordered_json::array();
    for (const policy::CellPolicy& each : cell.policies) {
      entry["policies"].push_back(report.programme.policies[each.policy].id);
    }
    entry["budget"] = json_of(cell.budget);
    entry["budgetEstimated"] = cell.estimated;
    entry["budgetComplete"] = cell.budget_complete;
    list.push_back(std::move(entry));
  });
  return list;
}

ordered_json eligibility_json(const Programme& programme,
                              const std::vector<policy::Eligibility>& results) {
  ordered_json list = ordered_json::array();
  for (const policy::Eligibility& each : results) {
    const Policy& about = programme.policies[each.policy];
    ordered_json entry;
    entry["policy"] = about.id;
    entry["title"] = json_of(about.title);
    entry["verdict"] = policy::name_of(each.verdict);
    entry["force"] = policy::name_of(each.force);
    entry["conditionsKnown"] = !each.conditions_unknown;
    entry["missing"] = ordered_json::array();
    for (const policy::Missing& missing : each.missing) {
      const RuleNode& node = about.conditions.nodes[missing.node];
      ordered_json part;
      part["attribute"] = node.attribute;
      part["wanted"] = missing.wanted;
      part["truth"] = policy::name_of(missing.truth);
      part["fixed"] = missing.fixed;
      part["gap"] = json_of(missing.gap);
      part["text"] = json_of(policy::missing_text(programme, about.conditions, missing));
      entry["missing"].push_back(std::move(part));
    }
    list.push_back(std::move(entry));
  }
  return list;
}

ordered_json json_of(const Report& report, const std::optional<policy::Profile>& profile) {
  const Programme& programme = report.programme;
  ordered_json json;
  json["id"] = programme.id;
  json["title"] = json_of(programme.title);
  json["kind"] = tc::name_of(programme.kind);
  json["asOf"] = format_date(report.as_of);
  json["policies"] = policies_json(report);
  json["cells"] = cells_json(report);
  if (report.options.gaps) {
    json["gaps"] = ordered_json::array();
    for (const policy::GapCell& gap : policy::find_gaps(report.grid)) {
      ordered_json entry = place_json(programme, gap.place);
      entry["coverage"] = name_of(gap.coverage);
      entry["lapsed"] = ids_of(programme, gap.lapsed);
      entry["coveredIn"] = ordered_json::array();
      for (const std::size_t city : gap.covered_in) {
        entry["coveredIn"].push_back(programme.cities[city].id);
      }
      json["gaps"].push_back(std::move(entry));
    }
    json["overlaps"] = ordered_json::array();
    for (const policy::Overlap& overlap : policy::find_overlaps(programme, report.grid)) {
      ordered_json entry = place_json(programme, overlap.place);
      entry["instrument"] = name_of(overlap.instrument);
      entry["policies"] = ids_of(programme, overlap.policies);
      json["overlaps"].push_back(std::move(entry));
    }
  }
  if (report.options.expiring) {
    json["expiring"] = ordered_json::array();
    for (const policy::Expiring& each :
         policy::find_expiring(programme, report.as_of, *report.options.expiring)) {
      ordered_json entry;
      entry["policy"] = programme.policies[each.policy].id;
      entry["daysLeft"] = each.days_left;
      entry["worse"] = ordered_json::array();
      for (const policy::GridPlace& place : each.worse) {
        entry["worse"].push_back(place_json(programme, place));
      }
      json["expiring"].push_back(std::move(entry));
    }
  }
  if (report.options.compare) {
    json["differences"] = ordered_json::array();
    for (const policy::CityDifference& each : policy::compare_cities(programme, report.grid)) {
      if (!each.differs) continue;
      ordered_json entry;
      entry["group"] = programme.policy_matrix->groups[each.group].id;
      entry["cluster"] = programme.policy_matrix->clusters[each.cluster].id;
      entry["cities"] = ordered_json::array();
      for (std::size_t city = 0; city < each.coverage.size(); ++city) {
        ordered_json part;
        part["city"] = programme.cities[city].id;
        part["coverage"] = name_of(each.coverage[city]);
        part["budget"] = json_of(each.budget[city]);
        part["only"] = ordered_json::array();
        for (const Instrument only : each.only[city]) part["only"].push_back(name_of(only));
        entry["cities"].push_back(std::move(part));
      }
      json["differences"].push_back(std::move(entry));
    }
  }
  if (profile) {
    json["profile"] = json_of(profile->name);
    json["eligibility"] =
        eligibility_json(programme, policy::check_all(programme, profile->facts, report.as_of));
  }
  return json;
}

// Text ---------------------------------------------------------------------------------------

std::string place_text(const Programme& programme, const policy::GridPlace& place,
                       Language language) {
  const PolicyMatrix& matrix = *programme.policy_matrix;
  return programme.cities[place.city].name.in(language) + " · " +
         matrix.groups[place.group].title.in(language) + " · " +
         matrix.clusters[place.cluster].title.in(language);
}

std::string titles(const Programme& programme, const std::vector<std::size_t>& policies,
                   Language language) {
  std::string text;
  for (const std::size_t i : policies) {
    if (!text.empty()) text += pick(language, "、", ", ");
    text += programme.policies[i].title.in(language);
  }
  return text;
}

void print_list(const Report& report, Language language) {
  Table table;
  table.column(Align::left, pick(language, "政策", "Policy"));
  table.column(Align::left, pick(language, "城市", "City"));
  table.column(Align::left, pick(language, "方式", "Instrument"));
  table.column(Align::left, pick(language, "截止", "Until"));
  table.column(Align::left, pick(language, "状态", "State"));
  table.column(Align::right, pick(language, "预算（万元）", "Budget (10,000 yuan)"));
  for (const Policy& each : report.programme.policies) {
    std::string cities;
    for (const std::string& id : each.cities) {
      for (const City& city : report.programme.cities) {
        if (city.id != id) continue;
        if (!cities.empty()) cities += pick(language, "、", ", ");
        cities += city.name.in(language);
      }
    }
    table.row({each.title.in(language), cities, label_of(each.instrument).in(language),
               each.valid_to ? format_date(*each.valid_to) : "–",
               policy::label_of(policy::force_of(each, report.as_of)).in(language),
               each.budget ? number_text(*each.budget) : "–"});
  }
  if (report.programme.policies.empty()) {
    std::cout << pick(language, "文件中没有政策", "The programme has no policies") << '\n';
  } else {
    std::cout << '\n' << table.text();
  }
}

void print_matrix(const Report& report, Language language) {
  const Programme& programme = report.programme;
  if (!programme.policy_matrix) return;
  const PolicyMatrix& matrix = *programme.policy_matrix;
  if (report.grid.cells.empty()) {
    std::cout << '\n'
              << printable(matrix.title.in(language))
              << pick(language, "：各组和产业集群未知，来源没有说明",
                      ": groups and clusters unknown, the source doesn't name them")
              << '\n';
    return;
  }
  for (std::size_t city = 0; city < report.grid.cities; ++city) {
    Table table;
    table.column(Align::left, programme.cities[city].name.in(language));
    for (const MatrixCluster& cluster : matrix.clusters) {
      table.column(Align::left, cluster.title.in(language));
    }
    for (std::size_t group = 0; group < report.grid.groups; ++group) {
      std::vector<std::string> row = {matrix.groups[group].title.in(language)};
      for (std::size_t cluster = 0; cluster < report.grid.clusters; ++cluster) {
        row.push_back(label_of(report.grid.at(group, cluster, city).coverage).in(language));
      }
      table.row(std::move(row));
    }
    std::cout << '\n' << table.text();
  }
}

void print_gaps(const Report& report, Language language) {
  const Programme& programme = report.programme;
  std::cout << '\n' << pick(language, "空白", "Gaps") << '\n';
  for (const policy::GapCell& gap : policy::find_gaps(report.grid)) {
    std::string line = place_text(programme, gap.place, language) + pick(language, "：", ": ") +
                       label_of(gap.coverage).in(language);
    if (!gap.lapsed.empty()) {
      line += pick(language, "（", " (") + titles(programme, gap.lapsed, language) +
              pick(language, "）", ")");
    }
    for (const std::size_t city : gap.covered_in) {
      line +=
          pick(language, "；已有：", "; covered in ") + programme.cities[city].name.in(language);
    }
    std::cout << "  " << printable(line) << '\n';
  }
  std::cout << '\n' << pick(language, "重叠", "Overlaps") << '\n';
  for (const policy::Overlap& overlap : policy::find_overlaps(programme, report.grid)) {
    std::cout << "  "
              << printable(place_text(programme, overlap.place, language) +
                           pick(language, "：", ": ") + label_of(overlap.instrument).in(language) +
                           pick(language, "：", ": ") +
                           titles(programme, overlap.policies, language))
              << '\n';
  }
}

void print_expiring(const Report& report, Language language) {
  const auto list = policy::find_expiring(report.programme, report.as_of, *report.options.expiring);
  std::cout << '\n' << pick(language, "即将到期", "About to expire") << '\n';
  if (list.empty()) std::cout << "  " << pick(language, "没有", "None") << '\n';
  for (const policy::Expiring& each : list) {
    const std::string days = std::to_string(each.days_left);
    const std::string cells = std::to_string(each.worse.size());
    const Policy& about = report.programme.policies[each.policy];
    std::cout << "  "
              << printable(language == Language::zh
                               ? about.title.in(language) + "：还有 " + days + " 天（" +
                                     format_date(*about.valid_to) + "），到期后覆盖变差的格 " +
                                     cells + " 个"
                               : about.title.in(language) + ": days left " + days + " (" +
                                     format_date(*about.valid_to) +
                                     "), cells covered less afterwards: " + cells)
              << '\n';
  }
}

void print_differences(const Report& report, Language language) {
  const Programme& programme = report.programme;
  std::cout << '\n' << pick(language, "两市差异", "Differences between the cities") << '\n';
  Table table;
  table.column(Align::left, pick(language, "组", "Group"));
  table.column(Align::left, pick(language, "产业集群", "Cluster"));
  for (const City& city : programme.cities) table.column(Align::left, city.name.in(language));
  bool any = false;
  for (const policy::CityDifference& each : policy::compare_cities(programme, report.grid)) {
    if (!each.differs) continue;
    any = true;
    std::vector<std::string> row = {
        programme.policy_matrix->groups[each.group].title.in(language),
        programme.policy_matrix->clusters[each.cluster].title.in(language)};
    for (std::size_t city = 0; city < each.coverage.size(); ++city) {
      std::string cell = label_of(each.coverage[city]).in(language);
      for (const Instrument only : each.only[city]) {
        cell += " +" + label_of(only).in(language);
      }
      row.push_back(std::move(cell));
    }
    table.row(std::move(row));
  }
  std::cout << (any ? table.text() : "  " + pick(language, "没有", "None") + "\n");
}

void print_eligibility(const Report& report, const policy::Profile& profile, Language language) {
  std::cout << '\n'
            << printable(profile.name.empty() ? pick(language, "申请人", "The applicant")
                                              : profile.name.in(language))
            << '\n';
  std::optional<policy::Verdict> last;
  std::size_t others = 0;
  for (const policy::Eligibility& each :
       policy::check_all(report.programme, profile.facts, report.as_of)) {
    if (each.verdict == policy::Verdict::other_subject) {
      ++others;
      continue;
    }
    if (last != each.verdict) std::cout << policy::label_of(each.verdict).in(language) << '\n';
    last = each.verdict;
    const Policy& about = report.programme.policies[each.policy];
    std::cout << "  " << printable(about.title.in(language));
    if (each.force != policy::Force::in_force) {
      std::cout << pick(language, "（", " (") << policy::label_of(each.force).in(language)
                << pick(language, "）", ")");
    }
    std::cout << '\n';
    if (each.conditions_unknown) {
      std::cout << "    " << pick(language, "条件未知", "Conditions unknown") << '\n';
    }
    for (const policy::Missing& missing : each.missing) {
      std::cout << "    "
                << printable(policy::missing_text(report.programme, about.conditions, missing)
                                 .in(language))
                << '\n';
    }
  }
  if (others > 0) {
    std::cout << pick(language, "面向其他对象：", "For other applicants: ") << others << '\n';
  }
}

/// The whole of a file, or nothing.
std::optional<std::string> read_all(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  if (!file || !(bytes << file.rdbuf())) return std::nullopt;
  return bytes.str();
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
  if (!as_of) {
    print_faults(options.file,
                 {{"missing-member", "/asOf",
                   pick(language, "没有任何日期；应有截至日期，或用 --as-of 指定",
                        "no day to look at; expected one here or --as-of"),
                   std::nullopt}},
                 language);
    return kFailed;
  }
  std::optional<policy::Profile> profile;
  if (!options.profile.empty()) {
    const auto bytes = read_all(options.profile);
    if (!bytes) {
      std::cerr << printable(options.profile)
                << pick(language, "：无法读取\n", ": can't be read\n");
      return kFailed;
    }
    Result<policy::Profile> read = policy::read_profile(*bytes, programme);
    if (!read) {
      std::vector<Fault> faults;
      for (const Error& error : read.errors) {
        faults.push_back({"profile", error.pointer, message(error, language), error.position});
      }
      print_faults(options.profile, faults, language);
      return kFailed;
    }
    profile = std::move(read.value);
  }
  const Report report{programme, *as_of, policy::make_grid(programme, *as_of), options};
  if (options.common.json) {
    std::cout
        << json_of(report, profile).dump(2, ' ', false, ordered_json::error_handler_t::replace)
        << '\n';
    return kDone;
  }
  std::cout << printable(programme.title.in(language)) << '\n';
  if (programme.kind == ProgrammeKind::demonstration) {
    std::cout << pick(language, "演示数据", "Demonstration data") << '\n';
  }
  std::cout << pick(language, "截至：", "As of: ") << format_date(*as_of) << '\n';
  const bool all = !options.gaps && !options.expiring && !options.compare && !profile;
  if (all) {
    print_list(report, language);
    print_matrix(report, language);
  }
  const bool needs_grid = options.gaps || options.compare;
  if (needs_grid && report.grid.cells.empty()) {
    std::cout << '\n'
              << pick(language, "矩阵的各组或产业集群未知",
                      "Groups or clusters of the matrix unknown")
              << '\n';
  } else {
    if (options.gaps) print_gaps(report, language);
    if (options.compare) print_differences(report, language);
  }
  if (options.expiring) print_expiring(report, language);
  if (profile) print_eligibility(report, *profile, language);
  return kDone;
}

}  // namespace

void add_policy(CLI::App& program, int& status) {
  const auto options = std::make_shared<Options>();
  CLI::App* command = program.add_subcommand(
      "policy", "The policy matrix: coverage, gaps, what expires, what an applicant can use");
  command->add_option("FILE", options->file, "Programme file; - is the standard input")->required();
  command->add_flag("--gaps", options->gaps, "Cells where nothing is in force, and overlaps");
  command->add_flag("--compare", options->compare, "Where the cities differ");
  command
      ->add_option_function<std::string>(
          "--expiring",
          [options](const std::string& days) { options->expiring = std::atoi(days.c_str()); },
          "Policies whose last day is within so many days")
      ->check(check_whole)
      ->check(CLI::Range(0, 36600))
      ->type_name("DAYS");
  command
      ->add_option("--profile", options->profile,
                   "What the firm, person or project of this file can use, rule by rule")
      ->type_name("FILE.json");
  add_common_options(*command, options->common,
                     "Day to look at; else the programme's own, or its latest date");
  command->footer(
      "A profile: {\"name\": {\"zh\", \"en\"}, \"firm\": {\"city\", \"employees\", …}, \"talent\": "
      "{…}, \"project\": {…}}.\n"
      "JSON: {\"id\", \"title\", \"kind\", \"asOf\",\n"
      "\"policies\": [{\"id\", \"title\", \"cities\", \"instrument\", \"validFrom\", \"validTo\", "
      "\"force\", \"budget\", \"conditionsKnown\"}],\n"
      "\"cells\": [{\"group\", \"cluster\", \"city\", \"coverage\", \"policies\", \"budget\", "
      "\"budgetEstimated\", \"budgetComplete\"}],\n"
      "with --gaps \"gaps\": [{\"group\", \"cluster\", \"city\", \"coverage\", \"lapsed\", "
      "\"coveredIn\"}] and\n"
      "\"overlaps\": [{\"group\", \"cluster\", \"city\", \"instrument\", \"policies\"}],\n"
      "with --expiring \"expiring\": [{\"policy\", \"daysLeft\", \"worse\": [{\"group\", "
      "\"cluster\", \"city\"}]}],\n"
      "with --compare \"differences\": [{\"group\", \"cluster\", \"cities\": [{\"city\", "
      "\"coverage\", \"budget\", \"only\"}]}],\n"
      "with --profile \"profile\" and \"eligibility\": [{\"policy\", \"title\", \"verdict\": "
      "applies, "
      "nearly, unknown, no or\n"
      "other-subject, \"force\", \"conditionsKnown\", \"missing\": [{\"attribute\", \"wanted\", "
      "\"truth\", \"fixed\", \"gap\", \"text\"}]}]}.\n"
      "Budgets are in 10,000 yuan. What is not known is null.");
  command->callback([options, &status] { status = run(*options); });
}

}  // namespace tc::cli
