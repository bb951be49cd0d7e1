#include "shared/documents/sheet_xml.h"

#include "shared/documents/destroy_by.h"

#include <expat.h>
#include <memory>
#include <type_traits>

namespace zhicha::documents {

namespace {
constexpr int kDeepest = 64;
constexpr char kBetween = '|'; ///< expat puts it between namespace and name

std::string_view localName(const char *name) {
    const std::string_view whole(name);
    const std::size_t at = whole.rfind(kBetween);
    return at == std::string_view::npos ? whole : whole.substr(at + 1);
}

struct Walked {
    XmlWalk *walk;
    XML_Parser parser;
    void stopIfRefused() const {
        if (walk->refused())
            XML_StopParser(parser, XML_FALSE);
    }
};

void onStart(void *user, const XML_Char *name, const XML_Char **pairs) {
    const auto &walked = *static_cast<const Walked *>(user);
    XmlWalk::Attributes attributes;
    for (; *pairs != nullptr; pairs += 2)
        attributes.emplace(localName(pairs[0]), pairs[1]);
    walked.walk->enter(localName(name), attributes);
    walked.stopIfRefused();
}

void onEnd(void *user, const XML_Char *name) {
    const auto &walked = *static_cast<const Walked *>(user);
    walked.walk->leave(localName(name));
    walked.stopIfRefused();
}

void onText(void *user, const XML_Char *text, int size) {
    const auto &walked = *static_cast<const Walked *>(user);
    walked.walk->letters({text, static_cast<std::size_t>(size)});
    walked.stopIfRefused();
}

void onDocumentType(void *user, const XML_Char *, const XML_Char *, const XML_Char *, int) {
    const auto &walked = *static_cast<const Walked *>(user);
    walked.walk->documentType();
    walked.stopIfRefused();
}
} // namespace

void XmlWalk::enter(std::string_view name, const Attributes &attributes) {
    if (refused())
        return;
    if (++m_depth > kDeepest)
        return refuse(fail(Code::BadEncoding, "broken: the XML is nested too deep"));
    begin(name, attributes);
}

void XmlWalk::leave(std::string_view name) {
    if (refused())
        return;
    --m_depth;
    end(name);
}

void XmlWalk::letters(std::string_view letters) {
    if (!refused())
        text(letters);
}

void XmlWalk::documentType() {
    refuse(fail(Code::BadEncoding, "entities: the XML declares a type of its own"));
}

void XmlWalk::refuse(Error error) {
    if (!m_error)
        m_error = std::move(error);
}

Status XmlWalk::walk(const std::string &xml) {
    const std::unique_ptr<std::remove_pointer_t<XML_Parser>, DestroyBy<XML_ParserFree>> parser(
        XML_ParserCreateNS(nullptr, kBetween));
    Walked walked{this, parser.get()};
    XML_SetUserData(parser.get(), &walked);
    XML_SetElementHandler(parser.get(), onStart, onEnd);
    XML_SetCharacterDataHandler(parser.get(), onText);
    XML_SetStartDoctypeDeclHandler(parser.get(), onDocumentType);
    const XML_Status parsed = XML_Parse(parser.get(), xml.data(), static_cast<int>(xml.size()), XML_TRUE);
    if (m_error)
        return *m_error;
    if (parsed != XML_STATUS_OK)
        return fail(Code::BadEncoding, std::string("broken: ") + XML_ErrorString(XML_GetErrorCode(parser.get())) +
                                           " in line " + std::to_string(XML_GetCurrentLineNumber(parser.get())));
    return {};
}

} // namespace zhicha::documents
