#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ledger/ledger.hpp"
#include "core/model/error.hpp"
#include "core/model/programme.hpp"

namespace tc::cli {

/// A fault of an input file, in words.
struct Fault {
  std::string_view code;  ///< stable name: `bad-date`, `unreadable`, …
  std::string pointer;    ///< JSON pointer; empty for the whole file
  std::string message;
  std::optional<Position> position;
};

struct LoadedFile {
  std::optional<Programme> programme;
  std::vector<Fault> faults;
};

/// An error of an input file, in words.
Fault fault_of(const Error& error, Language language);

/// The bytes at `path` (`-` is the standard input), or why they can't be had.
struct LoadedBytes {
  std::optional<std::string> bytes;
  std::vector<Fault> faults;
};
LoadedBytes load_bytes(const std::string& path, Language language);

/// Reads the programme at `path`; `-` is the standard input. Of a board file it is the state after
/// the last entry; what was passed over, or waits for somebody's choice, goes to the standard
/// error.
LoadedFile load_file(const std::string& path, Language language);

struct LoadedBoard {
  std::optional<Ledger> ledger;
  std::vector<Fault> faults;
};

/// Reads a board, or a programme as a board without entries.
LoadedBoard load_board(const std::string& path, Language language);

/// One line a fault on the standard error: `FILE:/json/pointer: what is wrong`.
void print_faults(const std::string& path, const std::vector<Fault>& faults, Language language);

/// Writes all of `text` or nothing: into a new file beside `path` which then takes its place, so
/// that no reader ever sees half. Pipes and devices are written to as they are. What went wrong,
/// else nothing.
std::optional<std::string> write_file(const std::string& path, std::string_view text,
                                      Language language);

}  // namespace tc::cli
