/* Receives RTP as Discord's voice server would, and records when the kernel had each packet.
 * It sleeps while packets arrive and reads them by the thousand: on a network, senders don't wake
 * the receiver; here each would pay for it. stdin: "start\n" forgets what was recorded, "stop\n"
 * writes it out. stdout: "port N\n", then for each stop "records N\n" and N records of 16 bytes:
 * ssrc u32, sequence u32, nanoseconds u64, little-endian. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { REST = 2, BATCH = 256, SIZE = 2048, MOST = 1 << 23, DISCOVERY = 74, KEEP_ALIVE = 8 };
struct record { uint32_t ssrc, sequence; uint64_t at; };

static struct record *records;
static size_t count;
static int noting;

static uint64_t arrival(struct msghdr *message) {
  for (struct cmsghdr *c = CMSG_FIRSTHDR(message); c; c = CMSG_NXTHDR(message, c))
    if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_TIMESTAMPNS) {
      struct timespec t;
      memcpy(&t, CMSG_DATA(c), sizeof t);
      return (uint64_t)t.tv_sec * 1000000000u + t.tv_nsec;
    }
  return 0;
}

static void answer(int fd, uint8_t *data, struct sockaddr_in *from) {
  data[1] = 2;
  inet_ntop(AF_INET, &from->sin_addr, (char *)data + 8, 64);
  memcpy(data + DISCOVERY - 2, &from->sin_port, 2);
  sendto(fd, data, DISCOVERY, 0, (struct sockaddr *)from, sizeof *from);
}

int main(void) {
  int fd = socket(AF_INET, SOCK_DGRAM, 0), on = 1, room = 64 << 20;
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t length = sizeof address;
  if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof room) != 0)
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
  setsockopt(fd, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on);
  if (bind(fd, (struct sockaddr *)&address, sizeof address) != 0) return 1;
  getsockname(fd, (struct sockaddr *)&address, &length);
  records = malloc(MOST * sizeof *records);
  printf("port %d\n", ntohs(address.sin_port));
  fflush(stdout);

  static uint8_t data[BATCH][SIZE], control[BATCH][64];
  struct mmsghdr messages[BATCH];
  struct iovec vectors[BATCH];
  struct sockaddr_in from[BATCH];
  for (;;) {
    struct pollfd polled = {.fd = 0, .events = POLLIN};
    poll(&polled, 1, REST);
    for (int got = BATCH; got == BATCH;) {
      for (int i = 0; i < BATCH; i++) {
        vectors[i] = (struct iovec){data[i], SIZE};
        messages[i].msg_hdr = (struct msghdr){.msg_name = &from[i], .msg_namelen = sizeof from[i], .msg_iov = &vectors[i],
                                              .msg_iovlen = 1, .msg_control = control[i], .msg_controllen = sizeof control[i]};
      }
      got = recvmmsg(fd, messages, BATCH, MSG_DONTWAIT, NULL);
      for (int i = 0; i < got; i++) {
        uint8_t *d = data[i];
        unsigned size = messages[i].msg_len;
        if (size == KEEP_ALIVE) sendto(fd, d, size, 0, (struct sockaddr *)&from[i], sizeof from[i]);
        else if (size == DISCOVERY && d[0] == 0 && d[1] == 1) answer(fd, d, &from[i]);
        else if (noting && size > 12 && d[0] == 0x80 && d[1] == 0x78 && count < MOST)
          records[count++] = (struct record){(uint32_t)d[8] << 24 | d[9] << 16 | d[10] << 8 | d[11],
                                             (uint32_t)d[2] << 8 | d[3], arrival(&messages[i].msg_hdr)};
      }
    }
    if (polled.revents) {
      char word[64];
      ssize_t got = read(0, word, sizeof word);
      if (got <= 0) return 0;
      if (word[2] == 'a') { count = 0; noting = 1; continue; }
      noting = 0;
      printf("records %zu\n", count);
      fwrite(records, sizeof *records, count, stdout);
      fflush(stdout);
    }
  }
}
