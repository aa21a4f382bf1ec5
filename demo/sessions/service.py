"""The review desk: what the page, REST and the command line ask of review sessions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from demo.sessions.codes import new_code, new_token, normal_code, standing_code, token_hash
from demo.sessions.errors import InvalidReview, NotAllowed, OtherModel, ReviewClosed, UnknownReview
from demo.sessions.model import (
    MOST_CASES,
    Case,
    Draft,
    Plan,
    Review,
    Reviewer,
    Signature,
    Verdict,
    now,
    order_for,
)
from demo.sessions.opening import Opening
from demo.sessions.predictions import Answer, Answers
from demo.sessions.repository import SessionRepository
from demo.sessions.rules import settle
from demo.sessions.text import check_choice
from demo.settings import Address
from models.predict import name_index, validate_record
from models.registry import LoadedModel, Shelf
from models.spec import Record

# Where each of them uses it.
HERE = Address()


@dataclass(frozen=True)
class Seat:
    """A reviewer in a session, with the model that it is about."""

    review: Review
    reviewer: Reviewer
    model: LoadedModel


@dataclass(frozen=True)
class Turn:
    """A case as a reviewer sees it: `answer` is None while a blind session waits for a first label.

    `done` of the `total` cases of this reviewer are judged; `place` counts from 1.
    """

    case: Case
    verdict: Verdict | None
    answer: Answer | None
    place: int
    done: int
    total: int


@dataclass(frozen=True)
class Progress:
    """How far a reviewer is."""

    done: int
    total: int


class ReviewDesk:
    """Opens sessions, lets reviewers in, hands out cases and takes verdicts.

    The store is opened when it is first needed: a start should not wait for a database. `address` is
    where people reach the app.
    """

    def __init__(
        self, shelf: Shelf, open_store: Callable[[], SessionRepository], address: Address = HERE
    ) -> None:
        self.shelf = shelf
        self.address = address
        self.opening = Opening(open_store)
        self.answers = Answers()

    @property
    def store(self) -> SessionRepository:
        """The store; raises StoreUnavailable, and is tried again the next time."""
        return self.opening.get()

    def leave(self) -> None:
        """Close the store, if it was opened."""
        self.opening.close()

    def open_review(
        self, plan: Plan, records: Sequence[tuple[Record, str | None]] = ()
    ) -> tuple[Review, str]:
        """Store a new session with its case list, and return it with the facilitator's token.

        Raises UnknownModel or ArtefactError for the model, InvalidRecord for the first bad case, and
        InvalidReview for a session in which nothing could be judged.
        """
        model = self.shelf[plan.model]
        checked = check_list(plan, model, records)
        token = new_token()
        review = new_review(plan, model, token_hash(token))
        return self.store.add_review(review, checked), token

    def review(self, code: str) -> Review:
        """Return a session by its code; raise UnknownReview.

        The standing session that takes the open feedback on a model is made when it is first asked for.
        """
        try:
            return self.store.review(code)
        except UnknownReview:
            standing = standing_review(normal_code(code), self.shelf)
            if standing is None:
                raise
        return self.store.add_review(standing, ())

    def join(self, code: str, name: object, account: str | None = None) -> tuple[Seat, str]:
        """Let a reviewer into a session, and return the seat and the token that leads back to it."""
        review = self.review(code)
        model = self.model_of(review)
        token = new_token()
        reviewer = self.store.add_reviewer(review, name, token_hash(token), account)
        return Seat(review, reviewer, model), token

    def seat(self, code: str, token: str) -> Seat:
        """Return the seat of a reviewer who bears a token; raise NotAllowed for another."""
        try:
            review, reviewer = self.store.seat(code, token_hash(token))
        except UnknownReview:
            review, reviewer = self.review(code), None
        if reviewer is None:
            raise NotAllowed(
                "This personal link does not belong to a reviewer of this session; "
                "open the session's own link and give your name."
            )
        return Seat(review, reviewer, self.model_of(review))

    def facilitated(self, code: str, token: str) -> Review:
        """Return a session to its facilitator; raise NotAllowed for anybody else."""
        review = self.review(code)
        if not token or token_hash(token) != review.facilitator_hash:
            raise NotAllowed(
                "This is not the facilitator's link of the session; use the one that was shown when it "
                "was opened. Whoever runs the app can make a new one (`python -m demo reviews link`)."
            )
        return review

    def new_facilitator(self, review: Review) -> str:
        """Return a new token for the facilitator; the one before is no good any more."""
        token = new_token()
        self.store.change_facilitator(review, token_hash(token))
        return token

    def model_of(self, review: Review) -> LoadedModel:
        """Return the model of a session; raise OtherModel if another version of it runs now."""
        model = self.shelf[review.plan.model]
        if not review.standing and model.metadata["sha256"] != review.model_sha256:
            raise OtherModel(
                f"This session judges {review.plan.model} {review.model_sha256[:12]}, but this app runs "
                f"{model.version}; serve that version again, or open a new session."
            )
        return model

    def queue(self, seat: Seat) -> tuple[list[int], set[int]]:
        """Return the cases of a reviewer in their order, and those judged, by id."""
        ids, judged = self.store.queue(seat.review, seat.reviewer)
        return order_for(seat.review, seat.reviewer, ids), judged

    def progress(self, seat: Seat) -> Progress:
        """Return how far a reviewer is."""
        ids, judged = self.queue(seat)
        return Progress(len(judged), len(ids))

    def next_turn(self, seat: Seat, after: int | None = None) -> Turn | None:
        """Return the reviewer's next case that is not judged, or None when all are.

        `after` is the case to go on from: what was skipped comes again at the end.
        """
        ids, judged = self.queue(seat)
        start = ids.index(after) + 1 if after in ids else 0
        waiting = (case for case in (*ids[start:], *ids[:start]) if case not in judged)
        case_id = next(waiting, None)
        return None if case_id is None else self.turn_at(seat, case_id, ids, judged)

    def turn(self, seat: Seat, case_id: int) -> Turn:
        """Return a case of the reviewer, judged or not; raise UnknownCase."""
        return self.turn_at(seat, case_id, *self.queue(seat))

    def turn_before(self, seat: Seat, case_id: int | None) -> Turn | None:
        """Return the case before another in the reviewer's order (None: the last), or None at the first."""
        ids, judged = self.queue(seat)
        place = ids.index(case_id) if case_id in ids else len(ids)
        return self.turn_at(seat, ids[place - 1], ids, judged) if place > 0 else None

    def turn_at(self, seat: Seat, case_id: int, ids: Sequence[int], judged: set[int]) -> Turn:
        """Return a case with what the reviewer may see of it."""
        case = self.store.case(seat.review, case_id, seat.reviewer)
        verdict = self.store.verdict(seat.reviewer, case)
        place = ids.index(case_id) + 1 if case_id in ids else len(ids)
        hidden = seat.review.plan.blind and not (verdict and verdict.draft.blind_label)
        answer = None if hidden else self.answers.answer(seat.model, case.record)
        return Turn(case, verdict, answer, place, len(judged), len(ids))

    def judge(self, seat: Seat, case_id: int, draft: Draft) -> Verdict:
        """Store what a reviewer says of a case, and return it once it is committed.

        Sent again, the same changes nothing. Raises UnknownCase, ReviewClosed, InvalidVerdict.
        """
        case = self.store.case(seat.review, case_id, seat.reviewer)
        answered = self.answers.answered(seat.model, case.record)
        classes = seat.model.spec.classes

        def put(said: Draft) -> Verdict:
            def settled(earlier: Draft | None) -> Draft:
                return settle(seat.review, said, answered.predicted, classes, earlier)

            return self.store.put_verdict(seat.review, seat.reviewer, case, answered, settled)

        if draft.verdict is not None and draft.blind_label is not None:
            # It is kept by itself first: what is refused of the rest would tell the answer before.
            put(Draft(blind_label=draft.blind_label, comment=draft.comment))
        return put(draft)

    def try_case(self, seat: Seat, record: object) -> Case:
        """Store an input of the reviewer's own; raise InvalidRecord, or NotAllowed without an open floor."""
        if not seat.review.plan.open_floor:
            raise NotAllowed("This session judges a fixed list; it takes no inputs of your own.")
        return self.store.add_case(
            seat.review, seat.reviewer, validate_record(seat.model.spec, record)
        )

    def close(self, review: Review, signature: Signature) -> Review:
        """Freeze a session; raise ReviewClosed if it is closed, or NotAllowed for the standing one."""
        if review.standing:
            raise NotAllowed("Open feedback is never closed; open a session to come to a decision.")
        if review.closed_at:
            raise ReviewClosed(f"This session was closed on {review.closed_at[:10]}.")
        return self.store.close_review(review, signature)


STANDING_TITLE = "Open feedback"
Listed = tuple[Record, str | None]


def new_review(plan: Plan, model: LoadedModel, facilitator_hash: str) -> Review:
    """Return a session with a code of its own."""
    sha256 = str(model.metadata["sha256"])
    return Review(0, new_code(), plan, sha256, facilitator_hash, False, now())


def standing_review(code: str, shelf: Shelf) -> Review | None:
    """Return the standing session that has a code and takes the open feedback on a model, or None."""
    for name, model in shelf.loaded.items():
        if standing_code(name) == code:
            plan = Plan(f"{STANDING_TITLE}: {model.spec.title}", model=name, anonymous=True)
            sha256 = str(model.metadata["sha256"])
            # Nobody has this token: who runs the app makes a facilitator's link when one is wanted.
            return Review(0, code, plan, sha256, token_hash(new_token()), True, now())
    return None


def check_list(plan: Plan, model: LoadedModel, records: Sequence[Listed]) -> list[Listed]:
    """Return the case list of a session (record, true label), each record parsed.

    Raises InvalidRecord for the first bad case, and InvalidReview for a label that is no class, for too
    many cases, or for none in a session in which nothing else could be judged.
    """
    if not records and not plan.open_floor:
        raise InvalidReview(
            "The session has no cases and no open floor; give it one of them.", "cases"
        )
    if len(records) > MOST_CASES:
        raise InvalidReview(
            f"{len(records):,} cases came; a session takes at most {MOST_CASES:,}.", "cases"
        )
    checked: list[Listed] = []
    for place, (record, true_label) in enumerate(records):
        if true_label is not None:
            check_choice(true_label, model.spec.classes, "cases")
        with name_index(place):
            checked.append((validate_record(model.spec, record), true_label))
    return checked
