#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/model/error.hpp"
#include "core/model/programme_json.hpp"

namespace tc {

/// A JSON pointer that is only put together when it is asked for, as there hardly ever is an error.
/// What it is below has to outlive it.
class Place {
 public:
  Place() = default;
  Place(const std::string& pointer) : text_(pointer) {}
  Place operator/(std::string_view name) const { return {this, name, kNone}; }
  Place operator/(std::size_t index) const { return {this, {}, index}; }

  operator std::string() const {
    if (parent_ == nullptr) return std::string(text_);
    const std::string above = *parent_;
    return index_ == kNone ? child(above, text_) : child(above, index_);
  }

 private:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  Place(const Place* parent, std::string_view text, std::size_t index)
      : parent_(parent), text_(text), index_(index) {}

  const Place* parent_ = nullptr;
  std::string_view text_;  ///< without a parent the pointer, else a name
  std::size_t index_ = kNone;
};

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

  void require(const std::string& id, const Place& place) {
    if (!id.empty() && !contains(id)) {
      errors_.add(ErrorCode::dangling_reference, place, shorten(id), where_);
    }
  }

  bool contains(const std::string& id) const { return first_.find(id) != first_.end(); }

 private:
  std::string where_;
  Errors& errors_;
  std::unordered_map<std::string, std::string> first_;
};

}  // namespace tc
