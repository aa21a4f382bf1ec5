"""What is asked of the tables again and again, put together once."""

from sqlalchemy import Integer, String, and_, bindparam, func, insert, or_, select, update

from demo.tables import cases, reviewers, reviews, verdicts

CODE, TOKEN_HASH = bindparam("code", type_=String), bindparam("token_hash", type_=String)
REVIEW, REVIEWER = bindparam("review", type_=Integer), bindparam("reviewer", type_=Integer)
CASE, ROW = bindparam("case", type_=Integer), bindparam("row", type_=Integer)

# Cases that two reviewers add at the same moment may share a place.
PLACES = (cases.c.position, cases.c.id)

REVIEW_OF_CODE = select(reviews).where(reviews.c.code == CODE)
CLOSED_AT = select(reviews.c.closed_at).where(reviews.c.id == REVIEW)

# A session, and who bears a token in it, if anybody does.
SEAT = (
    select(
        reviews,
        reviewers.c.id.label("reviewer_id"),
        reviewers.c.name,
        reviewers.c.joined_at,
    )
    .outerjoin(
        reviewers,
        and_(reviewers.c.review_id == reviews.c.id, reviewers.c.token_hash == TOKEN_HASH),
    )
    .where(reviews.c.code == CODE)
)

CASE_OF_REVIEW = select(cases).where(cases.c.review_id == REVIEW, cases.c.id == CASE)

# The cases of the list and those of a reviewer's own, with what they said of them.
QUEUE = (
    select(cases.c.id, verdicts.c.verdict, verdicts.c.id.label("started"))
    .outerjoin(verdicts, and_(verdicts.c.case_id == cases.c.id, verdicts.c.reviewer_id == REVIEWER))
    .where(
        cases.c.review_id == REVIEW,
        or_(cases.c.added_by.is_(None), cases.c.added_by == REVIEWER),
    )
    .order_by(*PLACES)
)
FULL_CASES = (
    select(verdicts.c.case_id)
    .where(verdicts.c.review_id == REVIEW, verdicts.c.verdict.is_not(None))
    .group_by(verdicts.c.case_id)
    .having(func.count() >= bindparam("wanted"))
)

VERDICT = select(verdicts).where(verdicts.c.case_id == CASE, verdicts.c.reviewer_id == REVIEWER)
VERDICT_TO_CHANGE = VERDICT.with_for_update()
ADD_VERDICT = insert(verdicts).returning(*verdicts.c)
CHANGE_VERDICT = update(verdicts).where(verdicts.c.id == ROW).returning(*verdicts.c)
