// SPDX-License-Identifier: AGPL-3.0-or-later
// What every dialogue's documents share: who attends (R22-R36), who does what (R88-R102), on what
// people are asked to speak (R40-R47), legal bases with the time they are in force (R8), who
// receives which document (R104-R110).
#include "actions/document_facts.h"

#include <string.h>

#include "base/day.h"
#include "domain/attendance.h"

static const struct doc_duty DUTIES[] = {
    {"Văn phòng Ủy ban nhân dân phường",
     "Giúp Ủy ban nhân dân phường xây dựng Kế hoạch; chuẩn bị nội dung, chương trình và các điều "
     "kiện phục vụ hội nghị.\n"
     "Sau hội nghị, tổng hợp ý kiến, kiến nghị và báo cáo Ban Thường vụ Đảng ủy phường.",
     NULL, NULL, DAY_NONE},
    {"Cán bộ, công chức chuyên môn, người hoạt động không chuyên trách",
     "Dự hội nghị đầy đủ; trả lời ngay hoặc tiếp thu các ý kiến thuộc lĩnh vực mình phụ trách.",
     NULL, NULL, DAY_NONE},
    {"Công chức Văn hóa",
     "Thông tin rộng rãi về nội dung, thời gian và địa điểm trên loa truyền thanh và các phương "
     "tiện thông tin của phường "
     "để Nhân dân biết, tham dự.",
     NULL, NULL, DAY_NONE},
    {"Thường trực Hội đồng nhân dân, Ủy ban Mặt trận Tổ quốc Việt Nam và các đoàn thể phường",
     "Được mời tham dự, theo dõi và giám sát việc tổ chức hội nghị, việc giải quyết ý kiến của "
     "Nhân dân.",
     NULL, NULL, DAY_NONE},
    {"Ban nhân dân các khóm",
     "Phổ biến mục đích, yêu cầu của hội nghị; mời đại diện cán bộ, Nhân dân của khóm đến dự đối "
     "thoại.",
     NULL, NULL, DAY_NONE},
};

static const char *const TOPICS[] = {
    "việc triển khai, thực hiện nghị quyết của Đảng, Nhà nước và của Hội đồng nhân dân",
    "quản lý nhà nước về kinh tế, xây dựng cơ bản, văn hóa - xã hội, quân sự, an ninh trật tự",
    "cải cách hành chính",
    "thực hiện dân chủ ở cơ sở",
    "xây dựng phường văn minh đô thị",
    "phòng, chống tham nhũng, lãng phí, tiêu cực",
    "tiếp công dân, giải quyết khiếu nại, tố cáo",
    "phẩm chất, đạo đức, trách nhiệm thực thi công vụ của cán bộ, công chức",
};

static const struct {
    const char *text;
    int from[3], until[3]; // until {0}: still in force
} BASES[] = {
    {"Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015", {2016, 1, 1}, {2025, 3, 1}},
    {"Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền địa "
     "phương ngày 22 tháng "
     "11 năm 2019",
     {2020, 7, 1},
     {2025, 3, 1}},
    {"Luật Thực hiện dân chủ ở cơ sở ngày 10 tháng 11 năm 2022", {2023, 7, 1}, {0}},
    {"Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025", {2025, 6, 16}, {0}},
};

int document_bases_until(int32_t day, struct document_base *bases, int room)
{
    int count = 0;
    for (size_t i = 0; i < ARRAY_LEN(BASES) && count < room; i++) {
        const int *from = BASES[i].from, *until = BASES[i].until;
        int32_t ends = until[0] == 0 ? DAY_NONE : day_of_civil(until[0], until[1], until[2]);
        if (ends != DAY_NONE && day >= ends)
            bases[count++] = (struct document_base){BASES[i].text,
                                                    day_of_civil(from[0], from[1], from[2]), ends};
    }
    return count;
}

static const char *const TO_ALL[] = {
    "Thường trực Đảng ủy, Hội đồng nhân dân phường",
    "Chủ tịch và các Phó Chủ tịch Ủy ban nhân dân phường",
    "Ủy ban Mặt trận Tổ quốc Việt Nam và các tổ chức chính trị - xã hội phường",
    "Công chức chuyên môn và người hoạt động không chuyên trách phường",
    "Trạm Y tế, các trường học trên địa bàn",
    "Ban nhân dân các khóm",
};
static const char *const TO_PARTY[] = {"Ban Thường vụ Đảng ủy phường",
                                       "Thường trực Hội đồng nhân dân phường",
                                       "Ủy ban Mặt trận Tổ quốc Việt Nam phường"};
static const char *const TO_AUTHOR[] = {"Như trên", "Chủ tịch Ủy ban nhân dân phường"};

/// The level above by the unit's own settings: since 2025 it is the province (R104, R105).
static struct doc_texts to_all(struct facts_builder *b)
{
    const struct setting_list *settings = &b->unit->settings;
    const char *council = setting_of(settings, "above_council", ""),
               *home = setting_of(settings, "above_home", "");
    const char **list = arena_array(b->arena, const char *, ARRAY_LEN(TO_ALL) + 2);
    int count = 0;
    list[count++] = *council != 0 ? council
                                  : arena_printf(b->arena, "Hội đồng nhân dân, %s",
                                                 setting_of(settings, "above_name", "UBND tỉnh"));
    if (*home != 0) list[count++] = home;
    for (size_t i = 0; i < ARRAY_LEN(TO_ALL); i++)
        list[count++] = TO_ALL[i];
    return (struct doc_texts){list, count};
}

static struct doc_texts recipients_of(struct facts_builder *b, enum doc_type type)
{
    switch (type) {
    case DOC_ANSWER:
    case DOC_TIME_NOTICE:
    case DOC_REFERRAL:
        return (struct doc_texts){TO_AUTHOR, (int)ARRAY_LEN(TO_AUTHOR)};
    case DOC_SYNTHESIS:
    case DOC_PROGRESS:
        return (struct doc_texts){TO_PARTY, (int)ARRAY_LEN(TO_PARTY)};
    case DOC_PLAN:
    case DOC_NOTICE:
    case DOC_BULLETIN:
    case DOC_POSTER:
    case DOC_INVITATION:
    case DOC_PROGRAMME:
    case DOC_RULES:
    case DOC_SLIP:
    case DOC_ATTENDANCE:
    case DOC_REPORT:
    case DOC_MINUTES:
    case DOC_CONCLUSION:
    case DOC_TASK:
    case DOC_REGISTER:
    case DOC_TYPE_COUNT:
        break;
    }
    return to_all(b);
}

/// Those of the type, then what the archivist added.
static struct doc_texts with_further(struct facts_builder *b, struct doc_texts usual)
{
    const struct document_number *given = b->request->given;
    const char *more = given == NULL || given->recipients == NULL ? "" : given->recipients;
    int lines = 1;
    for (const char *p = more; *p != 0; p++)
        lines += *p == '\n';
    const char **list = arena_array(b->arena, const char *, (size_t)(usual.count + lines));
    int count = 0;
    for (; count < usual.count; count++)
        list[count] = usual.items[count];
    while (*more != 0) {
        size_t len = strcspn(more, "\n");
        if (len > 0) list[count++] = arena_strndup(b->arena, more, len);
        more += len + (more[len] == '\n');
    }
    return (struct doc_texts){list, count};
}

/// Those in force on the document's day; the plan of 2024 keeps the laws of its time (X15).
static void bases(struct facts_builder *b)
{
    int32_t on =
        b->facts->issue.day != DAY_NONE ? b->facts->issue.day : instant_day(b->request->now_ms);
    struct doc_basis *list = arena_array(b->arena, struct doc_basis, ARRAY_LEN(BASES));
    int count = 0;
    for (size_t i = 0; i < ARRAY_LEN(BASES); i++) {
        int32_t from = day_of_civil(BASES[i].from[0], BASES[i].from[1], BASES[i].from[2]);
        bool ended = BASES[i].until[0] != 0 &&
                     on >= day_of_civil(BASES[i].until[0], BASES[i].until[1], BASES[i].until[2]);
        if (on >= from && !ended) list[count++] = (struct doc_basis){BASES[i].text, true};
    }
    b->facts->bases = list;
    b->facts->bases_count = count;
}

void document_tables(struct facts_builder *b)
{
    struct doc_dialogue *d = &b->facts->dialogue;
    static const enum doc_level levels[ATTEND_SIDE_COUNT] = {LEVEL_WARD, LEVEL_KHOM, LEVEL_PEOPLE,
                                                             LEVEL_PEOPLE};
    struct doc_group *groups = arena_array(b->arena, struct doc_group, PART_COUNT);
    for (int i = 0; i < PART_COUNT; i++)
        groups[i] = (struct doc_group){attend_part_in_plan((enum attend_part)i),
                                       levels[attend_side_of((enum attend_part)i)], -1, -1};
    d->groups = groups;
    d->groups_count = PART_COUNT;
    d->duties = DUTIES;
    d->duties_count = (int)ARRAY_LEN(DUTIES);
    d->topics = (struct doc_texts){TOPICS, (int)ARRAY_LEN(TOPICS)};
    b->facts->issue.recipients = with_further(b, recipients_of(b, b->request->type));
    bases(b);
}
