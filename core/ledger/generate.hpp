#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/ledger/ledger.hpp"
#include "core/model/programme.hpp"

namespace tc {

/// Appends made-up but plausible entries by people of one city (id; may be empty): progress,
/// statuses, deadlines that slip with a reason, milestones, evidence, new and withdrawn items,
/// dependencies, edits of several items at once, notes, undo and redo. The first comes some time
/// after `start` (or after the last entry, if that is later), the others up to twice `step`
/// milliseconds apart. The same arguments give the same entries on every platform. Authors are
/// called 演示用户 (demonstration user), as nobody did these things.
/// Returns how many were appended; fewer than wanted only where nearly nothing can be changed.
std::size_t generate_entries(Ledger& ledger, std::size_t entries, std::uint64_t seed,
                             std::string_view city, const std::string& start, std::int64_t step);

/// A board with so many made-up entries by people of all cities over the 24 months before the
/// programme's `as_of` (without one: before 2025). `programme` has to hold together, else the
/// board is empty.
Ledger generate_ledger(const Programme& programme, std::size_t entries, std::uint64_t seed);

}  // namespace tc
