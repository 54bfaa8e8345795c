#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/wait.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>

namespace tc::test {

struct Outcome {
  int status = -1;
  std::string out;
  std::string err;
};

inline std::string bytes_of(const std::filesystem::path& path) {
  std::ostringstream bytes;
  bytes << std::ifstream(path, std::ios::binary).rdbuf();
  return bytes.str();
}

inline bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

/// Every test runs in a folder of its own, which is also where the program runs.
class ProgramTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "tongcheng-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    root_ = name;
    folder_ = root_ / "work";
    std::filesystem::create_directory(folder_);
  }
  void TearDown() override {
    std::error_code ignored;
    std::filesystem::remove_all(root_, ignored);
  }

  void write(const std::string& name, std::string_view bytes) {
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
  }

  /// Runs the program in the test's folder; the arguments are words of a shell.
  Outcome run(const std::string& arguments) { return shell("'" TONGCHENG_BINARY "' " + arguments); }

  /// Runs any program there.
  Outcome shell(const std::string& words) {
    const std::string command = "cd '" + folder_.string() + "' && LC_ALL=C.UTF-8 " + words +
                                " </dev/null >'" + (root_ / "out").string() + "' 2>'" +
                                (root_ / "err").string() + "'";
    const int status = std::system(command.c_str());
    Outcome outcome;
    outcome.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    outcome.out = bytes_of(root_ / "out");
    outcome.err = bytes_of(root_ / "err");
    return outcome;
  }

  std::filesystem::path root_;
  std::filesystem::path folder_;
};

}  // namespace tc::test
