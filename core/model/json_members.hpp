#pragma once

namespace tc {

/// Whether a member of an object in a programme file has to be there; see programme_json.cpp.
enum class Presence { required, optional };

}  // namespace tc
