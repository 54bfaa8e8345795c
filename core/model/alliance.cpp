#include "core/model/alliance.hpp"

namespace tc {

std::string_view name_of(MemberKind kind) {
  switch (kind) {
    case MemberKind::firm:
      return "firm";
    case MemberKind::institute:
      return "institute";
    case MemberKind::university:
      return "university";
    case MemberKind::government:
      return "government";
    case MemberKind::group:
      break;
  }
  return "group";
}

std::string_view name_of(LinkKind kind) {
  switch (kind) {
    case LinkKind::supply:
      return "supply";
    case LinkKind::research:
      return "research";
    case LinkKind::capital:
      break;
  }
  return "capital";
}

const Text& label_of(MemberKind kind) {
  static const std::array<Text, kMemberKinds.size()> labels = {{
      {"企业", "Firm"},
      {"科研院所", "Institute"},
      {"高校", "University"},
      {"政府部门", "Government"},
      {"一类单位", "Group"},
  }};
  return labels[static_cast<std::size_t>(kind)];
}

const Text& label_of(LinkKind kind) {
  static const std::array<Text, kLinkKinds.size()> labels = {{
      {"供应", "Supply"},
      {"研发", "Research"},
      {"资本", "Capital"},
  }};
  return labels[static_cast<std::size_t>(kind)];
}

}  // namespace tc
