"""Intake: files that people bring are looked at before anything is made of them. ``load`` looks quickly, when the
house is read; the setter looks again at every row, because nothing that it is handed may be taken on trust.

Each check answers with a sentence's end (``is cut off at its end.``) and a remedy: who asks knows the file's name.
"""

Slip = tuple[str, str]  # what is wrong, without its subject, and what to do
