#pragma once

#include <gtest/gtest.h>

#include <cstddef>

namespace tc::test {

/// Takes all steps of something that is done a part at a time, and looks at what it says of how far
/// it is. How many steps there were before the last one.
template <class Task>
std::size_t walk(Task& task) {
  EXPECT_EQ(task.progress(), 0);
  std::size_t steps = 0;
  double before = 0;
  while (task.step()) {
    ++steps;
    EXPECT_GE(task.progress(), before);
    EXPECT_LT(task.progress(), 1);
    before = task.progress();
  }
  EXPECT_EQ(task.progress(), 1);
  return steps;
}

}  // namespace tc::test
