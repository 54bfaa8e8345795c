#pragma once

#include <span>
#include <string>

#include "core/alliance/layout_layered.hpp"
#include "core/alliance/network.hpp"
#include "core/model/text.hpp"

namespace tc {

/// A network as a picture (SVG 1.1) with its members at the given places (as many as members, in
/// pixels): supply, research and capital links, members in their cities' colours with their names.
/// Nothing outside of the file is referred to. Linear.
std::string network_svg(const alliance::Network& network, std::span<const alliance::Point> places,
                        Language language);

}  // namespace tc
