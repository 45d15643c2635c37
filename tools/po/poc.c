// SPDX-License-Identifier: AGPL-3.0-or-later
// poc en.po OUT.c : compiles a catalogue into the sorted table base/tr.h reads.
// poc --check en.po : names every message without a translation; exit 1 when there is one.
// A translation must name the same {places} as its message, or the build stops. Fuzzy entries count
// as missing.
#include "base/buf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum field {
    FIELD_NONE,
    FIELD_CONTEXT,
    FIELD_ID,
    FIELD_PLURAL,
    FIELD_ONE,
    FIELD_MANY,
    FIELD_COUNT
};

struct message {
    struct buf text[FIELD_COUNT]; // C string contents, escapes kept as written
    bool fuzzy;
    int line;
};

struct catalogue {
    struct message *messages;
    size_t count;
};

static void message_done(struct message *m)
{
    for (int f = 0; f < FIELD_COUNT; f++)
        buf_done(&m->text[f]);
}

static void catalogue_add(struct catalogue *cat, struct message *m)
{
    bool named = m->text[FIELD_ID].len > 0;
    if (!named) {
        message_done(m); // the header
    } else {
        cat->messages = realloc(cat->messages, (cat->count + 1) * sizeof(*cat->messages));
        ensure(cat->messages != NULL);
        cat->messages[cat->count++] = *m;
    }
    *m = (struct message){0};
}

static void catalogue_done(struct catalogue *cat)
{
    for (size_t i = 0; i < cat->count; i++)
        message_done(&cat->messages[i]);
    free(cat->messages);
}

static enum field field_of(const char *line)
{
    static const struct {
        const char *word;
        enum field field;
    } words[] = {{"msgctxt ", FIELD_CONTEXT}, {"msgid_plural ", FIELD_PLURAL},
                 {"msgid ", FIELD_ID},        {"msgstr ", FIELD_ONE},
                 {"msgstr[0] ", FIELD_ONE},   {"msgstr[1] ", FIELD_MANY}};
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (strncmp(line, words[i].word, strlen(words[i].word)) == 0) return words[i].field;
    return FIELD_NONE;
}

static bool append_quoted(const char *line, struct buf *out)
{
    const char *open = strchr(line, '"'), *close = strrchr(line, '"');
    if (open == NULL || close == open) return false;
    buf_put(out, open + 1, (size_t)(close - open) - 1);
    return true;
}

static int read_line(struct catalogue *cat, struct message *m, enum field *field, const char *line)
{
    if (strncmp(line, "#, ", 3) == 0 && strstr(line, "fuzzy") != NULL) m->fuzzy = true;
    if (line[0] == '#' || line[0] == '\n' || line[0] == 0) {
        if (*field != FIELD_NONE) {
            catalogue_add(cat, m);
            *field = FIELD_NONE;
            if (strncmp(line, "#, ", 3) == 0 && strstr(line, "fuzzy") != NULL) m->fuzzy = true;
        }
        return 0;
    }
    enum field next = field_of(line);
    if (line[0] != '"') {
        if (next == FIELD_NONE) return -1;
        *field = next;
    }
    return append_quoted(line, &m->text[*field]) ? 0 : -1;
}

static bool catalogue_read(const char *path, struct catalogue *ret_cat)
{
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        fprintf(stderr, "%s: error: can't be read\n", path);
        return false;
    }
    char *line = NULL;
    size_t size = 0;
    int number = 0, bad = 0;
    struct message m = {0};
    enum field field = FIELD_NONE;
    while (bad == 0 && getline(&line, &size, file) >= 0) {
        number++;
        if (field == FIELD_NONE) m.line = number;
        bad = read_line(ret_cat, &m, &field, line);
    }
    catalogue_add(ret_cat, &m);
    free(line);
    fclose(file);
    if (bad != 0) fprintf(stderr, "%s:%d: error: not a line of a PO file\n", path, number);
    return bad == 0;
}

static bool translated(const struct message *m)
{
    if (m->fuzzy || m->text[FIELD_ONE].len == 0) return false;
    return m->text[FIELD_PLURAL].len == 0 || m->text[FIELD_MANY].len > 0;
}

// Every {name} of one is in the other.
static bool places_within(const struct buf *one, const struct buf *other)
{
    for (const char *p = buf_text(one); (p = strchr(p, '{')) != NULL; p++) {
        const char *close = strchr(p, '}');
        if (close == NULL) return false;
        char name[80];
        snprintf(name, sizeof(name), "%.*s", (int)(close - p + 1), p);
        if (strstr(buf_text(other), name) == NULL) return false;
    }
    return true;
}

// The printf directives in order ("%s%d"): a translation with others would read what was never
// passed.
static void directives_of(const struct buf *text, struct buf *out)
{
    for (const char *p = buf_text(text); (p = strchr(p, '%')) != NULL;) {
        size_t len = 1 + strspn(p + 1, "0123456789.-+#lzh");
        char end = p[len];
        if (end == '%' || (end >= 'a' && end <= 'z')) {
            if (end != '%') buf_put(out, p, len + 1);
            len++;
        }
        p += len;
    }
}

static bool directives_agree(const struct buf *one, const struct buf *other)
{
    BUF a = {0}, b = {0};
    directives_of(one, &a);
    directives_of(other, &b);
    return strcmp(buf_text(&a), buf_text(&b)) == 0;
}

static bool places_agree(const char *path, const struct message *m)
{
    const struct buf *id = &m->text[FIELD_ID];
    const struct buf *forms[] = {&m->text[FIELD_ONE], &m->text[FIELD_MANY]};
    for (size_t i = 0; i < ARRAY_LEN(forms); i++) {
        if (forms[i]->len == 0) continue;
        bool plural = m->text[FIELD_PLURAL].len > 0; // "one opinion" need not say the number
        bool same = places_within(forms[i], id) && (plural || places_within(id, forms[i]));
        if (same && directives_agree(id, forms[i])) continue;
        fprintf(stderr, "%s:%d: error: the translation of \"%s\" names other {places} or %%s\n",
                path, m->line, buf_text(id));
        return false;
    }
    return true;
}

// The table is looked up by strcmp of what the escapes mean, so they are resolved for sorting.
static void unescape(const struct buf *text, struct buf *out)
{
    for (const char *p = buf_text(text); *p != 0; p++) {
        char c = *p;
        if (c == '\\' && p[1] != 0) {
            p++;
            c = *p;
            if (*p == 'n') c = '\n';
            if (*p == 't') c = '\t';
        }
        buf_putc(out, c);
    }
}

static void key_of(const struct message *m, struct buf *out)
{
    if (m->text[FIELD_CONTEXT].len > 0) {
        unescape(&m->text[FIELD_CONTEXT], out);
        buf_putc(out, 4);
    }
    unescape(&m->text[FIELD_ID], out);
}

static int message_compare(const void *one, const void *other)
{
    BUF a = {0}, b = {0};
    key_of(one, &a);
    key_of(other, &b);
    return strcmp(buf_text(&a), buf_text(&b));
}

static void write_entry(FILE *out, const struct message *m)
{
    bool context = m->text[FIELD_CONTEXT].len > 0;
    fprintf(out, "    {\"%s%s\" \"%s\",\n     \"%s\", ", buf_text(&m->text[FIELD_CONTEXT]),
            context ? "\\004" : "", buf_text(&m->text[FIELD_ID]), buf_text(&m->text[FIELD_ONE]));
    if (m->text[FIELD_PLURAL].len > 0)
        fprintf(out, "\"%s\"},\n", buf_text(&m->text[FIELD_MANY]));
    else
        fputs("NULL},\n", out);
}

static bool catalogue_write(const struct catalogue *cat, const char *path)
{
    FILE *out = fopen(path, "w");
    if (out == NULL) return false;
    size_t count = 0;
    fputs("// Made from a catalogue in po/; edits are lost.\n#include \"base/tr.h\"\n\n", out);
    fputs("const struct tr_entry tr_english[] = {\n", out);
    for (size_t i = 0; i < cat->count; i++) {
        if (!translated(&cat->messages[i])) continue;
        write_entry(out, &cat->messages[i]);
        count++;
    }
    fprintf(out, "    {NULL, NULL, NULL},\n};\nconst size_t tr_english_count = %zu;\n", count);
    return fclose(out) == 0;
}

static int check_complete(const char *path, const struct catalogue *cat)
{
    size_t missing = 0;
    for (size_t i = 0; i < cat->count; i++) {
        if (translated(&cat->messages[i])) continue;
        printf("%s:%d: no translation: %s\n", path, cat->messages[i].line,
               buf_text(&cat->messages[i].text[FIELD_ID]));
        missing++;
    }
    printf("%zu messages, %zu without translation\n", cat->count, missing);
    return missing == 0 ? 0 : 1;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fputs("poc CATALOGUE.po OUT.c | poc --check CATALOGUE.po\n", stderr);
        return 2;
    }
    bool check = strcmp(argv[1], "--check") == 0;
    const char *path = check ? argv[2] : argv[1];
    struct catalogue cat = {0};
    bool fine = catalogue_read(path, &cat);
    for (size_t i = 0; fine && i < cat.count; i++)
        fine = places_agree(path, &cat.messages[i]);
    int result = fine ? 0 : 1;
    if (fine && check)
        result = check_complete(path, &cat);
    else if (fine) {
        if (cat.count > 0) qsort(cat.messages, cat.count, sizeof(*cat.messages), message_compare);
        result = catalogue_write(&cat, argv[2]) ? 0 : 1;
    }
    catalogue_done(&cat);
    return result;
}
