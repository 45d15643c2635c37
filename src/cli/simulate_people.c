// SPDX-License-Identifier: AGPL-3.0-or-later
// What each player does next: people join, ask, raise a hand, support, and try again until they are
// answered; the secretary relays; the chair calls and answers; streams listen.
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/digest.h"
#include "cli/simulate.h"

static const char *const SAYINGS[] = {
    "Đường vào hẻm bị ngập mỗi khi mưa lớn, khi nào được nâng cấp?",
    "Đề nghị lắp thêm đèn chiếu sáng ở đoạn đường trước trường học.",
    "Rác để ở đầu hẻm hai ngày chưa được thu gom.",
    "Xin hỏi thủ tục cấp giấy chứng nhận quyền sử dụng đất cho hộ gia đình.",
    "Tiếng ồn của cơ sở sản xuất ban đêm ảnh hưởng đến người già và trẻ nhỏ.",
    "Doanh nghiệp đề nghị được hướng dẫn về mặt bằng và thuế.",
};

static void new_key(char key[36])
{
    unsigned char bytes[16];
    random_fill(bytes, sizeof(bytes));
    for (size_t i = 0; i < sizeof(bytes); i++)
        snprintf(key + i * 2, 3, "%02x", bytes[i]);
}

static void put_body(struct sim_player *p, json_t *body)
{
    char *text = json_dumps(body, JSON_COMPACT);
    p->writing = true;
    buf_clear(&p->out);
    buf_puts(&p->out, text);
    free(text);
    json_decref(body);
}

static void refused(struct sim_player *p, long status)
{
    p->sim->refusals++;
    fprintf(stderr, "refused: %ld %s %s: %s\n", status, p->url, buf_text(&p->out),
            buf_text(&p->in));
}

/// Most of them residents, one in ten for a business.
static void join(struct sim_player *p)
{
    sim_request(p, "POST", NULL, NULL, "/api/v1/dialogues/%lld/tickets",
                (long long)p->sim->dialogue);
    json_t *body = json_pack("{s:s, s:o, s:o}", "code", p->sim->code, "name",
                             json_sprintf("Nguyễn Văn %c", 'A' + p->index % 26), "khom",
                             json_sprintf("khom%d", p->index % 5 + 1));
    if (p->index % 10 == 9) {
        json_object_set_new(body, "author_type", json_string("business"));
        json_object_set_new(body, "organisation", json_sprintf("Cơ sở số %d", p->index / 10 + 1));
    }
    put_body(p, body);
}

static void move_hand(struct sim_player *p)
{
    sim_request(p, "POST", NULL, p->key, "/api/v1/dialogues/%lld/hall",
                (long long)p->sim->dialogue);
    put_body(p, json_pack("{s:s}", "action", p->hand ? "hand_down" : "hand_up"));
}

static void support(struct sim_player *p)
{
    sim_request(p, "POST", NULL, p->key, "/api/v1/opinions/%s/actions", p->number);
    put_body(p, json_pack("{s:s}", "action", "support"));
}

/// The key stands in the text, so that a doubled write can be told from two alike.
static void ask(struct sim_player *p)
{
    sim_request(p, "POST", NULL, p->key, "/api/v1/dialogues/%lld/opinions",
                (long long)p->sim->dialogue);
    put_body(p,
             json_pack("{s:o, s:{s:s, s:o, s:o}}", "content",
                       json_sprintf("%s [%s]", SAYINGS[p->index % (int)ARRAY_LEN(SAYINGS)], p->key),
                       "author", "type", "resident", "name",
                       json_sprintf("Nguyễn Văn %c", 'A' + p->index % 26), "khom",
                       json_sprintf("khom%d", p->index % 5 + 1)));
}

static void joined(struct sim_player *p, json_t *answer)
{
    const char *ticket = json_string_value(json_object_get(answer, "ticket"));
    if (ticket == NULL) return;
    snprintf(p->ticket, sizeof(p->ticket), "%s", ticket);
    p->sim->joined++;
    p->sim->players[p->sim->people + p->index].due_ms = monotonic_ms(); // its phone listens
}

static void hall_changed(struct sim_player *p, json_t *answer)
{
    int64_t version = json_integer_value(json_object_get(answer, "version"));
    if (version > p->sim->newest) p->sim->newest = version;
    sim_changed(&p->sim->acts, version, p->started_ms);
}

static void hand_moved(struct sim_player *p, json_t *answer)
{
    p->sim->hands += !p->hand;
    p->hand = !p->hand;
    hall_changed(p, answer);
}

static void asked(struct sim_player *p, json_t *answer)
{
    struct sim_ack ack = {.version = 1};
    snprintf(ack.number, sizeof(ack.number), "%s",
             json_string_value(json_object_get(answer, "number")));
    snprintf(ack.receipt, sizeof(ack.receipt), "%s",
             json_string_value(json_object_get(answer, "receipt")));
    memcpy(ack.key, p->key, sizeof(ack.key));
    sim_acknowledged(p->sim, &ack);
}

static void wish_fulfilled(struct sim_player *p)
{
    json_t *answer = json_loads(buf_text(&p->in), 0, NULL);
    switch (p->wish) {
    case SIM_JOIN:
        joined(p, answer);
        break;
    case SIM_HAND:
        hand_moved(p, answer);
        break;
    case SIM_SUPPORT:
        p->sim->supports++;
        break;
    case SIM_ASK:
        asked(p, answer);
        break;
    }
    json_decref(answer);
}

/// When somebody does something again.
static int64_t pause_of(struct sim_player *p)
{
    struct sim *sim = p->sim;
    if (sim->hurry || sim->code[0] == 0) return 50 + sim_random(sim, 1200);
    int pause_ms = sim->audience ? SIM_CALM_MS : SIM_PAUSE_MS;
    if (p->wish == SIM_JOIN) return sim_random(sim, pause_ms);
    return pause_ms - 1000 + sim_random(sim, 2000);
}

/// With the same key until there is an answer: done once, whatever happened on the way. That a hand
/// was called in the meantime, or somebody supported already, is the rules' word and no failure;
/// nor is that a real chair has closed.
static void wished(struct sim_player *p, long status)
{
    struct sim *sim = p->sim;
    p->waits = status == 0 || status == 503 || status == 429;
    if (p->waits) {
        sim->slowed += status == 429;
        sim->retries += status != 429;
        p->due_ms = monotonic_ms() + (status == 429 ? 1000 : 100) + sim_random(sim, 300);
        return;
    }
    if (status == 200 || status == 201)
        wish_fulfilled(p);
    else if (status == 409 && (sim->audience || (p->wish != SIM_ASK && p->wish != SIM_JOIN)))
        sim->against_rules++;
    else
        refused(p, status);
    if (status == 409 && p->wish == SIM_HAND) p->hand = !p->hand; // called, or up already
    p->key[0] = 0;
    p->due_ms = monotonic_ms() + pause_of(p);
}

// ---- secretary: take the first that waits, relay it

static void take_first(struct sim_player *p, long status)
{
    json_t *list = status == 200 ? json_loads(buf_text(&p->in), 0, NULL) : NULL;
    json_t *first = json_array_get(json_object_get(list, "items"), 0);
    p->number[0] = 0;
    if (first != NULL)
        snprintf(p->number, sizeof(p->number), "%s",
                 json_string_value(json_object_get(first, "number")));
    json_decref(list);
    p->step = p->number[0] != 0;
    p->due_ms = monotonic_ms() + (p->number[0] != 0 ? 0 : 200);
}

static void act(struct sim_player *p, const char *token, const char *body)
{
    if (p->key[0] == 0) {
        new_key(p->key);
        p->first_ms = monotonic_ms();
    }
    p->writing = true;
    sim_request(p, "POST", token, p->key, "/api/v1/opinions/%s/actions", p->number);
    buf_clear(&p->out);
    buf_puts(&p->out, body);
}

static int staff_pause(const struct sim_player *p)
{
    if (p->sim->hurry) return 20;
    return p->kind == SIM_SECRETARY ? 50 : 1000;
}

static void acted(struct sim_player *p, long status, int steps)
{
    if (status == 0 || status == 503) { // with the same key until it is known
        p->sim->retries++;
        p->due_ms = monotonic_ms() + 200;
        return;
    }
    if (status == 200) {
        json_t *answer = json_loads(buf_text(&p->in), 0, NULL);
        struct sim_ack ack = {.version = json_integer_value(json_object_get(answer, "version"))};
        snprintf(ack.number, sizeof(ack.number), "%s", p->number);
        json_decref(answer);
        sim_acknowledged(p->sim, &ack);
    }
    if (status == 200 && p->kind == SIM_SECRETARY) {
        snprintf(p->sim->relayed, sizeof(p->sim->relayed), "%s", p->number);
        sim_changed(&p->sim->relays, sim_number(p->number), p->first_ms);
    }
    p->sim->against_rules += status == 409; // as when an opinion names whoever would answer it
    if (status != 200 && status != 409) refused(p, status);
    p->key[0] = 0;
    p->step = status == 200 ? (p->step + 1) % steps : 0;
    p->due_ms = monotonic_ms() + staff_pause(p);
}

static bool next_secretary(struct sim_player *p)
{
    if (p->step == 0) {
        sim_request(p, "GET", p->sim->secretary, NULL,
                    "/api/v1/dialogues/%lld/opinions?state=received&limit=1",
                    (long long)p->sim->dialogue);
        return true;
    }
    act(p, p->sim->secretary, "{\"action\":\"relay\",\"field\":\"construction\"}");
    return true;
}

/// Somebody from the queue, or nobody waits there.
static void called(struct sim_player *p, long status)
{
    json_t *answer = status == 200 ? json_loads(buf_text(&p->in), 0, NULL) : NULL;
    if (answer != NULL) hall_changed(p, answer);
    json_decref(answer);
    p->sim->against_rules += status == 409;
    if (status != 200 && status != 409 && status != 0 && status != 503) refused(p, status);
    p->due_ms = monotonic_ms() + staff_pause(p);
}

static bool next_chair(struct sim_player *p)
{
    static const char *const acts[] = {
        NULL, "{\"action\":\"call\"}",
        "{\"action\":\"answer\",\"mode\":\"spoken\",\"kind\":\"answer\",\"text\":\"Phường tiếp thu "
        "và sẽ xử lý trong tháng.\"}"};
    if (p->step == 0 && p->version++ % 4 == 3) { // and now and then somebody from the queue
        sim_request(p, "POST", p->sim->chair, NULL, "/api/v1/dialogues/%lld/hall",
                    (long long)p->sim->dialogue);
        put_body(p, json_pack("{s:s}", "action", "call_turn"));
    } else if (p->step == 0)
        sim_request(p, "GET", p->sim->chair, NULL,
                    "/api/v1/dialogues/%lld/opinions?state=relayed&limit=1",
                    (long long)p->sim->dialogue);
    else
        act(p, p->sim->chair, acts[p->step]);
    return true;
}

/// In turn, each beginning elsewhere, so that at any time all of them go on.
static void choose_wish(struct sim_player *p)
{
    struct sim *sim = p->sim;
    p->wish = p->ticket[0] == 0 ? SIM_ASK : (enum sim_wish)((p->step++ + p->index) % SIM_JOIN);
    if (p->wish == SIM_SUPPORT && sim->relayed[0] == 0) p->wish = SIM_HAND;
    if (p->ticket[0] == 0 && sim->code[0] != 0) p->wish = SIM_JOIN;
    snprintf(p->number, sizeof(p->number), "%s", sim->relayed);
    new_key(p->key);
}

static void next_person(struct sim_player *p)
{
    if (!p->waits) choose_wish(p);
    switch (p->wish) {
    case SIM_JOIN:
        join(p);
        break;
    case SIM_HAND:
        move_hand(p);
        break;
    case SIM_SUPPORT:
        support(p);
        break;
    case SIM_ASK:
        ask(p);
        break;
    }
}

static void listen_again(struct sim_player *p)
{
    char id[40];
    if (p->last_id == 0) p->heard = p->sim->newest; // what was before is no news
    sim_request(p, "GET", NULL, NULL, "/api/v1/dialogues/%lld/events", (long long)p->sim->dialogue);
    if (p->last_id == 0) return;
    snprintf(id, sizeof(id), "Last-Event-ID: %llu", (unsigned long long)p->last_id);
    p->headers = curl_slist_append(p->headers, id);
}

bool sim_next(struct sim_player *p)
{
    p->writing = false;
    switch (p->kind) {
    case SIM_PERSON:
        next_person(p);
        return true;
    case SIM_SECRETARY:
        return next_secretary(p);
    case SIM_CHAIR:
        return next_chair(p);
    case SIM_STREAM:
        listen_again(p);
        return true;
    }
    return false;
}

void sim_answer(struct sim_player *p, long status)
{
    switch (p->kind) {
    case SIM_PERSON:
        wished(p, status);
        return;
    case SIM_SECRETARY:
    case SIM_CHAIR:
        if (p->step == 0 && p->writing)
            called(p, status);
        else if (p->step == 0)
            take_first(p, status);
        else
            acted(p, status, p->kind == SIM_SECRETARY ? 2 : 3);
        return;
    case SIM_STREAM:
        p->due_ms = monotonic_ms() + 200 + sim_random(p->sim, 500);
        return;
    }
}
