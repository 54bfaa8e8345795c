// Runs the fuzz targets on the kept corpus, on what is derived from the assets and on seeded
// mutations of both, with any compiler. TONGCHENG_FUZZ_SECONDS is for how long a target.

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "tests/core/model/broken_files.hpp"
#include "tests/fuzz/target.hpp"

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/common_interface_defs.h>
#endif

namespace tc::fuzz {
namespace {

namespace fs = std::filesystem;

std::string contents(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> files_in(const fs::path& folder) {
  std::vector<fs::path> paths;
  if (fs::is_directory(folder)) {
    for (const auto& entry : fs::directory_iterator(folder)) paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> texts;
  texts.reserve(paths.size());
  for (const fs::path& path : paths) texts.push_back(contents(path));
  return texts;
}

/// Seeds that need not be kept, as other files hold them.
std::vector<std::string> derived(const std::string& name) {
  const fs::path assets = fs::path(TONGCHENG_SOURCE_DIR) / "assets";
  if (name == "programme") {
    std::vector<std::string> texts = files_in(assets / "programmes");
    for (const test::BrokenFile& file : test::broken_files()) texts.push_back(file.bytes);
    return texts;
  }
  if (name == "exports") return files_in(assets / "programmes");
  if (name == "calendar") return files_in(assets / "calendars");
  if (name == "taxonomy") {
    std::vector<std::string> texts = files_in(assets / "taxonomy");
    for (std::string& text : texts) {
      text.erase(std::remove(text.begin(), text.end(), '\n'), text.end());
      text += "\n光伏组件\nsilicon wafers, 风电";
    }
    return texts;
  }
  return {};
}

std::string current;  ///< what a target is being run on

/// Small changes as libFuzzer makes them.
std::string mutated(std::string text, const std::vector<std::string>& seeds,
                    std::mt19937_64& random) {
  const auto below = [&random](std::size_t n) { return n == 0 ? 0 : random() % n; };
  static const std::vector<std::string> kWords = {"\"",
                                                  "{",
                                                  "}",
                                                  "[",
                                                  "]",
                                                  ",",
                                                  ":",
                                                  "null",
                                                  "-1",
                                                  "1e999",
                                                  "\n",
                                                  "\t",
                                                  "\xFF",
                                                  "\xED\xA0\x80",
                                                  "9007199254740993",
                                                  "\\u0000",
                                                  "\\ud800",
                                                  "0",
                                                  "2024-02-30",
                                                  "/",
                                                  "~1",
                                                  "=",
                                                  "\"\"",
                                                  "'",
                                                  "#",
                                                  std::string(1, '\0'),
                                                  "true",
                                                  "\xE2\x80\xAE",
                                                  "2199-12-31",
                                                  "1900-01-01",
                                                  "0.5",
                                                  "a"};
  for (std::size_t steps = 1 + below(4); steps > 0; --steps) {
    const std::size_t at = below(text.size() + 1);
    const std::size_t length =
        std::min<std::size_t>(below(below(4) == 0 ? 200 : 8), text.size() - at);
    switch (below(6)) {
      case 0:
        if (at < text.size()) text[at] = static_cast<char>(text[at] ^ (1 << below(8)));
        break;
      case 1:
        text.insert(at, kWords[below(kWords.size())]);
        break;
      case 2:
        text.erase(at, length);
        break;
      case 3:
        text.insert(below(text.size() + 1), text.substr(at, length));
        break;
      case 4: {
        const std::string& other = seeds[below(seeds.size())];
        const std::size_t from = below(other.size() + 1);
        text.replace(at, length, other.substr(from, below(64)));
        break;
      }
      default:
        text.replace(at, length, kWords[below(kWords.size())]);
    }
  }
  return text;
}

class Replay : public testing::TestWithParam<Target> {
 protected:
  static bool run(const std::string& bytes) {
    current = bytes;
    try {
      GetParam().run(bytes);
      return true;
    } catch (const Broken& broken) {
      const std::string path = testing::TempDir() + "fuzz-" + GetParam().name;
      std::ofstream(path, std::ios::binary) << bytes;
      ADD_FAILURE() << "does not hold: " << broken.what << "; the input is in " << path;
      return false;
    }
  }
};

TEST_P(Replay, corpus_and_seeded_mutations) {
#ifdef __SANITIZE_ADDRESS__
  __sanitizer_set_death_callback(
      [] { std::ofstream(testing::TempDir() + "fuzz-crash", std::ios::binary) << current; });
#endif
  std::vector<std::string> seeds =
      files_in(fs::path(TONGCHENG_SOURCE_DIR) / "tests/fuzz/corpus" / GetParam().name);
  ASSERT_FALSE(seeds.empty()) << "a target has a corpus";
  const std::vector<std::string> others = derived(GetParam().name);
  seeds.insert(seeds.end(), others.begin(), others.end());
  run({});
  for (const std::string& seed : seeds) run(seed);

  std::erase_if(seeds, [](const std::string& seed) { return seed.size() > 20'000; });
  const char* wanted = std::getenv("TONGCHENG_FUZZ_SECONDS");
  const std::chrono::duration<double> budget(wanted == nullptr ? 2 : std::atof(wanted));
  const auto start = std::chrono::steady_clock::now();
  std::mt19937_64 random(1);
  std::size_t runs = 0;
  while (!seeds.empty() && std::chrono::steady_clock::now() - start < budget) {
    if (!run(mutated(seeds[random() % seeds.size()], seeds, random))) break;
    ++runs;
  }
  RecordProperty("mutations", std::to_string(runs));
}

INSTANTIATE_TEST_SUITE_P(fuzz, Replay, testing::ValuesIn(targets()),
                         [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace tc::fuzz
