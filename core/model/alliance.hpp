#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/citation.hpp"
#include "core/model/text.hpp"

namespace tc {

/// Something that is made, bought or handed on along a chain: a good, or a service such as
/// computing power.
struct Product {
  std::string id;
  Text name;
  Text unit;  ///< of every volume of this product, all of them a year: 吨, MW, …
  /// How much of the chain's end product one unit becomes, so that volumes of different products
  /// can be compared along a chain. Empty for what only joins the main stream (auxiliaries).
  std::optional<double> equivalent;
  Extensions extensions;
  bool operator==(const Product&) const = default;
};

/// One step of an alliance's chain (产业链环节).
struct ChainStage {
  std::string id;  ///< unique within its alliance
  Text title;
  Extensions extensions;
  bool operator==(const ChainStage&) const = default;
};

/// An industry alliance of the cities (产业联盟).
struct Alliance {
  std::string id;
  Text title;
  std::string industry;            ///< key, as `new-energy`; may be empty
  std::vector<ChainStage> stages;  ///< from feedstock to end product; empty when unknown
  std::optional<Citation> source;
  Extensions extensions;
  bool operator==(const Alliance&) const = default;
};

enum class MemberKind : std::uint8_t {
  firm,
  institute,
  university,
  government,
  group,  ///< several that the source names only as a whole
};
inline constexpr std::array kMemberKinds = {MemberKind::firm, MemberKind::institute,
                                            MemberKind::university, MemberKind::government,
                                            MemberKind::group};

/// That a member belongs to an alliance, and at which stages of its chain it stands.
struct Membership {
  std::string alliance;             ///< id of an `Alliance`
  std::vector<std::string> stages;  ///< ids of its stages; empty when unknown or beside the chain
  Extensions extensions;
  bool operator==(const Membership&) const = default;
};

/// A product and how much of it a year, in the product's unit.
struct ProductVolume {
  std::string product;           ///< id of a `Product`
  std::optional<double> volume;  ///< empty when unknown
  Extensions extensions;
  bool operator==(const ProductVolume&) const = default;
};

/// A firm, institute, university or office that takes part in the cities' industries, in alliances
/// or outside of them.
struct Member {
  std::string id;
  Text name;
  MemberKind kind = MemberKind::firm;
  std::string city;  ///< id of a `City`; empty when the source does not say
  std::vector<Membership> memberships;
  std::vector<ProductVolume> makes;
  std::vector<ProductVolume> buys;
  std::optional<Citation> source;
  Extensions extensions;
  bool operator==(const Member&) const = default;
};

enum class LinkKind : std::uint8_t { supply, research, capital };
inline constexpr std::array kLinkKinds = {LinkKind::supply, LinkKind::research, LinkKind::capital};

/// A tie between two members, in the direction in which goods, results or money go.
struct ChainLink {
  std::string id;
  std::string from;  ///< id of a `Member`
  std::string to;    ///< id of another
  LinkKind kind = LinkKind::supply;
  std::string product;           ///< id of a `Product`; empty for research, capital or unknown
  std::optional<double> volume;  ///< a year, in the product's unit or, without one, in `unit`
  Text unit;
  std::optional<Citation> source;
  Extensions extensions;
  bool operator==(const ChainLink&) const = default;
};

/// The names that files use: `firm`, `supply`, …
std::string_view name_of(MemberKind kind);
std::string_view name_of(LinkKind kind);

/// Words for people: 企业 / Firm, 供应 / Supply, …
const Text& label_of(MemberKind kind);
const Text& label_of(LinkKind kind);

}  // namespace tc
