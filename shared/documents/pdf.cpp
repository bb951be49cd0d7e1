#include "shared/documents/pdf.h"

#include "shared/documents/characters.h"
#include "shared/documents/destroy_by.h"

#include <cairo-ft.h>
#include <cairo-pdf.h>

namespace zhicha::documents {

namespace {
constexpr double kPointsPerMm = 72 / 25.4;

using Surface = std::unique_ptr<cairo_surface_t, DestroyBy<cairo_surface_destroy>>;
using Context = std::unique_ptr<cairo_t, DestroyBy<cairo_destroy>>;
using CairoFace = std::unique_ptr<cairo_font_face_t, DestroyBy<cairo_font_face_destroy>>;

cairo_status_t takeBytes(void *closure, const unsigned char *data, unsigned int size) {
    auto &out = *static_cast<Bytes *>(closure);
    out.insert(out.end(), data, data + size);
    return CAIRO_STATUS_SUCCESS;
}

/** cairo opens the file itself and keeps it as long as it needs it. */
CairoFace openFace(const FontFile &font) {
    FcPattern *pattern = FcPatternCreate();
    FcPatternAddString(pattern, FC_FILE, reinterpret_cast<const FcChar8 *>(font.path.c_str()));
    FcPatternAddInteger(pattern, FC_INDEX, font.index);
    FcPatternAddBool(pattern, FC_HINTING, FcFalse);
    CairoFace face(cairo_ft_font_face_create_for_pattern(pattern));
    FcPatternDestroy(pattern);
    return face;
}

/** Draws pages on whatever surface, in points. */
class Painter {
public:
    Painter(const FontSet &fonts, cairo_surface_t *surface)
        : m_context(cairo_create(surface)), m_options(cairo_font_options_create()) {
        for (const FontFile &font : fonts.fonts())
            m_faces.push_back(openFace(font));
        cairo_font_options_set_hint_style(m_options, CAIRO_HINT_STYLE_NONE);
        cairo_font_options_set_hint_metrics(m_options, CAIRO_HINT_METRICS_OFF);
        cairo_set_font_options(m_context.get(), m_options);
    }
    Painter(const Painter &) = delete;
    Painter &operator=(const Painter &) = delete;
    ~Painter() { cairo_font_options_destroy(m_options); }

    [[nodiscard]] cairo_t *context() const { return m_context.get(); }

    void page(const Page &page) {
        for (const Bar &bar : page.bars) {
            setInk(bar.ink);
            cairo_rectangle(m_context.get(), bar.x * kPointsPerMm, bar.y * kPointsPerMm, bar.width * kPointsPerMm,
                            bar.height * kPointsPerMm);
            cairo_fill(m_context.get());
        }
        for (const GlyphRun &run : page.runs)
            draw(run);
        for (const DrawnPicture &picture : page.pictures)
            draw(picture);
    }

private:
    void setInk(Ink ink) {
        switch (ink) {
        case Ink::Black:
            return cairo_set_source_rgb(m_context.get(), 0, 0, 0);
        case Ink::Red:
            return cairo_set_source_rgb(m_context.get(), 0.784, 0.086, 0.114); // #C8161D
        case Ink::Grey:
            return cairo_set_source_rgb(m_context.get(), 0.35, 0.35, 0.35);
        }
    }

    /** The file's own bytes go into the PDF, hung on a surface of its size that itself stays white. */
    void draw(const DrawnPicture &picture) {
        const Surface image(cairo_image_surface_create(CAIRO_FORMAT_RGB24, picture.dotsWide, picture.dotsHigh));
        auto *held = new std::shared_ptr<const Bytes>(picture.jpeg);
        const auto release = [](void *closure) { delete static_cast<std::shared_ptr<const Bytes> *>(closure); };
        if (cairo_surface_set_mime_data(image.get(), CAIRO_MIME_TYPE_JPEG, picture.jpeg->data(), picture.jpeg->size(),
                                        release, held) != CAIRO_STATUS_SUCCESS)
            release(held);
        cairo_save(m_context.get());
        cairo_translate(m_context.get(), picture.x * kPointsPerMm, picture.y * kPointsPerMm);
        cairo_scale(m_context.get(), picture.width * kPointsPerMm / picture.dotsWide,
                    picture.height * kPointsPerMm / picture.dotsHigh);
        cairo_set_source_surface(m_context.get(), image.get(), 0, 0);
        cairo_paint(m_context.get());
        cairo_restore(m_context.get());
    }

    void draw(const GlyphRun &run) {
        setInk(run.ink);
        cairo_set_font_face(m_context.get(), m_faces[run.font].get());
        cairo_set_font_size(m_context.get(), run.size * kPointsPerMm);
        std::vector<cairo_glyph_t> glyphs;
        std::vector<cairo_text_cluster_t> clusters;
        std::string text;
        for (const DrawnGlyph &glyph : run.glyphs) {
            const std::string sign = toUtf8({&glyph.sign, 1});
            text += sign;
            clusters.push_back({static_cast<int>(sign.size()), 1});
            glyphs.push_back({glyph.glyph, glyph.x * kPointsPerMm, run.y * kPointsPerMm});
        }
        cairo_show_text_glyphs(m_context.get(), text.data(), static_cast<int>(text.size()), glyphs.data(),
                               static_cast<int>(glyphs.size()), clusters.data(), static_cast<int>(clusters.size()),
                               static_cast<cairo_text_cluster_flags_t>(0));
    }

    Context m_context;
    cairo_font_options_t *m_options;
    std::vector<CairoFace> m_faces;
};

Status statusOf(cairo_status_t status, const char *what) {
    if (status == CAIRO_STATUS_SUCCESS || status == CAIRO_STATUS_SURFACE_FINISHED)
        return {};
    return fail(Code::Internal, std::string(what) + " was not written: " + cairo_status_to_string(status));
}

void putFacts(cairo_surface_t *surface, const PdfFacts &facts) {
    const auto put = [&](cairo_pdf_metadata_t what, const std::string &text) {
        if (!text.empty())
            cairo_pdf_surface_set_metadata(surface, what, text.c_str());
    };
    put(CAIRO_PDF_METADATA_TITLE, facts.title);
    put(CAIRO_PDF_METADATA_AUTHOR, facts.author);
    put(CAIRO_PDF_METADATA_SUBJECT, facts.subject);
    put(CAIRO_PDF_METADATA_CREATE_DATE, facts.createdAt);
}
} // namespace

Result<Bytes> writePdf(const FontSet &fonts, const std::vector<Page> &pages, const PdfFacts &facts) {
    Bytes out;
    const Surface surface(
        cairo_pdf_surface_create_for_stream(takeBytes, &out, kPageWidth * kPointsPerMm, kPageHeight * kPointsPerMm));
    putFacts(surface.get(), facts);
    Painter painter(fonts, surface.get());
    for (const Page &page : pages) {
        painter.page(page);
        cairo_show_page(painter.context());
    }
    cairo_surface_finish(surface.get());
    ZHICHA_TRY(statusOf(cairo_surface_status(surface.get()), "the PDF"));
    ZHICHA_TRY(statusOf(cairo_status(painter.context()), "the PDF"));
    return out;
}

Result<Bytes> writePng(const FontSet &fonts, const Page &page, double dotsPerMm) {
    const Surface surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, static_cast<int>(kPageWidth * dotsPerMm),
                                                     static_cast<int>(kPageHeight * dotsPerMm)));
    Painter painter(fonts, surface.get());
    cairo_set_source_rgb(painter.context(), 1, 1, 1);
    cairo_paint(painter.context());
    cairo_scale(painter.context(), dotsPerMm / kPointsPerMm, dotsPerMm / kPointsPerMm);
    painter.page(page);
    ZHICHA_TRY(statusOf(cairo_status(painter.context()), "the picture"));
    Bytes out;
    ZHICHA_TRY(statusOf(cairo_surface_write_to_png_stream(surface.get(), takeBytes, &out), "the picture"));
    return out;
}

} // namespace zhicha::documents
