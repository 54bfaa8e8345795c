#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/alliance/graph.hpp"
#include "core/model/programme.hpp"

namespace tc::alliance {

using graph::kNone;

/// What is looked at.
struct Selection {
  std::string alliance;              ///< id; empty: all members of all alliances and of none
  std::vector<std::string> without;  ///< ids of members that are thought away
};

struct NetworkLink {
  std::uint32_t link = 0;  ///< index in `Programme::chain_links`
  std::uint32_t from = 0;  ///< node
  std::uint32_t to = 0;    ///< node
  std::uint32_t product = kNone;
};

/// The selected members as nodes 0, 1, … and the links among them, all by index into the
/// programme, which has to outlive the network. Only what resolves is in it.
struct Network {
  const Programme* programme = nullptr;
  std::uint32_t alliance = kNone;      ///< index in `Programme::alliances`
  std::vector<std::uint32_t> members;  ///< of each node, index in `Programme::members`
  std::vector<std::uint32_t> city;     ///< of each node, index in `Programme::cities` or kNone
  /// Of each node the stages at which it stands, in rising order; only with an alliance.
  std::vector<std::vector<std::uint32_t>> stages;
  std::vector<NetworkLink> links;
  std::unordered_map<std::string_view, std::uint32_t> node_of;  ///< by member id
  std::unordered_map<std::string_view, std::uint32_t> product_of;

  std::uint32_t size() const { return static_cast<std::uint32_t>(members.size()); }
  const Member& member(std::uint32_t node) const { return programme->members[members[node]]; }
  const ChainLink& link(std::uint32_t i) const { return programme->chain_links[links[i].link]; }
};

/// Linear in members and links. Nothing when there is no alliance of that id.
std::optional<Network> make_network(const Programme& programme, const Selection& selection);

/// All links as edges of one undirected graph.
graph::Graph graph_of(const Network& network);

}  // namespace tc::alliance
