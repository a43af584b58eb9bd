"""Fit how far a verdict of the claim check is to be trusted.

    python -m evals.fit_trust

Holds the `dev` claims and the sayings of one half of the notes against the live index and fits, for verdicts that settle a claim and for those that leave it
open, the offset and slope by which the chance that the comparison gives is brought to the share that was right (Platt, 1999). Claims and sayings count alike:
readers say some things nearly as the guidance does and others in quite other words, and how often each is not known. What leaves a claim open is fitted on
the claims alone: no saying is rightly left open. Prints what stands in `assistant/checking/trust.py`.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

import numpy as np
from rich.progress import track
from sklearn.linear_model import LogisticRegression

from assistant.answers import Scope
from assistant.checking.service import CheckService, overall, read_claim
from assistant.checking.splitting import parts_of
from assistant.checking.trust import log_odds
from assistant.checking.verdicts import Verdict
from assistant.settings import Settings
from evals.claims import load_claims
from evals.sayings import load_sayings
from index.embedding import SentenceEmbedder
from index.live import LiveIndex
from index.versions import Versions

EVERY = 2
"""One in so many sentences' sayings is fitted on."""
UNPENALISED = 1e6

Judged = tuple[Verdict, float, bool]
"""A verdict, the chance that the comparison gives it, and whether it is the right one."""


def judged(claims: Iterable[tuple[str, Scope, Verdict]], settings: Settings) -> Iterator[Judged]:
    """What the check makes of claims, before trust. Raises NoIndexError while no index is live."""
    live, embedder = LiveIndex(Versions(settings.index_dir)), SentenceEmbedder(settings.embedding_model)
    checks, index, today = CheckService(live, embedder), live.current(), date.today()
    for claim, scope, right in claims:
        day = scope.as_of.last if scope.as_of else today
        decisions = checks.decided(read_claim(claim, parts_of(claim), index, embedder), index, scope, day, today)
        verdict = overall([decision.verdict for decision in decisions])
        yield verdict, min(decision.confidence for decision in decisions), verdict is right


def fitted(*groups: Sequence[Judged]) -> tuple[float, float]:
    """Offset and slope over groups of verdicts that weigh alike."""
    rows, right, weights = [], [], []
    for group in groups:
        rows += [[log_odds(chance)] for _, chance, _ in group]
        right += [is_right for _, _, is_right in group]
        weights += [1 / len(group)] * len(group)
    model = LogisticRegression(C=UNPENALISED).fit(np.array(rows), np.array(right), sample_weight=np.array(weights) * len(rows))
    return round(float(model.intercept_[0]), 2), round(float(model.coef_[0, 0]), 2)


def main() -> None:
    """Fit and print."""
    settings = Settings()
    claims = list(judged(((each.claim, each.scope, each.verdict) for each in load_claims("dev")), settings))
    learned_from = [each for each in load_sayings() if each.is_learned_from][::EVERY]
    told = [(claim, Scope(), verdict) for saying in learned_from for claim, verdict in saying.claims()]
    sayings = list(judged(track(told, description="Checking", transient=True), settings))
    settling, leaving = ([each for each in claims if (each[0] is not Verdict.NOT_COVERED) is settles] for settles in (True, False))
    print(f"SETTLED = {fitted(settling, [each for each in sayings if each[0] is not Verdict.NOT_COVERED])}")
    print(f"LEFT_OPEN = {fitted(leaving)}")


if __name__ == "__main__":
    main()
