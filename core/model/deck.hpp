#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/citation.hpp"
#include "core/model/date.hpp"
#include "core/model/text.hpp"

/// Roadshows (路演): decks of slides that show the living board, and what the audience makes of it.

namespace tc {

enum class Status : std::uint8_t;

/// Which items a saved view lists. Every condition narrows.
struct ViewFilters {
  std::string text;
  std::optional<Status> status;
  std::string area;        ///< id of an `Area`
  std::string city;        ///< id of a `City`
  std::string department;  ///< id of a `Department`
  bool late_only = false;
  bool operator==(const ViewFilters&) const = default;
};

/// A page of the app as it is to be shown. It is looked up when it is shown, so that a slide is
/// never out of date.
struct SavedView {
  std::string page;  ///< id of a view: `overview`, `items`, `roadmap`, …
  std::optional<ViewFilters> filters;
  std::string item;    ///< code of the item whose details are open; empty: none
  std::string camera;  ///< the view's own: zoom, scroll position, …; empty: as the view begins
  /// Ids, codes or titles of what is to stand out; what isn't there is passed over.
  std::vector<std::string> highlights;
  std::optional<Date> as_of;            ///< the board as it was on that day
  std::optional<std::string> language;  ///< `zh` or `en`; none: that of the talk
  bool operator==(const SavedView&) const = default;
};

enum class SlideKind : std::uint8_t { view, title, text, figure, pitch };
inline constexpr std::array kSlideKinds = {SlideKind::view, SlideKind::title, SlideKind::text,
                                           SlideKind::figure, SlideKind::pitch};

/// Figures that are computed from the board when they are shown.
enum class ComputedFigure : std::uint8_t {
  items,
  completed,
  staged_results,
  late,
  due_soon,  ///< due within 30 days
  members,   ///< of alliances
  needs,     ///< open on the day
  results,
  openings,  ///< places of jobs that are open on the day
  interest,  ///< parties that have said they are interested
};
inline constexpr std::array kComputedFigures = {
    ComputedFigure::items,    ComputedFigure::completed, ComputedFigure::staged_results,
    ComputedFigure::late,     ComputedFigure::due_soon,  ComputedFigure::members,
    ComputedFigure::needs,    ComputedFigure::results,   ComputedFigure::openings,
    ComputedFigure::interest,
};

/// What appears on a slide with the next press of a key.
struct BuildStep {
  Text caption;                         ///< a further line; on views a strip below
  std::string camera;                   ///< views: where the camera goes; empty: it stays
  std::vector<std::string> highlights;  ///< views: in place of those before; empty: they stay
  bool operator==(const BuildStep&) const = default;
};

struct Slide {
  std::string id;  ///< unique within its deck
  SlideKind kind = SlideKind::text;
  Text title;
  Text text;                               ///< subtitle, body (a paragraph a line) or remark
  std::optional<SavedView> view;           ///< kind view
  std::string indicator;                   ///< kind figure: id of an `Indicator`
  std::optional<ComputedFigure> computed;  ///< kind figure: in place of an indicator
  std::string result;                      ///< kind pitch: id of a `ResearchResult`
  std::string need;  ///< kind pitch: id of the `Need` it answers; may be empty
  Text team;         ///< kind pitch: who stands behind it
  Text ask;          ///< kind pitch: what is asked of the audience
  Text notes;        ///< for the presenter
  int seconds = 0;   ///< time budget; 0: none
  std::vector<BuildStep> steps;
  Extensions extensions;
  bool operator==(const Slide&) const = default;
};

/// A slot of a pitch session.
struct Pitch {
  std::string id;     ///< unique within its session
  std::string slide;  ///< id of a slide of the deck
  Text presenter;
  int seconds = 180;           ///< for the pitch
  int question_seconds = 120;  ///< for questions after it
  bool operator==(const Pitch&) const = default;
};

/// Pitches one after the other, each with its time and a bell.
struct PitchSession {
  int bell_seconds = 30;  ///< the first bell rings so long before the end of a pitch
  std::vector<Pitch> pitches;
  bool operator==(const PitchSession&) const = default;
};

struct Deck {
  std::string id;
  Text title;
  Text description;
  std::vector<Slide> slides;
  std::optional<PitchSession> session;
  Extensions extensions;
  bool operator==(const Deck&) const = default;
};

/// Somebody in the audience would like to hear more of a result, or has something for a need.
struct Interest {
  std::string id;
  std::string result;  ///< id of a `ResearchResult`; this or `need` is there
  std::string need;    ///< id of a `Need`
  Text party;          ///< firm or institute; empty when only hands were counted
  std::string city;    ///< id of a `City`; empty when unknown
  int count = 1;       ///< parties
  std::optional<Date> date;
  std::string deck;  ///< id of the `Deck` that was shown
  Text note;
  Extensions extensions;
  bool operator==(const Interest&) const = default;
};

/// The names that files use: `view`, `staged-results`, …
std::string_view name_of(SlideKind kind);
std::string_view name_of(ComputedFigure figure);

}  // namespace tc
