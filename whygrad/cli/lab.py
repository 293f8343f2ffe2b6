"""`whygrad lab`: a page on this machine where a person drives a training."""

from __future__ import annotations

import sys
import webbrowser
from functools import partial
from pathlib import Path
from threading import Thread

from whygrad.cli.paper import document, put
from whygrad.cli.places import Wish, asked_experiment, meant_as
from whygrad.errors.render import SuffixUnknown
from whygrad.graph import UPDATES
from whygrad.lab.hosts.recorded_run import recorded_run
from whygrad.lab.hosts.recorded_words import words_of
from whygrad.lab.opening import Opening, first_opening
from whygrad.lab.server.serving import Address, address_at, serve
from whygrad.pipeline import load
from whygrad.pipeline.files import write_text

PAGE = ".html"
OPEN = (
    "Open to other machines: whoever reaches this one on its network and knows the password may use the lab, and "
    "what they send is not encrypted. It reads no files but the one that it was started with."
)


def carry_out(what: Path | None, *, host: str, port: int, password: str, browser: bool, as_json: bool) -> None:
    """Open the lab, and keep it open until Ctrl-C.

    Raises what reading raises, PortTaken (WG1010), PasswordNeeded (WG1011).
    """
    opening = asked_opening(what)
    address = address_at(host, port, password)
    try:
        serve(address, opening, partial(announce, address, browser=browser, as_json=as_json))
    except KeyboardInterrupt:
        if not as_json:
            put("The lab is closed.")


def record(what: Path | None, out: Path, *, as_json: bool) -> None:
    """Train what is named, and write the run as a page that opens without a lab.

    Raises SuffixUnknown (WG701), RecordingTooLarge (WG1016), CannotWrite (WG606), and what reading raises.
    """
    if out.suffix.lower() != PAGE:
        raise SuffixUnknown(str(out), out.suffix.lower(), (PAGE,), "recording", "format")
    recording, page = recorded_run(asked_opening(what))
    write_text(out, page)
    told = words_of(recording)
    if as_json:
        document({"file": str(out), "bytes": len(page.encode()), "updates": recording.session.end, "words": told})
        return
    put(f"Recorded in {out}, which opens in any browser without a network.")
    for each in told[:-1]:
        put(each)


def asked_opening(what: Path | None) -> Opening:
    """What the lab opens with: an experiment as drawn, or a run trained again as far as it was."""
    if what is None:
        return first_opening()
    if meant_as(what) == "run":
        run = load(what)
        experiment, folder, update = run.experiment, what, int(run.position.states[UPDATES])
    else:
        (experiment, folder), update = asked_experiment(Wish(what)), 0
    return Opening(experiment, folder, experiment.data.file, update)


def announce(address: Address, *, browser: bool, as_json: bool) -> None:
    """Say where the lab is, and show it."""
    if as_json:
        document({"url": address.url, "host": address.host, "port": address.port, "others": list(address.others)})
    else:
        put(f"The lab is at {address.url}")
        if address.is_open:
            put(reachable(address.others))
            put(OPEN)
        put("Ctrl-C closes it.")
    sys.stdout.flush()
    if browser:
        Thread(target=webbrowser.open, args=(address.url,), daemon=True).start()


def reachable(others: tuple[str, ...]) -> str:
    """Where other machines find it."""
    if not others:
        return "Other machines do not reach it: this one has no address on a network."
    return f"From other machines: {' or '.join(others)}"
