"""Every format, as its product writes it: who is in it, what happened, and no row unaccounted."""

import io
import json
import zipfile
from datetime import date

import pytest

from bot.imports.recognising import read
from bot.imports.records import Parsed, Person, Reading, Reason, Source, WhoAreYou

READING = Reading(today=date(2026, 11, 24), timezone="Asia/Jakarta", region="ID")

CONNECTIONS = """Notes:
"When you export your connections, some addresses are missing, for reasons, you see."

First Name,Last Name,URL,Email Address,Company,Position,Connected On
Dewi,Lestari,https://www.linkedin.com/in/dewi-l,dewi@example.com,"Kopi, Teh & Co.",Founder,05 Mar 2024
Agus,Pratama,https://www.linkedin.com/in/agusp,,,,not a day
,,https://www.linkedin.com/in/ghost,,,Haunting,01 Jan 2020
"""
MESSAGES = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,"
    "DATE,SUBJECT,CONTENT,FOLDER\n"
    "c1,,Rina Me,https://www.linkedin.com/in/rina,Dewi Lestari,https://www.linkedin.com/in/dewi-l,"
    "2026-07-01 20:00:00 UTC,,secret words,INBOX\n"
    "c1,,Dewi Lestari,https://www.linkedin.com/in/dewi-l,Rina Me,https://www.linkedin.com/in/rina,"
    "2026-07-01 21:00:00 UTC,,secret answer,INBOX\n"
    "c2,,Agus Pratama,https://www.linkedin.com/in/agusp,Rina Me,https://www.linkedin.com/in/rina,"
    "2026-07-09 01:00:00 UTC,,secret,INBOX\n"
    'c3,Us,Agus Pratama,https://www.linkedin.com/in/agusp,"Rina Me,Dewi Lestari",'
    '"https://www.linkedin.com/in/rina,https://www.linkedin.com/in/dewi-l",'
    "2026-07-09 01:00:00 UTC,,secret,INBOX\n"
)
INVITATIONS = (
    "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n"
    'Rina Me,Tono Baru,"7/8/26, 3:43 PM",secret,OUTGOING,'
    "https://www.linkedin.com/in/rina,https://www.linkedin.com/in/tono\n"
)


def parse(content: str | bytes, **known: object) -> Parsed:
    data = content.encode() if isinstance(content, str) else content
    reading = Reading(
        **{"today": READING.today, "timezone": "Asia/Jakarta", "region": "ID", **known}
    )
    parsed = read(io.BytesIO(data), reading)
    refused = sum(each.count for each in parsed.refused)
    assert parsed.document is not None or parsed.rows == parsed.taken + refused
    return parsed


def counts(parsed: Parsed) -> dict[Reason, int]:
    return {each.reason: each.count for each in parsed.refused}


def packed(**files: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(f"{name}.csv", text)
    return content.getvalue()


def test_linkedins_preamble_is_passed_over_and_connecting_is_no_contact() -> None:
    parsed = parse(CONNECTIONS)
    assert parsed.source is Source.LINKEDIN
    assert [each.name for each in parsed.people] == ["Dewi Lestari", "Agus Pratama"]
    assert parsed.people[0].organisation == "Kopi, Teh & Co."
    assert parsed.happenings == ()
    assert counts(parsed) == {Reason.NO_NAME: 1}
    assert parsed.refused[0].examples[0][0] == 3


def test_connections_in_another_language_are_read_by_their_header() -> None:
    text = "Vorname,Nachname,URL,E-Mail-Adresse,Unternehmen,Position,Verbunden am\nUwe,Lang,,,BMZ,,"
    (person,) = parse(text).people
    assert (person.name, person.organisation) == ("Uwe Lang", "BMZ")


def test_messages_become_days_and_who_began_and_no_word_is_kept() -> None:
    parsed = parse(MESSAGES)
    told = [(each.on, each.people, each.started_by) for each in parsed.happenings]
    assert told == [
        (date(2026, 7, 2), ("linkedin:in/dewi-l",), "me"),
        (date(2026, 7, 9), ("linkedin:in/agusp",), "them"),
    ]
    assert counts(parsed) == {Reason.GROUP: 1}
    assert "secret" not in repr(parsed)


def test_one_conversation_alone_does_not_tell_who_its_owner_is() -> None:
    alone = "".join(MESSAGES.splitlines(keepends=True)[:3])
    with pytest.raises(WhoAreYou) as asked:
        parse(alone)
    keys = [key for key, _ in asked.value.candidates]
    assert sorted(keys) == ["linkedin:in/dewi-l", "linkedin:in/rina"]
    assert [p.name for p in parse(alone, me="linkedin:in/rina").people] == ["Dewi Lestari"]
    assert [p.name for p in parse(alone, names=("rina me",)).people] == ["Dewi Lestari"]


def test_the_zip_is_read_as_one_and_the_invitations_tell_whose_it_is() -> None:
    alone = "".join(MESSAGES.splitlines(keepends=True)[:3])
    parsed = parse(
        packed(messages=alone, Connections=CONNECTIONS, Invitations=INVITATIONS, Other="a,b\n1,2\n")
    )
    assert [each.name for each in parsed.people] == ["Dewi Lestari", "Agus Pratama", "Tono Baru"]
    assert parsed.rows == 3 + 2 + 1


def test_google_joins_are_split_and_system_labels_left_out() -> None:
    text = (
        "First Name,Last Name,Organization Name,Birthday,Notes,Labels,E-mail 1 - Value,"
        "Phone 1 - Value,Relation 1 - Label,Relation 1 - Value\n"
        'Wayan,Sudra,"Subak, PT",--05-10,met in Ubud,* myContacts ::: Bali,'
        "w@example.com ::: w2@example.com,0812-3456-789,Spouse,Made Sudra\n"
        "Made,Sudra,,,,,,,,\n,,Warung Ibu,,,,,+62 361 123456,,\n,,,,,,x@example.com,,,\n"
    )
    parsed = parse(text)
    wayan, made, warung = parsed.people
    assert wayan.emails == ("w@example.com", "w2@example.com")
    assert wayan.phones == ("+628123456789",)
    assert (wayan.birthday, wayan.tags) == ("--05-10", ("Bali",))
    assert (warung.kind, warung.name) == ("organisation", "Warung Ibu")
    assert [{tie.a, tie.b} for tie in parsed.ties] == [{wayan.key, made.key}]
    assert counts(parsed) == {Reason.NO_NAME: 1}


def test_googles_old_header_says_the_same() -> None:
    text = (
        "Name,Given Name,Family Name,Birthday,Group Membership,E-mail 1 - Value,"
        "Organization 1 - Name,Organization 1 - Title\n"
        "Wayan Sudra,Wayan,Sudra, --05-10,* myContacts,w@example.com,Subak,Head\n"
    )
    (wayan,) = parse(text).people
    assert (wayan.name, wayan.organisation, wayan.role) == ("Wayan Sudra", "Subak", "Head")
    assert wayan.birthday == "--05-10"


@pytest.mark.parametrize(
    ("line", "birthday"),
    [
        ("BDAY:--0314", "--03-14"),
        ("BDAY:1990-03-14", "1990-03-14"),
        ("BDAY;VALUE=date:19900314", "1990-03-14"),
        ("BDAY;X-APPLE-OMIT-YEAR=1604:1604-03-14", "--03-14"),
        ("BDAY:--0229", "--02-29"),
        ("BDAY:1990-02-31", None),
        ("BDAY:circa 1800", None),
    ],
)
def test_birthdays_of_vcards(line: str, birthday: str | None) -> None:
    card = f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ketut\r\n{line}\r\nEND:VCARD\r\n"
    assert parse(card).people[0].birthday == birthday


def test_vcard_3_with_folds_an_empty_name_and_a_relation() -> None:
    text = (
        "BEGIN:VCARD\nVERSION:3.0\nFN:Nyoman Arta\nORG:Desa\n  Adat;Bagian\nTEL;TYPE=HOME:0361 11111\n"
        "TEL;TYPE=CELL:\u202d0812 3456 789\u202c\nitem1.X-ABRELATEDNAMES:Gede\n"
        "item1.X-ABLabel:_$!<Brother>!$_\nPHOTO;ENCODING=b:AAAA\n BBBB\nEND:VCARD\n"
        "BEGIN:VCARD\nVERSION:3.0\nFN:\nN:;;;;\nNICKNAME:Gede\nEND:VCARD\n"
        "BEGIN:VCARD\nVERSION:3.0\nFN:\nN:;;;;\nEMAIL:nobody@example.com\nEND:VCARD\n"
    )
    parsed = parse(text)
    nyoman, gede = parsed.people
    assert nyoman.organisation == "Desa Adat"
    assert nyoman.phones[0] == "+628123456789"
    assert gede.name == "Gede"
    assert len(parsed.ties) == 1
    assert counts(parsed) == {Reason.NO_NAME: 1}


def test_vcard_2_1_in_quoted_printable() -> None:
    text = (
        b"BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg\r\n"
        b"TEL;CELL:+49 170 1234567\r\nEND:VCARD\r\n"
    )
    (person,) = parse(text).people
    assert person.name == "Jörg Müller"
    assert person.phones == ("+491701234567",)


def test_vcard_4_with_uris_and_a_group_and_a_company() -> None:
    text = (
        "BEGIN:VCARD\nVERSION:4.0\nUID:urn:uuid:1\nFN:Sari Dewi\nTEL;VALUE=uri;PREF=1:tel:+62-812-000-1111\n"
        "IMPP;PREF=2:im:telegram:saridewi\nCATEGORIES:Pilot,Starred\nEND:VCARD\n"
        "BEGIN:VCARD\nVERSION:4.0\nKIND:group\nFN:Everybody\nEND:VCARD\n"
        "BEGIN:VCARD\nVERSION:4.0\nKIND:org\nFN:LAN\nORG:LAN\nEND:VCARD\n"
    )
    parsed = parse(text)
    sari, lan = parsed.people
    assert (sari.key, sari.username, sari.tags) == ("vcard:urn:uuid:1", "saridewi", ("Pilot",))
    assert sari.phones == ("+628120001111",)
    assert lan.kind == "organisation"
    assert counts(parsed) == {Reason.NOT_CONTACT: 1}


def chat(
    number: int = 20, name: str | None = "Bayu", kind: str = "personal_chat"
) -> dict[str, object]:
    at = {"type": "message", "date": "2026-01-02T03:00:00"}
    return {
        "name": name,
        "type": kind,
        "id": number,
        "messages": [
            {
                **at,
                "id": 1,
                "date_unixtime": "1767294000",
                "from": None,
                "from_id": "user1",
                "text": ["secret ", {"type": "bold", "text": "words"}],
            },
            {
                **at,
                "id": 2,
                "date_unixtime": "1767294060",
                "from_id": f"user{number}",
                "text": "secret",
            },
            {
                "type": "service",
                "action": "phone_call",
                "actor_id": f"user{number}",
                "date_unixtime": "1767294060",
                "duration_seconds": 60,
            },
            {
                "type": "service",
                "action": "phone_call",
                "actor_id": f"user{number}",
                "date_unixtime": "1767294060",
                "discard_reason": "missed",
            },
        ],
    }


def test_a_chat_of_telegram_desktop_alone() -> None:
    parsed = parse(json.dumps(chat()))
    (bayu,) = parsed.people
    assert (bayu.name, bayu.telegram_id) == ("Bayu", 20)
    told = [(each.on, each.channel, each.started_by) for each in parsed.happenings]
    assert told == [(date(2026, 1, 2), "message", "me"), (date(2026, 1, 2), "call", "them")]
    assert counts(parsed) == {Reason.NOT_CONTACT: 1}
    assert "secret" not in repr(parsed)


def test_a_whole_export_of_telegram_desktop() -> None:
    document = {
        "about": "all",
        "personal_information": {"user_id": 1, "first_name": "Rina"},
        "contacts": {
            "list": [
                {
                    "user_id": 20,
                    "first_name": "Bayu",
                    "last_name": "",
                    "phone_number": "0812 111 2222",
                },
                {"date": "2024-01-04T10:00:00", "date_unixtime": "1704362400"},
            ]
        },
        "frequent_contacts": {"list": [{"id": 20, "name": "Bayu", "type": "user", "rating": 1.5}]},
        "chats": {"list": [chat(), chat(30, None), chat(40, "Team", "private_supergroup")]},
        "stories": [{"deep": {"list": []}}],
    }
    parsed = parse(json.dumps(document))
    (bayu,) = parsed.people
    assert bayu.phones == ("+628121112222",)
    assert len(parsed.happenings) == 2
    assert counts(parsed) == {
        Reason.GROUP: 4,
        Reason.UNKNOWN_PERSON: 4,
        Reason.NO_NAME: 2,
        Reason.NOT_CONTACT: 2,
    }


@pytest.mark.parametrize("s", ["", "s"])
def test_monicas_sections_are_read_in_the_singular_and_the_plural(s: str) -> None:
    def contact(uuid: str, first: str, data: list[object], **own: object) -> dict[str, object]:
        return {"uuid": uuid, "properties": {"first_name": first, **own}, "data": data}

    def section(kind: str, *values: object) -> dict[str, object]:
        return {"count": len(values), "type": kind + s, "values": list(values)}

    call = {
        "uuid": "c",
        "properties": {"called_at": "2024-01-05T14:00:00Z", "contact_called": True},
    }
    field = {"uuid": "f", "properties": {"data": "komang@example.com", "type": "t"}}
    relation = {"contact_is": "a", "of_contact": "b", "type": "friend"}
    back = {"contact_is": "b", "of_contact": "a", "type": "friend"}
    document = {
        "version": "1.0",
        "app_version": "4.1.2",
        "account": {
            "uuid": "x",
            "data": [
                section(
                    "contact",
                    contact(
                        "a",
                        "Komang",
                        [
                            section("call", call),
                            section("contact_field", field),
                            section("activitie" if s else "activity", "m"),
                            section("note", {"uuid": "n", "properties": {"body": "kind"}}),
                        ],
                        birthdate={"is_year_unknown": True, "date": "2000-02-03T00:00:00Z"},
                    ),
                    contact("b", "Luh", [], is_dead=True),
                ),
                section(
                    "relationship",
                    {"uuid": "r", "properties": relation},
                    {"uuid": "q", "properties": back},
                ),
                section(
                    "activitie" if s else "activity",
                    {"uuid": "m", "properties": {"summary": "Lunch", "happened_at": "2024-02-01"}},
                ),
                section("photo", {"uuid": "p", "properties": {"dataUrl": "data:"}}),
            ],
        },
    }
    parsed = parse(json.dumps(document))
    komang, luh = parsed.people
    assert (komang.emails, komang.birthday) == (("komang@example.com",), "--02-03")
    assert luh.archived
    told = [(each.on, each.channel, each.started_by, each.note) for each in parsed.happenings]
    assert told == [
        (date(2024, 1, 5), "call", "them", None),
        (date(2024, 2, 1), "meeting", None, "Lunch"),
    ]
    assert len(parsed.ties) == 1
    assert counts(parsed) == {Reason.NO_PLACE: 2}


def event(*lines: str) -> str:
    return "\r\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT", ""])


GUESTS = (
    "ORGANIZER;CN=Rina:mailto:rina@example.com",
    "ATTENDEE;CN=Rina;PARTSTAT=ACCEPTED:mailto:rina@example.com",
    "ATTENDEE;CN=Putu Adi;PARTSTAT=ACCEPTED:mailto:putu@example.com",
    "ATTENDEE;CN=No Show;PARTSTAT=DECLINED:mailto:no@example.com",
    "ATTENDEE;CUTYPE=ROOM;CN=Room 1:mailto:room@example.com",
)


def calendar(*events: str, name: str = "X-WR-CALNAME:rina@example.com") -> str:
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", name, *events, "END:VCALENDAR", ""])


def test_events_with_guests_are_meetings_on_the_owners_day() -> None:
    parsed = parse(
        calendar(
            event("DTSTART:20260301T220000Z", "SUMMARY:Data pilot", *GUESTS),
            event("DTSTART;VALUE=DATE:20260401", "SUMMARY:Alone"),
            event("DTSTART:20260401T010000Z", "STATUS:CANCELLED", *GUESTS),
            event("DTSTART:20300401T010000Z", *GUESTS),
            event("SUMMARY:Never", *GUESTS),
        )
    )
    assert [each.name for each in parsed.people] == ["Putu Adi"]
    (meeting,) = parsed.happenings
    assert (meeting.on, meeting.people) == (date(2026, 3, 2), ("calendar:putu@example.com",))
    assert counts(parsed) == {
        Reason.NOBODY_ELSE: 1,
        Reason.CANCELLED: 1,
        Reason.IN_FUTURE: 1,
        Reason.BAD_DATE: 1,
    }


def test_an_event_that_recurs_is_a_meeting_each_time_until_today() -> None:
    weekly = ("DTSTART:20261026T030000Z", "RRULE:FREQ=WEEKLY", "EXDATE:20261102T030000Z")
    parsed = parse(calendar(event(*weekly, *GUESTS)))
    days = [each.on for each in parsed.happenings]
    assert days == [date(2026, 10, 26), date(2026, 11, 9), date(2026, 11, 16), date(2026, 11, 23)]
    assert parsed.rows == parsed.taken == 1


def test_a_calendar_of_one_meeting_asks_whose_it_is() -> None:
    text = calendar(event("DTSTART:20260301T220000Z", *GUESTS), name="X-WR-CALNAME:Work")
    with pytest.raises(WhoAreYou):
        parse(text)
    assert [p.name for p in parse(text, names=("Rina",)).people] == ["Putu Adi"]


def test_our_own_export_comes_back_whole() -> None:
    document = {"format": "jejaring.export", "version": 1, "contacts": [{"name": "Budi"}]}
    parsed = parse(json.dumps(document))
    assert parsed.source is Source.OWN
    assert parsed.document == document


def test_the_same_person_twice_in_a_file_is_one_person_with_both_rows_details() -> None:
    text = "BEGIN:VCARD\nFN:Made\nTEL:0812 111 2222\nEND:VCARD\nBEGIN:VCARD\nFN:Made\nEMAIL:m@example.com\nEND:VCARD\n"
    (made,) = parse(text).people
    assert isinstance(made, Person)
    assert (made.phones, made.emails) == (("+628121112222",), ("m@example.com",))
