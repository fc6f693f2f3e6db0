"""Digests on their way: claimed in the database by whichever process is alive, and tried until they arrive.

At least once: what was told is kept after the mail server took the mail. A process that dies before that leaves the
claim, whose time to try again comes in minutes; one that dies in the moment between has the mail sent twice, under
one Message-ID. The other order would lose what changed, and nobody would know.
"""

import logging
from datetime import datetime

from prospect_aggregate.collection import forks
from prospect_aggregate.web import mailing
from prospect_aggregate.web.models import Digest

logger = logging.getLogger(__name__)
AT_ONCE = 5  # in one go: each may take a second, and whoever else lives takes others


def send_due(now: datetime) -> int:
    """How many went out. Without mail none is claimed: it waits for mail, or a process that has it."""
    if not mailing.is_set_up():
        return 0
    return sum(_try(digest, now) for digest in Digest.objects.due(now)[:AT_ONCE])


def _try(digest: Digest, now: datetime) -> bool:
    if not Digest.objects.claim(digest, now=now):
        return False
    digest.refresh_from_db(from_queryset=Digest.objects.select_related("person"))
    from prospect_aggregate.web.digests.composing import (
        mail_of,
    )  # not in every worker's memory for once a day

    mail = mail_of(digest, now=now)
    try:
        if mail:
            with forks.allowed():
                mailing.send_rich(mail)
    except mailing.NotMailedError as error:
        logger.warning("digest of person %s not sent: %s", digest.pk, error)
        Digest.objects.failed(digest, str(error))
        return False
    Digest.objects.told(digest, count=mail.count if mail else 0, now=now)
    return mail is not None
