#include "web/ui/posting_form.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <span>
#include <utility>

#include "core/ledger/keyed_document.hpp"
#include "core/model/element_json.hpp"
#include "web/ui/dialog.hpp"
#include "web/ui/icons.gen.hpp"

namespace tc::ui {

namespace {

using nlohmann::json;

constexpr float kField = 34;
constexpr float kLabel = 20;

enum class Form : std::uint8_t {
  text,   ///< one line in each language
  lines,  ///< several
  city,
  cities,
  cluster,
  stage,
  degree,
  number,
  whole,
  date,
  flag,
  codes,  ///< ids, best first
  criteria,
  judges,
  scores,
};

struct Spec {
  const char* member;
  Str label;
  Form form;
  bool required = false;
};

constexpr std::array kNeed = {
    Spec{"title", Str::posting_title, Form::text, true},
    Spec{"text", Str::posting_text, Form::lines},
    Spec{"firm", Str::posting_firm, Form::text},
    Spec{"city", Str::posting_city, Form::city},
    Spec{"cluster", Str::posting_cluster, Form::cluster},
    Spec{"stage", Str::posting_stage, Form::stage},
    Spec{"trl", Str::posting_trl_wanted, Form::whole},
    Spec{"team", Str::posting_team_wanted, Form::whole},
    Spec{"budget", Str::posting_budget, Form::number},
    Spec{"capacity", Str::posting_need_capacity, Form::whole},
    Spec{"exclusive", Str::posting_exclusive, Form::flag},
    Spec{"posted", Str::posting_posted, Form::date},
    Spec{"deadline", Str::posting_deadline, Form::date},
};
constexpr std::array kResult = {
    Spec{"title", Str::posting_title, Form::text, true},
    Spec{"text", Str::posting_text, Form::lines},
    Spec{"owner", Str::posting_owner, Form::text},
    Spec{"city", Str::posting_city, Form::city},
    Spec{"cluster", Str::posting_cluster, Form::cluster},
    Spec{"stage", Str::posting_stage, Form::stage},
    Spec{"trl", Str::posting_trl, Form::whole},
    Spec{"team", Str::posting_team, Form::whole},
    Spec{"price", Str::posting_price, Form::number},
    Spec{"capacity", Str::posting_result_capacity, Form::whole},
    Spec{"updated", Str::posting_updated, Form::date},
};
constexpr std::array kJob = {
    Spec{"title", Str::posting_title, Form::text, true},
    Spec{"text", Str::posting_text, Form::lines},
    Spec{"employer", Str::posting_employer, Form::text},
    Spec{"city", Str::posting_city, Form::city},
    Spec{"cluster", Str::posting_cluster, Form::cluster},
    Spec{"quota", Str::posting_quota, Form::whole},
    Spec{"degree", Str::posting_degree_least, Form::degree},
    Spec{"requirements", Str::posting_requirements, Form::text},
    Spec{"salaryMin", Str::posting_salary_min, Form::number},
    Spec{"salaryMax", Str::posting_salary_max, Form::number},
    Spec{"posted", Str::posting_posted, Form::date},
    Spec{"deadline", Str::posting_deadline, Form::date},
    Spec{"choices", Str::posting_job_choices, Form::codes},
};
constexpr std::array kGraduate = {
    Spec{"field", Str::posting_field, Form::text, true},
    Spec{"degree", Str::posting_degree, Form::degree},
    Spec{"skills", Str::posting_skills, Form::text},
    Spec{"cities", Str::posting_cities, Form::cities},
    Spec{"salary", Str::posting_salary, Form::number},
    Spec{"choices", Str::posting_graduate_choices, Form::codes},
};

constexpr std::array kChallenge = {
    Spec{"title", Str::posting_title, Form::text, true},
    Spec{"text", Str::posting_text, Form::lines},
    Spec{"owner", Str::matching_owner, Form::text},
    Spec{"city", Str::posting_city, Form::city},
    Spec{"cluster", Str::posting_cluster, Form::cluster},
    Spec{"budget", Str::posting_budget, Form::number},
    Spec{"posted", Str::posting_posted, Form::date},
    Spec{"deadline", Str::posting_deadline, Form::date},
    Spec{"criteria", Str::posting_criteria, Form::criteria},
    Spec{"judges", Str::posting_judges, Form::judges},
};
constexpr std::array kBid = {
    Spec{"bidder", Str::posting_bidder, Form::text, true},
    Spec{"city", Str::posting_city, Form::city},
    Spec{"price", Str::posting_price, Form::number},
    Spec{"submitted", Str::posting_submitted, Form::date},
    Spec{"scores", Str::posting_scores, Form::scores},
};

bool is_table(Form form) {
  return form == Form::criteria || form == Form::judges || form == Form::scores;
}

std::span<const Spec> specs_of(PostingKind kind) {
  switch (kind) {
    case PostingKind::need:
      return kNeed;
    case PostingKind::result:
      return kResult;
    case PostingKind::job:
      return kJob;
    case PostingKind::graduate:
      return kGraduate;
    case PostingKind::challenge:
      return kChallenge;
    case PostingKind::bid:
      return kBid;
  }
  return {};
}

/// The name that stands in the file, and what people read.
struct Option {
  std::string name;
  std::string label;
};

std::vector<Option> options_of(const Ui& ui, const Programme& programme, Form form) {
  std::vector<Option> options = {{"", ui.t(Str::not_stated)}};
  const auto add = [&](const auto& all) {
    for (const auto value : all) {
      options.push_back({std::string(name_of(value)), ui.in(label_of(value))});
    }
  };
  if (form == Form::city) {
    for (const City& city : programme.cities) options.push_back({city.id, ui.in(city.name)});
  } else if (form == Form::cluster) {
    add(kIndustryClusters);
  } else if (form == Form::stage) {
    add(kChainPositions);
  } else {
    add(kDegrees);
  }
  return options;
}

std::string joined(const json& list) {
  std::string text;
  for (const json& value : list) {
    if (!text.empty()) text += ", ";
    text += value.get<std::string>();
  }
  return text;
}

/// Ids between commas (also Chinese ones) and spaces.
std::vector<std::string> ids_in(const std::string& text) {
  std::vector<std::string> ids;
  std::string id;
  const auto end = [&] {
    if (!id.empty()) ids.push_back(id);
    id.clear();
  };
  for (std::size_t i = 0; i < text.size();) {
    const std::string_view rest = std::string_view(text).substr(i);
    const bool wide = rest.starts_with("，") || rest.starts_with("、") || rest.starts_with("；") ||
                      rest.starts_with("　");
    if (wide || std::string_view(", ;\t\n").find(rest[0]) != std::string_view::npos) {
      end();
      i += wide ? 3 : 1;
    } else {
      id += rest[0];
      ++i;
    }
  }
  end();
  return ids;
}

/// The number at the end counts on from the highest in use.
template <class List, class Id>
std::string next_id(const List& list, Id id_of, std::string prefix, std::size_t width) {
  long highest = 0;
  for (const auto& element : list) {
    const std::string& id = id_of(element);
    const std::size_t at = id.find_last_not_of("0123456789");
    const std::string digits = id.substr(at == std::string::npos ? 0 : at + 1);
    if (digits.empty() || digits.size() > 8) continue;
    const long number = std::stol(digits);
    if (number < highest) continue;
    highest = number;
    prefix = id.substr(0, id.size() - digits.size());
    width = digits.size();
  }
  std::string number = std::to_string(highest + 1);
  if (number.size() < width) number.insert(0, width - number.size(), '0');
  return prefix + number;
}

Str title_of(PostingKind kind, bool added) {
  switch (kind) {
    case PostingKind::need:
      return added ? Str::matching_new_need : Str::matching_edit_need;
    case PostingKind::result:
      return added ? Str::matching_new_result : Str::matching_edit_result;
    case PostingKind::job:
      return added ? Str::matching_new_job : Str::matching_edit_job;
    case PostingKind::graduate:
      return added ? Str::matching_new_graduate : Str::matching_edit_graduate;
    case PostingKind::challenge:
      return added ? Str::matching_new_challenge : Str::matching_edit_challenge;
    case PostingKind::bid:
      break;
  }
  return added ? Str::matching_new_bid : Str::matching_edit_bid;
}

}  // namespace

std::string PostingForm::base() const {
  return child(list_, id_);
}

void PostingForm::begin(Workspace& workspace) {
  const Programme& programme = workspace.board->programme;
  open_ = true;
  unchanged_ = waiting_ = reveal_problem_ = false;
  accepted_ = workspace.accepted;
  faults_.clear();
  workspace.rejection.clear();
  reason_.clear();
  kind_ = workspace.posting->kind;
  added_ = !workspace.posting->index.has_value();
  original_ = json::object();
  const auto take = [&](const auto& list, auto id_of, const char* prefix, std::size_t width) {
    if (added_) {
      id_ = next_id(list, id_of, prefix, width);
    } else {
      id_ = id_of(list[*workspace.posting->index]);
      original_ = json_of(list[*workspace.posting->index]);
    }
  };
  constexpr std::array lists = {"/needs", "/results", "/jobs", "/graduates", "/challenges"};
  const Challenge* challenge = nullptr;  // that the scores are by
  if (kind_ == PostingKind::bid) {
    challenge_ = workspace.posting->challenge;
    challenge = &programme.challenges[challenge_];
    list_ = child(child("/challenges", challenge->id), "bids");
  } else {
    list_ = lists[static_cast<std::size_t>(kind_)];
  }
  const auto id = [](const auto& posting) -> const std::string& { return posting.id; };
  switch (kind_) {
    case PostingKind::need:
      take(programme.needs, id, "N", 3);
      break;
    case PostingKind::result:
      take(programme.results, id, "R", 3);
      break;
    case PostingKind::job:
      take(programme.jobs, id, "J", 3);
      break;
    case PostingKind::graduate:
      take(
          programme.graduates,
          [](const Graduate& graduate) -> const std::string& { return graduate.code; }, "G", 4);
      break;
    case PostingKind::challenge:
      take(programme.challenges, id, "C", 2);
      break;
    case PostingKind::bid:
      take(challenge->bids, id, "B", 1);
      break;
  }
  fields_.clear();
  const std::span<const Spec> specs = specs_of(kind_);
  for (std::size_t i = 0; i < specs.size(); ++i) {
    Field field;
    field.spec = i;
    if (is_table(specs[i].form)) {
      begin_rows(field, challenge);
      fields_.push_back(std::move(field));
      continue;
    }
    const auto found = original_.find(specs[i].member);
    if (found != original_.end()) {
      if (found->is_object()) {
        field.first = found->value("zh", "");
        field.second = found->value("en", "");
      } else if (found->is_array()) {
        field.first = joined(*found);
      } else if (found->is_boolean()) {
        field.first = found->get<bool>() ? "1" : "";
      } else {
        field.first =
            found->is_string() ? found->get<std::string>() : number_text(found->get<double>());
      }
    }
    fields_.push_back(std::move(field));
  }
}

void PostingForm::begin_rows(Field& field, const Challenge* challenge) {
  const Spec& spec = specs_of(kind_)[field.spec];
  const json none = json::array();
  const auto found = original_.find(spec.member);
  const json& list = found != original_.end() ? *found : none;
  if (spec.form == Form::scores) {
    criteria_.clear();
    for (const BidCriterion& criterion : challenge->criteria) criteria_.push_back(criterion.id);
    for (const BidJudge& judge : challenge->judges) {
      Field::Row row{judge.id, {}};
      for (const BidCriterion& criterion : challenge->criteria) {
        std::string score;
        for (const json& each : list) {
          if (each.value("judge", "") != judge.id || each.value("criterion", "") != criterion.id ||
              !each.contains("score")) {
            continue;
          }
          score = number_text(each["score"].get<double>());
        }
        row.cells.push_back(std::move(score));
      }
      field.rows.push_back(std::move(row));
    }
    return;
  }
  const bool criteria = spec.form == Form::criteria;
  for (const json& each : list) {
    const json name = each.value(criteria ? "title" : "name", json::object());
    std::string last;
    if (criteria && each.contains("weight")) last = number_text(each["weight"].get<double>());
    if (!criteria && each.contains("conflicts")) last = joined(each["conflicts"]);
    field.rows.push_back(
        {each.value("id", ""), {name.value("zh", ""), name.value("en", ""), std::move(last)}});
  }
}

void PostingForm::end(Workspace& workspace) {
  open_ = false;
  waiting_ = false;
  workspace.posting.reset();
  workspace.rejection.clear();
}

bool PostingForm::draw(Ui& ui, Workspace& workspace, const std::function<void()>& above) {
  if (!workspace.posting) {
    open_ = false;
    return false;
  }
  constexpr const char* kId = "posting-form";
  if (!open_) begin(workspace);
  if (!ImGui::IsPopupOpen(kId)) ImGui::OpenPopup(kId);
  const Theme& c = ui.theme();
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  const float width = std::min(ui.px(720), screen.x - ui.px(24));
  const float height = std::min(ui.px(820), screen.y - ui.px(32));
  ImGui::SetNextWindowPos(
      {std::round((screen.x - width) / 2), std::round((screen.y - height) / 2)});
  ImGui::SetNextWindowSize({width, height});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, ui.px(12));
  const bool shown = ImGui::BeginPopupModal(
      kId, nullptr,
      ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings);
  ImGui::PopStyleVar();
  if (!shown) return false;
  const ImVec2 at = ImGui::GetWindowPos();
  const Rect rect = {at.x, at.y, at.x + width, at.y + height};
  ui.fill(rect, c.surface, 12);
  const std::string title = ui.t(title_of(kind_, added_), {id_});
  ui.record(Role::dialog, rect, title);
  const float pad = ui.px(24);
  ui.draw({rect.x0 + pad, rect.y0 + ui.px(22)}, Type::heading, c.text, title, width - 2 * pad);
  ui.record(Role::heading, {rect.x0 + pad, rect.y0 + ui.px(22), rect.x1 - pad, rect.y0 + ui.px(46)},
            title);

  const float footer = rect.y1 - ui.px(134);
  ImGui::SetCursorScreenPos({rect.x0, rect.y0 + ui.px(62)});
  ImGui::BeginChild("fields", {width, footer - rect.y0 - ui.px(62)}, ImGuiChildFlags_None,
                    ImGuiWindowFlags_NoBackground);
  fields(ui, workspace, rect.x0 + pad, rect.x1 - pad);
  ImGui::EndChild();

  ui.fill({rect.x0, footer, rect.x1, footer + ui.hairline()}, c.line);
  const float label_top = footer + ui.px(12);
  const std::string unreasoned = problem(ui, workspace, "/reason");
  ui.draw({rect.x0 + pad, label_top}, Type::small, unreasoned.empty() ? c.muted : c.danger,
          unreasoned.empty() ? ui.t(Str::form_reason) : unreasoned.c_str(), width - 2 * pad);
  if (!unreasoned.empty()) {
    ui.record(Role::alert, {rect.x0 + pad, label_top, rect.x1 - pad, label_top + ui.px(18)},
              unreasoned);
  }
  ui.text_field(
      "reason",
      {rect.x0 + pad, label_top + ui.px(kLabel), rect.x1 - pad, label_top + ui.px(kLabel + kField)},
      ui.t(Str::form_reason), reason_, ui.t(Str::form_reason_hint), false, !unreasoned.empty());
  const float top = footer + ui.px(82);
  const char* save_label = ui.t(Str::form_save);
  const char* cancel_label = ui.t(Str::form_cancel);
  const float right = rect.x1 - pad;
  const float save_x = right - ui.measure(Type::body, save_label) - ui.px(48);
  const float cancel_x1 = save_x - ui.px(12);
  const float cancel_x = cancel_x1 - ui.measure(Type::body, cancel_label) - ui.px(40);
  if (ui.button("save", {save_x, top, right, top + ui.px(36)}, save_label, nullptr, true) ||
      ImGui::IsKeyChordPressed(ImGuiMod_Ctrl | ImGuiKey_Enter)) {
    save(workspace);
  }
  bool cancel = ui.button("cancel", {cancel_x, top, cancel_x1, top + ui.px(36)}, cancel_label);
  cancel |= ImGui::IsKeyPressed(ImGuiKey_Escape, false) && !ImGui::IsAnyItemActive() && !waiting_;
  const std::string general = problem(ui, workspace, "");
  if (!general.empty()) {
    const float room = cancel_x - ui.px(16) - rect.x0 - pad;
    ui.paragraph({rect.x0 + pad, top - ui.px(4)}, Type::small, c.danger, general, room, 2);
    ui.record(Role::alert, {rect.x0 + pad, top, rect.x0 + pad + room, top + ui.px(36)}, general);
  }
  const bool done = waiting_ && workspace.accepted > accepted_;
  if (waiting_ && !done && !workspace.proposal) {
    waiting_ = false;
    reveal_problem_ = !workspace.rejection.empty();
  }
  above();
  if (cancel || done || unchanged_) {
    ImGui::CloseCurrentPopup();
    end(workspace);
  }
  ImGui::EndPopup();
  return true;
}

std::string PostingForm::problem(const Ui& ui, const Workspace& workspace,
                                 std::string_view member) const {
  const std::string place_of_posting = base();
  const std::span<const Spec> specs = specs_of(kind_);
  for (const std::vector<Error>* list : {&faults_, &workspace.rejection}) {
    for (const Error& error : *list) {
      if (error.code == ErrorCode::reason_needed) {
        if (member == "/reason") return message(error, ui.language);
        continue;
      }
      std::string_view place = error.pointer;
      if (place.starts_with(place_of_posting)) place.remove_prefix(place_of_posting.size());
      const std::string_view first = place.substr(0, place.find('/', 1));
      const bool own = std::any_of(specs.begin(), specs.end(), [first](const Spec& spec) {
        return first.size() > 1 && first.substr(1) == spec.member;
      });
      if (member.empty() ? !own : first == member) {
        const std::string text = message(error, ui.language);
        return member.empty() ? std::string(place) + ' ' + text : text;
      }
    }
  }
  return {};
}

void PostingForm::fields(Ui& ui, Workspace& workspace, float x0, float x1) {
  const Theme& c = ui.theme();
  const Programme& programme = workspace.board->programme;
  const std::span<const Spec> specs = specs_of(kind_);
  const ImVec2 origin = ImGui::GetCursorScreenPos();
  float y = origin.y + ui.px(4);
  const float gap = ui.px(16);
  const bool narrow = x1 - x0 < ui.px(480);
  const float half = narrow ? x1 - x0 : (x1 - x0 - gap) / 2;
  float row_y = y;  // bottom of the left half of a row
  bool right_half = false;
  const auto finish_row = [&] {
    if (right_half) y = row_y;
    right_half = false;
  };
  const auto write = [&](const char* id, float x, float w, float& top, const std::string& label,
                         std::string& value, bool lines, bool faulty, const char* hint = "") {
    ui.draw({x, top}, Type::small, c.muted, label, w);
    top += ui.px(kLabel);
    const float h = ui.px(lines ? 72 : kField);
    ui.text_field(id, {x, top, x + w, top + h}, label, value, hint, lines, faulty);
    top += h + ui.px(4);
  };
  for (Field& field : fields_) {
    const Spec& spec = specs[field.spec];
    const std::string wrong = problem(ui, workspace, std::string("/") + spec.member);
    const char* label = ui.t(spec.label);
    ImGui::PushID(spec.member);
    if (spec.form == Form::text || spec.form == Form::lines) {
      finish_row();
      const bool lines = spec.form == Form::lines;
      const bool beside = !narrow && !lines;
      float left = y;
      const float w = beside ? half : x1 - x0;
      write("zh", x0, w, left, ui.t(Str::posting_in_zh, {label}), field.first, lines,
            !wrong.empty());
      float other = beside ? y : left + ui.px(4);
      write("en", beside ? x0 + half + gap : x0, w, other, ui.t(Str::posting_in_en, {label}),
            field.second, lines, false);
      y = std::max(left, other);
      show_problem(ui, wrong, x0, x1 - x0, y, reveal_problem_);
      y += ui.px(8);
    } else if (is_table(spec.form)) {
      finish_row();
      ui.draw({x0, y}, Type::small, c.muted, label, x1 - x0);
      y += ui.px(kLabel);
      y += rows(ui, programme, field, x0, y, x1 - x0);
      show_problem(ui, wrong, x0, x1 - x0, y, reveal_problem_);
      y += ui.px(8);
    } else if (spec.form == Form::cities) {
      finish_row();
      ui.draw({x0, y}, Type::small, c.muted, label, x1 - x0);
      y += ui.px(kLabel);
      // A click puts a city at the end of the list, or takes it away.
      std::vector<std::string> chosen = ids_in(field.first);
      float x = x0;
      for (std::size_t i = 0; i < programme.cities.size(); ++i) {
        const City& city = programme.cities[i];
        const auto found = std::find(chosen.begin(), chosen.end(), city.id);
        const bool on = found != chosen.end();
        std::string name = ui.in(city.name);
        if (on) name = std::to_string(found - chosen.begin() + 1) + ". " + name;
        const float wanted = ui.measure(Type::small, name) + ui.px(24);
        if (x > x0 && x + wanted > x1) {
          x = x0;
          y += ui.chip_height() + ui.px(6);
        }
        float width = 0;
        ImGui::PushID(static_cast<int>(i));
        if (ui.chip("city", {x, y}, name, on, width)) {
          if (on) {
            chosen.erase(found);
          } else {
            chosen.push_back(city.id);
          }
          field.first = joined(json(chosen));
        }
        ImGui::PopID();
        x += width + ui.px(6);
      }
      y += ui.chip_height() + ui.px(4);
      show_problem(ui, wrong, x0, x1 - x0, y, reveal_problem_);
      y += ui.px(8);
    } else {
      const bool wide = spec.form == Form::codes;
      if (wide || narrow) finish_row();
      const float x = right_half ? x0 + half + gap : x0;
      const float w = wide ? x1 - x0 : half;
      float top = y;
      if (spec.form == Form::flag) {
        float width = 0;
        top += ui.px(kLabel + 2);
        if (ui.chip("flag", {x, top}, label, !field.first.empty(), width)) {
          field.first = field.first.empty() ? "1" : "";
        }
        top += ui.px(kField + 2);
      } else if (spec.form == Form::city || spec.form == Form::cluster ||
                 spec.form == Form::stage || spec.form == Form::degree) {
        const std::vector<Option> options = options_of(ui, programme, spec.form);
        std::vector<std::string> labels;
        int selected = 0;
        for (std::size_t i = 0; i < options.size(); ++i) {
          labels.push_back(options[i].label);
          if (options[i].name == field.first) selected = static_cast<int>(i);
        }
        ui.draw({x, top}, Type::small, c.muted, label, w);
        top += ui.px(kLabel);
        if (const int now =
                ui.combo("choice", {x, top, x + w, top + ui.px(kField)}, label, labels, selected);
            now >= 0) {
          field.first = options[static_cast<std::size_t>(now)].name;
        }
        top += ui.px(kField + 4);
      } else {
        write("value", x, w, top, label, field.first, false, !wrong.empty(),
              spec.form == Form::date ? ui.t(Str::form_date_hint) : "");
      }
      show_problem(ui, wrong, x, w, top, reveal_problem_);
      top += ui.px(8);
      if (wide || narrow) {
        y = top;
      } else if (right_half) {
        y = std::max(top, row_y);
        right_half = false;
      } else {
        row_y = top;
        right_half = true;
      }
    }
    ImGui::PopID();
  }
  finish_row();
  if (kind_ == PostingKind::graduate) {
    y += ui.paragraph({x0, y}, Type::small, c.muted, ui.t(Str::matching_privacy), x1 - x0);
  }
  y += ui.px(16);
  ImGui::SetCursorScreenPos({origin.x, y});
  ImGui::Dummy({1, 1});
}

float PostingForm::rows(Ui& ui, const Programme& programme, Field& field, float x, float y,
                        float width) {
  const Theme& c = ui.theme();
  const Spec& spec = specs_of(kind_)[field.spec];
  const float gap = ui.px(8);
  const float top = y;
  const bool scores = spec.form == Form::scores;
  const Challenge* challenge = scores ? &programme.challenges[challenge_] : nullptr;
  std::vector<std::string> names;
  if (scores) {
    for (const BidCriterion& one : challenge->criteria) names.push_back(ui.in(one.title));
  } else {
    const char* what = ui.t(spec.form == Form::criteria ? Str::posting_title : Str::posting_name);
    names = {ui.t(Str::posting_in_zh, {what}), ui.t(Str::posting_in_en, {what}),
             ui.t(spec.form == Form::criteria ? Str::posting_weight : Str::posting_conflicts)};
  }
  if (scores && (field.rows.empty() || names.empty())) {
    return ui.paragraph({x, y}, Type::small, c.muted, ui.t(Str::posting_no_panel), width) + gap;
  }
  const float head = scores ? std::min(ui.px(150), width * 0.3F) : 0;
  const float tail = scores ? 0 : ui.px(36);
  const auto count = static_cast<float>(names.size());
  const float cell = (width - head - tail - gap * (count - 1)) / count;
  const auto at = [&](std::size_t column) {
    return x + head + static_cast<float>(column) * (cell + gap);
  };
  for (std::size_t k = 0; k < names.size(); ++k) {
    ui.draw({at(k), y}, Type::caption, c.muted, names[k], cell);
  }
  y += ui.px(18);
  std::optional<std::size_t> removed;
  for (std::size_t i = 0; i < field.rows.size(); ++i) {
    Field::Row& row = field.rows[i];
    std::string who = std::to_string(i + 1);
    if (scores) {
      const BidJudge& judge = challenge->judges[i];
      who = judge.name.empty() ? judge.id : ui.in(judge.name);
      ui.draw({x, y + (ui.px(kField) - ui.size_of(Type::body)) / 2}, Type::body, c.text, who,
              head - gap);
    }
    ImGui::PushID(static_cast<int>(i));
    for (std::size_t k = 0; k < row.cells.size(); ++k) {
      ImGui::PushID(static_cast<int>(k));
      ui.text_field("cell", {at(k), y, at(k) + cell, y + ui.px(kField)}, who + " · " + names[k],
                    row.cells[k], "", false, false);
      ImGui::PopID();
    }
    if (!scores && ui.icon_button("remove", {x + width - ui.px(16), y + ui.px(kField) / 2}, icon::x,
                                  ui.t(Str::posting_remove_row, {who}))) {
      removed = i;
    }
    ImGui::PopID();
    y += ui.px(kField) + gap;
  }
  if (removed) field.rows.erase(field.rows.begin() + static_cast<std::ptrdiff_t>(*removed));
  if (!scores) {
    const char* add =
        ui.t(spec.form == Form::criteria ? Str::posting_add_criterion : Str::posting_add_judge);
    const float wide = ui.measure(Type::body, add) + ui.px(44);
    if (ui.button("add-row", {x, y, x + wide, y + ui.px(kField)}, add, icon::plus)) {
      const auto id = [](const Field::Row& row) -> const std::string& { return row.id; };
      field.rows.push_back(
          {next_id(field.rows, id, spec.form == Form::criteria ? "C" : "J", 1), {"", "", ""}});
    }
    y += ui.px(kField) + ui.px(4);
  }
  return y - top;
}

void PostingForm::read_rows(const Field& field, json& after) {
  const Spec& spec = specs_of(kind_)[field.spec];
  const std::string place = base() + "/" + spec.member;
  json list = json::array();
  const auto number = [&](const std::string& text) -> std::optional<json> {
    json value = json::parse(text, nullptr, false);
    if (value.is_number()) return value;
    faults_.push_back({ErrorCode::wrong_type, place, shorten(text), "0 …", std::nullopt});
    return std::nullopt;
  };
  for (std::size_t i = 0; i < field.rows.size(); ++i) {
    const Field::Row& row = field.rows[i];
    if (spec.form == Form::scores) {
      for (std::size_t k = 0; k < row.cells.size(); ++k) {
        if (blank(row.cells[k])) continue;
        if (auto score = number(row.cells[k])) {
          list.push_back({{"judge", row.id}, {"criterion", criteria_[k]}, {"score", *score}});
        }
      }
      continue;
    }
    if (std::all_of(row.cells.begin(), row.cells.end(),
                    [](const std::string& cell) { return blank(cell); })) {
      continue;  // a row that nothing was typed in
    }
    json element = {{"id", row.id}};
    json name = json::object();
    if (!blank(row.cells[0])) name["zh"] = row.cells[0];
    if (!blank(row.cells[1])) name["en"] = row.cells[1];
    const bool criteria = spec.form == Form::criteria;
    if (!name.empty()) {
      element[criteria ? "title" : "name"] = std::move(name);
    } else if (criteria) {
      faults_.push_back({ErrorCode::missing_member, child(place, i), {}, "title", std::nullopt});
    }
    if (criteria && !blank(row.cells[2])) {
      if (auto weight = number(row.cells[2])) element["weight"] = *weight;
    }
    if (!criteria) {
      if (const auto ids = ids_in(row.cells[2]); !ids.empty()) element["conflicts"] = ids;
    }
    list.push_back(std::move(element));
  }
  if (!list.empty()) after[spec.member] = std::move(list);
}

void PostingForm::read(const Field& field, json& after) {
  const Spec& spec = specs_of(kind_)[field.spec];
  const std::string place = base() + "/" + spec.member;
  const auto fault = [&](ErrorCode code, std::string expected) {
    faults_.push_back({code, place, shorten(field.first), std::move(expected), std::nullopt});
  };
  after.erase(spec.member);
  switch (spec.form) {
    case Form::text:
    case Form::lines: {
      json text = json::object();
      if (!blank(field.first)) text["zh"] = field.first;
      if (!blank(field.second)) text["en"] = field.second;
      if (!text.empty()) {
        after[spec.member] = std::move(text);
      } else if (spec.required) {
        fault(ErrorCode::missing_member, spec.member);
      }
      break;
    }
    case Form::number:
    case Form::whole: {
      std::string digits = field.first;
      std::erase_if(digits, [](char ch) { return ch == ',' || ch == ' '; });
      if (digits.empty()) break;
      const json number = json::parse(digits, nullptr, false);
      if (spec.form == Form::whole ? number.is_number_integer() : number.is_number()) {
        after[spec.member] = number;
      } else {
        fault(ErrorCode::wrong_type, spec.form == Form::whole ? "0, 1, 2, …" : "0 …");
      }
      break;
    }
    case Form::date: {
      if (blank(field.first)) break;
      const std::optional<Date> day = read_date(field.first);
      if (day) {
        after[spec.member] = format_date(*day);
      } else {
        fault(ErrorCode::bad_date, {});
      }
      break;
    }
    case Form::criteria:
    case Form::judges:
    case Form::scores:
      read_rows(field, after);
      break;
    case Form::flag:
      if (!field.first.empty()) after[spec.member] = true;
      break;
    case Form::cities:
    case Form::codes:
      if (const auto ids = ids_in(field.first); !ids.empty()) after[spec.member] = ids;
      break;
    case Form::city:
    case Form::cluster:
    case Form::stage:
    case Form::degree:
      if (!field.first.empty()) after[spec.member] = field.first;
      break;
  }
}

void PostingForm::save(Workspace& workspace) {
  faults_.clear();
  workspace.rejection.clear();
  Ledger* ledger = workspace.journal();
  if (ledger == nullptr) return;
  json after = original_;
  for (const Field& field : fields_) read(field, after);
  if (!faults_.empty()) {
    reveal_problem_ = true;
    return;
  }
  std::vector<Change> list;
  if (added_) {
    after[kind_ == PostingKind::graduate ? "code" : "id"] = id_;
    list.push_back(ledger->change(base(), after));
  } else {
    // Only what differs, member by member, so that others' changes of the rest stay.
    for (const Spec& spec : specs_of(kind_)) {
      const auto was = original_.find(spec.member);
      const auto now = after.find(spec.member);
      const bool had = was != original_.end();
      const bool has = now != after.end();
      if (had == has && (!had || *was == *now)) continue;
      list.push_back(ledger->change(child(base(), spec.member),
                                    has ? std::optional<json>(*now) : std::nullopt));
    }
  }
  if (list.empty()) {
    unchanged_ = true;
    return;
  }
  accepted_ = workspace.accepted;
  waiting_ = true;
  workspace.propose(std::move(list), reason_);
}

}  // namespace tc::ui
