"""Exports in the formats of other programs, as documents to send."""

from bot.calls import Call
from bot.look import Look
from bot.usecases import exporting_files as files


def write_file(look: Look, _: int | None) -> Call:
    """The document asked for by its form: csv, vcf, graphml, gexf, ics."""
    from telegram import InputFile

    form = look.arguments["form"]
    content = {
        "csv": lambda: files.csv_zip(look.session, look.owner),
        "vcf": lambda: files.vcards(look.session, look.owner),
        "graphml": lambda: files.graph(look.session, look.owner, "graphml"),
        "gexf": lambda: files.graph(look.session, look.owner, "gexf"),
        "ics": lambda: files.calendar(look.session, look.owner, look.now),
    }[form]()
    suffix = "zip" if form == "csv" else form
    name = f"jejaring-{look.now:%Y-%m-%d}.{suffix}"
    return "send_document", {"document": InputFile(content, filename=name)}
