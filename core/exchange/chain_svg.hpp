#pragma once

#include <string>
#include <string_view>

#include "core/model/programme.hpp"

namespace tc {

/// The alliances' chains as one picture (SVG 1.1), one below the other: stages as columns, cities
/// as banks, supply links as ribbons (core/alliance/layout_layered.hpp). Of `alliance` only, or of
/// all when it is empty. An alliance whose stages or members are unknown is named, with a remark.
/// Nothing outside of the file is referred to.
std::string chain_svg(const Programme& programme, std::string_view alliance, Language language);

}  // namespace tc
