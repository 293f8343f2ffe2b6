"""Other data for a session: where its network does not fit them, it is made to, and that is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs

from whygrad.errors.data import DataError
from whygrad.errors.graph import GraphError
from whygrad.errors.spec import SpecError
from whygrad.lab.opening import refuse_files
from whygrad.pipeline.fitting import fitted
from whygrad.spec.source import check_data

if TYPE_CHECKING:
    from whygrad.lab.session import Session
    from whygrad.spec import Data, Experiment, Network

UNFIT = (SpecError, GraphError, DataError)


def change_data(session: Session, experiment: Experiment, file: str | None) -> bool:
    """Take up other data with the network of before, or with one as close to it as fits; whether the run goes on.

    Raises why it cannot be with the network of before, where it can be with none; FileRefused (WG1006).
    """
    check_data(experiment.data, with_frame=False)
    refuse_files(experiment, file)
    try:
        return session.change(experiment)
    except UNFIT:
        if is_scale_alone(session.experiment.data, experiment.data) or not fits(session, experiment):
            raise
        return False


def is_scale_alone(before: Data, asked: Data) -> bool:
    """Whether nothing is asked for but to scale the target: what would fit is to leave that out."""
    return structs.replace(asked, scale_target=before.scale_target) == before


def fits(session: Session, experiment: Experiment) -> bool:
    """Whether a network that is made to fit can be taken up; if so it is."""
    wishes = fitted(experiment, session.folder)
    while True:
        try:
            session.change(next(wishes))
        except UNFIT:
            continue
        except StopIteration:
            return False
        return True


def in_words(before: Network, now: Experiment) -> str:
    """What was made of the network, where that is not what was asked for."""
    if before == now.network:
        return ""
    layers = f": {now.network.layers}" if isinstance(now.network.layers, str) else ""
    loss = now.training.loss
    return f", with a network that fits the data{layers}, and the loss {loss.reduction} {loss.name}"
