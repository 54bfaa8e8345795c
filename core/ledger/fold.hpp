#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
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

/// All changes of an entry of so many, which was refused for these; none if there are no errors.
std::vector<LeftOutChange> all_left_out(std::size_t changes, const std::vector<Error>& errors);

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
  /// O(touched elements), and for structure what it takes to check the board.
  std::vector<Error> commit(std::vector<Change>& changes, bool ask_reason);

  /// Applies an entry of the journal. When it knew all before it (`sequential`), its changes must
  /// start from the present values and are taken or left out together. Otherwise what has no place
  /// any more is left out, and if the model refuses the result, the changes of each top-level
  /// element that it refuses, one element after the other.
  std::vector<LeftOutChange> apply(const std::vector<Change>& changes, bool sequential);

 private:
  friend class FoldCommit;
  friend class FoldCopy;
  class Transaction;
  class Settling;

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

  std::vector<Error> settle(const Transaction& transaction);
  std::optional<Error> cycle_through(std::size_t item) const;

  KeyedDocument document_;
  Programme programme_;
  Checker checker_;
};

/// `Fold::commit`, a part at a time, for a caller that has something else to do meanwhile.
class FoldCommit {
 public:
  /// Both have to be there, and nobody else is to look at them, until the last step.
  FoldCommit(Fold& fold, std::vector<Change>& changes, bool ask_reason);
  /// Before the last step: takes all back.
  ~FoldCommit();
  FoldCommit(const FoldCommit&) = delete;
  FoldCommit& operator=(const FoldCommit&) = delete;

  /// Does the next part, of a few hundred changes or elements; false when none is left. Whether all
  /// holds together is one part.
  bool step();
  /// From 0 to 1.
  double progress() const;
  /// After the last step: what `Fold::commit` says. Once.
  std::vector<Error> take();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// A copy of a fold, made a part at a time.
class FoldCopy {
 public:
  /// `fold` has to be there, and as it is, until the last step.
  explicit FoldCopy(const Fold& fold) : from_(&fold) {}

  bool step();
  double progress() const;
  /// After the last step. Once.
  Fold take() { return std::move(copy_); }

 private:
  const Fold* from_;
  Fold copy_;
  std::size_t done_ = 0;
  bool is_done_ = false;
};

/// The top-level element that a pointer lies in, `/items/K-07`, or the programme's own member,
/// `/title`.
std::string element_pointer(std::string_view pointer);

}  // namespace tc
