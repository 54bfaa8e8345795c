#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/matching/taxonomy.hpp"
#include "core/model/error.hpp"
#include "core/model/programme.hpp"

namespace tc::roadshow {

/// What decks can be made from a board.
enum class DeckTemplate : std::uint8_t {
  quarter_status,  ///< where the list stands at the end of a quarter
  alliance,        ///< one alliance, its chain and who stands in it
  ten_results,     ///< ten results put forward to ten firms, with a pitch session
};
inline constexpr std::array kDeckTemplates = {DeckTemplate::quarter_status, DeckTemplate::alliance,
                                              DeckTemplate::ten_results};

/// `quarter-status`, `alliance`, `ten-results`.
std::string_view name_of(DeckTemplate which);
const Text& label_of(DeckTemplate which);

struct DeckOptions {
  Date as_of;
  std::string alliance;                          ///< id, for `alliance`
  const matching::Taxonomy* taxonomy = nullptr;  ///< for `ten_results`
  std::size_t pitches = 10;
};

/// Makes a deck from what the board says; everything in it can be edited afterwards. Its figures
/// and views are looked up when they are shown; what stands in texts and notes is of the day.
/// What a programme does not say makes no slide. Errors: `dangling_reference` for an alliance that
/// isn't there, `empty_value` when there is nothing to show.
/// O(board); for `ten_results` O(needs · results) and the assignment.
Result<Deck> generate_deck(const Programme& programme, DeckTemplate which,
                           const DeckOptions& options);

}  // namespace tc::roadshow
