"""The drawn map of a network: contacts and ties in, a picture or a page out."""

from bot.map.layout import lay_out
from bot.map.page import draw_page
from bot.map.picture import draw_picture
from bot.map.scene import STAGES, Dot, Line, Scene, Stage, ThemeName, Words
from bot.map.svg import draw_svg

__all__ = [
    "STAGES", "Dot", "Line", "Scene", "Stage", "ThemeName", "Words",
    "draw_page", "draw_picture", "draw_svg", "lay_out",
]  # fmt: skip
