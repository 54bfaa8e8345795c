#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/exchange/workbook.hpp"
#include "core/model/text.hpp"
#include "native/cli/files.hpp"

namespace tc::cli {

struct LoadedWorkbook {
  std::optional<Workbook> workbook;
  std::vector<Fault> faults;
};

/// What is wrong with a file of the format before .xlsx (.xls, .et), or with a password: both are
/// compound files. Nothing for any other file.
std::optional<Fault> old_format(const std::string& bytes, Language language);

/// Reads an .xlsx file (Office Open XML). Cells with a date format come as days, formulas as their
/// last results. Too large, damaged or foreign files are faults: before anything is parsed, every
/// part is unpacked once within the limits of workbook.hpp and its checksum compared.
LoadedWorkbook read_xlsx(const std::string& bytes, Language language);

/// Reads CSV of one sheet called `name`: UTF-8 with or without a byte order mark, UTF-16 with one,
/// else GB18030 (what Excel in China saves as CSV). Separated by commas, semicolons or tabs,
/// whichever the first line has most of. All cells are texts.
LoadedWorkbook read_csv(const std::string& bytes, const std::string& name, Language language);

struct WrittenWorkbook {
  std::string bytes;
  std::optional<std::string> problem;
};

/// Writes .xlsx: texts as plain strings, never as formulas or links; days with the format
/// yyyy-mm-dd; the first row with several cells of a sheet, its headings, stays in sight.
WrittenWorkbook write_xlsx(const Workbook& workbook, Language language);

}  // namespace tc::cli
