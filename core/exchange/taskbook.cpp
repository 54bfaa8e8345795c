#include "core/exchange/taskbook.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "core/exchange/xml_text.hpp"
#include "core/model/summary.hpp"

namespace tc {

namespace {

constexpr std::size_t kNextDeadlines = 5;

// The type area of GB/T 9704 is 156 mm by 225 mm; the tables turn the page to have room.
// 方正小标宋 exists in one weight only: without synthesis it stays as it is, and the fall-backs
// turn bold. A demonstration is labelled twice in print: in the margin, and, since not every
// browser has margin boxes, by a fixed element, which repeats on every page, pale behind the text.
constexpr std::string_view kStyle = R"(
:root { --song: "FZXiaoBiaoSong-B05S", "方正小标宋简体", "FZXiaoBiaoSong-B05", "STZhongsong", "华文中宋", "Noto Serif CJK SC", "Source Han Serif SC", "SimSun", "宋体", serif;
  --text: "FangSong", "仿宋", "FangSong_GB2312", "仿宋_GB2312", "STFangsong", "华文仿宋", "Noto Serif CJK SC", "Source Han Serif SC", serif;
  --black: "SimHei", "黑体", "STHeiti", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif;
  --kai: "KaiTi", "楷体", "KaiTi_GB2312", "楷体_GB2312", "STKaiti", "Noto Serif CJK SC", serif;
  --size: 16pt; --line: 28pt; --small: 12pt; --small-line: 17pt; --indent: 2em; }
:lang(en) { --song: "Times New Roman", "Liberation Serif", "Noto Serif", "Noto Serif CJK SC", serif;
  --text: var(--song); --black: "Arial", "Liberation Sans", "Noto Sans CJK SC", sans-serif; --kai: var(--song);
  --size: 12pt; --line: 18pt; --small: 10.5pt; --small-line: 14pt; --indent: 0; }
@page { size: A4; margin: 37mm 26mm 35mm 28mm;
  @bottom-center { content: "— " counter(page) " —"; font: 14pt "SimSun", "宋体", "Noto Serif CJK SC", serif; } }
@page wide { size: A4 landscape; margin: 28mm 36mm 26mm 36mm; }
* { box-sizing: border-box; }
html { color: #000; background: #fff; font-synthesis: none; -webkit-text-size-adjust: 100%; }
body { margin: 0; font: var(--size)/var(--line) var(--text); overflow-wrap: anywhere; text-align: justify; text-justify: inter-ideograph; }
body:lang(en) { text-align: start; }
h1 { margin: 0 0 8pt; font: bold 22pt/36pt var(--song); text-align: center; text-wrap: balance; }
h2 { margin: 0; font: normal var(--size)/var(--line) var(--black); text-indent: var(--indent); text-align: start; break-after: avoid; }
h3 { margin: 0; font: normal var(--size)/var(--line) var(--kai); text-indent: var(--indent); text-align: start; break-after: avoid; }
:lang(en) h2 { margin: 12pt 0 4pt; font-weight: bold; }
:lang(en) h3 { margin: 10pt 0 4pt; font-weight: bold; }
p { margin: 0; text-indent: var(--indent); orphans: 2; widows: 2; }
p.subtitle { text-align: center; text-indent: 0; font-family: var(--kai); }
p.subtitle:last-of-type { margin-bottom: 14pt; }
p.note { font-size: var(--small); line-height: var(--small-line); margin: 6pt 0 12pt; text-indent: 0; }
table { width: calc(100% - 1pt); margin: 6pt 0.5pt 12pt; border-collapse: collapse; table-layout: fixed; font-size: var(--small); line-height: var(--small-line); }
th, td { padding: 3pt 4pt; border: 0.75pt solid #000; vertical-align: middle; text-align: start; font-weight: normal; }
th { font-family: var(--black); text-align: center; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
td.middle { text-align: center; text-wrap: balance; }
.day { white-space: nowrap; }
.steps li { display: flex; justify-content: space-between; gap: 4pt; }
.steps i { display: inline-block; width: 0.8em; font-style: normal; text-align: end; }
td.date { text-align: center; white-space: nowrap; font-variant-numeric: tabular-nums; }
td ol, td ul { margin: 0; padding: 0; list-style: none; }
td.inner { padding: 0; }
td.inner table { width: 100%; margin: 0; }
td.inner th, td.inner td { border-width: 0 0 0.75pt 0.75pt; }
td.inner tr > :first-child { border-left: 0; }
td.inner tr:last-child > * { border-bottom: 0; }
.late { font-family: var(--black); }
:lang(en) .late { font-weight: bold; }
:lang(en) th { overflow-wrap: normal; }
.wide { page: wide; }
.wide th, .wide td { padding-inline: 3pt; }
.sheet { break-inside: avoid; margin-bottom: 14pt; }
.sheet li { break-inside: avoid; }
.sign { break-inside: avoid; }
.sign td, .sign th { height: 15mm; }
.sign td.date { text-align: end; padding-right: 8pt; }
.label { position: fixed; font-family: var(--black); }
@media print {
  .label { inset: 40% 0 auto; z-index: -1; font-size: 64pt; line-height: 1; text-align: center; color: #efefef; transform: rotate(-24deg); }
  :lang(en) .label { font-size: 40pt; }
  .screen { display: none; }
}
@media screen {
  html { background: #e8eaed; }
  main { width: 210mm; max-width: 100%; margin: 12mm auto; padding: 20mm 26mm 20mm 28mm; background: #fff; }
  .wide { margin-inline: -16mm -14mm; overflow-x: auto; }
  .wide table { min-width: 180mm; }
  .label { top: 8pt; right: 8pt; padding: 0 6pt; border: 0.75pt solid #000; font-size: 12pt; line-height: 18pt; background: #fff; }
  .screen { max-width: 210mm; margin: 8pt auto 0; padding: 0 8pt; font: 10.5pt/16pt var(--black); color: #333; }
  @media (max-width: 210mm) { main { margin: 0; padding: 6mm; } .wide { margin-inline: 0; } h1 { font-size: 18pt; line-height: 28pt; } }
}
)";

/// Text as HTML shows it: nothing in it is markup, and characters that HTML forbids are replaced.
std::string escaped(std::string_view text) {
  std::string result;
  result.reserve(text.size() + text.size() / 8);
  for (const char c : plain_text(text)) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      case '\'':
        result += "&#39;";
        break;
      case '\n':
        result += "<br>";
        break;
      case '\r':
        break;
      default:
        result += c;
    }
  }
  return result;
}

/// 45 and 33.3, never 45.0.
std::string number(double value) {
  std::array<char, 32> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%.1f", value);
  std::string text = buffer.data();
  if (text.size() > 2 && text.compare(text.size() - 2, 2, ".0") == 0) text.resize(text.size() - 2);
  return text;
}

enum class Role : std::uint8_t { lead, partner };

bool has(const std::vector<std::string>& ids, std::string_view id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

class Book {
 public:
  Book(const Programme& programme, const Schedule* schedule, std::size_t department, Date as_of,
       Language language)
      : programme_(programme),
        schedule_(schedule != nullptr && fits(programme, *schedule) ? schedule : nullptr),
        department_(programme.departments[department]),
        as_of_(as_of),
        zh_(language == Language::zh),
        language_(language),
        index_(programme) {
    for (std::size_t i = 0; i < programme.items.size(); ++i) {
      const ActionItem& item = programme.items[i];
      if (has(item.leads, department_.id)) {
        leads_.push_back(i);
      } else if (has(item.partners, department_.id)) {
        partners_.push_back(i);
      }
    }
    successors_.resize(programme.items.size());
    for (std::size_t i = 0; i < programme.items.size(); ++i) {
      for (const Dependency& dependency : programme.items[i].depends_on) {
        if (const auto on = index_.item(dependency.item)) {
          successors_[*on].emplace_back(i, &dependency);
        }
      }
    }
  }

  std::string html() {
    head();
    title();
    overview();
    if (!leads_.empty()) {
      table(leads_, Role::lead, t("牵头事项清单", "Items led"));
    }
    if (!partners_.empty()) {
      table(partners_, Role::partner, t("配合事项清单", "Items in which it takes part"));
    }
    if (!leads_.empty() || !partners_.empty()) {
      heading(t("事项任务单", "Task sheets"));
      std::size_t sheet_number = 0;
      for (const std::size_t i : leads_) sheet(i, ++sheet_number);
      for (const std::size_t i : partners_) sheet(i, ++sheet_number);
      signatures();
    }
    out_ += "</main>\n</body>\n</html>\n";
    return std::move(out_);
  }

 private:
  static bool fits(const Programme& programme, const Schedule& schedule) {
    if (schedule.items.size() != programme.items.size() ||
        schedule.milestones.size() != programme.items.size()) {
      return false;
    }
    for (std::size_t i = 0; i < programme.items.size(); ++i) {
      if (schedule.milestones[i].size() != programme.items[i].milestones.size()) return false;
    }
    return true;
  }

  // Words --------------------------------------------------------------------------------------

  /// One of two wordings.
  std::string t(const char* zh, const char* en) const { return zh_ ? zh : en; }
  std::string unknown() const { return t("未注明", "not stated"); }
  std::string in(const Text& text) const {
    return text.empty() ? unknown() : escaped(text.in(language_));
  }

  /// 2024年3月8日 / 8 March 2024.
  std::string long_date(Date date) const {
    static constexpr std::array kMonths = {"January",   "February", "March",    "April",
                                           "May",       "June",     "July",     "August",
                                           "September", "October",  "November", "December"};
    const YearMonthDay d = civil(date);
    const std::string year = std::to_string(d.year);
    const std::string day = std::to_string(d.day);
    if (zh_) return year + "年" + std::to_string(d.month) + "月" + day + "日";
    return day + ' ' + kMonths[static_cast<std::size_t>(d.month - 1)] + ' ' + year;
  }
  /// A date, with a word that belongs to it, in one piece.
  static std::string day(Date date, const std::string& before = {}) {
    return "<span class=\"day\">" + before + format_date(date) + "</span>";
  }
  std::string day_done(Date date) const {
    return day(date) + t("<span class=\"day\">完成</span>", " done");
  }
  std::string date_or_unknown(const std::optional<Date>& date) const {
    return date ? day(*date) : unknown();
  }

  std::string working_days(int days) const {
    if (zh_) return std::to_string(days) + "个工作日";
    return std::to_string(days) + (days == 1 ? " working day" : " working days");
  }
  std::string days(int count) const {
    if (zh_) return std::to_string(count) + "天";
    return std::to_string(count) + (count == 1 ? " day" : " days");
  }
  std::string items(std::size_t count) const {
    if (zh_) return std::to_string(count) + "项";
    return std::to_string(count) + (count == 1 ? " item" : " items");
  }

  std::string slip_words(int slip) const {
    if (slip == 0) return t("与计划一致", "as planned");
    const std::string size = working_days(std::abs(slip));
    if (zh_) return (slip > 0 ? "晚" : "早") + size;
    return size + (slip > 0 ? " late" : " early");
  }

  /// Why an item or a milestone has no forecast.
  std::string gap_words(Gap gap) const {
    switch (gap) {
      case Gap::no_due:
        return t("无期限，不能推算", "no deadline to forecast from");
      case Gap::finish_date_unknown:
        return t("已完成，日期未注明", "done, date not stated");
      case Gap::cycle:
        return t("依赖成环，不能推算", "the dependencies form a cycle");
      case Gap::none:
      case Gap::no_dates:
        break;
    }
    return t("无计划时间，不能推算", "no dates to forecast from");
  }

  /// Where an item's finish stands: the actual day, else the forecast, and the slip.
  std::string finish_words(std::size_t i, std::string_view separator) const {
    const ActionItem& item = programme_.items[i];
    if (schedule_ == nullptr) {
      if (item.finished) return day_done(*item.finished);
      return item.status == Status::completed ? gap_words(Gap::finish_date_unknown)
                                              : t("未推算", "not computed");
    }
    const ItemSchedule& times = schedule_->items[i];
    if (!times.finish) return gap_words(times.gap);
    const bool finished = times.state == WorkState::finished;
    std::string text;
    if (finished) {
      text = day_done(*times.finish);
    } else {
      text = day(*times.finish, times.finish_only ? t("最早", "earliest ") : std::string());
    }
    if (times.slip) {
      text += separator;
      text += slip_words(*times.slip);
    }
    return text;
  }

  std::string status_words(const ActionItem& item) const {
    std::string text = escaped(label_of(item.status).in(language_));
    if (is_late(item, as_of_)) {
      text += "<br><span class=\"late\">" + t("已逾期", "overdue") + "</span>";
    }
    return text;
  }

  std::string department_name(const std::string& id) const {
    const auto i = index_.department(id);
    return i ? in(programme_.departments[*i].name) : escaped(id);
  }
  std::string names(const std::vector<std::string>& ids) const {
    if (ids.empty()) return unknown();
    std::string text;
    for (const std::string& id : ids) {
      if (!text.empty()) text += t("、", "; ");
      text += department_name(id);
    }
    return text;
  }
  std::vector<std::string> of_other_cities(const std::vector<std::string>& ids) const {
    std::vector<std::string> result;
    for (const std::string& id : ids) {
      const auto i = index_.department(id);
      if (i && programme_.departments[*i].city != department_.city) result.push_back(id);
    }
    return result;
  }

  /// The department's part in an item and who is on the other side.
  std::string role_words(const ActionItem& item, Role role) const {
    std::string text;
    if (role == Role::lead) {
      text = item.leads.size() > 1 ? t("共同牵头", "joint lead") : t("牵头", "lead");
    } else {
      text = t("配合", "partner");
      text += "<br>" + t("牵头：<br>", "led by ") + names(item.leads);
    }
    std::vector<std::string> others = of_other_cities(item.leads);
    if (!others.empty()) {
      // A partner sees the other city's lead among the leads already.
      if (role == Role::lead) text += "<br>" + t("对方牵头：<br>", "with ") + names(others);
      return text;
    }
    others = of_other_cities(item.partners);
    if (others.empty()) return text + "<br>" + t("对方单位：", "counterpart: ") + unknown();
    text += "<br>" + t("对方配合：<br>", "with, as partners, ") + names(others);
    return text;
  }

  std::string milestone_lines(const ActionItem& item) const {
    if (item.milestones.empty()) return unknown();
    std::string text = "<ol class=\"steps\">";
    for (std::size_t k = 0; k < item.milestones.size(); ++k) {
      const Milestone& milestone = item.milestones[k];
      text += "<li><span>" + std::to_string(k + 1) + ". " + in(milestone.title) +
              "</span> <span class=\"day\">" + date_or_unknown(milestone.due) + "<i>" +
              (milestone.finished ? "√" : "") + "</i></span></li>";
    }
    return text + "</ol>";
  }

  std::string milestone_finish(std::size_t i, std::size_t k) const {
    const Milestone& milestone = programme_.items[i].milestones[k];
    if (milestone.finished) return day_done(*milestone.finished);
    if (schedule_ == nullptr) return t("未推算", "not computed");
    const MilestoneSchedule& times = schedule_->milestones[i][k];
    if (times.finished && !times.finish) return gap_words(Gap::finish_date_unknown);
    if (!times.finish) return gap_words(times.gap);
    std::string text = day(*times.finish);
    if (times.slip && *times.slip != 0) text += t("，", ", ") + slip_words(*times.slip);
    return text;
  }

  /// What a dependency demands, as a sentence; `waiting`: seen from the item that waits.
  std::string dependency_words(const Dependency& d, bool waiting) const {
    const bool from_finish =
        d.type == DependencyType::finish_to_start || d.type == DependencyType::finish_to_finish;
    const bool to_finish =
        d.type == DependencyType::finish_to_finish || d.type == DependencyType::start_to_finish;
    const int size = std::abs(d.lag_days);
    if (zh_) {
      std::string text = waiting ? "其" : "本事项";
      text += from_finish ? "完成" : "开始";
      text += d.lag_days < 0 ? "前" : "";
      text += d.lag_days != 0 ? working_days(size) : "";
      text += d.lag_days < 0 ? "起，" : "后，";
      text += waiting ? "本事项方可" : "其方可";
      return text + (to_finish ? "完成" : "开始");
    }
    std::string text = waiting ? "this item can " : "it can ";
    text += to_finish ? "finish " : "start ";
    if (d.lag_days != 0) text += working_days(size) + ' ';
    text += d.lag_days < 0 ? "before " : d.lag_days > 0 ? "after " : "once ";
    text += waiting ? "that one " : "this one ";
    return text + (d.lag_days < 0 ? (from_finish ? "finishes" : "starts")
                                  : (from_finish ? "has finished" : "has started"));
  }

  std::string linked(std::size_t other, const Dependency& dependency, bool waiting) const {
    const ActionItem& item = programme_.items[other];
    std::string text = "<li>" + escaped(item.code) + ' ' + in(item.title) + t("（", " (");
    text += names(item.leads) + t("，", ", ") + escaped(label_of(item.status).in(language_));
    text += t("）：", "): ") + dependency_words(dependency, waiting);
    return text + t("。", ".") + "</li>";
  }

  std::string predecessors(const ActionItem& item) const {
    if (item.depends_on.empty()) return t("清单未列", "none listed");
    std::string text = "<ul>";
    for (const Dependency& dependency : item.depends_on) {
      if (const auto on = index_.item(dependency.item)) {
        text += linked(*on, dependency, true);
      } else {
        text +=
            "<li>" + escaped(dependency.item) + t("（清单中没有）", " (not in the list)") + "</li>";
      }
    }
    return text + "</ul>";
  }
  std::string successors(std::size_t i) const {
    if (successors_[i].empty()) return t("清单未列", "none listed");
    std::string text = "<ul>";
    for (const auto& [item, dependency] : successors_[i]) text += linked(item, *dependency, false);
    return text + "</ul>";
  }

  std::string evidence_words(const ActionItem& item) const {
    if (item.evidence.empty()) return t("0份", "none");
    std::array<std::size_t, 3> counts{};
    for (const Evidence& each : item.evidence) ++counts[static_cast<std::size_t>(each.kind)];
    static constexpr std::array<const char*, 3> kZh = {"链接", "说明", "文件"};
    static constexpr std::array<const char*, 3> kEn = {"links", "notes", "files"};
    std::string kinds;
    for (std::size_t k = 0; k < counts.size(); ++k) {
      if (counts[k] == 0) continue;
      if (!kinds.empty()) kinds += t("、", ", ");
      const std::string count = std::to_string(counts[k]);
      kinds += zh_ ? kZh[k] + count + "份" : std::string(kEn[k]) + ": " + count;
    }
    const std::string total = std::to_string(item.evidence.size());
    return zh_ ? total + "份（" + kinds + "）" : total + " (" + kinds + ")";
  }

  std::string source_words(const ActionItem& item) const {
    if (!item.source) return unknown();
    std::string text;
    if (const auto i = index_.source(item.source->source)) {
      const Source& source = programme_.sources[*i];
      text = in(source.title);
      if (!source.publisher.empty()) text += t("，", ", ") + in(source.publisher);
      if (source.date) text += t("，", ", ") + format_date(*source.date);
    } else {
      text = escaped(item.source->source);
    }
    if (!item.source->place.empty()) text += t("，", ", ") + in(item.source->place);
    return text;
  }

  /// What there is to say of a day that something really began or ended.
  std::string actual(const std::optional<Date>& date, bool happened, bool unknown_status,
                     const char* zh, const char* en) const {
    if (date) return day(*date);
    return happened || unknown_status ? unknown() : t(zh, en);
  }

  // Parts --------------------------------------------------------------------------------------

  void head() {
    out_ += "<!DOCTYPE html>\n<html lang=\"" + t("zh-CN", "en") + "\">\n<head>\n";
    out_ +=
        "<meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
        "'unsafe-inline'\">\n"
        "<meta name=\"viewport\" content=\"width=device-width\">\n";
    out_ += "<title>" + in(department_.name) + t("任务书", " – Task book") + "</title>\n<style>";
    out_ += kStyle;
    if (demonstration()) {
      out_ += "@page { @top-right { content: \"" + t("演示数据", "Demonstration data") +
              "\"; font: 12pt \"SimHei\", \"Noto Sans CJK SC\", sans-serif; } }\n";
    }
    out_ += "</style>\n</head>\n<body>\n";
    if (demonstration()) {
      out_ += "<div class=\"label\">" + t("演示数据", "Demonstration data") + "</div>\n";
    }
    out_ +=
        "<p class=\"screen\">" +
        t("打印提示：纸张选A4，边距选“默认”。如打印件没有页码，请在打印对话框中打开“页眉和页脚”"
          "。",
          "To print: A4, default margins. Where pages come out without numbers, turn on headers "
          "and footers in the print dialogue.") +
        "</p>\n<main>\n";
  }

  bool demonstration() const { return programme_.kind == ProgrammeKind::demonstration; }

  void title() {
    out_ += "<h1>" + in(department_.name) + "<br>" + t("任务书", "Task book") + "</h1>\n";
    out_ += "<p class=\"subtitle\">" + in(programme_.title) + "</p>\n";
    out_ += "<p class=\"subtitle\">" +
            (zh_ ? "（截至" + long_date(as_of_) + "）" : "As of " + long_date(as_of_)) + "</p>\n";
  }

  void heading(const std::string& text) {
    ++section_;
    out_ += "<h2>" + (zh_ ? chinese_number(section_) + "、" : std::to_string(section_) + ". ") +
            text + "</h2>\n";
  }
  void subheading(std::size_t n, const std::string& text) {
    out_ += "<h3>" +
            (zh_ ? "（" + chinese_number(n) + "）"
                 : std::to_string(section_) + '.' + std::to_string(n) + ' ') +
            text + "</h3>\n";
  }
  void paragraph(const std::string& text) { out_ += "<p>" + text + "</p>\n"; }

  void overview() {
    heading(t("总体情况", "Overview"));
    if (leads_.empty() && partners_.empty()) {
      paragraph(zh_ ? "截至" + long_date(as_of_) + "，本单位在清单中没有牵头或者配合的事项。"
                    : "As of " + long_date(as_of_) +
                          ", this department has no items in the list, neither as lead nor as "
                          "partner.");
      return;
    }
    const std::size_t all = leads_.size() + partners_.size();
    paragraph(zh_ ? "截至" + long_date(as_of_) + "，本单位共承担事项" + items(all) + "，其中牵头" +
                        items(leads_.size()) + "、配合" + items(partners_.size()) +
                        "。按状态统计如下："
                  : "As of " + long_date(as_of_) + ", this department has " + items(all) +
                        ": it leads " + std::to_string(leads_.size()) + " and takes part in " +
                        std::to_string(partners_.size()) + ". By status:");
    counts_table();
    std::size_t n = 0;
    late(++n);
    if (schedule_ != nullptr) forecast_late(++n);
    next(++n);
  }

  void counts_table() {
    StatusCounts lead;
    StatusCounts partner;
    for (const std::size_t i : leads_) ++lead[programme_.items[i].status];
    for (const std::size_t i : partners_) ++partner[programme_.items[i].status];
    out_ += "<table><thead><tr><th>" + t("状态", "Status") + "</th><th>" + t("牵头", "Lead") +
            "</th><th>" + t("配合", "Partner") + "</th><th>" + t("合计", "Total") +
            "</th></tr></thead><tbody>\n";
    const auto row = [this](const std::string& name, std::size_t a, std::size_t b) {
      out_ += "<tr><td class=\"middle\">" + name + "</td>";
      for (const std::size_t count : {a, b, a + b}) {
        out_ += "<td class=\"middle\">" + std::to_string(count) + "</td>";
      }
      out_ += "</tr>\n";
    };
    for (const Status status : kStatuses) {
      if (lead[status] + partner[status] == 0) continue;
      row(escaped(label_of(status).in(language_)), lead[status], partner[status]);
    }
    row(t("合计", "Total"), lead.total(), partner.total());
    out_ += "</tbody></table>\n";
  }

  /// Runs over the items that the department leads, then those in which it takes part.
  template <class Visit>
  void each_item(Visit visit) const {
    for (const std::size_t i : leads_) visit(i);
    for (const std::size_t i : partners_) visit(i);
  }

  std::string item_name(std::size_t i) const {
    const ActionItem& item = programme_.items[i];
    return escaped(item.code) + ' ' + in(item.title);
  }

  void late(std::size_t n) {
    subheading(n, t("逾期未完成", "Overdue"));
    bool any = false;
    std::size_t open_ended = 0;
    each_item([&](std::size_t i) {
      const ActionItem& item = programme_.items[i];
      if (item.status != Status::completed && !item.due) ++open_ended;
      if (!is_late(item, as_of_)) return;
      any = true;
      const std::string over = days(as_of_ - *item.due);
      paragraph(zh_ ? item_name(i) + "：期限" + long_date(*item.due) + "，已逾期" + over + "。"
                    : item_name(i) + ": due " + long_date(*item.due) + ", " + over + " overdue.");
    });
    const std::string none =
        any ? "" : t("没有超过期限而未完成的事项。", "No item is past a stated deadline.");
    const std::string rest =
        open_ended == 0 ? ""
        : zh_ ? "未完成事项中有" + items(open_ended) + "未注明期限，不能判断是否逾期。"
              : "Unfinished without a stated deadline: " + items(open_ended) +
                    "; whether they are late can't be told.";
    remark(none, rest);
  }

  void forecast_late(std::size_t n) {
    subheading(n, t("预计晚于期限", "Forecast to miss the deadline"));
    bool any = false;
    std::size_t unscheduled = 0;
    each_item([&](std::size_t i) {
      const ItemSchedule& times = schedule_->items[i];
      if (times.state != WorkState::finished && !times.finish) ++unscheduled;
      if (times.state == WorkState::finished || !times.slip || *times.slip <= 0) return;
      any = true;
      paragraph(item_name(i) + (zh_ ? "：预计" + long_date(*times.finish) + "完成，" +
                                          slip_words(*times.slip) + "。"
                                    : ": forecast for " + long_date(*times.finish) + ", " +
                                          slip_words(*times.slip) + "."));
    });
    const std::string none = any ? ""
                                 : t("能够推算的事项中，没有预计晚于期限的。",
                                     "None of the items with a forecast will miss its deadline.");
    const std::string rest = unscheduled == 0 ? ""
                             : zh_ ? "有" + items(unscheduled) + "缺少计划时间，不能推算。"
                                   : "Without dates to forecast from: " + items(unscheduled) + '.';
    remark(none, rest);
  }

  /// Two sentences in a paragraph, either of which may be missing.
  void remark(const std::string& first, const std::string& second) {
    if (first.empty() && second.empty()) return;
    const bool both = !first.empty() && !second.empty() && !zh_;
    paragraph(first + (both ? " " : "") + second);
  }

  void next(std::size_t n) {
    subheading(n, t("最近的期限", "Next deadlines"));
    std::vector<Deadline> deadlines;
    each_item([&](std::size_t i) {
      const ActionItem& item = programme_.items[i];
      if (item.status == Status::completed) return;
      if (item.due && *item.due >= as_of_) deadlines.push_back({i, std::nullopt, *item.due});
      for (std::size_t k = 0; k < item.milestones.size(); ++k) {
        const Milestone& milestone = item.milestones[k];
        if (milestone.due && !milestone.finished && *milestone.due >= as_of_) {
          deadlines.push_back({i, k, *milestone.due});
        }
      }
    });
    std::stable_sort(deadlines.begin(), deadlines.end(),
                     [](const Deadline& a, const Deadline& b) { return a.due < b.due; });
    if (deadlines.empty()) {
      paragraph(t("清单没有注明此后的期限。", "The list states no deadline from here on."));
      return;
    }
    for (std::size_t k = 0; k < std::min(kNextDeadlines, deadlines.size()); ++k) {
      const Deadline& each = deadlines[k];
      std::string text = long_date(each.due) + t("：", ": ") + item_name(each.item);
      if (each.milestone) {
        text += t("——", " – ") + in(programme_.items[each.item].milestones[*each.milestone].title);
      }
      paragraph(text + t("。", "."));
    }
  }

  void table(const std::vector<std::size_t>& list, Role role, const std::string& title) {
    out_ += "<section class=\"wide\">\n";
    heading(title);
    // Chinese needs room for units' names, English for titles.
    static constexpr std::array kWidthsZh = {5.5, 6.5, 13.0, 26.5, 11.0, 12.5, 8.5, 16.5};
    static constexpr std::array kWidthsEn = {4.5, 7.0, 17.0, 25.0, 9.5, 11.0, 10.0, 16.0};
    out_ += "<table><colgroup>";
    for (const double width : zh_ ? kWidthsZh : kWidthsEn) {
      out_ += "<col style=\"width:" + number(width) + "%\">";
    }
    out_ += "</colgroup>\n<thead><tr>";
    for (const std::string& name :
         {t("序号", "No."), t("编号", "Code"), t("事项", "Item"),
          t("成果形式及时限", "Deliverables and dates"), t("起止时间", "Start and deadline"),
          t("预计完成", "Forecast finish"), t("状态", "Status"),
          t("职责及<br>对方单位", "Role and counterpart")}) {
      out_ += "<th>" + name + "</th>";
    }
    out_ += "</tr></thead>\n<tbody>\n";
    std::size_t n = 0;
    for (const std::size_t i : list) {
      const ActionItem& item = programme_.items[i];
      out_ += "<tr><td class=\"middle\">" + std::to_string(++n) + "</td><td class=\"middle\">" +
              escaped(item.code) + "</td><td>" + in(item.title) + "</td><td>" +
              milestone_lines(item) + "</td><td class=\"middle\">";
      if (!item.start && !item.due) {
        out_ += unknown();
      } else {
        out_ += (item.start ? day(*item.start) : t("开始未注明", "start not stated")) +
                t("<br>至<br>", "<br>to<br>") +
                (item.due ? day(*item.due) : t("期限未注明", "deadline not stated"));
      }
      out_ += "</td><td class=\"middle\">" + finish_words(i, "<br>") +
              "</td><td class=\"middle\">" + status_words(item) + "</td><td>" +
              role_words(item, role) + "</td></tr>\n";
    }
    out_ += "</tbody></table>\n";
    out_ += "<p class=\"note\">" + t("注：√ 表示已完成。", "√ done.");
    if (schedule_ != nullptr) {
      out_ +=
          t("预计完成时间按截至日的进度、事项之间的先后关系和法定工作日推算；早晚以期限为准，"
            "按工作日计。",
            " Forecasts follow from progress on the day, from what each item waits for and from "
            "the working calendar; they are measured against the deadline in working days.");
    }
    out_ += "</p>\n";
    out_ += "</section>\n";
  }

  /// A row of the sheet: one label over the whole width, or two.
  void row(const std::string& label, const std::string& value) {
    out_ += "<tr><th>" + label + "</th><td colspan=\"3\">" + value + "</td></tr>\n";
  }
  void row(const std::string& label, const std::string& value, const std::string& label2,
           const std::string& value2) {
    out_ += "<tr><th>" + label + "</th><td>" + value + "</td><th>" + label2 + "</th><td>" + value2 +
            "</td></tr>\n";
  }

  void sheet(std::size_t i, std::size_t n) {
    const ActionItem& item = programme_.items[i];
    const bool completed = item.status == Status::completed;
    const bool no_status = item.status == Status::unknown;
    out_ += "<section class=\"sheet\">\n";
    subheading(n, item_name(i));
    out_ +=
        "<table><colgroup><col style=\"width:19%\"><col style=\"width:31%\"><col "
        "style=\"width:19%\"><col style=\"width:31%\"></colgroup><tbody>\n";
    row(t("主要内容", "Summary"), in(item.summary));
    const auto area = index_.area(item.area);
    row(t("所属方面", "Area"), area ? in(programme_.areas[*area].title) : unknown());
    row(t("状态", "Status"), status_words(item), t("进度", "Progress"),
        item.progress ? number(*item.progress) + "%" : unknown());
    row(t("牵头单位", "Leads"), names(item.leads));
    row(t("配合单位", "Partners"), names(item.partners));
    row(t("计划开始", "Planned start"), date_or_unknown(item.start), t("完成期限", "Deadline"),
        date_or_unknown(item.due));
    row(t("实际开始", "Started"),
        actual(item.started, item.status != Status::not_started, no_status, "尚未开始", "not yet"),
        t("实际完成", "Finished"),
        actual(item.finished, completed, no_status, "尚未完成", "not yet"));
    row(t("预计完成", "Forecast finish"), finish_words(i, t("，", ", ")));
    if (schedule_ != nullptr && schedule_->items[i].state != WorkState::finished) {
      row(t("时间余量", "Float"), float_words(schedule_->items[i]));
    }
    milestones(i);
    row(t("前置事项", "Waits for"), predecessors(item));
    row(t("后续事项", "Waited for by"), successors(i));
    row(t("佐证材料", "Evidence"), evidence_words(item));
    row(t("来源", "Source"), source_words(item));
    out_ += "</tbody></table>\n</section>\n";
  }

  std::string float_words(const ItemSchedule& times) const {
    if (!times.total_float) return gap_words(times.gap);
    const int spare = *times.total_float;
    std::string text;
    if (spare < 0) {
      text = zh_ ? "比最晚时间超出" + working_days(-spare)
                 : working_days(-spare) + " past the latest date that would do";
    } else if (spare == 0) {
      text = t("不能再推迟，否则影响总工期", "none; any delay moves the whole programme");
    } else {
      text = zh_ ? "可再推迟" + working_days(spare) + "而不影响总工期"
                 : "can slip by " + working_days(spare) + " before the whole programme does";
    }
    if (times.critical) text += t("（关键事项）", " (critical)");
    if (times.logic_incomplete) {
      text += t("；有前置事项的时间不明，未计入", "; a predecessor without dates is left out");
    }
    if (times.progress_assumed) {
      text += t("；进度未注明，按计划进度推算", "; progress not stated, taken to be as planned");
    }
    return text;
  }

  void milestones(std::size_t i) {
    const ActionItem& item = programme_.items[i];
    if (item.milestones.empty()) {
      row(t("成果节点", "Milestones"), unknown());
      return;
    }
    out_ += "<tr><th>" + t("成果节点", "Milestones") +
            "</th><td colspan=\"3\" class=\"inner\"><table><colgroup><col style=\"width:46%\"><col "
            "style=\"width:23%\"><col style=\"width:31%\"></colgroup><tbody>\n<tr><th>" +
            t("成果", "Deliverable") + "</th><th>" + t("时限", "Due") + "</th><th>" +
            t("完成或预计", "Done or forecast") + "</th></tr>\n";
    for (std::size_t k = 0; k < item.milestones.size(); ++k) {
      const Milestone& milestone = item.milestones[k];
      out_ += "<tr><td>" + in(milestone.title) + "</td><td class=\"date\">" +
              date_or_unknown(milestone.due) + "</td><td class=\"middle\">" +
              milestone_finish(i, k) + "</td></tr>\n";
    }
    out_ += "</tbody></table></td></tr>\n";
  }

  void signatures() {
    out_ += "<section class=\"sign\">\n";
    heading(t("签字确认", "Signatures"));
    paragraph(t("本单位已知悉上述任务及其期限，将按要求组织落实。",
                "This department has taken note of the tasks above and of their deadlines."));
    const std::string day = t("年&emsp;&emsp;月&emsp;&emsp;日", "");
    out_ +=
        "<table><colgroup><col style=\"width:26%\"><col style=\"width:30%\"><col "
        "style=\"width:12%\"><col style=\"width:32%\"></colgroup><tbody>\n";
    row(t("责任单位<br>（盖章）", "Department (seal)"), in(department_.name));
    for (const std::string& label : {t("负责人<br>（签字）", "Head (signature)"),
                                     t("承办人<br>（签字）", "Officer in charge (signature)")}) {
      out_ += "<tr><th>" + label + "</th><td></td><th>" + t("日期", "Date") +
              "</th><td class=\"date\">" + day + "</td></tr>\n";
    }
    out_ += "</tbody></table>\n</section>\n";
  }

  const Programme& programme_;
  const Schedule* schedule_;
  const Department& department_;
  const Date as_of_;
  const bool zh_;
  const Language language_;
  const Index index_;
  std::vector<std::size_t> leads_;
  std::vector<std::size_t> partners_;
  std::vector<std::vector<std::pair<std::size_t, const Dependency*>>> successors_;
  std::size_t section_ = 0;
  std::string out_;
};

}  // namespace

std::string chinese_number(std::size_t number) {
  static constexpr std::array<const char*, 10> kDigits = {"〇", "一", "二", "三", "四",
                                                          "五", "六", "七", "八", "九"};
  static constexpr std::array<const char*, 4> kPlaces = {"", "十", "百", "千"};
  if (number == 0) return kDigits[0];
  if (number > 9999) return std::to_string(number);
  std::string text;
  bool gap = false;
  std::size_t power = 1000;
  for (std::size_t place = 4; place-- > 0; power /= 10) {
    const std::size_t digit = number / power % 10;
    if (digit == 0) {
      gap = !text.empty();
      continue;
    }
    if (gap) text += "零";
    gap = false;
    // 十一, but 一百一十一.
    if (!(digit == 1 && place == 1 && text.empty())) text += kDigits[digit];
    text += kPlaces[place];
  }
  return text;
}

std::string taskbook_html(const Programme& programme, const Schedule* schedule,
                          std::size_t department, Date as_of, Language language) {
  if (department >= programme.departments.size()) return {};
  return Book(programme, schedule, department, as_of, language).html();
}

}  // namespace tc
