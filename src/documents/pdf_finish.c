// SPDX-License-Identifier: AGPL-3.0-or-later
// What cairo 1.16 cannot write: the document's language, the title in the window's bar, an
// identifier that depends on the content alone. Claims no PDF/A conformance: nothing here could
// check it.
#include "documents/formats.h"

#include <qpdf/qpdf-c.h>
#include "base/ensure.h"

static void done(qpdf_data *pdf)
{
    qpdf_cleanup(pdf);
}

static void set_catalog(qpdf_data pdf)
{
    qpdf_oh root = qpdf_get_root(pdf);
    qpdf_oh_replace_key(pdf, root, "/Lang", qpdf_oh_new_string(pdf, "vi-VN"));
    qpdf_oh preferences = qpdf_oh_new_dictionary(pdf);
    qpdf_oh_replace_key(pdf, preferences, "/DisplayDocTitle", qpdf_oh_new_bool(pdf, QPDF_TRUE));
    qpdf_oh_replace_key(pdf, root, "/ViewerPreferences", preferences);
}

// Cairo 1.16 loses a Document element that spans pages: all elements are put under one here.
static void wrap_structure(qpdf_data pdf)
{
    qpdf_oh root = qpdf_get_root(pdf);
    qpdf_oh tree = qpdf_oh_get_key(pdf, root, "/StructTreeRoot");
    if (!qpdf_oh_is_dictionary(pdf, tree)) return;
    qpdf_oh all = qpdf_oh_get_key(pdf, tree, "/K");
    qpdf_oh document = qpdf_oh_new_dictionary(pdf);
    qpdf_oh_replace_key(pdf, document, "/Type", qpdf_oh_new_name(pdf, "/StructElem"));
    qpdf_oh_replace_key(pdf, document, "/S", qpdf_oh_new_name(pdf, "/Document"));
    qpdf_oh_replace_key(pdf, document, "/P", tree);
    qpdf_oh_replace_key(pdf, document, "/K", all);
    document = qpdf_make_indirect_object(pdf, document);
    qpdf_oh_replace_key(pdf, tree, "/K", document);
    for (int i = 0; qpdf_oh_is_array(pdf, all) && i < qpdf_oh_get_array_n_items(pdf, all); i++)
        qpdf_oh_replace_key(pdf, qpdf_oh_get_array_item(pdf, all, i), "/P", document);
    qpdf_oh mark = qpdf_oh_new_dictionary(pdf);
    qpdf_oh_replace_key(pdf, mark, "/Marked", qpdf_oh_new_bool(pdf, QPDF_TRUE));
    qpdf_oh_replace_key(pdf, root, "/MarkInfo", mark);
}

enum status pdf_finish(const struct doc *doc, const struct buf *drawn, struct buf *out)
{
    CLEANUP(done) qpdf_data pdf = qpdf_init();
    qpdf_silence_errors(pdf);
    qpdf_set_suppress_warnings(pdf, QPDF_TRUE);
    if (qpdf_read_memory(pdf, doc->title, drawn->data, drawn->len, NULL) & QPDF_ERRORS)
        return STATUS_BROKEN;
    set_catalog(pdf);
    wrap_structure(pdf);
    if (qpdf_init_write_memory(pdf) & QPDF_ERRORS) return STATUS_BROKEN;
    qpdf_set_deterministic_ID(pdf, QPDF_TRUE);
    qpdf_set_object_stream_mode(pdf, qpdf_o_generate);
    if (qpdf_write(pdf) & QPDF_ERRORS) return STATUS_BROKEN;
    buf_put(out, qpdf_get_buffer(pdf), qpdf_get_buffer_length(pdf));
    return STATUS_OK;
}
