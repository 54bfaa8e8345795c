#include "web/ui/link.hpp"

#include <gtest/gtest.h>

#include "tests/web/ui/driver.hpp"
#include "web/ui/ui.hpp"

namespace tc::ui {

namespace {

using test::Driver;

TEST(Link, SaysThePageItemFiltersDayAndLanguage) {
  const Link link = parse_link(
      "items?item=K-07&status=under-way&area=industry&city=baotou&department=drc&late=1"
      "&q=%E4%BA%BA%E6%89%8D+a%26b&on=2024-06-30&lang=en&camera=row%3DK07&highlight=a&highlight=b");
  EXPECT_EQ(link.fault, LinkFault::none);
  EXPECT_EQ(link.view.page, "items");
  EXPECT_EQ(link.view.item, "K-07");
  ASSERT_TRUE(link.view.filters);
  EXPECT_EQ(link.view.filters->status, Status::under_way);
  EXPECT_EQ(link.view.filters->area, "industry");
  EXPECT_EQ(link.view.filters->city, "baotou");
  EXPECT_EQ(link.view.filters->department, "drc");
  EXPECT_TRUE(link.view.filters->late_only);
  EXPECT_EQ(link.view.filters->text, "人才 a&b");
  EXPECT_EQ(link.view.as_of, make_date(2024, 6, 30));
  EXPECT_EQ(link.view.language, "en");
  EXPECT_EQ(link.view.camera, "row=K07");
  EXPECT_EQ(link.view.highlights, (std::vector<std::string>{"a", "b"}));
}

TEST(Link, WhatIsWrittenIsReadBack) {
  SavedView view;
  view.page = "roadmap";
  EXPECT_EQ(write_link(view), "roadmap");
  view.item = "K#1 %/人才";
  view.camera = "from=20089 to=20454 row=0";
  view.as_of = make_date(2025, 1, 2);
  view.language = "zh";
  view.highlights = {"a&b=c", "?"};
  view.filters.emplace().text = "100% + 五链融合";
  view.filters->status = Status::blocked;
  view.filters->late_only = true;
  const Link link = parse_link("#" + write_link(view));
  EXPECT_EQ(link.fault, LinkFault::none);
  EXPECT_EQ(link.view, view);
}

TEST(Link, LandsOnAPageThatThereIs) {
  EXPECT_EQ(parse_link("").view.page, "overview");
  EXPECT_EQ(parse_link("").fault, LinkFault::none);
  EXPECT_EQ(parse_link("nowhere").view.page, "overview");
  EXPECT_EQ(parse_link("nowhere").fault, LinkFault::page);
  EXPECT_EQ(parse_link("nowhere?item=K-07").view.page, "items");
  EXPECT_EQ(parse_link("?q=a").view.page, "items");
  EXPECT_EQ(parse_link("%zz").view.page, "overview");
}

TEST(Link, TakesNothingThatIsMalformed) {
  const auto fault = [](std::string_view text) { return parse_link(text).fault; };
  EXPECT_EQ(fault("items?q=%"), LinkFault::encoding);
  EXPECT_EQ(fault("items?q=%4"), LinkFault::encoding);
  EXPECT_EQ(fault("items?q=%g0"), LinkFault::encoding);
  EXPECT_EQ(fault("items?q=%FF"), LinkFault::encoding);
  EXPECT_EQ(fault("items?q=%C0%80"), LinkFault::encoding);
  EXPECT_EQ(fault("items?q=%ED%A0%80"), LinkFault::encoding);
  EXPECT_EQ(fault("items?q=%F4%90%80%80"), LinkFault::encoding);
  EXPECT_EQ(fault("items?q=%E4%BA"), LinkFault::encoding);
  EXPECT_EQ(fault("items?q=%00"), LinkFault::encoding);
  EXPECT_EQ(fault("items?q=\n"), LinkFault::encoding);
  EXPECT_EQ(fault("items?status=great"), LinkFault::part);
  EXPECT_EQ(fault("items?on=2024-02-30"), LinkFault::part);
  EXPECT_EQ(fault("items?lang=fr"), LinkFault::part);
  EXPECT_EQ(fault("items?unheard-of=1"), LinkFault::part);
  EXPECT_EQ(fault("items?&&item=K-1&"), LinkFault::none);
  // The rest of it holds.
  EXPECT_EQ(parse_link("items?status=great&item=K-07").view.item, "K-07");
  EXPECT_EQ(fault("items?q=" + std::string(kMaxLink, 'a')), LinkFault::too_long);
  EXPECT_EQ(parse_link("items?q=" + std::string(kMaxLink, 'a')).view.page, "overview");
  std::string many = "items?";
  for (int i = 0; i < 200; ++i) many += "highlight=a&";
  EXPECT_LE(parse_link(many).view.highlights.size(), 64U);
}

class LinkHost : public ::testing::Test {
 protected:
  Driver driver;
  const std::vector<std::pair<std::string, bool>>& addresses() { return driver.host().addresses; }
};

TEST_F(LinkHost, AnAddressIsFollowedOnceThereIsABoard) {
  driver.app().follow("items?item=K07&status=staged-result&lang=zh");
  driver.frames();
  driver.open_shipped("demo");
  EXPECT_EQ(driver.app().language(), Language::zh);
  EXPECT_NE(driver.find(Role::region, Str::item_details), nullptr);
  const Node* row = driver.find_prefix(Role::row, "K07");
  ASSERT_NE(row, nullptr);
  EXPECT_TRUE(row->selected);
  EXPECT_EQ(addresses().back().first, "items?item=K07&status=staged-result");
  EXPECT_FALSE(addresses().back().second) << "it takes the place of the address that was followed";
}

TEST_F(LinkHost, TheAddressFollowsTheApp) {
  driver.open_shipped("demo");
  ASSERT_FALSE(addresses().empty());
  EXPECT_EQ(addresses().back(), std::make_pair(std::string("overview"), false));
  driver.click(Role::tab, Str::items_title);
  EXPECT_EQ(addresses().back(), std::make_pair(std::string("items"), true));
  const Node* row = driver.find_prefix(Role::row, "K03");
  ASSERT_NE(row, nullptr);
  driver.click(Node(*row));
  EXPECT_EQ(addresses().back(), std::make_pair(std::string("items?item=K03"), true));
  driver.app().follow("overview");
  driver.frames();
  EXPECT_TRUE(driver.find(Role::tab, Str::overview_title)->selected);
  EXPECT_EQ(addresses().back(), std::make_pair(std::string("overview"), false));
}

TEST_F(LinkHost, SaysWhatALinkHasLost) {
  driver.open_shipped("demo");
  driver.app().follow("nowhere");
  driver.frames();
  EXPECT_NE(driver.find(Role::alert, Str::link_no_page), nullptr);
  EXPECT_TRUE(driver.find(Role::tab, Str::overview_title)->selected);
  driver.app().follow("items?item=no-such-item");
  driver.frames();
  EXPECT_NE(driver.find(Role::alert, Str::link_lost), nullptr);
  EXPECT_EQ(addresses().back().first, "items");
  driver.app().follow("items?q=%");
  driver.frames();
  EXPECT_NE(driver.find(Role::alert, Str::link_faulty), nullptr);
}

TEST_F(LinkHost, TheLinkCanBeCopied) {
  driver.open_shipped("demo");
  driver.app().follow("items?status=staged-result");
  driver.frames();
  driver.click(Role::button, Str::open_menu);
  driver.click(Role::button, Str::link_copy);
  ASSERT_EQ(driver.host().addresses_copied.size(), 1U);
  const Link link = parse_link(driver.host().addresses_copied.front());
  EXPECT_EQ(link.view.page, "items");
  EXPECT_EQ(link.view.language, "en");
  ASSERT_TRUE(link.view.filters);
  EXPECT_EQ(link.view.filters->status, Status::staged_result);
  EXPECT_NE(driver.find(Role::status, Str::link_copied), nullptr);
}

TEST(Asked, WidgetsActAndTakeTextByTheirNumber) {
  Driver driver;
  driver.open_shipped("demo");
  const Node* tab = driver.find(Role::tab, Str::items_title);
  ASSERT_NE(tab, nullptr);
  ASSERT_NE(tab->id, 0U);
  EXPECT_EQ(tab->part, Part::navigation);
  driver.app().ask(tab->id, Ask::press, {});
  driver.frames();
  EXPECT_TRUE(driver.find(Role::tab, Str::items_title)->selected);
  const Node* search = driver.find(Role::textbox, Str::items_search);
  ASSERT_NE(search, nullptr);
  driver.app().ask(search->id, Ask::text, "K07");
  driver.frames();
  EXPECT_EQ(driver.find(Role::textbox, Str::items_search)->value, "K07");
  const std::vector<Node> rows = driver.all(Role::row);
  ASSERT_FALSE(rows.empty());
  driver.app().ask(rows.front().id, Ask::press, {});
  driver.frames();
  EXPECT_NE(driver.find(Role::region, Str::item_details), nullptr);
  driver.app().ask(driver.find(Role::tab, Str::overview_title)->id, Ask::focus, {});
  driver.frames();
  EXPECT_TRUE(driver.find(Role::tab, Str::overview_title)->focused);
}

TEST(Asked, TheMirrorReadsBeyondWhatIsInSight) {
  Driver driver(1000, 500);
  driver.open_shipped("demo");
  driver.app().follow("items?item=K07");
  driver.frames();
  const std::size_t seen = driver.all(Role::listitem).size();
  driver.app().read_beyond_sight(true);
  driver.frames();
  EXPECT_EQ(driver.all(Role::listitem).size(), seen) << "what tests see stays as it is";
  const Semantics& nodes = driver.app().semantics();
  std::size_t beyond = 0;
  for (std::size_t i = 0; i < nodes.size(); ++i) beyond += nodes[i].offscreen ? 1 : 0;
  EXPECT_GT(beyond, 3U);
  const std::uint64_t hash = nodes.hash();
  driver.frames();
  EXPECT_EQ(nodes.hash(), hash);
  EXPECT_NE(nodes.mirror().find("K07"), std::string::npos);
}

}  // namespace

}  // namespace tc::ui
