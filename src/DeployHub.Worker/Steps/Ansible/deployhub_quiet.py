"""Prints what Ansible prints by default, without the contents that differ: they may be secrets."""
from ansible.plugins.callback.default import CallbackModule as Default

DOCUMENTATION = """
    name: deployhub_quiet
    type: stdout
    short_description: Ansible's default output without differences
    description: As the default output, and shows no content of what differs.
    extends_documentation_fragment:
      - default_callback
      - result_format_callback
"""


class CallbackModule(Default):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "stdout"
    CALLBACK_NAME = "deployhub_quiet"

    def v2_on_file_diff(self, result):
        pass
