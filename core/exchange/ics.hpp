#pragma once

#include <memory>
#include <string>

#include "core/exchange/export_task.hpp"
#include "core/model/date.hpp"
#include "core/model/programme.hpp"
#include "core/model/text.hpp"

namespace tc {

struct Schedule;

struct IcsOptions {
  Language language = Language::zh;
  Date stamp;             ///< when the calendar is made (DTSTAMP), UTC
  int stamp_seconds = 0;  ///< since midnight, 0 to 86,399
  bool items = true;      ///< the items' due dates
  bool milestones = true;
};

/// An iCalendar file (RFC 5545) with an all-day event for each due date of an item or milestone.
/// The same item or milestone has the same UID in every export, so that importing again updates it.
/// With a schedule the description also tells the forecast. Demonstration data is labelled in the
/// calendar's name and in every summary. Linear in the programme.
std::string export_ics(const Programme& programme, const IcsOptions& options,
                       const Schedule* schedule = nullptr);
/// The same a part at a time.
std::unique_ptr<ExportTask> begin_ics(const Programme& programme, const IcsOptions& options,
                                      const Schedule* schedule = nullptr);

/// One content line: folded so that none of its lines is longer than 75 octets and no character is
/// split, with the final CRLF.
std::string ics_line(const std::string& line);

/// A text value: backslash, semicolon, comma and line breaks escaped, other control characters
/// left out.
std::string ics_text(const std::string& text);

}  // namespace tc
