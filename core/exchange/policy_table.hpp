#pragma once

#include <string>

#include "core/model/programme.hpp"

namespace tc {

/// The policy matrix on a day as comma-separated values (as `items_csv`): a line for each group,
/// cluster and city with its coverage, policies and budget in 10,000 yuan. Where the matrix is
/// unknown, a line for each policy instead. A demonstration's first line says so.
std::string policies_csv(const Programme& programme, Date as_of, Language language);

/// The same as a page of its own to read and to print: the matrix as a table, with the policies
/// and their validity below. Nothing outside of the file is referred to.
std::string policies_html(const Programme& programme, Date as_of, Language language);

}  // namespace tc
