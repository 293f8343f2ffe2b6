"""Misconceptions as somebody may write them who knows nothing of whygrad but `whygrad.extend`."""

from whygrad.extend import Mutant, Part, constant, misconception, replaced, total, without


@misconception(
    "X101",
    "bias-subtracted",
    "The bias is subtracted",
    looks="A weighted sum that is too small by twice the bias.",
    why="The bias stands behind a minus in the threshold form of a unit.",
    right="net = w1 x1 + w2 x2 + b: the bias is added.",
    question="With which sign does the bias enter the sum?",
    wrong_example="net_H1 = 0.0275 - 0.35 = -0.3225",
    right_example="net_H1 = 0.0275 + 0.35 = 0.3775",
)
def bias_subtracted(scene, quantity):  # type: ignore[no-untyped-def]
    """The net with each bias taken away."""
    if scene.part(quantity) is Part.NET:
        for term, (bias, *_) in scene.terms_with(quantity, Part.BIAS):
            yield Mutant(total([*without(scene.summands(quantity), term), -term]), f"{bias.written} subtracted")


@misconception(
    "X102",
    "rate-of-a-tenth",
    "A rate of a tenth is used, whatever is given",
    looks="Every step is that of a learning rate of 0.1.",
    why="The last exercise had it.",
    right="The learning rate is the one that is given.",
    wrong_example="w5_new = 0.40 - 0.1 × 0.0815 = 0.3918",
    right_example="w5_new = 0.40 - 0.5 × 0.0815 = 0.3592",
)
def rate_of_a_tenth(scene, quantity):  # type: ignore[no-untyped-def]
    """The update with another rate; nothing for what is no parameter."""
    rate = scene.rate(quantity)
    if rate is None:
        return None
    return [Mutant(replaced(scene.formula(quantity), {rate.leaf: constant(0.1)}), "with a rate of 0.1")]
