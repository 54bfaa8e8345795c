#include "core/exchange/csv.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <utility>
#include <vector>

#include "core/model/summary.hpp"
#include "core/model/utf8.hpp"

namespace tc {

namespace {

/// An optional sign, digits, and perhaps a point with more digits.
bool is_number(std::string_view text) {
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
  bool digit = false;
  bool point = false;
  for (const char c : text) {
    if (c >= '0' && c <= '9') {
      digit = true;
    } else if (c == '.' && digit && !point) {
      point = true;
    } else {
      return false;
    }
  }
  return digit && text.back() != '.';
}

bool starts_formula(std::string_view text) {
  if (text.empty()) return false;
  if (std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos) return true;
  // Spreadsheets for Chinese and Japanese take these for the same.
  for (const std::string_view wide : {"＝", "＋", "－", "＠"}) {
    if (text.substr(0, wide.size()) == wide) return true;
  }
  return false;
}

bool is_formula(std::string_view text) {
  return starts_formula(text) && !is_number(text);
}

/// Apostrophes that stand before a formula already get one more, so that readers can tell.
std::string_view without_apostrophes(std::string_view text) {
  return text.substr(std::min(text.find_first_not_of('\''), text.size()));
}

/// As short as a double allows: 45, 33.3.
std::string number(double value) {
  std::array<char, 40> buffer{};
  for (const int precision : {6, 15, 17}) {
    std::snprintf(buffer.data(), buffer.size(), "%.*g", precision, value);
    if (std::strtod(buffer.data(), nullptr) == value) break;
  }
  return buffer.data();
}

class Cells {
 public:
  explicit Cells(std::string& text) : text_(text) {}
  void cell(std::string_view text) {
    if (!first_) text_ += ',';
    first_ = false;
    text_ += csv_cell(text);
  }
  void cell(const std::optional<Date>& date) { cell(date ? format_date(*date) : std::string()); }
  void cell(const std::optional<int>& value) { cell(value ? std::to_string(*value) : ""); }
  void end() {
    text_ += "\r\n";
    first_ = true;
  }

 private:
  std::string& text_;
  bool first_ = true;
};

struct Heading {
  const char* zh;
  const char* en;
};
constexpr std::array<Heading, 20> kHeadings = {{
    {"编号", "Code"},
    {"事项（中文）", "Title (Chinese)"},
    {"事项（英文）", "Title (English)"},
    {"方面", "Area"},
    {"状态", "Status"},
    {"牵头单位", "Lead units"},
    {"配合单位", "Partners"},
    {"计划开始", "Start"},
    {"期限", "Due"},
    {"实际开始", "Started"},
    {"实际完成", "Finished"},
    {"进度（%）", "Progress (%)"},
    {"预计完成", "Forecast finish"},
    {"延后（工作日）", "Slip (working days)"},
    {"总时差（工作日）", "Total float (working days)"},
    {"关键", "Critical"},
    {"已完成里程碑", "Milestones finished"},
    {"里程碑总数", "Milestones total"},
    {"来源", "Source"},
    {"来源位置", "Place in the source"},
}};

class ItemsTask : public EntriesTask {
 public:
  ItemsTask(const Programme& programme, const Schedule* schedule, Language language)
      : EntriesTask(programme.items.size()),
        programme_(programme),
        schedule_(schedule != nullptr && schedule->items.size() == programme.items.size()
                      ? schedule
                      : nullptr),
        language_(language),
        index_(programme) {}

 private:
  const char* say(const char* zh, const char* en) const {
    return language_ == Language::zh ? zh : en;
  }
  std::string names(const std::vector<std::string>& ids) const {
    std::string text;
    for (const std::string& id : ids) {
      if (!text.empty()) text += say("；", "; ");
      const auto department = index_.department(id);
      text += department ? programme_.departments[*department].name.in(language_) : id;
    }
    return text;
  }

  void begin() override {
    text_ = "\xEF\xBB\xBF";
    if (programme_.kind == ProgrammeKind::demonstration) {
      cells_.cell("演示数据 / Demonstration data");
      // RFC 4180 wants as many cells in every line.
      for (std::size_t i = 1; i < kHeadings.size(); ++i) cells_.cell("");
      cells_.end();
    }
    for (const Heading& heading : kHeadings) cells_.cell(say(heading.zh, heading.en));
    cells_.end();
  }

  void entry(std::size_t i) override {
    const ActionItem& item = programme_.items[i];
    const ItemSchedule times = schedule_ != nullptr ? schedule_->items[i] : ItemSchedule{};
    const auto area = index_.area(item.area);
    cells_.cell(item.code);
    cells_.cell(item.title.zh);
    cells_.cell(item.title.en);
    cells_.cell(area ? programme_.areas[*area].title.in(language_) : item.area);
    cells_.cell(label_of(item.status).in(language_));
    cells_.cell(names(item.leads));
    cells_.cell(names(item.partners));
    cells_.cell(item.start);
    cells_.cell(item.due);
    cells_.cell(item.started);
    cells_.cell(item.finished);
    cells_.cell(item.progress ? number(*item.progress) : std::string());
    cells_.cell(times.finish);
    cells_.cell(times.slip);
    cells_.cell(times.total_float);
    cells_.cell(times.finish ? (times.critical ? say("是", "yes") : say("否", "no")) : "");
    const auto finished =
        std::count_if(item.milestones.begin(), item.milestones.end(),
                      [](const Milestone& milestone) { return milestone.finished.has_value(); });
    cells_.cell(std::to_string(finished));
    cells_.cell(std::to_string(item.milestones.size()));
    const auto source = item.source ? index_.source(item.source->source) : std::nullopt;
    cells_.cell(source        ? programme_.sources[*source].title.in(language_)
                : item.source ? item.source->source
                              : std::string());
    cells_.cell(item.source ? item.source->place.in(language_) : std::string());
    cells_.end();
  }

  const Programme& programme_;
  const Schedule* schedule_;
  Language language_;
  Index index_;
  Cells cells_{text_};
};

}  // namespace

std::string csv_cell(std::string_view text) {
  std::string value;
  if (is_formula(without_apostrophes(text))) value += '\'';
  value += as_utf8(text);
  // No reader of CSV takes a NUL.
  for (std::size_t at = 0; (at = value.find('\0', at)) != std::string::npos;) {
    value.replace(at, 1, "\xEF\xBF\xBD");
  }
  // A byte order mark at the beginning of a file would be taken for the file's own.
  const bool marked = value.starts_with("\xEF\xBB\xBF");
  if (!marked && value.find_first_of(",;\t\"\r\n") == std::string::npos) return value;
  std::string quoted = "\"";
  for (const char c : value) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

std::string_view without_guard(std::string_view text) {
  const bool guarded = text.starts_with('\'') && is_formula(without_apostrophes(text));
  return guarded ? text.substr(1) : text;
}

std::unique_ptr<ExportTask> begin_items_csv(const Programme& programme, const Schedule* schedule,
                                            Language language) {
  return std::make_unique<ItemsTask>(programme, schedule, language);
}

std::string items_csv(const Programme& programme, const Schedule* schedule, Language language) {
  return finish(*begin_items_csv(programme, schedule, language));
}

}  // namespace tc
