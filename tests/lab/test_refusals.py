"""Every WG10xx by its words."""

from __future__ import annotations

import inspect

import pytest

from whygrad.errors import lab, lab_tools
from whygrad.errors.lab import (
    FileRefused,
    LabError,
    MessageTooLong,
    NoSuchPart,
    NoSuchPreset,
    NoSuchSetting,
    NothingOpen,
    NotUnderstood,
    OutOfTime,
    PasswordNeeded,
    PortTaken,
    SessionGone,
    TooLarge,
    TooManyRequests,
    TooManySessions,
)
from whygrad.errors.lab_tools import (
    BlockTooWide,
    CellUnfit,
    ColumnNameUnfit,
    LookedTooLong,
    MarkingFailed,
    MarkingTooLong,
    NetworkFileRefused,
    NoHiddenLayer,
    NoSuchCell,
    NoSuchSample,
    NotesTooLongHere,
    NothingToFind,
    RecordingTooLarge,
    ReplayStopped,
    StateDamaged,
    StateOfAnotherFormat,
    TooLargeForSeeds,
    TooManyUnits,
    WidgetsMissing,
)

TEXTS = [
    (
        NoHiddenLayer(),
        (
            "WG1020 this network has no hidden layer that could be changed\n"
            "  why: gradients vanish and explode on their way back through hidden layers\n"
            "  try: add layers, or open a preset that has several, such as vanishing gradients"
        ),
    ),
    (
        TooManyUnits(1_024, 100),
        (
            "WG1021 a network of 1,024 units is not gone through unit by unit\n"
            "  why: an update would be hundreds of moves; the lab goes up to 100 units\n"
            "  try: go layer by layer, or take fewer units"
        ),
    ),
    (
        CellUnfit("x1", "abc", "number"),
        (
            "WG1022 'abc' cannot stand in the column 'x1'\n"
            "  why: it is a column of numbers\n"
            "  try: type one, leave the cell empty where the value is missing, or have the column hold words"
        ),
    ),
    (
        NoSuchCell(7, ("x1",), 4, ("x1", "y")),
        (
            "WG1023 the table has no row 7\n"
            "  why: it has rows 0 to 3, and the columns x1, y\n"
            "  try: look at the table again; it may have been changed meanwhile"
        ),
    ),
    (
        BlockTooWide("x2", 3, 2),
        (
            "WG1024 3 columns were pasted at 'x2'\n"
            "  why: from there on the table has 2\n"
            "  try: paste it further left, add columns first, or take it as a table of its own, with its header"
        ),
    ),
    (
        ColumnNameUnfit("y", ("x1", "y")),
        (
            "WG1025 a column cannot be called 'y'\n"
            "  why: another one is\n"
            "  try: choose a name that none of these is: x1, y"
        ),
    ),
    (
        WidgetsMissing(),
        (
            "WG1015 the lab in a notebook needs anywidget, which is not installed\n"
            "  why: it comes with the extra `notebook`; without it a notebook shows a recording of the run\n"
            "  try: pip install 'whygrad[notebook]'"
        ),
    ),
    (
        RecordingTooLarge(5_000_000, 2_000_000),
        (
            "WG1016 the first updates of this run would take 5,000,000 bytes to record\n"
            "  why: a recording has room for 2,000,000, so that a browser opens it at once\n"
            "  try: record a smaller network; `whygrad explain --out FILE.html` writes a page of one number"
        ),
    ),
    (
        StateDamaged("the address is cut off"),
        (
            "WG1026 this is not a session that the lab wrote down\n"
            "  why: the address is cut off\n"
            "  try: take the whole link, or the whole file, as Share gave it"
        ),
    ),
    (
        StateOfAnotherFormat(2, 1),
        (
            "WG1027 this session is written down in format 2\n"
            "  why: this lab reads format 1\n"
            "  try: open it with the version of whygrad that it came from"
        ),
    ),
    (
        ReplayStopped(1200, 5000),
        (
            "WG1028 the session is made again up to update 1,200 of 5,000\n"
            "  why: its work was stopped, or took longer than one request may\n"
            "  try: load the page again to go on with it; anything else makes this a run of its own"
        ),
    ),
    (
        TooLargeForSeeds("parameters", 5000, 2000),
        (
            "WG1029 this experiment has 5,000 parameters\n"
            "  why: many starts are made of experiments with up to 2,000\n"
            "  try: take a smaller network or fewer rows, or one start at a time with training.seed"
        ),
    ),
    (
        NoSuchPart("panel", "weather", ("confusion", "curves")),
        (
            "WG1014 this lab has no panel 'weather'\n"
            "  why: it has confusion, curves\n"
            "  try: load the page again; it may be another version's"
        ),
    ),
    (
        TooLarge("parameters", 1_000_000, 20_000),
        (
            "WG1001 this would have 1,000,000 parameters\n"
            "  why: the lab goes up to 20,000, so that each answer comes at once\n"
            "  try: take fewer; `whygrad train` and `whygrad explain` work with more"
        ),
    ),
    (
        TooManySessions(500),
        (
            "WG1002 all 500 sessions of this lab are taken\n"
            "  why: a session is kept for half an hour after its page was closed\n"
            "  try: close a page that is not needed, or try again later"
        ),
    ),
    (
        NotUnderstood("Invalid value 'fly' - at `$.do`"),
        (
            "WG1003 the page sent something that the lab does not understand\n"
            "  why: Invalid value 'fly' - at `$.do`\n"
            "  try: load the page again; it may be older than the lab"
        ),
    ),
    (
        MessageTooLong(300_000, 200_000),
        (
            "WG1004 the page sent a message of 300,000 bytes\n"
            "  why: the lab reads up to 200,000\n"
            "  try: put large tables into a file, and start with: whygrad lab FILE"
        ),
    ),
    (
        OutOfTime(30.0, 1234),
        (
            "WG1005 stopped at update 1,234, after 30 seconds of work\n"
            "  why: nobody's request may take longer, so that everybody is answered\n"
            "  try: ask again to go on from here"
        ),
    ),
    (
        FileRefused("secrets.csv"),
        (
            "WG1006 'secrets.csv' is not read\n"
            "  why: a page may not name files of the machine that the lab runs on\n"
            "  try: name it where the lab is started: whygrad lab FILE"
        ),
    ),
    (
        NoSuchPreset("nothing", ("xor", "students")),
        "WG1007 there is no preset 'nothing'\n  why: the presets are xor, students\n  try: choose one of these",
    ),
    (
        NothingOpen(),
        (
            "WG1008 no session is open on this page\n"
            "  why: the first message of a page opens one\n"
            "  try: load the page again"
        ),
    ),
    (
        TooManyRequests(64),
        (
            "WG1009 64 requests of this session wait already; this one was left out\n"
            "  why: they come faster than they can be answered\n"
            "  try: wait a moment, or pause"
        ),
    ),
    (
        PortTaken("127.0.0.1", 8765, "another program listens there"),
        (
            "WG1010 the lab cannot listen at 127.0.0.1, port 8765\n"
            "  why: another program listens there\n"
            "  try: choose another with --port N; --port 0 takes one that is free"
        ),
    ),
    (
        PasswordNeeded("0.0.0.0", 8),  # noqa: S104 (a text)
        (
            "WG1011 --host 0.0.0.0 opens the lab to every machine that reaches this one\n"
            "  why: that needs a password of 8 characters or more, and none was given\n"
            "  try: add --password WORDS, or leave --host out to work on this machine alone"
        ),
    ),
    (
        NoSuchSetting("speed"),
        (
            "WG1012 'speed' is not a setting\n"
            "  why: a setting is named by its section and its key\n"
            "  try: for example training.learning_rate, or network.layers"
        ),
    ),
    (
        NothingToFind("where a unit died", "no layer is relu"),
        (
            "WG1018 where a unit died is not looked for\n"
            "  why: no layer is relu\n"
            "  try: choose another jump, or other settings"
        ),
    ),
    (
        LookedTooLong(30.0, 12_345, 200_000),
        (
            "WG1019 looked at 12,345 of 200,000 updates in 30 seconds, and found nothing yet\n"
            "  why: nobody's request may take longer, so that everybody is answered\n"
            "  try: ask again: the search goes on from there"
        ),
    ),
    (
        NetworkFileRefused("../my.toml"),
        (
            "WG1030 the network '../my.toml' is not read\n"
            "  why: notes on a page may name a preset of the lab, and no other file of the machine that it runs on\n"
            "  try: put the experiment into the notes, in a block that begins with ```whygrad, or open it in the lab"
        ),
    ),
    (
        NotesTooLongHere(100_001, 100_000),
        (
            "WG1031 the notes have 100,001 characters\n"
            "  why: the page marks up to 100,000, so that marks come while one types\n"
            "  try: check the parts one by one, or the whole with `whygrad check NOTES.md`"
        ),
    ),
    (
        MarkingTooLong(10.0),
        (
            "WG1032 this takes longer than 10 seconds, and was stopped\n"
            "  why: nobody's notes may take longer, so that everybody's are marked\n"
            "  try: check fewer lines, or use a smaller network; `whygrad check NOTES.md` takes the time that it needs"
        ),
    ),
    (
        MarkingFailed("the process that marks them did not start"),
        (
            "WG1033 the notes were not marked\n"
            "  why: the process that marks them did not start\n"
            "  try: try again; the terminal of the lab may say more"
        ),
    ),
    (
        NoSuchSample("poem", ("notes-222", "live-221")),
        (
            "WG1034 there are no sample notes 'poem'\n"
            "  why: the samples are notes-222, live-221\n"
            "  try: choose one of these"
        ),
    ),
    (
        SessionGone(),
        (
            "WG1013 your session is no longer there, so this is a new one\n"
            "  why: the lab was started again, or the page was closed for more than half an hour\n"
            "  try: what you set is kept where the page sent it along; training starts again"
        ),
    ),
]


@pytest.mark.parametrize(("error", "text"), TEXTS, ids=lambda each: each.code if isinstance(each, LabError) else "")
def test_what_it_says(error: LabError, text: str) -> None:
    assert str(error) == text


def test_each_error_has_a_code_of_its_own_and_a_test() -> None:
    classes = [each for module in (lab, lab_tools) for _, each in inspect.getmembers(module, inspect.isclass)]
    every = {each for each in classes if issubclass(each, LabError)} - {LabError}
    assert every == {type(error) for error, _ in TEXTS}
    assert len({each.code for each in every}) == len(every)
