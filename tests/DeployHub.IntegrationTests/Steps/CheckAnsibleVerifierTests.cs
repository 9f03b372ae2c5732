using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Steps;

namespace DeployHub.IntegrationTests.Steps;

/// <summary>The real ansible-playbook in check mode.</summary>
[Hub.TakesLong(40)]
public sealed class CheckAnsibleVerifierTests : ExecutorContract
{
    private readonly string _forEver = $"ansible-{Guid.NewGuid():N}";

    protected override string? Missing => TestDaemon.Missing("ansible-playbook");

    protected override AfterLoss AfterLoss => AfterLoss.RunAgain;

    protected override StepSettings Working => Check("site.yml", ("note", "as it is"));

    protected override (StepSettings, string[])? Failing => (Check("none.yml"), ["none.yml", "shop 2.5.1"]);

    protected override (StepSettings, string?)? Endless => (Check("endless.yml", ("note", _forEver)), _forEver);

    protected override StepSettings Telling => Check("site.yml", ("note", "${secret:planted}"));

    internal override SubjectVersion Version => Bench.Version("2.5.1", ("package", Archives.TarGz(
        ("site.yml", """
            - hosts: all
              gather_facts: false
              tasks:
                - name: Write the note
                  ansible.builtin.copy: { content: "{{ note }}", dest: "{{ deployhub_directory }}/note" }
                  notify: Tell about it
                - name: Only carried out
                  ansible.builtin.command: touch {{ deployhub_directory }}/carried-out
              handlers:
                - name: Tell about it
                  ansible.builtin.copy: { content: told, dest: "{{ deployhub_directory }}/told" }
            """),
        ("endless.yml", "[{ hosts: all, gather_facts: false, tasks: [{ name: Never, check_mode: false, ansible.builtin.shell: 'while :; do sleep 1; done # {{ note }}' }] }]"),
        ("never.yml", "[{ hosts: all, gather_facts: false, tasks: [{ ansible.builtin.command: 'true' }] }]"),
        ("refuse.yml", "[{ hosts: all, gather_facts: false, tasks: [{ name: Ask, ansible.builtin.fail: { msg: \"not today\" } }] }]"))));

    protected override Task<string> StateAsync() => Task.FromResult(string.Join('\n', Directory.GetFiles(Bench.Local.Directory).Order(StringComparer.Ordinal).Select(file => $"{file}: {File.ReadAllText(file)}")));

    [Fact]
    public async Task A_task_that_would_change_something_is_a_fact_and_nothing_is_changed()
    {
        var before = await StateAsync();
        var look = await ObservedAsync(Check("site.yml", ("note", "another")));

        var seen = look.Facts.ShouldHaveSingleItem();
        seen.Fact.Subject.ShouldMatch(@"^task Write the note of shop/site\.yml \([0-9a-f]{12}\)$", "other variables are another comparison");
        seen.Value.ShouldNotBeNull().ShouldMatch($@"^undone \({Bench.OnTarget("note")}, now [0-9a-f]{{12}}\)$");
        look.Evidence.ShouldContain(new Evidence("Not checked", "Only carried out"));
        Bench.Log.ShouldNotContain(line => line.Contains("another", StringComparison.Ordinal), "what differs may be a secret");
        look.Evidence.ShouldContain(evidence => evidence.Name == "Recap web-1" && evidence.Value.Contains("0 failed", StringComparison.Ordinal));
        (await StateAsync()).ShouldBe(before);

        await File.WriteAllTextAsync(Bench.OnTarget("note"), "by hand");
        (await ObservedAsync(Check("site.yml", ("note", "another")))).Facts[0].Value.ShouldNotBe(seen.Value, "something else stands there by now");
    }

    [Fact]
    public async Task What_could_not_be_checked_tells_nothing()
    {
        (await VisitAsync(Check("never.yml"))).ShouldBeOfType<StepOutcome.Inconclusive>().Reason.ShouldContain("could check no task of never.yml on web-1");
        (await VisitAsync(Check("refuse.yml"))).ShouldBeOfType<StepOutcome.Inconclusive>().Reason.ShouldContain("at the task “Ask”: not today");
    }

    protected override Task PrepareAsync() => File.WriteAllTextAsync(Bench.OnTarget("note"), "as it is");

    private async Task<StepOutcome.Observed> ObservedAsync(StepSettings settings)
    {
        var outcome = await VisitAsync(settings);
        return outcome.ShouldBeOfType<StepOutcome.Observed>($"{outcome}\n{string.Join('\n', Bench.Log)}");
    }

    private static CheckAnsible Check(string playbook, params (string Name, string Value)[] variables) =>
        new(new DefinitionSource("shop", "2.5.1"), playbook, Variables: variables.ToDictionary(variable => variable.Name, variable => variable.Value));
}
