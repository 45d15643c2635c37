// SPDX-License-Identifier: AGPL-3.0-or-later
// The store as a whole: its connections, reading from any thread, and writing through jobs. A GET
// holds a struct store_ro and can't write by type; only a job gets a struct store_tx. Nothing is
// acknowledged before COMMIT.
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include "store/sql.h"

struct store;
struct store_ro; // a consistent snapshot, from its first statement on
struct store_tx; // the transaction of one job

struct store_options {
    int readers;      // connections for reading, opened when needed; 0: 4
    int writers;      // PostgreSQL's workers; 0: 4. SQLite always has one writer
    bool migrate;     // bring the schema up to date; otherwise another version is refused
    int busy_wait_ms; // wait for a reader or for another process's lock; 0: 5000
};

/// `where` is a data directory (its file is doithoai.db; the directory must exist) or
/// "postgresql://...". A schema newer than this program is refused (BROKEN, and the log says so).
/// options may be NULL.
MUST_USE enum status store_open(const char *where, const struct store_options *options,
                                struct store **ret_store);

/// Runs what is queued, ends the threads, closes. No call into the store may be under way. Accepts
/// NULL.
void store_close(struct store *store);

enum sql_engine store_engine(const struct store *store);

/// Writes one consistent copy of the database, without its freed pages, into `file`, which must not
/// exist or be empty; others read and write meanwhile. SQLite only: PostgreSQL has pg_dump.
MUST_USE enum status store_copy(struct store *store, const char *file);

// --- Reading: any thread ---

/// Waits for a free connection up to busy_wait_ms, then RETRY. Statements that write fail (BROKEN).
/// Keep it short and end it before any waiting: a snapshot held keeps SQLite's log from being
/// folded in.
MUST_USE enum status store_read_begin(struct store *store, struct store_ro **ret_ro);
void store_read_end(struct store_ro *ro); // accepts NULL
struct sql *store_ro_sql(struct store_ro *ro);

static inline void store_read_drop(struct store_ro **ro)
{
    store_read_end(*ro);
    *ro = NULL;
}
/// STORE_READ ro = NULL; ends at scope end.
#define STORE_READ CLEANUP(store_read_drop) struct store_ro *

// --- Writing: jobs ---

struct store_job {
    struct store_job *next; // the store's, as long as it is queued
    /// Runs on a writer thread, in a transaction (or savepoint). Anything but OK takes back all it
    /// wrote. It may be run again, and once more after having returned OK: it starts from its input
    /// every time and touches nothing outside the transaction. It must be short: everyone waits (no
    /// argon2, no files). Its first statement locks the unit (UPDATE unit_head ... RETURNING): that
    /// makes the writes of a unit serial on PostgreSQL too.
    enum status (*run)(struct store_tx *tx, void *arg);
    /// After COMMIT, or with the reason why nothing was written. On a writer thread, in the order
    /// of submission on SQLite; must not block nor call store_run. The job may be freed in it. May
    /// be NULL.
    void (*done)(enum status status, void *arg);
    void *arg;
    /// run asks for its idempotency key first. Then a COMMIT whose answer was lost is
    /// followed by another run; otherwise done gets RETRY and the change may or may not be there.
    bool looks_up_key;
    // The store's own:
    enum status status;
    unsigned attempt;
    int64_t queued_ms;
};

/// Queues; never waits. The job belongs to the store until done is called.
void store_submit(struct store *store, struct store_job *job);

/// Submits and waits for the end. Never from a writer thread (run, done): it would wait for itself.
MUST_USE enum status store_run(struct store *store, enum status (*run)(struct store_tx *, void *),
                               void *arg);

struct sql *store_tx_sql(struct store_tx *tx);
/// What is read inside the transaction, by the same functions as outside. Not to be ended.
struct store_ro *store_tx_ro(struct store_tx *tx);
/// 0 the first time; more: an earlier run was taken back, or its COMMIT has an unknown outcome.
unsigned store_tx_attempt(const struct store_tx *tx);

/// What this job overwrites or deletes shall be gone, not merely unreachable: after COMMIT SQLite's
/// log is folded in and emptied (as soon as no reader holds it: now, or after a later job), and
/// PostgreSQL's tables are vacuumed. Backups made before still have it.
void store_tx_scrub(struct store_tx *tx);

/// Called on the writer thread after each COMMIT, before the jobs' done: the place to wake the hubs
/// of other nodes. Set it before the first job.
void store_after_commit(struct store *store, void (*fn)(void *arg), void *arg);

// --- Numbers for the bench and the operator's page ---

struct store_stats {
    int64_t commits, jobs, failed; // jobs: acknowledged as OK; failed: ended otherwise
    int64_t retries;               // runs repeated after RETRY (PostgreSQL)
    int64_t reruns;                // batches that had to be run one by one (SQLite)
    int64_t batch_max;             // most jobs in one COMMIT
    int64_t waiting;               // queued now
};
struct store_stats store_stats(struct store *store);

#endif
