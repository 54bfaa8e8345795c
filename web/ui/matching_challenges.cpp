#include <algorithm>
#include <array>
#include <cmath>

#include "web/ui/icons.gen.hpp"
#include "web/ui/matching_parts.hpp"

namespace tc::ui {

namespace {

using matching::BidState;

Str state_text(BidState state) {
  switch (state) {
    case BidState::late:
      return Str::matching_bid_late;
    case BidState::over_budget:
      return Str::matching_bid_over;
    case BidState::unscored:
      return Str::matching_bid_unscored;
    case BidState::ranked:
      break;
  }
  return Str::matching_bid_ranked;
}

/// How far a weight can move: the span within the whole, and where it is now.
void draw_range(Pen& pen, const std::string& name, const matching::WeightRange& range,
                const std::string& said) {
  Ui& ui = pen.ui;
  const Theme& c = ui.theme();
  const float column = std::min(ui.px(150), pen.width() * 0.42F);
  const float mid = pen.y + ui.px(10);
  const float x0 = pen.x0 + column;
  const float width = pen.x1 - x0;
  const auto at = [&](double share) { return x0 + width * static_cast<float>(share); };
  ui.draw({pen.x0, mid - ui.size_of(Type::small) / 2}, Type::small, c.text, name,
          column - ui.px(8));
  ui.fill({x0, mid - ui.px(4), pen.x1, mid + ui.px(4)}, c.sunken, 4);
  ui.fill({at(range.low), mid - ui.px(4), std::max(at(range.high), at(range.low) + ui.px(2)),
           mid + ui.px(4)},
          with_alpha(c.accent, 0.45F), 4);
  ui.fill({at(range.weight) - ui.px(1.5F), mid - ui.px(8), at(range.weight) + ui.px(1.5F),
           mid + ui.px(8)},
          c.text, 1);
  ui.record(Role::listitem, {pen.x0, pen.y, pen.x1, pen.y + ui.px(20)}, name, said);
  pen.skip(22);
  pen.y += ui.paragraph({x0, pen.y}, Type::caption, c.muted, said, width) + ui.px(6);
}

}  // namespace

void draw_challenge(Pen& pen, MatchingState& state, std::size_t index) {
  Ui& ui = pen.ui;
  const Theme& c = ui.theme();
  const Challenge& challenge = pen.programme().challenges[index];
  if (state.judged != index) {
    state.judged = index;
    state.judging.weights.clear();
    state.explained_bid.reset();
  }
  if (state.judging.weights.size() != challenge.criteria.size()) {
    state.judging.weights.clear();
    for (const BidCriterion& one : challenge.criteria) {
      state.judging.weights.push_back(one.weight.value_or(1));
    }
  }
  if (!challenge.text.empty()) pen.paragraph(Type::body, c.text, ui.in(challenge.text));
  pen.skip(4);
  pen.fact(ui.t(Str::matching_owner),
           challenge.owner.empty() ? ui.t(Str::not_stated) : ui.in(challenge.owner).c_str());
  pen.fact(ui.t(Str::posting_budget), challenge.budget ? money_text(ui, *challenge.budget)
                                                       : std::string(ui.t(Str::not_stated)));
  pen.fact(ui.t(Str::posting_deadline), challenge.deadline ? date_text(*challenge.deadline)
                                                           : std::string(ui.t(Str::not_stated)));
  pen.fact(ui.t(Str::matching_judges), std::to_string(challenge.judges.size()));
  if (pen.workspace.can_edit()) {
    const char* add = ui.t(Str::matching_add_bid);
    const float wide = ui.measure(Type::body, add) + ui.px(44);
    pen.skip(4);
    if (ui.button("add-bid", {pen.x0, pen.y, pen.x0 + wide, pen.y + ui.px(34)}, add, icon::plus)) {
      pen.workspace.record = RecordEdit{RecordKind::bid, std::nullopt, index};
    }
    pen.skip(42);
  }
  if (challenge.bids.empty()) {
    pen.note(ui.t(Str::matching_no_bids));
    return;
  }
  // The judging and its weights: a trial that changes nothing on the board.
  pen.skip(8);
  pen.heading(ui.t(Str::matching_judging));
  const std::vector<std::string_view> ways = {ui.t(Str::matching_trimmed),
                                              ui.t(Str::matching_median), ui.t(Str::matching_mean)};
  const int way = ui.segmented("aggregation", {pen.x0, pen.y}, ways,
                               static_cast<int>(state.judging.aggregation));
  if (way >= 0) state.judging.aggregation = static_cast<matching::Aggregation>(way);
  pen.skip(38);
  constexpr std::array<Str, 3> explained = {Str::matching_trimmed_why, Str::matching_median_why,
                                            Str::matching_mean_why};
  pen.note(ui.t(explained[static_cast<std::size_t>(state.judging.aggregation)]));
  float width = 0;
  if (ui.chip("leave", {pen.x0, pen.y}, ui.t(Str::matching_conflicted_leave),
              state.judging.conflicted_judges_leave, width)) {
    state.judging.conflicted_judges_leave = !state.judging.conflicted_judges_leave;
  }
  pen.skip(38);
  double most = 1;
  double sum = 0;
  for (std::size_t i = 0; i < challenge.criteria.size(); ++i) {
    most = std::max({most, state.judging.weights[i], challenge.criteria[i].weight.value_or(1) * 2});
    sum += state.judging.weights[i];
  }
  for (std::size_t i = 0; i < challenge.criteria.size(); ++i) {
    ImGui::PushID(static_cast<int>(i));
    double& weight = state.judging.weights[i];
    const double share =
        sum > 0 ? weight / sum : 1.0 / static_cast<double>(challenge.criteria.size());
    pen.slider("weight", ui.in(challenge.criteria[i].title), weight, 0, most, most / 100,
               number_text(std::round(share * 100)) + "%");
    ImGui::PopID();
  }
  const matching::ChallengeRanking ranking = matching::rank_bids(challenge, state.judging);
  pen.skip(12);
  pen.heading(ui.t(Str::matching_ranking), std::to_string(ranking.bids.size()));
  std::optional<std::size_t> chosen = state.explained_bid;
  if (!chosen && !ranking.bids.empty()) chosen = ranking.bids.front().bid;
  const matching::RankedBid* shown = nullptr;
  for (const matching::RankedBid& ranked : ranking.bids) {
    const Bid& bid = challenge.bids[ranked.bid];
    if (chosen == ranked.bid) shown = &ranked;
    ImGui::PushID(static_cast<int>(ranked.bid));
    const std::string place = ranked.place > 0 ? std::to_string(ranked.place) + ". " : "— ";
    std::string detail = bid.price ? money_text(ui, *bid.price) : ui.t(Str::not_stated);
    if (ranked.state != BidState::ranked) {
      detail.insert(0, std::string(ui.t(state_text(ranked.state))).append(" · "));
    }
    if (pen.row("bid", place + bid.id + " " + ui.in(bid.bidder), detail,
                ranked.total ? number_text(std::round(*ranked.total * 10) / 10) : "—",
                chosen == ranked.bid, pen.board().index.city(bid.city))) {
      state.explained_bid = ranked.bid;
    }
    ImGui::PopID();
  }
  if (shown != nullptr) {
    pen.skip(8);
    const float scores_top = pen.y;
    pen.heading(ui.t(Str::matching_scores, {challenge.bids[shown->bid].id}));
    if (pen.workspace.can_edit() &&
        ui.icon_button("edit-bid", {pen.x1 - ui.px(14), scores_top + ui.px(12)}, icon::pencil,
                       ui.t(Str::matching_edit_bid, {challenge.bids[shown->bid].id}))) {
      pen.workspace.record = RecordEdit{RecordKind::bid, shown->bid, index};
    }
    for (std::size_t i = 0; i < challenge.criteria.size() && i < shown->scores.size(); ++i) {
      const std::string& name = ui.in(challenge.criteria[i].title);
      const auto& score = shown->scores[i];
      if (!score) {
        pen.bar(name, 0, "—", ui.t(Str::matching_bid_unscored));
        continue;
      }
      std::string detail = ui.t(
          Str::matching_panel,
          {std::to_string(score->judges), number_text(score->lowest), number_text(score->highest)});
      if (score->excluded > 0) {
        detail += ui.t(Str::matching_panel_excluded, {std::to_string(score->excluded)});
      }
      pen.bar(name, score->score / 100, number_text(std::round(score->score * 10) / 10), detail);
    }
    for (const BidJudge& judge : challenge.judges) {
      const auto& with = judge.conflicts;
      if (std::find(with.begin(), with.end(), challenge.bids[shown->bid].id) == with.end()) {
        continue;
      }
      pen.note(ui.t(Str::matching_conflict, {judge.name.empty() ? judge.id : ui.in(judge.name)}));
    }
  }
  if (ranking.ranges.empty()) return;
  pen.skip(8);
  pen.heading(ui.t(Str::matching_sensitivity));
  pen.note(ui.t(Str::matching_sensitivity_note));
  const auto percent = [](double share) {
    return number_text(std::round(share * 1000) / 10) + "%";
  };
  for (std::size_t i = 0; i < ranking.ranges.size() && i < challenge.criteria.size(); ++i) {
    const matching::WeightRange& range = ranking.ranges[i];
    std::string said = range.low <= 0 && range.high >= 1
                           ? std::string(ui.t(Str::matching_range_all))
                           : ui.t(Str::matching_range, {percent(range.low), percent(range.high)});
    if (range.below) {
      said += ui.t(Str::matching_range_below, {challenge.bids[*range.below].id});
    }
    if (range.above) {
      said += ui.t(Str::matching_range_above, {challenge.bids[*range.above].id});
    }
    draw_range(pen, ui.in(challenge.criteria[i].title), range, said);
  }
}

}  // namespace tc::ui
