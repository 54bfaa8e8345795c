# The target `imgui`: Dear ImGui.

include(${CMAKE_CURRENT_LIST_DIR}/source_package.cmake)
tongcheng_source(imgui_dir imgui 1.92.2b imgui.h
  DEBIAN imgui sid imgui_1.92.2b+ds.orig.tar.xz
         e7bd201d56b5ee90d24d5dac85e5c12f98bdb95410252a62d27b7f89e4566d48
  UPSTREAM https://github.com/ocornut/imgui.git v1.92.2b)

add_library(imgui STATIC
  ${imgui_dir}/imgui.cpp
  ${imgui_dir}/imgui_draw.cpp
  ${imgui_dir}/imgui_tables.cpp
  ${imgui_dir}/imgui_widgets.cpp
  ${CMAKE_CURRENT_LIST_DIR}/imgui_font_loader.cpp)
target_include_directories(imgui SYSTEM PUBLIC ${imgui_dir} ${imgui_dir}/backends)
target_include_directories(imgui PUBLIC ${PROJECT_SOURCE_DIR})
target_compile_definitions(imgui PUBLIC IMGUI_USER_CONFIG="web/ui/imgui_config.h")
set(TONGCHENG_IMGUI_SOURCE_DIR "${imgui_dir}")
