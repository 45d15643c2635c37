// SPDX-License-Identifier: AGPL-3.0-or-later
// What tells people of the dialogue: notice (R94-R97), loudspeaker bulletin with its broadcast log,
// poster. The three say the same time, place and contents because they read the same facts.
#include "domain/reading.h"
#include "documents/geometry.h"
#include "documents/types/types.h"

static void notice_sending(struct doc *doc, const struct doc_facts *f)
{
    const struct doc_dialogue *d = &f->dialogue;
    struct arena *a = doc->arena;
    doc_para(doc, STYLE_CLAUSE, "6. Gửi ý kiến trước hội nghị");
    bool dated = day_known(d->opinions_from_day) && day_known(d->opinions_until_day);
    doc_labelled(doc, STYLE_BODY, "- Thời gian:",
                 dated ? arena_printf(a, "từ %s đến %s.", words_day(a, d->opinions_from_day),
                                      words_day(a, d->opinions_until_day))
                       : NULL);
    doc_para(doc, STYLE_BODY, "- Nơi nhận ý kiến:");
    for (int i = 0; i < d->send_ways.count; i++)
        doc_paraf(doc, STYLE_BODY, "+ %s%s", words_bare(a, d->send_ways.items[i]),
                  i + 1 < d->send_ways.count ? ";" : ".");
    if (d->send_ways.count == 0) doc_labelled(doc, STYLE_BODY, "+", NULL);
    doc_para(doc, STYLE_BODY,
             "Sau thời gian trên, ý kiến vẫn được tiếp nhận trước, trong và ngay sau hội nghị. "
             "Người gửi được "
             "cấp mã số để tự theo dõi việc trả lời.");
}

static void notice_contents(struct doc *doc, const struct doc_facts *f)
{
    const struct doc_dialogue *d = &f->dialogue;
    doc_para(doc, STYLE_CLAUSE, "2. Nội dung");
    doc_paraf(doc, STYLE_BODY,
              "Chủ tịch %s thông tin tình hình địa phương, nghe và trả lời ý kiến, kiến nghị của "
              "Nhân dân, doanh "
              "nghiệp về các chủ đề:",
              words_committee(doc->arena, &f->unit));
    for (int i = 0; i < d->topics.count; i++)
        common_listed(doc, STYLE_BODY, words_sentence(doc->arena, d->topics.items[i]),
                      i + 1 == d->topics.count);
    if (d->topics.count == 0) doc_labelled(doc, STYLE_BODY, "-", NULL);
}

void build_notice(struct doc *doc, const struct doc_facts *f)
{
    const struct doc_dialogue *d = &f->dialogue;
    struct arena *a = doc->arena;
    common_head(doc, f, NULL);
    common_title(doc, "THÔNG BÁO", arena_printf(a, "Về việc tổ chức %s", common_meeting(doc, f)));
    doc_paraf(doc, STYLE_BODY,
              "Thực hiện Kế hoạch số %s của Ủy ban nhân dân %s, %s thông báo như sau:",
              words_or_dots(d->plan), words_or_dots(f->unit.name), words_committee(a, &f->unit));
    doc_labelled(doc, STYLE_BODY, "1. Chủ trì:", arena_printf(a, "%s.", common_chair(doc, f)));
    if (d->co_chair.name != NULL)
        doc_labelled(doc, STYLE_BODY,
                     "Đồng chủ trì:", arena_printf(a, "%s.", words_person(a, &d->co_chair)));
    notice_contents(doc, f);
    const char *when = common_when(doc, f);
    doc_labelled(doc, STYLE_BODY,
                 "3. Thời gian:", when == NULL ? NULL : arena_printf(a, "%s.", when));
    doc_labelled(doc, STYLE_BODY, "4. Địa điểm:",
                 d->place == NULL ? NULL : arena_printf(a, "%s.", words_bare(a, d->place)));
    doc_labelled(doc, STYLE_BODY, "5. Tham dự:",
                 "mọi người dân, doanh nghiệp trên địa bàn đều có thể đến dự và phát biểu trực "
                 "tiếp, hoặc gửi câu "
                 "hỏi qua thư ký hội nghị.");
    notice_sending(doc, f);
    if (d->link != NULL) doc_labelled(doc, STYLE_BODY, "7. Theo dõi trực tuyến:", d->link);
    if (f->unit.phone != NULL)
        doc_labelled(doc, STYLE_BODY, d->link != NULL ? "8. Liên hệ:" : "7. Liên hệ:",
                     arena_printf(a, "%s, điện thoại %s.",
                                  f->unit.office != NULL ? f->unit.office : "Văn phòng",
                                  f->unit.phone));
    common_end(
        doc,
        arena_printf(
            a, "%s trân trọng thông báo và mong Nhân dân, doanh nghiệp quan tâm, tham dự đông đủ",
            words_committee(a, &f->unit)));
    common_sign(doc, f, NULL);
}

static void say(struct doc *doc, const char *text)
{
    doc_para(doc, STYLE_SPOKEN, reading_text(doc->arena, text));
}

static void say_contents(struct doc *doc, const struct doc_facts *f)
{
    BUF text = {0};
    const struct doc_texts *topics = &f->dialogue.topics;
    int shown = topics->count < 4 ? topics->count : 4; // a listener keeps no more
    for (int i = 0; i < shown; i++)
        buf_printf(&text, "%s%s", i > 0 ? ", " : "", words_bare(doc->arena, topics->items[i]));
    if (shown == 0) return;
    say(doc, arena_printf(doc->arena, "Nội dung đối thoại gồm: %s%s.", buf_text(&text),
                          topics->count > shown ? " và những việc khác mà bà con quan tâm" : ""));
}

static void bulletin_log(struct doc *doc)
{
    static const struct doc_column columns[] = {{10, STYLE_CELL_CENTRE}, {34, STYLE_CELL},
                                                {26, STYLE_CELL},        {22, STYLE_CELL},
                                                {45, STYLE_CELL},        {33, STYLE_CELL}};
    static const char *const titles[] = {"TT",     "Ngày phát", "Giờ phát",
                                         "Số lần", "Người đọc", "Ghi chú"};
    doc_para(doc, STYLE_CENTRE_BOLD, "NHẬT KÝ PHÁT THANH");
    struct doc_table *table = doc_table(doc, columns, ARRAY_LEN(columns));
    table_heading(doc, table, titles);
    for (int i = 0; i < 6; i++) {
        table_row(doc, table)->min_height = 24;
        table_cellf(doc, table, 0, "%d", i + 1);
        for (int c = 1; c < (int)ARRAY_LEN(columns); c++)
            table_cell(doc, table, c, NULL);
    }
}

void build_bulletin(struct doc *doc, const struct doc_facts *f)
{
    const struct doc_dialogue *d = &f->dialogue;
    struct arena *a = doc->arena;
    common_head(doc, f, NULL);
    common_title(doc, "BẢN TIN TRUYỀN THANH",
                 arena_printf(a, "Mời tham dự %s", common_meeting(doc, f)));
    doc_para(doc, STYLE_NOTE, "(Đọc chậm, rõ; nghỉ một nhịp sau mỗi đoạn; đọc hai lần)");
    say(doc, arena_printf(a, "Kính thưa bà con và các doanh nghiệp trên địa bàn %s!",
                          words_or_dots(f->unit.name)));
    say(doc, arena_printf(a, "Ủy ban nhân dân %s trân trọng thông báo về %s.",
                          words_or_dots(f->unit.name), common_meeting(doc, f)));
    const char *when = common_when(doc, f);
    say(doc, arena_printf(a, "Thời gian: %s.", words_or_dots(when)));
    say(doc, arena_printf(a, "Địa điểm: %s.", words_or_dots(words_bare(a, d->place))));
    say_contents(doc, f);
    if (day_known(d->opinions_until_day))
        say(doc,
            arena_printf(
                a,
                "Bà con có thể gửi ý kiến trước, đến hết %s, tại Ban nhân dân %s, tại %s hoặc trên "
                "trang thông tin của hội nghị.",
                words_day(a, d->opinions_until_day), words_or_dots(f->unit.khom),
                f->unit.office != NULL ? f->unit.office : "Ủy ban nhân dân"));
    say(doc, "Tại hội nghị, bà con được phát biểu trực tiếp hoặc viết phiếu gửi thư ký. Mọi ý kiến "
             "đều được ghi "
             "nhận và được trả lời.");
    if (f->unit.phone != NULL)
        say(doc, arena_printf(a, "Cần biết thêm, xin gọi số điện thoại %s.", f->unit.phone));
    say(doc, "Rất mong bà con và các doanh nghiệp đến dự đông đủ. Xin trân trọng cảm ơn!");
    bulletin_log(doc);
}

static void poster_line(struct doc *doc, const char *text)
{
    struct doc_para *para = doc_para(doc, STYLE_POSTER_BOLD, text);
    if (para->runs != NULL)
        para->inset = geometry_balance(para->style, para->runs->text, text_area_width(false));
}

void build_poster(struct doc *doc, const struct doc_facts *f)
{
    const struct doc_dialogue *d = &f->dialogue;
    struct arena *a = doc->arena;
    const char *chief = words_upper(a, words_committee(a, &f->unit));
    doc->title = arena_printf(a, "Áp phích - %s", model_clean(a, common_meeting(doc, f)));
    doc_paraf(doc, STYLE_CENTRE_BOLD, "ỦY BAN NHÂN DÂN %s",
              words_upper(a, words_or_dots(f->unit.name)));
    doc_para(doc, STYLE_POSTER_TITLE, "MỜI BÀ CON ĐỐI THOẠI");
    doc_paraf(doc, STYLE_POSTER, "với CHỦ TỊCH %s", chief);
    if (d->starts_ms != 0) {
        int32_t day = instant_day(d->starts_ms);
        poster_line(doc, arena_printf(a, "%s phút", words_hour(a, d->starts_ms)));
        poster_line(doc, arena_printf(a, "%s, %s", words_sentence(a, words_weekday(day)),
                                      words_day(a, day)));
    } else {
        poster_line(doc, words_sentence(a, words_or_dots(common_when(doc, f))));
    }
    poster_line(doc, words_or_dots(d->place));
    doc_para(doc, STYLE_POSTER, "Ai cũng có thể đến, hỏi và nhận câu trả lời.");
    if (d->link != NULL) {
        doc_para(doc, STYLE_LARGE_CENTRE, "Quét mã để gửi câu hỏi trước và theo dõi hội nghị:");
        doc_qr(doc, d->link, 75);
        doc_para(doc, STYLE_LARGE_CENTRE, d->link);
    }
    if (d->short_code != NULL) {
        struct doc_para *para = doc_para(doc, STYLE_LARGE_CENTRE, "Hoặc nhập mã: ");
        para_bold(doc, para, d->short_code);
    }
    doc_paraf(doc, STYLE_LARGE_CENTRE,
              "Không dùng điện thoại thông minh? Viết phiếu gửi Ban nhân dân %s hoặc nói trực tiếp "
              "với thư ký.",
              words_or_dots(f->unit.khom));
    if (f->unit.phone != NULL) doc_paraf(doc, STYLE_LARGE_CENTRE, "Điện thoại: %s", f->unit.phone);
}
