# Compiler options that every target of ours shares, and the helper that declares one folder's library.
add_library(zhicha_options INTERFACE)
target_include_directories(zhicha_options INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(zhicha_options INTERFACE -Wall -Wextra -Wpedantic -Werror -Wshadow -Wnon-virtual-dtor
                                                -Woverloaded-virtual)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 reports these inside libstdc++ and Boost when it inlines at -O2; both are known false alarms there.
  target_compile_options(zhicha_options INTERFACE -Wno-maybe-uninitialized -Wno-restrict -Wno-stringop-overflow
                                                  -Wno-array-bounds -Wno-stringop-overread)
endif()
if(ZHICHA_SANITIZE AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # With sanitizers g++ 12 takes the frame of an Asio coroutine for one that was allocated elsewhere: a false alarm.
  target_compile_options(zhicha_options INTERFACE -Wno-mismatched-new-delete)
endif()
if(ZHICHA_SANITIZE MATCHES "thread")
  # ThreadSanitizer does not see fences. Asio's stand where a lock of its own orders the same memory: they go, so that
  # nothing is hidden behind them.
  target_compile_definitions(zhicha_options INTERFACE BOOST_ASIO_DISABLE_FENCED_BLOCK)
endif()
if(ZHICHA_PLANT)
  target_compile_definitions(zhicha_options INTERFACE ZHICHA_PLANT=1)
endif()
if(ZHICHA_SANITIZE)
  add_compile_options(-fsanitize=${ZHICHA_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${ZHICHA_SANITIZE})
endif()
if(ZHICHA_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link,address,undefined -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=address,undefined)
endif()

# zhicha_library(NAME SOURCES a.cpp … [LINK targets …] [PRIVATE_LINK targets …])
function(zhicha_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK;PRIVATE_LINK" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_link_libraries(${name} PUBLIC zhicha_options ${ARG_LINK} PRIVATE ${ARG_PRIVATE_LINK})
endfunction()

# zhicha_test(NAME AREA unit SOURCES a.cpp … LINK targets … [SECONDS n]): one GoogleTest program, labelled by its area.
function(zhicha_test name)
  cmake_parse_arguments(ARG "" "AREA;SECONDS" "SOURCES;LINK" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE zhicha_options ${ARG_LINK} GTest::gtest GTest::gtest_main)
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  add_test(NAME ${name} COMMAND ${name} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  if(NOT ARG_SECONDS)
    set(ARG_SECONDS 120)
  endif()
  if(ZHICHA_SANITIZE) # which is five to ten times slower
    math(EXPR ARG_SECONDS "${ARG_SECONDS} * 5")
  endif()
  set_tests_properties(${name} PROPERTIES LABELS ${ARG_AREA} TIMEOUT ${ARG_SECONDS})
endfunction()
