#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "web/ui/ui.hpp"
#include "web/ui/views/view.hpp"

namespace tc::ui {

/// The form in which a need, result, job, graduate, challenge or bid is changed or a new one is
/// made
/// (`Workspace::posting`). What it changes becomes one entry of the ledger; a refusal is shown at
/// the field that it is about. Contact details of graduates have no field here.
class PostingForm {
 public:
  /// As `ItemForm::draw`.
  bool draw(Ui& ui, Workspace& workspace, const std::function<void()>& above);

 private:
  /// One member of the posting as it is typed.
  struct Field {
    std::size_t spec = 0;
    std::string first;   ///< Chinese, a number, a date, ids, or the name of a choice
    std::string second;  ///< English
    /// Of a list within the posting: criteria and judges (Chinese, English, weight or conflicts),
    /// or the scores of a judge, one a criterion.
    struct Row {
      std::string id;
      std::vector<std::string> cells;
    };
    std::vector<Row> rows;
  };

  void begin(Workspace& workspace);
  void end(Workspace& workspace);
  void fields(Ui& ui, Workspace& workspace, float x0, float x1);
  /// Reads the field into `after`; a fault if it can't be.
  void read(const Field& field, nlohmann::json& after);
  void read_rows(const Field& field, nlohmann::json& after);
  void begin_rows(Field& field, const Challenge* challenge);
  /// Draws a list within the posting; returns its height.
  float rows(Ui& ui, const Programme& programme, Field& field, float x, float y, float width);
  void save(Workspace& workspace);
  std::string problem(const Ui& ui, const Workspace& workspace, std::string_view member) const;
  std::string base() const;

  bool open_ = false;
  bool unchanged_ = false;
  bool waiting_ = false;
  bool reveal_problem_ = false;
  std::size_t accepted_ = 0;
  PostingKind kind_ = PostingKind::need;
  std::string list_;           ///< pointer of the list that the posting is in
  std::size_t challenge_ = 0;  ///< that a bid is for
  bool added_ = false;
  std::string id_;
  std::vector<Field> fields_;
  std::vector<std::string> criteria_;  ///< ids, of a bid's challenge
  std::string reason_;
  std::vector<Error> faults_;
  nlohmann::json original_;
};

}  // namespace tc::ui
