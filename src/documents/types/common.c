// SPDX-License-Identifier: AGPL-3.0-or-later
// Parts that most documents share: head, title, legal bases, recipients, signature, and how people
// and times are named. Decree 30/2020/NĐ-CP, Articles 8 and 13, Appendices I and III.
#include "documents/types/types.h"

#include <string.h>
#include "base/buf.h"
#include "documents/geometry.h"

#define NAME_DOTS "……………………………"

const char *const common_handlings[HANDLED_COUNT] = {
    [HANDLED_NOT_YET] = "Chưa phân loại",
    [HANDLED_ON_SPOT] = "Trả lời tại hội nghị",
    [HANDLED_ACCEPTED] = "Tiếp thu",
    [HANDLED_DEFERRED] = "Trả lời sau hội nghị",
    [HANDLED_OFF_TOPIC] = "Ngoài nội dung, trả lời riêng bằng văn bản",
    [HANDLED_COMPLEX] = "Phức tạp, liên quan nhiều ngành",
    [HANDLED_BEYOND] = "Vượt thẩm quyền, kiến nghị cấp trên",
    [HANDLED_DIVERTED] = "Chuyển thủ tục khác theo quy định",
    [HANDLED_WITHDRAWN] = "Người có ý kiến tự rút",
};

static const char *symbol_of(struct doc *doc, const struct doc_facts *f)
{
    const struct doc_type_row *row = &doc_types[doc->type];
    if (f->issue.symbol != NULL) return f->issue.symbol;
    if (row->form == FORM_LETTER)
        return arena_printf(doc->arena, "UBND-%s",
                            f->unit.drafting != NULL ? f->unit.drafting : "VP");
    return row->abbreviation == NULL ? NULL
                                     : arena_printf(doc->arena, "%s-UBND", row->abbreviation);
}

// Numbers below ten carry a zero; a number may already come with its symbol from another register.
static const char *number_of(struct doc *doc, const struct doc_facts *f, const char *symbol)
{
    const char *number = f->issue.number;
    if (number == NULL || number[0] == '\0') return NULL;
    if (strchr(number, '/') != NULL) return number;
    bool digit = number[0] >= '1' && number[0] <= '9' && number[1] == '\0';
    return arena_printf(doc->arena, "%s%s/%s", digit ? "0" : "", number, symbol);
}

static const char *contact_of(struct doc *doc, const struct doc_unit *unit)
{
    BUF line = {0};
    const char *parts[] = {unit->address, unit->phone, unit->email};
    static const char *const labels[] = {"Địa chỉ: ", "Điện thoại: ", "Thư điện tử: "};
    for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
        if (parts[i] != NULL && parts[i][0] != '\0')
            buf_printf(&line, "%s%s%s", line.len > 0 ? "; " : "", labels[i], parts[i]);
    }
    return line.len == 0 ? NULL : model_clean(doc->arena, buf_text(&line));
}

void common_head(struct doc *doc, const struct doc_facts *f, const char *letter_subject)
{
    struct arena *a = doc->arena;
    enum doc_form form = doc_types[doc->type].form;
    const char *symbol = symbol_of(doc, f);
    if (symbol != NULL) doc->number = number_of(doc, f, symbol);
    struct doc_head head = {
        .parent = words_upper(a, f->unit.parent),
        .agency = "ỦY BAN NHÂN DÂN",
        .agency_place = words_upper(a, words_or_dots(f->unit.name)),
        .urgency = f->issue.urgency,
        .nation = true,
    };

    if (symbol != NULL && doc->number != NULL)
        head.number = arena_printf(a, "Số: %s", doc->number);
    else if (symbol != NULL)
        head.number = arena_printf(a, "Số: " DOTS "/%s", symbol);
    if (letter_subject != NULL) head.letter_subject = arena_printf(a, "V/v %s", letter_subject);
    if (form != FORM_MINUTES && form != FORM_INTERNAL)
        head.place_date =
            model_clean(a, arena_printf(a, "%s, %s", words_or_dots(f->unit.name),
                                        words_day_or_year(a, f->issue.day, f->dialogue.year)));
    doc_head(doc, &head);
    if (form == FORM_LETTER || form == FORM_INVITATION) doc->contact = contact_of(doc, &f->unit);
}

void common_title(struct doc *doc, const char *name, const char *subject)
{
    doc_para(doc, STYLE_TITLE, name);
    doc->title = doc_types[doc->type].name;
    if (subject == NULL) return;
    double width = text_area_width(doc->landscape);
    struct doc_para *para = doc_para(doc, STYLE_SUBJECT, subject);
    para->inset =
        geometry_balance(STYLE_SUBJECT, para->runs != NULL ? para->runs->text : "", width);
    doc_rule(doc, subject);
    doc->title = model_clean(doc->arena, arena_printf(doc->arena, "%s - %s", doc->title, subject));
}

void common_bases(struct doc *doc, const struct doc_facts *f)
{
    for (int i = 0; i < f->bases_count; i++)
        doc_paraf(doc, STYLE_BASIS, "Căn cứ %s%s", words_bare(doc->arena, f->bases[i].text),
                  i + 1 < f->bases_count ? ";" : ".");
}

void common_addressee(struct doc *doc, const char *to)
{
    doc_paraf(doc, STYLE_ADDRESSEE, "Kính gửi: %s", words_or_dots(to));
}

void common_addressees(struct doc *doc, const char *const *to, int count)
{
    struct doc_para *para = doc_para(doc, STYLE_ADDRESSEE_LIST, "Kính gửi:");
    para->keep_next = true;
    for (int i = 0; i < count; i++)
        common_listed(doc, STYLE_ADDRESSEE_LIST, to[i], i + 1 == count);
}

void common_sentence(struct doc *doc, const char *label, const char *text)
{
    bool known = text != NULL && text[0] != '\0';
    doc_labelled(doc, STYLE_BODY, label,
                 known ? arena_printf(doc->arena, "%s.", words_bare(doc->arena, text)) : NULL);
}

void common_end(struct doc *doc, const char *text)
{
    doc_paraf(doc, STYLE_BODY, "%s./.", words_bare(doc->arena, text));
}

static struct doc_signature signature_of(struct doc *doc, const struct doc_signer *signer)
{
    struct arena *a = doc->arena;
    const char *title = model_clean(a, words_upper(a, words_or_dots(signer->title)));
    struct doc_signature sign = {.name = signer->name != NULL ? model_clean(a, signer->name)
                                                              : NAME_DOTS};
    switch (signer->how) {
    case SIGN_TM:
        sign.lines[0] = "TM. ỦY BAN NHÂN DÂN";
        break;
    case SIGN_KT:
        sign.lines[0] = "TM. ỦY BAN NHÂN DÂN";
        sign.lines[1] = "KT. CHỦ TỊCH";
        break;
    case SIGN_TL:
        sign.lines[0] = "TL. CHỦ TỊCH";
        break;
    case SIGN_TUQ:
        sign.lines[0] = "TUQ. CHỦ TỊCH";
        break;
    case SIGN_SELF:
    case SIGN_COUNT:
        break;
    }
    int next = sign.lines[0] == NULL ? 0 : sign.lines[1] == NULL ? 1 : 2;
    sign.lines[next] = title;
    return sign;
}

const char *const *common_recipients(struct doc *doc, const struct doc_facts *f, const char *first,
                                     int *ret_count)
{
    const struct doc_texts *list = &f->issue.recipients;
    const char **lines = arena_array(doc->arena, const char *, (size_t)list->count + 2);
    int count = 0;
    if (first != NULL) lines[count++] = arena_printf(doc->arena, "- %s;", first);
    for (int i = 0; i < list->count; i++)
        lines[count++] = model_clean(
            doc->arena, arena_printf(doc->arena, "- %s;", words_bare(doc->arena, list->items[i])));
    lines[count++] =
        arena_printf(doc->arena, "- Lưu: %s.", f->issue.archive != NULL ? f->issue.archive : "VT");
    *ret_count = count;
    return lines;
}

void common_sign(struct doc *doc, const struct doc_facts *f, const char *first)
{
    struct doc_sign sign = {.right = signature_of(doc, &f->issue.signer)};
    sign.recipients = common_recipients(doc, f, first, &sign.recipients_count);
    doc_sign(doc, &sign);
}

const char *common_meeting(struct doc *doc, const struct doc_facts *f)
{
    if (f->dialogue.subject == NULL) return "hội nghị tiếp xúc, đối thoại " DOTS;
    return words_bare(doc->arena, words_lower_first(doc->arena, f->dialogue.subject));
}

const char *common_when(struct doc *doc, const struct doc_facts *f)
{
    const struct doc_dialogue *d = &f->dialogue;
    struct arena *a = doc->arena;
    if (d->starts_ms != 0) {
        int32_t day = instant_day(d->starts_ms);
        return arena_printf(a, "%s phút, %s, %s", words_hour(a, d->starts_ms), words_weekday(day),
                            words_day(a, day));
    }
    if (d->planned_month > 0)
        return arena_printf(a, d->planned_month < 3 ? "tháng %02d năm %d" : "tháng %d năm %d",
                            d->planned_month, d->year);
    return NULL;
}

const char *common_chair(struct doc *doc, const struct doc_facts *f)
{
    const struct doc_dialogue *d = &f->dialogue;
    if (d->chair.name == NULL && d->chair.position == NULL)
        return arena_printf(doc->arena, "Chủ tịch %s", words_committee(doc->arena, &f->unit));
    return words_person(doc->arena, &d->chair);
}

void common_listed(struct doc *doc, enum doc_style style, const char *text, bool last)
{
    doc_paraf(doc, style, "- %s%s", words_bare(doc->arena, words_or_dots(text)), last ? "." : ";");
}

const char *common_letter(int i)
{
    static const char *const letters[] = {"a", "b", "c", "d", "đ", "e", "g", "h",
                                          "i", "k", "l", "m", "n", "o", "p", "q",
                                          "r", "s", "t", "u", "v", "x", "y"};
    return letters[i % (int)ARRAY_LEN(letters)];
}

static const char *with_khom(struct doc *doc, const char *who, const char *khom)
{
    return khom == NULL || khom[0] == '\0' ? who : arena_printf(doc->arena, "%s (%s)", who, khom);
}

const char *common_author(struct doc *doc, const struct doc_facts *f, const struct doc_opinion *o)
{
    if (o->author_type == AUTHOR_IS_ANONYMOUS)
        return with_khom(doc, "Người dân không nêu tên", o->khom);
    if (f->public_edition)
        return with_khom(doc, o->public_name != NULL ? o->public_name : "Người dân", o->khom);
    if (o->author_type == AUTHOR_IS_BUSINESS && o->organisation != NULL)
        return with_khom(doc,
                         o->author == NULL
                             ? o->organisation
                             : arena_printf(doc->arena, "%s, đại diện: %s", o->organisation,
                                            common_addressed_author(doc, o)),
                         o->khom);
    if (o->author == NULL) return with_khom(doc, "Người dân dự hội nghị", o->khom);
    return with_khom(doc, words_sentence(doc->arena, common_addressed_author(doc, o)), o->khom);
}

const char *common_addressed_author(struct doc *doc, const struct doc_opinion *o)
{
    if (o->author == NULL) return o->organisation != NULL ? o->organisation : "ông/bà " DOTS;
    const char *honorific =
        o->honorific != NULL ? words_lower_first(doc->arena, o->honorific) : "ông/bà";
    return arena_printf(doc->arena, "%s %s", honorific, o->author);
}

const char *common_text(const struct doc_facts *f, const struct doc_opinion *o)
{
    return f->public_edition && o->public_text != NULL ? o->public_text : o->text;
}

const char *common_result(const struct doc_opinion *o)
{
    static const char *const names[RESULT_COUNT] = {"Đã giải quyết", "Đang giải quyết", "Quá hạn"};
    if (o->handling == HANDLED_DIVERTED || o->handling == HANDLED_WITHDRAWN) return "Kết thúc";
    return names[o->result];
}

const struct doc_answer *common_last_answer(const struct doc_opinion *o)
{
    return o->answers_count > 0 ? &o->answers[o->answers_count - 1] : NULL;
}

void common_programme(struct doc *doc, const struct doc_facts *f)
{
    static const struct doc_column columns[] = {{11, STYLE_CELL_CENTRE}, {20, STYLE_CELL_CENTRE},
                                                {66, STYLE_CELL},        {40, STYLE_CELL},
                                                {14, STYLE_CELL_CENTRE}, {18, STYLE_CELL_CENTRE}};
    static const char *const titles[] = {"TT",      "Thời gian", "Nội dung", "Người thực hiện",
                                         "Số phút", "Hình thức"};
    static const char *const sides[SIDE_COUNT] = {"Một chiều", "Nhân dân", "Hai chiều"};
    const struct doc_dialogue *d = &f->dialogue;
    struct doc_table *table = doc_table(doc, columns, ARRAY_LEN(columns));
    table_heading(doc, table, titles);
    int64_t at_ms = d->starts_ms;
    for (int i = 0; i < d->programme_count; i++) {
        const struct doc_item *item = &d->programme[i];
        table_row(doc, table);
        table_cellf(doc, table, 0, "%d", i + 1);
        table_cell(doc, table, 1, at_ms != 0 ? words_hour(doc->arena, at_ms) : NULL);
        table_cell(doc, table, 2, item->title);
        table_cell(doc, table, 3, item->owner);
        table_cell(doc, table, 4,
                   item->minutes > 0 ? words_count(doc->arena, item->minutes) : NULL);
        table_cell(doc, table, 5, sides[item->side]);
        if (at_ms != 0)
            at_ms = item->minutes > 0 ? at_ms + item->minutes * MINUTE_MS
                                      : 0; // unknown: no hours after it
    }
}

static const char *joined(struct arena *arena, const struct doc_texts *texts)
{
    const char *all = "";
    for (int i = 0; i < texts->count; i++)
        all = i == 0 ? texts->items[i] : arena_printf(arena, "%s; %s", all, texts->items[i]);
    return all;
}

int common_present(struct doc *doc, const struct doc_facts *f)
{
    const struct doc_dialogue *d = &f->dialogue;
    struct arena *a = doc->arena;
    int present = 0, last = -1;
    for (int i = 0; i < d->groups_count; i++)
        if (d->groups[i].invited != 0 || d->groups[i].present > 0) last = i;
    for (int i = 0; i <= last; i++) {
        const struct doc_group *g = &d->groups[i];
        present += g->present > 0 ? g->present : 0;
        if (g->invited == 0 && g->present <= 0) continue; // nobody asked, nobody came
        doc_paraf(doc, STYLE_BODY, "- %s: %s người%s", words_sentence(a, words_or_dots(g->name)),
                  g->present >= 0 ? words_count(a, g->present) : DOTS, i < last ? ";" : ".");
    }
    const struct doc_attendance *who = &d->attendance;
    if (who->present > 0)
        doc_paraf(doc, STYLE_BODY,
                  "Trong đó người dân: %s; doanh nghiệp: %s; đến không có giấy mời: %s.",
                  words_count(a, who->residents), words_count(a, who->businesses),
                  words_count(a, who->walk_ins));
    if (who->by_khom.count > 0)
        doc_paraf(doc, STYLE_BODY, "Theo địa bàn: %s.", joined(a, &who->by_khom));
    if (who->absent.count > 0)
        doc_paraf(doc, STYLE_BODY, "Cán bộ, công chức vắng mặt: %s.", joined(a, &who->absent));
    return present;
}
