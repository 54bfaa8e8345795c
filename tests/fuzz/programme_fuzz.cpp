// A programme file: what is read is written canonically, and that reads the same.

#include "core/model/programme_json.hpp"
#include "tests/fuzz/target.hpp"

using namespace tc;
using fuzz::require;

TONGCHENG_FUZZ_TARGET(programme) {
  const Result<Programme> read = load_programme(bytes);
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
