#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "web/ui/matching_model.hpp"
#include "web/ui/ui.hpp"
#include "web/ui/views/view.hpp"

/// What the panes of the matching page are put together from. Each part draws at `Pen::y` and moves
/// it below itself.

namespace tc::ui {

/// A column that is written from top to bottom.
struct Pen {
  Ui& ui;
  Workspace& workspace;
  float x0 = 0, x1 = 0, y = 0;

  const Board& board() const { return *workspace.board; }
  const Programme& programme() const { return workspace.board->programme; }
  float width() const { return x1 - x0; }
  void skip(float css) { y += ui.px(css); }
  /// Whether what is `height` tall would be seen at all; drawing is skipped where it wouldn't.
  void heading(std::string_view text, std::string_view value = {});
  void note(std::string_view text);
  void paragraph(Type type, ImU32 colour, std::string_view text);
  /// A name and what it is, in two columns.
  void fact(std::string_view name, std::string_view value);
  /// A name, a bar from 0 to 1, and what it says; `detail` stands below.
  void bar(std::string_view name, double ratio, std::string_view value,
           std::string_view detail = {});
  /// A value between two bounds, moved by the mouse or the arrow keys. Returns whether it moved.
  bool slider(const char* id, std::string_view name, double& value, double low, double high,
              double step, std::string_view shown);
  /// Words in small boxes, in as many lines as it takes.
  void words(const std::vector<std::string>& all);
  /// A row to press: two lines at the left, a figure at the right. Its name is what readers hear.
  bool row(const char* id, std::string_view name, std::string_view detail, std::string_view figure,
           bool selected, std::optional<std::size_t> city = std::nullopt);
};

/// A figure of some points out of 100, with one decimal.
std::string points_text(double share);
/// Yuan, in units of 10,000 where it is that much.
std::string money_text(const Ui& ui, double yuan);
/// The city's name; what is unknown is said to be.
std::string city_text(const Ui& ui, const Board& board, const std::string& id);

/// The two-city picture: how many go from each city to each, as bands as wide as they are many.
void draw_flows(Pen& pen, const CityFlows& flows, Str title, Str from, Str to, Str elsewhere);
/// Policies with their verdict, and what is missing of the first condition.
void draw_policies(Pen& pen, const std::vector<policy::Eligibility>& policies);

// The panes. A posting that a link leads to is returned: its list and its index.
struct MatchingLink {
  enum class List : std::uint8_t { needs, results, jobs, graduates, challenges };
  List list = List::needs;
  std::size_t index = 0;
};

/// State of the panes that outlives a frame.
struct MatchingState {
  std::size_t best_count = 5;            ///< results shown for a need
  std::optional<std::size_t> explained;  ///< the result whose score is explained
  matching::Proposer proposer = matching::Proposer::graduates;
  bool many_jobs_wanted = false;
  matching::JudgingOptions judging;
  std::optional<std::size_t> explained_bid;
  std::optional<std::size_t> judged;  ///< the challenge that the weights are of
};

void draw_need_summary(Pen& pen, MatchingModel& model);
std::optional<MatchingLink> draw_need(Pen& pen, MatchingModel& model, MatchingState& state,
                                      std::size_t need);
std::optional<MatchingLink> draw_result(Pen& pen, MatchingModel& model, std::size_t result);
void draw_job_summary(Pen& pen, MatchingModel& model, MatchingState& state);
std::optional<MatchingLink> draw_job(Pen& pen, MatchingModel& model, MatchingState& state,
                                     std::size_t job);
std::optional<MatchingLink> draw_graduate(Pen& pen, MatchingModel& model, MatchingState& state,
                                          std::size_t graduate);
void draw_challenge(Pen& pen, MatchingState& state, std::size_t challenge);

}  // namespace tc::ui
