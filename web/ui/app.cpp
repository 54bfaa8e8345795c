#include "web/ui/app.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <functional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "core/exchange/formats.hpp"
#include "core/model/programme_json.hpp"
#include "core/model/progress.hpp"
#include "imgui_internal.h"
#include "web/ui/change_text.hpp"
#include "web/ui/dialog.hpp"
#include "web/ui/editor.hpp"
#include "web/ui/exports.hpp"
#include "web/ui/guide.hpp"
#include "web/ui/icons.gen.hpp"
#include "web/ui/import_dialog.hpp"
#include "web/ui/link.hpp"
#include "web/ui/opening.hpp"
#include "web/ui/palette.hpp"
#include "web/ui/present.hpp"
#include "web/ui/saved_view.hpp"
#include "web/ui/table_reading.hpp"
#include "web/ui/views/view.hpp"

namespace tc::ui {

namespace {

struct Shipped {
  const char* id;
  Str title;
};
constexpr std::array<Shipped, 2> kShipped = {{
    {"hubao-2024", Str::open_hubao},
    {"demo", Str::open_demo},
}};

/// Above the pages in the rail.
constexpr float kRailTop = 64;

/// Why the last file did not open.
struct Refusal {
  std::string file;
  std::vector<Error> errors;
  std::string detail;  ///< in place of `errors`, when there was nothing to read
};

}  // namespace

struct App::State {
  explicit State(Host& host) : workspace(host), editor(workspace), presenter(workspace) {}

  Ui ui;
  Workspace workspace;
  Editor editor;
  ImportDialog import;
  Presenter presenter;
  Palette palette;
  ShortcutSheet shortcuts;
  Tour tour;
  Rect open_button, find_button;  ///< for the tour
  std::string kiosk;              ///< a deck to be shown once its board is there
  struct Page {
    std::unique_ptr<View> view;  ///< made when it is first shown
    std::size_t drawn = 0;       ///< version of the board that it drew last
  };
  std::vector<Page> pages;
  std::vector<std::pair<std::string, std::string>> kept;  ///< boards: id, title
  std::deque<Opening> openings;       ///< what is being read, in the order in which it came
  std::optional<TableReading> table;  ///< a spreadsheet that is being read
  std::deque<Exporting> exports;      ///< what is being written, in the order in which it came
  /// What is to become of the board's file once the journal is there.
  enum class Saving : std::uint8_t { no, save, download };
  std::int64_t saving_begun = 0;
  struct Busy {
    std::string name;
    bool writing = false;
    std::int64_t begun = 0;
  };
  std::optional<Busy> busy;  ///< what the host is at
  std::optional<Refusal> refusal;
  Saving saving = Saving::no;
  bool waiting = true;  ///< nothing has come yet
  bool show_refusal = false;
  bool drop_hint = false;
  bool theme_changed = true;
  bool page_changed = true;
  std::string address;                ///< the link that the page's address has
  std::string shown_board;            ///< the board that it is about
  std::optional<std::string> wanted;  ///< a link to follow
  std::optional<Date> wanted_day;     ///< its day, until the ledger is there
  bool address_open = false;          ///< an item's details were open in it
  std::string_view address_page;
  std::size_t drawn_version = 0;  ///< of the board, in the last frame
  int settling = 0;  ///< frames still wanted, since parts drawn earlier show the state of before

  Host& host() const { return workspace.host; }

  void choose_language(Language language) {
    ui.language = language;
    page_changed = true;
  }
  void choose_theme(bool dark) {
    ui.set_theme(dark ? dark_theme() : light_theme());
    theme_changed = true;
  }
  /// The same as the user's choice, which is remembered.
  void speak(Language language) {
    choose_language(language);
    host().remember("language", language == Language::zh ? "zh" : "en");
  }
  void paint(bool dark) {
    choose_theme(dark);
    host().remember("theme", dark ? "dark" : "light");
  }
  Page* page_of(std::string_view id) {
    for (std::size_t i = 0; i < pages.size(); ++i) {
      if (views()[i].id != id) continue;
      if (pages[i].view == nullptr) pages[i].view = views()[i].make();
      return &pages[i];
    }
    return nullptr;
  }
  void take(Opening opening);
  bool read_on();
  bool read_table_on();
  void finish_table();
  bool enter_on();
  void begin_export(const ExportFormat* format);
  bool write_on();
  void foresee_changes();
  bool make_on();
  void finish(Opening& opening);
  bool finish_board(Opening& opening);
  bool finish_programme(Opening& opening);
  void board_replaced();
  void refuse(std::string_view file, std::vector<Error> errors, std::string detail = {});
  /// Something that goes on between frames, for the bar.
  struct Underway {
    std::string name;
    std::string said;
    std::optional<double> progress;  ///< if it is known
    std::int64_t begun = 0;
    Str given_up = Str::open_cancelled;
    std::function<void()> give_up;  ///< none: it can't be
  };
  std::optional<Underway> underway();
  void underway_line(const Underway& what, float left, float right, float mid, const Rect& bar);
  void look(std::string_view camera) {
    Page* page = camera.empty() ? nullptr : page_of(workspace.page);
    if (page != nullptr) page->view->set_camera(camera);
  }
  /// The view of a page, if it has drawn the board that is open: others may look at one that is
  /// gone.
  const View* drawn_view(std::string_view id) {
    const Page* page = page_of(id);
    return page != nullptr && page->drawn == workspace.board->version ? page->view.get() : nullptr;
  }
  const std::function<bool()>* work_of_page() const {
    if (workspace.board == nullptr || workspace.board->version != drawn_version) return nullptr;
    const std::function<bool()>& work = presenter.on_screen() ? presenter.work() : workspace.work;
    return work != nullptr ? &work : nullptr;
  }
  /// Does what views have asked for with roadshows.
  void follow_roadshow(std::string_view page_before) {
    if (workspace.board == nullptr) return;
    if (workspace.page != page_before && page_before != "roadshow") {
      // What was looked at can be taken for a slide.
      const std::string_view page = std::exchange(workspace.page, page_before);
      workspace.captured = capture_view(workspace, drawn_view(page_before));
      workspace.page = page;
    }
    if (workspace.show_view) {
      apply_view(*workspace.show_view, workspace);
      look(workspace.show_view->camera);
      workspace.show_view.reset();
    }
    if (!kiosk.empty() && !presenter.running()) {
      Workspace::TalkRequest request;
      request.deck = std::exchange(kiosk, {});
      request.kiosk = true;
      workspace.talk = std::move(request);
    }
    if (workspace.talk) {
      presenter.start(*workspace.talk);
      workspace.talk.reset();
    }
  }
  /// The link to what is shown.
  SavedView view_now() {
    SavedView view;
    view.page = workspace.page;
    // The overview as it begins is the first thing that is shown, and needs nothing else.
    if (workspace.page == "overview" && !workspace.past) return view;
    return capture_view(workspace, drawn_view(workspace.page));
  }
  std::string link_now() {
    if (workspace.page == "overview" && !workspace.past) return "overview";
    SavedView view = view_now();
    view.camera.clear();  // it changes all the time
    if (wanted_day && !view.as_of) view.as_of = wanted_day;
    return write_link(view);
  }
  void follow_link();
  void show_address();
  void choose_page(std::string_view id) {
    for (const ViewEntry& view : views()) {
      if (view.id == id) workspace.page = view.id;
    }
  }

  /// What decides which dialogs are open.
  std::tuple<bool, std::optional<std::size_t>, bool, bool, std::optional<RecordEdit>> dialogs()
      const {
    return {workspace.proposal.has_value(), workspace.edited, workspace.new_item, import.is_open(),
            workspace.record};
  }

  std::string board_file() const { return workspace.board->programme.id + ".tongcheng.jsonl"; }
  /// The board with its ledger, as a file.
  void save_board(Saving how) {
    if (workspace.board == nullptr) return;
    if (editor.entering() || (workspace.ledger == nullptr && workspace.is_large())) {
      workspace.begin_journal();
      saving = how;
      saving_begun = host().now();
      return;
    }
    const Ledger* ledger = workspace.journal();
    if (ledger == nullptr) return;
    if (how == Saving::save) {
      host().save_board(board_file(), ledger->text());
    } else {
      host().save_file(board_file(), "application/jsonl", ledger->text());
    }
  }

  void copy_link() {
    SavedView view = view_now();
    view.language = ui.language == Language::zh ? "zh" : "en";
    host().copy_address(write_link(view));
    editor.say(ui.t(Str::link_copied));
  }

  /// What the palette can do here.
  struct Command {
    Action action;
    std::function<void()> run;
  };
  std::vector<Command> commands();
  void guide(const Rect& rail, const Rect& bar, const Rect& page);

  void rail(const Rect& area);
  /// Height of a page's entry in a rail so high that all of them have room.
  float rail_row(float height) const {
    const float room = height - ui.px(kRailTop) - ui.px(4);
    return std::max(ui.px(24), room / static_cast<float>(views().size()));
  }
  void bar(const Rect& area);
  void open_menu(ImVec2 corner);
  void refusal_dialog();
  void empty_page(const Rect& area);
  void drop_overlay(const Rect& area);
};

App::App(Host& host) : state_(std::make_unique<State>(host)) {
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  io.ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
  // A blinking caret would mean a frame twice a second for ever.
  io.ConfigInputTextCursorBlink = false;
  io.ConfigWindowsMoveFromTitleBarOnly = true;
  apply_theme(state_->ui.theme(), state_->ui.scale);
}

App::~App() = default;

void App::set_fonts(const ImFontLoader* loader) {
  Ui& ui = state_->ui;
  ImFontAtlas* atlas = ImGui::GetIO().Fonts;
  const auto add = [atlas, loader](unsigned number, const char* name) {
    ImFontConfig config;
    config.FontLoader = loader;
    config.FontNo = number;
    std::snprintf(config.Name, sizeof config.Name, "%s", name);
    return atlas->AddFont(&config);
  };
  ui.regular = add(0, "regular");
  ui.bold = add(1, "bold");
  ImGui::GetIO().FontDefault = ui.regular;
}

void App::set_scale(float scale) {
  state_->ui.scale = scale;
  apply_theme(state_->ui.theme(), scale);
}

void App::open(std::string_view name, std::string_view bytes, bool kept) {
  State& s = *state_;
  std::erase_if(s.openings,
                [](const Opening& before) { return before.purpose() != Opening::Purpose::join; });
  s.take(
      {name, bytes, kept ? Opening::Purpose::open_kept : Opening::Purpose::open, s.host().now()});
}

void App::State::take(Opening opening) {
  waiting = false;
  openings.push_back(std::move(opening));
  if (openings.size() > 1 || !openings.front().is_small()) return;
  while (openings.front().step()) {
  }
  finish(openings.front());
  openings.pop_front();
}

/// Reads on for a few milliseconds; whether there is more to do.
bool App::State::read_on() {
  Opening& opening = openings.front();
  if (opening.is_read()) {
    finish(opening);
    openings.pop_front();
    return !openings.empty();
  }
  work_a_piece(host(), [&opening] { return opening.step(); });
  return true;
}

/// The same with a spreadsheet.
bool App::State::read_table_on() {
  if (work_a_piece(host(), [this] { return table->step(); })) return true;
  finish_table();
  return false;
}

/// Goes on with an entry for a few milliseconds; whether there is more to do.
bool App::State::enter_on() {
  const std::size_t before = workspace.board->version;
  const bool more = editor.work(ui);
  if (workspace.board->version != before) {
    page_changed = true;
    settling = 2;
  }
  return more;
}

void App::State::begin_export(const ExportFormat* format) {
  exports.emplace_back(*workspace.board, format, ui.language, host().now());
  if (exports.size() > 1 || !exports.front().is_small()) return;
  while (exports.front().step()) {
  }
  exports.front().deliver(host());
  exports.pop_front();
}

/// Writes on for a few milliseconds; whether there is more to do.
bool App::State::write_on() {
  if (work_a_piece(host(), [this] { return exports.front().step(); })) return true;
  exports.front().deliver(host());
  exports.pop_front();
  return !exports.empty();
}

/// Whoever looks at an item or has begun to change something will need the journal, for which with
/// many items the first change would wait.
void App::State::foresee_changes() {
  const bool expected = workspace.chosen || workspace.edited || workspace.new_item ||
                        workspace.record || workspace.will_edit;
  if (workspace.board != nullptr && expected && workspace.can_edit() && workspace.is_large()) {
    workspace.begin_journal();
  }
}

/// Goes on with the journal for a few milliseconds; whether there is more to do.
bool App::State::make_on() {
  if (work_a_piece(host(), [this] { return workspace.making->step(); })) return true;
  workspace.take_journal();
  return false;
}

/// What has been read becomes the board or joins it, or is refused.
void App::State::finish(Opening& opening) {
  const bool good = opening.is_board() ? finish_board(opening) : finish_programme(opening);
  if (good && opening.purpose() != Opening::Purpose::join) host().opened();
}

bool App::State::finish_board(Opening& opening) {
  Result<OpenedLedger> opened = opening.take_board();
  if (opening.purpose() == Opening::Purpose::join) {
    editor.join(ui, std::move(opened));
    page_changed = true;
    return true;
  }
  if (!opened) {
    refuse(opening.name(), std::move(opened.errors));
    return false;
  }
  // Another copy of the open board joins it: nothing of either is lost.
  const Ledger* own = workspace.ledger.get();
  if (own != nullptr && own->base_hash() == opened.value->ledger.base_hash()) {
    editor.merge(ui, std::move(opened.value->ledger), false);
    page_changed = true;
    return true;
  }
  workspace.chosen.reset();
  editor.open(std::move(opened.value->ledger),
              opening.purpose() == Opening::Purpose::open || opened.value->rewrite);
  if (!opened.value->warnings.empty()) {
    editor.say(message(opened.value->warnings.front(), ui.language), true);
  }
  board_replaced();
  return true;
}

bool App::State::finish_programme(Opening& opening) {
  Result<Programme> loaded = opening.take_programme();
  if (!loaded) {
    refuse(opening.name(), std::move(loaded.errors));
    return false;
  }
  editor.forget();
  workspace.board = std::make_unique<Board>(
      std::make_shared<const Programme>(std::move(*loaded.value)), host().today());
  board_replaced();
  return true;
}

void App::State::board_replaced() {
  if (import.is_open()) import.close();
  table.reset();
  saving = Saving::no;
  if (presenter.running()) presenter.stop();
  workspace.captured.reset();
  workspace.query = {};
  workspace.chosen.reset();
  pages.clear();
  pages.resize(views().size());
  refusal.reset();
  show_refusal = false;
  page_changed = true;
}

void App::State::refuse(std::string_view file, std::vector<Error> errors, std::string detail) {
  refusal = Refusal{std::string(file), std::move(errors), std::move(detail)};
  show_refusal = true;
}

void App::import_table(std::string_view name, std::string_view workbook, bool pasted) {
  State& s = *state_;
  const std::string title = pasted ? std::string(s.ui.t(Str::import_pasted)) : std::string(name);
  if (s.workspace.board == nullptr) return open_failed(title, s.ui.t(Str::import_no_board));
  const View* page = pasted ? s.drawn_view(s.workspace.page) : nullptr;
  s.table.emplace(title, workbook, pasted,
                  page != nullptr ? page->paste_place(s.workspace) : std::nullopt, s.host().now());
  if (!s.table->is_small()) return;
  while (s.table->step()) {
  }
  s.finish_table();
}

void App::State::finish_table() {
  TableReading done = std::move(*table);
  table.reset();
  Result<Workbook> read = done.take();
  if (!read) return refuse(done.name(), std::move(read.errors));
  if (workspace.board == nullptr) return refuse(done.name(), {}, ui.t(Str::import_no_board));
  ImportChoices choices;
  if (done.pasted()) {
    choices = understand_pasted(*read.value, workspace.board->programme, done.place(), ui.language);
  }
  import.open(done.name(), std::move(*read.value), std::move(choices));
}

void App::busy(std::string_view name, bool writing) {
  state_->busy.reset();
  if (!name.empty()) {
    state_->busy = State::Busy{std::string(name), writing, state_->host().now()};
  }
}

void App::open_failed(std::string_view name, std::string_view detail) {
  state_->waiting = false;
  state_->refuse(name, {}, std::string(detail));
}

void App::join(std::string_view bytes) {
  State& s = *state_;
  if (s.workspace.board == nullptr) return;
  s.take({s.workspace.board->programme.id, bytes, Opening::Purpose::join, s.host().now()});
}

bool App::receive(std::string_view lines) {
  State& s = *state_;
  // What takes a while is read between frames, with the whole copy.
  const bool is_small = lines.size() <= kPartBytes;
  return s.workspace.board != nullptr && is_small && s.editor.receive(s.ui, lines);
}

void App::keep_again() {
  state_->editor.keep_again();
}

void App::kept(bool good, std::string_view detail) {
  state_->editor.kept(state_->ui, good, detail);
}

void App::saved(std::string_view name, std::string_view detail) {
  State& s = *state_;
  s.editor.say(
      detail.empty() ? s.ui.t(Str::save_done, {name}) : s.ui.t(Str::save_failed, {name, detail}),
      !detail.empty());
}

void App::set_kept_boards(std::string_view list) {
  State& s = *state_;
  s.kept.clear();
  while (!list.empty()) {
    const std::size_t end = std::min(list.find('\n'), list.size());
    const std::string_view line = list.substr(0, end);
    const std::size_t tab = line.find('\t');
    if (tab != std::string_view::npos) {
      s.kept.emplace_back(line.substr(0, tab), line.substr(tab + 1));
    }
    list.remove_prefix(std::min(end + 1, list.size()));
  }
}

void App::set_initials(std::string_view table) {
  state_->palette.set_initials(table);
}

void App::restore(std::string_view key, std::string_view value) {
  State& s = *state_;
  if (key == "language" && (value == "zh" || value == "en")) {
    s.choose_language(value == "zh" ? Language::zh : Language::en);
  } else if (key == "theme" && (value == "light" || value == "dark")) {
    s.choose_theme(value == "dark");
  } else if (key == "page") {
    s.choose_page(value);
  } else if (key == "author") {
    s.editor.author = value;
  } else if (key == "city") {
    s.editor.city = value;
  } else if (key == "motion") {
    s.presenter.reduced_motion = value == "reduced";
  } else if (key == "kiosk") {
    s.kiosk = value;
  } else if (key == "tour" && value == "wanted") {
    s.tour.start();
  } else if (key == "dwell") {
    s.presenter.kiosk_dwell =
        static_cast<int>(1000 * std::clamp(std::atof(std::string(value).c_str()), 0.0, 3600.0));
  }
}

void App::follow(std::string_view link) {
  // An address that is out of bounds is not kept, only noticed.
  state_->wanted = link.substr(0, kMaxLink + 1);
}

void App::ask(std::uint32_t id, Ask what, std::string_view text) {
  state_->ui.ask(id, what, text);
}

void App::read_beyond_sight(bool on) {
  state_->ui.semantics.beyond_sight = on;
}

/// Shows what the address names; what the board hasn't got is passed over, with a notice.
void App::State::follow_link() {
  if (!wanted || workspace.board == nullptr || presenter.running()) return;
  const Link link = parse_link(*std::exchange(wanted, std::nullopt));
  const SavedView& view = link.view;
  const ItemQuery before = workspace.query;
  apply_view(view, workspace);
  // How the list is arranged is not the link's affair.
  workspace.query.sort = before.sort;
  workspace.query.descending = before.descending;
  workspace.query.group = before.group;
  look(view.camera);
  if (view.language) {
    const Language language = *view.language == "zh" ? Language::zh : Language::en;
    if (language != ui.language) choose_language(language);
  }
  wanted_day = view.as_of;
  if (!view.as_of && workspace.past) workspace.show_present = true;
  const ItemQuery& query = workspace.query;
  const bool lost = (!view.item.empty() && !workspace.chosen) ||
                    (view.filters && ((!view.filters->area.empty() && !query.area) ||
                                      (!view.filters->city.empty() && !query.city) ||
                                      (!view.filters->department.empty() && !query.department)));
  if (link.fault != LinkFault::none) {
    editor.say(ui.t(link.fault == LinkFault::page ? Str::link_no_page : Str::link_faulty), true);
  } else if (lost) {
    editor.say(ui.t(Str::link_lost), true);
  }
  address.clear();  // to be written anew in place of what it was
  settling = 3;
}

/// Keeps the page's address at what is shown.
void App::State::show_address() {
  if (workspace.board == nullptr || presenter.running()) return;
  if (wanted_day && !address.empty() && workspace.page != address_page) wanted_day.reset();
  if (wanted_day && workspace.ledger != nullptr && workspace.ledger->size() > 0) {
    const std::size_t count = workspace.ledger->count_by(*std::exchange(wanted_day, std::nullopt));
    if (count < workspace.ledger->size()) {
      workspace.show_past = count;
      settling = 3;
    }
    return;
  }
  std::string now = link_now();
  if (now == address) return;
  const bool step =
      !address.empty() && shown_board == workspace.board->programme.id &&
      (workspace.page != address_page || workspace.chosen.has_value() != address_open);
  address = std::move(now);
  address_page = workspace.page;
  address_open = workspace.chosen.has_value();
  shown_board = workspace.board->programme.id;
  host().show_address(address, step);
}

void App::talk_command(std::string_view text) {
  state_->presenter.command(text);
}

bool App::presents() const {
  return state_->presenter.running() ||
         (state_->workspace.board != nullptr && state_->workspace.page == "roadshow");
}

std::optional<int> App::wake_after() const {
  return state_->presenter.wake_after();
}

void App::set_drop_hint(bool shown) {
  state_->drop_hint = shown;
}

const Semantics& App::semantics() const {
  return state_->ui.semantics;
}

Language App::language() const {
  return state_->ui.language;
}

bool App::animating() const {
  const ImGuiContext& g = *ImGui::GetCurrentContext();
  // A tooltip that is about to come, and a held key or button that repeats or scrolls.
  const bool hovering =
      g.HoverItemDelayId != 0 && g.HoverItemDelayTimer < g.Style.HoverDelayNormal + 0.1F;
  bool key_held = false;
  for (int key = ImGuiKey_NamedKey_BEGIN; key < ImGuiKey_MouseLeft && !key_held; ++key) {
    // Ctrl, Shift and the like do nothing by being held.
    if (key >= ImGuiKey_LeftCtrl && key <= ImGuiKey_RightSuper) continue;
    key_held = ImGui::IsKeyDown(static_cast<ImGuiKey>(key));
  }
  return state_->settling > 0 || state_->workspace.moving || state_->presenter.moving() ||
         hovering || key_held || (ImGui::IsAnyMouseDown() && g.ActiveId != 0);
}

bool App::has_work() const {
  return state_->editor.entering() || !state_->openings.empty() || state_->table ||
         !state_->exports.empty() || state_->import.has_work() ||
         state_->work_of_page() != nullptr || state_->workspace.making;
}

bool App::work() {
  State& s = *state_;
  // One after the other, what somebody waits for first.
  bool more = false;
  if (s.editor.entering()) {
    more = s.enter_on();
  } else if (!s.openings.empty()) {
    more = s.read_on();
  } else if (s.table) {
    more = s.read_table_on();
  } else if (!s.exports.empty()) {
    more = s.write_on();
  } else if (s.import.has_work()) {
    return s.import.work(s.workspace);
  } else if (s.saving != State::Saving::no && s.workspace.making) {
    more = s.make_on();
  } else if (const std::function<bool()>* go_on = s.work_of_page()) {
    more = (*go_on)();
    return more || s.workspace.making;
  } else {
    return s.workspace.making && s.make_on();
  }
  return more || has_work();
}

void App::frame() {
  State& s = *state_;
  Ui& ui = s.ui;
  if (s.theme_changed) {
    s.theme_changed = false;
    apply_theme(ui.theme(), ui.scale);
  }
  ui.begin_frame();
  s.follow_link();
  s.workspace.moving = false;
  s.workspace.work = nullptr;
  s.workspace.will_edit = false;
  const std::string_view page_before = s.workspace.page;
  const std::optional<std::size_t> chosen_before = s.workspace.chosen;
  const ItemQuery query_before = s.workspace.query;
  const Language language_before = ui.language;
  const auto dialogs_before = s.dialogs();
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(size);
  ImGui::Begin("app", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                   ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBringToFrontOnFocus |
                   ImGuiWindowFlags_NoScrollWithMouse);
  ui.fill({0, 0, size.x, size.y}, ui.theme().page);

  if (s.presenter.on_screen()) s.presenter.draw(ui, {0, 0, size.x, size.y});
  const bool staged = s.presenter.on_screen();
  const bool names_pages = size.x >= ui.px(720) && s.rail_row(size.y) >= ui.px(56);
  const float rail_width = ui.px(names_pages ? 88 : 52);
  const float bar_height = ui.px(60);
  // The bar draws first, so that readers hear where they are before what is there.
  if (!staged) {
    ui.semantics.part = Part::banner;
    s.bar({rail_width, 0, size.x, bar_height});
    ui.semantics.part = Part::navigation;
    s.rail({0, 0, rail_width, size.y});
    ui.semantics.part = Part::main;
  }
  const Rect page = {rail_width, bar_height, size.x, size.y};
  if (staged) {
    // A slide has the screen.
  } else if (s.workspace.board == nullptr) {
    s.empty_page(page);
  } else {
    ImGui::PushID(s.workspace.page.data());
    if (State::Page* shown = s.page_of(s.workspace.page)) {
      shown->drawn = s.workspace.board->version;
      shown->view->draw(ui, s.workspace, page);
    }
    ImGui::PopID();
  }
  if (s.presenter.drilled()) s.presenter.draw_return(ui, page);
  s.refusal_dialog();
  // On a slide only its questions, not what it has done.
  if (!staged || s.workspace.proposal) s.editor.draw(ui, page);
  if (!staged && s.workspace.board != nullptr && s.import.is_open()) s.import.draw(ui, s.workspace);
  if (!staged) s.guide({0, 0, rail_width, size.y}, {rail_width, 0, size.x, bar_height}, page);
  if (s.drop_hint) s.drop_overlay({0, 0, size.x, size.y});
  ui.end_frame();
  ImGui::End();
  const bool edited = s.editor.apply(ui);
  s.follow_roadshow(page_before);
  if (const auto wanted = std::exchange(s.workspace.wanted_export, {})) {
    if (s.workspace.board != nullptr) s.begin_export(wanted->format);
  }
  // The journal may be there by now, also because something else could not wait for it.
  if (s.saving != State::Saving::no && !s.workspace.making && !s.editor.entering()) {
    const State::Saving how = std::exchange(s.saving, State::Saving::no);
    if (s.workspace.ledger != nullptr) s.save_board(how);
  }
  s.foresee_changes();
  // An edit has made another board of it since the view drew.
  if (!edited && s.workspace.board != nullptr) s.drawn_version = s.workspace.board->version;

  // Whoever turned the page, the rail or a view.
  if (s.workspace.page != page_before) s.host().remember("page", s.workspace.page);
  const bool changed = s.workspace.page != page_before || s.workspace.chosen != chosen_before ||
                       s.workspace.query != query_before || ui.language != language_before ||
                       s.theme_changed || s.workspace.reveal_chosen || edited ||
                       s.dialogs() != dialogs_before;
  s.settling = changed ? 2 : std::max(0, s.settling - 1);
  if (changed || s.address.empty() || s.wanted_day) s.show_address();

  if (s.page_changed) {
    s.page_changed = false;
    std::string title = ui.t(Str::app_name);
    if (s.workspace.board != nullptr) {
      title = ui.in(s.workspace.board->programme.title) + " · " + title;
    }
    s.host().set_page(title, ui.language);
  }
}

void App::State::rail(const Rect& area) {
  const Theme& c = ui.theme();
  ui.fill(area, c.rail);
  ui.record(Role::navigation, area, ui.t(Str::nav_label));
  const bool narrow = area.width() < ui.px(80);
  const float centre = (area.x0 + area.x1) / 2;

  // The mark: two squares that share a corner, one in each city's colour.
  const float unit = ui.px(13);
  const float top = area.y0 + ui.px(16);
  ui.fill({centre - unit + ui.px(2), top, centre + ui.px(4), top + unit + ui.px(2)},
          dark_theme().city[0], 3);
  ui.fill({centre - ui.px(2), top + unit - ui.px(2), centre + unit - ui.px(0), top + 2 * unit},
          dark_theme().city[1], 3);

  float y = area.y0 + ui.px(kRailTop);
  const float height = std::min(ui.px(narrow ? 52 : 64), rail_row(area.height()));
  for (const ViewEntry& view : views()) {
    const bool on = workspace.page == view.id;
    const Rect rect = {area.x0 + ui.px(8), y, area.x1 - ui.px(8), y + height - ui.px(4)};
    const Hit h = ui.hit(view.id, rect);
    if (on) {
      ui.fill(rect, c.rail_selected, 8);
    } else if (h.hovered) {
      ui.fill(rect, with_alpha(c.rail_selected, 0.5F), 8);
    }
    const ImU32 ink = on ? c.rail_text : c.rail_muted;
    const char* title = ui.t(view.title);
    if (narrow) {
      ui.icon({centre, (rect.y0 + rect.y1) / 2}, 22, ink, view.icon);
      if (h.hovered) ui.tooltip(title);
    } else {
      ui.icon({centre, rect.y0 + ui.px(21)}, 22, ink, view.icon);
      const float width = ui.measure(Type::caption, title);
      ui.draw({centre - width / 2, rect.y0 + ui.px(38)}, Type::caption, ink, title);
    }
    if (Node* node = ui.record(Role::tab, rect, title)) {
      node->selected = on;
      node->focused = h.focused;
    }
    if (h.clicked && !on) {
      workspace.page = view.id;
    }
    y += height;
  }
}

void App::State::bar(const Rect& area) {
  const Theme& c = ui.theme();
  ui.fill(area, c.surface);
  ui.fill({area.x0, area.y1 - ui.hairline(), area.x1, area.y1}, c.line);
  const float mid = (area.y0 + area.y1) / 2;

  // From the right: appearance, language, open.
  const bool narrow = area.width() < ui.px(700);
  float x = area.x1 - ui.px(36);
  if (ui.icon_button("theme", {x, mid}, c.dark ? icon::sun : icon::moon,
                     ui.t(c.dark ? Str::theme_to_light : Str::theme_to_dark))) {
    paint(!c.dark);
  }
  const std::vector<std::string_view> languages = {ui.t(Str::language_zh), ui.t(Str::language_en)};
  int language = -1;
  const int current = ui.language == Language::zh ? 0 : 1;
  if (narrow) {
    // Room for one button: it names the language that it leads to.
    const std::string_view other = languages[static_cast<std::size_t>(1 - current)];
    x -= ui.px(38);
    if (ui.icon_button("language", {x, mid}, icon::languages, other)) language = 1 - current;
    x -= ui.px(17);
  } else {
    const float languages_width = ui.segmented_width(languages);
    x -= ui.px(24) + languages_width;
    language = ui.segmented("language", {x, mid - ui.px(15)}, languages, current);
  }
  if (language >= 0) {
    speak(language == 0 ? Language::zh : Language::en);
  }
  const char* open = ui.t(Str::open_menu);
  const float open_width = narrow ? ui.px(34) : ui.measure(Type::body, open) + ui.px(52);
  x -= (narrow ? ui.px(4) : ui.px(12)) + open_width;
  const bool clicked =
      narrow ? ui.icon_button("open", {x + open_width / 2, mid}, icon::folder_open, open)
             : ui.button("open", {x, mid - ui.px(17), x + open_width, mid + ui.px(17)}, open,
                         icon::folder_open);
  if (clicked) ImGui::OpenPopup("open-menu");
  open_button = {x, mid - ui.px(17), x + open_width, mid + ui.px(17)};
  open_menu({x + open_width, mid + ui.px(23)});
  x -= ui.px(narrow ? 38 : 46);
  if (ui.icon_button("find", {x + ui.px(17), mid}, icon::search, ui.t(Str::palette_button))) {
    palette.open();
  }
  find_button = {x, mid - ui.px(17), x + ui.px(34), mid + ui.px(17)};

  if (workspace.board == nullptr) {
    if (const auto what = underway()) {
      underway_line(*what, area.x0 + ui.px(narrow ? 12 : 24), x - ui.px(20), mid, area);
    }
    return;
  }
  const Board& board = *workspace.board;
  if (!ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopup)) {
    // While a field is being typed in, the same keys take back typing.
    const bool typing = ImGui::GetIO().WantTextInput;
    if (!typing && ImGui::Shortcut(ImGuiMod_Ctrl | ImGuiKey_Z, ImGuiInputFlags_RouteGlobal)) {
      editor.undo();
    }
    if (!typing && (ImGui::Shortcut(ImGuiMod_Ctrl | ImGuiKey_Y, ImGuiInputFlags_RouteGlobal) ||
                    ImGui::Shortcut(ImGuiMod_Ctrl | ImGuiMod_Shift | ImGuiKey_Z,
                                    ImGuiInputFlags_RouteGlobal))) {
      editor.redo();
    }
    if (ImGui::Shortcut(ImGuiMod_Ctrl | ImGuiKey_S, ImGuiInputFlags_RouteGlobal)) {
      save_board(Saving::save);
    }
  }
  if (workspace.ledger != nullptr && workspace.ledger->size() > 0 && !narrow) {
    const auto revert = [&](const char* id, const char* glyph, Str name, bool possible) {
      x -= ui.px(36);
      if (!possible) ImGui::BeginDisabled();
      const bool pressed = ui.icon_button(id, {x + ui.px(14), mid}, glyph, ui.t(name));
      if (!possible) {
        ImGui::EndDisabled();
        // Pale, as it can't be had.
        ui.fill({x, mid - ui.px(14), x + ui.px(28), mid + ui.px(14)}, with_alpha(c.surface, 0.6F));
      }
      return pressed && possible;
    };
    x -= ui.px(8);
    if (revert("redo", icon::redo_2, Str::redo, editor.can_redo())) editor.redo();
    if (revert("undo", icon::undo_2, Str::undo, editor.can_undo())) editor.undo();
  }
  if (workspace.past) {
    const std::string text =
        ui.t(Str::past_shown,
             {*workspace.past == 0 ? std::string(ui.t(Str::past_beginning))
                                   : time_text(workspace.ledger->head(*workspace.past - 1).time)});
    const char* back = ui.t(Str::past_back);
    const float width = ui.measure(Type::body, back) + ui.px(32);
    x -= width + ui.px(12);
    if (ui.button("present", {x, mid - ui.px(17), x + width, mid + ui.px(17)}, back, nullptr, true))
      workspace.show_present = true;
    if (!narrow) {
      const float text_width = ui.measure(Type::small, text);
      x -= text_width + ui.px(12);
      ui.say({x, mid - ui.size_of(Type::small) / 2}, Type::small, c.warning, text);
    }
  }
  const float right = x - ui.px(narrow ? 8 : 20);
  const float left = area.x0 + ui.px(narrow ? 12 : 24);

  const bool demonstration = board.programme.kind == ProgrammeKind::demonstration;
  const char* label = demonstration ? ui.t(Str::demonstration)
                      : board.programme.kind == ProgrammeKind::sourced && !narrow
                          ? ui.t(Str::sourced)
                          : nullptr;
  const std::string& title = ui.in(board.programme.title);
  const std::string when = ui.t(Str::as_of, {date_text(board.as_of)});
  const float tag_room = label != nullptr && !narrow ? ui.tag_width(label) + ui.px(12) : 0;
  const float title_room = right - left - tag_room;
  const auto what = underway();
  // On a phone what goes on has no room beside the label, and stands where the title does.
  const bool over_title = narrow && what;
  const float title_width = over_title ? title_room
                                       : ui.draw({left, mid - ui.px(19)}, Type::title, c.text,
                                                 title, std::max(ui.px(40), title_room));
  if (Node* node = ui.record(Role::heading,
                             {left, mid - ui.px(19), left + title_width, mid - ui.px(2)}, title)) {
    node->level = 1;
  }
  float when_x = left;
  if (label != nullptr) {
    // On a phone it stands before the day, which gives way to it.
    float width = 0;
    const ImVec2 at =
        narrow ? ImVec2{left, mid} : ImVec2{left + title_width + ui.px(12), mid - ui.px(22)};
    ui.tag(at, label, demonstration ? c.warning : c.accent,
           demonstration ? c.warning_soft : c.accent_soft, width);
    if (narrow) when_x += width + ui.px(8);
  }
  if (what) {
    underway_line(*what, over_title ? left : when_x, right, mid + ui.px(over_title ? -15 : 5),
                  area);
    if (!over_title) return;
  }
  const std::string day = date_text(board.as_of);
  const bool fits = when_x + ui.measure(Type::caption, when) <= right;
  if (!narrow || fits || when_x + ui.measure(Type::caption, day) <= right) {
    ui.say({when_x, mid + ui.px(5)}, Type::caption, c.muted, narrow && !fits ? day : when,
           std::max(ui.px(40), right - when_x));
  }
}

/// Of what goes on the first that lasts: only that is worth a word.
std::optional<App::State::Underway> App::State::underway() {
  constexpr std::int64_t kAtOnceMs = 200;
  const std::int64_t now = host().now();
  const auto lasts = [now](std::int64_t begun) { return now - begun > kAtOnceMs; };
  constexpr std::size_t kNameBytes = 60;
  if (const auto& entering = editor.entering()) {
    if (!lasts(entering->begun)) return {};
    Underway what;
    what.said = entering->changes == 1
                    ? std::string(ui.t(Str::edit_entering_one))
                    : ui.t(Str::edit_entering, {std::to_string(entering->changes)});
    what.progress = editor.entering_progress();
    what.given_up = Str::edit_given_up;
    if (!entering->is_entered) what.give_up = [this] { editor.give_up(); };
    return what;
  }
  if (!openings.empty()) {
    const Opening& opening = openings.front();
    if (!lasts(opening.begun())) return {};
    Underway what;
    what.name = shorten(opening.name(), kNameBytes);
    what.progress = opening.progress();
    if (opening.purpose() == Opening::Purpose::join) {
      // What is kept belongs to the board, and isn't given up.
      what.said = ui.t(Str::open_joining);
    } else {
      what.said = ui.t(Str::open_reading, {what.name});
      what.give_up = [this] { openings.pop_front(); };
    }
    return what;
  }
  const auto writing = [this](const std::string& name, double progress) {
    Underway what;
    what.name = shorten(name, kNameBytes);
    what.said = ui.t(Str::busy_writing, {what.name});
    what.progress = progress;
    what.given_up = Str::busy_not_written;
    return what;
  };
  if (table && lasts(table->begun())) {
    Underway what;
    what.name = shorten(table->name(), kNameBytes);
    what.said = ui.t(Str::busy_reading, {what.name});
    what.progress = table->progress();
    what.give_up = [this] { table.reset(); };
    return what;
  }
  if (!exports.empty() && lasts(exports.front().begun())) {
    Underway what = writing(exports.front().name(), exports.front().progress());
    what.give_up = [this] { exports.pop_front(); };
    return what;
  }
  if (saving != Saving::no && workspace.making && lasts(saving_begun)) {
    Underway what = writing(board_file(), workspace.making->progress());
    what.give_up = [this] { saving = Saving::no; };
    return what;
  }
  if (busy && lasts(busy->begun)) {
    Underway what = writing(busy->name, 0);
    what.progress.reset();
    if (!busy->writing) {
      what.said = ui.t(Str::busy_reading, {what.name});
      what.given_up = Str::open_cancelled;
    }
    what.give_up = [this] {
      busy.reset();
      host().give_up();
    };
    return what;
  }
  return {};
}

/// What is being read or written, and how far it has come, in the bar and along its lower edge.
void App::State::underway_line(const Underway& what, float left, float right, float y,
                               const Rect& bar) {
  const Theme& c = ui.theme();
  std::string percent;
  if (what.progress) {
    percent = std::to_string(static_cast<int>(100 * *what.progress)) + "%";
    ui.fill({bar.x0, bar.y1 - ui.px(3), bar.x0 + bar.width() * static_cast<float>(*what.progress),
             bar.y1},
            c.accent);
  }
  const char* cancel = ui.t(Str::form_cancel);
  const float cancel_width =
      what.give_up == nullptr ? 0 : ui.measure(Type::caption, cancel) + ui.px(12);
  const float percent_width = what.progress ? ui.measure(Type::caption, "100%") + ui.px(8) : 0;
  const float room = std::max(ui.px(20), right - left - percent_width - cancel_width);
  const float width = ui.draw({left, y}, Type::caption, c.muted, what.said, room);
  if (Node* node = ui.record(Role::status, {left, y, left + width, bar.y1}, what.said)) {
    node->value = percent;
  }
  ui.draw({left + width + ui.px(8), y}, Type::caption, c.muted, percent);
  const ImVec2 at = {left + width + percent_width + ui.px(12), y};
  if (what.give_up != nullptr && ui.link("give-up", at, Type::caption, cancel)) {
    editor.say(ui.t(what.given_up, {what.name}));
    what.give_up();
  }
}

std::vector<App::State::Command> App::State::commands() {
  std::vector<Command> list;
  const auto add = [&list](const char* glyph, std::string name, const char* keys,
                           std::function<void()> run) {
    list.push_back({{glyph, std::move(name), keys}, std::move(run)});
  };
  const bool dark = ui.theme().dark;
  if (workspace.board != nullptr && workspace.can_edit()) {
    add(icon::plus, ui.t(Str::items_new), "", [this] {
      workspace.page = "items";
      workspace.new_item = true;
    });
    add(icon::plus, ui.t(Str::record_add_member), "", [this] {
      workspace.page = "network";
      workspace.record = RecordEdit{RecordKind::member, std::nullopt};
    });
    add(icon::plus, ui.t(Str::record_add_policy), "", [this] {
      workspace.page = "policies";
      workspace.record = RecordEdit{RecordKind::policy, std::nullopt};
    });
    if (editor.can_undo()) add(icon::undo_2, ui.t(Str::undo), "Ctrl Z", [this] { editor.undo(); });
    if (editor.can_redo()) add(icon::redo_2, ui.t(Str::redo), "Ctrl Y", [this] { editor.redo(); });
  }
  if (workspace.board != nullptr) {
    add(icon::save, ui.t(Str::save_board), "Ctrl S", [this] { save_board(Saving::save); });
    add(icon::link, ui.t(Str::link_copy), "", [this] { copy_link(); });
  }
  add(icon::folder_open, ui.t(Str::open_file), "", [this] { host().choose_file(); });
  for (const Shipped& shipped : kShipped) {
    add(icon::layout_dashboard, ui.t(shipped.title), "",
        [this, id = shipped.id] { host().load_shipped(id); });
  }
  if (workspace.board != nullptr) {
    for (const ExportFormat& format : export_formats()) {
      add(icon::download, ui.t(Str::palette_export, {ui.in(format.name)}), "",
          [this, &format] { begin_export(&format); });
    }
    add(icon::download, ui.t(Str::palette_export, {ui.t(Str::export_xlsx)}), "",
        [this] { begin_export(nullptr); });
  }
  add(icon::languages, ui.t(ui.language == Language::zh ? Str::language_en : Str::language_zh), "",
      [this] { speak(ui.language == Language::zh ? Language::en : Language::zh); });
  add(dark ? icon::sun : icon::moon, ui.t(dark ? Str::theme_to_light : Str::theme_to_dark), "",
      [this, dark] { paint(!dark); });
  add(icon::circle_help, ui.t(Str::keys_title), "?", [this] { shortcuts.open(); });
  add(icon::circle_help, ui.t(Str::tour_again), "", [this] { tour.start(); });
  return list;
}

void App::State::guide(const Rect& rail, const Rect& bar, const Rect& page) {
  if (!ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopup)) {
    if (ImGui::Shortcut(ImGuiMod_Ctrl | ImGuiKey_K, ImGuiInputFlags_RouteGlobal)) palette.open();
    if (!ImGui::GetIO().WantTextInput &&
        ImGui::IsKeyChordPressed(ImGuiMod_Shift | ImGuiKey_Slash)) {
      shortcuts.open();
    }
  }
  if (palette.is_open()) {
    const std::vector<Command> can = commands();
    std::vector<Action> actions;
    actions.reserve(can.size());
    for (const Command& command : can) actions.push_back(command.action);
    if (const auto chosen = palette.draw(ui, workspace, actions)) can[*chosen].run();
  }
  shortcuts.draw(ui);
  if (tour.running() && workspace.board != nullptr) {
    const float x0 = bar.x0 + ui.px(8);
    const TourStop stops[] = {
        {rail, Str::tour_pages_title, Str::tour_pages},
        {{x0, bar.y0 + ui.px(4), std::max(x0, find_button.x0 - ui.px(8)), bar.y1 - ui.px(4)},
         Str::tour_board_title,
         Str::tour_board},
        {page, Str::tour_page_title, Str::tour_page},
        {find_button, Str::tour_find_title, Str::tour_find},
        {open_button, Str::tour_open_title, Str::tour_open},
    };
    if (tour.draw(ui, stops)) host().remember("tour", "done");
  }
}

void App::State::open_menu(ImVec2 corner) {
  const Theme& c = ui.theme();
  const float width = std::min(ui.px(400), ImGui::GetIO().DisplaySize.x - ui.px(40));
  place_menu(ui, corner, width);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {ui.px(8), ui.px(8)});
  if (ImGui::BeginPopup("open-menu")) {
    const float row = ui.px(38);
    const auto entry = [&](const char* id, const char* glyph, std::string_view label,
                           bool enabled) {
      const ImVec2 at = ImGui::GetCursorScreenPos();
      const Rect rect = {at.x, at.y, at.x + width, at.y + row};
      if (!enabled) ImGui::BeginDisabled();
      const Hit h = ui.hit(id, rect);
      if (!enabled) ImGui::EndDisabled();
      if (h.hovered || h.focused) ui.fill(rect, c.hover, 6);
      const float mid = at.y + row / 2;
      ui.icon({at.x + ui.px(20), mid}, 16, c.muted, glyph);
      ui.draw({at.x + ui.px(40), mid - ui.size_of(Type::body) / 2}, Type::body,
              enabled ? c.text : c.muted, label, width - ui.px(52));
      if (Node* node = ui.record(Role::button, rect, label)) node->focused = h.focused;
      ImGui::Dummy({width, row});
      if (h.clicked) ImGui::CloseCurrentPopup();
      return h.clicked;
    };
    const auto caption = [&](std::string_view text) {
      const ImVec2 at = ImGui::GetCursorScreenPos();
      ui.say({at.x + ui.px(12), at.y + ui.px(4)}, Type::caption, c.muted, text, width - ui.px(24));
      ImGui::Dummy({width, ui.px(22)});
    };
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
    caption(ui.t(Str::open_shipped));
    for (const Shipped& shipped : kShipped) {
      if (entry(shipped.id, icon::layout_dashboard, ui.t(shipped.title), true)) {
        host().load_shipped(shipped.id);
      }
    }
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ui.fill({at.x, at.y + ui.px(6), at.x + width, at.y + ui.px(6) + ui.hairline()}, c.line);
    ImGui::Dummy({width, ui.px(13)});
    if (!kept.empty()) {
      caption(ui.t(Str::open_kept));
      constexpr std::size_t kMost = 6;
      for (std::size_t i = 0; i < std::min(kMost, kept.size()); ++i) {
        ImGui::PushID(static_cast<int>(i));
        if (entry("kept", icon::history, kept[i].second, true)) host().open_kept(kept[i].first);
        ImGui::PopID();
      }
    }
    if (entry("file", icon::folder_open, ui.t(Str::open_file), true)) host().choose_file();
    caption(ui.t(Str::open_drop));
    if (workspace.board != nullptr) {
      const ImVec2 line = ImGui::GetCursorScreenPos();
      ui.fill({line.x, line.y + ui.px(6), line.x + width, line.y + ui.px(6) + ui.hairline()},
              c.line);
      ImGui::Dummy({width, ui.px(13)});
      if (entry("save", icon::save, ui.t(Str::save_board), true)) save_board(Saving::save);
      if (entry("link", icon::link, ui.t(Str::link_copy), true)) copy_link();
      caption(ui.t(Str::export_title));
      for (const ExportFormat& format : export_formats()) {
        if (!format.in_menu) continue;
        if (!entry(format.id.data(), icon::download, ui.in(format.name), true)) continue;
        begin_export(&format);
      }
      if (entry("xlsx", icon::download, ui.t(Str::export_xlsx), true)) begin_export(nullptr);
      if (entry("board", icon::download, ui.t(Str::export_board), true)) {
        save_board(Saving::download);
      }
    }
    ImGui::PopStyleVar();
    ImGui::EndPopup();
  }
  ImGui::PopStyleVar();
}

void App::State::refusal_dialog() {
  constexpr const char* kId = "refusal";
  if (show_refusal && !ImGui::IsPopupOpen(kId)) ImGui::OpenPopup(kId);
  const Theme& c = ui.theme();
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  const float width = std::min(ui.px(860), screen.x - ui.px(32));
  const std::size_t count = refusal ? refusal->errors.size() : 0;
  const float wanted = ui.px(
      count == 0 ? 220.0F : 236.0F + 56.0F * static_cast<float>(std::min<std::size_t>(count, 20)));
  const float height = std::min(wanted, screen.y - ui.px(48));
  ImGui::SetNextWindowPos(
      {std::round((screen.x - width) / 2), std::round((screen.y - height) / 2)});
  ImGui::SetNextWindowSize({width, height});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, ui.px(12));
  const bool open = ImGui::BeginPopupModal(
      kId, nullptr,
      ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings);
  ImGui::PopStyleVar();
  if (!open) return;
  const ImVec2 at = ImGui::GetWindowPos();
  const Rect rect = {at.x, at.y, at.x + width, at.y + height};
  ui.fill(rect, c.surface, 12);
  const Rect inner = rect.inset(ui.px(28), ui.px(24));
  const std::string title = ui.t(Str::error_title, {shorten(refusal->file, 80)});
  ui.record(Role::dialog, rect, title);

  ui.icon({inner.x0 + ui.px(12), inner.y0 + ui.px(12)}, 24, c.danger, icon::triangle_alert);
  ui.draw({inner.x0 + ui.px(36), inner.y0 + ui.px(2)}, Type::heading, c.text, title,
          inner.width() - ui.px(36));
  ui.record(Role::heading, {inner.x0, inner.y0, inner.x1, inner.y0 + ui.px(26)}, title);
  float y = inner.y0 + ui.px(38);
  std::string lead;
  if (count > 0) {
    lead = count == 1 ? std::string(ui.t(Str::error_count_one))
                      : ui.t(Str::error_count, {std::to_string(count)});
    lead += ui.language == Language::zh ? "。" : ". ";
  } else {
    lead = refusal->detail + (ui.language == Language::zh ? "" : " ");
  }
  const bool is_open = workspace.board != nullptr;
  if (is_open) lead += ui.t(Str::error_kept);
  if (is_open && count > 0 && ui.language == Language::en) lead += ' ';
  if (count > 0) lead += ui.t(is_open ? Str::error_mend : Str::error_nothing_open);
  const float lead_height = ui.paragraph({inner.x0, y}, Type::body, c.muted, lead, inner.width());
  ui.record(Role::alert, {inner.x0, y, inner.x1, y + lead_height}, lead);
  y += lead_height + ui.px(12);

  const float buttons = inner.y1 - ui.px(36);
  if (count > 0) {
    const Rect box = {inner.x0, y, inner.x1, buttons - ui.px(20)};
    ui.frame(box, c.line, 8);
    ImGui::SetCursorScreenPos({box.x0, box.y0 + ui.hairline()});
    ImGui::BeginChild("errors", {box.width(), box.height() - 2 * ui.hairline()},
                      ImGuiChildFlags_None, ImGuiWindowFlags_NoBackground);
    const float row = ui.px(56);
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(count), row);
    while (clipper.Step()) {
      for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
        const Error& error = refusal->errors[static_cast<std::size_t>(i)];
        const ImVec2 line = ImGui::GetCursorScreenPos();
        const std::string place =
            error.pointer.empty() ? std::string(ui.t(Str::error_whole_document)) : error.pointer;
        const std::string text = message(error, ui.language);
        const float room = box.width() - ui.px(32);
        ui.draw({line.x + ui.px(16), line.y + ui.px(9)}, Type::strong, c.text, place, room);
        ui.draw({line.x + ui.px(16), line.y + ui.px(31)}, Type::small, c.muted, text, room);
        if (i > 0) {
          ui.fill({line.x + ui.px(16), line.y, line.x + box.width() - ui.px(16),
                   line.y + ui.hairline()},
                  c.line);
        }
        const Rect place_rect = {line.x, line.y, line.x + box.width(), line.y + row};
        if (Node* node = ui.record(Role::listitem, place_rect, place, text)) {
          node->row = static_cast<std::uint32_t>(i + 1);
          node->rows = static_cast<std::uint32_t>(count);
        }
        if (ImGui::IsWindowHovered() &&
            ImGui::IsMouseHoveringRect(place_rect.min(), place_rect.max()) &&
            ui.measure(Type::small, text) > room) {
          ui.tooltip(text);
        }
        ImGui::SetCursorScreenPos({line.x, line.y + row});
        ImGui::Dummy({0, 0});
      }
    }
    ImGui::EndChild();
  }
  const char* close = ui.t(Str::close);
  const float close_width = ui.measure(Type::body, close) + ui.px(48);
  bool done = ui.button("close", {inner.x1 - close_width, buttons, inner.x1, inner.y1}, close,
                        nullptr, true);
  if (count > 0) {
    const char* copy = ui.t(Str::error_copy);
    const float copy_width = ui.measure(Type::body, copy) + ui.px(48);
    const float x = inner.x1 - close_width - ui.px(12) - copy_width;
    if (ui.button("copy", {x, buttons, x + copy_width, inner.y1}, copy)) {
      std::string all;
      for (const Error& error : refusal->errors) {
        all += refusal->file + ":" + error.pointer + ": " + message(error, ui.language) + "\n";
      }
      ImGui::SetClipboardText(all.c_str());
    }
  }
  done |= ImGui::IsKeyPressed(ImGuiKey_Escape, false);
  if (done || !show_refusal) {
    show_refusal = false;
    ImGui::CloseCurrentPopup();
  }
  ImGui::EndPopup();
}

void App::State::empty_page(const Rect& area) {
  const Theme& c = ui.theme();
  const bool comes = waiting || !openings.empty();
  const char* text = ui.t(comes ? Str::open_loading : Str::open_drop);
  const float width = ui.measure(Type::title, text);
  ui.say({(area.x0 + area.x1 - width) / 2, (area.y0 + area.y1) / 2 - ui.px(20)}, Type::title,
         c.muted, text);
}

void App::State::drop_overlay(const Rect& area) {
  const Theme& c = ui.theme();
  ImDrawList* draw = ImGui::GetForegroundDrawList();
  draw->AddRectFilled(area.min(), area.max(), c.scrim);
  const Rect box = area.inset(ui.px(24), ui.px(24));
  draw->AddRect(box.min(), box.max(), c.accent, ui.px(16), 0, ui.px(3));
  const char* text = ui.t(Str::open_drop_now);
  const float size = ui.size_of(Type::heading);
  const float width = ui.measure(Type::heading, text);
  draw->AddText(ui.bold, size,
                {std::round((area.x0 + area.x1 - width) / 2), std::round((area.y0 + area.y1) / 2)},
                IM_COL32_WHITE, text);
  ui.record(Role::status, box, text);
}

}  // namespace tc::ui
