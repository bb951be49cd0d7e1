# Writes OUT, a C++ source that holds openapi.json: cmake -D JSON=… -D OUT=… -P embed_description.cmake
file(READ ${JSON} text)
if("${text}" MATCHES "\\)zhicha\"")
  message(FATAL_ERROR "the end of a raw string stands in the description")
endif()
file(WRITE ${OUT} "#include \"sync-server/http/resources/console/api_description.h\"

namespace zhicha {
std::string_view apiDescriptionText() {
    return R\"zhicha(${text})zhicha\";
}
} // namespace zhicha
")
