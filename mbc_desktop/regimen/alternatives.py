"""What a regimen gives together, and what is given in the place of something else, after an answer of the hospital."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mbc_desktop.regimen.regimen import Regimen, drugs_of

_Condition = tuple[str, str]
_Mention = tuple[str, tuple[_Condition, ...]]


def choices_of(regimen: Regimen) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """The treatment drugs in order of first mention. Each entry is a choice between sets of drugs, of which one is given;
    a drug that is always given is a choice between one set. "TC weekly" is one choice between two sets of two drugs."""
    mentions = tuple(_mentions(regimen))
    depends = {drug: _decision_of(drug, mentions) for drug in drugs_of(regimen)}
    chosen: dict[str, tuple[tuple[str, ...], ...]] = {}
    for drug, decision in depends.items():
        if not decision:
            chosen[drug] = ((drug,),)
        elif decision not in chosen:
            own = [one for one, other in depends.items() if other == decision]
            answers = _answers(decision, mentions)
            sets = (tuple(one for one in own if answer in _answers(decision, mentions, one)) for answer in answers)
            chosen[decision] = tuple(dict.fromkeys(one for one in sets if one))
    return tuple(chosen.values())


def _decision_of(drug: str, mentions: Sequence[_Mention]) -> str:
    """The decision of which some answers leave the drug out; "" where it is always given."""
    own = [dict(asked) for one, asked in mentions if one == drug]
    everywhere = (key for key in own[0] if all(key in asked for asked in own))
    return next((key for key in everywhere if set(_answers(key, mentions, drug)) != set(_answers(key, mentions))), "")


def _answers(decision: str, mentions: Sequence[_Mention], drug: str = "") -> dict[str, None]:
    """The answers to a decision under which something is given (or this drug is), each once."""
    told = (asked for one, asked in mentions if not drug or one == drug)
    return dict.fromkeys(answer for asked in told for key, answer in asked if key == decision)


def _mentions(regimen: Regimen) -> Iterator[_Mention]:
    """Every line with a treatment drug, with the decisions and answers under which it holds."""
    for part in regimen.parts:
        for phase in part.phases:
            for order in phase.orders:
                if order.role == "treatment":
                    asked = ((item.decision, item.if_decided) for item in (phase, order))
                    yield order.drug, tuple(condition for condition in asked if condition[0])
