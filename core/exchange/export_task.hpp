#pragma once

#include <cstddef>
#include <string>
#include <utility>

namespace tc {

/// A file that is written a part at a time, for a caller that has something else to do meanwhile.
/// What it is made from has to be there, and as it is, until the last step.
class ExportTask {
 public:
  ExportTask() = default;
  virtual ~ExportTask() = default;
  ExportTask(const ExportTask&) = delete;
  ExportTask& operator=(const ExportTask&) = delete;

  /// Writes the next part, of some 100 KB; false when nothing is left to write.
  virtual bool step() = 0;
  /// From 0 to 1.
  virtual double progress() const = 0;
  /// After the last step. Once.
  virtual std::string take() = 0;
};

/// All of it in one go.
std::string finish(ExportTask& task);

/// A text with a beginning, some entries one after the other, and an end.
class EntriesTask : public ExportTask {
 public:
  bool step() final;
  double progress() const final;
  std::string take() final { return std::move(text_); }

 protected:
  explicit EntriesTask(std::size_t count) : count_(count) {}
  /// What follows adds to `text_`.
  virtual void begin() = 0;
  virtual void entry(std::size_t /*i*/) {}
  virtual void end() {}

  std::string text_;

 private:
  std::size_t count_;
  std::size_t next_ = 0;
  bool has_begun_ = false;
  bool has_ended_ = false;
};

}  // namespace tc
