#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/error.hpp"
#include "core/model/programme.hpp"
#include "web/ui/ui.hpp"

namespace tc::ui {

/// The conditions of a policy while they are edited. The common shape, comparisons of which all or
/// any have to hold, is a row each; what is nested deeper stands among the rows in words and is
/// edited as text, as all of it can be. What isn't touched stays as it was, notes included.
class RuleEditor {
 public:
  /// Null: the conditions are unknown.
  void open(const nlohmann::json* conditions);

  /// Draws it and returns its height. `errors` are faults of it, their pointers beginning with
  /// `pointer`; the first one is brought into sight if `reveal`, which that clears.
  float draw(Ui& ui, const Programme& programme, const Rect& area,
             const std::vector<const Error*>& errors, std::string_view pointer, bool& reveal);

  /// The conditions as they stand; nothing when they are unknown. What is wrong with them is added
  /// to `faults`, with pointers that begin with `pointer`.
  std::optional<nlohmann::json> read(const std::string& pointer, std::vector<Error>& faults);

 private:
  struct Row {
    nlohmann::json kept;  ///< as it was; null: a new one
    bool nested = false;  ///< only in words
    bool changed = false;
    std::string attribute;
    std::string op;
    std::vector<std::string> values;
  };

  static Row row_of(const nlohmann::json& condition);
  static nlohmann::json json_of(const Row& row);
  std::optional<nlohmann::json> built();
  void choose_attribute(Row& row, const std::string& attribute);
  bool row(Ui& ui, const Programme& programme, Row& row, std::size_t number, float x, float& y,
           float width);
  void value(Ui& ui, const Programme& programme, Row& row, const std::string& name, float x,
             float y, float width);
  float text(Ui& ui, float x, float y, float width, bool faulty);

  bool as_text_ = false;
  std::string text_;
  std::string join_ = "all";
  nlohmann::json rest_;  ///< of the group that holds the rows: its note; null: there is no group
  bool none_ = false;    ///< known to have no conditions
  std::vector<Row> rows_;
  std::vector<std::size_t> written_;  ///< the rows that `built` made elements of, in their order
};

}  // namespace tc::ui
