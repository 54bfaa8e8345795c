#include "core/exchange/export_task.hpp"

#include <gtest/gtest.h>

#include <string>

#include "core/exchange/formats.hpp"
#include "core/exchange/sheet_export.hpp"
#include "core/exchange/workbook.hpp"
#include "core/model/generate.hpp"
#include "core/model/programme_json.hpp"
#include "tests/core/progress_walk.hpp"

namespace tc {
namespace {

class ExportTaskTest : public ::testing::Test {
 protected:
  static constexpr std::size_t kItems = 700;
  Programme programme = generate_programme(kItems, 1);
  Date day = programme.as_of.value_or(*make_date(2024, 12, 31));
  WorkCalendar calendar = WorkCalendar().with(programme.calendar_days);
  Schedule schedule = make_schedule(programme, calendar, day);
  ExportInput input = {programme, schedule, calendar, day, Language::zh};
};

TEST_F(ExportTaskTest, EveryFormatIsWrittenAPartAtATime) {
  for (const ExportFormat& format : export_formats()) {
    SCOPED_TRACE(format.id);
    const auto task = format.begin(input);
    const std::size_t steps = test::walk(*task);
    const std::string text = task->take();
    EXPECT_TRUE(text == format.make(input));  // too long to be shown
    // No part is much longer than the others.
    EXPECT_GE(steps, text.size() / (std::size_t{256} << 10));
  }
}

TEST_F(ExportTaskTest, SheetsAreWrittenAPartAtATime) {
  const auto task = begin_sheets(programme, &schedule, Language::en);
  EXPECT_GT(test::walk(*task), kItems / 100);
  EXPECT_TRUE(task->take() == workbook_json(export_sheets(programme, &schedule, Language::en)));
}

TEST_F(ExportTaskTest, NothingMoreIsWrittenAfterTheEnd) {
  for (const ExportFormat& format : export_formats()) {
    SCOPED_TRACE(format.id);
    const auto task = format.begin(input);
    while (task->step()) {
    }
    EXPECT_FALSE(task->step());
    EXPECT_TRUE(task->take() == format.make(input));
  }
}

}  // namespace
}  // namespace tc
