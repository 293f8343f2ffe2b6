"""Training on other devices than this processor, or on many of them: the graph as functions of JAX (extra `jax`)."""
