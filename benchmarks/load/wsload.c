/*
 * wsload - a small single-threaded WebSocket (RFC 6455) load generator.
 *
 *   cc -O2 -o wsload wsload.c
 *
 * Modes
 *   connect  open N connections, report rate and failures, hold, close; with
 *            --hold-until-eof it prints {"up":N} when they are open and holds
 *            them until its input ends, at most --hold seconds
 *   echo     every connection keeps W messages in flight (closed loop)
 *   bcast    P publishers send, every connection is expected to receive each
 *            message (x --fanout-frames frames); closed loop with a window of W
 *            publishes, or open loop at --rate publishes per second
 *
 * It ends by itself after at most --connect-timeout + 20 + --warm + --dur, or
 * + --hold seconds, whatever the server does: it never blocks on a socket.
 *
 * The payload template may contain %T: it becomes 24 hex digits, a 16-digit
 * send time (ns) and an 8-digit sequence number. The reader finds it again by
 * the marker `"t":"`, so the template must say "t":"%T" for latencies and
 * closed loops to work. A frame counts as one message; with --batched it
 * counts as many as it has markers.
 *
 * Server cost is read from /proc/PID/stat (CPU) and /proc/PID/statm (RSS).
 * The result is one JSON object on stdout.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#define STAMP_LEN 24
#define MARKER "\"t\":\""
#define MARKER_LEN 5
#define RING 65536 /* outstanding publishes we can tell apart */
#define RXBUF (1 << 20)
#define FIRST_TIMEOUT 20 /* seconds that the first message may take */

enum mode { M_CONNECT, M_ECHO, M_BCAST };
enum state { S_NEW, S_CONNECTING, S_HANDSHAKE, S_WAIT_READY, S_READY, S_DEAD };

struct conn {
    int fd;
    uint8_t state;
    uint8_t want_out;
    uint8_t *in; /* bytes of an unfinished frame / handshake */
    uint32_t in_len;
    uint8_t *out; /* bytes the socket did not take */
    uint32_t out_len, out_off;
};

struct frame { /* a masked client frame, stamp patched in place */
    uint8_t *bytes;
    uint32_t len;
    uint32_t stamp_at; /* 0: no stamp */
    uint8_t mask[4];
    uint32_t mask_phase; /* payload offset of the stamp, mod 4 */
};

/* ---------------------------------------------------------------- options */
static enum mode mode = M_CONNECT;
static const char *host = "127.0.0.1", *path = "/", *hello, *ready_prefix, *subproto, *urls;
static const char *msg_tpl =
    "{\"type\":\"msg\",\"channel\":\"room-1\",\"from\":\"user-000001\",\"t\":\"%T\","
    "\"body\":\"abcdefghijklmnopqrstuvwxyz01234\"}";
static int port = 8080, nconn = 100, window = 1, publishers = 1, pid;
static int stalled; /* the last so many connections stop reading once ready */
static int pending_max = 128, eio, fanout = 1, batched, ready_any, hold_until_eof;
static double rate, warm = 2, dur = 5, hold = 0.5, connect_timeout = 60;
static const char *label = "";

/* ------------------------------------------------------------------ state */
static struct conn *conns;
static int ep, tfd = -1;
static uint8_t *rx;
static char **paths; /* one for each connection, or NULL */
/* connections that read; that are ready and do not; that came to an end: at all, once ready, of the stalled ones */
static uint64_t n_ready, n_stalled, n_dead, n_lost, n_stalled_closed;
static struct frame payload;
static int measuring, stopping;
static uint64_t t_run0;
static uint64_t frames_in, messages_in, pub_measured, last_message_at;
static uint32_t ring_left[RING];
static uint64_t ring_sent[RING];
static uint32_t next_seq;

static uint64_t now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000ull + t.tv_nsec;
}

static void die(const char *what)
{
    perror(what);
    exit(2);
}

/* -------------------------------------------------------------- histogram
 * log-linear, 64 steps per power of two: an error below 1.6 % */
#define H_SUB 64
#define H_N (64 * H_SUB)
struct hist {
    uint64_t n, max, c[H_N];
};
static struct hist h_each, h_last;

static int h_slot(uint64_t v)
{
    if (v < H_SUB)
        return (int)v;
    int e = 63 - __builtin_clzll(v);
    return (e - 5) * H_SUB + (int)((v >> (e - 6)) & (H_SUB - 1));
}

static void h_add(struct hist *h, uint64_t v)
{
    h->n++;
    if (v > h->max)
        h->max = v;
    h->c[h_slot(v)]++;
}

static double h_us(const struct hist *h, double q)
{
    uint64_t want = (uint64_t)(q * (double)h->n), seen = 0;
    for (int i = 0; i < H_N; i++) {
        seen += h->c[i];
        if (seen > want) {
            if (i < H_SUB)
                return i / 1e3;
            int e = i / H_SUB + 5;
            return (double)((1ull << e) + ((uint64_t)(i % H_SUB) << (e - 6))) / 1e3;
        }
    }
    return (double)h->max / 1e3;
}

/* ----------------------------------------------------------- server gauges */
static double proc_cpu_s(int p)
{
    char f[64], b[1024];
    snprintf(f, sizeof f, "/proc/%d/stat", p);
    FILE *fp = fopen(f, "r");
    if (!fp)
        return 0;
    size_t n = fread(b, 1, sizeof b - 1, fp);
    fclose(fp);
    b[n] = 0;
    char *s = strrchr(b, ')');
    unsigned long u = 0, k = 0;
    if (s)
        sscanf(s + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &u, &k);
    return (double)(u + k) / (double)sysconf(_SC_CLK_TCK);
}

static long proc_rss_kb(int p)
{
    char f[64];
    long size, rss = 0;
    snprintf(f, sizeof f, "/proc/%d/statm", p);
    FILE *fp = fopen(f, "r");
    if (!fp)
        return 0;
    if (fscanf(fp, "%ld %ld", &size, &rss) != 2)
        rss = 0;
    fclose(fp);
    return rss * (sysconf(_SC_PAGESIZE) / 1024);
}

static double own_cpu_s(void)
{
    struct rusage r;
    getrusage(RUSAGE_SELF, &r);
    return (double)r.ru_utime.tv_sec + (double)r.ru_utime.tv_usec / 1e6 +
           (double)r.ru_stime.tv_sec + (double)r.ru_stime.tv_usec / 1e6;
}

/* ------------------------------------------------------------------ frames */
static void make_frame(struct frame *f, int opcode, const char *text)
{
    size_t cap = strlen(text) + STAMP_LEN + 16, n = 0;
    uint8_t *body = malloc(cap);
    long stamp = -1;
    for (const char *s = text; *s;) {
        if (s[0] == '%' && s[1] == 'T') {
            stamp = (long)n;
            memset(body + n, '0', STAMP_LEN);
            n += STAMP_LEN;
            s += 2;
        } else {
            body[n++] = (uint8_t)*s++;
        }
    }
    uint8_t *b = malloc(n + 14);
    uint32_t h = 2;
    b[0] = (uint8_t)(0x80 | opcode);
    if (n < 126) {
        b[1] = (uint8_t)(0x80 | n);
    } else if (n < 65536) {
        b[1] = 0x80 | 126;
        b[2] = (uint8_t)(n >> 8);
        b[3] = (uint8_t)n;
        h = 4;
    } else {
        b[1] = 0x80 | 127;
        for (int i = 0; i < 8; i++)
            b[2 + i] = (uint8_t)((uint64_t)n >> (56 - 8 * i));
        h = 10;
    }
    static const uint8_t key[4] = {0x5a, 0xc3, 0x17, 0x8e};
    memcpy(b + h, key, 4);
    memcpy(f->mask, key, 4);
    h += 4;
    for (size_t i = 0; i < n; i++)
        b[h + i] = body[i] ^ key[i & 3];
    f->bytes = b;
    f->len = h + (uint32_t)n;
    f->stamp_at = stamp < 0 ? 0 : h + (uint32_t)stamp;
    f->mask_phase = stamp < 0 ? 0 : (uint32_t)stamp & 3;
    free(body);
}

static void stamp_frame(struct frame *f, uint64_t t, uint32_t seq)
{
    static const char hex[] = "0123456789abcdef";
    if (!f->stamp_at)
        return;
    uint8_t *p = f->bytes + f->stamp_at;
    for (int i = 0; i < 16; i++)
        p[i] = (uint8_t)hex[(t >> (60 - 4 * i)) & 15] ^ f->mask[(f->mask_phase + i) & 3];
    for (int i = 0; i < 8; i++)
        p[16 + i] = (uint8_t)hex[(seq >> (28 - 4 * i)) & 15] ^ f->mask[(f->mask_phase + 16 + i) & 3];
}

static int unhex(const uint8_t *p, int n, uint64_t *v)
{
    uint64_t r = 0;
    for (int i = 0; i < n; i++) {
        uint8_t c = p[i];
        if (c >= '0' && c <= '9')
            r = r << 4 | (c - '0');
        else if (c >= 'a' && c <= 'f')
            r = r << 4 | (c - 'a' + 10);
        else
            return 0;
    }
    *v = r;
    return 1;
}

/* finds the next stamp at or after *from, and moves *from behind it; first looks where the last one was, from there */
static int next_stamp(const uint8_t *p, size_t n, size_t *from, uint64_t *t, uint64_t *seq)
{
    static size_t first, stride;
    size_t *guess = *from ? &stride : &first, at = *from + *guess;
    if (at + MARKER_LEN + STAMP_LEN > n || memcmp(p + at, MARKER, MARKER_LEN)) {
        const uint8_t *m = memmem(p + *from, n - *from, MARKER, MARKER_LEN);
        if (!m || (size_t)(m - p) + MARKER_LEN + STAMP_LEN > n)
            return 0;
        at = (size_t)(m - p);
        *guess = at - *from;
    }
    *from = at + MARKER_LEN + STAMP_LEN;
    return unhex(p + at + MARKER_LEN, 16, t) && unhex(p + at + MARKER_LEN + 16, 8, seq);
}

/* -------------------------------------------------------------- connection */
static void watch(struct conn *c, int op, int out)
{
    struct epoll_event e = {.events = EPOLLIN | (out ? EPOLLOUT : 0), .data.ptr = c};
    if (epoll_ctl(ep, op, c->fd, &e))
        die("epoll_ctl");
    c->want_out = (uint8_t)out;
}

static int stalls(const struct conn *c)
{
    return c - conns >= nconn - stalled;
}

static void kill_conn(struct conn *c)
{
    if (c->state == S_DEAD)
        return;
    if (c->state == S_READY && stalls(c)) {
        n_stalled--;
        n_stalled_closed++;
    } else if (c->state == S_READY) {
        n_ready--;
        n_lost++;
    }
    c->state = S_DEAD;
    n_dead++;
    close(c->fd);
    free(c->in);
    free(c->out);
    c->in = c->out = NULL;
}

static void conn_send(struct conn *c, const void *p, size_t n)
{
    if (c->state == S_DEAD)
        return;
    if (!c->out_len) {
        ssize_t w = send(c->fd, p, n, MSG_NOSIGNAL);
        if (w == (ssize_t)n)
            return;
        if (w < 0) {
            if (errno != EAGAIN) {
                kill_conn(c);
                return;
            }
            w = 0;
        }
        p = (const uint8_t *)p + w;
        n -= (size_t)w;
        c->out_off = 0;
    }
    c->out = realloc(c->out, c->out_off + c->out_len + n);
    memcpy(c->out + c->out_off + c->out_len, p, n);
    c->out_len += (uint32_t)n;
    if (!c->want_out)
        watch(c, EPOLL_CTL_MOD, 1);
}

static void conn_flush(struct conn *c)
{
    while (c->out_len) {
        ssize_t w = send(c->fd, c->out + c->out_off, c->out_len, MSG_NOSIGNAL);
        if (w < 0) {
            if (errno != EAGAIN)
                kill_conn(c);
            return;
        }
        c->out_off += (uint32_t)w;
        c->out_len -= (uint32_t)w;
    }
    free(c->out);
    c->out = NULL;
    c->out_off = 0;
    watch(c, EPOLL_CTL_MOD, 0);
}

static void conn_open(struct conn *c)
{
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    inet_pton(AF_INET, host, &a.sin_addr);
    c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (c->fd < 0)
        die("socket");
    int one = 1;
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    c->state = S_CONNECTING;
    if (connect(c->fd, (struct sockaddr *)&a, sizeof a) && errno != EINPROGRESS) {
        kill_conn(c);
        return;
    }
    watch(c, EPOLL_CTL_ADD, 1);
}

static void conn_start_handshake(struct conn *c)
{
    char b[8192];
    int err = 0;
    socklen_t l = sizeof err;
    getsockopt(c->fd, SOL_SOCKET, SO_ERROR, &err, &l);
    if (err) {
        kill_conn(c);
        return;
    }
    int n = snprintf(b, sizeof b,
                     "GET %s HTTP/1.1\r\nHost: %s:%d\r\nUpgrade: websocket\r\n"
                     "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                     "Sec-WebSocket-Version: 13\r\n%s%s%s\r\n",
                     paths ? paths[c - conns] : path, host, port, subproto ? "Sec-WebSocket-Protocol: " : "",
                     subproto ? subproto : "", subproto ? "\r\n" : "");
    if (n >= (int)sizeof b) {
        kill_conn(c);
        return;
    }
    c->state = S_HANDSHAKE;
    watch(c, EPOLL_CTL_MOD, 0);
    conn_send(c, b, (size_t)n);
}

static void conn_ready(struct conn *c)
{
    c->state = S_READY;
    if (!stalls(c)) {
        n_ready++;
        return;
    }
    n_stalled++;
    struct epoll_event e = {.events = 0, .data.ptr = c};
    epoll_ctl(ep, EPOLL_CTL_MOD, c->fd, &e);
}

static void send_control(struct conn *c, int opcode, const uint8_t *p, size_t n)
{
    uint8_t b[2 + 4 + 125] = {(uint8_t)(0x80 | opcode), (uint8_t)(0x80 | n), 0, 0, 0, 0};
    memcpy(b + 6, p, n);
    conn_send(c, b, 6 + n);
}

static void send_text(struct conn *c, const char *s)
{
    struct frame f;
    make_frame(&f, 1, s);
    conn_send(c, f.bytes, f.len);
    free(f.bytes);
}

/* ------------------------------------------------------------- measurement */
static void publish(void)
{
    static int turn;
    struct conn *c = &conns[turn++ % publishers];
    if (c->state != S_READY)
        return;
    uint32_t s = next_seq++ % RING;
    uint64_t t = now_ns();
    ring_left[s] = (uint32_t)n_ready * (uint32_t)fanout;
    ring_sent[s] = t;
    stamp_frame(&payload, t, s);
    conn_send(c, payload.bytes, payload.len);
    if (measuring)
        pub_measured++;
}

static void on_stamp(uint64_t t, uint64_t seq, uint64_t now, int *reply)
{
    messages_in++;
    last_message_at = now;
    if (measuring && t >= t_run0)
        h_add(&h_each, now - t);
    if (mode == M_ECHO) {
        ++*reply;
    } else if (mode == M_BCAST && ring_left[seq % RING] && !--ring_left[seq % RING]) {
        if (measuring && ring_sent[seq % RING] >= t_run0)
            h_add(&h_last, now - ring_sent[seq % RING]);
        if (rate == 0 && !stopping)
            publish();
    }
}

static void on_message(struct conn *c, const uint8_t *p, size_t n, uint64_t now, int *reply)
{
    if (eio && n >= 1 && p[0] == '2' && n <= 6) { /* engine.io ping */
        send_text(c, "3");
        return;
    }
    if (c->state == S_WAIT_READY) {
        if (ready_prefix && (n < strlen(ready_prefix) || memcmp(p, ready_prefix, strlen(ready_prefix))))
            return;
        conn_ready(c);
        return;
    }
    uint64_t t, seq;
    size_t from = 0;
    if (!next_stamp(p, n, &from, &t, &seq))
        return;
    frames_in++;
    do
        on_stamp(t, seq, now, reply);
    while (batched && next_stamp(p, n, &from, &t, &seq));
}

/* consumes whole frames; returns bytes used, or -1 to drop the connection */
static long parse_frames(struct conn *c, const uint8_t *p, size_t n, uint64_t now, int *reply)
{
    size_t o = 0;
    while (n - o >= 2) {
        size_t h = 2;
        uint64_t len = p[o + 1] & 0x7f;
        if (len == 126) {
            if (n - o < 4)
                break;
            len = (uint64_t)p[o + 2] << 8 | p[o + 3];
            h = 4;
        } else if (len == 127) {
            if (n - o < 10)
                break;
            len = 0;
            for (int i = 0; i < 8; i++)
                len = len << 8 | p[o + 2 + i];
            h = 10;
        }
        if (len > n - o - h)
            break;
        const uint8_t *b = p + o + h;
        int op = p[o] & 15;
        if (op == 8)
            return -1;
        if (op == 9)
            send_control(c, 10, b, len);
        else if (op <= 2 && (p[o] & 0x80))
            on_message(c, b, len, now, reply);
        if (c->state == S_DEAD)
            return -1;
        o += h + len;
    }
    return (long)o;
}

static void on_readable(struct conn *c)
{
    size_t have = c->in_len;
    if (have)
        memcpy(rx, c->in, have);
    ssize_t r = recv(c->fd, rx + have, RXBUF - have, 0);
    if (r <= 0) {
        if (r < 0 && errno == EAGAIN)
            return;
        kill_conn(c);
        return;
    }
    size_t n = have + (size_t)r, o = 0;
    if (c->state == S_HANDSHAKE) {
        uint8_t *e = memmem(rx, n, "\r\n\r\n", 4);
        if (e) {
            if (n < 12 || memcmp(rx + 9, "101", 3)) {
                if (!n_dead)
                    fprintf(stderr, "handshake refused: %.*s\n", (int)(n > 200 ? 200 : n), (char *)rx);
                kill_conn(c);
                return;
            }
            o = (size_t)(e - rx) + 4;
            if (hello)
                send_text(c, hello);
            if (ready_prefix || ready_any)
                c->state = S_WAIT_READY;
            else
                conn_ready(c);
        }
    }
    if (c->state == S_WAIT_READY || c->state == S_READY) {
        int reply = 0;
        uint64_t now = now_ns();
        long used = parse_frames(c, rx + o, n - o, now, &reply);
        if (used < 0) {
            kill_conn(c);
            return;
        }
        o += (size_t)used;
        if (reply && !stopping) {
            stamp_frame(&payload, now_ns(), 0);
            for (; reply; reply--)
                conn_send(c, payload.bytes, payload.len);
        }
    }
    if (c->state == S_DEAD)
        return;
    if (o == n) {
        if (c->in_len) {
            free(c->in);
            c->in = NULL;
            c->in_len = 0;
        }
    } else {
        c->in = realloc(c->in, n - o);
        memcpy(c->in, rx + o, n - o);
        c->in_len = (uint32_t)(n - o);
    }
}

/* runs the event loop once, for at most `s` seconds */
static void turn(double s)
{
    static struct epoll_event ev[1024];
    int n = epoll_wait(ep, ev, 1024, s <= 0 ? 0 : (int)(s * 1e3 + 1));
    for (int i = 0; i < n; i++) {
        struct conn *c = ev[i].data.ptr;
        if (!c) {
            uint64_t ticks;
            if (read(tfd, &ticks, sizeof ticks) == sizeof ticks)
                while (ticks-- && !stopping)
                    publish();
            continue;
        }
        if (c->state == S_DEAD)
            continue;
        if (ev[i].events & EPOLLOUT) {
            if (c->state == S_CONNECTING)
                conn_start_handshake(c);
            else
                conn_flush(c);
        }
        if (c->state != S_DEAD && (ev[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)))
            on_readable(c);
    }
}

static void run_for(double s)
{
    uint64_t end = now_ns() + (uint64_t)(s * 1e9);
    for (uint64_t t; (t = now_ns()) < end;)
        turn((double)(end - t) / 1e9);
}

/* as run_for, but ends when standard input does */
static void hold_for(double s)
{
    uint64_t end = now_ns() + (uint64_t)(s * 1e9);
    char b[64];
    fcntl(0, F_SETFL, O_NONBLOCK);
    while (now_ns() < end && read(0, b, sizeof b))
        turn(0.05);
}

static double connect_all(void)
{
    uint64_t t0 = now_ns(), limit = t0 + (uint64_t)(connect_timeout * 1e9);
    int opened = 0;
    while ((int)(n_ready + n_stalled + n_dead) < nconn && now_ns() < limit) {
        while (opened < nconn && opened - (int)(n_ready + n_stalled + n_dead) < pending_max)
            conn_open(&conns[opened++]);
        turn(0.05);
    }
    return (double)(now_ns() - t0) / 1e9;
}

static void read_urls(void)
{
    FILE *f = fopen(urls, "r");
    if (!f)
        die(urls);
    paths = calloc((size_t)nconn, sizeof *paths);
    size_t cap = 0;
    for (int i = 0; i < nconn; i++) {
        ssize_t n = getline(&paths[i], &cap, f);
        cap = 0;
        if (n <= 0) {
            fprintf(stderr, "%s has %d lines for %d connections\n", urls, i, nconn);
            exit(1);
        }
        paths[i][strcspn(paths[i], "\r\n")] = 0;
    }
    fclose(f);
}

static void usage(void)
{
    fprintf(stderr,
            "wsload --mode connect|echo|bcast [--host H] [--port P] [--path /x] [--conns N]\n"
            "  [--window W] [--publishers P] [--rate R] [--warm S] [--dur S] [--hold S]\n"
            "  [--msg TEMPLATE] [--hello TEXT] [--ready-prefix TEXT] [--ready-any] [--subproto S]\n"
            "  [--eio] [--fanout K] [--batched] [--pending N] [--stalled N] [--urls FILE]\n"
            "  [--connect-timeout S] [--hold-until-eof] [--pid SERVER_PID] [--label L]\n");
    exit(1);
}

int main(int argc, char **argv)
{
    static const struct option o[] = {
        {"mode", 1, 0, 'm'},         {"host", 1, 0, 'H'},          {"port", 1, 0, 'p'},
        {"path", 1, 0, 'u'},         {"conns", 1, 0, 'n'},         {"window", 1, 0, 'w'},
        {"publishers", 1, 0, 'P'},   {"rate", 1, 0, 'r'},          {"warm", 1, 0, 'W'},
        {"dur", 1, 0, 'd'},          {"hold", 1, 0, 'h'},          {"msg", 1, 0, 'M'},
        {"hello", 1, 0, 'e'},        {"ready-prefix", 1, 0, 'R'},  {"ready-any", 0, 0, 'y'},
        {"subproto", 1, 0, 's'},     {"eio", 0, 0, 'E'},           {"fanout", 1, 0, 'k'},
        {"batched", 0, 0, 'b'},      {"pending", 1, 0, 'q'},       {"pid", 1, 0, 'i'},
        {"urls", 1, 0, 'U'},         {"label", 1, 0, 'l'},         {"stalled", 1, 0, 'S'},
        {"connect-timeout", 1, 0, 'c'}, {"hold-until-eof", 0, 0, 'z'}, {0, 0, 0, 0}};
    for (int c; (c = getopt_long(argc, argv, "", o, NULL)) != -1;) {
        switch (c) {
        case 'm':
            mode = !strcmp(optarg, "echo") ? M_ECHO : !strcmp(optarg, "bcast") ? M_BCAST : M_CONNECT;
            break;
        case 'H': host = optarg; break;
        case 'p': port = atoi(optarg); break;
        case 'u': path = optarg; break;
        case 'n': nconn = atoi(optarg); break;
        case 'w': window = atoi(optarg); break;
        case 'P': publishers = atoi(optarg); break;
        case 'r': rate = atof(optarg); break;
        case 'W': warm = atof(optarg); break;
        case 'd': dur = atof(optarg); break;
        case 'h': hold = atof(optarg); break;
        case 'M': msg_tpl = optarg; break;
        case 'e': hello = optarg; break;
        case 'R': ready_prefix = optarg; break;
        case 'y': ready_any = 1; break;
        case 's': subproto = optarg; break;
        case 'E': eio = 1; break;
        case 'k': fanout = atoi(optarg); break;
        case 'b': batched = 1; break;
        case 'q': pending_max = atoi(optarg); break;
        case 'i': pid = atoi(optarg); break;
        case 'U': urls = optarg; break;
        case 'c': connect_timeout = atof(optarg); break;
        case 'z': hold_until_eof = 1; break;
        case 'S': stalled = atoi(optarg); break;
        case 'l': label = optarg; break;
        default: usage();
        }
    }
    if (nconn < 1 || publishers < 1 || publishers > nconn - stalled || window < 1 || window > RING / 2)
        usage();
    struct rlimit rl;
    if (!getrlimit(RLIMIT_NOFILE, &rl)) {
        rl.rlim_cur = rl.rlim_max;
        setrlimit(RLIMIT_NOFILE, &rl);
        if ((rlim_t)nconn + 16 > rl.rlim_cur) {
            fprintf(stderr, "the limit of open files, %lu, is too low\n", (unsigned long)rl.rlim_cur);
            return 1;
        }
    }
    signal(SIGPIPE, SIG_IGN);
    ep = epoll_create1(0);
    rx = malloc(RXBUF);
    conns = calloc((size_t)nconn, sizeof *conns);
    if (urls)
        read_urls();
    make_frame(&payload, 1, msg_tpl);

    long rss0 = pid ? proc_rss_kb(pid) : 0;
    double cpu0 = pid ? proc_cpu_s(pid) : 0;
    double t_conn = connect_all();
    uint64_t up = n_ready + n_stalled;
    double cpu_conn = pid ? proc_cpu_s(pid) - cpu0 : 0;
    if ((int)up < nconn)
        fprintf(stderr, "only %lu of %d connections came up\n", (unsigned long)up, nconn);
    if (mode == M_CONNECT) {
        if (hold_until_eof) {
            printf("{\"up\":%lu}\n", (unsigned long)up);
            fflush(stdout);
            hold_for(hold);
        } else {
            run_for(hold);
        }
        long rss1 = pid ? proc_rss_kb(pid) : 0;
        printf("{\"label\":\"%s\",\"mode\":\"connect\",\"conns\":%d,\"up\":%lu,\"failed\":%lu,\"lost\":%lu,"
               "\"seconds\":%.3f,\"connects_per_s\":%.0f,\"server_cpu_us_per_connect\":%.1f,"
               "\"rss_before_kb\":%ld,\"rss_kb\":%ld}\n",
               label, nconn, (unsigned long)up, (unsigned long)(nconn - up), (unsigned long)n_lost, t_conn,
               (double)up / t_conn, up ? cpu_conn * 1e6 / (double)up : 0, rss0, rss1);
        return 0;
    }
    if (!n_ready) /* nothing to measure: the figures are zeros */
        warm = dur = 0;
    else
        run_for(0.3);

    if (mode == M_ECHO) {
        for (int i = 0; i < nconn; i++)
            for (int w = 0; w < window && conns[i].state == S_READY; w++) {
                stamp_frame(&payload, now_ns(), 0);
                conn_send(&conns[i], payload.bytes, payload.len);
            }
    } else if (rate > 0) {
        tfd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
        struct itimerspec it = {{(time_t)(1 / rate), (long)(1e9 / rate) % 1000000000L},
                                {(time_t)(1 / rate), (long)(1e9 / rate) % 1000000000L}};
        timerfd_settime(tfd, 0, &it, NULL);
        struct epoll_event e = {.events = EPOLLIN, .data.ptr = NULL};
        epoll_ctl(ep, EPOLL_CTL_ADD, tfd, &e);
    } else {
        for (int w = 0; w < window; w++)
            publish();
    }
    /* the warm-up begins when a server that is slow to start with has answered at all */
    for (uint64_t limit = now_ns() + (uint64_t)(n_ready ? FIRST_TIMEOUT * 1e9 : 0); !messages_in && now_ns() < limit;)
        turn(0.05);
    run_for(warm);
    measuring = 1;
    t_run0 = now_ns();
    double s_cpu = pid ? proc_cpu_s(pid) : 0, c_cpu = own_cpu_s();
    uint64_t frames0 = frames_in, messages0 = messages_in;
    run_for(dur);
    uint64_t end = now_ns();
    double secs = (double)(end - t_run0) / 1e9;
    double frames = (double)(frames_in - frames0), msgs = (double)(messages_in - messages0);
    s_cpu = pid ? proc_cpu_s(pid) - s_cpu : 0;
    c_cpu = own_cpu_s() - c_cpu;
    stopping = 1;
    double silent = (double)(end - (last_message_at > t_run0 ? last_message_at : t_run0)) / 1e9;
    if (secs <= 0)
        secs = 1e-9;
    printf("{\"label\":\"%s\",\"mode\":\"%s\",\"conns\":%d,\"up\":%lu,\"failed\":%lu,\"lost\":%lu,"
           "\"stalled\":%d,\"stalled_closed\":%lu,\"window\":%d,\"rate\":%.0f,\"seconds\":%.2f,\"silent_s\":%.2f,"
           "\"published\":%lu,\"messages\":%.0f,\"frames\":%.0f,\"msgs_per_s\":%.0f,\"server_cpu_us_per_msg\":%.3f,"
           "\"server_cores\":%.2f,\"client_cores\":%.2f,\"each_p50_us\":%.0f,\"each_p99_us\":%.0f,"
           "\"each_p999_us\":%.0f,\"each_max_us\":%.0f,\"last_p50_us\":%.0f,\"last_p99_us\":%.0f,"
           "\"connects_per_s\":%.0f,\"rss_before_kb\":%ld,\"rss_kb\":%ld}\n",
           label, mode == M_ECHO ? "echo" : "bcast", nconn, (unsigned long)up, (unsigned long)(nconn - up),
           (unsigned long)n_lost, stalled, (unsigned long)n_stalled_closed, window, rate, secs, silent,
           (unsigned long)pub_measured, msgs, frames, msgs / secs, msgs > 0 ? s_cpu * 1e6 / msgs : 0,
           s_cpu / secs, c_cpu / secs, h_us(&h_each, .5), h_us(&h_each, .99), h_us(&h_each, .999),
           (double)h_each.max / 1e3, h_us(&h_last, .5), h_us(&h_last, .99), (double)up / t_conn, rss0,
           pid ? proc_rss_kb(pid) : 0);
    return 0;
}
