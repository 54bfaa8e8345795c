#include "native/cli/files.hpp"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <memory>
#include <utility>

#include "core/model/programme_json.hpp"
#include "native/cli/terminal.hpp"

namespace tc::cli {

namespace {

/// A descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ > STDERR_FILENO) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }
  /// Tells about delayed write errors, which the destructor could not.
  int close() { return ::close(std::exchange(fd_, -1)); }

 private:
  int fd_;
};

std::string reason(int error, Language language) {
  if (language == Language::zh) {
    switch (error) {
      case ENOENT:
        return "文件或文件夹不存在";
      case EACCES:
      case EPERM:
        return "没有权限";
      case EISDIR:
        return "这是文件夹，应为文件";
      case ENOTDIR:
        return "路径中有一部分不是文件夹";
      case ENOSPC:
        return "磁盘空间不足";
      default:
        break;
    }
  } else if (error == EISDIR) {
    return "it is a folder; expected a file";
  }
  return std::strerror(error);
}

std::string cannot_write(int error, Language language) {
  return pick(language, "无法写入：", "can't be written: ") + reason(error, language);
}

Fault unreadable(int error, Language language) {
  return {"unreadable",
          {},
          pick(language, "无法读取：", "can't be read: ") + reason(error, language),
          std::nullopt};
}

/// Bytes of the file, or the error number. Reading stops one byte past the limit of a programme:
/// enough to see that it is too large.
std::pair<std::string, int> read_bytes(const std::string& path) {
  const Descriptor file(path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) return {{}, errno};
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) return {{}, errno};
  if (S_ISDIR(status.st_mode)) return {{}, EISDIR};
  const auto size = static_cast<std::size_t>(S_ISREG(status.st_mode) ? status.st_size : 0);
  if (size > kMaxBytes) return {{}, EFBIG};

  constexpr std::size_t kBlock = std::size_t{64} << 10;
  std::string bytes;
  bytes.reserve(size + kBlock);
  for (;;) {
    const std::size_t before = bytes.size();
    bytes.resize(before + kBlock);
    const ssize_t count = ::read(file.get(), bytes.data() + before, kBlock);
    bytes.resize(before + static_cast<std::size_t>(count > 0 ? count : 0));
    if (count == 0) return {std::move(bytes), 0};
    if (count < 0 && errno != EINTR) return {{}, errno};
    if (bytes.size() > kMaxBytes) return {{}, EFBIG};
  }
}

/// 0 or the error number.
int write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = ::write(fd, text.data(), text.size());
    if (count < 0 && errno != EINTR) return errno;
    if (count > 0) text.remove_prefix(static_cast<std::size_t>(count));
  }
  return 0;
}

int write_in_place(const std::string& path, std::string_view text) {
  Descriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
  if (file.get() < 0) return errno;
  if (const int error = write_all(file.get(), text)) return error;
  return file.close() == 0 ? 0 : errno;
}

int replace_file(const std::string& path, std::string_view text, mode_t mode) {
  std::string temporary = path + ".XXXXXX";
  Descriptor file(::mkostemp(temporary.data(), O_CLOEXEC));
  if (file.get() < 0) return errno;
  int error = write_all(file.get(), text);
  if (error == 0 && ::fchmod(file.get(), mode) != 0) error = errno;
  if (error == 0 && ::fsync(file.get()) != 0) error = errno;
  if (file.close() != 0 && error == 0) error = errno;
  if (error == 0 && ::rename(temporary.c_str(), path.c_str()) != 0) error = errno;
  if (error != 0) ::unlink(temporary.c_str());
  return error;
}

mode_t mode_of_new_file() {
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666 & ~mask;
}

std::string_view name_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::syntax:
      return "syntax";
    case ErrorCode::encoding:
      return "encoding";
    case ErrorCode::too_deep:
      return "too-deep";
    case ErrorCode::too_large:
      return "too-large";
    case ErrorCode::number_range:
      return "number-range";
    case ErrorCode::duplicate_member:
      return "duplicate-member";
    case ErrorCode::wrong_format:
      return "wrong-format";
    case ErrorCode::unsupported_version:
      return "unsupported-version";
    case ErrorCode::missing_member:
      return "missing-member";
    case ErrorCode::unknown_member:
      return "unknown-member";
    case ErrorCode::wrong_type:
      return "wrong-type";
    case ErrorCode::empty_value:
      return "empty-value";
    case ErrorCode::bad_name:
      return "bad-name";
    case ErrorCode::bad_date:
      return "bad-date";
    case ErrorCode::bad_id:
      return "bad-id";
    case ErrorCode::bad_url:
      return "bad-url";
    case ErrorCode::bad_hash:
      return "bad-hash";
    case ErrorCode::out_of_range:
      return "out-of-range";
    case ErrorCode::duplicate_id:
      return "duplicate-id";
    case ErrorCode::dangling_reference:
      return "dangling-reference";
    case ErrorCode::dependency_cycle:
      return "dependency-cycle";
    case ErrorCode::changed_meanwhile:
      return "changed-meanwhile";
    case ErrorCode::reason_needed:
      return "reason-needed";
    case ErrorCode::no_such_place:
      return "no-such-place";
    case ErrorCode::bad_time:
      return "bad-time";
    case ErrorCode::broken_entry:
      return "broken-entry";
    case ErrorCode::other_base:
      return "other-base";
    case ErrorCode::nothing_to_undo:
      return "nothing-to-undo";
    case ErrorCode::date_order:
      break;
  }
  return "date-order";
}

}  // namespace

Fault fault_of(const Error& error, Language language) {
  return {name_of(error.code), error.pointer, message(error, language), error.position};
}

LoadedBytes load_bytes(const std::string& path, Language language) {
  LoadedBytes file;
  auto [bytes, error] = read_bytes(path);
  if (error == EFBIG) {
    const std::string limit = std::to_string(kMaxBytes) + " B";
    file.faults.push_back(
        fault_of({ErrorCode::too_large, {}, "> " + limit, limit, std::nullopt}, language));
  } else if (error != 0) {
    file.faults.push_back(unreadable(error, language));
  } else {
    file.bytes = std::move(bytes);
  }
  return file;
}

namespace {

LoadedBoard board_of(const std::string& path, std::string bytes, Language language) {
  LoadedBoard board;
  Result<OpenedLedger> opened = open_board(std::make_shared<const std::string>(std::move(bytes)));
  for (const Error& fault : opened.errors) board.faults.push_back(fault_of(fault, language));
  if (opened) {
    std::vector<Fault> warnings;
    for (const Error& error : opened.value->warnings) {
      warnings.push_back(fault_of(error, language));
    }
    print_faults(path, warnings, language);
    board.ledger = std::move(opened.value->ledger);
  }
  return board;
}

}  // namespace

LoadedBoard load_board(const std::string& path, Language language) {
  LoadedBytes file = load_bytes(path, language);
  if (!file.bytes) return {std::nullopt, std::move(file.faults)};
  if (is_board(*file.bytes)) return board_of(path, std::move(*file.bytes), language);
  LoadedBoard board;
  const Result<Programme> programme = load_programme(*file.bytes);
  for (const Error& fault : programme.errors) board.faults.push_back(fault_of(fault, language));
  if (programme) board.ledger = Ledger::create(*programme.value).value;
  return board;
}

LoadedFile load_file(const std::string& path, Language language) {
  LoadedBytes bytes = load_bytes(path, language);
  if (!bytes.bytes) return {std::nullopt, std::move(bytes.faults)};
  LoadedFile file;
  if (is_board(*bytes.bytes)) {
    LoadedBoard board = board_of(path, std::move(*bytes.bytes), language);
    file.faults = std::move(board.faults);
    if (board.ledger) {
      file.programme = board.ledger->state();
      if (const std::size_t open = board.ledger->conflicts().size(); open > 0) {
        std::cerr << printable(path) << ": "
                  << (language == Language::zh
                          ? "有" + std::to_string(open) + "处冲突待裁定"
                          : "conflicts that wait for a choice: " + std::to_string(open))
                  << std::endl;
      }
    }
    return file;
  }
  Result<Programme> result = load_programme(*bytes.bytes);
  file.programme = std::move(result.value);
  for (const Error& fault : result.errors) file.faults.push_back(fault_of(fault, language));
  return file;
}

void print_faults(const std::string& path, const std::vector<Fault>& faults, Language language) {
  std::string text;
  for (const Fault& fault : faults) {
    text += printable(path + ':' + (fault.pointer.empty() ? "" : fault.pointer + ':') + ' ' +
                      fault.message);
    text += '\n';
  }
  if (faults.size() >= kMaxErrors) {
    text += printable(path) + ": " +
            pick(language, "错误过多，其余未列出", "too many faults; the others are not listed") +
            '\n';
  }
  std::cerr << text << std::flush;
}

std::optional<std::string> write_file(const std::string& path, std::string_view text,
                                      Language language) {
  struct stat status {};
  int error = 0;
  if (::stat(path.c_str(), &status) != 0) {
    error = errno == ENOENT ? replace_file(path, text, mode_of_new_file()) : errno;
  } else if (S_ISDIR(status.st_mode)) {
    error = EISDIR;
  } else if (!S_ISREG(status.st_mode)) {
    error = write_in_place(path, text);
  } else if (::access(path.c_str(), W_OK) != 0) {
    error = errno;  // a rename would get past the protection of the file
  } else {
    // Behind a link it is the file that changes, not the link.
    std::error_code failure;
    const std::filesystem::path target = std::filesystem::canonical(path, failure);
    error = failure ? failure.value() : replace_file(target, text, status.st_mode & 07777);
  }
  if (error == 0) return std::nullopt;
  return cannot_write(error, language);
}

}  // namespace tc::cli
