// SPDX-License-Identifier: AGPL-3.0-or-later
// An opinion comes in, by whichever door and hand. Received, or on the floor when spoken in the
// hall, or owed after the close.
#include "actions/act.h"

#include <string.h>

#include "base/text.h"
#include "base/tr.h"
#include "domain/contact.h"
#include "store/dialogue.h"
#include "store/hall.h"
#include "store/opinion.h"

static struct refusal check_form(const struct act *act, const struct submission *s)
{
    const char *const limited[][2] = {{s->name, "author.name"},
                                      {s->organisation, "author.organisation"},
                                      {s->email, "author.email"}};
    if (s->content == NULL || *s->content == 0) return REFUSE_FIELD(REFUSAL_REQUIRED, "content");
    if (text_length(s->content) > CONTENT_MAX_CHARS)
        return REFUSE_FIELD(REFUSAL_TOO_LONG, "content");
    if (s->author_type < 0) return REFUSE_FIELD(REFUSAL_REQUIRED, "author.type");
    for (size_t i = 0; i < ARRAY_LEN(limited); i++)
        if (limited[i][0] != NULL && text_length(limited[i][0]) > 200)
            return REFUSE_FIELD(REFUSAL_TOO_LONG, limited[i][1]);
    bool has_organisation = s->organisation != NULL && *s->organisation != 0;
    if (s->author_type == AUTHOR_BUSINESS && !has_organisation)
        return REFUSE_FIELD(REFUSAL_REQUIRED, "author.organisation");
    bool identified = (s->name != NULL && *s->name != 0) || (s->phone != NULL && *s->phone != 0) ||
                      (s->email != NULL && *s->email != 0) || has_organisation;
    if (s->author_type == AUTHOR_ANONYMOUS && identified)
        return REFUSE_WHY(
            REFUSAL_INVALID, "author.type",
            N_("Đã chọn không nêu tên thì không ghi tên, số điện thoại hoặc thư điện tử."));
    if (s->phone != NULL && *s->phone != 0 && !phone_is_plausible(s->phone))
        return REFUSE_FIELD(REFUSAL_INVALID, "author.phone");
    if (s->email != NULL && *s->email != 0 && !email_is_plausible(s->email))
        return REFUSE_FIELD(REFUSAL_INVALID, "author.email");
    bool khom_known = s->khom == 0;
    for (int i = 0; i < act->facts->khoms.count; i++)
        khom_known = khom_known || act->facts->khoms.rows[i].khom == s->khom;
    if (!khom_known) return REFUSE_FIELD(REFUSAL_INVALID, "author.khom");
    if (s->reply_by == REPLY_EMAIL && (s->email == NULL || *s->email == 0))
        return REFUSE_FIELD(REFUSAL_REQUIRED, "author.email");
    if (s->reply_by == REPLY_SMS && (s->phone == NULL || *s->phone == 0))
        return REFUSE_FIELD(REFUSAL_REQUIRED, "author.phone");
    return ALLOWED;
}

/// Which channels a caller may say it came by. A resident's own phone is always `online`.
static struct refusal check_channel(const struct act *act, const struct dialogue *d,
                                    enum channel *ret_channel)
{
    uint32_t mine = dialogue_roles(d, &act->actor);
    const uint32_t takes_in = WHO(ROLE_SECRETARY) | WHO(ROLE_OFFICE) | WHO(ROLE_KHOM);
    int given = act->submission.channel;
    if ((mine & takes_in) == 0) {
        if (given >= 0 && given != CHANNEL_ONLINE)
            return REFUSE_FIELD(REFUSAL_FORBIDDEN, "channel");
        return *ret_channel = CHANNEL_ONLINE, ALLOWED;
    }
    enum channel usual = mine & WHO(ROLE_KHOM)       ? CHANNEL_KHOM
                         : d->state == DIALOGUE_OPEN ? CHANNEL_SPOKEN
                                                     : CHANNEL_SLIP;
    *ret_channel = given >= 0 ? (enum channel)given : usual;
    return ALLOWED;
}

/// From a phone in the hall: the khóm given at the door, and who it is, unless the question says.
static enum status as_joined(struct act *act, struct sql *sql, const struct dialogue *d)
{
    struct submission *s = &act->submission;
    struct hall_ticket t;
    bool ours = act->actor.kind == ACTOR_TICKET && act->actor.ticket_dialogue == d->id;
    if (!ours) return STATUS_OK;
    enum status status =
        store_ticket_load(sql, act->unit, d->id, act->actor.ticket, &act->input, &t);
    if (status != STATUS_OK) return status == STATUS_NOT_FOUND ? STATUS_OK : status;
    if (s->khom == 0) s->khom = t.khom;
    if (s->author_type >= 0) return STATUS_OK;
    s->author_type = (int)t.author_type;
    if (s->name == NULL) s->name = t.name;
    if (s->organisation == NULL) s->organisation = t.organisation;
    return STATUS_OK;
}

static const char *or_empty(const char *text)
{
    return text == NULL ? "" : text;
}

static struct opinion opinion_of(struct act *act, const struct dialogue *d, enum channel channel)
{
    const struct submission *s = &act->submission;
    bool staff = act->actor.kind == ACTOR_ACCOUNT;
    int own_khom =
        staff && (act->actor.person->roles & WHO(ROLE_KHOM)) ? act->actor.person->khom : 0;
    return (struct opinion){
        .dialogue = d->id,
        .state = OPINION_RECEIVED,
        .kind = s->kind >= 0 ? (enum opinion_kind)s->kind : KIND_QUESTION,
        .channel = channel,
        .wants = s->wants >= 0 ? (enum wants)s->wants : WANTS_RELAY,
        .reply_by = s->reply_by >= 0 ? (enum reply_by)s->reply_by : REPLY_PAGE,
        .field = s->field >= 0 ? (enum field)s->field : FIELD_OTHER,
        .khom = s->khom != 0 ? s->khom : own_khom,
        .topic = "",
        .named = "",
        .content = s->content,
        .author_type = (enum author_type)s->author_type,
        .name = or_empty(s->name),
        .organisation = or_empty(s->organisation),
        .phone = or_empty(s->phone),
        .email = or_empty(s->email),
        .publish_name = s->publish_name,
        .before_call = OPINION_STATE_COUNT,
        .before_close = OPINION_STATE_COUNT,
        .floor = "",
        .responsible = "",
        .due_start = DAY_NONE,
        .due_legal = DAY_NONE,
        .due_safe = DAY_NONE,
        .round = 1,
        .window_end = DAY_NONE,
        .created_ms = act->now_ms,
        .created_by_staff = staff && channel != CHANNEL_ONLINE,
        .next_item = 1,
    };
}

static enum status write_new(struct act *act, struct store_tx *tx, struct dialogue *d,
                             struct opinion *o, enum role role, bool owed)
{
    int year = day_civil(instant_day(act->now_ms)).year;
    int64_t first = year * OPINION_PER_YEAR + 1;
    o->id = act->head.opinion + 1 < first ? first : act->head.opinion + 1;
    struct opinion_case c;
    if (owed) {
        o->before_close = OPINION_RECEIVED;
        struct opinion fresh = *o;
        fresh.id = 0; // has no items yet: nothing to load
        enum status status = act_case(act, store_tx_sql(tx), d, &fresh, &c);
        if (status != STATUS_OK) return status;
        c.opinion = o;
        c.acting = ROLE_SYSTEM;
        opinion_become_owed(&c, NULL, instant_day(d->closed_ms));
    } else {
        c = (struct opinion_case){.opinion = o};
    }
    int64_t next = act->head.entry + 1;
    o->version = 1;
    random_fill(o->salt, SALT_BYTES);
    for (int i = 0; i < c.item_count; i++) {
        c.items[i].entry = next;
        random_fill(c.items[i].salt, SALT_BYTES);
    }
    char number[OPINION_NUMBER_TEXT];
    struct entry entry = {
        .role = role,
        .action = "submit",
        .subject = arena_printf(&act->scratch, "opinion %s", opinion_number_format(o->id, number)),
        .from_state = -1,
        .to_state = (int)o->state,
        .version = 1};
    enum status status = STATUS_OK;
    opinion_digest(o, c.items, c.item_count, entry.digest);
    if (act->actor.kind == ACTOR_TICKET) { // nobody else's new opinion has a link to a phone
        status = store_ticket_owns(tx, act->unit, d->id, act->actor.ticket, o->id);
        if (status == STATUS_OK)
            status = store_links_digest(store_tx_sql(tx), act->unit, o->id, entry.digest);
    }
    act->head.opinion = o->id;
    if (status == STATUS_OK) status = act_register(act, tx, CHAIN_MAIN, &entry);
    if (status == STATUS_OK) status = store_opinion_insert(tx, act->unit, o);
    if (status == STATUS_OK && c.item_count > 0)
        status = store_opinion_items_write(tx, act->unit, o->id, c.items, c.item_count);
    act->answer.entry = entry.entry;
    return status;
}

enum status run_opinion_submit(struct act *act, struct store_tx *tx)
{
    bool replayed;
    struct dialogue d;
    enum status status = act_begin(act, tx, &replayed);
    if (status != STATUS_OK || replayed) return status;
    status = store_dialogue_load(store_tx_sql(tx), act->unit, act->target, &act->scratch, &d);
    if (status == STATUS_NOT_FOUND || (status == STATUS_OK && !dialogue_visible(&d, &act->actor)))
        return act->refusal = REFUSE(REFUSAL_NOT_FOUND), STATUS_OK;
    if (status == STATUS_OK) status = as_joined(act, store_tx_sql(tx), &d);
    if (status != STATUS_OK) return status;

    enum channel channel = CHANNEL_ONLINE;
    enum intake intake = dialogue_intake(&d, act->now_ms);
    act->refusal = check_channel(act, &d, &channel);
    if (act->refusal.code == REFUSAL_NONE) act->refusal = act->form_refusal;
    if (act->refusal.code == REFUSAL_NONE) act->refusal = check_form(act, &act->submission);
    if (act->refusal.code == REFUSAL_NONE && (intake == INTAKE_NOT_YET || intake == INTAKE_ENDED))
        act->refusal = REFUSE(REFUSAL_INTAKE_CLOSED);
    if (act->refusal.code != REFUSAL_NONE) return STATUS_OK;

    uint32_t mine = dialogue_roles(&d, &act->actor);
    bool secretary = (mine & WHO(ROLE_SECRETARY)) != 0;
    struct opinion o = opinion_of(act, &d, channel);
    enum role role = secretary                 ? ROLE_SECRETARY
                     : mine & WHO(ROLE_OFFICE) ? ROLE_OFFICE
                     : mine & WHO(ROLE_KHOM)   ? ROLE_KHOM
                                               : ROLE_AUTHOR;
    if (channel == CHANNEL_SPOKEN && secretary && d.state == DIALOGUE_OPEN) {
        o.state = OPINION_ON_FLOOR; // recording it is the relay
        o.relayed = true;
    }
    receipt_new(act->app, act->answer.receipt);
    receipt_hash(&act->app->keys, act->unit, act->answer.receipt, o.receipt_hash);
    status = write_new(act, tx, &d, &o, role, intake == INTAKE_AFTER);
    if (status == STATUS_OK && o.relayed) status = act_index(act, tx, &o);
    if (status != STATUS_OK) return status;
    act->answer.about_opinion = true;
    act->answer.id = o.id;
    act->answer.state = (int)o.state;
    act->answer.version = 1;
    act_happened(act, d.id, o.id, "submitted", o.relayed, 1);
    return act_end(act, tx);
}
