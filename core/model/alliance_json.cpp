#include "core/model/alliance_json.hpp"

#include <cstddef>
#include <string>
#include <unordered_map>
#include <variant>

#include "core/policy/attributes.hpp"
#include "core/policy/rule_json.hpp"

namespace tc {

namespace {

/// The ids of a list of the programme; one that stands there twice is a fault.
template <class List>
IdSet ids_of(const List& list, const char* name, Errors& errors) {
  const std::string pointer = child({}, name);
  IdSet set(pointer, errors);
  for (std::size_t i = 0; i < list.size(); ++i) {
    set.add(list[i].id, child(child(pointer, i), "id"));
  }
  return set;
}

/// The same for a list whose own faults are told elsewhere.
template <class List>
IdSet known_ids(const List& list, const char* name, Errors& errors) {
  IdSet set(child({}, name), errors);
  for (const auto& thing : list) {
    if (!set.contains(thing.id)) set.add(thing.id, {});
  }
  return set;
}

void check_source(const std::optional<Citation>& source, const std::string& here, IdSet& sources) {
  if (source) sources.require(source->source, child(child(here, "source"), "source"));
}

void check_volumes(const std::vector<ProductVolume>& volumes, const std::string& here,
                   IdSet& products, Errors& errors) {
  IdSet seen(here, errors);
  for (std::size_t i = 0; i < volumes.size(); ++i) {
    const std::string pointer = child(child(here, i), "product");
    products.require(volumes[i].product, pointer);
    seen.add(volumes[i].product, pointer);
  }
}

/// Names of cities and clusters in conditions.
void check_rule(const Rule& rule, const std::string& here, IdSet& cities, IdSet& clusters) {
  for (std::size_t i = 0; i < rule.nodes.size(); ++i) {
    const RuleNode& node = rule.nodes[i];
    const auto index = policy::find_attribute(node.attribute);
    if (!index || policy::attributes()[*index].names == policy::NamesFrom::choices) continue;
    const bool city = policy::attributes()[*index].names == policy::NamesFrom::cities;
    const std::string pointer = child(policy::pointer_of(rule, i, here), name_of(node.op));
    for (std::size_t k = 0; k < node.operands.size(); ++k) {
      const auto* name = std::get_if<std::string>(&node.operands[k]);
      if (name == nullptr) continue;
      (city ? cities : clusters)
          .require(*name, node.op == RuleOp::one_of ? child(pointer, k) : pointer);
    }
  }
}

void check_matrix(const PolicyMatrix& matrix, IdSet& groups, IdSet& clusters, IdSet& policies,
                  IdSet& sources, Errors& errors) {
  const std::string here = "/policyMatrix";
  IdSet parts(child(here, "parts"), errors);
  for (std::size_t i = 0; i < matrix.parts.size(); ++i) {
    parts.add(matrix.parts[i].id, child(child(child(here, "parts"), i), "id"));
  }
  for (std::size_t i = 0; i < matrix.groups.size(); ++i) {
    const std::string at = child(child(here, "groups"), i);
    groups.add(matrix.groups[i].id, child(at, "id"));
    parts.require(matrix.groups[i].part, child(at, "part"));
  }
  for (std::size_t i = 0; i < matrix.clusters.size(); ++i) {
    clusters.add(matrix.clusters[i].id, child(child(child(here, "clusters"), i), "id"));
  }
  IdSet cells(child(here, "cells"), errors);
  for (std::size_t i = 0; i < matrix.cells.size(); ++i) {
    const MatrixCell& cell = matrix.cells[i];
    const std::string at = child(child(here, "cells"), i);
    policies.require(cell.policy, child(at, "policy"));
    groups.require(cell.group, child(at, "group"));
    clusters.require(cell.cluster, child(at, "cluster"));
    // Ids hold no spaces, so the three can't run into each other.
    if (!cell.policy.empty()) cells.add(cell.policy + ' ' + cell.group + ' ' + cell.cluster, at);
    check_source(cell.source, at, sources);
  }
  check_source(matrix.source, here, sources);
}

}  // namespace

void check_alliances(const Programme& programme, Errors& errors) {
  IdSet sources = known_ids(programme.sources, "sources", errors);
  IdSet cities = known_ids(programme.cities, "cities", errors);
  IdSet products = ids_of(programme.products, "products", errors);
  IdSet alliances = ids_of(programme.alliances, "alliances", errors);
  std::unordered_map<std::string, IdSet> stages;
  for (std::size_t i = 0; i < programme.alliances.size(); ++i) {
    const Alliance& alliance = programme.alliances[i];
    const std::string here = child(std::string("/alliances"), i);
    IdSet own(child(here, "stages"), errors);
    for (std::size_t k = 0; k < alliance.stages.size(); ++k) {
      own.add(alliance.stages[k].id, child(child(child(here, "stages"), k), "id"));
    }
    stages.emplace(alliance.id, std::move(own));
    check_source(alliance.source, here, sources);
  }
  IdSet all = ids_of(programme.members, "members", errors);
  for (std::size_t i = 0; i < programme.members.size(); ++i) {
    const Member& member = programme.members[i];
    const std::string here = child(std::string("/members"), i);
    cities.require(member.city, child(here, "city"));
    IdSet joined(child(here, "memberships"), errors);
    for (std::size_t k = 0; k < member.memberships.size(); ++k) {
      const Membership& membership = member.memberships[k];
      const std::string at = child(child(here, "memberships"), k);
      alliances.require(membership.alliance, child(at, "alliance"));
      joined.add(membership.alliance, child(at, "alliance"));
      const auto own = stages.find(membership.alliance);
      if (own == stages.end()) continue;
      for (std::size_t s = 0; s < membership.stages.size(); ++s) {
        own->second.require(membership.stages[s], child(child(at, "stages"), s));
      }
    }
    check_volumes(member.makes, child(here, "makes"), products, errors);
    check_volumes(member.buys, child(here, "buys"), products, errors);
    check_source(member.source, here, sources);
  }
  ids_of(programme.chain_links, "chainLinks", errors);
  for (std::size_t i = 0; i < programme.chain_links.size(); ++i) {
    const ChainLink& link = programme.chain_links[i];
    const std::string here = child(std::string("/chainLinks"), i);
    all.require(link.from, child(here, "from"));
    all.require(link.to, child(here, "to"));
    if (!link.from.empty() && link.from == link.to) {
      errors.add(ErrorCode::duplicate_id, child(here, "to"), shorten(link.to), child(here, "from"));
    }
    products.require(link.product, child(here, "product"));
    check_source(link.source, here, sources);
  }
}

void check_policies(const Programme& programme, Errors& errors) {
  IdSet sources = known_ids(programme.sources, "sources", errors);
  IdSet cities = known_ids(programme.cities, "cities", errors);
  IdSet departments = known_ids(programme.departments, "departments", errors);
  IdSet policies = ids_of(programme.policies, "policies", errors);
  IdSet groups("/policyMatrix/groups", errors);
  IdSet clusters("/policyMatrix/clusters", errors);
  if (programme.policy_matrix) {
    check_matrix(*programme.policy_matrix, groups, clusters, policies, sources, errors);
  }
  for (std::size_t i = 0; i < programme.policies.size(); ++i) {
    const Policy& policy = programme.policies[i];
    const std::string here = child(std::string("/policies"), i);
    for (std::size_t k = 0; k < policy.issuers.size(); ++k) {
      departments.require(policy.issuers[k], child(child(here, "issuers"), k));
    }
    for (std::size_t k = 0; k < policy.cities.size(); ++k) {
      cities.require(policy.cities[k], child(child(here, "cities"), k));
    }
    if (policy.valid_from && policy.valid_to && *policy.valid_to < *policy.valid_from) {
      errors.add(ErrorCode::date_order, child(here, "validTo"), format_date(*policy.valid_to),
                 format_date(*policy.valid_from));
    }
    check_rule(policy.conditions, child(here, "conditions"), cities, clusters);
    for (std::size_t k = 0; k < policy.groups.size(); ++k) {
      groups.require(policy.groups[k], child(child(here, "groups"), k));
    }
    check_source(policy.source, here, sources);
  }
}

}  // namespace tc
