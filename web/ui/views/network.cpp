#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "core/alliance/analysis.hpp"
#include "core/alliance/layout_force.hpp"
#include "core/alliance/layout_layered.hpp"
#include "core/exchange/chain_svg.hpp"
#include "core/exchange/graphml.hpp"
#include "core/exchange/network_svg.hpp"
#include "core/roadshow/camera.hpp"
#include "imgui_internal.h"
#include "web/ui/dialog.hpp"
#include "web/ui/icons.gen.hpp"
#include "web/ui/panel_flow.hpp"
#include "web/ui/views/view.hpp"

namespace tc::ui {

namespace {

using alliance::Analysis;
using alliance::kNone;
using alliance::Point;

std::string lowered(std::string_view text) {
  std::string low(text);
  for (char& c : low) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return low;
}

/// The industry alliances (产业联盟): an alliance's chain or all its ties as a picture that can be
/// searched and taken apart, and beside it what the analyses say of it.
class NetworkView : public View {
 public:
  void draw(Ui& ui, Workspace& workspace, const Rect& area) override {
    const Board& board = *workspace.board;
    const Programme& programme = board.programme;
    workspace_ = &workspace;
    if (version_ != board.version) prepare(board);
    if (!camera_.empty()) look();
    keyboard(ui);
    const bool wide = area.width() >= ui.px(960);
    Rect left = area;
    if (wide) {
      left.x1 -= std::round(std::clamp(area.width() * 0.3F, ui.px(340), ui.px(460)));
    }
    const float top = toolbar(ui, workspace, left, !wide);
    const float gutter = ui.px(area.width() < ui.px(600) ? 12 : 24);
    if (wide || !panel_only_) {
      canvas(ui, programme,
             {left.x0 + gutter, top, left.x1 - (wide ? ui.px(16) : gutter), left.y1 - ui.px(16)});
    }
    if (wide || panel_only_) {
      panel(ui, programme,
            wide ? Rect{left.x1, area.y0 + ui.px(16), area.x1 - gutter, area.y1 - ui.px(16)}
                 : Rect{left.x0 + gutter, top, left.x1 - gutter, left.y1 - ui.px(16)});
    }
    // By id, as places in lists don't outlast a change of the board.
    mind_ = selected_ == kNone ? std::string() : base_->network.member(selected_).id;
    known_members_ = programme.members.size();
    if (unfinished()) {
      workspace.moving = arranging();
      workspace.work = [this, &host = workspace.host] { return work(host); };
    }
  }

  /// What is in view, in the layout's units, so that it fits any screen.
  std::string camera() const override {
    if (programme_ == nullptr || window_.width() <= 0) return {};
    roadshow::Camera camera;
    camera.emplace_back("alliance", choice_ > 0 ? programme_->alliances[choice_ - 1].id : "*");
    camera.emplace_back("layout", free_ ? "free" : "chain");
    std::string letters;
    for (const auto& [letter, shown] : marks()) {
      if (this->*shown) letters += letter;
    }
    camera.emplace_back("marks", letters.empty() ? "-" : letters);
    if (selected_ != kNone) {
      camera.emplace_back("member", programme_->members[base_->network.members[selected_]].id);
      roadshow::put(camera, "hops", hops_);
    }
    if (!fitted_) {
      const Fitting fitting = fitting_now();
      const Point centre = fitting.undone(centre_);
      double width = window_.width() / (zoom_ * scale_ * fitting.x);
      double height = window_.height() / (zoom_ * scale_ * fitting.y);
      if (fitting.turned) std::swap(width, height);
      roadshow::put(camera, "x", centre.x);
      roadshow::put(camera, "y", centre.y);
      roadshow::put(camera, "width", width);
      roadshow::put(camera, "height", height);
    }
    return roadshow::write_camera(camera);
  }

  void set_camera(std::string_view text) override { camera_ = roadshow::parse_camera(text); }

 private:
  /// What can be marked in the picture, by the letters of a camera.
  static constexpr std::array<std::pair<char, bool NetworkView::*>, 4> marks() {
    return {{{'n', &NetworkView::show_bottleneck_},
             {'c', &NetworkView::show_cut_points_},
             {'b', &NetworkView::show_bridges_},
             {'s', &NetworkView::show_single_}}};
  }

  /// Takes the wanted camera over; the part of the picture when its size is known.
  void look() {
    std::size_t choice = choice_;
    if (roadshow::text_in(camera_, "alliance") == "*") choice = 0;
    if (const auto i = roadshow::id_in(camera_, "alliance", programme_->alliances)) choice = *i + 1;
    if (choice != choice_) {
      choice_ = choice;
      free_ = false;
      load(*programme_);
    }
    const std::string_view layout = roadshow::text_in(camera_, "layout");
    if (layout == "free") free_ = true;
    if (layout == "chain" && has_chain_) {
      free_ = false;
      lay_chain();
    }
    if (const std::string_view letters = roadshow::text_in(camera_, "marks"); !letters.empty()) {
      for (const auto& [letter, shown] : marks()) {
        this->*shown = letters.find(letter) != std::string_view::npos;
      }
    }
    hops_ =
        static_cast<int>(std::clamp(roadshow::number_in(camera_, "hops").value_or(0), 0.0, 3.0));
    const auto member = roadshow::id_in(camera_, "member", programme_->members);
    select(member ? node_of_member_[*member] : kNone);
    const auto x = roadshow::number_in(camera_, "x");
    const auto y = roadshow::number_in(camera_, "y");
    const auto width = roadshow::number_in(camera_, "width");
    const auto height = roadshow::number_in(camera_, "height");
    fit_ = !width.has_value();
    window_wanted_.reset();
    if (x && y && width && height && *width > 0 && *height > 0) {
      window_wanted_ = {{*x, *y}, *width, *height};
    }
    camera_.clear();
  }

  /// How a layout is turned and stretched to the shape of the screen.
  struct Fitting {
    bool turned = false;  ///< by a quarter
    double x = 1;
    double y = 1;
    Point done(Point at) const {
      if (turned) at = {-at.y, at.x};
      return {at.x * x, at.y * y};
    }
    Point undone(Point at) const {
      at = {at.x / x, at.y / y};
      return turned ? Point{at.y, -at.x} : at;
    }
  };

  /// Part of the picture, in the layout's units.
  struct Window {
    Point centre;
    double width = 0;
    double height = 0;
  };

  void look_at(const Window& window, const Rect& rect) {
    const Fitting fitting = fitting_now();
    centre_ = fitting.done(window.centre);
    const double width = (fitting.turned ? window.height : window.width) * fitting.x;
    const double height = (fitting.turned ? window.width : window.height) * fitting.y;
    const double zoom = std::min(rect.width() / width, rect.height() / height);
    zoom_ = std::clamp(zoom / scale_, 0.02, 8.0);
    stay();
  }

  /// What is in view is what somebody wants to see, no longer all of the picture.
  void stay() { fit_ = fitted_ = false; }

  enum NodeMark : unsigned char { kCutPoint = 1, kNarrow = 2, kSoleSupplier = 4, kAway = 8 };
  enum LinkMark : unsigned char { kBridge = 1, kCut = 2, kSole = 4 };
  enum class Page { suggestions, analyses, members };

  // ------------------------------------------------------------------ what is shown

  void prepare(const Board& board) {
    const Programme& programme = board.programme;
    const bool first = version_ == 0;
    version_ = board.version;
    if (first || choice_ > programme.alliances.size()) {
      // Where there is something to see; without any chain, all members together.
      choice_ = 0;
      for (std::size_t i = 0; i < programme.alliances.size() && choice_ == 0; ++i) {
        const auto network = alliance::make_network(programme, {programme.alliances[i].id, {}});
        if (network && network->size() > 0 && !programme.alliances[i].stages.empty()) {
          choice_ = i + 1;
        }
      }
    }
    load(programme);
    if (first || seen_ != programme.id) {
      seen_ = programme.id;
      return;
    }
    // One goes on where one was, or with the member that was just added.
    const bool added = programme.members.size() == known_members_ + 1;
    const std::string& wanted = added ? programme.members.back().id : mind_;
    const auto found = base_->network.node_of.find(wanted);
    if (found != base_->network.node_of.end()) select(found->second);
  }

  void load(const Programme& programme) {
    programme_ = &programme;
    alliance::Selection selection;
    if (choice_ > 0) selection.alliance = programme.alliances[choice_ - 1].id;
    after_.reset();
    central_.reset();
    base_ = alliance::analyse(programme, selection, {false});
    without_.clear();
    selected_ = hovered_ = dragged_ = kNone;
    hops_ = 0;
    spot_members_.clear();
    spot_links_.clear();
    const alliance::Network& network = base_->network;
    const std::uint32_t n = network.size();
    node_of_member_.assign(programme.members.size(), kNone);
    for (std::uint32_t i = 0; i < n; ++i) node_of_member_[network.members[i]] = i;
    link_of_chain_.assign(programme.chain_links.size(), kNone);
    for (std::uint32_t i = 0; i < network.links.size(); ++i) {
      link_of_chain_[network.links[i].link] = i;
    }
    force_.reset();
    layered_.reset();
    stretch_ = 0;
    fitting_.reset();
    shift_.assign(n, {});
    has_chain_ = !base_->stages.empty() && n > 0;
    if (!has_chain_) free_ = true;
    if (!free_) lay_chain();
    fit_ = true;
    near_.assign(n, 1);
    betweenness_.clear();
    if (n > 0) central_ = std::make_unique<graph::Betweenness>(base_->graph);
    mark();
    search();
  }

  void lay_chain() {
    if (layered_ || !has_chain_) return;
    drawing_ = alliance::chain_drawing(base_->network);
    alliance::LayerOptions options;
    options.column_step = 230;
    options.node_gap = 20;
    options.least_node = 12;
    options.largest_node = 120;
    options.bank_gap = 64;
    layered_ = alliance::layer_layout(drawing_.nodes, drawing_.edges, options);
    for (std::size_t i = 0; i < layered_->nodes.size(); ++i) {
      const alliance::NodeBox& box = layered_->nodes[i];
      // Members that the drawing leaves out have no height; they are still to be found.
      if (box.height <= 0) shift_[i] = {};
    }
  }

  /// A chain is wide and low; it may be up to so many times as high where there is room.
  void stretch_to(const Ui& ui, const Rect& rect) {
    constexpr double kMost = 2.5;
    const double width = rect.width() - ui.px(120);
    const double height = rect.height() - ui.px(110);
    const double before = height_unit();
    stretch_ = 1;
    if (width > 0 && height > 0 && layered_->height > 0) {
      const double natural = layered_->height / before;
      stretch_ = std::clamp(height / natural * (layered_->width + 150) / width, 1.0, kMost);
    }
    alliance::stretch(*layered_, stretch_ / before);
  }
  /// Of a chain's vertical lengths, in those that don't hang on the screen.
  double height_unit() const { return boxed() && stretch_ > 0 ? stretch_ : 1; }

  Fitting fitting_now() const {
    if (free_) return fitting_.value_or(Fitting{});
    return {false, 1, height_unit()};
  }

  /// A free layout knows no screen: it is turned so that its long side lies along the screen's, and
  /// stretched a little to fill it.
  void fit_to(const Ui& ui, const Rect& rect) {
    constexpr double kMost = 1.8;
    constexpr double kGain = 1.1;  // less isn't worth turning, as it would jump to and fro
    double x0 = 1e300;
    double y0 = 1e300;
    double x1 = -1e300;
    double y1 = -1e300;
    for (const Point at : force_->places()) {
      x0 = std::min(x0, at.x);
      x1 = std::max(x1, at.x);
      y0 = std::min(y0, at.y);
      y1 = std::max(y1, at.y);
    }
    Fitting fitting = fitting_.value_or(Fitting{});
    double wide = std::max(16.0, x1 - x0);
    double high = std::max(16.0, y1 - y0);
    const double width = std::max(1.0F, rect.width() - names_room(ui, rect));
    const double height = std::max(1.0F, rect.height() - ui.px(60));
    const double plain = std::min(width / wide, height / high);
    const double turned = std::min(width / high, height / wide);
    if (turned > plain * kGain) fitting.turned = true;
    if (plain > turned * kGain) fitting.turned = false;
    if (fitting.turned) std::swap(wide, high);
    const double room = (width / wide) / (height / high);
    fitting.x = std::clamp(room, 1.0, kMost);
    fitting.y = std::clamp(1 / room, 1.0, kMost);
    fitting_ = fitting;
  }
  /// In a free layout, for the names that stand right of the members.
  static float names_room(const Ui& ui, const Rect& rect) {
    return std::min(ui.px(170), rect.width() * 0.35F) + ui.px(40);
  }

  void lay_free() {
    if (force_) return;
    std::vector<graph::Edge> edges;
    edges.reserve(base_->network.links.size());
    for (const alliance::NetworkLink& link : base_->network.links) {
      edges.push_back({link.from, link.to});
    }
    alliance::ForceOptions options;
    // Members without links would drift far away from the few others.
    if (base_->network.size() <= 200) {
      options.gravity = 0.3;
      options.loose = 3;
    }
    force_ = std::make_unique<alliance::ForceLayout>(base_->network.size(), edges, options);
  }

  /// What changed by members' leaving is computed anew; the picture keeps its places.
  void leave(const std::string& id) {
    const auto found = std::find(without_.begin(), without_.end(), id);
    if (found == without_.end()) {
      without_.push_back(id);
    } else {
      without_.erase(found);
    }
    after_.reset();
    if (!without_.empty()) {
      alliance::Selection selection;
      if (choice_ > 0) selection.alliance = programme_->alliances[choice_ - 1].id;
      selection.without = without_;
      after_ = alliance::analyse(*programme_, selection, {false});
      impact_ = alliance::impact_of(*base_, *after_);
    }
    mark();
  }

  const Analysis& shown() const { return after_ ? *after_ : *base_; }
  std::uint32_t here(const Analysis& analysis, std::uint32_t node) const {
    return node_of_member_[analysis.network.members[node]];
  }
  std::uint32_t link_here(const Analysis& analysis, std::uint32_t link) const {
    return link_of_chain_[analysis.network.links[link].link];
  }

  /// Marks of the nodes and links of the picture after the analysis that is shown.
  void mark() {
    const Analysis& a = shown();
    node_marks_.assign(base_->network.size(), 0);
    link_marks_.assign(base_->network.links.size(), 0);
    for (const graph::Cut& cut : a.connectivity.articulation) {
      node_marks_[here(a, cut.id)] |= kCutPoint;
    }
    for (const std::uint32_t node : a.bottleneck.members) node_marks_[here(a, node)] |= kNarrow;
    for (const std::uint32_t link : a.bottleneck.links) link_marks_[link_here(a, link)] |= kCut;
    for (const alliance::Input& input : a.single_source) {
      if (input.supplier) node_marks_[here(a, *input.supplier)] |= kSoleSupplier;
      for (const std::uint32_t link : input.links) link_marks_[link_here(a, link)] |= kSole;
    }
    std::unordered_set<std::uint64_t> bridges;
    const auto key = [](std::uint32_t from, std::uint32_t to) {
      return (static_cast<std::uint64_t>(std::min(from, to)) << 32U) | std::max(from, to);
    };
    for (const graph::Cut& bridge : a.connectivity.bridges) {
      const graph::Edge& edge = a.graph.edges()[bridge.id];
      bridges.insert(key(edge.a, edge.b));
    }
    for (std::uint32_t i = 0; i < a.network.links.size(); ++i) {
      const alliance::NetworkLink& link = a.network.links[i];
      if (bridges.count(key(link.from, link.to)) > 0) link_marks_[link_here(a, i)] |= kBridge;
    }
    for (const std::string& id : without_) {
      const auto found = base_->network.node_of.find(id);
      if (found != base_->network.node_of.end()) node_marks_[found->second] |= kAway;
    }
  }

  void search() {
    matches_.clear();
    match_ = 0;
    const std::string wanted = lowered(query_);
    matched_.assign(base_->network.size(), 0);
    for (std::uint32_t i = 0; i < base_->network.size(); ++i) {
      const Member& member = base_->network.member(i);
      if (wanted.empty() || lowered(member.name.zh).find(wanted) != std::string::npos ||
          lowered(member.name.en).find(wanted) != std::string::npos) {
        matches_.push_back(i);
        matched_[i] = wanted.empty() ? 0 : 1;
      }
    }
  }

  /// Breadth first from the chosen member, as far as the wanted number of links.
  void neighbourhood() {
    const std::uint32_t n = base_->network.size();
    if (selected_ == kNone || hops_ == 0) {
      near_.assign(n, 1);
      return;
    }
    near_.assign(n, 0);
    std::vector<std::uint32_t> queue = {selected_};
    near_[selected_] = 1;
    std::size_t begin = 0;
    for (int hop = 0; hop < hops_; ++hop) {
      const std::size_t end = queue.size();
      for (; begin < end; ++begin) {
        for (const std::uint32_t next : base_->graph.neighbours(queue[begin])) {
          if (near_[next] != 0) continue;
          near_[next] = 1;
          queue.push_back(next);
        }
      }
    }
  }

  void select(std::uint32_t node) {
    selected_ = node;
    spot_members_.clear();
    spot_links_.clear();
    neighbourhood();
  }

  bool arranging() const { return free_ && force_ && !force_->settled(); }
  bool unfinished() const {
    return base_ && base_->network.size() > 0 && (arranging() || (central_ && !central_->done()));
  }

  /// A piece of what goes on by itself; whether there is more.
  bool work(Host& host) {
    if (arranging()) {
      work_a_piece(host, [this] { return force_->step(kSlice); });
    } else if (unfinished()) {
      const std::uint32_t cost =
          base_->network.size() + static_cast<std::uint32_t>(base_->graph.edges().size());
      const std::uint32_t slice = std::max(1U, 50'000U / cost);
      work_a_piece(host, [this, slice] { return central_->step(slice); });
      if (central_->done()) betweenness_ = central_->values();
    }
    return unfinished();
  }

  // ------------------------------------------------------------------ controls

  void keyboard(const Ui& ui) {
    if (ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopup)) return;
    if (ui.wants_search()) focus_search_ = true;
    if (ImGui::GetIO().WantTextInput) return;
    if (ui.escape()) select(kNone);
    if (ImGui::IsKeyPressed(ImGuiKey_Equal) || ImGui::IsKeyPressed(ImGuiKey_KeypadAdd)) {
      zoom_by(1.25, centre_);
    }
    if (ImGui::IsKeyPressed(ImGuiKey_Minus) || ImGui::IsKeyPressed(ImGuiKey_KeypadSubtract)) {
      zoom_by(0.8, centre_);
    }
    if (ImGui::IsKeyPressed(ImGuiKey_0, false)) fit_ = true;
  }

  float toolbar(Ui& ui, Workspace& workspace, const Rect& area, bool narrow) {
    const Theme& c = ui.theme();
    const Programme& programme = *programme_;
    const float gutter = ui.px(area.width() < ui.px(600) ? 12 : 24);
    const float right = area.x1 - (narrow ? gutter : ui.px(16));
    const float row = ui.px(34);
    float x = area.x0 + gutter;
    float y = area.y0 + ui.px(16);
    const auto room_for = [&](float width) {
      if (x + width > right && x > area.x0 + gutter) {
        x = area.x0 + gutter;
        y += row + ui.px(8);
      }
    };
    std::vector<std::string> names = {ui.t(Str::network_all)};
    for (const Alliance& each : programme.alliances) names.push_back(ui.in(each.title));
    const float combo = std::min(ui.px(240), right - x);
    const int chosen = ui.combo("alliance", {x, y, x + combo, y + row}, ui.t(Str::network_alliance),
                                names, static_cast<int>(choice_));
    if (chosen >= 0 && static_cast<std::size_t>(chosen) != choice_) {
      choice_ = static_cast<std::size_t>(chosen);
      free_ = false;
      load(programme);
    }
    x += combo + ui.px(12);

    if (narrow) {
      const std::vector<std::string_view> parts = {ui.t(Str::network_picture),
                                                   ui.t(Str::network_analysis)};
      const float width = ui.segmented_width(parts);
      room_for(width);
      const int part = ui.segmented("part", {x, y + ui.px(2)}, parts, panel_only_ ? 1 : 0);
      if (part >= 0) panel_only_ = part == 1;
      x += width + ui.px(12);
    }
    if (has_chain_) {
      const std::vector<std::string_view> layouts = {ui.t(Str::network_chain),
                                                     ui.t(Str::network_free)};
      const float width = ui.segmented_width(layouts);
      room_for(width);
      const int layout = ui.segmented("layout", {x, y + ui.px(2)}, layouts, free_ ? 1 : 0);
      if (layout >= 0) {
        free_ = layout == 1;
        if (!free_) lay_chain();
        fit_ = true;
        panel_only_ = false;
      }
      x += width + ui.px(12);
    }
    // Buttons for the picture, at the right end of the row.
    const float buttons = ui.px(38) * 4;
    room_for(ui.px(160) + buttons);
    const Rect field = {x, y, std::max(x + ui.px(100), std::min(x + ui.px(280), right - buttons)),
                        y + row};
    if (focus_search_) {
      ImGui::SetKeyboardFocusHere();
      focus_search_ = false;
    }
    if (ui.text_field("search", field, ui.t(Str::network_search), query_,
                      ui.t(Str::network_search))) {
      search();
      if (!query_.empty()) page_ = Page::members;
    }
    if (!query_.empty() && ImGui::IsItemFocused() && ImGui::IsKeyPressed(ImGuiKey_Enter, false)) {
      go_to_match();
    }
    float bx = right - ui.px(17);
    const auto tool = [&](const char* id, const char* glyph, Str name) {
      const bool clicked = ui.icon_button(id, {bx, y + row / 2}, glyph, ui.t(name));
      bx -= ui.px(38);
      return clicked;
    };
    if (tool("export", icon::download, Str::network_export)) ImGui::OpenPopup("exports");
    exports(ui, workspace, {bx + ui.px(55), y + row + ui.px(4)});
    if (tool("fit", icon::maximize_2, Str::network_fit)) fit_ = true;
    if (tool("in", icon::zoom_in, Str::network_zoom_in)) zoom_by(1.4, centre_);
    if (tool("out", icon::zoom_out, Str::network_zoom_out)) zoom_by(1 / 1.4, centre_);
    y += row + ui.px(8);
    x = area.x0 + gutter;
    if (narrow && panel_only_) return y;

    // What stands out, and how far around the chosen member.
    float width = 0;
    const auto toggle = [&](const char* id, Str name, std::size_t count, bool& on) {
      const std::string label = std::string(ui.t(name)) + " " + std::to_string(count);
      room_for(ui.measure(Type::small, label) + ui.px(24));
      if (ui.chip(id, {x, y}, label, on, width)) on = !on;
      x += width + ui.px(8);
    };
    const Analysis& a = shown();
    toggle("bottleneck", Str::network_bottleneck,
           a.bottleneck.links.size() + a.bottleneck.members.size(), show_bottleneck_);
    toggle("cut-points", Str::network_cut_points, a.connectivity.articulation.size(),
           show_cut_points_);
    toggle("bridges", Str::network_bridges, a.connectivity.bridges.size(), show_bridges_);
    toggle("single", Str::network_single, a.single_source.size(), show_single_);
    if (selected_ != kNone) {
      const std::vector<std::string_view> hops = {ui.t(Str::network_hops_all), "1", "2", "3"};
      const char* label = ui.t(Str::network_hops);
      const float label_width = ui.measure(Type::small, label) + ui.px(8);
      room_for(label_width + ui.segmented_width(hops));
      ui.say({x + ui.px(4), y + (ui.chip_height() - ui.size_of(Type::small)) / 2}, Type::small,
             c.muted, label);
      const int hop = ui.segmented("hops", {x + label_width, y}, hops, hops_);
      if (hop >= 0) {
        hops_ = hop;
        neighbourhood();
      }
      x += label_width + ui.segmented_width(hops) + ui.px(8);
    }
    return y + ui.chip_height() + ui.px(10);
  }

  void go_to_match() {
    if (matches_.empty()) return;
    const std::uint32_t node = matches_[match_ % matches_.size()];
    ++match_;
    select(node);
    centre_ = place(node);
    zoom_ = std::max(zoom_, 0.9);
    stay();
  }

  void exports(Ui& ui, Workspace& workspace, ImVec2 at) {
    constexpr std::array kNames = {Str::network_export_svg, Str::network_export_png,
                                   Str::network_export_graphml};
    const int chosen = download_menu(ui, "exports", at, 260, kNames);
    const std::string name =
        programme_->id + (choice_ > 0 ? "-" + programme_->alliances[choice_ - 1].id : "");
    if (chosen == 0) workspace.host.save_file(name + ".svg", "image/svg+xml", svg(ui.language));
    if (chosen == 1) workspace.host.save_picture(name + ".png", svg(ui.language));
    if (chosen == 2) {
      workspace.host.save_file(programme_->id + ".graphml", "application/xml",
                               export_graphml(*programme_, ui.language));
    }
  }

  std::string svg(Language language) const {
    if (!free_ || !force_) {
      return chain_svg(*programme_, choice_ > 0 ? programme_->alliances[choice_ - 1].id : "",
                       language);
    }
    return network_svg(base_->network, force_->places(), language);
  }

  // ------------------------------------------------------------------ the picture

  Point place(std::uint32_t node) const {
    if (free_ && force_) return fitting_now().done(force_->places()[node]);
    if (!layered_) return {};
    const alliance::NodeBox& box = layered_->nodes[node];
    return {box.x + box.width / 2 + shift_[node].x, box.y + box.height / 2 + shift_[node].y};
  }
  ImVec2 screen(Point at) const {
    return {middle_.x + static_cast<float>((at.x - centre_.x) * zoom_) * scale_,
            middle_.y + static_cast<float>((at.y - centre_.y) * zoom_) * scale_};
  }
  Point world(ImVec2 at) const {
    return {centre_.x + (at.x - middle_.x) / (zoom_ * scale_),
            centre_.y + (at.y - middle_.y) / (zoom_ * scale_)};
  }
  void zoom_by(double factor, Point about) {
    const double zoom = std::clamp(zoom_ * factor, 0.02, 8.0);
    // What is under the pointer stays there.
    centre_.x = about.x + (centre_.x - about.x) * zoom_ / zoom;
    centre_.y = about.y + (centre_.y - about.y) * zoom_ / zoom;
    zoom_ = zoom;
    stay();
  }

  void fit(const Ui& ui, const Rect& rect) {
    const std::uint32_t n = base_->network.size();
    if (n == 0) return;
    double x0 = 1e300;
    double y0 = 1e300;
    double x1 = -1e300;
    double y1 = -1e300;
    for (std::uint32_t i = 0; i < n; ++i) {
      const Point at = place(i);
      const double half = free_ || !layered_ ? 8 : layered_->nodes[i].height / 2;
      x0 = std::min(x0, at.x - 8);
      x1 = std::max(x1, at.x + (free_ ? 8 : 190));
      y0 = std::min(y0, at.y - half);
      y1 = std::max(y1, at.y + half);
    }
    const float head = free_ ? ui.px(12) : ui.px(40);
    // The names stand right of the members.
    const float names = free_ ? std::min(ui.px(170), rect.width() * 0.35F) : 0;
    const double width =
        std::max(1.0F, rect.width() - (free_ ? names_room(ui, rect) : ui.px(120))) / scale_;
    const double height = std::max(1.0F, rect.height() - head - ui.px(48)) / scale_;
    zoom_ = std::clamp(std::min(width / std::max(1.0, x1 - x0), height / std::max(1.0, y1 - y0)),
                       0.02, free_ ? 2.0 : 1.4);
    centre_ = {(x0 + x1) / 2, (y0 + y1) / 2};
    // Room for the headings above and the names of the cities on the left.
    centre_.y -= (head - ui.px(24)) / 2 / (zoom_ * scale_);
    centre_.x += (free_ ? names / 2 : -ui.px(40)) / (zoom_ * scale_);
  }

  double radius(std::uint32_t node) const {
    const auto degree = static_cast<double>(base_->graph.neighbours(node).size());
    return std::min(12.0, 4.5 + std::sqrt(degree));
  }
  /// In device pixels; small ones stay to be seen.
  float shown_radius(std::uint32_t node) const {
    return std::max(1.6F * scale_,
                    static_cast<float>(radius(node) * std::min(zoom_, 1.6)) * scale_);
  }

  void canvas(Ui& ui, const Programme& programme, const Rect& rect) {
    const Theme& c = ui.theme();
    if (rect.width() < ui.px(80) || rect.height() < ui.px(80)) return;
    ui.fill(rect, c.surface, 10);
    const std::uint32_t n = base_->network.size();
    if (n == 0) {
      ui.frame(rect, c.line, 10);
      nothing(ui, programme, rect);
      return;
    }
    if (free_) lay_free();
    scale_ = ui.scale;
    middle_ = {(rect.x0 + rect.x1) / 2, (rect.y0 + rect.y1) / 2};
    const bool moving = arranging();
    window_ = rect;
    if (boxed() && (fit_ || stretch_ == 0)) stretch_to(ui, rect);
    if (free_ && (fit_ || !fitting_)) fit_to(ui, rect);
    if (window_wanted_) look_at(*std::exchange(window_wanted_, std::nullopt), rect);
    if (fit_) {
      fit(ui, rect);
      fitted_ = true;
      if (!moving) fit_ = false;
    }
    pointer(ui, rect);

    ImDrawList* list = ui.list();
    list->PushClipRect(rect.min(), rect.max(), true);
    if (free_) {
      free_links(ui, rect, moving);
    } else {
      chain_ground(ui, programme, rect);
      ribbons(ui, rect);
    }
    nodes(ui, rect, moving);
    if (!free_) chain_headings(ui, programme, rect);
    list->PopClipRect();
    ui.frame(rect, c.line, 10);
    legend(ui, programme, rect, moving);
    tips(ui);
  }

  /// An alliance whose members the source doesn't name.
  void nothing(Ui& ui, const Programme& programme, const Rect& rect) {
    const Theme& c = ui.theme();
    const Rect inner = rect.inset(ui.px(28), ui.px(28));
    ui.icon({inner.x0 + ui.px(12), inner.y0 + ui.px(12)}, 22, c.muted, icon::circle_help);
    ui.say({inner.x0 + ui.px(36), inner.y0 + ui.px(3)}, Type::title, c.text,
           ui.t(Str::network_unknown), inner.width() - ui.px(36));
    ui.paragraph(
        {inner.x0, inner.y0 + ui.px(36)}, Type::body, c.muted,
        ui.t(programme.members.empty() ? Str::network_no_members : Str::network_unknown_detail),
        std::min(inner.width(), ui.px(560)));
    if (!programme.members.empty() && choice_ > 0) {
      const char* all = ui.t(Str::network_show_all);
      const float y = inner.y0 + ui.px(110);
      if (ui.button(
              "all",
              {inner.x0, y, inner.x0 + ui.measure(Type::body, all) + ui.px(32), y + ui.px(34)},
              all)) {
        choice_ = 0;
        load(programme);
      }
    }
  }

  bool boxed() const { return !free_ && layered_.has_value(); }

  Rect box_of(std::uint32_t node) const {
    const alliance::NodeBox& box = layered_->nodes[node];
    const ImVec2 corner = screen({box.x + shift_[node].x, box.y + shift_[node].y});
    const auto z = static_cast<float>(zoom_) * scale_;
    return {corner.x, corner.y,
            corner.x + std::max(3.0F * scale_, static_cast<float>(box.width) * z),
            corner.y + std::max(2.0F, static_cast<float>(box.height) * z)};
  }

  std::uint32_t node_at(ImVec2 at) const {
    std::uint32_t best = kNone;
    float nearest = 1e30F;
    for (std::uint32_t i = 0; i < base_->network.size(); ++i) {
      if (boxed()) {
        const Rect box = box_of(i).inset(-4 * scale_, -3 * scale_);
        if (at.x < box.x0 || at.x > box.x1 || at.y < box.y0 || at.y > box.y1) continue;
        const float distance = std::abs(at.y - (box.y0 + box.y1) / 2);
        if (distance < nearest) {
          nearest = distance;
          best = i;
        }
        continue;
      }
      const ImVec2 middle = screen(place(i));
      const float dx = at.x - middle.x;
      const float dy = at.y - middle.y;
      const float reach = shown_radius(i) + 4 * scale_;
      const float distance = dx * dx + dy * dy;
      if (distance < reach * reach && distance < nearest) {
        nearest = distance;
        best = i;
      }
    }
    return best;
  }

  std::pair<ImVec2, ImVec2> ends(std::uint32_t edge) const {
    if (!boxed()) {
      const alliance::NetworkLink& link = base_->network.links[edge];
      return {screen(place(link.from)), screen(place(link.to))};
    }
    const alliance::Ribbon& ribbon = layered_->ribbons[edge];
    const Point from = shift_[drawing_.edges[edge].from];
    const Point to = shift_[drawing_.edges[edge].to];
    return {screen({ribbon.from.x + from.x, ribbon.from.y + from.y}),
            screen({ribbon.to.x + to.x, ribbon.to.y + to.y})};
  }

  /// The link near the pointer, by index in the network's links.
  std::uint32_t link_at(ImVec2 at) const {
    const std::size_t count = boxed() ? drawing_.edges.size() : base_->network.links.size();
    if (count > 4000) return kNone;  // too dense to point at one
    std::uint32_t best = kNone;
    float nearest = 5 * scale_;
    for (std::uint32_t i = 0; i < count; ++i) {
      if (boxed() && !layered_->ribbons[i].via.empty()) continue;
      const auto line = ends(i);
      const ImVec2 a = line.first;
      const ImVec2 b = line.second;
      const float dx = b.x - a.x;
      const float dy = b.y - a.y;
      const float length = dx * dx + dy * dy;
      if (length < 1) continue;
      float t = std::clamp(((at.x - a.x) * dx + (at.y - a.y) * dy) / length, 0.0F, 1.0F);
      float off = 0;
      if (boxed()) {
        // The curve's height at this x.
        t = std::clamp((at.x - a.x) / (std::abs(dx) < 1 ? 1 : dx), 0.0F, 1.0F);
        const float s = t * t * (3 - 2 * t);
        const float half = static_cast<float>(layered_->ribbons[i].width * zoom_) * scale_ / 2;
        if (at.x < std::min(a.x, b.x) || at.x > std::max(a.x, b.x)) continue;
        off = std::max(0.0F, std::abs(at.y - (a.y + s * dy)) - half);
      } else {
        off = std::hypot(at.x - (a.x + t * dx), at.y - (a.y + t * dy));
      }
      if (off < nearest) {
        nearest = off;
        best = boxed() ? drawing_.links[i] : i;
      }
    }
    return best;
  }

  void pointer(Ui& ui, const Rect& rect) {
    ImGuiIO& io = ImGui::GetIO();
    const ImVec2 cursor = ImGui::GetCursorScreenPos();
    ImGui::SetCursorScreenPos(rect.min());
    ImGui::InvisibleButton("canvas", {rect.width(), rect.height()});
    const bool over = ImGui::IsItemHovered();
    const bool held = ImGui::IsItemActive();
    const bool pressed = ImGui::IsItemActivated();
    const bool released = ImGui::IsItemDeactivated();
    ImGui::SetCursorScreenPos(cursor);
    if (over && io.MouseSource == ImGuiMouseSource_TouchScreen && !io.KeyCtrl) {
      // A finger moves the picture; two of them zoom, which comes with Ctrl.
      centre_.x -= io.MouseWheelH * ui.px(60) / (zoom_ * scale_);
      centre_.y -= io.MouseWheel * ui.px(70) / (zoom_ * scale_);
      if (io.MouseWheelH != 0 || io.MouseWheel != 0) stay();
    } else if (over && io.MouseWheel != 0) {
      zoom_by(std::pow(1.2, io.MouseWheel), world(io.MousePos));
    }
    if (over && !held) {
      hovered_ = node_at(io.MousePos);
      hovered_link_ = hovered_ == kNone ? link_at(io.MousePos) : kNone;
      if (hovered_ != kNone) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    } else if (!held) {
      hovered_ = hovered_link_ = kNone;
    }
    if (pressed) {
      dragged_ = node_at(io.MousePos);
      dragged_far_ = false;
    }
    if (held && ImGui::IsMouseDragging(ImGuiMouseButton_Left, ui.px(4))) {
      dragged_far_ = true;
      hovered_ = hovered_link_ = kNone;
      if (dragged_ == kNone) {
        centre_.x -= io.MouseDelta.x / (zoom_ * scale_);
        centre_.y -= io.MouseDelta.y / (zoom_ * scale_);
        stay();
        ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeAll);
      } else if (boxed()) {
        shift_[dragged_].x += io.MouseDelta.x / (zoom_ * scale_);
        shift_[dragged_].y += io.MouseDelta.y / (zoom_ * scale_);
      } else if (force_ && (io.MouseDelta.x != 0 || io.MouseDelta.y != 0)) {
        force_->pin(dragged_, fitting_now().undone(world(io.MousePos)));
        force_->reheat(0.5);
        pinned_ = true;
        stay();
      }
    }
    if (released) {
      if (!dragged_far_) select(dragged_ == selected_ ? kNone : dragged_);
      dragged_ = kNone;
    }
  }

  // Links -----------------------------------------------------------------------------------

  bool any_highlight() const {
    return show_bottleneck_ || show_cut_points_ || show_bridges_ || show_single_;
  }
  /// 0: nothing, 1: warning, 2: danger.
  int link_alarm(std::uint32_t link) const {
    const unsigned char marks = link_marks_[link];
    if (show_bottleneck_ && (marks & kCut) != 0) return 2;
    if ((show_bridges_ && (marks & kBridge) != 0) || (show_single_ && (marks & kSole) != 0)) {
      return 1;
    }
    return 0;
  }
  int node_alarm(std::uint32_t node) const {
    const unsigned char marks = node_marks_[node];
    if (show_bottleneck_ && (marks & kNarrow) != 0) return 2;
    if ((show_cut_points_ && (marks & kCutPoint) != 0) ||
        (show_single_ && (marks & kSoleSupplier) != 0)) {
      return 1;
    }
    return 0;
  }
  bool spotted(std::uint32_t node) const {
    return std::find(spot_members_.begin(), spot_members_.end(), node) != spot_members_.end();
  }
  bool spotted_link(std::uint32_t link) const {
    return std::find(spot_links_.begin(), spot_links_.end(), link) != spot_links_.end();
  }
  bool faint(const alliance::NetworkLink& link) const {
    return near_[link.from] == 0 || near_[link.to] == 0 ||
           ((node_marks_[link.from] | node_marks_[link.to]) & kAway) != 0;
  }

  ImU32 link_colour(const Theme& c, std::uint32_t i, ImU32 plain) const {
    const alliance::NetworkLink& link = base_->network.links[i];
    if (faint(link)) return with_alpha(c.line_strong, 0.18F);
    if (i == hovered_link_ || spotted_link(i)) return c.accent;
    if (selected_ != kNone && (link.from == selected_ || link.to == selected_)) {
      return with_alpha(c.accent, 0.75F);
    }
    const int alarm = link_alarm(i);
    if (alarm == 2) return with_alpha(c.danger, 0.85F);
    if (alarm == 1) return with_alpha(c.warning, 0.8F);
    return plain;
  }

  void free_links(Ui& ui, const Rect& rect, bool moving) {
    const Theme& c = ui.theme();
    ImDrawList* list = ui.list();
    const std::vector<alliance::NetworkLink>& links = base_->network.links;
    // While all of it moves, a part of very many links shows as much and costs less.
    const std::size_t stride = moving ? std::max<std::size_t>(1, links.size() / 2500) : 1;
    const bool fine = links.size() <= 1500;
    const ImU32 plain = with_alpha(c.line_strong, fine ? 0.95F : 0.4F);
    const ImVec2 uv = list->_Data->TexUvWhitePixel;
    constexpr std::size_t kChunk = 4096;
    std::size_t reserved = 0;
    for (std::size_t i = 0; i < links.size(); i += stride) {
      const auto line = ends(static_cast<std::uint32_t>(i));
      const ImVec2 a = line.first;
      const ImVec2 b = line.second;
      if (std::max(a.x, b.x) < rect.x0 || std::min(a.x, b.x) > rect.x1 ||
          std::max(a.y, b.y) < rect.y0 || std::min(a.y, b.y) > rect.y1) {
        continue;
      }
      const ImU32 colour = link_colour(c, static_cast<std::uint32_t>(i), plain);
      const bool strong = colour != plain && (colour >> IM_COL32_A_SHIFT) > 100;
      const float width = strong ? ui.px(2.5F) : fine ? ui.px(1.25F) : ui.hairline();
      if (fine) {
        list->AddLine(a, b, colour, width);
        if (links[i].from != links[i].to && zoom_ > 0.5) arrow(ui, a, b, links[i].to, colour);
        continue;
      }
      if (reserved == 0) {
        reserved = std::min(kChunk, (links.size() - i + stride - 1) / stride);
        list->PrimReserve(static_cast<int>(reserved * 6), static_cast<int>(reserved * 4));
      }
      float dx = b.x - a.x;
      float dy = b.y - a.y;
      const float length = std::sqrt(dx * dx + dy * dy);
      if (length > 0) {
        dx *= width / 2 / length;
        dy *= width / 2 / length;
      }
      list->PrimQuadUV({a.x + dy, a.y - dx}, {b.x + dy, b.y - dx}, {b.x - dy, b.y + dx},
                       {a.x - dy, a.y + dx}, uv, uv, uv, uv, colour);
      --reserved;
    }
    if (reserved > 0) {
      list->PrimUnreserve(static_cast<int>(reserved * 6), static_cast<int>(reserved * 4));
    }
  }

  void arrow(Ui& ui, ImVec2 a, ImVec2 b, std::uint32_t to, ImU32 colour) const {
    const float dx = b.x - a.x;
    const float dy = b.y - a.y;
    const float length = std::sqrt(dx * dx + dy * dy);
    const float reach = shown_radius(to) + ui.px(1);
    if (length < reach + ui.px(12)) return;
    const float ux = dx / length;
    const float uy = dy / length;
    const ImVec2 tip = {b.x - ux * reach, b.y - uy * reach};
    const float size = ui.px(6);
    ui.list()->AddTriangleFilled(
        tip, {tip.x - ux * size - uy * size / 2, tip.y - uy * size + ux * size / 2},
        {tip.x - ux * size + uy * size / 2, tip.y - uy * size - ux * size / 2}, colour);
  }

  void ribbons(Ui& ui, const Rect& rect) {
    const Theme& c = ui.theme();
    const std::size_t count = drawing_.edges.size();
    const int pieces = count > 4000 ? 1 : count > 800 ? 6 : 18;
    for (std::uint32_t e = 0; e < count; ++e) {
      const alliance::Ribbon& ribbon = layered_->ribbons[e];
      const auto line = ends(e);
      const ImVec2 a = line.first;
      const ImVec2 b = line.second;
      const float half =
          std::max(ui.hairline() / 2, static_cast<float>(ribbon.width * zoom_) * scale_ / 2);
      if (ribbon.via.empty() &&
          (std::max(a.x, b.x) + ui.px(40) < rect.x0 || std::min(a.x, b.x) - ui.px(40) > rect.x1 ||
           std::max(a.y, b.y) + half < rect.y0 || std::min(a.y, b.y) - half > rect.y1)) {
        continue;
      }
      const std::uint32_t city = base_->network.city[drawing_.edges[e].from];
      const ImU32 plain =
          with_alpha(city == kNone ? c.muted : c.of_city(city), count > 2000 ? 0.1F : 0.3F);
      const ImU32 colour = link_colour(c, drawing_.links[e], plain);
      ImVec2 from = a;
      for (const Point& via : ribbon.via) {
        const ImVec2 to = screen(via);
        strip(ui, from, to, half, colour, pieces, false);
        from = to;
      }
      strip(ui, from, b, half, colour, pieces, ribbon.backward);
    }
  }

  /// A ribbon of even height that leaves and arrives level.
  void strip(Ui& ui, ImVec2 a, ImVec2 b, float half, ImU32 colour, int pieces,
             bool backward) const {
    ImDrawList* list = ui.list();
    const float dx = b.x - a.x;
    const float bend = backward ? ui.px(60) : dx / 2;
    const ImVec2 uv = list->_Data->TexUvWhitePixel;
    list->PrimReserve(pieces * 6, (pieces + 1) * 2);
    const unsigned int base = list->_VtxCurrentIdx;
    for (int i = 0; i <= pieces; ++i) {
      const float t = static_cast<float>(i) / static_cast<float>(pieces);
      const float s = 1 - t;
      const float x = s * s * s * a.x + 3 * s * s * t * (a.x + bend) +
                      3 * s * t * t * (b.x - bend) + t * t * t * b.x;
      const float y = a.y + (b.y - a.y) * t * t * (3 - 2 * t);
      list->PrimWriteVtx({x, y - half}, uv, colour);
      list->PrimWriteVtx({x, y + half}, uv, colour);
    }
    for (int i = 0; i < pieces; ++i) {
      const unsigned int k = base + static_cast<unsigned int>(2 * i);
      for (const unsigned int index : {k, k + 1, k + 3, k, k + 3, k + 2}) {
        list->PrimWriteIdx(index);
      }
    }
  }

  // The chain's columns and banks -----------------------------------------------------------

  void chain_ground(Ui& ui, const Programme& programme, const Rect& rect) {
    const Theme& c = ui.theme();
    for (std::size_t bank = 0; bank < layered_->banks.size(); ++bank) {
      const alliance::Band& band = layered_->banks[bank];
      if (band.height <= 0) continue;
      const float y0 = screen({0, band.y - 14}).y;
      const float y1 = screen({0, band.y + band.height + 14}).y;
      const bool known = bank < programme.cities.size();
      const ImU32 colour = known ? c.of_city(bank) : c.muted;
      ui.fill({rect.x0, y0, rect.x1, y1}, with_alpha(colour, 0.05F));
      ui.fill({rect.x0, y0, rect.x0 + ui.px(3), y1}, colour);
    }
  }

  void chain_headings(Ui& ui, const Programme& programme, const Rect& rect) {
    const Theme& c = ui.theme();
    // The names of the cities and of the stages stay in sight.
    for (std::size_t bank = 0; bank < layered_->banks.size(); ++bank) {
      const alliance::Band& band = layered_->banks[bank];
      if (band.height <= 0) continue;
      const float y0 = std::max(rect.y0 + ui.px(36), screen({0, band.y - 14}).y);
      const float y1 = std::min(rect.y1, screen({0, band.y + band.height + 14}).y);
      if (y1 - y0 < ui.px(20)) continue;
      const bool known = bank < programme.cities.size();
      const std::string_view name =
          known ? std::string_view(ui.in(programme.cities[bank].name)) : ui.t(Str::not_stated);
      const float width = ui.measure(Type::strong, name);
      const Rect label = {rect.x0 + ui.px(3), y0, rect.x0 + width + ui.px(22), y0 + ui.px(26)};
      ui.fill(label, c.surface, 4);
      ui.say({label.x0 + ui.px(9), y0 + ui.px(6)}, Type::strong, known ? c.of_city(bank) : c.muted,
             name);
    }
    const Rect head = {rect.x0, rect.y0, rect.x1, rect.y0 + ui.px(34)};
    ui.fill(head, c.sunken, 10);
    const std::vector<ChainStage>& stages = programme.alliances[base_->network.alliance].stages;
    for (std::size_t i = 0; i < layered_->columns.size(); ++i) {
      const std::string_view name =
          i < stages.size() ? std::string_view(ui.in(stages[i].title)) : ui.t(Str::network_beside);
      const float x = screen({layered_->columns[i], 0}).x;
      const auto room = static_cast<float>(230 * zoom_) * scale_ - ui.px(8);
      if (room < ui.px(24) || x > rect.x1) continue;
      const float width = ui.draw({x, head.y0 + ui.px(10)}, Type::strong, c.text, name, room);
      ui.record(Role::columnheader, {x, head.y0, x + width, head.y1}, name);
    }
  }

  // Members ---------------------------------------------------------------------------------

  void shape(Ui& ui, ImVec2 at, float r, MemberKind kind, ImU32 colour, bool hollow) const {
    ImDrawList* list = ui.list();
    const float line = std::max(ui.hairline(), ui.px(1.5F));
    switch (kind) {
      case MemberKind::firm:
        if (hollow)
          list->AddCircle(at, r, colour, 0, line);
        else
          list->AddCircleFilled(at, r, colour, r < 4 * scale_ ? 8 : 0);
        return;
      case MemberKind::institute:
        if (hollow)
          list->AddRect({at.x - r, at.y - r}, {at.x + r, at.y + r}, colour, 0, 0, line);
        else
          list->AddRectFilled({at.x - r, at.y - r}, {at.x + r, at.y + r}, colour);
        return;
      case MemberKind::university: {
        const float d = r * 1.25F;
        if (hollow)
          list->AddNgon(at, d, colour, 4, line);
        else
          list->AddQuadFilled({at.x, at.y - d}, {at.x + d, at.y}, {at.x, at.y + d},
                              {at.x - d, at.y}, colour);
        return;
      }
      case MemberKind::government: {
        const float d = r * 1.2F;
        const ImVec2 a = {at.x, at.y - d};
        const ImVec2 b = {at.x + d, at.y + d * 0.8F};
        const ImVec2 e = {at.x - d, at.y + d * 0.8F};
        if (hollow)
          list->AddTriangle(a, b, e, colour, line);
        else
          list->AddTriangleFilled(a, b, e, colour);
        return;
      }
      case MemberKind::group:
        list->AddCircle(at, r, colour, 0, line);
        if (!hollow) list->AddCircleFilled(at, r * 0.55F, colour);
        return;
    }
  }

  struct Shape {
    ImVec2 at;
    Rect body;  ///< of a box, or around what is drawn
  };
  Shape shape_of(std::uint32_t node) const {
    if (boxed()) {
      const Rect body = box_of(node);
      return {{(body.x0 + body.x1) / 2, (body.y0 + body.y1) / 2}, body};
    }
    const ImVec2 at = screen(place(node));
    const float r = shown_radius(node);
    return {at, {at.x - r, at.y - r, at.x + r, at.y + r}};
  }
  bool stands_out(std::uint32_t node) const {
    return node == selected_ || node == hovered_ || matched_[node] != 0 || spotted(node);
  }
  bool dim(std::uint32_t node) const {
    return near_[node] == 0 || (node_marks_[node] & kAway) != 0;
  }

  void nodes(Ui& ui, const Rect& rect, bool moving) {
    const Theme& c = ui.theme();
    ImDrawList* list = ui.list();
    const std::uint32_t n = base_->network.size();
    constexpr std::uint32_t kFew = 400;
    const bool box = boxed();
    taken_.clear();
    in_view_.clear();
    for (std::uint32_t i = 0; i < n; ++i) {
      const auto [at, body] = shape_of(i);
      if (at.x < rect.x0 - ui.px(200) || at.x > rect.x1 + ui.px(20) || at.y < rect.y0 - ui.px(20) ||
          at.y > rect.y1 + ui.px(20)) {
        continue;
      }
      in_view_.push_back(i);
      // Where there is room to see each one, names keep off the others.
      if (!box && n <= kFew) taken_.push_back(body);
      const std::uint32_t city = base_->network.city[i];
      const bool away = (node_marks_[i] & kAway) != 0;
      const bool faded = dim(i);
      ImU32 colour = city == kNone ? c.muted : c.of_city(city);
      if (faded) colour = with_alpha(colour, 0.25F);
      const int alarm = faded ? 0 : node_alarm(i);
      const float r = body.width() / 2;
      const bool marked = stands_out(i);
      if (box) {
        ui.fill(body, colour, 2);
        if (away) ui.frame(body, c.danger, 2);
      } else if (r < 3 * scale_ && !marked && alarm == 0) {
        list->AddRectFilled(body.min(), body.max(), colour);
      } else {
        shape(ui, at, r, base_->network.member(i).kind, colour, away);
        // Every second city has a hole, so that colour isn't all that tells them apart.
        if (city != kNone && city % 2 == 1 && !away) {
          list->AddCircleFilled(at, r * 0.36F, c.surface);
        }
      }
      if (alarm > 0 || marked) {
        const ImU32 ring = alarm == 2 ? c.danger : alarm == 1 && !marked ? c.warning : c.accent;
        const Rect around = body.inset(-ui.px(3), -ui.px(3));
        list->AddRect(around.min(), around.max(), ring, box ? ui.px(4) : r + ui.px(3), 0, ui.px(2));
      }
      // Shape besides colour: what narrows the flow has a danger sign, others are dots of warning.
      if (alarm > 0) {
        ui.late_mark({box ? body.x0 - ui.px(9) : at.x, box ? at.y : body.y0 - ui.px(9)}, 12);
      }
    }
    const std::size_t shapes = taken_.size();
    for (const bool important : {true, false}) {
      if (!important && moving && n > kFew) break;
      for (const std::uint32_t i : in_view_) {
        if (!important && taken_.size() - shapes >= kMostLabels) break;
        if (stands_out(i) == important) label(ui, rect, i, important);
      }
    }
  }

  /// Names where there is room for them; those that matter always have it.
  void label(Ui& ui, const Rect& rect, std::uint32_t node, bool marked) {
    const Theme& c = ui.theme();
    const bool box = boxed();
    if (!marked && dim(node)) return;
    if (!marked && base_->network.size() > 60 && zoom_ < (box ? 0.45 : 0.75)) return;
    const auto [at, body] = shape_of(node);
    const std::string& name = ui.in(base_->network.member(node).name);
    const float most =
        box ? std::max(ui.px(60), static_cast<float>(200 * zoom_) * scale_) : ui.px(180);
    const float width = std::min(most, ui.measure(Type::caption, name)) + ui.px(2);
    const float half = ui.px(8);
    const float gap = ui.px(5);
    const auto beside = [&](float x, float y) { return Rect{x, y - half, x + width, y + half}; };
    const std::array<Rect, 4> places = {beside(body.x1 + gap, at.y),
                                        beside(body.x0 - gap - width, at.y),
                                        beside(at.x - width / 2, body.y1 + gap / 2 + half),
                                        beside(at.x - width / 2, body.y0 - gap / 2 - half)};
    const auto is_free = [&](const Rect& text) {
      return std::none_of(taken_.begin(), taken_.end(), [&text](const Rect& other) {
        return text.x0 < other.x1 && other.x0 < text.x1 && text.y0 < other.y1 && other.y0 < text.y1;
      });
    };
    const auto in_sight = [&rect](const Rect& text) {
      return text.x1 > rect.x0 && text.x0 < rect.x1 && text.y1 > rect.y0 && text.y0 < rect.y1;
    };
    const Rect* text = nullptr;
    // A chain's names stand right of their boxes, on the ribbons.
    for (std::size_t i = 0; i < (box ? 1 : places.size()) && text == nullptr; ++i) {
      // A name without its beginning says nothing.
      const bool whole = places[i].x0 >= rect.x0 && (i == 0 || places[i].x1 <= rect.x1);
      if (whole && in_sight(places[i]) && is_free(places[i])) text = &places[i];
    }
    if (text == nullptr && marked && in_sight(places[0])) text = &places[0];
    if (text == nullptr) return;
    taken_.push_back(*text);
    ui.fill({text->x0 - ui.px(1), text->y0, text->x1, text->y1}, with_alpha(c.surface, 0.78F), 3);
    ui.draw({text->x0, text->y0 + ui.px(2)}, Type::caption, dim(node) ? c.muted : c.text, name,
            most);
    const Rect whole = {std::min(body.x0, text->x0), std::min(text->y0, box ? text->y0 : body.y0),
                        box ? text->x0 : std::max(body.x1, text->x1),
                        std::max(text->y1, box ? text->y1 : body.y1)};
    if (Node* record = ui.record(Role::button, whole, name, place_text(ui, node))) {
      record->selected = node == selected_;
    }
  }

  /// Kind and city.
  std::string place_text(const Ui& ui, std::uint32_t node) const {
    const Member& member = base_->network.member(node);
    const std::uint32_t city = base_->network.city[node];
    return ui.in(label_of(member.kind)) + " · " +
           (city == kNone ? std::string(ui.t(Str::network_city_unknown))
                          : ui.in(programme_->cities[city].name));
  }

  void legend(Ui& ui, const Programme& programme, const Rect& rect, bool moving) {
    const Theme& c = ui.theme();
    const std::string count =
        ui.t(Str::network_count, {number_text(base_->network.size() - without_.size()),
                                  number_text(static_cast<double>(shown().network.links.size()))});
    float x = rect.x0 + ui.px(12);
    const float y = rect.y1 - ui.px(24);
    const float mid = y + ui.px(8);
    ui.fill({rect.x0 + ui.px(1), y - ui.px(6), rect.x1 - ui.px(1), rect.y1 - ui.px(1)},
            with_alpha(c.surface, 0.86F), 9);
    const std::string status =
        moving ? ui.t(Str::network_arranging, {number_text(std::round(force_->progress() * 100))})
               : count;
    x += ui.draw({x, y}, Type::caption, c.muted, status) + ui.px(16);
    ui.record(Role::status, {rect.x0 + ui.px(12), y, x, y + ui.px(16)}, status);
    if (!free_) return;
    for (std::size_t i = 0; i < programme.cities.size(); ++i) {
      const std::string& name = ui.in(programme.cities[i].name);
      if (x + ui.measure(Type::caption, name) + ui.px(24) > rect.x1) return;
      ui.list()->AddRectFilled({x, mid - ui.px(4)}, {x + ui.px(12), mid + ui.px(4)}, c.of_city(i),
                               ui.px(2));
      if (i % 2 == 1) ui.list()->AddCircleFilled({x + ui.px(6), mid}, ui.px(2), c.surface);
      x += ui.px(17);
      x += ui.draw({x, y}, Type::caption, c.muted, name) + ui.px(14);
    }
    for (const MemberKind kind : kMemberKinds) {
      const std::string& name = ui.in(label_of(kind));
      if (x + ui.measure(Type::caption, name) + ui.px(24) > rect.x1) return;
      shape(ui, {x + ui.px(5), mid}, ui.px(4), kind, c.muted, false);
      x += ui.px(15);
      x += ui.draw({x, y}, Type::caption, c.muted, name) + ui.px(14);
    }
  }

  // What a figure says ----------------------------------------------------------------------

  std::string volume_text(const Ui& ui, const std::optional<double>& volume,
                          const Text& unit) const {
    if (!volume) return ui.t(Str::network_volume_unknown);
    return number_text(*volume) + " " + ui.in(unit);
  }

  std::string link_text(const Ui& ui, std::uint32_t i) const {
    const alliance::NetworkLink& link = base_->network.links[i];
    const ChainLink& chain = base_->network.link(i);
    std::string text = ui.in(base_->network.member(link.from).name) + " → " +
                       ui.in(base_->network.member(link.to).name) + "\n" +
                       ui.in(label_of(chain.kind));
    if (link.product != kNone) {
      const Product& product = programme_->products[link.product];
      text += " · " + ui.in(product.name) + " · " + volume_text(ui, chain.volume, product.unit);
    } else if (chain.volume) {
      text += " · " + volume_text(ui, chain.volume, chain.unit);
    }
    const std::vector<double>& flows = base_->bottleneck.link_flow;
    if (i < flows.size() && base_->bottleneck.measure == alliance::FlowMeasure::equivalent &&
        std::isfinite(flows[i])) {
      text += "\n" + ui.t(Str::network_link_flow, {number_text(flows[i])});
    }
    if ((link_marks_[i] & kCut) != 0) text += "\n" + std::string(ui.t(Str::network_is_narrow));
    if ((link_marks_[i] & kBridge) != 0) text += "\n" + std::string(ui.t(Str::network_is_bridge));
    if ((link_marks_[i] & kSole) != 0) text += "\n" + std::string(ui.t(Str::network_is_sole));
    return text;
  }

  std::string core_text(const Ui& ui, std::uint32_t node) const {
    return ui.t(Str::network_core_is, {std::to_string(base_->core[node])});
  }
  std::string between_text(const Ui& ui, std::uint32_t node) const {
    if (betweenness_.size() <= node) return ui.t(Str::network_counting);
    return ui.t(Str::network_between_is, {number_text(std::round(betweenness_[node] * 10) / 10)});
  }
  const graph::Cut* cut_of(std::uint32_t node) const {
    const auto& cuts = base_->connectivity.articulation;
    const auto found = std::lower_bound(
        cuts.begin(), cuts.end(), node,
        [](const graph::Cut& cut, std::uint32_t wanted) { return cut.id < wanted; });
    return found != cuts.end() && found->id == node ? &*found : nullptr;
  }
  std::string cut_text(const Ui& ui, const graph::Cut& cut) const {
    std::size_t torn = 0;
    for (const graph::Piece& piece : cut.pieces) torn += piece.size();
    return ui.t(Str::network_cut_is,
                {std::to_string(cut.pieces.size() + (cut.rest > 0 ? 1 : 0)), std::to_string(torn)});
  }

  void tips(Ui& ui) {
    if (dragged_far_ && dragged_ != kNone) return;
    if (hovered_ != kNone) {
      std::string text =
          ui.in(base_->network.member(hovered_).name) + "\n" + place_text(ui, hovered_) + "\n" +
          ui.t(Str::network_partners, {std::to_string(base_->graph.neighbours(hovered_).size())}) +
          "\n" + core_text(ui, hovered_) + "\n" + between_text(ui, hovered_);
      if (const graph::Cut* cut = cut_of(hovered_)) text += "\n" + cut_text(ui, *cut);
      if ((node_marks_[hovered_] & kNarrow) != 0) {
        text += "\n" + std::string(ui.t(Str::network_is_narrow));
      }
      ui.tooltip(text);
    } else if (hovered_link_ != kNone) {
      ui.tooltip(link_text(ui, hovered_link_));
    }
  }

  // ------------------------------------------------------------------ the analyses

  void panel(Ui& ui, const Programme& programme, const Rect& rect) {
    const Theme& c = ui.theme();
    ui.fill(rect, c.surface, 10);
    ui.frame(rect, c.line, 10);
    if (base_->network.size() == 0) {
      PanelFlow flow(ui, "analyses", rect);
      if (choice_ > 0) {
        const Alliance& each = programme.alliances[choice_ - 1];
        flow.heading(ui.in(each.title));
        flow.text(ui.t(Str::network_unknown_panel));
        if (each.source) source(flow, ui, programme, *each.source);
      }
      additions(flow, ui);
      return;
    }
    const std::vector<std::string_view> pages = {
        ui.t(Str::network_suggestions), ui.t(Str::network_analyses), ui.t(Str::network_members)};
    const int page = ui.segmented("pages", {rect.x0 + ui.px(16), rect.y0 + ui.px(12)}, pages,
                                  static_cast<int>(page_));
    if (page >= 0) page_ = static_cast<Page>(page);
    PanelFlow flow(ui, "analyses", {rect.x0, rect.y0 + ui.px(50), rect.x1, rect.y1});
    if (!without_.empty()) impact(flow, ui, programme);
    if (selected_ != kNone) member(flow, ui, programme);
    switch (page_) {
      case Page::suggestions:
        suggestions(flow, ui);
        break;
      case Page::analyses:
        analyses(flow, ui, programme);
        break;
      case Page::members:
        members(flow, ui);
        break;
    }
  }

  /// Members, links and the products that they name are entered by a form.
  void additions(PanelFlow& flow, Ui& ui) {
    if (!workspace_->can_edit()) return;
    std::vector<PanelFlow::Action> actions = {{ui.t(Str::record_add_member), icon::plus},
                                              {ui.t(Str::record_add_product), icon::plus}};
    if (programme_->members.size() > 1) {
      actions.push_back({ui.t(Str::record_add_link), icon::waypoints});
    }
    constexpr std::array kKinds = {RecordKind::member, RecordKind::product, RecordKind::link};
    const int action = flow.buttons(actions);
    if (action < 0) return;
    workspace_->record = RecordEdit{kKinds[static_cast<std::size_t>(action)], std::nullopt};
    if (action == 0 && choice_ > 0) {
      workspace_->record->within = programme_->alliances[choice_ - 1].id;
    }
  }

  /// A link with what can be done with it. Whether it itself was clicked.
  bool link_row(PanelFlow& flow, Ui& ui, std::uint32_t link, const std::string& name) {
    const std::string text = link_text(ui, link);
    const std::string detail = text.substr(text.find('\n') + 1);
    if (!workspace_->can_edit()) return flow.row(name, {}, detail);
    const std::string& id = base_->network.link(link).id;
    const std::array<PanelFlow::Action, 2> actions = {
        {{ui.t(Str::record_edit_link, {id}), icon::pencil},
         {ui.t(Str::record_remove_link, {id}), icon::trash_2}}};
    const int clicked = flow.row(name, {}, detail, actions);
    if (clicked == 0 || clicked == 1) {
      workspace_->record = RecordEdit{RecordKind::link, base_->network.links[link].link};
      workspace_->record->remove = clicked == 1;
    }
    return clicked == 2;
  }

  static void source(PanelFlow& flow, Ui& ui, const Programme& programme,
                     const Citation& citation) {
    for (const Source& each : programme.sources) {
      if (each.id != citation.source) continue;
      flow.text(std::string(ui.t(Str::network_source)) + " " + ui.in(each.title) + " · " +
                ui.in(citation.place));
    }
  }

  void show(const std::vector<std::uint32_t>& members, const std::vector<std::uint32_t>& links) {
    selected_ = kNone;
    hops_ = 0;
    neighbourhood();
    spot_members_ = members;
    spot_links_ = links;
    if (members.empty()) return;
    centre_ = place(members.front());
    stay();
  }

  void go_to(std::uint32_t node) {
    select(node);
    centre_ = place(node);
    zoom_ = std::max(zoom_, 0.6);
    stay();
  }

  std::string names(const Ui& ui, const std::vector<std::uint32_t>& members_of_programme) const {
    std::string text;
    constexpr std::size_t kMost = 12;
    for (std::size_t i = 0; i < std::min(kMost, members_of_programme.size()); ++i) {
      if (i > 0) text += ui.language == Language::zh ? "、" : ", ";
      text += ui.in(programme_->members[members_of_programme[i]].name);
    }
    if (members_of_programme.size() > kMost) {
      text += " " + ui.t(Str::network_more, {std::to_string(members_of_programme.size() - kMost)});
    }
    return text;
  }

  void impact(PanelFlow& flow, Ui& ui, const Programme& programme) {
    std::vector<std::uint32_t> away;
    for (const std::string& id : without_) {
      const auto found = base_->network.node_of.find(id);
      if (found != base_->network.node_of.end()) {
        away.push_back(base_->network.members[found->second]);
      }
    }
    flow.heading(ui.t(Str::network_without, {names(ui, away)}));
    bool any = false;
    const auto say = [&](Str what, const std::string& text) {
      if (text.empty()) return;
      any = true;
      flow.pair(ui.t(what), text);
    };
    const char* joint = ui.language == Language::zh ? "、" : ", ";
    std::string text;
    for (const std::uint32_t stage : impact_.emptied_stages) {
      text += (text.empty() ? "" : joint) +
              ui.in(programme.alliances[base_->network.alliance].stages[stage].title);
    }
    say(Str::network_impact_stages, text);
    text.clear();
    for (const auto& each : impact_.emptied_stage_cities) {
      text += (text.empty() ? "" : joint) +
              ui.in(programme.alliances[base_->network.alliance].stages[each.stage].title) + " (" +
              ui.in(programme.cities[each.city].name) + ")";
    }
    say(Str::network_impact_stage_cities, text);
    say(Str::network_impact_cut_off, names(ui, impact_.cut_off));
    const auto inputs = [&](const std::vector<alliance::Impact::LostInput>& lost) {
      std::string words;
      for (const auto& each : lost) {
        words += (words.empty() ? "" : joint) + ui.in(programme.members[each.member].name) + " (" +
                 ui.in(programme.products[each.product].name) + ")";
      }
      return words;
    };
    say(Str::network_impact_lost, inputs(impact_.lost_inputs));
    say(Str::network_impact_single, inputs(impact_.new_single_sources));
    text.clear();
    for (const std::uint32_t i : impact_.lost_products) {
      text += (text.empty() ? "" : joint) + ui.in(programme.products[i].name);
    }
    say(Str::network_impact_products, text);
    if (impact_.components_after != impact_.components_before) {
      say(Str::network_impact_parts, std::to_string(impact_.components_before) + " → " +
                                         std::to_string(impact_.components_after));
    }
    if (impact_.measure != alliance::FlowMeasure::none && std::isfinite(impact_.flow_before) &&
        std::abs(impact_.flow_after - impact_.flow_before) > 1e-9) {
      say(Str::network_impact_flow,
          number_text(impact_.flow_before) + " → " + number_text(impact_.flow_after));
    }
    if (!any) flow.text(ui.t(Str::network_impact_nothing));
    if (flow.button(ui.t(Str::network_all_back), icon::rotate_ccw)) {
      without_.clear();
      after_.reset();
      mark();
    }
    flow.gap();
  }

  void member(PanelFlow& flow, Ui& ui, const Programme& programme) {
    const Member& member = base_->network.member(selected_);
    const bool away = (node_marks_[selected_] & kAway) != 0;
    flow.heading(ui.in(member.name));
    flow.text(place_text(ui, selected_));
    std::vector<PanelFlow::Action> actions = {{ui.t(away ? Str::network_back : Str::network_leave),
                                               away ? icon::rotate_ccw : icon::circle_help}};
    if (workspace_->can_edit()) {
      actions.push_back({ui.t(Str::edit), icon::pencil});
      actions.push_back({ui.t(Str::record_remove), icon::trash_2});
    }
    const int action = flow.buttons(actions);
    if (action == 0) leave(member.id);
    if (action > 0) {
      workspace_->record = RecordEdit{RecordKind::member, base_->network.members[selected_]};
      workspace_->record->remove = action == 2;
    }
    for (const std::uint32_t stage : base_->network.stages.empty()
                                         ? std::vector<std::uint32_t>{}
                                         : base_->network.stages[selected_]) {
      flow.pair(ui.t(Str::network_stage),
                ui.in(programme.alliances[base_->network.alliance].stages[stage].title));
    }
    const auto volumes = [&](Str what, const std::vector<ProductVolume>& list) {
      for (const ProductVolume& each : list) {
        const auto found = base_->network.product_of.find(each.product);
        if (found == base_->network.product_of.end()) continue;
        const Product& product = programme.products[found->second];
        flow.pair(ui.t(what),
                  ui.in(product.name) + " · " + volume_text(ui, each.volume, product.unit));
      }
    };
    volumes(Str::network_makes, member.makes);
    volumes(Str::network_buys, member.buys);
    flow.text(core_text(ui, selected_));
    flow.text(between_text(ui, selected_));
    if (const graph::Cut* cut = cut_of(selected_)) flow.text(cut_text(ui, *cut), true);
    if (member.source) source(flow, ui, programme, *member.source);
    std::size_t shown_links = 0;
    for (std::uint32_t i = 0; i < base_->network.links.size() && shown_links < 100; ++i) {
      const alliance::NetworkLink& link = base_->network.links[i];
      if (link.from != selected_ && link.to != selected_) continue;
      ++shown_links;
      const std::uint32_t other = link.from == selected_ ? link.to : link.from;
      if (link_row(
              flow, ui, i,
              (link.from == selected_ ? "→ " : "← ") + ui.in(base_->network.member(other).name))) {
        go_to(other);
        break;
      }
    }
    if (workspace_->can_edit() && programme.members.size() > 1 &&
        flow.button(ui.t(Str::record_add_link), icon::waypoints)) {
      workspace_->record = RecordEdit{RecordKind::link, std::nullopt};
      workspace_->record->within = member.id;
    }
    if (pinned_ && free_ && force_ && selected_ != kNone &&
        flow.button(ui.t(Str::network_unpin), icon::rotate_ccw)) {
      force_->release(selected_);
      force_->reheat(0.5);
    }
    flow.gap();
  }

  void suggestions(PanelFlow& flow, Ui& ui) {
    const Analysis& a = shown();
    if (a.suggestions.empty()) no_suggestions(flow, ui, a);
    for (const alliance::Remedy remedy : alliance::kRemedies) {
      const auto many = std::count_if(
          a.suggestions.begin(), a.suggestions.end(),
          [remedy](const alliance::Suggestion& each) { return each.remedy == remedy; });
      if (many == 0) continue;
      flow.heading(ui.in(alliance::label_of(remedy)) + "  " + std::to_string(many));
      std::size_t shown_here = 0;
      for (const alliance::Suggestion& each : a.suggestions) {
        if (each.remedy != remedy) continue;
        if (shown_here == kMostRows) {
          flow.text(ui.t(Str::network_more,
                         {std::to_string(static_cast<std::size_t>(many) - kMostRows)}));
          break;
        }
        ++shown_here;
        if (flow.row(ui.in(each.text), {}, ui.in(each.evidence))) {
          std::vector<std::uint32_t> nodes;
          for (const std::uint32_t i : each.members) {
            if (node_of_member_[i] != kNone) nodes.push_back(node_of_member_[i]);
          }
          std::vector<std::uint32_t> links;
          for (const std::uint32_t i : each.links) {
            if (link_of_chain_[i] != kNone) links.push_back(link_of_chain_[i]);
          }
          show(nodes, links);
        }
      }
    }
  }

  /// What suggestions would need, and what there is to look at meanwhile.
  void no_suggestions(PanelFlow& flow, Ui& ui, const Analysis& a) {
    const alliance::Network& network = a.network;
    std::vector<unsigned char> linked(network.size(), 0);
    std::size_t supplies = 0;
    std::size_t unmeasured = 0;
    for (std::uint32_t i = 0; i < network.links.size(); ++i) {
      linked[network.links[i].from] = linked[network.links[i].to] = 1;
      const ChainLink& link = network.link(i);
      if (link.kind != LinkKind::supply) continue;
      ++supplies;
      if (!link.volume) ++unmeasured;
    }
    const auto alone = static_cast<std::size_t>(std::count(linked.begin(), linked.end(), 0));
    const auto no_stages = [](const Alliance& each) { return each.stages.empty(); };
    std::vector<std::string> why;
    if (choice_ > 0
            ? no_stages(programme_->alliances[choice_ - 1])
            : std::all_of(programme_->alliances.begin(), programme_->alliances.end(), no_stages)) {
      why.emplace_back(ui.t(Str::network_why_stages));
    }
    if (alone > 0) {
      why.push_back(
          ui.t(Str::network_why_links, {std::to_string(alone), std::to_string(network.size())}));
    }
    if (unmeasured > 0) {
      why.push_back(
          ui.t(Str::network_why_volumes, {std::to_string(unmeasured), std::to_string(supplies)}));
    }
    if (why.empty()) {
      flow.text(ui.t(Str::network_no_suggestions));
      return;
    }
    flow.text(ui.t(Str::network_why_nothing));
    for (const std::string& each : why) flow.text(each);
    flow.text(ui.t(Str::network_why_then));
    additions(flow, ui);
    if (!network.links.empty()) flow.heading(ui.t(Str::network_known_links));
    for (std::uint32_t i = 0; i < std::min<std::size_t>(kMostRows, network.links.size()); ++i) {
      const std::uint32_t link = link_here(a, i);
      const std::string text = link_text(ui, link);
      if (link_row(flow, ui, link, text.substr(0, text.find('\n')))) {
        show({base_->network.links[link].from, base_->network.links[link].to}, {link});
      }
    }
    if (network.links.size() > kMostRows) rest(flow, ui, network.links.size());
    if (alone == 0 || network.links.empty()) return;
    flow.heading(ui.t(Str::network_unlinked));
    std::size_t rows = 0;
    for (std::uint32_t node = 0; node < network.size(); ++node) {
      if (linked[node] != 0 || ++rows > kMostRows) continue;
      const std::uint32_t mine = here(a, node);
      if (flow.row(ui.in(network.member(node).name), {}, place_text(ui, mine))) go_to(mine);
    }
    if (rows > kMostRows) rest(flow, ui, rows);
  }

  void analyses(PanelFlow& flow, Ui& ui, const Programme& programme) {
    const Analysis& a = shown();
    const alliance::Network& network = a.network;
    const auto name = [&](std::uint32_t node) -> const std::string& {
      return ui.in(network.member(node).name);
    };
    const auto list = [&](const std::vector<std::uint32_t>& nodes) {
      std::vector<std::uint32_t> indices;
      indices.reserve(nodes.size());
      for (const std::uint32_t node : nodes) indices.push_back(network.members[node]);
      return names(ui, indices);
    };

    if (!a.stages.empty()) {
      flow.heading(ui.t(Str::network_coverage), ui.t(Str::network_coverage_why));
      const std::vector<ChainStage>& stages = programme.alliances[network.alliance].stages;
      for (const alliance::StageCoverage& coverage : a.stages) {
        std::string detail;
        for (std::size_t city = 0; city <= programme.cities.size(); ++city) {
          if (city == programme.cities.size() && coverage.by_city[city].empty()) continue;
          if (!detail.empty()) detail += "\n";
          detail += (city < programme.cities.size() ? ui.in(programme.cities[city].name)
                                                    : std::string(ui.t(Str::not_stated))) +
                    (ui.language == Language::zh ? "：" : ": ") +
                    (coverage.by_city[city].empty() ? std::string(ui.t(Str::network_nobody))
                                                    : list(coverage.by_city[city]));
        }
        if (flow.row(ui.in(stages[coverage.stage].title), std::to_string(coverage.members),
                     detail)) {
          std::vector<std::uint32_t> nodes;
          for (const auto& city : coverage.by_city) {
            for (const std::uint32_t node : city) nodes.push_back(here(a, node));
          }
          show(nodes, {});
        }
      }
    }

    flow.heading(ui.t(Str::network_bottleneck), ui.t(Str::network_bottleneck_why));
    const alliance::Bottleneck& cut = a.bottleneck;
    if (cut.measure == alliance::FlowMeasure::none) {
      flow.text(ui.t(Str::network_flow_none));
    } else {
      flow.pair(ui.t(cut.measure == alliance::FlowMeasure::equivalent ? Str::network_flow
                                                                      : Str::network_routes),
                std::isfinite(cut.flow) ? number_text(cut.flow)
                                        : std::string(ui.t(Str::network_flow_unlimited)));
      if (cut.unlimited > 0) {
        flow.text(ui.t(Str::network_flow_unknown, {std::to_string(cut.unlimited)}));
      }
      for (const std::uint32_t node : cut.members) {
        if (flow.row(name(node), ui.t(Str::network_narrow), ui.t(Str::network_narrow_member))) {
          go_to(here(a, node));
        }
      }
      for (const std::uint32_t link : cut.links) {
        const std::uint32_t mine = link_here(a, link);
        const std::string text = link_text(ui, mine);
        const std::size_t end = text.find('\n');
        if (flow.row(text.substr(0, end), {}, std::string_view(text).substr(end + 1))) {
          show({base_->network.links[mine].from, base_->network.links[mine].to}, {mine});
        }
      }
    }

    flow.heading(ui.t(Str::network_cut_points), ui.t(Str::network_cut_points_why));
    std::size_t rows = 0;
    for (const graph::Cut& each : a.connectivity.articulation) {
      if (++rows > kMostRows) break;
      if (flow.row(name(each.id), std::to_string(each.pieces.size() + (each.rest > 0 ? 1 : 0)),
                   cut_text(ui, each))) {
        go_to(here(a, each.id));
      }
    }
    rest(flow, ui, a.connectivity.articulation.size());

    flow.heading(ui.t(Str::network_bridges), ui.t(Str::network_bridges_why));
    rows = 0;
    for (const graph::Cut& each : a.connectivity.bridges) {
      if (++rows > kMostRows) break;
      const graph::Edge edge = a.graph.edges()[each.id];
      if (flow.row(name(edge.a) + " – " + name(edge.b))) {
        show({here(a, edge.a), here(a, edge.b)}, {});
      }
    }
    rest(flow, ui, a.connectivity.bridges.size());

    flow.heading(ui.t(Str::network_single), ui.t(Str::network_single_why));
    rows = 0;
    for (const alliance::Input& each : a.single_source) {
      if (++rows > kMostRows) break;
      const std::string detail =
          (each.supplier ? ui.t(Str::network_only_from, {name(*each.supplier)}) : std::string()) +
          " " +
          (each.alternatives.empty() ? std::string(ui.t(Str::network_no_alternative))
                                     : ui.t(Str::network_alternatives, {list(each.alternatives)}));
      if (flow.row(name(each.buyer) + " · " + ui.in(programme.products[each.product].name), {},
                   detail)) {
        std::vector<std::uint32_t> nodes = {here(a, each.buyer)};
        if (each.supplier) nodes.push_back(here(a, *each.supplier));
        std::vector<std::uint32_t> links;
        for (const std::uint32_t link : each.links) links.push_back(link_here(a, link));
        show(nodes, links);
      }
    }
    rest(flow, ui, a.single_source.size());

    flow.heading(ui.t(Str::network_complements), ui.t(Str::network_complements_why));
    for (const alliance::Complement& each : a.complements) {
      const Product& product = programme.products[each.product];
      std::string detail =
          list(each.makers) + " → " + list(each.buyers) + "\n" +
          ui.t(Str::network_supplied, {volume_text(ui, each.linked, product.unit)});
      detail +=
          " · " + (each.open ? ui.t(Str::network_open, {volume_text(ui, each.open, product.unit)})
                             : std::string(ui.t(Str::network_open_unknown)));
      if (flow.row(ui.in(product.name),
                   ui.in(programme.cities[each.from].name) + " → " +
                       ui.in(programme.cities[each.to].name),
                   detail)) {
        std::vector<std::uint32_t> nodes;
        for (const std::uint32_t node : each.makers) nodes.push_back(here(a, node));
        for (const std::uint32_t node : each.buyers) nodes.push_back(here(a, node));
        std::vector<std::uint32_t> links;
        for (const std::uint32_t link : each.links) links.push_back(link_here(a, link));
        show(nodes, links);
      }
    }
    rest(flow, ui, a.complements.size());

    flow.heading(ui.t(Str::network_central), ui.t(Str::network_central_why));
    if (betweenness_.empty()) {
      flow.text(ui.t(Str::network_counting));
    } else {
      std::vector<std::uint32_t> order(betweenness_.size());
      for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
      const std::size_t most = std::min<std::size_t>(10, order.size());
      std::partial_sort(
          order.begin(), order.begin() + static_cast<std::ptrdiff_t>(most), order.end(),
          [this](std::uint32_t x, std::uint32_t y) {
            return betweenness_[x] != betweenness_[y] ? betweenness_[x] > betweenness_[y] : x < y;
          });
      for (std::size_t i = 0; i < most; ++i) {
        if (flow.row(ui.in(base_->network.member(order[i]).name),
                     number_text(std::round(betweenness_[order[i]] * 10) / 10),
                     core_text(ui, order[i]))) {
          go_to(order[i]);
        }
      }
    }
  }

  void rest(PanelFlow& flow, Ui& ui, std::size_t count) const {
    if (count == 0) flow.text(ui.t(Str::network_none));
    if (count > kMostRows) {
      flow.text(ui.t(Str::network_more, {std::to_string(count - kMostRows)}));
    }
  }

  void members(PanelFlow& flow, Ui& ui) {
    flow.heading(ui.t(Str::network_members) + std::string("  ") +
                 number_text(static_cast<double>(matches_.size())));
    if (matches_.empty()) flow.text(ui.t(Str::network_no_match));
    additions(flow, ui);
    const float row = ui.px(32);
    const std::size_t from = flow.first_row(row, matches_.size());
    const std::size_t to = flow.last_row(row, matches_.size());
    flow.skip(row * static_cast<float>(from));
    for (std::size_t i = from; i < to; ++i) {
      const std::uint32_t node = matches_[i];
      const std::uint32_t city = base_->network.city[node];
      if (flow.line(row, ui.in(base_->network.member(node).name),
                    city == kNone ? std::string_view(ui.t(Str::network_city_unknown))
                                  : std::string_view(ui.in(programme_->cities[city].name)),
                    node == selected_)) {
        go_to(node);
      }
    }
    flow.skip(row * static_cast<float>(matches_.size() - to));
  }

  static constexpr std::size_t kMostRows = 30;
  static constexpr std::size_t kMostLabels = 160;
  static constexpr std::size_t kSlice = 500;  ///< of the free layout between looks at the clock

  std::size_t version_ = 0;
  Workspace* workspace_ = nullptr;  ///< of this frame
  const Programme* programme_ = nullptr;
  std::string seen_;               ///< id of the programme that was looked at last
  std::string mind_;               ///< id of the member that was chosen in the last frame
  std::size_t known_members_ = 0;  ///< in the last frame
  std::size_t choice_ = 0;         ///< 0: all members; else an alliance, from 1
  std::optional<Analysis> base_;
  std::optional<Analysis> after_;  ///< without those who are thought away
  alliance::Impact impact_;
  std::vector<std::string> without_;
  std::unique_ptr<graph::Betweenness> central_;
  std::vector<double> betweenness_;
  std::vector<std::uint32_t> node_of_member_;
  std::vector<std::uint32_t> link_of_chain_;
  std::vector<unsigned char> node_marks_;
  std::vector<unsigned char> link_marks_;
  std::vector<unsigned char> near_;

  bool has_chain_ = false;
  bool free_ = false;
  alliance::ChainDrawing drawing_;
  std::optional<alliance::LayerLayout> layered_;
  double stretch_ = 0;        ///< of the chain's heights; 0: not known yet
  std::vector<Point> shift_;  ///< of members that were dragged in the chain
  std::unique_ptr<alliance::ForceLayout> force_;
  std::optional<Fitting> fitting_;  ///< of the free layout; none: not known yet
  bool pinned_ = false;

  Point centre_;
  double zoom_ = 1;
  float scale_ = 1;
  ImVec2 middle_;
  Rect window_;              ///< where the picture is
  bool fit_ = true;          ///< wanted: all of it
  bool fitted_ = true;       ///< all of it is in view, as nobody has moved it
  roadshow::Camera camera_;  ///< wanted
  std::optional<Window> window_wanted_;
  std::uint32_t selected_ = kNone;
  std::uint32_t hovered_ = kNone;
  std::uint32_t hovered_link_ = kNone;
  std::uint32_t dragged_ = kNone;
  bool dragged_far_ = false;
  int hops_ = 0;
  std::vector<std::uint32_t> spot_members_;
  std::vector<std::uint32_t> spot_links_;
  std::vector<Rect> taken_;  ///< by names, and by what they keep off
  std::vector<std::uint32_t> in_view_;

  std::string query_;
  bool focus_search_ = false;
  std::vector<std::uint32_t> matches_;
  std::vector<unsigned char> matched_;
  std::size_t match_ = 0;
  bool show_bottleneck_ = true;
  bool show_cut_points_ = false;
  bool show_bridges_ = false;
  bool show_single_ = false;
  Page page_ = Page::suggestions;
  bool panel_only_ = false;
};

}  // namespace

std::unique_ptr<View> make_network_view() {
  return std::make_unique<NetworkView>();
}

}  // namespace tc::ui
