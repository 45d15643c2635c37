// SPDX-License-Identifier: AGPL-3.0-or-later
// Writes every sample document in every format into a folder: render_samples DIR
// [rich|empty|large|hostile]. For the checks that need other programs, and for looking at pages.
#include <string.h>
#include "sample_facts.h"

static const char *const names[] = {"rich", "empty", "large", "hostile"};

static int write_one(const char *folder, enum doc_type type, enum sample sample, const char *extra)
{
    ARENA arena = {0};
    struct doc_facts facts = *sample_facts(&arena, type, sample);
    if (strcmp(extra, "-public") == 0) facts.public_edition = true;
    if (strcmp(extra, "-blank") == 0) facts.opinion = NULL;
    const struct doc *doc = document_build(&arena, type, &facts);
    for (int format = 0; format < DOC_FORMAT_COUNT; format++) {
        BUF out = {0};
        if (document_render(&arena, doc, (enum doc_format)format, &out) != STATUS_OK) return 1;
        const char *path = arena_printf(&arena, "%s/%s%s.%s", folder, doc_types[type].code, extra,
                                        doc_formats[format].code);
        FILE *file = fopen(path, "wb");
        if (file == NULL || fwrite(out.data, 1, out.len, file) != out.len || fclose(file) != 0)
            return 1;
    }
    return 0;
}

int main(int argc, char **argv)
{
    enum sample sample = SAMPLE_RICH;
    for (int i = 0; argc > 2 && i < (int)(sizeof names / sizeof names[0]); i++) {
        if (strcmp(argv[2], names[i]) == 0) sample = (enum sample)i;
    }
    if (argc < 2) return 2;
    int failed = 0;
    for (int type = 0; type < DOC_TYPE_COUNT; type++)
        failed |= write_one(argv[1], (enum doc_type)type, sample, "");
    failed |= write_one(argv[1], DOC_MINUTES, sample, "-public");
    failed |= write_one(argv[1], DOC_SLIP, sample, "-blank");
    return failed;
}
