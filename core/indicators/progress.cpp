#include "core/indicators/progress.hpp"

namespace tc {

TargetProgress progress_of(const Indicator& indicator, Date as_of) {
  TargetProgress progress;
  if (!indicator.target) return progress;
  if (!indicator.value) {
    progress.state = TargetState::no_value;
    return progress;
  }
  if (*indicator.target > 0) progress.ratio = *indicator.value / *indicator.target;
  if (*indicator.value >= *indicator.target) {
    progress.state = TargetState::reached;
  } else {
    const bool over = indicator.target_date && *indicator.target_date < as_of;
    progress.state = over ? TargetState::missed : TargetState::on_the_way;
  }
  return progress;
}

ReportedTotals reported_totals(const Programme& programme) {
  ReportedTotals totals;
  for (std::size_t i = 0; i < programme.indicators.size(); ++i) {
    const Indicator& indicator = programme.indicators[i];
    if (!indicator.value) continue;
    if (indicator.counts == Counts::areas) {
      totals.areas = i;
    } else if (indicator.counts == Counts::items) {
      if (indicator.counts_status) {
        totals.by_status[static_cast<std::size_t>(*indicator.counts_status)] = i;
      } else {
        totals.items = i;
      }
    }
  }
  return totals;
}

}  // namespace tc
