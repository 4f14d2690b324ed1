"""Forty guesses at once: at most five are evaluated."""

import threading
from unittest import mock

import pytest
from django.contrib.auth.backends import ModelBackend
from django.db import connection
from django.test import Client

from tests.factories import House

GUESSES = 40


def guess_at_once(username):
    """How many of the parallel guesses reached the password check, and the answers."""
    evaluated, answers, gate = [], [], threading.Barrier(GUESSES)
    real = ModelBackend.authenticate

    def counted(self, request, username=None, password=None, **kwargs):
        evaluated.append(password)
        return real(self, request, username=username, password=password, **kwargs)

    def guess(number):
        gate.wait()
        fields = {"username": username, "password": f"guess {number}"}
        answers.append(Client().post("/accounts/login/", fields).status_code)
        connection.close()

    with mock.patch.object(ModelBackend, "authenticate", counted):
        threads = [threading.Thread(target=guess, args=(n,)) for n in range(GUESSES)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return len(evaluated), answers


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_forty_guesses_at_once():
    evaluated, answers = guess_at_once(House().clerk.username)
    assert evaluated <= 5
    assert len(answers) == GUESSES
    assert answers.count(429) >= GUESSES - 5
