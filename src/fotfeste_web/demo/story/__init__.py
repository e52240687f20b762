"""The made-up world of the demonstration, as plain values that know nothing of the site."""

from fotfeste_web.demo.story.tell import tell
from fotfeste_web.demo.story.world import World

__all__ = ["World", "tell"]
