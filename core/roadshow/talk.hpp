#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/model/deck.hpp"

namespace tc::roadshow {

/// Where a talk stands in time. Milliseconds throughout; negative `left` is over.
struct TalkTime {
  std::int64_t elapsed = 0;        ///< of the talk, pauses left out
  std::int64_t budget = 0;         ///< of all slides together; 0: none
  std::int64_t slide_elapsed = 0;  ///< on this slide, with earlier visits
  std::int64_t slide_budget = 0;   ///< 0: none
  /// How far the talk is behind the budgets: what the slides up to this one have taken beyond what
  /// they had (those before in all, this one once it is over). Negative: ahead.
  std::int64_t behind = 0;
  bool slide_over() const { return slide_budget > 0 && slide_elapsed > slide_budget; }
  bool over() const { return budget > 0 && elapsed > budget; }
};

/// The clock of a talk: how long each slide has been on, against its budget. The time is always
/// given by the caller and never goes back; all operations are O(slides).
class Talk {
 public:
  explicit Talk(const Deck& deck);

  void start(std::size_t slide, std::int64_t now);
  void show(std::size_t slide, std::int64_t now);
  void pause(std::int64_t now);
  void resume(std::int64_t now);
  void stop(std::int64_t now) { pause(now); }

  bool running() const { return since_.has_value(); }
  std::size_t slide() const { return slide_; }
  TalkTime at(std::int64_t now) const;
  /// How long a slide has been on, all visits together.
  std::int64_t spent(std::size_t slide, std::int64_t now) const;

 private:
  void settle(std::int64_t now);

  std::vector<std::int64_t> budgets_;
  std::vector<std::int64_t> spent_;
  std::size_t slide_ = 0;
  std::optional<std::int64_t> since_;  ///< running since
};

/// The clock of a pitch session. The host moves on; the clock tells what is due and rings.
class PitchClock {
 public:
  enum class Phase : std::uint8_t { waiting, pitch, questions, done };
  enum class Bell : std::uint8_t {
    none,
    warning,  ///< the pitch is about to end
    pitch_end,
    slot_end,  ///< questions are over
  };
  struct State {
    std::size_t pitch = 0;
    Phase phase = Phase::waiting;
    std::int64_t elapsed = 0;  ///< in the phase
    std::int64_t left = 0;     ///< of the phase; negative: over
  };

  explicit PitchClock(PitchSession session);

  void start(std::size_t pitch, std::int64_t now);
  /// On to questions, then to the next pitch's waiting, in the end to `done`.
  void next(std::int64_t now);
  State at(std::int64_t now) const;
  /// The latest bell that is due and has not rung yet; each rings once a phase. Ask it regularly.
  Bell ring(std::int64_t now);
  /// Milliseconds until the next bell; nothing when none is to come.
  std::optional<std::int64_t> until_bell(std::int64_t now) const;
  const PitchSession& session() const { return session_; }

 private:
  std::int64_t length() const;

  PitchSession session_;
  std::size_t pitch_ = 0;
  Phase phase_ = Phase::waiting;
  std::int64_t since_ = 0;
  Bell rung_ = Bell::none;
};

}  // namespace tc::roadshow
