#include "core/matching/needs.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "core/model/programme_json.hpp"
#include "tests/core/matching/ranking_quality.hpp"

namespace tc::matching {
namespace {

const Taxonomy& taxonomy() {
  static const Taxonomy data =
      *load_taxonomy(test::file_text("assets/taxonomy/clusters.json")).value;
  return data;
}

Need need_of(const char* id, const char* text) {
  Need need;
  need.id = id;
  need.title.zh = text;
  return need;
}

ResearchResult result_of(const char* id, const char* text) {
  ResearchResult result;
  result.id = id;
  result.title.zh = text;
  return result;
}

/// One need and one result that match in everything.
Programme matching_pair() {
  Programme p;
  p.needs = {need_of("N", "光伏组件清扫")};
  p.results = {result_of("R", "光伏组件清扫")};
  Need& need = p.needs[0];
  ResearchResult& result = p.results[0];
  need.city = result.city = "h";
  need.cluster = result.cluster = IndustryCluster::new_energy;
  need.stage = result.stage = ChainPosition::downstream;
  need.trl = result.trl = 7;
  need.team = result.team = 3;
  need.budget = result.price = 100;
  result.text.zh = "光伏组件清扫";
  result.owner.zh = "某所";
  result.updated = make_date(2024, 12, 31);
  return p;
}

PairScore only_pair(const Programme& p, NeedOptions options = {}) {
  if (!options.as_of) options.as_of = make_date(2024, 12, 31);
  const auto pairs = NeedMatcher(taxonomy(), p, options).best(0, 10);
  EXPECT_EQ(pairs.size(), 1U);
  return pairs.empty() ? PairScore{} : pairs[0];
}

TEST(needs, a_result_that_matches_in_everything_scores_one) {
  const PairScore pair = only_pair(matching_pair());
  EXPECT_NEAR(pair.topic, 1, 0.15);
  for (const double part : {pair.readiness, pair.industry, pair.talent, pair.capital,
                            pair.completeness, pair.freshness, pair.information}) {
    EXPECT_DOUBLE_EQ(part, 1);
  }
  EXPECT_FALSE(pair.cross_city);
}

TEST(needs, an_audience_s_interest_counts_for_the_pair_that_it_names) {
  Programme p = matching_pair();
  p.needs[0].firm.zh = "某厂";
  p.results[0].updated = make_date(2023, 12, 31);  // half as fresh after a year
  const double before = only_pair(p).information;
  EXPECT_NEAR(before, 0.75, 0.01);
  const std::string result = p.results[0].id;
  const auto with = [&](const std::string& need, const std::string& firm, int count) {
    Interest interest;
    interest.id = "I" + std::to_string(p.interests.size());
    interest.result = result;
    interest.need = need;
    interest.party.zh = firm;
    interest.count = count;
    p.interests.push_back(interest);
    return only_pair(p);
  };
  // Of others, or of nobody in particular: nothing is known of this pair.
  EXPECT_EQ(with("", "", 5).interested, 0);
  EXPECT_EQ(with("", "别厂", 1).interested, 0);
  EXPECT_EQ(with("N999", "某厂", 1).interested, 0);
  const PairScore by_firm = with("", "某厂", 1);
  EXPECT_EQ(by_firm.interested, 1);
  EXPECT_DOUBLE_EQ(1 - by_firm.information, (1 - before) / 2);
  const PairScore by_need = with(p.needs[0].id, "", 2);
  EXPECT_EQ(by_need.interested, 3);
  EXPECT_DOUBLE_EQ(1 - by_need.information, (1 - before) / 8);
  EXPECT_GT(by_need.total, by_firm.total);
  EXPECT_DOUBLE_EQ(with(p.needs[0].id, "", std::numeric_limits<int>::max()).information, 1);
}

TEST(needs, a_firm_of_one_name_in_both_languages_counts_once) {
  Programme p = matching_pair();
  p.needs[0].firm = {"ABC", "ABC"};
  Interest interest;
  interest.id = "I1";
  interest.result = p.results[0].id;
  interest.party.en = "ABC";
  p.interests.push_back(interest);
  EXPECT_EQ(only_pair(p).interested, 1);
}

TEST(needs, each_chain_says_what_it_should) {
  Programme p = matching_pair();
  p.results[0].trl = 5;
  EXPECT_DOUBLE_EQ(only_pair(p).readiness, 0.5);
  p.results[0].trl = 9;
  EXPECT_DOUBLE_EQ(only_pair(p).readiness, 1);
  p.results[0].trl = 1;
  EXPECT_DOUBLE_EQ(only_pair(p).readiness, 0);
  p.results[0].trl = 0;
  EXPECT_DOUBLE_EQ(only_pair(p).readiness, 0.5);

  p = matching_pair();
  p.results[0].price = 150;
  EXPECT_DOUBLE_EQ(only_pair(p).capital, 0.5);
  p.results[0].price = 250;
  EXPECT_DOUBLE_EQ(only_pair(p).capital, 0);
  p.needs[0].budget = 0;
  EXPECT_DOUBLE_EQ(only_pair(p).capital, 0);
  p.results[0].price.reset();
  EXPECT_DOUBLE_EQ(only_pair(p).capital, 0.5);

  p = matching_pair();
  p.results[0].stage = ChainPosition::midstream;
  EXPECT_DOUBLE_EQ(only_pair(p).industry, 0.8);
  p.results[0].cluster = IndustryCluster::dairy;
  EXPECT_DOUBLE_EQ(only_pair(p).industry, 0.2);

  p = matching_pair();
  p.results[0].team = 1;
  EXPECT_DOUBLE_EQ(only_pair(p).talent, 1.0 / 3);
  p.results[0].team = 0;
  EXPECT_DOUBLE_EQ(only_pair(p).talent, 0);

  p = matching_pair();
  p.results[0].updated = make_date(2024, 1, 1);
  EXPECT_DOUBLE_EQ(only_pair(p).freshness, 0.5);
  p.results[0].updated = make_date(2025, 6, 1);  // after the day that is asked for
  EXPECT_DOUBLE_EQ(only_pair(p).freshness, 1);
  p.results[0].updated.reset();
  EXPECT_DOUBLE_EQ(only_pair(p).completeness, 7.0 / 8);

  p = matching_pair();
  const double home = only_pair(p).total;
  p.results[0].city = "b";
  EXPECT_TRUE(only_pair(p).cross_city);
  EXPECT_NEAR(only_pair(p).total - home, 0.05, 1e-12);
}

TEST(needs, the_total_is_the_weighted_mean_of_the_chains) {
  Programme p = matching_pair();
  p.results[0].price = 150;
  p.results[0].trl = 5;
  NeedOptions options;
  options.weights = {2, 1, 1, 4, 2};
  const PairScore pair = only_pair(p, options);
  EXPECT_NEAR(pair.total,
              0.2 * pair.innovation + 0.1 * pair.industry + 0.1 * pair.talent + 0.4 * pair.capital +
                  0.2 * pair.information,
              1e-12);
  options.weights = {0, 0, 0, 1, 0};
  EXPECT_DOUBLE_EQ(only_pair(p, options).total, pair.capital);
}

TEST(needs, without_a_common_topic_there_is_no_match) {
  Programme p = matching_pair();
  p.results.push_back(p.results[0]);
  p.results[1].id = "S";
  p.results[1].title.zh = p.results[1].text.zh = "奶酪质构";
  const auto pairs = NeedMatcher(taxonomy(), p).best(0, 10);
  ASSERT_EQ(pairs.size(), 1U);
  EXPECT_EQ(pairs[0].result, 0U);
}

TEST(needs, shared_terms_are_words_and_add_up) {
  const Programme p = matching_pair();
  const NeedMatcher matcher(taxonomy(), p);
  const auto terms = matcher.shared_terms(matcher.best(0, 1)[0], 100);
  double sum = 0;
  bool words = false;
  bool concept_named = false;
  for (const SharedTerm& term : terms) {
    sum += term.share;
    words = words || (term.kind == FeatureKind::gram && term.name == "光伏组件清扫");
    concept_named = concept_named || (term.kind == FeatureKind::meaning && term.name == "光伏组件");
  }
  EXPECT_NEAR(sum, 1, 1e-9);
  EXPECT_TRUE(words);
  EXPECT_TRUE(concept_named);
}

TEST(needs, a_closed_need_is_not_assigned) {
  Programme p = matching_pair();
  p.needs[0].deadline = make_date(2024, 6, 30);
  NeedOptions options;
  options.as_of = make_date(2024, 6, 30);
  EXPECT_EQ(NeedMatcher(taxonomy(), p, options).assign_all().pairs.size(), 1U);
  options.as_of = make_date(2024, 7, 1);
  EXPECT_TRUE(NeedMatcher(taxonomy(), p, options).assign_all().pairs.empty());
  EXPECT_FALSE(NeedMatcher(taxonomy(), p, options).is_open(0));
}

TEST(needs, capacities_and_exclusivity_are_kept) {
  Programme p = matching_pair();
  p.needs.push_back(p.needs[0]);
  p.needs[1].id = "M";
  EXPECT_EQ(NeedMatcher(taxonomy(), p).assign_all().pairs.size(), 1U);
  p.results[0].capacity = 2;
  EXPECT_EQ(NeedMatcher(taxonomy(), p).assign_all().pairs.size(), 2U);
  NeedOptions exclusive;
  exclusive.exclusive = true;
  EXPECT_EQ(NeedMatcher(taxonomy(), p, exclusive).assign_all().pairs.size(), 1U);
  p.needs[0].exclusive = true;
  const NeedAssignment a = NeedMatcher(taxonomy(), p).assign_all();
  ASSERT_EQ(a.pairs.size(), 1U);
  EXPECT_EQ(a.pairs[0].need, 1U);
  EXPECT_EQ(a.gap, 0);
}

TEST(needs, the_demonstration_is_assigned_with_proof) {
  const Programme demo = *load_programme(test::file_text("assets/programmes/demo.json")).value;
  NeedOptions options;
  options.as_of = demo.as_of;
  const NeedMatcher matcher(taxonomy(), demo, options);
  const NeedAssignment all = matcher.assign_all();
  EXPECT_EQ(all.gap, 0);
  EXPECT_GT(all.pairs.size(), 30U);
  std::vector<int> used(demo.results.size(), 0);
  double total = 0;
  for (const PairScore& pair : all.pairs) {
    EXPECT_TRUE(matcher.is_open(pair.need));
    EXPECT_LE(++used[pair.result], demo.results[pair.result].capacity);
    total += pair.total;
  }
  EXPECT_NEAR(total, static_cast<double>(all.worth) / 1e6, 1e-3);
  // Taking what is best for one need after another is never better.
  std::fill(used.begin(), used.end(), 0);
  double greedy = 0;
  for (std::size_t n = 0; n < demo.needs.size(); ++n) {
    if (!matcher.is_open(n)) continue;
    for (const PairScore& pair : matcher.best(n, demo.results.size())) {
      if (used[pair.result] == demo.results[pair.result].capacity) continue;
      ++used[pair.result];
      greedy += pair.total;
      break;
    }
  }
  EXPECT_GE(total, greedy - 1e-3);
  EXPECT_LE(matcher.best(0, 3).size(), 3U);
}

TEST(needs, empty_programmes_and_texts_are_no_fault) {
  EXPECT_TRUE(NeedMatcher(taxonomy(), Programme{}).assign_all().pairs.empty());
  Programme p;
  p.needs = {need_of("N", "，。")};
  p.results = {result_of("R", "")};
  EXPECT_TRUE(NeedMatcher(taxonomy(), p).best(0, 5).empty());
  EXPECT_TRUE(NeedMatcher(Taxonomy{}, p).assign_all().pairs.empty());
}

}  // namespace
}  // namespace tc::matching
