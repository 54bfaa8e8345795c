#include "core/roadshow/figure.hpp"

#include <algorithm>
#include <array>

#include "core/model/summary.hpp"

namespace tc::roadshow {

namespace {

double count_of(const Programme& programme, ComputedFigure figure, Date as_of) {
  const auto with_status = [&programme](Status status) {
    return static_cast<double>(
        std::count_if(programme.items.begin(), programme.items.end(),
                      [status](const ActionItem& item) { return item.status == status; }));
  };
  switch (figure) {
    case ComputedFigure::items:
      return static_cast<double>(programme.items.size());
    case ComputedFigure::completed:
      return with_status(Status::completed);
    case ComputedFigure::staged_results:
      return with_status(Status::staged_result);
    case ComputedFigure::late:
      return static_cast<double>(
          std::count_if(programme.items.begin(), programme.items.end(),
                        [as_of](const ActionItem& item) { return is_late(item, as_of); }));
    case ComputedFigure::due_soon:
      return static_cast<double>(std::count_if(
          programme.items.begin(), programme.items.end(), [as_of](const ActionItem& item) {
            return item.due && *item.due >= as_of && *item.due <= as_of + 30 &&
                   item.status != Status::completed;
          }));
    case ComputedFigure::members:
      return static_cast<double>(
          std::count_if(programme.members.begin(), programme.members.end(),
                        [](const Member& member) { return !member.memberships.empty(); }));
    case ComputedFigure::needs:
      return static_cast<double>(std::count_if(
          programme.needs.begin(), programme.needs.end(),
          [as_of](const Need& need) { return is_open(need.posted, need.deadline, as_of); }));
    case ComputedFigure::results:
      return static_cast<double>(programme.results.size());
    case ComputedFigure::openings: {
      double places = 0;
      for (const Job& job : programme.jobs) {
        if (is_open(job.posted, job.deadline, as_of)) places += job.quota;
      }
      return places;
    }
    case ComputedFigure::interest: {
      double parties = 0;
      for (const Interest& interest : programme.interests) parties += interest.count;
      return parties;
    }
  }
  return 0;
}

const Text& unit_of(ComputedFigure figure) {
  static const Text kItems = {"项", "items"};
  static const Text kMembers = {"家", "members"};
  static const Text kNeeds = {"项", "needs"};
  static const Text kResults = {"项", "results"};
  static const Text kPosts = {"个", "posts"};
  static const Text kParties = {"家", "parties"};
  switch (figure) {
    case ComputedFigure::members:
      return kMembers;
    case ComputedFigure::needs:
      return kNeeds;
    case ComputedFigure::results:
      return kResults;
    case ComputedFigure::openings:
      return kPosts;
    case ComputedFigure::interest:
      return kParties;
    default:
      return kItems;
  }
}

}  // namespace

bool is_open(const std::optional<Date>& posted, const std::optional<Date>& deadline, Date day) {
  return (!posted || *posted <= day) && (!deadline || day <= *deadline);
}

const Text& label_of(ComputedFigure figure) {
  static const std::array<Text, kComputedFigures.size()> labels = {{
      {"清单事项", "Items on the list"},
      {"已完成", "Completed"},
      {"取得阶段性成果", "With staged results"},
      {"已逾期", "Late"},
      {"30 天内到期", "Due within 30 days"},
      {"联盟成员", "Members of alliances"},
      {"有效企业需求", "Open needs of firms"},
      {"科技成果", "Research results"},
      {"在招岗位", "Open posts"},
      {"现场意向", "Parties interested"},
  }};
  return labels[static_cast<std::size_t>(figure)];
}

std::optional<Figure> figure_of(const Programme& programme, const Slide& slide, Date as_of) {
  Figure figure;
  if (slide.computed) {
    figure.name = label_of(*slide.computed);
    figure.value = count_of(programme, *slide.computed, as_of);
    figure.unit = unit_of(*slide.computed);
    figure.as_of = as_of;
    figure.computed = true;
    return figure;
  }
  const auto found =
      std::find_if(programme.indicators.begin(), programme.indicators.end(),
                   [&slide](const Indicator& each) { return each.id == slide.indicator; });
  if (found == programme.indicators.end()) return std::nullopt;
  figure.name = found->name;
  figure.value = found->value;
  figure.unit = found->unit;
  figure.at_least = found->at_least;
  figure.target = found->target;
  figure.target_date = found->target_date;
  figure.as_of = found->as_of;
  figure.source = found->source;
  return figure;
}

int interest_in_result(const Programme& programme, const std::string& result) {
  int parties = 0;
  for (const Interest& interest : programme.interests) {
    if (interest.result == result) parties += interest.count;
  }
  return parties;
}

int interest_in_need(const Programme& programme, const std::string& need) {
  int parties = 0;
  for (const Interest& interest : programme.interests) {
    if (interest.need == need) parties += interest.count;
  }
  return parties;
}

}  // namespace tc::roadshow
