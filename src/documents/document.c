// SPDX-License-Identifier: AGPL-3.0-or-later
// The table of document types and formats, and the two entry points. A new type is a row here and a
// builder in types/.
#include "documents/document.h"

#include <assert.h>
#include <string.h>
#include "documents/facts.h"
#include "documents/fonts.h"
#include "documents/formats.h"
#include "documents/library.h"
#include "documents/types/types.h"
#include "documents/words.h"

// clang-format off
const struct doc_type_row doc_types[DOC_TYPE_COUNT] = {
    [DOC_PLAN]        = {"plan", "Kế hoạch", "KH", FORM_NAMED, SELECT_NOTHING, false, build_plan},
    [DOC_NOTICE]      = {"notice", "Thông báo", "TB", FORM_NAMED, SELECT_NOTHING, false, build_notice},
    [DOC_BULLETIN]    = {"bulletin", "Bản tin truyền thanh", NULL, FORM_INTERNAL, SELECT_NOTHING, false, build_bulletin},
    [DOC_POSTER]      = {"poster", "Áp phích", NULL, FORM_INTERNAL, SELECT_NOTHING, false, build_poster},
    [DOC_INVITATION]  = {"invitation", "Giấy mời", "GM", FORM_INVITATION, SELECT_PERSON, false, build_invitation},
    [DOC_PROGRAMME]   = {"programme", "Chương trình", "CTr", FORM_NAMED, SELECT_NOTHING, false, build_programme},
    [DOC_RULES]       = {"rules", "Nội quy", NULL, FORM_INTERNAL, SELECT_NOTHING, false, build_rules},
    [DOC_SLIP]        = {"slip", "Phiếu đặt câu hỏi, góp ý", NULL, FORM_INTERNAL, SELECT_OPINION_OR_BLANK, false, build_slip},
    [DOC_ATTENDANCE]  = {"attendance", "Danh sách đại biểu", NULL, FORM_INTERNAL, SELECT_NOTHING, false, build_attendance},
    [DOC_REPORT]      = {"report", "Báo cáo", "BC", FORM_NAMED, SELECT_NOTHING, false, build_report},
    [DOC_MINUTES]     = {"minutes", "Biên bản", "BB", FORM_MINUTES, SELECT_EDITION, false, build_minutes},
    [DOC_CONCLUSION]  = {"conclusion", "Thông báo kết luận", "TB", FORM_NAMED, SELECT_NOTHING, false, build_conclusion},
    [DOC_TASK]        = {"task", "Phiếu giao việc", NULL, FORM_INTERNAL, SELECT_OPINION, false, build_task},
    [DOC_ANSWER]      = {"answer", "Công văn trả lời", NULL, FORM_LETTER, SELECT_OPINION, false, build_answer},
    [DOC_TIME_NOTICE] = {"time_notice", "Công văn thông báo thời gian giải quyết", NULL, FORM_LETTER, SELECT_OPINION, false, build_time_notice},
    [DOC_REFERRAL]    = {"referral", "Phiếu chuyển", "PC", FORM_NAMED, SELECT_OPINION, false, build_referral},
    [DOC_PROGRESS]    = {"progress", "Báo cáo tiến độ", "BC", FORM_NAMED, SELECT_NOTHING, false, build_progress},
    [DOC_SYNTHESIS]   = {"synthesis", "Báo cáo tổng hợp", "BC", FORM_NAMED, SELECT_NOTHING, false, build_synthesis},
    [DOC_REGISTER]    = {"register", "Sổ theo dõi", NULL, FORM_INTERNAL, SELECT_NOTHING, true, build_register},
};
// clang-format on
static_assert(ARRAY_LEN(doc_types) == DOC_TYPE_COUNT, "a type without its row");

const struct doc_format_row doc_formats[DOC_FORMAT_COUNT] = {
    [DOC_DOCX] = {"docx",
                  "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    [DOC_PDF] = {"pdf", "application/pdf"},
    [DOC_HTML] = {"html", "text/html; charset=utf-8"},
    [DOC_TXT] = {"txt", "text/plain; charset=utf-8"},
};

int doc_type_parse(const char *code)
{
    for (int i = 0; code != NULL && i < DOC_TYPE_COUNT; i++) {
        if (strcmp(doc_types[i].code, code) == 0) return i;
    }
    return -1;
}

int doc_format_parse(const char *code)
{
    for (int i = 0; code != NULL && i < DOC_FORMAT_COUNT; i++) {
        if (strcmp(doc_formats[i].code, code) == 0) return i;
    }
    return -1;
}

const struct doc *document_build(struct arena *arena, enum doc_type type,
                                 const struct doc_facts *facts)
{
    struct doc *doc = arena_new(arena, struct doc);
    doc->arena = arena;
    doc->type = type;
    doc->day = facts->issue.day;
    doc->landscape = doc_types[type].landscape;
    doc->author = model_clean(
        arena, arena_printf(arena, "Ủy ban nhân dân %s", words_or_dots(facts->unit.name)));
    doc->title = doc_types[type].name;
    doc_types[type].build(doc, facts);
    doc->title = model_clean(arena, doc->title);
    return doc;
}

enum status document_render(struct arena *arena, const struct doc *doc, enum doc_format format,
                            struct buf *ret_out)
{
    static enum status (*const writers[])(struct arena *, const struct doc *, struct buf *) = {
        [DOC_DOCX] = docx_render,
        [DOC_PDF] = pdf_render,
        [DOC_HTML] = html_render,
        [DOC_TXT] = txt_render,
    };
    static_assert(ARRAY_LEN(writers) == DOC_FORMAT_COUNT, "a format without its writer");
    return writers[format](arena, doc, ret_out);
}

const char *document_file_name(struct arena *arena, const struct doc *doc, enum doc_format format)
{
    const char *stem = doc->number != NULL ? doc->number : doc_types[doc->type].code;
    char *name = arena_printf(arena, "%s.%s", stem, doc_formats[format].code);
    for (char *p = name; *p != '\0'; p++) {
        bool plain =
            (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') || (*p >= '0' && *p <= '9');
        if (!plain && *p != '.') *p = (unsigned char)*p < 0x80 ? '-' : '_';
    }
    return name;
}

enum status documents_warm_up(void)
{
    enum status status = fonts_load();
    if (status == STATUS_OK) status = library_load(&qpdf_library);
    if (status == STATUS_OK) status = library_load(&xml_library);
    if (status == STATUS_OK) fonts_text_width(STYLE_BODY, "Đối thoại");
    return status;
}
