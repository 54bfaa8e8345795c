#include "core/model/policy.hpp"

namespace tc {

std::string_view name_of(RuleOp op) {
  static constexpr std::array<std::string_view, kRuleOps.size()> names = {
      "all",    "any",   "not",   "equals",  "oneOf",     "atLeast",
      "atMost", "above", "below", "between", "withinDays"};
  return names[static_cast<std::size_t>(op)];
}

std::string_view name_of(Instrument instrument) {
  static constexpr std::array<std::string_view, kInstruments.size() + 1> names = {
      "grant", "award", "allowance", "tax", "loan", "training", "service", "package", "unknown"};
  return names[static_cast<std::size_t>(instrument)];
}

std::string_view name_of(Coverage coverage) {
  static constexpr std::array<std::string_view, kCoverages.size()> names = {
      "none", "partial", "full", "expired", "unknown"};
  return names[static_cast<std::size_t>(coverage)];
}

const Text& label_of(Instrument instrument) {
  static const std::array<Text, kInstruments.size() + 1> labels = {{
      {"项目补助", "Grant"},
      {"一次性奖励", "One-off award"},
      {"补贴", "Allowance"},
      {"税费优惠", "Tax relief"},
      {"贷款贴息与担保", "Loan support"},
      {"培训支持", "Training"},
      {"服务便利", "Service"},
      {"综合措施", "Package of measures"},
      {"未知", "Unknown"},
  }};
  return labels[static_cast<std::size_t>(instrument)];
}

const Text& label_of(Coverage coverage) {
  static const std::array<Text, kCoverages.size()> labels = {{
      {"未覆盖", "None"},
      {"部分覆盖", "Partial"},
      {"全覆盖", "Full"},
      {"已过期", "Expired"},
      {"未知", "Unknown"},
  }};
  return labels[static_cast<std::size_t>(coverage)];
}

}  // namespace tc
