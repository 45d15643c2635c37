// SPDX-License-Identifier: AGPL-3.0-or-later
// What cairo 1.16 cannot write: the document's language, the title in the window's bar, an
// identifier that depends on the content alone. Claims no PDF/A conformance: nothing here could
// check it.
#include "documents/formats.h"

#include "base/ensure.h"
#include "documents/library.h"

static void done(qpdf_data *pdf)
{
    lib_qpdf.qpdf_cleanup(pdf);
}

static void set_catalog(qpdf_data pdf)
{
    qpdf_oh root = lib_qpdf.qpdf_get_root(pdf);
    lib_qpdf.qpdf_oh_replace_key(pdf, root, "/Lang", lib_qpdf.qpdf_oh_new_string(pdf, "vi-VN"));
    qpdf_oh preferences = lib_qpdf.qpdf_oh_new_dictionary(pdf);
    lib_qpdf.qpdf_oh_replace_key(pdf, preferences, "/DisplayDocTitle",
                                 lib_qpdf.qpdf_oh_new_bool(pdf, QPDF_TRUE));
    lib_qpdf.qpdf_oh_replace_key(pdf, root, "/ViewerPreferences", preferences);
}

// Cairo 1.16 loses a Document element that spans pages: all elements are put under one here.
static void wrap_structure(qpdf_data pdf)
{
    qpdf_oh root = lib_qpdf.qpdf_get_root(pdf);
    qpdf_oh tree = lib_qpdf.qpdf_oh_get_key(pdf, root, "/StructTreeRoot");
    if (!lib_qpdf.qpdf_oh_is_dictionary(pdf, tree)) return;
    qpdf_oh all = lib_qpdf.qpdf_oh_get_key(pdf, tree, "/K");
    qpdf_oh document = lib_qpdf.qpdf_oh_new_dictionary(pdf);
    lib_qpdf.qpdf_oh_replace_key(pdf, document, "/Type",
                                 lib_qpdf.qpdf_oh_new_name(pdf, "/StructElem"));
    lib_qpdf.qpdf_oh_replace_key(pdf, document, "/S", lib_qpdf.qpdf_oh_new_name(pdf, "/Document"));
    lib_qpdf.qpdf_oh_replace_key(pdf, document, "/P", tree);
    lib_qpdf.qpdf_oh_replace_key(pdf, document, "/K", all);
    document = lib_qpdf.qpdf_make_indirect_object(pdf, document);
    lib_qpdf.qpdf_oh_replace_key(pdf, tree, "/K", document);
    for (int i = 0;
         lib_qpdf.qpdf_oh_is_array(pdf, all) && i < lib_qpdf.qpdf_oh_get_array_n_items(pdf, all);
         i++)
        lib_qpdf.qpdf_oh_replace_key(pdf, lib_qpdf.qpdf_oh_get_array_item(pdf, all, i), "/P",
                                     document);
    qpdf_oh mark = lib_qpdf.qpdf_oh_new_dictionary(pdf);
    lib_qpdf.qpdf_oh_replace_key(pdf, mark, "/Marked", lib_qpdf.qpdf_oh_new_bool(pdf, QPDF_TRUE));
    lib_qpdf.qpdf_oh_replace_key(pdf, root, "/MarkInfo", mark);
}

enum status pdf_finish(const struct doc *doc, const struct buf *drawn, struct buf *out)
{
    if (library_load(&qpdf_library) != STATUS_OK) return STATUS_BROKEN;
    CLEANUP(done) qpdf_data pdf = lib_qpdf.qpdf_init();
    lib_qpdf.qpdf_silence_errors(pdf);
    lib_qpdf.qpdf_set_suppress_warnings(pdf, QPDF_TRUE);
    if (lib_qpdf.qpdf_read_memory(pdf, doc->title, drawn->data, drawn->len, NULL) & QPDF_ERRORS)
        return STATUS_BROKEN;
    set_catalog(pdf);
    wrap_structure(pdf);
    if (lib_qpdf.qpdf_init_write_memory(pdf) & QPDF_ERRORS) return STATUS_BROKEN;
    lib_qpdf.qpdf_set_deterministic_ID(pdf, QPDF_TRUE);
    lib_qpdf.qpdf_set_object_stream_mode(pdf, qpdf_o_generate);
    if (lib_qpdf.qpdf_write(pdf) & QPDF_ERRORS) return STATUS_BROKEN;
    buf_put(out, lib_qpdf.qpdf_get_buffer(pdf), lib_qpdf.qpdf_get_buffer_length(pdf));
    return STATUS_OK;
}
