#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/ledger/entry.hpp"
#include "core/ledger/ledger.hpp"
#include "core/model/programme_json.hpp"
#include "tests/core/model/broken_files.hpp"

namespace tc::test {

inline Programme good_programme() {
  return load_programme(kGoodFile).value.value();
}

inline Ledger good_board() {
  return Ledger::create(good_programme()).value.value();
}

/// 2024-04-01 08:00 and so many minutes.
inline std::string minute(int minutes) {
  return format_time(milliseconds_of("2024-04-01T00:00:00.000Z") + std::int64_t{60'000} * minutes);
}

inline Signature hohhot(int minutes) {
  return {"Sarana", "h", minute(minutes)};
}
inline Signature baotou(int minutes) {
  return {"Bayar", "b", minute(minutes)};
}

inline Draft draft_of(const Signature& who, std::string reason = {}) {
  Draft draft;
  draft.author = who.author;
  draft.city = who.city;
  draft.time = who.time;
  draft.reason = std::move(reason);
  return draft;
}

/// Sets one value.
inline Result<std::size_t> set(Ledger& board, const Signature& who, const std::string& pointer,
                               std::optional<nlohmann::json> value, std::string reason = {}) {
  Draft draft = draft_of(who, std::move(reason));
  draft.changes.push_back(board.change(pointer, std::move(value)));
  return board.commit(std::move(draft));
}

inline std::vector<Place> places(const std::vector<Error>& errors) {
  std::vector<Place> result;
  result.reserve(errors.size());
  for (const Error& error : errors) result.push_back({error.code, error.pointer});
  return result;
}

inline void expect_same(const Ledger& a, const Ledger& b) {
  EXPECT_TRUE(a.state() == b.state());
  EXPECT_EQ(a.text(), b.text());
  ASSERT_EQ(a.conflicts().size(), b.conflicts().size());
  for (std::size_t i = 0; i < a.conflicts().size(); ++i) {
    const Conflict& x = a.conflicts()[i];
    const Conflict& y = b.conflicts()[i];
    EXPECT_EQ(x.kind, y.kind);
    EXPECT_EQ(x.pointer, y.pointer);
    EXPECT_EQ(x.kept.id, y.kept.id);
    EXPECT_EQ(x.kept.value, y.kept.value);
    EXPECT_EQ(x.other.id, y.other.id);
    EXPECT_EQ(x.other.value, y.other.value);
  }
}

/// The board as it is after writing and reading.
inline Ledger reopened(const Ledger& board) {
  Result<OpenedLedger> opened = open_board(board.text());
  EXPECT_TRUE(opened) << message(opened.errors.front(), Language::en);
  if (!opened) return {};
  EXPECT_TRUE(opened.value->warnings.empty());
  EXPECT_FALSE(opened.value->rewrite);
  return std::move(opened.value->ledger);
}

}  // namespace tc::test
