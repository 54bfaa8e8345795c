#include "core/roadshow/edit_deck.hpp"

#include <algorithm>
#include <utility>

#include "core/model/element_json.hpp"

namespace tc::roadshow {

namespace {

using nlohmann::json;

std::string at(const Deck& deck) {
  return child("/decks", deck.id);
}

std::string at(const Deck& deck, std::string_view slide) {
  return child(child(at(deck), "slides"), slide);
}

template <class Taken>
std::string free_id(std::string_view stem, const Taken& taken) {
  std::string id(stem);
  for (int n = 2; taken(id); ++n) id = std::string(stem) + '-' + std::to_string(n);
  return id;
}

}  // namespace

std::vector<Change> add_deck(const Deck& deck) {
  return {{at(deck), std::nullopt, json_of(deck), std::nullopt}};
}

std::vector<Change> remove_deck(const Deck& deck) {
  return {{at(deck), json_of(deck), std::nullopt, std::nullopt}};
}

std::vector<Change> rename_deck(const Deck& deck, const Text& title) {
  Deck after = deck;
  after.title = title;
  return {
      {child(at(deck), "title"), json_of(deck)["title"], json_of(after)["title"], std::nullopt}};
}

std::vector<Change> add_slide(const Deck& deck, const Slide& slide,
                              std::optional<std::size_t> after) {
  const std::string place = after && *after < deck.slides.size() ? deck.slides[*after].id : "";
  return {{at(deck, slide.id), std::nullopt, json_of(slide), place}};
}

std::vector<Change> remove_slide(const Deck& deck, std::size_t slide) {
  if (slide >= deck.slides.size()) return {};
  std::vector<Change> changes;
  const std::string& id = deck.slides[slide].id;
  // Its slots go with it.
  if (deck.session) {
    const json before = json_of(deck)["session"];
    json after = before;
    json kept = json::array();
    for (const json& pitch : before["pitches"]) {
      if (pitch["slide"] != id) kept.push_back(pitch);
    }
    after["pitches"] = kept;
    const std::string place = child(at(deck), "session");
    if (kept.empty()) {
      changes.push_back({place, before, std::nullopt, std::nullopt});
    } else if (after != before) {
      changes.push_back({place, before, after, std::nullopt});
    }
  }
  changes.push_back({at(deck, id), json_of(deck.slides[slide]), std::nullopt, std::nullopt});
  return changes;
}

std::vector<Change> change_slide(const Deck& deck, std::size_t slide, Slide after) {
  if (slide >= deck.slides.size()) return {};
  after.id = deck.slides[slide].id;
  const json was = json_of(deck.slides[slide]);
  const json now = json_of(after);
  std::vector<Change> changes;
  const std::string here = at(deck, after.id);
  for (const auto& [name, value] : was.items()) {
    const auto found = now.find(name);
    if (found == now.end()) {
      changes.push_back({child(here, name), value, std::nullopt, std::nullopt});
    } else if (*found != value) {
      changes.push_back({child(here, name), value, *found, std::nullopt});
    }
  }
  for (const auto& [name, value] : now.items()) {
    if (!was.contains(name)) {
      changes.push_back({child(here, name), std::nullopt, value, std::nullopt});
    }
  }
  return changes;
}

std::vector<Change> move_slide(const Deck& deck, std::size_t from, std::size_t to) {
  const std::size_t count = deck.slides.size();
  if (from >= count || to >= count || from == to) return {};
  const Slide& slide = deck.slides[from];
  const json value = json_of(slide);
  // The slide that it comes to stand behind, among the others.
  std::string place;
  if (to > from) {
    place = deck.slides[to].id;
  } else if (to > 0) {
    place = deck.slides[to - 1].id;
  }
  const std::string here = at(deck, slide.id);
  return {{here, value, std::nullopt, std::nullopt}, {here, std::nullopt, value, place}};
}

std::vector<Change> add_interest(const Interest& interest) {
  return {{child("/interests", interest.id), std::nullopt, json_of(interest), std::nullopt}};
}

std::string free_deck_id(const Programme& programme, std::string_view stem) {
  return free_id(stem, [&programme](const std::string& id) {
    return std::any_of(programme.decks.begin(), programme.decks.end(),
                       [&id](const Deck& deck) { return deck.id == id; });
  });
}

std::string free_slide_id(const Deck& deck, std::string_view stem) {
  return free_id(stem, [&deck](const std::string& id) {
    return std::any_of(deck.slides.begin(), deck.slides.end(),
                       [&id](const Slide& slide) { return slide.id == id; });
  });
}

std::string free_interest_id(const Programme& programme, std::string_view stem) {
  return free_id(stem, [&programme](const std::string& id) {
    return std::any_of(programme.interests.begin(), programme.interests.end(),
                       [&id](const Interest& interest) { return interest.id == id; });
  });
}

}  // namespace tc::roadshow
