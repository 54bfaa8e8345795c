#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "core/exchange/export_task.hpp"
#include "core/exchange/formats.hpp"
#include "web/ui/board.hpp"
#include "web/ui/host.hpp"

namespace tc::ui {

/// The board as it is now on its way to a file called after the programme, a part at a time.
class Exporting {
 public:
  /// `format` null: everything as sheets of a spreadsheet.
  Exporting(Board& board, const ExportFormat* format, Language language, std::int64_t begun);
  ~Exporting();
  Exporting(Exporting&&) noexcept;
  Exporting& operator=(Exporting&&) noexcept;

  /// Of the file.
  const std::string& name() const { return name_; }
  /// By the host's clock.
  std::int64_t begun() const { return begun_; }
  /// So little that nobody would notice if it were written at once.
  bool is_small() const;

  /// Writes the next part; false when all is written.
  bool step() { return task_->step(); }
  /// From 0 to 1.
  double progress() const { return task_->progress(); }
  /// After the last step: gives it to the host. Once.
  void deliver(Host& host);

 private:
  struct Source;
  std::unique_ptr<const Source> source_;  ///< what is written, whatever becomes of the board
  const ExportFormat* format_;
  std::unique_ptr<ExportTask> task_;
  std::string name_;
  std::int64_t begun_;
};

}  // namespace tc::ui
