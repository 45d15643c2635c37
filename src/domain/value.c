// SPDX-License-Identifier: AGPL-3.0-or-later
// The tables of values. A row's place is its enum value; tests walk them all.
#include "domain/value.h"

#include <stdio.h>
#include <string.h>

#include "base/ensure.h"
#include "base/tr.h"
#include "domain/hall.h"

#define SET(variable, api_name, rows_array, count_value)                            \
    static_assert(ARRAY_LEN(rows_array) == (count_value), #variable " has a hole"); \
    const struct value_set variable = {api_name, rows_array, count_value}

static const struct value_name opinion_state_rows[] = {
    [OPINION_RECEIVED] = {"received", N_("đã tiếp nhận")},
    [OPINION_RELAYED] = {"relayed", N_("đã chuyển chủ trì")},
    [OPINION_ON_FLOOR] = {"on_floor", N_("đang đối thoại")},
    [OPINION_ANSWERED] = {"answered", N_("đã trả lời")},
    [OPINION_OWED] = {"owed", N_("còn nợ trả lời")},
    [OPINION_REFERRED] = {"referred", N_("đã kiến nghị cấp trên")},
    [OPINION_CONCLUDED] = {"concluded", N_("đã kết luận")},
    [OPINION_DIVERTED] = {"diverted", N_("chuyển thủ tục khác")},
    [OPINION_WITHDRAWN] = {"withdrawn", N_("đã rút")},
};
SET(opinion_states, "opinion_state", opinion_state_rows, OPINION_STATE_COUNT);

static const struct value_name dialogue_state_rows[] = {
    [DIALOGUE_DRAFTING] = {"drafting", N_("đang soạn kế hoạch")},
    [DIALOGUE_ISSUED] = {"issued", N_("đã ban hành kế hoạch")},
    [DIALOGUE_ANNOUNCED] = {"announced", N_("đã thông báo")},
    [DIALOGUE_OPEN] = {"open", N_("đang diễn ra")},
    [DIALOGUE_ADJOURNED] = {"adjourned", N_("tạm nghỉ")},
    [DIALOGUE_CLOSED] = {"closed", N_("đã bế mạc")},
    [DIALOGUE_COMPLETED] = {"completed", N_("đã hoàn tất")},
    [DIALOGUE_POSTPONED] = {"postponed", N_("tạm hoãn")},
    [DIALOGUE_CANCELLED] = {"cancelled", N_("đã hủy")},
};
SET(dialogue_states, "dialogue_state", dialogue_state_rows, DIALOGUE_STATE_COUNT);

static const struct value_name kind_rows[] = {
    [KIND_QUESTION] = {"question", N_("câu hỏi")},
    [KIND_RECOMMENDATION] = {"recommendation", N_("kiến nghị")},
    [KIND_REFLECTION] = {"reflection", N_("phản ánh")},
    [KIND_CONTRIBUTION] = {"contribution", N_("góp ý")},
    [KIND_ASPIRATION] = {"aspiration", N_("nguyện vọng")},
};
SET(opinion_kinds, "kind", kind_rows, KIND_COUNT);

static const struct value_name channel_rows[] = {
    [CHANNEL_SPOKEN] = {"spoken", N_("phát biểu trực tiếp")},
    [CHANNEL_SLIP] = {"slip", N_("phiếu giấy")},
    [CHANNEL_ONLINE] = {"online", N_("gửi trực tuyến")},
    [CHANNEL_KHOM] = {"khom", N_("qua khóm")},
    [CHANNEL_PHONE] = {"phone", N_("điện thoại")},
};
SET(channels, "channel", channel_rows, CHANNEL_COUNT);

static const struct value_name author_type_rows[] = {
    [AUTHOR_RESIDENT] = {"resident", N_("người dân")},
    [AUTHOR_BUSINESS] = {"business", N_("doanh nghiệp")},
    [AUTHOR_ANONYMOUS] = {"anonymous", N_("không nêu tên")},
};
SET(author_types, "author_type", author_type_rows, AUTHOR_TYPE_COUNT);

static const struct value_name wants_rows[] = {
    [WANTS_RELAY] = {"relay", N_("nhờ thư ký đọc giúp")},
    [WANTS_SPEAK] = {"speak", N_("tự phát biểu tại hội trường")},
    [WANTS_WRITTEN] = {"written", N_("chỉ cần trả lời bằng văn bản")},
};
SET(wants_values, "wants", wants_rows, WANTS_COUNT);

static const struct value_name reply_by_rows[] = {
    [REPLY_PAGE] = {"page", N_("trang tra cứu")},
    [REPLY_LETTER] = {"letter", N_("thư giấy")},
    [REPLY_KHOM] = {"khom", N_("ban nhân dân khóm trao tận tay")},
    [REPLY_EMAIL] = {"email", N_("thư điện tử")},
    [REPLY_SMS] = {"sms", N_("tin nhắn")},
};
SET(reply_bys, "reply_by", reply_by_rows, REPLY_BY_COUNT);

static const struct value_name scope_rows[] = {
    [SCOPE_IN] = {"in", N_("trong nội dung đối thoại")},
    [SCOPE_OFF] = {"off", N_("ngoài nội dung đối thoại")},
};
SET(scopes, "scope", scope_rows, SCOPE_COUNT);

static const struct value_name authority_rows[] = {
    [AUTHORITY_WARD] = {"ward", N_("thuộc thẩm quyền của phường")},
    [AUTHORITY_BEYOND] = {"beyond", N_("vượt thẩm quyền")},
    [AUTHORITY_COMPLEX] = {"complex", N_("phức tạp, liên quan nhiều ngành")},
};
SET(authorities, "authority", authority_rows, AUTHORITY_COUNT);

static const struct value_name about_rows[] = {
    [ABOUT_POLICY] = {"policy", N_("chủ trương, chính sách, công việc")},
    [ABOUT_OFFICIAL] = {"official", N_("cán bộ, công chức")},
    [ABOUT_HEAD] = {"head", N_("người đứng đầu chính quyền")},
    [ABOUT_PARTY] = {"party", N_("xây dựng Đảng, chính quyền")},
};
SET(abouts, "about", about_rows, ABOUT_COUNT);

static const struct value_name visibility_rows[] = {
    [VISIBILITY_INITIALS] = {"initials", N_("công khai, chỉ ghi chữ cái đầu của tên")},
    [VISIBILITY_PUBLIC] = {"public", N_("công khai cả tên")},
    [VISIBILITY_STAFF] = {"staff", N_("chỉ cán bộ xử lý được xem")},
    [VISIBILITY_SEALED] = {"sealed", N_("niêm phong")},
};
SET(visibilities, "visibility", visibility_rows, VISIBILITY_COUNT);

static const struct value_name field_rows[] = {
    [FIELD_ECONOMY] = {"economy", N_("Kinh tế")},
    [FIELD_CONSTRUCTION] = {"construction", N_("Xây dựng cơ bản")},
    [FIELD_CULTURE_SOCIETY] = {"culture_society", N_("Văn hóa - xã hội")},
    [FIELD_MILITARY] = {"military", N_("Quân sự")},
    [FIELD_SECURITY] = {"security", N_("An ninh trật tự")},
    [FIELD_ADMIN_REFORM] = {"admin_reform", N_("Cải cách hành chính")},
    [FIELD_DEMOCRACY] = {"democracy", N_("Dân chủ cơ sở")},
    [FIELD_URBAN] = {"urban", N_("Văn minh đô thị")},
    [FIELD_ANTICORRUPTION] = {"anticorruption", N_("Phòng, chống tham nhũng, lãng phí, tiêu cực")},
    [FIELD_RECEPTION] = {"reception", N_("Tiếp dân, khiếu nại, tố cáo")},
    [FIELD_RESOLUTIONS] = {"resolutions", N_("Thực hiện nghị quyết")},
    [FIELD_CONDUCT] = {"conduct", N_("Đạo đức, trách nhiệm của cán bộ, công chức")},
    [FIELD_OTHER] = {"other", N_("Lĩnh vực khác")},
};
SET(fields, "field", field_rows, FIELD_COUNT);

static const struct value_name divert_to_rows[] = {
    [DIVERT_COMPLAINT] = {"complaint", N_("khiếu nại")},
    [DIVERT_DENUNCIATION] = {"denunciation", N_("tố cáo")},
    [DIVERT_PROCEDURE] = {"procedure", N_("phản ánh, kiến nghị về quy định hành chính")},
    [DIVERT_DATA_REQUEST] = {"data_request", N_("yêu cầu về dữ liệu cá nhân")},
};
SET(divert_tos, "divert_to", divert_to_rows, DIVERT_COUNT);

static const struct value_name outcome_rows[] = {
    [OUTCOME_NONE] = {"", ""},
    [OUTCOME_AGREED] = {"agreed", N_("người có ý kiến đồng ý")},
    [OUTCOME_SILENT] = {"silent", N_("hết thời hạn, người có ý kiến không phản hồi")},
    [OUTCOME_NOT_AGREED] = {"not_agreed", N_("người có ý kiến chưa đồng ý")},
};
SET(outcomes, "outcome", outcome_rows, OUTCOME_COUNT);

static const struct value_name answer_kind_rows[] = {
    [ANSWER_EXPLAIN] = {"explain", N_("giải thích")},
    [ANSWER_EXCHANGE] = {"exchange", N_("trao đổi")},
    [ANSWER_ACCEPT] = {"accept", N_("tiếp thu")},
    [ANSWER_ANSWER] = {"answer", N_("trả lời")},
};
SET(answer_kinds, "answer_kind", answer_kind_rows, ANSWER_KIND_COUNT);

static const struct value_name answer_mode_rows[] = {
    [MODE_SPOKEN] = {"spoken", N_("trả lời trực tiếp")},
    [MODE_WRITTEN] = {"written", N_("trả lời bằng văn bản")},
};
SET(answer_modes, "mode", answer_mode_rows, MODE_COUNT);

static const struct value_name refer_reason_rows[] = {
    [REFER_BEYOND] = {"beyond", N_("vượt thẩm quyền của phường")},
    [REFER_COMPLEX] = {"complex", N_("phức tạp, liên quan nhiều ngành")},
};
SET(refer_reasons, "refer_reason", refer_reason_rows, REFER_REASON_COUNT);

static const struct value_name agency_result_rows[] = {
    [AGENCY_ANSWERED] = {"answered", N_("đã trả lời")},
    [AGENCY_REFUSED] = {"refused", N_("không thụ lý")},
};
SET(agency_results, "agency_result", agency_result_rows, AGENCY_RESULT_COUNT);

static const struct value_name on_cancel_rows[] = {
    [ON_CANCEL_CARRY] = {"carry", N_("chuyển sang hội nghị sau")},
    [ON_CANCEL_ANSWER] = {"answer", N_("trả lời bằng văn bản")},
};
SET(on_cancels, "on_cancel", on_cancel_rows, ON_CANCEL_COUNT);

static const struct value_name proof_kind_rows[] = {
    [PROOF_HEARD] = {"heard", N_("nghe trực tiếp tại hội trường")},
    [PROOF_SIGNATURE] = {"signature", N_("chữ ký")},
    [PROOF_TWO_NAMES] = {"two_names", N_("hai người chứng kiến")},
    [PROOF_PHOTO] = {"photo", N_("ảnh chụp")},
    [PROOF_CALL] = {"call", N_("cuộc gọi")},
};
SET(proof_kinds, "proof_kind", proof_kind_rows, PROOF_COUNT);

static const struct value_name behalf_rows[] = {
    [BEHALF_SELF] = {"", ""},
    [BEHALF_AUTHOR] = {"author", N_("thay người có ý kiến")},
    [BEHALF_CHAIR] = {"chair", N_("ghi thay chủ trì")},
    [BEHALF_FLOOR] = {"floor", N_("ghi lời người được mời phát biểu")},
};
SET(behalves, "on_behalf", behalf_rows, BEHALF_COUNT);

static const struct value_name role_rows[] = {
    [ROLE_CHAIR] = {"chair", N_("chủ trì")},
    [ROLE_OFFICE] = {"office", N_("Văn phòng")},
    [ROLE_SECRETARY] = {"secretary", N_("thư ký")},
    [ROLE_SPECIALIST] = {"specialist", N_("công chức chuyên môn")},
    [ROLE_CULTURE] = {"culture", N_("công chức văn hóa")},
    [ROLE_KHOM] = {"khom", N_("ban nhân dân khóm")},
    [ROLE_OVERSIGHT] = {"oversight", N_("giám sát")},
    [ROLE_PARTY] = {"party", N_("Đảng ủy")},
    [ROLE_ARCHIVIST] = {"archivist", N_("văn thư")},
    [ROLE_CUSTODIAN] = {"custodian", N_("người giữ hồ sơ niêm phong")},
    [ROLE_ADMIN] = {"admin", N_("quản trị")},
    [ROLE_DEPUTY] = {"deputy", N_("phó chủ trì")},
    [ROLE_SECOND_READER] = {"second_reader", N_("người xem xét thứ hai")},
    [ROLE_ASSIGNEE] = {"assignee", N_("người được phân công")},
    [ROLE_FLOOR] = {"floor", N_("người được mời phát biểu")},
    [ROLE_AUTHOR] = {"author", N_("người có ý kiến")},
    [ROLE_TICKET] = {"ticket", N_("người dự hội nghị")},
    [ROLE_SYSTEM] = {"system", N_("hệ thống")},
};
SET(roles, "role", role_rows, ROLE_COUNT);

const struct value_set *const value_sets[] = {
    &opinion_states, &dialogue_states, &opinion_kinds, &channels,
    &author_types,   &wants_values,    &reply_bys,     &scopes,
    &authorities,    &abouts,          &visibilities,  &fields,
    &divert_tos,     &outcomes,        &answer_kinds,  &answer_modes,
    &refer_reasons,  &agency_results,  &on_cancels,    &proof_kinds,
    &behalves,       &roles,           &turn_kinds,    &turn_states,
    &floor_sides,    &scenes,          &note_becames,  NULL,
};

int value_parse(const struct value_set *set, const char *code)
{
    if (code == NULL || *code == 0) return -1;
    for (int i = 0; i < set->count; i++)
        if (strcmp(set->rows[i].code, code) == 0) return i;
    return -1;
}

const char *value_code(const struct value_set *set, int value)
{
    ensure(value >= 0 && value < set->count);
    return set->rows[value].code;
}

const char *value_label(const struct value_set *set, int value)
{
    ensure(value >= 0 && value < set->count);
    return set->rows[value].label;
}

const char *opinion_number_format(int64_t opinion, char out[OPINION_NUMBER_TEXT])
{
    snprintf(out, OPINION_NUMBER_TEXT, "%04u-%04u", (unsigned)(opinion / OPINION_PER_YEAR) % 10000,
             (unsigned)(opinion % OPINION_PER_YEAR));
    return out;
}

bool opinion_number_parse(const char *text, int64_t *ret_opinion)
{
    if (text == NULL || strspn(text, "0123456789") != 4 || text[4] != '-') return false;
    size_t len = strspn(text + 5, "0123456789");
    if (len < 4 || len > 7 || text[5 + len] != 0) return false;
    if (len > 4 && text[5] == '0') return false; // one number, one spelling
    int64_t year = strtol(text, NULL, 10), n = strtol(text + 5, NULL, 10);
    if (year < 1900 || n == 0) return false;
    *ret_opinion = year * OPINION_PER_YEAR + n;
    return true;
}
