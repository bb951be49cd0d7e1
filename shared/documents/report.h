#pragma once
// A report with photos: no official paper, so without a red head, but on the same page and in the same faces.
#include "shared/base/bytes.h"
#include "shared/documents/page.h"
#include "shared/documents/paper.h"

namespace zhicha::documents {

struct ReportPicture {
    std::shared_ptr<const Bytes> jpeg; ///< absent: a frame that says so stands in its place
    std::string caption;
};

struct ReportSection {
    std::vector<Block> blocks;
    std::vector<ReportPicture> pictures; ///< after the blocks, two beside each other
};

struct Report {
    std::string title;
    std::string number; ///< under the title
    std::string note;   ///< what stands where a picture is missing
    std::vector<ReportSection> sections;
};

struct PictureSize {
    int width = 0;
    int height = 0;
};
/** Of a JPEG, by its frame header; nullopt for what is none. */
[[nodiscard]] std::optional<PictureSize> jpegSize(ByteView jpeg);

/** A sign that no page can carry, or that no font has, is printed as 〓: a report is for reading what others typed.
 *  Otherwise refused as typeset() refuses. */
[[nodiscard]] Result<std::vector<Page>> typesetReport(const FontSet &fonts, const Report &report);

} // namespace zhicha::documents
