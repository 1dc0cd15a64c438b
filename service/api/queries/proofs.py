"""What was sealed of the ledger, and proofs of it."""

from typing import Annotated
from uuid import UUID

from fastapi import Body, FastAPI, Path, Query
from pydantic import Field
from starlette.responses import Response

from service.api.asking import Asker, add_query
from service.api.parameter_kinds import FARTHEST_POSITION, NUMBER, After, Parameters, Position
from service.queries import proofs

TAG = "proof"
MOST_OF_A_PROOF = 7000
"""Signs: sixty hashes and some signatures."""
Number = Annotated[int, Path(ge=0, le=FARTHEST_POSITION, examples=[1]), NUMBER]


class SizesOf(Parameters):
    from_size: Position = 1
    """Of the tree that came first: what a checkpoint says in its second line."""
    to_size: Position | None = None
    """Of the one that came later; all that is sealed by now where it is not given."""


class ProofShown(Parameters):
    """What somebody brings along."""

    text: Annotated[str, Field(min_length=1, max_length=MOST_OF_A_PROOF)]
    """A checkpoint, or a `.tlog-proof` file, as it was given out."""


SHOWN = {
    "check-proof": {
        "value": {
            "text": "jisr/5b7c8e5c-3d0b-4f6e-9d0a-0d7b7a1b2c3d\n1\n"
            "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
            "— jisr/5b7c8e5c-3d0b-4f6e-9d0a-0d7b7a1b2c3d Uw2QOkn8\n"
        }
    }
}


async def list_checkpoints(asker: Asker, given: Annotated[After, Query()]) -> Response:
    """The signed notes that stay, how much of the ledger is sealed, and the keys that sign.

    Keep a checkpoint elsewhere: what the ledger had then cannot be altered unseen any more.
    """
    return await asker.answer(proofs.list_checkpoints, given.after, given.limit)


async def get_checkpoint(asker: Asker, number: Number) -> Response:
    """One checkpoint."""
    return await asker.answer(proofs.get_checkpoint, number)


async def get_consistency(asker: Asker, given: Annotated[SizesOf, Query()]) -> Response:
    """That what stood at one size of the tree still stands at another."""
    return await asker.answer(proofs.get_consistency, given.from_size, given.to_size)


async def get_event_proof(asker: Asker, position: Number) -> Response:
    """That one event stands in the tree, to be verified without the ledger."""
    return await asker.answer(proofs.get_event_proof, position)


async def check_proof(
    asker: Asker, given: Annotated[ProofShown, Body(openapi_examples=SHOWN)]
) -> Response:
    """Whether what a checkpoint or a proof tells of stands here as it stood."""
    return await asker.answer(proofs.check_proof, given.text)


async def get_receipt_proof(asker: Asker, idempotency_key: str) -> Response:
    """That the last event of a step you sent under this key stands in the tree."""
    return await asker.answer(proofs.get_receipt_proof, idempotency_key)


async def get_case_proof(asker: Asker, case_id: UUID) -> Response:
    """How many events a case had at the last checkpoint, and that there were no more."""
    return await asker.answer(proofs.get_case_proof, case_id)


def add_proof_queries(app: FastAPI) -> None:
    path = "/v1/checkpoints"
    add_query(app, "list-checkpoints", path, TAG, list_checkpoints, proofs.CheckpointPage)
    path = "/v1/checkpoints/consistency"
    add_query(app, "get-consistency", path, TAG, get_consistency, proofs.ConsistencyAnswer)
    path = "/v1/checkpoints/{number}"
    add_query(app, "get-checkpoint", path, TAG, get_checkpoint, proofs.CheckpointAnswer)
    path = "/v1/events/{position}/proof"
    add_query(app, "get-event-proof", path, TAG, get_event_proof, proofs.EventProof)
    path, shown = "/v1/proof-checks", proofs.ProofChecked
    add_query(app, "check-proof", path, TAG, check_proof, shown, ProofShown)
    path = "/v1/receipt-proofs/{idempotency_key:path}"
    add_query(app, "get-receipt-proof", path, TAG, get_receipt_proof, proofs.EventProof)
    path = "/v1/cases/{case_id}/proof"
    add_query(app, "get-case-proof", path, TAG, get_case_proof, proofs.CaseProof)
