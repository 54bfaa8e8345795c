#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/policy/eligibility.hpp"
#include "core/policy/matrix.hpp"
#include "core/policy/rule_json.hpp"

namespace tc::policy {
namespace {

using nlohmann::json;

const Date kDay = *make_date(2024, 12, 31);

Rule rule_of(const char* text) {
  Result<Rule> result = read_rule(json::parse(text), "");
  EXPECT_TRUE(result);
  return std::move(result.value).value_or(Rule{});
}

Policy policy_of(const char* id, const char* city, Instrument instrument, const char* rule) {
  Policy policy;
  policy.id = id;
  policy.title.en = id;
  if (*city != '\0') policy.cities = {city};
  policy.instrument = instrument;
  policy.valid_from = make_date(2024, 1, 1);
  policy.valid_to = make_date(2025, 12, 31);
  if (*rule != '\0') policy.conditions = rule_of(rule);
  return policy;
}

/// Two cities, two groups, two clusters.
Programme board() {
  Programme p;
  p.id = "p";
  p.kind = ProgrammeKind::demonstration;
  p.cities = {{"h", {"呼", "H"}, {}}, {"b", {"包", "B"}, {}}};
  p.policy_matrix.emplace();
  PolicyMatrix& matrix = *p.policy_matrix;
  matrix.parts = {{"two", {"二", "Two"}, 2, {}}};
  matrix.groups = {{"firms", {"企业", "Firms"}, "two", {}},
                   {"talent", {"人才", "Talent"}, "two", {}}};
  matrix.clusters = {{"energy", {"新能源", "Energy"}, {}}, {"dairy", {"乳业", "Dairy"}, {}}};
  p.policies = {policy_of("h-grant", "h", Instrument::grant,
                          R"({"attribute": "firm.employees", "atLeast": 50})"),
                policy_of("h-award", "h", Instrument::award, ""),
                policy_of("b-grant", "b", Instrument::grant, ""),
                policy_of("joint", "", Instrument::service, "")};
  const auto cell = [&matrix](const char* policy, const char* group, const char* cluster,
                              Coverage coverage, std::optional<double> budget = {}) {
    MatrixCell made;
    made.policy = policy;
    made.group = group;
    made.cluster = cluster;
    made.coverage = coverage;
    made.budget = budget;
    matrix.cells.push_back(std::move(made));
  };
  cell("h-grant", "firms", "energy", Coverage::full, 60);
  cell("h-grant", "firms", "dairy", Coverage::partial);
  cell("h-award", "firms", "energy", Coverage::partial);
  cell("b-grant", "firms", "energy", Coverage::full);
  cell("joint", "talent", "", Coverage::full);
  p.policies[0].budget = 100;
  return p;
}

TEST(matrix, covers_by_group_cluster_and_city) {
  const Programme p = board();
  const Grid grid = make_grid(p, kDay);
  ASSERT_EQ(grid.cells.size(), 8U);
  EXPECT_EQ(grid.at(0, 0, 0).coverage, Coverage::full);
  EXPECT_EQ(grid.at(0, 0, 0).policies.size(), 2U);
  EXPECT_EQ(grid.at(0, 1, 0).coverage, Coverage::partial);
  EXPECT_EQ(grid.at(0, 1, 1).coverage, Coverage::none);
  // Where the joint policy holds isn't known.
  EXPECT_EQ(grid.at(1, 0, 0).coverage, Coverage::unknown);
  EXPECT_EQ(grid.at(1, 1, 1).coverage, Coverage::unknown);
}

TEST(matrix, money_is_set_apart_or_shared) {
  const Programme p = board();
  const Grid grid = make_grid(p, kDay);
  EXPECT_EQ(grid.at(0, 0, 0).budget, 60);
  EXPECT_FALSE(grid.at(0, 0, 0).budget_complete);  // the award's is unknown
  EXPECT_EQ(grid.at(0, 1, 0).budget, 40);
  EXPECT_TRUE(grid.at(0, 1, 0).estimated);
  EXPECT_EQ(grid.at(0, 0, 1).budget, std::nullopt);
}

TEST(matrix, a_policy_counts_only_while_it_is_in_force) {
  Programme p = board();
  EXPECT_EQ(make_grid(p, *make_date(2025, 12, 31)).at(0, 0, 1).coverage, Coverage::full);
  EXPECT_EQ(make_grid(p, *make_date(2026, 1, 1)).at(0, 0, 1).coverage, Coverage::expired);
  EXPECT_EQ(make_grid(p, *make_date(2023, 12, 31)).at(0, 0, 1).coverage, Coverage::none);
  p.policies[2].valid_from.reset();
  p.policies[2].valid_to.reset();
  EXPECT_EQ(make_grid(p, *make_date(2026, 1, 1)).at(0, 0, 1).coverage, Coverage::full);
  EXPECT_EQ(force_of(p.policies[2], kDay), Force::unknown);
}

TEST(matrix, silence_of_a_source_is_unknown) {
  Programme p = board();
  p.kind = ProgrammeKind::sourced;
  EXPECT_EQ(make_grid(p, kDay).at(0, 1, 1).coverage, Coverage::unknown);
  p.policy_matrix->groups.clear();
  EXPECT_TRUE(make_grid(p, kDay).cells.empty());
  p.policy_matrix.reset();
  EXPECT_TRUE(make_grid(p, kDay).cells.empty());
  EXPECT_TRUE(find_gaps(make_grid(p, kDay)).empty());
  EXPECT_TRUE(compare_cities(p, make_grid(p, kDay)).empty());
}

TEST(matrix, gaps_with_what_lapsed_and_who_covers) {
  Programme p = board();
  p.policies[2].valid_to = make_date(2024, 6, 30);
  const auto gaps = find_gaps(make_grid(p, kDay));
  ASSERT_EQ(gaps.size(), 6U);
  EXPECT_EQ(gaps[0].place, (GridPlace{0, 0, 1}));
  EXPECT_EQ(gaps[0].coverage, Coverage::expired);
  EXPECT_EQ(gaps[0].lapsed, std::vector<std::size_t>{2});
  EXPECT_EQ(gaps[0].covered_in, std::vector<std::size_t>{0});
  EXPECT_EQ(gaps[1].place, (GridPlace{0, 1, 1}));
  EXPECT_EQ(gaps[1].coverage, Coverage::none);
}

TEST(matrix, overlaps_are_of_one_instrument) {
  Programme p = board();
  EXPECT_TRUE(find_overlaps(p, make_grid(p, kDay)).empty());
  p.policies[1].instrument = Instrument::grant;
  const auto overlaps = find_overlaps(p, make_grid(p, kDay));
  ASSERT_EQ(overlaps.size(), 1U);
  EXPECT_EQ(overlaps[0].place, (GridPlace{0, 0, 0}));
  EXPECT_EQ(overlaps[0].policies, (std::vector<std::size_t>{0, 1}));
}

TEST(matrix, what_expires_soon_and_what_it_leaves) {
  Programme p = board();
  p.policies[0].valid_to = kDay + 10;
  p.policies[1].valid_to = kDay;
  p.policies[2].valid_to = kDay - 1;
  const auto list = find_expiring(p, kDay, 10);
  ASSERT_EQ(list.size(), 2U);
  EXPECT_EQ(list[0].policy, 1U);
  EXPECT_EQ(list[0].days_left, 0);
  EXPECT_TRUE(list[0].worse.empty());  // the grant still covers the cell fully
  EXPECT_EQ(list[1].policy, 0U);
  EXPECT_EQ(list[1].worse, (std::vector<GridPlace>{{0, 0, 0}, {0, 1, 0}}));
  EXPECT_EQ(find_expiring(p, kDay, 9).size(), 1U);
}

TEST(matrix, differences_between_the_cities) {
  const Programme p = board();
  const auto list = compare_cities(p, make_grid(p, kDay));
  ASSERT_EQ(list.size(), 4U);
  EXPECT_TRUE(list[0].differs);
  EXPECT_EQ(list[0].only[0], std::vector<Instrument>{Instrument::award});
  EXPECT_TRUE(list[0].only[1].empty());
  EXPECT_EQ(list[1].coverage, (std::vector<Coverage>{Coverage::partial, Coverage::none}));
  EXPECT_FALSE(list[2].differs);
}

// Eligibility --------------------------------------------------------------------------------

Facts facts(std::initializer_list<std::pair<const char*, RuleValue>> list) {
  Facts made;
  for (const auto& [id, value] : list) made.values[*find_attribute(id)] = value;
  return made;
}

Eligibility outcome(const char* rule, const Facts& known) {
  return check(policy_of("p", "h", Instrument::grant, rule), known, kDay);
}

TEST(eligibility, applies_nearly_unknown_and_no) {
  const char* rule = R"({"all": [{"attribute": "firm.employees", "atLeast": 50},
                                 {"attribute": "firm.city", "equals": "h"},
                                 {"attribute": "firm.highTech", "equals": true}]})";
  const auto with = [&](double employees, const char* city, std::optional<bool> tech) {
    Facts known = facts({{"firm.employees", employees}, {"firm.city", std::string(city)}});
    if (tech) known.values[*find_attribute("firm.highTech")] = *tech;
    return outcome(rule, known);
  };
  EXPECT_EQ(with(50, "h", true).verdict, Verdict::applies);
  EXPECT_TRUE(with(50, "h", true).missing.empty());

  const Eligibility near = with(42, "h", true);
  EXPECT_EQ(near.verdict, Verdict::nearly);
  ASSERT_EQ(near.missing.size(), 1U);
  EXPECT_EQ(near.missing[0].gap, 8);
  EXPECT_DOUBLE_EQ(near.missing[0].relative, 0.16);
  EXPECT_EQ(missing_text(board(), rule_of(rule), near.missing[0]).zh,
            "职工人数 ≥ 50 人（差 8 人）");
  EXPECT_EQ(missing_text(board(), rule_of(rule), near.missing[0]).en,
            "Employees ≥ 50 people (by 8 people)");

  EXPECT_EQ(with(42, "h", false).verdict, Verdict::nearly);
  EXPECT_EQ(with(42, "h", std::nullopt).verdict, Verdict::nearly);
  EXPECT_EQ(with(10, "h", true).verdict, Verdict::no);  // too far
  EXPECT_EQ(with(50, "b", true).verdict, Verdict::no);  // a firm's city is what it is
  EXPECT_TRUE(with(50, "b", true).missing[0].fixed);
  const Eligibility unknown = with(50, "h", std::nullopt);
  EXPECT_EQ(unknown.verdict, Verdict::unknown);
  ASSERT_EQ(unknown.missing.size(), 1U);
  EXPECT_EQ(unknown.missing[0].truth, Truth::unknown);
}

TEST(eligibility, names_the_easiest_way) {
  const char* rule = R"({"any": [
      {"all": [{"attribute": "firm.employees", "atLeast": 500},
               {"attribute": "firm.patents", "atLeast": 5}]},
      {"all": [{"attribute": "firm.revenue", "atLeast": 100},
               {"not": {"attribute": "firm.newJobs", "below": 10}}]}]})";
  const Eligibility near = outcome(rule, facts({{"firm.employees", 490.0},
                                                {"firm.patents", 4.0},
                                                {"firm.revenue", 200.0},
                                                {"firm.newJobs", 8.0}}));
  EXPECT_EQ(near.verdict, Verdict::nearly);
  ASSERT_EQ(near.missing.size(), 1U);
  EXPECT_FALSE(near.missing[0].wanted);
  EXPECT_EQ(near.missing[0].gap, 2);
}

TEST(eligibility, a_policy_without_conditions_is_not_one_for_all) {
  EXPECT_EQ(outcome("", facts({{"firm.employees", 1.0}})).verdict, Verdict::unknown);
  EXPECT_TRUE(outcome("", {}).conditions_unknown);
  EXPECT_EQ(outcome(R"({"all": []})", {}).verdict, Verdict::applies);
}

TEST(eligibility, out_of_force_and_for_others) {
  Policy policy =
      policy_of("p", "h", Instrument::grant, R"({"attribute": "talent.age", "atMost": 35})");
  const Facts young = facts({{"talent.age", 30.0}});
  EXPECT_EQ(check(policy, young, kDay).verdict, Verdict::applies);
  EXPECT_EQ(check(policy, facts({{"firm.employees", 3.0}}), kDay).verdict, Verdict::other_subject);
  EXPECT_EQ(check(policy, facts({{"talent.age", 36.0}}), kDay).verdict, Verdict::no);
  policy.valid_to = kDay - 1;
  EXPECT_EQ(check(policy, young, kDay).verdict, Verdict::no);
  EXPECT_EQ(check(policy, young, kDay).force, Force::expired);
  policy.valid_to.reset();
  policy.valid_from = kDay + 1;
  EXPECT_EQ(check(policy, young, kDay).force, Force::not_yet);
}

TEST(eligibility, of_all_policies_in_order) {
  const Programme p = board();
  const auto list = check_all(p, facts({{"firm.employees", 60.0}}), kDay);
  ASSERT_EQ(list.size(), 4U);
  EXPECT_EQ(list[0].policy, 0U);
  EXPECT_EQ(list[0].verdict, Verdict::applies);
  EXPECT_EQ(list[1].verdict, Verdict::unknown);
}

TEST(eligibility, conditions_in_words) {
  const Programme p = board();
  const auto words = [&p](const char* rule) { return condition_text(p, rule_of(rule).nodes[0]); };
  EXPECT_EQ(words(R"({"attribute": "firm.city", "oneOf": ["h", "b"]})"),
            (Text{"所在城市：呼、包", "City: H or B"}));
  EXPECT_EQ(words(R"({"attribute": "talent.degree", "atLeast": "master"})"),
            (Text{"学历 ≥ 硕士", "Degree ≥ Master"}));
  EXPECT_EQ(words(R"({"attribute": "firm.cluster", "equals": "dairy"})").zh, "所属产业集群 = 乳业");
  EXPECT_EQ(words(R"({"attribute": "talent.graduated", "withinDays": 730})").en,
            "Graduated within the last 730 days");
  EXPECT_EQ(words(R"({"attribute": "firm.sme", "equals": false})").zh, "不是：中小企业");
  EXPECT_EQ(words(R"({"attribute": "project.trl", "between": [5, 9]})").zh,
            "技术成熟度：5 级 至 9 级");
}

// Profiles -----------------------------------------------------------------------------------

TEST(profile, is_read) {
  const auto result = read_profile(
      R"({"name": {"zh": "某企业"}, "firm": {"city": "h", "employees": 120, "sme": true,
          "founded": "2010-05-01", "cluster": "dairy", "x-note": 1}, "x-y": 2})",
      board());
  ASSERT_TRUE(result);
  EXPECT_EQ(result.value->name.zh, "某企业");
  EXPECT_EQ(result.value->facts.value("firm.employees"), RuleValue(120.0));
  EXPECT_EQ(result.value->facts.value("firm.founded"), RuleValue(*make_date(2010, 5, 1)));
  EXPECT_TRUE(result.value->facts.has_subject("firm"));
  EXPECT_FALSE(result.value->facts.has_subject("talent"));
}

TEST(profile, faults_have_their_places) {
  const auto fault = [](const char* text) {
    const auto result = read_profile(text, board());
    return result.errors.size() == 1 ? result.errors[0].pointer
                                     : std::to_string(result.errors.size());
  };
  EXPECT_EQ(fault("{"), "");
  EXPECT_EQ(fault("[]"), "");
  EXPECT_EQ(fault(R"({"firm": []})"), "/firm");
  EXPECT_EQ(fault(R"({"fim": {}})"), "/fim");
  EXPECT_EQ(fault(R"({"firm": {"colour": 1}})"), "/firm/colour");
  EXPECT_EQ(fault(R"({"firm": {"employees": "5"}})"), "/firm/employees");
  EXPECT_EQ(fault(R"({"firm": {"city": "beijing"}})"), "/firm/city");
  EXPECT_EQ(fault(R"({"firm": {"sme": 1}})"), "/firm/sme");
  EXPECT_EQ(fault(R"({"talent": {"degree": "wizard"}})"), "/talent/degree");
  EXPECT_EQ(fault(R"({"talent": {"hired": "soon"}})"), "/talent/hired");
  EXPECT_EQ(fault(R"({"firm": {"cluster": "steel"}})"), "/firm/cluster");
  // Where no clusters are known, any may be.
  Programme unknown = board();
  unknown.policy_matrix->clusters.clear();
  EXPECT_TRUE(read_profile(R"({"firm": {"cluster": "steel"}})", unknown));
}

}  // namespace
}  // namespace tc::policy
