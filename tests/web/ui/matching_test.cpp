#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

#include "core/ledger/ledger.hpp"
#include "tests/web/ui/driver.hpp"

namespace tc::ui::test {
namespace {

class MatchingTest : public ::testing::Test {
 protected:
  MatchingTest() : driver(1600, 2400) {
    driver.app().restore("language", "en");
    driver.app().restore("author", "张三");
    driver.app().restore("city", "hohhot");
    driver.pieces = 3000;  // each does no more than one text or list, as its clock runs fast
  }

  void show(const std::string& programme) {
    driver.open_shipped(programme);
    driver.app().restore("page", "matching");
    driver.frames(10);
  }

  void choose_list(Str list) {
    ASSERT_TRUE(driver.click(Role::tab, list));
    driver.frames(10);
  }

  void fill(const std::string& name, const std::string& text) {
    ASSERT_TRUE(driver.click(Role::textbox, name)) << name;
    driver.key(ImGuiKey_A, ImGuiMod_Ctrl);
    driver.type(text);
    driver.frames(4);
  }

  /// Scrolls the form, which is longer than its place, until it shows that.
  void reveal(Role role, const std::string& name) {
    const Node* save = driver.find(Role::button, Str::form_save);
    ASSERT_NE(save, nullptr);
    driver.move(save->x0, save->y0 - 200);
    for (int up = 0; up < 2; ++up) {
      for (int i = 0; i < 20 && driver.find(role, name) == nullptr; ++i) {
        driver.wheel(up == 0 ? -3.0F : 3.0F);
        driver.frames();
      }
    }
    ASSERT_NE(driver.find(role, name), nullptr) << name;
  }

  void open_row(const std::string& id) {
    const Node* row = driver.find_prefix(Role::row, id);
    ASSERT_NE(row, nullptr) << id;
    driver.click(Node(*row));
    driver.frames(6);
  }

  /// The names of the results offered for the need that is open, best first.
  std::vector<std::string> offers() const {
    std::vector<std::string> names;
    for (const Node& node : driver.all(Role::option)) {
      if (node.name.starts_with("R")) names.push_back(node.name);
    }
    return names;
  }

  Driver driver;
};

TEST_F(MatchingTest, BestServedNeedsStandFirst) {
  show("demo");
  double before = 1000;
  std::size_t seen = 0;
  for (const Node& row : driver.all(Role::row)) {
    if (row.value.starts_with("unmatched")) break;
    const double score = std::stod(row.value);
    EXPECT_LE(score, before) << row.name;
    before = score;
    ++seen;
  }
  EXPECT_GT(seen, 10U);
  EXPECT_FALSE(driver.app().animating());
}

TEST_F(MatchingTest, SearchNarrowsInChineseAndByCode) {
  show("demo");
  fill(driver.text(Str::matching_search), "无水清扫");
  ASSERT_FALSE(driver.all(Role::row).empty());
  EXPECT_LT(driver.all(Role::row).size(), 12U);
  fill(driver.text(Str::matching_search), "n001");
  ASSERT_EQ(driver.all(Role::row).size(), 1U);
  EXPECT_TRUE(driver.all(Role::row)[0].name.starts_with("N001 "));
}

TEST_F(MatchingTest, AScoreIsExplainedAndMovesWithTheWeights) {
  show("demo");
  open_row("N");
  ASSERT_FALSE(offers().empty());
  const Node* topic = driver.find(Role::listitem, Str::matching_chain_innovation);
  ASSERT_NE(topic, nullptr);
  EXPECT_NE(topic->value.find("weight 50%"), std::string::npos) << topic->value;
  EXPECT_TRUE(driver.shows("Words that both have"));
  // All weight to the price: the slider goes by the keys, and the terms follow.
  for (const Str chain : {Str::matching_chain_innovation, Str::matching_chain_industry}) {
    const Node* slider = driver.find(Role::button, chain);
    ASSERT_NE(slider, nullptr);
    Node left = *slider;
    left.x1 = left.x0 + 4;
    driver.click(left);
    driver.frames(6);
    EXPECT_EQ(driver.find(Role::button, chain)->value, "0");
  }
  topic = driver.find(Role::listitem, Str::matching_chain_innovation);
  ASSERT_NE(topic, nullptr);
  EXPECT_NE(topic->value.find("weight 0%"), std::string::npos) << topic->value;
}

TEST_F(MatchingTest, WhatTakesLongCanBeStoppedAndGoesOn) {
  driver.pieces = 1;
  show("demo");
  const auto served = [this] {
    const auto rows = driver.all(Role::row);
    return std::count_if(rows.begin(), rows.end(), [](const Node& row) {
      return !row.value.empty() && row.value[0] >= '0' && row.value[0] <= '9';
    });
  };
  EXPECT_EQ(served(), 0);
  ASSERT_TRUE(driver.click(Role::link, Str::matching_stop));
  driver.pieces = 100;
  driver.frames(20);
  EXPECT_EQ(served(), 0);
  EXPECT_FALSE(driver.app().work());
  ASSERT_TRUE(driver.click(Role::link, Str::matching_go_on));
  driver.frames(20);
  EXPECT_EQ(driver.find(Role::link, Str::matching_go_on), nullptr);
  EXPECT_GT(served(), 0);
  // The assignment is given up when it is stopped, and can be asked for again.
  driver.pieces = 1;
  ASSERT_TRUE(driver.click(Role::button, Str::matching_assign));
  driver.frames(4);
  ASSERT_TRUE(driver.click(Role::link, Str::matching_stop));
  driver.pieces = 100;
  driver.frames(10);
  EXPECT_EQ(driver.find(Role::status, Str::matching_proved), nullptr);
  ASSERT_TRUE(driver.click(Role::button, Str::matching_assign));
  driver.frames(10);
  EXPECT_NE(driver.find(Role::status, Str::matching_proved), nullptr);
}

TEST_F(MatchingTest, TheAssignmentIsProvedOptimal) {
  show("demo");
  EXPECT_FALSE(driver.shows("Proved optimal"));
  ASSERT_TRUE(driver.click(Role::button, Str::matching_assign));
  driver.frames(10);
  EXPECT_NE(driver.find(Role::status, Str::matching_proved), nullptr);
  EXPECT_NE(driver.find(Role::listitem, "Hohhot → Baotou"), nullptr);
  EXPECT_NE(driver.find(Role::listitem, "Baotou → Hohhot"), nullptr);
}

TEST_F(MatchingTest, TheMatchingIsStableWhoeverProposes) {
  show("demo");
  choose_list(Str::matching_graduates);
  EXPECT_NE(driver.find(Role::status, Str::matching_no_blocking), nullptr);
  EXPECT_TRUE(driver.shows("Contact details are not shown"));
  ASSERT_TRUE(driver.click(Role::tab, Str::matching_jobs_propose));
  driver.frames(10);
  EXPECT_NE(driver.find(Role::status, Str::matching_no_blocking), nullptr);
  // Who has no job is told why.
  ASSERT_TRUE(driver.click(Role::option, Str::matching_filter_unmatched));
  driver.frames(6);
  open_row("G");
  EXPECT_NE(driver.find(Role::heading, Str::matching_unmatched), nullptr);
  EXPECT_NE(driver.find(Role::heading, Str::matching_policies), nullptr);
}

TEST_F(MatchingTest, AChallengeShowsItsRankingAndWhatWouldChangeIt) {
  show("demo");
  choose_list(Str::matching_challenges);
  open_row("C01");
  EXPECT_NE(driver.find(Role::heading, Str::matching_ranking), nullptr);
  EXPECT_NE(driver.find(Role::heading, Str::matching_sensitivity), nullptr);
  EXPECT_NE(driver.find_prefix(Role::option, "1. B"), nullptr);
}

TEST_F(MatchingTest, ANeedIsAddedByTheFormAndFound) {
  show("demo");
  ASSERT_TRUE(driver.click(Role::button, Str::matching_add_need));
  driver.frames();
  ASSERT_NE(driver.find(Role::dialog, "New need N081"), nullptr);
  // Without a title, and with a budget that is none: told at the fields, nothing is entered.
  fill("Budget, yuan", "很多");
  ASSERT_TRUE(driver.click(Role::button, Str::form_save));
  driver.frames(6);
  EXPECT_EQ(driver.all(Role::alert).size(), 2U);
  EXPECT_TRUE(driver.host().kept.empty());
  fill("Budget, yuan", "2,000,000");
  fill("Title (Chinese)", "光伏组件无水清扫机器人");
  ASSERT_TRUE(driver.click(Role::button, Str::form_save));
  driver.frames(12);
  EXPECT_EQ(driver.find(Role::dialog, "New need N081"), nullptr);
  ASSERT_EQ(driver.host().kept.size(), 1U);
  Result<OpenedLedger> opened = open_board(driver.host().kept.begin()->second);
  ASSERT_TRUE(opened);
  const Entry entry = opened.value->ledger.entry(0);
  ASSERT_EQ(entry.changes.size(), 1U);
  EXPECT_EQ(entry.changes[0].pointer, "/needs/N081");
  fill(driver.text(Str::matching_search), "清扫机器人");
  open_row("N081");
  EXPECT_FALSE(offers().empty());
}

TEST_F(MatchingTest, AChallengeIsMadeWithItsPanelAndABidIsScored) {
  show("demo");
  choose_list(Str::matching_challenges);
  ASSERT_TRUE(driver.click(Role::button, Str::matching_add_challenge));
  driver.frames();
  fill("Title (English)", "Blades that do not ice");
  ASSERT_TRUE(driver.click(Role::button, Str::posting_add_criterion));
  driver.frames();
  ASSERT_TRUE(driver.click(Role::button, Str::posting_add_criterion));
  driver.frames();
  fill("Criteria 1 · Title (English)", "Technique");
  fill("Criteria 1 · Weight", "many");
  reveal(Role::button, driver.text(Str::posting_add_judge));
  ASSERT_TRUE(driver.click(Role::button, Str::posting_add_judge));
  driver.frames();
  reveal(Role::textbox, "Judges 1 · Name (English)");
  fill("Judges 1 · Name (English)", "Judge One");
  ASSERT_TRUE(driver.click(Role::button, Str::form_save));
  driver.frames(6);
  EXPECT_EQ(driver.all(Role::alert).size(), 1U);  // a weight that is no number
  EXPECT_TRUE(driver.host().kept.empty());
  reveal(Role::textbox, "Criteria 1 · Weight");
  fill("Criteria 1 · Weight", "60");
  ASSERT_TRUE(driver.click(Role::button, Str::form_save));
  driver.frames(12);
  const auto board = [this] {
    return std::move(open_board(driver.host().kept.begin()->second).value->ledger);
  };
  ASSERT_EQ(driver.host().kept.size(), 1U);
  const Challenge made = board().state().challenges.back();
  ASSERT_EQ(made.criteria.size(), 1U);  // the row that nothing was typed in is none
  EXPECT_EQ(made.criteria[0].title.en, "Technique");
  EXPECT_EQ(made.criteria[0].weight, 60);
  ASSERT_EQ(made.judges.size(), 1U);
  EXPECT_EQ(made.judges[0].name.en, "Judge One");

  fill(driver.text(Str::matching_search), "Blades");
  open_row(made.id);
  for (const char* bidder : {"Firm A", "Firm B"}) {
    ASSERT_TRUE(driver.click(Role::button, Str::matching_add_bid)) << bidder;
    driver.frames();
    fill("Bidder (English)", bidder);
    reveal(Role::textbox, "Judge One · Technique");
    fill("Judge One · Technique", bidder == std::string("Firm A") ? "81" : "90.5");
    ASSERT_TRUE(driver.click(Role::button, Str::form_save));
    driver.frames(12);
  }
  // Only the second bid's score is entered anew.
  ASSERT_TRUE(driver.click(Role::button, "Edit bid B2"));
  driver.frames();
  reveal(Role::textbox, "Judge One · Technique");
  fill("Judge One · Technique", "70");
  ASSERT_TRUE(driver.click(Role::button, Str::form_save));
  driver.frames(12);
  const Ledger ledger = board();
  ASSERT_EQ(ledger.size(), 4U);
  ASSERT_EQ(ledger.entry(3).changes.size(), 1U);
  EXPECT_EQ(ledger.entry(3).changes[0].pointer, "/challenges/" + made.id + "/bids/B2/scores");
  const std::vector<Bid>& bids = ledger.state().challenges.back().bids;
  ASSERT_EQ(bids.size(), 2U);
  EXPECT_EQ(bids[0].bidder.en, "Firm A");
  ASSERT_EQ(bids[1].scores.size(), 1U);
  EXPECT_EQ(bids[1].scores[0].score, 70);
  EXPECT_NE(driver.find_prefix(Role::option, "1. B1 Firm A"), nullptr);
}

TEST_F(MatchingTest, AnEditChangesOnlyWhatDiffers) {
  show("demo");
  choose_list(Str::matching_graduates);
  fill(driver.text(Str::matching_search), "G0001");
  open_row("G0001");
  ASSERT_TRUE(driver.click(Role::button, Str::edit));
  driver.frames();
  ASSERT_NE(driver.find(Role::dialog, "Edit graduate G0001"), nullptr);
  fill("Least salary, yuan a month", "6000");
  ASSERT_TRUE(driver.click(Role::button, Str::form_save));
  driver.frames(12);
  ASSERT_EQ(driver.host().kept.size(), 1U);
  Result<OpenedLedger> opened = open_board(driver.host().kept.begin()->second);
  ASSERT_TRUE(opened);
  const Entry entry = opened.value->ledger.entry(0);
  ASSERT_EQ(entry.changes.size(), 1U);
  EXPECT_EQ(entry.changes[0].pointer, "/graduates/G0001/salary");
}

TEST_F(MatchingTest, AProgrammeWithoutPostingsOffersToAddOrOpen) {
  show("hubao-2024");
  EXPECT_TRUE(driver.shows("There are no postings yet"));
  EXPECT_NE(driver.find(Role::button, Str::matching_add_need), nullptr);
  ASSERT_TRUE(driver.click(Role::button, Str::matching_open_file));
  EXPECT_EQ(driver.host().files_chosen, 1);
}

}  // namespace
}  // namespace tc::ui::test
