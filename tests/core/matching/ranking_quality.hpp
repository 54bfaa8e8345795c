#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/matching/taxonomy.hpp"
#include "core/matching/text_index.hpp"

/// How good a ranking is by pairs that people have graded, for tests and benchmarks.

namespace tc::matching::test {

inline std::string file_text(const std::string& path) {
  std::ostringstream bytes;
  bytes << std::ifstream(std::string(TONGCHENG_SOURCE_DIR) + "/" + path, std::ios::binary).rdbuf();
  return bytes.str();
}

struct Labelled {
  std::vector<Text> need_titles, need_texts, result_titles, result_texts;
  std::vector<std::unordered_map<std::uint32_t, int>> grades;  ///< by need
  std::size_t pairs = 0;
};

inline Labelled read_labelled(const std::string& path) {
  const nlohmann::json file = nlohmann::json::parse(file_text(path));
  Labelled set;
  std::unordered_map<std::string, std::uint32_t> numbers;
  for (const auto& [id, result] : file["results"].items()) {
    numbers.emplace(id, static_cast<std::uint32_t>(set.result_titles.size()));
    set.result_titles.push_back({result["title"], ""});
    set.result_texts.push_back({result["text"], ""});
  }
  for (const auto& [id, need] : file["needs"].items()) {
    set.need_titles.push_back({need["title"], ""});
    set.need_texts.push_back({need["text"], ""});
    set.grades.emplace_back();
    for (const auto& [result, grade] : file["pairs"][id].items()) {
      set.grades.back().emplace(numbers.at(result), grade.get<int>());
      ++set.pairs;
    }
  }
  return set;
}

/// Normalised discounted cumulative gain of the first five (Järvelin & Kekäläinen 2002), with
/// gains of 2^grade - 1.
inline double ndcg5(const std::vector<std::uint32_t>& ranked,
                    const std::unordered_map<std::uint32_t, int>& grades) {
  const auto gain = [](int grade, std::size_t place) {
    return (std::exp2(grade) - 1) / std::log2(static_cast<double>(place) + 2);
  };
  double got = 0;
  for (std::size_t k = 0; k < std::min<std::size_t>(5, ranked.size()); ++k) {
    const auto grade = grades.find(ranked[k]);
    if (grade != grades.end()) got += gain(grade->second, k);
  }
  std::vector<int> all;
  all.reserve(grades.size());
  for (const auto& [result, grade] : grades) all.push_back(grade);
  std::sort(all.rbegin(), all.rend());
  double best = 0;
  for (std::size_t k = 0; k < std::min<std::size_t>(5, all.size()); ++k) best += gain(all[k], k);
  return best > 0 ? got / best : 0;
}

/// Mean nDCG@5 of an index with that taxonomy and ranking.
inline double quality(const Labelled& set, const Taxonomy& taxonomy, const RankingOptions& options,
                      float title_weight = 2) {
  TextAnalyser analyser(taxonomy);
  TextIndex index(analyser, options);
  for (std::uint32_t r = 0; r < set.result_titles.size(); ++r) {
    index.add(r, analyser.analyse(set.result_titles[r], set.result_texts[r], title_weight));
  }
  double sum = 0;
  for (std::size_t n = 0; n < set.need_titles.size(); ++n) {
    std::vector<std::uint32_t> ranked;
    const TextVector query = analyser.analyse(set.need_titles[n], set.need_texts[n], title_weight);
    for (const TextIndex::Hit& hit : index.search(query, 5)) ranked.push_back(hit.document);
    sum += ndcg5(ranked, set.grades[n]);
  }
  return sum / static_cast<double>(set.need_titles.size());
}

/// Plain BM25 on character bigrams (and Latin words): no dictionary, no weights, every query
/// feature counted as often as it occurs.
inline double baseline_quality(const Labelled& set) {
  RankingOptions plain;
  plain.weight = {1, 0, 0};
  plain.k3 = 1e9;
  return quality(set, Taxonomy{}, plain, 1);
}

}  // namespace tc::matching::test
