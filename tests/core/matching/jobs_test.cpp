#include "core/matching/jobs.hpp"

#include <gtest/gtest.h>

#include "core/model/programme_json.hpp"
#include "tests/core/matching/ranking_quality.hpp"

namespace tc::matching {
namespace {

const Taxonomy& taxonomy() {
  static const Taxonomy data =
      *load_taxonomy(test::file_text("assets/taxonomy/clusters.json")).value;
  return data;
}

Job job_of(const char* id, const char* text, int quota = 1) {
  Job job;
  job.id = id;
  job.title.zh = text;
  job.city = "h";
  job.quota = quota;
  return job;
}

Graduate graduate_of(const char* code, const char* skills, Degree degree = Degree::bachelor) {
  Graduate graduate;
  graduate.code = code;
  graduate.skills.zh = skills;
  graduate.degree = degree;
  return graduate;
}

/// One job in welding; one graduate who can do it.
Programme one_of_each() {
  Programme p;
  p.cities = {{"h", {"呼和浩特", ""}, {}}, {"b", {"包头", ""}, {}}};
  p.jobs = {job_of("J", "焊接技师")};
  p.graduates = {graduate_of("G", "焊接技师")};
  return p;
}

TEST(jobs, who_fits_is_placed) {
  const JobMatching m = match_jobs(taxonomy(), one_of_each());
  ASSERT_TRUE(m.graduates[0].job);
  EXPECT_EQ(*m.graduates[0].job, 0U);
  EXPECT_EQ(m.graduates[0].choice, 1U);
  EXPECT_GT(m.graduates[0].fit, 0.5);
  EXPECT_EQ(m.jobs[0].vacancy, Vacancy::none);
  EXPECT_EQ(m.placed, 1U);
  EXPECT_EQ(m.blocking_pairs, 0U);
}

TEST(jobs, who_has_no_job_is_told_why) {
  const auto reason = [](const Programme& p, const JobOptions& options = {}) {
    const JobMatching m = match_jobs(taxonomy(), p, options);
    EXPECT_FALSE(m.graduates.back().job);
    return m.graduates.back().reason;
  };
  Programme p = one_of_each();
  p.graduates[0].skills.zh = "绘画";
  EXPECT_EQ(reason(p), Unplaced::no_fit);
  p = one_of_each();
  p.jobs[0].degree = Degree::master;
  EXPECT_EQ(reason(p), Unplaced::degree);
  p.graduates[0].choices = {"J"};
  EXPECT_EQ(reason(p), Unplaced::refused);
  p = one_of_each();
  p.graduates[0].degree.reset();
  p.jobs[0].degree = Degree::vocational;
  EXPECT_EQ(reason(p), Unplaced::degree);
  p = one_of_each();
  p.graduates[0].cities = {"b"};
  EXPECT_EQ(reason(p), Unplaced::city);
  p = one_of_each();
  p.graduates[0].salary = 8000;
  p.jobs[0].salary_max = 7999;
  EXPECT_EQ(reason(p), Unplaced::salary);
  p = one_of_each();
  p.graduates.insert(p.graduates.begin(), graduate_of("A", "焊接技师", Degree::master));
  EXPECT_EQ(reason(p), Unplaced::outranked);
  p = one_of_each();
  p.jobs[0].deadline = make_date(2024, 6, 30);
  JobOptions options;
  options.as_of = make_date(2024, 7, 1);
  EXPECT_EQ(reason(p, options), Unplaced::no_fit);
  EXPECT_EQ(match_jobs(taxonomy(), p, options).jobs[0].vacancy, Vacancy::closed);
  options.as_of = make_date(2024, 6, 30);
  EXPECT_EQ(match_jobs(taxonomy(), p, options).placed, 1U);
}

TEST(jobs, places_that_are_left_are_explained) {
  Programme p = one_of_each();
  p.jobs[0].quota = 2;
  EXPECT_EQ(match_jobs(taxonomy(), p).jobs[0].vacancy, Vacancy::went_elsewhere);
  p.jobs.push_back(job_of("K", "奶酪"));
  EXPECT_EQ(match_jobs(taxonomy(), p).jobs[1].vacancy, Vacancy::nobody_listed);
  p.jobs[1].title.zh = "焊接技师";
  p.jobs[0].quota = 1;
  p.graduates[0].choices = {"J", "K"};
  const JobMatching m = match_jobs(taxonomy(), p);
  EXPECT_EQ(m.jobs[1].vacancy, Vacancy::went_elsewhere);
  EXPECT_EQ(m.jobs[1].applicants, 1U);
}

TEST(jobs, lists_that_people_have_made_are_followed) {
  Programme p = one_of_each();
  p.jobs.push_back(job_of("K", "奶酪"));
  p.graduates[0].choices = {"K", "J"};
  EXPECT_EQ(*match_jobs(taxonomy(), p).graduates[0].job, 1U);
  p.graduates.push_back(graduate_of("H", "绘画"));
  p.graduates[1].choices = {"K"};
  p.jobs[1].choices = {"H", "G"};
  JobMatching m = match_jobs(taxonomy(), p);
  EXPECT_EQ(*m.graduates[1].job, 1U);
  EXPECT_EQ(*m.graduates[0].job, 0U);
  EXPECT_EQ(m.graduates[0].choice, 2U);
  p.jobs[1].choices = {"G"};
  m = match_jobs(taxonomy(), p);
  EXPECT_EQ(m.graduates[1].reason, Unplaced::refused);
}

TEST(jobs, the_proposing_side_gets_its_best) {
  Programme p = one_of_each();
  p.jobs.push_back(job_of("K", "焊接技师"));
  p.graduates.push_back(graduate_of("H", "焊接技师"));
  p.graduates[0].choices = {"J", "K"};
  p.graduates[1].choices = {"K", "J"};
  p.jobs[0].choices = {"H", "G"};
  p.jobs[1].choices = {"G", "H"};
  EXPECT_EQ(match_jobs(taxonomy(), p).graduates[0].choice, 1U);
  JobOptions options;
  options.proposer = Proposer::jobs;
  const JobMatching m = match_jobs(taxonomy(), p, options);
  EXPECT_EQ(m.graduates[0].choice, 2U);
  EXPECT_EQ(m.blocking_pairs, 0U);
}

TEST(jobs, the_first_city_of_a_list_is_preferred) {
  Programme p = one_of_each();
  p.jobs.push_back(job_of("K", "焊接技师"));
  p.jobs[1].city = "b";
  p.graduates[0].cities = {"b", "h"};
  EXPECT_EQ(*match_jobs(taxonomy(), p).graduates[0].job, 1U);
  p.graduates[0].cities = {"h", "b"};
  EXPECT_EQ(*match_jobs(taxonomy(), p).graduates[0].job, 0U);
}

TEST(jobs, contact_details_change_nothing) {
  Programme demo = *load_programme(test::file_text("assets/programmes/demo.json")).value;
  const JobMatching before = match_jobs(taxonomy(), demo);
  for (Graduate& graduate : demo.graduates) graduate.contact = Contact{"焊接", "奶酪", "PLC"};
  const JobMatching after = match_jobs(taxonomy(), demo);
  EXPECT_EQ(before.problem.post, after.problem.post);
  EXPECT_EQ(before.problem.rank, after.problem.rank);
}

TEST(jobs, the_demonstration_is_stable_from_both_sides) {
  const Programme demo = *load_programme(test::file_text("assets/programmes/demo.json")).value;
  JobOptions options;
  options.as_of = demo.as_of;
  const JobMatching a = match_jobs(taxonomy(), demo, options);
  options.proposer = Proposer::jobs;
  const JobMatching b = match_jobs(taxonomy(), demo, options);
  EXPECT_EQ(a.blocking_pairs, 0U);
  EXPECT_EQ(b.blocking_pairs, 0U);
  EXPECT_EQ(a.placed, b.placed);  // the rural hospitals theorem
  EXPECT_GT(a.placed, 200U);
  std::size_t hired = 0;
  for (std::size_t j = 0; j < demo.jobs.size(); ++j) {
    EXPECT_LE(a.jobs[j].graduates.size(), static_cast<std::size_t>(demo.jobs[j].quota));
    hired += a.jobs[j].graduates.size();
    EXPECT_EQ(a.jobs[j].vacancy == Vacancy::none,
              a.jobs[j].graduates.size() == static_cast<std::size_t>(demo.jobs[j].quota));
    for (const std::size_t g : a.jobs[j].graduates) EXPECT_EQ(a.graduates[g].job, j);
  }
  EXPECT_EQ(hired, a.placed);
}

TEST(jobs, nobody_and_nothing_is_no_fault) {
  EXPECT_EQ(match_jobs(taxonomy(), Programme{}).placed, 0U);
  Programme p = one_of_each();
  p.graduates.clear();
  EXPECT_EQ(match_jobs(taxonomy(), p).jobs[0].vacancy, Vacancy::nobody_listed);
  p = one_of_each();
  p.jobs.clear();
  EXPECT_EQ(match_jobs(taxonomy(), p).graduates[0].reason, Unplaced::no_fit);
}

}  // namespace
}  // namespace tc::matching
