#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/ledger/entry.hpp"
#include "core/ledger/keyed_document.hpp"
#include "core/model/element_json.hpp"
#include "core/model/error.hpp"
#include "core/model/programme.hpp"

namespace tc {

/// A change that was left out when an entry was applied, and why.
struct LeftOutChange {
  std::uint32_t change = 0;  ///< position among the entry's changes
  std::vector<Error> errors;
  bool refused = false;  ///< by the model; else there is nothing (any more) that it could change
};

/// A programme under changes: its document and the same as the model has it, always in step and
/// always valid. Every operation takes effect as a whole or not at all.
class Fold {
 public:
  Fold() = default;
  /// `document` must be of a valid programme, `programme` the same.
  Fold(KeyedDocument document, Programme programme);

  const KeyedDocument& document() const { return document_; }
  const Programme& programme() const { return programme_; }

  /// Applies a person's changes. Each has to start from the present value; `place` of what leaves a
  /// list is filled in. With `ask_reason` a slipping deadline or a reopened item is an error.
  /// O(touched elements), O(board) for structure.
  std::vector<Error> commit(std::vector<Change>& changes, bool ask_reason);

  /// Applies an entry of the journal. When it knew all before it (`sequential`), its changes must
  /// start from the present values and are taken or left out together. Otherwise what has no place
  /// any more is left out, and if the model refuses the result, the changes of each top-level
  /// element that it refuses, one element after the other.
  std::vector<LeftOutChange> apply(const std::vector<Change>& changes, bool sequential);

 private:
  class Transaction;

  /// Cached for speed only, so a copy does without.
  struct Checker {
    std::unique_ptr<ElementChecker> it;
    Checker() = default;
    Checker(const Checker& /*other*/) {}
    Checker(Checker&&) noexcept = default;
    Checker& operator=(const Checker& other) {
      if (this != &other) it.reset();
      return *this;
    }
    Checker& operator=(Checker&&) noexcept = default;
    ~Checker() = default;
  };

  /// Brings the programme in step with the changed document, or says why it can't be.
  std::vector<Error> settle(const Transaction& transaction, bool ask_reason);
  std::vector<Error> settle_elements(const Transaction& transaction, bool ask_reason);
  std::vector<Error> settle_board(const Transaction& transaction, bool ask_reason);
  std::optional<Error> cycle_through(std::size_t item) const;

  KeyedDocument document_;
  Programme programme_;
  Checker checker_;
};

/// The top-level element that a pointer lies in, `/items/K-07`, or the programme's own member,
/// `/title`.
std::string element_pointer(std::string_view pointer);

}  // namespace tc
