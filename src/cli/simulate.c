// SPDX-License-Identifier: AGPL-3.0-or-later
// simulate: the loop, the ledger kept outside the server, and the reckoning at the end. It only
// talks HTTP: what it finds is what a person would find.
#include "cli/simulate.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/day.h"

int sim_random(struct sim *sim, int below)
{
    return (int)((unsigned)rand_r(&sim->seed) % (unsigned)below);
}

void sim_figure(struct sim_figures *f, double ms)
{
    if (f->count == f->room) {
        f->room = f->room == 0 ? 1024 : f->room * 2;
        f->ms = realloc(f->ms, f->room * sizeof(*f->ms));
        ensure(f->ms != NULL);
    }
    f->ms[f->count++] = ms;
}

void sim_acknowledged(struct sim *sim, const struct sim_ack *ack)
{
    if (sim->ack_count == sim->ack_room) {
        sim->ack_room = sim->ack_room == 0 ? 1024 : sim->ack_room * 2;
        sim->acks = realloc(sim->acks, sim->ack_room * sizeof(*sim->acks));
        ensure(sim->acks != NULL);
    }
    sim->acks[sim->ack_count++] = *ack;
    if (sim->ledger == NULL) return;
    fprintf(sim->ledger, "%s %lld %s %s\n", ack->number, (long long)ack->version,
            ack->receipt[0] ? ack->receipt : "-", ack->key[0] ? ack->key : "-");
    fflush(sim->ledger);
}

static size_t take_bytes(char *bytes, size_t size, size_t count, void *arg)
{
    struct sim_player *p = arg;
    if (p->kind == SIM_STREAM)
        sim_event(p, bytes, size * count);
    else
        buf_put(&p->in, bytes, size * count);
    return size * count;
}

void sim_request(struct sim_player *p, const char *method, const char *token, const char *key,
                 const char *format, ...)
{
    char path[300], line[200];
    va_list args;
    va_start(args, format);
    vsnprintf(path, sizeof(path), format, args);
    va_end(args);
    snprintf(p->url, sizeof(p->url), "%s%s", p->sim->url, path);
    curl_slist_free_all(p->headers);
    p->headers = curl_slist_append(NULL, "Content-Type: application/json");
    p->headers = curl_slist_append(p->headers, "Expect:");
    if (token != NULL) {
        snprintf(line, sizeof(line), "Authorization: Bearer %s", token);
        p->headers = curl_slist_append(p->headers, line);
    } else if (p->ticket[0] != 0) {
        snprintf(line, sizeof(line), "Authorization: Ticket %s", p->ticket);
        p->headers = curl_slist_append(p->headers, line);
    }
    if (key != NULL) {
        snprintf(line, sizeof(line), "Idempotency-Key: %s", key);
        p->headers = curl_slist_append(p->headers, line);
    }
    curl_easy_setopt(p->easy, CURLOPT_CUSTOMREQUEST, method);
}

static void start(struct sim_player *p)
{
    if (p->kind != SIM_STREAM && monotonic_ms() >= p->sim->ends_ms && p->key[0] == 0) return;
    if (!sim_next(p)) return;
    buf_clear(&p->in);
    curl_easy_setopt(p->easy, CURLOPT_URL, p->url);
    curl_easy_setopt(p->easy, CURLOPT_HTTPHEADER, p->headers);
    if (p->writing) {
        curl_easy_setopt(p->easy, CURLOPT_POSTFIELDS, buf_text(&p->out));
        curl_easy_setopt(p->easy, CURLOPT_POSTFIELDSIZE, (long)p->out.len);
    } else {
        curl_easy_setopt(p->easy, CURLOPT_HTTPGET, 1L);
    }
    p->started_ms = monotonic_ms();
    p->busy = true;
    curl_multi_add_handle(p->sim->multi, p->easy);
}

static void finished(struct sim *sim)
{
    int left;
    for (CURLMsg *message; (message = curl_multi_info_read(sim->multi, &left)) != NULL;) {
        struct sim_player *p = NULL;
        long status = 0;
        if (message->msg != CURLMSG_DONE) continue;
        CURLcode result = message->data.result;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, (char **)&p);
        if (result == CURLE_OK) curl_easy_getinfo(p->easy, CURLINFO_RESPONSE_CODE, &status);
        curl_multi_remove_handle(sim->multi, p->easy);
        p->busy = false;
        if (result != CURLE_OK)
            sim->failures += p->kind != SIM_STREAM;
        else if (p->writing)
            sim_figure(&sim->writes, (double)(monotonic_ms() - p->started_ms));
        sim_answer(p, status);
    }
}

static bool writes_pending(const struct sim *sim)
{
    for (int i = 0; i < sim->player_count; i++)
        if (sim->players[i].kind != SIM_STREAM &&
            (sim->players[i].busy || sim->players[i].key[0] != 0))
            return true;
    return false;
}

static void play(struct sim *sim)
{
    int64_t give_up_ms = sim->ends_ms + 30000; // what was begun is tried until it is acknowledged
    for (int64_t now_ms = monotonic_ms();
         now_ms < sim->ends_ms || (writes_pending(sim) && now_ms < give_up_ms);
         now_ms = monotonic_ms()) {
        for (int i = 0; i < sim->player_count; i++)
            if (!sim->players[i].busy && sim->players[i].due_ms <= now_ms) start(&sim->players[i]);
        int running;
        curl_multi_perform(sim->multi, &running);
        finished(sim);
        curl_multi_poll(sim->multi, NULL, 0, 20, NULL);
    }
}

// ---- one request at a time, before and after

static long fetch(struct sim_player *p)
{
    long status = 0;
    buf_clear(&p->in);
    curl_easy_setopt(p->easy, CURLOPT_URL, p->url);
    curl_easy_setopt(p->easy, CURLOPT_HTTPHEADER, p->headers);
    for (int attempt = 0; attempt < 100 && status == 0; attempt++) {
        if (curl_easy_perform(p->easy) == CURLE_OK)
            curl_easy_getinfo(p->easy, CURLINFO_RESPONSE_CODE, &status);
        else
            nanosleep(&(struct timespec){.tv_nsec = 200 * 1000000L}, NULL);
        if (status == 0) buf_clear(&p->in);
    }
    return status;
}

static bool sign_in(struct sim_player *p, const char *username, char token[64])
{
    json_t *body = json_pack("{s:s, s:s}", "username", username, "password", p->sim->password);
    char *text = json_dumps(body, JSON_COMPACT);
    sim_request(p, "POST", NULL, NULL, "/api/v1/sessions");
    curl_easy_setopt(p->easy, CURLOPT_COPYPOSTFIELDS, text);
    long status = fetch(p);
    json_t *answer = status == 201 ? json_loads(buf_text(&p->in), 0, NULL) : NULL;
    const char *got = json_string_value(json_object_get(answer, "token"));
    if (got != NULL) snprintf(token, 64, "%s", got);
    json_decref(answer);
    json_decref(body);
    free(text);
    curl_easy_setopt(p->easy, CURLOPT_HTTPGET, 1L);
    return got != NULL;
}

/// An acknowledged opinion is there, readable by its receipt, with its own text and at least the
/// acknowledged version.
static bool is_found(struct sim_player *p, const struct sim_ack *ack)
{
    char line[80];
    bool by_receipt = ack->receipt[0] != 0;
    sim_request(p, "GET", by_receipt ? NULL : p->sim->secretary, NULL, "/api/v1/opinions/%s",
                ack->number);
    snprintf(line, sizeof(line), "Authorization: Receipt %s", ack->receipt);
    if (by_receipt) p->headers = curl_slist_append(p->headers, line);
    if (fetch(p) != 200) return false;
    json_t *answer = json_loads(buf_text(&p->in), 0, NULL);
    const char *content = json_string_value(json_object_get(answer, "content"));
    bool same = content != NULL && (ack->key[0] == 0 || strstr(content, ack->key) != NULL);
    same = same && json_integer_value(json_object_get(answer, "version")) >= ack->version;
    json_decref(answer);
    return same;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/// Opinions whose text occurs more than once among all that the secretary sees.
static size_t count_doubled(struct sim_player *p)
{
    char after[64] = "";
    char **keys = NULL;
    size_t count = 0, room = 0, doubled = 0;
    for (bool more = true; more;) {
        sim_request(p, "GET", p->sim->secretary, NULL,
                    "/api/v1/dialogues/%lld/opinions?limit=200%s", (long long)p->sim->dialogue,
                    after);
        json_t *page = fetch(p) == 200 ? json_loads(buf_text(&p->in), 0, NULL) : NULL, *item;
        size_t i;
        json_array_foreach(json_object_get(page, "items"), i, item)
        {
            const char *content = json_string_value(json_object_get(item, "content"));
            const char *key = content == NULL ? NULL : strrchr(content, '[');
            if (key == NULL) continue;
            if (count == room) {
                room = room == 0 ? 1024 : room * 2;
                keys = realloc(keys, room * sizeof(*keys));
                ensure(keys != NULL);
            }
            keys[count++] = strdup(key);
        }
        const char *next = json_string_value(json_object_get(page, "next"));
        more = next != NULL;
        if (more) snprintf(after, sizeof(after), "&after=%s", next);
        json_decref(page);
    }
    if (count > 0) qsort(keys, count, sizeof(*keys), by_text);
    for (size_t i = 1; i < count; i++)
        doubled += strcmp(keys[i], keys[i - 1]) == 0;
    for (size_t i = 0; i < count; i++)
        free(keys[i]);
    free(keys);
    return doubled;
}

static int by_ms(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void print_figures(const char *what, struct sim_figures *f)
{
    if (f->count == 0) return;
    qsort(f->ms, f->count, sizeof(*f->ms), by_ms);
    printf("%s: %zu, p50 %.0f ms, p99 %.0f ms, max %.0f ms\n", what, f->count, f->ms[f->count / 2],
           f->ms[(size_t)((double)f->count * 0.99)], f->ms[f->count - 1]);
}

static int reckon(struct sim *sim, struct sim_player *p)
{
    size_t found = 0;
    for (size_t i = 0; i < sim->ack_count; i++) {
        bool there = is_found(p, &sim->acks[i]);
        found += there;
        if (!there)
            fprintf(stderr, "lost: %s version %lld\n", sim->acks[i].number,
                    (long long)sim->acks[i].version);
    }
    size_t doubled = count_doubled(p);
    print_figures("writes", &sim->writes);
    print_figures("deliveries", &sim->deliveries);
    printf("joined %ld of %d, hands %ld, supports %ld\n", sim->joined, sim->people, sim->hands,
           sim->supports);
    printf("connections failed %ld, tried again %ld, refused %ld\n", sim->failures, sim->retries,
           sim->refusals);
    if (doubled > 0) printf("doubled %zu\n", doubled);
    printf("acknowledged %zu, found %zu, lost %zu\n", sim->ack_count, found,
           sim->ack_count - found);
    return found == sim->ack_count && doubled == 0 ? CLI_DONE : CLI_REFUSED;
}

// ---- from beginning to end

static void player_init(struct sim *sim, struct sim_player *p, enum sim_kind kind, int index)
{
    *p = (struct sim_player){.sim = sim, .kind = kind, .index = index, .easy = curl_easy_init()};
    ensure(p->easy != NULL);
    curl_easy_setopt(p->easy, CURLOPT_PRIVATE, p);
    curl_easy_setopt(p->easy, CURLOPT_WRITEFUNCTION, take_bytes);
    curl_easy_setopt(p->easy, CURLOPT_WRITEDATA, p);
    curl_easy_setopt(p->easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(p->easy, CURLOPT_PROXY, "");
    if (kind != SIM_STREAM) curl_easy_setopt(p->easy, CURLOPT_TIMEOUT_MS, 10000L);
    p->due_ms =
        monotonic_ms() + (kind == SIM_PERSON ? sim_random(sim, 2000) : sim_random(sim, 300));
}

static void player_done(struct sim_player *p)
{
    if (p->busy) curl_multi_remove_handle(p->sim->multi, p->easy);
    curl_easy_cleanup(p->easy);
    curl_slist_free_all(p->headers);
    buf_done(&p->in);
    buf_done(&p->out);
}

/// The code that the screen shows, as the secretary's desk says it; none when the hall is not open.
static void read_code(struct sim_player *p)
{
    sim_request(p, "GET", p->sim->secretary, NULL, "/api/v1/dialogues/%lld/hall",
                (long long)p->sim->dialogue);
    if (fetch(p) != 200) return;
    json_t *hall = json_loads(buf_text(&p->in), 0, NULL);
    const char *code = json_string_value(json_object_get(hall, "code"));
    if (code != NULL) snprintf(p->sim->code, sizeof(p->sim->code), "%s", code);
    json_decref(hall);
}

static void cast(struct sim *sim)
{
    int i = 0;
    sim->player_count = sim->people * 2 + 2;
    sim->players = calloc((size_t)sim->player_count, sizeof(*sim->players));
    ensure(sim->players != NULL);
    for (; i < sim->people; i++)
        player_init(sim, &sim->players[i], SIM_PERSON, i);
    for (; i < sim->people * 2; i++)
        player_init(sim, &sim->players[i], SIM_STREAM, i);
    player_init(sim, &sim->players[i], SIM_SECRETARY, i);
    player_init(sim, &sim->players[i + 1], SIM_CHAIR, i + 1);
}

int cmd_simulate(struct cli *cli)
{
    if (cli->url == NULL || cli->people < 1 || cli->people > 5000)
        return cli_fail(CLI_MISUSED, "cần --url URL và --people N (1 đến 5000)", NULL);
    struct sim sim = {.url = cli->url,
                      .people = (int)cli->people,
                      .seed = 20240620,
                      .dialogue = cli->dialogue > 0 ? cli->dialogue : 1,
                      .password = cli->password != NULL ? cli->password : "doithoai2024"};
    curl_global_init(CURL_GLOBAL_DEFAULT);
    sim.multi = curl_multi_init();
    if (cli->ledger != NULL && (sim.ledger = fopen(cli->ledger, "a")) == NULL)
        return cli_fail(CLI_REFUSED, "không ghi được sổ đối chiếu", cli->ledger);
    struct sim_player self;
    player_init(&sim, &self, SIM_PERSON, 0);
    int code = CLI_REFUSED;
    if (!sign_in(&self, "thuky", sim.secretary) || !sign_in(&self, "chutich", sim.chair)) {
        cli_fail(CLI_REFUSED, "không đăng nhập được bằng thuky và chutich; kiểm tra --password",
                 NULL);
    } else {
        sim.ends_ms = monotonic_ms() + (cli->seconds > 0 ? cli->seconds : 30) * 1000;
        read_code(&self);
        cast(&sim);
        play(&sim);
        for (int i = 0; i < sim.player_count; i++)
            player_done(&sim.players[i]);
        code = reckon(&sim, &self);
    }
    player_done(&self);
    curl_multi_cleanup(sim.multi);
    if (sim.ledger != NULL) fclose(sim.ledger);
    free(sim.players);
    free(sim.acks);
    free(sim.writes.ms);
    free(sim.deliveries.ms);
    return code;
}
