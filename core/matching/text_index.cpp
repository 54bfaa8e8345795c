#include "core/matching/text_index.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace tc::matching {

namespace {

constexpr std::uint32_t kFirstWord = 0x200000;  ///< beyond all code points
constexpr std::uint32_t kUnknownWord = 0xFFFFFFFFU;

/// Reads one character; malformed bytes are passed over as separators.
char32_t next_character(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) -> char32_t { return static_cast<unsigned char>(text[i]); };
  const char32_t lead = byte(at++);
  if (lead < 0x80) return lead;
  const std::size_t more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC2 ? 1 : 0;
  if (more == 0 || at + more > text.size()) return U' ';
  char32_t point = lead & (0x3FU >> more);
  for (std::size_t i = 0; i < more; ++i) {
    if ((byte(at) & 0xC0U) != 0x80) return U' ';
    point = point << 6U | (byte(at++) & 0x3FU);
  }
  return point;
}

bool is_chinese(char32_t c) {
  return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0x20000 && c <= 0x3FFFF);
}

/// One of a-z and 0-9 for what is a letter or digit in any usual form, else 0.
char folded(char32_t c) {
  if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;            // full width
  if (c >= 0x2080 && c <= 0x2089) c = c - 0x2080 + U'0';  // CO₂
  if (c >= U'A' && c <= U'Z') return static_cast<char>(c - U'A' + U'a');
  if ((c >= U'a' && c <= U'z') || (c >= U'0' && c <= U'9')) return static_cast<char>(c);
  return 0;
}

void append(std::string& out, char32_t c) {
  if (c < 0x10000) {
    out += static_cast<char>(0xE0U | c >> 12U);
  } else {
    out += static_cast<char>(0xF0U | c >> 18U);
    out += static_cast<char>(0x80U | (c >> 12U & 0x3FU));
  }
  out += static_cast<char>(0x80U | (c >> 6U & 0x3FU));
  out += static_cast<char>(0x80U | (c & 0x3FU));
}

/// Cuts the plural's ending.
void stem(std::string& word, std::size_t begin) {
  const std::size_t length = word.size() - begin;
  if (length > 4 && word.compare(word.size() - 3, 3, "ies") == 0) {
    word.resize(word.size() - 3);
    word += 'y';
  } else if (length > 3 && word.back() == 's' && word[word.size() - 2] != 's' &&
             word[word.size() - 2] != 'i' && word[word.size() - 2] != 'u') {
    word.pop_back();
  }
}

bool is_number(std::string_view word) {
  return std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::size_t index_of(FeatureKind kind) {
  return static_cast<std::size_t>(kind);
}

}  // namespace

TextAnalyser::TextAnalyser(const Taxonomy& taxonomy) : meanings_(1, kNoMeaning) {
  for (std::uint32_t k = 0; k < taxonomy.fields.size(); ++k) {
    const Text& name = taxonomy.fields[k].name;
    field_features_.push_back(intern(FeatureKind::field, name.in(Language::zh), k));
  }
  for (std::uint32_t k = 0; k < taxonomy.concepts.size(); ++k) {
    const TaxonomyConcept& meaning = taxonomy.concepts[k];
    field_of_concept_.push_back(meaning.field);
    concept_features_.push_back(
        intern(FeatureKind::meaning, meaning.terms.empty() ? "" : meaning.terms.front(), k));
    for (const std::string& term : meaning.terms) add_term(term, k);
  }
  for (const std::string& term : taxonomy.generic) add_term(term, kGeneric);
}

std::vector<TextAnalyser::Symbol> TextAnalyser::symbols_of(std::string_view text,
                                                           std::string& normal, bool learn) {
  std::vector<Symbol> symbols;
  normal.clear();
  bool in_word = false;
  const auto end_word = [&] {
    if (!in_word) return;
    in_word = false;
    Symbol& symbol = symbols.back();
    stem(normal, symbol.begin);
    symbol.end = static_cast<std::uint32_t>(normal.size());
    std::string word = normal.substr(symbol.begin);
    if (learn) {
      const auto number = static_cast<std::uint32_t>(words_.size());
      symbol.id = kFirstWord + words_.emplace(std::move(word), number).first->second;
    } else {
      const auto known = words_.find(word);
      symbol.id = known == words_.end() ? kUnknownWord : kFirstWord + known->second;
    }
  };
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_character(text, at);
    const auto here = static_cast<std::uint32_t>(normal.size());
    if (const char letter = folded(c)) {
      if (!in_word) symbols.push_back({0, here, here, true});
      in_word = true;
      normal += letter;
      continue;
    }
    end_word();
    if (is_chinese(c)) {
      const auto begin = static_cast<std::uint32_t>(normal.size());
      append(normal, c);
      symbols.push_back(
          {static_cast<std::uint32_t>(c), begin, static_cast<std::uint32_t>(normal.size()), false});
    } else {
      normal += ' ';
    }
  }
  end_word();
  return symbols;
}

void TextAnalyser::add_term(const std::string& term, std::uint32_t meaning) {
  std::string normal;
  std::uint32_t node = 0;
  for (const Symbol& symbol : symbols_of(term, normal, true)) {
    const std::uint64_t key = std::uint64_t{node} << 32U | symbol.id;
    const auto [step, fresh] = steps_.emplace(key, static_cast<std::uint32_t>(meanings_.size()));
    if (fresh) meanings_.push_back(kNoMeaning);
    node = step->second;
  }
  if (node != 0 && meanings_[node] == kNoMeaning) meanings_[node] = meaning;
}

std::uint32_t TextAnalyser::intern(FeatureKind kind, std::string_view name, std::uint32_t number) {
  const auto fresh = static_cast<std::uint32_t>(features_.size());
  if (kind == FeatureKind::gram) {
    const auto [entry, added] = grams_.emplace(name, fresh);
    if (!added) return entry->second;
  }
  features_.push_back({kind, number, std::string(name)});
  return fresh;
}

void TextAnalyser::collect(std::string_view text, float weight,
                           std::unordered_map<std::uint32_t, float>& counts) {
  std::string normal;
  const std::vector<Symbol> symbols = symbols_of(text, normal, false);
  std::vector<bool> generic(symbols.size(), false);
  for (std::size_t i = 0; i < symbols.size();) {
    // The longest term that begins here. Terms run over spaces between words, not over signs
    // between Chinese characters.
    std::uint32_t node = 0;
    std::uint32_t meaning = kNoMeaning;
    std::size_t length = 1;
    for (std::size_t k = i; k < symbols.size(); ++k) {
      if (k > i && symbols[k].begin != symbols[k - 1].end &&
          !(symbols[k].word && symbols[k - 1].word)) {
        break;
      }
      const auto step = steps_.find(std::uint64_t{node} << 32U | symbols[k].id);
      if (step == steps_.end()) break;
      node = step->second;
      if (meanings_[node] != kNoMeaning) {
        meaning = meanings_[node];
        length = k - i + 1;
      }
    }
    if (meaning == kGeneric) {
      std::fill_n(generic.begin() + static_cast<std::ptrdiff_t>(i), length, true);
    } else if (meaning != kNoMeaning) {
      counts[concept_features_[meaning]] += weight;
      counts[field_features_[field_of_concept_[meaning]]] += weight;
    }
    i += length;
  }
  for (std::size_t i = 0; i < symbols.size(); ++i) {
    if (generic[i]) continue;
    const Symbol& symbol = symbols[i];
    const std::string_view all = normal;
    if (symbol.word) {
      const std::string_view word = all.substr(symbol.begin, symbol.end - symbol.begin);
      if (word.size() < 2 || is_number(word)) continue;
      counts[intern(FeatureKind::gram, word, 0)] += weight;
    } else if (i + 1 < symbols.size() && !generic[i + 1] && !symbols[i + 1].word &&
               symbols[i + 1].begin == symbol.end) {
      const std::string_view pair = all.substr(symbol.begin, symbols[i + 1].end - symbol.begin);
      counts[intern(FeatureKind::gram, pair, 0)] += weight;
    }
  }
}

TextVector TextAnalyser::analyse(const Text& title, const Text& text, float title_weight) {
  // What both languages say is said once.
  std::unordered_map<std::uint32_t, float> zh;
  std::unordered_map<std::uint32_t, float> en;
  collect(title.zh, title_weight, zh);
  collect(text.zh, 1, zh);
  collect(title.en, title_weight, en);
  collect(text.en, 1, en);
  for (const auto& [feature, count] : en) {
    float& both = zh[feature];
    both = std::max(both, count);
  }
  TextVector vector;
  vector.entries.reserve(zh.size());
  for (const auto& [feature, count] : zh) vector.entries.push_back({feature, count});
  std::sort(vector.entries.begin(), vector.entries.end(),
            [](const auto& a, const auto& b) { return a.feature < b.feature; });
  for (const TextVector::Entry& entry : vector.entries) {
    vector.length[index_of(features_[entry.feature].kind)] += entry.count;
  }
  return vector;
}

void TextIndex::add(std::uint32_t document, TextVector text) {
  remove(document);
  if (document >= documents_.size()) {
    documents_.resize(std::size_t{document} + 1);
    there_.resize(std::size_t{document} + 1, false);
  }
  for (const TextVector::Entry& entry : text.entries) {
    if (entry.feature >= postings_.size()) postings_.resize(std::size_t{entry.feature} + 1);
    std::vector<Posting>& list = postings_[entry.feature];
    const auto place = std::lower_bound(
        list.begin(), list.end(), document,
        [](const Posting& posting, std::uint32_t number) { return posting.document < number; });
    list.insert(place, {document, entry.count});
  }
  for (std::size_t k = 0; k < kFeatureKinds; ++k) total_length_[k] += text.length[k];
  documents_[document] = std::move(text);
  there_[document] = true;
  ++size_;
}

void TextIndex::remove(std::uint32_t document) {
  if (document >= there_.size() || !there_[document]) return;
  for (const TextVector::Entry& entry : documents_[document].entries) {
    std::vector<Posting>& list = postings_[entry.feature];
    const auto place = std::lower_bound(
        list.begin(), list.end(), document,
        [](const Posting& posting, std::uint32_t number) { return posting.document < number; });
    list.erase(place);
  }
  for (std::size_t k = 0; k < kFeatureKinds; ++k) {
    total_length_[k] -= documents_[document].length[k];
  }
  documents_[document] = {};
  there_[document] = false;
  if (--size_ == 0) total_length_.fill(0);  // no rounding is left behind
}

double TextIndex::query_weight(std::uint32_t feature, float count) const {
  const FeatureKind kind = analyser_.feature(feature).kind;
  const double found =
      feature < postings_.size() ? static_cast<double>(postings_[feature].size()) : 0;
  const auto all = static_cast<double>(size_);
  const double rarity = std::log1p((all - found + 0.5) / (found + 0.5));
  const double often = (options_.k3 + 1) * count / (options_.k3 + count);
  return options_.weight[index_of(kind)] * rarity * often;
}

double TextIndex::document_weight(FeatureKind kind, float count, float length) const {
  const double total = total_length_[index_of(kind)];
  const double usual = total > 0 ? length * static_cast<double>(size_) / total : 1;
  return (options_.k1 + 1) * count / (count + options_.k1 * (1 - options_.b + options_.b * usual));
}

std::vector<TextIndex::Hit> TextIndex::search(const TextVector& query, std::size_t limit) const {
  std::vector<double> scores(documents_.size(), 0);
  for (const TextVector::Entry& entry : query.entries) {
    if (entry.feature >= postings_.size() || postings_[entry.feature].empty()) continue;
    const FeatureKind kind = analyser_.feature(entry.feature).kind;
    const double weight = query_weight(entry.feature, entry.count);
    for (const Posting& posting : postings_[entry.feature]) {
      scores[posting.document] +=
          weight *
          document_weight(kind, posting.count, documents_[posting.document].length[index_of(kind)]);
    }
  }
  std::vector<Hit> hits;
  for (std::uint32_t d = 0; d < scores.size(); ++d) {
    if (scores[d] > 0) hits.push_back({d, scores[d]});
  }
  const auto better = [](const Hit& a, const Hit& b) {
    return a.score != b.score ? a.score > b.score : a.document < b.document;
  };
  const std::size_t kept = std::min(limit, hits.size());
  std::partial_sort(hits.begin(), hits.begin() + static_cast<std::ptrdiff_t>(kept), hits.end(),
                    better);
  hits.resize(kept);
  return hits;
}

double TextIndex::self_score(const TextVector& query) const {
  double score = 0;
  for (const TextVector::Entry& entry : query.entries) {
    if (entry.feature >= postings_.size() || postings_[entry.feature].empty()) continue;
    const FeatureKind kind = analyser_.feature(entry.feature).kind;
    score += query_weight(entry.feature, entry.count) *
             document_weight(kind, entry.count, query.length[index_of(kind)]);
  }
  return score;
}

std::vector<TextIndex::Contribution> TextIndex::explain(const TextVector& query,
                                                        std::uint32_t document) const {
  std::vector<Contribution> parts;
  if (document >= there_.size() || !there_[document]) return parts;
  const TextVector& text = documents_[document];
  auto here = text.entries.begin();
  for (const TextVector::Entry& entry : query.entries) {
    while (here != text.entries.end() && here->feature < entry.feature) ++here;
    if (here == text.entries.end()) break;
    if (here->feature != entry.feature) continue;
    const FeatureKind kind = analyser_.feature(entry.feature).kind;
    parts.push_back(
        {entry.feature, query_weight(entry.feature, entry.count) *
                            document_weight(kind, here->count, text.length[index_of(kind)])});
  }
  std::sort(parts.begin(), parts.end(), [](const Contribution& a, const Contribution& b) {
    return a.score != b.score ? a.score > b.score : a.feature < b.feature;
  });
  return parts;
}

}  // namespace tc::matching
