// SPDX-License-Identifier: AGPL-3.0-or-later
// simulate: the loop, the ledger kept outside the server, from beginning to end. It only talks
// HTTP: what it finds is what a person would find.
#include "cli/simulate.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "base/day.h"
#include "base/tr.h"

enum { LISTEN_ON_MS = 1500, READY = 256 };

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

static void add_header(struct sim_player *p, const char *name, const char *value)
{
    char line[200];
    snprintf(line, sizeof(line), "%s%s", name, value);
    p->headers = curl_slist_append(p->headers, line);
}

void sim_request(struct sim_player *p, const char *method, const char *token, const char *key,
                 const char *format, ...)
{
    char path[300];
    va_list args;
    va_start(args, format);
    vsnprintf(path, sizeof(path), format, args);
    va_end(args);
    snprintf(p->url, sizeof(p->url), "%s%s", p->sim->url, path);
    curl_slist_free_all(p->headers);
    p->headers = curl_slist_append(NULL, "Content-Type: application/json");
    p->headers = curl_slist_append(p->headers, "Expect:");
    if (token != NULL)
        add_header(p, "Authorization: Bearer ", token);
    else if (p->ticket[0] != 0)
        add_header(p, "Authorization: Ticket ", p->ticket);
    if (key != NULL) add_header(p, "Idempotency-Key: ", key);
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

// ---- the loop: the library tells which sockets it waits for, so that nobody looks at all of them

static int watch_socket(CURL *easy, curl_socket_t fd, int what, void *arg, void *known)
{
    struct sim *sim = arg;
    struct epoll_event event = {.data.fd = fd};
    (void)easy;
    if (what == CURL_POLL_REMOVE) {
        (void)epoll_ctl(sim->epoll_fd, EPOLL_CTL_DEL, fd, NULL);
        return 0;
    }
    event.events =
        (what & CURL_POLL_IN ? EPOLLIN : 0u) | (what & CURL_POLL_OUT ? (unsigned)EPOLLOUT : 0u);
    if (epoll_ctl(sim->epoll_fd, known == NULL ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, fd, &event) != 0)
        (void)epoll_ctl(sim->epoll_fd, EPOLL_CTL_ADD, fd, &event);
    curl_multi_assign(sim->multi, fd, sim);
    return 0;
}

static int watch_timer(CURLM *multi, long wait_ms, void *arg)
{
    struct sim *sim = arg;
    (void)multi;
    sim->timer_ms = wait_ms < 0 ? -1 : monotonic_ms() + wait_ms;
    return 0;
}

static void turn(struct sim *sim)
{
    struct epoll_event events[READY];
    int running;
    int64_t now_ms = monotonic_ms();
    for (int i = 0; i < sim->player_count; i++)
        if (!sim->players[i].busy && sim->players[i].due_ms <= now_ms) start(&sim->players[i]);
    int pause = sim->timer_ms < 0 || sim->timer_ms > now_ms + 10 ? 10 : 0;
    int count = epoll_wait(sim->epoll_fd, events, READY, pause);
    for (int i = 0; i < count; i++) {
        int what = (events[i].events & EPOLLIN ? CURL_CSELECT_IN : 0) |
                   (events[i].events & EPOLLOUT ? CURL_CSELECT_OUT : 0) |
                   (events[i].events & (EPOLLERR | EPOLLHUP) ? CURL_CSELECT_ERR : 0);
        curl_multi_socket_action(sim->multi, events[i].data.fd, what, &running);
    }
    if (sim->timer_ms >= 0 && monotonic_ms() >= sim->timer_ms) {
        sim->timer_ms = -1; // the library may set it anew
        curl_multi_socket_action(sim->multi, CURL_SOCKET_TIMEOUT, 0, &running);
    }
    finished(sim);
}

static void play(struct sim *sim)
{
    int64_t give_up_ms = sim->ends_ms + 30000; // what was begun is tried until it is acknowledged
    while (monotonic_ms() < sim->ends_ms || (writes_pending(sim) && monotonic_ms() < give_up_ms))
        turn(sim);
    for (int64_t until_ms = monotonic_ms() + LISTEN_ON_MS; monotonic_ms() < until_ms;)
        turn(sim);
}

// ---- one request at a time, before and after

long sim_fetch(struct sim_player *p)
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
    long status = sim_fetch(p);
    json_t *answer = status == 201 ? json_loads(buf_text(&p->in), 0, NULL) : NULL;
    const char *got = json_string_value(json_object_get(answer, "token"));
    if (got != NULL) snprintf(token, 64, "%s", got);
    json_decref(answer);
    json_decref(body);
    free(text);
    curl_easy_setopt(p->easy, CURLOPT_HTTPGET, 1L);
    return got != NULL;
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
    int spread = kind != SIM_PERSON ? 300 : sim->hurry || sim->code[0] == 0 ? 2000 : SIM_JOIN_MS;
    p->due_ms = monotonic_ms() + sim_random(sim, spread);
    if (kind == SIM_STREAM && sim->code[0] != 0)
        p->due_ms = INT64_MAX; // once its person has joined
}

static void player_done(struct sim_player *p)
{
    if (p->busy) curl_multi_remove_handle(p->sim->multi, p->easy);
    curl_easy_cleanup(p->easy);
    curl_slist_free_all(p->headers);
    buf_done(&p->in);
    buf_done(&p->out);
}

/// As people in the hall see it: the code on its screen's welcome scene, whatever scene is shown to
/// all. False: no code there, nobody can join.
static bool read_screen(struct sim_player *p)
{
    static const char before[] = "<p class=\"hall__code\">";
    sim_request(p, "GET", NULL, NULL, "/man-hinh/%lld?canh=welcome", (long long)p->sim->dialogue);
    const char *found = sim_fetch(p) == 200 ? strstr(buf_text(&p->in), before) : NULL;
    if (found == NULL) return false;
    found += sizeof(before) - 1;
    snprintf(p->sim->code, sizeof(p->sim->code), "%.*s", (int)strcspn(found, "<"), found);
    return true;
}

/// The code that the screen shows, as the secretary's desk says it; none when the hall is not open.
static void read_code(struct sim_player *p)
{
    sim_request(p, "GET", p->sim->secretary, NULL, "/api/v1/dialogues/%lld/hall",
                (long long)p->sim->dialogue);
    if (sim_fetch(p) != 200) return;
    json_t *hall = json_loads(buf_text(&p->in), 0, NULL);
    const char *code = json_string_value(json_object_get(hall, "code"));
    if (code != NULL) snprintf(p->sim->code, sizeof(p->sim->code), "%s", code);
    p->sim->newest = json_integer_value(json_object_get(hall, "version"));
    json_decref(hall);
}

static void cast(struct sim *sim)
{
    int i = 0;
    sim->player_count = sim->people * 2 + (sim->audience ? 0 : 2);
    sim->players = calloc((size_t)sim->player_count, sizeof(*sim->players));
    ensure(sim->players != NULL);
    for (; i < sim->people; i++)
        player_init(sim, &sim->players[i], SIM_PERSON, i);
    for (; i < sim->people * 2; i++)
        player_init(sim, &sim->players[i], SIM_STREAM, i);
    if (sim->audience) return;
    player_init(sim, &sim->players[i], SIM_SECRETARY, i);
    player_init(sim, &sim->players[i + 1], SIM_CHAIR, i + 1);
}

/// NULL: it can begin; else why not.
static const char *come_in(struct sim *sim, struct sim_player *self)
{
    if (sim->audience)
        return read_screen(self) ? NULL
                                 : N_("màn hình hội trường không có mã tham gia: hội nghị chưa "
                                      "công bố hoặc đã bế mạc");
    if (!sign_in(self, "thuky", sim->secretary) || !sign_in(self, "chutich", sim->chair))
        return N_("không đăng nhập được bằng thuky và chutich; kiểm tra --password");
    read_code(self);
    return NULL;
}

static int rehearse(struct sim *sim, struct sim_player *self, int64_t seconds)
{
    const char *wrong = come_in(sim, self);
    if (wrong != NULL) return cli_fail(CLI_REFUSED, wrong, NULL);
    sim->begun_ms = monotonic_ms();
    sim->ends_ms = sim->begun_ms + seconds * 1000;
    cast(sim);
    play(sim);
    for (int i = 0; i < sim->player_count; i++)
        player_done(&sim->players[i]);
    return sim_reckon(sim, self);
}

static void sim_begin(struct sim *sim)
{
    curl_global_init(CURL_GLOBAL_DEFAULT);
    sim->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
    sim->multi = curl_multi_init();
    ensure(sim->epoll_fd >= 0 && sim->multi != NULL);
    curl_multi_setopt(sim->multi, CURLMOPT_SOCKETFUNCTION, watch_socket);
    curl_multi_setopt(sim->multi, CURLMOPT_SOCKETDATA, sim);
    curl_multi_setopt(sim->multi, CURLMOPT_TIMERFUNCTION, watch_timer);
    curl_multi_setopt(sim->multi, CURLMOPT_TIMERDATA, sim);
}

static void sim_end(struct sim *sim)
{
    curl_multi_cleanup(sim->multi);
    close(sim->epoll_fd);
    if (sim->ledger != NULL) fclose(sim->ledger);
    free(sim->players);
    free(sim->acks);
    free(sim->writes.ms);
    free(sim->last_phones.ms);
    free(sim->relays.list);
    free(sim->acts.list);
}

int cmd_simulate(struct cli *cli)
{
    if (cli->url == NULL || cli->people < 1 || cli->people > 5000)
        return cli_fail(CLI_MISUSED, "cần --url URL và --people N (1 đến 5000)", NULL);
    if (cli->audience && cli->password != NULL)
        return cli_fail(CLI_MISUSED, "--audience không đăng nhập nên không dùng --password", NULL);
    struct sim sim = {.url = cli->url,
                      .people = (int)cli->people,
                      .seed = 20240620,
                      .timer_ms = -1,
                      .hurry = cli->hurry,
                      .audience = cli->audience,
                      .dialogue = cli->dialogue > 0 ? cli->dialogue : 1,
                      .password = cli->password != NULL ? cli->password : "doithoai2024"};
    if (cli->ledger != NULL && (sim.ledger = fopen(cli->ledger, "a")) == NULL)
        return cli_fail(CLI_REFUSED, "không ghi được sổ đối chiếu", cli->ledger);
    sim_begin(&sim);
    struct sim_player self;
    player_init(&sim, &self, SIM_PERSON, 0);
    int code = rehearse(&sim, &self, cli->seconds > 0 ? cli->seconds : 30);
    player_done(&self);
    sim_end(&sim);
    return code;
}
