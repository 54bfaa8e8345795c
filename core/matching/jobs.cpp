#include "core/matching/jobs.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "core/matching/text_index.hpp"

namespace tc::matching {

namespace {

constexpr std::size_t kListed = 1'000'000'000;  ///< ranks by score; all real scores come before

Text joined(const Text& a, const Text& b) {
  return {a.zh + "\n" + b.zh, a.en + "\n" + b.en};
}

}  // namespace

class JobMatcher::Engine {
 public:
  Engine(const Taxonomy& taxonomy, const Programme& programme, const JobOptions& options)
      : programme_(programme),
        options_(options),
        analyser_(taxonomy),
        index_(analyser_),
        jobs_(programme.jobs.size()),
        graduates_(programme.graduates.size()) {
    for (std::size_t j = 0; j < jobs_; ++j) job_numbers_.emplace(programme.jobs[j].id, j);
    for (std::size_t g = 0; g < graduates_; ++g) {
      graduate_numbers_.emplace(programme.graduates[g].code, g);
    }
    fits_.resize(graduates_);
    result_.graduates.resize(graduates_);
    result_.jobs.resize(jobs_);
    for (const Job& job : programme_.jobs) {
      result_.problem.quota.push_back(static_cast<std::uint32_t>(std::max(0, job.quota)));
    }
    named_.resize(jobs_);
    for (std::size_t j = 0; j < jobs_; ++j) {
      const auto& choices = programme.jobs[j].choices;
      for (std::size_t k = 0; k < choices.size(); ++k) {
        const auto found = graduate_numbers_.find(choices[k]);
        if (found != graduate_numbers_.end()) named_[j].emplace(found->second, k);
      }
    }
  }

  std::size_t done() const { return done_; }
  std::size_t steps() const { return 2 * graduates_ + jobs_ + 1; }

  bool step() {
    const std::size_t at = done_;
    if (at < graduates_) {
      const Graduate& graduate = programme_.graduates[at];
      index_.add(static_cast<std::uint32_t>(at),
                 analyser_.analyse(graduate.field, graduate.skills));
    } else if (at < graduates_ + jobs_) {
      read_fits(static_cast<std::uint32_t>(at - graduates_));
    } else if (at < 2 * graduates_ + jobs_) {
      list(at - graduates_ - jobs_);
    } else if (at < steps()) {
      match();
    }
    done_ = std::min(at + 1, steps());
    return done_ < steps();
  }

  JobMatching take() { return std::move(result_); }

 private:
  /// Fits of texts: a search in the graduates' for a job's.
  void read_fits(std::uint32_t j) {
    const Job& job = programme_.jobs[j];
    const TextVector query = analyser_.analyse(job.title, joined(job.text, job.requirements));
    const double most = index_.self_score(query);
    if (most <= 0) return;
    for (const TextIndex::Hit& hit : index_.search(query, graduates_)) {
      const double fit = std::sqrt(std::min(1.0, hit.score / most));
      // Who has named nobody lists no worse fits: they would only take room.
      if (fit < options_.least_fit && programme_.graduates[hit.document].choices.empty()) continue;
      fits_[hit.document].emplace_back(j, static_cast<float>(fit));
    }
  }

  void list(std::size_t g) {
    StableProblem& problem = result_.problem;
    const std::vector<std::size_t> list = list_of(g, result_.graduates[g]);
    for (const std::size_t j : list) {
      problem.post.push_back(static_cast<std::uint32_t>(j));
      problem.rank.push_back(rank_of(j, g));
      ++result_.jobs[j].applicants;
    }
    result_.graduates[g].choices = list.size();
    problem.first.push_back(static_cast<std::uint32_t>(problem.post.size()));
  }

  void match() {
    const StableMatching matching = options_.proposer == Proposer::graduates
                                        ? match_resident_optimal(result_.problem)
                                        : match_post_optimal(result_.problem);
    result_.blocking_pairs = blocking_pairs(result_.problem, matching).size();
    tell(matching, result_);
  }

  double fit(std::size_t g, std::size_t j) const {
    const auto& list = fits_[g];  // by rising job
    const auto found =
        std::lower_bound(list.begin(), list.end(), j,
                         [](const auto& entry, std::size_t job) { return entry.first < job; });
    return found == list.end() || found->first != j ? 0 : found->second;
  }

  bool is_open(std::size_t j) const {
    const auto& deadline = programme_.jobs[j].deadline;
    return !options_.as_of || !deadline || *options_.as_of <= *deadline;
  }

  bool has_degree(std::size_t j, std::size_t g) const {
    const auto& wanted = programme_.jobs[j].degree;
    const auto& there = programme_.graduates[g].degree;
    return !wanted || (there && *there >= *wanted);
  }

  /// 1 for the first city of the list, less for later ones, 0 for none of them.
  double city(std::size_t j, std::size_t g) const {
    const auto& cities = programme_.graduates[g].cities;
    if (cities.empty()) return 1;
    const auto found = std::find(cities.begin(), cities.end(), programme_.jobs[j].city);
    if (found == cities.end()) return 0;
    const auto place = static_cast<double>(found - cities.begin());
    return 1 - place / static_cast<double>(cities.size() + 1);
  }

  /// 0 when it pays less than wanted, 0.5 just as much, 1 twice as much or when nothing is wanted.
  double pay(std::size_t j, std::size_t g) const {
    const auto& least = programme_.graduates[g].salary;
    const Job& job = programme_.jobs[j];
    const std::optional<double> most = job.salary_max ? job.salary_max : job.salary_min;
    if (!least || *least <= 0) return 1;
    if (!most) return 0.5;
    return *most < *least ? 0 : std::min(1.0, 0.5 * *most / *least);
  }

  std::vector<std::size_t> list_of(std::size_t g, Placement& placement) const {
    const Graduate& graduate = programme_.graduates[g];
    std::vector<std::size_t> list;
    if (!graduate.choices.empty()) {
      for (const std::string& id : graduate.choices) {
        const auto found = job_numbers_.find(id);
        if (found != job_numbers_.end() && is_open(found->second)) list.push_back(found->second);
      }
      return list;
    }
    std::vector<std::pair<double, std::size_t>> scored;
    for (const auto& [j, fits] : fits_[g]) {
      if (fits < options_.least_fit || !is_open(j)) continue;
      const double where = city(j, g);
      const double paid = pay(j, g);
      if (!has_degree(j, g)) {
        ++placement.held_back[0];
      } else if (where <= 0) {
        ++placement.held_back[1];
      } else if (paid <= 0) {
        ++placement.held_back[2];
      } else {
        scored.emplace_back(-(0.6 * fits + 0.25 * where + 0.15 * paid), j);
      }
    }
    std::sort(scored.begin(), scored.end());
    scored.resize(std::min(scored.size(), options_.list_length));
    for (const auto& [score, j] : scored) list.push_back(j);
    return list;
  }

  std::uint32_t rank_of(std::size_t j, std::size_t g) const {
    if (!has_degree(j, g)) return StableProblem::kRefused;
    if (!programme_.jobs[j].choices.empty()) {
      const auto found = named_[j].find(g);
      return found == named_[j].end() ? StableProblem::kRefused
                                      : static_cast<std::uint32_t>(found->second);
    }
    const auto& degree = programme_.graduates[g].degree;
    const double level = degree ? static_cast<double>(*degree) / 3 : 0;
    const double score = 0.85 * fit(g, j) + 0.15 * level;
    return static_cast<std::uint32_t>((1 - score) * kListed);
  }

  void tell(const StableMatching& matching, JobMatching& result) const {
    const StableProblem& problem = result.problem;
    std::vector<std::vector<std::pair<std::uint32_t, std::size_t>>> hired(jobs_);
    std::vector<bool> acceptable(jobs_, false);
    for (std::size_t g = 0; g < graduates_; ++g) {
      Placement& placement = result.graduates[g];
      bool refused_by_all = true;
      for (std::uint32_t e = problem.first[g]; e < problem.first[g + 1]; ++e) {
        if (problem.rank[e] == StableProblem::kRefused) continue;
        refused_by_all = false;
        acceptable[problem.post[e]] = true;
      }
      const std::uint32_t choice = matching.choice[g];
      if (choice != StableMatching::kNone) {
        const std::size_t job = problem.post[choice];
        placement.job = job;
        placement.choice = choice - problem.first[g] + 1;
        placement.fit = fit(g, job);
        hired[job].emplace_back(problem.rank[choice], g);
        ++result.placed;
      } else if (placement.choices > 0) {
        placement.reason = refused_by_all ? Unplaced::refused : Unplaced::outranked;
      } else {
        const auto most = std::max_element(placement.held_back.begin(), placement.held_back.end());
        constexpr std::array reasons = {Unplaced::degree, Unplaced::city, Unplaced::salary};
        placement.reason =
            *most == 0 ? Unplaced::no_fit
                       : reasons[static_cast<std::size_t>(most - placement.held_back.begin())];
      }
    }
    for (std::size_t j = 0; j < jobs_; ++j) {
      std::sort(hired[j].begin(), hired[j].end());
      for (const auto& [rank, g] : hired[j]) result.jobs[j].graduates.push_back(g);
      if (hired[j].size() >= problem.quota[j]) continue;
      result.jobs[j].vacancy = !is_open(j)      ? Vacancy::closed
                               : !acceptable[j] ? Vacancy::nobody_listed
                                                : Vacancy::went_elsewhere;
    }
  }

  const Programme& programme_;
  JobOptions options_;
  TextAnalyser analyser_;
  TextIndex index_;  ///< of graduates
  std::size_t jobs_;
  std::size_t graduates_;
  std::unordered_map<std::string_view, std::size_t> job_numbers_;
  std::unordered_map<std::string_view, std::size_t> graduate_numbers_;
  std::vector<std::vector<std::pair<std::uint32_t, float>>> fits_;   ///< by graduate
  std::vector<std::unordered_map<std::size_t, std::size_t>> named_;  ///< by job
  std::size_t done_ = 0;
  JobMatching result_;
};

JobMatcher::JobMatcher(const Taxonomy& taxonomy, const Programme& programme,
                       const JobOptions& options)
    : engine_(std::make_unique<Engine>(taxonomy, programme, options)) {}
JobMatcher::JobMatcher(JobMatcher&&) noexcept = default;
JobMatcher& JobMatcher::operator=(JobMatcher&&) noexcept = default;
JobMatcher::~JobMatcher() = default;

bool JobMatcher::step() {
  return engine_->step();
}
std::size_t JobMatcher::done() const {
  return engine_->done();
}
std::size_t JobMatcher::steps() const {
  return engine_->steps();
}
JobMatching JobMatcher::take() {
  return engine_->take();
}

JobMatching match_jobs(const Taxonomy& taxonomy, const Programme& programme,
                       const JobOptions& options) {
  JobMatcher matcher(taxonomy, programme, options);
  while (matcher.step()) {
  }
  return matcher.take();
}

const Text& label_of(Unplaced reason) {
  static const std::array<Text, kUnplacedReasons> labels = {{
      {"没有专业和技能对口的岗位", "no open job matches field and skills"},
      {"对口岗位要求更高学历", "the jobs that match want a higher degree"},
      {"对口岗位不在意向城市", "the jobs that match are in other cities"},
      {"对口岗位薪酬低于期望", "the jobs that match pay less than wanted"},
      {"志愿单位不予录用", "the employers on the list do not take this graduate"},
      {"志愿岗位已由用人单位更看好的人选占满",
       "the jobs on the list are full of people whom the employers prefer"},
  }};
  return labels[static_cast<std::size_t>(reason)];
}

const Text& label_of(Vacancy vacancy) {
  static const std::array<Text, 4> labels = {{
      {"已满", "filled"},
      {"已截止", "closed"},
      {"没有合适的人选填报", "nobody who qualifies has it on the list"},
      {"填报的人选去了更中意的岗位", "those who have it on the list got a job that they prefer"},
  }};
  return labels[static_cast<std::size_t>(vacancy)];
}

}  // namespace tc::matching
