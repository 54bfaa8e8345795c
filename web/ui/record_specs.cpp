#include "web/ui/record_specs.hpp"

#include <array>

namespace tc::ui {

namespace {

using enum FieldForm;

constexpr std::array kCriteriaColumns = {
    ColumnSpec{"title", Str::posting_title, CellForm::zh, OptionsOf::none, true},
    ColumnSpec{"title", Str::posting_title, CellForm::en},
    ColumnSpec{"weight", Str::posting_weight, CellForm::number},
};
constexpr TableSpec kCriteria = {kCriteriaColumns, Str::posting_add_criterion, "C"};
constexpr std::array kJudgeColumns = {
    ColumnSpec{"name", Str::posting_name, CellForm::zh},
    ColumnSpec{"name", Str::posting_name, CellForm::en},
    ColumnSpec{"conflicts", Str::posting_conflicts, CellForm::codes},
};
constexpr TableSpec kJudges = {kJudgeColumns, Str::posting_add_judge, "J"};
constexpr std::array kMembershipColumns = {
    ColumnSpec{"alliance", Str::network_alliance, CellForm::choice, OptionsOf::alliances, true},
    ColumnSpec{"stages", Str::network_stage, CellForm::stages},
};
constexpr TableSpec kMemberships = {kMembershipColumns, Str::record_add_membership};
constexpr std::array kVolumeColumns = {
    ColumnSpec{"product", Str::record_product, CellForm::choice, OptionsOf::products, true},
    ColumnSpec{"volume", Str::record_volume, CellForm::volume},
};
constexpr TableSpec kMade = {kVolumeColumns, Str::record_add_made};
constexpr TableSpec kBought = {kVolumeColumns, Str::record_add_bought};
constexpr std::array kIssuerColumns = {
    ColumnSpec{"", Str::member_department, CellForm::choice, OptionsOf::departments, true},
};
constexpr TableSpec kIssuers = {kIssuerColumns, Str::record_add_issuer, nullptr, true};
constexpr std::array kCellColumns = {
    ColumnSpec{"group", Str::policies_group, CellForm::choice, OptionsOf::groups, true},
    ColumnSpec{"cluster", Str::posting_cluster, CellForm::choice, OptionsOf::matrix_clusters},
    ColumnSpec{"coverage", Str::record_coverage, CellForm::choice, OptionsOf::coverages, true},
    ColumnSpec{"budget", Str::record_budget, CellForm::number},
};
constexpr TableSpec kCells = {kCellColumns, Str::record_add_cell};

constexpr std::array kNeed = {
    FieldSpec{"title", Str::posting_title, text, true},
    FieldSpec{"text", Str::posting_text, lines},
    FieldSpec{"firm", Str::posting_firm, text},
    FieldSpec{"city", Str::posting_city, choice, false, OptionsOf::cities},
    FieldSpec{"cluster", Str::posting_cluster, choice, false, OptionsOf::clusters},
    FieldSpec{"stage", Str::posting_stage, choice, false, OptionsOf::positions},
    FieldSpec{"trl", Str::posting_trl_wanted, whole},
    FieldSpec{"team", Str::posting_team_wanted, whole},
    FieldSpec{"budget", Str::posting_budget, number},
    FieldSpec{"capacity", Str::posting_need_capacity, whole},
    FieldSpec{"exclusive", Str::posting_exclusive, flag},
    FieldSpec{"posted", Str::posting_posted, date},
    FieldSpec{"deadline", Str::posting_deadline, date},
};
constexpr std::array kResult = {
    FieldSpec{"title", Str::posting_title, text, true},
    FieldSpec{"text", Str::posting_text, lines},
    FieldSpec{"owner", Str::posting_owner, text},
    FieldSpec{"city", Str::posting_city, choice, false, OptionsOf::cities},
    FieldSpec{"cluster", Str::posting_cluster, choice, false, OptionsOf::clusters},
    FieldSpec{"stage", Str::posting_stage, choice, false, OptionsOf::positions},
    FieldSpec{"trl", Str::posting_trl, whole},
    FieldSpec{"team", Str::posting_team, whole},
    FieldSpec{"price", Str::posting_price, number},
    FieldSpec{"capacity", Str::posting_result_capacity, whole},
    FieldSpec{"updated", Str::posting_updated, date},
};
constexpr std::array kJob = {
    FieldSpec{"title", Str::posting_title, text, true},
    FieldSpec{"text", Str::posting_text, lines},
    FieldSpec{"employer", Str::posting_employer, text},
    FieldSpec{"city", Str::posting_city, choice, false, OptionsOf::cities},
    FieldSpec{"cluster", Str::posting_cluster, choice, false, OptionsOf::clusters},
    FieldSpec{"quota", Str::posting_quota, whole},
    FieldSpec{"degree", Str::posting_degree_least, choice, false, OptionsOf::degrees},
    FieldSpec{"requirements", Str::posting_requirements, text},
    FieldSpec{"salaryMin", Str::posting_salary_min, number},
    FieldSpec{"salaryMax", Str::posting_salary_max, number},
    FieldSpec{"posted", Str::posting_posted, date},
    FieldSpec{"deadline", Str::posting_deadline, date},
    FieldSpec{"choices", Str::posting_job_choices, codes},
};
constexpr std::array kGraduate = {
    FieldSpec{"field", Str::posting_field, text, true},
    FieldSpec{"degree", Str::posting_degree, choice, false, OptionsOf::degrees},
    FieldSpec{"skills", Str::posting_skills, text},
    FieldSpec{"cities", Str::posting_cities, ranked, false, OptionsOf::cities},
    FieldSpec{"salary", Str::posting_salary, number},
    FieldSpec{"choices", Str::posting_graduate_choices, codes},
};
constexpr std::array kChallenge = {
    FieldSpec{"title", Str::posting_title, text, true},
    FieldSpec{"text", Str::posting_text, lines},
    FieldSpec{"owner", Str::matching_owner, text},
    FieldSpec{"city", Str::posting_city, choice, false, OptionsOf::cities},
    FieldSpec{"cluster", Str::posting_cluster, choice, false, OptionsOf::clusters},
    FieldSpec{"budget", Str::posting_budget, number},
    FieldSpec{"posted", Str::posting_posted, date},
    FieldSpec{"deadline", Str::posting_deadline, date},
    FieldSpec{"criteria", Str::posting_criteria, table, false, OptionsOf::none, &kCriteria},
    FieldSpec{"judges", Str::posting_judges, table, false, OptionsOf::none, &kJudges},
};
constexpr std::array kBid = {
    FieldSpec{"bidder", Str::posting_bidder, text, true},
    FieldSpec{"city", Str::posting_city, choice, false, OptionsOf::cities},
    FieldSpec{"price", Str::posting_price, number},
    FieldSpec{"submitted", Str::posting_submitted, date},
    FieldSpec{"scores", Str::posting_scores, scores},
};
constexpr std::array kMember = {
    FieldSpec{"name", Str::record_name, text, true},
    FieldSpec{"kind", Str::record_kind, choice, true, OptionsOf::member_kinds},
    FieldSpec{"city", Str::posting_city, choice, false, OptionsOf::cities},
    FieldSpec{"memberships", Str::record_memberships, table, false, OptionsOf::alliances,
              &kMemberships},
    FieldSpec{"makes", Str::network_makes, table, false, OptionsOf::products, &kMade},
    FieldSpec{"buys", Str::network_buys, table, false, OptionsOf::products, &kBought},
};
constexpr std::array kLink = {
    FieldSpec{"from", Str::record_from, choice, true, OptionsOf::members},
    FieldSpec{"to", Str::record_to, choice, true, OptionsOf::members},
    FieldSpec{"kind", Str::record_kind, choice, true, OptionsOf::link_kinds},
    FieldSpec{"product", Str::record_product, choice, false, OptionsOf::products},
    FieldSpec{"volume", Str::record_volume, number},
    FieldSpec{"unit", Str::record_unit, text},
};
constexpr std::array kProduct = {
    FieldSpec{"name", Str::record_name, text, true},
    FieldSpec{"unit", Str::record_product_unit, text},
    FieldSpec{"equivalent", Str::record_equivalent, number},
};
constexpr std::array kPolicy = {
    FieldSpec{"title", Str::posting_title, text, true},
    FieldSpec{"document", Str::policies_document, text},
    FieldSpec{"issuers", Str::record_issuers, table, false, OptionsOf::departments, &kIssuers},
    FieldSpec{"cities", Str::record_policy_cities, some, false, OptionsOf::cities},
    FieldSpec{"validFrom", Str::record_valid_from, date},
    FieldSpec{"validTo", Str::record_valid_to, date},
    FieldSpec{"instrument", Str::policies_instrument, choice, false, OptionsOf::instruments},
    FieldSpec{"budget", Str::record_budget, number},
    FieldSpec{"amount/value", Str::policies_amount, number},
    FieldSpec{"amount/atMost", Str::record_at_most, flag},
    FieldSpec{"amount/unit", Str::record_amount_unit, text},
    FieldSpec{"amount/perHead", Str::record_per_head, flag},
    FieldSpec{"groups", Str::record_groups, some, false, OptionsOf::groups},
    FieldSpec{"cells", Str::record_cells, table, false, OptionsOf::groups, &kCells},
    FieldSpec{"conditions", Str::policies_conditions, rule},
};

}  // namespace

std::span<const FieldSpec> fields_of(RecordKind kind) {
  switch (kind) {
    case RecordKind::need:
      return kNeed;
    case RecordKind::result:
      return kResult;
    case RecordKind::job:
      return kJob;
    case RecordKind::graduate:
      return kGraduate;
    case RecordKind::challenge:
      return kChallenge;
    case RecordKind::bid:
      return kBid;
    case RecordKind::member:
      return kMember;
    case RecordKind::link:
      return kLink;
    case RecordKind::product:
      return kProduct;
    case RecordKind::policy:
      return kPolicy;
  }
  return {};
}

bool is_in_matrix(const FieldSpec& spec) {
  return spec.table == &kCells;
}

std::vector<Option> options_of(const Ui& ui, const Programme& programme, OptionsOf from) {
  std::vector<Option> options;
  const auto names = [&](const auto& all) {
    for (const auto value : all) {
      options.push_back({std::string(name_of(value)), ui.in(label_of(value))});
    }
  };
  const auto add = [&](const std::string& id, const Text& label) {
    options.push_back({id, ui.in(label).empty() ? id : ui.in(label)});
  };
  switch (from) {
    case OptionsOf::none:
      break;
    case OptionsOf::cities:
      for (const City& each : programme.cities) add(each.id, each.name);
      break;
    case OptionsOf::clusters:
      names(kIndustryClusters);
      break;
    case OptionsOf::positions:
      names(kChainPositions);
      break;
    case OptionsOf::degrees:
      names(kDegrees);
      break;
    case OptionsOf::member_kinds:
      names(kMemberKinds);
      break;
    case OptionsOf::link_kinds:
      names(kLinkKinds);
      break;
    case OptionsOf::instruments:
      names(kInstruments);
      break;
    case OptionsOf::coverages:
      names(kCoverages);
      break;
    case OptionsOf::departments:
      for (const Department& each : programme.departments) {
        std::string label = ui.in(each.name);
        for (const City& city : programme.cities) {
          if (city.id == each.city) label += " · " + ui.in(city.name);
        }
        options.push_back({each.id, std::move(label)});
      }
      break;
    case OptionsOf::members:
      for (const Member& each : programme.members) add(each.id, each.name);
      break;
    case OptionsOf::products:
      for (const Product& each : programme.products) add(each.id, each.name);
      break;
    case OptionsOf::alliances:
      for (const Alliance& each : programme.alliances) add(each.id, each.title);
      break;
    case OptionsOf::groups:
      if (programme.policy_matrix) {
        for (const MatrixGroup& each : programme.policy_matrix->groups) add(each.id, each.title);
      }
      break;
    case OptionsOf::matrix_clusters:
      if (programme.policy_matrix) {
        for (const MatrixCluster& each : programme.policy_matrix->clusters) {
          add(each.id, each.title);
        }
      }
      break;
  }
  return options;
}

const char* list_of(RecordKind kind) {
  constexpr std::array lists = {"needs",      "results", "jobs",       "graduates", "challenges",
                                "challenges", "members", "chainLinks", "products",  "policies"};
  return lists[static_cast<std::size_t>(kind)];
}

Str title_of(RecordKind kind, bool added) {
  switch (kind) {
    case RecordKind::need:
      return added ? Str::matching_new_need : Str::matching_edit_need;
    case RecordKind::result:
      return added ? Str::matching_new_result : Str::matching_edit_result;
    case RecordKind::job:
      return added ? Str::matching_new_job : Str::matching_edit_job;
    case RecordKind::graduate:
      return added ? Str::matching_new_graduate : Str::matching_edit_graduate;
    case RecordKind::challenge:
      return added ? Str::matching_new_challenge : Str::matching_edit_challenge;
    case RecordKind::member:
      return added ? Str::record_new_member : Str::record_edit_member;
    case RecordKind::link:
      return added ? Str::record_new_link : Str::record_edit_link;
    case RecordKind::product:
      return Str::record_new_product;  // they are only added
    case RecordKind::policy:
      return added ? Str::record_new_policy : Str::record_edit_policy;
    case RecordKind::bid:
      break;
  }
  return added ? Str::matching_new_bid : Str::matching_edit_bid;
}

}  // namespace tc::ui
