#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/date.hpp"
#include "core/model/text.hpp"

namespace tc::ui {

/// What the interface needs of the world around it. `web/platform` implements it for the browser,
/// the UI tests for themselves. Answers that take time come back through `App`.
class Host {
 public:
  virtual ~Host() = default;

  /// Lets the user pick a programme file; its bytes come back through `App::open`.
  virtual void choose_file() = 0;
  /// Fetches one of the programmes that ship with the site; comes back through `App::open` or
  /// `App::open_failed`.
  virtual void load_shipped(std::string_view id) = 0;
  /// What `App::open` was given last is the board now, or has joined it.
  virtual void opened() {}
  /// Gives up what the host is at (`App::busy`).
  virtual void give_up() {}
  /// Hands a file to the user.
  virtual void save_file(std::string_view name, std::string_view mime, std::string_view bytes) = 0;
  /// Saves the board file where it was opened or saved before, else asks where to, and answers
  /// through `App::saved`; where the browser can't do that, as `save_file`.
  virtual void save_board(std::string_view name, std::string_view text) = 0;
  /// Makes a spreadsheet file (.xlsx) of a workbook (`workbook_json`) and hands it to the user.
  virtual void save_workbook(std::string_view name, std::string_view workbook) = 0;
  /// Draws a picture (SVG) and hands it to the user as an image (PNG) of that name.
  virtual void save_picture(std::string_view name, std::string_view svg) = 0;
  /// Opens an http(s) address in a new tab.
  virtual void open_link(std::string_view url) = 0;
  /// Keeps a small preference for the next visit; it comes back through `App::restore`.
  virtual void remember(std::string_view key, std::string_view value) = 0;
  /// The page's address names what is shown (see link.hpp); `step`: the back button leads away from
  /// it again, else it takes the place of the address before.
  virtual void show_address(std::string_view /*link*/, bool /*step*/) {}
  /// Copies the page's address with this link.
  virtual void copy_address(std::string_view /*link*/) {}
  /// Milliseconds since 1970-01-01T00:00:00Z, for entries of the ledger.
  virtual std::int64_t now() = 0;
  /// Keeps an entry of a board for the next visit. `text` is the whole board file when `whole`,
  /// else one entry's line, with a snapshot's now and then; what was kept before is never taken
  /// away. The answer comes back through `App::kept`.
  virtual void keep(std::string_view board, std::string_view title, std::string_view text,
                    bool whole) = 0;
  /// Opens a board that was kept; comes back through `App::open`.
  virtual void open_kept(std::string_view board) = 0;
  /// Today in the user's time zone, for boards that do not say which day they describe.
  virtual Date today() = 0;
  /// Title and language of the page around the canvas.
  virtual void set_page(std::string_view title, Language language) = 0;
  /// For each text its place in the language's dictionary order (pinyin for Chinese); equal texts
  /// have equal ranks.
  virtual std::vector<std::uint32_t> collate(const std::vector<std::string_view>& texts,
                                             Language language) = 0;

  /// Fetches the first letters of pinyin (`PinyinInitials`); they come back through
  /// `App::set_initials`.
  virtual void load_initials() {}

  // Roadshows.
  /// Fills the whole screen with the page, or ends that.
  virtual void full_screen(bool /*on*/) {}
  /// A tour through all slides begins: see `capture`.
  virtual void begin_tour(std::string_view /*purpose*/) {}
  /// Where the talk stands, as JSON for the presenter's window (web/platform/presenter.js); empty
  /// when it is over, `window` to open it.
  virtual void presenting(std::string_view /*state*/) {}
  /// The frame that is being drawn shows this slide, all of it: keep its picture. `of` is how
  /// many slides there are in this tour. `purpose` is `warm`, `pdf`, `png`
  /// or `handout`, `about` JSON with what the export needs to know of the slide.
  virtual void capture(std::string_view /*purpose*/, std::size_t /*slide*/, std::size_t /*of*/,
                       std::string_view /*about*/) {}
  /// Rings so many times.
  virtual void ring(int /*times*/) {}
  /// Hands the user the whole app with this board in one file that opens without a server.
  virtual void save_page(std::string_view /*name*/, std::string_view /*board*/) {}
};

}  // namespace tc::ui
