"""What everybody agreed to, in one value: read once, and asked for wherever something is shown."""

from __future__ import annotations

from qualcode.model.consent import Audience
from qualcode.model.people import Attribution, Participant
from qualcode.services.consent.attribution import Consent
from qualcode.services.consent.joint_interviews import Sitting, interviews_of, joint_interviews
from qualcode.services.consent.linkage import coarsenings
from qualcode.services.consent.names.in_facts import without_telling_pseudonyms
from qualcode.store import identities, leaving, queries
from qualcode.store.engine import Session
from qualcode.store.erasing import erased_participants
from qualcode.store.leaving import interview_days


def consent_of(session: Session, *, audience: Audience = Audience.TEAM) -> Consent:
    """What everybody agreed to, with the names where they are at hand.

    Who could be found by putting attributions side by side is cited with less, past exports counted
    in; a publication says less of the frame, too. Whoever was erased leaves in nothing. A pseudonym
    that is somebody's name is left out.
    """
    gone = erased_participants(session)
    people = {code: Participant(code, Attribution.WITHHELD) for code in gone}
    people |= {person.code: person for person in queries.participants(session)}
    exports = leaving.exports(session)
    sittings = [Sitting(*one) for one in leaving.sittings(session)]
    coarsened = coarsenings(
        people,
        interview_days(session),
        exports,
        facts=leaving.interview_facts(session),
        sittings=(met for _, met in interviews_of(sittings)),
        audience=audience,
    )
    register = identities.register(session)
    names, listed = {one.code: one for one in register.people}, register.listed
    cited = session.worked_out(  # consent is read again and again, and this costs 30 ms for 200
        "pseudonyms",
        (people, names, listed),
        lambda: without_telling_pseudonyms(people, names, listed),
    )
    joint = joint_interviews(people, sittings, exports)
    return Consent(cited, names, coarsened, joint, frozenset(gone))
