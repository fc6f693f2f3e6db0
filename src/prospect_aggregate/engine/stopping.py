"""The orderly end of all children, within ten seconds whatever they do."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from prospect_aggregate.engine.children import Charge


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long an end may take, in seconds; the `reserve` is kept for what others stand on (the broker)."""

    step: float = 1.0  # from asking one to asking the next, when the first is not yet gone
    kill: float = 6.0  # from asking to killing
    all_by: float = 9.0
    reserve: float = 1.0


class Stopping:
    """Each child is asked in its turn and killed when it takes too long; `step` until it says so."""

    def __init__(
        self,
        charges: Sequence[Charge],
        patience: Patience,
        *,
        say: Callable[[str], None],
        clock: Callable[[], float],
    ) -> None:
        self._charges, self._patience, self._say, self._clock = charges, patience, say, clock
        self._began = clock()
        self._asked: dict[str, float] = {}
        self.killed: list[str] = []

    def step(self, *, at_once: bool = False) -> bool:
        now = self._clock()
        for charge in self._charges:
            charge.ended()
        for charge in self._living():
            if at_once or now >= self._kill_at(charge):
                self._kill(charge)
            elif charge.name not in self._asked and self._is_its_turn(charge, now):
                self._asked[charge.name] = now
                charge.ask_to_end()
        return not self._living()

    def _living(self) -> list[Charge]:
        return [charge for charge in self._charges if charge.process]

    def _is_its_turn(self, charge: Charge, now: float) -> bool:
        """Nobody stands on it any more, and those before it have ended or had their second."""
        others = [other for other in self._living() if other is not charge]
        earlier = [other for other in others if other.child.stop_order < charge.child.stop_order]
        stood_on = any(charge.name in other.child.needs for other in others)
        return not stood_on and all(
            now - self._asked.get(other.name, now) >= self._patience.step for other in earlier
        )

    def _kill_at(self, charge: Charge) -> float:
        stood_on = any(charge.name in other.child.needs for other in self._charges)
        latest = self._began + self._patience.all_by - (0 if stood_on else self._patience.reserve)
        return min(self._asked.get(charge.name, latest) + self._patience.kill, latest)

    def _kill(self, charge: Charge) -> None:
        if charge.name not in self.killed:
            self.killed.append(charge.name)
            self._say(f"{charge.name} had not ended: killed")
        charge.kill()
