#include "web/ui/present.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "core/ledger/ledger.hpp"
#include "core/roadshow/camera.hpp"
#include "core/roadshow/edit_deck.hpp"
#include "core/roadshow/figure.hpp"
#include "imgui_internal.h"
#include "web/ui/icons.gen.hpp"
#include "web/ui/saved_view.hpp"

namespace tc::ui {

namespace {

constexpr float kOut = 0.16F;  ///< seconds that a slide takes to go, to come, or its camera to move
constexpr float kIn = 0.22F;
constexpr float kMove = 0.7F;
constexpr float kStageHeight = 640;  ///< CSS pixels: small, so that type is large
constexpr float kHeader = 64;
constexpr float kFooter = 34;
constexpr int kTourFrames = 4;  ///< until what scrolls has settled

/// Draws at another scale, colours or language until the end of the scope.
class Stage {
 public:
  Stage(Ui& ui, float scale, const Theme& theme, Language language)
      : ui_(ui), scale_(ui.scale), theme_(ui.theme()), language_(ui.language) {
    ui.scale = scale;
    ui.set_theme(theme);
    ui.language = language;
    apply_theme(theme, scale);
    ImGui::PushFont(ui.regular, ui.size_of(Type::body));
  }
  ~Stage() {
    ImGui::PopFont();
    ui_.scale = scale_;
    ui_.set_theme(theme_);
    ui_.language = language_;
    apply_theme(theme_, scale_);
  }
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

 private:
  Ui& ui_;
  float scale_;
  const Theme& theme_;
  Language language_;
};

/// Larger type until the end of the scope.
class Larger {
 public:
  Larger(Ui& ui, float factor) : ui_(ui), scale_(ui.scale) { ui.scale *= factor; }
  ~Larger() { ui_.scale = scale_; }
  Larger(const Larger&) = delete;
  Larger& operator=(const Larger&) = delete;

 private:
  Ui& ui_;
  float scale_;
};

/// The largest frame of 16:9 or, on screens that are nearer to it, 4:3.
Rect letterbox(const Rect& screen) {
  const float wide = 16.0F / 9;
  const float narrow = 4.0F / 3;
  const float is = screen.width() / screen.height();
  const float ratio = is >= std::sqrt(wide * narrow) ? wide : narrow;
  float width = screen.width();
  float height = screen.height();
  if (is > ratio) {
    width = std::round(height * ratio);
  } else {
    height = std::round(width / ratio);
  }
  const float x = std::round((screen.width() - width) / 2);
  const float y = std::round((screen.height() - height) / 2);
  return {screen.x0 + x, screen.y0 + y, screen.x0 + x + width, screen.y0 + y + height};
}

bool is_word_part(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
         c == '_';
}

/// Whether `text` holds the word: K1 is not in K12.
bool has_word(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos;
       at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || !is_word_part(text[at - 1])) &&
        (end == text.size() || !is_word_part(text[end]))) {
      return true;
    }
  }
  return false;
}

std::string clock_text(std::int64_t milliseconds) {
  const std::int64_t seconds = std::abs(milliseconds) / 1000;
  std::string text = std::to_string(seconds / 60) + ":";
  if (seconds % 60 < 10) text += '0';
  return (milliseconds < 0 ? "-" : "") + text + std::to_string(seconds % 60);
}

template <class List>
const typename List::value_type* by_id(const List& list, const std::string& id) {
  const auto found =
      std::find_if(list.begin(), list.end(), [&id](const auto& each) { return each.id == id; });
  return found == list.end() ? nullptr : &*found;
}

bool same_place(const SavedView& a, const SavedView& b) {
  return a.page == b.page && a.filters == b.filters && a.item == b.item && a.as_of == b.as_of &&
         a.language == b.language;
}

}  // namespace

// ------------------------------------------------------------------ the talk

const Deck* Presenter::deck() const {
  if (live_.board == nullptr || deck_id_.empty()) return nullptr;
  return by_id(live_.board->programme.decks, deck_id_);
}

void Presenter::start(const Workspace::TalkRequest& request) {
  deck_id_ = request.deck;
  const Deck* found = deck();
  if (found == nullptr || found->slides.empty()) {
    deck_id_.clear();
    return;
  }
  drop_views();
  boards_.clear();
  ink_.clear();
  jump_.clear();
  drilled_ = false;
  kiosk_ = request.kiosk;
  due_.reset();
  tool_ = Tool::none;
  blank_ = Blank::none;
  change_ = Change::none;
  pitches_.reset();
  talk_.reset();
  begin_ = {std::min(request.slide, found->slides.size() - 1), 0};
  touring_ = request.purpose.empty() ? "warm" : request.purpose;
  tour_slide_ = 0;
  tour_frames_ = 0;
  enter({0, found->slides[0].steps.size()});
  if (request.purpose.empty()) live_.host.full_screen(true);
  live_.host.begin_tour(touring_);
}

void Presenter::stop() {
  if (!running()) return;
  deck_id_.clear();
  drop_views();
  boards_.clear();
  talk_.reset();
  pitches_.reset();
  touring_.clear();
  kiosk_ = false;
  drilled_ = false;
  due_.reset();
  live_.host.full_screen(false);
  live_.host.presenting({});
}

View* Presenter::view() {
  const Slide& now = slide();
  if (!now.view) return nullptr;
  for (auto& [page, view] : views_) {
    if (page == now.view->page) return view.get();
  }
  return nullptr;
}

/// Where the camera is after so many steps; empty: where the view begins.
std::string Presenter::camera_at(const Slide& slide, std::size_t step) const {
  for (std::size_t i = std::min(step, slide.steps.size()); i-- > 0;) {
    if (!slide.steps[i].camera.empty()) return slide.steps[i].camera;
  }
  return slide.view ? slide.view->camera : std::string();
}

/// Shows a slide as it is after so many steps, from the beginning.
void Presenter::enter(At at) {
  shown_ = target_ = at;
  settling_ = 4;
  const Slide& now = slide();
  if (!now.view) return;
  const ViewEntry* entry = find_view(now.view->page);
  if (entry == nullptr) return;
  // A view of its own: nothing is left of where the last slide has scrolled it.
  stage_.work = nullptr;  // may be that of a view that goes
  std::erase_if(views_, [&now](const auto& each) { return each.first == now.view->page; });
  views_.emplace_back(now.view->page, entry->make());
  std::unique_ptr<Board>& board = board_of(now);
  std::swap(stage_.board, board);
  apply_view(*now.view, stage_);
  std::swap(stage_.board, board);
  if (const std::string camera = camera_at(now, at.step); !camera.empty()) {
    views_.back().second->set_camera(camera);
  }
}

void Presenter::go(At to) {
  const Deck* all = deck();
  if (all == nullptr) return;
  to.slide = std::min(to.slide, all->slides.size() - 1);
  to.step = std::min(to.step, all->slides[to.slide].steps.size());
  if (to == target_) return;
  const bool turns = to.slide != target_.slide;
  target_ = to;
  if (talk_ && turns) talk_->show(to.slide, now());
  if (change_ == Change::out) return;  // it goes there instead

  const Slide& before = all->slides[shown_.slide];
  const Slide& after = all->slides[to.slide];
  const std::string camera = camera_at(after, to.step);
  View* shown = view();
  const bool same = to.slide == shown_.slide;
  const bool moves = shown != nullptr && after.view && same_place(*before.view, *after.view) &&
                     !camera.empty() && roadshow::can_move(shown->camera(), camera);
  if (same && (shown == nullptr || camera == camera_at(before, shown_.step))) {
    shown_ = to;
    settling_ = 3;
  } else if (moves) {
    shown_ = to;
    move_from_ = shown->camera();
    move_to_ = camera;
    change_ = Change::move;
    progress_ = reduced_motion ? kMove : 0;
  } else if (reduced_motion) {
    enter(to);
    change_ = Change::none;
  } else {
    change_ = Change::out;
    progress_ = 0;
  }
  arrive();
}

/// The talk is on another slide or step.
void Presenter::arrive() {
  if (!touring_.empty()) return;
  if (kiosk_) {
    const Slide& on = deck()->slides[target_.slide];
    const int parts = static_cast<int>(on.steps.size()) + 1;
    const int by_budget =
        std::clamp((on.seconds == 0 ? 10 : on.seconds) * 1000 / parts, 4'000, 20'000);
    due_ = now() + (kiosk_dwell > 0 ? kiosk_dwell : by_budget);
  }
  report();
}

void Presenter::next() {
  const Deck* all = deck();
  if (all == nullptr) return;
  if (target_.step < all->slides[target_.slide].steps.size()) {
    go({target_.slide, target_.step + 1});
  } else if (target_.slide + 1 < all->slides.size()) {
    go({target_.slide + 1, 0});
  } else if (kiosk_) {
    if (all->slides.size() > 1) go({0, 0});
    if (target_ == At{0, 0}) arrive();
  }
}

void Presenter::previous() {
  const Deck* all = deck();
  if (all == nullptr) return;
  if (target_.step > 0) {
    go({target_.slide, target_.step - 1});
  } else if (target_.slide > 0) {
    go({target_.slide - 1, all->slides[target_.slide - 1].steps.size()});
  }
}

void Presenter::advance(float seconds) {
  if (change_ == Change::none) return;
  progress_ += seconds;
  switch (change_) {
    case Change::out:
      if (progress_ < kOut) break;
      enter(target_);
      change_ = Change::in;
      progress_ = 0;
      break;
    case Change::in:
      if (progress_ >= kIn) change_ = Change::none;
      break;
    case Change::move: {
      View* shown = view();
      const auto share = static_cast<double>(std::min(1.0F, progress_ / kMove));
      if (shown != nullptr) {
        shown->set_camera(roadshow::between(move_from_, move_to_, roadshow::ease(share)));
      }
      if (share >= 1) {
        change_ = Change::none;
        settling_ = 3;
      }
      break;
    }
    case Change::none:
      break;
  }
}

bool Presenter::moving() const {
  return running() && (change_ != Change::none || !touring_.empty() || settling_ > 0 ||
                       (on_screen() && stage_.moving));
}

std::optional<int> Presenter::wake_after() const {
  std::optional<std::int64_t> wait;
  const auto within = [&wait](std::int64_t milliseconds) {
    wait = std::min(wait.value_or(milliseconds), milliseconds);
  };
  if (kiosk_ && due_) within(std::max<std::int64_t>(0, *due_ - now()));
  if (pitches_ && on_screen()) {
    const std::int64_t time = now();
    const roadshow::PitchClock::State state = pitches_->at(time);
    if (state.phase == roadshow::PitchClock::Phase::pitch ||
        state.phase == roadshow::PitchClock::Phase::questions) {
      within(1000 - state.elapsed % 1000);
    }
    if (const auto bell = pitches_->until_bell(time)) within(*bell);
  }
  if (!wait) return std::nullopt;
  return static_cast<int>(std::min<std::int64_t>(*wait, 3'600'000));
}

/// The board of the slide's day where the ledger knows it, else the live one.
std::unique_ptr<Board>& Presenter::board_of(const Slide& on) {
  if (boards_version_ != live_.board->version) boards_.clear();
  boards_version_ = live_.board->version;
  if (!on.view || !on.view->as_of || live_.ledger == nullptr || live_.ledger->size() == 0) {
    return live_.board;
  }
  const Date day = *on.view->as_of;
  std::unique_ptr<Board>& board = boards_[day.days];
  if (board == nullptr) {
    auto then = std::make_shared<Programme>(live_.ledger->state_at(day));
    then->as_of = day;
    board = std::make_unique<Board>(std::move(then), day);
  }
  return board;
}

void Presenter::drill() {
  const Slide& on = slide();
  if (on.view && find_view(on.view->page) != nullptr) {
    live_.show_view = *on.view;
    if (View* shown = view()) live_.show_view->camera = shown->camera();
  } else if (on.kind == SlideKind::figure) {
    live_.show_view.emplace().page = "overview";
  } else if (on.kind == SlideKind::pitch && find_view("matching") != nullptr) {
    live_.show_view.emplace().page = "matching";
  } else {
    return;
  }
  drilled_ = true;
  report();
}

void Presenter::add_interest(const std::string& party, int count) {
  const Deck* all = deck();
  if (all == nullptr) return;
  const Slide& on = all->slides[target_.slide];
  if (on.kind != SlideKind::pitch) return;
  Interest interest;
  interest.result = on.result;
  interest.need = on.need;
  interest.party = {party, {}};
  interest.count = std::max(1, count);
  // The day in China, where the talk is.
  interest.date = Date{static_cast<std::int32_t>((now() / 1000 + 8 * 3600) / 86400)};
  interest.deck = all->id;
  interest.id = roadshow::free_interest_id(live_.board->programme,
                                           on.result + "-" + format_date(*interest.date));
  live_.propose(roadshow::add_interest(interest));
}

void Presenter::command(std::string_view text) {
  if (!running()) return;
  if (text == "stop") return stop();
  if (!touring_.empty() || deck() == nullptr) return;
  if (text == "next") next();
  if (text == "previous") previous();
  if (text == "black") blank_ = blank_ == Blank::black ? Blank::none : Blank::black;
  if (text == "white") blank_ = blank_ == Blank::white ? Blank::none : Blank::white;
  if (text == "back") drilled_ = false;
  if (text == "pause" && talk_) {
    if (talk_->running()) {
      talk_->pause(now());
    } else {
      talk_->resume(now());
    }
  }
  if (text == "pitch" && pitches_) pitches_->next(now());
  if (text.starts_with("go ")) {
    const int wanted = std::atoi(std::string(text.substr(3)).c_str());
    if (wanted > 0) go({static_cast<std::size_t>(wanted - 1), 0});
  }
  if (text.starts_with("interest\t")) {
    text.remove_prefix(9);
    const std::size_t tab = std::min(text.find('\t'), text.size());
    const std::string count(text.substr(std::min(tab + 1, text.size())));
    add_interest(std::string(text.substr(0, tab)), std::atoi(count.c_str()));
  }
  report();
}

void Presenter::report() {
  using nlohmann::json;
  const Deck* all = deck();
  if (all == nullptr || !talk_) return;
  const Programme& programme = live_.board->programme;
  const auto text = [](const Text& value) {
    return json{{"zh", value.in(Language::zh)}, {"en", value.in(Language::en)}};
  };
  const std::int64_t time = now();
  json slides = json::array();
  for (std::size_t i = 0; i < all->slides.size(); ++i) {
    const Slide& each = all->slides[i];
    json one = {{"title", text(each.title)},
                {"notes", text(each.notes)},
                {"seconds", each.seconds},
                {"steps", each.steps.size()},
                {"spent", talk_->spent(i, time)}};
    if (each.title.empty() && each.view) {
      const ViewEntry* entry = find_view(each.view->page);
      if (entry != nullptr) {
        one["title"] = {{"zh", text_of(entry->title, Language::zh)},
                        {"en", text_of(entry->title, Language::en)}};
      }
    }
    if (each.kind == SlideKind::pitch) {
      one["interest"] = roadshow::interest_in_result(programme, each.result);
    }
    slides.push_back(std::move(one));
  }
  json state = {{"deck", text(all->title)},
                {"demonstration", programme.kind == ProgrammeKind::demonstration},
                {"slides", std::move(slides)},
                {"slide", target_.slide},
                {"step", target_.step},
                {"time", time},
                {"running", talk_->running()},
                {"blank", blank_ == Blank::black   ? "black"
                          : blank_ == Blank::white ? "white"
                                                   : ""},
                {"drilled", drilled_}};
  if (pitches_) {
    const roadshow::PitchClock::State at = pitches_->at(time);
    static constexpr std::array<const char*, 4> kPhases = {"waiting", "pitch", "questions", "done"};
    state["session"] = {{"pitch", at.pitch},
                        {"phase", kPhases[static_cast<std::size_t>(at.phase)]},
                        {"left", at.left}};
  }
  live_.host.presenting(state.dump(-1, ' ', false, json::error_handler_t::replace));
}

// ------------------------------------------------------------------ keys

void Presenter::keys() {
  const auto pressed = [](ImGuiKey key, bool repeat = false) {
    return ImGui::IsKeyPressed(key, repeat);
  };
  if (ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopup)) return;
  const ImGuiIO& io = ImGui::GetIO();
  if (io.KeyCtrl || io.KeyAlt || io.KeySuper) return;

  for (int digit = 0; digit < 10; ++digit) {
    if (pressed(static_cast<ImGuiKey>(ImGuiKey_0 + digit)) ||
        pressed(static_cast<ImGuiKey>(ImGuiKey_Keypad0 + digit))) {
      if (jump_.size() < 4) jump_ += static_cast<char>('0' + digit);
      return;
    }
  }
  const bool enter = pressed(ImGuiKey_Enter) || pressed(ImGuiKey_KeypadEnter);
  if (enter && !jump_.empty()) {
    const int wanted = std::atoi(jump_.c_str());
    jump_.clear();
    blank_ = Blank::none;
    if (wanted > 0) go({static_cast<std::size_t>(wanted - 1), 0});
    return;
  }
  if (pressed(ImGuiKey_Escape)) {
    if (!jump_.empty()) {
      jump_.clear();
    } else if (blank_ != Blank::none) {
      blank_ = Blank::none;
      report();
    } else if (tool_ != Tool::none) {
      tool_ = Tool::none;
    } else {
      stop();
    }
    return;
  }
  const auto blank = [this](Blank which) {
    blank_ = blank_ == which ? Blank::none : which;
    report();
  };
  if (pressed(ImGuiKey_B) || pressed(ImGuiKey_Period)) return blank(Blank::black);
  if (pressed(ImGuiKey_W) || pressed(ImGuiKey_Comma)) return blank(Blank::white);
  const auto toggle = [this](Tool which) { tool_ = tool_ == which ? Tool::none : which; };
  if (pressed(ImGuiKey_L)) toggle(Tool::laser);
  if (pressed(ImGuiKey_P)) toggle(Tool::pen);
  if (pressed(ImGuiKey_E)) {
    ink_.erase(shown_.slide);
    settling_ = 1;
  }
  if (pressed(ImGuiKey_D)) return drill();
  if (pressed(ImGuiKey_I)) add_interest({}, 1);
  if (pressed(ImGuiKey_T) && pitches_) {
    const roadshow::PitchClock::State at = pitches_->at(now());
    if (at.phase == roadshow::PitchClock::Phase::waiting) {
      // The pitch that is on the screen, wherever the agenda stands.
      const std::vector<Pitch>& slots = pitches_->session().pitches;
      const auto slot = std::find_if(slots.begin(), slots.end(), [this](const Pitch& pitch) {
        return pitch.slide == slide().id;
      });
      pitches_->start(
          slot == slots.end() ? at.pitch : static_cast<std::size_t>(slot - slots.begin()), now());
    } else {
      pitches_->next(now());
    }
    settling_ = 1;
    report();
  }
  const bool forward = enter || pressed(ImGuiKey_RightArrow, true) ||
                       pressed(ImGuiKey_DownArrow, true) || pressed(ImGuiKey_PageDown, true) ||
                       pressed(ImGuiKey_Space) || pressed(ImGuiKey_N);
  const bool back = pressed(ImGuiKey_LeftArrow, true) || pressed(ImGuiKey_UpArrow, true) ||
                    pressed(ImGuiKey_PageUp, true) || pressed(ImGuiKey_Backspace);
  const bool home = pressed(ImGuiKey_Home);
  const bool end = pressed(ImGuiKey_End);
  if (!forward && !back && !home && !end) return;
  jump_.clear();
  if (blank_ != Blank::none) {  // the first press brings the slide back
    blank_ = Blank::none;
    report();
    return;
  }
  if (forward) next();
  if (back) previous();
  if (home) go({0, 0});
  if (end) go({deck()->slides.size() - 1, 0});
}

// ------------------------------------------------------------------ drawing

void Presenter::tour(Ui& ui) {
  const Deck* all = deck();
  if (tour_frames_ < kTourFrames) return;
  const Slide& on = all->slides[tour_slide_];
  nlohmann::json about = {{"title", ui.in(on.title)},
                          {"notes", ui.in(on.notes)},
                          {"deck", ui.in(all->title)},
                          {"file", all->id}};
  if (on.title.empty() && on.view)
    about["title"] = describe_view(ui, live_.board->programme, *on.view);
  live_.host.capture(touring_, tour_slide_, all->slides.size(),
                     about.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

void Presenter::draw(Ui& ui, const Rect& screen) {
  const Deck* all = deck();
  if (all == nullptr || all->slides.empty()) return stop();  // taken away while it was shown
  const auto clamp = [all](At& at) {
    at.slide = std::min(at.slide, all->slides.size() - 1);
    at.step = std::min(at.step, all->slides[at.slide].steps.size());
  };
  clamp(shown_);
  clamp(target_);
  settling_ = std::max(0, settling_ - 1);
  if (touring_.empty()) {
    keys();
    // Taken: what a view on a slide does with keys is for live views.
    if (!ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopup)) ImGui::GetIO().ClearInputKeys();
    if (!running()) return;
    if (drilled_) return;
    advance(ImGui::GetIO().DeltaTime);
    if (kiosk_ && due_ && change_ == Change::none && now() >= *due_) next();
    if (pitches_) {
      using Bell = roadshow::PitchClock::Bell;
      const Bell bell = pitches_->ring(now());
      if (bell != Bell::none) live_.host.ring(bell == Bell::warning ? 1 : 2);
    }
  } else if (tour_frames_ == kTourFrames) {
    // The frame before this one was captured.
    tour_frames_ = 0;
    if (++tour_slide_ < all->slides.size()) {
      enter({tour_slide_, all->slides[tour_slide_].steps.size()});
    } else if (touring_ == "warm") {
      touring_.clear();
      talk_.emplace(*all);
      talk_->start(begin_.slide, now());
      if (all->session) pitches_.emplace(*all->session);
      enter(begin_);
      arrive();
    } else {
      stop();
      return;
    }
  }
  // A picture is taken of what has come to rest, as a network's layout, and has been computed.
  const bool wait = (stage_.moving || stage_.work != nullptr) && touring_ != "warm" &&
                    tour_frames_ == kTourFrames - 1;
  if (!touring_.empty() && !wait) ++tour_frames_;
  stage_.moving = false;
  stage_.work = nullptr;

  const Rect frame = letterbox(screen);
  ui.fill(screen, IM_COL32_BLACK);
  {
    const Slide& on = slide();
    const Language language = on.view && on.view->language
                                  ? (*on.view->language == "zh" ? Language::zh : Language::en)
                                  : ui.language;
    const Stage stage(ui, frame.height() / kStageHeight, projector_theme(ui.theme().dark),
                      language);
    slide_on(ui, frame);
    overlay(ui, screen, frame);
  }
  if (!touring_.empty()) tour(ui);
}

void Presenter::slide_on(Ui& ui, const Rect& frame) {
  const Theme& c = ui.theme();
  const Slide& on = slide();
  ui.fill(frame, c.page);
  ImGui::PushClipRect(frame.min(), frame.max(), true);
  const bool plain = on.kind == SlideKind::title;
  const Rect body = {frame.x0, frame.y0 + (plain ? 0 : ui.px(kHeader)), frame.x1,
                     frame.y1 - ui.px(kFooter)};
  if (!plain) header(ui, frame, on);
  switch (on.kind) {
    case SlideKind::view:
      view_slide(ui, body, on);
      break;
    case SlideKind::title:
      title_slide(ui, body, on);
      break;
    case SlideKind::text:
      text_slide(ui, body, on);
      break;
    case SlideKind::figure:
      figure_slide(ui, body, on);
      break;
    case SlideKind::pitch:
      pitch_slide(ui, body, on);
      break;
  }
  footer(ui, frame, on);
  ImGui::PopClipRect();
}

void Presenter::header(Ui& ui, const Rect& frame, const Slide& on) {
  const Theme& c = ui.theme();
  std::string title = ui.in(on.title);
  if (title.empty() && on.view) title = describe_view(ui, live_.board->programme, *on.view);
  if (title.empty() && on.kind == SlideKind::pitch) {
    if (const ResearchResult* result = by_id(live_.board->programme.results, on.result)) {
      title = ui.in(result->title);
    }
  }
  if (title.empty() && on.kind == SlideKind::figure) {
    const auto figure = roadshow::figure_of(live_.board->programme, on, live_.board->as_of);
    if (figure) title = ui.in(figure->name);
  }
  const float x = frame.x0 + ui.px(28);
  const float y = frame.y0 + ui.px(18);
  ui.fill({frame.x0, y + ui.px(2), frame.x0 + ui.px(10), y + ui.px(30)}, c.accent);
  const float width = ui.draw({x, y}, Type::figure, c.text, title, frame.x1 - ui.px(28) - x);
  ui.record(Role::heading, {x, y, x + width, y + ui.px(32)}, title);
}

void Presenter::footer(Ui& ui, const Rect& frame, const Slide& on) {
  const Theme& c = ui.theme();
  const Deck& all = *deck();
  const Board& board = *live_.board;
  const Rect bar = {frame.x0, frame.y1 - ui.px(kFooter), frame.x1, frame.y1};
  ui.fill(bar, c.page);
  ui.fill({bar.x0 + ui.px(28), bar.y0, bar.x1 - ui.px(28), bar.y0 + ui.hairline()}, c.line);
  const float mid = (bar.y0 + bar.y1) / 2;
  const float text_y = mid - ui.size_of(Type::small) / 2;
  const std::string number =
      std::to_string(shown_.slide + 1) + " / " + std::to_string(all.slides.size());
  float right = bar.x1 - ui.px(28) - ui.measure(Type::strong, number);
  ui.draw({right, mid - ui.size_of(Type::strong) / 2}, Type::strong, c.text, number);
  ui.record(Role::status, {right, bar.y0, bar.x1 - ui.px(28), bar.y1}, number,
            on.steps.empty()
                ? std::string()
                : std::to_string(shown_.step) + " / " + std::to_string(on.steps.size()));
  right -= ui.px(20);

  float x = bar.x0 + ui.px(28);
  if (board.programme.kind == ProgrammeKind::demonstration) {
    float width = 0;
    ui.tag({x, mid - ui.px(11)}, ui.t(Str::demonstration), c.warning, c.warning_soft, width);
    x += width + ui.px(12);
  }
  // Date and source.
  const auto day = on.view && on.view->as_of ? boards_.find(on.view->as_of->days) : boards_.end();
  const Date as_of = day != boards_.end() ? *on.view->as_of : board.as_of;
  std::string text = ui.t(Str::as_of, {date_text(as_of)});
  std::optional<Citation> cited;
  if (on.kind == SlideKind::figure) {
    const auto figure = roadshow::figure_of(board.programme, on, board.as_of);
    if (figure) cited = figure->source;
  } else if (on.kind == SlideKind::pitch) {
    if (const ResearchResult* result = by_id(board.programme.results, on.result))
      cited = result->source;
  }
  std::string from;
  if (cited) {
    if (const Source* source = by_id(board.programme.sources, cited->source)) {
      from = ui.in(source->title);
      if (!cited->place.empty()) from += " · " + ui.in(cited->place);
    }
  } else if (board.programme.kind == ProgrammeKind::sourced && !board.programme.sources.empty()) {
    from = ui.in(board.programme.sources.front().title);
  }
  text += "  ·  ";
  text += from.empty()
              ? ui.in(board.programme.title)
              : std::string(ui.t(Str::source)) + (ui.language == Language::zh ? "：" : ": ") + from;
  ui.say({x, text_y}, Type::small, c.muted, text, right - x);
}

void Presenter::view_slide(Ui& ui, const Rect& body, const Slide& on) {
  const Theme& c = ui.theme();
  Rect area = body;
  const BuildStep* step = shown_.step > 0 ? &on.steps[shown_.step - 1] : nullptr;
  const std::string& caption =
      step != nullptr && !step->caption.empty() ? ui.in(step->caption) : ui.in(on.text);
  if (!caption.empty()) {
    const float height = ui.px(46);
    area.y1 -= height;
    const Rect strip = {body.x0 + ui.px(28), area.y1 + ui.px(4), body.x1 - ui.px(28),
                        body.y1 - ui.px(4)};
    ui.fill(strip, c.accent_soft, 8);
    ui.say({strip.x0 + ui.px(16), (strip.y0 + strip.y1 - ui.size_of(Type::heading)) / 2},
           Type::heading, c.accent, caption, strip.width() - ui.px(32));
  }
  View* shown = view();
  if (shown == nullptr) {
    Larger larger(ui, 1.6F);
    ui.say({area.x0 + ui.px(24), area.y0 + ui.px(40)}, Type::body, c.muted,
           ui.t(Str::present_no_view, {on.view ? on.view->page : ""}));
    return;
  }
  std::unique_ptr<Board>& board = board_of(on);  // lent to the stage
  const std::size_t first_node = ui.semantics.size();
  stage_.ledger = live_.ledger;
  std::swap(stage_.board, board);
  stage_.page = find_view(on.view->page)->id;
  ImGui::PushID(on.id.c_str());
  shown->draw(ui, stage_, area);
  ImGui::PopID();
  // A slide changes nothing, whatever a view makes of a stray click.
  stage_.proposal.reset();
  stage_.edited.reset();
  stage_.new_item = false;
  std::swap(stage_.board, board);
  highlight(ui, first_node, area);
}

void Presenter::highlight(Ui& ui, std::size_t first_node, const Rect& clip) {
  const Slide& on = slide();
  if (!(highlighted_for_ == shown_) || highlighted_version_ != live_.board->version ||
      settling_ > 0) {
    highlighted_for_ = shown_;
    highlighted_version_ = live_.board->version;
    highlighted_.clear();
    const std::vector<std::string>* wanted = on.view ? &on.view->highlights : nullptr;
    for (std::size_t i = 0; i < shown_.step; ++i) {
      if (!on.steps[i].highlights.empty()) wanted = &on.steps[i].highlights;
    }
    if (wanted != nullptr) {
      const Programme& programme = live_.board->programme;
      for (const std::string& id : *wanted) {
        highlighted_.push_back(id);
        const auto add = [this](const Text& text) {
          if (!text.zh.empty()) highlighted_.push_back(text.zh);
          if (!text.en.empty()) highlighted_.push_back(text.en);
        };
        if (const auto item = live_.board->index.item(id)) add(programme.items[*item].title);
        if (const auto* it = by_id(programme.alliances, id)) add(it->title);
        if (const auto* it = by_id(programme.members, id)) add(it->name);
        if (const auto* it = by_id(programme.policies, id)) add(it->title);
        if (const auto* it = by_id(programme.needs, id)) add(it->title);
        if (const auto* it = by_id(programme.results, id)) add(it->title);
        if (const auto* it = by_id(programme.indicators, id)) add(it->name);
        if (const auto* it = by_id(programme.areas, id)) add(it->title);
        if (const auto* it = by_id(programme.departments, id)) add(it->name);
      }
    }
  }
  if (highlighted_.empty()) return;
  // What a view shows for a reader it also records, so any view's parts can be found by their name.
  std::vector<Rect> found;
  for (std::size_t i = first_node; i < ui.semantics.size(); ++i) {
    const Node& node = ui.semantics[i];
    if (node.role == Role::text || node.role == Role::heading || node.role == Role::cell) continue;
    const bool matches =
        std::any_of(highlighted_.begin(), highlighted_.end(), [&node](const std::string& name) {
          if (node.name == name || node.name.starts_with(name + " ")) return true;
          const bool code = name.size() < 24 && name.find(' ') == std::string::npos &&
                            std::all_of(name.begin(), name.end(), is_word_part);
          return code && (has_word(node.name, name) || has_word(node.value, name));
        });
    if (matches) found.push_back({node.x0, node.y0, node.x1, node.y1});
  }
  // What touches in one row, as a row's title and its bar do, is marked as one.
  for (std::size_t i = 0; i < found.size(); ++i) {
    for (std::size_t k = i + 1; k < found.size();) {
      Rect& a = found[i];
      const Rect& b = found[k];
      const float overlap = std::min(a.y1, b.y1) - std::max(a.y0, b.y0);
      const bool one = overlap > 0.6F * std::min(a.height(), b.height()) &&
                       b.x0 <= a.x1 + ui.px(8) && a.x0 <= b.x1 + ui.px(8);
      if (!one) {
        ++k;
        continue;
      }
      a = {std::min(a.x0, b.x0), std::min(a.y0, b.y0), std::max(a.x1, b.x1), std::max(a.y1, b.y1)};
      found.erase(found.begin() + static_cast<std::ptrdiff_t>(k));
      k = i + 1;
    }
  }
  const float out = ui.px(2);
  for (const Rect& r : found) {
    const Rect mark = {std::max(clip.x0, r.x0 - out), std::max(clip.y0, r.y0 - out),
                       std::min(clip.x1, r.x1 + out), std::min(clip.y1, r.y1 + out)};
    ImGui::GetForegroundDrawList()->AddRect(mark.min(), mark.max(), ui.theme().danger, ui.px(6), 0,
                                            ui.px(3));
    ui.record(Role::img, mark, ui.t(Str::present_highlight));
  }
}

void Presenter::title_slide(Ui& ui, const Rect& body, const Slide& on) {
  const Theme& c = ui.theme();
  const float x = body.x0 + ui.px(96);
  const float width = body.x1 - ui.px(96) - x;
  // The mark: two squares that share a corner, one in each city's colour.
  const float unit = ui.px(44);
  float y = body.y0 + body.height() * 0.24F;
  ui.fill({x, y - unit, x + unit * 1.1F, y + unit * 0.1F}, c.of_city(0), 6);
  ui.fill({x + unit * 0.9F, y - unit * 0.1F, x + unit * 2, y + unit}, c.of_city(1), 6);
  y += unit + ui.px(40);
  {
    const Larger larger(ui, 1.15F);
    const std::string& title = ui.in(on.title);
    const auto rows =
        static_cast<float>(std::min<std::size_t>(3, ui.wrap(Type::display, title, width).size()));
    ui.paragraph({x, y}, Type::display, c.text, title, width, 3);
    ui.record(Role::heading, {x, y, x + width, y + rows * ui.line_height(Type::display)}, title);
    y += rows * ui.line_height(Type::display) + ui.px(20);
  }
  lines(ui, {x, y, x + width, body.y1}, on, 1.7F);
}

/// The paragraphs of the text and, one by one, the captions of the steps. Returns where they end.
float Presenter::lines(Ui& ui, const Rect& body, const Slide& on, float factor) {
  const Theme& c = ui.theme();
  struct Line {
    std::string_view text;
    bool step;
  };
  std::vector<Line> all;
  std::string_view text = ui.in(on.text);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (end > 0) all.push_back({text.substr(0, end), false});
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  for (const BuildStep& step : on.steps) all.push_back({ui.in(step.caption), true});
  // As large as fits, all steps counted, so that nothing jumps when the next one appears.
  const auto height_at = [&](float size) {
    const Larger larger(ui, size);
    float height = 0;
    for (const Line& line : all) {
      height +=
          static_cast<float>(
              ui.wrap(Type::body, line.text, body.width() - ui.px(line.step ? 20 : 0)).size()) *
              ui.line_height(Type::body) +
          ui.px(8);
    }
    return height;
  };
  while (factor > 1 && height_at(factor) > body.height()) factor *= 0.92F;
  const Larger larger(ui, factor);
  float y = body.y0;
  std::size_t steps = 0;
  for (const Line& line : all) {
    if (line.step && ++steps > shown_.step) break;
    float x = body.x0;
    if (line.step) {
      const bool latest = steps == shown_.step;
      const float mid = y + ui.line_height(Type::body) / 2;
      ui.fill({x, mid - ui.px(4), x + ui.px(8), mid + ui.px(4)}, latest ? c.accent : c.muted, 2);
      x += ui.px(20);
    }
    y += ui.paragraph({x, y}, Type::body, on.kind == SlideKind::title ? c.muted : c.text, line.text,
                      body.x1 - x) +
         ui.px(8);
  }
  return y;
}

void Presenter::text_slide(Ui& ui, const Rect& body, const Slide& on) {
  lines(ui, {body.x0 + ui.px(56), body.y0 + ui.px(28), body.x1 - ui.px(56), body.y1 - ui.px(12)},
        on, 2.0F);
}

void Presenter::figure_slide(Ui& ui, const Rect& body, const Slide& on) {
  const Theme& c = ui.theme();
  const auto figure = roadshow::figure_of(live_.board->programme, on, live_.board->as_of);
  const float x = body.x0 + ui.px(56);
  float y = body.y0 + ui.px(40);
  if (!figure) {
    const Larger larger(ui, 1.6F);
    ui.say({x, y}, Type::body, c.muted, ui.t(Str::present_gone));
    return;
  }
  const std::string& unit = ui.in(figure->unit);
  std::string spoken;
  float end = x;
  if (figure->value) {
    spoken = number_text(*figure->value) + (figure->at_least ? "+" : "");
    const Larger larger(ui, 3.6F);
    end += ui.draw({x, y}, Type::display, c.accent, spoken);
  } else {
    spoken = ui.t(Str::not_reported);
    const Larger larger(ui, 2);
    end += ui.draw({x, y + ui.px(20)}, Type::display, c.muted, spoken);
  }
  if (figure->value && !unit.empty()) {
    const Larger larger(ui, 1.8F);
    ui.draw({end + ui.px(8), y + ui.px(54)}, Type::heading, c.muted, unit);
    spoken += " " + unit;
  }
  const std::string& name = ui.in(figure->name);
  ui.record(Role::listitem, {x, y, std::max(end, x + ui.px(200)), y + ui.px(170)}, name, spoken);
  y += ui.px(176);
  if (name != ui.in(on.title) && !on.title.empty()) {
    ui.say({x, y}, Type::figure, c.text, name, body.x1 - ui.px(56) - x);
    y += ui.px(48);
  }
  if (figure->target && figure->value && *figure->target > 0) {
    const Rect bar = {x, y, body.x1 - ui.px(56), y + ui.px(20)};
    const double ratio = *figure->value / *figure->target;
    ui.progress_bar(bar, ratio, ratio >= 1 ? c.of(Status::completed) : c.accent);
    y += ui.px(36);
    std::string target = ui.t(Str::indicator_target,
                              {number_text(*figure->target) + (unit.empty() ? "" : " " + unit)});
    if (figure->target_date) target += " · " + date_text(*figure->target_date);
    target += " · " + number_text(std::floor(ratio * 100)) + "%";
    ui.say({x, y}, Type::heading, c.muted, target, body.x1 - ui.px(56) - x);
    y += ui.px(40);
  } else if (figure->as_of && !figure->computed) {
    ui.say({x, y}, Type::heading, c.muted, ui.t(Str::indicator_as_of, {date_text(*figure->as_of)}));
    y += ui.px(40);
  }
  lines(ui, {x, y, body.x1 - ui.px(56), body.y1}, on, 1.6F);
}

void Presenter::pitch_slide(Ui& ui, const Rect& body, const Slide& on) {
  const Theme& c = ui.theme();
  const Programme& programme = live_.board->programme;
  const ResearchResult* result = by_id(programme.results, on.result);
  const float gap = ui.px(20);
  const Rect inner = {body.x0 + ui.px(28), body.y0 + ui.px(8), body.x1 - ui.px(28),
                      body.y1 - ui.px(14)};
  if (result == nullptr) {
    const Larger larger(ui, 1.6F);
    ui.say({inner.x0, inner.y0}, Type::body, c.muted, ui.t(Str::present_gone));
    return;
  }
  const Need* need = on.need.empty() ? nullptr : by_id(programme.needs, on.need);
  const float split = std::round(inner.x0 + inner.width() * 0.54F);

  // Right: the need, the team, what is asked for.
  struct Part {
    Str title;
    std::string head;
    std::string text;
    bool strong;
  };
  std::vector<Part> parts;
  if (need != nullptr) {
    parts.push_back({Str::present_need, ui.in(need->title),
                     ui.in(need->firm) + (need->firm.empty() || need->text.empty() ? "" : " · ") +
                         ui.in(need->text),
                     false});
  }
  if (!on.team.empty()) parts.push_back({Str::present_team, ui.in(on.team), {}, false});
  if (!on.ask.empty()) parts.push_back({Str::present_ask, ui.in(on.ask), {}, true});
  const float x0 = split + gap / 2;
  const auto height_of = [&](const Part& part) {
    const float room = inner.x1 - x0 - ui.px(40);
    const auto rows = [&](Type type, const std::string& text, std::size_t most) {
      if (text.empty()) return 0.0F;
      return static_cast<float>(std::min(most, ui.wrap(type, text, room).size())) *
             ui.line_height(type);
    };
    return ui.px(36 + 32) + rows(Type::heading, part.head, 3) + rows(Type::body, part.text, 4);
  };
  // As large as fits.
  float factor = 1.3F;
  while (factor > 0.8F) {
    const Larger smaller(ui, factor);
    float height = 0;
    for (const Part& part : parts) height += height_of(part) + ui.px(12);
    if (height <= inner.height() + ui.px(12)) break;
    factor *= 0.94F;
  }

  // Left: the result.
  const Larger larger(ui, factor);
  Rect left = ui.card({inner.x0, inner.y0, split - gap / 2, inner.y1}, ui.t(Str::present_result));
  float y = left.y0;
  if (!on.title.empty() && ui.in(on.title) != ui.in(result->title)) {
    y += ui.paragraph({left.x0, y}, Type::heading, c.text, ui.in(result->title), left.width(), 2) +
         ui.px(6);
  }
  std::string owner = ui.in(result->owner);
  for (const City& city : programme.cities) {
    if (city.id == result->city) owner += (owner.empty() ? "" : " · ") + ui.in(city.name);
  }
  if (!owner.empty()) {
    ui.say({left.x0, y}, Type::body, c.muted, owner, left.width());
    y += ui.px(28);
  }
  y += ui.paragraph({left.x0, y}, Type::title, c.text, ui.in(result->text), left.width(), 6) +
       ui.px(12);
  if (result->trl > 0) {
    const std::string label = ui.t(Str::present_trl, {std::to_string(result->trl)});
    ui.say({left.x0, y}, Type::body, c.text, label);
    y += ui.px(24);
    const float step = (left.width() - ui.px(4) * 8) / 9;
    for (int level = 1; level <= 9; ++level) {
      const float x = left.x0 + static_cast<float>(level - 1) * (step + ui.px(4));
      ui.fill({x, y, x + step, y + ui.px(12)}, level <= result->trl ? c.accent : c.line, 3);
    }
    y += ui.px(28);
  }
  if (const int parties = roadshow::interest_in_result(programme, result->id); parties > 0) {
    const std::string text = ui.t(Str::present_interest, {std::to_string(parties)});
    ui.icon({left.x0 + ui.px(10), y + ui.px(10)}, 20, c.of(Status::completed), icon::hand);
    ui.say({left.x0 + ui.px(28), y}, Type::heading, c.of(Status::completed), text,
           left.width() - ui.px(28));
  }

  float top = inner.y0;
  for (const Part& part : parts) {
    const Rect in = ui.card({x0, top, inner.x1, top + height_of(part)}, ui.t(part.title));
    const float used = ui.paragraph(in.min(), Type::heading, part.strong ? c.accent : c.text,
                                    part.head, in.width(), 3);
    if (!part.text.empty()) {
      ui.paragraph({in.x0, in.y0 + used}, Type::body, c.muted, part.text, in.width(), 4);
    }
    top += height_of(part) + ui.px(12);
  }
}

void Presenter::pitch_clock(Ui& ui, const Rect& frame) {
  if (!pitches_) return;
  using Phase = roadshow::PitchClock::Phase;
  const roadshow::PitchClock::State at = pitches_->at(now());
  if (at.phase != Phase::pitch && at.phase != Phase::questions) return;
  const Theme& c = ui.theme();
  const bool over = at.left < 0;
  const std::string time = clock_text(over ? at.left : (at.left + 999) / 1000 * 1000);
  const std::string text =
      ui.t(at.phase == Phase::pitch ? Str::present_pitch : Str::present_questions,
           {std::to_string(at.pitch + 1)}) +
      "  " + time;
  const float width = ui.measure(Type::figure, text) + ui.px(32);
  const Rect box = {frame.x1 - ui.px(28) - width, frame.y0 + ui.px(10), frame.x1 - ui.px(28),
                    frame.y0 + ui.px(56)};
  ui.fill(box, over ? c.danger : c.accent, 8);
  ui.draw({box.x0 + ui.px(16), box.y0 + ui.px(9)}, Type::figure, c.on_accent, text);
  ui.record(Role::status, box, text);
}

/// What lies over the slide: the fade between two, pen and laser, black and white screens. Its
/// window takes the pointer, so that nothing on a slide reacts to it.
void Presenter::overlay(Ui& ui, const Rect& screen, const Rect& frame) {
  const Theme& c = ui.theme();
  ImGui::SetNextWindowPos(screen.min());
  ImGui::SetNextWindowSize({screen.width(), screen.height()});
  ImGui::Begin("stage", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                   ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBackground |
                   ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoScrollWithMouse);
  const bool popup = ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopup);
  if (!popup) ImGui::BringWindowToDisplayFront(ImGui::GetCurrentWindow());
  ImGui::SetCursorScreenPos(screen.min());
  const bool clicked = ImGui::InvisibleButton("screen", {screen.width(), screen.height()});
  const bool held = ImGui::IsItemActive();
  const ImVec2 mouse = ImGui::GetIO().MousePos;

  pitch_clock(ui, frame);
  ImDrawList* list = ui.list();
  if (change_ == Change::out || change_ == Change::in) {
    const float share = change_ == Change::out ? progress_ / kOut : 1 - progress_ / kIn;
    ui.fill(frame,
            with_alpha(c.page, static_cast<float>(roadshow::ease(static_cast<double>(share)))));
  }
  // Pen strokes stay with their slide and fit any size of the screen.
  const auto to_screen = [&frame](const ImVec2& p) {
    return ImVec2{frame.x0 + p.x * frame.width(), frame.y0 + p.y * frame.height()};
  };
  if (tool_ == Tool::pen && touring_.empty()) {
    ImGui::SetMouseCursor(ImGuiMouseCursor_None);
    if (held) {
      std::vector<std::vector<ImVec2>>& strokes = ink_[shown_.slide];
      const ImVec2 point = {(mouse.x - frame.x0) / frame.width(),
                            (mouse.y - frame.y0) / frame.height()};
      if (!inking_) strokes.emplace_back();
      std::vector<ImVec2>& stroke = strokes.back();
      if (stroke.empty() || stroke.back().x != point.x || stroke.back().y != point.y)
        stroke.push_back(point);
    }
    inking_ = held;
    list->AddCircleFilled(mouse, ui.px(4), c.danger);
  }
  if (const auto strokes = ink_.find(shown_.slide);
      strokes != ink_.end() && change_ == Change::none) {
    for (const std::vector<ImVec2>& stroke : strokes->second) {
      for (const ImVec2& point : stroke) list->PathLineTo(to_screen(point));
      list->PathStroke(c.danger, 0, ui.px(4));
    }
    ui.record(Role::img, frame, ui.t(Str::present_ink), std::to_string(strokes->second.size()));
  }
  if (tool_ == Tool::laser) {
    ImGui::SetMouseCursor(ImGuiMouseCursor_None);
    if (ImGui::IsMousePosValid()) {
      list->AddCircleFilled(mouse, ui.px(14), IM_COL32(255, 40, 30, 60));
      list->AddCircleFilled(mouse, ui.px(7), IM_COL32(255, 40, 30, 235));
      ui.record(Role::img,
                {mouse.x - ui.px(7), mouse.y - ui.px(7), mouse.x + ui.px(7), mouse.y + ui.px(7)},
                ui.t(Str::present_laser));
    }
  }
  if (!jump_.empty()) {
    const std::string text = ui.t(Str::present_jump, {jump_});
    const float width = ui.measure(Type::figure, text) + ui.px(48);
    const Rect box = {(frame.x0 + frame.x1 - width) / 2, frame.y1 - ui.px(112),
                      (frame.x0 + frame.x1 + width) / 2, frame.y1 - ui.px(56)};
    ui.fill(box, c.rail, 10);
    ui.draw({box.x0 + ui.px(24), box.y0 + ui.px(14)}, Type::figure, c.rail_text, text);
    ui.record(Role::status, box, text);
  }
  if (blank_ != Blank::none) {
    ui.fill(screen, blank_ == Blank::black ? IM_COL32_BLACK : IM_COL32_WHITE);
    ui.semantics.begin_frame();  // nothing else is to be seen
    ui.record(Role::img, screen,
              ui.t(blank_ == Blank::black ? Str::present_black : Str::present_white));
  }
  ImGui::End();
  if (clicked && tool_ != Tool::pen && touring_.empty() && !popup) {
    if (blank_ != Blank::none) {
      blank_ = Blank::none;
      report();
    } else {
      drill();
    }
  }
}

void Presenter::draw_return(Ui& ui, const Rect& page) {
  const Deck* all = deck();
  if (all == nullptr) return stop();
  const std::string text = ui.t(Str::present_return, {std::to_string(target_.slide + 1)});
  const float width = ui.measure(Type::body, text) + ui.px(60);
  const Rect rect = {page.x1 - width - ui.px(24), page.y1 - ui.px(64), page.x1 - ui.px(24),
                     page.y1 - ui.px(24)};
  ImGui::SetNextWindowPos(rect.min());
  ImGui::SetNextWindowSize({rect.width(), rect.height()});
  ImGui::Begin("return", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                   ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBackground |
                   ImGuiWindowFlags_NoFocusOnAppearing | ImGuiWindowFlags_NoNav);
  const bool clicked = ui.button("return", rect, text, icon::presentation, true);
  ImGui::End();
  const bool typing = ImGui::GetIO().WantTextInput;
  const bool popup = ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopup);
  if (clicked || (!typing && !popup && ImGui::IsKeyPressed(ImGuiKey_Backspace, false))) {
    drilled_ = false;
    settling_ = 3;
    report();
  }
}

}  // namespace tc::ui
