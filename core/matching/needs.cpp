#include "core/matching/needs.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>
#include <utility>

#include "core/model/id_index.hpp"

namespace tc::matching {

namespace {

constexpr double kUnknown = 0.5;
constexpr double kTopicShare = 0.75;  ///< of the innovation chain; readiness is the rest
constexpr double kClusterShare = 0.6;
constexpr double kMillion = 1e6;

double readiness_of(int wanted, int there) {
  if (wanted == 0 || there == 0) return kUnknown;
  return std::clamp(1.0 - (wanted - there) / 4.0, 0.0, 1.0);
}

double industry_of(const Need& need, const ResearchResult& result) {
  const double cluster =
      need.cluster && result.cluster ? (*need.cluster == *result.cluster ? 1.0 : 0.0) : kUnknown;
  double stage = kUnknown;
  if (need.stage && result.stage) {
    const int apart = std::abs(static_cast<int>(*need.stage) - static_cast<int>(*result.stage));
    stage = apart == 0 ? 1.0 : apart == 1 ? 0.5 : 0.0;
  }
  return kClusterShare * cluster + (1 - kClusterShare) * stage;
}

double talent_of(const Need& need, const ResearchResult& result) {
  if (!result.team) return kUnknown;
  const int wanted = std::max(1, need.team.value_or(1));
  return std::min(1.0, static_cast<double>(*result.team) / wanted);
}

/// Up to the budget all is well; at twice the budget nothing is.
double capital_of(const Need& need, const ResearchResult& result) {
  if (!need.budget || !result.price) return kUnknown;
  if (*result.price <= *need.budget) return 1;
  if (*need.budget <= 0) return 0;
  return std::max(0.0, 2 - *result.price / *need.budget);
}

double completeness_of(const ResearchResult& result) {
  const std::array<bool, 8> said = {
      !result.text.empty(),     !result.owner.empty(),     result.cluster.has_value(),
      result.stage.has_value(), result.trl != 0,           result.team.has_value(),
      result.price.has_value(), result.updated.has_value()};
  return static_cast<double>(std::count(said.begin(), said.end(), true)) / said.size();
}

double freshness_of(const ResearchResult& result, const std::optional<Date>& as_of) {
  if (!result.updated || !as_of) return kUnknown;
  return std::exp2(-std::max(0, *as_of - *result.updated) / 365.0);
}

/// Negative or endless weights count nothing; when none is left, all count the same.
ChainWeights normalised(ChainWeights weights) {
  const std::array<double*, 5> all = {&weights.innovation, &weights.industry, &weights.talent,
                                      &weights.capital, &weights.information};
  double sum = 0;
  for (double* weight : all) {
    *weight = std::isfinite(*weight) ? std::max(0.0, *weight) : 0;
    sum += *weight;
  }
  for (double* weight : all) *weight = sum > 0 ? *weight / sum : 0.2;
  return weights;
}

/// Bytes in UTF-8 of a Chinese character (of the usual plane), and of two.
constexpr std::size_t kCharacter = 3;
constexpr std::size_t kPair = 2 * kCharacter;

bool is_pair_of_characters(const SharedTerm& term) {
  return term.kind == FeatureKind::gram && term.name.size() == kPair &&
         static_cast<unsigned char>(term.name.front()) >= 0xE0;
}

std::uint64_t pair_key(std::size_t need, std::size_t result) {
  return std::uint64_t{need} << 32U | result;
}

/// How many parties are interested in a pair, by `pair_key`.
std::unordered_map<std::uint64_t, int> interested_parties(const Programme& programme) {
  std::unordered_map<std::uint64_t, int> interested;
  if (programme.interests.empty()) return interested;
  const IdIndex results = index_by_id(programme.results);
  std::unordered_map<std::string_view, std::vector<std::size_t>> needs;  // by id and by firm
  for (std::size_t i = 0; i < programme.needs.size(); ++i) {
    needs[programme.needs[i].id].push_back(i);
    for (const std::string* firm : {&programme.needs[i].firm.zh, &programme.needs[i].firm.en}) {
      if (firm->empty()) continue;
      std::vector<std::size_t>& own = needs[*firm];
      if (own.empty() || own.back() != i) own.push_back(i);
    }
  }
  for (const Interest& interest : programme.interests) {
    const auto result = results.find(interest.result);
    if (result == results.end()) continue;
    const std::string& firm = interest.party.zh.empty() ? interest.party.en : interest.party.zh;
    const auto wanted = needs.find(interest.need.empty() ? firm : interest.need);
    if (wanted == needs.end()) continue;
    for (const std::size_t need : wanted->second) {
      int& parties = interested[pair_key(need, result->second)];
      parties = static_cast<int>(std::min<std::int64_t>(
          std::int64_t{parties} + std::max(1, interest.count), std::numeric_limits<int>::max()));
    }
  }
  return interested;
}

bool better(const PairScore& a, const PairScore& b) {
  return a.total != b.total ? a.total > b.total : a.result < b.result;
}

}  // namespace

NeedMatcher::NeedMatcher(const Taxonomy& taxonomy, const Programme& programme, NeedOptions options,
                         Reading reading)
    : programme_(programme), analyser_(taxonomy), index_(analyser_) {
  set_options(options);
  needs_.reserve(programme.needs.size());
  interested_ = interested_parties(programme);
  if (reading == Reading::at_once) {
    while (read_next()) {
    }
  }
}

bool NeedMatcher::read_next() {
  const std::size_t results = programme_.results.size();
  const std::size_t all = results + programme_.needs.size();
  if (read_ < results) {
    const ResearchResult& result = programme_.results[read_];
    index_.add(static_cast<std::uint32_t>(read_), analyser_.analyse(result.title, result.text));
  } else if (read_ < all) {
    const Need& need = programme_.needs[read_ - results];
    needs_.push_back(analyser_.analyse(need.title, need.text));
  }
  read_ = std::min(read_ + 1, all);
  return read_ < all;
}

void NeedMatcher::set_options(NeedOptions options) {
  options_ = options;
  options_.weights = normalised(options_.weights);
}

bool NeedMatcher::is_open(std::size_t need) const {
  const auto& deadline = programme_.needs[need].deadline;
  return !options_.as_of || !deadline || *options_.as_of <= *deadline;
}

bool NeedMatcher::may_serve(std::size_t need, std::size_t result) const {
  return !programme_.needs[need].exclusive || options_.exclusive ||
         programme_.results[result].capacity == 1;
}

PairScore NeedMatcher::score(std::size_t n, std::size_t r, double topic) const {
  const Need& need = programme_.needs[n];
  const ResearchResult& result = programme_.results[r];
  PairScore pair;
  pair.need = n;
  pair.result = r;
  pair.topic = topic;
  pair.readiness = readiness_of(need.trl, result.trl);
  pair.innovation = kTopicShare * topic + (1 - kTopicShare) * pair.readiness;
  pair.industry = industry_of(need, result);
  pair.talent = talent_of(need, result);
  pair.capital = capital_of(need, result);
  pair.completeness = completeness_of(result);
  pair.freshness = freshness_of(result, options_.as_of);
  if (const auto found = interested_.find(pair_key(n, r)); found != interested_.end()) {
    pair.interested = found->second;
  }
  const double lacking = 1 - (pair.completeness + pair.freshness) / 2;
  pair.information = 1 - lacking * std::exp2(-pair.interested);
  pair.cross_city = !need.city.empty() && !result.city.empty() && need.city != result.city;
  const ChainWeights& w = options_.weights;
  pair.total = w.innovation * pair.innovation + w.industry * pair.industry +
               w.talent * pair.talent + w.capital * pair.capital +
               w.information * pair.information + (pair.cross_city ? options_.cross_city_bonus : 0);
  return pair;
}

std::vector<PairScore> NeedMatcher::best(std::size_t need, std::size_t limit) const {
  std::vector<PairScore> pairs;
  const double most = index_.self_score(needs_[need]);
  if (most <= 0) return pairs;
  for (const TextIndex::Hit& hit : index_.search(needs_[need], index_.size())) {
    const double topic = std::sqrt(std::min(1.0, hit.score / most));
    if (topic < options_.least_topic) break;
    if (may_serve(need, hit.document)) pairs.push_back(score(need, hit.document, topic));
  }
  const std::size_t kept = std::min(limit, pairs.size());
  std::partial_sort(pairs.begin(), pairs.begin() + static_cast<std::ptrdiff_t>(kept), pairs.end(),
                    better);
  pairs.resize(kept);
  return pairs;
}

std::vector<SharedTerm> NeedMatcher::shared_terms(const PairScore& pair, std::size_t limit) const {
  std::vector<SharedTerm> terms;
  const auto parts = index_.explain(needs_[pair.need], static_cast<std::uint32_t>(pair.result));
  double sum = 0;
  for (const TextIndex::Contribution& part : parts) sum += part.score;
  if (sum <= 0) return terms;
  const Need& need = programme_.needs[pair.need];
  const auto stands_there = [&need](const std::string& words) {
    return need.title.zh.find(words) != std::string::npos ||
           need.text.zh.find(words) != std::string::npos;
  };
  for (const TextIndex::Contribution& part : parts) {
    const TextAnalyser::Feature& feature = analyser_.feature(part.feature);
    terms.push_back({feature.name, feature.kind, part.score / sum});
  }
  // Pairs of characters that overlap in the need are shown as the words that they come from.
  for (std::size_t i = 0; i < terms.size(); ++i) {
    if (!is_pair_of_characters(terms[i])) continue;
    for (std::size_t k = 0; k < terms.size(); ++k) {
      if (k == i || !is_pair_of_characters(terms[k])) continue;
      std::string words;
      if (terms[i].name.ends_with(terms[k].name.substr(0, kCharacter))) {
        words = terms[i].name + terms[k].name.substr(kCharacter);
      } else if (terms[k].name.ends_with(terms[i].name.substr(0, kCharacter))) {
        words = terms[k].name + terms[i].name.substr(kCharacter);
      }
      if (words.empty() || !stands_there(words)) continue;
      terms[i].name = std::move(words);
      terms[i].share += terms[k].share;
      terms.erase(terms.begin() + static_cast<std::ptrdiff_t>(k));
      if (k < i) --i;
      k = static_cast<std::size_t>(-1);  // the longer word may reach further
    }
  }
  std::stable_sort(terms.begin(), terms.end(),
                   [](const SharedTerm& a, const SharedTerm& b) { return a.share > b.share; });
  terms.resize(std::min(terms.size(), limit));
  return terms;
}

NeedAssignment NeedMatcher::assign_all() const {
  NeedAssigner assigner(*this);
  while (assigner.step()) {
  }
  return assigner.take();
}

NeedAssigner::NeedAssigner(const NeedMatcher& matcher) : matcher_(matcher) {
  const Programme& programme = matcher.programme_;
  problem_.cols = static_cast<std::uint32_t>(programme.results.size());
  for (const ResearchResult& offer : programme.results) {
    problem_.col_capacity.push_back(matcher.options_.exclusive ? 1 : offer.capacity);
  }
}

bool NeedAssigner::step() {
  const std::vector<Need>& needs = matcher_.programme_.needs;
  const std::size_t n = done();
  if (n == needs.size()) {
    solve();
    return false;
  }
  problem_.row_capacity.push_back(needs[n].capacity);
  if (matcher_.is_open(n)) {
    constexpr std::size_t kAll = std::numeric_limits<std::size_t>::max();
    const std::size_t limit = matcher_.options_.candidates;
    for (const PairScore& pair : matcher_.best(n, limit == 0 ? kAll : limit)) {
      const double worth = std::clamp(pair.total * kMillion, 0.0, 1e9);
      problem_.arcs.push_back(
          {static_cast<std::uint32_t>(pair.result), static_cast<std::int32_t>(std::lround(worth))});
      pairs_.push_back(pair);
    }
  }
  problem_.first.push_back(static_cast<std::uint32_t>(problem_.arcs.size()));
  return true;
}

void NeedAssigner::solve() {
  const Assignment assignment = assign(problem_);
  const Certificate proof = certify(problem_, assignment);
  result_ = {};
  for (const std::uint32_t arc : assignment.chosen) result_.pairs.push_back(pairs_[arc]);
  const auto in_units = [](const std::vector<std::int64_t>& prices) {
    std::vector<double> units;
    units.reserve(prices.size());
    for (const std::int64_t price : prices) units.push_back(static_cast<double>(price) / kMillion);
    return units;
  };
  result_.need_price = in_units(assignment.row_price);
  result_.result_price = in_units(assignment.col_price);
  result_.worth = assignment.weight;
  result_.gap = proof.gap();
}

}  // namespace tc::matching
