"""A tiny language of conditions over named facts, read from data and checked when read.

A condition set is a table `fact = test`; it holds when every test holds. A test is one of

    true, 3, "like"           the fact equals this value
    ["like", "trust"]         the fact equals one of these values
    { min = 3, max = 10 }     the fact is known and within these bounds, both included
    { known = true }          the fact is known (false: it is not)

An unknown fact (None) passes no test but `{ known = false }`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

FactType = type[bool] | type[int] | type[float] | type[str] | type[date] | type[Enum]


class ConditionError(ValueError):
    """A condition in a data file names an unknown fact, or tests it in a way it cannot be."""


@dataclass(frozen=True)
class Condition:
    """One test of one fact; of `values`, the bounds and `known` only one kind is set."""

    fact: str
    values: tuple[object, ...] = ()
    least: float | None = None
    most: float | None = None
    known: bool | None = None

    def holds(self, fact: object) -> bool:
        if self.known is not None:
            return (fact is not None) is self.known
        if fact is None:
            return False
        if self.values:
            return fact in self.values
        assert isinstance(fact, int | float)  # noqa: S101 - checked when the condition was read
        return (self.least is None or fact >= self.least) and (
            self.most is None or fact <= self.most
        )

    @property
    def needs_fact(self) -> bool:
        """True when the condition can only hold for a known fact."""
        return self.known is not False


def read_conditions(
    table: Mapping[str, object], types: Mapping[str, FactType]
) -> tuple[Condition, ...]:
    """Read a table of tests; `types` maps every fact there is to its type.

    Raises ConditionError naming the fact and what is wrong with it.
    """
    return tuple(_read(fact, test, types) for fact, test in table.items())


def all_hold(conditions: tuple[Condition, ...], facts: object) -> bool:
    """Whether every condition holds for an object bearing the facts as attributes."""
    return all(condition.holds(getattr(facts, condition.fact)) for condition in conditions)


def _read(fact: str, test: object, types: Mapping[str, FactType]) -> Condition:
    if fact not in types:
        raise ConditionError(f"there is no fact '{fact}'")
    kind = types[fact]
    if isinstance(test, Mapping):
        return _read_bounds(fact, test, kind)
    wanted = test if isinstance(test, list) else [test]
    if not wanted:
        raise ConditionError(f"'{fact}' is compared with an empty list")
    return Condition(fact, values=tuple(_value(fact, value, kind) for value in wanted))


def _read_bounds(fact: str, test: Mapping[str, object], kind: FactType) -> Condition:
    known = test.get("known")
    if set(test) == {"known"} and isinstance(known, bool):
        return Condition(fact, known=known)
    if not test or not set(test) <= {"min", "max"}:
        raise ConditionError(f"'{fact}' takes min, max or known, not {sorted(test)}")
    if kind not in (int, float):
        raise ConditionError(f"'{fact}' is no number, so it has no min or max")
    least, most = (_bound(fact, test.get(side)) for side in ("min", "max"))
    if least is not None and most is not None and least > most:
        raise ConditionError(f"'{fact}' can never be at least {least} and at most {most}")
    return Condition(fact, least=least, most=most)


def _bound(fact: str, bound: object) -> float | None:
    if bound is None or (isinstance(bound, int | float) and not isinstance(bound, bool)):
        return bound
    raise ConditionError(f"'{fact}' has a bound that is no number: {bound!r}")


def _value(fact: str, value: object, kind: FactType) -> object:
    if issubclass(kind, Enum):
        try:
            return kind(value)
        except ValueError:
            choices = ", ".join(str(member.value) for member in kind)
            raise ConditionError(f"'{fact}' is {value!r}, not one of {choices}") from None
    if type(value) is not kind:
        raise ConditionError(f"'{fact}' is compared with {value!r}, which is no {kind.__name__}")
    return value
