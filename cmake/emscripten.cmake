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
endif()

# The Closure compiler from npm, for 64 bit Linux; elsewhere the JavaScript is larger.
set(TONGCHENG_CLOSURE
  ${CMAKE_CURRENT_LIST_DIR}/../web/node_modules/google-closure-compiler-linux/compiler)
set(TONGCHENG_CLOSURE_EXTERNS ${CMAKE_BINARY_DIR}/host.externs.js)
if(EXISTS ${TONGCHENG_CLOSURE} AND CMAKE_HOST_SYSTEM_PROCESSOR STREQUAL "x86_64")
  list(APPEND TONGCHENG_EMSCRIPTEN_ENVIRONMENT EM_CLOSURE_COMPILER=${TONGCHENG_CLOSURE}
    "EMCC_CLOSURE_ARGS=--externs ${TONGCHENG_CLOSURE_EXTERNS}")
else()
  set(TONGCHENG_CLOSURE "")
endif()
if(TONGCHENG_EMSCRIPTEN_ENVIRONMENT)
  set(CMAKE_CXX_LINKER_LAUNCHER /usr/bin/env ${TONGCHENG_EMSCRIPTEN_ENVIRONMENT})
endif()

include("${TONGCHENG_EMSCRIPTEN_ROOT}/cmake/Modules/Platform/Emscripten.cmake")
