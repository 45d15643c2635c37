// SPDX-License-Identifier: AGPL-3.0-or-later
// The suggested next step in words, and where it leads. Which one is domain/hall_next's word; a
// suggestion is never more than a button among others.
#include "web/hall/console_table.h"

#include "base/day.h"

static const char *act_path(struct desk *d, const struct console_view *c, enum dialogue_action a)
{
    bool proxy = c->hall.secretary && !c->hall.chair;
    return arena_printf(d->arena, "/lam-viec/doi-thoai/%lld/%s?%sback=/lam-viec/hoi-truong/%lld",
                        (long long)d->dialogue.id, dialogue_rules[a].code,
                        proxy ? "thay=chair&" : "", (long long)d->dialogue.id);
}

static struct console_next hall_form(struct desk *d, const char *action, const char *label)
{
    return (struct console_next){.label = label,
                                 .action = arena_printf(d->arena, "/lam-viec/hoi-truong/%lld/%s",
                                                        (long long)d->dialogue.id, action)};
}

static const char *with_name(struct desk *d, const char *words, const char *name)
{
    return arena_printf(d->arena, "%s %s", words, name);
}

static struct console_next to_step(struct desk *d, const struct console_view *c, int step)
{
    const char *title = "";
    for (size_t i = 0; i < c->hall.step_count; i++)
        if (c->hall.steps[i].step == step) title = c->hall.steps[i].title;
    struct console_next n = hall_form(
        d, "step",
        arena_printf(d->arena, "%s %d: %s", tr(d->t.lang, "Chuyển sang mục"), step, title));
    n.name = "step";
    n.value = arena_printf(d->arena, "%d", step);
    return n;
}

static struct console_next about_opinion(struct desk *d, struct hall_next next,
                                         const struct console_view *c)
{
    char text[OPINION_NUMBER_TEXT];
    const char *number = arena_strdup(d->arena, opinion_number_format(next.opinion, text));
    if (next.kind == NEXT_SETTLE)
        return (struct console_next){.label =
                                         with_name(d, tr(d->t.lang, "Chốt kết quả ý kiến"), number),
                                     .href = "#ket-qua"};
    if (next.kind == NEXT_ASK)
        return (struct console_next){
            .label = tr(d->t.lang, "Hỏi người có ý kiến: đồng ý với câu trả lời chưa?"),
            .href = "#ban"};
    if (next.kind == NEXT_CONCLUDE)
        return (struct console_next){
            .label = with_name(d, tr(d->t.lang, "Kết luận ý kiến"), number), .href = "#ban"};
    return (struct console_next){
        .label = with_name(d, tr(d->t.lang, "Đưa ra đối thoại ý kiến"), number),
        .action = arena_printf(d->arena, "/lam-viec/y-kien/%s/call", number),
        .name = "back",
        .value = arena_printf(d->arena, "/lam-viec/hoi-truong/%lld", (long long)d->dialogue.id),
        .behalf = c->hall.secretary && !c->hall.chair};
}

/// The secretary has the name in front of them, and reads it as they call.
static struct console_next call_next(struct desk *d, const struct console_view *c)
{
    const struct hall_place_view *first = c->hall.queue_count > 0 ? &c->hall.queue[0] : NULL;
    struct console_next n = hall_form(
        d, "call_turn",
        with_name(d, tr(d->t.lang, "Mời người tiếp theo:"), first != NULL ? first->name : ""));
    if (!c->hall.secretary || first == NULL) return n;
    n.name = "read";
    n.value = arena_printf(d->arena, "%lld", (long long)first->turn);
    return n;
}

static struct console_next about_people(struct desk *d, struct hall_next next,
                                        const struct console_view *c)
{
    const char *speaker = c->hall.speaking ? c->hall.speaker.name : "";
    if (next.kind == NEXT_CALL) return call_next(d, c);
    if (next.kind == NEXT_END_TURN)
        return hall_form(d, "end_turn", with_name(d, tr(d->t.lang, "Kết thúc lượt của"), speaker));
    if (next.kind == NEXT_RECORD && c->hall.secretary)
        return (struct console_next){
            .label = with_name(d, tr(d->t.lang, "Ghi ý kiến của"), speaker), .href = "#ghi-text"};
    if (next.kind == NEXT_RECORD)
        return (struct console_next){
            .label = with_name(d, tr(d->t.lang, "Lắng nghe; thư ký đang ghi ý kiến của"), speaker)};
    if (c->hall.secretary)
        return (struct console_next){
            .label = tr(d->t.lang, "Xem ý kiến viết đang chờ chuyển chủ trì"),
            .href = c->relays ? "#cho"
                              : arena_printf(d->arena, "/lam-viec/thu-ky/%lld",
                                             (long long)d->dialogue.id)};
    return (struct console_next){
        .label = tr(d->t.lang, "Thư ký còn ý kiến viết chưa chuyển đến chủ trì")};
}

static struct console_next in_words(struct desk *d, struct hall_next next,
                                    const struct console_view *c)
{
    enum lang lang = d->t.lang;
    switch (next.kind) {
    case NEXT_OPEN:
        return (struct console_next){.label = tr(lang, "Khai mạc hội nghị"),
                                     .href = act_path(d, c, DACT_OPEN)};
    case NEXT_RESUME:
        return (struct console_next){.label = tr(lang, "Tiếp tục hội nghị"),
                                     .href = act_path(d, c, DACT_RESUME)};
    case NEXT_CLOSE:
        return (struct console_next){.label = tr(lang, "Bế mạc hội nghị"),
                                     .href = act_path(d, c, DACT_CLOSE)};
    case NEXT_MINUTES:
        return (struct console_next){
            .label = tr(lang, "Mở biên bản"),
            .href = arena_printf(d->arena, "/lam-viec/bien-ban/%lld", (long long)d->dialogue.id)};
    case NEXT_STEP:
        return to_step(d, c, next.step);
    case NEXT_CALL:
    case NEXT_END_TURN:
    case NEXT_RECORD:
    case NEXT_RELAY:
        return about_people(d, next, c);
    case NEXT_SETTLE:
    case NEXT_ASK:
    case NEXT_CONCLUDE:
    case NEXT_TAKE:
        return about_opinion(d, next, c);
    case NEXT_NOTHING:
    case NEXT_KIND_COUNT:
        break;
    }
    return (struct console_next){0};
}

void console_suggest(struct desk *d, const struct hall *hall, const struct opinion_rows *all,
                     struct console_view *c)
{
    if (!c->conducts) return;
    struct hall_next next =
        hall_next(&(struct hall_moment){.dialogue = &d->dialogue,
                                        .hall = hall,
                                        .opinions = all->rows,
                                        .opinion_count = all->count,
                                        .waiting = (int)c->hall.queue_count,
                                        .programme_steps = (int)c->hall.step_count});
    c->next = in_words(d, next, c);
}
