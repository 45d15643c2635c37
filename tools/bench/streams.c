// SPDX-License-Identifier: AGPL-3.0-or-later
// The listeners of the bench: many event streams and one publisher on one thread, for our program
// and for its anchor alike. Knows nothing of either but a path and a request to send; it judges
// nothing and checks only that every stream got every event.
//     streams PORT PATH COUNT REQUEST-FILE FIRST
// In the request {n} stands for a number of at least four digits, counted up from FIRST.
// Prints "open"; then on standard input, one a line, answered by one line each:
//     rate SECONDS WINDOW     publish whenever less than WINDOW events are under way
//                          -> deliveries seconds events
//     steady SECONDS EVERY-MS -> deliveries expected p50-us p99-us max-us late
//     deaf COUNT ID           this many more streams that never read, though they ask for all since
//                             ID; 0 closes them -> COUNT
#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { EVENTS_A_PHASE = 1 << 16, OPENING = 256, DEAF_MAX = 64, EDGES = 512, DRAIN_S = 15 };
enum { READ_BYTES = 1 << 16, REQUEST_BYTES = 8192, BUCKETS = 64 * 32 };

struct stream {
    int fd;
    uint32_t events; // ended in this phase
    bool fresh;      // at the start of a block
    bool newline;    // the last byte was one
    bool idle_block; // a comment or a retry, not an event
    bool open;
};

static struct stream *streams;
static uint32_t count;
static int epoll_fd;
static struct sockaddr_in server;
static const char *path;
static char request[REQUEST_BYTES];
static int deaf[DEAF_MAX];
static int deaf_count;

static struct {
    int fd;
    uint64_t number;
    bool waiting; // for the answer
    uint32_t sent;
} publisher;

static int64_t published_ns[EVENTS_A_PHASE];
static uint64_t delivered, histogram[BUCKETS], slowest_us;
static uint32_t lost_streams;

static void die(const char *what)
{
    fprintf(stderr, "streams: %s: %s\n", what, strerror(errno));
    exit(1);
}

static int64_t now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

// ---- latencies: 32 steps to each doubling, so within 3 %

static unsigned bucket_of(uint64_t us)
{
    if (us < 32) return (unsigned)us;
    unsigned shift = 63 - (unsigned)__builtin_clzll(us) - 5;
    return 32 * (shift + 1) + (unsigned)(us >> shift) - 32;
}

static uint64_t bucket_top(unsigned bucket)
{
    if (bucket < 32) return bucket;
    unsigned shift = bucket / 32 - 1;
    return ((uint64_t)(bucket % 32 + 33) << shift) - 1;
}

static uint64_t percentile(double share)
{
    uint64_t wanted = (uint64_t)((double)delivered * share), seen = 0;
    for (unsigned i = 0; i < BUCKETS; i++) {
        seen += histogram[i];
        if (seen > wanted) return bucket_top(i);
    }
    return 0;
}

// ---- streams

static int connect_to_server(bool small)
{
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd < 0) die("socket");
    const int bytes = 4096, yes = 1;
    if (small) setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof(bytes));
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
    if (connect(fd, (struct sockaddr *)&server, sizeof(server)) != 0) die("connect");
    return fd;
}

static int ask_for_stream(uint64_t after)
{
    char head[1024], query[40] = "";
    if (after > 0) snprintf(query, sizeof(query), "?after=%" PRIu64, after);
    int len = snprintf(head, sizeof(head),
                       "GET %s%s HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                       "Accept: text/event-stream\r\n\r\n",
                       path, query);
    int fd = connect_to_server(after > 0);
    if (send(fd, head, (size_t)len, MSG_NOSIGNAL) != len) die("send");
    return fd;
}

static void stream_lost(struct stream *s)
{
    close(s->fd);
    s->open = false;
    lost_streams++;
}

static void event_ended(struct stream *s, int64_t now)
{
    uint32_t which = s->events++;
    if (which >= publisher.sent) return; // nothing of this phase
    uint64_t us = (uint64_t)(now - published_ns[which]) / 1000;
    histogram[bucket_of(us)]++;
    if (us > slowest_us) slowest_us = us;
    delivered++;
}

static void take_bytes(struct stream *s, const char *bytes, size_t len)
{
    int64_t now = now_ns();
    const char *end = bytes + len;
    while (bytes < end) {
        if (s->fresh) s->idle_block = *bytes == ':' || *bytes == 'r';
        s->fresh = false;
        const char *stop;
        if (s->newline && *bytes == '\n') {
            stop = bytes - 1; // the pair lies across two reads
        } else {
            stop = memmem(bytes, (size_t)(end - bytes), "\n\n", 2);
        }
        s->newline = end[-1] == '\n';
        if (stop == NULL) return;
        if (!s->idle_block) event_ended(s, now);
        bytes = stop + 2;
        s->fresh = true;
        s->newline = false;
    }
}

static void stream_read(struct stream *s)
{
    static char bytes[READ_BYTES];
    for (;;) {
        ssize_t got = recv(s->fd, bytes, sizeof(bytes), MSG_DONTWAIT);
        if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
        if (got <= 0) {
            stream_lost(s);
            return;
        }
        take_bytes(s, bytes, (size_t)got);
        if (got < READ_BYTES) return;
    }
}

// ---- the publisher

static void publish(int64_t due_ns)
{
    static char text[REQUEST_BYTES + 64];
    const char *place = strstr(request, "{n}");
    size_t len = 0;
    if (publisher.sent == EVENTS_A_PHASE) return;
    const char *from = request;
    for (; place != NULL; from = place + 3, place = strstr(from, "{n}"))
        len += (size_t)snprintf(text + len, sizeof(text) - len, "%.*s%04" PRIu64,
                                (int)(place - from), from, publisher.number);
    len += (size_t)snprintf(text + len, sizeof(text) - len, "%s", from);
    publisher.number++;
    publisher.waiting = true;
    published_ns[publisher.sent++] = due_ns;
    if (send(publisher.fd, text, len, MSG_NOSIGNAL) != (ssize_t)len) die("publish");
}

// Answers are small: one read holds the whole of it.
static void publisher_read(void)
{
    char text[READ_BYTES / 16];
    ssize_t got = recv(publisher.fd, text, sizeof(text) - 1, MSG_DONTWAIT);
    if (got < 0 && errno == EAGAIN) return;
    if (got <= 0) die("publisher");
    text[got] = '\0';
    if (strncmp(text, "HTTP/1.1 20", 11) == 0) {
        publisher.waiting = false;
    } else if (strncmp(text, "HTTP/", 5) == 0) {
        fprintf(stderr, "streams: publish: %s\n", text);
        exit(1);
    }
}

// ---- phases

static void turn(int timeout_ms)
{
    struct epoll_event events[EDGES];
    int ready = epoll_wait(epoll_fd, events, EDGES, timeout_ms);
    for (int i = 0; i < ready; i++) {
        if (events[i].data.ptr == NULL) {
            publisher_read();
        } else {
            struct stream *s = events[i].data.ptr;
            if (s->open) stream_read(s);
        }
    }
}

static void phase_begin(void)
{
    for (uint32_t i = 0; i < count; i++)
        streams[i].events = 0;
    memset(histogram, 0, sizeof(histogram));
    publisher.sent = 0;
    delivered = 0;
    slowest_us = 0;
    lost_streams = 0;
}

static uint64_t expected(void)
{
    return (uint64_t)publisher.sent * count;
}

static void drain(void)
{
    int64_t limit = now_ns() + DRAIN_S * (int64_t)1000000000;
    while ((delivered < expected() || publisher.waiting) && now_ns() < limit)
        turn(10);
}

static void run_rate(double seconds, unsigned window)
{
    phase_begin();
    int64_t start = now_ns(), end = start + (int64_t)(seconds * 1e9);
    while (now_ns() < end) {
        if (!publisher.waiting && expected() - delivered <= (uint64_t)(window - 1) * count)
            publish(now_ns());
        turn(1);
    }
    uint64_t in_time = delivered;
    double took = (double)(now_ns() - start) / 1e9;
    drain();
    printf("%" PRIu64 " %.6f %" PRIu32 " %" PRIu64 " %" PRIu32 "\n", in_time, took, publisher.sent,
           expected() - delivered, lost_streams);
}

// An event that could not be published when due counts from when it was due.
static void run_steady(double seconds, double every_ms)
{
    phase_begin();
    int64_t due = now_ns(), end = due + (int64_t)(seconds * 1e9);
    uint32_t late = 0;
    while (due < end) {
        int64_t now = now_ns();
        if (now >= due && !publisher.waiting) {
            late += now - due > (int64_t)(every_ms * 1e6);
            publish(due);
            due += (int64_t)(every_ms * 1e6);
        }
        int64_t pause = (due - now_ns()) / 1000000;
        turn(pause < 0 || publisher.waiting ? 1 : (int)pause);
    }
    drain();
    printf("%" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu32 "\n", delivered,
           expected(), percentile(0.5), percentile(0.99), slowest_us, late);
}

static void set_deaf(int wanted, uint64_t after)
{
    while (deaf_count > wanted)
        close(deaf[--deaf_count]);
    while (deaf_count < wanted && deaf_count < DEAF_MAX)
        deaf[deaf_count++] = ask_for_stream(after);
    printf("%d\n", deaf_count);
}

// ---- starting

static void watch(int fd, struct stream *s)
{
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = s};
    if (epoll_ctl(epoll_fd, EPOLL_CTL_ADD, fd, &event) != 0) die("epoll_ctl");
}

// The answer's head, and what may come with it, is read here: what follows are blocks.
static void await_head(struct stream *s)
{
    char text[4096];
    ssize_t got = recv(s->fd, text, sizeof(text) - 1, 0);
    if (got <= 0) die("stream");
    text[got] = '\0';
    if (strncmp(text, "HTTP/1.1 200", 12) != 0) {
        fprintf(stderr, "streams: %s\n", text);
        exit(1);
    }
    s->open = s->fresh = true;
    watch(s->fd, s);
}

static void open_all(void)
{
    streams = calloc(count, sizeof(*streams));
    if (streams == NULL) die("calloc");
    for (uint32_t from = 0; from < count; from += OPENING) {
        uint32_t to = from + OPENING < count ? from + OPENING : count;
        for (uint32_t i = from; i < to; i++)
            streams[i].fd = ask_for_stream(0);
        for (uint32_t i = from; i < to; i++)
            await_head(&streams[i]);
    }
    for (int64_t until = now_ns() + 1000000000; now_ns() < until;)
        turn(50); // greetings that came apart from their heads
    for (uint32_t i = 0; i < count; i++)
        streams[i].fresh = true;
}

static void read_request(const char *file)
{
    FILE *f = fopen(file, "r");
    if (f == NULL) die(file);
    size_t len = fread(request, 1, sizeof(request) - 1, f);
    request[len] = '\0';
    fclose(f);
}

static void serve_commands(void)
{
    char line[128];
    double a, b;
    uint64_t id;
    while (fgets(line, sizeof(line), stdin) != NULL) {
        if (sscanf(line, "rate %lf %lf", &a, &b) == 2)
            run_rate(a, (unsigned)b);
        else if (sscanf(line, "steady %lf %lf", &a, &b) == 2)
            run_steady(a, b);
        else if (sscanf(line, "deaf %lf %" SCNu64, &a, &id) == 2)
            set_deaf((int)a, id);
        else
            exit(2);
        fflush(stdout);
    }
}

int main(int argc, char **argv)
{
    if (argc != 6) return 2;
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    server = (struct sockaddr_in){.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)strtoul(argv[1], NULL, 10)),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    path = argv[2];
    count = (uint32_t)strtoul(argv[3], NULL, 10);
    read_request(argv[4]);
    publisher.number = strtoull(argv[5], NULL, 10);
    epoll_fd = epoll_create1(0);
    open_all();
    publisher.fd = connect_to_server(false);
    watch(publisher.fd, NULL);
    puts("open");
    fflush(stdout);
    serve_commands();
    return 0;
}
