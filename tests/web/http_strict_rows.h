// SPDX-License-Identifier: AGPL-3.0-or-later
// Malformed and odd requests, each with what we answer. A row where nginx refuses and we do not
// needs a `because`. Status 0: closed without an answer.
#ifndef TESTS_HTTP_STRICT_ROWS_H
#define TESTS_HTTP_STRICT_ROWS_H

#include <stddef.h>

struct row {
    const char *name;
    const char *text;
    size_t len;
    int ours;
    const char *unit; // put `times` times where text has a \1
    unsigned times;
    const char *because;
};

#define ROW(name, ours, text)                             \
    {                                                     \
        name, text, sizeof(text) - 1, ours, NULL, 0, NULL \
    }
#define MANY(name, ours, text, unit, times)                   \
    {                                                         \
        name, text, sizeof(text) - 1, ours, unit, times, NULL \
    }
#define BECAUSE(name, ours, text, why)                   \
    {                                                    \
        name, text, sizeof(text) - 1, ours, NULL, 0, why \
    }
#define GET      "GET / HTTP/1.1\r\n"
#define POST     "POST /form HTTP/1.1\r\n"
#define HOST     "Host: a.test\r\n"
#define TYPE     "Content-Type: application/x-www-form-urlencoded\r\n"
#define SMUGGLED "GET /smuggled HTTP/1.1\r\nHost: a.test\r\n\r\n"

static const struct row rows[] = {
    // What must work
    ROW("a plain GET", 200, GET HOST "\r\n"),
    ROW("a plain POST", 200, POST HOST TYPE "Content-Length: 3\r\n\r\na=b"),
    ROW("no blank after the colon", 200, GET "Host:a.test\r\n\r\n"),
    ROW("blanks and tabs around a value", 200, GET HOST "X-Name: \t v \t\r\n\r\n"),
    ROW("an empty value", 200, GET HOST "X-Empty:\r\n\r\n"),
    ROW("UTF-8 in a value", 200, GET HOST "X-Name: \xc4\x90\xe1\xbb\x91i tho\xe1\xba\xa1i\r\n\r\n"),
    ROW("HTTP/1.0 without Host", 200, "GET / HTTP/1.0\r\n\r\n"),
    ROW("absolute form that agrees with Host", 200, "GET http://a.test/ HTTP/1.1\r\n" HOST "\r\n"),
    ROW("an empty line before the request", 200, "\r\n" GET HOST "\r\n"),
    ROW("Content-Length: 0 on POST", 200, POST HOST TYPE "Content-Length: 0\r\n\r\n"),
    ROW("POST without any length", 200, POST HOST "\r\n"),
    ROW("leading zeros in Content-Length", 200, POST HOST TYPE "Content-Length: 003\r\n\r\na=b"),
    ROW("a port in Host", 200, GET "Host: a.test:8080\r\n\r\n"),
    ROW("an IPv6 Host", 200, GET "Host: [::1]:8080\r\n\r\n"),
    ROW("two Cookie headers", 200, GET HOST "Cookie: a=1\r\nCookie: b=2\r\n\r\n"),
    ROW("Upgrade: h2c is passed over", 200,
        GET HOST "Connection: Upgrade\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n"),
    ROW("Range is passed over", 200, GET HOST "Range: bytes=0-1,0-1,0-1,0-1\r\n\r\n"),

    // Length of the body: two readers must never disagree
    ROW("Content-Length and Transfer-Encoding", 400,
        POST HOST TYPE "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" SMUGGLED),
    ROW("Transfer-Encoding and Content-Length", 400,
        POST HOST TYPE "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n" SMUGGLED),
    ROW("two different Content-Lengths", 400,
        POST HOST TYPE "Content-Length: 3\r\nContent-Length: 4\r\n\r\na=b\n" SMUGGLED),
    ROW("two equal Content-Lengths", 400,
        POST HOST TYPE "Content-Length: 3\r\nContent-Length: 3\r\n\r\na=b" SMUGGLED),
    ROW("a list in Content-Length", 400, POST HOST TYPE "Content-Length: 3, 3\r\n\r\na=b" SMUGGLED),
    ROW("Content-Length: +3", 400, POST HOST TYPE "Content-Length: +3\r\n\r\na=b" SMUGGLED),
    ROW("Content-Length: -3", 400, POST HOST TYPE "Content-Length: -3\r\n\r\na=b" SMUGGLED),
    ROW("Content-Length: 0x3", 400, POST HOST TYPE "Content-Length: 0x3\r\n\r\na=b" SMUGGLED),
    ROW("Content-Length: 3 with a letter", 400,
        POST HOST TYPE "Content-Length: 3a\r\n\r\na=b" SMUGGLED),
    ROW("Content-Length: 3.0", 400, POST HOST TYPE "Content-Length: 3.0\r\n\r\na=b" SMUGGLED),
    ROW("Content-Length with a blank inside", 400,
        POST HOST TYPE "Content-Length: 3 4\r\n\r\na=b" SMUGGLED),
    ROW("an empty Content-Length", 400, POST HOST TYPE "Content-Length:\r\n\r\n" SMUGGLED),
    ROW("Content-Length beyond 64 bits", 413,
        POST HOST TYPE "Content-Length: 18446744073709551619\r\n\r\na=b" SMUGGLED),
    ROW("Content-Length beyond 63 bits", 400,
        POST HOST TYPE "Content-Length: 9223372036854775811\r\n\r\na=b" SMUGGLED),
    ROW("100 MB declared", 413, POST HOST TYPE "Content-Length: 104857600\r\n\r\n"),
    ROW("a body on GET", 400, GET HOST "Content-Length: 3\r\n\r\na=b"),
    ROW("chunked, well formed", 411,
        POST HOST TYPE "Transfer-Encoding: chunked\r\n\r\n3\r\na=b\r\n0\r\n\r\n" SMUGGLED),
    ROW("chunked with an extension", 411,
        POST HOST TYPE "Transfer-Encoding: chunked\r\n\r\n3;x=y\r\na=b\r\n0\r\n\r\n" SMUGGLED),
    ROW("chunk size that is no number", 411,
        POST HOST TYPE "Transfer-Encoding: chunked\r\n\r\nxyz\r\na=b\r\n0\r\n\r\n" SMUGGLED),
    ROW("chunk size with a sign", 411,
        POST HOST TYPE "Transfer-Encoding: chunked\r\n\r\n+3\r\na=b\r\n0\r\n\r\n" SMUGGLED),
    ROW("chunk size 0x3", 411,
        POST HOST TYPE "Transfer-Encoding: chunked\r\n\r\n0x3\r\na=b\r\n0\r\n\r\n" SMUGGLED),
    ROW("chunk size beyond 64 bits", 411,
        POST HOST TYPE
        "Transfer-Encoding: chunked\r\n\r\n10000000000000003\r\na=b\r\n0\r\n\r\n" SMUGGLED),
    ROW("a chunk longer than its size", 411,
        POST HOST TYPE "Transfer-Encoding: chunked\r\n\r\n2\r\na=b\r\n0\r\n\r\n" SMUGGLED),
    ROW("bare LF after a chunk size", 411,
        POST HOST TYPE "Transfer-Encoding: chunked\r\n\r\n3\na=b\r\n0\r\n\r\n" SMUGGLED),
    ROW("unknown Transfer-Encoding", 501, POST HOST TYPE "Transfer-Encoding: gzip\r\n\r\n"),
    ROW("Transfer-Encoding: identity", 501,
        POST HOST TYPE "Transfer-Encoding: identity\r\n\r\n" SMUGGLED),
    ROW("Transfer-Encoding: xchunked", 501,
        POST HOST TYPE "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" SMUGGLED),
    ROW("Transfer-Encoding: gzip, chunked", 501,
        POST HOST TYPE "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n" SMUGGLED),
    ROW("Transfer-Encoding: chunked, chunked", 501,
        POST HOST TYPE "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n" SMUGGLED),
    ROW("two Transfer-Encodings", 400,
        POST HOST TYPE
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n" SMUGGLED),
    ROW("Transfer-Encoding with a vertical tab", 400,
        POST HOST TYPE "Transfer-Encoding: \x0b"
                       "chunked\r\n\r\n0\r\n\r\n" SMUGGLED),
    ROW("Transfer-Encoding with a blank before the colon", 400,
        POST HOST TYPE "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n" SMUGGLED),
    ROW("Transfer-Encoding on HTTP/1.0", 400,
        "POST /form HTTP/1.0\r\n" HOST TYPE "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" SMUGGLED),
    ROW("Content-Encoding: gzip on a request", 415,
        POST HOST TYPE "Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\na=b"),

    // Names and values
    ROW("blank before the colon", 400, GET HOST "X-Name : v\r\n\r\n"),
    ROW("tab before the colon", 400, GET HOST "X-Name\t: v\r\n\r\n"),
    ROW("blank inside a name", 400, GET HOST "X Name: v\r\n\r\n"),
    ROW("empty name", 400, GET HOST ": v\r\n\r\n"),
    ROW("a line without a colon", 400, GET HOST "nothing\r\n\r\n"),
    ROW("control character in a name", 400, GET HOST "X-\x01Name: v\r\n\r\n"),
    ROW("NUL in a name", 400, GET HOST "X-\0Name: v\r\n\r\n"),
    ROW("byte above 127 in a name", 400, GET HOST "X-\xc4\x90: v\r\n\r\n"),
    ROW("separator in a name", 400, GET HOST "X(Name): v\r\n\r\n"),
    ROW("bare CR in a name", 400, GET HOST "X-\rName: v\r\n\r\n"),
    ROW("NUL in a value", 400, GET HOST "X-Name: a\0b\r\n\r\n"),
    ROW("NUL at the end of a value", 400, GET HOST "X-Name: a\0\r\n\r\n"),
    ROW("NULs posing as a line end", 400, GET HOST "X-Name: a\0\0Content-Length\0 5\r\n\r\n"),
    ROW("bare CR in a value", 400, GET HOST "X-Name: a\rb\r\n\r\n"),
    ROW("bare CR posing as a line end", 400,
        GET HOST "X-Name: a\rContent-Length: 40\r\n\r\n" SMUGGLED),
    ROW("CR CR LF at the end of a line", 400, GET HOST "X-Name: a\r\r\n\r\n"),
    ROW("bare LF at the end of a line", 400, GET "Host: a.test\nX-Name: v\r\n\r\n"),
    ROW("bare LF for the empty line", 400, GET HOST "\n"),
    ROW("LF alone everywhere", 400, "GET / HTTP/1.1\nHost: a.test\n\n"),
    ROW("control character in a value", 400,
        GET HOST "X-Name: a\x01"
                 "b\r\n\r\n"),
    ROW("DEL in a value", 400,
        GET HOST "X-Name: a\x7f"
                 "b\r\n\r\n"),
    ROW("folded line", 400, GET HOST "X-Name: a\r\n b\r\n\r\n"),
    ROW("line folded with a tab", 400, GET HOST "X-Name: a\r\n\tb\r\n\r\n"),
    ROW("first line folded", 400, GET " X-Name: a\r\n" HOST "\r\n"),
    ROW("Content-Length hidden in a fold", 400,
        POST HOST TYPE "X-Name: a\r\n Content-Length: 3\r\n\r\na=b"),
    MANY("1,000 header lines", 431, GET HOST "\1\r\n", "X-Name: v\r\n", 1000),
    MANY("65 short header lines", 431, GET HOST "\1\r\n", "X: v\r\n", 65),
    MANY("one header of 64 KiB", 431, GET HOST "X-Name: \1\r\n\r\n", "a", 65536),
    MANY("1 MiB of headers", 431, GET HOST "\1\r\n",
         "X-Name: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n", 16384),
    MANY("a name of 64 KiB", 431, GET HOST "\1: v\r\n\r\n", "a", 65536),
    MANY("a cookie of 5 KiB", 431, GET HOST "Cookie: a=\1\r\n\r\n", "a", 5120),
    ROW("two Authorizations", 400,
        GET HOST "Authorization: Bearer a\r\nAuthorization: Bearer b\r\n\r\n"),
    ROW("two Content-Types", 400,
        POST HOST TYPE "Content-Type: application/json\r\nContent-Length: 3\r\n\r\na=b"),
    ROW("two Idempotency-Keys", 400, GET HOST "Idempotency-Key: a\r\nIdempotency-Key: b\r\n\r\n"),
    ROW("unknown Expect", 417, POST HOST TYPE "Expect: a-miracle\r\nContent-Length: 3\r\n\r\na=b"),

    // Host
    ROW("no Host", 400, GET "\r\n"),
    ROW("two Hosts", 400, GET HOST "Host: b.test\r\n\r\n"),
    ROW("two equal Hosts", 400, GET HOST HOST "\r\n"),
    ROW("an empty Host", 400, GET "Host:\r\n\r\n"),
    ROW("Host with a blank", 400, GET "Host: a.test b.test\r\n\r\n"),
    ROW("Host with a comma", 400, GET "Host: a.test,b.test\r\n\r\n"),
    ROW("Host with a slash", 400, GET "Host: a.test/x\r\n\r\n"),
    ROW("Host with an at sign", 400, GET "Host: a@b.test\r\n\r\n"),
    ROW("Host with markup", 400, GET "Host: <b>\r\n\r\n"),
    ROW("Host with two dots", 400, GET "Host: a..test\r\n\r\n"),
    ROW("Host with a bad port", 400, GET "Host: a.test:8x\r\n\r\n"),
    ROW("Host with NUL", 400, GET "Host: a.test\0.b.test\r\n\r\n"),
    ROW("absolute form that disagrees with Host", 400,
        "GET http://b.test/ HTTP/1.1\r\n" HOST "\r\n"),
    ROW("absolute form of another scheme", 400, "GET ftp://a.test/ HTTP/1.1\r\n" HOST "\r\n"),

    // The request line
    ROW("lower-case method", 501, "get / HTTP/1.1\r\n" HOST "\r\n"),
    ROW("unknown method", 501, "FOO / HTTP/1.1\r\n" HOST "\r\n"),
    ROW("TRACE", 501, "TRACE / HTTP/1.1\r\n" HOST "\r\n"),
    ROW("CONNECT", 501, "CONNECT a.test:443 HTTP/1.1\r\n" HOST "\r\n"),
    ROW("separator in the method", 400, "G(T / HTTP/1.1\r\n" HOST "\r\n"),
    ROW("NUL in the method", 400, "GE\0T / HTTP/1.1\r\n" HOST "\r\n"),
    ROW("control character in the method", 400, "G\x01T / HTTP/1.1\r\n" HOST "\r\n"),
    MANY("a method of 9 KiB", 414, "\1 / HTTP/1.1\r\n" HOST "\r\n", "A", 9216),
    ROW("blank before the method", 0, " GET / HTTP/1.1\r\n" HOST "\r\n"),
    ROW("two blanks after the method", 400, "GET  / HTTP/1.1\r\n" HOST "\r\n"),
    ROW("tab after the method", 400, "GET\t/ HTTP/1.1\r\n" HOST "\r\n"),
    ROW("two blanks before the version", 0, "GET /  HTTP/1.1\r\n" HOST "\r\n"),
    ROW("blank after the version", 400, "GET / HTTP/1.1 \r\n" HOST "\r\n"),
    ROW("blank inside the target", 0, "GET /a b HTTP/1.1\r\n" HOST "\r\n"),
    ROW("no target", 400, "GET HTTP/1.1\r\n" HOST "\r\n"),
    ROW("target without a slash", 400, "GET index HTTP/1.1\r\n" HOST "\r\n"),
    ROW("asterisk with GET", 400, "GET * HTTP/1.1\r\n" HOST "\r\n"),
    ROW("fragment in the target", 400, "GET /#a HTTP/1.1\r\n" HOST "\r\n"),
    ROW("backslash in the target", 400, "GET /\\a HTTP/1.1\r\n" HOST "\r\n"),
    ROW("NUL in the target", 400, "GET /\0a HTTP/1.1\r\n" HOST "\r\n"),
    ROW("bare CR in the target", 400, "GET /\ra HTTP/1.1\r\n" HOST "\r\n"),
    ROW("tab in the target", 400, "GET /\ta HTTP/1.1\r\n" HOST "\r\n"),
    ROW("DEL in the target", 400, "GET /\x7f HTTP/1.1\r\n" HOST "\r\n"),
    ROW("%00 in the path", 400, "GET /%00 HTTP/1.1\r\n" HOST "\r\n"),
    ROW("%00 in the query", 400, "GET /?q=%00 HTTP/1.1\r\n" HOST "\r\n"),
    ROW("a bad escape in the path", 400, "GET /%zz HTTP/1.1\r\n" HOST "\r\n"),
    ROW("a bad escape in the query", 400, "GET /?q=%zz HTTP/1.1\r\n" HOST "\r\n"),
    ROW("an escape cut short", 400, "GET /% HTTP/1.1\r\n" HOST "\r\n"),
    ROW("%0d%0a in the path", 400, "GET /%0d%0aSet-Cookie:%20a=b HTTP/1.1\r\n" HOST "\r\n"),
    ROW("an escaped slash", 400, "GET /a%2fb HTTP/1.1\r\n" HOST "\r\n"),
    ROW("path that climbs out", 400, "GET /../../etc/passwd HTTP/1.1\r\n" HOST "\r\n"),
    ROW("path that climbs out, escaped", 400,
        "GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\n" HOST "\r\n"),
    ROW("a dot segment", 400, "GET /./ HTTP/1.1\r\n" HOST "\r\n"),
    ROW("empty segments", 404, "GET //form HTTP/1.1\r\n" HOST "\r\n"),
    MANY("a target of 9 KiB", 414, "GET /\1 HTTP/1.1\r\n" HOST "\r\n", "a", 9216),
    MANY("a target of 64 KiB", 414, "GET /\1 HTTP/1.1\r\n" HOST "\r\n", "a", 65536),
    MANY("a target of 3 KiB", 414, "GET /\1 HTTP/1.1\r\n" HOST "\r\n", "a", 3072),
    MANY("1,000 query fields", 0, "GET /?\1 HTTP/1.1\r\n" HOST "\r\n", "a&", 1000),
    ROW("HTTP/0.9", 400, "GET /\r\n"),
    ROW("HTTP/0.9 with a version", 505, "GET / HTTP/0.9\r\n" HOST "\r\n"),
    ROW("HTTP/1.2", 505, "GET / HTTP/1.2\r\n" HOST "\r\n"),
    ROW("HTTP/2.0 as a version", 505, "GET / HTTP/2.0\r\n" HOST "\r\n"),
    ROW("the HTTP/2 preface", 505, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
    ROW("HTTP/1.10", 400, "GET / HTTP/1.10\r\n" HOST "\r\n"),
    ROW("HTTP/1.", 400, "GET / HTTP/1.\r\n" HOST "\r\n"),
    ROW("http/1.1 in small letters", 400, "GET / http/1.1\r\n" HOST "\r\n"),
    ROW("another protocol", 400, "GET / HTTPS/1.1\r\n" HOST "\r\n"),
    ROW("a TLS greeting on the plain port", 0,
        "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"),
    ROW("random bytes", 0, "\xff\xfe\xfd\xfc\x80\x81\r\n\r\n"),
    ROW("line breaks without end", 0, "\r\n\r\n\r\n\r\n"),
    BECAUSE("a line of NUL before the first request", 200, "\0\0\r\n" GET HOST "\r\n",
            "skipped by the library; before the first request of a connection only its sender "
            "could be misled, between requests it is refused"),

    // Unfinished: ended by a deadline
    ROW("nothing at all", 0, ""),
    ROW("half a request line", 0, "GET / HT"),
    ROW("half the headers", 0, GET "Host: a.t"),
    ROW("half the body", 0, POST HOST TYPE "Content-Length: 300\r\n\r\na=b"),
};

#endif
