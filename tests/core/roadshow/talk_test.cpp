#include <gtest/gtest.h>

#include "core/roadshow/talk.hpp"

namespace tc::roadshow {
namespace {

constexpr std::int64_t kSecond = 1000;

Deck deck_with(std::initializer_list<int> seconds) {
  Deck deck;
  for (const int budget : seconds) {
    Slide slide;
    slide.seconds = budget;
    deck.slides.push_back(slide);
  }
  return deck;
}

TEST(talk, counts_each_slide_against_its_budget) {
  Talk talk(deck_with({30, 60, 0}));
  EXPECT_FALSE(talk.running());
  talk.start(0, 100 * kSecond);
  TalkTime time = talk.at(120 * kSecond);
  EXPECT_EQ(time.slide_elapsed, 20 * kSecond);
  EXPECT_EQ(time.slide_budget, 30 * kSecond);
  EXPECT_EQ(time.budget, 90 * kSecond);
  EXPECT_EQ(time.behind, 0);
  EXPECT_FALSE(time.slide_over());
  time = talk.at(140 * kSecond);
  EXPECT_TRUE(time.slide_over());
  EXPECT_EQ(time.behind, 10 * kSecond);
  talk.show(1, 145 * kSecond);  // 45 s instead of 30
  time = talk.at(150 * kSecond);
  EXPECT_EQ(time.slide_elapsed, 5 * kSecond);
  EXPECT_EQ(time.behind, 15 * kSecond);
  EXPECT_EQ(time.elapsed, 50 * kSecond);
  talk.show(2, 155 * kSecond);  // 10 s instead of 60: ahead
  time = talk.at(200 * kSecond);
  EXPECT_EQ(time.behind, -35 * kSecond);
  EXPECT_EQ(time.slide_budget, 0);
  EXPECT_FALSE(time.slide_over());
  EXPECT_TRUE(time.over());
}

TEST(talk, a_second_visit_goes_on_counting_and_a_pause_does_not) {
  Talk talk(deck_with({10, 10}));
  talk.start(0, 0);
  talk.show(1, 4 * kSecond);
  talk.show(0, 5 * kSecond);
  EXPECT_EQ(talk.at(6 * kSecond).slide_elapsed, 5 * kSecond);
  talk.pause(6 * kSecond);
  EXPECT_FALSE(talk.running());
  EXPECT_EQ(talk.at(1000 * kSecond).elapsed, 6 * kSecond);
  talk.resume(1000 * kSecond);
  EXPECT_EQ(talk.at(1002 * kSecond).slide_elapsed, 7 * kSecond);
  EXPECT_EQ(talk.spent(1, 1002 * kSecond), 1 * kSecond);
  talk.show(1, 900 * kSecond);  // a clock that goes back adds nothing
  EXPECT_EQ(talk.spent(0, 900 * kSecond), 5 * kSecond);
  talk.start(1, 2000 * kSecond);
  EXPECT_EQ(talk.at(2000 * kSecond).elapsed, 0);
}

TEST(talk, works_without_slides_and_out_of_range) {
  Talk empty(deck_with({}));
  empty.start(0, 0);
  EXPECT_EQ(empty.at(kSecond).elapsed, 0);
  Talk talk(deck_with({10}));
  talk.start(7, 0);
  EXPECT_EQ(talk.at(kSecond).slide_elapsed, 0);
}

PitchSession session() {
  PitchSession made;
  made.bell_seconds = 30;
  for (const int questions : {60, 0}) {
    Pitch pitch;
    pitch.seconds = 180;
    pitch.question_seconds = questions;
    made.pitches.push_back(pitch);
  }
  return made;
}

TEST(pitch_clock, rings_each_bell_once) {
  using Bell = PitchClock::Bell;
  PitchClock clock(session());
  EXPECT_EQ(clock.at(0).phase, PitchClock::Phase::waiting);
  EXPECT_FALSE(clock.until_bell(0));
  clock.start(0, 0);
  EXPECT_EQ(clock.ring(149 * kSecond), Bell::none);
  EXPECT_EQ(clock.until_bell(149 * kSecond), 1 * kSecond);
  EXPECT_EQ(clock.ring(150 * kSecond), Bell::warning);
  EXPECT_EQ(clock.ring(151 * kSecond), Bell::none);
  EXPECT_EQ(clock.until_bell(151 * kSecond), 29 * kSecond);
  EXPECT_EQ(clock.ring(181 * kSecond), Bell::pitch_end);
  EXPECT_EQ(clock.ring(190 * kSecond), Bell::none);
  EXPECT_FALSE(clock.until_bell(190 * kSecond));
  EXPECT_EQ(clock.at(190 * kSecond).left, -10 * kSecond);
  clock.next(190 * kSecond);
  EXPECT_EQ(clock.at(200 * kSecond).phase, PitchClock::Phase::questions);
  EXPECT_EQ(clock.at(200 * kSecond).left, 50 * kSecond);
  EXPECT_EQ(clock.ring(249 * kSecond), Bell::none);
  EXPECT_EQ(clock.ring(250 * kSecond), Bell::slot_end);
  clock.next(251 * kSecond);
  EXPECT_EQ(clock.at(251 * kSecond).phase, PitchClock::Phase::waiting);
  EXPECT_EQ(clock.at(251 * kSecond).pitch, 1U);
  clock.next(260 * kSecond);
  // Nobody looked at the clock for long: the latest bell is the one that counts.
  EXPECT_EQ(clock.ring(500 * kSecond), Bell::pitch_end);
  clock.next(501 * kSecond);  // no time for questions: the session is over
  EXPECT_EQ(clock.at(501 * kSecond).phase, PitchClock::Phase::done);
  clock.next(502 * kSecond);
  EXPECT_EQ(clock.at(502 * kSecond).phase, PitchClock::Phase::done);
}

TEST(pitch_clock, an_empty_session_is_done) {
  PitchClock clock(PitchSession{});
  EXPECT_EQ(clock.at(0).phase, PitchClock::Phase::done);
  clock.start(0, 0);
  clock.next(1);
  EXPECT_EQ(clock.ring(2), PitchClock::Bell::none);
}

}  // namespace
}  // namespace tc::roadshow
