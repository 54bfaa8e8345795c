#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/model/text.hpp"

namespace tc {

/// What is wrong with an input. Each has one sentence in each language (see `message`).
enum class ErrorCode {
  syntax,               ///< not JSON
  encoding,             ///< not UTF-8
  too_deep,             ///< nested deeper than `kMaxDepth`
  too_large,            ///< longer than the limit in `expected`
  number_range,         ///< a number that a double can't hold
  duplicate_member,     ///< the same name twice in one object
  wrong_format,         ///< not a programme file
  unsupported_version,  ///< written by a newer Tongcheng
  missing_member,
  unknown_member,
  wrong_type,
  empty_value,
  bad_name,  ///< not one of the names in `expected`
  bad_date,
  bad_id,
  bad_url,
  bad_hash,
  out_of_range,
  duplicate_id,
  dangling_reference,
  dependency_cycle,
  date_order,
  // Of boards and their ledgers.
  changed_meanwhile,  ///< a change was made from a value that is no longer there
  reason_needed,
  no_such_place,  ///< a pointer that addresses nothing on the board
  bad_time,
  broken_entry,  ///< a line of a board file that is not what was written
  other_base,    ///< boards that do not have the same beginning
  nothing_to_undo,
};

/// A place in a text file, both from 1; the column counts bytes.
struct Position {
  std::size_t line = 1;
  std::size_t column = 1;
};

/// One fault of an input and its place. An error is a value: it is collected, never thrown.
struct Error {
  ErrorCode code = ErrorCode::syntax;
  std::string pointer;               ///< RFC 6901 JSON pointer; empty = the whole document
  std::string found;                 ///< what stands there, shortened
  std::string expected;              ///< names, a type or a limit, as the code needs it
  std::optional<Position> position;  ///< for faults of the text itself
};

/// `pointer: what is wrong, what was expected` without the pointer, as one sentence.
std::string message(const Error& error, Language language);

/// A value or at least one error.
template <class T>
struct Result {
  std::optional<T> value;
  std::vector<Error> errors;

  explicit operator bool() const { return value.has_value(); }
};

/// Appends one reference token to a JSON pointer, escaping `~` and `/` (RFC 6901).
std::string child(const std::string& pointer, std::string_view token);
std::string child(const std::string& pointer, std::size_t index);

/// At most `limit` bytes of `text`, cut between characters, with `…` where something is left out.
std::string shorten(std::string_view text, std::size_t limit = 60);

}  // namespace tc
