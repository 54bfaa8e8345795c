#include "web/ui/indicator_form.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "web/ui/dialog.hpp"

namespace tc::ui {

namespace {

using nlohmann::json;

std::string shown(const std::optional<double>& number) {
  return number ? number_text(*number) : std::string();
}

std::string shown(const std::optional<Date>& date) {
  return date ? format_date(*date) : std::string();
}

/// As people type figures: 183,700 or 183 700.
std::optional<double> read_number(std::string text) {
  std::erase_if(text, [](char c) { return c == ',' || c == ' '; });
  const json number = json::parse(text, nullptr, false);
  if (!number.is_number()) return std::nullopt;
  return number.get<double>();
}

}  // namespace

void IndicatorForm::open(const Workspace& workspace, std::size_t indicator) {
  indicator_ = indicator;
  const Indicator& it = workspace.board->programme.indicators[indicator];
  value_ = shown(it.value);
  as_of_ = shown(it.as_of);
  target_ = shown(it.target);
  target_date_ = shown(it.target_date);
  reason_.clear();
  bad_field_.clear();
}

std::vector<Change> IndicatorForm::changes(Workspace& workspace) {
  bad_field_.clear();
  const Indicator& it = workspace.board->programme.indicators[*indicator_];
  Ledger* ledger = workspace.journal();
  if (ledger == nullptr) return {};
  const std::string base = child("/indicators", it.id);
  std::vector<Change> list;
  const auto set = [&](const char* member, const std::string& before, const std::string& text,
                       auto read) {
    if (text == before || !bad_field_.empty()) return;
    std::optional<json> value;
    if (!blank(text)) {
      value = read(text);
      if (!value) {
        bad_field_ = member;
        return;
      }
    }
    Change change = ledger->change(child(base, member), value);
    if (change.before != change.after) list.push_back(std::move(change));
  };
  const auto number = [](const std::string& text) -> std::optional<json> {
    const std::optional<double> value = read_number(text);
    return value ? std::optional<json>(*value) : std::nullopt;
  };
  const auto date = [](const std::string& text) -> std::optional<json> {
    const std::optional<Date> day = read_date(text);
    return day ? std::optional<json>(format_date(*day)) : std::nullopt;
  };
  set("value", shown(it.value), value_, number);
  set("target", shown(it.target), target_, number);
  const bool other_figure = !list.empty();
  set("asOf", shown(it.as_of), as_of_, date);
  set("targetDate", shown(it.target_date), target_date_, date);
  if (!bad_field_.empty()) return {};
  if (other_figure && it.source) {
    list.push_back(ledger->change(child(base, "source"), std::nullopt));
  }
  return list;
}

void IndicatorForm::draw_open(Ui& ui, Workspace& workspace) {
  constexpr const char* kId = "indicator-form";
  const auto& indicators = workspace.board->programme.indicators;
  if (*indicator_ >= indicators.size()) {
    indicator_.reset();
    return;
  }
  if (!ImGui::IsPopupOpen(kId)) ImGui::OpenPopup(kId);
  const Indicator& it = indicators[*indicator_];
  const auto inner = begin_dialog(ui, kId, ui.in(it.name), 520, it.source ? 440 : 400);
  if (!inner) return;
  const Theme& c = ui.theme();
  float y = inner->y0;
  if (it.source) {
    y += ui.paragraph({inner->x0, y}, Type::small, c.muted, ui.t(Str::indicator_unsourced),
                      inner->width());
    y += ui.px(10);
  }
  const float gap = ui.px(16);
  const float half = (inner->width() - gap) / 2;
  const auto field = [&](const char* id, float x, Str text, std::string& value, const char* hint) {
    const bool bad = bad_field_ == id;
    std::string label = ui.t(text);
    if (bad) {
      const bool day = bad_field_ == "asOf" || bad_field_ == "targetDate";
      label += std::string(" · ") + ui.t(day ? Str::bulk_bad_date : Str::indicator_bad_number);
      ui.record(Role::alert, {x, y, x + half, y + ui.px(18)}, label);
    } else if (!ui.in(it.unit).empty() && (text == Str::indicator_value || hint[0] == '\0')) {
      label += " (" + ui.in(it.unit) + ")";
    }
    ui.draw({x, y}, Type::small, bad ? c.danger : c.muted, label, half);
    const float top = y + ui.px(20);
    ui.text_field(id, {x, top, x + half, top + ui.px(34)}, ui.t(text), value, hint, false, bad);
  };
  const float second = inner->x0 + half + gap;
  field("value", inner->x0, Str::indicator_value, value_, "");
  field("asOf", second, Str::indicator_value_day, as_of_, ui.t(Str::form_date_hint));
  y += ui.px(68);
  field("target", inner->x0, Str::indicator_target_value, target_, "");
  field("targetDate", second, Str::indicator_target_day, target_date_, ui.t(Str::form_date_hint));
  y += ui.px(68);
  ui.draw({inner->x0, y}, Type::small, c.muted, ui.t(Str::form_reason));
  ui.text_field("reason", {inner->x0, y + ui.px(20), inner->x1, y + ui.px(54)},
                ui.t(Str::form_reason), reason_, "");
  const int answer = dialog_buttons(ui, *inner, ui.t(Str::form_save), true);
  bool done = answer < 0;
  if (answer > 0) {
    std::vector<Change> list = changes(workspace);
    if (bad_field_.empty()) {
      done = true;
      workspace.propose(std::move(list), reason_);
    }
  }
  if (done) {
    ImGui::CloseCurrentPopup();
    indicator_.reset();
  }
  ImGui::EndPopup();
}

}  // namespace tc::ui
