// SPDX-License-Identifier: AGPL-3.0-or-later
// What the dialogue led to: the chair's report before it (R73), the notice of conclusions after it
// (also the public result of T6), the slip that gives one task to one unit.
#include "documents/types/types.h"

static void overview(struct doc *doc, const char *title, const char *text)
{
    doc_para(doc, STYLE_CLAUSE, title);
    if (doc_paras(doc, STYLE_BODY, text) == NULL) doc_dotted_lines(doc, STYLE_BODY, 1);
}

static void promises(struct doc *doc, const struct doc_facts *f)
{
    static const struct doc_column columns[] = {{12, STYLE_CELL_CENTRE},
                                                {70, STYLE_CELL},
                                                {36, STYLE_CELL},
                                                {30, STYLE_CELL_CENTRE},
                                                {40, STYLE_CELL}};
    static const char *const titles[] = {"TT", "Nội dung đã hứa giải quyết", "Đơn vị thực hiện",
                                         "Kết quả", "Ghi chú"};
    static const char *const results[RESULT_COUNT] = {"Đã xong", "Đang làm", "Chậm hạn"};
    doc_para(doc, STYLE_PART, "III. KẾT QUẢ THỰC HIỆN NHỮNG VIỆC ĐÃ HỨA TẠI KỲ ĐỐI THOẠI TRƯỚC");
    if (f->promises_count == 0) {
        doc_para(doc, STYLE_BODY, "Không có việc còn theo dõi từ kỳ đối thoại trước.");
        return;
    }
    int kept = 0;
    struct doc_table *table = doc_table(doc, columns, ARRAY_LEN(columns));
    table_heading(doc, table, titles);
    for (int i = 0; i < f->promises_count; i++) {
        const struct doc_promise *p = &f->promises[i];
        kept += p->result == RESULT_SETTLED;
        table_row(doc, table);
        table_cellf(doc, table, 0, "%d", i + 1);
        table_cell(doc, table, 1, p->text);
        table_cell(doc, table, 2, p->responsible);
        table_cell(doc, table, 3, results[p->result]);
        table_cell(doc, table, 4, p->outcome);
    }
    doc_paraf(doc, STYLE_BODY, "Đã hoàn thành %d/%d việc (%s).", kept, f->promises_count,
              words_share(doc->arena, kept, f->promises_count));
}

static void collected(struct doc *doc, const struct doc_facts *f)
{
    doc_para(doc, STYLE_PART, "IV. NHỮNG VẤN ĐỀ NHÂN DÂN, DOANH NGHIỆP ĐÃ GỬI ĐẾN");
    if (f->opinions_count == 0) {
        doc_para(doc, STYLE_BODY, "Đến thời điểm báo cáo chưa có ý kiến gửi trước.");
        return;
    }
    struct tally fields = tally_of(doc, f, TALLY_FIELD);
    doc_paraf(doc, STYLE_BODY,
              "Đến thời điểm báo cáo, đã tiếp nhận %s ý kiến, kiến nghị gửi trước, gồm:",
              words_count(doc->arena, f->opinions_count));
    for (int i = 0; i < fields.count; i++)
        doc_paraf(doc, STYLE_BODY, "- %s: %s ý kiến%s", fields.rows[i].name,
                  words_count(doc->arena, fields.rows[i].count), i + 1 < fields.count ? ";" : ".");
}

void build_report(struct doc *doc, const struct doc_facts *f)
{
    const struct doc_overview *o = &f->overview;
    struct arena *a = doc->arena;
    common_head(doc, f, NULL);
    common_title(doc, "BÁO CÁO",
                 arena_printf(a, "Một số nội dung trình bày tại %s", common_meeting(doc, f)));
    doc_para(doc, STYLE_PART, "I. MỤC ĐÍCH, YÊU CẦU, NỘI DUNG CHỦ YẾU CỦA HỘI NGHỊ");
    doc_para(doc, STYLE_BODY,
             "1. Mục đích: nghe và giải quyết ý kiến, kiến nghị của Nhân dân, doanh nghiệp; thông "
             "tin chủ trương, "
             "chính sách, pháp luật; để Nhân dân giám sát hoạt động của chính quyền.");
    doc_para(doc, STYLE_BODY,
             "2. Yêu cầu: trao đổi thẳng thắn, đúng trọng tâm; việc rõ thì trả lời ngay, việc chưa "
             "rõ thì nói rõ "
             "ai trả lời và khi nào trả lời.");
    doc_para(doc, STYLE_BODY, "3. Nội dung chủ yếu:");
    const struct doc_texts *topics = &f->dialogue.topics;
    for (int i = 0; i < topics->count; i++)
        common_listed(doc, STYLE_BODY, words_sentence(a, topics->items[i]), i + 1 == topics->count);
    if (topics->count == 0) doc_labelled(doc, STYLE_BODY, "-", NULL);
    doc_para(doc, STYLE_PART, "II. TÌNH HÌNH ĐỊA PHƯƠNG");
    overview(doc, "1. Kinh tế - xã hội", o->economy);
    overview(doc, "2. Quân sự cơ sở", o->military);
    overview(doc, "3. An ninh trật tự", o->security);
    overview(doc, "4. Những việc lớn Nhân dân, doanh nghiệp quan tâm", o->other);
    promises(doc, f);
    collected(doc, f);
    common_end(
        doc,
        arena_printf(
            a, "Trên đây là báo cáo của Chủ tịch %s, kính mời Nhân dân, doanh nghiệp cho ý kiến",
            words_committee(a, &f->unit)));
    common_sign(doc, f, NULL);
}

static void task_rows(struct doc *doc, const struct doc_facts *f, struct doc_table *table)
{
    int number = 0;
    for (int i = 0; i < f->opinions_count; i++) {
        const struct doc_opinion *o = &f->opinions[i];
        for (int k = 0; k < o->assignments_count; k++) {
            const struct doc_assignment *g = &o->assignments[k];
            table_row(doc, table);
            table_cellf(doc, table, 0, "%d", ++number);
            table_cellf(doc, table, 1, "Ý kiến số %s%s%s", words_or_dots(o->number),
                        o->field != NULL ? ": " : "", o->field != NULL ? o->field : "");
            if (g->directive != NULL) table_cell(doc, table, 1, g->directive);
            table_cell(doc, table, 2, g->to);
            table_cell(doc, table, 3, g->with);
            table_cell(doc, table, 4, words_short_day(doc->arena, g->due_day));
            table_cell(doc, table, 5, "Văn bản trả lời");
        }
    }
    for (int i = 0; i < f->dialogue.duties_count; i++) {
        const struct doc_duty *d = &f->dialogue.duties[i];
        if (d->product == NULL) continue; // duties of the plan, not of the conclusion
        table_row(doc, table);
        table_cellf(doc, table, 0, "%d", ++number);
        table_cell(doc, table, 1, d->what);
        table_cell(doc, table, 2, d->who);
        table_cell(doc, table, 3, d->with);
        table_cell(doc, table, 4, words_short_day(doc->arena, d->due_day));
        table_cell(doc, table, 5, d->product);
    }
}

static void task_table(struct doc *doc, const struct doc_facts *f)
{
    static const struct doc_column columns[] = {{11, STYLE_CELL_CENTRE}, {55, STYLE_CELL},
                                                {34, STYLE_CELL},        {30, STYLE_CELL},
                                                {26, STYLE_CELL_CENTRE}, {25, STYLE_CELL}};
    static const char *const titles[] = {"TT",       "Nội dung", "Đơn vị chủ trì",
                                         "Phối hợp", "Thời hạn", "Sản phẩm"};
    struct doc_table *table = doc_table(doc, columns, ARRAY_LEN(columns));
    table_heading(doc, table, titles);
    task_rows(doc, f, table);
}

static void conclusion_topics(struct doc *doc, const struct doc_facts *f)
{
    doc_para(doc, STYLE_CLAUSE, "2. Kết luận từng vấn đề");
    int shown = 0;
    for (int i = 0; i < f->opinions_count; i++) {
        const struct doc_opinion *o = &f->opinions[i];
        if (o->conclusion == NULL) continue;
        doc_paraf(doc, STYLE_BODY, "%s) Ý kiến số %s (%s): %s.", common_letter(shown++),
                  words_or_dots(o->number), o->field != NULL ? o->field : "chưa xác định lĩnh vực",
                  words_bare(doc->arena, o->conclusion));
    }
    if (shown == 0) doc_dotted_lines(doc, STYLE_BODY, 1);
}

void build_conclusion(struct doc *doc, const struct doc_facts *f)
{
    const struct doc_dialogue *d = &f->dialogue;
    struct arena *a = doc->arena;
    struct doc_facts public =
        *f; // posted at the office and in every khóm: always the public edition
    public.public_edition = true;
    common_head(doc, f, NULL);
    common_title(doc, "THÔNG BÁO",
                 arena_printf(a, "Kết luận của chủ trì tại %s", common_meeting(doc, f)));
    int32_t held = d->opened_ms != 0 ? instant_day(d->opened_ms) : DAY_NONE;
    doc_paraf(doc, STYLE_BODY,
              "Vào %s, tại %s, %s đã diễn ra dưới sự chủ trì của %s. Chủ trì kết luận như sau:",
              words_day(a, held), words_or_dots(d->place), common_meeting(doc, f),
              common_chair(doc, f));
    doc_para(doc, STYLE_CLAUSE, "1. Đánh giá chung");
    doc_paras(doc, STYLE_BODY, d->assessment);
    doc_paraf(
        doc, STYLE_BODY,
        "Hội nghị tiếp nhận %s ý kiến; trả lời, tiếp thu tại hội nghị %s ý kiến; trả lời sau %s ý "
        "kiến; trả lời "
        "riêng bằng văn bản %s ý kiến; kiến nghị cấp có thẩm quyền %s ý kiến.",
        words_count(a, f->opinions_count),
        words_count(a, tally_handled(f, HANDLED_ON_SPOT) + tally_handled(f, HANDLED_ACCEPTED)),
        words_count(a, tally_handled(f, HANDLED_DEFERRED) + tally_handled(f, HANDLED_COMPLEX)),
        words_count(a, tally_handled(f, HANDLED_OFF_TOPIC)),
        words_count(a, tally_handled(f, HANDLED_BEYOND)));
    doc_paras(doc, STYLE_BODY, d->conclusion);
    conclusion_topics(doc, &public);
    doc_para(doc, STYLE_CLAUSE, "3. Phân công thực hiện");
    task_table(doc, &public);
    doc_para(doc, STYLE_CLAUSE, "4. Chế độ báo cáo");
    doc_paraf(doc, STYLE_BODY,
              "Đơn vị được giao việc báo cáo kết quả về %s trước thời hạn; kết quả trả lời được "
              "gửi đến người có ý "
              "kiến, niêm yết tại trụ sở và thông tin đến từng %s.",
              f->unit.office != NULL ? f->unit.office : "Văn phòng", words_or_dots(f->unit.khom));
    common_end(
        doc, arena_printf(
                 a, "%s thông báo để các đơn vị, Nhân dân và doanh nghiệp biết, theo dõi, giám sát",
                 words_committee(a, &f->unit)));
    common_sign(doc, f, NULL);
}

static void blank_lines(struct doc *doc, const char *title, int lines)
{
    doc_para(doc, STYLE_CLAUSE, title);
    doc_dotted_lines(doc, STYLE_BODY, lines);
}

void build_task(struct doc *doc, const struct doc_facts *f)
{
    static const struct doc_opinion nobody;
    const struct doc_opinion *o = f->opinion != NULL ? f->opinion : &nobody;
    const struct doc_assignment *g =
        o->assignments_count > 0 ? &o->assignments[o->assignments_count - 1] : NULL;
    struct arena *a = doc->arena;
    common_head(doc, f, NULL);
    common_title(doc, "PHIẾU GIAO VIỆC",
                 arena_printf(a, "Giải quyết ý kiến số %s", words_or_dots(o->number)));
    doc_labelled(doc, STYLE_BODY,
                 "Người có ý kiến:", f->opinion != NULL ? common_author(doc, f, o) : NULL);
    doc_labelled(doc, STYLE_BODY, "Lĩnh vực:", o->field);
    doc_labelled(doc, STYLE_BODY, "Nội dung ý kiến:", o->text);
    doc_para(doc, STYLE_CLAUSE, "1. Ý kiến của chủ trì");
    doc_labelled(doc, STYLE_BODY, "Đơn vị, cá nhân chủ trì:", g != NULL ? g->to : NULL);
    doc_labelled(doc, STYLE_BODY, "Phối hợp:", g != NULL ? g->with : NULL);
    doc_labelled(doc, STYLE_BODY, "Ngày giao:",
                 g != NULL && day_known(g->given_day) ? words_day(a, g->given_day) : NULL);
    doc_labelled(doc, STYLE_BODY, "Thời hạn hoàn thành:",
                 g != NULL && day_known(g->due_day) ? words_day(a, g->due_day) : NULL);
    doc_labelled(doc, STYLE_BODY, "Nội dung chỉ đạo:", g != NULL ? g->directive : NULL);
    blank_lines(doc, "2. Ý kiến của lãnh đạo đơn vị được giao", 2);
    blank_lines(doc, "3. Đề xuất của người trực tiếp giải quyết", 3);
    doc_paraf(doc, STYLE_BODY, "%s, %s", words_or_dots(f->unit.name),
              words_day_or_year(a, f->issue.day, f->dialogue.year));
    common_sign(doc, f, NULL);
}
