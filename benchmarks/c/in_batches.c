/* Layers of ReLU, softmax and cross-entropy, Adam. Matrix products are those of a BLAS that is handed in; all else is
 * loops, and Adam is one pass over all weights. Matrices lie row by row. */

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef void gemm(const char *, const char *, const int *, const int *, const int *, const float *, const float *,
                  const int *, const float *, const int *, const float *, float *, const int *);

static const float ONE = 1.0f, ZERO = 0.0f;

/* out (n, m) = a (n, k) b (k, m); BLAS counts by columns, so it is told the transposes. */
static void product(gemm *f, int n, int k, int m, const float *a, const float *b, float *out)
{
    f("N", "N", &m, &n, &k, &ONE, b, &m, a, &k, &ZERO, out, &m);
}

/* out (k, m) = transposed a (n, k) times d (n, m) */
static void slope_of_weights(gemm *f, int n, int k, int m, const float *a, const float *d, float *out)
{
    f("N", "T", &m, &k, &n, &ONE, d, &m, a, &k, &ZERO, out, &m);
}

/* out (n, k) = d (n, m) times transposed w (k, m) */
static void slope_of_inputs(gemm *f, int n, int k, int m, const float *d, const float *w, float *out)
{
    f("T", "N", &k, &n, &m, &ONE, w, &m, d, &m, &ZERO, out, &k);
}

static void bias_and_relu(int n, int m, const float *bias, float *net)
{
    for (int r = 0; r < n; r++)
        for (int j = 0; j < m; j++) {
            float value = net[r * m + j] + bias[j];
            net[r * m + j] = value > 0.0f ? value : 0.0f;
        }
}

/* net becomes its own adjoint; gives the sum of the losses. */
static double softmax_and_loss(int n, int m, const float *bias, const long *labels, float *net)
{
    double total = 0.0;
    for (int r = 0; r < n; r++) {
        float *row = net + r * m, largest = -FLT_MAX, sum = 0.0f;
        for (int j = 0; j < m; j++) {
            row[j] += bias[j];
            largest = row[j] > largest ? row[j] : largest;
        }
        float true_net = row[labels[r]] - largest;
        for (int j = 0; j < m; j++) {
            row[j] = expf(row[j] - largest);
            sum += row[j];
        }
        total += logf(sum) - true_net;
        float share = 1.0f / (sum * n);
        for (int j = 0; j < m; j++)
            row[j] *= share;
        row[labels[r]] -= 1.0f / n;
    }
    return total;
}

static void slope_of_bias(int n, int m, const float *d, float *out)
{
    memset(out, 0, m * sizeof *out);
    for (int r = 0; r < n; r++)
        for (int j = 0; j < m; j++)
            out[j] += d[r * m + j];
}

static void through_relu(int count, const float *out, float *d)
{
    for (int j = 0; j < count; j++)
        d[j] = out[j] > 0.0f ? d[j] : 0.0f;
}

static void adam(long count, float rate, long made, const float *g, float *w, float *first, float *second)
{
    float size = rate / (1.0 - pow(0.9, made)), root = 1.0 / sqrt(1.0 - pow(0.999, made));
    for (long j = 0; j < count; j++) {
        first[j] = 0.9f * first[j] + 0.1f * g[j];
        second[j] = 0.999f * second[j] + 0.001f * g[j] * g[j];
        w[j] -= size * first[j] / (sqrtf(second[j]) * root + 1e-8f);
    }
}

/* w holds W and b of each layer, one after the other, and is trained. */
void train(gemm *f, const float *x, const long *labels, long rows, long batch, long epochs, float rate, long layers,
           const int *sizes, float *w, double *losses)
{
    long count = 0, made = 0, at[64];
    float *outs[64], *adjoints[64];
    for (long l = 0; l < layers; l++) {
        at[l] = count;
        count += (sizes[l] + 1) * (long)sizes[l + 1];
        outs[l] = malloc(batch * sizes[l + 1] * sizeof(float));
        adjoints[l] = malloc(batch * sizes[l + 1] * sizeof(float));
    }
    float *g = malloc(count * sizeof *g), *first = calloc(count, sizeof *g), *second = calloc(count, sizeof *g);
    for (long epoch = 0; epoch < epochs; epoch++) {
        double total = 0.0;
        for (long start = 0; start < rows; start += batch) {
            int n = rows - start < batch ? rows - start : batch;
            const float *given = x + start * sizes[0];
            for (long l = 0; l < layers; l++) {
                const float *bias = w + at[l] + sizes[l] * (long)sizes[l + 1];
                product(f, n, sizes[l], sizes[l + 1], l ? outs[l - 1] : given, w + at[l], outs[l]);
                if (l + 1 < layers)
                    bias_and_relu(n, sizes[l + 1], bias, outs[l]);
                else
                    total += softmax_and_loss(n, sizes[l + 1], bias, labels + start, outs[l]);
            }
            for (long l = layers - 1; l >= 0; l--) {
                int k = sizes[l], m = sizes[l + 1];
                const float *d = l + 1 < layers ? adjoints[l] : outs[l];
                slope_of_weights(f, n, k, m, l ? outs[l - 1] : given, d, g + at[l]);
                slope_of_bias(n, m, d, g + at[l] + k * (long)m);
                if (l) {
                    slope_of_inputs(f, n, k, m, d, w + at[l], adjoints[l - 1]);
                    through_relu(n * k, outs[l - 1], adjoints[l - 1]);
                }
            }
            adam(count, rate, ++made, g, w, first, second);
        }
        losses[epoch] = total / rows;
    }
    for (long l = 0; l < layers; l++) {
        free(outs[l]);
        free(adjoints[l]);
    }
    free(g);
    free(first);
    free(second);
}
