#define _GNU_SOURCE
#include "connections.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "moments.h"

enum { EVENTS = 1024, TRICKLES_A_SECOND = 4, STDIN = MOST };
enum state { GONE, CONNECTING, UPGRADING, OPEN };

struct connection {
    int fd, rate;
    enum state state;
    uint8_t *part; /* of a frame that has not come whole */
    size_t have;
};

struct totals totals;
int64_t busy_ns;
static struct connection all[MOST];
static struct sockaddr_in target;
static char request[4096];
static size_t request_length;
static int receive_buffer, poll_fd, trickling;
static int64_t trickled_ns;
static char echo_ping[16], echo_pong[16];
static uint8_t buffer[1 << 20];

void prepare(void) {
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    poll_fd = epoll_create1(0);
    struct epoll_event event = {.events = EPOLLIN, .data.u32 = STDIN};
    epoll_ctl(poll_fd, EPOLL_CTL_ADD, STDIN_FILENO, &event);
}

void set_target(int port, const char *text, size_t length) {
    target = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    request_length = length < sizeof request ? length : sizeof request;
    memcpy(request, text, request_length);
}

void set_receive_buffer(int bytes) { receive_buffer = bytes; }

void set_echo(const char *ping, const char *pong) {
    snprintf(echo_ping, sizeof echo_ping, "%s", ping);
    snprintf(echo_pong, sizeof echo_pong, "%s", pong);
}

static void watch(int number, int operation, uint32_t events) {
    struct epoll_event event = {.events = events, .data.u32 = number};
    epoll_ctl(poll_fd, operation, all[number].fd, &event);
}

static void end(int number) {
    struct connection *one = &all[number];
    if (one->state == GONE) return;
    if (one->state == OPEN) totals.open--;
    if (one->rate > 0) trickling--;
    close(one->fd);
    free(one->part);
    *one = (struct connection){.state = GONE};
}

static void lose(int number) {
    end(number);
    totals.lost++;
}

void open_one(int number) {
    struct connection *one = &all[number];
    int on = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) {
        totals.lost++;
        return;
    }
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (receive_buffer) setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    *one = (struct connection){.fd = fd, .rate = READS_ALL, .state = CONNECTING};
    if (connect(fd, (struct sockaddr *)&target, sizeof target) < 0 && errno != EINPROGRESS)
        lose(number);
    else
        watch(number, EPOLL_CTL_ADD, EPOLLOUT);
}

bool is_open(int number) { return all[number].state == OPEN; }

bool send_message(int number, uint8_t opcode, const uint8_t *payload, size_t length) {
    static uint8_t frame[65536 + LONGEST_HEADER];
    if (all[number].state != OPEN || length > 65536) return false;
    uint32_t mask = (uint32_t)random() | 1;
    size_t header = write_header(frame, opcode, length, mask);
    write_masked(frame + header, payload, length, mask);
    ssize_t sent = send(all[number].fd, frame, header + length, MSG_NOSIGNAL);
    return sent == (ssize_t)(header + length);
}

void drop(int number, bool reset) {
    if (all[number].state == GONE) return;
    struct linger at_once = {.l_onoff = 1, .l_linger = 0};
    if (reset) setsockopt(all[number].fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    end(number);
}

void set_reading(int number, int rate) {
    struct connection *one = &all[number];
    if (one->state != OPEN) return;
    trickling += (rate > 0) - (one->rate > 0);
    one->rate = rate;
    watch(number, EPOLL_CTL_MOD, rate == READS_ALL ? EPOLLIN : 0);
}

static void taken(int number, const struct frame *frame, int64_t at_ns) {
    if (frame->opcode == PING) {
        send_message(number, PONG, frame->payload, frame->length);
        return;
    }
    if (frame->opcode > BINARY) return;
    size_t ping = strlen(echo_ping);
    if (ping && frame->length == ping && !memcmp(frame->payload, echo_ping, ping)) {
        send_message(number, TEXT, (const uint8_t *)echo_pong, strlen(echo_pong));
        return;
    }
    totals.frames++;
    totals.bytes += frame->length;
    came(number, frame, at_ns);
}

/* Past the answer to the upgrade; 0 while it is not whole, -1 if it was no. */
static ssize_t upgrade(int number, size_t have) {
    uint8_t *ends = memmem(buffer, have, "\r\n\r\n", 4);
    if (!ends) return 0;
    if (have < 12 || memcmp(buffer + 8, " 101", 4)) return -1;
    all[number].state = OPEN;
    totals.open++;
    opened(number);
    return ends + 4 - buffer;
}

static void keep_rest(struct connection *one, size_t from, size_t have) {
    one->have = have - from;
    if (one->have) {
        one->part = realloc(one->part, one->have);
        memcpy(one->part, buffer + from, one->have);
    } else if (one->part) {
        free(one->part);
        one->part = NULL;
    }
}

static void read_some(int number, size_t most) {
    struct connection *one = &all[number];
    if (one->have) memcpy(buffer, one->part, one->have);
    size_t room = sizeof buffer - one->have;
    ssize_t came_now = read(one->fd, buffer + one->have, most < room ? most : room);
    if (came_now <= 0) {
        if (came_now == 0 || errno != EAGAIN) lose(number);
        return;
    }
    size_t have = one->have + came_now, at = 0, taken_now;
    if (one->state == UPGRADING) {
        ssize_t past = upgrade(number, have);
        if (past < 0) {
            lose(number);
            return;
        }
        at = past;
    }
    int64_t at_ns = now_ns();
    struct frame frame;
    while (one->state == OPEN && (taken_now = first_frame(buffer + at, have - at, &frame))) {
        taken(number, &frame, at_ns);
        at += taken_now;
    }
    keep_rest(one, at, have);
}

static void connected(int number) {
    int error = 0;
    socklen_t size = sizeof error;
    getsockopt(all[number].fd, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error || send(all[number].fd, request, request_length, MSG_NOSIGNAL) != (ssize_t)request_length) {
        lose(number);
        return;
    }
    all[number].state = UPGRADING;
    watch(number, EPOLL_CTL_MOD, EPOLLIN);
}

static void trickle(void) {
    int64_t now = now_ns();
    if (!trickling || now - trickled_ns < 1000000000LL / TRICKLES_A_SECOND) return;
    trickled_ns = now;
    for (int number = 0; number < MOST; number++)
        if (all[number].state == OPEN && all[number].rate > 0) read_some(number, all[number].rate / TRICKLES_A_SECOND);
}

bool look(int wait_ms) {
    static struct epoll_event events[EVENTS];
    bool asked = false;
    if (trickling && (wait_ms < 0 || wait_ms > 100)) wait_ms = 100;
    int count = epoll_wait(poll_fd, events, EVENTS, wait_ms);
    if (count <= 0 && wait_ms == 0) sched_yield(); /* Redis and the orchestrator have this core too */
    int64_t before_ns = count > 0 ? own_cpu_ns() : 0;
    for (int at = 0; at < count; at++) {
        int number = events[at].data.u32;
        if (number == STDIN)
            asked = true;
        else if (all[number].state == CONNECTING)
            connected(number);
        else if (all[number].rate == READS_ALL)
            read_some(number, sizeof buffer);
        else if (events[at].events & (EPOLLHUP | EPOLLERR))
            lose(number); /* that the other side has reset it is told to a stalled one too */
    }
    if (count > 0) busy_ns += own_cpu_ns() - before_ns;
    trickle();
    return asked;
}
