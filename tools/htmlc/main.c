// SPDX-License-Identifier: AGPL-3.0-or-later
// htmlc INPUT.html HEADER SOURCE        compiles; HEADER is included by its path below src/
// htmlc --messages INPUT.html...        prints the messages as PO entries
// Errors are one line, file:line: error: sentence, as compilers print them; nothing is written
// then.
#include "htmlc.h"

#include <stdio.h>
#include <string.h>

static bool file_read(const char *path, struct buf *ret_text)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) return false;
    char chunk[8192];
    size_t len;
    while ((len = fread(chunk, 1, sizeof(chunk), file)) > 0)
        buf_put(ret_text, chunk, len);
    bool fine = ferror(file) == 0;
    fclose(file);
    return fine;
}

static bool file_write(const char *path, const struct buf *text)
{
    FILE *file = fopen(path, "wb");
    if (file == NULL) return false;
    bool fine = fwrite(buf_text(text), 1, text->len, file) == text->len;
    return fclose(file) == 0 && fine;
}

// "../src/web/x/y.html" -> "web/x/y.html.h", as meson's generator lays its output out.
static void header_name_of(const char *path, struct buf *out)
{
    while (strncmp(path, "../", 3) == 0)
        path += 3;
    const char *below = strstr(path, "/src/");
    if (strncmp(path, "src/", 4) == 0)
        path += 4;
    else if (below != NULL)
        path = below + 5;
    buf_printf(out, "%s.h", path);
}

static bool compile_file(const char *path, struct htmlc_result *ret_result)
{
    BUF text = {0}, header_name = {0};
    *ret_result = (struct htmlc_result){0};
    if (!file_read(path, &text)) {
        fprintf(stderr, "%s: error: can't be read\n", path);
        return false;
    }
    header_name_of(path, &header_name);
    if (htmlc_compile(path, buf_text(&header_name), buf_text(&text), text.len, ret_result))
        return true;
    fprintf(stderr, "%s:%d: error: %s\n", path, ret_result->line, ret_result->error);
    return false;
}

static int messages(char **paths)
{
    for (; *paths != NULL; paths++) {
        struct htmlc_result result;
        bool fine = compile_file(*paths, &result);
        if (fine) fputs(buf_text(&result.messages), stdout);
        htmlc_result_done(&result);
        if (!fine) return 1;
    }
    return 0;
}

int main(int argc, char **argv)
{
    if (argc >= 2 && strcmp(argv[1], "--messages") == 0) return messages(argv + 2);
    if (argc != 4) {
        fputs("htmlc INPUT.html HEADER SOURCE | htmlc --messages INPUT.html...\n", stderr);
        return 2;
    }
    struct htmlc_result result;
    bool fine = compile_file(argv[1], &result);
    if (fine && (!file_write(argv[2], &result.header) || !file_write(argv[3], &result.source))) {
        fprintf(stderr, "%s: error: can't be written\n", argv[2]);
        fine = false;
    }
    htmlc_result_done(&result);
    return fine ? 0 : 1;
}
