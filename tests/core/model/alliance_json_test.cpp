#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "core/model/programme_json.hpp"
#include "core/policy/attributes.hpp"
#include "tests/core/model/broken_files.hpp"

namespace tc {
namespace {

using nlohmann::json;
using test::Place;

/// The good file with alliances, policies and a matrix, of every kind of member.
json good() {
  json d = json::parse(test::kGoodFile);
  d["products"] = json::parse(R"([
    {"id": "si", "name": {"zh": "硅料"}, "unit": {"zh": "吨"}, "equivalent": 0.5, "x-a": 1},
    {"id": "mod", "name": {"zh": "组件"}}])");
  d["alliances"] = json::parse(R"([
    {"id": "pv", "title": {"zh": "光伏"}, "industry": "new-energy",
     "stages": [{"id": "s", "title": {"zh": "料"}, "x-a": 1}, {"id": "m", "title": {"zh": "件"}}],
     "source": {"source": "s1"}, "x-a": 1},
    {"id": "milk", "title": {"zh": "乳业"}}])");
  d["members"] = json::parse(R"([
    {"id": "a", "name": {"zh": "甲"}, "kind": "firm", "city": "h",
     "memberships": [{"alliance": "pv", "stages": ["s"], "x-a": 1}, {"alliance": "milk"}],
     "makes": [{"product": "si", "volume": 12.5, "x-a": 1}], "buys": [{"product": "mod"}],
     "source": {"source": "s1"}, "x-a": 1},
    {"id": "b", "name": {"zh": "乙"}, "kind": "group"}])");
  d["chainLinks"] = json::parse(R"([
    {"id": "l1", "from": "a", "to": "b", "kind": "supply", "product": "si", "volume": 3,
     "source": {"source": "s1"}, "x-a": 1},
    {"id": "l2", "from": "b", "to": "a", "kind": "capital", "volume": 5, "unit": {"zh": "万元"}}])");
  d["policies"] = json::parse(R"([
    {"id": "p1", "title": {"zh": "补贴"}, "document": {"zh": "文件"}, "issuers": ["hd"],
     "cities": ["h"], "validFrom": "2024-01-01", "validTo": "2024-12-31",
     "instrument": "allowance",
     "amount": {"value": 500, "unit": {"zh": "元"}, "atMost": true, "perHead": true, "x-a": 1},
     "conditions": {"all": [{"attribute": "firm.city", "oneOf": ["h", "b"]},
                            {"not": {"attribute": "firm.cluster", "equals": "c1"}}]},
     "groups": ["g1"], "budget": 100, "source": {"source": "s1"}, "x-a": 1},
    {"id": "p2", "title": {"zh": "另一项"}}])");
  d["policyMatrix"] = json::parse(R"({
    "title": {"zh": "2+4"}, "parts": [{"id": "two", "title": {"zh": "二"}, "size": 2, "x-a": 1}],
    "groups": [{"id": "g1", "title": {"zh": "企业"}, "part": "two", "x-a": 1}],
    "clusterCount": 6, "clusters": [{"id": "c1", "title": {"zh": "新能源"}, "x-a": 1}],
    "cells": [{"policy": "p1", "group": "g1", "cluster": "c1", "coverage": "partial", "budget": 50,
               "note": {"zh": "注"}, "source": {"source": "s1"}, "x-a": 1},
              {"policy": "p2", "group": "g1", "coverage": "unknown"}],
    "source": {"source": "s1"}, "x-a": 1})");
  return d;
}

std::vector<Place> faults(const json& document) {
  std::vector<Place> list;
  for (const Error& error : load_programme(document.dump()).errors) {
    list.push_back({error.code, error.pointer});
  }
  return list;
}

TEST(alliance_json, makes_the_round_trip) {
  const json document = good();
  const Result<Programme> result = load_programme(document.dump());
  ASSERT_TRUE(result) << message(result.errors[0], Language::en) << result.errors[0].pointer;
  const std::string text = save_programme(*result.value);
  EXPECT_EQ(json::parse(text), document);
  const Result<Programme> again = load_programme(text);
  ASSERT_TRUE(again);
  EXPECT_TRUE(*again.value == *result.value);
  EXPECT_EQ(save_programme(*again.value), text);
  EXPECT_TRUE(validate(*result.value).empty());

  const Programme& p = *result.value;
  EXPECT_EQ(p.products[0].equivalent, 0.5);
  EXPECT_EQ(p.alliances[0].stages[1].id, "m");
  EXPECT_EQ(p.members[0].memberships[0].stages, std::vector<std::string>{"s"});
  EXPECT_EQ(p.members[0].makes[0].volume, 12.5);
  EXPECT_EQ(p.members[1].kind, MemberKind::group);
  EXPECT_EQ(p.chain_links[1].kind, LinkKind::capital);
  EXPECT_EQ(p.policies[0].instrument, Instrument::allowance);
  EXPECT_EQ(p.policies[1].instrument, Instrument::unknown);
  EXPECT_TRUE(p.policies[0].amount->per_head);
  EXPECT_EQ(p.policies[0].conditions.nodes.size(), 4U);
  EXPECT_TRUE(p.policies[1].conditions.empty());
  EXPECT_EQ(p.policy_matrix->cluster_count, 6);
  EXPECT_EQ(p.policy_matrix->cells[0].coverage, Coverage::partial);
}

TEST(alliance_json, faults_are_found_where_they_are) {
  using enum ErrorCode;
  struct Case {
    const char* pointer;
    json value;
    ErrorCode code;
    const char* at;  ///< null: at `pointer`
  };
  const std::vector<Case> cases = {
      {"/products/1/id", "si", duplicate_id, nullptr},
      {"/products/0/equivalent", -1, out_of_range, nullptr},
      {"/products/0/unit", "t", wrong_type, nullptr},
      {"/alliances/1/id", "pv", duplicate_id, nullptr},
      {"/alliances/0/stages/1/id", "s", duplicate_id, nullptr},
      {"/alliances/0/source/source", "s9", dangling_reference, nullptr},
      {"/alliances/0/members", json::array(), unknown_member, nullptr},
      {"/members/1/id", "a", duplicate_id, nullptr},
      {"/members/0/kind", "school", bad_name, nullptr},
      {"/members/0/city", "x", dangling_reference, nullptr},
      {"/members/0/memberships/0/alliance", "x", dangling_reference, nullptr},
      {"/members/0/memberships/0/stages/0", "x", dangling_reference, nullptr},
      {"/members/0/makes/0/product", "x", dangling_reference, nullptr},
      {"/members/0/makes/0/volume", -1, out_of_range, nullptr},
      {"/members/0/makes/1", {{"product", "si"}}, duplicate_id, "/members/0/makes/1/product"},
      {"/members/0/source/source", "s9", dangling_reference, nullptr},
      {"/chainLinks/1/id", "l1", duplicate_id, nullptr},
      {"/chainLinks/0/from", "x", dangling_reference, nullptr},
      {"/chainLinks/0/to", "a", duplicate_id, nullptr},
      {"/chainLinks/0/kind", "gift", bad_name, nullptr},
      {"/chainLinks/0/product", "x", dangling_reference, nullptr},
      {"/chainLinks/0/volume", "3", wrong_type, nullptr},
      {"/policies/1/id", "p1", duplicate_id, nullptr},
      {"/policies/0/issuers/0", "h", dangling_reference, nullptr},
      {"/policies/0/cities/0", "hd", dangling_reference, nullptr},
      {"/policies/0/validTo", "2023-12-31", date_order, nullptr},
      {"/policies/0/instrument", "unknown", bad_name, nullptr},
      {"/policies/0/amount/value", -5, out_of_range, nullptr},
      {"/policies/0/amount/atMost", 1, wrong_type, nullptr},
      {"/policies/0/groups/0", "x", dangling_reference, nullptr},
      {"/policies/0/budget", 1e300, out_of_range, nullptr},
      {"/policies/0/conditions", true, wrong_type, nullptr},
      {"/policies/0/conditions/all/0/oneOf/1", "x", dangling_reference, nullptr},
      {"/policies/0/conditions/all/1/not/equals", "c9", dangling_reference, nullptr},
      {"/policies/0/conditions/all/1/not/attribute", "firm.x", bad_name, nullptr},
      {"/policyMatrix/parts/1",
       {{"id", "two"}, {"title", {{"zh", "x"}}}},
       duplicate_id,
       "/policyMatrix/parts/1/id"},
      {"/policyMatrix/groups/0/part", "x", dangling_reference, nullptr},
      {"/policyMatrix/clusterCount", 1.5, wrong_type, nullptr},
      {"/policyMatrix/cells/0/policy", "x", dangling_reference, nullptr},
      {"/policyMatrix/cells/0/group", "x", dangling_reference, nullptr},
      {"/policyMatrix/cells/0/cluster", "x", dangling_reference, nullptr},
      {"/policyMatrix/cells/0/coverage", "most", bad_name, nullptr},
      {"/policyMatrix/cells/2",
       {{"policy", "p2"}, {"group", "g1"}, {"coverage", "full"}},
       duplicate_id,
       nullptr},
      {"/policyMatrix/cells/0/source/source", "x", dangling_reference, nullptr},
      {"/policyMatrix/rows", json::array(), unknown_member, nullptr},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.pointer);
    json document = good();
    document[json::json_pointer(one.pointer)] = one.value;
    // A lost id leaves references to it dangling, nothing else.
    std::vector<Place> others = faults(document);
    const Place wanted{one.code, one.at != nullptr ? one.at : one.pointer};
    EXPECT_EQ(std::count(others.begin(), others.end(), wanted), 1);
    std::erase(others, wanted);
    for (const Place& other : others) EXPECT_EQ(other.code, dangling_reference) << other.pointer;
    if (one.code != duplicate_id) {
      EXPECT_TRUE(others.empty());
    }
  }
}

/// Names of the properties of an object in the schema.
std::vector<std::string> properties(const json& schema, const char* name) {
  std::vector<std::string> list;
  for (const auto& [key, value] : schema["$defs"][name]["properties"].items()) list.push_back(key);
  return list;
}

/// What the loader takes in an object, as it says of a member that it doesn't know.
std::vector<std::string> taken(const char* parent) {
  json document = good();
  document[json::json_pointer(parent)]["?"] = 1;
  std::vector<std::string> list;
  for (const Error& error : load_programme(document.dump()).errors) {
    if (error.code != ErrorCode::unknown_member) continue;
    std::istringstream names(error.expected);
    for (std::string name; names >> name;) {
      if (name.back() == ',') name.pop_back();
      list.push_back(name);
    }
  }
  std::sort(list.begin(), list.end());
  return list;
}

TEST(alliance_json, schema_and_loader_agree_on_members_and_names) {
  std::ifstream file(std::string(TONGCHENG_SOURCE_DIR) + "/assets/schema/programme.schema.json");
  const json schema = json::parse(file);
  const std::vector<std::pair<const char*, const char*>> objects = {
      {"product", "/products/0"},
      {"alliance", "/alliances/0"},
      {"chainStage", "/alliances/0/stages/0"},
      {"member", "/members/0"},
      {"membership", "/members/0/memberships/0"},
      {"productVolume", "/members/0/makes/0"},
      {"chainLink", "/chainLinks/0"},
      {"policy", "/policies/0"},
      {"policyAmount", "/policies/0/amount"},
      {"policyMatrix", "/policyMatrix"},
      {"matrixPart", "/policyMatrix/parts/0"},
      {"matrixGroup", "/policyMatrix/groups/0"},
      {"matrixCluster", "/policyMatrix/clusters/0"},
      {"matrixCell", "/policyMatrix/cells/0"}};
  for (const auto& [name, pointer] : objects) EXPECT_EQ(properties(schema, name), taken(pointer));
  const auto top = taken("");
  for (const auto& [key, value] : schema["properties"].items()) {
    EXPECT_TRUE(std::binary_search(top.begin(), top.end(), key)) << key;
  }
  EXPECT_EQ(schema["properties"].size(), top.size());

  const auto names = [&schema](const char* object, const char* member) {
    return schema["$defs"][object]["properties"][member]["enum"].get<std::vector<std::string>>();
  };
  const auto ours = [](const auto& values) {
    std::vector<std::string> list;
    for (const auto value : values) list.emplace_back(name_of(value));
    return list;
  };
  EXPECT_EQ(names("member", "kind"), ours(kMemberKinds));
  EXPECT_EQ(names("chainLink", "kind"), ours(kLinkKinds));
  EXPECT_EQ(names("policy", "instrument"), ours(kInstruments));
  EXPECT_EQ(names("matrixCell", "coverage"), ours(kCoverages));

  // Every attribute stands in one kind of comparison, with the operators of its type.
  std::set<std::string> attributes;
  for (const json& kind : schema["$defs"]["rule"]["anyOf"]) {
    if (!kind["properties"].contains("attribute")) continue;
    for (const json& id : kind["properties"]["attribute"]["enum"]) {
      const auto index = policy::find_attribute(id.get<std::string>());
      ASSERT_TRUE(index) << id;
      EXPECT_TRUE(attributes.insert(id).second) << id;
      for (const RuleOp op : kRuleOps) {
        EXPECT_EQ(kind["properties"].contains(std::string(name_of(op))),
                  policy::comparable(policy::attributes()[*index].type, op))
            << id << ' ' << name_of(op);
      }
    }
  }
  EXPECT_EQ(attributes.size(), policy::attributes().size());
}

TEST(alliance_json, the_programmes_that_come_along_have_what_they_promise) {
  const auto load = [](const char* name) {
    std::ifstream file(std::string(TONGCHENG_SOURCE_DIR) + "/assets/programmes/" + name);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    Result<Programme> result = load_programme(bytes.str());
    EXPECT_TRUE(result);
    return std::move(result.value).value_or(Programme{});
  };
  const Programme demo = load("demo.json");
  EXPECT_EQ(demo.kind, ProgrammeKind::demonstration);
  EXPECT_EQ(demo.alliances.size(), 6U);
  EXPECT_GE(demo.members.size(), 60U);
  EXPECT_GE(demo.policies.size(), 24U);
  for (const Member& member : demo.members) {
    EXPECT_EQ(member.name.zh.rfind("演示·", 0), 0U) << member.name.zh;
  }
  for (const Policy& policy : demo.policies) EXPECT_FALSE(policy.conditions.empty());
  ASSERT_TRUE(demo.policy_matrix);
  EXPECT_EQ(demo.policy_matrix->groups.size(), 6U);

  // Of what is reported every fact has its source, and what isn't reported isn't there.
  const Programme real = load("hubao-2024.json");
  EXPECT_EQ(real.alliances.size(), 6U);
  for (const Alliance& alliance : real.alliances) {
    EXPECT_TRUE(alliance.source);
    EXPECT_TRUE(alliance.stages.empty());
  }
  for (const Member& member : real.members) {
    EXPECT_TRUE(member.source);
    EXPECT_TRUE(member.memberships.empty());
  }
  for (const ChainLink& link : real.chain_links) EXPECT_TRUE(link.source && !link.volume);
  for (const Policy& policy : real.policies) {
    EXPECT_TRUE(policy.source);
    EXPECT_TRUE(policy.conditions.empty());
  }
  ASSERT_TRUE(real.policy_matrix);
  EXPECT_TRUE(real.policy_matrix->groups.empty());
}

}  // namespace
}  // namespace tc
