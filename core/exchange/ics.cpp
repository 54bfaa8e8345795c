#include "core/exchange/ics.hpp"

#include <cmath>
#include <string_view>
#include <utility>

#include "core/model/summary.hpp"
#include "core/model/utf8.hpp"
#include "core/schedule/schedule.hpp"

namespace tc {

namespace {

constexpr std::size_t kLineOctets = 75;
constexpr std::size_t kLongestCharacter = 4;

bool continues_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

std::string basic_date(Date date) {
  std::string text = format_date(date);
  text.erase(7, 1);
  text.erase(4, 1);
  return text;
}

std::string basic_time(int seconds) {
  std::string text = "T000000Z";
  for (const auto& [place, value] : {std::pair(1, seconds / 3600), std::pair(3, seconds / 60 % 60),
                                     std::pair(5, seconds % 60)}) {
    text[static_cast<std::size_t>(place)] = static_cast<char>('0' + value / 10);
    text[static_cast<std::size_t>(place) + 1] = static_cast<char>('0' + value % 10);
  }
  return text;
}

class Writer : public EntriesTask {
 public:
  Writer(const Programme& programme, const IcsOptions& options, const Schedule* schedule)
      : EntriesTask(programme.items.size()),
        programme_(programme),
        options_(options),
        schedule_(schedule),
        index_(programme) {
    const int seconds =
        options.stamp_seconds >= 0 && options.stamp_seconds < 86400 ? options.stamp_seconds : 0;
    stamp_ = basic_date(options.stamp) + basic_time(seconds);
    if (programme.kind == ProgrammeKind::demonstration)
      label_ = say("【演示数据】", "[Demonstration] ");
  }

 private:
  void begin() override {
    line("BEGIN:VCALENDAR");
    line("VERSION:2.0");
    line("PRODID:-//Tongcheng//Tongcheng//" + std::string(say("ZH", "EN")));
    line("CALSCALE:GREGORIAN");
    line("METHOD:PUBLISH");
    line("X-WR-CALNAME:" + ics_text(label_ + text(programme_.title)));
    if (!programme_.description.empty()) {
      line("X-WR-CALDESC:" + ics_text(text(programme_.description)));
    }
  }

  void entry(std::size_t i) override {
    const ActionItem& item = programme_.items[i];
    if (options_.items && item.due) item_event(i, item);
    if (!options_.milestones) return;
    for (std::size_t k = 0; k < item.milestones.size(); ++k) {
      if (item.milestones[k].due) milestone_event(i, k);
    }
  }

  void end() override { line("END:VCALENDAR"); }

  const char* say(const char* zh, const char* en) const {
    return options_.language == Language::zh ? zh : en;
  }
  std::string text(const Text& both) const { return both.in(options_.language); }
  void line(const std::string& content) { text_ += ics_line(content); }

  void begin_event(const std::string& id, Date date, const std::string& summary) {
    line("BEGIN:VEVENT");
    line("UID:" + ics_text(programme_.id + "/" + id + "@tongcheng"));
    line("DTSTAMP:" + stamp_);
    line("DTSTART;VALUE=DATE:" + basic_date(date));
    line("DTEND;VALUE=DATE:" + basic_date(date + 1));  // exclusive
    line("SUMMARY:" + ics_text(label_ + summary));
  }

  void end_event(const ActionItem& item, const std::string& description) {
    line("DESCRIPTION:" + ics_text(description));
    if (const auto area = index_.area(item.area)) {
      line("CATEGORIES:" + ics_text(text(programme_.areas[*area].title)));
    }
    line("TRANSP:TRANSPARENT");
    line("END:VEVENT");
  }

  void add(std::string& description, const char* name, const std::string& value) const {
    if (value.empty()) return;
    if (!description.empty()) description += '\n';
    description += name;
    description += say("：", ": ");
    description += value;
  }

  void add_forecast(std::string& description, const std::optional<Date>& finish,
                    const std::optional<int>& slip) const {
    if (!finish) return;
    std::string value = format_date(*finish);
    if (slip && *slip != 0) {
      value += options_.language == Language::zh ? "（" : " (";
      value += *slip > 0 ? "+" : "";
      value += std::to_string(*slip);
      value += say(" 个工作日）", " working days)");
    }
    add(description, say("预计完成", "Forecast"), value);
  }

  void item_event(std::size_t i, const ActionItem& item) {
    begin_event(item.code + "/due", *item.due,
                item.code + " " + text(item.title) + say(" 到期", " due"));
    std::string description;
    add(description, say("状态", "Status"), text(label_of(item.status)));
    if (item.progress) {
      add(description, say("进度", "Progress"), std::to_string(std::lround(*item.progress)) + "%");
    }
    add(description, say("牵头单位", "Lead"), leads(item));
    if (item.finished) {
      add(description, say("完成日期", "Finished"), format_date(*item.finished));
    } else if (schedule_ != nullptr && i < schedule_->items.size()) {
      add_forecast(description, schedule_->items[i].finish, schedule_->items[i].slip);
    }
    if (!item.summary.empty()) {
      description += '\n';
      description += text(item.summary);
    }
    end_event(item, description);
  }

  void milestone_event(std::size_t i, std::size_t k) {
    const ActionItem& item = programme_.items[i];
    const Milestone& milestone = item.milestones[k];
    begin_event(item.code + "/milestone/" + milestone.id, *milestone.due,
                item.code + say(" 节点：", " milestone: ") + text(milestone.title));
    std::string description;
    add(description, say("事项", "Item"), item.code + " " + text(item.title));
    add(description, say("牵头单位", "Lead"), leads(item));
    if (milestone.finished) {
      add(description, say("完成日期", "Finished"), format_date(*milestone.finished));
    } else if (schedule_ != nullptr && i < schedule_->milestones.size() &&
               k < schedule_->milestones[i].size()) {
      add_forecast(description, schedule_->milestones[i][k].finish,
                   schedule_->milestones[i][k].slip);
    }
    end_event(item, description);
  }

  std::string leads(const ActionItem& item) const {
    std::string names;
    for (const std::string& id : item.leads) {
      const auto department = index_.department(id);
      if (!department) continue;
      if (!names.empty()) names += say("、", ", ");
      names += text(programme_.departments[*department].name);
    }
    return names;
  }

  const Programme& programme_;
  IcsOptions options_;
  const Schedule* schedule_;
  Index index_;
  std::string stamp_;
  std::string label_;
};

}  // namespace

std::string ics_line(const std::string& line) {
  std::string result;
  std::size_t begin = 0;
  std::size_t room = kLineOctets;
  while (line.size() - begin > room) {
    std::size_t end = begin + room;
    while (begin + room - end < kLongestCharacter && continues_character(line[end])) --end;
    if (continues_character(line[end])) end = begin + room;  // not UTF-8 anyway
    result.append(line, begin, end - begin);
    result += "\r\n ";
    begin = end;
    room = kLineOctets - 1;  // the space counts
  }
  result.append(line, begin);
  result += "\r\n";
  return result;
}

std::string ics_text(const std::string& text) {
  std::string result;
  for (const char c : as_utf8(text)) {
    if (c == '\n') {
      result += "\\n";
    } else if (c == '\\' || c == ';' || c == ',') {
      result += '\\';
      result += c;
    } else if (static_cast<unsigned char>(c) >= 0x20U && c != '\x7F') {
      result += c;
    }
  }
  return result;
}

std::string export_ics(const Programme& programme, const IcsOptions& options,
                       const Schedule* schedule) {
  return finish(*begin_ics(programme, options, schedule));
}

std::unique_ptr<ExportTask> begin_ics(const Programme& programme, const IcsOptions& options,
                                      const Schedule* schedule) {
  return std::make_unique<Writer>(programme, options, schedule);
}

}  // namespace tc
