/* One hidden layer of ReLU, one output, squared error, one update per row: all that can be known is known when it is
 * compiled. Weights: w is [INPUTS][HIDDEN]. */

void train(const double *x, const double *y, long rows, long epochs, double rate, const double *w_start,
           const double *b_start, const double *v_start, double c, double *losses)
{
    double w[INPUTS][HIDDEN], b[HIDDEN], v[HIDDEN];
    for (int j = 0; j < HIDDEN; j++) {
        for (int i = 0; i < INPUTS; i++)
            w[i][j] = w_start[i * HIDDEN + j];
        b[j] = b_start[j];
        v[j] = v_start[j];
    }
    for (long epoch = 0; epoch < epochs; epoch++) {
        double total = 0.0;
        for (long row = 0; row < rows; row++) {
            const double *given = x + row * INPUTS;
            double out[HIDDEN], said = c;
            for (int j = 0; j < HIDDEN; j++) {
                double net = b[j];
                for (int i = 0; i < INPUTS; i++)
                    net += given[i] * w[i][j];
                out[j] = net > 0.0 ? net : 0.0;
            }
            for (int j = 0; j < HIDDEN; j++)
                said += out[j] * v[j];
            double error = said - y[row], step = rate * 2.0 * error;
            total += error * error;
            for (int j = 0; j < HIDDEN; j++) {
                double back = out[j] > 0.0 ? step * v[j] : 0.0;
                v[j] -= step * out[j];
                b[j] -= back;
                for (int i = 0; i < INPUTS; i++)
                    w[i][j] -= back * given[i];
            }
            c -= step;
        }
        losses[epoch] = total;
    }
}
