// SPDX-License-Identifier: AGPL-3.0-or-later
// embed LIST OUT.c FOLDER : writes the front end's files as the table of web/assets.h. LIST has
// "name hash" lines; FOLDER holds name, name.gz and name.br. Nothing is changed or compressed here.
#include "base/buf.h"

#include <stdio.h>
#include <string.h>

static bool file_read(const char *path, struct buf *ret_bytes)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) return false;
    char chunk[8192];
    size_t len;
    while ((len = fread(chunk, 1, sizeof(chunk), file)) > 0)
        buf_put(ret_bytes, chunk, len);
    fclose(file);
    return true;
}

static const char *type_of(const char *name)
{
    static const struct {
        const char *ending, *type;
    } types[] = {{".js", "text/javascript; charset=utf-8"},
                 {".css", "text/css; charset=utf-8"},
                 {".svg", "image/svg+xml"},
                 {".png", "image/png"},
                 {".webmanifest", "application/manifest+json"}};
    const char *dot = strrchr(name, '.');
    for (size_t i = 0; dot != NULL && i < ARRAY_LEN(types); i++)
        if (strcmp(types[i].ending, dot) == 0) return types[i].type;
    return "application/octet-stream";
}

static bool write_bytes(FILE *out, const char *folder, const char *name, const char *ending,
                        size_t number)
{
    BUF path = {0}, bytes = {0};
    buf_printf(&path, "%s/%s%s", folder, name, ending);
    if (!file_read(buf_text(&path), &bytes)) {
        fprintf(stderr, "%s: error: can't be read\n", buf_text(&path));
        return false;
    }
    fprintf(out, "static const unsigned char bytes_%zu%s[%zu] = {", number,
            ending[0] == 0     ? ""
            : ending[1] == 'g' ? "_gz"
                               : "_br",
            bytes.len);
    for (size_t i = 0; i < bytes.len; i++)
        fprintf(out, "%s%u,", i % 32 == 0 ? "\n" : "", (unsigned)(unsigned char)bytes.data[i]);
    fputs("\n};\n", out);
    return true;
}

static void row_write(struct buf *rows, const char *name, const char *hash, size_t i)
{
    const char *dot = strrchr(name, '.');
    int stem = dot == NULL ? (int)strlen(name) : (int)(dot - name);
    buf_printf(
        rows,
        "    {\"%s\", \"/static/%.*s.%s%s\", \"\\\"%s\\\"\", \"%s\", {bytes_%zu, bytes_%zu_gz, "
        "bytes_%zu_br},\n     {sizeof(bytes_%zu), sizeof(bytes_%zu_gz), sizeof(bytes_%zu_br)}},\n",
        name, stem, name, hash, dot == NULL ? "" : dot, hash, type_of(name), i, i, i, i, i, i);
}

int main(int argc, char **argv)
{
    FILE *list = argc == 4 ? fopen(argv[1], "r") : NULL;
    FILE *out = list != NULL ? fopen(argv[2], "w") : NULL;
    if (out == NULL) {
        fputs("embed LIST OUT.c FOLDER\n", stderr);
        if (list != NULL) fclose(list);
        return 2;
    }
    fputs("// Made from web/dist; edits are lost.\n#include \"web/assets.h\"\n\n", out);
    BUF rows = {0};
    char name[100], hash[100];
    size_t count = 0;
    bool fine = true;
    while (fine && fscanf(list, "%99s %99s", name, hash) == 2) {
        fine = write_bytes(out, argv[3], name, "", count) &&
               write_bytes(out, argv[3], name, ".gz", count) &&
               write_bytes(out, argv[3], name, ".br", count);
        row_write(&rows, name, hash, count++);
    }
    fprintf(out, "const struct asset assets[] = {\n%s};\nconst size_t asset_count = %zu;\n",
            buf_text(&rows), count);
    fclose(list);
    return fclose(out) == 0 && fine ? 0 : 1;
}
