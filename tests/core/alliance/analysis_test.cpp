#include "core/alliance/analysis.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "core/alliance/layout_layered.hpp"
#include "core/model/programme_json.hpp"

namespace tc::alliance {
namespace {

/// Hohhot makes silicon, Baotou ingots, Hohhot modules; glass comes from outside of the main
/// stream.
///   s1, s2 (silicon, h) → i1 (ingots, b) → m1 (modules, h); g1 (glass, b) → m1; u1 research → i1
Programme chain() {
  Programme p;
  p.id = "p";
  p.title.en = "P";
  p.cities = {{"h", {"呼", "H"}, {}}, {"b", {"包", "B"}, {}}};
  p.products = {{"silicon", {"硅料", "silicon"}, {"吨", "t"}, 0.5, {}},
                {"ingot", {"硅锭", "ingots"}, {"吨", "t"}, 1.0, {}},
                {"module", {"组件", "modules"}, {"MW", "MW"}, 1.0, {}},
                {"glass", {"玻璃", "glass"}, {"吨", "t"}, std::nullopt, {}},
                {"gas", {"气体", "gas"}, {"吨", "t"}, std::nullopt, {}}};
  p.alliances = {{"pv",
                  {"光伏", "PV"},
                  "pv",
                  {{"feed", {"原料", "Feedstock"}, {}},
                   {"part", {"部件", "Parts"}, {}},
                   {"end", {"产品", "Product"}, {}}},
                  std::nullopt,
                  {}},
                 {"other", {"其他", "Other"}, "", {}, std::nullopt, {}}};
  const auto member = [&p](const char* id, MemberKind kind, const char* city,
                           std::vector<std::string> stages, std::vector<ProductVolume> makes,
                           std::vector<ProductVolume> buys) {
    Member m;
    m.id = id;
    m.name = {std::string(id) + "厂", id};
    m.kind = kind;
    m.city = city;
    m.memberships = {{"pv", std::move(stages), {}}};
    m.makes = std::move(makes);
    m.buys = std::move(buys);
    p.members.push_back(std::move(m));
  };
  member("s1", MemberKind::firm, "h", {"feed"}, {{"silicon", 100.0, {}}}, {});
  member("s2", MemberKind::firm, "h", {"feed"}, {{"silicon", 60.0, {}}}, {});
  member("i1", MemberKind::firm, "b", {"part"}, {{"ingot", 70.0, {}}}, {{"silicon", 200.0, {}}});
  member("m1", MemberKind::firm, "h", {"end"}, {{"module", 50.0, {}}},
         {{"ingot", 90.0, {}}, {"glass", 10.0, {}}, {"gas", 1.0, {}}});
  member("g1", MemberKind::firm, "b", {}, {{"glass", 30.0, {}}}, {});
  member("u1", MemberKind::university, "h", {}, {}, {});
  const auto link = [&p](const char* from, const char* to, LinkKind kind, const char* product,
                         std::optional<double> volume) {
    ChainLink l;
    l.id = "l" + std::to_string(p.chain_links.size());
    l.from = from;
    l.to = to;
    l.kind = kind;
    l.product = product;
    l.volume = volume;
    p.chain_links.push_back(std::move(l));
  };
  link("s1", "i1", LinkKind::supply, "silicon", 80);
  link("s2", "i1", LinkKind::supply, "silicon", 60);
  link("i1", "m1", LinkKind::supply, "ingot", 65);
  link("g1", "m1", LinkKind::supply, "glass", 10);
  link("u1", "i1", LinkKind::research, "", std::nullopt);
  EXPECT_TRUE(validate(p).empty());
  return p;
}

std::vector<std::string> ids(const Analysis& a, const std::vector<std::uint32_t>& nodes) {
  std::vector<std::string> list;
  list.reserve(nodes.size());
  for (const std::uint32_t node : nodes) list.push_back(a.network.member(node).id);
  return list;
}

std::vector<const Suggestion*> of(const Analysis& a, Reason reason) {
  std::vector<const Suggestion*> list;
  for (const Suggestion& s : a.suggestions) {
    if (s.reason == reason) list.push_back(&s);
  }
  return list;
}

using Ids = std::vector<std::string>;

TEST(alliance_analysis, stages_by_city) {
  const Programme p = chain();
  const auto a = analyse(p, {"pv", {}});
  ASSERT_TRUE(a);
  ASSERT_EQ(a->stages.size(), 3U);
  EXPECT_EQ(a->stages[0].members, 2U);
  EXPECT_EQ(a->stages[0].cities, 1U);
  EXPECT_EQ(ids(*a, a->stages[0].by_city[0]), (Ids{"s1", "s2"}));
  EXPECT_TRUE(a->stages[0].by_city[1].empty());
  EXPECT_EQ(ids(*a, a->stages[1].by_city[1]), (Ids{"i1"}));
  EXPECT_EQ(a->stages[0].by_city.size(), 3U);
}

TEST(alliance_analysis, an_unknown_alliance_is_none) {
  EXPECT_FALSE(analyse(chain(), {"hydrogen", {}}));
}

TEST(alliance_analysis, balances_and_inputs) {
  const Programme p = chain();
  const auto a = analyse(p, {"pv", {}});
  ASSERT_TRUE(a);
  ASSERT_EQ(a->balances.size(), 5U);
  const Balance& silicon = a->balances[0];
  EXPECT_EQ(ids(*a, silicon.makers), (Ids{"s1", "s2"}));
  EXPECT_EQ(ids(*a, silicon.buyers), (Ids{"i1"}));
  EXPECT_EQ(silicon.made, 160);
  EXPECT_EQ(silicon.bought, 200);
  EXPECT_EQ(silicon.linked, 140);
  ASSERT_EQ(a->single_source.size(), 2U);
  EXPECT_EQ(a->network.member(a->single_source[0].buyer).id, "m1");
  EXPECT_EQ(p.products[a->single_source[0].product].id, "ingot");
  EXPECT_EQ(a->network.member(*a->single_source[0].supplier).id, "i1");
  EXPECT_EQ(p.products[a->single_source[1].product].id, "glass");
  ASSERT_EQ(a->unsupplied.size(), 1U);
  EXPECT_EQ(p.products[a->unsupplied[0].product].id, "gas");
}

TEST(alliance_analysis, complements_of_the_cities) {
  const Programme p = chain();
  const auto a = analyse(p, {"pv", {}});
  ASSERT_TRUE(a);
  ASSERT_EQ(a->complements.size(), 3U);
  const Complement& silicon = a->complements[0];
  EXPECT_EQ(silicon.from, 0U);
  EXPECT_EQ(silicon.to, 1U);
  EXPECT_EQ(silicon.linked, 140);
  // 20 of s1 are unsold, i1 lacks 60.
  EXPECT_EQ(silicon.open, 20);
  EXPECT_EQ(a->complements[1].open, 5);  // ingots: 5 unsold, 25 lacking
  EXPECT_EQ(a->complements[2].open, 0);  // glass: m1 has all it wants
  const auto said = of(*a, Reason::complement);
  ASSERT_EQ(said.size(), 2U);
  EXPECT_NE(said[0]->evidence.en.find("still open: "), std::string::npos) << said[0]->evidence.en;
}

TEST(alliance_analysis, the_bottleneck_is_the_least_cut) {
  Programme p = chain();
  auto a = analyse(p, {"pv", {}});
  ASSERT_TRUE(a);
  // Silicon brings 0.5 · 140 = 70, i1 makes 70, the link to m1 carries 65, m1 makes 50.
  EXPECT_EQ(a->bottleneck.measure, FlowMeasure::equivalent);
  EXPECT_EQ(a->bottleneck.flow, 50);
  EXPECT_EQ(ids(*a, a->bottleneck.members), (Ids{"m1"}));
  EXPECT_TRUE(a->bottleneck.links.empty());
  EXPECT_EQ(a->bottleneck.link_flow[2], 50);
  EXPECT_EQ(a->bottleneck.link_flow[3], 0);

  p.members[3].makes[0].volume = 500;
  a = analyse(p, {"pv", {}});
  EXPECT_EQ(a->bottleneck.flow, 65);
  ASSERT_EQ(a->bottleneck.links.size(), 1U);
  EXPECT_EQ(a->network.link(a->bottleneck.links[0]).id, "l2");

  p.chain_links[2].volume.reset();
  a = analyse(p, {"pv", {}});
  EXPECT_EQ(a->bottleneck.unlimited, 1U);
  EXPECT_EQ(a->bottleneck.flow, 70);

  for (Product& product : p.products) product.equivalent.reset();
  a = analyse(p, {"pv", {}});
  EXPECT_EQ(a->bottleneck.measure, FlowMeasure::routes);
  EXPECT_EQ(a->bottleneck.flow, 1);
}

TEST(alliance_analysis, suggestions_in_the_four_classes_with_evidence) {
  Programme p = chain();
  p.alliances[0].stages.insert(p.alliances[0].stages.begin() + 1, {"mid", {"中间", "Middle"}, {}});
  Member lonely;
  lonely.id = "inst";
  lonely.name.zh = "研究院";
  lonely.kind = MemberKind::institute;
  lonely.memberships = {{"pv", {}, {}}};
  p.members.push_back(lonely);
  Member outside;
  outside.id = "farm";
  outside.name.en = "farm";
  outside.memberships = {{"other", {}, {}}};
  outside.buys = {{"module", 5.0, {}}};
  p.members.push_back(outside);
  const auto a = analyse(p, {"pv", {}});
  ASSERT_TRUE(a);
  for (const Reason reason :
       {Reason::bottleneck, Reason::shortage, Reason::thin_stage, Reason::complement,
        Reason::empty_stage, Reason::no_maker, Reason::single_source, Reason::articulation_point,
        Reason::bridge, Reason::next_alliance, Reason::idle_research}) {
    EXPECT_FALSE(of(*a, reason).empty()) << name_of(reason);
  }
  for (std::size_t i = 0; i < a->suggestions.size(); ++i) {
    const Suggestion& s = a->suggestions[i];
    EXPECT_FALSE(s.text.zh.empty() || s.text.en.empty() || s.evidence.zh.empty() ||
                 s.evidence.en.empty())
        << name_of(s.reason);
    EXPECT_EQ((s.text.en + s.evidence.en).find('{'), std::string::npos);
    EXPECT_GE(s.weight, 0);
    EXPECT_LE(s.weight, 1);
    if (i > 0) {
      EXPECT_LE(s.weight, a->suggestions[i - 1].weight);
    }
  }
  EXPECT_EQ(of(*a, Reason::empty_stage)[0]->remedy, Remedy::repair);
  EXPECT_EQ(a->suggestions[0].reason, Reason::empty_stage);
  EXPECT_EQ(of(*a, Reason::next_alliance)[0]->text.en, "Extend modules to farm");
  EXPECT_EQ(of(*a, Reason::shortage)[0]->evidence.en.substr(0, 5), "Made ");
}

TEST(alliance_analysis, what_if_a_member_leaves) {
  Programme p = chain();
  const auto before = analyse(p, {"pv", {}});
  const auto without_i1 = analyse(p, {"pv", {"i1"}});
  ASSERT_TRUE(before && without_i1);
  Impact impact = impact_of(*before, *without_i1);
  EXPECT_EQ(impact.emptied_stages, (std::vector<std::uint32_t>{1}));
  ASSERT_EQ(impact.emptied_stage_cities.size(), 1U);
  EXPECT_EQ(impact.emptied_stage_cities[0].city, 1U);
  EXPECT_EQ(impact.components_before, 1U);
  EXPECT_EQ(impact.components_after, 4U);
  // m1 and g1 are the largest part of what is left.
  EXPECT_EQ(impact.cut_off, (std::vector<std::uint32_t>{0, 1, 5}));
  ASSERT_EQ(impact.lost_inputs.size(), 1U);
  EXPECT_EQ(p.members[impact.lost_inputs[0].member].id, "m1");
  EXPECT_EQ(p.products[impact.lost_inputs[0].product].id, "ingot");
  ASSERT_EQ(impact.lost_products.size(), 1U);
  EXPECT_EQ(impact.flow_before, 50);
  EXPECT_EQ(impact.flow_after, 0);

  impact = impact_of(*before, *analyse(p, {"pv", {"s2"}}));
  EXPECT_TRUE(impact.cut_off.empty());
  ASSERT_EQ(impact.new_single_sources.size(), 1U);
  EXPECT_EQ(p.members[impact.new_single_sources[0].member].id, "i1");
  EXPECT_EQ(impact.flow_after, 40);
  EXPECT_TRUE(impact.lost_products.empty());

  impact = impact_of(*before, *before);
  EXPECT_TRUE(impact.cut_off.empty() && impact.lost_inputs.empty() &&
              impact.emptied_stages.empty() && impact.lost_products.empty());
}

TEST(alliance_analysis, what_is_not_known_is_not_claimed) {
  Programme p = chain();
  p.alliances[0].stages.clear();
  for (Member& member : p.members) {
    member.memberships[0].stages.clear();
    for (ProductVolume& volume : member.makes) volume.volume.reset();
    for (ProductVolume& volume : member.buys) volume.volume.reset();
  }
  for (ChainLink& link : p.chain_links) link.volume.reset();
  const auto a = analyse(p, {"pv", {}});
  ASSERT_TRUE(a);
  EXPECT_TRUE(a->stages.empty());
  EXPECT_EQ(a->bottleneck.measure, FlowMeasure::none);
  EXPECT_EQ(a->balances[0].made, std::nullopt);
  EXPECT_EQ(a->complements[0].open, std::nullopt);
  for (const Reason reason : {Reason::bottleneck, Reason::shortage, Reason::thin_stage,
                              Reason::empty_stage, Reason::complement}) {
    EXPECT_TRUE(of(*a, reason).empty()) << name_of(reason);
  }
  const auto nothing = analyse(Programme{}, {});
  ASSERT_TRUE(nothing);
  EXPECT_TRUE(nothing->suggestions.empty());
}

TEST(alliance_analysis, names_and_labels_differ) {
  std::vector<std::string_view> names;
  for (int i = 0; i <= static_cast<int>(Reason::idle_research); ++i) {
    names.push_back(name_of(static_cast<Reason>(i)));
  }
  EXPECT_EQ(names.size(), 13U);
  std::sort(names.begin(), names.end());
  EXPECT_EQ(std::unique(names.begin(), names.end()), names.end());
  EXPECT_EQ(label_of(Remedy::secure).zh, "固链");
  EXPECT_EQ(name_of(Remedy::extend), "extend");
}

TEST(chain_drawing, puts_stages_in_columns_and_cities_in_banks) {
  const Programme p = chain();
  const auto a = analyse(p, {"pv", {}});
  const ChainDrawing drawing = chain_drawing(a->network);
  ASSERT_EQ(drawing.nodes.size(), 6U);
  EXPECT_EQ(drawing.nodes[0].column, 0U);
  EXPECT_EQ(drawing.nodes[2].column, 1U);
  EXPECT_EQ(drawing.nodes[2].bank, 1U);
  EXPECT_EQ(drawing.nodes[4].column, 3U);  // glass: at no stage
  EXPECT_TRUE(drawing.unplaced);
  ASSERT_EQ(drawing.edges.size(), 4U);
  EXPECT_EQ(drawing.edges[0].weight, 40);
  EXPECT_DOUBLE_EQ(drawing.edges[3].weight, (40 + 30 + 65) / 3.0);
}

}  // namespace
}  // namespace tc::alliance
