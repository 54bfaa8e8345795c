#include "core/ledger/keyed_document.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/ledger/sha256.hpp"

namespace tc {

namespace {

using nlohmann::json;

/// The key is not a member but the hash of the element.
constexpr std::string_view kByContent;

struct Keyed {
  std::string_view path;  ///< names of the lists on the way, without the elements' keys
  std::string_view key;   ///< member that identifies an element, or several with spaces between
};

/// Which lists have elements with an identity. A new kind of list needs its line here, nothing
/// else. The same predecessor may stand twice in dependsOn (with other types); its code then means
/// the first one.
constexpr std::array kKeyed = {
    Keyed{"/sources", "id"},
    Keyed{"/cities", "id"},
    Keyed{"/departments", "id"},
    Keyed{"/areas", "id"},
    Keyed{"/items", "code"},
    Keyed{"/items/milestones", "id"},
    Keyed{"/items/dependsOn", "item"},
    Keyed{"/items/evidence", kByContent},
    Keyed{"/indicators", "id"},
    Keyed{"/products", "id"},
    Keyed{"/alliances", "id"},
    Keyed{"/alliances/stages", "id"},
    Keyed{"/members", "id"},
    Keyed{"/chainLinks", "id"},
    Keyed{"/policies", "id"},
    Keyed{"/policyMatrix/cells", "policy group cluster"},
    Keyed{"/needs", "id"},
    Keyed{"/results", "id"},
    Keyed{"/jobs", "id"},
    Keyed{"/graduates", "code"},
    Keyed{"/challenges", "id"},
    Keyed{"/challenges/bids", "id"},
    Keyed{"/decks", "id"},
    Keyed{"/decks/slides", "id"},
    Keyed{"/decks/session/pitches", "id"},
    Keyed{"/interests", "id"},
};

const Keyed* keyed_list(std::string_view path) {
  const auto found = std::find_if(kKeyed.begin(), kKeyed.end(),
                                  [path](const Keyed& list) { return list.path == path; });
  return found == kKeyed.end() ? nullptr : &*found;
}

/// The names in a list of names with spaces between, one by one: each call takes the first away.
std::string_view take_name(std::string_view& names) {
  const std::string_view name = names.substr(0, names.find(' '));
  names.remove_prefix(std::min(names.size(), name.size() + 1));
  return name;
}

/// Ids hold no spaces, so what stands between them can't run together.
std::string key_of(const json& element, std::string_view key) {
  if (key == kByContent) return evidence_key(element);
  if (!element.is_object()) return {};
  std::string result;
  while (!key.empty()) {
    const auto found = element.find(take_name(key));
    if (found == element.end() || !found->is_string()) continue;
    if (!result.empty()) result += ' ';
    result += found->get_ref<const std::string&>();
  }
  return result;
}

bool is_of_key(std::string_view member, std::string_view key) {
  while (!key.empty()) {
    if (take_name(key) == member) return true;
  }
  return false;
}

/// Position of the element with that key, or the size.
std::size_t position(const json& list, const Keyed& keyed, const std::string& key) {
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (key_of(list[i], keyed.key) == key) return i;
  }
  return list.size();
}

Error no_such_place(std::string_view pointer, std::string expected) {
  return {ErrorCode::no_such_place, std::string(pointer), shorten(pointer, 200),
          std::move(expected), std::nullopt};
}

Error wrong_key(std::string_view pointer, std::string_view found, std::string_view key) {
  return {ErrorCode::no_such_place, std::string(pointer), shorten(found), "the key " + shorten(key),
          std::nullopt};
}

/// One step from a value into a part of it.
struct Step {
  json* node;
  std::size_t index;  ///< in an array
  std::string token;  ///< in an object
};

/// The value below `node` that the tokens from `next` on address; `path` names node's own list.
const json* descend(const json* node, const std::vector<std::string>& tokens, std::size_t next,
                    std::string path) {
  while (next < tokens.size()) {
    if (!node->is_object()) return nullptr;
    const auto found = node->find(tokens[next]);
    if (found == node->end()) return nullptr;
    path += '/' + tokens[next++];
    node = &*found;
    if (next == tokens.size()) return node;
    if (const Keyed* keyed = keyed_list(path); keyed != nullptr && node->is_array()) {
      const std::size_t at = position(*node, *keyed, tokens[next++]);
      if (at == node->size()) return nullptr;
      node = &(*node)[at];
    }
  }
  return node;
}

/// Sets or removes the value below `root` that the tokens from `next` on address.
std::optional<Error> set_below(json& root, const std::vector<std::string>& tokens, std::size_t next,
                               std::string path, std::string_view own_key,
                               std::optional<json> value, const std::optional<std::string>& place,
                               std::string_view pointer) {
  // Checked first, so that an error leaves everything as it was: nothing is made on the way before
  // it is known that the way ends well.
  const json* node = &root;
  std::string here = path;
  for (std::size_t i = next; i < tokens.size(); ++i) {
    const bool last = i + 1 == tokens.size();
    if (node != nullptr && !node->is_object()) {
      return no_such_place(pointer, "a value as a whole");
    }
    if (last && is_of_key(tokens[i], own_key)) {
      return wrong_key(pointer, tokens[i], "that does not change");
    }
    own_key = {};
    here += '/' + tokens[i];
    if (node != nullptr) {
      const auto found = node->find(tokens[i]);
      node = found == node->end() ? nullptr : &*found;
    }
    const Keyed* keyed = keyed_list(here);
    if (last || keyed == nullptr) continue;
    const std::string& key = tokens[++i];
    if (node != nullptr && !node->is_array()) return no_such_place(pointer, "an array");
    const std::size_t at = node == nullptr ? 0 : position(*node, *keyed, key);
    const bool exists = node != nullptr && at < node->size();
    if (i + 1 == tokens.size()) {
      if (value) {
        const std::string own = key_of(*value, keyed->key);
        if (own != key) return wrong_key(pointer, own, key);
      }
      break;
    }
    if (!exists) return no_such_place(pointer, "an element with that key");
    if (keyed->key == kByContent) return no_such_place(pointer, "a value as a whole");
    own_key = keyed->key;
    node = &(*node)[at];
  }

  std::vector<Step> way;
  json* target = &root;
  for (std::size_t i = next; i < tokens.size(); ++i) {
    const bool last = i + 1 == tokens.size();
    path += '/' + tokens[i];
    const Keyed* keyed = last ? nullptr : keyed_list(path);
    if (!target->contains(tokens[i])) {
      if (!value) return std::nullopt;  // nothing there to remove
      (*target)[tokens[i]] = keyed != nullptr ? json::array() : json::object();
    }
    way.push_back({target, 0, tokens[i]});
    target = &(*target)[tokens[i]];
    if (keyed == nullptr) continue;
    const std::string& key = tokens[++i];
    std::size_t at = position(*target, *keyed, key);
    if (at == target->size()) {
      if (!value) return std::nullopt;
      if (place) {
        const std::size_t before = place->empty() ? 0 : position(*target, *keyed, *place) + 1;
        at = std::min(before, target->size());
      }
      target->insert(target->begin() + static_cast<std::ptrdiff_t>(at), json());
    }
    way.push_back({target, at, {}});
    target = &(*target)[at];
  }
  if (value) {
    *target = std::move(*value);
    return std::nullopt;
  }
  // What becomes empty by the removal goes with it.
  while (!way.empty()) {
    const Step& step = way.back();
    if (step.node->is_array()) {
      step.node->erase(step.index);
    } else {
      step.node->erase(step.token);
    }
    const bool empty = step.node->empty();
    way.pop_back();
    if (!empty) break;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::vector<std::string>> pointer_tokens(std::string_view pointer) {
  std::vector<std::string> tokens;
  if (!pointer.empty() && pointer.front() != '/') return std::nullopt;
  for (std::size_t i = 0; i < pointer.size(); ++i) {
    if (pointer[i] == '/') {
      tokens.emplace_back();
    } else if (pointer[i] != '~') {
      tokens.back() += pointer[i];
    } else if (i + 1 < pointer.size() && (pointer[i + 1] == '0' || pointer[i + 1] == '1')) {
      tokens.back() += pointer[++i] == '0' ? '~' : '/';
    } else {
      return std::nullopt;
    }
  }
  return tokens;
}

bool is_prefix(std::string_view prefix, std::string_view pointer) {
  return pointer.starts_with(prefix) &&
         (pointer.size() == prefix.size() || pointer[prefix.size()] == '/');
}

std::string element_key(std::string_view list, const json& element) {
  const Keyed* keyed = keyed_list(list);
  return keyed == nullptr ? std::string() : key_of(element, keyed->key);
}

std::string evidence_key(const json& evidence) {
  return sha256_hex(evidence.dump(-1, ' ', false, json::error_handler_t::replace)).substr(0, 16);
}

std::optional<json> with_part(const std::string& scope, const std::optional<json>& value,
                              const std::string& pointer, const std::optional<json>& part) {
  KeyedDocument document;
  const auto tokens = pointer_tokens(scope);
  if (!tokens || tokens->empty()) return std::nullopt;
  document = KeyedDocument(json::object());
  if (const Keyed* top = keyed_list('/' + tokens->front());
      top != nullptr && tokens->size() > 1 && (tokens->size() > 2 || !value)) {
    const json stub = {{top->key, (*tokens)[1]}};
    document.set(child(child({}, tokens->front()), (*tokens)[1]), stub);
  }
  if (value) document.set(scope, value);
  document.set(pointer, part);
  const json* result = document.find(scope);
  return result == nullptr ? std::nullopt : std::optional<json>(*result);
}

KeyedDocument::KeyedDocument(nlohmann::json programme) : members_(std::move(programme)) {
  if (!members_.is_object()) members_ = nlohmann::json::object();
  for (const Keyed& keyed : kKeyed) {
    if (keyed.path.find('/', 1) != std::string_view::npos) continue;
    List list;
    list.name = keyed.path.substr(1);
    const auto found = members_.find(list.name);
    if (found != members_.end() && found->is_array()) {
      for (nlohmann::json& element : *found) list.elements.push_back(std::move(element));
      members_.erase(found);
    }
    for (std::size_t i = 0; i < list.elements.size(); ++i) {
      list.index.emplace(key_of(list.elements[i], keyed.key), i);
    }
    lists_.push_back(std::move(list));
  }
}

nlohmann::json KeyedDocument::json(std::string_view without) const {
  nlohmann::json programme = members_;
  for (const List& list : lists_) {
    if (!list.elements.empty() && list.name != without) programme[list.name] = list.elements;
  }
  return programme;
}

bool KeyedDocument::copy_on(const KeyedDocument& from, std::size_t count) {
  lists_.resize(from.lists_.size());
  for (std::size_t i = 0; i < lists_.size(); ++i) {
    std::vector<nlohmann::json>& elements = lists_[i].elements;
    const std::vector<nlohmann::json>& all = from.lists_[i].elements;
    elements.reserve(all.size());
    while (elements.size() < all.size()) {
      if (count-- == 0) return true;
      elements.push_back(all[elements.size()]);
    }
  }
  for (std::size_t i = 0; i < lists_.size(); ++i) {
    lists_[i].name = from.lists_[i].name;
    lists_[i].index = from.lists_[i].index;
  }
  members_ = from.members_;
  return false;
}

const KeyedDocument::List* KeyedDocument::list(std::string_view name) const {
  const auto found = std::find_if(lists_.begin(), lists_.end(),
                                  [name](const List& list) { return list.name == name; });
  return found == lists_.end() ? nullptr : &*found;
}

KeyedDocument::List* KeyedDocument::list(std::string_view name) {
  return const_cast<List*>(std::as_const(*this).list(name));
}

const nlohmann::json* KeyedDocument::find(std::string_view pointer) const {
  const auto tokens = pointer_tokens(pointer);
  if (!tokens || tokens->empty()) return nullptr;
  const List* top = list(tokens->front());
  if (top == nullptr) return descend(&members_, *tokens, 0, {});
  if (tokens->size() < 2) return nullptr;
  const auto found = top->index.find((*tokens)[1]);
  if (found == top->index.end()) return nullptr;
  return descend(&top->elements[found->second], *tokens, 2, '/' + top->name);
}

std::optional<Error> KeyedDocument::set_element(List& list, const std::string& key,
                                                std::optional<nlohmann::json> value,
                                                const std::optional<std::string>& place,
                                                const std::string& pointer) {
  const auto found = list.index.find(key);
  if (value) {
    const std::string own = key_of(*value, keyed_list('/' + list.name)->key);
    if (own != key || key.empty()) return wrong_key(pointer, own, key);
    if (found != list.index.end()) {
      list.elements[found->second] = std::move(*value);
      return std::nullopt;
    }
  } else if (found == list.index.end()) {
    return std::nullopt;
  }
  std::size_t at = list.elements.size();
  if (!value) {
    at = found->second;
    list.elements.erase(list.elements.begin() + static_cast<std::ptrdiff_t>(at));
    list.index.erase(found);
  } else {
    if (place) {
      const auto before = list.index.find(*place);
      if (place->empty()) at = 0;
      if (before != list.index.end()) at = before->second + 1;
    }
    list.elements.insert(list.elements.begin() + static_cast<std::ptrdiff_t>(at),
                         std::move(*value));
  }
  const std::string_view member = keyed_list('/' + list.name)->key;
  for (std::size_t i = at; i < list.elements.size(); ++i) {
    list.index[key_of(list.elements[i], member)] = i;
  }
  return std::nullopt;
}

std::optional<Error> KeyedDocument::set(std::string_view pointer,
                                        std::optional<nlohmann::json> value,
                                        const std::optional<std::string>& place) {
  const auto tokens = pointer_tokens(pointer);
  if (!tokens || tokens->empty()) {
    Error error = no_such_place(pointer, "/items/K-01/status");
    if (!tokens) error.pointer.clear();  // it would not be a pointer
    return error;
  }
  const std::string& first = tokens->front();
  if (first == "format" || first == "version") {
    return no_such_place(pointer, "a part of the programme");
  }
  List* top = list(first);
  if (top == nullptr) {
    return set_below(members_, *tokens, 0, {}, {}, std::move(value), place, pointer);
  }
  if (tokens->size() < 2) return no_such_place(pointer, "an element of the list");
  if (tokens->size() == 2) {
    return set_element(*top, (*tokens)[1], std::move(value), place, std::string(pointer));
  }
  const auto found = top->index.find((*tokens)[1]);
  if (found == top->index.end()) return no_such_place(pointer, "an element with that key");
  return set_below(top->elements[found->second], *tokens, 2, '/' + top->name,
                   keyed_list('/' + top->name)->key, std::move(value), place, pointer);
}

std::optional<std::string> KeyedDocument::place_of(std::string_view pointer) const {
  const auto tokens = pointer_tokens(pointer);
  if (!tokens || tokens->size() < 2) return std::nullopt;
  if (tokens->size() == 2) {
    const List* top = list(tokens->front());
    if (top == nullptr) return std::nullopt;
    const auto found = top->index.find((*tokens)[1]);
    if (found == top->index.end()) return std::nullopt;
    return found->second == 0
               ? std::string()
               : key_of(top->elements[found->second - 1], keyed_list('/' + top->name)->key);
  }
  // The path of the list: names only. Keys stand after the names of keyed lists.
  std::string path;
  for (std::size_t i = 0; i + 1 < tokens->size(); ++i) {
    path += '/' + (*tokens)[i];
    if (keyed_list(path) != nullptr && i + 2 < tokens->size()) ++i;
  }
  const Keyed* keyed = keyed_list(path);
  if (keyed == nullptr) return std::nullopt;
  const nlohmann::json* parent = find(pointer.substr(0, pointer.rfind('/')));
  if (parent == nullptr || !parent->is_array()) return std::nullopt;
  const std::size_t at = position(*parent, *keyed, tokens->back());
  if (at == parent->size()) return std::nullopt;
  return at == 0 ? std::string() : key_of((*parent)[at - 1], keyed->key);
}

KeyedDocument::Element KeyedDocument::element_of(std::string_view pointer) const {
  const auto tokens = pointer_tokens(pointer);
  if (!tokens || tokens->size() < 2) return {};
  const List* top = list(tokens->front());
  if (top == nullptr) return {};
  const auto found = top->index.find((*tokens)[1]);
  if (found == top->index.end()) return {top->name, top->elements.size(), false};
  return {top->name, found->second, true};
}

const nlohmann::json* KeyedDocument::element(std::string_view name, std::size_t index) const {
  const List* top = list(name);
  return top == nullptr || index >= top->elements.size() ? nullptr : &top->elements[index];
}

std::string KeyedDocument::key_at(std::string_view name, std::size_t index) const {
  const nlohmann::json* at = element(name, index);
  return at == nullptr ? std::string() : element_key('/' + std::string(name), *at);
}

std::optional<std::size_t> KeyedDocument::index_of(std::string_view name,
                                                   const std::string& key) const {
  const List* top = list(name);
  if (top == nullptr) return std::nullopt;
  const auto found = top->index.find(key);
  if (found == top->index.end()) return std::nullopt;
  return found->second;
}

std::size_t KeyedDocument::size(std::string_view name) const {
  const List* top = list(name);
  return top == nullptr ? 0 : top->elements.size();
}

std::string KeyedDocument::keyed(const std::string& pointer, bool top_has_key) const {
  const auto tokens = pointer_tokens(pointer);
  if (!tokens) return pointer;
  std::string result;
  std::string path;
  const nlohmann::json* node = &members_;
  for (std::size_t i = 0; i < tokens->size(); ++i) {
    const std::string& token = (*tokens)[i];
    result = child(result, token);
    path += '/' + token;
    const List* top = i == 0 ? list(token) : nullptr;
    if (top == nullptr) {
      if (node != nullptr && node->is_object()) {
        const auto found = node->find(token);
        node = found == node->end() ? nullptr : &*found;
      } else {
        node = nullptr;
      }
    }
    const Keyed* list_keyed = keyed_list(path);
    if (list_keyed == nullptr || i + 1 == tokens->size()) continue;
    const std::string& place = (*tokens)[++i];
    const bool number = !place.empty() && place.size() < 10 &&
                        place.find_first_not_of("0123456789") == std::string::npos;
    std::size_t at = 0;
    if (number) {
      for (const char digit : place) at = 10 * at + static_cast<std::size_t>(digit - '0');
    }
    const nlohmann::json* next = nullptr;
    if (top != nullptr) {
      const auto by_key = top->index.find(place);
      if (top_has_key && by_key != top->index.end()) {
        next = &top->elements[by_key->second];
      } else if (!top_has_key && number && at < top->elements.size()) {
        next = &top->elements[at];
      }
    } else if (node != nullptr && node->is_array() && number && at < node->size()) {
      next = &(*node)[at];
    }
    const std::string key = next == nullptr ? std::string() : key_of(*next, list_keyed->key);
    result = child(result, key.empty() ? place : key);
    node = next;
  }
  return result;
}

}  // namespace tc
