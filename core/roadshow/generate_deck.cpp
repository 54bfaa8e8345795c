#include "core/roadshow/generate_deck.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include "core/indicators/progress.hpp"
#include "core/matching/needs.hpp"
#include "core/model/summary.hpp"
#include "core/roadshow/edit_deck.hpp"
#include "core/roadshow/figure.hpp"

namespace tc::roadshow {

namespace {

Text operator+(const Text& a, const Text& b) {
  return {a.zh + b.zh, a.en + b.en};
}

/// A text of the programme in both languages, each falling back to the other.
Text full(const Text& text) {
  return {text.in(Language::zh), text.in(Language::en)};
}

Text number(std::size_t n) {
  return {std::to_string(n), std::to_string(n)};
}

/// 120 万元 / 1.2 million yuan; whole yuan below ten thousand.
Text money(double yuan) {
  const auto rounded = [](double value) {
    std::string text = std::to_string(std::llround(value * 100));
    while (text.size() < 3) text.insert(0, 1, '0');
    text.insert(text.size() - 2, 1, '.');
    while (text.back() == '0') text.pop_back();
    if (text.back() == '.') text.pop_back();
    return text;
  };
  Text text;
  text.zh = yuan >= 1e4 ? rounded(yuan / 1e4) + " 万元" : rounded(yuan) + " 元";
  text.en = yuan >= 1e6 ? rounded(yuan / 1e6) + " million yuan" : rounded(yuan) + " yuan";
  return text;
}

Slide slide_of(std::string id, SlideKind kind, Text title, int seconds) {
  Slide slide;
  slide.id = std::move(id);
  slide.kind = kind;
  slide.title = std::move(title);
  slide.seconds = seconds;
  return slide;
}

Slide view_slide(std::string id, const char* page, Text title, int seconds) {
  Slide slide = slide_of(std::move(id), SlideKind::view, std::move(title), seconds);
  slide.view.emplace().page = page;
  return slide;
}

Text demonstration_mark(const Programme& programme) {
  if (programme.kind != ProgrammeKind::demonstration) return {};
  return {"（演示数据）", " (demonstration data)"};
}

Slide title_slide(const Programme& programme, const Deck& deck, Date as_of) {
  Slide slide = slide_of("title", SlideKind::title, deck.title, 30);
  slide.text = full(programme.title) + Text{"\n" + format_date(as_of), "\n" + format_date(as_of)};
  return slide;
}

Slide closing_slide(Text ask) {
  Slide slide = slide_of("close", SlideKind::title, {"谢谢", "Thank you"}, 30);
  slide.text = std::move(ask);
  return slide;
}

/// Figures against their targets, the one furthest along last, at most `most`.
void indicator_slides(const Programme& programme, Date as_of, std::size_t most, Deck& deck) {
  std::vector<std::pair<double, std::size_t>> found;
  for (std::size_t i = 0; i < programme.indicators.size(); ++i) {
    const Indicator& indicator = programme.indicators[i];
    if (indicator.counts != Counts::nothing || !indicator.value) continue;
    const TargetProgress progress = progress_of(indicator, as_of);
    // Without a target a figure stands behind those that have one.
    found.emplace_back(progress.ratio.value_or(1e9), i);
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  found.resize(std::min(found.size(), most));
  for (const auto& [ratio, i] : found) {
    const Indicator& indicator = programme.indicators[i];
    Slide slide =
        slide_of("figure-" + std::to_string(i + 1), SlideKind::figure, indicator.name, 40);
    slide.indicator = indicator.id;
    deck.slides.push_back(std::move(slide));
  }
}

Deck quarter(const Programme& programme, const DeckOptions& options) {
  const Date as_of = options.as_of;
  const YearMonthDay day = civil(as_of);
  const int number_of_quarter = (day.month + 2) / 3;
  const std::string year = std::to_string(day.year);
  static constexpr std::array<const char*, 4> kZh = {"一", "二", "三", "四"};
  static constexpr std::array<const char*, 4> kEn = {"First", "Second", "Third", "Fourth"};
  const auto which = static_cast<std::size_t>(number_of_quarter - 1);
  Deck deck;
  deck.id = free_deck_id(programme, "status-" + year + "q" + std::to_string(number_of_quarter));
  deck.title = Text{year + " 年第" + kZh[which] + "季度工作情况",
                    std::string(kEn[which]) + " quarter of " + year + ": status"} +
               demonstration_mark(programme);
  deck.slides.push_back(title_slide(programme, deck, as_of));

  const Summary summary = summarise(programme, as_of);
  const ReportedTotals totals = reported_totals(programme);
  Slide overview = view_slide("overview", "overview", {"总体进展", "Where we stand"}, 90);
  if (totals.items) {
    // What is officially reported stands beside what the list adds up to; the view shows both.
    overview.notes = {"先报总数，再报各方面。总数以正式口径为准。",
                      "Totals first, then the areas. The totals are the reported ones."};
  } else {
    overview.notes = {"先报总数，再报各方面。", "Totals first, then the areas."};
  }
  deck.slides.push_back(std::move(overview));

  if (const std::size_t done = summary.items[Status::completed]; done > 0) {
    Slide slide = view_slide("completed", "items",
                             Text{"已完成 ", "Completed: "} + number(done) + Text{" 项", ""}, 60);
    slide.view->filters.emplace().status = Status::completed;
    deck.slides.push_back(std::move(slide));
  }
  indicator_slides(programme, as_of, 3, deck);

  const bool dated = !summary.late.empty() || !summary.next.empty();
  if (dated) {
    Slide roadmap = view_slide("roadmap", "roadmap", {"路线图", "Roadmap"}, 90);
    roadmap.notes = {"看关键路径：它推迟一天，整体就推迟一天。",
                     "Watch the critical path: a day there is a day of the whole."};
    deck.slides.push_back(std::move(roadmap));
  }
  std::vector<std::size_t> late;
  for (std::size_t i = 0; i < programme.items.size(); ++i) {
    if (is_late(programme.items[i], as_of)) late.push_back(i);
  }
  if (!late.empty()) {
    Slide slide = view_slide("late", "items",
                             Text{"已逾期 ", "Late: "} + number(late.size()) + Text{" 项", ""}, 90);
    slide.view->filters.emplace().late_only = true;
    for (const std::size_t item : late) {
      slide.notes = slide.notes +
                    Text{programme.items[item].code + " ", programme.items[item].code + " "} +
                    full(programme.items[item].title) + Text{"\n", "\n"};
    }
    deck.slides.push_back(std::move(slide));
  }
  if (dated) {
    deck.slides.push_back(view_slide("schedule", "schedule", {"时间表", "Schedule"}, 60));
  }
  if (!summary.next.empty()) {
    Slide slide = slide_of("next", SlideKind::text, {"下一步", "What comes next"}, 60);
    const std::size_t count = std::min<std::size_t>(5, summary.next.size());
    for (std::size_t i = 0; i < count; ++i) {
      const Deadline& deadline = summary.next[i];
      const ActionItem& item = programme.items[deadline.item];
      const Text& name =
          deadline.milestone ? item.milestones[*deadline.milestone].title : item.title;
      const std::string date = format_date(deadline.due) + "  ";
      BuildStep step;
      step.caption = Text{date, date} + full(name);
      slide.steps.push_back(std::move(step));
    }
    deck.slides.push_back(std::move(slide));
  }
  deck.slides.push_back(closing_slide(
      late.empty() ? Text{} : Text{"请研究逾期事项", "Please decide on what is late"}));
  return deck;
}

Deck one_alliance(const Programme& programme, const Alliance& alliance,
                  const DeckOptions& options) {
  Deck deck;
  deck.id = free_deck_id(programme, shorten(alliance.id, 48) + "-alliance");
  deck.title = full(alliance.title) + demonstration_mark(programme);
  deck.slides.push_back(title_slide(programme, deck, options.as_of));

  const std::size_t cities = programme.cities.size();
  std::vector<std::size_t> by_city(cities + 1);
  std::vector<std::vector<std::size_t>> by_stage(alliance.stages.size(),
                                                 std::vector<std::size_t>(cities + 1));
  std::size_t total = 0;
  for (const Member& member : programme.members) {
    for (const Membership& membership : member.memberships) {
      if (membership.alliance != alliance.id) continue;
      std::size_t city = 0;
      while (city < cities && programme.cities[city].id != member.city) ++city;
      ++by_city[city];
      ++total;
      for (std::size_t s = 0; s < alliance.stages.size(); ++s) {
        if (std::find(membership.stages.begin(), membership.stages.end(), alliance.stages[s].id) !=
            membership.stages.end()) {
          ++by_stage[s][city];
        }
      }
    }
  }
  const auto cities_text = [&](const std::vector<std::size_t>& counts) {
    Text text;
    for (std::size_t city = 0; city < counts.size(); ++city) {
      if (counts[city] == 0 && city == cities) continue;
      if (!text.empty()) text = text + Text{"，", ", "};
      text = text +
             (city < cities ? full(programme.cities[city].name) : Text{"其他", "elsewhere"}) +
             Text{" ", " "} + number(counts[city]) + Text{" 家", ""};
    }
    return text;
  };
  Slide network = view_slide("network", "network", {"联盟网络", "The network"}, 90);
  network.view->highlights.push_back(alliance.id);
  network.text = total == 0 ? Text{"成员尚无资料", "Members not known"}
                            : Text{"成员 ", "Members: "} + number(total) + Text{" 家：", " ("} +
                                  cities_text(by_city) + Text{"", ")"};
  deck.slides.push_back(std::move(network));

  if (!alliance.stages.empty()) {
    Slide chain =
        slide_of("chain", SlideKind::text, {"产业链各环节", "The chain, stage by stage"}, 120);
    Text gaps;
    for (std::size_t s = 0; s < alliance.stages.size(); ++s) {
      BuildStep step;
      step.caption = full(alliance.stages[s].title) + Text{"：", ": "} + cities_text(by_stage[s]);
      chain.steps.push_back(std::move(step));
      const auto& counts = by_stage[s];
      if (std::all_of(counts.begin(), counts.end(), [](std::size_t n) { return n == 0; })) {
        if (!gaps.empty()) gaps = gaps + Text{"、", ", "};
        gaps = gaps + full(alliance.stages[s].title);
      }
    }
    if (!gaps.empty()) chain.notes = Text{"缺少成员的环节：", "Stages without a member: "} + gaps;
    deck.slides.push_back(std::move(chain));
  }

  // What research has to offer for the same industry.
  std::size_t offered = 0;
  for (const ResearchResult& result : programme.results) {
    if (!result.cluster || offered == 3) continue;
    const std::string_view cluster = name_of(*result.cluster);
    if (alliance.industry.empty() || cluster.find(alliance.industry) == std::string_view::npos)
      continue;
    if (result.trl > 0 && result.trl < 7) continue;
    Slide slide =
        slide_of("result-" + std::to_string(++offered), SlideKind::pitch, result.title, 60);
    slide.result = result.id;
    deck.slides.push_back(std::move(slide));
  }
  if (!programme.policies.empty()) {
    deck.slides.push_back(
        view_slide("policies", "policies", {"可用政策", "Policies that apply"}, 60));
  }
  deck.slides.push_back(closing_slide({"欢迎加入联盟", "Come and join"}));
  return deck;
}

Result<Deck> ten_results(const Programme& programme, const DeckOptions& options) {
  Result<Deck> made;
  const auto nothing = [&made](const char* pointer) {
    made.errors.push_back(
        {ErrorCode::empty_value, pointer, {}, "results that answer open needs", std::nullopt});
    return made;
  };
  if (options.taxonomy == nullptr || programme.needs.empty()) return nothing("/needs");
  matching::NeedOptions wanted;
  wanted.as_of = options.as_of;
  wanted.exclusive = true;  // ten results to ten firms: nobody twice
  const matching::NeedMatcher matcher(*options.taxonomy, programme, wanted);
  std::vector<matching::PairScore> pairs = matcher.assign_all().pairs;
  std::stable_sort(pairs.begin(), pairs.end(),
                   [](const auto& a, const auto& b) { return a.total > b.total; });
  // One need a firm.
  std::vector<std::string> firms;
  std::erase_if(pairs, [&](const matching::PairScore& pair) {
    const Text& firm = programme.needs[pair.need].firm;
    if (firm.empty()) return false;
    const std::string& name = firm.in(Language::zh);
    if (std::find(firms.begin(), firms.end(), name) != firms.end()) return true;
    firms.push_back(name);
    return false;
  });
  pairs.resize(std::min(pairs.size(), options.pitches));
  if (pairs.empty()) return nothing("/results");

  Deck deck;
  deck.id = free_deck_id(programme, "pitches-" + format_date(options.as_of));
  deck.title = number(pairs.size()) + Text{" 项成果对接 ", " results meet "} +
               number(pairs.size()) + Text{" 家企业", " firms"} + demonstration_mark(programme);
  deck.slides.push_back(title_slide(programme, deck, options.as_of));
  Slide agenda = slide_of("agenda", SlideKind::text, {"议程", "Agenda"}, 60);
  PitchSession session;
  std::vector<Slide> pitches;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const ResearchResult& result = programme.results[pairs[i].result];
    const Need& need = programme.needs[pairs[i].need];
    Slide slide = slide_of("pitch-" + std::to_string(i + 1), SlideKind::pitch, result.title, 180);
    slide.result = result.id;
    slide.need = need.id;
    if (result.team) {
      slide.team = Text{"可到场 ", ""} + number(static_cast<std::size_t>(*result.team)) +
                   Text{" 人", *result.team == 1 ? " person can come" : " people can come"};
    }
    if (result.price)
      slide.ask = Text{"转让或许可：", "Transfer or licence: "} + money(*result.price);
    const std::vector<matching::SharedTerm> terms = matcher.shared_terms(pairs[i], 4);
    std::string shared;
    for (const matching::SharedTerm& term : terms) {
      if (!shared.empty()) shared += " · ";
      shared += term.name;
    }
    const auto percent = std::llround(pairs[i].total * 100);
    slide.notes =
        Text{"匹配度 ", "Match "} + number(percent) + Text{"%", "%"} +
        (shared.empty() ? Text{} : Text{"；共同要点：", "; in common: "} + Text{shared, shared});
    agenda.text = agenda.text + (agenda.text.empty() ? Text{} : Text{"\n", "\n"}) + number(i + 1) +
                  Text{"  ", "  "} + full(result.title) +
                  (need.firm.empty() ? Text{} : Text{" → ", " → "} + full(need.firm));
    Pitch pitch;
    pitch.id = "P" + std::to_string(i + 1);
    pitch.slide = slide.id;
    pitch.presenter = result.owner;
    session.pitches.push_back(std::move(pitch));
    pitches.push_back(std::move(slide));
  }
  deck.slides.push_back(std::move(agenda));
  for (Slide& slide : pitches) deck.slides.push_back(std::move(slide));
  Slide interest = slide_of("interest", SlideKind::figure, {"现场意向", "Interest so far"}, 30);
  interest.computed = ComputedFigure::interest;
  deck.slides.push_back(std::move(interest));
  deck.slides.push_back(closing_slide(
      {"意向已记入台账，会后逐一对接", "Interest is in the ledger; we follow up with each"}));
  deck.session = std::move(session);
  made.value = std::move(deck);
  return made;
}

}  // namespace

std::string_view name_of(DeckTemplate which) {
  constexpr std::array<std::string_view, kDeckTemplates.size()> names = {"quarter-status",
                                                                         "alliance", "ten-results"};
  return names[static_cast<std::size_t>(which)];
}

const Text& label_of(DeckTemplate which) {
  static const std::array<Text, kDeckTemplates.size()> labels = {{
      {"季度工作情况", "Status of the quarter"},
      {"一个联盟", "One alliance"},
      {"十项成果对接十家企业", "Ten results to ten firms"},
  }};
  return labels[static_cast<std::size_t>(which)];
}

Result<Deck> generate_deck(const Programme& programme, DeckTemplate which,
                           const DeckOptions& options) {
  Result<Deck> made;
  switch (which) {
    case DeckTemplate::quarter_status:
      if (programme.items.empty() && programme.indicators.empty()) {
        made.errors.push_back(
            {ErrorCode::empty_value, "/items", {}, "items or indicators", std::nullopt});
      } else {
        made.value = quarter(programme, options);
      }
      return made;
    case DeckTemplate::alliance: {
      const auto found =
          std::find_if(programme.alliances.begin(), programme.alliances.end(),
                       [&options](const Alliance& each) { return each.id == options.alliance; });
      if (found == programme.alliances.end()) {
        made.errors.push_back({ErrorCode::dangling_reference,
                               {},
                               shorten(options.alliance),
                               "/alliances",
                               std::nullopt});
      } else {
        made.value = one_alliance(programme, *found, options);
      }
      return made;
    }
    case DeckTemplate::ten_results:
      break;
  }
  return ten_results(programme, options);
}

}  // namespace tc::roadshow
