// SPDX-License-Identifier: AGPL-3.0-or-later
// A hall played against a running server: people, a secretary, a chair, each a small state machine
// over one connection. Shared by simulate.c (loop, ledger, figures) and simulate_people.c (what
// each does).
#ifndef CLI_SIMULATE_H
#define CLI_SIMULATE_H

#include <curl/curl.h>
#include <jansson.h>

#include "base/arena.h"
#include "base/buf.h"
#include "cli/cli.h"

enum sim_wish { SIM_ASK, SIM_JOIN, SIM_HAND, SIM_SUPPORT };
enum sim_kind { SIM_PERSON, SIM_SECRETARY, SIM_CHAIR, SIM_STREAM };

/// One acknowledged write, as kept outside the server.
struct sim_ack {
    char number[24], receipt[20], key[36];
    int64_t version;
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
    int64_t due_ms, started_ms; // monotonic
    char key[36];               // of the write under way; kept until it is acknowledged
    char number[24];            // staff: the opinion in hand
    int64_t version;
    char ticket[64];    // a person's, once it has joined
    enum sim_wish wish; // a person's request under way
    bool writing;       // the request under way is a write
};

struct sim_figures {
    double *ms;
    size_t count, room;
};

struct sim {
    CURLM *multi;
    const char *url, *ledger_path;
    int64_t dialogue, ends_ms;
    struct sim_player *players;
    int player_count, people;
    const char *password;
    char secretary[64], chair[64]; // tokens
    char code[16];                 // on the screen, for those who join
    char relayed[24];              // the last opinion relayed, to support
    long joined, hands, supports;
    struct sim_ack *acks;
    size_t ack_count, ack_room;
    FILE *ledger;
    struct sim_figures writes, deliveries;
    long failures, refusals, retries;
    unsigned seed;
    /// The last relays: when each was asked for, so that streams know how long the news took.
    struct {
        char number[24];
        int64_t at_ms;
    } relays[256];
    size_t relay_count;
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
void sim_figure(struct sim_figures *figures, double ms);
void sim_acknowledged(struct sim *sim, const struct sim_ack *ack);
int sim_random(struct sim *sim, int below);

#endif
