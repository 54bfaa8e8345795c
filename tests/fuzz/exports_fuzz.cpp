// Everything that is computed from a programme or written of it, for any programme that holds
// together.

#include "core/alliance/analysis.hpp"
#include "core/exchange/chain_svg.hpp"
#include "core/exchange/formats.hpp"
#include "core/exchange/sheet_export.hpp"
#include "core/exchange/sheet_import.hpp"
#include "core/exchange/taskbook.hpp"
#include "core/model/programme_json.hpp"
#include "core/schedule/monte_carlo.hpp"
#include "tests/core/exchange/markup.hpp"
#include "tests/fuzz/target.hpp"

using namespace tc;
using fuzz::require;

TONGCHENG_FUZZ_TARGET(exports) {
  const Result<Programme> read = load_programme(bytes);
  if (!read) return;
  const Programme& programme = *read.value;
  const Language language = bytes.size() % 2 == 0 ? Language::zh : Language::en;
  const Date day = programme.as_of.value_or(*make_date(2024, 3, 23));
  const WorkCalendar calendar = WorkCalendar().with(programme.calendar_days);
  const Schedule schedule = make_schedule(programme, calendar, day);
  require(schedule.items.size() == programme.items.size(), "every item is scheduled");
  for (const ExportFormat& format : export_formats()) {
    const std::string text = format.make({programme, schedule, calendar, day, language});
    require(is_utf8(text), std::string(format.id) + " is text");
    if (format.extension == "svg" || format.extension == "xml" || format.extension == "graphml") {
      require(test::markup_fault(text).empty(),
              std::string(format.id) + ": " + test::markup_fault(text));
    }
  }
  for (std::size_t i = 0; i < programme.departments.size(); ++i) {
    const std::string book = taskbook_html(programme, &schedule, i, day, language);
    require(test::html_fault(book).empty(), "task book: " + test::html_fault(book));
  }
  for (const Alliance& alliance : programme.alliances) {
    require(alliance::analyse(programme, {alliance.id, {}}).has_value(), "an alliance is analysed");
  }
  const Workbook sheets = export_sheets(programme, &schedule, language);
  const ImportPlan plan = plan_import(programme, sheets, language);
  require(plan.changes.empty(), "what is exported and imported again changes nothing");
}
