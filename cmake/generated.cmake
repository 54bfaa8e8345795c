# Sources made from data: the texts of the interface and the icons' code points.

set(TONGCHENG_GENERATED_DIR ${CMAKE_BINARY_DIR}/generated)
set(out ${TONGCHENG_GENERATED_DIR}/web/ui)
set(zh ${PROJECT_SOURCE_DIR}/assets/i18n/zh.json)
set(en ${PROJECT_SOURCE_DIR}/assets/i18n/en.json)
set(icon_names ${PROJECT_SOURCE_DIR}/assets/fonts/icons.txt)
set(TONGCHENG_LUCIDE_DIR ${PROJECT_SOURCE_DIR}/web/node_modules/lucide-static/font)

if(NOT EXISTS ${TONGCHENG_LUCIDE_DIR}/codepoints.json)
  message(FATAL_ERROR "npm packages are missing: run ./dev build, or npm ci --prefix web")
endif()

add_custom_command(
  OUTPUT ${out}/strings.gen.hpp ${out}/strings.gen.cpp
  COMMAND ${TONGCHENG_PYTHON} ${CMAKE_CURRENT_LIST_DIR}/strings.py ${zh} ${en} ${out}
  DEPENDS ${CMAKE_CURRENT_LIST_DIR}/strings.py ${zh} ${en}
  COMMENT "Texts of the interface"
  VERBATIM)
add_custom_command(
  OUTPUT ${out}/icons.gen.hpp
  COMMAND ${TONGCHENG_PYTHON} ${CMAKE_CURRENT_LIST_DIR}/icons.py ${icon_names}
          ${TONGCHENG_LUCIDE_DIR}/codepoints.json ${out}/icons.gen.hpp
  DEPENDS ${CMAKE_CURRENT_LIST_DIR}/icons.py ${icon_names} ${TONGCHENG_LUCIDE_DIR}/codepoints.json
  COMMENT "Code points of the icons"
  VERBATIM)
set(calendar ${PROJECT_SOURCE_DIR}/assets/calendars/china.json)
set(calendar_header ${TONGCHENG_GENERATED_DIR}/assets/china_calendar.gen.hpp)
add_custom_command(
  OUTPUT ${calendar_header}
  COMMAND ${TONGCHENG_PYTHON} ${CMAKE_CURRENT_LIST_DIR}/embed.py ${calendar} kChinaCalendarJson
          ${calendar_header}
  DEPENDS ${CMAKE_CURRENT_LIST_DIR}/embed.py ${calendar}
  COMMENT "Working calendar"
  VERBATIM)
add_custom_target(tongcheng_calendar DEPENDS ${calendar_header})
set(taxonomy ${PROJECT_SOURCE_DIR}/assets/taxonomy/clusters.json)
set(taxonomy_header ${TONGCHENG_GENERATED_DIR}/assets/cluster_taxonomy.gen.hpp)
add_custom_command(
  OUTPUT ${taxonomy_header}
  COMMAND ${TONGCHENG_PYTHON} ${CMAKE_CURRENT_LIST_DIR}/embed.py ${taxonomy} kClusterTaxonomyJson
          ${taxonomy_header}
  DEPENDS ${CMAKE_CURRENT_LIST_DIR}/embed.py ${taxonomy}
  COMMENT "Taxonomy of the clusters"
  VERBATIM)
add_custom_target(tongcheng_taxonomy DEPENDS ${taxonomy_header})
set(TONGCHENG_GENERATED_SOURCES
  ${out}/strings.gen.hpp ${out}/strings.gen.cpp ${out}/icons.gen.hpp ${calendar_header}
  ${taxonomy_header})
