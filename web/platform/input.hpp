#pragma once

namespace tc::web {

/// Connects keyboard, clipboard and input methods of the current Dear ImGui context to host.js.
/// `apple`: Command takes the place of Control.
void init_input(bool apple);

}  // namespace tc::web
