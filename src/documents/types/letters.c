// SPDX-License-Identifier: AGPL-3.0-or-later
// Letters about one opinion: the written answer (form 1.5), the notice of time and responsible
// agency (R59), the referral to the competent level with the full text (R80-R82).
#include "documents/types/types.h"

static const struct doc_opinion nobody;

static const struct doc_opinion *selected(const struct doc_facts *f)
{
    return f->opinion != NULL ? f->opinion : &nobody;
}

// "Ngày ..., tại hội nghị ..., ông/bà ... có ý kiến (mã số ...)": how each letter begins.
static void reference(struct doc *doc, const struct doc_facts *f, const struct doc_opinion *o)
{
    struct arena *a = doc->arena;
    const struct doc_dialogue *d = &f->dialogue;
    int32_t held = d->opened_ms != 0 ? instant_day(d->opened_ms) : o->received_day;
    const char *day = f->opinion == NULL ? words_day(a, DAY_NONE) : words_day(a, held);
    doc_paraf(doc, STYLE_BODY, "Qua %s (%s), Ủy ban nhân dân %s nhận được ý kiến số %s của %s%s%s.",
              common_meeting(doc, f), day, words_or_dots(f->unit.name), words_or_dots(o->number),
              common_addressed_author(doc, o), o->khom != NULL ? ", " : "",
              o->khom != NULL ? o->khom : "");
}

static void quoted(struct doc *doc, const char *label, const char *text)
{
    if (text == NULL) {
        doc_labelled(doc, STYLE_BODY, label, NULL);
        return;
    }
    doc_labelled(doc, STYLE_BODY, label, arena_printf(doc->arena, "“%s”", text));
}

static const char *addressee(struct doc *doc, const struct doc_opinion *o)
{
    const char *who = words_sentence(doc->arena, common_addressed_author(doc, o));
    if (o->organisation != NULL && o->author != NULL)
        who = arena_printf(doc->arena, "%s, đại diện %s", who, o->organisation);
    return o->khom != NULL ? arena_printf(doc->arena, "%s, %s", who, o->khom) : who;
}

static void answer_part(struct doc *doc, const struct doc_facts *f, const struct doc_answer *answer)
{
    struct arena *a = doc->arena;
    if (answer == NULL) {
        doc_paraf(doc, STYLE_BODY, "%s trả lời như sau:", words_committee(a, &f->unit));
        doc_dotted_lines(doc, STYLE_BODY, 5);
        return;
    }
    doc_paraf(doc, STYLE_BODY,
              "Sau khi xem xét, %s trả lời như sau:", words_committee(a, &f->unit));
    doc_paras(doc, STYLE_BODY, answer->text);
    for (int i = 0; i < answer->legal_refs.count; i++)
        doc_paraf(doc, STYLE_BODY, "Căn cứ pháp luật: %s.",
                  words_bare(a, answer->legal_refs.items[i]));
}

void build_answer(struct doc *doc, const struct doc_facts *f)
{
    const struct doc_opinion *o = selected(f);
    const struct doc_dialogue *d = &f->dialogue;
    struct arena *a = doc->arena;
    const char *subject = arena_printf(a, "trả lời ý kiến của %s", common_addressed_author(doc, o));
    common_head(doc, f, subject);
    doc->title = model_clean(a, arena_printf(a, "Công văn %s", subject));
    common_addressee(doc, addressee(doc, o));
    reference(doc, f, o);
    quoted(doc, "Nội dung ý kiến:", o->text);
    answer_part(doc, f, common_last_answer(o));
    doc_paraf(
        doc, STYLE_BODY,
        "Nếu chưa đồng ý với nội dung trả lời, trong %d ngày kể từ ngày nhận được Công văn này, %s "
        "có thể tiếp "
        "tục trao đổi bằng mã số trên giấy biên nhận, qua Ban nhân dân %s hoặc trực tiếp tại %s.",
        d->window_days > 0 ? d->window_days : 15, common_addressed_author(doc, o),
        words_or_dots(f->unit.khom), f->unit.office != NULL ? f->unit.office : "Văn phòng");
    common_end(doc,
               arena_printf(a, "Ủy ban nhân dân %s trân trọng cảm ơn sự quan tâm, góp ý của %s",
                            words_or_dots(f->unit.name), common_addressed_author(doc, o)));
    common_sign(doc, f, "Như trên");
}

// Who is responsible and until when: from the referral, else from the extension.
struct responsibility {
    const char *agency, *why;
    int32_t expected_day;
    bool outside;
};

static struct responsibility responsibility_of(const struct doc_opinion *o)
{
    if (o->referrals_count > 0) {
        const struct doc_referral *r = &o->referrals[o->referrals_count - 1];
        return (struct responsibility){r->agency, r->why, r->expected_day, true};
    }
    if (o->assignments_count > 0) {
        const struct doc_assignment *g = &o->assignments[o->assignments_count - 1];
        return (struct responsibility){g->to, o->note, g->due_day, false};
    }
    return (struct responsibility){NULL, NULL, DAY_NONE, false};
}

void build_time_notice(struct doc *doc, const struct doc_facts *f)
{
    const struct doc_opinion *o = selected(f);
    struct responsibility r = responsibility_of(o);
    struct arena *a = doc->arena;
    const char *subject = "thông báo thời gian và cơ quan giải quyết ý kiến, kiến nghị";
    common_head(doc, f, subject);
    doc->title = arena_printf(a, "Công văn %s", subject);
    common_addressee(doc, addressee(doc, o));
    reference(doc, f, o);
    quoted(doc, "Nội dung ý kiến:", o->text);
    doc_para(doc, STYLE_BODY,
             r.outside
                 ? "Nội dung này thuộc thẩm quyền của cơ quan khác nên chưa thể có kết quả ngay."
                 : "Nội dung này cần thêm thời gian nghiên cứu, phối hợp để giải quyết chính xác, "
                   "khách quan, "
                   "đúng trình tự pháp luật.");
    common_sentence(doc, "1. Lý do chưa trả lời được:", r.why);
    common_sentence(doc, "2. Cơ quan có trách nhiệm giải quyết:", r.agency);
    doc_labelled(doc, STYLE_BODY, "3. Thời gian dự kiến có kết quả:",
                 day_known(r.expected_day) ? arena_printf(a, "%s.", words_day(a, r.expected_day))
                                           : NULL);
    doc_labelled(doc, STYLE_BODY, "4. Đầu mối theo dõi:",
                 f->unit.office == NULL ? NULL
                                        : arena_printf(a, "%s%s%s.", f->unit.office,
                                                       f->unit.phone != NULL ? ", điện thoại " : "",
                                                       f->unit.phone != NULL ? f->unit.phone : ""));
    common_end(doc,
               arena_printf(a, "Ủy ban nhân dân %s sẽ theo dõi và gửi kết quả đến %s ngay khi có",
                            words_or_dots(f->unit.name), common_addressed_author(doc, o)));
    common_sign(doc, f, "Như trên");
}

void build_referral(struct doc *doc, const struct doc_facts *f)
{
    const struct doc_opinion *o = selected(f);
    const struct doc_referral *r =
        o->referrals_count > 0 ? &o->referrals[o->referrals_count - 1] : NULL;
    struct arena *a = doc->arena;
    const char *agency = r != NULL ? r->agency : f->unit.above;
    common_head(doc, f, NULL);
    common_title(doc, "PHIẾU CHUYỂN",
                 arena_printf(a, "Ý kiến, kiến nghị số %s", words_or_dots(o->number)));
    common_addressee(doc, agency);
    reference(doc, f, o);
    doc_para(doc, STYLE_CLAUSE, "1. Nguyên văn nội dung");
    if (o->text != NULL)
        doc_paras(doc, STYLE_BODY, arena_printf(a, "“%s”", o->text));
    else
        doc_dotted_lines(doc, STYLE_BODY, 5);
    common_sentence(doc, "2. Lý do chuyển:", r != NULL ? r->why : NULL);
    doc_labelled(doc, STYLE_BODY, "3. Thời hạn đề nghị trả lời:",
                 r != NULL && day_known(r->expected_day)
                     ? arena_printf(a, "%s.", words_day(a, r->expected_day))
                     : NULL);
    doc_paraf(doc, STYLE_BODY,
              "Ủy ban nhân dân %s kính chuyển và đề nghị %s xem xét, giải quyết theo thẩm quyền, "
              "trả lời cho người có "
              "ý kiến, đồng thời gửi kết quả về Ủy ban nhân dân %s để theo dõi.",
              words_or_dots(f->unit.name), words_or_dots(agency), words_or_dots(f->unit.name));
    common_end(doc, "Trân trọng cảm ơn sự phối hợp của quý cơ quan");
    common_sign(doc, f, "Như trên");
}
