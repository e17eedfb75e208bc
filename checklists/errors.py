"""A no in plain words."""


class Refusal(Exception):  # noqa: N818 - the field's word for it
    """A no in plain words, told to the person who asked: what was wrong and what to type."""
