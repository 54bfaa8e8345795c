#include "core/exchange/policy_table.hpp"

#include <cmath>
#include <vector>

#include "core/exchange/csv.hpp"
#include "core/exchange/xml_text.hpp"
#include "core/model/number_text.hpp"
#include "core/policy/eligibility.hpp"
#include "core/policy/matrix.hpp"

namespace tc {

namespace {

std::string day_text(const std::optional<Date>& day) {
  return day ? format_date(*day) : std::string();
}

std::string titles(const Programme& programme, const policy::GridCell& cell, Language language) {
  std::string text;
  for (const policy::CellPolicy& each : cell.policies) {
    if (!text.empty()) text += language == Language::zh ? "；" : "; ";
    text += programme.policies[each.policy].title.in(language);
  }
  return text;
}

std::string cities(const Programme& programme, const Policy& each, Language language) {
  std::string text;
  for (const std::string& id : each.cities) {
    for (const City& city : programme.cities) {
      if (city.id != id) continue;
      if (!text.empty()) text += language == Language::zh ? "、" : ", ";
      text += city.name.in(language);
    }
  }
  return text;
}

const char* pick(Language language, const char* zh, const char* en) {
  return language == Language::zh ? zh : en;
}

}  // namespace

std::string policies_csv(const Programme& programme, Date as_of, Language language) {
  std::string out = "\xEF\xBB\xBF";
  const auto line = [&out](const std::vector<std::string>& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i > 0) out += ',';
      out += csv_cell(cells[i]);
    }
    out += "\r\n";
  };
  if (programme.kind == ProgrammeKind::demonstration) line({"演示数据 / Demonstration data"});
  const policy::Grid grid = policy::make_grid(programme, as_of);
  if (grid.cells.empty()) {
    line({pick(language, "政策", "Policy"), pick(language, "文件", "Document"),
          pick(language, "城市", "City"), pick(language, "方式", "Instrument"),
          pick(language, "起", "From"), pick(language, "止", "To"),
          pick(language, "是否有效", "In force")});
    for (const Policy& each : programme.policies) {
      line({each.title.in(language), each.document.in(language), cities(programme, each, language),
            label_of(each.instrument).in(language), day_text(each.valid_from),
            day_text(each.valid_to), policy::label_of(policy::force_of(each, as_of)).in(language)});
    }
    return out;
  }
  const PolicyMatrix& matrix = *programme.policy_matrix;
  line({pick(language, "日期", "Day"), pick(language, "对象", "Group"),
        pick(language, "产业集群", "Cluster"), pick(language, "城市", "City"),
        pick(language, "覆盖", "Coverage"), pick(language, "政策", "Policies"),
        pick(language, "预算（万元）", "Budget (10,000 yuan)"),
        pick(language, "预算含估计", "Budget partly estimated")});
  for (std::size_t g = 0; g < grid.groups; ++g) {
    for (std::size_t k = 0; k < grid.clusters; ++k) {
      for (std::size_t c = 0; c < grid.cities; ++c) {
        const policy::GridCell& cell = grid.at(g, k, c);
        line({format_date(as_of), matrix.groups[g].title.in(language),
              matrix.clusters[k].title.in(language), programme.cities[c].name.in(language),
              label_of(cell.coverage).in(language), titles(programme, cell, language),
              cell.budget ? number_text(std::round(*cell.budget * 100) / 100) : std::string(),
              cell.budget
                  ? pick(language, cell.estimated ? "是" : "否", cell.estimated ? "yes" : "no")
                  : ""});
      }
    }
  }
  return out;
}

std::string policies_html(const Programme& programme, Date as_of, Language language) {
  const policy::Grid grid = policy::make_grid(programme, as_of);
  const bool known = programme.policy_matrix.has_value();
  const std::string title = known && !programme.policy_matrix->title.in(language).empty()
                                ? programme.policy_matrix->title.in(language)
                                : std::string(pick(language, "政策", "Policies"));
  std::string out = "<!doctype html>\n<html lang=\"";
  out += pick(language, "zh-CN", "en");
  out += "\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n";
  out += "<title>" + xml_text(title) + "</title>\n";
  out +=
      "<style>\nbody{font:14px/1.5 'Noto Sans CJK SC','PingFang SC','Microsoft "
      "YaHei',sans-serif;color:#15202b;margin:24px}\ntable{border-collapse:collapse;width:100%}\n"
      "th,td{border:1px solid #c3ccd6;padding:6px 8px;text-align:left;vertical-align:top}\n"
      "thead th{position:sticky;top:0;background:#f3f6f9}\n.full{background:#cfeadf}\n"
      ".partial{background:#e3e8fa}\n.expired{background:#fdf1df}\n.unknown{background:#eef1f4}\n"
      ".label{color:#9a4a00;font-weight:bold}\nsmall{color:#566472}\n"
      "@media print{body{margin:0}@page{size:A4 landscape}}\n</style>\n";
  if (programme.kind == ProgrammeKind::demonstration) {
    out += "<p class=\"label\">演示数据 / Demonstration data</p>\n";
  }
  out += "<h1>" + xml_text(title) + "</h1>\n<p>" + xml_text(programme.title.in(language)) + " · " +
         pick(language, "截至 ", "as of ") + format_date(as_of) + "</p>\n";
  const auto cell = [&out](const char* tag, const std::string& text) {
    out += std::string("<") + tag + ">" + xml_text(text) + "</" + tag + ">";
  };
  if (grid.cells.empty()) {
    out += std::string("<p>") +
           pick(language, "来源没有说明矩阵的内容。",
                "The source does not say what the matrix holds.") +
           "</p>\n";
  } else {
    const PolicyMatrix& matrix = *programme.policy_matrix;
    out += "<table>\n<thead><tr>";
    cell("th", pick(language, "对象", "Group"));
    cell("th", pick(language, "城市", "City"));
    for (const MatrixCluster& cluster : matrix.clusters) cell("th", cluster.title.in(language));
    out += "</tr></thead>\n<tbody>\n";
    for (std::size_t g = 0; g < grid.groups; ++g) {
      for (std::size_t c = 0; c < grid.cities; ++c) {
        out += "<tr>";
        cell("th", matrix.groups[g].title.in(language));
        cell("th", programme.cities[c].name.in(language));
        for (std::size_t k = 0; k < grid.clusters; ++k) {
          const policy::GridCell& each = grid.at(g, k, c);
          out += "<td class=\"" + std::string(name_of(each.coverage)) + "\"><b>" +
                 xml_text(label_of(each.coverage).in(language)) + "</b>";
          for (const policy::CellPolicy& entry : each.policies) {
            out += "<br>" + xml_text(programme.policies[entry.policy].title.in(language));
          }
          if (each.budget) {
            out += "<br><small>" + number_text(std::round(*each.budget)) +
                   pick(language, " 万元", " × 10,000 yuan") +
                   (each.estimated ? pick(language, "（含估计）", " (partly estimated)") : "") +
                   "</small>";
          }
          out += "</td>";
        }
        out += "</tr>\n";
      }
    }
    out += "</tbody>\n</table>\n";
  }
  out += std::string("<h2>") + pick(language, "政策", "Policies") + "</h2>\n<table>\n<thead><tr>";
  cell("th", pick(language, "政策", "Policy"));
  cell("th", pick(language, "文件", "Document"));
  cell("th", pick(language, "城市", "City"));
  cell("th", pick(language, "方式", "Instrument"));
  cell("th", pick(language, "有效期", "Validity"));
  out += "</tr></thead>\n<tbody>\n";
  for (const Policy& each : programme.policies) {
    out += "<tr>";
    cell("td", each.title.in(language));
    cell("td", each.document.in(language));
    cell("td", cities(programme, each, language));
    cell("td", label_of(each.instrument).in(language));
    std::string validity = policy::label_of(policy::force_of(each, as_of)).in(language);
    if (each.valid_from || each.valid_to) {
      validity += " · " + day_text(each.valid_from) + " – " + day_text(each.valid_to);
    }
    cell("td", validity);
    out += "</tr>\n";
  }
  return out + "</tbody>\n</table>\n</html>\n";
}

}  // namespace tc
