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

enum status pdf_finish(const struct doc *doc, const struct buf *drawn, struct buf *out)
{
    CLEANUP(done) qpdf_data pdf = qpdf_init();
    qpdf_silence_errors(pdf);
    qpdf_set_suppress_warnings(pdf, QPDF_TRUE);
    if (qpdf_read_memory(pdf, doc->title, drawn->data, drawn->len, NULL) & QPDF_ERRORS)
        return STATUS_BROKEN;
    set_catalog(pdf);
    if (qpdf_init_write_memory(pdf) & QPDF_ERRORS) return STATUS_BROKEN;
    qpdf_set_deterministic_ID(pdf, QPDF_TRUE);
    qpdf_set_object_stream_mode(pdf, qpdf_o_generate);
    if (qpdf_write(pdf) & QPDF_ERRORS) return STATUS_BROKEN;
    buf_put(out, qpdf_get_buffer(pdf), qpdf_get_buffer_length(pdf));
    return STATUS_OK;
}
