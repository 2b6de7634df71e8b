/* x * sigmoid(x) and its gradient over bfloat16 arrays: torch 1.13's own takes 60 % of a training step on the CPU. */
#include <math.h>
#include <stdint.h>
#include <string.h>

static inline float widen(uint16_t h) {
  uint32_t u = (uint32_t)h << 16;
  float f;
  memcpy(&f, &u, 4);
  return f;
}

static inline uint16_t narrow(float f) {
  uint32_t u;
  memcpy(&u, &f, 4);
  return (uint16_t)((u + 0x7FFF + ((u >> 16) & 1)) >> 16);
}

void silu_forward(const uint16_t *x, uint16_t *y, long n) {
#pragma omp parallel for simd schedule(static)
  for (long i = 0; i < n; i++) {
    float v = widen(x[i]);
    y[i] = narrow(v / (1.f + expf(fminf(-v, 60.f))));
  }
}

void silu_backward(const uint16_t *x, const uint16_t *g, uint16_t *d, long n) {
#pragma omp parallel for simd schedule(static)
  for (long i = 0; i < n; i++) {
    float v = widen(x[i]), s = 1.f / (1.f + expf(fminf(-v, 60.f)));
    d[i] = narrow(widen(g[i]) * s * (1.f + v * (1.f - s)));
  }
}
