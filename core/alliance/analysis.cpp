#include "core/alliance/analysis.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <set>
#include <tuple>
#include <unordered_set>
#include <utility>

#include "core/model/number_text.hpp"

namespace tc::alliance {

namespace {

/// What a member has to do with a product.
struct Use {
  std::uint32_t product = 0;
  std::uint32_t node = 0;
  bool makes = false;
  bool buys = false;
  std::optional<double> made;
  std::optional<double> wanted;   ///< as the member says
  std::vector<std::uint32_t> in;  ///< supply links
  std::vector<std::uint32_t> out;
};

std::optional<double> sum_of(const Network& network, const std::vector<std::uint32_t>& links) {
  double sum = 0;
  for (const std::uint32_t i : links) {
    const auto& volume = network.link(i).volume;
    if (!volume) return std::nullopt;
    sum += *volume;
  }
  return sum;
}

/// What the member buys: as it says, else what its links bring.
std::optional<double> bought(const Network& network, const Use& use) {
  if (use.wanted) return use.wanted;
  return use.in.empty() ? std::nullopt : sum_of(network, use.in);
}

/// By product and node.
std::vector<Use> uses_of(const Network& network) {
  std::map<std::pair<std::uint32_t, std::uint32_t>, Use> uses;
  const auto use = [&uses](std::uint32_t product, std::uint32_t node) -> Use& {
    Use& entry = uses[{product, node}];
    entry.product = product;
    entry.node = node;
    return entry;
  };
  const auto product_of = [&network](const ProductVolume& volume) {
    const auto found = network.product_of.find(volume.product);
    return found == network.product_of.end() ? kNone : found->second;
  };
  for (std::uint32_t node = 0; node < network.size(); ++node) {
    for (const ProductVolume& volume : network.member(node).makes) {
      if (const std::uint32_t product = product_of(volume); product != kNone) {
        Use& entry = use(product, node);
        entry.makes = true;
        entry.made = volume.volume;
      }
    }
    for (const ProductVolume& volume : network.member(node).buys) {
      if (const std::uint32_t product = product_of(volume); product != kNone) {
        Use& entry = use(product, node);
        entry.buys = true;
        entry.wanted = volume.volume;
      }
    }
  }
  for (std::uint32_t i = 0; i < network.links.size(); ++i) {
    const NetworkLink& link = network.links[i];
    if (network.link(i).kind != LinkKind::supply || link.product == kNone) continue;
    Use& from = use(link.product, link.from);
    from.out.push_back(i);
    Use& to = use(link.product, link.to);
    to.buys = true;
    to.in.push_back(i);
  }
  std::vector<Use> list;
  list.reserve(uses.size());
  for (auto& [key, entry] : uses) list.push_back(std::move(entry));
  return list;
}

std::vector<StageCoverage> cover_stages(const Network& network) {
  std::vector<StageCoverage> list;
  if (network.alliance == kNone) return list;
  const std::size_t cities = network.programme->cities.size();
  list.resize(network.programme->alliances[network.alliance].stages.size());
  for (std::size_t i = 0; i < list.size(); ++i) {
    list[i].stage = static_cast<std::uint32_t>(i);
    list[i].by_city.resize(cities + 1);
  }
  for (std::uint32_t node = 0; node < network.size(); ++node) {
    const std::size_t city = network.city[node] == kNone ? cities : network.city[node];
    for (const std::uint32_t stage : network.stages[node]) {
      list[stage].by_city[city].push_back(node);
      ++list[stage].members;
    }
  }
  for (StageCoverage& stage : list) {
    for (std::size_t city = 0; city < cities; ++city) {
      if (!stage.by_city[city].empty()) ++stage.cities;
    }
  }
  return list;
}

/// Uses of one product, as a stretch of the list.
using Stretch = std::pair<std::size_t, std::size_t>;

std::vector<Stretch> stretches(const std::vector<Use>& uses) {
  std::vector<Stretch> list;
  for (std::size_t begin = 0; begin < uses.size();) {
    std::size_t end = begin;
    while (end < uses.size() && uses[end].product == uses[begin].product) ++end;
    list.emplace_back(begin, end);
    begin = end;
  }
  return list;
}

void add_to(std::optional<double>& sum, const std::optional<double>& part) {
  if (sum && part) {
    *sum += *part;
  } else {
    sum.reset();
  }
}

std::vector<Balance> balance(const Network& network, const std::vector<Use>& uses) {
  std::vector<Balance> list;
  for (const auto& [begin, end] : stretches(uses)) {
    Balance entry;
    entry.product = uses[begin].product;
    entry.made = entry.bought = 0;
    for (std::size_t i = begin; i < end; ++i) {
      const Use& use = uses[i];
      if (use.makes) {
        entry.makers.push_back(use.node);
        add_to(entry.made, use.made);
      }
      if (use.buys) {
        entry.buyers.push_back(use.node);
        add_to(entry.bought, bought(network, use));
      }
      entry.links.insert(entry.links.end(), use.in.begin(), use.in.end());
    }
    std::sort(entry.links.begin(), entry.links.end());
    entry.linked = sum_of(network, entry.links);
    list.push_back(std::move(entry));
  }
  return list;
}

void find_inputs(const Network& network, const std::vector<Use>& uses,
                 std::vector<Input>& single_source, std::vector<Input>& unsupplied) {
  for (const auto& [begin, end] : stretches(uses)) {
    for (std::size_t i = begin; i < end; ++i) {
      const Use& use = uses[i];
      // Who makes it itself doesn't depend on others.
      if (!use.buys || use.makes) continue;
      // A group stands for several, of which nobody knows who buys from whom.
      if (network.member(use.node).kind == MemberKind::group) continue;
      Input input;
      input.buyer = use.node;
      input.product = use.product;
      bool several = false;
      for (const std::uint32_t link : use.in) {
        const std::uint32_t from = network.links[link].from;
        several = several || (input.supplier && *input.supplier != from) ||
                  network.member(from).kind == MemberKind::group;
        input.supplier = from;
      }
      if (several) continue;
      input.links = use.in;
      for (std::size_t k = begin; k < end; ++k) {
        const std::uint32_t maker = uses[k].node;
        if (!uses[k].makes || maker == use.node || input.supplier == maker) continue;
        input.alternatives.push_back(maker);
        input.same_city_alternative =
            input.same_city_alternative ||
            (network.city[maker] != kNone && network.city[maker] == network.city[use.node]);
      }
      (input.supplier ? single_source : unsupplied).push_back(std::move(input));
    }
  }
}

std::vector<Complement> find_complements(const Network& network, const std::vector<Use>& uses) {
  const auto cities = static_cast<std::uint32_t>(network.programme->cities.size());
  std::vector<Complement> list;
  for (const auto& [begin, end] : stretches(uses)) {
    // What is left to sell and still wanted, by city.
    struct Side {
      std::vector<std::uint32_t> makers;
      std::vector<std::uint32_t> buyers;
      std::optional<double> made = 0;
      std::optional<double> wanted = 0;
      std::optional<double> unsold = 0;
      std::optional<double> lacking = 0;
    };
    std::vector<Side> sides(cities);
    for (std::size_t i = begin; i < end; ++i) {
      const Use& use = uses[i];
      const std::uint32_t city = network.city[use.node];
      if (city == kNone) continue;
      Side& side = sides[city];
      if (use.makes) {
        side.makers.push_back(use.node);
        add_to(side.made, use.made);
        std::optional<double> left = use.made;
        if (const auto sold = sum_of(network, use.out); left && sold) {
          left = std::max(0.0, *left - *sold);
        } else {
          left.reset();
        }
        add_to(side.unsold, left);
      }
      if (use.buys && !use.makes) {
        side.buyers.push_back(use.node);
        add_to(side.wanted, bought(network, use));
        std::optional<double> lack = bought(network, use);
        if (const auto got = sum_of(network, use.in); lack && got) {
          lack = std::max(0.0, *lack - *got);
        } else {
          lack.reset();
        }
        add_to(side.lacking, lack);
      }
    }
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<std::uint32_t>> between;
    for (std::size_t i = begin; i < end; ++i) {
      for (const std::uint32_t link : uses[i].in) {
        between[{network.city[network.links[link].from], network.city[uses[i].node]}].push_back(
            link);
      }
    }
    for (std::uint32_t from = 0; from < cities; ++from) {
      for (std::uint32_t to = 0; to < cities; ++to) {
        if (from == to || sides[from].makers.empty() || sides[to].buyers.empty()) continue;
        Complement entry;
        entry.product = uses[begin].product;
        entry.from = from;
        entry.to = to;
        entry.makers = sides[from].makers;
        entry.buyers = sides[to].buyers;
        entry.made = sides[from].made;
        entry.bought = sides[to].wanted;
        if (const auto links = between.find({from, to}); links != between.end()) {
          entry.links = links->second;
        }
        entry.linked = sum_of(network, entry.links);
        if (sides[from].unsold && sides[to].lacking) {
          entry.open = std::min(*sides[from].unsold, *sides[to].lacking);
        }
        list.push_back(std::move(entry));
      }
    }
  }
  return list;
}

Bottleneck find_bottleneck(const Network& network, const std::vector<StageCoverage>& stages) {
  Bottleneck result;
  if (stages.size() < 2) return result;
  const auto last = static_cast<std::uint32_t>(stages.size() - 1);
  for (std::uint32_t node = 0; node < network.size(); ++node) {
    const std::vector<std::uint32_t>& own = network.stages[node];
    if (std::find(own.begin(), own.end(), 0U) != own.end()) result.sources.push_back(node);
    if (std::find(own.begin(), own.end(), last) != own.end()) result.sinks.push_back(node);
  }
  const auto equivalent = [&network](std::uint32_t product) {
    const auto& value = network.programme->products[product].equivalent;
    return value ? *value : 0.0;
  };
  bool supply = false;
  bool measured = false;
  for (std::uint32_t i = 0; i < network.links.size(); ++i) {
    if (network.link(i).kind != LinkKind::supply) continue;
    supply = true;
    const std::uint32_t product = network.links[i].product;
    measured = measured || (product != kNone && equivalent(product) > 0);
  }
  if (!supply || result.sources.empty() || result.sinks.empty()) return result;
  result.measure = measured ? FlowMeasure::equivalent : FlowMeasure::routes;

  // Node v comes in at 2v and goes out at 2v + 1.
  const std::uint32_t n = network.size();
  const std::uint32_t source = 2 * n;
  const std::uint32_t sink = 2 * n + 1;
  graph::FlowNetwork flow(2 * n + 2);
  for (std::uint32_t node = 0; node < n; ++node) {
    double capacity = 0;
    for (const ProductVolume& made : network.member(node).makes) {
      const auto product = network.product_of.find(made.product);
      if (!measured || product == network.product_of.end()) continue;
      const double factor = equivalent(product->second);
      if (factor <= 0) continue;
      capacity += made.volume ? *made.volume * factor : graph::FlowNetwork::kUnlimited;
    }
    flow.add(2 * node, 2 * node + 1, capacity > 0 ? capacity : graph::FlowNetwork::kUnlimited);
  }
  std::vector<std::pair<std::uint32_t, std::uint32_t>> arcs;  // link, arc
  for (std::uint32_t i = 0; i < network.links.size(); ++i) {
    const NetworkLink& link = network.links[i];
    if (network.link(i).kind != LinkKind::supply) continue;
    double capacity = 1;
    if (measured) {
      const double factor = link.product == kNone ? 0 : equivalent(link.product);
      if (factor <= 0) continue;
      const auto& volume = network.link(i).volume;
      capacity = volume ? *volume * factor : graph::FlowNetwork::kUnlimited;
      if (!volume) ++result.unlimited;
    }
    arcs.emplace_back(i, flow.add(2 * link.from + 1, 2 * link.to, capacity));
  }
  for (const std::uint32_t node : result.sources) {
    flow.add(source, 2 * node, graph::FlowNetwork::kUnlimited);
  }
  for (const std::uint32_t node : result.sinks) {
    flow.add(2 * node + 1, sink, graph::FlowNetwork::kUnlimited);
  }
  result.flow = flow.send(source, sink);
  result.link_flow.assign(network.links.size(), 0);
  for (const auto& [link, arc] : arcs) result.link_flow[link] = flow.flow(arc);
  if (std::isinf(result.flow)) return result;
  for (std::uint32_t node = 0; node < n; ++node) {
    if (flow.source_side(2 * node) && !flow.source_side(2 * node + 1)) {
      result.members.push_back(node);
    }
  }
  for (const auto& [link, arc] : arcs) {
    const auto [from, to] = flow.ends(arc);
    if (flow.source_side(from) && !flow.source_side(to)) result.links.push_back(link);
  }
  return result;
}

// Suggestions --------------------------------------------------------------------------------

constexpr std::size_t kNamesShown = 4;

class Suggester {
 public:
  explicit Suggester(const Analysis& analysis)
      : analysis_(analysis), network_(analysis.network), programme_(*analysis.network.programme) {}

  std::vector<Suggestion> make() {
    stages();
    bottleneck();
    products();
    inputs();
    complements();
    cuts();
    research();
    std::stable_sort(list_.begin(), list_.end(),
                     [](const Suggestion& a, const Suggestion& b) { return a.weight > b.weight; });
    return std::move(list_);
  }

 private:
  static Text plain(const std::string& text) { return {text, text}; }
  static Text both(const Text& text) { return {text.in(Language::zh), text.in(Language::en)}; }
  Text name(std::uint32_t node) const { return both(network_.member(node).name); }
  Text product(std::uint32_t i) const { return both(programme_.products[i].name); }
  Text city(std::uint32_t i) const { return both(programme_.cities[i].name); }
  Text stage(std::uint32_t i) const {
    return both(programme_.alliances[network_.alliance].stages[i].title);
  }
  Text volume(double value, std::uint32_t i) const {
    const Text unit = both(programme_.products[i].unit);
    const std::string number = number_text(value);
    return {number + (unit.zh.empty() ? "" : " " + unit.zh),
            number + (unit.en.empty() ? "" : " " + unit.en)};
  }

  /// Puts texts in the places of {0}, {1}, …
  static Text fill(const char* zh, const char* en, const std::vector<Text>& parts) {
    const auto one = [&parts](std::string_view pattern, std::string Text::*member) {
      std::string text;
      for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] == '{' && i + 2 < pattern.size() && pattern[i + 2] == '}') {
          text += parts[static_cast<std::size_t>(pattern[i + 1] - '0')].*member;
          i += 2;
        } else {
          text += pattern[i];
        }
      }
      return text;
    };
    return {one(zh, &Text::zh), one(en, &Text::en)};
  }

  template <class Name>
  static Text listed(const std::vector<std::uint32_t>& list, Name name) {
    Text text;
    for (std::size_t i = 0; i < list.size() && i < kNamesShown; ++i) {
      const Text one = name(list[i]);
      text.zh += (i > 0 ? "、" : "") + one.zh;
      text.en += (i > 0 ? ", " : "") + one.en;
    }
    if (list.size() > kNamesShown) {
      const std::string more = std::to_string(list.size());
      text.zh += "等" + more + "家";
      text.en += " and others (" + more + ")";
    }
    return text;
  }
  Text names(const std::vector<std::uint32_t>& nodes) const {
    return listed(nodes, [this](std::uint32_t node) { return name(node); });
  }
  Text link_name(std::uint32_t i) const {
    const NetworkLink& link = network_.links[i];
    const Text from = name(link.from);
    const Text to = name(link.to);
    return {from.zh + "→" + to.zh, from.en + " → " + to.en};
  }
  Text link_names(const std::vector<std::uint32_t>& links) const {
    return listed(links, [this](std::uint32_t link) { return link_name(link); });
  }

  Suggestion& add(Remedy remedy, Reason reason, double weight) {
    Suggestion& entry = list_.emplace_back();
    entry.remedy = remedy;
    entry.reason = reason;
    entry.weight = std::clamp(weight, 0.0, 1.0);
    return entry;
  }
  void concern(Suggestion& entry, const std::vector<std::uint32_t>& nodes) const {
    for (const std::uint32_t node : nodes) entry.members.push_back(network_.members[node]);
  }
  void tie(Suggestion& entry, const std::vector<std::uint32_t>& links) const {
    for (const std::uint32_t link : links) entry.links.push_back(network_.links[link].link);
  }

  void stages() {
    if (network_.size() == 0) return;
    const bool placed =
        std::any_of(analysis_.stages.begin(), analysis_.stages.end(),
                    [](const StageCoverage& coverage) { return coverage.members > 0; });
    if (!placed) return;  // nobody's stage is known
    for (const StageCoverage& coverage : analysis_.stages) {
      if (coverage.members == 0) {
        Suggestion& entry = add(Remedy::repair, Reason::empty_stage, 1.0);
        entry.stage = coverage.stage;
        entry.text = fill("在“{0}”环节引进或培育成员",
                          "Bring in or grow a member for the stage {0}", {stage(coverage.stage)});
        entry.evidence = {"两市均无成员处于该环节", "No member of any city stands at this stage"};
      } else if (coverage.members == 1) {
        std::vector<std::uint32_t> only;
        for (const auto& nodes : coverage.by_city)
          only.insert(only.end(), nodes.begin(), nodes.end());
        Suggestion& entry = add(Remedy::strengthen, Reason::thin_stage, 0.5);
        entry.stage = coverage.stage;
        concern(entry, only);
        entry.text = fill("加强“{0}”环节", "Strengthen the stage {0}", {stage(coverage.stage)});
        entry.evidence = fill("该环节只有{0}一家成员", "{0} is the only member at this stage",
                              {name(only.front())});
      }
    }
  }

  void bottleneck() {
    const Bottleneck& cut = analysis_.bottleneck;
    if (cut.measure == FlowMeasure::none || std::isinf(cut.flow)) return;
    const bool routes = cut.measure == FlowMeasure::routes;
    if (routes && cut.flow > 1) return;
    Suggestion& entry = add(Remedy::strengthen, Reason::bottleneck, cut.flow > 0 ? 0.75 : 0.9);
    concern(entry, cut.members);
    tie(entry, cut.links);
    std::vector<std::uint32_t> sides = cut.members;
    if (cut.flow <= 0 && cut.links.empty() && cut.members.empty()) {
      entry.text = {"接通从原料到产品的供应路径", "Join feedstock and product by supply links"};
      entry.evidence = fill(
          "{0}家原料环节成员与{1}家产品环节成员之间没有供应路径",
          "No supply route leads from the first stage (members: {0}) to the last "
          "(members: {1})",
          {plain(std::to_string(cut.sources.size())), plain(std::to_string(cut.sinks.size()))});
      return;
    }
    Text limits = names(sides);
    const Text links = link_names(cut.links);
    if (!limits.empty() && !links.empty()) limits = {limits.zh + "；", limits.en + "; "};
    limits = {limits.zh + links.zh, limits.en + links.en};
    entry.text = fill("扩大瓶颈产能或供应：{0}", "Widen the bottleneck: {0}", {limits});
    entry.evidence =
        routes ? fill("从原料到产品互不重合的供应路径只有{0}条（最小割）",
                      "Supply routes from feedstock to product that share no link: {0} (least cut)",
                      {plain(number_text(cut.flow))})
               : fill("全链最大流量按最终产品折算为{0}，由这一最小割决定",
                      "The chain's greatest flow, in units of end product, is {0}; this least cut "
                      "sets it",
                      {plain(number_text(cut.flow))});
  }

  void products() {
    // Outside of the network: who else makes or buys, and which members close a chain.
    std::map<std::uint32_t, std::pair<std::vector<std::uint32_t>, std::vector<std::uint32_t>>> out;
    const auto collect = [this](const std::vector<ProductVolume>& volumes, auto use) {
      for (const ProductVolume& volume : volumes) {
        const auto found = network_.product_of.find(volume.product);
        if (found != network_.product_of.end()) use(found->second);
      }
    };
    for (std::uint32_t i = 0; i < programme_.members.size(); ++i) {
      const Member& member = programme_.members[i];
      if (network_.node_of.count(member.id) > 0) continue;
      collect(member.makes, [&](std::uint32_t p) { out[p].first.push_back(i); });
      collect(member.buys, [&](std::uint32_t p) { out[p].second.push_back(i); });
    }
    const auto outside = [this](const std::vector<std::uint32_t>& list) {
      return listed(list, [this](std::uint32_t i) { return both(programme_.members[i].name); });
    };
    for (const Balance& balance : analysis_.balances) {
      const auto others = out.find(balance.product);
      const bool outside_makers = others != out.end() && !others->second.first.empty();
      // What members beside the chain buy elsewhere is no gap of this chain.
      const bool concerns =
          !outside_makers || network_.alliance == kNone ||
          std::any_of(balance.buyers.begin(), balance.buyers.end(),
                      [this](std::uint32_t node) { return !network_.stages[node].empty(); });
      if (concerns && balance.makers.empty() && balance.links.empty() && !balance.buyers.empty()) {
        Suggestion& entry = add(Remedy::repair, Reason::no_maker, outside_makers ? 0.65 : 0.85);
        entry.product = balance.product;
        concern(entry, balance.buyers);
        entry.text = fill("补上“{0}”的生产", "Find a maker of {0}", {product(balance.product)});
        entry.evidence =
            outside_makers
                ? fill("需要方：{0}；联盟外的{1}能生产", "Needed by {0}; made outside by {1}",
                       {names(balance.buyers), outside(others->second.first)})
                : fill("需要方：{0}；成员中无人生产", "Needed by {0}; made by no member",
                       {names(balance.buyers)});
      }
      if (balance.made && balance.bought && !balance.makers.empty() &&
          *balance.bought > *balance.made) {
        const double lack = *balance.bought - *balance.made;
        Suggestion& entry =
            add(Remedy::strengthen, Reason::shortage, 0.4 + 0.4 * lack / *balance.bought);
        entry.product = balance.product;
        concern(entry, balance.makers);
        entry.text = fill("扩大“{0}”产能", "Make more {0}", {product(balance.product)});
        entry.evidence =
            fill("年产{0}，年需{1}，缺{2}", "Made {0} a year, needed {1}, short of {2}",
                 {volume(*balance.made, balance.product), volume(*balance.bought, balance.product),
                  volume(lack, balance.product)});
      }
      if (balance.makers.empty() || !balance.buyers.empty()) continue;
      if (others != out.end() && !others->second.second.empty()) {
        Suggestion& entry = add(Remedy::extend, Reason::next_alliance, 0.5);
        entry.product = balance.product;
        concern(entry, balance.makers);
        for (const std::uint32_t i : others->second.second) entry.members.push_back(i);
        entry.text = fill("把“{0}”延伸到{1}", "Extend {0} to {1}",
                          {product(balance.product), outside(others->second.second)});
        entry.evidence = fill("{0}生产；联盟内无人购买，联盟外有需求",
                              "Made by {0}; bought by nobody here, wanted outside the alliance",
                              {names(balance.makers)});
      } else if (!ends_a_chain(balance.makers)) {
        Suggestion& entry = add(Remedy::extend, Reason::no_buyer, 0.4);
        entry.product = balance.product;
        concern(entry, balance.makers);
        entry.text = fill("为“{0}”发展本地下游加工", "Build local processing of {0}",
                          {product(balance.product)});
        entry.evidence = fill("{0}生产，成员中无人购买", "Made by {0}; bought by no member",
                              {names(balance.makers)});
      }
    }
  }

  /// Whether one of the nodes stands at the last stage of an alliance; their products leave.
  bool ends_a_chain(const std::vector<std::uint32_t>& nodes) const {
    for (const std::uint32_t node : nodes) {
      for (const Membership& membership : network_.member(node).memberships) {
        for (const Alliance& alliance : programme_.alliances) {
          if (alliance.id != membership.alliance || alliance.stages.empty()) continue;
          const auto& own = membership.stages;
          if (std::find(own.begin(), own.end(), alliance.stages.back().id) != own.end()) {
            return true;
          }
        }
      }
    }
    return false;
  }

  void inputs() {
    // One suggestion a supplier and product, whoever depends on it.
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<const Input*>> by_supplier;
    for (const Input& input : analysis_.single_source) {
      by_supplier[{*input.supplier, input.product}].push_back(&input);
    }
    for (const auto& [key, inputs] : by_supplier) {
      std::vector<std::uint32_t> buyers;
      std::vector<std::uint32_t> links;
      for (const Input* input : inputs) {
        buyers.push_back(input->buyer);
        links.insert(links.end(), input->links.begin(), input->links.end());
      }
      const Input& one = *inputs.front();
      const bool replaceable = !one.alternatives.empty();
      const double spread = std::min(0.15, 0.03 * static_cast<double>(buyers.size()));
      Suggestion& entry =
          add(Remedy::secure, Reason::single_source, (replaceable ? 0.35 : 0.65) + spread);
      entry.product = key.second;
      entry.members.push_back(network_.members[key.first]);
      concern(entry, buyers);
      tie(entry, links);
      entry.text =
          fill("为“{0}”落实第二供应来源", "Secure a second source of {0}", {product(key.second)});
      entry.evidence =
          replaceable
              ? fill("{0}只从{1}取得；还能生产的有{2}", "{0}: from {1} only; also made by {2}",
                     {names(buyers), name(key.first), names(one.alternatives)})
              : fill("{0}只从{1}取得；没有其他成员生产", "{0}: from {1} only; nobody else makes it",
                     {names(buyers), name(key.first)});
    }
    std::map<std::uint32_t, std::vector<const Input*>> unsupplied;
    for (const Input& input : analysis_.unsupplied) {
      if (!input.alternatives.empty()) unsupplied[input.product].push_back(&input);
    }
    for (const auto& [id, inputs] : unsupplied) {
      std::vector<std::uint32_t> buyers;
      for (const Input* input : inputs) buyers.push_back(input->buyer);
      Suggestion& entry = add(Remedy::repair, Reason::no_supplier, 0.6);
      entry.product = id;
      concern(entry, buyers);
      concern(entry, inputs.front()->alternatives);
      entry.text =
          fill("为{0}接通“{1}”的供应", "Give {0} a supplier of {1}", {names(buyers), product(id)});
      entry.evidence = fill("需要而无供应方；{0}能生产", "Needed, with no supplier; made by {0}",
                            {names(inputs.front()->alternatives)});
    }
  }

  void complements() {
    for (const Complement& complement : analysis_.complements) {
      if (complement.open && *complement.open <= 0) continue;
      if (!complement.open && !complement.links.empty()) continue;
      double weight = 0.45;
      if (complement.open && complement.bought && *complement.bought > 0) {
        weight = 0.3 + 0.5 * *complement.open / *complement.bought;
      }
      Suggestion& entry = add(Remedy::strengthen, Reason::complement, weight);
      entry.product = complement.product;
      concern(entry, complement.makers);
      concern(entry, complement.buyers);
      tie(entry, complement.links);
      entry.text = fill("推动{0}的“{1}”供应{2}", "Bring {1} from {0} to {2}",
                        {city(complement.from), product(complement.product), city(complement.to)});
      const Text makers = names(complement.makers);
      const Text buyers = names(complement.buyers);
      entry.evidence =
          complement.open
              ? fill("{0}生产，{1}需要，还可供{2}", "Made by {0}, needed by {1}, still open: {2}",
                     {makers, buyers, volume(*complement.open, complement.product)})
              : fill("{0}生产，{1}需要，尚无供应关系；数量未知",
                     "Made by {0}, needed by {1}, not linked yet; volumes unknown",
                     {makers, buyers});
    }
  }

  std::vector<std::uint32_t> nodes_of(const graph::Piece& piece) const {
    const auto begin = analysis_.connectivity.order.begin();
    return {begin + piece.begin, begin + piece.end};
  }

  void cuts() {
    const auto total = static_cast<double>(network_.size());
    for (const graph::Cut& cut : analysis_.connectivity.articulation) {
      // The largest part stays; when that is the one with the search's root, the pieces go.
      std::size_t stays = cut.pieces.size();
      std::uint32_t largest = cut.rest;
      std::uint32_t off = cut.rest;
      for (std::size_t i = 0; i < cut.pieces.size(); ++i) {
        off += cut.pieces[i].size();
        if (cut.pieces[i].size() > largest) {
          largest = cut.pieces[i].size();
          stays = i;
        }
      }
      off -= largest;
      if (off < 2) continue;
      Suggestion& entry = add(Remedy::secure, Reason::articulation_point, 0.4 + 0.5 * off / total);
      concern(entry, {cut.id});
      std::vector<std::uint32_t> lost;
      for (std::size_t i = 0; i < cut.pieces.size(); ++i) {
        if (i == stays) continue;
        const std::vector<std::uint32_t> nodes = nodes_of(cut.pieces[i]);
        lost.insert(lost.end(), nodes.begin(), nodes.end());
      }
      entry.text = fill("稳住关键成员{0}，另建联系",
                        "Keep {0} and tie its neighbours otherwise too", {name(cut.id)});
      const Text count = plain(std::to_string(off));
      entry.evidence = stays == cut.pieces.size()
                           ? fill("若其退出，{0}家成员与其余断开：{1}",
                                  "Without it {0} members are cut off: {1}", {count, names(lost)})
                           : fill("若其退出，{0}家成员与其余断开",
                                  "Without it {0} members are cut off", {count});
    }
    // Links by their ends, made when the first is asked for.
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<std::uint32_t>> by_ends;
    for (const graph::Cut& cut : analysis_.connectivity.bridges) {
      const std::uint32_t lesser = std::min(cut.rest, cut.pieces.front().size());
      if (lesser < 2) continue;
      const graph::Edge edge = analysis_.graph.edges()[cut.id];
      Suggestion& entry = add(Remedy::secure, Reason::bridge, 0.35 + 0.4 * lesser / total);
      concern(entry, {edge.a, edge.b});
      if (by_ends.empty()) {
        for (const NetworkLink& link : network_.links) {
          by_ends[std::minmax(link.from, link.to)].push_back(link.link);
        }
      }
      entry.links = by_ends[{edge.a, edge.b}];
      entry.text = fill("为{0}与{1}之间的唯一联系增加备份",
                        "Back up the only tie between {0} and {1}", {name(edge.a), name(edge.b)});
      entry.evidence = fill("若中断，{0}家成员与其余断开", "Without it {0} members are cut off",
                            {plain(std::to_string(lesser))});
    }
  }

  void research() {
    std::vector<std::uint32_t> idle;
    for (std::uint32_t node = 0; node < network_.size(); ++node) {
      const MemberKind kind = network_.member(node).kind;
      if ((kind == MemberKind::institute || kind == MemberKind::university) &&
          analysis_.graph.neighbours(node).empty()) {
        idle.push_back(node);
      }
    }
    if (idle.empty()) return;
    Suggestion& entry = add(Remedy::extend, Reason::idle_research, 0.35);
    concern(entry, idle);
    entry.text = fill("推动{0}与企业合作", "Join {0} with firms", {names(idle)});
    entry.evidence = {"科研力量尚未与任何成员建立联系",
                      "Research capacity without a link to any member"};
  }

  const Analysis& analysis_;
  const Network& network_;
  const Programme& programme_;
  std::vector<Suggestion> list_;
};

/// Buyer, product and supplier by index into the programme, each once, in order.
using Supply = std::set<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>>;

Supply supply_of(const Network& network) {
  Supply supply;
  for (std::uint32_t i = 0; i < network.links.size(); ++i) {
    const NetworkLink& link = network.links[i];
    if (network.link(i).kind != LinkKind::supply || link.product == kNone) continue;
    supply.insert({network.members[link.to], link.product, network.members[link.from]});
  }
  return supply;
}

/// How many suppliers a buyer has of a product.
std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> counted(const Supply& supply) {
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> counts;
  for (const auto& [buyer, product, supplier] : supply) ++counts[{buyer, product}];
  return counts;
}

}  // namespace

std::optional<Analysis> analyse(const Programme& programme, const Selection& selection,
                                const AnalysisOptions& options) {
  std::optional<Network> network = make_network(programme, selection);
  if (!network) return std::nullopt;
  Analysis analysis;
  analysis.network = std::move(*network);
  const Network& net = analysis.network;
  analysis.graph = graph_of(net);
  const std::vector<Use> uses = uses_of(net);
  analysis.stages = cover_stages(net);
  analysis.connectivity = graph::connectivity(analysis.graph);
  analysis.core = graph::core_numbers(analysis.graph);
  if (options.betweenness) analysis.betweenness = graph::betweenness(analysis.graph);
  analysis.balances = balance(net, uses);
  find_inputs(net, uses, analysis.single_source, analysis.unsupplied);
  analysis.complements = find_complements(net, uses);
  analysis.bottleneck = find_bottleneck(net, analysis.stages);
  analysis.suggestions = Suggester(analysis).make();
  return analysis;
}

Impact impact_of(const Analysis& before, const Analysis& after) {
  Impact impact;
  const std::size_t stages = std::min(before.stages.size(), after.stages.size());
  for (std::size_t s = 0; s < stages; ++s) {
    const StageCoverage& was = before.stages[s];
    const StageCoverage& is = after.stages[s];
    if (was.members > 0 && is.members == 0) impact.emptied_stages.push_back(was.stage);
    for (std::size_t city = 0; city + 1 < was.by_city.size(); ++city) {
      if (!was.by_city[city].empty() && is.by_city[city].empty()) {
        impact.emptied_stage_cities.push_back({was.stage, static_cast<std::uint32_t>(city)});
      }
    }
  }
  impact.components_before = before.connectivity.components;
  impact.components_after = after.connectivity.components;

  // Of each component that lost somebody, the largest part is what is left of it.
  std::map<std::uint32_t, std::uint32_t> node_before;  // by member
  std::unordered_set<std::uint32_t> present(after.network.members.begin(),
                                            after.network.members.end());
  std::set<std::uint32_t> torn;
  for (std::uint32_t node = 0; node < before.network.size(); ++node) {
    node_before[before.network.members[node]] = node;
    if (present.count(before.network.members[node]) == 0) {
      torn.insert(before.connectivity.component[node]);
    }
  }
  std::map<std::uint32_t, std::map<std::uint32_t, std::vector<std::uint32_t>>> parts;
  for (std::uint32_t node = 0; node < after.network.size(); ++node) {
    const auto was = node_before.find(after.network.members[node]);
    if (was == node_before.end()) continue;
    const std::uint32_t component = before.connectivity.component[was->second];
    if (torn.count(component) == 0) continue;
    parts[component][after.connectivity.component[node]].push_back(after.network.members[node]);
  }
  for (const auto& [component, pieces] : parts) {
    const auto largest = std::max_element(
        pieces.begin(), pieces.end(),
        [](const auto& a, const auto& b) { return a.second.size() < b.second.size(); });
    for (auto piece = pieces.begin(); piece != pieces.end(); ++piece) {
      if (piece == largest) continue;
      impact.cut_off.insert(impact.cut_off.end(), piece->second.begin(), piece->second.end());
    }
  }
  std::sort(impact.cut_off.begin(), impact.cut_off.end());

  const auto were = counted(supply_of(before.network));
  const auto are = counted(supply_of(after.network));
  for (const auto& [key, count] : were) {
    if (present.count(key.first) == 0) continue;
    const auto now = are.find(key);
    if (now == are.end()) {
      impact.lost_inputs.push_back({key.first, key.second});
    } else if (count > 1 && now->second == 1) {
      impact.new_single_sources.push_back({key.first, key.second});
    }
  }
  std::set<std::uint32_t> made;
  for (const Balance& balance : after.balances) {
    if (!balance.makers.empty()) made.insert(balance.product);
  }
  for (const Balance& balance : before.balances) {
    if (!balance.makers.empty() && made.count(balance.product) == 0) {
      impact.lost_products.push_back(balance.product);
    }
  }
  impact.measure = before.bottleneck.measure;
  if (impact.measure != FlowMeasure::none) {
    impact.flow_before = before.bottleneck.flow;
    // Without sources, sinks or main-stream links nothing flows any more.
    impact.flow_after = after.bottleneck.measure == impact.measure ? after.bottleneck.flow : 0;
  }
  return impact;
}

std::string_view name_of(Remedy remedy) {
  switch (remedy) {
    case Remedy::strengthen:
      return "strengthen";
    case Remedy::repair:
      return "repair";
    case Remedy::secure:
      return "secure";
    case Remedy::extend:
      break;
  }
  return "extend";
}

std::string_view name_of(Reason reason) {
  static constexpr std::array<std::string_view, 13> names = {
      "bottleneck", "shortage",      "thin-stage",    "complement",         "empty-stage",
      "no-maker",   "no-supplier",   "single-source", "articulation-point", "bridge",
      "no-buyer",   "next-alliance", "idle-research"};
  return names[static_cast<std::size_t>(reason)];
}

std::string_view name_of(FlowMeasure measure) {
  switch (measure) {
    case FlowMeasure::none:
      break;
    case FlowMeasure::equivalent:
      return "equivalent";
    case FlowMeasure::routes:
      return "routes";
  }
  return "none";
}

const Text& label_of(Remedy remedy) {
  static const std::array<Text, kRemedies.size()> labels = {{
      {"强链", "Strengthen"},
      {"补链", "Repair"},
      {"固链", "Secure"},
      {"延链", "Extend"},
  }};
  return labels[static_cast<std::size_t>(remedy)];
}

}  // namespace tc::alliance
