// SPDX-License-Identifier: AGPL-3.0-or-later
// Several wards in one store, on both engines: who may come in under which name, who answers a
// host, and that whatever walks the wards meets each of them once.
#include "actions/setup.h"

#include "../store/engine.h"
#include "actions/verify.h"
#include "base/digest.h"
#include "store/outbox.h"

static const struct setup unnamed = {.admin_password = "mat-khau-thu"};
static const struct setup first = {.admin_password = "mat-khau-thu", .host = "phuong-1.vn"};
static const struct setup second = {.admin_password = "mat-khau-thu", .host = "phuong-2.vn"};

static void begin(struct app *app, struct engine *engine)
{
    static const unsigned char master[KEY_BYTES] = {7};
    digest_start();
    app_init(app, engine_store(engine), clock_starting_at(INT64_C(1718800000000)), master);
}

static enum setup_fault fault_of(struct app *app, const struct setup *setup)
{
    enum setup_fault fault = SETUP_FINE;
    enum status status = setup_ward(app, setup, &fault);
    check_int(status, fault == SETUP_FINE ? STATUS_OK : STATUS_CONFLICT);
    return fault;
}

/// 0: nobody's.
static int64_t unit_of(struct app *app, const char *host)
{
    STORE_READ ro = NULL;
    int64_t unit = 0;
    ensure(store_read_begin(app->store, &ro) == STATUS_OK);
    enum status status = store_unit_of_host(store_ro_sql(ro), host, &unit);
    check(status == STATUS_OK || status == STATUS_NOT_FOUND);
    return status == STATUS_OK ? unit : 0;
}

static struct unit_head head_of(struct app *app, int64_t unit)
{
    STORE_READ ro = NULL;
    struct unit_head head = {0};
    ensure(store_read_begin(app->store, &ro) == STATUS_OK);
    check_int(store_head_read(store_ro_sql(ro), unit, &head), STATUS_OK);
    return head;
}

static bool is_whole(struct app *app, int64_t unit)
{
    STORE_READ ro = NULL;
    struct verify_report report;
    ensure(store_read_begin(app->store, &ro) == STATUS_OK);
    check_int(verify_unit(app, store_ro_sql(ro), unit, &report), STATUS_OK);
    return report.sound;
}

STORE_TEST(a_ward_that_is_alone_answers_any_host_two_answer_their_own)
{
    struct app app;
    begin(&app, engine);
    check_int(unit_of(&app, "phuong-1.vn"), 0);
    check_int(fault_of(&app, &first), SETUP_FINE);
    check_int(unit_of(&app, "phuong-1.vn"), 1);
    check_int(unit_of(&app, "khac.vn"), 1);
    check_int(unit_of(&app, ""), 1);
    int64_t config = head_of(&app, 1).config;
    check_int(fault_of(&app, &second), SETUP_FINE);
    check_int(unit_of(&app, "phuong-1.vn"), 1);
    check_int(unit_of(&app, "phuong-2.vn"), 2);
    check_int(unit_of(&app, "khac.vn"), 0);
    check_int(unit_of(&app, ""), 0);
    check_int(head_of(&app, 1).config, config + 1); // what was kept for any host is stale
    check(is_whole(&app, 1) && is_whole(&app, 2));
    app_done(&app);
}

STORE_TEST(a_ward_comes_in_with_a_name_of_its_own_and_never_puts_another_out_of_reach)
{
    struct app app;
    begin(&app, engine);
    check_int(fault_of(&app, &unnamed), SETUP_FINE);
    check_int(fault_of(&app, &unnamed), SETUP_NEEDS_HOST);
    check_int(fault_of(&app, &second), SETUP_OTHER_UNNAMED);
    check_int(setup_host(&app, 1, "phuong-1.vn"), STATUS_OK);
    check_int(head_of(&app, 1).entry, 2); // the setup, and the name
    check_int(fault_of(&app, &unnamed), SETUP_NEEDS_HOST);
    check_int(fault_of(&app, &first), SETUP_HOST_TAKEN);
    check_int(fault_of(&app, &second), SETUP_FINE);
    check_int(setup_unit(&app, 1, &unnamed), STATUS_CONFLICT);
    check_int(setup_host(&app, 2, "phuong-1.vn"), STATUS_CONFLICT);
    check_int(setup_host(&app, 3, "phuong-3.vn"), STATUS_NOT_FOUND);
    check_int(setup_host(&app, 2, "phuong-2.vn"), STATUS_OK); // its own
    check_int(setup_host(&app, 2, "phuong-hai.vn"), STATUS_OK);
    check_int(unit_of(&app, "phuong-2.vn"), 0);
    check_int(unit_of(&app, "phuong-hai.vn"), 2);
    check(is_whole(&app, 1) && is_whole(&app, 2));
    app_done(&app);
}

// ---- many

enum { MANY = HEAD_MARKS_PAGE + 44 };

/// Every third one has a message that is due, every fifth one that is not yet.
static enum status make_many(struct store_tx *tx, void *arg)
{
    (void)arg;
    enum status status = STATUS_OK;
    for (int64_t unit = 1; unit <= MANY && status == STATUS_OK; unit++) {
        char host[32];
        snprintf(host, sizeof(host), "phuong-%d.vn", (int)unit);
        struct outbox_message m = {
            .transport = OUTBOX_SMS, .recipient = "0900000000", .subject = "", .body = "x"};
        status = store_unit_create(tx, unit, host, 1000);
        if (status == STATUS_OK && unit % 3 == 0) status = store_outbox_add(tx, unit, &m, 1000);
        if (status == STATUS_OK && unit % 5 == 0) status = store_outbox_add(tx, unit, &m, 3000);
    }
    return status;
}

STORE_TEST(whatever_walks_the_wards_meets_each_once)
{
    ARENA arena = {0};
    check_int(store_run(engine_store(engine), make_many, NULL), STATUS_OK);
    STORE_READ ro = NULL;
    check_fatal(store_read_begin(engine->store, &ro) == STATUS_OK);
    struct sql *sql = store_ro_sql(ro);
    struct unit_row row = {0};
    int count = 0;
    for (; store_unit_after(sql, row.unit, &arena, &row) == STATUS_OK; count++)
        check_int(row.unit, count + 1);
    check_int(count, MANY);
    check_text(row.host, "phuong-300.vn");
    struct head_marks marks;
    check_int(store_head_marks(sql, 0, &arena, &marks), STATUS_OK);
    check_int(marks.count, HEAD_MARKS_PAGE);
    check_int(store_head_marks(sql, marks.rows[marks.count - 1].unit, &arena, &marks), STATUS_OK);
    check_int(marks.count, MANY - HEAD_MARKS_PAGE);
    check_int(marks.rows[0].unit, HEAD_MARKS_PAGE + 1);
    check_int(store_head_marks(sql, MANY, &arena, &marks), STATUS_OK);
    check_int(marks.count, 0);
}

STORE_TEST(units_with_something_to_send_are_found_and_no_others)
{
    check_int(store_run(engine_store(engine), make_many, NULL), STATUS_OK);
    STORE_READ ro = NULL;
    check_fatal(store_read_begin(engine->store, &ro) == STATUS_OK);
    struct sql *sql = store_ro_sql(ro);
    int64_t unit = 0, count = 0, none = 0;
    for (; store_outbox_unit_due(sql, unit, OUTBOX_SMS, 2000, &unit) == STATUS_OK; count++)
        check_int(unit, (count + 1) * 3);
    check_int(count, MANY / 3);
    check_int(store_outbox_unit_due(sql, 0, OUTBOX_EMAIL, 2000, &none), STATUS_NOT_FOUND);
    check_int(store_outbox_unit_due(sql, 0, OUTBOX_SMS, 999, &none), STATUS_NOT_FOUND);
    int64_t counts[OUTBOX_STATE_COUNT];
    check_int(store_outbox_counts(sql, counts), STATUS_OK);
    check_int(counts[OUTBOX_WAITING], MANY / 3 + MANY / 5);
}

STORE_TEST(facts_of_many_wards_are_kept_beside_each_other)
{
    struct app app;
    begin(&app, engine);
    check_int(store_run(app.store, make_many, NULL), STATUS_OK);
    STORE_READ ro = NULL;
    check_fatal(store_read_begin(app.store, &ro) == STATUS_OK);
    for (int round = 0; round < 2; round++) {
        const struct unit_facts *facts, *before[MANY + 1] = {0};
        for (int64_t unit = 1; unit <= MANY; unit++) {
            check_int(app_facts(&app, store_ro_sql(ro), unit, 1, &facts), STATUS_OK);
            check_int(facts->unit, unit);
            before[unit] = facts;
        }
        for (int64_t unit = 1; unit <= MANY; unit++) {
            check_int(app_facts(&app, store_ro_sql(ro), unit, 1, &facts), STATUS_OK);
            check(facts == before[unit]); // not read again because of another ward
            check_int(app_config_known(&app, unit), 1);
        }
    }
    const struct unit_facts *newer;
    check_int(app_facts(&app, store_ro_sql(ro), 2, 7, &newer), STATUS_OK);
    check_int(app_config_known(&app, 2), 7);
    check_int(app_config_known(&app, 2 + FACTS_PLACES), 1); // in the same place
    check_int(app_config_known(&app, MANY + 1), -1);
    app_done(&app);
}

static const struct store_case cases[] = {
    STORE_CASE(a_ward_that_is_alone_answers_any_host_two_answer_their_own),
    STORE_CASE(a_ward_comes_in_with_a_name_of_its_own_and_never_puts_another_out_of_reach),
    STORE_CASE(whatever_walks_the_wards_meets_each_once),
    STORE_CASE(units_with_something_to_send_are_found_and_no_others),
    STORE_CASE(facts_of_many_wards_are_kept_beside_each_other),
};

int main(void)
{
    return RUN_STORE_CASES(cases);
}
