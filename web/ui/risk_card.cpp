#include "web/ui/risk_card.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

namespace tc::ui {

namespace {

constexpr std::size_t kRows = 5;
constexpr double kLeastShare = 0.01;

struct Decisive {
  std::size_t item;
  double share;
};

/// The items that were critical in most runs.
std::vector<Decisive> decisive_items(const ScheduleRisk& risk) {
  std::vector<Decisive> list;
  for (std::size_t i = 0; i < risk.criticality.size(); ++i) {
    const double share = risk.criticality[i].value_or(0);
    if (share >= kLeastShare) list.push_back({i, share});
  }
  const std::size_t count = std::min(kRows, list.size());
  std::partial_sort(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(count), list.end(),
                    [](const Decisive& a, const Decisive& b) {
                      return a.share != b.share ? a.share > b.share : a.item < b.item;
                    });
  list.resize(count);
  return list;
}

/// Runs by equal spans of weeks, and the share that is done at the end of each.
struct Column {
  Date first, last;
  std::uint32_t runs = 0;
  double done = 0;
};

std::vector<Column> columns_of(const ScheduleRisk& risk, std::size_t most) {
  // Whole weeks, or days off would look like gaps in what is likely.
  constexpr int kWeek = 7;
  const Date first = risk.histogram.front().first - weekday(risk.histogram.front().first);
  const int days = risk.histogram.back().first - first + 1;
  const int weeks = (days + kWeek - 1) / kWeek;
  const int span = kWeek * ((weeks + static_cast<int>(most) - 1) / static_cast<int>(most));
  std::vector<Column> columns(static_cast<std::size_t>((days + span - 1) / span));
  for (std::size_t i = 0; i < columns.size(); ++i) {
    columns[i].first = first + static_cast<int>(i) * span;
    columns[i].last = columns[i].first + (span - 1);
  }
  for (const auto& [date, runs] : risk.histogram) {
    columns[static_cast<std::size_t>((date - first) / span)].runs += runs;
  }
  std::uint32_t sum = 0;
  for (Column& column : columns) {
    sum += column.runs;
    column.done = static_cast<double>(sum) / risk.runs;
  }
  return columns;
}

std::string percent(double share) {
  return std::to_string(static_cast<int>(std::lround(share * 100))) + "%";
}

void histogram(Ui& ui, const ScheduleRisk& risk, const Rect& at) {
  const Theme& c = ui.theme();
  const auto most = static_cast<std::size_t>(std::max(8.0F, at.width() / ui.px(9)));
  const std::vector<Column> columns = columns_of(risk, most);
  std::uint32_t highest = 1;
  for (const Column& column : columns) highest = std::max(highest, column.runs);
  const float width = at.width() / static_cast<float>(columns.size());
  const float gap = width > ui.px(4) ? ui.px(1) : 0;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const Column& column = columns[i];
    const float x = at.x0 + static_cast<float>(i) * width;
    const float height =
        at.height() * static_cast<float>(column.runs) / static_cast<float>(highest);
    ImGui::PushID(static_cast<int>(i));
    const Hit h = ui.hit("column", {x, at.y0, x + width, at.y1});
    ImGui::PopID();
    // As far as the run of 80 % the bars are full: what one may promise.
    const bool likely = column.first <= risk.finish->p80;
    if (height > 0) {
      ui.fill({x, at.y1 - std::max(height, ui.hairline()), x + width - gap, at.y1},
              h.hovered ? c.text : with_alpha(c.accent, likely ? 1.0F : 0.4F));
    }
    if (h.hovered) {
      const std::string days = column.first == column.last
                                   ? date_text(column.first)
                                   : date_text(column.first) + " – " + date_text(column.last);
      ui.tooltip(days + "\n" +
                 ui.t(Str::risk_share, {percent(static_cast<double>(column.runs) / risk.runs)}) +
                 "\n" + ui.t(Str::risk_done_by, {date_text(column.last), percent(column.done)}));
    }
  }
  ui.fill({at.x0, at.y1, at.x1, at.y1 + ui.hairline()}, c.line_strong);
  const float y = at.y1 + ui.px(5);
  ui.draw({at.x0, y}, Type::caption, c.muted, date_text(columns.front().first));
  const std::string last = date_text(columns.back().last);
  ui.draw({at.x1 - ui.measure(Type::caption, last), y}, Type::caption, c.muted, last);
}

}  // namespace

float draw_risk_card(Ui& ui, Board& board, const Rect& at, std::optional<std::size_t>& chosen) {
  const ScheduleRisk& risk = board.risk();
  if (!risk.finish || risk.estimated == 0) return at.y0;  // certain, or not known at all
  const Theme& c = ui.theme();
  const std::vector<Decisive> decisive = decisive_items(risk);
  const std::string basis =
      ui.t(Str::risk_basis, {std::to_string(risk.runs), std::to_string(board.estimated_items()),
                             std::to_string(risk.estimated - board.estimated_items())});
  const float inner_width = at.width() - ui.px(40);
  const auto lines = static_cast<float>(ui.wrap(Type::caption, basis, inner_width).size());
  const float basis_height = lines * ui.line_height(Type::caption);
  const float row = ui.px(30);
  const float chart = ui.px(72);
  const float height = ui.px(64) + ui.px(58) + chart + ui.px(34) + basis_height + ui.px(14) +
                       ui.px(26) + row * static_cast<float>(decisive.size());
  const Rect inner = ui.card({at.x0, at.y0, at.x1, at.y0 + height}, ui.t(Str::risk_title));
  float y = inner.y0;

  const std::array<std::pair<const char*, Date>, 3> figures = {
      {{"P50", risk.finish->p50}, {"P80", risk.finish->p80}, {"P95", risk.finish->p95}}};
  const float column = inner.width() / 3;
  for (std::size_t i = 0; i < figures.size(); ++i) {
    const float x = inner.x0 + column * static_cast<float>(i);
    const std::string date = date_text(figures[i].second);
    ui.draw({x, y}, Type::caption, c.muted, figures[i].first);
    ui.draw({x, y + ui.px(18)}, Type::title, c.text, date, column - ui.px(6));
    const Rect place = {x, y, x + column - ui.px(6), y + ui.px(40)};
    ui.record(Role::listitem, place, figures[i].first, date);
    ImGui::PushID(figures[i].first);
    if (ui.hit("quantile", place).hovered) {
      ui.tooltip(ui.t(Str::risk_done_by, {date, std::string(figures[i].first + 1) + "%"}));
    }
    ImGui::PopID();
  }
  y += ui.px(58);

  histogram(ui, risk, {inner.x0, y, inner.x1, y + chart});
  y += chart + ui.px(34);
  y += ui.paragraph({inner.x0, y}, Type::caption, c.muted, basis, inner.width()) + ui.px(14);

  ui.say({inner.x0, y}, Type::strong, c.text, ui.t(Str::risk_decisive));
  y += ui.px(26);
  for (const Decisive& line : decisive) {
    const ActionItem& item = board.programme.items[line.item];
    const Rect rect = {inner.x0 - ui.px(8), y, inner.x1 + ui.px(8), y + row};
    ImGui::PushID(static_cast<int>(line.item));
    const Hit h = ui.hit("decisive", rect);
    ImGui::PopID();
    if (h.hovered || h.focused) ui.fill(rect, c.hover, 6);
    const float mid = y + row / 2;
    const std::string share = percent(line.share);
    const float number = ui.px(44);
    const float bar = std::min(ui.px(90), inner.width() * 0.25F);
    const std::string name = item.code + "  " + ui.in(item.title);
    ui.draw({inner.x0, mid - ui.size_of(Type::body) / 2}, Type::body, c.text, name,
            inner.width() - number - bar - ui.px(12));
    ui.progress_bar({inner.x1 - number - bar, mid - ui.px(3), inner.x1 - number, mid + ui.px(3)},
                    line.share, c.accent);
    ui.draw({inner.x1 - ui.measure(Type::body, share), mid - ui.size_of(Type::body) / 2},
            Type::body, c.text, share);
    if (Node* node = ui.record(Role::button, rect, name, share)) node->focused = h.focused;
    if (h.hovered) ui.tooltip(ui.t(Str::risk_criticality, {share}));
    if (h.clicked) chosen = line.item;
    y += row;
  }
  return at.y0 + height;
}

}  // namespace tc::ui
