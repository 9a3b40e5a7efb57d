"""What can be permitted. Which role may do what is data (`people.role_permission`); these are its words."""

from enum import StrEnum


class Permission(StrEnum):
    """A thing that a route does and a role may be allowed to do."""

    HEALTH_READ = "health.read"
    DESCRIPTION_READ = "description.read"
    """Read the description of the service (OpenAPI)."""
    SESSION_USE = "session.use"
    MAP_READ = "map.read"
    ASSESSMENT_MAKE = "assessment.make"
    REQUEST_FILE = "request.file"
    REQUEST_READ = "request.read"
    """Read one's own requests."""
    REQUEST_READ_ALL = "request.read_all"
    """Read everybody's requests; always beside `REQUEST_READ`."""
    REQUEST_MOVE = "request.move"
    """Reach the moves of a request; who may make which move is said by its procedure."""


ANYONE = "anyone"
"""The role that everybody has, logged in or not."""
