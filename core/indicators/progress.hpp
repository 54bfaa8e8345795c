#pragma once

#include <array>
#include <cstddef>
#include <optional>

#include "core/model/programme.hpp"

namespace tc {

enum class TargetState : std::uint8_t {
  no_target,   ///< the figure stands for itself
  no_value,    ///< a target whose value the source does not say
  on_the_way,  ///< value below target, and the target date has not passed
  missed,      ///< value below target, and the target date has passed
  reached,
};

struct TargetProgress {
  TargetState state = TargetState::no_target;
  std::optional<double> ratio;  ///< value / target, not capped; only with a positive target
};

/// Where an indicator stands against its target on a day. Larger is better.
TargetProgress progress_of(const Indicator& indicator, Date as_of);

/// The totals that official indicators report, by what they count (`Indicator::counts`). Each is
/// an index into `Programme::indicators`; empty when the programme reports none.
struct ReportedTotals {
  std::optional<std::size_t> areas;
  std::optional<std::size_t> items;
  std::array<std::optional<std::size_t>, kStatusCount> by_status;
};

ReportedTotals reported_totals(const Programme& programme);

}  // namespace tc
