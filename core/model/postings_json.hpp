#pragma once

#include <string>
#include <type_traits>
#include <utility>

#include "core/model/error.hpp"
#include "core/model/postings.hpp"
#include "core/model/presence.hpp"

/// How postings stand in a programme file. A part of programme_json.cpp, which brings the visitors
/// that read and write: each `members` is the one description of its object.

namespace tc {

inline constexpr double kMaxMoney = 1e15;

template <class V, class T>
void members(V& v, T& m) requires std::is_same_v<std::remove_const_t<T>, Need> {
  v.id("id", m.id, Presence::required);
  v.title("title", m.title, Presence::required);
  v.title("text", m.text, Presence::optional);
  v.title("firm", m.firm, Presence::optional);
  v.id("city", m.city, Presence::optional);
  v.optional_name("cluster", m.cluster, kIndustryClusters);
  v.optional_name("stage", m.stage, kChainPositions);
  v.whole("trl", m.trl, 1, 9, 0);
  v.whole("team", m.team, 0, 100'000);
  v.number("budget", m.budget, 0, kMaxMoney);
  v.whole("capacity", m.capacity, 1, 1'000'000, 1);
  v.flag("exclusive", m.exclusive);
  v.date("posted", m.posted);
  v.date("deadline", m.deadline);
  v.part("source", m.source);
}

template <class V, class T>
void members(V& v, T& m) requires std::is_same_v<std::remove_const_t<T>, ResearchResult> {
  v.id("id", m.id, Presence::required);
  v.title("title", m.title, Presence::required);
  v.title("text", m.text, Presence::optional);
  v.title("owner", m.owner, Presence::optional);
  v.id("city", m.city, Presence::optional);
  v.optional_name("cluster", m.cluster, kIndustryClusters);
  v.optional_name("stage", m.stage, kChainPositions);
  v.whole("trl", m.trl, 1, 9, 0);
  v.whole("team", m.team, 0, 100'000);
  v.number("price", m.price, 0, kMaxMoney);
  v.whole("capacity", m.capacity, 1, 1'000'000, 1);
  v.date("updated", m.updated);
  v.part("source", m.source);
}

template <class V, class T>
void members(V& v, T& m) requires std::is_same_v<std::remove_const_t<T>, Job> {
  v.id("id", m.id, Presence::required);
  v.title("title", m.title, Presence::required);
  v.title("text", m.text, Presence::optional);
  v.title("employer", m.employer, Presence::optional);
  v.id("city", m.city, Presence::optional);
  v.optional_name("cluster", m.cluster, kIndustryClusters);
  v.whole("quota", m.quota, 1, 1'000'000, 1);
  v.optional_name("degree", m.degree, kDegrees);
  v.title("requirements", m.requirements, Presence::optional);
  v.number("salaryMin", m.salary_min, 0, kMaxMoney);
  v.number("salaryMax", m.salary_max, 0, kMaxMoney);
  v.date("posted", m.posted);
  v.date("deadline", m.deadline);
  v.ids("choices", m.choices);
  v.part("source", m.source);
}

template <class V, class T>
void members(V& v, T& m) requires std::is_same_v<std::remove_const_t<T>, Contact> {
  v.text("name", m.name);
  v.text("phone", m.phone);
  v.text("email", m.email);
}

template <class V, class T>
void members(V& v, T& m) requires std::is_same_v<std::remove_const_t<T>, Graduate> {
  v.id("code", m.code, Presence::required);
  v.title("field", m.field, Presence::optional);
  v.optional_name("degree", m.degree, kDegrees);
  v.title("skills", m.skills, Presence::optional);
  v.ids("cities", m.cities);
  v.number("salary", m.salary, 0, kMaxMoney);
  v.ids("choices", m.choices);
  v.part("contact", m.contact);
}

template <class V, class T>
void members(V& v, T& m) requires std::is_same_v<std::remove_const_t<T>, BidCriterion> {
  v.id("id", m.id, Presence::required);
  v.title("title", m.title, Presence::required);
  v.number("weight", m.weight, 0, 1e6);
}

template <class V, class T>
void members(V& v, T& m) requires std::is_same_v<std::remove_const_t<T>, BidJudge> {
  v.id("id", m.id, Presence::required);
  v.title("name", m.name, Presence::optional);
  v.ids("conflicts", m.conflicts);
}

template <class V, class T>
void members(V& v, T& m) requires std::is_same_v<std::remove_const_t<T>, BidScore> {
  v.id("judge", m.judge, Presence::required);
  v.id("criterion", m.criterion, Presence::required);
  v.number("score", m.score, 0, 100);
}

template <class V, class T>
void members(V& v, T& m) requires std::is_same_v<std::remove_const_t<T>, Bid> {
  v.id("id", m.id, Presence::required);
  v.title("bidder", m.bidder, Presence::optional);
  v.id("city", m.city, Presence::optional);
  v.number("price", m.price, 0, kMaxMoney);
  v.date("submitted", m.submitted);
  v.lines("scores", m.scores);
}

template <class V, class T>
void members(V& v, T& m) requires std::is_same_v<std::remove_const_t<T>, Challenge> {
  v.id("id", m.id, Presence::required);
  v.title("title", m.title, Presence::required);
  v.title("text", m.text, Presence::optional);
  v.title("owner", m.owner, Presence::optional);
  v.id("city", m.city, Presence::optional);
  v.optional_name("cluster", m.cluster, kIndustryClusters);
  v.number("budget", m.budget, 0, kMaxMoney);
  v.date("posted", m.posted);
  v.date("deadline", m.deadline);
  v.lines("criteria", m.criteria);
  v.lines("judges", m.judges);
  v.list("bids", m.bids, Presence::optional);
  v.part("source", m.source);
}

/// What types alone do not promise of postings. `Ids` is programme_json.cpp's set of ids, `Errors`
/// its collector.
template <class Ids, class Errors>
void check_challenge(const Challenge& challenge, const std::string& here, Ids& cities,
                     Errors& errors) {
  const auto collect = [&](const auto& list, const char* name) {
    const std::string pointer = child(here, name);
    Ids ids(pointer, errors);
    for (std::size_t i = 0; i < list.size(); ++i) {
      ids.add(list[i].id, child(child(pointer, i), "id"));
    }
    return ids;
  };
  Ids criteria = collect(challenge.criteria, "criteria");
  Ids judges = collect(challenge.judges, "judges");
  Ids bids = collect(challenge.bids, "bids");
  for (std::size_t i = 0; i < challenge.judges.size(); ++i) {
    const std::string pointer = child(child(child(here, "judges"), i), "conflicts");
    for (std::size_t k = 0; k < challenge.judges[i].conflicts.size(); ++k) {
      bids.require(challenge.judges[i].conflicts[k], child(pointer, k));
    }
  }
  for (std::size_t i = 0; i < challenge.bids.size(); ++i) {
    const Bid& bid = challenge.bids[i];
    const std::string place = child(child(here, "bids"), i);
    cities.require(bid.city, child(place, "city"));
    Ids given(child(place, "scores"), errors);
    for (std::size_t k = 0; k < bid.scores.size(); ++k) {
      const BidScore& score = bid.scores[k];
      const std::string pointer = child(child(place, "scores"), k);
      judges.require(score.judge, child(pointer, "judge"));
      criteria.require(score.criterion, child(pointer, "criterion"));
      // Ids hold no spaces, so the pair is unambiguous.
      if (!score.judge.empty() && !score.criterion.empty()) {
        given.add(score.judge + ' ' + score.criterion, pointer);
      }
    }
  }
}

template <class P, class Ids, class Errors>
void check_postings(const P& programme, Ids& cities, Ids& sources, Errors& errors) {
  const auto place = [](const char* list, std::size_t i) {
    return child(child(std::string(), list), i);
  };
  const auto collect = [&](const auto& list, const char* name, const char* member, auto id) {
    Ids ids(child(std::string(), name), errors);
    for (std::size_t i = 0; i < list.size(); ++i)
      ids.add(id(list[i]), child(place(name, i), member));
    return ids;
  };
  const auto by_id = [](const auto& thing) -> const std::string& { return thing.id; };
  collect(programme.needs, "needs", "id", by_id);
  collect(programme.results, "results", "id", by_id);
  Ids jobs = collect(programme.jobs, "jobs", "id", by_id);
  Ids graduates =
      collect(programme.graduates, "graduates", "code",
              [](const Graduate& graduate) -> const std::string& { return graduate.code; });
  collect(programme.challenges, "challenges", "id", by_id);

  const auto common = [&](const auto& list, const char* name) {
    for (std::size_t i = 0; i < list.size(); ++i) {
      const std::string here = place(name, i);
      cities.require(list[i].city, child(here, "city"));
      if (list[i].source) {
        sources.require(list[i].source->source, child(child(here, "source"), "source"));
      }
    }
  };
  const auto in_order = [&](const auto& list, const char* name) {
    for (std::size_t i = 0; i < list.size(); ++i) {
      if (list[i].posted && list[i].deadline && *list[i].deadline < *list[i].posted) {
        errors.add(ErrorCode::date_order, child(place(name, i), "deadline"),
                   format_date(*list[i].deadline), format_date(*list[i].posted));
      }
    }
  };
  const auto choices = [&](const std::vector<std::string>& list, Ids& known,
                           const std::string& pointer) {
    Ids chosen(pointer, errors);
    for (std::size_t k = 0; k < list.size(); ++k) {
      known.require(list[k], child(pointer, k));
      chosen.add(list[k], child(pointer, k));
    }
  };
  common(programme.needs, "needs");
  in_order(programme.needs, "needs");
  common(programme.results, "results");
  common(programme.jobs, "jobs");
  in_order(programme.jobs, "jobs");
  common(programme.challenges, "challenges");
  in_order(programme.challenges, "challenges");
  for (std::size_t i = 0; i < programme.jobs.size(); ++i) {
    const Job& job = programme.jobs[i];
    choices(job.choices, graduates, child(place("jobs", i), "choices"));
    if (job.salary_min && job.salary_max && *job.salary_max < *job.salary_min) {
      errors.add(ErrorCode::out_of_range, child(place("jobs", i), "salaryMax"),
                 std::to_string(static_cast<long long>(*job.salary_max)),
                 "≥ " + std::to_string(static_cast<long long>(*job.salary_min)));
    }
  }
  for (std::size_t i = 0; i < programme.graduates.size(); ++i) {
    const Graduate& graduate = programme.graduates[i];
    choices(graduate.choices, jobs, child(place("graduates", i), "choices"));
    choices(graduate.cities, cities, child(place("graduates", i), "cities"));
  }
  for (std::size_t i = 0; i < programme.challenges.size(); ++i) {
    check_challenge(programme.challenges[i], place("challenges", i), cities, errors);
  }
}

}  // namespace tc
