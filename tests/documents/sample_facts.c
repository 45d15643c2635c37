// SPDX-License-Identifier: AGPL-3.0-or-later
// See sample_facts.h. Tables only; what varies is set at the end.
#include "sample_facts.h"

#include <string.h>
#include "base/buf.h"
#include "base/day.h"

const char sample_pangram[] =
    "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ "
    "AÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬBCDĐEÈẺẼÉẸÊỀỂỄẾỆGHIÌỈĨÍỊKLMNOÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢPQRSTUÙỦŨÚỤƯỪỬỮỨỰVXYỲỶỸÝỴ";

#define DAY(y, m, d) day_of_civil(y, m, d)
#define TEXTS(list)                  \
    {                                \
        (list), (int)ARRAY_LEN(list) \
    }

static const char *const khoms[] = {"Khóm 1", "Khóm 2", "Khóm 3", "Khóm 4", "Khóm 5"};
static const char *const topics[] = {
    "việc triển khai các nghị quyết của Đảng, Nhà nước và Hội đồng nhân dân",
    "quản lý kinh tế, xây dựng cơ bản, đất đai, trật tự đô thị",
    "văn hóa - xã hội, giáo dục, y tế, an sinh",
    "quân sự cơ sở, an ninh trật tự",
    "cải cách hành chính, thực hiện dân chủ ở cơ sở",
    "phòng, chống tham nhũng, lãng phí, tiêu cực",
    "tiếp công dân, giải quyết khiếu nại, tố cáo"};
static const char *const send_ways[] = {
    "Văn phòng UBND phường, số 12 đường Hoa Sen (giờ hành chính)", "Ban nhân dân khóm nơi cư trú",
    "Trang thông tin của hội nghị: https://phuong1.example.vn/d/1"};
static const char *const recipients[] = {"HĐND, UBND cấp trên trực tiếp",
                                         "Thường trực Đảng ủy, HĐND phường",
                                         "Chủ tịch, các Phó Chủ tịch UBND phường",
                                         "UBMTTQ Việt Nam và các tổ chức chính trị - xã hội phường",
                                         "Công chức chuyên môn, người hoạt động không chuyên trách",
                                         "Trạm Y tế; các trường học trên địa bàn",
                                         "Ban nhân dân 5 khóm"};
static const struct doc_basis bases[] = {
    {"Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015", false},
    {"Luật Thực hiện dân chủ ở cơ sở ngày 10 tháng 11 năm 2022;", true},
    {"Chương trình công tác năm 2024 của Ủy ban nhân dân Phường 1", true}};
static const struct doc_item programme[] = {
    {"Nêu lý do, giới thiệu đại biểu, chương trình, nội quy; cử thư ký", "Văn phòng UBND phường",
     BY_AUTHORITY, 10, 9},
    {"Báo cáo mục đích, yêu cầu và nội dung chủ yếu", "Chủ tịch UBND phường", BY_AUTHORITY, 15, 17},
    {"Nhân dân, doanh nghiệp phát biểu hoặc gửi câu hỏi qua thư ký", "Nhân dân, doanh nghiệp",
     BY_PEOPLE, 60, 71},
    {"Giải thích, tiếp thu, trả lời; phân công trả lời theo thẩm quyền", "Chủ tịch và các đơn vị",
     BY_BOTH, 45, 52},
    {"Trao đổi tiếp, thống nhất kết luận", "Chủ trì và Nhân dân", BY_BOTH, 20, 18}};
static const struct doc_group groups[] = {
    {"đại diện Thường trực Đảng ủy, Thường trực HĐND, lãnh đạo UBND phường", LEVEL_WARD, 6, 5},
    {"Ban Thường trực UBMTTQ Việt Nam, trưởng các đoàn thể chính trị - xã hội phường", LEVEL_WARD,
     6, 6},
    {"công chức và người hoạt động không chuyên trách phường", LEVEL_WARD, 15, 14},
    {"trưởng Trạm Y tế, đại diện Ban Giám hiệu các trường", LEVEL_WARD, 5, 4},
    {"Bí thư Chi bộ, trưởng và phó khóm, trưởng Ban công tác Mặt trận, trưởng các chi đoàn, chi "
     "hội",
     LEVEL_KHOM, 20, 19},
    {"người dân, đại diện doanh nghiệp trên địa bàn", LEVEL_PEOPLE, -1, 38}};
static const struct doc_duty duties[] = {
    {"Văn phòng UBND phường",
     "Tham mưu ban hành Kế hoạch; chuẩn bị nội dung, chương trình và các điều kiện phục vụ.\nTổng "
     "hợp ý kiến, "
     "kiến nghị sau hội nghị, báo cáo Ban Thường vụ Đảng ủy.",
     NULL, NULL, DAY_NONE},
    {"Công chức chuyên môn, người hoạt động không chuyên trách",
     "Dự hội nghị; trả lời trực tiếp hoặc tiếp thu ý kiến thuộc lĩnh vực phụ trách.", NULL, NULL,
     DAY_NONE},
    {"Công chức Văn hóa - Xã hội",
     "Thông báo rộng rãi nội dung, thời gian, địa điểm trên loa truyền thanh và các kênh thông "
     "tin.",
     "Đài Truyền thanh", NULL, DAY_NONE},
    {"Thường trực HĐND, UBMTTQ Việt Nam và các đoàn thể phường",
     "Đề nghị cử người tham dự, theo dõi và giám sát việc giải quyết ý kiến của Nhân dân.", NULL,
     NULL, DAY_NONE},
    {"Ban nhân dân 5 khóm",
     "Phổ biến mục đích, yêu cầu; mời đại diện cán bộ, người dân trong khóm đến dự.", NULL, NULL,
     DAY_NONE}};
static const char *const proposals[] = {
    "Đề nghị Ban Thường vụ Đảng ủy cho chủ trương nâng cấp hệ thống thoát nước khu vực Khóm 2",
    "Đề nghị cấp trên xem xét bố trí kinh phí lắp đặt đèn chiếu sáng các hẻm"};
static const struct doc_person people[] = {
    {"Nguyễn Văn An", "Ông", "Bí thư Đảng ủy", "Đảng ủy phường", "đại biểu cấp phường", NULL, 1},
    {"Trần Thị Bích", "Bà", "Chủ tịch UBMTTQ Việt Nam", "UBMTTQ Việt Nam phường",
     "đại biểu cấp phường", NULL, 1},
    {"Lê Hoàng Phúc", "Ông", "Trưởng Trạm Y tế", NULL, "đại biểu cấp phường", NULL, 0},
    {"Phạm Thị Cúc", "Bà", "Bí thư Chi bộ", "Khóm 1", "đại biểu cấp khóm", NULL, 1},
    {"Huỳnh Văn Dũng", "Ông", "Trưởng khóm", "Khóm 3", "đại biểu cấp khóm", NULL, 1},
    {"Võ Thị Em", "Bà", NULL, "Khóm 5", "Nhân dân, doanh nghiệp", NULL, 1}};
static const struct doc_person invited = {"Võ Thị Em",
                                          "Bà",
                                          "Chủ cơ sở may Thanh Em",
                                          "Khóm 5",
                                          NULL,
                                          "https://phuong1.example.vn/m/K7P2QX",
                                          0};
static const struct doc_promise promises[] = {
    {"Lắp 24 bộ đèn chiếu sáng hẻm 45 và hẻm 51", "Công chức Địa chính - Xây dựng",
     "Nghiệm thu tháng 11/2023", RESULT_SETTLED},
    {"Dời điểm tập kết rác trước Trường Tiểu học", "Văn phòng UBND phường", "Đang chọn vị trí mới",
     RESULT_SETTLING}};

static const char *const refs[] = {"Điều 170 Luật Đất đai năm 2013"};
static const struct doc_answer on_spot[] = {
    {.by = {"Đặng Minh Khôi", "Ông", "Chủ tịch UBND phường"},
     .text = "Hố ga trước số nhà 27 sẽ được nạo vét trong tuần này; phường đã làm việc với đơn vị "
             "thoát nước.",
     .at_ms = 1},
    {.by = {"Ngô Thị Lan", "Bà", "Công chức Địa chính - Xây dựng"},
     .text = "Bổ sung: đoạn cống dài 120 m đã có trong danh mục sửa chữa quý III.",
     .supplement = true,
     .at_ms = 2}};
static const struct doc_answer written[] = {
    {.by = {"Ngô Thị Lan", "Bà", "Công chức Địa chính - Xây dựng"},
     .text = "Thửa đất số 145 đã được đo đạc lại ngày 25 tháng 6 năm 2024.\nHồ sơ cấp giấy chứng "
             "nhận của bà còn "
             "thiếu đơn đăng ký biến động; đề nghị bà bổ sung tại Bộ phận Một cửa. Thời hạn giải "
             "quyết là 20 ngày "
             "làm việc kể từ ngày nhận đủ hồ sơ.",
     .legal_refs = TEXTS(refs),
     .document = "45/UBND-VP",
     .written = true,
     .at_ms = 3}};
static const struct doc_answer accepted[] = {
    {.by = {"Đặng Minh Khôi", "Ông", "Chủ tịch UBND phường"},
     .text = "Xin tiếp thu góp ý về thái độ tiếp dân; Văn phòng rà soát và chấn chỉnh ngay.",
     .accepts = true}};
static const struct doc_exchange exchanges[] = {
    {EXCHANGE_ASK_BACK, NULL, "Nước ngập sâu bao nhiêu và bao lâu thì rút?", 1},
    {EXCHANGE_REPLY, NULL, "Ngập khoảng 40 cm, sáng hôm sau mới rút.", 2},
    {EXCHANGE_OTHER, "Ông Lâm Văn Tài", "Nhà tôi bên cạnh cũng bị như vậy.", 3}};
static const struct doc_assignment assignments[] = {
    {"Công chức Địa chính - Xây dựng", "Ban nhân dân Khóm 3",
     "Kiểm tra thực địa, trả lời bằng văn bản.", 0, 0}}; // days: owed()

static void add(struct doc_opinion *list, int *count, struct doc_opinion opinion)
{
    list[(*count)++] = opinion;
}

static struct doc_opinion base_opinion(const char *number, const char *author, const char *khom,
                                       const char *field)
{
    return (struct doc_opinion){
        .number = number,
        .author = author,
        .khom = khom,
        .field = field,
        .kind = "câu hỏi",
        .channel = "phát biểu trực tiếp",
        .wants = "phát biểu",
        .reply_by = "trang tra cứu",
        .due = {DAY_NONE, DAY_NONE, DAY_NONE, NULL},
        .received_day = DAY(2024, 6, 20),
        .answered_day = DAY_NONE,
        .result = RESULT_SETTLING,
    };
}

static void set_answers(struct doc_opinion *o, const struct doc_answer *answers, int count)
{
    o->answers = answers;
    o->answers_count = count;
}

static struct doc_opinion *owed(struct arena *arena, struct doc_opinion *o)
{
    struct doc_assignment *given = arena_memdup(arena, assignments, sizeof assignments);
    given->given_day = DAY(2024, 6, 20);
    given->due_day = DAY(2024, 7, 19);
    o->assignments = given;
    o->assignments_count = 1;
    o->due = (struct doc_due){DAY(2024, 6, 20), DAY(2024, 7, 22), DAY(2024, 7, 19), "30 ngày"};
    o->responsible = "Công chức Địa chính - Xây dựng";
    return o;
}

static void refer(struct arena *arena, struct doc_opinion *o)
{
    struct doc_referral *r = arena_new(arena, struct doc_referral);
    *r = (struct doc_referral){.agency = "Sở Giao thông vận tải tỉnh",
                               .why = "tuyến đường do cấp tỉnh quản lý",
                               .referred_day = DAY(2024, 6, 25),
                               .expected_day = DAY(2024, 8, 15),
                               .notified_day = DAY(2024, 6, 28),
                               .replied_day = DAY_NONE,
                               .document = "03/PC-UBND"};
    o->referrals = r;
    o->referrals_count = 1;
}

static void first_opinions(struct arena *arena, struct doc_opinion *list, int *count)
{
    struct doc_opinion o = base_opinion("2024-0001", "Lâm Thị Hoa", "Khóm 2", "xây dựng cơ bản");
    o.honorific = "Bà";
    o.public_name = "L.T.H.";
    o.text = "Hẻm 27 cứ mưa là ngập, cống trước nhà nghẹt đã hai năm. Phường bao giờ sửa?";
    o.handling = HANDLED_ON_SPOT;
    o.result = RESULT_SETTLED;
    o.answered_day = DAY(2024, 6, 20);
    set_answers(&o, on_spot, 2);
    o.exchanges = exchanges;
    o.exchanges_count = 3;
    o.outcome = "thống nhất";
    o.conclusion = "Nạo vét hố ga trước ngày 30 tháng 6 năm 2024; sửa đoạn cống trong quý III.";
    add(list, count, o);
    o = base_opinion("2024-0002", "Trần Thị Mai", "Khóm 3", "đất đai");
    o.honorific = "Bà";
    o.public_name = "T.T.M.";
    o.channel = "phiếu";
    o.wants = "trả lời bằng văn bản";
    o.reply_by = "thư giấy";
    o.contact = "0900 000 002";
    o.text = "Hồ sơ cấp giấy chứng nhận thửa 145 của gia đình tôi nộp từ tháng 3 đến nay chưa có "
             "kết quả. Số điện "
             "thoại của tôi là 0900 000 002.";
    o.public_text = "Hồ sơ cấp giấy chứng nhận thửa 145 của gia đình tôi nộp từ tháng 3 đến nay "
                    "chưa có kết quả. […]";
    o.handling = HANDLED_DEFERRED;
    o.result = RESULT_SETTLED;
    o.answered_day = DAY(2024, 7, 3);
    o.document = "45/UBND-VP";
    owed(arena, &o);
    set_answers(&o, written, 1);
    add(list, count, o);
    o = base_opinion("2024-0003", "Nguyễn Hữu Lộc", "Khóm 1", "kinh tế");
    o.author_type = AUTHOR_IS_BUSINESS;
    o.organisation = "Công ty TNHH Lộc Phát";
    o.public_name = "Công ty TNHH Lộc Phát";
    o.channel = "trực tuyến";
    o.text = "Quốc lộ qua trước cửa công ty xuống cấp, xe tải khó vào kho; đề nghị sửa chữa.";
    o.handling = HANDLED_BEYOND;
    refer(arena, &o);
    o.conclusion = "Ghi nhận đầy đủ, kiến nghị Sở Giao thông vận tải xem xét.";
    add(list, count, o);
}

static void later_opinions(struct arena *arena, struct doc_opinion *list, int *count)
{
    struct doc_opinion o = base_opinion("2024-0004", NULL, "Khóm 4", NULL);
    o.author_type = AUTHOR_IS_ANONYMOUS;
    o.text = "Góp ý: cán bộ tiếp dân buổi chiều thường đến trễ.";
    o.handling = HANDLED_ACCEPTED;
    o.result = RESULT_SETTLED;
    o.answered_day = DAY(2024, 6, 20);
    set_answers(&o, accepted, 1);
    add(list, count, o);
    o = base_opinion("2024-0005", "Phan Văn Út", "Khóm 5", "khác");
    o.public_name = "P.V.U.";
    o.channel = "điện thoại";
    o.text = "Tôi muốn hỏi chế độ bảo hiểm xã hội tự nguyện cho người bán vé số.";
    o.handling = HANDLED_OFF_TOPIC;
    o.result = RESULT_OVERDUE;
    owed(arena, &o);
    add(list, count, o);
    o = base_opinion("2024-0006", "Đỗ Thị Sáu", "Khóm 2", "an ninh trật tự");
    o.public_name = "Đ.T.S.";
    o.text = "Đề nghị tăng tuần tra ban đêm quanh chợ và sửa quy định giờ hoạt động của quán hát.";
    o.policy_proposal = true;
    o.handling = HANDLED_COMPLEX;
    o.note = "liên quan Công an phường và phòng chuyên môn";
    owed(arena, &o);
    add(list, count, o);
    o = base_opinion("2024-0007", "Bùi Văn Nam", "Khóm 1", "tiếp công dân");
    o.public_name = "B.V.N.";
    o.text = "Tôi không đồng ý quyết định xử phạt của phường ngày 02 tháng 5.";
    o.handling = HANDLED_DIVERTED;
    o.diverted_to = "khiếu nại";
    o.result = RESULT_SETTLED;
    add(list, count, o);
}

static struct doc_opinion *rich_opinions(struct arena *arena, int *ret_count)
{
    struct doc_opinion *list = arena_array(arena, struct doc_opinion, 16);
    *ret_count = 0;
    first_opinions(arena, list, ret_count);
    later_opinions(arena, list, ret_count);
    return list;
}

static struct doc_dialogue rich_dialogue(void)
{
    return (struct doc_dialogue){
        .subject = "Hội nghị tiếp xúc, đối thoại giữa Chủ tịch UBND phường với Nhân dân, doanh "
                   "nghiệp năm 2024",
        .year = 2024,
        .profile = 2024,
        .planned_month = 6,
        .starts_ms = instant_at(DAY(2024, 6, 20), 7, 30),
        .opened_ms = instant_at(DAY(2024, 6, 20), 7, 35),
        .closed_ms = instant_at(DAY(2024, 6, 20), 10, 22),
        .opinions_from_day = DAY(2024, 6, 3),
        .opinions_until_day = DAY(2024, 6, 18),
        .place = "Hội trường UBND phường, số 12 đường Hoa Sen",
        .seats = 80,
        .deferred_days = 30,
        .window_days = 15,
        .topics = TEXTS(topics),
        .send_ways = TEXTS(send_ways),
        .link = "https://phuong1.example.vn/d/1",
        .short_code = "K7P2QX",
        .plan = "66/KH-UBND ngày 18 tháng 01 năm 2024",
        .chair = {"Đặng Minh Khôi", "Ông", "Chủ tịch UBND phường"},
        .secretary = {"Lý Thu Thảo", "Bà", "Công chức Văn phòng - Thống kê"},
        .programme = programme,
        .groups = groups,
        .duties = duties,
        .programme_count = ARRAY_LEN(programme),
        .groups_count = ARRAY_LEN(groups),
        .duties_count = ARRAY_LEN(duties),
        .speaking = {.authority_s = 2760, .people_s = 5400, .speakers = 14},
        .conclusion = "Cảm ơn Nhân dân, doanh nghiệp đã thẳng thắn góp ý.\nCác đơn vị được phân "
                      "công trả lời đúng hạn, "
                      "không để người dân phải hỏi lại.",
        .assessment =
            "Hội nghị diễn ra dân chủ, cởi mở; phần lớn thời gian dành cho Nhân dân phát biểu.",
        .proposals = TEXTS(proposals),
    };
}

static struct doc_facts *rich(struct arena *arena)
{
    struct doc_facts *f = arena_new(arena, struct doc_facts);
    *f = (struct doc_facts){
        .unit = {.name = "Phường 1",
                 .kind = "phường",
                 .above = "UBND tỉnh",
                 .office = "Văn phòng UBND phường",
                 .drafting = "VP",
                 .address = "số 12 đường Hoa Sen, Phường 1",
                 .phone = "0900 000 001",
                 .email = "phuong1@example.vn",
                 .khom = "khóm",
                 .khoms = TEXTS(khoms)},
        .dialogue = rich_dialogue(),
        .issue = {.number = "66",
                  .day = DAY(2024, 1, 18),
                  .signer = {SIGN_TM, "Chủ tịch", "Đặng Minh Khôi"},
                  .recipients = TEXTS(recipients)},
        .bases = bases,
        .bases_count = ARRAY_LEN(bases),
        .promises = promises,
        .promises_count = ARRAY_LEN(promises),
        .people_count = ARRAY_LEN(people),
        .sealed_count = 1,
        .person = &invited,
        .overview =
            {.economy =
                 "Thu ngân sách 6 tháng đạt 56,4% dự toán; có 12 doanh nghiệp mới thành lập.",
             .military = "Hoàn thành chỉ tiêu giao quân năm 2024.",
             .security = "An ninh trật tự ổn định; phạm pháp hình sự giảm 02 vụ so với cùng kỳ.",
             .other = "Nâng cấp hẻm 27; cấp giấy chứng nhận lần đầu; di dời điểm tập kết rác."},
        .today_day = DAY(2024, 7, 15),
    };
    struct doc_person *present = arena_memdup(arena, people, sizeof people);
    for (size_t i = 0; i < ARRAY_LEN(people); i++)
        present[i].arrived_ms *= instant_at(DAY(2024, 6, 20), 7, 15 + (int)i);
    f->people = present;
    f->opinions = rich_opinions(arena, &f->opinions_count);
    return f;
}

static const char *repeated(struct arena *arena, const char *text, size_t bytes)
{
    BUF out = {0};
    while (out.len + strlen(text) < bytes)
        buf_puts(&out, text);
    return arena_strdup(arena, buf_text(&out));
}

static void enlarge(struct arena *arena, struct doc_facts *f)
{
    struct doc_opinion *list = arena_array(arena, struct doc_opinion, 40);
    for (int i = 0; i < 40; i++) {
        list[i] = f->opinions[i % f->opinions_count];
        list[i].number = arena_printf(arena, "2024-%04d", i + 1);
    }
    // About 5,000 characters each, one of them a single line, one without a blank.
    list[3].text = repeated(arena, "Đoạn đường này hư hỏng đã lâu, đề nghị sửa chữa sớm. ", 7000);
    list[4].text =
        repeated(arena, "Ý kiến nhiều dòng.\nDòng tiếp theo nói rõ thêm sự việc.\n", 6500);
    list[5].text = repeated(arena, "khôngcókhoảngtrắng", 5000);
    f->opinions = list;
    f->opinions_count = 40;
    f->unit.name = "Phường Nguyễn Thị Minh Khai - Trần Hưng Đạo Thượng";
    f->issue.urgency = "THƯỢNG KHẨN";
    f->overview.other = sample_pangram;
    f->issue.number = "7";
}

static const char hostile_text[] =
    "<script>&\"'\x01\x08\x1b\xff\xc3\x28 \xe2\x80\xae ]]> %s %n\tđuôi";

static void spoil(struct doc_facts *f)
{
    static struct doc_opinion bad;
    static const char *const list[] = {hostile_text, hostile_text};
    bad = base_opinion(hostile_text, hostile_text, hostile_text, hostile_text);
    bad.text = bad.conclusion = bad.organisation = bad.note = bad.document = bad.contact =
        hostile_text;
    bad.responsible = bad.outcome = bad.channel = bad.public_name = hostile_text;
    f->opinions = &bad;
    f->opinions_count = 1;
    f->unit.name = f->unit.address = f->unit.phone = f->unit.kind = f->unit.khom = hostile_text;
    f->issue.number = f->issue.urgency = f->issue.signer.name = f->issue.signer.title =
        hostile_text;
    f->issue.archive = hostile_text;
    f->issue.recipients = (struct doc_texts)TEXTS(list);
    f->dialogue.topics = f->dialogue.send_ways = f->dialogue.proposals = f->issue.recipients;
    f->dialogue.subject = f->dialogue.place = f->dialogue.plan = hostile_text;
    f->dialogue.conclusion = f->dialogue.assessment = hostile_text;
}

static struct doc_facts *empty(struct arena *arena)
{
    struct doc_facts *f = arena_new(arena, struct doc_facts);
    f->issue.day = f->today_day = DAY_NONE;
    f->dialogue.opinions_from_day = f->dialogue.opinions_until_day = DAY_NONE;
    return f;
}

static const struct doc_opinion *chosen(const struct doc_facts *f, enum doc_type type)
{
    int want = type == DOC_REFERRAL || type == DOC_TIME_NOTICE ? 2 : 1;
    return f->opinions_count > want ? &f->opinions[want]
           : f->opinions_count > 0  ? f->opinions
                                    : NULL;
}

const struct doc_facts *sample_facts(struct arena *arena, enum doc_type type, enum sample sample)
{
    if (sample == SAMPLE_EMPTY) return empty(arena);
    struct doc_facts *f = rich(arena);
    if (sample == SAMPLE_LARGE) enlarge(arena, f);
    if (sample == SAMPLE_HOSTILE) spoil(f);
    if (type != DOC_PLAN) f->issue.day = DAY(2024, 7, 15);
    f->opinion = chosen(f, type);
    return f;
}
