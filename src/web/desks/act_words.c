// SPDX-License-Identifier: AGPL-3.0-or-later
// What a person ought to know before the tap; most actions explain themselves.
#include "web/desks/act.h"

#include "base/tr.h"

struct act_words act_words_opinion(enum opinion_action action)
{
    if (action == ACT_DIVERT)
        return (struct act_words){
            N_("Chọn “tố cáo”: nội dung và danh tính được niêm phong ngay; ý kiến không còn hiện "
               "ở bất kỳ danh sách, trang tìm kiếm hay văn bản nào, chỉ người giữ hồ sơ mật đọc "
               "được. Các thủ tục khác: ý kiến rời hội nghị và người gửi được thông báo nơi giải "
               "quyết."),
            TONE_WARN, true};
    if (action == ACT_SET_OFF_TOPIC)
        return (struct act_words){
            N_("Ý kiến vẫn được tiếp nhận và phải được trả lời riêng bằng văn bản. Lời đề nghị đi "
               "vào trọng tâm, chủ đề được gửi kèm đến người có ý kiến."),
            TONE_BLUE, false};
    if (action == ACT_GROUP)
        return (struct act_words){
            N_("Mỗi ý kiến trong nhóm giữ nguyên lời, người gửi và biên nhận riêng; chủ trì xử lý "
               "một lần cho cả nhóm."),
            TONE_BLUE, false};
    if (action == ACT_REFER)
        return (struct act_words){
            N_("Toàn văn ý kiến được gửi kèm. Trong lúc chưa báo cho người có ý kiến về thời gian "
               "và cơ quan giải quyết, thời hạn 30 ngày vẫn tính."),
            TONE_BLUE, false};
    if (action == ACT_REDACT)
        return (struct act_words){
            N_("Đoạn được che không còn hiện trên trang; bản gốc được niêm phong trong hồ sơ."),
            TONE_WARN, true};
    return (struct act_words){NULL, TONE_PLAIN, false};
}

struct act_words act_words_dialogue(enum dialogue_action action)
{
    if (action == DACT_CLOSE)
        return (struct act_words){
            N_("Bế mạc tính giờ cho mọi thời hạn: ý kiến chưa trả lời xong được giao cho người phụ "
               "trách lĩnh vực, chậm nhất 30 ngày. Nếu bấm nhầm, có thể mở lại trong 30 phút khi "
               "biên bản chưa ký."),
            TONE_WARN, false};
    if (action == DACT_OPEN)
        return (struct act_words){
            N_("Từ lúc khai mạc, ý kiến phát biểu được ghi nhận và hiện ngay trên trang hội nghị."),
            TONE_BLUE, false};
    if (action == DACT_CANCEL)
        return (struct act_words){
            N_("Không ý kiến nào bị bỏ: ý kiến đã nhận được chuyển sang hội nghị khác hoặc trả lời "
               "bằng văn bản."),
            TONE_WARN, true};
    if (action == DACT_SIGN_MINUTES)
        return (struct act_words){
            N_("Thư ký ký trước, chủ trì ký sau. Khi chủ trì đã ký, biên bản không sửa được nữa."),
            TONE_WARN, false};
    if (action == DACT_APPROVE)
        return (struct act_words){N_("Duyệt rồi thì văn thư cấp số và ban hành; kế hoạch đã ban "
                                     "hành không sửa được nữa."),
                                  TONE_BLUE, false};
    if (action == DACT_ISSUE)
        return (struct act_words){
            N_("Kế hoạch đã ban hành không sửa được nữa; muốn thay thì ban hành văn bản khác."),
            TONE_WARN, false};
    if (action == DACT_POSTPONE)
        return (struct act_words){
            N_("Ý kiến đã nhận được giữ nguyên. Lý do hiện trên trang công khai của hội nghị."),
            TONE_BLUE, false};
    if (action == DACT_PUBLISH_RESULTS)
        return (struct act_words){
            N_("Từ lúc công bố, kết quả hội nghị hiện trên trang công khai của phường."), TONE_BLUE,
            false};
    if (action == DACT_COMPLETE)
        return (struct act_words){
            N_("Hoàn tất được khi đã công bố kết quả và mọi ý kiến đã được kết luận, chuyển thủ "
               "tục khác hoặc rút."),
            TONE_BLUE, false};
    return (struct act_words){NULL, TONE_PLAIN, false};
}
