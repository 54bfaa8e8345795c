#include "web/ui/item_details.hpp"

#include <algorithm>
#include <cmath>

#include "web/ui/change_text.hpp"
#include "web/ui/icons.gen.hpp"

namespace tc::ui {

namespace {

class Details {
 public:
  Details(Ui& ui, Board& board, const Ledger* ledger, std::size_t item, const Rect& area)
      : ui_(ui),
        c_(ui.theme()),
        board_(board),
        ledger_(ledger),
        item_(board.programme.items[item]),
        index_(item),
        x0_(area.x0 + ui.px(24)),
        x1_(area.x1 - ui.px(24)) {}

  DetailsAction draw(float y) {
    y_ = y;
    head();
    facts();
    confidence();
    milestones();
    dependencies();
    evidence();
    history();
    source();
    return action_;
  }

  float bottom() const { return y_; }

 private:
  float width() const { return x1_ - x0_; }

  void head() {
    const std::string& title = ui_.in(item_.title);
    const float begin = y_;
    y_ += ui_.paragraph({x0_, y_}, Type::heading, c_.text, title, width());
    ui_.record(Role::heading, {x0_, begin, x1_, y_}, title);
    const std::string& other =
        item_.title.in(ui_.language == Language::zh ? Language::en : Language::zh);
    if (other != title) {
      y_ += ui_.px(4);
      y_ += ui_.paragraph({x0_, y_}, Type::small, c_.muted, other, width());
    }
    y_ += ui_.px(12);
    float x = x0_ + ui_.status_label({x0_, y_ + ui_.px(4)}, Type::body, item_.status) + ui_.px(12);
    if (is_late(item_, board_.as_of)) {
      float tag = 0;
      ui_.tag({x, y_}, ui_.t(Str::days_late, {std::to_string(board_.as_of - *item_.due)}),
              c_.warning, c_.warning_soft, tag);
      x += tag;
    }
    y_ += ui_.px(32);
    if (!item_.summary.empty()) {
      y_ += ui_.paragraph({x0_, y_}, Type::body, c_.text, ui_.in(item_.summary), width());
      y_ += ui_.px(12);
    }
    rule();
  }

  void rule() {
    y_ += ui_.px(4);
    ui_.fill({x0_, y_, x1_, y_ + ui_.hairline()}, c_.line);
    y_ += ui_.px(16);
  }

  void section(Str title, std::size_t count) {
    std::string text = ui_.t(title);
    const float w = ui_.draw({x0_, y_}, Type::strong, c_.text, text);
    ui_.record(Role::heading, {x0_, y_, x0_ + w, y_ + ui_.size_of(Type::strong)}, text);
    if (count > 0) {
      ui_.draw({x0_ + w + ui_.px(8), y_}, Type::body, c_.muted, std::to_string(count));
    }
    y_ += ui_.px(28);
  }

  float label_width() const { return ui_.px(ui_.language == Language::zh ? 84 : 96); }

  void fact(Str label, std::string_view value) {
    ui_.draw({x0_, y_ + ui_.px(3)}, Type::body, c_.muted, ui_.t(label));
    const float w = label_width();
    const float height =
        ui_.paragraph({x0_ + w, y_}, Type::body, value.empty() ? c_.muted : c_.text,
                      value.empty() ? ui_.t(Str::not_stated) : value, width() - w);
    ui_.record(Role::listitem, {x0_, y_, x1_, y_ + height}, ui_.t(label), value);
    y_ += height + ui_.px(6);
  }

  void departments(Str label, const std::vector<std::string>& ids) {
    if (ids.empty()) return fact(label, {});
    ui_.draw({x0_, y_ + ui_.px(3)}, Type::body, c_.muted, ui_.t(label));
    const float w = label_width();
    for (const std::string& id : ids) {
      const auto department = board_.index.department(id);
      if (!department) continue;
      const Department& entry = board_.programme.departments[*department];
      float x = x0_ + w;
      if (const auto city = board_.index.city(entry.city)) {
        ui_.city_tag({x, y_ + ui_.px(1)}, *city, board_.programme.cities[*city].name);
        x += ui_.city_tag_size() + ui_.px(8);
      }
      const float height = ui_.paragraph({x, y_}, Type::body, c_.text, ui_.in(entry.name), x1_ - x);
      y_ += height + ui_.px(4);
    }
    y_ += ui_.px(2);
  }

  static std::string span(const std::optional<Date>& from, const std::optional<Date>& to) {
    if (!from && !to) return {};
    return (from ? date_text(*from) : std::string("…")) + " → " +
           (to ? date_text(*to) : std::string("…"));
  }

  void facts() {
    fact(Str::column_code, item_.code);
    const auto area = board_.index.area(item_.area);
    fact(Str::column_area, area ? ui_.in(board_.programme.areas[*area].title) : std::string_view());
    departments(Str::column_leads, item_.leads);
    if (!item_.partners.empty()) departments(Str::item_partners, item_.partners);
    fact(Str::item_planned, span(item_.start, item_.due));
    if (item_.started || item_.finished)
      fact(Str::item_actual, span(item_.started, item_.finished));
    if (item_.progress) {
      const float w = label_width();
      ui_.draw({x0_, y_ + ui_.px(3)}, Type::body, c_.muted, ui_.t(Str::column_progress));
      const std::string percent = number_text(*item_.progress) + "%";
      const float number = ui_.measure(Type::body, percent) + ui_.px(12);
      ui_.progress_bar({x0_ + w, y_ + ui_.px(7), x1_ - number, y_ + ui_.px(14)},
                       *item_.progress / 100, c_.of(item_.status));
      ui_.say_right(x1_, y_ + ui_.px(3), Type::body, c_.text, percent);
      y_ += ui_.px(27);
    }
    rule();
  }

  /// Delivery confidence with its reasons, and the dates that it rests on.
  void confidence() {
    const ItemSchedule& times = board_.schedule().items[index_];
    const RagResult& result = board_.confidence()[index_];
    section(Str::rag_title, 0);
    ui_.mark({x0_ + ui_.px(8), y_ + ui_.px(8)}, 14, result.shown());
    const std::string& label = ui_.in(label_of(result.shown()));
    ui_.say({x0_ + ui_.px(24), y_ + ui_.px(1)}, Type::body, c_.text, label);
    y_ += ui_.px(24);
    if (result.override) judgement(*result.override, result.computed);
    std::string reasons;
    for (const RagReason& reason : result.reasons) {
      if (!reasons.empty()) reasons += "\n";
      reasons += message(reason, ui_.language);
    }
    y_ +=
        ui_.paragraph({x0_ + ui_.px(24), y_}, Type::small, c_.muted, reasons, width() - ui_.px(24));
    y_ += ui_.px(8);
    if (times.finish && times.state != WorkState::finished) {
      fact(Str::schedule_forecast, date_text(*times.finish));
    }
    const auto days = [this](int n) {
      return ui_.t(Str::schedule_working_days, {std::to_string(n)});
    };
    if (times.slip && *times.slip != 0) fact(Str::schedule_slip, days(*times.slip));
    if (times.total_float && times.state != WorkState::finished) {
      fact(Str::schedule_total_float, days(*times.total_float));
    }
    limits();
    rule();
  }

  /// Who overrode the computed colour and why, and what that colour was.
  void judgement(const RagOverride& override, Rag computed) {
    const float x = x0_ + ui_.px(24);
    const float begin = y_;
    std::string by = override.by;
    if (override.date) by += " · " + date_text(*override.date);
    y_ += ui_.paragraph({x, y_}, Type::body, c_.text, ui_.in(override.reason), x1_ - x);
    y_ += ui_.px(2);
    y_ += ui_.paragraph({x, y_}, Type::caption, c_.muted, ui_.t(Str::rag_judged_by, {by}), x1_ - x);
    ui_.record(Role::listitem, {x, begin, x1_, y_}, ui_.t(Str::rag_judged_by, {by}),
               ui_.in(override.reason));
    y_ += ui_.px(10);
    ui_.mark({x0_ + ui_.px(8), y_ + ui_.px(8)}, 11, computed);
    ui_.say({x, y_ + ui_.px(1)}, Type::small, c_.muted,
            ui_.t(Str::rag_computed, {ui_.in(label_of(computed))}));
    y_ += ui_.px(22);
  }

  /// What binds the dates besides dependencies, and what was estimated.
  void limits() {
    if (item_.baseline)
      fact(Str::schedule_baseline, span(item_.baseline->start, item_.baseline->finish));
    if (item_.constraints) {
      const ItemConstraints& limits = *item_.constraints;
      if (limits.start_no_earlier)
        fact(Str::schedule_start_no_earlier, date_text(*limits.start_no_earlier));
      if (limits.finish_no_later)
        fact(Str::schedule_finish_no_later, date_text(*limits.finish_no_later));
      if (limits.must_finish_on)
        fact(Str::schedule_must_finish_on, date_text(*limits.must_finish_on));
    }
    if (!item_.estimate) return;
    const Estimate& estimate = *item_.estimate;
    fact(Str::schedule_estimate,
         ui_.t(Str::schedule_working_days,
               {number_text(estimate.optimistic) + " / " + number_text(estimate.likely) + " / " +
                number_text(estimate.pessimistic)}));
    if (const auto& simulated = board_.risk().items[index_]) {
      fact(Str::risk_short, "P50 " + date_text(simulated->p50) + " · P80 " +
                                date_text(simulated->p80) + " · P95 " + date_text(simulated->p95));
    }
  }

  void milestones() {
    section(Str::item_milestones, item_.milestones.size());
    if (item_.milestones.empty()) return none();
    const float step = ui_.px(44);
    const float axis = x0_ + ui_.px(8);
    for (std::size_t i = 0; i < item_.milestones.size(); ++i) {
      const Milestone& milestone = item_.milestones[i];
      const bool done = milestone.finished.has_value();
      const bool late = !done && milestone.due && *milestone.due < board_.as_of;
      const float mid = y_ + ui_.px(9);
      if (i + 1 < item_.milestones.size()) {
        ui_.fill({axis - ui_.hairline() / 2, mid + ui_.px(11), axis + ui_.hairline(),
                  mid + step - ui_.px(11)},
                 c_.line_strong);
      }
      if (late) {
        ui_.late_mark({axis, mid}, 16);
      } else {
        ui_.mark({axis, mid}, 15, done ? Status::completed : Status::not_started);
      }
      const std::string& title = ui_.in(milestone.title);
      std::string when;
      if (done) {
        when = ui_.t(Str::milestone_finished, {date_text(*milestone.finished)});
        if (milestone.due) when += " · " + ui_.t(Str::milestone_due, {date_text(*milestone.due)});
      } else if (milestone.due) {
        when = ui_.t(Str::milestone_due, {date_text(*milestone.due)});
        if (late) {
          when += " · " + ui_.t(Str::days_late, {std::to_string(board_.as_of - *milestone.due)});
        }
      } else {
        when = ui_.t(Str::not_stated);
      }
      ui_.draw({x0_ + ui_.px(28), y_}, Type::body, c_.text, title, width() - ui_.px(28));
      ui_.draw({x0_ + ui_.px(28), y_ + ui_.px(19)}, Type::caption, late ? c_.warning : c_.muted,
               when, width() - ui_.px(28));
      ui_.record(Role::listitem, {x0_, y_, x1_, y_ + step}, title, when);
      y_ += step;
    }
    y_ += ui_.px(4);
    rule();
  }

  void none() {
    ui_.say({x0_, y_}, Type::body, c_.muted, ui_.t(Str::none));
    y_ += ui_.px(24);
    rule();
  }

  void linked_item(std::size_t other, const std::string& note) {
    const ActionItem& item = board_.programme.items[other];
    ui_.mark({x0_ + ui_.px(8), y_ + ui_.px(7)}, 14, item.status);
    ImGui::PushID(static_cast<int>(other));
    const float note_width = note.empty() ? 0 : ui_.measure(Type::caption, note) + ui_.px(10);
    if (ui_.link(note.c_str(), {x0_ + ui_.px(24), y_}, Type::body,
                 item.code + " " + ui_.in(item.title), width() - ui_.px(24) - note_width)) {
      action_.open_item = other;
    }
    ImGui::PopID();
    if (!note.empty()) ui_.say_right(x1_, y_ + ui_.px(1), Type::caption, c_.muted, note);
    y_ += ui_.px(28);
  }

  void dependencies() {
    const std::vector<std::size_t>& followers = board_.followers(index_);
    if (item_.depends_on.empty() && followers.empty()) return;
    if (!item_.depends_on.empty()) {
      section(Str::item_depends_on, item_.depends_on.size());
      for (const Dependency& dependency : item_.depends_on) {
        std::string note(name_of(dependency.type));
        if (dependency.lag_days != 0) {
          note += (dependency.lag_days > 0 ? " +" : " −") +
                  ui_.t(Str::days, {std::to_string(std::abs(dependency.lag_days))});
        }
        if (const auto on = board_.index.item(dependency.item)) linked_item(*on, note);
      }
      y_ += ui_.px(8);
    }
    if (!followers.empty()) {
      section(Str::item_needed_by, followers.size());
      for (std::size_t follower : followers) linked_item(follower, "");
    }
    rule();
  }

  void evidence() {
    section(Str::item_evidence, item_.evidence.size());
    if (item_.evidence.empty()) return none();
    for (std::size_t i = 0; i < item_.evidence.size(); ++i) {
      const Evidence& entry = item_.evidence[i];
      const char* glyph = entry.kind == EvidenceKind::link   ? icon::link
                          : entry.kind == EvidenceKind::file ? icon::file_text
                                                             : icon::info;
      ui_.icon({x0_ + ui_.px(8), y_ + ui_.px(10)}, 16, c_.muted, glyph);
      const float x = x0_ + ui_.px(28);
      const float begin = y_;
      const std::string& title = ui_.in(entry.title);
      if (!entry.url.empty()) {
        ImGui::PushID(static_cast<int>(i));
        if (ui_.link("evidence", {x, y_ + ui_.px(3)}, Type::body, title, x1_ - x)) {
          action_.open_url = entry.url;
        }
        ImGui::PopID();
        y_ += ui_.line_height(Type::body);
      } else {
        y_ += ui_.paragraph({x, y_}, Type::body, c_.text, title, x1_ - x);
      }
      std::string detail = entry.date ? date_text(*entry.date) : "";
      const auto add = [&detail](const std::string& part) {
        if (!detail.empty()) detail += " · ";
        detail += part;
      };
      if (!entry.url.empty()) add(entry.url);
      if (!entry.sha256.empty()) add("SHA-256 " + entry.sha256.substr(0, 12) + "…");
      if (!detail.empty()) {
        ui_.draw({x, y_}, Type::caption, c_.muted, detail, x1_ - x);
        y_ += ui_.px(18);
      }
      ui_.record(Role::listitem, {x0_, begin, x1_, y_}, title, detail);
      y_ += ui_.px(8);
    }
    rule();
  }

  /// What the ledger says of it, the latest first.
  void history() {
    if (ledger_ == nullptr) return;
    constexpr std::size_t kShown = 12;
    const std::vector<std::size_t>& entries = board_.history_of(*ledger_, index_);
    if (entries.empty()) return;
    section(Str::history_of_item, entries.size());
    const std::string base = "/items/" + item_.code;
    for (std::size_t k = 0; k < std::min(kShown, entries.size()); ++k) {
      const Entry entry = ledger_->entry(entries[entries.size() - 1 - k]);
      const float begin = y_;
      std::string head = time_text(entry.time) + " · " + entry.author;
      if (const auto city = board_.index.city(entry.city)) {
        head += " · " + ui_.in(board_.programme.cities[*city].name);
      }
      if (entry.kind != EntryKind::edit) head += " · " + ui_.in(label_of(entry.kind));
      ui_.draw({x0_, y_}, Type::caption, c_.muted, head, width());
      y_ += ui_.px(18);
      std::string what;
      for (const Change& change : entry.changes) {
        if (change.pointer != base && !change.pointer.starts_with(base + "/")) continue;
        if (!what.empty()) what += "\n";
        what += change_text(ui_, board_.programme, board_.index, change, false);
      }
      y_ += ui_.paragraph({x0_, y_}, Type::small, c_.text, what, width(), 6);
      if (!entry.reason.empty()) {
        y_ += ui_.paragraph({x0_, y_}, Type::small, c_.muted,
                            ui_.t(Str::history_reason, {entry.reason}), width(), 4);
      }
      ui_.record(Role::listitem, {x0_, begin, x1_, y_}, what, head);
      y_ += ui_.px(10);
    }
    rule();
  }

  void source() {
    section(Str::source, 0);
    std::string text;
    if (item_.source) {
      if (const auto found = board_.index.source(item_.source->source)) {
        const Source& entry = board_.programme.sources[*found];
        text = ui_.in(entry.title);
        if (!item_.source->place.empty()) text += " · " + ui_.in(item_.source->place);
        if (entry.date) text += " · " + date_text(*entry.date);
      }
    }
    if (text.empty()) {
      text = ui_.t(board_.programme.kind == ProgrammeKind::demonstration ? Str::source_made_up
                                                                         : Str::not_stated);
    }
    y_ += ui_.paragraph({x0_, y_}, Type::body, item_.source ? c_.text : c_.muted, text, width());
    y_ += ui_.px(24);
  }

  Ui& ui_;
  const Theme& c_;
  Board& board_;
  const Ledger* ledger_;
  const ActionItem& item_;
  std::size_t index_;
  float x0_, x1_;
  float y_ = 0;
  DetailsAction action_;
};

}  // namespace

DetailsAction draw_item_details(Ui& ui, Board& board, const Ledger* ledger, bool can_edit,
                                std::size_t item, const Rect& area, bool alone) {
  const Theme& c = ui.theme();
  ui.fill(area, c.surface);
  ui.fill({area.x0, area.y0, area.x0 + ui.hairline(), area.y1}, c.line);
  ui.record(Role::region, area, ui.t(Str::item_details));
  const float top = area.y0 + ui.px(56);
  ui.draw({area.x0 + ui.px(24), area.y0 + ui.px(22)}, Type::small, c.muted,
          board.programme.items[item].code);
  bool close = ui.icon_button("close-details", {area.x1 - ui.px(32), area.y0 + ui.px(28)}, icon::x,
                              ui.t(alone ? Str::back_to_list : Str::close));
  bool edit = false;
  if (can_edit) {
    const char* label = ui.t(Str::edit);
    const float label_width = ui.measure(Type::body, label) + ui.px(44);
    const float right = area.x1 - ui.px(56);
    edit = ui.button("edit", {right - label_width, area.y0 + ui.px(12), right, area.y0 + ui.px(44)},
                     label, icon::pencil);
  }

  ImGui::SetCursorScreenPos({area.x0 + ui.hairline(), top});
  // The item is part of the name, so that each begins at its top.
  ImGui::PushID(static_cast<int>(item));
  ImGui::BeginChild("details", {area.width() - ui.hairline(), area.y1 - top}, ImGuiChildFlags_None,
                    ImGuiWindowFlags_NoBackground);
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  Details details(ui, board, ledger, item, area);
  DetailsAction action = details.draw(origin.y);
  ImGui::SetCursorScreenPos({origin.x, details.bottom()});
  ImGui::Dummy({1, 1});
  ImGui::EndChild();
  ImGui::PopID();
  action.close |= close;
  action.edit = edit;
  return action;
}

}  // namespace tc::ui
