#include "web/ui/rule_text.hpp"

#include "core/policy/eligibility.hpp"

namespace tc::ui {

std::vector<RuleLine> rule_lines(const Ui& ui, const Programme& programme, const Rule& rule,
                                 bool bare) {
  std::vector<RuleLine> lines;
  std::vector<std::size_t> ends;  // of the groups that are open
  const bool skip = bare && !rule.empty() && rule.nodes[0].op == RuleOp::all;
  for (std::size_t i = 0; i < rule.nodes.size(); ++i) {
    const RuleNode& node = rule.nodes[i];
    while (!ends.empty() && ends.back() <= i) ends.pop_back();
    const std::size_t depth = ends.size() - (skip && !ends.empty() ? 1 : 0);
    const bool group =
        node.op == RuleOp::all || node.op == RuleOp::any || node.op == RuleOp::negation;
    if (group) ends.push_back(i + node.size);
    if (i == 0 && skip) continue;
    std::string text(depth * 3, ' ');
    text += "· ";
    if (node.op == RuleOp::any) {
      text += ui.t(Str::rule_words_any);
    } else if (node.op == RuleOp::all) {
      text += ui.t(Str::rule_words_all);
    } else if (node.op == RuleOp::negation) {
      text += ui.t(Str::rule_words_not);
    } else {
      text += ui.in(policy::condition_text(programme, node));
    }
    lines.push_back({i, std::move(text)});
  }
  return lines;
}

}  // namespace tc::ui
