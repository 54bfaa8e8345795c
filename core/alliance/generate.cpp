#include "core/alliance/generate.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "core/model/random.hpp"

namespace tc::alliance {

namespace {

struct Pair {
  const char* zh;
  const char* en;
};

constexpr std::size_t kStages = 6;
constexpr std::array<Pair, kStages> kStageNames = {{{"原料", "Feedstock"},
                                                    {"材料", "Material"},
                                                    {"部件", "Part"},
                                                    {"组件", "Module"},
                                                    {"整机", "Assembly"},
                                                    {"应用", "Use"}}};

std::string numbered(const char* prefix, std::size_t i) {
  return prefix + std::to_string(i + 1);
}

}  // namespace

void add_generated_network(Programme& programme, std::size_t members, std::size_t links,
                           std::uint64_t seed) {
  if (members < 2) links = 0;
  SplitMix64 random(seed);
  Alliance alliance;
  alliance.id = "generated";
  alliance.title = {"生成的产业联盟", "Generated alliance"};
  for (std::size_t i = 0; i < kStages; ++i) {
    ChainStage stage;
    stage.id = numbered("s", i);
    stage.title = {kStageNames[i].zh, kStageNames[i].en};
    alliance.stages.push_back(std::move(stage));
    Product product;
    product.id = numbered("generated-p", i);
    product.name = {kStageNames[i].zh, kStageNames[i].en};
    product.unit = {"吨", "t"};
    product.equivalent = 1;
    programme.products.push_back(std::move(product));
  }
  programme.alliances.push_back(std::move(alliance));
  for (std::size_t i = 0; i < members; ++i) {
    const std::size_t stage = i % kStages;
    Member member;
    member.id = numbered("m", i);
    member.name = {numbered("成员 ", i), numbered("Member ", i)};
    const int kind = random.below(10);
    member.kind = kind < 8    ? MemberKind::firm
                  : kind == 8 ? MemberKind::institute
                              : MemberKind::university;
    if (!programme.cities.empty()) {
      member.city = programme.cities[random.below(programme.cities.size())].id;
    }
    Membership membership;
    membership.alliance = "generated";
    membership.stages = {numbered("s", stage)};
    member.memberships.push_back(std::move(membership));
    ProductVolume made;
    made.product = numbered("generated-p", stage);
    made.volume = static_cast<double>(100 + random.below(900));
    member.makes.push_back(std::move(made));
    programme.members.push_back(std::move(member));
  }
  for (std::size_t i = 0; i < links; ++i) {
    const std::size_t from = random.below(members);
    // Near in number is near in the chain as well.
    std::size_t to = random.below(4) == 0 ? random.below(members)
                                          : from + 1 + kStages * random.below(std::size_t{12});
    to %= members;
    if (to == from) to = (from + 1) % members;
    ChainLink link;
    link.id = numbered("generated-l", i);
    link.from = numbered("m", from);
    link.to = numbered("m", to);
    if (random.below(5) == 0) {
      link.kind = LinkKind::research;
    } else {
      link.product = numbered("generated-p", from % kStages);
      link.volume = static_cast<double>(10 + random.below(90));
    }
    programme.chain_links.push_back(std::move(link));
  }
}

}  // namespace tc::alliance
