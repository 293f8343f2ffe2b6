"""Files that are right, for tests to break in one place."""

from __future__ import annotations

GOOD = """\
title = "live"

[data]
columns = { x1 = [0.5, 0.1], x2 = [0.8, 0.2], y = [1, 0] }
target = "y"

[network]
inputs = ["x1", "x2"]

[[network.layers]]
type = "dense"
units = ["h1", "h2"]
activation = "sigmoid"

[[network.layers]]
type = "dense"
units = ["y1"]
activation = "sigmoid"

[network.weights]
w1 = { from = "x1", to = "h1", value = 0.5 }
b1 = { to = "h1", value = 0.1 }

[training]
loss = "sum half-squared-error"
learning_rate = 0.5
epochs = 100
batch_size = "per row"
"""

SHORT = """\
[data]
toy = "xor"

[network]
layers = "2 -> 8 relu -> 1"

[training]
loss = "mean squared-error"
learning_rate = 0.1
epochs = 100
batch_size = 4
"""

BINARY = """\
[data]
toy = "xor"

[network]
layers = "2 -> 8 relu -> 1 sigmoid"

[training]
loss = "mean binary-cross-entropy"
learning_rate = 0.1
epochs = 100
batch_size = "per row"
"""

RIGHT = {"good": GOOD, "short": SHORT, "binary": BINARY}
