#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/model/error.hpp"

namespace tc {

/// Splits a JSON pointer (RFC 6901) into its unescaped tokens; nothing when it isn't one.
std::optional<std::vector<std::string>> pointer_tokens(std::string_view pointer);

/// Whether `prefix` addresses the same value as `pointer` or one that holds it.
bool is_prefix(std::string_view prefix, std::string_view pointer);

/// The key under which evidence stands in its list: the first 16 digits of the SHA-256 of its
/// canonical JSON. So the same evidence added twice is one, and evidence is a set.
std::string evidence_key(const nlohmann::json& evidence);

/// The key under which an element stands in the list at `list` (a path of names only, without
/// keys): `K-07`, or of a cell of the policy matrix its policy, group and, if it has one, cluster
/// with spaces between. Empty for lists without identity and for elements without a key.
std::string element_key(std::string_view list, const nlohmann::json& element);

/// What the value at `scope` (nothing: none) becomes when the value at `pointer`, in it, becomes
/// `part`. For values that stand alone, outside of a document.
std::optional<nlohmann::json> with_part(const std::string& scope,
                                        const std::optional<nlohmann::json>& value,
                                        const std::string& pointer,
                                        const std::optional<nlohmann::json>& part);

/// A programme's JSON, addressed by keys instead of positions: the elements of lists that have an
/// identity (items by code, milestones by id, dependencies by the predecessor's code, …; the table
/// in keyed_document.cpp) stand in a pointer under that key, `/items/K-07/milestones/M2/due`, so
/// that insertions at two places commute. Lists without identity (leads, partners) are values as a
/// whole. A top-level list can't be addressed as a whole, one inside an element can.
///
/// Finding a top-level element is O(1), within it O(path · elements of its lists).
class KeyedDocument {
 public:
  KeyedDocument() = default;
  explicit KeyedDocument(nlohmann::json programme);

  /// The programme's JSON again, without one of its keyed lists if that is wanted. O(document).
  nlohmann::json json(std::string_view without = {}) const;

  /// For a copy that is made a part at a time, which begins as one of nothing: copies `count`
  /// elements more, the rest with the last of them. False when all is there. `from` must not change
  /// meanwhile.
  bool copy_on(const KeyedDocument& from, std::size_t count);

  /// The value at `pointer`; null when there is none. Valid until the next change.
  const nlohmann::json* find(std::string_view pointer) const;

  /// Sets (or, with nothing, removes) the value at `pointer`. What has to be there for it, save
  /// elements of keyed lists, comes into being, and what it leaves empty goes. A new element of a
  /// keyed list comes after the one with key `place` (empty: first), at the end without that.
  /// Nothing is changed when there is an error: a pointer that addresses no place, or an element
  /// whose own key isn't that of the pointer. O(element); adding and removing top-level elements
  /// elsewhere than at the end is O(list).
  std::optional<Error> set(std::string_view pointer, std::optional<nlohmann::json> value,
                           const std::optional<std::string>& place = std::nullopt);

  /// Key of the element before the one at `pointer` in its keyed list, empty for the first; nothing
  /// when `pointer` isn't such an element.
  std::optional<std::string> place_of(std::string_view pointer) const;

  /// The list and the position of the top-level element in which `pointer` lies.
  struct Element {
    std::string_view list;  ///< name of the list; empty: the programme's own members
    std::size_t index = 0;
    bool exists = false;
  };
  Element element_of(std::string_view pointer) const;
  const nlohmann::json* element(std::string_view list, std::size_t index) const;
  /// The element's key; empty when there is no such element.
  std::string key_at(std::string_view list, std::size_t index) const;
  /// Position of the element with that key in a top-level list. O(1).
  std::optional<std::size_t> index_of(std::string_view list, const std::string& key) const;
  std::size_t size(std::string_view list) const;

  /// A pointer with positions, as the model's errors have them, with keys in their place. With
  /// `top_has_key` only below the top-level element, whose key is in the pointer already.
  std::string keyed(const std::string& pointer, bool top_has_key = false) const;

 private:
  struct List {
    std::string name;
    std::vector<nlohmann::json> elements;
    std::unordered_map<std::string, std::size_t> index;  ///< by key
  };

  const List* list(std::string_view name) const;
  List* list(std::string_view name);
  std::optional<Error> set_element(List& list, const std::string& key,
                                   std::optional<nlohmann::json> value,
                                   const std::optional<std::string>& place,
                                   const std::string& pointer);

  nlohmann::json members_ = nlohmann::json::object();  ///< everything but the keyed lists
  std::vector<List> lists_;
};

}  // namespace tc
