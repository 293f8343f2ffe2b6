"""What is done with a wish: notes are marked against the network of the lab, or the one that they give themselves."""

from __future__ import annotations

import logging
from base64 import b64decode
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from whygrad.check.reading.header import header_of
from whygrad.check.reading.notes import decoded, split_lines
from whygrad.errors import WhygradError
from whygrad.errors.check import NotText
from whygrad.errors.lab import NotUnderstood
from whygrad.errors.lab_tools import MarkingFailed, NetworkFileRefused, NotesTooLongHere
from whygrad.lab.apart.apart import fault_of
from whygrad.lab.apart.marks import record_of
from whygrad.lab.apart.wish import Outcome
from whygrad.lab.limits import Limits
from whygrad.lab.opening import refuse_files
from whygrad.lab.presets import HOME, PRESETS, read
from whygrad.pipeline.derivation import explain
from whygrad.pipeline.marking import held_against
from whygrad.pipeline.papers import steps
from whygrad.pipeline.setting_up import set_up
from whygrad.render.live import live
from whygrad.spec import parse_experiment, write_experiment

if TYPE_CHECKING:
    from whygrad.check.reading.header import Header
    from whygrad.lab.apart.wish import Wish
    from whygrad.pipeline.marking import Asked, Marking

FILES: Final = tuple(each.file for each in PRESETS)
log = logging.getLogger(__name__)


def outcome_of(wish: Wish) -> Outcome:
    """What comes of a wish; an error is an outcome too."""
    try:
        return fulfilled(wish)
    except RecursionError:
        return fault_of(NotUnderstood("it is nested too deeply"))
    except WhygradError as error:
        return fault_of(error, getattr(error, "line", None))
    except Exception:
        log.exception("a fault of whygrad itself")
        return fault_of(MarkingFailed("that is a fault of whygrad"))


def fulfilled(wish: Wish) -> Outcome:
    """What comes of a wish. Raises WG1006, WG1030, WG1031, WG11xx, and the errors of an experiment."""
    if wish.start:
        refuse(b64decode(wish.start), wish.place)
    if len(wish.text) > wish.most:
        raise NotesTooLongHere(len(wish.text), wish.most)
    text = decoded(wish.text.encode("utf-8", "replace"), wish.place)
    network, own = network_of(wish, header_of(split_lines(text, wish.place), wish.place))
    if wish.kind == "why":
        return Outcome(told=derived(network, wish))
    marking = held_against(network, text, wish.place)
    if wish.kind == "page":
        return Outcome(page=marking.html())
    return Outcome(told=told(marking, own))


def refuse(start: bytes, place: str) -> None:
    """Say what a file is that a browser could not read as text. Raises NotText (WG1101)."""
    decoded(start, place)
    raise NotText(place, "no text in UTF-8", "save it again as UTF-8")


def network_of(wish: Wish, header: Header) -> tuple[Asked | None, dict[str, str]]:
    """What to hold notes against, and by what a page opens it where it is not the lab's; None without a network.

    Raises NetworkFileRefused (WG1030), FileRefused (WG1006), TooLarge (WG1001), and the errors of an experiment.
    """
    if header.network_file:
        return preset_of(header.network_file)
    if header.experiment:
        experiment = parse_experiment(header.experiment, wish.place)
        refuse_files(experiment, None)
        limits = Limits()
        limits.check_asked(experiment)
        limits.check_ready(set_up(experiment, Path()))
        return (experiment, Path(), "the network that they give"), {"experiment": write_experiment(experiment)}
    if wish.experiment:
        return (parse_experiment(wish.experiment, "the experiment"), Path(wish.folder), wish.called), {}
    return None, {}


def preset_of(file: str) -> tuple[Asked, dict[str, str]]:
    """The preset whose file is named: its folder says nothing here. Raises NetworkFileRefused (WG1030)."""
    name = PurePosixPath(file.replace("\\", "/")).name
    if name not in FILES:
        raise NetworkFileRefused(file)
    stem = name.removesuffix(".toml")
    return (read(name), HOME, f"the preset {stem}"), {"preset": stem}


def told(marking: Marking, own: dict[str, str]) -> dict[str, Any]:
    """Marks as a page shows them, and how it opens a network that is not the lab's."""
    return {**record_of(marking), "opens": own or None}


def derived(network: Asked | None, wish: Wish) -> dict[str, Any]:
    """The derivation of a quantity of the network. Raises UnknownName (WG105)."""
    if network is None:
        return {"of": wish.of, "document": None}
    charts = [each for each in steps(network[0], network[1]) if each is not None]
    derivation = explain(charts[min(wish.step, len(charts) - 1)].trace, wish.of, torch=False)
    return {"of": wish.of, "step": wish.step, "document": live(derivation.document, derivation.numbers)}
