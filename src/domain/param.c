// SPDX-License-Identifier: AGPL-3.0-or-later
// The table of parameters. Two rows may share an API name (`to`, `kind`, `reason`) with another
// type: which one an action means is said by its own row.
#include "domain/param.h"

#include "base/ensure.h"
#include "domain/hall.h"

enum { LINE = 200, TEXT = 20000 };

const struct param_row param_rows[PARAM_COUNT] = {
    [PARAM_TEXT] = {"text", "Nội dung", PARAM_TYPE_TEXT, TEXT, NULL},
    [PARAM_REASON] = {"reason", "Lý do", PARAM_TYPE_TEXT, TEXT, NULL},
    [PARAM_TO] = {"to", "Người hoặc cơ quan", PARAM_TYPE_LINE, LINE, NULL},
    [PARAM_DUE] = {"due", "Hạn trả lời", PARAM_TYPE_DATE, 0, NULL},
    [PARAM_WITH] = {"with", "Phối hợp", PARAM_TYPE_LINES, 20, NULL},
    [PARAM_DIRECTIVE] = {"directive", "Ý kiến chỉ đạo", PARAM_TYPE_TEXT, TEXT, NULL},
    [PARAM_FIELD] = {"field", "Lĩnh vực", PARAM_TYPE_VALUE, 0, &fields},
    [PARAM_TOPIC] = {"topic", "Chủ đề", PARAM_TYPE_LINE, LINE, NULL},
    [PARAM_SCOPE] = {"scope", "Phạm vi nội dung", PARAM_TYPE_VALUE, 0, &scopes},
    [PARAM_AUTHORITY] = {"authority", "Thẩm quyền", PARAM_TYPE_VALUE, 0, &authorities},
    [PARAM_ABOUT] = {"about", "Ý kiến về", PARAM_TYPE_VALUE, 0, &abouts},
    [PARAM_NAMED] = {"named", "Người được nêu", PARAM_TYPE_LINES, 20, NULL},
    [PARAM_VISIBILITY] = {"visibility", "Mức công khai", PARAM_TYPE_VALUE, 0, &visibilities},
    [PARAM_PARTS] = {"parts", "Các phần", PARAM_TYPE_PARTS, 20, NULL},
    [PARAM_LEAD] = {"with", "Ý kiến chính của nhóm", PARAM_TYPE_OPINION, 0, NULL},
    [PARAM_SPEAKER] = {"speaker", "Người phát biểu", PARAM_TYPE_LINE, LINE, NULL},
    [PARAM_MODE] = {"mode", "Hình thức trả lời", PARAM_TYPE_VALUE, 0, &answer_modes},
    [PARAM_KIND] = {"kind", "Loại trả lời", PARAM_TYPE_VALUE, 0, &answer_kinds},
    [PARAM_LEGAL_REFS] = {"legal_refs", "Căn cứ pháp luật", PARAM_TYPE_LINES, 20, NULL},
    [PARAM_DRAFT] = {"draft", "Bản dự thảo", PARAM_TYPE_INTEGER, 0, NULL},
    [PARAM_WITHDRAWAL] = {"withdrawal", "Đồng ý cho rút", PARAM_TYPE_BOOL, 0, NULL},
    [PARAM_HOW] = {"how", "Cách gửi", PARAM_TYPE_VALUE, 0, &reply_bys},
    [PARAM_AGENCY] = {"agency", "Cơ quan giải quyết", PARAM_TYPE_LINE, LINE, NULL},
    [PARAM_EXPECTED] = {"expected", "Thời gian dự kiến", PARAM_TYPE_DATE, 0, NULL},
    [PARAM_RESULT] = {"result", "Kết quả", PARAM_TYPE_VALUE, 0, &agency_results},
    [PARAM_DATE] = {"date", "Ngày", PARAM_TYPE_DATE, 0, NULL},
    [PARAM_ATTACHMENT] = {"attachment", "Tệp kèm theo", PARAM_TYPE_LINE, LINE, NULL},
    [PARAM_OUTCOME] = {"outcome", "Kết quả thống nhất", PARAM_TYPE_VALUE, 0, &outcomes},
    [PARAM_REMARK] = {"remark", "Ý kiến giám sát", PARAM_TYPE_INTEGER, 0, NULL},
    [PARAM_ENTRY] = {"entry", "Mục trong sổ", PARAM_TYPE_INTEGER, 0, NULL},
    [PARAM_PHONE] = {"phone", "Số điện thoại", PARAM_TYPE_LINE, 40, NULL},
    [PARAM_EMAIL] = {"email", "Thư điện tử", PARAM_TYPE_LINE, LINE, NULL},
    [PARAM_REPLY_BY] = {"reply_by", "Nhận trả lời qua", PARAM_TYPE_VALUE, 0, &reply_bys},
    [PARAM_SPANS] = {"spans", "Đoạn cần che", PARAM_TYPE_SPANS, 100, NULL},
    [PARAM_DIVERT_TO] = {"to", "Thủ tục", PARAM_TYPE_VALUE, 0, &divert_tos},
    [PARAM_REFER_REASON] = {"reason", "Lý do chuyển", PARAM_TYPE_VALUE, 0, &refer_reasons},
    [PARAM_TITLE] = {"title", "Tên hội nghị", PARAM_TYPE_LINE, 500, NULL},
    [PARAM_YEAR] = {"year", "Năm", PARAM_TYPE_INTEGER, 0, NULL},
    [PARAM_PROFILE] = {"profile", "Bộ quy định", PARAM_TYPE_INTEGER, 0, NULL},
    [PARAM_PLANNED] = {"planned", "Thời gian dự kiến", PARAM_TYPE_MONTH_OR_DATE, 0, NULL},
    [PARAM_PLACE] = {"place", "Địa điểm", PARAM_TYPE_LINE, LINE, NULL},
    [PARAM_SEATS] = {"seats", "Số chỗ", PARAM_TYPE_INTEGER, 0, NULL},
    [PARAM_COPY_FROM] = {"copy_from", "Chép từ hội nghị", PARAM_TYPE_INTEGER, 0, NULL},
    [PARAM_NUMBER] = {"number", "Số", PARAM_TYPE_INTEGER, 0, NULL},
    [PARAM_SYMBOL] = {"symbol", "Ký hiệu", PARAM_TYPE_LINE, 30, NULL},
    [PARAM_STARTS_AT] = {"starts_at", "Bắt đầu lúc", PARAM_TYPE_INSTANT, 0, NULL},
    [PARAM_OPINIONS_FROM] = {"opinions_from", "Nhận ý kiến từ", PARAM_TYPE_INSTANT, 0, NULL},
    [PARAM_OPINIONS_UNTIL] = {"opinions_until", "Nên gửi trước đến", PARAM_TYPE_INSTANT, 0, NULL},
    [PARAM_RESUMES_AT] = {"resumes_at", "Tiếp tục lúc", PARAM_TYPE_INSTANT, 0, NULL},
    [PARAM_OPINIONS] = {"opinions", "Ý kiến đã nhận", PARAM_TYPE_VALUE, 0, &on_cancels},
    [PARAM_CARRY_TO] = {"carry_to", "Hội nghị nhận ý kiến", PARAM_TYPE_INTEGER, 0, NULL},
    [PARAM_ROLE] = {"role", "Vai trò", PARAM_TYPE_VALUE, 0, &roles},
    [PARAM_USERNAME] = {"username", "Tài khoản", PARAM_TYPE_LINE, 40, NULL},
    [PARAM_TURN] = {"turn", "Lượt phát biểu", PARAM_TYPE_INTEGER, 0, NULL},
    [PARAM_TURN_KIND] = {"kind", "Loại phát biểu", PARAM_TYPE_VALUE, 0, &turn_kinds},
    [PARAM_NAME] = {"name", "Họ và tên", PARAM_TYPE_LINE, LINE, NULL},
    [PARAM_KHOM] = {"khom", "Địa bàn", PARAM_TYPE_KHOM, 0, NULL},
    [PARAM_AUTHOR_TYPE] = {"author_type", "Người phát biểu là", PARAM_TYPE_VALUE, 0, &author_types},
    [PARAM_OPINION] = {"opinion", "Ý kiến", PARAM_TYPE_OPINION, 0, NULL},
    [PARAM_SIDE] = {"side", "Bên phát biểu", PARAM_TYPE_VALUE, 0, &floor_sides},
    [PARAM_SECONDS] = {"seconds", "Số giây", PARAM_TYPE_INTEGER, 0, NULL},
    [PARAM_WARN] = {"warn", "Báo trước, giây", PARAM_TYPE_INTEGER, 0, NULL},
    [PARAM_PERCENT] = {"percent", "Phần thời gian của cơ quan, %", PARAM_TYPE_INTEGER, 0, NULL},
    [PARAM_FIRST_TIME] = {"first_time", "Ưu tiên người chưa phát biểu", PARAM_TYPE_BOOL, 0, NULL},
    [PARAM_ROUND_ROBIN] = {"round_robin", "Luân phiên các khóm và doanh nghiệp", PARAM_TYPE_BOOL, 0,
                           NULL},
    [PARAM_STEP] = {"step", "Bước của chương trình", PARAM_TYPE_INTEGER, 0, NULL},
    [PARAM_CODE] = {"code", "Mã tham gia", PARAM_TYPE_LINE, 20, NULL},
    [PARAM_NOTE] = {"note", "Ghi chú", PARAM_TYPE_INTEGER, 0, NULL},
    [PARAM_DONE] = {"done", "Đã ghi xong", PARAM_TYPE_BOOL, 0, NULL},
    [PARAM_STRIKE] = {"strike", "Gạch bỏ", PARAM_TYPE_BOOL, 0, NULL},
    [PARAM_SCENE] = {"scene", "Nội dung màn hình", PARAM_TYPE_VALUE, 0, &scenes},
};

const char *param_text(const struct params *params, enum param_id id)
{
    return params->at[id].given ? params->at[id].text : NULL;
}

int64_t param_number(const struct params *params, enum param_id id, int64_t otherwise)
{
    return params->at[id].given ? params->at[id].number : otherwise;
}
