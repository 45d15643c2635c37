// SPDX-License-Identifier: AGPL-3.0-or-later
// Libraries that only a document needs, loaded at the first one: a ward at rest does not carry
// them. Only here is dlopen called; what is loaded stays.
#ifndef DOCUMENTS_LIBRARY_H
#define DOCUMENTS_LIBRARY_H

#include <libxml/xmlwriter.h>
#include <pthread.h>
#include <qpdf/qpdf-c.h>
#include <stdatomic.h>
#include "base/status.h"

struct library_symbol {
    const char *name;
    size_t place; // of its pointer in `functions`
};

struct library {
    const char *file; // the soname it was built against
    const struct library_symbol *symbols;
    size_t count;
    void *functions;
    pthread_mutex_t lock;
    atomic_bool loaded;
};

/// Fills all of `functions` or none. Any thread, cheap once it has been done; after a failure the
/// next call tries again. STATUS_BROKEN, with the file's name in the log, when the library or one
/// of the symbols is missing.
enum status library_load(struct library *library) MUST_USE;

#define QPDF_FUNCTIONS(F)          \
    F(qpdf_cleanup)                \
    F(qpdf_get_buffer)             \
    F(qpdf_get_buffer_length)      \
    F(qpdf_get_root)               \
    F(qpdf_init)                   \
    F(qpdf_init_write_memory)      \
    F(qpdf_make_indirect_object)   \
    F(qpdf_oh_get_array_item)      \
    F(qpdf_oh_get_array_n_items)   \
    F(qpdf_oh_get_key)             \
    F(qpdf_oh_is_array)            \
    F(qpdf_oh_is_dictionary)       \
    F(qpdf_oh_new_bool)            \
    F(qpdf_oh_new_dictionary)      \
    F(qpdf_oh_new_name)            \
    F(qpdf_oh_new_string)          \
    F(qpdf_oh_replace_key)         \
    F(qpdf_read_memory)            \
    F(qpdf_set_deterministic_ID)   \
    F(qpdf_set_object_stream_mode) \
    F(qpdf_set_suppress_warnings)  \
    F(qpdf_silence_errors)         \
    F(qpdf_write)

#define XML_FUNCTIONS(F)                 \
    F(xmlBufferContent)                  \
    F(xmlBufferCreate)                   \
    F(xmlBufferFree)                     \
    F(xmlBufferLength)                   \
    F(xmlFreeTextWriter)                 \
    F(xmlNewTextWriterMemory)            \
    F(xmlTextWriterEndDocument)          \
    F(xmlTextWriterEndElement)           \
    F(xmlTextWriterStartDocument)        \
    F(xmlTextWriterStartElement)         \
    F(xmlTextWriterWriteAttribute)       \
    F(xmlTextWriterWriteFormatAttribute) \
    F(xmlTextWriterWriteRaw)             \
    F(xmlTextWriterWriteString)

#define LIBRARY_MEMBER(name) typeof(name) *name;
struct qpdf_functions {
    QPDF_FUNCTIONS(LIBRARY_MEMBER)
};
struct xml_functions {
    XML_FUNCTIONS(LIBRARY_MEMBER)
};
#undef LIBRARY_MEMBER

extern struct qpdf_functions lib_qpdf; // after library_load(&qpdf_library)
extern struct xml_functions lib_xml;   // after library_load(&xml_library)
extern struct library qpdf_library, xml_library;

#endif
