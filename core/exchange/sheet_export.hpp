#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/exchange/export_task.hpp"
#include "core/exchange/workbook.hpp"
#include "core/model/programme.hpp"
#include "core/schedule/schedule.hpp"

namespace tc {

/// A programme as sheets: 说明/About (title, day, kind), items, milestones, dependencies, evidence,
/// indicators, needs, results, jobs and graduates with all their members except extensions (`x-…`)
/// and how to reach people, headings in `language`. Days
/// are day cells, figures numbers. Of a schedule the items' forecast is added in columns of their
/// own; null (or one of another programme's size) leaves those out. A demonstration is labelled
/// above the headings of every sheet. `plan_import` of the result changes nothing.
/// Linear in the size of the programme.
Workbook export_sheets(const Programme& programme, const Schedule* schedule, Language language);
/// The same as the JSON of `workbook_json`, a part at a time.
std::unique_ptr<ExportTask> begin_sheets(const Programme& programme, const Schedule* schedule,
                                         Language language);

/// One of these sheets as comma-separated values (see csv.hpp): `needs`, `results`, `jobs` or
/// `graduates`, or any other list of sheet_columns.hpp. Empty when there is no such list.
std::string table_csv(const Programme& programme, std::string_view list, Language language);

/// Items as cells for the clipboard, with headings: separated by tabs and CR LF, quoted where need
/// be, texts that a spreadsheet would take for formulas neutralised. `items` are positions.
/// `plan_import` of the result changes nothing. Linear in the size of the programme.
std::string item_cells(const Programme& programme, const std::vector<std::size_t>& items,
                       Language language);

}  // namespace tc
