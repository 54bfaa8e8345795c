#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "web/ui/icons.gen.hpp"
#include "web/ui/matching_parts.hpp"

namespace tc::ui {

namespace {

std::string degree_text(const Ui& ui, const std::optional<Degree>& degree) {
  return degree ? ui.in(label_of(*degree)) : std::string(ui.t(Str::not_stated));
}

std::string salary_text(const Ui& ui, const Job& job) {
  if (!job.salary_min && !job.salary_max) return ui.t(Str::not_stated);
  if (job.salary_min && job.salary_max && *job.salary_min != *job.salary_max) {
    return number_text(*job.salary_min) + "–" + number_text(*job.salary_max);
  }
  return number_text(job.salary_min ? *job.salary_min : *job.salary_max);
}

std::string places_text(const Ui& ui, const Board& board, const Graduate& graduate) {
  if (graduate.cities.empty()) return ui.t(Str::matching_anywhere);
  std::string text;
  for (const std::string& city : graduate.cities) {
    if (!text.empty()) text += " › ";
    text += city_text(ui, board, city);
  }
  return text;
}

}  // namespace

void draw_job_summary(Pen& pen, MatchingModel& model, MatchingState& state) {
  Ui& ui = pen.ui;
  const Theme& c = ui.theme();
  pen.heading(ui.t(Str::matching_stable));
  pen.note(ui.t(Str::matching_stable_note));
  pen.skip(4);
  const std::vector<std::string_view> sides = {ui.t(Str::matching_graduates_propose),
                                               ui.t(Str::matching_jobs_propose)};
  const int side =
      ui.segmented("proposer", {pen.x0, pen.y}, sides, static_cast<int>(state.proposer));
  if (side >= 0) state.proposer = static_cast<matching::Proposer>(side);
  pen.skip(42);
  const matching::JobMatching* all = model.jobs(state.proposer);
  if (all == nullptr) {
    if (model.jobs_are_many() && !state.many_jobs_wanted) {
      const char* label = ui.t(Str::matching_match_jobs);
      if (ui.button("match-jobs",
                    {pen.x0, pen.y,
                     pen.x0 + std::min(pen.width(), ui.measure(Type::body, label) + ui.px(40)),
                     pen.y + ui.px(36)},
                    label, nullptr, true)) {
        state.many_jobs_wanted = true;
        model.go_on();
      }
      pen.skip(48);
    } else {
      pen.note(ui.t(Str::matching_working));
    }
    return;
  }
  std::size_t quota = 0;
  std::size_t filled = 0;
  for (std::size_t j = 0; j < all->jobs.size(); ++j) {
    if (all->jobs[j].vacancy == matching::Vacancy::closed) continue;
    quota += all->problem.quota[j];
    filled += all->jobs[j].graduates.size();
  }
  pen.fact(
      ui.t(Str::matching_placed),
      ui.t(Str::matching_of, {std::to_string(all->placed), std::to_string(all->graduates.size())}));
  pen.fact(ui.t(Str::matching_filled),
           ui.t(Str::matching_of, {std::to_string(filled), std::to_string(quota)}));
  double choice = 0;
  for (const matching::Placement& one : all->graduates) {
    if (one.job) choice += static_cast<double>(one.choice);
  }
  if (all->placed > 0) {
    pen.fact(ui.t(Str::matching_mean_choice),
             number_text(std::round(100 * choice / static_cast<double>(all->placed)) / 100));
  }
  const bool stable = all->blocking_pairs == 0;
  const std::string proof =
      stable ? std::string(ui.t(Str::matching_no_blocking))
             : ui.t(Str::matching_blocking, {std::to_string(all->blocking_pairs)});
  ui.icon({pen.x0 + ui.px(8), pen.y + ui.px(10)}, 16, stable ? c.accent : c.warning,
          stable ? icon::check : icon::triangle_alert);
  const float height = ui.paragraph({pen.x0 + ui.px(24), pen.y + ui.px(2)}, Type::small, c.text,
                                    proof, pen.width() - ui.px(24));
  ui.record(Role::status, {pen.x0, pen.y, pen.x1, pen.y + height}, proof);
  pen.y += height + ui.px(10);

  std::array<std::size_t, matching::kUnplacedReasons> reasons{};
  for (const matching::Placement& one : all->graduates) {
    if (!one.job) ++reasons[static_cast<std::size_t>(one.reason)];
  }
  const std::size_t unplaced = std::accumulate(reasons.begin(), reasons.end(), std::size_t{0});
  if (unplaced > 0) {
    pen.skip(8);
    pen.heading(ui.t(Str::matching_unplaced), std::to_string(unplaced));
    for (std::size_t i = 0; i < reasons.size(); ++i) {
      if (reasons[i] == 0) continue;
      // A sentence is too long to stand beside its bar.
      pen.paragraph(Type::small, c.text,
                    ui.in(matching::label_of(static_cast<matching::Unplaced>(i))));
      const std::string count = std::to_string(reasons[i]);
      ui.progress_bar({pen.x0, pen.y + ui.px(2), pen.x1 - ui.px(52), pen.y + ui.px(10)},
                      static_cast<double>(reasons[i]) / static_cast<double>(unplaced), c.accent);
      ui.draw({pen.x1 - ui.measure(Type::small, count), pen.y - ui.px(1)}, Type::small, c.text,
              count);
      ui.record(Role::listitem, {pen.x0, pen.y - ui.px(18), pen.x1, pen.y + ui.px(10)},
                ui.in(matching::label_of(static_cast<matching::Unplaced>(i))), count);
      pen.skip(20);
    }
  }
  draw_flows(pen, flows_of(pen.board(), *all), Str::matching_flow_jobs, Str::matching_flow_wanted,
             Str::matching_flow_job, Str::matching_anywhere);
  pen.skip(4);
  pen.note(ui.t(Str::matching_privacy));
}

std::optional<MatchingLink> draw_job(Pen& pen, MatchingModel& model, MatchingState& state,
                                     std::size_t j) {
  Ui& ui = pen.ui;
  const Job& job = pen.programme().jobs[j];
  std::optional<MatchingLink> link;
  if (!job.text.empty()) pen.paragraph(Type::body, ui.theme().text, ui.in(job.text));
  pen.skip(4);
  pen.fact(ui.t(Str::posting_employer),
           job.employer.empty() ? ui.t(Str::not_stated) : ui.in(job.employer).c_str());
  pen.fact(ui.t(Str::posting_quota), std::to_string(job.quota));
  pen.fact(ui.t(Str::posting_degree_least), degree_text(ui, job.degree));
  if (!job.requirements.empty()) pen.fact(ui.t(Str::posting_requirements), ui.in(job.requirements));
  pen.fact(ui.t(Str::matching_salary), salary_text(ui, job));
  pen.fact(ui.t(Str::posting_deadline),
           job.deadline ? date_text(*job.deadline) : std::string(ui.t(Str::not_stated)));
  const matching::JobMatching* all = model.jobs(state.proposer);
  if (all == nullptr) {
    pen.note(ui.t(Str::matching_working));
    return link;
  }
  const matching::JobResult& result = all->jobs[j];
  pen.fact(ui.t(Str::matching_applicants), std::to_string(result.applicants));
  pen.skip(8);
  pen.heading(
      ui.t(Str::matching_hired),
      ui.t(Str::matching_of, {std::to_string(result.graduates.size()), std::to_string(job.quota)}));
  for (const std::size_t g : result.graduates) {
    const Graduate& graduate = pen.programme().graduates[g];
    const matching::Placement& placement = all->graduates[g];
    ImGui::PushID(static_cast<int>(g));
    if (pen.row("hired", graduate.code + " " + ui.in(graduate.field),
                degree_text(ui, graduate.degree) + " · " +
                    ui.t(Str::matching_choice,
                         {std::to_string(placement.choice), std::to_string(placement.choices)}),
                points_text(placement.fit), false)) {
      link = MatchingLink{MatchingLink::List::graduates, g};
    }
    ImGui::PopID();
  }
  if (result.vacancy != matching::Vacancy::none) {
    pen.paragraph(Type::small, ui.theme().text,
                  ui.t(Str::matching_vacancy, {ui.in(matching::label_of(result.vacancy))}));
  }
  pen.skip(4);
  pen.note(ui.t(Str::matching_privacy));
  return link;
}

std::optional<MatchingLink> draw_graduate(Pen& pen, MatchingModel& model, MatchingState& state,
                                          std::size_t g) {
  Ui& ui = pen.ui;
  const Graduate& graduate = pen.programme().graduates[g];
  std::optional<MatchingLink> link;
  pen.fact(ui.t(Str::posting_degree), degree_text(ui, graduate.degree));
  if (!graduate.skills.empty()) pen.fact(ui.t(Str::posting_skills), ui.in(graduate.skills));
  pen.fact(ui.t(Str::posting_cities), places_text(ui, pen.board(), graduate));
  pen.fact(ui.t(Str::posting_salary),
           graduate.salary ? number_text(*graduate.salary) : std::string(ui.t(Str::not_stated)));
  const matching::JobMatching* all = model.jobs(state.proposer);
  if (all == nullptr) {
    pen.note(ui.t(Str::matching_working));
    return link;
  }
  const auto job_row = [&](const char* id, std::size_t j, const std::string& figure, bool on) {
    const Job& job = pen.programme().jobs[j];
    ImGui::PushID(static_cast<int>(j));
    if (pen.row(id, job.id + " " + ui.in(job.title),
                (job.employer.empty() ? "" : ui.in(job.employer) + " · ") + salary_text(ui, job),
                figure, on, pen.board().index.city(job.city))) {
      link = MatchingLink{MatchingLink::List::jobs, j};
    }
    ImGui::PopID();
  };
  const matching::Placement& placement = all->graduates[g];
  pen.skip(8);
  if (placement.job) {
    pen.heading(ui.t(Str::matching_got));
    job_row("got", *placement.job, points_text(placement.fit), false);
    pen.note(ui.t(Str::matching_choice,
                  {std::to_string(placement.choice), std::to_string(placement.choices)}));
  } else {
    pen.heading(ui.t(Str::matching_unmatched));
    pen.paragraph(Type::small, ui.theme().text, ui.in(matching::label_of(placement.reason)));
    const auto& held = placement.held_back;
    if (held[0] + held[1] + held[2] > 0) {
      pen.note(ui.t(Str::matching_held_back,
                    {std::to_string(held[0]), std::to_string(held[1]), std::to_string(held[2])}));
    }
  }
  const std::uint32_t first = all->problem.first[g];
  const std::uint32_t end = all->problem.first[g + 1];
  if (first < end) {
    pen.skip(8);
    pen.heading(ui.t(Str::matching_choices), std::to_string(end - first));
    ImGui::PushID("choices");
    for (std::uint32_t e = first; e < end; ++e) {
      const std::size_t j = all->problem.post[e];
      job_row("choice", j, std::to_string(e - first + 1), placement.job == j);
    }
    ImGui::PopID();
  }
  if (!placement.job) draw_policies(pen, policies_for(pen.board(), graduate, 3));
  pen.skip(8);
  pen.note(ui.t(Str::matching_privacy));
  return link;
}

}  // namespace tc::ui
