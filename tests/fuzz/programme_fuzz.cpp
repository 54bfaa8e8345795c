// A programme file: read in parts it is what it is in one piece; what is read is written
// canonically, and that reads the same.

#include "core/model/element_json.hpp"
#include "core/model/json_text.hpp"
#include "core/model/programme_json.hpp"
#include "tests/fuzz/target.hpp"

using namespace tc;
using fuzz::require;

namespace {

std::string listed(const std::vector<Error>& errors) {
  std::string text;
  for (const Error& error : errors) {
    text += error.pointer + ": " + message(error, Language::en) + '\n';
  }
  return text;
}

Result<Programme> read_in_one_piece(std::string_view bytes) {
  Result<nlohmann::json> document = parse_json(bytes, kMaxDepth, kMaxBytes);
  if (document) return load_document(*document.value);
  Result<Programme> result;
  result.errors = std::move(document.errors);
  return result;
}

}  // namespace

TONGCHENG_FUZZ_TARGET(programme) {
  const Result<Programme> read = load_programme(bytes);
  const Result<Programme> whole = read_in_one_piece(bytes);
  require(read.value == whole.value, "in parts it is what it is in one piece");
  require(listed(read.errors) == listed(whole.errors), "and has the same faults");
  if (!read) {
    fuzz::require_faults(read.errors);
    return;
  }
  const Programme& programme = *read.value;
  require(validate(programme).empty(), "what is read holds together");
  const std::string text = save_programme(programme);
  const Result<Programme> again = load_programme(text);
  require(bool(again), "what is written can be read");
  require(*again.value == programme, "and says the same");
  require(save_programme(*again.value) == text, "in the same bytes");
}
