#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/date.hpp"
#include "core/model/programme.hpp"
#include "core/model/text.hpp"
#include "core/schedule/schedule.hpp"

namespace tc {

/// What speaks for or against an item.
enum class RagCode : std::uint8_t {
  done,                 ///< finished
  on_track,             ///< nothing speaks against it
  late,                 ///< forecast (or due) to finish late; number: working days
  late_and_critical,    ///< late, and so is the programme; number: working days
  deadline_missed,      ///< negative float; number: working days
  no_float,             ///< any delay moves the programme's finish; number: working days of float
  blocked,              ///< its own status
  blocked_predecessor,  ///< waits for blocked ones; number: how many
  stale,                ///< no update in the ledger for long; number: days since the last
  never_updated,        ///< begun, but nothing in the ledger; number: days since its start
  no_dates,             ///< no schedule to judge by
};

/// One reason, and the colour that it alone would give.
struct RagReason {
  RagCode code = RagCode::on_track;
  Rag rag = Rag::green;
  int number = 0;
  bool operator==(const RagReason&) const = default;
};

/// Whether an override can stand: it names a colour, a reason and a person.
bool is_valid(const RagOverride& override);

/// The computed colour stays beside an override, so that the two can be compared.
struct RagResult {
  Rag computed = Rag::unknown;
  std::vector<RagReason> reasons;  ///< the worst first; never empty
  std::optional<RagOverride> override;
  Rag shown() const { return override ? override->rag : computed; }
  bool operator==(const RagResult&) const = default;
};

/// What is judged besides the schedule, by item; shorter lists stand for nothing known.
struct RagInput {
  /// The last day with an entry in the ledger. An empty list: there is no ledger, and no item is
  /// stale for want of one.
  std::span<const std::optional<Date>> last_update;
};

/// The colour of each item on the schedule's day, with its reasons, by the programme's thresholds.
/// An item is as bad as its worst reason; without dates, and with nothing else against it, it is
/// unknown. An item's own `confidence` overrides the colour if it is valid. O(items +
/// dependencies).
std::vector<RagResult> rate(const Programme& programme, const Schedule& schedule,
                            const RagInput& input = {});

/// How many items have which colour, as shown.
struct RagCounts {
  std::size_t red = 0;
  std::size_t amber = 0;
  std::size_t green = 0;
  std::size_t unknown = 0;
  std::size_t overridden = 0;
  std::size_t total() const { return red + amber + green + unknown; }
  bool operator==(const RagCounts&) const = default;
};
RagCounts count(std::span<const RagResult> results);

std::optional<Rag> rag_of(std::string_view name);
/// The word for people.
const Text& label_of(Rag rag);
/// One sentence, with its number.
std::string message(const RagReason& reason, Language language);

}  // namespace tc
