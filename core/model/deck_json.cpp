#include "core/model/deck_json.hpp"

namespace tc {

namespace {

/// Known ids; that they are unique is checked where their own lists are.
template <class List, class Id>
IdSet known(const List& list, const char* name, Errors& errors, Id id) {
  IdSet set(child({}, name), errors);
  for (const auto& element : list) {
    if (!set.contains(id(element))) set.add(id(element), {});
  }
  return set;
}

constexpr auto kById = [](const auto& element) -> const std::string& { return element.id; };

}  // namespace

void check_decks(const Programme& programme, Errors& errors) {
  if (programme.decks.empty() && programme.interests.empty()) return;
  IdSet areas = known(programme.areas, "areas", errors, kById);
  IdSet cities = known(programme.cities, "cities", errors, kById);
  IdSet departments = known(programme.departments, "departments", errors, kById);
  IdSet items = known(programme.items, "items", errors,
                      [](const ActionItem& item) -> const std::string& { return item.code; });
  IdSet indicators = known(programme.indicators, "indicators", errors, kById);
  IdSet results = known(programme.results, "results", errors, kById);
  IdSet needs = known(programme.needs, "needs", errors, kById);

  IdSet decks("/decks", errors);
  for (std::size_t i = 0; i < programme.decks.size(); ++i) {
    const Deck& deck = programme.decks[i];
    const std::string here = child(std::string("/decks"), i);
    decks.add(deck.id, child(here, "id"));
    IdSet slides(child(here, "slides"), errors);
    for (std::size_t k = 0; k < deck.slides.size(); ++k) {
      const Slide& slide = deck.slides[k];
      const std::string at = child(child(here, "slides"), k);
      slides.add(slide.id, child(at, "id"));
      const auto needed = [&](bool there, const char* member) {
        if (!there) {
          errors.add(ErrorCode::missing_member, at, member,
                     "what a slide of kind " + std::string(name_of(slide.kind)) + " shows");
        }
      };
      switch (slide.kind) {
        case SlideKind::view:
          needed(slide.view.has_value(), "view");
          break;
        case SlideKind::title:
          needed(!slide.title.empty(), "title");
          break;
        case SlideKind::text:
          needed(!slide.text.empty() || !slide.steps.empty(), "text");
          break;
        case SlideKind::figure:
          needed(!slide.indicator.empty() || slide.computed.has_value(), "indicator");
          break;
        case SlideKind::pitch:
          needed(!slide.result.empty(), "result");
          break;
      }
      indicators.require(slide.indicator, child(at, "indicator"));
      results.require(slide.result, child(at, "result"));
      needs.require(slide.need, child(at, "need"));
      if (!slide.view) continue;
      const std::string view = child(at, "view");
      items.require(slide.view->item, child(view, "item"));
      if (slide.view->language && *slide.view->language != "zh" && *slide.view->language != "en") {
        errors.add(ErrorCode::bad_name, child(view, "language"), shorten(*slide.view->language),
                   "zh, en");
      }
      if (!slide.view->filters) continue;
      const std::string filters = child(view, "filters");
      areas.require(slide.view->filters->area, child(filters, "area"));
      cities.require(slide.view->filters->city, child(filters, "city"));
      departments.require(slide.view->filters->department, child(filters, "department"));
    }
    if (!deck.session) continue;
    const std::string pitches = child(child(here, "session"), "pitches");
    IdSet slots(pitches, errors);
    for (std::size_t k = 0; k < deck.session->pitches.size(); ++k) {
      const std::string at = child(pitches, k);
      slots.add(deck.session->pitches[k].id, child(at, "id"));
      slides.require(deck.session->pitches[k].slide, child(at, "slide"));
    }
  }

  IdSet interests("/interests", errors);
  for (std::size_t i = 0; i < programme.interests.size(); ++i) {
    const Interest& interest = programme.interests[i];
    const std::string here = child(std::string("/interests"), i);
    interests.add(interest.id, child(here, "id"));
    results.require(interest.result, child(here, "result"));
    needs.require(interest.need, child(here, "need"));
    cities.require(interest.city, child(here, "city"));
    // The deck may have been thrown away since; what was said in front of it stays.
    if (interest.result.empty() && interest.need.empty()) {
      errors.add(ErrorCode::missing_member, here, "result", "what the interest is in");
    }
  }
}

}  // namespace tc
