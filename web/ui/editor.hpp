#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "web/ui/item_form.hpp"
#include "web/ui/record_form.hpp"
#include "web/ui/ui.hpp"
#include "web/ui/views/view.hpp"

namespace tc::ui {

/// Turns what views propose into entries of the ledger: asks who is writing and for a reason where
/// the ledger wants one, has each entry kept, and shows the state after it. Undo and redo as well.
class Editor {
 public:
  explicit Editor(Workspace& workspace) : workspace_(workspace) {}

  std::string author;  ///< empty: asked for at the first change
  std::string city;    ///< id

  /// Dialogs and the message at the bottom; call at the end of the page, in the app's window.
  void draw(Ui& ui, const Rect& area);
  /// Does what was proposed in this frame. True when the board is another one now.
  bool apply(Ui& ui);

  void undo();
  void redo();
  bool can_undo() const;
  bool can_redo() const;

  /// An entry that takes a while to be made, between frames.
  struct Entering {
    Draft draft;  ///< until the journal is there
    std::optional<LedgerCommit> commit;
    bool is_entered = false;  ///< and shown; it is still to be kept
    std::string said;         ///< what is changed
    std::size_t changes = 0;  ///< so many
    std::int64_t begun = 0;   ///< by the host's clock
    double making = 0;        ///< the share of it that beginning the journal has
  };
  const std::optional<Entering>& entering() const { return entering_; }
  double entering_progress() const;
  /// Goes on with it for a few milliseconds; false when it is in the ledger or refused.
  bool work(Ui& ui);
  /// If it isn't in the ledger yet, it won't be.
  void give_up();

  /// Opens a ledger as the board. `keep`: it isn't kept yet.
  void open(Ledger ledger, bool keep);
  /// Joins a copy of the open board and says what came of it; `quietly` where that is nothing new,
  /// for what the host has kept itself.
  void merge(Ui& ui, Ledger&& other, bool quietly);
  /// Joins what the host has kept of the open board.
  void join(Ui& ui, Result<OpenedLedger> kept);
  /// Takes over lines that another window has appended to the open board and kept. False when they
  /// don't follow what is here: the whole copy is to be merged then.
  bool receive(Ui& ui, std::string_view lines);
  /// Gives the host all of the board, when it turns out to have lost it.
  void keep_again();
  /// The host has kept what it was given, or says why not.
  void kept(Ui& ui, bool good, std::string_view detail);
  void forget();

  /// A line at the bottom until something else happens.
  void say(std::string text, bool problem = false);

 private:
  void note_chosen();
  void show_board();
  void commit(Ui& ui);
  void revert(Ui& ui, bool again);
  void enter(Ui& ui, Draft draft, std::string said);
  bool entered(Ui& ui, Draft draft, std::string said, const Result<std::size_t>& done);
  bool is_large(const Draft& draft) const;
  void keep_last();
  void keep_all();
  void keep(const std::string& text, bool whole);
  Signature signature() const;
  void identity_dialog(Ui& ui);
  void reason_dialog(Ui& ui);
  std::string summary(const Ui& ui, const Draft& draft) const;
  std::string message() const;

  Workspace& workspace_;
  ItemForm form_;
  RecordForm record_form_;
  LedgerDates dates_;
  std::optional<Entering> entering_;
  bool whole_ = true;  ///< the host hasn't got the board yet
  bool wants_undo_ = false, wants_redo_ = false;
  bool asks_name_ = false, asks_reason_ = false;
  std::string chosen_;  ///< code of the item whose details are open
  std::string name_;
  int city_choice_ = -1;
  std::string reason_;
  std::string message_;
  bool message_is_problem_ = false;
  std::string arrived_;  ///< what came from other windows since; stands beside the message
};

}  // namespace tc::ui
