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
#include "core/model/programme_writer.hpp"

namespace tc {

namespace {

using Task = std::unique_ptr<ExportTask>;

/// Of what is small: all of it in one part.
template <std::string (*kMake)(const ExportInput&)>
Task whole(const ExportInput& input) {
  class Whole : public EntriesTask {
   public:
    explicit Whole(const ExportInput& input) : EntriesTask(0), input_(input) {}

   private:
    void begin() override { text_ = kMake(input_); }
    ExportInput input_;
  };
  return std::make_unique<Whole>(input);
}

Task begin_csv(const ExportInput& input) {
  return begin_items_csv(input.programme, &input.schedule, input.language);
}

Task begin_calendar(const ExportInput& input) {
  IcsOptions options;
  options.language = input.language;
  options.stamp = input.as_of;
  return begin_ics(input.programme, options, &input.schedule);
}

Task begin_project(const ExportInput& input) {
  return begin_mspdi(input.programme, input.schedule, input.calendar, input.language);
}

Task begin_json(const ExportInput& input) {
  class JsonTask : public ExportTask {
   public:
    // Who passes a file on does not pass on how to reach people.
    explicit JsonTask(const Programme& programme) : programme_(without_contacts(programme)) {}
    bool step() override { return writer_.step(); }
    double progress() const override { return writer_.progress(); }
    std::string take() override { return writer_.take(); }

   private:
    Programme programme_;
    ProgrammeWriter writer_{programme_};
  };
  return std::make_unique<JsonTask>(input.programme);
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
      {"csv", "csv", "text/csv", {"表格（CSV）", "Table for spreadsheets (CSV)"}, begin_csv},
      {"ics",
       "ics",
       "text/calendar",
       {"日历（iCalendar）", "Calendar (iCalendar)"},
       begin_calendar},
      {"mspdi",
       "xml",
       "application/xml",
       {"Microsoft Project（XML）", "Microsoft Project (XML)"},
       begin_project},
      {"graphml",
       "graphml",
       "application/xml",
       {"产业链网络（GraphML）", "Network of the alliances (GraphML)"},
       whole<make_graphml>,
       false},
      {"svg",
       "svg",
       "image/svg+xml",
       {"产业链图（SVG）", "Picture of the chains (SVG)"},
       whole<make_svg>,
       false},
      {"policies-csv",
       "policies.csv",
       "text/csv",
       {"政策矩阵（CSV）", "Policy matrix (CSV)"},
       whole<make_policies_csv>},
      {"policies-html",
       "policies.html",
       "text/html",
       {"政策矩阵（网页）", "Policy matrix (HTML)"},
       whole<make_policies_html>},
      {"needs-csv",
       "needs.csv",
       "text/csv",
       {"需求（CSV）", "Needs (CSV)"},
       whole<make_table<sheets::Kind::needs>>,
       false,
       false},
      {"results-csv",
       "results.csv",
       "text/csv",
       {"成果（CSV）", "Results (CSV)"},
       whole<make_table<sheets::Kind::results>>,
       false,
       false},
      {"jobs-csv",
       "jobs.csv",
       "text/csv",
       {"岗位（CSV）", "Jobs (CSV)"},
       whole<make_table<sheets::Kind::jobs>>,
       false,
       false},
      {"graduates-csv",
       "graduates.csv",
       "text/csv",
       {"毕业生（CSV）", "Graduates (CSV)"},
       whole<make_table<sheets::Kind::graduates>>,
       false,
       false},
      {"json",
       "json",
       "application/json",
       {"项目文件（JSON）", "Programme file (JSON)"},
       begin_json,
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
