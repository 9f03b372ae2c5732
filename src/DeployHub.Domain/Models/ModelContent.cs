using System.Text.Json.Serialization;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models.Blocks;
using DeployHub.Domain.Models.Validation;

namespace DeployHub.Domain.Models;

/// <summary>A general way of deploying (domain §2.5).</summary>
public enum Approach
{
    BigBang,
    Phased,
    ContinuousDelivery,
    Pull,
    Rolling,
    Canary,
    BlueGreen,
    Ring,
}

/// <summary>What a deployment model says: the document that people write, import and compare. Immutable once published.</summary>
public sealed record ModelContent
{
    /// <summary>The model's slug.</summary>
    public required string Model { get; init; }

    public required string Name { get; init; }

    public required string Purpose { get; init; }

    public required Approach Approach { get; init; }

    public Applicability AppliesTo { get; init; } = new();

    /// <summary>Where deployments with it are standard changes, which nobody has to approve one by one; null for nowhere.</summary>
    public PreAuthorisation? PreAuthorised { get; init; }

    /// <summary>The published version that its document extends; null for a model that is written out. Everything else here is as after that.</summary>
    public ModelExtension? Extends { get; init; }

    public IReadOnlyList<Parameter> Parameters { get; init; } = [];

    /// <summary>Places that a plan fills with people; null when it has none, so that what was published before keeps its digest.</summary>
    public IReadOnlyList<RoleSlot>? Roles { get; init; }

    /// <summary>What it asks of approvals beyond what is asked everywhere; null for nothing, as before.</summary>
    public IReadOnlyList<ApprovalDemand>? Approvals { get; init; }

    /// <summary>Once for each component version.</summary>
    public required IReadOnlyList<StepDefinition> VerifyComponents { get; init; }

    /// <summary>Once for each target. The lock and the baseline are the engine's own and always there.</summary>
    public required IReadOnlyList<StepDefinition> VerifyEnvironment { get; init; }

    public required ExecuteDefinition Execute { get; init; }

    /// <summary>Once for each target.</summary>
    public required IReadOnlyList<StepDefinition> VerifyDeployment { get; init; }

    public required RollbackDefinition Rollback { get; init; }

    /// <summary>How a component is taken away; null for a model that cannot, as before.</summary>
    public RemovalDefinition? Removal { get; init; }

    /// <summary>Null when it has no such slot.</summary>
    public RoleSlot? RoleSlotOf(string name) => (Roles ?? []).FirstOrDefault(slot => slot.Name == name);

    /// <summary>Some step asks readers for their confirmation.</summary>
    [JsonIgnore]
    public bool AsksReaders => AskedOfPeople.Any();

    /// <summary>Some step asks questions before a reader may confirm.</summary>
    [JsonIgnore]
    public bool AsksQuiz => AskedOfPeople.Any(asks => asks is Steps.Acknowledge { Quiz.Count: > 0 });

    private IEnumerable<Steps.AsksPeople> AskedOfPeople =>
        new[] { VerifyComponents, VerifyEnvironment, Execute.Steps, Execute.Switch, VerifyDeployment, Rollback.Steps ?? [], Rollback.Switch ?? [] }.SelectMany(steps => steps).Select(step => step.Settings).OfType<Steps.AsksPeople>();

    /// <summary>For whoever may be asked its quizzes: the same without what is right (domain J12).</summary>
    public ModelContent WithoutRightAnswers() => WithEachStep(step => step.WithoutRightAnswers());

    /// <summary>One use of each block in each version whose steps it has, by their keys.</summary>
    [JsonIgnore]
    public IReadOnlyList<BlockUse> BlocksUsed =>
    [
        .. this.AllSteps().Select(place => place.Step.Use).OfType<BlockUse>().DistinctBy(use => (use.Block, use.Version))
            .OrderBy(use => use.Block, StringComparer.Ordinal).ThenBy(use => use.Version),
    ];

    /// <summary>Every variable of a service that its steps read.</summary>
    [JsonIgnore]
    public IReadOnlyList<VariableUse> VariablesRead =>
    [
        .. this.AllSteps().SelectMany(place => place.Step.NamesRead
                .Where(name => name.StartsWith("variable.", StringComparison.Ordinal)).Select(name => new VariableUse(name["variable.".Length..], !place.HasNoTarget)))
            .Distinct().OrderBy(use => use.Name, StringComparer.Ordinal),
    ];

    /// <summary>SHA-256 over the canonical JSON: equal for equal meaning, however it was written. Where its steps come from is how it was written.</summary>
    [JsonIgnore]
    public Digest Digest => Digest.OfText(CanonicalJson.Of(WithEachStep(step => step with { Use = null }) with { Extends = null }));

    private ModelContent WithEachStep(Func<StepDefinition, StepDefinition> made) => this with
    {
        VerifyComponents = [.. VerifyComponents.Select(made)],
        VerifyEnvironment = [.. VerifyEnvironment.Select(made)],
        Execute = Execute with { Steps = [.. Execute.Steps.Select(made)], Switch = [.. Execute.Switch.Select(made)], Watch = [.. Execute.Watch.Select(made)] },
        VerifyDeployment = [.. VerifyDeployment.Select(made)],
        Rollback = Rollback with { Steps = Rollback.Steps is { } steps ? [.. steps.Select(made)] : null, Switch = Rollback.Switch is { } back ? [.. back.Select(made)] : null },
        Removal = Removal is { } removal ? new RemovalDefinition([.. removal.Steps.Select(made)], [.. removal.Proof.Select(made)]) : null,
    };

    /// <summary>The text with every parameter at its default, as the engine reads it for a plan that adapts nothing.</summary>
    public string WithDefaults(string text) =>
        Template.Fill(text, Parameters.GroupBy(p => p.Name).ToDictionary(p => $"parameter.{p.Key}", p => p.First().Default), new List<string>());
}

/// <param name="OnTargets">Whether each target has its own value there, or one is read where no target is at hand.</param>
public sealed record VariableUse(string Name, bool OnTargets);

/// <summary>Where a model may be used; an empty list means anywhere.</summary>
public sealed record Applicability
{
    public IReadOnlyList<ComponentKind> Kinds { get; init; } = [];

    public IReadOnlyList<Tier> Tiers { get; init; } = [];

    /// <summary>Keys of services.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Something exists, or could, that both apply to.</summary>
    public bool Overlaps(Applicability other) => Meet(Kinds, other.Kinds) && Meet(Tiers, other.Tiers) && Meet(Services, other.Services);

    /// <summary>The narrower, the more it is made for what it applies to: named services come before any, then few kinds of components before many.</summary>
    public (int Services, int Kinds) Breadth() => (Services.Count == 0 ? 1 : 0, Kinds.Count == 0 ? int.MaxValue : Kinds.Count);

    private static bool Meet<T>(IReadOnlyList<T> some, IReadOnlyList<T> others) => some.Count == 0 || others.Count == 0 || some.Any(others.Contains);

    /// <summary>Why it does not apply, in a sentence; null when it does.</summary>
    public string? Objection(IEnumerable<ComponentKind> kinds, Tier tier, string service)
    {
        if (Kinds.Count > 0 && kinds.Where(kind => !Kinds.Contains(kind)).Select(kind => (ComponentKind?)kind).FirstOrDefault() is { } strange)
            return $"it is for components of kind {string.Join(" or ", Kinds)}, not {strange}";
        if (Tiers.Count > 0 && !Tiers.Contains(tier)) return $"it is for environments of tier {string.Join(" or ", Tiers)}, not {tier}";
        if (Services.Count > 0 && !Services.Contains(service)) return $"it is for the services {string.Join(", ", Services)}, not {service}";
        return null;
    }
}

/// <summary>How touched targets return to their baseline (domain A-V5).</summary>
public enum RollbackMethod
{
    RedeployPrevious,
    SwitchBack,
    RestoreBackup,
    CompensatingSteps,
    PhysicalReinstall,
    RepublishPrevious,
    Irreversible,
}

/// <param name="Steps">For methods other than redeploying: what to do on each touched target, with <c>${version…}</c> meaning the previous one.</param>
/// <param name="ForwardFixPlan">Required for <see cref="RollbackMethod.Irreversible"/>.</param>
/// <param name="Switch">Once, before any target: what leads the traffic back, with <c>${phase.traffic}</c> being 0.</param>
public sealed record RollbackDefinition(
    RollbackMethod Method, IReadOnlyList<StepDefinition>? Steps = null, string? ForwardFixPlan = null, IReadOnlyList<StepDefinition>? Switch = null)
{
    [JsonIgnore]
    public bool IsPossible => Method is not RollbackMethod.Irreversible;
}
