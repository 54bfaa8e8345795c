#include "core/ledger/keyed_document.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/core/ledger/boards.hpp"

namespace tc {
namespace {

using nlohmann::json;

KeyedDocument good_document() {
  return KeyedDocument(json::parse(test::kGoodFile));
}

json at(const KeyedDocument& document, const std::string& pointer) {
  const json* value = document.find(pointer);
  return value == nullptr ? json("(nothing)") : *value;
}

TEST(keyed_document, gives_the_programme_back) {
  EXPECT_EQ(good_document().json(), json::parse(test::kGoodFile));
  EXPECT_EQ(KeyedDocument(json(1)).json(), json::object());
}

TEST(keyed_document, tokens) {
  using Tokens = std::vector<std::string>;
  EXPECT_EQ(pointer_tokens(""), Tokens{});
  EXPECT_EQ(pointer_tokens("/"), Tokens{""});
  EXPECT_EQ(pointer_tokens("/a~1b/~0/"), (Tokens{"a/b", "~", ""}));
  EXPECT_FALSE(pointer_tokens("a"));
  EXPECT_FALSE(pointer_tokens("/~"));
  EXPECT_FALSE(pointer_tokens("/~2"));
  EXPECT_TRUE(is_prefix("/a", "/a"));
  EXPECT_TRUE(is_prefix("/a", "/a/b"));
  EXPECT_FALSE(is_prefix("/a", "/ab"));
  EXPECT_FALSE(is_prefix("/a/b", "/a"));
}

TEST(keyed_document, finds_by_keys) {
  const KeyedDocument document = good_document();
  EXPECT_EQ(at(document, "/title/zh"), "两市同城化");
  EXPECT_EQ(at(document, "/items/G1/status"), "under-way");
  EXPECT_EQ(at(document, "/items/G1/milestones/m2/due"), "2024-06-01");
  EXPECT_EQ(at(document, "/items/G2/dependsOn/G1/lagDays"), -5);
  EXPECT_EQ(at(document, "/items/G1/leads"), json::array({"hd"}));
  EXPECT_EQ(at(document, "/items/G1/x-budget/sum"), 1.5);
  EXPECT_EQ(at(document, "/indicators/i1/value"), 30);
  EXPECT_EQ(at(document, "/items/G1/milestones").size(), 2U);
  const json evidence = at(document, "/items/G1/evidence")[0];
  EXPECT_EQ(at(document, "/items/G1/evidence/" + evidence_key(evidence)), evidence);
  for (const char* pointer : {"", "/", "items", "/items", "/items/G9", "/items/0",
                              "/items/G1/leads/0", "/items/G1/milestones/0",
                              "/items/G1/milestones/m9/due", "/items/G1/status/x", "/items/G1/~"}) {
    EXPECT_EQ(document.find(pointer), nullptr) << pointer;
  }
}

TEST(keyed_document, sets_values) {
  KeyedDocument document = good_document();
  EXPECT_FALSE(document.set("/items/G1/status", json("completed")));
  EXPECT_EQ(at(document, "/items/G1/status"), "completed");
  EXPECT_FALSE(document.set("/items/G1/milestones/m2/finished", json("2024-06-02")));
  EXPECT_EQ(document.json()["items"][0]["milestones"][1]["finished"], "2024-06-02");
  // What has to be there comes into being and goes again.
  EXPECT_FALSE(document.set("/items/G2/summary/zh", json("说明")));
  EXPECT_EQ(at(document, "/items/G2/summary"), (json{{"zh", "说明"}}));
  EXPECT_FALSE(document.set("/items/G2/summary/zh", std::nullopt));
  EXPECT_EQ(document.find("/items/G2/summary"), nullptr);
  EXPECT_FALSE(document.set("/items/G3/milestones/m1", json{{"id", "m1"}}));
  EXPECT_EQ(at(document, "/items/G3/milestones").size(), 1U);
  EXPECT_FALSE(document.set("/items/G3/milestones/m1", std::nullopt));
  EXPECT_EQ(document.find("/items/G3/milestones"), nullptr);
  // Removing what isn't there changes nothing.
  const json before = document.json();
  EXPECT_FALSE(document.set("/items/G9", std::nullopt));
  EXPECT_FALSE(document.set("/items/G3/milestones/m1", std::nullopt));
  EXPECT_FALSE(document.set("/description/zh", std::nullopt));
  EXPECT_EQ(document.json(), before);
}

TEST(keyed_document, elements_keep_their_places) {
  KeyedDocument document = good_document();
  const auto codes = [&document] {
    std::string text;
    const json programme = document.json();
    for (const json& item : programme["items"]) text += item["code"].get<std::string>() + " ";
    return text;
  };
  EXPECT_FALSE(document.set("/items/N", json{{"code", "N"}}));
  EXPECT_EQ(codes(), "G1 G2 G3 N ");
  EXPECT_EQ(document.place_of("/items/N"), "G3");
  EXPECT_EQ(document.place_of("/items/G1"), "");
  EXPECT_EQ(document.place_of("/items/G1/milestones/m2"), "m1");
  EXPECT_EQ(document.place_of("/items/G1/milestones/m1"), "");
  EXPECT_FALSE(document.place_of("/items/G1/status"));
  EXPECT_FALSE(document.place_of("/items/G9"));
  EXPECT_FALSE(document.place_of("/title"));
  const json second = at(document, "/items/G2");
  EXPECT_FALSE(document.set("/items/G2", std::nullopt));
  EXPECT_EQ(codes(), "G1 G3 N ");
  EXPECT_EQ(at(document, "/items/N/code"), "N");
  EXPECT_FALSE(document.set("/items/G2", second, "G1"));
  EXPECT_EQ(codes(), "G1 G2 G3 N ");
  EXPECT_FALSE(document.set("/items/M", json{{"code", "M"}}, ""));
  EXPECT_FALSE(document.set("/items/O", json{{"code", "O"}}, "gone"));
  EXPECT_EQ(codes(), "M G1 G2 G3 N O ");
  EXPECT_EQ(at(document, "/items/G2"), second);
  EXPECT_FALSE(document.set("/items/G1/milestones/m0", json{{"id", "m0"}}, ""));
  EXPECT_EQ(document.place_of("/items/G1/milestones/m1"), "m0");
}

TEST(keyed_document, errors_change_nothing) {
  KeyedDocument document = good_document();
  const json before = document.json();
  const json evidence = at(document, "/items/G1/evidence")[0];
  const std::string evidence_pointer = "/items/G1/evidence/" + evidence_key(evidence);
  for (const std::string& pointer :
       {std::string(), std::string("/"), std::string("/items"), std::string("items/G1"),
        std::string("/format"), std::string("/version"), std::string("/items/G9/status"),
        std::string("/items/G1/leads/0"), std::string("/items/G1/milestones/m9/due"),
        std::string("/items/G1/code"), std::string("/items/G1/milestones/m1/id"),
        std::string("/items/G1/status/zh"), std::string("/items/G9/summary/zh"),
        std::string("/items/G2/milestones/m9/title/zh"), evidence_pointer + "/title/zh"}) {
    if (pointer == "/") continue;  // a member without name is the model's business
    const auto error = document.set(pointer, json("x"));
    ASSERT_TRUE(error) << pointer;
    EXPECT_EQ(error->code, ErrorCode::no_such_place) << pointer;
    EXPECT_EQ(error->pointer, pointer == "items/G1" ? "" : pointer);  // it isn't one
    EXPECT_EQ(document.json(), before) << pointer;
  }
  EXPECT_TRUE(document.set("/items/N", json{{"code", "M"}}));
  EXPECT_TRUE(document.set("/items/N", json("N")));
  EXPECT_TRUE(document.set("/items/G1/milestones/m9", json{{"id", "m8"}}));
  EXPECT_TRUE(document.set("/items/G1/evidence/0123456789abcdef", evidence));
  EXPECT_EQ(document.json(), before);
}

TEST(keyed_document, keys_in_the_place_of_positions) {
  const KeyedDocument document = good_document();
  EXPECT_EQ(document.keyed("/items/0/milestones/1/due"), "/items/G1/milestones/m2/due");
  EXPECT_EQ(document.keyed("/items/1/dependsOn/0/item"), "/items/G2/dependsOn/G1/item");
  EXPECT_EQ(document.keyed("/items/0/leads/0"), "/items/G1/leads/0");
  EXPECT_EQ(document.keyed("/items/7/due"), "/items/7/due");
  EXPECT_EQ(document.keyed("/items"), "/items");
  EXPECT_EQ(document.keyed("/items/G1/milestones/0/due", true), "/items/G1/milestones/m1/due");
  EXPECT_EQ(document.keyed("/title/zh"), "/title/zh");
}

TEST(keyed_document, values_that_stand_alone) {
  EXPECT_EQ(with_part("/items/K", json{{"code", "K"}, {"due", "a"}}, "/items/K/due", json("b")),
            (json{{"code", "K"}, {"due", "b"}}));
  EXPECT_EQ(with_part("/items/K/summary", std::nullopt, "/items/K/summary/zh", json("b")),
            (json{{"zh", "b"}}));
  EXPECT_EQ(
      with_part("/items/K/milestones/M", json{{"id", "M"}}, "/items/K/milestones/M/due", json("b")),
      (json{{"id", "M"}, {"due", "b"}}));
}

}  // namespace
}  // namespace tc
