# The command line program, the tests and the benchmarks.

enable_testing()

file(GLOB_RECURSE cli_sources CONFIGURE_DEPENDS native/cli/*.cpp)
if(cli_sources)
  add_executable(tongcheng ${cli_sources})
  set_target_properties(tongcheng PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${TONGCHENG_CLI_DIR})
  target_link_libraries(tongcheng PRIVATE tongcheng_core tongcheng_warnings)
  target_include_directories(tongcheng PRIVATE ${TONGCHENG_GENERATED_DIR})
  add_dependencies(tongcheng tongcheng_calendar)
  target_compile_definitions(tongcheng PRIVATE TONGCHENG_VERSION="${PROJECT_VERSION}")

  # Spreadsheets: Orcus reads, libxlsxwriter writes, libzip checks.
  find_package(PkgConfig REQUIRED)
  pkg_check_modules(spreadsheets REQUIRED IMPORTED_TARGET liborcus-0.17 xlsxwriter libzip)
  target_link_libraries(tongcheng PRIVATE PkgConfig::spreadsheets)
endif()

find_package(GTest)
include(GoogleTest)

# tongcheng_test(NAME LIBRARY SOURCES...): a GoogleTest program, left out while it has no sources.
function(tongcheng_test name library)
  if(NOT ARGN)
    return()
  endif()
  if(NOT GTest_FOUND)
    message(STATUS "${name}: GoogleTest not found, left out")
    return()
  endif()
  add_executable(${name} ${ARGN})
  target_link_libraries(${name} PRIVATE ${library} tongcheng_warnings GTest::gtest_main)
  target_compile_definitions(${name} PRIVATE TONGCHENG_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST)
endfunction()

file(GLOB_RECURSE core_tests CONFIGURE_DEPENDS tests/core/*.cpp)
tongcheng_test(tongcheng_core_tests tongcheng_core ${core_tests})

file(GLOB_RECURSE ui_tests CONFIGURE_DEPENDS tests/web/ui/*.cpp)
tongcheng_test(tongcheng_ui_tests tongcheng_ui ${ui_tests})

file(GLOB_RECURSE native_tests CONFIGURE_DEPENDS tests/native/*.cpp)
if(TARGET tongcheng)
  tongcheng_test(tongcheng_native_tests tongcheng_core ${native_tests})
  if(TARGET tongcheng_native_tests)
    target_compile_definitions(tongcheng_native_tests PRIVATE
      TONGCHENG_BINARY="$<TARGET_FILE:tongcheng>")
    add_dependencies(tongcheng_native_tests tongcheng)
  endif()
endif()

file(GLOB_RECURSE bench_sources CONFIGURE_DEPENDS native/bench/*.cpp)
find_package(benchmark)
if(bench_sources AND benchmark_FOUND AND NOT TONGCHENG_SANITIZE)
  add_executable(tongcheng_bench ${bench_sources})
  target_link_libraries(tongcheng_bench PRIVATE
    tongcheng_ui tongcheng_warnings benchmark::benchmark_main)
  target_compile_definitions(tongcheng_bench PRIVATE TONGCHENG_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
endif()
