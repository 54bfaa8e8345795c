#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/citation.hpp"
#include "core/model/date.hpp"
#include "core/model/rule.hpp"
#include "core/model/text.hpp"

namespace tc {

/// By what means a policy works.
enum class Instrument : std::uint8_t {
  grant,      ///< 项目补助
  award,      ///< 一次性奖励
  allowance,  ///< 补贴, recurring
  tax,        ///< 税费优惠
  loan,       ///< 贷款贴息与担保
  training,   ///< 培训支持
  service,    ///< 服务便利
  package,    ///< 综合措施: a document of several instruments
  unknown,    ///< the source does not say
};
/// Those that a file can name; `unknown` is left out there.
inline constexpr std::array kInstruments = {
    Instrument::grant, Instrument::award,    Instrument::allowance, Instrument::tax,
    Instrument::loan,  Instrument::training, Instrument::service,   Instrument::package};

/// What one applicant gets.
struct PolicyAmount {
  std::optional<double> value;
  Text unit;              ///< 元, 元/月, …
  bool at_most = false;   ///< 最高
  bool per_head = false;  ///< for each person
  Extensions extensions;
  bool operator==(const PolicyAmount&) const = default;
};

struct Policy {
  std::string id;
  Text title;
  Text document;                     ///< title and number of the document
  std::vector<std::string> issuers;  ///< ids of departments
  std::vector<std::string> cities;   ///< ids of the cities where it holds; empty when unknown
  std::optional<Date> valid_from;
  std::optional<Date> valid_to;  ///< last day
  Instrument instrument = Instrument::unknown;
  std::optional<PolicyAmount> amount;
  Rule conditions;                  ///< empty when unknown
  std::vector<std::string> groups;  ///< ids of the matrix's groups whom it is for
  std::optional<double> budget;     ///< 10,000 yuan (万元), for its whole validity
  std::optional<Citation> source;
  Extensions extensions;
  bool operator==(const Policy&) const = default;
};

/// How far a policy covers a cell of the matrix.
enum class Coverage : std::uint8_t {
  none,  ///< looked at, and not covered
  partial,
  full,
  expired,  ///< was covered
  unknown,  ///< the source does not say
};
inline constexpr std::array kCoverages = {Coverage::none, Coverage::partial, Coverage::full,
                                          Coverage::expired, Coverage::unknown};

/// One of the parts that give the matrix its name: the '2' and the '4' of '2+4'.
struct MatrixPart {
  std::string id;
  Text title;
  int size = 0;  ///< how many groups the source says it has; 0 when it doesn't
  Extensions extensions;
  bool operator==(const MatrixPart&) const = default;
};

/// A row of the matrix: whom or what policies are for.
struct MatrixGroup {
  std::string id;
  Text title;
  std::string part;  ///< id of a `MatrixPart`
  Extensions extensions;
  bool operator==(const MatrixGroup&) const = default;
};

/// A column of the matrix: an industry cluster (产业集群).
struct MatrixCluster {
  std::string id;
  Text title;
  Extensions extensions;
  bool operator==(const MatrixCluster&) const = default;
};

/// What one policy does for one group in one cluster.
struct MatrixCell {
  std::string policy;   ///< id of a `Policy`
  std::string group;    ///< id of a `MatrixGroup`
  std::string cluster;  ///< id of a `MatrixCluster`; empty: all of them
  Coverage coverage = Coverage::unknown;
  std::optional<double> budget;  ///< 10,000 yuan (万元) of the policy's, when set apart
  Text note;
  std::optional<Citation> source;
  Extensions extensions;
  bool operator==(const MatrixCell&) const = default;
};

/// The policy matrix (政策矩阵).
struct PolicyMatrix {
  Text title;
  std::vector<MatrixPart> parts;
  std::vector<MatrixGroup> groups;  ///< empty when the source does not say
  int cluster_count = 0;            ///< how many the source says there are; 0 when it doesn't
  std::vector<MatrixCluster> clusters;
  std::vector<MatrixCell> cells;
  std::optional<Citation> source;
  Extensions extensions;
  bool operator==(const PolicyMatrix&) const = default;
};

/// The names that files use: `award`, `partial`, …
std::string_view name_of(Instrument instrument);
std::string_view name_of(Coverage coverage);

/// Words for people: 一次性奖励 / One-off award, 部分覆盖 / Partial, …
const Text& label_of(Instrument instrument);
const Text& label_of(Coverage coverage);

}  // namespace tc
