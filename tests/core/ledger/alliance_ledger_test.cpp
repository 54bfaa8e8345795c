// Members, links, policies and the cells of their matrix as the ledger addresses them.
#include <gtest/gtest.h>

#include <string>

#include "core/ledger/keyed_document.hpp"
#include "core/model/element_json.hpp"
#include "tests/core/ledger/boards.hpp"

namespace tc {
namespace {

using nlohmann::json;
using test::baotou;
using test::draft_of;
using test::hohhot;
using test::Place;
using test::places;
using test::set;
using enum ErrorCode;

constexpr const char* kBoard = R"({"format":"tongcheng-programme","version":1,"id":"alliances",
  "title":{"en":"Alliances"},"kind":"working",
  "cities":[{"id":"h","name":{"en":"Hohhot"}},{"id":"b","name":{"en":"Baotou"}}],
  "products":[{"id":"ore","name":{"en":"Ore"},"unit":{"en":"t"}}],
  "members":[{"id":"a","name":{"en":"Mine"},"kind":"firm","makes":[{"product":"ore","volume":5}]},
             {"id":"m","name":{"en":"Mill"},"kind":"firm"},
             {"id":"u","name":{"en":"User"},"kind":"firm"}],
  "chainLinks":[{"id":"l1","from":"a","to":"m","kind":"supply","product":"ore"},
                {"id":"l2","from":"m","to":"u","kind":"supply"}],
  "policies":[{"id":"grant","title":{"en":"Grant"},"groups":["firms"],
    "conditions":{"all":[{"attribute":"firm.city","equals":"h"}]}}],
  "policyMatrix":{"title":{"en":"Matrix"},"parts":[{"id":"p","title":{"en":"Part"},"size":1}],
    "groups":[{"id":"firms","title":{"en":"Firms"},"part":"p"},
              {"id":"talent","title":{"en":"Talent"},"part":"p"}],
    "clusters":[{"id":"steel","title":{"en":"Steel"}}],
    "cells":[{"policy":"grant","group":"firms","cluster":"steel","coverage":"full"},
             {"policy":"grant","group":"talent","coverage":"partial"}]}})";

Ledger board() {
  return Ledger::create(load_programme(kBoard).value.value()).value.value();
}

Result<std::size_t> remove(Ledger& ledger, const Signature& who,
                           const std::vector<std::string>& pointers) {
  Draft draft = draft_of(who);
  for (const std::string& pointer : pointers) {
    draft.changes.push_back(ledger.change(pointer, std::nullopt));
  }
  return ledger.commit(std::move(draft));
}

TEST(alliance_ledger, addresses_links_and_cells_by_what_identifies_them) {
  const KeyedDocument document(json::parse(kBoard));
  ASSERT_NE(document.find("/chainLinks/l2/to"), nullptr);
  EXPECT_EQ(*document.find("/chainLinks/l2/to"), "u");
  ASSERT_NE(document.find("/policyMatrix/cells/grant firms steel/coverage"), nullptr);
  EXPECT_EQ(*document.find("/policyMatrix/cells/grant firms steel/coverage"), "full");
  ASSERT_NE(document.find("/policyMatrix/cells/grant talent"), nullptr);
  EXPECT_EQ(document.keyed("/policyMatrix/cells/1/group"),
            "/policyMatrix/cells/grant talent/group");
  EXPECT_EQ(document.keyed("/chainLinks/0/from"), "/chainLinks/l1/from");
  EXPECT_EQ(document.place_of("/policyMatrix/cells/grant talent"), "grant firms steel");
  EXPECT_EQ(document.json(), json::parse(kBoard));
  EXPECT_EQ(element_key("/policyMatrix/cells", {{"policy", "p"}, {"group", "g"}}), "p g");
  EXPECT_EQ(element_key("/chainLinks", {{"id", "l9"}}), "l9");
  EXPECT_EQ(element_key("/items/leads", "hd"), "");
}

TEST(alliance_ledger, a_cell_can_not_become_another_one) {
  KeyedDocument document(json::parse(kBoard));
  const json before = document.json();
  EXPECT_TRUE(document.set("/policyMatrix/cells/grant talent/group", json("firms")));
  EXPECT_TRUE(document.set("/policyMatrix/cells/grant talent/cluster", json("steel")));
  EXPECT_TRUE(document.set("/policyMatrix/cells/grant x", json{{"policy", "grant"}}));
  EXPECT_EQ(document.json(), before);
  EXPECT_FALSE(document.set("/policyMatrix/cells/grant talent/budget", json(5)));
  EXPECT_EQ(document.json()["policyMatrix"]["cells"][1]["budget"], 5);
}

TEST(alliance_ledger, a_member_goes_only_with_its_links) {
  Ledger ledger = board();
  EXPECT_EQ(places(remove(ledger, hohhot(0), {"/members/m"}).errors),
            (std::vector<Place>{{dangling_reference, "/chainLinks/l1/to"},
                                {dangling_reference, "/chainLinks/l2/from"}}));
  EXPECT_EQ(ledger.size(), 0U);
  const Programme before = ledger.state();
  ASSERT_TRUE(remove(ledger, hohhot(0), {"/chainLinks/l1", "/chainLinks/l2", "/members/m"}));
  EXPECT_EQ(ledger.state().members.size(), 2U);
  EXPECT_TRUE(ledger.state().chain_links.empty());
  ASSERT_TRUE(ledger.undo(hohhot(1)));
  EXPECT_TRUE(ledger.state() == before);  // each in its place
}

TEST(alliance_ledger, a_policy_goes_only_with_its_cells) {
  Ledger ledger = board();
  EXPECT_EQ(
      places(remove(ledger, hohhot(0), {"/policies/grant"}).errors),
      (std::vector<Place>{{dangling_reference, "/policyMatrix/cells/grant firms steel/policy"},
                          {dangling_reference, "/policyMatrix/cells/grant talent/policy"}}));
  const Programme before = ledger.state();
  ASSERT_TRUE(remove(ledger, hohhot(0),
                     {"/policyMatrix/cells/grant firms steel", "/policyMatrix/cells/grant talent",
                      "/policies/grant"}));
  EXPECT_TRUE(ledger.state().policy_matrix->cells.empty());
  ASSERT_TRUE(ledger.undo(hohhot(1)));
  EXPECT_TRUE(ledger.state() == before);
}

TEST(alliance_ledger, links_and_cells_of_two_cities_merge) {
  Ledger a = board();
  Ledger b = a;
  const json link = {{"id", "l3"}, {"from", "a"}, {"to", "u"}, {"kind", "capital"}};
  const json cell = {{"policy", "grant"}, {"group", "firms"}, {"coverage", "partial"}};
  ASSERT_TRUE(set(a, hohhot(0), "/chainLinks/l3", link));
  ASSERT_TRUE(set(b, baotou(1), "/chainLinks/l1/volume", 4));
  ASSERT_TRUE(set(a, hohhot(2), "/policyMatrix/cells/grant firms", cell));
  ASSERT_TRUE(set(b, baotou(3), "/policyMatrix/cells/grant talent/coverage", "full"));
  const Result<Ledger> both = Ledger::merge(a, b);
  ASSERT_TRUE(both);
  EXPECT_TRUE(both.value->conflicts().empty());
  const Programme& state = both.value->state();
  ASSERT_EQ(state.chain_links.size(), 3U);
  EXPECT_EQ(state.chain_links[0].volume, 4);
  ASSERT_EQ(state.policy_matrix->cells.size(), 3U);
  EXPECT_EQ(state.policy_matrix->cells[1].coverage, Coverage::full);
  EXPECT_FALSE(verify_board(both.value->text()).error);
}

TEST(alliance_ledger, elements_stand_in_json_as_in_the_file) {
  const json file = json::parse(kBoard);
  const Programme programme = load_programme(kBoard).value.value();
  EXPECT_EQ(json_of(programme.members[0]), file["members"][0]);
  EXPECT_EQ(json_of(programme.chain_links[1]), file["chainLinks"][1]);
  EXPECT_EQ(json_of(programme.policies[0]), file["policies"][0]);
  EXPECT_EQ(json_of(programme.policy_matrix->cells[1]), file["policyMatrix"]["cells"][1]);
}

}  // namespace
}  // namespace tc
