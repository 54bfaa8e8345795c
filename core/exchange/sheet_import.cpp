#include "core/exchange/sheet_import.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <tuple>
#include <unordered_set>
#include <utility>

#include "core/exchange/csv.hpp"
#include "core/exchange/sheet_columns.hpp"
#include "core/ledger/fold.hpp"
#include "core/ledger/keyed_document.hpp"
#include "core/model/programme_json.hpp"
#include "core/model/programme_writer.hpp"
#include "core/model/progress.hpp"

namespace tc {

namespace {

using nlohmann::json;
using sheets::Column;
using sheets::Kind;
using sheets::SheetKind;
using sheets::ValueType;

constexpr std::size_t kHeadingRows = 30;
constexpr std::size_t kMaxRounds = 100;
constexpr double kTenThousand = 10'000;

/// What is wrong with a cell.
struct Fault {
  ErrorCode code = ErrorCode::wrong_type;
  std::string message;
};

/// What a cell says: nothing new, a value, or something that can't be understood.
struct Reading {
  std::optional<json> value;
  std::optional<Fault> fault;
};

bool has_han(std::string_view text) {
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const auto next = static_cast<unsigned char>(text[i + 1]);
    if ((byte == 0xE3 && next >= 0x90) || (byte >= 0xE4 && byte <= 0xE9)) return true;
  }
  return false;
}

/// Spreadsheets keep 15 significant digits.
bool same_number(double a, double b) {
  if (a == b) return true;
  std::array<char, 40> x{};
  std::array<char, 40> y{};
  std::snprintf(x.data(), x.size(), "%.15g", a);
  std::snprintf(y.data(), y.size(), "%.15g", b);
  return std::string_view(x.data()) == y.data();
}

json json_number(double value) {
  constexpr double kMaxWhole = 9007199254740992.0;
  if (value == std::floor(value) && std::abs(value) <= kMaxWhole) {
    return static_cast<std::int64_t>(value);
  }
  return value;
}

bool all_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// A number written as text: digits with a point, perhaps a sign, commas between thousands and an
/// exponent. Independent of the locale, as JSON's numbers are.
std::optional<double> parse_number(std::string_view text) {
  std::string plain = sheets::folded(text);
  for (const std::string_view minus : {"−", "—"}) {
    if (plain.starts_with(minus)) plain.replace(0, minus.size(), "-");
  }
  std::string number;
  if (plain.starts_with('-')) number = "-";
  std::size_t at = plain.find_first_not_of("+-");
  if (at == std::string::npos || at > 1) return std::nullopt;
  const std::size_t point = std::min(plain.find_first_of(".e", at), plain.size());
  std::string whole = plain.substr(at, point - at);
  if (const std::size_t comma = whole.find(','); comma != std::string::npos) {
    if (comma == 0 || comma > 3) return std::nullopt;
    for (std::size_t i = comma; i < whole.size(); i += 4) {
      if (whole[i] != ',' || whole.size() - i < 4) return std::nullopt;
    }
    whole.erase(std::remove(whole.begin(), whole.end(), ','), whole.end());
  }
  whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size()));
  number += (whole.empty() ? "0" : whole) + plain.substr(point);
  if (point == at && plain.find_first_of("0123456789", point) != point + 1) return std::nullopt;
  const json value = json::parse(number, nullptr, false);
  if (!value.is_number()) return std::nullopt;
  const double result = value.get<double>();
  return std::isfinite(result) ? std::optional(result) : std::nullopt;
}

/// A day as Excel counts it: 1 is 1900-01-01, and 60 the 29 February 1900 that never was.
std::optional<Date> date_of_serial(double serial) {
  if (serial >= 19000101 && serial <= 21991231 && serial == std::floor(serial)) {
    const int digits = static_cast<int>(serial);
    return make_date(digits / 10000, digits / 100 % 100, digits % 100);
  }
  // A year alone would be taken for a day in 1905.
  const bool year = serial >= 1900 && serial <= 2199 && serial == std::floor(serial);
  if (!(serial >= 1 && serial < 200000) || year) return std::nullopt;
  const int days = static_cast<int>(std::floor(serial));
  if (days == 60) return std::nullopt;
  const Date date{days - (days < 60 ? 25568 : 25569)};
  const YearMonthDay parts = civil(date);
  return make_date(parts.year, parts.month, parts.day);
}

/// 2024-03-23, 2024/3/23, 2024.3.23, 2024年3月23日, 20240323, a serial number; a time of day after
/// it is passed over.
std::optional<Date> parse_day(std::string_view text) {
  const std::size_t space = text.find_first_of(" T\t");
  if (space != std::string_view::npos && text.find(':', space) != std::string_view::npos) {
    const std::string_view time = text.substr(space + 1);
    if (time.find_first_not_of("0123456789:.Z ") != std::string_view::npos) return std::nullopt;
    text = text.substr(0, space);
  }
  const std::string plain = sheets::folded(text);
  if (all_digits(plain)) {
    if (plain.size() != 5 && plain.size() != 8) return std::nullopt;
    return date_of_serial(std::stod(plain));
  }
  std::array<int, 3> numbers{};
  std::string_view rest = plain;
  std::string_view first_separator;
  constexpr std::array<std::string_view, 6> kAfterYear = {"-", "/", ".", "年", "—", "–"};
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const std::size_t most = i == 0 ? 4 : 2;
    std::size_t digits = 0;
    while (digits < rest.size() && digits < most && rest[digits] >= '0' && rest[digits] <= '9') {
      numbers[i] = numbers[i] * 10 + (rest[digits++] - '0');
    }
    if (digits == 0 || (i == 0 && digits != 4)) return std::nullopt;
    rest.remove_prefix(digits);
    if (i == 0) {
      for (const std::string_view separator : kAfterYear) {
        if (rest.starts_with(separator)) first_separator = separator;
      }
    }
    if (i == 2) break;
    const std::string_view separator = i == 1 && first_separator == "年" ? "月" : first_separator;
    if (separator.empty() || !rest.starts_with(separator)) return std::nullopt;
    rest.remove_prefix(separator.size());
  }
  const bool chinese = first_separator == "年" && (rest == "日" || rest == "号");
  if (!rest.empty() && !chinese) return std::nullopt;
  return make_date(numbers[0], numbers[1], numbers[2]);
}

/// The text split where any of the separators stands, without empty parts.
std::vector<std::string> split(std::string_view text,
                               std::initializer_list<std::string_view> separators) {
  std::vector<std::string> parts{{}};
  while (!text.empty()) {
    const auto found =
        std::find_if(separators.begin(), separators.end(),
                     [text](std::string_view separator) { return text.starts_with(separator); });
    if (found == separators.end()) {
      parts.back() += text.front();
      text.remove_prefix(1);
    } else {
      parts.emplace_back();
      text.remove_prefix(found->size());
    }
  }
  for (std::string& part : parts) part = sheets::trimmed(part);
  parts.erase(std::remove(parts.begin(), parts.end(), std::string()), parts.end());
  return parts;
}

/// Codes after the pattern of those that there are: K-09 after K-08.
class CodeSequence {
 public:
  void know(const std::string& code) {
    if (!taken_.insert(code).second) return;
    const std::size_t last = code.find_last_not_of("0123456789");
    const std::size_t from = last == std::string::npos ? 0 : last + 1;
    const std::size_t digits = code.size() - from;
    if (digits == 0 || digits > 9) return;
    Pattern& pattern = patterns_[code.substr(0, from)];
    if (pattern.count++ == 0) pattern.order = patterns_.size();
    const long number = std::stol(code.substr(from));
    if (number >= pattern.last) pattern.width = digits;
    pattern.last = std::max(pattern.last, number);
  }

  std::string next(const std::string& usual_prefix, std::size_t usual_width) {
    std::string prefix = usual_prefix;
    Pattern best{0, 0, usual_width, 0};
    for (const auto& [name, pattern] : patterns_) {
      const bool better =
          pattern.count > best.count || (pattern.count == best.count && pattern.order < best.order);
      if (!better) continue;
      prefix = name;
      best = pattern;
    }
    std::string code;
    do {
      std::string digits = std::to_string(++best.last);
      digits.insert(0, best.width - std::min(best.width, digits.size()), '0');
      code = prefix + digits;
    } while (taken_.contains(code));
    know(code);
    return code;
  }

 private:
  struct Pattern {
    std::size_t count = 0;
    long last = 0;
    std::size_t width = 1;
    std::size_t order = 0;
  };
  std::unordered_set<std::string> taken_;
  std::map<std::string, Pattern> patterns_;
};

class Planner {
 public:
  Planner(const Programme& programme, const Workbook& workbook, Language language,
          const ImportChoices& choices)
      : programme_(programme),
        workbook_(workbook),
        choices_(choices),
        language_(language),
        names_(programme) {}

  /// Does the next part; false when nothing is left.
  bool step() {
    switch (stage_) {
      case Stage::document:
        if (!writer_.step()) stage_ = Stage::layouts;
        break;
      case Stage::layouts:
        document_ = KeyedDocument(writer_.document());
        know();
        stage_ = Stage::rows;
        break;
      case Stage::rows:
        read_on();
        break;
      case Stage::settle:
        if (settle_next()) break;
        finish();
        stage_ = Stage::done;
        break;
      case Stage::done:
        break;
    }
    return stage_ != Stage::done;
  }

  double progress() const {
    switch (stage_) {
      case Stage::document:
        return 0.4 * writer_.progress();
      case Stage::layouts:
        return 0.4;
      case Stage::rows:
        return 0.5 + 0.3 * share(rows_read_, rows_there_);
      case Stage::settle:
        return 0.8 + 0.19 * settled();
      case Stage::done:
        return 1;
    }
    return 1;
  }

  ImportPlan take() { return std::move(plan_); }

 private:
  enum class Stage { document, layouts, rows, settle, done };

  struct Use {
    std::size_t at = 0;  ///< column of the sheet
    const Column* column = nullptr;
    std::string other_path;    ///< of a text in either language: that of the other one
    bool has_above_1 = false;  ///< percentages: whether any figure is above 1
    double factor = 1;         ///< money: of the unit that the heading names
  };

  struct Layout {
    std::size_t sheet = 0;
    const SheetKind* kind = nullptr;
    std::size_t first_row = 0;  ///< below the headings
    std::vector<Use> uses;
  };

  struct Row {
    std::size_t sheet = 0;
    Kind kind = Kind::items;
    std::size_t key_column = 0;
    std::string element;  ///< keyed pointer of the top-level element
    bool adds_element = false;
    PlannedRow planned;
    std::vector<Change> changes;
    std::vector<std::pair<std::string, std::size_t>> cells;  ///< pointer and column
  };

  struct Problem {
    std::size_t sheet = 0, row = 0, column = 0;
    CellError error;
  };

  std::string pick(const char* zh, const char* en) const {
    return language_ == Language::zh ? zh : en;
  }

  void know() {
    for (std::size_t i = 0; i < workbook_.sheets.size(); ++i) {
      if (auto layout = layout_of(i)) layouts_.push_back(std::move(*layout));
    }
    if (layouts_.empty() && plan_.errors.empty()) {
      plan_.errors.push_back(
          {{},
           ErrorCode::wrong_format,
           pick("没有找到可导入的工作表；应有一行标题，例如：编号、事项、状态、期限",
                "no sheet to import; expected a row of headings, such as Code, Title, Status, "
                "Due")});
    }
    for (const ActionItem& item : programme_.items) {
      codes_.know(item.code);
      know_title(item.title.zh, item.code);
      know_title(item.title.en, item.code);
    }
    for (const Layout& layout : layouts_) {
      if (layout.kind->kind == Kind::items) know_codes(layout);
    }
    // Items first, since the rows of other sheets may belong to new ones.
    std::stable_sort(layouts_.begin(), layouts_.end(), [](const Layout& a, const Layout& b) {
      return a.kind < b.kind;  // in the order of `sheet_kinds`
    });
    for (const Layout& layout : layouts_) rows_there_ += sheet(layout).rows.size();
    next_row_ = layouts_.empty() ? 0 : layouts_.front().first_row;
  }

  void read_on() {
    constexpr std::size_t kStep = 100;
    for (std::size_t i = 0; i < kStep; ++i) {
      while (layout_ < layouts_.size() && next_row_ >= sheet(layouts_[layout_]).rows.size()) {
        ++layout_;
        if (layout_ < layouts_.size()) next_row_ = layouts_[layout_].first_row;
      }
      if (layout_ == layouts_.size()) {
        stage_ = Stage::settle;
        return;
      }
      read_at(layouts_[layout_], next_row_++);
      ++rows_read_;
    }
  }

  const Sheet& sheet(const Layout& layout) const { return workbook_.sheets[layout.sheet]; }

  static std::string text_of(const std::vector<Cell>& row, std::size_t column) {
    return column < row.size() ? sheets::trimmed(cell_text(row[column])) : std::string();
  }

  // ---- Where things are -----------------------------------------------------------------------

  struct HeadingAt {
    std::size_t at = 0;
    sheets::HeadingMatch match;
  };

  static std::vector<HeadingAt> headings_in(const SheetKind& kind, const std::vector<Cell>& row) {
    std::vector<HeadingAt> found;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string* text = row[i].text();
      if (text == nullptr) continue;
      if (const auto match = sheets::match_heading(kind, *text)) found.push_back({i, *match});
    }
    return found;
  }

  /// Whether the headings are enough to tell that the sheet is of this kind.
  static bool tells_kind(const SheetKind& kind, const std::vector<HeadingAt>& found, bool named) {
    const auto has = [&](std::string_view path) {
      return std::any_of(found.begin(), found.end(), [&](const HeadingAt& heading) {
        return kind.columns[heading.match.column].path == path;
      });
    };
    if (found.size() < (named ? 1U : 2U)) return false;
    switch (kind.kind) {
      case Kind::items:
        return has("code") || has("title/zh") || has("title/en");
      case Kind::milestones:
        return has("@item") && (named || has("id"));
      case Kind::dependencies:
        return has("@item") && has("item");
      case Kind::evidence:
        return has("@item") && (named || has("kind") || has("url") || has("sha256"));
      case Kind::indicators:
        return has("id") && (named || has("value") || has("target"));
      case Kind::graduates:
        return has("code") && (named || has("field/zh") || has("field/en") || has("degree") ||
                               has("skills/zh") || has("skills/en"));
      case Kind::needs:
      case Kind::results:
      case Kind::jobs:
        break;
    }
    if (!has("id") && !has("title/zh") && !has("title/en")) return false;
    // What tells them from items and from each other.
    constexpr std::array kMarks = {"firm/zh",     "firm/en",  "budget",    "exclusive",
                                   "owner/zh",    "owner/en", "price",     "employer/zh",
                                   "employer/en", "quota",    "salaryMin", "salaryMax"};
    return named || std::any_of(kMarks.begin(), kMarks.end(), has);
  }

  struct Detected {
    const SheetKind* kind = nullptr;
    std::size_t line = 0;  ///< of the headings, from 1
  };

  static Detected detect(const Sheet& sheet, const SheetKind* named) {
    Detected best;
    std::size_t most = 0;
    for (std::size_t r = 0; r < std::min(sheet.rows.size(), kHeadingRows); ++r) {
      for (const SheetKind& kind : sheets::sheet_kinds()) {
        if (named != nullptr && named != &kind) continue;
        const std::vector<HeadingAt> found = headings_in(kind, sheet.rows[r]);
        if (!tells_kind(kind, found, named != nullptr) || found.size() <= most) continue;
        best = {&kind, r + 1};
        most = found.size();
      }
    }
    return best;
  }

  /// Where the headings of a sheet most likely stand that somebody says is of this kind.
  std::size_t likely_heading_line(const Sheet& sheet, const SheetKind& kind) const {
    const std::size_t rows = std::min(sheet.rows.size(), kHeadingRows);
    std::size_t line = 0;
    std::size_t most = 1;
    for (std::size_t r = 0; r < rows; ++r) {
      const std::size_t found = headings_in(kind, sheet.rows[r]).size();
      if (found <= most) continue;
      most = found;
      line = r + 1;
    }
    if (line != 0) return line;
    // Else the first row that isn't a title, if there are no values in it.
    const std::size_t enough = std::min<std::size_t>(width_of(sheet), 2);
    for (std::size_t r = 0; r < rows; ++r) {
      const std::vector<Cell>& row = sheet.rows[r];
      const auto filled = static_cast<std::size_t>(
          std::count_if(row.begin(), row.end(), [](const Cell& cell) { return !cell.empty(); }));
      if (filled < enough) continue;
      const bool words = std::all_of(row.begin(), row.end(), [this](const Cell& cell) {
        if (cell.empty()) return true;
        if (cell.text() == nullptr) return false;
        const std::string text = sheets::trimmed(*cell.text());
        return !parse_number(text) && !parse_day(text) && !document_.index_of("items", text);
      });
      return words ? r + 1 : 0;
    }
    return 0;
  }

  static std::size_t width_of(const Sheet& sheet, std::size_t from = 0) {
    std::size_t width = 0;
    for (std::size_t r = from; r < sheet.rows.size(); ++r) {
      width = std::max(width, sheet.rows[r].size());
    }
    return width;
  }

  std::optional<Layout> layout_of(std::size_t index) {
    const Sheet& sheet = workbook_.sheets[index];
    const bool any = std::any_of(sheet.rows.begin(), sheet.rows.end(), [](const auto& row) {
      return std::any_of(row.begin(), row.end(), [](const Cell& cell) { return !cell.empty(); });
    });
    if (!any) return std::nullopt;
    const auto said = choices_.find(index);
    const SheetChoice choice = said == choices_.end() ? SheetChoice{} : said->second;
    const std::string plain = sheets::folded(sheet.name);
    const bool about = plain == sheets::folded(sheets::kAboutName.zh) ||
                       plain == sheets::folded(sheets::kAboutName.en);
    if (about && !choice.table) return std::nullopt;
    const Detected known = about ? Detected{} : detect(sheet, sheets::kind_by_name(sheet.name));
    MappedSheet mapped{index, sheet.name, {}, {}, 0, {}};
    if (known.kind != nullptr) mapped.known_table = known.kind->list;
    std::optional<Layout> layout;
    const SheetKind* kind = choice.table ? sheets::kind_of_list(*choice.table) : known.kind;
    if (kind != nullptr) {
      mapped.table = kind->list;
      mapped.heading_line = choice.heading_line  ? std::min(*choice.heading_line, sheet.rows.size())
                            : kind == known.kind ? known.line
                                                 : likely_heading_line(sheet, *kind);
      layout = Layout{index, kind, mapped.heading_line, {}};
      if (!map_columns(*layout, choice, mapped)) layout.reset();
    } else if (choice.table && !choice.table->empty()) {
      fail(sheet.name, ErrorCode::bad_name, shorten(*choice.table) + no_such_table());
    } else if (!choice.table) {
      warn(sheet.name, ErrorCode::wrong_format,
           pick("未导入：没有认得的标题行", "passed over: no row of headings that are known"));
    }
    plan_.mapping.push_back(std::move(mapped));
    return layout;
  }

  std::string no_such_table() const {
    std::string all = pick(" 不是表；应为：", " is no table; expected one of: ");
    for (const SheetKind& kind : sheets::sheet_kinds()) {
      if (&kind != &sheets::sheet_kinds().front()) all += pick("、", ", ");
      all += kind.list;
    }
    return all;
  }

  std::string no_such_field(const SheetKind& kind) const {
    std::string all;
    for (const Column& column : kind.columns) {
      if (column.type == ValueType::computed) continue;
      if (!all.empty()) all += pick("、", ", ");
      all += column.path;
    }
    return pick(" 不是此表的字段；应为：", " is no field of this table; expected one of: ") + all;
  }

  /// Fills in what the columns mean; false if they don't tell what the rows are about.
  bool map_columns(Layout& layout, const SheetChoice& choice, MappedSheet& mapped) {
    const Sheet& sheet = workbook_.sheets[layout.sheet];
    const SheetKind& kind = *layout.kind;
    const std::size_t top = layout.first_row == 0 ? 0 : layout.first_row - 1;
    static const std::vector<Cell> no_headings;
    const std::vector<Cell>& headings =
        layout.first_row == 0 ? no_headings : sheet.rows[layout.first_row - 1];
    const std::size_t width = width_of(sheet, top);
    std::vector<std::optional<sheets::HeadingMatch>> matches(width);
    for (const HeadingAt& heading : headings_in(kind, headings)) {
      matches[heading.at] = heading.match;
    }
    std::vector<const Column*> columns(width, nullptr);
    std::set<std::string_view> paths;
    const auto place = [&](std::size_t i) { return cell_address(sheet.name, top, i); };
    const auto twice = [&](std::size_t i) {
      warn(place(i), ErrorCode::duplicate_member,
           pick("此列重复，只取第一列：", "the same column again, only the first one counts: ") +
               shorten(text_of(headings, i)));
    };
    for (const auto& each : choice.fields) {
      const std::size_t i = each.first;
      const std::string& field = each.second;
      if (field.empty() || i >= width) continue;
      const auto column =
          std::find_if(kind.columns.begin(), kind.columns.end(), [&](const Column& entry) {
            return entry.path == field && entry.type != ValueType::computed;
          });
      if (column == kind.columns.end()) {
        fail(place(i), ErrorCode::bad_name, shorten(field) + no_such_field(kind));
      } else if (paths.insert(column->path).second) {
        columns[i] = &*column;
      } else {
        twice(i);
      }
    }
    for (std::size_t i = 0; i < width; ++i) {
      if (choice.fields.contains(i)) continue;
      const std::string text = text_of(headings, i);
      if (!matches[i]) {
        if (text.empty()) continue;
        warn(place(i), ErrorCode::unknown_member,
             pick("未导入的列：", "a column that is passed over: ") + shorten(text));
      } else if (const Column& column = kind.columns[matches[i]->column];
                 column.type == ValueType::computed) {
        continue;
      } else if (paths.insert(column.path).second) {
        columns[i] = &column;
      } else {
        twice(i);
      }
    }
    for (std::size_t i = 0; i < width; ++i) {
      if (columns[i] == nullptr) continue;
      Use use{i, columns[i], {}, false};
      if (!choice.fields.contains(i) && matches[i]->either_language) {
        std::string other(columns[i]->path);
        other.replace(other.size() - 2, 2, other.ends_with("/zh") ? "en" : "zh");
        // A text whose other language has a column of its own is in that of its heading.
        if (!paths.contains(other)) use.other_path = std::move(other);
      }
      if (columns[i]->type == ValueType::money &&
          text_of(headings, i).find("万") != std::string::npos) {
        use.factor = kTenThousand;
      }
      layout.uses.push_back(std::move(use));
    }
    describe_columns(layout, matches, columns, mapped);
    return tells_rows(layout);
  }

  void describe_columns(Layout& layout,
                        const std::vector<std::optional<sheets::HeadingMatch>>& matches,
                        const std::vector<const Column*>& columns, MappedSheet& mapped) {
    const Sheet& sheet = workbook_.sheets[layout.sheet];
    std::vector<std::string> samples(matches.size());
    for (std::size_t r = layout.first_row; r < sheet.rows.size(); ++r) {
      for (std::size_t i = 0; i < sheet.rows[r].size(); ++i) {
        if (samples[i].empty() && !sheet.rows[r][i].empty()) {
          samples[i] = on_one_line(text_of(sheet.rows[r], i));
        }
      }
      for (Use& use : layout.uses) {
        if (use.has_above_1 || use.column->type != ValueType::percent) continue;
        const auto number =
            number_of(use.at < sheet.rows[r].size() ? sheet.rows[r][use.at] : Cell{});
        use.has_above_1 = number && *number > 1;
      }
    }
    for (std::size_t i = 0; i < matches.size(); ++i) {
      std::string heading = layout.first_row == 0
                                ? std::string()
                                : on_one_line(text_of(sheet.rows[layout.first_row - 1], i));
      if (heading.empty() && samples[i].empty()) continue;
      MappedColumn column{i, std::move(heading), std::move(samples[i]), {}, {}};
      if (columns[i] != nullptr) column.field = columns[i]->path;
      if (matches[i]) {
        const Column& known = layout.kind->columns[matches[i]->column];
        if (known.type != ValueType::computed) column.known_field = known.path;
      }
      mapped.columns.push_back(std::move(column));
    }
  }

  static std::string on_one_line(std::string text) {
    std::replace(text.begin(), text.end(), '\n', ' ');
    return shorten(text, 60);
  }

  bool tells_rows(const Layout& layout) {
    std::string missing;
    const auto needs = [&](std::initializer_list<std::string_view> any_of) {
      std::string names;
      for (const std::string_view path : any_of) {
        if (use_of(layout, path) != nullptr) return;
        for (const Column& column : layout.kind->columns) {
          if (column.path != path) continue;
          if (!names.empty()) names += pick("或", " or ");
          names += column.heading(language_);
        }
      }
      if (!missing.empty()) missing += pick("、", ", ");
      missing += names;
    };
    switch (layout.kind->kind) {
      case Kind::items:
        needs({"code", "title/zh", "title/en"});
        break;
      case Kind::milestones:
      case Kind::evidence:
        needs({"@item"});
        break;
      case Kind::dependencies:
        needs({"@item"});
        needs({"item"});
        break;
      case Kind::indicators:
        needs({"id"});
        break;
      case Kind::graduates:
        needs({"code"});
        break;
      case Kind::needs:
      case Kind::results:
      case Kind::jobs:
        needs({"id", "title/zh", "title/en"});
        break;
    }
    if (missing.empty()) return true;
    fail(sheet(layout).name, ErrorCode::missing_member,
         pick("缺少列：", "a column is missing: ") + missing);
    return false;
  }

  static std::optional<double> number_of(const Cell& cell) {
    if (const double* number = cell.number()) return *number;
    if (const std::string* text = cell.text()) return parse_number(sheets::trimmed(*text));
    return std::nullopt;
  }

  const Use* use_of(const Layout& layout, std::string_view path) const {
    for (const Use& use : layout.uses) {
      if (use.column->path == path) return &use;
    }
    return nullptr;
  }

  // ---- What is known --------------------------------------------------------------------------

  void know_title(const std::string& title, const std::string& code) {
    std::string key = sheets::folded(title);
    if (!key.empty()) titles_.emplace(std::move(key), code);
  }

  void know_codes(const Layout& layout) {
    const Use* code = use_of(layout, "code");
    if (code == nullptr) return;
    const Sheet& rows = sheet(layout);
    for (std::size_t r = layout.first_row; r < rows.rows.size(); ++r) {
      const std::string text = code_in(text_of(rows.rows[r], code->at));
      if (!text.empty()) codes_.know(text);
    }
  }

  /// A code as it was before CSV guarded it against being taken for a formula.
  std::string code_in(const std::string& text) const {
    if (document_.index_of("items", text)) return text;
    return std::string(without_guard(text));
  }

  // ---- Problems -------------------------------------------------------------------------------

  void warn(std::string place, ErrorCode code, std::string message) {
    if (plan_.warnings.size() < kMaxErrors) {
      plan_.warnings.push_back({std::move(place), code, std::move(message)});
    }
  }

  void fail(std::string place, ErrorCode code, std::string message) {
    if (plan_.errors.size() < kMaxErrors) {
      plan_.errors.push_back({std::move(place), code, std::move(message)});
    }
  }

  void refuse(Row& row, std::size_t column, ErrorCode code, std::string message) {
    row.planned.outcome = RowOutcome::refused;
    problems_.push_back(
        {row.sheet,
         row.planned.row,
         column,
         {cell_address(row.planned.sheet, row.planned.row, column), code, std::move(message)}});
  }

  std::string sentence(ErrorCode code, std::string_view found, std::string expected = {}) const {
    return message({code, {}, shorten(found), std::move(expected), std::nullopt}, language_);
  }

  Fault fault(ErrorCode code, std::string_view found, std::string expected = {}) const {
    return {code, sentence(code, found, std::move(expected))};
  }

  // ---- Cells ----------------------------------------------------------------------------------

  bool looks_same(const Cell& cell, const std::string& text, const json* current,
                  ValueType type) const {
    for (const Language language : {language_, Language::zh, Language::en}) {
      const Cell shown = sheets::to_cell(current, type, language, names_);
      if (shown.empty()) return false;
      if (cell.number() != nullptr && shown.number() != nullptr) {
        if (same_number(*cell.number(), *shown.number())) return true;
        continue;
      }
      const std::string known = sheets::trimmed(cell_text(shown));
      if (known == text || known == sheets::trimmed(without_guard(text))) return true;
    }
    return false;
  }

  /// What a programme doesn't write down.
  static bool is_default(ValueType type, const json& value) {
    return (type == ValueType::lag && value == 0) || (type == ValueType::count && value == 1) ||
           (type == ValueType::flag && value == false);
  }

  /// Nothing in the reading: the cell says what is there already.
  Reading read(const Cell& cell, const std::string& text, const Use& use,
               const json* current) const {
    const ValueType type = use.column->type;
    if (use.factor == 1 && looks_same(cell, text, current, type)) return {};
    Reading reading = parse(cell, text, use, current);
    if (!reading.value) return reading;
    const json& value = *reading.value;
    const bool same =
        current != nullptr &&
        (value == *current || (value.is_number() && current->is_number() &&
                               same_number(value.get<double>(), current->get<double>())));
    const bool same_none = current == nullptr && is_default(type, value);
    if (same || same_none) return {};
    return reading;
  }

  Reading parse(const Cell& cell, const std::string& text, const Use& use,
                const json* current) const {
    switch (use.column->type) {
      case ValueType::date:
        return parse_date_cell(cell, text);
      case ValueType::number:
      case ValueType::whole:
      case ValueType::lag:
      case ValueType::count:
        return parse_figure(cell, text, use.column->type);
      case ValueType::money:
        return parse_money(cell, text, use.factor);
      case ValueType::percent:
        return parse_percent(cell, text, use.has_above_1);
      case ValueType::departments:
        return parse_departments(text, current);
      case ValueType::area:
        return parse_reference(names_.areas(text), text,
                               pick("方面名称，或方面", "areas, or the name of one"));
      case ValueType::source:
        return parse_reference(names_.sources(text), text,
                               pick("来源名称，或来源", "sources, or the title of one"));
      case ValueType::city:
        return parse_reference(names_.cities(text), text,
                               pick("城市名称，或城市", "cities, or the name of one"));
      case ValueType::cities:
        return parse_cities(text);
      case ValueType::ids:
        return parse_ids(text);
      case ValueType::flag:
        if (const bool* truth = cell.truth()) return {*truth, std::nullopt};
        [[fallthrough]];
      case ValueType::status:
      case ValueType::rag:
      case ValueType::dependency_type:
      case ValueType::evidence_kind:
      case ValueType::counts:
      case ValueType::cluster:
      case ValueType::chain_position:
      case ValueType::degree: {
        const auto name = sheets::name_in_files(use.column->type, text);
        if (!name) {
          return {std::nullopt, fault(ErrorCode::bad_name, text,
                                      sheets::known_words(use.column->type, language_))};
        }
        if (use.column->type == ValueType::flag) return {*name == "true", std::nullopt};
        return {std::string(*name), std::nullopt};
      }
      case ValueType::id:
      case ValueType::text:
      case ValueType::computed:
        break;
    }
    return {sheets::trimmed(without_guard(text)), std::nullopt};
  }

  Reading parse_date_cell(const Cell& cell, const std::string& text) const {
    std::optional<Date> date;
    if (cell.date() != nullptr) {
      date = *cell.date();
    } else if (const double* serial = cell.number()) {
      date = date_of_serial(*serial);
    } else if (cell.text() != nullptr) {
      date = parse_day(text);
    }
    if (!date) {
      return {std::nullopt,
              Fault{ErrorCode::bad_date,
                    shorten(text) + pick(" 不是日期；应为日期，例如 2024-03-23、2024年3月23日",
                                         " is not a date; expected one such as 2024-03-23 or "
                                         "2024/3/23")}};
    }
    return {format_date(*date), std::nullopt};
  }

  Reading parse_figure(const Cell& cell, const std::string& text, ValueType type) const {
    const auto number = number_of(cell);
    const bool whole = type != ValueType::number;
    if (!number || (whole && *number != std::floor(*number))) {
      return {std::nullopt,
              fault(ErrorCode::wrong_type, text, whole ? "a whole number" : "a number")};
    }
    return {json_number(*number), std::nullopt};
  }

  /// Yuan: 500000, 50万, 50万元.
  Reading parse_money(const Cell& cell, const std::string& text, double factor) const {
    std::optional<double> amount = number_of(cell);
    if (!amount) {
      std::string plain = sheets::folded(text);
      const auto cut = [&plain](std::string_view end) {
        const bool there = plain.ends_with(end);
        if (there) plain.resize(plain.size() - end.size());
        return there;
      };
      cut("元");
      if (cut("万")) factor = kTenThousand;
      amount = parse_number(plain);
    }
    if (!amount) return {std::nullopt, fault(ErrorCode::wrong_type, text, "a number")};
    // 1.1 of ten thousand are 11000, not 11000.000000000002.
    const double yuan = *amount * factor;
    return {json_number(factor == 1 ? yuan : std::round(yuan * 100) / 100), std::nullopt};
  }

  Reading parse_cities(const std::string& text) const {
    std::vector<std::string> ids;
    for (const std::string& part : split(text, {";", "；", "、", ",", "，", "/", "\n"})) {
      Reading one = parse_reference(names_.cities(part), part,
                                    pick("城市名称，或城市", "cities, or the name of one"));
      if (one.fault) return one;
      std::string id = one.value->get<std::string>();
      if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(std::move(id));
    }
    return {ids, std::nullopt};
  }

  static Reading parse_ids(const std::string& text) {
    return {split(without_guard(text), {";", "；", "、", ",", "，", "\n", " "}), std::nullopt};
  }

  Reading parse_percent(const Cell& cell, const std::string& text, bool has_above_1) const {
    std::string plain = sheets::folded(text);
    std::optional<double> percent;
    if (plain.ends_with('%')) {
      plain.pop_back();
      percent = parse_number(plain);
    } else {
      percent = number_of(cell);
      if (percent && *percent == 1 && has_above_1) {
        return {std::nullopt, Fault{ErrorCode::out_of_range,
                                    pick("1 可能是 1%，也可能是 100%；应写作 1% 或 100",
                                         "1 may be 1% or 100%; expected 1% or 100 as text")}};
      }
      // A cell with the format 40% holds 0.4.
      if (percent && *percent > 0 && *percent <= 1) {
        percent = std::round(*percent * 1e13) / 1e11;
      }
    }
    if (!percent || *percent < 0 || *percent > 100) {
      return {std::nullopt, percent ? fault(ErrorCode::out_of_range, text, "0%–100%")
                                    : fault(ErrorCode::wrong_type, text, "0%–100%")};
    }
    return {json_number(*percent), std::nullopt};
  }

  Reading parse_reference(const std::vector<std::string>& ids, const std::string& text,
                          const std::string& what) const {
    if (ids.size() == 1) return {ids.front(), std::nullopt};
    if (ids.empty()) return {std::nullopt, fault(ErrorCode::dangling_reference, text, what)};
    return {std::nullopt, ambiguous(text, ids)};
  }

  Fault ambiguous(const std::string& text, const std::vector<std::string>& ids) const {
    std::string all;
    for (const std::string& id : ids) {
      if (!all.empty()) all += language_ == Language::zh ? "、" : ", ";
      all += id;
    }
    return {ErrorCode::bad_name, shorten(text) +
                                     pick(" 有多个同名；应为以下标识之一：",
                                          " is the name of several; expected one of the ids ") +
                                     shorten(all, 200)};
  }

  Reading parse_departments(const std::string& text, const json* current) const {
    std::vector<std::string> ids;
    std::optional<Fault> bad;
    const auto is_current = [current](const std::string& id) {
      return current != nullptr && current->is_array() &&
             std::find(current->begin(), current->end(), id) != current->end();
    };
    const auto add = [&](const std::string& name) {
      std::vector<std::string> found = names_.departments(name);
      if (found.size() > 1) {
        // Two cities may each have one: then it is the one that is there already.
        std::vector<std::string> kept;
        std::copy_if(found.begin(), found.end(), std::back_inserter(kept), is_current);
        if (kept.size() == 1) found = kept;
      }
      if (found.size() == 1) {
        if (std::find(ids.begin(), ids.end(), found.front()) == ids.end()) {
          ids.push_back(found.front());
        }
        return true;
      }
      if (!bad && !found.empty()) bad = ambiguous(name, found);
      return false;
    };
    const auto resolve = [&](const std::vector<std::string>& parts) {
      for (const std::string& part : parts) {
        if (add(part)) continue;
        // Commas may belong to a name, so they separate only what isn't one.
        const std::vector<std::string> pieces = split(part, {"，", ",", "/", "／"});
        if (pieces.size() > 1 && std::all_of(pieces.begin(), pieces.end(), add)) continue;
        if (!bad) {
          bad = fault(ErrorCode::dangling_reference, part,
                      pick("单位名称，或单位", "departments, or the name of one"));
        }
        return;
      }
    };
    if (!add(text)) {
      bad.reset();
      resolve(split(text, {";", "；", "、", "\n"}));
    }
    if (bad) return {std::nullopt, bad};
    return {ids, std::nullopt};
  }

  // ---- Rows -----------------------------------------------------------------------------------

  void read_at(const Layout& layout, std::size_t r) {
    const Sheet& rows = sheet(layout);
    const std::vector<Cell>& cells = rows.rows[r];
    const bool any = std::any_of(layout.uses.begin(), layout.uses.end(),
                                 [&](const Use& use) { return !text_of(cells, use.at).empty(); });
    if (!any) return;
    Row row;
    row.sheet = layout.sheet;
    row.kind = layout.kind->kind;
    row.planned.sheet = rows.name;
    row.planned.row = r;
    read_row(layout, cells, row);
    rows_.push_back(std::move(row));
  }

  void read_row(const Layout& layout, const std::vector<Cell>& cells, Row& row) {
    const SheetKind& kind = *layout.kind;
    std::string base;  // pointer of the list
    if (kind.within_item()) {
      const Use& item = *use_of(layout, "@item");
      row.key_column = item.at;
      const std::string code = code_in(text_of(cells, item.at));
      if (code.empty()) {
        refuse(row, item.at, ErrorCode::empty_value,
               sentence(ErrorCode::empty_value, {}, pick("事项编号", "the code of an item")));
        return;
      }
      row.element = child("/items", code);
      if (!document_.index_of("items", code) && !new_items_.contains(code)) {
        refuse(row, item.at, ErrorCode::dangling_reference,
               sentence(ErrorCode::dangling_reference, code, pick("事项", "items")));
        return;
      }
      base = child(row.element, kind.list);
    } else {
      base = child({}, kind.list);
    }
    switch (kind.kind) {
      case Kind::evidence:
        read_evidence(layout, cells, row, base);
        return;
      case Kind::dependencies:
        read_dependency(layout, cells, row, base);
        return;
      default:
        read_keyed(layout, cells, row, base);
    }
  }

  /// The key in a row, or a free one; empty with the row refused.
  std::string key_in(const Layout& layout, const std::vector<Cell>& cells, Row& row,
                     const std::string& base) {
    const SheetKind& kind = *layout.kind;
    const Use* use = use_of(layout, kind.key);
    if (use != nullptr) row.key_column = use->at;
    std::string key = use == nullptr ? std::string() : text_of(cells, use->at);
    if (!key.empty()) {
      if (document_.find(child(base, key)) == nullptr) key = without_guard(key);
      return key;
    }
    std::size_t title_column = row.key_column;
    std::vector<std::string> titles;
    for (const Use& each : layout.uses) {
      if (each.column->path != "title/zh" && each.column->path != "title/en") continue;
      const std::string title = sheets::folded(without_guard(text_of(cells, each.at)));
      if (title.empty()) continue;
      if (titles.empty()) title_column = each.at;
      titles.push_back(title);
    }
    if (kind.kind == Kind::indicators || kind.kind == Kind::graduates || titles.empty()) {
      refuse(row, use == nullptr ? title_column : use->at, ErrorCode::empty_value,
             sentence(ErrorCode::empty_value, {},
                      pick("编号，或新事项的标题", "a code, or the title of something new")));
      return {};
    }
    if (kind.kind == Kind::items) {
      for (const std::string& title : titles) {
        const auto known = titles_.find(title);
        if (known == titles_.end()) continue;
        refuse(row, use == nullptr ? title_column : use->at, ErrorCode::duplicate_id,
               pick("已有同名事项，应填写编号：",
                    "an item has this title already; expected a "
                    "code, such as ") +
                   known->second);
        return {};
      }
      return codes_.next("K-", 2);
    }
    if (!kind.within_item()) return free_id(layout, cells, row, titles, title_column);
    CodeSequence ids;
    if (const json* list = document_.find(base); list != nullptr) {
      for (const json& element : *list) {
        ids.know(element.value("id", std::string()));
        for (const char* language : {"title/zh", "title/en"}) {
          const json* title = sheets::value_at(element, language);
          if (title == nullptr || !title->is_string()) continue;
          const std::string known = sheets::folded(title->get_ref<const std::string&>());
          if (std::find(titles.begin(), titles.end(), known) == titles.end()) continue;
          refuse(row, use == nullptr ? title_column : use->at, ErrorCode::duplicate_id,
                 pick("已有同名里程碑，应填写里程碑编号：",
                      "a milestone has this title already; expected its id, such as ") +
                     element.value("id", std::string()));
          return {};
        }
      }
    }
    for (const std::string& id : new_milestones_[base]) ids.know(id);
    return ids.next("M", 1);
  }

  /// Ids and titles of a list of postings, and what a sheet adds to them.
  struct KnownPostings {
    CodeSequence ids;
    std::map<std::string, std::string> titles;  ///< with whose they are, and without: ids
  };

  /// Members in which a posting says whose it is.
  static const char* owner_of(Kind kind) {
    return kind == Kind::needs ? "firm/" : kind == Kind::results ? "owner/" : "employer/";
  }

  KnownPostings& known_postings(const Layout& layout) {
    const SheetKind& kind = *layout.kind;
    const auto [found, fresh] = known_postings_.try_emplace(kind.kind);
    KnownPostings& known = found->second;
    if (!fresh) return known;
    const auto learn = [&known](const std::string& id, const Text& title, const Text& owner) {
      known.ids.know(id);
      for (const std::string* name : {&title.zh, &title.en}) {
        const std::string plain = sheets::folded(*name);
        if (plain.empty()) continue;
        known.titles.emplace(plain, id);
        for (const std::string* whose : {&owner.zh, &owner.en}) {
          if (!whose->empty()) known.titles.emplace(plain + '\n' + sheets::folded(*whose), id);
        }
      }
    };
    for (const Need& need : programme_.needs) {
      if (kind.kind == Kind::needs) learn(need.id, need.title, need.firm);
    }
    for (const ResearchResult& result : programme_.results) {
      if (kind.kind == Kind::results) learn(result.id, result.title, result.owner);
    }
    for (const Job& job : programme_.jobs) {
      if (kind.kind == Kind::jobs) learn(job.id, job.title, job.employer);
    }
    for (const Layout& each : layouts_) {
      const Use* use = each.kind == &kind ? use_of(each, kind.key) : nullptr;
      if (use == nullptr) continue;
      for (std::size_t r = each.first_row; r < sheet(each).rows.size(); ++r) {
        const std::string id = text_of(sheet(each).rows[r], use->at);
        if (!id.empty()) known.ids.know(std::string(without_guard(id)));
      }
    }
    return known;
  }

  /// An id for a posting that comes without one; empty with the row refused when there is one of
  /// that title of the same firm.
  std::string free_id(const Layout& layout, const std::vector<Cell>& cells, Row& row,
                      const std::vector<std::string>& titles, std::size_t title_column) {
    KnownPostings& known = known_postings(layout);
    std::vector<std::string> keys;
    for (const std::string& title : titles) {
      for (const Use& use : layout.uses) {
        if (!use.column->path.starts_with(owner_of(row.kind))) continue;
        const std::string owner = sheets::folded(without_guard(text_of(cells, use.at)));
        if (!owner.empty()) keys.emplace_back(title).append("\n").append(owner);
      }
    }
    if (keys.empty()) keys = titles;
    for (const std::string& key : keys) {
      const auto same = known.titles.find(key);
      if (same == known.titles.end()) continue;
      refuse(row, title_column, ErrorCode::duplicate_id,
             pick("已有同名的一条，应填写编号：",
                  "there is one of this title already; expected its code, such as ") +
                 same->second);
      return {};
    }
    std::string id = known.ids.next(row.kind == Kind::needs     ? "N-"
                                    : row.kind == Kind::results ? "R-"
                                                                : "J-",
                                    3);
    for (const std::string& key : keys) known.titles.emplace(key, id);
    return id;
  }

  /// Items, milestones, indicators and postings: rows that name an element by a key of its own.
  void read_keyed(const Layout& layout, const std::vector<Cell>& cells, Row& row,
                  const std::string& base) {
    const std::string key = key_in(layout, cells, row, base);
    if (key.empty()) return;
    const std::string pointer = child(base, key);
    row.planned.pointer = pointer;
    if (!layout.kind->within_item()) row.element = pointer;
    const json* existing = document_.find(pointer);
    json element = existing != nullptr ? *existing : json::object();
    const bool fresh = seen_.insert(pointer).second;
    if (!fresh) {
      refuse(row, row.key_column, ErrorCode::duplicate_id,
             pick("编号重复：", "the same code again: ") + shorten(key) +
                 pick("；应只有一行", "; expected one row"));
    }
    if (existing == nullptr) {
      sheets::set_at(element, layout.kind->key, key);
      if (row.kind == Kind::items) element["status"] = name_of(Status::unknown);
      if (row.kind == Kind::milestones) new_milestones_[base].push_back(key);
    }
    read_values(layout, cells, row, pointer, element, existing);
    set_title(row, element,
              row.kind == Kind::indicators  ? "name"
              : row.kind == Kind::graduates ? "field"
                                            : "title");
    if (row.kind == Kind::graduates && row.planned.title.empty()) row.planned.title = key;
    if (existing != nullptr) {
      if (row.planned.outcome != RowOutcome::refused && !row.changes.empty()) {
        row.planned.outcome = RowOutcome::changed;
      }
      return;
    }
    if (row.planned.title.empty()) {
      refuse(row, row.key_column, ErrorCode::missing_member,
             shorten(key) + pick(" 不在台账中，按新增处理；应有标题",
                                 " is not on the board, so it is new; expected a title"));
    }
    if (row.planned.outcome == RowOutcome::refused) return;
    row.changes = {{pointer, std::nullopt, std::move(element), std::nullopt}};
    row.planned.outcome = RowOutcome::added;
    if (row.kind == Kind::items) {
      new_items_.insert(key);
      row.adds_element = true;
      know_title(row.changes.front().after->value("title", json::object()).value("zh", ""), key);
      know_title(row.changes.front().after->value("title", json::object()).value("en", ""), key);
    }
  }

  void set_title(Row& row, const json& element, const char* name) const {
    const json* title = sheets::value_at(element, name);
    if (title == nullptr || !title->is_object()) return;
    row.planned.title = Text{title->value("zh", ""), title->value("en", "")}.in(language_);
  }

  /// Reads all cells with values into `element`; for an existing element also as changes.
  void read_values(const Layout& layout, const std::vector<Cell>& cells, Row& row,
                   const std::string& pointer, json& element, const json* existing) {
    for (const Use& use : layout.uses) {
      if (use.column->path == layout.kind->key || use.column->path.starts_with('@')) continue;
      const std::string text = text_of(cells, use.at);
      if (text.empty()) continue;
      std::string path(use.column->path);
      if (!use.other_path.empty()) {
        // The heading doesn't say which language: Chinese is known by its characters, and what
        // stands there in the other language is no news.
        const json* other =
            existing == nullptr ? nullptr : sheets::value_at(*existing, use.other_path);
        if (looks_same(cells[use.at], text, other, ValueType::text)) continue;
        if (path.ends_with("/en") && has_han(text)) path = use.other_path;
      }
      const json* current = sheets::value_at(element, path);
      const bool standing = existing != nullptr || path == "status";
      const Reading reading = read(cells[use.at], text, use, standing ? current : nullptr);
      const std::string where = std::string(pointer).append(1, '/').append(path);
      row.cells.emplace_back(where, use.at);
      if (reading.fault) refuse(row, use.at, reading.fault->code, reading.fault->message);
      if (!reading.value) continue;
      const std::optional<json> before =
          current == nullptr ? std::nullopt : std::optional(*current);
      const ValueType type = use.column->type;
      std::optional<json> after = *reading.value;
      if (is_default(type, *after)) {
        after.reset();  // what stands for it in a programme is nothing
      }
      row.planned.fields.push_back({cell_address(row.planned.sheet, row.planned.row, use.at), where,
                                    std::string(use.column->heading(language_)),
                                    existing == nullptr ? std::string() : shown(before, type),
                                    shown(after, type)});
      if (existing != nullptr) row.changes.push_back({where, before, after, std::nullopt});
      if (after) {
        sheets::set_at(element, path, std::move(*after));
      } else {
        element.erase(path);  // only top-level members have such types
      }
    }
  }

  std::string shown(const std::optional<json>& value, ValueType type) const {
    return cell_text(sheets::to_cell(value ? &*value : nullptr, type, language_, names_));
  }

  void read_dependency(const Layout& layout, const std::vector<Cell>& cells, Row& row,
                       const std::string& base) {
    const Use& predecessor = *use_of(layout, "item");
    const std::string code = code_in(text_of(cells, predecessor.at));
    row.key_column = predecessor.at;
    if (code.empty()) {
      refuse(row, predecessor.at, ErrorCode::empty_value,
             sentence(ErrorCode::empty_value, {}, pick("前置事项的编号", "a predecessor's code")));
      return;
    }
    row.planned.pointer = child(base, code);
    row.planned.title = code;
    row.cells.emplace_back(child(row.planned.pointer, "item"), predecessor.at);

    // Two dependencies may have one predecessor, with different types; a pointer means the first.
    const json* first = nullptr;
    const json* exact = nullptr;
    std::optional<std::string_view> type;
    if (const Use* use = use_of(layout, "type")) {
      type = sheets::name_in_files(ValueType::dependency_type, text_of(cells, use->at));
    }
    if (const json* list = document_.find(base); list != nullptr) {
      for (const json& element : *list) {
        if (element.value("item", std::string()) != code) continue;
        if (first == nullptr) first = &element;
        if (type && element.value("type", std::string()) == *type) exact = &element;
      }
    }
    const json* existing = exact != nullptr ? exact : first;
    json element = existing != nullptr ? *existing : json{{"item", code}, {"type", "FS"}};
    read_values(layout, cells, row, row.planned.pointer, element, existing);
    const bool seen_before = !seen_.insert(row.planned.pointer).second;
    const bool news = existing == nullptr || !row.changes.empty();
    if ((seen_before && (news || moved_.contains(row.planned.pointer))) ||
        (news && existing != first)) {
      refuse(row, predecessor.at, ErrorCode::duplicate_id,
             pick("对同一前置事项已另有依赖：",
                  "there is another dependency on the same "
                  "predecessor: ") +
                 shorten(code) + pick("；应只有一行", "; expected one row"));
    }
    if (row.planned.outcome == RowOutcome::refused) return;
    if (news) moved_.insert(row.planned.pointer);
    if (existing == nullptr) {
      row.changes = {{row.planned.pointer, std::nullopt, std::move(element), std::nullopt}};
      row.planned.outcome = RowOutcome::added;
    } else if (!row.changes.empty()) {
      row.planned.outcome = RowOutcome::changed;
    }
  }

  /// Evidence is known by its content, so changing it is removing it and adding what it becomes.
  void read_evidence(const Layout& layout, const std::vector<Cell>& cells, Row& row,
                     const std::string& base) {
    const Use* key_use = use_of(layout, "@key");
    const std::string key = key_use == nullptr ? std::string() : text_of(cells, key_use->at);
    const std::string old = child(base, key);
    const json* existing = key.empty() ? nullptr : document_.find(old);
    if (!key.empty() && existing == nullptr) {
      row.key_column = key_use->at;
      refuse(row, key_use->at, ErrorCode::dangling_reference,
             sentence(ErrorCode::dangling_reference, key, pick("佐证", "evidence")));
      return;
    }
    json element = existing != nullptr ? *existing : json::object();
    read_values(layout, cells, row, old, element, existing);
    if (!element.contains("kind")) {
      element["kind"] = element.contains("url")      ? "link"
                        : element.contains("sha256") ? "file"
                                                     : "note";
    }
    set_title(row, element, "title");
    const std::string pointer = child(base, evidence_key(element));
    row.planned.pointer = pointer;
    for (auto& [where, column] : row.cells) where.replace(0, old.size(), pointer);
    for (FieldChange& field : row.planned.fields) field.pointer.replace(0, old.size(), pointer);
    if (row.planned.title.empty()) {
      refuse(row, row.key_column, ErrorCode::missing_member,
             sentence(ErrorCode::empty_value, {}, pick("佐证的标题", "a title")));
    }
    row.changes.clear();
    if (row.planned.outcome == RowOutcome::refused) return;
    const bool known = document_.find(pointer) != nullptr;
    if (!seen_.insert(pointer).second && !known) {
      refuse(row, row.key_column, ErrorCode::duplicate_id,
             pick("佐证重复；应只有一行", "the same evidence again; expected one row"));
      return;
    }
    if (pointer == old || (existing == nullptr && known)) {
      row.planned.fields.clear();
      return;
    }
    std::optional<std::string> place;
    if (existing != nullptr) {
      place = document_.place_of(old);
      if (place) {
        if (const auto renamed = renamed_.find(child(base, *place)); renamed != renamed_.end()) {
          place = renamed->second;
        }
      }
      renamed_[old] = evidence_key(element);
      row.changes.push_back({old, *existing, std::nullopt, std::nullopt});
    }
    row.changes.push_back({pointer, std::nullopt, std::move(element), place});
    row.planned.outcome = existing != nullptr ? RowOutcome::changed : RowOutcome::added;
  }

  // ---- The whole ------------------------------------------------------------------------------

  /// Leaves out the rows that the model refuses, until it takes the others together. Does the next
  /// part; false when none is left.
  bool settle_next() {
    if (!fold_) {
      fold_.emplace(std::move(document_), programme_);
      return ask_model();
    }
    if (commit_->step()) return true;
    std::vector<Error> errors = commit_->take();
    commit_.reset();
    const bool only_reasons = !errors.empty() && plan_.reason_places.empty() &&
                              std::all_of(errors.begin(), errors.end(), [](const Error& e) {
                                return e.code == ErrorCode::reason_needed;
                              });
    if (only_reasons) {
      for (Error& error : errors) plan_.reason_places.push_back(std::move(error.pointer));
      ask(false);
      return true;
    }
    if (errors.empty()) return false;
    const std::size_t before = refused_by_model_;
    for (const Error& error : errors) blame(error, round_ >= kMaxRounds);
    if (refused_by_model_ == before) blame(errors.front(), true);
    ++round_;
    return ask_model();
  }

  /// How far the model has been asked, from 0 to 1. How often it has to be nobody knows: each time
  /// is half of what is left.
  double settled() const {
    const double asked = commit_ ? commit_->progress() : 0;
    return 1 - std::ldexp(1 - asked / 2, -std::max(0, times_asked_ - 1));
  }

  /// Begins to ask what the model says of the rows that aren't refused. False: there are none.
  bool ask_model() {
    plan_.changes.clear();
    plan_.reason_places.clear();
    for (const Row& row : rows_) {
      if (row.planned.outcome == RowOutcome::refused) continue;
      plan_.changes.insert(plan_.changes.end(), row.changes.begin(), row.changes.end());
    }
    if (plan_.changes.empty()) return false;
    ask(true);
    return true;
  }

  void ask(bool for_reasons) {
    ++times_asked_;
    attempt_ = plan_.changes;
    commit_.emplace(*fold_, attempt_, for_reasons);
  }

  static bool related(const std::string& a, const std::string& b) {
    return is_prefix(a, b) || is_prefix(b, a);
  }

  /// Refuses the rows that an error of the model is about; `all`: whatever could be.
  void blame(const Error& error, bool all) {
    const std::string element = element_pointer(error.pointer);
    std::vector<Row*> suspects;
    const auto collect = [&](const auto& guilty) {
      for (Row& row : rows_) {
        if (row.planned.outcome != RowOutcome::refused && !row.changes.empty() && guilty(row)) {
          suspects.push_back(&row);
        }
      }
    };
    const auto already = [&] {
      return std::any_of(rows_.begin(), rows_.end(), [&](const Row& row) {
        return row.planned.outcome == RowOutcome::refused && row.element == element &&
               !row.changes.empty();
      });
    };
    if (!all) {
      collect([&](const Row& row) {
        return row.element == element &&
               std::any_of(row.changes.begin(), row.changes.end(), [&](const Change& change) {
                 return related(change.pointer, error.pointer);
               });
      });
      if (error.code == ErrorCode::dependency_cycle && suspects.size() > 1) {
        suspects.erase(suspects.begin(), suspects.end() - 1);
      }
      if (suspects.empty()) {
        collect([&](const Row& row) {
          return row.element == element &&
                 element_pointer(row.planned.pointer) == row.planned.pointer;
        });
      }
      if (suspects.empty()) {
        collect([&](const Row& row) { return row.element == element; });
      }
      // Of several errors about one row all but the first come here.
      if (suspects.empty() && already()) {
        report_more(error, element);
        return;
      }
    }
    if (suspects.empty()) {
      collect([](const Row&) { return true; });
    }
    for (Row* row : suspects) refuse_by_model(*row, error);
  }

  std::size_t column_of(const Row& row, const std::string& pointer) const {
    for (const auto& [where, column] : row.cells) {
      if (is_prefix(where, pointer)) return column;
    }
    for (const auto& [where, column] : row.cells) {
      if (is_prefix(pointer, where)) return column;
    }
    return row.key_column;
  }

  void refuse_by_model(Row& row, const Error& error) {
    ++refused_by_model_;
    refuse(row, column_of(row, error.pointer), error.code, message(error, language_));
    if (!row.adds_element) return;
    for (Row& other : rows_) {
      if (other.element != row.element || other.planned.outcome == RowOutcome::refused) continue;
      refuse(other, other.key_column, ErrorCode::dangling_reference,
             pick("所属的新事项未被接受；应先改正该行",
                  "the new item that it belongs to is refused; expected that row to be right"));
    }
  }

  void report_more(const Error& error, const std::string& element) {
    for (Row& row : rows_) {
      if (row.planned.outcome != RowOutcome::refused || row.element != element) continue;
      const bool about =
          std::any_of(row.changes.begin(), row.changes.end(),
                      [&](const Change& change) { return related(change.pointer, error.pointer); });
      if (!about) continue;
      refuse(row, column_of(row, error.pointer), error.code, message(error, language_));
      return;
    }
  }

  void finish() {
    std::stable_sort(rows_.begin(), rows_.end(), [](const Row& a, const Row& b) {
      return std::tie(a.sheet, a.planned.row) < std::tie(b.sheet, b.planned.row);
    });
    for (Row& row : rows_) plan_.rows.push_back(std::move(row.planned));
    std::stable_sort(problems_.begin(), problems_.end(), [](const Problem& a, const Problem& b) {
      return std::tie(a.sheet, a.row, a.column) < std::tie(b.sheet, b.row, b.column);
    });
    for (Problem& problem : problems_) {
      if (plan_.errors.size() >= kMaxErrors) break;
      plan_.errors.push_back(std::move(problem.error));
    }
  }

  const Programme& programme_;
  const Workbook& workbook_;
  const ImportChoices& choices_;
  Language language_;
  sheets::Names names_;
  KeyedDocument document_;
  std::vector<Layout> layouts_;
  std::vector<Row> rows_;
  std::vector<Problem> problems_;
  CodeSequence codes_;
  std::map<std::string, std::string> titles_;  ///< folded: code
  std::unordered_set<std::string> new_items_;
  std::map<std::string, std::vector<std::string>> new_milestones_;  ///< by list
  std::unordered_set<std::string> seen_;        ///< pointers that a row is about
  std::unordered_set<std::string> moved_;       ///< dependencies that a row changes
  std::map<std::string, std::string> renamed_;  ///< evidence: old pointer, new key
  std::map<Kind, KnownPostings> known_postings_;
  Stage stage_ = Stage::document;
  ProgrammeWriter writer_{programme_, ProgrammeWriter::Form::document};
  std::size_t layout_ = 0;    ///< that is being read
  std::size_t next_row_ = 0;  ///< in it
  std::size_t rows_read_ = 0;
  std::size_t rows_there_ = 0;
  std::size_t refused_by_model_ = 0;
  // What the model is asked: after the rows that it refuses are left out, again.
  std::optional<Fold> fold_;
  std::vector<Change> attempt_;
  std::optional<FoldCommit> commit_;
  std::size_t round_ = 0;
  int times_asked_ = 0;
  ImportPlan plan_;
};

}  // namespace

std::string_view name_of(RowOutcome outcome) {
  switch (outcome) {
    case RowOutcome::added:
      return "added";
    case RowOutcome::changed:
      return "changed";
    case RowOutcome::same:
      return "same";
    case RowOutcome::refused:
      break;
  }
  return "refused";
}

const Text& label_of(RowOutcome outcome) {
  static const std::array<Text, kRowOutcomes.size()> labels = {
      {{"新增", "new"}, {"更改", "changed"}, {"不变", "unchanged"}, {"未接受", "refused"}}};
  return labels[static_cast<std::size_t>(outcome)];
}

std::size_t ImportPlan::count(RowOutcome outcome) const {
  return static_cast<std::size_t>(
      std::count_if(rows.begin(), rows.end(),
                    [outcome](const PlannedRow& row) { return row.outcome == outcome; }));
}

struct ImportPlanner::Impl {
  Impl(const Programme& programme, const Workbook& workbook, Language language, ImportChoices given)
      : choices(std::move(given)), planner(programme, workbook, language, choices) {}

  ImportChoices choices;
  Planner planner;
};

ImportPlanner::ImportPlanner(const Programme& programme, const Workbook& workbook,
                             Language language, ImportChoices choices)
    : impl_(std::make_unique<Impl>(programme, workbook, language, std::move(choices))) {}
ImportPlanner::~ImportPlanner() = default;
ImportPlanner::ImportPlanner(ImportPlanner&&) noexcept = default;
ImportPlanner& ImportPlanner::operator=(ImportPlanner&&) noexcept = default;

bool ImportPlanner::step() {
  return impl_->planner.step();
}

double ImportPlanner::progress() const {
  return impl_->planner.progress();
}

ImportPlan ImportPlanner::take() {
  return impl_->planner.take();
}

void start_from(const Ledger& ledger, ImportPlan& plan) {
  // A board may hold a value in another form than the canonical one: 40.0 for 40.
  for (Change& change : plan.changes) {
    const json* now = change.before ? ledger.value(change.pointer) : nullptr;
    if (now != nullptr) change.before = *now;
  }
}

ImportPlan plan_import(const Programme& programme, const Workbook& workbook, Language language,
                       const ImportChoices& choices) {
  ImportPlanner planner(programme, workbook, language, choices);
  while (planner.step()) {
  }
  return planner.take();
}

ImportPlan plan_import(const Ledger& ledger, const Workbook& workbook, Language language,
                       const ImportChoices& choices) {
  ImportPlan plan = plan_import(ledger.state(), workbook, language, choices);
  start_from(ledger, plan);
  return plan;
}

std::vector<ImportField> import_fields(std::string_view table, Language language) {
  std::vector<ImportField> fields;
  const SheetKind* kind = sheets::kind_of_list(table);
  if (kind == nullptr) return fields;
  for (const Column& column : kind->columns) {
    if (column.type == ValueType::computed) continue;
    fields.push_back({column.path, column.heading(language)});
  }
  return fields;
}

std::vector<ImportField> import_tables(Language language) {
  std::vector<ImportField> tables;
  for (const SheetKind& kind : sheets::sheet_kinds()) {
    tables.push_back({kind.list, kind.name(language)});
  }
  return tables;
}

ImportChoices pasted_choices(const Workbook& workbook, Language language,
                             std::vector<std::string_view> fields) {
  if (fields.empty()) {
    fields = {"code",   language == Language::zh ? "title/zh" : "title/en",
              "status", "area",
              "leads",  "start",
              "due",    "progress"};
  }
  ImportChoices choices;
  for (std::size_t i = 0; i < workbook.sheets.size(); ++i) {
    const Sheet& sheet = workbook.sheets[i];
    if (sheet.rows.empty()) continue;
    const std::vector<Cell>& top = sheet.rows.front();
    std::size_t width = 0;
    for (const std::vector<Cell>& row : sheet.rows) width = std::max(width, row.size());
    std::size_t known = 0;
    for (const SheetKind& kind : sheets::sheet_kinds()) {
      const auto matches = std::count_if(top.begin(), top.end(), [&kind](const Cell& cell) {
        return cell.text() != nullptr && sheets::match_heading(kind, *cell.text()).has_value();
      });
      known = std::max(known, static_cast<std::size_t>(matches));
    }
    SheetChoice choice;
    if (known >= 2) continue;
    choice.table = sheets::sheet_kinds().front().list;
    choice.heading_line = known == 1 && width == 1 ? 1 : 0;
    if (*choice.heading_line == 0) {
      for (std::size_t k = 0; k < std::min(width, fields.size()); ++k) {
        choice.fields[k] = fields[k];
      }
    }
    choices[i] = std::move(choice);
  }
  return choices;
}

}  // namespace tc
