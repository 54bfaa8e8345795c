#include "core/policy/attributes.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace tc::policy {

namespace {

using enum AttributeType;

const std::array<Choice, 5> kDegrees = {{{"secondary", {"中专/高中", "Secondary"}},
                                         {"college", {"大专", "College"}},
                                         {"bachelor", {"本科", "Bachelor"}},
                                         {"master", {"硕士", "Master"}},
                                         {"doctor", {"博士", "Doctor"}}}};
const std::array<Choice, 5> kSkills = {{{"junior", {"初级工", "Junior worker"}},
                                        {"intermediate", {"中级工", "Intermediate worker"}},
                                        {"senior", {"高级工", "Senior worker"}},
                                        {"technician", {"技师", "Technician"}},
                                        {"senior-technician", {"高级技师", "Senior technician"}}}};
const std::array<Choice, 4> kEmployers = {{{"firm", {"企业", "Firm"}},
                                           {"institution", {"事业单位", "Public institution"}},
                                           {"own", {"自主创业", "Own business"}},
                                           {"none", {"未就业", "None yet"}}}};
const std::array<Choice, 4> kProjectKinds = {{{"manufacturing", {"制造业项目", "Manufacturing"}},
                                              {"research", {"研发项目", "Research"}},
                                              {"transfer", {"成果转化", "Transfer of results"}},
                                              {"platform", {"平台建设", "Platform"}}}};

const std::vector<Attribute>& table() {
  static const Text kWan = {"万元", "10,000 yuan"};
  static const Text kPercent = {"%", "%"};
  static const Text kPeople = {"人", "people"};
  static const std::vector<Attribute> list = {
      {"firm.city", name, {"所在城市", "City"}, {}, true, NamesFrom::cities, {}},
      {"firm.cluster", name, {"所属产业集群", "Cluster"}, {}, true, NamesFrom::clusters, {}},
      {"firm.founded", date, {"成立日期", "Founded"}, {}, true, NamesFrom::choices, {}},
      {"firm.employees", number, {"职工人数", "Employees"}, kPeople, false, NamesFrom::choices, {}},
      {"firm.newJobs",
       number,
       {"本年新增就业", "New jobs this year"},
       kPeople,
       false,
       NamesFrom::choices,
       {}},
      {"firm.revenue",
       number,
       {"年营业收入", "Yearly revenue"},
       kWan,
       false,
       NamesFrom::choices,
       {}},
      {"firm.rdShare",
       number,
       {"研发费用占比", "R&D share of revenue"},
       kPercent,
       false,
       NamesFrom::choices,
       {}},
      {"firm.patents",
       number,
       {"有效专利", "Valid patents"},
       {"项", "patents"},
       false,
       NamesFrom::choices,
       {}},
      {"firm.crossCityShare",
       number,
       {"采购对方城市产品占比", "Share bought in the other city"},
       kPercent,
       false,
       NamesFrom::choices,
       {}},
      {"firm.highTech",
       flag,
       {"高新技术企业", "High-tech enterprise"},
       {},
       false,
       NamesFrom::choices,
       {}},
      {"firm.leading",
       flag,
       {"科技领军企业", "Leading technology enterprise"},
       {},
       false,
       NamesFrom::choices,
       {}},
      {"firm.sme",
       flag,
       {"中小企业", "Small or medium enterprise"},
       {},
       false,
       NamesFrom::choices,
       {}},
      {"firm.allianceMember",
       flag,
       {"产业联盟成员", "Member of an alliance"},
       {},
       false,
       NamesFrom::choices,
       {}},
      {"talent.city", name, {"就业城市", "City of work"}, {}, false, NamesFrom::cities, {}},
      {"talent.cluster",
       name,
       {"就业产业集群", "Cluster of work"},
       {},
       false,
       NamesFrom::clusters,
       {}},
      {"talent.degree", level, {"学历", "Degree"}, {}, true, NamesFrom::choices, kDegrees},
      {"talent.skill", level, {"技能等级", "Skill level"}, {}, false, NamesFrom::choices, kSkills},
      {"talent.employer",
       name,
       {"就业单位类型", "Kind of employer"},
       {},
       false,
       NamesFrom::choices,
       kEmployers},
      {"talent.age", number, {"年龄", "Age"}, {"岁", "years"}, true, NamesFrom::choices, {}},
      {"talent.graduated", date, {"毕业日期", "Graduated"}, {}, true, NamesFrom::choices, {}},
      {"talent.hired", date, {"入职日期", "Hired"}, {}, false, NamesFrom::choices, {}},
      {"talent.insuredMonths",
       number,
       {"连续缴纳社保", "Social insurance paid in a row"},
       {"个月", "months"},
       false,
       NamesFrom::choices,
       {}},
      {"talent.rents",
       flag,
       {"在本地租房", "Rents a home here"},
       {},
       false,
       NamesFrom::choices,
       {}},
      {"talent.ownsHome",
       flag,
       {"本地有自有住房", "Owns a home here"},
       {},
       false,
       NamesFrom::choices,
       {}},
      {"talent.firstJob", flag, {"首次就业", "First job"}, {}, true, NamesFrom::choices, {}},
      {"project.city", name, {"项目所在城市", "City"}, {}, false, NamesFrom::cities, {}},
      {"project.cluster", name, {"项目产业集群", "Cluster"}, {}, true, NamesFrom::clusters, {}},
      {"project.kind",
       name,
       {"项目类型", "Kind of project"},
       {},
       true,
       NamesFrom::choices,
       kProjectKinds},
      {"project.started", date, {"开工日期", "Started"}, {}, false, NamesFrom::choices, {}},
      {"project.investment",
       number,
       {"固定资产投资", "Investment"},
       kWan,
       false,
       NamesFrom::choices,
       {}},
      {"project.contractValue",
       number,
       {"技术合同额", "Value of technology contracts"},
       kWan,
       false,
       NamesFrom::choices,
       {}},
      {"project.jobs",
       number,
       {"带动就业", "Jobs created"},
       kPeople,
       false,
       NamesFrom::choices,
       {}},
      {"project.trl",
       number,
       {"技术成熟度", "Technology readiness level"},
       {"级", ""},
       false,
       NamesFrom::choices,
       {}},
      {"project.jointCities",
       flag,
       {"两市联合实施", "Joint project of both cities"},
       {},
       false,
       NamesFrom::choices,
       {}},
  };
  return list;
}

/// Indices of the table by id.
const std::vector<std::size_t>& by_id() {
  static const std::vector<std::size_t> order = [] {
    std::vector<std::size_t> made(table().size());
    for (std::size_t i = 0; i < made.size(); ++i) made[i] = i;
    std::sort(made.begin(), made.end(),
              [](std::size_t a, std::size_t b) { return table()[a].id < table()[b].id; });
    return made;
  }();
  return order;
}

}  // namespace

std::span<const Attribute> attributes() {
  return table();
}

std::optional<std::size_t> find_attribute(std::string_view id) {
  const std::vector<std::size_t>& order = by_id();
  const auto found =
      std::lower_bound(order.begin(), order.end(), id,
                       [](std::size_t i, std::string_view key) { return table()[i].id < key; });
  if (found == order.end() || table()[*found].id != id) return std::nullopt;
  return *found;
}

std::optional<std::size_t> find_choice(const Attribute& attribute, std::string_view id) {
  for (std::size_t i = 0; i < attribute.choices.size(); ++i) {
    if (attribute.choices[i].id == id) return i;
  }
  return std::nullopt;
}

bool comparable(AttributeType type, RuleOp op) {
  switch (op) {
    case RuleOp::all:
    case RuleOp::any:
    case RuleOp::negation:
      return false;
    case RuleOp::equals:
      return true;
    case RuleOp::one_of:
      return type == AttributeType::name || type == AttributeType::level;
    case RuleOp::at_least:
    case RuleOp::at_most:
    case RuleOp::above:
    case RuleOp::below:
    case RuleOp::between:
      return type == AttributeType::number || type == AttributeType::date ||
             type == AttributeType::level;
    case RuleOp::within_days:
      return type == AttributeType::date;
  }
  return false;
}

}  // namespace tc::policy
