#include "web/ui/editor.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "web/ui/change_text.hpp"
#include "web/ui/dialog.hpp"
#include "web/ui/icons.gen.hpp"

namespace tc::ui {

namespace {

bool only_reason_needed(const std::vector<Error>& errors) {
  return !errors.empty() && std::all_of(errors.begin(), errors.end(), [](const Error& error) {
    return error.code == ErrorCode::reason_needed;
  });
}

std::string sentence(const Ui& ui, const std::vector<Error>& errors) {
  if (errors.empty()) return {};
  const std::string place = place_text(ui, errors.front().pointer);
  return (place.empty() ? "" : place + ": ") + message(errors.front(), ui.language);
}

}  // namespace

void Editor::say(std::string text, bool problem) {
  message_ = std::move(text);
  message_is_problem_ = problem;
  arrived_.clear();
}

std::string Editor::message() const {
  if (message_.empty() || arrived_.empty()) return message_ + arrived_;
  return message_ + " · " + arrived_;
}

void Editor::forget() {
  if (entering_ && !entering_->is_entered) {
    // Whoever has entered something and opens another board wants it kept with this one.
    Ledger* ledger = workspace_.journal();
    const Draft& draft = entering_->commit ? entering_->commit->draft() : entering_->draft;
    entering_->is_entered = ledger != nullptr && ledger->commit(draft);
  }
  give_up();
  workspace_.ledger.reset();
  workspace_.making.reset();
  workspace_.past.reset();
  workspace_.proposal.reset();
  workspace_.rejection.clear();
  workspace_.edited.reset();
  workspace_.new_item = false;
  workspace_.record.reset();
  dates_ = {};
  whole_ = true;
  asks_name_ = asks_reason_ = wants_undo_ = wants_redo_ = false;
  message_.clear();
  arrived_.clear();
}

void Editor::open(Ledger ledger, bool keep) {
  forget();
  chosen_.clear();
  workspace_.ledger = std::make_shared<Ledger>(std::move(ledger));
  whole_ = keep;
  show_board();
}

Signature Editor::signature() const {
  return {author, city, format_time(workspace_.host.now())};
}

/// Positions of items may change with the board, their codes don't.
void Editor::note_chosen() {
  chosen_.clear();
  if (workspace_.board && workspace_.chosen &&
      *workspace_.chosen < workspace_.board->programme.items.size()) {
    chosen_ = workspace_.board->programme.items[*workspace_.chosen].code;
  }
}

/// The board as of now, or as of the past that is wanted.
void Editor::show_board() {
  std::shared_ptr<const Programme> shown;
  if (workspace_.past) {
    shown = std::make_shared<const Programme>(workspace_.ledger->state_after(*workspace_.past));
  } else {
    shown = std::shared_ptr<const Programme>(workspace_.ledger, &workspace_.ledger->state());
  }
  workspace_.board = std::make_unique<Board>(std::move(shown), workspace_.host.today());
  if (!workspace_.past && workspace_.ledger->size() > 0) {
    dates_.read(*workspace_.ledger);
    workspace_.board->set_updates(dates_);
  }
  if (chosen_.empty()) {
    workspace_.chosen.reset();
  } else {
    workspace_.chosen = workspace_.board->index.item(chosen_);
  }
}

void Editor::keep_last() {
  Ledger& ledger = *workspace_.ledger;
  if (whole_) return keep_all();
  // Now and then with a snapshot, so that opening need not fold everything.
  constexpr std::size_t kEntriesBetweenSnapshots = 1000;
  std::string text = ledger.append_text(ledger.size() - 1);
  if (ledger.size() % kEntriesBetweenSnapshots == 0) text += ledger.snapshot_text();
  keep(text, false);
}

void Editor::keep_all() {
  keep(workspace_.ledger->text(), true);
  whole_ = false;
}

void Editor::keep(const std::string& text, bool whole) {
  const Ledger& ledger = *workspace_.ledger;
  workspace_.host.keep(ledger.base_hash(), ledger.state().title.in(Language::zh), text, whole);
}

std::string Editor::summary(const Ui& ui, const Draft& draft) const {
  if (draft.changes.empty()) return {};
  const Board& board = *workspace_.board;
  // What is undone goes backwards, and is called what it was called when it was done.
  const bool backwards = draft.kind == EntryKind::undo;
  const Change& first = backwards ? draft.changes.back() : draft.changes.front();
  std::string text = change_text(ui, board.programme, board.index, first);
  if (draft.changes.size() > 1) {
    text += ui.t(Str::change_and_more, {std::to_string(draft.changes.size() - 1)});
  }
  return text;
}

/// Whether it takes long enough to be made between frames.
bool Editor::is_large(const Draft& draft) const {
  constexpr std::size_t kManyChanges = 500;
  return draft.changes.size() >= kManyChanges ||
         (workspace_.ledger == nullptr && workspace_.is_large());
}

void Editor::commit(Ui& ui) {
  Draft draft = std::move(*workspace_.proposal);
  workspace_.proposal.reset();
  const Signature who = signature();
  draft.author = who.author;
  draft.city = who.city;
  draft.time = who.time;
  std::string said = summary(ui, draft);
  enter(ui, std::move(draft), std::move(said));
}

void Editor::enter(Ui& ui, Draft draft, std::string said) {
  if (is_large(draft)) {
    Entering entering;
    entering.said = std::move(said);
    entering.changes = draft.changes.size();
    entering.begun = workspace_.host.now();
    if (workspace_.ledger == nullptr) entering.making = 0.5;
    entering.draft = std::move(draft);
    entering_ = std::move(entering);
    workspace_.entering = true;
    return;
  }
  Ledger* ledger = workspace_.journal();
  if (ledger == nullptr) return;
  const Result<std::size_t> done = ledger->commit(draft);
  if (entered(ui, std::move(draft), std::move(said), done)) keep_last();
}

bool Editor::work(Ui& ui) {
  if (workspace_.ledger == nullptr) {
    workspace_.begin_journal();
    if (work_a_piece(workspace_.host, [this] { return workspace_.making->step(); })) return true;
    workspace_.take_journal();
    if (workspace_.ledger == nullptr) give_up();
    return entering_.has_value();
  }
  Entering& it = *entering_;
  if (!it.commit) it.commit.emplace(*workspace_.ledger, std::move(it.draft));
  if (!it.is_entered) {
    if (work_a_piece(workspace_.host, [&it] { return it.commit->step(); })) return true;
    // At once, as the board still shows what the ledger no longer is.
    note_chosen();
    it.is_entered = entered(ui, it.commit->draft(), std::move(it.said), it.commit->take());
    if (it.is_entered) return true;  // to keep it is a piece of its own
  }
  give_up();
  return false;
}

double Editor::entering_progress() const {
  const Entering& it = *entering_;
  if (workspace_.ledger == nullptr) {
    return it.making * (workspace_.making ? workspace_.making->progress() : 0);
  }
  return it.making + (1 - it.making) * (it.commit ? it.commit->progress() : 0);
}

void Editor::give_up() {
  if (entering_ && entering_->is_entered) keep_last();
  entering_.reset();
  workspace_.entering = false;
}

/// After the ledger has taken or refused it; whether it has taken it, which is still to be kept.
bool Editor::entered(Ui& ui, Draft draft, std::string said, const Result<std::size_t>& done) {
  const bool reverts = draft.kind == EntryKind::undo || draft.kind == EntryKind::redo;
  if (done) {
    if (!reverts) ++workspace_.accepted;
    show_board();
    if (reverts) said = summary(ui, draft);
    const Str how = draft.kind == EntryKind::undo   ? Str::edit_undone
                    : draft.kind == EntryKind::redo ? Str::edit_redone
                                                    : Str::edit_done;
    say(ui.t(how, {said}));
    return true;
  }
  if (reverts) {
    say(sentence(ui, done.errors), true);
    return false;
  }
  const bool in_form = workspace_.edited || workspace_.new_item || workspace_.record;
  if (only_reason_needed(done.errors) && !in_form && !workspace_.proposal) {
    asks_reason_ = true;  // the proposal waits for it
    workspace_.proposal = std::move(draft);
    return false;
  }
  workspace_.rejection = done.errors;
  if (!in_form) say(sentence(ui, workspace_.rejection), true);
  return false;
}

bool Editor::can_undo() const {
  return workspace_.ledger && !entering_ && workspace_.can_edit() && !author.empty() &&
         workspace_.ledger->next_undo(author).has_value();
}

bool Editor::can_redo() const {
  return workspace_.ledger && !entering_ && workspace_.can_edit() && !author.empty() &&
         workspace_.ledger->next_redo(author).has_value();
}

void Editor::undo() {
  wants_undo_ = can_undo();
}
void Editor::redo() {
  wants_redo_ = can_redo();
}

void Editor::revert(Ui& ui, bool again) {
  const Ledger& ledger = *workspace_.ledger;
  Result<Draft> draft = again ? ledger.redo_draft(signature()) : ledger.undo_draft(signature());
  if (!draft) return say(sentence(ui, draft.errors), true);
  enter(ui, std::move(*draft.value), {});
}

bool Editor::apply(Ui& ui) {
  if (workspace_.board == nullptr) return false;
  const std::size_t before = workspace_.board->version;
  note_chosen();
  if (workspace_.show_present || workspace_.show_past) {
    if (workspace_.ledger != nullptr) {
      workspace_.past = workspace_.show_present ? std::nullopt : workspace_.show_past;
      if (workspace_.past && *workspace_.past >= workspace_.ledger->size()) workspace_.past.reset();
      show_board();
    }
    workspace_.show_present = false;
    workspace_.show_past.reset();
  }
  if (wants_undo_ && !entering_) revert(ui, false);
  if (wants_redo_ && !entering_) revert(ui, true);
  wants_undo_ = wants_redo_ = false;
  if (workspace_.proposal && !asks_name_ && !asks_reason_ && !entering_) {
    if (author.empty()) {
      asks_name_ = true;
      name_.clear();
      city_choice_ = 0;
    } else {
      commit(ui);
    }
  }
  return workspace_.board->version != before;
}

void Editor::join(Ui& ui, Result<OpenedLedger> kept) {
  if (!kept) return say(sentence(ui, kept.errors), true);
  merge(ui, std::move(kept.value->ledger), true);
}

void Editor::merge(Ui& ui, Ledger&& other, bool quietly) {
  Ledger* own = workspace_.journal();
  if (own == nullptr) return;
  if (entering_ && entering_->is_entered) give_up();  // while the entry is the last
  if (own->holds(other)) {
    if (quietly && other.size() == own->size()) whole_ = false;
    if (!quietly) say(ui.t(Str::merge_nothing));
    return;
  }
  const std::size_t before = own->size();
  const std::size_t theirs = other.size();
  Result<Ledger> joined = Ledger::merge(*own, std::move(other));
  if (!joined) return say(sentence(ui, joined.errors), true);
  const std::size_t gained = joined.value->size() - before;
  note_chosen();
  // Quietly joined is what the host has kept. Entries that it hasn't got still have to be given.
  if (quietly && theirs == joined.value->size()) whole_ = false;
  *workspace_.ledger = std::move(*joined.value);
  dates_ = {};
  workspace_.past.reset();
  show_board();
  if (!quietly) keep_all();
  const std::size_t conflicts = workspace_.ledger->conflicts().size();
  if (quietly && conflicts == 0) {
    arrived_ = ui.t(Str::merge_loaded, {std::to_string(gained)});
    return;
  }
  say(conflicts == 0
          ? ui.t(Str::merge_done, {std::to_string(gained)})
          : ui.t(Str::merge_conflicts, {std::to_string(gained), std::to_string(conflicts)}),
      conflicts > 0);
}

bool Editor::receive(Ui& ui, std::string_view lines) {
  Ledger* own = workspace_.journal();
  if (own == nullptr) return false;
  if (entering_ && entering_->is_entered) give_up();  // while the entry is the last
  const std::size_t before = own->size();
  const bool all = own->receive(lines);
  const std::size_t gained = own->size() - before;
  if (gained == 0) return all;
  note_chosen();
  if (!workspace_.past) show_board();
  arrived_ = ui.t(Str::merge_loaded, {std::to_string(gained)});
  return all;
}

void Editor::keep_again() {
  if (workspace_.ledger != nullptr) keep_all();
}

void Editor::kept(Ui& ui, bool good, std::string_view detail) {
  if (good) return;
  whole_ = true;  // try all of it with the next entry
  say(ui.t(Str::edit_not_kept, {detail}), true);
}

void Editor::identity_dialog(Ui& ui) {
  constexpr const char* kId = "identity";
  if (asks_name_ && !ImGui::IsPopupOpen(kId)) ImGui::OpenPopup(kId);
  const auto inner = begin_dialog(ui, kId, ui.t(Str::identity_title), 480, 300);
  if (!inner) return;
  const Theme& c = ui.theme();
  float y = inner->y0;
  y += ui.paragraph({inner->x0, y}, Type::small, c.muted, ui.t(Str::identity_why), inner->width()) +
       ui.px(12);
  if (ImGui::IsWindowAppearing()) ImGui::SetKeyboardFocusHere();
  ui.text_field("name", {inner->x0, y, inner->x1, y + ui.px(36)}, ui.t(Str::identity_name), name_,
                ui.t(Str::identity_name));
  y += ui.px(50);
  std::vector<std::string_view> cities;
  for (const City& entry : workspace_.board->programme.cities) cities.push_back(ui.in(entry.name));
  if (cities.size() > 1) {
    const int chosen = ui.segmented("city", {inner->x0, y}, cities, city_choice_);
    if (chosen >= 0) city_choice_ = chosen;
  }
  const int answer = dialog_buttons(ui, *inner, ui.t(Str::identity_confirm), !blank(name_));
  if (answer != 0) {
    asks_name_ = false;
    ImGui::CloseCurrentPopup();
  }
  if (answer > 0) {
    author = name_;
    const std::vector<City>& list = workspace_.board->programme.cities;
    const auto at = static_cast<std::size_t>(std::max(0, city_choice_));
    city = at < list.size() ? list[at].id : "";
    workspace_.host.remember("author", author);
    workspace_.host.remember("city", city);
  } else if (answer < 0) {
    workspace_.proposal.reset();
  }
  ImGui::EndPopup();
}

void Editor::reason_dialog(Ui& ui) {
  constexpr const char* kId = "reason";
  if (asks_reason_ && !ImGui::IsPopupOpen(kId)) {
    reason_.clear();
    ImGui::OpenPopup(kId);
  }
  const auto inner = begin_dialog(ui, kId, ui.t(Str::reason_title), 480, 280);
  if (!inner) return;
  const Theme& c = ui.theme();
  float y = inner->y0;
  if (workspace_.proposal) {
    y += ui.paragraph({inner->x0, y}, Type::small, c.muted, summary(ui, *workspace_.proposal),
                      inner->width(), 3) +
         ui.px(12);
  }
  if (ImGui::IsWindowAppearing()) ImGui::SetKeyboardFocusHere();
  ui.text_field("reason", {inner->x0, y, inner->x1, y + ui.px(36)}, ui.t(Str::form_reason), reason_,
                ui.t(Str::form_reason_hint));
  const int answer = dialog_buttons(ui, *inner, ui.t(Str::form_save), !blank(reason_));
  if (answer != 0) {
    asks_reason_ = false;
    ImGui::CloseCurrentPopup();
  }
  if (answer > 0 && workspace_.proposal) workspace_.proposal->reason = reason_;
  if (answer < 0) workspace_.proposal.reset();
  ImGui::EndPopup();
}

void Editor::draw(Ui& ui, const Rect& area) {
  if (workspace_.board == nullptr) return;
  const auto questions = [&] {
    identity_dialog(ui);
    reason_dialog(ui);
  };
  if (!form_.draw(ui, workspace_, questions) && !record_form_.draw(ui, workspace_, questions)) {
    questions();
  }
  const std::string message = this->message();
  if (message.empty()) return;
  const Theme& c = ui.theme();
  constexpr std::size_t kMostLines = 5;
  const float most = std::min(ui.px(720), area.width() - ui.px(48));
  const float beside = ui.px(message_is_problem_ ? 86 : 60);  // the signs and the gaps
  const float width = std::min(most, ui.measure(Type::body, message) + beside + ui.px(12));
  const float room = width - beside;
  const std::size_t lines =
      std::min(kMostLines, ui.wrap(Type::body, message, room).size());  // more than one on a phone
  const float text_height = static_cast<float>(lines) * ui.line_height(Type::body);
  const float height = std::max(ui.px(44), text_height + ui.px(20));
  const Rect rect = {area.x0 + ui.px(24), area.y1 - ui.px(20) - height, area.x0 + ui.px(24) + width,
                     area.y1 - ui.px(20)};
  ImGui::SetNextWindowPos(rect.min());
  ImGui::SetNextWindowSize({rect.width(), rect.height()});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, ui.px(8));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0);
  ImGui::Begin("message", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                   ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoFocusOnAppearing |
                   ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoBackground);
  ui.fill(rect, message_is_problem_ ? c.danger : c.rail, 8);
  float x = rect.x0 + ui.px(16);
  const float mid = (rect.y0 + rect.y1) / 2;
  if (message_is_problem_) {
    ui.icon({x + ui.px(8), mid}, 16, c.rail_text, icon::triangle_alert);
    x += ui.px(26);
  }
  ui.draw_lines({x, mid - text_height / 2}, Type::body, c.rail_text, message, room, kMostLines);
  ui.record(message_is_problem_ ? Role::alert : Role::status, rect, message);
  if (ui.icon_button("dismiss", {rect.x1 - ui.px(22), mid}, icon::x, ui.t(Str::close), true)) {
    message_.clear();
    arrived_.clear();
  }
  ImGui::End();
  ImGui::PopStyleVar(2);
}

}  // namespace tc::ui
