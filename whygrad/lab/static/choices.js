/** The names that settings can have, as the records of the room `spec` have them; a host may send others. */

export const CHOICES = {
  activation: ["linear", "sigmoid", "tanh", "relu", "leaky-relu", "elu", "softplus", "gelu", "silu", "softmax"],
  loss: ["squared-error", "half-squared-error", "absolute-error", "huber", "binary-cross-entropy", "cross-entropy"],
  reduction: ["sum", "mean"],
  optimizer: ["sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw"],
  order: ["in order", "shuffled"],
  initialiser: ["zeros", "glorot", "he", "orthogonal", "python-random"],
  toy: ["xor", "and", "or", "circles", "moons", "spiral", "gaussians", "linear", "sine"],
};
