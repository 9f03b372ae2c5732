"""Tells DeployHub what happened on each host, so that it need not read what Ansible prints for people."""
import hashlib
import json
import os

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = """
    name: deployhub
    type: notification
    short_description: Tells DeployHub what happened on each host
    description: Appends a JSON object for each result to the file that DEPLOYHUB_EVENTS names.
"""


def part(result, name):
    """ansible-core 2.19 took the underscores away."""
    return getattr(result, name, None) or getattr(result, "_" + name)


def cause(answer):
    """A loop says only that an item failed; the item says why."""
    items = [item for item in answer.get("results") or [] if isinstance(item, dict)]
    return next((item for item in items if item.get("failed") or item.get("unreachable")), answer)


def text(value):
    return value if value is None or isinstance(value, str) else json.dumps(value, default=str)


def items(answer):
    """A loop has a result for each item."""
    return [item for item in answer.get("results") or [answer] if isinstance(item, dict)]


def differences(answer):
    """What a module found where it would change something; none where the task hides it."""
    for item in items(answer):
        if item.get("censored") or not item.get("changed"):
            continue
        found = item.get("diff") or []
        for difference in found if isinstance(found, list) else [found]:
            if isinstance(difference, dict) and difference:
                yield item, difference


# What says nothing about the host when it goes well.
SAYS_NOTHING = {"setup", "gather_facts", "debug", "set_fact", "include_vars", "include_tasks", "include_role", "import_role", "add_host", "group_by", "pause", "meta"}


def looks(task):
    """The task compares something on the host."""
    return str(task.action).rsplit(".", 1)[-1] not in SAYS_NOTHING


def places(answer):
    """Paths, as far as the module names them."""
    named = [item.get("path") or item.get("dest") or difference.get("before_header") for item, difference in differences(answer)]
    return list(dict.fromkeys(str(place)[:200] for place in named if place))[:20]


def found(answer):
    """Another text for another state of what would be changed."""
    before = [[difference.get("before"), difference.get("prepared")] for _, difference in differences(answer)]
    return hashlib.sha256(json.dumps(before, sort_keys=True, default=str).encode()).hexdigest()[:12] if before else None


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "notification"
    CALLBACK_NAME = "deployhub"
    CALLBACK_NEEDS_ENABLED = True

    def __init__(self):
        super().__init__()
        self.handlers = set()
        self.checked = {}
        self.times = {}

    def v2_playbook_on_handler_task_start(self, task):
        self.handlers.add(task._uuid)

    def v2_runner_on_ok(self, result):
        self.count(result)
        if looks(part(result, "task")):
            host = part(result, "host").get_name()
            self.checked[host] = self.checked.get(host, 0) + 1
        if result.is_changed():
            self.tell("changed", result)

    def v2_runner_on_skipped(self, result):
        self.count(result)
        why = part(result, "result")
        if any("check mode" in str(item.get("msg")) for item in items(why)):
            self.tell("unchecked", result)

    def v2_runner_on_failed(self, result, ignore_errors=False):
        self.count(result)
        self.tell("unchecked" if ignore_errors else "failed", result)

    def v2_runner_on_unreachable(self, result):
        self.count(result)
        self.tell("unchecked" if getattr(part(result, "task"), "ignore_unreachable", False) else "unreachable", result)

    def v2_playbook_on_stats(self, stats):
        for host in sorted(stats.processed):
            self.write(kind="recap", host=host, counts={**stats.summarize(host), "checked": self.checked.get(host, 0)})

    def named(self, result):
        task = part(result, "task")
        return part(result, "host").get_name(), task.get_name(), task._uuid in self.handlers

    def count(self, result):
        """Every result counts, so that a task keeps its number whatever came of those of the same name before it."""
        self.times[self.named(result)] = self.times.get(self.named(result), 0) + 1

    def tell(self, kind, result):
        why = cause(part(result, "result"))
        self.write(
            kind=kind,
            host=part(result, "host").get_name(),
            task=part(result, "task").get_name(),
            message=text(why.get("censored") or why.get("msg")),
            exitCode=why.get("rc") if isinstance(why.get("rc"), int) else None,
            errors=text(why.get("stderr") or why.get("module_stderr")),
            handler=part(result, "task")._uuid in self.handlers,
            time=self.times[self.named(result)],
            **({"places": places(part(result, "result")), "found": found(part(result, "result"))} if kind == "changed" else {}),
        )

    def write(self, **event):
        with open(os.environ["DEPLOYHUB_EVENTS"], "a", encoding="utf-8") as events:
            events.write(json.dumps(event) + "\n")
