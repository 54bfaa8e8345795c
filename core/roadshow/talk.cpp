#include "core/roadshow/talk.hpp"

#include <algorithm>
#include <utility>

namespace tc::roadshow {

Talk::Talk(const Deck& deck) : spent_(deck.slides.size()) {
  budgets_.reserve(deck.slides.size());
  for (const Slide& slide : deck.slides) budgets_.push_back(std::int64_t{1000} * slide.seconds);
}

void Talk::settle(std::int64_t now) {
  if (!since_) return;
  if (slide_ < spent_.size()) spent_[slide_] += std::max<std::int64_t>(0, now - *since_);
  since_ = std::max(*since_, now);
}

void Talk::start(std::size_t slide, std::int64_t now) {
  std::fill(spent_.begin(), spent_.end(), 0);
  slide_ = slide;
  since_ = now;
}

void Talk::show(std::size_t slide, std::int64_t now) {
  settle(now);
  slide_ = slide;
}

void Talk::pause(std::int64_t now) {
  settle(now);
  since_.reset();
}

void Talk::resume(std::int64_t now) {
  if (!since_) since_ = now;
}

std::int64_t Talk::spent(std::size_t slide, std::int64_t now) const {
  if (slide >= spent_.size()) return 0;
  const bool on = since_ && slide == slide_;
  return spent_[slide] + (on ? std::max<std::int64_t>(0, now - *since_) : 0);
}

TalkTime Talk::at(std::int64_t now) const {
  TalkTime time;
  for (std::size_t i = 0; i < spent_.size(); ++i) {
    const std::int64_t taken = spent(i, now);
    time.elapsed += taken;
    time.budget += budgets_[i];
    // A slide without a budget has no time of its own to be behind of.
    if (budgets_[i] == 0) continue;
    if (i < slide_) time.behind += taken - budgets_[i];
    if (i == slide_) time.behind += std::max<std::int64_t>(0, taken - budgets_[i]);
  }
  time.slide_elapsed = spent(slide_, now);
  time.slide_budget = slide_ < budgets_.size() ? budgets_[slide_] : 0;
  return time;
}

PitchClock::PitchClock(PitchSession session) : session_(std::move(session)) {
  if (session_.pitches.empty()) phase_ = Phase::done;
}

std::int64_t PitchClock::length() const {
  if (pitch_ >= session_.pitches.size()) return 0;
  const Pitch& pitch = session_.pitches[pitch_];
  if (phase_ == Phase::pitch) return std::int64_t{1000} * pitch.seconds;
  if (phase_ == Phase::questions) return std::int64_t{1000} * pitch.question_seconds;
  return 0;
}

void PitchClock::start(std::size_t pitch, std::int64_t now) {
  if (pitch >= session_.pitches.size()) return;
  pitch_ = pitch;
  phase_ = Phase::pitch;
  since_ = now;
  rung_ = Bell::none;
}

void PitchClock::next(std::int64_t now) {
  since_ = now;
  rung_ = Bell::none;
  switch (phase_) {
    case Phase::waiting:
      phase_ = Phase::pitch;
      break;
    case Phase::pitch:
      if (session_.pitches[pitch_].question_seconds > 0) {
        phase_ = Phase::questions;
        break;
      }
      [[fallthrough]];
    case Phase::questions:
      phase_ = Phase::waiting;
      if (++pitch_ == session_.pitches.size()) phase_ = Phase::done;
      break;
    case Phase::done:
      break;
  }
}

PitchClock::State PitchClock::at(std::int64_t now) const {
  State state;
  state.pitch = pitch_;
  state.phase = phase_;
  if (phase_ == Phase::pitch || phase_ == Phase::questions) {
    state.elapsed = std::max<std::int64_t>(0, now - since_);
    state.left = length() - state.elapsed;
  }
  return state;
}

PitchClock::Bell PitchClock::ring(std::int64_t now) {
  const State state = at(now);
  Bell due = Bell::none;
  if (phase_ == Phase::pitch) {
    if (state.left <= 0) {
      due = Bell::pitch_end;
    } else if (session_.bell_seconds > 0 &&
               state.left <= std::int64_t{1000} * session_.bell_seconds) {
      due = Bell::warning;
    }
  } else if (phase_ == Phase::questions && state.left <= 0) {
    due = Bell::slot_end;
  }
  if (due <= rung_) return Bell::none;
  rung_ = due;
  return due;
}

std::optional<std::int64_t> PitchClock::until_bell(std::int64_t now) const {
  const State state = at(now);
  const std::int64_t warning = state.left - std::int64_t{1000} * session_.bell_seconds;
  if (phase_ == Phase::pitch && rung_ < Bell::warning && session_.bell_seconds > 0 && warning > 0) {
    return warning;
  }
  const Bell end = phase_ == Phase::pitch ? Bell::pitch_end : Bell::slot_end;
  const bool timed = phase_ == Phase::pitch || phase_ == Phase::questions;
  if (timed && rung_ < end) return std::max<std::int64_t>(0, state.left);
  return std::nullopt;
}

}  // namespace tc::roadshow
