// SPDX-License-Identifier: AGPL-3.0-or-later
// Puts the parts into one zip archive with a fixed time, so that the same document is the same
// file.
#include "documents/formats.h"

#include <zip.h>
#include "documents/library.h"
#include "documents/qr.h"

enum { DOS_DATE = 1 << 5 | 1 }; // 1 January 1980, the zip format's first day

// The part's bytes go to the heap because libzip reads them only when it closes.
static bool add_part(zip_t *zip, const char *name, struct buf *part)
{
    zip_source_t *source = zip_source_buffer(zip, part->data, part->len, 1);
    if (source == NULL) return false;
    *part = (struct buf){0}; // the source frees it
    zip_int64_t index = zip_file_add(zip, name, source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
        zip_source_free(source);
        return false;
    }
    return zip_file_set_dostime(zip, (zip_uint64_t)index, 0, DOS_DATE, 0) == 0;
}

static bool add_images(struct arena *arena, zip_t *zip, const struct doc *doc)
{
    int image = 0;
    for (const struct doc_block *block = doc->blocks; block != NULL; block = block->next) {
        if (block->kind != BLOCK_QR) continue;
        struct qr qr = qr_encode(arena, block->qr.text);
        BUF png = {0};
        char name[40];
        snprintf(name, sizeof name, "word/media/image%d.png", ++image);
        if (qr.size == 0 || !qr_png(&qr, 8, &png) || !add_part(zip, name, &png)) return false;
    }
    return true;
}

static struct docx_parts parts_of(const struct doc *doc)
{
    struct docx_parts parts = {.header = true, .footer = doc->contact != NULL};
    for (const struct doc_block *block = doc->blocks; block != NULL; block = block->next)
        parts.images += block->kind == BLOCK_QR;
    return parts;
}

static bool add_parts(struct arena *arena, zip_t *zip, const struct doc *doc)
{
    struct docx_parts parts = parts_of(doc);
    BUF types = {0}, relations = {0}, body = {0}, body_relations = {0}, styles = {0},
        settings = {0};
    BUF header = {0}, footer = {0}, core = {0};
    docx_content_types(&parts, &types);
    docx_relations(&relations);
    docx_body(arena, doc, &body);
    docx_body_relations(&parts, &body_relations);
    docx_styles(&styles);
    docx_settings(&settings);
    docx_header(&header);
    docx_core(doc, &core);
    if (parts.footer) docx_footer(doc, &footer);
    return add_part(zip, "[Content_Types].xml", &types) &&
           add_part(zip, "_rels/.rels", &relations) && add_part(zip, "word/document.xml", &body) &&
           add_part(zip, "word/_rels/document.xml.rels", &body_relations) &&
           add_part(zip, "word/styles.xml", &styles) &&
           add_part(zip, "word/settings.xml", &settings) &&
           add_part(zip, "word/header1.xml", &header) &&
           add_part(zip, "docProps/core.xml", &core) &&
           (!parts.footer || add_part(zip, "word/footer1.xml", &footer)) &&
           add_images(arena, zip, doc);
}

static enum status read_archive(struct arena *arena, zip_source_t *source, struct buf *out)
{
    zip_stat_t stat;
    if (zip_source_stat(source, &stat) != 0 || zip_source_open(source) != 0) return STATUS_BROKEN;
    char *bytes = arena_alloc(arena, stat.size);
    bool whole = zip_source_read(source, bytes, stat.size) == (zip_int64_t)stat.size;
    zip_source_close(source);
    if (!whole) return STATUS_BROKEN;
    buf_put(out, bytes, stat.size);
    return STATUS_OK;
}

enum status docx_render(struct arena *arena, const struct doc *doc, struct buf *out)
{
    if (library_load(&xml_library) != STATUS_OK) return STATUS_BROKEN;
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, &error);
    zip_t *zip = source == NULL ? NULL : zip_open_from_source(source, ZIP_TRUNCATE, &error);
    zip_error_fini(&error);
    if (zip == NULL) {
        zip_source_free(source);
        return STATUS_BROKEN;
    }
    zip_source_keep(source); // closing the archive would free what it wrote into
    enum status status = STATUS_BROKEN;
    if (!add_parts(arena, zip, doc) || zip_close(zip) != 0)
        zip_discard(zip);
    else
        status = read_archive(arena, source, out);
    zip_source_free(source);
    return status;
}
