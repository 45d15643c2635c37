// SPDX-License-Identifier: AGPL-3.0-or-later
// The life of one opinion in words: what was added, by whom, in whose place; its facts. Leaves out
// what the reader may not see, as domain/ says.
#include "web/desks/opinion.h"

#include <string.h>

#include "base/text.h"

static const char *day_text(struct desk *d, int32_t day)
{
    char text[FORMAT_TEXT];
    return day == DAY_NONE ? "" : arena_strdup(d->arena, format_day(d->t.lang, day, text));
}

static const char *person(struct desk *d, const char *username)
{
    return person_shown(&d->visit->facts->people, username);
}

static const char *joined(struct desk *d, const char *title, const char *more)
{
    return more == NULL || *more == 0 ? title : arena_printf(d->arena, "%s: %s", title, more);
}

static const char *who_did(struct desk *d, const struct opinion_item *i)
{
    if (i->role == ROLE_SYSTEM) return tr(d->t.lang, "Phần mềm");
    if (*i->actor == 0) return tr(d->t.lang, "Người có ý kiến");
    return person(d, i->actor);
}

static const char *behalf_did(struct desk *d, enum on_behalf behalf)
{
    switch (behalf) {
    case BEHALF_AUTHOR:
        return tr(d->t.lang, "ghi thay người có ý kiến");
    case BEHALF_CHAIR:
        return tr(d->t.lang, "ghi thay chủ trì");
    case BEHALF_FLOOR:
        return tr(d->t.lang, "ghi lời người được mời phát biểu");
    case BEHALF_SELF:
    case BEHALF_COUNT:
        break;
    }
    return NULL;
}

static const char *coded(struct desk *d, const struct value_set *set, int value)
{
    return value < 0 ? "" : label_of(d->t.lang, set, value);
}

/// What the kind's own columns mean, in words.
static const char *detail_of(struct desk *d, const struct opinion_item *i)
{
    struct arena *a = d->arena;
    enum lang lang = d->t.lang;
    const char *day = day_text(d, i->day);
    switch (i->kind) {
    case ITEM_ASSIGNMENT:
        return *day != 0 ? arena_printf(a, tr(lang, "Hạn trả lời: %s"), day) : NULL;
    case ITEM_REFERRAL:
    case ITEM_NOTICE:
        return *day != 0 ? arena_printf(a, tr(lang, "Thời gian dự kiến: %s"), day) : NULL;
    case ITEM_ANSWER:
        return arena_printf(a, "%s, %s", coded(d, &answer_modes, i->code),
                            coded(d, &answer_kinds, i->code2));
    case ITEM_SUPPLEMENT:
        return coded(d, &answer_modes, i->code);
    case ITEM_DELIVERY:
        return coded(d, &reply_bys, i->code);
    case ITEM_EXTENSION:
        return arena_printf(a, tr(lang, "Hạn mới: %s"), day);
    case ITEM_AGENCY_REPLY:
        return coded(d, &agency_results, i->code);
    case ITEM_DUE:
        return arena_printf(a, tr(lang, "Chậm nhất %s; nên xong trước %s"), day,
                            day_text(d, i->day2));
    case ITEM_CONCLUSION:
        return coded(d, &outcomes, i->code);
    case ITEM_VERDICT:
        return coded(d, &verdicts, i->code);
    case ITEM_REASON:
        return coded(d, &divert_tos, i->code);
    case ITEM_DRAFT:
    case ITEM_ASK_BACK:
    case ITEM_REPLY:
    case ITEM_EXCHANGE:
    case ITEM_REMARK:
    case ITEM_REMARK_REPLY:
    case ITEM_EDIT:
    case ITEM_PROMPT:
    case ITEM_WITHDRAWAL:
    case ITEM_FLOOR:
    case ITEM_KIND_COUNT:
        break;
    }
    return NULL;
}

static enum tone tone_of(enum item_kind kind)
{
    if (kind == ITEM_ANSWER || kind == ITEM_SUPPLEMENT || kind == ITEM_CONCLUSION) return TONE_OK;
    if (kind == ITEM_ASSIGNMENT || kind == ITEM_REFERRAL) return TONE_BLUE;
    return TONE_PLAIN;
}

/// "heard|attachment|text" as it was recorded.
static const char *proof_of(struct desk *d, const char *proof)
{
    if (*proof == 0) return NULL;
    size_t kind = strcspn(proof, "|");
    int value = value_parse(&proof_kinds, arena_strndup(d->arena, proof, kind));
    const char *rest = proof[kind] == '|' ? proof + kind + 1 : "";
    size_t attachment = strcspn(rest, "|");
    const char *text = rest[attachment] == '|' ? rest + attachment + 1 : "";
    return arena_printf(d->arena, "%s%s%s%s%.*s", value < 0 ? "" : coded(d, &proof_kinds, value),
                        *text != 0 ? "; " : "", text, attachment > 0 ? "; " : "", (int)attachment,
                        rest);
}

/// Whom an assignment is shared with: user names as people, bodies as they are.
static const char *refs_of(struct desk *d, const struct opinion_item *i)
{
    const char *out = NULL;
    if (*i->refs == 0 || i->kind == ITEM_EDIT) return NULL;
    if (i->kind != ITEM_ASSIGNMENT) return i->refs;
    for (const char *p = i->refs; *p != 0;) {
        size_t len = strcspn(p, "\n");
        const char *name = person(d, arena_strndup(d->arena, p, len));
        out = out == NULL ? arena_printf(d->arena, tr(d->t.lang, "Phối hợp: %s"), name)
                          : arena_printf(d->arena, "%s; %s", out, name);
        p += len + (p[len] == '\n');
    }
    return out;
}

static struct item_row item_row(struct desk *d, const struct opinion_item *i)
{
    const char *title = title_of(d->arena, d->t.lang, &item_kinds, (int)i->kind);
    const char *about = *i->body != 0                                         ? i->body
                        : *i->person != 0 && strcmp(i->person, i->actor) != 0 ? person(d, i->person)
                                                                              : NULL;
    const char *detail = detail_of(d, i);
    return (struct item_row){
        .title = joined(d, title, about),
        .who = who_did(d, i),
        .behalf = behalf_did(d, i->behalf),
        .proof = proof_of(d, i->proof),
        .text = *i->text != 0 ? i->text : NULL,
        .refs = refs_of(d, i),
        .detail = detail != NULL && *detail != 0 ? detail : NULL,
        .at_ms = i->at_ms,
        .number = i->item,
        .round = i->round,
        .waiting = i->status == ITEM_WAITING,
        .revoked = i->status == ITEM_VOID,
        .tone = tone_of(i->kind),
    };
}

void opinion_thread(struct desk *d, const struct opinion_case *c, struct opinion_desk_view *v)
{
    v->items = arena_array(d->arena, struct item_row, (size_t)c->item_count + 1);
    for (int i = 0; i < c->item_count; i++) {
        v->items[v->item_count] = item_row(d, &c->items[i]);
        v->items[v->item_count++].day_only = c->opinion->visibility == VISIBILITY_SEALED;
    }
}

// ---- facts

enum { FACTS = 24 };

static void fact(struct opinion_desk_view *v, const char *label, const char *value)
{
    if (value == NULL || *value == 0 || v->fact_count == FACTS) return;
    v->facts[v->fact_count++] = (struct fact_row){label, value};
}

static void author_facts(struct desk *d, const struct opinion_case *c, struct opinion_desk_view *v)
{
    const struct opinion *o = c->opinion;
    enum lang lang = d->t.lang;
    bool sealed_away = o->visibility == VISIBILITY_SEALED && !opinion_shows_contacts(c);
    fact(v, tr(lang, "Người có ý kiến"),
         sealed_away ? v->view.author
                     : arena_printf(d->arena, "%s (%s)", v->view.author,
                                    label_of(lang, &author_types, (int)o->author_type)));
    if (opinion_shows_name(c) && o->author_type == AUTHOR_BUSINESS)
        fact(v, tr(lang, "Người đại diện"), o->name);
    if (opinion_shows_contacts(c)) {
        fact(v, tr(lang, "Điện thoại"), o->phone);
        fact(v, tr(lang, "Thư điện tử"), o->email);
    }
    fact(v, tr(lang, "Địa bàn"), v->view.khom);
    fact(v, tr(lang, "Nhận trả lời qua"), title_of(d->arena, lang, &reply_bys, (int)o->reply_by));
}

void opinion_facts(struct desk *d, const struct opinion_case *c, struct opinion_desk_view *v)
{
    const struct opinion *o = c->opinion;
    enum lang lang = d->t.lang;
    char at[FORMAT_TEXT];
    v->facts = arena_array(d->arena, struct fact_row, FACTS);
    author_facts(d, c, v);
    fact(v, tr(lang, "Tiếp nhận lúc"),
         arena_strdup(d->arena, format_instant(lang, v->view.created_ms, at)));
    fact(v, tr(lang, "Cách gửi"), v->view.channel);
    fact(v, tr(lang, "Mong muốn"), title_of(d->arena, lang, &wants_values, (int)o->wants));
    fact(v, tr(lang, "Loại ý kiến"), v->view.kind);
    fact(v, tr(lang, "Lĩnh vực"), v->view.field);
    fact(v, tr(lang, "Chủ đề"), o->topic);
    fact(v, tr(lang, "Phạm vi"), title_of(d->arena, lang, &scopes, (int)o->scope));
    fact(v, tr(lang, "Thẩm quyền"), title_of(d->arena, lang, &authorities, (int)o->authority));
    fact(v, tr(lang, "Ý kiến về"), title_of(d->arena, lang, &abouts, (int)o->about));
    fact(v, tr(lang, "Mức công khai"), title_of(d->arena, lang, &visibilities, (int)o->visibility));
    if (*o->floor != 0) fact(v, tr(lang, "Đang được mời phát biểu"), person(d, o->floor));
    fact(v, tr(lang, "Người phải trả lời"), v->view.responsible);
    if (o->round > 1) fact(v, tr(lang, "Lượt trao đổi"), arena_printf(d->arena, "%d", o->round));
    fact(v, tr(lang, "Người có ý kiến cho biết"),
         o->verdict == VERDICT_NONE ? NULL : title_of(d->arena, lang, &verdicts, (int)o->verdict));
    if (o->state == OPINION_ANSWERED && o->window_end != DAY_NONE)
        fact(v, tr(lang, "Chờ người có ý kiến đến hết ngày"), day_text(d, o->window_end));
    if (o->outcome != OUTCOME_NONE)
        fact(v, tr(lang, "Kết quả"), title_of(d->arena, lang, &outcomes, (int)o->outcome));
    if (o->support > 0) fact(v, tr(lang, "Cùng quan tâm"), text_number(d->arena, o->support));
}
