// SPDX-License-Identifier: AGPL-3.0-or-later
// A hall played against a running server: people, a secretary, a chair, each a small state machine
// over one connection. Shared by simulate.c (loop, from beginning to end), simulate_people.c (what
// each does), simulate_news.c (what the phones hear) and simulate_check.c (the reckoning).
#ifndef CLI_SIMULATE_H
#define CLI_SIMULATE_H

#include <curl/curl.h>
#include <jansson.h>

#include "base/arena.h"
#include "base/buf.h"
#include "cli/cli.h"

/// The hall of the plan: all join within ten seconds, each does something every twenty, so that
/// each asks once a minute. An audience alone is calmer, since real people work through what it
/// sends: each asks once in six minutes. In a hurry everybody goes on as soon as the answer is
/// there.
enum { SIM_JOIN_MS = 10000, SIM_PAUSE_MS = 20000, SIM_CALM_MS = 120000 };

enum sim_wish { SIM_ASK, SIM_HAND, SIM_SUPPORT, SIM_JOIN };
enum sim_kind { SIM_PERSON, SIM_SECRETARY, SIM_CHAIR, SIM_STREAM };

/// One acknowledged write, as kept outside the server.
struct sim_ack {
    char number[24], receipt[20], key[36];
    int64_t version;
};

/// A change that every phone is told of.
struct sim_change {
    int64_t at_ms, last_ms; // when it was asked for, 0 unknown; when the last phone heard of it
};

struct sim_changes {
    struct sim_change *list; // by number
    size_t room;
};

struct sim;

struct sim_player {
    struct sim *sim;
    enum sim_kind kind;
    int index, step;
    CURL *easy;
    struct curl_slist *headers;
    struct buf out, in;
    char url[400];
    bool busy;
    int64_t due_ms, started_ms, first_ms; // monotonic; first: of a write, with its retries
    char key[36];                         // of the write under way; kept until it is acknowledged
    char number[24];                      // staff: the opinion in hand
    int64_t version;
    char ticket[64];    // a person's, once it has joined
    enum sim_wish wish; // a person's request under way
    bool waits, hand;   // the wish is not settled yet; its hand is up
    bool writing;       // the request under way is a write
    uint64_t last_id;   // a stream's: of the last event
    int64_t heard;      // a stream's: the hall's last version
};

struct sim_figures {
    double *ms;
    size_t count, room;
};

struct sim {
    CURLM *multi;
    int epoll_fd;
    int64_t timer_ms; // when the library wants to be called again, -1 never
    const char *url;
    int64_t dialogue, begun_ms, ends_ms;
    struct sim_player *players;
    int player_count, people;
    bool hurry, audience; // audience: phones alone, whoever works at the desks is real
    const char *password;
    char secretary[64], chair[64]; // tokens
    char code[16];                 // on the screen, for those who join
    char relayed[24];              // the last opinion relayed, to support
    long joined, hands, supports;
    struct sim_ack *acks;
    size_t ack_count, ack_room;
    FILE *ledger;
    struct sim_figures writes, last_phones;
    long failures, refusals, retries, slowed, against_rules;
    long missed, doubled, resets;    // events, of all streams
    struct sim_changes relays, acts; // by opinion and by the hall's version
    int64_t newest;                  // version of the hall that is known
    unsigned seed;
};

/// Sets the player's next request; false when there is nothing to do now (due_ms is set).
bool sim_next(struct sim_player *p);
/// The answer is in p->in; status 0 when the connection failed.
void sim_answer(struct sim_player *p, long status);
/// Bytes of an event stream.
void sim_event(struct sim_player *p, const char *bytes, size_t len);

/// token: of an account; a person's ticket is sent by itself.
void sim_request(struct sim_player *p, const char *method, const char *token, const char *key,
                 const char *format, ...) PRINTF_LIKE(5, 6);
/// A change with this number was asked for at that moment.
void sim_changed(struct sim_changes *changes, int64_t number, int64_t at_ms);
int64_t sim_number(const char *number); // the count within "2024-0012"
void sim_figure(struct sim_figures *figures, double ms);
void sim_acknowledged(struct sim *sim, const struct sim_ack *ack);
int sim_random(struct sim *sim, int below);

/// One request at a time, before and after the play: sets what sim_request made going.
long sim_fetch(struct sim_player *p);
/// Everything acknowledged is there and nothing twice, the figures are printed. The exit status.
int sim_reckon(struct sim *sim, struct sim_player *p);

#endif
