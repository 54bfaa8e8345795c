#include "web/ui/matching_model.hpp"

#include <algorithm>
#include <utility>

#include "assets/cluster_taxonomy.gen.hpp"

namespace tc::ui {

namespace {

using matching::Proposer;

const matching::Taxonomy& cluster_taxonomy() {
  static const matching::Taxonomy taxonomy = [] {
    Result<matching::Taxonomy> loaded = matching::load_taxonomy(kClusterTaxonomyJson);
    return loaded ? std::move(*loaded.value) : matching::Taxonomy();
  }();
  return taxonomy;
}

/// Candidates a need in the assignment where taking all would make the problem too large.
constexpr std::size_t kCandidates = 20;
constexpr std::size_t kAllCandidates = 250'000;
constexpr std::size_t kManyPairs = 4'000'000;

void set(policy::Facts& facts, std::string_view attribute, RuleValue value) {
  if (const auto at = policy::find_attribute(attribute)) facts.values[*at] = std::move(value);
}

std::vector<policy::Eligibility> helpful(const Board& board, const policy::Facts& facts,
                                         std::string_view city, std::size_t limit) {
  std::vector<policy::Eligibility> found = policy::check_all(board.programme, facts, board.as_of);
  std::erase_if(found, [&](const policy::Eligibility& one) {
    const auto& cities = board.programme.policies[one.policy].cities;
    const bool elsewhere = !city.empty() && !cities.empty() &&
                           std::find(cities.begin(), cities.end(), city) == cities.end();
    const bool told = one.verdict == policy::Verdict::applies ||
                      one.verdict == policy::Verdict::nearly ||
                      (one.verdict == policy::Verdict::unknown && !one.conditions_unknown &&
                       one.force == policy::Force::in_force);
    return elsewhere || !told;
  });
  found.resize(std::min(found.size(), limit));
  return found;
}

}  // namespace

void MatchingModel::show(const Board& board) {
  if (board_ == &board && version_ == board.version) return;
  board_ = &board;
  version_ = board.version;
  assigner_.reset();  // it refers to the matcher
  matcher_.reset();
  read_ = false;
  job_matcher_.reset();
  jobs_ = {};
  options_.as_of = board.as_of;
  drop_scores();
}

void MatchingModel::drop_scores() {
  best_.clear();
  best_results_.clear();
  done_ = 0;
  assigner_.reset();
  assignment_.reset();
  of_needs_.clear();
  of_results_.clear();
  ++revision_;
}

void MatchingModel::set_options(const matching::NeedOptions& options) {
  options_ = options;
  if (matcher_) matcher_->set_options(options_);
  drop_scores();
}

const std::vector<matching::PairScore>& MatchingModel::best_for(std::size_t need,
                                                                std::size_t limit) {
  const std::array<std::size_t, 3> key = {revision_, need, limit};
  if (looked_at_key_ != key) {
    looked_at_key_ = key;
    looked_at_ = matcher_->best(need, limit);
  }
  return looked_at_;
}

const std::vector<matching::SharedTerm>& MatchingModel::terms_of(const matching::PairScore& pair) {
  constexpr std::size_t kShown = 12;
  const std::array<std::size_t, 3> key = {revision_, pair.need, pair.result};
  if (terms_key_ != key) {
    terms_key_ = key;
    terms_ = matcher_->shared_terms(pair, kShown);
  }
  return terms_;
}

bool MatchingModel::jobs_are_many() const {
  return board_ != nullptr &&
         std::uint64_t{board_->programme.jobs.size()} * board_->programme.graduates.size() >
             kManyPairs;
}

MatchingModel::Work MatchingModel::wanted() const {
  if (board_ == nullptr) return Work::none;
  if (wants_needs_) {
    if (!read_) return Work::index;
    if (done_ < board_->programme.needs.size()) return Work::best;
    if (wants_assignment_ && !assignment_) return Work::assignment;
  }
  if (wants_jobs_ && !jobs_[static_cast<std::size_t>(*wants_jobs_)]) return Work::jobs;
  return Work::none;
}

double MatchingModel::progress() const {
  const auto share = [](std::size_t done, std::size_t all) {
    return all == 0 ? 0.0 : static_cast<double>(done) / static_cast<double>(all);
  };
  const Work now = wanted();
  if (now == Work::none) return 1;
  const std::size_t needs = board_->programme.needs.size();
  if (now == Work::index && matcher_) {
    return share(matcher_->read(), needs + board_->programme.results.size());
  }
  if (now == Work::best) return share(done_, needs);
  if (now == Work::assignment && assigner_) return share(assigner_->done(), needs);
  if (now == Work::jobs && job_matcher_) return share(job_matcher_->done(), job_matcher_->steps());
  return 0;
}

void MatchingModel::stop() {
  stopped_ = true;
  wants_assignment_ = false;
  assigner_.reset();
  wants_jobs_.reset();
  job_matcher_.reset();
}

bool MatchingModel::step() {
  switch (work()) {
    case Work::none:
      return false;
    case Work::index:
      read_text();
      break;
    case Work::best:
      find_best();
      break;
    case Work::assignment:
      assign_some();
      break;
    case Work::jobs:
      match_some();
      break;
  }
  return work() != Work::none;
}

void MatchingModel::read_text() {
  if (!matcher_) {
    matcher_.emplace(cluster_taxonomy(), board_->programme, options_, matching::Reading::later);
  }
  if (matcher_->read_next()) return;
  read_ = true;
  ++revision_;
}

/// Of one need.
void MatchingModel::find_best() {
  best_.resize(board_->programme.needs.size());
  best_results_.resize(board_->programme.results.size());
  const std::size_t need = done_++;
  const auto pairs = matcher_->best(need, 1);
  if (!pairs.empty()) {
    const auto total = static_cast<float>(pairs[0].total);
    best_[need] = {static_cast<std::uint32_t>(pairs[0].result), total};
    Best& other = best_results_[pairs[0].result];
    if (total > other.total) other = {static_cast<std::uint32_t>(need), total};
  }
  if (done_ == best_.size()) ++revision_;
}

void MatchingModel::assign_some() {
  const Programme& programme = board_->programme;
  if (!assigner_) {
    matching::NeedOptions options = options_;
    const bool few =
        std::uint64_t{programme.needs.size()} * programme.results.size() <= kAllCandidates;
    options.candidates = few ? 0 : kCandidates;
    matcher_->set_options(options);
    assigner_.emplace(*matcher_);
  }
  if (assigner_->step()) return;
  assignment_ = assigner_->take();
  assigner_.reset();
  of_needs_.assign(programme.needs.size(), {});
  of_results_.assign(programme.results.size(), {});
  for (std::uint32_t i = 0; i < assignment_->pairs.size(); ++i) {
    of_needs_[assignment_->pairs[i].need].push_back(i);
    of_results_[assignment_->pairs[i].result].push_back(i);
  }
  ++revision_;
}

void MatchingModel::match_some() {
  if (!job_matcher_ || proposer_ != *wants_jobs_) {
    proposer_ = *wants_jobs_;
    matching::JobOptions options;
    options.proposer = proposer_;
    options.as_of = board_->as_of;
    job_matcher_.emplace(cluster_taxonomy(), board_->programme, options);
  }
  if (job_matcher_->step()) return;
  jobs_[static_cast<std::size_t>(proposer_)] = job_matcher_->take();
  job_matcher_.reset();
  ++revision_;
}

CityFlows flows_of(const Board& board, const matching::NeedAssignment& assignment) {
  CityFlows flows(board.programme.cities.size());
  for (const matching::PairScore& pair : assignment.pairs) {
    flows.add(board.index.city(board.programme.results[pair.result].city),
              board.index.city(board.programme.needs[pair.need].city));
  }
  return flows;
}

CityFlows flows_of(const Board& board, const matching::JobMatching& jobs) {
  CityFlows flows(board.programme.cities.size());
  for (std::size_t g = 0; g < jobs.graduates.size(); ++g) {
    if (!jobs.graduates[g].job) continue;
    const auto& cities = board.programme.graduates[g].cities;
    flows.add(cities.empty() ? std::nullopt : board.index.city(cities.front()),
              board.index.city(board.programme.jobs[*jobs.graduates[g].job].city));
  }
  return flows;
}

std::vector<policy::Eligibility> policies_for(const Board& board, const Need& need,
                                              std::size_t limit) {
  policy::Facts facts;
  if (!need.city.empty()) set(facts, "firm.city", need.city);
  if (need.cluster && board.programme.policy_matrix) {
    // The matrix has clusters of its own; the one with our name is meant.
    for (const auto& cluster : board.programme.policy_matrix->clusters) {
      if (cluster.id == name_of(*need.cluster) ||
          (!cluster.title.zh.empty() && label_of(*need.cluster).zh.starts_with(cluster.title.zh))) {
        set(facts, "firm.cluster", cluster.id);
      }
    }
  }
  if (need.trl > 0) set(facts, "project.trl", static_cast<double>(need.trl));
  if (!need.city.empty()) set(facts, "project.city", need.city);
  return helpful(board, facts, need.city, limit);
}

std::vector<policy::Eligibility> policies_for(const Board& board, const Graduate& graduate,
                                              std::size_t limit) {
  policy::Facts facts;
  const std::string city = graduate.cities.empty() ? std::string() : graduate.cities.front();
  if (!city.empty()) set(facts, "talent.city", city);
  if (graduate.degree) {
    const bool college = *graduate.degree == Degree::vocational;
    set(facts, "talent.degree",
        college ? std::string("college") : std::string(name_of(*graduate.degree)));
  }
  return helpful(board, facts, city, limit);
}

}  // namespace tc::ui
