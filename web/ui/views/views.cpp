#include <array>

#include "web/ui/icons.gen.hpp"
#include "web/ui/views/view.hpp"

namespace tc::ui {

// Each view is one file beside this one, and one line in each of these two lists.
std::unique_ptr<View> make_overview();
std::unique_ptr<View> make_items();
std::unique_ptr<View> make_roadmap();
std::unique_ptr<View> make_schedule_view();
std::unique_ptr<View> make_network_view();
std::unique_ptr<View> make_policies_view();
std::unique_ptr<View> make_matching_view();
std::unique_ptr<View> make_history_view();
std::unique_ptr<View> make_roadshow_view();

std::span<const ViewEntry> views() {
  static constexpr std::array<ViewEntry, 9> kViews = {{
      {"overview", icon::layout_dashboard, Str::overview_title, make_overview},
      {"items", icon::table_2, Str::items_title, make_items},
      {"roadmap", icon::chart_gantt, Str::roadmap_title, make_roadmap},
      {"schedule", icon::calendar, Str::schedule_title, make_schedule_view},
      {"network", icon::waypoints, Str::network_title, make_network_view},
      {"policies", icon::grid_3x3, Str::policies_title, make_policies_view},
      {"matching", icon::handshake, Str::matching_title, make_matching_view},
      {"roadshow", icon::presentation, Str::roadshow_title, make_roadshow_view},
      {"history", icon::history, Str::history_title, make_history_view},
  }};
  return kViews;
}

}  // namespace tc::ui
