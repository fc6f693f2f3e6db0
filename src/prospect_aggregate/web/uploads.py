"""Files on their way in: to disk, and no further than anybody would read."""

from django.core.files.uploadhandler import TemporaryFileUploadHandler

from prospect_aggregate.scrapers.fetch import MOST_BYTES


class OnlySoMuch(TemporaryFileUploadHandler):
    """What comes beyond the limit is counted in the file's size, and dropped."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) <= MOST_BYTES:
            super().receive_data_chunk(raw_data, start)
