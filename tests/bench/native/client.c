/* The load client of the benchmark: many WebSocket connections in one process, told what to do line by line.
 *
 * Every line is answered by one line of JSON; before a round begins there is one more, `armed`. While a round runs it polls without
 * sleeping, so that the server's sends need not wake it.
 *
 *   target PORT FILE                    the upgrade request is in FILE
 *   echo PING PONG                      a text message that wants that answer
 *   receive BYTES                       receive buffer of connections opened from now on (0: the machine's)
 *   connect FROM TO FLYING MS [hello]   opens; with `hello` each says its first message at once, and has arrived when it is answered
 *   say FROM TO FLYING MS OVER_MS       each says its message, all at once or spread over OVER_MS; times are from saying to hearing
 *   hear FROM TO MS                     waits until each has heard
 *   words KIND FILE                     what they say: KIND is text or binary; FILE has one message for all, or one for each
 *   want AT HEX[,HEX]                   what is heard: messages that hold one of these bytes AT this place
 *   keep AT HEX                         remembers each one's last message of this kind
 *   kept FILE                           writes them down
 *   read FROM TO all|nothing|RATE       how fast they read
 *   drop FROM TO reset|close
 *   totals | forget | quit
 *
 * FLYING bounds how many may be under way at a time (0: no bound). Files of messages: a length of four bytes, little endian, then
 * the message. */

#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "connections.h"
#include "moments.h"

enum { PATTERNS = 4, LONGEST_PATTERN = 64 };

struct pattern {
    size_t at, length;
    uint8_t bytes[LONGEST_PATTERN];
};

struct message {
    uint8_t *bytes;
    uint32_t length;
};

static struct pattern wanted[PATTERNS], keeping;
static int wants;
static struct message words[MOST], kept[MOST];
static int word_count;
static uint8_t word_kind = BINARY;

static struct {
    bool runs, greets;
    int from, to, opened, heard, repeated;
    int64_t began_ns, busy_ns, said_ns[MOST], heard_ns[MOST];
} round_;

/* --- what comes --- */

static bool holds(const struct pattern *pattern, const struct frame *frame) {
    return pattern->length && frame->length >= pattern->at + pattern->length &&
           !memcmp(frame->payload + pattern->at, pattern->bytes, pattern->length);
}

static bool is_wanted(const struct frame *frame) {
    for (int each = 0; each < wants; each++)
        if (holds(&wanted[each], frame)) return true;
    return false;
}

static void say(int number) {
    struct message *word = &words[word_count == 1 ? 0 : number];
    round_.said_ns[number] = now_ns();
    if (word_count != 1 && number >= word_count) return;
    send_message(number, word_kind, word->bytes, word->length); /* what could not be sent is never answered, and so missing */
}

void opened(int number) {
    round_.opened++;
    if (round_.greets) say(number);
}

void came(int number, const struct frame *frame, int64_t at_ns) {
    if (holds(&keeping, frame)) {
        kept[number].bytes = realloc(kept[number].bytes, frame->length);
        kept[number].length = frame->length;
        memcpy(kept[number].bytes, frame->payload, frame->length);
    }
    if (!round_.runs || number < round_.from || number >= round_.to || !is_wanted(frame)) return;
    if (round_.heard_ns[number]) {
        round_.repeated++;
        return;
    }
    round_.heard_ns[number] = at_ns;
    round_.heard++;
}

/* --- rounds --- */

static void begin(int from, int to) {
    round_.runs = true;
    round_.from = from;
    round_.to = to < MOST ? to : MOST;
    round_.opened = round_.heard = round_.repeated = 0;
    for (int number = from; number < round_.to; number++) round_.said_ns[number] = round_.heard_ns[number] = 0;
    round_.busy_ns = busy_ns;
    round_.began_ns = now_ns();
}

/* `since_said`: times are from saying to hearing, else moments. */
static void report(bool since_said) {
    static int64_t times[MOST];
    int count = 0;
    int64_t last_ns = round_.began_ns;
    for (int number = round_.from; number < round_.to; number++) {
        int64_t heard_ns = round_.heard_ns[number];
        if (!heard_ns) continue;
        times[count++] = since_said ? heard_ns - round_.said_ns[number] : heard_ns;
        if (heard_ns > last_ns) last_ns = heard_ns;
    }
    qsort(times, count, sizeof *times, earlier);
    round_.runs = round_.greets = false;
    printf("{\"heard\": %d, \"missing\": %d, \"repeated\": %d, \"opened\": %d, ", round_.heard,
           round_.to - round_.from - round_.heard, round_.repeated, round_.opened);
    printf("\"p50_ns\": %ld, \"p99_ns\": %ld, \"max_ns\": %ld, ", percentile(times, count, 50), percentile(times, count, 99),
           percentile(times, count, 100));
    printf("\"began_ns\": %ld, \"last_ns\": %ld, \"ended_ns\": %ld, \"busy_ns\": %ld}\n", round_.began_ns, last_ns, now_ns(),
           busy_ns - round_.busy_ns);
}

static void armed(void) {
    puts("armed");
    fflush(stdout);
}

static void connect_all(int from, int to, int flying, int64_t patience_ns, bool greets) {
    begin(from, to);
    round_.greets = greets;
    int lost_before = totals.lost, next = from;
    while (now_ns() < round_.began_ns + patience_ns) {
        int done = (greets ? round_.heard : round_.opened) + totals.lost - lost_before;
        if (done >= round_.to - from) break;
        while (next < round_.to && (!flying || next - from - done < flying)) {
            open_one(next++);
            if (!flying && next % 64 == 0) look(0);
        }
        look(0);
    }
    report(greets);
}

static void say_all(int from, int to, int flying, int64_t patience_ns, int64_t over_ns) {
    begin(from, to);
    armed();
    int next = from, count = round_.to - from;
    while (now_ns() < round_.began_ns + patience_ns && round_.heard < count) {
        int64_t since = now_ns() - round_.began_ns;
        for (int at_once = 0; at_once < 16 && next < round_.to; at_once++) {
            if (flying && next - from - round_.heard >= flying) break;
            if (over_ns && (next - from) * (over_ns / count) > since) break;
            say(next++);
        }
        look(0);
    }
    report(true);
}

static void hear_all(int from, int to, int64_t patience_ns) {
    begin(from, to);
    armed();
    while (now_ns() < round_.began_ns + patience_ns && round_.heard < round_.to - from) look(0);
    report(false);
}

/* --- files and patterns --- */

static void read_words(const char *path) {
    FILE *file = fopen(path, "rb");
    uint32_t length;
    for (word_count = 0; file && word_count < MOST && fread(&length, 4, 1, file) == 1; word_count++) {
        struct message *word = &words[word_count];
        word->bytes = realloc(word->bytes, length + 1);
        word->length = fread(word->bytes, 1, length, file);
    }
    if (file) fclose(file);
    printf("{\"words\": %d}\n", word_count);
}

static void write_kept(const char *path) {
    FILE *file = fopen(path, "wb");
    for (int number = 0; file && number < MOST; number++) {
        fwrite(&kept[number].length, 4, 1, file);
        fwrite(kept[number].bytes, 1, kept[number].length, file);
    }
    printf("{\"kept\": %d}\n", file && !fclose(file));
}

static void set_target_from(int port, const char *path) {
    static char text[4096];
    FILE *file = fopen(path, "rb");
    size_t length = file ? fread(text, 1, sizeof text, file) : 0;
    if (file) fclose(file);
    set_target(port, text, length);
    printf("{\"request\": %zu}\n", length);
}

static void set_pattern(struct pattern *pattern, size_t at, const char *hex) {
    unsigned value;
    pattern->at = at;
    for (pattern->length = 0; pattern->length < LONGEST_PATTERN && sscanf(hex, "%2x", &value) == 1; hex += 2)
        pattern->bytes[pattern->length++] = value;
}

static void set_wanted(size_t at, char *list) {
    wants = 0;
    for (char *hex = strtok(list, ","); hex && wants < PATTERNS; hex = strtok(NULL, ",")) set_pattern(&wanted[wants++], at, hex);
}

/* --- lines --- */

static void obey(char *line) {
    int from, to, flying, ms, over_ms, number;
    size_t at;
    char word[512], other[512] = "";
    if (sscanf(line, "target %d %511s", &number, word) == 2) {
        set_target_from(number, word);
    } else if (sscanf(line, "connect %d %d %d %d %511s", &from, &to, &flying, &ms, other) >= 4) {
        connect_all(from, to, flying, ms * 1000000LL, !strcmp(other, "hello"));
    } else if (sscanf(line, "say %d %d %d %d %d", &from, &to, &flying, &ms, &over_ms) == 5) {
        say_all(from, to, flying, ms * 1000000LL, over_ms * 1000000LL);
    } else if (sscanf(line, "hear %d %d %d", &from, &to, &ms) == 3) {
        hear_all(from, to, ms * 1000000LL);
    } else if (sscanf(line, "words %511s %511s", word, other) == 2) {
        word_kind = strcmp(word, "text") ? BINARY : TEXT;
        read_words(other);
    } else if (sscanf(line, "want %zu %511s", &at, word) == 2) {
        set_wanted(at, word);
        printf("{\"wants\": %d}\n", wants);
    } else if (sscanf(line, "keep %zu %511s", &at, word) == 2) {
        set_pattern(&keeping, at, word);
        puts("{}");
    } else if (sscanf(line, "kept %511s", word) == 1) {
        write_kept(word);
    } else if (sscanf(line, "read %d %d %511s", &from, &to, word) == 3) {
        for (number = from; number < to; number++)
            set_reading(number, !strcmp(word, "all") ? READS_ALL : !strcmp(word, "nothing") ? READS_NOTHING : atoi(word));
        puts("{}");
    } else if (sscanf(line, "drop %d %d %511s", &from, &to, word) == 3) {
        for (number = from; number < to; number++) drop(number, !strcmp(word, "reset"));
        puts("{}");
    } else if (sscanf(line, "echo %511s %511s", word, other) == 2) {
        set_echo(word, other);
        puts("{}");
    } else if (sscanf(line, "receive %d", &number) == 1) {
        set_receive_buffer(number);
        puts("{}");
    } else if (!strncmp(line, "totals", 6)) {
        printf("{\"frames\": %ld, \"bytes\": %ld, \"open\": %d, \"lost\": %d, \"cpu_ns\": %ld}\n", totals.frames, totals.bytes,
               totals.open, totals.lost, own_cpu_ns());
    } else if (!strncmp(line, "forget", 6)) {
        totals.frames = totals.bytes = totals.lost = 0;
        puts("{}");
    } else if (!strncmp(line, "quit", 4)) {
        exit(0);
    } else {
        printf("{\"unknown\": true}\n");
    }
    fflush(stdout);
}

int main(void) {
    static char lines[65536];
    size_t have = 0;
    prepare();
    for (;;) {
        if (!look(-1)) continue;
        ssize_t more = read(STDIN_FILENO, lines + have, sizeof lines - 1 - have);
        if (more <= 0) return 0;
        have += more;
        lines[have] = 0;
        char *end, *start = lines;
        while ((end = strchr(start, '\n'))) {
            *end = 0;
            obey(start);
            start = end + 1;
        }
        have -= start - lines;
        memmove(lines, start, have);
    }
}
