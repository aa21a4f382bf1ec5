"""The session service: what the page, REST and the command line ask of review sessions."""

from collections.abc import Callable, Sequence

from demo.address import Address
from demo.challenger import ChallengerTrainer
from demo.sessions.case_view import CaseView, Participant, Progress
from demo.sessions.codes import new_token, normal_code, token_hash
from demo.sessions.errors import (
    NotAllowed,
    OtherModel,
    SessionClosed,
    StoreFull,
    StoreUnavailable,
    UnknownSession,
)
from demo.sessions.model import Case, Plan, Session, Signature, Verdict, VerdictInput, order_for
from demo.sessions.new_session import Listed, check_list, new_session, standing_session
from demo.sessions.opening import Opening
from demo.sessions.predictions import PredictionCache
from demo.sessions.queries import SessionQueries
from demo.sessions.repository import SessionStore
from demo.sessions.rules import resolve_verdict
from models.predict import validate_record
from models.registry import LoadedModel, ModelCatalogue

# Where each of them uses it.
HERE = Address()
# Makes and stores the report of a session that was just closed; given the service and the session.
Freeze = Callable[["SessionService", Session], object]


def freeze_nothing(service: "SessionService", session: Session) -> None:
    """Leave a report to be made when it is first asked for."""


class SessionService:
    """Opens sessions, adds reviewers, gives them their cases, stores verdicts and closes sessions.

    The store is opened when it is first needed, so that a start need not wait for a database. `address`
    is where people reach the app; `freeze` makes the report of a session as soon as it is closed;
    `trainer` trains challengers with what a session corrected, None where that is not offered.
    `queries` reads what lists, boards and reports show.
    """

    def __init__(
        self,
        catalogue: ModelCatalogue,
        open_store: Callable[[], SessionStore],
        address: Address = HERE,
        freeze: Freeze = freeze_nothing,
        trainer: ChallengerTrainer | None = None,
    ) -> None:
        self.catalogue = catalogue
        self.address = address
        self.freeze = freeze
        self.trainer = trainer
        self.opening = Opening(open_store)
        self.queries = SessionQueries(self.opening)
        self.answers = PredictionCache()

    @property
    def store(self) -> SessionStore:
        """The store; raises StoreUnavailable if it cannot be opened, and tries again the next time."""
        return self.opening.open()

    def leave(self) -> None:
        """Close the store, if it was opened, and stop what is being trained."""
        if self.trainer:
            self.trainer.leave()
        self.opening.close()

    def open_session(self, plan: Plan, records: Sequence[Listed] = ()) -> tuple[Session, str]:
        """Store a new session with its case list, and return it with the facilitator's token.

        Raises UnknownModel or ArtefactError for the model, InvalidRecord for the first bad case, and
        InvalidSession if there is nothing to judge.
        """
        model = self.catalogue[plan.model]
        checked = check_list(plan, model, records)
        token = new_token()
        session = new_session(plan, model, token_hash(token))
        return self.store.sessions.add_session(session, checked), token

    def session(self, code: str) -> Session:
        """Return a session by its code; raise UnknownSession.

        The standing session that takes the open feedback on a model is made when it is first asked for.
        """
        try:
            return self.store.sessions.session(code)
        except UnknownSession:
            standing = standing_session(normal_code(code), self.catalogue)
            if standing is None:
                raise
        return self.store.sessions.add_session(standing, ())

    def join(self, code: str, name: object, account: str | None = None) -> tuple[Participant, str]:
        """Add a reviewer to a session, and return the participant and their secret token."""
        session = self.session(code)
        model = self.model_of(session)
        token = new_token()
        reviewer = self.store.sessions.add_reviewer(session, name, token_hash(token), account)
        return Participant(session, reviewer, model), token

    def participant(self, code: str, token: str) -> Participant:
        """Return the reviewer whose token this is; raise NotAllowed if it is nobody's."""
        try:
            session, reviewer = self.store.sessions.participant(code, token_hash(token))
        except UnknownSession:
            session, reviewer = self.session(code), None
        if reviewer is None:
            raise NotAllowed(
                "This personal link does not belong to a reviewer of this session; "
                "open the session's own link and give your name."
            )
        return Participant(session, reviewer, self.model_of(session))

    def session_for_facilitator(self, code: str, token: str) -> Session:
        """Return a session if the token is its facilitator's; raise NotAllowed if not."""
        session = self.session(code)
        if not token or token_hash(token) != session.facilitator_hash:
            raise NotAllowed(
                "This is not the facilitator's link of the session; use the one that was shown when it "
                "was opened. Whoever runs the app can make a new one (`python -m demo sessions link`)."
            )
        return session

    def session_for_report(self, code: str, token: str) -> Session:
        """Return a session if the token is its facilitator's or a reviewer's; raise NotAllowed if not."""
        session, hashed = self.session(code), token_hash(token)
        if hashed != session.facilitator_hash and not self.store.sessions.reviewer(session, hashed):
            raise NotAllowed(
                "The report is for those who took part; send the token of the facilitator or of a "
                "reviewer of this session."
            )
        return session

    def new_facilitator(self, session: Session) -> str:
        """Return a new token for the facilitator; the one before no longer works."""
        token = new_token()
        self.store.sessions.change_facilitator(session, token_hash(token))
        return token

    def model_of(self, session: Session) -> LoadedModel:
        """Return the model of a session; raise OtherModel if the app runs another version."""
        model = self.catalogue[session.plan.model]
        if not session.standing and model.metadata["sha256"] != session.model_sha256:
            raise OtherModel(
                f"This session judges {session.plan.model} {session.model_sha256[:12]}, but this app runs "
                f"{model.version}; serve that version again, or open a new session."
            )
        return model

    def queue(self, participant: Participant) -> tuple[list[int], set[int]]:
        """Return the cases of a reviewer in their order, and those judged, by id."""
        ids, judged = self.store.verdicts.queue(participant.session, participant.reviewer)
        return order_for(participant.session, participant.reviewer, ids), judged

    def progress(self, participant: Participant) -> Progress:
        """Return how far a reviewer is."""
        ids, judged = self.queue(participant)
        return Progress(len(judged), len(ids))

    def next_view(self, participant: Participant, after: int | None = None) -> CaseView | None:
        """Return the reviewer's next case that is not judged, or None when all are.

        `after` is the case to go on from: skipped cases come again at the end.
        """
        ids, judged = self.queue(participant)
        start = ids.index(after) + 1 if after in ids else 0
        waiting = (case for case in (*ids[start:], *ids[:start]) if case not in judged)
        case_id = next(waiting, None)
        return None if case_id is None else self.view_at(participant, case_id, ids, judged)

    def case_view(self, participant: Participant, case_id: int) -> CaseView:
        """Return a case of the reviewer, judged or not; raise UnknownCase."""
        return self.view_at(participant, case_id, *self.queue(participant))

    def view_before(self, participant: Participant, case_id: int | None) -> CaseView | None:
        """Return the case before another in the reviewer's order (None: the last), or None at the first."""
        ids, judged = self.queue(participant)
        index = ids.index(case_id) if case_id in ids else len(ids)
        return self.view_at(participant, ids[index - 1], ids, judged) if index else None

    def view_at(
        self, participant: Participant, case_id: int, ids: Sequence[int], judged: set[int]
    ) -> CaseView:
        """Return a case with what the reviewer may see of it."""
        case = self.store.verdicts.case(participant.session, case_id, participant.reviewer)
        verdict = self.store.verdicts.verdict(participant.reviewer, case)
        number = ids.index(case_id) + 1 if case_id in ids else len(ids)
        labelled = verdict and verdict.verdict_input.blind_label
        hidden = participant.session.plan.blind and not labelled
        answer = None if hidden else self.answers.answer(participant.model, case.record)
        return CaseView(case, verdict, answer, number, len(judged), len(ids))

    def judge(self, participant: Participant, case_id: int, verdict_input: VerdictInput) -> Verdict:
        """Store what a reviewer says of a case, and return it once it is committed.

        Sending the same again changes nothing. Raises UnknownCase, SessionClosed, InvalidVerdict.
        """
        session, reviewer, model = participant.session, participant.reviewer, participant.model
        case = self.store.verdicts.case(session, case_id, reviewer)
        answered = self.answers.predict(model, case.record)

        def put(said: VerdictInput) -> Verdict:
            def resolve(earlier: VerdictInput | None) -> VerdictInput:
                classes = model.spec.classes
                return resolve_verdict(session, said, answered.predicted, classes, earlier)

            return self.store.verdicts.put_verdict(session, reviewer, case, answered, resolve)

        if verdict_input.verdict is not None and verdict_input.blind_label is not None:
            # Stored first and alone: an error about the rest would reveal the model's answer.
            put(VerdictInput(blind_label=verdict_input.blind_label, comment=verdict_input.comment))
        return put(verdict_input)

    def try_case(self, participant: Participant, record: object) -> Case:
        """Store an input that a reviewer tries; raise InvalidRecord, or NotAllowed if the list is fixed."""
        if not participant.session.plan.open_floor:
            raise NotAllowed("This session judges a fixed list; it takes no inputs of your own.")
        checked = validate_record(participant.model.spec, record)
        return self.store.verdicts.add_case(participant.session, participant.reviewer, checked)

    def close(self, session: Session, signature: Signature) -> Session:
        """Close a session with a signature and freeze its report while the judged model is running.

        Raises SessionClosed if it is closed already, NotAllowed for a standing session, and
        StoreUnavailable or StoreFull. These two may also mean that only the report could not be stored:
        the message says so, the session stays closed, and the report is made when first asked for.
        """
        if session.standing:
            raise NotAllowed("Open feedback is never closed; open a session to come to a decision.")
        if session.closed_at:
            raise SessionClosed(f"This session was closed on {session.closed_at[:10]}.")
        ended = self.store.sessions.close_session(session, signature)
        try:
            self.freeze(self, ended)
        except (StoreUnavailable, StoreFull) as error:
            raise type(error)(
                "The session is closed and its decision is saved, but its report could not be saved; "
                "it is made when it is first asked for, so ask for it in a moment."
            ) from error
        return ended

    def keep_report(self, session: Session, kind: str, content: str) -> str:
        """Store a report unless there is one of its kind, and return the one that is stored."""
        return self.store.sessions.keep_report(session, kind, content)
