#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/matching/challenge.hpp"
#include "core/matching/jobs.hpp"
#include "core/matching/needs.hpp"
#include "core/model/summary.hpp"
#include "native/cli/commands.hpp"
#include "native/cli/files.hpp"
#include "native/cli/options.hpp"
#include "native/cli/taxonomy.hpp"
#include "native/cli/terminal.hpp"

namespace tc::cli {

namespace {

using namespace tc::matching;
using nlohmann::ordered_json;
using Align = Table::Align;

/// Shared words to name for one pair.
constexpr std::size_t kTerms = 5;
constexpr std::size_t kMostTop = 1000;
constexpr double kMostWeight = 1e6;

struct Options {
  CommonOptions common;
  std::string file;
  std::string what;
  std::size_t top = 3;
  std::string need;
  std::string challenge;
  std::vector<double> weights;
  bool exclusive = false;
  Proposer proposer = Proposer::graduates;
  Aggregation aggregation = Aggregation::trimmed_mean;
};

struct Report {
  const Programme& programme;
  const Options& options;
  std::optional<Date> as_of;
};

constexpr std::array<std::string_view, 3> kAggregations = {"trimmed-mean", "median", "mean"};
constexpr std::array<std::string_view, 4> kBidStates = {"ranked", "late", "over-budget",
                                                        "unscored"};
constexpr std::array<std::string_view, kUnplacedReasons> kUnplaced = {
    "no-fit", "degree", "city", "salary", "refused", "outranked"};
constexpr std::array<std::string_view, 4> kVacancies = {"none", "closed", "nobody-listed",
                                                        "went-elsewhere"};
constexpr std::array<std::string_view, kFeatureKinds> kKinds = {"words", "concept", "field"};

template <class E, std::size_t N>
std::string_view name_in(const std::array<std::string_view, N>& names, E value) {
  return names[static_cast<std::size_t>(value)];
}

/// Four digits are more than anybody needs, and the same everywhere.
double rounded(double value) {
  return std::round(value * 1e4) / 1e4;
}

std::string fixed(double value, int digits) {
  std::array<char, 64> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%.*f", digits, value);
  return buffer.data();
}

std::string percent(double share) {
  return fixed(share * 100, 0) + "%";
}

ordered_json json_of(const Text& text) {
  ordered_json json;
  json["zh"] = text.zh;
  json["en"] = text.en;
  return json;
}

ordered_json head_of(const Report& report) {
  ordered_json json;
  json["id"] = report.programme.id;
  json["title"] = json_of(report.programme.title);
  json["kind"] = tc::name_of(report.programme.kind);
  json["asOf"] = report.as_of ? ordered_json(format_date(*report.as_of)) : ordered_json(nullptr);
  return json;
}

void print_json(const ordered_json& json) {
  std::cout << json.dump(2, ' ', false, ordered_json::error_handler_t::replace) << '\n';
}

void print_head(const Report& report) {
  const Language language = report.options.common.language;
  std::cout << printable(report.programme.title.in(language)) << '\n';
  if (report.programme.kind == ProgrammeKind::demonstration) {
    std::cout << pick(language, "演示数据", "Demonstration data") << '\n';
  }
  if (report.as_of) {
    std::cout << pick(language, "截至：", "As of: ") << format_date(*report.as_of) << '\n';
  }
}

std::string city_name(const Programme& programme, const std::string& id, Language language) {
  const auto found = std::find_if(programme.cities.begin(), programme.cities.end(),
                                  [&id](const City& city) { return city.id == id; });
  return found == programme.cities.end() ? std::string() : found->name.in(language);
}

// Needs --------------------------------------------------------------------------------------

ordered_json json_of(const Report& report, const NeedMatcher& matcher, const PairScore& pair) {
  const ResearchResult& result = report.programme.results[pair.result];
  ordered_json json;
  json["need"] = report.programme.needs[pair.need].id;
  json["result"] = result.id;
  json["title"] = json_of(result.title);
  json["total"] = rounded(pair.total);
  json["innovation"] = rounded(pair.innovation);
  json["industry"] = rounded(pair.industry);
  json["talent"] = rounded(pair.talent);
  json["capital"] = rounded(pair.capital);
  json["information"] = rounded(pair.information);
  json["topic"] = rounded(pair.topic);
  json["readiness"] = rounded(pair.readiness);
  json["completeness"] = rounded(pair.completeness);
  json["freshness"] = rounded(pair.freshness);
  json["crossCity"] = pair.cross_city;
  json["terms"] = ordered_json::array();
  for (const SharedTerm& term : matcher.shared_terms(pair, kTerms)) {
    ordered_json entry;
    entry["term"] = term.name;
    entry["kind"] = name_in(kKinds, term.kind);
    entry["share"] = rounded(term.share);
    json["terms"].push_back(std::move(entry));
  }
  return json;
}

std::string reason_of(const Report& report, const NeedMatcher& matcher, const PairScore& pair) {
  const Language language = report.options.common.language;
  const Need& need = report.programme.needs[pair.need];
  const ResearchResult& result = report.programme.results[pair.result];
  const std::string gap = pick(language, "；", "; ");
  std::string text = pick(language, "共同主题：", "shared: ");
  bool first = true;
  for (const SharedTerm& term : matcher.shared_terms(pair, kTerms)) {
    if (!first) text += pick(language, "、", ", ");
    first = false;
    text += term.name + " " + percent(term.share);
  }
  if (need.trl != 0 && result.trl != 0) {
    text += gap + pick(language, "成熟度 ", "TRL ") + std::to_string(result.trl) + "/" +
            std::to_string(need.trl);
  }
  if (need.budget && result.price) {
    text += gap + pick(language, "报价/预算 ", "price/budget ") + fixed(*result.price / 1e4, 0) +
            "/" + fixed(*need.budget / 1e4, 0) + pick(language, " 万元", " (10,000 yuan)");
  }
  if (result.team) {
    text += gap + pick(language, "团队 ", "team ") + std::to_string(*result.team);
    if (need.team) text += "/" + std::to_string(*need.team);
  }
  if (result.updated) {
    text += gap + pick(language, "更新于 ", "updated ") + format_date(*result.updated);
  }
  return text;
}

void print_pairs(const Report& report, const NeedMatcher& matcher,
                 const std::vector<PairScore>& pairs, bool reasons) {
  const Language language = report.options.common.language;
  Table table;
  if (!reasons) table.column(Align::left, pick(language, "需求", "Need"));
  table.column(Align::left, pick(language, "成果", "Result"));
  table.column(Align::left, pick(language, "标题", "Title"));
  table.column(Align::right, pick(language, "总分", "Total"));
  table.column(Align::right, pick(language, "创新链", "Innovation"));
  table.column(Align::right, pick(language, "产业链", "Industry"));
  table.column(Align::right, pick(language, "人才链", "Talent"));
  table.column(Align::right, pick(language, "资金链", "Capital"));
  table.column(Align::right, pick(language, "信息链", "Information"));
  table.column(Align::left, pick(language, "跨城", "Cross-city"));
  for (const PairScore& pair : pairs) {
    const ResearchResult& result = report.programme.results[pair.result];
    std::vector<std::string> row;
    if (!reasons) row.push_back(report.programme.needs[pair.need].id);
    row.push_back(result.id);
    row.push_back(result.title.in(language));
    for (const double part : {pair.total, pair.innovation, pair.industry, pair.talent, pair.capital,
                              pair.information}) {
      row.push_back(fixed(part, 2));
    }
    row.push_back(pair.cross_city ? pick(language, "是", "yes") : std::string());
    table.row(std::move(row));
  }
  std::cout << table.text();
  if (!reasons) return;
  for (const PairScore& pair : pairs) {
    std::cout << "  " << printable(report.programme.results[pair.result].id) << "  "
              << printable(reason_of(report, matcher, pair)) << '\n';
  }
}

int match_needs(const Report& report, const Taxonomy& taxonomy) {
  const Options& options = report.options;
  const Programme& programme = report.programme;
  NeedOptions settings;
  settings.exclusive = options.exclusive;
  settings.as_of = report.as_of;
  if (!options.weights.empty()) {
    if (options.weights.size() != 5) {
      throw CLI::ValidationError("--weights",
                                 "expected five for needs: innovation,industry,talent,capital,"
                                 "information");
    }
    settings.weights = {options.weights[0], options.weights[1], options.weights[2],
                        options.weights[3], options.weights[4]};
  }
  std::optional<std::size_t> only;
  if (!options.need.empty()) {
    const auto found =
        std::find_if(programme.needs.begin(), programme.needs.end(),
                     [&options](const Need& need) { return need.id == options.need; });
    if (found == programme.needs.end()) {
      throw CLI::ValidationError("--need", "there is no need \"" + options.need + "\"");
    }
    only = static_cast<std::size_t>(found - programme.needs.begin());
  }
  const NeedMatcher matcher(taxonomy, programme, settings);
  const Language language = options.common.language;
  std::optional<NeedAssignment> assignment;
  if (!only) assignment = matcher.assign_all();

  if (options.common.json) {
    ordered_json json = head_of(report);
    const ChainWeights& w = settings.weights;
    json["weights"] = {{"innovation", w.innovation},
                       {"industry", w.industry},
                       {"talent", w.talent},
                       {"capital", w.capital},
                       {"information", w.information}};
    json["assignment"] = nullptr;
    if (assignment) {
      ordered_json& best = json["assignment"];
      best["total"] = static_cast<double>(assignment->worth) / 1e6;
      best["gap"] = assignment->gap;
      best["pairs"] = ordered_json::array();
      for (const PairScore& pair : assignment->pairs) {
        ordered_json entry;
        entry["need"] = programme.needs[pair.need].id;
        entry["result"] = programme.results[pair.result].id;
        entry["total"] = rounded(pair.total);
        entry["needPrice"] = rounded(assignment->need_price[pair.need]);
        entry["resultPrice"] = rounded(assignment->result_price[pair.result]);
        best["pairs"].push_back(std::move(entry));
      }
    }
    json["needs"] = ordered_json::array();
    for (std::size_t n = 0; n < programme.needs.size(); ++n) {
      if (only && n != *only) continue;
      ordered_json entry;
      entry["need"] = programme.needs[n].id;
      entry["title"] = json_of(programme.needs[n].title);
      entry["open"] = matcher.is_open(n);
      entry["best"] = ordered_json::array();
      for (const PairScore& pair : matcher.best(n, options.top)) {
        entry["best"].push_back(json_of(report, matcher, pair));
      }
      json["needs"].push_back(std::move(entry));
    }
    print_json(json);
    return kDone;
  }

  print_head(report);
  if (programme.needs.empty()) {
    std::cout << pick(language, "没有需求", "There are no needs") << '\n';
    return kDone;
  }
  if (only) {
    const Need& need = programme.needs[*only];
    std::cout << '\n' << printable(need.id + "  " + need.title.in(language));
    if (!matcher.is_open(*only)) std::cout << pick(language, "（已截止）", " (closed)");
    std::cout << '\n';
    const std::vector<PairScore> pairs = matcher.best(*only, options.top);
    if (pairs.empty()) {
      std::cout << "  " << pick(language, "没有主题相符的成果", "no result has the topic") << '\n';
    } else {
      print_pairs(report, matcher, pairs, true);
    }
    return kDone;
  }
  std::size_t open = 0;
  for (std::size_t n = 0; n < programme.needs.size(); ++n) open += matcher.is_open(n) ? 1U : 0U;
  const std::string counts = std::to_string(programme.needs.size()) + " / " + std::to_string(open) +
                             " / " + std::to_string(programme.results.size()) + " / " +
                             std::to_string(assignment->pairs.size());
  std::cout << pick(language, "需求 / 未截止 / 成果 / 配对：", "Needs / open / results / pairs: ")
            << counts << '\n';
  std::cout << pick(language, "最优总分：", "Best total: ")
            << fixed(static_cast<double>(assignment->worth) / 1e6, 3)
            << pick(language, "，对偶间隙：", ", duality gap: ") << assignment->gap << "\n\n";
  print_pairs(report, matcher, assignment->pairs, false);
  return kDone;
}

// Jobs ---------------------------------------------------------------------------------------

int match_job_file(const Report& report, const Taxonomy& taxonomy) {
  const Options& options = report.options;
  const Programme& programme = report.programme;
  const Language language = options.common.language;
  JobOptions settings;
  settings.proposer = options.proposer;
  settings.as_of = report.as_of;
  const JobMatching matching = match_jobs(taxonomy, programme, settings);

  if (options.common.json) {
    ordered_json json = head_of(report);
    json["proposer"] = options.proposer == Proposer::graduates ? "graduates" : "jobs";
    json["placed"] = matching.placed;
    json["blockingPairs"] = matching.blocking_pairs;
    json["graduates"] = ordered_json::array();
    for (std::size_t g = 0; g < programme.graduates.size(); ++g) {
      const Placement& placement = matching.graduates[g];
      ordered_json entry;
      entry["code"] = programme.graduates[g].code;
      entry["job"] =
          placement.job ? ordered_json(programme.jobs[*placement.job].id) : ordered_json(nullptr);
      entry["choice"] = placement.job ? ordered_json(placement.choice) : ordered_json(nullptr);
      entry["choices"] = placement.choices;
      entry["fit"] = placement.job ? ordered_json(rounded(placement.fit)) : ordered_json(nullptr);
      entry["reason"] = placement.job ? ordered_json(nullptr)
                                      : ordered_json(name_in(kUnplaced, placement.reason));
      json["graduates"].push_back(std::move(entry));
    }
    json["jobs"] = ordered_json::array();
    for (std::size_t j = 0; j < programme.jobs.size(); ++j) {
      const JobResult& result = matching.jobs[j];
      ordered_json entry;
      entry["job"] = programme.jobs[j].id;
      entry["title"] = json_of(programme.jobs[j].title);
      entry["quota"] = programme.jobs[j].quota;
      entry["applicants"] = result.applicants;
      entry["graduates"] = ordered_json::array();
      for (const std::size_t g : result.graduates) {
        entry["graduates"].push_back(programme.graduates[g].code);
      }
      entry["vacancy"] = name_in(kVacancies, result.vacancy);
      json["jobs"].push_back(std::move(entry));
    }
    print_json(json);
    return kDone;
  }

  print_head(report);
  std::size_t places = 0;
  for (const Job& job : programme.jobs) places += static_cast<std::size_t>(job.quota);
  std::cout << pick(language, "岗位 / 名额 / 毕业生 / 录用：",
                    "Jobs / places / graduates / placed: ")
            << programme.jobs.size() << " / " << places << " / " << programme.graduates.size()
            << " / " << matching.placed << '\n'
            << pick(language, "阻塞对：", "Blocking pairs: ") << matching.blocking_pairs << '\n';
  Table table;
  table.column(Align::left, pick(language, "岗位", "Job"));
  table.column(Align::left, pick(language, "名称", "Title"));
  table.column(Align::left, pick(language, "城市", "City"));
  table.column(Align::right, pick(language, "名额", "Places"));
  table.column(Align::right, pick(language, "填报", "Listed by"));
  table.column(Align::left, pick(language, "录用", "Placed"));
  table.column(Align::left, pick(language, "空缺原因", "Why places are left"));
  for (std::size_t j = 0; j < programme.jobs.size(); ++j) {
    const Job& job = programme.jobs[j];
    const JobResult& result = matching.jobs[j];
    std::string codes;
    for (const std::size_t g : result.graduates) {
      if (!codes.empty()) codes += ' ';
      codes += programme.graduates[g].code;
    }
    table.row(
        {job.id, job.title.in(language), city_name(programme, job.city, language),
         std::to_string(job.quota), std::to_string(result.applicants), codes,
         result.vacancy == Vacancy::none ? std::string() : label_of(result.vacancy).in(language)});
  }
  if (!programme.jobs.empty()) std::cout << '\n' << table.text();
  Table unplaced;
  unplaced.column(Align::right);
  unplaced.column(Align::left);
  unplaced.column(Align::left);
  for (std::size_t k = 0; k < kUnplacedReasons; ++k) {
    const auto reason = static_cast<Unplaced>(k);
    std::size_t count = 0;
    std::string codes;
    for (std::size_t g = 0; g < programme.graduates.size(); ++g) {
      const Placement& placement = matching.graduates[g];
      if (placement.job || placement.reason != reason) continue;
      if (count++ < options.top) codes += (codes.empty() ? "" : " ") + programme.graduates[g].code;
    }
    if (count > options.top) codes += " …";
    if (count > 0) unplaced.row({std::to_string(count), label_of(reason).in(language), codes});
  }
  if (matching.placed < programme.graduates.size()) {
    std::cout << '\n'
              << pick(language, "未录用的毕业生", "Graduates without a job") << '\n'
              << unplaced.text();
  }
  return kDone;
}

// Open challenges ----------------------------------------------------------------------------

std::string state_words(BidState state, Language language) {
  switch (state) {
    case BidState::ranked:
      break;
    case BidState::late:
      return pick(language, "逾期", "late");
    case BidState::over_budget:
      return pick(language, "超预算", "over budget");
    case BidState::unscored:
      return pick(language, "评分不全", "not fully scored");
  }
  return {};
}

ordered_json json_of(const Challenge& challenge, const ChallengeRanking& ranking) {
  ordered_json json;
  json["challenge"] = challenge.id;
  json["title"] = json_of(challenge.title);
  json["bids"] = ordered_json::array();
  for (const RankedBid& ranked : ranking.bids) {
    const Bid& bid = challenge.bids[ranked.bid];
    ordered_json entry;
    entry["bid"] = bid.id;
    entry["bidder"] = json_of(bid.bidder);
    entry["place"] = ranked.place == 0 ? ordered_json(nullptr) : ordered_json(ranked.place);
    entry["state"] = name_in(kBidStates, ranked.state);
    entry["total"] = ranked.total ? ordered_json(rounded(*ranked.total)) : ordered_json(nullptr);
    entry["scores"] = ordered_json::array();
    for (std::size_t k = 0; k < challenge.criteria.size(); ++k) {
      ordered_json part;
      part["criterion"] = challenge.criteria[k].id;
      const auto& score = ranked.scores[k];
      part["score"] = score ? ordered_json(rounded(score->score)) : ordered_json(nullptr);
      part["judges"] = score ? score->judges : 0;
      part["excluded"] = score ? score->excluded : 0;
      entry["scores"].push_back(std::move(part));
    }
    json["bids"].push_back(std::move(entry));
  }
  json["weights"] = ordered_json::array();
  for (std::size_t k = 0; k < challenge.criteria.size(); ++k) {
    ordered_json entry;
    entry["criterion"] = challenge.criteria[k].id;
    entry["weight"] = rounded(ranking.weights[k]);
    const bool known = !ranking.ranges.empty();
    const auto bid_id = [&](const std::optional<std::size_t>& bid) {
      return bid ? ordered_json(challenge.bids[*bid].id) : ordered_json(nullptr);
    };
    entry["low"] = known ? ordered_json(rounded(ranking.ranges[k].low)) : ordered_json(nullptr);
    entry["high"] = known ? ordered_json(rounded(ranking.ranges[k].high)) : ordered_json(nullptr);
    entry["below"] = known ? bid_id(ranking.ranges[k].below) : ordered_json(nullptr);
    entry["above"] = known ? bid_id(ranking.ranges[k].above) : ordered_json(nullptr);
    json["weights"].push_back(std::move(entry));
  }
  return json;
}

void print_challenge(const Report& report, const Challenge& challenge,
                     const ChallengeRanking& ranking) {
  const Language language = report.options.common.language;
  std::cout << '\n' << printable(challenge.id + "  " + challenge.title.in(language)) << '\n';
  Table bids;
  bids.column(Align::right, pick(language, "名次", "Place"));
  bids.column(Align::left, pick(language, "投标", "Bid"));
  bids.column(Align::left, pick(language, "投标方", "Bidder"));
  bids.column(Align::right, pick(language, "总分", "Total"));
  for (const BidCriterion& criterion : challenge.criteria) {
    bids.column(Align::right, criterion.title.in(language));
  }
  bids.column(Align::left, pick(language, "说明", "Note"));
  for (const RankedBid& ranked : ranking.bids) {
    const Bid& bid = challenge.bids[ranked.bid];
    std::vector<std::string> row = {ranked.place == 0 ? "–" : std::to_string(ranked.place), bid.id,
                                    bid.bidder.in(language),
                                    ranked.total ? fixed(*ranked.total, 2) : "–"};
    std::uint32_t excluded = 0;
    for (const auto& score : ranked.scores) {
      row.push_back(score ? fixed(score->score, 1) : "–");
      if (score) excluded = std::max(excluded, score->excluded);
    }
    std::string note = state_words(ranked.state, language);
    if (excluded > 0) {
      if (!note.empty()) note += pick(language, "；", "; ");
      note += pick(language, "回避评委：", "judges excluded: ") + std::to_string(excluded);
    }
    row.push_back(note);
    bids.row(std::move(row));
  }
  std::cout << bids.text();
  if (ranking.ranges.empty()) return;
  Table weights;
  weights.column(Align::left, pick(language, "指标", "Criterion"));
  weights.column(Align::right, pick(language, "权重", "Weight"));
  weights.column(Align::left, pick(language, "第一名不变的范围", "The winner stays within"));
  weights.column(Align::left, pick(language, "范围以外", "Beyond it"));
  for (std::size_t k = 0; k < ranking.ranges.size(); ++k) {
    const WeightRange& range = ranking.ranges[k];
    std::string beyond;
    if (range.below) beyond += "< " + challenge.bids[*range.below].id;
    if (range.above) {
      beyond += (beyond.empty() ? "> " : "  > ") + challenge.bids[*range.above].id;
    }
    weights.row({challenge.criteria[k].title.in(language), fixed(range.weight * 100, 1) + "%",
                 fixed(range.low * 100, 1) + "% – " + fixed(range.high * 100, 1) + "%", beyond});
  }
  std::cout << '\n' << weights.text();
}

int match_challenges(const Report& report) {
  const Options& options = report.options;
  const Programme& programme = report.programme;
  JudgingOptions settings;
  settings.aggregation = options.aggregation;
  settings.weights = options.weights;
  std::vector<const Challenge*> wanted;
  for (const Challenge& challenge : programme.challenges) {
    if (options.challenge.empty() || options.challenge == challenge.id) {
      wanted.push_back(&challenge);
    }
  }
  if (!options.challenge.empty() && wanted.empty()) {
    throw CLI::ValidationError("--challenge",
                               "there is no challenge \"" + options.challenge + "\"");
  }
  for (const Challenge* challenge : wanted) {
    if (!options.weights.empty() && options.weights.size() != challenge->criteria.size()) {
      throw CLI::ValidationError("--weights", "expected as many as challenge " + challenge->id +
                                                  " has criteria, " +
                                                  std::to_string(challenge->criteria.size()));
    }
  }
  if (options.common.json) {
    ordered_json json = head_of(report);
    json["aggregation"] = name_in(kAggregations, options.aggregation);
    json["challenges"] = ordered_json::array();
    for (const Challenge* challenge : wanted) {
      json["challenges"].push_back(json_of(*challenge, rank_bids(*challenge, settings)));
    }
    print_json(json);
    return kDone;
  }
  print_head(report);
  if (wanted.empty()) {
    std::cout << pick(options.common.language, "没有揭榜挂帅项目", "There are no open challenges")
              << '\n';
  }
  for (const Challenge* challenge : wanted) {
    print_challenge(report, *challenge, rank_bids(*challenge, settings));
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
  const Report report{programme, options,
                      options.common.as_of ? options.common.as_of : effective_as_of(programme)};
  if (options.what == "challenge") return match_challenges(report);
  const Taxonomy taxonomy = cluster_taxonomy();
  return options.what == "needs" ? match_needs(report, taxonomy) : match_job_file(report, taxonomy);
}

void check_options(const Options& options) {
  for (const double weight : options.weights) {
    if (!(weight >= 0 && weight <= kMostWeight)) {
      throw CLI::ValidationError("--weights", "expected numbers from 0 to 1000000");
    }
  }
  if (!options.weights.empty() && std::all_of(options.weights.begin(), options.weights.end(),
                                              [](double w) { return w == 0; })) {
    throw CLI::ValidationError("--weights", "expected one above 0");
  }
  const auto only_with = [&options](bool given, const char* name, std::string_view what) {
    if (given && options.what != what) {
      throw CLI::ValidationError(name, "goes with " + std::string(what) + " only");
    }
  };
  only_with(!options.need.empty(), "--need", "needs");
  only_with(options.exclusive, "--exclusive", "needs");
  only_with(!options.challenge.empty(), "--challenge", "challenge");
  if (!options.weights.empty() && options.what == "jobs") {
    throw CLI::ValidationError("--weights", "goes with needs and challenge only");
  }
}

}  // namespace

void add_match(CLI::App& program, int& status) {
  const auto options = std::make_shared<Options>();
  CLI::App* command = program.add_subcommand(
      "match", "Match needs with results, graduates with jobs; rank the bids of open challenges");
  command->add_option("FILE", options->file, "Programme file; - is the standard input")->required();
  command->add_option("WHAT", options->what, "needs, jobs or challenge")
      ->required()
      ->check(CLI::IsMember({"needs", "jobs", "challenge"}))
      ->type_name("needs|jobs|challenge");
  command
      ->add_option("--top", options->top, "Results to list for a need, codes for a reason; else 3")
      ->check(check_whole)
      ->check(CLI::Range(std::size_t{1}, kMostTop))
      ->type_name("K");
  command->add_option("--need", options->need, "The best results for this need, with reasons")
      ->type_name("ID");
  command->add_option("--challenge", options->challenge, "This challenge only")->type_name("ID");
  command
      ->add_option("--weights", options->weights,
                   "needs: innovation,industry,talent,capital,information, else "
                   "0.5,0.15,0.1,0.15,0.1; challenge: one a criterion")
      ->delimiter(',')
      ->type_name("W,W,…");
  command->add_flag("--exclusive", options->exclusive, "needs: every result serves one need only");
  command
      ->add_option_function<std::string>(
          "--proposer",
          [options](const std::string& name) {
            options->proposer = name == "jobs" ? Proposer::jobs : Proposer::graduates;
          },
          "jobs: the side whose best stable matching is wanted; else graduates")
      ->check(CLI::IsMember({"graduates", "jobs"}))
      ->type_name("graduates|jobs");
  command
      ->add_option_function<std::string>(
          "--aggregation",
          [options](const std::string& name) {
            const auto found = std::find(kAggregations.begin(), kAggregations.end(), name);
            options->aggregation = static_cast<Aggregation>(found - kAggregations.begin());
          },
          "challenge: how judges' scores become one; else trimmed-mean")
      ->check(CLI::IsMember({"trimmed-mean", "median", "mean"}))
      ->type_name("trimmed-mean|median|mean");
  add_common_options(*command, options->common,
                     "Day on which postings are open or closed, fresh or stale; else the "
                     "programme's own");
  command->footer(
      "Graduates appear by their code only; contact details are never printed.\n"
      "JSON: {\"id\", \"title\": {\"zh\", \"en\"}, \"kind\", \"asOf\"} and\n"
      "needs: \"weights\": {\"innovation\", \"industry\", \"talent\", \"capital\", "
      "\"information\"},\n"
      "\"assignment\": null with --need, or {\"total\", \"gap\", \"pairs\": [{\"need\", "
      "\"result\", \"total\", \"needPrice\",\n"
      "\"resultPrice\"}]}, \"needs\": [{\"need\", \"title\", \"open\", \"best\": [{\"need\", "
      "\"result\", \"title\", \"total\",\n"
      "\"innovation\", \"industry\", \"talent\", \"capital\", \"information\", \"topic\", "
      "\"readiness\", \"completeness\",\n"
      "\"freshness\", \"crossCity\", \"terms\": [{\"term\", \"kind\", \"share\"}]}]}];\n"
      "jobs: \"proposer\", \"placed\", \"blockingPairs\", \"graduates\": [{\"code\", \"job\", "
      "\"choice\", \"choices\", \"fit\",\n"
      "\"reason\"}], \"jobs\": [{\"job\", \"title\", \"quota\", \"applicants\", \"graduates\", "
      "\"vacancy\"}];\n"
      "challenge: \"aggregation\", \"challenges\": [{\"challenge\", \"title\", \"bids\": "
      "[{\"bid\", "
      "\"bidder\", \"place\", \"state\",\n"
      "\"total\", \"scores\": [{\"criterion\", \"score\", \"judges\", \"excluded\"}]}], "
      "\"weights\": [{\"criterion\", \"weight\",\n"
      "\"low\", \"high\", \"below\", \"above\"}]}]. reason is no-fit, degree, city, salary, "
      "refused "
      "or outranked; vacancy\n"
      "none, closed, nobody-listed or went-elsewhere; state ranked, late, over-budget or "
      "unscored. What is not known is null.");
  command->callback([options, &status] {
    check_options(*options);
    status = run(*options);
  });
}

}  // namespace tc::cli
