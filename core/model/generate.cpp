#include "core/model/generate.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "core/model/random.hpp"

namespace tc {

namespace {

struct Pair {
  const char* zh;
  const char* en;
  Text text() const { return {zh, en}; }
};

constexpr std::array<Pair, 12> kAreas = {{
    {"规划统筹", "Joint planning"},
    {"基础设施联通", "Connected infrastructure"},
    {"产业协同", "Industrial cooperation"},
    {"科技创新", "Science and innovation"},
    {"人才就业", "Talent and employment"},
    {"教育合作", "Education"},
    {"医疗卫生", "Health care"},
    {"生态环保", "Environment"},
    {"文化旅游", "Culture and tourism"},
    {"政务服务", "Government services"},
    {"营商环境", "Business environment"},
    {"应急治理", "Emergency response"},
}};

constexpr std::array<Pair, 8> kDepartments = {{
    {"发展和改革委员会", "Development and Reform Commission"},
    {"工业和信息化局", "Bureau of Industry and Information Technology"},
    {"科学技术局", "Bureau of Science and Technology"},
    {"人力资源和社会保障局", "Bureau of Human Resources and Social Security"},
    {"教育局", "Education Bureau"},
    {"交通运输局", "Transport Bureau"},
    {"生态环境局", "Ecology and Environment Bureau"},
    {"政务服务局", "Government Services Bureau"},
}};

constexpr std::array<Pair, 10> kVerbs = {{
    {"建设", "Build"},
    {"编制", "Draw up"},
    {"推进", "Advance"},
    {"完善", "Improve"},
    {"联合开展", "Jointly run"},
    {"搭建", "Set up"},
    {"试点", "Pilot"},
    {"共享", "Share"},
    {"优化", "Optimise"},
    {"发布", "Publish"},
}};

constexpr std::array<Pair, 20> kObjects = {{
    {"城际快速通道", "the intercity express road"},
    {"公交一卡通互认", "mutual acceptance of transit cards"},
    {"新能源装备产业联盟", "the alliance for new-energy equipment"},
    {"算力调度平台", "the computing-power dispatch platform"},
    {"乳业质量追溯体系", "traceability of dairy products"},
    {"联合实验室", "the joint laboratory"},
    {"科技成果路演", "roadshows of research results"},
    {"大学生联合招聘", "joint recruitment of graduates"},
    {"职业院校实训基地", "training bases of vocational schools"},
    {"医保异地结算", "cross-city settlement of health insurance"},
    {"检查检验结果互认", "mutual recognition of test results"},
    {"黄河流域水质监测", "water-quality monitoring of the Yellow River"},
    {"大气污染联防联控", "joint prevention of air pollution"},
    {"文旅精品线路", "tourist routes"},
    {"政务服务跨城通办", "cross-city government services"},
    {"信用信息互通", "exchange of credit information"},
    {"招商项目库", "the pool of investment projects"},
    {"应急物资储备", "emergency reserves"},
    {"数据目录", "the data catalogue"},
    {"人才住房保障", "housing for talent"},
}};

constexpr std::array<Pair, 5> kStages = {{
    {"方案审定", "Plan approved"},
    {"启动实施", "Work begins"},
    {"中期评估", "Mid-term review"},
    {"试运行", "Trial operation"},
    {"总结验收", "Acceptance"},
}};

ActionItem make_item(std::size_t i, SplitMix64& random, Date epoch, Date as_of) {
  ActionItem item;
  std::string number = std::to_string(i + 1);
  if (number.size() < 5) number.insert(0, 5 - number.size(), '0');
  item.code = "G" + number;
  const Pair& verb = kVerbs[random.below(kVerbs.size())];
  const Pair& object = kObjects[random.below(kObjects.size())];
  item.title = {std::string(verb.zh) + object.zh + "（" + std::to_string(i + 1) + "）",
                std::string(verb.en) + " " + object.en + " (" + std::to_string(i + 1) + ")"};
  item.area = "A" + std::to_string(1 + random.below(kAreas.size()));
  item.leads.push_back("H" + std::to_string(1 + random.below(kDepartments.size())));
  item.leads.push_back("B" + std::to_string(1 + random.below(kDepartments.size())));

  item.start = epoch + random.below(500);
  item.due = *item.start + 30 + random.below(300);
  const int lot = random.below(100);
  if (*item.start > as_of) {
    item.status = lot < 95 ? Status::not_started : Status::unknown;
  } else {
    item.started = std::min(as_of, *item.start + random.below(20));
    if (*item.due < as_of ? lot < 80 : lot < 5) {
      item.status = Status::completed;
      item.finished = std::max(*item.started, std::min(as_of, *item.due + (random.below(40) - 25)));
      item.progress = 100;
    } else {
      item.status = lot < 85   ? Status::under_way
                    : lot < 96 ? Status::staged_result
                               : Status::blocked;
      item.progress = random.below(96);
    }
  }
  const int stages = 2 + random.below(4);
  const int span = *item.due - *item.start;
  for (int k = 0; k < stages; ++k) {
    Milestone milestone;
    milestone.id = "M" + std::to_string(k + 1);
    milestone.title = kStages[static_cast<std::size_t>(k)].text();
    milestone.due = *item.start + span * (k + 1) / stages;
    const bool past = *milestone.due < as_of && random.below(10) > 0;
    if (item.status == Status::completed) {
      milestone.finished = std::min(*item.finished, *milestone.due);
    } else if (past && item.started) {
      milestone.finished = milestone.due;
    }
    item.milestones.push_back(std::move(milestone));
  }
  const int predecessors = i == 0 ? 0 : random.below(4);
  for (int k = 0; k < predecessors; ++k) {
    // Mostly near neighbours, as lists written by people are.
    const std::size_t back = 1 + static_cast<std::size_t>(random.below(50));
    if (back > i) continue;
    std::string code = std::to_string(i - back + 1);
    if (code.size() < 5) code.insert(0, 5 - code.size(), '0');
    code.insert(0, "G");
    const bool twice =
        std::any_of(item.depends_on.begin(), item.depends_on.end(),
                    [&code](const Dependency& dependency) { return dependency.item == code; });
    if (twice) continue;
    Dependency dependency;
    dependency.item = std::move(code);
    dependency.type = static_cast<DependencyType>(random.below(10) < 7 ? 0 : random.below(4));
    dependency.lag_days = random.below(4) == 0 ? random.below(11) - 3 : 0;
    item.depends_on.push_back(std::move(dependency));
  }
  return item;
}

}  // namespace

Programme generate_programme(std::size_t items, std::uint64_t seed) {
  SplitMix64 random(seed);
  const Date epoch = *make_date(2024, 1, 1);
  const Date as_of = *make_date(2024, 12, 31);
  Programme programme;
  programme.id = "generated-" + std::to_string(items) + "-" + std::to_string(seed);
  programme.title = {"生成的演示数据（" + std::to_string(items) + " 项）",
                     "Generated demonstration data (" + std::to_string(items) + " items)"};
  programme.kind = ProgrammeKind::demonstration;
  programme.as_of = as_of;
  programme.cities = {{"hohhot", {"呼和浩特", "Hohhot"}, {}}, {"baotou", {"包头", "Baotou"}, {}}};
  for (const City& city : programme.cities) {
    const char* prefix = city.id == "hohhot" ? "H" : "B";
    for (std::size_t i = 0; i < kDepartments.size(); ++i) {
      programme.departments.push_back(
          {prefix + std::to_string(i + 1),
           city.id,
           {city.name.zh + "市" + kDepartments[i].zh, city.name.en + " " + kDepartments[i].en},
           {}});
    }
  }
  for (std::size_t i = 0; i < kAreas.size(); ++i) {
    programme.areas.push_back({"A" + std::to_string(i + 1), kAreas[i].text(), {}});
  }
  programme.items.reserve(items);
  for (std::size_t i = 0; i < items; ++i) {
    programme.items.push_back(make_item(i, random, epoch, as_of));
  }
  return programme;
}

}  // namespace tc
