using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;

namespace DeployHub.Features.Models.Notation;

/// <summary>From the notation that people write to what a model says. Everything unknown, missing or malformed is told with its place.</summary>
/// <param name="notes">Takes what is to be said and stops nothing.</param>
internal sealed class ModelReader(Library library, ICollection<PlacedRemark> faults, ICollection<PlacedRemark> notes)
{
    /// <summary>A document that names nothing of the library.</summary>
    public static ModelContent Read(Source root, ICollection<PlacedRemark> faults) => new ModelReader(Library.Empty, faults, []).Read(root);

    public ModelContent Read(Source root)
    {
        if (root is not SourceMap map)
        {
            faults.Add(root.Fault("", "A model is a mapping that begins with “model: its-slug”."));
            map = new SourceMap([], root.Line, root.Column);
        }

        var model = new MapReader(map, "", faults);
        return model.Holds(ExtensionReader.Member) ? new ExtensionReader(library, notes).Read(model) : WrittenOut(model);
    }

    private ModelContent WrittenOut(MapReader model)
    {
        var stages = model.Inner("stages", isRequired: true) ?? Nothing("stages");
        var parameters = model.NamedMaps("parameters", SourceLimits.Parameters).Select(parameter => Parameter(parameter.Name, parameter.Value)).ToList();
        var steps = new StepsReader(new UseReader(library, parameters, notes));
        var content = new ModelContent
        {
            Model = model.Text("model"),
            Name = model.Text("name"),
            Purpose = model.Text("purpose").Trim(),
            Approach = model.Choice<Approach>("approach"),
            AppliesTo = AppliesTo(model.Inner("appliesTo")),
            PreAuthorised = PreAuthorised(model.Inner("preAuthorised")),
            Parameters = parameters,
            Roles = RolesReader.Roles(model),
            Approvals = RolesReader.Approvals(model),
            VerifyComponents = steps.Read(stages, "verifyComponents"),
            VerifyEnvironment = steps.Read(stages, "verifyEnvironment"),
            Execute = Execute(stages.Inner("execute", isRequired: true) ?? Nothing("stages.execute"), steps),
            VerifyDeployment = steps.Read(stages, "verifyDeployment"),
            Rollback = Rollback(model.Inner("rollback", isRequired: true) ?? Nothing("rollback"), steps),
            Removal = model.Inner("removal") is { } removal ? Removal(removal, steps) : null,
        };
        stages.Done();
        model.Done();
        return content;
    }

    public static Applicability AppliesTo(MapReader? rule)
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

    public static PreAuthorisation? PreAuthorised(MapReader? scope)
    {
        if (scope is null) return null;
        var authorised = new PreAuthorisation { Services = scope.TextsOrNull("services") ?? [], Tiers = scope.Choices<Tier>("tiers") };
        scope.Done();
        return authorised;
    }

    private static Parameter Parameter(string name, MapReader written)
    {
        var parameter = new Parameter(
            name, written.Choice<ParameterType>("type"), written.Text("default"), written.Choice<Mutability>("mutability"), written.Text("description"),
            written.TextOrNull("minimum"), written.TextOrNull("maximum"), written.TextsOrNull("choices"));
        written.Done();
        return parameter;
    }

    private static ExecuteDefinition Execute(MapReader written, StepsReader steps)
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
            Steps = steps.Read(written, "steps"),
            Switch = steps.Read(written, "switch"),
            Watch = steps.Read(written, "watch"),
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

    private static RollbackDefinition Rollback(MapReader written, StepsReader steps)
    {
        var rollback = new RollbackDefinition(
            written.Choice<RollbackMethod>("method"), written.Has("steps") ? steps.Read(written, "steps") : null, written.TextOrNull("forwardFixPlan")?.Trim(),
            written.Has("switch") ? steps.Read(written, "switch") : null);
        written.Done();
        return rollback;
    }

    private static RemovalDefinition Removal(MapReader written, StepsReader steps)
    {
        var removal = new RemovalDefinition(steps.Read(written, "steps"), steps.Read(written, "proof"));
        written.Done();
        return removal;
    }

    /// <summary>Stands for what is missing and was told already, so that the rest is still read.</summary>
    private static MapReader Nothing(string path) => new(new SourceMap([], 1, 1), path, []);
}
