#include "core/schedule/rag.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace tc {
namespace {

std::optional<Date> day(const char* text) {
  return parse_date(text);
}

ActionItem item(const char* code, const char* start, const char* due,
                std::vector<std::string> after = {}) {
  ActionItem made;
  made.code = code;
  made.status = Status::not_started;
  if (*start != '\0') made.start = day(start);
  if (*due != '\0') made.due = day(due);
  for (std::string& predecessor : after) {
    Dependency dependency;
    dependency.item = std::move(predecessor);
    made.depends_on.push_back(dependency);
  }
  return made;
}

class RagTest : public testing::Test {
 protected:
  /// A is on track with much float, Z ends last.
  RagTest() {
    programme.items = {item("A", "2024-04-01", "2024-04-12"),
                       item("Z", "2024-04-01", "2024-12-31")};
  }
  std::vector<RagResult> run(const RagInput& input = {}) {
    programme.rag_thresholds = thresholds;
    schedule = make_schedule(programme, calendar, as_of);
    return rate(programme, schedule, input);
  }
  Programme programme;
  WorkCalendar calendar;
  RagThresholds thresholds;
  Date as_of = *day("2024-04-01");
  Schedule schedule;
};

TEST_F(RagTest, OnTrackIsGreen) {
  const auto results = run();
  EXPECT_EQ(results[0].computed, Rag::green);
  EXPECT_EQ(results[0].reasons, (std::vector<RagReason>{{RagCode::on_track, Rag::green, 0}}));
}

TEST_F(RagTest, FinishedIsGreenHoweverLate) {
  programme.items[0].finished = day("2024-06-12");
  as_of = *day("2024-06-13");
  EXPECT_EQ(run()[0].reasons, (std::vector<RagReason>{{RagCode::done, Rag::green, 0}}));
}

TEST_F(RagTest, SlipIsAmberThenRed) {
  programme.items[0].started = day("2024-04-01");
  programme.items[0].progress = 0;
  as_of = *day("2024-04-08");
  EXPECT_EQ(run()[0].reasons, (std::vector<RagReason>{{RagCode::late, Rag::amber, 5}}));
  as_of = *day("2024-04-15");
  EXPECT_EQ(run()[0].reasons, (std::vector<RagReason>{{RagCode::late, Rag::red, 10}}));
  thresholds.red_slip = 11;
  EXPECT_EQ(run()[0].computed, Rag::amber);
}

TEST_F(RagTest, CriticalIsAmberAndLateThereIsRed) {
  EXPECT_EQ(run()[1].reasons, (std::vector<RagReason>{{RagCode::no_float, Rag::amber, 0}}));
  programme.items[1].started = day("2024-04-01");
  programme.items[1].progress = 0;
  as_of = *day("2024-04-03");
  EXPECT_EQ(run()[1].reasons, (std::vector<RagReason>{{RagCode::late_and_critical, Rag::red, 2},
                                                      {RagCode::no_float, Rag::amber, 0}}));
}

TEST_F(RagTest, AMissedDeadlineIsRed) {
  programme.items[0].constraints.emplace().finish_no_later = day("2024-04-09");
  EXPECT_EQ(run()[0].reasons, (std::vector<RagReason>{{RagCode::deadline_missed, Rag::red, 3}}));
}

TEST_F(RagTest, FloatThresholdsAreData) {
  programme.items[0].constraints.emplace().finish_no_later = day("2024-04-16");
  EXPECT_EQ(run()[0].computed, Rag::green);
  thresholds.amber_float = 5;
  EXPECT_EQ(run()[0].reasons, (std::vector<RagReason>{{RagCode::no_float, Rag::amber, 2}}));
  thresholds.red_float = 2;
  EXPECT_EQ(run()[0].computed, Rag::red);
}

TEST_F(RagTest, BlockedAndWaitingForBlocked) {
  programme.items.push_back(item("B", "2024-04-15", "2024-04-19", {"A"}));
  programme.items.push_back(item("C", "2024-04-22", "2024-04-26", {"B", "A", "nowhere"}));
  programme.items[0].status = Status::blocked;
  const auto results = run();
  EXPECT_EQ(results[0].reasons, (std::vector<RagReason>{{RagCode::blocked, Rag::red, 0}}));
  EXPECT_EQ(results[2].reasons,
            (std::vector<RagReason>{{RagCode::blocked_predecessor, Rag::amber, 1}}));
  EXPECT_EQ(results[3].reasons,
            (std::vector<RagReason>{{RagCode::blocked_predecessor, Rag::amber, 2}}));
  // Whoever is finished passes nothing on.
  programme.items[2].finished = day("2024-04-01");
  EXPECT_EQ(run()[3].reasons,
            (std::vector<RagReason>{{RagCode::blocked_predecessor, Rag::amber, 1}}));
  programme.items[0].status = Status::completed;
  EXPECT_EQ(run()[3].computed, Rag::green);
}

TEST_F(RagTest, StaleLedger) {
  std::vector<std::optional<Date>> last = {day("2024-03-03"), day("2024-01-01")};
  as_of = *day("2024-04-01");
  EXPECT_EQ(run({last})[0].computed, Rag::green);
  last[0] = day("2024-03-02");
  EXPECT_EQ(run({last})[0].reasons, (std::vector<RagReason>{{RagCode::stale, Rag::amber, 30}}));
  EXPECT_EQ(run({last})[1].reasons, (std::vector<RagReason>{{RagCode::stale, Rag::red, 91},
                                                            {RagCode::no_float, Rag::amber, 0}}));
  // Nothing at all: counted from the start, and only once begun.
  last = {std::nullopt};
  EXPECT_EQ(run({last})[0].computed, Rag::green);
  programme.items[0].started = day("2024-02-01");
  programme.items[0].progress = 90;
  EXPECT_EQ(run({last})[0].reasons,
            (std::vector<RagReason>{{RagCode::never_updated, Rag::red, 60}}));
}

TEST_F(RagTest, WithoutDatesItIsUnknownUnlessSomethingSpeaksAgainstIt) {
  programme.items[0] = item("A", "", "");
  EXPECT_EQ(run()[0].reasons, (std::vector<RagReason>{{RagCode::no_dates, Rag::unknown, 0}}));
  programme.items[0].status = Status::blocked;
  EXPECT_EQ(run()[0].reasons, (std::vector<RagReason>{{RagCode::blocked, Rag::red, 0},
                                                      {RagCode::no_dates, Rag::unknown, 0}}));
  programme.items[0].status = Status::completed;
  EXPECT_EQ(run()[0].computed, Rag::green);
}

TEST_F(RagTest, OverridesStandBesideTheComputed) {
  RagOverride override;
  override.rag = Rag::red;
  override.reason = {"资金未落实", "Funding is open"};
  override.by = "张三";
  override.date = as_of;
  programme.items[0].confidence = override;
  auto results = run();
  EXPECT_EQ(results[0].computed, Rag::green);
  EXPECT_EQ(results[0].shown(), Rag::red);
  EXPECT_EQ(results[0].override->reason.zh, "资金未落实");
  EXPECT_EQ(results[1].shown(), Rag::amber);
  EXPECT_EQ(count(results), (RagCounts{1, 1, 0, 0, 1}));
  EXPECT_EQ(count(results).total(), 2U);
  // No reason, no override.
  programme.items[0].confidence->reason = {};
  results = run();
  EXPECT_EQ(results[0].shown(), Rag::green);
  EXPECT_EQ(count(results), (RagCounts{0, 1, 1, 0, 0}));
  override.by.clear();
  EXPECT_FALSE(is_valid(override));
  override.by = "张三";
  override.rag = Rag::unknown;
  EXPECT_FALSE(is_valid(override));
}

TEST(Rag, NamesAndWords) {
  for (Rag rag : kRags) {
    EXPECT_EQ(rag_of(name_of(rag)), rag);
    EXPECT_FALSE(label_of(rag).zh.empty());
    EXPECT_FALSE(label_of(rag).en.empty());
  }
  EXPECT_FALSE(rag_of("blue"));
  EXPECT_EQ(message({RagCode::late, Rag::amber, 5}, Language::en),
            "Forecast to finish 5 working days late");
  EXPECT_EQ(message({RagCode::stale, Rag::red, 91}, Language::zh), "台账已 91 天未更新");
  for (int code = 0; code <= static_cast<int>(RagCode::no_dates); ++code) {
    const RagReason reason{static_cast<RagCode>(code), Rag::red, 3};
    for (Language language : {Language::zh, Language::en}) {
      EXPECT_FALSE(message(reason, language).empty());
      EXPECT_EQ(message(reason, language).find('{'), std::string::npos);
    }
  }
}

}  // namespace
}  // namespace tc
