#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/model/error.hpp"
#include "core/model/programme.hpp"

namespace tc {

/// The version of the file format that `save_programme` writes and the highest that
/// `load_programme` reads. `assets/schema/programme.schema.json` describes it.
inline constexpr int kProgrammeVersion = 1;

/// Limits of an input; beyond them there is a `too_deep` or `too_large` error.
inline constexpr std::size_t kMaxDepth = 64;
inline constexpr std::size_t kMaxBytes = std::size_t{256} << 20;
inline constexpr std::size_t kMaxErrors = 1000;

/// Reads a programme file (JSON in UTF-8, a byte order mark is allowed).
/// Collects all errors of the document in one run, at most `kMaxErrors`, in document order as far
/// as its parts allow; a text that is not JSON yields the one error where reading stopped.
/// Linear in the size of the input.
Result<Programme> load_programme(std::string_view bytes);

/// Everything that types alone do not promise: ids present and unique, references that resolve,
/// dependencies without a cycle, dates in order, numbers in range. Empty when it holds together.
/// Linear in the size of the programme.
std::vector<Error> validate(const Programme& programme);

/// The canonical text of a programme: members in schema order, two spaces, a final newline,
/// nothing for values that are absent. `save(load(save(p))) == save(p)`, byte for byte.
std::string save_programme(const Programme& programme);

}  // namespace tc
