"""Where the randomness of data comes from: a generator per purpose, from a seed that the user gave."""

from __future__ import annotations

import zlib

import numpy as np

__all__ = ["generator"]


def generator(seed: int, stream: str, *index: int) -> np.random.Generator:
    """A generator that depends on the seed, the purpose (`split`, `order`, ...) and a place such as (epoch, step).

    Nothing is carried from one place to the next, so that any epoch or step can be drawn again by itself.
    """
    return np.random.default_rng([seed, zlib.crc32(stream.encode()), *index])
