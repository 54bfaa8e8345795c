#pragma once

#include <string>

#include "core/model/programme.hpp"

namespace tc {

/// The alliances' members and links as GraphML 1.0 (Brandes et al., GraphML progress report, 2002),
/// for network software: a directed graph with the members' names, kinds, cities, alliances and
/// stages and the links' kinds, products and volumes as attributes. Names are in `language`. What
/// is unknown has no `data` element. Linear.
std::string export_graphml(const Programme& programme, Language language);

}  // namespace tc
