#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/exchange/workbook.hpp"
#include "core/model/error.hpp"
#include "web/ui/views/view.hpp"

namespace tc::ui {

/// A spreadsheet on its way to the import dialog, read a part at a time.
class TableReading {
 public:
  /// `workbook`: as JSON (`workbook_json`). `place`: under the mouse when it was pasted.
  TableReading(std::string name, std::string_view workbook, bool pasted,
               std::optional<PastePlace> place, std::int64_t begun)
      : name_(std::move(name)),
        pasted_(pasted),
        place_(std::move(place)),
        begun_(begun),
        json_(std::make_unique<const std::string>(workbook)),
        reader_(*json_) {}

  const std::string& name() const { return name_; }
  bool pasted() const { return pasted_; }
  const PastePlace* place() const { return place_ ? &*place_ : nullptr; }
  /// By the host's clock.
  std::int64_t begun() const { return begun_; }
  /// So little that nobody would notice if it were read at once.
  bool is_small() const { return json_->size() <= (std::size_t{1} << 20); }

  /// Reads the next part; false when all is read.
  bool step() { return reader_.step(); }
  /// From 0 to 1.
  double progress() const { return reader_.progress(); }
  /// After the last step. Once.
  Result<Workbook> take() { return reader_.take(); }

 private:
  std::string name_;
  bool pasted_;
  std::optional<PastePlace> place_;
  std::int64_t begun_;
  std::unique_ptr<const std::string> json_;
  WorkbookReader reader_;
};

}  // namespace tc::ui
