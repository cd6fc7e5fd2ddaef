"""Takes webhooks into a queue in memory and answers at once. A restart loses what is in it."""

import asyncio

from fastapi import FastAPI, Request

app = FastAPI()
queue: asyncio.Queue = asyncio.Queue()


async def work() -> None:
    while True:
        await queue.get()
        queue.task_done()


@app.on_event("startup")
async def start() -> None:
    app.state.worker = asyncio.create_task(work())


@app.get("/readyz")
async def ready() -> dict:
    return {"status": "ready"}


@app.post("/webhooks/{provider}", status_code=202)
async def receive(provider: str, request: Request) -> dict:
    payload = await request.json()
    await queue.put({"provider": provider, "payload": payload})
    return {"status": "accepted"}
