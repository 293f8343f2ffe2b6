"""The same training written in PyTorch: what a whole run of whygrad is compared with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from msgspec import structs

from whygrad.build.plan import BatchNormPlan, DensePlan, DropoutPlan, LayerNormPlan, LayerPlan, ResidualPlan

if TYPE_CHECKING:
    from collections.abc import Callable

    from whygrad import Loss, Run, Training

OPTIMIZERS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "SGD": lambda o: {"momentum": getattr(o, "momentum", 0.0), "nesterov": type(o).__name__ == "Nesterov"},
    "Adagrad": lambda o: {"eps": o.epsilon},
    "RMSprop": lambda o: {"alpha": o.decay, "eps": o.epsilon},
    "Adam": lambda o: {"betas": (o.beta1, o.beta2), "eps": o.epsilon},
    "AdamW": lambda o: {"betas": (o.beta1, o.beta2), "eps": o.epsilon, "weight_decay": o.weight_decay},
}
CLASS_OF = {
    **dict.fromkeys(("Sgd", "Momentum", "Nesterov"), "SGD"),
    "AdaGrad": "Adagrad",
    "RmsProp": "RMSprop",
    "Adam": "Adam",
    "AdamW": "AdamW",
}


class Mirror:
    """A network of PyTorch with the plan, the first values, the batches and the settings of a run."""

    def __init__(self, torch: Any, run: Run) -> None:
        self.torch, self.run = torch, run
        start = run.at(0)
        self.training: Training = run.experiment.training
        self.parameters = {name: torch.nn.Parameter(torch.tensor(array)) for name, array in start.parameters().items()}
        self.weights = [self.parameters[each.name] for each in run.set_up.plan.parameters() if each.is_weight]
        self.running = {
            name: torch.tensor(np.asarray(value))
            for name, value in start.values.items()
            if name.endswith((".mean", ".variance"))
        }
        self.losses: list[float] = []

    def forward(self, x: Any, *, learning: bool) -> Any:
        """The net of the last layer, whose activation belongs to the loss."""
        layers = self.run.set_up.plan.layers
        for layer in layers[:-1]:
            x = self.through(layer, x, learning=learning)
        return self.dense(layers[-1], x)

    def dense(self, layer: Any, x: Any) -> Any:
        net = x @ self.parameters[layer.weight.name]
        return net if layer.bias is None else net + self.parameters[layer.bias.name]

    def through(self, layer: LayerPlan, x: Any, *, learning: bool) -> Any:
        functional = self.torch.nn.functional
        match layer:
            case DensePlan():
                return self.activate(layer.activation, self.dense(layer, x))
            case DropoutPlan():
                raise NotImplementedError("PyTorch draws other masks")
            case LayerNormPlan():
                gain, shift = self.parameters[layer.gain.name], self.parameters[layer.shift.name]
                return functional.layer_norm(x, gain.shape, gain, shift, layer.epsilon)
            case BatchNormPlan():
                return functional.batch_norm(
                    x,
                    *(self.running[layer.mean], self.running[layer.variance]),
                    *(self.parameters[layer.gain.name], self.parameters[layer.shift.name]),
                    training=learning,
                    momentum=layer.momentum,
                    eps=layer.epsilon,
                )
            case ResidualPlan():
                inner = x
                for each in layer.layers:
                    inner = self.through(each, inner, learning=learning)
                return x + inner

    def activate(self, name: str, net: Any) -> Any:
        functional = self.torch.nn.functional
        match name:
            case "linear":
                return net
            case "leaky-relu":
                return functional.leaky_relu(net, negative_slope=0.01)
            case "gelu":
                return functional.gelu(net, approximate="tanh")
        return getattr(functional, name)(net)

    def said(self, net: Any) -> Any:
        """What the network says: probabilities where the loss is one of classes."""
        loss, torch = self.training.loss.name, self.torch
        if loss == "cross-entropy":
            return torch.softmax(net, dim=1)
        if loss == "binary-cross-entropy":
            return torch.sigmoid(net)
        return self.activate(self.run.set_up.plan.output.activation, net)

    def loss(self, chosen: Loss, net: Any, target: Any) -> Any:
        """The loss of a batch from the last net."""
        functional = self.torch.nn.functional
        out = self.activate(self.run.set_up.plan.output.activation, net) if "entropy" not in chosen.name else net
        match chosen.name:
            case "cross-entropy":
                each = functional.cross_entropy(out, target, reduction="none")
            case "binary-cross-entropy":
                each = functional.binary_cross_entropy_with_logits(out, target, reduction="none")
            case "absolute-error":
                each = functional.l1_loss(out, target, reduction="none")
            case "huber":
                each = functional.huber_loss(out, target, reduction="none", delta=chosen.delta)
            case _:
                each = functional.mse_loss(out, target, reduction="none")
        if chosen.name == "half-squared-error":
            each = each / 2
        return each.sum() if chosen.reduction == "sum" else each.mean()

    def optimizer(self) -> Any:
        wanted = self.training.optimizer
        name = CLASS_OF[type(wanted).__name__]
        settings = OPTIMIZERS[name](wanted)
        return getattr(self.torch.optim, name)(self.parameters.values(), lr=self.training.learning_rate, **settings)

    def schedule(self, optimizer: Any, batches: int) -> Callable[[int], None]:
        """What is called after each update with its number, counted from 1."""
        wanted, schedulers = self.training.schedule, self.torch.optim.lr_scheduler
        kind, given = type(wanted).__name__, structs.asdict(wanted)
        each_update = kind == "OneCycle"
        if kind == "StepDecay":
            made = schedulers.StepLR(optimizer, step_size=given["every_epochs"], gamma=given["factor"])
        elif kind == "Cosine":
            end = given["final"] * self.training.learning_rate
            made = schedulers.CosineAnnealingLR(optimizer, T_max=self.training.epochs, eta_min=end)
        elif kind == "WarmUp":
            made = schedulers.LinearLR(optimizer, given["start"], 1.0, total_iters=given["warm_epochs"])
        elif kind == "OneCycle":
            made = schedulers.OneCycleLR(
                optimizer,
                max_lr=self.training.learning_rate,
                total_steps=batches * self.training.epochs,
                pct_start=given["warm_fraction"],
                div_factor=given["start_divisor"],
                final_div_factor=given["final_divisor"],
                cycle_momentum=False,
            )
        else:
            return lambda _: None

        def after(update: int) -> None:
            if (each_update and update < batches * self.training.epochs) or (not each_update and not update % batches):
                made.step()

        return after

    def bound(self) -> None:
        """Clip the gradients as the run does."""
        clip, utils = self.training.clip, self.torch.nn.utils
        if clip is not None and clip.norm is not None:
            utils.clip_grad_norm_(self.parameters.values(), clip.norm)
        if clip is not None and clip.value is not None:
            utils.clip_grad_value_(self.parameters.values(), clip.value)

    def decay(self, rate: float) -> None:
        """Take off each weight its share, apart from the gradient."""
        with self.torch.no_grad():
            for weight in self.weights:
                weight.mul_(1 - rate * self.training.weight_decay)

    def train(self) -> None:
        """All epochs of the run, update by update."""
        job, training = self.run.set_up.job, self.training
        optimizer = self.optimizer()
        batches = len(list(job.batches(0)))
        after, update = self.schedule(optimizer, batches), 0
        for epoch in range(training.epochs):
            for batch in job.batches(epoch):
                x, y = self.torch.tensor(batch.inputs), self.torch.tensor(batch.targets)
                optimizer.zero_grad()
                loss = self.loss(training.loss, self.forward(x, learning=True), y)
                self.losses.append(loss.item())
                penalty = sum(training.l1 * w.abs().sum() + training.l2 / 2 * (w**2).sum() for w in self.weights)
                (loss + penalty).backward()
                self.bound()
                self.decay(optimizer.param_groups[0]["lr"])
                optimizer.step()
                update += 1
                after(update)
