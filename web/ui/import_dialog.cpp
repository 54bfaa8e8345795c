#include "web/ui/import_dialog.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/exchange/sheet_columns.hpp"
#include "web/ui/dialog.hpp"
#include "web/ui/icons.gen.hpp"

namespace tc::ui {

namespace {

std::string shown_value(const Ui& ui, const std::string& value) {
  return value.empty() ? std::string(ui.t(Str::import_empty)) : value;
}

}  // namespace

void add_headings(Workbook& workbook, Language language) {
  const sheets::SheetKind& items = sheets::sheet_kinds().front();
  // In the order of the items view, of which what is pasted most likely comes.
  const std::string title = language == Language::zh ? "title/zh" : "title/en";
  const std::array<std::string_view, 8> order = {"code",  title,   "status", "area",
                                                 "leads", "start", "due",    "progress"};
  for (Sheet& sheet : workbook.sheets) {
    if (sheet.rows.empty()) continue;
    const std::vector<Cell>& first = sheet.rows.front();
    const bool headed = std::any_of(first.begin(), first.end(), [](const Cell& cell) {
      return cell.text() != nullptr &&
             std::any_of(sheets::sheet_kinds().begin(), sheets::sheet_kinds().end(),
                         [&cell](const sheets::SheetKind& kind) {
                           return sheets::match_heading(kind, *cell.text()).has_value();
                         });
    });
    if (headed) continue;
    std::vector<Cell> headings;
    for (const std::string_view path : order) {
      const auto column =
          std::find_if(items.columns.begin(), items.columns.end(),
                       [path](const sheets::Column& entry) { return entry.path == path; });
      headings.push_back({std::string(column->heading(language))});
    }
    headings.resize(std::min(headings.size(), first.size()));
    sheet.rows.insert(sheet.rows.begin(), std::move(headings));
  }
}

void ImportDialog::open(std::string name, Workbook workbook) {
  name_ = std::move(name);
  workbook_ = std::move(workbook);
  version_ = 0;
  reason_.clear();
}

void ImportDialog::close() {
  workbook_.reset();
  plan_ = {};
  lines_.clear();
}

void ImportDialog::plan(const Ui& ui, Workspace& workspace) {
  version_ = workspace.board->version;
  language_ = ui.language;
  plan_ = workspace.ledger ? plan_import(*workspace.ledger, *workbook_, ui.language)
                           : plan_import(workspace.board->programme, *workbook_, ui.language);
  lines_.clear();
  const auto heading = [this, &ui](Str title, std::size_t count) {
    if (count == 0) return;
    lines_.push_back({Line::Kind::heading, {}, {}, ui.t(title, {std::to_string(count)}), {}, {}});
  };
  heading(Str::import_faults, plan_.errors.size());
  for (const CellError& error : plan_.errors) {
    lines_.push_back({Line::Kind::fault, {}, error.place, error.message, {}, {}});
  }
  heading(Str::import_notes, plan_.warnings.size());
  for (const CellError& warning : plan_.warnings) {
    lines_.push_back({Line::Kind::note, {}, warning.place, warning.message, {}, {}});
  }
  heading(Str::import_changes, plan_.count(RowOutcome::added) + plan_.count(RowOutcome::changed));
  for (const PlannedRow& row : plan_.rows) {
    if (row.outcome != RowOutcome::added && row.outcome != RowOutcome::changed) continue;
    const std::size_t slash = row.pointer.find('/', 1);
    std::string text = slash == std::string::npos ? row.pointer : row.pointer.substr(slash + 1);
    text += "  " + row.title;
    lines_.push_back({Line::Kind::row,
                      row.outcome,
                      cell_address(row.sheet, row.row, 0),
                      std::move(text),
                      {},
                      {}});
    for (const FieldChange& field : row.fields) {
      lines_.push_back(
          {Line::Kind::field, row.outcome, field.place, field.field, field.before, field.after});
    }
  }
}

/// How many rows become what, one tag each.
void ImportDialog::counts(Ui& ui, ImVec2 at, float width) const {
  const Theme& c = ui.theme();
  const float right = at.x + width;
  for (const RowOutcome outcome : kRowOutcomes) {
    const std::size_t count = plan_.count(outcome);
    if (count == 0) continue;
    const std::string label = ui.in(label_of(outcome)) + " " + std::to_string(count);
    const bool bad = outcome == RowOutcome::refused;
    const bool news = outcome == RowOutcome::added || outcome == RowOutcome::changed;
    if (at.x + ui.tag_width(label) > right) return;
    float tag = 0;
    ui.tag(at, label,
           bad    ? c.danger
           : news ? c.accent
                  : c.muted,
           bad ? c.danger_soft : c.sunken, tag);
    ui.record(Role::status, {at.x, at.y, at.x + tag, at.y + ui.px(22)}, label);
    at.x += tag + ui.px(8);
  }
}

void ImportDialog::line(Ui& ui, const Line& line, const Rect& rect) const {
  const Theme& c = ui.theme();
  const float y = (rect.y0 + rect.y1 - ui.size_of(Type::body)) / 2;
  float x = rect.x0 + ui.px(8);
  const float right = rect.x1 - ui.px(8);
  switch (line.kind) {
    case Line::Kind::heading:
      ui.draw({x, y}, Type::strong, c.text, line.text, right - x);
      ui.record(Role::heading, rect, line.text);
      return;
    case Line::Kind::fault:
    case Line::Kind::note: {
      const bool fault = line.kind == Line::Kind::fault;
      ui.icon({x + ui.px(8), (rect.y0 + rect.y1) / 2}, 15, fault ? c.danger : c.warning,
              icon::triangle_alert);
      x += ui.px(24);
      x += ui.draw({x, y}, Type::strong, c.text, line.place, (right - x) * 0.4F) + ui.px(10);
      ui.draw({x, y}, Type::body, c.text, line.text, right - x);
      ui.record(fault ? Role::alert : Role::status, rect, line.place + ": " + line.text);
      break;
    }
    case Line::Kind::row: {
      float tag = 0;
      ui.tag({x, rect.y0 + ui.px(5)}, ui.in(label_of(line.outcome)), c.accent, c.sunken, tag);
      const float place = ui.measure(Type::small, line.place);
      ui.draw({x + tag + ui.px(10), y}, Type::strong, c.text, line.text,
              right - x - tag - place - ui.px(26));
      ui.draw({right - place, y}, Type::small, c.muted, line.place);
      ui.record(Role::row, rect, line.text, ui.in(label_of(line.outcome)));
      break;
    }
    case Line::Kind::field: {
      x += ui.px(24);
      const float room = right - x;
      const std::string before = shown_value(ui, line.before);
      const std::string after = shown_value(ui, line.after);
      x += std::max(ui.px(92), ui.draw({x, y}, Type::small, c.muted, line.text, room * 0.3F)) +
           ui.px(12);
      // A value that is new needs no arrow from nothing.
      if (!line.before.empty()) {
        x += ui.draw({x, y}, Type::small, c.muted, before, room * 0.3F) + ui.px(8);
        x += ui.draw({x, y}, Type::small, c.muted, "→") + ui.px(8);
      }
      ui.draw({x, y}, Type::small, c.text, after, right - x);
      ui.record(Role::listitem, rect, line.text, before + " → " + after);
      break;
    }
  }
  if (ImGui::IsMouseHoveringRect(rect.min(), rect.max()) && ImGui::IsWindowHovered()) {
    const bool field = line.kind == Line::Kind::field;
    ui.tooltip(line.place + "\n" + line.text +
               (field ? "\n" + shown_value(ui, line.before) + " → " + shown_value(ui, line.after)
                      : std::string()));
  }
}

void ImportDialog::list(Ui& ui, const Rect& area) const {
  ui.fill(area, ui.theme().page, 8);
  ImGui::SetCursorScreenPos(area.min());
  ImGui::BeginChild("plan", {area.width(), area.height()}, ImGuiChildFlags_None,
                    ImGuiWindowFlags_NoBackground);
  const float height = ui.px(30);
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(lines_.size()), height);
  while (clipper.Step()) {
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
      const ImVec2 at = ImGui::GetCursorScreenPos();
      const float width = ImGui::GetContentRegionAvail().x;
      line(ui, lines_[static_cast<std::size_t>(i)], {at.x, at.y, at.x + width, at.y + height});
      ImGui::SetCursorScreenPos({at.x, at.y + height});
    }
  }
  clipper.End();
  ImGui::Dummy({0, 0});
  ImGui::EndChild();
}

void ImportDialog::draw(Ui& ui, Workspace& workspace) {
  constexpr const char* kId = "import";
  if (!is_open()) return;
  if (!ImGui::IsPopupOpen(kId)) ImGui::OpenPopup(kId);
  if (version_ != workspace.board->version || language_ != ui.language) plan(ui, workspace);
  const auto inner = begin_dialog(ui, kId, ui.t(Str::import_title, {shorten(name_, 60)}), 860, 680);
  if (!inner) return;
  const Theme& c = ui.theme();
  float y = inner->y0;
  if (plan_.rows.empty()) {
    y += ui.paragraph({inner->x0, y}, Type::body, c.text, ui.t(Str::import_nothing_known),
                      inner->width());
  } else {
    counts(ui, {inner->x0, y}, inner->width());
    y += ui.px(30);
    const Str what = plan_.changes.empty()  ? Str::import_no_change
                     : plan_.errors.empty() ? Str::import_explain
                                            : Str::import_explain_partly;
    y += ui.paragraph({inner->x0, y}, Type::small, c.muted, ui.t(what), inner->width());
  }
  y += ui.px(12);
  const bool asks = plan_.needs_reason();
  const float bottom = inner->y1 - ui.px(asks ? 116 : 52);
  if (bottom > y) list(ui, {inner->x0, y, inner->x1, bottom});
  if (asks) {
    y = bottom + ui.px(8);
    ui.say({inner->x0, y}, Type::small, c.muted,
           ui.t(Str::import_reason, {std::to_string(plan_.reason_places.size())}));
    y += ui.px(20);
    ui.text_field("reason", {inner->x0, y, inner->x1, y + ui.px(34)}, ui.t(Str::form_reason),
                  reason_, ui.t(Str::form_reason_hint));
  }
  const std::size_t rows = plan_.count(RowOutcome::added) + plan_.count(RowOutcome::changed);
  const std::string confirm = ui.t(Str::import_confirm, {std::to_string(rows)});
  const bool ready = !plan_.changes.empty() && workspace.can_edit() && (!asks || !blank(reason_));
  const int answer = dialog_buttons(ui, *inner, confirm.c_str(), ready);
  if (answer > 0) {
    workspace.propose(std::move(plan_.changes), reason_);
    if (workspace.proposal) workspace.proposal->kind = EntryKind::import;
  }
  if (answer != 0) {
    ImGui::CloseCurrentPopup();
    close();
  }
  ImGui::EndPopup();
}

}  // namespace tc::ui
