# The fuzz targets: each file is a program for libFuzzer with TONGCHENG_FUZZ, and all of them
# together are a GoogleTest program that replays the corpus.

set(fuzz_shared ${PROJECT_SOURCE_DIR}/tests/fuzz/target.cpp)
file(GLOB fuzz_targets CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/fuzz/*_fuzz.cpp)

# The command line's reader of CSV, which needs nothing else of it but Orcus.
set(csv_reader ${PROJECT_SOURCE_DIR}/native/cli/sheets/csv_reader.cpp)
find_package(PkgConfig)
pkg_check_modules(orcus IMPORTED_TARGET liborcus-0.17)
if(NOT orcus_FOUND)
  list(FILTER fuzz_targets EXCLUDE REGEX "/csv_fuzz\\.cpp$")
endif()

if(TONGCHENG_FUZZ)
  add_library(tongcheng_fuzz_shared STATIC ${fuzz_shared})
  target_link_libraries(tongcheng_fuzz_shared PUBLIC tongcheng_core tongcheng_warnings)
  target_compile_definitions(tongcheng_fuzz_shared PUBLIC TONGCHENG_LIBFUZZER)
  foreach(source ${fuzz_targets})
    get_filename_component(name ${source} NAME_WE)
    string(REPLACE _fuzz "" name ${name})
    add_executable(fuzz_${name} ${source})
    target_link_libraries(fuzz_${name} PRIVATE tongcheng_fuzz_shared)
    target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
    list(APPEND fuzz_programs fuzz_${name})
  endforeach()
  if(TARGET fuzz_csv)
    target_sources(fuzz_csv PRIVATE ${csv_reader})
    target_link_libraries(fuzz_csv PRIVATE PkgConfig::orcus)
  endif()
  add_custom_target(tongcheng_fuzz DEPENDS ${fuzz_programs})
else()
  tongcheng_test(tongcheng_fuzz_tests tongcheng_core
    ${fuzz_targets} ${fuzz_shared} ${PROJECT_SOURCE_DIR}/tests/fuzz/replay_test.cpp)
  if(TARGET tongcheng_fuzz_tests AND orcus_FOUND)
    target_sources(tongcheng_fuzz_tests PRIVATE ${csv_reader})
    target_link_libraries(tongcheng_fuzz_tests PRIVATE PkgConfig::orcus)
  endif()
endif()
