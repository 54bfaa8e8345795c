#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "core/model/deck.hpp"

namespace tc::ui {

/// Longer addresses are not read.
inline constexpr std::size_t kMaxLink = 4096;

/// What is wrong with a link. What else it says holds nevertheless.
enum class LinkFault : std::uint8_t {
  none,
  too_long,
  encoding,  ///< `%` without two hexadecimal digits, or not UTF-8
  page,      ///< this version has no such page
  part,      ///< a condition that means nothing here
};

/// What a link shows: always a page that there is, whatever the link says.
struct Link {
  SavedView view;
  LinkFault fault = LinkFault::none;  ///< the first one
};

/// Reads the part of an address after `#`: `items?item=K-07&status=under-way&q=…`. Conditions are
/// `item`, `q`, `status`, `area`, `city`, `department`, `late`, `on` (a day), `lang`, `camera` and
/// `highlight` (any number), percent-encoded. Never fails; linear.
Link parse_link(std::string_view text);

/// The link to a view; `parse_link` reads it back. Empty conditions are left out.
std::string write_link(const SavedView& view);

}  // namespace tc::ui
