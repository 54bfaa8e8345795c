// A taxonomy (assets/taxonomy): its first line; the others are texts that are cut by its terms.

#include "core/matching/taxonomy.hpp"
#include "core/matching/text_index.hpp"
#include "tests/fuzz/target.hpp"

using namespace tc;
using namespace tc::matching;
using fuzz::require;

TONGCHENG_FUZZ_TARGET(taxonomy) {
  const std::size_t end = std::min(bytes.find('\n'), bytes.size());
  const Result<Taxonomy> read = load_taxonomy(bytes.substr(0, end));
  if (!read) fuzz::require_faults(read.errors);
  TextAnalyser analyser(read ? *read.value : Taxonomy{});
  TextIndex index(analyser);
  std::vector<TextVector> texts;
  for (const std::string_view line : fuzz::lines_of(bytes.substr(end))) {
    texts.push_back(analyser.analyse({std::string(line), {}}, {{}, std::string(line)}));
    index.add(static_cast<std::uint32_t>(texts.size() - 1), texts.back());
  }
  for (const TextVector& text : texts) {
    double last = 1e300;
    for (const TextIndex::Hit& hit : index.search(text, 5)) {
      require(hit.score > 0 && hit.score <= last, "hits are in order");
      last = hit.score;
      double sum = 0;
      for (const auto& part : index.explain(text, hit.document)) sum += part.score;
      require(sum > 0.999 * hit.score - 1e-9 && sum < 1.001 * hit.score + 1e-9,
              "the explanation adds up");
    }
  }
}
