#pragma once

#include <utility>

#include "assets/cluster_taxonomy.gen.hpp"
#include "core/matching/taxonomy.hpp"

namespace tc::cli {

/// The words of the six clusters that come along.
inline matching::Taxonomy cluster_taxonomy() {
  Result<matching::Taxonomy> data = matching::load_taxonomy(kClusterTaxonomyJson);
  return data ? std::move(*data.value) : matching::Taxonomy();
}

}  // namespace tc::cli
