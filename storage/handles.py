"""What else contacts are known by: more numbers and addresses, rows of imported files."""

from sqlmodel import Session, col, select

from storage.tables import Handle


def everything(session: Session, owner_id: int) -> list[Handle]:
    return list(
        session.exec(select(Handle).where(Handle.owner_id == owner_id).order_by(col(Handle.id)))
    )


def of_contact(session: Session, owner_id: int, contact_id: int) -> list[Handle]:
    return list(
        session.exec(
            select(Handle)
            .where(Handle.owner_id == owner_id)
            .where(Handle.contact_id == contact_id)
            .order_by(col(Handle.id))
        )
    )


def row(session: Session, owner_id: int, value: str) -> Handle | None:
    """The row of an imported file that bears this key."""
    return session.exec(
        select(Handle)
        .where(Handle.owner_id == owner_id)
        .where(Handle.kind == "row")
        .where(Handle.value == value)
    ).first()
