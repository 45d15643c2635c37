// SPDX-License-Identifier: AGPL-3.0-or-later
// The table of refusals: contract code, HTTP status, and a sentence that tells the person what to
// do.
#include "domain/refusal.h"

#include "base/ensure.h"
#include "base/tr.h"

const struct refusal_row refusal_rows[REFUSAL_COUNT] = {
    [REFUSAL_NONE] = {"", 200, "", ""},
    [REFUSAL_BAD_JSON] = {"bad_json", 400, N_("Dữ liệu gửi lên không đúng dạng JSON"),
                          N_("Kiểm tra lại cú pháp rồi gửi lại.")},
    [REFUSAL_BAD_ENCODING] =
        {"bad_encoding", 400, N_("Văn bản có ký tự không đọc được"),
         N_("Hãy xóa ký tự lạ (ký tự điều khiển, ký tự đảo chiều chữ) rồi gửi lại.")},
    [REFUSAL_DUPLICATE_KEY] = {"duplicate_key", 400, N_("Một mục được gửi hai lần"),
                               N_("Mỗi mục chỉ được xuất hiện một lần.")},
    [REFUSAL_UNAUTHENTICATED] = {"unauthenticated", 401, N_("Cần đăng nhập"),
                                 N_("Hãy đăng nhập, hoặc nhập mã tra cứu in trên giấy biên nhận.")},
    [REFUSAL_FORBIDDEN] = {"forbidden", 403, N_("Không thuộc quyền của tài khoản này"),
                           N_("Việc này do người giữ vai trò khác thực hiện.")},
    [REFUSAL_NOT_FOUND] = {"not_found", 404, N_("Không tìm thấy"),
                           N_("Địa chỉ không đúng, hoặc nội dung không dành cho tài khoản này.")},
    [REFUSAL_TOO_LARGE] = {"too_large", 413, N_("Nội dung gửi lên quá lớn"),
                           N_("Hãy rút gọn, hoặc gửi tệp nhỏ hơn.")},
    [REFUSAL_MEDIA_TYPE] = {"media_type", 415, N_("Kiểu dữ liệu không được nhận"),
                            N_("Hãy gửi application/json.")},
    [REFUSAL_SLOW_DOWN] = {"slow_down", 429, N_("Gửi quá nhanh"),
                           N_("Hãy chờ giây lát rồi gửi lại.")},
    [REFUSAL_REQUIRED] = {"required", 422, N_("Còn thiếu nội dung bắt buộc"),
                          N_("Hãy điền mục này.")},
    [REFUSAL_TOO_LONG] = {"too_long", 422, N_("Nội dung quá dài"), N_("Hãy rút ngắn mục này.")},
    [REFUSAL_INVALID] = {"invalid", 422, N_("Nội dung chưa đúng"), N_("Hãy kiểm tra lại mục này.")},
    [REFUSAL_UNKNOWN_FIELD] = {"unknown_field", 422, N_("Có mục không được nhận ở đây"),
                               N_("Hãy bỏ mục này.")},
    [REFUSAL_IDEMPOTENCY_MISMATCH] = {"idempotency_mismatch", 422,
                                      N_("Mã gửi lại đã dùng cho nội dung khác"),
                                      N_("Hãy tải lại trang rồi gửi lại.")},
    [REFUSAL_WRONG_STATE] = {"wrong_state", 409, N_("Chưa làm được việc này ở bước hiện tại"),
                             N_("Tình trạng đã thay đổi; hãy tải lại để xem việc có thể làm.")},
    [REFUSAL_STALE] = {"stale", 409, N_("Nội dung vừa được người khác cập nhật"),
                       N_("Hãy xem bản mới rồi làm lại nếu vẫn cần.")},
    [REFUSAL_OWN_CASE] = {"own_case", 409, N_("Người được nêu trong ý kiến không xử lý ý kiến đó"),
                          N_("Việc này do người xem xét thứ hai hoặc người khác quyết định."),
                          "R50"},
    [REFUSAL_OFF_TOPIC_NEEDS_WRITING] =
        {"off_topic_needs_writing", 409,
         N_("Ý kiến ngoài nội dung phải được trả lời riêng bằng văn bản"),
         N_("Hãy soạn văn bản trả lời trước."), "R66-R67"},
    [REFUSAL_DUE_TOO_LATE] =
        {"due_too_late", 409, N_("Hạn trả lời vượt quá thời hạn cho phép"),
         N_("Chọn ngày sớm hơn, hoặc gia hạn kèm thông báo cho người có ý kiến."), "R55"},
    [REFUSAL_PROOF_REQUIRED] =
        {"proof_required", 409, N_("Cần minh chứng"),
         N_("Ghi rõ minh chứng: chữ ký, hai người chứng kiến, ảnh hoặc cuộc gọi.")},
    [REFUSAL_AUTHOR_WINDOW_OPEN] =
        {"author_window_open", 409, N_("Còn trong thời gian chờ người có ý kiến"),
         N_("Chỉ kết luận khi người có ý kiến đã phản hồi hoặc đã hết thời gian chờ."), "R84"},
    [REFUSAL_ROUNDS_USED] = {"rounds_used", 409, N_("Đã qua ba lượt trao đổi"),
                             N_("Có thể khiếu nại hoặc đến buổi tiếp công dân theo quy định."),
                             "R83"},
    [REFUSAL_INTAKE_CLOSED] = {"intake_closed", 409,
                               N_("Chưa đến hoặc đã hết thời gian nhận ý kiến"),
                               N_("Xem thời gian nhận ý kiến trên trang của hội nghị.")},
    [REFUSAL_NOT_READY] = {"not_ready", 409, N_("Chưa đủ điều kiện để chuyển bước"),
                           N_("Hoàn thành các việc còn thiếu rồi làm lại.")},
    [REFUSAL_NOTICE_PERIOD] = {"notice_period", 409,
                               N_("Thông báo phải sớm hơn ngày tổ chức theo quy định"),
                               N_("Chọn thời điểm tổ chức muộn hơn.")},
    [REFUSAL_DRAFT_MISSING] = {"draft_missing", 409, N_("Chưa có bản dự thảo chờ duyệt"),
                               N_("Người được phân công cần soạn dự thảo trước."), "R78"},
};

const char *refusal_rule(struct refusal refusal)
{
    return refusal.rule != NULL ? refusal.rule : refusal_rows[refusal.code].rule;
}
