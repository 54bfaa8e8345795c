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

class Sheet {
 public:
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
  std::string take() { return std::move(text_); }

 private:
  std::string text_ = "\xEF\xBB\xBF";
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

std::string items_csv(const Programme& programme, const Schedule* schedule, Language language) {
  const bool zh = language == Language::zh;
  const Index index(programme);
  const std::size_t count = programme.items.size();
  if (schedule != nullptr && schedule->items.size() != count) schedule = nullptr;
  const auto names = [&](const std::vector<std::string>& ids) {
    std::string text;
    for (const std::string& id : ids) {
      if (!text.empty()) text += zh ? "；" : "; ";
      const auto department = index.department(id);
      text += department ? programme.departments[*department].name.in(language) : id;
    }
    return text;
  };

  Sheet sheet;
  if (programme.kind == ProgrammeKind::demonstration) {
    sheet.cell("演示数据 / Demonstration data");
    // RFC 4180 wants as many cells in every line.
    for (std::size_t i = 1; i < kHeadings.size(); ++i) sheet.cell("");
    sheet.end();
  }
  for (const Heading& heading : kHeadings) sheet.cell(zh ? heading.zh : heading.en);
  sheet.end();
  for (std::size_t i = 0; i < count; ++i) {
    const ActionItem& item = programme.items[i];
    const ItemSchedule times = schedule != nullptr ? schedule->items[i] : ItemSchedule{};
    const auto area = index.area(item.area);
    sheet.cell(item.code);
    sheet.cell(item.title.zh);
    sheet.cell(item.title.en);
    sheet.cell(area ? programme.areas[*area].title.in(language) : item.area);
    sheet.cell(label_of(item.status).in(language));
    sheet.cell(names(item.leads));
    sheet.cell(names(item.partners));
    sheet.cell(item.start);
    sheet.cell(item.due);
    sheet.cell(item.started);
    sheet.cell(item.finished);
    sheet.cell(item.progress ? number(*item.progress) : std::string());
    sheet.cell(times.finish);
    sheet.cell(times.slip);
    sheet.cell(times.total_float);
    sheet.cell(times.finish ? (times.critical ? (zh ? "是" : "yes") : (zh ? "否" : "no")) : "");
    const auto finished =
        std::count_if(item.milestones.begin(), item.milestones.end(),
                      [](const Milestone& milestone) { return milestone.finished.has_value(); });
    sheet.cell(std::to_string(finished));
    sheet.cell(std::to_string(item.milestones.size()));
    const auto source = item.source ? index.source(item.source->source) : std::nullopt;
    sheet.cell(source        ? programme.sources[*source].title.in(language)
               : item.source ? item.source->source
                             : std::string());
    sheet.cell(item.source ? item.source->place.in(language) : std::string());
    sheet.end();
  }
  return sheet.take();
}

}  // namespace tc
