#pragma once

#include <cstddef>
#include <string>

#include "core/model/programme.hpp"
#include "core/schedule/schedule.hpp"

namespace tc {

/// The task book (任务书) of one department as one HTML file that needs nothing else: on A4 in the
/// manner of GB/T 9704, to be read on a screen or printed. It holds counts, deadlines, a table of
/// the items that the department leads and one of those in which it takes part, a sheet for each
/// item, and a block to sign.
///
/// What the programme doesn't say is printed as not stated, and what the schedule can't tell with
/// the reason; a null schedule (or one of another programme's size) leaves forecasts out. Every
/// text is escaped, and the file's own policy forbids scripts and anything from elsewhere. Empty
/// when there is no department of that index. O(items · dependencies) at worst.
std::string taskbook_html(const Programme& programme, const Schedule* schedule,
                          std::size_t department, Date as_of, Language language);

/// A number in Chinese as headings count: 一, 十, 十一, 二十, 一百零一, …, up to 9999; larger ones
/// in digits. 0 is 〇.
std::string chinese_number(std::size_t number);

}  // namespace tc
