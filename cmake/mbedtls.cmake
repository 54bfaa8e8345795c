# The target `mbedtls_sha256`: SHA-256 of Mbed TLS, and nothing else of it.

include(${CMAKE_CURRENT_LIST_DIR}/source_package.cmake)
tongcheng_source(mbedtls_dir mbedtls 2.28.3 library/sha256.c
  DEBIAN mbedtls bookworm mbedtls_2.28.3.orig.tar.gz
         3b4953aa55a681e084d31892d9904cc5328d6b4958ea57b90ae4b4f94ae69a8d
  UPSTREAM https://github.com/Mbed-TLS/mbedtls.git v2.28.3)

add_library(mbedtls_sha256 STATIC
  ${mbedtls_dir}/library/sha256.c
  ${mbedtls_dir}/library/platform_util.c)
target_include_directories(mbedtls_sha256 SYSTEM PUBLIC ${mbedtls_dir}/include)
target_include_directories(mbedtls_sha256 PUBLIC ${PROJECT_SOURCE_DIR})
target_compile_definitions(mbedtls_sha256 PUBLIC MBEDTLS_CONFIG_FILE="cmake/mbedtls_config.h")
