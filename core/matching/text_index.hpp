#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/matching/taxonomy.hpp"
#include "core/model/text.hpp"

/// Search in Chinese and English text without any network: features, sparse vectors, an inverted
/// index.

namespace tc::matching {

/// What a feature of a text is.
enum class FeatureKind : std::uint8_t {
  gram,     ///< two Chinese characters in a row, or a Latin word
  meaning,  ///< a concept of the taxonomy, whatever word it was said with
  field,    ///< the field of such a concept
};
inline constexpr std::size_t kFeatureKinds = 3;

/// A text as a sparse vector. Numbers are those of the analyser that made it; `count` is how often
/// the feature occurs, more for occurrences in a title.
struct TextVector {
  struct Entry {
    std::uint32_t feature = 0;
    float count = 0;
  };
  std::vector<Entry> entries;  ///< by rising feature
  std::array<float, kFeatureKinds> length{};
};

/// Turns text into features. Chinese is cut by forward maximum matching over the taxonomy's terms,
/// and into character bigrams, which need no dictionary (Nie et al. 2000); bigrams that touch a
/// generic word are left out. Latin words are folded to lower case and lose the plural's ending;
/// numbers alone are no features. O(length · longest term).
class TextAnalyser {
 public:
  struct Feature {
    FeatureKind kind = FeatureKind::gram;
    std::uint32_t number = 0;  ///< of the concept or field in the taxonomy
    std::string name;          ///< what stands in the text, or the concept's first term
  };

  explicit TextAnalyser(const Taxonomy& taxonomy);

  /// Both languages of a title and of a text. Features that were never met get a new number.
  TextVector analyse(const Text& title, const Text& text, float title_weight = 2);

  const Feature& feature(std::uint32_t number) const { return features_[number]; }
  std::size_t features() const { return features_.size(); }

 private:
  struct Symbol {
    std::uint32_t id = 0;  ///< a code point, or a number beyond them for a word
    std::uint32_t begin = 0;
    std::uint32_t end = 0;  ///< place in the normalised text
    bool word = false;
  };
  static constexpr std::uint32_t kGeneric = 0xFFFFFFFFU;
  static constexpr std::uint32_t kNoMeaning = 0xFFFFFFFEU;

  std::vector<Symbol> symbols_of(std::string_view text, std::string& normal, bool learn);
  void add_term(const std::string& term, std::uint32_t meaning);
  std::uint32_t intern(FeatureKind kind, std::string_view name, std::uint32_t number);
  void collect(std::string_view text, float weight,
               std::unordered_map<std::uint32_t, float>& counts);

  std::unordered_map<std::string, std::uint32_t> words_;    ///< words that terms are made of
  std::unordered_map<std::uint64_t, std::uint32_t> steps_;  ///< trie: node and symbol to node
  std::vector<std::uint32_t> meanings_;                     ///< by node
  std::vector<std::uint32_t> concept_features_;
  std::vector<std::uint32_t> field_features_;
  std::vector<std::size_t> field_of_concept_;
  std::unordered_map<std::string, std::uint32_t> grams_;
  std::vector<Feature> features_;
};

/// BM25 with a weight a kind of feature, and its parameters (Robertson & Zaragoza 2009).
struct RankingOptions {
  std::array<double, kFeatureKinds> weight = {1.0, 0.5, 1.0};
  double k1 = 1.2;  ///< saturation of a feature that occurs often in a text
  double b = 0.75;  ///< how much long texts are held down
  double k3 = 2;    ///< saturation of a feature that occurs often in the query
};

/// An inverted index over text vectors of one analyser. Adding or removing a document costs what it
/// holds; weights follow at once, because they are computed from counts at search time.
class TextIndex {
 public:
  /// The analyser has to outlive the index.
  explicit TextIndex(const TextAnalyser& analyser, const RankingOptions& options = {})
      : analyser_(analyser), options_(options) {}

  /// `document` is any small number; adding one that is there replaces it.
  void add(std::uint32_t document, TextVector text);
  void remove(std::uint32_t document);
  std::size_t size() const { return size_; }

  struct Hit {
    std::uint32_t document = 0;
    double score = 0;
  };
  /// The `limit` best documents with a score above 0, best first, equal ones by number.
  /// O(postings of the query's features + documents).
  std::vector<Hit> search(const TextVector& query, std::size_t limit) const;

  /// The score of the query as if it were a document, counting what the index knows: the most that
  /// can be expected.
  double self_score(const TextVector& query) const;

  struct Contribution {
    std::uint32_t feature = 0;
    double score = 0;
  };
  /// What a document's score is made of, largest part first; the sum is its score.
  std::vector<Contribution> explain(const TextVector& query, std::uint32_t document) const;

 private:
  struct Posting {
    std::uint32_t document = 0;
    float count = 0;
  };

  double query_weight(std::uint32_t feature, float count) const;
  double document_weight(FeatureKind kind, float count, float length) const;

  const TextAnalyser& analyser_;
  RankingOptions options_;
  std::vector<std::vector<Posting>> postings_;  ///< by feature, by rising document
  std::vector<TextVector> documents_;
  std::vector<bool> there_;
  std::size_t size_ = 0;
  std::array<double, kFeatureKinds> total_length_{};
};

}  // namespace tc::matching
