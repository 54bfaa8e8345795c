#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "core/exchange/chain_svg.hpp"
#include "core/exchange/graphml.hpp"
#include "core/exchange/xml_text.hpp"

namespace tc {
namespace {

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
    ++found;
  }
  return found;
}

/// Tags are closed in the order in which they were opened.
void expect_well_formed(const std::string& xml) {
  std::vector<std::string> open;
  for (std::size_t at = xml.find('<'); at != std::string::npos; at = xml.find('<', at + 1)) {
    const std::size_t end = xml.find('>', at);
    ASSERT_NE(end, std::string::npos);
    const std::string tag = xml.substr(at + 1, end - at - 1);
    ASSERT_EQ(tag.find('<'), std::string::npos) << tag;
    if (tag[0] == '?' || tag.back() == '/') continue;
    if (tag[0] == '/') {
      ASSERT_FALSE(open.empty());
      ASSERT_EQ(open.back(), tag.substr(1));
      open.pop_back();
    } else {
      open.push_back(tag.substr(0, tag.find_first_of(" \n")));
    }
  }
  EXPECT_TRUE(open.empty());
}

Programme chain() {
  Programme p;
  p.id = "p";
  p.title = {"链", "Chain"};
  p.cities = {{"h", {"呼", "H"}, {}}, {"b", {"包", "B"}, {}}};
  p.products = {{"si", {"硅", "Silicon"}, {"吨", "t"}, std::nullopt, {}}};
  p.alliances = {{"pv",
                  {"光伏", "PV"},
                  "",
                  {{"s", {"料", "Feed"}, {}}, {"m", {"件", "End"}, {}}},
                  std::nullopt,
                  {}},
                 {"milk", {"乳业", "Dairy"}, "", {}, std::nullopt, {}}};
  for (const char* id : {"a", "b<\"&>"}) {
    Member member;
    member.id = id;
    member.name = {std::string("名") + id, std::string("N") + id};
    member.city = *id == 'a' ? "h" : "b";
    member.memberships = {{"pv", {*id == 'a' ? "s" : "m"}, {}}};
    p.members.push_back(member);
  }
  ChainLink link;
  link.id = "l";
  link.from = "a";
  link.to = "b<\"&>";
  link.product = "si";
  link.volume = 12.5;
  p.chain_links = {link};
  return p;
}

TEST(xml_text, escapes_what_xml_can_not_hold) {
  EXPECT_EQ(xml_text("a<b>&\"'"), "a&lt;b&gt;&amp;&quot;'");
  EXPECT_EQ(xml_text("\n\t"), "&#10;&#9;");
  EXPECT_EQ(xml_text(std::string("\0\x1b", 2)), "\uFFFD\uFFFD");
  EXPECT_EQ(xml_text("\uFFFE包"), "\uFFFD包");
}

TEST(graphml, holds_members_and_links) {
  const std::string xml = export_graphml(chain(), Language::en);
  expect_well_formed(xml);
  EXPECT_EQ(count(xml, "<node "), 2U);
  EXPECT_NE(xml.find("<edge id=\"l\" source=\"a\" target=\"b&lt;&quot;&amp;&gt;\">"),
            std::string::npos);
  EXPECT_NE(xml.find("<data key=\"volume\">12.5</data>"), std::string::npos);
  EXPECT_NE(xml.find("<data key=\"unit\">t</data>"), std::string::npos);
  EXPECT_NE(xml.find("<data key=\"stages\">Feed</data>"), std::string::npos);
  EXPECT_NE(export_graphml(chain(), Language::zh).find("<data key=\"city\">包</data>"),
            std::string::npos);
  EXPECT_EQ(xml.find("演示数据"), std::string::npos);
  Programme demo = chain();
  demo.kind = ProgrammeKind::demonstration;
  demo.chain_links[0].volume.reset();
  const std::string other = export_graphml(demo, Language::zh);
  EXPECT_NE(other.find("演示数据"), std::string::npos);
  EXPECT_EQ(other.find("key=\"volume\">"), std::string::npos);
  expect_well_formed(export_graphml(Programme{}, Language::zh));
}

TEST(chain_svg, draws_each_alliance_or_says_what_is_unknown) {
  const std::string svg = chain_svg(chain(), {}, Language::en);
  expect_well_formed(svg);
  EXPECT_EQ(count(svg, "<path "), 1U);
  EXPECT_EQ(count(svg, "rx=\"2\""), 2U);
  EXPECT_NE(svg.find("Nb&lt;&quot;&amp;&gt;"), std::string::npos);
  EXPECT_NE(svg.find("Stages or members unknown"), std::string::npos);
  EXPECT_EQ(count(chain_svg(chain(), "milk", Language::en), "<path "), 0U);
  Programme demo = chain();
  demo.kind = ProgrammeKind::demonstration;
  EXPECT_NE(chain_svg(demo, {}, Language::zh).find("演示数据"), std::string::npos);
  expect_well_formed(chain_svg(Programme{}, {}, Language::zh));
}

}  // namespace
}  // namespace tc
