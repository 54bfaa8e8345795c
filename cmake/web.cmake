# The WebAssembly program, the fonts and the static site around them.

# What JavaScript may call besides the functions marked EMSCRIPTEN_KEEPALIVE.
set(exported_functions _malloc _free)

file(GLOB_RECURSE platform_sources CONFIGURE_DEPENDS web/platform/*.cpp)
if(platform_sources)
  add_executable(tongcheng_web ${platform_sources})
  target_link_libraries(tongcheng_web PRIVATE tongcheng_ui)
  set_source_files_properties(${platform_sources} PROPERTIES
    COMPILE_OPTIONS "-Wall;-Wextra;-Wpedantic;-Werror;-Wno-dollar-in-identifier-extension;-Wno-gnu-zero-variadic-macro-arguments")
  set_target_properties(tongcheng_web PROPERTIES OUTPUT_NAME tongcheng SUFFIX .js)

  list(JOIN exported_functions , exported_functions)
  target_link_options(tongcheng_web PRIVATE
    -fno-exceptions
    -sMODULARIZE=1
    -sEXPORT_NAME=createTongcheng
    -sENVIRONMENT=web
    -sMIN_WEBGL_VERSION=2
    -sMAX_WEBGL_VERSION=2
    -sALLOW_MEMORY_GROWTH=1
    -sINITIAL_MEMORY=32MB
    -sTOTAL_STACK=1MB
    -sFILESYSTEM=0
    -sDYNAMIC_EXECUTION=0
    -sEXPORTED_FUNCTIONS=${exported_functions}
    $<$<CONFIG:Release>:-Oz;-flto;-sASSERTIONS=0>
    # Or a function with one caller would be in the part of the program that its caller is in.
    $<$<CONFIG:Release>:-sBINARYEN_EXTRA_PASSES=--one-caller-inline-max-function-size=200>
    --profiling-funcs
    --no-entry)

  # Closure makes half of Emscripten's JavaScript, where there is one for this machine. What of the
  # host the program calls has to keep its name.
  if(TONGCHENG_CLOSURE)
    set(host_names "host")
    foreach(source ${platform_sources})
      file(READ ${source} text)
      string(REGEX MATCHALL "Module[.]host[.][A-Za-z]+" names "${text}")
      list(APPEND host_names ${names})
      set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${source})
    endforeach()
    list(TRANSFORM host_names REPLACE "^Module[.]host[.]" "")
    list(REMOVE_DUPLICATES host_names)
    list(TRANSFORM host_names REPLACE "(.+)" "/** @type {?} */ Host.\\1\n" OUTPUT_VARIABLE externs)
    list(JOIN externs "" externs)
    file(CONFIGURE OUTPUT ${TONGCHENG_CLOSURE_EXTERNS}
      CONTENT "/** @externs */\n/** @const */ var Host = {};\n${externs}" @ONLY)
    target_link_options(tongcheng_web PRIVATE $<$<CONFIG:Release>:SHELL:--closure 1>)
    set_property(TARGET tongcheng_web APPEND PROPERTY LINK_DEPENDS ${TONGCHENG_CLOSURE_EXTERNS})
  endif()

  # What the first frame needs, by source; everything else follows it (see web/platform/shell.js).
  set(first_sources
    "web/platform/.*" "imgui[.]dir/.*"
    "core/model/(?!generate|quick_find).*" "core/schedule/(?!monte_carlo).*" "core/indicators/.*"
    "core/policy/(attributes|rule_json)[.]cpp"
    "web/ui/(app|board|dialog|editor|panel_flow|semantics|strings[.]gen|theme|ui)[.]cpp"
    "web/ui/views/(overview|views)[.]cpp")
  list(TRANSFORM first_sources PREPEND --first=)
  find_program(TONGCHENG_WASM_SPLIT wasm-split
    HINTS ${TONGCHENG_EMSCRIPTEN_ROOT}/../bin NO_CMAKE_FIND_ROOT_PATH REQUIRED)
  set(split_dir ${CMAKE_BINARY_DIR}/split)
  set(program ${split_dir}/tongcheng.wasm ${split_dir}/tongcheng-later.wasm)
  add_custom_command(OUTPUT ${program}
    COMMAND ${TONGCHENG_PYTHON} ${CMAKE_CURRENT_LIST_DIR}/split.py
            ${CMAKE_BINARY_DIR}/tongcheng.wasm ${program}
            --nm ${CMAKE_NM} --wasm-split ${TONGCHENG_WASM_SPLIT} ${first_sources}
            $<TARGET_OBJECTS:tongcheng_ui> $<TARGET_OBJECTS:tongcheng_core>
            $<TARGET_OBJECTS:imgui> $<TARGET_OBJECTS:mbedtls_sha256> $<TARGET_OBJECTS:tongcheng_web>
    DEPENDS tongcheng_web ${CMAKE_CURRENT_LIST_DIR}/split.py
    COMMENT "Two parts of the program"
    COMMAND_EXPAND_LISTS
    VERBATIM)
endif()

# Fonts: a subset with the characters that a first visit shows, and one for everything else.
set(fonts_dir ${CMAKE_BINARY_DIR}/fonts)
set(fonts
  ${fonts_dir}/tongcheng-regular.woff2
  ${fonts_dir}/tongcheng-bold.woff2
  ${fonts_dir}/tongcheng-more-regular.woff2
  ${fonts_dir}/tongcheng-more-bold.woff2
  ${fonts_dir}/tongcheng-icons.woff2)
set(TONGCHENG_NOTO_DIR /usr/share/fonts/opentype/noto CACHE PATH "Folder of NotoSansCJK-*.ttc")
set(icon_names ${PROJECT_SOURCE_DIR}/assets/fonts/icons.txt)
file(GLOB texts CONFIGURE_DEPENDS
  assets/i18n/*.json assets/programmes/hubao-2024.json assets/calendars/*.json index.html
  web/platform/*.js)
list(APPEND texts ${core_sources} ${ui_sources})
file(GLOB more_texts CONFIGURE_DEPENDS assets/programmes/*.json)
add_custom_command(
  OUTPUT ${fonts}
  COMMAND ${TONGCHENG_PYTHON} ${PROJECT_SOURCE_DIR}/assets/fonts/subset.py
          --noto ${TONGCHENG_NOTO_DIR} --lucide ${TONGCHENG_LUCIDE_DIR} --icons ${icon_names}
          --out ${fonts_dir} ${texts} --more ${more_texts}
  DEPENDS ${PROJECT_SOURCE_DIR}/assets/fonts/subset.py ${icon_names} ${texts} ${more_texts}
          ${TONGCHENG_NOTO_DIR}/NotoSansCJK-Regular.ttc ${TONGCHENG_NOTO_DIR}/NotoSansCJK-Bold.ttc
          ${TONGCHENG_LUCIDE_DIR}/lucide.ttf ${TONGCHENG_LUCIDE_DIR}/codepoints.json
  COMMENT "Fonts"
  VERBATIM)

# The site; its script touches only what has changed, so it can run with every build.
file(GLOB page CONFIGURE_DEPENDS
  index.html web/platform/*.js web/platform/*.css web/platform/*.svg web/platform/*.webmanifest)
file(GLOB programmes CONFIGURE_DEPENDS assets/programmes/*.json)
set(site_files "")
foreach(file ${page})
  cmake_path(GET file FILENAME name)
  list(APPEND site_files "${name}=${file}")
endforeach()
foreach(file ${fonts})
  cmake_path(GET file FILENAME name)
  list(APPEND site_files "fonts/${name}=${file}")
endforeach()
foreach(file ${programmes})
  cmake_path(GET file FILENAME name)
  list(APPEND site_files "programmes/${name}=${file}")
endforeach()
# What is loaded when it is first asked for.
file(GLOB lazy CONFIGURE_DEPENDS web/platform/lazy/*)
foreach(file ${lazy})
  cmake_path(GET file FILENAME name)
  list(APPEND site_files "lazy/${name}=${file}")
endforeach()
set(npm ${PROJECT_SOURCE_DIR}/web/node_modules)
list(APPEND site_files "lazy/pdf-lib.js=${npm}/pdf-lib/dist/pdf-lib.esm.min.js")

# The installable app: its icons, and the service worker out of Workbox's parts.
set(app_icons_dir ${CMAKE_BINARY_DIR}/icons)
set(app_icons ${app_icons_dir}/192.png ${app_icons_dir}/512.png ${app_icons_dir}/maskable.png)
add_custom_command(
  OUTPUT ${app_icons}
  COMMAND ${TONGCHENG_PYTHON} ${PROJECT_SOURCE_DIR}/cmake/app_icons.py
          ${PROJECT_SOURCE_DIR}/web/platform/icon.svg ${app_icons_dir}
  DEPENDS ${PROJECT_SOURCE_DIR}/cmake/app_icons.py ${PROJECT_SOURCE_DIR}/web/platform/icon.svg
  COMMENT "Icons of the app"
  VERBATIM)
foreach(file ${app_icons})
  cmake_path(GET file FILENAME name)
  list(APPEND site_files "icons/${name}=${file}")
endforeach()
set(service_worker "")
foreach(part core routing strategies precaching)
  list(APPEND service_worker --worker-part ${npm}/workbox-${part}/build/workbox-${part}.prod.js)
endforeach()
list(APPEND service_worker --worker-part ${PROJECT_SOURCE_DIR}/web/platform/service_worker.js)
list(FILTER site_files EXCLUDE REGEX "^service_worker\\.js=")

# First letters of pinyin, which the command palette loads when it is first opened.
set(pinyin ${CMAKE_BINARY_DIR}/pinyin.txt)
find_program(TONGCHENG_NODE NAMES node nodejs NO_CMAKE_FIND_ROOT_PATH REQUIRED)
add_custom_command(
  OUTPUT ${pinyin}
  COMMAND ${TONGCHENG_NODE} ${CMAKE_CURRENT_LIST_DIR}/pinyin.mjs ${npm} ${pinyin}
  DEPENDS ${CMAKE_CURRENT_LIST_DIR}/pinyin.mjs ${npm}/pinyin-pro/package.json
  COMMENT "First letters of pinyin"
  VERBATIM)
list(APPEND site_files "lazy/pinyin.txt=${pinyin}")

list(APPEND site_files "idb.js=${npm}/idb/build/index.js")
# Libraries for spreadsheets, which web/platform/lazy/sheets.js loads when they are wanted.
set(sheet_libraries
  fflate.js=fflate/umd/index.js
  papaparse.js=papaparse/papaparse.min.js
  read-excel-file.js=read-excel-file/bundle/read-excel-file.min.js
  write-excel-file.js=write-excel-file/bundle/write-excel-file.min.js)
foreach(library ${sheet_libraries})
  string(REPLACE "=" "=${npm}/" library "${library}")
  list(APPEND site_files "lazy/sheets/${library}")
endforeach()
if(TARGET tongcheng_web)
  list(APPEND site_files
    "tongcheng.js=${CMAKE_BINARY_DIR}/tongcheng.js"
    "tongcheng.wasm=${split_dir}/tongcheng.wasm"
    "tongcheng-later.wasm=${split_dir}/tongcheng-later.wasm")
endif()
add_custom_target(site ALL
  COMMAND ${TONGCHENG_PYTHON} ${PROJECT_SOURCE_DIR}/cmake/site.py ${TONGCHENG_SITE_DIR}
          ${service_worker} ${site_files}
  DEPENDS ${fonts} ${app_icons} ${pinyin} ${program}
  COMMENT "Site in ${TONGCHENG_SITE_DIR}"
  VERBATIM)
if(TARGET tongcheng_web)
  add_dependencies(site tongcheng_web)
endif()
