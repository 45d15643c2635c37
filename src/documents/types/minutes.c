// SPDX-License-Identifier: AGPL-3.0-or-later
// Minutes, form 1.9: what happened in its order, opinion by opinion, then totals and conclusion.
// The public edition names people by initials and khóm and prints redacted texts; what is left out
// is not in the file.
#include "documents/types/types.h"

#include <string.h>

/// From here on: until another is named.
static void comes_from(struct doc *doc, enum doc_source_kind kind)
{
    doc->source = (struct doc_source){kind, NULL, 0};
}

static void of_opinion(struct doc *doc, const struct doc_opinion *o, enum doc_source_kind kind)
{
    doc->source = (struct doc_source){kind, o->number, 0};
}

static void of_entry(struct doc *doc, const struct doc_opinion *o, int64_t entry)
{
    doc->source = (struct doc_source){SOURCE_ENTRY, o != NULL ? o->number : NULL, entry};
}

static void part(struct doc *doc, enum doc_style style, const char *heading)
{
    comes_from(doc, SOURCE_NONE);
    doc_para(doc, style, heading);
}

static void present(struct doc *doc, const struct doc_facts *f)
{
    const struct doc_dialogue *d = &f->dialogue;
    int known = 0;
    part(doc, STYLE_CLAUSE, "3. Thành phần tham dự");
    comes_from(doc, SOURCE_DOOR);
    for (int i = 0; i < d->groups_count; i++)
        known += d->groups[i].present >= 0;
    int present = common_present(doc, f);
    if (known > 0)
        doc_paraf(doc, STYLE_BODY, "Tổng số người có mặt: %s.", words_count(doc->arena, present));
    if (d->groups_count == 0) doc_labelled(doc, STYLE_BODY, "Gồm:", NULL);
}

static void opening(struct doc *doc, const struct doc_facts *f)
{
    const struct doc_dialogue *d = &f->dialogue;
    struct arena *a = doc->arena;
    part(doc, STYLE_PART, "I. THỜI GIAN, ĐỊA ĐIỂM, THÀNH PHẦN");
    comes_from(doc, SOURCE_OPENING);
    doc_labelled(doc, STYLE_BODY,
                 "1. Thời gian bắt đầu:", arena_printf(a, "%s.", words_instant(a, d->opened_ms)));
    comes_from(doc, SOURCE_PLAN);
    doc_labelled(doc, STYLE_BODY, "2. Địa điểm:",
                 d->place == NULL ? NULL : arena_printf(a, "%s.", words_bare(a, d->place)));
    present(doc, f);
    comes_from(doc, SOURCE_PLAN);
    doc_labelled(doc, STYLE_BODY,
                 "4. Chủ trì (chủ tọa):", arena_printf(a, "%s.", common_chair(doc, f)));
    if (d->co_chair.name != NULL)
        doc_labelled(doc, STYLE_BODY,
                     "Đồng chủ trì:", arena_printf(a, "%s.", words_person(a, &d->co_chair)));
    doc_labelled(doc, STYLE_BODY, "5. Thư ký (người ghi biên bản):",
                 d->secretary.name != NULL ? arena_printf(a, "%s.", words_person(a, &d->secretary))
                                           : NULL);
}

/// "(từ 08 giờ 00 phút đến 08 giờ 12 phút, dự kiến 10 phút)" (R62).
static const char *took_words(struct arena *a, const struct doc_item *item)
{
    if (item->began_ms != 0 && item->ended_ms != 0)
        return arena_printf(a, " (từ %s đến %s, dự kiến %d phút)", words_hour(a, item->began_ms),
                            words_hour(a, item->ended_ms), item->minutes);
    return item->actual_minutes > 0 ? arena_printf(a, " (%d phút)", item->actual_minutes) : "";
}

static void programme_done(struct doc *doc, const struct doc_facts *f)
{
    const struct doc_dialogue *d = &f->dialogue;
    part(doc, STYLE_PART, "II. DIỄN BIẾN HỘI NGHỊ");
    if (d->programme_count == 0) return;
    part(doc, STYLE_CLAUSE, "1. Chương trình đã thực hiện");
    for (int i = 0; i < d->programme_count; i++) {
        const struct doc_item *item = &d->programme[i];
        comes_from(doc, item->began_ms != 0 ? SOURCE_CLOCK : SOURCE_PLAN);
        const char *took = took_words(doc->arena, item);
        doc_paraf(doc, STYLE_BODY, "- %s: %s%s%s", words_or_dots(item->owner),
                  words_lower_first(doc->arena, words_bare(doc->arena, words_or_dots(item->title))),
                  took, i + 1 < d->programme_count ? ";" : ".");
    }
}

// Minutes tell the meeting alone: what was written or decided after it belongs to the reports.
static bool in_hall(const struct doc_facts *f, int64_t at_ms)
{
    return at_ms == 0 || f->dialogue.closed_ms == 0 || at_ms <= f->dialogue.closed_ms;
}

static bool by_that_day(const struct doc_facts *f, int32_t day)
{
    return !day_known(day) || f->dialogue.closed_ms == 0 ||
           day <= instant_day(f->dialogue.closed_ms);
}

static void answers_of(struct doc *doc, const struct doc_facts *f, const struct doc_opinion *o)
{
    for (int i = 0; i < o->answers_count; i++) {
        const struct doc_answer *answer = &o->answers[i];
        if (answer->written || !in_hall(f, answer->at_ms)) continue;
        of_entry(doc, o, answer->entry);
        const char *act = answer->supplement ? "bổ sung" : answer->accepts ? "tiếp thu" : "trả lời";
        doc_labelled(doc, STYLE_BODY,
                     arena_printf(doc->arena, "%s %s:", words_person(doc->arena, &answer->by), act),
                     answer->text);
        for (int k = 0; k < answer->legal_refs.count; k++)
            doc_paraf(doc, STYLE_BODY, "Căn cứ: %s.",
                      words_bare(doc->arena, answer->legal_refs.items[k]));
    }
}

static void exchanges_of(struct doc *doc, const struct doc_facts *f, const struct doc_opinion *o)
{
    for (int i = 0; i < o->exchanges_count; i++) {
        const struct doc_exchange *e = &o->exchanges[i];
        if (!in_hall(f, e->at_ms)) continue;
        of_entry(doc, o, e->entry);
        const char *label = e->kind == EXCHANGE_ASK_BACK ? "Chủ trì hỏi lại:"
                            : e->kind == EXCHANGE_REPLY  ? "Người có ý kiến trả lời:"
                            : e->speaker != NULL && !f->public_edition
                                ? arena_printf(doc->arena, "%s trao đổi:", e->speaker)
                                : "Ý kiến trao đổi:";
        doc_labelled(doc, STYLE_BODY, label, e->text);
    }
}

static void followed_by(struct doc *doc, const struct doc_facts *f, const struct doc_opinion *o)
{
    struct arena *a = doc->arena;
    for (int i = 0; i < o->assignments_count; i++) {
        const struct doc_assignment *g = &o->assignments[i];
        if (!by_that_day(f, g->given_day)) continue;
        of_entry(doc, o, g->entry);
        doc_labelled(doc, STYLE_BODY, "Phân công:",
                     arena_printf(a, "%s chủ trì%s%s; thời hạn: %s.%s%s", words_or_dots(g->to),
                                  g->with != NULL ? ", phối hợp với " : "",
                                  g->with != NULL ? g->with : "", words_day(a, g->due_day),
                                  g->directive != NULL ? " Ý kiến chỉ đạo: " : "",
                                  g->directive != NULL ? g->directive : ""));
    }
    for (int i = 0; i < o->referrals_count; i++) {
        if (!by_that_day(f, o->referrals[i].referred_day)) continue;
        of_entry(doc, o, o->referrals[i].entry);
        doc_labelled(doc, STYLE_BODY, "Kiến nghị cấp có thẩm quyền:",
                     arena_printf(a, "%s; lý do: %s.", words_or_dots(o->referrals[i].agency),
                                  words_bare(a, words_or_dots(o->referrals[i].why))));
    }
    const char *handled = common_handlings[o->handling];
    of_opinion(doc, o, SOURCE_STATE);
    doc_labelled(doc, STYLE_BODY, "Phân loại:",
                 o->handling == HANDLED_DIVERTED && o->diverted_to != NULL
                     ? arena_printf(a, "%s (%s).", words_bare(a, handled), o->diverted_to)
                     : arena_printf(a, "%s.", handled));
    of_opinion(doc, o, SOURCE_CONCLUSION);
    if (o->conclusion != NULL) doc_labelled(doc, STYLE_BODY, "Kết luận:", o->conclusion);
}

static void opinion(struct doc *doc, const struct doc_facts *f, const struct doc_opinion *o,
                    int number)
{
    of_opinion(doc, o, SOURCE_TEXT);
    doc_paraf(doc, STYLE_SUBCLAUSE, "Ý kiến %d (%s). %s", number, words_or_dots(o->number),
              common_author(doc, f, o));
    of_opinion(doc, o, SOURCE_FIELD);
    doc_paraf(doc, STYLE_BODY, "Lĩnh vực: %s; hình thức: %s.",
              o->field != NULL ? o->field : "chưa xác định",
              o->channel != NULL ? o->channel : DOTS);
    of_opinion(doc, o, SOURCE_TEXT);
    doc_labelled(doc, STYLE_BODY, "Nội dung:", common_text(f, o));
    if (f->public_edition && o->public_text != NULL)
        doc_para(doc, STYLE_BODY, "(Một số thông tin đã được lược bớt theo quy định.)");
    answers_of(doc, f, o);
    exchanges_of(doc, f, o);
    followed_by(doc, f, o);
}

static void opinions(struct doc *doc, const struct doc_facts *f)
{
    part(doc, STYLE_CLAUSE,
         f->dialogue.programme_count > 0 ? "2. Ý kiến và trả lời" : "1. Ý kiến và trả lời");
    for (int i = 0; i < f->opinions_count; i++)
        opinion(doc, f, &f->opinions[i], i + 1);
    if (f->opinions_count == 0) doc_labelled(doc, STYLE_BODY, "Ý kiến:", NULL);
}

static const char *exactly(struct arena *a, int seconds)
{
    if (seconds < 60) return arena_printf(a, "%d giây", seconds);
    return arena_printf(a, "%d phút %02d giây", seconds / 60, seconds % 60);
}

static void talk_table(struct doc *doc, const char *heading, const struct doc_talk *rows, int count)
{
    static const struct doc_column columns[] = {
        {100, STYLE_CELL}, {30, STYLE_CELL_CENTRE}, {30, STYLE_CELL_CENTRE}};
    const char *titles[] = {heading, "Số lượt", "Thời gian"};
    struct doc_table *table = doc_table(doc, columns, ARRAY_LEN(columns));
    int times = 0, seconds = 0;
    table_heading(doc, table, titles);
    for (int i = 0; i < count; i++) {
        const struct doc_talk *t = &rows[i];
        table_row(doc, table);
        table_cell(doc, table, 0,
                   t->group != NULL && !t->authority
                       ? arena_printf(doc->arena, "%s, %s", t->name, t->group)
                       : t->name);
        table_cell(doc, table, 1, words_count(doc->arena, t->times));
        table_cell(doc, table, 2, exactly(doc->arena, t->seconds));
        times += t->times;
        seconds += t->seconds;
    }
    table_row(doc, table);
    para_bold(doc, table_cell(doc, table, 0, NULL), "Cộng");
    para_bold(doc, table_cell(doc, table, 1, NULL), words_count(doc->arena, times));
    para_bold(doc, table_cell(doc, table, 2, NULL), exactly(doc->arena, seconds));
}

/// Who spoke how long (R62-R63), who was not called any more, what was noted beside. The public
/// edition names khóm and sides alone.
static void hall_times(struct doc *doc, const struct doc_facts *f)
{
    struct arena *a = doc->arena;
    const struct doc_speaking *s = &f->dialogue.speaking;
    if (s->groups_count == 0 && s->left.count == 0) return;
    int spoken = s->people_s + s->authority_s;
    comes_from(doc, SOURCE_CLOCK);
    doc_paraf(doc, STYLE_BODY,
              "Thời gian phát biểu theo đồng hồ hội trường: Nhân dân, doanh nghiệp %s (%s); chính "
              "quyền %s (%s); không ai phát biểu %s; cộng %s.",
              exactly(a, s->people_s), words_share(a, s->people_s, spoken),
              exactly(a, s->authority_s), words_share(a, s->authority_s, spoken),
              exactly(a, s->silent_s), exactly(a, spoken + s->silent_s));
    if (s->groups_count > 0) talk_table(doc, "Theo khóm và bên", s->groups, s->groups_count);
    if (!f->public_edition && s->talks_count > 0) {
        doc_para(doc, STYLE_BODY, "Trong đó:");
        talk_table(doc, "Theo người phát biểu", s->talks, s->talks_count);
    }
    if (s->left.count > 0)
        doc_paraf(doc, STYLE_BODY,
                  "Khi bế mạc còn %s người đăng ký mà chưa được phát biểu; ý kiến bằng văn bản của "
                  "họ được thư ký nhận đến khi biên bản được ký.",
                  words_count(a, s->left.count));
    for (int i = 0; !f->public_edition && i < s->left.count; i++)
        doc_paraf(doc, STYLE_BODY, "- %s%s", s->left.items[i], i + 1 < s->left.count ? ";" : ".");
}

static void notes(struct doc *doc, const struct doc_facts *f)
{
    const struct doc_speaking *s = &f->dialogue.speaking;
    if (f->public_edition || s->notes_count == 0) return;
    part(doc, STYLE_CLAUSE,
         f->dialogue.programme_count > 0 ? "3. Ghi chép của thư ký" : "2. Ghi chép của thư ký");
    for (int i = 0; i < s->notes_count; i++) {
        const struct doc_note *n = &s->notes[i];
        if (!in_hall(f, n->at_ms)) continue;
        const char *at = words_hour(doc->arena, n->at_ms);
        of_entry(doc, NULL, n->entry);
        doc_labelled(doc, STYLE_BODY,
                     n->during == NULL
                         ? arena_printf(doc->arena, "%s:", at)
                         : arena_printf(doc->arena, "%s, khi %s phát biểu:", at, n->during),
                     n->text);
    }
}

static void totals(struct doc *doc, const struct doc_facts *f)
{
    struct arena *a = doc->arena;
    const struct doc_speaking *s = &f->dialogue.speaking;
    part(doc, STYLE_PART, "III. TỔNG HỢP");
    comes_from(doc, SOURCE_SUM);
    struct tally tally = tally_of(doc, f, TALLY_HANDLING);
    tally_table(doc, "Phân loại ý kiến", &tally);
    int whole = s->authority_s + s->people_s;
    if (whole > 0 && s->groups_count == 0) // else the clock tells it below, to the second
        doc_paraf(doc, STYLE_BODY,
                  "Thời gian phát biểu: Nhân dân, doanh nghiệp %s (%s), chính quyền %s (%s); %s "
                  "lượt người phát biểu.",
                  words_duration(a, s->people_s), words_share(a, s->people_s, whole),
                  words_duration(a, s->authority_s), words_share(a, s->authority_s, whole),
                  words_count(a, s->speakers));
    hall_times(doc, f);
    comes_from(doc, SOURCE_SUM);
    if (!f->public_edition && f->sealed_count > 0)
        doc_paraf(doc, STYLE_BODY,
                  "Số nội dung được tiếp nhận theo thủ tục riêng, không nêu trong biên bản: %s.",
                  words_count(a, f->sealed_count));
}

static struct doc_signature signature(const char *role, const struct doc_person *person)
{
    return (struct doc_signature){
        .lines = {role},
        .note = "(Ký, ghi rõ họ tên)",
        .name = person->name != NULL ? person->name : "……………………………",
    };
}

static void drafted(struct doc *doc, const struct doc_facts *f)
{
    const struct doc_dialogue *d = &f->dialogue;
    opening(doc, f);
    programme_done(doc, f);
    opinions(doc, f);
    notes(doc, f);
    totals(doc, f);
    part(doc, STYLE_PART, "IV. KẾT LUẬN CỦA CHỦ TRÌ");
    comes_from(doc, SOURCE_CLOSING);
    if (doc_paras(doc, STYLE_BODY, d->conclusion) == NULL) doc_dotted_lines(doc, STYLE_BODY, 2);
    common_end(doc, arena_printf(doc->arena, "Hội nghị kết thúc vào hồi %s",
                                 words_instant(doc->arena, d->closed_ms)));
}

void build_minutes(struct doc *doc, const struct doc_facts *f)
{
    const struct doc_dialogue *d = &f->dialogue;
    struct arena *a = doc->arena;
    common_head(doc, f, NULL);
    common_title(doc, "BIÊN BẢN", words_sentence(a, common_meeting(doc, f)));
    if (f->public_edition) doc_para(doc, STYLE_NOTE, "(Bản công khai)");
    if (f->minutes_text != NULL && !f->public_edition)
        minutes_text(doc, f->minutes_text);
    else
        drafted(doc, f);
    struct doc_sign sign = {.left = signature("THƯ KÝ", &d->secretary),
                            .right = signature("CHỦ TỌA", &d->chair)};
    sign.recipients = common_recipients(doc, f, NULL, &sign.recipients_count);
    doc_sign(doc, &sign);
}
