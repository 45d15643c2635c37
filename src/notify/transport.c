// SPDX-License-Identifier: AGPL-3.0-or-later
// libcurl speaks both ways out. It is started at the first message and not before.
#include "notify/transport.h"

#include <curl/curl.h>
#include <jansson.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/log.h"
#include "domain/value.h"
#include "notify/mail.h"

enum { CONNECT_SECONDS = 15, TRANSFER_SECONDS = 60 };

static const char *value_of(const struct sender *s, const char *name)
{
    return setting_of(s->settings, name, "");
}

bool sender_configured(const struct setting_list *settings, enum outbox_transport transport)
{
    if (*setting_of(settings, "rehearsal", "") != 0) return false; // nothing leaves a rehearsal
    if (transport == OUTBOX_SMS) return *setting_of(settings, "sms_url", "") != 0;
    return *setting_of(settings, "smtp_url", "") != 0 &&
           mail_address_ok(setting_of(settings, "smtp_from", ""));
}

static void start_curl(void)
{
    curl_global_init(CURL_GLOBAL_DEFAULT);
}

static int stop_asked(void *arg, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
    const struct sender *s = arg;
    (void)a, (void)b, (void)c, (void)d;
    return atomic_load(s->stop) ? 1 : 0;
}

// The type is libcurl's. NOLINTNEXTLINE(readability-non-const-parameter)
static size_t drop_bytes(char *bytes, size_t size, size_t count, void *arg)
{
    (void)bytes, (void)arg;
    return size * count;
}

/// The handle, its options fresh, its connection kept.
static CURL *handle(struct sender *s)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, start_curl);
    if (s->easy == NULL) s->easy = curl_easy_init();
    ensure(s->easy != NULL);
    CURL *easy = s->easy;
    curl_easy_reset(easy);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_PROXY, ""); // what the settings name, nothing in between
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT, (long)TRANSFER_SECONDS);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, drop_bytes);
    curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, stop_asked);
    curl_easy_setopt(easy, CURLOPT_XFERINFODATA, s);
    return easy;
}

static bool never_reached(CURLcode code)
{
    return code == CURLE_COULDNT_RESOLVE_HOST || code == CURLE_COULDNT_CONNECT ||
           code == CURLE_URL_MALFORMAT || code == CURLE_UNSUPPORTED_PROTOCOL ||
           code == CURLE_LOGIN_DENIED || code == CURLE_PEER_FAILED_VERIFICATION ||
           code == CURLE_SSL_CONNECT_ERROR || code == CURLE_USE_SSL_FAILED;
}

static enum send_result perform(struct sender *s, const struct outbox_message *m, long *ret_reply)
{
    *ret_reply = 0;
    CURLcode code = curl_easy_perform(s->easy);
    curl_easy_getinfo(s->easy, CURLINFO_RESPONSE_CODE, ret_reply);
    if (code == CURLE_OK) return SEND_DONE;
    log_warn("outbox: message %lld: %s (reply %ld)", (long long)m->id, curl_easy_strerror(code),
             *ret_reply);
    return never_reached(code) ? SEND_UNREACHABLE : SEND_LATER;
}

// ---- SMTP

struct upload {
    const char *bytes;
    size_t left;
};

static size_t give_bytes(char *into, size_t size, size_t count, void *arg)
{
    struct upload *upload = arg;
    size_t room = size * count, part = upload->left < room ? upload->left : room;
    memcpy(into, upload->bytes, part);
    upload->bytes += part;
    upload->left -= part;
    return part;
}

/// Passwords go over TLS alone; otherwise it is used where the server offers it. On the machine
/// itself there is nothing to hide from.
static long tls_of(const char *url, bool has_password)
{
    const char *host = strstr(url, "://");
    host = host != NULL ? host + 3 : url;
    bool here = strncmp(host, "127.", 4) == 0 || strncmp(host, "localhost", 9) == 0 ||
                strncmp(host, "[::1]", 5) == 0;
    if (here) return CURLUSESSL_NONE;
    return has_password ? CURLUSESSL_ALL : CURLUSESSL_TRY;
}

/// Made of unit, message and opinion alone: sent again after a crash it is the same letter.
static void message_id(const struct sender *s, const struct outbox_message *m, char *out,
                       size_t size)
{
    char number[OPINION_NUMBER_TEXT];
    snprintf(out, size, "doithoai.%lld.%lld.%s@%s", (long long)s->unit, (long long)m->id,
             opinion_number_format(m->opinion, number), strchr(value_of(s, "smtp_from"), '@') + 1);
}

static enum send_result send_email(struct sender *s, const struct outbox_message *m)
{
    if (!mail_address_ok(m->recipient)) return SEND_NEVER;
    char id[400], name[300];
    message_id(s, m, id, sizeof(id));
    snprintf(name, sizeof(name), "UBND %s", value_of(s, "unit_name"));
    BUF bytes = {0};
    mail_write(&(struct mail){.from = value_of(s, "smtp_from"),
                              .from_name = name,
                              .to = m->recipient,
                              .subject = m->subject,
                              .text = m->body,
                              .message_id = id,
                              .at_ms = s->now_ms},
               &bytes);
    struct upload upload = {buf_text(&bytes), bytes.len};
    struct curl_slist *to = curl_slist_append(NULL, m->recipient);
    const char *url = value_of(s, "smtp_url"), *user = value_of(s, "smtp_user");
    CURL *easy = handle(s);
    curl_easy_setopt(easy, CURLOPT_URL, url);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(easy, CURLOPT_USE_SSL, tls_of(url, *user != 0));
    curl_easy_setopt(easy, CURLOPT_MAIL_FROM, value_of(s, "smtp_from"));
    curl_easy_setopt(easy, CURLOPT_MAIL_RCPT, to);
    curl_easy_setopt(easy, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(easy, CURLOPT_READFUNCTION, give_bytes);
    curl_easy_setopt(easy, CURLOPT_READDATA, &upload);
    if (*user != 0) {
        curl_easy_setopt(easy, CURLOPT_USERNAME, user);
        curl_easy_setopt(easy, CURLOPT_PASSWORD, value_of(s, "smtp_password"));
    }
    long reply = 0;
    enum send_result result = perform(s, m, &reply);
    curl_slist_free_all(to);
    // Of the 5xx only these speak of the mailbox; others may be the server's or our own fault.
    if (result == SEND_LATER && (reply == 550 || reply == 551 || reply == 553)) return SEND_NEVER;
    return result;
}

// ---- SMS

static enum send_result http_result(long reply)
{
    if (reply >= 200 && reply < 300) return SEND_DONE;
    return reply == 400 || reply == 422 ? SEND_NEVER : SEND_LATER;
}

static enum send_result send_sms(struct sender *s, const struct outbox_message *m)
{
    char id[64], line[600];
    snprintf(id, sizeof(id), "doithoai-%lld-%lld", (long long)s->unit, (long long)m->id);
    json_t *body = json_pack("{s:s,s:s,s:s}", "id", id, "to", m->recipient, "text", m->body);
    char *text = body != NULL ? json_dumps(body, JSON_COMPACT) : NULL;
    json_decref(body);
    if (text == NULL) return SEND_NEVER;
    struct curl_slist *heads = curl_slist_append(NULL, "Content-Type: application/json");
    snprintf(line, sizeof(line), "Idempotency-Key: %s", id);
    heads = curl_slist_append(heads, line);
    const char *token = value_of(s, "sms_token");
    snprintf(line, sizeof(line), "Authorization: Bearer %s", token);
    if (*token != 0) heads = curl_slist_append(heads, line);
    CURL *easy = handle(s);
    curl_easy_setopt(easy, CURLOPT_URL, value_of(s, "sms_url"));
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, heads);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, text);
    long reply = 0;
    enum send_result result = perform(s, m, &reply);
    curl_slist_free_all(heads);
    free(text);
    return result == SEND_DONE ? http_result(reply) : result;
}

enum send_result sender_send(struct sender *sender, const struct outbox_message *message)
{
    return message->transport == OUTBOX_SMS ? send_sms(sender, message)
                                            : send_email(sender, message);
}

void sender_done(struct sender *sender)
{
    if (sender->easy != NULL) curl_easy_cleanup(sender->easy);
    sender->easy = NULL;
}
