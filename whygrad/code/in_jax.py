"""The experiment as a JAX program: its forward pass and loss as a function, JAX's gradients, the update written out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whygrad.code import frame, rows
from whygrad.code.array_writer import ArrayWriter
from whygrad.code.autograd import AutogradProgram
from whygrad.code.layout import fitted, indented, tupled, unpacked
from whygrad.code.literal import listed
from whygrad.code.optimizing import Optimizing
from whygrad.code.script import UPDATE, in_order, name_what_is_shared
from whygrad.code.spelling import scalar_form, source
from whygrad.code.update import update_of
from whygrad.graph import State
from whygrad.graph.traverse import replaced

if TYPE_CHECKING:
    from whygrad.code.recipe import Recipe
    from whygrad.code.script import Move
    from whygrad.graph import Expr


class JaxProgram(AutogradProgram):
    """Writes the program of one experiment for JAX."""

    def __init__(self, recipe: Recipe) -> None:
        super().__init__(recipe, ArrayWriter("jax", float32=recipe.float32))
        script = self.script
        self.optimizing = Optimizing(self.step, recipe.rule.name, script.merge, self.writer.one, script.identifiers)
        self.loss_function: list[str] = []

    def step_lines(self) -> list[str]:
        found = self.forward_moves()
        reports = self.reports()
        self.loss_function = self.loss_lines(found, reports)
        gradients = {name: self.script.identifiers(f"dE_d{self.called(name)}") for name in self.step.parameters}
        given = ", ".join([tupled(self.parameters()), *self.arguments()])
        value = "loss" if not reports else f"(_, {tupled(reports)})"
        call = f"{value}, gradients = gradients_of({given})"
        lines = [*self.mask_lines("{}"), *fitted(call, self.depth)]
        lines += [] if frame.is_whole(self.recipe) else frame.added_up(self.recipe, self.step_loss(), "len(x)")
        lines += fitted(f"{unpacked(list(gradients.values()))} = gradients", self.depth)
        lines += ["", f"# {UPDATE}", *self.optimizing.rate_lines(self.rate)]
        used, bounds = self.bounded(gradients)
        lines += bounds
        for name in self.step.parameters:
            update, target, memory = update_of(self.step, name), self.called(name), self.memory(name)
            lines += fitted(self.optimizing.line(update, target, used[name], memory), self.depth)
        return lines

    def arguments(self) -> list[str]:
        """What the function is given besides the parameters: it must not read what changes from outside."""
        return ["x", "y", *self.masks(), *(self.called(name) for name in self.statistics())]

    def reports(self) -> list[str]:
        """What the function gives besides the loss it is differentiated by: the reported loss, running statistics."""
        others = [self.called(name) for name in self.statistics()]
        same = self.merged(self.step.loss) is self.merged(self.step.outputs["error"])
        return [] if same and not others else [super().step_loss(), *others]

    def loss_lines(self, found: list[Move], reports: list[str]) -> list[str]:
        """The function that is differentiated."""
        running = [self.merged(self.step.next[name]) for name in self.statistics()]
        loss = self.named(self.step.loss)
        further = [self.named(self.step.outputs["error"]), *(self.script.formula(node) for node in running)]
        given = ["parameters", *self.arguments()]
        lines = fitted(f"{unpacked(self.parameters())} = parameters", 1)
        lines += self.needs_rows()
        for move in found:
            lines += ["", f"# {self.title(move)}", *self.script.lines(move, 1)]
        lines += fitted(f"return {loss}, {tupled(further)}" if reports else f"return {loss}", 1)
        told = '"""The loss of a batch."""' if not reports else '"""The loss of a batch, and what is reported of it."""'
        aux = ", has_aux=True" if reports else ""
        return [
            *["", "", f"def loss_of({', '.join(given)}):", *indented([told, *lines])],
            *["", "", f"gradients_of = jax.jit(jax.value_and_grad(loss_of{aux}))"],
        ]

    def bounded(self, gradients: dict[str, str]) -> tuple[dict[str, str], list[str]]:
        """The gradients that the updates use, and the lines that bound them."""
        step = self.step
        bounded = {name for name in step.parameters if step.gradients[name] is not step.adjoints.get(step.states[name])}
        if not bounded:
            return gradients, []
        adjoints = {step.adjoints[step.states[name]]: State(step.states[name].shape, name) for name in step.parameters}
        new = replaced([step.gradients[name] for name in step.parameters], adjoints)
        names: dict[Expr, str] = {leaf: gradients[leaf.name] for leaf in adjoints.values()}
        roots = {name: self.merged(new[step.gradients[name]]) for name in step.parameters}
        for name, node in roots.items():
            names[node] = self.script.identifiers(f"g_{self.called(name)}")
        name_what_is_shared(list(roots.values()), names, self.script.identifiers)
        nodes = in_order(roots.values(), names)
        self.nodes += nodes
        formulas = [f"{names[node]} = {self.writer.formula(node, names)}" for node in nodes]
        lines = [line for formula in formulas for line in fitted(formula, self.depth)]
        return {name: names[node] for name, node in roots.items()}, lines

    def rate(self, node: Expr) -> str:
        """The formula of the learning rate."""
        return source(self.merged(node), self.script.names, scalar_form)

    def step_loss(self) -> str:
        return super().step_loss() if self.reports() else "loss"

    def functions(self) -> list[str]:
        return [*super().functions(), *self.optimizing.definitions(), *self.loss_function]

    def precision_lines(self) -> list[str]:
        return [] if self.recipe.float32 else ['jax.config.update("jax_enable_x64", True)']

    def rows_lines(self) -> list[str]:
        return rows.rows_in_arrays(self.recipe, "np.float32" if self.recipe.float32 else "float")

    def weights_lines(self) -> list[str]:
        lines = [*self.start_lines("jnp.float32" if self.recipe.float32 else ""), *self.memory_lines("jnp.zeros({})")]
        for name, node in self.script.constants().items():
            lines += fitted(f"{name} = jnp.array({listed(node.value)})")
        return lines

    def picked(self, which: str) -> list[str]:
        return [rows.picked_in_arrays(which)]

    def keeping(self) -> tuple[str, list[str]]:
        return f"best = {tupled(self.learned())}", fitted(f"{unpacked(self.learned())} = best")
