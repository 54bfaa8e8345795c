#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "web/ui/ui.hpp"
#include "web/ui/views/view.hpp"

namespace tc::ui {

/// The form in which an item is changed or a new one is made (`Workspace::edited`, `new_item`).
/// What it changes becomes one entry of the ledger; a refusal is shown at the field that it is
/// about.
class ItemForm {
 public:
  /// Draws the dialog while a form is wanted; call once a frame. Dialogs over it are drawn by
  /// `above`, within it, as Dear ImGui stacks them. False: there is no form, `above` wasn't called.
  bool draw(Ui& ui, Workspace& workspace, const std::function<void()>& above) {
    const bool wanted = workspace.edited.has_value() || workspace.new_item;
    open_ = open_ && wanted;
    return wanted && draw_open(ui, workspace, above);
  }

 private:
  /// Not inlined, as the first frame does without it (cmake/split.py).
  [[gnu::noinline]] bool draw_open(Ui& ui, Workspace& workspace,
                                   const std::function<void()>& above);
  struct MilestoneRow {
    std::string id;
    std::string title;
    std::string due;
    std::string finished;
    bool added = false;
    bool removed = false;
  };

  void begin(const Ui& ui, Workspace& workspace);
  void end(Workspace& workspace);
  void fields(Ui& ui, Workspace& workspace, float x0, float x1);
  void departments(Ui& ui, const Board& board, const char* id, Str label,
                   std::vector<std::string>& chosen, float x0, float x1, float& y);
  void milestones(Ui& ui, float x0, float x1, float& y);
  void evidence(Ui& ui, float x0, float x1, float& y);
  std::vector<Change> changes(Workspace& workspace);
  void save(Workspace& workspace);
  /// The refusal about this member, for showing at its field; empty when there is none.
  std::string problem(const Ui& ui, const Workspace& workspace, std::string_view member) const;

  bool open_ = false;
  bool unchanged_ = false;       ///< saved without any change
  bool reveal_problem_ = false;  ///< scroll to the first field with one
  bool waiting_ = false;         ///< a proposal is on its way
  std::size_t accepted_ = 0;
  Language language_ = Language::zh;  ///< that milestones' titles are edited in
  std::string code_, zh_, en_, summary_zh_, summary_en_;
  std::string area_;
  Status status_ = Status::not_started;
  std::vector<std::string> leads_, partners_;
  std::string start_, due_, started_, finished_, progress_;
  std::vector<MilestoneRow> milestones_;
  std::string evidence_title_, evidence_url_;
  std::string reason_;
  std::vector<Error> faults_;  ///< of what was typed, before anything is proposed
  ActionItem original_;
};

}  // namespace tc::ui
