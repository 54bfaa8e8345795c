#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/alliance/graph.hpp"
#include "core/alliance/network.hpp"
#include "core/model/programme.hpp"
#include "core/model/text.hpp"

/// Where the cities' industries complete each other and where a chain is about to break. Every
/// result names the members, links and products (by node, index in `Network::links` and index in
/// `Programme::products`) that made it. What a programme doesn't say stays unknown.
namespace tc::alliance {

/// Who stands at one stage of the chain.
struct StageCoverage {
  std::uint32_t stage = 0;  ///< index in `Alliance::stages`
  /// Nodes by city, as `Programme::cities`, and last those of no known city.
  std::vector<std::vector<std::uint32_t>> by_city;
  std::uint32_t members = 0;
  std::uint32_t cities = 0;  ///< cities with a member there
};

/// A product across the network. A sum is empty when one of its parts is unknown.
struct Balance {
  std::uint32_t product = 0;
  std::vector<std::uint32_t> makers;
  std::vector<std::uint32_t> buyers;  ///< that say so or have a supply link
  std::optional<double> made;
  std::optional<double> bought;
  std::optional<double> linked;  ///< over supply links
  std::vector<std::uint32_t> links;
};

/// A member's input that comes from one other member, or from none. Groups of members neither count
/// as one supplier nor as one buyer.
struct Input {
  std::uint32_t buyer = 0;
  std::uint32_t product = 0;
  std::optional<std::uint32_t> supplier;    ///< empty: from none
  std::vector<std::uint32_t> links;         ///< from that supplier
  std::vector<std::uint32_t> alternatives;  ///< others that make the product
  bool same_city_alternative = false;       ///< one of them is in the buyer's city
};

/// What one city makes and another buys.
struct Complement {
  std::uint32_t product = 0;
  std::uint32_t from = 0;  ///< city
  std::uint32_t to = 0;    ///< city
  std::vector<std::uint32_t> makers;
  std::vector<std::uint32_t> buyers;
  std::vector<std::uint32_t> links;  ///< that join them already
  std::optional<double> made;        ///< by the makers
  std::optional<double> bought;      ///< by the buyers
  std::optional<double> linked;
  /// How much more could go that way: the lesser of what the makers don't sell yet and what the
  /// buyers still lack, over all their links.
  std::optional<double> open;
};

/// How a chain's flow is measured.
enum class FlowMeasure : std::uint8_t {
  none,        ///< there is no chain to measure: stages, members or links are unknown
  equivalent,  ///< in units of end product
  routes,      ///< too little is known: how many routes share no link (Menger 1927)
};

/// The flow from feedstock (first stage) to product (last stage) over supply links, and the least
/// cut, which limits it.
struct Bottleneck {
  FlowMeasure measure = FlowMeasure::none;
  double flow = 0;                     ///< infinite when nothing on a way has a known limit
  std::vector<std::uint32_t> links;    ///< of the cut
  std::vector<std::uint32_t> members;  ///< of the cut: nodes that can't make more
  std::vector<double> link_flow;       ///< of each link; empty without a measure
  std::vector<std::uint32_t> sources;  ///< nodes of the first stage
  std::vector<std::uint32_t> sinks;    ///< nodes of the last
  std::uint32_t unlimited = 0;         ///< main-stream links whose volume is unknown
};

/// The four ways in which a chain is worked on.
enum class Remedy : std::uint8_t {
  strengthen,  ///< 强链
  repair,      ///< 补链
  secure,      ///< 固链
  extend,      ///< 延链
};
inline constexpr std::array kRemedies = {Remedy::strengthen, Remedy::repair, Remedy::secure,
                                         Remedy::extend};

enum class Reason : std::uint8_t {
  bottleneck,          ///< strengthen: the least cut of the flow
  shortage,            ///< strengthen: more is bought than made
  thin_stage,          ///< strengthen: one member at a stage
  complement,          ///< strengthen: one city makes what the other lacks
  empty_stage,         ///< repair: nobody at a stage
  no_maker,            ///< repair: bought, and made by nobody
  no_supplier,         ///< repair: bought from nobody, though made
  single_source,       ///< secure: one supplier of one or more buyers
  articulation_point,  ///< secure: without the member the network falls apart
  bridge,              ///< secure: without the link it does
  no_buyer,            ///< extend: an intermediate product that nobody buys
  next_alliance,       ///< extend: another alliance's member buys it, without a link
  idle_research,       ///< extend: an institute or university without any link
};

/// Something to do, with what shows it.
struct Suggestion {
  Remedy remedy = Remedy::strengthen;
  Reason reason = Reason::bottleneck;
  double weight = 0;                   ///< 0 to 1, for the order; larger is more pressing
  std::vector<std::uint32_t> members;  ///< indices in `Programme::members`, who is concerned
  std::vector<std::uint32_t> links;    ///< indices in `Programme::chain_links`
  std::optional<std::uint32_t> product;
  std::optional<std::uint32_t> stage;
  Text text;      ///< what to do
  Text evidence;  ///< why: figures and names
};

struct AnalysisOptions {
  bool betweenness = true;  ///< costs O(n·m), everything else is near linear
};

struct Analysis {
  Network network;
  graph::Graph graph;
  std::vector<StageCoverage> stages;  ///< empty when the stages are unknown
  graph::Connectivity connectivity;
  std::vector<std::uint32_t> core;   ///< k-core number of each node
  std::vector<double> betweenness;   ///< of each node; empty when not asked for
  std::vector<Balance> balances;     ///< of products that somebody makes, buys or hands on
  std::vector<Input> single_source;  ///< inputs with one supplier
  std::vector<Input> unsupplied;     ///< inputs with none
  std::vector<Complement> complements;
  Bottleneck bottleneck;
  std::vector<Suggestion> suggestions;  ///< by weight, the most pressing first
};

/// Nothing when there is no alliance of the wanted id.
std::optional<Analysis> analyse(const Programme& programme, const Selection& selection,
                                const AnalysisOptions& options = {});

/// What changes when members leave. By index into the programme, as the networks differ.
struct Impact {
  std::vector<std::uint32_t> emptied_stages;  ///< nobody is left there
  struct StageCity {
    std::uint32_t stage = 0;
    std::uint32_t city = 0;
  };
  std::vector<StageCity> emptied_stage_cities;  ///< the city has nobody left there
  std::uint32_t components_before = 0;
  std::uint32_t components_after = 0;
  std::vector<std::uint32_t>
      cut_off;  ///< members outside of what is left of the leavers' component
  struct LostInput {
    std::uint32_t member = 0;
    std::uint32_t product = 0;
  };
  std::vector<LostInput> lost_inputs;         ///< now from nobody
  std::vector<LostInput> new_single_sources;  ///< now from one
  std::vector<std::uint32_t> lost_products;   ///< now made by nobody
  FlowMeasure measure = FlowMeasure::none;    ///< of both flows
  double flow_before = 0;
  double flow_after = 0;
};

/// Compares a network with itself less some members. Near linear.
Impact impact_of(const Analysis& before, const Analysis& after);

/// The names that output uses: `strengthen`, `single-source`, …
std::string_view name_of(Remedy remedy);
std::string_view name_of(Reason reason);
std::string_view name_of(FlowMeasure measure);
/// 强链 / Strengthen, …
const Text& label_of(Remedy remedy);

}  // namespace tc::alliance
