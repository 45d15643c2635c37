// SPDX-License-Identifier: AGPL-3.0-or-later
// The plan (kế hoạch) of a dialogue, form 1.4: rules R1-R111 of the seed plan said from data, in
// our own words. The wording below states the program's process; names, numbers, topics and duties
// are facts.
#include "documents/types/types.h"

static void purposes(struct doc *doc)
{
    doc_para(doc, STYLE_PART, "I. MỤC ĐÍCH, YÊU CẦU");
    doc_para(doc, STYLE_CLAUSE, "1. Mục đích");
    doc_para(doc, STYLE_BODY,
             "a) Đưa chủ trương của Đảng, chính sách và pháp luật của Nhà nước đến với Nhân dân, "
             "doanh nghiệp "
             "một cách thiết thực, dễ hiểu, dễ thực hiện.");
    doc_para(doc, STYLE_BODY,
             "b) Lắng nghe tâm tư, nguyện vọng, ý kiến phản ánh và kiến nghị của Nhân dân, doanh "
             "nghiệp; sớm nhận "
             "ra khó khăn, vướng mắc mới nảy sinh để xử lý, đồng thời đề xuất sửa đổi, bổ sung "
             "những chính "
             "sách, quy định chưa sát với thực tế địa phương.");
    doc_para(doc, STYLE_BODY,
             "c) Tạo thêm điều kiện để Nhân dân giám sát, kiểm tra hoạt động lãnh đạo, điều hành "
             "của cấp ủy, "
             "chính quyền trong mọi lĩnh vực của đời sống, từ kinh tế - xã hội đến quân sự cơ sở, "
             "an ninh trật "
             "tự; qua đó góp sức xây dựng Đảng, xây dựng chính quyền trong sạch, vững mạnh.");
    doc_para(doc, STYLE_CLAUSE, "2. Yêu cầu");
    doc_para(doc, STYLE_BODY,
             "a) Các khâu chuẩn bị được thực hiện kỹ lưỡng, có chất lượng; hội nghị tiến hành "
             "nghiêm túc, đi "
             "thẳng vào những việc Nhân dân quan tâm và đem lại kết quả cụ thể.");
    doc_para(doc, STYLE_BODY,
             "b) Mọi ý kiến gửi đến hội nghị đều được ghi nhận đầy đủ, có người chịu trách nhiệm "
             "trả lời và được "
             "theo dõi đến khi có kết quả.");
}

static void groups_of(struct doc *doc, const struct doc_facts *f, enum doc_level level,
                      const char *title)
{
    const struct doc_dialogue *d = &f->dialogue;
    int left = 0;
    for (int i = 0; i < d->groups_count; i++)
        left += d->groups[i].level == level;
    if (left == 0) return;
    doc_para(doc, STYLE_BODY, title);
    for (int i = 0; i < d->groups_count; i++) {
        if (d->groups[i].level == level)
            common_listed(doc, STYLE_BODY, words_sentence(doc->arena, d->groups[i].name),
                          --left == 0);
    }
}

static void composition(struct doc *doc, const struct doc_facts *f)
{
    struct arena *a = doc->arena;
    const struct doc_dialogue *d = &f->dialogue;
    const char *khom = words_or_dots(f->unit.khom);
    doc_labelled(doc, STYLE_BODY, "1. Chủ trì đối thoại:",
                 arena_printf(a, "%s.", words_bare(a, common_chair(doc, f))));
    if (d->profile >= 2025)
        doc_labelled(doc, STYLE_BODY, "Đồng chủ trì:",
                     d->co_chair.name != NULL || d->co_chair.position != NULL
                         ? arena_printf(a, "%s.", words_person(a, &d->co_chair))
                         : NULL);
    doc_para(doc, STYLE_CLAUSE, "2. Thành phần tham dự");
    if (d->groups_count == 0) doc_labelled(doc, STYLE_BODY, "Gồm:", NULL);
    groups_of(doc, f, LEVEL_WARD, arena_printf(a, "a) Cấp %s:", words_or_dots(f->unit.kind)));
    groups_of(doc, f, LEVEL_KHOM, arena_printf(a, "b) Cấp %s:", khom));
    groups_of(doc, f, LEVEL_PEOPLE, "c) Nhân dân, doanh nghiệp:");
    doc_labelled(
        doc, STYLE_BODY, "3. Đối tượng đối thoại:",
        arena_printf(
            a,
            "mọi người dân, doanh nghiệp, đoàn viên, hội viên trên địa bàn %s. Người không đến "
            "hội trường có thể gửi ý kiến bằng phiếu, qua Ban nhân dân %s hoặc trên trang thông "
            "tin của hội nghị.",
            words_or_dots(f->unit.kind), khom));
}

static void contents(struct doc *doc, const struct doc_facts *f)
{
    struct arena *a = doc->arena;
    const struct doc_dialogue *d = &f->dialogue;
    const char *ubnd = words_committee(a, &f->unit);
    doc_para(doc, STYLE_CLAUSE, "4. Nội dung đối thoại");
    doc_paraf(doc, STYLE_BODY,
              "a) Chủ tịch %s thông tin ngắn gọn về tình hình kinh tế - xã hội, công tác quân sự ở "
              "cơ sở, an ninh "
              "trật tự và những việc lớn của địa phương đang được Nhân dân, doanh nghiệp quan tâm.",
              ubnd);
    doc_para(doc, STYLE_BODY,
             "b) Nhân dân, doanh nghiệp phát biểu, góp ý với chính quyền về các chủ đề:");
    for (int i = 0; i < d->topics.count; i++)
        common_listed(doc, STYLE_BODY, words_sentence(a, d->topics.items[i]),
                      i + 1 == d->topics.count);
    if (d->topics.count == 0) doc_labelled(doc, STYLE_BODY, "-", NULL);
    doc_para(doc, STYLE_BODY,
             "c) Nhân dân góp ý về phẩm chất chính trị, đạo đức, lối sống, tinh thần nêu gương và "
             "trách nhiệm thi "
             "hành công vụ của cán bộ, công chức, trước hết là người đứng đầu chính quyền; nêu "
             "những việc cần "
             "được tập trung chỉ đạo.");
    doc_paraf(doc, STYLE_BODY,
              "d) Chủ tịch %s trả lời và chỉ đạo giải quyết ngay tại hội nghị những việc đã rõ. "
              "Việc chưa trả lời "
              "được ngay thì giải quyết sau hội nghị, trong thời hạn không quá %d ngày kể từ ngày "
              "hội nghị kết thúc.",
              ubnd, d->deferred_days > 0 ? d->deferred_days : 30);
    doc_para(doc, STYLE_BODY,
             "đ) Việc vượt thẩm quyền, hoặc phức tạp, liên quan đến nhiều ngành, cần thêm thời "
             "gian để giải quyết "
             "chính xác, khách quan, đúng trình tự pháp luật: cơ quan chủ trì phải báo cho người "
             "có ý kiến biết "
             "rõ cơ quan chịu trách nhiệm và thời gian giải quyết.");
}

// Profile 2025: results are made public within days, in every neighbourhood too.
static void publicity(struct doc *doc, const struct doc_facts *f)
{
    const struct doc_dialogue *d = &f->dialogue;
    if (d->notice_days > 0)
        doc_paraf(doc, STYLE_BODY,
                  "e) Thời gian, địa điểm, nội dung và cách tham dự được thông báo rộng rãi ít "
                  "nhất %s ngày trước "
                  "hội nghị.",
                  words_count(doc->arena, d->notice_days));
    if (d->results_days > 0)
        doc_paraf(doc, STYLE_BODY,
                  "g) Kết quả hội nghị được công bố, niêm yết tại trụ sở và gửi đến từng %s chậm "
                  "nhất %s ngày sau khi "
                  "hội nghị kết thúc.",
                  words_or_dots(f->unit.khom), words_count(doc->arena, d->results_days));
}

static void method(struct doc *doc)
{
    doc_para(doc, STYLE_CLAUSE, "5. Phương pháp đối thoại");
    doc_para(doc, STYLE_BODY,
             "a) Đối thoại lần lượt từng chủ đề, từng vấn đề, từng câu hỏi; khi trả lời phải giải "
             "thích rõ quy "
             "định của pháp luật có liên quan.");
    doc_para(doc, STYLE_BODY,
             "b) Rút ngắn phần trình bày từ một phía để dành nhiều thời gian hơn cho Nhân dân, "
             "doanh nghiệp; "
             "chủ trì có thể hỏi lại cho rõ ý kiến.");
    doc_para(doc, STYLE_BODY,
             "c) Câu hỏi ngoài nội dung hội nghị vẫn được tiếp nhận và được trả lời riêng bằng văn "
             "bản; chủ trì "
             "nhắc người phát biểu bám sát chủ đề, nêu gọn vào trọng tâm.");
}

static void programme(struct doc *doc, const struct doc_facts *f)
{
    doc_para(doc, STYLE_CLAUSE, "6. Chương trình đối thoại");
    if (f->dialogue.programme_count > 0)
        common_programme(doc, f);
    else
        doc_labelled(doc, STYLE_BODY, "Gồm:", NULL);
    doc_paraf(
        doc, STYLE_BODY,
        "Câu hỏi viết được gửi đến chủ trì thông qua thư ký hội nghị. Chủ trì trả lời hoặc phân "
        "công lãnh "
        "đạo, đơn vị chuyên môn có thẩm quyền trả lời; giao cơ quan, đơn vị chức năng nghiên cứu, "
        "tham mưu "
        "những việc chưa giải quyết được để trả lời người dân sớm nhất. Việc ngoài thẩm quyền của "
        "%s được "
        "tiếp thu đầy đủ, kiến nghị cấp có thẩm quyền xem xét và thông tin lại cho người có ý "
        "kiến. Sau "
        "mỗi phần trả lời, người dân được tiếp tục trao đổi cho đến khi đi tới kết luận chung.",
        words_or_dots(f->unit.kind));
}

static void time_and_place(struct doc *doc, const struct doc_facts *f)
{
    const struct doc_dialogue *d = &f->dialogue;
    doc_para(doc, STYLE_CLAUSE, "7. Thời gian, địa điểm, số lượng");
    const char *when = common_when(doc, f);
    doc_labelled(doc, STYLE_BODY,
                 "- Thời gian:", when == NULL ? NULL : arena_printf(doc->arena, "%s.", when));
    doc_labelled(doc, STYLE_BODY, "- Địa điểm:",
                 d->place == NULL
                     ? NULL
                     : arena_printf(doc->arena, "%s.", words_bare(doc->arena, d->place)));
    doc_labelled(doc, STYLE_BODY, "- Số lượng:",
                 d->seats > 0 ? arena_printf(doc->arena, "khoảng %d người.", d->seats) : NULL);
}

static void duties(struct doc *doc, const struct doc_facts *f)
{
    const struct doc_dialogue *d = &f->dialogue;
    doc_para(doc, STYLE_PART, "III. TỔ CHỨC THỰC HIỆN");
    for (int i = 0; i < d->duties_count; i++) {
        const struct doc_duty *duty = &d->duties[i];
        doc_paraf(doc, STYLE_CLAUSE, "%d. %s", i + 1, words_or_dots(duty->who));
        doc_paras(doc, STYLE_BODY, words_or_dots(duty->what));
        if (duty->with != NULL)
            doc_paraf(doc, STYLE_BODY, "Đơn vị phối hợp: %s.", words_bare(doc->arena, duty->with));
        if (day_known(duty->due_day))
            doc_paraf(doc, STYLE_BODY, "Hoàn thành trước %s.",
                      words_day(doc->arena, duty->due_day));
    }
    if (d->duties_count == 0) doc_labelled(doc, STYLE_BODY, "1.", NULL);
}

void build_plan(struct doc *doc, const struct doc_facts *f)
{
    struct arena *a = doc->arena;
    common_head(doc, f, NULL);
    common_title(doc, "KẾ HOẠCH", arena_printf(a, "Tổ chức %s", common_meeting(doc, f)));
    common_bases(doc, f);
    doc_paraf(doc, STYLE_BODY,
              "Ủy ban nhân dân %s tổ chức %s với các nội dung sau:", words_or_dots(f->unit.name),
              common_meeting(doc, f));
    purposes(doc);
    doc_para(doc, STYLE_PART, "II. HÌNH THỨC, THÀNH PHẦN, THỜI GIAN, ĐỊA ĐIỂM");
    composition(doc, f);
    contents(doc, f);
    publicity(doc, f);
    method(doc);
    programme(doc, f);
    time_and_place(doc, f);
    duties(doc, f);
    common_end(
        doc,
        arena_printf(a,
                     "Trên đây là Kế hoạch tổ chức %s. Các đơn vị, cá nhân được phân công chủ động "
                     "thực hiện; việc vướng mắc báo về %s để trình Chủ tịch %s quyết định",
                     common_meeting(doc, f), f->unit.office != NULL ? f->unit.office : "Văn phòng",
                     words_committee(a, &f->unit)));
    common_sign(doc, f, NULL);
}
