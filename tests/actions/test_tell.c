// SPDX-License-Identifier: AGPL-3.0-or-later
// Messages to authors on both engines: written with the act, delivered when sent, wiped,
// redirected.
#include "actions/tell.h"
#include "scene.h"
#include "store/outbox.h"

static int64_t by_email(struct scene *s)
{
    struct submission words = submission_of(CHANNEL_SLIP, FIELD_URBAN, "Đèn hỏng.");
    words.email = "kin@example.vn";
    words.reply_by = REPLY_EMAIL;
    int64_t n = scene_submit(s, "thuky", &words);
    check_int(DO(s, "thuky", ACT_RELAY, n), REFUSAL_NONE);
    return n;
}

static struct outbox_message message(struct scene *s, int64_t id)
{
    STORE_READ ro = NULL;
    struct outbox_message m = {0};
    check_int(store_read_begin(s->app.store, &ro), STATUS_OK);
    if (store_outbox_load(store_ro_sql(ro), s->unit, id, &s->arena, &m) != STATUS_OK) m.id = 0;
    return m;
}

static void sent(struct scene *s, int64_t id)
{
    struct act *act = act_new(&s->app, s->unit);
    act->run = run_outbox_sent;
    act->target = id;
    check_int(act_do(act), STATUS_OK);
    check_int(act->refusal.code, REFUSAL_NONE);
    act_free(act);
}

STORE_TEST(an_answer_by_email_is_delivered_when_sent_and_once)
{
    struct scene *s = scene_new(engine_store(engine));
    int64_t n = by_email(s);
    scene_open(s);
    check_int(DO(s, "chutich", ACT_ANSWER, n, ANSWER(MODE_WRITTEN, "Sẽ thay bóng.")), REFUSAL_NONE);
    check_int(opinion_now(s, n).delivered_ms, 0);
    struct outbox_message m = message(s, 1);
    check_int(m.id, 1);
    check_int(m.state, OUTBOX_WAITING);
    check_text(m.recipient, "kin@example.vn");
    check(strstr(m.body, "Sẽ thay bóng.") != NULL);
    check(strstr(m.body, "Đèn hỏng.") == NULL);
    sent(s, 1);
    struct opinion o = opinion_now(s, n);
    check(o.delivered_ms != 0 && o.window_end != DAY_NONE);
    struct entry entry = last_entry(s, n, CHAIN_MAIN, NULL);
    check_text(entry.action, "deliver");
    check_int(entry.role, ROLE_SYSTEM);
    m = message(s, 1);
    check_int(m.state, OUTBOX_SENT);
    check_text(m.body, "");
    sent(s, 1); // a second time changes nothing
    check_int(opinion_now(s, n).version, o.version);
    check_sound(s);
    scene_free(s);
}

STORE_TEST(a_new_address_takes_the_waiting_message_along)
{
    struct scene *s = scene_new(engine_store(engine));
    int64_t n = by_email(s);
    scene_open(s);
    check_int(DO(s, "chutich", ACT_ANSWER, n, ANSWER(MODE_WRITTEN, "Được.")), REFUSAL_NONE);
    check_int(
        DO(s, "author", ACT_CHANGE_CONTACT, n, .with = {{PARAM_EMAIL, .text = "moi@example.vn"}}),
        REFUSAL_NONE);
    check_text(message(s, 1).recipient, "moi@example.vn");
    check_int(DO(s, "thuky", ACT_DIVERT, n,
                 .with = {{PARAM_DIVERT_TO, .number = DIVERT_DENUNCIATION},
                          {PARAM_REASON, .text = "Tố cáo"}}),
              REFUSAL_NONE);
    check_int(message(s, 1).state, OUTBOX_VOID);
    check_text(message(s, 1).recipient, "");
    check_int(message(s, 2).id, 0); // nothing is told of a sealed matter
    scene_free(s);
}

STORE_TEST(a_notice_by_email_arrives_when_sent)
{
    RULE("R59");
    struct scene *s = scene_new(engine_store(engine));
    int64_t n = by_email(s);
    scene_open(s);
    check_int(DO(s, "chutich", ACT_REFER, n,
                 .with = {{PARAM_AGENCY, .text = "Sở Xây dựng"},
                          {PARAM_REFER_REASON, .number = REFER_BEYOND}}),
              REFUSAL_NONE);
    check(strstr(message(s, 1).body, "Sở Xây dựng") != NULL);
    check_int(DO(s, "vanphong", ACT_NOTIFY, n,
                 .with = {{PARAM_AGENCY, .text = "Sở Xây dựng"},
                          {PARAM_EXPECTED, .number = on(9, 2)},
                          {PARAM_HOW, .number = REPLY_EMAIL},
                          {PARAM_TEXT, .text = "Đang chờ."}}),
              REFUSAL_NONE);
    check(!opinion_now(s, n).extended);
    sent(s, 1); // of the referral: no notice
    check(!opinion_now(s, n).extended);
    sent(s, 2);
    check(opinion_now(s, n).extended);
    check(last_item(s, n, ITEM_NOTICE)->delivered_ms != 0);
    check_sound(s);
    scene_free(s);
}

STORE_TEST(a_notice_overtaken_on_its_way_moves_no_date)
{
    RULE("R59");
    struct scene *s = scene_new(engine_store(engine));
    int64_t n = by_email(s);
    scene_open(s);
    check_int(DO(s, "chutich", ACT_REFER, n,
                 .with = {{PARAM_AGENCY, .text = "Sở Xây dựng"},
                          {PARAM_REFER_REASON, .number = REFER_BEYOND}}),
              REFUSAL_NONE);
    check_int(DO(s, "vanphong", ACT_NOTIFY, n,
                 .with = {{PARAM_AGENCY, .text = "Sở Xây dựng"},
                          {PARAM_EXPECTED, .number = on(9, 2)},
                          {PARAM_HOW, .number = REPLY_EMAIL},
                          {PARAM_TEXT, .text = "Đang chờ."}}),
              REFUSAL_NONE);
    check_int(DO(s, "chutich", ACT_REFER, n,
                 .with = {{PARAM_AGENCY, .text = "Sở Y tế"},
                          {PARAM_REFER_REASON, .number = REFER_BEYOND}}),
              REFUSAL_NONE);
    sent(s, 2);
    check(last_item(s, n, ITEM_NOTICE)->delivered_ms != 0);
    check(!opinion_now(s, n).extended);
    check_int(opinion_now(s, n).due_legal, on(7, 22));
    check_sound(s);
    scene_free(s);
}

STORE_TEST(an_answer_asked_for_on_the_page_is_not_sent)
{
    struct scene *s = scene_new(engine_store(engine));
    int64_t n = by_email(s);
    scene_open(s);
    check_int(DO(s, "chutich", ACT_ANSWER, n, ANSWER(MODE_WRITTEN, "Được.")), REFUSAL_NONE);
    check_int(
        DO(s, "author", ACT_CHANGE_CONTACT, n, .with = {{PARAM_REPLY_BY, .number = REPLY_PAGE}}),
        REFUSAL_NONE);
    check_int(message(s, 1).state, OUTBOX_VOID);
    check(opinion_now(s, n).delivered_ms != 0);
    check_sound(s);
    scene_free(s);
}

STORE_TEST(an_answer_waiting_for_a_letter_goes_by_email_when_that_is_asked_for)
{
    struct scene *s = scene_new(engine_store(engine));
    int64_t n = by_email(s);
    check_int(
        DO(s, "author", ACT_CHANGE_CONTACT, n, .with = {{PARAM_REPLY_BY, .number = REPLY_LETTER}}),
        REFUSAL_NONE);
    scene_open(s);
    check_int(DO(s, "chutich", ACT_ANSWER, n, ANSWER(MODE_WRITTEN, "Được.")), REFUSAL_NONE);
    check_int(
        DO(s, "author", ACT_CHANGE_CONTACT, n, .with = {{PARAM_REPLY_BY, .number = REPLY_EMAIL}}),
        REFUSAL_NONE);
    struct outbox_message m = message(s, 1);
    check_int(m.state, OUTBOX_WAITING);
    check_text(m.recipient, "kin@example.vn");
    check(strstr(m.body, "Được.") != NULL);
    sent(s, 1);
    check(opinion_now(s, n).delivered_ms != 0);
    check_sound(s);
    scene_free(s);
}

static enum status claim(struct store_tx *tx, void *arg)
{
    const int64_t *now = arg;
    struct unit_head head;
    enum status status = store_head_lock(tx, 1, &head);
    return status == STATUS_OK ? store_outbox_claim(tx, 1, 1, *now, *now + MINUTE_MS) : status;
}

STORE_TEST(a_message_is_claimed_by_one)
{
    struct scene *s = scene_new(engine_store(engine));
    int64_t n = by_email(s);
    scene_open(s);
    check_int(DO(s, "chutich", ACT_ANSWER, n, ANSWER(MODE_WRITTEN, "Được.")), REFUSAL_NONE);
    int64_t now = clock_now_ms(&s->app.clock), after = now + MINUTE_MS;
    check_int(store_run(s->app.store, claim, &now), STATUS_OK);
    check_int(store_run(s->app.store, claim, &now), STATUS_NOT_FOUND);
    check_int(store_run(s->app.store, claim, &after), STATUS_OK);
    check_int(message(s, 1).attempts, 2);
    scene_free(s);
}

static const struct store_case cases[] = {
    STORE_CASE(an_answer_by_email_is_delivered_when_sent_and_once),
    STORE_CASE(a_new_address_takes_the_waiting_message_along),
    STORE_CASE(a_notice_by_email_arrives_when_sent),
    STORE_CASE(a_notice_overtaken_on_its_way_moves_no_date),
    STORE_CASE(an_answer_asked_for_on_the_page_is_not_sent),
    STORE_CASE(an_answer_waiting_for_a_letter_goes_by_email_when_that_is_asked_for),
    STORE_CASE(a_message_is_claimed_by_one),
};

int main(void)
{
    return RUN_STORE_CASES(cases);
}
