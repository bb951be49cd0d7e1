# Writes OUT, a C++ source that holds the two data files: cmake -D RULES=… -D HOLIDAYS=… -D OUT=… -P embed.cmake
file(READ ${RULES} rules)
file(READ ${HOLIDAYS} holidays)
foreach(text IN ITEMS rules holidays)
  if("${${text}}" MATCHES "\\)zhicha\"")
    message(FATAL_ERROR "the end of a raw string stands in the data")
  endif()
endforeach()
file(WRITE ${OUT} "#include \"shared/rules/rules_data.h\"

namespace zhicha::rules {
std::string_view sanmenxiaRulesText() {
    return R\"zhicha(${rules})zhicha\";
}
std::string_view publicHolidaysText() {
    return R\"zhicha(${holidays})zhicha\";
}
} // namespace zhicha::rules
")
