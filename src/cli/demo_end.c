// SPDX-License-Identifier: AGPL-3.0-or-later
// The sample ward until every opinion has ended: late summer and autumn of 2024.
#include "cli/demo.h"

#define SIGNED(text) .proof = PROOF_SIGNATURE, .proof_text = (text)
#define WRITTEN(kind, text)                          \
    {                                                \
        {PARAM_MODE, "written"}, {PARAM_KIND, kind}, \
        {                                            \
            PARAM_TEXT, text                         \
        }                                            \
    }
#define AGREED(text)                \
    {                               \
        {PARAM_TEXT, text},         \
        {                           \
            PARAM_OUTCOME, "agreed" \
        }                           \
    }

static const struct beat rows[] = {
    {"07-24 09:00",
     "vanhoa",
     "draft",
     34,
     {{PARAM_TEXT,
       "Phường làm sân chơi trên phần đất cạnh nhà văn hóa Khóm 3, khởi công trong tháng "
       "9, kinh phí từ nguồn sự nghiệp và xã hội hóa. Xin lỗi bà vì trả lời chậm."}}},
    {"07-25 08:00", "chutich", "approve", 34},
    {"07-25 08:05", "chutich", "approve", 18},
    {"07-26 08:00",
     "diachinh",
     "draft",
     14,
     {{PARAM_TEXT, "Điểm giữ xe hoạt động từ ngày 27 tháng 7, mở cửa từ 17 giờ đến 22 giờ; chậm là "
                   "do phải làm lại mái che."}}},
    {"07-26 09:00",
     "vanphong",
     "notify",
     21,
     {{PARAM_AGENCY, "Bảo hiểm xã hội thành phố"},
      {PARAM_EXPECTED, "2024-08-16"},
      {PARAM_TEXT, "Phường đã có văn bản gửi Bảo hiểm xã hội thành phố, dự kiến trả lời bà trước "
                   "ngày 16 tháng 8 năm 2024. Xin lỗi bà vì báo chậm."},
      {PARAM_HOW, "page"}}},
    {"07-26 14:00", "author", "agree", 36},
    {"07-29 08:00", "chutich", "approve", 14},
    {"07-29 08:05", "chutich", "approve", 25},
    {"07-29 08:10", "chutich", "conclude", 36,
     AGREED("Thống nhất: báo họp khóm trước ít nhất ba ngày.")},
    {"07-29 19:00", "author", "agree", 18},
    {"07-30 19:00", "author", "agree", 14},
    {"07-31 08:00", "chutich", "conclude", 18,
     AGREED("Thống nhất: mọi khoản đóng góp làm hẻm được niêm yết cả phần ngân sách.")},
    {"08-01 08:00", "chutich", "conclude", 14,
     AGREED("Thống nhất: điểm giữ xe chung mở từ ngày 27 tháng 7.")},
    {"08-02 19:30", "author", "agree", 25},
    {"08-05 08:00", "chutich", "conclude", 25,
     AGREED("Thống nhất: báo lịch cắt điện trên loa truyền thanh trước ba ngày.")},
    {"08-09 09:00",
     "vanphong",
     "agency_reply",
     21,
     {{PARAM_RESULT, "answered"},
      {PARAM_TEXT, "Đã đối chiếu, bổ sung năm tháng đóng; mời bà đến nhận sổ đã điều chỉnh."},
      {PARAM_DATE, "2024-08-09"}}},
    {"08-12 08:00", "author", "agree", 21},
    {"08-12 09:00",
     "vanphong",
     "agency_reply",
     20,
     {{PARAM_RESULT, "answered"},
      {PARAM_TEXT, "Đã sơn gờ giảm tốc và đưa đèn tín hiệu tại ngã tư vào kế hoạch quý IV năm "
                   "2024."},
      {PARAM_DATE, "2024-08-12"}}},
    {"08-13 08:00",
     "diachinh",
     "draft",
     2,
     {{PARAM_TEXT,
       "Phường nạo vét chín trăm mét cống và mở lại miệng cống cuối đường trong tháng 9; "
       "kinh phí một trăm tám mươi triệu đồng, Địa chính chịu trách nhiệm."}}},
    {"08-14 08:00", "chutich", "conclude", 21,
     AGREED("Thống nhất: cơ quan Bảo hiểm xã hội đã điều chỉnh sổ.")},
    {"08-15 08:00", "chutich", "approve", 2},
    {"08-16 08:00", "khom4", "deliver", 5, {{PARAM_HOW, "khom"}}, SIGNED("Người nhận ký tại nhà")},
    {"08-16 08:10", "khom4", "deliver", 8, {{PARAM_HOW, "khom"}}, SIGNED("Người nhận ký tại nhà")},
    {"08-16 08:20", "khom4", "deliver", 15, {{PARAM_HOW, "khom"}}, SIGNED("Người nhận ký tại nhà")},
    {"08-18 20:00", "author", "agree", 2},
    {"08-19 08:00", "khom4", "agree", 5, .behalf = BEHALF_AUTHOR, SIGNED("Bà ký giấy đồng ý")},
    {"08-19 19:30",
     "author",
     "continue",
     11,
     {{PARAM_TEXT, "Một trăm tám mươi triệu lấy từ nguồn nào, nếu thiếu thì sao?"}}},
    {"08-21 08:00", "chutich", "conclude", 2,
     AGREED("Thống nhất: nạo vét và mở lại miệng cống trong tháng 9 năm 2024.")},
    {"08-26 08:00",
     "diachinh",
     "draft",
     39,
     {{PARAM_TEXT, "Từ ngày 05 tháng 9, trường chia giờ tan học theo khối; Công an phân luồng một "
                   "chiều; hàng rong được sắp xếp vào chợ."}}},
    {"08-27 08:00",
     "diachinh",
     "draft",
     11,
     {{PARAM_TEXT,
       "Kinh phí từ nguồn sự nghiệp kinh tế của phường, đã được Hội đồng nhân dân phường "
       "thông qua; không vận động thêm bà con."}}},
    {"08-28 08:00", "chutich", "approve", 39},
    {"08-29 08:00", "chutich", "approve", 11},
    {"09-03 19:00",
     "author",
     "continue",
     11,
     {{PARAM_TEXT, "Tôi đề nghị làm lại cống mới chứ không chỉ nạo vét."}}},
    {"09-12 08:00", "chutich", "answer", 11,
     WRITTEN("explain",
             "Cống mới cần khoảng ba tỷ đồng, vượt khả năng của phường; phường đã đề nghị "
             "thành phố đưa vào kế hoạch đầu tư năm sau.")},
    {"09-16 19:00",
     "author",
     "continue",
     11,
     {{PARAM_TEXT, "Tôi chưa đồng ý, mong được xem xét sớm hơn."}}},
    {"09-18 08:00",
     "chutich",
     "conclude",
     11,
     {{PARAM_TEXT, "Đã trao đổi đủ ba lượt, chưa thống nhất được về việc làm cống mới. Ông có thể "
                   "gặp Chủ tịch tại buổi tiếp công dân hoặc khiếu nại theo quy định."},
      {PARAM_OUTCOME, "not_agreed"}}},
    {"09-23 08:00", "vanphong", "complete", 0},
};
const struct beats demo_end = {rows, (int)ARRAY_LEN(rows)};
