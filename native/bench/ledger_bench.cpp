#include <benchmark/benchmark.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "core/ledger/generate.hpp"
#include "core/ledger/ledger.hpp"
#include "core/ledger/sha256.hpp"
#include "core/model/generate.hpp"

namespace tc {
namespace {

constexpr std::size_t kItems = 30;  // as many as the list of key items has
constexpr std::size_t kMany = 100'000;

/// A board with so many entries, made once.
const Ledger& board(std::size_t entries) {
  static std::map<std::size_t, Ledger> boards;
  const auto found = boards.find(entries);
  if (found != boards.end()) return found->second;
  return boards.emplace(entries, generate_ledger(generate_programme(kItems, 1), entries, 1))
      .first->second;
}

const std::string& text() {
  static const std::string bytes = board(kMany).text();
  return bytes;
}

/// Without the snapshot at the end.
const std::string& text_without_snapshot() {
  static const std::string bytes = text().substr(0, text().rfind("{\"snapshot\""));
  return bytes;
}

void count_bytes(benchmark::State& state, const std::string& bytes) {
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes.size()) *
                          static_cast<std::int64_t>(state.iterations()));
}

/// The goal: under a second.
void bm_ledger_open_100k(benchmark::State& state) {
  const auto bytes = std::make_shared<const std::string>(text());
  for (auto _ : state) benchmark::DoNotOptimize(open_board(bytes));
  count_bytes(state, *bytes);
}
BENCHMARK(bm_ledger_open_100k)->Unit(benchmark::kMillisecond);

void bm_ledger_open_100k_without_snapshot(benchmark::State& state) {
  const auto bytes = std::make_shared<const std::string>(text_without_snapshot());
  for (auto _ : state) benchmark::DoNotOptimize(open_board(bytes));
  count_bytes(state, *bytes);
}
BENCHMARK(bm_ledger_open_100k_without_snapshot)->Unit(benchmark::kMillisecond);

/// What the first entry of a programme with 10,000 items waits for.
void bm_ledger_create_10k_items(benchmark::State& state) {
  const Programme programme = generate_programme(10'000, 1);
  for (auto _ : state) benchmark::DoNotOptimize(Ledger::create(programme));
}
BENCHMARK(bm_ledger_create_10k_items)->Unit(benchmark::kMillisecond);

/// One entry that changes every item, as the import of a table does. The goal: linear.
void bm_ledger_commit_of_every_item(benchmark::State& state) {
  const Programme programme = generate_programme(static_cast<std::size_t>(state.range(0)), 1);
  Ledger ledger = std::move(*Ledger::create(programme).value);
  int progress = 0;
  for (auto _ : state) {
    state.PauseTiming();
    progress = progress == 7 ? 8 : 7;
    Draft draft;
    draft.author = "bench";
    draft.time = "2024-12-31T08:00:00.000Z";
    for (const ActionItem& item : programme.items) {
      draft.changes.push_back(ledger.change("/items/" + item.code + "/progress", progress));
    }
    state.ResumeTiming();
    if (!ledger.commit(std::move(draft))) state.SkipWithError("refused");
  }
  state.SetComplexityN(state.range(0));
}
BENCHMARK(bm_ledger_commit_of_every_item)
    ->RangeMultiplier(4)
    ->Range(625, 10'000)
    ->Complexity()
    ->Unit(benchmark::kMillisecond);

/// An entry that changes one element that isn't an item, beside so many items.
void bm_ledger_commit_of_structure(benchmark::State& state) {
  const Programme programme = generate_programme(static_cast<std::size_t>(state.range(0)), 1);
  Ledger ledger = std::move(*Ledger::create(programme).value);
  int number = 0;
  for (auto _ : state) {
    Draft draft;
    draft.author = "bench";
    draft.time = "2024-12-31T08:00:00.000Z";
    draft.changes.push_back(ledger.change("/title/zh", std::to_string(++number)));
    if (!ledger.commit(std::move(draft))) state.SkipWithError("refused");
  }
}
BENCHMARK(bm_ledger_commit_of_structure)->Arg(10'000)->Unit(benchmark::kMillisecond);

/// The peer: the hashes alone, which nothing that checks them can be faster than.
void bm_ledger_sha256(benchmark::State& state) {
  const std::string& bytes = text();
  for (auto _ : state) benchmark::DoNotOptimize(sha256_hex(bytes));
  count_bytes(state, bytes);
}
BENCHMARK(bm_ledger_sha256)->Unit(benchmark::kMillisecond);

void bm_ledger_verify_100k(benchmark::State& state) {
  const std::string& bytes = text();
  for (auto _ : state) benchmark::DoNotOptimize(verify_board(bytes));
  count_bytes(state, bytes);
}
BENCHMARK(bm_ledger_verify_100k)->Unit(benchmark::kMillisecond);

/// Sets one value of one item and returns the seconds that the commit took.
double commit_one(Ledger& ledger, std::int64_t tick) {
  Draft draft;
  draft.author = "bench";
  draft.time = format_time(milliseconds_of("2030-01-01T00:00:00.000Z") + tick);
  draft.changes.push_back(
      ledger.change("/items/" + ledger.state().items.front().code + "/progress", tick % 100 + 1));
  const auto start = std::chrono::steady_clock::now();
  benchmark::DoNotOptimize(ledger.commit(std::move(draft)));
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void bm_ledger_commit(benchmark::State& state) {
  Ledger ledger = board(static_cast<std::size_t>(state.range(0)));
  std::int64_t tick = 0;
  for (auto _ : state) commit_one(ledger, ++tick);
}
BENCHMARK(bm_ledger_commit)->Arg(1000)->Arg(100'000)->Unit(benchmark::kMicrosecond);

/// The same edit with 1,000 and with 100,000 entries in turn, so that the machine's load weighs on
/// both alike; `ratio` is the second over the first and ought to be 1.
void bm_ledger_commit_ratio(benchmark::State& state) {
  Ledger few = board(1000);
  Ledger many = board(kMany);
  std::int64_t tick = 0;
  double of_few = 0;
  double of_many = 0;
  for (auto _ : state) {
    ++tick;
    of_few += commit_one(few, tick);
    of_many += commit_one(many, tick);
  }
  state.counters["ratio"] = of_many / of_few;
}
BENCHMARK(bm_ledger_commit_ratio)->Unit(benchmark::kMicrosecond);

/// The furthest that time travel has to go.
void bm_ledger_state_in_the_middle(benchmark::State& state) {
  const Ledger& ledger = board(kMany);
  std::size_t count = 1;
  for (auto _ : state) {
    benchmark::DoNotOptimize(ledger.state_after(count));
    count = (count + 37'003) % kMany;
  }
}
BENCHMARK(bm_ledger_state_in_the_middle)->Unit(benchmark::kMillisecond);

void bm_ledger_history(benchmark::State& state) {
  const Ledger& ledger = board(kMany);
  const std::string pointer = "/items/" + ledger.state().items.front().code;
  for (auto _ : state) benchmark::DoNotOptimize(ledger.history(pointer));
}
BENCHMARK(bm_ledger_history)->Unit(benchmark::kMillisecond);

/// Two copies that have gone apart by a thousand entries each.
void bm_ledger_merge(benchmark::State& state) {
  static const std::pair<Ledger, Ledger> sides = [] {
    std::pair<Ledger, Ledger> pair(board(kMany), board(kMany));
    generate_entries(pair.first, 1000, 1, "hohhot", "2030-01-01T00:00:00.000Z", 1000);
    generate_entries(pair.second, 1000, 2, "baotou", "2030-01-01T00:00:00.000Z", 1000);
    return pair;
  }();
  for (auto _ : state) benchmark::DoNotOptimize(Ledger::merge(sides.first, sides.second));
}
BENCHMARK(bm_ledger_merge)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace tc
