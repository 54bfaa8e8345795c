#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/citation.hpp"
#include "core/model/date.hpp"
#include "core/model/text.hpp"

/// What firms, institutes and people put on the board: needs and research results, jobs and
/// graduates, open challenges. Money is in yuan.

namespace tc {

struct Programme;

/// The fields in which the two cities build alliances (产业集群). Their words are data, see
/// `assets/taxonomy/clusters.json`.
enum class IndustryCluster : std::uint8_t {
  new_energy,
  modern_equipment,  ///< with new materials
  dairy,
  big_data,
  biomedicine,
  modern_chemicals,
};
inline constexpr std::array kIndustryClusters = {
    IndustryCluster::new_energy,  IndustryCluster::modern_equipment,
    IndustryCluster::dairy,       IndustryCluster::big_data,
    IndustryCluster::biomedicine, IndustryCluster::modern_chemicals};

/// Where in its industrial chain a posting stands, from raw material to use.
enum class ChainPosition : std::uint8_t { upstream, midstream, downstream, service };
inline constexpr std::array kChainPositions = {ChainPosition::upstream, ChainPosition::midstream,
                                               ChainPosition::downstream, ChainPosition::service};

/// In rising order.
enum class Degree : std::uint8_t { vocational, bachelor, master, doctor };
inline constexpr std::array kDegrees = {Degree::vocational, Degree::bachelor, Degree::master,
                                        Degree::doctor};

/// A firm looks for technology (企业需求).
struct Need {
  std::string id;
  Text title;
  Text text;
  Text firm;
  std::string city;  ///< id of a `City`; empty when unknown
  std::optional<IndustryCluster> cluster;
  std::optional<ChainPosition> stage;
  int trl = 0;                   ///< technology readiness wanted, 1 to 9 (ISO 16290); 0 = not said
  std::optional<int> team;       ///< people wanted from the result's owner
  std::optional<double> budget;  ///< yuan
  int capacity = 1;              ///< results that it takes at most
  bool exclusive = false;        ///< wants a result that serves nobody else
  std::optional<Date> posted;
  std::optional<Date> deadline;  ///< last day on which it is open
  std::optional<Citation> source;
  Extensions extensions;
  bool operator==(const Need&) const = default;
};

/// A research result that is to be put to use (科技成果).
struct ResearchResult {
  std::string id;
  Text title;
  Text text;
  Text owner;        ///< institute
  std::string city;  ///< id of a `City`; empty when elsewhere or unknown
  std::optional<IndustryCluster> cluster;
  std::optional<ChainPosition> stage;
  int trl = 0;                  ///< technology readiness, 1 to 9; 0 = not said
  std::optional<int> team;      ///< people who can come along
  std::optional<double> price;  ///< yuan
  int capacity = 1;             ///< needs that it can serve at once; 1 = an exclusive licence
  std::optional<Date> updated;
  std::optional<Citation> source;
  Extensions extensions;
  bool operator==(const ResearchResult&) const = default;
};

/// An opening (岗位), for as many people as its quota says.
struct Job {
  std::string id;
  Text title;
  Text text;
  Text employer;
  std::string city;
  std::optional<IndustryCluster> cluster;
  int quota = 1;
  std::optional<Degree> degree;  ///< lowest that is taken; empty: any
  Text requirements;
  std::optional<double> salary_min;  ///< yuan a month
  std::optional<double> salary_max;
  std::optional<Date> posted;
  std::optional<Date> deadline;
  std::vector<std::string> choices;  ///< codes of graduates, best first; then nobody else is taken
  std::optional<Citation> source;
  Extensions extensions;
  bool operator==(const Job&) const = default;
};

/// How to reach a person. Personal data: no command, view or export shows it unless asked to.
struct Contact {
  std::string name;
  std::string phone;
  std::string email;
  bool operator==(const Contact&) const = default;
};

/// A graduate, known by a code only.
struct Graduate {
  std::string code;
  Text field;                    ///< what was studied
  std::optional<Degree> degree;  ///< empty when not said
  Text skills;
  std::vector<std::string> cities;   ///< where to work, best first; empty: anywhere
  std::optional<double> salary;      ///< least that is taken, yuan a month
  std::vector<std::string> choices;  ///< ids of jobs, best first; then no other job is taken
  std::optional<Contact> contact;
  Extensions extensions;
  bool operator==(const Graduate&) const = default;
};

/// What bids are judged by. Weights count relative to their sum.
struct BidCriterion {
  std::string id;  ///< unique within its challenge
  Text title;
  std::optional<double> weight;  ///< 0 or more; empty counts as 1
  bool operator==(const BidCriterion&) const = default;
};

struct BidJudge {
  std::string id;  ///< unique within its challenge
  Text name;
  std::vector<std::string> conflicts;  ///< ids of bids in which the judge has an interest (回避)
  bool operator==(const BidJudge&) const = default;
};

struct BidScore {
  std::string judge;
  std::string criterion;
  std::optional<double> score;  ///< 0 to 100
  bool operator==(const BidScore&) const = default;
};

struct Bid {
  std::string id;  ///< unique within its challenge
  Text bidder;
  std::string city;
  std::optional<double> price;  ///< yuan
  std::optional<Date> submitted;
  std::vector<BidScore> scores;  ///< at most one a judge and criterion
  Extensions extensions;
  bool operator==(const Bid&) const = default;
};

/// An open challenge (揭榜挂帅): whoever can solve it may bid.
struct Challenge {
  std::string id;
  Text title;
  Text text;
  Text owner;
  std::string city;
  std::optional<IndustryCluster> cluster;
  std::optional<double> budget;  ///< yuan; bids above it are out
  std::optional<Date> posted;
  std::optional<Date> deadline;  ///< bids after it are out
  std::vector<BidCriterion> criteria;
  std::vector<BidJudge> judges;
  std::vector<Bid> bids;
  std::optional<Citation> source;
  Extensions extensions;
  bool operator==(const Challenge&) const = default;
};

/// The names that files use: `new-energy`, `upstream`, `bachelor`, …
std::string_view name_of(IndustryCluster cluster);
std::string_view name_of(ChainPosition stage);
std::string_view name_of(Degree degree);

/// Words for people: 新能源 / New energy, 上游 / Upstream, 本科 / Bachelor.
const Text& label_of(IndustryCluster cluster);
const Text& label_of(ChainPosition stage);
const Text& label_of(Degree degree);

/// The programme without any contact details of graduates: what may be passed on.
Programme without_contacts(Programme programme);

}  // namespace tc
