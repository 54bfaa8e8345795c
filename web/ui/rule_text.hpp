#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/model/programme.hpp"
#include "web/ui/ui.hpp"

namespace tc::ui {

/// One line of conditions in words.
struct RuleLine {
  std::size_t node = 0;  ///< in `Rule::nodes`
  std::string text;      ///< indented
};

/// Each group and comparison of a rule as a line, those of a group below it. `bare`: the group that
/// holds all of the others, if it only says that all of them have to hold, is left out.
std::vector<RuleLine> rule_lines(const Ui& ui, const Programme& programme, const Rule& rule,
                                 bool bare);

}  // namespace tc::ui
