"""Drives the Python library AuthFort on a database: one JSON command per line in, one JSON answer per line out."""

import asyncio
import json
import sys
from uuid import UUID

from authfort import AuthError, AuthFort


async def answer(auth, command):
    action = command.pop("action")
    if action == "migrate":
        await auth.migrate()
        return {}
    if action == "create":
        response = await auth.create_user(command.pop("email"), command.pop("password"), **command)
        return {"id": str(response.user.id), "email": response.user.email, "name": response.user.name}
    if action == "login":
        response = await auth.login(command["email"], command["password"])
        return {"id": str(response.user.id)}
    if action == "get":
        user = await auth.get_user(UUID(command["id"]), deleted=True)
        return {
            "email": user.email,
            "name": user.name,
            "phone": user.phone,
            "avatar_url": user.avatar_url,
            "banned": user.banned,
            "is_deleted": user.is_deleted,
            "created_at": user.created_at.isoformat(),
        }
    if action == "ban":
        await auth.ban_user(UUID(command["id"]))
        return {}
    if action == "delete":
        await auth.delete_user(UUID(command["id"]))
        return {}
    if action == "add_role":
        await auth.add_role(UUID(command["id"]), command["role"])
        return {}
    raise SystemExit(f"unknown action {action}")


async def main(url):
    auth = AuthFort(url, check_pwned_passwords=False)
    for line in sys.stdin:
        try:
            print(json.dumps(await answer(auth, json.loads(line))), flush=True)
        except AuthError as error:
            print(json.dumps({"error": error.code}), flush=True)
    await auth.dispose()


asyncio.run(main(sys.argv[1]))
