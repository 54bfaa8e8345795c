#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/exchange/formats.hpp"
#include "core/model/item_query.hpp"
#include "web/ui/board.hpp"
#include "web/ui/host.hpp"
#include "web/ui/ui.hpp"

namespace tc::ui {

/// Lists whose records have a form.
enum class RecordKind : std::uint8_t {
  need,
  result,
  job,
  graduate,
  challenge,
  bid,
  member,
  link,
  product,
  policy,
};

/// Milliseconds of a piece of `Workspace::work`: short enough for a key or the mouse to wait for.
inline constexpr std::int64_t kPieceMs = 6;

/// Such a piece of what `step` does, which answers false when nothing is left: whether there is
/// more.
template <class Step>
bool work_a_piece(Host& host, Step&& step) {
  const std::int64_t end = host.now() + kPieceMs;
  bool more = true;
  do {
    more = step();
  } while (more && host.now() < end);
  return more;
}

/// A record that is changed or removed, or a new one.
struct RecordEdit {
  RecordKind kind = RecordKind::need;
  std::optional<std::size_t> index;  ///< in its list; nothing: a new one
  std::size_t challenge = 0;         ///< that a bid is for
  bool remove = false;
  /// Of a new one: the alliance that the member joins, the member that the link begins at.
  std::string within = {};
  bool operator==(const RecordEdit&) const = default;
};

/// What a view may read and change. The board is never null while a view draws.
struct Workspace {
  explicit Workspace(Host& to) : host(to) {}

  Host& host;
  std::unique_ptr<Board> board;
  std::string_view page = "overview";  ///< id of the view that is shown
  ItemQuery query;                     ///< the items view's filters
  std::optional<std::size_t> chosen;   ///< the item whose details are open
  bool reveal_chosen = false;          ///< scroll to it once
  /// Set by a view in which something moves by itself: the next frame is wanted at once.
  bool moving = false;
  /// Set by a view, anew in each frame, in which somebody is about to change something.
  bool will_edit = false;
  /// Set by a view, anew in each frame, that has something to compute: a piece of a few
  /// milliseconds, which is called between frames until it answers false, and never again once
  /// there is another board.
  std::function<bool()> work;

  /// Null until somebody changes something: a programme that is only looked at needs none.
  std::shared_ptr<Ledger> ledger;
  std::optional<LedgerMaker> making;  ///< the same on its way
  std::optional<std::size_t> past;    ///< the board shows the state after so many entries

  // Edits. A view proposes them while it draws; the app does them after the frame.
  std::optional<Draft> proposal;
  std::optional<std::size_t> show_past;  ///< wanted: the state after so many entries
  bool show_present = false;             ///< wanted: the present
  bool new_item = false;                 ///< the form is open, of an item that isn't there yet
  std::vector<Error> rejection;          ///< why the last proposal was refused
  std::size_t accepted = 0;              ///< proposals that became entries
  bool entering = false;                 ///< the last proposal is on its way to be one
  std::optional<std::size_t> edited;     ///< the item whose form is open

  std::optional<RecordEdit> record;  ///< whose form is open

  struct ExportRequest {
    const ExportFormat* format = nullptr;  ///< null: everything as sheets of a spreadsheet
  };
  std::optional<ExportRequest> wanted_export;  ///< the app does it after the frame

  // Roadshows. A view asks, the app does it after the frame.
  bool read_only = false;              ///< the board is only shown, on a slide
  std::optional<SavedView> captured;   ///< the page that was looked at before this one
  std::optional<SavedView> show_view;  ///< wanted: this page, as it was saved
  struct TalkRequest {
    std::string deck;  ///< id
    std::size_t slide = 0;
    bool kiosk = false;
    std::string purpose;  ///< not a talk but an export of all slides: `pdf`, `png`, `handout`
  };
  std::optional<TalkRequest> talk;  ///< wanted

  /// Whether it is still open what becomes of the last proposal.
  bool is_pending() const { return proposal.has_value() || entering; }
  /// So many items that to begin the journal takes a while.
  bool is_large() const {
    constexpr std::size_t kMany = 1000;
    return board->programme.items.size() >= kMany;
  }
  bool can_edit() const { return !past.has_value() && !read_only; }

  /// The journal, begun if need be. Null if the programme doesn't hold together.
  Ledger* journal() {
    if (ledger == nullptr) {
      begin_journal();
      while (making->step()) {
      }
      take_journal();
    }
    return ledger.get();
  }
  void begin_journal() {
    if (ledger == nullptr && !making) making.emplace(board->programme);
  }
  void take_journal() {
    Result<Ledger> made = making->take();
    making.reset();
    if (made) ledger = std::make_shared<Ledger>(std::move(*made.value));
  }

  /// Asks for a change of the board; it is done after this frame, or refused with `rejection`.
  void propose(std::vector<Change> changes, std::string reason = {}) {
    if (changes.empty() || !can_edit()) return;
    proposal.emplace();
    proposal->changes = std::move(changes);
    proposal->reason = std::move(reason);
    rejection.clear();
  }

  Collate collate_in(Language language) const {
    return [this, language](const std::vector<std::string_view>& texts) {
      return host.collate(texts, language);
    };
  }
  /// Shows the items view with these filters.
  void show_items(ItemQuery with) {
    query = std::move(with);
    page = "items";
  }
  /// Shows one item's details in the items view.
  void show_item(std::size_t item) {
    query = {};
    chosen = item;
    reveal_chosen = true;
    page = "items";
  }
};

/// Where cells that are pasted belong in a table of items.
struct PastePlace {
  std::vector<ItemColumn> columns;  ///< from the one under the mouse to the right
  std::vector<std::string> codes;   ///< of the items, from the row under the mouse down
};

/// One page of the app. Its state lives in the object, and starts afresh with each board.
class View {
 public:
  virtual ~View() = default;
  virtual void draw(Ui& ui, Workspace& workspace, const Rect& area) = 0;

  /// The cell under the mouse, if the view is a table of items.
  virtual std::optional<PastePlace> paste_place(const Workspace& /*workspace*/) const { return {}; }

  /// What a saved view needs besides the workspace's state to look the same again: zoom, scroll
  /// position and the like, as names and numbers (core/roadshow/camera.hpp). Independent of the
  /// size of the screen as far as the view can make it.
  virtual std::string camera() const { return {}; }
  /// Takes effect with the next frames; what it doesn't understand is passed over.
  virtual void set_camera(std::string_view /*camera*/) {}
};

struct ViewEntry {
  const char* id;
  const char* icon;
  Str title;
  std::unique_ptr<View> (*make)();
};

/// The pages in the order of the navigation rail.
std::span<const ViewEntry> views();

}  // namespace tc::ui
