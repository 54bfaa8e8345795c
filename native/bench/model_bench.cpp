#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/model/generate.hpp"
#include "core/model/item_query.hpp"
#include "core/model/programme_json.hpp"
#include "core/model/summary.hpp"

namespace tc {
namespace {

constexpr std::size_t kItems = 10'000;

const Programme& programme() {
  static const Programme generated = generate_programme(kItems, 1);
  return generated;
}

const std::string& bytes() {
  static const std::string text = save_programme(programme());
  return text;
}

/// Makes what is measured before the clock starts.
void prepare() {
  benchmark::DoNotOptimize(bytes().size());
}

void count_bytes(benchmark::State& state) {
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes().size()) *
                          static_cast<std::int64_t>(state.iterations()));
}

/// The peer: the bytes into a document, with nothing checked but their being JSON.
void bm_nlohmann_parse(benchmark::State& state) {
  prepare();
  for (auto _ : state) benchmark::DoNotOptimize(nlohmann::json::parse(bytes()));
  count_bytes(state);
}
BENCHMARK(bm_nlohmann_parse)->MinWarmUpTime(0.5)->Unit(benchmark::kMillisecond);

void bm_load_programme(benchmark::State& state) {
  prepare();
  for (auto _ : state) benchmark::DoNotOptimize(load_programme(bytes()));
  count_bytes(state);
}
BENCHMARK(bm_load_programme)->MinWarmUpTime(0.5)->Unit(benchmark::kMillisecond);

/// The peer: the document back into bytes.
void bm_nlohmann_dump(benchmark::State& state) {
  const nlohmann::json document = nlohmann::json::parse(bytes());
  for (auto _ : state) benchmark::DoNotOptimize(document.dump(2));
  count_bytes(state);
}
BENCHMARK(bm_nlohmann_dump)->MinWarmUpTime(0.5)->Unit(benchmark::kMillisecond);

void bm_save_programme(benchmark::State& state) {
  prepare();
  for (auto _ : state) benchmark::DoNotOptimize(save_programme(programme()));
  count_bytes(state);
}
BENCHMARK(bm_save_programme)->MinWarmUpTime(0.5)->Unit(benchmark::kMillisecond);

void bm_validate(benchmark::State& state) {
  prepare();
  for (auto _ : state) benchmark::DoNotOptimize(validate(programme()));
}
BENCHMARK(bm_validate)->MinWarmUpTime(0.5)->Unit(benchmark::kMillisecond);

void bm_summarise(benchmark::State& state) {
  prepare();
  for (auto _ : state) benchmark::DoNotOptimize(summarise(programme(), *programme().as_of));
}
BENCHMARK(bm_summarise)->MinWarmUpTime(0.5)->Unit(benchmark::kMillisecond);

void bm_item_index(benchmark::State& state) {
  prepare();
  for (auto _ : state) {
    const ItemIndex index(programme(), Language::zh);
    benchmark::DoNotOptimize(&index);
  }
}
BENCHMARK(bm_item_index)->MinWarmUpTime(0.5)->Unit(benchmark::kMillisecond);

/// One keystroke: what is typed grows and the table answers after each letter. The longest of them
/// has to fit in a frame.
void bm_query_while_typing(benchmark::State& state) {
  const ItemIndex index(programme(), Language::zh);
  std::vector<ItemQuery> keystrokes(1);
  for (const char* letter : {"联", "合", " ", "b", "a", "o", "t", "o", "u", " ", "算"}) {
    ItemQuery query = keystrokes.back();
    query.text += letter;
    query.sort = ItemColumn::due;
    query.group = GroupBy::area;
    keystrokes.push_back(query);
  }
  std::size_t next = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(index.run(keystrokes[next], *programme().as_of));
    next = (next + 1) % keystrokes.size();
  }
}
BENCHMARK(bm_query_while_typing)->MinWarmUpTime(0.5)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace tc
