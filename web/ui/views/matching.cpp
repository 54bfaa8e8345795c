#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "core/exchange/formats.hpp"
#include "core/roadshow/camera.hpp"
#include "web/ui/dialog.hpp"
#include "web/ui/icons.gen.hpp"
#include "web/ui/matching_parts.hpp"
#include "web/ui/views/view.hpp"

namespace tc::ui {

namespace {

using List = MatchingLink::List;
constexpr std::size_t kLists = 5;
constexpr float kRow = 58;
constexpr float kGutter = 24;

/// Matching (供需对接): needs and results, jobs and graduates, open challenges. A list that narrows
/// while one types, and beside it what is chosen, or the whole.
class Matching : public View {
 public:
  void draw(Ui& ui, Workspace& workspace, const Rect& area) override {
    const Board& board = *workspace.board;
    if (version_ != board.version) take(board);
    if (!camera_.empty()) look(board.programme);
    model_.show(board);
    ask();
    const bool none = board.programme.needs.empty() && board.programme.results.empty() &&
                      board.programme.jobs.empty() && board.programme.graduates.empty() &&
                      board.programme.challenges.empty();
    const bool narrow = area.width() < ui.px(860);
    const bool over = narrow && (chosen_ || summary_);
    keyboard(ui);
    Rect left = area;
    if (!narrow && !none) {
      left.x1 -= std::round(std::clamp(area.width() * 0.44F, ui.px(380), ui.px(620)));
    }
    if (none) {
      empty(ui, workspace, area);
    } else if (!over) {
      const float top = toolbar(ui, workspace, left, narrow);
      refresh(ui, board);
      rows(ui, workspace, {left.x0, top, left.x1, left.y1});
    } else {
      refresh(ui, board);
    }
    if (!none && (over || !narrow)) {
      pane(ui, workspace, {over ? area.x0 : left.x1, area.y0, area.x1, area.y1}, over);
    }
    if (again_) workspace.moving = true;
    // While the user drags, a weight perhaps, it would only be done again.
    if (model_.work() != MatchingModel::Work::none && !ImGui::IsMouseDown(ImGuiMouseButton_Left)) {
      workspace.work = [this, &host = workspace.host] {
        return work_a_piece(host, [this] { return model_.step(); });
      };
    }
    again_ = false;
  }

  std::string camera() const override {
    roadshow::Camera camera;
    camera.emplace_back("list", kListNames[static_cast<std::size_t>(list_)]);
    if (!chosen_id_.empty()) camera.emplace_back("entry", chosen_id_);
    return roadshow::write_camera(camera);
  }

  void set_camera(std::string_view text) override { camera_ = roadshow::parse_camera(text); }

 private:
  static constexpr std::array<const char*, 5> kListNames = {"needs", "results", "jobs", "graduates",
                                                            "challenges"};

  /// Takes the wanted camera over.
  void look(const Programme& p) {
    List list = list_;
    if (const auto named = roadshow::choice_in(camera_, "list", kListNames)) {
      list = static_cast<List>(*named);
    }
    std::optional<std::size_t> entry;
    const std::string_view id = roadshow::text_in(camera_, "entry");
    for (std::size_t i = 0; i < size_of(p, list) && !id.empty(); ++i) {
      if (id_of(p, list, i) == id) entry = i;
    }
    choose(list, entry, p);
    camera_.clear();
  }

  /// A new state of the board: what was chosen is found again by its id.
  void take(const Board& board) {
    version_ = board.version;
    const Programme& p = board.programme;
    if (list_ == List::needs && p.needs.empty() && !p.jobs.empty()) list_ = List::jobs;
    if (!chosen_id_.empty()) {
      chosen_.reset();
      for (std::size_t i = 0; i < size_of(p, list_); ++i) {
        if (id_of(p, list_, i) == chosen_id_) chosen_ = i;
      }
      if (!chosen_) chosen_id_.clear();
    }
    hay_.clear();
    again_ = true;
  }

  static std::size_t size_of(const Programme& p, List list) {
    switch (list) {
      case List::needs:
        return p.needs.size();
      case List::results:
        return p.results.size();
      case List::jobs:
        return p.jobs.size();
      case List::graduates:
        return p.graduates.size();
      case List::challenges:
        break;
    }
    return p.challenges.size();
  }

  static const std::string& id_of(const Programme& p, List list, std::size_t i) {
    switch (list) {
      case List::needs:
        return p.needs[i].id;
      case List::results:
        return p.results[i].id;
      case List::jobs:
        return p.jobs[i].id;
      case List::graduates:
        return p.graduates[i].code;
      case List::challenges:
        break;
    }
    return p.challenges[i].id;
  }

  static const Text& title_of(const Programme& p, List list, std::size_t i) {
    switch (list) {
      case List::needs:
        return p.needs[i].title;
      case List::results:
        return p.results[i].title;
      case List::jobs:
        return p.jobs[i].title;
      case List::graduates:
        return p.graduates[i].field;
      case List::challenges:
        break;
    }
    return p.challenges[i].title;
  }

  static const Text& owner_of(const Programme& p, List list, std::size_t i) {
    switch (list) {
      case List::needs:
        return p.needs[i].firm;
      case List::results:
        return p.results[i].owner;
      case List::jobs:
        return p.jobs[i].employer;
      case List::graduates:
        return p.graduates[i].skills;
      case List::challenges:
        break;
    }
    return p.challenges[i].owner;
  }

  /// Where it is; of a graduate, where they would like best.
  static std::string city_of(const Programme& p, List list, std::size_t i) {
    switch (list) {
      case List::needs:
        return p.needs[i].city;
      case List::results:
        return p.results[i].city;
      case List::jobs:
        return p.jobs[i].city;
      case List::graduates:
        return p.graduates[i].cities.empty() ? std::string() : p.graduates[i].cities.front();
      case List::challenges:
        break;
    }
    return p.challenges[i].city;
  }

  static std::optional<IndustryCluster> cluster_of(const Programme& p, List list, std::size_t i) {
    switch (list) {
      case List::needs:
        return p.needs[i].cluster;
      case List::results:
        return p.results[i].cluster;
      case List::jobs:
        return p.jobs[i].cluster;
      case List::graduates:
        return std::nullopt;
      case List::challenges:
        break;
    }
    return p.challenges[i].cluster;
  }

  static bool is_open(const Board& board, List list, std::size_t i) {
    const Programme& p = board.programme;
    const auto in_time = [&](const std::optional<Date>& day) {
      return !day || board.as_of <= *day;
    };
    switch (list) {
      case List::needs:
        return in_time(p.needs[i].deadline);
      case List::jobs:
        return in_time(p.jobs[i].deadline);
      case List::challenges:
        return in_time(p.challenges[i].deadline);
      case List::results:
      case List::graduates:
        break;
    }
    return true;
  }

  bool of_needs() const { return list_ == List::needs || list_ == List::results; }
  bool of_jobs() const { return list_ == List::jobs || list_ == List::graduates; }

  /// What the list that is shown needs computed.
  void ask() {
    if (of_needs()) model_.want_needs();
    if (of_jobs() && (!model_.jobs_are_many() || state_.many_jobs_wanted)) {
      model_.want_jobs(state_.proposer);
    }
  }

  /// How well it is served, 0 to 1, for sorting and showing; nothing: not at all, or not known yet.
  std::optional<double> score_of(const Programme& p, std::size_t i) const {
    const auto best = [](const std::vector<MatchingModel::Best>& all,
                         std::size_t at) -> std::optional<double> {
      if (at >= all.size() || all[at].partner == MatchingModel::Best::kNone) return std::nullopt;
      return static_cast<double>(all[at].total);
    };
    switch (list_) {
      case List::needs:
        return best(model_.best_of_needs(), i);
      case List::results:
        return best(model_.best_of_results(), i);
      case List::jobs: {
        const auto* jobs = model_.jobs(state_.proposer);
        if (jobs == nullptr || p.jobs[i].quota <= 0) return std::nullopt;
        const std::size_t hired = jobs->jobs[i].graduates.size();
        if (hired == 0) return std::nullopt;
        return static_cast<double>(hired) / p.jobs[i].quota;
      }
      case List::graduates: {
        const auto* jobs = model_.jobs(state_.proposer);
        if (jobs == nullptr || !jobs->graduates[i].job) return std::nullopt;
        return jobs->graduates[i].fit;
      }
      case List::challenges: {
        const auto ranking = matching::rank_bids(p.challenges[i]);
        if (ranking.bids.empty() || ranking.bids[0].place == 0) return std::nullopt;
        return *ranking.bids[0].total / 100;
      }
    }
    return std::nullopt;
  }

  bool is_matched(const Programme& p, std::size_t i) const {
    if (const auto* all = model_.assignment(); all != nullptr && of_needs()) {
      return !(list_ == List::needs ? model_.pairs_of_needs() : model_.pairs_of_results())[i]
                  .empty();
    }
    const auto score = score_of(p, i);
    if (list_ == List::jobs) return score && *score >= 1;  // a place that is left is unmatched
    return score.has_value();
  }

  /// Lower case of the basic letters; the search knows no other.
  static std::string folded(std::string_view text) {
    std::string low(text);
    for (char& ch : low) {
      if (ch >= 'A' && ch <= 'Z') ch = static_cast<char>(ch - 'A' + 'a');
    }
    return low;
  }

  void fill_hay(const Board& board) {
    const Programme& p = board.programme;
    hay_list_ = list_;
    hay_.clear();
    hay_.reserve(size_of(p, list_));
    const auto both = [](const Text& text) { return text.zh + "\n" + text.en + "\n"; };
    for (std::size_t i = 0; i < size_of(p, list_); ++i) {
      std::string all =
          id_of(p, list_, i) + "\n" + both(title_of(p, list_, i)) + both(owner_of(p, list_, i));
      if (list_ == List::needs) all += both(p.needs[i].text);
      if (list_ == List::results) all += both(p.results[i].text);
      if (list_ == List::jobs) all += both(p.jobs[i].text) + both(p.jobs[i].requirements);
      if (list_ == List::challenges) all += both(p.challenges[i].text);
      hay_.push_back(folded(all));
    }
  }

  struct Key {
    List list = List::needs;
    std::size_t version = 0;
    std::size_t revision = 0;
    matching::Proposer proposer = matching::Proposer::graduates;
    std::string text;
    std::optional<std::size_t> city;
    std::optional<IndustryCluster> cluster;
    bool open = false;
    bool unmatched = false;
    bool operator==(const Key&) const = default;
  };

  /// Filters and sorts again when anything that they depend on has changed.
  void refresh(const Ui&, const Board& board) {
    const Key key = {list_,    board.version, model_.revision(), state_.proposer, text_, city_,
                     cluster_, open_,         unmatched_};
    if (ran_ == key) return;
    ran_ = key;
    again_ = true;  // the count above was drawn before
    const Programme& p = board.programme;
    if (hay_list_ != list_ || hay_.size() != size_of(p, list_)) fill_hay(board);
    std::vector<std::string> words;
    std::string needle = folded(text_);
    for (std::size_t at = 0; at < needle.size();) {
      const std::size_t end = std::min(needle.find(' ', at), needle.size());
      if (end > at) words.push_back(needle.substr(at, end - at));
      at = end + 1;
    }
    const std::string city =
        city_ && *city_ < p.cities.size() ? p.cities[*city_].id : std::string();
    rows_.clear();
    for (std::size_t i = 0; i < hay_.size(); ++i) {
      const bool found = std::all_of(words.begin(), words.end(), [&](const std::string& word) {
        return hay_[i].find(word) != std::string::npos;
      });
      if (!found || (!city.empty() && city_of(p, list_, i) != city)) continue;
      if (cluster_ && list_ != List::graduates && cluster_of(p, list_, i) != cluster_) continue;
      if (open_ && !is_open(board, list_, i)) continue;
      if (unmatched_ && is_matched(p, i)) continue;
      rows_.push_back(
          {static_cast<std::uint32_t>(i), static_cast<float>(score_of(p, i).value_or(-1))});
    }
    std::stable_sort(rows_.begin(), rows_.end(),
                     [](const Row& a, const Row& b) { return a.score > b.score; });
  }

  void choose(List list, std::optional<std::size_t> index, const Programme& p) {
    list_ = list;
    chosen_ = index;
    chosen_id_ = index ? id_of(p, list, *index) : std::string();
    state_.explained.reset();
    reveal_ = index.has_value();
    to_top_ = true;
    again_ = true;
  }

  void keyboard(const Ui& ui) {
    if (ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopup)) return;
    if (!ui.escape()) return;
    if (ImGui::GetIO().WantTextInput) return;
    if (chosen_ || summary_) {
      chosen_.reset();
      chosen_id_.clear();
      summary_ = false;
      again_ = true;
    } else if (!text_.empty()) {
      text_.clear();
    }
  }

  float toolbar(Ui& ui, Workspace& workspace, const Rect& area, bool narrow);
  static void exports(Ui& ui, Workspace& workspace, RecordKind kind, ImVec2 at);
  void rows(Ui& ui, Workspace& workspace, const Rect& area);
  void row(Ui& ui, const Workspace& workspace, std::size_t at, const Rect& rect);
  void pane(Ui& ui, Workspace& workspace, const Rect& area, bool over);
  void empty(Ui& ui, Workspace& workspace, const Rect& area);
  static RecordKind kind_of(List list) { return static_cast<RecordKind>(list); }

  struct Row {
    std::uint32_t index = 0;
    float score = -1;
  };

  MatchingModel model_;
  MatchingState state_;
  List list_ = List::needs;
  std::size_t version_ = 0;
  std::optional<std::size_t> chosen_;
  std::string chosen_id_;
  roadshow::Camera camera_;  ///< wanted
  bool summary_ = false;     ///< on a narrow page: the whole is shown in the list's place
  bool reveal_ = false;
  bool to_top_ = false;
  int lasts_ = 0;       ///< frames that the work has taken
  bool again_ = false;  ///< one more frame
  std::string text_;
  std::optional<std::size_t> city_;
  std::optional<IndustryCluster> cluster_;
  bool open_ = false;
  bool unmatched_ = false;
  std::vector<std::string> hay_;
  List hay_list_ = List::needs;
  std::vector<Row> rows_;
  std::optional<Key> ran_;
};

void Matching::exports(Ui& ui, Workspace& workspace, RecordKind kind, ImVec2 at) {
  constexpr std::array kNames = {Str::matching_export_csv, Str::export_xlsx};
  constexpr std::array kFormats = {"needs-csv", "results-csv", "jobs-csv", "graduates-csv"};
  const int chosen = download_menu(ui, "exports", at, 240, kNames);
  if (chosen == 0) {
    workspace.wanted_export = {find_export_format(kFormats[static_cast<std::size_t>(kind)])};
  } else if (chosen == 1) {
    workspace.wanted_export = {nullptr};
  }
}

float Matching::toolbar(Ui& ui, Workspace& workspace, const Rect& area, bool narrow) {
  const Board& board = *workspace.board;
  const Programme& p = board.programme;
  const Theme& c = ui.theme();
  const float gutter = ui.px(narrow ? 12 : kGutter);
  const float left = area.x0 + gutter;
  const float right = area.x1 - (narrow ? gutter : ui.px(8));
  float y = area.y0 + ui.px(16);

  // Which list: side by side, or behind a button where that is too wide.
  constexpr std::array<Str, kLists> names = {Str::matching_needs, Str::matching_results,
                                             Str::matching_jobs, Str::matching_graduates,
                                             Str::matching_challenges};
  std::vector<std::string_view> labels;
  std::vector<std::string> long_labels;
  for (std::size_t i = 0; i < kLists; ++i) {
    labels.push_back(ui.t(names[i]));
    long_labels.push_back(std::string(ui.t(names[i])) + " " +
                          std::to_string(size_of(p, static_cast<List>(i))));
  }
  int list = -1;
  if (ui.segmented_width(labels) <= right - left) {
    list = ui.segmented("list", {left, y}, labels, static_cast<int>(list_));
    y += ui.px(40);
  } else {
    list = ui.combo("list", {left, y, right, y + ui.px(34)}, ui.t(Str::matching_list), long_labels,
                    static_cast<int>(list_));
    y += ui.px(42);
  }
  if (list >= 0 && static_cast<List>(list) != list_) choose(static_cast<List>(list), {}, p);

  // Search, a new posting, and on a narrow page the way to the whole.
  float x = right;
  const RecordKind kind = kind_of(list_);
  if (workspace.can_edit()) {
    constexpr std::array<Str, kLists> adds = {Str::matching_add_need, Str::matching_add_result,
                                              Str::matching_add_job, Str::matching_add_graduate,
                                              Str::matching_add_challenge};
    const char* add = ui.t(adds[static_cast<std::size_t>(kind)]);
    const float width = ui.measure(Type::body, add) + ui.px(44);
    if (!narrow && right - left - width > ui.px(190)) {
      if (ui.button("new", {x - width, y, x, y + ui.px(34)}, add, icon::plus)) {
        workspace.record = RecordEdit{kind, std::nullopt};
      }
      x -= width + ui.px(12);
    } else {
      if (ui.icon_button("new", {x - ui.px(17), y + ui.px(17)}, icon::plus, add)) {
        workspace.record = RecordEdit{kind, std::nullopt};
      }
      x -= ui.px(40);
    }
  }
  if (narrow && list_ != List::challenges) {
    if (ui.icon_button("whole", {x - ui.px(17), y + ui.px(17)}, icon::info,
                       ui.t(Str::matching_whole))) {
      summary_ = true;
      again_ = true;
    }
    x -= ui.px(40);
  }
  if (kind != RecordKind::challenge) {
    const float middle = x - ui.px(17);
    if (ui.icon_button("export", {middle, y + ui.px(17)}, icon::download,
                       ui.t(Str::matching_export))) {
      ImGui::OpenPopup("exports");
    }
    exports(ui, workspace, kind, {middle + ui.px(17), y + ui.px(38)});
    x -= ui.px(40);
  }
  const Rect search = {left, y, std::min(x, left + ui.px(420)), y + ui.px(34)};
  if (ui.wants_search()) ImGui::SetKeyboardFocusHere();
  if (ui.text_field("search", search, ui.t(Str::matching_search), text_,
                    ui.t(Str::matching_search))) {
    again_ = true;
  }
  y += ui.px(44);

  // Filters.
  x = left;
  float width = 0;
  const auto advance = [&](float wanted) {
    if (x + wanted > right && x > left) {
      x = left;
      y += ui.chip_height() + ui.px(8);
    }
  };
  const auto chip = [&](const char* id, const std::string& label, bool on) {
    advance(ui.measure(Type::small, label) + ui.px(24));
    const bool clicked = ui.chip(id, {x, y}, label, on, width);
    x += width + ui.px(8);
    again_ |= clicked;
    return clicked;
  };
  for (std::size_t i = 0; i < p.cities.size(); ++i) {
    ImGui::PushID(static_cast<int>(i));
    const bool on = city_ == i;
    if (chip("city", ui.in(p.cities[i].name), on)) city_ = on ? std::nullopt : std::optional(i);
    ImGui::PopID();
  }
  if (list_ != List::results && list_ != List::graduates &&
      chip("open", ui.t(Str::matching_open), open_)) {
    open_ = !open_;
  }
  if (list_ != List::challenges &&
      chip("unmatched", ui.t(Str::matching_filter_unmatched), unmatched_)) {
    unmatched_ = !unmatched_;
  }
  if (list_ != List::graduates) {
    std::vector<std::string> clusters = {ui.t(Str::matching_all_clusters)};
    int at = 0;
    for (const IndustryCluster cluster : kIndustryClusters) {
      clusters.push_back(ui.in(label_of(cluster)));
      if (cluster_ == cluster) at = static_cast<int>(clusters.size()) - 1;
    }
    const float wide = std::min(ui.px(210), right - left);
    advance(wide);
    const int now = ui.combo("cluster", {x, y, x + wide, y + ui.chip_height()},
                             ui.t(Str::posting_cluster), clusters, at);
    if (now >= 0) {
      cluster_ = now == 0 ? std::nullopt
                          : std::optional(kIndustryClusters[static_cast<std::size_t>(now) - 1]);
      again_ = true;
    }
    x += wide + ui.px(8);
  }
  // The count, and what is being computed.
  std::string said =
      ui.t(Str::items_count, {std::to_string(rows_.size()), std::to_string(size_of(p, list_))});
  const MatchingModel::Work work = model_.work();
  const auto percent = [this] {
    return " " + std::to_string(static_cast<int>(100 * model_.progress())) + "%";
  };
  switch (work) {
    case MatchingModel::Work::best:
      said = ui.t(Str::matching_working_best,
                  {std::to_string(model_.best_done()), std::to_string(p.needs.size())});
      break;
    case MatchingModel::Work::assignment:
      said = ui.t(Str::matching_working_assignment) + percent();
      break;
    case MatchingModel::Work::jobs:
      said = ui.t(Str::matching_working_jobs) + percent();
      break;
    case MatchingModel::Work::index:
      said = ui.t(Str::matching_working) + percent();
      break;
    case MatchingModel::Work::none:
      break;
  }
  const float said_width = ui.measure(Type::small, said);
  // What is over in a moment needs no way to stop it.
  lasts_ = work == MatchingModel::Work::none ? 0 : lasts_ + 1;
  const bool stoppable = lasts_ > 2;
  const char* steer = ui.t(model_.stopped() ? Str::matching_go_on : Str::matching_stop);
  const float steer_width =
      stoppable || model_.stopped() ? ui.measure(Type::small, steer) + ui.px(12) : 0;
  advance(said_width + steer_width + ui.px(4));
  if (steer_width > 0 && ui.link("steer",
                                 {right - said_width - steer_width,
                                  y + (ui.chip_height() - ui.size_of(Type::small)) / 2},
                                 Type::small, steer)) {
    if (model_.stopped()) {
      model_.go_on();
    } else {
      model_.stop();
      state_.many_jobs_wanted = false;
    }
    again_ = true;
  }
  ui.record(Role::status, {x, y, right, y + ui.chip_height()}, said);
  ui.draw({right - std::min(said_width, right - left),
           y + (ui.chip_height() - ui.size_of(Type::small)) / 2},
          Type::small, c.muted, said, right - left);
  return y + ui.chip_height() + ui.px(12);
}

void Matching::empty(Ui& ui, Workspace& workspace, const Rect& area) {
  const Theme& c = ui.theme();
  const float width = std::min(ui.px(560), area.width() - ui.px(48));
  const float x = std::round((area.x0 + area.x1 - width) / 2);
  float y = area.y0 + ui.px(56);
  ui.icon({(area.x0 + area.x1) / 2, y}, 40, c.muted, icon::handshake);
  y += ui.px(44);
  const char* title = ui.t(Str::matching_none);
  ui.say({std::round((area.x0 + area.x1 - ui.measure(Type::title, title)) / 2), y}, Type::title,
         c.text, title, width);
  y += ui.px(32);
  y += ui.paragraph({x, y}, Type::body, c.muted, ui.t(Str::matching_none_why), width) + ui.px(16);
  struct Action {
    const char* id;
    Str label;
    const char* glyph;
  };
  constexpr std::array<Action, 2> actions = {
      {{"add-first", Str::matching_add_need, icon::plus},
       {"open-file", Str::matching_open_file, icon::folder_open}}};
  float bx = x;
  for (const Action& action : actions) {
    if (action.glyph == icon::plus && !workspace.can_edit()) continue;
    const float wide = ui.measure(Type::body, ui.t(action.label)) + ui.px(56);
    if (bx > x && bx + wide > x + width) {
      bx = x;
      y += ui.px(44);
    }
    if (ui.button(action.id, {bx, y, bx + wide, y + ui.px(36)}, ui.t(action.label), action.glyph,
                  bx <= x)) {
      if (action.glyph == icon::plus) {
        workspace.record = RecordEdit{RecordKind::need, std::nullopt};
      } else {
        workspace.host.choose_file();
      }
    }
    bx += wide + ui.px(12);
  }
}

void Matching::rows(Ui& ui, Workspace& workspace, const Rect& area) {
  const Theme& c = ui.theme();
  const Programme& p = workspace.board->programme;
  const bool narrow = area.x1 >= ImGui::GetIO().DisplaySize.x;  // nothing stands beside it
  const float gutter = ui.px(narrow ? 12 : kGutter);
  const Rect frame = {area.x0 + gutter, area.y0, area.x1 - (narrow ? gutter : ui.px(8)),
                      area.y1 - ui.px(16)};
  if (frame.height() < ui.px(80) || frame.width() < ui.px(80)) return;
  ui.fill(frame, c.surface, 10);
  if (rows_.empty()) {
    ui.frame(frame, c.line, 10);
    const char* none = ui.t(size_of(p, list_) == 0 ? Str::matching_list_none : Str::items_no_match);
    const float width = ui.measure(Type::body, none);
    ui.say(
        {std::max(frame.x0 + ui.px(12), (frame.x0 + frame.x1 - width) / 2), frame.y0 + ui.px(48)},
        Type::body, c.muted, none, frame.width() - ui.px(24));
    return;
  }
  ImGui::SetCursorScreenPos({frame.x0 + ui.hairline(), frame.y0 + ui.px(4)});
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
  ImGui::BeginChild("rows", {frame.width() - 2 * ui.hairline(), frame.height() - ui.px(8)},
                    ImGuiChildFlags_None, ImGuiWindowFlags_NoBackground);
  const float height = ui.px(kRow);

  // Arrow keys walk the rows, also while typing.
  if (!ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopup) &&
      (!ImGui::IsAnyItemActive() || ImGui::GetIO().WantTextInput) && !ImGui::IsAnyItemFocused()) {
    int step = 0;
    if (ImGui::IsKeyPressed(ImGuiKey_DownArrow)) step = 1;
    if (ImGui::IsKeyPressed(ImGuiKey_UpArrow)) step = -1;
    if (step != 0) {
      std::ptrdiff_t at = step > 0 ? -1 : static_cast<std::ptrdiff_t>(rows_.size());
      for (std::size_t i = 0; chosen_ && i < rows_.size(); ++i) {
        if (rows_[i].index == *chosen_) at = static_cast<std::ptrdiff_t>(i);
      }
      at = std::clamp<std::ptrdiff_t>(at + step, 0, static_cast<std::ptrdiff_t>(rows_.size()) - 1);
      choose(list_, rows_[static_cast<std::size_t>(at)].index, p);
    }
  }
  if (reveal_ && chosen_) {
    reveal_ = false;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (rows_[i].index != *chosen_) continue;
      const float top = static_cast<float>(i) * height;
      const float seen = ImGui::GetWindowHeight();
      const float scroll = ImGui::GetScrollY();
      if (top < scroll) ImGui::SetScrollY(top);
      if (top + height > scroll + seen) ImGui::SetScrollY(top + height - seen);
    }
  }
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(rows_.size()), height);
  while (clipper.Step()) {
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
      const ImVec2 at = ImGui::GetCursorScreenPos();
      const float wide = ImGui::GetContentRegionAvail().x;
      const Rect rect = {at.x, at.y, at.x + wide, at.y + height};
      ImGui::PushID(static_cast<int>(rows_[static_cast<std::size_t>(i)].index));
      const std::size_t before = ui.semantics.size();
      row(ui, workspace, static_cast<std::size_t>(i), rect);
      ui.semantics.place(before, static_cast<std::size_t>(i), rows_.size());
      ImGui::PopID();
      ImGui::SetCursorScreenPos(at);
      ImGui::Dummy({wide, height});
    }
  }
  ImGui::EndChild();
  ImGui::PopStyleVar();
  ui.frame(frame, c.line, 10);
}

void Matching::row(Ui& ui, const Workspace& workspace, std::size_t at, const Rect& rect) {
  const Board& board = *workspace.board;
  const Programme& p = board.programme;
  const Theme& c = ui.theme();
  const std::size_t i = rows_[at].index;
  const float score = rows_[at].score;
  const bool chosen = chosen_ == i;
  const Hit h = ui.hit("row", rect);
  const Rect inner = {rect.x0 + ui.px(4), rect.y0, rect.x1 - ui.px(4), rect.y1 - ui.hairline()};
  if (chosen || h.hovered || h.focused) ui.fill(inner, chosen ? c.selected : c.hover, 6);
  ui.fill({rect.x0 + ui.px(12), rect.y1 - ui.hairline(), rect.x1 - ui.px(12), rect.y1}, c.line);
  const float right = rect.x1 - ui.px(16);
  const float figure_width = ui.px(64);
  float x = rect.x0 + ui.px(16);
  const auto city = board.index.city(city_of(p, list_, i));
  if (city) {
    ui.city_tag({x, rect.y0 + ui.px(10)}, *city, p.cities[*city].name);
  } else {
    // Where it is isn't known: the place of the tag stays free, with a dashed ring.
    ui.mark({x + ui.city_tag_size() / 2, rect.y0 + ui.px(19)}, 14, Status::unknown);
  }
  x += ui.city_tag_size() + ui.px(8);
  const bool graduate = list_ == List::graduates;
  const std::string title = graduate ? id_of(p, list_, i) + " " + ui.in(title_of(p, list_, i))
                                     : ui.in(title_of(p, list_, i));
  ui.draw({x, rect.y0 + ui.px(11)}, Type::body, c.text, title, right - figure_width - x);
  // Below: number, who, cluster, and whether it is closed.
  std::string below = graduate ? std::string() : id_of(p, list_, i);
  const auto add = [&below](const std::string& text) {
    if (text.empty()) return;
    if (!below.empty()) below += " · ";
    below += text;
  };
  if (!is_open(board, list_, i)) add(ui.t(Str::matching_closed_short));
  if (graduate && p.graduates[i].degree) add(ui.in(label_of(*p.graduates[i].degree)));
  if (!owner_of(p, list_, i).empty()) add(ui.in(owner_of(p, list_, i)));
  if (const auto cluster = cluster_of(p, list_, i)) add(ui.in(label_of(*cluster)));
  ui.draw({x, rect.y0 + ui.px(34)}, Type::small, c.muted, below, right - figure_width - x);
  // How well it is served.
  std::string figure;
  if (list_ == List::jobs) {
    const auto* jobs = model_.jobs(state_.proposer);
    figure = jobs == nullptr ? ""
                             : std::to_string(jobs->jobs[i].graduates.size()) + "/" +
                                   std::to_string(p.jobs[i].quota);
  } else if (score >= 0) {
    figure = points_text(static_cast<double>(score));
  }
  const float bar_y = rect.y0 + ui.px(40);
  if (!figure.empty()) {
    ui.draw({right - ui.measure(Type::strong, figure), rect.y0 + ui.px(12)}, Type::strong, c.text,
            figure);
    ui.progress_bar({right - ui.px(52), bar_y - ui.px(2), right, bar_y + ui.px(2)},
                    std::max(0.0F, score), c.accent);
  } else if (model_.work() == MatchingModel::Work::none) {
    const char* none = ui.t(Str::matching_unmatched_short);
    ui.draw({right - ui.measure(Type::caption, none), rect.y0 + ui.px(13)}, Type::caption, c.muted,
            none);
    figure = none;
  }
  std::string said = figure;
  if (!said.empty() && !below.empty()) said += " · ";
  said += below;
  if (Node* node = ui.record(Role::row, rect,
                             id_of(p, list_, i) + " " + ui.in(title_of(p, list_, i)), said)) {
    node->selected = chosen;
    node->focused = h.focused;
  }
  if (h.clicked) choose(list_, i, p);
}

void Matching::pane(Ui& ui, Workspace& workspace, const Rect& area, bool over) {
  const Theme& c = ui.theme();
  const Programme& p = workspace.board->programme;
  const Rect frame = {area.x0 + ui.px(over ? 12 : 8), area.y0 + ui.px(16),
                      area.x1 - ui.px(over ? 12 : kGutter), area.y1 - ui.px(16)};
  ui.fill(frame, c.surface, 10);
  ui.frame(frame, c.line, 10);
  const float pad = ui.px(20);
  float top = frame.y0 + ui.px(14);
  const std::size_t at = chosen_.value_or(0);
  std::string title;
  if (chosen_) {
    title = id_of(p, list_, at) + " " + ui.in(title_of(p, list_, at));
  } else {
    constexpr std::array<Str, kLists> names = {Str::matching_title_needs, Str::matching_title_needs,
                                               Str::matching_title_jobs, Str::matching_title_jobs,
                                               Str::matching_challenges};
    title = ui.t(names[static_cast<std::size_t>(list_)]);
  }
  ui.record(Role::region, frame, title);
  float right = frame.x1 - pad;
  bool close = false;
  if (chosen_ || over) {
    close =
        ui.icon_button("close", {right - ui.px(12), top + ui.px(12)}, icon::x, ui.t(Str::close));
    right -= ui.px(36);
  }
  if (chosen_ && workspace.can_edit()) {
    if (ui.icon_button("edit", {right - ui.px(12), top + ui.px(12)}, icon::pencil,
                       ui.t(Str::edit))) {
      workspace.record = RecordEdit{kind_of(list_), at};
    }
    right -= ui.px(36);
  }
  const float title_height = ui.paragraph({frame.x0 + pad, top + ui.px(2)}, Type::title, c.text,
                                          title, right - frame.x0 - pad, 2);
  ui.record(Role::heading, {frame.x0 + pad, top, right, top + title_height}, title);
  top += std::max(title_height, ui.px(24)) + ui.px(8);
  if (chosen_) {
    // City, cluster, and whether it is over.
    float x = frame.x0 + pad;
    float width = 0;
    const auto tag = [&](const std::string& label) {
      if (x > frame.x0 + pad && x + ui.tag_width(label) > frame.x1 - pad) return;
      ui.tag({x, top}, label, c.text, c.sunken, width);
      x += width + ui.px(6);
    };
    if (const std::string city = city_of(p, list_, at); !city.empty()) {
      tag(city_text(ui, *workspace.board, city));
    }
    if (const auto cluster = cluster_of(p, list_, at)) tag(ui.in(label_of(*cluster)));
    if (!is_open(*workspace.board, list_, at)) tag(ui.t(Str::matching_closed_short));
    if (x > frame.x0 + pad) top += ui.px(32);
  }

  ImGui::SetCursorScreenPos({frame.x0 + ui.px(4), top});
  ImGui::PushID(static_cast<int>(list_));
  ImGui::BeginChild("pane", {frame.width() - ui.px(8), frame.y1 - ui.px(8) - top},
                    ImGuiChildFlags_None, ImGuiWindowFlags_NoBackground);
  if (to_top_) ImGui::SetScrollY(0);
  to_top_ = false;
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  Pen pen{ui, workspace, frame.x0 + pad, frame.x1 - pad - ui.px(4), origin.y + ui.px(4)};
  std::optional<MatchingLink> link;
  const std::size_t revision = model_.revision();
  const matching::Proposer proposer = state_.proposer;
  const bool asked = model_.wants_assignment();
  if (!chosen_) {
    if (of_needs()) draw_need_summary(pen, model_);
    if (of_jobs()) draw_job_summary(pen, model_, state_);
    if (list_ == List::challenges) pen.note(ui.t(Str::matching_challenge_pick));
  } else {
    switch (list_) {
      case List::needs:
        link = draw_need(pen, model_, state_, at);
        break;
      case List::results:
        link = draw_result(pen, model_, at);
        break;
      case List::jobs:
        link = draw_job(pen, model_, state_, at);
        break;
      case List::graduates:
        link = draw_graduate(pen, model_, state_, at);
        break;
      case List::challenges:
        draw_challenge(pen, state_, at);
        break;
    }
  }
  again_ |= revision != model_.revision() || proposer != state_.proposer ||
            asked != model_.wants_assignment();
  ask();
  ImGui::SetCursorScreenPos({origin.x, pen.y + ui.px(16)});
  ImGui::Dummy({1, 1});
  ImGui::EndChild();
  ImGui::PopID();
  if (close) {
    chosen_.reset();
    chosen_id_.clear();
    summary_ = false;
    again_ = true;
  }
  if (link) choose(link->list, link->index, p);
}

}  // namespace

std::unique_ptr<View> make_matching_view() {
  return std::make_unique<Matching>();
}

}  // namespace tc::ui
