#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "core/exchange/export_task.hpp"
#include "core/model/programme.hpp"
#include "core/schedule/calendar.hpp"
#include "core/schedule/schedule.hpp"

namespace tc {

/// What an export is made from. It has to be there, and as it is, until the export has ended.
struct ExportInput {
  const Programme& programme;
  const Schedule& schedule;  ///< of the programme on `as_of`
  const WorkCalendar& calendar;
  Date as_of;
  Language language = Language::zh;
};

/// A file format that a programme can be written in. The command line and the browser offer what
/// is listed in `export_formats`.
struct ExportFormat {
  std::string_view id;         ///< `csv`
  std::string_view extension;  ///< of the file, without a dot
  std::string_view mime;
  Text name;
  std::unique_ptr<ExportTask> (*begin)(const ExportInput&);
  /// Whether what it says hangs on `ExportInput::as_of`, so that a day has to be known.
  bool needs_day = true;
  /// Whether it is offered for the whole programme; else where its list is shown.
  bool in_menu = true;

  /// All of it in one go.
  std::string make(const ExportInput& input) const { return finish(*begin(input)); }
};

std::span<const ExportFormat> export_formats();

/// The format of that id, or null.
const ExportFormat* find_export_format(std::string_view id);

}  // namespace tc
