"""The one error that is meant for the person at the keyboard."""


class UserError(Exception):
    """Something that the user can put right: its text is shown as it is, without a traceback."""
