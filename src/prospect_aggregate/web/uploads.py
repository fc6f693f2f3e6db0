"""Files on their way in: to disk, and no further than anybody would read."""

from typing import Any

from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler
from django.http import HttpRequest

from prospect_aggregate.scrapers.fetch import MOST_BYTES
from prospect_aggregate.web.models import Person
from prospect_aggregate.web.permissions import Permission


class OnlySoMuch(TemporaryFileUploadHandler):
    """What comes beyond the limit is counted in the file's size, and dropped; the limit is for all files together.

    Looking for the form's token reads a body before anybody asks who sent it: files of who may upload none are passed
    over, so that strangers fill no disk.
    """

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._kept, self._skips = 0, False

    def handle_raw_input(self, *_: Any, **__: Any) -> None:
        reader = self.request.user if self.request else None
        self._skips = not (isinstance(reader, Person) and reader.may(Permission.RUN_SOURCES))

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        if self._skips:
            raise SkipFile
        super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self._kept + len(raw_data) <= MOST_BYTES and start + len(raw_data) <= MOST_BYTES:
            self._kept += len(raw_data)
            super().receive_data_chunk(raw_data, start)
