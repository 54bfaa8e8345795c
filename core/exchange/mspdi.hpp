#pragma once

#include <memory>
#include <string>

#include "core/exchange/export_task.hpp"
#include "core/model/programme.hpp"
#include "core/model/text.hpp"
#include "core/schedule/calendar.hpp"
#include "core/schedule/schedule.hpp"

namespace tc {

/// A project in Microsoft's XML data interchange format (MSPDI,
/// http://schemas.microsoft.com/project), which Microsoft Project and ProjectLibre open. Elements
/// stand in the order of Microsoft's schema.
///
/// - Areas are summary tasks, items tasks below them, milestones follow their items.
/// - Start and finish are actual or forecast, the baseline, the due date (as deadline) and the
///   progress are those of the schedule and the programme; items without dates are tasks without
///   dates, not scheduled automatically.
/// - Dependencies with type and lag; none when they form a cycle, which Project won't open.
/// - The calendar with holidays and make-up working days, 08:00–12:00 and 13:00–17:00.
///
/// Demonstration data is labelled in the title and in the name of every area. Linear in the
/// programme.
std::string export_mspdi(const Programme& programme, const Schedule& schedule,
                         const WorkCalendar& calendar, Language language);
/// The same a part at a time.
std::unique_ptr<ExportTask> begin_mspdi(const Programme& programme, const Schedule& schedule,
                                        const WorkCalendar& calendar, Language language);

}  // namespace tc
