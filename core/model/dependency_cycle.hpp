#pragma once

#include <cstddef>
#include <vector>

#include "core/model/programme.hpp"

namespace tc {

/// One cycle among the items' dependencies as indices into `programme.items`, each depending on the
/// next and the last on the first; empty when there is none. References that do not resolve are
/// passed over. Iterative depth-first search with three colours (Cormen et al., Introduction to
/// Algorithms, 22.3); linear in items plus dependencies.
std::vector<std::size_t> find_dependency_cycle(const Programme& programme);

}  // namespace tc
