#pragma once

#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/model/error.hpp"
#include "core/model/programme_json.hpp"

namespace tc {

/// Collects at most `kMaxErrors` faults of a document.
class Errors {
 public:
  explicit Errors(std::vector<Error>& out) : out_(out) {}
  void add(ErrorCode code, std::string pointer, std::string found, std::string expected) {
    add({code, std::move(pointer), std::move(found), std::move(expected), std::nullopt});
  }
  void add(Error error) {
    if (out_.size() < kMaxErrors) out_.push_back(std::move(error));
  }

 private:
  std::vector<Error>& out_;
};

/// Ids of one kind, for uniqueness and references. Ids that were already reported as malformed are
/// empty or wrong, and an empty one is never a duplicate.
class IdSet {
 public:
  IdSet(std::string where, Errors& errors) : where_(std::move(where)), errors_(errors) {}

  void add(const std::string& id, const std::string& pointer) {
    if (id.empty()) return;
    const auto [entry, fresh] = first_.emplace(id, pointer);
    if (!fresh) errors_.add(ErrorCode::duplicate_id, pointer, shorten(id), entry->second);
  }

  void require(const std::string& id, const std::string& pointer) {
    if (!id.empty() && !contains(id)) {
      errors_.add(ErrorCode::dangling_reference, pointer, shorten(id), where_);
    }
  }

  bool contains(const std::string& id) const { return first_.find(id) != first_.end(); }

 private:
  std::string where_;
  Errors& errors_;
  std::unordered_map<std::string, std::string> first_;
};

}  // namespace tc
