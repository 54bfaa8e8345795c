#include "core/schedule/schedule.hpp"

#include <CLI/CLI.hpp>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/model/summary.hpp"
#include "core/schedule/monte_carlo.hpp"
#include "native/cli/calendar.hpp"
#include "native/cli/commands.hpp"
#include "native/cli/files.hpp"
#include "native/cli/options.hpp"
#include "native/cli/terminal.hpp"

namespace tc::cli {

namespace {

using nlohmann::ordered_json;
using Align = Table::Align;

/// Critical paths to list; there can be very many.
constexpr std::size_t kMaxPaths = 10;
/// What a simulation may keep: runs times items and milestones, 4 bytes each.
constexpr std::uint64_t kMaxSamples = 100'000'000;
constexpr std::uint32_t kMaxRuns = 1'000'000;

struct Options {
  CommonOptions common;
  std::string file;
  std::uint32_t runs = 0;  ///< 0: no simulation
  std::uint64_t seed = 1;
  std::vector<double> spread = {0.9, 1.0, 1.3};
};

/// What both ways of printing read.
struct Report {
  const Programme& programme;
  const Schedule& schedule;
  bool holidays_known;  ///< on the day, at the forecast finish and at the simulated P95
  std::vector<std::vector<Place>> paths;
  std::optional<ScheduleRisk> risk;
  const Options& options;
};

std::string_view name_of(Gap gap) {
  switch (gap) {
    case Gap::none:
      break;
    case Gap::no_dates:
      return "no-dates";
    case Gap::no_due:
      return "no-due";
    case Gap::finish_date_unknown:
      return "finish-date-unknown";
    case Gap::cycle:
      return "cycle";
  }
  return "none";
}

std::string_view name_of(WorkState state) {
  switch (state) {
    case WorkState::not_started:
      break;
    case WorkState::started:
      return "started";
    case WorkState::finished:
      return "finished";
  }
  return "not-started";
}

std::string cycle_words(const Programme& programme, const std::vector<std::size_t>& cycle) {
  std::string text;
  for (const std::size_t item : cycle) text += programme.items[item].code + " → ";
  return text + programme.items[cycle.front()].code;
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

template <class Number>
ordered_json json_of_number(const std::optional<Number>& number) {
  return number ? ordered_json(*number) : ordered_json(nullptr);
}

ordered_json json_of(const std::optional<DateQuantiles>& quantiles) {
  if (!quantiles) return nullptr;
  ordered_json json;
  json["p50"] = format_date(quantiles->p50);
  json["p80"] = format_date(quantiles->p80);
  json["p95"] = format_date(quantiles->p95);
  json["deviationDays"] = quantiles->deviation_days;
  return json;
}

ordered_json json_of(const Report& report, std::size_t i) {
  const ActionItem& item = report.programme.items[i];
  const ItemSchedule& times = report.schedule.items[i];
  ordered_json json;
  json["item"] = item.code;
  json["title"] = json_of(item.title);
  json["state"] = name_of(times.state);
  json["gap"] = name_of(times.gap);
  json["start"] = json_of(times.start);
  json["finish"] = json_of(times.finish);
  json["baselineStart"] = json_of(times.baseline_start);
  json["baselineFinish"] = json_of(times.baseline_finish);
  json["lateStart"] = json_of(times.late_start);
  json["lateFinish"] = json_of(times.late_finish);
  json["duration"] = json_of_number(times.duration);
  json["remaining"] = json_of_number(times.remaining);
  json["slip"] = json_of_number(times.slip);
  json["totalFloat"] = json_of_number(times.total_float);
  json["freeFloat"] = json_of_number(times.free_float);
  json["critical"] = times.critical;
  json["finishOnly"] = times.finish_only;
  json["progressAssumed"] = times.progress_assumed;
  json["logicIncomplete"] = times.logic_incomplete;
  json["milestones"] = ordered_json::array();
  for (std::size_t k = 0; k < item.milestones.size(); ++k) {
    const MilestoneSchedule& milestone = report.schedule.milestones[i][k];
    ordered_json entry;
    entry["id"] = item.milestones[k].id;
    entry["title"] = json_of(item.milestones[k].title);
    entry["finished"] = milestone.finished;
    entry["finish"] = json_of(milestone.finish);
    entry["baseline"] = json_of(milestone.baseline);
    entry["slip"] = json_of_number(milestone.slip);
    entry["totalFloat"] = json_of_number(milestone.total_float);
    entry["critical"] = milestone.critical;
    json["milestones"].push_back(std::move(entry));
  }
  if (report.risk) {
    json["simulated"] = json_of(report.risk->items[i]);
    json["criticality"] = json_of_number(report.risk->criticality[i]);
  }
  return json;
}

ordered_json json_of(const Report& report) {
  const Schedule& schedule = report.schedule;
  ordered_json json;
  json["id"] = report.programme.id;
  json["title"] = json_of(report.programme.title);
  json["kind"] = tc::name_of(report.programme.kind);
  json["asOf"] = format_date(schedule.as_of);
  json["holidaysKnown"] = report.holidays_known;
  json["finish"] = json_of(schedule.finish);
  json["baselineFinish"] = json_of(schedule.baseline_finish);
  json["slip"] = json_of_number(schedule.slip);
  json["unscheduled"] = schedule.unscheduled;
  json["criticalPaths"] = ordered_json::array();
  for (const std::vector<Place>& path : report.paths) {
    ordered_json places = ordered_json::array();
    for (const Place& place : path) {
      const ActionItem& item = report.programme.items[place.item];
      ordered_json entry;
      entry["item"] = item.code;
      entry["milestone"] = place.milestone == Place::kNone
                               ? ordered_json(nullptr)
                               : ordered_json(item.milestones[place.milestone].id);
      places.push_back(std::move(entry));
    }
    json["criticalPaths"].push_back(std::move(places));
  }
  json["simulation"] = nullptr;
  if (report.risk) {
    ordered_json& simulation = json["simulation"];
    simulation["runs"] = report.risk->runs;
    simulation["seed"] = report.options.seed;
    simulation["assumed"] = report.options.spread;
    simulation["estimated"] = report.risk->estimated;
    simulation["finish"] = json_of(report.risk->finish);
  }
  json["items"] = ordered_json::array();
  for (std::size_t i = 0; i < report.programme.items.size(); ++i) {
    json["items"].push_back(json_of(report, i));
  }
  return json;
}

// Text ---------------------------------------------------------------------------------------

std::string shown(const std::optional<Date>& date) {
  return date ? format_date(*date) : "–";
}
std::string shown(const std::optional<int>& number) {
  return number ? std::to_string(*number) : "–";
}

std::string slip_words(int slip, Language language) {
  const std::string size = std::to_string(std::abs(slip));
  if (slip == 0) return pick(language, "与计划一致", "as planned");
  if (language == Language::zh) return (slip > 0 ? "晚" : "早") + size + "个工作日";
  return size + (size == "1" ? " working day" : " working days") + (slip > 0 ? " late" : " early");
}

void print_items(const Report& report, Language language) {
  Table table;
  table.column(Align::left, pick(language, "编号", "Code"));
  table.column(Align::left, pick(language, "标题", "Title"));
  table.column(Align::left, pick(language, "开始", "Start"));
  table.column(Align::left, pick(language, "预计完成", "Finish"));
  table.column(Align::left, pick(language, "基准完成", "Baseline"));
  table.column(Align::right, pick(language, "延后", "Slip"));
  table.column(Align::right, pick(language, "总时差", "Float"));
  table.column(Align::left, pick(language, "关键", "Critical"));
  for (std::size_t i = 0; i < report.programme.items.size(); ++i) {
    const ActionItem& item = report.programme.items[i];
    const ItemSchedule& times = report.schedule.items[i];
    table.row({item.code, item.title.in(language), shown(times.start), shown(times.finish),
               shown(times.baseline_finish), shown(times.slip), shown(times.total_float),
               times.critical ? pick(language, "是", "yes") : std::string()});
  }
  if (!report.programme.items.empty()) std::cout << '\n' << table.text();
}

void print_paths(const Report& report, Language language) {
  if (report.paths.empty()) return;
  std::cout << '\n' << pick(language, "关键线路", "Critical path") << '\n';
  for (const std::vector<Place>& path : report.paths) {
    std::string text;
    for (const Place& place : path) {
      const ActionItem& item = report.programme.items[place.item];
      if (!text.empty()) text += " → ";
      text += item.code;
      if (place.milestone != Place::kNone) text += '/' + item.milestones[place.milestone].id;
    }
    std::cout << "  " << printable(text) << '\n';
  }
}

/// 0.9 and 1, as short as they can be.
std::string shown(double number) {
  std::array<char, 32> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%.6g", number);
  return buffer.data();
}

void print_simulation(const Report& report, Language language) {
  if (!report.risk) return;
  std::cout << '\n'
            << (language == Language::zh
                    ? "模拟" + std::to_string(report.risk->runs) + "次（种子" +
                          std::to_string(report.options.seed) + "）"
                    : "Simulated " + std::to_string(report.risk->runs) + " times (seed " +
                          std::to_string(report.options.seed) + ")")
            << '\n';
  if (report.risk->finish) {
    const DateQuantiles& finish = *report.risk->finish;
    std::cout << "  P50 " << format_date(finish.p50) << "  P80 " << format_date(finish.p80)
              << "  P95 " << format_date(finish.p95) << '\n';
  }
  const std::vector<double>& spread = report.options.spread;
  const std::string factors =
      shown(spread[0]) + " / " + shown(spread[1]) + " / " + shown(spread[2]);
  std::cout << "  "
            << (language == Language::zh
                    ? "假定：未完成事项的工期为计划的 " + factors + " 倍（乐观/可能/悲观），共" +
                          std::to_string(report.risk->estimated) + "项"
                    : "Assumed: unfinished items take " + factors +
                          " of what is planned (low, likely, high); items: " +
                          std::to_string(report.risk->estimated))
            << '\n';
}

void print_text(const Report& report, Language language) {
  const Programme& programme = report.programme;
  const Schedule& schedule = report.schedule;
  std::cout << printable(programme.title.in(language)) << '\n';
  if (programme.kind == ProgrammeKind::demonstration) {
    std::cout << pick(language, "演示数据", "Demonstration data") << '\n';
  }
  std::cout << pick(language, "截至：", "As of: ") << format_date(schedule.as_of) << '\n';
  std::cout << pick(language, "预计完成：", "Forecast finish: ") << shown(schedule.finish);
  if (schedule.slip) {
    std::cout << pick(language, "，", ", ") << slip_words(*schedule.slip, language);
  }
  std::cout << '\n';
  if (schedule.unscheduled > 0) {
    const std::string count = std::to_string(schedule.unscheduled);
    std::cout << (language == Language::zh
                      ? "无法推算的未完成事项：" + count + "（整体完成时间可能更晚）"
                      : "Unfinished items that can't be scheduled: " + count +
                            " (the whole may finish later)")
              << '\n';
  }
  if (!report.holidays_known) {
    std::cout << pick(language, "注：部分年份的节假日安排尚无数据，按每周工作日推算",
                      "Holidays of some years are not known; there, Monday to Friday are worked")
              << '\n';
  }
  print_items(report, language);
  print_paths(report, language);
  print_simulation(report, language);
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
                        "no day to schedule from; expected one here or --as-of"),
                   std::nullopt}},
                 language);
    return kFailed;
  }
  std::uint64_t points = 1;
  for (const ActionItem& item : programme.items) points += 1 + item.milestones.size();
  if (options.runs * points > kMaxSamples) {
    throw CLI::ValidationError("--simulate", "for a programme of this size at most " +
                                                 std::to_string(kMaxSamples / points) + " runs");
  }
  const WorkCalendar calendar = working_calendar(programme);
  const Schedule schedule = make_schedule(programme, calendar, *as_of);
  if (!schedule.cycle.empty()) {
    print_faults(options.file,
                 {{"dependency-cycle", "/items/" + std::to_string(schedule.cycle.front()),
                   pick(language, "依赖成环：", "the dependencies form a cycle: ") +
                       cycle_words(programme, schedule.cycle),
                   std::nullopt}},
                 language);
    return kFailed;
  }
  Report report{programme,    schedule, calendar.knows(*as_of), critical_paths(schedule, kMaxPaths),
                std::nullopt, options};
  if (schedule.finish)
    report.holidays_known = report.holidays_known && calendar.knows(*schedule.finish);
  if (options.runs > 0) {
    RiskOptions risk;
    risk.simulation.runs = options.runs;
    risk.simulation.seed = options.seed;
    risk.assumed = cpm::Spread{options.spread[0], options.spread[1], options.spread[2]};
    report.risk = simulate(schedule, programme, calendar, risk);
    if (report.risk->finish && !calendar.knows(report.risk->finish->p95)) {
      report.holidays_known = false;
    }
  }
  if (options.common.json) {
    std::cout << json_of(report).dump(2, ' ', false, ordered_json::error_handler_t::replace)
              << '\n';
  } else {
    print_text(report, language);
  }
  return kDone;
}

/// Three numbers, none negative, in order.
void check_spread(const std::vector<double>& spread) {
  if (spread[0] > 0 && spread[0] <= spread[1] && spread[1] <= spread[2] && spread[2] <= 100) return;
  throw CLI::ValidationError("--spread", "expected three factors in order, above 0, at most 100");
}

}  // namespace

void add_schedule(CLI::App& program, int& status) {
  const auto options = std::make_shared<Options>();
  CLI::App* command =
      program.add_subcommand("schedule", "Forecast dates, floats and the critical path");
  command->add_option("FILE", options->file, "Programme file; - is the standard input")->required();
  CLI::Option* simulate =
      command->add_option("--simulate", options->runs, "Also simulate so many times")
          ->check(check_whole)
          ->check(CLI::Range(std::uint32_t{1}, kMaxRuns))
          ->type_name("N");
  command->add_option("--seed", options->seed, "The same seed gives the same simulation; else 1")
      ->check(check_whole)
      ->needs(simulate)
      ->type_name("S");
  command
      ->add_option("--spread", options->spread,
                   "Factors on planned durations that the simulation assumes; else 0.9,1,1.3")
      ->delimiter(',')
      ->expected(3)
      ->needs(simulate)
      ->type_name("LOW,LIKELY,HIGH");
  add_common_options(*command, options->common,
                     "Day to forecast from; else the programme's own, or its latest date");
  command->footer(
      "Days are working days of China's calendar; slip counts from the deadline, late is "
      "positive.\n"
      "JSON: {\"id\", \"title\": {\"zh\", \"en\"}, \"kind\", \"asOf\", \"holidaysKnown\", "
      "\"finish\", \"baselineFinish\", \"slip\",\n"
      "\"unscheduled\", \"criticalPaths\": [[{\"item\", \"milestone\"}]], at most 10,\n"
      "\"simulation\": null or {\"runs\", \"seed\", \"assumed\", \"estimated\", \"finish\": "
      "{\"p50\", "
      "\"p80\", \"p95\",\n"
      "\"deviationDays\"}},\n"
      "\"items\": [{\"item\", \"title\", \"state\", \"gap\", \"start\", \"finish\", "
      "\"baselineStart\", \"baselineFinish\",\n"
      "\"lateStart\", \"lateFinish\", \"duration\", \"remaining\", \"slip\", \"totalFloat\", "
      "\"freeFloat\", \"critical\",\n"
      "\"finishOnly\", \"progressAssumed\", \"logicIncomplete\", \"milestones\": [{\"id\", "
      "\"title\", \"finished\",\n"
      "\"finish\", \"baseline\", \"slip\", \"totalFloat\", \"critical\"}]}]}, with --simulate also "
      "\"simulated\" and\n"
      "\"criticality\" of each item. state is not-started, started or finished; gap, why there are "
      "no dates, is none,\n"
      "no-dates, no-due, finish-date-unknown or cycle. What is not known is null.");
  command->callback([options, &status] {
    check_spread(options->spread);
    status = run(*options);
  });
}

}  // namespace tc::cli
