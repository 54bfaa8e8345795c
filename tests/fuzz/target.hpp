#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/error.hpp"
#include "core/model/utf8.hpp"

/// What the fuzz targets share. Each target is one file, `NAME_fuzz.cpp`: a function that hands
/// bytes to a reader and requires what has to hold of the result. It is built twice: as a program
/// for libFuzzer (`./dev fuzz`), and into the replay, which runs the kept corpus and seeded
/// mutations of it with every `./dev test`.
namespace tc::fuzz {

/// Ends the run with `Broken` when something that has to hold does not.
void require(bool holds, std::string_view what);

/// What has to hold of the faults of any input: there are some, not too many, each has a place that
/// is one and a sentence in both languages.
void require_faults(const std::vector<Error>& errors);

/// The lines of a text, without line feeds.
std::vector<std::string_view> lines_of(std::string_view text);

struct Broken {
  std::string what;
};

struct Target {
  std::string name;
  void (*run)(std::string_view bytes);
};

/// All targets of the program, by name.
std::vector<Target>& targets();

}  // namespace tc::fuzz

#ifdef TONGCHENG_LIBFUZZER
#define TONGCHENG_FUZZ_TARGET(name)                                                   \
  static void run_target(std::string_view bytes);                                     \
  extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);  \
  extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) { \
    run_target({reinterpret_cast<const char*>(data), size});                          \
    return 0;                                                                         \
  }                                                                                   \
  static void run_target(std::string_view bytes)
#else
#define TONGCHENG_FUZZ_TARGET(name)                                                      \
  static void run_target(std::string_view bytes);                                        \
  static const bool kAdded = (tc::fuzz::targets().push_back({#name, run_target}), true); \
  static void run_target(std::string_view bytes)
#endif
