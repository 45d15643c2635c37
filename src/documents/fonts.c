// SPDX-License-Identifier: AGPL-3.0-or-later
// Embedded fonts reach fontconfig as memory files: Pango and HarfBuzz insist on a path, and the
// program must need no file beside its data directory (docs/decisions/0004-documents.md).
#include "documents/fonts.h"

#include <fontconfig/fontconfig.h>
#include <pthread.h>
#include <sys/mman.h>
#include <unistd.h>
#include "base/ensure.h"

// Pango's header for this pulls in FreeType's, which mentions functions that base/banned.h poisons.
void pango_fc_font_map_set_config(PangoFontMap *map, FcConfig *config);

#define EMBED(name, file)                                                                   \
    __asm__(".section .rodata\n.balign 16\n.global font_" #name "\nfont_" #name             \
            ":\n.incbin \"" FONT_DIR "/" file "\"\n.global font_" #name "_end\nfont_" #name \
            "_end:\n.byte 0\n.previous\n");                                                 \
    extern const unsigned char font_##name[], font_##name##_end[]

EMBED(regular, "LiberationSerif-Regular.ttf");
EMBED(bold, "LiberationSerif-Bold.ttf");
EMBED(italic, "LiberationSerif-Italic.ttf");
EMBED(bold_italic, "LiberationSerif-BoldItalic.ttf");

static const struct {
    const unsigned char *start, *end;
} faces[] = {
    {font_regular, font_regular_end},
    {font_bold, font_bold_end},
    {font_italic, font_italic_end},
    {font_bold_italic, font_bold_italic_end},
};

static const char settings[] =
    "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"urn:fontconfig:fonts.dtd\"><fontconfig>"
    "<alias binding=\"same\"><family>Times New Roman</family><prefer><family>" FONT_FAMILY
    "</family></prefer></alias>"
    "<match target=\"font\"><edit name=\"hinting\" mode=\"assign\"><bool>false</bool></edit>"
    "<edit name=\"autohint\" mode=\"assign\"><bool>false</bool></edit></match></fontconfig>";

#if defined(__SANITIZE_ADDRESS__)
// Fontconfig keeps its match lists until the process ends: a fixed amount per thread that draws,
// none per document (tests/documents/bench_documents.c shows it).
const char *__lsan_default_suppressions(void);
__attribute__((weak)) const char *__lsan_default_suppressions(void)
{
    return "leak:libfontconfig\n";
}
#endif

static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t map_key;
static FcConfig *config;
static enum status load_status = STATUS_BROKEN;

// The descriptor stays open for the life of the process: fontconfig remembers its path.
static bool add_face(const unsigned char *start, const unsigned char *end)
{
    int fd = memfd_create("font", MFD_CLOEXEC);
    if (fd < 0) return false;
    size_t left = (size_t)(end - start);
    while (left > 0) {
        ssize_t n = write(fd, end - left, left);
        if (n <= 0) {
            close(fd);
            return false;
        }
        left -= (size_t)n;
    }
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    return FcConfigAppFontAddFile(config, (const FcChar8 *)path);
}

static void map_done(void *map)
{
    g_object_unref(map);
}

static void load(void)
{
    config = FcConfigCreate();
    if (config == NULL || pthread_key_create(&map_key, map_done) != 0) return;
    if (!FcConfigParseAndLoadFromMemory(config, (const FcChar8 *)settings, FcTrue)) return;
    for (size_t i = 0; i < ARRAY_LEN(faces); i++) {
        if (!add_face(faces[i].start, faces[i].end)) return;
    }
    load_status = STATUS_OK;
}

enum status fonts_load(void)
{
    pthread_once(&once, load);
    return load_status;
}

static PangoFontMap *thread_map(void)
{
    PangoFontMap *map = pthread_getspecific(map_key);
    if (map != NULL) return map;
    map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    ensure(map != NULL);
    pango_fc_font_map_set_config(map, config); // it is one: made for FreeType

    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(map), 72);
    pthread_setspecific(map_key, map);
    return map;
}

PangoContext *fonts_context(void)
{
    PangoContext *context = pango_font_map_create_context(thread_map());
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);
    pango_cairo_context_set_resolution(context, 72);
    pango_context_set_round_glyph_positions(context, FALSE);
    pango_context_set_language(context, pango_language_from_string("vi"));
    return context;
}

PangoFontDescription *fonts_description(enum doc_style style)
{
    const struct doc_style_row *row = &doc_styles[style];
    PangoFontDescription *font = pango_font_description_new();
    pango_font_description_set_family_static(font, FONT_FAMILY);
    pango_font_description_set_absolute_size(font, row->size * PANGO_SCALE);
    pango_font_description_set_weight(font, row->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_style(font, row->italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
    return font;
}

static PangoLayout *one_layout(enum doc_style style, const char *text)
{
    PangoContext *context = fonts_context();
    PangoLayout *layout = pango_layout_new(context);
    PangoFontDescription *font = fonts_description(style);
    pango_layout_set_font_description(layout, font);
    pango_layout_set_text(layout, text, -1);
    pango_font_description_free(font);
    g_object_unref(context);
    return layout;
}

double fonts_text_width(enum doc_style style, const char *text)
{
    if (text == NULL || fonts_load() != STATUS_OK) return 0;
    PangoLayout *layout = one_layout(style, text);
    PangoRectangle extents;
    pango_layout_get_extents(layout, NULL, &extents);
    g_object_unref(layout);
    return (double)extents.width / PANGO_SCALE;
}

int fonts_line_count(enum doc_style style, const char *text, double width)
{
    if (text == NULL || fonts_load() != STATUS_OK) return 0;
    PangoLayout *layout = one_layout(style, text);
    pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    int lines = pango_layout_get_line_count(layout);
    g_object_unref(layout);
    return lines;
}
