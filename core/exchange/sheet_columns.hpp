#pragma once

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/exchange/workbook.hpp"
#include "core/model/programme.hpp"

/// What export and import of sheets share: which sheets and columns there are, what they are
/// called, and how values look in cells.
namespace tc::sheets {

enum class Kind : std::uint8_t {
  items,
  milestones,
  dependencies,
  evidence,
  indicators,
  needs,
  results,
  jobs,
  graduates,
};

/// How a value stands in a cell.
enum class ValueType : std::uint8_t {
  id,
  text,
  date,
  number,
  whole,
  lag,      ///< whole, none is 0
  count,    ///< whole, none is 1
  money,    ///< yuan
  percent,  ///< of 100
  flag,     ///< none is false
  status,
  rag,
  dependency_type,
  evidence_kind,
  counts,
  cluster,
  chain_position,
  degree,
  departments,  ///< list of ids
  area,         ///< id
  source,       ///< id
  city,         ///< id
  cities,       ///< list of ids, in order
  ids,          ///< list of other ids, in order
  computed,     ///< not part of the programme: never read
};

struct Column {
  /// Member names below the element: `title/zh`. `@item` is the code of the item that a row of
  /// another sheet belongs to, `@key` the key of evidence; other names with @ are computed.
  std::string_view path;
  ValueType type;
  std::string_view zh, en;  ///< headings as they are written
  /// What else headings may say, between bars. One that stands for a text without saying in which
  /// language is listed with the language that it is written in.
  std::string_view aliases;

  std::string_view heading(Language language) const { return language == Language::zh ? zh : en; }
};

struct SheetKind {
  Kind kind;
  std::string_view zh, en;   ///< names as they are written
  std::string_view aliases;  ///< what else a sheet may be called, between bars
  std::string_view list;     ///< of the elements: `items`, or within an item `milestones`
  std::string_view key;      ///< path of the column that tells the elements apart
  std::span<const Column> columns;

  std::string_view name(Language language) const { return language == Language::zh ? zh : en; }
  /// Whether the elements belong to items.
  bool within_item() const {
    return kind == Kind::milestones || kind == Kind::dependencies || kind == Kind::evidence;
  }
};

std::span<const SheetKind> sheet_kinds();

/// Names of the sheet with title and day, which is never read: 说明, About.
extern const Text kAboutName;
/// What is written above everything of a demonstration.
extern const char* const kDemonstrationLabel;

/// Text without white space and case, full-width forms made plain. For comparing.
std::string folded(std::string_view text);
/// Text without white space around it, line ends made line feeds.
std::string trimmed(std::string_view text);

/// The column that a heading means; nothing when it is none of the sheet's.
struct HeadingMatch {
  std::size_t column = 0;
  bool either_language = false;  ///< a text's heading that doesn't say in which language
};
std::optional<HeadingMatch> match_heading(const SheetKind& kind, std::string_view heading);
/// The kind of sheet whose elements stand in that list of a programme, or null.
const SheetKind* kind_of_list(std::string_view list);
/// The kind of sheet with that name.
const SheetKind* kind_by_name(std::string_view name);

/// Finds departments, areas, sources and cities by what people call them. Refers to the programme.
class Names {
 public:
  explicit Names(const Programme& programme);

  /// Ids of everything that is called so; the one with that very id alone, if there is one.
  std::vector<std::string> departments(std::string_view text) const {
    return find(departments_, text);
  }
  std::vector<std::string> areas(std::string_view text) const { return find(areas_, text); }
  std::vector<std::string> sources(std::string_view text) const { return find(sources_, text); }

  std::vector<std::string> cities(std::string_view text) const { return find(cities_, text); }

  /// What is written for an id: the name if it leads back to the id, else the id.
  std::string department_label(const std::string& id, Language language) const {
    return label(departments_, id, language);
  }
  std::string area_label(const std::string& id, Language language) const {
    return label(areas_, id, language);
  }
  std::string source_label(const std::string& id, Language language) const {
    return label(sources_, id, language);
  }

  std::string city_label(const std::string& id, Language language) const {
    return label(cities_, id, language);
  }

 private:
  struct Table {
    std::unordered_map<std::string_view, const Text*> ids;
    std::unordered_map<std::string, std::vector<std::string>> names;  ///< folded
    void add(const std::string& id, std::string_view name);
  };
  static std::vector<std::string> find(const Table& table, std::string_view text);
  static std::string label(const Table& table, const std::string& id, Language language);

  Table departments_, areas_, sources_, cities_;
};

/// The value at a path of names below an element, or null.
const nlohmann::json* value_at(const nlohmann::json& element, std::string_view path);
/// Sets it, making objects on the way.
void set_at(nlohmann::json& element, std::string_view path, nlohmann::json value);

/// A value (null: none) as it stands in a cell.
Cell to_cell(const nlohmann::json* value, ValueType type, Language language, const Names& names);

/// What people call a name that files use, as it is written in cells; the name itself when there
/// are no words for it.
std::string words_for(ValueType type, std::string_view name, Language language);

/// The name that files use of what people call a status, colour, dependency type, … in either
/// language; nothing when there is none.
std::optional<std::string_view> name_in_files(ValueType type, std::string_view words);
/// All words that people use for it, for messages.
std::string known_words(ValueType type, Language language);

}  // namespace tc::sheets
