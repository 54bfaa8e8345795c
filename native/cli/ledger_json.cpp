#include "native/cli/ledger_json.hpp"

#include "native/cli/files.hpp"

namespace tc::cli {

using nlohmann::ordered_json;

namespace {

ordered_json json_of(const ConflictSide& side) {
  ordered_json json;
  json["entry"] = side.entry ? ordered_json(side.id) : ordered_json(nullptr);
  json["author"] = side.author;
  json["city"] = side.city;
  json["time"] = side.time;
  json["reason"] = side.reason;
  json["value"] = side.value ? ordered_json::parse(side.value->dump()) : ordered_json(nullptr);
  return json;
}

}  // namespace

ordered_json json_of(const Entry& entry) {
  return ordered_json::parse(entry_line(entry));
}

ordered_json json_of(const Change& change) {
  ordered_json json;
  json["pointer"] = change.pointer;
  if (change.before) json["before"] = ordered_json::parse(change.before->dump());
  if (change.after) json["after"] = ordered_json::parse(change.after->dump());
  return json;
}

ordered_json json_of(const Conflict& conflict, Language language) {
  ordered_json json;
  json["kind"] = conflict.kind == Conflict::Kind::values ? "values" : "refused";
  json["pointer"] = conflict.pointer;
  json["kept"] = json_of(conflict.kept);
  json["other"] = json_of(conflict.other);
  json["errors"] = ordered_json::array();
  for (const Error& error : conflict.errors) {
    const Fault fault = fault_of(error, language);
    ordered_json entry;
    entry["pointer"] = fault.pointer;
    entry["code"] = fault.code;
    entry["message"] = fault.message;
    json["errors"].push_back(std::move(entry));
  }
  return json;
}

std::string shown(const std::optional<nlohmann::json>& value) {
  if (!value) return "–";
  if (value->is_string()) return shorten(value->get_ref<const std::string&>());
  return shorten(value->dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

}  // namespace tc::cli
