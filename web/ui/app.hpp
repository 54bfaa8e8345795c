#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "web/ui/host.hpp"
#include "web/ui/semantics.hpp"

struct ImFontLoader;

namespace tc::ui {

enum class Ask : std::uint8_t;

/// The whole interface. It draws with Dear ImGui into the current context and knows nothing of who
/// renders the result. All lengths are device pixels; `scale` says how many make a CSS pixel, so
/// that lines and glyphs fall on whole pixels at any zoom.
///
/// Life cycle: ImGui::CreateContext(); App app(host); app.set_fonts(loader); app.set_scale(dpr);
/// then for each frame: fill ImGuiIO, ImGui::NewFrame(); app.frame(); ImGui::Render(); draw.
class App {
 public:
  explicit App(Host& host);
  ~App();
  App(const App&) = delete;
  App& operator=(const App&) = delete;

  /// Adds the interface's faces to the font atlas: two `ImFontConfig`s that use `loader`, with
  /// FontNo 0 = regular and 1 = bold.
  void set_fonts(const ImFontLoader* loader);
  /// Device pixels per CSS pixel.
  void set_scale(float scale);

  /// Offers a programme file or a board file. A good one becomes the board; a bad one leaves the
  /// board as it is and shows every error with its place. `kept`: the host has kept these bytes.
  void open(std::string_view name, std::string_view bytes, bool kept = false);
  /// Offers a spreadsheet as a workbook (`workbook_json`): shows what it would change in the board.
  /// Of what was `pasted` the first row may be data; its columns are then taken for the table's.
  void import_table(std::string_view name, std::string_view workbook, bool pasted);
  /// The host reads or writes a file of that name beside the page; without a name it has done.
  void busy(std::string_view name, bool writing);
  /// A file could not be had at all; `detail` is a sentence for the user.
  void open_failed(std::string_view name, std::string_view detail);
  /// Joins a copy of the open board that another window has kept.
  void join(std::string_view bytes);
  /// Takes over what another window has appended to the open board (`Host::keep`). False when that
  /// doesn't follow what is here or would take a while, and the whole copy has to be joined.
  bool receive(std::string_view lines);
  /// The host has lost the open board and wants all of it (`Host::keep`).
  void keep_again();
  /// Whether the host could keep what it was given (`Host::keep`); `detail` says why not.
  void kept(bool good, std::string_view detail);
  /// The board has been saved in a file of that name, or couldn't be, for the reason in `detail`.
  void saved(std::string_view name, std::string_view detail);
  /// The boards that the host has kept: for each a line with its id, a tab and its title.
  void set_kept_boards(std::string_view list);
  /// What `Host::load_initials` asked for.
  void set_initials(std::string_view table);
  /// A preference of an earlier visit (`language`: zh, en; `theme`: light, dark; `page`: a view's
  /// id; `author`, `city`: who writes in the ledger; `motion`: reduced, full; `kiosk`: a deck's id,
  /// shown unattended as soon as its board is open; `dwell`: seconds a slide in it; `tour`: wanted,
  /// for someone who hasn't been here before). Unknown keys
  /// and values are passed over.
  void restore(std::string_view key, std::string_view value);
  /// Shows what an address names (see link.hpp), as soon as there is a board.
  void follow(std::string_view link);
  /// What assistive technology asks of the widget with this `Node::id`.
  void ask(std::uint32_t id, Ask what, std::string_view text);
  /// Whether the semantics also hold what is scrolled out of sight.
  void read_beyond_sight(bool on);
  /// What the presenter's window or the page asks of a talk: see `Presenter::command`.
  void talk_command(std::string_view text);
  /// Whether F5 is ours here and doesn't load the page again.
  bool presents() const;
  /// Milliseconds until a frame is wanted without an event; nothing when none is.
  std::optional<int> wake_after() const;
  /// A file is being dragged over the page.
  void set_drop_hint(bool shown);

  /// Draws one frame. Call between ImGui::NewFrame() and ImGui::Render().
  void frame();

  /// True while something moves by itself (an animation, a spinner): draw again at once.
  /// Otherwise a few frames after each input event are enough.
  bool animating() const;
  /// Whether the last frame left something to compute, and a piece of it, of a few milliseconds:
  /// the host calls it between frames until it answers false, and then for a frame.
  bool has_work() const;
  bool work();

  const Semantics& semantics() const;
  Language language() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace tc::ui
