#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/ledger/ledger.hpp"

namespace tc::cli {

/// An entry as it stands in its line of the file.
nlohmann::ordered_json json_of(const Entry& entry);
nlohmann::ordered_json json_of(const Change& change);
nlohmann::ordered_json json_of(const Conflict& conflict, Language language);

/// A value in one line for people: texts without quotation marks, `–` for none.
std::string shown(const std::optional<nlohmann::json>& value);

}  // namespace tc::cli
