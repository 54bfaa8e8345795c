#pragma once

// Compile-time settings of Dear ImGui (IMGUI_USER_CONFIG), the same for every file that includes
// it.

#define IMGUI_USE_WCHAR32
#define IMGUI_DISABLE_OBSOLETE_FUNCTIONS
#define IMGUI_DISABLE_DEMO_WINDOWS
#define IMGUI_DISABLE_DEBUG_TOOLS
#define IMGUI_DISABLE_DEFAULT_FONT
#define IMGUI_DISABLE_FILE_FUNCTIONS
#define IMGUI_DISABLE_DEFAULT_SHELL_FUNCTIONS

// Says that another font loader than stb_truetype is the default, which leaves stb_truetype out of
// the binary. The app brings its own loader; imgui_font_loader.cpp stands in until it is set.
#define IMGUI_ENABLE_FREETYPE

#define ImDrawIdx unsigned int
