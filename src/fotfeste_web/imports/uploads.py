"""A file that is sent is held in memory: nothing of it is written to a disk unencrypted, however large it is."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

from .reading import MAX_BYTES

GIVEN_UP_AT = 10 * MAX_BYTES


class InMemory(FileUploadHandler):
    """Keeps no more than the largest file that is taken, and counts the rest: a form can say that it is too large."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.kept = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start > GIVEN_UP_AT:
            raise StopUpload(connection_reset=True)
        if start <= MAX_BYTES:
            self.kept.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.kept.seek(0)
        return InMemoryUploadedFile(
            self.kept,
            self.field_name,
            self.file_name,
            self.content_type,
            file_size,
            self.charset,
            self.content_type_extra,
        )
