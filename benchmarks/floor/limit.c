/*
 * limit - the least a WebSocket server can do: epoll, one thread, no masks
 * checked, no UTF-8, no handshake hash (wsload sends a constant key).
 *
 *   cc -O2 -o limit limit.c && ./limit PORT
 *
 * Paths: /echo         every message goes back to its sender
 *        /bcast        every message goes to all connections of /bcast
 *        /kN, /bN, /cN as /bcast, but N times: /k one send() per frame,
 *                      /b one frame holding N newline-joined messages,
 *                      /c N frames in one send()
 */
#define _GNU_SOURCE
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAX_FD 65536
#define IN_CAP 4096

struct peer {
    int fd, slot;
    char kind; /* e b k c; 0: handshake */
    int times;
    uint32_t have;
    uint8_t in[IN_CAP];
};

static struct peer *peers[MAX_FD];
static int members[MAX_FD], n_members, ep;
static uint8_t out[1 << 20];

static void drop(struct peer *p)
{
    if (p->kind && p->kind != 'e') {
        members[p->slot] = members[--n_members];
        peers[members[p->slot]]->slot = p->slot;
    }
    close(p->fd);
    peers[p->fd] = NULL;
    free(p);
}

static size_t put_frame(uint8_t *o, const uint8_t *p, size_t n)
{
    size_t h = 2;
    o[0] = 0x81;
    if (n < 126) {
        o[1] = (uint8_t)n;
    } else if (n < 65536) {
        o[1] = 126;
        o[2] = (uint8_t)(n >> 8);
        o[3] = (uint8_t)n;
        h = 4;
    } else {
        o[1] = 127;
        for (int i = 0; i < 8; i++)
            o[2 + i] = (uint8_t)((uint64_t)n >> (56 - 8 * i));
        h = 10;
    }
    memcpy(o + h, p, n);
    return h + n;
}

/* blocks when a socket is full: the load generator always reads */
static void put(int fd, const uint8_t *b, size_t n)
{
    while (n) {
        ssize_t w = send(fd, b, n, MSG_NOSIGNAL);
        if (w < 0) {
            if (errno == EAGAIN)
                continue;
            return;
        }
        b += w;
        n -= (size_t)w;
    }
}

static void message(struct peer *p, const uint8_t *b, size_t n)
{
    size_t f;
    if (p->kind == 'e') {
        f = put_frame(out, b, n);
        put(p->fd, out, f);
        return;
    }
    int sends = p->kind == 'k' ? p->times : 1;
    if (p->kind == 'b' && p->times > 1) {
        uint8_t *all = malloc((n + 1) * (size_t)p->times);
        size_t m = 0;
        for (int i = 0; i < p->times; i++) {
            memcpy(all + m, b, n);
            m += n;
            if (i + 1 < p->times)
                all[m++] = '\n';
        }
        f = put_frame(out, all, m);
        free(all);
    } else {
        f = put_frame(out, b, n);
        if (p->kind == 'c') {
            size_t one = f;
            for (int i = 1; i < p->times; i++, f += one)
                memcpy(out + f, out, one);
        }
    }
    for (int s = 0; s < sends; s++)
        for (int i = 0; i < n_members; i++)
            put(members[i], out, f);
}

static void readable(struct peer *p)
{
    ssize_t r = recv(p->fd, p->in + p->have, IN_CAP - p->have, 0);
    if (r <= 0) {
        if (r < 0 && errno == EAGAIN)
            return;
        drop(p);
        return;
    }
    p->have += (uint32_t)r;
    if (!p->kind) {
        if (!memmem(p->in, p->have, "\r\n\r\n", 4))
            return;
        static const char ok[] = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                                 "Connection: Upgrade\r\n"
                                 "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
        p->kind = (char)p->in[5];
        p->times = atoi((char *)p->in + 6);
        if (!memcmp(p->in + 5, "bcast", 5)) {
            p->kind = 'k';
            p->times = 1;
        }
        if (p->kind != 'e') {
            p->slot = n_members;
            members[n_members++] = p->fd;
        }
        p->have = 0;
        put(p->fd, (const uint8_t *)ok, sizeof ok - 1);
        return;
    }
    size_t o = 0;
    while (p->have - o >= 6) {
        uint8_t *b = p->in + o;
        size_t h = 6, n = b[1] & 0x7f;
        if (n == 126) {
            if (p->have - o < 8)
                break;
            n = (size_t)(b[2] << 8 | b[3]);
            h = 8;
        }
        if (p->have - o < h + n)
            break;
        for (size_t i = 0; i < n; i++)
            b[h + i] ^= b[h - 4 + (i & 3)];
        if ((b[0] & 15) == 8) {
            drop(p);
            return;
        }
        message(p, b + h, n);
        o += h + n;
    }
    memmove(p->in, p->in + o, p->have - o);
    p->have -= (uint32_t)o;
}

int main(int argc, char **argv)
{
    int port = argc > 1 ? atoi(argv[1]) : 8080, one = 1;
    struct rlimit files;
    if (!getrlimit(RLIMIT_NOFILE, &files)) {
        files.rlim_cur = files.rlim_max;
        setrlimit(RLIMIT_NOFILE, &files);
    }
    int l = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port),
                            .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    setsockopt(l, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(l, (struct sockaddr *)&a, sizeof a) || listen(l, 4096)) {
        perror("listen");
        return 1;
    }
    ep = epoll_create1(0);
    struct epoll_event e = {.events = EPOLLIN, .data.fd = l}, ev[256];
    epoll_ctl(ep, EPOLL_CTL_ADD, l, &e);
    for (;;) {
        int n = epoll_wait(ep, ev, 256, -1);
        for (int i = 0; i < n; i++) {
            int fd = ev[i].data.fd;
            if (fd != l) {
                if (peers[fd])
                    readable(peers[fd]);
                continue;
            }
            while ((fd = accept4(l, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
                if (fd >= MAX_FD) {
                    close(fd);
                    continue;
                }
                setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
                peers[fd] = calloc(1, sizeof(struct peer));
                peers[fd]->fd = fd;
                e.events = EPOLLIN;
                e.data.fd = fd;
                epoll_ctl(ep, EPOLL_CTL_ADD, fd, &e);
            }
        }
    }
}
