// SPDX-License-Identifier: AGPL-3.0-or-later
// Acts of the hall: load it whole, decide, write what changed and one entry of the register.
#include "actions/hall.h"

#include <string.h>

#include "actions/hall_rows.h"
#include "store/dialogue.h"
#include "store/opinion.h"

#include "base/tr.h"

enum status hall_write(struct act *act, struct store_tx *tx, struct hall *hall,
                       const struct hall_entry *how)
{
    if (hall->version == 0) random_fill(hall->salt, sizeof(hall->salt));
    hall->version++;
    struct entry entry = {.role = how->role,
                          .action = how->action,
                          .subject =
                              arena_printf(&act->scratch, "hall %lld", (long long)hall->dialogue),
                          .from_state = -1,
                          .to_state = -1,
                          .version = hall->version};
    hall_digest(hall, entry.digest);
    enum status status = act_register(act, tx, how->chain, &entry);
    if (status == STATUS_OK) status = store_hall_write(tx, act->unit, hall);
    act->answer.entry = entry.entry;
    return status;
}

void hall_tell(struct act *act, const struct hall *hall, unsigned happened, const char *what)
{
    static const struct {
        unsigned bit;
        enum happening_kind kind;
    } kinds[] = {
        {HALL_QUEUE, HAPPENED_QUEUE}, {HALL_CLOCK, HAPPENED_CLOCK}, {HALL_SCENE, HAPPENED_SCENE}};
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        if ((happened & kinds[i].bit) == 0 || act->happening_count == ACT_HAPPENINGS) continue;
        act_happened(act, hall->dialogue, 0, what, true, hall->version);
        act->happenings[act->happening_count - 1].kind = kinds[i].kind;
    }
}

enum status hall_begin(struct act *act, struct store_tx *tx, struct dialogue *d, bool *ret_over)
{
    enum status status = act_begin(act, tx, ret_over);
    if (status != STATUS_OK || *ret_over) return status;
    status = store_dialogue_load(store_tx_sql(tx), act->unit, act->target, &act->scratch, d);
    if (status == STATUS_NOT_FOUND || (status == STATUS_OK && !dialogue_visible(d, &act->actor)))
        return *ret_over = true, act->refusal = REFUSE(REFUSAL_NOT_FOUND), STATUS_OK;
    // A ticket is good in its own dialogue only.
    bool stranger = act->actor.kind == ACTOR_TICKET && act->actor.ticket_dialogue != act->target;
    if (status == STATUS_OK && stranger)
        return *ret_over = true, act->refusal = REFUSE(REFUSAL_FORBIDDEN), STATUS_OK;
    return status;
}

/// Whether the opinion a parameter names is of this dialogue, and may be on a screen.
static enum status look_at_opinion(struct act *act, struct sql *sql, struct hall_case *c)
{
    struct opinion o;
    if (!act->params.at[PARAM_OPINION].given) return STATUS_OK;
    enum status status =
        store_opinion_load(sql, act->unit, act->params.at[PARAM_OPINION].number, &act->scratch, &o);
    if (status == STATUS_NOT_FOUND) return STATUS_OK;
    if (status != STATUS_OK) return status;
    c->opinion_shown = o.dialogue == c->dialogue->id && opinion_is_public(&o);
    // Whoever is no staff must not learn by asking that an unrelayed one exists.
    c->opinion_known =
        o.dialogue == c->dialogue->id && (c->opinion_shown || act->actor.kind == ACTOR_ACCOUNT);
    return STATUS_OK;
}

static enum status follow_steps(struct act *act, struct store_tx *tx, const struct hall_case *c,
                                const struct agenda *agenda)
{
    enum status status = STATUS_OK;
    for (int i = 0; status == STATUS_OK && i < agenda->count; i++) {
        struct agenda_item item = agenda->rows[i];
        if (item.step != c->step_ended && item.step != c->step_begun) continue;
        if (item.step == c->step_ended) item.ended_ms = act->now_ms;
        if (item.step == c->step_begun) {
            if (item.started_ms == 0) item.started_ms = act->now_ms;
            item.ended_ms = 0;
        }
        status = store_agenda_write(tx, act->unit, c->dialogue->id, &item);
    }
    return status;
}

static uint64_t khom_bits(const struct unit_facts *facts)
{
    uint64_t bits = 0;
    for (int i = 0; i < facts->khoms.count; i++)
        if (facts->khoms.rows[i].khom < 64) bits |= UINT64_C(1) << facts->khoms.rows[i].khom;
    return bits;
}

/// A hand raised with a phone speaks as its holder said at the door.
static enum status look_at_guest(struct act *act, struct sql *sql, struct hall_case *c)
{
    struct hall_ticket t;
    if (act->actor.kind != ACTOR_TICKET || act->action != HACT_HAND_UP) return STATUS_OK;
    enum status status = store_ticket_load(sql, act->unit, act->actor.ticket_dialogue,
                                           act->actor.ticket, &act->scratch, &t);
    if (status != STATUS_OK) return status == STATUS_NOT_FOUND ? STATUS_OK : status;
    struct hall_guest *guest = arena_new(&act->scratch, struct hall_guest);
    *guest = (struct hall_guest){t.author_type, t.name, t.organisation, t.khom};
    c->guest = guest;
    return STATUS_OK;
}

enum status run_hall_action(struct act *act, struct store_tx *tx)
{
    struct sql *sql = store_tx_sql(tx);
    struct dialogue d;
    struct hall hall;
    struct agenda agenda = {0};
    bool over;
    enum status status = hall_begin(act, tx, &d, &over);
    if (status != STATUS_OK || over) return status;
    status = store_hall_load(sql, act->unit, d.id, &act->scratch, &hall);
    if (status == STATUS_OK) status = store_agenda(sql, act->unit, d.id, &act->scratch, &agenda);
    if (status != STATUS_OK) return status;
    struct hall_case c = {.arena = &act->scratch,
                          .now_ms = act->now_ms,
                          .people = &act->facts->people,
                          .khoms = khom_bits(act->facts),
                          .dialogue = &d,
                          .actor = &act->actor,
                          .behalf = act->behalf,
                          .params = &act->params,
                          .form_refusal = act->form_refusal,
                          .hall = &hall,
                          .programme_steps = agenda.count};
    status = look_at_opinion(act, sql, &c);
    if (status == STATUS_OK) status = look_at_guest(act, sql, &c);
    if (status != STATUS_OK) return status;
    int64_t version = hall.version;
    act->refusal = hall_act(&c, (enum hall_action)act->action);
    if (act->refusal.code == REFUSAL_NONE && act->if_version >= 0 && act->if_version != version)
        act->refusal = REFUSE_FIELD(REFUSAL_STALE, "if_version");
    if (act->refusal.code != REFUSAL_NONE) return STATUS_OK;
    const char *code = hall_rules[act->action].code;
    status = hall_write(act, tx, &hall, &(struct hall_entry){CHAIN_MAIN, code, c.acting});
    if (status == STATUS_OK && c.step_ended != c.step_begun)
        status = follow_steps(act, tx, &c, &agenda);
    const struct hall_turn *turn = hall_turn_find(&hall, c.turn);
    act->answer.id = c.turn;
    act->answer.state = turn != NULL ? (int)turn->state : -1;
    act->answer.version = hall.version;
    hall_tell(act, &hall, c.happened, code);
    if (act->action == HACT_HIDE_NAME) // cards of before may hold it
        for (int i = 0; i < act->happening_count; i++)
            act->happenings[i].forget = true;
    return status == STATUS_OK ? act_end(act, tx) : status;
}

enum status hall_follow_dialogue(struct act *act, struct store_tx *tx, const struct dialogue *d)
{
    struct hall hall;
    bool follows = act->action == DACT_OPEN || act->action == DACT_ADJOURN ||
                   act->action == DACT_RESUME || act->action == DACT_CLOSE ||
                   act->action == DACT_REOPEN;
    if (!follows) return STATUS_OK;
    int64_t entry = act->answer.entry;
    enum status status = store_hall_load(store_tx_sql(tx), act->unit, d->id, &act->scratch, &hall);
    if (status != STATUS_OK) return status;
    hall_follow(&hall, &act->scratch, (enum dialogue_action)act->action, act->now_ms);
    const char *code = dialogue_rules[act->action].code;
    status = hall_write(act, tx, &hall, &(struct hall_entry){CHAIN_MAIN, code, ROLE_SYSTEM});
    act->answer.entry = entry;
    hall_tell(act, &hall, HALL_QUEUE | HALL_CLOCK | HALL_SCENE, code);
    return status;
}

// ---- joining

static const char LETTERS[] = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"; // none that looks like another

static void code_of_minute(const struct app *app, int64_t unit, int64_t dialogue, int64_t minute,
                           char out[JOIN_CODE_TEXT])
{
    unsigned char hash[DIGEST_BYTES];
    struct digest d;
    digest_init(&d, app->keys.ticket);
    digest_text(&d, "join code");
    digest_int(&d, unit);
    digest_int(&d, dialogue);
    digest_int(&d, minute);
    digest_done(&d, hash);
    for (int i = 0; i < JOIN_CODE_TEXT - 1; i++)
        out[i] = LETTERS[(hash[2 * i] << 8 | hash[2 * i + 1]) % (sizeof(LETTERS) - 1)];
    out[JOIN_CODE_TEXT - 1] = 0;
}

void hall_join_code(const struct app *app, int64_t unit, int64_t dialogue, int64_t now_ms,
                    char out[JOIN_CODE_TEXT])
{
    code_of_minute(app, unit, dialogue, now_ms / 60000, out);
}

/// As people type it: upper case, without spaces and hyphens.
static bool tidy_code(const char *text, char out[JOIN_CODE_TEXT])
{
    int n = 0;
    for (; text != NULL && *text != 0; text++) {
        char c = *text >= 'a' && *text <= 'z' ? (char)(*text - 'a' + 'A') : *text;
        if (c == ' ' || c == '-') continue;
        if (n == JOIN_CODE_TEXT - 1) return false;
        out[n++] = c;
    }
    out[n] = 0;
    return n == JOIN_CODE_TEXT - 1;
}

bool hall_join_code_holds(const struct app *app, int64_t unit, int64_t dialogue, int64_t now_ms,
                          const char *code)
{
    char wanted[JOIN_CODE_TEXT], real[JOIN_CODE_TEXT];
    if (!tidy_code(code, wanted)) return false;
    for (int back = 0; back < JOIN_CODE_MINUTES; back++) {
        code_of_minute(app, unit, dialogue, now_ms / 60000 - back, real);
        if (strcmp(real, wanted) == 0) return true;
    }
    return false;
}

void hall_ticket_hash(const struct app *app, int64_t unit, const char *token,
                      unsigned char ret_hash[TICKET_HASH_BYTES])
{
    struct digest d;
    digest_init(&d, app->keys.ticket);
    digest_text(&d, "ticket");
    digest_int(&d, unit);
    digest_text(&d, token);
    digest_done(&d, ret_hash);
}

const struct param_use hall_join_params[5] = {{PARAM_CODE, true},
                                              {PARAM_NAME, false},
                                              {PARAM_KHOM, false},
                                              {PARAM_AUTHOR_TYPE, false},
                                              {PARAM_ORGANISATION, false}};

struct hall_joining hall_joining_of(const struct params *params)
{
    return (struct hall_joining){
        .code = param_text(params, PARAM_CODE),
        .name = param_text(params, PARAM_NAME),
        .khom = (int)param_number(params, PARAM_KHOM, 0),
        .author_type = (enum author_type)param_number(params, PARAM_AUTHOR_TYPE, AUTHOR_RESIDENT),
        .organisation = param_text(params, PARAM_ORGANISATION)};
}

static struct refusal check_who(const struct hall_joining *j)
{
    bool business = j->author_type == AUTHOR_BUSINESS;
    if (!business && j->author_type != AUTHOR_RESIDENT)
        return REFUSE_FIELD(REFUSAL_INVALID, "author_type");
    if (business && (j->organisation == NULL || *j->organisation == 0))
        return REFUSE_WHY(REFUSAL_REQUIRED, "organisation",
                          N_("Doanh nghiệp, cơ sở xin ghi tên để được mời phát biểu."));
    return ALLOWED;
}

static struct refusal check_join(struct act *act, const struct dialogue *d,
                                 const struct hall_joining *j)
{
    bool in_time = d->state == DIALOGUE_ANNOUNCED || d->state == DIALOGUE_OPEN ||
                   d->state == DIALOGUE_ADJOURNED;
    if (!in_time)
        return REFUSE_WHY(REFUSAL_WRONG_STATE, NULL, N_("Hội nghị chưa mở hoặc đã kết thúc."));
    if (act->form_refusal.code != REFUSAL_NONE) return act->form_refusal;
    if (j->code == NULL || *j->code == 0) return REFUSE_FIELD(REFUSAL_REQUIRED, "code");
    if (!hall_join_code_holds(act->app, act->unit, d->id, act->now_ms, j->code))
        return REFUSE_WHY(REFUSAL_INVALID, "code",
                          N_("Mã không đúng hoặc đã cũ. Xin nhập mã đang hiện trên màn hình."));
    if (j->khom != 0 && (j->khom > 63 || !(khom_bits(act->facts) & UINT64_C(1) << j->khom)))
        return REFUSE_FIELD(REFUSAL_INVALID, "khom");
    return check_who(j);
}

static struct hall_ticket ticket_of(const struct act *act, int64_t dialogue)
{
    const struct hall_joining *j = act->extra;
    bool business = j->author_type == AUTHOR_BUSINESS;
    return (struct hall_ticket){.dialogue = dialogue,
                                .name = j->name != NULL ? j->name : "",
                                .khom = j->khom,
                                .author_type = j->author_type,
                                .organisation = business ? j->organisation : "",
                                .joined_ms = act->now_ms};
}

enum status run_hall_join(struct act *act, struct store_tx *tx)
{
    const struct hall_joining *j = act->extra;
    struct dialogue d;
    bool over;
    enum status status = hall_begin(act, tx, &d, &over);
    if (status != STATUS_OK || over) return status;
    act->refusal = check_join(act, &d, j);
    if (act->refusal.code != REFUSAL_NONE) return STATUS_OK;
    char *token = arena_alloc(&act->scratch, TOKEN_TEXT);
    struct hall_ticket ticket = ticket_of(act, d.id);
    token_make(token);
    hall_ticket_hash(act->app, act->unit, token, ticket.hash);
    status = store_ticket_insert(tx, act->unit, &ticket);
    if (status != STATUS_OK) return status;
    struct entry entry = {.role = ROLE_TICKET,
                          .action = "join",
                          .subject = arena_printf(&act->scratch, "ticket %lld-%lld",
                                                  (long long)d.id, (long long)ticket.ticket),
                          .from_state = -1,
                          .to_state = -1,
                          .version = 1};
    hall_ticket_digest(&ticket, entry.digest);
    status = act_register(act, tx, CHAIN_MAIN, &entry);
    act->answer.id = ticket.ticket;
    act->answer.token = token;
    act->answer.entry = entry.entry;
    act->answer.version = 1;
    act_happened(act, d.id, 0, "joined", false, 1);
    act->happenings[act->happening_count - 1].kind = HAPPENED_PRESENCE;
    return status == STATUS_OK ? act_end(act, tx) : status;
}
