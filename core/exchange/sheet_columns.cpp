#include "core/exchange/sheet_columns.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace tc::sheets {

namespace {

using nlohmann::json;
using enum ValueType;

// In several sheets.
constexpr Column kSourceColumn = {"source/source", source, "来源", "Source", "出处|资料来源"};
constexpr Column kPlaceZhColumn = {"source/place/zh", text, "来源位置（中文）",
                                   "Place in the source (Chinese)", "来源位置|出处位置"};
constexpr Column kPlaceEnColumn = {"source/place/en", text, "来源位置（英文）",
                                   "Place in the source (English)", "Place in the source"};
constexpr Column kCityColumn = {"city", city, "城市", "City", "所在城市|地区|盟市|所在地"};
constexpr Column kClusterColumn = {"cluster", cluster, "产业集群", "Cluster",
                                   "产业|集群|行业|领域|Industry|Industry cluster"};
constexpr Column kStageColumn = {"stage", chain_position, "产业链环节", "Chain position",
                                 "环节|链上位置|Chain stage|Stage"};
constexpr Column kTrlColumn = {"trl", whole, "技术成熟度", "TRL",
                               "成熟度|技术成熟度（TRL）|Technology readiness level"};
constexpr Column kDeadlineColumn = {"deadline", date, "截止日期", "Deadline",
                                    "截止时间|期限|截止|Open until"};

constexpr std::array kItemColumns = {
    Column{"code", id, "编号", "Code", "事项编号|任务编号|编码|代码|Item code|Item|ID|No|Number"},
    Column{"title/zh", text, "事项（中文）", "Title (Chinese)",
           "标题|标题（中文）|事项|事项名称|任务|任务名称|名称|重点事项|工作事项|工作任务|具体事项|"
           "Title (zh)|Chinese title"},
    Column{"title/en", text, "事项（英文）", "Title (English)",
           "Title|Title (en)|Item title|Name|Action item|Task|标题（英文）|English title|英文标题|"
           "英文名称"},
    Column{"summary/zh", text, "内容（中文）", "Summary (Chinese)",
           "内容|主要内容|工作内容|说明|摘要|概述|摘要（中文）|Summary (zh)"},
    Column{"summary/en", text, "内容（英文）", "Summary (English)",
           "Summary|Description|Summary (en)|摘要（英文）"},
    Column{"area", area, "方面", "Area", "领域|类别|合作领域|Field|Areas"},
    Column{"status", status, "状态", "Status", "进展状态|完成状态|State"},
    Column{"leads", departments, "牵头单位", "Lead units",
           "牵头部门|牵头|责任单位|主办单位|Lead|Leads|Lead unit|Lead department|Lead departments|"
           "Owner"},
    Column{"partners", departments, "配合单位", "Partners",
           "配合部门|配合|协办单位|参与单位|Partner|Partner units|Supporting units"},
    Column{"start", date, "计划开始", "Start",
           "开始|开始日期|开始时间|计划开始日期|计划开始时间|Planned start|Start date"},
    Column{"due", date, "期限", "Due",
           "完成期限|完成时限|截止日期|截止时间|计划完成|计划完成日期|计划完成时间|到期|Due date|"
           "Deadline|Planned finish|End"},
    Column{"started", date, "实际开始", "Started",
           "实际开始日期|实际开始时间|Actual start|Started on"},
    Column{"finished", date, "实际完成", "Finished",
           "实际完成日期|实际完成时间|完成日期|完成时间|Actual finish|Finished on|Completed on"},
    Column{"progress", percent, "进度（%）", "Progress (%)",
           "进度|完成比例|完成率|完成进度|Progress|Percent complete|% complete|Percent"},
    Column{"duration", whole, "工期（工作日）", "Duration (working days)", "工期|Duration"},
    Column{"estimate/optimistic", number, "乐观工期（工作日）", "Optimistic (working days)",
           "乐观工期|Optimistic duration|Optimistic"},
    Column{"estimate/likely", number, "最可能工期（工作日）", "Likely (working days)",
           "最可能工期|Likely duration|Likely|Most likely"},
    Column{"estimate/pessimistic", number, "悲观工期（工作日）", "Pessimistic (working days)",
           "悲观工期|Pessimistic duration|Pessimistic"},
    Column{"constraints/startNoEarlier", date, "不得早于此日开始", "Start no earlier than", ""},
    Column{"constraints/finishNoLater", date, "不得晚于此日完成", "Finish no later than", ""},
    Column{"constraints/mustFinishOn", date, "必须在此日完成", "Must finish on", ""},
    Column{"baseline/start", date, "基准开始", "Baseline start", "基线开始"},
    Column{"baseline/finish", date, "基准完成", "Baseline finish", "基线完成"},
    Column{"confidence/rag", rag, "信心", "Confidence", "信心评定|交付信心|RAG"},
    Column{"confidence/reason/zh", text, "信心理由（中文）", "Confidence reason (Chinese)",
           "信心理由|评定理由"},
    Column{"confidence/reason/en", text, "信心理由（英文）", "Confidence reason (English)",
           "Confidence reason"},
    Column{"confidence/by", text, "信心评定人", "Confidence given by", "评定人"},
    Column{"confidence/date", date, "信心评定日期", "Confidence given on", "评定日期"},
    kSourceColumn,
    kPlaceZhColumn,
    kPlaceEnColumn,
    Column{"@finish", computed, "预计完成", "Forecast finish", "预计完成日期|Forecast"},
    Column{"@slip", computed, "延后（工作日）", "Slip (working days)", ""},
    Column{"@float", computed, "总时差（工作日）", "Total float (working days)", ""},
    Column{"@critical", computed, "关键", "Critical", "关键路径"},
    // Only in the table of items (csv.hpp).
    Column{"@milestonesFinished", computed, "已完成里程碑", "Milestones finished", ""},
    Column{"@milestonesTotal", computed, "里程碑总数", "Milestones total", ""},
};

constexpr std::array kMilestoneColumns = {
    Column{"@item", id, "事项编号", "Item code", "编号|事项|任务编号|Item|Code"},
    Column{"id", id, "里程碑编号", "Milestone", "里程碑标识|节点编号|Milestone id|Milestone code"},
    Column{"title/zh", text, "里程碑（中文）", "Title (Chinese)",
           "里程碑|里程碑名称|节点|节点名称|标题|名称|标题（中文）"},
    Column{"title/en", text, "里程碑（英文）", "Title (English)",
           "Title|Milestone title|Name|标题（英文）"},
    Column{"due", date, "期限", "Due", "完成期限|完成时限|截止日期|计划完成|Due date|Deadline"},
    Column{"finished", date, "实际完成", "Finished", "实际完成日期|完成日期|Finished on"},
    Column{"constraints/noEarlier", date, "不得早于此日", "No earlier than", ""},
    Column{"constraints/noLater", date, "不得晚于此日", "No later than", ""},
    Column{"constraints/mustBeOn", date, "必须在此日", "Must be on", ""},
    Column{"baseline", date, "基准", "Baseline", "基线|基准日期"},
};

constexpr std::array kDependencyColumns = {
    Column{"@item", id, "事项编号", "Item code", "编号|事项|任务编号|后续事项|Item|Code|Successor"},
    Column{"item", id, "前置事项", "Predecessor",
           "前置事项编号|紧前事项|前置任务|前置|Predecessor code|Depends on"},
    Column{"type", dependency_type, "关系类型", "Type", "类型|依赖类型|关系|Relation"},
    Column{"lagDays", lag, "间隔（工作日）", "Lag (working days)", "间隔|延隔|滞后|Lag"},
};

constexpr std::array kEvidenceColumns = {
    Column{"@item", id, "事项编号", "Item code", "编号|事项|任务编号|Item|Code"},
    Column{"@key", id, "佐证标识", "Evidence key", ""},
    Column{"kind", evidence_kind, "佐证类型", "Kind", "类型|Type"},
    Column{"title/zh", text, "佐证（中文）", "Title (Chinese)",
           "佐证|佐证名称|佐证材料|标题|名称|标题（中文）"},
    Column{"title/en", text, "佐证（英文）", "Title (English)", "Title|Evidence|Name|标题（英文）"},
    Column{"url", id, "网址", "Web address", "链接|地址|URL|Link"},
    Column{"sha256", id, "文件校验值（SHA-256）", "File hash (SHA-256)",
           "文件校验值|SHA-256|SHA256|Hash"},
    Column{"date", date, "日期", "Date", "时间"},
};

constexpr std::array kIndicatorColumns = {
    Column{"id", id, "指标编号", "Indicator", "编号|代码|标识|Indicator id|ID|Code"},
    Column{"name/zh", text, "指标（中文）", "Name (Chinese)", "指标|指标名称|名称"},
    Column{"name/en", text, "指标（英文）", "Name (English)", "Name|Indicator name"},
    Column{"value", number, "数值", "Value", "当前值|现值|完成值|Current value"},
    Column{"unit/zh", text, "单位（中文）", "Unit (Chinese)", "单位|计量单位"},
    Column{"unit/en", text, "单位（英文）", "Unit (English)", "Unit"},
    Column{"target", number, "目标值", "Target", "目标|Target value"},
    Column{"targetDate", date, "目标日期", "Target date", "目标期限"},
    Column{"asOf", date, "数据日期", "As of", "截至日期|截至"},
    Column{"atLeast", flag, "为下限（“以上”“超过”）", "At least", "为下限|下限"},
    Column{"counts", counts, "统计对象", "Counts", ""},
    Column{"countsStatus", status, "统计状态", "Counts of status", ""},
    kSourceColumn,
    kPlaceZhColumn,
    kPlaceEnColumn,
};

constexpr std::array kNeedColumns = {
    Column{"id", id, "需求编号", "Need", "编号|序号|Need id|ID|Code|No"},
    Column{"title/zh", text, "需求（中文）", "Title (Chinese)",
           "需求|需求名称|技术需求|技术需求名称|标题|名称|标题（中文）"},
    Column{"title/en", text, "需求（英文）", "Title (English)", "Title|Need title|Name"},
    Column{"text/zh", text, "需求内容（中文）", "Text (Chinese)",
           "需求内容|需求描述|需求说明|内容|描述|说明"},
    Column{"text/en", text, "需求内容（英文）", "Text (English)", "Text|Description"},
    Column{"firm/zh", text, "企业（中文）", "Firm (Chinese)", "企业|企业名称|需求单位|单位|公司"},
    Column{"firm/en", text, "企业（英文）", "Firm (English)", "Firm|Company|Enterprise"},
    kCityColumn,
    kClusterColumn,
    kStageColumn,
    kTrlColumn,
    Column{"team", whole, "需要人数", "Team wanted", "团队人数|人数|Team|People"},
    Column{"budget", money, "预算（元）", "Budget (yuan)", "预算|投入|拟投入|拟投入资金|Budget"},
    Column{"capacity", count, "可承接成果数", "Results taken", "可承接数|Capacity"},
    Column{"exclusive", flag, "独占", "Exclusive", "是否独占|独家"},
    Column{"posted", date, "发布日期", "Posted", "发布时间|登记日期|Posted on"},
    kDeadlineColumn,
    kSourceColumn,
    kPlaceZhColumn,
    kPlaceEnColumn,
};

constexpr std::array kResultColumns = {
    Column{"id", id, "成果编号", "Result", "编号|序号|Result id|ID|Code|No"},
    Column{"title/zh", text, "成果（中文）", "Title (Chinese)",
           "成果|成果名称|科技成果|科技成果名称|标题|名称|标题（中文）"},
    Column{"title/en", text, "成果（英文）", "Title (English)", "Title|Result title|Name"},
    Column{"text/zh", text, "成果内容（中文）", "Text (Chinese)",
           "成果内容|成果描述|成果简介|简介|内容|描述|说明"},
    Column{"text/en", text, "成果内容（英文）", "Text (English)", "Text|Description"},
    Column{"owner/zh", text, "完成单位（中文）", "Owner (Chinese)",
           "完成单位|成果单位|所属单位|持有单位|单位|院校|科研院所"},
    Column{"owner/en", text, "完成单位（英文）", "Owner (English)", "Owner|Institute|Institution"},
    kCityColumn,
    kClusterColumn,
    kStageColumn,
    kTrlColumn,
    Column{"team", whole, "团队人数", "Team", "团队|人数|People"},
    Column{"price", money, "价格（元）", "Price (yuan)", "价格|报价|转让价|转让价格|Price"},
    Column{"capacity", count, "可服务需求数", "Needs served", "可服务数|Capacity"},
    Column{"updated", date, "更新日期", "Updated", "更新时间|Updated on"},
    kSourceColumn,
    kPlaceZhColumn,
    kPlaceEnColumn,
};

constexpr std::array kJobColumns = {
    Column{"id", id, "岗位编号", "Job", "编号|序号|Job id|ID|Code|No"},
    Column{"title/zh", text, "岗位（中文）", "Title (Chinese)",
           "岗位|岗位名称|职位|职位名称|标题|名称|标题（中文）"},
    Column{"title/en", text, "岗位（英文）", "Title (English)", "Title|Job title|Position|Name"},
    Column{"text/zh", text, "岗位内容（中文）", "Text (Chinese)",
           "岗位内容|岗位描述|岗位职责|职责|内容|描述|说明"},
    Column{"text/en", text, "岗位内容（英文）", "Text (English)", "Text|Description"},
    Column{"employer/zh", text, "用人单位（中文）", "Employer (Chinese)",
           "用人单位|招聘单位|企业|企业名称|单位|公司"},
    Column{"employer/en", text, "用人单位（英文）", "Employer (English)", "Employer|Firm|Company"},
    Column{"city", city, "城市", "City", "工作城市|工作地点|所在城市|地区|盟市"},
    kClusterColumn,
    Column{"quota", count, "招聘人数", "Places", "人数|名额|招聘名额|需求人数|Quota|Headcount"},
    Column{"degree", degree, "最低学历", "Lowest degree", "学历|学历要求|Degree"},
    Column{"requirements/zh", text, "要求（中文）", "Requirements (Chinese)",
           "要求|任职要求|岗位要求|专业要求|专业"},
    Column{"requirements/en", text, "要求（英文）", "Requirements (English)", "Requirements"},
    Column{"salaryMin", money, "月薪下限（元）", "Salary from (yuan a month)",
           "月薪下限|最低月薪|薪资下限|Salary from|Minimum salary"},
    Column{"salaryMax", money, "月薪上限（元）", "Salary to (yuan a month)",
           "月薪上限|最高月薪|薪资上限|Salary to|Maximum salary"},
    Column{"posted", date, "发布日期", "Posted", "发布时间|Posted on"},
    kDeadlineColumn,
    Column{"choices", ids, "意向人选编号", "Graduates wanted", "意向人选|Choices"},
    kSourceColumn,
    kPlaceZhColumn,
    kPlaceEnColumn,
};

/// Without names and ways to reach people: these never leave the file.
constexpr std::array kGraduateColumns = {
    Column{"code", id, "人才编号", "Graduate", "编号|代码|毕业生编号|序号|Code|ID|No"},
    Column{"field/zh", text, "专业（中文）", "Field (Chinese)", "专业|所学专业|专业名称"},
    Column{"field/en", text, "专业（英文）", "Field (English)", "Field|Major"},
    Column{"degree", degree, "学历", "Degree", "最高学历|学位"},
    Column{"skills/zh", text, "技能（中文）", "Skills (Chinese)", "技能|特长|能力"},
    Column{"skills/en", text, "技能（英文）", "Skills (English)", "Skills"},
    Column{"cities", cities, "意向城市", "Cities wanted", "意向地区|期望城市|Cities"},
    Column{"salary", money, "最低月薪（元）", "Least salary (yuan a month)",
           "最低月薪|期望月薪|期望薪资|月薪|Salary|Least salary"},
    Column{"choices", ids, "意向岗位编号", "Jobs wanted", "意向岗位|Choices"},
};

constexpr std::array kKinds = {
    SheetKind{Kind::items, "事项", "Items",
              "清单|事项清单|重点事项|任务清单|任务|Action items|List", "items", "code",
              kItemColumns},
    SheetKind{Kind::milestones, "里程碑", "Milestones", "节点|里程碑节点", "milestones", "id",
              kMilestoneColumns},
    SheetKind{Kind::dependencies, "依赖", "Dependencies", "依赖关系|前置关系|前后置关系",
              "dependsOn", "item", kDependencyColumns},
    SheetKind{Kind::evidence, "佐证", "Evidence", "佐证材料|证据|证明材料", "evidence", "@key",
              kEvidenceColumns},
    SheetKind{Kind::indicators, "指标", "Indicators", "指标体系|主要指标", "indicators", "id",
              kIndicatorColumns},
    SheetKind{Kind::needs, "需求", "Needs", "技术需求|企业需求|需求清单|需求库", "needs", "id",
              kNeedColumns},
    SheetKind{Kind::results, "成果", "Results", "科技成果|成果清单|成果库|Research results",
              "results", "id", kResultColumns},
    SheetKind{Kind::jobs, "岗位", "Jobs", "招聘岗位|岗位清单|岗位库|职位", "jobs", "id",
              kJobColumns},
    SheetKind{Kind::graduates, "毕业生", "Graduates", "人才|高校毕业生|人才清单|人才库",
              "graduates", "code", kGraduateColumns},
};

struct Word {
  ValueType type;
  std::string_view name;   ///< in files
  std::string_view words;  ///< first the Chinese and the English one that are written
};
constexpr std::array kWords = {
    Word{status, "completed", "已完成|Completed|完成|已办结|办结|Done|Complete|Finished"},
    Word{status, "staged-result", "取得阶段性成果|Staged result|阶段性成果|已取得阶段性成果"},
    Word{status, "under-way",
         "推进中|Under way|进行中|正在推进|在推进|实施中|有序推进|In progress|Underway|Ongoing"},
    Word{status, "not-started", "未启动|Not started|未开始|尚未启动|待启动"},
    Word{status, "blocked", "受阻|Blocked|停滞|受阻中"},
    Word{status, "unknown", "未知|Unknown|不明|未说明"},
    Word{rag, "red", "红|Red|红色|红灯"},
    Word{rag, "amber", "黄|Amber|黄色|黄灯|Yellow"},
    Word{rag, "green", "绿|Green|绿色|绿灯"},
    Word{dependency_type, "FS", "FS|FS|完成-开始|完成后开始|Finish to start|Finish-to-start"},
    Word{dependency_type, "SS", "SS|SS|开始-开始|开始后开始|Start to start|Start-to-start"},
    Word{dependency_type, "FF", "FF|FF|完成-完成|完成后完成|Finish to finish|Finish-to-finish"},
    Word{dependency_type, "SF", "SF|SF|开始-完成|开始后完成|Start to finish|Start-to-finish"},
    Word{evidence_kind, "link", "链接|Link|网址|URL"},
    Word{evidence_kind, "note", "说明|Note|备注|记录"},
    Word{evidence_kind, "file", "文件|File|附件|Attachment"},
    Word{counts, "areas", "方面|Areas"},
    Word{counts, "items", "事项|Items"},
    Word{cluster, "new-energy", "新能源|New energy|新能源产业"},
    Word{cluster, "modern-equipment",
         "现代装备制造|Modern equipment manufacturing|装备制造|现代装备|Modern equipment"},
    Word{cluster, "dairy", "乳业|Dairy|绿色农畜产品加工|乳制品"},
    Word{cluster, "big-data", "大数据|Big data|大数据云计算|算力"},
    Word{cluster, "biomedicine", "生物医药|Biomedicine|医药"},
    Word{cluster, "modern-chemicals", "现代化工|Modern chemicals|化工"},
    Word{chain_position, "upstream", "上游|Upstream"},
    Word{chain_position, "midstream", "中游|Midstream"},
    Word{chain_position, "downstream", "下游|Downstream"},
    Word{chain_position, "service", "服务|Service|配套服务"},
    Word{degree, "vocational", "高职|Vocational|大专|专科|高职高专"},
    Word{degree, "bachelor", "本科|Bachelor|大学本科|学士|本科及以上"},
    Word{degree, "master", "硕士|Master|研究生|硕士研究生|硕士及以上"},
    Word{degree, "doctor", "博士|Doctor|博士研究生|PhD"},
    Word{flag, "true", "是|Yes|√|✓|有|True|Y|1"},
    Word{flag, "false", "否|No|×|✗|无|False|N|0"},
};

/// Calls `use` with each part of a list between bars.
template <class Use>
void each(std::string_view list, const Use& use) {
  while (!list.empty()) {
    const std::size_t bar = list.find('|');
    use(list.substr(0, bar));
    list.remove_prefix(bar == std::string_view::npos ? list.size() : bar + 1);
  }
}

std::string_view nth(std::string_view list, std::size_t n) {
  std::string_view result;
  each(list, [&](std::string_view part) {
    if (n-- == 0) result = part;
  });
  return result;
}

/// For headings: folded, and without what only decorates.
std::string plain_heading(std::string_view heading) {
  std::string result;
  for (const char c : folded(heading)) {
    if (std::string_view("-_*:.;#").find(c) == std::string_view::npos) result += c;
  }
  return result;
}

/// Without the brackets at the end and what is in them; empty when there are none.
std::string without_brackets(std::string_view plain) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kBrackets = {
      {{"(", ")"}, {"[", "]"}, {"【", "】"}, {"〔", "〕"}}};
  for (const auto& [open, close] : kBrackets) {
    if (!plain.ends_with(close)) continue;
    const std::size_t at = plain.rfind(open);
    if (at != std::string_view::npos && at > 0) return std::string(plain.substr(0, at));
  }
  return {};
}

using Headings = std::unordered_map<std::string, HeadingMatch>;

/// Whether the words of a heading say which language the text is in.
bool says_language(std::string_view words) {
  for (const std::string_view word : {"中文", "英文", "Chinese", "English", "(zh)", "(en)"}) {
    if (words.find(word) != std::string_view::npos) return true;
  }
  return false;
}

Headings headings_of(const SheetKind& kind) {
  Headings headings;
  // First all that are written, so that an alias of one column never hides another one.
  for (std::size_t i = 0; i < kind.columns.size(); ++i) {
    headings.emplace(plain_heading(kind.columns[i].zh), HeadingMatch{i, false});
    headings.emplace(plain_heading(kind.columns[i].en), HeadingMatch{i, false});
  }
  for (std::size_t i = 0; i < kind.columns.size(); ++i) {
    const Column& column = kind.columns[i];
    const bool text_pair =
        column.type == text && (column.path.ends_with("/zh") || column.path.ends_with("/en"));
    each(column.aliases, [&](std::string_view alias) {
      headings.emplace(plain_heading(alias), HeadingMatch{i, text_pair && !says_language(alias)});
    });
  }
  return headings;
}

const Headings& headings(const SheetKind& kind) {
  static const std::map<Kind, Headings> all = [] {
    std::map<Kind, Headings> result;
    for (const SheetKind& each_kind : kKinds) {
      result.emplace(each_kind.kind, headings_of(each_kind));
    }
    return result;
  }();
  return all.at(kind.kind);
}

template <class Label>
std::string joined_labels(const json& list, Language language, const Label& label) {
  std::string joined;
  for (const json& element : list) {
    if (!joined.empty()) joined += language == Language::zh ? "；" : "; ";
    joined += label(element.get_ref<const std::string&>());
  }
  return joined;
}

bool splits(std::string_view name) {
  for (const std::string_view separator : {";", "；", "、", "\n", "\r"}) {
    if (name.find(separator) != std::string_view::npos) return true;
  }
  return false;
}

}  // namespace

const Text kAboutName = {"说明", "About"};
const char* const kDemonstrationLabel = "演示数据 / Demonstration data";

std::span<const SheetKind> sheet_kinds() {
  return kKinds;
}

std::string folded(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const auto at = [&](std::size_t n) {
      return i + n < text.size() ? static_cast<unsigned char>(text[i + n]) : 0U;
    };
    if (byte <= 0x20 || byte == 0x7F) continue;
    if (byte == 0xC2 && at(1) == 0xA0) {  // no-break space
      i += 1;
    } else if ((byte == 0xE3 && at(1) == 0x80 && at(2) == 0x80) ||  // ideographic space
               (byte == 0xE2 && at(1) == 0x80 && at(2) == 0x8B) ||  // zero width space
               (byte == 0xEF && at(1) == 0xBB && at(2) == 0xBF)) {  // byte order mark
      i += 2;
    } else if (byte == 0xEF && ((at(1) == 0xBC && at(2) >= 0x81 && at(2) <= 0xBF) ||
                                (at(1) == 0xBD && at(2) >= 0x80 && at(2) <= 0x9E))) {
      // U+FF01 to U+FF5E are the full-width forms of ! to ~.
      const unsigned wide = ((at(1) & 0x3FU) << 6U) | (at(2) & 0x3FU);
      char plain = static_cast<char>(wide - 0xF01U + 0x21U);
      if (plain >= 'A' && plain <= 'Z') plain = static_cast<char>(plain - 'A' + 'a');
      result += plain;
      i += 2;
    } else {
      const char c = text[i];
      result += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
  }
  return result;
}

std::string trimmed(std::string_view text) {
  constexpr std::array<std::string_view, 8> kSpaces = {
      " ", "\t", "\n", "\r", "\xC2\xA0", "\xE3\x80\x80", "\xEF\xBB\xBF", "\xE2\x80\x8B"};
  const auto strip = [&](auto ends, auto remove) {
    for (bool again = true; again;) {
      again = false;
      for (const std::string_view space : kSpaces) {
        if (!text.empty() && ends(space)) {
          remove(space.size());
          again = true;
        }
      }
    }
  };
  strip([&](std::string_view s) { return text.starts_with(s); },
        [&](std::size_t n) { text.remove_prefix(n); });
  strip([&](std::string_view s) { return text.ends_with(s); },
        [&](std::size_t n) { text.remove_suffix(n); });
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r') {
      result += text[i];
    } else if (i + 1 >= text.size() || text[i + 1] != '\n') {
      result += '\n';
    }
  }
  return result;
}

std::optional<HeadingMatch> match_heading(const SheetKind& kind, std::string_view heading) {
  if (heading.size() > 400) return std::nullopt;
  const Headings& known = headings(kind);
  const auto find = [&known](std::string plain) -> std::optional<HeadingMatch> {
    while (!plain.empty()) {
      if (const auto found = known.find(plain); found != known.end()) return found->second;
      plain = without_brackets(plain);
    }
    return std::nullopt;
  };
  if (auto match = find(plain_heading(heading))) return match;
  // In both languages: 编号/Code, or one below the other.
  std::size_t from = 0;
  while (from <= heading.size()) {
    const std::size_t to = std::min(heading.find_first_of("/\n|", from), heading.size());
    if (auto match = find(plain_heading(heading.substr(from, to - from)))) return match;
    from = to + 1;
  }
  return std::nullopt;
}

const SheetKind* kind_of_list(std::string_view list) {
  const auto found = std::find_if(kKinds.begin(), kKinds.end(),
                                  [list](const SheetKind& kind) { return kind.list == list; });
  return found == kKinds.end() ? nullptr : &*found;
}

const SheetKind* kind_by_name(std::string_view name) {
  const std::string plain = plain_heading(name);
  for (const SheetKind& kind : kKinds) {
    bool found = plain == plain_heading(kind.zh) || plain == plain_heading(kind.en);
    each(kind.aliases,
         [&](std::string_view alias) { found = found || plain == plain_heading(alias); });
    if (found) return &kind;
  }
  return nullptr;
}

void Names::Table::add(const std::string& id, std::string_view name) {
  std::string key = folded(name);
  if (key.empty()) return;
  std::vector<std::string>& known = names[std::move(key)];
  if (std::find(known.begin(), known.end(), id) == known.end()) known.push_back(id);
}

Names::Names(const Programme& programme) {
  std::unordered_map<std::string_view, const City*> cities;
  for (const City& city : programme.cities) {
    cities.emplace(city.id, &city);
    cities_.ids.emplace(city.id, &city.name);
    cities_.add(city.id, city.name.zh);
    cities_.add(city.id, city.name.zh.empty() ? city.name.zh : city.name.zh + "市");
    cities_.add(city.id, city.name.en);
  }
  for (const Department& department : programme.departments) {
    departments_.ids.emplace(department.id, &department.name);
    const Text& name = department.name;
    departments_.add(department.id, name.zh);
    departments_.add(department.id, name.en);
    const auto city = cities.find(department.city);
    if (city == cities.end()) continue;
    // With and without the city: 呼和浩特市发改委, 呼和浩特发改委, 市发改委, 发改委.
    const std::string& zh = city->second->name.zh;
    const std::string& en = city->second->name.en;
    if (!zh.empty() && !name.zh.empty()) {
      std::string_view rest = name.zh;
      if (rest.starts_with(zh)) rest.remove_prefix(zh.size());
      if (rest.starts_with("市") && rest.size() > 3) rest.remove_prefix(3);
      departments_.add(department.id, rest);
      for (const std::string& prefix : {zh + "市", zh, std::string("市")}) {
        departments_.add(department.id, prefix + std::string(rest));
      }
    }
    if (!en.empty() && !name.en.empty()) {
      std::string_view rest = name.en;
      if (rest.starts_with(en + ' ')) rest.remove_prefix(en.size() + 1);
      departments_.add(department.id, rest);
      departments_.add(department.id, en + ' ' + std::string(rest));
    }
  }
  for (const Area& area : programme.areas) {
    areas_.ids.emplace(area.id, &area.title);
    areas_.add(area.id, area.title.zh);
    areas_.add(area.id, area.title.en);
  }
  for (const Source& source : programme.sources) {
    sources_.ids.emplace(source.id, &source.title);
    sources_.add(source.id, source.title.zh);
    sources_.add(source.id, source.title.en);
  }
}

std::vector<std::string> Names::find(const Table& table, std::string_view text) {
  if (table.ids.contains(text)) return {std::string(text)};
  const auto found = table.names.find(folded(text));
  return found == table.names.end() ? std::vector<std::string>() : found->second;
}

std::string Names::label(const Table& table, const std::string& id, Language language) {
  const auto found = table.ids.find(id);
  if (found == table.ids.end()) return id;
  const std::string& name = found->second->in(language);
  if (splits(name) || trimmed(name) != name) return id;
  const std::vector<std::string> back = find(table, name);
  return back.size() == 1 && back.front() == id ? name : id;
}

const json* value_at(const json& element, std::string_view path) {
  const json* value = &element;
  while (!path.empty()) {
    if (!value->is_object()) return nullptr;
    const std::size_t slash = path.find('/');
    const auto found = value->find(std::string(path.substr(0, slash)));
    if (found == value->end()) return nullptr;
    value = &*found;
    path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
  }
  return value;
}

void set_at(json& element, std::string_view path, json value) {
  json* target = &element;
  while (!path.empty()) {
    const std::size_t slash = path.find('/');
    target = &(*target)[std::string(path.substr(0, slash))];
    path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
  }
  *target = std::move(value);
}

std::string words_for(ValueType type, std::string_view name, Language language) {
  for (const Word& word : kWords) {
    if (word.type != type || word.name != name) continue;
    return std::string(nth(word.words, language == Language::zh ? 0 : 1));
  }
  return std::string(name);
}

Cell to_cell(const json* value, ValueType type, Language language, const Names& names) {
  const auto word = [&](std::string_view name) { return words_for(type, name, language); };
  if (value == nullptr || value->is_null()) {
    if (type == lag) return {0.0};
    if (type == count) return {1.0};
    if (type == flag) return {word("false")};
    return {};
  }
  if (type == flag) return {word(value->is_boolean() && value->get<bool>() ? "true" : "false")};
  if (value->is_number()) return {value->get<double>()};
  if (value->is_array()) {
    return {joined_labels(*value, language, [&](const std::string& each_id) {
      return type == departments ? names.department_label(each_id, language)
             : type == cities    ? names.city_label(each_id, language)
                                 : each_id;
    })};
  }
  if (!value->is_string()) return {};
  const auto& string = value->get_ref<const std::string&>();
  switch (type) {
    case date:
      if (const auto day = parse_date(string)) return {*day};
      return {string};
    case area:
      return {names.area_label(string, language)};
    case source:
      return {names.source_label(string, language)};
    case city:
      return {names.city_label(string, language)};
    case status:
    case rag:
    case dependency_type:
    case evidence_kind:
    case counts:
    case cluster:
    case chain_position:
    case degree:
      return {word(string)};
    default:
      return {string};
  }
}

std::optional<std::string_view> name_in_files(ValueType type, std::string_view words) {
  static const std::map<std::pair<ValueType, std::string>, std::string_view> all = [] {
    std::map<std::pair<ValueType, std::string>, std::string_view> result;
    for (const Word& word : kWords) {
      result.emplace(std::pair(word.type, folded(word.name)), word.name);
      each(word.words, [&](std::string_view one) {
        result.emplace(std::pair(word.type, folded(one)), word.name);
      });
    }
    return result;
  }();
  std::string key = folded(words);
  // Dashes that word processors put for a hyphen.
  for (const std::string_view dash : {"—", "–", "－", "→"}) {
    for (std::size_t at = key.find(dash); at != std::string::npos; at = key.find(dash)) {
      key.replace(at, dash.size(), "-");
    }
  }
  const auto found = all.find(std::pair(type, key));
  if (found == all.end()) return std::nullopt;
  return found->second;
}

std::string known_words(ValueType type, Language language) {
  std::string text;
  for (const Word& word : kWords) {
    if (word.type != type) continue;
    if (!text.empty()) text += language == Language::zh ? "、" : ", ";
    text += nth(word.words, language == Language::zh ? 0 : 1);
  }
  return text;
}

}  // namespace tc::sheets
