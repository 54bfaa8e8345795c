#include "core/exchange/formats.hpp"

#include <algorithm>
#include <array>

#include "core/exchange/chain_svg.hpp"
#include "core/exchange/csv.hpp"
#include "core/exchange/graphml.hpp"
#include "core/exchange/ics.hpp"
#include "core/exchange/mspdi.hpp"
#include "core/exchange/policy_table.hpp"
#include "core/exchange/sheet_columns.hpp"
#include "core/exchange/sheet_export.hpp"
#include "core/model/programme_json.hpp"

namespace tc {

namespace {

std::string make_csv(const ExportInput& input) {
  return items_csv(input.programme, &input.schedule, input.language);
}

std::string make_ics(const ExportInput& input) {
  IcsOptions options;
  options.language = input.language;
  options.stamp = input.as_of;
  return export_ics(input.programme, options, &input.schedule);
}

std::string make_mspdi(const ExportInput& input) {
  return export_mspdi(input.programme, input.schedule, input.calendar, input.language);
}

std::string make_json(const ExportInput& input) {
  // Who passes a file on does not pass on how to reach people.
  return save_programme(without_contacts(input.programme));
}

std::string make_graphml(const ExportInput& input) {
  return export_graphml(input.programme, input.language);
}

std::string make_svg(const ExportInput& input) {
  return chain_svg(input.programme, {}, input.language);
}

std::string make_policies_csv(const ExportInput& input) {
  return policies_csv(input.programme, input.as_of, input.language);
}

std::string make_policies_html(const ExportInput& input) {
  return policies_html(input.programme, input.as_of, input.language);
}

template <sheets::Kind kKind>
std::string make_table(const ExportInput& input) {
  const sheets::SheetKind& table = sheets::sheet_kinds()[static_cast<std::size_t>(kKind)];
  return table_csv(input.programme, table.list, input.language);
}

}  // namespace

std::span<const ExportFormat> export_formats() {
  // A new format is one file beside this one and one line here.
  static const std::array<ExportFormat, 12> formats = {{
      {"csv", "csv", "text/csv", {"表格（CSV）", "Table for spreadsheets (CSV)"}, make_csv},
      {"ics", "ics", "text/calendar", {"日历（iCalendar）", "Calendar (iCalendar)"}, make_ics},
      {"mspdi",
       "xml",
       "application/xml",
       {"Microsoft Project（XML）", "Microsoft Project (XML)"},
       make_mspdi},
      {"graphml",
       "graphml",
       "application/xml",
       {"产业链网络（GraphML）", "Network of the alliances (GraphML)"},
       make_graphml,
       false},
      {"svg",
       "svg",
       "image/svg+xml",
       {"产业链图（SVG）", "Picture of the chains (SVG)"},
       make_svg,
       false},
      {"policies-csv",
       "policies.csv",
       "text/csv",
       {"政策矩阵（CSV）", "Policy matrix (CSV)"},
       make_policies_csv},
      {"policies-html",
       "policies.html",
       "text/html",
       {"政策矩阵（网页）", "Policy matrix (HTML)"},
       make_policies_html},
      {"needs-csv",
       "needs.csv",
       "text/csv",
       {"需求（CSV）", "Needs (CSV)"},
       make_table<sheets::Kind::needs>,
       false,
       false},
      {"results-csv",
       "results.csv",
       "text/csv",
       {"成果（CSV）", "Results (CSV)"},
       make_table<sheets::Kind::results>,
       false,
       false},
      {"jobs-csv",
       "jobs.csv",
       "text/csv",
       {"岗位（CSV）", "Jobs (CSV)"},
       make_table<sheets::Kind::jobs>,
       false,
       false},
      {"graduates-csv",
       "graduates.csv",
       "text/csv",
       {"毕业生（CSV）", "Graduates (CSV)"},
       make_table<sheets::Kind::graduates>,
       false,
       false},
      {"json",
       "json",
       "application/json",
       {"项目文件（JSON）", "Programme file (JSON)"},
       make_json,
       false},
  }};
  return formats;
}

const ExportFormat* find_export_format(std::string_view id) {
  const std::span<const ExportFormat> all = export_formats();
  const auto found = std::find_if(all.begin(), all.end(),
                                  [id](const ExportFormat& format) { return format.id == id; });
  return found == all.end() ? nullptr : &*found;
}

}  // namespace tc
