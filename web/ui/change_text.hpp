#pragma once

#include <string>

#include "core/ledger/entry.hpp"
#include "core/model/summary.hpp"
#include "web/ui/ui.hpp"

namespace tc::ui {

/// What a change is about: `K07 · Due`, `K07 · Milestone M2 · Due`, `Title`.
std::string place_text(const Ui& ui, const std::string& pointer);

/// A value of the programme for people: statuses and texts in their language, ids as names.
std::string value_text(const Ui& ui, const Programme& programme, const Index& index,
                       const std::optional<nlohmann::json>& value);

/// A change's value before and after, for people. Contact details of graduates stay hidden.
std::string before_text(const Ui& ui, const Programme& programme, const Index& index,
                        const Change& change);
std::string after_text(const Ui& ui, const Programme& programme, const Index& index,
                       const Change& change);

/// `Status: Under way → Completed`, without the item's code when `with_item` is false.
std::string change_text(const Ui& ui, const Programme& programme, const Index& index,
                        const Change& change, bool with_item = true);

/// `2024-03-23 16:05`, the time in China.
std::string time_text(std::string_view time);

}  // namespace tc::ui
