# tongcheng_source(OUT NAME VERSION MARK DEBIAN... UPSTREAM...): finds the source of a library whose
# code is compiled with ours. OUT becomes the folder: the existing one that the cache variable
# TONGCHENG_<NAME>_DIR names, else the cache outside the build folder (filled from Debian's source
# package), else what FetchContent gets from the upstream repository.
#   MARK      a file of the source, by which a good folder is known
#   DEBIAN    source package, suite, .orig tarball and its SHA-256
#   UPSTREAM  git repository and tag
function(tongcheng_source out name version mark)
  cmake_parse_arguments(arg "" "" "DEBIAN;UPSTREAM" ${ARGN})
  string(TOUPPER ${name} upper)
  set(TONGCHENG_${upper}_DIR "" CACHE PATH "Existing source folder of ${name} ${version}")
  set(dir "${TONGCHENG_${upper}_DIR}")
  if(NOT dir)
    if(DEFINED ENV{XDG_CACHE_HOME})
      set(cache "$ENV{XDG_CACHE_HOME}")
    else()
      set(cache "$ENV{HOME}/.cache")
    endif()
    set(dir "${cache}/tongcheng/${name}-${version}")
    if(NOT EXISTS "${dir}/${mark}")
      execute_process(
        COMMAND bash "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/fetch_debian_source.sh"
                "${dir}" ${arg_DEBIAN} "${mark}"
        RESULT_VARIABLE failed)
      if(failed)
        message(STATUS "${name}: Debian's source package can't be had, trying the upstream repository")
        list(GET arg_UPSTREAM 0 repository)
        list(GET arg_UPSTREAM 1 tag)
        include(FetchContent)
        FetchContent_Declare(${name} GIT_REPOSITORY ${repository} GIT_TAG ${tag} GIT_SHALLOW TRUE)
        FetchContent_GetProperties(${name})
        if(NOT ${name}_POPULATED)
          FetchContent_Populate(${name})
        endif()
        set(dir "${${name}_SOURCE_DIR}")
      endif()
    endif()
  endif()
  if(NOT EXISTS "${dir}/${mark}")
    message(FATAL_ERROR "No ${name} in ${dir}")
  endif()
  set(${out} "${dir}" PARENT_SCOPE)
endfunction()
