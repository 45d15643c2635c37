// SPDX-License-Identifier: AGPL-3.0-or-later
// The codes and words of the live hall's values, and the digest over a whole hall. A code once in
// the store or the register is never changed.
#include "domain/hall.h"

#include "base/digest.h"
#include "base/tr.h"

#define SET(set, name_, rows, n) const struct value_set set = {name_, rows, n}

static const struct value_name turn_kind_rows[] = {
    [TURN_QUESTION] = {"question", N_("nêu ý kiến")},
    [TURN_REPLY] = {"reply", N_("trao đổi lại")},
    [TURN_INTERVENTION] = {"intervention", N_("góp thêm ý")},
    [TURN_ORDER] = {"point_of_order", N_("về trình tự hội nghị")},
};
SET(turn_kinds, "turn_kind", turn_kind_rows, TURN_KIND_COUNT);

static const struct value_name turn_state_rows[] = {
    [TURN_WAITING] = {"waiting", N_("đang chờ")},
    [TURN_SPEAKING] = {"speaking", N_("đang phát biểu")},
    [TURN_DONE] = {"done", N_("đã phát biểu")},
    [TURN_SKIPPED] = {"skipped", N_("vắng khi được mời")},
    [TURN_WITHDRAWN] = {"withdrawn", N_("đã thôi đăng ký")},
    [TURN_LEFT] = {"left", N_("chưa đến lượt khi kết thúc")},
};
SET(turn_states, "turn_state", turn_state_rows, TURN_STATE_COUNT);

static const struct value_name turn_name_rows[] = {
    [TURN_NAME_SHOWN] = {"shown", N_("tên đang hiện")},
    [TURN_NAME_WAITS] = {"waiting", N_("tên chờ thư ký đọc")},
    [TURN_NAME_HIDDEN] = {"hidden", N_("tên không hiện")},
};
SET(turn_names, "turn_name", turn_name_rows, TURN_NAME_COUNT);

static const struct value_name floor_side_rows[] = {
    [SIDE_PEOPLE] = {"people", N_("Nhân dân, doanh nghiệp")},
    [SIDE_AUTHORITY] = {"authority", N_("cơ quan")},
    [SIDE_NONE] = {"none", N_("không ai phát biểu")},
};
SET(floor_sides, "side", floor_side_rows, FLOOR_SIDE_COUNT);

static const struct value_name scene_rows[] = {
    [SCENE_WELCOME] = {"welcome", N_("Chào mừng, mã tham gia")},
    [SCENE_PROGRAMME] = {"programme", N_("Chương trình")},
    [SCENE_SPEAKER] = {"speaker", N_("Người đang phát biểu")},
    [SCENE_QUESTION] = {"question", N_("Câu hỏi")},
    [SCENE_ANSWER] = {"answer", N_("Trả lời, kết quả")},
    [SCENE_QUEUE] = {"queue", N_("Danh sách phát biểu")},
    [SCENE_FIGURES] = {"figures", N_("Số liệu")},
    [SCENE_BREAK] = {"break", N_("Giải lao")},
    [SCENE_RULES] = {"rules", N_("Nội quy")},
    [SCENE_MESSAGE] = {"message", N_("Thông báo ngắn")},
};
SET(scenes, "scene", scene_rows, SCENE_COUNT);

static const struct value_name note_became_rows[] = {
    [NOTE_ONLY] = {"note", N_("ghi chú")},
    [NOTE_OPINION] = {"opinion", N_("ý kiến")},
    [NOTE_ANSWER] = {"answer", N_("trả lời")},
    [NOTE_DIRECTIVE] = {"directive", N_("ý kiến chỉ đạo")},
    [NOTE_TASK] = {"task", N_("việc được giao")},
    [NOTE_EXCHANGE] = {"exchange", N_("trao đổi")},
};
SET(note_becames, "note_became", note_became_rows, NOTE_BECAME_COUNT);

// ---- digest

static void digest_turn(struct digest *d, const struct hall_turn *t)
{
    const int64_t numbers[] = {t->turn,
                               (int64_t)t->kind,
                               (int64_t)t->state,
                               (int64_t)t->side,
                               t->ticket,
                               t->khom,
                               (int64_t)t->author_type,
                               t->opinion,
                               t->extra_seconds,
                               t->asked_ms,
                               t->called_ms,
                               t->ended_ms};
    for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
        digest_int(d, numbers[i]);
    digest_text(d, t->name);
    digest_text(d, t->username);
    digest_text(d, t->topic);
}

/// Those that are not shown alone, after everything else: a hall of before 0010 keeps its digest.
static void digest_names(struct digest *d, const struct hall *hall)
{
    for (int i = 0; i < hall->turn_count; i++) {
        const struct hall_turn *t = &hall->turns[i];
        if (t->name_state == TURN_NAME_SHOWN) continue;
        digest_text(d, "name");
        digest_int(d, t->turn);
        digest_int(d, (int64_t)t->name_state);
    }
}

void hall_digest(const struct hall *hall, unsigned char ret_hash[32])
{
    struct digest d;
    digest_init(&d, NULL);
    digest_bytes(&d, hall->salt, sizeof(hall->salt));
    const int64_t numbers[] = {hall->dialogue,
                               (int64_t)hall->scene,
                               hall->scene_opinion,
                               hall->list_closed,
                               hall->first_time,
                               hall->round_robin,
                               hall->turn_seconds,
                               hall->warn_seconds,
                               hall->authority_percent,
                               hall->step,
                               hall->turn,
                               hall->paused,
                               hall->undo_action,
                               hall->undo_turn,
                               hall->undo_before,
                               (int64_t)hall->undo_scene,
                               hall->undo_opinion};
    for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
        digest_int(&d, numbers[i]);
    digest_text(&d, hall->scene_text);
    digest_text(&d, hall->undo_text);
    if (*hall->topic != 0) digest_text(&d, hall->topic); // later than the others: none is as before
    for (int i = 0; i < hall->turn_count; i++)
        digest_turn(&d, &hall->turns[i]);
    for (int i = 0; i < hall->interval_count; i++) {
        const struct hall_interval *n = &hall->intervals[i];
        const int64_t row[] = {n->number, (int64_t)n->side, n->turn,
                               n->step,   n->started_ms,    n->ended_ms};
        for (size_t k = 0; k < ARRAY_LEN(row); k++)
            digest_int(&d, row[k]);
    }
    if (hall->cleared != 0 || hall->undo_cleared != 0) { // a hall of before 0007 keeps its digest
        digest_int(&d, hall->cleared);
        digest_int(&d, hall->undo_cleared);
    }
    digest_names(&d, hall);
    digest_done(&d, ret_hash);
}
