#include "core/matching/text_index.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <set>

#include "tests/core/matching/ranking_quality.hpp"

namespace tc::matching {
namespace {

const Taxonomy& taxonomy() {
  static const Taxonomy data =
      load_taxonomy(test::file_text("assets/taxonomy/clusters.json")).value.value_or(Taxonomy{});
  return data;
}

std::set<std::string> features_of(TextAnalyser& analyser, const Text& text, FeatureKind kind) {
  std::set<std::string> names;
  for (const auto& entry : analyser.analyse({}, text).entries) {
    const auto& feature = analyser.feature(entry.feature);
    if (feature.kind == kind) names.insert(feature.name);
  }
  return names;
}

using Names = std::set<std::string>;

TEST(taxonomy, the_clusters_come_with_fields_concepts_and_generic_words) {
  const auto loaded = load_taxonomy(test::file_text("assets/taxonomy/clusters.json"));
  for (const Error& error : loaded.errors) {
    ADD_FAILURE() << error.pointer << ": " << message(error, Language::en);
  }
  std::set<IndustryCluster> clusters;
  for (const TaxonomyField& field : taxonomy().fields) {
    clusters.insert(field.cluster);
    EXPECT_FALSE(field.name.zh.empty() || field.name.en.empty()) << field.id;
  }
  EXPECT_EQ(clusters.size(), kIndustryClusters.size());
  EXPECT_GE(taxonomy().concepts.size(), 200U);
  EXPECT_GE(taxonomy().generic.size(), 50U);
}

TEST(taxonomy, faults_are_found_where_they_stand) {
  const auto place = [](const char* text) {
    const auto result = load_taxonomy(text);
    EXPECT_FALSE(result);
    return result.errors.empty() ? "none" : result.errors[0].pointer;
  };
  const std::string head = R"({"format": "tongcheng-taxonomy", "version": 1, "generic": [], )";
  const auto cluster = [&](const std::string& id, const std::string& concepts) {
    return head + R"("clusters": [{"id": ")" + id +
           R"(", "name": {"zh": "a", "en": "b"}, "fields": [{"id": "f", "name": {"zh": "a", "en": "b"}, "concepts": )" +
           concepts + "}]}]}";
  };
  EXPECT_TRUE(load_taxonomy(cluster("dairy", R"([["a", "b"]])")));
  EXPECT_EQ(place("["), "/0");
  EXPECT_EQ(place("[]"), "");
  EXPECT_EQ(place(R"({"format": "x", "version": 1, "clusters": [], "generic": []})"), "/format");
  EXPECT_EQ(
      place(R"({"format": "tongcheng-taxonomy", "version": 2, "clusters": [], "generic": []})"),
      "/version");
  EXPECT_EQ(place((head + R"("clusters": {}})").c_str()), "/clusters");
  EXPECT_EQ(place(cluster("steel", "[]").c_str()), "/clusters/0/id");
  EXPECT_EQ(place(cluster("dairy", R"([["a", "A"]])").c_str()),
            "/clusters/0/fields/0/concepts/0/1");
  EXPECT_EQ(place(cluster("dairy", R"([["a"], []])").c_str()), "/clusters/0/fields/0/concepts/1");
  EXPECT_EQ(place(cluster("dairy", R"([[1]])").c_str()), "/clusters/0/fields/0/concepts/0/0");
  EXPECT_EQ(place(cluster("dairy", R"([[""]])").c_str()), "/clusters/0/fields/0/concepts/0/0");
}

TEST(text_analyser, synonyms_in_both_languages_are_one_concept) {
  TextAnalyser analyser(taxonomy());
  for (const char* text : {"太阳能电池板上", "PV modules", "Ｓｏｌａｒ panels", "光伏组件。"}) {
    EXPECT_EQ(features_of(analyser, {text, ""}, FeatureKind::meaning), (Names{"光伏组件"})) << text;
    EXPECT_EQ(features_of(analyser, {"", text}, FeatureKind::field), (Names{"光伏"})) << text;
  }
  EXPECT_EQ(features_of(analyser, {"CO₂捕集", ""}, FeatureKind::meaning),
            features_of(analyser, {"co2捕集", ""}, FeatureKind::meaning));
}

TEST(text_analyser, the_longest_term_wins_and_signs_part_terms) {
  TextAnalyser analyser(taxonomy());
  EXPECT_EQ(features_of(analyser, {"稀土永磁电机", ""}, FeatureKind::meaning), (Names{"永磁电机"}));
  EXPECT_EQ(features_of(analyser, {"光，伏", ""}, FeatureKind::meaning), Names{});
}

TEST(text_analyser, bigrams_need_no_dictionary_and_leave_generic_words_out) {
  TextAnalyser analyser(taxonomy());
  EXPECT_EQ(features_of(analyser, {"敕勒川，阴", ""}, FeatureKind::gram), (Names{"敕勒", "勒川"}));
  EXPECT_EQ(features_of(analyser, {"希望提高敕勒", ""}, FeatureKind::gram), (Names{"敕勒"}));
  EXPECT_EQ(features_of(analyser, {"", "Batteries, buses, glass 2024 x 5G"}, FeatureKind::gram),
            (Names{"battery", "buse", "glass", "5g"}));
}

TEST(text_analyser, any_bytes_are_text) {
  TextAnalyser analyser(taxonomy());
  std::mt19937 random(9);
  for (int round = 0; round < 500; ++round) {
    std::string bytes;
    const std::size_t length = random() % 60;
    for (std::size_t i = 0; i < length; ++i) {
      bytes += static_cast<char>(round % 2 == 0 ? random() % 256 : 0xE4 + random() % 3);
    }
    const TextVector vector = analyser.analyse({bytes, bytes}, {bytes, bytes});
    for (const auto& entry : vector.entries) ASSERT_GT(entry.count, 0);
  }
}

TEST(text_index, scores_are_those_of_bm25) {
  // Two documents of one feature kind, computed by hand: N = 2, df = 1, both of average length.
  TextAnalyser analyser(Taxonomy{});
  RankingOptions plain;
  plain.weight = {1, 0, 0};
  plain.k3 = 1e12;
  TextIndex index(analyser, plain);
  index.add(0, analyser.analyse({}, {"", "alpha beta"}));
  index.add(1, analyser.analyse({}, {"", "gamma delta"}));
  const auto hits = index.search(analyser.analyse({}, {"", "alpha"}), 10);
  ASSERT_EQ(hits.size(), 1U);
  EXPECT_EQ(hits[0].document, 0U);
  EXPECT_NEAR(hits[0].score, std::log(1 + (2 - 1 + 0.5) / (1 + 0.5)), 1e-9);
}

TEST(text_index, adding_and_removing_leaves_what_a_fresh_index_has) {
  const test::Labelled set = test::read_labelled("tests/core/matching/labelled_pairs.json");
  TextAnalyser analyser(taxonomy());
  TextIndex index(analyser);
  std::mt19937 random(4);
  const auto count = static_cast<std::uint32_t>(set.result_titles.size());
  std::vector<bool> there(count, false);
  const auto vector = [&](std::uint32_t r) {
    return analyser.analyse(set.result_titles[r], set.result_texts[r]);
  };
  for (int step = 0; step < 500; ++step) {
    const std::uint32_t r = random() % count;
    if (random() % 3 == 0) {
      index.remove(r);
      there[r] = false;
    } else {
      index.add(r, vector(r));
      there[r] = true;
    }
  }
  TextIndex fresh(analyser);
  for (std::uint32_t r = 0; r < count; ++r) {
    if (there[r]) fresh.add(r, vector(r));
  }
  ASSERT_EQ(index.size(), fresh.size());
  for (std::size_t n = 0; n < set.need_titles.size(); ++n) {
    const TextVector query = analyser.analyse(set.need_titles[n], set.need_texts[n]);
    const auto a = index.search(query, 100);
    const auto b = fresh.search(query, 100);
    ASSERT_EQ(a.size(), b.size());
    for (std::size_t k = 0; k < a.size(); ++k) {
      EXPECT_EQ(a[k].document, b[k].document);
      EXPECT_NEAR(a[k].score, b[k].score, 1e-4);
      double sum = 0;
      for (const auto& part : index.explain(query, a[k].document)) sum += part.score;
      EXPECT_NEAR(sum, a[k].score, 1e-9);
    }
  }
  for (std::uint32_t r = 0; r < count; ++r) index.remove(r);
  EXPECT_EQ(index.size(), 0U);
  EXPECT_TRUE(index.search(vector(0), 10).empty());
  index.remove(100'000);
}

TEST(ranking_quality, it_is_better_than_bm25_on_character_bigrams) {
  const test::Labelled set = test::read_labelled("tests/core/matching/labelled_pairs.json");
  ASSERT_GE(set.pairs, 150U);
  const double ours = test::quality(set, taxonomy(), {});
  const double baseline = test::baseline_quality(set);
  RecordProperty("ndcg5", std::to_string(ours));
  RecordProperty("baseline", std::to_string(baseline));
  EXPECT_GT(ours, baseline + 0.03);
  EXPECT_GT(ours, 0.9);
}

TEST(ranking_quality, the_measure_is_what_it_should_be) {
  const std::unordered_map<std::uint32_t, int> grades = {{0, 3}, {1, 1}, {2, 0}};
  EXPECT_DOUBLE_EQ(test::ndcg5({0, 1}, grades), 1);
  EXPECT_DOUBLE_EQ(test::ndcg5({2, 7}, grades), 0);
  EXPECT_NEAR(test::ndcg5({1, 0}, grades), (1 + 7 / std::log2(3)) / (7 + 1 / std::log2(3)), 1e-12);
  EXPECT_DOUBLE_EQ(test::ndcg5({4, 5, 6, 7, 8, 0}, grades), 0);
}

}  // namespace
}  // namespace tc::matching
