#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/programme.hpp"

namespace tc {

enum class ItemColumn : std::uint8_t { code, title, area, leads, status, start, due, progress };
inline constexpr std::size_t kItemColumnCount = 8;

enum class GroupBy : std::uint8_t { nothing, area, city, department, status };

/// What a table of items is asked for. Every condition narrows the result.
struct ItemQuery {
  std::string text;  ///< words, all of which must occur; see `fold_for_search`
  std::optional<Status> status;
  std::optional<std::size_t> area;  ///< index; `areas.size()`: items without one
  std::optional<std::size_t> city;  ///< of any lead
  std::optional<std::size_t> department;
  bool late_only = false;
  ItemColumn sort = ItemColumn::code;
  bool descending = false;
  GroupBy group = GroupBy::nothing;
  bool operator==(const ItemQuery&) const = default;
};

/// A line of the answer: a group's heading or an item in it.
struct ItemRow {
  static constexpr std::size_t kHeading = static_cast<std::size_t>(-1);
  std::size_t item = kHeading;  ///< index into `Programme::items`, or `kHeading`
  std::size_t group = 0;        ///< index of the area, city, department or status
  std::size_t count = 0;        ///< heading: items in the group
  bool operator==(const ItemRow&) const = default;
};

struct ItemRows {
  std::vector<ItemRow> rows;
  std::size_t items = 0;  ///< different items among them
};

/// Places of texts in a language's dictionary order; equal texts have equal ranks.
using Collate = std::function<std::vector<std::uint32_t>(const std::vector<std::string_view>&)>;

/// Answers item queries quickly: texts are folded and columns ranked once, so that a query is
/// O(bytes of text + n log n) with small constants. The programme has to outlive it unchanged.
class ItemIndex {
 public:
  /// Titles and names sort in `language` by `collate` (null: by code point).
  ItemIndex(const Programme& programme, Language language, const Collate& collate = nullptr);

  /// Rows in order: groups in the programme's own order, items within a group by the sort column,
  /// ties by the list's order. Absent values come last in either direction. An item with leads in
  /// several groups stands under each of them.
  ItemRows run(const ItemQuery& query, Date as_of) const;

 private:
  bool matches(std::size_t item, const ItemQuery& query, Date as_of) const;

  const Programme& programme_;
  std::vector<std::string> haystacks_;
  std::vector<std::vector<std::size_t>> departments_;  ///< of each item's leads
  std::vector<std::vector<std::size_t>> cities_;
  std::vector<std::size_t> areas_;
  std::vector<std::vector<std::uint32_t>> ranks_;  ///< by column, then item; `kAbsent` if none
};

/// How text is compared in a search: ASCII letters in lower case, full-width forms (ＡＢ１２) as
/// their plain ones, everything else as it is.
std::string fold_for_search(std::string_view text);

}  // namespace tc
