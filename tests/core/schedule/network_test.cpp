#include "core/schedule/network.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tc::cpm {
namespace {

constexpr auto FS = DependencyType::finish_to_start;
constexpr auto SS = DependencyType::start_to_start;
constexpr auto FF = DependencyType::finish_to_finish;
constexpr auto SF = DependencyType::start_to_finish;

/// A network whose activities are called by names.
class Named {
 public:
  Named& add(std::string name, Day duration) {
    Activity activity;
    activity.duration = duration;
    return add(std::move(name), activity);
  }
  Named& add(std::string name, const Activity& activity) {
    index_[name] = static_cast<std::uint32_t>(activities.size());
    names_.push_back(std::move(name));
    activities.push_back(activity);
    return *this;
  }
  Named& link(const std::string& from, const std::string& to, DependencyType type = FS,
              Day lag = 0) {
    links.push_back({index_.at(from), index_.at(to), type, lag});
    return *this;
  }
  /// After each of the letters in `from` comes `to`.
  Named& after(std::string_view from, const std::string& to) {
    for (char name : from) link(std::string(1, name), to);
    return *this;
  }
  Named& solve_it() {
    NetworkResult result = Network::build(activities, links, frame);
    EXPECT_TRUE(result.faults.empty());
    network = std::move(*result.network);
    solution = solve(network);
    return *this;
  }
  Dates of(const std::string& name) const { return dates(network, solution, index_.at(name)); }
  std::uint32_t index(const std::string& name) const { return index_.at(name); }
  /// Critical paths with names joined, `ABC`.
  std::vector<std::string> paths(std::size_t limit = 100) const {
    std::vector<std::string> result;
    for (const auto& path : critical_paths(network, solution, limit)) {
      std::string text;
      for (std::uint32_t i : path) text += names_[i];
      result.push_back(text);
    }
    return result;
  }

  std::vector<Activity> activities;
  std::vector<Link> links;
  Frame frame;
  Network network;
  Solution solution;

 private:
  std::map<std::string, std::uint32_t> index_;
  std::vector<std::string> names_;
};

/// One line of a published table.
struct Row {
  const char* name;
  Day es, ef, ls, lf, total;
};

void expect_table(const Named& net, const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    const Dates d = net.of(row.name);
    EXPECT_EQ(d.early_start, row.es) << row.name;
    EXPECT_EQ(d.early_finish, row.ef) << row.name;
    EXPECT_EQ(d.late_start, row.ls) << row.name;
    EXPECT_EQ(d.late_finish, row.lf) << row.name;
    EXPECT_EQ(d.total_float, row.total) << row.name;
  }
}

// C. Hendrickson, T. Au: Project Management for Construction (1989; 2nd edition online 2008),
// chapter 10, tables 10-1 and 10-2: nine activities from site clearing to pouring concrete. Event
// times 0, 4, 12, 21, 24, 30 early and 0, 4, 12, 22, 24, 30 late; critical path A, C, F, I.
TEST(PublishedExample, HendricksonNineActivities) {
  Named net;
  net.add("A", 4).add("B", 3).add("C", 8).add("D", 7).add("E", 9).add("F", 12);
  net.add("G", 2).add("H", 5).add("I", 6);
  net.after("A", "C").after("A", "D").after("BC", "E").after("BC", "F");
  net.after("DE", "G").after("DE", "H").after("FG", "I").solve_it();
  EXPECT_EQ(net.solution.finish, 30);
  EXPECT_EQ(net.paths(), std::vector<std::string>{"ACFI"});
  expect_table(net, {{"A", 0, 4, 0, 4, 0},
                     {"B", 0, 3, 9, 12, 9},
                     {"C", 4, 12, 4, 12, 0},
                     {"D", 4, 11, 15, 22, 11},
                     {"E", 12, 21, 13, 22, 1},
                     {"F", 12, 24, 12, 24, 0},
                     {"G", 21, 23, 22, 24, 1},
                     {"H", 21, 26, 25, 30, 4},
                     {"I", 24, 30, 24, 30, 0}});
  EXPECT_EQ(net.of("D").free_float, 10);
  EXPECT_EQ(net.of("B").free_float, 9);
  EXPECT_EQ(net.of("E").free_float, 0);
}

// Wikipedia, 'Program evaluation and review technique', section 'Example': expected times in days
// with two decimals, here in hundredths.
TEST(PublishedExample, WikipediaPert) {
  Named net;
  net.add("a", 400).add("b", 533).add("c", 517).add("d", 633).add("e", 517).add("f", 450);
  net.add("g", 517);
  net.after("a", "c").after("a", "d").after("bc", "e").after("d", "f").after("e", "g").solve_it();
  EXPECT_EQ(net.solution.finish, 1951);
  EXPECT_EQ(net.paths(), std::vector<std::string>{"aceg"});
  expect_table(net, {{"a", 0, 400, 0, 400, 0},
                     {"b", 0, 533, 384, 917, 384},
                     {"c", 400, 917, 400, 917, 0},
                     {"d", 400, 1033, 868, 1501, 468},
                     {"e", 917, 1434, 917, 1434, 0},
                     {"f", 1033, 1483, 1501, 1951, 468},
                     {"g", 1434, 1951, 1434, 1951, 0}});
}

// Wikipedia, 'Critical path method', first figure: five milestones 10 to 50 and six activities.
// 'The project has two critical paths: activities B and C, or A, D, and F – giving a minimum
// project time of 7 months … Activity E is sub-critical, and has a float of 1 month.'
TEST(PublishedExample, WikipediaTwoCriticalPaths) {
  Named net;
  net.add("A", 3).add("B", 4).add("C", 3).add("D", 1).add("E", 3).add("F", 3);
  net.after("B", "C").after("A", "D").after("A", "E").after("D", "F").solve_it();
  EXPECT_EQ(net.solution.finish, 7);
  EXPECT_EQ(net.paths(), (std::vector<std::string>{"ADF", "BC"}));
  EXPECT_EQ(count_critical_paths(net.network, net.solution), 2U);
  EXPECT_EQ(net.of("E").total_float, 1);
}

// Defense Acquisition University, 'Network Construction – Critical Path Method' (BCF 103): fourteen
// activities; the path lengths 35, 41, 30, 39 and 38 are listed, A-B-F-I-K-L-N is the longest.
TEST(PublishedExample, DefenseAcquisitionUniversity) {
  Named net;
  net.add("A", 2).add("B", 10).add("C", 13).add("D", 12).add("E", 12).add("F", 7).add("G", 10);
  net.add("H", 16).add("I", 6).add("J", 12).add("K", 5).add("L", 8).add("M", 5).add("N", 3);
  net.after("A", "B").after("A", "C").after("A", "D").after("B", "E").after("B", "F");
  net.after("D", "G").after("D", "H").after("F", "I").after("CG", "J").after("I", "K");
  net.after("EK", "L").after("H", "M").after("JLM", "N").solve_it();
  EXPECT_EQ(net.solution.finish, 41);
  EXPECT_EQ(net.paths(), std::vector<std::string>{"ABFIKLN"});
  // The float of an activity is what the longest path through it lacks.
  EXPECT_EQ(net.of("E").total_float, 41 - 35);
  EXPECT_EQ(net.of("C").total_float, 41 - 30);
  EXPECT_EQ(net.of("G").total_float, 41 - 39);
  EXPECT_EQ(net.of("J").total_float, 41 - 39);
  EXPECT_EQ(net.of("D").total_float, 41 - 39);
  EXPECT_EQ(net.of("H").total_float, 41 - 38);
  EXPECT_EQ(net.of("M").total_float, 41 - 38);
}

// 'Example 1', CPM notes at studylib.net/doc/8378728: prototype, materials, parts, assembly;
// table 2.
TEST(PublishedExample, PrototypeAssembly) {
  Named net;
  net.add("A", 6).add("B", 2).add("C", 2).add("D", 3).add("E", 4).add("F", 2).add("G", 1);
  net.after("A", "B").after("A", "C").after("B", "D").after("C", "F").after("DF", "E");
  net.after("E", "G").solve_it();
  EXPECT_EQ(net.paths(), std::vector<std::string>{"ABDEG"});
  expect_table(net, {{"A", 0, 6, 0, 6, 0},
                     {"B", 6, 8, 6, 8, 0},
                     {"D", 8, 11, 8, 11, 0},
                     {"E", 11, 15, 11, 15, 0},
                     {"G", 15, 16, 15, 16, 0},
                     {"C", 6, 8, 7, 9, 1},
                     {"F", 8, 10, 9, 11, 1}});
}

// Joshua Emmanuel, 'Project Scheduling – PERT/CPM, Finding Critical Path'
// (youtube.com/watch?v=-TDh-5n90vk): two activities to begin with and two to end with.
TEST(PublishedExample, TwoStartsTwoEnds) {
  Named net;
  net.add("A", 7).add("B", 9).add("C", 12).add("D", 8).add("E", 9).add("F", 6).add("G", 5);
  net.after("A", "C").after("AB", "D").after("D", "E").after("CE", "F").after("E", "G").solve_it();
  EXPECT_EQ(net.paths(), std::vector<std::string>{"BDEF"});
  expect_table(net, {{"A", 0, 7, 2, 9, 2},
                     {"B", 0, 9, 0, 9, 0},
                     {"C", 7, 19, 14, 26, 7},
                     {"D", 9, 17, 9, 17, 0},
                     {"E", 17, 26, 17, 26, 0},
                     {"F", 26, 32, 26, 32, 0},
                     {"G", 26, 31, 27, 32, 1}});
}

// Engineer4Free, 'Difficult network diagram example with lag solved'
// (youtube.com/watch?v=qTErIV6OqLg): all four types of dependency, with lags.
TEST(PublishedExample, AllTypesWithLags) {
  Named net;
  net.add("A", 3).add("B", 2).add("C", 2).add("D", 4).add("E", 1).add("F", 2).add("G", 4);
  net.add("H", 3);
  net.link("A", "B", FS, 2).link("A", "C", SS).link("B", "D", SS, 1).link("C", "E", SF, 3);
  net.link("C", "F", FF, 3).link("D", "G", SS, 1).link("E", "G").link("F", "H", SF, 2);
  net.link("G", "H").solve_it();
  EXPECT_EQ(net.solution.finish, 14);
  EXPECT_EQ(net.paths(), std::vector<std::string>{"ABDGH"});
  expect_table(net, {{"A", 0, 3, 0, 3, 0},
                     {"B", 5, 7, 5, 7, 0},
                     {"C", 0, 2, 4, 6, 4},
                     {"D", 6, 10, 6, 10, 0},
                     {"E", 2, 3, 6, 7, 4},
                     {"F", 3, 5, 12, 14, 9},
                     {"G", 7, 11, 7, 11, 0},
                     {"H", 11, 14, 11, 14, 0}});
}

// James Marion, 'Lags Part 1' (youtube.com/watch?v=nhRTJBQ1NPM).
TEST(PublishedExample, Lags) {
  Named net;
  net.add("A", 2).add("B", 4).add("C", 3).add("D", 5).add("E", 2);
  net.link("A", "B", FS, 5).link("B", "C", SS, 3).link("B", "D").link("C", "E").link("D", "E");
  net.solve_it();
  EXPECT_EQ(net.paths(), std::vector<std::string>{"ABDE"});
  expect_table(net, {{"A", 0, 2, 0, 2, 0},
                     {"B", 7, 11, 7, 11, 0},
                     {"C", 10, 13, 13, 16, 3},
                     {"D", 11, 16, 11, 16, 0},
                     {"E", 16, 18, 16, 18, 0}});
}

// A question of the Chinese engineers' examinations on overlapping networks (单代号搭接网络计划,
// sutiku.cn/question/26396): STF, STS and FTF lags; critical path A→B→E→F. The durations of C and F
// are not in the solution and don't matter to it.
TEST(PublishedExample, ChineseOverlappingNetwork) {
  Named net;
  net.add("A", 4).add("B", 3).add("C", 5).add("D", 8).add("E", 6).add("F", 10);
  net.link("A", "B", SF, 4).link("A", "C", SS, 2).link("C", "E", SF, 7).link("B", "E", FF, 15);
  net.link("B", "D", FF, 10).link("D", "F").link("E", "F").solve_it();
  EXPECT_EQ(net.of("A").early_finish, 4);
  EXPECT_EQ(net.of("B").early_start, 1);
  EXPECT_EQ(net.of("B").early_finish, 4);
  EXPECT_EQ(net.of("C").early_start, 2);
  EXPECT_EQ(net.of("E").early_start, 13);
  EXPECT_EQ(net.of("E").early_finish, 19);
  EXPECT_EQ(net.of("D").early_start, 6);
  EXPECT_EQ(net.of("D").early_finish, 14);
  EXPECT_EQ(net.of("F").early_start, 19);
  EXPECT_EQ(net.paths(), std::vector<std::string>{"ABEF"});
}

TEST(Network, EmptyAndSingle) {
  const Network none = *Network::build({}, {}).network;
  EXPECT_EQ(none.size(), 0U);
  EXPECT_EQ(solve(none).finish, 0);
  Named one;
  one.frame.start = 7;
  one.add("A", 3).solve_it();
  expect_table(one, {{"A", 7, 10, 7, 10, 0}});
  EXPECT_TRUE(one.of("A").critical);
  EXPECT_EQ(one.paths(), std::vector<std::string>{"A"});
  EXPECT_EQ(early_reason(one.network, one.solution, 0).driver, Driver::frame_start);
  EXPECT_EQ(late_reason(one.network, one.solution, 0).limit, Limit::network_finish);
}

TEST(Network, FaultsAreReported) {
  Activity bad;
  bad.duration = -1;
  Activity alone;
  alone.actual_finish = 3;
  Activity large;
  large.start_no_earlier = kDayLimit + 1;
  const std::vector<Link> links = {{0, 9, FS, 0}, {0, 1, FS, kDayLimit + 1}};
  const NetworkResult result = Network::build({bad, alone, large}, links);
  EXPECT_FALSE(result.network);
  EXPECT_EQ(result.faults, (std::vector<NetworkFault>{{Fault::negative, 0},
                                                      {Fault::finish_alone, 1},
                                                      {Fault::too_large, 2},
                                                      {Fault::link_out_of_range, 0},
                                                      {Fault::too_large, 1}}));
  // Together too long for the computation to be safe.
  Activity long_one;
  long_one.duration = kDayLimit / 2 + 1;
  EXPECT_FALSE(Network::build({long_one, long_one}, {}).network);
}

TEST(Network, SetChecksAndKeepsWhatWasThere) {
  Named net;
  net.add("A", 3).solve_it();
  Activity bad;
  bad.duration = -1;
  EXPECT_EQ(net.network.set(0, bad), Fault::negative);
  bad.duration = kDayLimit;
  bad.start_no_earlier = 1;
  EXPECT_EQ(net.network.set(0, bad), Fault::too_large);
  EXPECT_EQ(net.network[0].duration, 3);
}

TEST(Network, CyclesAreReportedAsTheCycle) {
  Named net;
  net.add("A", 1).add("B", 1).add("C", 1).add("D", 1).add("E", 1);
  // B → C → D → B, with A before it and E behind it.
  net.link("A", "B").link("B", "C").link("C", "D").link("D", "B").link("D", "E").solve_it();
  EXPECT_EQ(net.solution.cycle, (std::vector<std::uint32_t>{1, 2, 3}));
  EXPECT_TRUE(net.solution.times.empty());
  EXPECT_TRUE(update(net.network, net.solution, {}).empty());

  Named self;
  self.add("A", 1).link("A", "A", SS).solve_it();
  EXPECT_EQ(self.solution.cycle, std::vector<std::uint32_t>{0});
}

TEST(Network, ConstraintsMoveEarlyAndLateDates) {
  Named net;
  net.add("A", 3).add("B", 2).add("C", 4);
  net.link("A", "B").link("B", "C");
  net.activities[net.index("B")].start_no_earlier = 5;
  net.activities[net.index("C")].finish_no_later = 9;
  net.solve_it();
  expect_table(net, {{"A", 0, 3, 0, 3, 0}, {"B", 5, 7, 3, 5, -2}, {"C", 7, 11, 5, 9, -2}});
  EXPECT_EQ(early_reason(net.network, net.solution, 1).driver, Driver::start_no_earlier);
  EXPECT_EQ(early_reason(net.network, net.solution, 2).driver, Driver::predecessor);
  EXPECT_EQ(early_reason(net.network, net.solution, 2).from, 1U);
  EXPECT_EQ(late_reason(net.network, net.solution, 2).limit, Limit::finish_no_later);
  EXPECT_EQ(late_reason(net.network, net.solution, 1).limit, Limit::successor);
  EXPECT_EQ(late_reason(net.network, net.solution, 1).to, 2U);
  // A's two days of free float are not free in total: the deadline has used them up.
  EXPECT_EQ(net.of("A").free_float, 2);
}

TEST(Network, MustFinishOnHoldsBothWays) {
  Named early;
  early.add("A", 3).add("B", 2).link("A", "B");
  early.activities[1].must_finish_on = 10;
  early.solve_it();
  expect_table(early, {{"A", 0, 3, 5, 8, 5}, {"B", 8, 10, 8, 10, 0}});
  EXPECT_EQ(early_reason(early.network, early.solution, 1).driver, Driver::must_finish_on);
  EXPECT_EQ(late_reason(early.network, early.solution, 1).limit, Limit::must_finish_on);

  // Logic that can't keep it wins, and the float says by how much it is missed.
  early.activities[1].must_finish_on = 4;
  early.solve_it();
  expect_table(early, {{"A", 0, 3, -1, 2, -1}, {"B", 3, 5, 2, 4, -1}});
}

TEST(Network, FinishByGivesFloatOrTakesIt) {
  Named net;
  net.add("A", 3).add("B", 2).link("A", "B");
  net.frame.finish_by = 8;
  net.solve_it();
  EXPECT_EQ(net.of("A").total_float, 3);
  // The path of the least float is still the critical one.
  EXPECT_EQ(net.solution.critical_float, 3);
  EXPECT_EQ(net.paths(), std::vector<std::string>{"AB"});
  EXPECT_EQ(late_reason(net.network, net.solution, 1).limit, Limit::finish_by);
  net.frame.finish_by = 4;
  net.solve_it();
  EXPECT_EQ(net.of("B").total_float, -1);
  EXPECT_TRUE(net.of("B").critical);
}

TEST(Network, ProgressIsRetainedLogic) {
  // A was to take days 0 to 4 and is half done at the beginning of day 7; B began out of sequence,
  // and its remaining work waits for A; C is finished and waits for nobody.
  Named net;
  net.add("A", 4).add("B", 6).add("C", 2).add("D", 1);
  net.link("A", "B").link("A", "C").link("B", "D").link("C", "D");
  net.activities[0].actual_start = 0;
  net.activities[0].remaining = 2;
  net.activities[1].actual_start = 5;
  net.activities[1].remaining = 5;
  net.activities[2].actual_start = 1;
  net.activities[2].actual_finish = 4;
  net.frame.as_of = 7;
  net.solve_it();
  EXPECT_EQ(net.of("A").early_start, 0);
  EXPECT_EQ(net.of("A").early_finish, 9);
  EXPECT_EQ(net.of("B").early_start, 5);
  EXPECT_EQ(net.of("B").early_finish, 14);
  EXPECT_EQ(net.of("C").early_finish, 4);
  EXPECT_EQ(net.of("C").late_finish, 4);
  EXPECT_FALSE(net.of("C").critical);
  EXPECT_EQ(net.of("D").early_finish, 15);
  EXPECT_EQ(net.paths(), std::vector<std::string>{"ABD"});
  EXPECT_EQ(early_reason(net.network, net.solution, 0).driver, Driver::as_of);
  EXPECT_EQ(early_reason(net.network, net.solution, 1).driver, Driver::predecessor);
  EXPECT_EQ(early_reason(net.network, net.solution, 2).driver, Driver::actual);
  EXPECT_EQ(late_reason(net.network, net.solution, 2).limit, Limit::actual);
}

TEST(Network, ThereCanBeMoreCriticalPathsThanAnyoneCanList) {
  // 70 diamonds in a row: two ways through each.
  Named net;
  net.add("0", 0);
  for (int i = 0; i < 70; ++i) {
    const std::string here = std::to_string(i);
    const std::string next = std::to_string(i + 1);
    net.add("a" + here, 1).add("b" + here, 1).add(next, 0);
    net.link(here, "a" + here).link(here, "b" + here).link("a" + here, next).link("b" + here, next);
  }
  net.solve_it();
  EXPECT_EQ(net.paths(5).size(), 5U);
  EXPECT_EQ(net.paths(0).size(), 0U);
  EXPECT_EQ(count_critical_paths(net.network, net.solution), ~std::uint64_t{0});
}

TEST(Network, TwoLinksBetweenTheSamePairAreOnePath) {
  Named net;
  net.add("A", 3).add("B", 3).link("A", "B", SS, 1).link("A", "B", FF, 1).solve_it();
  EXPECT_EQ(net.paths(), std::vector<std::string>{"AB"});
  EXPECT_EQ(count_critical_paths(net.network, net.solution), 1U);
}

}  // namespace
}  // namespace tc::cpm
