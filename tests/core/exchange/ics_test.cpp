#include "core/exchange/ics.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "core/model/generate.hpp"
#include "core/schedule/schedule.hpp"

namespace tc {
namespace {

Programme sample() {
  Programme programme;
  programme.id = "hubao";
  programme.title = {"呼包同城化", "Hohhot–Baotou"};
  programme.kind = ProgrammeKind::working;
  programme.areas = {{"a1", {"产业协同", "Industry"}, {}}};
  programme.cities = {{"hohhot", {"呼和浩特", "Hohhot"}, {}}};
  programme.departments = {{"H1", "hohhot", {"市发改委", "Development and Reform"}, {}}};
  ActionItem item;
  item.code = "G1";
  item.title = {"联合招聘,第一期;试点", "Joint hiring, first round; pilot"};
  item.area = "a1";
  item.leads = {"H1"};
  item.status = Status::under_way;
  item.start = make_date(2024, 3, 1);
  item.started = make_date(2024, 3, 1);
  item.due = make_date(2024, 12, 31);
  item.progress = 40;
  Milestone milestone;
  milestone.id = "M1";
  milestone.title = {"方案\n审定", "Plan approved"};
  milestone.due = make_date(2024, 2, 28);
  Milestone undated;
  undated.id = "M2";
  item.milestones = {milestone, undated};
  programme.items = {item};
  return programme;
}

IcsOptions options() {
  IcsOptions made;
  made.stamp = *make_date(2024, 3, 23);
  made.stamp_seconds = 9 * 3600 + 5 * 60 + 7;
  return made;
}

/// The content lines with the folding undone; checks the form of the lines.
std::vector<std::string> unfolded(const std::string& text) {
  std::vector<std::string> lines;
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = text.find("\r\n", begin);
    if (end == std::string::npos) {
      ADD_FAILURE() << "a line without CRLF";
      break;
    }
    const std::string line = text.substr(begin, end - begin);
    EXPECT_LE(line.size(), 75U);
    EXPECT_EQ(line.find('\n'), std::string::npos);
    if (!line.empty() && line[0] == ' ') {
      EXPECT_FALSE(lines.empty());
      // No character is split: a continuation doesn't begin with its second half.
      EXPECT_NE(static_cast<unsigned char>(line.size() > 1 ? line[1] : 'x') & 0xC0U, 0x80U);
      lines.back() += line.substr(1);
    } else {
      lines.push_back(line);
    }
    begin = end + 2;
  }
  return lines;
}

TEST(Ics, EventsOfItemsAndMilestones) {
  const std::vector<std::string> lines = unfolded(export_ics(sample(), options()));
  EXPECT_EQ(lines, (std::vector<std::string>{
                       "BEGIN:VCALENDAR",
                       "VERSION:2.0",
                       "PRODID:-//Tongcheng//Tongcheng//ZH",
                       "CALSCALE:GREGORIAN",
                       "METHOD:PUBLISH",
                       "X-WR-CALNAME:呼包同城化",
                       "BEGIN:VEVENT",
                       "UID:hubao/G1/due@tongcheng",
                       "DTSTAMP:20240323T090507Z",
                       "DTSTART;VALUE=DATE:20241231",
                       "DTEND;VALUE=DATE:20250101",
                       "SUMMARY:G1 联合招聘\\,第一期\\;试点 到期",
                       "DESCRIPTION:状态：" + label_of(Status::under_way).zh +
                           "\\n进度：40%\\n牵头单位：市发改委",
                       "CATEGORIES:产业协同",
                       "TRANSP:TRANSPARENT",
                       "END:VEVENT",
                       "BEGIN:VEVENT",
                       "UID:hubao/G1/milestone/M1@tongcheng",
                       "DTSTAMP:20240323T090507Z",
                       "DTSTART;VALUE=DATE:20240228",
                       "DTEND;VALUE=DATE:20240229",
                       "SUMMARY:G1 节点：方案\\n审定",
                       "DESCRIPTION:事项：G1 联合招聘\\,第一期\\;试点\\n牵头单位：市发改委",
                       "CATEGORIES:产业协同",
                       "TRANSP:TRANSPARENT",
                       "END:VEVENT",
                       "END:VCALENDAR",
                   }));
}

TEST(Ics, EnglishSelectionAndForecast) {
  IcsOptions wanted = options();
  wanted.language = Language::en;
  wanted.milestones = false;
  wanted.stamp_seconds = 99'999;  // not a time of day
  Programme programme = sample();
  programme.description = {"说明", "About"};
  programme.items[0].summary = {"摘要", "Summary"};
  programme.items[0].due = make_date(2024, 3, 28);
  const WorkCalendar calendar;
  const Schedule schedule = make_schedule(programme, calendar, *make_date(2024, 3, 25));
  const std::string text = export_ics(programme, wanted, &schedule);
  EXPECT_EQ(text.find("milestone"), std::string::npos);
  const std::vector<std::string> lines = unfolded(text);
  EXPECT_EQ(lines[5], "X-WR-CALNAME:Hohhot–Baotou");
  EXPECT_EQ(lines[6], "X-WR-CALDESC:About");
  EXPECT_EQ(lines[9], "DTSTAMP:20240323T000000Z");
  EXPECT_EQ(lines[12], "SUMMARY:G1 Joint hiring\\, first round\\; pilot due");
  EXPECT_EQ(lines[13], "DESCRIPTION:Status: " + label_of(Status::under_way).en +
                           "\\nProgress: 40%\\nLead: Development and Reform\\n"
                           "Forecast: 2024-04-09 (+8 working days)\\nSummary");
  wanted.milestones = true;
  wanted.items = false;
  EXPECT_EQ(export_ics(programme, wanted).find("/due@"), std::string::npos);
}

TEST(Ics, DemonstrationDataIsLabelledEverywhere) {
  Programme programme = generate_programme(20, 1);
  for (const Language language : {Language::zh, Language::en}) {
    IcsOptions wanted = options();
    wanted.language = language;
    const std::string label = language == Language::zh ? "【演示数据】" : "[Demonstration] ";
    std::size_t summaries = 0;
    std::set<std::string> uids;
    for (const std::string& line : unfolded(export_ics(programme, wanted))) {
      if (line.rfind("SUMMARY:", 0) == 0) {
        ++summaries;
        EXPECT_EQ(line.substr(8, label.size()), label);
      }
      if (line.rfind("X-WR-CALNAME:", 0) == 0) {
        EXPECT_EQ(line.substr(13, label.size()), label);
      }
      if (line.rfind("UID:", 0) == 0) {
        EXPECT_TRUE(uids.insert(line).second) << line;
      }
    }
    EXPECT_GT(summaries, 40U);
  }
}

TEST(Ics, FoldingSplitsNoCharacter) {
  for (std::size_t length = 0; length < 200; ++length) {
    for (const char* piece : {"x", "é", "呼", "🏗"}) {
      std::string line = "SUMMARY:";
      while (line.size() < length) line += piece;
      const std::vector<std::string> back = unfolded(ics_line(line));
      ASSERT_EQ(back, std::vector<std::string>{line});
    }
  }
  // Not UTF-8, but it has to come to an end.
  EXPECT_EQ(ics_line(std::string(300, '\x80')).size(), 300U + 4 * 3 + 2);
}

TEST(Ics, TextIsEscaped) {
  EXPECT_EQ(ics_text("a\\b;c,d\r\ne\tf\x7Fg"), "a\\\\b\\;c\\,d\\nefg");
}

}  // namespace
}  // namespace tc
