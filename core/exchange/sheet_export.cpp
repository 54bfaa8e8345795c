#include "core/exchange/sheet_export.hpp"

#include <utility>

#include "core/exchange/csv.hpp"
#include "core/exchange/sheet_columns.hpp"
#include "core/ledger/keyed_document.hpp"
#include "core/model/element_json.hpp"

namespace tc {

namespace {

using nlohmann::json;
using sheets::Column;
using sheets::SheetKind;

class Exporter {
 public:
  Exporter(const Programme& programme, const Schedule* schedule, Language language)
      : programme_(programme),
        schedule_(schedule != nullptr && schedule->items.size() == programme.items.size()
                      ? schedule
                      : nullptr),
        language_(language),
        names_(programme) {}

  Workbook make() {
    Workbook workbook;
    workbook.sheets.push_back(about());
    for (const SheetKind& kind : sheets::sheet_kinds()) {
      workbook.sheets.push_back(table(kind.kind));
    }
    return workbook;
  }

  Sheet table(sheets::Kind wanted) {
    const SheetKind& kind = sheets::sheet_kinds()[static_cast<std::size_t>(wanted)];
    Sheet sheet = begin(kind);
    const auto list = [&](const auto& elements) {
      for (const auto& element : elements) row(sheet, kind, json_of(element), {}, 0);
    };
    switch (wanted) {
      case sheets::Kind::indicators:
        list(programme_.indicators);
        return sheet;
      case sheets::Kind::needs:
        list(programme_.needs);
        return sheet;
      case sheets::Kind::results:
        list(programme_.results);
        return sheet;
      case sheets::Kind::jobs:
        list(programme_.jobs);
        return sheet;
      case sheets::Kind::graduates:
        list(programme_.graduates);
        return sheet;
      default:
        break;
    }
    for (std::size_t i = 0; i < programme_.items.size(); ++i) {
      const ActionItem& item = programme_.items[i];
      const auto part = [&](const auto& elements) {
        for (const auto& element : elements) row(sheet, kind, json_of(element), item.code, i);
      };
      if (wanted == sheets::Kind::items) row(sheet, kind, json_of(item), item.code, i);
      if (wanted == sheets::Kind::milestones) part(item.milestones);
      if (wanted == sheets::Kind::dependencies) part(item.depends_on);
      if (wanted == sheets::Kind::evidence) part(item.evidence);
    }
    return sheet;
  }

 private:
  std::string pick(const char* zh, const char* en) const {
    return language_ == Language::zh ? zh : en;
  }

  Sheet about() const {
    Sheet sheet{sheets::kAboutName.in(language_), {}};
    if (programme_.kind == ProgrammeKind::demonstration) {
      sheet.rows.push_back({{std::string(sheets::kDemonstrationLabel)}});
    }
    const auto line = [&sheet](std::string label, Cell value) {
      if (!value.empty()) sheet.rows.push_back({{std::move(label)}, std::move(value)});
    };
    const auto text = [](const std::string& value) { return value.empty() ? Cell{} : Cell{value}; };
    const auto day = [](const std::optional<Date>& date) { return date ? Cell{*date} : Cell{}; };
    const auto kind = [this] {
      switch (programme_.kind) {
        case ProgrammeKind::sourced:
          return pick("据公开资料整理", "Drawn from sources");
        case ProgrammeKind::demonstration:
          return pick("演示数据", "Demonstration data");
        case ProgrammeKind::working:
          break;
      }
      return pick("工作台账", "Working board");
    };
    line(pick("名称（中文）", "Title (Chinese)"), text(programme_.title.zh));
    line(pick("名称（英文）", "Title (English)"), text(programme_.title.en));
    line(pick("说明（中文）", "Description (Chinese)"), text(programme_.description.zh));
    line(pick("说明（英文）", "Description (English)"), text(programme_.description.en));
    line(pick("性质", "Kind"), {kind()});
    line(pick("截至", "As of"), day(programme_.as_of));
    line(pick("应于此日前完成", "To be done by"), day(programme_.finish_by));
    if (schedule_ != nullptr) line(pick("预测日", "Forecast made on"), {schedule_->as_of});
    line(pick("事项数", "Items"), {static_cast<double>(programme_.items.size())});
    return sheet;
  }

  bool has_column(const Column& column) const {
    if (column.type != sheets::ValueType::computed) return true;
    return schedule_ != nullptr && !column.path.starts_with("@milestones");
  }

  Sheet begin(const SheetKind& kind) const {
    Sheet sheet{std::string(kind.name(language_)), {}};
    if (programme_.kind == ProgrammeKind::demonstration) {
      sheet.rows.push_back({{std::string(sheets::kDemonstrationLabel)}});
    }
    sheet.rows.emplace_back();
    for (const Column& column : kind.columns) {
      if (has_column(column)) {
        sheet.rows.back().push_back({std::string(column.heading(language_))});
      }
    }
    return sheet;
  }

  Cell forecast(const Column& column, std::size_t item) const {
    const ItemSchedule& times = schedule_->items[item];
    if (column.path == "@finish") return times.finish ? Cell{*times.finish} : Cell{};
    if (column.path == "@critical") {
      if (!times.finish) return {};
      return {times.critical ? pick("是", "Yes") : pick("否", "No")};
    }
    const std::optional<int>& days = column.path == "@slip" ? times.slip : times.total_float;
    return days ? Cell{static_cast<double>(*days)} : Cell{};
  }

  void row(Sheet& sheet, const SheetKind& kind, const json& element, const std::string& code,
           std::size_t item) const {
    std::vector<Cell>& cells = sheet.rows.emplace_back();
    for (const Column& column : kind.columns) {
      if (!has_column(column)) continue;
      if (column.path == "@item") {
        cells.push_back({code});
      } else if (column.path == "@key") {
        cells.push_back({evidence_key(element)});
      } else if (column.type == sheets::ValueType::computed) {
        cells.push_back(forecast(column, item));
      } else {
        cells.push_back(sheets::to_cell(sheets::value_at(element, column.path), column.type,
                                        language_, names_));
      }
    }
    while (!cells.empty() && cells.back().empty()) cells.pop_back();
  }

  const Programme& programme_;
  const Schedule* schedule_;
  Language language_;
  sheets::Names names_;
};

std::string separated(const Sheet& sheet, char separator) {
  std::string text;
  for (const std::vector<Cell>& row : sheet.rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i > 0) text += separator;
      text += csv_cell(cell_text(row[i]));
    }
    text += "\r\n";
  }
  return text;
}

}  // namespace

std::string item_cells(const Programme& programme, const std::vector<std::size_t>& items,
                       Language language) {
  Programme part = programme;
  part.items.clear();
  for (const std::size_t item : items) {
    if (item < programme.items.size()) part.items.push_back(programme.items[item]);
  }
  return separated(Exporter(part, nullptr, language).table(sheets::Kind::items), '\t');
}

std::string table_csv(const Programme& programme, std::string_view list, Language language) {
  const SheetKind* kind = sheets::kind_of_list(list);
  if (kind == nullptr) return {};
  return "\xEF\xBB\xBF" + separated(Exporter(programme, nullptr, language).table(kind->kind), ',');
}

Workbook export_sheets(const Programme& programme, const Schedule* schedule, Language language) {
  return Exporter(programme, schedule, language).make();
}

}  // namespace tc
