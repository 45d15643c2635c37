// SPDX-License-Identifier: AGPL-3.0-or-later
// Papers used in the hall: invitation (form 1.7, one a person), programme, house rules, question
// slip in large print, attendance list.
#include "documents/types/types.h"

#include <string.h>

void build_invitation(struct doc *doc, const struct doc_facts *f)
{
    const struct doc_dialogue *d = &f->dialogue;
    const struct doc_person *person = f->person;
    struct arena *a = doc->arena;
    common_head(doc, f, NULL);
    common_title(doc, "GIẤY MỜI", arena_printf(a, "Tham dự %s", common_meeting(doc, f)));
    doc_paraf(doc, STYLE_BODY,
              "Ủy ban nhân dân %s trân trọng kính mời:", words_or_dots(f->unit.name));
    struct doc_para *para = doc_para(doc, STYLE_CENTRE, NULL);
    para_bold(doc, para,
              person != NULL && person->name != NULL ? words_name(a, person)
                                                     : "Ông/Bà " DOTS DOTS DOTS DOTS DOTS);
    if (person != NULL && (person->position != NULL || person->unit != NULL))
        doc_paraf(doc, STYLE_CENTRE, "%s%s%s", person->position != NULL ? person->position : "",
                  person->position != NULL && person->unit != NULL ? ", " : "",
                  person->unit != NULL ? person->unit : "");
    doc_labelled(doc, STYLE_BODY, "Tới dự:", arena_printf(a, "%s.", common_meeting(doc, f)));
    doc_labelled(doc, STYLE_BODY, "Chủ trì:", arena_printf(a, "%s.", common_chair(doc, f)));
    const char *when = common_when(doc, f);
    doc_labelled(doc, STYLE_BODY, "Thời gian:", when == NULL ? NULL : arena_printf(a, "%s.", when));
    doc_labelled(doc, STYLE_BODY, "Địa điểm:",
                 d->place == NULL ? NULL : arena_printf(a, "%s.", words_bare(a, d->place)));
    doc_para(doc, STYLE_BODY,
             "Ông/Bà có thể gửi trước câu hỏi, ý kiến; khi đến xin mang theo Giấy mời để điểm danh "
             "nhanh.");
    if (person != NULL && person->code != NULL) {
        doc_qr(doc, person->code, 30);
        doc_paraf(doc, STYLE_NOTE, "(Mã điểm danh và gửi câu hỏi: %s)", person->code);
    }
    common_end(doc,
               arena_printf(a, "%s rất mong Ông/Bà đến dự đúng giờ để hội nghị đạt kết quả tốt",
                            words_committee(a, &f->unit)));
    common_sign(doc, f, "Như trên");
}

void build_programme(struct doc *doc, const struct doc_facts *f)
{
    const struct doc_dialogue *d = &f->dialogue;
    struct arena *a = doc->arena;
    common_head(doc, f, NULL);
    common_title(doc, "CHƯƠNG TRÌNH", words_sentence(a, common_meeting(doc, f)));
    doc_labelled(doc, STYLE_BODY, "Thời gian:", common_when(doc, f));
    doc_labelled(doc, STYLE_BODY, "Địa điểm:", d->place);
    doc_labelled(doc, STYLE_BODY, "Chủ trì:", common_chair(doc, f));
    if (d->co_chair.name != NULL)
        doc_labelled(doc, STYLE_BODY, "Đồng chủ trì:", words_person(a, &d->co_chair));
    doc_labelled(doc, STYLE_BODY,
                 "Thư ký:", d->secretary.name != NULL ? words_person(a, &d->secretary) : NULL);
    common_programme(doc, f);
    int one_way = 0, total = 0;
    for (int i = 0; i < d->programme_count; i++) {
        total += d->programme[i].minutes;
        one_way += d->programme[i].side == BY_AUTHORITY ? d->programme[i].minutes : 0;
    }
    if (total > 0)
        doc_paraf(doc, STYLE_BODY,
                  "Tổng thời lượng: %d phút; thời gian dành cho Nhân dân, doanh nghiệp phát biểu "
                  "và đối thoại: "
                  "%d phút (%s).",
                  total, total - one_way, words_share(a, total - one_way, total));
    common_end(doc, "Chương trình có thể được chủ trì điều chỉnh để dành thêm thời gian cho Nhân "
                    "dân, doanh nghiệp "
                    "phát biểu");
    common_sign(doc, f, NULL);
}

void build_rules(struct doc *doc, const struct doc_facts *f)
{
    static const char *const rules[] = {
        "Người tham dự điểm danh khi đến, giữ trật tự, để điện thoại ở chế độ im lặng.",
        "Ai muốn phát biểu thì giơ tay, đăng ký với thư ký hoặc đăng ký trên điện thoại; phát biểu "
        "theo thứ tự được "
        "mời. Người chưa phát biểu được ưu tiên trước.",
        "Mỗi lượt phát biểu từ 3 đến 5 phút, nêu từng vấn đề một, đi thẳng vào chủ đề. Chủ trì có "
        "thể hỏi lại "
        "cho rõ; người hỏi có quyền trao đổi tiếp khi chưa đồng ý với câu trả lời.",
        "Người không tiện phát biểu có thể viết phiếu, gửi trên trang thông tin hoặc nói trực tiếp "
        "để thư ký ghi. "
        "Câu hỏi viết được thư ký chuyển đến chủ trì, không bỏ sót ý kiến nào.",
        "Câu hỏi ngoài nội dung hội nghị vẫn được tiếp nhận và trả lời riêng bằng văn bản.",
        "Mọi người tôn trọng ý kiến của nhau; không xúc phạm danh dự, nhân phẩm của người khác.",
        "Không nêu tên người khác để tố cáo giữa hội trường. Đơn tố cáo được nộp riêng cho người "
        "phụ trách tiếp "
        "nhận; họ tên, địa chỉ người tố cáo được giữ bí mật theo quy định.",
        "Hội nghị được ghi biên bản, có thể được ghi âm, chụp ảnh để lưu hồ sơ. Ai không muốn xuất "
        "hiện trong ảnh "
        "xin báo với thư ký.",
        "Họ tên, số điện thoại chỉ dùng để trả lời ý kiến. Danh sách công khai chỉ ghi chữ cái đầu "
        "của họ tên, "
        "trừ khi người có ý kiến đồng ý nêu đủ.",
    };
    common_head(doc, f, NULL);
    common_title(doc, "NỘI QUY", words_sentence(doc->arena, common_meeting(doc, f)));
    for (size_t i = 0; i < ARRAY_LEN(rules); i++)
        doc_paraf(doc, STYLE_BODY, "%zu. %s", i + 1, rules[i]);
    common_end(doc, "Đề nghị mọi người tham dự hội nghị thực hiện tốt Nội quy này");
}

// One line of boxes; the one whose label is `chosen` is ticked.
static void choices(struct doc *doc, const char *label, const char *const *options, int count,
                    const char *chosen)
{
    struct doc_para *para = doc_para(doc, STYLE_LARGE, NULL);
    para_bold(doc, para, label);
    for (int i = 0; i < count; i++) {
        bool ticked = chosen != NULL && strcmp(chosen, options[i]) == 0;
        para_text(doc, para, "  ");
        para_box(doc, para, ticked);
        para_text(doc, para, arena_printf(doc->arena, "\u00a0%s", options[i]));
    }
}

static void slip_author(struct doc *doc, const struct doc_facts *f, const struct doc_opinion *o)
{
    static const char *const kinds[] = {"cá nhân, hộ gia đình", "doanh nghiệp, tổ chức"};
    doc_labelled(doc, STYLE_LARGE, "Họ và tên (có thể để trống):", o != NULL ? o->author : NULL);
    choices(doc, "Đại diện cho:", kinds, 2,
            o == NULL || o->author_type == AUTHOR_IS_ANONYMOUS
                ? NULL
                : kinds[o->author_type == AUTHOR_IS_BUSINESS]);
    doc_labelled(doc, STYLE_LARGE,
                 "Tên doanh nghiệp, tổ chức (nếu có):", o != NULL ? o->organisation : NULL);
    doc_labelled(
        doc, STYLE_LARGE,
        arena_printf(doc->arena, "%s:", words_sentence(doc->arena, words_or_dots(f->unit.khom))),
        o != NULL ? o->khom : NULL);
    doc_labelled(doc, STYLE_LARGE, "Điện thoại hoặc thư điện tử:", o != NULL ? o->contact : NULL);
}

static void slip_content(struct doc *doc, const struct doc_facts *f, const struct doc_opinion *o)
{
    const char *text = o == NULL ? NULL : common_text(f, o);
    doc_labelled(doc, STYLE_LARGE, "Lĩnh vực (không bắt buộc):", o != NULL ? o->field : NULL);
    doc_para(doc, STYLE_LARGE_BOLD, "Nội dung câu hỏi, góp ý:");
    if (text != NULL) {
        doc_paras(doc, STYLE_LARGE, text);
        return;
    }
    doc_dotted_lines(doc, STYLE_WRITING, 8);
}

void build_slip(struct doc *doc, const struct doc_facts *f)
{
    static const char *const wants[] = {"phát biểu", "gửi qua thư ký", "trả lời bằng văn bản"};
    static const char *const replies[] = {"trang tra cứu", "thư giấy", "nhận tại khóm",
                                          "thư điện tử", "tin nhắn"};
    static const char *const consent[] = {"đồng ý", "không đồng ý"};
    const struct doc_opinion *o = f->opinion;
    common_head(doc, f, NULL);
    common_title(doc, "PHIẾU ĐẶT CÂU HỎI, GÓP Ý",
                 words_sentence(doc->arena, common_meeting(doc, f)));
    doc_labelled(doc, STYLE_LARGE, "Mã phiếu (thư ký ghi):", o != NULL ? o->number : NULL);
    slip_author(doc, f, o);
    choices(doc, "Tôi muốn:", wants, ARRAY_LEN(wants), o != NULL ? o->wants : NULL);
    slip_content(doc, f, o);
    const char *khom = arena_printf(doc->arena, "nhận tại %s", words_or_dots(f->unit.khom));
    const char *named[ARRAY_LEN(replies)];
    for (size_t i = 0; i < ARRAY_LEN(replies); i++)
        named[i] = i == 2 ? khom : replies[i];
    const char *chosen = o == NULL ? NULL : o->reply_by;
    choices(doc, "Nhận trả lời qua:", named, ARRAY_LEN(named), chosen);
    choices(doc, "Công khai đủ họ tên:", consent, ARRAY_LEN(consent),
            o == NULL ? NULL : consent[!o->publish_name]);
    doc_para(doc, STYLE_NOTE,
             "(Không biết viết hoặc khó viết: xin nói với thư ký để ghi giúp. Đơn tố cáo xin nộp "
             "riêng.)");
}

static void attendance_rows(struct doc *doc, const struct doc_facts *f, struct doc_table *table)
{
    const char *group = NULL;
    for (int i = 0; i < f->people_count; i++) {
        const struct doc_person *p = &f->people[i];
        if (p->group != NULL && (group == NULL || strcmp(group, p->group) != 0))
            table_band(doc, table, words_sentence(doc->arena, p->group));
        group = p->group;
        table_row(doc, table)->min_height = 22;
        table_cellf(doc, table, 0, "%d", i + 1);
        table_cell(doc, table, 1, p->name);
        table_cellf(doc, table, 2, "%s%s%s", p->position != NULL ? p->position : "",
                    p->position != NULL && p->unit != NULL ? ", " : "",
                    p->unit != NULL ? p->unit : "");
        table_cell(doc, table, 3,
                   p->arrived_ms != 0 ? words_hour(doc->arena, p->arrived_ms) : NULL);
        table_cell(doc, table, 4, NULL);
    }
}

void build_attendance(struct doc *doc, const struct doc_facts *f)
{
    static const struct doc_column columns[] = {{12, STYLE_CELL_CENTRE},
                                                {48, STYLE_CELL},
                                                {58, STYLE_CELL},
                                                {22, STYLE_CELL_CENTRE},
                                                {28, STYLE_CELL}};
    static const char *const titles[] = {"TT", "Họ và tên", "Chức vụ, đơn vị", "Giờ đến", "Ký tên"};
    common_head(doc, f, NULL);
    common_title(doc, "DANH SÁCH ĐẠI BIỂU", words_sentence(doc->arena, common_meeting(doc, f)));
    doc_labelled(doc, STYLE_BODY, "Thời gian:", common_when(doc, f));
    doc_labelled(doc, STYLE_BODY, "Địa điểm:", f->dialogue.place);
    struct doc_table *table = doc_table(doc, columns, ARRAY_LEN(columns));
    table_heading(doc, table, titles);
    attendance_rows(doc, f, table);
    int arrived = 0, blanks = f->people_count == 0 ? 20 : 5; // for those who just walk in
    for (int i = 0; i < f->people_count; i++)
        arrived += f->people[i].arrived_ms != 0;
    for (int i = 0; i < blanks; i++) {
        table_row(doc, table)->min_height = 22;
        table_cellf(doc, table, 0, "%d", f->people_count + i + 1);
        for (int c = 1; c < (int)ARRAY_LEN(columns); c++)
            table_cell(doc, table, c, NULL);
    }
    if (f->people_count > 0)
        doc_paraf(doc, STYLE_BODY, "Số người trong danh sách: %s; đã có mặt: %s.",
                  words_count(doc->arena, f->people_count),
                  arrived > 0 ? words_count(doc->arena, arrived) : DOTS);
}
