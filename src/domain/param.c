// SPDX-License-Identifier: AGPL-3.0-or-later
// The table of parameters. Two rows may share an API name (`to`, `kind`, `reason`) with another
// type: which one an action means is said by its own row.
#include "domain/param.h"

#include "base/ensure.h"
#include "base/tr.h"
#include "domain/hall.h"

enum { LINE = 200, TEXT = 20000 };

const struct param_row param_rows[PARAM_COUNT] = {
    [PARAM_TEXT] = {"text", N_("Nội dung"), PARAM_TYPE_TEXT, TEXT, NULL},
    [PARAM_REASON] = {"reason", N_("Lý do"), PARAM_TYPE_TEXT, TEXT, NULL},
    [PARAM_TO] = {"to", N_("Người hoặc cơ quan"), PARAM_TYPE_LINE, LINE, NULL},
    [PARAM_DUE] = {"due", N_("Hạn trả lời"), PARAM_TYPE_DATE, 0, NULL},
    [PARAM_WITH] = {"with", N_("Phối hợp"), PARAM_TYPE_LINES, 20, NULL},
    [PARAM_DIRECTIVE] = {"directive", N_("Ý kiến chỉ đạo"), PARAM_TYPE_TEXT, TEXT, NULL},
    [PARAM_FIELD] = {"field", N_("Lĩnh vực"), PARAM_TYPE_VALUE, 0, &fields},
    [PARAM_TOPIC] = {"topic", N_("Chủ đề"), PARAM_TYPE_LINE, LINE, NULL},
    [PARAM_SCOPE] = {"scope", N_("Phạm vi nội dung"), PARAM_TYPE_VALUE, 0, &scopes},
    [PARAM_AUTHORITY] = {"authority", N_("Thẩm quyền"), PARAM_TYPE_VALUE, 0, &authorities},
    [PARAM_ABOUT] = {"about", N_("Ý kiến về"), PARAM_TYPE_VALUE, 0, &abouts},
    [PARAM_NAMED] = {"named", N_("Người được nêu"), PARAM_TYPE_LINES, 20, NULL},
    [PARAM_VISIBILITY] = {"visibility", N_("Mức công khai"), PARAM_TYPE_VALUE, 0, &visibilities},
    [PARAM_PARTS] = {"parts", N_("Các phần"), PARAM_TYPE_PARTS, 20, NULL},
    [PARAM_LEAD] = {"with", N_("Ý kiến chính của nhóm"), PARAM_TYPE_OPINION, 0, NULL},
    [PARAM_SPEAKER] = {"speaker", N_("Người phát biểu"), PARAM_TYPE_LINE, LINE, NULL},
    [PARAM_MODE] = {"mode", N_("Hình thức trả lời"), PARAM_TYPE_VALUE, 0, &answer_modes},
    [PARAM_KIND] = {"kind", N_("Loại trả lời"), PARAM_TYPE_VALUE, 0, &answer_kinds},
    [PARAM_LEGAL_REFS] = {"legal_refs", N_("Căn cứ pháp luật"), PARAM_TYPE_LINES, 20, NULL},
    [PARAM_DRAFT] = {"draft", N_("Bản dự thảo"), PARAM_TYPE_INTEGER, 0, NULL},
    [PARAM_WITHDRAWAL] = {"withdrawal", N_("Đồng ý cho rút"), PARAM_TYPE_BOOL, 0, NULL},
    [PARAM_HOW] = {"how", N_("Cách gửi"), PARAM_TYPE_VALUE, 0, &reply_bys},
    [PARAM_AGENCY] = {"agency", N_("Cơ quan giải quyết"), PARAM_TYPE_LINE, LINE, NULL},
    [PARAM_EXPECTED] = {"expected", N_("Thời gian dự kiến"), PARAM_TYPE_DATE, 0, NULL},
    [PARAM_RESULT] = {"result", N_("Kết quả"), PARAM_TYPE_VALUE, 0, &agency_results},
    [PARAM_DATE] = {"date", N_("Ngày"), PARAM_TYPE_DATE, 0, NULL},
    [PARAM_ATTACHMENT] = {"attachment", N_("Tệp kèm theo"), PARAM_TYPE_LINE, LINE, NULL},
    [PARAM_OUTCOME] = {"outcome", N_("Kết quả thống nhất"), PARAM_TYPE_VALUE, 0, &outcomes},
    [PARAM_REMARK] = {"remark", N_("Ý kiến giám sát"), PARAM_TYPE_INTEGER, 0, NULL},
    [PARAM_ENTRY] = {"entry", N_("Mục trong sổ"), PARAM_TYPE_INTEGER, 0, NULL},
    [PARAM_PHONE] = {"phone", N_("Số điện thoại"), PARAM_TYPE_LINE, 40, NULL},
    [PARAM_EMAIL] = {"email", N_("Thư điện tử"), PARAM_TYPE_LINE, LINE, NULL},
    [PARAM_REPLY_BY] = {"reply_by", N_("Nhận trả lời qua"), PARAM_TYPE_VALUE, 0, &reply_bys},
    [PARAM_SPANS] = {"spans", N_("Đoạn cần che"), PARAM_TYPE_SPANS, 100, NULL},
    [PARAM_DIVERT_TO] = {"to", N_("Thủ tục"), PARAM_TYPE_VALUE, 0, &divert_tos},
    [PARAM_REFER_REASON] = {"reason", N_("Lý do chuyển"), PARAM_TYPE_VALUE, 0, &refer_reasons},
    [PARAM_TITLE] = {"title", N_("Tên hội nghị"), PARAM_TYPE_LINE, 500, NULL},
    [PARAM_YEAR] = {"year", N_("Năm"), PARAM_TYPE_INTEGER, 0, NULL},
    [PARAM_PROFILE] = {"profile", N_("Bộ quy định"), PARAM_TYPE_INTEGER, 0, NULL},
    [PARAM_PLANNED] = {"planned", N_("Thời gian dự kiến"), PARAM_TYPE_MONTH_OR_DATE, 0, NULL},
    [PARAM_PLACE] = {"place", N_("Địa điểm"), PARAM_TYPE_LINE, LINE, NULL},
    [PARAM_SEATS] = {"seats", N_("Số chỗ"), PARAM_TYPE_INTEGER, 0, NULL},
    [PARAM_COPY_FROM] = {"copy_from", N_("Chép từ hội nghị"), PARAM_TYPE_INTEGER, 0, NULL},
    [PARAM_NUMBER] = {"number", N_("Số"), PARAM_TYPE_INTEGER, 0, NULL},
    [PARAM_SYMBOL] = {"symbol", N_("Ký hiệu"), PARAM_TYPE_LINE, 30, NULL},
    [PARAM_STARTS_AT] = {"starts_at", N_("Bắt đầu lúc"), PARAM_TYPE_INSTANT, 0, NULL},
    [PARAM_OPINIONS_FROM] = {"opinions_from", N_("Nhận ý kiến từ"), PARAM_TYPE_INSTANT, 0, NULL},
    [PARAM_OPINIONS_UNTIL] = {"opinions_until", N_("Nên gửi trước đến"), PARAM_TYPE_INSTANT, 0,
                              NULL},
    [PARAM_RESUMES_AT] = {"resumes_at", N_("Tiếp tục lúc"), PARAM_TYPE_INSTANT, 0, NULL},
    [PARAM_OPINIONS] = {"opinions", N_("Ý kiến đã nhận"), PARAM_TYPE_VALUE, 0, &on_cancels},
    [PARAM_CARRY_TO] = {"carry_to", N_("Hội nghị nhận ý kiến"), PARAM_TYPE_INTEGER, 0, NULL},
    [PARAM_ROLE] = {"role", N_("Vai trò"), PARAM_TYPE_VALUE, 0, &roles},
    [PARAM_USERNAME] = {"username", N_("Tài khoản"), PARAM_TYPE_LINE, 40, NULL},
    [PARAM_TURN] = {"turn", N_("Lượt phát biểu"), PARAM_TYPE_INTEGER, 0, NULL},
    [PARAM_READ] = {"read", N_("Lượt có tên đã đọc"), PARAM_TYPE_INTEGER, 0, NULL},
    [PARAM_TURN_KIND] = {"kind", N_("Loại phát biểu"), PARAM_TYPE_VALUE, 0, &turn_kinds},
    [PARAM_NAME] = {"name", N_("Họ và tên"), PARAM_TYPE_LINE, LINE, NULL},
    [PARAM_KHOM] = {"khom", N_("Địa bàn"), PARAM_TYPE_KHOM, 0, NULL},
    [PARAM_AUTHOR_TYPE] = {"author_type", N_("Người phát biểu là"), PARAM_TYPE_VALUE, 0,
                           &author_types},
    [PARAM_ORGANISATION] = {"organisation", N_("Tên doanh nghiệp, cơ sở"), PARAM_TYPE_LINE, LINE,
                            NULL},
    [PARAM_OPINION] = {"opinion", N_("Ý kiến"), PARAM_TYPE_OPINION, 0, NULL},
    [PARAM_SIDE] = {"side", N_("Bên phát biểu"), PARAM_TYPE_VALUE, 0, &floor_sides},
    [PARAM_SECONDS] = {"seconds", N_("Mỗi lượt phát biểu, giây"), PARAM_TYPE_INTEGER, 0, NULL},
    [PARAM_WARN] = {"warn", N_("Báo trước khi hết, giây"), PARAM_TYPE_INTEGER, 0, NULL},
    [PARAM_PERCENT] = {"percent", N_("Thời gian của cơ quan, nhiều nhất %"), PARAM_TYPE_INTEGER, 0,
                       NULL},
    [PARAM_FIRST_TIME] = {"first_time", N_("Ưu tiên người chưa phát biểu"), PARAM_TYPE_BOOL, 0,
                          NULL},
    [PARAM_ROUND_ROBIN] = {"round_robin", N_("Luân phiên các khóm và doanh nghiệp"),
                           PARAM_TYPE_BOOL, 0, NULL},
    [PARAM_STEP] = {"step", N_("Bước của chương trình"), PARAM_TYPE_INTEGER, 0, NULL},
    [PARAM_CODE] = {"code", N_("Mã tham gia"), PARAM_TYPE_LINE, 20, NULL},
    [PARAM_NOTE] = {"note", N_("Ghi chú"), PARAM_TYPE_INTEGER, 0, NULL},
    [PARAM_DONE] = {"done", N_("Đã ghi xong"), PARAM_TYPE_BOOL, 0, NULL},
    [PARAM_STRIKE] = {"strike", N_("Gạch bỏ"), PARAM_TYPE_BOOL, 0, NULL},
    [PARAM_SCENE] = {"scene", N_("Nội dung màn hình"), PARAM_TYPE_VALUE, 0, &scenes},
};

const char *param_text(const struct params *params, enum param_id id)
{
    return params->at[id].given ? params->at[id].text : NULL;
}

int64_t param_number(const struct params *params, enum param_id id, int64_t otherwise)
{
    return params->at[id].given ? params->at[id].number : otherwise;
}

struct refusal params_check(const struct param_use *uses, int count, const struct params *params)
{
    bool known[PARAM_COUNT] = {false};
    for (int i = 0; i < count; i++)
        known[uses[i].id] = true;
    for (int id = 0; id < PARAM_COUNT; id++)
        if (params->at[id].given && !known[id])
            return REFUSE_FIELD(REFUSAL_UNKNOWN_FIELD, param_rows[id].name);
    for (int i = 0; i < count; i++) {
        const struct param_value *value = &params->at[uses[i].id];
        bool empty = !value->given || (value->text != NULL && value->text[0] == 0);
        if (uses[i].required && empty)
            return REFUSE_FIELD(REFUSAL_REQUIRED, param_rows[uses[i].id].name);
    }
    return ALLOWED;
}
