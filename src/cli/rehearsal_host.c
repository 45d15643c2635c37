// SPDX-License-Identifier: AGPL-3.0-or-later
// The run is a child of the thread that hears from it, and asks the system to end it with that
// thread (rehearse_run.c): whatever way this program ends, no rehearsal is left without it.
#include "cli/rehearsal_host.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "base/tr.h"
#include "cli/rehearsal.h"

extern char **environ;

enum { REASON = 400, FOLDER = 4096 };

struct host {
    struct rehearsal_host face;
    const char *data, *database, *place; // the command line's; place: where its folder is made
    char *listen;
    bool hall, everywhere;
    pthread_mutex_t lock; // guards everything below
    pthread_t thread;
    bool threaded;
    enum rehearsal_state state;
    pid_t child; // 0: none
    int64_t unit, dialogue;
    int people;
    char into[FOLDER]; // "": the run finds one
    json_t *said;      // what the run has told so far
    char wrong[REASON];
};

// ---- starting the program once more

/// A folder for its owner alone, where this program was told to make one.
static bool make_folder(struct host *h)
{
    h->into[0] = 0;
    if (h->place == NULL) return true;
    snprintf(h->into, sizeof(h->into), "%s/dien-tap-XXXXXX", h->place);
    if (mkdtemp(h->into) != NULL) return true;
    snprintf(h->wrong, sizeof(h->wrong), "%s: %s", h->place, strerror(errno));
    h->into[0] = 0;
    return false;
}

static bool spawn(struct host *h, int out)
{
    char unit[24], dialogue[24], people[16];
    snprintf(unit, sizeof(unit), "%lld", (long long)h->unit);
    snprintf(dialogue, sizeof(dialogue), "%lld", (long long)h->dialogue);
    snprintf(people, sizeof(people), "%d", h->people);
    const char *args[24] = {"doithoai", "rehearse", "--run", "--hosted"};
    const char *const pairs[][2] = {{"--data", h->data},
                                    {"--database", h->database},
                                    {"--into", *h->into != 0 ? h->into : NULL},
                                    {"--listen", h->listen},
                                    {"--people", people},
                                    {"--unit", unit},
                                    {"--dialogue", dialogue}};
    size_t n = 4;
    for (size_t i = 0; i < ARRAY_LEN(pairs); i++) {
        if (pairs[i][1] == NULL) continue;
        args[n++] = pairs[i][0];
        args[n++] = pairs[i][1];
    }
    if (h->hall) args[n++] = "--hall";
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attr;
    sigset_t none;
    sigemptyset(&none);
    posix_spawn_file_actions_init(&files);
    posix_spawnattr_init(&attr);
    posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&files, out, STDERR_FILENO);
    posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1); // no socket of the ward
    posix_spawnattr_setsigmask(&attr, &none);
    posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGMASK);
    int failed =
        posix_spawn(&h->child, "/proc/self/exe", &files, &attr, (char **)(void *)args, environ);
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attr);
    if (failed != 0) h->child = 0;
    return failed == 0;
}

// ---- hearing from it

static void hear(struct host *h, char *line)
{
    static const char complaint[] = "doithoai: ";
    ensure(line != NULL);
    line[strcspn(line, "\n")] = 0;
    if (*line != '{') {
        log_info("rehearsal: %s", line);
        if (strncmp(line, complaint, sizeof(complaint) - 1) == 0)
            snprintf(h->wrong, sizeof(h->wrong), "%s", line + sizeof(complaint) - 1);
        return;
    }
    json_t *more = json_loads(line, 0, NULL);
    if (more == NULL) return;
    json_object_update(h->said, more);
    json_decref(more);
    if (h->state == REHEARSAL_STARTING && json_object_get(h->said, "url") != NULL)
        h->state = REHEARSAL_RUNNING;
}

static bool ended_well(const struct host *h)
{
    return json_object_get(h->said, "entries") != NULL;
}

/// Killed in the midst of it: what is left is a rehearsal that --discard knows.
static void clear_up(const struct host *h)
{
    const char *folder = json_string_value(json_object_get(h->said, "folder"));
    if (folder != NULL && access(folder, F_OK) == 0) (void)rehearsal_discard(folder);
    if (*h->into != 0) rmdir(h->into); // the run has put nothing in
}

static void over(struct host *h)
{
    int status = 0;
    if (h->child != 0) waitpid(h->child, &status, 0);
    h->child = 0;
    clear_up(h);
    bool well = WIFEXITED(status) && WEXITSTATUS(status) == CLI_DONE && ended_well(h);
    if (well) h->wrong[0] = 0;
    json_object_set_new(h->said, "well", json_boolean(well));
    h->state = REHEARSAL_OVER;
}

/// Until the run and its audience have ended, and with them the other end.
static void hear_all(struct host *h, FILE *in)
{
    char *line = NULL;
    size_t room = 0;
    while (getline(&line, &room, in) > 0) {
        pthread_mutex_lock(&h->lock);
        hear(h, line);
        pthread_mutex_unlock(&h->lock);
    }
    free(line);
}

/// NULL: it could not be started, or was ended before.
static FILE *start(struct host *h)
{
    int ends[2];
    if (h->state != REHEARSAL_STARTING || !make_folder(h) || pipe2(ends, O_CLOEXEC) != 0)
        return NULL;
    bool started = spawn(h, ends[1]);
    close(ends[1]);
    FILE *in = started ? fdopen(ends[0], "r") : NULL;
    if (in == NULL) close(ends[0]);
    return in;
}

static void *follow(void *arg)
{
    struct host *h = arg;
    pthread_mutex_lock(&h->lock);
    FILE *in = start(h);
    pthread_mutex_unlock(&h->lock);
    if (in != NULL) {
        hear_all(h, in);
        fclose(in);
    }
    pthread_mutex_lock(&h->lock);
    over(h);
    pthread_mutex_unlock(&h->lock);
    return NULL;
}

// ---- what the page asks for

static bool is_going(const struct host *h)
{
    return h->state != REHEARSAL_NONE && h->state != REHEARSAL_OVER;
}

static bool begin(void *ctx, int64_t unit, int64_t dialogue, int people)
{
    struct host *h = ctx;
    pthread_mutex_lock(&h->lock);
    bool free_now = !is_going(h);
    if (free_now) {
        if (h->threaded) pthread_join(h->thread, NULL); // it has nothing left to do
        json_decref(h->said);
        h->said = json_object();
        h->wrong[0] = 0;
        h->unit = unit;
        h->dialogue = dialogue;
        h->people = people;
        h->state = REHEARSAL_STARTING;
        h->threaded = pthread_create(&h->thread, NULL, follow, h) == 0;
        if (!h->threaded) h->state = REHEARSAL_OVER;
    }
    pthread_mutex_unlock(&h->lock);
    return free_now;
}

static void end(void *ctx)
{
    struct host *h = ctx;
    pthread_mutex_lock(&h->lock);
    if (is_going(h)) h->state = REHEARSAL_ENDING;
    if (h->child != 0) kill(h->child, SIGTERM);
    pthread_mutex_unlock(&h->lock);
}

static const char *text_of(struct arena *arena, const json_t *value)
{
    return arena_strdup(arena, json_is_string(value) ? json_string_value(value) : "");
}

static int64_t number_of(const struct host *h, const char *name)
{
    return json_integer_value(json_object_get(h->said, name));
}

static void look_at_accounts(const struct host *h, struct arena *arena, struct rehearsal_now *now)
{
    const json_t *all = json_object_get(h->said, "accounts");
    size_t count = json_array_size(all);
    now->accounts = arena_array(arena, struct rehearsal_account, count + 1);
    for (size_t i = 0; i < count; i++) {
        const json_t *one = json_array_get(all, i);
        now->accounts[now->account_count++] = (struct rehearsal_account){
            text_of(arena, json_array_get(one, 0)), text_of(arena, json_array_get(one, 1)),
            text_of(arena, json_array_get(one, 2))};
    }
}

static void look(void *ctx, struct arena *arena, struct rehearsal_now *ret_now)
{
    struct host *h = ctx;
    pthread_mutex_lock(&h->lock);
    *ret_now = (struct rehearsal_now){
        .state = h->state,
        .unit = h->unit,
        .dialogue = h->dialogue,
        .people = h->people,
        .url = text_of(arena, json_object_get(h->said, "url")),
        .port = (unsigned)number_of(h, "port"),
        .everywhere = h->everywhere,
        .password = text_of(arena, json_object_get(h->said, "password")),
        .entries = number_of(h, "entries"),
        .opinions = number_of(h, "opinions"),
        .added = number_of(h, "added"),
        .wrong =
            json_is_true(json_object_get(h->said, "well")) ? NULL : arena_strdup(arena, h->wrong),
    };
    look_at_accounts(h, arena, ret_now);
    pthread_mutex_unlock(&h->lock);
}

// ---- its life

/// The same address, a port of its own: "0.0.0.0:8080" -> "0.0.0.0:0".
static char *listen_beside(const char *own)
{
    const char *colon = strrchr(own, ':');
    char *listen = NULL;
    int len = asprintf(&listen, "%.*s:0", (int)(colon == NULL ? 0 : colon - own), own);
    ensure(len > 0);
    return listen;
}

struct rehearsal_host *rehearsal_host_new(const struct cli *cli, const char *listen)
{
    struct host *h = calloc(1, sizeof(*h));
    ensure(h != NULL);
    h->face = (struct rehearsal_host){begin, end, look, h};
    h->data = cli->data;
    h->database = cli->database;
    h->place = cli->rehearsals;
    h->listen = listen_beside(listen);
    h->hall = cli->hall;
    h->everywhere = strncmp(h->listen, "0.0.0.0:", 8) == 0 || strncmp(h->listen, "[::]:", 5) == 0;
    h->said = json_object();
    ensure(h->said != NULL);
    pthread_mutex_init(&h->lock, NULL);
    return &h->face;
}

void rehearsal_host_free(struct rehearsal_host *host)
{
    if (host == NULL) return;
    struct host *h = host->ctx;
    end(h);
    if (h->threaded) pthread_join(h->thread, NULL);
    pthread_mutex_destroy(&h->lock);
    json_decref(h->said);
    free(h->listen);
    free(h);
}
