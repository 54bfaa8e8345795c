#include "core/exchange/sheet_export.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/exchange/csv.hpp"
#include "core/exchange/sheet_columns.hpp"
#include "core/ledger/keyed_document.hpp"
#include "core/model/element_json.hpp"
#include "core/model/progress.hpp"

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

  /// Makes the next rows of the workbook: the first sheet or up to 100 elements' in the others.
  /// False when none are left.
  bool step() {
    constexpr std::size_t kStep = 100;
    if (workbook_.sheets.empty()) {
      workbook_.sheets.push_back(about());
      return true;
    }
    const auto kinds = sheets::sheet_kinds();
    if (kind_ == kinds.size()) return false;
    const SheetKind& kind = kinds[kind_];
    if (next_ == 0) workbook_.sheets.push_back(begin(kind));
    const std::size_t count = elements(kind.kind);
    for (const std::size_t end = std::min(count, next_ + kStep); next_ < end; ++next_) {
      rows(workbook_.sheets.back(), kind, next_);
    }
    if (next_ == count) {
      next_ = 0;
      ++kind_;
    }
    return kind_ < kinds.size();
  }

  double progress() const {
    const auto kinds = sheets::sheet_kinds();
    std::size_t done = next_;
    std::size_t of = 0;
    for (std::size_t i = 0; i < kinds.size(); ++i) {
      of += elements(kinds[i].kind);
      if (i < kind_) done += elements(kinds[i].kind);
    }
    return share(done, of);
  }

  Workbook take() { return std::move(workbook_); }

  /// The items' sheet with these alone.
  Sheet items(const std::vector<std::size_t>& wanted) const {
    const SheetKind& kind = of(sheets::Kind::items);
    Sheet sheet = begin(kind);
    for (const std::size_t item : wanted) {
      if (item < programme_.items.size()) rows(sheet, kind, item);
    }
    return sheet;
  }

  Sheet table(sheets::Kind wanted) const {
    const SheetKind& kind = of(wanted);
    Sheet sheet = begin(kind);
    for (std::size_t i = 0; i < elements(wanted); ++i) rows(sheet, kind, i);
    return sheet;
  }

 private:
  static const SheetKind& of(sheets::Kind kind) {
    return sheets::sheet_kinds()[static_cast<std::size_t>(kind)];
  }

  /// Of the list that a sheet shows, itself or lists in it.
  std::size_t elements(sheets::Kind kind) const {
    switch (kind) {
      case sheets::Kind::indicators:
        return programme_.indicators.size();
      case sheets::Kind::needs:
        return programme_.needs.size();
      case sheets::Kind::results:
        return programme_.results.size();
      case sheets::Kind::jobs:
        return programme_.jobs.size();
      case sheets::Kind::graduates:
        return programme_.graduates.size();
      default:
        return programme_.items.size();
    }
  }

  /// Those of the element `i` of that list.
  void rows(Sheet& sheet, const SheetKind& kind, std::size_t i) const {
    const auto part = [&](const auto& list) {
      for (const auto& each : list) row(sheet, kind, json_of(each), programme_.items[i].code, i);
    };
    switch (kind.kind) {
      case sheets::Kind::items:
        return row(sheet, kind, json_of(programme_.items[i]), programme_.items[i].code, i);
      case sheets::Kind::milestones:
        return part(programme_.items[i].milestones);
      case sheets::Kind::dependencies:
        return part(programme_.items[i].depends_on);
      case sheets::Kind::evidence:
        return part(programme_.items[i].evidence);
      case sheets::Kind::indicators:
        return row(sheet, kind, json_of(programme_.indicators[i]), {}, 0);
      case sheets::Kind::needs:
        return row(sheet, kind, json_of(programme_.needs[i]), {}, 0);
      case sheets::Kind::results:
        return row(sheet, kind, json_of(programme_.results[i]), {}, 0);
      case sheets::Kind::jobs:
        return row(sheet, kind, json_of(programme_.jobs[i]), {}, 0);
      case sheets::Kind::graduates:
        return row(sheet, kind, json_of(programme_.graduates[i]), {}, 0);
    }
  }

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
  Workbook workbook_;
  std::size_t kind_ = 0;  ///< of the sheet that is being made
  std::size_t next_ = 0;  ///< element of its list
};

class SheetsTask : public ExportTask {
 public:
  SheetsTask(const Programme& programme, const Schedule* schedule, Language language)
      : exporter_(programme, schedule, language) {}

  bool step() override {
    if (writer_) return writer_->step();
    if (exporter_.step()) return true;
    workbook_ = exporter_.take();
    writer_.emplace(workbook_);
    return true;
  }
  double progress() const override {
    return writer_ ? 0.8 + 0.2 * writer_->progress() : 0.8 * exporter_.progress();
  }
  std::string take() override { return writer_->take(); }

 private:
  Exporter exporter_;
  Workbook workbook_;
  std::optional<WorkbookWriter> writer_;
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
  return separated(Exporter(programme, nullptr, language).items(items), '\t');
}

std::string table_csv(const Programme& programme, std::string_view list, Language language) {
  const SheetKind* kind = sheets::kind_of_list(list);
  if (kind == nullptr) return {};
  return "\xEF\xBB\xBF" + separated(Exporter(programme, nullptr, language).table(kind->kind), ',');
}

Workbook export_sheets(const Programme& programme, const Schedule* schedule, Language language) {
  Exporter exporter(programme, schedule, language);
  while (exporter.step()) {
  }
  return exporter.take();
}

std::unique_ptr<ExportTask> begin_sheets(const Programme& programme, const Schedule* schedule,
                                         Language language) {
  return std::make_unique<SheetsTask>(programme, schedule, language);
}

}  // namespace tc
