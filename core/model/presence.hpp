#pragma once

namespace tc {

/// Whether a file has to have a member.
enum class Presence { required, optional };

}  // namespace tc
