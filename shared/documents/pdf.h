#pragma once
// Pages as a PDF whose text can be searched and copied. The same pages and fonts give the same bytes.
#include "shared/base/bytes.h"
#include "shared/documents/page.h"

namespace zhicha::documents {

struct PdfFacts {
    std::string title;
    std::string author;
    std::string subject;
    std::string createdAt; ///< ISO 8601; empty: none
};

/** A page as a picture: what a screen shows of a paper is the paper itself. Internal where the library fails. */
[[nodiscard]] Result<Bytes> writePng(const FontSet &fonts, const Page &page, double dotsPerMm);

/** Internal where the library fails. */
[[nodiscard]] Result<Bytes> writePdf(const FontSet &fonts, const std::vector<Page> &pages, const PdfFacts &facts);

} // namespace zhicha::documents
