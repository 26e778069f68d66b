/* WebSocket frames, as far as a load client and a floor need them: whole, unfragmented, without extensions. */

#ifndef FRAMES_H
#define FRAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CONTINUATION = 0, TEXT = 1, BINARY = 2, CLOSE = 8, PING = 9, PONG = 10 };
enum { LONGEST_HEADER = 14 };

struct frame {
    uint8_t opcode;
    const uint8_t *payload;
    size_t length;
};

/* How many bytes the first frame takes, 0 while it is not whole. Frames of a server are not masked. */
size_t first_frame(const uint8_t *bytes, size_t have, struct frame *frame);

/* Writes a final frame's header, with this mask unless it is 0, and returns its length. */
size_t write_header(uint8_t *out, uint8_t opcode, size_t length, uint32_t mask);

/* Copies a payload under a mask. */
void write_masked(uint8_t *out, const uint8_t *payload, size_t length, uint32_t mask);

#endif
