/* Shows how cheap a stream can be: one thread, packets encrypted twice as with DAVE (AES-128-GCM inside, AES-256-GCM outside),
 * a connected socket, one sendmmsg per tick. Without OpenSSL's headers, both passes are a plain
 * exclusive or. Usage: limit FIRST_SSRC COUNT PORT. stdin and stdout are those of
 * lib/benchPlayer.ts. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#ifdef WITH_OPENSSL
#include <openssl/evp.h>
#endif

enum { HEADER = 12, OPUS = 240, DAVE = 12, TAG = 16, COUNTER = 4, FRAME = OPUS + DAVE, SIZE = HEADER + FRAME + TAG + COUNTER, BATCH = 512 };
static const int64_t TICK = 20000000;

struct stream {
  uint32_t ssrc, timestamp, nonce;
  uint16_t sequence;
  uint8_t key[32];
#ifdef WITH_OPENSSL
  EVP_CIPHER_CTX *inner, *outer;
#endif
};

static int64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000ll + t.tv_nsec;
}

static double cpu(void) {
  struct rusage u;
  getrusage(RUSAGE_SELF, &u);
  return (u.ru_utime.tv_sec + u.ru_stime.tv_sec) * 1e3 + (u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e3;
}

static long resident(void) {
  long total = 0, pages = 0;
  FILE *f = fopen("/proc/self/statm", "r");
  if (f == NULL) return 0;
  if (fscanf(f, "%ld %ld", &total, &pages) != 2) pages = 0;
  fclose(f);
  return pages * sysconf(_SC_PAGESIZE);
}

#ifdef WITH_OPENSSL
static void seal(EVP_CIPHER_CTX *c, const uint8_t *nonce, const uint8_t *aad, int aad_length, const uint8_t *in, uint8_t *out, int length, uint8_t *tag, int tag_length) {
  int n;
  EVP_EncryptInit_ex(c, NULL, NULL, NULL, nonce);
  if (aad_length > 0) EVP_EncryptUpdate(c, NULL, &n, aad, aad_length);
  EVP_EncryptUpdate(c, out, &n, in, length);
  EVP_EncryptFinal_ex(c, out + length, &n);
  EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_AEAD_GET_TAG, tag_length, tag);
}
#endif

static void pack(struct stream *s, const uint8_t *opus, uint8_t *out) {
  uint8_t nonce[12] = {0};
  s->nonce++;
  out[0] = 0x80;
  out[1] = 0x78;
  uint16_t sequence = htons(s->sequence++);
  uint32_t words[2] = {htonl(s->timestamp), htonl(s->ssrc)};
  memcpy(out + 2, &sequence, 2);
  memcpy(out + 4, words, 8);
  s->timestamp += 960;
  memcpy(nonce, &s->nonce, 4);
  memcpy(out + SIZE - COUNTER, &s->nonce, 4);
#ifdef WITH_OPENSSL
  uint8_t frame[FRAME + TAG];
  seal(s->inner, nonce, NULL, 0, opus, frame, OPUS, frame + OPUS, 8);
  memset(frame + OPUS + 8, 0xfa, DAVE - 8);
  seal(s->outer, nonce, out, HEADER, frame, out + HEADER, FRAME, out + HEADER + FRAME, TAG);
#else
  for (int i = 0; i < OPUS; i++) out[HEADER + i] = opus[i] ^ s->key[i & 31];
  for (int i = 0; i < FRAME; i++) out[HEADER + i] ^= s->key[i & 31];
#endif
}

int main(int argc, char **argv) {
  if (argc < 4) return 2;
  int count = atoi(argv[2]), fd = socket(AF_INET, SOCK_DGRAM, 0), room = 8 << 20, playing = 0;
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[3])), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  long before = resident();
  if (connect(fd, (struct sockaddr *)&to, sizeof to) != 0) return 1;
  setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &room, sizeof room);
  struct stream *streams = calloc(count, sizeof *streams);
  for (int i = 0; i < count; i++) {
    streams[i].ssrc = atoi(argv[1]) + i;
    memset(streams[i].key, i, sizeof streams[i].key);
#ifdef WITH_OPENSSL
    streams[i].inner = EVP_CIPHER_CTX_new();
    streams[i].outer = EVP_CIPHER_CTX_new();
    EVP_EncryptInit_ex(streams[i].inner, EVP_aes_128_gcm(), NULL, streams[i].key, NULL);
    EVP_EncryptInit_ex(streams[i].outer, EVP_aes_256_gcm(), NULL, streams[i].key, NULL);
#endif
  }
  static uint8_t opus[OPUS], out[BATCH][SIZE];
  static struct mmsghdr messages[BATCH];
  static struct iovec vectors[BATCH];
  for (int i = 0; i < OPUS; i++) opus[i] = i * 31;
  for (int i = 0; i < BATCH; i++) {
    vectors[i] = (struct iovec){out[i], SIZE};
    messages[i].msg_hdr = (struct msghdr){.msg_iov = &vectors[i], .msg_iovlen = 1};
  }
  double marked = cpu();
  int64_t due = now(), marked_at = due;
  setvbuf(stdout, NULL, _IOLBF, 0);
  for (;;) {
    int64_t left = due - now();
    struct pollfd polled = {.fd = 0, .events = POLLIN};
    struct timespec wait = {0, left > 0 ? left : 0};
    if (ppoll(&polled, 1, playing ? &wait : NULL, NULL) > 0) {
      char word[64] = {0};
      if (read(0, word, sizeof word - 1) <= 0) return 0;
      if (word[0] == 'p') { playing = 1; due = now(); }
      if (word[0] == 'm') { marked = cpu(); marked_at = now(); }
      if (word[0] == 'r') {
        double used = cpu() - marked;
        printf("{\"answer\":{\"self\":%.3f,\"children\":0,\"selfMemory\":%ld,\"childrenMemory\":0,\"processMemory\":%ld,\"utilisation\":%.4f}}\n", used,
               resident() - before, resident(), used * 1e6 / (now() - marked_at));
      } else printf("{\"answer\":null}\n");
      continue;
    }
    if (!playing || now() < due) continue;
    for (int from = 0; from < count; from += BATCH) {
      int n = count - from < BATCH ? count - from : BATCH;
      for (int i = 0; i < n; i++) pack(&streams[from + i], opus, out[i]);
      for (int sent = 0; sent < n;) {
        int done = sendmmsg(fd, messages + sent, n - sent, 0);
        if (done < 0) break;
        sent += done;
      }
    }
    due += TICK;
  }
}
