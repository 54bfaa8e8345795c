#pragma once

#include <type_traits>

#include "core/model/alliance.hpp"
#include "core/model/error_list.hpp"
#include "core/model/policy.hpp"
#include "core/model/presence.hpp"
#include "core/model/programme.hpp"

/// What programme_json.cpp needs of alliances and policies: the description of their objects (as
/// there, order is the order in the file) and the check of what types don't promise.
namespace tc {

/// Ids, references and orders of dates within alliances, members and links. Linear.
void check_alliances(const Programme& programme, Errors& errors);
/// The same within policies and their matrix, and that rules name existing cities and clusters.
void check_policies(const Programme& programme, Errors& errors);

/// Beyond it a volume or a sum of money is a mistake.
inline constexpr double kMaxVolume = 1e15;

template <class V, class T>
void members(V& v, T& m) requires std::is_same_v<std::remove_const_t<T>, Product> {
  v.id("id", m.id, Presence::required);
  v.title("name", m.name, Presence::required);
  v.title("unit", m.unit, Presence::optional);
  v.number("equivalent", m.equivalent, 0, kMaxVolume);
}

template <class V, class T>
void members(V& v, T& m) requires std::is_same_v<std::remove_const_t<T>, ChainStage> {
  v.id("id", m.id, Presence::required);
  v.title("title", m.title, Presence::required);
}

template <class V, class T>
void members(V& v, T& m) requires std::is_same_v<std::remove_const_t<T>, Alliance> {
  v.id("id", m.id, Presence::required);
  v.title("title", m.title, Presence::required);
  v.id("industry", m.industry, Presence::optional);
  v.list("stages", m.stages, Presence::optional);
  v.part("source", m.source);
}

template <class V, class T>
void members(V& v, T& m) requires std::is_same_v<std::remove_const_t<T>, Membership> {
  v.id("alliance", m.alliance, Presence::required);
  v.ids("stages", m.stages);
}

template <class V, class T>
void members(V& v, T& m) requires std::is_same_v<std::remove_const_t<T>, ProductVolume> {
  v.id("product", m.product, Presence::required);
  v.number("volume", m.volume, 0, kMaxVolume);
}

template <class V, class T>
void members(V& v, T& m) requires std::is_same_v<std::remove_const_t<T>, Member> {
  v.id("id", m.id, Presence::required);
  v.title("name", m.name, Presence::required);
  v.name("kind", m.kind, kMemberKinds, Presence::required);
  v.id("city", m.city, Presence::optional);
  v.list("memberships", m.memberships, Presence::optional);
  v.list("makes", m.makes, Presence::optional);
  v.list("buys", m.buys, Presence::optional);
  v.part("source", m.source);
}

template <class V, class T>
void members(V& v, T& m) requires std::is_same_v<std::remove_const_t<T>, ChainLink> {
  v.id("id", m.id, Presence::required);
  v.id("from", m.from, Presence::required);
  v.id("to", m.to, Presence::required);
  v.name("kind", m.kind, kLinkKinds, Presence::required);
  v.id("product", m.product, Presence::optional);
  v.number("volume", m.volume, 0, kMaxVolume);
  v.title("unit", m.unit, Presence::optional);
  v.part("source", m.source);
}

template <class V, class T>
void members(V& v, T& m) requires std::is_same_v<std::remove_const_t<T>, PolicyAmount> {
  v.number("value", m.value, 0, kMaxVolume);
  v.title("unit", m.unit, Presence::optional);
  v.flag("atMost", m.at_most);
  v.flag("perHead", m.per_head);
}

template <class V, class T>
void members(V& v, T& m) requires std::is_same_v<std::remove_const_t<T>, Policy> {
  v.id("id", m.id, Presence::required);
  v.title("title", m.title, Presence::required);
  v.title("document", m.document, Presence::optional);
  v.ids("issuers", m.issuers);
  v.ids("cities", m.cities);
  v.date("validFrom", m.valid_from);
  v.date("validTo", m.valid_to);
  v.name_or("instrument", m.instrument, kInstruments, Instrument::unknown);
  v.part("amount", m.amount);
  v.rule("conditions", m.conditions);
  v.ids("groups", m.groups);
  v.number("budget", m.budget, 0, kMaxVolume);
  v.part("source", m.source);
}

template <class V, class T>
void members(V& v, T& m) requires std::is_same_v<std::remove_const_t<T>, MatrixPart> {
  v.id("id", m.id, Presence::required);
  v.title("title", m.title, Presence::required);
  v.whole("size", m.size, 0, 1000, 0);
}

template <class V, class T>
void members(V& v, T& m) requires std::is_same_v<std::remove_const_t<T>, MatrixGroup> {
  v.id("id", m.id, Presence::required);
  v.title("title", m.title, Presence::required);
  v.id("part", m.part, Presence::required);
}

template <class V, class T>
void members(V& v, T& m) requires std::is_same_v<std::remove_const_t<T>, MatrixCluster> {
  v.id("id", m.id, Presence::required);
  v.title("title", m.title, Presence::required);
}

template <class V, class T>
void members(V& v, T& m) requires std::is_same_v<std::remove_const_t<T>, MatrixCell> {
  v.id("policy", m.policy, Presence::required);
  v.id("group", m.group, Presence::required);
  v.id("cluster", m.cluster, Presence::optional);
  v.name("coverage", m.coverage, kCoverages, Presence::required);
  v.number("budget", m.budget, 0, kMaxVolume);
  v.title("note", m.note, Presence::optional);
  v.part("source", m.source);
}

template <class V, class T>
void members(V& v, T& m) requires std::is_same_v<std::remove_const_t<T>, PolicyMatrix> {
  v.title("title", m.title, Presence::optional);
  v.list("parts", m.parts, Presence::optional);
  v.list("groups", m.groups, Presence::optional);
  v.whole("clusterCount", m.cluster_count, 0, 1000, 0);
  v.list("clusters", m.clusters, Presence::optional);
  v.list("cells", m.cells, Presence::optional);
  v.part("source", m.source);
}

}  // namespace tc
