# The target `imgui`. Its source comes from TONGCHENG_IMGUI_DIR, else from the cache (filled from
# Debian's source package), else from the upstream repository.

set(TONGCHENG_IMGUI_VERSION 1.92.2b)
set(TONGCHENG_IMGUI_DIR "" CACHE PATH "Existing source folder of Dear ImGui ${TONGCHENG_IMGUI_VERSION}")

set(imgui_dir "${TONGCHENG_IMGUI_DIR}")
if(NOT imgui_dir)
  if(DEFINED ENV{XDG_CACHE_HOME})
    set(cache "$ENV{XDG_CACHE_HOME}")
  else()
    set(cache "$ENV{HOME}/.cache")
  endif()
  set(imgui_dir "${cache}/tongcheng/imgui-${TONGCHENG_IMGUI_VERSION}")
  if(NOT EXISTS "${imgui_dir}/imgui.h")
    execute_process(COMMAND bash "${CMAKE_CURRENT_LIST_DIR}/fetch_imgui.sh" "${imgui_dir}"
                    RESULT_VARIABLE failed)
    if(failed)
      message(STATUS "Dear ImGui: Debian's source package can't be had, trying the upstream repository")
      include(FetchContent)
      FetchContent_Declare(imgui GIT_REPOSITORY https://github.com/ocornut/imgui.git
                           GIT_TAG v${TONGCHENG_IMGUI_VERSION} GIT_SHALLOW TRUE)
      FetchContent_GetProperties(imgui)
      if(NOT imgui_POPULATED)
        FetchContent_Populate(imgui)
      endif()
      set(imgui_dir "${imgui_SOURCE_DIR}")
    endif()
  endif()
endif()
if(NOT EXISTS "${imgui_dir}/imgui.h")
  message(FATAL_ERROR "No Dear ImGui in ${imgui_dir}")
endif()

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
