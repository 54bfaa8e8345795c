#pragma once

#include <cstddef>
#include <string_view>
#include <unordered_map>

namespace tc {

/// Where in a list the thing with an id stands. The ids are the list's own: it has to stay as it
/// is.
using IdIndex = std::unordered_map<std::string_view, std::size_t>;

/// By the `id` of the elements; the first of equal ones counts. Linear.
template <class List>
IdIndex index_by_id(const List& list) {
  IdIndex index;
  index.reserve(list.size());
  for (std::size_t i = 0; i < list.size(); ++i) index.emplace(list[i].id, i);
  return index;
}

}  // namespace tc
