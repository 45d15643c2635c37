// SPDX-License-Identifier: AGPL-3.0-or-later
// What has to hold in every hall, whoever wrote its rows. Reads only.
#include "actions/verify_hall.h"

#include "actions/hall_rows.h"
#include "actions/verify_invariants.h"

static const char *turn_broken(const struct hall *hall, struct arena *arena)
{
    for (int i = 0; i < hall->turn_count; i++) {
        const struct hall_turn *turn = &hall->turns[i];
        if (turn->turn != i + 1) return arena_printf(arena, "thiếu lượt phát biểu %d", i + 1);
        if (turn->name_state != TURN_NAME_SHOWN && !hall_name_of_phone(turn))
            return arena_printf(arena, "lượt %d giữ kín một tên không từ điện thoại", i + 1);
        bool speaks = turn->state == TURN_SPEAKING, has_floor = turn->turn == hall->turn;
        if (speaks != has_floor)
            return arena_printf(arena, "lượt %d %s", i + 1,
                                speaks ? "đang phát biểu mà không được mời"
                                       : "được mời mà không đang phát biểu");
    }
    if (hall->turn < 0 || hall->turn > hall->turn_count)
        return arena_printf(arena, "thiếu lượt phát biểu %lld", (long long)hall->turn);
    return NULL;
}

/// Of one interval; `before` NULL for the first.
static const char *interval_broken(const struct hall *hall, const struct hall_interval *now,
                                   const struct hall_interval *before)
{
    bool runs = now->ended_ms == 0;
    if ((unsigned)now->side >= FLOOR_SIDE_COUNT) return "không của bên nào";
    if (now->turn < 0 || now->turn > hall->turn_count) return "của một lượt không có";
    if (now->turn != 0 && now->side != hall->turns[now->turn - 1].side)
        return "không tính cho bên của người phát biểu";
    if (now->turn == 0 && now->side != SIDE_NONE) return "tính cho một bên mà không có ai nói";
    if (!runs && now->ended_ms < now->started_ms) return "kết thúc trước khi bắt đầu";
    if (before != NULL && before->ended_ms == 0) return "bắt đầu khi khoảng trước chưa kết thúc";
    if (before != NULL && now->started_ms < before->ended_ms)
        return "bắt đầu trước khi khoảng trước kết thúc";
    return NULL;
}

const char *hall_broken(const struct hall *hall, bool open, struct arena *arena)
{
    const char *broken = turn_broken(hall, arena);
    if (broken != NULL) return broken;
    const struct hall_interval *before = NULL;
    for (int i = 0; i < hall->interval_count; i++) {
        const struct hall_interval *now = &hall->intervals[i];
        if (now->number != i + 1) return arena_printf(arena, "thiếu khoảng thời gian %d", i + 1);
        broken = interval_broken(hall, now, before);
        if (broken != NULL) return arena_printf(arena, "khoảng thời gian %d %s", i + 1, broken);
        before = now;
    }
    if (!open && before != NULL && before->ended_ms == 0)
        return "đồng hồ còn chạy khi hội nghị không mở";
    return NULL;
}

enum status verify_hall(struct sql *sql, int64_t unit, const struct dialogue *dialogue,
                        struct arena *arena, struct hall_seen *ret_seen)
{
    struct hall hall;
    *ret_seen = (struct hall_seen){0};
    enum status status = store_hall_load(sql, unit, dialogue->id, arena, &hall);
    if (status != STATUS_OK || hall.version == 0) return status;
    ret_seen->version = hall.version;
    hall_digest(&hall, ret_seen->digest);
    ret_seen->broken = hall_broken(&hall, dialogue->state == DIALOGUE_OPEN, arena);
    return STATUS_OK;
}

static const char *subject_of(struct arena *arena, const char *kind, int64_t dialogue, int64_t row)
{
    return arena_printf(arena, "%s %lld-%lld", kind, (long long)dialogue, (long long)row);
}

enum status verify_hall_rows(struct sql *sql, int64_t unit, int64_t dialogue, struct arena *arena,
                             struct hall_rows *ret_rows)
{
    struct hall_notes notes;
    struct hall_facts facts;
    struct hall_tickets tickets;
    int n = 0;
    enum status status = store_notes(sql, unit, dialogue, arena, &notes);
    if (status == STATUS_OK) status = store_facts(sql, unit, dialogue, FACTS_ALL, arena, &facts);
    if (status == STATUS_OK) status = store_tickets(sql, unit, dialogue, arena, &tickets);
    if (status != STATUS_OK) return status;
    size_t room = (size_t)notes.count + (size_t)facts.count + (size_t)tickets.count + 1;
    struct hall_row *rows = arena_array(arena, struct hall_row, room);
    for (int i = 0; i < notes.count; i++, n++) {
        const struct hall_note *note = &notes.rows[i];
        rows[n].subject = subject_of(arena, "note", dialogue, note->note);
        rows[n].typing = note->entry == 0;
        hall_note_digest(dialogue, note, rows[n].digest);
    }
    for (int i = 0; i < facts.count; i++, n++) {
        rows[n].subject = subject_of(arena, "fact", dialogue, facts.rows[i].fact);
        hall_fact_digest(dialogue, &facts.rows[i], rows[n].digest);
    }
    for (int i = 0; i < tickets.count; i++, n++) {
        rows[n].subject = subject_of(arena, "ticket", dialogue, tickets.rows[i].ticket);
        hall_ticket_digest(&tickets.rows[i], rows[n].digest);
    }
    *ret_rows = (struct hall_rows){rows, n};
    return STATUS_OK;
}

enum status verify_links(struct sql *sql, int64_t unit, struct verify_report *report)
{
    char number[OPINION_NUMBER_TEXT];
    struct hall_link stray;
    enum status status = store_link_stray(sql, unit, &stray);
    if (status == STATUS_OK && stray.opinion != 0)
        verify_broken(report, 0, false, "ý kiến %s và vé %lld-%lld: có liên kết mà thiếu một bên",
                      opinion_number_format(stray.opinion, number), (long long)stray.dialogue,
                      (long long)stray.ticket);
    return status;
}
