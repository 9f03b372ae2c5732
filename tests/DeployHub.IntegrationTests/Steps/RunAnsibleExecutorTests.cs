using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.IntegrationTests.Runs;
using DeployHub.Worker.Steps;

namespace DeployHub.IntegrationTests.Steps;

/// <summary>The real ansible-playbook, against a real sshd.</summary>
[Hub.TakesLong(70)]
public sealed class RunAnsibleExecutorTests(SshTarget target) : ExecutorContract, IClassFixture<SshTarget>
{
    private readonly string _forEver = $"ansible-{Guid.NewGuid():N}";
    private TestSshd? _other;

    protected override string? Missing => TestDaemon.Missing("ansible-playbook") ?? TestDaemon.Missing("ssh") ?? SshTarget.Missing;

    protected override Connection Connection => target.In(Bench.Local.Directory, Bench);

    protected override AfterLoss AfterLoss => AfterLoss.RunAgain;

    protected override StepSettings Working => Ansible("site.yml", ("note", "two sizes"));

    protected override (StepSettings, string[])? Failing => (Ansible("refuse.yml", ("note", "no such customer")), ["web-1", "Ask the shop", "no such customer", "exit code 3"]);

    protected override (StepSettings, string?)? Endless => (Ansible("endless.yml", ("note", _forEver)), _forEver);

    protected override StepSettings Telling => Ansible("tell.yml", ("note", "${secret:planted}"));

    internal override SubjectVersion Version => Bench.Version("2.5.1", ("package", Archives.TarGz(
        ("site.yml", """
            - hosts: all
              gather_facts: false
              tasks:
                - name: Write the note
                  ansible.builtin.copy: { content: "{{ note }}", dest: "{{ deployhub_directory }}/note" }
                - name: Only when asked
                  ansible.builtin.copy: { content: "{{ deployhub_version }}", dest: "{{ deployhub_directory }}/version" }
                  tags: [version]
            """),
        ("refuse.yml", """
            - hosts: all
              gather_facts: false
              tasks:
                - name: Try what is rescued
                  block:
                    - name: Fail first
                      ansible.builtin.fail: { msg: this is no failure }
                  rescue:
                    - ansible.builtin.debug: { msg: rescued }
                - name: Ask the shop
                  ansible.builtin.shell: "[ $WHO = first ] || { echo {{ note | quote }} >&2; exit 3; }"
                  environment: { WHO: "{{ item }}" }
                  loop: [first, second]
            """),
        ("tell.yml", """
            - hosts: all
              gather_facts: false
              tasks:
                - ansible.builtin.debug: { msg: "it is {{ note }}" }
                - ansible.builtin.debug: { var: note }
                - ansible.builtin.shell: "echo {{ note | quote }} >&2; exit 1"
                  ignore_errors: true
                - name: Tell
                  ansible.builtin.fail: { msg: ["it is {{ note }}", { "deeper": "{{ note }}" }] }
            """),
        ("endless.yml", "[{ hosts: all, gather_facts: false, tasks: [{ name: Never, ansible.builtin.shell: 'while :; do sleep 1; done # {{ note }}' }] }]"),
        ("groups.yml", """
            - hosts: web
              gather_facts: false
              tasks:
                - ansible.builtin.copy: { content: "{{ sizes | join('-') }} {{ code }}", dest: "{{ deployhub_directory }}/web" }
            """),
        ("remote.yml", "[{ hosts: all, gather_facts: false, tasks: [{ name: Say who I am, ansible.builtin.command: 'sh -c \"echo $SSH_CONNECTION | cut -d\\  -f4\"', register: port }, { ansible.builtin.copy: { content: '{{ port.stdout }}', dest: '{{ deployhub_directory }}/port' } }] }]"),
        ("broken.yml", "- hosts: all\n  tasks: [{ no.such.module: {} }]"),
        ("ansible.cfg", "[defaults]\nhost_key_checking = False\nstdout_callback = minimal\n"))));

    protected override async Task<string> StateAsync() => await File.ReadAllTextAsync(Bench.OnTarget("note"));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_changes_is_evidence_and_what_does_not_is_said(bool isRemote)
    {
        var connection = isRemote ? Connection : Bench.Local;
        var first = await DoneAsync(Ansible("site.yml", ("note", "one")), connection);
        first["Recap web-1"].ShouldBe("2 ok, 2 changed, 0 unreachable, 0 failed, 0 skipped, 0 rescued, 0 ignored");
        first["Changed web-1"].ShouldBe("Write the note\nOnly when asked");
        (await File.ReadAllTextAsync(Bench.OnTarget("version"))).ShouldBe("2.5.1");

        var second = await DoneAsync(Ansible("site.yml", ("note", "one")), connection);
        second["Recap web-1"].ShouldStartWith("2 ok, 0 changed");
        second.ShouldNotContainKey("Changed web-1");

        (await DoneAsync(Ansible("site.yml", ("note", "two")) with { Tags = ["version"] }, connection))["Recap web-1"].ShouldStartWith("1 ok, 0 changed");
    }

    [Fact]
    public async Task It_runs_on_the_host_behind_the_connection()
    {
        await SucceedsAsync(Ansible("remote.yml"));
        (await File.ReadAllTextAsync(Bench.OnTarget("port"))).Trim().ShouldBe($"{((SshConnection)Connection).Port}");
    }

    [Theory]
    [InlineData("it's \"quoted\" $(touch pwned) {{ 7 * 7 }} {% raw %} \\ # 😀\nsecond line")]
    [InlineData("{ no json")]
    public async Task Values_reach_the_playbook_as_they_stand(string hard)
    {
        await DoneAsync(Ansible("site.yml", ("note", hard)), Bench.Local);
        (await File.ReadAllTextAsync(Bench.OnTarget("note"))).ShouldBe(hard);
    }

    [Fact]
    public async Task Groups_are_known_and_lists_are_lists()
    {
        await DoneAsync(Ansible("groups.yml", ("sizes", "[1, \"{{ 7 }}\", 3]"), ("code", "007")) with { Groups = ["web", "shop"] }, Bench.Local);
        (await File.ReadAllTextAsync(Bench.OnTarget("web"))).ShouldBe("1-{{ 7 }}-3 007");
    }

    [Fact]
    public async Task A_playbook_that_does_nothing_on_the_target_has_not_succeeded() =>
        (await FailedAsync(Ansible("groups.yml"), Bench.Local)).Reason.ShouldContain("No play of groups.yml did anything on web-1");

    [Fact]
    public async Task A_playbook_that_cannot_be_read_is_said()
    {
        (await FailedAsync(Ansible("broken.yml"), Bench.Local)).Reason.ShouldContain("couldn't resolve module/action 'no.such.module'");
        var missing = await FailedAsync(Ansible("none.yml"), Bench.Local);
        missing.Reason.ShouldBe("The artefact package has no playbook none.yml.");
        missing.Cause.ShouldBe(HaltCause.ComponentMissing);
    }

    [Fact]
    public async Task A_failure_keeps_the_recap()
    {
        var failed = await FailsAsync((RunAnsible)Failing!.Value.Item1);
        failed.Cause.ShouldBeNull();
        failed.Evidence.ShouldContain(new Evidence("Recap web-1", "1 ok, 0 changed, 0 unreachable, 1 failed, 0 skipped, 1 rescued, 0 ignored"));
    }

    [Fact]
    public async Task A_host_that_is_lost_on_the_way_is_unreachable()
    {
        await using var sshd = await TestSshd.StartAsync();
        Bench.Know("ssh-key", sshd.Key);
        var here = sshd.ConnectionTo(Bench.Local.Directory);
        await DoneAsync(Ansible("site.yml", ("note", "one")), here); // its connection stays warm
        await sshd.StopAsync();

        var failed = await FailedAsync(Ansible("site.yml", ("note", "two")), here);
        failed.Cause.ShouldBe(HaltCause.TargetUnreachable);
        failed.Reason.ShouldContain("127.0.0.1");
    }

    [Fact]
    public async Task Another_host_key_than_the_pinned_one_is_refused()
    {
        var failed = await FailedAsync(Ansible("site.yml", ("note", "one")), (SshConnection)Connection with { HostKey = $"SHA256:{new string('A', 43)}" });
        failed.Cause.ShouldBe(HaltCause.IdentityMismatch);
    }

    [Theory]
    [InlineData("")]
    [InlineData("open sesame's \"door\"")]
    public async Task A_key_lets_in_also_when_a_passphrase_locks_it(string passphrase)
    {
        _other = await TestSshd.StartAsync();
        Bench.Know("other-key", await _other.LetInAsync("rsa", passphrase));
        Bench.Know("passphrase", passphrase);
        await DoneAsync(Ansible("site.yml", ("note", "one")), _other.ConnectionTo(Bench.Local.Directory, "other-key") with { Passphrase = passphrase.Length > 0 ? "passphrase" : null });
    }

    [Fact]
    public async Task A_host_behind_a_jump_host_is_reached_through_it()
    {
        _other = await TestSshd.StartAsync("127.0.0.9");
        Bench.Know("jump-key", _other.Key);
        await DoneAsync(Ansible("remote.yml"), (SshConnection)Connection with { Jump = _other.AsJump("jump-key") });

        (await File.ReadAllTextAsync(Bench.OnTarget("port"))).Trim().ShouldBe($"{((SshConnection)Connection).Port}");
        _other.SignIns.ShouldBe(1);
    }

    [Fact]
    public async Task Nothing_of_a_visit_stays_on_the_worker()
    {
        var before = Folders();
        await SucceedsAsync(Ansible("site.yml", ("note", "one")));
        await VisitAsync(Endless!.Value.Item1, TimeSpan.FromSeconds(3));
        Folders().Except(before).Where(folder => File.Exists(Path.Combine(folder, "ssh", "key")) && File.ReadAllText(Path.Combine(folder, "inventory.json")).Contains(Bench.Local.Directory, StringComparison.Ordinal)).ShouldBeEmpty();

        static string[] Folders() => Directory.GetDirectories(Path.GetTempPath(), "deployhub-ansible-*");
    }

    protected override async Task CleanUpAsync()
    {
        if (_other is not null) await _other.DisposeAsync();
    }

    private async Task<Dictionary<string, string>> DoneAsync(RunAnsible settings, Connection connection)
    {
        var outcome = await Bench.VisitAsync(settings, connection, Version);
        return outcome.ShouldBeOfType<StepOutcome.Succeeded>($"{outcome}\n{string.Join('\n', Bench.Log)}").Evidence.ToDictionary(evidence => evidence.Name, evidence => evidence.Value);
    }

    private async Task<StepOutcome.Failed> FailedAsync(RunAnsible settings, Connection connection) =>
        (await Bench.VisitAsync(settings, connection, Version)).ShouldBeOfType<StepOutcome.Failed>();

    private static RunAnsible Ansible(string playbook, params (string Name, string Value)[] variables) =>
        new(playbook, Variables: variables.ToDictionary(variable => variable.Name, variable => variable.Value), Version: "2.5.1");
}
