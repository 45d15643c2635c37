// SPDX-License-Identifier: AGPL-3.0-or-later
// The loading itself, and the two libraries' tables. The types come from their own headers, so a
// function that changed does not compile.
#include "documents/library.h"

#include <dlfcn.h>
#include <string.h>
#include "base/ensure.h"
#include "base/log.h"

struct qpdf_functions lib_qpdf;
struct xml_functions lib_xml;

#define QPDF_SYMBOL(name) {#name, offsetof(struct qpdf_functions, name)},
static const struct library_symbol qpdf_symbols[] = {QPDF_FUNCTIONS(QPDF_SYMBOL)};

#define XML_SYMBOL(name) {#name, offsetof(struct xml_functions, name)},
static const struct library_symbol xml_symbols[] = {XML_FUNCTIONS(XML_SYMBOL)};

struct library qpdf_library = {
    QPDF_SONAME, qpdf_symbols, ARRAY_LEN(qpdf_symbols), &lib_qpdf, PTHREAD_MUTEX_INITIALIZER,
    false};
struct library xml_library = {
    XML_SONAME, xml_symbols, ARRAY_LEN(xml_symbols), &lib_xml, PTHREAD_MUTEX_INITIALIZER, false};

static const char *missing_symbol(const struct library *library, void *handle)
{
    for (size_t i = 0; i < library->count; i++)
        if (dlsym(handle, library->symbols[i].name) == NULL) return library->symbols[i].name;
    return NULL;
}

static enum status load(struct library *library)
{
    void *handle = dlopen(library->file, RTLD_NOW | RTLD_LOCAL);
    if (handle == NULL) {
        log_error("library %s cannot be loaded: %s", library->file, dlerror());
        return STATUS_BROKEN;
    }
    const char *missing = missing_symbol(library, handle);
    if (missing != NULL) {
        log_error("library %s lacks %s", library->file, missing);
        dlclose(handle);
        return STATUS_BROKEN;
    }
    for (size_t i = 0; i < library->count; i++) {
        void *function = dlsym(handle, library->symbols[i].name);
        memcpy((char *)library->functions + library->symbols[i].place, &function, sizeof(function));
    }
    return STATUS_OK;
}

enum status library_load(struct library *library)
{
    if (atomic_load_explicit(&library->loaded, memory_order_acquire)) return STATUS_OK;
    pthread_mutex_lock(&library->lock);
    enum status status = atomic_load(&library->loaded) ? STATUS_OK : load(library);
    if (status == STATUS_OK) atomic_store(&library->loaded, true);
    pthread_mutex_unlock(&library->lock);
    return status;
}
