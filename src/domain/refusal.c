// SPDX-License-Identifier: AGPL-3.0-or-later
// The table of refusals: contract code, HTTP status, and a sentence that tells the person what to
// do.
#include "domain/refusal.h"

#include "base/ensure.h"

const struct refusal_row refusal_rows[REFUSAL_COUNT] = {
    [REFUSAL_NONE] = {"", 200, "", ""},
    [REFUSAL_BAD_JSON] = {"bad_json", 400, "Dữ liệu gửi lên không đúng dạng JSON",
                          "Kiểm tra lại cú pháp rồi gửi lại."},
    [REFUSAL_BAD_ENCODING] =
        {"bad_encoding", 400, "Văn bản có ký tự không đọc được",
         "Hãy xóa ký tự lạ (ký tự điều khiển, ký tự đảo chiều chữ) rồi gửi lại."},
    [REFUSAL_DUPLICATE_KEY] = {"duplicate_key", 400, "Một mục được gửi hai lần",
                               "Mỗi mục chỉ được xuất hiện một lần."},
    [REFUSAL_UNAUTHENTICATED] = {"unauthenticated", 401, "Cần đăng nhập",
                                 "Hãy đăng nhập, hoặc nhập mã tra cứu in trên giấy biên nhận."},
    [REFUSAL_FORBIDDEN] = {"forbidden", 403, "Không thuộc quyền của tài khoản này",
                           "Việc này do người giữ vai trò khác thực hiện."},
    [REFUSAL_NOT_FOUND] = {"not_found", 404, "Không tìm thấy",
                           "Địa chỉ không đúng, hoặc nội dung không dành cho tài khoản này."},
    [REFUSAL_TOO_LARGE] = {"too_large", 413, "Nội dung gửi lên quá lớn",
                           "Hãy rút gọn, hoặc gửi tệp nhỏ hơn."},
    [REFUSAL_MEDIA_TYPE] = {"media_type", 415, "Kiểu dữ liệu không được nhận",
                            "Hãy gửi application/json."},
    [REFUSAL_SLOW_DOWN] = {"slow_down", 429, "Gửi quá nhanh", "Hãy chờ giây lát rồi gửi lại."},
    [REFUSAL_REQUIRED] = {"required", 422, "Còn thiếu nội dung bắt buộc", "Hãy điền mục này."},
    [REFUSAL_TOO_LONG] = {"too_long", 422, "Nội dung quá dài", "Hãy rút ngắn mục này."},
    [REFUSAL_INVALID] = {"invalid", 422, "Nội dung chưa đúng", "Hãy kiểm tra lại mục này."},
    [REFUSAL_UNKNOWN_FIELD] = {"unknown_field", 422, "Có mục không được nhận ở đây",
                               "Hãy bỏ mục này."},
    [REFUSAL_IDEMPOTENCY_MISMATCH] = {"idempotency_mismatch", 422,
                                      "Mã gửi lại đã dùng cho nội dung khác",
                                      "Hãy tải lại trang rồi gửi lại."},
    [REFUSAL_WRONG_STATE] = {"wrong_state", 409, "Chưa làm được việc này ở bước hiện tại",
                             "Tình trạng đã thay đổi; hãy tải lại để xem việc có thể làm."},
    [REFUSAL_STALE] = {"stale", 409, "Nội dung vừa được người khác cập nhật",
                       "Hãy xem bản mới rồi làm lại nếu vẫn cần."},
    [REFUSAL_OWN_CASE] = {"own_case", 409, "Người được nêu trong ý kiến không xử lý ý kiến đó",
                          "Việc này do người xem xét thứ hai hoặc người khác quyết định."},
    [REFUSAL_OFF_TOPIC_NEEDS_WRITING] =
        {"off_topic_needs_writing", 409,
         "Ý kiến ngoài nội dung phải được trả lời riêng bằng văn bản",
         "Hãy soạn văn bản trả lời trước."},
    [REFUSAL_DUE_TOO_LATE] = {"due_too_late", 409, "Hạn trả lời vượt quá thời hạn cho phép",
                              "Chọn ngày sớm hơn, hoặc gia hạn kèm thông báo cho người có ý kiến."},
    [REFUSAL_PROOF_REQUIRED] =
        {"proof_required", 409, "Cần minh chứng",
         "Ghi rõ minh chứng: chữ ký, hai người chứng kiến, ảnh hoặc cuộc gọi."},
    [REFUSAL_AUTHOR_WINDOW_OPEN] =
        {"author_window_open", 409, "Còn trong thời gian chờ người có ý kiến",
         "Chỉ kết luận khi người có ý kiến đã phản hồi hoặc đã hết thời gian chờ."},
    [REFUSAL_ROUNDS_USED] = {"rounds_used", 409, "Đã qua ba lượt trao đổi",
                             "Có thể khiếu nại hoặc đến buổi tiếp công dân theo quy định."},
    [REFUSAL_INTAKE_CLOSED] = {"intake_closed", 409, "Chưa đến hoặc đã hết thời gian nhận ý kiến",
                               "Xem thời gian nhận ý kiến trên trang của hội nghị."},
    [REFUSAL_NOT_READY] = {"not_ready", 409, "Chưa đủ điều kiện để chuyển bước",
                           "Hoàn thành các việc còn thiếu rồi làm lại."},
    [REFUSAL_NOTICE_PERIOD] = {"notice_period", 409,
                               "Thông báo phải sớm hơn ngày tổ chức theo quy định",
                               "Chọn thời điểm tổ chức muộn hơn."},
    [REFUSAL_DRAFT_MISSING] = {"draft_missing", 409, "Chưa có bản dự thảo chờ duyệt",
                               "Người được phân công cần soạn dự thảo trước."},
};
