#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/ledger/ledger.hpp"
#include "core/model/error.hpp"
#include "core/model/programme.hpp"
#include "core/model/programme_reader.hpp"

namespace tc::ui {

/// A file on its way to the board: a programme or a board file, read a part at a time.
class Opening {
 public:
  enum class Purpose {
    open,       ///< from the user
    open_kept,  ///< the host has kept these bytes
    join,       ///< a copy of the open board that another window has kept
  };

  Opening(std::string_view name, std::string_view bytes, Purpose purpose, std::int64_t begun)
      : name_(name),
        purpose_(purpose),
        begun_(begun),
        bytes_(std::make_shared<const std::string>(bytes)) {
    if (tc::is_board(bytes)) {
      board_.emplace(bytes_);
    } else {
      programme_.emplace(*bytes_);
    }
  }

  const std::string& name() const { return name_; }
  Purpose purpose() const { return purpose_; }
  bool is_board() const { return board_.has_value(); }
  /// By the host's clock.
  std::int64_t begun() const { return begun_; }
  /// So little that nobody would notice if it were read at once.
  bool is_small() const { return bytes_->size() <= (std::size_t{1} << 20); }

  /// Reads the next part; false when all is read.
  bool step() {
    is_read_ = !(board_ ? board_->step() : programme_->step());
    return !is_read_;
  }
  bool is_read() const { return is_read_; }
  /// From 0 to 1.
  double progress() const { return board_ ? board_->progress() : programme_->progress(); }
  /// After the last step, the one that it is. Once.
  Result<OpenedLedger> take_board() { return board_->take(); }
  Result<Programme> take_programme() { return programme_->take(); }

 private:
  std::string name_;
  Purpose purpose_;
  std::int64_t begun_;
  std::shared_ptr<const std::string> bytes_;
  std::optional<BoardReader> board_;
  std::optional<ProgrammeReader> programme_;
  bool is_read_ = false;
};

}  // namespace tc::ui
