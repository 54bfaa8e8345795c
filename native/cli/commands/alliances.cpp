#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <numeric>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/alliance/analysis.hpp"
#include "core/model/number_text.hpp"
#include "native/cli/commands.hpp"
#include "native/cli/files.hpp"
#include "native/cli/options.hpp"
#include "native/cli/terminal.hpp"

namespace tc::cli {

namespace {

using nlohmann::ordered_json;
using Align = Table::Align;
using alliance::Analysis;

/// Rows of a ranking in text.
constexpr std::size_t kShown = 10;

struct Options {
  CommonOptions common;
  std::string file;
  std::string alliance;
  std::vector<std::string> without;
};

ordered_json json_of(const Text& text) {
  ordered_json json;
  json["zh"] = text.zh;
  json["en"] = text.en;
  return json;
}

ordered_json json_of(const std::optional<double>& number) {
  return number && std::isfinite(*number) ? ordered_json(*number) : ordered_json(nullptr);
}

class Names {
 public:
  explicit Names(const Analysis& analysis)
      : analysis_(analysis), programme_(*analysis.network.programme) {}

  std::string member(std::uint32_t node) const { return analysis_.network.member(node).id; }
  std::string product(std::uint32_t i) const { return programme_.products[i].id; }
  std::string city(std::uint32_t i) const {
    return i < programme_.cities.size() ? programme_.cities[i].id : std::string();
  }
  std::string link(std::uint32_t i) const { return analysis_.network.link(i).id; }

  ordered_json members(const std::vector<std::uint32_t>& nodes) const {
    ordered_json list = ordered_json::array();
    for (const std::uint32_t node : nodes) list.push_back(member(node));
    return list;
  }
  ordered_json links(const std::vector<std::uint32_t>& indices) const {
    ordered_json list = ordered_json::array();
    for (const std::uint32_t i : indices) list.push_back(link(i));
    return list;
  }

 private:
  const Analysis& analysis_;
  const Programme& programme_;
};

// JSON ---------------------------------------------------------------------------------------

ordered_json stages_json(const Analysis& analysis, const Names& names) {
  ordered_json list = ordered_json::array();
  const Programme& programme = *analysis.network.programme;
  for (const alliance::StageCoverage& coverage : analysis.stages) {
    const ChainStage& stage = programme.alliances[analysis.network.alliance].stages[coverage.stage];
    ordered_json entry;
    entry["stage"] = stage.id;
    entry["title"] = json_of(stage.title);
    entry["members"] = coverage.members;
    entry["cities"] = coverage.cities;
    entry["byCity"] = ordered_json::array();
    for (std::size_t city = 0; city < coverage.by_city.size(); ++city) {
      if (city == programme.cities.size() && coverage.by_city[city].empty()) continue;
      ordered_json part;
      part["city"] = city < programme.cities.size() ? ordered_json(programme.cities[city].id)
                                                    : ordered_json(nullptr);
      part["members"] = names.members(coverage.by_city[city]);
      entry["byCity"].push_back(std::move(part));
    }
    list.push_back(std::move(entry));
  }
  return list;
}

ordered_json inputs_json(const std::vector<alliance::Input>& inputs, const Names& names) {
  ordered_json list = ordered_json::array();
  for (const alliance::Input& input : inputs) {
    ordered_json entry;
    entry["buyer"] = names.member(input.buyer);
    entry["product"] = names.product(input.product);
    entry["supplier"] =
        input.supplier ? ordered_json(names.member(*input.supplier)) : ordered_json(nullptr);
    entry["links"] = names.links(input.links);
    entry["alternatives"] = names.members(input.alternatives);
    list.push_back(std::move(entry));
  }
  return list;
}

ordered_json cuts_json(const Analysis& analysis, const Names& names) {
  ordered_json list = ordered_json::array();
  for (const graph::Cut& cut : analysis.connectivity.articulation) {
    ordered_json entry;
    entry["member"] = names.member(cut.id);
    entry["parts"] = ordered_json::array();
    for (const graph::Piece& piece : cut.pieces) entry["parts"].push_back(piece.size());
    if (cut.rest > 0) entry["parts"].push_back(cut.rest);
    list.push_back(std::move(entry));
  }
  return list;
}

ordered_json impact_json(const Programme& programme, const alliance::Impact& impact,
                         const Analysis& before) {
  const auto members = [&programme](const std::vector<std::uint32_t>& list) {
    ordered_json ids = ordered_json::array();
    for (const std::uint32_t i : list) ids.push_back(programme.members[i].id);
    return ids;
  };
  const auto inputs = [&programme](const std::vector<alliance::Impact::LostInput>& list) {
    ordered_json entries = ordered_json::array();
    for (const auto& input : list) {
      ordered_json entry;
      entry["buyer"] = programme.members[input.member].id;
      entry["product"] = programme.products[input.product].id;
      entries.push_back(std::move(entry));
    }
    return entries;
  };
  ordered_json json;
  json["emptiedStages"] = ordered_json::array();
  for (const std::uint32_t stage : impact.emptied_stages) {
    json["emptiedStages"].push_back(programme.alliances[before.network.alliance].stages[stage].id);
  }
  json["cutOff"] = members(impact.cut_off);
  json["lostInputs"] = inputs(impact.lost_inputs);
  json["newSingleSources"] = inputs(impact.new_single_sources);
  json["lostProducts"] = ordered_json::array();
  for (const std::uint32_t product : impact.lost_products) {
    json["lostProducts"].push_back(programme.products[product].id);
  }
  json["componentsBefore"] = impact.components_before;
  json["componentsAfter"] = impact.components_after;
  const bool measured = impact.measure != alliance::FlowMeasure::none;
  json["flowBefore"] = measured ? json_of(std::optional(impact.flow_before)) : nullptr;
  json["flowAfter"] = measured ? json_of(std::optional(impact.flow_after)) : nullptr;
  return json;
}

ordered_json analysis_json(const Analysis& analysis) {
  const Names names(analysis);
  const Programme& programme = *analysis.network.programme;
  ordered_json json;
  json["stages"] = stages_json(analysis, names);
  json["components"] = analysis.connectivity.components;
  json["members"] = ordered_json::array();
  for (std::uint32_t node = 0; node < analysis.network.size(); ++node) {
    const Member& member = analysis.network.member(node);
    ordered_json entry;
    entry["id"] = member.id;
    entry["name"] = json_of(member.name);
    entry["kind"] = name_of(member.kind);
    entry["city"] = member.city.empty() ? ordered_json(nullptr) : ordered_json(member.city);
    entry["links"] = analysis.graph.neighbours(node).size();
    entry["core"] = analysis.core[node];
    entry["betweenness"] = analysis.betweenness[node];
    json["members"].push_back(std::move(entry));
  }
  json["articulationPoints"] = cuts_json(analysis, names);
  json["bridges"] = ordered_json::array();
  for (const graph::Cut& cut : analysis.connectivity.bridges) {
    const graph::Edge edge = analysis.graph.edges()[cut.id];
    json["bridges"].push_back({names.member(edge.a), names.member(edge.b)});
  }
  json["singleSourceInputs"] = inputs_json(analysis.single_source, names);
  json["unsuppliedInputs"] = inputs_json(analysis.unsupplied, names);
  json["complements"] = ordered_json::array();
  for (const alliance::Complement& complement : analysis.complements) {
    ordered_json entry;
    entry["product"] = names.product(complement.product);
    entry["from"] = names.city(complement.from);
    entry["to"] = names.city(complement.to);
    entry["makers"] = names.members(complement.makers);
    entry["buyers"] = names.members(complement.buyers);
    entry["links"] = names.links(complement.links);
    entry["made"] = json_of(complement.made);
    entry["bought"] = json_of(complement.bought);
    entry["linked"] = json_of(complement.linked);
    entry["open"] = json_of(complement.open);
    json["complements"].push_back(std::move(entry));
  }
  const alliance::Bottleneck& cut = analysis.bottleneck;
  ordered_json& bottleneck = json["bottleneck"];
  bottleneck["measure"] = alliance::name_of(cut.measure);
  bottleneck["flow"] = cut.measure == alliance::FlowMeasure::none
                           ? ordered_json(nullptr)
                           : json_of(std::optional(cut.flow));
  bottleneck["members"] = names.members(cut.members);
  bottleneck["links"] = names.links(cut.links);
  json["suggestions"] = ordered_json::array();
  for (const alliance::Suggestion& suggestion : analysis.suggestions) {
    ordered_json entry;
    entry["class"] = alliance::name_of(suggestion.remedy);
    entry["reason"] = alliance::name_of(suggestion.reason);
    entry["weight"] = suggestion.weight;
    entry["text"] = json_of(suggestion.text);
    entry["evidence"] = json_of(suggestion.evidence);
    entry["members"] = ordered_json::array();
    for (const std::uint32_t i : suggestion.members) {
      entry["members"].push_back(programme.members[i].id);
    }
    entry["links"] = ordered_json::array();
    for (const std::uint32_t i : suggestion.links) {
      entry["links"].push_back(programme.chain_links[i].id);
    }
    entry["product"] = suggestion.product ? ordered_json(programme.products[*suggestion.product].id)
                                          : ordered_json(nullptr);
    json["suggestions"].push_back(std::move(entry));
  }
  return json;
}

// Text ---------------------------------------------------------------------------------------

std::string joined(const std::vector<std::string>& list, Language language) {
  std::string text;
  for (const std::string& each : list) {
    if (!text.empty()) text += pick(language, "、", ", ");
    text += each;
  }
  return text;
}

void print_overview(const Programme& programme, Language language) {
  if (programme.alliances.empty()) {
    std::cout << pick(language, "文件中没有产业联盟", "The programme has no alliances") << '\n';
    return;
  }
  Table table;
  table.column(Align::left, pick(language, "标识", "Id"));
  table.column(Align::left, pick(language, "产业联盟", "Alliance"));
  table.column(Align::right, pick(language, "环节", "Stages"));
  table.column(Align::right, pick(language, "成员", "Members"));
  table.column(Align::right, pick(language, "联系", "Links"));
  table.column(Align::right, pick(language, "建议", "Suggestions"));
  for (const Alliance& each : programme.alliances) {
    const auto analysis = alliance::analyse(programme, {each.id, {}}, {false});
    if (!analysis) continue;
    const bool known = analysis->network.size() > 0;
    const std::string unknown = pick(language, "未知", "unknown");
    table.row({each.id, each.title.in(language),
               each.stages.empty() ? unknown : std::to_string(each.stages.size()),
               known ? std::to_string(analysis->network.size()) : unknown,
               known ? std::to_string(analysis->network.links.size()) : "–",
               known ? std::to_string(analysis->suggestions.size()) : "–"});
  }
  std::cout << '\n' << table.text();
}

void print_stages(const Analysis& analysis, Language language) {
  if (analysis.stages.empty()) return;
  const Programme& programme = *analysis.network.programme;
  Table table;
  table.column(Align::left, pick(language, "环节", "Stage"));
  for (const City& city : programme.cities) table.column(Align::left, city.name.in(language));
  for (const alliance::StageCoverage& coverage : analysis.stages) {
    std::vector<std::string> row = {
        programme.alliances[analysis.network.alliance].stages[coverage.stage].title.in(language)};
    for (std::size_t city = 0; city < programme.cities.size(); ++city) {
      std::vector<std::string> names;
      for (const std::uint32_t node : coverage.by_city[city]) {
        names.push_back(analysis.network.member(node).name.in(language));
      }
      row.push_back(names.empty() ? "–" : joined(names, language));
    }
    table.row(std::move(row));
  }
  std::cout << '\n' << pick(language, "环节覆盖", "Stages by city") << '\n' << table.text();
}

void print_complements(const Analysis& analysis, Language language) {
  if (analysis.complements.empty()) return;
  const Programme& programme = *analysis.network.programme;
  const auto shown = [](const std::optional<double>& volume) {
    return volume ? number_text(*volume) : "–";
  };
  Table table;
  table.column(Align::left, pick(language, "产品", "Product"));
  table.column(Align::left, pick(language, "生产", "Made in"));
  table.column(Align::left, pick(language, "需要", "Needed in"));
  table.column(Align::right, pick(language, "联系", "Links"));
  table.column(Align::right, pick(language, "已供", "Supplied"));
  table.column(Align::right, pick(language, "还可供", "Still open"));
  table.column(Align::left, pick(language, "单位", "Unit"));
  for (const alliance::Complement& each : analysis.complements) {
    const Product& product = programme.products[each.product];
    table.row({product.name.in(language), programme.cities[each.from].name.in(language),
               programme.cities[each.to].name.in(language), std::to_string(each.links.size()),
               shown(each.linked), shown(each.open), product.unit.in(language)});
  }
  std::cout << '\n'
            << pick(language, "两市互补", "What one city makes and the other needs") << '\n'
            << table.text();
}

void print_central(const Analysis& analysis, Language language) {
  std::vector<std::uint32_t> order(analysis.network.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return analysis.betweenness[a] > analysis.betweenness[b];
  });
  Table table;
  table.column(Align::left, pick(language, "成员", "Member"));
  table.column(Align::right, pick(language, "介数", "Betweenness"));
  table.column(Align::right, pick(language, "核数", "Core"));
  table.column(Align::left, pick(language, "割点", "Cut point"));
  for (std::size_t i = 0; i < order.size() && i < kShown; ++i) {
    const std::uint32_t node = order[i];
    if (analysis.betweenness[node] <= 0) break;
    const auto& cuts = analysis.connectivity.articulation;
    const bool cut = std::any_of(cuts.begin(), cuts.end(),
                                 [node](const graph::Cut& each) { return each.id == node; });
    table.row({analysis.network.member(node).name.in(language),
               number_text(std::round(analysis.betweenness[node] * 10) / 10),
               std::to_string(analysis.core[node]),
               cut ? pick(language, "是", "yes") : std::string()});
  }
  if (!order.empty() && analysis.betweenness[order.front()] > 0) {
    std::cout << '\n' << pick(language, "居中程度", "Most central members") << '\n' << table.text();
  }
}

void print_suggestions(const Analysis& analysis, Language language) {
  for (const alliance::Remedy remedy : alliance::kRemedies) {
    bool first = true;
    for (const alliance::Suggestion& suggestion : analysis.suggestions) {
      if (suggestion.remedy != remedy) continue;
      if (first) std::cout << '\n' << alliance::label_of(remedy).in(language) << '\n';
      first = false;
      std::cout << "  " << printable(suggestion.text.in(language)) << "\n    "
                << printable(suggestion.evidence.in(language)) << '\n';
    }
  }
}

void print_impact(const Programme& programme, const alliance::Impact& impact,
                  const Analysis& before, Language language) {
  std::cout << '\n' << pick(language, "退出的影响", "What changes without them") << '\n';
  bool any = false;
  const auto say = [&](const std::string& what, const std::vector<std::string>& list) {
    if (list.empty()) return;
    any = true;
    std::cout << "  " << what << pick(language, "：", ": ") << printable(joined(list, language))
              << '\n';
  };
  std::vector<std::string> list;
  for (const std::uint32_t stage : impact.emptied_stages) {
    list.push_back(programme.alliances[before.network.alliance].stages[stage].title.in(language));
  }
  say(pick(language, "无人承担的环节", "Stages left empty"), list);
  list.clear();
  for (const std::uint32_t i : impact.cut_off) {
    list.push_back(programme.members[i].name.in(language));
  }
  say(pick(language, "与其余断开", "Cut off from the rest"), list);
  const auto inputs = [&](const std::vector<alliance::Impact::LostInput>& lost) {
    std::vector<std::string> words;
    words.reserve(lost.size());
    for (const auto& input : lost) {
      words.push_back(programme.members[input.member].name.in(language) + " (" +
                      programme.products[input.product].name.in(language) + ")");
    }
    return words;
  };
  say(pick(language, "失去供应", "Lose their supply"), inputs(impact.lost_inputs));
  say(pick(language, "只剩一个供应方", "Left with one supplier"),
      inputs(impact.new_single_sources));
  list.clear();
  for (const std::uint32_t i : impact.lost_products) {
    list.push_back(programme.products[i].name.in(language));
  }
  say(pick(language, "不再有人生产", "No longer made"), list);
  if (impact.measure != alliance::FlowMeasure::none &&
      std::abs(impact.flow_after - impact.flow_before) > 1e-9) {
    say(pick(language, "全链流量", "Flow of the chain"),
        {number_text(impact.flow_before) + " → " + number_text(impact.flow_after)});
  }
  if (!any) std::cout << "  " << pick(language, "没有变化", "Nothing") << '\n';
}

void print_text(const Programme& programme, const Analysis& analysis,
                const std::optional<Analysis>& before, const Options& options) {
  const Language language = options.common.language;
  std::cout << printable(programme.title.in(language)) << '\n';
  if (programme.kind == ProgrammeKind::demonstration) {
    std::cout << pick(language, "演示数据", "Demonstration data") << '\n';
  }
  if (options.alliance.empty() && options.without.empty()) print_overview(programme, language);
  if (!options.alliance.empty()) {
    std::cout << printable(programme.alliances[analysis.network.alliance].title.in(language))
              << '\n';
  }
  if (analysis.network.size() == 0) {
    std::cout << pick(language, "成员未知：文件没有列出", "Members unknown: the file names none")
              << '\n';
    return;
  }
  if (!options.alliance.empty() && analysis.stages.empty()) {
    std::cout << pick(language, "环节未知", "Stages unknown") << '\n';
  }
  print_stages(analysis, language);
  const alliance::Bottleneck& cut = analysis.bottleneck;
  if (cut.measure != alliance::FlowMeasure::none) {
    std::cout << '\n'
              << (cut.measure == alliance::FlowMeasure::equivalent
                      ? pick(language, "从原料到产品的最大流量（按最终产品折算）：",
                             "Greatest flow from feedstock to product, in units of end product: ")
                      : pick(language, "从原料到产品互不重合的路径：",
                             "Routes from feedstock to product that share no link: "))
              << (std::isfinite(cut.flow) ? number_text(cut.flow)
                                          : pick(language, "无法确定", "unknown"))
              << '\n';
  }
  print_complements(analysis, language);
  print_central(analysis, language);
  if (before) print_impact(programme, alliance::impact_of(*before, analysis), *before, language);
  print_suggestions(analysis, language);
}

int run(const Options& options) {
  const Language language = options.common.language;
  const LoadedFile file = load_file(options.file, language);
  if (!file.programme) {
    print_faults(options.file, file.faults, language);
    return kFailed;
  }
  const Programme& programme = *file.programme;
  const auto missing = [&](const char* pointer, const std::string& id) {
    print_faults(options.file,
                 {{"dangling-reference", pointer,
                   language == Language::zh ? "没有 " + id + "；应为其中的标识"
                                            : "there is no " + id + "; expected one of the ids",
                   std::nullopt}},
                 language);
    return kFailed;
  };
  const auto before = alliance::analyse(programme, {options.alliance, {}});
  if (!before) return missing("/alliances", options.alliance);
  for (const std::string& id : options.without) {
    if (before->network.node_of.count(id) == 0) return missing("/members", id);
  }
  std::optional<Analysis> after;
  if (!options.without.empty()) {
    after = alliance::analyse(programme, {options.alliance, options.without});
  }
  const Analysis& shown = after ? *after : *before;
  if (options.common.json) {
    ordered_json json;
    json["id"] = programme.id;
    json["title"] = json_of(programme.title);
    json["kind"] = tc::name_of(programme.kind);
    json["alliance"] =
        options.alliance.empty() ? ordered_json(nullptr) : ordered_json(options.alliance);
    json["without"] = options.without;
    json["alliances"] = ordered_json::array();
    for (const Alliance& each : programme.alliances) {
      ordered_json entry;
      entry["id"] = each.id;
      entry["title"] = json_of(each.title);
      json["alliances"].push_back(std::move(entry));
    }
    json.update(analysis_json(shown));
    json["impact"] = after ? impact_json(programme, alliance::impact_of(*before, *after), *before)
                           : ordered_json(nullptr);
    std::cout << json.dump(2, ' ', false, ordered_json::error_handler_t::replace) << '\n';
  } else {
    print_text(programme, shown, after ? before : std::nullopt, options);
  }
  return kDone;
}

}  // namespace

void add_alliances(CLI::App& program, int& status) {
  const auto options = std::make_shared<Options>();
  CLI::App* command = program.add_subcommand(
      "alliances", "Chains of the industry alliances: coverage, bottlenecks, what to do");
  command->add_option("FILE", options->file, "Programme file; - is the standard input")->required();
  command
      ->add_option("--alliance", options->alliance, "Only this alliance; else all members together")
      ->type_name("ID");
  command
      ->add_option("--without", options->without,
                   "What if this member leaves; may be given several times")
      ->type_name("MEMBER");
  add_common_options(*command, options->common, "Taken, and without effect here");
  command->footer(
      "JSON: {\"id\", \"title\", \"kind\", \"alliance\", \"without\", \"alliances\": [{\"id\", "
      "\"title\"}],\n"
      "\"stages\": [{\"stage\", \"title\", \"members\", \"cities\", \"byCity\": [{\"city\", "
      "\"members\"}]}], \"components\",\n"
      "\"members\": [{\"id\", \"name\", \"kind\", \"city\", \"links\", \"core\", "
      "\"betweenness\"}],\n"
      "\"articulationPoints\": [{\"member\", \"parts\"}], \"bridges\": [[MEMBER, MEMBER]],\n"
      "\"singleSourceInputs\", \"unsuppliedInputs\": [{\"buyer\", \"product\", \"supplier\", "
      "\"links\", \"alternatives\"}],\n"
      "\"complements\": [{\"product\", \"from\", \"to\", \"makers\", \"buyers\", \"links\", "
      "\"made\", \"bought\", \"linked\", \"open\"}],\n"
      "\"bottleneck\": {\"measure\": none, equivalent or routes, \"flow\", \"members\", "
      "\"links\"},\n"
      "\"suggestions\": [{\"class\": strengthen, repair, secure or extend, \"reason\", \"weight\", "
      "\"text\", \"evidence\",\n"
      "\"members\", \"links\", \"product\"}],\n"
      "\"impact\": null or, with --without, {\"emptiedStages\", \"cutOff\", \"lostInputs\", "
      "\"newSingleSources\",\n"
      "\"lostProducts\", \"componentsBefore\", \"componentsAfter\", \"flowBefore\", "
      "\"flowAfter\"}}. What is not known is null.");
  command->callback([options, &status] { status = run(*options); });
}

}  // namespace tc::cli
