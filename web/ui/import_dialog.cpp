#include "web/ui/import_dialog.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "web/ui/dialog.hpp"
#include "web/ui/icons.gen.hpp"

namespace tc::ui {

namespace {

std::string shown_value(const Ui& ui, const std::string& value) {
  return value.empty() ? std::string(ui.t(Str::import_empty)) : value;
}

std::string_view field_of(ItemColumn column, Language language) {
  switch (column) {
    case ItemColumn::code:
      return "code";
    case ItemColumn::title:
      return language == Language::zh ? "title/zh" : "title/en";
    case ItemColumn::area:
      return "area";
    case ItemColumn::leads:
      return "leads";
    case ItemColumn::status:
      return "status";
    case ItemColumn::start:
      return "start";
    case ItemColumn::due:
      return "due";
    case ItemColumn::progress:
      break;
  }
  return "progress";
}

}  // namespace

ImportChoices understand_pasted(Workbook& workbook, const Programme& programme,
                                const PastePlace* place, Language language) {
  ImportChoices plain = pasted_choices(workbook, language);
  if (place == nullptr || plain.empty() || workbook.sheets.size() != 1) return plain;
  Sheet& sheet = workbook.sheets.front();
  if (*plain.begin()->second.heading_line != 0) return plain;
  std::unordered_set<std::string_view> codes;
  for (const ActionItem& item : programme.items) codes.insert(item.code);
  std::size_t width = 0;
  for (const std::vector<Cell>& row : sheet.rows) {
    width = std::max(width, row.size());
    if (!row.empty() && codes.contains(cell_text(row.front()))) return plain;
  }
  if (width > place->columns.size()) return plain;
  std::vector<std::string_view> fields;
  bool tells = false;
  for (const ItemColumn column : place->columns) {
    const std::string_view field = field_of(column, language);
    if (fields.size() < width) tells = tells || field == "code" || field.starts_with("title");
    fields.push_back(field);
  }
  ImportChoices choices = pasted_choices(workbook, language, std::move(fields));
  if (tells) return choices;
  for (std::size_t r = 0; r < std::min(sheet.rows.size(), place->codes.size()); ++r) {
    sheet.rows[r].resize(width + 1);
    sheet.rows[r][width] = {place->codes[r]};
  }
  choices.begin()->second.fields[width] = "code";
  return choices;
}

int ImportDialog::Options::index_of(const std::string& id) const {
  const auto found = std::find(ids.begin(), ids.end(), id);
  return found == ids.end() ? -1 : static_cast<int>(found - ids.begin());
}

void ImportDialog::open(std::string name, Workbook workbook, ImportChoices choices) {
  planner_.reset();
  name_ = std::move(name);
  workbook_ = std::move(workbook);
  choices_ = std::move(choices);
  page_ = Page::changes;
  version_ = 0;
  reason_.clear();
}

void ImportDialog::close() {
  planner_.reset();
  workbook_.reset();
  plan_ = {};
  lines_.clear();
  map_lines_.clear();
  choices_.clear();
}

/// Begins to plan anew; what is over in a moment is done at once.
void ImportDialog::plan(const Ui& ui, Workspace& workspace) {
  constexpr std::size_t kFew = 500;
  first_ = version_ == 0;
  version_ = workspace.board->version;
  language_ = ui.language;
  const Programme& state =
      workspace.ledger ? workspace.ledger->state() : workspace.board->programme;
  planner_.emplace(state, *workbook_, ui.language, choices_);
  std::size_t rows = state.items.size();
  for (const Sheet& sheet : workbook_->sheets) rows += sheet.rows.size();
  while (rows < kFew && planner_ && work(workspace)) {
  }
}

bool ImportDialog::work(Workspace& workspace) {
  if (version_ != workspace.board->version) {
    planner_.reset();  // what it looks at is gone; the next frame begins anew
    return false;
  }
  if (work_a_piece(workspace.host, [this] { return planner_->step(); })) return true;
  plan_ = planner_->take();
  planner_.reset();
  if (workspace.ledger) start_from(*workspace.ledger, plan_);
  planned_ = true;
  return false;
}

void ImportDialog::show_plan(const Ui& ui) {
  planned_ = false;
  // Where nothing was understood the columns are what somebody has to say something about.
  if (first_ && plan_.rows.empty() && !plan_.mapping.empty()) page_ = Page::columns;
  const auto leave_out = [&ui] { return Options{{std::string()}, {ui.t(Str::import_leave_out)}}; };
  tables_ = leave_out();
  fields_ = {leave_out()};
  for (const ImportField& table : import_tables(ui.language)) {
    tables_.ids.emplace_back(table.id);
    tables_.labels.emplace_back(table.heading);
    fields_.push_back(leave_out());
    for (const ImportField& field : import_fields(table.id, ui.language)) {
      fields_.back().ids.emplace_back(field.id);
      fields_.back().labels.emplace_back(field.heading);
    }
  }
  list_map_lines();
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

const ImportDialog::Options& ImportDialog::fields_of(const std::string& table) const {
  return fields_[static_cast<std::size_t>(std::max(0, tables_.index_of(table)))];
}

void ImportDialog::list_map_lines() {
  map_lines_.clear();
  for (std::size_t i = 0; i < plan_.mapping.size(); ++i) {
    map_lines_.push_back({MapLine::Kind::sheet, i, 0});
    if (narrow_) map_lines_.push_back({MapLine::Kind::choices, i, 0});
    for (std::size_t k = 0; k < plan_.mapping[i].columns.size(); ++k) {
      map_lines_.push_back({MapLine::Kind::column, i, k});
    }
  }
}

void ImportDialog::choose_table(const MappedSheet& sheet, const std::string& table) {
  SheetChoice& choice = choices_[sheet.sheet];
  choice.fields.clear();  // those of another table
  choice.table.reset();
  if (table != sheet.known_table) choice.table = table;
  chosen_ = true;
}

void ImportDialog::choose_field(const MappedSheet& sheet, const MappedColumn& column,
                                const std::string& field) {
  SheetChoice& choice = choices_[sheet.sheet];
  bool taken = false;
  for (const MappedColumn& other : sheet.columns) {
    if (field.empty() || other.column == column.column || other.field != field) continue;
    // What somebody chose before gives way to what is chosen now.
    if (const auto said = choice.fields.find(other.column); said != choice.fields.end()) {
      said->second.clear();
    } else {
      taken = true;
    }
  }
  if (field == column.known_field && !taken) {
    choice.fields.erase(column.column);
  } else {
    choice.fields[column.column] = field;
  }
  chosen_ = true;
}

/// What a sheet becomes and where its headings stand.
void ImportDialog::sheet_choices(Ui& ui, const MappedSheet& sheet, const Rect& rect) {
  const float gap = ui.px(8);
  const float half = (rect.width() - gap) / 2;
  const std::string name = sheet.name.empty() ? name_ : sheet.name;
  const int table =
      ui.combo("table", {rect.x0, rect.y0, rect.x0 + half, rect.y1},
               ui.t(Str::import_sheet, {name}), tables_.labels, tables_.index_of(sheet.table));
  if (table >= 0 && tables_.ids[static_cast<std::size_t>(table)] != sheet.table) {
    choose_table(sheet, tables_.ids[static_cast<std::size_t>(table)]);
  }
  if (sheet.table.empty()) return;
  constexpr std::size_t kMost = 30;  // rows that are offered
  std::vector<std::string> rows = {ui.t(Str::import_no_headings)};
  const std::size_t most =
      std::max(sheet.heading_line, std::min(kMost, workbook_->sheets[sheet.sheet].rows.size()));
  for (std::size_t r = 1; r <= most; ++r) {
    rows.push_back(ui.t(Str::import_heading_line, {std::to_string(r)}));
  }
  const int line =
      ui.combo("line", {rect.x0 + half + gap, rect.y0, rect.x1, rect.y1},
               ui.t(Str::import_sheet, {name}) + " · " + ui.t(Str::import_heading_line, {"–"}),
               rows, static_cast<int>(sheet.heading_line));
  if (line >= 0 && static_cast<std::size_t>(line) != sheet.heading_line) {
    choices_[sheet.sheet].heading_line = static_cast<std::size_t>(line);
    chosen_ = true;
  }
}

void ImportDialog::map_line(Ui& ui, const MapLine& line, const Rect& rect) {
  const Theme& c = ui.theme();
  const MappedSheet& sheet = plan_.mapping[line.sheet];
  const float mid = (rect.y0 + rect.y1) / 2;
  const float half_field = ui.px(17);
  const Rect inner = rect.inset(ui.px(12), 0);
  if (line.kind != MapLine::Kind::column) {
    Rect choices = {inner.x0, mid - half_field, inner.x1, mid + half_field};
    if (!narrow_) choices.x0 = inner.x0 + inner.width() * 0.4F;
    if (line.kind == MapLine::Kind::sheet) {
      const float width = narrow_ ? inner.width() : choices.x0 - inner.x0 - ui.px(12);
      const std::string& name = sheet.name.empty() ? name_ : sheet.name;
      ui.draw({inner.x0, mid - ui.size_of(Type::strong) / 2}, Type::strong, c.text, name, width);
      ui.record(Role::heading, {inner.x0, rect.y0, inner.x0 + width, rect.y1}, name);
    }
    if (narrow_ == (line.kind == MapLine::Kind::choices)) sheet_choices(ui, sheet, choices);
    return;
  }
  const MappedColumn& column = sheet.columns[line.column];
  const std::string letters = column_letters(column.column);
  const Options& fields = fields_of(sheet.table);
  const float field_x = inner.x0 + inner.width() * (narrow_ ? 0.52F : 0.62F);
  ui.list()->AddLine({inner.x0, rect.y0}, {inner.x1, rect.y0}, c.line, ui.hairline());
  const bool used = !column.field.empty();
  ui.draw({inner.x0, mid - ui.size_of(Type::small) / 2}, Type::small, c.muted, letters, ui.px(28));
  const float x = inner.x0 + ui.px(32);
  const float room = field_x - x - ui.px(narrow_ ? 10 : 32);
  const std::string heading =
      column.heading.empty() ? ui.t(Str::import_no_heading) : column.heading;
  const bool alone = column.sample.empty();
  const float top = alone ? mid - ui.size_of(Type::body) / 2 : mid - ui.px(18);
  ui.say({x, top}, Type::body, used && !column.heading.empty() ? c.text : c.muted, heading, room);
  if (!alone) ui.say({x, mid + ui.px(2)}, Type::small, c.muted, column.sample, room);
  if (!narrow_ && used) {
    ui.draw({field_x - ui.px(24), mid - ui.size_of(Type::body) / 2}, Type::body, c.muted, "→");
  }
  const std::string place = sheet.name.empty() ? letters : sheet.name + "!" + letters;
  const int chosen =
      ui.combo("field", {field_x, mid - half_field, inner.x1, mid + half_field},
               ui.t(Str::import_column, {place}), fields.labels, fields.index_of(column.field));
  if (chosen >= 0 && fields.ids[static_cast<std::size_t>(chosen)] != column.field) {
    choose_field(sheet, column, fields.ids[static_cast<std::size_t>(chosen)]);
  }
}

void ImportDialog::mapping(Ui& ui, const Rect& area) {
  const bool narrow = area.width() < ui.px(520);
  if (narrow != narrow_) {
    narrow_ = narrow;
    list_map_lines();
  }
  ui.fill(area, ui.theme().page, 8);
  ImGui::SetCursorScreenPos(area.min());
  ImGui::BeginChild("mapping", {area.width(), area.height()}, ImGuiChildFlags_None,
                    ImGuiWindowFlags_NoBackground);
  const float height = ui.px(52);
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(map_lines_.size()), height);
  while (clipper.Step()) {
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
      const ImVec2 at = ImGui::GetCursorScreenPos();
      const float width = ImGui::GetContentRegionAvail().x;
      ImGui::PushID(i);
      map_line(ui, map_lines_[static_cast<std::size_t>(i)],
               {at.x, at.y, at.x + width, at.y + height});
      ImGui::PopID();
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
  if (version_ != workspace.board->version || language_ != ui.language || chosen_) {
    chosen_ = false;
    plan(ui, workspace);
  }
  if (planned_) show_plan(ui);
  const auto inner = begin_dialog(ui, kId, ui.t(Str::import_title, {shorten(name_, 60)}), 860, 680);
  if (!inner) return;
  const Theme& c = ui.theme();
  float y = inner->y0;
  if (planner_) {
    const std::string percent = std::to_string(static_cast<int>(100 * planner_->progress())) + "%";
    const std::string said = ui.t(Str::import_comparing);
    ui.draw({inner->x0, y}, Type::body, c.muted, said + " " + percent, inner->width());
    if (Node* node = ui.record(Role::status, {inner->x0, y, inner->x1, y + ui.px(20)}, said)) {
      node->value = percent;
    }
    ui.progress_bar({inner->x0, y + ui.px(30), inner->x1, y + ui.px(36)}, planner_->progress(),
                    c.accent);
    if (dialog_buttons(ui, *inner, ui.t(Str::import_confirm, {"0"}).c_str(), false) != 0) {
      ImGui::CloseCurrentPopup();
      close();
    }
    ImGui::EndPopup();
    return;
  }
  if (!plan_.mapping.empty()) {
    std::size_t columns = 0;
    std::size_t used = 0;
    for (const MappedSheet& sheet : plan_.mapping) {
      columns += sheet.columns.size();
      for (const MappedColumn& column : sheet.columns) used += column.field.empty() ? 0 : 1;
    }
    const std::string pages =
        ui.t(Str::import_page_columns, {std::to_string(used), std::to_string(columns)});
    const std::vector<std::string_view> labels = {ui.t(Str::import_page_changes), pages};
    const float width = ui.segmented_width(labels);
    const bool beside = inner->width() > ui.px(560);
    const int page = ui.segmented("page", {beside ? inner->x1 - width : inner->x0, y}, labels,
                                  static_cast<int>(page_));
    if (page >= 0) page_ = static_cast<Page>(page);
    if (!beside) y += ui.px(38);
    counts(ui, {inner->x0, y + (beside ? ui.px(4) : 0)},
           beside ? inner->width() - width - ui.px(12) : inner->width());
    if (beside || !plan_.rows.empty()) y += ui.px(beside ? 38 : 30);
  }
  const bool nothing = plan_.rows.empty();
  const bool mapped = std::any_of(plan_.mapping.begin(), plan_.mapping.end(),
                                  [](const MappedSheet& sheet) { return !sheet.table.empty(); });
  const Str what = nothing && !mapped       ? Str::import_nothing_known
                   : page_ == Page::columns ? Str::import_columns_explain
                   : plan_.changes.empty()  ? Str::import_no_change
                   : plan_.errors.empty()   ? Str::import_explain
                                            : Str::import_explain_partly;
  y += ui.paragraph({inner->x0, y}, Type::small, c.muted, ui.t(what), inner->width());
  if (page_ == Page::columns && nothing && mapped && !plan_.errors.empty()) {
    const CellError& error = plan_.errors.front();
    const std::string text =
        error.place.empty() ? error.message : error.place + ": " + error.message;
    y += ui.px(6);
    const float height =
        ui.paragraph({inner->x0, y}, Type::small, c.danger, text, inner->width(), 3);
    ui.record(Role::alert, {inner->x0, y, inner->x1, y + height}, text);
    y += height;
  }
  y += ui.px(12);
  const bool asks = plan_.needs_reason();
  const float bottom = inner->y1 - ui.px(asks ? 116 : 52);
  if (bottom > y) {
    const Rect area = {inner->x0, y, inner->x1, bottom};
    if (page_ == Page::columns) {
      mapping(ui, area);
    } else {
      list(ui, area);
    }
  }
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
  // Enter and Escape are the list's that is dropped down, and Enter opens one.
  const bool choosing = ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopupId);
  const int answer = dialog_buttons(ui, *inner, confirm.c_str(), ready, page_ == Page::changes,
                                    !choosing && !choosing_);
  choosing_ = choosing;
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
