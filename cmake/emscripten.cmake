# Toolchain file: finds Emscripten (Debian's, or an activated SDK) and works around what Debian's
# package leaves to the environment.

foreach(root "$ENV{EMSCRIPTEN_ROOT}" "$ENV{EMSDK}/upstream/emscripten" /usr/share/emscripten)
  if(EXISTS "${root}/cmake/Modules/Platform/Emscripten.cmake")
    set(TONGCHENG_EMSCRIPTEN_ROOT "${root}")
    break()
  endif()
endforeach()
if(NOT TONGCHENG_EMSCRIPTEN_ROOT)
  message(FATAL_ERROR "Emscripten not found: install the package emscripten or set EMSCRIPTEN_ROOT")
endif()

set(TONGCHENG_EMSCRIPTEN_ENVIRONMENT "")
if(TONGCHENG_EMSCRIPTEN_ROOT STREQUAL "/usr/share/emscripten")
  # Its JavaScript optimizer needs acorn from Debian's node modules, its scripts Debian's Python.
  foreach(pair NODE_PATH=/usr/share/nodejs EMSDK_PYTHON=/usr/bin/python3)
    list(APPEND TONGCHENG_EMSCRIPTEN_ENVIRONMENT "${pair}")
    string(REGEX MATCH "^[^=]+" name "${pair}")
    string(REGEX REPLACE "^[^=]+=" "" value "${pair}")
    set(ENV{${name}} "${value}")
  endforeach()
  set(CMAKE_CXX_LINKER_LAUNCHER /usr/bin/env ${TONGCHENG_EMSCRIPTEN_ENVIRONMENT})
endif()

include("${TONGCHENG_EMSCRIPTEN_ROOT}/cmake/Modules/Platform/Emscripten.cmake")
