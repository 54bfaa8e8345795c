#include "core/alliance/network.hpp"

#include <algorithm>
#include <unordered_set>

namespace tc::alliance {

namespace {

/// Index of each thing by id; the first of equal ids counts.
template <class List>
std::unordered_map<std::string_view, std::uint32_t> index_of(const List& list) {
  std::unordered_map<std::string_view, std::uint32_t> index;
  for (std::size_t i = 0; i < list.size(); ++i) {
    index.emplace(list[i].id, static_cast<std::uint32_t>(i));
  }
  return index;
}

std::uint32_t found(const std::unordered_map<std::string_view, std::uint32_t>& index,
                    std::string_view id) {
  const auto entry = index.find(id);
  return entry == index.end() ? kNone : entry->second;
}

}  // namespace

std::optional<Network> make_network(const Programme& programme, const Selection& selection) {
  Network network;
  network.programme = &programme;
  network.product_of = index_of(programme.products);
  const auto cities = index_of(programme.cities);
  std::unordered_map<std::string_view, std::uint32_t> stages;
  if (!selection.alliance.empty()) {
    network.alliance = found(index_of(programme.alliances), selection.alliance);
    if (network.alliance == kNone) return std::nullopt;
    stages = index_of(programme.alliances[network.alliance].stages);
  }
  const std::unordered_set<std::string_view> without(selection.without.begin(),
                                                     selection.without.end());
  for (std::size_t i = 0; i < programme.members.size(); ++i) {
    const Member& member = programme.members[i];
    if (without.count(member.id) > 0) continue;
    std::vector<std::uint32_t> own;
    if (network.alliance != kNone) {
      const auto joined = std::find_if(
          member.memberships.begin(), member.memberships.end(),
          [&selection](const Membership& m) { return m.alliance == selection.alliance; });
      if (joined == member.memberships.end()) continue;
      for (const std::string& stage : joined->stages) {
        if (const std::uint32_t index = found(stages, stage); index != kNone) own.push_back(index);
      }
      std::sort(own.begin(), own.end());
      own.erase(std::unique(own.begin(), own.end()), own.end());
    }
    if (!network.node_of.emplace(member.id, network.size()).second) continue;
    network.members.push_back(static_cast<std::uint32_t>(i));
    network.city.push_back(found(cities, member.city));
    network.stages.push_back(std::move(own));
  }
  for (std::size_t i = 0; i < programme.chain_links.size(); ++i) {
    const ChainLink& link = programme.chain_links[i];
    const std::uint32_t from = found(network.node_of, link.from);
    const std::uint32_t to = found(network.node_of, link.to);
    if (from == kNone || to == kNone || from == to) continue;
    network.links.push_back(
        {static_cast<std::uint32_t>(i), from, to, found(network.product_of, link.product)});
  }
  return network;
}

graph::Graph graph_of(const Network& network) {
  std::vector<graph::Edge> edges;
  edges.reserve(network.links.size());
  for (const NetworkLink& link : network.links) edges.push_back({link.from, link.to});
  return {network.size(), edges};
}

}  // namespace tc::alliance
