// SPDX-License-Identifier: AGPL-3.0-or-later
// The sample ward's invitees, its door, its office's texts and the synthesis handed over. Every
// name is invented. Names that people gave at the door stand in the table, as on paper.
#include "cli/demo.h"

#include <string.h>

#include "actions/attendance.h"
#include "actions/reports.h"

enum { LIST_ROWS = 8 };

/// Lists by number: beat->opinion of "invite".
static const struct {
    int khom;
    struct invite_row rows[LIST_ROWS];
} LISTS[] = {
    {0, {{0}}},
    {1,
     {{"Bùi Văn Ất", "Bí thư Chi bộ Khóm 1", NULL, PART_CELL, 1},
      {"Đỗ Văn K", "Trưởng Khóm 1", NULL, PART_KHOM_HEAD, 1},
      {"Trần Thị Mẫu", "Tổ 2", NULL, PART_RESIDENTS, 1},
      {"Nguyễn Văn Thử", "Tổ 5", NULL, PART_RESIDENTS, 1},
      {"Lê Thị Ví Dụ", "chủ tiệm tạp hóa", NULL, PART_BUSINESSES, 1}}},
    {2,
     {{"Phan Thị Bính", "Bí thư Chi bộ Khóm 2", NULL, PART_CELL, 2},
      {"Hồ Thị L", "Trưởng Khóm 2", NULL, PART_KHOM_HEAD, 2},
      {"Cao Văn Đinh", "Trưởng Ban công tác Mặt trận Khóm 2", NULL, PART_KHOM_FRONT, 2},
      {"Võ Thị Mậu", "Tổ 1", NULL, PART_RESIDENTS, 2},
      {"Huỳnh Văn Kỷ", "Tổ 3", NULL, PART_RESIDENTS, 2}}},
    {3,
     {{"Ngô Văn M", "Trưởng Khóm 3", NULL, PART_KHOM_HEAD, 3},
      {"Đoàn Thị Canh", "Chi hội trưởng Phụ nữ Khóm 3", NULL, PART_BRANCHES, 3},
      {"Tô Văn Tân", "Tổ 4", NULL, PART_RESIDENTS, 3},
      {"Lương Thị Nhâm", "Tổ 4", NULL, PART_RESIDENTS, 3},
      {"Kiều Văn Quý", "Tổ 6", NULL, PART_RESIDENTS, 3}}},
    {4,
     {{"Dương Thị N", "Trưởng Khóm 4", NULL, PART_KHOM_HEAD, 4},
      {"Mạc Văn Tý", "Phó Khóm 4", NULL, PART_KHOM_HEAD, 4},
      {"Châu Thị Sửu", "Tổ 1", NULL, PART_RESIDENTS, 4},
      {"Lại Văn Dần", "Tổ 2", NULL, PART_RESIDENTS, 4},
      {"Quách Thị Mão", "Tổ 7", NULL, PART_RESIDENTS, 4}}},
    {5,
     {{"Lý Văn O", "Trưởng Khóm 5", NULL, PART_KHOM_HEAD, 5},
      {"Thạch Văn Thìn", "Bí thư Chi đoàn Khóm 5", NULL, PART_BRANCHES, 5},
      {"Giang Thị Tỵ", "Tổ 3", NULL, PART_RESIDENTS, 5},
      {"Vương Văn Ngọ", "Tổ 3", NULL, PART_RESIDENTS, 5},
      {"Hứa Thị Mùi", "Tổ 5", NULL, PART_RESIDENTS, 5}}},
    {0,
     {{"Trịnh Văn Thân", "Trưởng Trạm Y tế phường", NULL, PART_HEALTH, 0},
      {"Âu Thị Dậu", "Hiệu trưởng Trường Tiểu học Mẫu", NULL, PART_SCHOOLS, 0},
      {"Khương Văn Tuất", "Giám đốc Công ty May Mẫu", NULL, PART_BUSINESSES, 0},
      {"Nghiêm Thị Hợi", "Hộ kinh doanh chợ phường", NULL, PART_BUSINESSES, 0}}},
};

static const char *value_of(const struct beat *beat, int at)
{
    return beat->with[at].value != NULL ? beat->with[at].value : "";
}

static void fill_invite(struct act *act, const struct beat *beat)
{
    struct invite *invite = arena_new(&act->input, struct invite);
    ensure(beat->opinion > 0 && beat->opinion < (int)ARRAY_LEN(LISTS));
    invite->rows = LISTS[beat->opinion].rows;
    invite->consent = true;
    while (invite->count < LIST_ROWS && invite->rows[invite->count].name != NULL)
        invite->count++;
    act->run = run_invite;
    act->extra = invite;
}

static void fill_attend(struct act *act, const struct beat *beat, enum attend_action action)
{
    struct attendance *a = arena_new(&act->input, struct attendance);
    *a = (struct attendance){.action = action,
                             .invitee = beat->opinion,
                             .typed = value_of(beat, 0),
                             .text = value_of(beat, 1),
                             .row = {"", "", NULL, PART_RESIDENTS, 0}};
    if (action == ATTEND_WALK_IN) { // the name, then the khóm
        a->row.name = value_of(beat, 0);
        a->row.khom = beat->opinion;
        a->consent = *a->row.name != 0;
        a->invitee = 0;
    }
    act->run = run_attend;
    act->extra = a;
}

static void fill_texts(struct act *act)
{
    static const struct paper_texts texts = {
        .at = {
            [PAPER_ECONOMY] =
                "Sáu tháng đầu năm, thu ngân sách đạt sáu mươi hai phần trăm dự toán. Ba tuyến hẻm "
                "được bê tông hóa bằng vốn phường và đóng góp của Nhân dân.\nTrạm Y tế khám cho "
                "hơn "
                "bốn nghìn lượt người; không còn trẻ em trong độ tuổi chưa đến trường.",
            [PAPER_MILITARY] = "Hoàn thành tuyển quân, giao đủ số thanh niên nhập ngũ; dân quân "
                               "trực đủ ca, diễn tập phòng chống lụt bão trong tháng 5.",
            [PAPER_SECURITY] = "Số vụ trộm cắp giảm so với cùng kỳ. Còn phản ánh về tiếng ồn ban "
                               "đêm và đậu xe lấn lòng đường trước chợ.",
            [PAPER_OTHER] = "Ngập ở Khóm 4 khi mưa lớn; vỉa hè trước chợ; sân chơi cho trẻ em ở "
                            "Khóm 3.",
        }};
    act->run = run_texts_write;
    act->extra = arena_memdup(&act->input, &texts, sizeof(texts));
}

static void fill_assessment(struct act *act)
{
    static const struct paper_texts texts = {
        .at = {
            [PAPER_ASSESSMENT] =
                "Hội nghị diễn ra dân chủ, cởi mở. Người dân và doanh nghiệp nêu đúng những việc "
                "đang cần; phần lớn được trả lời ngay. Việc tồn tại: có phần trả lời sau hội nghị "
                "cần được đôn đốc sát hơn.",
            [PAPER_PROPOSALS] = "Đề nghị thành phố xem xét sửa khung giá thuê sạp chợ cho sát với "
                                "sức mua hiện nay\n"
                                "Đề nghị bổ sung quy định về giờ mở loa trong khu dân cư",
        }};
    act->run = run_texts_write;
    act->extra = arena_memdup(&act->input, &texts, sizeof(texts));
}

static void fill_dispatch(struct act *act, const struct beat *beat)
{
    struct dispatch *d = arena_new(&act->input, struct dispatch);
    *d = (struct dispatch){.type = "synthesis",
                           .recipient = "Ban Thường vụ Đảng ủy phường",
                           .receiver = value_of(beat, 0),
                           .note = "Giao tận tay một bản giấy"};
    ensure(day_parse(value_of(beat, 1), &d->day));
    act->run = run_dispatch_add;
    act->extra = d;
}

bool demo_fill_meeting(struct act *act, const struct beat *beat)
{
    static const struct {
        const char *does;
        enum attend_action action;
    } ATTEND[] = {{"deliver_invitation", ATTEND_DELIVER},
                  {"check_in", ATTEND_CHECK_IN},
                  {"walk_in", ATTEND_WALK_IN},
                  {"absent", ATTEND_ABSENT}};
    for (size_t i = 0; i < ARRAY_LEN(ATTEND); i++)
        if (strcmp(beat->does, ATTEND[i].does) == 0)
            return fill_attend(act, beat, ATTEND[i].action), true;
    if (strcmp(beat->does, "invite") == 0) return fill_invite(act, beat), true;
    if (strcmp(beat->does, "texts") == 0) return fill_texts(act), true;
    if (strcmp(beat->does, "assessment") == 0) return fill_assessment(act), true;
    if (strcmp(beat->does, "dispatch") == 0) return fill_dispatch(act, beat), true;
    if (strcmp(beat->does, "invite_staff") != 0) return false;
    act->run = run_invite_staff;
    act->extra = arena_new(&act->input, struct invite); // what it answers is no dialogue's number
    return true;
}
