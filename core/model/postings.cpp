#include "core/model/postings.hpp"

#include <utility>

#include "core/model/programme.hpp"

namespace tc {

std::string_view name_of(IndustryCluster cluster) {
  constexpr std::array<std::string_view, kIndustryClusters.size()> names = {
      "new-energy", "modern-equipment", "dairy", "big-data", "biomedicine", "modern-chemicals"};
  return names[static_cast<std::size_t>(cluster)];
}

std::string_view name_of(ChainPosition stage) {
  constexpr std::array<std::string_view, kChainPositions.size()> names = {"upstream", "midstream",
                                                                          "downstream", "service"};
  return names[static_cast<std::size_t>(stage)];
}

std::string_view name_of(Degree degree) {
  constexpr std::array<std::string_view, kDegrees.size()> names = {"vocational", "bachelor",
                                                                   "master", "doctor"};
  return names[static_cast<std::size_t>(degree)];
}

const Text& label_of(IndustryCluster cluster) {
  static const std::array<Text, kIndustryClusters.size()> labels = {{
      {"新能源", "New energy"},
      {"现代装备制造", "Modern equipment manufacturing"},
      {"乳业", "Dairy"},
      {"大数据", "Big data"},
      {"生物医药", "Biomedicine"},
      {"现代化工", "Modern chemicals"},
  }};
  return labels[static_cast<std::size_t>(cluster)];
}

const Text& label_of(ChainPosition stage) {
  static const std::array<Text, kChainPositions.size()> labels = {{
      {"上游", "Upstream"},
      {"中游", "Midstream"},
      {"下游", "Downstream"},
      {"服务", "Service"},
  }};
  return labels[static_cast<std::size_t>(stage)];
}

const Text& label_of(Degree degree) {
  static const std::array<Text, kDegrees.size()> labels = {{
      {"高职", "Vocational"},
      {"本科", "Bachelor"},
      {"硕士", "Master"},
      {"博士", "Doctor"},
  }};
  return labels[static_cast<std::size_t>(degree)];
}

Programme without_contacts(Programme programme) {
  for (Graduate& graduate : programme.graduates) graduate.contact.reset();
  return programme;
}

}  // namespace tc
