"""Prints the MIME tree of a mail as Python's parser reads it, as JSON: types, parameters, SHA-256 of the leaves."""

import email.policy
import hashlib
import json
import sys


def tree(part):
    node = {"type": part.get_content_type(), "disposition": part.get_content_disposition()}
    if part.is_multipart():
        node["parts"] = [tree(child) for child in part.iter_parts()]
    else:
        node["sha256"] = hashlib.sha256(part.get_payload(decode=True)).hexdigest()
        node["method"] = part.get_param("method")
        node["name"] = part.get_filename()
    return node


with open(sys.argv[1], "rb") as source:
    message = email.message_from_binary_file(source, policy=email.policy.default)
print(json.dumps({"subject": message["Subject"], "from": message["From"], "to": message["To"], "tree": tree(message)}))
