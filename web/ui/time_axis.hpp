#pragma once

#include <string>
#include <vector>

#include "core/model/date.hpp"
#include "core/model/text.hpp"

namespace tc::ui {

/// A horizontal calendar: maps days to pixels, zooms around a point, pans, and knows where its
/// lines and labels go. Positions are device pixels.
class TimeAxis {
 public:
  /// Zoom limits: from some thirty years across a screen to one day as wide as a word.
  static constexpr double kLeastDayWidth = 0.12;
  static constexpr double kMostDayWidth = 80;

  void place(float x0, float x1) {
    x0_ = x0;
    x1_ = x1;
  }
  /// Shows the days from first to last with a margin.
  void fit(Date first, Date last, float scale);
  /// Shows the days between two points of time, both counted like `Date::days`.
  void show(double first, double last, float scale);
  void pan(float pixels) { left_day_ -= static_cast<double>(pixels) / day_width_; }
  /// Keeps the day below `x` where it is.
  void zoom(double factor, float x, float scale);
  /// Moves as little as needed to have the days in view.
  void reveal(Date first, Date last);

  /// Left edge of the day.
  float x(Date date) const { return x(static_cast<double>(date.days)); }
  float x(double day) const {
    return static_cast<float>(static_cast<double>(x0_) + (day - left_day_) * day_width_);
  }
  double day_at(float x) const { return left_day_ + static_cast<double>(x - x0_) / day_width_; }
  double day_width() const { return day_width_; }
  double first_day() const { return left_day_; }
  double last_day() const { return day_at(x1_); }
  float x0() const { return x0_; }
  float x1() const { return x1_; }

  enum class Unit { day, week, month, quarter, year };
  struct Tick {
    Date date;  ///< first day of the span
    Date end;   ///< first day after it
    std::string label;
  };
  /// The fine and the coarse row of the header at this zoom.
  Unit fine_unit(float scale) const;
  static Unit coarse_unit(Unit fine);
  /// The visible spans of a unit, clipped to the years that dates can have.
  std::vector<Tick> ticks(Unit unit, Language language, float scale) const;

 private:
  float x0_ = 0, x1_ = 1;
  double left_day_ = 0;
  double day_width_ = 4;
};

}  // namespace tc::ui
