using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.Features.Models.Notation;

/// <summary>From the notation that people write to what a model says. Everything unknown, missing or malformed is told with its place.</summary>
internal static class ModelReader
{
    public static ModelContent Read(Source root, ICollection<PlacedRemark> faults)
    {
        if (root is not SourceMap map)
        {
            faults.Add(root.Fault("", "A model is a mapping that begins with “model: its-slug”."));
            map = new SourceMap([], root.Line, root.Column);
        }

        var model = new MapReader(map, "", faults);
        var stages = model.Inner("stages", isRequired: true) ?? Nothing("stages");
        var content = new ModelContent
        {
            Model = model.Text("model"),
            Name = model.Text("name"),
            Purpose = model.Text("purpose").Trim(),
            Approach = model.Choice<Approach>("approach"),
            AppliesTo = AppliesTo(model.Inner("appliesTo")),
            Parameters = [.. model.NamedMaps("parameters", SourceLimits.Parameters).Select(parameter => Parameter(parameter.Name, parameter.Value))],
            VerifyComponents = Steps(stages, "verifyComponents"),
            VerifyEnvironment = Steps(stages, "verifyEnvironment"),
            Execute = Execute(stages.Inner("execute", isRequired: true) ?? Nothing("stages.execute")),
            VerifyDeployment = Steps(stages, "verifyDeployment"),
            Rollback = Rollback(model.Inner("rollback", isRequired: true) ?? Nothing("rollback")),
        };
        stages.Done();
        model.Done();
        return content;
    }

    private static Applicability AppliesTo(MapReader? rule)
    {
        if (rule is null) return new Applicability();
        var applies = new Applicability
        {
            Kinds = rule.Choices<ComponentKind>("kinds"),
            Tiers = rule.Choices<Tier>("tiers"),
            Services = rule.TextsOrNull("services") ?? [],
        };
        rule.Done();
        return applies;
    }

    private static Parameter Parameter(string name, MapReader written)
    {
        var parameter = new Parameter(
            name, written.Choice<ParameterType>("type"), written.Text("default"), written.Choice<Mutability>("mutability"), written.Text("description"),
            written.TextOrNull("minimum"), written.TextOrNull("maximum"), written.TextsOrNull("choices"));
        written.Done();
        return parameter;
    }

    private static ExecuteDefinition Execute(MapReader written)
    {
        var execute = new ExecuteDefinition
        {
            Phases = Phases(written),
            FailureBudget = written.TextOrNull("failureBudget") ?? "0",
            MaxFailedTargets = written.TextOrNull("maxFailedTargets"),
            Soak = written.TextOrNull("soak") ?? "0s",
            Promotion = written.ChoiceOrNull<Promotion>("promotion") ?? Promotion.AutomaticOnPass,
            OnBreach = written.ChoiceOrNull<OnBreach>("onBreach") ?? OnBreach.Halt,
            AtWindowEnd = written.ChoiceOrNull<AtWindowEnd>("atWindowEnd") ?? AtWindowEnd.FinishPhaseThenWait,
            AlreadyThere = written.ChoiceOrNull<AlreadyThere>("alreadyThere") ?? AlreadyThere.LeaveUnchanged,
            Distribution = written.ChoiceOrNull<Distribution>("distribution"),
            Quota = written.TextOrNull("quota"),
            Steps = Steps(written, "steps"),
            Switch = Steps(written, "switch"),
            Watch = Steps(written, "watch"),
        };
        written.Done();
        return execute;
    }

    private static PhasePlan Phases(MapReader execute)
    {
        if (!execute.Has("phases")) return new AllAtOnce();
        if (execute.IsList("phases")) return new PhaseList([.. execute.Maps("phases", SourceLimits.Phases).Select(Phase)]);
        if (execute.IsText("phases"))
            return execute.Text("phases") == "all-at-once" ? new AllAtOnce() : execute.Wrong<PhasePlan>("phases", "must be all-at-once, a mapping such as { batches: 2 }, or a list of phases", new AllAtOnce());

        if (execute.Inner("phases") is not { } written) return new AllAtOnce();
        var phases = new Batches(written.Text("batches"));
        written.Done();
        return phases;
    }

    private static PhaseDefinition Phase(MapReader written)
    {
        var phase = new PhaseDefinition(
            written.Text("name"), written.TextOrNull("targets") ?? "rest", written.TextOrNull("traffic"), written.TextOrNull("soak"), written.ChoiceOrNull<Promotion>("promotion"));
        written.Done();
        return phase;
    }

    private static RollbackDefinition Rollback(MapReader written)
    {
        var rollback = new RollbackDefinition(
            written.Choice<RollbackMethod>("method"), written.Has("steps") ? Steps(written, "steps") : null, written.TextOrNull("forwardFixPlan")?.Trim(),
            written.Has("switch") ? Steps(written, "switch") : null);
        written.Done();
        return rollback;
    }

    private static IReadOnlyList<StepDefinition> Steps(MapReader around, string name) => [.. around.Maps(name, SourceLimits.Steps).Select(Step)];

    private static StepDefinition Step(MapReader written)
    {
        var step = new StepDefinition(written.Text("name"), SettingsReader.Read(written))
        {
            Key = written.TextOrNull("key"),
            When = written.TextOrNull("when")?.Trim(),
            Together = written.TextOrNull("together"),
            Timeout = written.TextOrNull("timeout") ?? "15m",
            Retries = written.Number("retries", 0),
            Runs = written.ChoiceOrNull<StepRuns>("runs") ?? StepRuns.OnSuccess,
            IfItFails = written.ChoiceOrNull<IfItFails>("ifItFails") ?? IfItFails.Halt,
            AfterLoss = written.ChoiceOrNull<AfterLoss>("afterLoss"),
            Probe = Probe(written.Inner("probe")),
        };
        written.Done();
        return step;
    }

    private static StepSettings? Probe(MapReader? written)
    {
        if (written is null) return null;
        var probe = SettingsReader.Read(written);
        written.Done();
        return probe;
    }

    /// <summary>Stands for what is missing and was told already, so that the rest is still read.</summary>
    private static MapReader Nothing(string path) => new(new SourceMap([], 1, 1), path, []);
}
