#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/web/ui/driver.hpp"

namespace tc::ui::test {
namespace {

/// One group, one cluster, two cities; only Hohhot's policy is in force to the end of 2024.
std::string board() {
  return R"({"format":"tongcheng-programme","version":1,"id":"board",
    "title":{"en":"Board"},"kind":"demonstration","asOf":"2024-11-01",
    "cities":[{"id":"h","name":{"en":"Hohhot"}},{"id":"b","name":{"en":"Baotou"}}],
    "policies":[
      {"id":"grant","title":{"en":"Growth grant"},"cities":["h"],"validFrom":"2024-01-01",
       "validTo":"2024-12-31","instrument":"grant","budget":300,"groups":["firms"],
       "conditions":{"all":[{"attribute":"firm.city","equals":"h"},
                            {"attribute":"firm.employees","atLeast":50}]}},
      {"id":"old","title":{"en":"Old award"},"cities":["b"],"validFrom":"2022-01-01",
       "validTo":"2023-12-31","instrument":"award","groups":["firms"]}],
    "policyMatrix":{"title":{"en":"Matrix"},
      "parts":[{"id":"p","title":{"en":"Subjects"},"size":1}],
      "groups":[{"id":"firms","title":{"en":"Firms"},"part":"p"}],
      "clusters":[{"id":"steel","title":{"en":"Steel"}}],
      "cells":[{"policy":"grant","group":"firms","cluster":"steel","coverage":"full"},
               {"policy":"old","group":"firms","cluster":"steel","coverage":"partial"}]},
    "items":[]})";
}

void open(Driver& driver, const std::string& bytes) {
  driver.app().open("board.json", bytes);
  driver.app().restore("page", "policies");
  driver.frames(6);
}

void type_in(Driver& driver, const std::string& field, const std::string& text) {
  ASSERT_TRUE(driver.click(Role::textbox, field)) << field;
  driver.key(ImGuiKey_A, ImGuiMod_Ctrl);
  driver.type(text);
  driver.frames();
}

std::string cell(Driver& driver, const std::string& name) {
  const Node* node = driver.find(Role::cell, name);
  return node == nullptr ? "missing" : node->value;
}

TEST(Policies, CellsSayHowFarTheyAreCovered) {
  Driver driver;
  open(driver, board());
  EXPECT_EQ(cell(driver, "Firms · Steel · Hohhot"), "Full · 1 · 300 × 10,000 yuan");
  EXPECT_EQ(cell(driver, "Firms · Steel · Baotou").substr(0, 7), "Expired");
  EXPECT_NE(driver.find(Role::columnheader, "Steel"), nullptr);
}

TEST(Policies, AnotherDayIsAnotherMatrix) {
  Driver driver;
  open(driver, board());
  type_in(driver, driver.text(Str::policies_day), "2023-06-01");
  EXPECT_EQ(cell(driver, "Firms · Steel · Baotou").substr(0, 7), "Partial");
  EXPECT_NE(cell(driver, "Firms · Steel · Hohhot").substr(0, 4), "Full");
  ASSERT_TRUE(driver.click(Role::button, Str::policies_to_today));
  EXPECT_EQ(cell(driver, "Firms · Steel · Hohhot").substr(0, 4), "Full");
}

TEST(Policies, FiguresInCellsSayTheirUnit) {
  Driver driver;
  open(driver, board());
  EXPECT_TRUE(driver.shows(driver.text(Str::policies_cell_unit)));
}

TEST(Policies, TheKnobOfTheDayCoversNoYear) {
  Driver driver;
  open(driver, board());
  type_in(driver, driver.text(Str::policies_day), "2024-01-10");
  const Node* knob = nullptr;
  const Node* year = nullptr;
  const std::vector<Node> texts = driver.all(Role::text);
  for (const Node& node : texts) {
    if (node.name == driver.text(Str::policies_as_of) && node.value == "2024-01-10") knob = &node;
    if (node.name == "2024") year = &node;
  }
  ASSERT_NE(knob, nullptr);
  ASSERT_NE(year, nullptr);
  // The knob takes the upper 19 pixels of the slider.
  EXPECT_GE(year->y0, knob->y0 + 19);
}

TEST(Policies, ACellLeadsToItsPolicies) {
  Driver driver;
  open(driver, board());
  ASSERT_TRUE(driver.click(Role::cell, "Firms · Steel · Hohhot"));
  driver.frames();
  ASSERT_TRUE(driver.click(Role::button, "Growth grant"));
  driver.frames();
  EXPECT_TRUE(driver.shows("Employees ≥ 50 people"));
  EXPECT_TRUE(driver.shows("2024-01-01 to 2024-12-31"));
}

TEST(Policies, FindingsNameGapsAndWhatExpires) {
  Driver driver(1440, 1600);
  open(driver, board());
  ASSERT_TRUE(driver.click(Role::tab, Str::policies_findings));
  driver.frames();
  EXPECT_TRUE(driver.shows("60 days left"));
  EXPECT_TRUE(driver.shows("Hohhot covers it"));
  EXPECT_TRUE(driver.shows("was covered by Old award"));
  EXPECT_TRUE(driver.shows("Only Hohhot:"));
}

TEST(Policies, TheFormExplainsWhatIsMissing) {
  Driver driver(1440, 1600);
  open(driver, board());
  ASSERT_TRUE(driver.click(Role::tab, Str::policies_find));
  driver.frames();
  EXPECT_TRUE(driver.shows(driver.text(Str::policies_fill_in)));
  ASSERT_TRUE(driver.click(Role::button, "City"));
  ASSERT_TRUE(driver.click(Role::option, "Hohhot"));
  type_in(driver, "Employees (people)", "42");
  const Node* result = driver.find(Role::button, "Growth grant");
  ASSERT_NE(result, nullptr);
  EXPECT_NE(result->value.find("8 people"), std::string::npos) << result->value;
  type_in(driver, "Employees (people)", "50");
  result = driver.find(Role::button, "Growth grant");
  ASSERT_NE(result, nullptr);
  EXPECT_EQ(result->value.find("people"), std::string::npos) << result->value;
  EXPECT_TRUE(driver.shows("Applies"));
  type_in(driver, "Employees (people)", "many");
  EXPECT_TRUE(driver.shows("Please mend: Employees"));
}

TEST(Policies, ExportsTheDayShown) {
  Driver driver;
  open(driver, board());
  for (const Str name : {Str::policies_export_csv, Str::policies_export_html}) {
    ASSERT_TRUE(driver.click(Role::button, Str::policies_export));
    ASSERT_TRUE(driver.click(Role::button, name));
  }
  for (const char* file : {"board.policies.csv", "board.policies.html"}) {
    ASSERT_EQ(driver.host().saved.count(file), 1U) << file;
    const std::string& text = driver.host().saved.at(file);
    EXPECT_NE(text.find("演示数据"), std::string::npos);
    EXPECT_NE(text.find("2024-11-01"), std::string::npos);
    EXPECT_NE(text.find("Growth grant"), std::string::npos);
  }
}

TEST(Policies, WhatTheSourceDoesNotSayIsUnknownAndThePoliciesStayUseful) {
  Driver driver;
  driver.open_shipped("hubao-2024");
  driver.app().restore("page", "policies");
  driver.frames(6);
  EXPECT_TRUE(driver.shows(driver.text(Str::policies_unknown)));
  EXPECT_TRUE(driver.shows("2+4 policy matrix"));
  EXPECT_NE(driver.find_prefix(Role::button, "18 measures to attract"), nullptr);
}

TEST(Policies, ANarrowPageShowsOnePartAtATime) {
  Driver driver(390, 844);
  open(driver, board());
  EXPECT_EQ(driver.find(Role::button, "Growth grant"), nullptr);
  ASSERT_TRUE(driver.click(Role::cell, "Firms · Steel · Hohhot"));
  driver.frames();
  EXPECT_NE(driver.find(Role::button, "Growth grant"), nullptr);
  ASSERT_TRUE(driver.click(Role::tab, Str::policies_matrix));
  EXPECT_NE(driver.find(Role::cell, "Firms · Steel · Hohhot"), nullptr);
}

}  // namespace
}  // namespace tc::ui::test
