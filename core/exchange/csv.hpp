#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/exchange/export_task.hpp"
#include "core/model/programme.hpp"
#include "core/schedule/schedule.hpp"

namespace tc {

/// The list of items as comma-separated values that spreadsheets open as they are: UTF-8 with a
/// byte order mark, lines ended by CR LF, quoted after RFC 4180, headings in `language`. Unknown
/// cells are empty; milestones are counted in two columns, since `2/4` would be read as a date. A
/// null schedule (or one of another programme's size) leaves its columns empty. A demonstration's
/// first line says so, above the headings. Linear in the size of the programme.
std::string items_csv(const Programme& programme, const Schedule* schedule, Language language);
/// The same a part at a time.
std::unique_ptr<ExportTask> begin_items_csv(const Programme& programme, const Schedule* schedule,
                                            Language language);

/// One cell: quoted if it holds what any reader might take for a separator, and with an apostrophe
/// before anything that a spreadsheet would take for a formula (`=`, `+`, `-`, `@` and their
/// full-width forms, tab, CR). Plain numbers, as -3 or +1.5, stay what they are.
std::string csv_cell(std::string_view text);

/// The text without the apostrophe that `csv_cell` has put before it, if it has.
std::string_view without_guard(std::string_view text);

}  // namespace tc
