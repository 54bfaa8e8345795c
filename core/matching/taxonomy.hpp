#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/error.hpp"
#include "core/model/postings.hpp"

namespace tc::matching {

/// A branch of an industry cluster.
struct TaxonomyField {
  std::string id;
  Text name;
  IndustryCluster cluster = IndustryCluster::new_energy;
};

/// Terms that mean the same, or nearly so, in Chinese and English. The first is its name.
struct TaxonomyConcept {
  std::vector<std::string> terms;
  std::size_t field = 0;
};

/// What words mean: data, see `assets/taxonomy/clusters.json`.
struct Taxonomy {
  std::vector<TaxonomyField> fields;
  std::vector<TaxonomyConcept> concepts;
  std::vector<std::string> generic;  ///< words that say nothing about the topic
};

/// The version of the taxonomy format that `load_taxonomy` reads.
inline constexpr int kTaxonomyVersion = 1;

/// Reads a taxonomy (JSON in UTF-8). Collects the errors, each with the JSON pointer of its place:
/// form, unknown clusters, fields and terms that are there twice (case does not count).
/// O(n log n) in terms.
Result<Taxonomy> load_taxonomy(std::string_view bytes);

}  // namespace tc::matching
