using DeployHub.Domain.Access;
using DeployHub.Domain.Models.Validation;

namespace DeployHub.Domain.Models.InWords;

/// <summary>What a model does, in plain sentences for people who decide and do not read YAML. Generated, so they cannot lie.</summary>
public static class ModelInWords
{
    /// <summary>The whole model in a few sentences.</summary>
    public static IReadOnlyList<string> Summary(ModelContent model) =>
    [
        $"{Pace(model)}; {Budget(model)}.",
        .. Observation(model.Execute),
        $"Before it touches anything it looks {Times(model.VerifyComponents.Count)} at every component version and {Times(model.VerifyEnvironment.Count)} at every target; on each target it then takes {Count(model.Execute.Steps.Count, "step")}.",
        $"Afterwards every target has to prove what runs on it, in {Count(model.VerifyDeployment.Count, "step")}.",
        Rollback(model.Rollback),
        .. Removal(model),
        .. RolesInWords.Summary(model),
        .. Origin(model),
    ];

    private static IEnumerable<string> Removal(ModelContent model)
    {
        if (model.Removal is { } removal)
            yield return $"Where a plan removes a component, it takes {Count(removal.Steps.Count, "step")} on each target, and every target has to prove in {Count(removal.Proof.Count, "step")} that it is gone.";
    }

    /// <summary>What it took over from others.</summary>
    private static IEnumerable<string> Origin(ModelContent model)
    {
        if (model.Extends is { } extended)
            yield return $"It does what {extended.InWords} does{(extended.Parameters.Count == 0 ? "" : $", with {Words.List(extended.Parameters.Select(parameter => parameter.Name))} of its own")}.";
        if (model.AllSteps().Count(place => place.Step.Use is not null) is var taken and > 0)
            yield return $"The step library gives it {Count(taken, "step")}: {Words.List(model.BlocksUsed.Select(use => use.InWords))}.";
    }

    /// <summary>Such as “Takes two targets at a time”.</summary>
    public static string Pace(ModelContent model) => model.Execute.Phases switch
    {
        Batches batches => $"Takes {ShareOf(model.WithDefaults(batches.Size))} at a time{(ParameterIn(model, batches.Size) is { Mutability: not Mutability.Fixed } parameter ? $" (a plan may change {parameter.Name})" : "")}",
        PhaseList list => $"Goes in {Count(list.Phases.Count, "phase")}: {string.Join("; ", list.Phases.Select(phase => Of(model, phase)))}",
        _ => "Takes all targets at once",
    };

    /// <summary>Such as “Canary takes 5 % of the targets, then 10 % of the traffic goes to the new version, observed for 10m”.</summary>
    private static string Of(ModelContent model, PhaseDefinition phase)
    {
        var text = model.WithDefaults(phase.Targets);
        var targets = TargetChoice.Parse(text) switch
        {
            { Error: not null } => $"takes {text}",
            { Value: TargetChoice.Rest } => "takes the rest",
            { Value: TargetChoice.None } => null,
            { Value: TargetChoice.Next(var count) } => $"takes {Count(count, "target")}",
            { Value: TargetChoice.UpTo(var share) } => $"goes up to {share.Number} % of the targets",
            { Value: TargetChoice.Labelled(var label, var values) } => $"takes the targets whose {label} is {string.Join(" or ", values)}",
            _ => null,
        };
        var traffic = phase.Traffic is { } part ? $"gives {model.WithDefaults(part).Replace("%", " %", StringComparison.Ordinal)} of the traffic to the new version" : null;
        var soak = model.WithDefaults(phase.Soak ?? model.Execute.Soak) is var length && length != "0s" ? $", is observed for {length}" : "";
        var asks = (phase.Promotion ?? model.Execute.Promotion) is Promotion.Manual ? ", then a person promotes it" : "";
        return $"“{phase.Name}” {string.Join(" and ", new[] { targets, traffic }.OfType<string>())}{soak}{asks}";
    }

    private static IEnumerable<string> Observation(ExecuteDefinition execute)
    {
        if (execute.Watch.Count == 0) yield break;
        yield return $"While a phase is observed, {Count(execute.Watch.Count, "check")} {(execute.Watch.Count == 1 ? "looks" : "look")} at it; when one fails, the run {(execute.OnBreach is OnBreach.RollBack ? "rolls itself back at once" : "halts")}, and when one cannot tell, a person decides.";
    }

    /// <summary>Such as “stops at the first failure”.</summary>
    public static string Budget(ModelContent model) => Share.Parse(model.WithDefaults(model.Execute.FailureBudget)) switch
    {
        { Error: not null } => $"stops when more than {model.Execute.FailureBudget} have failed",
        { Value.Number: 0 } => "stops at the first failure",
        { Value: { IsPercent: true } share } => $"goes on while at most {share.Number} % of a phase’s targets have failed, and stops beyond",
        { Value.Number: 1 } => "goes on after one failed target in a phase and stops at the second",
        { Value: var share } => $"goes on while at most {share.Number} targets of a phase have failed, and stops beyond",
    };

    public static string Rollback(RollbackDefinition rollback) => rollback.Method switch
    {
        RollbackMethod.RedeployPrevious => "To go back it deploys the previous version again on every target it touched, and verifies it.",
        RollbackMethod.SwitchBack => $"To go back it switches to what ran before, in {Count((rollback.Steps?.Count ?? 0) + (rollback.Switch?.Count ?? 0), "step")}.",
        RollbackMethod.RestoreBackup => $"To go back it restores the backup, in {Steps(rollback)}.",
        RollbackMethod.CompensatingSteps => $"To go back it takes {Steps(rollback)} on every target it touched that undo the change, and verifies the result.",
        RollbackMethod.PhysicalReinstall => $"To go back the old equipment is installed again, in {Steps(rollback)}.",
        RollbackMethod.RepublishPrevious => $"To go back the previous edition is published again, in {Steps(rollback)}.",
        _ => "There is no way back: a failure is fixed forward.",
    };

    /// <summary>Where it may be used.</summary>
    public static string AppliesTo(Applicability rule)
    {
        var kinds = rule.Kinds.Count == 0 ? "any kind" : $"kind {Words.List(rule.Kinds.Select(kind => Words.Of(kind)))}";
        var tiers = rule.Tiers.Count == 0 ? "any environment" : $"environments of tier {Words.List(rule.Tiers.Select(tier => Words.Of(tier)))}";
        var services = rule.Services.Count == 0 ? "any service" : $"the service {Words.List(rule.Services)}";
        return $"For components of {kinds}, in {tiers}, of {services}.";
    }

    /// <summary>What a plan may change, and how far.</summary>
    public static string Of(Parameter parameter)
    {
        var bounds = (parameter.Mutability, parameter.Choices, parameter.Minimum, parameter.Maximum) switch
        {
            (Mutability.Fixed, _, _, _) => "always, and no plan may change it",
            (Mutability.Free, _, _, _) => "unless the plan says otherwise; a plan may choose freely",
            (_, { Count: > 0 } choices, _, _) => $"unless the plan says otherwise; a plan may choose {string.Join(", ", choices)}",
            (_, _, { } least, { } most) => $"unless the plan says otherwise; a plan may choose from {least} to {most}",
            (_, _, { } least, null) => $"unless the plan says otherwise; a plan may choose {least} or more",
            (_, _, _, var most) => $"unless the plan says otherwise; a plan may choose up to {most}",
        };
        return $"{char.ToUpperInvariant(parameter.TypeInWords[0])}{parameter.TypeInWords[1..]}: {parameter.Default} {bounds}.";
    }

    /// <summary>Who may do what with it, from the matrix of domain §4.2.</summary>
    public static IReadOnlyList<(string What, string Who)> WhoMay(ModelContent model) =>
    [
        ("Plan with it", Holders(Permission.PlanDeployments)),
        ("Approve the plan", Holders(Permission.ApprovePlans)),
        ("Start a run", Holders(Permission.StartRuns)),
        .. model.AllSteps().Any(place => place.Step.Settings is Steps.ManualWork) ? [("Do its manual steps", Holders(Permission.PerformManualSteps))] : Array.Empty<(string, string)>(),
        ("Roll back", model.Rollback.IsPossible ? Holders(Permission.RollBack) : "nobody: it cannot be rolled back"),
        ("Suspend it", Holders(Permission.PublishModels)),
    ];

    private static string Holders(Permission permission) => Words.List(PermissionMatrix.RolesWith(permission).Select(role => Words.Of(role)));

    private static Parameter? ParameterIn(ModelContent model, string text) =>
        Template.NamesIn(text).Select(name => model.Parameters.FirstOrDefault(parameter => $"parameter.{parameter.Name}" == name)).FirstOrDefault();

    private static string ShareOf(string size) => Share.Parse(size) switch
    {
        { Error: not null } => $"{size} targets",
        { Value: { IsPercent: true } share } => $"{share.Number} % of the targets, but at least one,",
        { Value.Number: 1 } => "one target",
        { Value: var share } => $"{Spelt(share.Number)} targets",
    };

    private static string Steps(RollbackDefinition rollback) => Count(rollback.Steps?.Count ?? 0, "step");

    private static string Times(int number) => number switch { 1 => "once", 2 => "twice", _ => $"{Spelt(number)} times" };

    private static string Count(int number, string noun) => $"{Spelt(number)} {noun}{(number == 1 ? "" : "s")}";

    private static string Spelt(int number) => number switch
    {
        1 => "one",
        2 => "two",
        3 => "three",
        4 => "four",
        5 => "five",
        6 => "six",
        7 => "seven",
        8 => "eight",
        9 => "nine",
        10 => "ten",
        11 => "eleven",
        12 => "twelve",
        _ => number.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };
}
