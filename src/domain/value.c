// SPDX-License-Identifier: AGPL-3.0-or-later
// The tables of values. A row's place is its enum value; tests walk them all.
#include "domain/value.h"

#include <stdio.h>
#include <string.h>

#include "base/ensure.h"
#include "domain/hall.h"

#define SET(variable, api_name, rows_array, count_value)                            \
    static_assert(ARRAY_LEN(rows_array) == (count_value), #variable " has a hole"); \
    const struct value_set variable = {api_name, rows_array, count_value}

static const struct value_name opinion_state_rows[] = {
    [OPINION_RECEIVED] = {"received", "đã tiếp nhận"},
    [OPINION_RELAYED] = {"relayed", "đã chuyển chủ trì"},
    [OPINION_ON_FLOOR] = {"on_floor", "đang đối thoại"},
    [OPINION_ANSWERED] = {"answered", "đã trả lời"},
    [OPINION_OWED] = {"owed", "còn nợ trả lời"},
    [OPINION_REFERRED] = {"referred", "đã kiến nghị cấp trên"},
    [OPINION_CONCLUDED] = {"concluded", "đã kết luận"},
    [OPINION_DIVERTED] = {"diverted", "chuyển thủ tục khác"},
    [OPINION_WITHDRAWN] = {"withdrawn", "đã rút"},
};
SET(opinion_states, "opinion_state", opinion_state_rows, OPINION_STATE_COUNT);

static const struct value_name dialogue_state_rows[] = {
    [DIALOGUE_DRAFTING] = {"drafting", "đang soạn kế hoạch"},
    [DIALOGUE_ISSUED] = {"issued", "đã ban hành kế hoạch"},
    [DIALOGUE_ANNOUNCED] = {"announced", "đã thông báo"},
    [DIALOGUE_OPEN] = {"open", "đang diễn ra"},
    [DIALOGUE_ADJOURNED] = {"adjourned", "tạm nghỉ"},
    [DIALOGUE_CLOSED] = {"closed", "đã bế mạc"},
    [DIALOGUE_COMPLETED] = {"completed", "đã hoàn tất"},
    [DIALOGUE_POSTPONED] = {"postponed", "tạm hoãn"},
    [DIALOGUE_CANCELLED] = {"cancelled", "đã hủy"},
};
SET(dialogue_states, "dialogue_state", dialogue_state_rows, DIALOGUE_STATE_COUNT);

static const struct value_name kind_rows[] = {
    [KIND_QUESTION] = {"question", "câu hỏi"},
    [KIND_RECOMMENDATION] = {"recommendation", "kiến nghị"},
    [KIND_REFLECTION] = {"reflection", "phản ánh"},
    [KIND_CONTRIBUTION] = {"contribution", "góp ý"},
    [KIND_ASPIRATION] = {"aspiration", "nguyện vọng"},
};
SET(opinion_kinds, "kind", kind_rows, KIND_COUNT);

static const struct value_name channel_rows[] = {
    [CHANNEL_SPOKEN] = {"spoken", "phát biểu trực tiếp"},
    [CHANNEL_SLIP] = {"slip", "phiếu giấy"},
    [CHANNEL_ONLINE] = {"online", "gửi trực tuyến"},
    [CHANNEL_KHOM] = {"khom", "qua khóm"},
    [CHANNEL_PHONE] = {"phone", "điện thoại"},
};
SET(channels, "channel", channel_rows, CHANNEL_COUNT);

static const struct value_name author_type_rows[] = {
    [AUTHOR_RESIDENT] = {"resident", "người dân"},
    [AUTHOR_BUSINESS] = {"business", "doanh nghiệp"},
    [AUTHOR_ANONYMOUS] = {"anonymous", "không nêu tên"},
};
SET(author_types, "author_type", author_type_rows, AUTHOR_TYPE_COUNT);

static const struct value_name wants_rows[] = {
    [WANTS_RELAY] = {"relay", "nhờ thư ký đọc giúp"},
    [WANTS_SPEAK] = {"speak", "tự phát biểu tại hội trường"},
    [WANTS_WRITTEN] = {"written", "chỉ cần trả lời bằng văn bản"},
};
SET(wants_values, "wants", wants_rows, WANTS_COUNT);

static const struct value_name reply_by_rows[] = {
    [REPLY_PAGE] = {"page", "trang tra cứu"},
    [REPLY_LETTER] = {"letter", "thư giấy"},
    [REPLY_KHOM] = {"khom", "ban nhân dân khóm trao tận tay"},
    [REPLY_EMAIL] = {"email", "thư điện tử"},
    [REPLY_SMS] = {"sms", "tin nhắn"},
};
SET(reply_bys, "reply_by", reply_by_rows, REPLY_BY_COUNT);

static const struct value_name scope_rows[] = {
    [SCOPE_IN] = {"in", "trong nội dung đối thoại"},
    [SCOPE_OFF] = {"off", "ngoài nội dung đối thoại"},
};
SET(scopes, "scope", scope_rows, SCOPE_COUNT);

static const struct value_name authority_rows[] = {
    [AUTHORITY_WARD] = {"ward", "thuộc thẩm quyền của phường"},
    [AUTHORITY_BEYOND] = {"beyond", "vượt thẩm quyền"},
    [AUTHORITY_COMPLEX] = {"complex", "phức tạp, liên quan nhiều ngành"},
};
SET(authorities, "authority", authority_rows, AUTHORITY_COUNT);

static const struct value_name about_rows[] = {
    [ABOUT_POLICY] = {"policy", "chủ trương, chính sách, công việc"},
    [ABOUT_OFFICIAL] = {"official", "cán bộ, công chức"},
    [ABOUT_HEAD] = {"head", "người đứng đầu chính quyền"},
    [ABOUT_PARTY] = {"party", "xây dựng Đảng, chính quyền"},
};
SET(abouts, "about", about_rows, ABOUT_COUNT);

static const struct value_name visibility_rows[] = {
    [VISIBILITY_INITIALS] = {"initials", "công khai, chỉ ghi chữ cái đầu của tên"},
    [VISIBILITY_PUBLIC] = {"public", "công khai cả tên"},
    [VISIBILITY_STAFF] = {"staff", "chỉ cán bộ xử lý được xem"},
    [VISIBILITY_SEALED] = {"sealed", "niêm phong"},
};
SET(visibilities, "visibility", visibility_rows, VISIBILITY_COUNT);

static const struct value_name field_rows[] = {
    [FIELD_ECONOMY] = {"economy", "Kinh tế"},
    [FIELD_CONSTRUCTION] = {"construction", "Xây dựng cơ bản"},
    [FIELD_CULTURE_SOCIETY] = {"culture_society", "Văn hóa - xã hội"},
    [FIELD_MILITARY] = {"military", "Quân sự"},
    [FIELD_SECURITY] = {"security", "An ninh trật tự"},
    [FIELD_ADMIN_REFORM] = {"admin_reform", "Cải cách hành chính"},
    [FIELD_DEMOCRACY] = {"democracy", "Dân chủ cơ sở"},
    [FIELD_URBAN] = {"urban", "Văn minh đô thị"},
    [FIELD_ANTICORRUPTION] = {"anticorruption", "Phòng, chống tham nhũng, lãng phí, tiêu cực"},
    [FIELD_RECEPTION] = {"reception", "Tiếp dân, khiếu nại, tố cáo"},
    [FIELD_RESOLUTIONS] = {"resolutions", "Thực hiện nghị quyết"},
    [FIELD_CONDUCT] = {"conduct", "Đạo đức, trách nhiệm của cán bộ, công chức"},
    [FIELD_OTHER] = {"other", "Lĩnh vực khác"},
};
SET(fields, "field", field_rows, FIELD_COUNT);

static const struct value_name divert_to_rows[] = {
    [DIVERT_COMPLAINT] = {"complaint", "khiếu nại"},
    [DIVERT_DENUNCIATION] = {"denunciation", "tố cáo"},
    [DIVERT_PROCEDURE] = {"procedure", "phản ánh, kiến nghị về quy định hành chính"},
    [DIVERT_DATA_REQUEST] = {"data_request", "yêu cầu về dữ liệu cá nhân"},
};
SET(divert_tos, "divert_to", divert_to_rows, DIVERT_COUNT);

static const struct value_name outcome_rows[] = {
    [OUTCOME_NONE] = {"", ""},
    [OUTCOME_AGREED] = {"agreed", "người có ý kiến đồng ý"},
    [OUTCOME_SILENT] = {"silent", "hết thời hạn, người có ý kiến không phản hồi"},
    [OUTCOME_NOT_AGREED] = {"not_agreed", "người có ý kiến chưa đồng ý"},
};
SET(outcomes, "outcome", outcome_rows, OUTCOME_COUNT);

static const struct value_name answer_kind_rows[] = {
    [ANSWER_EXPLAIN] = {"explain", "giải thích"},
    [ANSWER_EXCHANGE] = {"exchange", "trao đổi"},
    [ANSWER_ACCEPT] = {"accept", "tiếp thu"},
    [ANSWER_ANSWER] = {"answer", "trả lời"},
};
SET(answer_kinds, "answer_kind", answer_kind_rows, ANSWER_KIND_COUNT);

static const struct value_name answer_mode_rows[] = {
    [MODE_SPOKEN] = {"spoken", "trả lời trực tiếp"},
    [MODE_WRITTEN] = {"written", "trả lời bằng văn bản"},
};
SET(answer_modes, "mode", answer_mode_rows, MODE_COUNT);

static const struct value_name refer_reason_rows[] = {
    [REFER_BEYOND] = {"beyond", "vượt thẩm quyền của phường"},
    [REFER_COMPLEX] = {"complex", "phức tạp, liên quan nhiều ngành"},
};
SET(refer_reasons, "refer_reason", refer_reason_rows, REFER_REASON_COUNT);

static const struct value_name agency_result_rows[] = {
    [AGENCY_ANSWERED] = {"answered", "đã trả lời"},
    [AGENCY_REFUSED] = {"refused", "không thụ lý"},
};
SET(agency_results, "agency_result", agency_result_rows, AGENCY_RESULT_COUNT);

static const struct value_name on_cancel_rows[] = {
    [ON_CANCEL_CARRY] = {"carry", "chuyển sang hội nghị sau"},
    [ON_CANCEL_ANSWER] = {"answer", "trả lời bằng văn bản"},
};
SET(on_cancels, "on_cancel", on_cancel_rows, ON_CANCEL_COUNT);

static const struct value_name proof_kind_rows[] = {
    [PROOF_HEARD] = {"heard", "nghe trực tiếp tại hội trường"},
    [PROOF_SIGNATURE] = {"signature", "chữ ký"},
    [PROOF_TWO_NAMES] = {"two_names", "hai người chứng kiến"},
    [PROOF_PHOTO] = {"photo", "ảnh chụp"},
    [PROOF_CALL] = {"call", "cuộc gọi"},
};
SET(proof_kinds, "proof_kind", proof_kind_rows, PROOF_COUNT);

static const struct value_name behalf_rows[] = {
    [BEHALF_SELF] = {"", ""},
    [BEHALF_AUTHOR] = {"author", "thay người có ý kiến"},
    [BEHALF_CHAIR] = {"chair", "ghi thay chủ trì"},
    [BEHALF_FLOOR] = {"floor", "ghi lời người được mời phát biểu"},
};
SET(behalves, "on_behalf", behalf_rows, BEHALF_COUNT);

static const struct value_name role_rows[] = {
    [ROLE_CHAIR] = {"chair", "chủ trì"},
    [ROLE_OFFICE] = {"office", "Văn phòng"},
    [ROLE_SECRETARY] = {"secretary", "thư ký"},
    [ROLE_SPECIALIST] = {"specialist", "công chức chuyên môn"},
    [ROLE_CULTURE] = {"culture", "công chức văn hóa"},
    [ROLE_KHOM] = {"khom", "ban nhân dân khóm"},
    [ROLE_OVERSIGHT] = {"oversight", "giám sát"},
    [ROLE_PARTY] = {"party", "Đảng ủy"},
    [ROLE_ARCHIVIST] = {"archivist", "văn thư"},
    [ROLE_CUSTODIAN] = {"custodian", "người giữ hồ sơ niêm phong"},
    [ROLE_ADMIN] = {"admin", "quản trị"},
    [ROLE_DEPUTY] = {"deputy", "phó chủ trì"},
    [ROLE_SECOND_READER] = {"second_reader", "người xem xét thứ hai"},
    [ROLE_ASSIGNEE] = {"assignee", "người được phân công"},
    [ROLE_FLOOR] = {"floor", "người được mời phát biểu"},
    [ROLE_AUTHOR] = {"author", "người có ý kiến"},
    [ROLE_TICKET] = {"ticket", "người dự hội nghị"},
    [ROLE_SYSTEM] = {"system", "hệ thống"},
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
