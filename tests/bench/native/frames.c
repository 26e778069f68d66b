#include "frames.h"

#include <string.h>

static size_t big_endian(const uint8_t *bytes, int count) {
    size_t value = 0;
    for (int at = 0; at < count; at++) value = value << 8 | bytes[at];
    return value;
}

size_t first_frame(const uint8_t *bytes, size_t have, struct frame *frame) {
    if (have < 2) return 0;
    size_t length = bytes[1] & 0x7f, header = 2;
    if (length >= 126) {
        int size = length == 126 ? 2 : 8;
        header += size;
        if (have < header) return 0;
        length = big_endian(bytes + 2, size);
    }
    if (have < header + length) return 0;
    *frame = (struct frame){bytes[0] & 0x0f, bytes + header, length};
    return header + length;
}

size_t write_header(uint8_t *out, uint8_t opcode, size_t length, uint32_t mask) {
    uint8_t masked = mask ? 0x80 : 0;
    int size = length < 126 ? 0 : length < 65536 ? 2 : 8;
    out[0] = 0x80 | opcode;
    out[1] = masked | (size == 0 ? length : size == 2 ? 126 : 127);
    for (int at = 0; at < size; at++) out[2 + at] = length >> 8 * (size - 1 - at);
    if (mask) memcpy(out + 2 + size, &mask, 4);
    return 2 + size + (mask ? 4 : 0);
}

void write_masked(uint8_t *out, const uint8_t *payload, size_t length, uint32_t mask) {
    const uint8_t *key = (const uint8_t *)&mask;
    for (size_t at = 0; at < length; at++) out[at] = payload[at] ^ key[at & 3];
}
