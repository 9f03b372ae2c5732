using DeployHub.Domain.Models;
using DeployHub.Domain.Runs;

namespace DeployHub.UnitTests.Runs;

/// <summary>The percent arithmetic of domain §2.5 and everything else that says which targets a phase takes.</summary>
public sealed class DividingTargets
{
    [Theory]
    [InlineData(200, "5% 25% 50% 100%", "10 40 50 100")]
    [InlineData(3, "5% 25% 50% 100%", "1 2")] // a phase that would take nothing more is left out
    [InlineData(1, "10% 100%", "1")]
    [InlineData(7, "2 50% rest", "2 1 4")]
    public void Shares_are_cumulative_and_rounded_down_but_at_least_one(int targets, string phases, string expected) =>
        string.Join(' ', Divided(Targets(targets), phases.Split(' ')).Select(phase => phase.Count)).ShouldBe(expected);

    [Fact]
    public void A_phase_that_would_take_nothing_is_none_and_the_next_one_has_its_number()
    {
        var expansion = Given.Expansion(Given.Model() with { Execute = Listed("5%", "25%", "100%") }, Targets(3));
        expansion.Expand().Error.ShouldBeNull();

        expansion.Stages[(int)Stage.Execute].Phases.Select(phase => (phase.Number, phase.Name)).ShouldBe([(1, "Phase 1"), (2, "Phase 3")]);
    }

    [Fact]
    public void Labels_choose_whatever_the_order()
    {
        var targets = Targets(6, (number, labels) => labels["ring"] = number % 3 == 0 ? "R0" : number % 3 == 1 ? "R1" : "R2");

        Divided(targets, "ring=R0", "ring = R1, R2").Select(phase => string.Join(' ', phase.Select(target => target.Subject))).ShouldBe(["web-3 web-6", "web-1 web-2 web-4 web-5"]);
    }

    [Fact]
    public void Targets_that_no_phase_takes_are_named()
    {
        var targets = Targets(3, (number, labels) => labels["ring"] = $"R{number}");

        var expansion = Given.Expansion(Given.Model() with { Execute = Listed("ring=R1", "ring=R2") }, targets);
        expansion.Expand().Error!.Message.ShouldContain("No phase of the model takes web-3");
    }

    [Theory]
    [InlineData("0%")]
    [InlineData("half")]
    [InlineData("=R1")]
    [InlineData("")]
    public void What_chooses_nothing_is_refused(string text) => TargetChoice.Parse(text).Error!.Code.ShouldBe("targets.malformed");

    private static List<List<TargetRun>> Divided(IReadOnlyList<RunTarget> targets, params string[] phases)
    {
        var expansion = Given.Expansion(Given.Model() with { Execute = Listed(phases) }, targets);
        expansion.Expand().Error.ShouldBeNull();
        return [.. expansion.TargetRuns.Where(targetRun => targetRun.Stage is Stage.Execute).GroupBy(targetRun => targetRun.Phase).Select(phase => phase.OrderBy(targetRun => targetRun.Subject, StringComparer.Ordinal).ToList())];
    }

    private static ExecuteDefinition Listed(params string[] phases) =>
        Given.Model().Execute with { Phases = new PhaseList([.. phases.Select((targets, index) => new PhaseDefinition($"Phase {index + 1}", targets))]) };

    private static IReadOnlyList<RunTarget> Targets(int count, Action<int, Dictionary<string, string>>? label = null) =>
    [
        .. Given.Targets(count).Select((target, index) =>
        {
            var labels = new Dictionary<string, string>();
            label?.Invoke(index + 1, labels);
            return target with { Labels = labels };
        }),
    ];
}
