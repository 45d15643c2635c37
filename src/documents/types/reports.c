// SPDX-License-Identifier: AGPL-3.0-or-later
// Reports after the dialogue: synthesis to the Party committee with its annex (R90-R91), 30-day
// progress for the overseers (R99), the follow-up register. All figures come from one list of
// opinions.
#include "documents/indicators.h"
#include "documents/types/types.h"

// All answers, one after another; without any, what the chair directed.
static const char *answer_texts(struct doc *doc, const struct doc_opinion *o)
{
    BUF text = {0};
    for (int i = 0; i < o->answers_count; i++)
        buf_printf(&text, "%s%s", i > 0 ? "\n" : "", words_or_dots(o->answers[i].text));
    if (o->answers_count > 0) return arena_strdup(doc->arena, buf_text(&text));
    return o->assignments_count > 0 ? o->assignments[o->assignments_count - 1].directive : NULL;
}

static const char *who_answers(struct doc *doc, const struct doc_opinion *o)
{
    const struct doc_answer *answer = common_last_answer(o);
    if (answer != NULL && answer->by.name != NULL) return words_person(doc->arena, &answer->by);
    if (o->referrals_count > 0) return o->referrals[o->referrals_count - 1].agency;
    return o->responsible;
}

static const char *due_of(struct doc *doc, const struct doc_opinion *o)
{
    if (o->handling == HANDLED_BEYOND && o->referrals_count > 0)
        return words_short_day(doc->arena, o->referrals[o->referrals_count - 1].expected_day);
    return words_short_day(doc->arena, o->due.legal_day);
}

static const char *document_of(const struct doc_opinion *o)
{
    if (o->document != NULL) return o->document;
    return o->referrals_count > 0 ? o->referrals[o->referrals_count - 1].document : NULL;
}

static void annex(struct doc *doc, const struct doc_facts *f)
{
    static const struct doc_column columns[] = {{10, STYLE_SMALL_CENTRE}, {30, STYLE_SMALL},
                                                {46, STYLE_SMALL},        {21, STYLE_SMALL},
                                                {28, STYLE_SMALL},        {44, STYLE_SMALL},
                                                {21, STYLE_SMALL_CENTRE}, {18, STYLE_SMALL_CENTRE},
                                                {17, STYLE_SMALL_CENTRE}, {22, STYLE_SMALL}};
    static const char *const titles[] = {"TT",
                                         "Họ tên, địa chỉ",
                                         "Nội dung ý kiến, kiến nghị",
                                         "Lĩnh vực",
                                         "Cơ quan, người trả lời",
                                         "Nội dung trả lời, chỉ đạo",
                                         "Thời hạn",
                                         "Kết quả",
                                         "Số văn bản",
                                         "Ghi chú"};
    doc_section(doc, true, true);
    doc_para(doc, STYLE_CENTRE_BOLD, "PHỤ LỤC");
    doc_para(doc, STYLE_CENTRE_BOLD, "TỔNG HỢP Ý KIẾN, KIẾN NGHỊ CỦA NHÂN DÂN, DOANH NGHIỆP");
    doc_paraf(doc, STYLE_NOTE, "(Kèm theo Báo cáo số %s %s của Ủy ban nhân dân %s)",
              doc->number != NULL ? doc->number : DOTS "/BC-UBND",
              words_day_or_year(doc->arena, f->issue.day, f->dialogue.year),
              words_or_dots(f->unit.name));
    struct doc_table *table = doc_table(doc, columns, ARRAY_LEN(columns));
    table_heading(doc, table, titles);
    for (int i = 0; i < f->opinions_count; i++) {
        const struct doc_opinion *o = &f->opinions[i];
        table_row(doc, table);
        table_cellf(doc, table, 0, "%d", i + 1);
        table_cell(doc, table, 1, common_author(doc, f, o));
        table_cell(doc, table, 2, common_text(f, o));
        table_cell(doc, table, 3, words_sentence(doc->arena, o->field));
        table_cell(doc, table, 4, who_answers(doc, o));
        table_cell(doc, table, 5, answer_texts(doc, o));
        table_cell(doc, table, 6, due_of(doc, o));
        table_cell(doc, table, 7, common_result(o));
        table_cell(doc, table, 8, document_of(o));
        table_cell(doc, table, 9, o->note);
    }
}

static void held(struct doc *doc, const struct doc_facts *f)
{
    const struct doc_dialogue *d = &f->dialogue;
    struct arena *a = doc->arena;
    doc_para(doc, STYLE_PART, "I. CÔNG TÁC CHUẨN BỊ, TỔ CHỨC");
    doc_labelled(doc, STYLE_BODY, "1. Thời gian:",
                 arena_printf(a, "từ %s đến %s.", words_instant(a, d->opened_ms),
                              words_instant(a, d->closed_ms)));
    doc_labelled(doc, STYLE_BODY, "2. Địa điểm:",
                 d->place == NULL ? NULL : arena_printf(a, "%s.", words_bare(a, d->place)));
    doc_labelled(doc, STYLE_BODY, "3. Chủ trì:", arena_printf(a, "%s.", common_chair(doc, f)));
    if (d->co_chair.name != NULL)
        doc_labelled(doc, STYLE_BODY,
                     "Đồng chủ trì:", arena_printf(a, "%s.", words_person(a, &d->co_chair)));
    doc_labelled(doc, STYLE_BODY, "4. Người tham dự:", d->groups_count > 0 ? " " : NULL);
    int present = common_present(doc, f);
    if (present > 0) doc_paraf(doc, STYLE_BODY, "Cộng: %s người.", words_count(a, present));
    int whole = d->speaking.people_s + d->speaking.authority_s;
    if (whole > 0)
        doc_labelled(
            doc, STYLE_BODY, "5. Thời gian phát biểu:",
            arena_printf(
                a, "Nhân dân, doanh nghiệp %s (%s); chính quyền %s (%s); %s lượt người phát biểu.",
                words_duration(a, d->speaking.people_s),
                words_share(a, d->speaking.people_s, whole),
                words_duration(a, d->speaking.authority_s),
                words_share(a, d->speaking.authority_s, whole),
                words_count(a, d->speaking.speakers)));
}

static void figures(struct doc *doc, const struct doc_facts *f)
{
    struct arena *a = doc->arena;
    int all = f->opinions_count,
        spot = tally_handled(f, HANDLED_ON_SPOT) + tally_handled(f, HANDLED_ACCEPTED);
    doc_para(doc, STYLE_PART, "II. KẾT QUẢ TIẾP NHẬN, TRẢ LỜI Ý KIẾN, KIẾN NGHỊ");
    doc_paraf(
        doc, STYLE_BODY,
        "Tổng số ý kiến, kiến nghị: %s; trong đó trả lời, tiếp thu ngay tại hội nghị: %s (%s); trả "
        "lời sau hội "
        "nghị: %s; ngoài nội dung, trả lời riêng bằng văn bản: %s; vượt thẩm quyền: %s.",
        words_count(a, all), words_count(a, spot), words_share(a, spot, all),
        words_count(a, tally_handled(f, HANDLED_DEFERRED) + tally_handled(f, HANDLED_COMPLEX)),
        words_count(a, tally_handled(f, HANDLED_OFF_TOPIC)),
        words_count(a, tally_handled(f, HANDLED_BEYOND)));
    doc_paraf(doc, STYLE_BODY, "Tính đến %s: đã giải quyết %s, đang giải quyết %s, quá hạn %s.",
              words_day(a, f->today_day), words_count(a, tally_result(f, RESULT_SETTLED)),
              words_count(a, tally_result(f, RESULT_SETTLING)),
              words_count(a, tally_result(f, RESULT_OVERDUE)));
    struct indicators n = indicators_of(f); // R20
    doc_paraf(doc, STYLE_BODY,
              "Chỉ số kết quả: trả lời, tiếp thu ngay tại hội nghị %s; đúng hạn %s; thống nhất với "
              "kết luận %s.",
              words_share(a, n.on_spot, n.all), words_share(a, n.in_time, n.due),
              words_share(a, n.agreed, n.ended));
    if (f->sealed_count > 0 && !f->public_edition)
        doc_paraf(
            doc, STYLE_BODY,
            "Ngoài ra có %s nội dung được tiếp nhận theo thủ tục riêng, không nêu trong báo cáo.",
            words_count(a, f->sealed_count));
    static const struct {
        enum tally_by by;
        const char *title, *heading;
    } tables[] = {
        {TALLY_FIELD, "1. Theo lĩnh vực", "Lĩnh vực"},
        {TALLY_KHOM, "2. Theo địa bàn", "Địa bàn"},
        {TALLY_AUTHOR, "3. Theo đối tượng", "Người có ý kiến"},
        {TALLY_CHANNEL, "4. Theo hình thức gửi", "Hình thức"},
        {TALLY_HANDLING, "5. Theo cách giải quyết", "Cách giải quyết"},
        {TALLY_OUTCOME, "6. Theo kết luận", "Kết luận với người có ý kiến"},
    };
    for (size_t i = 0; i < ARRAY_LEN(tables); i++) {
        struct tally tally = tally_of(doc, f, tables[i].by);
        doc_para(doc, STYLE_CLAUSE, tables[i].title);
        tally_table(doc, tables[i].heading, &tally);
    }
}

static void proposals(struct doc *doc, const struct doc_facts *f)
{
    const struct doc_texts *texts = &f->dialogue.proposals;
    doc_para(doc, STYLE_PART, "IV. KIẾN NGHỊ, ĐỀ XUẤT");
    for (int i = 0; i < texts->count; i++)
        doc_paraf(doc, STYLE_BODY, "%d. %s.", i + 1, words_bare(doc->arena, texts->items[i]));
    int policy = 0;
    for (int i = 0; i < f->opinions_count; i++) {
        if (!f->opinions[i].policy_proposal) continue;
        if (policy++ == 0)
            doc_para(doc, STYLE_BODY,
                     "Các ý kiến đề nghị sửa đổi, bổ sung chủ trương, chính sách, quy định:");
        doc_paraf(doc, STYLE_BODY, "- Ý kiến số %s: %s", words_or_dots(f->opinions[i].number),
                  words_or_dots(common_text(f, &f->opinions[i])));
    }
    if (texts->count == 0 && policy == 0) doc_dotted_lines(doc, STYLE_BODY, 2);
}

void build_synthesis(struct doc *doc, const struct doc_facts *f)
{
    struct arena *a = doc->arena;
    common_head(doc, f, NULL);
    common_title(doc, "BÁO CÁO",
                 arena_printf(a, "Tổng hợp ý kiến, kiến nghị tại %s", common_meeting(doc, f)));
    common_addressee(doc, arena_printf(a, "Ban Thường vụ Đảng ủy %s", words_or_dots(f->unit.name)));
    doc_paraf(doc, STYLE_BODY,
              "Ủy ban nhân dân %s báo cáo kết quả tổ chức %s như sau:", words_or_dots(f->unit.name),
              common_meeting(doc, f));
    held(doc, f);
    figures(doc, f);
    doc_para(doc, STYLE_PART, "III. ĐÁNH GIÁ");
    if (doc_paras(doc, STYLE_BODY, f->dialogue.assessment) == NULL)
        doc_dotted_lines(doc, STYLE_BODY, 2);
    proposals(doc, f);
    common_end(
        doc,
        arena_printf(
            a,
            "Trên đây là báo cáo tổng hợp của Ủy ban nhân dân %s, kính trình Ban Thường vụ Đảng "
            "ủy xem xét, cho ý kiến chỉ đạo",
            words_or_dots(f->unit.name)));
    common_sign(doc, f, "Như trên");
    annex(doc, f);
}

static bool outstanding(const struct doc_opinion *o)
{
    return o->result != RESULT_SETTLED && o->handling != HANDLED_DIVERTED &&
           o->handling != HANDLED_WITHDRAWN;
}

// "còn 12 ngày", "quá hạn 03 ngày": computed from today, never stored.
static const char *days_left(struct doc *doc, const struct doc_facts *f,
                             const struct doc_opinion *o)
{
    if (!day_known(o->due.legal_day) || !day_known(f->today_day) || !outstanding(o)) return NULL;
    int left = o->due.legal_day - f->today_day;
    if (left < 0)
        return arena_printf(doc->arena, "quá hạn %s ngày", words_count(doc->arena, -left));
    return left == 0 ? "hôm nay"
                     : arena_printf(doc->arena, "còn %s ngày", words_count(doc->arena, left));
}

static void outstanding_table(struct doc *doc, const struct doc_facts *f)
{
    static const struct doc_column columns[] = {
        {10, STYLE_SMALL_CENTRE}, {24, STYLE_SMALL_CENTRE}, {62, STYLE_SMALL}, {36, STYLE_SMALL},
        {24, STYLE_SMALL_CENTRE}, {24, STYLE_SMALL_CENTRE}, {40, STYLE_SMALL}, {32, STYLE_SMALL}};
    static const char *const titles[] = {
        "TT",      "Ý kiến số",           "Nội dung", "Người, cơ quan chịu trách nhiệm", "Thời hạn",
        "Còn lại", "Tình hình thực hiện", "Ghi chú"};
    doc_section(doc, true, true);
    doc_para(doc, STYLE_CENTRE_BOLD, "PHỤ LỤC");
    doc_para(doc, STYLE_CENTRE_BOLD, "Ý KIẾN, KIẾN NGHỊ CÒN PHẢI GIẢI QUYẾT");
    doc_paraf(doc, STYLE_NOTE, "(Tính đến %s)", words_day(doc->arena, f->today_day));
    struct doc_table *table = doc_table(doc, columns, ARRAY_LEN(columns));
    table_heading(doc, table, titles);
    int number = 0;
    for (int i = 0; i < f->opinions_count; i++) {
        const struct doc_opinion *o = &f->opinions[i];
        if (!outstanding(o)) continue;
        table_row(doc, table);
        table_cellf(doc, table, 0, "%d", ++number);
        table_cell(doc, table, 1, o->number);
        table_cell(doc, table, 2, common_text(f, o));
        table_cell(doc, table, 3,
                   o->referrals_count > 0 ? o->referrals[o->referrals_count - 1].agency
                                          : o->responsible);
        table_cell(doc, table, 4, due_of(doc, o));
        table_cell(doc, table, 5, days_left(doc, f, o));
        table_cellf(doc, table, 6, "%s. %s", common_handlings[o->handling], common_result(o));
        table_cell(doc, table, 7, o->note);
    }
}

void build_progress(struct doc *doc, const struct doc_facts *f)
{
    struct arena *a = doc->arena;
    int all = tally_countable(f), settled = tally_result(f, RESULT_SETTLED);
    int settling = tally_result(f, RESULT_SETTLING), overdue = tally_result(f, RESULT_OVERDUE),
        noticed = 0, referred = 0;
    struct doc_facts public = *f; // overseers see no contact; names as published
    public.public_edition = true;
    for (int i = 0; i < f->opinions_count; i++) {
        referred += f->opinions[i].referrals_count > 0;
        noticed +=
            f->opinions[i].referrals_count > 0 &&
            day_known(f->opinions[i].referrals[f->opinions[i].referrals_count - 1].notified_day);
    }
    common_head(doc, f, NULL);
    common_title(
        doc, "BÁO CÁO",
        arena_printf(a, "Tiến độ giải quyết ý kiến, kiến nghị sau %s", common_meeting(doc, f)));
    const char *to[] = {
        arena_printf(a, "Thường trực Hội đồng nhân dân %s", words_or_dots(f->unit.name)),
        arena_printf(a, "Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam %s",
                     words_or_dots(f->unit.name)),
    };
    common_addressees(doc, to, ARRAY_LEN(to));
    int32_t closed = f->dialogue.closed_ms != 0 ? instant_day(f->dialogue.closed_ms) : DAY_NONE;
    doc_paraf(doc, STYLE_BODY,
              "Hội nghị kết thúc %s. Tính đến %s, Ủy ban nhân dân %s báo cáo tiến độ giải quyết ý "
              "kiến, kiến nghị như sau:",
              words_day(a, closed), words_day(a, f->today_day), words_or_dots(f->unit.name));
    doc_paraf(
        doc, STYLE_BODY,
        "1. Số ý kiến phải giải quyết: %s; đã giải quyết: %s (%s); đang giải quyết trong hạn: %s; "
        "quá hạn: %s.",
        words_count(a, all), words_count(a, settled), words_share(a, settled, all),
        words_count(a, settling), words_count(a, overdue));
    doc_paraf(doc, STYLE_BODY,
              "2. Số ý kiến đã kiến nghị cấp có thẩm quyền: %s; trong đó đã thông báo cơ quan và "
              "thời gian "
              "giải quyết cho người có ý kiến: %s.",
              words_count(a, referred), words_count(a, noticed));
    doc_para(doc, STYLE_CLAUSE, "3. Theo lĩnh vực");
    struct tally fields = tally_of(doc, f, TALLY_FIELD);
    tally_table(doc, "Lĩnh vực", &fields);
    common_end(doc, arena_printf(a, "Ủy ban nhân dân %s trân trọng báo cáo để theo dõi, giám sát",
                                 words_or_dots(f->unit.name)));
    common_sign(doc, f, "Như trên");
    if (settled < all) outstanding_table(doc, &public);
}

void build_register(struct doc *doc, const struct doc_facts *f)
{
    static const struct doc_column columns[] = {
        {11, STYLE_SMALL_CENTRE}, {25, STYLE_SMALL_CENTRE}, {25, STYLE_SMALL_CENTRE},
        {30, STYLE_SMALL},        {50, STYLE_SMALL},        {23, STYLE_SMALL},
        {28, STYLE_SMALL},        {30, STYLE_SMALL},        {25, STYLE_SMALL_CENTRE},
        {25, STYLE_SMALL_CENTRE}, {25, STYLE_SMALL_CENTRE}};
    static const char *const titles[] = {
        "TT",       "Số",       "Ngày nhận",   "Người có ý kiến",
        "Nội dung", "Lĩnh vực", "Phân loại",   "Người, cơ quan chịu trách nhiệm",
        "Thời hạn", "Còn lại",  "Ngày trả lời"};
    common_head(doc, f, NULL);
    common_title(doc, "SỔ THEO DÕI Ý KIẾN, KIẾN NGHỊ",
                 words_sentence(doc->arena, common_meeting(doc, f)));
    struct doc_table *table = doc_table(doc, columns, ARRAY_LEN(columns));
    table_heading(doc, table, titles);
    for (int i = 0; i < f->opinions_count; i++) {
        const struct doc_opinion *o = &f->opinions[i];
        table_row(doc, table);
        table_cellf(doc, table, 0, "%d", i + 1);
        table_cell(doc, table, 1, o->number);
        table_cell(doc, table, 2, words_short_day(doc->arena, o->received_day));
        table_cell(doc, table, 3, common_author(doc, f, o));
        table_cell(doc, table, 4, common_text(f, o));
        table_cell(doc, table, 5, words_sentence(doc->arena, o->field));
        table_cell(doc, table, 6, common_handlings[o->handling]);
        table_cell(doc, table, 7,
                   o->referrals_count > 0 ? o->referrals[o->referrals_count - 1].agency
                                          : o->responsible);
        table_cell(doc, table, 8, due_of(doc, o));
        table_cell(doc, table, 9, days_left(doc, f, o));
        table_cell(doc, table, 10, words_short_day(doc->arena, o->answered_day));
    }
    doc_paraf(doc, STYLE_BODY, "Cộng: %s ý kiến.", words_count(doc->arena, f->opinions_count));
}
