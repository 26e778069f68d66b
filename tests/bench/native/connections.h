/* The connections of a load client: opened, read, written and dropped by number. One thread, one epoll. */

#ifndef CONNECTIONS_H
#define CONNECTIONS_H

#include "frames.h"

enum { MOST = 20000, READS_ALL = -1, READS_NOTHING = 0 };

struct totals {
    int64_t frames, bytes; /* of data that came */
    int open, lost;        /* lost: ended by the other side, or never opened */
};

extern struct totals totals;
/* CPU time spent with what had come, without looking for it in vain. */
extern int64_t busy_ns;

/* What the owner is told. Neither call may drop a connection. */
extern void opened(int number);
extern void came(int number, const struct frame *frame, int64_t at_ns);

void prepare(void);
void set_target(int port, const char *request, size_t length);
/* Bytes of the receive buffer of what is opened from now on; 0: as the machine has it. */
void set_receive_buffer(int bytes);
/* A text message that is to be answered by another one (Engine.IO's own ping). */
void set_echo(const char *ping, const char *pong);

void open_one(int number);
bool is_open(int number);
/* False if it could not be sent whole. */
bool send_message(int number, uint8_t opcode, const uint8_t *payload, size_t length);
/* Without a word. `reset`: the other side hears of it at once and no port stays behind. */
void drop(int number, bool reset);
/* READS_ALL, READS_NOTHING, or bytes a second. */
void set_reading(int number, int rate);

/* One look at what has come; waits at most `wait_ms` (-1: as long as it takes). True if there is something on stdin. */
bool look(int wait_ms);

#endif
