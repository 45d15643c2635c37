// SPDX-License-Identifier: AGPL-3.0-or-later
// What each player does next: people hand in opinions and try again until acknowledged; the
// secretary relays; the chair calls and answers; streams listen.
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

static void join(struct sim_player *p)
{
    sim_request(p, "POST", NULL, NULL, "/api/v1/dialogues/%lld/tickets",
                (long long)p->sim->dialogue);
    put_body(p, json_pack("{s:s, s:o, s:o}", "code", p->sim->code, "name",
                          json_sprintf("Nguyễn Văn %c", 'A' + p->index % 26), "khom",
                          json_sprintf("khom%d", p->index % 5 + 1)));
}

static void raise_hand(struct sim_player *p)
{
    sim_request(p, "POST", NULL, NULL, "/api/v1/dialogues/%lld/hall", (long long)p->sim->dialogue);
    put_body(p, json_pack("{s:s, s:o}", "action", "hand_up", "khom",
                          json_sprintf("khom%d", p->index % 5 + 1)));
}

static void support(struct sim_player *p)
{
    sim_request(p, "POST", NULL, NULL, "/api/v1/opinions/%s/actions", p->sim->relayed);
    put_body(p, json_pack("{s:s}", "action", "support"));
}

/// A hand or a support may be refused (already up, already given): that is no failure of the hall.
static void wished(struct sim_player *p, long status)
{
    struct sim *sim = p->sim;
    json_t *answer = status == 201 ? json_loads(buf_text(&p->in), 0, NULL) : NULL;
    const char *ticket = json_string_value(json_object_get(answer, "ticket"));
    if (p->wish == SIM_JOIN && ticket != NULL) {
        snprintf(p->ticket, sizeof(p->ticket), "%s", ticket);
        sim->joined++;
    }
    json_decref(answer);
    sim->hands += p->wish == SIM_HAND && status == 200;
    sim->supports += p->wish == SIM_SUPPORT && status == 200;
    if (status == 0 || status == 429 || status == 503) sim->retries++;
    p->wish = SIM_ASK;
    p->due_ms = monotonic_ms() + 300 + sim_random(sim, 1500);
}

/// The key stands in the text, so that a doubled write can be told from two alike.
static void ask(struct sim_player *p)
{
    if (p->key[0] == 0) new_key(p->key);
    json_t *body = json_pack(
        "{s:o, s:{s:s, s:o, s:o}}", "content",
        json_sprintf("%s [%s]", SAYINGS[p->index % (int)ARRAY_LEN(SAYINGS)], p->key), "author",
        "type", "resident", "name", json_sprintf("Nguyễn Văn %c", 'A' + p->index % 26), "khom",
        json_sprintf("khom%d", p->index % 5 + 1));
    char *text = json_dumps(body, JSON_COMPACT);
    p->writing = true;
    sim_request(p, "POST", NULL, p->key, "/api/v1/dialogues/%lld/opinions",
                (long long)p->sim->dialogue);
    buf_clear(&p->out);
    buf_puts(&p->out, text);
    free(text);
    json_decref(body);
}

static void asked(struct sim_player *p, long status)
{
    struct sim *sim = p->sim;
    if (status == 201) {
        json_t *answer = json_loads(buf_text(&p->in), 0, NULL);
        struct sim_ack ack = {.version = 1};
        snprintf(ack.number, sizeof(ack.number), "%s",
                 json_string_value(json_object_get(answer, "number")));
        snprintf(ack.receipt, sizeof(ack.receipt), "%s",
                 json_string_value(json_object_get(answer, "receipt")));
        memcpy(ack.key, p->key, sizeof(ack.key));
        json_decref(answer);
        sim_acknowledged(sim, &ack);
        p->key[0] = 0;
        p->due_ms = monotonic_ms() + 300 + sim_random(sim, 3000);
        return;
    }
    bool again = status == 0 || status == 503 || status == 429;
    if (again)
        sim->retries++;
    else
        sim->refusals++;
    if (!again) p->key[0] = 0;
    p->due_ms = monotonic_ms() + 100 +
                sim_random(sim, 300); // the same key: handed in once, whatever happened
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
    if (p->key[0] == 0) new_key(p->key);
    p->writing = true;
    sim_request(p, "POST", token, p->key, "/api/v1/opinions/%s/actions", p->number);
    buf_clear(&p->out);
    buf_puts(&p->out, body);
}

static void remember_relay(struct sim *sim, const char *number)
{
    size_t at = sim->relay_count++ % ARRAY_LEN(sim->relays);
    snprintf(sim->relays[at].number, sizeof(sim->relays[at].number), "%s", number);
    sim->relays[at].at_ms = monotonic_ms();
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
    p->key[0] = 0;
    p->step = status == 200 ? (p->step + 1) % steps : 0;
    p->due_ms = monotonic_ms() + 20;
}

static bool next_secretary(struct sim_player *p)
{
    if (p->step == 0) {
        sim_request(p, "GET", p->sim->secretary, NULL,
                    "/api/v1/dialogues/%lld/opinions?state=received&limit=1",
                    (long long)p->sim->dialogue);
        return true;
    }
    if (p->key[0] == 0) remember_relay(p->sim, p->number);
    snprintf(p->sim->relayed, sizeof(p->sim->relayed), "%s", p->number);
    act(p, p->sim->secretary, "{\"action\":\"relay\",\"field\":\"construction\"}");
    return true;
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

static void next_person(struct sim_player *p)
{
    struct sim *sim = p->sim;
    p->wish = SIM_ASK;
    if (p->key[0] == 0) { // nothing is waiting to be acknowledged
        int dice = sim_random(sim, 4);
        if (sim->code[0] != 0 && p->ticket[0] == 0)
            p->wish = SIM_JOIN;
        else if (p->ticket[0] != 0 && dice == 0)
            p->wish = SIM_HAND;
        else if (p->ticket[0] != 0 && dice == 1 && sim->relayed[0] != 0)
            p->wish = SIM_SUPPORT;
    }
    switch (p->wish) {
    case SIM_JOIN:
        join(p);
        break;
    case SIM_HAND:
        raise_hand(p);
        break;
    case SIM_SUPPORT:
        support(p);
        break;
    case SIM_ASK:
        ask(p);
        break;
    }
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
        sim_request(p, "GET", NULL, NULL, "/api/v1/dialogues/%lld/events",
                    (long long)p->sim->dialogue);
        return true;
    }
    return false;
}

void sim_answer(struct sim_player *p, long status)
{
    switch (p->kind) {
    case SIM_PERSON:
        if (p->wish == SIM_ASK)
            asked(p, status);
        else
            wished(p, status);
        return;
    case SIM_SECRETARY:
    case SIM_CHAIR:
        if (p->step == 0)
            take_first(p, status);
        else
            acted(p, status, p->kind == SIM_SECRETARY ? 2 : 3);
        return;
    case SIM_STREAM:
        p->due_ms = monotonic_ms() + 200 + sim_random(p->sim, 500);
        return;
    }
}

void sim_event(struct sim_player *p, const char *bytes, size_t len)
{
    struct sim *sim = p->sim;
    buf_put(&p->in, bytes, len);
    const char *text = buf_text(&p->in), *end;
    int64_t now_ms = monotonic_ms();
    while ((end = strstr(text, "\n\n")) != NULL) {
        size_t frame = (size_t)(end - text);
        for (size_t i = 0; i < ARRAY_LEN(sim->relays); i++) {
            const char *number = sim->relays[i].number;
            const char *found = number[0] == 0 ? NULL : memmem(text, frame, number, strlen(number));
            if (found == NULL || memmem(text, frame, "relayed", 7) == NULL) continue;
            sim_figure(&sim->deliveries, (double)(now_ms - sim->relays[i].at_ms));
            break;
        }
        text = end + 2;
    }
    size_t rest = p->in.len - (size_t)(text - buf_text(&p->in));
    char *tail = malloc(rest + 1);
    ensure(tail != NULL);
    memcpy(tail, text, rest);
    buf_clear(&p->in);
    buf_put(&p->in, tail, rest);
    free(tail);
}
