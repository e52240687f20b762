"""The identity key in a file of its own, and a new one in its place, by the commands of the manual."""

import re

import pytest
from tests.operations.site import said, serving

from fotfeste_web.backup.errors import BackupError
from fotfeste_web.backup.files import written_whole
from fotfeste_web.backup.passphrase import passphrase


@pytest.fixture
def words(folder):
    file = folder / "ord"
    file.write_text("blåbær og kantarell\n")
    return "--passphrase-file", file


def key(home, name="FOTFESTE_IDENTITY_KEY"):
    return (home / "secrets" / name).read_text()


def test_a_key_file_gives_the_same_key_and_replaces_no_other(folder, words):
    home, other, file = folder / "home", folder / "other", folder / "nokkel.age"
    (home / "secrets").mkdir(parents=True)
    (home / "secrets" / "FOTFESTE_IDENTITY_KEY").write_text("ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=")
    assert said("keys", "export", file, *words, home=home) == (0, "")
    assert file.stat().st_mode & 0o777 == 0o600
    assert key(home).encode() not in file.read_bytes()
    code, answer = said("keys", "import", file, *words, home=other)
    assert (code, key(home) in answer) == (0, False)
    assert key(other) == key(home)
    assert (other / "secrets" / "FOTFESTE_IDENTITY_KEY").stat().st_mode & 0o777 == 0o600
    (other / "secrets" / "FOTFESTE_IDENTITY_KEY").write_text("another")
    code, answer = said("keys", "import", file, *words, home=other)
    assert (code, "er en annen nøkkel. Ingenting er endret." in answer) == (2, True)
    assert key(other) == "another"


def test_what_is_no_key_file_is_a_sentence(folder, words):
    (folder / "brev").write_text("Kjære Ina")
    code, answer = said("keys", "import", folder / "brev", *words, home=folder / "home")
    assert (code, answer) == (2, "Filen er ingen nøkkelfil fra Fotfeste.\n")
    code, answer = said("keys", "import", folder / "ingen", *words, home=folder / "home")
    assert code == 2
    assert "kan ikke leses" in answer
    assert not (folder / "home").exists()


def test_a_passphrase_that_is_missing_or_too_short_is_a_sentence(folder, monkeypatch):
    monkeypatch.delenv("FOTFESTE_BACKUP_PASSPHRASE", raising=False)
    code, answer = said("backup", folder / "kopi.age", home=folder / "home")
    assert (code, answer.startswith("Passordfrasen mangler.")) == (2, True)
    monkeypatch.setenv("FOTFESTE_BACKUP_PASSPHRASE", "kort")
    with pytest.raises(BackupError, match="minst 16 tegn"):
        passphrase(None, new=True)
    assert passphrase(None, new=False) == "kort"


def test_a_file_that_is_not_finished_has_no_name(folder):
    def stopped() -> None:
        with written_whole(folder / "kopi.age") as stream:
            stream.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stopped()
    assert list(folder.iterdir()) == []


@pytest.mark.more
def test_a_key_takes_over_when_the_site_has_been_started_with_both(site, port):
    first = key(site)
    with serving(site, port):
        code, answer = said("keys", "rotate", home=site)
        assert code == 2
        assert "Ny nøkkel er laget ved siden av den gamle." in answer
        assert "Start det på nytt, og kjør kommandoen igjen." in answer
    assert (key(site, "FOTFESTE_IDENTITY_KEY_OLD"), key(site) == first) == (first, False)
    with serving(site, port):
        code, answer = said("keys", "rotate", home=site)
        assert code == 0
        assert re.search(r"\d+ rader er kryptert på nytt. Alt leses nå med den nye nøkkelen.", answer)
    assert first not in answer
    (site / "secrets" / "FOTFESTE_IDENTITY_KEY_OLD").unlink()
    assert said("manage", "prepare", home=site)[0] == 0


@pytest.mark.more
def test_the_key_of_sign_in_takes_over_and_those_who_are_signed_in_stay(site):
    before = key(site, "FOTFESTE_SECRET_KEY")
    code, answer = said("keys", "rotate", "signing", home=site)
    assert (code, "Start Fotfeste på nytt. Etter tre døgn" in answer) == (0, True)
    assert key(site, "FOTFESTE_SECRET_KEY_OLD") == before != key(site, "FOTFESTE_SECRET_KEY")
    code, answer = said("manage", "shell", "--verbosity=0", "-c", SIGNED_BEFORE, home=site)
    (site / "secrets" / "FOTFESTE_SECRET_KEY_OLD").unlink()
    assert (code, answer.strip()) == (0, "True")


SIGNED_BEFORE = """
from django.conf import settings
from django.core.signing import Signer
print(Signer().unsign(Signer(key=settings.SECRET_KEY_FALLBACKS[0], fallback_keys=[]).sign("x")) == "x")
"""
