/** The names that settings can have, as the records of the room `spec` have them; a host may send others. */

export const CHOICES = {
  activation: ["linear", "sigmoid", "tanh", "relu", "leaky-relu", "elu", "softplus", "gelu", "silu", "softmax"],
  loss: ["squared-error", "half-squared-error", "absolute-error", "huber", "binary-cross-entropy", "cross-entropy"],
  reduction: ["sum", "mean"],
  optimizer: ["sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw"],
  schedule: ["constant", "step", "cosine", "warm-up", "one-cycle"],
  order: ["in order", "shuffled"],
  initialiser: ["zeros", "constant", "uniform", "normal", "glorot", "he", "orthogonal", "python-random"],
  distribution: ["uniform", "normal"],
  toy: ["xor", "and", "or", "circles", "moons", "spiral", "gaussians", "linear", "sine"],
  scale: ["none", "standard", "min-max"],
  dtype: ["float64", "float32"],
};

/** What a record needs besides its name, to begin with; the rest has values of its own. */
export const STARTS = {
  step: { every_epochs: 10, factor: 0.5 },
  "warm-up": { warm_epochs: 5 },
  constant: { value: 0.1 },
  uniform: { low: -0.5, high: 0.5 },
  normal: { mean: 0, deviation: 0.5 },
};
