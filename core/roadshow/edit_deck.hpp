#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ledger/entry.hpp"
#include "core/model/programme.hpp"

/// Edits of decks as changes for the ledger (keyed_document.hpp): each touches no more than it has
/// to, so that two people can work on different slides, and the merge keeps both.

namespace tc::roadshow {

std::vector<Change> add_deck(const Deck& deck);
std::vector<Change> remove_deck(const Deck& deck);
std::vector<Change> rename_deck(const Deck& deck, const Text& title);

/// Puts a new slide after the one at `after`; nothing: at the beginning.
std::vector<Change> add_slide(const Deck& deck, const Slide& slide,
                              std::optional<std::size_t> after);
std::vector<Change> remove_slide(const Deck& deck, std::size_t slide);
/// The members of the slide that differ, a change each. Its id stays.
std::vector<Change> change_slide(const Deck& deck, std::size_t slide, Slide after);
/// Takes the slide from one position to another.
std::vector<Change> move_slide(const Deck& deck, std::size_t from, std::size_t to);

/// What somebody in the audience is interested in.
std::vector<Change> add_interest(const Interest& interest);

/// An id that no deck, no slide of the deck, or no interest has yet: the stem, then `-2`, `-3`, …
std::string free_deck_id(const Programme& programme, std::string_view stem);
std::string free_slide_id(const Deck& deck, std::string_view stem);
std::string free_interest_id(const Programme& programme, std::string_view stem);

}  // namespace tc::roadshow
