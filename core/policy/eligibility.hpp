#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/date.hpp"
#include "core/model/error.hpp"
#include "core/model/programme.hpp"
#include "core/model/rule.hpp"
#include "core/policy/attributes.hpp"

/// Which policies a firm, a person or a project can use, rule by rule.
namespace tc::policy {

/// What is known of an applicant: a value or nothing for each of `attributes()`.
struct Facts {
  std::vector<std::optional<RuleValue>> values =
      std::vector<std::optional<RuleValue>>(attributes().size());

  /// Nothing for an attribute that doesn't exist or isn't known.
  const std::optional<RuleValue>& value(std::string_view attribute) const;
  /// Whether anything is known of `firm`, `talent` or `project`.
  bool has_subject(std::string_view subject) const;
};

struct Profile {
  Text name;
  Facts facts;
};

/// Limit of a profile file.
inline constexpr std::size_t kMaxProfileBytes = std::size_t{1} << 20;

/// Reads `{"name": {"zh", "en"}, "firm": {"employees": 120, …}, "talent": {…}, "project": {…}}`,
/// all of it optional; `x-` members are passed over, any other fault is told with its pointer.
/// Names of cities and, where it has any, clusters have to be the programme's.
Result<Profile> read_profile(std::string_view bytes, const Programme& programme);

/// Three-valued logic (Kleene, Introduction to Metamathematics, 1952, §64): what isn't known is
/// neither true nor false.
enum class Truth : std::uint8_t { no, yes, unknown };

/// The truth of every node. Total: any rule, also one that no file could hold, has an answer, and
/// a comparison that makes no sense is unknown. Linear in nodes and operands; never recurses.
std::vector<Truth> evaluate(const Rule& rule, const Facts& facts, Date as_of);

/// A comparison that stands between the applicant and the policy.
struct Missing {
  std::size_t node = 0;       ///< in `Rule::nodes`
  bool wanted = true;         ///< false: within a `not`, so that it must not hold
  Truth truth = Truth::no;    ///< unknown: the fact is missing
  bool fixed = false;         ///< can't be changed
  std::optional<double> gap;  ///< how far: in the attribute's unit, days or levels; above 0
  double relative = 1;        ///< the gap as a share of what is asked for; 1 without a measure
};

enum class Verdict : std::uint8_t {
  applies,
  nearly,         ///< few conditions are missed, none by far and none that can't be changed
  unknown,        ///< facts or the policy's conditions are missing
  no,             ///< misses more than that, or the policy isn't in force
  other_subject,  ///< the policy asks about other applicants than this one
};

/// Whether a policy is in force on a day.
enum class Force : std::uint8_t { in_force, not_yet, expired, unknown };

struct Eligibility {
  std::size_t policy = 0;  ///< index in `Programme::policies`
  Verdict verdict = Verdict::unknown;
  Force force = Force::unknown;
  bool conditions_unknown = false;
  std::vector<Truth> nodes;  ///< of each node of the conditions
  /// The least that has to change or become known for the conditions to hold; empty when they do,
  /// and when nothing could make them (an `any` of nothing).
  std::vector<Missing> missing;
};

/// What counts as nearly.
struct NearlyLimits {
  std::uint32_t changes = 2;     ///< conditions at most
  std::uint32_t unmeasured = 1;  ///< of these, such as can't be missed by little
  double relative = 0.5;         ///< gap of each of the others
};

Force force_of(const Policy& policy, Date as_of);

/// One policy. Linear in its rule.
Eligibility check(const Policy& policy, const Facts& facts, Date as_of,
                  const NearlyLimits& limits = {});

/// All policies, in the order applies, nearly, unknown, no, other subject, else as the programme.
std::vector<Eligibility> check_all(const Programme& programme, const Facts& facts, Date as_of,
                                   const NearlyLimits& limits = {});

/// A comparison in words: 职工人数 ≥ 50 人 / Employees ≥ 50 people. Names of cities and clusters
/// are the programme's.
Text condition_text(const Programme& programme, const RuleNode& node);
/// A value in words.
Text value_text(const Programme& programme, const Attribute& attribute, const RuleValue& value);
/// What is missing in words: 还差 8 人 / 8 people short.
Text missing_text(const Programme& programme, const Rule& rule, const Missing& missing);

std::string_view name_of(Truth truth);
std::string_view name_of(Verdict verdict);
std::string_view name_of(Force force);
const Text& label_of(Verdict verdict);
const Text& label_of(Force force);

}  // namespace tc::policy
