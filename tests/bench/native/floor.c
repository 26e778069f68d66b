/* The floor: what the kernel alone takes to deliver a message to many connections. It accepts, agrees to every upgrade, and at
 * the word `broadcast` on stdin sends the frame in a loop. `floor FILE`: the payload. Says `ready PORT`. */

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "frames.h"

enum { MOST = 20000, EVENTS = 512, LONGEST = 65536 };

static const char AGREED[] = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";
static uint8_t frame[LONGEST + LONGEST_HEADER];
static size_t frame_length;
static int connections[MOST], count, poll_fd;
static bool agreed[MOST * 2];

static void read_frame(const char *path) {
    static uint8_t payload[LONGEST];
    FILE *file = fopen(path, "rb");
    size_t length = file ? fread(payload, 1, sizeof payload, file) : 0;
    size_t header = write_header(frame, BINARY, length, 0);
    memcpy(frame + header, payload, length);
    frame_length = header + length;
    if (file) fclose(file);
}

static void watch(int fd) {
    struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
    epoll_ctl(poll_fd, EPOLL_CTL_ADD, fd, &event);
}

static int listening(void) {
    struct sockaddr_in where = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof where;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (bind(fd, (struct sockaddr *)&where, size) || listen(fd, 2048)) exit(1);
    getsockname(fd, (struct sockaddr *)&where, &size);
    printf("ready %d\n", ntohs(where.sin_port));
    fflush(stdout);
    return fd;
}

static void accept_all(int door) {
    int fd, on = 1;
    while (count < MOST && (fd = accept4(door, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        watch(fd);
        agreed[fd] = false;
    }
}

static void forget(int fd) {
    for (int at = 0; at < count; at++)
        if (connections[at] == fd) connections[at] = connections[--count];
    close(fd);
}

static void take(int fd) {
    static char bytes[LONGEST];
    if (read(fd, bytes, sizeof bytes) <= 0) {
        forget(fd);
    } else if (!agreed[fd]) {
        agreed[fd] = true;
        connections[count++] = fd;
        send(fd, AGREED, sizeof AGREED - 1, MSG_NOSIGNAL);
    }
}

static void broadcast(void) {
    for (int at = 0; at < count; at++) send(connections[at], frame, frame_length, MSG_NOSIGNAL | MSG_DONTWAIT);
}

static void obey(void) {
    char words[64];
    if (read(STDIN_FILENO, words, sizeof words) <= 0) exit(0);
    if (!strncmp(words, "broadcast", 9)) broadcast();
}

int main(int argc, char **argv) {
    static struct epoll_event events[EVENTS];
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    if (argc > 1) read_frame(argv[1]);
    poll_fd = epoll_create1(0);
    int door = listening();
    watch(door);
    watch(STDIN_FILENO);
    for (;;) {
        int ready = epoll_wait(poll_fd, events, EVENTS, -1);
        for (int at = 0; at < ready; at++) {
            int fd = events[at].data.fd;
            if (fd == door)
                accept_all(door);
            else if (fd == STDIN_FILENO)
                obey();
            else
                take(fd);
        }
    }
}
