#pragma once

#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "web/ui/ui.hpp"
#include "web/ui/views/view.hpp"

namespace tc::ui {

/// How a member of a record is entered.
enum class FieldForm : std::uint8_t {
  text,    ///< one line in each language
  lines,   ///< several
  choice,  ///< one of the options
  some,    ///< any of the options
  ranked,  ///< any of the options, best first
  number,
  whole,
  date,
  flag,
  codes,  ///< ids, best first
  table,
  scores,  ///< of a bid's judges, one a criterion
  rule,
};

/// Where the options of a choice come from.
enum class OptionsOf : std::uint8_t {
  none,
  cities,
  clusters,
  positions,
  degrees,
  member_kinds,
  link_kinds,
  instruments,
  coverages,
  departments,
  members,
  products,
  alliances,
  groups,
  matrix_clusters,
};

/// How a member of a row is entered.
enum class CellForm : std::uint8_t {
  zh,  ///< one of the languages of a text
  en,
  number,
  volume,  ///< a number in the unit of the row's product
  codes,
  choice,
  stages,  ///< any stages of the row's alliance; below the row
};

struct ColumnSpec {
  const char* member;
  Str label;
  CellForm form;
  OptionsOf options = OptionsOf::none;
  bool required = false;
};

/// A list within a record.
struct TableSpec {
  std::span<const ColumnSpec> columns;
  Str add;
  const char* ids = nullptr;  ///< how new elements' ids begin; null: they have none
  bool plain = false;         ///< the elements are ids themselves, of the one column
};

struct FieldSpec {
  const char* member;  ///< of the record, or a way into it: `amount/value`
  Str label;
  FieldForm form;
  bool required = false;
  OptionsOf options = OptionsOf::none;
  const TableSpec* table = nullptr;
};

/// The fields of a kind of record, as they stand in its form.
std::span<const FieldSpec> fields_of(RecordKind kind);

/// The cells of the policy matrix that a policy covers are a list of the matrix and not the
/// policy's own.
bool is_in_matrix(const FieldSpec& spec);
inline constexpr const char* kMatrixCells = "/policyMatrix/cells";

/// The name that stands in the file, and what people read.
struct Option {
  std::string name;
  std::string label;
};
std::vector<Option> options_of(const Ui& ui, const Programme& programme, OptionsOf from);

/// Name of the top-level list of a kind of record; of bids that of their challenges.
const char* list_of(RecordKind kind);
/// `New need {0}` or `Edit need {0}`.
Str title_of(RecordKind kind, bool added);

}  // namespace tc::ui
