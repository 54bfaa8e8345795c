#include "core/model/item_query.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/model/summary.hpp"

namespace tc {

namespace {

constexpr std::uint32_t kAbsent = 0xFFFFFFFF;

std::vector<std::uint32_t> by_code_point(const std::vector<std::string_view>& texts) {
  std::vector<std::size_t> order(texts.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&texts](std::size_t a, std::size_t b) { return texts[a] < texts[b]; });
  std::vector<std::uint32_t> ranks(texts.size());
  std::uint32_t rank = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (i > 0 && texts[order[i]] != texts[order[i - 1]]) ++rank;
    ranks[order[i]] = rank;
  }
  return ranks;
}

std::uint32_t rank_of(const std::optional<Date>& date) {
  return date ? static_cast<std::uint32_t>(static_cast<std::int64_t>(date->days) + 0x40000000)
              : kAbsent;
}

bool holds(const std::vector<std::size_t>& list, std::size_t wanted) {
  return std::find(list.begin(), list.end(), wanted) != list.end();
}

std::vector<std::string> words(std::string_view text) {
  const std::string folded = fold_for_search(text);
  std::vector<std::string> list;
  std::size_t begin = 0;
  while (begin < folded.size()) {
    const std::size_t end = std::min(folded.find(' ', begin), folded.size());
    if (end > begin) list.push_back(folded.substr(begin, end - begin));
    begin = end + 1;
  }
  return list;
}

}  // namespace

std::string fold_for_search(std::string_view text) {
  std::string folded;
  folded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= 'A' && byte <= 'Z') {
      folded += static_cast<char>(byte - 'A' + 'a');
      continue;
    }
    if (byte == '\t' || byte == '\n' || byte == '\r') {
      folded += ' ';
      continue;
    }
    if (i + 2 < text.size() && (byte == 0xEF || byte == 0xE3)) {
      const unsigned point = ((byte & 0x0FU) << 12U) |
                             ((static_cast<unsigned char>(text[i + 1]) & 0x3FU) << 6U) |
                             (static_cast<unsigned char>(text[i + 2]) & 0x3FU);
      if (point >= 0xFF01 && point <= 0xFF5E) {
        auto plain = static_cast<char>(point - 0xFEE0);
        if (plain >= 'A' && plain <= 'Z') plain = static_cast<char>(plain - 'A' + 'a');
        folded += plain;
        i += 2;
        continue;
      }
      if (point == 0x3000) {
        folded += ' ';
        i += 2;
        continue;
      }
    }
    folded += text[i];
  }
  return folded;
}

ItemIndex::ItemIndex(const Programme& programme, Language language, const Collate& collate)
    : programme_(programme) {
  const Index index(programme);
  const std::vector<ActionItem>& items = programme.items;
  haystacks_.reserve(items.size());
  departments_.resize(items.size());
  cities_.resize(items.size());
  areas_.reserve(items.size());

  for (std::size_t i = 0; i < items.size(); ++i) {
    const ActionItem& item = items[i];
    std::string text;
    const auto add = [&text](const Text& part) { text += part.zh + '\n' + part.en + '\n'; };
    text += item.code + '\n';
    add(item.title);
    add(item.summary);
    add(label_of(item.status));
    areas_.push_back(index.area(item.area).value_or(programme.areas.size()));
    if (areas_.back() < programme.areas.size()) add(programme.areas[areas_.back()].title);
    for (const std::string& lead : item.leads) {
      const auto department = index.department(lead);
      if (!department) continue;
      if (!holds(departments_[i], *department)) departments_[i].push_back(*department);
      add(programme.departments[*department].name);
      if (const auto city = index.city(programme.departments[*department].city)) {
        std::vector<std::size_t>& cities = cities_[i];
        if (!holds(cities, *city)) cities.push_back(*city);
        add(programme.cities[*city].name);
      }
    }
    haystacks_.push_back(fold_for_search(text));
  }

  const auto ranked = [&](auto text_of) {
    std::vector<std::string_view> texts;
    texts.reserve(items.size());
    for (std::size_t i = 0; i < items.size(); ++i) texts.push_back(text_of(i));
    std::vector<std::uint32_t> ranks = collate ? collate(texts) : by_code_point(texts);
    if (ranks.size() != texts.size()) ranks = by_code_point(texts);
    for (std::size_t i = 0; i < texts.size(); ++i) {
      if (texts[i].empty()) ranks[i] = kAbsent;
    }
    return ranks;
  };
  const auto numbered = [&](auto rank) {
    std::vector<std::uint32_t> ranks;
    ranks.reserve(items.size());
    for (const ActionItem& item : items) ranks.push_back(rank(item));
    return ranks;
  };
  ranks_.resize(kItemColumnCount);
  const auto column = [this](ItemColumn c) -> std::vector<std::uint32_t>& {
    return ranks_[static_cast<std::size_t>(c)];
  };
  column(ItemColumn::code) =
      ranked([&](std::size_t i) -> std::string_view { return items[i].code; });
  column(ItemColumn::title) =
      ranked([&](std::size_t i) -> std::string_view { return items[i].title.in(language); });
  column(ItemColumn::leads) = ranked([&](std::size_t i) -> std::string_view {
    if (departments_[i].empty()) return {};
    return programme.departments[departments_[i].front()].name.in(language);
  });
  for (std::size_t area : areas_) {
    column(ItemColumn::area)
        .push_back(area < programme.areas.size() ? static_cast<std::uint32_t>(area) : kAbsent);
  }
  column(ItemColumn::status) =
      numbered([](const ActionItem& item) { return static_cast<std::uint32_t>(item.status); });
  column(ItemColumn::start) = numbered([](const ActionItem& item) { return rank_of(item.start); });
  column(ItemColumn::due) = numbered([](const ActionItem& item) { return rank_of(item.due); });
  column(ItemColumn::progress) = numbered([](const ActionItem& item) {
    return item.progress ? static_cast<std::uint32_t>(std::lround(*item.progress * 1000)) : kAbsent;
  });
}

bool ItemIndex::matches(std::size_t item, const ItemQuery& query, Date as_of) const {
  if (query.status && programme_.items[item].status != *query.status) return false;
  if (query.area && areas_[item] != *query.area) return false;
  if (query.city && !holds(cities_[item], *query.city)) return false;
  if (query.department && !holds(departments_[item], *query.department)) return false;
  return !query.late_only || is_late(programme_.items[item], as_of);
}

ItemRows ItemIndex::run(const ItemQuery& query, Date as_of) const {
  const std::vector<std::string> wanted = words(query.text);
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < haystacks_.size(); ++i) {
    if (!matches(i, query, as_of)) continue;
    const std::string_view haystack = haystacks_[i];
    const bool all = std::all_of(wanted.begin(), wanted.end(), [haystack](const std::string& word) {
      return haystack.find(word) != std::string_view::npos;
    });
    if (all) found.push_back(i);
  }

  const std::vector<std::uint32_t>& ranks = ranks_[static_cast<std::size_t>(query.sort)];
  std::stable_sort(found.begin(), found.end(), [&](std::size_t a, std::size_t b) {
    const std::uint32_t x = ranks[a];
    const std::uint32_t y = ranks[b];
    if (x == y) return false;
    if (x == kAbsent || y == kAbsent) return y == kAbsent;
    return query.descending ? y < x : x < y;
  });

  ItemRows result;
  result.items = found.size();
  if (query.group == GroupBy::nothing) {
    result.rows.reserve(found.size());
    for (std::size_t item : found) result.rows.push_back({item, 0, 0});
    return result;
  }

  std::size_t groups = 0;
  switch (query.group) {
    case GroupBy::area:
      groups = programme_.areas.size();
      break;
    case GroupBy::city:
      groups = programme_.cities.size();
      break;
    case GroupBy::department:
      groups = programme_.departments.size();
      break;
    case GroupBy::status:
      groups = kStatusCount;
      break;
    case GroupBy::nothing:
      break;
  }
  std::vector<std::vector<std::size_t>> buckets(groups + 1);
  for (std::size_t item : found) {
    if (query.group == GroupBy::area) {
      buckets[areas_[item]].push_back(item);
    } else if (query.group == GroupBy::status) {
      buckets[static_cast<std::size_t>(programme_.items[item].status)].push_back(item);
    } else {
      const auto& in = query.group == GroupBy::city ? cities_[item] : departments_[item];
      for (std::size_t group : in) buckets[group].push_back(item);
      if (in.empty()) buckets[groups].push_back(item);
    }
  }
  for (std::size_t group = 0; group < buckets.size(); ++group) {
    const std::vector<std::size_t>& bucket = buckets[group];
    if (bucket.empty()) continue;
    result.rows.push_back({ItemRow::kHeading, group, bucket.size()});
    for (std::size_t item : bucket) result.rows.push_back({item, group, 0});
  }
  return result;
}

}  // namespace tc
