#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "web/ui/record_specs.hpp"
#include "web/ui/rule_editor.hpp"
#include "web/ui/ui.hpp"
#include "web/ui/views/view.hpp"

namespace tc::ui {

/// The form in which a record (`Workspace::record`) is changed or a new one is made, and the
/// question before it is removed. What it changes becomes one entry of the ledger; a refusal is
/// shown at the field that it is about. What isn't touched stays as it was. Contact details of
/// graduates have no field here.
class RecordForm {
 public:
  /// As `ItemForm::draw`.
  bool draw(Ui& ui, Workspace& workspace, const std::function<void()>& above) {
    open_ = open_ && workspace.record;
    return workspace.record && draw_open(ui, workspace, above);
  }

 private:
  /// An element of a list within the record, as it is typed.
  struct Row {
    std::string id;
    std::vector<std::string> cells;
    std::vector<std::string> shown;  ///< the cells at first
    nlohmann::json kept;             ///< the element; null: a new one
  };
  /// One member of the record as it is typed.
  struct Field {
    std::size_t spec = 0;
    std::string first;   ///< Chinese, a number, a date, ids, or the name of a choice
    std::string second;  ///< English
    std::string first_shown;
    std::string second_shown;
    std::vector<Row> rows;
    RuleEditor rule;
    std::vector<std::size_t> written;  ///< the rows that were read, in their order
  };
  /// Where the fields stand: in a row of two halves, or one below the other.
  struct Columns {
    float x0 = 0;
    float x1 = 0;
    float half = 0;
    float gap = 0;
    bool narrow = false;
    float y = 0;
    float row_y = 0;  ///< bottom of the left half of a row
    bool right_half = false;
    void finish_row();
  };

  /// Not inlined, as the first frame does without it (cmake/split.py).
  [[gnu::noinline]] bool draw_open(Ui& ui, Workspace& workspace,
                                   const std::function<void()>& above);
  void begin(Workspace& workspace);
  void end(Workspace& workspace);
  void begin_scores(Field& field, const Challenge& challenge);
  void begin_rows(Field& field);

  void fields(Ui& ui, Workspace& workspace, float x0, float x1);
  void wide_field(Ui& ui, Workspace& workspace, Field& field, Columns& at);
  void half_field(Ui& ui, Workspace& workspace, Field& field, Columns& at);
  float scores(Ui& ui, const Programme& programme, Field& field, float x, float y, float width);
  float table(Ui& ui, const Workspace& workspace, Field& field, float x, float y, float width);
  void cell(Ui& ui, const Programme& programme, const TableSpec& table, Row& row,
            std::size_t column, const std::string& name, const Rect& rect, bool faulty);
  float stages(Ui& ui, const Programme& programme, Row& row, std::size_t column, float x, float y,
               float width);

  /// Reads the field into `after`; a fault if it can't be.
  void read(Field& field, nlohmann::json& after);
  void read_scores(const Field& field, nlohmann::json& after);
  nlohmann::json read_rows(Field& field);
  std::optional<nlohmann::json> read_row(const Field& field, const Row& row, std::size_t index);
  std::optional<nlohmann::json> read_number(const std::string& text, bool whole,
                                            const std::string& place);
  void save(Workspace& workspace);
  void change_cells(const Ledger& ledger, std::vector<Change>& list);
  void propose(Workspace& workspace, std::vector<Change> list);

  bool draw_removal(Ui& ui, Workspace& workspace, const std::function<void()>& above);
  /// Whether it is time to close: the proposal became an entry.
  bool settled(const Workspace& workspace);
  void draw_reason(Ui& ui, const Workspace& workspace, float x0, float x1, float top);

  std::vector<const Error*> errors_of(const Workspace& workspace, const FieldSpec& spec) const;
  std::string problem(const Ui& ui, const Workspace& workspace, const FieldSpec& spec) const;
  std::string reason_problem(const Ui& ui, const Workspace& workspace) const;
  /// What is wrong and belongs to no field.
  std::string general_problem(const Ui& ui, const Workspace& workspace) const;
  std::string base() const;
  std::string place_of(const FieldSpec& spec) const;

  bool open_ = false;
  bool unchanged_ = false;
  bool waiting_ = false;
  bool reveal_problem_ = false;
  std::size_t accepted_ = 0;
  RecordKind kind_ = RecordKind::need;
  std::string list_;           ///< pointer of the list that the record is in
  std::size_t challenge_ = 0;  ///< that a bid is for
  bool added_ = false;
  std::string id_;
  std::vector<Field> fields_;
  std::vector<std::string> criteria_;  ///< ids, of a bid's challenge
  std::string reason_;
  std::vector<Error> faults_;
  nlohmann::json original_;
  nlohmann::json cells_before_;  ///< of the matrix, of a policy
  nlohmann::json cells_after_;
};

}  // namespace tc::ui
