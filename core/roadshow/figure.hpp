#pragma once

#include <optional>
#include <string>

#include "core/model/programme.hpp"

namespace tc::roadshow {

/// What a figure slide shows, looked up on the day.
struct Figure {
  Text name;
  std::optional<double> value;  ///< empty: the source does not say
  Text unit;
  bool at_least = false;         ///< the source says 'at least'
  std::optional<double> target;  ///< of an indicator
  std::optional<Date> target_date;
  std::optional<Date> as_of;  ///< the day on which the value held
  std::optional<Citation> source;
  bool computed = false;  ///< counted from the board, not reported
};

/// The figure of a slide of that kind; nothing when its indicator is not there. `as_of` is the day
/// of the board. Linear in what is counted.
std::optional<Figure> figure_of(const Programme& programme, const Slide& slide, Date as_of);

/// How a computed figure is called.
const Text& label_of(ComputedFigure figure);

/// Whether a posting is open on the day.
bool is_open(const std::optional<Date>& posted, const std::optional<Date>& deadline, Date day);

/// Parties interested in a result or need, by its id: what audiences have said so far. Linear.
int interest_in_result(const Programme& programme, const std::string& result);
int interest_in_need(const Programme& programme, const std::string& need);

}  // namespace tc::roadshow
