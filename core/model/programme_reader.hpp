#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <string_view>

#include "core/model/error.hpp"
#include "core/model/programme.hpp"

namespace tc {

/// `load_programme`, a part at a time, for a caller that has something else to do meanwhile.
class ProgrammeReader {
 public:
  /// Whether `document` is wanted, which takes the memory for the JSON of all items.
  enum class Keep { nothing, document };

  /// `bytes` have to outlive the reader.
  explicit ProgrammeReader(std::string_view bytes, Keep keep = Keep::nothing);
  ~ProgrammeReader();
  ProgrammeReader(ProgrammeReader&&) noexcept;
  ProgrammeReader& operator=(ProgrammeReader&&) noexcept;

  /// Reads about 128 KB; what is not JSON, and at last whether all holds together, in one go.
  /// False when nothing is left to read.
  bool step();
  /// From 0 to 1.
  double progress() const;
  /// After the last step: what `load_programme` says. Once.
  Result<Programme> take();
  /// After the last step, if all was good: the programme's JSON. Once.
  nlohmann::json document();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tc
