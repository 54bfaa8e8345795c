#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "core/model/programme.hpp"

namespace tc {

/// `save_programme`, a part at a time, for a caller that has something else to do meanwhile.
class ProgrammeWriter {
 public:
  /// What is made: the canonical text, or the JSON that it would be parsed to.
  enum class Form { text, document };

  /// `programme` has to be there, and as it is, until the last step.
  explicit ProgrammeWriter(const Programme& programme, Form form = Form::text);
  ~ProgrammeWriter();
  ProgrammeWriter(ProgrammeWriter&&) noexcept;
  ProgrammeWriter& operator=(ProgrammeWriter&&) noexcept;

  /// Writes about 128 KB of the elements of large lists; everything else at the first step. False
  /// when nothing is left to write.
  bool step();
  /// From 0 to 1.
  double progress() const;
  /// After the last step, the one of the two that was asked for. Once.
  std::string take();
  nlohmann::json document();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tc
