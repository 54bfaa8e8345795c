#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <utility>

#include "assets/cluster_taxonomy.gen.hpp"
#include "core/roadshow/edit_deck.hpp"
#include "core/roadshow/figure.hpp"
#include "core/roadshow/generate_deck.hpp"
#include "web/ui/icons.gen.hpp"
#include "web/ui/saved_view.hpp"

namespace tc::ui {

namespace {

constexpr std::array kKindNames = {Str::roadshow_kind_view, Str::roadshow_kind_title,
                                   Str::roadshow_kind_text, Str::roadshow_kind_figure,
                                   Str::roadshow_kind_pitch};

/// The decks (路演): made from the board, edited slide by slide, presented from here. Each edit is
/// an entry of the ledger.
class Roadshow : public View {
 public:
  void draw(Ui& ui, Workspace& workspace, const Rect& area) override {
    follow(workspace);
    const float gutter = ui.px(area.width() < ui.px(600) ? 12 : 24);
    const Rect inner = {area.x0 + gutter, area.y0 + ui.px(16), area.x1 - gutter,
                        area.y1 - ui.px(16)};
    const float gap = ui.px(16);
    const bool wide = inner.width() >= ui.px(1080);
    if (ImGui::IsKeyPressed(ImGuiKey_F5, false) && deck_of(workspace) != nullptr) {
      workspace.talk = Workspace::TalkRequest{deck_, 0, false, {}};
    }
    if (wide) {
      const float left = std::round(inner.x0 + ui.px(260));
      const float right = std::round(inner.x1 - ui.px(380));
      decks(ui, workspace, {inner.x0, inner.y0, left, inner.y1});
      slides(ui, workspace, {left + gap, inner.y0, right - gap, inner.y1});
      form(ui, workspace, {right, inner.y0, inner.x1, inner.y1});
      return;
    }
    ImGui::SetCursorScreenPos({area.x0, area.y0});
    ImGui::BeginChild("roadshow", {area.width(), area.height()}, ImGuiChildFlags_None,
                      ImGuiWindowFlags_NoBackground);
    const ImVec2 origin = ImGui::GetCursorScreenPos();
    const float x1 = origin.x + ImGui::GetContentRegionAvail().x - gutter;
    float y = origin.y + ui.px(16);
    const auto part = [&](float height) {
      const Rect rect = {origin.x + gutter, y, x1, y + height};
      y += height + gap;
      return rect;
    };
    decks(ui, workspace, part(ui.px(340)));
    slides(ui, workspace, part(ui.px(460)));
    form(ui, workspace, part(ui.px(620)));
    ImGui::SetCursorScreenPos({origin.x, y});
    ImGui::Dummy({1, 1});
    ImGui::EndChild();
  }

 private:
  const Deck* deck_of(const Workspace& workspace) const {
    const auto& decks = workspace.board->programme.decks;
    const auto found = std::find_if(decks.begin(), decks.end(),
                                    [this](const Deck& each) { return each.id == deck_; });
    return found == decks.end() ? nullptr : &*found;
  }

  /// Keeps the chosen deck and slide through changes of the board.
  void follow(Workspace& workspace) {
    const Board& board = *workspace.board;
    if (version_ == board.version) return;
    version_ = board.version;
    const auto& decks = board.programme.decks;
    if (deck_of(workspace) == nullptr) deck_ = decks.empty() ? "" : decks.front().id;
    choose(workspace, slide_);
  }

  std::size_t index(const Deck& deck) const {
    const auto found = std::find_if(deck.slides.begin(), deck.slides.end(),
                                    [this](const Slide& each) { return each.id == slide_; });
    return static_cast<std::size_t>(found - deck.slides.begin());
  }

  void choose(Workspace& workspace, const std::string& id) {
    slide_ = id;
    const Deck* deck = deck_of(workspace);
    if (deck == nullptr) return;
    std::size_t at = index(*deck);
    if (at == deck->slides.size()) {
      if (deck->slides.empty()) return slide_.clear();
      at = 0;
      slide_ = deck->slides.front().id;
    }
    edited_ = deck->slides[at];
    seconds_ = edited_.seconds == 0 ? "" : std::to_string(edited_.seconds);
    faulty_seconds_ = false;
  }

  static std::string time_text(int seconds) {
    std::string text = std::to_string(seconds / 60) + ":";
    if (seconds % 60 < 10) text += '0';
    return text + std::to_string(seconds % 60);
  }

  // ---------------------------------------------------------------- decks

  void decks(Ui& ui, Workspace& workspace, const Rect& at) {
    const Theme& c = ui.theme();
    const Programme& programme = workspace.board->programme;
    Rect inner = ui.card(at, ui.t(Str::roadshow_decks));
    float y = inner.y0;
    if (programme.decks.empty()) {
      y += ui.paragraph({inner.x0, y}, Type::small, c.muted, ui.t(Str::roadshow_none),
                        inner.width()) +
           ui.px(8);
    }
    if (workspace.can_edit()) generators(ui, workspace, inner, y);
    const float row = ui.px(52);
    const float room = std::max(row, at.y1 - ui.px(16) - y);
    ImGui::SetCursorScreenPos({inner.x0 - ui.px(8), y});
    ImGui::BeginChild("decks",
                      {inner.width() + ui.px(16),
                       std::min(room, row * static_cast<float>(programme.decks.size()) + ui.px(2))},
                      ImGuiChildFlags_None, ImGuiWindowFlags_NoBackground);
    for (std::size_t i = 0; i < programme.decks.size(); ++i) {
      const Deck& deck = programme.decks[i];
      const ImVec2 top = ImGui::GetCursorScreenPos();
      const Rect line = {top.x, top.y, top.x + ImGui::GetContentRegionAvail().x, top.y + row};
      ImGui::PushID(deck.id.c_str());
      const Hit h = ui.hit("deck", line);
      ImGui::PopID();
      const bool on = deck.id == deck_;
      if (on || h.hovered || h.focused) ui.fill(line, on ? c.selected : c.hover, 6);
      int seconds = 0;
      for (const Slide& slide : deck.slides) seconds += slide.seconds;
      const std::string detail =
          ui.t(Str::roadshow_slides, {std::to_string(deck.slides.size()), time_text(seconds)});
      ui.draw({line.x0 + ui.px(8), line.y0 + ui.px(8)}, Type::body, c.text, ui.in(deck.title),
              line.width() - ui.px(16));
      ui.draw({line.x0 + ui.px(8), line.y0 + ui.px(29)}, Type::caption, c.muted, detail,
              line.width() - ui.px(16));
      if (Node* node = ui.record(Role::option, line, ui.in(deck.title), detail)) {
        node->selected = on;
        node->focused = h.focused;
      }
      ImGui::SetCursorScreenPos({top.x, line.y1});
      ImGui::Dummy({1, 0});
      if (h.clicked && !on) {
        deck_ = deck.id;
        choose(workspace, {});
      }
    }
    ImGui::EndChild();
  }

  void generators(Ui& ui, Workspace& workspace, const Rect& inner, float& y) {
    const Programme& programme = workspace.board->programme;
    ui.say({inner.x0, y}, Type::strong, ui.theme().text, ui.t(Str::roadshow_generate));
    y += ui.px(26);
    for (const roadshow::DeckTemplate which : roadshow::kDeckTemplates) {
      const bool alliance = which == roadshow::DeckTemplate::alliance;
      const bool ten = which == roadshow::DeckTemplate::ten_results;
      if (alliance && programme.alliances.empty()) continue;
      const bool possible = !ten || (!programme.needs.empty() && !programme.results.empty());
      const Rect button = {inner.x0, y, inner.x1, y + ui.px(34)};
      ImGui::PushID(static_cast<int>(which));
      if (ui.button("generate", button, ui.in(label_of(which)), icon::plus, false, possible))
        generate(workspace, which, ui.language);
      ImGui::PopID();
      y += ui.px(40);
      if (alliance) {
        std::vector<std::string> names;
        for (const Alliance& each : programme.alliances) names.push_back(ui.in(each.title));
        alliance_ = std::min(alliance_, static_cast<int>(names.size()) - 1);
        const int chosen = ui.combo("alliance", {inner.x0, y, inner.x1, y + ui.px(34)},
                                    ui.t(Str::roadshow_alliance), names, alliance_);
        if (chosen >= 0) alliance_ = chosen;
        y += ui.px(40);
      }
    }
    y += ui.px(8);
    if (!failure_.empty()) {
      y += ui.paragraph({inner.x0, y}, Type::small, ui.theme().danger, failure_, inner.width(), 3) +
           ui.px(8);
    }
  }

  void generate(Workspace& workspace, roadshow::DeckTemplate which, Language language) {
    const Board& board = *workspace.board;
    roadshow::DeckOptions options;
    options.as_of = board.as_of;
    if (!board.programme.alliances.empty())
      options.alliance = board.programme.alliances[static_cast<std::size_t>(alliance_)].id;
    Result<matching::Taxonomy> taxonomy;
    if (which == roadshow::DeckTemplate::ten_results) {
      taxonomy = matching::load_taxonomy(kClusterTaxonomyJson);
      if (taxonomy) options.taxonomy = &*taxonomy.value;
    }
    const Result<Deck> made = roadshow::generate_deck(board.programme, which, options);
    failure_.clear();
    if (!made) {
      failure_ = message(made.errors.front(), language);
      return;
    }
    if (workspace.journal() == nullptr) return;
    deck_ = made.value->id;
    slide_.clear();
    workspace.propose(roadshow::add_deck(*made.value));
  }

  // ---------------------------------------------------------------- slides

  void slides(Ui& ui, Workspace& workspace, const Rect& at) {
    const Theme& c = ui.theme();
    const Deck* deck = deck_of(workspace);
    const Rect inner = ui.card(at, deck == nullptr ? "" : ui.in(deck->title));
    if (deck == nullptr) return;
    float x = inner.x0;
    float y = inner.y0;
    const auto button = [&](const char* id, Str label, const char* glyph, bool primary = false,
                            bool enabled = true) {
      const float width = ui.measure(Type::body, ui.t(label)) + ui.px(48);
      if (x + width > inner.x1 && x > inner.x0) {
        x = inner.x0;
        y += ui.px(42);
      }
      const Rect rect = {x, y, x + width, y + ui.px(34)};
      x += width + ui.px(8);
      return ui.button(id, rect, ui.t(label), glyph, primary, enabled);
    };
    const bool any = !deck->slides.empty();
    const auto talk = [&](std::size_t slide, bool kiosk, const char* purpose) {
      workspace.talk = Workspace::TalkRequest{deck_, slide, kiosk, purpose};
    };
    if (button("start", Str::roadshow_start, icon::play, true, any)) talk(0, false, "");
    if (ImGui::IsItemHovered(ImGuiHoveredFlags_ForTooltip))
      ui.tooltip(ui.t(Str::roadshow_start_hint));
    if (button("here", Str::roadshow_from_here, icon::presentation, false, any))
      talk(index(*deck), false, "");
    if (button("kiosk", Str::roadshow_kiosk, icon::repeat, false, any)) talk(0, true, "");
    if (button("presenter", Str::roadshow_presenter, icon::external_link))
      workspace.host.presenting("window");
    if (button("pdf", Str::roadshow_pdf, icon::download, false, any)) talk(0, false, "pdf");
    if (button("png", Str::roadshow_png, icon::image, false, any)) talk(0, false, "png");
    if (button("handout", Str::roadshow_handout, icon::printer, false, any))
      talk(0, false, "handout");
    if (button("page", Str::roadshow_page, icon::file_code)) {
      if (Ledger* ledger = workspace.journal())
        workspace.host.save_page(workspace.board->programme.id, ledger->text());
    }
    if (ImGui::IsItemHovered(ImGuiHoveredFlags_ForTooltip))
      ui.tooltip(ui.t(Str::roadshow_page_hint));
    y += ui.px(46);

    workspace.will_edit = true;  // there is little else to do here
    if (workspace.can_edit()) tools(ui, workspace, *deck, inner, y);
    const float bottom = at.y1 - ui.px(16);
    ImGui::SetCursorScreenPos({inner.x0 - ui.px(8), y});
    ImGui::BeginChild("slides", {inner.width() + ui.px(16), std::max(ui.px(60), bottom - y)},
                      ImGuiChildFlags_None, ImGuiWindowFlags_NoBackground);
    const float row = ui.px(48);
    for (std::size_t i = 0; i < deck->slides.size(); ++i) {
      const Slide& slide = deck->slides[i];
      const ImVec2 top = ImGui::GetCursorScreenPos();
      const Rect line = {top.x, top.y, top.x + ImGui::GetContentRegionAvail().x, top.y + row};
      ImGui::PushID(slide.id.c_str());
      const Hit h = ui.hit("slide", line);
      ImGui::PopID();
      const bool on = slide.id == slide_;
      if (on || h.hovered || h.focused) ui.fill(line, on ? c.selected : c.hover, 6);
      const std::string number = std::to_string(i + 1);
      const std::string title = title_of(ui, workspace, slide);
      std::string detail = ui.t(kKindNames[static_cast<std::size_t>(slide.kind)]);
      if (slide.view) detail += " · " + describe_view(ui, workspace.board->programme, *slide.view);
      const std::string time = slide.seconds > 0 ? time_text(slide.seconds) : "";
      const float time_width = ui.measure(Type::small, time);
      ui.draw({line.x0 + ui.px(32) - ui.measure(Type::strong, number), line.y0 + ui.px(8)},
              Type::strong, c.muted, number);
      ui.draw({line.x0 + ui.px(44), line.y0 + ui.px(7)}, Type::body, c.text, title,
              line.width() - ui.px(64) - time_width);
      ui.draw({line.x0 + ui.px(44), line.y0 + ui.px(27)}, Type::caption, c.muted, detail,
              line.width() - ui.px(64) - time_width);
      ui.draw({line.x1 - ui.px(8) - time_width, line.y0 + ui.px(8)}, Type::small, c.muted, time);
      if (Node* node = ui.record(Role::listitem, line,
                                 std::string(number).append(" ").append(title), detail)) {
        node->selected = on;
        node->focused = h.focused;
      }
      ImGui::SetCursorScreenPos({top.x, line.y1});
      ImGui::Dummy({1, 0});
      if (h.clicked) choose(workspace, slide.id);
    }
    ImGui::EndChild();
  }

  /// Add, order, copy, delete.
  void tools(Ui& ui, Workspace& workspace, const Deck& deck, const Rect& inner, float& y) {
    const Theme& c = ui.theme();
    const float mid = y + ui.px(17);
    y += ui.px(46);
    std::vector<std::string> kinds;
    kinds.reserve(kKindNames.size());
    for (const Str kind : kKindNames) kinds.emplace_back(ui.t(kind));
    const int kind =
        ui.combo("add", {inner.x0, mid - ui.px(17), inner.x0 + ui.px(170), mid + ui.px(17)},
                 ui.t(Str::roadshow_add), kinds, -1);
    ui.draw({inner.x0 + ui.px(12), mid - ui.size_of(Type::body) / 2}, Type::body, c.text,
            ui.t(Str::roadshow_add), ui.px(130));
    if (kind >= 0) add(workspace, deck, kSlideKinds[static_cast<std::size_t>(kind)]);
    const std::size_t at_slide = index(deck);
    if (at_slide >= deck.slides.size()) return;
    float x = inner.x1 - ui.px(17);
    const auto tool = [&](const char* id, const char* glyph, Str name) {
      const bool clicked = ui.icon_button(id, {x, mid}, glyph, ui.t(name));
      x -= ui.px(38);
      return clicked;
    };
    std::vector<Change> changes;
    if (tool("delete", icon::trash_2, Str::roadshow_delete))
      changes = roadshow::remove_slide(deck, at_slide);
    if (tool("copy", icon::copy, Str::roadshow_copy)) {
      Slide copy = deck.slides[at_slide];
      copy.id = roadshow::free_slide_id(deck, copy.id);
      changes = roadshow::add_slide(deck, copy, at_slide);
      next_ = copy.id;
    }
    if (tool("down", icon::arrow_down, Str::roadshow_down) && at_slide + 1 < deck.slides.size())
      changes = roadshow::move_slide(deck, at_slide, at_slide + 1);
    if (tool("up", icon::arrow_up, Str::roadshow_up) && at_slide > 0)
      changes = roadshow::move_slide(deck, at_slide, at_slide - 1);
    propose(workspace, std::move(changes));
  }

  void propose(Workspace& workspace, std::vector<Change> changes) {
    if (changes.empty() || workspace.journal() == nullptr) return;
    if (!next_.empty()) slide_ = std::exchange(next_, {});
    workspace.propose(std::move(changes));
  }

  void add(Workspace& workspace, const Deck& deck, SlideKind kind) {
    const Programme& programme = workspace.board->programme;
    Slide slide;
    slide.kind = kind;
    slide.id = roadshow::free_slide_id(deck, std::string(name_of(kind)));
    const Str name = kKindNames[static_cast<std::size_t>(kind)];
    slide.title = {text_of(name, Language::zh), text_of(name, Language::en)};
    switch (kind) {
      case SlideKind::view:
        slide.view = workspace.captured ? *workspace.captured : SavedView{};
        if (!workspace.captured) slide.view->page = "overview";
        slide.title = {};
        break;
      case SlideKind::text:
        slide.text = slide.title;
        break;
      case SlideKind::figure:
        slide.computed = ComputedFigure::completed;
        slide.title = {};
        break;
      case SlideKind::pitch:
        if (programme.results.empty()) return;
        slide.result = programme.results.front().id;
        slide.title = {};
        break;
      case SlideKind::title:
        break;
    }
    const std::size_t at = index(deck);
    next_ = slide.id;
    propose(workspace, roadshow::add_slide(deck, slide,
                                           deck.slides.empty() ? std::nullopt
                                                               : std::optional(std::min(
                                                                     at, deck.slides.size() - 1))));
  }

  static std::string title_of(const Ui& ui, const Workspace& workspace, const Slide& slide) {
    if (!slide.title.empty()) return ui.in(slide.title);
    const Programme& programme = workspace.board->programme;
    if (slide.view) return describe_view(ui, programme, *slide.view);
    if (slide.kind == SlideKind::figure) {
      const auto figure = roadshow::figure_of(programme, slide, workspace.board->as_of);
      if (figure) return ui.in(figure->name);
    }
    for (const ResearchResult& result : programme.results) {
      if (result.id == slide.result) return ui.in(result.title);
    }
    return slide.id;
  }

  // ---------------------------------------------------------------- one slide

  void form(Ui& ui, Workspace& workspace, const Rect& at) {
    const Deck* deck = deck_of(workspace);
    const std::size_t which = deck == nullptr ? 0 : index(*deck);
    const bool there = deck != nullptr && which < deck->slides.size();
    const Theme& c = ui.theme();
    const Rect card =
        ui.card(at, there ? std::string(ui.t(kKindNames[static_cast<std::size_t>(edited_.kind)])) +
                                " " + std::to_string(which + 1)
                          : "");
    if (!there) return;
    const bool can_edit = workspace.can_edit();
    const float bottom = at.y1 - ui.px(16) - ui.px(46);
    ImGui::SetCursorScreenPos({card.x0 - ui.px(4), card.y0});
    ImGui::BeginChild("form", {card.width() + ui.px(8), std::max(ui.px(60), bottom - card.y0)},
                      ImGuiChildFlags_None, ImGuiWindowFlags_NoBackground);
    if (!can_edit) ImGui::BeginDisabled();
    const ImVec2 origin = ImGui::GetCursorScreenPos();
    const float x0 = origin.x + ui.px(4);
    const float x1 = x0 + ImGui::GetContentRegionAvail().x - ui.px(8);
    float y = origin.y + ui.px(2);
    ImGui::PushID(edited_.id.c_str());
    const auto field = [&](const char* id, Str label, std::string& value, float css_height,
                           bool faulty = false) {
      ui.say({x0, y}, Type::small, c.muted, ui.t(label));
      y += ui.px(20);
      ui.text_field(id, {x0, y, x1, y + ui.px(css_height)}, ui.t(label), value, "", css_height > 40,
                    faulty);
      y += ui.px(css_height) + ui.px(12);
    };
    // Texts are edited in the language of the interface; the other one stays as it is.
    const auto in = [&ui](Text& text) -> std::string& {
      return ui.language == Language::zh ? text.zh : text.en;
    };
    field("title", Str::roadshow_slide_title, in(edited_.title), 36);
    const Programme& programme = workspace.board->programme;
    if (edited_.kind == SlideKind::view && edited_.view) {
      ui.say({x0, y}, Type::small, c.muted, ui.t(Str::roadshow_view));
      y += ui.px(20);
      y += ui.paragraph({x0, y}, Type::body, c.text, describe_view(ui, programme, *edited_.view),
                        x1 - x0, 2) +
           ui.px(6);
      const char* open = ui.t(Str::roadshow_open_view);
      const float open_width = ui.measure(Type::body, open) + ui.px(32);
      if (ui.button("open", {x0, y, x0 + open_width, y + ui.px(34)}, open))
        workspace.show_view = *edited_.view;
      const char* take = ui.t(Str::roadshow_take_view);
      const float take_x = x0 + open_width + ui.px(8);
      if (ui.button("take",
                    {take_x, y, std::min(x1, take_x + ui.measure(Type::body, take) + ui.px(52)),
                     y + ui.px(34)},
                    take, icon::camera, false, workspace.captured.has_value())) {
        std::vector<std::string> highlights = std::move(edited_.view->highlights);
        edited_.view = *workspace.captured;
        edited_.view->highlights = std::move(highlights);
      }
      y += ui.px(40);
      const std::string hint = workspace.captured
                                   ? describe_view(ui, programme, *workspace.captured)
                                   : ui.t(Str::roadshow_take_view_none);
      y += ui.paragraph({x0, y}, Type::caption, c.muted, hint, x1 - x0, 2) + ui.px(12);
    }
    if (edited_.kind == SlideKind::figure) figure_field(ui, programme, x0, x1, y);
    if (edited_.kind == SlideKind::pitch) {
      posting_field(ui, "result", Str::roadshow_result, programme.results, edited_.result, false,
                    x0, x1, y);
      posting_field(ui, "need", Str::roadshow_need, programme.needs, edited_.need, true, x0, x1, y);
      field("team", Str::roadshow_team, in(edited_.team), 36);
      field("ask", Str::roadshow_ask, in(edited_.ask), 36);
    } else {
      field("text", Str::roadshow_slide_text, in(edited_.text),
            edited_.kind == SlideKind::text ? 120 : 64);
    }
    field("notes", Str::roadshow_slide_notes, in(edited_.notes), 110);
    field("seconds", Str::roadshow_slide_seconds, seconds_, 36, faulty_seconds_);
    if (faulty_seconds_) {
      ui.say({x0, y - ui.px(8)}, Type::small, c.danger, ui.t(Str::roadshow_seconds));
      y += ui.px(16);
    }
    ImGui::PopID();
    ImGui::SetCursorScreenPos({origin.x, y});
    ImGui::Dummy({1, 1});
    if (!can_edit) ImGui::EndDisabled();
    ImGui::EndChild();
    if (!can_edit) return;

    Slide after = edited_;
    char* end = nullptr;
    const long seconds = seconds_.empty() ? 0 : std::strtol(seconds_.c_str(), &end, 10);
    const bool good = seconds_.empty() || (*end == '\0' && seconds >= 0 && seconds <= 86'400);
    if (good) after.seconds = static_cast<int>(seconds);
    const bool changed = !good || !(after == deck->slides[which]);
    const char* save = ui.t(Str::form_save);
    const float width = ui.measure(Type::body, save) + ui.px(48);
    const float top = at.y1 - ui.px(16) - ui.px(34);
    if (ui.button("save", {card.x1 - width, top, card.x1, top + ui.px(34)}, save, nullptr, true,
                  changed)) {
      faulty_seconds_ = !good;
      if (good) propose(workspace, roadshow::change_slide(*deck, which, after));
    }
    const char* remove = ui.t(Str::roadshow_delete_deck);
    if (ui.link("remove-deck", {card.x0, top + ui.px(10)}, Type::small, remove,
                card.width() - width - ui.px(16))) {
      propose(workspace, roadshow::remove_deck(*deck));
    }
  }

  void figure_field(Ui& ui, const Programme& programme, float x0, float x1, float& y) {
    std::vector<std::string> names;
    int selected = -1;
    for (const ComputedFigure figure : kComputedFigures) {
      if (edited_.computed == figure) selected = static_cast<int>(names.size());
      names.push_back(ui.in(roadshow::label_of(figure)));
    }
    const std::size_t computed = names.size();
    for (const Indicator& indicator : programme.indicators) {
      if (!edited_.computed && edited_.indicator == indicator.id)
        selected = static_cast<int>(names.size());
      names.push_back(ui.in(indicator.name));
    }
    ui.say({x0, y}, Type::small, ui.theme().muted, ui.t(Str::roadshow_figure));
    y += ui.px(20);
    const int chosen =
        ui.combo("figure", {x0, y, x1, y + ui.px(36)}, ui.t(Str::roadshow_figure), names, selected);
    y += ui.px(48);
    if (chosen < 0) return;
    const auto at = static_cast<std::size_t>(chosen);
    edited_.computed.reset();
    edited_.indicator.clear();
    if (at < computed) {
      edited_.computed = kComputedFigures[at];
    } else {
      edited_.indicator = programme.indicators[at - computed].id;
    }
  }

  template <class List>
  void posting_field(Ui& ui, const char* id, Str label, const List& list, std::string& value,
                     bool may_be_none, float x0, float x1, float& y) {
    std::vector<std::string> names;
    int selected = -1;
    if (may_be_none) {
      names.emplace_back(ui.t(Str::roadshow_no_need));
      if (value.empty()) selected = 0;
    }
    for (const auto& each : list) {
      if (each.id == value) selected = static_cast<int>(names.size());
      names.push_back(each.id + "  " + ui.in(each.title));
    }
    ui.say({x0, y}, Type::small, ui.theme().muted, ui.t(label));
    y += ui.px(20);
    const int chosen = ui.combo(id, {x0, y, x1, y + ui.px(36)}, ui.t(label), names, selected);
    y += ui.px(48);
    if (chosen < 0) return;
    const int at = chosen - (may_be_none ? 1 : 0);
    value = at < 0 ? std::string() : list[static_cast<std::size_t>(at)].id;
  }

  std::size_t version_ = 0;
  std::string deck_;  ///< ids
  std::string slide_;
  std::string next_;     ///< to be chosen once it is there
  std::string failure_;  ///< why no deck could be made
  int alliance_ = 0;
  Slide edited_;
  std::string seconds_;
  bool faulty_seconds_ = false;
};

}  // namespace

std::unique_ptr<View> make_roadshow_view() {
  return std::make_unique<Roadshow>();
}

}  // namespace tc::ui
