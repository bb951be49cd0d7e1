#pragma once
// XML walked element by element, by expat, without what a stranger's document could do to us: no document type, so no
// entities of its own and nothing fetched; a bounded depth. Internal to zhicha_sheets.
#include "shared/base/result.h"

#include <map>
#include <optional>

namespace zhicha::documents {

/** Names without their namespace: one program writes <row>, another <x:row>. */
class XmlWalk {
public:
    using Attributes = std::map<std::string, std::string>;
    virtual ~XmlWalk() = default;
    /** BadEncoding, or what refuse() was told. */
    [[nodiscard]] Status walk(const std::string &xml);

    // Called by the parser.
    void enter(std::string_view name, const Attributes &attributes);
    void leave(std::string_view name);
    void letters(std::string_view text);
    void documentType();
    [[nodiscard]] bool refused() const { return m_error.has_value(); }

protected:
    virtual void begin(std::string_view name, const Attributes &attributes) = 0;
    virtual void end(std::string_view name) = 0;
    virtual void text(std::string_view /*letters*/) {}
    /** The first one stands; nothing more is called. */
    void refuse(Error error);

private:
    std::optional<Error> m_error;
    int m_depth = 0;
};

} // namespace zhicha::documents
