#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "core/alliance/generate.hpp"
#include "core/model/generate.hpp"
#include "core/model/programme_json.hpp"
#include "tests/web/ui/driver.hpp"

namespace tc::ui::test {
namespace {

/// A chain of three stages; everything goes through M, in the middle.
std::string chain() {
  return R"({"format":"tongcheng-programme","version":1,"id":"chain",
    "title":{"en":"Chain"},"kind":"demonstration","asOf":"2024-06-03",
    "cities":[{"id":"h","name":{"en":"Hohhot"}},{"id":"b","name":{"en":"Baotou"}}],
    "products":[{"id":"ore","name":{"en":"Ore"},"unit":{"en":"t"},"equivalent":1},
                {"id":"bar","name":{"en":"Bars"},"unit":{"en":"t"},"equivalent":1}],
    "alliances":[{"id":"steel","title":{"en":"Steel"},"stages":[
      {"id":"s1","title":{"en":"Mines"}},{"id":"s2","title":{"en":"Mill"}},
      {"id":"s3","title":{"en":"Users"}}]}],
    "members":[
      {"id":"a","name":{"en":"Mine A"},"kind":"firm","city":"b",
       "memberships":[{"alliance":"steel","stages":["s1"]}],"makes":[{"product":"ore","volume":60}]},
      {"id":"b2","name":{"en":"Mine B"},"kind":"firm","city":"b",
       "memberships":[{"alliance":"steel","stages":["s1"]}],"makes":[{"product":"ore","volume":40}]},
      {"id":"m","name":{"en":"Mill M"},"kind":"firm","city":"b",
       "memberships":[{"alliance":"steel","stages":["s2"]}],
       "makes":[{"product":"bar","volume":70}],"buys":[{"product":"ore","volume":100}]},
      {"id":"u","name":{"en":"User U"},"kind":"firm","city":"h",
       "memberships":[{"alliance":"steel","stages":["s3"]}],"buys":[{"product":"bar","volume":90}]}],
    "chainLinks":[
      {"id":"l1","from":"a","to":"m","kind":"supply","product":"ore","volume":60},
      {"id":"l2","from":"b2","to":"m","kind":"supply","product":"ore","volume":40},
      {"id":"l3","from":"m","to":"u","kind":"supply","product":"bar","volume":70}],
    "items":[]})";
}

void open(Driver& driver, const std::string& bytes) {
  driver.app().open("board.json", bytes);
  driver.app().restore("page", "network");
  driver.frames(6);
}

/// The member in the picture or in the panel, whichever comes first.
const Node& member(Driver& driver, const std::string& name) {
  static const Node none;
  const Node* node = driver.find(Role::button, name);
  EXPECT_NE(node, nullptr) << name;
  return node == nullptr ? none : *node;
}

TEST(Network, ShowsStagesAndMembersOfTheFirstKnownChain) {
  Driver driver;
  open(driver, chain());
  for (const char* stage : {"Mines", "Mill", "Users"}) {
    EXPECT_NE(driver.find(Role::columnheader, stage), nullptr) << stage;
  }
  EXPECT_LT(member(driver, "Mine A").x0, member(driver, "Mill M").x0);
  EXPECT_LT(member(driver, "Mill M").x0, member(driver, "User U").x0);
  EXPECT_EQ(member(driver, "User U").value, "Firm · Hohhot");
  EXPECT_TRUE(driver.shows("4 members, 3 links"));
}

TEST(Network, AMembersLeavingShowsWhatChanges) {
  Driver driver;
  open(driver, chain());
  driver.click(member(driver, "Mill M"));
  ASSERT_TRUE(driver.click(Role::button, Str::network_leave));
  driver.frames();
  EXPECT_TRUE(driver.shows("If these leave: Mill M"));
  EXPECT_TRUE(driver.shows("Stages left empty"));
  EXPECT_TRUE(driver.shows("User U (Bars)"));
  EXPECT_TRUE(driver.shows("70 → 0"));
  EXPECT_TRUE(driver.shows("3 members, 0 links"));
  ASSERT_TRUE(driver.click(Role::button, Str::network_all_back));
  EXPECT_TRUE(driver.shows("4 members, 3 links"));
  EXPECT_FALSE(driver.shows("If these leave"));
}

TEST(Network, AnalysesComeWithTheirReasons) {
  Driver driver(1440, 2400);
  open(driver, chain());
  ASSERT_TRUE(driver.click(Role::tab, Str::network_analyses));
  driver.frames(6);
  EXPECT_TRUE(driver.shows("Greatest flow"));
  EXPECT_TRUE(driver.shows("falls into 3 parts"));
  EXPECT_TRUE(driver.shows("Only from Mill M"));
  EXPECT_NE(driver.find(Role::button, "Mill M – User U"), nullptr) << "a bridge";
  EXPECT_FALSE(driver.shows(driver.text(Str::network_counting)));
}

TEST(Network, SearchFindsAndChooses) {
  Driver driver;
  open(driver, chain());
  driver.key(ImGuiKey_Slash);
  driver.type("mine");
  driver.frames();
  std::vector<std::string> rows;
  for (const Node& node : driver.all(Role::row)) rows.push_back(node.name);
  EXPECT_EQ(rows, (std::vector<std::string>{"Mine A", "Mine B"}));
  ASSERT_TRUE(driver.click(Role::row, "Mine B"));
  EXPECT_NE(driver.find(Role::heading, "Mine B"), nullptr);
  EXPECT_TRUE(driver.shows("Betweenness"));
}

TEST(Network, FreeLayoutSettlesAndThenAsksForNoFrames) {
  Programme programme = generate_programme(3, 1);
  alliance::add_generated_network(programme, 300, 900, 7);
  Driver driver;
  driver.pieces = 1;
  open(driver, save_programme(programme));
  while (driver.app().animating()) driver.frames(1);
  ASSERT_TRUE(driver.click(Role::tab, Str::network_free));
  EXPECT_TRUE(driver.shows("Arranging"));
  int frames = 0;
  while (driver.app().animating() && frames < 3000) {
    driver.frames(1);
    ++frames;
  }
  EXPECT_GT(frames, 2);
  EXPECT_LT(frames, 3000);
  driver.frames(1);
  EXPECT_FALSE(driver.app().animating());
  EXPECT_EQ(driver.find(Role::columnheader, "Feedstock"), nullptr);
  EXPECT_TRUE(driver.shows("300 members, 900 links"));
}

TEST(Network, ADraggedMemberStaysWhereItIsPut) {
  Driver driver;
  open(driver, chain());
  const Node before = member(driver, "Mine A");
  const float x = (before.x0 + before.x1) / 2;
  const float y = (before.y0 + before.y1) / 2;
  driver.move(x, y);
  ImGui::GetIO().AddMouseButtonEvent(0, true);
  driver.frames(1);
  driver.move(x + 20, y + 30);
  driver.move(x + 40, y + 60);
  ImGui::GetIO().AddMouseButtonEvent(0, false);
  driver.frames();
  const Node after = member(driver, "Mine A");
  EXPECT_NEAR(after.x0 - before.x0, 40, 2);
  EXPECT_NEAR(after.y0 - before.y0, 60, 2);
  EXPECT_FALSE(after.selected) << "a drag is no click";
}

TEST(Network, WheelZoomsAndFitShowsAllAgain) {
  Driver driver;
  open(driver, chain());
  const Node a = member(driver, "Mine A");
  const Node u = member(driver, "User U");
  driver.move((a.x0 + u.x0) / 2, (a.y0 + u.y0) / 2);
  driver.wheel(-3);
  driver.frames();
  EXPECT_LT(member(driver, "User U").x0 - member(driver, "Mine A").x0, 0.8F * (u.x0 - a.x0));
  ASSERT_TRUE(driver.click(Role::button, Str::network_fit));
  EXPECT_NEAR(member(driver, "User U").x0 - member(driver, "Mine A").x0, u.x0 - a.x0, 1);
}

TEST(Network, ExportsSayThatDataAreMadeUp) {
  Driver driver;
  open(driver, chain());
  for (const Str name :
       {Str::network_export_svg, Str::network_export_png, Str::network_export_graphml}) {
    ASSERT_TRUE(driver.click(Role::button, Str::network_export));
    ASSERT_TRUE(driver.click(Role::button, name));
  }
  const FakeHost& host = driver.host();
  ASSERT_EQ(host.saved.count("chain-steel.svg"), 1U);
  ASSERT_EQ(host.pictures.count("chain-steel.png"), 1U);
  ASSERT_EQ(host.saved.count("chain.graphml"), 1U);
  for (const std::string& text :
       {host.saved.at("chain-steel.svg"), host.pictures.at("chain-steel.png"),
        host.saved.at("chain.graphml")}) {
    EXPECT_NE(text.find("演示数据"), std::string::npos);
    EXPECT_NE(text.find("Mill M"), std::string::npos);
  }
}

TEST(Network, WhatTheSourceDoesNotSayIsUnknown) {
  Driver driver;
  driver.open_shipped("hubao-2024");
  driver.app().restore("page", "network");
  driver.frames(6);
  // No alliance has known members, so all members are shown.
  EXPECT_TRUE(driver.shows("6 members, 2 links"));
  ASSERT_TRUE(driver.click(Role::button, Str::network_alliance));
  ASSERT_TRUE(driver.click(Role::option, "Dairy alliance"));
  driver.frames();
  EXPECT_TRUE(driver.shows(driver.text(Str::network_unknown)));
  ASSERT_TRUE(driver.click(Role::button, Str::network_show_all));
  driver.frames();
  EXPECT_TRUE(driver.shows("6 members, 2 links"));
}

TEST(Network, WithoutSuggestionsItSaysWhyAndShowsWhatIsKnown) {
  Driver driver(1440, 1600);
  driver.open_shipped("hubao-2024");
  driver.app().restore("page", "network");
  driver.frames(6);
  EXPECT_TRUE(driver.shows("of 2 of 6 members it isn't said who supplies whom"));
  EXPECT_TRUE(driver.shows("of 2 of 2 supply links the volume isn't said"));
  EXPECT_NE(driver.find(Role::button, Str::record_add_link), nullptr);
  EXPECT_NE(driver.find(Role::button, "Edit link computing"), nullptr);
  ASSERT_TRUE(driver.click(Role::button, Str::record_add_member));
  driver.frames();
  EXPECT_NE(driver.find(Role::dialog, "New member M001"), nullptr);
}

/// Eight members in a row, without a chain.
std::string row() {
  std::string members;
  std::string links;
  for (int i = 0; i < 8; ++i) {
    const std::string id = "p" + std::to_string(i);
    members += std::string(i > 0 ? "," : "") + R"({"id":")" + id + R"(","name":{"en":"N)" +
               std::to_string(i) + R"("},"kind":"firm"})";
    if (i == 0) continue;
    links += std::string(i > 1 ? "," : "") + R"({"id":"l)" + std::to_string(i) + R"(","from":"p)" +
             std::to_string(i - 1) + R"(","to":")" + id + R"(","kind":"supply"})";
  }
  return R"({"format":"tongcheng-programme","version":1,"id":"row","title":{"en":"Row"},
    "kind":"working","cities":[{"id":"h","name":{"en":"Hohhot"}}],"members":[)" +
         members + R"(],"chainLinks":[)" + links + "]}";
}

TEST(Network, AFreeLayoutLiesAsTheScreenDoes) {
  for (const bool phone : {false, true}) {
    Driver driver(phone ? 390.0F : 1440.0F, phone ? 844.0F : 700.0F);
    open(driver, row());
    for (int i = 0; i < 600 && driver.app().animating(); ++i) driver.frames(1);
    driver.frames();
    float x0 = 1e9F;
    float x1 = 0;
    float y0 = 1e9F;
    float y1 = 0;
    for (int i = 0; i < 8; ++i) {
      const Node* node = driver.find(Role::button, "N" + std::to_string(i));
      if (node == nullptr) continue;  // two names may have been in each other's way
      x0 = std::min(x0, node->x0);
      x1 = std::max(x1, node->x0);
      y0 = std::min(y0, node->y0);
      y1 = std::max(y1, node->y0);
    }
    if (phone) {
      EXPECT_GT(y1 - y0, 1.5F * (x1 - x0));
      EXPECT_GT(y1 - y0, 300);
    } else {
      EXPECT_GT(x1 - x0, 1.2F * (y1 - y0));
    }
  }
}

TEST(Network, ManyMembersDrawWithinBounds) {
  Programme programme = generate_programme(3, 1);
  alliance::add_generated_network(programme, 5000, 20'000, 7);
  ASSERT_EQ(programme.members.size(), 5000U);
  ASSERT_EQ(programme.chain_links.size(), 20'000U);
  Driver driver;
  open(driver, save_programme(programme));
  EXPECT_TRUE(driver.shows("5,000 members, 20,000 links"));
  ASSERT_TRUE(driver.click(Role::tab, Str::network_free));
  driver.frames(3);
  EXPECT_GT(driver.vertices(), 20'000U);
  EXPECT_LT(driver.vertices(), 120'000U) << "a part of the links while it moves";
  // What is told to readers is bounded, too.
  EXPECT_LT(driver.app().semantics().size(), 500U);
}

}  // namespace
}  // namespace tc::ui::test
