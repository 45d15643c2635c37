// SPDX-License-Identifier: AGPL-3.0-or-later
// Finding the words of a sealed opinion line by line. Knows minutes only by their headings.
#include "domain/sealed_words.h"

#include <string.h>

#include "base/buf.h"
#include "base/text.h"

const char SEALED_LINE[] =
    "(Một nội dung được tiếp nhận theo thủ tục riêng, không nêu trong biên bản.)";

const char SEALED_NOTE[] = "Ghi chú của thư ký trong hội nghị";
const char SEALED_FACT[] = "Số liệu gửi chủ trì trong hội nghị";

static int syllables(const char *folded)
{
    int count = *folded != 0;
    for (; *folded != 0; folded++)
        count += *folded == ' ';
    return count;
}

/// Adds " text " when it has enough syllables to be told from chance.
static int add_padded(struct arena *arena, const char *text, const char **list, int count)
{
    const char *folded = text == NULL ? "" : text_fold(arena, text);
    if (syllables(folded) >= 2) list[count++] = arena_printf(arena, " %s ", folded);
    return count;
}

/// The author's own words, also as the secretary noted them; what other staff wrote may stand word
/// for word under other opinions.
static bool by_author(const struct opinion_item *item)
{
    if (item->kind == ITEM_REASON) return strcmp(item->refs, SEALED_NOTE) == 0;
    return item->kind == ITEM_REPLY || item->kind == ITEM_EDIT || item->kind == ITEM_VERDICT ||
           item->kind == ITEM_WITHDRAWAL;
}

static const char *digits_of(struct arena *arena, const char *text)
{
    char *out = arena_strdup(arena, text), *to = out;
    for (; *text != 0; text++)
        if (*text >= '0' && *text <= '9') *to++ = *text;
    *to = 0;
    return out;
}

void sealed_words_of(struct arena *arena, const struct opinion *o, const struct opinion_item *items,
                     int count, struct sealed_words *ret_words)
{
    enum { NAMES = 2, CONTACTS = 2, DIGITS_LEAST = 6 };
    char number[OPINION_NUMBER_TEXT];
    const char **texts = arena_array(arena, const char *, (size_t)count + 1);
    const char **names = arena_array(arena, const char *, NAMES);
    const char **contacts = arena_array(arena, const char *, CONTACTS);
    struct sealed_words w = {.texts = texts, .names = names, .contacts = contacts};
    w.number = arena_strdup(arena, opinion_number_format(o->id, number));
    w.text_count = add_padded(arena, o->content, texts, 0);
    for (int i = 0; i < count; i++)
        if (by_author(&items[i]))
            w.text_count = add_padded(arena, items[i].text, texts, w.text_count);
    w.name_count = add_padded(arena, o->name, names, 0);
    w.name_count = add_padded(arena, o->organisation, names, w.name_count);
    const char *phone = digits_of(arena, o->phone == NULL ? "" : o->phone);
    if (strlen(phone) >= DIGITS_LEAST) contacts[w.contact_count++] = phone;
    if (o->email != NULL && *o->email != 0)
        contacts[w.contact_count++] = arena_printf(arena, " %s ", text_fold(arena, o->email));
    *ret_words = w;
}

// ---- one line

/// Whether SEALED_RUN syllables in a row of the text (or all of it) are in the line. Both padded.
static bool quotes(struct arena *arena, const char *line, const char *text)
{
    char *run = arena_strdup(arena, line);
    for (const char *from = line; from[1] != 0; from = strchr(from + 1, ' ')) {
        const char *to = from;
        int count = 0;
        for (; count < SEALED_RUN && to[1] != 0; count++)
            to = strchr(to + 1, ' ');
        if (count < SEALED_RUN) break;
        size_t len = (size_t)(to - from) + 1;
        memcpy(run, from, len);
        run[len] = 0;
        if (strstr(text, run) != NULL) return true;
    }
    return syllables(text) - 2 < SEALED_RUN && strstr(line, text) != NULL;
}

static bool tells(struct arena *arena, const struct sealed_words *w, const char *line, bool names)
{
    const char *number = strstr(line, w->number);
    if (number != NULL && strspn(number + strlen(w->number), "0123456789") == 0) return true;
    const char *folded = text_fold(arena, line), *digits = digits_of(arena, line);
    if (*folded == 0) return false;
    const char *padded = arena_printf(arena, " %s ", folded);
    for (int i = 0; i < w->contact_count; i++)
        if (strstr(w->contacts[i][0] == ' ' ? padded : digits, w->contacts[i]) != NULL) return true;
    for (int i = 0; i < w->text_count; i++)
        if (quotes(arena, padded, w->texts[i])) return true;
    for (int i = 0; names && i < w->name_count; i++)
        if (strstr(padded, w->names[i]) != NULL) return true;
    return false;
}

// ---- a text

/// The next line without its end; NULL at the end of the text.
static const char *line_of(struct arena *arena, const char **text)
{
    if (**text == 0) return NULL;
    size_t len = strcspn(*text, "\n");
    const char *line = arena_strndup(arena, *text, len);
    *text += len + ((*text)[len] == '\n');
    return line;
}

bool sealed_words_in(const struct sealed_words *words, const char *text)
{
    ARENA arena = {0};
    bool found = false;
    for (const char *line; !found && (line = line_of(&arena, &text)) != NULL;) {
        found = tells(&arena, words, line, false);
        arena_reset(&arena);
    }
    return found;
}

/// "II. DIỄN BIẾN": the number of the part, "" for any other line.
static size_t part_of(const char *line)
{
    size_t digits = strspn(line, "IVX");
    return digits > 0 && line[digits] == '.' && line[digits + 1] == ' ' ? digits : 0;
}

/// "Ý kiến 3 (2024-0007). ...": where its number stands, NULL for any other line.
static const char *heads_block(const char *line)
{
    static const char word[] = "Ý kiến ";
    if (strncmp(line, word, sizeof word - 1) != 0) return NULL;
    line += sizeof word - 1;
    size_t digits = strspn(line, "0123456789");
    return digits > 0 && strncmp(line + digits, " (", 2) == 0 ? line + digits + 2 : NULL;
}

enum place { IN_PART_ONE, IN_NO_BLOCK, IN_OWN_BLOCK, IN_OTHER_BLOCK };

static enum place place_after(const struct sealed_words *w, enum place place, const char *line)
{
    size_t digits = part_of(line);
    const char *number = heads_block(line);
    if (digits > 0) return digits == 1 && line[0] == 'I' ? IN_PART_ONE : IN_NO_BLOCK;
    if (number == NULL) return place;
    size_t len = strlen(w->number);
    bool own = strncmp(number, w->number, len) == 0 && number[len] == ')';
    return own ? IN_OWN_BLOCK : IN_OTHER_BLOCK;
}

const char *sealed_words_strip(struct arena *arena, const struct sealed_words *words,
                               const char *text, int *ret_lines)
{
    ARENA scratch = {0};
    BUF out = {0};
    enum place place = IN_NO_BLOCK;
    int gone = 0;
    bool stood_in = false;
    const char *rest = text;
    for (const char *line; (line = line_of(&scratch, &rest)) != NULL; arena_reset(&scratch)) {
        place = place_after(words, place, line);
        bool drop = place == IN_OWN_BLOCK || tells(&scratch, words, line, place == IN_NO_BLOCK);
        if (!drop) buf_printf(&out, "%s\n", line);
        if (drop && !stood_in) buf_printf(&out, "%s\n", SEALED_LINE);
        gone += drop;
        stood_in = drop;
    }
    *ret_lines = gone;
    if (gone == 0) return text;
    size_t len = strlen(buf_text(&out));
    bool ended = text[strlen(text) - 1] == '\n';
    return arena_strndup(arena, buf_text(&out), ended ? len : len - 1);
}
