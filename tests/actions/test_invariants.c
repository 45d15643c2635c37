// SPDX-License-Identifier: AGPL-3.0-or-later
// verify holds the invariants themselves, not only the chain: each is broken here as by a program
// that went wrong, with an entry that fits its row and a chain that fits its entries.
#include "scene.h"

#include <string.h>

#include "actions/verify_watch.h"
#include "base/day.h"

enum { OTHER_STORES = 500 };

struct breach {
    const char *name, *who;
    enum role acting;
    const char *action;
    void (*spoil)(struct opinion_case *c);
    const char *what; // what verify must name
};

static const struct breach *breach_now; // what run_breach does; the tests run one at a time

static enum status run_breach(struct act *act, struct store_tx *tx)
{
    bool replayed;
    struct opinion o;
    struct dialogue d;
    struct opinion_case c;
    struct sql *sql = store_tx_sql(tx);
    enum status status = act_begin(act, tx, &replayed);
    if (status == STATUS_OK)
        status = store_opinion_load(sql, act->unit, act->target, &act->scratch, &o);
    if (status == STATUS_OK)
        status = store_dialogue_load(sql, act->unit, o.dialogue, &act->scratch, &d);
    if (status == STATUS_OK) status = act_case(act, sql, &d, &o, &c);
    if (status != STATUS_OK) return status;
    struct opinion before = o;
    c.acting = breach_now->acting;
    breach_now->spoil(&c);
    status = act_write_case(act, tx, &c, breach_now->action, &before);
    return status == STATUS_OK ? act_end(act, tx) : status;
}

static void run_it(struct scene *s, int64_t number, const char *who,
                   enum status (*run)(struct act *, struct store_tx *))
{
    struct act *act = act_new(&s->app, s->unit);
    act->run = run;
    act->target = number;
    if (who != NULL) act->caller = (struct caller){.kind = ACTOR_ACCOUNT, .username = who};
    ensure(act_do(act) == STATUS_OK);
    ensure(act->refusal.code == REFUSAL_NONE);
    act_free(act);
}

static void check_broken(struct scene *s, const char *name, const char *what)
{
    struct verify_report report = {0};
    STORE_READ ro = NULL;
    ensure(store_read_begin(s->app.store, &ro) == STATUS_OK);
    check_int(verify_unit(&s->app, store_ro_sql(ro), s->unit, &report), STATUS_OK);
    bool named = !report.sound && strstr(report.what, what) != NULL;
    if (!named) printf("# %s: %s\n", name, report.sound ? "nothing broken" : report.what);
    check(named);
}

// ---- ways to go wrong

static void add_item(struct opinion_case *c, enum item_kind kind, int code)
{
    struct opinion_item *item = opinion_add_item(c, kind);
    item->code = code;
    item->text = "x";
}

static void conclude(struct opinion_case *c)
{
    c->opinion->state = OPINION_CONCLUDED;
    c->opinion->outcome = OUTCOME_AGREED;
    c->opinion->concluded_ms = c->now_ms;
}

static void conclude_undelivered(struct opinion_case *c)
{
    add_item(c, ITEM_ANSWER, MODE_WRITTEN);
    conclude(c);
}

static void conclude_off_topic_by_word(struct opinion_case *c)
{
    struct opinion_item *answer = opinion_add_item(c, ITEM_ANSWER);
    answer->code = MODE_SPOKEN;
    answer->text = "x";
    answer->delivered_ms = c->now_ms;
    c->opinion->scope = SCOPE_OFF;
    conclude(c);
}

static void divert_silently(struct opinion_case *c)
{
    c->opinion->state = OPINION_DIVERTED;
    c->index_changed = true;
}

static void withdraw_for_nobody(struct opinion_case *c)
{
    c->opinion->state = OPINION_WITHDRAWN;
    c->index_changed = true;
}

static void owe(struct opinion_case *c, const char *to, int days)
{
    struct opinion *o = c->opinion;
    o->state = OPINION_OWED;
    o->responsible = to;
    o->due_rule = DEADLINE_ANSWER;
    o->due_start = c->today;
    o->due_legal = o->due_safe = c->today + days;
}

static void owe_by_nobody(struct opinion_case *c)
{
    owe(c, "", 20);
}

static void owe_too_late(struct opinion_case *c)
{
    owe(c, "diachinh", 60);
}

static void owe_late_with_undelivered_notice(struct opinion_case *c)
{
    owe(c, "diachinh", 60);
    add_item(c, ITEM_NOTICE, REPLY_LETTER);
    c->opinion->extended = true;
}

static void refer_without_notice(struct opinion_case *c)
{
    owe(c, "Sở Xây dựng", 60);
    c->opinion->responsible_is_body = true;
    c->opinion->state = OPINION_REFERRED;
}

static void pass_by_the_secretary(struct opinion_case *c)
{
    c->opinion->relayed = false;
    c->opinion->state = OPINION_ON_FLOOR;
    c->index_changed = true;
}

static void draft_as_overseer(struct opinion_case *c)
{
    add_item(c, ITEM_DRAFT, MODE_WRITTEN);
}

static void owe_by_overseer(struct opinion_case *c)
{
    owe(c, "hdnd", 20);
}

static void owe_by_named(struct opinion_case *c)
{
    c->opinion->named = " diachinh ";
    owe(c, "diachinh", 20);
}

static void draft_as_named(struct opinion_case *c)
{
    c->opinion->named = " diachinh ";
    add_item(c, ITEM_DRAFT, MODE_WRITTEN);
}

static void answer_as_named(struct opinion_case *c)
{
    c->opinion->named = " chutich ";
    struct opinion_item *answer = opinion_add_item(c, ITEM_ANSWER); // recorded by the secretary
    answer->code = MODE_SPOKEN;
    answer->text = "x";
    answer->person = "chutich";
}

static void stay_in_the_index(struct opinion_case *c)
{
    add_item(c, ITEM_WITHDRAWAL, -1);
    c->opinion->state = OPINION_WITHDRAWN;
}

static const struct breach breaches[] = {
    {"concluded undelivered", "chutich", ROLE_CHAIR, "conclude", conclude_undelivered,
     "bất biến 2"},
    {"diverted silently", "thuky", ROLE_SECRETARY, "divert", divert_silently, "bất biến 2"},
    {"withdrawn for nobody", "thuky", ROLE_SECRETARY, "withdraw", withdraw_for_nobody,
     "bất biến 2"},
    {"off topic, settled by word", "chutich", ROLE_CHAIR, "conclude", conclude_off_topic_by_word,
     "bất biến 3"},
    {"owed by nobody", "chutich", ROLE_CHAIR, "assign", owe_by_nobody, "bất biến 4"},
    {"owed too late", "chutich", ROLE_CHAIR, "assign", owe_too_late, "bất biến 4"},
    {"extended, notice not delivered", "vanphong", ROLE_OFFICE, "notify",
     owe_late_with_undelivered_notice, "bất biến 4"},
    {"referred without notice", "chutich", ROLE_CHAIR, "refer", refer_without_notice, "bất biến 5"},
    {"on the floor unrelayed", "chutich", ROLE_CHAIR, "call", pass_by_the_secretary, "bất biến 6"},
    {"drafted by an overseer", "hdnd", ROLE_ASSIGNEE, "draft", draft_as_overseer, "bất biến 8"},
    {"owed by an overseer", "chutich", ROLE_CHAIR, "assign", owe_by_overseer, "bất biến 8"},
    {"owed by the one it names", "chutich", ROLE_CHAIR, "assign", owe_by_named, "bất biến 9"},
    {"drafted by the one it names", "diachinh", ROLE_ASSIGNEE, "draft", draft_as_named,
     "bất biến 9"},
    {"answered by the one it names", "thuky", ROLE_CHAIR, "answer", answer_as_named, "bất biến 9"},
    {"withdrawn but searchable", "thuky", ROLE_SECRETARY, "withdraw", stay_in_the_index,
     "bất biến 10"},
};

STORE_TEST(each_invariant_broken_in_a_row_that_fits_its_entry_is_named)
{
    for (size_t i = 0; i < ARRAY_LEN(breaches); i++) {
        struct engine other; // what was broken before stays broken
        engine_make(&other, engine->kind, OTHER_STORES + (int)i);
        struct scene *s = scene_new(engine_store(&other));
        int64_t n = scene_relayed(s, FIELD_URBAN, "Ngập.");
        scene_open(s);
        check_sound(s);
        breach_now = &breaches[i];
        run_it(s, n, breaches[i].who, run_breach);
        check_broken(s, breaches[i].name, breaches[i].what);
        scene_free(s);
        engine_remove(&other);
    }
}

/// An entry about an opinion that is not there (invariant 1).
static enum status run_about_nothing(struct act *act, struct store_tx *tx)
{
    bool replayed;
    enum status status = act_begin(act, tx, &replayed);
    struct entry entry = {.role = ROLE_SECRETARY,
                          .action = "submit",
                          .subject = "opinion 2024-0099",
                          .from_state = -1,
                          .version = 1};
    if (status == STATUS_OK) status = act_register(act, tx, CHAIN_MAIN, &entry);
    return status == STATUS_OK ? act_end(act, tx) : status;
}

/// Completed while an opinion is open (invariant 2).
static enum status run_complete_anyway(struct act *act, struct store_tx *tx)
{
    bool replayed;
    struct dialogue d;
    enum status status = act_begin(act, tx, &replayed);
    if (status == STATUS_OK)
        status = store_dialogue_load(store_tx_sql(tx), act->unit, act->target, &act->scratch, &d);
    if (status != STATUS_OK) return status;
    enum dialogue_state from = d.state;
    d.state = DIALOGUE_COMPLETED;
    status = act_write_dialogue(act, tx, &d, "complete", from, ROLE_OFFICE);
    return status == STATUS_OK ? act_end(act, tx) : status;
}

STORE_TEST(a_dialogue_completed_too_early_is_named)
{
    struct scene *s = scene_new(engine_store(engine));
    scene_relayed(s, FIELD_URBAN, "Ngập.");
    run_it(s, s->dialogue, "vanphong", run_complete_anyway);
    check_broken(s, "completed too early", "bất biến 2");
    scene_free(s);
}

STORE_TEST(what_the_register_knows_and_is_not_there_is_named)
{
    struct scene *s = scene_new(engine_store(engine));
    run_it(s, 0, "thuky", run_about_nothing);
    check_broken(s, "an opinion that is not there", "opinion 2024-0099 đã mất");
    scene_free(s);
}

/// What the reports sum up against opinions counted one by one (invariant 7). The schema keeps each
/// opinion in a dialogue, so the reports' side is the store's and the other side is made up.
static void check_totals(struct scene *s, int missing, int extra, const char *what)
{
    ARENA arena = {0};
    struct tally tally = {0};
    struct opinion_rows rows;
    struct verify_report report = {.sound = true};
    const struct opinion_filter filter = {.state = -1, .field = -1, .khom = -1};
    STORE_READ ro = NULL;
    int32_t today = instant_day(clock_now_ms(&s->app.clock));
    ensure(store_read_begin(s->app.store, &ro) == STATUS_OK);
    struct sql *sql = store_ro_sql(ro);
    ensure(store_opinion_list(sql, s->unit, &filter, &arena, &rows) == STATUS_OK);
    for (int i = missing; i < rows.count; i++)
        tally_add(&tally, &arena, &rows.rows[i], today);
    for (int i = 0; i < extra; i++) {
        struct opinion other = rows.rows[0];
        other.dialogue = 99;
        tally_add(&tally, &arena, &other, today);
    }
    check_int(tally_check(&tally, sql, s->unit, today, &report), STATUS_OK);
    check_int(report.sound, what == NULL);
    if (what != NULL && strstr(report.what, what) == NULL) printf("# %s\n", report.what);
    if (what != NULL) check(strstr(report.what, what) != NULL);
}

STORE_TEST(totals_that_differ_from_the_register_are_named)
{
    struct scene *s = scene_new(engine_store(engine));
    scene_relayed(s, FIELD_URBAN, "Ngập.");
    int64_t owed = scene_relayed(s, FIELD_SECURITY, "Ồn.");
    scene_open(s);
    check_int(DO(s, "chutich", ACT_ASSIGN, owed, TO("congan")), REFUSAL_NONE);
    scene_close(s);
    check_totals(s, 0, 0, NULL);
    at(s, 12, 1, 8, 0); // overdue is a group of its own
    check_totals(s, 0, 0, NULL);
    check_totals(s, 1, 0, "bất biến 7: hội nghị 1: báo cáo tính 1 ý kiến owed, sổ có 0");
    check_totals(s, 0, 1, "có trong sổ mà không báo cáo nào tính đến");
    scene_free(s);
}

static const struct store_case cases[] = {
    STORE_CASE(each_invariant_broken_in_a_row_that_fits_its_entry_is_named),
    STORE_CASE(totals_that_differ_from_the_register_are_named),
    STORE_CASE(a_dialogue_completed_too_early_is_named),
    STORE_CASE(what_the_register_knows_and_is_not_there_is_named),
};

int main(void)
{
    return RUN_STORE_CASES(cases);
}
