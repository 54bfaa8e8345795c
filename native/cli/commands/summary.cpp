#include "core/model/summary.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <cmath>
#include <iostream>
#include <limits>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/indicators/progress.hpp"
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
  std::size_t limit = 10;
};

/// What both ways of printing read.
struct Report {
  const Programme& programme;
  std::optional<Date> as_of;  ///< empty when neither the file nor the user names a day
  Summary summary;            ///< without a day, `late` and `next` mean nothing
  ReportedTotals reported;
  std::size_t limit;
};

/// Before every date: no target has been missed, no item is late.
constexpr Date kNever{std::numeric_limits<std::int32_t>::min()};

std::string_view name_of(TargetState state) {
  switch (state) {
    case TargetState::no_target:
      return "no-target";
    case TargetState::no_value:
      return "no-value";
    case TargetState::on_the_way:
      return "on-the-way";
    case TargetState::missed:
      return "missed";
    case TargetState::reached:
      break;
  }
  return "reached";
}

std::string label_of(TargetState state, Language language) {
  switch (state) {
    case TargetState::no_target:
      return {};
    case TargetState::no_value:
      return pick(language, "暂无数据", "no figure");
    case TargetState::on_the_way:
      return pick(language, "推进中", "on the way");
    case TargetState::missed:
      return pick(language, "未达标", "missed");
    case TargetState::reached:
      break;
  }
  return pick(language, "已达标", "reached");
}

// JSON ---------------------------------------------------------------------------------------

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

ordered_json json_of(const StatusCounts& counts) {
  ordered_json json;
  json["total"] = counts.total();
  for (const Status status : kStatuses) json["byStatus"][tc::name_of(status)] = counts[status];
  return json;
}

/// One entry a group and a last one, without id, for the items outside all groups.
template <class List, class Title>
ordered_json json_of(const List& list, const std::vector<StatusCounts>& counts, Title title) {
  ordered_json groups = ordered_json::array();
  for (std::size_t i = 0; i < counts.size(); ++i) {
    ordered_json group;
    group["id"] = i < list.size() ? ordered_json(list[i].id) : ordered_json(nullptr);
    group["title"] = i < list.size() ? json_of(title(list[i])) : ordered_json(nullptr);
    group.update(json_of(counts[i]));
    groups.push_back(std::move(group));
  }
  return groups;
}

ordered_json json_of(const std::optional<Citation>& citation) {
  if (!citation) return nullptr;
  ordered_json json;
  json["id"] = citation->source;
  json["place"] = json_of(citation->place);
  return json;
}

ordered_json json_of_total(const Report& report, const std::optional<std::size_t>& indicator) {
  if (!indicator) return nullptr;
  const Indicator& total = report.programme.indicators[*indicator];
  ordered_json json;
  json["indicator"] = total.id;
  json["value"] = json_of(total.value);
  json["atLeast"] = total.at_least;
  json["asOf"] = json_of(total.as_of);
  json["source"] = json_of(total.source);
  return json;
}

ordered_json json_of(const Report& report, const Indicator& indicator) {
  const TargetProgress progress = progress_of(indicator, report.as_of.value_or(kNever));
  ordered_json json;
  json["id"] = indicator.id;
  json["name"] = json_of(indicator.name);
  json["value"] = json_of(indicator.value);
  json["unit"] = json_of(indicator.unit);
  json["target"] = json_of(indicator.target);
  json["targetDate"] = json_of(indicator.target_date);
  json["asOf"] = json_of(indicator.as_of);
  json["atLeast"] = indicator.at_least;
  json["state"] = name_of(progress.state);
  json["ratio"] = json_of(progress.ratio);
  json["source"] = json_of(indicator.source);
  return json;
}

ordered_json json_of(const Report& report, const std::vector<Deadline>& deadlines) {
  if (!report.as_of) return nullptr;
  ordered_json list = ordered_json::array();
  for (std::size_t i = 0; i < std::min(report.limit, deadlines.size()); ++i) {
    const Deadline& deadline = deadlines[i];
    const ActionItem& item = report.programme.items[deadline.item];
    ordered_json entry;
    entry["item"] = item.code;
    entry["title"] = json_of(item.title);
    if (deadline.milestone) {
      const Milestone& milestone = item.milestones[*deadline.milestone];
      entry["milestone"] = {{"id", milestone.id}, {"title", json_of(milestone.title)}};
    } else {
      entry["milestone"] = nullptr;
    }
    entry["due"] = format_date(deadline.due);
    entry["days"] = deadline.due - *report.as_of;
    list.push_back(std::move(entry));
  }
  ordered_json json;
  json["total"] = deadlines.size();
  json["list"] = std::move(list);
  return json;
}

ordered_json json_of(const Report& report) {
  const Programme& programme = report.programme;
  const auto name = [](const auto& thing) { return thing.name; };
  ordered_json json;
  json["id"] = programme.id;
  json["title"] = json_of(programme.title);
  json["kind"] = tc::name_of(programme.kind);
  json["asOf"] = json_of(report.as_of);
  json["items"] = json_of(report.summary.items);
  json["byArea"] =
      json_of(programme.areas, report.summary.by_area, [](const Area& area) { return area.title; });
  json["byCity"] = json_of(programme.cities, report.summary.by_city, name);
  json["byDepartment"] = json_of(programme.departments, report.summary.by_department, name);
  ordered_json& reported = json["reported"];
  reported["areas"] = json_of_total(report, report.reported.areas);
  reported["items"] = json_of_total(report, report.reported.items);
  for (const Status status : kStatuses) {
    reported["byStatus"][tc::name_of(status)] =
        json_of_total(report, report.reported.by_status[static_cast<std::size_t>(status)]);
  }
  json["indicators"] = ordered_json::array();
  for (const Indicator& indicator : programme.indicators) {
    json["indicators"].push_back(json_of(report, indicator));
  }
  json["late"] = json_of(report, report.summary.late);
  json["next"] = json_of(report, report.summary.next);
  return json;
}

// Text ---------------------------------------------------------------------------------------

/// 1066500 as 1,066,500; other numbers as short as they can be told apart.
std::string shown(double number) {
  std::array<char, 400> buffer{};
  const bool whole = number == std::floor(number) && std::abs(number) < 1e15;
  const auto end = whole ? std::to_chars(buffer.data(), buffer.data() + buffer.size(),
                                         static_cast<long long>(number))
                               .ptr
                         : std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
  std::string text(buffer.data(), end);
  if (!whole) return text;
  const std::size_t first = text.front() == '-' ? 1 : 0;
  for (std::size_t i = text.size(); i > first + 3; i -= 3) text.insert(i - 3, ",");
  return text;
}

std::string shown(const Report& report, const std::optional<Citation>& citation,
                  Language language) {
  if (!citation) return "–";
  const auto source = Index(report.programme).source(citation->source);
  std::string text =
      source ? report.programme.sources[*source].title.in(language) : citation->source;
  if (!citation->place.empty()) {
    text += pick(language, "，", ", ") + citation->place.in(language);
  }
  return text;
}

void print_heading(const std::string& text) {
  std::cout << '\n' << printable(text) << '\n';
}

void print_status(const Report& report, Language language) {
  const StatusCounts& counts = report.summary.items;
  print_heading(pick(language, "事项：", "Items: ") + std::to_string(counts.total()));
  Table table;
  table.column(Align::left);
  table.column(Align::right);
  for (const Status status : kStatuses) {
    if (counts[status] == 0) continue;
    table.row({tc::label_of(status).in(language), std::to_string(counts[status])});
  }
  std::cout << table.text();
}

/// A row a group, a column a status that occurs.
template <class List, class Title>
void print_groups(const std::string& heading, const std::string& none, const List& list,
                  const std::vector<StatusCounts>& counts, const StatusCounts& all, Title title,
                  Language language) {
  print_heading(heading);
  Table table;
  table.column(Align::left, pick(language, "名称", "Name"));
  table.column(Align::right, pick(language, "合计", "Total"));
  for (const Status status : kStatuses) {
    if (all[status] > 0) table.column(Align::right, tc::label_of(status).in(language));
  }
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const bool outside = i == list.size();
    if (outside && counts[i].total() == 0) continue;
    std::vector<std::string> cells = {outside ? none : title(list[i]).in(language),
                                      std::to_string(counts[i].total())};
    for (const Status status : kStatuses) {
      if (all[status] > 0) cells.push_back(std::to_string(counts[i][status]));
    }
    table.row(std::move(cells));
  }
  std::cout << table.text();
}

void print_groups(const Report& report, Language language) {
  const Programme& programme = report.programme;
  const Summary& summary = report.summary;
  if (summary.items.total() == 0) return;
  if (!programme.areas.empty()) {
    print_groups(
        pick(language, "按方面", "By area"), pick(language, "（未注明）", "(not stated)"),
        programme.areas, summary.by_area, summary.items,
        [](const Area& area) { return area.title; }, language);
  } else if (!programme.departments.empty()) {
    print_groups(
        pick(language, "按牵头单位", "By lead department"),
        pick(language, "（未注明）", "(not stated)"), programme.departments, summary.by_department,
        summary.items, [](const Department& department) { return department.name; }, language);
  }
}

void print_reported(const Report& report, Language language) {
  struct Row {
    std::string name;
    const Indicator& indicator;
    std::size_t listed;
  };
  std::vector<Row> rows;
  const auto add = [&](const std::optional<std::size_t>& total, std::string name,
                       std::size_t listed) {
    if (total) rows.push_back({std::move(name), report.programme.indicators[*total], listed});
  };
  add(report.reported.areas, pick(language, "方面", "Areas"), report.programme.areas.size());
  add(report.reported.items, pick(language, "事项", "Items"), report.summary.items.total());
  for (const Status status : kStatuses) {
    add(report.reported.by_status[static_cast<std::size_t>(status)],
        tc::label_of(status).in(language), report.summary.items[status]);
  }
  if (rows.empty()) return;
  // One source for all is named once.
  const std::optional<Citation>& first = rows.front().indicator.source;
  const bool same = std::all_of(rows.begin(), rows.end(),
                                [&](const Row& row) { return row.indicator.source == first; });
  print_heading(pick(language, "来源所报总数", "Reported totals"));
  Table table;
  table.column(Align::left);
  table.column(Align::right, pick(language, "来源所报", "Reported"));
  table.column(Align::right, pick(language, "本清单", "This list"));
  table.column(Align::left, pick(language, "来源", "Source"));
  for (const Row& row : rows) {
    table.row({row.name, (row.indicator.at_least ? "≥ " : "") + shown(*row.indicator.value),
               std::to_string(row.listed),
               same ? std::string() : shown(report, row.indicator.source, language)});
  }
  std::cout << table.text();
  if (same && first) {
    std::cout << printable(pick(language, "  来源：", "  Source: ") +
                           shown(report, first, language))
              << '\n';
  }
}

void print_indicators(const Report& report, Language language) {
  if (report.programme.indicators.empty()) return;
  print_heading(pick(language, "指标", "Indicators"));
  Table table;
  table.column(Align::left, pick(language, "名称", "Name"));
  table.column(Align::right, pick(language, "数值", "Value"));
  table.column(Align::left, pick(language, "单位", "Unit"));
  table.column(Align::right, pick(language, "目标", "Target"));
  table.column(Align::left, pick(language, "目标日期", "Target date"));
  table.column(Align::right, pick(language, "达成", "Ratio"));
  table.column(Align::left, pick(language, "状态", "State"));
  for (const Indicator& indicator : report.programme.indicators) {
    const TargetProgress progress = progress_of(indicator, report.as_of.value_or(kNever));
    // 'At least' speaks of the value, and of the target where there is no value.
    const std::string bound = indicator.at_least ? "≥ " : "";
    table.row({indicator.name.in(language), indicator.value ? bound + shown(*indicator.value) : "–",
               indicator.unit.in(language),
               indicator.target ? (indicator.value ? "" : bound) + shown(*indicator.target) : "",
               indicator.target_date ? format_date(*indicator.target_date) : "",
               progress.ratio ? shown(std::floor(*progress.ratio * 100)) + "%" : "",
               label_of(progress.state, language)});
  }
  std::cout << table.text();
}

void print_deadlines(const Report& report, const std::vector<Deadline>& deadlines,
                     const std::string& heading, Language language) {
  if (!report.as_of) return;
  print_heading(heading + std::to_string(deadlines.size()));
  Table table;
  table.column(Align::left, pick(language, "期限", "Due"));
  table.column(Align::right, pick(language, "天数", "Days"));
  table.column(Align::left, pick(language, "编号", "Code"));
  table.column(Align::left, pick(language, "标题", "Title"));
  const std::size_t count = std::min(report.limit, deadlines.size());
  for (std::size_t i = 0; i < count; ++i) {
    const Deadline& deadline = deadlines[i];
    const ActionItem& item = report.programme.items[deadline.item];
    std::string title = item.title.in(language);
    if (deadline.milestone) {
      title += pick(language, "：", ": ") + item.milestones[*deadline.milestone].title.in(language);
    }
    table.row({format_date(deadline.due), std::to_string(deadline.due - *report.as_of), item.code,
               std::move(title)});
  }
  if (count > 0) std::cout << table.text();
  if (count < deadlines.size()) {
    const std::string more = std::to_string(deadlines.size() - count);
    std::cout << "  "
              << (language == Language::zh ? "……另有 " + more + " 条" : "… and " + more + " more")
              << '\n';
  }
}

void print_text(const Report& report, Language language) {
  const Programme& programme = report.programme;
  std::cout << printable(programme.title.in(language)) << '\n';
  if (programme.kind == ProgrammeKind::demonstration) {
    std::cout << pick(language, "演示数据", "Demonstration data") << '\n';
  }
  std::cout << pick(language, "截至：", "As of: ")
            << (report.as_of ? format_date(*report.as_of)
                             : pick(language, "未注明（可用 --as-of 指定）",
                                    "not stated (--as-of names a day)"))
            << '\n';
  print_status(report, language);
  print_groups(report, language);
  print_reported(report, language);
  print_indicators(report, language);
  print_deadlines(report, report.summary.late, pick(language, "逾期：", "Late: "), language);
  print_deadlines(report, report.summary.next, pick(language, "临近期限：", "Next due: "),
                  language);
}

int run(const Options& options) {
  const LoadedFile file = load_file(options.file, options.common.language);
  if (!file.programme) {
    print_faults(options.file, file.faults, options.common.language);
    return kFailed;
  }
  const Programme& programme = *file.programme;
  const std::optional<Date> as_of =
      options.common.as_of ? options.common.as_of : effective_as_of(programme);
  const Report report{programme, as_of, summarise(programme, as_of.value_or(kNever)),
                      reported_totals(programme), options.limit};
  if (options.common.json) {
    std::cout << json_of(report).dump(2, ' ', false, ordered_json::error_handler_t::replace)
              << '\n';
  } else {
    print_text(report, options.common.language);
  }
  return kDone;
}

}  // namespace

void add_summary(CLI::App& program, int& status) {
  const auto options = std::make_shared<Options>();
  CLI::App* command = program.add_subcommand("summary", "Where a programme stands on a day");
  command->add_option("FILE", options->file, "Programme file; - is the standard input")->required();
  command->add_option("--limit", options->limit, "Deadlines to list of each kind; else 10")
      ->check(check_whole)
      ->type_name("N");
  add_common_options(*command, options->common,
                     "Day to look from; else the programme's own, or its latest date");
  command->footer(
      "JSON: {\"id\", \"title\": {\"zh\", \"en\"}, \"kind\", \"asOf\", \"items\": {\"total\", "
      "\"byStatus\"},\n"
      "\"byArea\" | \"byCity\" | \"byDepartment\": [{\"id\", \"title\", \"total\", \"byStatus\"}], "
      "of which the last has\n"
      "id null and counts the items outside the others,\n"
      "\"reported\": {\"areas\", \"items\", \"byStatus\"}, each null or {\"indicator\", \"value\", "
      "\"atLeast\", \"asOf\",\n"
      "\"source\": {\"id\", \"place\"}},\n"
      "\"indicators\": [{\"id\", \"name\", \"value\", \"unit\", \"target\", \"targetDate\", "
      "\"asOf\", "
      "\"atLeast\", \"state\",\n"
      "\"ratio\", \"source\"}], where state is no-target, no-value, on-the-way, missed or "
      "reached,\n"
      "\"late\" | \"next\": {\"total\", \"list\": [{\"item\", \"title\", \"milestone\", \"due\", "
      "\"days\"}]}},\n"
      "where days counts from asOf and is negative when late, and --limit shortens the list.\n"
      "What is not known is null; the languages of titles do not depend on --lang.");
  command->callback([options, &status] { status = run(*options); });
}

}  // namespace tc::cli
