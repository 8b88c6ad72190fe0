/* The work of codec.ts in C with libopus: encode, decode, and a mix of layers from memory (gain ramps, look-ahead limiter, encode).
 * Usage: mix FRAMES LAYERS. Writes microseconds of CPU per frame: {"encode":…,"decode":…,"mix":…}
 * */
#include <math.h>
#include <opus/opus.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { FRAME = 960, AHEAD = 240, MOST = 1500 };
struct layer { float *left, *right; };

static double micros(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return t.tv_sec * 1e6 + t.tv_nsec / 1e3;
}

static uint32_t state;
static double next(void) {
  state ^= state << 13;
  state ^= state >> 17;
  state ^= state << 5;
  return state / 2147483648.0 - 1;
}

static struct layer noise(uint32_t seed, int samples) {
  struct layer l = {malloc(samples * sizeof(float)), malloc(samples * sizeof(float))};
  double left = 0, right = 0;
  state = seed;
  for (int i = 0; i < samples; i++) {
    l.left[i] = left = left * 0.98 + next() * 0.02;
    l.right[i] = right = right * 0.98 + next() * 0.02;
  }
  return l;
}

static int complexity = 10;

static OpusEncoder *encoder(void) {
  int error;
  OpusEncoder *e = opus_encoder_create(48000, 2, OPUS_APPLICATION_AUDIO, &error);
  opus_encoder_ctl(e, OPUS_SET_BITRATE(96000));
  opus_encoder_ctl(e, OPUS_SET_COMPLEXITY(complexity));
  opus_encoder_ctl(e, OPUS_SET_SIGNAL(OPUS_SIGNAL_MUSIC));
  return e;
}

static void interleave(const float *l, const float *r, int16_t *pcm) {
  for (int i = 0; i < FRAME; i++) {
    pcm[2 * i] = lrintf(fmaxf(-1, fminf(1, l[i])) * 32767);
    pcm[2 * i + 1] = lrintf(fmaxf(-1, fminf(1, r[i])) * 32767);
  }
}

/* The limiter of src/audio/limiter.ts: looks ahead, delays, and acts only where something is too loud. */
static void limit(float *l, float *r) {
  static float past_l[AHEAD], past_r[AHEAD], gains[FRAME + AHEAD], line[FRAME + AHEAD], gain = 1;
  static int begun;
  const float most = powf(10, -4 / 20.0f), release = 1 - expf(-1 / 4800.0f);
  float head[AHEAD];
  int needed = gain < 1;
  if (!begun) for (int i = 0; i < FRAME + AHEAD; i++) gains[i] = 1;
  begun = 1;
  for (int i = 0; i < FRAME; i++) {
    float peak = fmaxf(fabsf(l[i]), fabsf(r[i]));
    gains[AHEAD + i] = peak > most ? most / peak : 1;
    needed |= peak > most;
  }
  for (int i = 0; i < AHEAD; i++) needed |= gains[i] < 1;
  float *sides[2] = {l, r}, *pasts[2] = {past_l, past_r};
  for (int s = 0; s < 2; s++) {
    memcpy(head, pasts[s], sizeof head);
    memcpy(pasts[s], sides[s] + FRAME - AHEAD, sizeof head);
    memmove(sides[s] + AHEAD, sides[s], (FRAME - AHEAD) * sizeof(float));
    memcpy(sides[s], head, sizeof head);
  }
  if (needed) {
    float rise = 1.0f / AHEAD, now = 1;
    for (int i = FRAME + AHEAD - 1; i >= 0; i--) line[i] = now = fminf(gains[i], now + rise);
    for (int i = 0; i < FRAME; i++) {
      gain = fminf(line[i], gain + (1 - gain) * release);
      l[i] *= gain;
      r[i] *= gain;
    }
    if (gain > 0.9999f) gain = 1;
  }
  memmove(gains, gains + FRAME, AHEAD * sizeof(float));
}

int main(int argc, char **argv) {
  int frames = argc > 1 ? atoi(argv[1]) : 1000, layers = argc > 2 ? atoi(argv[2]) : 3, error;
  if (argc > 3) complexity = atoi(argv[3]);
  if (frames > MOST) frames = MOST;
  struct layer sources[8];
  for (int i = 0; i < layers && i < 8; i++) sources[i] = noise(i + 1, frames * FRAME);
  static uint8_t packets[MOST][1500];
  static int sizes[MOST];
  int16_t pcm[2 * FRAME];
  float l[FRAME], r[FRAME];

  OpusEncoder *e = encoder();
  double from = micros();
  for (int f = 0; f < frames; f++) {
    interleave(sources[0].left + f * FRAME, sources[0].right + f * FRAME, pcm);
    sizes[f] = opus_encode(e, pcm, FRAME, packets[f], 1500);
  }
  double encoding = (micros() - from) / frames;

  OpusDecoder *d = opus_decoder_create(48000, 2, &error);
  from = micros();
  for (int f = 0; f < frames; f++)
    if (opus_decode(d, packets[f], sizes[f], pcm, FRAME, 0) < 0) return 1;
  double decoding = (micros() - from) / frames;

  e = encoder();
  from = micros();
  for (int f = 0; f < frames; f++) {
    memset(l, 0, sizeof l);
    memset(r, 0, sizeof r);
    for (int i = 0; i < layers && i < 8; i++) {
      float gain = powf(10, -6.0f * f / frames / 20), slope = (powf(10, -6.0f * (f + 1) / frames / 20) - gain) / FRAME;
      const float *sl = sources[i].left + f * FRAME, *sr = sources[i].right + f * FRAME;
      for (int n = 0; n < FRAME; n++) {
        float g = gain + slope * (n + 1);
        l[n] += sl[n] * g;
        r[n] += sr[n] * g;
      }
    }
    limit(l, r);
    interleave(l, r, pcm);
    if (opus_encode(e, pcm, FRAME, packets[f], 1500) < 0) return 1;
  }
  printf("{\"encode\":%.2f,\"decode\":%.2f,\"mix\":%.2f}\n", encoding, decoding, (micros() - from) / frames);
  return 0;
}
