// SPDX-License-Identifier: AGPL-3.0-or-later
// Days off and swapped days edited. What is owed gets a new version of its date (domain.md,
// Deadlines); the old versions stay. A date that a person set is theirs and stays too.
#include "actions/office.h"

#include <string.h>

#include "store/opinion.h"
#include "store/opinion_list.h"

#include "base/tr.h"

/// Whether the date was counted by the table, so that another table may count another date.
static bool is_counted(const struct opinion *o)
{
    bool owes = o->state == OPINION_OWED || o->state == OPINION_REFERRED;
    bool by_rule = o->due_rule == DEADLINE_ANSWER || o->due_rule == DEADLINE_OFF_TOPIC;
    return owes && by_rule && o->due_start != DAY_NONE && !o->due_set_by_person && !o->extended;
}

static enum status recount_one(struct act *act, struct store_tx *tx, struct opinion *o,
                               const struct calendar *calendar)
{
    struct dialogue d;
    struct opinion_case c;
    struct sql *sql = store_tx_sql(tx);
    enum status status = store_dialogue_load(sql, act->unit, o->dialogue, &act->scratch, &d);
    if (status != STATUS_OK) return status;
    struct deadline now = deadline_compute(o->due_rule, d.profile, o->due_start, calendar);
    if (now.legal_day == o->due_legal && now.safe_day == o->due_safe) return STATUS_OK;
    struct opinion before = *o;
    status = act_case(act, sql, &d, o, &c);
    if (status != STATUS_OK) return status;
    c.calendar = calendar;
    c.acting = ROLE_SYSTEM;
    opinion_recount(&c, o->due_start);
    return act_write_case(act, tx, &c, "recount", &before);
}

static enum status recount_state(struct act *act, struct store_tx *tx,
                                 const struct calendar *calendar, enum opinion_state state)
{
    struct opinion_filter filter = {.state = (int)state, .field = -1, .khom = -1};
    struct opinion_rows rows;
    enum status status;
    do {
        status = store_opinion_list(store_tx_sql(tx), act->unit, &filter, &act->scratch, &rows);
        for (int i = 0; status == STATUS_OK && i < rows.count; i++) {
            filter.after = rows.rows[i].id;
            if (is_counted(&rows.rows[i])) status = recount_one(act, tx, &rows.rows[i], calendar);
        }
    } while (status == STATUS_OK && rows.more);
    return status;
}

static enum status recount_all(struct act *act, struct store_tx *tx)
{
    struct calendar calendar;
    enum status status = store_calendar(store_tx_sql(tx), act->unit, &act->scratch, &calendar);
    if (status == STATUS_OK) status = recount_state(act, tx, &calendar, OPINION_OWED);
    if (status == STATUS_OK) status = recount_state(act, tx, &calendar, OPINION_REFERRED);
    return status;
}

static enum status holiday_begin(struct act *act, struct store_tx *tx, enum role *ret_acting,
                                 bool *ret_over)
{
    enum status status = act_begin(act, tx, ret_over);
    if (status != STATUS_OK || *ret_over) return status;
    act->refusal = office_may(act, NULL, WHO(ROLE_ADMIN) | WHO(ROLE_OFFICE), ret_acting);
    *ret_over = act->refusal.code != REFUSAL_NONE;
    return STATUS_OK;
}

static enum status holiday_entry(struct act *act, struct store_tx *tx, const char *action,
                                 const struct calendar_day *day, enum role acting)
{
    char text[DAY_TEXT];
    struct entry entry = {
        .role = acting,
        .action = action,
        .subject = arena_printf(&act->scratch, "holiday %s", day_format(day->day, text))};
    struct digest d;
    office_digest_begin(act, &d);
    digest_int(&d, day->day);
    digest_int(&d, (int64_t)day->kind);
    digest_int(&d, day->confirmed);
    digest_text(&d, day->name);
    digest_text(&d, day->source);
    digest_done(&d, entry.digest);
    return office_entry(act, tx, &entry, true);
}

static struct refusal check_day(const struct calendar_day *day)
{
    int year = day->day == DAY_NONE ? 0 : day_civil(day->day).year;
    if (day->day == DAY_NONE) return REFUSE_FIELD(REFUSAL_REQUIRED, "day");
    if (year < 2000 || year > 2200) return REFUSE_FIELD(REFUSAL_INVALID, "day");
    if (*day->name == 0) return REFUSE_FIELD(REFUSAL_REQUIRED, "name");
    bool weekend = day_weekday(day->day) >= 6;
    if (day->kind == CALENDAR_WORKING_SWAP && !weekend)
        return REFUSE_WHY(REFUSAL_INVALID, "kind",
                          N_("Ngày làm bù phải là thứ Bảy hoặc Chủ nhật; ngày này vốn là ngày làm "
                             "việc."));
    return ALLOWED;
}

enum status run_holiday_write(struct act *act, struct store_tx *tx)
{
    const struct calendar_day *day = act->extra;
    enum role acting = ROLE_ADMIN;
    bool over;
    enum status status = holiday_begin(act, tx, &acting, &over);
    if (status != STATUS_OK || over) return status;
    act->refusal = check_day(day);
    if (act->refusal.code != REFUSAL_NONE) return STATUS_OK;
    status = store_holiday_write(tx, act->unit, day);
    if (status == STATUS_OK) status = holiday_entry(act, tx, "holiday", day, acting);
    int64_t entry = act->answer.entry;
    if (status == STATUS_OK) status = recount_all(act, tx);
    act->answer.entry = entry;
    return status == STATUS_OK ? act_end(act, tx) : status;
}

enum status run_holiday_delete(struct act *act, struct store_tx *tx)
{
    const int32_t *day = act->extra;
    enum role acting = ROLE_ADMIN;
    bool over;
    enum status status = holiday_begin(act, tx, &acting, &over);
    if (status != STATUS_OK || over) return status;
    const struct calendar_day *was = calendar_find(&act->facts->calendar, *day);
    if (was == NULL) return act->refusal = REFUSE(REFUSAL_NOT_FOUND), STATUS_OK;
    status = store_holiday_delete(tx, act->unit, *day);
    if (status == STATUS_OK) status = holiday_entry(act, tx, "holiday_delete", was, acting);
    int64_t entry = act->answer.entry;
    if (status == STATUS_OK) status = recount_all(act, tx);
    act->answer.entry = entry;
    return status == STATUS_OK ? act_end(act, tx) : status;
}
