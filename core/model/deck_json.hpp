#pragma once

#include <string>
#include <type_traits>

#include "core/model/deck.hpp"
#include "core/model/error_list.hpp"
#include "core/model/presence.hpp"
#include "core/model/programme.hpp"

/// How decks and interest stand in a programme file. A part of programme_json.cpp, which brings the
/// visitors that read and write: each `members` is the one description of its object.

namespace tc {

inline constexpr int kMaxSeconds = 86'400;

/// Ids and references of decks and interest, and that a slide has what its kind shows. Linear.
void check_decks(const Programme& programme, Errors& errors);

template <class V, class T>
void members(V& v, T& m) requires std::is_same_v<std::remove_const_t<T>, ViewFilters> {
  v.text("text", m.text);
  v.optional_name("status", m.status, kStatuses);
  v.id("area", m.area, Presence::optional);
  v.id("city", m.city, Presence::optional);
  v.id("department", m.department, Presence::optional);
  v.flag("lateOnly", m.late_only);
}

template <class V, class T>
void members(V& v, T& m) requires std::is_same_v<std::remove_const_t<T>, SavedView> {
  v.id("page", m.page, Presence::required);
  v.part("filters", m.filters);
  v.id("item", m.item, Presence::optional);
  v.text("camera", m.camera);
  v.texts("highlights", m.highlights);
  v.date("asOf", m.as_of);
  v.optional_text("language", m.language);
}

template <class V, class T>
void members(V& v, T& m) requires std::is_same_v<std::remove_const_t<T>, BuildStep> {
  v.title("caption", m.caption, Presence::optional);
  v.text("camera", m.camera);
  v.texts("highlights", m.highlights);
}

template <class V, class T>
void members(V& v, T& m) requires std::is_same_v<std::remove_const_t<T>, Slide> {
  v.id("id", m.id, Presence::required);
  v.name("kind", m.kind, kSlideKinds, Presence::required);
  v.title("title", m.title, Presence::optional);
  v.title("text", m.text, Presence::optional);
  v.part("view", m.view);
  v.id("indicator", m.indicator, Presence::optional);
  v.optional_name("computed", m.computed, kComputedFigures);
  v.id("result", m.result, Presence::optional);
  v.id("need", m.need, Presence::optional);
  v.title("team", m.team, Presence::optional);
  v.title("ask", m.ask, Presence::optional);
  v.title("notes", m.notes, Presence::optional);
  v.whole("seconds", m.seconds, 0, kMaxSeconds, 0);
  v.list("steps", m.steps, Presence::optional);
}

template <class V, class T>
void members(V& v, T& m) requires std::is_same_v<std::remove_const_t<T>, Pitch> {
  const Pitch usual;
  v.id("id", m.id, Presence::required);
  v.id("slide", m.slide, Presence::required);
  v.title("presenter", m.presenter, Presence::optional);
  v.whole("seconds", m.seconds, 1, kMaxSeconds, usual.seconds);
  v.whole("questionSeconds", m.question_seconds, 0, kMaxSeconds, usual.question_seconds);
}

template <class V, class T>
void members(V& v, T& m) requires std::is_same_v<std::remove_const_t<T>, PitchSession> {
  const PitchSession usual;
  v.whole("bellSeconds", m.bell_seconds, 0, kMaxSeconds, usual.bell_seconds);
  v.list("pitches", m.pitches, Presence::required);
}

template <class V, class T>
void members(V& v, T& m) requires std::is_same_v<std::remove_const_t<T>, Deck> {
  v.id("id", m.id, Presence::required);
  v.title("title", m.title, Presence::required);
  v.title("description", m.description, Presence::optional);
  v.list("slides", m.slides, Presence::optional);
  v.part("session", m.session);
}

template <class V, class T>
void members(V& v, T& m) requires std::is_same_v<std::remove_const_t<T>, Interest> {
  v.id("id", m.id, Presence::required);
  v.id("result", m.result, Presence::optional);
  v.id("need", m.need, Presence::optional);
  v.title("party", m.party, Presence::optional);
  v.id("city", m.city, Presence::optional);
  v.whole("count", m.count, 1, 1'000'000, 1);
  v.date("date", m.date);
  v.id("deck", m.deck, Presence::optional);
  v.title("note", m.note, Presence::optional);
}

}  // namespace tc
