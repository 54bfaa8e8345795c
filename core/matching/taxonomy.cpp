#include "core/matching/taxonomy.hpp"

#include <algorithm>
#include <initializer_list>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/model/json_text.hpp"

namespace tc::matching {

namespace {

using nlohmann::json;

constexpr std::size_t kDepth = 16;
constexpr std::size_t kBytes = std::size_t{4} << 20;
constexpr std::size_t kMostErrors = 1000;

std::string lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

class Reader {
 public:
  Result<Taxonomy> read(const json& document) {
    const std::string root;
    if (is_object(document, root, {"format", "version", "clusters", "generic"})) {
      const std::string format = string(document, root, "format");
      if (!format.empty() && format != "tongcheng-taxonomy") {
        fail(ErrorCode::bad_name, child(root, "format"), format, "tongcheng-taxonomy");
      }
      read_version(document, root);
      for_each(document, root, "clusters",
               [this](const json& value, const std::string& place) { read_cluster(value, place); });
      for_each(document, root, "generic", [this](const json& value, const std::string& place) {
        if (const std::string* term = term_at(value, place)) taxonomy_.generic.push_back(*term);
      });
    }
    Result<Taxonomy> result;
    if (errors_.empty()) result.value = std::move(taxonomy_);
    result.errors = std::move(errors_);
    return result;
  }

 private:
  void fail(ErrorCode code, std::string pointer, std::string_view found,
            std::string_view expected) {
    if (errors_.size() < kMostErrors) {
      errors_.push_back({code, std::move(pointer), shorten(found), std::string(expected), {}});
    }
  }

  bool is_object(const json& value, const std::string& pointer,
                 std::initializer_list<std::string_view> known) {
    if (!value.is_object()) {
      fail(ErrorCode::wrong_type, pointer, value.dump(), "an object");
      return false;
    }
    std::string names;
    for (const std::string_view name : known) {
      if (!names.empty()) names += ", ";
      names += name;
    }
    for (const auto& [name, member] : value.items()) {
      if (std::find(known.begin(), known.end(), name) == known.end()) {
        fail(ErrorCode::unknown_member, child(pointer, name), name, names);
      }
    }
    return true;
  }

  const json* member(const json& object, const std::string& pointer, const char* name,
                     std::string_view expected) {
    const auto found = object.find(name);
    if (found != object.end()) return &*found;
    fail(ErrorCode::missing_member, pointer, name, expected);
    return nullptr;
  }

  void read_version(const json& document, const std::string& root) {
    const json* version = member(document, root, "version", "a whole number");
    if (version != nullptr && *version != kTaxonomyVersion) {
      fail(ErrorCode::unsupported_version, child(root, "version"), version->dump(),
           std::to_string(kTaxonomyVersion));
    }
  }

  std::string string(const json& object, const std::string& pointer, const char* name) {
    const json* value = member(object, pointer, name, "a string");
    if (value == nullptr) return {};
    if (!value->is_string()) {
      fail(ErrorCode::wrong_type, child(pointer, name), value->dump(), "a string");
      return {};
    }
    const auto& text = value->get_ref<const std::string&>();
    if (text.empty()) fail(ErrorCode::empty_value, child(pointer, name), "", "a string");
    return text;
  }

  Text text(const json& object, const std::string& pointer, const char* name) {
    const json* value = member(object, pointer, name, "text in zh or en");
    const std::string place = child(pointer, name);
    if (value == nullptr || !is_object(*value, place, {"zh", "en"})) return {};
    return {string(*value, place, "zh"), string(*value, place, "en")};
  }

  template <class Each>
  void for_each(const json& object, const std::string& pointer, const char* name, Each each) {
    const json* value = member(object, pointer, name, "an array");
    if (value == nullptr) return;
    const std::string place = child(pointer, name);
    if (!value->is_array()) {
      fail(ErrorCode::wrong_type, place, value->dump(), "an array");
      return;
    }
    for (std::size_t i = 0; i < value->size(); ++i) each((*value)[i], child(place, i));
  }

  /// A term that has not been there before.
  const std::string* term_at(const json& value, const std::string& place) {
    if (!value.is_string()) {
      fail(ErrorCode::wrong_type, place, value.dump(), "a string");
      return nullptr;
    }
    const auto& term = value.get_ref<const std::string&>();
    if (term.empty()) {
      fail(ErrorCode::empty_value, place, "", "a string");
      return nullptr;
    }
    once(terms_, lower(term), place);
    return &term;
  }

  void once(std::map<std::string, std::string>& seen, const std::string& id,
            const std::string& place) {
    const auto [entry, fresh] = seen.emplace(id, place);
    if (!fresh) fail(ErrorCode::duplicate_id, place, id, entry->second);
  }

  void read_cluster(const json& value, const std::string& pointer) {
    if (!is_object(value, pointer, {"id", "name", "fields"})) return;
    const std::string id = string(value, pointer, "id");
    text(value, pointer, "name");
    const auto* cluster =
        std::find_if(kIndustryClusters.begin(), kIndustryClusters.end(),
                     [&id](IndustryCluster candidate) { return name_of(candidate) == id; });
    if (cluster == kIndustryClusters.end()) {
      if (!id.empty()) {
        std::string names;
        for (const IndustryCluster known : kIndustryClusters) {
          if (!names.empty()) names += ", ";
          names += name_of(known);
        }
        fail(ErrorCode::bad_name, child(pointer, "id"), id, names);
      }
      return;
    }
    once(clusters_, id, child(pointer, "id"));
    for_each(value, pointer, "fields", [&](const json& field, const std::string& place) {
      read_field(field, place, *cluster);
    });
  }

  void read_field(const json& value, const std::string& pointer, IndustryCluster cluster) {
    if (!is_object(value, pointer, {"id", "name", "concepts"})) return;
    TaxonomyField field{string(value, pointer, "id"), text(value, pointer, "name"), cluster};
    once(fields_, field.id, child(pointer, "id"));
    const std::size_t number = taxonomy_.fields.size();
    taxonomy_.fields.push_back(std::move(field));
    for_each(value, pointer, "concepts", [&](const json& concept_terms, const std::string& place) {
      if (!concept_terms.is_array()) {
        fail(ErrorCode::wrong_type, place, concept_terms.dump(), "an array");
        return;
      }
      TaxonomyConcept meaning;
      meaning.field = number;
      for (std::size_t i = 0; i < concept_terms.size(); ++i) {
        if (const std::string* term = term_at(concept_terms[i], child(place, i))) {
          meaning.terms.push_back(*term);
        }
      }
      if (concept_terms.empty()) fail(ErrorCode::empty_value, place, "", "a string");
      taxonomy_.concepts.push_back(std::move(meaning));
    });
  }

  Taxonomy taxonomy_;
  std::vector<Error> errors_;
  std::map<std::string, std::string> clusters_;
  std::map<std::string, std::string> fields_;
  std::map<std::string, std::string> terms_;
};

}  // namespace

Result<Taxonomy> load_taxonomy(std::string_view bytes) {
  Result<json> document = parse_json(bytes, kDepth, kBytes);
  if (!document) return {std::nullopt, std::move(document.errors)};
  return Reader().read(*document.value);
}

}  // namespace tc::matching
