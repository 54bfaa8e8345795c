#include <algorithm>
#include <array>
#include <cmath>

#include "web/ui/icons.gen.hpp"
#include "web/ui/matching_parts.hpp"

namespace tc::ui {

namespace {

using matching::PairScore;

/// The sliders for the five chains and the bonus, and what else the scores depend on.
void draw_weights(Pen& pen, MatchingModel& model) {
  Ui& ui = pen.ui;
  matching::NeedOptions options = model.options();
  pen.skip(8);
  pen.heading(ui.t(Str::matching_weights));
  struct Entry {
    const char* id;
    Str name;
    double matching::ChainWeights::*weight;
  };
  constexpr std::array<Entry, 5> entries = {{
      {"innovation", Str::matching_chain_innovation, &matching::ChainWeights::innovation},
      {"industry", Str::matching_chain_industry, &matching::ChainWeights::industry},
      {"talent", Str::matching_chain_talent, &matching::ChainWeights::talent},
      {"capital", Str::matching_chain_capital, &matching::ChainWeights::capital},
      {"information", Str::matching_chain_information, &matching::ChainWeights::information},
  }};
  bool moved = false;
  for (const Entry& entry : entries) {
    double& weight = options.weights.*entry.weight;
    moved |= pen.slider(entry.id, ui.t(entry.name), weight, 0, 1, 0.05,
                        number_text(std::round(weight * 100)));
  }
  moved |= pen.slider("bonus", ui.t(Str::matching_bonus), options.cross_city_bonus, 0, 0.3, 0.01,
                      "+" + number_text(std::round(options.cross_city_bonus * 100)));
  pen.skip(4);
  float width = 0;
  if (ui.chip("exclusive", {pen.x0, pen.y}, ui.t(Str::matching_exclusive), options.exclusive,
              width)) {
    options.exclusive = !options.exclusive;
    moved = true;
  }
  const char* reset = ui.t(Str::matching_weights_reset);
  const float reset_width = ui.measure(Type::small, reset);
  const bool fits = pen.x0 + width + ui.px(16) + reset_width <= pen.x1;
  const float y = fits ? pen.y + ui.px(8) : pen.y + ui.chip_height() + ui.px(8);
  if (ui.link("reset", {fits ? pen.x1 - reset_width : pen.x0, y}, Type::small, reset)) {
    options = {};
    options.as_of = model.options().as_of;
    moved = true;
  }
  pen.y = std::max(pen.y + ui.chip_height(), y + ui.px(16)) + ui.px(10);
  pen.note(ui.t(Str::matching_weights_note));
  if (moved) model.set_options(options);
}

std::string known(const Ui& ui, const std::optional<int>& value) {
  return value ? std::to_string(*value) : std::string(ui.t(Str::not_stated));
}

std::string level(const Ui& ui, int trl) {
  return trl > 0 ? std::to_string(trl) : std::string(ui.t(Str::not_stated));
}

std::string money(const Ui& ui, const std::optional<double>& yuan) {
  return yuan ? money_text(ui, *yuan) : std::string(ui.t(Str::not_stated));
}

/// A pair's score, chain by chain, each with what it comes from.
void explain(Pen& pen, MatchingModel& model, const PairScore& pair) {
  Ui& ui = pen.ui;
  const Need& need = pen.programme().needs[pair.need];
  const ResearchResult& result = pen.programme().results[pair.result];
  const matching::ChainWeights& w = model.options().weights;
  const double sum = w.innovation + w.industry + w.talent + w.capital + w.information;
  const auto bar = [&](Str name, double value, double weight, const std::string& detail) {
    const double share = sum > 0 ? weight / sum : 0.2;
    pen.bar(ui.t(name), value, points_text(value),
            ui.t(Str::matching_term,
                 {number_text(std::round(share * 1000) / 10), points_text(value * share)}) +
                " · " + detail);
  };
  const auto stage = [&](const std::optional<ChainPosition>& at) {
    return at ? ui.in(label_of(*at)) : std::string(ui.t(Str::not_stated));
  };
  const auto cluster = [&](const std::optional<IndustryCluster>& at) {
    return at ? ui.in(label_of(*at)) : std::string(ui.t(Str::not_stated));
  };
  pen.heading(ui.t(Str::matching_explained, {result.id}), points_text(pair.total));
  bar(Str::matching_chain_innovation, pair.innovation, w.innovation,
      ui.t(Str::matching_why_innovation,
           {points_text(pair.topic), level(ui, need.trl), level(ui, result.trl)}));
  bar(Str::matching_chain_industry, pair.industry, w.industry,
      ui.t(Str::matching_why_industry, {cluster(need.cluster) + " / " + stage(need.stage),
                                        cluster(result.cluster) + " / " + stage(result.stage)}));
  bar(Str::matching_chain_talent, pair.talent, w.talent,
      ui.t(Str::matching_why_talent, {known(ui, need.team), known(ui, result.team)}));
  bar(Str::matching_chain_capital, pair.capital, w.capital,
      ui.t(Str::matching_why_capital, {money(ui, need.budget), money(ui, result.price)}));
  bar(Str::matching_chain_information, pair.information, w.information,
      ui.t(Str::matching_why_information,
           {points_text(pair.completeness),
            result.updated ? date_text(*result.updated) : std::string(ui.t(Str::not_stated))}) +
          (pair.interested > 0
               ? " · " + ui.t(Str::matching_why_interest, {std::to_string(pair.interested)})
               : std::string()));
  if (pair.cross_city) {
    pen.note(ui.t(Str::matching_why_cross, {points_text(model.options().cross_city_bonus)}));
  }
  const auto& terms = model.terms_of(pair);
  if (terms.empty()) return;
  pen.skip(4);
  pen.paragraph(Type::small, ui.theme().muted, ui.t(Str::matching_words));
  std::vector<std::string> words;
  for (const matching::SharedTerm& term : terms) {
    std::string word = term.name;
    if (term.kind == matching::FeatureKind::field) word = ui.t(Str::matching_word_field, {word});
    if (term.kind == matching::FeatureKind::meaning) {
      word = ui.t(Str::matching_word_meaning, {word});
    }
    words.push_back(word + " " + number_text(std::round(term.share * 100)) + "%");
  }
  pen.words(words);
}

}  // namespace

void draw_need_summary(Pen& pen, MatchingModel& model) {
  Ui& ui = pen.ui;
  const Theme& c = ui.theme();
  pen.heading(ui.t(Str::matching_assignment));
  pen.note(ui.t(Str::matching_assignment_note));
  pen.skip(4);
  if (const matching::NeedAssignment* all = model.assignment()) {
    std::vector<bool> served(pen.programme().needs.size(), false);
    std::size_t across = 0;
    for (const PairScore& pair : all->pairs) {
      served[pair.need] = true;
      across += pair.cross_city ? 1 : 0;
    }
    std::size_t open = 0;
    for (std::size_t n = 0; n < served.size(); ++n) open += model.needs()->is_open(n) ? 1 : 0;
    const auto needs = static_cast<std::size_t>(std::count(served.begin(), served.end(), true));
    pen.fact(ui.t(Str::matching_pairs), std::to_string(all->pairs.size()));
    pen.fact(ui.t(Str::matching_served),
             ui.t(Str::matching_of, {std::to_string(needs), std::to_string(open)}));
    pen.fact(ui.t(Str::matching_across), std::to_string(across));
    pen.fact(ui.t(Str::matching_worth),
             number_text(std::round(static_cast<double>(all->worth) / 1e3) / 10));
    const std::string proof =
        all->gap == 0 ? std::string(ui.t(Str::matching_proved))
                      : ui.t(Str::matching_gap, {number_text(static_cast<double>(all->gap) / 1e4)});
    const float mid = pen.y + ui.px(10);
    ui.icon({pen.x0 + ui.px(8), mid}, 16, all->gap == 0 ? c.accent : c.warning,
            all->gap == 0 ? icon::check : icon::triangle_alert);
    const Rect said = {pen.x0 + ui.px(24), pen.y + ui.px(2), pen.x1, pen.y + ui.px(20)};
    const float height = ui.paragraph(said.min(), Type::small, c.text, proof, said.width());
    ui.record(Role::status, {said.x0, said.y0, said.x1, said.y0 + height}, proof);
    pen.y += height + ui.px(10);
    // Where one more would be worth most.
    std::vector<std::size_t> scarce;
    for (std::size_t r = 0; r < all->result_price.size(); ++r) {
      if (all->result_price[r] > 0) scarce.push_back(r);
    }
    const std::size_t kept = std::min<std::size_t>(3, scarce.size());
    std::partial_sort(scarce.begin(), scarce.begin() + static_cast<std::ptrdiff_t>(kept),
                      scarce.end(), [all](std::size_t a, std::size_t b) {
                        return all->result_price[a] > all->result_price[b];
                      });
    if (kept > 0) {
      pen.note(ui.t(Str::matching_scarce));
      for (std::size_t i = 0; i < kept; ++i) {
        const ResearchResult& result = pen.programme().results[scarce[i]];
        pen.bar(result.id + " " + ui.in(result.title), all->result_price[scarce[i]],
                points_text(all->result_price[scarce[i]]));
      }
    }
    draw_flows(pen, flows_of(pen.board(), *all), Str::matching_flow_needs, Str::matching_flow_from,
               Str::matching_flow_to, Str::matching_elsewhere);
  } else {
    const char* label = ui.t(Str::matching_assign);
    const float width = std::min(pen.width(), ui.measure(Type::body, label) + ui.px(40));
    if (ui.button("assign", {pen.x0, pen.y, pen.x0 + width, pen.y + ui.px(36)}, label, nullptr,
                  true, !model.wants_assignment())) {
      model.want_assignment();
    }
    pen.skip(48);
  }
  draw_weights(pen, model);
}

std::optional<MatchingLink> draw_need(Pen& pen, MatchingModel& model, MatchingState& state,
                                      std::size_t n) {
  Ui& ui = pen.ui;
  const Need& need = pen.programme().needs[n];
  std::optional<MatchingLink> link;
  if (!need.text.empty()) pen.paragraph(Type::body, ui.theme().text, ui.in(need.text));
  pen.skip(4);
  pen.fact(ui.t(Str::posting_firm),
           need.firm.empty() ? ui.t(Str::not_stated) : ui.in(need.firm).c_str());
  pen.fact(ui.t(Str::posting_trl_wanted), level(ui, need.trl));
  pen.fact(ui.t(Str::posting_budget), money(ui, need.budget));
  pen.fact(ui.t(Str::posting_deadline),
           need.deadline ? date_text(*need.deadline) : std::string(ui.t(Str::not_stated)));
  if (need.exclusive) pen.fact(ui.t(Str::posting_exclusive), "✓");
  const matching::NeedMatcher* matcher = model.needs();
  if (matcher == nullptr) {
    pen.note(ui.t(Str::matching_working));
    return link;
  }
  const bool open = matcher->is_open(n);
  if (!open) pen.note(ui.t(Str::matching_closed));
  const std::vector<PairScore>& best = model.best_for(n, state.best_count);
  if (best.empty()) {
    pen.skip(8);
    pen.heading(ui.t(Str::matching_unmatched));
    pen.paragraph(Type::small, ui.theme().text, ui.t(Str::matching_why_nothing));
    draw_policies(pen, policies_for(pen.board(), need, 3));
    return link;
  }
  pen.skip(8);
  pen.heading(ui.t(Str::matching_best));
  constexpr std::array<std::size_t, 3> counts = {5, 10, 20};
  const std::vector<std::string_view> labels = {"5", "10", "20"};
  const auto at = std::find(counts.begin(), counts.end(), state.best_count);
  const int chosen = ui.segmented("count", {pen.x1 - ui.segmented_width(labels), pen.y - ui.px(32)},
                                  labels, static_cast<int>(at - counts.begin()));
  if (chosen >= 0) state.best_count = counts[static_cast<std::size_t>(chosen)];
  pen.skip(4);
  const PairScore* explained = &best.front();
  for (const PairScore& pair : best) {
    if (state.explained == pair.result) explained = &pair;
  }
  for (const PairScore& pair : best) {
    const ResearchResult& result = pen.programme().results[pair.result];
    ImGui::PushID(static_cast<int>(pair.result));
    if (pen.row("pair", result.id + " " + ui.in(result.title),
                (result.owner.empty() ? "" : ui.in(result.owner) + " · ") +
                    city_text(ui, pen.board(), result.city),
                points_text(pair.total), &pair == explained, pen.board().index.city(result.city))) {
      state.explained = pair.result;
    }
    ImGui::PopID();
  }
  pen.skip(8);
  explain(pen, model, *explained);
  const char* more = ui.t(Str::matching_open_result);
  if (ui.link("open-result", {pen.x0, pen.y + ui.px(2)}, Type::small, more)) {
    link = MatchingLink{MatchingLink::List::results, explained->result};
  }
  pen.skip(28);
  if (model.assignment() != nullptr) {
    pen.heading(ui.t(Str::matching_assigned));
    const auto& pairs = model.pairs_of_needs()[n];
    for (const std::uint32_t i : pairs) {
      const PairScore& pair = model.assignment()->pairs[i];
      const ResearchResult& result = pen.programme().results[pair.result];
      ImGui::PushID(static_cast<int>(i));
      if (pen.row("assigned", result.id + " " + ui.in(result.title),
                  city_text(ui, pen.board(), result.city), points_text(pair.total), false)) {
        link = MatchingLink{MatchingLink::List::results, pair.result};
      }
      ImGui::PopID();
    }
    if (pairs.empty()) {
      pen.paragraph(Type::small, ui.theme().text,
                    ui.t(open ? Str::matching_why_taken : Str::matching_closed));
      draw_policies(pen, policies_for(pen.board(), need, 3));
    } else {
      pen.note(ui.t(Str::matching_price, {points_text(model.assignment()->need_price[n])}));
    }
  }
  draw_weights(pen, model);
  return link;
}

std::optional<MatchingLink> draw_result(Pen& pen, MatchingModel& model, std::size_t r) {
  Ui& ui = pen.ui;
  const ResearchResult& result = pen.programme().results[r];
  std::optional<MatchingLink> link;
  if (!result.text.empty()) pen.paragraph(Type::body, ui.theme().text, ui.in(result.text));
  pen.skip(4);
  pen.fact(ui.t(Str::posting_owner),
           result.owner.empty() ? ui.t(Str::not_stated) : ui.in(result.owner).c_str());
  pen.fact(ui.t(Str::posting_trl), level(ui, result.trl));
  pen.fact(ui.t(Str::posting_team), known(ui, result.team));
  pen.fact(ui.t(Str::posting_price), money(ui, result.price));
  pen.fact(ui.t(Str::posting_result_capacity), std::to_string(result.capacity));
  pen.fact(ui.t(Str::posting_updated),
           result.updated ? date_text(*result.updated) : std::string(ui.t(Str::not_stated)));
  const auto row = [&](std::size_t n, double total) {
    const Need& need = pen.programme().needs[n];
    ImGui::PushID(static_cast<int>(n));
    if (pen.row("need", need.id + " " + ui.in(need.title),
                (need.firm.empty() ? "" : ui.in(need.firm) + " · ") +
                    city_text(ui, pen.board(), need.city),
                points_text(total), false, pen.board().index.city(need.city))) {
      link = MatchingLink{MatchingLink::List::needs, n};
    }
    ImGui::PopID();
  };
  pen.skip(8);
  pen.heading(ui.t(Str::matching_first_for));
  bool any = false;
  const auto& best = model.best_of_needs();
  for (std::size_t n = 0; n < best.size(); ++n) {
    if (best[n].partner != r) continue;
    any = true;
    row(n, static_cast<double>(best[n].total));
  }
  if (!any) pen.note(ui.t(Str::matching_first_for_none));
  if (const matching::NeedAssignment* all = model.assignment()) {
    pen.skip(8);
    pen.heading(ui.t(Str::matching_assigned_need));
    const auto& pairs = model.pairs_of_results()[r];
    ImGui::PushID("assigned");
    for (const std::uint32_t i : pairs) row(all->pairs[i].need, all->pairs[i].total);
    ImGui::PopID();
    if (pairs.empty()) pen.note(ui.t(Str::matching_result_free));
    if (!pairs.empty()) {
      pen.note(ui.t(Str::matching_result_price, {points_text(all->result_price[r])}));
    }
  }
  return link;
}

}  // namespace tc::ui
