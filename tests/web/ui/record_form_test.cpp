// Members, links and policies are entered, changed and removed by forms.
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "core/ledger/ledger.hpp"
#include "core/model/element_json.hpp"
#include "tests/web/ui/driver.hpp"
#include "web/ui/ids.hpp"

namespace tc::ui::test {
namespace {

/// A chain of three stages; everything goes through M, in the middle. What is said of U has a
/// source. A matrix with one group and one cluster; the grant's conditions are nested.
constexpr const char* kBoard = R"({"format":"tongcheng-programme","version":1,"id":"board",
  "title":{"en":"Board"},"kind":"working","asOf":"2024-11-01",
  "sources":[{"id":"report","title":{"en":"Report"}}],
  "cities":[{"id":"h","name":{"en":"Hohhot"}},{"id":"b","name":{"en":"Baotou"}}],
  "products":[{"id":"ore","name":{"en":"Ore"},"unit":{"en":"t"},"equivalent":1},
              {"id":"bar","name":{"en":"Bars"},"unit":{"en":"t"},"equivalent":1}],
  "alliances":[{"id":"steel","title":{"en":"Steel"},"stages":[
    {"id":"s1","title":{"en":"Mines"}},{"id":"s2","title":{"en":"Mill"}},
    {"id":"s3","title":{"en":"Users"}}]}],
  "members":[
    {"id":"a","name":{"en":"Mine A"},"kind":"firm","city":"b",
     "memberships":[{"alliance":"steel","stages":["s1"]}],
     "makes":[{"product":"ore","volume":60.123456789}]},
    {"id":"m","name":{"en":"Mill M"},"kind":"firm","city":"b",
     "memberships":[{"alliance":"steel","stages":["s2"]}],
     "makes":[{"product":"bar","volume":70}],"buys":[{"product":"ore","volume":100}]},
    {"id":"u","name":{"en":"User U"},"kind":"firm","city":"h",
     "memberships":[{"alliance":"steel","stages":["s3"]}],"buys":[{"product":"bar","volume":90}],
     "source":{"source":"report"}}],
  "chainLinks":[
    {"id":"l1","from":"a","to":"m","kind":"supply","product":"ore","volume":60},
    {"id":"l2","from":"m","to":"u","kind":"supply","product":"bar","volume":70,
     "source":{"source":"report"}}],
  "policies":[
    {"id":"grant","title":{"en":"Growth grant"},"cities":["h"],"validFrom":"2024-01-01",
     "validTo":"2024-12-31","instrument":"grant","budget":300,"groups":["firms"],
     "amount":{"value":5,"atMost":true},
     "conditions":{"note":{"en":"Article 3"},"all":[
       {"attribute":"firm.city","equals":"h"},
       {"attribute":"firm.employees","atLeast":50,"note":{"en":"at the year's end"}},
       {"any":[{"attribute":"firm.sme","equals":true},
               {"not":{"attribute":"firm.revenue","above":0.123456789}}]},
       {"not":{"attribute":"firm.leading","equals":true}}]}}],
  "policyMatrix":{"title":{"en":"Matrix"},
    "parts":[{"id":"p","title":{"en":"Subjects"},"size":1}],
    "groups":[{"id":"firms","title":{"en":"Firms"},"part":"p"}],
    "clusters":[{"id":"steel","title":{"en":"Steel"}}],
    "cells":[{"policy":"grant","group":"firms","cluster":"steel","coverage":"full",
              "source":{"source":"report"}}]}})";

class RecordFormTest : public ::testing::Test {
 protected:
  RecordFormTest() : driver(1440, 1800) {
    driver.app().restore("language", "en");
    driver.app().restore("author", "张三");
    driver.app().restore("city", "h");
  }

  void show(const char* page, const std::string& bytes = kBoard) {
    driver.app().open("board.json", bytes);
    driver.app().restore("page", page);
    driver.frames(6);
  }

  void press(const std::string& name) {
    ASSERT_TRUE(driver.click(Role::button, name)) << name;
    driver.frames(4);
  }
  void press(Str name) { press(driver.text(name)); }

  void choose(const std::string& field, const std::string& option) {
    press(field);
    // The list's own stands last, after chips of the same name.
    Node last;
    for (const Node& node : driver.all(Role::option)) {
      if (node.name == option) last = node;
    }
    ASSERT_EQ(last.name, option);
    driver.click(last);
    driver.frames(4);
  }

  /// A chip.
  void toggle(const std::string& name) {
    ASSERT_TRUE(driver.click(Role::option, name)) << name;
    driver.frames(4);
  }

  void fill(const std::string& name, const std::string& text) {
    ASSERT_TRUE(driver.click(Role::textbox, name)) << name;
    driver.key(ImGuiKey_A, ImGuiMod_Ctrl);
    if (text.empty()) {
      driver.key(ImGuiKey_Delete);
    } else {
      driver.type(text);
    }
    driver.frames(4);
  }

  void save() {
    press(Str::form_save);
    driver.frames(8);
  }

  void undo() {
    driver.key(ImGuiKey_Z, ImGuiMod_Ctrl);
    driver.frames(8);
  }

  /// Of the open form.
  std::vector<std::string> alerts() {
    std::vector<std::string> texts;
    for (const Node& node : driver.all(Role::alert)) texts.push_back(node.name);
    return texts;
  }
  bool in_form() { return !driver.all(Role::dialog).empty(); }

  void select_member(const std::string& name) {
    const Node* node = driver.find(Role::button, name);
    ASSERT_NE(node, nullptr) << name;
    driver.click(Node(*node));
    driver.frames(4);
  }

  bool nothing_kept() { return driver.host().kept.empty(); }
  Ledger kept() { return kept_board(driver.host()); }

  /// What the last entry changed.
  std::vector<std::string> changed() {
    const Ledger ledger = kept();
    std::vector<std::string> pointers;
    if (ledger.size() == 0) return pointers;
    for (const Change& change : ledger.entry(ledger.size() - 1).changes) {
      pointers.push_back(change.pointer);
    }
    return pointers;
  }

  Driver driver;
};

using Pointers = std::vector<std::string>;

TEST(Ids, NextOnesNeverCollide) {
  const auto own = [](const std::string& id) -> const std::string& { return id; };
  using Ids = std::vector<std::string>;
  EXPECT_EQ(next_id(Ids{}, own, "M", 3), "M001");
  EXPECT_EQ(next_id(Ids{"L001", "L009"}, own, "M", 3), "L010");
  EXPECT_EQ(next_id(Ids{"ne-h2", "da-pack", "u-tech"}, own, "M", 3), "M001");
  EXPECT_EQ(next_id(Ids{"a", "b", "c", "M001"}, own, "M", 3), "M002");
  Ids all = {"x99999998", "y5"};
  std::set<std::string> seen(all.begin(), all.end());
  for (int i = 0; i < 50; ++i) {
    all.push_back(next_id(all, own, "M", 3));
    EXPECT_TRUE(seen.insert(all.back()).second) << all.back();
  }
}

TEST_F(RecordFormTest, AMemberIsAddedAndTakenBack) {
  show("network");
  ASSERT_TRUE(driver.click(Role::tab, Str::network_members));
  driver.frames();
  press(Str::record_add_member);
  ASSERT_NE(driver.find(Role::dialog, "New member M001"), nullptr);
  press(Str::record_add_made);
  choose("Makes 1 · Product", "Bars");
  fill("Makes 1 · Volume a year", "many");
  // Without a name, and with a volume that is none: told at the fields, nothing is entered or lost.
  save();
  EXPECT_EQ(alerts().size(), 2U);
  EXPECT_TRUE(alerts().back().starts_with("Row 1: ")) << alerts().back();
  EXPECT_TRUE(nothing_kept());
  fill("Name (English)", "Smith");
  fill("Makes 1 · Volume a year", "1,250.5");
  // The chain that is shown is the one that it joins.
  toggle("Mill");
  choose("City", "Hohhot");
  save();
  EXPECT_FALSE(in_form());
  EXPECT_EQ(changed(), Pointers{"/members/M001"});
  const Ledger ledger = kept();
  const Member& made = ledger.state().members.back();
  EXPECT_EQ(made.name.en, "Smith");
  EXPECT_EQ(made.kind, MemberKind::firm);
  EXPECT_EQ(made.city, "h");
  ASSERT_EQ(made.memberships.size(), 1U);
  EXPECT_EQ(made.memberships[0].alliance, "steel");
  EXPECT_EQ(made.memberships[0].stages, std::vector<std::string>{"s2"});
  ASSERT_EQ(made.makes.size(), 1U);
  EXPECT_EQ(made.makes[0].product, "bar");
  EXPECT_EQ(made.makes[0].volume, 1250.5);
  EXPECT_TRUE(driver.shows("4 members, 2 links"));
  EXPECT_NE(driver.find(Role::heading, "Smith"), nullptr) << "the new one is shown";
  undo();
  EXPECT_TRUE(driver.shows("3 members, 2 links"));
  EXPECT_EQ(driver.find(Role::heading, "Smith"), nullptr);
}

TEST_F(RecordFormTest, WhatIsNotTouchedIsNotChanged) {
  show("network");
  select_member("Mine A");
  press(Str::edit);
  ASSERT_NE(driver.find(Role::dialog, "Edit member a"), nullptr);
  save();
  EXPECT_FALSE(in_form());
  EXPECT_TRUE(nothing_kept()) << "nothing was changed";
  press(Str::edit);
  press(Str::record_add_bought);
  choose("Buys 1 · Product", "Bars");
  save();
  EXPECT_EQ(changed(), Pointers{"/members/a/buys"});
  // Its volume is shown with fewer digits than it has.
  EXPECT_EQ(kept().state().members[0].makes[0].volume, 60.123456789);
  EXPECT_NE(driver.find(Role::heading, "Mine A"), nullptr) << "it is still chosen";
}

TEST_F(RecordFormTest, WhatSaysOtherThanItsSourceCitesItNoMore) {
  show("network");
  select_member("User U");
  press(Str::edit);
  EXPECT_TRUE(driver.shows(driver.text(Str::record_sourced)));
  fill("Name (Chinese)", "用户");
  save();
  EXPECT_EQ(changed(), Pointers{"/members/u/name"}) << "one more language says nothing new";
  press(Str::edit);
  fill("Buys 1 · Volume a year", "95");
  save();
  EXPECT_EQ(changed(), (Pointers{"/members/u/buys", "/members/u/source"}));
  EXPECT_FALSE(kept().state().members[2].source);
  select_member("Mine A");
  press(Str::edit);
  EXPECT_FALSE(driver.shows(driver.text(Str::record_sourced)));
}

TEST_F(RecordFormTest, ALinkIsAddedChangedAndRemoved) {
  show("network");
  select_member("Mill M");
  press(Str::record_add_link);
  ASSERT_NE(driver.find(Role::dialog, "New link l3"), nullptr);
  // From the member that was chosen; to itself is none.
  choose("To", "Mill M");
  choose("Kind", "Capital");
  save();
  ASSERT_EQ(alerts().size(), 1U);
  EXPECT_TRUE(nothing_kept());
  choose("To", "Mine A");
  save();
  EXPECT_EQ(changed(), Pointers{"/chainLinks/l3"});
  {
    const Ledger ledger = kept();
    const ChainLink& made = ledger.state().chain_links.back();
    EXPECT_EQ(made.from, "m");
    EXPECT_EQ(made.to, "a");
    EXPECT_EQ(made.kind, LinkKind::capital);
  }
  EXPECT_TRUE(driver.shows("3 members, 3 links"));
  press("Edit link l2");
  fill("Volume a year", "71");
  save();
  EXPECT_EQ(changed(), (Pointers{"/chainLinks/l2/volume", "/chainLinks/l2/source"}));
  EXPECT_TRUE(driver.shows("Link l2 · Volume a year: 70 → 71"));
  EXPECT_EQ(kept().state().chain_links[1].volume, 71);
  press("Remove link l3");
  driver.key(ImGuiKey_Enter);
  driver.frames(8);
  EXPECT_EQ(changed(), Pointers{"/chainLinks/l3"});
  EXPECT_TRUE(driver.shows("3 members, 2 links"));
}

TEST_F(RecordFormTest, AProductThatIsNewCanBeChosen) {
  show("network");
  ASSERT_TRUE(driver.click(Role::tab, Str::network_members));
  driver.frames();
  press(Str::record_add_product);
  ASSERT_NE(driver.find(Role::dialog, "New product PR01"), nullptr);
  fill("Name (English)", "Slag");
  fill("End product made of one unit", "none");
  save();
  EXPECT_EQ(alerts().size(), 1U);
  fill("End product made of one unit", "0.5");
  save();
  EXPECT_EQ(changed(), Pointers{"/products/PR01"});
  select_member("Mine A");
  press("Edit link l1");
  choose("Product", "Slag");
  save();
  EXPECT_EQ(changed(), Pointers{"/chainLinks/l1/product"});
  EXPECT_TRUE(driver.shows("Link l1 · Product: Ore → Slag")) << "in words, not ids";
}

TEST_F(RecordFormTest, AMemberGoesWithItsLinksInOneEntry) {
  show("network");
  select_member("Mill M");
  press(Str::record_remove);
  ASSERT_NE(driver.find(Role::dialog, "Remove \"Mill M\"?"), nullptr);
  EXPECT_TRUE(driver.shows("Mine A → Mill M (Supply)"));
  EXPECT_TRUE(driver.shows("Mill M → User U (Supply)"));
  press(Str::form_cancel);
  EXPECT_TRUE(nothing_kept());
  press(Str::record_remove);
  driver.key(ImGuiKey_Enter);
  driver.frames(8);
  EXPECT_EQ(changed(), (Pointers{"/chainLinks/l1", "/chainLinks/l2", "/members/m"}));
  EXPECT_EQ(kept().size(), 1U);
  EXPECT_TRUE(driver.shows("2 members, 0 links"));
  undo();
  EXPECT_TRUE(driver.shows("3 members, 2 links"));
}

TEST_F(RecordFormTest, APolicyIsMadeWithItsCellsAndConditions) {
  show("policies");
  press(Str::record_add_policy);
  ASSERT_NE(driver.find(Role::dialog, "New policy P001"), nullptr);
  fill("Title (English)", "Bonus");
  fill("In force from", "2024-05-01");
  fill("Last day", "2024-01-01");
  choose("Instrument", "One-off award");
  fill("Amount", "2000");
  press(Str::record_add_cell);
  choose("Cells of the policy matrix 1 · Group", "Firms");
  choose("Cells of the policy matrix 1 · Cluster", "Steel");
  fill("Cells of the policy matrix 1 · Budget, 10,000 yuan", "12");
  toggle("Firms");
  press(Str::rule_add);
  choose("1 · Condition", "Firm · Employees (people)");
  fill("1 · Value", "many");
  save();
  // The form's own check comes first, then the model's.
  ASSERT_EQ(alerts().size(), 1U);
  EXPECT_NE(alerts()[0].find("many"), std::string::npos) << alerts()[0];
  fill("1 · Value", "30");
  save();
  ASSERT_EQ(alerts().size(), 1U) << "the dates are reversed";
  EXPECT_NE(alerts()[0].find("2024-05-01"), std::string::npos) << alerts()[0];
  EXPECT_TRUE(nothing_kept());
  fill("Last day", "2025-12-31");
  save();
  EXPECT_FALSE(in_form());
  EXPECT_EQ(changed(), (Pointers{"/policies/P001", "/policyMatrix/cells/P001 firms steel"}));
  const Ledger ledger = kept();
  EXPECT_EQ(ledger.size(), 1U);
  const nlohmann::json policy = json_of(ledger.state().policies.back());
  EXPECT_EQ(policy, nlohmann::json::parse(R"({"id":"P001","title":{"en":"Bonus"},
    "validFrom":"2024-05-01","validTo":"2025-12-31","instrument":"award","amount":{"value":2000},
    "groups":["firms"],
    "conditions":{"all":[{"attribute":"firm.employees","atLeast":30}]}})"));
  const MatrixCell& cell = ledger.state().policy_matrix->cells.back();
  EXPECT_EQ(cell.coverage, Coverage::full);
  EXPECT_EQ(cell.budget, 12);
  EXPECT_TRUE(driver.shows("Employees ≥ 30 people")) << "the new one is open";
  undo();
  EXPECT_EQ(driver.find(Role::button, "Bonus"), nullptr);
}

TEST_F(RecordFormTest, NestedConditionsOutlastTheForm) {
  show("policies");
  press("Growth grant");
  press(Str::edit);
  const nlohmann::json before = nlohmann::json::parse(kBoard)["policies"][0]["conditions"];
  // What is nested stands there in words.
  EXPECT_TRUE(driver.shows("any of:"));
  EXPECT_TRUE(driver.shows("not:"));
  fill("Title (Chinese)", "成长补助");
  save();
  EXPECT_EQ(changed(), Pointers{"/policies/grant/title"});
  EXPECT_EQ(json_of(kept().state().policies[0])["conditions"], before);

  press(Str::edit);
  fill("2 · Value", "60");
  press("Remove condition 4");
  press(Str::rule_add);
  choose("4 · Condition", "Firm · Cluster");
  choose("4 · Comparison", "is one of");
  // Of the matrix' clusters: the chip, and not the alliance's.
  toggle("Steel");
  save();
  EXPECT_EQ(changed(), Pointers{"/policies/grant/conditions"});
  nlohmann::json after = before;
  after["all"][1]["atLeast"] = 60;
  after["all"][3] = {{"attribute", "firm.cluster"}, {"oneOf", {"steel"}}};
  EXPECT_EQ(json_of(kept().state().policies[0])["conditions"], after);
}

TEST_F(RecordFormTest, ConditionsAreEditedAsText) {
  show("policies");
  press("Growth grant");
  press(Str::edit);
  press(Str::rule_as_text);
  const Node* text = driver.find(Role::textbox, driver.text(Str::rule_text));
  ASSERT_NE(text, nullptr);
  EXPECT_EQ(nlohmann::json::parse(text->value),
            nlohmann::json::parse(kBoard)["policies"][0]["conditions"]);
  fill(driver.text(Str::rule_text), R"({"any":[{"attribute":"firm.staff","atLeast":5}]})");
  save();
  ASSERT_EQ(alerts().size(), 1U);
  EXPECT_TRUE(alerts()[0].starts_with("/any/0/attribute ")) << alerts()[0];
  EXPECT_TRUE(nothing_kept());
  fill(driver.text(Str::rule_text), R"({"any":[{"attribute")");
  save();
  EXPECT_EQ(alerts().size(), 1U);
  fill(driver.text(Str::rule_text), R"({"any":[{"attribute":"firm.employees","atLeast":5}]})");
  press(Str::rule_as_rows);
  const Node* value = driver.find(Role::textbox, "1 · Value");
  ASSERT_NE(value, nullptr);
  EXPECT_EQ(value->value, "5");
  save();
  EXPECT_EQ(json_of(kept().state().policies[0])["conditions"],
            nlohmann::json::parse(R"({"any":[{"attribute":"firm.employees","atLeast":5}]})"));
}

TEST_F(RecordFormTest, ACellThatSaysOtherThanItsSourceCitesItNoMore) {
  show("policies");
  press("Growth grant");
  press(Str::edit);
  choose("Cells of the policy matrix 1 · Coverage", "Partial");
  save();
  EXPECT_EQ(changed(), Pointers{"/policyMatrix/cells/grant firms steel"});
  const Ledger ledger = kept();
  const MatrixCell& cell = ledger.state().policy_matrix->cells[0];
  EXPECT_EQ(cell.coverage, Coverage::partial);
  EXPECT_FALSE(cell.source);
}

TEST_F(RecordFormTest, APolicyGoesWithItsCellsInOneEntry) {
  show("policies");
  press("Growth grant");
  press(Str::record_remove);
  ASSERT_NE(driver.find(Role::dialog, "Remove \"Growth grant\"?"), nullptr);
  EXPECT_TRUE(driver.shows("Firms · Steel"));
  driver.key(ImGuiKey_Enter);
  driver.frames(8);
  EXPECT_EQ(changed(), (Pointers{"/policyMatrix/cells/grant firms steel", "/policies/grant"}));
  EXPECT_EQ(driver.find(Role::button, "Growth grant"), nullptr);
  undo();
  EXPECT_NE(driver.find(Role::button, "Growth grant"), nullptr);
}

}  // namespace
}  // namespace tc::ui::test
