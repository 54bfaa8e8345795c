#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/roadshow/talk.hpp"
#include "web/ui/views/view.hpp"

namespace tc::ui {

/// Presents a deck on the whole screen, from the living board: what a slide shows is looked up
/// while it is shown. The talk goes on while the presenter is in a live view.
class Presenter {
 public:
  explicit Presenter(Workspace& live) : live_(live), stage_(live.host) { stage_.read_only = true; }

  bool reduced_motion = false;  ///< cuts in place of moves
  int kiosk_dwell = 0;          ///< milliseconds a slide in kiosk mode; 0: by its budget

  /// Begins a talk, or a tour through all slides for an export. Draws every slide once before, so
  /// that the talk never waits for a glyph.
  void start(const Workspace::TalkRequest& request);
  void stop();
  /// A talk or a tour is on, on the screen or behind a live view.
  bool running() const { return !deck_id_.empty(); }
  /// It has the screen.
  bool on_screen() const { return running() && !drilled_; }
  bool drilled() const { return running() && drilled_; }

  /// Draws the screen and takes the keys, in place of the app's page.
  void draw(Ui& ui, const Rect& screen);
  /// The way back to the slide, over a live view; call after the page has drawn.
  void draw_return(Ui& ui, const Rect& page);

  /// True while something moves by itself.
  bool moving() const;
  /// What the view on the slide has to compute (`Workspace::work`).
  const std::function<bool()>& work() const { return stage_.work; }
  /// Milliseconds until something changes by itself; nothing when nothing will.
  std::optional<int> wake_after() const;

  /// What the presenter's window asks for: `next`, `previous`, `go N`, `black`, `white`, `stop`,
  /// `pause`, `pitch`, `hello`, or `interest` with a party and a count after tabs.
  void command(std::string_view text);

 private:
  struct At {
    std::size_t slide = 0;
    std::size_t step = 0;
    bool operator==(const At&) const = default;
  };
  enum class Change { none, out, in, move };
  enum class Tool { none, laser, pen, eraser };
  enum class Blank { none, black, white };

  const Deck* deck() const;
  const Slide& slide() const { return deck()->slides[shown_.slide]; }
  std::int64_t now() const { return live_.host.now(); }

  void go(At to);
  void next();
  void previous();
  void arrive();
  void enter(At at);
  View* view();
  std::string camera_at(const Slide& slide, std::size_t step) const;
  void advance(float seconds);
  std::unique_ptr<Board>& board_of(const Slide& on);
  void drill();
  void add_interest(const std::string& party, int count);
  void report();

  void keys();
  void tour(Ui& ui);
  void slide_on(Ui& ui, const Rect& frame);
  void header(Ui& ui, const Rect& frame, const Slide& slide);
  void footer(Ui& ui, const Rect& frame, const Slide& slide);
  void view_slide(Ui& ui, const Rect& body, const Slide& slide);
  void title_slide(Ui& ui, const Rect& body, const Slide& slide);
  void text_slide(Ui& ui, const Rect& body, const Slide& slide);
  void figure_slide(Ui& ui, const Rect& body, const Slide& slide);
  void pitch_slide(Ui& ui, const Rect& body, const Slide& slide);
  float lines(Ui& ui, const Rect& body, const Slide& slide, float factor);
  void highlight(Ui& ui, std::size_t first_node, const Rect& clip);
  void overlay(Ui& ui, const Rect& screen, const Rect& frame);
  void pitch_clock(Ui& ui, const Rect& frame);

  Workspace& live_;
  void drop_views() {
    stage_.work = nullptr;
    views_.clear();
  }

  Workspace stage_;  ///< what the views on slides see
  std::string deck_id_;
  std::vector<std::pair<std::string, std::unique_ptr<View>>> views_;  ///< by page
  std::map<std::int32_t, std::unique_ptr<Board>> boards_;             ///< by day
  std::size_t boards_version_ = 0;                                    ///< of the live board
  At shown_, target_;
  Change change_ = Change::none;
  float progress_ = 0;  ///< seconds since the change began
  std::string move_from_, move_to_;
  bool drilled_ = false;
  bool kiosk_ = false;
  std::optional<std::int64_t> due_;  ///< kiosk: when to go on
  std::string touring_;              ///< purpose; empty: a talk
  std::size_t tour_slide_ = 0;
  int tour_frames_ = 0;
  At begin_;
  int settling_ = 0;

  std::optional<roadshow::Talk> talk_;
  std::optional<roadshow::PitchClock> pitches_;
  std::string jump_;  ///< digits typed so far
  Tool tool_ = Tool::none;
  Blank blank_ = Blank::none;
  std::map<std::size_t, std::vector<std::vector<ImVec2>>> ink_;  ///< by slide, within the frame
  bool inking_ = false;
  std::vector<std::string> highlighted_;  ///< names of what stands out
  At highlighted_for_;
  std::size_t highlighted_version_ = 0;
};

}  // namespace tc::ui
